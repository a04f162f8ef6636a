"""How large a picture is: its page keeps the room for it, and does not move when it arrives."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree
from PIL import Image, UnidentifiedImageError

_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def dimensions(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no picture, or one without a size."""
    if path.suffix.lower() == ".svg":
        return _of_svg(path)
    try:
        with Image.open(path) as image:
            return image.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError):
        return None


def _of_svg(path: Path) -> tuple[int, int] | None:
    try:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, OSError):
        return None
    box = (root.get("viewBox") or "").replace(",", " ").split()
    said = [root.get("width") or "", root.get("height") or ""]
    found = [_NUMBER.fullmatch(one) for one in (said if all(said) else box[2:])]
    sizes = [round(float(one[1])) for one in found if one]
    return (sizes[0], sizes[1]) if len(sizes) == 2 and all(sizes) else None
