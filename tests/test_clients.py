"""Programs that people use, subscribed over loopback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from . import conftest
from .clients import Calendar, calcurse, khal, newsboat, thunderbird
from .conftest import THOUSANDS, Site, corpus_of
from .corpora import Corpus
from .expected import calendars, differences
from .serving import serving

pytestmark = pytest.mark.client

CALENDARS = ("khal", "calcurse", "thunderbird")
FEED = "flux/agenda.ics"


def need(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            conftest.unavailable(program)


def need_thunderbird() -> None:
    """It is heavy: the only program whose absence is accepted everywhere."""
    if shutil.which("thunderbird") is None:
        pytest.skip("thunderbird is not installed")


@contextmanager
def subscribed(client: str, home: Path, site: Path) -> Iterator[Calendar]:
    """The agenda of a site in a program."""
    with serving(site) as base:
        if client == "thunderbird":
            need_thunderbird()
            with thunderbird.running(home) as remote:
                yield thunderbird.subscribe(remote, base + FEED)
            return
        module = khal if client == "khal" else calcurse
        need(*module.PROGRAMS)
        yield module.subscribe(home, base + FEED)


@pytest.fixture(scope="module", params=CALENDARS)
def calendar(
    request: pytest.FixtureRequest, flagship: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Calendar]:
    """The flagship's agenda, in each program in turn."""
    name = str(request.param)
    with subscribed(name, tmp_path_factory.mktemp(name), flagship) as found:
        yield found


def test_each_event_is_one_entry(calendar: Calendar, flagship_corpus: Corpus) -> None:
    wanted = calendars(flagship_corpus)[FEED]
    assert len(wanted) > 15
    if isinstance(calendar, thunderbird.Subscription):
        assert differences([calendar.events()], [wanted]) == []
    elif isinstance(calendar, calcurse.Calcurse):
        hours, days, skipped = calendar.counts()
        assert (hours + days, skipped) == (len(wanted), 0)
    else:
        assert isinstance(calendar, khal.Khal)
        assert len(calendar.files) == len({one.uid for one in wanted})


@pytest.mark.parametrize(
    ("day", "hours", "title"),
    [
        (date(2026, 10, 22), "12:30-14:00", "La classe à deux voix"),
        (date(2026, 10, 29), "12:30-13:30", "Écrire ensemble un référentiel"),
        (date(2027, 3, 25), "12:30-13:30", "Reporté\u00a0: Recevoir un groupe chez soi"),
        (date(2027, 4, 1), "12:30-13:30", "La classe dehors"),
    ],
)
def test_hours_on_both_sides_of_a_change(
    calendar: Calendar, day: date, hours: str, title: str
) -> None:
    assert (hours, title) in calendar.day("Europe/Paris", day)


@pytest.mark.parametrize(
    ("zone", "hours"), [("Indian/Reunion", "13:00-14:00"), ("Europe/Paris", "10:00-11:00")]
)
def test_hours_in_la_reunion(calendar: Calendar, zone: str, hours: str) -> None:
    assert (hours, "Former loin de la métropole") in calendar.day(zone, date(2027, 1, 14))


@pytest.mark.parametrize("name", ["voyages/la-reunion.ics", "flux/territoires/la-reunion.ics"])
def test_stops_stand_on_their_days_in_the_hour_of_their_territory(
    name: str, flagship: Path, tmp_path: Path
) -> None:
    need(*khal.PROGRAMS)
    with serving(flagship) as base:
        calendar = khal.subscribe(tmp_path, base + name)
    trip, stop = "Apprendre dans l’océan Indien", "Former dans un cirque de montagne"
    for zone, hours in (("Indian/Reunion", "10:30-15:00"), ("Europe/Paris", "08:30-13:00")):
        found = calendar.day(zone, date(2027, 9, 15))
        assert sorted(title for _, title in found) == [trip, f"{stop} ({trip})"]
        assert (hours, f"{stop} ({trip})") in found
    assert [title for _, title in calendar.day("Indian/Reunion", date(2027, 9, 16))] == [trip]


