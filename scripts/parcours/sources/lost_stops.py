"""Stops of trips that subscribers have seen and that are no more: calendars show them as cancelled.

A stop is an identity: it is lost when it is taken out or has another id, when its day is taken
back, and when its trip is deleted, hidden, renamed or has no date any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ..model.community import Event, Occurrence, Shared, Stop, Text, Within, event_order
from ..model.journeys import ALONE, stop_occurrence, stop_title, stop_uid
from ..model.names import slug
from ..model.schema import StopRecord, TripRecord
from ..model.times import Faulty, day_number, occurrence, stop_time
from ..problems import Mark
from .crossings import lives
from .events import mark_in
from .history import HistoryError
from .past import past_id
from .seen import Life, Past, State, edited, is_new

_FORGOTTEN = {
    **ALONE,
    "place": None,
    "places": (),
    "themes": (),
    "territories": (),
    "organisers": (),
    "hosts": (),
}


def read_lost_stops(
    past: Past, events: Sequence[Event], stops: Sequence[Event]
) -> tuple[Event, ...]:
    """The lost stops of a site, those of trips that are withdrawn left out.

    One that seems to be there under another id is told, at that id.

    Args:
        stops: those that calendars tell of.
    """
    context, history = past.context, past.history
    known = {one.uid for one in stops}
    trips = {one.source: one for one in events if one.collection.kind.has_stops}
    sources = {one.source for one in events}
    found: list[Event] = []
    try:
        changed = edited(past, trips)
        past_trips = [
            one for one in lives(context, history, changed) if one.collection.kind.has_stops
        ]
        past.fetch(version.blob for one in past_trips for version in one.versions)
        for one in past_trips:
            is_there = one.gone is not None or one.path in sources
            # A file with faults is read as nothing: what it held may come back.
            if is_there or past.hidden_by(one) is not None:
                lost = list(_lost(past, one, known))
                found += (_tombstone(past, one, its) for its in lost)
                if one.gone is None and one.path in trips:
                    _tell_new_ids(past, one, lost, trips[one.path])
    except HistoryError as error:
        context.problems.add(error.code, Mark(context.settings.source), reason=error.reason)
        return ()
    return tuple(sorted(found, key=event_order))


@dataclass(frozen=True, kw_only=True)
class _Lost:
    """A stop that is no more, in the last state in which subscribers saw it."""

    state: State
    record: TripRecord
    stop: StopRecord
    when: Occurrence
    within: Within


def _lost(past: Past, one: Life, known: set[str]) -> Iterator[_Lost]:
    """The stops of one file that are in no calendar; each is added to what is *known*."""
    settings = past.context.settings
    for state in past.seen(one):
        record = state.record
        if not isinstance(record, TripRecord):
            continue
        id = past_id(record, state.path, one.collection)
        if f"{one.collection.id}/{id}" in settings.withdrawn:
            continue
        trip = settings.uid(id, one.collection.id)
        for stop in record.stops:
            uid = stop_uid(stop.id, trip)
            when = None if uid in known else _time(past, one, state, record, stop)
            if when is None:
                continue
            known.add(uid)
            # As meetings, a trip that is gone leaves nothing of what was over; one that is there
            # says what it was: a stop that is not of it any more did not take place.
            if one.gone is None or when.ends > datetime.fromtimestamp(state.until, UTC):
                within = Within(trip, stop.id)
                yield _Lost(state=state, record=record, stop=stop, when=when, within=within)


def _tell_new_ids(past: Past, one: Life, lost: Iterable[_Lost], event: Event) -> None:
    """Tell each stop that seems to be a lost one under another id, of several the last."""
    context, told = past.context, set[int]()
    for its in lost:
        if not is_new(past, one, its.state.until):
            continue
        before = {stop.id for stop in its.record.stops}
        alike = [
            index
            for index, stop in enumerate(event.stops)
            if stop.record.id not in before and _is_alike(its, event, stop)
        ]
        if its.within.uid == event.uid and len(alike) == 1 and alike[0] not in told:
            told.add(alike[0])
            mark = mark_in(context.root, event.source, ("stops", alike[0], "id"))
            stop, id = event.stops[alike[0]].record.id, its.stop.id
            context.problems.add("lost-stop", mark, severity="warning", stop=stop, id=id)


def _is_alike(lost: _Lost, event: Event, stop: Stop) -> bool:
    """Whether a stop is called as the lost one, or is where and when that was to be."""
    if slug(stop.record.title) == slug(lost.stop.title):
        return True
    try:
        when = stop_occurrence(event, stop)
    except Faulty:
        return False
    is_then = when is not None and (when.first, when.start) == (lost.when.first, lost.when.start)
    return is_then and stop.record.place == lost.stop.place


def _time(
    past: Past, one: Life, state: State, record: TripRecord, stop: StopRecord
) -> Occurrence | None:
    """When a stop was to take place, as subscribers were told; None where they were not."""
    kind, usual = one.collection.kind, one.collection.duration
    zone = past.hours.zone(record, state.until - 1)
    try:
        first = occurrence(record, kind, usual, zone)
        if first is None:
            return None
        usually = 1 if first.days == 1 else 0
        number = day_number(stop.day, first, stop.id) if stop.day else usually
        if not 1 <= number <= first.days:
            return None
        if stop.place is not None:
            at = record.model_copy(update={"place": stop.place, "places": (), "stops": ()})
            zone = past.hours.zone(at, state.until - 1)
        day = first.first.fromordinal(first.first.toordinal() + number - 1)
        return stop_time(stop, day, zone, usual)
    except Faulty:
        return None


def _tombstone(past: Past, one: Life, lost: _Lost) -> Event:
    context, entities = past.context, past.context.entities
    state, record, stop, when = lost.state, lost.record, lost.stop, lost.when
    places = past.places(stop.place, state.since, state.until) if stop.place else ()
    there = {place.territory.id: place.territory for place in places if place.territory}
    title = stop_title(stop.title, record.title)
    told = {**_FORGOTTEN, "title": title, "status": "cancelled", "mode": "on-site"}
    return Event(
        id=past_id(record, state.path, one.collection),
        uid=stop_uid(stop.id, lost.within.uid),
        collection=one.collection,
        record=record.model_copy(update=told),
        zone=when.zone,
        occurrences=(when,),
        source=one.path,
        refs=Shared(),
        speakers=(),
        sites=(),
        stops=(),
        course=None,
        body=Text("", one.path),
        account=None,
        stamps=context.dating.stamps_of_vanished(one.created, state.until, record.updated),
        within=lost.within,
        deleted=True,
        former=Shared(
            themes=entities.themes.known(record.themes), territories=tuple(there.values())
        ),
    )
