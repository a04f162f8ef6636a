"""The assignment is exact and the only one; what is said of each proposal is true."""

from __future__ import annotations

import random
import tracemalloc
from datetime import date

import networkx
import pytest
from munkres import Munkres

from parcours.model.exchange import (
    BROADER,
    NARROWER,
    SAME,
    SIBLING,
    URGENCIES,
    Exchange,
    Facilitator,
    Need,
    Skill,
    Vocabulary,
)
from parcours.model.matching import assign, draw, weight
from parcours.model.proposals import Candidate, Proposals
from parcours.model.schema import FacilitatorRecord, NeedRecord, SkillRecord
from parcours.model.settings import Market, Weights

from . import matching
from .effort import at_most


@pytest.mark.large
def test_small_markets_are_assigned_as_well_as_can_be() -> None:
    assert matching.compare(2000, seed=2026) == 2000


def worth(one: matching.Market, need: int, round: int) -> int:
    """More than all that weighs less: to serve a seat, in the order of rounds and priority."""
    rank = round * len(one.seats) + need
    return 1 << (100 + 4 * len(one.seats) - rank)


def by_simplex(one: matching.Market) -> list[list[int]]:
    """The same by the network simplex of NetworkX: a flow of the least cost, in whole numbers."""
    graph = networkx.DiGraph()
    graph.add_node("from", demand=-sum(one.seats))
    graph.add_node("to", demand=sum(one.seats))
    graph.add_edge("from", "to", capacity=sum(one.seats), weight=0)
    for need, seats in enumerate(one.seats):
        for round in range(seats):
            seat = ("seat", need, round)
            graph.add_edge("from", seat, capacity=1, weight=-worth(one, need, round))
            graph.add_edge(seat, ("need", need), capacity=1, weight=0)
        for place, gain in one.weights[need]:
            graph.add_edge(("need", need), ("place", place), capacity=1, weight=-gain)
    for place, capacity in enumerate(one.places):
        graph.add_edge(("place", place), "to", capacity=capacity, weight=0)
    _, flow = networkx.network_simplex(graph)
    return [
        sorted(place for place, _ in one.weights[need] if flow["need", need]["place", place])
        for need in range(len(one.seats))
    ]


def by_munkres(one: matching.Market) -> list[list[int]]:
    """The same by the Hungarian method of munkres, for needs that ask for one person each."""
    columns = [place for place, capacity in enumerate(one.places) for _ in range(capacity)]
    rows = [
        [worth(one, need, 0) + gains[place] if place in gains else 0 for place in columns]
        for need, pairs in enumerate(one.weights)
        for gains in [dict(pairs)]
    ]
    highest = max(map(max, rows))
    costs = [[highest - gain for gain in row] for row in rows]
    found: list[list[int]] = [[] for _ in one.seats]
    for need, column in Munkres().compute(costs):
        if need < len(rows) and column < len(columns) and rows[need][column]:
            found[need].append(columns[column])
    return found


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_larger_markets_are_assigned_as_by_two_libraries(share: float) -> None:
    chance = random.Random(f"{share}")
    several = matching.market(chance, 40, 30, share)
    assert several.assigned() == by_simplex(several)
    medium = matching.market(chance, 12, 10, share)
    one_each = matching.Market((1,) * 12, medium.places, medium.weights)
    assert one_each.assigned() == by_simplex(one_each) == by_munkres(one_each)


def test_draws_are_the_same_everywhere() -> None:
    assert draw("accueillir", "atelier-lille") == 1030327615704
    assert weight(2, "a", "b") > weight(1, "a", "c") + sum(
        weight(0, "a", f"{n}") for n in range(99)
    )


@pytest.mark.large
def test_a_large_market_takes_little() -> None:
    chance = random.Random(7)
    large = matching.market(chance, 500, 500, 0.4)
    with at_most(2):
        found = large.assigned()
    assert sum(map(len, found)) > 300


@pytest.mark.large
def test_memory_grows_with_the_pairs_alone() -> None:
    def peak(size: int) -> int:
        one = matching.market(random.Random(1), size, size, 20 / size)
        tracemalloc.start()
        one.assigned()
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(160) < 3 * peak(80)


# Scores and explanations, of markets of records


VOCABULARY = Vocabulary({"animation": (), "accueil": ("animation",), "visite": ("animation",)})


