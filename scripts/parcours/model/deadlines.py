"""Deadlines of meetings and courses: what has to be done before some moment.

The last moment to register is one of them, wherever its source says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from ..problems import N_, Mend
from .alone import by_itself
from .community import (
    DEADLINE,
    Community,
    Course,
    Deadline,
    Event,
    Occurrence,
    Shared,
    Text,
)
from .journeys import ALONE
from .names import identities, slug
from .registration import registration_state
from .schema import CourseRecord, DeadlineRecord, EventRecord, Status
from .sequence import EPOCH, Stamps
from .settings import Collection
from .stage import is_off
from .times import Fault, closing, skipped_faults
from .values import Moment
from .zones import zone

REGISTERING: Final = "inscription"
"""The id of the last moment to register, which no other deadline has."""

SAME: Final = frozenset({REGISTERING, "inscriptions", "registration", "s-inscrire", "register"})
"""What names registering, as ids."""

NEVER = Stamps(EPOCH, EPOCH)


def closes(deadline: Deadline) -> datetime:
    """The instant from which it is too late, in its zone; a day lasts to its end."""
    return closing(deadline.until, deadline.zone)


def deadlines_of(thing: Event | Course, sessions: Sequence[Event] = ()) -> tuple[Deadline, ...]:
    """The deadlines of a meeting, or of a course, in their order.

    Args:
        sessions: of a course, which is called off with all of them.
    """
    return tuple(sorted(_said(thing, sessions), key=lambda one: (closes(one), one.id)))


def _said(thing: Event | Course, sessions: Sequence[Event]) -> Iterator[Deadline]:
    record = thing.record
    registration = record.registration
    if not record.deadlines and (registration is None or registration.deadline is None):
        return
    whole = Deadline(
        id=REGISTERING,
        what="",
        until=Moment(datetime.min.date()),
        zone=thing.zone,
        url="",
        of=thing.date.series if isinstance(thing, Event) and thing.date else thing.uid,
        title=thing.title,
        off=_is_off(thing, sessions),
    )
    if registration is not None and registration.deadline is not None:
        state = registration_state(thing, None, sessions)
        off, url = whole.off or state != "open", registration.url or ""
        yield replace(whole, until=registration.deadline, url=url, off=off)
    for id, one in zip(ids_of(record.deadlines), record.deadlines, strict=True):
        yield replace(whole, id=id, what=one.what, until=one.until, url=one.url or "")


def _is_off(thing: Event | Course, sessions: Sequence[Event]) -> bool:
    if isinstance(thing, Event):
        return is_off(thing)
    return bool(sessions) and all(map(is_off, sessions))


def ids_of(records: Sequence[DeadlineRecord]) -> list[str]:
    """The identity of each deadline: its own, else made of what it is; no two are alike."""
    said = [(one.id, one.what) for one in records]
    return identities(said, "date", taken=(REGISTERING,))


def said_by(record: EventRecord | CourseRecord) -> Iterator[tuple[str, str, Moment]]:
    """The deadlines of a record: the id of each, what it is, and until when."""
    registration = record.registration
    if registration is not None and registration.deadline is not None:
        yield REGISTERING, "", registration.deadline
    if record.deadlines:
        for id, one in zip(ids_of(record.deadlines), record.deadlines, strict=True):
            yield id, one.what, one.until


def deadline_uid(id: str, of: str) -> str:
    """The identity of a deadline for ever: its id, and the UID of what it is of."""
    return f"{DEADLINE}{id}.{of}"


LAST = timedelta(hours=1)
"""How long an entry of a calendar lasts that ends with its deadline: one without a length is shown
by some programs as the hour after, in which it is too late."""


def deadline_time(until: Moment, zone_name: str) -> Occurrence:
    """When it is, as calendars tell it: its whole day, or its last hour."""
    if until.at is None:
        return Occurrence(until.day, until.day, zone_name)
    over = closing(until, zone_name).astimezone(UTC)
    # An hour that clocks pass over is told as the one that they show then.
    begins, ends = (one.astimezone(zone(zone_name)) for one in (over - LAST, over))
    last = until.day if until.at != time() else until.day - timedelta(days=1)
    return Occurrence(begins.date(), last, zone_name, begins, ends)


def deadline_events(event: Event) -> Iterator[Event]:
    """The deadlines of a meeting as calendars tell them, each by itself.

    What a series says of several dates is told once.
    """
    told: set[tuple[str, Moment]] = set()
    for one in (event, *event.dates):
        if one is not event and one.record is event.record:
            continue
        for deadline in deadlines_of(one):
            key = (deadline.id, deadline.until)
            if key not in told:
                told.add(key)
                yield _of_event(one, deadline)


def _of_event(event: Event, deadline: Deadline) -> Event:
    said = {**ALONE, "deadlines": (), "programme": (), "status": _status(deadline)}
    when = deadline_time(deadline.until, deadline.zone)
    found = by_itself(event, deadline_uid(deadline.id, event.uid), said, when)
    # No list has the last moment to register alone, nor what a date without a page says.
    item = deadline.anchor if event.record.deadlines and event.has_page else ""
    return replace(found, item=item, deadline=deadline)


def _status(deadline: Deadline) -> Status:
    return "cancelled" if deadline.off else "confirmed"


def course_deadlines(course: Course, sessions: Sequence[Event]) -> Iterator[Event]:
    """The deadlines of a course, likewise."""
    for deadline in deadlines_of(course, sessions):
        event = alone(course.collection, course.id, deadline, course.source, course.refs)
        item = deadline.anchor if course.record.deadlines else ""
        record = event.record.model_copy(update={"example": course.record.example})
        yield replace(event, record=record, item=item, course=course, stamps=course.stamps)


def alone(collection: Collection, id: str, deadline: Deadline, source: str, refs: Shared) -> Event:
    """A deadline of what is no event, or none any more; when it changed is still to be said."""
    kind = collection.kind.record
    return Event(
        id=id,
        uid=deadline_uid(deadline.id, deadline.of),
        collection=collection,
        record=kind.model_construct(title=deadline.title, status=_status(deadline)),
        zone=deadline.zone,
        occurrences=(deadline_time(deadline.until, deadline.zone),),
        source=source,
        refs=refs,
        speakers=(),
        sites=(),
        stops=(),
        course=None,
        body=Text("", source),
        account=None,
        stamps=NEVER,
        item=deadline.anchor,
        deadline=deadline,
    )


def is_told(event: Event) -> bool:
    """Whether news tell of a deadline, since its collection asks for that."""
    return event.collection.reminds is not None


def to_come(community: Community, now: datetime) -> list[Event]:
    """The deadlines that one can still keep at an instant, the nearest first."""
    found = [
        one
        for one in community.deadlines
        if one.deadline is not None and not one.deadline.off and closes(one.deadline) > now
    ]
    return sorted(found, key=lambda one: (_closes(one), one.uid))


def _closes(event: Event) -> datetime:
    assert event.deadline is not None  # only asked of a deadline
    return closes(event.deadline).astimezone(UTC)


# What contradicts itself.


def deadlines_skipped(thing: Event | Course) -> Iterator[Fault]:
    """Deadlines at an hour that no clock shows where they are read."""
    registration = thing.record.registration
    said: list[tuple[tuple[str | int, ...], Moment]] = []
    if registration is not None and registration.deadline is not None:
        said.append((("registration", "deadline"), registration.deadline))
    for index, one in enumerate(thing.record.deadlines):
        said.append((("deadlines", index, "until"), one.until))
    for path, until in said:
        if until.at is not None:
            yield from skipped_faults(until.naive, thing.zone, *path)


def deadline_doubles(record: EventRecord | CourseRecord) -> Iterator[Fault]:
    """Deadlines that stand twice: under one id, or of one thing at one moment; a doubt is told of
    those that have the same words and no id, at several moments."""
    registration = record.registration
    closing_day = registration.deadline if registration else None
    ids = {REGISTERING} if closing_day is not None else set[str]()
    told: set[tuple[str, Moment]] = set()
    alike: set[str] = set()
    for index, one in enumerate(record.deadlines):
        path = ("deadlines", index)
        what = slug(one.what)
        is_registering = what in SAME and one.until == closing_day
        if one.id in ids:
            yield Fault("duplicate-deadline", (*path, "id"), {"value": one.id})
        elif is_registering or (what, one.until) in told:
            yield Fault("duplicate-deadline", (*path, "what"), {"value": one.what})
        elif one.id is None and what in alike:
            mend, said = Mend(TELL_APART, {}), {"value": one.what}
            yield Fault("duplicate-deadline", (*path, "what"), said, "warning", mend=mend)
        told.add((what, one.until))
        if one.id:
            ids.add(one.id)
        else:
            alike.add(what)


TELL_APART = N_(
    "say in their words what sets them apart, or give each an « id: »: calendars know them by "
    "their order alone, and would take one for the other once one is deleted"
)
