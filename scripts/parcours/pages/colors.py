"""Colours of collections: one name in the configuration, readable wherever pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from webcolors import name_to_rgb

from ..model.settings import Collection, Settings

RGB = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

ACCENT: RGB = (0xA6, 0x3D, 0x20)
"""Of what has no collection, or one without a colour; the style sheet's --pc-accent."""

CONTRAST = 4.5
"""Of a colour and the ground behind it: what texts need (WCAG 2.2, 1.4.3), hence also shapes."""

SHADES = 48
"""Steps from a colour to black or white, from which the nearest that reads is taken."""

LIGHT: tuple[RGB, ...] = ((0xFF, 0xFD, 0xFA), (0xF7, 0xF2, 0xE9))
DARK: tuple[RGB, ...] = ((0x11, 0x18, 0x24), (0x1B, 0x24, 0x35))
"""The grounds of pages in each scheme: --md-default-bg-color and --pc-soft of styles/base.css."""

INK: RGB = (0x1B, 0x2B, 0x48)


def color_of(collection: Collection) -> RGB:
    """The colour of a collection as its owner named it."""
    if collection.color is None:
        return ACCENT
    red, green, blue = name_to_rgb(collection.color)
    return red, green, blue


def hue_class(collection: Collection) -> str:
    """The class of what shows a collection's colour; "" for one without."""
    return f"pc-hue-{collection.id}" if collection.color else ""


def hues(settings: Settings) -> str:
    """Rules that give each class of a collection its colour, in both schemes."""
    found = list(_rules(settings))
    light = "\n".join(f".{name} {{ --pc-hue: {_hex(light)}; }}" for name, light, _ in found)
    dark = "\n".join(
        f'[data-md-color-scheme="slate"] .{name} {{ --pc-hue: {_hex(dark)}; }}'
        for name, _, dark in found
    )
    return f"{light}\n@media screen {{\n{dark}\n}}\n" if found else ""


def _rules(settings: Settings) -> Iterator[tuple[str, RGB, RGB]]:
    for one in settings.collections:
        if one.color:
            color = color_of(one)
            yield hue_class(one), readable(color, LIGHT), readable(color, DARK)


def readable(color: RGB, grounds: Iterable[RGB]) -> RGB:
    """The colour, or the nearest shade of it that reads on every one of some grounds.

    Towards black on light grounds, towards white on dark ones.
    """
    behind = list(grounds)
    end = 0 if min(luminance(one) for one in behind) > 0.18 else 255
    shades = (_mixed(color, end, step) for step in range(SHADES))
    fitting = (s for s in shades if all(contrast(s, one) >= CONTRAST for one in behind))
    return next(fitting, (end, end, end))


def _mixed(color: RGB, end: int, step: int) -> RGB:
    red, green, blue = ((c * (SHADES - step) + end * step) // SHADES for c in color)
    return red, green, blue


def reads_on(color: RGB) -> RGB:
    """Ink or white, whichever has more contrast."""
    white = (255, 255, 255)
    return white if contrast(white, color) >= contrast(INK, color) else INK


def contrast(one: RGB, other: RGB) -> float:
    """From 1 to 21 (WCAG 2.2, contrast ratio)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: RGB) -> float:
    """From 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (part / 255 for part in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(color: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)
