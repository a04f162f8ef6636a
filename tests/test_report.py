"""The report: figures that are reckoned again from the sources, and how they are told."""

from __future__ import annotations

import csv
import io
import json
import re
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from parcours.cli import main
from parcours.i18n import translator
from parcours.model.report import (
    BLOCKS,
    COUNTED,
    Period,
    Report,
    days,
    minutes,
    report,
    today_of,
    usual,
    year_to,
    years,
)
from parcours.reporting.data import reference, report_data
from parcours.reporting.table import report_table
from parcours.reporting.terminal import report_lines
from parcours.spreadsheets import FORMULAS, table

from .conftest import NOW, ROOT, Site, compiled_page
from .corpora import Corpus, compiled
from .test_json import ALL, documented, said

Capture = pytest.CaptureFixture[str]
Found = Mapping[str, Any]

# What the flagship's sources say, read without Parcours


def _sources() -> Iterator[tuple[str, Found]]:
    """Every source of a meeting, by collection and id."""
    folders = {
        **{"comptoirs": "webinars", "voyages": "voyages", "mooc": "content/mooc"},
        "journees": "content/journees",
    }
    for collection, folder in folders.items():
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".md", ".yml") or path == ROOT / "content/mooc/index.md":
                continue
            if collection == "mooc" and path.name == "index.md":
                continue  # a course is no meeting
            text = path.read_text()
            head = text.split("---\n")[1] if path.suffix == ".md" else text
            id = path.relative_to(ROOT / folder).with_suffix("").as_posix()
            yield f"{collection}/{id.removesuffix('/index').replace('/', '-')}", plain(head)


