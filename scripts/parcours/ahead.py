"""Work of which other processes do a part ahead, where it is worth one.

What they make is taken as if it had been kept: none of it has to come, and what is missing is made
here. So nothing but time depends on how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

T = TypeVar("T")
W = TypeVar("W")
M = TypeVar("M")


class Meanwhile(Protocol):
    """Has another process do something, as this one stands."""

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T | None]:
        """What waits for what it found; None where nothing came of it."""


@dataclass(frozen=True)
class Ahead:
    """Other processes.

    Attributes:
        others: how many there may be.
    """

    meanwhile: Meanwhile = lambda work: lambda: None
    others: int = 0

    def made(
        self,
        make: Callable[[Sequence[tuple[str, W]]], Mapping[str, M]],
        new: Sequence[tuple[str, W]],
        weigh: Callable[[W], int],
        worth: int,
    ) -> Callable[[str], M | None]:
        """Have the last of some things made by others, as the first are made here.

        Args:
            new: the things, by name, in the order in which they are asked for here.
            worth: what all of them weigh at least, for another process to be worth it.

        Returns:
            What others made, by name; it waits for them.
        """
        whole = sum(weigh(one) for _, one in new)
        if self.others < 1 or whole < worth:
            return lambda name: None
        found: dict[str, Callable[[], Mapping[str, M] | None]] = {}
        for part in _divided(new, weigh, whole / (self.others + 1)):
            found |= dict.fromkeys((name for name, _ in part), self.meanwhile(partial(make, part)))
        return lambda name: (found[name]() or {}).get(name) if name in found else None


def _divided(
    new: Sequence[tuple[str, W]], weigh: Callable[[W], int], share: float
) -> Iterator[list[tuple[str, W]]]:
    """All but the first share of some things, in parts that weigh about as much."""
    done, part = 0.0, list[tuple[str, W]]()
    number = 0
    for one in new:
        if done >= share * (number + 1):
            if number:
                yield part
            number, part = number + 1, []
        part.append(one)
        done += weigh(one[1])
    if number:
        yield part
