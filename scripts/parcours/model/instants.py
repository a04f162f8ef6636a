"""The instant of a build, which knows until when another one would give the same.

What is compiled asks the instant little: whether a meeting is over, which day it is somewhere. Each
answer holds until an instant of its own; the first of these is when something changes by itself. So
nobody has to list what time changes, and nothing can be forgotten: what is asked in a way that is
not known here holds for this instant alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

RESOLUTION = timedelta(seconds=1)
"""Instants of builds are whole seconds."""

_DAY = timedelta(days=1)
_QUARTER = timedelta(minutes=15)
"""Clocks change on a quarter of an hour."""

_HEARD = frozenset({"astimezone", "date", "of", "plain", "tzinfo", "year"})
"""What may be asked of an instant by name without reading the instant itself."""


def moment_of(seconds: float) -> datetime:
    """The instant, in UTC, of so many Unix seconds; of those that no calendar tells, the nearest.

    It is compared with the instant of a build; the seconds of that one are its value.
    """
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        far = datetime.max if seconds > 0 else datetime.min
        return far.replace(tzinfo=UTC)


def days_since(then: datetime, now: datetime) -> int:
    """How many whole days of 24 hours have gone from an instant to that of a build."""
    plain = now.plain() if isinstance(now, Instant) else now
    days = (plain - then).days
    # Always so: an instant that is asked hears when there is one more.
    return days if now < then + timedelta(days=days + 1) else days + 1


def day_of(now: datetime) -> datetime:
    """The beginning of the day of an instant, in UTC: for what need not be told more closely."""
    return datetime.combine(now.astimezone(UTC).date(), time(), UTC)


def _next_day(at: datetime) -> datetime:
    """The first instant after *at* whose day is another one in the same zone, in UTC."""
    begins = datetime.combine(at.date() + _DAY, time(), at.tzinfo).astimezone(UTC)
    later = (begins + _QUARTER).astimezone(at.tzinfo)
    if later.utcoffset() == at.utcoffset():
        return begins
    # Clocks are put back or forward meanwhile, in some countries at midnight itself.
    quarter = int(at.timestamp()) // 900 * 900
    steps = (datetime.fromtimestamp(quarter + 900 * n, UTC) for n in range(1, 120))
    return next(one for one in steps if one.astimezone(at.tzinfo).date() != at.date())


class Witness:
    """Hears what one instant is asked.

    Attributes:
        at: the instant, in UTC.
        until: the first later one at which an answer would differ; None as long as none would.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)
        self.until: datetime | None = None

    def turns(self, find: Callable[[], datetime]) -> None:
        """An answer differs from that moment on, if it is still to come."""
        try:
            moment = find().astimezone(UTC)
        except (OverflowError, ValueError, OSError):
            return  # after the last year that a calendar counts, or before the first
        if moment > self.at and (self.until is None or moment < self.until):
            self.until = moment

    def read(self) -> None:
        """The instant itself was read: the next one differs."""
        self.turns(lambda: self.at + RESOLUTION)

    def instant(self) -> Instant:
        """The instant, to be asked."""
        return Instant.of(self.at, self, timedelta())


class Instant(datetime):
    """An aware instant that tells its witness what it is asked; else it is as any other.

    It lies a fixed time before or after the witness's, and is told in any zone.
    """

    _at: datetime
    _witness: Witness
    _shift: timedelta

    @classmethod
    def of(cls, at: datetime, witness: Witness, shift: timedelta) -> Instant:
        """The instant *at*, which is *shift* after the witness's."""
        zone, fold = at.tzinfo, at.fold
        found = cls(*at.timetuple()[:6], at.microsecond, tzinfo=zone, fold=fold)
        vars(found).update(_at=at, _witness=witness, _shift=shift)
        return found

    def __lt__(self, other: Any) -> bool:
        return _compared(self, other, datetime.__lt__, after=False)

    def __ge__(self, other: Any) -> bool:
        return _compared(self, other, datetime.__ge__, after=False)

    def __le__(self, other: Any) -> bool:
        return _compared(self, other, datetime.__le__, after=True)

    def __gt__(self, other: Any) -> bool:
        return _compared(self, other, datetime.__gt__, after=True)

    def __eq__(self, other: object) -> bool:
        return _compared(self, other, datetime.__eq__, after=True)

    def __ne__(self, other: object) -> bool:
        return _compared(self, other, datetime.__ne__, after=True)

    def __hash__(self) -> int:
        return hash(self._at)

    def __add__(self, other: timedelta) -> Instant:
        return Instant.of(self._at + other, self._witness, self._shift + other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, timedelta):
            return self + -other
        self._witness.read()
        return self._at - (other._at if isinstance(other, Instant) else other)

    def __rsub__(self, other: Any) -> Any:
        self._witness.read()
        return other - self._at

    def astimezone(self, tz: tzinfo | None = None) -> Instant:
        return Instant.of(self._at.astimezone(tz), self._witness, self._shift)

    def date(self) -> date:
        self._witness.turns(lambda: _next_day(self._at) - self._shift)
        return self._at.date()

    @property
    def year(self) -> int:
        self.date()
        return self._at.year

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or name in _HEARD:
            return super().__getattribute__(name)
        self._witness.read()
        return getattr(self._at, name)

    def plain(self) -> datetime:
        """The instant as any other: who asks for it says what it is used for by other means."""
        return self._at

    def __str__(self) -> str:
        self._witness.read()
        return str(self._at)

    def __repr__(self) -> str:
        self._witness.read()
        return repr(self._at)

    def __format__(self, form: str) -> str:
        self._witness.read()
        return format(self._at, form)

    def __reduce_ex__(self, protocol: Any) -> Any:
        self._witness.read()
        return self._at.__reduce_ex__(protocol)


def _compared(
    instant: Instant, other: Any, how: Callable[[Any, Any], bool], *, after: bool
) -> bool:
    # Of hundreds of thousands of comparisons, each counts.
    own = object.__getattribute__(instant, "__dict__")
    at, witness, shift = own["_at"], own["_witness"], own["_shift"]
    if isinstance(other, Instant):
        if other._shift != shift or other._witness is not witness:
            witness.read()
        other = other._at
    elif isinstance(other, datetime) and other.tzinfo is not None and other >= at:
        # The answer differs from that moment on, or just after it; what is past is past.
        known = witness.until
        if known is None or shift or other < known:
            more = RESOLUTION if after and other == at else timedelta()
            witness.turns(lambda: other - shift + more)
    return how(at, other)
