"""Rows that differ in their words alone: drawn once for each form, then filled in.

A month holds a thousand rows that are the same but for a title, an address and a time. What decides
how one is drawn is its form: which of its words there are, and those values of it that no reader
sees as they are (`Alike.decides`). A form is drawn with holes for the words, and where typography
depends on these, it is looked up for what stands between two elements that part words. Words in
tags, as addresses are, it does not see: they are filled in last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, ClassVar

from markupsafe import Markup, escape

from ..prose.typography import runs, unseen
from .frontmatter import block

_HOLE = re.compile("\ufdd6([0-9]+)\ufdd7")
_END = "\ufdd7"
_STANDS = "pc-rows\ufdd7"
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


Setting = Callable[[str], str]
"""The typography of HTML."""


class _Drawn:
    """A form, and what fills its holes.

    Attributes:
        parts: what stands around its words, with a place for each of what is filled in.
        words: places of those that stand as they are, and their numbers.
        runs: places of texts whose typography their words may change: pieces, and numbers between;
            holes in tags are left in their pieces.
    """

    def __init__(self, form: str, sets: Setting | None) -> None:
        self.parts: list[str] = []
        self.words: list[tuple[int, int]] = []
        self.runs: list[tuple[int, list[str], list[int]]] = []
        self.sets = sets
        form = block(form) if sets else form
        for part, is_text in runs(form) if sets else ((form, False),):
            if sets and is_text:
                pieces, numbers = _parted(part, _seen_holes(part))
                if numbers:
                    self.runs.append((len(self.parts), pieces, numbers))
                    self.parts.append("")
                    continue
                part = sets(part)
            pieces, numbers = _parted(part, _HOLE.finditer(part))
            for piece, number in zip(pieces[::2], numbers, strict=False):
                self.words.append((len(self.parts) + 1, number))
                self.parts += (piece, "")
            self.parts.append(pieces[-1])

    def filled(self, words: list[str]) -> str:
        drawn = self.parts.copy()
        for place, number in self.words:
            drawn[place] = words[number]
        for place, pieces, numbers in self.runs:
            assert self.sets is not None
            run = pieces.copy()
            run[1::2] = [words[number] for number in numbers]
            told, holes = _set(self.sets, "".join(run))
            if holes:
                told = told.copy()
                told[1::2] = [words[number] for number in holes]
            drawn[place] = "".join(told)
        made = "".join(drawn)
        return block(made) if self.sets and "\n" in made else made


_Parted = tuple[list[str], list[int]]
"""A text parted at some of its holes, which are empty, and their numbers."""


def _parted(text: str, holes: Iterable[re.Match[str]]) -> _Parted:
    pieces: list[str] = []
    numbers: list[int] = []
    at = 0
    for hole in holes:
        pieces += (text[at : hole.start()], "")
        numbers.append(int(hole[1]))
        at = hole.end()
    return [*pieces, text[at:]], numbers


def _seen_holes(run: str) -> Iterator[re.Match[str]]:
    """Those whose words the typography sees."""
    kept = [found.span() for found in unseen(run)]
    for hole in _HOLE.finditer(run):
        if not any(first < hole.start() < last for first, last in kept):
            yield hole


@lru_cache(maxsize=10_000)
def _set(sets: Setting, run: str) -> _Parted:
    """A text in its typography, with holes where the words stand that are not seen by it: rows say
    the same again and again, of other addresses and other days."""
    made = sets(run)
    return _parted(made, _HOLE.finditer(made))


class Forms:
    """Forms as they are drawn, for all pages from which the same way leads to the site's root.

    Attributes:
        macros: what draws a thing, by name; it sees nothing of a page but that way.
        sets: the typography of texts; None where they are handed on as they are.
    """

    def __init__(
        self, macros: Mapping[str, Callable[..., str]], sets: Setting | None = None
    ) -> None:
        self.macros, self.sets = macros, sets
        self._drawn: dict[Hashable, _Drawn] = {}

    def drawn(self, name: str, thing: Alike, formed: _Formed, more: tuple[Hashable, ...]) -> str:
        """What a macro draws of a thing, given its form and its words."""
        its, words = formed
        key = (name, more, its)
        form = self._drawn.get(key)
        if form is None:
            if len(self._drawn) >= MOST_FORMS:
                self._drawn.clear()
            holes = (f"\ufdd6{n}\ufdd7" if word else "" for n, word in enumerate(words))
            made = self.macros[name](_holed(thing, holes), *more)
            form = self._drawn[key] = _Drawn(made, self.sets)
        return form.filled(_escaped(words))


MOST_FORMS = 5_000
"""How many of them are kept: there are a few dozens, unless a word decides about each."""


class Rows:
    """What a page draws in rows: each begins and ends with an element that parts words."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self._set: list[str] = []
        self._formed: dict[int, tuple[Alike, _Formed]] = {}

    def each(self, name: str, things: Iterable[Alike], *more: Hashable) -> Markup:
        """What a macro draws of each thing, one after the other; what stands for it, if that is
        set by itself: `whole` puts it there.

        Args:
            more: what else the macro is given.
        """
        drawn = "".join(self.forms.drawn(name, thing, self._form(thing), more) for thing in things)
        if not self.forms.sets:
            return Markup(drawn)
        self._set.append(drawn)
        return Markup(f"<{_STANDS}{len(self._set) - 1}>")

    def whole(self, page: str) -> str:
        """A page with its rows in their places."""
        parts = re.split(f"<{_STANDS}([0-9]+)>", page)
        parts[1::2] = [self._set[int(number)] for number in parts[1::2]]
        return "".join(parts)

    def _form(self, thing: Alike) -> _Formed:
        """The form of a thing, which may stand in several rows of a page."""
        known = self._formed.get(id(thing))
        if known is not None:
            return known[1]
        its = _fields(type(thing))  # type: ignore[arg-type] # classes have hashes
        words = list(its.texts(thing))
        found: list[Hashable] = [tuple(map(bool, words))]
        for value in its.others(thing):
            if isinstance(value, Alike):
                form, more = self._form(value)
                words += more
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


class _Fields:
    """The fields of a class of things, of which there are few.

    Attributes:
        names: of its *texts*, which are words and nothing else; *rest*: of the *others*.
    """

    def __init__(self, kind: type[Alike]) -> None:
        its = {one.name: one.type in (str, "str") for one in fields(kind)}
        self.names = [name for name, is_text in its.items() if is_text and name not in kind.decides]
        self.rest = [name for name in its if name not in self.names]
        self.texts: Callable[[Alike], Sequence[str]] = _reader(self.names)
        self.others: Callable[[Alike], Sequence[Hashable]] = _reader(self.rest)


_fields = cache(_Fields)


def _reader(names: Sequence[str]) -> Callable[[Alike], Sequence[Any]]:
    """What reads attributes, in their order."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda thing: [getattr(thing, name) for name in names]


def _holed(thing: Alike, holes: Iterator[str]) -> Alike:
    """A thing with holes for its words, in their order."""
    its = _fields(type(thing))  # type: ignore[arg-type] # classes have hashes
    said: dict[str, object] = {name: next(holes) for name in its.names}
    for name, value in zip(its.rest, its.others(thing), strict=True):
        if isinstance(value, Alike):
            said[name] = _holed(value, holes)
    return replace(thing, **said)
