"""What the head of a picture says of it: its size, how it stands, and whether it can be shown."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lxml import etree
from PIL import (  # these formats alone: else the first picture that is opened loads all there are
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from ..model.rasters import WIDEST, Raster
from ..problems import Mark, Problems
from .bare import Broken, bare
from .files import can_be_read

_NUMBER = re.compile(r"\s{0,9}+([0-9]{1,6}(?:\.[0-9]{1,20})?)(?:px)?\s{0,9}")

PICTURE_LIMIT = 50_000_000
"""Octets of a picture that are read."""

NEEDED = 5_000_000
"""Octets of a picture that no page needs: a photograph of 12 megapixels as telephones write it."""

LARGEST = 100_000
"""Pixels of a side: what says more is damaged."""

MOST_PIXELS: Mapping[str, int] = {"JPEG": 80_000_000}
"""Pixels of a picture, by kind: a JPEG is read at a fraction of its size."""

MOST = 40_000_000
"""Pixels of any other: they take 160 MB."""

MOST_PAGES = 200
"""Pages of a TIFF."""

_FORMATS = {
    "JPEG": JpegImagePlugin,
    "PNG": PngImagePlugin,
    "WEBP": WebPImagePlugin,
    "AVIF": AvifImagePlugin,
    "GIF": GifImagePlugin,
    "BMP": BmpImagePlugin,
    "TIFF": TiffImagePlugin,
}
_MOVING = frozenset({"PNG", "WEBP", "GIF"})

SIDEWAYS = range(5, 9)
"""Orientations (Exif 2.32, 4.6.4) in which width and height have changed places."""

_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND"}
_TAIL = 2**16


DAMAGE = (
    *(OSError, SyntaxError, ValueError, EOFError, RuntimeError, OverflowError, ZeroDivisionError),
    *(TypeError, IndexError, KeyError, struct.error, zlib.error),
)
"""What Pillow raises where it reads a damaged file: the first three by design."""


class _TooLarge(Exception):
    """The picture says that it has more pixels than are read."""


@contextmanager
def reading(file: str) -> Iterator[None]:
    """Around nothing but calls of Pillow that read a file: elsewhere its errors are faults of ours.

    Raises:
        Broken: the file is damaged.
    """
    try:
        yield
    except DAMAGE as error:
        raise Broken(file) from error


def turn_to(image: Image.Image, page: int, file: str) -> bool:
    """Go to a page of a picture, counted from 0; whether there is one.

    Raises:
        Broken: the file is damaged.
    """
    with reading(file):
        try:
            image.seek(page)
        except EOFError:
            return False
    return True


def read_raster(root: Path, file: str, mark: Mark, problems: Problems) -> Raster | None:
    """A picture made of pixels, by its head alone; None, and a problem, for what is none.

    Args:
        file: relative to *root*.
        mark: where the picture is named; what is wrong with its size is told at the file.
    """
    path = root / file
    if not can_be_read(path, file, problems, PICTURE_LIMIT):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a browser makes up for it as well
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            found, images = _head(path, file)
    except (_TooLarge, Image.DecompressionBombWarning, Image.DecompressionBombError):
        problems.add("too-many-pixels", Mark(file), limit=MOST // 10**6)
        return None
    except Broken:
        tell_broken(file, mark, problems)
        return None
    if found.kind == "AVIF" and images > 1:
        problems.add("stilled-picture", Mark(file), severity="warning")
    size = path.stat().st_size
    if size > NEEDED:
        problems.add(
            "heavy-picture", Mark(file), severity="warning", size=size, limit=NEEDED, width=WIDEST
        )
    return found


def tell_broken(file: str, mark: Mark, problems: Problems) -> None:
    """A picture of which nothing can be shown."""
    problems.add("broken-picture", mark, severity="warning", value=file)


def _head(path: Path, file: str) -> tuple[Raster, int]:
    """The picture, and how many images its file holds."""
    with reading(file):
        opened = Image.open(path, formats=tuple(_FORMATS))
    with opened as image:
        # Telephones put several pictures into one JPEG (CIPA DC-007); browsers show the first.
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        width, height = image.size
        if not (0 < width <= LARGEST and 0 < height <= LARGEST) or not _ends(path, kind):
            raise Broken(file)
        images, pixels = _images(image, file)
        if pixels > MOST_PIXELS.get(kind, MOST):
            raise _TooLarge
        if orientation(image) in SIDEWAYS:
            width, height = height, width
    return Raster(file, kind, width, height, kind in _MOVING and images > 1), images


def _images(image: Image.Image, file: str) -> tuple[int, int]:
    """How many images a file holds, as far as it matters, and the pixels that are drawn of it."""
    pixels = image.width * image.height
    if image.format not in {"GIF", "TIFF"}:
        with reading(file):
            return getattr(image, "n_frames", 1), pixels
    images, most = 1, MOST_PAGES if image.format == "TIFF" else 1
    while images <= most and turn_to(image, images, file):
        images += 1
        pixels += image.width * image.height if image.format == "TIFF" else 0
    turn_to(image, 0, file)
    if images > MOST_PAGES:
        raise _TooLarge
    return images, pixels


def _ends(path: Path, kind: str) -> bool:
    """Whether a file has the end that its kind asks for; what breaks off in the middle has none."""
    if kind not in _ENDS:
        return True
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        if _ENDS[kind] in file.read():
            return True
    return bare(kind, path.read_bytes()) is not None  # telephones put whole films behind it


def orientation(image: Image.Image) -> int:
    """How a picture is to be turned (Exif 2.32, 4.6.4), from 1 to 8; 1 where it stands upright."""
    if image.format == "TIFF":
        return 1  # its reader has turned it
    try:
        found = image.getexif().get(ExifTags.Base.Orientation, 1)
    except DAMAGE:  # what is told beside a picture does not make it one that cannot be shown
        return 1
    return found if found in range(1, 9) else 1


def drawing_size(path: Path) -> tuple[int, int] | None:
    """Width and height of a drawing (SVG) in pixels; None where it does not say them."""
    try:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, OSError):
        return None
    box = (root.get("viewBox") or "").replace(",", " ").split()
    said = [root.get("width") or "", root.get("height") or ""]
    found = [_NUMBER.fullmatch(one) for one in (said if all(said) else box[2:])]
    sizes = [round(float(one[1])) for one in found if one]
    return (sizes[0], sizes[1]) if len(sizes) == 2 and all(sizes) else None
