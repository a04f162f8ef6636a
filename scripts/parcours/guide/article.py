"""The form of what is explained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A word of the sources, and what is said of it.

    Attributes:
        topic: what explains the word further, as `Article.topic`; "" for nothing.
    """

    word: str
    text: str
    topic: str = ""


@dataclass(frozen=True)
class Part:
    """A part of an article: words with what is said of them, text as it is written, or both.

    Attributes:
        code: "" for none.
        file: in which the code stands; "" for none.
    """

    heading: str
    rows: tuple[Row, ...] = ()
    code: str = ""
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Article:
    """What there is to know of one thing.

    Attributes:
        topic: what it is about, as it is asked for; unique among articles.
        title: of a page.
        lead: a sentence or two; what stands between backticks is as it is written in sources.
    """

    topic: str
    title: str
    lead: str
    parts: tuple[Part, ...] = ()
