"""What a source file may say: the one description of every field, its type and its limits.

Validation, messages and every other door (editors, scaffolds, forms) are drawn from these
classes. There are no unions of types: a union turns one fault into two, at places that do not
exist in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import PurePosixPath
from textwrap import shorten
from typing import Annotated, Any, Literal

import webcolors
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError, Url

from ..problems import N_
from .geography import rings
from .names import ID, ID_LIMIT, slug
from .values import (
    BYTE_ORDER_MARK,
    End,
    Moment,
    ValueRefused,
    parse_date,
    parse_duration,
    parse_end,
    parse_moment,
    parse_time,
    parse_timecode,
    tidy,
)
from .zones import zone_names

Status = Literal["confirmed", "tentative", "postponed", "cancelled", "moved-online"]
Mode = Literal["online", "on-site", "hybrid"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Kind = Literal["webinar", "trip", "course"]

TITLE_LIMIT = 200
SUMMARY_LIMIT = 500
TEXT_LIMIT = 50_000
URL_LIMIT = 1000

CAPTION_TYPES = frozenset({".vtt"})
TRANSCRIPT_TYPES = frozenset({".vtt", ".md", ".txt", ".pdf"})
AUDIO_TYPES = frozenset({".mp3", ".m4a", ".ogg", ".opus"})
SLIDE_TYPES = frozenset({".pdf", ".odp", ".pptx"})
IMAGE_TYPES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".svg"})
VIDEO_TYPES = frozenset({".mp4", ".webm"})
REPLAY_FILES = {
    "captions": CAPTION_TYPES,
    "transcript": TRANSCRIPT_TYPES,
    "audio": AUDIO_TYPES,
    "slides": SLIDE_TYPES,
}
"""Keys of a replay that may name a file, and the kinds of files they accept."""


def refuse(code: str, **params: object) -> PydanticCustomError:
    """The error by which a validator names a problem of the catalogue."""
    return PydanticCustomError("parcours", "{code}", {"code": code, "params": params})


def _read_by(parse: Callable[[str], object]) -> BeforeValidator:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except ValueRefused as error:
            raise refuse(error.code, **error.params) from error

    return BeforeValidator(read)


def _text(limit: int, *, lines: bool = False) -> BeforeValidator:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = unicodedata.normalize("NFC", value).replace(BYTE_ORDER_MARK, "").strip()
        text = text if lines else re.sub(r"[ \t\r\n\u2028\u2029]+", " ", text)
        if not text:
            raise refuse("empty")
        if len(text) > limit:
            raise refuse("too-long", length=len(text), limit=limit)
        return text

    return BeforeValidator(read)


def _read_url(value: str) -> str:
    text = tidy(value)
    scheme = text.partition(":")[0].lower()
    if scheme not in {"http", "https"}:
        raise ValueRefused("bad-url", value=value, reason=N_("it does not begin with https://"))
    try:
        url = Url(text)
    except ValidationError as error:
        raise ValueRefused("bad-url", value=value, reason=N_("its form is wrong")) from error
    if url.username or url.password:
        raise ValueRefused("bad-url", value=value, reason=N_("it holds a password"))
    if len(str(url)) > URL_LIMIT:
        raise ValueRefused("bad-url", value=value, reason=N_("it is too long"))
    return str(url)


def _read_id(value: str) -> str:
    text = tidy(value)
    if not ID.fullmatch(text) or len(text) > ID_LIMIT:
        raise ValueRefused("bad-id", value=value, example=slug(text) or "mon-sujet")
    return text


def _read_zone(value: str) -> str:
    text = tidy(value)
    if text not in zone_names():
        raise ValueRefused("unknown-timezone", value=value)
    return text


def _read_path(value: str) -> str:
    text = unicodedata.normalize("NFC", tidy(value))
    parts = PurePosixPath(text).parts
    if not parts or text.startswith("/") or "\\" in text or ":" in text:
        raise ValueRefused("outside-path", value=value)
    return text


def _read_asset(value: str) -> str:
    return _read_url(value) if "://" in value else _read_path(value)


def _read_address(value: str) -> str:
    text = tidy(value).strip("/")
    parts = text.split("/")
    if not text or not all(re.fullmatch(r"[a-z0-9][a-z0-9._-]*", part) for part in parts):
        raise ValueRefused("bad-address", value=value)
    return text


def _list(value: Any) -> Any:
    """A single word, or words between commas, stands for a list."""
    if isinstance(value, str):
        return [part for part in map(str.strip, value.split(",")) if part]
    return value


def _read_flag(value: str) -> bool:
    word = tidy(value).lower()
    if word in {"true", "yes", "oui", "on", "vrai"}:
        return True
    if word in {"false", "no", "non", "off", "faux"}:
        return False
    raise ValueRefused("bad-choice", value=value, known="true, false")


def _read_integer(value: str) -> int:
    text = tidy(value).replace(" ", "")
    if not re.fullmatch(r"\d{1,6}", text):
        raise ValueRefused("bad-value", value=value, reason=N_("a whole number was expected"))
    return int(text)


def _read_degrees(limit: int) -> Callable[[str], float]:
    def read(value: str) -> float:
        text = tidy(value).replace(",", ".")
        if not re.fullmatch(r"-?\d{1,3}(?:\.\d{1,12})?", text):
            raise ValueRefused("bad-value", value=value, reason=N_("degrees were expected"))
        number = float(text)
        if abs(number) > limit:
            raise ValueRefused("out-of-range", value=value, reason=N_("too many degrees"))
        return number

    return read


def _read_number(value: str) -> float:
    text = tidy(value)
    if not re.fullmatch(r"-?\d{1,7}(?:\.\d{1,20})?", text):
        raise ValueRefused("bad-value", value=value, reason=N_("a number was expected"))
    return float(text)


def _read_positive(value: str) -> float:
    number = _read_number(value)
    if number <= 0:
        raise ValueRefused("out-of-range", value=value, reason=N_("it must be above zero"))
    return number


def _read_outline(value: str) -> str:
    try:
        found = list(rings(value))
    except ValueError as error:
        reason = N_("it is not an SVG path of straight lines")
        raise ValueRefused("bad-value", value=shorten(value, 40), reason=reason) from error
    if not any(len(ring) > 2 for ring in found):
        reason = N_("it encloses nothing")
        raise ValueRefused("bad-value", value=shorten(value, 40), reason=reason)
    return " ".join(value.split())


def _read_percent(value: str) -> float:
    text = re.sub(r"[\s%]", "", tidy(value)).replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,4})?", text):
        raise ValueRefused("bad-value", value=value, reason=N_("a share in per cent was expected"))
    if float(text) > 100:
        raise ValueRefused("out-of-range", value=value, reason=N_("more than 100 %"))
    return float(text)


def _read_color(value: str) -> str:
    name = tidy(value).lower()
    known = webcolors.names("css3")
    if name not in known:
        raise ValueRefused("bad-choice", value=value, known=", ".join(known))
    return name


Title = Annotated[str, _text(TITLE_LIMIT)]
Line = Annotated[str, _text(SUMMARY_LIMIT)]
LongText = Annotated[str, _text(TEXT_LIMIT, lines=True)]
Id = Annotated[str, _read_by(_read_id)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_list)]
HttpUrl = Annotated[str, _read_by(_read_url)]
FilePath = Annotated[str, _read_by(_read_path)]
Asset = Annotated[str, _read_by(_read_asset)]
Address = Annotated[str, _read_by(_read_address)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_list)]
ZoneName = Annotated[str, _read_by(_read_zone)]
When = Annotated[Moment, _read_by(parse_moment)]
Until = Annotated[End, _read_by(parse_end)]
Day = Annotated[date, _read_by(parse_date)]
TimeOfDay = Annotated[time, _read_by(parse_time)]
Duration = Annotated[timedelta, _read_by(parse_duration)]
Seconds = Annotated[int, _read_by(parse_timecode)]
Flag = Annotated[bool, _read_by(_read_flag)]
Count = Annotated[int, _read_by(_read_integer)]
Percent = Annotated[float, _read_by(_read_percent)]
Latitude = Annotated[float, _read_by(_read_degrees(90))]
Longitude = Annotated[float, _read_by(_read_degrees(180))]
Number = Annotated[float, _read_by(_read_number)]
Positive = Annotated[float, _read_by(_read_positive)]
Outline = Annotated[str, _text(TEXT_LIMIT, lines=True), _read_by(_read_outline)]
Color = Annotated[str, _read_by(_read_color)]


def _read_withdrawn(value: str) -> str:
    text = tidy(value)
    if not re.fullmatch(rf"{ID.pattern}/{ID.pattern}", text):
        raise ValueRefused("bad-id", value=value, example="comptoirs/mon-sujet")
    return text


Withdrawn = Annotated[tuple[Annotated[str, _read_by(_read_withdrawn)], ...], BeforeValidator(_list)]


_REFUSALS = frozenset({"no", "non", "none", "false", "faux", "0", "aucun", "refus", "refuse"})
_WAITING = ("en attente", "en_attente", "pending", "to ask", "a demander", "à demander", "?")


def _read_consent(value: str) -> str:
    text = tidy(value)
    word = text.lower().rstrip(".!")
    if word in _REFUSALS or word.startswith(_WAITING):
        raise ValueRefused("no-consent", value=value)
    return text


Consent = Annotated[str, _read_by(_read_consent), _text(SUMMARY_LIMIT)]


class Record(BaseModel):
    """A mapping of a source file; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Image(Record):
    """A picture, with what it shows in words, or said to be decorative."""

    src: FilePath = Field(description="File of the picture, beside the text.")
    alt: Line | None = Field(None, description="What the picture shows, for who cannot see it.")
    decorative: Flag = Field(False, description="The picture says nothing the text does not.")
    credit: Line | None = Field(None, description="Who made it, and under which licence.")


