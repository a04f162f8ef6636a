"""Pages that are rendered by our own loop, in several processes, or kept: always the same."""

from __future__ import annotations

import logging
import os
import re
import signal
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build

from parcours.engine import rendering, shares
from parcours.engine.leaves import Leaves
from parcours.engine.shares import AT_ONCE, LostProcess, Take, shared

from .conftest import FRENCH, PATIENCE, ROOT, Site, flagship_by

EVENT = "---\ntitle: Un {n}\nstart: 2026-{month:02}-03 12:30\nduration: 1h\n---\nTexte {n}.\n"
PIECES = 5 * AT_ONCE


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def many(site: Site) -> Site:
    """A site with more pages than are taken at once."""
    site.write("mkdocs.yml", FRENCH.replace("weekday: thursday", "color: teal"))
    for n in range(3 * AT_ONCE):
        site.write(f"webinars/n{n}.md", EVENT.format(n=n, month=n % 12 + 1))
    return site


def built(site: Site, name: str, *options: str) -> dict[str, bytes]:
    out = site.root.parent / name
    assert site.run("build", "-d", str(out), *options) == 0
    return files_of(out)


def by_engine(site: rendering.Rendering) -> None:
    mkdocs_build(site.config)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were rendered because they were not kept."""
    found: list[str] = []
    put = Leaves.put

    def counting(self: Leaves, key: str, rendered: bytes) -> None:
        found.append(key)
        put(self, key, rendered)

    monkeypatch.setattr(Leaves, "put", counting)
    return found


@pytest.mark.large
def test_our_loop_and_the_engine_render_the_same(
    many: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = built(many, "ours", "--no-cache")
    monkeypatch.setenv("PARCOURS_PROCESSES", "3")
    assert built(many, "shared", "--no-cache") == ours
    monkeypatch.setattr("parcours.engine.build.render_site", by_engine)
    assert built(many, "engine", "--no-cache") == ours


@pytest.mark.deep
@pytest.mark.large
def test_the_flagship_is_the_same_by_the_engine(
    flagship: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And by processes: `test_builds_are_identical` has several."""
    monkeypatch.setattr("parcours.engine.build.render_site", by_engine)
    flagship_by("build", "-d", tmp_path / "engine")
    assert files_of(tmp_path / "engine") == files_of(flagship)


Edit = Callable[[Site], object]

EDITS: dict[str, tuple[Edit, int]] = {
    "nothing": (lambda site: site.write("content/x.txt", "x"), 0),
    "a text": (lambda site: site.write("webinars/n3.md", EVENT.format(n=3, month=4) + "Plus."), 6),
    "the name of the site": (
        lambda site: site.write(
            "mkdocs.yml",
            (site.root / "mkdocs.yml").read_text().replace("Petit site", "Grand site"),
        ),
        99,
    ),
    "the menu": (
        lambda site: site.write("content/index.md", "# Accueil neuf\n\nBonjour.\n"),
        99,
    ),
    "a page of the menu": (
        lambda site: site.write("content/index.md", "# Accueil\n\nBonsoir.\n"),
        0,
    ),
}


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("edit", EDITS)
def test_what_is_kept_is_what_would_be_rendered(many: Site, counted: list[str], edit: str) -> None:
    built(many, "first")
    assert len(counted) > 3 * AT_ONCE
    counted.clear()
    change, most = EDITS[edit]
    change(many)
    kept = built(many, "kept")
    assert len(counted) <= most
    if most:
        assert counted
    assert kept == built(many, "cold", "--no-cache")


