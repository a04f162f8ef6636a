"""Dates, times and durations as people write them, made exact.

Every function takes the text of a source and raises `ValueRefused` with the code of a problem;
nothing here reads a clock or knows a time zone's rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from ..i18n import LANGUAGES, month_names, weekday_names
from ..letters import normal
from ..problems import N_

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that neither XML nor iCalendar can carry."""

BYTE_ORDER_MARK = "\ufeff"
"""Left in the middle of texts by joined files; readers of calendars drop it, or the file."""

ORIGIN = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?")
"""Where a page may ask for something: a scheme and a whole host, never all hosts of a name."""

YEARS = (1970, 2200)
"""The years accepted: outside them a typing error is likelier than a meeting."""

MAX_DAYS = 400
"""The longest event, in days."""


WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


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


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How dates are read.

    Attributes:
        month_first: whether some who read ``3/12/2026`` take it for a day in March.
        checked: whether a date must be sure: of one reading only, and on the weekday it names.
    """

    month_first: bool = False
    checked: bool = True


DAY_FIRST = DateStyle()
PAST = DateStyle(month_first=True, checked=False)
"""Of what history holds: it is read as it was when nobody checked."""


_SPACES = re.compile(r"[\s\u00a0\u202f\u2007\u2009]+")
_ZERO_WIDTH = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff]")

_TIME = r"(?P<hour>\d{1,2}) ?(?::|h|H|\.(?=\d)) ?(?P<minute>\d{2})?(?::(?P<second>\d{2}))?"
_ISO_DAY = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_SLASH_DAY = r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4})"
_WORD_DAY = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)? (?P<name>[^\W\d]+)\.? (?P<year>\d{4})"
_WEEKDAY = r"(?:(?:le|on|the) )?(?:(?P<weekday>[^\W\d]+)\.?,? (?:(?:le|the) )?)?"
_DAYS = tuple(
    re.compile(_WEEKDAY + pattern, re.IGNORECASE) for pattern in (_ISO_DAY, _SLASH_DAY, _WORD_DAY)
)
_JOINT = re.compile(r"(?:T|,? (?:à |a |at )?)")
_ONLY_TIME = re.compile(_TIME)
_HALF_DAY = re.compile(
    r"(?P<hour>1[0-2]|0?[1-9])(?: ?[:.hH] ?(?P<minute>\d{2}))? ?(?P<half>[ap])\.?m\.?",
    re.IGNORECASE,
)
_NOON = frozenset({"midi", "noon"})
_OFFSET = re.compile(r"[:hH] ?\d{2} ?(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)$")
_TWO_HOURS = re.compile(r"(?<![:T\d])(?P<first>\d{1,2}:\d{2}) ?- ?(?P<last>\d{1,2}:\d{2})$")
_HOURS = re.compile(
    r"(?P<hours>\d{1,3}) ?(?:h|heures?|hours?) ?(?:(?P<minutes>[0-5]?\d) ?(?:min|mn)?)?"
)
_BARE_MINUTES = re.compile(r"(?P<minutes>\d{2,3})")
"""« 90 »: fewer could be hours as well."""
_MINUTES = re.compile(r"(?P<minutes>\d{1,4}) ?(?:min|mn|minutes?|m|′|')")
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)")
_DAY_COUNT = re.compile(r"(?P<days>\d{1,3}) ?(?:j|jours?|d|days?)")
_ISO_DURATION = re.compile(
    r"P(?:(?P<days>\d{1,3})D)?(?:T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?)?"
)
_DURATIONS = (_HOURS, _MINUTES, _BARE_MINUTES, _CLOCK, _DAY_COUNT, _ISO_DURATION)

_PLAYED = re.compile(
    r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})(?:[.,]\d{1,9})?"
)
_SPOKEN = re.compile(
    r"(?:(?P<hours>\d{1,2}) ?(?:h|heures?|hours?),? ?)?"
    r"(?:(?P<minutes>\d{1,4}) ?(?:min|mn|minutes?|m|′|'),? ?)?"
    r"(?:(?P<seconds>\d{1,6}) ?(?:secondes?|seconds?|sec|s|″|\"|''))?"
)
_ISO_LENGTH = re.compile(
    r"PT(?:(?P<hours>\d{1,2})H)?(?:(?P<minutes>\d{1,4})M)?"
    r"(?:(?P<seconds>\d{1,6})(?:\.\d{1,9})?S)?"
)
_LENGTHS = (_PLAYED, _HOURS, _SPOKEN, _ISO_LENGTH)


def tidy(text: str) -> str:
    """A machine value without the invisible characters that word processors leave."""
    return _SPACES.sub(" ", _ZERO_WIDTH.sub("", text)).strip()


def _folded(word: str) -> str:
    """A word without case, accents and the point of an abbreviation."""
    parts = normal("NFD", word.lower()).rstrip(".")
    return "".join(char for char in parts if not unicodedata.combining(char))


@cache
def _months() -> dict[str, int]:
    return {_folded(name): n for language in LANGUAGES for name, n in month_names(language).items()}


@cache
def weekday_number(word: str) -> int | None:
    """0 for Monday, of a name in any language, or its beginning: « jeu. », « Thurs »."""
    short = _folded(word)
    names = ((_folded(name), n) for language in LANGUAGES for name, n in weekday_names(language))
    found = {n for name, n in names if len(short) > 1 and name.startswith(short)}
    return found.pop() if len(found) == 1 else None


def month_number(word: str) -> int | None:
    """1 for January, of a name in any language, or its abbreviation: « janv. », « Jan »."""
    return _months().get(_folded(word))


def parse_moment(text: str, *, style: DateStyle = DAY_FIRST) -> Moment:
    """Read ``2026-12-03 12:30``, ``3/12/2026 12h30`` or « jeudi 3 décembre 2026 à 12 h 30 ».

    A weekday is a checksum: it must be that of the date.

    Its order must be sure: ``3/12/2026`` is not, where some read the month first.
    """
    value = normal("NFC", tidy(text))
    if _OFFSET.search(value) and not _has_two_hours(value):
        raise ValueRefused("utc-offset", value=text)
    for pattern in _DAYS:
        found = pattern.match(value)
        if found is None:
            continue
        day = _day(found, text, style)
        rest = value[found.end() :]
        if not rest:
            return Moment(day)
        joint = _JOINT.match(rest)
        if joint and joint.end():
            return Moment(day, _time(rest[joint.end() :], text, "bad-moment"))
    raise ValueRefused("bad-moment", value=text)


def _has_two_hours(value: str) -> bool:
    """Whether it ends with two hours of a day, « 14:00-15:00 », which are no offset."""
    found = _TWO_HOURS.search(value)
    return found is not None and "06:00" <= found["first"].zfill(5) < found["last"].zfill(5)


def parse_end(text: str, *, style: DateStyle = DAY_FIRST) -> End:
    """Read the end of an event: a moment, or only a time of day."""
    value = tidy(text)
    if _ONLY_TIME.fullmatch(value) or _HALF_DAY.fullmatch(value) or value.lower() in _NOON:
        return End(None, parse_time(text))
    moment = parse_moment(text, style=style)
    return End(moment.day, moment.at)


def parse_date(text: str, *, style: DateStyle = DAY_FIRST) -> date:
    """Read a date without a time."""
    try:
        moment = parse_moment(text, style=style)
    except ValueRefused as error:
        if error.code != "bad-time":
            raise
        raise ValueRefused("day-with-hour", value=text) from error
    if moment.at is not None:
        raise ValueRefused("day-with-hour", value=text)
    return moment.day


def parse_time(text: str) -> time:
    """Read ``12:30``, ``12h30``, « 12 h », ``12.30`` or ``2:00 pm``."""
    return _time(tidy(text), text, "bad-time")


def _day(found: re.Match[str], text: str, style: DateStyle) -> date:
    days = list(_readings(found, text, style))
    if not days:
        raise ValueRefused("bad-date", value=text)
    if not YEARS[0] <= days[0].year <= YEARS[1]:
        raise ValueRefused("year-range", value=text, year=days[0].year)
    said = weekday_number(found["weekday"]) if found["weekday"] else None
    if style.checked and found["weekday"] and said is None:
        raise ValueRefused("bad-moment", value=text)
    right = days if said is None else [day for day in days if day.weekday() == said]
    if style.checked and not right:
        actual = WEEKDAYS[days[0].weekday()]
        raise ValueRefused("weekday-unlike-date", value=text, date=days[0], weekday=actual)
    if style.checked and len(right) > 1:
        raise ValueRefused("ambiguous-date", value=text, one=right[0], other=right[1])
    return (right or days)[0]


def _readings(found: re.Match[str], text: str, style: DateStyle) -> Iterator[date]:
    """The dates that exist and that somebody may read there, each once."""
    parts = found.groupdict()
    pairs: list[tuple[int, int]] = []
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        pairs.append((second, first))
        if style.month_first and first != second:
            pairs.append((first, second))
    else:
        month = _months().get(_folded(parts["name"])) if "name" in parts else int(parts["month"])
        if month is None:
            raise ValueRefused("bad-moment", value=text)
        pairs.append((month, int(parts["day"])))
    for month, day in pairs:
        try:
            yield date(int(parts["year"]), month, day)
        except ValueError:
            continue  # no such day: not what was meant


def _time(value: str, text: str, code: str) -> time:
    half = _HALF_DAY.fullmatch(value)
    if value.lower() in _NOON:
        return time(12)
    if half is not None and int(half["minute"] or 0) < 60:
        noon = 12 if half["half"].lower() == "p" else 0
        return time(int(half["hour"]) % 12 + noon, int(half["minute"] or 0))
    found = _ONLY_TIME.fullmatch(value)
    if found is None:
        raise ValueRefused(code, value=text)
    if found["minute"] is None and ":" in value:
        raise ValueRefused(code, value=text)
    try:
        return time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError as error:
        raise ValueRefused("bad-time", value=text) from error


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """Whole months, the first and the last included, each counted from January of year 0."""

    first: int
    last: int

    def __str__(self) -> str:
        begin, end = (f"{n // 12:04d}-{n % 12 + 1:02d}" for n in (self.first, self.last))
        return begin if begin == end else f"{begin}..{end}"

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    @property
    def days(self) -> tuple[date, date]:
        """The first days of the first and of the last month."""
        first, last = (date(n // 12, n % 12 + 1, 1) for n in (self.first, self.last))
        return first, last


MAX_MONTHS = 36
"""The longest span of months."""

_MONTH = r"(\d{4})-(\d{1,2})"
_MONTHS = re.compile(rf"{_MONTH}(?: ?(?:\.{{2,3}}|…|/|–|à|to) ?{_MONTH})?")


def parse_months(text: str) -> Months:
    """Read ``2027-01``, or ``2027-01..2027-03`` with its last month included."""
    found = _MONTHS.fullmatch(tidy(text))
    if found is None:
        raise ValueRefused("bad-months", value=text, reason=N_("its form is wrong"))
    numbers = [int(part) for part in found.groups() if part]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if not all(1 <= month <= 12 and YEARS[0] <= year <= YEARS[1] for year, month in pairs):
        raise ValueRefused("bad-months", value=text, reason=N_("there is no such month"))
    first, last = (year * 12 + month - 1 for year, month in (pairs[0], pairs[-1]))
    if last < first:
        raise ValueRefused("bad-months", value=text, reason=N_("it ends before it begins"))
    if last - first >= MAX_MONTHS:
        raise ValueRefused("bad-months", value=text, reason=N_("it is too long"))
    return Months(first, last)


def parse_duration(text: str) -> timedelta:
    """Read ``1h``, « 1 h 30 », ``90 min``, ``90``, ``1:30`` (hours) or ``PT1H30M``.

    It is longer than nothing; a number without a unit is of minutes, from ten on.
    """
    value = tidy(text)
    for pattern in _DURATIONS:
        found = pattern.fullmatch(value)
        if found is None:
            continue
        parts = {unit: int(number) for unit, number in found.groupdict().items() if number}
        length = timedelta(**parts)
        if pattern is _BARE_MINUTES and length < timedelta(minutes=10):
            continue
        if timedelta() < length <= timedelta(days=MAX_DAYS):
            return length
    raise ValueRefused("bad-duration", value=text)


def parse_length(text: str) -> timedelta:
    """Read the length of a recording as players show it; longer than nothing.

    ``52:10`` and ``00:52:10`` are minutes and seconds, unlike the duration of an event.
    """
    seconds = _played(text)
    if not seconds:
        raise ValueRefused("bad-length", value=text)
    return timedelta(seconds=seconds)


def parse_timecode(text: str) -> int:
    """Read a time in a recording, ``5:30`` or ``1:05:30``, in seconds."""
    seconds = _played(text)
    if seconds is None:
        raise ValueRefused("bad-timecode", value=text)
    return seconds


def _played(text: str) -> int | None:
    """Seconds of ``52:10``, ``1:02:33``, « 1 h 02 min 33 s » or ``PT1H2M33S``; None for others.

    Only the largest unit may exceed what a clock shows: ``90:00``, « 3130 s ».
    """
    value = tidy(text)
    for pattern in _LENGTHS:
        found = pattern.fullmatch(value)
        if found is None or not any(found.groups()):
            continue
        parts = found.groupdict()
        units = [parts.get(unit) for unit in ("hours", "minutes", "seconds")]
        hours, minutes, seconds = (int(unit or 0) for unit in units)
        if (units[0] and minutes > 59) or (any(units[:2]) and seconds > 59):
            return None
        return hours * 3600 + minutes * 60 + seconds
    return None
