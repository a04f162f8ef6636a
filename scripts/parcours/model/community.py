"""The community: everything loaded, cross-referenced, immutable."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from math import inf
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from ..lazily import cached_property
from .emissions import NO_FACTORS, Factors
from .geography import Drawing, Point
from .kinds import Kind
from .notices import NO_NOTICES, Notices
from .periods import SomeDays
from .postal import postal_lines
from .recurrence import Rule, Share
from .schema import (
    OFF,
    AccessRecord,
    CourseRecord,
    EventRecord,
    FacilitatorRecord,
    ItemRecord,
    Mode,
    OrganisationRecord,
    PersonRecord,
    PlaceRecord,
    PostRecord,
    SessionRecord,
    SkillRecord,
    StopRecord,
    TerritoryRecord,
    ThemeRecord,
)
from .sequence import Stamps
from .settings import Addresses, Collection, Settings
from .transcript import Transcript
from .values import Moment
from .zones import NO_PLACE, as_held, same_time, zone

if TYPE_CHECKING:
    from .exchange import Exchange  # which is made of what stands here

R = TypeVar(
    "R",
    ThemeRecord,
    TerritoryRecord,
    PlaceRecord,
    OrganisationRecord,
    PersonRecord,
    SkillRecord,
    FacilitatorRecord,
)


@dataclass(frozen=True, eq=False)
class Named(Generic[R]):
    """What events refer to by a short id: a record that was read from a source.

    Attributes:
        source: its file, relative to the site's folder; "" for the package's.
        filed: whether it has a file, or is the package's: what is named where it stands has
            neither a page nor a feed, and an id that no file can have.
    """

    id: str
    record: R
    source: str
    filed: bool = field(default=True, kw_only=True)

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def example(self) -> bool:
        return self.record.example


class Theme(Named[ThemeRecord]):
    @property
    def description(self) -> str | None:
        return self.record.description

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.record.aliases


class Territory(Named[TerritoryRecord]):
    @property
    def timezone(self) -> str | None:
        return self.record.timezone

    @property
    def code(self) -> str | None:
        return self.record.code

    @property
    def description(self) -> str | None:
        return self.record.description

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.record.aliases


@dataclass(frozen=True, eq=False)
class Place(Named[PlaceRecord]):
    """Where something happens."""

    territory: Territory | None

    @property
    def address(self) -> str | None:
        return self.record.address

    @property
    def latitude(self) -> float | None:
        """Degrees north, WGS 84."""
        return self.record.latitude

    @property
    def longitude(self) -> float | None:
        """Degrees east, WGS 84."""
        return self.record.longitude

    @property
    def url(self) -> str | None:
        return self.record.url

    @property
    def description(self) -> str | None:
        return self.record.description

    @property
    def zone(self) -> str | None:
        """Its IANA zone: its own, else its territory's."""
        return self.record.timezone or (self.territory.timezone if self.territory else None)

    @property
    def is_located(self) -> bool:
        """Whether it is known what time it keeps; the community's, in a territory without one."""
        return self.record.timezone is not None or self.territory is not None

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

    @property
    def lines(self) -> tuple[str, ...]:
        """Its address, in the lines of an envelope."""
        return postal_lines(self.address) if self.address else ()

    @property
    def access(self) -> AccessRecord:
        """How one gets there, and what it offers: what its file says of it."""
        return self.record.access or AccessRecord()


@dataclass(frozen=True, eq=False)
class Organisation(Named[OrganisationRecord]):
    territory: Territory | None
    place: Place | None

    @property
    def url(self) -> str | None:
        return self.record.url

    @property
    def contact(self) -> tuple[str, ...]:
        return self.record.contact

    @property
    def description(self) -> str | None:
        return self.record.description

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.record.aliases

    @property
    def where(self) -> Territory | None:
        """Its territory: its own, else its place's."""
        return self.territory or (self.place.territory if self.place else None)


@dataclass(frozen=True, eq=False)
class Person(Named[PersonRecord]):
    """Somebody, or a role.

    Attributes:
        url: of one without a file: a page elsewhere; "" for none.
    """

    organisation: Organisation | None
    url: str = ""

    @property
    def role(self) -> str | None:
        return self.record.role

    @property
    def line(self) -> str:
        """Name, role and organisation on one line."""
        parts = (self.name, self.role, self.organisation and self.organisation.name)
        return ", ".join(part for part in parts if part)


