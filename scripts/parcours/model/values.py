"""Dates, times and durations as people write them, made exact.

Every function takes the text of a source and raises `ValueRefused` with the code of a problem;
nothing here reads a clock or knows a time zone's rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from ..i18n import LANGUAGES, month_names

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that neither XML nor iCalendar can carry."""

BYTE_ORDER_MARK = "\ufeff"
"""Left in the middle of texts by joined files; readers of calendars drop it, or the file."""

YEARS = (1970, 2200)
"""The years accepted: outside them a typing error is likelier than a meeting."""

MAX_DAYS = 400
"""The longest event, in days."""


class ValueRefused(ValueError):
    """A text that is not the value it should be.

    Attributes:
        code: the code of a problem.
        params: what its message's braces stand for, other than ``field``.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a date and a time of day, local to its event."""

    day: date
    at: time | None = None

    def __str__(self) -> str:
        return f"{self.day} {self.at:%H:%M}" if self.at else str(self.day)

    @property
    def naive(self) -> datetime:
        """The local date and time, midnight when there is no time of day."""
        return datetime.combine(self.day, self.at or time())


@dataclass(frozen=True, slots=True)
class End:
    """The end of an event: a moment, or a time of day on the day it begins."""

    day: date | None
    at: time | None

    def __str__(self) -> str:
        parts = (str(self.day) if self.day else "", f"{self.at:%H:%M}" if self.at else "")
        return " ".join(part for part in parts if part)


_SPACES = re.compile(r"[\s\u00a0\u202f\u2007\u2009]+")
_ZERO_WIDTH = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff]")

_TIME = r"(?P<hour>\d{1,2}) ?(?::|h|H) ?(?P<minute>\d{2})?(?::(?P<second>\d{2}))?"
_ISO_DAY = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_SLASH_DAY = r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"
_WORD_DAY = (
    r"(?:[^\W\d]+\.? )?(?P<day>\d{1,2})(?:er|st|nd|rd|th)? (?P<name>[^\W\d]+)\.? (?P<year>\d{4})"
)
_DAYS = tuple(re.compile(pattern) for pattern in (_ISO_DAY, _SLASH_DAY, _WORD_DAY))
_JOINT = re.compile(r"(?:T|,? (?:à |a |at )?)")
_ONLY_TIME = re.compile(_TIME)
_OFFSET = re.compile(r"(?<=\d) ?(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)$")
_HOURS = re.compile(
    r"(?P<hours>\d{1,3}) ?(?:h|heures?|hours?) ?(?:(?P<minutes>\d{1,2}) ?(?:min|mn)?)?"
)
_MINUTES = re.compile(r"(?P<minutes>\d{1,4}) ?(?:min|mn|minutes?|m|′|')")
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>\d{2})")
_DAY_COUNT = re.compile(r"(?P<days>\d{1,3}) ?(?:j|jours?|d|days?)")
_ISO_DURATION = re.compile(r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?")
_TIMECODE = re.compile(
    r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})(?:[.,]\d+)?"
)


def tidy(text: str) -> str:
    """A machine value without the invisible characters that word processors leave."""
    return _SPACES.sub(" ", _ZERO_WIDTH.sub("", text)).strip()


@cache
def _months() -> dict[str, int]:
    return {name: n for language in LANGUAGES for name, n in month_names(language).items()}


def parse_moment(text: str) -> Moment:
    """Read ``2026-12-03 12:30``, ``3/12/2026 12h30`` or « 3 décembre 2026 à 12 h 30 »."""
    value = tidy(text)
    if _OFFSET.search(value):
        raise ValueRefused("utc-offset", value=text)
    for pattern in _DAYS:
        found = pattern.match(value)
        if found is None:
            continue
        day = _day(found, text)
        rest = value[found.end() :]
        if not rest:
            return Moment(day)
        joint = _JOINT.match(rest)
        if joint and joint.end():
            return Moment(day, _time(rest[joint.end() :], text, "bad-moment"))
    raise ValueRefused("bad-moment", value=text)


def parse_end(text: str) -> End:
    """Read the end of an event: a moment, or only a time of day."""
    if _ONLY_TIME.fullmatch(tidy(text)):
        return End(None, parse_time(text))
    moment = parse_moment(text)
    return End(moment.day, moment.at)


def parse_date(text: str) -> date:
    """Read a date without a time."""
    moment = parse_moment(text)
    if moment.at is not None:
        raise ValueRefused("bad-date", value=text)
    return moment.day


def parse_time(text: str) -> time:
    """Read ``12:30``, ``12h30`` or « 12 h »."""
    return _time(tidy(text), text, "bad-time")


def _day(found: re.Match[str], text: str) -> date:
    parts = found.groupdict()
    year = int(parts["year"])
    name = parts.get("name")
    month = _months().get(name.lower()) if name else int(parts["month"])
    if month is None:
        raise ValueRefused("bad-moment", value=text)
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError as error:
        raise ValueRefused("bad-date", value=text) from error
    if not YEARS[0] <= year <= YEARS[1]:
        raise ValueRefused("year-range", value=text, year=year)
    return day


def _time(value: str, text: str, code: str) -> time:
    found = _ONLY_TIME.fullmatch(value)
    if found is None:
        raise ValueRefused(code, value=text)
    if found["minute"] is None and ":" in value:
        raise ValueRefused(code, value=text)
    try:
        return time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError as error:
        raise ValueRefused("bad-time", value=text) from error


def parse_duration(text: str) -> timedelta:
    """Read ``1h``, « 1 h 30 », ``90 min``, ``1:30`` or ``PT1H30M``; longer than nothing."""
    value = tidy(text)
    for pattern in (_HOURS, _MINUTES, _CLOCK, _DAY_COUNT, _ISO_DURATION):
        found = pattern.fullmatch(value)
        if found is None:
            continue
        parts = {unit: int(number) for unit, number in found.groupdict().items() if number}
        length = timedelta(**parts)
        if timedelta() < length <= timedelta(days=MAX_DAYS):
            return length
    raise ValueRefused("bad-duration", value=text)


def parse_timecode(text: str) -> int:
    """Read a time in a recording, ``5:30`` or ``1:05:30``, in seconds."""
    found = _TIMECODE.fullmatch(tidy(text))
    if (
        found is None
        or int(found["seconds"]) > 59
        or (found["hours"] and int(found["minutes"]) > 59)
    ):
        raise ValueRefused("bad-timecode", value=text)
    return int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"])