class Registration(Record):
    """How one registers."""

    url: HttpUrl | None = Field(None, description="Page of the registration form.")
    deadline: When | None = Field(None, description="Last day or moment, in the event's zone.")
    state: Literal["open", "full", "closed"] = Field("open", description="Whether one still can.")


class Chapter(Record):
    """A part of a recording."""

    at: Seconds = Field(description="Where it begins, in minutes and seconds from the start.")
    title: Title = Field(description="What it is about.")


class Replay(Record):
    """The recording of an event."""

    video: HttpUrl | None = Field(None, description="Page of the video.")
    captions: FilePath | None = Field(None, description="WebVTT file, beside the text.")
    transcript: FilePath | None = Field(None, description="Transcript file, beside the text.")
    audio: Asset | None = Field(None, description="Sound file or its address.")
    slides: Asset | None = Field(None, description="Slides: a file or an address.")
    duration: Duration | None = Field(None, description="Length of the recording.")
    chapters: tuple[Chapter, ...] = Field((), description="Its parts, in order.")


class EventRecord(Record):
    """What the sources of every kind of event may say."""

    title: Title = Field(description="Title, as people read it.")
    start: When | None = Field(None, description="Local date, or date and time.")
    end: Until | None = Field(None, description="Local end: a date (inclusive), or a time.")
    duration: Duration | None = Field(None, description="Instead of the end.")
    undated: Literal["past", "future"] | None = Field(
        None, description="The date is not public: a page, and no place in calendars."
    )
    timezone: ZoneName | None = Field(None, description="IANA zone of the times given.")
    description: LongText | None = Field(None, description="Body of a .yml source, in Markdown.")
    summary: Line | None = Field(None, description="One sentence for lists and search engines.")
    status: Status = Field("confirmed", description="Whether it takes place.")
    mode: Mode | None = Field(None, description="Derived from « online » and « place ».")
    online: HttpUrl | None = Field(None, description="Address of the live meeting.")
    place: Id | None = Field(None, description="Id of a place.")
    themes: Ids = Field((), description="Ids of themes.")
    territories: Ids = Field((), description="Ids of territories.")
    organisers: Ids = Field((), description="Ids of the organisations that organise it.")
    hosts: Ids = Field((), description="Ids of the organisations that run it.")
    speakers: Ids = Field((), description="Ids of persons.")
    registration: Registration | None = Field(None, description="How one registers.")
    seats: Count | None = Field(None, description="How many people can take part.")
    replay: Replay | None = Field(None, description="The recording, afterwards.")
    recorded: Flag | None = Field(
        None, description="Whether a replay is to come; by default, of what is held online."
    )
    image: Image | None = Field(None, description="A picture for the page.")
    draft: Flag = Field(False, description="Seen by nobody but in a preview.")
    updated: When | None = Field(None, description="A change that history does not know, in UTC.")
    id: Id | None = Field(None, description="Identity for ever; derived from the file's path.")
    aliases: Addresses = Field((), description="Old addresses of the page.")
    exception: Line | None = Field(None, description="Why a rule of the collection is not kept.")
    example: Flag = Field(False, description="Sample content, marked as such on its page.")


