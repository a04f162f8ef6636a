"""What a page or a file of a site depends on, and why it is made again."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from ..assembly import Compiled
from ..feeds.site import Feeds
from ..model.community import Entity, Event, Place, Post
from ..model.instants import Witness
from ..pages.page import Page
from ..pages.site import PageFile
from ..sources.walk import relative_name
from ..tree import Tree, content
from .leaves import SHORT, name_of
from .waiting import Waiting

State = Literal["kept", "changed", "lost", "new", "always"]
"""Taken as it was rendered; made again, since something it is made from has changed; since it is
kept no more; since nobody knows of it yet; or made each time."""


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """What something that is published depends on.

    Attributes:
        address: relative to the site's root.
        title: of a page; "" for another file.
        source: the file in which it is written; "" where nobody wrote one.
        shows: other files of which something is shown, in order.
        templates: by which it is drawn.
        until: when something of it changes by itself, as long as the site has the same meetings,
            posts, needs and pages; None for never.
        planned_until: when these may be others by themselves.
        state: what the next build does.
        changed: the parts that are otherwise than they were when it was made last.
    """

    address: str
    title: str = ""
    source: str = ""
    shows: Sequence[str] = ()
    templates: Sequence[str] = ()
    until: datetime | None = None
    planned_until: datetime | None = None
    state: State = "always"
    changed: Sequence[str] = ()


def reasons(waiting: Waiting, asked: str) -> Reasons | None:
    """What something depends on; None where there is no such thing.

    Args:
        asked: an address, whole or not, or the file of a source.
    """
    compiled = waiting.compiled
    page = _page(compiled, asked)
    if page is not None:
        return _of_page(waiting, page)
    path = _path(asked, compiled).lstrip("/")
    # An old address that leads on is a file.
    for one in (path, posixpath.join(path, "index.html")):
        if one in compiled.tree.files or compiled.tree.promises(one):
            return _of_file(waiting.root, compiled, one)
    return None


def _path(asked: str, compiled: Compiled) -> str:
    """The path of an address, relative to the site's root."""
    said = unquote(urlsplit(asked).path)
    below = urlsplit(compiled.community.settings.site_url).path
    return said.removeprefix(below) if said.startswith(below) else said


def _page(compiled: Compiled, asked: str) -> Page | None:
    written = {page.source: page for page in compiled.plan if page.source}
    name = posixpath.normpath(asked)
    if name in written:
        return written[name]
    address = _path(asked, compiled).removesuffix("index.html")
    return compiled.plan.page(address) if address in compiled.plan else None


def _of_page(waiting: Waiting, page: Page) -> Reasons:
    compiled = waiting.compiled
    planned = compiled.witness.until
    file = compiled.tree.files[page.path]
    assert isinstance(file, PageFile)
    witness = Witness(compiled.witness.at)
    other = file.at(witness.instant())
    witness.until = None  # planning asks for all pages
    drawn = "".join(other.drawn.values())
    event = next((one for one in compiled.community.events if one.source == page.source), None)
    shows = {*_linked(compiled, page, drawn), *(_named(event) if event else ())} - {page.source}
    state, changed = _state(waiting, page, file)
    return Reasons(
        address=page.address,
        title=page.title,
        source=page.source or "",
        shows=sorted(one for one in shows if one),
        templates=sorted({one.template for one in file.shown.values()}),
        until=witness.until,
        planned_until=planned,
        state=state,
        changed=changed,
    )


def _state(waiting: Waiting, page: Page, file: PageFile) -> tuple[State, Sequence[str]]:
    parts = waiting.parts(page.path, file)
    if parts is None:
        return "always", ()
    if waiting.keeps(name_of(parts)):
        return "kept", ()
    before = waiting.noted().get(page.path)
    if before is None:
        return "new", ()
    names = parts.keys() | before.keys()
    changed = [one for one in sorted(names) if parts.get(one, "")[:SHORT] != before.get(one, "")]
    return ("changed", changed) if changed else ("lost", ())


_HREF = re.compile(r"(?<![\w-])href=\"([^\"]*)\"")


def _linked(compiled: Compiled, page: Page, drawn: str) -> Iterator[str]:
    """The sources of the pages to which the blocks of a page lead: what is shown leads there."""
    for found in _HREF.finditer(drawn):
        said = urlsplit(unescape(found[1]))
        if said.scheme or said.netloc or not said.path:
            continue
        address = posixpath.normpath(posixpath.join("/", page.address, unquote(said.path)))
        if address in compiled.plan:
            yield compiled.plan.page(address).source or ""


def _named(event: Event) -> Iterator[str]:
    """The files of what an event names."""
    refs = event.refs
    named: Sequence[Entity] = (
        *refs.themes,
        *refs.territories,
        *refs.organisers,
        *refs.hosts,
        *event.speakers,
    )
    yield from (one.source for one in named)
    places: Iterable[Place | None] = (
        *event.sites,
        event.departure,
        event.back,
        *(stop.place for stop in event.stops),
    )
    for place in places:
        if place is not None:
            yield place.source
            yield place.territory.source if place.territory else ""
    if event.course is not None:
        yield event.course.source


def _of_file(root: Path, compiled: Compiled, path: str) -> Reasons:
    """Feeds, and all else that is no page: it is made by every build."""
    leaf, feeds = compiled.tree.files.get(path), compiled.feeds
    planned = compiled.witness.until
    if isinstance(leaf, Path):
        return Reasons(address=path, source=relative_name(root, leaf), planned_until=planned)
    held = feeds.held(path) if feeds is not None else None
    if feeds is None or held is None:
        return Reasons(address=path, planned_until=planned)
    witness, tree = Witness(compiled.witness.at), Tree()
    other = feeds.at(witness.instant())
    other.place(tree)
    other.forget()  # to know the addresses, what all of them hold was chosen
    witness.until = None
    content(tree.files[path])
    told = _told(compiled, feeds, held)
    shows = {one.source for one in told}
    shows |= {one for event in told if isinstance(event, Event) for one in _named(event)}
    return Reasons(
        address=path,
        shows=sorted(one for one in shows if one),
        until=witness.until,
        planned_until=planned,
    )


def _told(compiled: Compiled, feeds: Feeds, held: Sequence[str]) -> list[Event | Post]:
    """What a feed tells of, by the UIDs of its events or the guids of its news."""
    community = compiled.community
    known: dict[str, Event | Post] = {
        one.uid: one
        for one in (
            *(*community.events, *community.stops, *community.tombstones),
            *(*community.deadlines, *community.lost_deadlines),
        )
    }
    known |= {one.guid: one.event for found in feeds.news.by_uid.values() for one in found}
    known |= {one.guid: one for one in community.posts}
    return [known[one] for one in held if one in known]
