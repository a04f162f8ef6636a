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
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath

from ..model.community import (
    Course,
    Event,
    Occurrence,
    Place,
    Shared,
    Text,
    event_order,
    mode_of,
)
from ..model.drafts import is_public
from ..model.schema import CourseRecord, EventRecord, PlaceRecord, StopRecord, TripRecord
from ..model.sequence import EPOCH
from ..model.settings import Collection
from ..model.times import Faulty, occurrence, zone_of
from ..problems import Mark
from .events import SUFFIXES, Context
from .history import History, HistoryError, Version, read_blobs
from .past import past_collection, past_course, past_id, past_record, past_uid, timeline
from .walk import is_source

_KEPT = (
    *("title", "start", "end", "duration", "timezone", "id", "draft", "place", "online", "mode"),
    *("themes", "territories", "organisers", "hosts", "updated", "status", "stops"),
)

_FORGOTTEN: Mapping[str, object] = {
    "place": None,
    "online": None,
    "themes": (),
    "territories": (),
    "organisers": (),
    "hosts": (),
    "stops": (),
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
class _State:
    """What subscribers saw of a meeting while neither its file nor its course changed.

    Attributes:
        since: Unix seconds from which it held.
        until: Unix seconds at which it ended.
        path: where its file lay.
        course: what its course said, for a session.
    """

    since: int
    until: int
    path: str
    record: EventRecord
    course: CourseRecord | None


@dataclass(frozen=True)
class _Seen:
    """The last state in which subscribers saw a meeting, and when it ended, in Unix seconds.

    Attributes:
        cancelled: when they were told that it is, in Unix seconds, then or before; and its UID at
            that instant.
    """

    record: EventRecord
    course: CourseRecord | None
    gone: int
    cancelled: tuple[int, str]


class _Past:
    """The past of one site's files, as far as tombstones ask."""

    def __init__(self, context: Context, history: History) -> None:
        self.context = context
        self.history = history
        self.contents: dict[str, bytes] = {}
        self.courses: dict[str, dict[Version, CourseRecord]] = {}

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
                yield from self._of(path, change.versions, None)

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
        if collection.kind.in_courses:
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
        """The last state of a vanished meeting that had an hour and was seen; None without one."""
        if one.gone is None and self.hidden_by(one) is None:
            # A file that never was a meeting, or is one with faults.
            return None
        seen = self._seen(one)
        last: list[_State] = []
        for state in seen:
            last.append(state)
            if state.record.start is not None:
                # Where a later one told no hour, this one was told as cancelled: it still is.
                gone = last[0].until
                cancelled = self._cancelled(chain(last, seen), gone)
                return _Seen(state.record, state.course, gone, cancelled)
        return None

    def last_dated(self, event: Event, versions: Sequence[Version]) -> _State | None:
        """The last state of a meeting without a date in which it was seen with one."""
        *before, now = versions
        if not before:
            return None
        seen = self._seen(_Vanished(event.source, event.collection, before, now.instant))
        return next((state for state in seen if state.record.start is not None), None)

    def _seen(self, one: _Vanished) -> Iterator[_State]:
        """The states in which a meeting was seen, the last first."""
        course = self._course(one)
        # What still holds ends after HEAD.
        until = self._head + 1 if one.gone is None else one.gone
        for since, version, its in reversed(list(timeline(one.versions, list(course)))):
            if since < until:
                record = self.record(version, one.path, one.collection)
                said = course[its] if its else None
                if record is not None and is_public(record, said):
                    yield _State(since, until, version.path, record, said)
                until = since

    def _cancelled(self, seen: Iterable[_State], gone: int) -> tuple[int, str]:
        """Since when what ended at *gone* was told as cancelled, and its UID at that instant.

        Args:
            seen: the states in which it was seen, the last first.
        """
        since, uid = gone, None
        for state in seen:
            off = state.record.status == "cancelled"
            if uid is not None and not off:
                break
            uid = past_uid(state.record, state.path, self.context.settings) or uid or ""
            if not off or _was_over(state.record, state.since):
                break
            since = state.since
        return since, uid or ""

    def hidden_by(self, one: _Vanished) -> str | None:
        """The file that makes it a draft: its own, else its course's; None if neither does."""
        record = self.record(one.versions[-1], one.path, one.collection)
        if record is None or not is_public(record):
            return one.path if record else None
        last = next(reversed(self._course(one).items()), None)
        return last[0].path if last and not is_public(record, last[1]) else None

    def _course(self, one: _Vanished) -> dict[Version, CourseRecord]:
        """What the course of a session said, the oldest first; nothing for another meeting."""
        if not one.collection.kind.in_courses:
            return {}
        folder = _course_folder(one)
        if folder not in self.courses:
            files = (f"{folder}/index{suffix}" for suffix in SUFFIXES)
            lay = [version for file in files for version in self._lay.get(file, ())]
            self.fetch(version.blob for version in lay)
            # One that cannot be read says what the one before it said.
            self.courses[folder] = {
                version: record
                for version in sorted(lay, key=lambda one: one.instant)
                if (record := past_course(self.contents[version.blob], version.path))
            }
        return self.courses[folder]

    @cached_property
    def _lay(self) -> Mapping[str, Sequence[Version]]:
        """The versions of all files, by where they lay then."""
        found: dict[str, list[Version]] = {}
        pasts = [removed.past for removed in self.history.removed.values()]
        for past in (*pasts, *self.history.changes.values()):
            for version in past.versions:
                found.setdefault(version.path, []).append(version)
        return found

    def record(self, version: Version, path: str, collection: Collection) -> EventRecord | None:
        self.fetch((version.blob,))
        data = self.contents.get(version.blob)
        if data is None:
            return None
        kind = collection.kind.record
        return past_record(data, path, kind, [key for key in _KEPT if key in kind.model_fields])

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
        return Place(id, record, path, there)

    @property
    def _head(self) -> int:
        return self.history.head if self.history.head is not None else EPOCH


def _was_over(record: EventRecord, instant: int) -> bool:
    """Whether a meeting was over at an instant, in Unix seconds, wherever it took place."""
    days = [one.day for one in (record.start, record.end) if one is not None and one.day]
    day = datetime.fromtimestamp(instant, UTC).date()
    return bool(days) and max(days) < day - timedelta(days=1)


_PLACE = ("name", "territory", "timezone")


def _course_folder(one: _Vanished) -> str:
    """Where the course of a session lies: the session may have a folder of its own below."""
    name = PurePosixPath(one.path).relative_to(one.collection.folder)
    return f"{one.collection.folder}/{name.parts[0]}"


def _may_be_meeting(path: str, collection: Collection) -> bool:
    """Whether a file of that name is read as a meeting of a collection."""
    if not path.startswith(f"{collection.folder}/") or not path.endswith(SUFFIXES):
        return False
    name = PurePosixPath(path).relative_to(collection.folder)
    return is_source(name) and not _is_index(name, collection)


def _is_index(name: PurePosixPath, collection: Collection) -> bool:
    """Whether a file is the page of its collection, or of a course: no meeting."""
    return name.stem == "index" and len(name.parts) <= (2 if collection.kind.in_courses else 1)


def read_tombstones(
    context: Context, history: History, events: Sequence[Event], courses: Sequence[Course]
) -> tuple[Event, ...]:
    """The tombstones of a site, those of meetings that live elsewhere or are withdrawn left out."""
    past = _Past(context, history)
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
    past: _Past, events: Sequence[Event], courses: Mapping[str, Course]
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
        if hidden is not None and (past.context.root / one.path).is_file():
            past.context.problems.add("seen-draft", Mark(hidden), severity="warning")
        other = found.get(event.uid)
        if other is None or other.stamps.changed < event.stamps.changed:
            found[event.uid] = event
    return tuple(found.values())


def _tombstone(past: _Past, one: _Vanished, courses: Mapping[str, Course]) -> Event | None:
    seen = past.last_seen(one)
    if seen is None:
        return None
    context, record, collection = past.context, seen.record, one.collection
    place = past.place(record.place) if record.place else None
    places = [place, *_stop_places(past, record)]
    zone = zone_of(record, places, context.settings.timezone)
    first = _to_come(record, collection, zone, seen.gone)
    if first is None:
        return None
    id = past_id(record, one.path, collection)
    there = [found for found in places if found is not None]
    mode = mode_of(record, collection.kind, bool(there))
    said = collection.kind.record.model_fields
    forgotten = {key: value for key, value in _FORGOTTEN.items() if key in said}
    stamps = context.dating.stamps_of_vanished(one.created, seen.gone, record.updated)
    return Event(
        id=id,
        uid=context.settings.uid(id, collection.id),
        collection=collection,
        record=record.model_copy(update={"status": "cancelled", "mode": mode, **forgotten}),
        zone=zone,
        occurrences=(first,),
        source=one.path,
        refs=Shared(),
        speakers=(),
        place=None,
        stops=(),
        course=courses.get(_course_folder(one)),
        body=Text("", one.path),
        account=None,
        stamps=stamps,
        deleted=True,
        former=_former(record, seen.course, there, context),
        gone=seen.cancelled,
    )


def _stop_places(past: _Past, record: EventRecord) -> list[Place | None]:
    return [past.place(stop.place) for stop in _stops(record) if stop.place]


def _stops(record: EventRecord) -> tuple[StopRecord, ...]:
    return record.stops if isinstance(record, TripRecord) else ()


def _to_come(
    record: EventRecord, collection: Collection, zone: str, gone: int
) -> Occurrence | None:
    """The time a record gives, if it was still to come or going on when that state ended."""
    try:
        first = occurrence(record, collection.kind, collection.duration, zone)
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
    hosts = (*record.hosts, *(stop.host for stop in _stops(record) if stop.host))
    there = {place.territory.id: place.territory for place in places if place.territory}
    return Shared(
        entities.themes.known(dict.fromkeys(themes)),
        (*entities.territories.known(record.territories), *there.values()),
        entities.organisations.known(record.organisers),
        entities.organisations.known(dict.fromkeys(hosts)),
    )


def _renamed(
    past: _Past, events: Sequence[Event], others: Sequence[Event], courses: Mapping[str, Course]
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
        first = _to_come(seen.record, event.collection, event.zone, seen.until)
        if first is not None:
            record = event.record
            off = record.status == "cancelled" or record.undated == "past"
            status = "cancelled" if off else "postponed"
            record = record.model_copy(update={"status": status})
            yield replace(event, record=record, occurrences=(first,))
