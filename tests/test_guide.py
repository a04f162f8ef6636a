"""What the guide says of problems holds: examples that are wrong are told, right ones are not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from parcours.guide.problems import Side, problem_guide
from parcours.guide.texts import example_in, names
from parcours.i18n import LANGUAGES

from .conftest import ROOT, Site

Lines = Callable[[], list[str]]
BASE = ROOT / "scripts" / "parcours" / "guide" / "site"
CODES = names("problems")


def example_site(folder: Path, language: str = "fr") -> Site:
    """The site of the guide's examples."""
    made = Site(folder)
    for file in sorted(BASE.rglob("*")):
        if file.is_file():
            name = str(file.relative_to(BASE))
            made.write(name, example_in(language, file.read_text("utf-8")))
    for name in ("webinars", "voyages", "meetings", "content/news"):
        made.write(f"{name}/.gitkeep", "")  # a clone has no empty folder
    return made


def _shallow(site: Site) -> None:
    site.commit()
    site.commit()
    whole = site.root.with_name("whole")
    shutil.move(site.root, whole)
    Site(whole).git("clone", "-q", "--depth", "1", f"file://{whole}", str(site.root))


MADE: dict[str, Callable[[Site], None]] = {"git-shallow": _shallow}
"""What no text shows: how the tests bring it about."""


def put(site: Site, side: Side) -> None:
    for name, text in side.files.items():
        site.write(name, text)
    site.commit()


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_example_is_told_where_it_says(tmp_path: Path, lines: Lines, code: str) -> None:
    guide = problem_guide(code)
    site = example_site(tmp_path / "site")
    if guide.wrong.files:
        put(site, guide.wrong)
    else:
        MADE[code](site)
    site.run("check")
    places = [re.sub(r" (?:error|warning)\[([a-z-]+)\].*", r" \1", line) for line in lines()]
    assert places == [f"{guide.place}: {code}"]


@pytest.mark.parametrize("code", [code for code in CODES if problem_guide(code).right.files])
def test_a_right_example_is_not_told(tmp_path: Path, lines: Lines, code: str) -> None:
    site = example_site(tmp_path / "site")
    put(site, problem_guide(code).right)
    assert site.run("check") == 0
    assert lines() == []


@pytest.mark.parametrize("code", CODES)
def test_the_examples_of_english_hold_no_french(code: str) -> None:
    guide = problem_guide(code)
    for side in (guide.wrong, guide.right):
        said = guide.side(side, "en")
        text = "\n".join([*said.files, *said.files.values(), said.done])
        assert re.findall(r"(?i)\b\w*[àâçéèêëîïôùûœ]\w*", text) == []


def test_the_site_of_the_examples_is_right(tmp_path: Path, lines: Lines) -> None:
    for language in LANGUAGES:
        site = example_site(tmp_path / language, language)
        site.commit()
        assert site.run("check") == 0
        assert lines() == []
