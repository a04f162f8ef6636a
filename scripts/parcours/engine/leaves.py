"""Pages that are kept as they were rendered, under a name made from all that they show.

A page is one compiled block. Its template reads its input alone, and the theme's reads the page,
the configuration, and of other pages those of the menu and those above it. So its name is made from
the input; from what the engine is told of the page; and from what all pages share: this package and
what is installed, the configuration, the menu, the pictures. Whatever else a template asks for has
no place here: a page that reads the list of all pages is drawn by the engine (`rendering`).
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Iterable, Iterator
from functools import cached_property

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from ..compile import Compiled
from ..pages.site import PageFile
from ..store import Store
from .edition import edition, plain

REVISION = 1
"""Raised when what is kept, or what names it, means something else."""

_FAST = 1
"""Of zlib: more takes longer than it saves."""


class Leaves:
    """The pages of a site that are kept."""

    def __init__(
        self,
        store: Store,
        config: MkDocsConfig,
        nav: Navigation,
        compiled: Compiled,
        *,
        serving: bool,
    ) -> None:
        self._store = store
        self._config = config
        self._nav = nav
        self._compiled = compiled
        self._serving = serving

    def key(self, page: Page, file: PageFile) -> str:
        """The name of a page as it would be rendered."""
        above: list[tuple[object, str]] = []
        parent = page.parent
        while parent is not None:
            above.append((parent.title, getattr(parent, "url", "")))
            parent = parent.parent
        told = (file.told(), page.url, page.canonical_url, page.edit_url, page.update_date, above)
        whole = hashlib.sha256(self._shared)
        whole.update(pickle.dumps(told, protocol=5))
        return whole.hexdigest()

    def get(self, key: str) -> bytes | None:
        """A page as it was rendered; None where it is not kept."""
        found = self._store.get(key)
        return None if found is None else zlib.decompress(found)

    def put(self, key: str, rendered: bytes) -> None:
        """Keep a page."""
        self._store.put(key, zlib.compress(rendered, _FAST))

    @cached_property
    def _shared(self) -> bytes:
        """What all pages of the site share."""
        config, settings = self._config, self._compiled.community.settings
        said = {key: config[key] for key in config if key not in _ELSEWHERE}
        plugins = {name: dict(plugin.config) for name, plugin in config.plugins.items()}
        theme = {key: config.theme[key] for key in config.theme}
        gallery = sorted(self._compiled.gallery.items())
        told = [REVISION, edition(), repr(settings), repr(gallery), self._serving]
        told += [*map(plain, (said, plugins, theme)), *_menu(self._nav.items)]
        return hashlib.sha256("\0".join(map(str, told)).encode("utf-8", "surrogatepass")).digest()


_ELSEWHERE = frozenset(
    {"config_file_path", "dev_addr", "docs_dir", "hooks", "plugins", "site_dir", "strict", "theme",
     "watch"}
)  # fmt: skip
"""What the configuration says that no page shows, or that is told apart."""


def _menu(items: Iterable[StructureItem]) -> Iterator[object]:
    """The menu as templates show it: titles, addresses, and what its pages say in their heads."""
    for item in items:
        yield from (type(item).__name__, item.title, getattr(item, "url", ""))
        yield plain(getattr(item, "meta", {}))
        yield from _menu(getattr(item, "children", None) or ())
        yield "."
