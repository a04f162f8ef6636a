"""Every feed on one page, for whom the picker does not run: sections by kind, parts within."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .. import wording
from ..i18n import Translator
from ..model.selections import Selection, Selections
from ..problems import N_

_CROSSINGS = {
    (True, True, False): wording.KINDS["crossing"],
    (True, False, True): N_("By kind of meeting and theme"),
    (False, True, True): N_("By territory and theme"),
    (True, True, True): N_("By kind of meeting, territory and theme"),
}
"""By whether a kind of meeting, a territory and a theme are crossed."""


@dataclass(frozen=True)
class Part:
    """Selections under a title; "" where the section's own is enough."""

    title: str
    selections: tuple[Selection, ...]


@dataclass(frozen=True)
class Section:
    title: str
    parts: tuple[Part, ...]


def feed_sections(table: Selections, tr: Translator) -> Iterator[Section]:
    """All selections of the table, the empty ones too."""
    for kind, title in wording.KINDS.items():
        found = table.of_kind(kind)
        if found and kind != "crossing":
            yield Section(tr.gettext(title), (Part("", found),))
    crossings = table.of_kind("crossing")
    for axes, title in _CROSSINGS.items():
        crossed = [one for one in crossings if _axes(one) == axes]
        if crossed:
            yield Section(tr.gettext(title), tuple(_parts(crossed)))


def _axes(one: Selection) -> tuple[bool, bool, bool]:
    return one.collection is not None, one.territory is not None, one.theme is not None


def _parts(crossings: Sequence[Selection]) -> Iterator[Part]:
    """The crossings of each kind of meeting, or of each territory, in the table's order."""
    for title, group in groupby(crossings, _first_name):
        yield Part(title, tuple(group))


def _first_name(one: Selection) -> str:
    first = one.collection or one.territory
    return first.name if first is not None else ""
