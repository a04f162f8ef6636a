"""What was done, year by year: figures with the meetings that they count, bars, and a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from babel.dates import format_date

from .. import wording
from ..model.community import Event
from ..model.exchange import (
    Facilitator,
    Need,
    facilitator_address,
    facilitators_folder,
    need_address,
    needs_folder,
)
from ..model.report import (
    STATES,
    Figure,
    Key,
    Part,
    Period,
    Report,
    Subject,
    Tally,
    Thing,
    days,
    minutes,
    waited,
    year_to,
)
from ..model.report import Block as Told
from ..model.stage import Stage
from ..problems import N_
from ..reporting import words
from ..reporting.table import report_table
from ..tree import Leaf, Promise
from .division import ROW, room_for
from .drawing import Block
from .facts import Value
from .library import Library
from .map import MapView, Reached, counts, territory_map
from .meeting import short_day
from .page import Page

ABOVE: tuple[Key, ...] = (
    *("meetings", "minutes", "territories", "organisations", "trips", "replays"),
    *("sessions-taken", "needs-answered", "facilitators"),
)
"""The figures that stand above all others, where they are not nothing."""

COUNTS: tuple[Key, ...] = (
    *("replays", "replays-awaited", "replays-late"),
    *("sessions-taken", "sessions-open"),
    *("needs", "needs-answered", "needs-open"),
)
"""Figures that are parts of one thing, and have bars beside each other."""


@dataclass(frozen=True)
class Bar:
    """How long bars are, in hundredths of the longest of their table; *before* is 0 for none."""

    now: float
    before: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """A figure, or a part of one.

    Attributes:
        anchor: the id of its row; "" for none.
        within: whether it is a part of the figure above.
        now: its value in words; *before* and *change* are "" where nothing is compared.
        lists: what it counts: of which period, and each with its address, the first of them if
            they are many; and where the others stand.
    """

    anchor: str
    name: str
    within: bool
    now: str
    before: str
    change: str
    bar: Bar | None
    lists: tuple[tuple[str, tuple[Value, ...], Value | None], ...]


@dataclass(frozen=True)
class Table:
    """What is told together.

    Attributes:
        anchor: the id of its part of the page.
        more: parts of figures that only the file of the figures has.
    """

    anchor: str
    title: str
    subject: Subject
    rows: tuple[Row, ...]
    more: int


@dataclass(frozen=True)
class Tile:
    """A figure above all others, the part of the page that it leads to, and what it was before."""

    value: str
    name: str
    anchor: str
    before: str


@dataclass(frozen=True)
class Column:
    """A month of the drawing: its first letters, its number, and how high it is, in px."""

    name: str
    count: int
    high: float


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting that was held, in a line; *replay* is "" where none is expected."""

    meeting: Value
    day: str
    short_day: str
    kind: str
    length: str
    territories: str
    replay: str
    example: bool