MONTHLY = """\
---
title: Le café
start: 2026-09-10 12:30
duration: 45 min
repeat: {every: month, on: second thursday, until: 2027-06-30}
except: [2026-12-10]
also: [2026-12-17 14:00]
dates:
  2026-11-12: {start: "18:00"}
  2027-01-14: {status: cancelled}
later: [{from: 2027-04-01, start: "13:00"}]
---
Un.
"""


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion"])
def test_a_series_stands_on_its_dates(site: Site, tmp_path: Path, zone: str) -> None:
    """On both sides of a change of clocks, left out, added, moved, called off, from a day on."""
    need(*khal.PROGRAMS)
    place = "place: la-bas\nrepeat" if zone == "Indian/Reunion" else "repeat"
    site.write("content/data/places/la-bas.yml", "name: Là-bas\ntimezone: Indian/Reunion\n")
    site.write("webinars/cafe.md", MONTHLY.replace("repeat", place))
    with serving(site.feeds("2026-09-01T09:00:00Z")) as base:
        calendar = khal.subscribe(tmp_path, base + FEED)
    wanted = {
        date(2026, 10, 8): [("12:30-13:15", "Le café")],
        date(2026, 11, 12): [("18:00-18:45", "Le café")],
        date(2026, 12, 10): [],
        date(2026, 12, 17): [("14:00-14:45", "Le café")],
        date(2027, 1, 14): [("12:30-13:15", "Annulé\u00a0: Le café")],
        date(2027, 3, 11): [("12:30-13:15", "Le café")],
        date(2027, 4, 8): [("13:00-13:45", "Le café")],
    }
    assert {day: calendar.day(zone, day) for day in wanted} == wanted


TRIP = "Du fablab au port"


def titles(calendar: Calendar, month: int, day: int) -> list[str]:
    return [title for _, title in calendar.day("Europe/Paris", date(2027, month, day))]


def test_a_stop_that_is_taken_out_is_shown_as_cancelled(site: Site, tmp_path: Path) -> None:
    """Once, at the hour it had, in a calendar that was subscribed to before it went."""
    need(*khal.PROGRAMS)
    stops = "stops:\n  - {id: a, title: Atelier, day: 1, start: 9:00, end: 10:00}\n"
    gone = "  - {id: b, title: Ferme, day: 2, start: 14:00, end: 15:00}\n"
    head = "---\ntitle: Tour\nstart: 2027-05-18\nend: 2027-05-20\n"
    for text, day in ((stops + gone, "2026-11-01"), (stops, "2026-11-05")):
        site.write("voyages/tour.md", f"{head}{text}---\n")
        site.commit(f"{day}T00:00:00Z")
        with serving(site.feeds()) as base:
            calendar = khal.subscribe(tmp_path, f"{base}voyages/tour.ics")
    found = calendar.day("Europe/Paris", date(2027, 5, 19))
    assert sorted(found) == [("", "Tour"), ("14:00-15:00", "Annulé\u00a0: Ferme (Tour)")]


def test_a_kit_stands_on_its_days_and_takes_no_hour(flagship: Path, tmp_path: Path) -> None:
    need(*khal.PROGRAMS)
    name = "mooc/renverser-la-formation-session-6/kit.ics"
    with serving(flagship) as base:
        calendar = khal.subscribe(tmp_path, base + name)
    assert len(calendar.files) == 5
    days = {
        date(2027, 2, 9): "21 jours avant",
        date(2027, 2, 23): "7 jours avant",
        date(2027, 3, 1): "1 jour avant",
        date(2027, 3, 2): "Le jour même",
        date(2027, 3, 3): "Après",
    }
    for zone in ("Europe/Paris", "Indian/Reunion"):
        for day, step in days.items():
            title = f"{step}\u00a0: Une expérience de terrain"
            assert calendar.day(zone, day) == [("", title)]


def test_a_trip_lasts_until_its_last_day(calendar: Calendar) -> None:
    for month, day in ((3, 30), (3, 31), (4, 1), (4, 2)):
        assert titles(calendar, month, day).count(TRIP) == 1
    for month, day in ((3, 29), (4, 3)):
        assert TRIP not in titles(calendar, month, day)


