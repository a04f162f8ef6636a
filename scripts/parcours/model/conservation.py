"""Conservation: what the site shows is in exactly the feeds it belongs to, and nothing else is.

What each feed is due follows from the selections, never from what was written. What was written is
read again by `engine/conservation.py`, and compared here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Literal

from ..lazily import cached_property
from ..problems import Mark, Problems
from .community import Community, Event, Post
from .exchange import Need, need_address
from .feeds import (
    SUFFIX,
    Format,
    NewsOf,
    Selection,
    Selections,
    Told,
    by_year,
    event_calendar,
    has_calendar,
    heard,
    in_turn,
    room,
    told,
    window,
    with_calendars,
)
from .news import News
from .stage import calendar_status, is_off

Form = Format | Literal["meetings"]
"""How a file is read: as a feed of a format, or as the meetings that the agenda shows."""


Found = tuple[str, str]
"""An identity, and what is said beside it of hours and status; "" where nothing is."""


@dataclass(frozen=True)
class Shown:
    """Something of which feeds tell.

    Attributes:
        source: its file, relative to the site's folder.
        page: address of the page that shows it; "" for what is called off and has none any more.
        event: what has hours and a status; None for what has neither.
    """

    title: str
    source: str
    page: str
    event: Event | None = None

    def said(self, form: Form) -> str:
        """What a file of a form has to say of its hours and status; "" where it says neither."""
        if self.event is None:
            return ""
        return self._entry if form == "ics" else self._row if form == "meetings" else ""

    @cached_property
    def _entry(self) -> str:
        return said_by_entry(self.event) if self.event else ""

    @cached_property
    def _row(self) -> str:
        return said_by_row(self.event) if self.event else ""


@dataclass(frozen=True, kw_only=True)
class Due:
    """A feed, and what it has to hold: the first of what belongs to it, and all if there is room.

    Attributes:
        addresses: of the files that hold it together, relative to the site's root.
        held: what belongs to it, by identity, in the order in which there is room for it.
        room: how many of them have room.
        parted: whether its file may have others beside it, numbered from 2 on.
    """

    addresses: tuple[str, ...]
    form: Form
    held: Mapping[str, Shown]
    room: Callable[[], int]
    parted: bool = False


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What takes room, in octets.

    Attributes:
        entry: of an event in a calendar.
        items: how many of the first news, or episodes, of a selection have room.
    """

    entry: Callable[[Event], int]
    items: Callable[[Selection, Format], int]


def dues(
    community: Community,
    table: Selections,
    news: NewsOf,
    now: datetime,
    measures: Measures,
) -> Iterator[Due]:
    """What each feed of a site is due."""
    known = _Known(community)
    for selection in table.table:
        newest: Sequence[Told] | None = None
        for format in selection.formats:
            if format == "ics":
                turn = in_turn(selection.entries, now)
                held = known.events(turn)
                space = partial(room, turn, measures.entry)
            else:
                if format == "podcast":
                    held = known.news(heard(selection, news))
                else:
                    # All of them tell the same.
                    newest = told(selection, news) if newest is None else newest
                    held = known.news(newest)
                space = partial(measures.items, selection, format)
            for address in selection.addresses(format):
                yield Due(addresses=(address,), form=format, held=held, room=space)
        yield from _archives(selection, now, known, measures)
    yield from _own(community, known, now)


def _archives(
    selection: Selection, now: datetime, known: _Known, measures: Measures
) -> Iterator[Due]:
    """What belongs to a year has room in its calendars, as many as there have to be."""
    is_told = "ics" in selection.formats
    left = window(selection.entries, now, measures.entry)[1] if is_told else ()
    for year, events in by_year(selection, now, left).items():
        held = known.events(events)
        for address in (selection.address, *selection.aliases):
            file = f"{address}/{year}{SUFFIX['ics']}"
            yield whole((file,), "ics", held, parted=True)


def _own(community: Community, known: _Known, now: datetime) -> Iterator[Due]:
    """Each meeting with a date has a calendar of its own, and so has each stop of a trip."""
    stops: dict[str, list[Event]] = {}
    every = (*community.stops, *community.lost_stops)
    for stop in every:
        if stop.within is not None:
            stops.setdefault(stop.within.uid, []).append(stop)
    own = (one for event in community.events for one in with_calendars(event, now))
    deadlines = (*community.deadlines, *community.lost_deadlines)
    due = (one for one in deadlines if has_calendar(one, now))
    for event in (*own, *community.tombstones, *every, *due):
        if event.occurrences:
            held = known.events((event, *stops.get(event.uid, ())))
            yield whole((event_calendar(event),), "ics", held)


def shown_in_agenda(community: Community, files: tuple[str, ...]) -> Due:
    """The meetings from which the filters of the agenda choose: all, whatever calendars hold.

    Args:
        files: addresses of the files that hold them together.
    """
    known = _Known(community)
    held = {one.address: known.event(one) for one in community.held}
    return whole(files, "meetings", held)


