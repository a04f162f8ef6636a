"""Pages that are kept as they were rendered, under a name made from all that they show.

A page is one compiled block. Its template reads its input alone, and the theme's reads the page,
the configuration, and of other pages those of the menu and those above it. So its name is made from
the input; from what the engine is told of the page; and from what all pages share: this package and
what is installed, the configuration, the menu, the pictures. Whatever else a template asks for has
no place here: a page that reads the list of all pages is drawn by the engine (`rendering`).
"""

from __future__ import annotations

import hashlib
import json
import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from ..assembly import Compiled
from ..pages.site import PageFile
from ..store import NoStore, Store
from .edition import edition, plain

REVISION = 2
"""Raised when what is kept, or what names it, means something else."""

SHORT = 12
"""Digits of a digest that tell it apart well enough to be spoken of."""

_FAST = 1
"""Of zlib: more takes longer than it saves."""


class Leaves:
    """The pages of a site that are kept.

    Attributes:
        keeps: whether there is anything that keeps them.
        known: by path in the tree, the parts of pages whose names were asked for, told in short.
    """

    def __init__(
        self,
        store: Store,
        config: MkDocsConfig,
        nav: Navigation,
        compiled: Compiled,
        *,
        serving: bool,
    ) -> None:
        self.keeps = not isinstance(store, NoStore)
        self._store = store
        self._config = config
        self._nav = nav
        self._compiled = compiled
        self._serving = serving
        self.known: dict[str, dict[str, str]] = {}

    def key(self, page: Page, file: PageFile) -> str:
        """The name of a page as it would be rendered."""
        parts = self.parts(page, file)
        self.known[page.file.src_uri] = {name: one[:SHORT] for name, one in parts.items()}
        return name_of(parts)

    def parts(self, page: Page, file: PageFile) -> dict[str, str]:
        """What a page is made from, part by part: a digest of each.

        What goes into a template has a part for each of its names: ``event.html hosts``.
        """
        above: list[tuple[object, str]] = []
        parent = page.parent
        while parent is not None:
            above.append((parent.title, getattr(parent, "url", "")))
            parent = parent.parent
        head, feeds, templates, given = file.told()
        place = (page.url, page.canonical_url, page.edit_url, page.update_date, above)
        told: dict[str, object] = {"head": head, "feeds": feeds, "place": place}
        told["blocks"] = [*templates.items()]
        for name, template in templates.items():
            one = given[name]
            told |= {f"{template} {at.name}": getattr(one, at.name) for at in fields(one)}
        found = {name: sha256(pickle.dumps(one, protocol=5)) for name, one in told.items()}
        return {**found, **self._shared}

    def note(self, known: Iterable[Mapping[str, Mapping[str, str]]]) -> None:
        """Keep what pages were made from, part by part, to tell why one is made again."""
        whole = {path: parts for one in known for path, parts in sorted(one.items())}
        self._store.put(self._notes, json.dumps(whole, sort_keys=True).encode())

    def noted(self) -> Mapping[str, Mapping[str, str]]:
        """What pages were made from the last time, part by part; nothing where nobody knows."""
        try:
            found = json.loads(self._store.get(self._notes) or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, Mapping) else {}

    def has(self, key: str) -> bool:
        """Whether a page is kept; it may be damaged."""
        return self._store.has(key)

    @property
    def _notes(self) -> str:
        return sha256(f"leaves {REVISION} {self._config.config_file_path} {self._serving}".encode())

    def get(self, key: str) -> bytes | None:
        """A page as it was rendered; None where it is not kept."""
        found = self._store.get(key)
        return None if found is None else zlib.decompress(found)

    def put(self, key: str, rendered: bytes) -> None:
        """Keep a page."""
        self._store.put(key, zlib.compress(rendered, _FAST))

    @cached_property
    def _shared(self) -> Mapping[str, str]:
        """What all pages of the site share, part by part: a digest of each."""
        config, settings = self._config, self._compiled.community.settings
        said = {key: config[key] for key in config if key not in _ELSEWHERE}
        plugins = {name: dict(plugin.config) for name, plugin in config.plugins.items()}
        theme = {key: config.theme[key] for key in config.theme}
        gallery = sorted(self._compiled.gallery.items())
        told: dict[str, Sequence[object]] = {
            "package": [REVISION, edition()],
            "configuration": [repr(settings), *map(plain, (said, plugins, theme)), self._serving],
            "menu": [*_menu(self._nav.items)],
            "pictures": [repr(gallery)],
        }
        return {
            name: sha256("\0".join(map(str, one)).encode("utf-8", "surrogatepass"))
            for name, one in told.items()
        }


def name_of(parts: Mapping[str, str]) -> str:
    """The name of what is made from so many parts."""
    return sha256(json.dumps(parts, sort_keys=True).encode())


def sha256(data: bytes) -> str:
    """The digest of octets, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


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
