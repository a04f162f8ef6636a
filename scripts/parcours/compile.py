"""The one way through the house: sources → model → prose → pages and feeds → Tree."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import html

from .feeds.site import Feeds, Written
from .feeds.xml import STYLESHEET as FEED_STYLESHEET
from .i18n import translator
from .model.community import (
    Community,
    Course,
    Event,
    Post,
    Text,
    entity_address,
    entity_folder,
)
from .model.names import asset_name
from .model.news import News
from .model.selections import selections
from .model.settings import Settings
from .model.stage import owed
from .pages.bundle import bundles
from .pages.cards import draw
from .pages.notices import FootLink, foot_links
from .pages.redirects import redirect_page, redirects
from .pages.searching import search_words
from .pages.sharing import cards
from .pages.site import Pages
from .pages.view import Library
from .problems import Mark, Problems
from .prose.render import Prose, Renderer, find_mark, inspect
from .sources.clocks import check_clocks
from .sources.dating import Dating
from .sources.following import follow
from .sources.history import History, HistoryError, read_history
from .sources.images import dimensions
from .sources.links import Links
from .sources.load import load
from .sources.news import read_news
from .sources.pages import Docs, read_docs
from .store import NoStore, Store, kept
from .tree import AddressTaken, Tree, page_path


@dataclass(frozen=True)
class Request:
    """What to compile.

    Attributes:
        root: the site's folder, resolved.
        extensions: the Markdown extensions of the site, and their configurations.
        now: the instant of the build, aware.
        drafts: whether drafts are shown (previews).
        strict_history: whether a history that is cut short is an error (CI), not a warning.
        store: where drawn images are kept between builds.
        phase: called with the name of each phase as it ends, for whoever holds a clock.
    """

    root: Path
    settings: Settings
    extensions: Sequence[str]
    extension_configs: Mapping[str, Mapping[str, object]]
    now: datetime
    drafts: bool = False
    strict_history: bool = False
    store: Store = field(default_factory=NoStore)
    phase: Callable[[str], None] = lambda name: None


@dataclass(frozen=True)
class Compiled:
    """What came of it.

    Attributes:
        owed: the events whose replay has been awaited for too long.
        foot: links for the foot of every page.
    """

    tree: Tree
    community: Community
    feeds: int
    owed: Sequence[Event] = ()
    foot: tuple[FootLink, ...] = ()


def compile_site(request: Request, problems: Problems) -> Compiled | None:
    """Compile a site; None when its sources hold errors, all of which are in *problems*."""
    settings = request.settings
    history = _history(request, problems)
    request.phase("history")
    dating = Dating(history, settings.revised)
    if settings.revised and settings.revised > request.now.timestamp():
        moment = f"{datetime.fromtimestamp(settings.revised, UTC):%Y-%m-%d %H:%M}"
        problems.add("future-update", Mark(settings.source), value=moment)
    community = load(request.root, settings, history, request.now, problems, drafts=request.drafts)
    docs = read_docs(request.root, settings, dating, problems)
    news: tuple[News, ...] = ()
    if settings.feeds:
        news = read_news(
            request.root,
            history,
            community.events,
            community.tombstones,
            community.settings,
            problems,
        )
    request.phase("sources")
    links = _links(request.root, community, docs, problems)
    configs, language = request.extension_configs, settings.language
    renderer = Renderer(request.extensions, configs, links.resolve, problems, language)
    proses = _proses(community, renderer)
    _check_authored(docs, renderer, problems)
    request.phase("prose")
    if problems.errors:
        return None
    tree = Tree()
    try:
        written = _fill(tree, request, community, docs, links, proses, news)
    except AddressTaken as error:
        problems.add(
            "duplicate-address",
            Mark(_owner(error.path, community, docs) or settings.source),
            address=error.path,
            other=_other(error.path, tree),
        )
        return None
    for address, n in written.full:
        mark = Mark(settings.source)
        problems.add("feed-full", mark, severity="warning", address=address, n=n)
    _check_links(docs, renderer, tree, community, problems)
    request.phase("links")
    tr = translator(settings.language)
    waiting = owed(community.events, request.now)
    foot = foot_links(community, docs.pages, request.now, tr)
    compiled = Compiled(tree, community, written.count, waiting, foot)
    return None if problems.errors else compiled


def _history(request: Request, problems: Problems) -> History:
    mark = Mark(request.settings.source)
    try:
        history = follow(request.root, request.settings, read_history(request.root, request.now))
    except HistoryError as error:
        problems.add(error.code, mark, reason=error.reason)
        return History()
    check_clocks(history, request.settings, request.now, problems)
    if history.head is None:
        problems.add("git-missing", mark, severity="warning")
    if history.shallow:
        problems.add("git-shallow", mark, severity="error" if request.strict_history else "warning")
    return history


def _links(root: Path, community: Community, docs: Docs, problems: Problems) -> Links:
    addresses = {thing.source: thing.address for thing in community.things}
    addresses |= {
        event.transcript.file: event.address
        for event in community.events
        if isinstance(event.transcript, Text)
    }
    settings = community.settings
    names = settings.addresses
    entities = {entity_address(one, names): one for one in community.entities}
    addresses |= {one.source: address for address, one in entities.items() if one.source}
    addresses |= {page.source: address for address, page in docs.pages.items()}
    pages = {address.strip("/") for address in addresses.values()}
    pages |= {address.strip("/") for address in entities}
    pages |= {entity_folder(type(one), names).strip("/") for one in entities.values()}
    pages |= {collection.address for collection in settings.collections}
    pages |= {settings.news.address} if settings.news else set()
    pages |= {settings.addresses.accessibility} if community.notices.accessibility else set()
    pages |= {settings.addresses.legal} if community.notices.publisher else set()
    pages |= {"", settings.agenda.strip("/"), settings.subscribe.strip("/")}
    pages |= {settings.addresses.replays, settings.all_feeds.strip("/")}
    return Links(root, addresses, frozenset(pages), problems)


def _proses(community: Community, renderer: Renderer) -> dict[Text, Prose]:
    """Every body, rendered once."""
    texts = [text for event in community.events for text in (event.body, event.account) if text]
    texts += [s.text for event in community.events for s in event.stops if s.text]
    texts += [e.transcript for e in community.events if isinstance(e.transcript, Text)]
    texts += [course.body for course in community.courses]
    texts += [post.body for post in community.posts]
    return {text: renderer.render(text.markdown, text.file, text.line) for text in texts}


def _fill(
    tree: Tree,
    request: Request,
    community: Community,
    docs: Docs,
    links: Links,
    proses: Mapping[Text, Prose],
    news: Sequence[News],
) -> Written:
    settings, root = community.settings, request.root
    tr = translator(settings.language)
    things = community.things
    files = {
        thing.address + asset_name(name): root / file
        for thing in things
        for name, file in thing.files.items()
        if not file.endswith(".md")  # its text stands on the page
    }
    files |= {address: root / file for address, file in links.assets.items()}
    sizes = {f: (root / f).stat().st_size for thing in things for f in thing.files.values()}
    boxes = _boxes(root, things)
    released = {one.event.uid: one.instant for one in news if one.kind == "replay"}
    heard = search_words(_spoken(community, proses), len(community.events))
    authored = frozenset(docs.pages)
    library = Library(community, proses, request.now, tr, authored, sizes, boxes, released, heard)
    table = selections(community)
    Pages(library, table, docs.pages, tree).write()
    for old, new in redirects(community):
        tree.add(f"{old}/index.html", redirect_page(old, new, settings, tr))
    request.phase("pages")
    for address, card in cards(library):
        tree.add(address, kept(request.store, card.key, partial(draw, card)))
    request.phase("cards")
    written = Written(0, ())
    if settings.feeds:
        feeds = Feeds(community, table, news, proses, sizes, request.now, tr, tree)
        written = feeds.write()
    request.phase("feeds")
    for address, path in sorted({**files, **docs.files}.items()):
        tree.add(address, path)
    feed_style = resources.files("parcours").joinpath("pages", *FEED_STYLESHEET.split("/"))
    for name, data in {**bundles(settings), FEED_STYLESHEET: feed_style.read_bytes()}.items():
        tree.add(name, data)
    return written


def _spoken(community: Community, proses: Mapping[Text, Prose]) -> dict[str, str]:
    """What was said in each recording, by address, as plain text."""
    return {
        event.address: proses[spoken].text if isinstance(spoken, Text) else spoken.text
        for event in community.events
        if (spoken := event.transcript) is not None
    }


def _boxes(root: Path, things: Sequence[Event | Course | Post]) -> Mapping[str, tuple[int, int]]:
    named = {
        thing.files[thing.record.image.src]
        for thing in things
        if thing.record.image and thing.record.image.src in thing.files
    }
    return {file: found for file in sorted(named) if (found := dimensions(root / file))}


def _owner(path: str, community: Community, docs: Docs) -> str | None:
    found = {page_path(thing.address): thing.source for thing in community.things}
    found |= {page.path: page.source for page in docs.pages.values()}
    names = community.settings.addresses
    found |= {page_path(entity_address(one, names)): one.source for one in community.entities}
    return found.get(path)


def _other(path: str, tree: Tree) -> str:
    info = tree.pages.get(path)
    return info.source if info and info.source else path


def _check_authored(docs: Docs, renderer: Renderer, problems: Problems) -> None:
    """Authored pages go to the engine as they are: what would run in them is refused."""
    for page in docs.pages.values():
        if not renderer.is_feasible(page.body, page.source, page.body_line):
            continue
        raw = renderer.convert(page.body)
        inspect(raw, page.body, page.source, page.body_line, problems)


def _check_links(
    docs: Docs, renderer: Renderer, tree: Tree, community: Community, problems: Problems
) -> None:
    """Relative links of authored pages lead to a file of the site or to a source of a page."""
    for page in docs.pages.values():
        for link in _relative_links(renderer.convert(page.body)):
            path = unquote(urlsplit(link).path)
            if not path or path.startswith("/"):
                continue
            target = os.path.normpath(str(PurePosixPath(page.path).parent / path))
            target = unicodedata.normalize("NFC", target)
            known = {target, f"{target}.md", f"{target}/index.md", page_path(target)}
            if known.isdisjoint(tree.files):
                mark = find_mark(page.body, link, page.source, page.body_line)
                problems.add("dead-link", mark, value=link)


def _relative_links(raw: str) -> list[str]:
    if "<" not in raw:
        return []
    tree = html.fragment_fromstring(raw, create_parent="div")
    found = [element.get("href") or "" for element in tree.iter("a")]
    found += [element.get("src") or "" for element in tree.iter("img")]
    return [link for link in found if link and not urlsplit(link).scheme and link[0] != "#"]
