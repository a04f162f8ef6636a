"""What can be taken over: a page of all open sessions, what each asks, and how one begins.

Where they are many, that page tells of the nearest, and names all others, each in its place
(``#session``), which leads to the page of its year or month.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from ..model.calendar import day_of
from ..model.community import Organisation
from ..model.relay import Relay, Turn, is_sought
from ..model.schema import OFF
from ..problems import N_
from ..wording import length
from .division import Division, Order, Placed, Ways, by_time, divide, room_for
from .drawing import Block
from .entities import reached
from .facts import Value
from .following import Follow, follow
from .library import Library, latest
from .meeting import Meeting, entities, meeting
from .page import Page
from .turns import TurnPart, anchor, is_offered, turn_part

USUAL = (
    N_("Prepare the session, alone or with colleagues."),
    N_("Run it, at its time."),
    N_("Write down what came of it, and hand over to who comes next."),
)
"""What is asked of a host where the course does not say."""


OPEN = 2_000
"""Octets of a session that can be taken over, with the lines to paste: about, as measured."""

NEAR = 30
"""How many of them the page of all tells of that has no room for them."""


@dataclass(frozen=True)
class Sought:
    """A session for which somebody is sought, and the relay that it is of."""

    turn: Turn
    relay: Relay


def _day(one: Sought) -> date | None:
    return day_of(one.turn.session)


BY_DAY: Order[Sought] = replace(by_time(_day), falls=False)


@dataclass(frozen=True)
class Helper:
    """Who can help, and how one gets in touch."""

    name: Value
    reach: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Opening:
    """How a claim begins.

    Attributes:
        address: of the forge's editor, on the file of the session; "" where none is known.
        file: relative to the site's folder.
        lines: what stands in it then.
    """

    address: str
    file: str
    lines: str


@dataclass(frozen=True, kw_only=True)
class OpenTurn:
    """A session for which somebody is sought.

    Attributes:
        lasts: how long it takes; "" for whole days.
        after: the session before it, and *by* whom that is led.
    """

    anchor: str
    meeting: Meeting
    number: int
    turn: TurnPart
    lasts: str
    after: Value | None
    by: tuple[Value, ...]
    opening: Opening | None


@dataclass(frozen=True)
class Further:
    """A session of which another page tells more.

    Attributes:
        anchor: its place here; *told*: its place there.
    """

    anchor: str
    told: Value
    when: str


@dataclass(frozen=True, kw_only=True)
class OpenCourse:
    """A course of which sessions can be taken over.

    Attributes:
        asks: what is asked of a host.
        takes: how long it takes to prepare; "" where nobody says.
        helpers: who can help.
        further: its sessions of which other pages tell.
    """

    course: Value
    example: bool
    asks: tuple[str, ...]
    takes: str
    helpers: tuple[Helper, ...]
    turns: tuple[OpenTurn, ...]
    further: tuple[Further, ...]


@dataclass(frozen=True)
class ClaimedTurn:
    """A session that somebody has taken on, and that is to be confirmed."""

    meeting: Meeting
    course: Value
    turn: TurnPart


@dataclass(frozen=True, kw_only=True)
class RelayPage:
    """Input of ``relay.html``.

    Attributes:
        all: the page of all of them, above a part; None on that page.
        ways: to the parts of those that are divided.
        settled: whether sessions take place, and each of them has found somebody.
        opens: whether the forge's editor is known.
        contribute: address of the contributors' page; "" for none.
    """

    heading: str
    all: Value | None
    ways: tuple[Ways, ...]
    courses: tuple[OpenCourse, ...]
    claimed: tuple[ClaimedTurn, ...]
    settled: bool
    opens: bool
    contribute: str
    follow: Follow | None


def pages(library: Library) -> Iterator[Page]:
    """The page of what can be taken over; none on a site where nothing is handed on."""
    relays = tuple(library.relays.values())
    if not relays:
        return
    tr = library.tr
    events = [one.session for relay in relays for one in relay.turns]
    divided = _divided(library, relays)
    for placed in divided.places():
        yield Page(
            address=placed.address,
            title=placed.title,
            description=tr.gettext(
                N_("Sessions waiting for somebody to run them, and how to do it.")
            ),
            parent=placed.parent,
            changed=max(latest(events), *(one.course.stamps.changed for one in relays)),
            selections=library.table.of_kind("relay"),
            blocks={"relay": Block("relay.html", partial(_relay, library, divided, placed))},
            searchable=placed.is_whole,
        )


def _divided(library: Library, relays: Sequence[Relay]) -> Division[Sought]:
    """All sessions for which somebody is sought, the nearest first."""
    found = [
        Sought(turn, relay)
        for relay in relays
        for turn in relay.turns
        if is_sought(turn.session) and library.expects(turn.session)
    ]
    named = library.settings.handover
    address = f"{named.address}/"
    return Division(
        whole=divide(found, BY_DAY, room_for(OPEN)),
        order=BY_DAY,
        address=address,
        folder=library.parts(address),
        title=named.name,
        said=lambda n: library.tr.ngettext(
            "{n} session to take over", "{n} sessions to take over", n
        ),
        tr=library.tr,
    )


def _relay(library: Library, divided: Division[Sought], placed: Placed[Sought]) -> RelayPage:
    relays = tuple(library.relays.values())
    shown, further = placed.part.own, dict[str, str]()
    if placed.is_whole and divided.is_divided:
        shown = _nearest(placed)
        told = {one.turn.session.uid for one in shown}
        further = {uid: at for uid, at in _addresses(divided).items() if uid not in told}
    known = {one.turn.session.uid for one in shown}
    found = [_course(one, known, further, library) for one in relays]
    courses = tuple(one for one in found if one.turns or one.further)
    claimed = [
        ClaimedTurn(
            library.once(meeting, one.session),
            Value(relay.course.title, relay.course.address),
            turn_part(one, library),
        )
        for relay in (relays if placed.is_whole else ())
        for one in relay.turns
        if one.state == "claimed" and library.expects(one.session)
    ]
    (selection,) = library.table.of_kind("relay")
    return RelayPage(
        heading="" if library.has_heading(placed.address) else placed.title,
        all=None if placed.is_whole else divided.above(placed),
        ways=divided.ways(placed),
        courses=courses,
        claimed=tuple(claimed),
        settled=_is_settled(relays),
        opens=any(one.opening and one.opening.address for of in courses for one in of.turns),
        contribute=library.contribute,
        follow=follow(selection, library, placed.address) if placed.is_whole else None,
    )


def _nearest(placed: Placed[Sought]) -> tuple[Sought, ...]:
    """Those of which the page of all tells: the nearest, and what is in none of its parts."""
    dated = sorted((day, n) for n, one in enumerate(placed.part.things) if (day := _day(one)))
    near = {n for _, n in dated[:NEAR]}
    return tuple(
        one for n, one in enumerate(placed.part.things) if n in near or one in placed.part.own
    )


def _addresses(divided: Division[Sought]) -> dict[str, str]:
    """Where each of the sessions in the parts is told of, by its UID."""
    return {
        one.turn.session.uid: f"{placed.address}#{anchor(one.turn)}"
        for placed in divided.parts()
        for one in placed.part.own
    }


def _is_settled(relays: Sequence[Relay]) -> bool:
    """Whether there are sessions that take place, and somebody runs each."""
    turns = [one for relay in relays for one in relay.turns]
    held = [one for one in turns if one.session.record.status not in OFF]
    return bool(held) and not any(one.session.open_to_hosts for one in held)


def _course(
    relay: Relay, shown: Container[str], further: Mapping[str, str], library: Library
) -> OpenCourse:
    """A course with those of its sessions that are *shown*, and *further* ones, by their UIDs."""
    course, said = relay.course, relay.course.record.relay
    turns = [one for one in relay.turns if one.session.uid in shown]
    helpers = course.helpers or (*course.refs.organisers, *course.refs.hosts)
    usual = tuple(map(library.tr.gettext, USUAL))
    return OpenCourse(
        course=Value(course.title, course.address),
        example=course.record.example,
        asks=tuple(map(library.words, said.asks)) if said and said.asks else usual,
        takes=length(said.takes) if said and said.takes else "",
        helpers=tuple(_helper(one, library) for one in {one.id: one for one in helpers}.values()),
        turns=tuple(_open(one, relay, library) for one in turns),
        further=tuple(
            Further(anchor(one), Value(told.title, further[one.session.uid]), told.when)
            for one in relay.turns
            if one.session.uid in further
            for told in [library.once(meeting, one.session)]
        ),
    )


def _helper(one: Organisation, library: Library) -> Helper:
    (name,) = entities([one], library.settings)
    return Helper(name, tuple(map(reached, one.contact)))


def _open(turn: Turn, relay: Relay, library: Library) -> OpenTurn:
    session, first = turn.session, turn.session.first
    place = relay.turns.index(turn)
    before = relay.turns[place - 1] if place else None
    lasts = length(first.ends - first.begins) if first and not first.all_day else ""
    return OpenTurn(
        anchor=anchor(turn),
        meeting=library.once(meeting, session),
        number=turn.number,
        turn=turn_part(turn, library),
        lasts=lasts,
        after=Value(before.session.title, before.session.address) if before else None,
        by=tuple(entities([before.lead], library.settings)) if before else (),
        opening=_opening(turn, library),
    )


def _opening(turn: Turn, library: Library) -> Opening | None:
    source = turn.session.source
    lines = library.claims.get(source)
    if lines is None or not is_offered(turn.session, library):
        return None
    editor = library.settings.engine.editor
    return Opening(address=editor.edit(source), file=source, lines=lines)
