"""News of the programme: the page of a post, and the page of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from markupsafe import Markup

from ..model.community import Post
from ..model.settings import NewsFolder
from ..problems import N_
from .drawing import Block, Links
from .facts import Value, named
from .following import NewsFeeds, news_feeds
from .jsonld import post_json, to_script
from .library import Library
from .page import Page
from .pictures import Picture, picture
from .sharing import shared, shared_image


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
    """Input of ``news.html``; *heading* is "" where somebody wrote one."""

    heading: str
    years: tuple[tuple[int, tuple[PostRow, ...]], ...]
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
    themes: tuple[str, ...]
    territories: tuple[str, ...]
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
    yield Page(
        address=address,
        title=news.name,
        description=library.tr.format(N_("News of {site}."), site=library.settings.site_name),
        changed=max((post.stamps.changed for post in posts), default=0),
        selections=selections,
        blocks={"news": Block("news.html", partial(_news, library, news, address))},
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
        title=post.title,
        day=post.day.isoformat(),
        long_day=library.tr.day(post.day, weekday=False),
        example=post.record.example,
        summary=library.summary(post),
    )


def _news(library: Library, news: NewsFolder, address: str) -> NewsPage:
    (selection,) = library.table.of_kind("posts")
    by_year = groupby(library.community.posts, key=lambda post: post.day.year)
    return NewsPage(
        "" if library.has_heading(address) else news.name,
        tuple((year, tuple(post_row(one, library) for one in group)) for year, group in by_year),
        news_feeds(selection, library),
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
        lead=post.record.summary or "",
        image=picture(post, library),
        body=Markup(library.prose(post.body).page_html(Links(post.address).link(""))),
        themes=tuple(one.name for one in post.themes),
        territories=tuple(one.name for one in post.territories),
        older=_neighbour(older),
        newer=_neighbour(newer),
        jsonld=Markup(to_script(data)),
    )


def _neighbour(post: Post | None) -> Value | None:
    return Value(post.title, post.address) if post else None
