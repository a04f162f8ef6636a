"""What can be right, and hardly ever is: told as warnings. Pure: no clock, no files.

Each has a line that says it was meant, so that nobody is warned for ever of what is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from ..letters import normal
from .community import Event, Occurrence, Organisation, Place, Post
from .fields import is_bare_answer
from .geography import Drawing, distance
from .names import slug
from .rules import is_long
from .schema import CourseRecord, EventRecord, Image, PostRecord
from .times import Fault
from .zones import same_time

SETTLED = timedelta(days=14)
"""How long a meeting may be over before somebody announces it by a slip of its year."""

NEW = timedelta(days=60)
"""How long a file counts as new."""

SHORTEST_TRIP = timedelta(hours=4)

_UNFILLED = re.compile(
    r"(?:(?:titre|résumé|texte|title|summary|text)(?: de la rencontre)? )?"
    r"(?:à (?:compléter|remplir|écrire|définir|préciser)|to be (?:filled in|completed|written)"
    r"|to ?do|tbd|x{3,}|lorem ipsum.{0,200}|(?:mon |my )?(?:titre|title)|\.{2,}|…+)[ .!…]*"
    r"|.{0,80}\bà compléter[ .!…]*",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r".{0,100}\.(?:jpe?g|png|webp|avif|svg|gif|heic)|(?:img|dsc|pxl)[-_ ]?\d{2,20}", re.IGNORECASE
)
_PERSONAL = re.compile(r"(?P<first>[^\W\d_]{2,30}(?:-[^\W\d_]{2,20})?)[._](?P<last>[^\W\d_]{2,30})")
_MOBILE = re.compile(r"\+33[67]\d{8}|\+262(?:692|693|639)\d{6}|\+59[046]69[0-9]\d{6}")
_OF_SERVICES = frozenset(
    {"accueil", "contact", "info", "infos", "information", "secretariat", "direction", "service"}
    | {"formation", "formations", "communication", "com", "pole", "equipe", "bureau", "mission"}
    | {"inscription", "inscriptions", "standard", "administration", "scolarite", "rh", "presse"}
    | {"cfa", "cci", "greta", "lycee", "campus", "centre", "ecole", "numerique", "projet"}
    | {"projets", "apprentissage", "relations", "relation", "entreprise", "entreprises", "office"}
    | {"team", "hello", "bonjour", "support", "help", "aide", "webmaster", "site", "media"}
    | {"partenariat", "partenariats", "handicap", "referent", "reception", "desk", "training"}
)


def event_doubts(
    event: Event, now: datetime, since: datetime | None, other: str = ""
) -> Iterator[Fault]:
    """What is unlikely in an event, in its own file.

    Args:
        now: the instant of the build, aware.
        since: when its file came, aware; None for one that came with the site itself.
        other: the folder of meetings that are held online; "" for a site without.
    """
    record = event.record
    yield from text_doubts(record)
    if record.exception is not None and is_bare_answer(record.exception) and _is_needed(event):
        yield Fault("bare-exception", ("exception",), {"value": record.exception}, "warning")
    first = event.first
    is_past = first is not None and first.ends <= now
    if record.status == "moved-online" and not is_past:
        reached = record.online or (record.registration and record.registration.url)
        if not reached:
            missing = (("online",), ("registration",))
            yield Fault("moved-nowhere", ("status",), {}, "warning", missing)
    if record.status == "cancelled" and record.replay is not None:
        yield Fault("replay-of-cancelled", ("replay",), {}, "warning")
    if first is None:
        return
    yield from _closed_early(event, first, now)
    yield from _behind(event, first, now, since)
    yield from _too_long(event, first)
    yield from _no_trip(event, first, other)
    yield from _misplayed(event, first)
    yield from _elsewhere(event, first)


def _is_needed(event: Event) -> bool:
    """Whether an exception is one; where it is none, that is told."""
    first, expected = event.first, event.collection.weekday
    is_off = first is not None and expected is not None and first.first.weekday() != expected
    return is_off or (first is not None and is_long(event, first))


def text_doubts(record: EventRecord | CourseRecord | PostRecord) -> Iterator[Fault]:
    """A title or a summary that nobody has filled in yet, a picture described by its name."""
    # Who runs an open session says what it will be called.
    is_open = getattr(record, "state", "") == "open" or getattr(record, "status", "") == "tentative"
    for name in ("title", "summary"):
        text = getattr(record, name)
        if text and _UNFILLED.fullmatch(text.strip()) and not is_open:
            yield Fault("still-to-write", (name,), {"value": text}, "warning")
    yield from _image_doubts(record.image)


def _image_doubts(image: Image | None) -> Iterator[Fault]:
    if image is None or not image.alt:
        return
    if _FILE_NAME.fullmatch(image.alt.strip()):
        yield Fault("alt-is-name", ("image", "alt"), {"value": image.alt}, "warning")


def _behind(
    event: Event, first: Occurrence, now: datetime, since: datetime | None
) -> Iterator[Fault]:
    """A meeting that is announced though it has long been over."""
    record = event.record
    announced = (record.online or record.registration) and not record.example
    ended = event.last.ends if event.last else first.ends
    if since is None or record.replay or record.recorded is False or not announced:
        return
    is_new = now <= since + NEW
    if is_new and since - ended > SETTLED and record.status in {"confirmed", "tentative"}:
        missing = (("recorded",), ("replay",))
        yield Fault("year-behind", ("start",), {"date": first.first}, "warning", missing)


def _closed_early(event: Event, first: Occurrence, now: datetime) -> Iterator[Fault]:
    """A registration that closed most of a year before the meeting."""
    registration = event.record.registration
    deadline = registration.deadline if registration else None
    if registration is None or deadline is None or "state" in registration.model_fields_set:
        return
    if deadline.day < now.date() and first.first - deadline.day > timedelta(days=300):
        path = ("registration", "deadline")
        missing = (("registration", "state"),)
        yield Fault("deadline-behind", path, {"date": deadline.day}, "warning", missing)


def _too_long(event: Event, first: Occurrence) -> Iterator[Fault]:
    record = event.record
    if is_long(event, first) and record.exception is None:
        hours = round((first.ends - first.begins) / timedelta(hours=1))
        name = "duration" if record.duration is not None else "end"
        params = {"hours": hours, "start": str(record.start)}
        yield Fault("long-meeting", (name,), params, "warning", (("exception",),))


def _misplayed(event: Event, first: Occurrence) -> Iterator[Fault]:
    """Hours and minutes that were read as minutes and seconds, or the time of day."""
    replay, meeting = event.record.replay, first.ends - first.begins
    if replay is None or first.all_day or meeting <= timedelta(0):
        return
    length, chapters = replay.duration, replay.chapters
    if length is not None and (meeting / 100 < length < meeting / 40 or length > 24 * meeting):
        better = length * 60 if length < meeting else length / 60
        yield _as_played(("replay", "duration"), length, better)
        return
    whole = length or meeting
    last = timedelta(seconds=chapters[-1].at) if chapters else timedelta(0)
    if len(chapters) > 2 and last and last * 60 < whole:
        yield _as_played(("replay", "chapters", len(chapters) - 1, "at"), last, last * 60)
    start = event.record.start.at if event.record.start else None
    clock = start.hour * 60 + start.minute if start else 0
    if clock and len(chapters) > 1 and chapters[0].at == clock:
        at = timedelta(seconds=clock)
        yield _as_played(("replay", "chapters", 0, "at"), at, timedelta(0))


def _as_played(path: tuple[str | int, ...], said: timedelta, better: timedelta) -> Fault:
    params = {"length": _clock(said), "better": _clock(better).removeprefix("0:")}
    return Fault("played-otherwise", path, params, "warning")


def _clock(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def _no_trip(event: Event, first: Occurrence, other: str) -> Iterator[Fault]:
    """A meeting that goes nowhere, among those that go from stop to stop."""
    if not other or not event.kind.has_stops or event.stops or event.place or first.all_day:
        return
    if event.record.online and first.ends - first.begins <= SHORTEST_TRIP:
        missing = (("stops",), ("place",))
        yield Fault("like-webinar", ("online",), {"folder": other}, "warning", missing)


def _elsewhere(event: Event, first: Occurrence) -> Iterator[Fault]:
    """A place that keeps another time than all territories that are named."""
    place, named = event.place, event.refs.territories
    if place is None or place.territory is None or not named or place.territory in named:
        return
    noon = first.begins.replace(tzinfo=None, hour=12, minute=0)
    zones = [territory.timezone or event.zone for territory in named]
    own = place.territory.timezone or event.zone
    if not any(same_time(own, zone, noon) for zone in zones):
        params = {
            "place": place.name,
            "territory": place.territory.name,
            "named": ", ".join(territory.name for territory in named),
            "id": place.territory.id,
        }
        yield Fault("place-elsewhere", ("place",), params, "warning")


def place_doubts(place: Place, drawing: Drawing | None) -> Iterator[Fault]:
    """A place outside of its territory, which is in it once its coordinates are set right."""
    territory = place.territory
    code = territory.record.code if territory is not None else None
    shape = drawing.by_code.get(code) if drawing is not None and code else None
    if drawing is None or territory is None or shape is None:
        return
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return

    def is_within(one: tuple[float, float]) -> bool:
        point = drawing.locate(*one, code) if abs(one[0]) <= 90 else None
        return point is not None and shape.holds(point)

    if is_within((latitude, longitude)):
        return
    for one in (
        (latitude, -longitude),
        (longitude, latitude),
        (-latitude, longitude),
        (longitude, -latitude),
        (-longitude, latitude),
    ):
        if is_within(one) and distance(one, (latitude, longitude)) > _SLIP:
            params: dict[str, object] = {"place": place.name, "territory": territory.name}
            params |= {"latitude": f"{one[0]:g}", "longitude": f"{one[1]:g}"}
            yield Fault("outside-territory", ("longitude",), params, "warning", (("territory",),))
            return


_SLIP = 60.0
"""km by which a place is wrong at least: the outlines of a map are coarse."""


def contact_doubts(organisation: Organisation) -> Iterator[Fault]:
    """Ways to reach an organisation that are those of a person."""
    from .contacts import contacts  # whose patterns take longer to make than all others here

    for index, one in enumerate(organisation.record.contact):
        for found in contacts(one):
            personal = found.sort == "email" and _is_personal(found.key.partition("@")[0])
            mobile = found.sort == "phone" and _MOBILE.fullmatch(found.key) is not None
            code = "personal-email" if personal else "mobile-number" if mobile else ""
            if code:
                yield Fault(code, ("contact", index), {"value": found.masked}, "warning")


def _is_personal(local: str) -> bool:
    """Whether the part of an address before its « @ » names somebody: first.last."""
    found = _PERSONAL.fullmatch(local)
    return found is not None and not {slug(found["first"]), slug(found["last"])} & _OF_SERVICES


def copies(things: Iterable[Event | Post]) -> Iterator[tuple[Event | Post, Event | Post]]:
    """Those that say the same as another: who, what, where and when, in one collection."""
    seen: dict[tuple[object, ...], list[Event | Post]] = {}
    for thing in things:
        if isinstance(thing, Event):
            if thing.first is None or thing.record.status not in {"confirmed", "tentative"}:
                continue
            key: tuple[object, ...] = (thing.collection.id, thing.course, thing.first.begins)
            key += (thing.record.timezone, thing.record.online, thing.place, thing.stops)
            key += (thing.refs.hosts, thing.speakers)
        else:
            key = ("", thing.record.date, thing.authors)
        title = re.sub(r"\W+", " ", normal("NFC", thing.record.title)).strip().casefold()
        seen.setdefault((*key, title), []).append(thing)
    for alike in seen.values():
        if len(alike) > 1:
            first, *more = sorted(alike, key=_like_copy)
            # Of two with one id, that is told.
            yield from ((one, first) for one in more if one.id != first.id)


_COPY = re.compile(r"copie|copy|\(\d\)|[-_ ]\d$", re.IGNORECASE)


def _like_copy(thing: Event | Post) -> tuple[bool, int, int, str]:
    name = PurePosixPath(thing.source).stem
    return bool(_COPY.search(name)), thing.stamps.created, len(name), thing.source
