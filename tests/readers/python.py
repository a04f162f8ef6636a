"""Calendars as three Python libraries read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import icalendar
import vobject.base
import vobject.icalendar
from dateutil.tz import tzutc
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from ical.exceptions import CalendarError

from . import Read, ReaderError, event, in_order, text


@dataclass(frozen=True)
class Reader:
    """A library: how it reads the events of a file, and what it raises on a broken one."""

    name: str
    events: Callable[[bytes], Iterator[Read]]
    errors: tuple[type[Exception], ...]

    def read(self, data: bytes) -> list[Read]:
        """The events of one file."""
        try:
            return in_order(self.events(data))
        except self.errors as error:
            raise ReaderError(f"{self.name}: {error}") from error

    def read_many(self, files: list[bytes]) -> list[list[Read]]:
        """The events of each file."""
        return [self.read(data) for data in files]


def _value(component: Any, name: str) -> Any:
    """The value of a property of a vobject component, if it has one."""
    return component.getChildValue(name)


def _time(component: Any, name: str) -> Any:
    """A start or an end that vobject read, in UTC or in a zone that the file defines."""
    value = _value(component, name)
    # Only the zones that vobject takes from elsewhere have this method.
    if hasattr(getattr(value, "tzinfo", None), "localize"):
        raise ReaderError(f"the file does not define {value.tzinfo}")
    return value


def _vobject(data: bytes) -> Iterator[Read]:
    # The library keeps the zones of every file it read: one file must not read those of another.
    zones = vars(vobject.icalendar)["__tzidMap"]
    with patch.dict(zones, {"UTC": tzutc()}, clear=True):
        calendars = list(vobject.base.readComponents(text(data)))
    if [calendar.name for calendar in calendars] != ["VCALENDAR"]:
        raise ReaderError("the file is not one calendar")
    calendars[0].validate(raiseException=True)
    for found in calendars[0].contents.get("vevent", []):
        yield event(
            _value(found, "uid"),
            _value(found, "summary"),
            _time(found, "dtstart"),
            _time(found, "dtend"),
            _value(found, "location"),
            _value(found, "status"),
            _value(found, "sequence"),
        )


def _checked(data: bytes) -> icalendar.Calendar:
    """The calendar that icalendar reads, without the errors that it got over."""
    calendar = icalendar.Calendar.from_ical(data)
    if not isinstance(calendar, icalendar.Calendar):
        raise ReaderError("the file is not a calendar")
    errors = [error for component in calendar.walk() for error in component.errors]
    if errors:
        raise ReaderError(f"icalendar: {errors}")
    missing = calendar.get_missing_tzids()
    if missing:
        raise ReaderError(f"the file does not define {sorted(missing)}")
    return calendar


def _icalendar(data: bytes) -> Iterator[Read]:
    for found in _checked(data).events:
        yield event(
            found.get("UID"),
            found.get("SUMMARY"),
            found.DTSTART,
            found.DTEND,
            found.get("LOCATION"),
            found.get("STATUS"),
            found.get("SEQUENCE"),
        )


def _ical_event(found: Event) -> Read:
    # The library makes an identifier up for an event that has none.
    uid = found.uid if "uid" in found.model_fields_set else None
    status = found.status.value if found.status else None
    start, end = found.dtstart, found.dtend
    return event(uid, found.summary, start, end, found.location, status, found.sequence)


def _ical(data: bytes) -> Iterator[Read]:
    calendars = IcsCalendarStream.from_ics(text(data)).calendars
    if len(calendars) != 1:
        raise ReaderError(f"the file holds {len(calendars)} calendars")
    yield from map(_ical_event, calendars[0].events)


VOBJECT = Reader("vobject", _vobject, (vobject.base.VObjectError, ValueError, KeyError))
ICALENDAR = Reader("icalendar", _icalendar, (icalendar.InvalidCalendar, ValueError, KeyError))
ICAL = Reader("ical", _ical, (CalendarError, ValueError))
READERS = (VOBJECT, ICALENDAR, ICAL)