@dataclass(frozen=True)
class Overview:
    """Years beside each other: names of figures, and each year with its values."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """Input of ``report.html``.

    Attributes:
        years: those that have a report, and whether this is one's own page.
        before: the period with which it is compared, and its own report, if there is one.
        columns: of the months; empty where there is but one.
        overview: on the first page, where there are several years; else None.
        others: where further meetings that were held stand, if they are too many.
        file: address of the figures as CSV.
    """

    heading: str
    span: str
    years: tuple[tuple[Value, bool], ...]
    notes: tuple[str, ...]
    tiles: tuple[Tile, ...]
    before: Value
    tables: tuple[Table, ...]
    columns: tuple[Column, ...]
    map: MapView | None
    overview: Overview | None
    held: tuple[Held, ...]
    others: Value | None
    rules: tuple[str, ...]
    file: str


def pages(library: Library) -> Iterator[Page]:
    """The report of the latest year, and one for each year in which something was done."""
    community, settings, tr = library.community, library.settings, library.tr
    found = library.years
    home, latest = settings.report, next(iter(found), library.today.year)
    for address, year in [(home, latest), *_addresses(found, home)]:
        period = year_to(year, library.today)
        title = tr.gettext(N_("Report")) if address == home else words.title(period, tr)
        yield Page(
            address=address,
            title=title,
            description=tr.format(
                N_("What was done {days}, in figures: meetings, territories, replays, needs."),
                days=words.span(period, tr),
            ),
            # Not one of the ways to take part: the foot of every page leads to it, once there is
            # something to tell; its address stands before, for menus that name it.
            parent=settings.agenda if address == home else home,
            changed=community.revision,
            blocks={
                "report": Block("report.html", partial(_page, library, address, period, found))
            },
            searchable=bool(found) if address == home else year != latest,
        )


def _addresses(found: Iterable[int], home: str) -> list[tuple[str, int]]:
    return [(f"{home}{year}/", year) for year in found]


def files(library: Library) -> Iterator[tuple[str, Leaf]]:
    """The figures of each year, as CSV."""
    home, name = library.settings.report, library.settings.addresses.figures
    for address, year in _addresses(library.years, home):
        period = year_to(year, library.today)
        yield address + name, Promise(partial(_figures, library, period))


def _figures(library: Library, period: Period) -> bytes:
    return report_table(library.report(period), library.tr).encode()


def _page(library: Library, address: str, period: Period, found: Sequence[int]) -> ReportPage:
    return _Drawn(library, address, period).page(found)


class _Drawn:
    def __init__(self, library: Library, address: str, period: Period) -> None:
        self.library, self.address, self.period = library, address, period
        self.tr = library.tr
        self.report: Report = library.report(period)

    def page(self, found: Sequence[int]) -> ReportPage:
        library, tr, report = self.library, self.tr, self.report
        home = self._home
        return ReportPage(
            heading="" if library.has_heading(self.address) else words.title(self.period, tr),
            span=words.span(self.period, tr),
            years=tuple(
                (Value(str(year), address), address == self.address)
                for address, year in _addresses(found, home)
            ),
            notes=words.notes(report, tr),
            tiles=tuple(self._tiles()),
            before=self._compared(found),
            tables=tuple(map(self._table, report.blocks)),
            columns=tuple(self._columns()),
            map=self._map(),
            overview=self._overview(found),
            held=tuple(map(self._held, report.held[: room_for(ROW)])),
            others=self._others(self.period, report.held, room_for(ROW)),
            rules=tuple(map(tr.gettext, words.RULES)),
            file=f"{home}{self.period.first.year}/{library.settings.addresses.figures}",
        )

    def _overview(self, found: Sequence[int]) -> Overview | None:
        """What stands above all others, of each year."""
        if self.address != self._home or len(found) < 2:
            return None
        tr, library = self.tr, self.library
        told = []
        for address, year in _addresses(found, self._home):
            figures = library.report(year_to(year, library.today)).figures
            told.append((Value(str(year), address), {one.key: one.now for one in figures}))
        tallies = [(key, tally) for _, one in told for key, tally in one.items() if tally.value]
        known = {key for key, _ in tallies} - STATES
        keys = [key for key in ABOVE if key in known]
        none = Tally(0)
        return Overview(
            tuple(tr.gettext(words.FIGURES[key]) for key in keys),
            tuple(
                (link, tuple(words.value(key, one.get(key, none), tr) for key in keys))
                for link, one in told
            ),
        )

    def _tiles(self) -> Iterator[Tile]:
        for block in self.report.blocks:
            for one in block.figures:
                if one.key in ABOVE and one.now.value:
                    before = self._before(words.value(one.key, one.before, self.tr))
                    name = words.counted_name(one, self.tr)
                    value = words.value(one.key, one.now, self.tr)
                    yield Tile(value, name, _anchor(block.subject), before)

    def _compared(self, found: Sequence[int]) -> Value:
        before = self.report.before
        year = before.first.year  # it lies in one year, as this one does
        known = {one: address for address, one in _addresses(found, self._home)}
        return Value(words.brief(before, self.tr), known.get(year, ""))

    @cached_property
    def _is_compared(self) -> bool:
        return any(figure.before and figure.before.value for figure in self.report.figures)

    @property
    def _home(self) -> str:
        return self.library.settings.report

    def _before(self, value: str) -> str:
        """A value of the period before: « 2025 : 12 »; "" where nothing was done in it."""
        if not value or not self._is_compared:
            return ""
        if words.is_year(self.report.before):
            period = words.brief(self.report.before, self.tr)
            return self.tr.format(N_("{period}: {value}"), period=period, value=value)
        return self.tr.format(N_("before: {value}"), value=value)

    # Tables

    def _table(self, block: Told) -> Table:
        rows = tuple(row for figure in block.figures for row in self._rows(figure, block))
        title = self.tr.gettext(words.SUBJECTS[block.subject])
        more = sum(len(one.parts) - len(_shown(one)) for one in block.figures)
        return Table(_anchor(block.subject), title, block.subject, rows, more)

    def _rows(self, figure: Figure, block: Told) -> Iterator[Row]:
        if not figure.now.value and not (figure.before and figure.before.value):
            return
        name = words.figure_name(figure, self.tr)
        longest = _longest(one for one in block.figures if one.key in COUNTS)
        bar = _bar(figure, longest) if figure.key in COUNTS else None
        yield self._row(name, figure.key, figure, bar)
        longest = _longest(figure.parts)
        for part in _shown(figure):
            name = words.part_name(part, self.tr)
            key = words.part_key(figure)
            anchor = _of_territory(part.id) if figure.key == "territories" else ""
            yield self._row(name, key, part, _bar(part, longest), anchor, within=True)

    def _row(
        self,
        name: str,
        key: Key,
        one: Figure | Part,
        bar: Bar | None,
        anchor: str = "",
        *,
        within: bool = False,
    ) -> Row:
        tr, report = self.tr, self.report
        told = [(report.period, one.now)]
        # Of what has parts, the period alone, as of these: the report before tells of its own.
        is_whole = isinstance(one, Figure) and (not one.parts or not one.now.counts)
        if is_whole and one.before:
            told.append((report.before, one.before))
        return Row(
            anchor=anchor,
            name=name,
            within=within,
            now=words.value(key, one.now, tr),
            before=words.value(key, one.before, tr),
            change=words.change(key, one, tr),
            bar=bar,
            lists=tuple(
                (
                    words.brief(period, tr),
                    self._counted(key, tally),
                    self._others(period, tally.counts, COUNTED),
                )
                for period, tally in told
                if tally.counts
            ),
        )

    def _counted(self, key: Key, tally: Tally) -> tuple[Value, ...]:
        return tuple(self._thing(key, one) for one in tally.counts[:COUNTED])

    def _others(self, period: Period, things: Sequence[Thing], shown: int) -> Value | None:
        """Where what is counted stands, once it is too much to stand here."""
        left, settings = len(things) - shown, self.library.settings
        if left <= 0:
            return None
        one, market = things[0], settings.market
        address = f"{settings.agenda}{period.first.year}/"
        if market is not None and not isinstance(one, Event):
            folder = needs_folder if isinstance(one, Need) else facilitators_folder
            address = folder(market, settings.addresses)
        return Value(self.tr.ngettext("and one more", "and {n} more", left), address)

    def _thing(self, key: Key, one: Thing) -> Value:
        library, settings = self.library, self.library.settings
        if isinstance(one, Event):
            title = library.words(one.title)
            late = waited(one, library.now) if key in ("replays-late", "replay-wait") else None
            took = self.report.delays.get(one.uid) if key in ("replays", "replay-delay") else late
            if took is not None:
                time = self.tr.ngettext("{n} day", "{n} days", took)
                title = self.tr.format(N_("{title}: {time}"), title=title, time=time)
            return Value(title, one.address)
        market, names = settings.market, settings.addresses
        assert market is not None  # needs and facilitators are of one
        if isinstance(one, Need):
            return Value(library.words(one.title), need_address(one, market, names))
        assert isinstance(one, Facilitator)
        return Value(library.words(one.name), facilitator_address(one, market, names))

    # Drawings

    def _columns(self) -> Iterator[Column]:
        """Every month of the period, those without a meeting too."""
        figure, first = self.report.figure("months"), self.period.first
        parts = {part.id: part.now.value or 0 for part in figure.parts} if figure else {}
        months = range(first.month, self.period.last.month + 1)  # the period lies in one year
        if not parts or len(months) < 2:
            return
        most = max(parts.values())
        for number in months:
            day = date(first.year, number, 1)
            count = int(parts.get(f"{day:%Y-%m}", 0))
            name = self.tr.own(format_date(day, "LLLLL", locale=self.tr.language))
            yield Column(name, count, round(HIGH * count / most, 1))

    def _map(self) -> MapView | None:
        """The territories that were reached, each leading to its line in the table."""
        drawing, figure = self.library.community.drawing, self.report.figure("territories")
        if drawing is None or figure is None:
            return None
        community = self.library.community
        reached = {}
        for part in figure.parts:
            territory, count = community.territories[part.id], int(part.now.value or 0)
            if territory.code and count:
                said = counts(count, 0, self.tr)
                href = f"#{_of_territory(part.id)}"
                reached[territory.code] = Reached(territory.name, href, count, said)
        if not any(one in drawing.by_code for one in reached):
            return None
        collections = community.settings.collections
        return territory_map(drawing, reached, self.report.held, (), collections, self.tr)

    # What was held

    def _held(self, event: Event) -> Held:
        tr, first, library = self.tr, event.first, self.library
        assert first is not None  # what was held has a day
        long = minutes(event)
        at = library.stage(event)
        replay = wording.stage_name(event, at, tr) if at is not Stage.PAST else ""
        key: Key = "minutes" if long is not None else "days"
        return Held(
            meeting=Value(library.words(event.title), event.address),
            day=first.first.isoformat(),
            short_day=short_day(first, tr),
            kind=event.collection.singular,
            length=words.value(key, Tally(days(event) if long is None else long), tr),
            territories=", ".join(one.name for one in event.territories),
            replay=replay,
            example=event.record.example,
        )


PARTS = 60
"""Parts of a figure that have a line each; of the territories all, to which the map leads."""

COUNTED = 40
"""How much of what a figure counts stands below it."""

HIGH = 80
"""px of the drawing of the months, without its words."""


def _shown(figure: Figure) -> Sequence[Part]:
    return figure.parts if figure.key == "territories" else figure.parts[:PARTS]


def _anchor(subject: Subject) -> str:
    return f"pc-{subject}"


def _of_territory(id: str) -> str:
    return f"pc-in-{id}"


def _longest(found: Iterable[Figure | Part]) -> float:
    tallies = (tally for one in found for tally in (one.now, one.before) if tally)
    return max((tally.value or 0 for tally in tallies), default=0)


def _bar(one: Figure | Part, longest: float) -> Bar | None:
    if not longest:
        return None
    now, before = (
        round(100 * (tally.value or 0) / longest, 1) if tally else 0
        for tally in (one.now, one.before)
    )
    return Bar(now, before)
