"""Every problem by its code: each is raised by a test, which names it and its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from parcours.i18n import translator
from parcours.problems import MESSAGES, OF_FILES, OURS, Mark, Problem

from .conftest import ROOT, Site
from .test_check import page

Lines = Callable[[], list[str]]
EVENT = "title: Un\nstart: 2026-12-03 12:30\n"
SEEN = "title: Un\nstart: 2026-01-08 12:30\n"

FAULTS = [
    # file, text, severity and place of the only problem
    (
        "webinars/un.md",
        page(SEEN + "replay: {duration: 1h, chapters: [{at: bientôt, title: A}]}\n"),
        "4:40: error[bad-timecode]",
    ),
    ("webinars/un.md", page(EVENT + "aliases: [/Où ça/]\n"), "4:11: error[bad-address]"),
    (
        "voyages/un.md",
        page("title: Un\nstart: 2026-01-01\nend: 2027-12-01\n"),
        "4:6: error[too-long-event]",
    ),
    ("webinars/un.md", page("title: Un\nstart: 2026-12-03\n"), "3:8: warning[no-time]"),
    ("webinars/un.md", page(EVENT, "Un [lien](//a.example/).\n"), "5:11: error[unsafe-link]"),
    (
        "webinars/un.md",
        page("title: #12\nstart: 2026-12-03 12:30\n"),
        "2:8: error[lost-to-comment]",
    ),
    ("content/dessin.svg", "<svg", "1:5: error[broken-svg]"),
    ("content/p.md", "# P\n\nUn [lien](javascript:x).\n", "3:11: error[unsafe-link]"),
]


@pytest.mark.parametrize(("file", "text", "told"), FAULTS)
def test_a_fault_is_told_at_its_place(
    site: Site, lines: Lines, file: str, text: str, told: str
) -> None:
    site.write(file, text)
    site.commit()
    assert site.run("check") == ("error" in told)
    (line,) = lines()
    assert line.startswith(f"{file}:{told}: ")


def test_a_published_meeting_that_is_a_draft_again_is_told(site: Site, lines: Lines) -> None:
    site.write("webinars/un.md", page(EVENT))
    site.commit("2026-01-01T00:00:00Z")
    site.write("webinars/un.md", page(EVENT + "draft: true\n"))
    site.commit("2026-02-01T00:00:00Z")
    assert site.run("check") == 0
    (line,) = lines()
    assert line.startswith("webinars/un.md:1:1: warning[seen-draft]")


def test_dates_that_cannot_be_right_are_told(site: Site, lines: Lines) -> None:
    site.commit("2026-06-01T00:00:00Z")
    site.commit("2026-01-01T00:00:00Z")
    site.git(
        *("commit", "-q", "--amend", "--allow-empty", "--no-edit", "--date=2026-05-01T00:00:00Z"),
        date="2026-01-01T00:00:00Z",
    )
    assert site.run("check") == 0
    told = [line.split(": ")[:2] for line in lines()]
    assert told == [["mkdocs.yml:1:1", f"warning[{code}]"] for code in ("clock-back", "clock-old")]


def test_a_territory_of_the_package_is_asked_for(smallest: Site, lines: Lines) -> None:
    smallest.write("webinars/one.md", page(EVENT + "territories: [bretagne]\n"))
    smallest.commit()
    assert smallest.run("check") == 1
    (line,) = [line for line in lines() if "error" in line]
    assert line.startswith("webinars/one.md:4:15: error[territories-unasked]")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("site_url: https://petit.example/x/\n", "mkdocs.yml:1:1: error[site-url]"),
        ("      uid_domain: petit.example\n", "mkdocs.yml:8:7: warning[no-uid-domain]"),
    ],
)
def test_what_the_configuration_leaves_out_is_told(
    site: Site, lines: Lines, line: str, told: str
) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    assert line in config
    site.write("mkdocs.yml", config.replace(line, ""))
    site.commit()
    assert site.run("check") == ("error" in told)
    (found,) = lines()
    assert found.startswith(told)


def test_a_configuration_that_is_not_there_is_told(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.root / "mkdocs.yml").unlink()
    assert site.run("check") == 2
    assert f"{site.root / 'mkdocs.yml'}:1:1: error[config-missing]" in capsys.readouterr().err


def test_what_has_no_line_is_a_problem() -> None:
    assert set(MESSAGES) > OF_FILES


def test_every_code_is_named_by_a_test() -> None:
    """A code nobody can find in a test is a problem that nobody has seen raised."""
    tests = [
        path for path in Path(ROOT, "tests").rglob("test_*.py") if "node_modules" not in path.parts
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in tests)
    named = set(re.findall(r"\[([a-z-]+)[\]\"]|(?<=[\" ])([a-z-]+)(?=\")", text))
    codes = {code for pair in named for code in pair}
    assert sorted(set(MESSAGES) - codes) == []


def test_what_somebody_wrote_is_not_translated() -> None:
    """A key, an id or a name that is also a word of the catalogues stays what it is."""
    assert translator("fr").gettext("skills") == "compétences"
    for code, texts in MESSAGES.items():
        parts = [one for text in texts for one in Formatter().parse(text)]
        said = {name for _, name, _, _ in parts if name}
        params = dict.fromkeys(said - OURS, "skills") | dict.fromkeys(said & OURS, "a time of day")
        sentence = Problem(code=code, mark=Mark("a.md"), params=params).sentence(translator("fr"))
        assert ("skills" in sentence) == bool(said - OURS), code
        assert "compétences" not in sentence, code
        assert "a time of day" not in sentence, code
