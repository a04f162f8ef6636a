"""Values, stages and texts: the pure parts."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.feeds.lines import fold
from parcours.model.names import ID, asset_name, slug
from parcours.model.settings import SITE
from parcours.model.values import (
    CONTROLS,
    ValueRefused,
    parse_duration,
    parse_end,
    parse_moment,
    parse_time,
    parse_timecode,
)
from parcours.problems import Problems
from parcours.prose.render import Renderer

from .conftest import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-03 12:30",
        "2026-12-03T12:30",
        "2026-12-3 12h30",
        "3/12/2026 12:30",
        "03.12.2026 à 12 h 30",
        "3 décembre 2026 12h30",
        "jeudi 3 déc. 2026, 12:30",
        "3\u00a0décembre\u00a02026 à 12\u00a0h\u202f30",
        "2026-12-03 12:30:00",
    ],
)
def test_moments_as_people_write_them(text: str) -> None:
    assert str(parse_moment(text)) == "2026-12-03 12:30"


def test_first_of_the_month() -> None:
    assert str(parse_moment("1er avril 2027")) == "2027-04-01"


@pytest.mark.parametrize(
    "text", ["", "demain", "2026-12-03 12:", "2026/12/03", "12-03-2026", "2026-12-03Z", "750"]
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueRefused):
        parse_moment(text)


def test_an_end_may_be_a_time() -> None:
    assert str(parse_end("13h30")) == "13:30"
    assert str(parse_end("2026-12-04")) == "2026-12-04"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1h", 60), ("1 h 30", 90), ("1h30min", 90), ("90 min", 90), ("1:30", 90), ("PT1H30M", 90),
     ("2 jours", 2880), ("45'", 45), ("1\u00a0h\u202f05", 65)],
)  # fmt: skip
def test_durations(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


def test_times_and_timecodes() -> None:
    assert parse_time("12 h").hour == 12
    assert parse_timecode("1:05:30") == 3930
    assert parse_timecode("5:30") == 330
    for text in ("5:75", "530", "1:65:00"):
        with pytest.raises(ValueRefused):
            parse_timecode(text)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_moment, parse_end, parse_time, parse_duration, parse_timecode):
        try:
            parse(text)
        except ValueRefused:
            continue


@given(st.text(max_size=300))
def test_any_text_is_folded_and_unfolded(text: str) -> None:
    line = text.replace("\r", "").replace("\n", "")
    folded = fold(line)
    assert folded.replace("\r\n ", "") == line or "\r\n " in line
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))


@given(st.text())
def test_a_slug_is_an_identifier(text: str) -> None:
    made = slug(text)
    assert made == "" or ID.fullmatch(made)
    assert slug(made) == made


def test_slugs() -> None:
    assert slug("Été à l’École_Œuvre") == slug("E\u0301te\u0301 à l’École_Œuvre")
    assert slug("Été à l’École_Œuvre") == "ete-a-l-ecole-oeuvre"
    assert asset_name("../img/Photo été.PNG") == "img-photo-ete.png"


def render(text: str) -> tuple[str, str]:
    problems = Problems()
    extensions = ["admonition", "tables", "pymdownx.superfences", "pymdownx.snippets"]
    renderer = Renderer(extensions, {}, lambda link, mark: SITE + "x/", problems)
    prose = renderer.render(text, "a.md", 1)
    return prose.markup, prose.text


def test_a_body_is_one_closed_line() -> None:
    markup, text = render(
        "# A\n\n### B\n\n- un\n- deux\n\n```\na\n\n  b\n```\n\n[l](m.md) & <b>x\n"
    )
    assert "\n" not in markup
    assert markup.startswith("<h2>A</h2>&#10;<h3>B</h3>")
    assert f'href="{SITE}x/"' in markup
    assert markup.count("<b>") == markup.count("</b>") == 1
    assert text.startswith("A\n\nB\n\n- un\n- deux\n\na\n\n  b")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVa&#09;Script:alert(1))",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext></table><mglyph><style><!--</style><img title='--><img src=1 onerror=a>'>",
        "<iframe srcdoc='<script>1</script>'></iframe>",
        "<form action=javascript:a><button formaction=javascript:a>x</button></form>",
        "<div class='md-overlay' style='position:fixed'>x",
        "<a href='data:text/html,<script>1</script>'>x</a>",
    ],
)
def test_nothing_in_a_body_runs(hostile: str) -> None:
    markup, _ = render(f"Avant\n\n{hostile}\n\nAprès\n")
    lowered = markup.lower()
    for word in ("<script", "onerror=", "javascript:", "<iframe", "<form", "<svg", "style=", "md-"):
        assert word not in lowered.replace("&lt;", "")


def test_references_to_control_characters_are_dropped() -> None:
    markup, text = render('a &#7; b &#0; c &#11; d &#65534; <abbr title="&#7;x">e</abbr>\n')
    assert not CONTROLS.search(markup + text)
    assert "&#7" not in markup


def test_a_body_reads_no_file() -> None:
    markup, _ = render('--8<-- "pyproject.toml"\n')
    assert "build-system" not in markup


ABOVE = {
    "model": {"sources", "prose", "search", "pages", "feeds", "engine", "cli", "compile"},
    "sources": {"prose", "search", "pages", "feeds", "engine", "cli", "compile"},
    "prose": {"sources", "search", "pages", "feeds", "engine", "cli", "compile"},
    "search": {"model", "sources", "prose", "pages", "feeds", "engine", "cli", "compile"},
    "pages": {"sources", "feeds", "engine", "cli", "compile"},
    "feeds": {"sources", "search", "pages", "engine", "cli", "compile"},
    "compile": {"engine", "cli"},
    "engine": {"cli"},
}


def imports(path: Path, package: Path) -> set[str]:
    """The rooms a module imports."""
    parts = path.relative_to(package).with_suffix("").parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = parts[: len(parts) - node.level]
            found.add((base + tuple((node.module or "").split(".")))[0])
    return found


def test_data_flows_one_way() -> None:
    package = ROOT / "scripts" / "parcours"
    for path in package.rglob("*.py"):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        wrong = imports(path, package) & ABOVE.get(room, set())
        assert not wrong, f"{path.relative_to(package)} imports {wrong}"


def test_only_the_edge_reads_clock_and_environment() -> None:
    package = ROOT / "scripts" / "parcours"
    for path in package.rglob("*.py"):
        room = path.relative_to(package).parts[0]
        if room in {"cli.py", "engine"}:
            continue
        text = path.read_text()
        for word in ("os.environ", "datetime.now", "time.time", "date.today", "utcnow"):
            assert word not in text, f"{path.relative_to(package)}: {word}"