Entity = Theme | Territory | Organisation | Person | Place
"""What has a page of its own beside events, by a short id."""


def entity_folder(kind: type[Entity], names: Addresses) -> str:
    """The address of the page that lists a kind of entities."""
    folders: Mapping[type[Entity], str] = {
        Theme: names.themes,
        Territory: names.territories,
        Organisation: names.organisations,
        Person: names.people,
        Place: names.places,
    }
    return f"{folders[kind]}/"


def entity_address(entity: Entity, names: Addresses) -> str:
    """Where the page of an entity stands, relative to the site's root, ending with a slash.

    Raises:
        ValueError: it has no file, hence no page.
    """
    if not entity.filed:
        raise ValueError(f"{entity.name} has no page")
    return f"{entity_folder(type(entity), names)}{entity.id}/"


def _midnight(day: date, zone_name: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone(zone_name))


@dataclass(frozen=True)
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
    def days(self) -> int:
        """How many days it lasts, the first and the last included."""
        return (self.last - self.first).days + 1

    @cached_property
    def begins(self) -> datetime:
        """The instant it begins, in UTC; for whole days, midnight in its zone."""
        return (self.start or _midnight(self.first, self.zone)).astimezone(UTC)

    @cached_property
    def ends(self) -> datetime:
        """The instant it is over, in UTC; for whole days, the midnight after the last."""
        return (self.end or _midnight(self.last + timedelta(days=1), self.zone)).astimezone(UTC)


def is_elsewhere(one: Occurrence, home: str) -> bool:
    """Whether it has an hour that clocks at home do not show then."""
    start = one.start
    if start is None or one.zone == home:
        return False
    return start.utcoffset() != start.astimezone(zone(home)).utcoffset()


def kept_at(event: Event, place: Place) -> str:
    """The zone of the clocks at one of several places, whatever zone its hours are said in."""
    return (place.zone if place.is_located else None) or event.zone


def _tells_elsewhere(event: Event, home: str) -> bool:
    """Whether an hour is told of it that clocks at home do not show: its own, that at one of its
    places, or, of whole days and days that are not exact, one within or before it."""
    first = event.first
    day = first.first if first else event.around.first if event.around else None
    if day is None:
        return False
    if first is None or first.start is None:
        noon = datetime.combine(day, time(12))
        return not same_time(event.zone, home, noon) and _names_hours(event)
    if is_elsewhere(first, home):
        return True
    if len(event.sites) < 2:
        return False
    naive = first.start.replace(tzinfo=None)
    return any(not same_time(kept_at(event, one), event.zone, naive) for one in event.sites)


def _is_at_home(event: Event, home: str) -> bool:
    """Whether no hour of it can be told that clocks at home do not show, whenever it is held."""
    has_hours = event.first is not None and event.first.start is not None
    return has_hours and event.zone == home and len(event.sites) < 2


def _names_hours(event: Event) -> bool:
    """Whether its programme, or what is due before it, names hours."""
    record = event.record
    limits: list[Moment | None] = [one.until for one in record.deadlines]
    limits += [record.registration.deadline] if record.registration else []
    return event.plan.has_hours or any(one is not None and one.at is not None for one in limits)


def lasting(first: Occurrence, last: Occurrence) -> Occurrence:
    """The time from the beginning of one to the end of another."""
    return Occurrence(first.first, last.last, first.zone, first.start, last.end)


