"""Registration as pages show it: the button, and what the facts say of it."""

from __future__ import annotations

from dataclasses import dataclass

from .. import wording
from ..model.community import Course, Event
from ..model.registration import closes, registration_state
from ..model.schema import RegistrationState
from ..problems import N_
from .facts import Value
from .lengths import instant
from .library import Library
from .players import host


@dataclass(frozen=True)
class Register:
    """How one registers.

    Attributes:
        url: page of the registration form.
        until: instant in UTC up to which one can; "" without an end.
    """

    url: str
    until: str


def register(thing: Event | Course, library: Library) -> Register | None:
    """How one registers at the instant of the build; None when one cannot."""
    registration = thing.record.registration
    if registration is None or not registration.url or _state(thing, library) != "open":
        return None
    until = closes(thing)
    return Register(registration.url, instant(until) if until else "")


def registration_values(thing: Event | Course, library: Library) -> list[Value]:
    """How one registers, until when, or that one no longer can."""
    registration, tr = thing.record.registration, library.tr
    state = _state(thing, library)
    if registration is None or state is None:
        return []
    word = Value(tr.gettext(wording.REGISTRATIONS[state]))
    if state != "open":
        return [word]
    values = []
    if registration.url:
        values.append(Value(host(registration.url), url=registration.url))
    if registration.deadline:
        day = wording.deadline(registration.deadline, tr)
        values.append(Value(tr.format(N_("until {day}"), day=day)))
    return values or [word]


def registration_note(thing: Event | Course, library: Library) -> str:
    """What stands beside the button: until when one registers, how many can, or that one no
    longer can."""
    registration, tr = thing.record.registration, library.tr
    state = _state(thing, library)
    if registration is None or state is None:
        return ""
    said = []
    if state != "open":
        word = tr.gettext(wording.REGISTRATIONS[state])
        said.append(word[0].lower() + word[1:])
    elif registration.deadline:
        day = wording.deadline(registration.deadline, tr)
        said.append(tr.format(N_("until {day}"), day=day))
    seats = thing.record.seats if isinstance(thing, Event) else None
    if seats and state != "closed":
        said.append(tr.ngettext("{n} seat", "{n} seats", seats))
    return tr.format(N_("Registration: {state}"), state=", ".join(said)) if said else ""


def is_full(thing: Event | Course, library: Library) -> bool:
    """Whether no place is left."""
    return _state(thing, library) == "full"


def _state(thing: Event | Course, library: Library) -> RegistrationState | None:
    sessions = library.community.sessions(thing) if isinstance(thing, Course) else ()
    return registration_state(thing, library.now, sessions)