@pytest.mark.large
def test_a_page_that_tells_something_is_rendered_each_time(
    many: Site, counted: list[str], monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    from parcours.engine.plugin import ParcoursPlugin

    rule = ParcoursPlugin._rule

    def telling(self: ParcoursPlugin, output: str, name: str, frames: Any, config: Any) -> str:
        if name.startswith("comptoirs/n1"):
            self._tell_once("inline-style", name, config)
        return rule(self, output, name, frames, config)

    monkeypatch.setattr(ParcoursPlugin, "_rule", telling)
    logging.getLogger("mkdocs").propagate = True
    said: list[list[str]] = []
    for processes in ("1", "1", "3"):
        monkeypatch.setenv("PARCOURS_PROCESSES", processes)
        many.write("content/x.txt", processes + str(len(said)))
        caplog.clear()
        built(many, "site")
        said.append([one for one in caplog.messages if "inline-style" in one])
    assert said[0] == said[1] == said[2]
    assert len(said[0]) == 1


@pytest.mark.large
def test_a_site_with_its_own_templates_is_rendered_by_the_engine(
    many: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = (many.root / "mkdocs.yml").read_text()
    many.write("mkdocs.yml", config.replace("font: false}", "font: false, custom_dir: own}"))
    many.write(
        "own/main.html",
        '{% extends "base.html" %}{% block content %}{{ pages | length }} '
        "{% for file in pages %}{{ file.page.title }} {% endfor %}{% endblock %}",
    )

    def refuse(*arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(rendering, "Rendering", refuse)
    found = built(many, "site")
    assert b"Un 1 Un 10 " in b" ".join(found["comptoirs/n0/index.html"].split())


# Work that is shared.


def numbers(take: Take, is_here: bool) -> list[int]:
    return list(take())


def test_each_piece_is_done_once() -> None:
    found = shared(numbers, PIECES, 3)
    assert sorted(n for one in found for n in one) == list(range(PIECES))
    assert shared(numbers, 3, 3) == [[0, 1, 2]]


def test_this_process_takes_the_first_pieces_and_another_the_last() -> None:
    both = get_context("fork").Barrier(2)

    def work(take: Take, is_here: bool) -> list[int]:
        pieces = take()
        first = next(pieces)
        both.wait(PATIENCE / 1000)
        return [first, *pieces]

    here, there = shared(work, PIECES, 2)
    assert here == list(range(len(here)))
    assert there == list(range(PIECES))[: len(here) - 1 : -1]


def test_what_another_process_logs_is_said_here(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("mkdocs").propagate = True

    def work(take: Take, is_here: bool) -> int:
        if not is_here:
            logging.getLogger("mkdocs.a").warning("a %s", 1)
        return len(list(take()))

    assert sum(shared(work, PIECES, 2)) == PIECES
    assert caplog.record_tuples == [("mkdocs.a", logging.WARNING, "a 1")]


class Odd(Exception):
    """One that cannot be handed on as it is."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} {other}")
        self.held: Iterator[int] = iter(lambda: 1, 2)


class Two(Exception):
    """One that is made of something else than what it says."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} {other}")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (ValueError("a b"), ValueError, "a b"),
        (Odd(1, 2), RuntimeError, "1 2"),
        (Two(1, 2), RuntimeError, "1 2"),
    ],
)
@pytest.mark.parametrize("here", [True, False])
def test_what_goes_wrong_is_raised_here(
    error: Exception, kind: type[Exception], words: str, *, here: bool
) -> None:
    def work(take: Take, is_here: bool) -> int:
        if is_here is here:
            raise error
        return len(list(take()))

    with pytest.raises(type(error) if here else kind, match=words):
        shared(work, PIECES, 3)


def test_a_process_that_is_killed_is_missed() -> None:
    def work(take: Take, is_here: bool) -> int:
        if not is_here:
            os.kill(os.getpid(), signal.SIGKILL)
        return len(list(take()))

    with pytest.raises(LostProcess):
        shared(work, PIECES, 2)


def test_where_no_process_can_start_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_can_fork", lambda: False)
    assert shared(numbers, PIECES, 3) == [list(range(PIECES))]


def test_the_flagship_has_no_templates_of_its_own() -> None:
    """Else all of the above would say nothing of it."""
    assert "custom_dir" not in (ROOT / "mkdocs.yml").read_text("utf-8")


@pytest.mark.large
def test_how_many_pages_were_kept_is_told(many: Site, capsys: pytest.CaptureFixture[str]) -> None:
    built(many, "first")
    many.write("webinars/n3.md", EVENT.format(n=3, month=4) + "Plus.")
    capsys.readouterr()
    built(many, "second", "--phases")
    found = re.search(r"pages (\d+), of which (\d+) are kept ones", capsys.readouterr().err)
    assert found is not None
    pages, kept = int(found[1]), int(found[2])
    assert pages - 12 < kept < pages
