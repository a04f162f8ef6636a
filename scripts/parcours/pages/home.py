"""The home page: what is next, what can be watched, what is new, and the ways to take part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from ..model.calendar import first_of_month
from ..model.community import Course, Event
from ..model.stage import Stage
from ..problems import N_
from .collections import CourseCard, course_card
from .colors import hue_class
from .drawing import Block
from .exchange import market_lead
from .gallery import Card, replay_card
from .heading import heading
from .library import Library
from .map import counts
from .meeting import Meeting, Next, meeting, meetings, successors
from .page import Page
from .pictures import Picture, picture
from .posts import PostRow, post_row
from .thumbs import Scene, scene

SOON = 8
TRIPS = 1
COURSES = 1
REPLAYS = 3
POSTS = 3
"""How many of each the page shows."""


@dataclass(frozen=True)
class Soon:
    """Meetings of a span of days: the reader's week, the month after it, and what follows.

    Attributes:
        span: ``week``, ``month`` or ``later``: by it the script knows what to move.
    """

    span: str
    name: str
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class HomeNext:
    """Input of ``home_next.html``."""

    next: tuple[Next, ...]
    soon: tuple[Soon, ...]
    agenda: str


@dataclass(frozen=True)
class TripCard:
    """A meeting by its picture, or by its scene where it has none."""

    meeting: Meeting
    image: Picture | None
    scene: Scene


@dataclass(frozen=True)
class CourseOnHome:
    """A course by its scene; *kind* is what its collection calls it."""

    card: CourseCard
    kind: str
    hue: str
    scene: Scene


@dataclass(frozen=True)
class HomeComing:
    """Input of ``home_coming.html``."""

    trips: tuple[TripCard, ...]
    courses: tuple[CourseOnHome, ...]


@dataclass(frozen=True)
class HomeReplays:
    """Input of ``home_replays.html``."""

    replays: tuple[Card, ...]
    all: str


@dataclass(frozen=True)
class HomeNews:
    """Input of ``home_news.html``."""

    posts: tuple[PostRow, ...]
    name: str
    address: str


@dataclass(frozen=True)
class Way:
    """A way to take part.

    Attributes:
        text: what it is; where nobody has said so, how much there is of it.
    """

    address: str
    title: str
    text: str


@dataclass(frozen=True)
class HomeWays:
    """Input of ``home_ways.html``.

    Attributes:
        subscribe: address of the page of feeds; "" on a site without feeds.
    """

    ways: tuple[Way, ...]
    subscribe: str


def pages(library: Library) -> Iterator[Page]:
    """The home page."""
    name = library.settings.site_name
    blocks: dict[str, Block] = {}
    if "" not in library.authored:
        blocks["heading"] = heading(name)
    blocks["next"] = Block("home_next.html", partial(_next, library))
    coming = _coming(library)
    if coming.trips or coming.courses:
        blocks["coming"] = Block("home_coming.html", lambda: coming)
    replays = _replays(library)
    if replays:
        cards = partial(replay_card, library=library)
        blocks["replays"] = Block(
            "home_replays.html", lambda: HomeReplays(tuple(map(cards, replays)), library.replays)
        )
    if library.community.posts:
        blocks["news"] = Block("home_news.html", partial(_news, library))
    blocks["ways"] = Block("home_ways.html", partial(_ways, library))
    yield Page(
        address="",
        title=name,
        changed=library.community.revision,
        selections=(library.table.everything,),
        blocks=blocks,
        waiting=frozenset({"coming", "replays", "news"}.difference(blocks)),
    )


def _next(library: Library) -> HomeNext:
    coming = library.meeting(library.community.events)
    return HomeNext(
        successors(coming, library), _soon(coming[1 : SOON + 1], library), library.settings.agenda
    )


def _soon(events: Sequence[Event], library: Library) -> tuple[Soon, ...]:
    """Every span, those without a meeting too: as days pass the script fills them."""
    today = library.today
    sunday = today + timedelta(days=6 - today.weekday())
    until = {"week": sunday, "month": max(sunday, _last_of_month(today)), "later": date.max}
    names = {"week": N_("This week"), "month": N_("This month"), "later": N_("Later")}
    held: dict[str, list[Event]] = {span: [] for span in until}
    for event in events:
        first = event.occurrences[0].first  # what is coming has a date
        held[next(span for span, last in until.items() if first <= last)].append(event)
    return tuple(
        Soon(span, library.tr.gettext(names[span]), meetings(found, library))
        for span, found in held.items()
    )


def _last_of_month(day: date) -> date:
    return first_of_month(first_of_month(day) + timedelta(days=31)) - timedelta(days=1)


def _coming(library: Library) -> HomeComing:
    """A trip and a course that are to come, unless the next meeting is that very trip."""
    coming = library.meeting(library.community.events)
    trips = [event for event in coming[1:] if event.kind.has_stops][:TRIPS]
    courses = [one for one in library.community.courses if _goes_on(one, library)]
    return HomeComing(
        tuple(
            TripCard(library.once(meeting, one), picture(one, library), scene(one)) for one in trips
        ),
        tuple(_course(one, library) for one in courses[:COURSES]),
    )


def _goes_on(course: Course, library: Library) -> bool:
    return bool(library.coming(library.community.sessions(course)))


def _course(course: Course, library: Library) -> CourseOnHome:
    collection = course.collection
    return CourseOnHome(
        course_card(course, library), collection.name, hue_class(collection), scene(course)
    )


def _replays(library: Library) -> Sequence[Event]:
    found = (
        event
        for event in reversed(library.recorded)
        if event.first and not event.item and library.stage(event) is Stage.REPLAY
    )
    return [event for event, _ in zip(found, range(REPLAYS), strict=False)]


def _news(library: Library) -> HomeNews:
    news = library.settings.news
    assert news is not None  # what has posts has their folder
    posts = tuple(post_row(post, library) for post in library.community.posts[:POSTS])
    return HomeNews(posts, news.name, f"{news.address}/")


def _ways(library: Library) -> HomeWays:
    ways = []
    for collection in library.settings.collections:
        page = library.authored.get(f"{collection.address}/")
        text = page.description if page else ""
        held = list(library.community.in_collection(collection))
        counted = counts(len(held), len(library.coming(held)), library.tr)
        ways.append(Way(f"{collection.address}/", collection.name, text or counted))
    market = library.settings.market
    if market is not None:
        page = library.authored.get(f"{market.address}/")
        text = page.description if page else market_lead(library)
        ways.append(Way(f"{market.address}/", market.name, text))
    others = [one for one in library.settings.ways if market is None or one != market.address]
    named = (library.authored.get(f"{one}/") for one in others)
    ways += [Way(page.address, page.title, page.description) for page in named if page]
    return HomeWays(tuple(ways), library.settings.subscribe if library.settings.feeds else "")
