"""An article as a terminal shows it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from .article import Article, Part

WIDTH = 80


def printed(article: Article, width: int = WIDTH) -> str:
    """The article in lines of at most *width* characters; what is written stays as it is."""
    return "\n".join(_lines(article, width)) + "\n"


def _lines(article: Article, width: int) -> Iterator[str]:
    known = article.topic.endswith(article.title)
    head = article.title if known else f"{article.topic} · {article.title}".removeprefix(" · ")
    yield from textwrap.wrap(head, width) or [""]
    yield ""
    yield from textwrap.wrap(article.lead.replace("`", ""), width)
    for part in article.parts:
        yield ""
        yield from _part(part, width)


def _part(part: Part, width: int) -> Iterator[str]:
    head = " · ".join(text for text in (part.heading, part.file) if text)
    if head:
        yield head
    indent = "  " if head else ""
    column = min(max((len(row.word) for row in part.rows), default=0) + 2, width // 3)
    for row in part.rows:
        yield from _row(row.word, row.text.replace("`", ""), indent, column, width)
    if part.code:
        yield textwrap.indent(part.code, "    ")


def _row(word: str, text: str, indent: str, column: int, width: int) -> Iterator[str]:
    start = f"{indent}{word}"
    if not text:
        yield start
        return
    if len(word) + 2 > column:
        yield start
        start = ""
    yield from textwrap.wrap(
        text,
        width,
        initial_indent=start.ljust(len(indent) + column),
        subsequent_indent=" " * (len(indent) + column),
    )
