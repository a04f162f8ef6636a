"""What can be taken over: a page of all open sessions, what each asks, and how one begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ..model.community import Organisation
from ..model.relay import Relay, Turn, is_sought
from ..model.schema import OFF
from ..problems import N_
from ..wording import length
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


@dataclass(frozen=True, kw_only=True)
class OpenCourse:
    """A course of which sessions can be taken over.

    Attributes:
        asks: what is asked of a host.
        takes: how long it takes to prepare; "" where nobody says.
        helpers: who can help.
    """

    course: Value
    example: bool
    asks: tuple[str, ...]
    takes: str
    helpers: tuple[Helper, ...]
    turns: tuple[OpenTurn, ...]


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
        settled: whether sessions take place, and each of them has found somebody.
        opens: whether the forge's editor is known.
        contribute: address of the contributors' page; "" for none.
    """

    heading: str
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
    named, tr = library.settings.handover, library.tr
    events = [one.session for relay in relays for one in relay.turns]
    yield Page(
        address=f"{named.address}/",
        title=named.name,
        description=tr.gettext(N_("Sessions waiting for somebody to run them, and how to do it.")),
        changed=max(latest(events), *(one.course.stamps.changed for one in relays)),
        selections=library.table.of_kind("relay"),
        blocks={"relay": Block("relay.html", partial(_relay, library, relays))},
    )


def _relay(library: Library, relays: Sequence[Relay]) -> RelayPage:
    address = f"{library.settings.handover.address}/"
    found = [_course(one, library) for one in relays]
    courses = tuple(one for one in found if one.turns)
    claimed = [
        ClaimedTurn(
            library.once(meeting, one.session),
            Value(relay.course.title, relay.course.address),
            turn_part(one, library),
        )
        for relay in relays
        for one in relay.turns
        if one.state == "claimed" and library.expects(one.session)
    ]
    (selection,) = library.table.of_kind("relay")
    return RelayPage(
        heading="" if library.has_heading(address) else library.settings.handover.name,
        courses=courses,
        claimed=tuple(claimed),
        settled=_is_settled(relays),
        opens=any(one.opening and one.opening.address for of in courses for one in of.turns),
        contribute=library.contribute,
        follow=follow(selection, library, address),
    )


def _is_settled(relays: Sequence[Relay]) -> bool:
    """Whether there are sessions that take place, and somebody runs each."""
    turns = [one for relay in relays for one in relay.turns]
    held = [one for one in turns if one.session.record.status not in OFF]
    return bool(held) and not any(one.session.open_to_hosts for one in held)


def _course(relay: Relay, library: Library) -> OpenCourse:
    course, said = relay.course, relay.course.record.relay
    turns = [one for one in relay.turns if is_sought(one.session) and library.expects(one.session)]
    helpers = course.helpers or (*course.refs.organisers, *course.refs.hosts)
    usual = tuple(map(library.tr.gettext, USUAL))
    return OpenCourse(
        course=Value(course.title, course.address),
        example=course.record.example,
        asks=tuple(map(library.words, said.asks)) if said and said.asks else usual,
        takes=length(said.takes) if said and said.takes else "",
        helpers=tuple(_helper(one, library) for one in {one.id: one for one in helpers}.values()),
        turns=tuple(_open(one, relay, library) for one in turns),
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