@pytest.mark.parametrize(
    ("asked", "offered", "quarters"),
    [
        ("accueil", "accueil", SAME),
        ("animation", "accueil", NARROWER),
        ("accueil", "animation", BROADER),
        ("accueil", "visite", SIBLING),
        ("accueil", "ailleurs", 0),
    ],
)
def test_skills_are_near_by_quarters(asked: str, offered: str, quarters: int) -> None:
    assert VOCABULARY.quarters(asked, offered) == quarters


def test_a_vocabulary_that_turns_in_circles_ends() -> None:
    circle = Vocabulary({"a": ("b",), "b": ("a",)})
    assert circle.upwards("a") == {"a", "b"}


def skills(*ids: str) -> tuple[Skill, ...]:
    return tuple(Skill(id, SkillRecord(name=id), "") for id in ids)


def facilitator(id: str, offered: tuple[str, ...], **record: object) -> Facilitator:
    consent = {"given": "2026-01-01", "until": "2027-12-31"}
    told = {"name": id, "consent": consent, "skills": list(offered), **record}
    return Facilitator(
        id=id,
        record=FacilitatorRecord.model_validate(told),
        source="",
        organisation=None,
        skills=skills(*offered),
        territories=(),
        languages=("fr",),
    )


def need(id: str, asked: tuple[str, ...], **record: object) -> Need:
    told = {"title": id, "skills": list(asked), "opened": "2026-11-20", **record}
    return Need(
        id=id,
        guid="",
        record=NeedRecord.model_validate(told),
        source="",
        organisation=None,
        territory=None,
        skills=skills(*asked),
        languages=("fr",),
    )


def exchange(
    facilitators: list[Facilitator], needs: list[Need], market: Market | None = None
) -> Exchange:
    return Exchange(
        market=market or Market(name="M", address="m"),
        skills={one.id: one for one in skills(*VOCABULARY.broader)},
        facilitators={one.id: one for one in facilitators},
        needs={one.id: one for one in needs},
        today=date(2026, 11, 24),
        vocabulary=VOCABULARY,
    )


def test_a_score_is_made_of_its_parts_and_follows_the_weights() -> None:
    offer = facilitator(
        "a", ("animation",), formats=["sur place"], available=["2027-01..2027-02"], capacity="2"
    )
    asked = need("n", ("accueil",), format="sur place", period="2027-02..2027-05")
    (one,) = Proposals(exchange([offer], [asked])).of_need(asked)
    assert one.proposed
    # The broader skill is half of it; one month of four.
    assert dict(zip(("s", "t", "f", "p", "l"), one.score.points, strict=True)) == {
        "s": 25, "t": 15, "f": 10, "p": 3, "l": 10,
    }  # fmt: skip
    heavy = Market(name="M", address="m", weights=Weights(skills=80, period=40), floor=0)
    (other,) = Proposals(exchange([offer], [asked], heavy)).of_need(asked)
    assert other.score.points == (40, 15, 10, 10, 10)
    assert other.score.most == (80, 15, 10, 40, 10)
    high = Market(name="M", address="m", floor=64)
    assert list(Proposals(exchange([offer], [asked], high)).of_need(asked)) == []


def at_random(chance: random.Random) -> Exchange:
    """A market of records: tight, with contacts, declined ones, and needs for several."""
    ids = list(VOCABULARY.broader)
    facilitators = [
        facilitator(
            f"f{n}",
            tuple(chance.sample(ids, chance.randint(1, 2))),
            formats=chance.choice([["sur place"], ["à distance"], ["sur place", "à distance"]]),
            available=[chance.choice(["2027-01", "2027-01..2027-03", "2027-05"])],
            capacity=str(chance.choice([1, 1, 2])),
        )
        for n in range(chance.randint(1, 7))
    ]
    needs = []
    room = {one.id: one.record.capacity for one in facilitators}
    for n in range(chance.randint(1, 9)):
        one = need(
            f"n{n}",
            tuple(chance.sample(ids, chance.randint(1, 2))),
            format=chance.choice(["sur place", "à distance"]),
            period=chance.choice(["2027-01", "2027-02..2027-05"]),
            urgency=chance.choice(URGENCIES),
            opened=f"2026-11-{chance.randint(1, 3):02d}",
            people=str(chance.choice([1, 1, 2])),
        )
        state: dict[str, object] = {}
        other = chance.choice(facilitators)
        if chance.random() < 0.2 and room[other.id]:
            room[other.id] -= 1
            contact = {"with": [other.id], "since": "2026-11-21"}
            record = {"state": "in contact", "contact": contact}
            told = {**one.record.model_dump(exclude_unset=True), **record}
            told |= {"period": str(one.record.period), "people": str(one.record.people)}
            told |= {"opened": str(one.record.opened)}
            state = {"record": NeedRecord.model_validate(told), "contact": (other,)}
        elif chance.random() < 0.2:
            state = {"declined": frozenset([other.id])}
        needs.append(Need(**{**vars(one), **state}))
    return exchange(facilitators, needs)


