"""A Markdown page: front matter that no title can break out of, and its blocks.

Themes of the engine print titles and descriptions raw (and once through ``striptags``, which
brings escaped tags back to life): so they are escaped here, once, for every place.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BREAKS = re.compile(r"[ \t\r\n\x0b\x0c\u0085\u2028\u2029]+")


@dataclass(frozen=True)
class FeedLink:
    """An entry of ``<link rel="alternate">``; *href* is relative to the site's root."""

    title: str
    type: str
    href: str


def escape(text: str) -> str:
    """Text for a place where the theme writes it raw; on one line."""
    return html.escape(_BREAKS.sub(" ", text).strip(), quote=True)


def write_page(
    body: str,
    *,
    title: str,
    description: str = "",
    feeds: Sequence[FeedLink] = (),
    hide: Sequence[str] = ("navigation", "toc"),
    searchable: bool = True,
    extra: Mapping[str, object] | None = None,
) -> str:
    """A page with its front matter, written as JSON values, which are YAML too.

    Args:
        extra: more front matter, of an authored page; what is written here comes first.
    """
    meta: dict[str, object] = {"title": escape(title)}
    if description:
        meta["description"] = escape(description)
    if feeds:
        meta["feeds"] = [{"title": escape(f.title), "type": f.type, "href": f.href} for f in feeds]
    if hide:
        meta["hide"] = list(hide)
    if not searchable:
        meta["search"] = {"exclude": True}
    for key, value in (extra or {}).items():
        meta.setdefault(key, value)
    lines = [f"{key}: {_value(value)}" for key, value in meta.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + body.strip("\n") + "\n"


def _value(value: object) -> str:
    """JSON in which no tag stands, for whoever prints or looks through it as it is."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def block(markup: str) -> str:
    """A closed HTML block on one line, which Markdown leaves as it is."""
    return " ".join(part for line in markup.split("\n") if (part := line.strip()))
