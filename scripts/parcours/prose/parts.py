"""The headings and paragraphs of HTML, each with its text and the id to which a link leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from ..letters import parted

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    ]
)
_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "iframe", "object"})
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, an item of a list, a cell.

    Attributes:
        tag: its element's.
        anchor: its id; "" for none.
        text: on one line.
    """

    tag: str
    anchor: str
    text: str

    @property
    def is_heading(self) -> bool:
        return self.tag in HEADINGS


def parts(tree: html.HtmlElement) -> Iterator[Part]:
    """The parts of a tree in order, without those that have no text."""
    text: list[str] = []
    for part in _walk(tree, text):
        if part.text:
            yield part
    last = _said(tree, text)
    if last.text:
        yield last


def _walk(element: html.HtmlElement, text: list[str]) -> Iterator[Part]:
    """What ends within an element; *text* holds what has begun."""
    text.append(element.text or "")
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        classes = child.get("class", "") if tag else ""
        # The marks beside headings and footnotes are no words.
        silent = not tag or tag in _SILENT or "headerlink" in classes or "backref" in classes
        if silent:
            pass
        elif tag in _INLINE:
            text.append(" " if tag == "br" else child.get("alt", "") if tag == "img" else "")
            yield from _walk(child, text)
        else:
            yield _said(element, text)
            yield from _walk(child, text)
            yield _said(child, text)
        text.append(child.tail or "")


def _said(element: html.HtmlElement, text: list[str]) -> Part:
    said = parted(_SPACE.sub(" ", "".join(text)).strip())
    text.clear()
    return Part(str(element.tag), element.get("id") or "", said)
