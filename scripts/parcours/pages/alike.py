"""Rows that differ in their words alone: drawn once for each form, then filled in.

A month holds a thousand rows that are the same but for a title, an address and a time. What decides
how one is drawn is its form: which of its words there are, and those values of it that no reader
sees as they are (`Alike.decides`). A form is drawn with holes for the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar

from markupsafe import Markup, escape

_HOLE = re.compile("\ufdd6([0-9]+)\ufdd7")
_END = "\ufdd7"
"""Noncharacters (Unicode, section 23.7), which no text may hold."""


@dataclass(frozen=True, eq=False)
class Alike:
    """What is drawn by its form.

    Attributes:
        decides: names of its texts that templates do more with than write them, or link to them.
    """

    decides: ClassVar[frozenset[str]] = frozenset()


_Formed = tuple[Hashable, list[str]]
"""The form of a thing, and its words."""


@dataclass
class Rows:
    """What a page draws in rows.

    Attributes:
        forms: those that it has drawn: each as what stands around its words, and their numbers.
    """

    forms: dict[Hashable, tuple[list[str], list[int]]] = field(default_factory=dict)
    _formed: dict[int, tuple[Alike, _Formed]] = field(default_factory=dict)

    def each(self, macro: Callable[..., str], things: Iterable[Alike], *more: Hashable) -> Markup:
        """What a macro draws of each thing, one after the other.

        Args:
            more: what else the macro is given.
        """
        return Markup("".join(self._drawn(macro, thing, more) for thing in things))

    def _drawn(self, macro: Callable[..., str], thing: Alike, more: tuple[Hashable, ...]) -> str:
        its, words = self._form(thing)
        key = (macro, more, its)
        form = self.forms.get(key)
        if form is None:
            holes = (f"\ufdd6{n}\ufdd7" if word else "" for n, word in enumerate(words))
            parts = _HOLE.split(macro(_holed(thing, holes), *more))
            form = self.forms[key] = (parts, list(map(int, parts[1::2])))
        parts, numbers = form
        drawn = parts.copy()
        drawn[1::2] = _escaped([words[n] for n in numbers])
        return "".join(drawn)

    def _form(self, thing: Alike) -> _Formed:
        """The form of a thing, which may stand in several rows of a page."""
        known = self._formed.get(id(thing))
        if known is not None:
            return known[1]
        found: list[Hashable] = []
        words: list[str] = []
        names, values = _fields(type(thing))  # type: ignore[arg-type] # classes have hashes
        for (_, decides), value in zip(names, values(thing), strict=True):
            if isinstance(value, str) and not decides:
                words.append(value)
                found.append(not value)
            elif isinstance(value, Alike):
                form, its = self._form(value)
                words += its
                found.append(form)
            else:
                found.append(value)
        formed = tuple(found), words
        self._formed[id(thing)] = thing, formed
        return formed


def _escaped(words: list[str]) -> list[str]:
    """Words as HTML; all at once, if none is HTML by itself: they are many, and short."""
    if set(map(type, words)) != {str}:
        return [escape(word) for word in words]
    return str(escape(_END.join(words))).split(_END)


@cache
def _fields(kind: type[Alike]) -> tuple[Sequence[tuple[str, bool]], Callable[[Alike], Any]]:
    """The fields of a class of things, of which there are several, and whether each decides how it
    is drawn; and what reads them all of a thing."""
    names = [one.name for one in fields(kind)]
    return [(name, name in kind.decides) for name in names], attrgetter(*names)


def _holed(thing: Alike, holes: Iterator[str]) -> Alike:
    """A thing with holes for its words, in their order."""
    said: dict[str, object] = {}
    names, values = _fields(type(thing))  # type: ignore[arg-type] # classes have hashes
    for (name, decides), value in zip(names, values(thing), strict=True):
        if isinstance(value, str) and not decides:
            said[name] = next(holes)
        elif isinstance(value, Alike):
            said[name] = _holed(value, holes)
    return replace(thing, **said)
