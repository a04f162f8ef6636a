"""A course whose sessions are handed on: who leads each, from whom, and what contradicts itself.

A course is a relay as soon as one of its sessions says who runs it, or that nobody does yet, or the
course itself says what running one asks. Pure: no clock, no files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from ..problems import N_, Mend
from .community import Community, Course, Event, Organisation
from .schema import OFF, ClaimRecord, SessionRecord, SessionState
from .settings import Addresses
from .times import Fault, done_faults

CLAIM = N_("add « {better} », with who took it and when, or correct « state: »")
CLAIMED = "claim: {lead: …, on: 2027-01-20}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Turn:
    """A session in a relay.

    Attributes:
        number: its own, else its place in the course.
        handed_by: the session whose leaders handed it over; None where nobody says so.
    """

    session: Event
    number: int
    handed_by: Event | None

    @property
    def state(self) -> SessionState:
        session = self.session.session
        assert session is not None  # what a course holds are sessions
        return session.state

    @property
    def lead(self) -> Organisation | None:
        return self.session.lead


@dataclass(frozen=True, kw_only=True, eq=False)
class Relay:
    """The sessions of a course, in their order."""

    course: Course
    turns: tuple[Turn, ...]

    @property
    def sought(self) -> tuple[Turn, ...]:
        """Those for which somebody is still sought."""
        return tuple(one for one in self.turns if is_sought(one.session))


def relay_of(course: Course, sessions: Sequence[Event]) -> Relay | None:
    """The relay of a course; None where nothing is handed on."""
    if course.record.relay is None and not any(_says(one) for one in sessions):
        return None
    named = {name: one for one in reversed(sessions) for name in names_of(one)}
    turns = []
    for place, one in enumerate(sessions, 1):
        claim = claim_of(one)
        handed = named.get(claim.handed_by) if claim and claim.handed_by else None
        number = one.session.number if one.session else None
        shown = place if number is None else number
        turns.append(Turn(session=one, number=shown, handed_by=handed))
    return Relay(course=course, turns=tuple(turns))


def relays_of(community: Community) -> Mapping[str, Relay]:
    """All relays, by the address of their courses."""
    found = (relay_of(one, community.sessions(one)) for one in community.courses)
    return {one.course.address: one for one in found if one is not None}


def is_sought(session: Event) -> bool:
    """Whether somebody is sought to run a session: it is open, and takes place."""
    return session.open_to_hosts and session.record.status not in OFF and not session.deleted


def was_sought(session: Event) -> bool:
    """Whether somebody was sought for a session that is cancelled."""
    return session.open_to_hosts and session.record.status == "cancelled" and not session.deleted


def is_late(session: Event, today: date) -> bool:
    """Whether the last day on which a session could be taken on has passed, and nobody did."""
    before = session.session.claim_before if session.session else None
    return before is not None and before < today and is_sought(session)


def claim_of(session: Event) -> ClaimRecord | None:
    """Who takes a session on, as its source says."""
    return session.session.claim if session.session else None


def names_of(session: Event) -> tuple[str, ...]:
    """What a session is called by others of its course: its id, and the name of its file."""
    path = PurePosixPath(session.source)
    return session.id, path.parent.name if path.stem == "index" else path.stem


def _says(session: Event) -> bool:
    return session.session is not None and session.session.in_relay


def claim_faults(session: Event, today: date) -> Iterator[Fault]:
    """What a session says of who runs it, against what else it says."""
    record = session.session
    if record is None:
        return
    yield from _state(session, record)
    yield from _days(session, record, today)
    claim = record.claim
    if claim is not None and claim.backup == claim.lead:
        yield Fault("backup-lead", ("claim", "backup"), {"value": claim.lead})


def _state(session: Event, record: SessionRecord) -> Iterator[Fault]:
    """A session that is said to be taken names who runs it, or its course does."""
    said = record.state if "state" in record.model_fields_set else None
    if record.state == "open" and record.claim:
        yield Fault("state-against", ("claim",), {"state": "open", "key": "claim"})
    if said == "claimed" and not record.claim:
        params = {"state": said, "key": "claim"}
        mend = Mend(CLAIM, {"better": CLAIMED})
        yield Fault("state-unsaid", ("state",), params, without=(("claim",),), mend=mend)
    if said == "open" and record.hosts and not record.example:
        yield Fault("state-against", ("hosts",), {"state": said, "key": "hosts"}, "warning")
    hosts = session.course.refs.hosts if session.course else ()
    if said == "confirmed" and not (session.refs.hosts or record.speakers or hosts):
        missing = (("hosts",), ("speakers",), ("claim",))
        yield Fault("nobody", ("state",), without=missing)


def _days(session: Event, record: SessionRecord, today: date) -> Iterator[Fault]:
    """The day of a claim, the last on which it could be made, and that of the session."""
    first, before = session.first, record.claim_before
    on = record.claim.on if record.claim else None
    if first is not None and before is not None and before > first.first:
        params = {"field": "start", "date": first.first, "other": "claim_before", "before": before}
        yield Fault("day-order", ("claim_before",), params)
    elif is_late(session, today) and not (first is not None and first.last < today):
        yield Fault("nobody-came", ("claim_before",), {"before": before}, "warning")
    if on is not None and before is not None and on > before:
        yield Fault("late-claim", ("claim", "on"), {"date": on, "before": before})
    elif on is not None and first is not None and on > first.last:
        params = {"field": "start", "date": first.first, "other": "claim.on", "before": on}
        yield Fault("day-order", ("claim", "on"), params)
    elif on is not None:
        yield from done_faults(on, today, ("claim", "on"))


@dataclass(frozen=True)
class Found:
    """A fault of a session that its own source does not tell."""

    session: Event
    fault: Fault


def relay_faults(relay: Relay, *, whole: bool) -> Iterator[Found]:
    """What contradicts itself among the sessions of a relay.

    Args:
        whole: whether all sessions of the course were read: what is missing may be unread.
    """
    sessions = [one.session for one in relay.turns]
    for place, one in enumerate(relay.turns):
        yield from _handed(one, sessions, place, whole=whole)
    if whole:
        yield from _holes(relay)


def _handed(turn: Turn, sessions: Sequence[Event], place: int, *, whole: bool) -> Iterator[Found]:
    """Who hands over has led an earlier session; so nobody hands over in a circle."""
    claim, other = claim_of(turn.session), turn.handed_by
    if claim is None or claim.handed_by is None:
        return
    path = ("claim", "handed_by")
    if other is None:
        known = ", ".join(names_of(one)[-1] for one in sessions[:place])
        if whole:
            params = {"value": claim.handed_by, "known": known or "…"}
            yield Found(turn.session, Fault("handed-unknown", path, params))
    elif other not in sessions[:place]:
        yield Found(turn.session, Fault("handed-later", path, {"value": claim.handed_by}))
    elif other.open_to_hosts:
        yield Found(turn.session, Fault("handed-by-nobody", path, {"value": claim.handed_by}))


def _holes(relay: Relay) -> Iterator[Found]:
    """Numbers that no session has, told of the session after each, whenever that is held."""
    numbered = [
        (one.session.session.number, one.session)
        for one in relay.turns
        if one.session.session and one.session.session.number is not None
    ]
    before = 0
    for number, session in sorted(numbered, key=lambda one: one[0]):
        if number > before + 1:
            params = {"number": before + 1, "here": number}
            yield Found(session, Fault("number-hole", ("number",), params))
        before = max(before, number)


def double_leads(sessions: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """Sessions whose lead leads another at the same time, and that other.

    At least one of the two is claimed by name: an organisation may well host several by itself.
    """
    led: dict[str, list[Event]] = {}
    for one in sessions:
        if one.lead is not None and one.first is not None and one.record.status not in OFF:
            led.setdefault(one.lead.id, []).append(one)
    for held in led.values():
        held.sort(key=lambda one: (one.occurrences[0].begins, one.address))
        going_on: list[Event] = []
        for after in held:
            begins = after.occurrences[0].begins
            going_on = [one for one in going_on if one.occurrences[0].ends > begins]
            claimed = [one for one in going_on if claim_of(one) is not None]
            if going_on and claim_of(after) is not None:
                yield after, going_on[-1]
            elif claimed:
                yield claimed[-1], after
            going_on.append(after)


def kit_address(session: Event, names: Addresses) -> str:
    """Where the page stands that says what the host of a session does, and when."""
    return f"{session.address}{names.kit}/"


def kit_calendar(session: Event, names: Addresses) -> str:
    """The address of the same as a calendar."""
    return f"{session.address}{names.kit}.ics"
