"""What makes a record wrong though each of its fields is right. Pure: no clock, no files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from ..problems import N_, Severity
from .community import Course, Event, Occurrence, Organisation, Place, Stop, Territory, Text
from .deadlines import deadline_doubles, deadlines_skipped
from .geography import distance
from .journeys import journey_faults
from .registration import deadline_faults, registration_faults
from .relay import claim_faults
from .schema import Image, Replay, StopRecord
from .series import is_series
from .times import Fault, Faulty, day_number
from .values import WEEKDAYS
from .zones import position, same_time, zone

EARLIEST = 2000
FAR_YEARS = 5
"""The years in which meetings are held: before them, or so long after today, a slip is likelier."""

LONGEST_LIVE = timedelta(hours=20)

NEAR = 1000.0
"""km around the town of the community's zone."""

NEAR_ZONE = 2500.0
"""km around the town of a zone that a place is said to keep: the largest of them are as wide."""

NEAR_OVERSEAS = 300.0
"""km around the town of another zone that is likely here; nowhere is land within it the other way
round: Galicia lies 500 km from Mayotte."""

MAINLAND = "Europe/Paris"
OVERSEAS = (
    *("America/Cayenne", "America/Guadeloupe", "America/Martinique", "America/Miquelon"),
    *("America/Marigot", "America/St_Barthelemy", "Indian/Mayotte", "Indian/Reunion"),
    *("Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis"),
)
"""The zones of France outside its mainland, whether or not the site has territories there."""


def event_faults(event: Event, now: datetime, home: str) -> Iterator[Fault]:
    """Every rule an event breaks, in its own file.

    Args:
        now: the instant of the build, aware.
        home: the community's zone.
    """
    record = event.record
    yield from image_faults(record.image)
    yield from _mode(event)
    if record.place and record.places:
        yield Fault("place-and-places", ("place",))
    if record.updated is not None and record.updated.naive.replace(tzinfo=UTC) > now:
        yield Fault("future-update", ("updated",), {"value": record.updated})
    yield from _zone(event, home)
    yield from _deadlines(event, now)
    yield from registration_faults(record.registration)
    yield from claim_faults(event, now.astimezone(zone(home)).date())
    first = event.first
    if first is not None:
        yield from date_faults(first.first, now, "start")
        yield from _weekday(event, first)
        if not is_series(record):  # of one, that is told of all its dates together
            yield from deadline_faults(record.registration, first)
        yield from _two_zones(event, first)
        yield from _course_span(event, first)
        if event.kind.has_hours and first.all_day and not event.plan.has_hours:
            yield Fault("no-time", ("start",), {"date": first.first}, "warning")
    if event.around is not None:
        yield from date_faults(event.around.last, now, "when")
    if record.replay is not None:
        earliest = event.earliest
        if earliest is not None and earliest[0] > now:
            yield Fault("replay-of-future", ("replay",), {"date": earliest[1]})
        yield from _chapters(record.replay)
    yield from _stops(event.stops, first)
    yield from journey_faults(event)


def date_faults(day: date | None, now: datetime, field: str, *within: str | int) -> Iterator[Fault]:
    """A date so far off that a slip is likelier.

    Args:
        within: the keys below which the field stands.
    """
    if day is not None and not (EARLIEST <= day.year <= now.year + FAR_YEARS):
        yield Fault("far-date", (*within, field), {"date": day, "field": field}, "warning")


def _deadlines(thing: Event | Course, now: datetime) -> Iterator[Fault]:
    yield from deadline_doubles(thing.record)
    yield from deadlines_skipped(thing)
    for index, one in enumerate(thing.record.deadlines):
        yield from date_faults(one.until.day, now, "until", "deadlines", index)


def image_faults(image: Image | None) -> Iterator[Fault]:
    if image is not None and not image.alt and not image.decorative:
        yield Fault("image-alt", ("image",), without=(("image", "alt"), ("image", "decorative")))


def _weekday(event: Event, first: Occurrence) -> Iterator[Fault]:
    expected = event.collection.weekday
    if expected is None:
        return
    actual = first.first.weekday()
    excused = event.record.exception is not None
    if actual != expected and not excused:
        yield Fault(
            "wrong-weekday",
            ("start",),
            {
                "date": first.first,
                "weekday": WEEKDAYS[actual],
                "collection": event.collection.name,
                "expected": WEEKDAYS[expected],
            },
            without=(("exception",),),
        )
    if actual == expected and excused and not is_long(event, first):
        yield Fault("useless-exception", ("exception",))


def is_long(event: Event, first: Occurrence) -> bool:
    """Whether a meeting that is held live lasts longer than anybody stays."""
    is_live = event.kind.has_hours and event.place is None and not first.all_day
    return is_live and first.ends - first.begins > LONGEST_LIVE


