"""The page of a collection: the next of its events, its courses, what follows, and what is past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .. import wording
from ..model.community import Course, Event
from ..model.settings import Collection
from .agenda import years_of
from .drawing import Block
from .facts import Value
from .following import Follow, follow
from .heading import heading
from .library import Library, latest
from .meeting import Meeting, Next, meetings, successors
from .page import Page
from .turns import is_offered

PAST = 24
COMING = 60
"""How many of each the page shows; the agenda and its years hold the rest."""


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
        years: of past meetings, where some are left to the agenda.
        agenda: address of the agenda.
    """

    courses: tuple[CourseCard, ...]
    take: Value | None
    next: bool
    upcoming: tuple[Meeting, ...]
    later: int
    filtered: str
    past: tuple[Meeting, ...]
    years: tuple[int, ...]
    agenda: str
    follow: Follow | None


def pages(library: Library) -> Iterator[Page]:
    """A page for each collection."""
    for collection in library.settings.collections:
        yield _page(library, collection)


def _page(library: Library, collection: Collection) -> Page:
    address = f"{collection.address}/"
    events = list(library.community.in_collection(collection))
    held = library.meeting(events)
    blocks: dict[str, Block] = {}
    if not library.has_heading(address):
        blocks["heading"] = heading(collection.name)
    if held:
        blocks["next"] = Block(
            "collection_next.html", lambda: CollectionNext(successors(held, library))
        )
    blocks["events"] = Block(
        "collection.html", partial(_events, library, collection, events, held[:1])
    )
    return Page(
        address=address,
        title=collection.name,
        description=collection.name,
        changed=latest(events),
        selections=(library.table.of_collection(collection), library.table.everything),
        blocks=blocks,
        waiting=frozenset({"next"}.difference(blocks)),
    )


def _events(
    library: Library, collection: Collection, events: Sequence[Event], shown: Sequence[Event]
) -> CollectionEvents:
    settings = library.settings
    then = [event for event in library.coming(events) if event not in shown]
    past = library.past(events)
    courses = [c for c in library.community.courses if c.collection is collection]
    return CollectionEvents(
        courses=tuple(course_card(course, library) for course in courses),
        take=_take(courses, library),
        next=bool(shown),
        upcoming=meetings(then[:COMING], library),
        later=len(then[COMING:]),
        filtered=f"{settings.agenda}?{settings.addresses.queries['kind']}={collection.address}",
        past=meetings(past[:PAST], library),
        years=tuple(year for year, _ in years_of(library)) if len(past) > PAST else (),
        agenda=settings.agenda,
        follow=follow(library.table.of_collection(collection), library, f"{collection.address}/"),
    )


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
