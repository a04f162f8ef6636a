"""Authored pages: their prose as it is, with compiled blocks at its markers or after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..i18n import Translator
from ..model.authored import Authored
from ..prose import typography
from .frontmatter import FeedLink, escape, write_page

_MARKER = re.compile(r"^[ \t]*<!--\s*parcours:(\w+)\s*-->[ \t]*$", re.MULTILINE)


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
