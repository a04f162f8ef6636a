"""Meetings in lists: by month, and by year where a page shows the nearest and the latest alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from ..model.calendar import day_of, first_of_month, rank, yearly
from ..model.community import Event
from ..model.feeds import Selection
from ..problems import N_
from .division import ROW, Division, Order, Placed, Ways, by_time, divide, room_for
from .drawing import Block
from .facts import Value
from .library import Library, latest
from .local_time import tells_other_hours
from .meeting import Meeting, meetings
from .page import Page


@dataclass(frozen=True)
class Group:
    """Meetings under a heading: a month's, or those without a date, whose key is ""."""

    key: str
    name: str
    meetings: tuple[Meeting, ...]


BY_DAY: Order[Event] = by_time(day_of)

Listed = Division[Event]


@dataclass(frozen=True, kw_only=True)
class ListedPage:
    """Input of ``listed.html``: the meetings of a year, or of a month.

    Attributes:
        all: what they are of.
        ways: to other years, and to the months of one that has no room on its page.
        other_hours: whether an hour is told that clocks at home do not show.
    """

    all: Value
    heading: str
    ways: tuple[Ways, ...]
    other_hours: bool
    months: tuple[Group, ...]


def listed(
    address: str, title: str, events: Iterable[Event], library: Library, first: int = 0
) -> Listed:
    """Meetings that have a day, by year; of a series the first date of each year.

    Args:
        address: of the page of what they are of.
        first: how many have room on that page.
    """
    held = [one for event in events for one in library.once(_yearly, event)]
    things = sorted(held, key=rank)[::-1]
    return Division(
        whole=divide(things, BY_DAY, room_for(ROW), first),
        order=BY_DAY,
        address=address,
        folder=library.parts(address),
        title=title,
        said=lambda n: library.tr.ngettext("{n} meeting", "{n} meetings", n),
        tr=library.tr,
    )


def listed_pages(
    of: Listed, library: Library, selections: Sequence[Selection] = ()
) -> Iterator[Page]:
    """The page of each year, and of the months of one that has no room on its page."""
    for placed in of.parts():
        yield Page(
            address=placed.address,
            title=placed.title,
            description=placed.title,
            parent=placed.parent,
            changed=latest(placed.part.things),
            selections=tuple(selections),
            blocks={"listed": Block("listed.html", partial(_listed, of, placed, library))},
            searchable=False,
        )


def _listed(of: Listed, placed: Placed[Event], library: Library) -> ListedPage:
    shown = placed.part.own
    return ListedPage(
        all=of.above(placed),
        heading=placed.title,
        ways=of.ways(placed),
        other_hours=tells_other_hours(shown, library),
        months=groups(shown, library),
    )


def _yearly(event: Event, library: Library) -> Sequence[Event]:
    """What lists of an event show of it: it is in many."""
    return yearly(event)


def groups(events: Sequence[Event], library: Library) -> tuple[Group, ...]:
    dated = sorted((event for event in events if day_of(event)), key=rank)
    found = [
        Group(f"{month:%Y-%m}", library.tr.month(month), meetings(group, library))
        for month, group in groupby(dated, key=lambda event: first_of_month(rank(event)[0]))
    ]
    rest = [event for event in events if not day_of(event)]
    if rest:
        name = library.tr.gettext(N_("Without a date"))
        found.append(Group("", name, meetings(rest, library)))
    return tuple(found)
