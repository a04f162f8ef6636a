"""Images that go with a shared link, 1200 × 630, and covers of podcasts: texts in, a PNG out.

The same texts give the same octets with the locked versions of Pillow and of the font: text is laid
out by Pillow itself, since the shaping library it may find differs from machine to machine.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import NamedTuple

import PIL
from PIL import Image, ImageDraw, ImageFont

from ..letters import normal
from ..packaged import OWN
from ..store import Store, kept
from .colors import INK, reads_on

WIDTH, HEIGHT = 1200, 630
"""In pixels: what social networks ask for."""

SIDE = 1400
"""Of a cover, in pixels: the least that Apple takes, and the lightest."""

REVISION = 1
"""Raised whenever the drawing changes, so that cached images are drawn again."""

PAPER = (0xFB, 0xF7, 0xF0)
FONT = "bricolage-grotesque-700.ttf"
MARGIN = 80
COMPRESSION = 4
"""Of zlib: 9 takes ten times as long, for a tenth less."""

SIZES = ((88, 2), (74, 3), (60, 4))
"""Sizes of a title in pixels, and how many lines it may then have; the first that fits is taken."""

TEXT, SHAPE, LABEL = (0, 7), (7, 5), (12, 4)
"""Blends of the palette, which holds 16 colours: the first index, and how many steps."""

_MARKS = frozenset("–—‘’‚“”„•…‹›€™−Œœı")
_LACKING = frozenset("¤\u00ad")
_HYPHENS = {0x2010: "-", 0x2011: "-"}
_ROUTE = ((-40, 604), (220, 604), (250, 524), (500, 540), (760, 557), (840, 606), (1240, 500))
"""Two cubic Bézier curves along the lower edge: the path with its stops."""

_STOPS = (0.28, 0.62, 0.86)
_LOW = ((-60, 1240), (260, 1240), (330, 1010), (700, 1050), (1010, 1090), (1120, 1230), (1460, 960))
"""The same along the lower edge of a cover."""


@dataclass(frozen=True)
class Card:
    """What an image says.

    Attributes:
        when: a date in words, or empty.
        label: of the kind of page, or empty.
        color: of the label and the path, as RGB.
    """

    title: str
    when: str
    label: str
    color: tuple[int, int, int]
    site: str

    @property
    def key(self) -> str:
        """A name for this very image: other texts, drawing or library, another name."""
        facts = json.dumps([REVISION, PIL.__version__, *vars(self).values()])
        return hashlib.sha256(facts.encode()).hexdigest()


@dataclass(frozen=True)
class Cover:
    """What the cover of a podcast says: legible as large as a thumb.

    Attributes:
        color: of its ground, as RGB.
    """

    title: str
    color: tuple[int, int, int]
    site: str

    @property
    def key(self) -> str:
        """A name for this very image."""
        facts = json.dumps(["cover", REVISION, PIL.__version__, *vars(self).values()])
        return hashlib.sha256(facts.encode()).hexdigest()


@dataclass(frozen=True)
class CardFile:
    """The file of an image: drawn when it is asked for, and kept."""

    card: Card | Cover
    store: Store

    def octets(self) -> bytes:
        card = self.card
        make = partial(draw_cover, card) if isinstance(card, Cover) else partial(draw, card)
        return kept(self.store, card.key, make)


def draw(card: Card) -> bytes:
    """The image as a PNG with a small palette."""
    image = _frame(drawable(card.site), drawable(card.label), card.color).copy()
    text = Image.new("L", (WIDTH, 370))
    size, lines = fit(drawable(card.title) or drawable(card.site), WIDTH - 2 * MARGIN)
    step = round(size * 1.1)
    when = drawable(card.when)
    top = max(0, 264 - step * len(lines)) // 2
    for index, line in enumerate(lines):
        _letters(size).write(text, MARGIN, top + index * step, line)
    if when:
        when_size = _largest(when, (40, 34, 28))
        line = _cut(when, WIDTH - 2 * MARGIN, when_size)
        _letters(when_size).write(text, MARGIN, top + step * len(lines) + 24, line)
    _put(image, text, 148, TEXT)
    found = io.BytesIO()
    image.save(found, "PNG", bits=4, compress_level=COMPRESSION)
    return found.getvalue()


def draw_cover(cover: Cover) -> bytes:
    """The image as a PNG with a small palette, without transparency."""
    image = Image.new("P", (SIDE, SIDE))
    color, words = cover.color, reads_on(cover.color)
    image.putpalette(_blend(color, words, TEXT) + _blend(color, words, SHAPE))
    mask = Image.new("L", (SIDE * 2, SIDE * 2))
    _path(ImageDraw.Draw(mask), _LOW, 40, 2, _STOPS, 64)
    _put(image, mask.resize((SIDE, SIDE), Image.Resampling.BOX), 0, SHAPE)
    text = Image.new("L", (SIDE, 900))
    title = drawable(cover.title) or drawable(cover.site)
    size, lines = fit(title, SIDE - 2 * 120, ((190, 3), (150, 4), (116, 5)))
    for index, line in enumerate(lines):
        _letters(size).write(text, 120, 250 + index * round(size * 1.08), line)
    _letters(64).write(text, 120, 120, _cut(drawable(cover.site), SIDE - 2 * 120, 64))
    _put(image, text, 0, TEXT)
    found = io.BytesIO()
    image.save(found, "PNG", bits=4, compress_level=COMPRESSION)
    return found.getvalue()


def drawable(text: str) -> str:
    """The text without what the font cannot draw; letters with other accents lose these."""
    kept = []
    for char in normal("NFC", text.translate(_HYPHENS)):
        if char.isspace():
            kept.append("\u00a0" if char in "\u00a0\u202f\u2007" else " ")
        elif _known(char):
            kept.append(char)
        else:
            kept += [part for part in normal("NFKD", char) if _known(part)]
    return " ".join(part for part in "".join(kept).split(" ") if part)


def _known(char: str) -> bool:
    if char in _LACKING:
        return False
    return " " <= char <= "~" or "\u00a0" <= char <= "\u00ff" or char in _MARKS


def fit(
    title: str, width: int, sizes: tuple[tuple[int, int], ...] = SIZES
) -> tuple[int, list[str]]:
    """The largest size at which a title fits, and its lines; past the last, an ellipsis."""
    for size, most in sizes:
        lines = _wrap(title, width, size)
        if len(lines) <= most:
            return size, lines
    rest = " ".join(lines[most - 1 :])
    return size, [*lines[: most - 1], _cut(rest, width, size)]


def _wrap(text: str, width: int, size: int) -> list[str]:
    """Lines no wider than *width*; a word that is wider is cut."""
    font, lines, line = _letters(size), [""], ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip(" ")
        if font.length(longer) <= width:
            line = lines[-1] = longer
            continue
        if line:
            lines.append("")
        while font.length(word) > width:
            head = _head(word, width, size)
            lines[-1], word = head, word[len(head) :]
            lines.append("")
        line = lines[-1] = word
    return [line for line in lines if line]


def _head(word: str, width: int, size: int) -> str:
    """The longest beginning that is no wider than *width*, of one character at least."""
    font, low, high = _letters(size), 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.length(word[:middle]) <= width else (low, middle - 1)
    return word[:low]


def _cut(text: str, width: int, size: int) -> str:
    """The text on one line, with an ellipsis where it does not fit."""
    font = _letters(size)
    if font.length(text) <= width:
        return text
    head = _head(text, width - font.length("…"), size)
    return (head.rpartition(" ")[0] or head).rstrip(" \u00a0,;:.–—") + "…"


def _largest(text: str, sizes: tuple[int, ...]) -> int:
    fitting = (size for size in sizes if _letters(size).length(text) <= WIDTH - 2 * MARGIN)
    return next(fitting, sizes[-1])


@cache
def _font_file() -> bytes:
    return (OWN / "pages" / "assets" / "fonts" / FONT).read_bytes()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_font_file()), size, layout_engine=ImageFont.Layout.BASIC)


class _Letter(NamedTuple):
    """A letter as the font draws it.

    Attributes:
        mask: None where it leaves no mark.
        left, top: where that stands from where the letter does, in pixels.
        advance: how far on the next one stands, in pixels.
    """

    mask: Image.Image | None
    left: int
    top: int
    advance: int


class _Letters:
    """The letters of the font at a size, each drawn once.

    Its letters stand on whole pixels, whatever is around them: put one beside the other they are
    what Pillow makes of the whole text, which takes twenty times as long. A test compares both.
    """

    def __init__(self, size: int) -> None:
        self._font = _font(size)
        self._drawn: dict[str, _Letter] = {}

    def length(self, text: str) -> int:
        """How far a text goes, in pixels."""
        return sum(self._of(letter).advance for letter in text)

    def write(self, image: Image.Image, left: int, top: int, text: str) -> None:
        """Draw a text into a mask."""
        for one in map(self._of, text):
            if one.mask is not None:
                image.paste(255, (left + one.left, top + one.top), one.mask)
            left += one.advance

    def _of(self, letter: str) -> _Letter:
        found = self._drawn.get(letter)
        if found is None:
            found = self._drawn[letter] = self._draw(letter)
        return found

    def _draw(self, letter: str) -> _Letter:
        left, top, right, bottom = map(round, self._font.getbbox(letter))
        mask = None
        if right > left and bottom > top:
            mask = Image.new("L", (right - left, bottom - top))
            ImageDraw.Draw(mask).text((-left, -top), letter, 255, self._font)
        return _Letter(mask, left, top, round(self._font.getlength(letter)))


@cache
def _letters(size: int) -> _Letters:
    return _Letters(size)


def _put(image: Image.Image, mask: Image.Image, top: int, blend: tuple[int, int]) -> None:
    """Draw a mask in one of the palette's blends; where it is empty, nothing changes."""
    first, steps = blend
    levels = [(grey * (steps - 1) + 127) // 255 for grey in range(256)]
    colors = mask.point([first + level for level in levels])
    image.paste(colors, (0, top), mask.point([255 if level else 0 for level in levels]))


def _blend(low: tuple[int, ...], high: tuple[int, ...], blend: tuple[int, int]) -> list[int]:
    last = blend[1] - 1
    return [
        (a * (last - step) + b * step) // last
        for step in range(last + 1)
        for a, b in zip(low, high, strict=True)
    ]


@lru_cache(maxsize=64)
def _frame(site: str, label: str, color: tuple[int, int, int]) -> Image.Image:
    """What all cards of a kind share: the path, the site's name, the label."""
    image = Image.new("P", (WIDTH, HEIGHT))
    palette = _blend(PAPER, INK, TEXT) + _blend(PAPER, color, SHAPE)
    image.putpalette(palette + _blend(color, reads_on(color), LABEL))
    label = _cut(label, 480, 32)
    room = _letters(32).length(label) if label else 0
    left = WIDTH - MARGIN - room - 48
    shapes = _shapes((left, 58, WIDTH - MARGIN, 122) if label else None)
    _put(image, shapes, 0, SHAPE)
    ink = Image.new("L", (WIDTH, 140))
    ImageDraw.Draw(ink).text(
        (MARGIN + 74, 90), _cut(site, max(200, left - 200), 36), 255, _font(36), anchor="lm"
    )
    _put(image, ink, 0, TEXT)
    words = Image.new("L", (WIDTH, 140))
    ImageDraw.Draw(words).text((left + 24, 90), label, 255, _font(32), anchor="lm")
    _put(image, words, 0, LABEL)
    return image


def _shapes(pill: tuple[int, int, int, int] | None) -> Image.Image:
    """What has the colour of the kind, drawn large and made small for smooth edges."""
    scale = 4
    mask = Image.new("L", (WIDTH * scale, HEIGHT * scale))
    pen = ImageDraw.Draw(mask)
    _path(pen, _ROUTE, 14 * scale, scale, _STOPS, 22 * scale)
    x, y = MARGIN, 62
    mark = ((0, 50), (22, 50), (16, 28), (28, 28), (40, 28), (34, 6), (56, 6))
    placed = tuple((x + dx, y + dy) for dx, dy in mark)
    _path(pen, placed, 6 * scale, scale, (0.0, 0.5, 1.0), 8 * scale)
    if pill is not None:
        box = [side * scale for side in pill]
        pen.rounded_rectangle(box, radius=(box[3] - box[1]) // 2, fill=255)
    return mask.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


def _path(
    pen: ImageDraw.ImageDraw,
    points: tuple[tuple[int, int], ...],
    width: int,
    scale: int,
    stops: tuple[float, ...],
    radius: int,
) -> None:
    steps = 120
    along = [_bezier(points, step / steps) for step in range(steps + 1)]
    places = [(x * scale, y * scale) for x, y in along]
    pen.line(places, 255, width, joint="curve")
    for stop in stops:
        x, y = places[round(stop * steps)]
        pen.circle((x, y), radius, fill=255)
        pen.circle((x, y), radius * 0.5, fill=0)


def _bezier(points: tuple[tuple[int, int], ...], t: float) -> tuple[float, float]:
    """A point of two cubic curves that follow each other, *t* from 0 to 1."""
    first = min(int(t * 2), 1) * 3
    u = t * 2 - first / 3
    weights = ((1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u), u**3)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, points[first:], strict=False))
        for axis in (0, 1)
    )
    return x, y
