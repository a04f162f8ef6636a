"""How often something is held, as values: what people write is read in `repeat_words`.

A rule that cannot be one, or that can be read in two ways, is refused (`ValueRefused`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import product
from typing import TypeVar

from ..problems import N_
from .recurrence import Rule, Unit, Weekday
from .values import WEEKDAYS, Moment, ValueRefused

WORKING_DAYS = (0, 1, 2, 3, 4)
"""Monday to Friday."""


@dataclass(frozen=True, slots=True)
class Step:
    """The time from one date to the next."""

    unit: Unit
    interval: int = 1
    said: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class On:
    """Which days: those on which all that is said here holds.

    Attributes:
        weekdays: days of the week, each with which one of its month.
        days: of the month, from its end where negative.
        months: of the year; alone, the only ones in which anything is held.
        positions: which of the *weekdays* of a month, from its end where negative.
        said: in the words in which it stands.
    """

    weekdays: tuple[Weekday, ...] = ()
    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    said: str = field(default="", compare=False)

    @property
    def says_days(self) -> bool:
        return bool(self.weekdays or self.days)

    @property
    def is_counted(self) -> bool:
        """Whether it says which one of a month."""
        return bool(self.days or self.positions or any(nth for _, nth in self.weekdays))

    @property
    def is_of_two_sorts(self) -> bool:
        """Whether some of its weekdays are those of each week, and others one of a month."""
        return len({nth == 0 for _, nth in self.weekdays}) > 1

    @property
    def sort(self) -> str:
        """What cannot stand with another sort in one rule."""
        if self.positions:
            return f"positions {self.weekdays}"
        if self.weekdays and self.days:
            return f"both {self.weekdays} {self.days}"
        if self.days:
            return "days"
        return "counted" if self.is_counted else "plain"

    @property
    def pairs(self) -> set[tuple[object, int]]:
        """Each of its days with each of its months, 0 for all of them."""
        days: tuple[object, ...] = self.positions or (*self.weekdays, *self.days)
        return set(product(days, self.months or (0,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDay:
    """A day that is one of a series, whose year may go without saying.

    Attributes:
        day: of the month; -1 for its last.
        month: None where it is near that of the day beside it.
        weekday: 0 for Monday, which is checked; None where none is said.
        at: the hour, where it is another.
        said: in the words in which it stands.
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    at: time | None = None
    said: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.said

    def in_year(self, year: int, month: int | None = None) -> date | None:
        """The day in a year; None where there is none."""
        month = self.month or month or 1
        try:
            if self.day < 0:
                return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            return date(year, month, self.day)
        except ValueError:
            return None


_WORDS = {
    "fr": re.compile(
        r"di\b|dis\b|dimanche|jour|mois\b|semaine|annuel|trimestr|semestr|hebdo|mensuel|quinzaine"
        r"|quotidien|\b(?:chaque|tous|toutes|ans?\b|année|dernier|premier)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"day|week|month|year|annual|quarter|daily|fortnight|\b(?:every|each|first|third|last)\b",
        re.IGNORECASE,
    ),
}
"""What tells in which language it is said how often."""


def language_of(said: str) -> str | None:
    """The language of words that say how often, or on which days; None for those of none."""
    found = [language for language, words in _WORDS.items() if words.search(said)]
    return found[0] if len(found) == 1 else None


ONCE_AT_LEAST = N_("it is held once at least")
TOO_LARGE = N_("no number that large is meant")
NO_PRODUCT = N_("its hours do not all have the same minutes")
APART = N_("its days are of two sorts")
EACH_ITS_MONTH = N_("its days are not the same in each of its months")
COUNTED_HOURS = N_("which of the days is counted, and there are several hours")


def agree(step: Step, ons: Sequence[On]) -> None:
    """Refuse days that no rule of that step has, or that could be meant in two ways."""
    specific = [one for one in ons if one.says_days]
    limits = {month for one in ons if not one.says_days for month in one.months}
    said = ", ".join(one.said for one in specific)
    sorts = {one.sort for one in specific}
    if len(sorts) > 1 or any(one.is_of_two_sorts for one in specific):
        raise ValueRefused("repeat-mixed", value=said, reason=APART)
    for one in specific:
        _agree(step, one, bool(one.months or limits))
    pairs = {pair for one in specific for pair in one.pairs}
    whole = product({day for day, _ in pairs}, {month for _, month in pairs})
    if pairs != set(whole) or (limits and any(one.months for one in specific)):
        raise ValueRefused("repeat-mixed", value=said, reason=EACH_ITS_MONTH)


def _agree(step: Step, one: On, of_months: bool) -> None:
    every = {"value": one.said, "every": step.said or step.unit}
    is_french = language_of(one.said) == "fr"
    of_november = "de novembre" if is_french else "of november"
    which = "2e jeudi" if is_french else "second thursday"
    if step.unit in ("day", "week") and one.is_counted:
        raise ValueRefused("repeat-against", better="every: month", **every)
    if step.unit in ("day", "week", "month") and one.months:
        raise ValueRefused("repeat-against", better="every: year", **every)
    if step.unit == "month" and not one.is_counted:
        other = f"on: {which}"
        raise ValueRefused("unsure-repeat", value=one.said, one="every: week", other=other)
    if step.unit == "year" and not one.is_counted:
        raise ValueRefused("repeat-against", better="every: week", **every)
    if step.unit == "year" and not of_months:
        other = f"on: {one.said} {of_november}"
        raise ValueRefused("unsure-repeat", value=one.said, one="every: month", other=other)


