"""Maps: from degrees on the globe to px of a drawing. Pure; angles in degrees, lengths in km."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

Point = tuple[float, float]

_TURNS = tuple(math.radians(one) for one in range(0, 360, 30))

EARTH = 6371.0
"""Radius of the sphere, in km."""

DEGREE = 111.2
"""A degree of latitude, in km."""

NEAR = 1e-6
"""Degrees that are one parallel to a map, or one pole."""

NEXT_TO_POLE = 89.9
"""Degrees: the tangent of what lies beyond has no end."""

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_NUMBERS = {"m": 2, "l": 2, "h": 1, "v": 1, "z": 0}


class Projection(Protocol):
    """Makes a plane of the globe."""

    def project(self, latitude: float, longitude: float) -> Point:
        """km east and north of the origin."""


@dataclass(frozen=True)
class Lambert:
    """Lambert's conformal conic projection of a sphere with two standard parallels.

    Source: J. P. Snyder, Map Projections: A Working Manual (USGS 1395, 1987), section 15. The two
    parallels must not cancel each other out, and none may be a pole.
    """

    lat1: float
    lat2: float
    lat0: float
    lon0: float

    @cached_property
    def _cone(self) -> float:
        first, second = math.radians(self.lat1), math.radians(self.lat2)
        if math.isclose(self.lat1, self.lat2, abs_tol=NEAR):
            return math.sin(first)
        return math.log(math.cos(first) / math.cos(second)) / math.log(
            _half(self.lat2) / _half(self.lat1)
        )

    def _radius(self, latitude: float) -> float:
        n = self._cone
        factor = math.cos(math.radians(self.lat1)) * _half(self.lat1) ** n / n
        return float(EARTH * factor / _half(latitude) ** n)

    def project(self, latitude: float, longitude: float) -> Point:
        radius = self._radius(latitude)
        angle = self._cone * math.radians(_turn(longitude - self.lon0))
        return radius * math.sin(angle), self._radius(self.lat0) - radius * math.cos(angle)


@dataclass(frozen=True)
class Equirectangular:
    """Degrees as a grid, true in length along the parallel of its origin."""

    lat0: float
    lon0: float

    def project(self, latitude: float, longitude: float) -> Point:
        shrink = math.cos(math.radians(self.lat0))
        return _turn(longitude - self.lon0) * DEGREE * shrink, (latitude - self.lat0) * DEGREE


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """km between two points, given by their degrees north and east (the haversine formula)."""
    (lat1, lon1), (lat2, lon2) = (
        (math.radians(lat), math.radians(lon)) for lat, lon in (one, other)
    )
    across = math.sin((lat2 - lat1) / 2) ** 2
    across += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(across)))


def _half(latitude: float) -> float:
    """tan(π/4 + φ/2); a pole is a point at infinity, so it is held just short of it."""
    held = max(-NEXT_TO_POLE, min(NEXT_TO_POLE, latitude))
    return math.tan(math.pi / 4 + math.radians(held) / 2)


def _turn(longitude: float) -> float:
    """A difference of longitudes the short way round, across the date line if need be."""
    return (longitude + 180) % 360 - 180


@dataclass(frozen=True)
class Placing:
    """Where a projected plane lies in a drawing.

    Attributes:
        scale: px per km.
        left: x of the projection's origin, in px.
        top: y of the projection's origin, in px.
    """

    projection: Projection
    scale: float
    left: float
    top: float

    def place(self, latitude: float, longitude: float) -> Point:
        """A point of the globe in px of the drawing, y downwards."""
        x, y = self.projection.project(latitude, longitude)
        return self.left + x * self.scale, self.top - y * self.scale


@dataclass(frozen=True)
class Box:
    """A rectangle in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, point: Point) -> bool:
        x, y = point
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


def rings(outline: str) -> Iterator[list[Point]]:
    """The polygons of an SVG path that is made of straight lines (SVG 2, section 9.3).

    Raises:
        ValueError: it is no such path.
    """
    tokens = _TOKEN.findall(outline)
    if re.sub(r"[\s,]", "", outline) != "".join(tokens):
        raise ValueError(outline)
    ring: list[Point] = []
    x = y = 0.0
    at, command = 0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        count = _NUMBERS.get(command.lower(), -1)
        if count < 0 or (not ring and command not in "Mm"):
            raise ValueError(outline)
        numbers = [float(number) for number in tokens[at : at + count]]
        if len(numbers) < count:
            raise ValueError(outline)
        at += count
        if command in "Zz":
            yield ring
            x, y = ring[0]
            ring, command = [], ""
            continue
        if command in "Mm" and ring:
            yield ring
            ring = []
        x, y = _moved(command, numbers, x, y)
        ring.append((x, y))
        # Further pairs after a moveto are lines.
        command = {"M": "L", "m": "l"}.get(command, command)
    if ring:
        yield ring


