"""News of the programme: the page of a post, and the page of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from markupsafe import Markup

from ..model.community import Post
from ..model.languages import foreign
from ..model.settings import NewsFolder
from ..problems import N_
from .division import POST, Division, Order, Placed, Ways, by_time, divide, room_for
from .drawing import Block, Links
from .facts import Facts, Value, facts, named
from .following import NewsFeeds, news_feeds
from .jsonld import post_json, to_script
from .library import Library
from .meeting import entities
from .page import Page
from .pictures import Picture, picture
from .quoted import in_tongue, titled
from .sharing import shared, shared_image
from .tags import said_facts


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """A post in a list; *day* is in ISO form."""

    address: str
    title: str
    day: str
    long_day: str
    example: bool
    summary: str


@dataclass(frozen=True)
class NewsPage:
    """Input of ``news.html``.

    Attributes:
        all: the list of which this is a part; None for the whole.
        heading: "" where somebody wrote one.
        ways: to the parts of a list that is divided.
        feeds: None on the page of a part.
    """

    all: Value | None
    heading: str
    years: tuple[tuple[int, tuple[PostRow, ...]], ...]
    ways: tuple[Ways, ...]
    feeds: NewsFeeds | None


@dataclass(frozen=True, kw_only=True)
class PostPage:
    """Input of ``post.html``."""

    row: PostRow
    all: Value
    authors: tuple[Value, ...]
    draft: bool
    lead: str
    image: Picture | None
    body: Markup
    lang: str
    facts: Facts
    older: Value | None
    newer: Value | None
    jsonld: Markup


def pages(library: Library) -> Iterator[Page]:
    """The page of all posts, then each."""
    news = library.settings.news
    if news is None:
        return
    posts = library.community.posts
    selections = (*library.table.of_kind("posts"), library.table.everything)
    address = f"{news.address}/"
    lead = library.tr.format(N_("News of {site}."), site=library.settings.site_name)
    divided = _divided(library, news)
    for placed in divided.places():
        yield Page(
            address=placed.address,
            title=placed.title,
            description=lead if placed.is_whole else placed.title,
            parent=placed.parent,
            changed=max((post.stamps.changed for post in placed.part.things), default=0),
            selections=selections,
            blocks={"news": Block("news.html", partial(_news, library, divided, placed))},
            searchable=placed.is_whole,
        )
    padded = [None, *posts, None]
    for post, newer, older in zip(posts, padded, padded[2:], strict=False):
        yield Page(
            address=post.address,
            title=library.words(post.title),
            description=library.words(library.summary(post)),
            parent=address,
            source=post.source,
            changed=post.stamps.changed,
            selections=selections,
            blocks={"post": Block("post.html", partial(_post, library, post, older, newer))},
            extra=shared(post, library),
        )


def post_row(post: Post, library: Library) -> PostRow:
    """A post as lists show it."""
    return PostRow(
        address=post.address,
        title=titled(post, library),
        day=post.day.isoformat(),
        long_day=library.tr.day(post.day, weekday=False),
        example=post.record.example,
        summary=in_tongue(library.summary(post), post, library),
    )


BY_DAY: Order[Post] = by_time(lambda post: post.day)

LATEST = 60
"""News on the first page, once they are too many for it."""


def _divided(library: Library, news: NewsFolder) -> Division[Post]:
    address = f"{news.address}/"
    return Division(
        whole=divide(library.community.posts, BY_DAY, room_for(POST)),
        order=BY_DAY,
        address=address,
        folder=library.parts(address),
        title=news.name,
        said=lambda n: library.tr.ngettext("{n} post", "{n} posts", n),
        tr=library.tr,
    )


def _news(library: Library, divided: Division[Post], placed: Placed[Post]) -> NewsPage:
    (selection,) = library.table.of_kind("posts")
    is_first = placed.is_whole and divided.is_divided
    shown = placed.part.things[:LATEST] if is_first else placed.part.own
    by_year = groupby(shown, key=lambda post: post.day.year)
    return NewsPage(
        all=None if placed.is_whole else divided.above(placed),
        heading="" if library.has_heading(placed.address) else placed.title,
        years=tuple((year, tuple(post_row(one, library) for one in of)) for year, of in by_year),
        ways=divided.ways(placed),
        feeds=news_feeds(selection, library) if placed.is_whole else None,
    )


def _post(library: Library, post: Post, older: Post | None, newer: Post | None) -> PostPage:
    settings = library.settings
    news = settings.news
    assert news is not None  # what has posts has their folder
    data = post_json(post, settings, library.summary(post), shared_image(post, library))
    return PostPage(
        row=post_row(post, library),
        all=Value(news.name, f"{news.address}/"),
        authors=tuple(named(one, settings.addresses, one.line) for one in post.authors),
        draft=post.record.draft,
        lead=in_tongue(post.record.summary or "", post, library),
        image=picture(post, library),
        body=Markup(library.prose(post.body).page_html(Links(post.address).link(""))),
        lang=foreign(post, settings),
        facts=facts(_facts(post, library)),
        older=_neighbour(older),
        newer=_neighbour(newer),
        jsonld=Markup(to_script(data)),
    )


def _facts(post: Post, library: Library) -> Iterator[tuple[str, Sequence[Value]]]:
    tr, settings = library.tr, library.settings
    yield tr.gettext(N_("Themes")), entities(post.themes, settings)
    yield tr.gettext(N_("Territories")), entities(post.territories, settings)
    yield from said_facts(post, library)


def _neighbour(post: Post | None) -> Value | None:
    return Value(post.title, post.address) if post else None