@dataclass(frozen=True)
class Text:
    """A body in Markdown, with the place it was read from.

    Attributes:
        part: of its page, which sets its anchors apart from those of the body; "" for the body.
    """

    markdown: str
    file: str
    line: int = 1
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A stop of a trip, in its place and at its time.

    Attributes:
        number: the day of the trip on which it is, from 1; None where none is said.
        day: the same as a local date, None when the trip's is not known.
        text: its description.
    """

    record: StopRecord
    place: Place | None
    host: Organisation | None
    number: int | None
    day: date | None
    text: Text | None


@dataclass(frozen=True)
class Planned:
    """An item of a programme, with whom it names.

    Attributes:
        id: unique in its programme.
    """

    record: ItemRecord
    id: str
    speakers: tuple[Person, ...]


@dataclass(frozen=True)
class Plan:
    """The programme of a meeting, as its source says it; `programme.items_of` places it in time.

    Attributes:
        since: the local hour at which what its hours are said of begins; None for that of the
            meeting itself. The programme of a series moves along with a date.
        shared: whether it is that of several dates of a series, none of which it can name.
    """

    items: tuple[Planned, ...] = ()
    since: time | None = None
    shared: bool = False

    @property
    def is_recorded(self) -> bool:
        """Whether an item has a video of its own."""
        return any(one.record.video for one in self.items)

    @property
    def has_hours(self) -> bool:
        """Whether an item says at which hour it begins."""
        return any(one.record.at for one in self.items)


@dataclass(frozen=True)
class Within:
    """What a stop belongs to that stands in calendars by itself.

    Attributes:
        uid: of its trip, to which it is related.
        stop: its id, at which it stands on the page of its trip.
    """

    uid: str
    stop: str


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """What has to be done before some moment.

    Attributes:
        id: unique in its meeting or course.
        what: what one can do until then; "" for registering, which has words of ours.
        until: local to *zone*, an IANA name.
        url: where one does it; "" for nowhere.
        of: the UID of what it is of: the series, for what is said of one date.
        title: the title of that.
        off: whether it does not hold any more: what it is of is called off, or one can no longer
            register.
    """

    id: str
    what: str
    until: Moment
    zone: str
    url: str
    of: str
    title: str
    off: bool = False

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"{DEADLINE}{self.id}"


DEADLINE = "echeance-"
"""Leads the id of a deadline in its identity, in its place on a page and in its calendar."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DateOf:
    """What a date of a series belongs to.

    Attributes:
        series: the UID of its series.
        key: stands in its address for ever.
        original: when its series would have it (RECURRENCE-ID), in *zone*.
        zone: IANA name of the zone of its series.
        part: the number of the part of its series; None for one before the first of all others,
            which stands in calendars by itself.
        apart: whether anything is said of it alone.
        paged: whether it has a page of its own.
        left_out: whether its series leaves it out, and no page shows it.
    """

    series: str
    key: str
    original: Moment
    zone: str
    part: int | None = 0
    apart: bool = False
    paged: bool = False
    left_out: bool = False

    @property
    def due(self) -> datetime:
        """When its series would have it, as an instant; of a whole day, its first one."""
        return as_held(self.original.naive, self.zone)

    @property
    def turns(self) -> bool:
        """Whether what is told of it can only be said of those after it too: `later:` says it."""
        return not self.apart and not self.left_out


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """The dates of a series to which one rule gives one hour.

    Attributes:
        event: what they say, at the first of them.
        rule: by which others follow it; None where none do.
        last: the last date of the rule, in the zone of the event; None for a rule without an end.
        excluded: dates of the rule after the first that are left out.
        added: dates after the first that no rule gives.
        shares: what stands for it in calendars, by the shares of its rule; empty where it does
            itself.
    """

    event: Event
    rule: Rule | None
    last: Moment | None
    excluded: tuple[Moment, ...] = ()
    added: tuple[Moment, ...] = ()
    shares: Mapping[Share, Part] = field(default_factory=dict)

    @property
    def told(self) -> tuple[Part, ...]:
        """What stands in calendars, the first of its dates first."""
        return tuple(self.shares.values()) or (self,)

    def of(self, original: Moment) -> Part:
        """That of them which one of its dates belongs to."""
        if self.rule is None or not self.shares or original in self.added:
            return self.told[0]
        return self.shares[self.rule.share(original)]


