"""The home page: what is next, what can be watched, what is new, and the ways to take part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ..model.community import Event
from ..model.stage import Stage, has_replay
from .drawing import Block
from .heading import heading
from .library import Library
from .meeting import Meeting, Next, meetings, successors
from .page import Page
from .posts import PostRow, post_row

NEXT = 4
REPLAYS = 3
POSTS = 3
"""How many of each the page shows."""


@dataclass(frozen=True)
class HomeNext:
    """Input of ``home_next.html``."""

    next: tuple[Next, ...]
    upcoming: tuple[Meeting, ...]
    agenda: str


@dataclass(frozen=True)
class HomeReplays:
    """Input of ``home_replays.html``."""

    replays: tuple[Meeting, ...]


@dataclass(frozen=True)
class HomeNews:
    """Input of ``home_news.html``."""

    posts: tuple[PostRow, ...]
    name: str
    address: str


@dataclass(frozen=True)
class Way:
    """A way to take part."""

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
    replays = _replays(library)
    if replays:
        blocks["replays"] = Block(
            "home_replays.html", lambda: HomeReplays(meetings(replays, library))
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
        waiting=frozenset({"replays", "news"}.difference(blocks)),
    )


def _next(library: Library) -> HomeNext:
    coming = library.meeting(library.community.events)
    return HomeNext(
        successors(coming, library), meetings(coming[1:NEXT], library), library.settings.agenda
    )


def _replays(library: Library) -> Sequence[Event]:
    found = (
        event
        for event in reversed(library.community.events)
        if event.first and has_replay(event) and library.stage(event) is Stage.REPLAY
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
        ways.append(Way(f"{collection.address}/", collection.name, text))
    return HomeWays(tuple(ways), library.settings.subscribe if library.settings.feeds else "")
