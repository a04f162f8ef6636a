"""The programme of a meeting as its page shows it: by days, and by rooms if there are several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..model.community import Event, Person
from ..model.languages import foreign_item, told_of_item
from ..model.programme import Item, by_day, items_of, tracks_of
from ..problems import N_
from ..wording import language_name, length, whose_time
from .facts import Value, named
from .lengths import timecode
from .library import Library
from .pictures import described, file_link
from .players import Player, host


@dataclass(frozen=True, kw_only=True)
class Talk:
    """An item of a programme.

    Attributes:
        starts: for ``datetime=``; "" where no hour is known.
        hours: its beginning, and its end where that is said.
        takes: how long it takes, where that alone is said.
        lang: the code of its language, where that is not the site's; *language*: its name.
        at: where it begins in the recording of the meeting, a time and where that is played.
        seconds: the same, for the player of the page.
    """

    anchor: str
    title: str
    starts: str
    hours: str
    takes: str
    track: str
    lang: str
    language: str
    speakers: tuple[Value, ...]
    video: str
    host: str
    slides: str
    note: str
    at: Value | None
    seconds: int
    is_break: bool


@dataclass(frozen=True)
class Cell:
    """What takes place in a room, or in all of them, from one hour on.

    Attributes:
        columns: how many rooms it takes; *rows*: through how many hours it goes on.
        still: what began above and goes on here, below what all rooms share.
    """

    talks: tuple[Talk, ...]
    columns: int = 1
    rows: int = 1
    still: tuple[Talk, ...] = ()


@dataclass(frozen=True)
class Row:
    """What begins at an hour; *hour* is "" for what has none."""

    hour: str
    starts: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of a programme.

    Attributes:
        title: "" where there is one day.
        tracks: the columns of a table; none where a list does.
        talks: the list; empty where there is a table.
    """

    title: str
    tracks: tuple[str, ...]
    rows: tuple[Row, ...]
    talks: tuple[Talk, ...]


def placed(event: Event, library: Library) -> tuple[Item, ...]:
    """The items of a meeting; ask `Library.once` for them."""
    return items_of(event)


def programme(event: Event, library: Library, played: Player | None) -> tuple[Day, ...]:
    """The programme of a meeting, day by day; empty for most.

    Args:
        played: the player of its recording.
    """
    items = library.once(placed, event)
    days = by_day(items)
    draw = _Drawing(event, library, played)
    return tuple(draw.day(number, its, len(days) > 1) for number, its in days)


def programme_zone(event: Event, library: Library) -> str:
    """Whose time the hours of a programme are in, where hours are told in several zones."""
    is_said = event.plan.has_hours and library.names_zones
    return whose_time(event.zone, library.tr) if is_said else ""


@dataclass(frozen=True)
class _Drawing:
    event: Event
    library: Library
    played: Player | None

    @property
    def _page(self) -> Event:
        """What has the page: the series of a date that has none of its own."""
        return self.event if self.event.has_page else replace(self.event, date=None)

    def day(self, number: int, items: Sequence[Item], several: bool) -> Day:
        tracks = tracks_of(items)
        is_table = len(tracks) > 1
        return Day(
            title=self._title(number, items) if several else "",
            tracks=tracks if is_table else (),
            rows=tuple(self._rows(items, tracks)) if is_table else (),
            talks=() if is_table else tuple(map(self._talk, items)),
        )

    def _title(self, number: int, items: Sequence[Item]) -> str:
        tr, first = self.library.tr, self.event.first
        of_day = tr.format(N_("Day {n}"), n=number)
        day = items[0].day
        return tr.day(day, year=False) if day and first else of_day

    def _talk(self, item: Item) -> Talk:
        event, library, record = self.event, self.library, item.record
        tr = library.tr
        hours = tr.time(item.begins) if item.begins else ""
        if item.begins is None and record.at is not None:
            hours = tr.time(record.at)
        if hours and item.ends is not None:
            hours += f"\u00a0–\u00a0{tr.time(item.ends)}"
        own = told_of_item(record.language, event, library.settings)
        return Talk(
            anchor=item.anchor,
            title=item.title,
            starts=item.begins.isoformat() if item.begins else "",
            hours=hours,
            takes=length(record.duration) if record.duration and item.ends is None else "",
            track=item.track or "",
            lang=foreign_item(record.language, event, library.settings),
            language=language_name(own, tr) if own else "",
            speakers=tuple(speaker(one, library) for one in item.speakers),
            video=record.video or "",
            host=host(record.video) if record.video else "",
            slides=file_link(self._page, record.slides) if record.slides else "",
            note=described(event, record.slides, library) if record.slides else "",
            at=self._at(record.chapter),
            seconds=record.chapter or 0,
            is_break=item.is_break,
        )

    def _at(self, seconds: int | None) -> Value | None:
        if seconds is None or self.played is None:
            return None
        return Value(timecode(seconds), url=self.played.at(seconds))

    def _rows(self, items: Sequence[Item], tracks: Sequence[str]) -> Iterator[Row]:
        """A row for each hour; what takes place in no room of its own has a row of its own."""
        lines = list(_lines(items))
        covered = [0] * len(tracks)
        last: list[list[Item]] = [[] for _ in tracks]
        for number, (at, its, shared) in enumerate(lines):
            hour = self.library.tr.time(at) if at else ""
            starts = at.isoformat() if at else ""
            if shared:
                cell = Cell(tuple(map(self._talk, its)), columns=len(tracks))
                yield Row(hour, starts, (cell,))
                continue
            cells = []
            for column, track in enumerate(tracks):
                here = [one for one in its if one.track == track]
                if covered[column] and not here:
                    covered[column] -= 1
                    continue
                still = [] if here else [one for one in last[column] if _goes_on(one, at)]
                last[column] = here or still
                rows = _rows_of(last[column], lines[number + 1 :], track)
                covered[column] = rows - 1
                talks, above = (tuple(map(self._talk, its)) for its in (here, still))
                cells.append(Cell(talks, rows=rows, still=above))
            yield Row(hour, starts, tuple(cells))


