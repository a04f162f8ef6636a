"""Calendars as the C library libical reads them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

from . import Read, ReaderError, event, in_order, text

# The layout of `_Time` and the numbers below are those of this version of the library's interface.
LIBRARY = "libical.so.3"
ANY, EVENT, CALENDAR, INVALID = 1, 4, 7, 58

BEGIN = re.compile(rb"^BEGIN:", re.MULTILINE | re.IGNORECASE)
NOWHERE = b"/nonexistent"


class _Time(ctypes.Structure):
    """A time of libical: its fields as written, and the zone they are in."""

    _fields_ = (
        ("year", ctypes.c_int),
        ("month", ctypes.c_int),
        ("day", ctypes.c_int),
        ("hour", ctypes.c_int),
        ("minute", ctypes.c_int),
        ("second", ctypes.c_int),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )

    year: int
    month: int
    day: int
    is_date: int
    zone: int | None


@cache
def _library() -> ctypes.CDLL:
    """The library, with the types of the functions used here."""
    library = ctypes.CDLL(LIBRARY)
    pointer, number, string = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    functions: dict[str, tuple[object, list[object]]] = {
        "icalparser_parse_string": (pointer, [string]),
        "icalcomponent_free": (None, [pointer]),
        "icalcomponent_isa": (number, [pointer]),
        "icalcomponent_count_errors": (number, [pointer]),
        "icalcomponent_as_ical_string": (string, [pointer]),
        "icalrestriction_check": (number, [pointer]),
        "icalcomponent_get_first_component": (pointer, [pointer, number]),
        "icalcomponent_get_next_component": (pointer, [pointer, number]),
        "icalcomponent_get_timezone": (pointer, [pointer, string]),
        "icalcomponent_get_uid": (string, [pointer]),
        "icalcomponent_get_summary": (string, [pointer]),
        "icalcomponent_get_location": (string, [pointer]),
        "icalcomponent_get_status": (number, [pointer]),
        "icalcomponent_get_sequence": (number, [pointer]),
        "icalcomponent_get_dtstart": (_Time, [pointer]),
        "icalcomponent_get_dtend": (_Time, [pointer]),
        "icalproperty_status_to_string": (string, [number]),
        "icaltime_is_null_time": (number, [_Time]),
        "icaltime_is_valid_time": (number, [_Time]),
        "icaltime_as_timet_with_zone": (ctypes.c_long, [_Time, pointer]),
        "icaltimezone_get_utc_timezone": (pointer, []),
        "icaltimezone_get_tzid": (string, [pointer]),
        "icaltimezone_set_builtin_tzdata": (None, [number]),
        "icalrecur_expand_recurrence": (number, [string, ctypes.c_long, number, pointer]),
        "icalerror_set_errors_are_fatal": (None, [number]),
        "set_zone_directory": (None, [string]),
    }
    for name, (result, arguments) in functions.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.icalerror_set_errors_are_fatal(0)
    # Without these, a zone that the file does not define would be taken from the machine.
    library.icaltimezone_set_builtin_tzdata(1)
    library.set_zone_directory(NOWHERE)
    return library


def missing() -> str | None:
    """What has to be installed before this reader works."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return "libical"
    return None


def _children(component: int, kind: int) -> Iterator[int]:
    """The components of a kind directly within another."""
    library = _library()
    child = library.icalcomponent_get_first_component(component, kind)
    while child:
        yield child
        child = library.icalcomponent_get_next_component(component, kind)


def _walk(component: int) -> Iterator[int]:
    """A component and all those within it."""
    yield component
    # The walk over a component's children is kept in the component: finish one before the next.
    for child in list(_children(component, ANY)):
        yield from _walk(child)


def _report(component: int) -> str:
    """The lines in which libical says what it did not understand."""
    printed: bytes = _library().icalcomponent_as_ical_string(component) or b""
    lines = printed.decode("utf-8", "replace").replace("\r\n ", "").splitlines()
    return "; ".join(line for line in lines if line.startswith("X-LIC-ERROR"))


def _check(calendar: int, data: bytes) -> None:
    """Refuse a calendar in which libical found an error or lost a component."""
    library = _library()
    components = list(_walk(calendar))
    if any(library.icalcomponent_isa(component) == INVALID for component in components):
        raise ReaderError("a component of no known kind")
    if len(components) != len(BEGIN.findall(data)):
        raise ReaderError(f"{len(components)} components of {len(BEGIN.findall(data))} were read")
    library.icalrestriction_check(calendar)
    if library.icalcomponent_count_errors(calendar):
        raise ReaderError(_report(calendar))


def _instant(time: _Time, calendar: int) -> datetime:
    """The instant of a time in UTC or in a zone that the calendar defines."""
    library = _library()
    zone = time.zone
    if not zone:
        raise ReaderError("a time is in no zone that the file defines")
    if zone != library.icaltimezone_get_utc_timezone():
        name = library.icaltimezone_get_tzid(zone)
        if library.icalcomponent_get_timezone(calendar, name) != zone:
            raise ReaderError(f"the zone {name.decode()} is not the file's own")
    return datetime.fromtimestamp(library.icaltime_as_timet_with_zone(time, zone), UTC)


def _moment(time: _Time, calendar: int) -> datetime | date:
    library = _library()
    if library.icaltime_is_null_time(time) or not library.icaltime_is_valid_time(time):
        raise ReaderError("an event lacks a start or an end")
    if time.is_date:
        return date(time.year, time.month, time.day)
    return _instant(time, calendar)


def _string(value: bytes | None) -> str | None:
    return None if value is None else text(value)


def _event(component: int, calendar: int) -> Read:
    library = _library()
    status = library.icalcomponent_get_status(component)
    return event(
        _string(library.icalcomponent_get_uid(component)),
        _string(library.icalcomponent_get_summary(component)),
        _moment(library.icalcomponent_get_dtstart(component), calendar),
        _moment(library.icalcomponent_get_dtend(component), calendar),
        _string(library.icalcomponent_get_location(component)),
        _string(library.icalproperty_status_to_string(status)) if status else None,
        library.icalcomponent_get_sequence(component),
    )


def read(data: bytes) -> list[Read]:
    """The events of one file."""
    library = _library()
    calendar = library.icalparser_parse_string(data)
    if not calendar:
        raise ReaderError("no component was read")
    try:
        if library.icalcomponent_isa(calendar) != CALENDAR:
            raise ReaderError("the file is not one calendar")
        _check(calendar, data)
        components = list(_children(calendar, EVENT))
        return in_order(_event(component, calendar) for component in components)
    finally:
        library.icalcomponent_free(calendar)


def read_many(files: list[bytes]) -> list[list[Read]]:
    """The events of each file."""
    return [read(data) for data in files]


def expanded(rule: str, start: datetime, most: int) -> list[datetime]:
    """The first dates of a value of RRULE, local to a zone whose clocks never change."""
    library = _library()
    begin = int(start.replace(tzinfo=UTC).timestamp())
    found = (ctypes.c_long * most)()
    # A date that is none is nothing: no rule of ours begins in 1970.
    if not library.icalrecur_expand_recurrence(rule.encode(), begin, most, found):
        raise ReaderError(f"libical does not read {rule}")
    return [datetime.fromtimestamp(one, UTC).replace(tzinfo=None) for one in found if one]
