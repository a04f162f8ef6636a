"""The path with its stops that runs through the site, drawn from a name.

It is the motif of the images of shared links, drawn as SVG in the page: the same name gives the
same path, another name another one. It stands for a recording that has no picture, and along the
top of what is a way: a trip, a session that is handed on, the page of who has lost theirs.

Where it stands for a meeting, it leads through a land that is its themes', below a sun that stands
as high as on its day: what belongs together looks alike, and little else does.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from ..model.community import Course, Event

WIDTH, HEIGHT = 320, 180
"""Of the drawing, in its own units."""

BAND_WIDTH, BAND_HEIGHT = 800, 64
"""Of one that runs along the top of a part."""

MOST = 12
"""Stops of a band."""

LANDS = (
    "M0 180V120Q60 64 130 116T245 108T320 84V180Z",
    "M0 180 70 74 122 142 190 52 262 134 320 86V180Z",
    "M0 180V152H64V128H128V104H192V80H256V56H320V180Z",
    "M0 180V110H40V80H80V130H120V60H170V100H210V140H250V90H290V120H320V180Z",
    "M40 180a120 120 0 0 1 240 0h-30a90 90 0 0 0-180 0ZM100 180a60 60 0 0 1 120 0Z",
    "M0 180 100 20h44L44 180ZM110 180 210 20h44L154 180ZM220 180 320 20V90L264 180Z",
    "M12 180V100a28 28 0 0 1 56 0V180ZM92 180V70a28 28 0 0 1 56 0V180ZM172 180V112a28 28 0 0 1 56 0"
    "V180ZM252 180V82a28 28 0 0 1 56 0V180Z",
    "M0 112q20-18 40 0t40 0 40 0 40 0 40 0 40 0 40 0 40 0V140q-20 18-40 0t-40 0-40 0-40 0-40 0-40 0"
    "-40 0-40 0Z",
)
"""Grounds of a drawing: hills, peaks, stairs, roofs, a bow, slopes, arches, a river."""

_THEMES = 2
"""How many themes of a meeting are drawn, the first ones."""

_STOPS = 4
_MOST = 6
_TOP, _BOTTOM = 46, 146
_MARGIN = 14


@dataclass(frozen=True)
class Route:
    """A path with its stops.

    Attributes:
        path: of the line, as SVG writes it.
        stops: places on it, across and down; the last one is where it leads.
    """

    path: str
    stops: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Scene:
    """What stands for a meeting or a course without a picture.

    Attributes:
        lands: of its themes, as SVG writes them, the first one in front.
        sun: across and down, as high as on its day; None where that is not known.
    """

    route: Route
    lands: tuple[str, ...]
    sun: tuple[int, int] | None


def scene(of: Event | Course) -> Scene:
    """What a meeting or a course is drawn as: its stops, or as many as there are by default."""
    stops = len(of.stops) if isinstance(of, Event) and of.stops else _STOPS
    first = None if isinstance(of, Course) else of.first
    return Scene(
        route=_route(of.uid, min(max(stops, 2), _MOST), WIDTH, (_TOP, _BOTTOM)),
        lands=tuple(land(theme.id) for theme in of.refs.themes[:_THEMES]),
        sun=sun(first.first) if first else None,
    )


def land(theme: str) -> str:
    """The ground that is of a theme."""
    return LANDS[hashlib.sha256(theme.encode()).digest()[0] % len(LANDS)]


def sun(day: date) -> tuple[int, int]:
    """Where the sun stands: from the left in January to the right in December, highest in June."""
    part = (day.timetuple().tm_yday - 1) / 366
    return round(70 + 180 * part), round(96 - 62 * math.sin(math.pi * part))


def band(name: str, stops: int, hue: str = "") -> Markup:
    """The path of a name as a band that only adorns.

    Args:
        stops: how many it has; at least two and at most `MOST` are drawn.
        hue: the class of the colour it is drawn in; "" for the site's own.
    """
    shown = min(max(stops, 2), MOST)
    found = _route(name, shown, BAND_WIDTH, (_MARGIN, BAND_HEIGHT - _MARGIN))
    *between, (x, y) = found.stops
    parts = [
        f'<svg class="pc-band{f" {hue}" if hue else ""}" viewBox="0 0 {BAND_WIDTH} {BAND_HEIGHT}"'
        ' aria-hidden="true" focusable="false">',
        f'<path class="pc-thumb__way" d="{found.path}"/>',
        *(f'<circle class="pc-thumb__stop" cx="{u}" cy="{v}" r="7"/>' for u, v in between),
        f'<circle class="pc-thumb__goal" cx="{x}" cy="{y}" r="10"/></svg>',
    ]
    return Markup("".join(parts))


def _route(name: str, stops: int, width: int, between: tuple[int, int]) -> Route:
    """A path that comes from the left of a drawing and leaves it on the right.

    Args:
        between: how far down it stays, from the first to the last.
    """
    drawn = hashlib.sha256(name.encode()).digest()
    step, (top, bottom) = width // stops, between
    points = [
        ((n - 1) * step + step // 2, top + drawn[n] * (bottom - top) // 255)
        for n in range(stops + 2)
    ]
    curve = "".join(
        f"C{x0 + step // 2} {y0} {x1 - step // 2} {y1} {x1} {y1}"
        for (x0, y0), (x1, y1) in pairwise(points)
    )
    x, y = points[0]
    return Route(f"M{x} {y}{curve}", tuple(points[1:-1]))
