"""A page before it is text: a value that says where it stands and what is drawn on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..model.authored import Authored
from ..model.feeds import Selection
from ..tree import page_path
from .drawing import Block
from .frontmatter import FeedLink


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the plan. Nothing of it is drawn before it is placed.

    Attributes:
        address: relative to the site's root, ending with a slash; "" for the home page.
        title: as people read it, not escaped.
        parent: address of the page above it; None for one that may stand in the menu.
        source: the file to edit, relative to the site's folder; None where nobody wrote one.
        changed: Unix seconds of the last change of what it shows.
        selections: whose feeds its head names.
        calendar: one of its own, named in its head too.
        blocks: what is drawn on it, by the name of its marker in an authored page.
        waiting: names of blocks that have nothing to show yet.
        searchable: whether the search index holds it.
        extra: more front matter, not escaped.
        authored: what somebody wrote at its address.
    """

    address: str
    title: str = ""
    description: str = ""
    parent: str | None = None
    source: str | None = None
    changed: int
    selections: tuple[Selection, ...] = ()
    calendar: FeedLink | None = None
    blocks: Mapping[str, Block] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    searchable: bool = True
    extra: Mapping[str, object] = field(default_factory=dict)
    authored: Authored | None = None

    @property
    def path(self) -> str:
        """Its file in the tree."""
        return self.authored.path if self.authored else page_path(self.address)


@dataclass(frozen=True)
class Plan:
    """Every page of a site, each at an address of its own.

    Attributes:
        pages: by address.
        doubles: pages that want the address of another, and that other.
    """

    pages: Mapping[str, Page]
    doubles: tuple[tuple[Page, Page], ...] = ()

    def __iter__(self) -> Iterator[Page]:
        return iter(self.pages.values())

    def __contains__(self, address: str) -> bool:
        """Whether a page stands at an address, told with or without slashes at its ends."""
        return _whole(address) in self.pages

    def page(self, address: str) -> Page:
        """The page at an address, told with or without slashes at its ends.

        Raises:
            KeyError: no page stands there.
        """
        return self.pages[_whole(address)]

    def above(self, page: Page) -> str | None:
        """The file in the tree of the page above another; None for one that has none.

        Raises:
            KeyError: the plan has no page at the address of its parent.
        """
        return None if page.parent is None else self.pages[page.parent].path


def _whole(address: str) -> str:
    name = address.strip("/")
    return f"{name}/" if name else ""


def join(pages: Iterable[Page], authored: Mapping[str, Authored]) -> Plan:
    """The plan of compiled pages, and of those that somebody wrote at their addresses or elsewhere.

    Args:
        authored: by address.
    """
    found: dict[str, Page] = {}
    doubles: list[tuple[Page, Page]] = []
    for page in pages:
        other = found.setdefault(page.address, page)
        if other is not page:
            doubles.append((page, other))
    for address, written in sorted(authored.items()):
        compiled = found.get(address)
        if compiled is None:
            found[address] = _alone(written)
        elif compiled.source is None:
            found[address] = _within(written, compiled)
        else:
            doubles.append((_alone(written), compiled))
    return Plan(found, tuple(doubles))


def _alone(written: Authored) -> Page:
    return Page(
        address=written.address,
        title=written.title,
        description=written.description,
        source=written.source,
        changed=written.changed,
        authored=written,
    )


def _within(written: Authored, compiled: Page) -> Page:
    """The page that somebody wrote, with what is compiled at its address."""
    return replace(
        compiled,
        title=written.title,
        description=written.description,
        source=written.source,
        changed=max(compiled.changed, written.changed),
        authored=written,
    )
