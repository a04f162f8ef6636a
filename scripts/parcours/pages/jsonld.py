"""Schema.org descriptions of events and courses, for search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from ..model.community import (
    Course,
    DateOf,
    Entity,
    Event,
    Occurrence,
    Organisation,
    Part,
    Person,
    Place,
    Post,
    Stop,
    Territory,
    Theme,
    entity_address,
)
from ..model.journeys import stop_occurrence
from ..model.names import asset_name
from ..model.price import read_price
from ..model.programme import Item, chapters_of, items_of
from ..model.recurrence import DAYS
from ..model.registration import closes, ends, registration_state
from ..model.schema import Chapter, Replay
from ..model.series import is_moved, is_shifted
from ..model.settings import Settings
from ..model.tags import tags_of
from ..model.times import Faulty, repeated
from ..model.transcript import Transcript
from ..model.values import Moment
from .players import player

_STATUS = {
    "confirmed": "EventScheduled",
    "tentative": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
    "moved-online": "EventMovedOnline",
}
_MODE = {
    "online": "OnlineEventAttendanceMode",
    "on-site": "OfflineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}
_COURSE_MODE = {"online": "Online", "on-site": "Onsite", "hybrid": "Blended"}
_FEATURES: Mapping[str, bool | str] = {"yes": True, "partly": "limited", "no": False}
Json = dict[str, object]
Thing = Event | Course | Post


def to_script(data: Mapping[str, object]) -> str:
    """JSON for a ``<script>``: no character in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def event_json(
    event: Event,
    settings: Settings,
    description: str,
    shared: str = "",
    series: Event | None = None,
    *,
    is_whole: bool = False,
) -> Json:
    """An Event of schema.org; CourseInstance for a session of a course.

    Only what the source says is asserted: of a price what is sure, and no mode that nobody knows.
    The rest is what search engines ask for.

    Args:
        shared: the address of the image that goes with its shared links; "" for none.
        series: of which the event is a date.
        is_whole: whether it stands for its series, whose page it is.
    """
    record = event.record
    whole = series if series is not None and is_whole else event
    url = settings.site_url + whole.address
    data: Json = {
        "@context": "https://schema.org",
        "@type": event.kind.schema_type,
        "name": whole.title,
        "url": url,
        "eventStatus": f"https://schema.org/{_STATUS[record.status]}",
    }
    if event.mode is not None:
        data["eventAttendanceMode"] = f"https://schema.org/{_MODE[event.mode]}"
    if description:
        data["description"] = description
    data |= _image(event, settings, shared) | _times(event) | _moved(event)
    if series is not None and whole is series:
        data |= _rhythm(series)
    elif series is not None:
        address = settings.site_url + series.address
        data["superEvent"] = {"@type": "EventSeries", "name": series.title, "url": address}
    if event.kind.in_courses:
        data |= _taught(event)
        if event.course is not None:
            course = {
                "@type": "Course",
                "name": event.course.title,
                "url": settings.site_url + event.course.address,
            }
            # A course is no event of which this one could be a part.
            data["@reverse"] = {"hasCourseInstance": course}
    data |= _locations(event, url)
    data |= priced(event, _offers(event, url), url, _tickets(event, settings))
    if record.url:
        data["sameAs"] = record.url
    if event.refs.organisers:
        data["organizer"] = [_organisation(one) for one in event.refs.organisers]
    performers: list[Json] = [_organisation(one) for one in event.refs.hosts]
    performers += [_person(one, settings) for one in event.speakers]
    if performers:
        data["performer"] = performers
    data |= _about(event, event.refs.themes)
    if record.seats is not None:
        data["maximumAttendeeCapacity"] = record.seats
    within: list[Json] = []
    if event.stops and event.first is not None:
        within += [_as_the_whole(event, _stop(event, stop, url)) for stop in event.stops]
    within += [_as_the_whole(event, _item(item, settings, url)) for item in items_of(event)]
    if series is not None and whole is series:
        within += [_date(one, event, settings) for one in _unruled(series, event)]
    if within:
        data["subEvent"] = within
    if record.replay is not None and record.replay.video:
        data["recordedIn"] = {
            "@type": "VideoObject",
            "@id": f"{url}#replay",
            "name": event.title,
            "url": record.replay.video,
        }
    return data


_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}


MOST_DATES = 50
"""Dates of a series that are told one by one: the next ones, then the latest."""


def _rhythm(series: Event) -> Json:
    """How often a series is held; nothing where no Schedule can say it."""
    schedules = [
        one for part in series.parts if _is_scheduled(part) for one in _schedules(part, series)
    ]
    return {"eventSchedule": schedules} if schedules else {}


