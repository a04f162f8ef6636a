"""A day of what may last several: its number, or its date, whose year may go without saying."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..problems import N_
from .repeat_words import parse_year_day
from .repeats import YearDay, weekday_held
from .values import DAY_FIRST, DateStyle, ValueRefused, parse_date, tidy

_NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOf:
    """A day of a meeting, or of a trip, as it is said: one of the two.

    Attributes:
        number: from 1.
    """

    number: int | None = None
    on: YearDay | None = None

    def __str__(self) -> str:
        return str(self.number if self.on is None else self.on)

    def counted(self, first: date | None, last: date | None) -> int | None:
        """Its number among the days from *first* to *last*; below 1, or beyond them, for one that
        is none of them, and None for a date where they are not known.

        Raises:
            ValueRefused: it is on another weekday, or could be several of those days.
        """
        if self.on is None:
            return self.number
        if first is None or last is None:
            return None
        return (_meant(self.on, first, last) - first).days + 1


def _meant(day: YearDay, first: date, last: date) -> date:
    """The one day so called, else the nearest."""
    years = (day.year,) if day.year else range(first.year - 1, last.year + 2)
    known = [found for year in years if (found := day.in_year(year))]
    within = [one for one in known if first <= one <= last]
    if len(within) > 1:
        raise ValueRefused("date-without-year", date=day, known=", ".join(map(str, within)))
    if not known:
        raise ValueRefused("bad-date", value=day.said)
    meant = within[0] if within else min(known, key=lambda one: abs(one - first))
    weekday_held(day, meant)
    return meant


def parse_day_of(text: str, *, style: DateStyle = DAY_FIRST) -> DayOf:
    """Read ``2``, ``2026-05-19``, « mardi 19 mai 2026 » or « 19 mai »."""
    value = tidy(text)
    number = value.replace(" ", "")
    if _NUMBER.fullmatch(number):
        return DayOf(number=int(number))
    try:
        day = parse_date(text, style=style)
    except ValueRefused as error:
        if error.code != "bad-moment":
            raise
        found = parse_year_day(text, style=style)
        if found is not None:
            return DayOf(on=found)
        reason = N_("the number of a day, from 1, or its date was expected")
        raise ValueRefused("bad-value", value=text, reason=reason) from error
    return DayOf(on=YearDay(day=day.day, month=day.month, year=day.year, said=value))