class WebinarRecord(EventRecord):
    """The source of a webinar."""


class StopRecord(Record):
    """A stop of a trip."""

    id: Id = Field(description="Identity within the trip.")
    title: Title = Field(description="What one sees there.")
    place: Id | None = Field(None, description="Id of a place.")
    day: Count | None = Field(None, description="Day of the trip, from 1.")
    start: TimeOfDay | None = Field(None, description="Local time of arrival.")
    end: TimeOfDay | None = Field(None, description="Local time of leaving.")
    host: Id | None = Field(None, description="Id of the organisation that receives.")
    description: LongText | None = Field(None, description="What happens there, in Markdown.")


class TripRecord(EventRecord):
    """The source of a learning trip."""

    stops: tuple[StopRecord, ...] = Field((), description="The stops, in order.")
    account: LongText | None = Field(None, description="What came of it, in Markdown, afterwards.")


class SessionRecord(EventRecord):
    """The source of a session of a course."""

    number: Count | None = Field(None, description="Its number in the course.")
    state: Literal["confirmed", "open"] = Field(
        "confirmed", description="« open »: still without somebody to run it."
    )


class CourseRecord(Record):
    """The source of a course: the index.md of its folder."""

    title: Title = Field(description="Title, as people read it.")
    start: Day | None = Field(None, description="First day.")
    end: Day | None = Field(None, description="Last day, inclusive.")
    description: LongText | None = Field(None, description="Body of a .yml source, in Markdown.")
    summary: Line | None = Field(None, description="One sentence for lists and search engines.")
    themes: Ids = Field((), description="Ids of themes.")
    territories: Ids = Field((), description="Ids of territories.")
    organisers: Ids = Field((), description="Ids of the organisations that organise it.")
    hosts: Ids = Field((), description="Ids of the organisations that run it.")
    registration: Registration | None = Field(None, description="How one registers.")
    url: HttpUrl | None = Field(None, description="Page of the course elsewhere.")
    image: Image | None = Field(None, description="A picture for the page.")
    draft: Flag = Field(False, description="Seen by nobody but in a preview.")
    updated: When | None = Field(None, description="A change that history does not know, in UTC.")
    id: Id | None = Field(None, description="Identity for ever; derived from the folder's name.")
    aliases: Addresses = Field((), description="Old addresses of the page.")
    example: Flag = Field(False, description="Sample content, marked as such on its page.")


