"""A value of RRULE (RFC 5545, section 3.3.10), read as what people say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from itertools import product
from typing import NoReturn

from .recurrence import Unit, Weekday
from .repeat_reader import MOST_STEPS
from .repeat_words import Said
from .repeats import ONCE_AT_LEAST, TOO_LARGE, On, Step, YearDay, agree, agree_on_hours
from .values import ValueRefused, tidy

_FREQUENCIES: Mapping[str, Unit] = {
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?")
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_KNOWN = frozenset(
    {
        *("FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST"),
        *("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND"),
    }
)


def parse_rrule(text: str) -> Said:
    """Read ``FREQ=MONTHLY;BYDAY=2TH``, with or without ``RRULE:`` before it.

    Raises:
        ValueRefused: some part of it is not read, or not as people say it.
    """
    return _Value(text).read()


class _Value:
    """The parts of a value, by name."""

    def __init__(self, text: str) -> None:
        self.text = text
        value = re.sub(r"^RRULE:", "", tidy(text).upper()).rstrip(";")
        self.parts: dict[str, str] = {}
        for one in value.split(";"):
            name, _, said = one.partition("=")
            if name not in _KNOWN or not said or name in self.parts:
                self.refuse(one)
            self.parts[name] = said

    def refuse(self, part: str) -> NoReturn:
        raise ValueRefused("bad-repeat", value=self.text, part=part)

    def refuse_part(self, name: str) -> NoReturn:
        self.refuse(f"{name}={self.parts[name]}")

    def read(self) -> Said:
        self._nothing_else()
        unit = _FREQUENCIES.get(self.parts.get("FREQ", ""))
        if unit is None:
            self.refuse_part("FREQ")
        interval = self.numbers("INTERVAL", 1, MOST_STEPS, most=1)
        step = Step(unit, interval[0] if interval else 1, self.parts["FREQ"])
        on = On(
            weekdays=self.weekdays(),
            days=self.numbers("BYMONTHDAY", -31, 31),
            months=self.numbers("BYMONTH", 1, 12),
            positions=self.numbers("BYSETPOS", -366, 366),
        )
        step, ons = _as_said(step, on)
        if on.positions and (on.days or any(nth for _, nth in on.weekdays) or not on.weekdays):
            self.refuse_part("BYSETPOS")
        if on.days and any(nth for _, nth in on.weekdays):
            self.refuse_part("BYDAY")
        if on.positions and unit == "year" and len(on.months) != 1:
            self.refuse_part("BYSETPOS")
        hours = self.hours()
        if re.fullmatch(r"\d{7,}", self.parts.get("COUNT", "")):
            raise ValueRefused("out-of-range", value=self.parts["COUNT"], reason=TOO_LARGE)
        count = self.numbers("COUNT", 0, 999_999, most=1)
        if count == (0,):
            raise ValueRefused("out-of-range", value=0, reason=ONCE_AT_LEAST)
        agree(step, ons)
        agree_on_hours(ons, hours)
        return Said(
            step=step,
            ons=ons,
            hours=hours,
            until=self.until(),
            count=count[0] if count else None,
        )

    def _nothing_else(self) -> None:
        # Weeks begin on Monday, as they do where nothing is said.
        if self.parts.get("WKST", "MO") != "MO":
            self.refuse_part("WKST")
        if self.parts.get("BYSECOND", "0") not in ("0", "00"):
            self.refuse_part("BYSECOND")
        if "BYMINUTE" in self.parts and "BYHOUR" not in self.parts:
            self.refuse_part("BYMINUTE")

    def numbers(self, name: str, least: int, most_: int, most: int = 400) -> tuple[int, ...]:
        found = []
        for one in self.parts.get(name, "").split(",") if name in self.parts else ():
            if not re.fullmatch(r"[+-]?\d{1,6}", one) or not least <= int(one) <= most_:
                self.refuse_part(name)
            if int(one) == 0 and least < 0:
                self.refuse_part(name)
            found.append(int(one))
        if len(found) > most:
            self.refuse_part(name)
        return tuple(found)

    def weekdays(self) -> tuple[Weekday, ...]:
        found = []
        for one in self.parts.get("BYDAY", "").split(",") if "BYDAY" in self.parts else ():
            day = _BY_DAY.fullmatch(one)
            if day is None or (day[1] and not 1 <= abs(int(day[1])) <= 5):
                self.refuse_part("BYDAY")
            found.append((_DAYS.index(day[2]), int(day[1] or 0)))
        return tuple(found)

    def hours(self) -> tuple[time, ...]:
        hours = self.numbers("BYHOUR", 0, 23)
        minutes = self.numbers("BYMINUTE", 0, 59) or ((0,) if hours else ())
        return tuple(time(hour, minute) for hour, minute in product(hours, minutes))

    def until(self) -> YearDay | None:
        if "UNTIL" not in self.parts:
            return None
        found = _UNTIL.fullmatch(self.parts["UNTIL"])
        if found is None:
            self.refuse_part("UNTIL")
        year, month, day = map(int, found.groups()[:3])
        try:
            last = date(year, month, day)
        except ValueError:
            self.refuse_part("UNTIL")
        if found[4]:
            # Which day that is in the time of the place, nothing here knows.
            one, other = (f"UNTIL={at:%Y%m%d}" for at in (last, last - timedelta(days=1)))
            raise ValueRefused("unsure-repeat", value=found[0], one=one, other=other)
        return YearDay(day=day, month=month, year=year, said=self.parts["UNTIL"])


def _as_said(step: Step, on: On) -> tuple[Step, tuple[On, ...]]:
    """The same, as people say it: each Thursday of each month is each week's."""
    said = ", ".join(f"{nth or ''}{_DAYS[day]}" for day, nth in on.weekdays)
    is_plain = bool(on.weekdays) and not on.is_counted
    if is_plain and step.interval == 1 and (step.unit == "month" or on.months):
        step = Step("week", 1, step.said)
    if step.unit == "year" and on.says_days:
        return step, (On(on.weekdays, on.days, on.months, on.positions, said),)
    days = On(on.weekdays, on.days, (), on.positions, said)
    limits = On(months=on.months, said=said)
    return step, tuple(one for one in (days, limits) if one.says_days or one.months)
