"""Pictures and files that sources name, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..i18n import Translator
from ..model.names import asset_name
from ..problems import N_
from .drawing import Links
from .library import Library, Thing
from .players import host


@dataclass(frozen=True)
class Picture:
    """A picture of a page.

    Attributes:
        address: relative to the site's root.
        width: in px; 0 where it is not known.
        height: likewise.
        alt: what it shows; "" where it says nothing.
    """

    address: str
    width: int
    height: int
    alt: str
    credit: str


def picture(thing: Thing, library: Library) -> Picture | None:
    """The picture that a source names."""
    image = thing.record.image
    if image is None:
        return None
    width, height = library.boxes.get(thing.files.get(image.src, ""), (0, 0))
    address = thing.address + asset_name(image.src)
    return Picture(address, width, height, image.alt or "", image.credit or "")


def file_link(thing: Thing, reference: str) -> str:
    """A file that a source names, relative to its page, or its address elsewhere."""
    if "://" in reference:
        return reference
    return Links(thing.address).link(thing.address + asset_name(reference))


def described(thing: Thing, reference: str, library: Library) -> str:
    """The kind and size of a file, or the host that keeps it: known before the click."""
    if "://" in reference:
        return library.tr.format(N_("on {host}"), host=host(reference))
    kind = Path(reference).suffix[1:].upper()
    size = library.sizes.get(thing.files.get(reference, ""), 0)
    return f"{kind}, {file_size(size, library.tr)}"


def file_size(size: int, tr: Translator) -> str:
    """A size in the units people know; at least 1 kB."""
    unit = "o" if tr.language == "fr" else "B"
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0k{unit}"
    text = f"{size / 1_000_000:.1f}"
    return f"{text.replace('.', ',') if tr.language == 'fr' else text}\u00a0M{unit}"