@dataclass(frozen=True)
class Shared:
    """What a course and an event refer to, resolved."""

    themes: tuple[Theme, ...] = ()
    territories: tuple[Territory, ...] = ()
    organisers: tuple[Organisation, ...] = ()
    hosts: tuple[Organisation, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """A course: what its sessions have in common.

    Attributes:
        uid: its identity, to which its sessions are related.
        zone: IANA name of the zone of its days: the community's.
        helpers: who can help whoever takes a session on.
    """

    id: str
    uid: str
    collection: Collection
    record: CourseRecord
    zone: str
    source: str
    refs: Shared
    body: Text
    stamps: Stamps
    helpers: tuple[Organisation, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def address(self) -> str:
        return f"{self.collection.address}/{self.id}/"

    @property
    def ends(self) -> datetime | None:
        """The instant it is over, in its zone: the midnight after its last day, if that is said."""
        end = self.record.end
        return _midnight(end + timedelta(days=1), self.zone) if end else None


@dataclass(frozen=True, kw_only=True, eq=False)
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


@dataclass(frozen=True)
class Turns:
    """Which date stands for a series at an instant: the next one that is held, or the one that is
    going on, else the next of all, else the last.

    Attributes:
        ends: when its dates are over, in order.
        dates: its dates in that order.
        standing: the date that stands for it until then, for each of them; then the last.
    """

    ends: Sequence[datetime]
    dates: Sequence[Event]
    standing: Sequence[Event]

    def at(self, now: datetime) -> Event:
        return self.standing[bisect_right(self.ends, now)]

    def left(self, now: datetime) -> Sequence[Event]:
        """The dates that are not over."""
        return self.dates[bisect_right(self.ends, now) :]


BETWEEN_PLACES = " · "
"""Stands between places on one line, each of which may hold commas."""


@dataclass(frozen=True, kw_only=True, eq=False)
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
        sites: the places at which people meet at the same time; of most meetings one, or none.
        departure: of a trip, the place from which all leave; *back*, to which all come back.
        backup: of a session, who stands in for its lead.
        within: of a stop that stands in calendars by itself: its trip; its id is then that of the
            trip, and its UID its own.
        date: of a date of a series: which one; its id is then that of the series, and its UID its
            own.
        plan: what happens within it, item by item.
        item: of an item or a deadline that stands by itself, as a replay or in a calendar: where on
            the page of its meeting; its id is then that of the meeting, and its UID its own.
        deadline: of a deadline that stands in calendars by itself.
        dates: of a series, each of its dates, in order; those of a rule without an end, as far as
            they are drawn.
        parts: of a series, what gives its dates.
        ended: what gave some of its dates, under another UID, and does no more: calendars tell it
            as cancelled.
        deleted: whether it has no page any more (its file is gone, hidden, a draft again, or has
            another identity): calendars show it as cancelled.
        former: of a deleted event, what it referred to: it stays in the selections it was in.
        gone: when subscribers were told that a deleted event is cancelled, in Unix seconds, and its
            UID then; None for one that lives on.
    """

    id: str
    uid: str
    collection: Collection
    record: EventRecord
    zone: str
    occurrences: tuple[Occurrence, ...]
    source: str
    refs: Shared
    speakers: tuple[Person, ...]
    sites: tuple[Place, ...]
    stops: tuple[Stop, ...]
    course: Course | None
    body: Text
    account: Text | None
    stamps: Stamps
    files: Mapping[str, str] = field(default_factory=dict)
    transcript: Transcript | Text | None = None
    departure: Place | None = None
    back: Place | None = None
    backup: Organisation | None = None
    within: Within | None = None
    plan: Plan = Plan()
    item: str = ""
    deadline: Deadline | None = None
    date: DateOf | None = None
    dates: tuple[Event, ...] = ()
    parts: tuple[Part, ...] = ()
    ended: tuple[Part, ...] = ()
    deleted: bool = False
    former: Shared | None = None
    gone: tuple[int, str] | None = None

    @property
    def kind(self) -> Kind:
        """What its collection holds."""
        return self.collection.kind

    @property
    def title(self) -> str:
        return self.record.title

    def dated(self, when: Occurrence, date: DateOf, *, uid: str, plan: Plan, body: Text) -> Event:
        """A date of a series that says what this says, at its own time.

        Of what a series says a hundred dates are made: each shares it, and nothing is made again.
        """
        found = object.__new__(Event)
        its = vars(found)
        its.update(self._shared)
        its.update(occurrences=(when,), first=when, last=when, date=date)
        its.update(uid=uid, plan=plan, body=body, usual=self)
        return found

    @cached_property
    def usual(self) -> Event:
        """Of a date of which nothing is said alone, what says the same of many; else itself."""
        return self

    @cached_property
    def _shared(self) -> Mapping[str, object]:
        """What it says, and what is derived of that alone whenever it is held."""
        names = (*(one.name for one in fields(self)), "mode", "themes", "territories", "bodies")
        return {name: getattr(self, name) for name in names}

    @cached_property
    def address(self) -> str:
        """Where its page stands, relative to the site's root, ending with a slash.

        A date of a series that has no page of its own has a place on that of the series, and an
        item of a programme, or a deadline, on that of its meeting.
        """
        series = f"{self.collection.address}/{self.id}/"
        if self.item:
            page = f"{series}{self.date.key}/" if self.date and self.date.paged else series
            return f"{page}#{self.item}"
        if self.date is None or self.date.left_out:
            return series
        return f"{series}{self.date.key}/" if self.date.paged else f"{series}#{self.date.key}"

    @cached_property
    def uids(self) -> tuple[str, ...]:
        """The UIDs under which it stands in calendars: a series, one for each of its parts."""
        return tuple(one.uid for one in self.told)

    @cached_property
    def told(self) -> tuple[Event, ...]:
        """What stands in calendars by itself: of a series its parts, and dates before the first."""
        ended = tuple(part.event for part in self.ended)
        if not self.parts:
            return (self, *ended)
        early = (one for one in self.dates if one.date and one.date.part is None)
        return (*(one.event for part in self.parts for one in part.told), *ended, *early)

    @property
    def has_page(self) -> bool:
        """Whether it has a page of its own."""
        return not self.item and (self.date is None or self.date.paged)

    @cached_property
    def own_pages(self) -> tuple[Event, ...]:
        """Of a series, the dates that have a page of their own: few, looked for by many."""
        return tuple(one for one in self.dates if one.has_page)

    @cached_property
    def said(self) -> tuple[Event, ...]:
        """What says what it says: of a series, what each date does, once for those that say the
        same; else itself."""
        return tuple(dict.fromkeys(map(_USUAL, self.dates))) if self.dates else (self,)

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Who speaks: those of the meeting, then those of its items, each once."""
        if not self.plan.items:
            return self.speakers
        its = (one for item in self.plan.items for one in item.speakers)
        return tuple({one.id: one for one in (*self.speakers, *its)}.values())

    @cached_property
    def first(self) -> Occurrence | None:
        return self.occurrences[0] if self.occurrences else None

    @cached_property
    def last(self) -> Occurrence | None:
        return self.occurrences[-1] if self.occurrences else None

    @property
    def around(self) -> SomeDays | None:
        """Some days, one of which it will be, where no date is known."""
        return self.record.when if not self.occurrences else None

    @property
    def earliest(self) -> tuple[datetime, object] | None:
        """When it begins at the earliest, and the day, or the days, in which that is."""
        if self.first is not None:
            return self.first.begins, self.first.first
        around = self.around
        return (around.begins(self.zone), around.said) if around is not None else None

    @property
    def span(self) -> Occurrence | None:
        """All of its time: of a series, from its first date to the end of its last one."""
        if not self.parts or self.first is None or self.last is None:
            return self.first
        return lasting(self.first, self.last)

    @cached_property
    def mode(self) -> Mode | None:
        """Where people meet: said by the source, else derived from it; None when nobody knows."""
        return mode_of(self.record, self.kind, bool(self.place or self.stops))

    @property
    def location(self) -> str:
        """One line: the place, else those of the stops, else the address of the live meeting."""
        if self.mode != "online":
            if self.sites:
                return BETWEEN_PLACES.join(dict.fromkeys(place.line for place in self.sites))
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
        return tuple(dict.fromkeys(place.line for place in self.places))

    @property
    def place(self) -> Place | None:
        """Where it is held: of several places the first, in whose time its hours are."""
        return self.sites[0] if self.sites else None

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is held, and the places of its stops, in order."""
        return (*self.sites, *(stop.place for stop in self.stops if stop.place is not None))

    @property
    def points(self) -> tuple[Place, ...]:
        """The same, and where a trip leaves from and comes back to, which lies in no selection."""
        return (*self.places, *(one for one in (self.departure, self.back) if one is not None))

    @cached_property
    def varied(self) -> tuple[Event, ...]:
        """Of a series, dates that say between them all that any says: those of which something is
        said alone, and one for each day from which on something is another."""
        found: list[Event] = []
        parts: set[int | None] = set()
        for one in self.dates:
            date = one.date
            if date is not None and (date.apart or date.part not in parts):
                found.append(one)
                if not date.apart:
                    parts.add(date.part)
        return tuple(found)

    @cached_property
    def turns(self) -> Turns:
        """Of a series: when its dates are over, and which of them stands for it until then."""
        ends = [one.occurrences[-1].ends for one in self.dates]
        ordered = sorted(range(len(ends)), key=ends.__getitem__)
        coming = held = len(ends)
        standing = [self.dates[-1]]
        for number in reversed(ordered):
            coming = min(coming, number)
            if self.dates[number].record.status not in OFF:
                held = min(held, number)
            standing.append(self.dates[held if held < len(ends) else coming])
        dates = [self.dates[number] for number in ordered]
        return Turns([ends[number] for number in ordered], dates, standing[::-1])

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The themes of the selections it is in; a series is in those of all its dates."""
        its = (self.former or self.refs).themes
        if not self.dates:
            return its
        return _each((*its, *(one for date in self.dates for one in date.refs.themes)))

    @cached_property
    def territories(self) -> tuple[Territory, ...]:
        """Those it names, and those in which it takes place."""
        there = [place.territory for place in self.places if place.territory]
        named = (self.former or self.refs).territories
        found = _each((*named, *there))
        if not self.dates:
            return found
        return _each((*found, *(one for date in self.dates for one in date.territories)))

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Those of *bodies* that have a file: the others are in no selection."""
        return tuple(one for one in self.bodies if one.filed)

    @cached_property
    def bodies(self) -> tuple[Organisation, ...]:
        """Those that organise it, run it, or receive a stop of it; of a series, of all dates."""
        refs = self.former or self.refs
        hosts = [stop.host for stop in self.stops if stop.host]
        found = _each((*refs.organisers, *refs.hosts, *hosts))
        if not self.dates:
            return found
        return _each((*found, *(one for date in self.dates for one in date.bodies)))

    @cached_property
    def order(self) -> tuple[bool, str, str, str]:
        """Its place among others, for `event_order`."""
        first, around = self.first, self.around
        # What is some day of a period comes behind all of its last day.
        begins = first.begins.isoformat() if first else f"{around.last}T99" if around else ""
        key = f"/{self.date.key}" if self.date else ""
        return (not begins, begins, self.collection.id, self.id + key)

    @property
    def session(self) -> SessionRecord | None:
        return self.record if isinstance(self.record, SessionRecord) else None

    @property
    def open_to_hosts(self) -> bool:
        """Whether the session still waits for somebody to run it."""
        return self.record.seeks_host

    @property
    def is_claimed(self) -> bool:
        """Whether somebody has taken the session on, and is not sure yet."""
        return self.session is not None and self.session.state == "claimed"

    @property
    def lead(self) -> Organisation | None:
        """Who leads the session; None for one that nobody has taken on."""
        is_taken = self.session is not None and not self.open_to_hosts
        return next(iter(self.refs.hosts), None) if is_taken else None


def said_once(events: Iterable[Event]) -> Mapping[Event, int]:
    """What says what events say whenever they are held, and of how many each does."""
    return Counter(map(_USUAL, events))


_USUAL = attrgetter("usual")


N = TypeVar("N", Theme, Territory, Organisation)


def _each(found: Iterable[N]) -> tuple[N, ...]:
    """Each once, in the order in which they come up."""
    return tuple({one.id: one for one in found}.values())


Crossed = tuple[str, str | None, str | None]
"""The ids of the collection, of a territory and of a theme that an event is, or was, of."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Community:
    """All of it, in a fixed order.

    Attributes:
        events: by beginning, then id; those without a date last.
        tombstones: what subscribers still have to learn of: deleted events, and the old hours of
            events whose date was taken back (these are among *events* too).
        posts: news of the programme, the newest first.
        waiting: posts that are still to come, of which nothing is published.
        revision: the latest instant of any source, in Unix seconds.
        drawing: the map of the territories, if there is one.
        stops: of all trips that have a date, those with a day: entries of calendars by themselves.
        lost_stops: those that subscribers have seen and that are no more, as cancelled.
        deadlines: of all meetings and courses: entries of a calendar by themselves.
        lost_deadlines: those that subscribers have seen and that are no more, as cancelled.
        had_deadlines: whether there are any, or ever were.
        crossed: what any event seen in the past was of, though none is today.
        heard: the ids of the collections of which something can be heard, or ever could.
        dates_before: the address of each series, without its slash, and the key of each of its
            dates that had a page once.
        factors: of what travelling emits.
        starts: id of a theme → the events whose replays one begins with, in their order.
        instants: file of an entity → its last change, in Unix seconds.
        notices: what the law asks the site to say of itself.
        exchange: needs and facilitators; None for a site without.
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
    waiting: tuple[Post, ...] = ()
    drawing: Drawing | None = None
    stops: tuple[Event, ...] = ()
    lost_stops: tuple[Event, ...] = ()
    deadlines: tuple[Event, ...] = ()
    lost_deadlines: tuple[Event, ...] = ()
    had_deadlines: bool = False
    crossed: frozenset[Crossed] = frozenset()
    heard: frozenset[str] = frozenset()
    dates_before: frozenset[tuple[str, str]] = frozenset()
    factors: Factors = NO_FACTORS
    starts: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    instants: Mapping[str, int] = field(default_factory=dict)
    notices: Notices = NO_NOTICES
    exchange: Exchange | None = None

    @property
    def entities(self) -> Iterator[Entity]:
        """All that has a page of its own beside events."""
        yield from self.themes.values()
        yield from self.territories.values()
        yield from self.organisations.values()
        yield from self.people.values()
        yield from self.open_places

    @cached_property
    def open_places(self) -> tuple[Place, ...]:
        """Those that are shown: what is published names them, or their own files say so."""
        said = (one for event in self.events for one in (event, *event.varied))
        named = {place.id for one in said for place in one.points}
        named |= {one.place.id for one in self.organisations.values() if one.place}
        return tuple(
            place for id, place in self.places.items() if place.record.public or id in named
        )

    @cached_property
    def held(self) -> tuple[Event, ...]:
        """What is held at one time, or has no date: each date of a series by itself, in order."""
        found = (one for event in self.events for one in (event.dates or (event,)))
        return tuple(sorted(found, key=event_order))

    @cached_property
    def spans_zones(self) -> bool:
        """Whether hours are told, or ever were, that clocks at home do not show."""
        home = self.settings.timezone
        # Of a series, most dates are held by the clocks at home, at one place.
        for event in self.events:
            usual = {one for one in event.said if _is_at_home(one, home)}
            others = (one for one in event.dates or (event,) if one.usual not in usual)
            if len(usual) < len(event.said) and any(_tells_elsewhere(one, home) for one in others):
                return True
        return False

    @property
    def names_zones(self) -> bool:
        """Whether every hour says whose it is: there are several, or nobody lives by it."""
        return self.spans_zones or self.settings.timezone == NO_PLACE

    @cached_property
    def paged(self) -> tuple[Event, ...]:
        """All events that have a page of their own: dates of a series with one come after it."""
        found = (one for event in self.events for one in (event, *event.own_pages))
        return tuple(found)

    @property
    def things(self) -> tuple[Event | Course | Post, ...]:
        """All that has a source and a page of its own."""
        return (*self.paged, *self.courses, *self.posts)

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
        """The sessions of a course, in their order."""
        return tuple(in_turn(self._by_course.get(course.address, ())))


def mode_of(record: EventRecord, kind: Kind, placed: bool) -> Mode | None:
    """Where people meet, by what a source says, else by its kind; None when neither tells.

    Args:
        placed: whether it names a place.
    """
    if record.status == "moved-online":
        return "online"
    if record.mode:
        return record.mode
    there = placed or kind.on_the_spot
    if record.online:
        return "hybrid" if there else "online"
    if there:
        return "on-site"
    return "online" if kind.online else None


def in_turn(sessions: Iterable[Event]) -> list[Event]:
    """The sessions of a course in their order, which is that of time.

    By their numbers stand those that begin together, and those without a date, each before the
    first one of a higher number; without either, a session is the last.
    """

    def number(one: Event) -> float:
        said = one.session.number if one.session else None
        return inf if said is None else said

    found: list[Event] = []
    for one in sorted(sessions, key=lambda one: (*one.order[:2], number(one), one.order)):
        is_dated = not one.order[0]
        above = (at for at, other in enumerate(found) if number(one) < number(other) < inf)
        found.insert(len(found) if is_dated else next(above, len(found)), one)
    return found


def event_order(event: Event) -> tuple[bool, str, str, str]:
    """The order of events: by beginning, those without a date last."""
    return event.order
