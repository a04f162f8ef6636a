"""The stops of a trip on two sides: which moves, is new, is left out, or has another name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Literal

from ..model.changes import Change, State, changes
from ..model.community import Event, Occurrence, Stop
from ..model.journeys import stop_occurrence
from ..model.times import Faulty

Does = Literal["moved", "hours", "added", "gone", "renamed", "place", "id"]
"""What becomes of a stop; `id`: it is the same under another id, by which calendars know it."""


@dataclass(frozen=True, kw_only=True)
class Halt:
    """A stop as readers and calendars are told of it.

    Attributes:
        number: the day of the trip on which it is, from 1; None where none is said.
        when: None where its day is not known.
        place: where it is, on one line; "" for nowhere.
        along: when it is, seen from its trip: the same on both sides where it moves along.
    """

    id: str
    title: str
    number: int | None
    start: time | None
    end: time | None
    when: Occurrence | None
    place: str
    along: tuple[object, ...]

    @property
    def state(self) -> State:
        return State(first=self.when, status="confirmed", replay=False)


@dataclass(frozen=True, kw_only=True)
class StopChange(Change):
    """A change of one stop; its states are those of the stop."""

    does: Does
    old: Halt | None
    new: Halt | None

    @property
    def halt(self) -> Halt:
        """It, as it is; as it was where it is gone."""
        found = self.new or self.old
        assert found is not None
        return found


def halts(before: Event, after: Event) -> Iterator[StopChange]:
    """What becomes of each stop of a trip that both sides have."""
    was, now = _of(before), _of(after)
    moved = _other_ids(was, now)
    for id, new in now.items():
        old = was.get(moved.get(id, id))
        if old is None:
            yield _change("added", None, new)
        else:
            yield from _same(old, new)
    left = was.keys() - now.keys() - set(moved.values())
    yield from (_change("gone", old, None) for id, old in was.items() if id in left)


def common(before: Event, after: Event) -> Sequence[tuple[Stop, Stop]]:
    """The stops that both sides have, under one id or another, as they were and as they are."""
    old, new = ({one.record.id: one for one in event.stops} for event in (before, after))
    moved = _other_ids(_of(before), _of(after))
    return [(old[was], stop) for id, stop in new.items() if (was := moved.get(id, id)) in old]


def _of(event: Event) -> Mapping[str, Halt]:
    return {one.record.id: _halt(event, one) for one in event.stops}


def _halt(event: Event, stop: Stop) -> Halt:
    record, first = stop.record, event.first
    try:
        when = stop_occurrence(event, stop)
    except Faulty:
        when = None
    shared = first is not None and not first.all_day
    zone = when.zone if when and not (shared and first and when.zone == first.zone) else ""
    return Halt(
        id=record.id,
        title=record.title,
        number=stop.number,
        start=record.start,
        end=record.end,
        when=when,
        place=stop.place.line if stop.place else "",
        # Of an hour in the time of its trip, the trip tells where its clocks are.
        along=(stop.number, record.start, record.end, zone if record.start else ""),
    )


def _other_ids(was: Mapping[str, Halt], now: Mapping[str, Halt]) -> Mapping[str, str]:
    """The ids of stops that had another one, and are the same for all that is read of them."""
    gone = {_read(one): id for id, one in was.items() if id not in now}
    return {id: gone[_read(one)] for id, one in now.items() if id not in was and _read(one) in gone}


def _read(halt: Halt) -> tuple[object, ...]:
    return (halt.title, *halt.along)


def _same(old: Halt, new: Halt) -> Iterator[StopChange]:
    if old.id != new.id:
        yield _change("id", old, new)
    does = _of_time(old, new)
    if does is not None:
        yield _change(does, old, new)
    if old.title != new.title:
        yield _change("renamed", old, new)
    if old.place != new.place:
        yield _change("place", old, new)


def _of_time(old: Halt, new: Halt) -> Does | None:
    if old.along == new.along:
        return None
    if old.when is None or new.when is None:
        # Of one that gets its date with its trip, the trip tells so.
        return "moved" if old.along[:3] != new.along[:3] else None
    kinds = [one.kind for one in changes(old.state, new.state)]
    return ("moved" if "moved" in kinds else "hours") if kinds else None


def _change(does: Does, old: Halt | None, new: Halt | None) -> StopChange:
    return StopChange(
        kind="stops",
        before=old.state if old else None,
        after=new.state if new else None,
        does=does,
        old=old,
        new=new,
    )
