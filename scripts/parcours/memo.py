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

    def __init__(self, most: int) -> None:
        """Know nothing.

        Args:
            most: things that are kept; then those that have been there for longest go.
        """
        self._most = most
        self._made: dict[Hashable, tuple[G, M]] = {}

    def get(self, name: Hashable, given: G) -> M | None:
        """What was made from the same; None where nothing was."""
        found = self._made.get(name)
        return found[1] if found is not None and found[0] == given else None

    def put(self, name: Hashable, given: G, made: M) -> None:
        """Keep what was made."""
        self._made[name] = given, made
        if len(self._made) > self._most:
            del self._made[next(iter(self._made))]

    def once(self, name: Hashable, given: G, make: Callable[[], M]) -> M:
        """What was made from the same, else what *make* makes."""
        found = self.get(name, given)
        if found is None:
            found = make()
            self.put(name, given, found)
        return found
