"""Who is proposed to whom: an assignment of places to needs that is exact, and the only one.

In this order: needs are served by priority, each with a first person before any with a second;
among the assignments that serve just these, the sum of scores is the highest; among those, the sum
of a fixed draw. All numbers are whole, and nothing depends on the order of files, the version of a
library, or the seed of a hash.

The sets of seats that can be served at once are those of a matroid (seats linked to places by paths
without a common arc), so that taking them by priority never serves fewer of them in all. Each seat
is served by the cheapest path of changes that frees a place for it (successive shortest paths, by
Dijkstra with potentials; Ahuja, Magnanti, Orlin, Network Flows, 9.7): what is assigned stays the
best of its set.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from hashlib import blake2b

DRAW = 5
"""Octets of a draw."""

ROOM = 8 * DRAW + 24
"""Bits below a score: the draws of sixteen million seats never weigh as much as one point."""


def draw(need: str, facilitator: str) -> int:
    """What decides between equals, the same everywhere and for ever."""
    return int.from_bytes(blake2b(f"{need}\0{facilitator}".encode(), digest_size=DRAW).digest())


def weight(score: int, need: str, facilitator: str) -> int:
    """A score, and below it the draw."""
    return (score << ROOM) + draw(need, facilitator)


Pairs = Sequence[tuple[int, int]]
"""Of one need: facilitators by number, each with the weight of the pair, above zero."""


def assign(seats: Sequence[int], places: Sequence[int], pairs: Sequence[Pairs]) -> list[list[int]]:
    """The facilitators of each need, by number, in ascending order; nobody twice for one.

    Args:
        seats: how many facilitators each need asks for, the needs in the order of priority.
        places: how many needs each facilitator may still follow.
        pairs: by need.
    """
    market = _Market(places, pairs)
    for round in range(max(seats, default=0)):
        for need, wanted in enumerate(seats):
            # What could not be served in one round cannot be in a later one.
            if wanted > round and len(market.chosen[need]) == round:
                market.serve(need)
    return [sorted(chosen) for chosen in market.chosen]


class _Market:
    """An assignment that grows by one seat at a time.

    Attributes:
        chosen: by need, the facilitators it has.
        held: by facilitator, the needs it follows, and the weight of each pair.
        dead: facilitators from whom no change leads to a free place any more.
    """

    def __init__(self, places: Sequence[int], pairs: Sequence[Pairs]) -> None:
        self.pairs = pairs
        self.free = list(places)
        self.chosen: list[set[int]] = [set() for _ in pairs]
        self.held: list[dict[int, int]] = [{} for _ in places]
        self.dead = [False] * len(places)
        # The potentials, by which no change seems to gain: see `_search`.
        self.of_needs: list[int | None] = [None] * len(pairs)
        self.of_places = [0] * len(places)

    def serve(self, need: int) -> None:
        """Give a need one facilitator more, if any change of the others makes that possible."""
        if self.of_needs[need] is None:
            reach = (self.of_places[f] + w for f, w in self.pairs[need])
            self.of_needs[need] = max(reach, default=0)
        end, came = self._search(need)
        while end >= 0:
            giver = came[end]
            before = came[~giver] if giver != need else -1
            self.chosen[giver].add(end)
            self.held[end][giver] = next(w for f, w in self.pairs[giver] if f == end)
            if before >= 0:
                self.chosen[giver].remove(before)
                del self.held[before][giver]
            else:
                break
            end = before

    def _search(self, start: int) -> tuple[int, dict[int, int]]:
        """The facilitator with a free place to whom the cheapest changes lead; -1 for none.

        The cost of a step is what it loses: giving a need a facilitator gains their weight, taking
        one away loses it. With the potentials it is never below zero, as Dijkstra's way asks.

        Returns:
            The facilitator; for each facilitator, the need that would take it, and for each need
            but the first, as its complement (``~need``), the facilitator that it would leave.
        """
        places, needs, free = self.of_places, self.of_needs, self.free
        dead = self.dead
        best: dict[int, int] = {~start: 0}
        reached = best.get
        came: dict[int, int] = {}
        done: set[int] = set()
        queue = [(0, ~start)]
        end, limit = -1, -1
        while queue:
            far, node = heapq.heappop(queue)
            if end >= 0 and far >= limit:
                break
            if node in done:
                continue
            done.add(node)
            if node < 0:
                need = ~node
                base = far + (needs[need] or 0)
                chosen = self.chosen[need]
                for other, gain in self.pairs[need]:
                    cost = base - places[other] - gain
                    known = reached(other)
                    # Whatever is done was reached at less: most are passed over here.
                    if known is not None and known <= cost:
                        continue
                    if not (dead[other] or other in chosen):
                        best[other], came[other] = cost, need
                        heapq.heappush(queue, (cost, other))
                continue
            if free[node] > 0 and (end < 0 or far + places[node] < limit):
                end, limit = node, far + places[node]
            base = far + places[node]
            for need, loss in self.held[node].items():
                cost = base + loss - (needs[need] or 0)
                if ~need not in done and cost < best.get(~need, cost + 1):
                    best[~need], came[~need] = cost, node
                    heapq.heappush(queue, (cost, ~need))
        if end < 0:
            for node in done:
                if node >= 0:
                    self.dead[node] = True
            return end, came
        for node in done:
            change = best[node] - limit
            if change < 0 and node >= 0:
                places[node] += change
            elif change < 0:
                needs[~node] = (needs[~node] or 0) + change
        free[end] -= 1
        return end, came