class PostRecord(Record):
    """The source of a post: news of the programme."""

    title: Title = Field(description="Title, as people read it.")
    date: When = Field(description="Local date, or date and time, of its publication.")
    description: LongText | None = Field(None, description="Body of a .yml source, in Markdown.")
    summary: Line | None = Field(None, description="One sentence for lists and search engines.")
    authors: Ids = Field((), description="Ids of persons.")
    themes: Ids = Field((), description="Ids of themes.")
    territories: Ids = Field((), description="Ids of territories.")
    image: Image | None = Field(None, description="A picture for the page.")
    draft: Flag = Field(False, description="Seen by nobody but in a preview.")
    updated: When | None = Field(None, description="A change that history does not know, in UTC.")
    id: Id | None = Field(None, description="Identity for ever; derived from the file's path.")
    aliases: Addresses = Field((), description="Old addresses of the page.")
    example: Flag = Field(False, description="Sample content, marked as such on its page.")


class OrganisationRecord(Record):
    """An organisation: data/organisations/ID.yml."""

    name: Title = Field(description="Name, as people write it.")
    url: HttpUrl | None = Field(None, description="Its site.")
    territory: Id | None = Field(None, description="Id of its territory.")
    place: Id | None = Field(None, description="Id of its place.")
    description: LongText | None = Field(None, description="A sentence or two.")
    aliases: Ids = Field((), description="Earlier ids.")
    example: Flag = Field(False, description="Sample content.")