def plain(head: str) -> Found:
    """YAML in which dates and hours are the texts that they are."""
    # YAML 1.1, which this library reads, ends no list with a question.
    head = re.sub(r"\s\?", "", head)
    found = yaml.load(head, Loader=yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _held(first: date, last: date) -> dict[str, Found]:
    now = datetime.fromisoformat(NOW)
    found = {}
    for id, one in _sources():
        if "start" not in one or one.get("draft") == "true" or "repeat" in one:
            continue  # of a series, tests/test_series.py tells what is counted
        if one.get("status") in ("cancelled", "postponed") or one.get("state") == "open":
            continue
        start = _day(one["start"])
        over = datetime.combine(_day(one.get("end", one["start"])), datetime.max.time(), UTC)
        if first <= start <= last and over < now:
            found[id] = one
    return found


YEARS = (2024, 2025, 2026)


@pytest.fixture(scope="module")
def reports(flagship_corpus: Corpus) -> Mapping[int, Report]:
    now, community = flagship_corpus.now, flagship_corpus.community
    assert years(community, now) == tuple(reversed(YEARS))
    today = today_of(community, now)
    return {year: report(community, year_to(year, today), now) for year in YEARS}


def counted(found: Report, key: Any) -> set[str]:
    figure = found.figure(key)
    its = figure.now.counts if figure else ()
    return {reference(one) for one in its if not getattr(one, "date", None)}


@pytest.mark.parametrize("year", YEARS)
def test_meetings_are_those_of_the_sources(reports: Mapping[int, Report], year: int) -> None:
    found, held = reports[year], _held(date(year, 1, 1), date(year, 12, 31))
    assert counted(found, "meetings") == set(held)
    timed = {id for id, one in held.items() if " " in one["start"]}
    assert counted(found, "minutes") == timed
    lengths = {"1h30": 90, "1h15": 75, "1h": 60, "": 60}
    figure = found.figure("minutes")
    assert figure is not None
    monthly = 45 * sum(bool(getattr(one, "date", None)) for one in figure.now.counts)
    total = sum(lengths[held[id].get("duration", "")] for id in timed)
    assert figure.now.value == total + monthly
    whole = {id: one for id, one in held.items() if id not in timed}
    assert counted(found, "days") == set(whole)
    spans = [
        (_day(one.get("end", one["start"])) - _day(one["start"])).days for one in whole.values()
    ]
    figure = found.figure("days")
    assert figure is not None
    assert figure.now.value == sum(spans) + len(spans)
    trips = {id for id in held if id.startswith("voyages/")}
    assert counted(found, "trips") == trips
    delivered = {id for id, one in held.items() if set(one.get("replay", {})) & {"video", "audio"}}
    assert counted(found, "replays") == delivered
    late = {
        id
        for id, one in held.items()
        if id not in delivered and not id.startswith("voyages/") and one.get("recorded") != "false"
    }
    assert counted(found, "replays-late") == late


@pytest.mark.parametrize("year", YEARS)
def test_parts_are_those_of_the_sources(reports: Mapping[int, Report], year: int) -> None:
    found, held = reports[year], _held(date(year, 1, 1), date(year, 12, 31))
    figure = found.figure("meetings")
    assert figure is not None
    by_collection = {
        one.id: {reference(e) for e in one.now.counts if not getattr(e, "date", None)}
        for one in figure.parts
    }
    for id, ids in by_collection.items():
        assert ids == {one for one in held if one.startswith(f"{id}/")}
    months = found.figure("months")
    assert months is not None
    assert {one.id for one in months.parts} == {one["start"][:7] for one in held.values()}
    territories = found.figure("territories")
    named = {one for source in held.values() for one in source.get("territories", ())}
    if territories is None:
        assert not named
    else:
        assert {one.id for one in territories.parts if one.now.value} == named


def test_needs_are_those_of_the_sources(reports: Mapping[int, Report]) -> None:
    found = reports[2026]
    needs = {
        path.stem: plain(path.read_text()) for path in (ROOT / "content/data/needs").glob("*.yml")
    }
    opened = {id for id, one in needs.items() if one["opened"] <= NOW[:10]}
    assert counted(found, "needs") == opened
    answered = {id for id, one in needs.items() if one.get("state") == "answered"}
    assert counted(found, "needs-answered") == answered
    took = [(_day(needs[id]["answered"]) - _day(needs[id]["opened"])).days for id in answered]
    figure = found.figure("answer-days")
    assert figure is not None
    assert figure.now.value == statistics.median(took)
    assert len(figure.now.counts) == len(took)
    states = {id: needs[id].get("state", "open") for id in opened}
    # Those in contact stand apart, as on the pages of needs.
    waiting = {id for id, state in states.items() if state == "open"}
    assert counted(found, "needs-open") == waiting
    helped = {one["contact"]["with"] for one in needs.values() if "contact" in one}
    assert counted(found, "facilitators") == helped


def test_sessions_are_those_of_courses_that_say_their_states(
    reports: Mapping[int, Report],
) -> None:
    states = {id: one["state"] for id, one in _sources() if "state" in one}
    found = reports[2026]
    assert counted(found, "sessions-open") == {id for id, one in states.items() if one == "open"}
    claims = {id: one["claim"]["on"] for id, one in _sources() if "claim" in one}
    taken = {id for id, day in claims.items() if day <= NOW[:10]}
    assert counted(found, "sessions-taken") == taken
    # Of a year that is over only its own sessions tell, and in 2024 no course was a relay.
    assert reports[2024].figure("sessions-taken") is None


def test_a_figure_counts_what_it_says(reports: Mapping[int, Report]) -> None:
    for found in reports.values():
        for figure in found.figures:
            tallies = [figure.now, *(part.now for part in figure.parts)]
            compared = [figure.before, *(part.before for part in figure.parts)]
            tallies += [one for one in compared if one]
            for tally in tallies:
                assert len(set(map(id, tally.counts))) == len(tally.counts)
                assert bool(tally.value) <= bool(tally.counts), figure.key
            named = ("territories", "organisations", "months")
            if figure.key in named:
                assert figure.now.value == sum(1 for part in figure.parts if part.now.value)
            elif figure.key not in (
                "minutes",
                "days",
                "stops",
                "replay-wait",
                "replay-delay",
                "answer-days",
            ):
                assert figure.now.value == len(figure.now.counts)
            if figure.key in ("meetings", "minutes", "days"):
                assert figure.now.value == sum(part.now.value or 0 for part in figure.parts)
    assert set(COUNTED) < {key for keys in BLOCKS.values() for key in keys}


# Periods

DAYS = st.dates(date(1971, 1, 1), date(2199, 12, 31))


@given(DAYS, DAYS)
def test_the_period_before(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    before = period.before
    assert before.first <= before.last < period.last
    if period.year is None:
        assert before.last == period.first - timedelta(days=1)
    else:
        assert before.year == period.year - 1
        assert (before.last.month, min(before.last.day, 28)) == (
            period.last.month,
            min(period.last.day, 28),
        )


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2026-01-01 2026-12-31", "2025-01-01 2025-12-31"),
        ("2026-01-01 2026-11-24", "2025-01-01 2025-11-24"),
        ("2024-01-01 2024-02-29", "2023-01-01 2023-02-28"),
        ("2026-03-01 2026-05-31", "2025-12-01 2026-02-28"),
        ("2026-02-01 2026-02-28", "2026-01-01 2026-01-31"),
        ("2025-09-01 2026-08-31", "2024-09-01 2025-08-31"),
        ("2026-03-10 2026-03-16", "2026-03-03 2026-03-09"),
        ("2026-03-10 2026-03-10", "2026-03-09 2026-03-09"),
    ],
)
def test_what_a_period_is_compared_with(period: str, before: str) -> None:
    found = Period(*map(date.fromisoformat, period.split())).before
    assert f"{found.first} {found.last}" == before


