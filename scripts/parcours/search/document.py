"""A page as the search knows it."""

from __future__ import annotations

from dataclasses import dataclass


class Own(str):
    """Words of Parcours in a site of another language: a result says in which language they are."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page.

    Attributes:
        anchor: the id to which a link to it leads; "" for the page's beginning.
        title: its heading; "" for none.
    """

    anchor: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Tags:
    """What a result says of a page beside its title, in words.

    Attributes:
        kind: what sort of page it is; "" for one like another.
        day: when it is; "" without a date.
        states: where it stands now, and where time will bring it.
        turns: minutes since 1970, UTC, at which a state follows the one before it.
        labels: what else one should know.
    """

    kind: str = ""
    day: str = ""
    states: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A page that can be found.

    Attributes:
        address: relative to the site's root; "" for the home page.
        sections: what is read on it, in order.
        also: words by which it is found, though a result does not show them.
    """

    address: str
    title: str
    tags: Tags = Tags()
    sections: tuple[Section, ...] = ()
    also: str = ""