def _course_span(event: Event, first: Occurrence) -> Iterator[Fault]:
    course = event.course.record if event.course else None
    if course is None:
        return
    early = course.start is not None and first.first < course.start
    late = course.end is not None and first.last > course.end
    if early or late:
        params = {"date": first.first, "start": course.start or "…", "end": course.end or "…"}
        yield Fault("session-outside-course", ("start",), params)


def _mode(event: Event) -> Iterator[Fault]:
    record = event.record
    reason = None
    if record.mode == "online" and event.place and record.status != "moved-online":
        reason = N_("a place is given")
    elif record.mode == "on-site" and record.online:
        reason = N_("the address of a live meeting is given")
    if reason:
        yield Fault("mode-contradiction", ("mode",), {"mode": record.mode, "reason": reason})


def _zone(event: Event, home: str) -> Iterator[Fault]:
    first = event.first
    if first is None or event.record.timezone or event.places:
        return
    noon = datetime.combine(first.first, time(12))
    for index, territory in enumerate(event.refs.territories):
        if territory.timezone and not same_time(territory.timezone, home, noon):
            yield Fault(
                "placeless-territory",
                ("territories", index),
                {"territory": territory.name, "timezone": home, "zone": territory.timezone},
                "warning",
                without=(("place",), ("timezone",), ("stops",)),
            )


def _two_zones(event: Event, first: Occurrence) -> Iterator[Fault]:
    """One reading of its hours, where its places keep different times."""
    if event.record.timezone or first.all_day:
        return
    noon = datetime.combine(first.first, time(12))
    for index, stop in enumerate(event.stops):
        zone = stop.place.zone if stop.place else None
        if stop.place and zone and not same_time(zone, event.zone, noon):
            params = {"place": stop.place.name, "timezone": event.zone}
            yield Fault("two-zones", ("stops", index, "place"), params, "warning")
            return


def place_faults(
    events: Sequence[Event],
    courses: Iterable[Course],
    places: Sequence[Place],
    organisations: Iterable[Organisation],
    home: str,
    now: datetime,
) -> Iterator[tuple[Place, Fault]]:
    """Places of which nobody knows what time they keep, once the community keeps several.

    An error where the hours of an event are read by such a place: they may be wrong.

    Args:
        home: the community's zone, an IANA name.
        now: the instant of the build, aware.
    """
    lost = [place for place in places if not place.is_located]
    if not lost:
        return
    zones = _zones(events, courses, places, organisations)
    told: set[str] = set()
    for event in events:
        first, place = event.first, next(iter(event.places), None)
        if first is None or first.all_day or event.record.timezone:
            continue
        if place is None or place.is_located or place.id in told:
            continue
        others = _others(zones, home, first.start or first.begins)
        if others:
            told.add(place.id)
            yield place, _lost_place(place, home, others, "error")
    others = _others(zones, home, now)
    for place in lost if others else ():
        if place.id not in told:
            yield place, _lost_place(place, home, others, "warning")


def position_faults(
    place: Place,
    home: str,
    fits: Callable[[tuple[float, float]], bool],
    territories: Iterable[Territory] = (),
) -> Iterator[Fault]:
    """Coordinates in the wrong order, or without their sign.

    Far from the town of the zone that the place keeps, and near it when they are set right. A place
    that says nothing of its zone may also be meant to lie near that of a territory.

    Args:
        home: the community's zone, an IANA name.
        fits: whether it may lie at a point, by the outline of its territory.
        territories: those of the site.
    """
    town = position(place.zone or home)
    if town is None or place.latitude is None or place.longitude is None:
        return
    near = NEAR_ZONE if place.zone else NEAR
    latitude, longitude = place.latitude, place.longitude
    if distance((latitude, longitude), town) <= near:
        return
    towns = [(town, near)]
    if not place.zone:
        zones = {one.timezone for one in territories if one.timezone}
        zones |= set(OVERSEAS) if home == MAINLAND else set()
        found = (position(zone) for zone in sorted(zones))
        towns += [(one, NEAR_OVERSEAS) for one in found if one is not None]
        if any(distance((latitude, longitude), one) <= NEAR for one, _ in towns):
            return
    right = [(longitude, latitude)]
    if place.zone:
        right += [(latitude, -longitude), (-latitude, longitude), (-longitude, latitude)]
        right += [(longitude, -latitude)]
    for one in right:
        is_near = abs(one[0]) <= 90 and any(distance(one, other) <= km for other, km in towns)
        if is_near and fits(one):
            params = {"place": place.name, "zone": place.zone or home}
            params |= {"latitude": f"{one[0]:g}", "longitude": f"{one[1]:g}"}
            missing = (("longitude",), ("territory",), ("timezone",))
            yield Fault("far-place", ("latitude",), params, "warning", missing)
            return


