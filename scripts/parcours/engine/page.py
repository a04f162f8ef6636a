"""Compiled pages and files in the engine: pages are HTML already, calendars share their parts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from functools import partial
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_relative_url

from ..prose.passive import passive
from ..prose.typography import typeset, typeset_html
from ..tree import Leaf, Made, PageInfo, Parts, content


class CompiledPage(Page):
    """A page whose Markdown is one closed HTML block, which Markdown would only copy.

    From its reading to its rendering other plugins see neither its text nor its title: some take
    what they see for a template of theirs, and it holds what anyone may have written. Rendered by
    plain MkDocs, the same page of the Tree has the same content; a test compares them.
    """

    _block: str | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the page, and hide it."""
        super().read_source(config)
        self._block, self.markdown = self.markdown, ""
        # A name that the menu gives it is the maintainers' own.
        vars(self).setdefault("title", "")

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the block as it is: a third of the time of a page goes into copying it."""
        if self._block is None:
            raise RuntimeError("`markdown` field hasn't been set (via `read_source`)")
        if not vars(self)["title"]:
            del self.title
        block, self._block = self._block, None  # of a thousand pages, none is held
        self.markdown, self.content = block, block.strip("\n")
        self.toc = TableOfContents([])
        self.present_anchor_ids = set()
        self.links_to_anchors = {}


class MergedPage(Page):
    """A page of several parts, some of which are compiled blocks; other plugins see none of these.

    Attributes:
        made: draws its blocks, as they stand in its Markdown.
    """

    made: Callable[[], tuple[str, ...]] = tuple

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the page, with a comment instead of each block."""
        super().read_source(config)
        for n, block in enumerate(self.made()):
            self.markdown = (self.markdown or "").replace(block, _stand_in(n), 1)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Put the blocks back, and render the page."""
        for n, block in enumerate(self.made()):
            self.markdown = (self.markdown or "").replace(_stand_in(n), block, 1)
        super().render(config, files)


def _stand_in(n: int) -> str:
    return f"<!-- parcours-block {n} -->"


def take_over(page: Page, info: PageInfo) -> None:
    """Make a page that the engine or another plugin made, and put into a menu, one of ours."""
    if info.block:
        page.__class__ = _both(CompiledPage, type(page))
    elif info.generated:
        page.__class__ = _both(MergedPage, type(page))
        assert isinstance(page, MergedPage)
        page.made = info.blocks


def _both(ours: type[Page], theirs: type[Page]) -> type[Page]:
    """A page of ours that stays what it is to the plugin that made it."""
    if issubclass(ours, theirs):
        return ours
    return theirs if issubclass(theirs, ours) else type(ours.__name__, (ours, theirs), {})


class LeafFile(File):
    """A file whose content is joined, or made, each time it is asked for, and not kept.

    An event is in a dozen calendars: kept whole, they would hold its entry as many times.
    """

    leaf: Parts | Made = ()

    @property
    def _content(self) -> bytes:
        return content(self.leaf)

    @_content.setter
    def _content(self, data: bytes) -> None:
        self.leaf = (data,)


def engine_file(config: MkDocsConfig, path: str, leaf: Leaf) -> File:
    """A leaf of the Tree as a file of the engine."""
    if isinstance(leaf, bytes):
        return File.generated(config, path, content=leaf)
    if isinstance(leaf, Path):
        return File.generated(config, path, abs_src_path=str(leaf))
    file = LeafFile.generated(config, path, content=b"")
    assert isinstance(file, LeafFile)
    file.leaf = leaf
    return file


_SOURCES = re.compile(
    r"<(?:a|img|video|audio|source|track)\b(?:[^<>\"]|\"[^<\"]*+\")*+>", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?<![\w-])(href|src|poster|srcset)=\"([^\"]*+)\"")


def lead_to_sources(markup: str, source: str, url: str, files: Files) -> str:
    """What tags that stand in a page as HTML name by its path, as Markdown does, at its address.

    The engine sees to the links of Markdown alone; a forge, and `check`, read both alike.

    Args:
        source: the file that somebody wrote, in docs_dir.
        url: of the page that shows it.
    """
    lead = partial(_lead, source=source, url=url, files=files)
    return _SOURCES.sub(lambda tag: _ADDRESS.sub(lead, tag[0]), markup)


def _lead(found: re.Match[str], *, source: str, url: str, files: Files) -> str:
    name, value = found[1], unescape(found[2])
    if name == "srcset":
        parts = [one.split(None, 1) for one in value.split(",") if one.strip()]
        led = ", ".join(
            " ".join([_led(one[0], source, url, files), *one[1:]]).strip() for one in parts
        )
    else:
        led = _led(value, source, url, files)
    return found[0] if led == value else f'{name}="{escape(led)}"'


def _led(link: str, source: str, url: str, files: Files) -> str:
    try:
        said = urlsplit(link)
    except ValueError:
        return link
    if said.scheme or said.netloc or not said.path or said.path.startswith("/"):
        return link
    path = unquote(said.path)
    named = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    file = files.get_file_from_path(named)
    if file is None or file.inclusion.is_excluded():
        return link
    address = posixpath.normpath(posixpath.join(posixpath.dirname(url), path))
    if any(posixpath.normpath(unquote(one.url)) == address for one in files):
        return link
    return urlunsplit(("", "", get_relative_url(file.url, url), said.query, said.fragment))


def shield_contents(contents: Iterable[AnchorLink]) -> None:
    """A table of contents whose names and titles the theme may print raw, as it does."""
    for link in contents:
        link.id = escape(link.id)
        link.title = passive(link.title).markup
        shield_contents(link.children)


def escape_sections(items: Iterable[StructureItem]) -> None:
    """Names of folders as the theme may print them raw, where they are the menu."""
    for item in items:
        if item.is_section and isinstance(item.title, str):
            item.title = escape(item.title)
        escape_sections(getattr(item, "children", None) or ())


def typeset_contents(contents: Iterable[AnchorLink]) -> None:
    """French typography for a table of contents, which holds HTML."""
    for link in contents:
        link.title = typeset_html(link.title, superscript=False)
        typeset_contents(link.children)


def typeset_titles(items: Iterable[StructureItem]) -> None:
    """French typography for the menu, as far as the configuration names its entries."""
    for item in items:
        # A page without a name there takes its own, once it is read.
        if isinstance(item.title, str):
            item.title = typeset(item.title)
        typeset_titles(getattr(item, "children", None) or ())


def rendered(path: str) -> str:
    """The file that the engine writes for a page of the tree."""
    folder, slash, name = path.removesuffix(".md").rpartition("/")
    return f"{folder}{slash}{'' if name in {'index', 'README'} else f'{name}/'}index.html"