_Line = tuple[datetime | None, list[Item], bool]


def _lines(items: Sequence[Item]) -> Iterator[_Line]:
    """What begins at once, for all or in rooms of its own; what has no hour goes with the last.

    What is for all, and has none, stands below what is in rooms then.
    """
    at: datetime | None = None
    apart: list[Item] = []
    shared: list[Item] = []
    below: list[Item] = []
    for one in items:
        if one.begins is not None and one.begins != at:
            yield from _both(at, shared, apart, below)
            at, apart, shared, below = one.begins, [], [], []
        if one.track:
            apart.append(one)
        else:
            (below if apart and one.begins is None else shared).append(one)
    yield from _both(at, shared, apart, below)


def _both(
    at: datetime | None, shared: list[Item], apart: list[Item], below: list[Item]
) -> Iterator[_Line]:
    for its, is_shared in ((shared, True), (apart, False), (below, True)):
        if its:
            # The hour of another line is none of theirs.
            yield at if any(one.begins for one in its) else None, its, is_shared


def _goes_on(item: Item, at: datetime | None) -> bool:
    """Whether an item that began before an hour is not over by then."""
    return item.ends is not None and at is not None and at < item.ends


def _rows_of(here: Sequence[Item], following: Sequence[_Line], track: str) -> int:
    """Through how many rows something goes on: until it ends, or something else is there."""
    ends = max((one.ends for one in here if one.ends), default=None)
    rows = 1
    for at, its, shared in following:
        taken = any(one.track == track for one in its)
        if ends is None or at is None or at >= ends or shared or taken:
            break
        rows += 1
    return rows


def speaker(one: Person, library: Library) -> Value:
    """Somebody who speaks, and where the page of that person is."""
    return named(one, library.settings.addresses, one.line)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """An item at which somebody speaks, on the page of that person.

    Attributes:
        meeting: of which it is a part, and its page.
        when: the days of the meeting; "" without a date.
    """

    address: str
    title: str
    lang: str
    meeting: Value
    when: str
    example: bool


def spoken_by(person: Person, events: Sequence[Event], library: Library) -> Iterator[Spoken]:
    """The items at which somebody speaks, in the order of their meetings."""
    for event in events:
        for one in (event, *event.own_pages):
            if one is not event and one.record.programme is event.record.programme:
                continue
            page = one.address.partition("#")[0]
            for item in library.once(placed, one):
                if person in item.speakers:
                    yield _spoken(item, one, page, library)


def _spoken(item: Item, event: Event, page: str, library: Library) -> Spoken:
    return Spoken(
        address=f"{page}#{item.anchor}",
        title=item.title,
        lang=foreign_item(item.record.language, event, library.settings),
        meeting=Value(event.title, page),
        when=library.tr.day(item.day, weekday=False) if item.day else "",
        example=event.record.example,
    )
