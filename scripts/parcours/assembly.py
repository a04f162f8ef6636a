"""The second half of the way: model → prose → pages and feeds → Tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .ahead import Ahead
from .checks import (
    check_addresses,
    check_authored,
    check_files,
    check_macros,
    check_markers,
    check_pages,
    check_site_url,
    check_ways,
    tell_full,
    tell_taken,
)
from .feeds.xml import STYLESHEET as FEED_STYLESHEET
from .i18n import Translator, translator
from .model.blanks import Blank
from .model.community import Community, Course, Event, Post, Text, entity_address
from .model.feeds import selections
from .model.instants import Witness
from .model.names import asset_name
from .model.news import News, came_out
from .model.rasters import RASTER_TYPES, Raster, scaled_address
from .model.relay import is_sought, names_of, relays_of
from .model.schema import REFERENCES
from .model.stage import owed
from .packaged import OWN
from .pages.agenda_data import DRAWN
from .pages.authored import typeset
from .pages.bundle import bundles
from .pages.cards import Card, CardFile, Cover
from .pages.library import Library
from .pages.notices import FootLink, foot_links
from .pages.page import Plan
from .pages.pictures import Gallery
from .pages.redirects import redirect_page, redirects
from .pages.sharing import cards, covers
from .problems import Mark, Problems
from .prose.kept import Body, KeptRenderer, Noted
from .prose.parts import Part
from .prose.render import Anchors, Prose, Renderer
from .reading import Read
from .request import Request
from .scaling import Source, scaled
from .search.index import WAY, index
from .search.words import Words, algorithm
from .sources.bare import Broken
from .sources.contacts import Clean, tell_contacts
from .sources.films import tell_placed
from .sources.images import drawing_size, read_raster, tell_broken
from .sources.links import Links
from .sources.pages import Docs
from .sources.settings import SiteFacts
from .sources.walk import relative_name
from .store import Store
from .tree import AddressTaken, Tree

if TYPE_CHECKING:
    from .feeds.site import Feeds

# What draws pages and feeds is imported where it is used: a check draws none.


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """What came of it.

    Attributes:
        plan: every page, from which the tree's were drawn.
        feeds: what they hold; None for a site without any.
        gallery: pictures made of pixels, by address.
        owed: the events whose replay has been awaited for too long.
        foot: links for the foot of every page.
        witness: knows, once all is made, until when the same would come of it.
        now: the instant, which its witness hears.
        came_out: when replays came out, in Unix seconds by UID, where history knows it.
    """

    tree: Tree
    plan: Plan
    community: Community
    feeds: Feeds | None
    gallery: Gallery
    owed: Sequence[Event] = ()
    foot: tuple[FootLink, ...] = ()
    witness: Witness
    came_out: Mapping[str, int] = field(default_factory=dict)
    now: datetime


def assemble(read: Read, problems: Problems) -> Compiled | None:
    """Make a site of what was read; None when errors are, or come to be, in *problems*."""
    request, community, docs, news = read.request, read.community, read.docs, read.news
    settings = community.settings
    if request.published:
        check_site_url(settings, problems)
    links = _links(request.root, community, docs, problems)
    configs, language = request.extension_configs, settings.tongue
    host = urlsplit(settings.site_url).netloc.lower()
    noted = Noted(links.resolve)
    renderer = Renderer(request.extensions, configs, noted.resolve, problems, language, host)
    name = request.texts and f"{request.texts} {language} {host}"
    texts = KeptRenderer(
        renderer=renderer, noted=noted, problems=problems, store=request.store, name=name
    )
    proses = _proses(community, texts, request.ahead)
    check_authored(docs.written.values(), texts, settings, problems)
    clean, files = Clean(request.store, request.edition), links.assets.values()
    tell_contacts(request.root, community, docs.written.values(), files, problems, clean)
    clean.keep()
    tell_placed(request.root, links.assets.values(), problems)
    request.phase("prose")
    from .pages.site import plan

    rasters = _rasters(request.root, links, problems)
    library = _library(request, community, docs, proses, news)
    planned = plan(library)
    check_addresses(planned, redirects(community), settings, request.root, problems)
    check_markers(planned, proses, problems)
    check_macros(proses, settings.engine, problems)
    check_pages(links.asked, planned, settings, problems)
    check_ways(planned, settings, problems)
    if problems.errors:
        return None
    sources = {file: Source(request.root, raster) for file, raster in rasters.items()}
    if request.draws:
        _prepare(sources, request.store, links, problems)
        request.phase("pictures")
    gallery = {
        address: sources[file].raster for address, file in links.assets.items() if file in sources
    }
    tree = Tree()
    try:
        feeds = _fill(tree, request, library, planned, gallery, news)
        _add_files(tree, request, links, sources)
        if request.search is not None:
            tree.keep(
                WAY, ".json", partial(_searched, request.search, planned, library, docs, renderer)
            )
    except AddressTaken as error:
        ways = redirects(community)
        tell_taken(error, planned, links.assets, ways, settings, request.root, problems)
        return None
    if feeds is not None:
        tell_full(feeds, settings, library.replays, problems)
    pages = docs.written.values()
    check_files(links.asked, pages, texts, tree, settings, problems)
    request.phase("links")
    waiting = owed(community.events, request.now)
    foot = foot_links(library, planned)
    compiled = Compiled(
        tree=tree,
        plan=planned,
        community=community,
        feeds=feeds,
        gallery=gallery,
        owed=waiting,
        foot=foot,
        witness=read.witness,
        came_out=library.came_out,
        now=request.now,
    )
    return None if problems.errors else compiled


def _links(root: Path, community: Community, docs: Docs, problems: Problems) -> Links:
    """The links of a site, which know the page of each source and the files that are published."""
    names = community.settings.addresses
    addresses = {thing.source: thing.address for thing in reversed(community.things)}
    addresses |= {
        event.transcript.file: event.address
        for event in community.events
        if isinstance(event.transcript, Text)
    }
    addresses |= {one.source: entity_address(one, names) for one in community.entities}
    if community.exchange is not None:
        addresses |= community.exchange.addresses(names)
    addresses |= {page.source: address for address, page in docs.pages.items()}
    links = Links(root=root, settings=community.settings, addresses=addresses, problems=problems)
    for name, path in docs.files.items():
        # The file as this disk names it, whichever form its accents have.
        file = path.relative_to(root).as_posix()
        links.publish(name, file, Mark(relative_name(root, path)))
    for thing in community.things:
        for name, file in thing.files.items():
            if not file.endswith(".md"):  # its text stands on the page
                links.publish(thing.address + asset_name(name), file, Mark(thing.source))
    for event in community.events:
        for date in event.dates:
            # What goes with a date that has no page of its own stands on that of the series.
            for name, file in () if date.has_page else date.files.items():
                links.publish(event.address + asset_name(name), file, Mark(event.source))
    return links


def _proses(community: Community, renderer: KeptRenderer, ahead: Ahead) -> dict[Text, Prose]:
    """Every body, rendered once."""
    events = (*community.paged, *(date for one in community.events for date in one.dates))
    within = [event.account for event in events if event.account]
    within += [stop.text for event in events for stop in event.stops if stop.text]
    kinds: dict[Anchors, list[Text]] = {
        "headings": [one.body for one in community.things],
        "passages": [one.transcript for one in events if isinstance(one.transcript, Text)],
        "": within,
    }
    bodies = {
        text: Body(text.markdown, text.file, text.line, text.part, anchors)
        for anchors, texts in kinds.items()
        for text in texts
    }
    proses = renderer.render(list(bodies.values()), ahead)
    return dict(zip(bodies, proses, strict=True))


def _outlines(docs: Docs, renderer: Renderer) -> dict[str, tuple[Part, ...]]:
    """The headings and paragraphs of the pages that somebody wrote."""
    return {address: renderer.outline(page.body) for address, page in docs.pages.items()}


def _searched(
    language: str, planned: Plan, library: Library, docs: Docs, renderer: Renderer
) -> Mapping[str, bytes]:
    """The files of the search."""
    from .pages.searching import documents
    from .pages.site import own_titles

    titles = own_titles(library)
    found = tuple(documents(planned, library, _outlines(docs, renderer), titles))
    own_language = library.tr.language if library.settings.foreign else ""
    return index(found, Words(language), DRAWN, own_language)


def _library(
    request: Request,
    community: Community,
    docs: Docs,
    proses: Mapping[Text, Prose],
    news: Sequence[News],
) -> Library:
    """What all pages are made from."""
    root, things = request.root, community.things
    settings = community.settings
    tr = translator(settings.language)
    return Library(
        community=community,
        table=selections(community),
        proses=proses,
        now=request.now,
        tr=tr,
        authored={address: typeset(page, tr) for address, page in docs.pages.items()},
        sizes={f: (root / f).stat().st_size for thing in things for f in thing.files.values()},
        boxes=_boxes(root, things),
        searches=request.search is not None,
        came_out=came_out(news),
        released={one.event.uid: one.instant for one in news if one.kind == "replay"},
        forms=partial(_blanks, request, community) if settings.contribute in docs.pages else tuple,
        claims=_claims(community, tr),
    )


def _claims(community: Community, tr: Translator) -> dict[str, str]:
    """By source of a session for which somebody is sought, the lines that take it on."""
    from .scaffold.blanks import claim

    organisation = next(iter(community.organisations), "")
    found: dict[str, str] = {}
    for relay in relays_of(community).values():
        before = ""
        for turn in relay.turns:
            if is_sought(turn.session):
                found[turn.session.source] = claim(before, organisation, tr)
            else:
                before = names_of(turn.session)[-1]
    return found


def _blanks(request: Request, community: Community) -> tuple[Blank, ...]:
    """Empty forms of what may be new in this site, which name what there is."""
    from .scaffold.blanks import blanks
    from .scaffold.site import Site

    settings = community.settings
    facts = SiteFacts(
        root=request.root,
        file=settings.source,
        site_name=settings.site_name,
        site_url=settings.site_url,
        docs_dir=settings.docs_dir,
        theme_language=settings.tongue,
        engine=settings.engine,
    )
    read: dict[str, dict[str, str]] = {folder: {} for folder in REFERENCES.values()}
    for one in (*community.entities, *community.places.values()):
        path = PurePosixPath(one.source)
        if path.parent == PurePosixPath(settings.data, path.parent.name):
            read[path.parent.name][one.id] = one.name
    site = Site(settings=settings, facts=facts, declared=True, now=request.now, read={**read})
    return tuple(blanks(site))


def _fill(
    tree: Tree,
    request: Request,
    library: Library,
    planned: Plan,
    gallery: Gallery,
    news: Sequence[News],
) -> Feeds | None:
    from .feeds.site import Feeds
    from .pages.site import place

    settings = library.settings
    place(planned, library, gallery, tree)
    for redirect in redirects(library.community):
        tree.add(redirect.path, redirect_page(redirect, settings, library.tr))
    request.phase("pages")
    drawn: dict[str, Card | Cover] = {**dict(cards(library)), **dict(covers(library))}
    for address, card in drawn.items():
        tree.add(address, CardFile(card, request.store))
    feeds = None
    if settings.feeds:
        feeds = Feeds(
            library.community,
            library.table,
            news,
            library.proses,
            library.sizes,
            request.now,
            library.tr,
        )
        feeds.place(tree)
    request.phase("feeds")
    feed_style = OWN.joinpath("pages", *FEED_STYLESHEET.split("/"))
    stems = algorithm(request.search) if request.search is not None else None
    assets = bundles(settings, stems)
    for name, data in {**assets, FEED_STYLESHEET: feed_style.read_bytes()}.items():
        tree.add(name, data)
    return feeds


def _boxes(root: Path, things: Sequence[Event | Course | Post]) -> Mapping[str, tuple[int, int]]:
    named = {
        thing.files[image.src]
        for thing in things
        for image in (thing.record.image, *getattr(thing.record, "photographs", ()))
        if image and image.src in thing.files
    }
    drawings = sorted(file for file in named if file.lower().endswith(".svg"))
    return {file: found for file in drawings if (found := drawing_size(root / file))}


def _rasters(root: Path, links: Links, problems: Problems) -> dict[str, Raster]:
    """The pictures made of pixels among the published files, by source."""
    files = {file for file in links.assets.values() if _is_raster(file)}
    found: dict[str, Raster | None] = {}
    for file in sorted(files):
        told = Problems()
        found[file] = read_raster(root, file, links.named[file], told)
        # What names it is looked up for the few that are wrong.
        problems.extend(
            replace(one, mark=links.place_of(file)) if one.code == "broken-picture" else one
            for one in told.sorted()
        )
    return {file: raster for file, raster in found.items() if raster is not None}


def _is_raster(file: str) -> bool:
    return PurePosixPath(file).suffix.lower() in RASTER_TYPES


def _prepare(sources: dict[str, Source], store: Store, links: Links, problems: Problems) -> None:
    """Draw what is not kept, and let go of pictures in which damage is found."""
    for file, source in list(sources.items()):
        try:
            for one in scaled(source, store):
                one.prepare()
        except Broken:
            tell_broken(file, links.place_of(file), problems)
            del sources[file]


def _add_files(tree: Tree, request: Request, links: Links, sources: Mapping[str, Source]) -> None:
    """Other files than pages and feeds: pictures in all their widths, the rest as it is."""
    for address, file in sorted(links.assets.items()):
        if file in sources:
            own, *more = scaled(sources[file], request.store)
            tree.add(address, own)
            for one in more:
                tree.add(scaled_address(address, one.width), one)
        elif _is_raster(file):
            tree.add(address, b"")  # what is damaged may still tell where it was taken
        else:
            tree.add(address, request.root / file)
