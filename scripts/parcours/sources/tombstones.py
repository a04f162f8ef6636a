"""Meetings that subscribers have seen and that lost their file or their date.

Each is a tombstone: calendars keep showing the hour, as cancelled. It holds identity, times and
title only. The past is read tolerantly: an old or broken form must not fail a build, and what
cannot be read leaves none.

A meeting is seen from the commit of its first version that is no draft. It vanishes when its file
is deleted, moved out of the collections, hidden or made a draft again; when its date is taken back
it lives on, and only its old hour is a tombstone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from ..model.community import (
    EPOCH,
    Course,
    Event,
    EventKind,
    Occurrence,
    Place,
    Shared,
    Text,
    event_order,
    mode_of,
)
from ..model.schema import EventRecord, PlaceRecord, TripRecord
from ..model.settings import Collection
from ..model.times import Faulty, occurrence
from ..problems import Mark
from .events import SUFFIXES, Context
from .history import History, HistoryError, Version, read_blobs
from .past import past_collection, past_id, past_record, past_uid
from .walk import is_source

_KEPT = (
    *("title", "start", "end", "duration", "timezone", "id", "draft", "place", "online", "mode"),
    *("themes", "territories", "organisers", "hosts", "updated", "status"),
)

_FORGOTTEN: Mapping[str, object] = {
    "place": None,
    "online": None,
    "themes": (),
    "territories": (),
    "organisers": (),
    "hosts": (),
}


@dataclass(frozen=True)
class _Vanished:
    """A file that holds no meeting any more, and once held one.

    Attributes:
        path: where it lay then.
        versions: the oldest first.
        gone: Unix seconds at which the last of them ended; None where it still holds.
    """

    path: str
    collection: Collection
    versions: Sequence[Version]
    gone: int | None

    @property
    def created(self) -> int:
        return self.versions[0].instant


@dataclass(frozen=True)
class _Seen:
    """The last state in which subscribers saw a meeting, and when it ended, in Unix seconds.

    Attributes:
        cancelled: when they were told that it is, in Unix seconds, then or before; and its UID at
            that instant.
    """

    record: EventRecord
    gone: int
    cancelled: tuple[int, str]


class _Past:
    """The past of one site's files, as far as tombstones ask."""

    def __init__(self, context: Context, history: History) -> None:
        self.context = context
        self.history = history
        self.contents: dict[str, bytes] = {}

    def fetch(self, blobs: Iterable[str]) -> None:
        """Have these contents at hand.

        Raises:
            HistoryError: git refuses to answer.
        """
        missing = set(blobs) - self.contents.keys()
        self.contents |= read_blobs(self.context.root, missing)

    def was_meeting(self, versions: Sequence[Version]) -> bool:
        """Whether a file lay once where meetings do."""
        collections = self.context.settings.collections
        paths = {version.path for version in versions}
        return any(_may_be_meeting(path, one) for path in paths for one in collections)

    def vanished(self, sources: set[str]) -> Iterator[_Vanished]:
        """The files of collections that hold no meeting any more.

        Args:
            sources: the files of all meetings and courses there are.
        """
        history = self.history
        for path, removed in sorted(history.removed.items()):
            yield from self._of(path, removed.past.versions, removed.removed)
        for path, moved in sorted(history.moved.items()):
            if path not in sources:
                versions = history.changes[path].versions
                before = [one for one in versions if one.instant < moved.removed]
                yield from self._of(moved.path, before, moved.removed)
        for path, change in sorted(history.changes.items()):
            if path not in sources and path not in history.moved:
                yield from self._of(path, change.versions, self._course_hidden(path))

    def _of(self, path: str, versions: Sequence[Version], gone: int | None) -> Iterator[_Vanished]:
        for collection in self.context.settings.collections:
            if not versions or not _may_be_meeting(path, collection):
                continue
            index = self._index_beside(path, collection)
            if index is not None:
                # From then on it belonged to the meeting of that index.
                gone = index if gone is None else min(gone, index)
            seen = [one for one in versions if gone is None or one.instant < gone]
            if seen:
                yield _Vanished(path, collection, seen, gone)

    def _index_beside(self, path: str, collection: Collection) -> int | None:
        """When an index came to lie beside a file, in Unix seconds; None if none did."""
        name = PurePosixPath(path).relative_to(collection.folder)
        folders = [parent for parent in name.parents if parent != PurePosixPath(".")]
        if name.stem == "index":
            del folders[0]
        if collection.kind == "course":
            del folders[-1:]
        files = [
            f"{collection.folder}/{folder}/index{suffix}"
            for folder in folders
            for suffix in SUFFIXES
        ]
        changes, removed = self.history.changes, self.history.removed
        pasts = [(file, changes[file]) for file in files if file in changes]
        pasts += [(file, removed[file].past) for file in files if file in removed]
        came = (
            version.instant
            for file, past in pasts
            for version in past.versions
            if version.path == file and version.instant >= past.since
        )
        return min(came, default=None)

    def last_seen(self, one: _Vanished) -> _Seen | None:
        """The last state of a vanished meeting that was no draft; None if there is none."""
        versions = one.versions
        ends = [*(version.instant for version in versions[1:]), one.gone or self._head]
        for at in reversed(range(len(versions))):
            record = self.record(versions[at], one.path, one.collection)
            if one.gone is None and at == len(versions) - 1 and not (record and record.draft):
                # A file that never was a meeting, or is one with faults.
                return None
            end = self._shown_until(one, versions[at].instant, ends[at])
            if record is None or record.draft or end is None:
                continue
            if record.start is None:
                # The hour it had before was told as cancelled: it still is.
                return self.last_seen(replace(one, versions=versions[:at], gone=ends[at]))
            return _Seen(record, end, self._cancelled(one, at, end))
        return None

    def _cancelled(self, one: _Vanished, at: int, end: int) -> tuple[int, str]:
        """Since when the state *at*, which ended at *end*, was told as cancelled, and its UID."""
        settings, since = self.context.settings, end
        uid = None
        for version in reversed(one.versions[: at + 1]):
            record = self.record(version, one.path, one.collection)
            if record is None or record.draft:
                continue
            if uid is not None and record.status != "cancelled":
                break
            uid = past_uid(record, version.path, settings) or uid or ""
            if record.status != "cancelled" or _was_over(record, version.instant):
                break
            since = version.instant
        return since, uid or ""

    def _shown_until(self, one: _Vanished, start: int, end: int) -> int | None:
        """Until when a state was seen, in Unix seconds; None where its course was a draft."""
        for since, until in self._drafts(one.path, one.collection):
            if since < end and (until is None or end <= until):
                return since if start < since else None
        return end

    def _course_hidden(self, path: str) -> int | None:
        """Since when a session's course has been a draft, in Unix seconds; None if it is none."""
        for collection in self.context.settings.collections:
            if _may_be_meeting(path, collection):
                ends = self._drafts(path, collection)
                return next((since for since, until in ends if until is None), None)
        return None

    def _drafts(self, path: str, collection: Collection) -> list[tuple[int, int | None]]:
        """From when until when the course of a session was a draft, in Unix seconds."""
        if collection.kind != "course":
            return []
        name = PurePosixPath(path).relative_to(collection.folder).parts[0]
        found: list[tuple[int, int | None]] = []
        since: int | None = None
        for file in (f"{collection.folder}/{name}/index{suffix}" for suffix in SUFFIXES):
            removed = self.history.removed.get(file)
            past = self.history.get(file) or (removed.past if removed else None)
            for version in past.versions if past else ():
                record = self.record(version, file, collection)
                draft = record is not None and record.draft
                if draft and since is None:
                    since = version.instant
                elif not draft and since is not None:
                    found.append((since, version.instant))
                    since = None
        return found if since is None else [*found, (since, None)]

    def last_dated(self, event: Event, versions: Sequence[Version]) -> _Seen | None:
        """The last state of a meeting without a date in which it had one."""
        for version, after in zip(reversed(versions[:-1]), reversed(versions[1:]), strict=True):
            record = self.record(version, event.source, event.collection)
            if record is not None and record.start is not None and not record.draft:
                return _Seen(record, after.instant, (after.instant, event.uid))
        return None

    def record(self, version: Version, path: str, collection: Collection) -> EventRecord | None:
        self.fetch((version.blob,))
        data = self.contents.get(version.blob)
        if data is None:
            return None
        if collection.kind == "trip":
            return past_record(data, path, TripRecord, (*_KEPT, "stops"))
        return past_record(data, path, EventRecord, _KEPT)

    def place(self, id: str) -> Place | None:
        """A place that is there, else what was said of it when its file was deleted."""
        known = self.context.entities.places.known((id,))
        if known:
            return known[0]
        path = f"{self.context.settings.data}/places/{id}.yml"
        removed = self.history.removed.get(path)
        if removed is None:
            return None
        blob = removed.past.versions[-1].blob
        self.fetch((blob,))
        record = past_record(self.contents.get(blob, b""), path, PlaceRecord, _PLACE)
        if record is None:
            return None
        territories = self.context.entities.territories
        known_there = territories.known((record.territory,) if record.territory else ())
        there = known_there[0] if known_there else None
        return Place(id, record.name, None, there, None, None, record.timezone, None, None, path)

    @property
    def _head(self) -> int:
        return self.history.head if self.history.head is not None else EPOCH