def _others(zones: Iterable[str], home: str, moment: datetime) -> list[str]:
    """The zones that do not keep the time of *home* on that day."""
    noon = datetime.combine(moment.date(), time(12))
    return sorted(zone for zone in zones if not same_time(zone, home, noon))


def _lost_place(place: Place, home: str, others: Sequence[str], severity: Severity) -> Fault:
    params = {"place": place.name, "timezone": home, "others": ", ".join(others[:3])}
    return Fault("place-zone", ("name",), params, severity, (("territory",), ("timezone",)))


def _zones(
    events: Iterable[Event],
    courses: Iterable[Course],
    places: Iterable[Place],
    organisations: Iterable[Organisation],
) -> set[str]:
    """The zones that are referred to: a territory that nobody names adds none."""
    found = {event.record.timezone for event in events}
    found |= {place.zone for place in places}
    named = [*(event.refs for event in events), *(course.refs for course in courses)]
    territories = [one for refs in named for one in refs.territories]
    territories += [one.where for one in organisations if one.where]
    found |= {territory.timezone for territory in territories}
    return {zone for zone in found if zone}


def _chapters(replay: Replay) -> Iterator[Fault]:
    found = list(_chapter_faults(replay))
    yield from found
    if replay.chapters and not found and not (replay.video or replay.audio):
        media = (("replay", "video"), ("replay", "audio"))
        yield Fault("idle-chapters", ("replay", "chapters"), {}, "warning", without=media)


def _chapter_faults(replay: Replay) -> Iterator[Fault]:
    before: int | None = None
    for index, chapter in enumerate(replay.chapters):
        path = ("replay", "chapters", index, "at")
        at = {"chapter": chapter.title, "at": timedelta(seconds=chapter.at)}
        if before is not None and chapter.at <= before:
            yield Fault("chapter-order", path, {**at, "before": timedelta(seconds=before)})
        if replay.duration is not None and chapter.at >= replay.duration.total_seconds():
            yield Fault("chapter-beyond", path, {**at, "length": replay.duration})
        before = max(before or 0, chapter.at)


def _stops(stops: tuple[Stop, ...], first: Occurrence | None) -> Iterator[Fault]:
    days = first.days if first else None
    before = (0, time())
    ids: set[str] = set()
    for index, stop in enumerate(stops):
        record = stop.record
        if record.id in ids:
            yield Fault("duplicate-stop", ("stops", index, "id"), {"id": record.id})
        ids.add(record.id)
        number: int | None = None
        if record.day is not None:
            at = ("stops", index, "day")
            try:
                number = day_number(record.day, first, record.id, *at)
            except Faulty as error:
                yield error.fault
            else:
                if not 1 <= number <= (days or number):
                    params = {"stop": record.id, "day": number, "days": days or 1}
                    yield Fault("stop-outside-trip", at, params, without=(("end",), ("duration",)))
        if record.start and record.end and record.end <= record.start:
            params = {"start": f"{record.start:%H:%M}", "end": f"{record.end:%H:%M}"}
            yield Fault("end-before-start", ("stops", index, "end"), params)
        hour = "start" if record.start else "end" if record.end else None
        if hour and record.day is None and days is not None and days > 1:
            params = {"stop": record.id, "days": days}
            missing = (("stops", index, "day"),)
            path = ("stops", index, hour)
            yield Fault("stop-without-day", path, params, "warning", without=missing)
        day = number if number is not None else before[0]
        here = (day, record.start or (before[1] if day == before[0] else time()))
        if here < before:
            above = tuple(("stops", at, "day") for at in range(index + 1))
            yield Fault("stop-order", ("stops", index), {"stop": record.id}, without=above)
        before = max(here, before)


def stop_at(
    record: StopRecord,
    first: Occurrence | None,
    place: Place | None = None,
    host: Organisation | None = None,
    text: Text | None = None,
) -> Stop:
    """A stop on its day, which is not known where it is wrong, or is not said."""
    number: int | None = None
    if record.day is not None:
        with suppress(Faulty):  # which is told of the whole trip
            number = day_number(record.day, first, record.id)
    day = first.first + timedelta(days=number - 1) if first and number and number > 0 else None
    return Stop(record=record, place=place, host=host, number=number, day=day, text=text)


def course_faults(course: Course, now: datetime) -> Iterator[Fault]:
    """Every rule a course breaks, in its own file.

    Args:
        now: the instant of the build, aware.
    """
    record = course.record
    yield from date_faults(record.start, now, "start")
    yield from date_faults(record.end, now, "end")
    yield from image_faults(record.image)
    yield from _deadlines(course, now)
    yield from registration_faults(record.registration)
    if record.start and record.end and record.end < record.start:
        yield Fault("end-before-start", ("end",), {"start": record.start, "end": record.end})
