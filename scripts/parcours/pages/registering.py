"""Registration as pages show it: the button, and what the facts say of it."""

from __future__ import annotations

from dataclasses import dataclass

from .. import wording
from ..i18n import Translator
from ..model.community import Course, Event
from ..model.registration import closes, registration_state
from ..model.schema import RegistrationState
from ..problems import N_
from .deadlines import until_said
from .facts import Value
from .lengths import instant
from .library import Library
from .players import host

_CLOSED = wording.REGISTRATIONS["closed"]
_REGISTRATION = N_("Registration: {state}")


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
    return Register(registration.url, _until(thing))


def registration_values(thing: Event | Course, library: Library) -> list[Value]:
    """How one registers, until when, or that one no longer can."""
    registration, tr = thing.record.registration, library.tr
    state = _state(thing, library)
    if registration is None or state is None:
        return []
    word = Value(tr.gettext(wording.REGISTRATIONS[state]))
    if state != "open":
        return [word]
    values, until = [], _until(thing)
    if registration.url:
        values.append(Value(host(registration.url), url=registration.url, until=until))
    if registration.deadline:
        day = until_said(registration.deadline, thing.zone, library)
        # Where there are others, it stands among them.
        if not thing.record.deadlines:
            values.append(Value(tr.format(N_("until {day}"), day=day), until=until))
        values.append(Value(tr.gettext(_CLOSED), since=until))
    return values or [word]


def registration_notes(thing: Event | Course, library: Library) -> tuple[Value, ...]:
    """What stands beside the button, each as long as it holds: until when one registers, how many
    can, or that one no longer can."""
    registration, tr = thing.record.registration, library.tr
    state = _state(thing, library)
    if registration is None or state is None:
        return ()
    said, until = [], _until(thing)
    if state != "open":
        said.append(_within(wording.REGISTRATIONS[state], tr))
    elif registration.deadline:
        day = until_said(registration.deadline, thing.zone, library)
        said.append(tr.format(N_("until {day}"), day=day))
    seats = thing.record.seats if isinstance(thing, Event) else None
    if seats and state != "closed":
        said.append(tr.ngettext("{n} seat", "{n} seats", seats))
    if not said:
        return ()
    whole, closed = _REGISTRATION, _within(_CLOSED, tr)
    if state != "open" or not until:
        return (Value(tr.format(whole, state=", ".join(said))),)
    return (
        Value(tr.format(whole, state=", ".join(said)), until=until),
        Value(tr.format(whole, state=closed), since=until),
    )


def free_entry(thing: Event, library: Library) -> str:
    """That nobody has to register; "" where one does, and where there is nothing to say of it."""
    if _state(thing, library) != "none":
        return ""
    state = _within(wording.REGISTRATIONS["none"], library.tr)
    return library.tr.format(_REGISTRATION, state=state)


def _within(word: str, tr: Translator) -> str:
    """A word of ours within a sentence."""
    said = tr.gettext(word)
    return said[0].lower() + said[1:]


def _until(thing: Event | Course) -> str:
    """The instant in UTC from which one can no longer register; "" without one."""
    until = closes(thing)
    return instant(until) if until else ""


def is_full(thing: Event | Course, library: Library) -> bool:
    """Whether no place is left."""
    return _state(thing, library) == "full"


def _state(thing: Event | Course, library: Library) -> RegistrationState | None:
    sessions = library.community.sessions(thing) if isinstance(thing, Course) else ()
    return registration_state(thing, library.now, sessions)