def _is_scheduled(part: Part) -> bool:
    """Whether a Schedule can say when a part is held: it knows of no « last working day »."""
    return part.rule is not None and not part.rule.positions


def _unruled(series: Event, shown: Event) -> list[Event]:
    """The dates that no Schedule of a series tells as they are, but for the one that is shown."""
    ruled = [part for part in series.parts if _is_scheduled(part)]
    found = [
        one
        for one in series.dates
        if not _as_ruled(one) or not any(_gives(part, one) for part in ruled)
        if one is not shown or not _is_on(one)
    ]
    at = shown.occurrences[0].begins
    coming = [one for one in found if one.occurrences[0].begins >= at]
    past = [one for one in found if one.occurrences[0].begins < at]
    most = MOST_DATES - len(coming[:MOST_DATES])
    return [*past[len(past) - most if most < len(past) else 0 :], *coming[:MOST_DATES]]


def _gives(part: Part, one: Event) -> bool:
    """Whether a date is one of those that the rule of a part gives."""
    (first,), date = part.event.occurrences, one.date
    assert date is not None  # it is a date of a series
    day = date.original.day
    in_time = first.first <= day and (part.last is None or day <= part.last.day)
    return in_time and date.part is not None and date.original not in part.added


def _is_on(one: Event) -> bool:
    return one.record.status not in ("cancelled", "postponed")


def _as_ruled(one: Event) -> bool:
    """Whether a date is held when its rule has it."""
    return _is_on(one) and not is_moved(one) and not is_shifted(one)


def _moved(one: Event) -> Json:
    """What is told of a date that is held, or was to be, at another time than its rule has it."""
    date = one.date
    if date is None or not is_moved(one):
        return {}
    before = date.due if date.original.at else date.original.day
    previous = {"previousStartDate": before.isoformat()}
    is_scheduled = _STATUS[one.record.status] == "EventScheduled"
    status = {"eventStatus": "https://schema.org/EventRescheduled"} if is_scheduled else {}
    return {**status, **previous}


def _date(one: Event, shown: Event, settings: Settings) -> Json:
    """A date of a series, as an event within it: no more than what it says otherwise."""
    url = settings.site_url + one.address
    data: Json = {
        "@type": one.kind.schema_type,
        "name": one.title,
        "url": url,
        "eventStatus": f"https://schema.org/{_STATUS[one.record.status]}",
        **_times(one),
        **_moved(one),
    }
    if one.places != shown.places or one.mode != shown.mode:
        data |= _locations(one, url)
    return data


def _schedules(part: Part, series: Event) -> Iterator[Json]:
    """How often something is held, as a Schedule for each of its hours."""
    rule, (first,) = part.rule, part.event.occurrences
    assert rule is not None  # only asked of what has one
    away = {date.original: None for date in _away(part, series)}
    left = sorted({**dict.fromkeys(part.excluded), **away}, key=lambda one: one.naive)
    for at in rule.hours or (None,):
        begins = first if at is None else repeated(first, Moment(first.first, at))
        yield _schedule(part, begins, [one for one in left if at in (None, one.at)])


def _away(part: Part, series: Event) -> Iterator[DateOf]:
    """The dates of a rule that are not held when it has them."""
    for one in series.dates:
        if one.date is not None and _gives(part, one) and not _as_ruled(one):
            yield one.date


def _schedule(part: Part, first: Occurrence, left: Sequence[Moment]) -> Json:
    """A Schedule: its days, its local hours and their zone.

    Args:
        first: its first date.
        left: what the rule gives and is not held then.
    """
    rule = part.rule
    assert rule is not None  # only asked of what has one
    data: Json = {
        "@type": "Schedule",
        "startDate": f"{first.first}",
        "repeatFrequency": f"P{rule.interval}{_UNITS[rule.every]}",
        "scheduleTimezone": first.zone,
    }
    if part.last is not None:
        data["endDate"] = f"{part.last.day}"
    if first.start is not None and first.end is not None:
        data |= {"startTime": f"{first.start:%H:%M:%S}", "endTime": f"{first.end:%H:%M:%S}"}
    if rule.weekdays:
        # As iCalendar writes them: « 2TH » is the second Thursday of a month.
        data["byDay"] = [f"{nth or ''}{DAYS[day]}" for day, nth in rule.weekdays]
    if rule.days:
        data["byMonthDay"] = list(rule.days)
    if rule.months:
        data["byMonth"] = list(rule.months)
    if left:
        data["exceptDate"] = [(one.naive if one.at else one.day).isoformat() for one in left]
    return data


