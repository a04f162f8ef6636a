"""Proposals: which facilitator may answer which need, by how many points, and why not another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .exchange import SAME, Exchange, Facilitator, Need
from .matching import assign, weight
from .settings import Weights

Part = Literal["skills", "territory", "format", "period", "language"]
PARTS: tuple[Part, ...] = ("skills", "territory", "format", "period", "language")
"""What a score is made of, in the order to show it."""

Why = Literal["proposed", "held", "drawn", "less"]
"""Why somebody is proposed, or not.

``held``: all places are taken, by needs that are named. ``drawn``: as many points as who is
proposed, and the draw decided. ``less``: fewer points than all who are proposed.
"""

Holding = Literal["contact", "urgent", "earlier", "fits", "together"]
"""What is so of a need that holds a place, beside the one that would have it: somebody speaks about
it; it is more urgent; it was said earlier, as urgent as this; it gets more points, neither more
urgent nor earlier. None of that need have decided alone, since all needs are looked at together:
which one a place goes to depends on all the others. ``together``: nothing else is to be said."""


Points = tuple[int, ...]
"""Of each part."""


@dataclass(frozen=True)
class Score:
    """Points of a pair, and the most that each part may give."""

    points: Points
    most: Points

    @property
    def total(self) -> int:
        return sum(self.points)

    def __iter__(self) -> Iterator[tuple[Part, int, int]]:
        return zip(PARTS, self.points, self.most, strict=True)


@dataclass(frozen=True)
class Holder:
    """A need that holds a place that another would have."""

    need: Need
    why: Holding


@dataclass(frozen=True)
class Candidate:
    """Somebody who could answer a need.

    Attributes:
        holders: where all places are taken, by whom.
    """

    need: Need
    facilitator: Facilitator
    score: Score
    why: Why
    holders: tuple[Holder, ...] = ()

    @property
    def proposed(self) -> bool:
        return self.why == "proposed"


@dataclass(frozen=True, slots=True)
class _Offer:
    """What of a facilitator is compared."""

    territories: frozenset[str]
    formats: frozenset[str]
    months: frozenset[int]
    languages: frozenset[str]


class Scores:
    """The points of every pair that reaches the floor."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.weights: Weights = exchange.market.weights
        self.most = tuple(getattr(self.weights, name) for name in PARTS)
        self.offers = {
            id: _Offer(
                frozenset(territory.id for territory in one.territories),
                frozenset(one.record.formats),
                frozenset(month for span in one.record.available for month in span),
                frozenset(one.languages),
            )
            for id, one in exchange.facilitators.items()
        }
        self.by_skill: dict[str, list[str]] = {}
        for id, one in exchange.facilitators.items():
            for skill in one.skills:
                self.by_skill.setdefault(skill.id, []).append(id)

    @cached_property
    def _near(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """By skill that is asked for: the skills that are offered and near it, in quarters."""
        quarters, offered = self.exchange.vocabulary.quarters, sorted(self.by_skill)
        asked = {one.id for need in self.exchange.needs.values() for one in need.skills}
        return {
            skill: tuple((one, near) for one in offered if (near := quarters(skill, one)))
            for skill in asked
        }

    def _skilled(self, need: Need) -> Mapping[str, int]:
        """By facilitator: the quarters of the skills that a need asks for, added up."""
        found: dict[str, int] = {}
        for skill in need.skills:
            best: dict[str, int] = {}
            for offered, quarters in self._near[skill.id]:
                for id in self.by_skill[offered]:
                    best[id] = max(quarters, best.get(id, 0))
            for id, quarters in best.items():
                found[id] = found.get(id, 0) + quarters
        return found

    def of(self, need: Need) -> Iterator[tuple[str, Points]]:
        """Who may answer a need, by id, and the points: at least the floor, and some skill."""
        record, weights, floor = need.record, self.weights, self.exchange.market.floor
        asked = SAME * len(need.skills)
        months = frozenset(record.period or ())
        there = need.territory.id if need.territory else None
        wished, spoken = record.format, frozenset(need.languages)
        anywhere = there is None or wished == "online"
        for id, quarters in self._skilled(need).items():
            offer = self.offers[id]
            common = len(months & offer.months) if months else 0
            points = (
                weights.skills * quarters // asked,
                weights.territory if anywhere or there in offer.territories else 0,
                weights.format if wished is None or wished in offer.formats else 0,
                weights.period * common // len(months) if months else weights.period,
                weights.language if spoken & offer.languages else 0,
            )
            if sum(points) >= floor and id not in need.declined:
                yield id, points


class Proposals:
    """The assignment of an exchange, and what there is to say of it."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        wanting = [one for one in exchange.needs.values() if one.wanting]
        self.needs: Sequence[Need] = sorted(wanting, key=lambda one: one.priority)
        self.facilitators = sorted(exchange.facilitators.values(), key=lambda one: one.id)
        scores = Scores(exchange)
        self.most = scores.most
        self.points: dict[str, dict[str, Points]] = {}
        for need in self.needs:
            contact = {one.id for one in need.contact}
            self.points[need.id] = {id: got for id, got in scores.of(need) if id not in contact}
        self.pinned: dict[str, list[Need]] = {one.id: [] for one in self.facilitators}
        for need in sorted(exchange.needs.values(), key=lambda one: one.priority):
            for one in need.contact if need.record.state == "in contact" else ():
                self.pinned[one.id].append(need)
        self.chosen, self.given = self._assign()

    def _assign(self) -> tuple[Mapping[str, frozenset[str]], Mapping[str, Sequence[Need]]]:
        """By need, the ids of who is proposed; by facilitator, the needs, by priority."""
        numbers = {one.id: number for number, one in enumerate(self.facilitators)}
        found = assign(
            [one.wanting for one in self.needs],
            [self.places(one) for one in self.facilitators],
            [
                [
                    (numbers[id], weight(sum(points), need.id, id))
                    for id, points in sorted(self.points[need.id].items())
                ]
                for need in self.needs
            ],
        )
        chosen = {
            need.id: frozenset(self.facilitators[number].id for number in numbers)
            for need, numbers in zip(self.needs, found, strict=True)
        }
        given: dict[str, list[Need]] = {one.id: [] for one in self.facilitators}
        for need in self.needs:
            for id in sorted(chosen[need.id]):
                given[id].append(need)
        return chosen, given

    def places(self, one: Facilitator) -> int:
        """How many needs somebody may still follow."""
        return max(0, one.record.capacity - len(self.pinned[one.id]))

    def is_full(self, one: Facilitator) -> bool:
        """Whether all places are held, by contacts and proposals."""
        return len(self.given[one.id]) >= self.places(one)

    def lacks(self, need: Need) -> int:
        """How many of those that a need still asks for nobody can be."""
        return need.wanting - len(self.chosen.get(need.id, ()))

    def of_need(self, need: Need) -> Iterator[Candidate]:
        """All who may answer a need: those who are proposed first, then by points."""
        points, chosen = self.points.get(need.id, {}), self.chosen.get(need.id, frozenset())
        known = self.exchange.facilitators
        ranked = sorted(points, key=lambda id: (id not in chosen, -sum(points[id]), id))
        return (self._candidate(need, known[id]) for id in ranked)

    def of_facilitator(self, one: Facilitator) -> Iterator[Candidate]:
        """All needs that somebody may answer: those that are proposed first, then by points."""
        found = [need for need in self.needs if one.id in self.points[need.id]]

        def rank(need: Need) -> tuple[bool, int, str]:
            points = self.points[need.id][one.id]
            return one.id not in self.chosen[need.id], -sum(points), need.id

        return (self._candidate(need, one) for need in sorted(found, key=rank))

    def _candidate(self, need: Need, one: Facilitator) -> Candidate:
        points, chosen = self.points[need.id], self.chosen[need.id]
        score = Score(points[one.id], self.most)
        if one.id in chosen:
            return Candidate(need, one, score, "proposed")
        least = min((sum(points[id]) for id in chosen), default=0)
        if self.is_full(one) and (self.lacks(need) or score.total >= least):
            return Candidate(need, one, score, "held", tuple(self._holders(need, one)))
        return Candidate(need, one, score, "drawn" if score.total == least else "less")

    def _holders(self, need: Need, one: Facilitator) -> Iterator[Holder]:
        for other in self.pinned[one.id]:
            yield Holder(other, "contact")
        for other in self.given[one.id]:
            if other.priority[0] < need.priority[0]:
                yield Holder(other, "urgent")
            elif other.priority[:2] < need.priority[:2]:
                yield Holder(other, "earlier")
            elif sum(self.points[other.id][one.id]) > sum(self.points[need.id][one.id]):
                yield Holder(other, "fits")
            else:
                yield Holder(other, "together")