@pytest.mark.large
@given(cut=st.dates(date(2023, 1, 1), date(2027, 12, 31)))
def test_two_periods_make_one(flagship_corpus: Corpus, cut: date) -> None:
    """What counts in one of two neighbours, and in no other, counts in both together."""
    community, now = flagship_corpus.community, flagship_corpus.now
    whole = report(community, Period(date(2022, 1, 1), date(2028, 12, 31)), now)
    first = report(community, Period(date(2022, 1, 1), cut), now)
    last = report(community, Period(cut + timedelta(days=1), date(2028, 12, 31)), now)
    for key in ("meetings", "minutes", "days", "replays", "replays-late", "needs", "cancelled"):
        both = [counted(one, key) for one in (first, last)]
        assert not both[0] & both[1]
        assert both[0] | both[1] == counted(whole, key)
    assert {one.uid for one in first.held}.isdisjoint(one.uid for one in last.held)


def test_the_usual_period_is_the_latest_year_with_something(flagship_corpus: Corpus) -> None:
    community, now = flagship_corpus.community, flagship_corpus.now
    assert usual(community, now) == Period(date(2026, 1, 1), date(2026, 11, 24))
    later = datetime(2027, 1, 3, tzinfo=UTC)
    assert usual(community, later) == Period(date(2026, 1, 1), date(2026, 12, 31))
    nothing = replace(community, events=(), exchange=None)
    assert years(nothing, now) == ()
    assert report(nothing, usual(nothing, now), now).blocks == ()


# What counts, and how long it is


def meeting(**said: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in said.items()) + "---\nTexte.\n"


WRITTEN = {
    "webinars/une-heure.md": meeting(title="Une heure", start="2026-03-05 12:30"),
    "webinars/annulee.md": meeting(title="A", start="2026-03-12 12:30", status="cancelled"),
    "webinars/reportee.md": meeting(title="R", start="2026-03-19 12:30", status="postponed"),
    "webinars/brouillon.md": meeting(title="B", start="2026-03-26 12:30", draft="true"),
    "webinars/journee.md": meeting(title="J", start="2026-04-02"),
    "webinars/nuit.md": meeting(title="N", start="2026-04-09 22:00", duration="4h"),
    "webinars/a-venir.md": meeting(title="V", start="2026-12-03 12:30"),
    "webinars/en-cours.md": meeting(title="C", start="2026-11-24 09:30", exception="un mardi"),
    "webinars/saint-sylvestre.md": meeting(
        title="S", start="2026-01-01 01:00", timezone="Indian/Reunion"
    ),
    "voyages/trois-jours.md": meeting(title="T", start="2026-05-12 13:00", end="2026-05-14 17:00"),
    "voyages/deux-ans.md": meeting(title="D", start="2025-12-30", end="2026-01-02"),
    "content/data/organisations/cci.yml": "name: CCI\n",
    "content/mooc/relais/index.md": meeting(title="Relais"),
    "content/mooc/relais/une.md": meeting(
        title="Une", start="2026-06-02 12:30", number="1", state="confirmed", hosts="[cci]"
    ),
    "content/mooc/relais/prise.md": meeting(
        title="Prise", start="2026-06-16 12:30", number="3", claim="{lead: cci, on: 2026-05-04}"
    ),
    "content/mooc/relais/promise.md": meeting(
        title="Promise", start="2026-12-08 12:30", number="4", claim="{lead: cci, on: 2026-11-28}"
    ),
    "content/mooc/relais/deux.md": meeting(
        title="Deux", start="2026-06-09 12:30", number="2", state="open"
    ),
    "content/mooc/cours/index.md": meeting(title="Cours"),
    "content/mooc/cours/une.md": meeting(title="Seule", start="2026-06-03 12:30", number="1"),
}


