"""The agenda: what is to come, months as grids, archives by year, and the data of its filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby

from .. import wording
from ..i18n import Translator
from ..model.calendar import Day, by_day, day_of, first_of_month, once_a_year, rank
from ..model.community import Event, Territory, Theme, said_once
from ..model.feeds import SUFFIX
from ..model.languages import tongue_of
from ..model.names import slug
from ..model.settings import Settings
from ..problems import N_
from ..tree import Leaf, Promise
from .agenda_data import meetings_data
from .alike import Alike
from .deadlines import Soonest, soonest
from .division import ROW, room_for
from .drawing import Block
from .facts import Value
from .following import Follow, follow
from .library import Library, latest
from .listed import Group, groups
from .local_time import tells_other_hours
from .meeting import BLANK, BLANK_UNDATED, Meeting, meeting, meetings
from .page import Page

OF_A_DAY = 8
"""How many meetings the cell of a day shows; all of them stand below the grid."""

LISTED = 200
"""How many meetings to come the page lists, the nearest; the others are in the months' pages."""


@dataclass(frozen=True)
class Count:
    """A page, and how many meetings stand on it."""

    address: str
    name: str
    count: int


@dataclass(frozen=True)
class Choice:
    """A value of an axis, and how many meetings it would leave."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Axis:
    """What can be chosen.

    Attributes:
        name: key in the query.
        path: what stands before a value in the address of a feed.
        none: the name of choosing nothing.
    """

    field: str
    name: str
    path: str
    label: str
    none: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Filtered:
    """How one subscribes to what the filters choose.

    Attributes:
        feeds: the whole address of the folder of feeds, without a slash at its end.
        all: the name there of the feed of all meetings.
        suffix: of a calendar's address.
        webcal: of all meetings, as is *calendar*, its whole address.
        subscribe: address of the page of feeds, which takes the same choice.
    """

    feeds: str
    all: str
    suffix: str
    webcal: str
    calendar: str
    subscribe: str


@dataclass(frozen=True)
class Entry(Alike):
    """A meeting on a day of a month; *begins* says whether that is its first."""

    meeting: Meeting
    begins: bool


@dataclass(frozen=True, kw_only=True)
class AgendaPage:
    """Input of ``agenda.html``.

    Attributes:
        heading: "" where somebody wrote one.
        month: address of the page of the nearest month; "" for none.
        all: address of the page of all meetings.
        mine: address of the page of those that a reader keeps.
        total: how many meetings are to come.
        later: months whose meetings are not listed.
        recent: file of the meetings of the last twelve months and to come; *earlier*: the others.
        queries: keys of the page's query, by what they say.
        texts: what the script says.
        weekdays: from Monday on, short and whole.
        soonest: the nearest deadlines; None where none is to come.
        groups: other pages that show selections, by kind.
        other_hours: whether an hour is told that clocks at home do not show.
        online: what stands for it in the query; "" where it chooses nothing.
        regions: values and names of the territories, one of which is the reader's.
        blank: what the script draws meetings from; *blank_entry* those of a month.
    """

    heading: str
    month: str
    agenda: str
    all: str
    mine: str
    soonest: Soonest | None
    groups: tuple[Group, ...]
    other_hours: bool
    later: tuple[Count, ...]
    total: int
    recent: str
    earlier: str
    axes: tuple[Axis, ...]
    online: str
    regions: tuple[tuple[str, str], ...]
    queries: Mapping[str, str]
    texts: Mapping[str, str]
    weekdays: tuple[tuple[str, str], ...]
    years: tuple[Count, ...]
    selections: tuple[tuple[str, tuple[Count, ...]], ...]
    filtered: Filtered | None
    follow: Follow | None
    blank: Meeting = BLANK
    blank_undated: Meeting = BLANK_UNDATED
    blank_entry: Entry = Entry(BLANK, True)


@dataclass(frozen=True, kw_only=True)
class DayCell:
    """A day of a month as a table shows it; *day* is its date in ISO form.

    Attributes:
        name: the same in words; "" where nothing is held.
        count: how many meetings there are.
        entries: the first of them; *left*: what leads to the others, in words, if there are any.
    """

    day: str
    name: str
    number: int
    count: int
    entries: tuple[Entry, ...]
    left: str


@dataclass(frozen=True, kw_only=True)
class MonthPage:
    """Input of ``month.html``.

    Attributes:
        key: the month as ``2026-12``.
        other_hours: whether an hour is told that clocks at home do not show.
        weeks: seven days each; None for those of the months beside.
        url: the whole address of the page; *code*: the QR code of it, for paper.
    """

    agenda: str
    title: str
    key: str
    before: Value | None
    after: Value | None
    queries: Mapping[str, str]
    weekdays: tuple[tuple[str, str], ...]
    other_hours: bool
    weeks: tuple[tuple[DayCell | None, ...], ...]
    meetings: tuple[Meeting, ...]
    site: str
    url: str


@dataclass(frozen=True, kw_only=True)
class YearPage:
    """Input of ``year.html``; *other_hours* as in a month.

    Attributes:
        lists: whether its meetings have room on the page; else those of the months hold them.
    """

    agenda: str
    year: int
    lists: bool
    other_hours: bool
    months: tuple[Group, ...]
    years: tuple[Count, ...]


@dataclass(frozen=True)
class AllPage:
    """Input of ``meetings.html``: every meeting, by year, the latest first; then those undated.

    Attributes:
        pages: of the years, where all together have no room on one.
    """

    agenda: str
    years: tuple[Group, ...]
    pages: tuple[Count, ...]


def pages(library: Library) -> Iterator[Page]:
    """The agenda, the page of all meetings, then those of years and months."""
    settings, tr = library.settings, library.tr
    years, months = library.changed_in
    yield Page(
        address=settings.agenda,
        title=tr.gettext(N_("Agenda")),
        description=tr.format(
            N_("The meetings to come of {site}, and all past ones by year."),
            site=settings.site_name,
        ),
        changed=library.community.revision,
        selections=(library.table.everything,),
        blocks={"agenda": Block("agenda.html", partial(_agenda, library))},
    )
    yield _below(
        library,
        settings.all_meetings,
        tr.gettext(N_("All meetings")),
        latest(library.community.events),
        Block("meetings.html", partial(_all, library)),
    )
    for year, changed in reversed([*years.items()]):
        title = tr.format(N_("Meetings of {year}"), year=year)
        yield _below(
            library,
            f"{settings.agenda}{year}/",
            title,
            changed,
            Block("year.html", partial(_year, library, year)),
        )
    # Every month in which something happens has a page, for ever.
    padded = [None, *months, None]
    for before, month, after in zip(padded, months, padded[2:], strict=False):
        title = tr.format(N_("Meetings in {month}"), month=tr.month(month))
        yield _below(
            library,
            _month_address(month, settings),
            title,
            months[month],
            Block("month.html", partial(_month, library, title, month, before, after)),
        )


def are_on_one_page(library: Library) -> bool:
    """Whether all meetings have room on one page."""
    return len(library.listed) <= room_for(ROW)


def _all(library: Library) -> AllPage:
    events, listed = library.community.held, library.listed
    is_long = len(listed) > room_for(ROW)
    years = groupby(() if is_long else listed, key=lambda event: str(rank(event)[0].year))
    undated = [event for event in events if not day_of(event)]
    found = [Group(year, year, meetings(held, library)) for year, held in years]
    return AllPage(
        library.settings.agenda,
        (*found, *groups(undated, library)),
        _years(library) if is_long else (),
    )


def _below(library: Library, address: str, title: str, changed: int, drawn: Block) -> Page:
    return Page(
        address=address,
        title=title,
        description=title,
        parent=library.settings.agenda,
        changed=changed,
        blocks={"agenda": drawn},
        searchable=False,
    )


def files(library: Library) -> Iterator[tuple[str, Leaf]]:
    """The meetings as data: of the last twelve months and to come, then those before."""
    since = first_of_month(library.today).replace(year=library.today.year - 1)
    names, address = library.settings.addresses, library.settings.agenda
    keys = [f"{month:%Y-%m}" for month in library.changed_in[1]]
    head = {
        "since": f"{since:%Y-%m}",
        "months": [keys[0], keys[-1]] if keys else [],
        "moved": [*_moved(library)],
        "crossings": [
            one.address.removeprefix(f"{names.feeds}/") for one in library.table.of_kind("crossing")
        ],
    }

    def is_recent(event: Event) -> bool:
        return bool(event.last and event.last.last >= since) or library.expects(event)

    def data(*, are_recent: bool, **head: object) -> bytes:
        events = (one for one in library.community.held if is_recent(one) == are_recent)
        return meetings_data(events, library, **head)

    yield address + names.meetings, Promise(partial(data, are_recent=True, **head))
    yield address + names.earlier, Promise(partial(data, are_recent=False))


def _moved(library: Library) -> Iterator[tuple[str, str]]:
    """How addresses of meetings began and begin: of meetings and collections with aliases."""
    for event in library.community.events:
        yield from ((f"{alias}/", event.address) for alias in event.record.aliases)
    for collection in library.settings.collections:
        yield from ((f"{alias}/", f"{collection.address}/") for alias in collection.aliases)


def _agenda(library: Library) -> AgendaPage:
    settings, tr = library.settings, library.tr
    coming = library.coming(library.community.held)
    dated = [event for event in coming if event.first]
    undated = [event for event in coming if not event.first]
    selection = library.table.everything
    axes = tuple(_axes(library, coming))
    modes = {choice.value for axis in axes if axis.field == "mode" for choice in axis.choices}
    online = settings.addresses.modes["online"]
    crossed = any(axis.field == "territory" for axis in axes)
    return AgendaPage(
        heading="" if library.has_heading(settings.agenda) else tr.gettext(N_("Agenda")),
        month=_nearest_month(library),
        agenda=settings.agenda,
        all=settings.all_meetings,
        mine=settings.mine,
        soonest=soonest(library),
        groups=groups([*dated[:LISTED], *undated], library),
        other_hours=tells_other_hours(dated[:LISTED], library),
        later=_later(dated[LISTED:], library),
        total=len(coming),
        recent=settings.addresses.meetings,
        earlier=settings.addresses.earlier,
        axes=axes,
        online=online if online in modes and len(modes) > 1 else "",
        regions=tuple(_by_name(library.community.territories.values()).items()) if crossed else (),
        queries=settings.addresses.queries,
        texts={key: tr.gettext(text) for key, text in TEXTS.items()},
        weekdays=_weekdays(library),
        years=_years(library),
        selections=tuple(_selections(library)),
        filtered=Filtered(
            feeds=library.absolute(settings.addresses.feeds),
            all=settings.addresses.agenda,
            suffix=SUFFIX["ics"],
            webcal=library.webcal(selection.feed("ics")),
            calendar=library.absolute(selection.feed("ics")),
            subscribe=settings.subscribe,
        )
        if settings.feeds
        else None,
        follow=follow(selection, library, settings.agenda),
    )


def _later(events: Sequence[Event], library: Library) -> tuple[Count, ...]:
    by_month = groupby(by_day(events), key=lambda event: first_of_month(_first(event)))
    return tuple(
        Count(_month_address(month, library.settings), library.tr.month(month), len(list(group)))
        for month, group in by_month
    )


def _years(library: Library) -> tuple[Count, ...]:
    return tuple(
        Count(f"{library.settings.agenda}{year}/", str(year), len(events))
        for year, events in library.held_in.items()
    )


def _month_address(month: date, settings: Settings) -> str:
    return f"{settings.agenda}{month:%Y-%m}/"


def _nearest_month(library: Library) -> str:
    """The page of the first month from today's on, else of the last; "" without any."""
    firsts = [*library.changed_in[1]]
    ahead = [first for first in firsts if first >= first_of_month(library.today)]
    nearest = ahead[:1] or firsts[-1:]
    return _month_address(nearest[0], library.settings) if nearest else ""


