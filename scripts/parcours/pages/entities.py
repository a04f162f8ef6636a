"""Pages of themes, territories, organisations, people and places, and those that list them.

All that they show is derived from what events and entities say; nothing is typed twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from urllib.parse import quote

from markupsafe import Markup

from .. import wording
from ..model.community import (
    Course,
    Entity,
    Event,
    Organisation,
    Person,
    Place,
    Post,
    Territory,
    Theme,
    entity_address,
    entity_folder,
)
from ..model.contacts import contacts
from ..model.exchange import facilitator_address, facilitators_folder
from ..model.feeds import Selection
from ..model.names import order, slug
from ..model.stage import Stage
from ..problems import N_
from .division import CARD, LINE, Division, Order, Placed, Ways, by_letter, divide, room_for
from .drawing import Block, Links
from .facts import Facts, Value, facts, named
from .following import Follow, follow
from .gallery import Card as ReplayCard
from .gallery import replay_card
from .jsonld import Json, organisation_json, person_json, place_json, territory_json, to_script
from .library import Library
from .listed import Listed, listed, listed_pages
from .local_time import kept_time
from .map import (
    MapView,
    PinMap,
    Reached,
    codes_of,
    counts,
    meeting_places,
    pin_map,
    situation,
    territory_map,
)
from .meeting import Meeting, entities, meeting, meetings
from .page import Page
from .places import PlacePart, paragraphs, place_part
from .players import host
from .posts import PostRow, post_row
from .programme import Spoken, spoken_by
from .quoted import titled
from .tags import ABOUT_TAGS, TAGS, tags_address

COMING = 40
REPLAYS = 6
PAST = 24
POSTS = 5
TRIPS = 5
TALKS = 60
NAMES = 60
AT_ONCE = 12
EXPLORED = 9
KNOWING = 8
"""How many of each a page shows; pages of years, and of names, hold the rest."""

KINDS: Mapping[type[Entity], tuple[str, str]] = {
    Territory: (N_("Territories"), N_("Where the community meets, region by region.")),
    Theme: (N_("Themes"), N_("What the meetings are about.")),
    Organisation: (N_("Organisations"), N_("Those who organise, run and host the meetings.")),
    Person: (N_("People"), N_("Those who speak at the meetings and agreed to be named here.")),
    Place: (N_("Places"), N_("Where we meet, and how to get there.")),
}
"""Title and description of the page that lists each kind, in the order of their links."""

BY_NAME: Order[Entity] = by_letter(lambda one: one.name)

EXPLORE = N_("Explore")
"""Title of the page that leads to all of them."""


@dataclass(frozen=True)
class CourseLine:
    """A course in a list; *span* is when it takes place, "" where that is not known."""

    address: str
    title: str
    span: str
    example: bool


@dataclass(frozen=True)
class ThemeLine:
    """A theme, and how many meetings somebody has, or had, on it."""

    theme: Value
    count: str


@dataclass(frozen=True, kw_only=True)
class EntityLine:
    """A person, an organisation or a place in a list.

    Attributes:
        role: of a place, its postal address.
        count: of its meetings; "" where none is told, as of *said*, what a place is.
    """

    name: str
    address: str
    role: str
    example: bool
    count: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Related:
    """What has to do with an entity, as its page shows it.

    Attributes:
        later: how many to come are left to the agenda.
        starts: replays to begin with, which its file names.
        replays: the latest others.
        knowing: who took part in most of its meetings.
        trips: those that are over.
        past: what is neither a trip nor among the replays, the latest first.
    """

    coming: tuple[Meeting, ...]
    later: int
    courses: tuple[CourseLine, ...]
    starts: tuple[ReplayCard, ...]
    replays: tuple[ReplayCard, ...]
    knowing: tuple[EntityLine, ...]
    trips: tuple[Meeting, ...]
    past: tuple[Meeting, ...]
    posts: tuple[PostRow, ...]


@dataclass(frozen=True)
class _Apart:
    """The meetings of an entity, as its page tells them apart; as in `Related`, all of them."""

    coming: Sequence[Event]
    starts: Sequence[Event]
    replays: Sequence[Event]
    trips: Sequence[Event]
    past: Sequence[Event]

    @property
    def has_more(self) -> bool:
        """Whether there are more of them than the page shows."""
        return len(self.coming) > COMING or max(len(self.trips), len(self.past)) > PAST


@dataclass(frozen=True)
class Names:
    """Entities of one kind that belong to another.

    Attributes:
        all: the page of all of them, where they are many; else None.
        ways: to the parts of that page.
    """

    shown: tuple[EntityLine, ...]
    all: Value | None = None
    ways: tuple[Ways, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NamesPage:
    """Input of ``names.html``: entities of one kind that belong to another, or a part of them."""

    all: Value
    heading: str
    ways: tuple[Ways, ...]
    lines: tuple[EntityLine, ...]


@dataclass(frozen=True)
class Helper:
    """A facilitator of an organisation, and what with."""

    who: Value
    skills: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class EntityPage:
    """Input of ``entity.html``.

    Attributes:
        heading: "" where somebody wrote one.
        all: the page that lists its kind.
        pins: of a place, where it is.
        place: what else its page says of it.
        talks: of a person, the items of programmes at which they speak, the latest first.
        themes: of an organisation or a person, what their meetings are about.
        facilitators: those of an organisation who are published today.
        years: of all its meetings, where the page does not show all.
        all_facilitators: the page of all of them, where the organisation has many.
        followed: whether it has calendars of its own, hence a part for what is to come.
        follow: how one subscribes to them; None on a site without feeds.
        jsonld: "" for none.
    """

    heading: str
    all: Value
    name: str
    example: bool
    map: MapView | None
    pins: PinMap | None
    counts: str
    paragraphs: tuple[str, ...]
    facts: Facts
    place: PlacePart | None
    talks: tuple[Spoken, ...]
    themes: tuple[ThemeLine, ...]
    followed: bool
    related: Related
    agenda: str
    years: tuple[Ways, ...]
    organisations: Names
    people: Names
    facilitators: tuple[Helper, ...]
    all_facilitators: Value | None
    places: Names
    follow: Follow | None
    jsonld: Markup


@dataclass(frozen=True, kw_only=True)
class Card:
    """An entity in a list.

    Attributes:
        about: other entities that say who it is: its territory, its organisation.
        next: the next meeting.
        trips: the others, the latest first.
        places: where people met, a line each; of them and of *organisations* the page of a
            territory has more, if they are many.
        quiet: whether there is nothing to say of a territory.
    """

    entity: Value
    counts: str
    example: bool
    description: str = ""
    role: str = ""
    about: tuple[Value, ...] = ()
    next: Meeting | None = None
    trips: tuple[Value, ...] = ()
    organisations: tuple[Value, ...] = ()
    more_organisations: int = 0
    places: tuple[Value, ...] = ()
    more_places: int = 0
    quiet: bool = False


@dataclass(frozen=True, kw_only=True)
class EntityIndex:
    """Input of ``entities.html`` and ``territories.html``.

    Attributes:
        all: the list of which this is a part; None for the whole.
        heading: "" where somebody wrote one, as is *lead*.
        kinds: the pages that list entities, and whether it is this one.
        ways: to the parts of a list that is divided.
        quiet: territories of which there is nothing to say.
    """

    all: Value | None
    heading: str
    lead: str
    kinds: tuple[tuple[Value, bool], ...]
    ways: tuple[Ways, ...]
    cards: tuple[Card, ...]
    quiet: tuple[Value, ...]
    map: MapView | None


@dataclass(frozen=True, kw_only=True)
class Sort:
    """Entities of one kind on the page that leads to all kinds.

    Attributes:
        all: the page that lists all of them.
        count: how many there are, in words.
        cards: those of which most is to come, then was; as dictionaries order them.
    """

    all: Value
    lead: str
    count: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class Explore:
    """Input of ``explore.html``.

    Attributes:
        heading: "" where somebody wrote one, as is *lead*.
        kinds: as on the pages that list entities.
        search: address of the page of the search; "" for none.
    """

    heading: str
    lead: str
    kinds: tuple[tuple[Value, bool], ...]
    search: str
    sorts: tuple[Sort, ...]


def has_explore(library: Library) -> bool:
    """Whether there is a page that leads to entities: there are some."""
    return any(True for _ in library.community.entities)


def pages(library: Library) -> Iterator[Page]:
    """All of them, a page before those below it."""
    return iter(_Entities(library))


def _is_of(entity: Entity, event: Event) -> bool:
    """Whether a meeting is about something, takes place there, or is held by somebody."""
    if isinstance(entity, Theme):
        return entity in event.themes
    if isinstance(entity, Territory):
        return entity in event.territories
    if isinstance(entity, Organisation):
        return entity in event.organisations
    if isinstance(entity, Place):
        return entity in meeting_places(event)
    return entity in event.everybody


class _Entities:
    """The pages of entities, from a library: what each holds is asked for many times."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.community = library.community
        self.names = library.settings.addresses
        self.tr = library.tr
        self._held: dict[Entity, Sequence[Event]] = {}
        self.selections: Mapping[Entity, Selection] = {
            entity: one
            for one in library.table.of_kind("theme", "territory", "organisation")
            if (entity := one.theme or one.territory or one.organisation) is not None
        }

    def __iter__(self) -> Iterator[Page]:
        sorts = {kind: found for kind in KINDS if (found := self._of(kind))}
        if sorts:
            yield self._explore_page(sorts)
        for kind, found in sorts.items():
            yield from self._index_pages(kind, found)
            for entity in found:
                yield from self._pages(entity)

    def _of(self, kind: type[Entity]) -> list[Entity]:
        """All of a kind, by name as dictionaries order them."""
        found = (one for one in self.community.entities if type(one) is kind)
        return sorted(found, key=lambda one: (order(one.name), one.id))

    def _address(self, entity: Entity) -> str:
        return entity_address(entity, self.names)

    # What they hold.

    @cached_property
    def _named(self) -> Mapping[Entity, Sequence[Event]]:
        """The events of those who have no selection: where they speak, what is held there, and
        the trips that leave from there or come back.
        """
        found: dict[Entity, list[Event]] = {}
        for event in self.community.events:
            said = (event, *event.varied)
            own = (one for date in event.dates if date.plan.items for one in date.everybody)
            who = (one for date in said for one in date.everybody)
            there: Sequence[Entity] = (*who, *own, *meeting_places(event))
            ends = (event.departure, event.back)
            for one in dict.fromkeys((*there, *(place for place in ends if place is not None))):
                found.setdefault(one, []).append(event)
        return found

    def _events(self, entity: Entity) -> Sequence[Event]:
        if entity not in self._held:
            selection = self.selections.get(entity)
            its = selection.events if selection else self._named.get(entity, ())
            name = f"{type(entity).__name__}.{entity.id}"
            self._held[entity] = self.library.within(its, name, partial(_is_of, entity))
        return self._held[entity]

    def _posts(self, entity: Entity) -> Sequence[Post]:
        if isinstance(entity, Person):
            return [post for post in self.community.posts if entity in post.authors]
        selection = self.selections.get(entity)
        return selection.posts if selection else ()

    def _courses(self, entity: Entity) -> Sequence[Course]:
        return [
            course
            for course in self.community.courses
            for refs in [course.refs]
            if entity in (*refs.themes, *refs.territories, *refs.organisers, *refs.hosts)
        ]

    @cached_property
    def _belong(self) -> Mapping[tuple[type[Entity], Entity], Sequence[Entity]]:
        """Who and what is in an organisation, a territory or a place, by kind, in their order."""
        found: dict[tuple[type[Entity], Entity], list[Entity]] = {}

        def put(one: Entity, *where: Entity | None) -> None:
            for there in dict.fromkeys(where):
                if there is not None:
                    found.setdefault((type(one), there), []).append(one)

        for organisation in self.community.organisations.values():
            put(organisation, organisation.where, organisation.place)
        for person in self.community.people.values():
            put(person, person.organisation, _where(person.organisation))
        for place in self.community.open_places:
            put(place, place.territory)
        return {key: sorted(its, key=lambda one: order(one.name)) for key, its in found.items()}

    def _belonging(self, entity: Entity, kind: type[Entity]) -> Sequence[Entity]:
        return self._belong.get((kind, entity), ())

    def _helpers(self, entity: Entity) -> Iterator[Helper]:
        """Who of an organisation helps others: whoever consents today, and nobody else."""
        exchange = self.community.exchange
        everybody = exchange.facilitators.values() if exchange else ()
        own = (one for one in everybody if one.organisation == entity)
        for one in sorted(own, key=lambda one: slug(one.name)):
            assert exchange is not None  # it knows who
            address = facilitator_address(one, exchange.market, self.names)
            name = Value(self.library.words(one.name), address)
            yield Helper(name, ", ".join(skill.name for skill in one.skills), one.example)

    def _themes(self, entity: Entity) -> Iterator[ThemeLine]:
        """What the meetings of somebody are about, the most frequent first."""
        if not isinstance(entity, Organisation | Person):
            return
        found = Counter(theme for event in self._events(entity) for theme in event.themes)
        for theme, n in sorted(found.items(), key=lambda one: (-one[1], slug(one[0].name))):
            (value,) = self._values([theme])
            yield ThemeLine(value, self.tr.ngettext("{n} meeting", "{n} meetings", n))

    def _talks(self, entity: Entity) -> Iterator[Spoken]:
        """At what somebody speaks within meetings, the latest first."""
        if isinstance(entity, Person):
            yield from spoken_by(entity, self._events(entity)[::-1], self.library)

    def _apart(self, entity: Entity) -> _Apart:
        library, events = self.library, self._events(entity)
        over = library.past(events)
        trips = [event for event in over if event.kind.has_stops]
        starts = self.community.starts.get(entity.id, ()) if isinstance(entity, Theme) else ()
        shown = {event.address for event in (*trips, *starts)}
        filmed = [e for e in over if library.stage(e) is Stage.REPLAY and e.address not in shown]
        replays = filmed[:REPLAYS]
        shown |= {event.address for event in replays}
        past = [event for event in over if event.address not in shown]
        return _Apart(library.coming(events), starts, replays, trips, past)

    def _related(self, entity: Entity) -> Related:
        library, apart = self.library, self._apart(entity)
        knowing = self._knowing(self._events(entity)) if isinstance(entity, Theme) else ()
        return Related(
            coming=meetings(apart.coming[:COMING], library),
            later=max(0, len(apart.coming) - COMING),
            courses=tuple(map(self._course_line, self._courses(entity))),
            starts=tuple(replay_card(event, library) for event in apart.starts),
            replays=tuple(replay_card(event, library) for event in apart.replays),
            knowing=tuple(knowing),
            trips=meetings(apart.trips[:PAST], library),
            past=meetings(apart.past[:PAST], library),
            posts=tuple(post_row(post, library) for post in self._posts(entity)[:POSTS]),
        )

    def _years(self, entity: Entity) -> Listed | None:
        """All its meetings, by year; None where its own page shows them."""
        events = self._events(entity)
        is_many = len(events) > PAST or any(event.dates for event in events)
        if not is_many or not self._apart(entity).has_more:
            return None
        return listed(self._address(entity), entity.name, events, self.library)

    def _knowing(self, events: Sequence[Event]) -> Iterator[EntityLine]:
        """Who speaks at meetings, and organises, runs or receives them: of most of them first."""
        held = [event for event in events if self.library.stage(event) is not Stage.CANCELLED]
        tally = Counter[Organisation | Person]()
        for event in held:
            spoke = {one for one in event.everybody if one.filed}
            tally.update({*spoke, *event.organisations})

        def rank(one: Organisation | Person) -> tuple[int, bool, str, str]:
            return -tally[one], isinstance(one, Organisation), slug(one.name), one.id

        for one in sorted(tally, key=rank)[:KNOWING]:
            count = self.tr.ngettext("{n} meeting", "{n} meetings", tally[one])
            yield replace(self._line(one), count=count)

    def _course_line(self, course: Course) -> CourseLine:
        span = wording.course_days(course, self.tr)
        return CourseLine(course.address, course.title, span, course.record.example)

    def _line(self, entity: Entity) -> EntityLine:
        role = ""
        if isinstance(entity, Person | Place):
            role = (entity.role if isinstance(entity, Person) else entity.address) or ""
        said = entity.description or "" if isinstance(entity, Place) else ""
        return EntityLine(
            name=entity.name,
            address=self._address(entity),
            role=role,
            example=entity.example,
            said=said,
        )

    def _changed(self, entity: Entity) -> int:
        events = (event.stamps.changed for event in self._events(entity))
        return max(self.community.instants.get(entity.source, 0), *events, 0)

    # A page of one.

    def _pages(self, entity: Entity) -> Iterator[Page]:
        """Its own, those of its years, and those of what belongs to it, where that is much."""
        years = self._years(entity)
        yield self._page(entity, years)
        if years is not None:
            yield from listed_pages(years, self.library)
        for kind in (Organisation, Person, Place):
            divided = self._divided(entity, kind, self._belonging(entity, kind))
            if divided is not None:
                yield from self._names_pages(entity, divided)

    def _page(self, entity: Entity, years: Listed | None) -> Page:
        everything = self.library.table.everything
        own = tuple(one for one in (self.selections.get(entity),) if one)
        return Page(
            address=self._address(entity),
            title=entity.name,
            description=self._description(entity),
            parent=entity_folder(type(entity), self.names),
            changed=self._changed(entity),
            selections=(*own, everything),
            blocks={"entity": Block("entity.html", partial(self._entity, entity, years))},
        )

    def _entity(self, entity: Entity, years: Listed | None) -> EntityPage:
        library, address = self.library, self._address(entity)
        selection = self.selections.get(entity)
        data = self._json(entity)
        names = {kind: self._names(entity, kind) for kind in (Organisation, Person, Place)}
        talks, helpers = tuple(self._talks(entity)), tuple(self._helpers(entity))
        return EntityPage(
            heading="" if library.has_heading(address) else entity.name,
            all=Value(
                self.tr.gettext(KINDS[type(entity)][0]), entity_folder(type(entity), self.names)
            ),
            name=entity.name,
            example=entity.example,
            map=self._situation(entity),
            pins=self._pins(entity),
            counts=self._counts(entity),
            paragraphs=_paragraphs(entity),
            facts=facts(self._facts(entity)),
            place=place_part(entity, self.tr) if isinstance(entity, Place) else None,
            # Of who speaks at many meetings, those of the years lead to the others.
            talks=talks[:TALKS] if years else talks,
            themes=tuple(self._themes(entity)),
            followed=selection is not None,
            related=self._related(entity),
            agenda=library.settings.agenda,
            years=years.ways_of_whole if years else (),
            organisations=names[Organisation],
            people=names[Person],
            facilitators=helpers[:NAMES],
            all_facilitators=self._all_facilitators(helpers) if len(helpers) > NAMES else None,
            places=names[Place],
            follow=follow(selection, library, address) if selection else None,
            jsonld=Markup(to_script(data)) if data else Markup(""),
        )

    # What belongs to one.

    def _names(self, entity: Entity, kind: type[Entity]) -> Names:
        found = self._belonging(entity, kind)
        divided = self._divided(entity, kind, found)
        if divided is None:
            return Names(tuple(map(self._line, found)))
        return Names(
            (), Value(self._counted(kind, len(found)), divided.address), divided.ways_of_whole
        )

    def _divided(
        self, entity: Entity, kind: type[Entity], found: Sequence[Entity]
    ) -> Division[Entity] | None:
        """What belongs to an entity, by letter if need be; None where its own page shows it."""
        if len(found) <= NAMES:
            return None
        title = self.tr.gettext(KINDS[kind][0])
        address = f"{self._address(entity)}{entity_folder(kind, self.names)}"
        return Division(
            whole=divide(found, BY_NAME, room_for(LINE)),
            order=BY_NAME,
            address=address,
            folder=self.library.parts(address),
            title=f"{title} – {entity.name}",
            said=partial(self._counted, kind),
            tr=self.tr,
        )

    def _names_pages(self, entity: Entity, divided: Division[Entity]) -> Iterator[Page]:
        for placed in divided.places():
            yield Page(
                address=placed.address,
                title=placed.title,
                description=placed.title,
                parent=placed.parent or self._address(entity),
                changed=max(
                    self.community.instants.get(one.source, 0) for one in placed.part.things
                ),
                blocks={
                    "names": Block("names.html", partial(self._names_page, entity, divided, placed))
                },
                searchable=False,
            )

    def _names_page(
        self, entity: Entity, divided: Division[Entity], placed: Placed[Entity]
    ) -> NamesPage:
        whole = Value(entity.name, self._address(entity))
        return NamesPage(
            all=whole if placed.is_whole else divided.above(placed),
            heading=placed.title,
            ways=divided.ways(placed),
            lines=tuple(map(self._line, placed.part.own)),
        )

    def _all_facilitators(self, helpers: Sequence[Helper]) -> Value:
        market = self.community.settings.market
        assert market is not None  # who helps others is of one
        said = self.tr.ngettext("{n} facilitator", "{n} facilitators", len(helpers))
        return Value(said, facilitators_folder(market, self.names))

    def _description(self, entity: Entity) -> str:
        if isinstance(entity, Person):
            return entity.line
        if entity.description:
            return entity.description
        return self.tr.format(
            N_("The meetings of {site}: {name}."),
            site=self.library.settings.site_name,
            name=entity.name,
        )

    def _situation(self, entity: Entity) -> MapView | None:
        drawing = self.community.drawing
        if drawing is None or not isinstance(entity, Territory):
            return None
        return situation(drawing, entity)

    def _pins(self, entity: Entity) -> PinMap | None:
        drawing = self.community.drawing
        if drawing is None or not isinstance(entity, Place):
            return None
        return pin_map(drawing, [entity], codes_of([entity.territory]))

    def _facts(self, entity: Entity) -> Iterator[tuple[str, Sequence[Value]]]:
        tr, settings = self.tr, self.library.settings
        if isinstance(entity, Person):
            organisation = entity.organisation
            yield tr.gettext(N_("Role")), [Value(entity.role)] if entity.role else []
            yield tr.gettext(N_("Organisation")), entities([organisation], settings)
            yield tr.gettext(N_("Territory")), entities([_where(organisation)], settings)
        if isinstance(entity, Organisation):
            place = entity.place
            yield tr.gettext(N_("Territory")), entities([entity.where], settings)
            line = [Value(place.line, self._address(place))] if place else []
            yield tr.gettext(N_("Place")), line
        if isinstance(entity, Place):
            yield tr.gettext(N_("Territory")), entities([entity.territory], settings)
        if isinstance(entity, Organisation | Place):
            site = [Value(host(entity.url), url=entity.url)] if entity.url else []
            yield tr.gettext(N_("Site")), site
        if isinstance(entity, Organisation):
            yield tr.gettext(N_("Contact")), list(map(reached, entity.contact))
        if isinstance(entity, Territory | Place):
            zone = entity.timezone if isinstance(entity, Territory) else entity.zone
            kept = kept_time(zone, self.library)
            yield tr.gettext(N_("Local time")), [Value(kept)] if kept else []

    def _counts(self, entity: Entity) -> str:
        events = self._events(entity)
        return counts(len(events), len(self.library.coming(events)), self.tr)

    def _json(self, entity: Entity) -> Json | None:
        settings = self.library.settings
        if isinstance(entity, Organisation):
            return organisation_json(entity, settings)
        if isinstance(entity, Person):
            return person_json(entity, settings)
        if isinstance(entity, Place):
            return place_json(entity, settings)
        return territory_json(entity, settings) if isinstance(entity, Territory) else None

    # The page that leads to all of them.

    def _explore_page(self, sorts: Mapping[type[Entity], Sequence[Entity]]) -> Page:
        return Page(
            address=self.library.settings.explore,
            title=self.tr.gettext(EXPLORE),
            description=self._explore_lead(),
            changed=max(self._changed(one) for found in sorts.values() for one in found),
            selections=(self.library.table.everything,),
            blocks={"explore": Block("explore.html", partial(self._explore, sorts))},
        )

    def _explore(self, sorts: Mapping[type[Entity], Sequence[Entity]]) -> Explore:
        headed = self.library.has_heading(self.library.settings.explore)
        return Explore(
            heading="" if headed else self.tr.gettext(EXPLORE),
            lead="" if headed else self._explore_lead(),
            kinds=tuple(self._kinds(None)),
            search=self.library.settings.search if self.library.searches else "",
            sorts=(*(self._sort(kind, found) for kind, found in sorts.items()), *self._tags()),
        )

    def _tags(self) -> Iterator[Sort]:
        """The way to the tags, once there are any."""
        tags = self.library.tags
        if tags:
            yield Sort(
                all=Value(self.tr.gettext(TAGS), tags_address(self.library)),
                lead=self.tr.gettext(ABOUT_TAGS),
                count=self.tr.ngettext("{n} tag", "{n} tags", len(tags)),
                cards=(),
            )

    def _explore_lead(self) -> str:
        return self.tr.gettext(N_("Find a meeting other than by its date."))

    def _sort(self, kind: type[Entity], found: Sequence[Entity]) -> Sort:
        cards = map(self._card, sorted(found, key=self._rank)[:EXPLORED])
        title, lead = map(self.tr.gettext, KINDS[kind])
        return Sort(
            all=Value(title, entity_folder(kind, self.names)),
            lead=lead,
            count=self._counted(kind, len(found)),
            cards=tuple(card for card in cards if not card.quiet),
        )

    def _rank(self, entity: Entity) -> tuple[int, int]:
        """Those of which most is to come, then was, come first."""
        events = self._events(entity)
        return -len(self.library.coming(events)), -len(events)

    def _counted(self, kind: type[Entity], n: int) -> str:
        tr = self.tr
        if kind is Theme:
            return tr.ngettext("{n} theme", "{n} themes", n)
        if kind is Territory:
            return tr.ngettext("{n} territory", "{n} territories", n)
        if kind is Organisation:
            return tr.ngettext("{n} organisation", "{n} organisations", n)
        if kind is Place:
            return tr.ngettext("{n} place", "{n} places", n)
        return tr.ngettext("{n} person", "{n} people", n)

    # A page that lists them.

    def _index_pages(self, kind: type[Entity], found: Sequence[Entity]) -> Iterator[Page]:
        title, description = map(self.tr.gettext, KINDS[kind])
        template = "territories.html" if kind is Territory else "entities.html"
        address = entity_folder(kind, self.names)
        divided = Division(
            whole=divide(found, BY_NAME, room_for(CARD)),
            order=BY_NAME,
            address=address,
            folder=self.library.parts(address),
            title=title,
            said=partial(self._counted, kind),
            tr=self.tr,
        )
        for placed in divided.places():
            make = partial(self._index, kind, divided, placed)
            yield Page(
                address=placed.address,
                title=placed.title,
                description=description if placed.is_whole else placed.title,
                parent=placed.parent or self.library.settings.explore,
                changed=max(map(self._changed, placed.part.things)),
                selections=(self.library.table.everything,),
                blocks={"entity": Block(template, make)},
                searchable=placed.is_whole,
            )

    def _index(
        self, kind: type[Entity], divided: Division[Entity], placed: Placed[Entity]
    ) -> EntityIndex:
        address = entity_folder(kind, self.names)
        description = self.tr.gettext(KINDS[kind][1])
        headed = self.library.has_heading(placed.address)
        shown: Sequence[Entity] = placed.part.own
        if placed.is_whole and divided.is_divided:
            # Beside the ways to all of them, those of whom there is most.
            shown = [one for one in placed.part.things if one in {*shown, *self._most(placed)}]
        cards = [self._card(entity) for entity in shown]
        return EntityIndex(
            all=None if placed.is_whole else divided.above(placed),
            heading="" if headed else placed.title,
            lead="" if headed or not placed.is_whole else description,
            kinds=tuple(self._kinds(kind)),
            ways=divided.ways(placed),
            cards=tuple(card for card in cards if not card.quiet),
            quiet=tuple(card.entity for card in cards if card.quiet),
            map=self._map(address) if kind is Territory and placed.is_whole else None,
        )

    def _most(self, placed: Placed[Entity]) -> Sequence[Entity]:
        return sorted(placed.part.things, key=self._rank)[:EXPLORED]

    def _kinds(self, kind: type[Entity] | None) -> Iterator[tuple[Value, bool]]:
        """The page that leads to all, and those that list some; and whether it is this one.

        Args:
            kind: what this page lists; None for the page that leads to all.
        """
        yield Value(self.tr.gettext(EXPLORE), self.library.settings.explore), kind is None
        for other, (title, _) in KINDS.items():
            if any(type(one) is other for one in self.community.entities):
                address = entity_folder(other, self.names)
                yield Value(self.tr.gettext(title), address), other is kind

    def _map(self, address: str) -> MapView | None:
        drawing = self.community.drawing
        if drawing is None:
            return None
        community, links, reached = self.community, Links(address), {}
        for one in community.territories.values():
            events = self._events(one)
            words = counts(len(events), len(self.library.coming(events)), self.tr)
            href = links.here(self._address(one))
            reached[one.code or ""] = Reached(one.name, href, len(events), words)
        return territory_map(
            drawing,
            reached,
            community.events,
            community.organisations.values(),
            community.settings.collections,
            self.tr,
        )

    def _card(self, entity: Entity) -> Card:
        events, library = self._events(entity), self.library
        following = next(iter(library.meeting(library.coming(events))), None)
        shown = library.once(meeting, following) if following else None
        card = Card(
            entity=Value(entity.name, self._address(entity)),
            counts=self._counts(entity),
            example=entity.example,
            description="" if isinstance(entity, Person) else entity.description or "",
            next=shown,
        )
        if isinstance(entity, Person):
            about = self._values([entity.organisation] if entity.organisation else [])
            return replace(card, role=entity.role or "", about=about)
        if isinstance(entity, Organisation):
            return replace(card, about=self._values([entity.where] if entity.where else []))
        if isinstance(entity, Place):
            about = self._values([entity.territory] if entity.territory else [])
            return replace(card, role=entity.address or "", about=about)
        if not isinstance(entity, Territory):
            return card
        meets = {place.id for event in events for place in meeting_places(event)}
        organisations = self._belonging(entity, Organisation)
        there = [one for one in self._belonging(entity, Place) if one.id in meets]
        trips = [e for e in reversed(events) if e.kind.has_stops and e is not following][:TRIPS]
        return replace(
            card,
            trips=tuple(Value(titled(trip, self.library), trip.address) for trip in trips),
            organisations=self._values(organisations[:AT_ONCE]),
            more_organisations=len(organisations[AT_ONCE:]),
            places=tuple(
                Value(one.line, self._address(one))
                for one in there[:AT_ONCE]
                if isinstance(one, Place)
            ),
            more_places=len(there[AT_ONCE:]),
            quiet=not events and not organisations,
        )

    def _values(self, found: Sequence[Entity]) -> tuple[Value, ...]:
        return tuple(named(one, self.names) for one in found)


def _paragraphs(entity: Entity) -> tuple[str, ...]:
    return () if isinstance(entity, Person) else paragraphs(entity.description)


def reached(contact: str) -> Value:
    """A way to reach an organisation, which leads there."""
    if contact.startswith("http"):
        return Value(contact.partition("://")[2].rstrip("/"), url=contact)
    (found,) = contacts(contact)
    scheme = "mailto" if found.sort == "email" else "tel"
    return Value(contact, url=f"{scheme}:{quote(found.key, safe='@+')}")


def _where(organisation: Organisation | None) -> Territory | None:
    return organisation.where if organisation else None
