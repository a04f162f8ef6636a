"""What is said in another language than the page: it brings its own wherever it stands.

A template writes such a text as it writes any other, and gets an element that says its language
(`lang`; WCAG 2.2, 3.1.2). In an attribute, which holds none, it stands as ``|plain``.
"""

from __future__ import annotations

from markupsafe import Markup

from ..model.community import Course, Event, Post
from ..model.languages import foreign
from .library import Library


class Quoted(str):
    """A text, and its language as a tag of BCP 47."""

    lang: str

    def __new__(cls, text: str, lang: str) -> Quoted:
        """The text itself; *lang* is not the page's."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override] # what made it
        return str(self), self.lang

    def __html__(self) -> Markup:
        """As templates write it."""
        return Markup('<span lang="{}">{}</span>').format(self.lang, str(self))


def in_tongue(text: str, thing: Event | Course | Post, library: Library) -> str:
    """A text of something, which says its language where that is not the site's."""
    other = foreign(thing, library.settings)
    return Quoted(text, other) if text and other else text


def titled(thing: Event | Course | Post, library: Library) -> str:
    """Its title, likewise."""
    return in_tongue(thing.title, thing, library)