def _was_over(record: EventRecord, instant: int) -> bool:
    """Whether a meeting was over at an instant, in Unix seconds, wherever it took place."""
    days = [one.day for one in (record.start, record.end) if one is not None and one.day]
    day = datetime.fromtimestamp(instant, UTC).date()
    return bool(days) and max(days) < day - timedelta(days=1)


_PLACE = ("name", "territory", "timezone")


def _may_be_meeting(path: str, collection: Collection) -> bool:
    """Whether a file of that name is read as a meeting of a collection."""
    if not path.startswith(f"{collection.folder}/") or not path.endswith(SUFFIXES):
        return False
    name = PurePosixPath(path).relative_to(collection.folder)
    return is_source(name) and not _is_index(name, collection)


def _is_index(name: PurePosixPath, collection: Collection) -> bool:
    """Whether a file is the page of its collection, or of a course: no meeting."""
    return name.stem == "index" and len(name.parts) <= (2 if collection.kind == "course" else 1)


def read_tombstones(
    context: Context, history: History, events: Sequence[Event], courses: Sequence[Course]
) -> tuple[Event, ...]:
    """The tombstones of a site, those of meetings that live elsewhere or are withdrawn left out."""
    past = _Past(context, history)
    try:
        found = [*_deleted(past, events, courses), *_undated(past, events)]
        found += _renamed(past, events, found)
        withdrawn = context.settings.withdrawn
        found = [one for one in found if f"{one.collection.id}/{one.id}" not in withdrawn]
    except HistoryError as error:
        mark = Mark(context.settings.source)
        context.problems.add(error.code, mark, reason=error.reason)
        return ()
    return tuple(sorted(found, key=event_order))


