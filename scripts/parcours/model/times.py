"""From what a source says of times to occurrences; what is wrong is yielded as faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ..problems import Mend, Severity
from .community import Occurrence, Place
from .days import DayOf
from .kinds import Kind
from .schema import EventRecord, StopRecord
from .values import MAX_DAYS, End, Moment, ValueRefused
from .zones import as_held, is_skipped, is_steady, zone

_MOMENT, _DAY = timedelta(microseconds=1), timedelta(days=1)


@dataclass(frozen=True)
class Fault:
    """A problem of one source, at a path in it instead of a place in a file.

    Attributes:
        without: fields for whose absence it is one: where one of them is there and wrong, that is
            told, and this is not (one fault, one line).
        mend: what to write in this very case.
    """

    code: str
    path: tuple[str | int, ...]
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"
    without: tuple[tuple[str | int, ...], ...] = ()
    mend: Mend | None = field(default=None, kw_only=True)


def closing(until: Moment, zone_name: str) -> datetime:
    """The instant from which it is too late, in a zone; a day lasts to its end."""
    local = until.naive if until.at else until.naive + timedelta(days=1)
    return local.replace(tzinfo=zone(zone_name))


def skipped_faults(naive: datetime, zone_name: str, *path: str | int) -> Iterator[Fault]:
    """An hour over which clocks jump in a zone, told under the name of its field."""
    if is_skipped(naive, zone_name):
        said = {"field": path[-1], "value": f"{naive:%Y-%m-%d %H:%M}", "timezone": zone_name}
        yield Fault("skipped-hour", path, said)


def done_faults(day: date, today: date, path: tuple[str, ...]) -> Iterator[Fault]:
    """The day of something that is done, if it is still to come."""
    if day > today:
        yield Fault("future-day", path, {"date": day}, "warning")


class Faulty(Exception):
    """The times of a source do not hold together."""

    def __init__(self, code: str, *path: str | int, without: str = "", **params: object) -> None:
        super().__init__(code)
        missing = tuple((name,) for name in without.split())
        self.fault = Fault(code, path, params, without=missing)


def zone_of(record: EventRecord, places: Iterable[Place | None], home: str) -> str:
    """The IANA zone of an event's times: its own, else that of its first place that is located.

    Args:
        places: where it happens, its stops included.
        home: the community's zone.
    """
    located = (place for place in places if place is not None and place.is_located)
    there = next(located, None)
    return record.timezone or (there.zone if there else None) or home


def occurrence(
    record: EventRecord, kind: Kind, usual: timedelta, zone_name: str
) -> Occurrence | None:
    """The time a source gives, local to *zone_name*; None for an event without a date.

    Args:
        usual: length of an event that has a time, and no end nor duration.

    Raises:
        Faulty: the times contradict each other or do not exist.
    """
    start = record.start
    said = [name for name in ("undated", "when") if getattr(record, name) is not None]
    # A series has a first date, from which its others are counted.
    repeats = [name for name in ("repeat", "also") if getattr(record, name, None)]
    if said:
        begins = ["start"] if start is not None else []
        # An hour alone, or a length, may be known before the day is; the last day is a day.
        ends = ["end"] if record.end is not None and record.end.day is not None else []
        others = [*begins, *ends, *said[:-1], *repeats]
        if others:
            raise Faulty("dated-and-undated", said[-1], other=others[0])
        return None
    if start is None:
        if record.status == "postponed" and not repeats:
            return None
        raise Faulty("no-date", "title", without="start undated when status")
    if record.end is not None and record.duration is not None:
        raise Faulty("end-and-duration", "duration")
    if repeats and _ends_series(record, start, record.end):
        raise Faulty("end-of-series", "end", end=record.end)
    found = (
        _whole_days(record, start, zone_name)
        if start.at is None
        else _hours(record, start, kind, usual, zone_name)
    )
    days = (found.last - found.first).days + 1
    if days > MAX_DAYS:
        raise Faulty("too-long-event", "end", days=days)
    return found


def _ends_series(record: EventRecord, start: Moment, end: End | None) -> bool:
    """Whether an end is that of all dates, which belongs elsewhere: a day alone, or far ahead."""
    repeat = getattr(record, "repeat", None)
    if end is None or end.day is None or repeat is None:
        return False
    if repeat.until is not None or repeat.count is not None:
        return False
    is_unlike = end.at is None and start.at is not None
    return end.day - start.day > (_WEEK if is_unlike else _MONTH)


_WEEK, _MONTH = timedelta(days=7), timedelta(days=31)
"""What is held again and again is over before."""


def repeated(first: Occurrence, start: Moment, *, is_given: bool = False) -> Occurrence:
    """The time of a date that lasts as long as another one, local to the same zone.

    Args:
        is_given: whether a rule gives it: where clocks skip its hour, nobody wrote it, and it is
            held when calendars have it.

    Raises:
        Faulty: its hour was written, and does not exist.
    """
    if start.at is None or first.start is None:
        return Occurrence(start.day, start.day + (first.last - first.first), first.zone)
    length = first.ends - first.begins
    if length <= _DAY and is_steady(start.day, first.zone):
        # As clocks show it: of thousands of dates, hardly any lies near a change of them.
        begins = start.naive.replace(tzinfo=zone(first.zone))
        ends = begins + length
        return Occurrence(start.day, (ends - _MOMENT).date(), first.zone, begins, ends)
    if is_given and is_jumped(start, first.zone):
        held = as_held(start.naive, first.zone)
        start = Moment(held.date(), held.time())
    begins = _local(start.naive, first.zone, "start")
    ends = (begins.astimezone(UTC) + length).astimezone(zone(first.zone))
    return Occurrence(start.day, _last_day(ends, first.zone), first.zone, begins, ends)


def is_jumped(start: Moment, name: str) -> bool:
    """Whether clocks in a zone jump over an hour; of thousands, hardly any lies near a change."""
    if start.at is None or is_steady(start.day, name):
        return False
    return is_skipped(start.naive, name)


def day_number(said: DayOf, first: Occurrence | None, name: str, *path: str | int) -> int:
    """The number of a day of what takes place then, from 1, which may be none that it has.

    Args:
        name: of what is on that day, and *path* to where the day stands.

    Raises:
        Faulty: a date has no number there.
    """
    begins, ends = (first.first, first.last) if first else (None, None)
    try:
        found = said.counted(begins, ends)
    except ValueRefused as error:
        params: dict[str, Any] = dict(error.params)
        raise Faulty(error.code, *path, **params) from error
    if found is None:
        raise Faulty("day-without-date", *path, without="start", item=name, day=said)
    if said.on is not None and first and not 1 <= found <= first.days:
        code, missing = "day-outside", "end duration"
        raise Faulty(code, *path, without=missing, item=name, day=said, start=begins, end=ends)
    return found


def stop_time(stop: StopRecord, day: date, zone_name: str, usual: timedelta) -> Occurrence:
    """When a stop of a trip takes place, local to *zone_name*: all day where no hour is told.

    Args:
        usual: length of a stop of which only the beginning is told.

    Raises:
        Faulty: its hour does not exist.
    """
    if stop.start is None:
        return Occurrence(day, day, zone_name)
    begins = _local(datetime.combine(day, stop.start), zone_name, "start")
    if stop.end is not None and stop.end > stop.start:
        ends = _local(datetime.combine(day, stop.end), zone_name, "end")
    else:
        ends = (begins.astimezone(UTC) + usual).astimezone(zone(zone_name))
    return Occurrence(day, _last_day(ends, zone_name), zone_name, begins, ends)


def _whole_days(record: EventRecord, start: Moment, zone_name: str) -> Occurrence:
    last = start.day
    if record.duration is not None:
        if record.duration % timedelta(days=1):
            raise _unlike("duration", start, None)
        last = start.day + record.duration - timedelta(days=1)
    if record.end is not None:
        if record.end.day is None or record.end.at is not None:
            raise _unlike("end", start, record.end)
        last = record.end.day
        if last < start.day:
            raise _backwards(start, record.end)
    return Occurrence(start.day, last, zone_name)


def _hours(
    record: EventRecord, start: Moment, kind: Kind, usual: timedelta, zone_name: str
) -> Occurrence:
    begins = _local(start.naive, zone_name, "start")
    if record.end is not None:
        if record.end.at is None:
            raise _unlike("end", start, record.end)
        until = datetime.combine(record.end.day or start.day, record.end.at)
        ends = _local(until, zone_name, "end")
        if ends.astimezone(UTC) <= begins.astimezone(UTC):
            raise _backwards(start, record.end)
    elif record.duration is None and kind.needs_end:
        raise Faulty("missing-key", "start", without="end duration", key="end")
    else:
        # A length is time that passes: through a change of clocks, it is added in UTC.
        length = record.duration or usual
        ends = (begins.astimezone(UTC) + length).astimezone(zone(zone_name))
    return Occurrence(begins.date(), _last_day(ends, zone_name), zone_name, begins, ends)


def _unlike(name: str, start: Moment, end: End | None) -> Faulty:
    """An hour and a day alone: what makes them differ, and what to write."""
    if start.at is None:
        until = end.at if end is not None else None
        hour = until.replace(hour=until.hour - 1) if until and until.hour else time(12, 30)
        day, hours = f"start: {start}", f"{name}: {end or ''}".strip()
        better = f"start: {start} {hour:%H:%M}"
    else:
        day, hours = f"{name}: {end}", f"start: {start}"
        better = f"{name}: {end} {start.at.replace(hour=min(start.at.hour + 1, 23)):%H:%M}"
    return Faulty("end-unlike-start", name, without="start", hours=hours, day=day, better=better)


def _last_day(ends: datetime, zone_name: str) -> date:
    """The local day of the last moment before an end, which is exclusive (RFC 5545, 3.8.2.2).

    In UTC: where clocks skip midnight, a day begins at one o'clock.
    """
    return (ends.astimezone(UTC) - _MOMENT).astimezone(zone(zone_name)).date()


def _backwards(start: Moment, end: End) -> Faulty:
    return Faulty("end-before-start", "end", start=str(start), end=str(end))


def _local(naive: datetime, zone_name: str, name: str) -> datetime:
    for fault in skipped_faults(naive, zone_name, name):
        raise Faulty(fault.code, name, **dict[str, Any](fault.params))
    return naive.replace(tzinfo=zone(zone_name))