class PersonRecord(Record):
    """A person, or a role without a name: data/people/ID.yml."""

    name: Title = Field(description="Name or role, as published.")
    role: Line | None = Field(None, description="What the person does.")
    organisation: Id | None = Field(None, description="Id of an organisation.")
    consent: Consent = Field(description="How and when the person agreed to be published.")
    example: Flag = Field(False, description="Sample content.")


class PlaceRecord(Record):
    """A place: data/places/ID.yml."""

    name: Title = Field(description="Name, as people write it.")
    address: Line | None = Field(None, description="Street, post code and town.")
    territory: Id | None = Field(None, description="Id of its territory, which gives the zone.")
    latitude: Latitude | None = Field(None, description="Degrees north (WGS 84).")
    longitude: Longitude | None = Field(None, description="Degrees east (WGS 84).")
    timezone: ZoneName | None = Field(None, description="IANA zone, if not its territory's.")
    url: HttpUrl | None = Field(None, description="Its site.")
    description: LongText | None = Field(None, description="A sentence or two.")
    example: Flag = Field(False, description="Sample content.")


class TerritoryRecord(Record):
    """A territory: data/territories/ID.yml, or the package's default."""

    name: Title = Field(description="Name, as people write it.")
    timezone: ZoneName | None = Field(None, description="IANA zone, if not the community's.")
    code: Line | None = Field(None, description="Official code, such as INSEE's.")
    description: LongText | None = Field(None, description="A sentence or two.")
    aliases: Ids = Field((), description="Earlier ids.")
    example: Flag = Field(False, description="Sample content.")


class ThemeRecord(Record):
    """A theme: data/themes/ID.yml."""

    name: Title = Field(description="Name, as people write it.")
    description: LongText | None = Field(None, description="A sentence or two.")
    aliases: Ids = Field((), description="Earlier ids.")
    example: Flag = Field(False, description="Sample content.")


class ProjectionRecord(Record):
    """How the globe becomes the plane of a map."""

    type: Literal["lcc", "equirectangular"] = Field(description="Lambert's conic, or a grid.")
    lat1: Latitude | None = Field(None, description="Lambert: first standard parallel.")
    lat2: Latitude | None = Field(None, description="Lambert: second standard parallel.")
    lat0: Latitude = Field(description="Latitude of the origin.")
    lon0: Longitude = Field(description="Longitude of the origin.")
    scale: Positive = Field(description="px per km.")
    ox: Number = Field(0.0, description="km east of the origin at the left edge, before « pad ».")
    oy: Number = Field(0.0, description="km north of the origin at the top, before « pad ».")
    pad: Number = Field(0.0, description="px of margin.")


class ShapeRecord(Record):
    """A territory on the map."""

    code: Line | None = Field(None, description="Code of its territory; none for other land.")
    nom: Line | None = Field(None, description="Its name, for whoever reads the file.")
    x: Number = Field(description="px from the left to the point of its label.")
    y: Number = Field(description="px from the top to the point of its label.")
    d: Outline = Field(description="Outline: an SVG path of straight lines.")
    inset: tuple[Number, ...] | None = Field(
        None, description="Frame of what is drawn apart: x, y, width, height in px."
    )
    lat0: Latitude | None = Field(None, description="Inset: latitude of its centre.")
    lon0: Longitude | None = Field(None, description="Inset: longitude of its centre.")
    km_par_px: Positive | None = Field(None, description="Inset: its scale, in km per px.")


class MapRecord(Record):
    """A map of the territories: a JSON file that the option « map » names."""

    width: Positive = Field(description="Width of the drawing in px.")
    height: Positive = Field(description="Height of the drawing in px.")
    projection: ProjectionRecord = Field(description="How degrees become px.")
    source: Line | None = Field(None, description="Where the outlines come from, printed below.")
    regions: tuple[ShapeRecord, ...] = Field(description="The shapes, in drawing order.")


