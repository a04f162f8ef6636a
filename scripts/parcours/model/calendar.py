"""Months as calendars show them: weeks of seven days from Monday on, and what happens on each."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from .community import Event

_WEEKS = calendar.Calendar(calendar.MONDAY)


@dataclass(frozen=True)
class Day:
    """A day of a month, and the events of that day in their order."""

    date: date
    events: tuple[Event, ...] = ()


Week = tuple[Day | None, ...]
"""Seven days; None for those of the months beside."""


@dataclass(frozen=True)
class Month:
    """A month as a grid.

    Attributes:
        first: its first day.
        events: each once, by the day on which it is first seen in the month.
    """

    first: date
    weeks: tuple[Week, ...]
    events: tuple[Event, ...]


def days_of(event: Event) -> Iterator[date]:
    """Every day on which an event happens, local to it; a trip happens on each of its days."""
    for one in event.occurrences:
        for n in range((one.last - one.first).days + 1):
            yield one.first + timedelta(days=n)


def by_day(events: Iterable[Event]) -> list[Event]:
    """Events with a date by their first local days: by instants, two zones may mix their years."""
    return sorted(events, key=_FIRST_DAY)


_FIRST_DAY = attrgetter("first.first")


def day_of(event: Event) -> date | None:
    """The day by which an event is listed: its first one, else the last that it can be."""
    if event.first is not None:
        return event.first.first
    return event.around.last if event.around is not None else None


def rank(event: Event) -> tuple[date, bool]:
    """The day by which it is listed, and whether that is only the last of those that it can be."""
    first = event.first
    if first is not None:
        return first.first, False
    assert event.around is not None  # only what has a day is asked for it
    return event.around.last, True


def once_a_year(events: Iterable[Event]) -> list[Event]:
    """Events, of a series the first date of each year, and those that have pages of their own."""
    known: set[tuple[str, int]] = set()
    found: list[Event] = []
    for event in events:
        if event.date is None:
            found.append(event)
            continue
        key = (event.date.series, event.occurrences[0].first.year)
        if key not in known or event.has_page:
            known.add(key)
            found.append(event)
    return found


def yearly(event: Event, *, falls: bool = False) -> Sequence[Event]:
    """What lists show of an event that has a day: of a series, what `once_a_year` leaves.

    Args:
        falls: whether they show the latest first, and so the last date of each year.
    """
    if not event.dates:
        return (event,) if day_of(event) else ()
    dates = by_day(event.dates)
    return once_a_year(reversed(dates) if falls else dates)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def months_of(events: Sequence[Event]) -> tuple[Month, ...]:
    """The months in which something happens, in order."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        times = event.occurrences
        if len(times) == 1 and times[0].first == times[0].last:
            by_day[times[0].first].append(event)  # as nearly all are
            continue
        for day in days_of(event):
            by_day[day].append(event)
    firsts = sorted({first_of_month(day) for day in by_day})
    return tuple(_month(first, by_day) for first in firsts)


def changed_in(events: Iterable[Event]) -> tuple[Mapping[int, int], Mapping[date, int]]:
    """The last change, in Unix seconds, of what begins in each year, and of what happens in each
    month, by its first day; both in order.

    Args:
        events: in any order; a series is its dates.
    """
    years: dict[int, int] = {}
    months: dict[tuple[int, int], int] = {}
    for event in events:
        for one in event.dates or (event,):
            times, changed = one.occurrences, one.stamps.changed
            if not times:
                continue
            day = times[0].first
            years[day.year] = max(years.get(day.year, changed), changed)
            is_short = len(times) == 1 and times[0].last == day  # as nearly all are
            for month in {(on.year, on.month) for on in ((day,) if is_short else days_of(one))}:
                months[month] = max(months.get(month, changed), changed)
    return dict(sorted(years.items())), {
        date(year, month, 1): changed for (year, month), changed in sorted(months.items())
    }


def _month(first: date, by_day: Mapping[date, Sequence[Event]]) -> Month:
    weeks = tuple(
        tuple(
            Day(day, tuple(by_day.get(day, ()))) if day.month == first.month else None
            for day in week
        )
        for week in _WEEKS.monthdatescalendar(first.year, first.month)
    )
    found = (event for week in weeks for day in week if day for event in day.events)
    return Month(first, weeks, tuple({id(event): event for event in found}.values()))
