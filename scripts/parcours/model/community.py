"""The community: everything loaded, cross-referenced, immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Literal

from .geography import Drawing, Point
from .notices import NO_NOTICES, Notices
from .schema import (
    CourseRecord,
    EventRecord,
    Mode,
    PostRecord,
    SessionRecord,
    StopRecord,
    TripRecord,
)
from .settings import Addresses, Collection, Settings
from .transcript import Transcript
from .zones import zone

EPOCH = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
"""The instant of what no history knows: 2020-01-01 UTC, SEQUENCE 0."""

EventKind = Literal["webinar", "trip", "session"]


@dataclass(frozen=True)
class Theme:
    id: str
    name: str
    description: str | None
    source: str
    aliases: tuple[str, ...] = ()
    example: bool = False


@dataclass(frozen=True)
class Territory:
    id: str
    name: str
    timezone: str | None
    code: str | None
    source: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    example: bool = False


@dataclass(frozen=True)
class Place:
    """Where something happens.

    Attributes:
        latitude: degrees north, WGS 84.
        longitude: degrees east, WGS 84.
    """

    id: str
    name: str
    address: str | None
    territory: Territory | None
    latitude: float | None
    longitude: float | None
    timezone: str | None
    url: str | None
    description: str | None
    source: str
    example: bool = False

    @property
    def zone(self) -> str | None:
        """Its IANA zone: its own, else its territory's."""
        return self.timezone or (self.territory.timezone if self.territory else None)

    def on(self, drawing: Drawing) -> Point | None:
        """Where it stands on a map, in px; None when it is not on it."""
        if self.latitude is None or self.longitude is None:
            return None
        code = self.territory.code if self.territory else None
        return drawing.locate(self.latitude, self.longitude, code)

    @property
    def line(self) -> str:
        """Name and address on one line."""
        return f"{self.name}, {self.address}" if self.address else self.name


@dataclass(frozen=True)
class Organisation:
    id: str
    name: str
    url: str | None
    territory: Territory | None
    place: Place | None
    description: str | None
    source: str
    example: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def where(self) -> Territory | None:
        """Its territory: its own, else its place's."""
        return self.territory or (self.place.territory if self.place else None)


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    role: str | None
    organisation: Organisation | None
    source: str
    example: bool = False

    @property
    def line(self) -> str:
        """Name, role and organisation on one line."""
        parts = (self.name, self.role, self.organisation and self.organisation.name)
        return ", ".join(part for part in parts if part)


Entity = Theme | Territory | Organisation | Person
"""What has a page of its own beside events, by a short id."""


def entity_folder(kind: type[Entity], names: Addresses) -> str:
    """The address of the page that lists a kind of entities."""
    folders: Mapping[type[Entity], str] = {
        Theme: names.themes,
        Territory: names.territories,
        Organisation: names.organisations,
        Person: names.people,
    }
    return f"{folders[kind]}/"