class CollectionRecord(Record):
    """A collection, as the configuration declares it."""

    kind: Kind = Field(description="What its folder holds.")
    folder: FilePath | None = Field(None, description="Relative to the configuration file.")
    name: Title | None = Field(None, description="Name in the plural, for menus.")
    singular: Title | None = Field(None, description="Name of one of its events.")
    address: Address | None = Field(None, description="Where its pages stand.")
    weekday: Weekday | None = Field(None, description="The weekday of its events.")
    duration: Duration | None = Field(None, description="Usual length of an event with a time.")
    color: Color | None = Field(None, description="CSS name of its colour in calendars.")
    aliases: Addresses = Field((), description="Old addresses.")


class NewsRecord(Record):
    """The folder of posts, as the configuration declares it."""

    folder: FilePath | None = Field(None, description="Relative to the configuration file.")
    name: Title | None = Field(None, description="Name in the plural, for menus.")
    address: Address | None = Field(None, description="Where its pages stand.")


class FeedsRecord(Record):
    """What the configuration says of feeds."""

    enabled: Flag = Field(True, description="Whether feeds are written.")
    revised: When | None = Field(
        None, description="In UTC: all events count as changed then, for every subscriber."
    )


class OptionsRecord(Record):
    """The options of the plugin in mkdocs.yml."""

    uid_domain: Line | None = Field(None, description="Domain of every UID, for ever.")
    timezone: ZoneName = Field("Europe/Paris", description="The community's IANA zone.")
    data: FilePath | None = Field(None, description="Folder of entities, in docs_dir.")
    map: FilePath | None = Field(None, description="JSON map of the territories, in « data ».")
    collections: dict[Id, CollectionRecord] | None = Field(None, description="By id.")
    news: NewsRecord | None = Field(None, description="The folder of posts.")
    feeds: FeedsRecord = Field(default_factory=FeedsRecord, description="About feeds.")
    cards: Flag = Field(True, description="Whether shared links go with images of their own.")
    withdrawn: Withdrawn = Field(
        (), description="COLLECTION/ID of deleted events of which no trace may stay."
    )


class AuditRecord(Record):
    """An audit of accessibility by people: without one, nothing may be claimed."""

    date: Day = Field(description="The day on which it was finished.")
    rate: Percent = Field(description="Share of the criteria that are met, in per cent.")
    auditor: Line = Field(description="Who did it.")


class AccessibilityRecord(Record):
    """The statement of accessibility: data/accessibility.yml."""

    entity: Title = Field(description="Who answers for the site.")
    drawn_up: Day = Field(description="The day on which the statement was drawn up.")
    audit: AuditRecord | None = Field(None, description="The last audit by people.")
    new_referential: Day | None = Field(
        None, description="When a version of the RGAA newer than the audit's was published."
    )
    nonconformities: tuple[Line, ...] = Field((), description="What is not accessible yet.")
    derogations: tuple[Line, ...] = Field((), description="What would be out of proportion.")
    exemptions: tuple[Line, ...] = Field((), description="What the law does not ask for.")
    technologies: tuple[Line, ...] = Field(description="What the site is made with.")
    environments: tuple[Line, ...] = Field((), description="Browsers and assistive technologies.")
    tools: tuple[Line, ...] = Field((), description="What was used to test.")
    pages: tuple[Line, ...] = Field((), description="Pages that were tested.")
    contact: Line | None = Field(None, description="How one tells of an obstacle, in words.")
    contact_url: HttpUrl | None = Field(None, description="The page or form to write to.")
    plan_url: HttpUrl | None = Field(None, description="The plan over several years.")
    actions_url: HttpUrl | None = Field(None, description="What is done this year.")


class HostRecord(Record):
    """Who serves the site."""

    name: Title | None = Field(None, description="Name of the company or body.")
    address: Line | None = Field(None, description="Postal address.")
    phone: Line | None = Field(None, description="Phone number of its switchboard.")


class PublisherRecord(Record):
    """Who publishes the site: data/publisher.yml. What is missing is shown as missing."""

    name: Title | None = Field(None, description="Name of the publisher.")
    address: Line | None = Field(None, description="Postal address.")
    phone: Line | None = Field(None, description="Phone number of its switchboard.")
    director: Line | None = Field(None, description="Director of publication, with consent.")
    host: HostRecord = Field(default_factory=HostRecord, description="Who serves the site.")
