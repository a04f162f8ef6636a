"""A page as the search knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Own(str):
    """Words of Parcours in a site of another language: a result says in which language they are."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page.

    Attributes:
        anchor: the id to which a link to it leads; "" for the page's beginning.
        title: its heading; "" for none.
        at: seconds into a recording that is heard on the page; None where none is.
    """

    anchor: str
    title: str
    text: str
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Tags:
    """What a result says of a page beside its title, in words.

    Attributes:
        kind: what sort of page it is; "" for one like another.
        day: when it is; "" without a date.
        states: where it stands now, and where time will bring it.
        turns: minutes since 1970, UTC, at which a state follows the one before it.
        labels: what else one should know: a key, and the word for it.
    """

    kind: str = ""
    day: str = ""
    states: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page that can be found.

    Attributes:
        address: relative to the site's root; "" for the home page.
        sections: what is read on it, in order.
        also: words by which it is found, though a result does not show them.
        facets: what pages are chosen by: its values, by the axis on which they stand.
        row: of a meeting, what else a row of meetings is drawn from; the fields are the index's.
    """

    address: str
    title: str
    tags: Tags = Tags()
    sections: tuple[Section, ...] = ()
    also: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    row: tuple[str | int, ...] = ()
