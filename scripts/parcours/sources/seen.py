"""What subscribers saw of meetings, from the past of their files.

A meeting is seen from the commit of its first version that is no draft, nor a session of one. The
past is read tolerantly: an old or broken form must not fail a build, and tells nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, groupby
from pathlib import PurePosixPath

from ..model.community import Event, Place
from ..model.drafts import is_public
from ..model.instants import moment_of
from ..model.schema import SERIES_KEYS, CourseRecord, EventRecord, WhereRecord
from ..model.sequence import EPOCH
from ..model.settings import Collection
from ..problems import Problems
from .events import Context
from .files import read_bytes
from .history import History, Version, read_blobs
from .hours import Hours
from .past import past_course, past_event, past_uid, timeline
from .suffixes import SOURCES
from .unfiled import place_of
from .walk import is_source

_KEPT = (
    *("title", "start", "end", "duration", "timezone", "id", "draft", "place", "places"),
    *("online", "mode"),
    *("themes", "territories", "organisers", "hosts", "updated", "status", "stops", "claim"),
    *("replay", "registration", "deadlines", "programme"),
    *sorted(SERIES_KEYS),
)


@dataclass(frozen=True)
class Life:
    """The versions of a file that held one meeting.

    Attributes:
        path: where it lay then.
        versions: the oldest first.
        gone: Unix seconds at which the last of them ended; None where it still holds.
        created: Unix seconds at which the file came, maybe as another meeting.
    """

    path: str
    collection: Collection
    versions: Sequence[Version]
    gone: int | None
    created: int


@dataclass(frozen=True)
class State:
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
class Seen:
    """The last state in which subscribers saw a meeting, and when it ended, in Unix seconds.

    Attributes:
        cancelled: when they were told that it is, in Unix seconds, then or before; and its UID at
            that instant.
    """

    record: EventRecord
    course: CourseRecord | None
    gone: int
    cancelled: tuple[int, str]


class Past:
    """The past of one site's files, as far as anybody asks."""

    def __init__(self, context: Context, history: History) -> None:
        self.context = context
        self.history = history
        self.contents: dict[str, bytes] = {}
        entities = context.entities
        places, territories = entities.places.found, entities.territories.found
        self.hours = Hours(context.root, history, context.settings, places, territories)

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
        return any(may_be_meeting(path, one) for path in paths for one in collections)

    def vanished(self, sources: set[str]) -> Iterator[Life]:
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

    def _of(self, path: str, versions: Sequence[Version], gone: int | None) -> Iterator[Life]:
        for collection in self.context.settings.collections:
            if not versions or not may_be_meeting(path, collection):
                continue
            index = self._index_beside(path, collection)
            if index is not None:
                # From then on it belonged to the meeting of that index.
                gone = index if gone is None else min(gone, index)
            seen = [one for one in versions if gone is None or one.instant < gone]
            if seen:
                yield Life(path, collection, seen, gone, seen[0].instant)

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
        pasts = [(file, changes[file]) for file in files if file in changes]
        pasts += [(file, removed[file].past) for file in files if file in removed]
        came = (
            version.instant
            for file, past in pasts
            for version in past.versions
            if version.path == file and version.instant >= past.since
        )
        return min(came, default=None)

    def last_seen(self, one: Life) -> Seen | None:
        """The last state of a vanished meeting that had an hour and was seen; None without one."""
        if one.gone is None and self.hidden_by(one) is None:
            # A file that never was a meeting, or is one with faults.
            return None
        seen = self.seen(one)
        last: list[State] = []
        for state in seen:
            last.append(state)
            if state.record.start is not None:
                # Where a later one told no hour, this one was told as cancelled: it still is.
                gone = last[0].until
                cancelled = self._cancelled(chain(last, seen), gone)
                return Seen(state.record, state.course, gone, cancelled)
        return None

    def last_dated(self, event: Event, versions: Sequence[Version]) -> State | None:
        """The last state of a meeting without a date in which it was seen with one."""
        *before, now = versions
        if not before:
            return None
        seen = self.seen(
            Life(event.source, event.collection, before, now.instant, before[0].instant)
        )
        return next((state for state in seen if state.record.start is not None), None)

    def seen(self, one: Life) -> Iterator[State]:
        """The states in which a meeting was seen, the last first."""
        course = self._course(one)
        until = self.end_of(one)
        for since, version, its in reversed(list(timeline(one.versions, list(course)))):
            if since < until:
                record = self.record(version, one.path, one.collection)
                said = course[its] if its else None
                if record is not None and is_public(record, said):
                    yield State(since, until, version.path, record, said)
                until = since

    def end_of(self, one: Life) -> int:
        """When the last version of a file ended, in Unix seconds: what still holds, after HEAD."""
        return self._head + 1 if one.gone is None else one.gone

    def _cancelled(self, seen: Iterable[State], gone: int) -> tuple[int, str]:
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

    def hidden_by(self, one: Life) -> str | None:
        """The file that makes it a draft: its own, else its course's; None if neither does."""
        record = self.record(one.versions[-1], one.path, one.collection)
        if record is None or not is_public(record):
            return one.path if record else None
        last = next(reversed(self._course(one).items()), None)
        return last[0].path if last and not is_public(record, last[1]) else None

    def _course(self, one: Life) -> dict[Version, CourseRecord]:
        """What the course of a session said, the oldest first; nothing for another meeting."""
        files = its_course(one.versions, one.collection, self.history.lay)
        self.fetch(version.blob for version in files)
        # One that cannot be read says what the one before it said.
        return {
            version: record
            for version in files
            if (record := past_course(self.contents[version.blob]))
        }

    def record(self, version: Version, path: str, collection: Collection) -> EventRecord | None:
        self.fetch((version.blob,))
        data = self.contents.get(version.blob)
        if data is None:
            return None
        kind = collection.kind.record
        kept = [key for key in _KEPT if key in kind.model_fields]
        return past_event(data, kind, kept, collection)

    def place(self, named: WhereRecord) -> Place | None:
        """A place that is there, else what was said of it when its file was deleted."""
        known = self.context.entities.places.known((named.id,))
        if known:
            return known[0]
        said = self.places(named, 0, self._head + 1)
        return said[-1] if said else None

    def places(self, named: WhereRecord, since: int, until: int) -> Sequence[Place]:
        """What was said of a place between two instants, the oldest first, in Unix seconds."""
        known, id = self.context.entities.territories.known, named.id
        if not id:
            its = known((named.territory,)) if named.territory else ()
            return [place_of(named, next(iter(its), None))]
        return [
            Place(id, record, "", next(iter(known((record.territory,))), None))
            if record.territory
            else Place(id, record, "", None)
            for record in self.hours.said(id, since, until)
        ]

    @property
    def _head(self) -> int:
        return self.history.head if self.history.head is not None else EPOCH