def _month(
    library: Library, title: str, first: date, before: date | None, after: date | None
) -> MonthPage:
    month = library.month(first)
    url = library.absolute(_month_address(month.first, library.settings))
    return MonthPage(
        agenda=library.settings.agenda,
        title=title,
        key=f"{month.first:%Y-%m}",
        before=_month_link(before, library),
        after=_month_link(after, library),
        queries=library.settings.addresses.queries,
        weekdays=_weekdays(library),
        other_hours=tells_other_hours(month.events, library),
        weeks=tuple(tuple(_cell(day, library) for day in week) for week in month.weeks),
        meetings=meetings(month.events, library),
        site=library.settings.site_name,
        url=url,
    )


def _month_link(first: date | None, library: Library) -> Value | None:
    if first is None:
        return None
    return Value(library.tr.month(first), _month_address(first, library.settings))


def _cell(day: Day | None, library: Library) -> DayCell | None:
    if day is None:
        return None
    # What goes on since a day before stands first: the others are known by their beginning.
    entries = tuple(
        Entry(library.once(meeting, event), event.occurrences[0].first == day.date)
        for event in day.events[:OF_A_DAY]
    )
    name = library.tr.day(day.date) if entries else ""
    left = _left(len(day.events) - len(entries), library.tr)
    return DayCell(
        day=day.date.isoformat(),
        name=name,
        number=day.date.day,
        count=len(day.events),
        entries=entries,
        left=left,
    )


