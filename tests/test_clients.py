"""Programs that people use, subscribed over loopback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from . import conftest
from .clients import Calendar, calcurse, khal, newsboat, thunderbird
from .clients.thunderbird import Remote, Thunderbird
from .conftest import THOUSANDS, Site, corpus_of
from .corpora import Corpus
from .expected import calendars, contents, differences, entries, own
from .occurrences import Held, expected
from .recurring import FEW, FIRST, LAST, MANY, series_at_random
from .serving import serving

pytestmark = pytest.mark.client

CALENDARS = ("khal", "calcurse", "thunderbird")
FEED = "flux/agenda.ics"
YEARS = date(2024, 1, 1), date(2027, 11, 1)
"""From before the first meeting of the flagship until a series without an end is drawn no more."""

Subscribe = Callable[[str], Calendar]

followed = pytest.mark.parametrize("subscribe", ["khal", "thunderbird"], indirect=True)
"""In the programs that ask again by themselves for what they are subscribed to."""


def need(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            conftest.unavailable(program)


def need_thunderbird() -> None:
    """It is heavy: the only program whose absence is accepted everywhere."""
    if shutil.which("thunderbird") is None:
        pytest.skip("thunderbird is not installed")


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    """Thunderbird, which runs for every test that asks it."""
    need_thunderbird()
    with thunderbird.running(tmp_path_factory.mktemp("thunderbird")) as found:
        yield found


@pytest.fixture(scope="module", params=CALENDARS)
def subscribe(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Subscribe:
    """How each program in turn subscribes to an address."""
    client = str(request.param)
    if client == "thunderbird":
        return partial(thunderbird.subscribe, request.getfixturevalue("remote"))
    module = khal if client == "khal" else calcurse
    need(*module.PROGRAMS)
    return lambda url: module.subscribe(tmp_path_factory.mktemp(client), url)


@pytest.fixture(scope="module")
def calendar(subscribe: Subscribe, flagship: Path) -> Calendar:
    """The flagship's agenda, in each program in turn."""
    with serving(flagship) as base:
        return subscribe(base + FEED)


def test_each_event_is_one_entry(calendar: Calendar, flagship_corpus: Corpus) -> None:
    wanted = calendars(flagship_corpus)[FEED]
    assert len(wanted) > 15
    if isinstance(calendar, Thunderbird):
        assert differences([calendar.events()], [wanted]) == []
    elif isinstance(calendar, calcurse.Calcurse):
        hours, days, skipped = calendar.counts()
        assert (hours + days, skipped) == (len(wanted), 0)
    else:
        assert isinstance(calendar, khal.Khal)
        assert len(calendar.files) == len({one.uid for one in wanted})


def happening(of: Corpus, name: str) -> list[Held]:
    """What happens, by the model, in the years of the calendar of that name."""
    return sorted(one for event in contents(of)[name] for one in expected(event, *YEARS))


def shown(calendar: Thunderbird) -> list[Held]:
    """What Thunderbird shows in the same years."""
    return sorted(one for some in calendar.held(*YEARS).values() for one in some)


SUBSCRIBED = (FEED, "flux/comptoirs.ics", "flux/voyages.ics", "flux/territoires/la-reunion.ics")


@pytest.mark.parametrize("name", [*SUBSCRIBED, pytest.param(None, marks=pytest.mark.deep)])
def test_thunderbird_shows_what_happens_and_nothing_twice(
    name: str | None, remote: Remote, flagship: Path, flagship_corpus: Corpus
) -> None:
    """In calendars that one subscribes to; once more, in all there are."""
    wanted = calendars(flagship_corpus)
    names = [name] if name else [one for one in wanted if one.startswith("flux/")]
    with serving(flagship) as base:
        for one in names:
            calendar = thunderbird.subscribe(remote, base + one)
            assert differences([calendar.events()], [wanted[one]]) == [], one
            assert shown(calendar) == happening(flagship_corpus, one), one
            calendar.remove()


def test_thunderbird_adds_what_a_file_holds(
    remote: Remote, flagship: Path, flagship_corpus: Corpus
) -> None:
    """« Add to my calendar »: a meeting, a trip with its stops, a series."""
    wanted = calendars(flagship_corpus)
    assert any(one.dates for one in flagship_corpus.events)
    assert any(one.within for one in flagship_corpus.events)
    for name in map(own, flagship_corpus.events):
        calendar = thunderbird.at_home(remote)
        calendar.open(flagship / name)
        assert differences([calendar.events()], [wanted[name]]) == [], name
        assert shown(calendar) == happening(flagship_corpus, name), name
        calendar.remove()


