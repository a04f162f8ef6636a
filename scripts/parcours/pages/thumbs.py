"""A picture of one's own for what has none: a path with its stops, drawn from a name.

It is the motif of the images of shared links, drawn as SVG in the page: the same name gives the
same path, another name another one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 320, 180
"""Of the drawing, in its own units."""

_BENDS = 6
_TOP, _BOTTOM = 46, 146


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
    drawn = hashlib.sha256(name.encode()).digest()
    step = WIDTH // (_BENDS - 2)
    points = [
        ((n - 1) * step + step // 2, _TOP + drawn[n] * (_BOTTOM - _TOP) // 255)
        for n in range(_BENDS)
    ]
    curve = "".join(
        f"C{x0 + step // 2} {y0} {x1 - step // 2} {y1} {x1} {y1}"
        for (x0, y0), (x1, y1) in pairwise(points)
    )
    x, y = points[0]
    return Route(f"M{x} {y}{curve}", tuple(points[1:-1]))
