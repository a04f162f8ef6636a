"""Authored pages: their prose as it is, with compiled blocks at its markers or after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .frontmatter import FeedLink, write_page

_MARKER = re.compile(r"^[ \t]*<!--\s*parcours:(\w+)\s*-->[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_HEADING = re.compile(r"^# +(.+?)(?: +#+)? *$", re.MULTILINE)


@dataclass(frozen=True)
class Authored:
    """A Markdown page that somebody wrote.

    Attributes:
        path: in docs_dir, which is also its path in the tree.
        source: relative to the site's folder.
        meta: its front matter.
        changed: Unix seconds of its last change.
    """

    path: str
    source: str
    body: str
    changed: int
    meta: Mapping[str, object] = field(default_factory=dict)

    @property
    def has_heading(self) -> bool:
        return self._heading is not None

    @property
    def _heading(self) -> str | None:
        fence = _FENCE.search(self.body)
        found = _HEADING.search(self.body[: fence.start()] if fence else self.body)
        return found[1] if found else None

    @property
    def title(self) -> str:
        """What its front matter says, else its heading, else its file's name."""
        said = self.meta.get("title")
        if isinstance(said, str) and said.strip():
            return said
        if self._heading:
            return re.sub(r"[*_`]|\{[^}]*\}|\[([^\]]*)\]\([^)]*\)", r"\1", self._heading)
        return self.path.removesuffix(".md").removesuffix("/index").rpartition("/")[2]

    @property
    def description(self) -> str:
        said = self.meta.get("description")
        return said if isinstance(said, str) else ""


def authored_page(page: Authored, feeds: Sequence[FeedLink] = (), body: str | None = None) -> str:
    """The page with its title and description made safe for the theme."""
    return write_page(
        page.body if body is None else body,
        title=page.title,
        description=page.description,
        feeds=feeds,
        hide=(),
        extra=dict(page.meta),
    )


def merge(page: Authored, blocks: Mapping[str, str], feeds: Sequence[FeedLink]) -> str:
    """Compiled blocks at the page's markers; those without a marker follow it."""
    rest = dict(blocks)

    def put(found: re.Match[str]) -> str:
        return f"\n{rest.pop(found[1], '')}\n"

    body = _MARKER.sub(put, page.body)
    body = "\n\n".join([body.rstrip(), *rest.values()])
    meta = dict(page.meta)
    meta.setdefault("hide", ["navigation", "toc"])
    return authored_page(
        Authored(page.path, page.source, page.body, page.changed, meta), feeds, body
    )