def test_thunderbird_adds_no_file_twice(remote: Remote, flagship: Path) -> None:
    calendar = thunderbird.at_home(remote)
    calendar.open(flagship / "voyages/la-reunion.ics")
    before = calendar.events()
    with pytest.raises(RuntimeError, match="ID already exists"):
        calendar.open(flagship / "voyages/la-reunion.ics")
    assert calendar.events() == before


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.deep)])
def test_thunderbird_finds_the_dates_of_series(count: int, remote: Remote, tmp_path: Path) -> None:
    """Series at random, as other readers find them (tests/test_series.py)."""
    events, data = series_at_random(tmp_path / "site", count)
    names = {one.uid: name for name, event in events.items() for one in entries(event)}
    files = {name: tmp_path / name.replace("/", "-") for name in data}
    for name, file in files.items():
        file.write_bytes(data[name])
    found: dict[str, list[Held]] = {name: [] for name in names.values()}
    # In calendars of as many as one person might have: it takes long to draw a day of thousands.
    every = list(files.values())
    for some in (every[at : at + 100] for at in range(0, count, 100)):
        calendar = thunderbird.at_home(remote)
        for file in some:
            calendar.open(file)
        for uid, dates in calendar.held(FIRST, LAST).items():
            found[names[uid]] += dates
        calendar.remove()
    for name, event in events.items():
        assert sorted(found[name]) == expected(event, FIRST, LAST), event.source


