"""Reading without a network, in a real browser; the site lies under a path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .conftest import VIOLATIONS
from .reading import until
from .serving import serving

pytestmark = pytest.mark.browser

KEPT = """
async () => {
  const names = await caches.keys();
  const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return all.flat().map((request) => new URL(request.url).pathname);
}
"""
# The worker keeps a page after it has answered: what has to be there is waited for by its name.
READY = f"""
async (path) => {{
  const kept = await ({KEPT})();
  const styles = [...document.styleSheets].map((one) => one.href);
  const scripts = [...document.scripts].map((one) => one.src);
  const used = [...styles, ...scripts].filter(Boolean).map((url) => new URL(url).pathname);
  return ["/below/agenda/", path, ...used].every((one) => kept.includes(one));
}}
"""
# No machine is so busy that what is kept is shown before the network has answered.
PATIENCE = ("const PATIENCE=3000;", "const PATIENCE=600000;")


def test_visited_pages_and_the_agenda_open_without_a_network(
    browser: Browser,
    flagship: Path,
    tmp_path: Path,
) -> None:
    (tmp_path / "below").symlink_to(flagship, target_is_directory=True)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    failed: list[str] = []
    page.on("console", lambda said: failed.append(said.text) if said.type == "error" else None)
    with serving(tmp_path) as address:
        base = f"{address}below/"
        page.goto(base + "comptoirs/premiers-pas-ia/")
        until(page, lambda: page.evaluate(READY, "/below/comptoirs/premiers-pas-ia/"))
        page.goto(base + "programme/", wait_until="networkidle")
        until(page, lambda: page.evaluate(READY, "/below/programme/"))
        page.evaluate("(url) => fetch(url).then((one) => one.text())", base + "flux/agenda.ics")
        kept = page.evaluate(KEPT)
    # Nothing of it is against the policy.
    assert page.evaluate("window.violations") == failed == []
    assert [path for path in kept if "/flux/" in path] == []
    # The server is gone.
    for path, heading in (
        ("agenda/?genre=comptoirs", "Agenda"),
        ("programme/", "Le programme"),
        ("comptoirs/premiers-pas-ia/", "Premiers pas"),
    ):
        page.goto(base + path)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("h1")).to_contain_text(heading)
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).display")
        styled = page.evaluate("[...document.styleSheets].every((one) => one.cssRules.length)")
        assert styled
    # What was never read is told in the site's own words, with what there is to read.
    page.goto(base + "voyages/hauts-de-france/")
    page.wait_for_url(base + "hors-ligne/")
    expect(page.locator("h1")).to_have_text("Hors connexion")
    kept = page.locator(".pc-offline__kept a")
    expect(kept.filter(has_text="Le programme")).to_have_count(1)
    kept.filter(has_text="Le programme").click()
    page.wait_for_url(base + "programme/")
    context.close()


def test_the_network_comes_first(
    browser: Browser,
    flagship: Path,
    tmp_path: Path,
) -> None:
    (tmp_path / "below").mkdir()
    for entry in flagship.iterdir():
        if entry.name not in {"programme", "sw.js"}:
            (tmp_path / "below" / entry.name).symlink_to(entry)
    worker = (flagship / "sw.js").read_text("utf-8")
    assert worker.count(PATIENCE[0]) == 1
    (tmp_path / "below/sw.js").write_text(worker.replace(*PATIENCE), "utf-8")
    path = tmp_path / "below/programme/index.html"
    path.parent.mkdir()
    text = (flagship / "programme/index.html").read_text("utf-8")
    path.write_text(text, "utf-8")
    context = browser.new_context()
    page = context.new_page()
    with serving(tmp_path) as address:
        page.goto(f"{address}below/programme/")
        until(page, lambda: page.evaluate(READY, "/below/programme/"))
        path.write_text(re.sub(r"<h1[^>]*>.*?</h1>", "<h1>Neuf</h1>", text, flags=re.S), "utf-8")
        page.goto(f"{address}below/programme/")
        expect(page.locator("h1")).to_have_text("Neuf")
    context.close()