def _left(count: int, tr: Translator) -> str:
    """What leads to the meetings of a day that have no room in its cell; "" for none."""
    if count < 2:
        return tr.gettext(ONE_MORE) if count else ""
    return tr.format(MORE, n=count)


def _year(library: Library, year: int) -> YearPage:
    events = once_a_year(library.held_in[year])
    lists = len(events) <= room_for(ROW)
    # The heading of the page has the year.
    months = tuple(
        replace(group, name=library.tr.month_name(int(group.key[5:])))
        for group in groups(events, library)
    )
    return YearPage(
        agenda=library.settings.agenda,
        year=year,
        lists=lists,
        other_hours=lists and tells_other_hours(events, library),
        months=months,
        years=_years(library),
    )


def _weekdays(library: Library) -> tuple[tuple[str, str], ...]:
    """The days of a week from Monday on: short, and whole."""
    tr = library.tr
    short = tr.locale.days["format"]["abbreviated"]
    return tuple((tr.own(str(short[n])), tr.weekday(n)) for n in range(7))


def _selections(library: Library) -> Iterator[tuple[str, tuple[Count, ...]]]:
    """Precomputed selections that have a page of their own and hold something."""
    for kind in ("collection", "theme", "territory"):
        group = tuple(
            Count(one.page, library.name(one), len(one.events))
            for one in library.table.of_kind(kind)
            if one.page != library.settings.agenda and one.events
        )
        if group:
            yield library.tr.gettext(wording.KINDS[kind]), group


