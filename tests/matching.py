"""Markets at random, and who else knows the best assignment: all assignments tried one by one.

``python -m tests.matching 20000`` compares as many small markets.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from parcours.model.matching import assign, weight


@dataclass(frozen=True)
class Market:
    """Needs in the order of priority, facilitators, and the weight of each pair there is."""

    seats: tuple[int, ...]
    places: tuple[int, ...]
    weights: tuple[tuple[tuple[int, int], ...], ...]

    def assigned(self) -> list[list[int]]:
        return assign(self.seats, self.places, self.weights)


def market(chance: random.Random, needs: int, facilitators: int, share: float) -> Market:
    """A market at random: few scores, so that many assignments are equal but for the draw."""
    scores = chance.choice([range(1, 3), range(50, 60), range(50, 101)])
    return Market(
        tuple(chance.choice([1, 1, 1, 2, 3]) for _ in range(needs)),
        tuple(chance.choice([0, 1, 1, 2, 3]) for _ in range(facilitators)),
        tuple(
            tuple(
                (f, weight(chance.choice(scores), f"besoin-{n}", f"offre-{f}"))
                for f in range(facilitators)
                if chance.random() < share
            )
            for n in range(needs)
        ),
    )


Value = tuple[tuple[int, ...], int]
Chosen = tuple[tuple[int, ...], ...]


def value(one: Market, chosen: Sequence[Sequence[int]]) -> Value:
    """How good an assignment is: who is served, in the order of rounds and priority; the sum."""
    rounds = range(max(one.seats, default=0))
    served = tuple(int(len(found) > round) for round in rounds for found in chosen)
    total = sum(dict(one.weights[n])[f] for n, found in enumerate(chosen) for f in found)
    return served, total


def tried(one: Market) -> list[list[int]]:
    """The best of all assignments, each of which is looked at."""

    @cache
    def every(need: int, places: tuple[int, ...]) -> tuple[Chosen, ...]:
        """All assignments of the needs from *need* on."""
        if need == len(one.seats):
            return ((),)
        known = [f for f, _ in one.weights[need] if places[f]]
        return tuple(
            (chosen, *later)
            for count in range(min(one.seats[need], len(known)) + 1)
            for chosen in combinations(known, count)
            for later in every(need + 1, tuple(p - (f in chosen) for f, p in enumerate(places)))
        )

    return [sorted(found) for found in max(every(0, one.places), key=lambda way: value(one, way))]


def compare(count: int, seed: int = 1) -> int:
    """How many small markets were assigned as well as can be; raises at the first that was not."""
    chance = random.Random(seed)
    for number in range(count):
        one = market(chance, chance.randint(0, 4), chance.randint(1, 4), chance.random())
        assert one.assigned() == tried(one), (number, one)
    return count


if __name__ == "__main__":
    print(compare(int(sys.argv[1]) if len(sys.argv) > 1 else 2000), "markets are assigned exactly")