def entity_address(entity: Entity, names: Addresses) -> str:
    """Where the page of an entity stands, relative to the site's root, ending with a slash."""
    return f"{entity_folder(type(entity), names)}{entity.id}/"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which an event happens, local to it.

    Attributes:
        first: first day.
        last: last day, inclusive.
        start: aware, in `zone`; None for whole days.
        end: aware, in `zone`, exclusive; None for whole days.
        zone: IANA name.
    """

    first: date
    last: date
    zone: str
    start: datetime | None = None
    end: datetime | None = None

    @property
    def all_day(self) -> bool:
        return self.start is None

    @property
    def begins(self) -> datetime:
        """The instant it begins, in UTC; for whole days, midnight in its zone."""
        return (self.start or self._midnight(self.first)).astimezone(UTC)

    @property
    def ends(self) -> datetime:
        """The instant it is over, in UTC; for whole days, the midnight after the last."""
        return (self.end or self._midnight(self.last + timedelta(days=1))).astimezone(UTC)

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=zone(self.zone))


@dataclass(frozen=True, slots=True)
class Stamps:
    """When an event came and last changed, in Unix seconds; never the clock of a build."""

    created: int
    changed: int

    @property
    def sequence(self) -> int:
        """SEQUENCE (RFC 5545, section 3.8.7.4): never falls, and fits 32 bits until 2088."""
        return self.changed - EPOCH


@dataclass(frozen=True)
class Text:
    """A body in Markdown, with the place it was read from."""

    markdown: str
    file: str
    line: int = 1


@dataclass(frozen=True)
class Stop:
    """A stop of a trip, in its place and at its time.

    Attributes:
        day: the local date, None when the trip's is not known.
        text: its description.
    """

    record: StopRecord
    place: Place | None
    host: Organisation | None
    day: date | None
    text: Text | None


@dataclass(frozen=True)
class Shared:
    """What a course and an event refer to, resolved."""

    themes: tuple[Theme, ...] = ()
    territories: tuple[Territory, ...] = ()
    organisers: tuple[Organisation, ...] = ()
    hosts: tuple[Organisation, ...] = ()


@dataclass(frozen=True, eq=False)
class Course:
    """A course: what its sessions have in common.

    Attributes:
        uid: its identity, to which its sessions are related.
    """

    id: str
    uid: str
    collection: Collection
    record: CourseRecord
    source: str
    refs: Shared
    body: Text
    stamps: Stamps
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def address(self) -> str:
        return f"{self.collection.address}/{self.id}/"


@dataclass(frozen=True, eq=False)
class Post:
    """News of the programme, written and dated by people.

    Attributes:
        guid: its identity in feeds, for ever.
        address: where its page stands, relative to the site's root, ending with a slash.
        instant: Unix seconds of its publication.
    """

    id: str
    guid: str
    address: str
    record: PostRecord
    instant: int
    day: date
    source: str
    themes: tuple[Theme, ...]
    territories: tuple[Territory, ...]
    authors: tuple[Person, ...]
    body: Text
    stamps: Stamps
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.record.title


@dataclass(frozen=True, eq=False)
class Event:
    """Something that happens at one or more times.

    Attributes:
        id: unique in its collection; stands in its address and its UID for ever.
        uid: RFC 5545 UID (section 3.8.4.7).
        zone: IANA name of the zone of its times.
        occurrences: its times, in order; empty when its date is not public.
        source: its file, relative to the site's folder.
        files: those its record names, as written → relative to the site's folder.
        transcript: what was said in its recording; in Markdown when it was written so.
        deleted: whether its file is gone: it has no page, and calendars show it as cancelled.
        former: of a deleted event, what it referred to: it stays in the selections it was in.
        gone: when subscribers were told that a deleted event is cancelled, in Unix seconds, and its
            UID then; None for one that lives on.
    """

    id: str
    uid: str
    kind: EventKind
    collection: Collection
    record: EventRecord
    zone: str
    occurrences: tuple[Occurrence, ...]
    source: str
    refs: Shared
    speakers: tuple[Person, ...]
    place: Place | None
    stops: tuple[Stop, ...]
    course: Course | None
    body: Text
    account: Text | None
    stamps: Stamps
    files: Mapping[str, str] = field(default_factory=dict)
    transcript: Transcript | Text | None = None
    deleted: bool = False
    former: Shared | None = None
    gone: tuple[int, str] | None = None

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def address(self) -> str:
        """Where its page stands, relative to the site's root, ending with a slash."""
        return f"{self.collection.address}/{self.id}/"

    @property
    def first(self) -> Occurrence | None:
        return self.occurrences[0] if self.occurrences else None

    @property
    def last(self) -> Occurrence | None:
        return self.occurrences[-1] if self.occurrences else None

    @property
    def mode(self) -> Mode:
        """Where people meet: said by the source, else derived from the rest of it."""
        return mode_of(self.record, bool(self.place or self.stops) or self.kind == "trip")

    @property
    def location(self) -> str:
        """One line: the place, else those of the stops, else the address of the live meeting."""
        if self.mode != "online":
            if self.place:
                return self.place.line
            places = dict.fromkeys(stop.place.name for stop in self.stops if stop.place)
            if places:
                return ", ".join(places)
            return ", ".join(territory.name for territory in self.refs.territories)
        return self.record.online or ""

    @property
    def where(self) -> tuple[str, ...]:
        """Where people meet, a line for each place with its town; empty for what is online."""
        if self.mode == "online":
            return ()
        places = [self.place, *(stop.place for stop in self.stops)]
        return tuple(dict.fromkeys(place.line for place in places if place))

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes of the selections it is in."""
        return (self.former or self.refs).themes

    @property
    def territories(self) -> tuple[Territory, ...]:
        """Those it names, and those in which it takes place."""
        places = [self.place, *(stop.place for stop in self.stops)]
        there = [place.territory for place in places if place and place.territory]
        named = (self.former or self.refs).territories
        return tuple({one.id: one for one in (*named, *there)}.values())

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Those that organise it, run it, or receive a stop of it."""
        refs = self.former or self.refs
        hosts = [stop.host for stop in self.stops if stop.host]
        return tuple({one.id: one for one in (*refs.organisers, *refs.hosts, *hosts)}.values())

    @property
    def session(self) -> SessionRecord | None:
        return self.record if isinstance(self.record, SessionRecord) else None

    @property
    def trip(self) -> TripRecord | None:
        return self.record if isinstance(self.record, TripRecord) else None

    @property
    def open_to_hosts(self) -> bool:
        """Whether the session still waits for somebody to run it."""
        return self.session is not None and self.session.state == "open"


