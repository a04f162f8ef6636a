"""The page of a collection: the next of its events, its courses, what follows, and what is past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from .. import wording
from ..model.community import Course, Event
from ..model.names import order
from ..model.settings import Collection
from ..problems import N_
from .division import CARD, Division, Order, Placed, Ways, by_letter, divide, room_for
from .drawing import Block
from .facts import Value
from .following import Follow, follow
from .heading import heading
from .library import Library, latest
from .listed import Listed, listed, listed_pages
from .meeting import Meeting, Next, meetings, successors
from .page import Page
from .turns import is_offered

PAST = 24
COMING = 60
"""How many of each the page shows; the years hold the rest."""


@dataclass(frozen=True, kw_only=True)
class CourseCard:
    """A course in a list.

    Attributes:
        span: when it takes place; "" where that is not known.
        open: how many of its sessions wait for somebody to run them.
    """

    address: str
    title: str
    span: str
    lead: str
    open: int
    example: bool


@dataclass(frozen=True)
class CollectionNext:
    """Input of ``collection_next.html``."""

    next: tuple[Next, ...]


@dataclass(frozen=True, kw_only=True)
class CollectionEvents:
    """Input of ``collection.html``.

    Attributes:
        take: the way to what can be taken over; None where no course hands its sessions on.
        next: whether the next meeting stands above.
        later: how many to come are left to the agenda.
        filtered: address of the agenda with the collection alone.
        all_courses: ways to all courses, where they are too many for the page.
        years: of past meetings, where some are left to the agenda.
        ways: to those of its own years, where the agenda's hold others too.
        agenda: address of the agenda.
    """

    courses: tuple[CourseCard, ...]
    all_courses: tuple[Ways, ...]
    take: Value | None
    next: bool
    upcoming: tuple[Meeting, ...]
    later: int
    filtered: str
    past: tuple[Meeting, ...]
    years: tuple[int, ...]
    ways: tuple[Ways, ...]
    agenda: str


@dataclass(frozen=True)
class CollectionFollow:
    """Input of ``collection_follow.html``: how one follows it, which ends the page."""

    follow: Follow


@dataclass(frozen=True, kw_only=True)
class CoursesPage:
    """Input of ``courses.html``: a part of the courses of a collection."""

    all: Value
    heading: str
    ways: tuple[Ways, ...]
    courses: tuple[CourseCard, ...]


def pages(library: Library) -> Iterator[Page]:
    """A page for each collection."""
    for collection in library.settings.collections:
        events = list(library.community.in_collection(collection))
        years, courses = _years(library, collection, events), _courses(library, collection)
        yield _page(library, collection, events, years, courses)
        if years is not None:
            yield from listed_pages(years, library, (library.table.of_collection(collection),))
        for placed in courses.parts():
            yield Page(
                address=placed.address,
                title=placed.title,
                description=placed.title,
                parent=placed.parent,
                changed=max(one.stamps.changed for one in placed.part.things),
                blocks={"courses": Block("courses.html", partial(_part, library, courses, placed))},
                searchable=False,
            )


def _years(library: Library, collection: Collection, events: Sequence[Event]) -> Listed | None:
    """Its meetings by year; None where its page shows them, or the agenda's years are the same."""
    is_few = len(library.coming(events)) <= COMING and len(library.past(events)) <= PAST
    if is_few or len(library.settings.collections) == 1:
        return None
    return listed(f"{collection.address}/", collection.name, events, library)


BY_TITLE: Order[Course] = by_letter(lambda one: one.title)


def _courses(library: Library, collection: Collection) -> Division[Course]:
    courses = [c for c in library.community.courses if c.collection is collection]
    whole = divide(courses, BY_TITLE, room_for(CARD))
    if whole.parts:
        by_title = sorted(courses, key=lambda one: (order(one.title), one.id))
        whole = divide(by_title, BY_TITLE, room_for(CARD))
    address = f"{collection.address}/"
    return Division(
        whole=whole,
        order=BY_TITLE,
        address=address,
        folder=library.parts(address),
        title=f"{library.tr.gettext(N_('Courses'))} – {collection.name}",
        said=lambda n: library.tr.ngettext("{n} course", "{n} courses", n),
        tr=library.tr,
    )


def _part(library: Library, divided: Division[Course], placed: Placed[Course]) -> CoursesPage:
    return CoursesPage(
        all=divided.above(placed),
        heading=placed.title,
        ways=divided.ways(placed),
        courses=tuple(course_card(one, library) for one in placed.part.own),
    )


def _page(
    library: Library,
    collection: Collection,
    events: Sequence[Event],
    years: Listed | None,
    courses: Division[Course],
) -> Page:
    address = f"{collection.address}/"
    held = library.meeting(events)
    blocks: dict[str, Block] = {}
    if not library.has_heading(address):
        blocks["heading"] = heading(collection.name)
    if held:
        blocks["next"] = Block(
            "collection_next.html", lambda: CollectionNext(successors(held, library))
        )
    blocks["events"] = Block(
        "collection.html",
        partial(_events, library, collection, events, held[:1], years, courses),
    )
    own = library.table.of_collection(collection)
    if followed := follow(own, library, address):
        blocks["follow"] = Block("collection_follow.html", lambda: CollectionFollow(followed))
    return Page(
        address=address,
        title=collection.name,
        description=collection.name,
        changed=latest(events),
        selections=(own, library.table.everything),
        blocks=blocks,
        waiting=frozenset({"next", "follow"}.difference(blocks)),
    )


def _events(
    library: Library,
    collection: Collection,
    events: Sequence[Event],
    shown: Sequence[Event],
    years: Listed | None,
    courses: Division[Course],
) -> CollectionEvents:
    settings = library.settings
    then = [event for event in library.coming(events) if event not in shown]
    past = library.past(events)
    listed_courses: Iterable[Course] = courses.whole.own
    if courses.is_divided:
        listed_courses = islice(
            (one for one in courses.whole.things if _goes_on(one, library)), PAST
        )
    return CollectionEvents(
        courses=tuple(course_card(course, library) for course in listed_courses),
        all_courses=courses.ways_of_whole,
        take=_take(courses.whole.things, library),
        next=bool(shown),
        upcoming=meetings(then[:COMING], library),
        later=len(then[COMING:]),
        filtered=f"{settings.agenda}?{settings.addresses.queries['kind']}={collection.address}",
        past=meetings(past[:PAST], library),
        years=tuple(library.held_in) if len(past) > PAST and not years else (),
        ways=years.ways_of_whole if years else (),
        agenda=settings.agenda,
    )


def _goes_on(course: Course, library: Library) -> bool:
    return any(map(library.expects, library.community.sessions(course)))


def _take(courses: Iterable[Course], library: Library) -> Value | None:
    """The way to what can be taken over; None where no course hands its sessions on."""
    if not any(one.address in library.relays for one in courses):
        return None
    named = library.settings.handover
    return Value(named.name, f"{named.address}/")


def course_card(course: Course, library: Library) -> CourseCard:
    """A course as lists show it."""
    sessions = library.community.sessions(course)
    return CourseCard(
        address=course.address,
        title=course.title,
        span=wording.course_days(course, library.tr),
        lead=library.summary(course),
        open=sum(is_offered(one, library) for one in sessions),
        example=course.record.example,
    )