def whole(
    addresses: tuple[str, ...], form: Form, held: Mapping[str, Shown], *, parted: bool = False
) -> Due:
    """A feed that holds all that belongs to it."""
    return Due(addresses=addresses, form=form, held=held, room=partial(len, held), parted=parted)


def said_by_entry(event: Event) -> str:
    """When it begins and ends, and its status: whole days as days, hours as instants of UTC."""
    first = event.first
    if first is None:
        return ""
    if first.all_day:
        begins, ends = first.first, first.last + timedelta(days=1)
    else:
        begins, ends = first.begins, first.ends
    return entry_said(begins, ends, calendar_status(event))


def entry_said(begins: date, ends: date, status: str) -> str:
    """Hours and a status in one line.

    Args:
        begins: a day, or an instant of any zone.
        ends: likewise, exclusive.
    """
    said = (
        one.astimezone(UTC).isoformat() if isinstance(one, datetime) else one.isoformat()
        for one in (begins, ends)
    )
    return " ".join((*said, status))


def said_by_row(event: Event) -> str:
    """The same in minutes since 1970, 0 without a date; of the status, whether it is called off."""
    first, last, around = event.first, event.last, event.around
    begins, ends = (first.begins, last.ends) if first and last else (_EPOCH, _EPOCH)
    if around is not None and last is None:
        ends = around.ends(event.zone)
    return row_said(int(begins.timestamp()) // 60, int(ends.timestamp()) // 60, is_off(event))


def row_said(begins: int, ends: int, off: bool) -> str:
    """Minutes since 1970, and whether it is called off, in one line."""
    return f"{begins} {ends} {'off' if off else 'on'}"


_EPOCH = datetime.fromtimestamp(0, UTC)


class _Known:
    """What is shown of each thing, made once."""

    def __init__(self, community: Community) -> None:
        self.settings = community.settings
        self._events: dict[str, Shown] = {}
        self._parts: dict[str, Mapping[str, Shown]] = {}

    def event(self, event: Event) -> Shown:
        if event.uid not in self._events:
            page = "" if event.deleted else event.address
            self._events[event.uid] = Shown(event.title, event.source, page, event)
        return self._events[event.uid]

    def events(self, events: Iterable[Event]) -> Mapping[str, Shown]:
        found: dict[str, Shown] = {}
        for event in events:
            if event.parts or event.ended:
                found |= self._of_parts(event)
            else:
                found[event.uid] = self.event(event)
        return found

    def _of_parts(self, series: Event) -> Mapping[str, Shown]:
        """A series, which is told by its parts, each with its first date."""
        if series.uid not in self._parts:
            shown = self.event(series)
            self._parts[series.uid] = {one.uid: replace(shown, event=one) for one in series.told}
        return self._parts[series.uid]

    def news(self, told: Iterable[Told]) -> Mapping[str, Shown]:
        return {one.guid: self._of(one) for one in told}

    def _of(self, one: Told) -> Shown:
        if isinstance(one, News):
            return self.event(one.event)
        if isinstance(one, Post):
            return Shown(one.title, one.source, one.address)
        return Shown(one.title, one.source, self._need(one))

    def _need(self, need: Need) -> str:
        market = self.settings.market
        assert market is not None  # what has needs has a market
        return need_address(need, market, self.settings.addresses)


def tell_discrepancies(
    due: Due, found: Sequence[Found] | None, configuration: str, problems: Problems
) -> None:
    """Tell what a feed lacks, what it holds that is not its own, or twice, or says otherwise.

    Args:
        found: what stands in it; None where it is not there.
        configuration: the file that names what may have changed it.
    """
    address = due.addresses[0]
    if found is None:
        problems.add("feed-gone", Mark(configuration), address=address)
        return
    count = Counter(id for id, _ in found)
    lacking = () if count.keys() >= due.held.keys() else tuple(due.held)[: due.room()]
    lost = [due.held[id] for id in lacking if id not in count]
    if lost:
        problems.add(
            "feed-lacks", Mark(lost[0].source), address=address, title=lost[0].title, n=len(lost)
        )
    strange = [id for id, times in count.items() if times > 1 or id not in due.held]
    if strange:
        known = due.held.get(strange[0])
        problems.add(
            "feed-strange",
            Mark(known.source if known else configuration),
            address=address,
            id=strange[0],
            n=len(strange),
        )

    held = ((due.held[id], said) for id, said in found if id in due.held)
    other = [one for one, said in held if said != one.said(due.form) and one.said(due.form)]
    if other:
        problems.add(
            "feed-otherwise",
            Mark(other[0].source),
            address=address,
            title=other[0].title,
            n=len(other),
        )


def tell_hidden(dues: Iterable[Due], is_there: Callable[[str], bool], problems: Problems) -> None:
    """Tell what feeds hold though the site shows no page of it.

    Args:
        is_there: whether there is a page at an address.
    """
    # What is shown is one thing, in however many feeds.
    every = {id(one): one for due in dues for one in due.held.values()}
    pages = {one.page.partition("#")[0]: one for one in every.values() if one.page}
    for page, shown in pages.items():
        if not is_there(page):
            problems.add("page-gone", Mark(shown.source), title=shown.title, address=page)
