"""Meetings that subscribers have seen and that lost their file or their date.

Each is a tombstone: calendars keep showing the hour, as cancelled. It holds identity, times and
title only. The past is read tolerantly: an old or broken form must not fail a build, and what
cannot be read leaves none.

A meeting is seen from the commit of its first version that is no draft. It vanishes when its file
is deleted, moved out of the collections, hidden or made a draft again; when its date is taken back
it lives on, and only its old hour is a tombstone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
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
from .events import Context
from .history import History, HistoryError, Version, read_blobs
from .past import past_id, past_record
from .suffixes import SOURCES
from .walk import is_source

_KEPT = (
    *("title", "start", "end", "duration", "timezone", "id", "draft", "place", "online", "mode"),
    *("themes", "territories", "organisers", "hosts", "updated", "stops"),
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
class _Seen:
    """The last state in which subscribers saw a meeting, and when it ended, in Unix seconds."""

    record: EventRecord
    gone: int


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
            for suffix in SOURCES
        ]
        changes, removed = self.history.changes, self.history.removed
        came = [changes[file].created for file in files if file in changes]
        came += [removed[file].past.created for file in files if file in removed]
        return min(came, default=None)

    def last_seen(self, one: _Vanished) -> _Seen | None:
        """The last state of a vanished meeting that was no draft; None if there is none."""
        versions = self._states(one)
        # What still holds ends after HEAD.
        ends = [*(version.instant for version in versions[1:]), one.gone or self._head + 1]
        for at in reversed(range(len(versions))):
            record = self.record(versions[at], one.path, one.collection)
            seen = record is not None and is_public(record, self.course_then(one, ends[at]))
            if one.gone is None and at == len(versions) - 1 and (record is None or seen):
                # A file that never was a meeting, or is one with faults.
                return None
            if record is None or not seen:
                continue
            if record.start is None:
                # The hour it had before was told as cancelled: it still is.
                return self.last_seen(replace(one, versions=versions[:at], gone=ends[at]))
            return _Seen(record, ends[at])
        return None

    def _states(self, one: _Vanished) -> Sequence[Version]:
        """Its versions, and one more for each change of its course, which may hide or show it."""
        found = {version.instant: version for version in one.versions}
        _, course = self._course(one)
        for change in course:
            before = [version for version in one.versions if version.instant <= change.instant]
            if before and (one.gone is None or change.instant < one.gone):
                found.setdefault(change.instant, replace(before[-1], instant=change.instant))
        return [found[instant] for instant in sorted(found)]

    def hidden_by(self, one: _Vanished) -> str:
        """The file that makes it a draft: its own, else its course's."""
        record = self.record(one.versions[-1], one.path, one.collection)
        return one.path if record and not is_public(record) else self._course(one)[0]

    def _course(self, one: _Vanished) -> tuple[str, Sequence[Version]]:
        """The file of the course of a session, and its versions; none for another meeting."""
        file, versions = one.path, list[Version]()
        if one.collection.kind.in_courses:
            index = f"{_course_folder(one)}/index"
            names = [index + suffix for suffix in SOURCES]
            gone = [name for name in names if name in self.history.removed]
            here = [name for name in names if self.history.get(name)]
            for name in (*gone, *here):
                change = self.history.get(name) or self.history.removed[name].past
                file, versions = name, [*versions, *change.versions]
        return file, sorted(versions, key=lambda version: version.instant)

    def course_then(self, one: _Vanished, end: int) -> CourseRecord | None:
        """What the course of a session said until *end*, in Unix seconds; None for no session."""
        kind = one.collection.kind.course
        file, versions = self._course(one)
        then = [version for version in versions if version.instant < end]
        if kind is None or not then:
            return None
        self.fetch((then[-1].blob,))
        return past_record(self.contents.get(then[-1].blob, b""), file, kind, _COURSE)

    def last_dated(self, event: Event, versions: Sequence[Version]) -> _Seen | None:
        """The last state of a meeting without a date in which it had one."""
        for version, after in zip(reversed(versions[:-1]), reversed(versions[1:]), strict=True):
            record = self.record(version, event.source, event.collection)
            if record is not None and record.start is not None and is_public(record):
                return _Seen(record, after.instant)
        return None

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


_PLACE = ("name", "territory", "timezone")
_COURSE = ("title", "draft", "themes")


def _course_folder(one: _Vanished) -> str:
    """Where the course of a session lies: the session may have a folder of its own below."""
    name = PurePosixPath(one.path).relative_to(one.collection.folder)
    return f"{one.collection.folder}/{name.parts[0]}"


def _may_be_meeting(path: str, collection: Collection) -> bool:
    """Whether a file of that name is read as a meeting of a collection."""
    if not path.startswith(f"{collection.folder}/") or not path.endswith(SOURCES):
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
        if f"{event.collection.id}/{event.id}" not in past.context.settings.withdrawn:
            if one.gone is None and (past.context.root / one.path).is_file():
                mark = Mark(past.hidden_by(one))
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
        former=_former(record, past.course_then(one, seen.gone), there, context),
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
    """The old identities of meetings whose `id:` was written or changed in their own file."""
    known = {event.uid for event in (*events, *others)}
    elsewhere = past.history.moved.keys() | past.history.followed
    candidates = [
        (event, change)
        for event in events
        if event.record.id is not None and event.source not in elsewhere
        if (change := past.history.get(event.source)) and len(change.versions) > 1
    ]
    past.fetch(version.blob for _, change in candidates for version in change.versions)
    for event, change in candidates:
        before = [
            version
            for version in change.versions
            if (record := past.record(version, event.source, event.collection))
            and past_id(record, event.source, event.collection) != event.id
        ]
        if before:
            after = [one.instant for one in change.versions if one.instant > before[-1].instant]
            gone = min(after, default=change.changed)
            one = _Vanished(event.source, event.collection, before, gone)
            old = _tombstone(past, one, courses)
            if old is not None and old.uid not in known:
                yield old


def _undated(past: _Past, events: Sequence[Event]) -> Iterator[Event]:
    """The old hours of meetings whose date was taken back: the meeting, as postponed."""
    waiting = [
        (event, change)
        for event in events
        if not event.occurrences and event.record.undated != "past"
        if (change := past.history.get(event.source)) is not None
    ]
    past.fetch(version.blob for _, change in waiting for version in change.versions)
    for event, change in waiting:
        seen = past.last_dated(event, change.versions)
        if seen is None:
            continue
        first = _to_come(seen.record, event.collection, event.zone, seen.gone)
        if first is not None:
            record = event.record
            status = "cancelled" if record.status == "cancelled" else "postponed"
            record = record.model_copy(update={"status": status})
            yield replace(event, record=record, occurrences=(first,))