def _as_the_whole(event: Event, part: Json) -> Json:
    """A part of what is called off, or held online instead, says so: else it is read as held."""
    status = _STATUS[event.record.status]
    if status == "EventScheduled":
        return part
    return {**part, "eventStatus": f"https://schema.org/{status}"}


def _stop(event: Event, stop: Stop, url: str) -> Json:
    """A stop of a trip, as an event within it; its hours where its source says them."""
    record = stop.record
    data: Json = {"@type": "Event", "name": record.title, "url": f"{url}#{record.id}"}
    with suppress(Faulty):
        when = stop_occurrence(event, stop)
        if when is not None:
            data["startDate"] = (when.start or when.first).isoformat()
            if record.end is not None and when.end is not None:
                data["endDate"] = when.end.isoformat()
    if stop.place is not None:
        data["location"] = _place(stop.place)
    if stop.host is not None:
        data["organizer"] = _organisation(stop.host)
    return data


def _item(item: Item, settings: Settings, url: str) -> Json:
    """An item of a programme, as an event within its meeting."""
    record = item.record
    data: Json = {"@type": "Event", "name": record.title, "url": f"{url}#{item.anchor}"}
    if item.begins is not None:
        data["startDate"] = item.begins.isoformat()
    elif item.day is not None:
        data["startDate"] = item.day.isoformat()
    if item.ends is not None:
        data["endDate"] = item.ends.isoformat()
    if item.track:
        data["location"] = {"@type": "Place", "name": item.track}
    if record.language:
        data["inLanguage"] = record.language
    if item.speakers:
        data["performer"] = [_person(one, settings) for one in item.speakers]
    if record.video:
        data["recordedIn"] = {"@type": "VideoObject", "name": record.title, "url": record.video}
    return data


def _image(thing: Thing, settings: Settings, shared: str) -> Json:
    """Its own picture, else the one that goes with its shared links."""
    image = thing.record.image
    own = settings.site_url + thing.address + asset_name(image.src) if image else ""
    return {"image": [own or shared]} if own or shared else {}


def _times(event: Event) -> Json:
    """When it begins, and when it ends where its source says so."""
    first, record = event.first, event.record
    if first is None:
        return {}
    begins = {"startDate": (first.start or first.first).isoformat()}
    if first.end is not None and record.end is None and record.duration is None:
        return {**begins}
    return {
        **begins,
        "endDate": (first.end or first.last).isoformat(),
    }


def _taught(event: Event) -> Json:
    """How a session is held, and how long; a whole day is not 24 hours of work."""
    data: Json = {}
    if event.mode is not None:
        data["courseMode"] = _COURSE_MODE[event.mode]
    first = event.first
    if first is not None and not first.all_day:
        data["courseWorkload"] = _iso_duration(first.ends - first.begins)
    return data


def _offers(thing: Event | Course, url: str, sessions: Sequence[Event] = ()) -> Json:
    """Where one registers, while one can; what it costs is not known."""
    registration, state = thing.record.registration, registration_state(thing, None, sessions)
    if registration is None or state == "closed":
        return {}
    offer: Json = {"@type": "Offer", "url": registration.url or url}
    if state == "full":
        return {"offers": {**offer, "availability": "https://schema.org/SoldOut"}}
    if registration.url is None:
        return {}
    offer["availability"] = "https://schema.org/InStock"
    until = [instant for instant in (closes(thing), ends(thing, sessions)) if instant is not None]
    if until:
        offer["validThrough"] = min(until).isoformat()
    return {"offers": offer}


def _tickets(event: Event, settings: Settings) -> str:
    """Where one pays, which is not always where one registers; "" where nothing says it."""
    page = settings.site_url + event.address.partition("#")[0]
    said = (one.url for one in event.record.links if one.kind == "tickets")
    return next((one if "://" in one else page + asset_name(one) for one in said), "")


def priced(event: Event, offered: Json, url: str, tickets: str = "") -> Json:
    """What is offered, with what is sure of its price; without a price, as it was.

    Args:
        offered: where one registers.
        tickets: where one pays; "" where nothing says it.
    """
    read = read_price(event.record.price)
    if read.is_free is None and not read.offers:
        return offered
    data: Json = {} if read.is_free is None else {"isAccessibleForFree": read.is_free}
    if event.record.status in ("cancelled", "postponed"):
        return data | offered
    own = offered.get("offers", {"@type": "Offer", "url": url})
    assert isinstance(own, dict)  # there is one form
    own = {**own, **({"url": tickets} if tickets else {})}
    if read.is_free:
        return data | ({"offers": {**own, "price": "0"}} if offered else {})
    offers = [
        {
            **own,
            **({"name": one.name} if one.name else {}),
            **{"price": one.amount, "priceCurrency": one.currency},
        }
        for one in read.offers
    ]
    return {**data, "offers": offers[0] if len(offers) == 1 else offers}


