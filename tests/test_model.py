"""Values, stages and texts: the pure parts."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.feeds.lines import fold
from parcours.i18n import translator
from parcours.model.kinds import TRIP
from parcours.model.names import ID, asset_name, slug
from parcours.model.schema import EventRecord
from parcours.model.settings import SITE
from parcours.model.times import occurrence
from parcours.model.values import (
    CONTROLS,
    DAY_FIRST,
    PAST,
    DateStyle,
    ValueRefused,
    parse_date,
    parse_duration,
    parse_end,
    parse_length,
    parse_moment,
    parse_time,
    parse_timecode,
)
from parcours.problems import Problems
from parcours.prose.render import Renderer
from parcours.wording import when

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
     ("90", 90), ("2 jours", 2880), ("45'", 45), ("1\u00a0h\u202f05", 65)],
)  # fmt: skip
def test_durations(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["1:75", "1 h 75", "", "PT", "9", "1.30"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueRefused):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("52:10", 3130), ("00:52:10", 3130), ("1:02:33", 3753), ("01:02:33", 3753), ("2:05", 125),
     ("90:00", 5400), ("52 min 10 s", 3130), ("1 h 02 min 33 s", 3753), ("PT52M10S", 3130),
     ("PT1H2M33S", 3753), ("3130 s", 3130), ("52 min", 3120), ("1h30", 5400), ("1 h", 3600),
     ("52'10\"", 3130), ("1h02m33s", 3753), ("1\u00a0h\u202f02", 3720)],
)  # fmt: skip
def test_lengths_of_recordings_as_players_show_them(text: str, seconds: int) -> None:
    assert parse_length(text) == timedelta(seconds=seconds)
    assert parse_timecode(text) == seconds


@pytest.mark.parametrize("text", ["3130", "1:75:00", "5:75", "1 h 75", "0:00", "2 jours", "h", ""])
def test_what_is_no_length_of_a_recording(text: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_length(text)
    assert refused.value.code == "bad-length"


@pytest.mark.parametrize(
    "text",
    [
        "jeudi 17 décembre 2026",
        "JEU. 17 DEC. 2026",
        "le jeudi 17 décembre 2026",
        "Thursday, 17 December 2026",
        "thurs 17 dec 2026",
        "jeudi 2026-12-17",
        "Jeu. 17/12/2026",
        "jeudi 17 de\u0301cembre 2026",
    ],
)
def test_a_weekday_is_a_checksum(text: str) -> None:
    assert str(parse_moment(text)) == "2026-12-17"
    assert str(parse_end(f"{text} à 12h30")) == "2026-12-17 12:30"
    wrong = re.sub("(?i)jeudi|jeu", "mercredi", re.sub("(?i)thurs(day)?", "Wed", text))
    for parse in (parse_moment, parse_end, parse_date):
        with pytest.raises(ValueRefused) as refused:
            parse(wrong)
        assert refused.value.code == "weekday-unlike-date"
        assert refused.value.params["weekday"] == "Thursday"
    assert str(parse_moment(wrong, style=PAST)) == "2026-12-17"


AMERICAN = DateStyle(month_first=True)


def read_day(text: str, style: DateStyle) -> str:
    """The date, or the code of its refusal."""
    try:
        return str(parse_moment(text, style=style))
    except ValueRefused as error:
        return error.code


@pytest.mark.parametrize(
    ("text", "day_first", "some_month_first"),
    [
        ("12/3/2026", "2026-03-12", "ambiguous-date"),
        ("12.3.2026", "2026-03-12", "ambiguous-date"),
        ("Thursday 12/3/2026", "2026-03-12", "ambiguous-date"),
        ("friday 4/12/2026", "2026-12-04", "2026-12-04"),
        ("13/3/2026", "2026-03-13", "2026-03-13"),
        ("3/13/2026", "bad-date", "2026-03-13"),
        ("5/5/2026", "2026-05-05", "2026-05-05"),
        ("2026-12-03", "2026-12-03", "2026-12-03"),
        ("Thursday 3 December 2026", "2026-12-03", "2026-12-03"),
    ],
)
def test_a_date_has_one_reading(text: str, day_first: str, some_month_first: str) -> None:
    for style, expected in ((DAY_FIRST, day_first), (AMERICAN, some_month_first)):
        assert read_day(text, style) == expected


@pytest.mark.parametrize(
    ("start", "end", "zone", "last"),
    [
        ("2027-01-31 20:00", "2027-02-01 00:00", "Europe/Paris", "2027-01-31"),
        ("2027-01-29 20:00", "2027-02-01 00:00", "Europe/Paris", "2027-01-31"),
        ("2027-01-31 20:00", "2027-02-01 00:01", "Europe/Paris", "2027-02-01"),
        ("2027-01-31 20:00", "2027-02-01 00:00", "Indian/Reunion", "2027-01-31"),
        ("2027-01-31 00:00", "2027-01-31 23:00", "Europe/Paris", "2027-01-31"),
        ("2027-01-31 00:00", "2027-02-01 00:00", "Europe/Paris", "2027-01-31"),
        # Clocks go from 24:00 to 01:00 there: the day begins at one.
        ("2027-04-29 20:00", "2027-04-30 01:00", "Africa/Cairo", "2027-04-29"),
    ],
)
def test_the_last_day_is_one_on_which_something_happens(
    start: str, end: str, zone: str, last: str
) -> None:
    record = EventRecord.model_validate({"title": "Un", "start": start, "end": end})
    found = occurrence(record, TRIP, timedelta(hours=1), zone)
    assert found is not None
    assert str(found.last) == last


def test_an_end_at_midnight_is_told_with_its_own_day() -> None:
    values = {"title": "Un", "start": "2027-01-29 20:00", "end": "2027-02-01 00:00"}
    found = occurrence(EventRecord.model_validate(values), TRIP, timedelta(hours=1), "Europe/Paris")
    assert found is not None
    assert when(found, translator("en")).endswith("Monday, 1 February 2027, 00:00")


def test_times_and_timecodes() -> None:
    assert parse_time("12 h").hour == 12
    assert parse_timecode("1:05:30") == 3930
    assert parse_timecode("5:30") == 330
    assert parse_timecode("0:00") == 0
    for text in ("5:75", "530", "1:65:00"):
        with pytest.raises(ValueRefused):
            parse_timecode(text)


@pytest.mark.large
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (
        parse_moment,
        parse_end,
        parse_time,
        parse_duration,
        parse_length,
        parse_timecode,
    ):
        try:
            parse(text)
        except ValueRefused:
            continue


@pytest.mark.large
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


TOP = {"compile", "diffing", "engine", "scaffold", "commands", "cli"}
ABOVE = {
    "model": {"sources", "prose", "search", "reporting", "pages", "feeds"} | TOP,
    "sources": {"prose", "search", "reporting", "pages", "feeds"} | TOP,
    "prose": {"sources", "search", "pages", "feeds"} | TOP,
    "search": {"model", "sources", "prose", "pages", "feeds"} | TOP,
    "pages": {"sources", "feeds"} | TOP,
    "feeds": {"sources", "search", "pages"} | TOP,
    "reporting": {"sources", "prose", "search", "pages", "feeds"} | TOP,
    "scaling": {"prose", "search", "pages", "feeds"} | TOP,
    "compile": {"diffing", "engine", "commands", "cli"},
    "diffing": {"engine", "scaffold", "commands", "cli"},
    "engine": {"scaffold", "commands", "cli"},
    "scaffold": {"prose", "search", "pages", "feeds", "guide"} | TOP - {"scaffold"},
    "commands": {"cli"},
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


@pytest.mark.large
def test_data_flows_one_way() -> None:
    package = ROOT / "scripts" / "parcours"
    for path in package.rglob("*.py"):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        wrong = imports(path, package) & ABOVE.get(room, set())
        assert not wrong, f"{path.relative_to(package)} imports {wrong}"


def test_only_the_edge_reads_clock_and_environment() -> None:
    package = ROOT / "scripts" / "parcours"
    words = ("os.environ", "getenv", "datetime.now", "time.time", "date.today", "utcnow")
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(word in path.read_text() for word in words)
    }
    assert found == {"engine/environment.py"}


@pytest.mark.large
def test_what_has_six_fields_is_made_by_keyword() -> None:
    """Two of the same type that are swapped in a call by position pass every checker."""
    package = ROOT / "scripts" / "parcours"
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ClassDef):
                continue
            fields = [
                one
                for one in node.body
                if isinstance(one, ast.AnnAssign) and "kw_only=True" not in ast.unparse(one)
            ]
            made = [ast.unparse(one) for one in node.decorator_list]
            if len(fields) >= 6 and any(one.startswith("dataclass") for one in made):
                assert "kw_only=True" in made[0], f"{path.relative_to(package)}: {node.name}"
