"""The pictures that are published: upright, in the colours of the web, as large as pages show them.

The same octets give the same octets, with the locked version of Pillow.
"""

from __future__ import annotations

import hashlib
import io
import json
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import PIL
from PIL import Image, ImageCms

from .model.rasters import Raster
from .sources.bare import Broken, bare
from .sources.images import SIDEWAYS, orientation, reading, turn_to
from .store import Store

REVISION = 1
"""Raised whenever the drawing changes, so that kept pictures are drawn again."""

SETTINGS: Mapping[str, Mapping[str, object]] = {
    "JPEG": {"quality": 80, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 75, "method": 4},
    "AVIF": {"quality": 65, "speed": 8, "max_threads": 1},
    "GIF": {"optimize": True},
    "BMP": {},
    "TIFF": {"compression": "tiff_deflate"},
}
"""How each kind is written."""

DRAWN: Mapping[str, object] = {"quality": 85, "method": 4}
"""WebP of a picture of which nothing was lost yet: letters and lines show what is lost."""

LOSSLESS: Mapping[str, object] = {"lossless": True, "quality": 60, "method": 4}

LOSSLESS_MOST = 4_000_000
"""Pixels up to which it is tried whether a picture is smaller when nothing of it is lost."""

_ALPHA = frozenset({"LA", "PA", "La", "RGBA", "RGBa"})
_FEW_COLORS = frozenset({"P", "PA"})
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Source:
    """The file of a picture."""

    root: Path
    raster: Raster

    def read(self) -> bytes:
        return (self.root / self.raster.file).read_bytes()

    @cached_property
    def digest(self) -> str:
        """Of its octets, as they were first asked for."""
        return _digest(self.read())


