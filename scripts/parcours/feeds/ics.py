"""iCalendar (RFC 5545, RFC 7986): events written once, calendars put together from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Event as Vevent
from icalendar import vText, vUri
from webcolors import name_to_hex

from ..i18n import Translator
from ..model.community import Event, Occurrence
from ..model.media import media_type
from ..model.stage import calendar_status, has_replay, is_off
from ..model.zones import is_ambiguous
from ..tree import Parts
from .head import Head
from .items import image_type
from .lines import join, property_line
from .text import Texts, title
from .vtimezone import vtimezone

PRODID = "-//Parcours//Parcours//FR"
"""Without a version: an upgrade must not change every feed."""

REFRESH = "PT1H"
"""How often a client may ask; a static host bears it, and a changed hour matters that day."""

SINCE = 2020
"""The year from which on the community's own zone is told, in every calendar alike."""

Years = tuple[int, int]
"""An earliest and a latest year."""


@dataclass(frozen=True)
class Entry:
    """An event as VEVENT components, and what a calendar that holds it must know.

    Attributes:
        data: folded content lines.
        zones: IANA names → the earliest and the latest year used.
        changed: Unix seconds.
    """

    event: Event
    data: bytes
    zones: Mapping[str, Years]
    changed: int


def write_entry(event: Event, texts: Texts, tr: Translator) -> Entry:
    """The VEVENT of an event that has a date; what is written depends on nothing else."""
    zones: dict[str, Years] = {}
    parts = []
    extra = list(_extra(event, texts))
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
            start, end = occurrence.start, occurrence.end
            if any(_is_ambiguous(moment, occurrence.zone) for moment in (start, end)):
                # A local time that clocks show twice is only sure in UTC; one form for both ends.
                start, end = start.astimezone(UTC), end.astimezone(UTC)
            else:
                _widen(zones, occurrence.zone, (start.year, end.year))
            vevent.add("dtstart", start)
            vevent.add("dtend", end)
        vevent.add("description", vText(texts.description()))
        _add_place(vevent, event)
        vevent.add("url", vUri(texts.url))
        categories = [event.collection.singular, *(theme.name for theme in event.refs.themes)]
        if event.collection.color:
            vevent.add("color", event.collection.color)
        vevent.add("categories", categories)
        vevent.add("status", calendar_status(event))
        vevent.add("transp", "TRANSPARENT" if _leaves_free(event, occurrence) else "OPAQUE")
        lines = [line for line in vevent.content_lines() if line]
        lines[-1:-1] = extra
        parts.append(join(lines))
    return Entry(event, "".join(parts).encode(), zones, event.stamps.changed)


def _leaves_free(event: Event, occurrence: Occurrence) -> bool:
    """Whether it takes nobody's time (TRANSP, RFC 5545, section 3.8.2.7).

    A trip of several days, or whose stops have hours, does not: those do.
    """
    if is_off(event):
        return True
    if event.within is not None:
        return occurrence.all_day
    lasts = occurrence.all_day or occurrence.first != occurrence.last
    told = any(stop.record.start for stop in event.stops)
    return event.kind.has_stops and (lasts or told)


def _widen(zones: dict[str, Years], zone: str, years: Years) -> None:
    """Count the *years* among those in which a zone is used."""
    first, last = zones.get(zone, years)
    zones[zone] = (min(first, years[0]), max(last, years[1]))


def _is_ambiguous(moment: datetime, zone: str) -> bool:
    return is_ambiguous(moment.replace(tzinfo=None, fold=0), zone)


def _extra(event: Event, texts: Texts) -> Iterator[str]:
    """The properties that icalendar does not write as they should be, in a fixed order."""
    record, place = event.record, event.place
    where = event.location
    point = _point(event)
    if place and point and where:
        # Apple ignores GEO, and wants the words of LOCATION again (an extension of its own).
        geo = {"VALUE": "URI", "X-APPLE-RADIUS": "100", "X-TITLE": where}
        yield property_line("X-APPLE-STRUCTURED-LOCATION", geo, "geo:" + ",".join(point))
    if record.online and not has_replay(event) and not is_off(event):
        # RFC 7986, section 5.11.
        label = {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": texts.live_label()}
        yield property_line("CONFERENCE", label, record.online)
    if texts.image:
        # RFC 7986, section 5.10.
        type = image_type(texts.image)
        yield property_line(
            "IMAGE", {"VALUE": "URI", "DISPLAY": "BADGE", "FMTTYPE": type}, texts.image
        )
    replay = record.replay if has_replay(event) else None
    for value in (replay.video, replay.audio) if replay else ():
        if value:
            type = media_type(value) or "text/html"
            yield property_line("ATTACH", {"FMTTYPE": type}, texts.file(value))
    # No ORGANIZER: nothing is scheduled with anybody (RFC 5545, section 3.8.4.3); the text tells.
    if event.within is not None:
        # On the stop only: told of the trip too, some clients turn it round.
        yield property_line("RELATED-TO", {"RELTYPE": "PARENT"}, event.within.uid)
    if event.course is not None and not event.deleted:
        # The course is no component of its own; its identity groups its sessions.
        yield property_line("RELATED-TO", {"RELTYPE": "PARENT"}, event.course.uid)


def _add_place(vevent: Vevent, event: Event) -> None:
    where = event.location
    if where:
        vevent.add("location", vText(where))
    point = _point(event)
    if point:
        # Two numbers, which the library would write as 1e-05 near nought (section 3.8.1.6).
        vevent.add("geo", vUri(";".join(point)))


def _point(event: Event) -> tuple[str, str] | None:
    """Latitude and longitude of where people meet; None where they do not, or nobody knows."""
    place = event.place
    if event.mode == "online" or place is None:
        return None
    if place.latitude is None or place.longitude is None:
        return None
    return _degrees(place.latitude), _degrees(place.longitude)


def _degrees(value: float) -> str:
    """A coordinate without an exponent (RFC 5545, section 3.3.7; RFC 5870), to a decimetre."""
    whole, _, decimals = f"{round(value, 6) + 0.0:.6f}".partition(".")
    return f"{whole}.{decimals.rstrip('0') or '0'}"


def write_calendar(head: Head, entries: Sequence[Entry]) -> Parts:
    """A VCALENDAR; without entries it is still valid, and carries its VTIMEZONE.

    No UID of its own: a common synchronisation tool then takes all its events for one.
    """
    name, description = _escape(head.name), _escape(head.description)
    zones: dict[str, Years] = {head.zone: (SINCE, SINCE)}
    for entry in entries:
        for zone, years in entry.zones.items():
            _widen(zones, zone, years)
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
        f"LAST-MODIFIED:{head.updated:%Y%m%dT%H%M%SZ}",
    ]
    if head.color:
        lines.append(f"COLOR:{head.color}")
        lines.append(f"X-APPLE-CALENDAR-COLOR:{name_to_hex(head.color).upper()}")
    for zone in sorted(zones):
        lines += vtimezone(zone, *zones[zone])
    return (join(lines).encode(), *(entry.data for entry in entries), b"END:VCALENDAR\r\n")


def _escape(text: str) -> str:
    """A TEXT value (RFC 5545, section 3.3.11), by the library that writes the events."""
    escaped: str = vText(text).to_ical().decode()
    return escaped