def check(one: Candidate, found: Proposals) -> None:
    """Whether what is said of a candidate is so, by what was assigned alone."""
    chosen = found.chosen[one.need.id]
    points = found.points[one.need.id]
    mine = one.score.total
    who = one.facilitator
    taken = [need.id for need in found.needs if who.id in found.chosen[need.id]]
    spoken = [
        other.id
        for other in found.exchange.needs.values()
        if other.record.state == "in contact" and who in other.contact
    ]
    if one.why == "proposed":
        assert who.id in chosen
        return
    assert who.id not in chosen
    worst = min((sum(points[id]) for id in chosen), default=None)
    wanting = one.need.wanting - len(chosen)
    if one.why == "held":
        assert len(taken) + len(spoken) >= who.record.capacity
        holders = {holder.need.id: holder for holder in one.holders}
        assert sorted(holders) == sorted([*taken, *spoken])
        for id, holder in holders.items():
            first, other = one.need.record, holder.need.record
            if holder.why == "contact":
                assert id in spoken
                continue
            sooner = URGENCIES.index(other.urgency) - URGENCIES.index(first.urgency)
            if holder.why == "urgent":
                assert sooner < 0
            elif holder.why == "earlier":
                assert sooner == 0
                assert other.opened < first.opened
            else:
                assert sooner > 0 or (sooner == 0 and other.opened >= first.opened)
                there = sum(found.points[id][who.id])
                assert (there > mine) is (holder.why == "fits")
        return
    # Whoever has a free place is no better than all who are proposed, who are enough.
    assert wanting == 0
    assert worst is not None
    assert mine == worst if one.why == "drawn" else mine < worst


@pytest.mark.large
def test_every_explanation_is_true() -> None:
    chance = random.Random(11)
    reasons: set[str] = set()
    for _ in range(150):
        found = Proposals(at_random(chance))
        sides = [found.of_need(need) for need in found.needs]
        sides += [found.of_facilitator(one) for one in found.facilitators]
        for one in (candidate for side in sides for candidate in side):
            check(one, found)
            reasons |= {one.why, *(holder.why for holder in one.holders)}
    holding = {"contact", "urgent", "earlier", "fits", "together"}
    assert reasons == {"proposed", "held", "less", "drawn", *holding}


def test_equals_are_told_that_nothing_but_the_whole_decided() -> None:
    """Two needs alike, and two people alike: the sum is the same either way."""
    found = Proposals(
        exchange(
            [facilitator("f0", ("s0",)), facilitator("f1", ("s0",))],
            [need("n0", ("s0",)), need("n1", ("s0",))],
        )
    )
    held = [one for item in found.needs for one in found.of_need(item) if one.why == "held"]
    assert [holder.why for one in held for holder in one.holders] == ["together", "together"]


def test_the_order_of_files_changes_nothing() -> None:
    chance = random.Random(5)
    for _ in range(30):
        whole = at_random(chance)
        expected = Proposals(whole).chosen
        facilitators = list(whole.facilitators.values())
        needs = list(whole.needs.values())
        chance.shuffle(facilitators)
        chance.shuffle(needs)
        assert Proposals(exchange(facilitators, needs)).chosen == expected


@pytest.mark.large
def test_a_market_of_records_takes_little() -> None:
    chance = random.Random(3)
    facilitators = [facilitator(f"f{n}", ("animation",), capacity="2") for n in range(500)]
    needs = [need(f"n{n}", ("accueil",), people=str(chance.choice([1, 2]))) for n in range(500)]
    with at_most(3):
        found = Proposals(exchange(facilitators, needs))
    assert sum(map(len, found.chosen.values())) > 700


def test_nobody_is_proposed_where_nobody_is() -> None:
    assert assign([], [], []) == []
    assert assign([2], [], [[]]) == [[]]
    assert assign([], [1], []) == []
