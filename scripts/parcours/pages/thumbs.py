"""The path with its stops that runs through the site, drawn from a name.

It is the motif of the images of shared links, drawn as SVG in the page: the same name gives the
same path, another name another one. It stands for a recording that has no picture, and along the
top of what is a way: a trip, a session that is handed on, the page of who has lost theirs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

WIDTH, HEIGHT = 320, 180
"""Of the drawing, in its own units."""

BAND_WIDTH, BAND_HEIGHT = 800, 64
"""Of one that runs along the top of a part."""

MOST = 12
"""Stops of a band."""

_STOPS = 4
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


def route(name: str) -> Route:
    """The path of a name."""
    return _route(name, _STOPS, WIDTH, (_TOP, _BOTTOM))


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
