"""Rules by which something happens again and again (RFC 5545, section 3.3.10), in local time.

What a rule hits is found by dateutil; nothing here knows a time zone or reads a clock.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, product, takewhile
from math import lcm
from typing import Literal

from .values import YEARS, Moment

Unit = Literal["day", "week", "month", "year"]
Weekday = tuple[int, int]
"""A day of the week, 0 for Monday, and which one of its month: 1 for the first, -1 for the last, 0
for each."""

Share = tuple[int | None, time | None]
"""The dates of a rule in one month of the year, at one hour; None for all of them."""

ROUND = timedelta(days=366 * 40)
"""After so long, each month has had each of its days on each day of the week."""

MOST_DATES = 2000
"""Dates of one series: more of them are a slip, or belong to several."""

_FREQUENCIES: dict[Unit, str] = {
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How often something happens, from a beginning on that the rule itself hits.

    Attributes:
        every: the unit of time.
        interval: how many of them lie between.
        weekdays: days of the week (BYDAY).
        days: days of the month, from its end where they are negative (BYMONTHDAY).
        months: months of the year, from 1 (BYMONTH).
        positions: which of all that the rest hits in a unit, from 1, or from its end (BYSETPOS).
        hours: local times of day, where there are several (BYHOUR and BYMINUTE).
        until: the last local day, inclusive; None for no end, or where *count* is.
        count: how many times.
    """

    every: Unit
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    hours: tuple[time, ...] = ()
    until: date | None = None
    count: int | None = None

    @property
    def is_endless(self) -> bool:
        return self.until is None and self.count is None

    def anchored(self, start: Moment) -> Rule:
        """The same with the days that its first date gives: each week is each Thursday.

        Readers that take a leap day for the first of March are told so.
        """
        day = start.day
        if self.weekdays or self.days or self.every == "day":
            return self
        if self.every == "week":
            return replace(self, weekdays=((day.weekday(), 0),))
        if self.every == "month":
            return replace(self, days=(day.day,))
        return replace(self, days=(day.day,), months=self.months or (day.month,))

    def after(self, n: int) -> Rule:
        """The same once its first *n* dates are over: what it is counted by counts them."""
        return self if self.count is None else replace(self, count=self.count - n)

    def hits(self, start: Moment) -> Iterator[Moment]:
        """The local moments of the rule, from *start* on, in order; it may hit none.

        Args:
            start: a day and an hour, or a day alone: then so is each.
        """
        from dateutil import rrule  # which commands that draw no date do not wait for

        last = self.until or date(YEARS[1], 12, 31)
        times = self.hours or ((start.at,) if start.at else (time(),))
        first = (start.day, start.at or time())
        # Several hours are no product of hours and minutes: each day is found once.
        days = rrule.rrule(
            getattr(rrule, _FREQUENCIES[self.every]),
            dtstart=datetime.combine(start.day, time()),
            interval=self.interval,
            byweekday=[rrule.weekday(day, nth or None) for day, nth in self.weekdays] or None,
            bymonthday=self.days or None,
            bymonth=self.months or None,
            bysetpos=self.positions or None,
            until=datetime.combine(last, time()),
        )
        held = (
            Moment(day, at if start.at else None)
            for day in map(datetime.date, days)
            for at in sorted(times)
            if (day, at) >= first
        )
        yield from held if self.count is None else islice(held, self.count)

    @property
    def shares(self) -> list[Share]:
        """The parts in which readers find its dates, where some lose or invent any of the whole.

        ical.js, which Thunderbird has, holds several hours of a day, an interval of
        months among some, or days that not each month has, against no month of the year.
        """
        counts = self.every in ("month", "year")
        hours: list[time | None] = [*self.hours] if counts and len(self.hours) > 1 else [None]
        unsure = (
            (self.every == "month" and self.interval > 1)
            or (self.positions and (self.every == "month" or len(self.months) == 1))
            or (not self.positions and any(not 1 <= day <= 28 for day in self.days))
        )
        months: list[int | None] = [*self.months] if counts and self.months and unsure else [None]
        return list(product(months, hours))

    def share(self, moment: Moment) -> Share:
        """That of a date of its own."""
        (month, at), *_ = self.shares
        return (None if month is None else moment.day.month, None if at is None else moment.at)

    def shared(
        self, start: Moment, last: Moment | None, left: Container[Moment] = ()
    ) -> Iterator[tuple[Rule, Moment]]:
        """Rules that together give the same dates, each with the first date of its own.

        Args:
            last: its last date; None for a rule without an end.
            left: dates that are none of the first.
        """
        wanted = set(self.shares)
        end = last.naive if last else start.naive + ROUND * self.interval
        for one in takewhile(lambda one: one.naive <= end, self.hits(start)):
            if not wanted:
                return
            share = self.share(one)
            if one not in left and share in wanted:
                wanted.remove(share)
                yield self._alone(share), one

    def _alone(self, share: Share) -> Rule:
        """What gives the dates of a share from the first of them on."""
        month, at = share
        rule = self if at is None else replace(self, hours=())
        if month is None:
            return rule
        step = lcm(self.interval * (12 if self.every == "year" else 1), 12)
        return replace(rule, every="month", interval=step, months=())

    def until_day(self, start: Moment, last: date) -> list[Moment]:
        """The same up to a day, inclusive; one more than may be where there are too many."""
        return list(_until_day(self, start, last))

    def value(self, until: str = "") -> str:
        """The value of RRULE.

        Args:
            until: the end, as a date or an instant in UTC; "" for none, or for that of *count*.
        """
        # Some readers (ical.js) do not see that a rule of each month is for some months only.
        days = bool(self.days or self.weekdays) and not self.positions
        of_months = self.every == "month" and self.interval == 1 and self.months and days
        parts = [f"FREQ={_FREQUENCIES['year' if of_months else self.every]}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if until:
            parts.append(f"UNTIL={until}")
        for name, values in (
            ("BYMONTH", self.months),
            ("BYMONTHDAY", self.days),
            ("BYDAY", tuple(f"{nth or ''}{DAYS[day]}" for day, nth in self.weekdays)),
            ("BYHOUR", tuple(dict.fromkeys(at.hour for at in self.hours))),
            ("BYMINUTE", tuple(dict.fromkeys(at.minute for at in self.hours))),
            ("BYSETPOS", self.positions),
        ):
            if values:
                parts.append(f"{name}={','.join(map(str, values))}")
        return ";".join(parts)


@lru_cache(maxsize=1000)
def _until_day(rule: Rule, start: Moment, last: date) -> tuple[Moment, ...]:
    """Many series have one rhythm, and one has it at each commit of its file."""
    held = takewhile(lambda one: one.day <= last, rule.hits(start))
    return tuple(islice(held, MOST_DATES + 1))


def year_after(day: date) -> date:
    """The day up to which what has no end is drawn."""
    return day + timedelta(days=366)
