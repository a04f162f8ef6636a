"""Bad input, one by one: a located error and nothing written, or feeds that two parsers read."""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import icalendar
import pytest
import vobject

from .conftest import FRENCH, Site
from .test_feeds import unfold, vevents

Lines = Callable[[], list[str]]


def source(front: str, body: str = "Texte.") -> str:
    """An event, on a Thursday unless *front* says otherwise."""
    start = "" if "start:" in front else "start: 2026-12-03 12:30\n"
    title = "" if "title:" in front else "title: Un\n"
    return f"---\n{title}{start}{front}---\n{body}\n"


REFUSED = [
    ("title too long", source(f"title: {'é' * 201}\n"), "3:8: error[too-long]"),
    ("summary too long", source(f"summary: {'é' * 501}\n"), "4:10: error[too-long]"),
    ("too long by combining marks", source(f"title: a{'̣̂' * 101}\n"), "3:8: error[too-long]"),
    ("only an invisible title", source('title: "\\u2028 \\t"\n'), "3:8: error[empty]"),
    ("NUL in a title", source("title: a\0b\n"), "3:9: error[control-character]"),
    ("NUL by its number", source('title: "a\\0b"\n'), "3:8: error[control-character]"),
    ("vertical tab in a title", source("title: a\vb\n"), "3:9: error[control-character]"),
    ("JavaScript", source("online: JaVaScRiPt:alert(1)\n"), "4:9: error[bad-url]"),
    (
        "JavaScript in two lines",
        source('online: "java\\nscript:alert(1)"\n'),
        "4:9: error[bad-url]",
    ),
    ("data", source("online: data:text/html,x\n"), "4:9: error[bad-url]"),
    (
        "address of a form",
        source("registration: {url: 'javascript:x'}\n"),
        "4:21: error[bad-url]",
    ),
    (
        "the hour skipped in March",
        source("start: 2027-03-28 02:30\nexception: nuit\n"),
        "3:8: error[skipped-hour]",
    ),
    (
        "an end in the skipped hour",
        source("start: 2027-03-28 01:30\nend: 02:15\nexception: nuit\n"),
        "4:6: error[skipped-hour]",
    ),
    (
        "half an hour skipped at Lord Howe",
        source("start: 2026-10-04 02:15\ntimezone: Australia/Lord_Howe\nexception: nuit\n"),
        "3:8: error[skipped-hour]",
    ),
    ("end before start", source("end: 12:29\n"), "4:6: error[end-before-start]"),
    ("end at the start", source("end: 12:30\n"), "4:6: error[end-before-start]"),
    (
        "last day before the first",
        source("start: 2026-12-03\nend: 2026-12-02\n"),
        "4:6: error[end-before-start]",
    ),
    ("a duration of nothing", source("duration: 0 min\n"), "4:11: error[bad-duration]"),
    ("year 1900", source("start: 1900-01-04 12:30\n"), "3:8: error[year-range]"),
    ("year 9999", source("start: 9999-12-30 12:30\n"), "3:8: error[year-range]"),
    ("end in 9999", source("end: 9999-12-31 12:30\n"), "4:6: error[year-range]"),
    (
        "a last day of all years",
        source("duration: 31 décembre 9999\n"),
        "4:11: error[bad-duration]",
    ),
    ("year 0", source("start: 0000-01-01 12:30\n"), "3:8: error[bad-date]"),
]


@pytest.mark.sampled(1)
@pytest.mark.large
@pytest.mark.parametrize(("name", "text", "expected"), REFUSED, ids=[one[0] for one in REFUSED])
def test_is_refused_and_nothing_is_written(
    site: Site, lines: Lines, name: str, text: str, expected: str
) -> None:
    site.write("webinars/essai.md", text)
    site.commit()
    compiled, built = site.root / "compiled", site.root / "site"
    assert site.run("compile", "-o", str(compiled)) == 1
    assert not compiled.exists()
    assert site.run("build", "-d", str(built)) == 1
    assert not built.exists()
    lines()
    assert site.run("check") == 1
    (line,) = lines()
    assert line.startswith("webinars/essai.md:")
    assert expected in line


