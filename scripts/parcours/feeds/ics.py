"""iCalendar (RFC 5545, RFC 7986): events written once, calendars put together from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Event as Vevent
from icalendar import vText, vUri

from ..i18n import Translator
from ..model.community import Event
from ..model.zones import is_ambiguous
from .lines import join
from .text import Texts, location, title
from .vtimezone import vtimezone

PRODID = "-//Parcours//Parcours//FR"
"""Without a version: an upgrade must not change every feed."""

REFRESH = "PT1H"
"""How often a client may ask; a static host bears it, and a changed hour matters that day."""

_STATUS = {
    "confirmed": "CONFIRMED",
    "tentative": "TENTATIVE",
    # What is postponed does not take place then: calendars must not keep the hour.
    "postponed": "CANCELLED",
    "cancelled": "CANCELLED",
    "moved-online": "CONFIRMED",
}


@dataclass(frozen=True)
class Entry:
    """An event as VEVENT components, and what a calendar that holds it must know.

    Attributes:
        text: folded content lines.
        zones: IANA names → the earliest year used.
        changed: Unix seconds.
    """

    event: Event
    text: str
    zones: Mapping[str, int]
    changed: int


def write_entry(event: Event, texts: Texts, tr: Translator) -> Entry:
    """The VEVENT of an event that has a date; what is written depends on nothing else."""
    record = event.record
    zones: dict[str, int] = {}
    parts = []
    for occurrence in event.occurrences:
        vevent = Vevent()
        changed = datetime.fromtimestamp(event.stamps.changed, UTC)
        vevent.add("uid", event.uid)
        vevent.add("dtstamp", changed)
        vevent.add("created", datetime.fromtimestamp(event.stamps.created, UTC))
        vevent.add("last-modified", changed)
        vevent.add("sequence", event.stamps.sequence)
        vevent.add("summary", vText(title(event, tr)))
        if occurrence.start is None or occurrence.end is None:
            vevent.add("dtstart", occurrence.first)
            # Exclusive (RFC 5545, section 3.6.1): people write and read the last day.
            vevent.add("dtend", occurrence.last + timedelta(days=1))
        else:
            for name, moment in (("dtstart", occurrence.start), ("dtend", occurrence.end)):
                if is_ambiguous(moment.replace(tzinfo=None, fold=0), occurrence.zone):
                    # A local time that clocks show twice is only sure in UTC.
                    vevent.add(name, moment.astimezone(UTC))
                else:
                    vevent.add(name, moment)
                    zones[occurrence.zone] = min(
                        zones.get(occurrence.zone, moment.year), moment.year
                    )
        vevent.add("description", vText(texts.description()))
        _add_place(vevent, event)
        vevent.add("url", vUri(texts.url))
        categories = [event.collection.singular, *(theme.name for theme in event.refs.themes)]
        vevent.add("categories", categories)
        vevent.add("status", _STATUS[record.status])
        vevent.add("transp", "TRANSPARENT" if _STATUS[record.status] == "CANCELLED" else "OPAQUE")
        parts.append(join(line for line in vevent.content_lines() if line))
    return Entry(event, "".join(parts), zones, event.stamps.changed)


def _add_place(vevent: Vevent, event: Event) -> None:
    where = location(event)
    if where:
        vevent.add("location", vText(where))
    place = event.place
    if place and event.mode != "online" and place.latitude is not None:
        vevent.add("geo", (place.latitude, place.longitude))


@dataclass(frozen=True)
class Head:
    """What a calendar says of itself.

    Attributes:
        source: its own address.
        page: the page that shows the same events.
        zone: the community's IANA zone, used by clients for what has none.
        changed: Unix seconds.
    """

    name: str
    description: str
    source: str
    page: str
    zone: str
    changed: int


def write_calendar(head: Head, entries: Sequence[Entry]) -> bytes:
    """A VCALENDAR; without entries it is still valid, and carries its VTIMEZONE.

    No UID of its own: a common synchronisation tool then takes all its events for one.
    """
    name, description = _escape(head.name), _escape(head.description)
    zones = {head.zone: datetime.fromtimestamp(head.changed, UTC).year}
    for entry in entries:
        for zone, year in entry.zones.items():
            zones[zone] = min(zones.get(zone, year), year)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"DESCRIPTION:{description}",
        f"X-WR-CALDESC:{description}",
        f"X-WR-TIMEZONE:{head.zone}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"SOURCE;VALUE=URI:{head.source}",
        f"URL:{head.page}",
        f"LAST-MODIFIED:{datetime.fromtimestamp(head.changed, UTC):%Y%m%dT%H%M%SZ}",
    ]
    for zone in sorted(zones):
        lines += vtimezone(zone, zones[zone])
    body = "".join(entry.text for entry in entries)
    return (join(lines) + body + "END:VCALENDAR\r\n").encode()


def _escape(text: str) -> str:
    """A TEXT value (RFC 5545, section 3.3.11), by the library that writes the events."""
    escaped: str = vText(text).to_ical().decode()
    return escaped