def agree_on_hours(ons: Sequence[On], hours: Sequence[time]) -> None:
    """Refuse hours that one rule cannot give (BYHOUR and BYMINUTE give each with each)."""
    said = ", ".join(f"{at:%H:%M}" for at in hours)
    whole = product({at.hour for at in hours}, {at.minute for at in hours})
    if {(at.hour, at.minute) for at in hours} != set(whole):
        raise ValueRefused("repeat-mixed", value=said, reason=NO_PRODUCT)
    if len(hours) > 1 and any(one.positions for one in ons):
        raise ValueRefused("repeat-mixed", value=said, reason=COUNTED_HOURS)


def rule_of(
    step: Step,
    ons: Sequence[On],
    hours: Sequence[time] = (),
    until: date | None = None,
    count: int | None = None,
) -> Rule:
    """What is said, as a rule; one hour alone is that of the first date."""
    is_plain = any(on.weekdays for on in ons)
    # Each day that is a Thursday is each week's Thursday.
    weekly = step.unit == "day" and step.interval == 1 and is_plain
    return Rule(
        every="week" if weekly else step.unit,
        interval=step.interval,
        weekdays=_in_order((one for on in ons for one in on.weekdays), lambda one: one[1]),
        days=_in_order((one for on in ons for one in on.days), lambda one: one),
        months=tuple(sorted({one for on in ons for one in on.months})),
        positions=_in_order((one for on in ons for one in on.positions), lambda one: one),
        hours=tuple(sorted(set(hours))) if len(set(hours)) > 1 else (),
        until=until,
        count=count,
    )


T = TypeVar("T", int, Weekday)


def _in_order(found: Iterable[T], count: Callable[[T], int]) -> tuple[T, ...]:
    """Each once, what is counted from the end after all that is counted from the beginning."""
    return tuple(sorted(set(found), key=lambda one: (count(one) < 0, count(one), one)))


FIRST_YEAR = timedelta(days=365)
"""In which a day without its year is looked for, of what has no end: as time goes by, it means the
same."""


def meant_by(day: YearDay, hits: Iterable[Moment], *, is_endless: bool = False) -> list[Moment]:
    """The dates of a series on the one day that is meant, in order.

    Without a year, it is the only one so called; of a series without an end, in its first year.

    Args:
        hits: the dates, in order.

    Raises:
        ValueRefused: it is none of the series, or several could be meant.
    """
    known = list(hits)
    year_on = known[0].day + FIRST_YEAR if known else date.max
    near = [one for one in known if not is_endless or day.year or one.day < year_on]
    found = [one for one in near if day.in_year(day.year or one.day.year) == one.day]
    days = sorted({one.day for one in found})
    if len(days) > 1:
        raise ValueRefused("date-without-year", date=day, known=", ".join(map(str, days)))
    if not days:
        later = next((one.day for one in known if day.in_year(one.day.year) == one.day), None)
        raise ValueRefused("date-off-series", date=day, better=later or _nearest(day, near))
    weekday_held(day, days[0])
    return found


def _nearest(day: YearDay, hits: Sequence[Moment]) -> date | str:
    def distance(one: Moment) -> tuple[int, date]:
        near = [day.in_year(day.year or one.day.year + more) for more in (-1, 0, 1)]
        return min(abs((one.day - it).days) for it in near if it) if any(near) else 0, one.day

    return min((one for one in hits), key=distance).day if hits else ""


def weekday_held(day: YearDay, found: date) -> None:
    """Refuse a weekday that is not that of the day."""
    if day.weekday not in (None, found.weekday()):
        actual = WEEKDAYS[found.weekday()]
        raise ValueRefused("weekday-unlike-date", value=day.said, date=found, weekday=actual)


def moved_to(hit: Moment, day: YearDay) -> Moment:
    """When a date takes place that is moved: the day so called that is nearest to it.

    Raises:
        ValueRefused: there is no such day, or several are near.
    """
    if day.month is None:
        near = _in_months_near(hit.day, day)
    else:
        years = (day.year,) if day.year else (hit.day.year - 1, hit.day.year, hit.day.year + 1)
        found = [one for year in years if (one := day.in_year(year))]
        near = min(found, key=lambda one: abs((one - hit.day).days), default=None)
    if near is None:
        raise ValueRefused("bad-date", value=day.said)
    weekday_held(day, near)
    return Moment(near, day.at or hit.at)


A_WEEK = 7


def _in_months_near(hit: date, day: YearDay) -> date | None:
    """The day of its own month, or of one of those beside it where that is nearer by a week."""
    turns = [divmod(12 * hit.year + hit.month - 1 + more, 12) for more in (-1, 0, 1)]
    found = [one for year, month in turns if (one := day.in_year(year, month + 1))]
    found.sort(key=lambda one: abs((one - hit).days))
    own = next((one for one in found if one.month == hit.month), None)
    other = next((one for one in found if one != own), None)
    if own is None or other is None:
        return own
    nearer = abs((own - hit).days) - abs((other - hit).days)
    if own < hit and abs(nearer) < A_WEEK:
        known = ", ".join(map(str, sorted((own, other))))
        raise ValueRefused("date-without-year", date=day, known=known)
    return other if nearer >= A_WEEK else own


def last_day(day: YearDay, start: date | None) -> date:
    """The day up to which something is held: the first one so called that is not before *start*.

    Raises:
        ValueRefused: its year goes without saying, and there is no beginning.
    """
    if day.year is None and start is None:
        raise ValueRefused("bad-date", value=day.said)
    year = day.year or (start.year if start else 0)
    found = (day.in_year(one) for one in ((year,) if day.year else range(year, year + 9)))
    right = (one for one in found if one and (day.year or start is None or one >= start))
    last = next(right, None)
    if last is None:
        raise ValueRefused("bad-date", value=day.said)
    weekday_held(day, last)
    return last