@pytest.fixture
def written(site: Site) -> Site:
    for name, text in WRITTEN.items():
        site.write(name, text)
    site.commit()
    return site


def asked(site: Site, capsys: Capture, *arguments: str) -> Found:
    capsys.readouterr()
    assert site.run("report", "--json", *arguments) == 0
    return said(capsys)


def values(found: Found) -> dict[str, Any]:
    return {one["key"]: one["value"] for one in found["figures"]}


@pytest.mark.large
def test_what_is_held(written: Site, capsys: Capture) -> None:
    found = asked(written, capsys, "--lang", "fr")
    assert found["period"] == {"first": "2026-01-01", "last": "2026-11-24"}
    (held, *_) = (one for one in found["figures"] if one["key"] == "meetings")
    ids = ["comptoirs/saint-sylvestre", "comptoirs/une-heure", "comptoirs/journee"]
    ids += [
        "comptoirs/nuit",
        "voyages/trois-jours",
        "mooc/relais-une",
        "mooc/relais-prise",
        "mooc/cours-une",
    ]
    assert sorted(held["counts"]) == sorted(ids)
    known = {one["id"]: one for one in found["meetings"]}
    assert "comptoirs/brouillon" not in known
    lengths = {id: known[id]["minutes"] for id in ids}
    assert lengths["comptoirs/nuit"] == 240
    assert lengths["comptoirs/journee"] is None
    assert lengths["voyages/trois-jours"] is None  # two nights are no meeting
    assert known["voyages/trois-jours"]["days"] == 3
    got = values(found)
    assert got["minutes"] == sum(one or 0 for one in lengths.values())
    assert got["days"] == 4
    assert (got["cancelled"], got["postponed"], got["trips"]) == (1, 1, 1)
    assert (got["sessions-taken"], got["sessions-open"]) == (1, 1)
    (taken,) = (one for one in found["figures"] if one["key"] == "sessions-taken")
    assert taken["counts"] == ["mooc/relais-prise"]  # neither by its hosts, nor by a day to come
    ahead = asked(written, capsys, "--from", "2026-12-01", "--to", "2026-12-31")
    assert values(ahead).get("sessions-taken", 0) == 0
    early = asked(written, capsys, "--from", "2026-05-01", "--to", "2026-05-03")
    assert values(early).get("sessions-taken", 0) == 0
    before = next(one for one in found["figures"] if one["key"] == "trips")["before"]
    assert before == {"value": 0, "counts": []}  # it began on 30 December, after these days of 2025


def test_organisations_without_a_file_take_part_too(site: Site, capsys: Capture) -> None:
    """As many times as they do, under their name; one has a file, and is counted as before."""
    site.write("content/data/organisations/cci.yml", "name: CCI\n")
    for day in (5, 12):
        text = meeting(title="T", start=f"2026-03-{day:02d} 12:30", hosts="[cci, {name: Un CFA}]")
        site.write(f"webinars/t{day}.md", text)
    site.commit()
    figures = asked(site, capsys, "--lang", "fr")["figures"]
    (found,) = (one for one in figures if one["key"] == "organisations")
    assert [(one["name"], one["value"]) for one in found["parts"]] == [
        ("CCI", 2),
        ("Un CFA", 2),
    ]


