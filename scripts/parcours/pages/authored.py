"""Authored pages: their prose as it is, with compiled blocks at its markers or after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..i18n import Translator
from ..model.authored import Authored, without_code
from ..prose import typography
from .frontmatter import FeedLink, escape, write_page

_MARKER = re.compile(r"^[ \t]*<!--\s*parcours:(\w+)\s*-->[ \t]*$", re.MULTILINE)
_LIKE_MARKER = re.compile(r"<!--\s{0,40}(parcours?\b[^<>\n]{0,80}?)\s{0,40}-->", re.IGNORECASE)


@dataclass(frozen=True)
class Marker:
    """What looks like the marker of a block.

    Attributes:
        at: where it begins in the body.
        name: of the block that it brings; "" where it brings none, whatever its name.
        said: as it is written.
    """

    at: int
    name: str
    said: str


def markers(body: str) -> list[Marker]:
    """Every marker of a text, and every comment that was meant to be one; none within code."""
    text = without_code(body)
    right = {one.start(1): one[1] for one in _MARKER.finditer(text)}
    names = {text.rfind("<!--", 0, at): name for at, name in right.items()}
    return [
        Marker(one.start(), names.get(one.start(), ""), one[1])
        for one in _LIKE_MARKER.finditer(text)
    ]


def typeset(page: Authored, tr: Translator) -> Authored:
    """The page with its title and description in the typography of the site's language."""
    if tr.language != "fr":
        return page
    said = {"title": page.title, "description": page.description}
    words = {key: typography.typeset(text) for key, text in said.items() if text}
    return replace(page, meta={**page.meta, **words})


def authored_page(page: Authored, feeds: Sequence[FeedLink] = (), body: str | None = None) -> str:
    """The page with its front matter made safe for the theme."""
    return write_page(
        page.body if body is None else body,
        title=page.title,
        description=page.description,
        feeds=feeds,
        hide=(),
        extra={key: _escaped(value) for key, value in page.meta.items()},
    )


def _escaped(value: object) -> object:
    """Every text of a front matter, since themes print it raw."""
    if isinstance(value, list):
        return [_escaped(one) for one in value]
    return escape(value) if isinstance(value, str) else value


def merge(page: Authored, blocks: Mapping[str, str], feeds: Sequence[FeedLink]) -> str:
    """Compiled blocks at the page's markers; those without a marker follow it."""
    rest = dict(blocks)

    def put(found: re.Match[str]) -> str:
        return f"\n{rest.pop(found[1], '')}\n"

    body = _MARKER.sub(put, page.body)
    body = "\n\n".join([body.rstrip(), *rest.values()])
    meta = dict(page.meta)
    meta.setdefault("hide", ["navigation", "toc"])
    return authored_page(replace(page, meta=meta), feeds, body)
