"""All pages of a site: joined into one plan, then placed in the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any

from ..i18n import Translator
from ..model.settings import Settings
from ..tree import Leaf, PageInfo, Tree
from . import (
    agenda,
    collections,
    contributing,
    courses,
    deadlines,
    entities,
    events,
    exchange,
    finding,
    gallery,
    home,
    journey,
    kit,
    mine,
    notebook,
    notices,
    offline,
    posts,
    reference,
    relay,
    report,
    strip,
    subscribing,
    tags,
)
from .authored import authored_page, merge
from .drawing import Block, draw_given
from .frontmatter import FeedLink, write_page
from .library import Library
from .meeting import BLANK_WORDS
from .page import Page, Plan, join
from .pictures import Gallery, framed
from .tongues import Telling, is_own, own_names

SORTS: tuple[Callable[[Library], Iterator[Page]], ...] = (
    home.pages,
    agenda.pages,
    deadlines.pages,
    collections.pages,
    courses.pages,
    events.pages,
    notebook.pages,
    relay.pages,
    kit.pages,
    gallery.pages,
    posts.pages,
    entities.pages,
    tags.pages,
    exchange.pages,
    finding.pages,
    subscribing.pages,
    contributing.pages,
    reference.pages,
    report.pages,
    notices.pages,
    offline.pages,
    mine.pages,
)
"""What yields the pages of each sort."""


def plan(library: Library) -> Plan:
    """Every page of a site. Nothing is drawn yet."""
    compiled = chain.from_iterable(pages(library) for pages in SORTS)
    return join(compiled, library.authored)


@dataclass(frozen=True, eq=False, kw_only=True)
class PageFile:
    """The file of a page: drawn when it is asked for, once.

    Attributes:
        shown: its blocks.
        tr: for the words of its blocks; one that tells them apart where the site's language is
            not ours.
    """

    page: Page
    shown: Mapping[str, Block]
    library: Library
    tr: Translator
    gallery: Gallery

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """The inputs of its blocks, by name."""
        return {name: one.make() for name, one in self.shown.items()}

    @cached_property
    def drawn(self) -> Mapping[str, str]:
        """Its blocks, by name."""
        address, tongue = self.page.address, self.library.settings.tongue
        found = {}
        for name, one in self.shown.items():
            markup = draw_given(one.template, self.given[name], address, self.tr, tongue)
            found[name] = framed(markup, address, self.gallery)
        return found

    def told(
        self,
    ) -> tuple[object, Sequence[FeedLink], Mapping[str, str], Mapping[str, Any]]:
        """All that its text is made from, but for what is the same for the whole site: its head,
        the feeds that it names, and by the name of each block its template and input."""
        page = self.page
        head = (page.address, page.title, page.description, page.searchable, dict(page.extra))
        templates = {name: one.template for name, one in self.shown.items()}
        return head, _feeds(page, self.library), templates, self.given

    def head(self) -> str:
        """Its front matter, for which nothing is drawn."""
        return _write(self.page, dict.fromkeys(self.shown, ""), self.library)

    def blocks(self) -> tuple[str, ...]:
        """Those of a page of several parts, which the engine puts together."""
        return tuple(self.drawn.values())

    def octets(self) -> bytes:
        return _write(self.page, self.drawn, self.library).encode()

    def at(self, now: datetime) -> PageFile:
        """The same page at another instant, of which nothing is made yet."""
        library = replace(self.library, now=now)
        telling = replace(library, tr=self.tr)
        shown = plan(telling).pages[self.page.address].blocks
        telling.forget()
        return replace(self, shown=shown, library=library)

    def forget(self) -> None:
        """Let go of what was drawn."""
        for name in ("given", "drawn"):
            vars(self).pop(name, None)


def place(planned: Plan, library: Library, gallery: Gallery, tree: Tree) -> None:
    """Put every page of a plan into a tree, and the data that scripts read."""
    settings = library.settings
    telling = replace(library, tr=_telling(settings)) if settings.foreign else library
    shown = plan(telling) if settings.foreign else planned
    for page in planned:
        blocks = shown.pages[page.address].blocks
        file = PageFile(page=page, shown=blocks, library=library, tr=telling.tr, gallery=gallery)
        whole = page.authored is None and len(blocks) == 1
        info = PageInfo(
            source=page.source,
            changed=page.changed,
            parent=planned.above(page),
            generated=bool(page.blocks),
            block=whole,
            blocks=tuple if whole else file.blocks,
        )
        tree.add_page(page.path, file, info)
    data: Iterator[tuple[str, Leaf]] = chain(
        agenda.files(library),
        strip.files(library),
        journey.files(library),
        report.files(library),
    )
    for path, leaf in data:
        tree.add(path, leaf)


def _telling(settings: Settings) -> Telling:
    return Telling(settings.language, own_names(settings) | BLANK_WORDS)


def own_titles(library: Library) -> frozenset[str]:
    """Addresses of the pages whose titles are words of Parcours, in a site of another language."""
    settings = library.settings
    if not settings.foreign:
        return frozenset()
    pages = plan(replace(library, tr=_telling(settings)))
    names = own_names(settings)
    return frozenset(one.address for one in pages if is_own(one.title) or one.title in names)


def _write(page: Page, drawn: Mapping[str, str], library: Library) -> str:
    """A page as Markdown with front matter.

    Args:
        drawn: its blocks, by name.
    """
    feeds = _feeds(page, library)
    if page.authored is not None:
        return merge(page.authored, drawn, feeds) if drawn else authored_page(page.authored)
    return write_page(
        "\n\n".join(drawn.values()),
        title=page.title,
        description=page.description,
        feeds=feeds,
        searchable=page.searchable,
        extra=page.extra,
    )


def _feeds(page: Page, library: Library) -> list[FeedLink]:
    found = library.feed_links(page.selections)
    if page.calendar and library.settings.feeds:
        found.append(page.calendar)
    return found