RTL = "שלום עולם، مرحبا\u200f \u202eabc\u202c"
EMOJI = "Café ☕️ 👩🏽\u200d🏫 🏴\u200d☠️ 🇷🇪"
COMBINING = "Z̸̢̛͎a̸l̶g̵o̴ e\u0301te\u0301"
TITLES = {
    "emoji": EMOJI,
    "combining": "Z̸̢̛͎a̸l̶g̵o̴ été",
    "rtl": RTL,
    "script": "<script>alert(1)</script> & </title> <b>gras</b>",
    "breaks": "Un, deux ; trois \\n quatre \\",
    "injection": "X END:VEVENT BEGIN:VEVENT UID:autre",
    "braces": "{title} {{ x }} {% raw %} %s",
    "longest": "é" * 200,
}
BODIES = {
    "script": "<script>alert(1)</script> <b onclick=alert(2)>b</b> [a](javascript:alert(3))",
    "references": "a &#0; &#11; &#x1b; b",
    "separators": "un\u2028deux\u2029trois\x85quatre",
    "wide": f"{RTL} {EMOJI} {COMBINING} " * 40,
    "longest": "mot " * 12_000,
    "lines": "BEGIN:VEVENT\n\nUID:autre\n\nEND:VEVENT\n\nEND:VCALENDAR",
    "table": "| a | b |\n|---|---|\n| ; | \\, |\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One site with all that is awkward, and right."""
    made = Site(tmp_path_factory.mktemp("bad"))
    made.write("mkdocs.yml", FRENCH)
    made.write("content/index.md", "# Accueil\n")
    for folder in ("voyages", "content/mooc"):
        (made.root / folder).mkdir(parents=True, exist_ok=True)
    for name, title in TITLES.items():
        quoted = json.dumps(COMBINING if name == "combining" else title, ensure_ascii=False)
        made.write(f"webinars/t-{name}.md", source(f"title: {quoted}\n"))
    for name, body in BODIES.items():
        made.write(f"webinars/b-{name}.md", source("", body))
    made.write("webinars/spaces.md", source("online: https://a.example/b c/\n"))
    made.write("webinars/u.md", source(f"online: 'https://é.example/ü?a=\"b\"&c={'x' * 300}'\n"))
    made.commit()
    out = made.root / "out"
    assert made.run("compile", "-o", str(out)) == 0
    return out


@pytest.mark.large
def test_awkward_texts_are_read_by_two_parsers(built: Path) -> None:
    path = built / "flux" / "comptoirs.ics"
    assert not re.search(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", path.read_text())
    assert max(len(line) for line in path.read_bytes().split(b"\r\n")) <= 75
    mine = vevents(path)
    theirs = {one.uid.value: one for one in vobject.readOne(path.read_bytes().decode()).vevent_list}
    count = len(TITLES) + len(BODIES) + 2
    assert len(mine) == len(theirs) == count
    for name, title in TITLES.items():
        uid = f"t-{name}.comptoirs@petit.example"
        assert str(mine[uid]["SUMMARY"]) == theirs[uid].summary.value == title
    for uid, one in theirs.items():
        assert one.description.value == str(mine[uid]["DESCRIPTION"])
        assert len(one.description.value) < 5000


def test_an_address_is_written_as_addresses_are(built: Path) -> None:
    def join(name: str) -> str:
        lines = unfold(built / "comptoirs" / f"{name}.ics")
        (line,) = [one for one in lines if one.startswith("CONFERENCE")]
        return line.rpartition("VALUE=URI")[2].rpartition(":https:")[2]

    assert join("spaces") == "//a.example/b%20c/"
    assert join("u").startswith("//xn--9ca.example/%C3%BC?a=%22b%22&c=xxx")


def test_awkward_texts_stay_texts_in_the_news(built: Path) -> None:
    by_id: dict[str, str] = {}
    feed = json.loads((built / "flux" / "comptoirs.json").read_text())
    for one in feed["items"]:
        by_id[one["id"]] = one["title"]
        content = one["content_html"].lower()
        assert not re.search(r"<script|onclick=|\bhref=.javascript", content)
    for name, title in TITLES.items():
        assert by_id[f"t-{name}.comptoirs@petit.example"] == title
    for format in ("rss.xml", "atom.xml"):
        data = (built / "flux" / f"comptoirs.{format}").read_bytes()
        read = feedparser.parse(data)
        assert read.bozo == 0
        assert len(read.entries) == len(by_id)
        assert b"<script" not in data


def test_what_is_in_the_page_runs_nothing(built: Path) -> None:
    for path in (built / "comptoirs").glob("*.md"):
        text = path.read_text()
        assert "<script>alert" not in text, path
        assert "javascript:" not in text, path


def instants(site: Site) -> tuple[datetime, datetime]:
    calendar = icalendar.Calendar.from_ical(
        (site.root / "out" / "comptoirs" / "un.ics").read_bytes()
    )
    assert isinstance(calendar, icalendar.Calendar)
    (event,) = calendar.walk("VEVENT")
    feed = feedparser.parse((site.root / "out" / "flux" / "comptoirs.rss.xml").read_bytes())
    assert feed.bozo == 0
    published = datetime.fromtimestamp(timegm(feed.entries[0].published_parsed), UTC)
    return event.decoded("LAST-MODIFIED"), published


@pytest.mark.large
def test_a_commit_in_the_future_counts_for_nothing_until_then(site: Site) -> None:
    out = str(site.root / "out")
    site.commit("2026-05-01T00:00:00Z")
    site.write("webinars/un.md", source(""))
    site.commit("2031-05-01T00:00:00Z")
    assert site.run("compile", "-o", out) == 0
    first = datetime(2026, 5, 1, 0, 0, 1, tzinfo=UTC)
    assert instants(site) == (first, first)
    site.write("webinars/un.md", source("duration: 2h\n"))
    site.commit("2026-06-01T00:00:00Z")
    assert site.run("compile", "-o", out) == 0
    assert instants(site)[0] == datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.large
def test_a_commit_before_its_parent_still_raises_the_sequence(site: Site) -> None:
    out = str(site.root / "out")
    sequences = []
    for day, length in (("2026-06-01", "1h"), ("2026-01-01", "2h"), ("1999-01-01", "3h")):
        site.write("webinars/un.md", source(f"duration: {length}\n"))
        site.commit(f"{day}T00:00:00Z")
        assert site.run("compile", "-o", out) == 0
        lines = unfold(site.root / "out" / "comptoirs" / "un.ics")
        (sequence,) = [line for line in lines if line.startswith("SEQUENCE:")]
        sequences.append(int(sequence.partition(":")[2]))
        changed, published = instants(site)
        assert published <= changed
    assert sequences == sorted(set(sequences))


def test_a_first_commit_before_2020_counts_as_2020(site: Site) -> None:
    site.write("webinars/un.md", source(""))
    site.commit("1999-01-01T00:00:00Z")
    assert site.run("compile", "-o", str(site.root / "out")) == 0
    lines = unfold(site.root / "out" / "comptoirs" / "un.ics")
    assert "SEQUENCE:0" in lines
    assert instants(site)[0] == datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("body", ["[" * 40_000, "Un.\n\n" + "<a " * 16_000, "# a\n" * 12_000])
def test_a_text_that_would_take_minutes_is_refused(
    site: Site, capsys: pytest.CaptureFixture[str], body: str
) -> None:
    site.write("webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\n---\n{body}\n")
    site.write("content/page.md", f"Page\n\n{body}\n")
    assert site.run("check") == 1
    told = capsys.readouterr().out.splitlines()
    assert {line.split(": ")[0].rsplit(":", 2)[0] for line in told if "[too-complex]" in line} == {
        "webinars/un.md",
        "content/page.md",
    }
