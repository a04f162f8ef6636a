"""Pictures and files that sources name, as pages show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from ..i18n import Translator
from ..letters import normal
from ..model.names import asset_name
from ..model.rasters import COLUMN, Raster, scaled_address
from ..problems import N_
from .drawing import Links
from .library import Library, Thing
from .players import host

Gallery = Mapping[str, Raster]
"""Pictures made of pixels, by address."""

_GROWTH = ((125, 1.2), (100, 1.1))
"""Widths of a window, in em, from which the theme is larger, and how much."""

_PAGE = 1188
"""Pixels of CSS across which a page without side columns runs in a window of 1280."""

HOST = "https://site.invalid/"
"""Of a site whose address is not known, or does not matter."""

_IMAGE = re.compile(
    r"<picture\b(?:[^<]|<(?!/?picture\b))*+</picture>"
    r"|<img\b(?P<said>(?:[^<>\"]|\"[^<\"]*+\")*+)>"
)
_ATTRIBUTE = re.compile(r"(?<![\w-])([\w-]++)=\"([^\"]*+)\"")
_PIXELS = re.compile(r"\d{1,5}")


def sizes(column: int) -> str:
    """How wide a column of pictures is, in each window (HTML, 4.8.4.2.2)."""
    steps = [f"(min-width: {em}em) {round(column * more)}px" for em, more in _GROWTH]
    return ", ".join([*steps, f"(min-width: {column + 60}px) {column}px", "100vw"])


COLUMN_SIZES = sizes(COLUMN)
"""Of most pages."""

PAGE_SIZES = sizes(_PAGE)
"""Of those without side columns that somebody wrote."""

_PLACES = {"pc-thumb__image": "(min-width: 700px) 460px, 100vw"}
"""The `sizes` of pictures that do not fill a column, by their class: those of cards."""


def framed(
    markup: str,
    address: str,
    gallery: Gallery,
    base: str = HOST,
    *,
    where: str = COLUMN_SIZES,
    lazy: bool = False,
) -> str:
    """The pictures of a page, with their room and in the widths that browsers choose from.

    Args:
        address: of the page.
        base: the address of the site.
        where: the `sizes` of the page's column.
        lazy: whether those that do not say when they are loaded wait until they are near.
    """
    if not gallery or "<img" not in markup:
        return markup
    frame = partial(_framed, address=address, gallery=gallery, base=base, where=where, lazy=lazy)
    return _IMAGE.sub(frame, markup)


def _framed(
    found: re.Match[str], *, address: str, gallery: Gallery, base: str, where: str, lazy: bool
) -> str:
    if found["said"] is None:
        return found[0]
    said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found["said"])}
    own = _path(said.get("src", ""), address, base)
    raster = gallery.get(own)
    if raster is None:
        return found[0]
    more = _box(said, raster) | {"decoding": "async"} | ({"loading": "lazy"} if lazy else {})
    added = "".join(f' {name}="{value}"' for name, value in more.items() if name not in said)
    image = f"<img{found['said'].rstrip().removesuffix('/').rstrip()}{added}>"
    if not raster.widths or "srcset" in said:
        return image
    width = said.get("width", "")
    place = _PLACES.get(said.get("class", ""), where)
    shown = f"{width}px" if _PIXELS.fullmatch(width) else place
    way = Links(address).base
    choices = ", ".join(
        f"{escape(way + quote(scaled_address(own, width)))} {width}w" for width in raster.widths
    )
    return (
        f'<picture><source type="image/webp" srcset="{choices}" sizes="{shown}">{image}</picture>'
    )


def _path(source: str, address: str, base: str) -> str:
    """The address in the site of what an image names; "" for what lies elsewhere."""
    try:
        target = urljoin(base + address, source.strip())
        here = target.startswith(base) and not urlsplit(target).query
        path = unquote(urlsplit(target.removeprefix(base)).path) if here else ""
    except ValueError:
        return ""
    return normal("NFC", path)


def _box(said: Mapping[str, str], raster: Raster) -> dict[str, str]:
    """Its room, in the proportion that is left by what somebody said of it."""
    width, height = raster.own
    if "height" in said:
        return {}
    if "width" not in said:
        return {"width": str(width), "height": str(height)}
    wanted = _PIXELS.fullmatch(said["width"])
    return {"height": str(max(1, round(int(wanted[0]) * height / width)))} if wanted else {}


@dataclass(frozen=True)
class Picture:
    """A picture of a page.

    Attributes:
        address: relative to the site's root.
        width: of a drawing, in px; 0 where it is not known, or made of pixels.
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
