"""The limits of size, count and validity of what is built."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser

from parcours.engine.weighing import assets, weigh
from parcours.pages.weights import BUDGET, REQUESTS, Sample

from .conftest import ROOT, Site, unavailable
from .reading import pictured
from .serving import serving
from .test_browser import PAGES

CHECKER = ROOT / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"
# It runs for a few seconds: what makes a long run fast takes longer than that.
JAVA = ("java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(CHECKER))


def addresses(folder: Path) -> Iterator[str]:
    """Every page with a folder of its own that is not a redirect."""
    for path in sorted(folder.rglob("index.html")):
        if b'http-equiv="refresh"' not in path.read_bytes():
            address = path.parent.relative_to(folder).as_posix()
            yield "" if address == "." else f"{address}/"


def test_every_page_is_light_enough(flagship: Path) -> None:
    found = [weigh(flagship, Sample("", address)) for address in addresses(flagship)]
    heavy = [one for one in found if one.compressed > BUDGET or one.requests > REQUESTS]
    assert heavy == []


@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "comptoirs/premiers-pas-ia/", "agenda/"])
def test_a_browser_asks_for_no_more_than_what_is_weighed(
    browser: Browser,
    flagship: Path,
    address: str,
) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    with serving(flagship) as base:
        page.goto(base + address, wait_until="networkidle")
        pictured(page)
    context.close()
    files = {path or "index.html" for path in asked}
    files = {f"{path}index.html" if path.endswith("/") else path for path in files}
    assert files - set(assets(flagship, address)) == set()
    assert len(asked) <= REQUESTS


@pytest.mark.large
def test_a_weight_is_that_of_the_files(site: Site) -> None:
    site.write("content/film.md", "# Film\n\n![x](film.png)\n")
    site.write("content/film.png", b"\x89PNG" + bytes(range(256)))
    out = site.build()
    found = weigh(out, Sample("", "film/"))
    files = assets(out, "film/")
    assert files[0] == "film/index.html"
    assert {"assets/parcours.css", "assets/parcours.js"} < set(files)
    text = [out / one for one in files if not one.endswith((".png", ".svg"))]
    assert found.raw == sum(len(one.read_bytes()) for one in text)
    packed = [gzip.compress(one.read_bytes(), mtime=0) for one in text]
    assert found.compressed == sum(map(len, packed))
    assert found.images >= 260
    assert found.requests == len(files)


@pytest.mark.large
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_pages_are_valid_html(flagship: Path, every: bool) -> None:
    """One of each kind; all of them at night."""
    pages = [flagship / one.partition("#")[0].partition("?")[0] for one in PAGES.values()]
    files = (
        [flagship]
        if every
        else sorted({one / "index.html" if one.is_dir() else one for one in pages})
    )
    if shutil.which("java") is None or not CHECKER.is_file():
        unavailable("the Nu HTML checker")
    command = [*JAVA, "--format", "json", "--skip-non-html", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    messages = json.loads(done.stderr)["messages"]
    errors = [one for one in messages if one["type"] != "info"]
    assert [(one["url"], one["message"]) for one in errors] == []
    # As files, pages have no origin: what the checker says of the policy is about that.
    warned = {
        one["message"]
        for one in messages
        if one.get("subType") == "warning" and "Content Security Policy" not in one["message"]
    }
    print("\n".join(sorted(warned)))


@pytest.mark.large
def test_the_checker_finds_faults(tmp_path: Path) -> None:
    if shutil.which("java") is None or not CHECKER.is_file():
        unavailable("the Nu HTML checker")
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="fr"><title>x</title><p><p id=""></div>', "utf-8")
    command = [*JAVA, "--format", "json", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert [m for m in json.loads(done.stderr)["messages"] if m["type"] == "error"]


@pytest.mark.large
def test_the_room_of_a_picture_is_kept(site: Site) -> None:
    Image.new("RGB", (30, 20)).save(site.write("webinars/x/photo.png", b""))
    site.write(
        "webinars/y/dessin.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"/>'
    )
    site.write("webinars/z/casse.png", b"no picture")
    for name, file in (("x", "photo.png"), ("y", "dessin.svg"), ("z", "casse.png")):
        front = f"title: T\nstart: 2026-12-03 12:30\nimage: {{src: {file}, alt: Une image}}\n"
        site.write(f"webinars/{name}/index.md", f"---\n{front}---\nTexte.\n")
    out = site.build()
    boxes = {}
    for name in "xyz":
        (image,) = html.parse(str(out / f"comptoirs/{name}/index.html")).xpath("//figure/img")
        boxes[name] = (image.get("width"), image.get("height"))
    assert boxes == {"x": ("30", "20"), "y": ("9", "4"), "z": (None, None)}
