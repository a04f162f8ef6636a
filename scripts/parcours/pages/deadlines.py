"""Deadlines as pages show them: on that of their meeting, in the agenda, and all on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from .. import wording
from ..model.community import Course, Deadline, Event, is_elsewhere
from ..model.deadlines import closes, deadline_time, deadline_uid, deadlines_of, to_come
from ..model.values import Moment
from ..model.zones import zone
from ..problems import N_
from .drawing import Block
from .facts import Value
from .following import Follow, follow
from .lengths import instant
from .library import Library, latest
from .page import Page
from .quoted import in_tongue

SOONEST = 3
"""How many deadlines the agenda shows, the nearest."""


@dataclass(frozen=True, kw_only=True)
class DeadlineRow:
    """A deadline in a list.

    Attributes:
        anchor: where it stands on its page.
        what: what one can do until then, and where.
        of: the meeting or course that it is of, and where it stands on its page; None on that page.
        moment: its day, or day and hour, as machines read it.
        said: the same in words; *short*: without the weekday.
        closes: the instant in UTC from which it is too late; *last_day*: from which its last day
            goes on.
        over: whether it was too late when the page was made.
        calendar: address of its own calendar; "" for none.
    """

    anchor: str
    what: Value
    of: Value | None
    moment: str
    said: str
    short: str
    closes: str
    last_day: str
    over: bool
    example: bool
    calendar: str


@dataclass(frozen=True, kw_only=True)
class Soonest:
    """The deadlines that the agenda shows.

    Attributes:
        all: address of the page of all of them.
    """

    rows: tuple[DeadlineRow, ...]
    all: str


@dataclass(frozen=True, kw_only=True)
class DeadlinesPage:
    """Input of ``deadlines.html``.

    Attributes:
        agenda: its address.
    """

    heading: str
    rows: tuple[DeadlineRow, ...]
    agenda: str
    follow: Follow | None


def pages(library: Library) -> Iterator[Page]:
    """The page of all deadlines to come; none on a site that never had any."""
    if not library.community.had_deadlines:
        return
    settings, tr = library.settings, library.tr
    yield Page(
        address=settings.deadlines,
        title=tr.gettext(N_("Deadlines")),
        description=tr.gettext(N_("What has to be done before some day, the nearest first.")),
        parent=settings.agenda,
        changed=latest(library.community.deadlines),
        selections=library.table.of_kind("deadlines"),
        blocks={"deadlines": Block("deadlines.html", partial(_deadlines, library))},
        searchable=False,
    )


def _deadlines(library: Library) -> DeadlinesPage:
    settings = library.settings
    (selection,) = library.table.of_kind("deadlines")
    heading = library.tr.gettext(N_("Deadlines"))
    return DeadlinesPage(
        heading="" if library.has_heading(settings.deadlines) else heading,
        rows=tuple(_listed(to_come(library.community, library.now), library)),
        agenda=settings.agenda,
        follow=follow(selection, library, settings.deadlines),
    )


def soonest(library: Library) -> Soonest | None:
    """The nearest deadlines; None where there are none to come."""
    found = to_come(library.community, library.now)
    if not found:
        return None
    rows = tuple(_listed(found[:SOONEST], library))
    return Soonest(rows=rows, all=library.settings.deadlines)


def _listed(events: Iterable[Event], library: Library) -> Iterator[DeadlineRow]:
    """Deadlines apart from the pages of what they are of."""
    for event in events:
        one = event.deadline
        assert one is not None  # only asked of deadlines
        of = Value(in_tongue(one.title, event, library), event.address)
        yield _row(one, event, library, of=of)


def deadlines_on(thing: Event | Course, library: Library) -> tuple[DeadlineRow, ...]:
    """The deadlines of a meeting or a course on its own page; the last moment to register stands
    among the practical facts where there is no other."""
    if not thing.record.deadlines:
        return ()
    sessions = library.community.sessions(thing) if isinstance(thing, Course) else ()
    calendars = library.deadline_calendars
    rows = []
    for one in deadlines_of(thing, sessions):
        if not one.off:
            # What a series says of several dates has one calendar.
            uids = (deadline_uid(one.id, owner) for owner in (thing.uid, one.of))
            calendar = next((calendars[uid] for uid in uids if uid in calendars), "")
            rows.append(_row(one, thing, library, calendar=calendar))
    return tuple(rows)


def _row(
    one: Deadline,
    thing: Event | Course,
    library: Library,
    *,
    of: Value | None = None,
    calendar: str = "",
) -> DeadlineRow:
    tr, ends = library.tr, closes(one)
    day = one.until.day
    begins = Moment(day).naive.replace(tzinfo=zone(one.zone))
    short = tr.day(day, weekday=False)
    if one.until.at is not None:
        short = f"{short}, {tr.time(one.until.at)}"
        # As in lists of meetings, hours elsewhere say whose they are.
        if is_elsewhere(deadline_time(one.until, one.zone), library.settings.timezone):
            short = f"{short} ({wording.whose_time(one.zone, tr)})"
    what = wording.what_is_due(one, tr)
    if one.what and isinstance(thing, Event):
        what = in_tongue(what, thing, library)
    return DeadlineRow(
        anchor=one.anchor,
        what=Value(what, url=one.url),
        of=of,
        moment=ends.isoformat() if one.until.at else day.isoformat(),
        said=until_said(one.until, one.zone, library),
        short=short,
        closes=instant(ends),
        last_day=instant(begins),
        over=library.now >= ends,
        example=thing.record.example,
        calendar=calendar,
    )


def until_said(moment: Moment, zone_name: str, library: Library) -> str:
    """A last moment, and whose time that is where hours are told in several."""
    said = wording.deadline(moment, library.tr)
    if moment.at is None or not library.names_zones:
        return said
    return f"{said} ({wording.whose_time(zone_name, library.tr)})"
