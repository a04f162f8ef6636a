"""VTIMEZONE components (RFC 5545, section 3.6.5) from the locked time zone database.

Each is drawn from the rule at the end of the zone's TZif file (RFC 8536, section 3.3), since the
first year from which that rule holds. Years before it, where events need them, are written out,
one component a change. The bytes depend on the zone and on nothing newer than that rule.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from ..model.zones import zone
from ..packaged import ZONES

HORIZON = 2037
"""The last year of explicit changes in most TZif files; after it only the rule speaks."""

OLDEST = 1970
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_NAME = r"(?:<[^>]+>|[A-Za-z]{3,})"
_OFFSET = r"[+-]?\d{1,3}(?::\d{2}){0,2}"
_FOOTER = re.compile(
    rf"(?P<std>{_NAME})(?P<std_offset>{_OFFSET})"
    rf"(?:(?P<dst>{_NAME})(?P<dst_offset>{_OFFSET})?,(?P<start>[^,]+),(?P<end>[^,]+))?"
)
_ONSET = re.compile(rf"M(?P<month>\d+)\.(?P<week>\d)\.(?P<weekday>\d)(?:/(?P<time>{_OFFSET}))?")


@dataclass(frozen=True)
class _Onset:
    """A yearly change: the n-th weekday of a month (5 for the last), at a local time."""

    month: int
    week: int
    weekday: int
    time: timedelta

    def local(self, year: int) -> datetime:
        """The local time of the change, as clocks show it before they change."""
        if self.week == 5:
            following = date(year + self.month // 12, self.month % 12 + 1, 1)
            last = following - timedelta(days=1)
            day = last - timedelta(days=(last.isoweekday() % 7 - self.weekday) % 7)
        else:
            first = date(year, self.month, 1)
            ahead = (self.weekday - first.isoweekday() % 7) % 7
            day = first + timedelta(days=ahead + 7 * (self.week - 1))
        return datetime(day.year, day.month, day.day) + self.time

    @property
    def rrule(self) -> str | None:
        """Its RRULE; None when no rule can say it.

        An hour below 0 or from 24 on carries the change over to another day of the week.
        """
        shift = self.time // timedelta(days=1)
        weekday = _WEEKDAYS[(self.weekday + shift) % 7]
        if not shift:
            number = "-1" if self.week == 5 else str(self.week)
            return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={number}{weekday}"
        # Days are counted from the front: a common library passes over negative ones.
        length = monthrange(2001, self.month)[1]
        first = (length - 6 if self.week == 5 else 7 * (self.week - 1) + 1) + shift
        month_days = range(first, first + 7)
        leaps = self.month == 2 and self.week == 5
        if leaps or first < 1 or first + 6 > length:
            return None
        days = ",".join(map(str, month_days))
        return f"FREQ=YEARLY;BYMONTH={self.month};BYMONTHDAY={days};BYDAY={weekday}"


@dataclass(frozen=True, kw_only=True)
class _Change:
    """An observance: its onset in the local time before it, and the offsets around it."""

    onset: datetime
    before: timedelta
    after: timedelta
    daylight: bool
    name: str
    rrule: str | None = None

    def lines(self) -> list[str]:
        kind = "DAYLIGHT" if self.daylight else "STANDARD"
        lines = [
            f"BEGIN:{kind}",
            f"DTSTART:{self.onset:%Y%m%dT%H%M%S}",
            f"TZOFFSETFROM:{_offset(self.before)}",
            f"TZOFFSETTO:{_offset(self.after)}",
            f"TZNAME:{self.name}",
        ]
        if self.rrule:
            lines.insert(2, f"RRULE:{self.rrule}")
        return [*lines, f"END:{kind}"]


def vtimezone(name: str, first_year: int, last_year: int = HORIZON) -> tuple[str, ...]:
    """The unfolded lines of the VTIMEZONE of a zone, right from *first_year* to *last_year*.

    It is right for ever where a rule can say the zone's changes.
    """
    since, yearly = _yearly(name)
    changes = list(yearly)
    if first_year <= since or not yearly:
        until = since if yearly else max(last_year, HORIZON) + 1
        changes = [*_written_out(name, max(first_year - 1, OLDEST), until), *yearly]
    body = [line for change in changes for line in change.lines()]
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", *body, "END:VTIMEZONE")


@cache
def _yearly(name: str) -> tuple[int, tuple[_Change, ...]]:
    """The rule that holds today, as components, and the year from which it holds.

    Without components where RRULE cannot say the rule, or a table that goes further differs from
    it (the hours of Ramadan): every change has to be written out.
    """
    found = _FOOTER.fullmatch(_footer(name))
    if found is None:
        return OLDEST, ()
    std = -_duration(found["std_offset"])
    if found["dst"] is None:
        since = _holds_since(name, ())
        if since > HORIZON:
            return OLDEST, ()
        onset = datetime(since, 1, 1)
        return since, (
            _Change(onset=onset, before=std, after=std, daylight=False, name=_plain(found["std"])),
        )
    dst = -_duration(found["dst_offset"]) if found["dst_offset"] else std + timedelta(hours=1)
    start, end = _onset(found["start"]), _onset(found["end"])
    if start is None or end is None or not (start.rrule and end.rrule):
        return OLDEST, ()
    since = _holds_since(name, ((start, std), (end, dst)))
    if since > HORIZON:
        return OLDEST, ()
    changes = (
        _Change(
            onset=start.local(since),
            before=std,
            after=dst,
            daylight=True,
            name=_plain(found["dst"]),
            rrule=start.rrule,
        ),
        _Change(
            onset=end.local(since),
            before=dst,
            after=std,
            daylight=False,
            name=_plain(found["std"]),
            rrule=end.rrule,
        ),
    )
    return since, tuple(sorted(changes, key=lambda change: change.onset))


def _footer(name: str) -> str:
    data = ZONES.joinpath("zoneinfo", *name.split("/")).read_bytes()
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _duration(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = ([int(part) for part in text.lstrip("+-").split(":")] + [0, 0])[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _onset(text: str) -> _Onset | None:
    found = _ONSET.fullmatch(text)
    if found is None:
        return None
    time = _duration(found["time"]) if found["time"] else timedelta(hours=2)
    return _Onset(int(found["month"]), int(found["week"]), int(found["weekday"]), time)


def _plain(name: str) -> str:
    return name.strip("<>")


def _holds_since(name: str, rule: tuple[tuple[_Onset, timedelta], ...]) -> int:
    """The first year from which, until the horizon, the zone changes by the rule alone."""
    year = HORIZON
    while year >= OLDEST:
        expected = sorted(
            (onset.local(year) - offset).replace(tzinfo=UTC) for onset, offset in rule
        )
        if [change[0] for change in _changes(name, year)] != expected:
            break
        year -= 1
    return max(year + 1, OLDEST)


@cache
def _changes(name: str, year: int) -> tuple[tuple[datetime, timedelta, timedelta], ...]:
    """The changes of offset of a year: instant in UTC, offset before, offset after."""
    found = []
    step = timedelta(days=1)
    left = datetime(year, 1, 1, tzinfo=UTC)
    stop = datetime(year + 1, 1, 1, tzinfo=UTC)
    before = _at(name, left)
    while left < stop:
        right = min(left + step, stop)
        after = _at(name, right)
        if before != after:
            low, high = left, right
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (middle, high) if _at(name, middle) == before else (low, middle)
            found.append((high, before, after))
        left, before = right, after
    return tuple(found)


def _at(name: str, instant: datetime) -> timedelta:
    return instant.astimezone(zone(name)).utcoffset() or timedelta()


def _written_out(name: str, first: int, until: int) -> list[_Change]:
    """Every observance from *first* up to, and without, *until*, one component each."""
    start = datetime(first, 1, 1, tzinfo=UTC)
    offset = _at(name, start)
    changes = [_change(name, start, datetime(first, 1, 1), offset, offset)]
    for year in range(first, until):
        for instant, before, after in _changes(name, year):
            local = (instant + before).replace(tzinfo=None)
            changes.append(_change(name, instant, local, before, after))
    return changes


def _change(
    name: str, instant: datetime, onset: datetime, before: timedelta, after: timedelta
) -> _Change:
    local = instant.astimezone(zone(name))
    return _Change(
        onset=onset,
        before=before,
        after=after,
        daylight=bool(local.dst()),
        name=local.tzname() or "LMT",
    )


def _offset(value: timedelta) -> str:
    total = int(value.total_seconds())
    sign = "-" if total < 0 else "+"
    hours, rest = divmod(abs(total), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{hours:02d}{minutes:02d}" + (f"{seconds:02d}" if seconds else "")
