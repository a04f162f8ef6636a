"""Pages of themes, territories, organisations and people, and those that list them.

All that they show is derived from what events and entities say; nothing is typed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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
from ..model.names import slug
from ..model.selections import Selection, Selections
from ..model.stage import Stage, stage, to_come
from ..problems import N_
from .events import Facts
from .jsonld import Json, organisation_json, person_json, territory_json, to_script
from .map import MapView, counts, meeting_places, situation, territory_map
from .view import Library, Value, View, host

COMING = 40
REPLAYS = 6
PAST = 24
POSTS = 5
TRIPS = 5
"""How many of each a page shows; the agenda and its years hold the rest."""

KINDS: Mapping[type[Entity], tuple[str, str]] = {
    Territory: (N_("Territories"), N_("Where the community meets, region by region.")),
    Theme: (N_("Themes"), N_("What the meetings are about.")),
    Organisation: (N_("Organisations"), N_("Those who organise, run and receive meetings.")),
    Person: (N_("People"), N_("Those who speak at meetings, and agreed to be named here.")),
}
"""Title and description of the page that lists each kind, in the order of their links."""


@dataclass(frozen=True, kw_only=True)
class EntityPage:
    """A page to be placed.

    Attributes:
        markup: its closed HTML block.
        selections: whose feeds its head names.
        changed: Unix seconds of the last change of what it shows.
        parent: address of the page above it; None for one that may stand in the menu.
    """

    address: str
    markup: str
    title: str
    description: str
    selections: tuple[Selection, ...]
    changed: int
    parent: str | None


@dataclass(frozen=True, kw_only=True)
class Related:
    """What has to do with an entity, as its page shows it.

    Attributes:
        later: how many to come are left to the agenda.
        trips: those that are over.
        past: what is neither a trip nor among the replays, the latest first.
        years: of past meetings that are left to the agenda.
    """

    coming: Sequence[Event]
    later: int
    courses: Sequence[tuple[Course, str]]
    trips: Sequence[Event]
    replays: Sequence[Event]
    past: Sequence[Event]
    years: Sequence[int]
    posts: Sequence[Post]


@dataclass(frozen=True, kw_only=True)
class Card:
    """An entity in a list.

    Attributes:
        about: other entities that say who it is: its territory, its organisation.
        next: the next meeting.
        trips: the others, the latest first.
        quiet: whether there is nothing to say of a territory.
    """

    entity: Entity
    counts: str
    role: str | None = None
    about: Sequence[Entity] = ()
    next: Event | None = None
    trips: Sequence[Event] = ()
    organisations: Sequence[Organisation] = ()
    places: Sequence[Place] = ()
    quiet: bool = False


class EntityPages:
    """Makes these pages from a library.

    Args:
        headed: tells whether the authored page of an address has a heading of its own.
    """

    def __init__(self, library: Library, table: Selections, headed: Callable[[str], bool]) -> None:
        self.library = library
        self.community = library.community
        self.names = library.community.settings.addresses
        self.tr = library.tr
        self.headed = headed
        self.everything = table.everything
        self.selections = {
            entity: one
            for one in table.of_kind("theme", "territory", "organisation")
            if (entity := one.theme or one.territory or one.organisation) is not None
        }

    def __iter__(self) -> Iterator[EntityPage]:
        """All of them, a page before those below it."""
        for kind in KINDS:
            entities = self._of(kind)
            if entities:
                yield self._index(kind, entities)
                yield from map(self._page, entities)

    def _of(self, kind: type[Entity]) -> list[Entity]:
        """All of a kind, by name as dictionaries order them."""
        found = (one for one in self.community.entities if type(one) is kind)
        return sorted(found, key=lambda one: (slug(one.name), one.id))

    # What they hold.

    @cached_property
    def _talks(self) -> Mapping[str, Sequence[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.community.events:
            for person in event.speakers:
                found.setdefault(person.id, []).append(event)
        return found

    def _events(self, entity: Entity) -> Sequence[Event]:
        if isinstance(entity, Person):
            return self._talks.get(entity.id, ())
        return self.selections[entity].events

    def _posts(self, entity: Entity) -> Sequence[Post]:
        if isinstance(entity, Person):
            return [post for post in self.community.posts if entity in post.authors]
        return self.selections[entity].posts

    def _courses(self, entity: Entity) -> Sequence[Course]:
        return [
            course
            for course in self.community.courses
            for refs in [course.refs]
            if entity in (*refs.themes, *refs.territories, *refs.organisers, *refs.hosts)
        ]

    def _organisations(self, territory: Territory) -> Sequence[Organisation]:
        found = (one for one in self.community.organisations.values() if one.where == territory)
        return sorted(found, key=lambda one: slug(one.name))

    def _places(self, territory: Territory) -> Sequence[Place]:
        found = (one for one in self.community.places.values() if one.territory == territory)
        return sorted(found, key=lambda one: slug(one.name))

    def _people(self, entity: Entity) -> Sequence[Person]:
        def belongs(person: Person) -> bool:
            if isinstance(entity, Organisation):
                return person.organisation == entity
            return person.organisation is not None and person.organisation.where == entity

        found = (one for one in self.community.people.values() if belongs(one))
        return sorted(found, key=lambda one: slug(one.name))

    @cached_property
    def _expected(self) -> frozenset[str]:
        """The addresses of all meetings to come: each is asked for many times."""
        events, now = self.community.events, self.library.now
        return frozenset(event.address for event in events if to_come(event, now))

    def _coming(self, events: Iterable[Event]) -> list[Event]:
        return [event for event in events if event.address in self._expected]

    def _related(self, entity: Entity, view: View) -> Related:
        events = self._events(entity)
        coming = self._coming(events)
        over = [event for event in reversed(events) if event.address not in self._expected]
        trips = [event for event in over if event.kind.has_stops][:PAST]
        replays = [e for e in over if stage(e, self.library.now) is Stage.REPLAY][:REPLAYS]
        shown = {event.address for event in (*trips, *replays)}
        past = [event for event in over if event.address not in shown]
        years = {event.first.first.year for event in past[PAST:] if event.first}
        return Related(
            coming=coming[:COMING],
            later=max(0, len(coming) - COMING),
            courses=[
                (course, wording.course_days(course, view.tr)) for course in self._courses(entity)
            ],
            trips=trips,
            replays=replays,
            past=past[:PAST],
            years=sorted(years, reverse=True),
            posts=self._posts(entity)[:POSTS],
        )

    def _changed(self, entity: Entity) -> int:
        events = (event.stamps.changed for event in self._events(entity))
        return max(self.community.instants.get(entity.source, 0), *events, 0)

    # A page of one.

    def _page(self, entity: Entity) -> EntityPage:
        address = entity_address(entity, self.names)
        parent = entity_folder(type(entity), self.names)
        view = View(self.library, address)
        selection = None if isinstance(entity, Person) else self.selections[entity]
        data = self._json(entity)
        markup = view.render(
            "entity.html",
            heading="" if self.headed(address) else entity.name,
            subject=entity,
            kind=self.tr.gettext(KINDS[type(entity)][0]),
            parent=parent,
            paragraphs=_paragraphs(entity),
            counts=self._counts(entity),
            facts=self._facts(entity, view),
            map=self._situation(entity),
            related=self._related(entity, view),
            organisations=self._organisations(entity) if isinstance(entity, Territory) else (),
            places=self._places(entity) if isinstance(entity, Territory) else (),
            people=self._people(entity) if not isinstance(entity, Theme | Person) else (),
            selection=selection,
            jsonld=Markup(to_script(data)) if data else "",
        )
        feeds = (self.everything,) if selection is None else (selection, self.everything)
        return EntityPage(
            address=address,
            markup=markup,
            title=entity.name,
            description=self._description(entity),
            selections=feeds,
            changed=self._changed(entity),
            parent=parent,
        )

    def _description(self, entity: Entity) -> str:
        if isinstance(entity, Person):
            return entity.line
        if entity.description:
            return entity.description
        return self.tr.format(
            N_("The meetings of {site}: {name}."),
            site=self.community.settings.site_name,
            name=entity.name,
        )

    def _situation(self, entity: Entity) -> MapView | None:
        drawing = self.community.drawing
        if drawing is None or not isinstance(entity, Territory):
            return None
        return situation(drawing, entity)

    def _facts(self, entity: Entity, view: View) -> Facts:
        tr = self.tr
        facts: Facts = []
        if isinstance(entity, Person):
            organisation = entity.organisation
            facts.append((tr.gettext(N_("Role")), [Value(entity.role)] if entity.role else []))
            facts.append((tr.gettext(N_("Organisation")), view.values(organisation)))
            facts.append((tr.gettext(N_("Territory")), view.values(_where(organisation))))
        if isinstance(entity, Organisation):
            place = entity.place
            facts.append((tr.gettext(N_("Territory")), view.values(entity.where)))
            line = [Value(place.line, place.url or "", True)] if place else []
            facts.append((tr.gettext(N_("Place")), line))
            site = [Value(host(entity.url), entity.url, True)] if entity.url else []
            facts.append((tr.gettext(N_("Site")), site))
        if isinstance(entity, Territory) and entity.timezone:
            note = view.zone_words(entity.timezone)
            facts.append((tr.gettext(N_("Local time")), [Value(note)] if note else []))
        return [(label, values) for label, values in facts if values]

    def _counts(self, entity: Entity) -> str:
        events = self._events(entity)
        return counts(len(events), len(self._coming(events)), self.tr)

    def _json(self, entity: Entity) -> Json | None:
        settings = self.community.settings
        if isinstance(entity, Organisation):
            return organisation_json(entity, settings)
        if isinstance(entity, Person):
            return person_json(entity, settings)
        return territory_json(entity, settings) if isinstance(entity, Territory) else None

    # A page that lists them.

    def _index(self, kind: type[Entity], entities: Sequence[Entity]) -> EntityPage:
        address = entity_folder(kind, self.names)
        view = View(self.library, address)
        title, description = map(self.tr.gettext, KINDS[kind])
        cards = [self._card(entity) for entity in entities]
        markup = view.render(
            "territories.html" if kind is Territory else "entities.html",
            heading="" if self.headed(address) else title,
            lead="" if self.headed(address) else description,
            cards=[card for card in cards if not card.quiet],
            quiet=[card.entity for card in cards if card.quiet],
            map=self._map(view) if kind is Territory else None,
            kinds=self._kinds(kind),
        )
        changed = max(map(self._changed, entities))
        parent = {
            Theme: self.community.settings.agenda,
            Organisation: entity_folder(Territory, self.names),
            Person: entity_folder(Territory, self.names),
        }.get(kind)
        return EntityPage(
            address=address,
            markup=markup,
            title=title,
            description=description,
            selections=(self.everything,),
            changed=changed,
            parent=parent,
        )

    def _kinds(self, kind: type[Entity]) -> Sequence[tuple[str, str, bool]]:
        """The pages that list entities: title, address, whether it is this one."""
        return [
            (self.tr.gettext(title), entity_folder(other, self.names), other is kind)
            for other, (title, _) in KINDS.items()
            if any(type(one) is other for one in self.community.entities)
        ]

    def _map(self, view: View) -> MapView | None:
        drawing = self.community.drawing
        if drawing is None:
            return None
        territories = self.community.territories.values()
        tallies = {
            one.id: (len(events), len(self._coming(events)))
            for one in territories
            for events in [self._events(one)]
        }
        links = {one.id: view.entity(one) for one in territories}
        return territory_map(drawing, self.community, tallies, links, self.tr)

    def _card(self, entity: Entity) -> Card:
        events = self._events(entity)
        coming = self._coming(events)
        words = self._counts(entity)
        live = {Stage.UPCOMING, Stage.LIVE}
        held = (event for event in coming if stage(event, self.library.now) in live)
        following = next(held, None)
        if isinstance(entity, Territory):
            meets = {place.id for event in events for place in meeting_places(event)}
            organisations = self._organisations(entity)
            trips = [e for e in reversed(events) if e.kind.has_stops and e is not following]
            return Card(
                entity=entity,
                counts=words,
                next=following,
                trips=trips[:TRIPS],
                organisations=organisations,
                places=[one for one in self._places(entity) if one.id in meets],
                quiet=not events and not organisations,
            )
        if isinstance(entity, Person):
            about = (entity.organisation,) if entity.organisation else ()
            return Card(entity=entity, counts=words, role=entity.role, about=about, next=following)
        if isinstance(entity, Organisation):
            return Card(
                entity=entity,
                counts=words,
                role=None,
                about=(entity.where,) if entity.where else (),
                next=following,
            )
        return Card(entity=entity, counts=words, next=following)


def _where(organisation: Organisation | None) -> Territory | None:
    return organisation.where if organisation else None


def _paragraphs(entity: Entity) -> Sequence[str]:
    text = "" if isinstance(entity, Person) else entity.description or ""
    return [part for part in text.split("\n\n") if part.strip()]
