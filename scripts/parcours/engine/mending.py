"""Faults of the theme's HTML, mended in the rendered page.

Each has a name and a test that finds it in the theme as it is: once the theme has mended it, the
test tells, and the entry can go. Overriding the theme's templates instead would freeze copies.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from urllib.parse import urlsplit

_SPEAKS = re.compile(r"(<html lang=)\"[^\"]*\"")
# To the end of the text, where a tag has none: what failed is never read again.
_LINK = re.compile(r"<a\b((?:[^>\"]|\"[^\"]*+(?:\"|\Z))*+)(?:>|\Z)", re.I)
_HREF = re.compile(r"\bhref=\"(https?://[^\"]*)\"", re.I)
_REL = re.compile(r"\brel=\"([^\"]*)\"", re.I)


@dataclass(frozen=True)
class Words:
    """Texts that the theme lacks, in the language of the site.

    Attributes:
        search: the name of the search dialog.
        skip: the link that leads past the header.
    """

    search: str
    skip: str


@dataclass(frozen=True)
class Fault:
    """A fault of the theme.

    Attributes:
        pattern: finds it in a page.
        mend: what stands there instead, given the site's words and what was found.
        unless: what a page without the fault holds; "" where nothing tells.
    """

    name: str
    pattern: re.Pattern[str]
    mend: Callable[[Words, re.Match[str]], str]
    unless: str = ""

    def mended(self, page: str, words: Words) -> str:
        """A page without the fault."""
        if self.unless and self.unless in page:
            return page
        return self.pattern.sub(partial(self.mend, words), page)


_TEXT = "<article "

CONTENT = "pc-content"
"""The id of a page's text, for the link that leads past the header."""


def _without(words: Words, found: re.Match[str]) -> str:
    return found[1]


def _skip(words: Words, found: re.Match[str]) -> str:
    link = f'<a href="#{CONTENT}" class="md-skip">{escape(words.skip)}</a>'
    return f'{found[1]}{link}{found[2]} id="{CONTENT}" tabindex="-1"'


FAULTS = (
    Fault(
        "autocomplete on a checkbox (HTML: only on controls that hold text)",
        re.compile(r"(<input\b(?=[^<>]* type=\"checkbox\")[^<>]*?) autocomplete=\"off\"(?=[ >])"),
        _without,
    ),
    Fault(
        "an empty tabindex (HTML: an integer)",
        re.compile(r"(<label\b[^<>]*?) tabindex=\"\"(?=[ >])"),
        _without,
    ),
    Fault(
        "a label for a control that pages outside the menu lack (HTML: the id of a control)",
        re.compile(r"\A(.*?<label class=\"md-nav__title\") for=\"__toc\"", re.DOTALL),
        _without,
        unless='id="__toc"',
    ),
    Fault(
        "the search dialog has no name (WCAG 4.1.2)",
        re.compile(r"(data-md-component=\"search\" role=\"dialog\")(?=>)"),
        lambda words, found: f'{found[1]} aria-label="{escape(words.search)}"',
    ),
    Fault(
        "pages without headings in the table of contents have no skip link (WCAG 2.4.1)",
        re.compile(
            r"\A((?>.*?<div data-md-component=\"skip\">))(?=\s*+</div>)((?>.*?<article(?= )))",
            re.DOTALL,
        ),
        _skip,
    ),
)


def mend(page: str, words: Words) -> str:
    """A page of the theme without its known faults: all of them stand before its text."""
    begins = page.find(_TEXT) + len(_TEXT)
    if begins < len(_TEXT):
        begins = len(page)
    head = page[:begins]
    for fault in FAULTS:
        head = fault.mended(head, words)
    return head + page[begins:]


def tell_language(page: str, tag: str) -> str:
    """The page in the language that the configuration names, of a region too: « pt-BR »."""
    return _SPEAKS.sub(lambda found: f'{found[1]}"{escape(tag)}"', page, count=1)


def shield_links(page: str, site_url: str) -> str:
    """Links to other hosts carry ``rel="noopener"``, whoever wrote them."""
    host = urlsplit(site_url).netloc

    def shield(found: re.Match[str]) -> str:
        # Most lead to pages of the site itself.
        href = _HREF.search(found[1]) if "://" in found[1] else None
        if href is None or urlsplit(href[1]).netloc == host:
            return found[0]
        rel = _REL.search(found[1])
        if rel is None:
            return f'<a{found[1]} rel="noopener">'
        if {"noopener", "noreferrer"} & set(rel[1].split()):
            return found[0]
        more = f'rel="{rel[1]} noopener"'
        return f"<a{found[1][: rel.start()]}{more}{found[1][rel.end() :]}>"

    return _LINK.sub(shield, page)
