"""The relay of a course as pages show it: a drawing, and the sentences that say all it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..model.community import Course, Event
from ..model.relay import Relay, Turn, is_late, is_sought, kit_address
from ..model.schema import SessionState
from ..problems import N_
from .facts import Value
from .library import Library
from .meeting import entities, short_day

STATES: dict[SessionState, str] = {
    "confirmed": N_("Taken over, confirmed"),
    "claimed": N_("Taken over, to be confirmed"),
    "open": N_("To take over"),
}
"""The order of the legend, too."""

COLUMNS = 4
"""Sessions side by side: their numbers can be read on a phone."""

STEP, ROW = 100, 96
"""Of the drawing, in its own units."""

HEAD = 34
"""From the top to the first row."""


@dataclass(frozen=True, kw_only=True)
class TurnPart:
    """Who runs a session, and from whom they have it.

    Attributes:
        state: a word of the schema; *said*: in words.
        before: the last day on which it can be taken on; "" for none.
        handed_by: the session from which it was handed over; *by* whom.
        late: the same, where it has passed and nobody came; "" else.
        take: where it is taken on; "" for one for which nobody is sought, or no more.
        kit: the address of its host's kit.
    """

    state: SessionState
    said: str
    lead: tuple[Value, ...]
    backup: tuple[Value, ...]
    handed_by: Value | None
    by: tuple[Value, ...]
    before: str
    late: str
    take: str
    kit: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A session in the drawing: where it stands, its number, its state, its day."""

    x: int
    y: int
    number: int
    state: SessionState
    off: bool
    day: str


@dataclass(frozen=True, kw_only=True)
class RelayDrawing:
    """The drawing of a relay.

    Attributes:
        label: what it shows, for who cannot see it.
        way: the path through all sessions; *handed*: the parts of it on which one handed over to
            the next, and arcs between others.
        legend: the states that are drawn, and the words for them.
    """

    width: int
    height: int
    label: str
    way: str
    handed: tuple[str, ...]
    marks: tuple[Mark, ...]
    legend: tuple[tuple[SessionState, str], ...]


def relay(course: Course, library: Library) -> Relay | None:
    """The relay of a course; None where nothing is handed on."""
    return library.relays.get(course.address)


def anchor(turn: Turn) -> str:
    """Where a session stands on the page of those to take over."""
    return turn.session.id


def is_offered(session: Event, library: Library) -> bool:
    """Whether a session can still be taken on."""
    is_open = is_sought(session) and library.expects(session)
    return is_open and not is_late(session, library.today)


def taken_at(turn: Turn, library: Library) -> str:
    """The address at which a session is taken on; "" where nobody is sought any more."""
    if not is_offered(turn.session, library):
        return ""
    return f"{library.settings.handover.address}/#{anchor(turn)}"


def turn_part(turn: Turn, library: Library) -> TurnPart:
    """A session of a relay, drawn up."""
    tr, settings, session = library.tr, library.settings, turn.session
    handed = turn.handed_by
    record = session.session
    last = record.claim_before if record else None
    takes, is_soon = taken_at(turn, library), library.expects(session)
    return TurnPart(
        state=turn.state,
        said=tr.gettext(STATES[turn.state]),
        lead=tuple(entities([turn.lead], settings)),
        backup=tuple(entities([session.backup], settings)),
        handed_by=Value(handed.title, handed.address) if handed else None,
        by=tuple(entities([handed.lead], settings)) if handed else (),
        before=tr.day(last) if last and takes else "",
        late=tr.day(last) if last and is_late(session, library.today) and is_soon else "",
        take=takes,
        kit=kit_address(session, settings.addresses),
    )


def turn_of(event: Event, library: Library) -> Turn | None:
    """A session in the relay of its course; None for what is in none."""
    found = relay(event.course, library) if event.course else None
    turns = found.turns if found else ()
    return next((one for one in turns if one.session is event), None)


def drawing(found: Relay, library: Library) -> RelayDrawing:
    """A relay as a way that winds from session to session."""
    turns = found.turns
    places = _places(len(turns))
    index = {turn.session.uid: n for n, turn in enumerate(turns)}
    handed = []
    for n, turn in enumerate(turns):
        if turn.handed_by is not None:
            handed.append(_handed(places, index[turn.handed_by.uid], n))
    shown = {turn.state for turn in turns}
    tr = library.tr
    return RelayDrawing(
        width=STEP * min(COLUMNS, max(len(turns), 1)),
        height=ROW * -(-len(turns) // COLUMNS),
        label=_label(found, library),
        way=_way(places, range(len(turns))),
        handed=tuple(handed),
        marks=tuple(
            Mark(
                x=x,
                y=y,
                number=turn.number,
                state=turn.state,
                off=_is_off(turn),
                day=_day(turn, library),
            )
            for turn, (x, y) in zip(turns, places, strict=True)
        ),
        legend=tuple((state, tr.gettext(word)) for state, word in STATES.items() if state in shown),
    )


def _is_off(turn: Turn) -> bool:
    return turn.session.record.status in ("cancelled", "postponed")


def _day(turn: Turn, library: Library) -> str:
    first = turn.session.first
    return short_day(first, library.tr) if first else ""


def _label(found: Relay, library: Library) -> str:
    """« Le relais : 5 séances confirmées, 1 séance à prendre. La liste ci-dessous dit tout. »"""
    tr = library.tr
    many = {state: sum(one.state == state for one in found.turns) for state in STATES}
    counts = [
        tr.ngettext("{n} session confirmed", "{n} sessions confirmed", many["confirmed"]),
        tr.ngettext("{n} session taken over", "{n} sessions taken over", many["claimed"]),
        tr.ngettext("{n} session to take over", "{n} sessions to take over", many["open"]),
    ]
    said = ", ".join(one for one, n in zip(counts, many.values(), strict=True) if n)
    return tr.format(N_("The relay: {counts}. The list below says all of it."), counts=said)


@cache
def _places(count: int) -> tuple[tuple[int, int], ...]:
    """Where sessions stand: from left to right, then back below, and so on."""
    found = []
    for n in range(count):
        row, column = divmod(n, COLUMNS)
        if row % 2:
            column = COLUMNS - 1 - column
        found.append((STEP // 2 + STEP * column, HEAD + ROW * row))
    return tuple(found)


def _way(places: Sequence[tuple[int, int]], through: range) -> str:
    points = [places[n] for n in through]
    return "M" + "L".join(f"{x} {y}" for x, y in points) if points else ""


def _handed(places: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """The way from a session to the next; an arc to a later one."""
    if end == start + 1:
        return _way(places, range(start, end + 1))
    (x0, y0), (x1, y1) = places[start], places[end]
    over = min(y0, y1) - HEAD + 4 if y0 == y1 else (y0 + y1) // 2
    return f"M{x0} {y0}Q{(x0 + x1) // 2} {over} {x1} {y1}"
