"""Draw the pictures of the page for contributors: `make pictures`.

What they show is made, not drawn by hand: the form as it is handed out, what the check answers when
it is sent as it is, and the page that comes of it, in a site of its own at a fixed instant.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
import tempfile
from html import escape
from pathlib import Path

from browser import browser
from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from parcours.cli import main
from parcours.commands.new import _open
from parcours.engine.environment import Surroundings
from parcours.model.blanks import UNFILLED, Blank
from parcours.scaffold.blanks import blanks

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "scripts" / "parcours" / "guide" / "site"
NOW = "2026-11-24T09:00:00Z"
WIDTH = 440
COLORS = 24
"""Of a picture of text: more would not be seen."""

TITLE = "Former dehors, par tous les temps"
FILLED = {"title": TITLE, "start": "2026-12-10 12:30"}
LINES = 9
"""Of the form that are shown: the rest are comments."""

FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 0; width: {width}px; box-sizing: border-box; background: #fff; }}
main {{ border: 1px solid #767676; border-radius: 6px; overflow: hidden; }}
p {{ margin: 0; padding: 8px 12px; background: #eee; font: 14px monospace; color: #222; }}
pre {{ margin: 0; padding: 12px; font: 13px/1.5 monospace; color: #222; white-space: pre-wrap; }}
</style><main><p>{title}</p><pre>{text}</pre></main>"""


def draw(folder: Path) -> None:
    """Write the pictures into a folder."""
    with tempfile.TemporaryDirectory() as temporary, browser() as chromium:
        root = Path(temporary) / "site"
        _site(root)
        form = next(blanks(_open(root / "mkdocs.yml", Surroundings())))
        lines = form.text.splitlines()
        shown = [*lines[:LINES], "…", *lines[-2:]]
        _text(chromium, f"{form.folder}/{form.file}", shown, folder / "formulaire.png")
        told = _told(root, form)
        _text(chromium, "parcours check", told, folder / "verification.png")
        _page(chromium, root, form, folder / "apercu.png")


def _site(root: Path) -> None:
    """The site of the guide's examples."""
    shutil.copytree(SITE, root)
    for name in ("webinars", "voyages", "meetings", "content/news"):
        (root / name).mkdir(parents=True, exist_ok=True)


def _told(root: Path, form: Blank) -> list[str]:
    """What the check answers where the form was sent as it is."""
    path = root / form.folder / "former-dehors.md"
    path.write_text(form.text, "utf-8")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        main(["check", "-f", str(root / "mkdocs.yml"), "--now", NOW, "--lang", "fr", str(path)])
    return said.getvalue().splitlines()


def _page(chromium: Browser, root: Path, form: Blank, target: Path) -> None:
    """The page that comes of the form, filled in."""
    text = form.text
    for key, value in FILLED.items():
        text = text.replace(f'{key}: "{UNFILLED}"', f'{key}: "{value}"')
    (root / form.folder / "former-dehors.md").write_text(text, "utf-8")
    with contextlib.redirect_stderr(io.StringIO()) as said:
        if main(["build", "-f", str(root / "mkdocs.yml"), "-d", str(root / "site"), "--now", NOW]):
            raise SystemExit(said.getvalue())
    (built,) = (root / "site").glob("*/former-dehors/index.html")
    _shoot(chromium, built.as_uri(), target, height=480, colors=64)


def _text(chromium: Browser, title: str, lines: list[str], target: Path) -> None:
    file = target.with_suffix(".html")
    text = escape("\n".join(lines))
    file.write_text(FRAME.format(width=WIDTH, title=escape(title), text=text), "utf-8")
    try:
        _shoot(chromium, file.as_uri(), target)
    finally:
        file.unlink()


def _shoot(
    chromium: Browser, address: str, target: Path, height: int = 0, colors: int = COLORS
) -> None:
    """A picture of a page, of few colours; of all of it where no height is given."""
    size: ViewportSize = {"width": WIDTH, "height": height or 200}
    page = chromium.new_page(viewport=size, timezone_id="Europe/Paris", locale="fr-FR")
    page.clock.set_fixed_time(NOW)
    page.goto(address)
    page.evaluate("document.fonts.ready")
    data = page.screenshot(full_page=not height, animations="disabled")
    page.close()
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image.quantize(colors, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "content" / "images" / "contribuer")
