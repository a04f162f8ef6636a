"""The agenda: what is to come, months as grids, archives by year, and the data of its filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from .. import wording
from ..model.calendar import Month, first_of_month, months_of
from ..model.community import Event, Occurrence
from ..model.names import slug
from ..model.selections import SUFFIX, Selection, Selections
from ..model.stage import to_come
from ..model.zones import zone
from ..problems import N_
from .frontmatter import write_page
from .meetings import meetings_data
from .view import Library, View

LISTED = 200
"""How many meetings to come the page lists, the nearest; the others are in the months' pages."""


@dataclass(frozen=True)
class AgendaPage:
    """A page below the agenda's."""

    address: str
    text: str
    changed: int


@dataclass(frozen=True)
class Group:
    """Events under a heading: a month's, or those without a date."""

    name: str
    events: Sequence[Event]
    first: date | None = None

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}" if self.first else ""


class Agenda:
    """The agenda of one community, as pages and files."""

    def __init__(self, library: Library, table: Selections) -> None:
        self.library = library
        self.table = table
        self.community = library.community
        self.settings = library.community.settings
        self.tr = library.tr
        self.address = self.settings.agenda

    @cached_property
    def coming(self) -> Sequence[Event]:
        return [e for e in self.community.events if to_come(e, self.library.now)]

    @cached_property
    def past(self) -> Sequence[Event]:
        """What is over and has a date."""
        found = self.community.events
        return [e for e in found if e.first and not to_come(e, self.library.now)]

    @cached_property
    def years(self) -> Sequence[tuple[int, int]]:
        """The years of what is over, the latest first, and how many events each has."""
        by_year = groupby(reversed(self.past), key=lambda event: _first(event).year)
        return [(year, len(list(group))) for year, group in by_year]

    @cached_property
    def months(self) -> Sequence[Month]:
        """Every month in which something happens; its page stays for ever."""
        return months_of(self.community.events)

    @cached_property
    def today(self) -> date:
        """The day of the build where the community is."""
        return self.library.now.astimezone(zone(self.settings.timezone)).date()

    @cached_property
    def since(self) -> date:
        """The first day of the month that was twelve months ago: what is recent begins there."""
        return first_of_month(self.today).replace(year=self.today.year - 1)

    def _groups(self, events: Sequence[Event]) -> list[Group]:
        dated = [event for event in events if event.first]
        found = [
            Group(self.tr.month(month), list(group), month)
            for month, group in groupby(dated, key=lambda event: first_of_month(_first(event)))
        ]
        rest = [event for event in events if not event.first]
        return [*found, Group(self.tr.gettext(N_("Without a date")), rest)] if rest else found

    def main(self, *, heading: bool) -> str:
        """The agenda's own page, as one block.

        Args:
            heading: whether it needs one; an authored page has its own.
        """
        dated = [event for event in self.coming if event.first]
        undated = [event for event in self.coming if not event.first]
        return View(self.library, self.address).render(
            "agenda.html",
            heading=self.tr.gettext(N_("Agenda")) if heading else "",
            groups=self._groups([*dated[:LISTED], *undated]),
            later=self._groups(dated[LISTED:]),
            total=len(self.coming),
            months_address=self._nearest_month(),
            axes=self._axes(),
            queries=self.settings.addresses.queries,
            texts=self._texts(),
            weekdays=self._weekdays(),
            names=self.settings.addresses,
            selections=self._selections(),
            years=self.years,
            selection=self.table.everything,
            suffix=SUFFIX["ics"],
        )

    def pages(self) -> Iterator[AgendaPage]:
        """The pages of years and months."""
        for year, _ in self.years:
            yield self._year(year)
        padded = [None, *self.months, None]
        for before, month, after in zip(padded, self.months, padded[2:], strict=False):
            yield self._month(month, before, after)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The meetings as data: of the last twelve months and to come, then those before."""
        coming = {event.address for event in self.coming}
        recent = [
            event
            for event in self.community.events
            if event.address in coming or (event.last and event.last.last >= self.since)
        ]
        known = {event.address for event in recent}
        earlier = [event for event in self.community.events if event.address not in known]
        names = self.settings.addresses
        keys = [f"{month.first:%Y-%m}" for month in self.months]
        head = {
            "since": f"{self.since:%Y-%m}",
            "months": [keys[0], keys[-1]] if keys else [],
        }
        yield self.address + names.meetings, meetings_data(recent, self.library, **head)
        yield self.address + names.earlier, meetings_data(earlier, self.library)

    def _month_address(self, month: date) -> str:
        return f"{self.address}{month:%Y-%m}/"

    def _nearest_month(self) -> str:
        """The page of the first month from today's on, else of the last; "" without any."""
        firsts = [month.first for month in self.months]
        ahead = [first for first in firsts if first >= first_of_month(self.today)]
        nearest = ahead[:1] or firsts[-1:]
        return self._month_address(nearest[0]) if nearest else ""

    def _month(self, month: Month, before: Month | None, after: Month | None) -> AgendaPage:
        address = self._month_address(month.first)
        name = self.tr.month(month.first)
        title = self.tr.format(N_("Meetings in {month}"), month=name)
        markup = View(self.library, address).render(
            "month.html",
            title=title,
            month=month,
            key=f"{month.first:%Y-%m}",
            before=self._month_link(before),
            after=self._month_link(after),
            weekdays=self._weekdays(),
            hour=self._hour,
            queries=self.settings.addresses.queries,
        )
        return self._page(address, markup, title, month.events)

    def _month_link(self, month: Month | None) -> tuple[str, str] | None:
        if month is None:
            return None
        return self._month_address(month.first), self.tr.month(month.first)

    def _year(self, year: int) -> AgendaPage:
        address = f"{self.address}{year}/"
        events = [event for event in self.past if _first(event).year == year]
        title = self.tr.format(N_("Meetings of {year}"), year=year)
        markup = View(self.library, address).render(
            "year.html", year=year, months=self._groups(events), years=self.years
        )
        return self._page(address, markup, title, events)

    def _page(self, address: str, markup: str, title: str, events: Sequence[Event]) -> AgendaPage:
        text = write_page(markup, title=title, description=title, searchable=False)
        changed = max((event.stamps.changed for event in events), default=0)
        return AgendaPage(address, text, changed)

    def _weekdays(self) -> list[tuple[str, str]]:
        """The days of a week from Monday on: short, and whole."""
        short = self.tr.locale.days["format"]["abbreviated"]
        return [(str(short[n]), self.tr.weekday(n)) for n in range(7)]

    def _hour(self, event: Event) -> str:
        """When an event begins in its day; "" for whole days."""
        start = _occurrence(event).start
        return self.tr.time(start) if start else ""

    def _selections(self) -> list[tuple[str, list[Selection]]]:
        """Precomputed selections that have a page of their own and hold something."""
        found = []
        for kind in ("collection", "theme", "territory"):
            group = [
                one for one in self.table.of_kind(kind) if one.page != self.address and one.events
            ]
            if group:
                found.append((self.tr.gettext(wording.KINDS[kind]), group))
        return found

    def _axes(self) -> list[Mapping[str, object]]:
        """What can be chosen: key in the query, path in the address of a feed, values, names."""
        names, community, tr = self.settings.addresses, self.community, self.tr
        collections = [(one.address, one.name) for one in self.settings.collections]
        themes = sorted(((one.id, one.name) for one in community.themes.values()), key=_name)
        territories = sorted(
            ((one.id, one.name) for one in community.territories.values()), key=_name
        )
        modes = [(name, tr.gettext(wording.MODES[mode])) for mode, name in names.modes.items()]
        every: tuple[tuple[str, str, str, str, list[tuple[str, str]]], ...] = (
            ("kind", "", N_("Kind of meeting"), N_("All kinds"), collections),
            (
                "territory",
                f"{names.territories}/",
                N_("Territory"),
                N_("All territories"),
                territories,
            ),
            ("theme", f"{names.themes}/", N_("Theme"), N_("All themes"), themes),
            ("mode", "modes/", N_("On site or online"), N_("Either"), modes),
        )
        return [
            {
                "field": field,
                "name": names.queries[field],
                "path": path,
                "label": tr.gettext(label),
                "choices": [("", tr.gettext(none)), *choices],
            }
            for field, path, label, none, choices in every
            if choices
        ]

    def _texts(self) -> Mapping[str, str]:
        """What the script says; ``{n}`` and ``{month}`` are filled in there."""
        return {key: self.tr.gettext(text) for key, text in TEXTS.items()}


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
    "more-one": N_("Show one more"),
    "more-many": N_("Show {n} more"),
    "caption": N_("Meetings in {month}"),
    "loading": N_("The meetings are being fetched…"),
    "failed": N_(
        "The meetings could not be fetched. The whole list stands below; choosing again tries "
        "once more."
    ),
    "without-mode": N_("The calendar holds both what is on site and what is online."),
    "without-words": N_("The calendar holds this selection without the search for words."),
    "without-both": N_(
        "The calendar holds this selection without the search for words, on site and online."
    ),
    "everything": N_("All meetings"),
}
"""Texts of the script by key."""


def _occurrence(event: Event) -> Occurrence:
    # Only asked of events with a date.
    return event.occurrences[0]


def _first(event: Event) -> date:
    return _occurrence(event).first


def _name(choice: tuple[str, str]) -> str:
    return slug(choice[1])