def _deleted(past: _Past, events: Sequence[Event], courses: Sequence[Course]) -> tuple[Event, ...]:
    alive = {event.uid for event in events}
    sources = {one.source for one in events} | {one.source for one in courses}
    by_folder = {str(PurePosixPath(course.source).parent): course for course in courses}
    candidates = list(past.vanished(sources))
    # A deleted file's last version is mostly enough; of a draft, all may be asked for.
    past.fetch(
        version.blob
        for one in candidates
        for version in (one.versions[-1:] if one.gone else one.versions)
    )
    found: dict[str, Event] = {}
    for one in candidates:
        event = _tombstone(past, one, by_folder)
        if event is None or event.uid in alive:
            continue
        if one.gone is None and (past.context.root / one.path).is_file():
            mark = Mark(one.path)
            past.context.problems.add("seen-draft", mark, severity="warning")
        other = found.get(event.uid)
        if other is None or other.stamps.changed < event.stamps.changed:
            found[event.uid] = event
    return tuple(found.values())


def _tombstone(past: _Past, one: _Vanished, courses: Mapping[str, Course]) -> Event | None:
    seen = past.last_seen(one)
    if seen is None:
        return None
    context, record, collection = past.context, seen.record, one.collection
    kind: EventKind = "trip" if collection.kind == "trip" else "webinar"
    place = past.place(record.place) if record.place else None
    places = [place, *_stop_places(past, record)]
    zones = (found.zone for found in places if found is not None)
    zone = record.timezone or next((name for name in zones if name), context.settings.timezone)
    first = _to_come(record, kind, collection, zone, seen.gone)
    if first is None:
        return None
    id = past_id(record, one.path, collection)
    there = [found for found in places if found is not None]
    mode = mode_of(record, bool(there) or kind == "trip")
    forgotten = {**_FORGOTTEN, **({"stops": ()} if isinstance(record, TripRecord) else {})}
    stamps = context.dating.stamps_of_vanished(one.created, seen.gone, record.updated)
    return Event(
        id,
        f"{id}.{collection.id}@{context.settings.uid_domain}",
        kind,
        collection,
        record.model_copy(update={"status": "cancelled", "mode": mode, **forgotten}),
        zone,
        (first,),
        one.path,
        Shared(),
        (),
        None,
        (),
        courses.get(str(PurePosixPath(one.path).parent)),
        Text("", one.path),
        None,
        stamps,
        deleted=True,
        former=_former(record, there, context),
        gone=seen.cancelled,
    )