def test_how_long_a_replay_took_is_told_where_it_is_known(site: Site, capsys: Capture) -> None:
    """It was announced, took place, and its replay came out: history knows each of them."""
    link = "\nreplay: {video: https://video.example/une}"
    texts = {
        name: meeting(title=name, start=f"2026-{day} 12:30", summary="S")
        for name, day in (("une", "03-05"), ("deux", "04-02"), ("tard", "03-05"))
    }
    for name in ("une", "deux"):
        site.write(f"webinars/{name}.md", texts[name])
    site.commit("2026-02-01T00:00:00Z")
    for name, day in (("une", "2026-03-09T10:00:00Z"), ("deux", "2026-04-14T00:00:00Z")):
        site.write(f"webinars/{name}.md", texts[name].replace("summary: S", "summary: S" + link))
        site.commit(day)
    # Written down later, with its replay: how long that took is not known.
    site.write("webinars/tard.md", texts["tard"].replace("summary: S", "summary: S" + link))
    site.commit("2026-06-01T00:00:00Z")
    found = asked(site, capsys)
    (delay,) = (one for one in found["figures"] if one["key"] == "replay-delay")
    assert (delay["value"], delay["unit"]) == (7, "days")
    assert delay["counts"] == ["comptoirs/une", "comptoirs/deux"]
    assert values(found)["replays"] == 3
    days = {one["id"]: one["delivered"] for one in found["meetings"]}
    assert days == {"comptoirs/une": 3, "comptoirs/deux": 11, "comptoirs/tard": None}
    page = site.page("bilan").read_text("utf-8")
    assert "Délai médian des replays" in page
    assert "deux\u00a0: 11\u00a0jours" in page


def test_a_draft_counts_in_no_preview_either(flagship_corpus: Corpus) -> None:
    community, now = flagship_corpus.community, flagship_corpus.now
    period = Period(date(2024, 1, 1), date(2026, 11, 24))
    held = report(community, period, now).held
    hidden = replace(held[0], record=held[0].record.model_copy(update={"draft": True}))
    events = tuple(hidden if one is held[0] else one for one in community.events)
    assert report(replace(community, events=events), period, now).held == held[1:]


def test_hours_are_told_of_what_has_them(flagship_corpus: Corpus) -> None:
    for event in flagship_corpus.community.events:
        long = minutes(event)
        if event.first is None:
            assert (long, days(event)) == (None, 0)
        elif long is None:
            assert event.first.all_day
            assert days(event) >= 1
        else:
            assert 0 < long < 24 * 60


# The command


@pytest.mark.large
def test_the_data_are_as_documented(capsys: Capture, flagship_corpus: Corpus) -> None:
    file = str(ROOT / "mkdocs.yml")
    arguments = ["report", "-f", file, "--now", NOW, "--lang", "en"]
    assert main([*arguments, "--json"]) == 0
    found = said(capsys)
    community, now = flagship_corpus.community, flagship_corpus.now
    made = report(community, usual(community, now), now)
    expected = report_data(made, community.settings, translator("en"))
    assert found == {"version": 1, "language": "en", **json.loads(json.dumps(expected))}
    assert set(found) == ALL | documented("report")
    ids = {
        kind: {one["id"] for one in found[kind]} for kind in ("meetings", "needs", "facilitators")
    }
    tally = documented("tally")
    assert {one["of"] for one in found["figures"]} == set(ids)
    for figure in found["figures"]:
        assert set(figure) == documented("figure") | tally
        assert set(figure["counts"]) <= ids[figure["of"]]
        assert figure["before"] is None or set(figure["before"]) == tally
        for part in figure["parts"]:
            assert set(part) == documented("part") | tally
            assert set(part["counts"]) <= set(figure["counts"])
    for kind, name in (("meetings", "meeting"), ("needs", "need"), ("facilitators", "facilitator")):
        assert all(set(one) == documented(name) for one in found[kind])
    assert found["undated"] == ["voyages/nouvelle-aquitaine"]


