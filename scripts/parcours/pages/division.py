"""Lists that grow: one that has no room on a page is divided, by letter or by time.

The page of the whole then leads to its parts, each at an address that says what it holds: what is
added later changes none. A part that has no room either is divided again, as finely as need be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from ..i18n import Translator
from ..model.names import DIGITS, OTHER_LETTERS, initials
from ..problems import N_
from .facts import Value

T = TypeVar("T")

ROOM = 200_000
"""Octets that a list may take on a page, about: what is longer is slow to draw, and nobody reads it
to its end."""

ROW = 900
"""Octets of a meeting in a row, as of all below: about, as measured."""

CARD = 350
"""Of an entity in a list of cards."""

LINE = 200
"""Of a name in a line, with what is told of it."""

REPLAY = 1_050
POST = 450


def room_for(size: int) -> int:
    """How many things of a size, in octets, have room on a page."""
    return ROOM // size


@dataclass(frozen=True, kw_only=True)
class Order(Generic[T]):
    """By what a list is divided.

    Attributes:
        labels: what each of its keys is, for who does not see the links.
        keys: of a thing, from the coarsest to the finest; "" for what has none. They stand in
            addresses.
        name: of a key, as people read it.
        falls: whether the last key comes first.
    """

    labels: tuple[str, ...]
    keys: tuple[Callable[[T], str], ...]
    name: Callable[[str, Translator], str]
    falls: bool = False


LETTERS = 3
"""First letters of a name by which a list is divided, at most."""


def by_letter(name: Callable[[T], str]) -> Order[T]:
    """The order of dictionaries, by the names of things."""

    def key(length: int, one: T) -> str:
        return initials(name(one), length)

    keys = tuple(partial(key, length) for length in range(1, LETTERS + 1))
    finer = N_("by first letters")
    return Order(labels=(N_("by letter"), finer, finer), keys=keys, name=_letters)


def by_time(day: Callable[[T], date | None]) -> Order[T]:
    """The order of time, the latest first: by year, then by month."""

    def year(one: T) -> str:
        found = day(one)
        return f"{found:%Y}" if found else ""

    def month(one: T) -> str:
        found = day(one)
        return f"{found:%Y-%m}" if found else ""

    labels = (N_("by year"), N_("by month"))
    return Order(labels=labels, keys=(year, month), name=_time, falls=True)


def _letters(key: str, tr: Translator) -> str:
    if key == OTHER_LETTERS:
        return tr.gettext(N_("Other letters"))
    return chr(int(key[1:], 16)) if len(key) > LETTERS and key != DIGITS else key.capitalize()


def _time(key: str, tr: Translator) -> str:
    year, _, month = key.partition("-")
    return tr.month(date(int(year), int(month), 1)) if month else year


@dataclass(frozen=True)
class Part(Generic[T]):
    """A list that has a page, or a part of one.

    Attributes:
        key: stands in its address; "" for the whole.
        things: all that it holds.
        own: what stands on its own page: all of it, or what has a place in none of its *parts*.
    """

    key: str
    things: tuple[T, ...]
    own: tuple[T, ...]
    parts: tuple[Part[T], ...] = ()


def divide(things: Iterable[T], order: Order[T], most: int, first: int | None = None) -> Part[T]:
    """A list, in parts if need be.

    Args:
        things: in the order in which they are shown.
        most: how many have room on a page; *first*: on that of the whole, if it holds others too.
    """
    return _part("", tuple(things), order, 0, most if first is None else first, most)


def _part(
    key: str, things: tuple[T, ...], order: Order[T], depth: int, here: int, most: int
) -> Part[T]:
    if len(things) <= here or depth == len(order.keys):
        return Part(key, things, things)
    found: dict[str, list[T]] = {}
    for one in things:
        found.setdefault(order.keys[depth](one), []).append(one)
    own = tuple(found.pop("", ()))
    keys = sorted(found, key=_rank, reverse=order.falls)
    parts = (_part(one, tuple(found[one]), order, depth + 1, most, most) for one in keys)
    return Part(key, things, own, tuple(parts))


def _rank(key: str) -> tuple[bool, str]:
    return key == OTHER_LETTERS, key


@dataclass(frozen=True)
class Way:
    """A link to a part: *count* is how many things it holds, *said* the same in words; *here* is
    what ``aria-current`` says: "page" for the page itself, "true" for one that it is a part of."""

    address: str
    name: str
    count: int
    said: str
    here: str = ""


@dataclass(frozen=True)
class Ways:
    """Links to the parts of a list, or of a part of it."""

    label: str
    all: tuple[Way, ...]


@dataclass(frozen=True, kw_only=True)
class Placed(Generic[T]):
    """A list or a part of one, and the page on which it stands.

    Attributes:
        above: what it is a part of, the whole first.
    """

    part: Part[T]
    address: str
    title: str
    above: tuple[Placed[T], ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.above

    @property
    def parent(self) -> str | None:
        """The address of what it is a part of; None for the whole."""
        return self.above[-1].address if self.above else None


@dataclass(frozen=True, kw_only=True)
class Division(Generic[T]):
    """A list in parts, and where they stand.

    Attributes:
        folder: what stands before a key in an address.
        title: of the whole.
        said: says in words how many things there are.
    """

    whole: Part[T]
    order: Order[T]
    address: str
    folder: str
    title: str
    said: Callable[[int], str]
    tr: Translator

    @property
    def is_divided(self) -> bool:
        return bool(self.whole.parts)

    @property
    def _at_whole(self) -> Placed[T]:
        return Placed(part=self.whole, address=self.address, title=self.title)

    @property
    def ways_of_whole(self) -> tuple[Ways, ...]:
        """The ways to its parts, from the page of the whole."""
        return self.ways(self._at_whole)

    def places(self) -> Iterator[Placed[T]]:
        """Every page, the whole first, one before its parts."""
        return self._places(self._at_whole)

    def parts(self) -> Iterator[Placed[T]]:
        """Every page but that of the whole."""
        return (one for one in self.places() if not one.is_whole)

    def _places(self, placed: Placed[T]) -> Iterator[Placed[T]]:
        yield placed
        for part in placed.part.parts:
            name = self.order.name(part.key, self.tr)
            yield from self._places(
                Placed(
                    part=part,
                    address=self._at(part),
                    title=self.tr.format(N_("{list}: {part}"), list=self.title, part=name),
                    above=(*placed.above, placed),
                )
            )

    def _at(self, part: Part[T]) -> str:
        return f"{self.folder}{part.key}/"

    def ways(self, placed: Placed[T]) -> tuple[Ways, ...]:
        """The ways from a page to all others that are near: of each list that it is a part of, and
        of its own."""
        row = (*placed.above, placed)
        return tuple(
            self._ways(depth, one, placed, then)
            for depth, (one, then) in enumerate(zip(row, (*row[1:], None), strict=True))
            if one.part.parts
        )

    def _ways(self, depth: int, of: Placed[T], placed: Placed[T], then: Placed[T] | None) -> Ways:
        def here(part: Part[T]) -> str:
            if then is None or part is not then.part:
                return ""
            return "page" if then is placed else "true"

        tr = self.tr
        links = tuple(
            Way(
                self._at(one),
                self.order.name(one.key, tr),
                len(one.things),
                self.said(len(one.things)),
                here(one),
            )
            for one in of.part.parts
        )
        label = tr.gettext(self.order.labels[depth])
        return Ways(f"{of.title}, {label}", links)

    def above(self, placed: Placed[T]) -> Value:
        """What a page is a part of, as a link."""
        last = placed.above[-1]
        return Value(last.title, last.address)
