"""Deleted events that were still to come: subscribers must learn that they do not take place.

A tombstone holds identity, times and title only. The past is read tolerantly: an old or broken
form must not fail a build, and what cannot be read leaves none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

from ..model.community import (
    Course,
    Event,
    EventKind,
    Place,
    Shared,
    Stamps,
    Text,
    event_order,
    mode_of,
)
from ..model.schema import EventRecord
from ..model.settings import Collection
from ..model.times import Faulty, occurrence
from ..problems import Mark
from .events import SUFFIXES, Context
from .history import History, HistoryError, Removed, read_blobs
from .past import past_id, past_record

_KEPT = (
    *("title", "start", "end", "duration", "timezone", "id", "draft", "place", "online", "mode"),
    *("themes", "territories", "organisers", "hosts"),
)


_FORGOTTEN: Mapping[str, object] = {
    "place": None,
    "online": None,
    "themes": (),
    "territories": (),
    "organisers": (),
    "hosts": (),
}


def read_tombstones(
    context: Context, history: History, events: Iterable[Event], courses: Iterable[Course]
) -> tuple[Event, ...]:
    """The tombstones of a site, those of events that live elsewhere or are withdrawn left out."""
    candidates = [
        (path, removed, collection)
        for path, removed in sorted(history.removed.items())
        for collection in context.settings.collections
        if path.startswith(f"{collection.folder}/") and path.endswith(SUFFIXES)
    ]
    try:
        contents = read_blobs(
            context.root, (removed.past.versions[-1].blob for _, removed, _ in candidates)
        )
    except HistoryError as error:
        mark = Mark(context.settings.source)
        context.problems.add(error.code, mark, reason=error.reason)
        return ()
    alive = {event.uid for event in events}
    by_folder = {str(PurePosixPath(course.source).parent): course for course in courses}
    found: dict[str, Event] = {}
    for path, removed, collection in candidates:
        data = contents.get(removed.past.versions[-1].blob)
        event = _tombstone(context, path, removed, collection, data, by_folder) if data else None
        if event is None or event.uid in alive:
            continue
        if f"{collection.id}/{event.id}" not in context.settings.withdrawn:
            found[event.uid] = event
    return tuple(sorted(found.values(), key=event_order))


def _tombstone(
    context: Context,
    path: str,
    removed: Removed,
    collection: Collection,
    data: bytes,
    courses: Mapping[str, Course],
) -> Event | None:
    record = past_record(data, path, _KEPT)
    if record is None or record.draft:
        return None
    kind: EventKind = "trip" if collection.kind == "trip" else "webinar"
    places = context.entities.places.known((record.place,) if record.place else ())
    place = places[0] if places else None
    zone = record.timezone or (place.zone if place else None) or context.settings.timezone
    try:
        first = occurrence(record, kind, collection.duration, zone)
    except Faulty:
        return None
    gone = datetime.fromtimestamp(removed.removed, UTC)
    if first is None or first.ends <= gone:
        return None
    id = past_id(record, path, collection)
    mode = mode_of(record, place is not None or kind == "trip")
    stamps = Stamps(removed.past.created, max(removed.removed, context.settings.revised or 0))
    return Event(
        id,
        f"{id}.{collection.id}@{context.settings.uid_domain}",
        kind,
        collection,
        record.model_copy(update={"status": "cancelled", "mode": mode, **_FORGOTTEN}),
        zone,
        (first,),
        path,
        Shared(),
        (),
        None,
        (),
        courses.get(str(PurePosixPath(path).parent)),
        Text("", path),
        None,
        stamps,
        deleted=True,
        former=_former(record, place, context),
    )


def _former(record: EventRecord, place: Place | None, context: Context) -> Shared:
    """What it referred to, as far as that is still there: its selections have to tell its end."""
    entities = context.entities
    there = (place.territory,) if place and place.territory else ()
    return Shared(
        entities.themes.known(record.themes),
        (*entities.territories.known(record.territories), *there),
        entities.organisations.known(record.organisers),
        entities.organisations.known(record.hosts),
    )
