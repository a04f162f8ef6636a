"""What can be right, and hardly ever is: told as warnings. Pure: no clock, no files.

Each has a line that says it was meant, so that nobody is warned for ever of what is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel

from ..letters import normal
from ..problems import N_, Mend
from .authored import without_code
from .community import Event, Named, Occurrence, Organisation, Place, Post, Territory
from .exchange import Need
from .fields import is_bare_answer
from .geography import Drawing, distance
from .names import slug
from .repeats import FIRST_YEAR
from .rules import date_faults, is_long
from .schema import (
    CourseRecord,
    EventRecord,
    FacilitatorRecord,
    Image,
    PlaceRecord,
    PostRecord,
    SeriesRecord,
    TripRecord,
)
from .sequence import Stamps
from .series import is_series, unroll
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
    event: Event,
    now: datetime,
    since: datetime | None,
    other: str = "",
    heard: Mapping[str, float] = {},
) -> Iterator[Fault]:
    """What is unlikely in an event, in its own file; nothing is of an example.

    Args:
        now: the instant of the build, aware.
        since: when its file came, aware; None for one that came with the site itself.
        other: the folder of meetings that are held online; "" for a site without.
        heard: keys of its replay → up to which second their files go.
    """
    record = event.record
    if record.example:
        return
    yield from text_doubts(record)
    yield from _said_in_words(record)
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
    yield from _beyond(event, heard)
    if first is None:
        return
    yield from _told_before(event, first, now)
    yield from _closed_early(event, first, now)
    yield from _far_deadlines(event, first, now)
    yield from _behind(event, first, now, since)
    yield from _of_a_year_long_over(record, event.stamps)
    yield from _too_long(event, first)
    yield from _no_trip(event, first, other)
    yield from _misplayed(event, first)
    yield from _elsewhere(event, first)


def _said_in_words(record: EventRecord) -> Iterator[Fault]:
    """« ANNULÉ - » before a title, or behind it in brackets, of what calendars confirm."""
    if record.status not in {"confirmed", "tentative"}:
        return
    for name, shapes in (("title", (_BEFORE, _BEHIND)), ("summary", (_FIRST,))):
        text = (getattr(record, name) or "").strip()
        found = next(filter(None, (shape.search(text) for shape in shapes)), None)
        better = _SAYS[slug(found["word"])[:3]] if found is not None else ""
        of_form = record.registration if "full" in better else None
        if found is None or (of_form is not None and of_form.state != "open"):
            continue
        mend = Mend(IN_KEY, {"better": better}) if of_form is None else None
        params = {"value": found["word"]}
        without = (("status",), ("registration",))
        yield Fault("said-in-words", (name,), params, "warning", without, mend=mend)
        return


IN_KEY = N_("write « {better} » on a line of its own, and take it out of here")
_STANDING = r"(?P<word>annulée?|reportée?|complet|cancell?ed|postponed)"
_BEFORE = re.compile(
    rf"^[\[(*\s]*{_STANDING}[\])!*\s]*(?:(?<=[\])])|\s[-–—|]|\s?:)\s", re.IGNORECASE
)
_BEHIND = re.compile(rf"[\[(]\s*{_STANDING}\s?[!.]*[\])]$", re.IGNORECASE)
_FIRST = re.compile(
    rf"^(?:(?:attention|important|info)\s?[:!,]\s?)?{_STANDING}"
    r"(?:$|\s?[:!.,]|\s[-–—]\s|\sau\s|\sto\s)",
    re.IGNORECASE,
)
_SAYS = {
    "ann": "status: cancelled",
    "can": "status: cancelled",
    "rep": "status: postponed",
    "pos": "status: postponed",
    "com": "registration: {state: full}",
}


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


def unwritten(text: str) -> Iterator[tuple[int, str]]:
    """Lines of a text in which something is still to be written, counted from 0; quick for most."""
    if _MAY_BE_UNWRITTEN.search(text) is None:
        return
    for number, line in enumerate(without_code(text).split("\n")):
        said = line[:300].strip(_MARKS)
        if _UNWRITTEN.fullmatch(said):
            yield number, said[:80]


_MARKS = " \t#*_->[](){}<>:«»\u00a0"
_MAY_BE_UNWRITTEN = re.compile(
    r"à (?:compléter|remplir|écrire|rédiger)|to (?:be (?:filled|completed|written)|do\b)|todo|tbd"
    r"|xxx|lorem ipsum",
    re.IGNORECASE,
)
_UNWRITTEN = re.compile(
    r"(?:(?:texte|résumé|programme|suite|contenu|description|déroulé|intervenants?)s? ?)?"
    r"(?:[\w’' ]{1,40} ?: ?)?"
    r"(?:à (?:compléter|remplir|écrire|rédiger)|to be (?:filled in|completed|written)"
    r"|to ?do|tbd|x{3,10}|lorem ipsum\b.*)[ .!…]*",
    re.IGNORECASE,
)
"""In a text, « lieu à préciser » may be what readers are to know: that is left."""


def _image_doubts(image: Image | None) -> Iterator[Fault]:
    if image is None or not image.alt:
        return
    if _FILE_NAME.fullmatch(image.alt.strip()):
        yield Fault("alt-is-name", ("image", "alt"), {"value": image.alt}, "warning")


def _behind(
    event: Event, first: Occurrence, now: datetime, since: datetime | None
) -> Iterator[Fault]:
    """A meeting that is announced though it has long been over.

    Of a series nothing is known: it goes on where its first date is over.
    """
    record = event.record
    if is_series(record):
        return
    announced = record.online or record.registration
    ended = event.last.ends if event.last else first.ends
    if since is None or record.replay or record.recorded is False or not announced:
        return
    is_new = now <= since + NEW
    if is_new and since - ended > SETTLED and record.status in {"confirmed", "tentative"}:
        missing = (("recorded",), ("replay",))
        yield Fault("year-behind", ("start",), {"date": first.first}, "warning", missing)


def _of_a_year_long_over(record: EventRecord, stamps: Stamps) -> Iterator[Fault]:
    """Days of a series without an end that are read in its first year, as they are told without
    theirs, though the file was written again when that was over."""
    if not isinstance(record, SeriesRecord) or record.repeat is None or record.start is None:
        return
    repeat, changed = record.repeat, datetime.fromtimestamp(stamps.changed, UTC).date()
    said = [day for day in (*repeat.left_out, *(day for day, _ in repeat.moved)) if not day.year]
    if not said or not repeat.rule.is_endless or changed - record.start.day < FIRST_YEAR:
        return
    unrolled = unroll(record, changed + FIRST_YEAR)
    held = {one.original.day for one in unrolled.slots}
    held.update(one.day for its in unrolled.excluded.values() for one in its)
    for day in said:
        its = sorted(one for one in held if day.in_year(one.year) == one)
        if len(its) > 1 and its[-1] >= changed:
            params = {"date": day, "known": ", ".join(map(str, its))}
            yield Fault("date-without-year", ("repeat",), params, "warning")


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


LONG_BEFORE, LONG_AFTER = timedelta(days=300), timedelta(days=100)
"""How far before a meeting begins, or after it is over, something is rarely due."""


def _far_deadlines(event: Event, first: Occurrence, now: datetime) -> Iterator[Fault]:
    """Deadlines so far from the meeting that the year is likelier to be wrong.

    Of a series nothing is known: what it says once may be of any of its dates.
    """
    record = event.record
    if is_series(record):
        return
    last = event.last or first
    for index, one in enumerate(record.deadlines):
        day, path = one.until.day, ("deadlines", index, "until")
        is_told = any(date_faults(day, now, "until"))
        if not is_told and (first.first - day > LONG_BEFORE or day - last.last > LONG_AFTER):
            params = {"what": one.what, "date": day, "start": first.first}
            yield Fault("deadline-far", path, params, "warning")


def _too_long(event: Event, first: Occurrence) -> Iterator[Fault]:
    record = event.record
    end = _as_end(event, first)
    if (end or is_long(event, first)) and record.exception is None:
        hours = round((first.ends - first.begins) / timedelta(hours=1))
        name = "duration" if record.duration is not None else "end"
        params = {"hours": hours, "start": str(record.start)}
        mend = Mend(AS_END, {"better": f"end: {end}"}) if end else None
        yield Fault("long-meeting", (name,), params, "warning", (("exception",),), mend=mend)


AS_END = N_(
    "is that the hour at which it ends? then write « {better} »; otherwise add « exception: » with "
    "the reason"
)


def _as_end(event: Event, first: Occurrence) -> str:
    """The hour at which a meeting ends that is said to last as long; "" where none is meant.

    It would end on the day after, or be followed live from morning to night.
    """
    start, length = event.record.start, event.record.duration
    if start is None or start.at is None or length is None or first.all_day:
        return ""
    begins = timedelta(hours=start.at.hour, minutes=start.at.minute)
    is_live = event.kind.has_hours and event.place is None
    hardly = begins + length > timedelta(days=1) or (is_live and length >= _WHOLE_DAY)
    is_hour = length < timedelta(days=1) and begins < length <= begins + _WORKING_DAY
    return _clock(length).removesuffix(":00") if hardly and is_hour else ""


_WORKING_DAY, _WHOLE_DAY = timedelta(hours=8), timedelta(hours=10)


def _misplayed(event: Event, first: Occurrence) -> Iterator[Fault]:
    """Hours and minutes that were read as minutes and seconds, or the time of day."""
    replay, meeting = event.record.replay, first.ends - first.begins
    if replay is None or first.all_day or meeting <= timedelta(0):
        return
    length, chapters = replay.duration, replay.chapters
    if length is not None and _is_misread(length, meeting):
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


def _is_misread(length: timedelta, meeting: timedelta) -> bool:
    """Whether minutes were read as seconds, or the other way round."""
    return meeting / 100 < length < meeting / 40 or length > 24 * meeting


def _beyond(event: Event, heard: Mapping[str, float]) -> Iterator[Fault]:
    """Words that are said after the end of the recording, by its duration."""
    replay, first = event.record.replay, event.first
    if replay is None or replay.duration is None:
        return
    meeting = first.ends - first.begins if first is not None and not first.all_day else None
    if meeting and _is_misread(replay.duration, meeting):
        return  # that is told
    for key, last in heard.items():
        at = timedelta(seconds=round(last))
        if at > replay.duration + _ROUNDED:
            params = {"value": getattr(replay, key), "at": at, "length": replay.duration}
            yield Fault("captions-beyond", ("replay", key), params, "warning")


_ROUNDED = timedelta(minutes=1)
"""By how much a duration may be rounded."""


def _told_before(event: Event, first: Occurrence, now: datetime) -> Iterator[Fault]:
    """What came of a trip that nobody has left for."""
    record = event.record
    if not isinstance(record, TripRecord) or first.begins <= now:
        return
    for key in ("account", "photographs"):
        if getattr(record, key):
            yield Fault("told-of-future", (key,), {"date": first.first}, "warning")


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


def place_doubts(
    place: Place, drawing: Drawing | None, territories: Iterable[Territory] = ()
) -> Iterator[Fault]:
    """A place outside of its territory: in it once its coordinates are set right, or in another."""
    territory, latitude, longitude = place.territory, place.latitude, place.longitude
    if place.record.address and re.fullmatch(r"https?://\S+", place.record.address):
        mend = Mend(IN_KEY, {"better": f"url: {place.record.address}"})
        said = {"field": "address", "value": place.record.address, "reason": NO_STREET}
        yield Fault("bad-value", ("address",), said, "warning", mend=mend)
    if drawing is None or territory is None or latitude is None or longitude is None:
        return
    code, here = territory.record.code, (latitude, longitude)
    if not code or code not in drawing.by_code or drawing.is_near(here, code, _SLIP):
        return
    params: dict[str, object] = {"place": place.name, "territory": territory.name}
    slips = ((1, -1, 0), (1, 1, 1), (-1, 1, 0), (1, -1, 1), (-1, 1, 1))
    for north, east, swaps in slips:
        first, second = reversed(here) if swaps else here
        one = first * north, second * east
        if abs(one[0]) <= 90 and drawing.is_within(one, code):
            params |= {"latitude": f"{one[0]:g}", "longitude": f"{one[1]:g}"}
            yield Fault("outside-territory", ("longitude",), params, "warning", (("territory",),))
            return
    for other in territories:
        if other.record.code and drawing.is_within(here, other.record.code):
            params |= {"other": other.name, "id": other.id}
            missing = (("latitude",), ("longitude",))
            yield Fault("other-territory", ("territory",), params, "warning", missing)
            return


NO_STREET = N_("a street and a town were expected, and no address of the web")
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


def copies(
    things: Iterable[Event | Post], came: Callable[[str], float]
) -> Iterator[tuple[Event | Post, Event | Post]]:
    """Those that say the same as another: who, what, where and when, in one collection.

    Args:
        came: when a file came.
    """
    seen: dict[tuple[object, ...], list[Event | Post]] = {}
    for thing in things:
        if isinstance(thing, Event):
            if thing.first is None or thing.record.status not in {"confirmed", "tentative"}:
                continue
            key: tuple[object, ...] = (thing.collection.id, thing.course, thing.first.begins)
            key += (thing.record.timezone, thing.record.online, thing.sites, thing.stops)
            key += (thing.refs.hosts, thing.speakers)
        else:
            key = ("", thing.record.date, thing.authors)
        seen.setdefault((*key, _plain(thing.record.title)), []).append(thing)
    for one, first in _doubted(seen.values(), came):
        if one.id != first.id:  # of two with one id, that is told
            yield one, first


def same_recordings(
    events: Iterable[Event], came: Callable[[str], float]
) -> Iterator[tuple[Event, str, Event]]:
    """Events with the recording of another: the event, the key that says so, and the other."""
    for key in ("video", "audio", "captions", "transcript"):
        seen: dict[str, list[Event]] = {}
        for event in events:
            replay = event.record.replay
            said = getattr(replay, key) if replay is not None else None
            if said:
                seen.setdefault(event.files.get(said) or _recording(said), []).append(event)
        for one, other in _doubted(seen.values(), came):
            yield one, key, other


def _recording(url: str) -> str:
    """What an address of a recording has in common with all others of it.

    The time from which it plays sets it apart: one film may hold several meetings.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path, query, place = parts.path.rstrip("/"), parse_qs(parts.query), parts.fragment
    begins = "".join(query.get("t", []) + query.get("start", [])) or place
    if host == "youtu.be":
        return f"youtube {path.lstrip('/')} {begins}"
    if host in {"youtube.com", "youtube-nocookie.com"}:
        return f"youtube {query.get('v', [path.rpartition('/')[2]])[0]} {begins}"
    return f"{host}{path}?{parts.query}#{place}"