def test_the_table_is_read_back(reports: Mapping[int, Report]) -> None:
    for found in reports.values():
        tr = translator("fr")
        head, *rows = csv.reader(io.StringIO(report_table(found, tr), newline=""))
        assert head[:3] == ["Clé", "Chiffre", "Détail"]
        assert {len(row) for row in rows} == {len(head)}
        whole = {row[0]: row for row in rows if not row[2]}
        assert list(whole) == [one.key for one in found.figures]
        for figure in found.figures:
            row = whole[figure.key]
            assert row[5] == ("" if figure.now.value is None else str(figure.now.value))
            assert row[10].split() == [reference(one) for one in figure.now.counts]
            parts = [row for row in rows if row[0] == figure.key and row[2]]
            assert [float(row[5]) for row in parts] == [part.now.value for part in figure.parts]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@pytest.mark.large
@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=4))
def test_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(table(rows), newline="")))
    for row, cells in zip(read, rows, strict=True):
        for cell, text in zip(row, cells, strict=True):
            assert cell.lstrip()[:1] not in FORMULAS
            assert cell in (text, f"'{text}")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", " \r\n=1", "＝1", "\u00a0-1"])
def test_a_cell_that_would_be_reckoned_is_text(text: str) -> None:
    assert next(csv.reader(io.StringIO(table([[text, 2]]), newline=""))) == [f"'{text}", "2"]


def test_a_terminal_shows_it_in_both_languages(reports: Mapping[int, Report]) -> None:
    french = "\n".join(report_lines(reports[2026], translator("fr")))
    first, *_ = french.replace("\u00a0", " ").splitlines()
    assert first == "Bilan du 1er janvier au 24 novembre 2026"
    held = len(reports[2026].held)
    assert re.search(rf"^  Rencontres tenues +{held} +3 +\+{held - 3}$", french, re.MULTILINE)
    assert re.search(r"^  Délai médian de réponse +84.jours, sur 2$", french, re.MULTILINE)
    assert f"{held} sur {held} rencontres tenues" in french
    english = "\n".join(report_lines(reports[2025], translator("en")))
    assert english.startswith("Report of 2025\n")
    assert re.search(r"^  Time of meetings +2.h +2.h +=$", english, re.MULTILINE)
    assert "2025-05-20  voyages/occitanie-2025  Halles et moulins d’Occitanie" in english
    assert re.search(r"^2026-10-29  .*\(replay dû depuis 25 jours\)$", french, re.MULTILINE)
    # One column of numbers, whatever the names.
    ends = {line.index("  2  ") for line in english.splitlines() if line.startswith("  Replays d")}
    ends |= {line.index("  3  ") for line in english.splitlines() if line.startswith("  Meetings")}
    assert len(ends) == 1


