"""What the browser loads beside a page: one style sheet and one script, put together from parts."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

STYLESHEET = "assets/parcours.css"
SCRIPT = "assets/parcours.js"

STYLES = ("base", "lists", "pages", "subscribe", "modes")
"""Parts of the style sheet, in the order in which they overrule each other."""

SCRIPTS = ("feeds", "copy", "picker")
"""Parts of the script; each minds its own elements and leaves pages without them alone."""


def bundles() -> Mapping[str, bytes]:
    """The content of each asset, by its address."""
    styles = "\n".join(_part("styles", f"{name}.css") for name in STYLES)
    # Each part in a block of its own: names of one do not meet those of another.
    scripts = "\n".join(f"{{\n{_part('scripts', f'{name}.js')}}}" for name in SCRIPTS)
    return {STYLESHEET: styles.encode(), SCRIPT: f'"use strict";\n{scripts}\n'.encode()}


def _part(folder: str, name: str) -> str:
    part = resources.files("parcours").joinpath("pages", "assets", folder, name)
    return part.read_text("utf-8")
