"""Stops of trips that subscribers have seen and that are no more: calendars show them as cancelled.

A stop is an identity: it is lost when it is taken out or has another id, when its day is taken
back, and when its trip is deleted, hidden, renamed or has no date any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ..model.community import Event, Occurrence, Shared, Text, Within, event_order
from ..model.journeys import ALONE, stop_title, stop_uid
from ..model.schema import StopRecord, TripRecord
from ..model.times import Faulty, occurrence, stop_time
from ..problems import Mark
from .crossings import lives
from .events import Context
from .history import History, HistoryError
from .past import past_id
from .seen import Life, Past, State

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
    context: Context, history: History, events: Sequence[Event], stops: Sequence[Event]
) -> tuple[Event, ...]:
    """The lost stops of a site, those of trips that are withdrawn left out.

    Args:
        stops: those that calendars tell of.
    """
    past = Past(context, history)
    known = {one.uid for one in stops}
    sources = {one.source for one in events}
    found: list[Event] = []
    try:
        trips = [
            one for one in lives(context, history, frozenset()) if one.collection.kind.has_stops
        ]
        past.fetch(version.blob for one in trips for version in one.versions)
        for one in trips:
            is_there = one.gone is not None or one.path in sources
            # A file with faults is read as nothing: what it held may come back.
            if is_there or past.hidden_by(one) is not None:
                for lost in _lost(past, one, known):
                    found.append(lost)
    except HistoryError as error:
        context.problems.add(error.code, Mark(context.settings.source), reason=error.reason)
        return ()
    return tuple(sorted(found, key=event_order))


def _lost(past: Past, one: Life, known: set[str]) -> Iterator[Event]:
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
                yield _tombstone(past, one, state, record, stop, when, Within(trip, stop.id))


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
        days = (first.last - first.first).days + 1
        number = stop.day or (1 if days == 1 else 0)
        if not 1 <= number <= days:
            return None
        if stop.place is not None:
            at = record.model_copy(update={"place": stop.place, "places": (), "stops": ()})
            zone = past.hours.zone(at, state.until - 1)
        day = first.first.fromordinal(first.first.toordinal() + number - 1)
        return stop_time(stop, day, zone, usual)
    except Faulty:
        return None


def _tombstone(
    past: Past,
    one: Life,
    state: State,
    record: TripRecord,
    stop: StopRecord,
    when: Occurrence,
    within: Within,
) -> Event:
    context, entities = past.context, past.context.entities
    places = past.places(stop.place, state.since, state.until) if stop.place else ()
    there = {place.territory.id: place.territory for place in places if place.territory}
    title = stop_title(stop.title, record.title)
    told = {**_FORGOTTEN, "title": title, "status": "cancelled", "mode": "on-site"}
    return Event(
        id=past_id(record, state.path, one.collection),
        uid=stop_uid(stop.id, within.uid),
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
        within=within,
        deleted=True,
        former=Shared(
            themes=entities.themes.known(record.themes), territories=tuple(there.values())
        ),
    )