@pytest.mark.parametrize("client", CALENDARS)
def test_a_program_would_show_a_wrong_calendar(client: str, flagship: Path, tmp_path: Path) -> None:
    """A trip that ends a day early, and an hour in no zone, are seen as such."""
    good = (flagship / FEED).read_bytes()
    bad = good.replace(b"DTEND;VALUE=DATE:20270403", b"DTEND;VALUE=DATE:20270402")
    bad = bad.replace(b"TZID=Indian/Reunion:2027", b"TZID=Europe/Paris:2027")
    (tmp_path / "site" / "flux").mkdir(parents=True)
    (tmp_path / "site" / FEED).write_bytes(bad)
    home = tmp_path / "home"
    home.mkdir()
    with subscribed(client, home, tmp_path / "site") as calendar:
        assert TRIP in titles(calendar, 4, 1)
        assert TRIP not in titles(calendar, 4, 2)
        (hours,) = [hours for hours, _ in calendar.day("Europe/Paris", date(2027, 1, 14))]
        assert hours == "13:00-14:00"


def test_thunderbird_reads_a_large_calendar(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    need_thunderbird()
    # Made only where it is read: it takes long.
    large = corpus_of(tmp_path_factory, THOUSANDS)
    (tmp_path / "site" / "flux").mkdir(parents=True)
    (tmp_path / "site" / FEED).write_bytes(large.files[FEED])
    with serving(tmp_path / "site") as base, thunderbird.running(tmp_path) as remote:
        found = thunderbird.subscribe(remote, base + FEED).events()
    assert differences([found], [calendars(large)[FEED]]) == []


def news(flagship: Path, name: str) -> dict[str, str]:
    """Titles by identity, as the JSON feed has them."""
    items = json.loads((flagship / f"{name}.json").read_text())["items"]
    return {item["id"]: item["title"] for item in items}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where newsboat may write."""
    need(*newsboat.PROGRAMS)
    return tmp_path_factory.mktemp("newsboat")


@pytest.mark.parametrize(("format", "prefix"), [("rss", ""), ("atom", "mid:")])
def test_news_arrive_once(flagship: Path, home: Path, format: str, prefix: str) -> None:
    folder = home / format
    folder.mkdir()
    with serving(flagship) as base:
        url = f"{base}flux/agenda.{format}.xml"
        client = newsboat.subscribe(folder, [url])
        expected = sorted(
            (url, prefix + id, title) for id, title in news(flagship, "flux/agenda").items()
        )
        assert len(expected) > 15
        assert sorted(client.items()) == expected
        client.reload()
        assert sorted(client.items()) == expected


def test_every_news_feed_is_accepted(flagship: Path, home: Path) -> None:
    feeds = [path.relative_to(flagship).as_posix() for path in flagship.rglob("flux/**/*.xml")]
    assert len(feeds) > 100
    folder = home / "all"
    folder.mkdir()
    with serving(flagship) as base:
        client = newsboat.subscribe(folder, [base + name for name in feeds])
    found = client.feeds()
    assert found.keys() == {base + name for name in feeds}
    assert all(found.values())
    wanted: dict[str, str] = {}
    for name in feeds:
        if name.endswith(".rss.xml"):
            wanted |= news(flagship, name.removesuffix(".rss.xml"))
    both = [(p + id, title) for id, title in wanted.items() for p in ("", "mid:")]
    assert sorted((id, title) for _, id, title in client.items()) == sorted(both)


def test_newsboat_would_show_a_broken_feed(flagship: Path, home: Path) -> None:
    """It keeps what it can of a feed that is cut: nothing, or fewer news."""
    folder = home / "broken"
    (folder / "site").mkdir(parents=True)
    good = (flagship / "flux" / "agenda.rss.xml").read_bytes()
    (folder / "site" / "head.xml").write_bytes(good[: good.index(b"<title>")])
    (folder / "site" / "half.xml").write_bytes(good[: len(good) // 2])
    with serving(folder / "site") as base:
        client = newsboat.subscribe(folder, [f"{base}head.xml", f"{base}half.xml"])
    assert client.feeds()[f"{base}head.xml"] == ""
    assert 0 < len(client.items()) < len(news(flagship, "flux/agenda"))


@pytest.mark.parametrize("told", [(True, pytest.fail.Exception), (False, pytest.skip.Exception)])
def test_a_missing_program_is_told(
    monkeypatch: pytest.MonkeyPatch, told: tuple[bool, type[BaseException]]
) -> None:
    in_ci, outcome = told
    monkeypatch.setattr(conftest, "IN_CI", in_ci)
    with pytest.raises(outcome, match="no-such-program is not installed"):
        need("no-such-program")
