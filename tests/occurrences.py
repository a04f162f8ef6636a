"""What happens in a calendar, one by one, as programs that are not ours work it out.

Each reader expands rules, dates left out and added, and dates that differ, by its own library.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

from parcours.model.community import Event

from .expected import expected as understood
from .readers import libical, moment
from .readers.icaljs import HERE

SCRIPT = HERE / "occurrences.mjs"


@dataclass(frozen=True, order=True)
class Held:
    """Something that happens once: its start and end, its title and its STATUS."""

    start: str
    end: str
    title: str
    status: str


def held(start: object, end: object, title: object, status: object) -> Held:
    """What a library gave, in one form: a day, or an instant in UTC."""
    first, last = (moment(one).isoformat() for one in (start, end))
    return Held(first, last, str(title), str(status or ""))


def expected(event: Event, first: date, last: date) -> list[Held]:
    """What our own model says happens, from one day to another, which is excluded."""
    found = map(understood, event.dates or (event,))
    return within((held(one.start, one.end, one.title, one.status) for one in found), first, last)


def by_recurring_ical_events(data: bytes, first: date, last: date) -> list[Held]:
    """The library of that name, on icalendar."""
    calendar = icalendar.Calendar.from_ical(data)
    day = timedelta(days=1)
    found = recurring_ical_events.of(calendar).between(first - day, last + day)
    return within(
        (held(one.start, one.end, one["SUMMARY"], one.get("STATUS")) for one in found), first, last
    )


def by_ical(data: bytes, first: date, last: date) -> list[Held]:
    """The library ical, of home automation."""
    (calendar,) = IcsCalendarStream.from_ics(data.decode()).calendars
    begin, end = (datetime(one.year, one.month, one.day, tzinfo=UTC) for one in (first, last))
    found = calendar.timeline_tz(UTC).overlapping(begin, end)
    return within(
        (
            held(one.dtstart, one.dtend, one.summary, one.status and one.status.value)
            for one in found
        ),
        first,
        last,
    )


def by_icaljs(calendars: Sequence[bytes], first: date, last: date) -> list[list[Held]]:
    """ical.js, in one run of Node."""
    begin, end = (
        int(datetime(one.year, one.month, one.day, tzinfo=UTC).timestamp()) for one in (first, last)
    )
    question = {
        "from": begin - 86_400,
        "until": end + 86_400,
        "calendars": [one.decode() for one in calendars],
    }
    done = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps(question),
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [within([_held(one) for one in found], first, last) for found in json.loads(done.stdout)]


def _held(one: Mapping[str, Any]) -> Held:
    return held(_end(one["start"]), _end(one["end"]), one["title"], one["status"])


def _end(value: Mapping[str, Any]) -> object:
    if "day" in value:
        return date.fromisoformat(value["day"])
    return datetime.fromtimestamp(value["seconds"], UTC)


class _Span(ctypes.Structure):
    _fields_ = (("start", ctypes.c_long), ("end", ctypes.c_long), ("is_busy", ctypes.c_int))


_CALL = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_Span), ctypes.c_void_p)


def by_libical(data: bytes, first: date, last: date) -> list[Held]:
    """libical, which leaves it to who asks that a date stands elsewhere."""
    library = libical._library()
    expand = library.icalcomponent_foreach_recurrence
    expand.restype = None
    expand.argtypes = [ctypes.c_void_p, libical._Time, libical._Time, _CALL, ctypes.c_void_p]
    original = library.icalcomponent_get_recurrenceid
    original.restype, original.argtypes = libical._Time, [ctypes.c_void_p]
    at = library.icaltime_from_string
    at.restype, at.argtypes = libical._Time, [ctypes.c_char_p]
    begin, end = (at(f"{one:%Y%m%d}T000000Z".encode()) for one in (first, last))
    calendar = library.icalparser_parse_string(data)
    try:
        events = list(libical._children(calendar, libical.EVENT))
        zones = {
            library.icalcomponent_get_uid(one): library.icalcomponent_get_dtstart(one).zone
            for one in events
            if library.icaltime_is_null_time(original(one))
        }
        apart: dict[bytes, set[object]] = {}
        for one in events:
            elsewhere = original(one)
            if not library.icaltime_is_null_time(elsewhere):
                uid = library.icalcomponent_get_uid(one)
                # It gives the local time alone, which is in the zone of its series.
                elsewhere.zone = zones[uid]
                apart.setdefault(uid, set()).add(libical._moment(elsewhere, calendar))
        found = []
        for one in events:
            its = libical._event(one, calendar)
            is_whole = not isinstance(its.start, datetime)
            spans: list[tuple[int, int]] = []
            call = _CALL(lambda _, span, __, s=spans: s.append((span[0].start, span[0].end)))
            added = list(_added(one, calendar))
            expand(one, begin, end, call, None)
            length = _seconds(its.end) - _seconds(its.start)
            spans += [(start, start + length) for start in added]
            is_series = library.icaltime_is_null_time(original(one))
            gone = apart.get(its.uid.encode(), set()) if is_series else set()
            for start, finish in spans:
                ends: list[object] = [datetime.fromtimestamp(one, UTC) for one in (start, finish)]
                if is_whole:
                    ends = [one.date() for one in ends if isinstance(one, datetime)]
                if ends[0] not in gone:
                    found.append(held(ends[0], ends[1], its.title, its.status))
    finally:
        library.icalcomponent_free(calendar)
    return within(found, first, last)


def _added(component: int, calendar: int) -> Iterator[int]:
    """The dates of RDATE, in Unix seconds, taken out: what expands rules reads their hours as UTC,
    though the library itself knows their zone."""
    library = libical._library()
    for name, result, arguments in (
        ("icalproperty_string_to_kind", ctypes.c_int, [ctypes.c_char_p]),
        ("icalcomponent_get_first_property", ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]),
        ("icalcomponent_remove_property", None, [ctypes.c_void_p, ctypes.c_void_p]),
        (
            "icalproperty_get_datetime_with_component",
            libical._Time,
            [ctypes.c_void_p, ctypes.c_void_p],
        ),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    kind = library.icalproperty_string_to_kind(b"RDATE")
    while found := library.icalcomponent_get_first_property(component, kind):
        time = library.icalproperty_get_datetime_with_component(found, calendar)
        yield _seconds(libical._moment(time, calendar))
        library.icalcomponent_remove_property(component, found)


def _seconds(one: object) -> int:
    """Of an instant, or of the midnight in UTC at which a day begins."""
    if isinstance(one, datetime):
        return int(one.timestamp())
    assert isinstance(one, date)
    return int(datetime(one.year, one.month, one.day, tzinfo=UTC).timestamp())


def within(found: Iterable[Held], first: date, last: date) -> list[Held]:
    """Those that begin between two days, as UTC has them: readers are asked for a little more."""
    return sorted(one for one in found if f"{first}" <= one.start[:10] < f"{last}")


READERS: Mapping[str, Callable[[bytes, date, date], list[Held]]] = {
    "recurring-ical-events": by_recurring_ical_events,
    "ical": by_ical,
    "libical": by_libical,
    "ical.js": lambda data, first, last: by_icaljs([data], first, last)[0],
}
