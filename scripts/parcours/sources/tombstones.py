"""Meetings that subscribers have seen and that lost their file or their date.

Each is a tombstone: calendars keep showing the hour, as cancelled. It holds identity, times and
title, and what tells which selections it was in.

A meeting vanishes when its file is deleted, moved out of the collections, hidden or made a draft
again, or has another identity from then on. When its date is taken back it lives on, and only its
old hour is a tombstone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePosixPath

from ..model.changes import holds, state_of
from ..model.community import (
    Course,
    DateOf,
    Event,
    Occurrence,
    Part,
    Place,
    Shared,
    Text,
    event_order,
    mode_of,
)
from ..model.instants import moment_of
from ..model.recurrence import year_after
from ..model.schema import CourseRecord, EventRecord, SeriesRecord, StopRecord, TripRecord
from ..model.series import Unrolled, is_series, part_of, part_uid, place_of, times_of, unroll
from ..model.settings import Collection
from ..model.times import Faulty, occurrence
from ..model.values import PAST
from ..model.zones import zone as zone_of
from ..problems import Mark
from .events import Context
from .files import is_file
from .history import HistoryError, Version
from .past import past_collection, past_id, past_uid
from .seen import Life, Past, course_folder, may_be_meeting

_FORGOTTEN: Mapping[str, object] = {
    "place": None,
    "places": (),
    "online": None,
    "themes": (),
    "territories": (),
    "organisers": (),
    "hosts": (),
    "claim": None,
    "stops": (),
}


def read_tombstones(
    past: Past, events: Sequence[Event], courses: Sequence[Course]
) -> tuple[Event, ...]:
    """The tombstones of a site, those of meetings that live elsewhere or are withdrawn left out."""
    context = past.context
    try:
        by_folder = {str(PurePosixPath(one.source).parent): one for one in courses}
        found = [*_deleted(past, events, by_folder), *_undated(past, events)]
        found += _renamed(past, events, found, by_folder)
        withdrawn = context.settings.withdrawn
        found = [one for one in found if f"{one.collection.id}/{one.id}" not in withdrawn]
    except HistoryError as error:
        mark = Mark(context.settings.source)
        context.problems.add(error.code, mark, reason=error.reason)
        return ()
    return tuple(sorted(found, key=event_order))


def _deleted(
    past: Past, events: Sequence[Event], courses: Mapping[str, Course]
) -> tuple[Event, ...]:
    """The tombstones of files that hold no meeting any more; *courses* are by their folder."""
    alive = {event.uid for event in events}
    sources = {one.source for one in events} | {one.source for one in courses.values()}
    candidates = list(past.vanished(sources))
    # A deleted file's last version is mostly enough; of a draft, all may be asked for.
    past.fetch(
        version.blob
        for one in candidates
        for version in (one.versions[-1:] if one.gone else one.versions)
    )
    found: dict[str, Event] = {}
    for one in candidates:
        event = _tombstone(past, one, courses)
        if event is None or event.uid in alive:
            continue
        hidden = past.hidden_by(one) if one.gone is None else None
        if hidden is not None and is_file(past.context.root / one.path):
            past.context.problems.add("seen-draft", Mark(hidden), severity="warning")
        other = found.get(event.uid)
        if other is None or other.stamps.changed < event.stamps.changed:
            found[event.uid] = event
    return tuple(found.values())


def _tombstone(past: Past, one: Life, courses: Mapping[str, Course]) -> Event | None:
    seen = past.last_seen(one)
    if seen is None:
        return None
    context, record, collection = past.context, seen.record, one.collection
    places = map(past.place, record.named_places)
    zone = past.hours.zone(record, seen.gone - 1)
    first = _to_come(record, collection, zone, seen.gone)
    if first is None:
        return None
    id = past_id(record, one.path, collection)
    there = [found for found in places if found is not None]
    mode = mode_of(record, collection.kind, bool(there))
    said = collection.kind.record.model_fields
    forgotten = {key: value for key, value in _FORGOTTEN.items() if key in said}
    stamps = context.dating.stamps_of_vanished(one.created, seen.gone, record.updated)
    event = Event(
        id=id,
        uid=context.settings.uid(id, collection.id),
        collection=collection,
        record=record.model_copy(update={"status": "cancelled", "mode": mode, **forgotten}),
        zone=zone,
        occurrences=(first,),
        source=one.path,
        refs=Shared(),
        speakers=(),
        sites=(),
        stops=(),
        course=courses.get(course_folder(one.path, collection)),
        body=Text("", one.path),
        account=None,
        stamps=stamps,
        deleted=True,
        former=_former(record, seen.course, there, context),
        gone=seen.cancelled,
    )
    return _repeating(event, record, seen.gone)


def _repeating(event: Event, record: EventRecord, gone: int) -> Event:
    """A series that is no more: its rule is called off with it, each date that differed too."""
    if not isinstance(record, SeriesRecord) or not is_series(record):
        return event
    unrolled = unroll(record, _horizon(gone), PAST)
    parts: list[Part | None] = []
    with suppress(Faulty):
        first = occurrence(record, event.kind, event.collection.duration, event.zone)
        once = replace(event, occurrences=(first,) if first else ())
        for number, segment in enumerate(unrolled.segments):
            its = replace(once, uid=part_uid(segment, event.uid))
            parts.append(part_of(its, number, unrolled))
    return replace(
        event,
        parts=tuple(part for part in parts if part is not None),
        dates=tuple(_apart(event, unrolled, parts)),
    )


def _apart(event: Event, unrolled: Unrolled, parts: Sequence[Part | None]) -> Iterator[Event]:
    """The dates that stand in calendars beside the rules: they differed, or came before these."""
    for slot in unrolled.slots:
        part = parts[slot.segment] if slot.segment < len(parts) else None
        if part is None:
            continue
        (first,) = part.event.occurrences
        is_early = slot.added and slot.original.naive < datetime.combine(
            first.first, first.start.time() if first.start else time()
        )
        if slot.own is None and not is_early:
            continue
        date = DateOf(
            series=event.uid,
            key=slot.key,
            original=slot.original,
            zone=event.zone,
            part=None if is_early else place_of(slot.segment, parts),
            apart=slot.own is not None,
        )
        with suppress(Faulty):
            uid, whole = f"{slot.key}.{event.uid}", part.event
            one = whole.dated(slot.when(first), date, uid=uid, plan=whole.plan, body=whole.body)
            yield replace(one, record=event.record.model_copy(update={"title": slot.record.title}))


def with_ended(past: Past, events: Sequence[Event]) -> list[Event]:
    """Events with what gave dates of them under another UID, and does no more: a `later:` was taken
    away, or begins on another day; a rule has fewer hours. Who keeps what a calendar told once
    learns that it ended.

    For a year: so long calendars tell what is over.
    """
    context, history = past.context, past.history
    changes = {one.uid: history.get(one.source) for one in events if one.occurrences}
    pasts = {uid: one.versions for uid, one in changes.items() if one and len(one.versions) > 1}
    try:
        past.fetch(version.blob for versions in pasts.values() for version in versions)
        ruled = {
            uid
            for uid, versions in pasts.items()
            if any(_REPEAT in past.contents.get(version.blob, b"") for version in versions)
        }
        return [
            replace(one, ended=tuple(_ended(past, one, pasts[one.uid])))
            if one.uid in ruled
            else one
            for one in events
        ]
    except HistoryError as error:
        context.problems.add(error.code, Mark(context.settings.source), reason=error.reason)
        return [*events]


_REPEAT = b"repeat"


def _ended(past: Past, event: Event, versions: Sequence[Version]) -> Iterator[Part]:
    *before, now = versions
    life = Life(event.source, event.collection, before, now.instant, before[0].instant)
    known = set(event.uids)
    for state in past.seen(life):
        record, until = state.record, moment_of(state.until)
        if past.context.now - _YEAR >= until:
            return
        if past_uid(record, state.path, past.context.settings) != event.uid:
            continue  # that is told under the other identity
        zone = past.hours.zone(record, state.until - 1)
        first = _to_come(record, event.collection, zone, state.until)
        if first is None:
            continue
        off = record.model_copy(update={"status": "cancelled"})
        old = replace(event, record=off, zone=zone, occurrences=(first,), dates=(), parts=())
        parts = _repeating(old, record, state.until).parts
        for one in (share for part in parts for share in part.told):
            if one.event.uid not in known and _goes_beyond(one, zone, until):
                known.add(one.event.uid)
                yield one


_YEAR = timedelta(days=366)


def _goes_beyond(part: Part, zone_name: str, until: datetime) -> bool:
    """Whether a part has dates after an instant."""
    return part.last is None or part.last.naive.replace(tzinfo=zone_of(zone_name)) > until


def _horizon(gone: int) -> date:
    """The day up to which what had no end was drawn."""
    return year_after(moment_of(gone).date())


def _stops(record: EventRecord) -> tuple[StopRecord, ...]:
    return record.stops if isinstance(record, TripRecord) else ()


def _to_come(
    record: EventRecord, collection: Collection, zone: str, gone: int
) -> Occurrence | None:
    """The time a record gives, if it was still to come or going on when that state ended."""
    try:
        last = _horizon(gone)
        first = times_of(record, collection.kind, collection.duration, zone, last)
    except Faulty:
        return None
    if first is None or first.ends <= datetime.fromtimestamp(gone, UTC):
        return None
    return first


def _former(
    record: EventRecord, course: CourseRecord | None, places: Sequence[Place], context: Context
) -> Shared:
    """What it referred to, as far as that is still there: its selections have to tell its end."""
    entities = context.entities
    themes = (*record.themes, *(course.themes if course else ()))
    hosts = (*record.run_by, *(stop.host.id for stop in _stops(record) if stop.host))
    there = {place.territory.id: place.territory for place in places if place.territory}
    return Shared(
        entities.themes.known(dict.fromkeys(themes)),
        (*entities.territories.known(record.territories), *there.values()),
        entities.organisations.known(one.id for one in record.organisers),
        entities.organisations.known(dict.fromkeys(hosts)),
    )


def _renamed(
    past: Past, events: Sequence[Event], others: Sequence[Event], courses: Mapping[str, Course]
) -> Iterator[Event]:
    """The old identities of meetings: their file was renamed, or its `id:` changed.

    Their hours are cancelled in calendars, and no news: the meeting lived on.
    """
    history = past.history
    known = {event.uid for event in (*events, *others)}
    lives = [
        *(change.versions for _, change in sorted(history.changes.items())),
        *(removed.past.versions for _, removed in sorted(history.removed.items())),
    ]
    lives = [versions for versions in lives if len(versions) > 1 and past.was_meeting(versions)]
    past.fetch(version.blob for versions in lives for version in versions)
    for versions in lives:
        for one in _identities(past, versions):
            old = _tombstone(past, one, courses)
            if old is not None and old.uid not in known:
                known.add(old.uid)
                yield replace(old, gone=None)


_HAS_ID = re.compile(rb"""^\s*["']?id["']?\s*:""", re.MULTILINE)


def _identities(past: Past, versions: Sequence[Version]) -> Iterator[Life]:
    """The meetings that a file was under other identities than its last."""
    texts = (past.contents.get(version.blob, b"") for version in versions)
    if len({one.path for one in versions}) == 1 and not any(map(_HAS_ID.search, texts)):
        return
    held: dict[str, list[int]] = {}
    last = None
    for at, version in enumerate(versions):
        collection = past_collection(version.path, past.context.settings)
        if collection is None or not may_be_meeting(version.path, collection):
            continue
        record = past.record(version, version.path, collection)
        if record is not None:
            last = past_uid(record, version.path, past.context.settings)
            held.setdefault(last or "", []).append(at)
    for uid, ats in held.items():
        path = versions[ats[-1]].path
        collection = past_collection(path, past.context.settings)
        if uid != last and collection is not None:
            gone = versions[ats[-1] + 1].instant
            created = versions[0].instant
            yield Life(path, collection, [versions[at] for at in ats], gone, created)


def _undated(past: Past, events: Sequence[Event]) -> Iterator[Event]:
    """The old hours of meetings whose date was taken back: the meeting, as postponed."""
    waiting = [
        (event, change)
        for event in events
        if not event.occurrences
        if (change := past.history.get(event.source)) is not None
    ]
    past.fetch(version.blob for _, change in waiting for version in change.versions)
    for event, change in waiting:
        seen = past.last_dated(event, change.versions)
        if seen is None:
            continue
        zone = past.hours.zone(seen.record, seen.until - 1)
        first = _to_come(seen.record, event.collection, zone, seen.until)
        if first is not None:
            status = "postponed" if holds("postponed", state_of(event), dated=True) else "cancelled"
            record = event.record.model_copy(update={"status": status})
            old = replace(event, record=record, zone=zone, occurrences=(first,))
            yield _repeating(old, seen.record, seen.until)
