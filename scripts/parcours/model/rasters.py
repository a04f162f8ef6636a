"""Pictures made of pixels: at which sizes a page shows them, and under which addresses."""

from __future__ import annotations

from dataclasses import dataclass

RASTER_TYPES = frozenset(
    {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".bmp", ".tif", ".tiff"}
)
"""Suffixes of files in which a picture made of pixels is expected."""

COLUMN = 840
"""Pixels of CSS across which the text of a meeting runs in a window of 1280 (42rem of the theme's
20 px); most other columns are narrower."""

WIDTHS = (480, COLUMN, 1280, 2 * COLUMN)
"""In pixels: half a column; a column, and a telephone's 360 at twice the density; a page without
side columns; a column at twice the density."""

WIDEST = WIDTHS[-1]

FOLDER = "assets/scaled"
"""Where the other widths of pictures lie, each under the address of its picture."""

_WEBP_SIDE = 16_383
"""Pixels of a side that WebP can write (RFC 9649, 2.6)."""


@dataclass(frozen=True)
class Raster:
    """A picture made of pixels, as the head of its file says.

    Attributes:
        file: relative to the site's folder.
        kind: the format of its octets, whatever its suffix: ``JPEG``, ``PNG``, …
        width: in pixels, once it stands upright.
        height: likewise.
        moving: whether it shows several images one after the other.
    """

    file: str
    kind: str
    width: int
    height: int
    moving: bool = False

    def box(self, width: int) -> tuple[int, int]:
        """Width and height, in proportion and never larger than it is."""
        if width >= self.width:
            return self.width, self.height
        return width, max(1, round(self.height * width / self.width))

    @property
    def own(self) -> tuple[int, int]:
        """Width and height at its own address; what moves keeps its size."""
        return self.box(self.width if self.moving else WIDEST)

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths in which it is published beside its own address; none for what is small."""
        if self.moving or self.width <= WIDTHS[0]:
            return ()
        smaller = [width for width in WIDTHS if width < self.width]
        found = [*smaller, self.width] if self.width < WIDEST else smaller
        return tuple(width for width in found if self.box(width)[1] <= _WEBP_SIDE)


def scaled_address(address: str, width: int) -> str:
    """Where one width of the picture at an address lies."""
    return f"{FOLDER}/{width}/{address}.webp"
