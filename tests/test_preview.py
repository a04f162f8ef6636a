"""The preview answers: what is wrong stands over the last good page, and goes when it is mended."""

from __future__ import annotations

import os
import socket
import threading
import time
import urllib.request
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from urllib.error import HTTPError

import pytest
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from playwright.sync_api import Browser, expect

from parcours.engine import preview as module
from parcours.engine.build import render
from parcours.engine.environment import Surroundings, read_instant
from parcours.engine.opening import open_config
from parcours.engine.preview import Preview
from parcours.engine.rendering import Rendering
from parcours.search.index import WAY

from .conftest import NOW, Site
from .test_check import page as source
from .test_rendering import files_of

GOOD = "title: Un\nstart: 2026-12-03 12:30\n"
WRONG = "title: Un\nstart: 2026-12-04 12:30\n"
LONG = 120.0
"""Seconds that a loaded machine may take to build a small site."""


def free_port() -> int:
    """A port of this process's own, below those that a system gives to whoever connects."""
    for n in range(1000):
        port = 10_000 + (os.getpid() * 37 + n) % 20_000
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port is taken")


def replace(site: Site, name: str, text: str) -> None:
    """Write a source at one stroke: a half that was written is a change of its own."""
    site.write(f"../{site.root.name}-beside", text).replace(site.root / name)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def previewing(
    site: Site, then: Callable[[], object] = lambda: None
) -> Iterator[tuple[Preview, list[str]]]:
    """The preview of a site, and the lines that it says, once the first build has ended.

    Args:
        then: done as soon as that is said.
    """
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == 2:
            then()

    around = Surroundings(now=read_instant(NOW), language="fr")
    preview = Preview(site.root / "mkdocs.yml", "127.0.0.1", free_port(), around, say)
    thread = threading.Thread(target=preview.start)
    thread.start()
    try:
        until(lambda: preview.last is not None and len(said) > 1)
        yield preview, said
    finally:
        preview.close()
        thread.join()


def fetch(preview: Preview, address: str = "") -> str:
    try:
        with urllib.request.urlopen(preview.url + address, timeout=LONG) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        return error.read().decode()


@pytest.fixture
def previewed(site: Site) -> Site:
    site.write("webinars/un.md", source(GOOD))
    site.commit()
    return site


@pytest.mark.large
def test_what_is_wrong_stands_over_the_last_good_page(previewed: Site) -> None:
    with previewing(previewed) as (preview, said):
        assert "parcours-problems" not in fetch(preview, "x/")
        assert said[0].startswith("Aperçu\u00a0: http://127.0.0.1:")
        assert said[1].startswith("mkdocs.yml\u00a0: ")
        replace(previewed, "webinars/un.md", source(WRONG))
        until(lambda: len(said) == 3)
        shown = fetch(preview, "x/comptoirs/un/")
        assert "<h1>Un</h1>" in shown
        assert "webinars/un.md:3:8" in shown
        assert "corrigez la date" in shown
        assert said[2].startswith("webinars/un.md\u00a0: 1 erreur, ")
        replace(previewed, "webinars/un.md", source(GOOD.replace("Un", "Deux")))
        until(lambda: len(said) == 4)
        shown = fetch(preview, "x/comptoirs/un/")
        assert "<h1>Deux</h1>" in shown
        assert "parcours-problems" not in shown
        assert said[3].startswith("webinars/un.md\u00a0: /comptoirs/un/ (")


@pytest.mark.large
def test_a_change_is_seen_as_soon_as_a_site_is_there(previewed: Site) -> None:
    change = partial(replace, previewed, "webinars/un.md", source(WRONG))
    with previewing(previewed, change) as (_, said):
        until(lambda: len(said) == 3)
        assert said[2].startswith("webinars/un.md\u00a0: 1 erreur, ")


@pytest.mark.large
@pytest.mark.parametrize("wrong", ["webinars/un.md", "mkdocs.yml"])
def test_a_preview_that_starts_with_an_error_starts(previewed: Site, wrong: str) -> None:
    good = (previewed.root / wrong).read_text("utf-8")
    previewed.write(wrong, source(WRONG) if wrong.endswith(".md") else "site_name: [\n")
    with previewing(previewed) as (preview, said):
        shown = fetch(preview)
        assert f"{wrong}:" in shown
        assert "<title>Parcours</title>" in shown
        assert "rien à montrer" in said[-1]
        replace(previewed, wrong, good)
        until(lambda: preview.shown is not None)
        assert "<h1>Un</h1>" in fetch(preview, "x/comptoirs/un/")


