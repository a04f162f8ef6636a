"""Whose time an hour is in: said of each, past ones too, where hours are told in several zones."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from parcours.model.zones import is_ambiguous, is_skipped, is_steady, zone
from parcours.tree import content

from .conftest import FRENCH, NOW, Site
from .corpora import compiled

REGIONS = FRENCH.replace("      collections:", "      territories: france\n      collections:")
UTC = FRENCH.replace("      collections:", "      timezone: UTC\n      collections:")
HOURS = re.compile(
    r"<time[^>]*>(?:<span class=\"pc-hidden\">[^<]*</span>)?([^<{]*)</time>"
    r"(?: <span class=\"pc-zone\">\(([^)]*)\)</span>)?"
)


def made(site: Site, config: str, *more: str) -> dict[str, str]:
    """The pages of a site with a past meeting, one to come, and others."""
    site.write("mkdocs.yml", config)
    said = ("start: 2026-12-03 12:30", "start: 2025-12-04 12:30", *more)
    for number, one in enumerate(said):
        site.write(f"webinars/m{number}.md", f"---\ntitle: M{number}\n{one}\n---\nTexte.\n")
    tree = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW)).tree
    return {str(name): content(leaf).decode(errors="replace") for name, leaf in tree}


def hours(page: str) -> set[tuple[str, str]]:
    """Hours of a page, as they are read, each with whose they are."""
    return {(hour, zone) for hour, zone in HOURS.findall(page) if re.search(r"\d\s?h", hour)}


def test_a_community_of_one_zone_names_none(site: Site) -> None:
    pages = made(site, FRENCH)
    zones = {
        zone for name, page in pages.items() if name.endswith(".md") for _, zone in hours(page)
    }
    assert zones == {""}
    assert "heure de" not in pages["comptoirs/m1.md"]


@pytest.mark.large
@pytest.mark.parametrize(
    "other", ["territories: [la-reunion]\ntimezone: Indian/Reunion", "timezone: Europe/London"]
)
def test_where_there_are_several_every_hour_says_whose_it_is(site: Site, other: str) -> None:
    pages = made(site, REGIONS, f"start: 2025-11-20 12:30\n{other}")
    for name in ("comptoirs/m0.md", "comptoirs/m1.md", "comptoirs/m2.md"):
        found = hours(pages[name])
        assert found, name
        assert all(zone for _, zone in found), (name, found)
    past = pages["comptoirs/m1.md"]
    head = past.partition("</header>")[0]
    assert {zone for _, zone in hours(head)} == {"heure de Paris"}
    assert "(heure de Paris)</dd>" in past  # among the practical facts, too
    assert "heure de Paris" not in pages["agenda.md"]  # a list names the others


@pytest.mark.large
def test_a_rhythm_says_whose_hours_it_names(site: Site) -> None:
    weekly = "start: 2026-12-03 12:30\nrepeat: chaque jeudi, 3 fois"
    days = "start: 2026-12-03\nrepeat: chaque jeudi, 3 fois"
    elsewhere = "start: 2025-11-20 12:30\ntimezone: Indian/Reunion"

    def told(page: str) -> str:
        (found,) = re.findall(r'<p class="pc-rhythm">([^<]*)</p>', page)
        return str(found)

    assert told(made(site, REGIONS, weekly)["comptoirs/m2.md"]).endswith(", 3 fois")
    pages = made(site, REGIONS, weekly, days, elsewhere)
    assert told(pages["comptoirs/m2.md"]).endswith(", 3 fois (heure de Paris)")
    assert told(pages["comptoirs/m3.md"]).endswith(", 3 fois")


CAMPUS = "name: Campus\naddress: Saint-Denis\nterritory: la-reunion\n"
HALL = "name: Halle\naddress: Lyon\nterritory: auvergne-rhone-alpes\n"
WELCOME = "programme:\n  - {at: 9h, title: Accueil}"


def without_breaks(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def told_of_programme(pages: dict[str, str], name: str) -> tuple[str, str]:
    """What stands above a programme on its page, and in its calendar."""
    (page,) = re.findall(r'id="pc-programme"><h2>(.*?)</h2>', pages[f"{name}.md"])
    calendar = pages[f"{name}.ics"].replace("\r\n ", "")
    (entry,) = re.findall(r"(Programme[^-]*) :\\n- 9", without_breaks(calendar))
    return re.sub("<[^>]*>", "", page), entry


@pytest.mark.parametrize(
    ("start", "places", "said"),
    [
        ("start: 2027-01-14\nend: 2027-01-15", "campus, halle", "heure de La Réunion"),
        ("start: 2027-03-18 9:00", "campus, halle", "heure de La Réunion"),
        ("start: 2027-03-18 9:00", "halle, campus", "heure de Paris"),
        ("when: mars 2027", "campus, halle", "heure de La Réunion"),
    ],
)
def test_a_programme_says_once_whose_hours_it_names(
    site: Site, start: str, places: str, said: str
) -> None:
    site.write("content/data/places/campus.yml", CAMPUS)
    site.write("content/data/places/halle.yml", HALL)
    zone = "\ntimezone: Europe/Paris" if places.startswith("halle") else ""
    pages = made(site, REGIONS, f"{start}\nplaces: [{places}]{zone}\n{WELCOME}")
    page = pages["comptoirs/m2.md"]
    (heading,) = re.findall(r'id="pc-programme"><h2>(.*?)</h2>', page)
    assert re.sub("<[^>]*>", "", heading) == f"Programme ({said})"
    # Where hours are told in several zones, those of home say so too.
    assert "heure de Paris" in pages["comptoirs/m1.md"]
    if not start.startswith("when"):
        assert told_of_programme(pages, "comptoirs/m2")[1] == f"Programme ({said})"


def test_a_programme_of_one_zone_names_none(site: Site) -> None:
    site.write("content/data/places/halle.yml", HALL)
    pages = made(site, REGIONS, f"start: 2027-01-14\nplaces: [halle]\n{WELCOME}")
    assert told_of_programme(pages, "comptoirs/m2") == ("Programme", "Programme")


def test_a_programme_without_hours_makes_no_zone_told(site: Site) -> None:
    site.write("content/data/places/campus.yml", CAMPUS)
    more = "programme:\n  - {title: Accueil}"
    pages = made(site, REGIONS, f"start: 2027-01-14\nplace: campus\n{more}")
    assert ">Programme</h2>" in pages["comptoirs/m2.md"]
    assert "heure de Paris" not in pages["comptoirs/m1.md"]


def test_feeds_say_whose_hours_are_in_their_texts(site: Site) -> None:
    until = "deadlines: [{what: Appel, until: 2026-12-01 18:00}]"
    form = "registration: {url: 'https://i.example/', deadline: 2026-12-02 19:00}"
    weekly = f"start: 2026-12-03 12:30\nrepeat: chaque jeudi, 3 fois\n{until}\n{form}"
    elsewhere = "start: 2025-11-20 12:30\ntimezone: Indian/Reunion"

    def told(*more: str) -> tuple[str, str]:
        pages = made(site, REGIONS, weekly, *more)
        calendar, news = pages["comptoirs/m2.ics"], pages["flux/comptoirs.rss.xml"]
        return without_breaks(calendar.replace("\r\n ", "")), without_breaks(news)

    assert not any("heure de" in one for one in told())
    calendar, news = told(elsewhere)
    assert all(f"{hour} (heure de Paris)" in calendar for hour in ("18 h", "19 h"))
    assert "3 fois (heure de Paris)" in news


@pytest.mark.large
def test_another_name_of_the_same_time_is_no_other_zone(site: Site) -> None:
    pages = made(site, REGIONS, "start: 2025-11-20 12:30\ntimezone: Europe/Brussels")
    assert {zone for _, zone in hours(pages["comptoirs/m1.md"])} == {""}


@pytest.mark.large
def test_days_have_no_zone(site: Site) -> None:
    (site.root / "voyages").mkdir(exist_ok=True)
    site.write("voyages/la-bas.md", "---\ntitle: V\nstart: 2026-12-10\nend: 2026-12-11\n---\nT.\n")
    pages = made(site, REGIONS, "start: 2025-11-20 12:30\ntimezone: Indian/Reunion")
    assert (
        "heure de" not in pages["voyages/la-bas.md"].partition("pc-facts")[2].partition("</dl>")[0]
    )


@pytest.mark.large
@pytest.mark.parametrize("name", ["UTC", "Etc/UTC", "Etc/Zulu"])
def test_a_community_of_utc_says_utc(site: Site, name: str) -> None:
    pages = made(site, UTC.replace("timezone: UTC", f"timezone: {name}"))
    assert {zone for _, zone in hours(pages["comptoirs/m1.md"])} == {"UTC"}
    assert {zone for _, zone in hours(pages["agenda.md"])} == {"UTC"}


def test_elsewhere_is_told_beside_utc(site: Site) -> None:
    pages = made(site, UTC, "start: 2026-12-17 12:30\ntimezone: Indian/Reunion")
    page = pages["comptoirs/m2.md"]
    assert ("heure de La Réunion\u202f; 8\u00a0h\u00a030 UTC") in {zone for _, zone in hours(page)}
    assert "4\u00a0h de plus qu’en UTC" in page


def test_the_hour_of_a_deadline_says_whose_it_is(site: Site) -> None:
    registration = 'registration: {url: "https://i.example/", deadline: 2026-12-09 18:00}'
    pages = made(site, UTC, f"start: 2026-12-10 12:30\n{registration}")
    assert re.search(r"18\u00a0h \(UTC\)", pages["comptoirs/m2.md"])


@pytest.mark.parametrize(
    "name", ["Europe/Paris", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia"]
)
def test_days_on_which_clocks_are_changed_are_not_steady(name: str) -> None:
    changed = 0
    for year in (2011, 2026):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        for day in days:
            begins, ends = (
                datetime(one.year, one.month, one.day, tzinfo=zone(name)).utcoffset()
                for one in (day, day + timedelta(days=1))
            )
            if begins != ends:
                changed += 1
                beside = (day + timedelta(days=n) for n in (-1, 0, 1))
                assert not any(is_steady(one, name) for one in beside), day
        assert sum(is_steady(day, name) for day in days) > 330
    assert changed >= 3


def test_an_hour_that_clocks_skip_or_show_twice() -> None:
    both = datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)
    found = [(is_skipped(one, "Europe/Paris"), is_ambiguous(one, "Europe/Paris")) for one in both]
    assert found == [(True, False), (False, True)]
    assert not any(is_skipped(one, "Indian/Reunion") for one in both)
    assert not any(is_ambiguous(one, "Indian/Reunion") for one in both)
