"""The map of the territories as a page shows it: links, counts, places."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..i18n import Translator
from ..model.community import Community, Event, Organisation, Place, Territory
from ..model.geography import Drawing, Point, Shape
from ..problems import N_

LEVELS = ((0, N_("none")), (1, N_("1 or 2")), (3, N_("3 to 9")), (10, N_("10 and more")))
"""Number of meetings from which a territory has a deeper tint, and its words in the legend."""

SMALL = 60
"""px of the drawing below which a shape gets a wider place to touch: it may shrink to 40 %."""

MARGIN = 18
"""px around the drawing, for the names of the insets."""

CLEAR = 19
"""px between the middle of a number and that of a place, so that neither hides the other."""

CAPTION = 26
"""px below the drawing for the names of the insets, if there are any."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """A shape of the map.

    Attributes:
        href: the page of its territory; "" for other land.
        label: what is said of it: its name and counts.
        count: number of its meetings.
        level: its tint, an index of `LEVELS`.
        reach: radius of a circle around its label that can be touched too, in px; 0 for none.
        here: whether the page is about it.
        figure: where the number of its meetings stands.
    """

    shape: Shape
    name: str = ""
    href: str = ""
    label: str = ""
    count: int = 0
    level: int = 0
    reach: float = 0
    here: bool = False
    figure: Point = (0, 0)

    @property
    def caption(self) -> tuple[float, float]:
        """Where the name of an inset stands: below the middle of its frame."""
        box = self.shape.bounds
        return box.x + box.width / 2, box.y + box.height + 19


@dataclass(frozen=True)
class Marker:
    """A place: of meetings and stops (a disc), of organisations (a diamond), or of both."""

    x: float
    y: float
    name: str
    meets: bool
    houses: bool


@dataclass(frozen=True)
class MapView:
    """What the template draws."""

    box: str
    regions: tuple[Region, ...]
    markers: tuple[Marker, ...]
    source: str

    @property
    def legend(self) -> Sequence[tuple[int, str]]:
        """The tints in use, and their words."""
        used = {region.level for region in self.regions if region.href}
        return [(level, words) for level, (_, words) in enumerate(LEVELS) if level in used]

    @property
    def kinds(self) -> tuple[bool, bool]:
        """Whether places of meetings and of organisations are on it."""
        return any(one.meets for one in self.markers), any(one.houses for one in self.markers)


def counts(total: int, coming: int, tr: Translator) -> str:
    """« 5 rencontres, dont 2 à venir »"""
    if not total:
        return tr.gettext(N_("no meeting yet"))
    if coming == total:
        return tr.ngettext("{n} meeting to come", "{n} meetings to come", total)
    words = tr.ngettext("{n} meeting", "{n} meetings", total)
    more = tr.ngettext("{n} of them to come", "{n} of them to come", coming)
    return f"{words}, {more}" if coming else words


def territory_map(
    drawing: Drawing,
    community: Community,
    tallies: Mapping[str, tuple[int, int]],
    links: Mapping[str, str],
    tr: Translator,
) -> MapView:
    """The map on which each territory is a link.

    Args:
        tallies: territory id → its meetings, and those of them to come.
        links: territory id → address of its page, relative to the page of the map.
    """
    by_code = {one.code: one for one in community.territories.values() if one.code}
    markers = _markers(drawing, community.events, community.organisations.values())
    regions = []
    for shape in drawing.shapes:
        territory = by_code.get(shape.code or "")
        if territory is None:
            regions.append(Region(shape=shape))
            continue
        total, coming = tallies[territory.id]
        words = counts(total, coming, tr)
        label = tr.format(N_("{name}: {words}"), name=territory.name, words=words)
        regions.append(
            Region(
                shape=shape,
                name=territory.name,
                href=links[territory.id],
                label=label,
                count=total,
                level=_level(total),
                reach=_reach(shape),
                figure=_figure(shape, markers),
            )
        )
    # What is small is drawn last, over the reach of its neighbours.
    regions.sort(key=lambda region: -region.shape.bounds.width * region.shape.bounds.height)
    return MapView(_box(drawing), tuple(regions), tuple(markers), drawing.source)


def situation(drawing: Drawing, territory: Territory) -> MapView | None:
    """The small map that shows where a territory is; None when it is not on the map."""
    if not territory.code or territory.code not in drawing.by_code:
        return None
    regions = [Region(shape=shape, here=shape.code == territory.code) for shape in drawing.shapes]
    return MapView(_box(drawing), tuple(regions), (), drawing.source)


def _figure(shape: Shape, markers: Sequence[Marker]) -> Point:
    """Where a number hides no place: at the label's point, else near it, inside the shape."""
    x, y = shape.label
    turns = [(0, 0), (0, -24), (0, 24), (-26, 0), (26, 0), (-26, -24), (26, 24), (26, -24)]
    for right, down in turns:
        point = (x + right, y + down)
        free = all(math.dist(point, (one.x, one.y)) > CLEAR for one in markers)
        if free and shape.holds(point):
            return point
    return shape.label


def _level(count: int) -> int:
    return max(level for level, (least, _) in enumerate(LEVELS) if count >= least)


def _reach(shape: Shape) -> float:
    bounds = shape.bounds
    small = shape.inset is None and min(bounds.width, bounds.height) < SMALL
    return SMALL / 2 if small else 0


def _box(drawing: Drawing) -> str:
    """The viewBox: the drawing, and room for the names of its insets."""
    if not any(shape.inset for shape in drawing.shapes):
        return f"0 0 {drawing.width:g} {drawing.height:g}"
    return f"{-MARGIN} 0 {drawing.width + 2 * MARGIN:g} {drawing.height + CAPTION:g}"


def meeting_places(event: Event) -> Iterable[Place]:
    """Where people meet, the stops of a trip included."""
    if event.mode == "online":
        return ()
    return tuple({place.id: place for place in event.places}.values())


def _markers(
    drawing: Drawing, events: Iterable[Event], organisations: Iterable[Organisation]
) -> Sequence[Marker]:
    meets = {place.id: place for event in events for place in meeting_places(event)}
    houses = {one.place.id: one.place for one in organisations if one.place}
    markers = []
    for id, place in sorted({**meets, **houses}.items()):
        point = place.on(drawing)
        if point is not None:
            markers.append(Marker(*_tenths(point), place.name, id in meets, id in houses))
    return markers


def _tenths(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)