@pytest.mark.large
def test_what_is_written_in_a_source_is_text_in_what_is_told(previewed: Site) -> None:
    hostile = "</li><script>alert(1)</script>"
    previewed.write("webinars/un.md", source(GOOD + f'status: "{hostile}"\n'))
    with previewing(previewed) as (preview, _):
        shown = fetch(preview)
        assert "webinars/un.md:4" in shown
        assert "<script>alert" not in shown


@pytest.mark.large
def test_the_page_that_somebody_looks_at_is_made_alone(
    previewed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CALM", LONG)
    with previewing(previewed) as (preview, _):
        assert "<h1>Un</h1>" in fetch(preview, "x/comptoirs/un/")
        made = [path for path in Path(preview.root).rglob("*") if path.is_file()]
        assert made == [Path(preview.root, "comptoirs/un/index.html")]
        assert fetch(preview, f"x/{WAY}index.json").startswith("{")
        assert "BEGIN:VCALENDAR" in fetch(preview, "x/comptoirs/un.ics")


@pytest.mark.large
def test_all_that_is_made_by_and_by_is_what_is_made_at_once(
    previewed: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "CALM", 0.0)
    with previewing(previewed) as (preview, _):
        fetch(preview, "x/comptoirs/un/")
        until(lambda: preview.whole)
        (tmp_path / "out").mkdir()
        opened = open_config(preview._file, preview._around)
        opened.config.site_url = f"{preview._origin}x/"
        render(opened, tmp_path / "out", preview._around.instant(), command="serve")
        assert files_of(Path(preview.root)) == files_of(tmp_path / "out")


@pytest.mark.large
def test_the_memory_of_a_site_that_is_shown_no_more_is_given_back(
    previewed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CALM", 0.0)
    with previewing(previewed) as (preview, said):
        assert preview.shown is not None
        first = weakref.ref(preview.shown)
        compiled = weakref.ref(preview.shown.waiting.compiled if preview.shown.waiting else None)
        assert compiled() is not None
        replace(previewed, "webinars/un.md", source(GOOD.replace("Un", "Deux")))
        until(lambda: len(said) == 3)
        until(lambda: first() is None and compiled() is None)


@pytest.mark.large
def test_a_page_that_cannot_be_made_is_told_over_the_site(
    previewed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = Rendering._build_page

    def refuse(self: Rendering, page: Page) -> None:
        if page.url == "comptoirs/un/":
            raise PluginError("une page se refuse")
        make(self, page)

    monkeypatch.setattr(Rendering, "_build_page", refuse)
    monkeypatch.setattr(module, "CALM", 0.0)
    with previewing(previewed) as (preview, said):
        until(lambda: len(said) == 3)
        assert "une page se refuse" in fetch(preview, "x/")
        assert "une page se refuse" in said[2]


@pytest.mark.large
def test_a_change_is_seen_of_which_the_system_tells_nothing(
    previewed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GLANCE", 0.1)
    monkeypatch.setattr(Preview, "_on_change", lambda *_, **__: None)
    with previewing(previewed) as (preview, said):
        replace(previewed, "webinars/un.md", source(GOOD.replace("Un", "Deux")))
        until(lambda: len(said) == 3)
        assert said[2].startswith("webinars/un.md\u00a0: /comptoirs/un/ (")
        assert "<h1>Deux</h1>" in fetch(preview, "x/comptoirs/un/")


@pytest.mark.browser
def test_a_browser_stays_where_it_was(previewed: Site, browser: Browser) -> None:
    previewed.write("webinars/un.md", source(GOOD) + "Plus.\n\n" * 200)
    with previewing(previewed) as (preview, _):
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        page.goto(f"{preview.url}x/comptoirs/un/")
        page.evaluate("scrollTo(0, 500)")
        more = "Plus.\n\n" * 200
        replace(previewed, "webinars/un.md", source(GOOD.replace("Un", "Deux")) + more)
        expect(page.locator("h1")).to_have_text("Deux", timeout=LONG * 1000)
        page.wait_for_function("() => scrollY === 500")
        context.close()


@pytest.mark.browser
def test_a_browser_that_looks_on_is_told_each_time(previewed: Site, browser: Browser) -> None:
    with previewing(previewed) as (preview, _):
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        page.goto(f"{preview.url}x/comptoirs/un/")
        told = page.locator("#parcours-problems")
        for title in (f"Séance {n}" for n in range(5)):
            replace(previewed, "webinars/un.md", source(WRONG))
            expect(told).to_contain_text("webinars/un.md:3:8", timeout=LONG * 1000)
            expect(page.locator("h1")).to_be_visible()
            replace(previewed, "webinars/un.md", source(GOOD.replace("Un", title)))
            expect(told).to_have_count(0, timeout=LONG * 1000)
            expect(page.locator("h1")).to_have_text(title)
        context.close()