TRANSCRIPT_LIMIT = 2000
"""Characters of a transcript that search engines are told; the page holds all of it."""


def video_json(
    event: Event,
    settings: Settings,
    description: str,
    released: datetime | None,
    shared: str = "",
) -> Json | None:
    """A VideoObject of schema.org with its chapters as clips; None without a video.

    Args:
        released: the instant at which it came out, if it is known.
        shared: the address of the image that goes with shared links of its page; "" for none.
    """
    replay = event.record.replay
    if replay is None or not replay.video:
        return None
    url = settings.site_url + event.address
    played = player(replay.video)
    data: Json = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "@id": f"{url}#replay",
        "name": event.title,
        "description": description or event.title,
        "url": replay.video,
    }
    if image := _image(event, settings, shared):
        data["thumbnailUrl"] = image["image"]
    if released is not None:
        data["uploadDate"] = released.isoformat()
    if replay.duration:
        data["duration"] = f"PT{int(replay.duration.total_seconds())}S"
    if played.kind == "video":
        data["contentUrl"] = played.source
    elif played.kind == "frame":
        data["embedUrl"] = played.source
    if isinstance(event.transcript, Transcript):
        data["transcript"] = _cut(event.transcript.text, TRANSCRIPT_LIMIT)
    if replay.captions:
        data["caption"] = {
            "@type": "MediaObject",
            "contentUrl": url + asset_name(replay.captions),
            "encodingFormat": "text/vtt",
        }
    chapters = chapters_of(event)
    clips = [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": chapter.at,
            **({"endOffset": end} if end else {}),
            "url": f"{url}#t={chapter.at}",
        }
        for chapter, end in zip(chapters, _chapter_ends(chapters, replay), strict=True)
    ]
    if clips:
        data["hasPart"] = clips
    return data


def _chapter_ends(chapters: Sequence[Chapter], replay: Replay) -> list[int]:
    """Where each chapter ends, in seconds: where the next begins; 0 when it is not known."""
    whole = int(replay.duration.total_seconds()) if replay.duration else 0
    return [*(one.at for one in chapters[1:]), whole][: len(chapters)]


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


def post_json(post: Post, settings: Settings, description: str, shared: str = "") -> Json:
    """A NewsArticle of schema.org.

    Args:
        shared: the address of the image that goes with its shared links; "" for none.
    """
    data: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": post.title,
        "url": settings.site_url + post.address,
        "datePublished": datetime.fromtimestamp(post.instant, UTC).isoformat(),
        "publisher": {
            "@type": "Organization",
            "name": settings.site_name,
            "url": settings.site_url,
        },
    }
    if post.record.updated is not None:
        updated = post.record.updated.naive.replace(tzinfo=UTC)
        data["dateModified"] = updated.isoformat()
    if description:
        data["description"] = description
    data |= _image(post, settings, shared)
    if post.authors:
        data["author"] = [_person(one, settings) for one in post.authors]
    return data | _about(post, post.themes)


def course_json(
    course: Course,
    sessions: tuple[Event, ...],
    settings: Settings,
    description: str,
    shared: str = "",
) -> Json:
    """A Course of schema.org with its sessions as instances.

    Args:
        shared: the address of the image that goes with its shared links; "" for none.
    """
    url = settings.site_url + course.address
    data: Json = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": course.title,
        "description": description or course.title,
        "url": url,
        "provider": [_organisation(one) for one in course.refs.organisers]
        or {"@type": "Organization", "name": settings.site_name, "url": settings.site_url},
    }
    data |= _image(course, settings, shared) | _offers(course, url, sessions)
    data |= _about(course, course.refs.themes)
    if sessions:
        data["hasCourseInstance"] = [_instance(event, settings) for event in sessions]
    return data


def _about(thing: Event | Course | Post, themes: tuple[Theme, ...]) -> Json:
    """Its themes and tags, and its language, if it says one."""
    data: Json = {}
    if words := [*(theme.name for theme in themes), *tags_of(thing)]:
        data["keywords"] = ", ".join(words)
    if thing.record.language:
        data["inLanguage"] = thing.record.language
    return data


