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
from operator import attrgetter, itemgetter
from typing import Any, ClassVar, get_args, get_type_hints

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
"""The form of a thing, and its words as HTML."""


Setting = Callable[[str], str]
"""The typography of HTML."""


class _Drawn:
    """A form, and what fills its holes.

    Attributes:
        parts: what stands around what is filled in, and empty places for that between.
        picks: what stands in those places, given its words and its texts.
        runs: texts whose typography its words may change; holes in tags are left in their pieces.
    """

    def __init__(self, form: str, count: int, sets: Setting | None) -> None:
        self.runs: list[_Run] = []
        form = block(form) if sets else form
        pieces, filled = [""], list[int]()
        for part, is_text in runs(form) if sets else ((form, False),):
            if sets and is_text:
                its, numbers = _parted(part, _seen_holes(part))
                if numbers:
                    filled.append(count + len(self.runs))
                    self.runs.append(_Run(its, numbers, sets))
                    pieces += ("", "")
                    continue
                part = sets(part)
            (first, *others), numbers = _parted(part, _HOLE.finditer(part))
            pieces[-1] += first
            pieces += others
            filled += numbers
        self.parts, self.picks = pieces, _picks(filled)
        self.sets = sets

    def filled(self, words: list[str]) -> str:
        drawn = self.parts.copy()
        drawn[1::2] = self.picks(words + [run.filled(words) for run in self.runs])
        made = "".join(drawn)
        return block(made) if self.sets and "\n" in made else made


class _Run:
    """A text in a form: its pieces, and the numbers of the words between them."""

    def __init__(self, pieces: list[str], numbers: list[int], sets: Setting) -> None:
        self.pieces, self.picks, self.sets = pieces, _picks(numbers), sets

    def filled(self, words: Sequence[str]) -> str:
        run = self.pieces.copy()
        run[1::2] = self.picks(words)
        told = _set(self.sets, "".join(run))
        if isinstance(told, str):
            return told
        pieces, picks = told[0].copy(), told[1]
        pieces[1::2] = picks(words)
        return "".join(pieces)


_Picks = Callable[[Sequence[str]], Sequence[str]]


def _picks(numbers: Sequence[int]) -> _Picks:
    """What takes things by their numbers."""
    if len(numbers) == 1:
        (number,) = numbers
        return lambda things: (things[number],)
    return itemgetter(*numbers) if numbers else lambda things: ()


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
def _set(sets: Setting, run: str) -> str | tuple[list[str], _Picks]:
    """A text in its typography, in pieces where words stand that are not seen by it, if there are
    any: rows say the same again and again, of other addresses and other days."""
    made = sets(run)
    pieces, numbers = _parted(made, _HOLE.finditer(made))
    return (pieces, _picks(numbers)) if numbers else made


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
            form = self._drawn[key] = _Drawn(made, len(words), self.sets)
        return form.filled(words)


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
        words = _escaped(its.texts(thing))
        found: list[Hashable] = [tuple(map(bool, words)), *its.others(thing)]
        for n in its.nested:
            value = found[n + 1]
            if isinstance(value, Alike):
                found[n + 1], more = self._form(value)
                words += more
        formed = tuple(found), words
        self._formed[id(thing)] = thing, formed
        return formed


def _escaped(words: Sequence[str]) -> list[str]:
    """Words as HTML; all at once, for they are many, and short, and most hold nothing to escape."""
    if set(map(type, words)) != _PLAIN:  # some are HTML by themselves, whatever they hold
        return list(map(escape, words))
    told = _END.join(words)
    made = escape(told)
    return [*words] if len(made) == len(told) else str(made).split(_END)


_PLAIN = {str}


class _Fields:
    """The fields of a class of things, of which there are few.

    Attributes:
        names: of its *texts*, which are words and nothing else; *rest*: of the *others*.
        nested: the places, among those, of what may be drawn by its form in its turn.
    """

    def __init__(self, kind: type[Alike]) -> None:
        its = {one.name: one.type in (str, "str") for one in fields(kind)}
        self.names = [name for name, is_text in its.items() if is_text and name not in kind.decides]
        self.rest = [name for name in its if name not in self.names]
        hints = get_type_hints(kind)
        self.nested = [n for n, name in enumerate(self.rest) if _may_be_alike(hints[name])]
        self.texts: Callable[[Alike], Sequence[str]] = _reader(self.names)
        self.others: Callable[[Alike], Sequence[Hashable]] = _reader(self.rest)


def _may_be_alike(hint: Any) -> bool:
    return any(isinstance(one, type) and issubclass(one, Alike) for one in (hint, *get_args(hint)))


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
