"""The map of the territories as a page shows it: links, counts, places."""

from __future__ import annotations

import math
from collections.abc import Collection as Some
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..i18n import Translator
from ..model.community import Event, Organisation, Place, Territory
from ..model.geography import Box, Drawing, Point, Shape
from ..model.settings import Collection
from ..problems import N_
from .colors import hue_class

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


@dataclass(frozen=True, kw_only=True)
class Marker:
    """A place: of meetings and stops (a disc), of organisations (a diamond), or of both.

    Attributes:
        hue: the class of the colour of the collection whose meetings are held there; "" for one
            without a colour, and for several.
    """

    x: float
    y: float
    name: str
    meets: bool
    houses: bool
    hue: str = ""


@dataclass(frozen=True)
class MapView:
    """What the template draws.

    Attributes:
        colors: the colours of discs, each a class and its collection's name.
    """

    box: str
    regions: tuple[Region, ...]
    markers: tuple[Marker, ...]
    source: str
    colors: tuple[tuple[str, str], ...] = ()

    @property
    def legend(self) -> Sequence[tuple[int, str]]:
        """The tints in use, and their words."""
        used = {region.level for region in self.regions if region.href}
        return [(level, words) for level, (_, words) in enumerate(LEVELS) if level in used]

    @property
    def kinds(self) -> tuple[bool, bool]:
        """Whether places of meetings without a colour, and of organisations, are on it."""
        plain = any(one.meets and not one.hue for one in self.markers)
        return plain, any(one.houses for one in self.markers)


@dataclass(frozen=True)
class Pin:
    """A point of a map: one place, or several that would hide each other.

    Attributes:
        label: the numbers of what it stands for; "" for one alone.
        half: half its width, in px: what the label needs.
        high: half its height.
    """

    x: float
    y: float
    label: str
    half: float
    high: float


@dataclass(frozen=True)
class PinMap:
    """The part of the drawing around a few places, in their order.

    Attributes:
        unit: px of the drawing that are one where it is shown small.
        way: the line from one to the next, as SVG writes it; "" for one place.
    """

    box: str
    unit: float
    regions: tuple[Region, ...]
    way: str
    pins: tuple[Pin, ...]


SHOWN = 320
"""px for which pins and numbers are made: the width of a small screen."""

PIN, DOT = 11, 8
"""Half the height of a pin with a label and without, where the map is shown that small."""

LETTER = 4
"""Half the width of a figure in a pin, likewise."""

ALONE, TOGETHER = 0.5, 0.22
"""Of the drawing's width and height, the least that is shown around one place, and around several:
one sees where in it they are."""

EDGE = 0.08
"""Of what is shown, how far it may go beyond the drawing: a pin at its edge is whole."""

BESIDE = 0.3
"""Of the distance between the places, what is shown on each side of them."""


def pin_map(
    drawing: Drawing,
    places: Sequence[Place | None],
    codes: Some[str],
    ends: tuple[Place | None, Place | None] = (None, None),
) -> PinMap | None:
    """Places in their order, numbered from 1; None where the map shows none of them.

    Args:
        places: None for what has no place, or one that nobody knows: its number is not on the map.
        codes: of the territories that are told from the others.
        ends: whence and whither one travels: points without a number, as far as they are in the
            same part of the drawing.
    """
    found = [(n, p.on(drawing)) for n, p in enumerate(places, start=1) if p is not None]
    points = [(number, _tenths(point)) for number, point in found if point is not None]
    if not points:
        return None
    stops = [point for _, point in points]
    leave, back = (_beside(place, stops[0], drawing) for place in ends)
    along = [one for one in (leave, *stops, back) if one is not None]
    box = _around(along, drawing)
    unit = max(box.width, box.height) / SHOWN
    shapes = _drawn(drawing, box, along)
    regions = [Region(shape=one, here=one.code in codes) for one in shapes]
    ways = list(dict.fromkeys(pairwise(along)))
    alone = [one for one in dict.fromkeys((leave, back)) if one is not None]
    alone = [one for one in alone if all(math.dist(one, s) >= 2 * PIN * unit for s in stops)]
    half = round(DOT * unit, 1)
    return PinMap(
        box=f"{box.x:g} {box.y:g} {box.width:g} {box.height:g}",
        unit=round(unit, 3),
        regions=tuple(regions),
        way="".join(f"M{x:g} {y:g}L{u:g} {v:g}" for (x, y), (u, v) in ways if (x, y) != (u, v)),
        pins=(
            *(Pin(x, y, "", half, half) for x, y in alone),
            *_pins(points, unit, numbered=len(places) > 1),
        ),
    )


def _beside(place: Place | None, stop: Point, drawing: Drawing) -> Point | None:
    """An end of the way, where it lies in the same part of the drawing as a stop."""
    point = place.on(drawing) if place is not None else None
    if point is None:
        return None
    frames = [shape.inset for shape in drawing.shapes if shape.inset]
    apart = any(frame.holds(point) != frame.holds(stop) for frame in frames)
    return None if apart else _tenths(point)


def _drawn(drawing: Drawing, box: Box, points: Sequence[Point]) -> Iterator[Shape]:
    """The shapes of which a part is in a box; what is drawn apart, only where it holds a point."""
    for shape in drawing.shapes:
        b, inset = shape.bounds, shape.inset
        beside = b.x > box.x + box.width or box.x > b.x + b.width
        if beside or b.y > box.y + box.height or box.y > b.y + b.height:
            continue
        if inset is None or any(inset.holds(point) for point in points):
            yield shape


