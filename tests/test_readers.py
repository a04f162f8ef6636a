"""Every calendar, as five libraries that are not ours read it, against the model.

What is expected comes from the community alone: a reader is never compared with another reader,
nor with what wrote the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from parcours.tree import content

from . import bench
from .conftest import MANY, NOW, THOUSANDS, Site, unavailable
from .corpora import Corpus, corpus, is_feed, ready
from .expected import STATUSES, calendars, differences, distinct
from .readers import Read, ReaderError, icaljs, libical, python

READERS: Mapping[str, Callable[[list[bytes]], list[list[Read]]]] = {
    "ical.js": icaljs.read_many,
    "libical": libical.read_many,
    **{reader.name: reader.read_many for reader in python.READERS},
}
MISSING = {"ical.js": icaljs.missing, "libical": libical.missing}

FIRST = {"ical.js", "libical", "icalendar"}
"""What most applications are made with; the others read very many events at night."""

every_reader = pytest.mark.parametrize("name", READERS)


def reader(name: str) -> Callable[[list[bytes]], list[list[Read]]]:
    """A reader, or the reason why it is not there."""
    missing = MISSING[name]() if name in MISSING else None
    if missing:
        unavailable(missing)
    return READERS[name]


def test_there_are_the_calendars_there_should_be(
    flagship_corpus: Corpus, large_corpus: Corpus
) -> None:
    for of in (flagship_corpus, large_corpus):
        assert {name for name in of.files if name.endswith(".ics")} == calendars(of).keys()


@pytest.mark.sampled
@pytest.mark.large
@every_reader
def test_the_flagship(flagship_corpus: Corpus, name: str) -> None:
    data, wanted = distinct(flagship_corpus, ".*")
    assert len(data) > 100
    assert differences(reader(name)(data), wanted) == []


@pytest.mark.deep
@every_reader
def test_kits_are_whole_days_around_their_sessions(
    flagship_compiled: Path, flagship_corpus: Corpus, name: str
) -> None:
    """21, 7 and 1 days before a session, its day, and the day after."""
    known = flagship_corpus.community.events
    sessions = {f"{one.address}kit.ics": one for one in known if one.occurrences}
    files = sorted(flagship_compiled.rglob("kit.ics"))
    assert len(files) > 5
    data = [file.read_bytes() for file in files]
    for file, reads in zip(files, reader(name)(data), strict=True):
        session = sessions[file.relative_to(flagship_compiled).as_posix()]
        day = session.occurrences[0].first
        steps = {"kit-21": -21, "kit-7": -7, "kit-1": -1, "kit-0": 0, "kit-after": 1}
        days = {f"{step}.{session.uid}": day + timedelta(n) for step, n in steps.items()}
        assert {one.uid: one.start for one in reads} == days
        assert len(reads) == len(days)
        assert all(one.end == one.start + timedelta(1) for one in reads)
        assert all(one.title.endswith(session.title) for one in reads)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.deep] * (name not in FIRST)) for name in READERS]
)
def test_the_main_calendars_of_very_many_events(large_corpus: Corpus, name: str) -> None:
    """The agenda, each of its years, and each collection: every event that calendars hold."""
    data, wanted = distinct(large_corpus, r"flux/(agenda(/\d+)?|comptoirs|voyages|mooc)\.ics")
    assert {read.uid for reads in wanted for read in reads} == {
        e.uid for e in large_corpus.meetings
    }
    assert differences(reader(name)(data), wanted) == []


@pytest.mark.deep
def test_every_calendar_of_very_many_events(large_corpus: Corpus) -> None:
    """What one subscribes to in all selections and crossings, and the calendar of each event."""
    data, wanted = distinct(large_corpus, r".*(?<!/\d{4})\.ics")
    assert len(data) > len(large_corpus.events) + 60
    assert differences(reader("libical")(data), wanted) == []


@pytest.mark.deep
@pytest.mark.large
def test_a_corpus_holds_what_is_compiled(tmp_path: Path) -> None:
    bench.corpus(tmp_path, 60)
    config = bench.CONFIG + bench.PLUGIN.format(feeds="true")
    bench.write(tmp_path / "mkdocs.yml", config)
    now = datetime.fromisoformat(NOW)
    whole = corpus(tmp_path / "mkdocs.yml", now).files
    alone = ready(tmp_path / "mkdocs.yml", now).feeds()
    assert {name: content(leaf) for name, leaf in alone if is_feed(name)} == whole


def test_the_corpus_holds_what_is_difficult(large_corpus: Corpus) -> None:
    events = large_corpus.meetings
    assert len(events) in {MANY, THOUSANDS}
    firsts = [event.occurrences[0] for event in events]
    assert {event.record.status for event in events} == STATUSES.keys()
    assert {event.mode for event in events} == {"online", "on-site", "hybrid"}
    assert len({one.first.year for one in firsts}) == 9
    assert len({one.zone for one in firsts}) == 6
    assert any(one.all_day and one.first.month != one.last.month for one in firsts)
    assert any(one.start and one.first != one.last for one in firsts)
    assert any(event.record.replay for event in events)
    titles = "".join(event.title for event in events)
    assert {"🌱", "👩🏽‍🏫", "Œ", "«", ";", ",", "\\", "<", "&"} <= {*titles, "👩🏽‍🏫"}
    for month in (3, 10):
        days = {one.first for one in firsts if one.start and one.first.month == month}
        assert any(day.day > 28 for day in days)
        assert any(day.day < 20 for day in days)


# Each reader, and what it is compared with, would see a broken calendar.

NIGHT = "---\ntitle: Café, été 🌱\nstart: 2027-03-28 03:10\nduration: 1h\nexception: nuit\n---\n"
TRIP = "---\ntitle: Voyage\nstart: 2027-03-30\nend: 2027-04-02\n---\n"


def sub(pattern: bytes, by: bytes, data: bytes) -> bytes:
    """*data* with one place changed."""
    found, count = re.subn(pattern, by, data, count=1, flags=re.DOTALL)
    assert count == 1
    return found


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "no identifier": lambda data: sub(rb"\r\nUID:[^\r]*", b"", data),
    "one identifier twice": lambda data: sub(rb"(BEGIN:VEVENT.*?END:VEVENT\r\n)", rb"\1\1", data),
    "an event missing": lambda data: sub(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", b"", data),
    "a zone that is not defined": lambda data: sub(
        rb"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", b"", data
    ),
    "clocks that change too late": lambda data: sub(
        rb"(BEGIN:DAYLIGHT\r\nDTSTART:\d{8}T)02", rb"\g<1>04", data
    ),
    "no end": lambda data: sub(rb"END:VCALENDAR\r\n", b"", data),
    "cut in the middle": lambda data: data[: data.rindex(b"STATUS")],
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "half a character": lambda data: sub(rb"\xc3\xa9", b"\xc3", data),
    "another encoding": lambda data: data.decode().encode("cp1252", "replace"),
    "a last day that is the first": lambda data: sub(
        rb"DTEND;VALUE=DATE:20270403", b"DTEND;VALUE=DATE:20270330", data
    ),
    "a last day that is inclusive": lambda data: sub(
        rb"DTEND;VALUE=DATE:20270403", b"DTEND;VALUE=DATE:20270402", data
    ),
    "an hour in no zone": lambda data: sub(rb"DTSTART;TZID=Europe/Paris", b"DTSTART", data),
    "no state": lambda data: sub(rb"\r\nSTATUS:[A-Z]*", b"", data),
    "a title that is not escaped": lambda data: sub(rb"SUMMARY:Caf\xc3\xa9\\,", b"SUMMARY:", data),
}

# These two look a zone's name up in Python's own data; icalendar drops a mark of byte order.
BLIND: Mapping[str, frozenset[str]] = {
    "a zone that is not defined": frozenset({"ical"}),
    "clocks that change too late": frozenset({"icalendar", "ical"}),
    "a byte order mark": frozenset({"icalendar"}),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """An event in the night in which clocks change, and days across the end of a month."""
    site = Site(tmp_path_factory.mktemp("small"))
    config = (
        "site_name: Petit\nsite_url: https://petit.example/\ndocs_dir: content\n"
        "theme: {name: material, language: fr}\nplugins: [parcours: {uid_domain: petit.example}]\n"
    )
    site.write("mkdocs.yml", config)
    site.write("content/index.md", "# Accueil\n")
    site.write("webinars/nuit.md", NIGHT)
    site.write("voyages/voyage.md", TRIP)
    site.commit()
    return corpus(site.root / "mkdocs.yml", datetime.fromisoformat(NOW))


@pytest.mark.large
@every_reader
def test_what_is_going_to_be_broken_is_whole(small: Corpus, name: str) -> None:
    data, wanted = distinct(small, "flux/agenda.ics")
    assert differences(reader(name)(data), wanted) == []


@pytest.mark.large
@pytest.mark.sampled
@pytest.mark.parametrize(
    ("damage", "name"),
    [(d, name) for d in DAMAGES for name in READERS if name not in BLIND.get(d, ())],
)
def test_a_broken_calendar_is_seen(small: Corpus, damage: str, name: str) -> None:
    (good,), wanted = distinct(small, "flux/agenda.ics")
    broken = DAMAGES[damage](good)
    read_many = reader(name)
    try:
        found = read_many([broken])
    except ReaderError:
        return
    assert differences(found, wanted) != []
