"""Schema.org descriptions of events and courses, for search engines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from ..model.community import (
    Course,
    Entity,
    Event,
    Organisation,
    Person,
    Place,
    Post,
    Territory,
    entity_address,
)
from ..model.names import asset_name
from ..model.schema import Replay
from ..model.settings import Settings
from ..model.transcript import Transcript
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
Json = dict[str, object]


def to_script(data: Mapping[str, object]) -> str:
    """JSON for a ``<script>``: no character in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def event_json(event: Event, settings: Settings, description: str) -> Json:
    """What an event is to schema.org: an Event, or what its kind says, narrower."""
    record = event.record
    data: Json = {
        "@context": "https://schema.org",
        "@type": event.kind.schema_type,
        "name": event.title,
        "url": settings.site_url + event.address,
        "eventStatus": f"https://schema.org/{_STATUS[record.status]}",
        "eventAttendanceMode": f"https://schema.org/{_MODE[event.mode]}",
        "inLanguage": settings.language,
        "isAccessibleForFree": True,
    }
    if description:
        data["description"] = description
    first = event.first
    if first is not None:
        if first.start and first.end:
            data["startDate"] = first.start.isoformat()
            data["endDate"] = first.end.isoformat()
        else:
            data["startDate"] = first.first.isoformat()
            data["endDate"] = first.last.isoformat()
    if event.kind.in_courses:
        data["courseMode"] = "Online" if event.mode == "online" else "Blended"
        if first is not None:
            data["courseWorkload"] = _iso_duration(first.ends - first.begins)
        if event.course is not None:
            data["superEvent"] = {
                "@type": "Course",
                "name": event.course.title,
                "url": settings.site_url + event.course.address,
            }
    data |= _locations(event)
    if event.refs.organisers:
        data["organizer"] = [_organisation(one) for one in event.refs.organisers]
    performers: list[Json] = [_organisation(one) for one in event.refs.hosts]
    performers += [{"@type": "Person", "name": one.name} for one in event.speakers]
    if performers:
        data["performer"] = performers
    if event.refs.themes:
        data["keywords"] = ", ".join(theme.name for theme in event.refs.themes)
    if record.seats is not None:
        data["maximumAttendeeCapacity"] = record.seats
    if record.replay is not None and record.replay.video:
        data["recordedIn"] = {
            "@type": "VideoObject",
            "@id": f"{settings.site_url}{event.address}#replay",
            "name": event.title,
            "url": record.replay.video,
        }
    return data


TRANSCRIPT_LIMIT = 2000
"""Characters of a transcript that search engines are told; the page holds all of it."""


def video_json(
    event: Event, settings: Settings, description: str, released: datetime | None
) -> Json | None:
    """A VideoObject of schema.org with its chapters as clips; None without a video.

    There is no picture of it here, so none is named.

    Args:
        released: the instant at which it came out, if it is known.
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
        "inLanguage": settings.language,
        "isAccessibleForFree": True,
        "url": replay.video,
    }
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
    clips = [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": chapter.at,
            **({"endOffset": end} if end else {}),
            "url": f"{url}#t={chapter.at}",
        }
        for chapter, end in zip(replay.chapters, _chapter_ends(replay), strict=True)
    ]
    if clips:
        data["hasPart"] = clips
    return data


def _chapter_ends(replay: Replay) -> list[int]:
    """Where each chapter ends, in seconds: where the next begins; 0 when it is not known."""
    whole = int(replay.duration.total_seconds()) if replay.duration else 0
    return [*(one.at for one in replay.chapters[1:]), whole][: len(replay.chapters)]


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


def post_json(post: Post, settings: Settings, description: str) -> Json:
    """A NewsArticle of schema.org."""
    data: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": post.title,
        "url": settings.site_url + post.address,
        "datePublished": datetime.fromtimestamp(post.instant, UTC).isoformat(),
        "inLanguage": settings.language,
        "publisher": {"@type": "Organization", "name": settings.site_name},
    }
    if description:
        data["description"] = description
    if post.authors:
        data["author"] = [{"@type": "Person", "name": one.name} for one in post.authors]
    if post.themes:
        data["keywords"] = ", ".join(theme.name for theme in post.themes)
    return data


def course_json(
    course: Course, sessions: tuple[Event, ...], settings: Settings, description: str
) -> Json:
    """A Course of schema.org with its sessions as instances."""
    data: Json = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": course.title,
        "description": description or course.title,
        "url": settings.site_url + course.address,
        "inLanguage": settings.language,
        "provider": [_organisation(one) for one in course.refs.organisers]
        or {"@type": "Organization", "name": settings.site_name},
    }
    if sessions:
        data["hasCourseInstance"] = [
            {
                "@type": "CourseInstance",
                "name": event.title,
                "url": settings.site_url + event.address,
                "courseMode": "Online" if event.mode == "online" else "Blended",
                **({"startDate": event.first.first.isoformat()} if event.first else {}),
            }
            for event in sessions
        ]
    return data


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


def _place(place: Place) -> Json:
    data: Json = {"@type": "Place", "name": place.name}
    if place.address:
        data["address"] = place.address
    if place.latitude is not None and place.longitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return data


def _locations(event: Event) -> Json:
    places = [event.place] if event.place else [stop.place for stop in event.stops if stop.place]
    locations: list[Json] = [] if event.mode == "online" else [_place(one) for one in places]
    if event.mode != "on-site" and event.record.online:
        locations.append({"@type": "VirtualLocation", "url": event.record.online})
    return {"location": locations} if locations else {}
