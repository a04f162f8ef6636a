"""iCalendar (RFC 5545, RFC 7986): events written once, calendars put together from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from mimetypes import guess_type

from icalendar.timezone import is_utc
from webcolors import name_to_hex

from ..i18n import Translator
from ..model.community import Event, Occurrence, Part
from ..model.media import media_type
from ..model.sequence import Stamps
from ..model.series import is_shifted
from ..model.stage import calendar_status, has_replay, is_off
from ..model.tags import tags_of
from ..model.values import Moment
from ..model.zones import is_steady, zone
from ..tree import Parts
from .head import Head
from .items import image_type
from .lines import day, instant, join, property_line, text, vevent
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


def write_entry(event: Event, texts: Callable[[Event], Texts], tr: Translator) -> Entry:
    """The VEVENTs of an event that has a date; what is written depends on nothing else.

    A series is one for each of its parts, with its rule, and one for each date that differs
    (RFC 5545, section 3.8.5).
    """
    writing = _Writing(event.stamps, texts, tr, {})
    if event.parts:
        parts = [*_series(event, writing)]
    else:
        parts = [writing.vevent(event, one) for one in event.occurrences]
    for part in event.ended:
        (first,) = part.event.occurrences
        parts.append(writing.vevent(part.event, first, tuple(_rule(part, first))))
    return Entry(event, "".join(parts).encode(), writing.zones, event.stamps.changed)


def _series(event: Event, writing: _Writing) -> Iterator[str]:
    """The parts of a series, then its dates that differ, in order."""
    last = {one.date.part: one for one in event.dates if one.date}
    for number, part in enumerate(event.parts):
        for share in part.told:
            (first,) = share.event.occurrences
            yield writing.vevent(share.event, first, tuple(_rule(share, first)))
            # Its zone is told up to the last of its dates.
            end = last.get(number, share.event).occurrences[0].first.year
            _widen(writing.zones, first.zone, (first.first.year, max(first.first.year, end)))
    for one in event.dates:
        of = one.date
        (when,) = one.occurrences
        if of is None:
            continue
        # What readers make of an hour that clocks skip differs.
        is_odd = of.apart or _is_odd(when) or is_shifted(one)
        if of.part is not None and not is_odd:
            continue
        if of.part is None:
            yield writing.vevent(one, when)
            continue
        name = _local("RECURRENCE-ID", of.zone, (of.original,))
        _widen(writing.zones, of.zone, (of.original.day.year, of.original.day.year))
        uid = event.parts[of.part].of(of.original).event.uid
        yield writing.vevent(one, when, (name,), uid=uid)


def _is_odd(when: Occurrence) -> bool:
    """Whether clocks change while it lasts, or show an end twice: some programs add the length of
    a series to what clocks show, and not to time, or take the other hour, so that both are told."""
    start, end = when.start, when.end
    if start is None or end is None:
        return False
    if when.first == when.last and is_steady(when.first, when.zone):
        return False
    if start.utcoffset() != end.utcoffset():
        return True
    return _is_ambiguous(start) or _is_ambiguous(end)


def _rule(part: Part, first: Occurrence) -> Iterator[str]:
    """The properties that make one VEVENT several."""
    zone_name = first.zone
    if part.rule is not None:
        until = _until(part.last, zone_name) if part.last is not None else ""
        yield f"RRULE:{part.rule.value(until)}"
    elif part.added:
        # Where dates are but listed, a library takes the first, which DTSTART gives, for none.
        yield "RRULE:FREQ=DAILY;COUNT=1"
    if part.excluded:
        yield _local("EXDATE", zone_name, part.excluded)
    if part.added:
        yield _local("RDATE", zone_name, part.added)


def _until(last: Moment, zone_name: str) -> str:
    """The last date of a rule: in UTC where it has an hour (RFC 5545, section 3.3.10)."""
    if last.at is None:
        return f"{last.day:%Y%m%d}"
    instant = last.naive.replace(tzinfo=zone(zone_name)).astimezone(UTC)
    return f"{instant:%Y%m%dT%H%M%SZ}"


def _local(name: str, zone_name: str, moments: tuple[Moment, ...]) -> str:
    """A property of dates, of the type and in the zone of DTSTART, which says UTC by its form
    (RFC 5545, section 3.8.4.4: local time if and only if DTSTART is)."""
    if moments[0].at is None:
        values = ",".join(f"{one.day:%Y%m%d}" for one in moments)
        return property_line(name, {"VALUE": "DATE"}, values)
    if _is_utc(zone_name):
        return f"{name}:{','.join(f'{one.naive:%Y%m%dT%H%M%SZ}' for one in moments)}"
    values = ",".join(f"{one.naive:%Y%m%dT%H%M%S}" for one in moments)
    return property_line(name, {"TZID": zone_name}, values)


@dataclass(frozen=True)
class _Writing:
    """What the VEVENTs of one entry have in common.

    Attributes:
        zones: filled with those in which its hours are told.
    """

    stamps: Stamps
    texts: Callable[[Event], Texts]
    tr: Translator
    zones: dict[str, Years]

    def vevent(
        self,
        event: Event,
        occurrence: Occurrence,
        repeats: tuple[str, ...] = (),
        *,
        uid: str = "",
    ) -> str:
        """A VEVENT as folded content lines.

        Args:
            repeats: properties that set it among others of its series.
            uid: that of its series, if it is a date of one.
        """
        texts, stamps = self.texts(event), self.stamps
        start, end = ends(occurrence, self.zones, is_ruled=bool(repeats) and not uid)
        named = [event.collection.singular, *(theme.name for theme in event.refs.themes)]
        named += tags_of(event)
        free = "TRANSPARENT" if _leaves_free(event, occurrence) else "OPAQUE"
        properties = {
            "SUMMARY": _summary(event, self.tr),
            "DTSTART": start,
            "DTEND": end,
            "DTSTAMP": instant("DTSTAMP", stamps.changed),
            "UID": f"UID:{text(uid or event.uid)}",
            "SEQUENCE": f"SEQUENCE:{stamps.sequence}",
            "CREATED": instant("CREATED", stamps.created),
            "LAST-MODIFIED": instant("LAST-MODIFIED", stamps.changed),
            "DESCRIPTION": f"DESCRIPTION:{text(texts.description())}",
            "URL": f"URL:{texts.url}",
            "CATEGORIES": f"CATEGORIES:{','.join(map(text, named))}",
            "STATUS": f"STATUS:{calendar_status(event)}",
            "TRANSP": f"TRANSP:{free}",
            **dict(_place(event)),
        }
        if event.collection.color:
            properties["COLOR"] = f"COLOR:{event.collection.color}"
        return vevent(properties, (*repeats, *_extra(event, texts)))


def ends(
    occurrence: Occurrence, zones: dict[str, Years], *, is_ruled: bool = False
) -> tuple[str, str]:
    """When something starts and ends.

    Args:
        zones: filled with those in which its hours are told.
        is_ruled: whether it is repeated, which is done by what clocks show.
    """
    start, end = occurrence.start, occurrence.end
    if start is None or end is None:
        # Exclusive (RFC 5545, section 3.6.1): people write and read the last day.
        after = occurrence.last + timedelta(days=1)
        return day("DTSTART", occurrence.first), day("DTEND", after)
    if (_is_ambiguous(start) or _is_ambiguous(end)) and not is_ruled:
        # A local time that clocks show twice is only sure in UTC; one form for both ends.
        return (
            instant("DTSTART", int(start.timestamp())),
            instant("DTEND", int(end.timestamp())),
        )
    _widen(zones, occurrence.zone, (start.year, end.year))
    return _hour("DTSTART", start, occurrence.zone), _hour("DTEND", end, occurrence.zone)


def _hour(name: str, moment: datetime, zone_name: str) -> str:
    """A property that is an hour in a zone."""
    if _is_utc(zone_name):
        return f"{name}:{moment:%Y%m%dT%H%M%SZ}"
    return property_line(name, {"TZID": zone_name}, f"{moment:%Y%m%dT%H%M%S}")


@cache
def _is_utc(zone_name: str) -> bool:
    """Whether a zone is UTC by one of its names, which is told without a zone."""
    return is_utc(zone(zone_name))


def _summary(event: Event, tr: Translator) -> str:
    """Its title, and the language of it where its source says one and no word of ours leads it
    (RFC 5545, section 3.2.10)."""
    said, tongue = title(event, tr), event.record.language
    told = {"LANGUAGE": tongue} if tongue and said == event.title else {}
    return property_line("SUMMARY", told, text(said))


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


def _is_ambiguous(moment: datetime) -> bool:
    """Whether clocks show an hour twice, of hours that there are."""
    return moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()


def _extra(event: Event, texts: Texts) -> Iterator[str]:
    """The properties that icalendar does not write as they should be, in a fixed order."""
    record, where = event.record, event.location
    point = _point(event)
    if point and where:
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
    for link in () if event.deleted else record.links:
        # Programs open a file that is attached; an address stands in the text, which all show.
        if link.url in event.files:
            type = guess_type(link.url)[0] or "application/octet-stream"
            yield property_line("ATTACH", {"FMTTYPE": type}, texts.file(link.url))
    # No ORGANIZER: nothing is scheduled with anybody (RFC 5545, section 3.8.4.3); the text tells.
    if event.within is not None:
        # On the stop only: told of the trip too, some clients turn it round.
        yield property_line("RELATED-TO", {"RELTYPE": "PARENT"}, event.within.uid)
    if event.course is not None and not event.deleted:
        # The course is no component of its own; its identity groups its sessions.
        yield property_line("RELATED-TO", {"RELTYPE": "PARENT"}, event.course.uid)


def _place(event: Event) -> Iterator[tuple[str, str]]:
    """Where people meet: in words, and the point."""
    where = event.location
    if where:
        yield "LOCATION", f"LOCATION:{text(where)}"
    point = _point(event)
    if point:
        yield "GEO", f"GEO:{';'.join(point)}"


def _point(event: Event) -> tuple[str, str] | None:
    """Latitude and longitude of where people meet; None where they do not, or nobody knows."""
    if event.mode == "online" or len(event.sites) != 1:
        return None
    (place,) = event.sites
    if place.latitude is None or place.longitude is None:
        return None
    return _degrees(place.latitude), _degrees(place.longitude)


def _degrees(value: float) -> str:
    """A coordinate without an exponent (RFC 5545, section 3.3.7; RFC 5870), to a decimetre."""
    whole, _, decimals = f"{round(value, 6) + 0.0:.6f}".partition(".")
    return f"{whole}.{decimals.rstrip('0') or '0'}"


def _repeats_in_utc(entries: Iterable[Entry], home: str) -> bool:
    """Whether an entry has a rule in UTC, which is not the zone that the calendar would name: some
    readers (recurring-ical-events) take its hours for those of that zone, and shift them in summer.
    """
    events = (part.event for entry in entries for part in entry.event.parts)
    starts = (one.occurrences[0].start for one in events if one.zone != home)
    return any(start is not None and is_utc(start) for start in starts)


def write_calendar(head: Head, entries: Sequence[Entry]) -> Parts:
    """A VCALENDAR; without entries it is still valid, and carries its VTIMEZONE.

    No UID of its own: a common synchronisation tool then takes all its events for one.
    """
    calendar, description = text(head.name), text(head.description)
    zones: dict[str, Years] = {head.zone: (SINCE, SINCE)}
    for entry in entries:
        for name, years in entry.zones.items():
            _widen(zones, name, years)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        f"NAME:{calendar}",
        f"X-WR-CALNAME:{calendar}",
        f"DESCRIPTION:{description}",
        f"X-WR-CALDESC:{description}",
        *([] if _repeats_in_utc(entries, head.zone) else [f"X-WR-TIMEZONE:{head.zone}"]),
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"SOURCE;VALUE=URI:{head.source}",
        f"URL:{head.page}",
        f"LAST-MODIFIED:{head.updated:%Y%m%dT%H%M%SZ}",
    ]
    if head.color:
        lines.append(f"COLOR:{head.color}")
        lines.append(f"X-APPLE-CALENDAR-COLOR:{name_to_hex(head.color).upper()}")
    for name in sorted(zones):
        lines += vtimezone(name, *zones[name])
    return (join(lines).encode(), *(entry.data for entry in entries), b"END:VCALENDAR\r\n")