WRONG: list[tuple[tuple[str, ...], str]] = [
    (("--from", "2026-02-30"), "« 2026-02-30 » is no day"),
    (("--to", "hier"), "« hier » is no day"),
    (("--from", "1066-01-01"), "is no day from 1970 to 2200"),
    (("--from", "2026-06-01", "--to", "2026-05-01"), "ends (1 May 2026) before it begins"),
    (("--from", "2027-06-01"), "ends (24 November 2026) before it begins"),
    (("--from", "03/04/2026"), "« 03/04/2026 » is no day"),  # which of two is not known
    (("--json", "--csv"), "not allowed with"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=lambda one: " ".join(one))
def test_arguments_that_are_wrong(
    site: Site, capsys: Capture, arguments: tuple[str, ...], words: str
) -> None:
    site.commit()
    try:
        code = site.run("report", "--lang", "en", *arguments)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert words in told.err


@pytest.mark.large
def test_days_are_read_as_people_write_them(written: Site, capsys: Capture) -> None:
    found = asked(written, capsys, "--lang", "fr", "--from", "1er mars 2026", "--to", "31/03/2026")
    assert found["period"] == {"first": "2026-03-01", "last": "2026-03-31"}
    assert found["before"] == {"first": "2026-02-01", "last": "2026-02-28"}
    assert values(found)["meetings"] == 1
    found = asked(written, capsys, "--to", "2025-12-31")
    assert found["period"] == {"first": "2025-01-01", "last": "2025-12-31"}
    assert [one["id"] for one in found["meetings"]] == ["voyages/deux-ans"]


def test_sources_with_errors_have_no_report(site: Site, capsys: Capture) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-04 12:30\n---\n")
    site.commit()
    capsys.readouterr()
    assert site.run("report", "--json") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "webinars/un.md:3:8: " in told.err
    site.write("mkdocs.yml", "site_name: [\n")
    assert site.run("report", "--csv") == 1
    assert capsys.readouterr().out == ""
    (site.root / "mkdocs.yml").unlink()
    assert site.run("report") == 2


def test_a_report_of_nothing(site: Site, capsys: Capture) -> None:
    site.commit()
    capsys.readouterr()
    assert site.run("report", "--lang", "en") == 0
    assert "Nothing took place in this period." in capsys.readouterr().out
    assert asked(site, capsys)["figures"] == []


# The pages


def drawn(folder: Path, address: str) -> html.HtmlElement:
    text = compiled_page(folder, address).read_text()
    return html.fromstring(text[text.index("<div") :])


def rows(page: html.HtmlElement) -> Iterator[tuple[str, list[str], list[str]]]:
    """By line: its name, its values, and the addresses of what it counts."""
    for row in page.iterfind(".//table[@class='pc-figures']/tbody/tr"):
        head, *cells = row
        name = head.find(".//summary")
        text = (head if name is None else name).text_content()
        yield text, [one.text_content() for one in cells], [a.get("href") for a in head.iter("a")]


def test_a_page_tells_what_the_data_tell(flagship_compiled: Path, reports: Any) -> None:
    page = drawn(flagship_compiled, "bilan")
    found: Report = reports[2026]
    told = {name: (cells, links) for name, cells, links in rows(page)}
    for figure in found.figures:
        if not (figure.now.value or (figure.before and figure.before.value)):
            continue
        counts, before = figure.now.counts, figure.before.counts if figure.before else ()
        counts = counts if figure.parts and counts else (*counts, *before)
        names = [one for one in told.values() if len(one[1]) == len(counts)]
        assert names, figure.key
    cells, links = told["Replays livrés"]
    delivered = found.figure("replays")
    assert delivered is not None
    assert delivered.before is not None
    here, then = (len(one.counts) for one in (delivered.now, delivered.before))
    assert cells[:3] == [str(here), str(then), f"+{here - then}"]
    assert len(links) == here + then
    assert told["Comptoirs du Jeudi"][0][0] == "11 h 15".replace(" ", "\u00a0")
    assert told["Hauts-de-France"][1] == [
        "../comptoirs/un-oral-sans-trac/",
        "../comptoirs/automne-a-deux-voix/",
    ]
    # A total opens on what it counts, as its parts do.
    total = told["Rencontres tenues"][1]
    assert total == [f"../{one.address}" for one in found.held]
    (years,) = page.find_class("pc-overview")
    values = [[cell.text_content() for cell in row] for row in years.iterfind("tbody/tr")]
    first, *others = (row[:2] for row in values)
    assert first == ["2026", str(len(found.held))]
    assert others == [["2025", "3"], ["2024", "3"]]
    assert not drawn(flagship_compiled, "bilan/2026").find_class("pc-overview")
    held = [a.get("href") for a in page.iterfind(".//table[@class='pc-held']//a")]
    assert held == [f"../{one.address}" for one in found.held]
    notes = [one.text_content() for one in page.find_class("pc-note")]
    assert notes[0].startswith("Exemples inventés, comptés ici")


def test_every_link_of_a_page_leads_somewhere(flagship_compiled: Path) -> None:
    for address in ("bilan", "bilan/2024", "bilan/2025", "bilan/2026"):
        page = drawn(flagship_compiled, address)
        ids = [one.get("id") for one in page.iter() if one.get("id")]
        assert len(ids) == len(set(ids))
        for one in page.iter("a"):
            href = one.get("href")
            if href.startswith("#"):
                assert href[1:] in ids
            else:
                page_of = href.partition("#")[0]
                way = (Path("/") / address / page_of).resolve().relative_to("/")
                target = flagship_compiled / way
                assert (
                    target.suffix == ".csv" or compiled_page(flagship_compiled, str(way)).exists()
                )
                assert not target.suffix or target.is_file()


def test_drawings_are_told_in_words(flagship_compiled: Path) -> None:
    page = drawn(flagship_compiled, "bilan/2025")
    bars = page.find_class("pc-bar")
    assert bars
    for bar in bars:
        assert bar.get("aria-hidden") == "true"
        assert bar.getparent().text_content().strip()
        assert 0 < max(float(one.get("width")) for one in bar.iter("rect")) <= 100
    (months,) = page.find_class("pc-months-held")
    assert months.find("svg").get("role") == "img"
    assert months.find("svg").get("aria-label")
    assert [len(months.findall(f".//{one}")) for one in ("rect", "text")] == [3, 3 + 12]
    (link,) = page.find_class("pc-map__link")
    assert link.get("aria-label") == "Occitanie\u00a0: 1 rencontre"
    assert link.get("href") == "#pc-in-occitanie"


def test_the_files_of_figures(flagship_compiled: Path, reports: Mapping[int, Report]) -> None:
    for year, found in reports.items():
        file = flagship_compiled / f"bilan/{year}/chiffres.csv"
        assert file.read_bytes().decode() == report_table(found, translator("fr"))


def test_a_site_without_a_meeting_has_no_report(site: Site) -> None:
    site.write("webinars/un.md", meeting(title="Un", start="2026-12-03 12:30"))
    site.commit()
    folder = site.compile()
    page = drawn(folder, "bilan")  # its address stands, since a menu may name it
    assert [one.text_content()[:29] for one in page.find_class("pc-note")] == [
        "Rien n’a encore eu lieu\u00a0: les"
    ]
    assert not list(page.iter("h2", "a", "table"))
    assert not (folder / "bilan").exists()
    made = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False)
    assert "bilan/" not in {one.address for one in made.foot}