def _axes(library: Library, coming: Sequence[Event]) -> Iterator[Axis]:
    """What can be chosen: what something was held for or is; what nothing comes for, last.

    Args:
        coming: what is to come, of all that is held.
    """
    names, tr = library.settings.addresses, library.tr
    count = len(library.community.held)
    said, ahead_of = said_once(library.community.held), said_once(coming)

    def tongue(event: Event) -> str:
        return tongue_of(event, library.settings)

    every: tuple[tuple[str, str, str, str, Mapping[str, str], Held], ...] = (
        (
            "kind",
            "",
            N_("Kind of meeting"),
            N_("All kinds"),
            {one.address: one.name for one in library.settings.collections},
            lambda event: [event.collection.address],
        ),
        (
            "territory",
            f"{names.territories}/",
            N_("Territory"),
            N_("All territories"),
            _by_name(library.community.territories.values()),
            lambda event: [one.id for one in event.territories],
        ),
        (
            "theme",
            f"{names.themes}/",
            N_("Theme"),
            N_("All themes"),
            _by_name(library.community.themes.values()),
            lambda event: [one.id for one in event.themes],
        ),
        (
            "mode",
            "modes/",
            N_("On site or online"),
            N_("Either"),
            {name: tr.gettext(wording.MODES[mode]) for mode, name in names.modes.items()},
            lambda event: [names.modes[event.mode]] if event.mode else [],
        ),
        (
            "language",
            "languages/",
            N_("Language"),
            N_("All languages"),
            {one: wording.language_name(one, tr) for one in sorted(set(map(tongue, said)))},
            lambda event: [tongue(event)],
        ),
    )
    for field, path, label, none, choices, held in every:
        ever, ahead = (_counted(held, some) for some in (said, ahead_of))
        found = [Choice(value, choices[value], ahead[value]) for value in choices if ever[value]]
        # What all are chooses nothing.
        if len(found) > 1 or any(ever[one.value] < count for one in found):
            yield Axis(
                field=field,
                name=names.queries[field],
                path=path,
                label=tr.gettext(label),
                none=tr.gettext(none),
                choices=tuple(sorted(found, key=lambda one: not one.count)),
            )