def codes_of(territories: Iterable[Territory | None]) -> frozenset[str]:
    """Those of territories that have one."""
    return frozenset(one.code for one in territories if one is not None and one.code)


def _around(points: Sequence[Point], drawing: Drawing) -> Box:
    """The part of the drawing that shows some points and what is around them."""
    frames = [shape.inset for shape in drawing.shapes if shape.inset]
    for frame in frames:
        if all(frame.holds(point) for point in points):
            return Box(frame.x - 1, frame.y - 1, frame.width + 2, frame.height + 2)
    least = TOGETHER if len(set(points)) > 1 else ALONE
    sides = []
    for axis, whole in ((0, drawing.width), (1, drawing.height)):
        low, high = (pick(point[axis] for point in points) for pick in (min, max))
        size = max((high - low) * (1 + 2 * BESIDE), whole * least)
        room = size * EDGE
        size = min(size, whole + 2 * room)
        start = min(max(-room, (low + high - size) / 2), whole + room - size)
        sides.append((round(start), round(size)))
    (x, width), (y, height) = sides
    return Box(x, y, width, height)


def _pins(points: Sequence[tuple[int, Point]], unit: float, *, numbered: bool) -> Iterator[Pin]:
    """A pin for each point; those that would hide each other are one, with all their numbers."""
    groups: list[tuple[Point, list[int]]] = []
    for number, point in points:
        near = (one for one in groups if math.dist(one[0], point) < 2 * PIN * unit)
        at, numbers = next(near, (point, []))
        if not numbers:
            groups.append((at, numbers))
        numbers.append(number)
    for (x, y), numbers in groups:
        label = _numbers(numbers) if numbered else ""
        high = PIN if label else DOT
        half = max(high, 5 + LETTER * len(label)) if label else high
        yield Pin(x, y, label, round(half * unit, 1), round(high * unit, 1))


def _numbers(found: Sequence[int]) -> str:
    """« 1, 4 », « 2–5 »: those that follow each other by the first and the last."""
    runs: list[list[int]] = []
    for number in found:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(parts)


def counts(total: int, coming: int, tr: Translator) -> str:
    """« 5 rencontres, dont 2 à venir »"""
    if not total:
        return tr.gettext(N_("no meeting yet"))
    if coming == total:
        return tr.ngettext("{n} meeting to come", "{n} meetings to come", total)
    words = tr.ngettext("{n} meeting", "{n} meetings", total)
    more = tr.ngettext("{n} of them to come", "{n} of them to come", coming)
    return f"{words}, {more}" if coming else words


@dataclass(frozen=True)
class Reached:
    """A territory on a map.

    Attributes:
        href: where it leads, relative to the page of the map.
        words: what is said of its meetings.
    """

    name: str
    href: str
    count: int
    words: str


def territory_map(
    drawing: Drawing,
    territories: Mapping[str, Reached],
    events: Sequence[Event],
    organisations: Iterable[Organisation],
    collections: Iterable[Collection],
    tr: Translator,
) -> MapView:
    """The map on which each territory is a link.

    Args:
        territories: by their codes; a shape of none of them is other land.
        events: whose places are shown, in the colours of their *collections*.
    """
    markers = _markers(drawing, events, organisations)
    regions = []
    for shape in drawing.shapes:
        territory = territories.get(shape.code or "")
        if territory is None:
            regions.append(Region(shape=shape))
            continue
        label = tr.format(N_("{name}: {words}"), name=territory.name, words=territory.words)
        regions.append(
            Region(
                shape=shape,
                name=territory.name,
                href=territory.href,
                label=label,
                count=territory.count,
                level=_level(territory.count),
                reach=_reach(shape),
                figure=_figure(shape, markers),
            )
        )
    # What is small is drawn last, over the reach of its neighbours.
    regions.sort(key=lambda region: -region.shape.bounds.width * region.shape.bounds.height)
    hues = {one.hue for one in markers}
    colors = ((hue_class(one), one.name) for one in collections if one.color)
    shown = tuple(color for color in colors if color[0] in hues)
    return MapView(_box(drawing), tuple(regions), tuple(markers), drawing.source, shown)


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
    """Where people meet, the stops of a trip included, and the dates of a series."""
    said = (one for one in (event, *event.varied) if one.mode != "online")
    return tuple({place.id: place for one in said for place in one.places}.values())


def _markers(
    drawing: Drawing, events: Iterable[Event], organisations: Iterable[Organisation]
) -> Sequence[Marker]:
    meets: dict[str, Place] = {}
    hues: dict[str, set[str]] = {}
    for event in events:
        for place in meeting_places(event):
            meets[place.id] = place
            hues.setdefault(place.id, set()).add(hue_class(event.collection))
    houses = {one.place.id: one.place for one in organisations if one.place}
    markers = []
    for id, place in sorted({**meets, **houses}.items()):
        point = place.on(drawing)
        if point is not None:
            found = hues.get(id, set())
            hue = next(iter(found)) if len(found) == 1 else ""
            x, y = _tenths(point)
            meeting, housing = id in meets, id in houses
            markers.append(
                Marker(x=x, y=y, name=place.name, meets=meeting, houses=housing, hue=hue)
            )
    return markers


def _tenths(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)