def _instance(event: Event, settings: Settings) -> Json:
    url = settings.site_url + event.address
    return {
        "@type": "CourseInstance",
        "name": event.title,
        "url": url,
        **_taught(event),
        **_times(event),
        **_locations(event, url),
    }


def organisation_json(one: Organisation, settings: Settings) -> Json:
    """An Organization of schema.org, with its place."""
    data: Json = {"@context": "https://schema.org", "@id": _page(one, settings)}
    data |= _organisation(one)
    if one.description:
        data["description"] = one.description
    if one.place is not None:
        data["location"] = _place(one.place)
    elif one.territory is not None:
        data["location"] = {"@type": "Place", "name": one.territory.name}
    return data


def person_json(one: Person, settings: Settings) -> Json:
    """A Person of schema.org: only what was agreed to be published."""
    data: Json = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": one.name,
        "url": _page(one, settings),
    }
    if one.role:
        data["jobTitle"] = one.role
    if one.organisation is not None:
        data["worksFor"] = _organisation(one.organisation)
    return data


def territory_json(one: Territory, settings: Settings) -> Json:
    """An AdministrativeArea of schema.org."""
    data: Json = {
        "@context": "https://schema.org",
        "@type": "AdministrativeArea",
        "name": one.name,
        "url": _page(one, settings),
    }
    if one.description:
        data["description"] = one.description
    return data


def place_json(one: Place, settings: Settings) -> Json:
    """A Place of schema.org; what it offers is named by the keys and values of OpenStreetMap."""
    data: Json = {"@context": "https://schema.org", **_place(one), "url": _page(one, settings)}
    if one.description:
        data["description"] = one.description
    if one.url:
        data["sameAs"] = one.url
    offered = [
        {
            "@type": "LocationFeatureSpecification",
            "propertyID": f"https://wiki.openstreetmap.org/wiki/Key:{key}",
            "name": key,
            "value": _FEATURES[value],
        }
        for key, value in (
            ("wheelchair", one.access.wheelchair),
            ("toilets:wheelchair", one.access.toilets),
            ("hearing_loop", one.access.hearing_loop),
        )
        if value is not None
    ]
    if offered:
        data["amenityFeature"] = offered
    return data


def _page(entity: Entity, settings: Settings) -> str:
    return settings.site_url + entity_address(entity, settings.addresses)


def _iso_duration(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    return f"PT{minutes // 60}H{minutes % 60}M"


def _organisation(one: Organisation) -> Json:
    data: Json = {"@type": "Organization", "name": one.name}
    if one.url:
        data["url"] = one.url
    return data


def _person(one: Person, settings: Settings) -> Json:
    data: Json = {"@type": "Person", "name": one.name}
    if one.filed or one.url:
        data["url"] = _page(one, settings) if one.filed else one.url
    if not one.filed and one.organisation is not None:
        data["affiliation"] = _organisation(one.organisation)
    return data


def _place(place: Place) -> Json:
    data: Json = {"@type": "Place", "name": place.name, **_address(place)}
    if place.latitude is not None and place.longitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return data


_POSTAL = re.compile(
    r"(?:(?P<streetAddress>[^,].{0,300}), )?(?P<postalCode>\d{5}) (?P<addressLocality>[^,\d]{1,80})"
)


def _address(place: Place) -> Json:
    """A postal address, in parts where they are sure: a post code parts the street and the town."""
    region = place.territory.name if place.territory else ""
    line = (place.address or "").removesuffix(f", {region}" if region else "")
    found = _POSTAL.fullmatch(line)
    if line and found is None:
        return {"address": place.address}
    parts = found.groupdict() if found else {}
    if region:
        parts["addressRegion"] = region
    known = {key: part for key, part in parts.items() if part}
    return {"address": {"@type": "PostalAddress", **known}} if known else {}


def _locations(event: Event, url: str) -> Json:
    """Where people meet: places, and a meeting online at its own address, else its page's."""
    locations: list[Json] = []
    if event.mode in ("on-site", "hybrid"):
        places = event.sites or event.places
        locations += [_place(place) for place in dict.fromkeys(places)]
        if not places:
            locations += [_region(territory) for territory in event.refs.territories]
    if event.mode in ("online", "hybrid"):
        locations.append({"@type": "VirtualLocation", "url": event.record.online or url})
    return {"location": locations} if locations else {}


def _region(territory: Territory) -> Json:
    address = {"@type": "PostalAddress", "addressRegion": territory.name}
    return {"@type": "Place", "name": territory.name, "address": address}