WHILE = timedelta(days=30)
"""How long another id of a stop, or of a deadline, is told: later, subscribers have taken the new
one over."""


def is_new(past: Past, one: Life, until: int) -> bool:
    """Whether a state of what is there ended a short while ago, or is to end with what is not
    committed yet.

    Args:
        until: Unix seconds at which it ended.
    """
    is_committed = until < past.end_of(one)
    return not is_committed or moment_of(until) >= past.context.now - WHILE


def edited(past: Past, files: Iterable[str]) -> frozenset[str]:
    """Those among files that were committed once, and are another now."""
    found = set()
    for file in files:
        change = past.history.get(file)
        if change is not None and len(change.versions) == 1:
            data = read_bytes(past.context.root / file, file, Problems())
            if data is None or not change.versions[0].holds(data):
                found.add(file)
    return frozenset(found)


def _was_over(record: EventRecord, instant: int) -> bool:
    """Whether a meeting was over at an instant, in Unix seconds, wherever it took place."""
    days = [one.day for one in (record.start, record.end) if one is not None and one.day]
    day = datetime.fromtimestamp(instant, UTC).date()
    return bool(days) and max(days) < day - timedelta(days=1)


def its_course(
    versions: Sequence[Version], collection: Collection, lay: Mapping[str, Sequence[Version]]
) -> Sequence[Version]:
    """What lay as the course of a session, wherever the session lay, the oldest first.

    What held already when the session came there counts from then.
    """
    if not collection.kind.in_courses:
        return ()
    found: list[Version] = []
    runs = groupby(versions, lambda one: course_folder(one.path, collection))
    stays = [(folder, next(run).instant) for folder, run in runs]
    ends = [*(since for _, since in stays[1:]), sys.maxsize]
    for (folder, since), until in zip(stays, ends, strict=True):
        names = [f"{folder}/index{suffix}" for suffix in SOURCES] if folder else []
        files = sorted((one for n in names for one in lay.get(n, ())), key=lambda one: one.instant)
        before = [one for one in files if one.instant <= since]
        found += [replace(one, instant=since) for one in before]
        found += [one for one in files if since < one.instant < until]
    return found


def course_folder(path: str, collection: Collection) -> str:
    """Where the course of a session lies: the session may have a folder of its own below.

    "" for a file outside of the collection's folder.
    """
    name = PurePosixPath(path)
    if not name.is_relative_to(collection.folder):
        return ""
    return f"{collection.folder}/{name.relative_to(collection.folder).parts[0]}"


def may_be_meeting(path: str, collection: Collection) -> bool:
    """Whether a file of that name is read as a meeting of a collection."""
    if not path.startswith(f"{collection.folder}/") or not path.lower().endswith(SOURCES):
        return False
    name = PurePosixPath(path).relative_to(collection.folder)
    return is_source(name) and not _is_index(name, collection)


def may_be_course(path: str, collection: Collection) -> bool:
    """Whether a file of that name is read as a course of a collection."""
    if not path.startswith(f"{collection.folder}/") or not path.lower().endswith(SOURCES):
        return False
    name = PurePosixPath(path).relative_to(collection.folder)
    is_index = name.stem == "index" and len(name.parts) == 2
    return collection.kind.in_courses and is_index and is_source(name)


def _is_index(name: PurePosixPath, collection: Collection) -> bool:
    """Whether a file is the page of its collection, or of a course: no meeting."""
    return name.stem == "index" and len(name.parts) <= (2 if collection.kind.in_courses else 1)