@dataclass(frozen=True)
class Scaled:
    """One picture as it is published: made when it is asked for, and kept.

    Attributes:
        width: in pixels, as WebP; 0 for the picture at its own address, in its own kind.
    """

    source: Source
    width: int
    store: Store

    def octets(self) -> bytes:
        """The file; nothing of one that was damaged since it was prepared."""
        try:
            return self.store.get(self.key) or self._make()
        except Broken:
            return b""

    def prepare(self) -> None:
        """Make it, unless it is kept.

        Raises:
            Broken: the picture is damaged.
        """
        if not self.store.has(self.key):
            self._make()

    def _make(self) -> bytes:
        data = self.source.read()
        found = draw(self.source.raster, data, self.width)
        if _digest(data) == self.source.digest:  # else somebody has just saved it anew
            self.store.put(self.key, found)
        return found

    @property
    def key(self) -> str:
        """A name for this very picture: other octets, drawing or library, another name."""
        raster = self.source.raster
        how = [REVISION, PIL.__version__, repr((SETTINGS, DRAWN, LOSSLESS, LOSSLESS_MOST))]
        what = [raster.kind, raster.moving, self.width, *_box(raster, self.width)]
        return _digest(json.dumps([*how, *what, self.source.digest]).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _box(raster: Raster, width: int) -> tuple[int, int]:
    return raster.box(width) if width else raster.own


def draw(raster: Raster, data: bytes, width: int) -> bytes:
    """One width of the picture that *data* holds; 0 for the one at its own address.

    Raises:
        Broken: the picture is damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a browser makes up for it as well
            return _alternative(raster, data, width) if width else _own(raster, data)
    except Image.DecompressionBombError as error:  # its head said that it was smaller
        raise Broken(raster.file) from error


@contextmanager
def _opened(raster: Raster, data: bytes) -> Iterator[Image.Image]:
    with reading(raster.file):
        image = Image.open(io.BytesIO(data), formats=(raster.kind,))
    with image:
        yield image


def _alternative(raster: Raster, data: bytes, width: int) -> bytes:
    """As WebP: browsers of the last years take it in the place of the file itself."""
    image = _pixels(raster, data, raster.box(width))
    if _is_lossy(raster, data):
        return _written(image, "WEBP", SETTINGS["WEBP"])
    found = _written(image, "WEBP", DRAWN)
    if image.width * image.height > LOSSLESS_MOST:
        return found
    return min(found, _written(image, "WEBP", LOSSLESS), key=len)


def _is_lossy(raster: Raster, data: bytes) -> bool:
    """Whether a picture has lost what its kind leaves out."""
    if raster.kind == "WEBP":
        return b"VP8L" not in data[:64] and b"ALPH" not in data[:64]
    return raster.kind in {"JPEG", "AVIF"}


def _own(raster: Raster, data: bytes) -> bytes:
    """At its own address: in its own kind, and its very pixels where they need nothing."""
    stripped = bare(raster.kind, data)
    if raster.moving and stripped is not None:
        return stripped
    if raster.kind == "TIFF":
        return _pages(raster, data)
    with _opened(raster, data) as image:
        mode, size, turned = image.mode, image.size, orientation(image)
    is_shown = turned == 1 and size == raster.own and mode != "CMYK"
    if is_shown and stripped is not None and (raster.kind in {"WEBP", "GIF"} or mode in {"1", "P"}):
        _pixels(raster, stripped, raster.own)  # damage is found
        return stripped
    drawn = _pixels(raster, data, raster.own)
    if mode in _FEW_COLORS and raster.kind == "PNG":
        drawn = drawn.quantize(method=Image.Quantize.FASTOCTREE)
    settings = LOSSLESS if raster.kind == "WEBP" and not _is_lossy(raster, data) else None
    found = _written(drawn, raster.kind, settings or SETTINGS[raster.kind])
    return min(stripped, found, key=len) if is_shown and stripped is not None else found


def _pages(raster: Raster, data: bytes) -> bytes:
    """Every page of a TIFF: it may be a document."""
    frames: list[Image.Image] = []
    with _opened(raster, data) as image:
        while turn_to(image, len(frames), raster.file):
            box = image.size if frames else raster.box(raster.own[0])
            frames.append(_sized(image, 1, box, raster.file))
    return _written(frames[0], "TIFF", SETTINGS["TIFF"], frames[1:])


def _pixels(raster: Raster, data: bytes, box: tuple[int, int]) -> Image.Image:
    """The picture upright and of a size, with nothing beside its pixels."""
    with _opened(raster, data) as image:
        turned = orientation(image)
        if raster.kind == "JPEG":
            image.draft(None, box[::-1] if turned in SIDEWAYS else box)
        return _sized(image, turned, box, raster.file)


def _sized(image: Image.Image, turned: int, box: tuple[int, int], file: str) -> Image.Image:
    with reading(file):
        image.load()
    profile = image.info.get("icc_profile")
    size = box[::-1] if turned in SIDEWAYS else box
    plain = _plain(image)
    if plain.size != size:
        plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    plain = _in_srgb(plain, profile)
    if turned in _TURNS:
        plain = plain.transpose(_TURNS[turned])
    bare_image = Image.new(plain.mode, plain.size)
    bare_image.paste(plain)
    return bare_image


def _plain(image: Image.Image) -> Image.Image:
    """In a mode whose pixels can be mixed: ``L``, ``RGB``, ``RGBA``, ``CMYK``, …"""
    if image.mode in _ALPHA or "transparency" in image.info:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    if image.mode == "P":
        return image.convert("RGB")
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("L") if image.mode == "F" else image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours that browsers take for granted (CSS Color 4, 10.2); grey stays as it is."""
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if image.mode == "L":
        return image
    if profile:
        try:
            found = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                wanted,
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            found = None  # a profile for another picture: browsers leave it out
        if found is not None:
            return found
    return image if image.mode == wanted else image.convert(wanted)


def _written(
    image: Image.Image,
    kind: str,
    settings: Mapping[str, object],
    more: list[Image.Image] | None = None,
) -> bytes:
    out = io.BytesIO()
    several: dict[str, object] = {"save_all": True, "append_images": more} if more else {}
    image.save(out, kind, **settings, **several)
    return out.getvalue()


def scaled(source: Source, store: Store) -> Iterator[Scaled]:
    """Every width of a picture, its own address first."""
    for width in (0, *source.raster.widths):
        yield Scaled(source, width, store)