Held = Callable[[Event], Sequence[str]]
"""The values of an axis that an event has."""


def _counted(held: Held, events: Mapping[Event, int]) -> Mapping[str, int]:
    """How often each value comes up among events, of each of which there are so many."""
    found = Counter[str]()
    for event, times in events.items():
        for value in held(event):
            found[value] += times
    return found


def _by_name(entities: Iterable[Territory | Theme]) -> Mapping[str, str]:
    """Names by id, in their order."""
    return {one.id: one.name for one in sorted(entities, key=lambda one: slug(one.name))}


ONE_MORE, MORE = N_("Show one more"), N_("Show {n} more")

TEXTS = {
    "coming-none": N_("No meeting to come"),
    "coming-one": N_("1 meeting to come"),
    "coming-many": N_("{n} meetings to come"),
    "all-none": N_("No meeting, past or to come"),
    "all-one": N_("1 meeting, past or to come"),
    "all-many": N_("{n} meetings, past or to come"),
    "month-none": N_("No meeting in {month}"),
    "month-one": N_("1 meeting in {month}"),
    "month-many": N_("{n} meetings in {month}"),
    "day-one": N_("1 meeting"),
    "day-many": N_("{n} meetings"),
    "past": N_("{month}, past"),
    "undated": N_("Without a date"),
    "more-one": ONE_MORE,
    "more-many": MORE,
    "caption": N_("Meetings in {month}"),
    "loading": N_("Loading the meetings…"),
    "failed": N_(
        "The meetings could not be loaded. The whole list is below; choose again to retry."
    ),
    "without-mode": N_("The calendar holds both what is on site and what is online."),
    "without-words": N_("The calendar holds this selection without the search for words."),
    "without-both": N_(
        "The calendar holds this selection without the search for words, on site and online."
    ),
    "without-time": N_("The calendar holds this selection whatever the week and the registration."),
    "without-past": N_("The calendar holds what is to come and the last twelve months."),
    "nearest": N_(
        "There is no calendar for exactly this choice yet: here is the nearest one, which holds "
        "more."
    ),
    "everything": N_("All meetings"),
}
"""Texts of the script by key."""


def _first(event: Event) -> date:
    # Only asked of events with a date.
    return event.occurrences[0].first