def _moved(command: str, numbers: list[float], x: float, y: float) -> Point:
    base_x, base_y = (x, y) if command.islower() else (0.0, 0.0)
    if command in "Hh":
        return base_x + numbers[0], y
    if command in "Vv":
        return x, base_y + numbers[0]
    return base_x + numbers[0], base_y + numbers[1]


def encloses(outline: str, point: Point) -> bool:
    """Whether a ray from *point* crosses the outline an odd number of times."""
    x, y = point
    odd = False
    for ring in rings(outline):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                odd = not odd
    return odd


@dataclass(frozen=True)
class Shape:
    """A territory as it is drawn, or land around territories.

    Attributes:
        code: that of its territory; None for land that is none.
        label: where what is said of it stands, in px.
        outline: an SVG path of straight lines.
        inset: the frame of what is drawn apart.
        placing: of the places in an inset.
    """

    code: str | None
    label: Point
    outline: str
    inset: Box | None = None
    placing: Placing | None = None

    @cached_property
    def bounds(self) -> Box:
        """The rectangle it takes; the frame of what is drawn apart."""
        if self.inset is not None:
            return self.inset
        points = [point for ring in rings(self.outline) for point in ring]
        left, top = (min(point[axis] for point in points) for axis in (0, 1))
        right, bottom = (max(point[axis] for point in points) for axis in (0, 1))
        return Box(left, top, right - left, bottom - top)

    def holds(self, point: Point) -> bool:
        """Whether a point is on it, or in its frame."""
        if self.inset is not None:
            return self.inset.holds(point)
        return encloses(self.outline, point)


@dataclass(frozen=True)
class Drawing:
    """A map of territories.

    Attributes:
        placing: of all that is not in an inset.
        shapes: in the order in which they are drawn.
        source: where the outlines come from, to be printed below.
    """

    width: float
    height: float
    placing: Placing
    shapes: tuple[Shape, ...]
    source: str = ""

    @cached_property
    def by_code(self) -> Mapping[str, Shape]:
        return {shape.code: shape for shape in self.shapes if shape.code is not None}

    @cached_property
    def _insets(self) -> tuple[tuple[Box, Placing], ...]:
        return tuple((s.inset, s.placing) for s in self.shapes if s.inset and s.placing)

    def locate(self, latitude: float, longitude: float, code: str | None = None) -> Point | None:
        """Where a place stands, in px; None when the map does not show it.

        Args:
            code: of its territory, if it has one: it tells which inset to look in.
        """
        shape = self.by_code.get(code) if code else None
        if shape is not None and shape.inset is not None and shape.placing is not None:
            candidates = [(shape.inset, shape.placing)]
        elif shape is not None:
            candidates = []
        else:
            candidates = list(self._insets)
        for box, placing in candidates:
            point = placing.place(latitude, longitude)
            if box.holds(point):
                return point
        if shape is not None and shape.inset is not None:
            return None
        point = self.placing.place(latitude, longitude)
        # The insets cover what lies below them: a place abroad is not drawn into one.
        covered = any(box.holds(point) for box, _ in self._insets)
        return point if self._whole.holds(point) and not covered else None

    def is_within(self, place: Point, code: str) -> bool:
        """Whether a place, in degrees north and east, lies on the shape of a code."""
        shape = self.by_code.get(code)
        point = self.locate(*place, code) if abs(place[0]) <= 90 else None
        return shape is not None and point is not None and shape.holds(point)

    def is_near(self, place: Point, code: str, within: float) -> bool:
        """Whether a place lies on a shape, or so near to it that an outline may be coarse.

        Args:
            within: km.
        """
        north = within / DEGREE
        east = north / max(0.1, math.cos(math.radians(min(90, abs(place[0])))))
        around = ((math.sin(turn), math.cos(turn)) for turn in _TURNS)
        points = ((place[0] + north * up, place[1] + east * right) for up, right in around)
        return self.is_within(place, code) or any(self.is_within(one, code) for one in points)

    @cached_property
    def _whole(self) -> Box:
        return Box(0, 0, self.width, self.height)
