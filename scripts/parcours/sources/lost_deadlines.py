"""Deadlines that subscribers have seen and that are no more: calendars show them as cancelled.

A deadline is an identity, as a stop of a trip is: it is lost when it is taken out or has another
id, and when its meeting or course is deleted, hidden or renamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ..model.community import Course, Deadline, Event, Shared, event_order
from ..model.deadlines import REGISTERING, alone, deadline_uid, ids_of, said_by
from ..model.drafts import is_public
from ..model.instants import moment_of
from ..model.names import slug
from ..model.recurrence import year_after
from ..model.schema import CourseRecord, EventRecord, SeriesRecord
from ..model.series import is_series, unroll
from ..model.values import PAST, Moment
from .events import mark_in
from .past import past_id, past_record
from .seen import Life, Past, course_folder, is_new

_WORD = b"deadline"
"""Stands in whatever says one: `deadlines:`, and `deadline:` below `registration:`."""

_OF_A_COURSE = ("title", "draft", "id", "registration", "deadlines", "updated")


@dataclass(frozen=True)
class LostDeadlines:
    """What the past says of deadlines.

    Attributes:
        found: those that are no more.
        were: whether there ever were any.
    """

    found: tuple[Event, ...] = ()
    were: bool = False


NO_DEADLINES = LostDeadlines()


@dataclass(frozen=True, kw_only=True)
class _Told:
    """A deadline as subscribers saw it.

    Attributes:
        group: id of what it was of, in its collection.
        until: Unix seconds at which what said it ended.
        among: the ids of all that it was said with.
    """

    uid: str
    group: str
    deadline: Deadline
    until: int
    updated: Moment | None
    among: frozenset[str]


def lost_deadlines(
    past: Past,
    meetings: Iterable[Life],
    courses: Iterable[Life],
    known: Set[str],
    sources: Mapping[str, Event | Course],
) -> LostDeadlines:
    """The lost deadlines of a site, those of what is withdrawn left out.

    One that seems to be there under another id is told, at what it is.

    Args:
        meetings: whose contents are at hand, as those of *courses*.
        known: the UIDs of the deadlines there are.
        sources: all meetings and courses there are, by their files.
    """
    seen, were = set(known), False
    found: list[Event] = []
    lives = [(one, _of_meeting) for one in meetings] + [(one, _of_course) for one in courses]
    for one, told in lives:
        if not _may_tell(past, one):
            continue
        # A file with faults is read as nothing: what it held may come back.
        is_sure = one.gone is not None or one.path in sources or _is_hidden(past, one, told)
        lost: list[_Told] = []
        for its in told(past, one):
            were = True
            if is_sure and its.uid not in seen:
                seen.add(its.uid)
                event = _tombstone(past, one, its)
                if event.occurrences[0].ends > datetime.fromtimestamp(its.until, UTC):
                    found.append(event)
                    lost.append(its)
        if one.gone is None and one.path in sources:
            _tell_new_ids(past, one, lost, sources[one.path])
    return LostDeadlines(tuple(sorted(found, key=event_order)), were)


def _tell_new_ids(past: Past, one: Life, lost: Iterable[_Told], there: Event | Course) -> None:
    """Tell each deadline that seems to be a lost one under another id, of several the last."""
    context, records, told = past.context, there.record.deadlines, set[int]()
    for its in lost:
        if its.deadline.id == REGISTERING or not is_new(past, one, its.until):
            continue
        alike = [
            index
            for index, (id, record) in enumerate(zip(ids_of(records), records, strict=True))
            if id not in its.among and record.until == its.deadline.until
        ]
        if its.deadline.of == there.uid and len(alike) == 1 and alike[0] not in told:
            told.add(alike[0])
            mark = mark_in(context.root, there.source, ("deadlines", alike[0], "what"))
            what, id = records[alike[0]].what, its.deadline.id
            context.problems.add("lost-deadline", mark, severity="warning", what=what, id=id)


def _may_tell(past: Past, one: Life) -> bool:
    """Whether any version can hold a deadline, of which few files do."""
    defaults = one.collection.defaults
    shared = defaults.registration if defaults is not None else None
    if shared is not None and shared.deadline is not None:
        return True
    return any(_WORD in past.contents.get(version.blob, b"") for version in one.versions)


def _is_hidden(past: Past, one: Life, told: object) -> bool:
    if told is _of_course:
        record = _course(past, one.versions[-1].blob)
        return record is not None and not is_public(record)
    return past.hidden_by(one) is not None


def _of_meeting(past: Past, one: Life) -> Iterator[_Told]:
    """The deadlines that subscribers saw of a meeting, the last first."""
    settings = past.context.settings
    for state in past.seen(one):
        record = state.record
        id = past_id(record, state.path, one.collection)
        if f"{one.collection.id}/{id}" in settings.withdrawn:
            continue
        whole = settings.uid(id, one.collection.id)
        zone = past.hours.zone(record, state.until - 1)
        said = list(_said(record, whole, state.until))
        for owner, deadline_id, what, until in said:
            deadline = Deadline(
                id=deadline_id, what=what, until=until, zone=zone, url="", of=whole,
                title=record.title, off=True,
            )  # fmt: skip
            yield _Told(
                uid=deadline_uid(deadline_id, owner),
                group=id,
                deadline=deadline,
                until=state.until,
                updated=record.updated,
                among=frozenset(one for _, one, _, _ in said),
            )


def _said(record: EventRecord, uid: str, until: int) -> Iterator[tuple[str, str, str, Moment]]:
    """The deadlines of a record, with the UID of what each is of: a date of a series says some."""
    told = set()
    for id, what, moment in said_by(record):
        told.add((id, moment))
        yield uid, id, what, moment
    if not isinstance(record, SeriesRecord) or not is_series(record) or record.start is None:
        return
    horizon = year_after(moment_of(until).date())
    for slot in unroll(record, horizon, PAST).slots:
        for id, what, moment in said_by(slot.record) if slot.own is not None else ():
            if (id, moment) not in told:
                told.add((id, moment))
                yield f"{slot.key}.{uid}", id, what, moment


def _of_course(past: Past, one: Life) -> Iterator[_Told]:
    settings = past.context.settings
    ends = [*(version.instant for version in one.versions[1:]), past.end_of(one)]
    for version, until in reversed(list(zip(one.versions, ends, strict=True))):
        record = _course(past, version.blob)
        if record is None or not is_public(record):
            continue
        folder = course_folder(version.path, one.collection).rpartition("/")[2]
        id = record.id or slug(folder)
        if f"{one.collection.id}/{id}" in settings.withdrawn:
            continue
        whole = settings.uid(id, one.collection.id)
        said = list(said_by(record))
        for deadline_id, what, moment in said:
            deadline = Deadline(
                id=deadline_id, what=what, until=moment, zone=settings.timezone, url="", of=whole,
                title=record.title, off=True,
            )  # fmt: skip
            yield _Told(
                uid=deadline_uid(deadline_id, whole),
                group=id,
                deadline=deadline,
                until=until,
                updated=record.updated,
                among=frozenset(one for one, _, _ in said),
            )


def _course(past: Past, blob: str) -> CourseRecord | None:
    data = past.contents.get(blob)
    return past_record(data, CourseRecord, _OF_A_COURSE) if data is not None else None


def _tombstone(past: Past, one: Life, told: _Told) -> Event:
    event = alone(one.collection, told.group, told.deadline, one.path, Shared())
    stamps = past.context.dating.stamps_of_vanished(one.created, told.until, told.updated)
    return replace(event, uid=told.uid, stamps=stamps, deleted=True)
