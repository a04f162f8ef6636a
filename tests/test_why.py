"""What a page depends on is told, and why it is made again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from mkdocs.utils import meta

from parcours.engine.environment import Surroundings, read_instant
from parcours.engine.opening import open_config
from parcours.engine.waiting import Waiting
from parcours.pages.site import PageFile

from .conftest import FRENCH, NOW, Site

EVENT = """---
title: Un
start: 2026-12-03 12:30
duration: 1h
themes: [t]
hosts: [o]
---
Texte, et [une autre](deux.md).
"""
Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.large


@pytest.fixture
def known(site: Site) -> Site:
    """A site that was built."""
    site.write("content/data/themes/t.yml", "name: T\n")
    site.write("content/data/organisations/o.yml", "name: O\n")
    site.write("webinars/un.md", EVENT)
    site.write("webinars/deux.md", "---\ntitle: Deux\nstart: 2026-12-10 12:30\n---\nTexte.\n")
    site.write("webinars/avant.md", "---\ntitle: Avant\nstart: 2019-01-10 12:30\n---\nTexte.\n")
    site.commit("2026-11-01T00:00:00Z")
    site.build()
    return site


def why(site: Site, page: str, capsys: Capture) -> dict[str, Any]:
    capsys.readouterr()
    assert site.run("why", page, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    "asked",
    [
        "webinars/un.md",
        "comptoirs/un/",
        "/comptoirs/un",
        "comptoirs/un/index.html",
        "https://petit.example/x/comptoirs/un/#a",
        "/x/comptoirs/un/",
    ],
)
def test_a_page_is_found_by_any_of_its_names(known: Site, capsys: Capture, asked: str) -> None:
    found = why(known, asked, capsys)
    assert (found["address"], found["source"]) == ("comptoirs/un/", "webinars/un.md")


def test_what_a_page_depends_on_is_told(known: Site, capsys: Capture) -> None:
    found = why(known, "comptoirs/un/", capsys)
    assert found["title"] == "Un"
    shown = {"content/data/themes/t.yml", "content/data/organisations/o.yml", "webinars/deux.md"}
    assert shown <= set(found["shows"])
    assert found["templates"] == ["event.html"]
    assert found["configuration"] == ["mkdocs.yml"]
    assert found["until"] == "2026-11-24T23:00:00+00:00"
    assert (found["state"], found["changed"]) == ("kept", [])


Edit = Callable[[Site], object]
EDITS: dict[str, tuple[Edit, str, str]] = {
    "a title": (
        lambda site: site.write("webinars/un.md", EVENT.replace("Un", "Une")), "changed", "head"
    ),
    "a text": (
        lambda site: site.write("webinars/un.md", EVENT + "Plus.\n"), "changed", "event.html "
    ),
    "an entity": (
        lambda site: site.write("content/data/themes/t.yml", "name: U\n"), "changed", "event.html "
    ),
    "the menu": (
        lambda site: site.write("content/index.md", "# Autre\n\nBonjour.\n"), "changed", "menu"
    ),
    "the configuration": (
        lambda site: site.write("mkdocs.yml", FRENCH.replace("Petit site", "Grand site")),
        "changed",
        "configuration",
    ),
    "a commit": (lambda site: site.commit("2026-11-02T00:00:00Z"), "kept", ""),
    "templates of the site's own": (
        lambda site: site.write(
            "mkdocs.yml", FRENCH.replace("font: false", "font: false, custom_dir: content")
        ),
        "always",
        "",
    ),
    "what is kept, gone": (lambda site: shutil.rmtree(site.root / ".cache"), "new", ""),
}  # fmt: skip


@pytest.mark.sampled
@pytest.mark.parametrize("edit", EDITS)
def test_why_a_page_is_made_again(known: Site, capsys: Capture, edit: str) -> None:
    change, state, part = EDITS[edit]
    change(known)
    found = why(known, "comptoirs/un/", capsys)
    assert found["state"] == state
    assert any(one.startswith(part) for one in found["changed"]) == bool(part)


def test_why_nothing_but_what_is_shown_makes_a_page_again(known: Site, capsys: Capture) -> None:
    known.write("webinars/avant.md", "---\ntitle: Avant\nstart: 2019-01-10 12:30\n---\nAutre.\n")
    assert why(known, "comptoirs/un/", capsys)["state"] == "kept"
    assert why(known, "comptoirs/avant/", capsys)["state"] == "changed"


def test_a_feed_tells_of_its_meetings(known: Site, capsys: Capture) -> None:
    found = why(known, "/flux/comptoirs.ics", capsys)
    assert {"webinars/un.md", "content/data/themes/t.yml"} <= set(found["shows"])
    assert found["state"] == "always"
    assert found["until"] is not None
    assert why(known, "assets/search/index.json", capsys)["state"] == "always"


def test_an_address_that_leads_on_is_there(known: Site, capsys: Capture) -> None:
    known.write("webinars/un.md", EVENT.replace("hosts:", "aliases: [ancien/nom]\nhosts:"))
    for asked in ("/ancien/nom/", "ancien/nom"):
        assert why(known, asked, capsys)["address"] == "ancien/nom/index.html"


def test_it_is_told_in_words(known: Site, capsys: Capture) -> None:
    known.write("webinars/un.md", EVENT.replace("Un", "Une"))
    capsys.readouterr()
    assert known.run("why", "webinars/un.md", "--lang", "en") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["/comptoirs/un/  Une", "  written in: webinars/un.md"]
    assert "  changes by itself: 2026-11-24 23:00 UTC" in said
    assert "  made again: it is made from something else than the last time" in said
    assert "  - its title, its description or its front matter" in said
    assert "  - event.html: meeting" in said


def test_what_is_not_there_is_told(known: Site, capsys: Capture) -> None:
    capsys.readouterr()
    assert known.run("why", "nulle-part/") == 2
    assert "nulle-part/" in capsys.readouterr().err
    known.write("webinars/un.md", EVENT.replace("2026-12-03", "2026-13-03"))
    assert known.run("why", "comptoirs/un/") == 1


def test_a_head_that_others_show_is_that_of_the_page(known: Site) -> None:
    around = Surroundings(now=read_instant(NOW), language="fr")
    opened = open_config(known.root / "mkdocs.yml", around)
    waiting = Waiting(opened, known.root / "out", around.instant())
    tree = waiting.compiled.tree
    for path in tree.pages:
        file = tree.files[path]
        assert isinstance(file, PageFile)
        assert meta.get_data(file.head())[1] == meta.get_data(file.octets().decode())[1]