def same_names(
    things: Iterable[Named[Any] | Need], came: Callable[[str], float]
) -> Iterator[tuple[Named[Any] | Need, Named[Any] | Need]]:
    """Of one folder of data, those that nobody can tell from another.

    Two of one name may lie in two places. Roles have many, so that those who help are the same
    only where all that their files say is the same.
    """
    seen: dict[tuple[object, ...], list[Named[Any] | Need]] = {}
    for thing in things:
        record = thing.record
        key: tuple[object, ...] = (_plain(thing.title if isinstance(thing, Need) else thing.name),)
        if isinstance(thing, Need):
            key += (record.organisation, record.territory)
        elif isinstance(record, FacilitatorRecord):
            key += (record.model_dump_json(exclude={"consent"}),)
        seen.setdefault(key, []).append(thing)
    for one, first in _doubted(seen.values(), came):
        if not _lie_apart(one.record, first.record):
            yield one, first


def _differ(one: BaseModel, other: BaseModel, key: str) -> bool:
    """Whether two records say two things under a key."""
    said = getattr(one, key, None), getattr(other, key, None)
    return None not in said and said[0] != said[1]


def _lie_apart(one: BaseModel, other: BaseModel) -> bool:
    """Whether two records say two places: an address has many spellings, and one post code."""
    if isinstance(one, PlaceRecord) and isinstance(other, PlaceRecord):
        codes = [set(_POST_CODE.findall(record.address or "")) for record in (one, other)]
        if all(codes) and codes[0].isdisjoint(codes[1]):
            return True
        if any(_differ(one, other, key) for key in ("latitude", "longitude")):
            return _distance(one, other) > _APART
    return any(_differ(one, other, key) for key in ("territory", "place"))


