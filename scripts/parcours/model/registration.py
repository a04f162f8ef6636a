"""Registration: whether one can still register, and until when; one rule for events and courses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from .community import Course, Event, Occurrence
from .schema import Registration, RegistrationState
from .times import Fault
from .zones import zone


def registration_state(thing: Event | Course, now: datetime) -> RegistrationState | None:
    """Where the registration stands at the aware instant *now*; None where there is none.

    What its source calls open closes with its deadline, with the end, and with a cancellation.
    """
    registration = thing.record.registration
    if registration is None:
        return None
    if registration.state != "open":
        return registration.state
    if isinstance(thing, Event) and thing.record.status == "cancelled":
        return "closed"
    limits = (_over(thing), closes(thing))
    return "closed" if any(limit and now >= limit for limit in limits) else "open"


def closes(thing: Event | Course) -> datetime | None:
    """The instant from which one can no longer register, in its zone; a day lasts to its end."""
    registration = thing.record.registration
    if registration is None or registration.deadline is None:
        return None
    deadline = registration.deadline
    local = deadline.naive if deadline.at else deadline.naive + timedelta(days=1)
    return local.replace(tzinfo=zone(thing.zone))


def _over(thing: Event | Course) -> datetime | None:
    if isinstance(thing, Course):
        return thing.ends
    return thing.first.ends if thing.first else None


def deadline_faults(registration: Registration | None, first: Occurrence) -> Iterator[Fault]:
    """What is wrong with the deadline of an event that first happens at *first*."""
    deadline = registration.deadline if registration else None
    if deadline is None:
        return
    start = first.start.replace(tzinfo=None) if first.start else None
    start = start or datetime.combine(first.first, time(23, 59, 59))
    if deadline.naive > start:
        yield Fault("deadline-after-start", ("registration", "deadline"), {"deadline": deadline})
