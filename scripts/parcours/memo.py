"""What a process has made, kept as long as it is made from the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

G = TypeVar("G")
M = TypeVar("M")


class Memo(Generic[G, M]):
    """Things by name, each with all that it was made from.

    What is given is compared, and so has to be immutable, and to hold everything: a preview makes a
    site again and again in one process, of which nearly all is as it was.
    """

    def __init__(self, most: int, weigh: Callable[[M], int] = lambda made: 1) -> None:
        """Know nothing.

        Args:
            most: of what is kept; then those that have been there for longest go.
            weigh: how much of that a thing takes; by default, things are counted.
        """
        self._most, self._weigh = most, weigh
        self._held = 0
        self._made: dict[Hashable, tuple[G, M]] = {}

    def get(self, name: Hashable, given: G) -> M | None:
        """What was made from the same; None where nothing was."""
        found = self._made.get(name)
        return found[1] if found is not None and found[0] == given else None

    def put(self, name: Hashable, given: G, made: M) -> None:
        """Keep what was made."""
        before = self._made.pop(name, None)
        self._held -= self._weigh(before[1]) if before is not None else 0
        self._made[name] = given, made
        self._held += self._weigh(made)
        while self._held > self._most:
            _, gone = self._made.pop(next(iter(self._made)))
            self._held -= self._weigh(gone)

    def clear(self) -> None:
        """Let go of everything."""
        self._made.clear()
        self._held = 0

    def once(self, name: Hashable, given: G, make: Callable[[], M]) -> M:
        """What was made from the same, else what *make* makes."""
        found = self.get(name, given)
        if found is None:
            found = make()
            self.put(name, given, found)
        return found
