"""What every meeting of a collection shares, unless it says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from icalendar import Calendar

from parcours.assembly import Compiled
from parcours.model.community import Event
from parcours.model.defaults import with_defaults
from parcours.model.schema import DefaultsRecord, WebinarRecord
from parcours.tree import content

from .conftest import FRENCH, NOW, Site
from .corpora import compiled

SHARED = """\
        comptoirs:
          kind: webinar
          folder: webinars
          defaults:
            place: campus
            hosts: [cfa]
            territories: la-reunion
            language: de
            price: gratuit
            recorded: false
            registration: {url: "https://inscriptions.example/"}
"""


def config(shared: str = SHARED) -> str:
    head = FRENCH.partition("        comptoirs:")[0].replace(
        "      collections:", "      territories: france\n      collections:"
    )
    return f"{head}{shared}        voyages: {{kind: trip, folder: voyages}}\n"


def ready(site: Site, shared: str = SHARED) -> None:
    site.write("mkdocs.yml", config(shared))
    for one in ("webinars", "voyages"):
        (site.root / one).mkdir(exist_ok=True)
    site.write("content/data/places/campus.yml", "name: Le campus\nterritory: la-reunion\n")
    site.write("content/data/places/ici.yml", "name: Ici\nterritory: bretagne\n")
    for one in ("cfa", "cci"):
        site.write(f"content/data/organisations/{one}.yml", f"name: {one.upper()}\n")


def made(site: Site, said: str = "") -> Compiled:
    site.write("webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\n{said}---\nTexte.\n")
    return compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW))


def one(site: Site, said: str = "") -> Event:
    (event,) = made(site, said).community.events
    return event


def test_a_meeting_has_what_all_share(site: Site) -> None:
    ready(site)
    event = one(site)
    assert event.place is not None
    assert event.place.name == "Le campus"
    assert event.zone == "Indian/Reunion"
    assert [host.id for host in event.refs.hosts] == ["cfa"]
    assert [one.id for one in event.refs.territories] == ["la-reunion"]
    record = event.record
    assert (record.language, record.price, record.recorded) == ("de", "gratuit", False)
    assert record.registration is not None
    assert record.registration.url == "https://inscriptions.example/"


def test_a_meeting_says_otherwise(site: Site) -> None:
    ready(site)
    said = "place: ici\nhosts: cci\nlanguage: fr\nterritories: []\nrecorded: true\n"
    event = one(site, f"{said}registration: {{state: full}}\n")
    assert event.place is not None
    assert event.place.name == "Ici"
    assert event.zone == "Europe/Paris"
    assert [host.id for host in event.refs.hosts] == ["cci"]
    assert event.refs.territories == ()
    assert (event.record.language, event.record.recorded) == ("fr", True)
    # Of a part, each key is one to say or to leave.
    registration = event.record.registration
    assert registration is not None
    assert (registration.state, registration.url) == ("full", "https://inscriptions.example/")


def test_what_is_held_the_other_way_shares_no_address_of_this_one() -> None:
    shared = DefaultsRecord.model_validate({"place": "campus", "online": "https://v.example/"})
    start = {"title": "A", "start": "2026-12-03 12:30"}
    online = with_defaults(WebinarRecord.model_validate({**start, "mode": "online"}), shared)
    assert (online.place, online.online) == (None, "https://v.example/")
    there = with_defaults(WebinarRecord.model_validate({**start, "mode": "on-site"}), shared)
    assert there.place is not None
    assert (there.place.id, there.online) == ("campus", None)


def test_each_date_of_a_series_shares_it_too(site: Site) -> None:
    ready(site)
    event = one(site, "repeat: {every: week, count: 2}\ndates: {2026-12-10: {hosts: cci}}\n")
    assert [date.place.name for date in event.dates if date.place] == ["Le campus"] * 2
    assert [date.refs.hosts[0].id for date in event.dates] == ["cfa", "cci"]


@pytest.mark.large
def test_calendars_tell_it(site: Site) -> None:
    ready(site)
    files = {str(name): content(leaf) for name, leaf in made(site).tree}
    (entry,) = Calendar.from_ical(files["comptoirs/un.ics"].decode()).walk("VEVENT")
    assert str(entry["LOCATION"]) == "Le campus, La Réunion" or "campus" in str(entry["LOCATION"])
    assert entry["DTSTART"].params["TZID"] == "Indian/Reunion"


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("place: campus", "place: campsu", ":15:20: error[unknown-reference]"),
        ("hosts: [cfa]", "hosts: [cfa, inconnue]", ":16:26: error[unknown-reference]"),
        ("language: de", "language: allemand", ":18:23: error[bad-language]"),
        ("price: gratuit", "start: 2026-12-03", ":19:13: error[unknown-key]"),
        ("price: gratuit", "prix: gratuit", ":19:13: error[unknown-key]"),
    ],
)
def test_what_is_wrong_is_told_once_in_the_configuration(
    site: Site, capsys: pytest.CaptureFixture[str], wrong: str, right: str, told: str
) -> None:
    ready(site, SHARED.replace(wrong, right))
    for name in ("un", "deux"):
        site.write(f"webinars/{name}.md", f"---\ntitle: {name}\nstart: 2026-12-03 12:30\n---\nT.\n")
    assert site.run("check", "--lang", "en") == 1
    lines = [one for one in capsys.readouterr().out.splitlines() if ": error[" in one]
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"mkdocs.yml{told}"), lines


@pytest.mark.parametrize(
    "key", ["start", "title", "timezone", "status", "url", "repeat", "date", "titre"]
)
def test_what_each_meeting_says_by_itself_is_no_default(
    site: Site, lines: Callable[[], list[str]], key: str
) -> None:
    ready(site, SHARED.replace("price: gratuit", f"{key}: 2026-12-03"))
    assert site.run("check") == 1
    (told,) = [one for one in lines() if "error" in one]
    assert told.startswith("mkdocs.yml:19:13: error[unknown-key]")
    assert "chaque rencontre le dit elle-même" in told


@pytest.mark.parametrize(
    ("shared", "said", "told"),
    [
        (
            "registration: {deadline: 2026-12-04}",
            "",
            ("webinars/un.md:3:8", "deadline-after-start"),
        ),
        (
            "registration: {deadline: 2026-12-04}",
            "registration: {state: full}\n",
            ("webinars/un.md:4:15", "deadline-after-start"),
        ),
        ("mode: online", "place: campus\n", ("webinars/un.md:4:8", "mode-contradiction")),
    ],
)
def test_what_a_meeting_contradicts_is_told_there_with_where_it_is_said(
    site: Site, lines: Callable[[], list[str]], shared: str, said: str, told: tuple[str, str]
) -> None:
    ready(site, f"{SHARED.partition('            place:')[0]}            {shared}\n")
    site.write("webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\n{said}---\n")
    assert site.run("check") == 1
    (line,) = [one for one in lines() if "error[" in one]
    assert line.startswith(f"{told[0]}: error[{told[1]}]")
    assert "mkdocs.yml" in line
    assert "ligne 15" in line


def test_what_contradicts_itself_for_all_is_told_once_where_it_is_said(
    site: Site, lines: Callable[[], list[str]]
) -> None:
    ready(site, f"{SHARED.partition('            hosts:')[0]}            mode: online\n")
    for name in ("un", "deux"):
        site.write(f"webinars/{name}.md", f"---\ntitle: {name}\nstart: 2026-12-03 12:30\n---\n")
    assert site.run("check") == 1
    (line,) = [one for one in lines() if "error[" in one]
    assert line.startswith("mkdocs.yml:16:13: error[mode-contradiction]")


def test_what_changes_for_all_dates_them(site: Site) -> None:
    ready(site)
    made(site)
    site.commit("2026-01-01T00:00:00Z")
    before = one(site).stamps.changed
    site.write("mkdocs.yml", config(SHARED.replace("place: campus", "place: ici")))
    site.commit("2026-02-01T00:00:00Z")
    after = one(site)
    assert after.stamps.changed > before
    assert after.place is not None
    assert after.place.name == "Ici"


@pytest.mark.large
def test_the_page_for_contributors_shows_what_goes_without_saying(site: Site) -> None:
    ready(site)
    site.write("content/contribuer.md", "# Contribuer\n")
    files = {str(name): content(leaf).decode("utf-8", "replace") for name, leaf in made(site).tree}
    page = files["contribuer.md"]
    assert "<code>place: campus</code>" in page
    assert "<code>recorded: false</code>" in page


def test_without_defaults_nothing_is_other(site: Site) -> None:
    ready(site, SHARED.partition("          defaults:")[0])
    event = one(site)
    assert (event.place, event.refs.hosts) == (None, ())
    assert event.record.model_fields_set == {"title", "start"}


@pytest.mark.parametrize("word", ["non", "aucun", "None", "false"])
@pytest.mark.parametrize(
    ("key", "better"),
    [
        ("place", "mode: online"),
        ("online", "mode: on-site"),
        ("hosts", "hosts: []"),
        ("themes", "themes: []"),
    ],
)
def test_a_meeting_that_says_none_is_led_to_what_says_so(
    site: Site, lines: Callable[[], list[str]], key: str, better: str, word: str
) -> None:
    online = "            online: https://visio.example/\n" if key == "online" else ""
    ready(site, SHARED + online)
    site.write("webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\n{key}: {word}\n---\n")
    assert site.run("check") == 1
    (told,) = [line for line in lines() if "error" in line]
    assert told.startswith("webinars/un.md:4:")
    assert f"«\u00a0{better}\u00a0»" in told
    event = one(site, f"{better}\n")
    assert not {
        "place": event.places,
        "online": event.record.online,
        "hosts": event.refs.hosts,
        "themes": event.refs.themes,
    }[key]


@pytest.mark.parametrize("word", ["non", "aucune", "None", "false"])
def test_no_registration_and_no_price_are_said_by_words_that_say_so(
    site: Site, lines: Callable[[], list[str]], word: str
) -> None:
    ready(site)
    front = f"---\ntitle: Un\nstart: 2026-12-03 12:30\nregistration: {word}\nprice: {word}\n---\n"
    site.write("webinars/un.md", front)
    assert site.run("check") == 1
    registration, price = [line for line in lines() if "error[" in line]
    assert registration.startswith("webinars/un.md:4:15: error[bad-type]")
    assert "«\u00a0registration: {state: none}\u00a0»" in registration
    assert "«\u00a0registration: {state: closed}\u00a0»" in registration
    assert price.startswith("webinars/un.md:5:8: error[price-none]")
    assert "«\u00a0price: gratuit\u00a0»" in price
    assert "supprimez cette ligne" in price


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ("{normal: 25 €, réduit: 10}", 'écrivez «\u00a0price: "normal 25 €, réduit 10"\u00a0»'),
        ("{normal: {plein: 25 €}, réduit: 10 €}", "error[bad-type]"),
        ("true", "error[price-none]"),
        ("oui", "error[price-none]"),
        ("25", ""),
    ],
)
def test_a_price_is_said_in_words(
    site: Site, lines: Callable[[], list[str]], price: str, told: str
) -> None:
    ready(site)
    front = f"---\ntitle: Un\nstart: 2026-12-03 12:30\nprice: {price}\n---\n"
    site.write("webinars/un.md", front)
    site.run("check")
    found = [line for line in lines() if ":4:" in line]
    assert told in found[0] if told else not found, found


def test_a_meeting_takes_the_registration_of_all_away(site: Site) -> None:
    ready(site)
    registration = one(site, "registration: {state: none}\n").record.registration
    assert registration is not None
    assert (registration.state, registration.url) == ("none", None)


def test_what_is_called_so_is_what_it_is(site: Site) -> None:
    ready(site)
    site.write("content/data/places/non.yml", "name: Salle Non\nterritory: la-reunion\n")
    assert [place.name for place in one(site, "place: non\n").places] == ["Salle Non"]


@pytest.mark.parametrize(
    ("said", "place", "mend"),
    [
        ("place: null\n", "4:8", "write « mode: online »"),
        ("online: ~\n", "4:9", None),
        ("hosts: ~  # personne\n", "4:8", "write « hosts: [] »"),
        ("registration: {}\nlanguage: NULL\n", "5:11", "write what « language: » is here"),
        ("registration: null\n", "4:15", "write « registration: {state: none} »"),
        # A key that is not filled in yet is one that stands in a new file.
        ("place:\nhosts:\n", None, None),
        ("summary: null\n", None, None),
        (
            "summary: Un\nrepeat: chaque jeudi, 3 fois\n"
            "dates: {2026-12-10: {summary: null, title: ~, place: null, seats: null}}\n",
            "6:31",
            "write what « summary: » is here",
        ),
        (
            "repeat: chaque jeudi, 3 fois\nlater: [{from: 2026-12-10, hosts: null}]\n",
            "5:35",
            "write « hosts: [] »",
        ),
    ],
)
def test_a_null_takes_nothing_away_and_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, place: str | None, mend: str | None
) -> None:
    ready(site)
    site.write("webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\n{said}---\nTexte.\n")
    assert site.run("check", "--lang", "en") == 0
    lines = [one for one in capsys.readouterr().out.splitlines() if "[empty]" in one]
    if mend is None:
        assert not lines
    else:
        assert lines[0].startswith(f"webinars/un.md:{place}: warning[empty]")
        assert mend in lines[0]


@pytest.mark.parametrize("said", ["duration: 1h", "weekday: thursday", "remind: 7 days"])
def test_what_a_collection_says_itself_is_told_so(
    site: Site, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    """It is no key that each file would have to repeat."""
    ready(site, SHARED.replace("language: de", said))
    assert site.run("check", "--lang", "en") == 1
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "unknown-key" in one]
    key = said.partition(":")[0]
    assert f"write « {key}: » beside « defaults: », not below it" in line
