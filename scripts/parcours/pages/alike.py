"""Rows that differ in their words alone: drawn once for each form, then filled in.

A month holds a thousand rows that are the same but for a title, an address and a time. What decides
how one is drawn is its form: which of its words there are, and those values of it that no reader
sees as they are (`Alike.decides`). A form is drawn with holes for the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import ClassVar

from markupsafe import Markup, escape

_HOLE = re.compile("\ufdd6([0-9]+)\ufdd7")
"""Noncharacters (Unicode, section 23.7), which no text may hold."""


@dataclass(frozen=True, eq=False)
class Alike:
    """What is drawn by its form.

    Attributes:
        decides: names of its texts that templates do more with than write them, or link to them.
    """

    decides: ClassVar[frozenset[str]] = frozenset()


@dataclass
class Rows:
    """The forms that a page has drawn: each as what stands around its words, and their numbers."""

    forms: dict[Hashable, tuple[list[str], list[int]]] = field(default_factory=dict)

    def each(self, macro: Callable[..., str], things: Iterable[Alike], *more: Hashable) -> Markup:
        """What a macro draws of each thing, one after the other.

        Args:
            more: what else the macro is given.
        """
        return Markup("".join(self._drawn(macro, thing, more) for thing in things))

    def _drawn(self, macro: Callable[..., str], thing: Alike, more: tuple[Hashable, ...]) -> str:
        words: list[str] = []
        key = (macro, more, _form(thing, words))
        form = self.forms.get(key)
        if form is None:
            holes = (f"\ufdd6{n}\ufdd7" if word else "" for n, word in enumerate(words))
            parts = _HOLE.split(macro(_holed(thing, holes), *more))
            form = self.forms[key] = (parts, list(map(int, parts[1::2])))
        drawn = form[0].copy()
        drawn[1::2] = [escape(words[n]) for n in form[1]]
        return "".join(drawn)


@cache
def _fields(kind: type[Alike]) -> tuple[tuple[str, bool], ...]:
    """The fields of a class of things, and whether each decides how it is drawn."""
    return tuple((one.name, one.name in kind.decides) for one in fields(kind))


def _form(thing: Alike, words: list[str]) -> Hashable:
    """The form of a thing; its words are added to *words*."""
    found: list[Hashable] = []
    for name, decides in _fields(type(thing)):  # type: ignore[arg-type] # classes have hashes
        value = getattr(thing, name)
        if isinstance(value, str) and not decides:
            words.append(value)
            value = not value
        elif isinstance(value, Alike):
            value = _form(value, words)
        found.append(value)
    return tuple(found)


def _holed(thing: Alike, holes: Iterator[str]) -> Alike:
    """A thing with holes for its words, in their order."""
    said: dict[str, object] = {}
    for name, decides in _fields(type(thing)):  # type: ignore[arg-type] # classes have hashes
        value = getattr(thing, name)
        if isinstance(value, str) and not decides:
            said[name] = next(holes)
        elif isinstance(value, Alike):
            said[name] = _holed(value, holes)
    return replace(thing, **said)
