"""The travel notebook of a trip: a page of its own, which prints as a booklet of A5 sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from ..model.community import Event
from ..problems import N_
from .drawing import Block
from .facts import Facts, Value, facts
from .journey import Day, StopPart, is_journey, itinerary, route, stop_part
from .library import Library
from .map import PinMap
from .meeting import Meeting, entities, meeting
from .page import Page
from .registering import registration_values

LINES, FEW_LINES = 6, 3
"""Lines to write on: below a stop without questions, and below each of three questions."""

ALL_LINES = 14
"""For all the questions of a stop: a sheet of A5 has room for as many."""

ASTONISHED = 16
"""Lines for what one did not expect."""


def lines_for(questions: int) -> int:
    """The lines to write on below each of so many questions."""
    return max(1, min(FEW_LINES, ALL_LINES // questions)) if questions else LINES


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A stop on a sheet of its own.

    Attributes:
        lines: to write on, below each question; below all, where nothing is asked.
    """

    stop: StopPart
    where: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class NotebookPage:
    """Input of ``notebook.html``.

    Attributes:
        url: of the page of the trip; *code*: its QR code.
        trip: the way back to that page.
    """

    meeting: Meeting
    trip: Value
    url: str
    lead: str
    facts: Facts
    days: tuple[Day, ...]
    map: PinMap | None
    sheets: tuple[Sheet, ...]
    astonished: int


def notebook_address(event: Event, library: Library) -> str:
    """Where the notebook of a trip stands; "" for one that has none."""
    if not is_journey(event):
        return ""
    return f"{event.address}{library.settings.addresses.notebook}/"


def pages(library: Library) -> Iterator[Page]:
    """A notebook for each trip that is told as a way."""
    tr = library.tr
    for event in library.community.events:
        address = notebook_address(event, library)
        if address:
            title = library.words(event.title)
            yield Page(
                address=address,
                title=tr.format(N_("Travel notebook: {title}"), title=title),
                description=tr.format(N_("To print and to write in: {title}"), title=title),
                parent=event.address,
                changed=event.stamps.changed,
                blocks={"notebook": Block("notebook.html", partial(_notebook, library, event))},
                searchable=False,
            )


def _notebook(library: Library, event: Event) -> NotebookPage:
    tr = library.tr
    stops = tuple(
        stop_part(stop, n, event, library, Markup("")) for n, stop in enumerate(event.stops, 1)
    )
    url = library.absolute(event.address)
    count = len(stops)
    said = [
        (tr.gettext(N_("Organised by")), entities(event.refs.organisers, library.settings)),
        (tr.gettext(N_("Registration")), registration_values(event, library)),
    ]
    if event.record.seats is not None:
        said.append((tr.gettext(N_("Seats")), [Value(str(event.record.seats))]))
    return NotebookPage(
        meeting=library.once(meeting, event),
        trip=Value(event.title, event.address),
        url=url,
        lead=event.record.summary or "",
        facts=facts(said),
        days=itinerary(event, stops, library),
        map=route(event, library),
        sheets=tuple(
            Sheet(
                stop=one,
                where=tr.format(N_("Stop {n} of {count}"), n=one.number, count=count),
                lines=lines_for(len(one.questions)),
            )
            for one in stops
        ),
        astonished=ASTONISHED,
    )