def _stop_places(past: _Past, record: EventRecord) -> list[Place | None]:
    stops = record.stops if isinstance(record, TripRecord) else ()
    return [past.place(stop.place) for stop in stops if stop.place]


def _to_come(
    record: EventRecord, kind: EventKind, collection: Collection, zone: str, gone: int
) -> Occurrence | None:
    """The time a record gives, if it was still to come or going on when that state ended."""
    try:
        first = occurrence(record, kind, collection.duration, zone)
    except Faulty:
        return None
    if first is None or first.ends <= datetime.fromtimestamp(gone, UTC):
        return None
    return first


def _former(record: EventRecord, places: Sequence[Place], context: Context) -> Shared:
    """What it referred to, as far as that is still there: its selections have to tell its end."""
    entities = context.entities
    there = {place.territory.id: place.territory for place in places if place.territory}
    return Shared(
        entities.themes.known(record.themes),
        (*entities.territories.known(record.territories), *there.values()),
        entities.organisations.known(record.organisers),
        entities.organisations.known(record.hosts),
    )


def _renamed(past: _Past, events: Sequence[Event], others: Sequence[Event]) -> Iterator[Event]:
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
            old = _tombstone(past, one, {})
            if old is not None and old.uid not in known:
                known.add(old.uid)
                yield replace(old, gone=None)


_HAS_ID = re.compile(rb"""^\s*["']?id["']?\s*:""", re.MULTILINE)


def _identities(past: _Past, versions: Sequence[Version]) -> Iterator[_Vanished]:
    """The meetings that a file was under other identities than its last."""
    texts = (past.contents.get(version.blob, b"") for version in versions)
    if len({one.path for one in versions}) == 1 and not any(map(_HAS_ID.search, texts)):
        return
    held: dict[str, list[int]] = {}
    last = None
    for at, version in enumerate(versions):
        collection = past_collection(version.path, past.context.settings)
        if collection is None or not _may_be_meeting(version.path, collection):
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
            yield _Vanished(path, collection, [versions[at] for at in ats], gone)


def _undated(past: _Past, events: Sequence[Event]) -> Iterator[Event]:
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
        first = _to_come(seen.record, event.kind, event.collection, event.zone, seen.gone)
        if first is not None:
            record = event.record
            off = record.status == "cancelled" or record.undated == "past"
            status = "cancelled" if off else "postponed"
            record = record.model_copy(update={"status": status})
            yield replace(event, record=record, occurrences=(first,))