def test_thunderbird_keeps_what_was_added(tmp_path: Path) -> None:
    """When it is closed, its database alone has them, with the names of zones."""
    need_thunderbird()
    events, data = series_at_random(tmp_path / "site", FEW // 4)
    with thunderbird.running(tmp_path) as remote:
        calendar = thunderbird.at_home(remote)
        for name in data:
            (tmp_path / "file.ics").write_bytes(data[name])
            calendar.open(tmp_path / "file.ics")
    wanted = sorted(one for event in events.values() for one in expected(event, FIRST, LAST))
    with thunderbird.running(tmp_path) as remote:
        kept = Thunderbird(remote, calendar.id).held(FIRST, LAST)
    assert sorted(one for dates in kept.values() for one in dates) == wanted


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


@followed
@pytest.mark.parametrize("name", ["voyages/la-reunion.ics", "flux/territoires/la-reunion.ics"])
def test_stops_stand_on_their_days_in_the_hour_of_their_territory(
    name: str, subscribe: Subscribe, flagship: Path
) -> None:
    with serving(flagship) as base:
        calendar = subscribe(base + name)
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


@followed
@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion"])
def test_a_series_stands_on_its_dates(site: Site, subscribe: Subscribe, zone: str) -> None:
    """On both sides of a change of clocks, left out, added, moved, called off, from a day on."""
    place = "place: la-bas\nrepeat" if zone == "Indian/Reunion" else "repeat"
    site.write("content/data/places/la-bas.yml", "name: Là-bas\ntimezone: Indian/Reunion\n")
    site.write("webinars/cafe.md", MONTHLY.replace("repeat", place))
    with serving(site.feeds("2026-09-01T09:00:00Z")) as base:
        calendar = subscribe(base + FEED)
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


def test_thunderbird_adds_a_date_of_a_series_alone(site: Site, remote: Remote) -> None:
    site.write("webinars/cafe.md", MONTHLY)
    folder = site.feeds("2026-10-01T09:00:00Z") / "comptoirs/cafe"
    for day, hours in ((date(2026, 10, 8), "12:30-13:15"), (date(2026, 11, 12), "18:00-18:45")):
        calendar = thunderbird.at_home(remote)
        calendar.open(folder / f"{day}.ics")
        assert calendar.day("Europe/Paris", day) == [(hours, "Le café")]
        assert len(calendar.held(*YEARS)) == len(shown(calendar)) == 1


MEETING = "---\ntitle: {}\nstart: {}\nduration: 1h\n---\nUn.\n"
TOUR = "---\ntitle: Tour\nstart: 2027-05-18\nend: 2027-05-20\nplace: la-bas\nstops:\n{}---\n"
WORKSHOP = "  - {id: a, title: Atelier, day: 1, start: 9:00, end: 10:00}\n"
FARM = "  - {id: b, title: Ferme, day: 2, start: 14:00, end: 15:00}\n"


@followed
def test_what_changes_is_shown_as_it_is_now(site: Site, subscribe: Subscribe) -> None:
    """Once, in calendars that were subscribed to before; what is taken out is cancelled."""
    site.write("content/data/places/la-bas.yml", "name: Là-bas\ntimezone: Indian/Reunion\n")
    for name in ("moved", "off", "gone"):
        site.write(f"webinars/{name}.md", MEETING.format(name, "2027-01-21 12:30"))
    site.write("webinars/cafe.md", MONTHLY)
    site.write("voyages/tour.md", TOUR.format(WORKSHOP + FARM))
    site.commit("2026-11-01T00:00:00Z")
    with serving(site.feeds()) as base:
        agenda, tour = subscribe(base + FEED), subscribe(f"{base}voyages/tour.ics")
        assert seen(agenda, "Europe/Paris", "2027-01-21", "2027-01-28") == [
            [("12:30-13:30", "gone"), ("12:30-13:30", "moved"), ("12:30-13:30", "off")],
            [],
        ]
        assert seen(agenda, "Europe/Paris", "2027-02-11", "2027-02-18", "2027-03-11") == [
            *([("12:30-13:15", "Le café")], [], [("12:30-13:15", "Le café")]),
        ]
        assert seen(tour, "Indian/Reunion", "2027-05-18", "2027-05-19", "2027-05-20") == [
            [("", "Tour"), ("09:00-10:00", "Atelier (Tour)")],
            [("", "Tour"), ("14:00-15:00", "Ferme (Tour)")],
            [("", "Tour")],
        ]
        site.write("webinars/moved.md", MEETING.format("moved", "2027-01-28 18:00"))
        off = MEETING.replace("start", "status: cancelled\nstart")
        site.write("webinars/off.md", off.format("off", "2027-01-21 12:30"))
        (site.root / "webinars/gone.md").unlink()
        other = (
            "\n  2027-02-11: {start: 2027-02-18 14:00}\n  2027-03-11: {status: cancelled}\nlater"
        )
        text = MONTHLY.replace("\nlater", other).replace('"13:00"', '"15:00"')
        site.write("webinars/cafe.md", text)
        moved = WORKSHOP.replace("day: 1", "day: 3").replace("9", "11").replace("10", "12")
        site.write("voyages/tour.md", TOUR.format(moved))
        site.commit("2026-11-05T00:00:00Z")
        site.feeds()
        for calendar in (agenda, tour):
            assert isinstance(calendar, khal.Khal | Thunderbird)
            calendar.refresh()
        assert seen(agenda, "Europe/Paris", "2027-01-21", "2027-01-28") == [
            [("12:30-13:30", "Annulé\u00a0: gone"), ("12:30-13:30", "Annulé\u00a0: off")],
            [("18:00-19:00", "moved")],
        ]
        assert seen(agenda, "Europe/Paris", "2027-02-11", "2027-02-18", "2027-03-11") == [
            *([], [("14:00-14:45", "Le café")], [("12:30-13:15", "Annulé\u00a0: Le café")]),
        ]
        assert seen(agenda, "Europe/Paris", "2027-04-08") == [[("15:00-15:45", "Le café")]]
        assert seen(tour, "Indian/Reunion", "2027-05-18", "2027-05-19", "2027-05-20") == [
            [("", "Tour")],
            [("", "Tour"), ("14:00-15:00", "Annulé\u00a0: Ferme (Tour)")],
            [("", "Tour"), ("11:00-12:00", "Atelier (Tour)")],
        ]


def seen(calendar: Calendar, zone: str, *days: str) -> list[list[tuple[str, str]]]:
    return [sorted(calendar.day(zone, date.fromisoformat(day))) for day in days]


@followed
def test_a_kit_stands_on_its_days_and_takes_no_hour(flagship: Path, subscribe: Subscribe) -> None:
    name = "mooc/renverser-la-formation-session-6/kit.ics"
    with serving(flagship) as base:
        calendar = subscribe(base + name)
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
    assert isinstance(calendar, khal.Khal | Thunderbird)
    assert len(calendar.files if isinstance(calendar, khal.Khal) else calendar.events()) == 5


TRIP = "Du fablab au port"


def titles(calendar: Calendar, month: int, day: int) -> list[str]:
    return [title for _, title in calendar.day("Europe/Paris", date(2027, month, day))]


def test_a_trip_lasts_until_its_last_day(calendar: Calendar) -> None:
    for month, day in ((3, 30), (3, 31), (4, 1), (4, 2)):
        assert titles(calendar, month, day).count(TRIP) == 1
    for month, day in ((3, 29), (4, 3)):
        assert TRIP not in titles(calendar, month, day)


def test_a_program_would_show_a_wrong_calendar(
    subscribe: Subscribe, flagship: Path, tmp_path: Path
) -> None:
    """A trip that ends a day early, and an hour in no zone, are seen as such."""
    good = (flagship / FEED).read_bytes()
    bad = good.replace(b"DTEND;VALUE=DATE:20270403", b"DTEND;VALUE=DATE:20270402")
    bad = bad.replace(b"TZID=Indian/Reunion:2027", b"TZID=Europe/Paris:2027")
    (tmp_path / "flux").mkdir()
    (tmp_path / FEED).write_bytes(bad)
    with serving(tmp_path) as base:
        calendar = subscribe(base + FEED)
    assert TRIP in titles(calendar, 4, 1)
    assert TRIP not in titles(calendar, 4, 2)
    (hours,) = [hours for hours, _ in calendar.day("Europe/Paris", date(2027, 1, 14))]
    assert hours == "13:00-14:00"


@pytest.mark.deep
def test_thunderbird_reads_a_large_calendar(
    remote: Remote, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    # Made only where it is read: it takes long.
    large = corpus_of(tmp_path_factory, THOUSANDS)
    (tmp_path / "flux").mkdir()
    (tmp_path / FEED).write_bytes(large.files[FEED])
    with serving(tmp_path) as base:
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
