"""How large a picture is: its page keeps the room for it, and does not move when it arrives."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

from lxml import etree
from PIL import Image

_NUMBER = re.compile(r"\s{0,9}+([0-9]{1,6}(?:\.[0-9]{1,20})?)(?:px)?\s{0,9}")

LARGEST = 100_000
"""Pixels of a side: what says more is damaged."""


def dimensions(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no picture, or one without a size."""
    if path.suffix.lower() == ".svg":
        return _of_svg(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of what a reader makes up for
            with Image.open(path) as image:
                width, height = image.size
    except Exception:  # a damaged header leads its reader to errors of any class
        return None
    return (width, height) if 0 < width <= LARGEST and 0 < height <= LARGEST else None


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
