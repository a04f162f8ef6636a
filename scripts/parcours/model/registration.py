"""Registration: whether one can still register, and until when; one rule for events and courses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from .community import Course, Event, Occurrence
from .schema import Registration, RegistrationState
from .times import Fault, closing
from .values import Moment


def registration_state(
    thing: Event | Course, now: datetime | None = None, sessions: Sequence[Event] = ()
) -> RegistrationState | None:
    """Where the registration stands; None where there is none.

    Whatever its source says, nobody registers for what is called off, nor after the deadline or
    the end; and where nobody has to, that is of no interest any more.

    Args:
        now: an aware instant; None for what holds at any time, as calendars tell it.
        sessions: of a course, which ends with the last of them unless it says when.
    """
    registration = thing.record.registration
    if registration is None:
        return None
    is_none = registration.state == "none"
    meetings = [thing] if isinstance(thing, Event) else sessions
    if meetings and all(one.record.status in ("cancelled", "postponed") for one in meetings):
        return None if is_none else "closed"
    limits = (ends(thing, sessions), closes(thing))
    if now is not None and any(limit and now >= limit for limit in limits):
        return None if is_none else "closed"
    return registration.state


def closes(thing: Event | Course) -> datetime | None:
    """The instant from which one can no longer register, in its zone; a day lasts to its end."""
    registration = thing.record.registration
    if registration is None or registration.deadline is None:
        return None
    return closing(registration.deadline, thing.zone)


def ends(thing: Event | Course, sessions: Sequence[Event] = ()) -> datetime | None:
    """The instant at which it is over; None where that is not known.

    Args:
        sessions: of a course, which ends with the last of them unless it says when.
    """
    if isinstance(thing, Event):
        return thing.last.ends if thing.last else None
    if thing.ends or not sessions:
        return thing.ends
    lasts = [one.last for one in sessions]
    return None if None in lasts else max(last.ends for last in lasts if last)


def registration_faults(registration: Registration | None) -> Iterator[Fault]:
    """How one registers, where nobody has to."""
    if registration is None or registration.state != "none":
        return
    for key in ("url", "deadline"):
        if getattr(registration, key) is not None:
            params = {"state": registration.state, "key": key}
            yield Fault("state-against", ("registration", key), params)


def deadline_faults(registration: Registration | None, first: Occurrence) -> Iterator[Fault]:
    """What is wrong with the deadline of an event that first happens at *first*."""
    deadline = registration.deadline if registration else None
    if deadline is None:
        return
    start = Moment(first.first, first.start.time() if first.start else None)
    if closes_after(deadline, start):
        yield Fault("deadline-after-start", ("registration", "deadline"), {"deadline": deadline})


def closes_after(deadline: Moment, start: Moment) -> bool:
    """Whether one can register once something has begun; whole days begin as their first ends."""
    begins = start.naive if start.at else datetime.combine(start.day, time(23, 59, 59))
    return deadline.naive > begins