def test_another_community_sees_what_it_has(smallest: Site) -> None:
    smallest.write("webinars/two.md", meeting(title="=Two", start="2026-10-01 12:30"))
    smallest.commit()
    folder = smallest.compile()
    page = drawn(folder, "report")
    assert [one.text_content() for one in page.iter("h2")] == [
        *("Meetings", "Replays", "The meetings that were held", "How this is counted")
    ]
    assert not page.find_class("pc-map")
    assert not page.find_class("pc-note")
    assert (folder / "report/2026/figures.csv").is_file()
    assert not (folder / "bilan.md").exists()
    assert page.find("h1").text_content() == "Report from 1 January to 24 November 2026"
    assert [one.text_content() for one in page.find_class("pc-tiles")[0].iter("strong")] == [
        *("1", "1\u00a0h")
    ]
    # Below its number, one is called as one is; in a table, as any number is.
    assert "Meeting held" in page.find_class("pc-tiles")[0].text_content()
    assert "Meetings held" in {name for name, _, _ in rows(page)}


def test_a_written_page_keeps_its_words(site: Site) -> None:
    site.write("webinars/un.md", meeting(title="Un", start="2026-10-01 12:30"))
    site.write("content/bilan.md", "# Notre bilan\n\nCe que nous en pensons.\n")
    site.commit()
    text = site.page("bilan").read_text()
    assert "Ce que nous en pensons." in text
    assert "<h1>" not in text
    assert 'class="pc-page pc-report"' in text


def test_the_foot_of_every_page_leads_to_it(flagship: Path) -> None:
    page = (flagship / "comptoirs/index.html").read_text()
    foot = page[page.index('class="pc-foot"') :]
    assert "bilan/" in foot[: foot.index("</nav>")]


def test_consent_that_ends_leaves_no_trace(flagship_corpus: Corpus) -> None:
    """Whoever is not published is not in the model: the report names nobody else."""
    community, now = flagship_corpus.community, flagship_corpus.now
    exchange = community.exchange
    assert exchange is not None
    found = report(community, usual(community, now), now)
    data = json.dumps(report_data(found, community.settings, translator("fr")))
    assert set(re.findall(r"facilitateurs/([a-z-]+)/", data)) <= set(exchange.facilitators)
