"""Independent readers of calendars and feeds.

What the project writes is compared with what others understand. Each reader is somebody else's
program or library; the code here only drives it and copies what it says into one form:

* `icaljs`: ical.js, the JavaScript library of many web calendars, run by Node;
* `libical`: the C library behind several desktop calendars;
* `python`: three Python libraries, vobject, icalendar and ical.

The programs that a person uses are in `tests.clients`.

A reader is a module, or a `Reader` in `python`, with two functions: `read` takes one file and
`read_many` a list of files. Both raise `ReaderError` where the library refuses a file, where it
reports an error that it got over, or where an event lacks what every event of ours has: an
identifier, a start and an end that are days or instants. Instants are in UTC, whatever the file
says, so that two readers agree exactly when they understood the same moment.

ical.js, libical and vobject work out instants from the VTIMEZONE components of the file, and are
kept from falling back to the zones of the machine. icalendar and ical prefer the zone of that name
that Python knows: they check the TZID, the others check the definition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime


class ReaderError(Exception):
    """A reader refuses a file, or found an error in it."""


@dataclass(frozen=True)
class Read:
    """One event, as a reader understood it.

    `start` and `end` are both aware datetimes in UTC, or both dates; `end` is exclusive, as in the
    file. `location` and `status` are empty, and `sequence` is zero, where the file has none.
    """

    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    location: str
    status: str
    sequence: int


def moment(value: object) -> datetime | date:
    """What a library gave for a start or an end: a day, or an instant in UTC."""
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ReaderError(f"{value} is in no zone")
        return value.astimezone(UTC)
    if isinstance(value, date):
        return value
    raise ReaderError(f"{value!r} is neither a day nor an instant")


def event(
    uid: object,
    title: object,
    start: object,
    end: object,
    location: object,
    status: object,
    sequence: object,
) -> Read:
    """An event, after the checks that hold for every reader."""
    if uid is None or not str(uid):
        raise ReaderError(f"an event has no identifier: {title}")
    first, last = moment(start), moment(end)
    if isinstance(first, datetime) != isinstance(last, datetime):
        raise ReaderError(f"{uid} starts with a day and ends with an instant, or the reverse")
    return Read(
        uid=str(uid),
        title="" if title is None else str(title),
        start=first,
        end=last,
        location="" if location is None else str(location),
        status="" if status is None else str(status),
        sequence=0 if sequence is None else int(str(sequence)),
    )


def text(data: bytes) -> str:
    """The characters of a file, which are in UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReaderError(f"not UTF-8: {error}") from error


def in_order(events: Iterable[Read]) -> list[Read]:
    """Events sorted by identifier."""
    return sorted(events, key=lambda read: read.uid)