def _distance(one: PlaceRecord, other: PlaceRecord) -> float:
    """km between two places; 0 where that is not known."""
    if one.latitude is None or one.longitude is None:
        return 0.0
    if other.latitude is None or other.longitude is None:
        return 0.0
    return distance((one.latitude, one.longitude), (other.latitude, other.longitude))


_POST_CODE = re.compile(r"\b\d{4,5}\b")
_APART = 2.0
"""km between two places of one name."""


def _plain(title: str) -> str:
    return re.sub(r"\W+", " ", normal("NFC", title)).strip().casefold()


_COPY = re.compile(r"copie|copy|\(\d\)", re.IGNORECASE)


class _Sourced(Protocol):
    @property
    def source(self) -> str: ...

    @property
    def record(self) -> Any: ...


_S = TypeVar("_S", bound=_Sourced)


def _doubted(
    groups: Iterable[Sequence[_S]], came: Callable[[str], float]
) -> Iterator[tuple[_S, _S]]:
    """The same of each group: an example is never doubted."""
    for alike in groups:
        yield from (pair for pair in later(alike, came) if not pair[0].record.example)


def later(alike: Sequence[_S], came: Callable[[str], float]) -> Iterator[tuple[_S, _S]]:
    """Of those that are alike, each that came later, and the one that was there first.

    What is called after another is its copy, « x-2 » or « x - Copie » of « x ». Of those that came
    together, the one that is held later is told.
    """
    if len(alike) < 2:
        return
    stems = {one.source: _stem(one.source) for one in alike}

    def key(one: _S) -> tuple[bool, bool, float, str, int, str]:
        stem = stems[one.source]
        named_after = any(re.match(rf"{re.escape(other)}\W", stem) for other in stems.values())
        first = one.first if isinstance(one, Event) else None
        day = str(first.first) if first is not None else ""
        is_copy = _COPY.search(stem) is not None
        return is_copy, named_after, came(one.source), day, len(stem), one.source

    first, *more = sorted(alike, key=key)
    yield from ((one, first) for one in more)


def _stem(file: str) -> str:
    path = PurePosixPath(file)
    return path.parent.name if path.stem == "index" else path.stem