@dataclass(frozen=True, eq=False)
class Community:
    """All of it, in a fixed order.

    Attributes:
        events: by beginning, then id; those without a date last.
        tombstones: what subscribers still have to learn of: deleted events, and the old hours of
            events whose date was taken back (these are among *events* too).
        posts: news of the programme, the newest first.
        revision: the latest instant of any source, in Unix seconds.
        drawing: the map of the territories, if there is one.
        instants: file of an entity → its last change, in Unix seconds.
        notices: what the law asks the site to say of itself.
    """

    settings: Settings
    events: tuple[Event, ...]
    courses: tuple[Course, ...]
    themes: Mapping[str, Theme]
    territories: Mapping[str, Territory]
    places: Mapping[str, Place]
    organisations: Mapping[str, Organisation]
    people: Mapping[str, Person]
    revision: int
    tombstones: tuple[Event, ...] = ()
    posts: tuple[Post, ...] = ()
    drawing: Drawing | None = None
    instants: Mapping[str, int] = field(default_factory=dict)

    notices: Notices = NO_NOTICES

    @property
    def entities(self) -> Iterator[Entity]:
        """All that has a page of its own beside events."""
        yield from self.themes.values()
        yield from self.territories.values()
        yield from self.organisations.values()
        yield from self.people.values()

    @property
    def things(self) -> tuple[Event | Course | Post, ...]:
        """All that has a source and a page of its own."""
        return (*self.events, *self.courses, *self.posts)

    def in_collection(self, collection: Collection) -> Iterator[Event]:
        return (event for event in self.events if event.collection is collection)

    @cached_property
    def _by_course(self) -> Mapping[str, tuple[Event, ...]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            if event.course is not None:
                found.setdefault(event.course.address, []).append(event)
        return {address: tuple(events) for address, events in found.items()}

    def sessions(self, course: Course) -> tuple[Event, ...]:
        """The sessions of a course, by number, then time."""
        events = self._by_course.get(course.address, ())
        return tuple(sorted(events, key=_session_order))


def mode_of(record: EventRecord, there: bool) -> Mode:
    """Where people meet, by what a source says and whether it names where."""
    if record.status == "moved-online":
        return "online"
    if record.mode:
        return record.mode
    if record.online:
        return "hybrid" if there else "online"
    return "on-site" if there else "online"


def _session_order(event: Event) -> tuple[int, str]:
    number = event.session.number if event.session else None
    return (number if number is not None else 1_000_000, event.id)


def event_order(event: Event) -> tuple[bool, str, str, str]:
    """The order of events: by beginning, those without a date last."""
    first = event.first
    begins = first.begins.isoformat() if first else ""
    return (first is None, begins, event.collection.id, event.id)
