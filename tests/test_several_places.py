"""Meetings that are held in several places at once, each with the hour of its clocks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest

from .conftest import Site, compiled_page
from .test_check import page
from .test_entities import links_of, sections, text_of

pytestmark = pytest.mark.regions

NANTES = (
    "name: Halle\naddress: Nantes\nterritory: pays-de-la-loire\nlatitude: 47.2\nlongitude: -1.5\n"
)
ISLAND = "name: Campus\naddress: Saint-Denis\nterritory: la-reunion\ndescription: Près du port.\n"
WEST = "{name: Atelier, address: Fort-de-France, territory: martinique}"


def held(places: str, more: str = "", start: str = "2026-12-03 12:30") -> str:
    return page(f"title: En duplex\nstart: {start}\nduration: 1h\n{places}\n{more}")


@pytest.fixture
def duplex(site: Site) -> Callable[..., Site]:
    """A site with a meeting that is held in several places."""
    site.write("content/data/places/halle.yml", NANTES)
    site.write("content/data/places/campus.yml", ISLAND)

    def written(text: str) -> Site:
        site.write("webinars/duplex.md", text)
        site.commit()
        return site

    return written


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def entry(out: Path) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical((out / "flux/comptoirs.ics").read_bytes())
    (found,) = calendar.walk("VEVENT")
    assert isinstance(found, icalendar.Event)
    return found


@pytest.mark.large
def test_each_place_is_told_with_its_own_hour(duplex: Callable[..., Site]) -> None:
    out = duplex(held(f"places: [halle, campus, {WEST}]")).compile()
    file = compiled_page(out, "comptoirs/duplex")
    said = plain(text_of(file))
    assert "Halle, Nantes – 12 h 30 (heure de Pays de la Loire)" in said
    assert "Campus, Saint-Denis – 15 h 30 (heure de La Réunion)" in said
    assert "Atelier, Fort-de-France – 7 h 30 (heure de Martinique)" in said
    assert "Près du port." in said
    assert {"../../lieux/halle/", "../../lieux/campus/"} <= set(links_of(file))
    for place in ("halle", "campus"):
        assert "En duplex" in sections(compiled_page(out, f"lieux/{place}"))["À venir"]
    territories = {"pays-de-la-loire", "la-reunion", "martinique"}
    for territory in territories:
        assert "En duplex" in text_of(compiled_page(out, f"territoires/{territory}"))


@pytest.mark.large
def test_places_that_keep_one_time_are_told_without_hours(duplex: Callable[..., Site]) -> None:
    out = duplex(held("places: [halle, {name: Atelier, address: Lille}]")).compile()
    said = plain(text_of(compiled_page(out, "comptoirs/duplex")))
    assert "Halle, Nantes Atelier, Lille" in " ".join(said.split())
    assert "12 h 30 (heure" not in said


@pytest.mark.large
def test_the_day_is_told_where_it_is_another(duplex: Callable[..., Site]) -> None:
    out = duplex(held("places: [campus, halle]", start="2026-12-03 01:30")).compile()
    said = plain(text_of(compiled_page(out, "comptoirs/duplex")))
    assert "Campus, Saint-Denis – 1 h 30 (heure de La Réunion)" in said
    assert "Halle, Nantes – mercredi 2 décembre, 22 h 30 (heure de Pays de la Loire)" in said


def test_a_calendar_has_one_entry_with_all_places(duplex: Callable[..., Site]) -> None:
    found = entry(duplex(held("places: [campus, halle]")).feeds())
    assert str(found["LOCATION"]) == "Campus, Saint-Denis · Halle, Nantes"
    assert found.start.isoformat() == "2026-12-03T12:30:00+04:00"
    # One point would be that of one of them (RFC 5545, section 3.8.1.6).
    assert "GEO" not in found
    description = plain(str(found["DESCRIPTION"]))
    assert "Lieu : Campus, Saint-Denis – 12 h 30 (heure de La Réunion)" in description
    assert "Lieu : Halle, Nantes – 9 h 30 (heure de Pays de la Loire)" in description


@pytest.mark.large
def test_the_zone_that_is_said_is_that_of_the_hours(duplex: Callable[..., Site]) -> None:
    site = duplex(held("places: [campus, halle]", "timezone: Europe/Paris\n"))
    out = site.compile()
    assert entry(site.feeds()).start.isoformat() == "2026-12-03T12:30:00+01:00"
    said = plain(text_of(compiled_page(out, "comptoirs/duplex")))
    assert "Campus, Saint-Denis – 15 h 30 (heure de La Réunion)" in said
    assert "Halle, Nantes – 12 h 30 (heure de Pays de la Loire)" in said


@pytest.mark.large
def test_search_engines_are_told_all_places(duplex: Callable[..., Site]) -> None:
    out = duplex(held("places: [halle, campus]", "online: https://v.example/\n")).compile()
    text = compiled_page(out, "comptoirs/duplex").read_text()
    data = json.loads(text.partition('application/ld+json">')[2].partition("</script>")[0])
    (event,) = [one for one in data.get("@graph", [data]) if "location" in one]
    assert [one.get("name") for one in event["location"]] == ["Halle", "Campus", None]
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"


@pytest.mark.large
def test_one_place_in_the_list_is_one_place(duplex: Callable[..., Site]) -> None:
    as_list, alone = (
        entry(duplex(held(said)).feeds()) for said in ("places: [halle]", "place: halle")
    )
    assert str(as_list["LOCATION"]) == str(alone["LOCATION"]) == "Halle, Nantes"
    assert as_list["GEO"].to_ical() == alone["GEO"].to_ical()


@pytest.mark.large
def test_a_date_has_other_places_than_its_series(duplex: Callable[..., Site]) -> None:
    site = duplex(
        held(
            "place: halle",
            "repeat: {every: week, count: 3}\ndates:\n"
            "  2026-12-10: {places: [halle, campus]}\n"
            "later:\n  - {from: 2026-12-17, places: [halle, campus]}\n",
        )
    )
    site.feeds()
    calendar = icalendar.Calendar.from_ical((site.feeds() / "flux/comptoirs.ics").read_bytes())
    where = sorted(
        (one.decoded("DTSTART").date().isoformat(), str(one["LOCATION"]))
        for one in calendar.walk("VEVENT")
    )
    both = "Halle, Nantes · Campus, Saint-Denis"
    assert where == [("2026-12-03", "Halle, Nantes"), ("2026-12-10", both), ("2026-12-17", both)]
    back = held(
        "places: [halle, campus]",
        "repeat: {every: week, count: 2}\ndates:\n  2026-12-10: {place: halle}\n",
    )
    calendar = icalendar.Calendar.from_ical(
        (duplex(back).feeds() / "flux/comptoirs.ics").read_bytes()
    )
    said = {str(one["LOCATION"]) for one in calendar.walk("VEVENT") if "RECURRENCE-ID" in one}
    assert said == {"Halle, Nantes"}


def test_a_meeting_says_otherwise_than_its_collection(duplex: Callable[..., Site]) -> None:
    site = duplex(held("places: [halle, campus]"))
    config = (site.root / "mkdocs.yml").read_text("utf-8")
    assert "folder: webinars" in config
    site.write(
        "mkdocs.yml",
        config.replace("folder: webinars", "folder: webinars, defaults: {place: halle}", 1),
    )
    assert str(entry(site.feeds())["LOCATION"]) == "Halle, Nantes · Campus, Saint-Denis"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("place: halle\nplaces: [halle, campus]", "5:8: error[place-and-places]"),
        ("places: [halle, campsu]", "5:17: error[unknown-reference]"),
        ("lieux: [halle, campus]", "5:1: error[unknown-key]"),
        ("places: [halle, {address: Lille}]", "5:17: error[missing-key]"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    duplex: Callable[..., Site], lines: Callable[[], list[str]], said: str, told: str
) -> None:
    assert duplex(held(said)).run("check") == 1
    (line,) = [one for one in lines() if "error" in one]
    assert line.startswith(f"webinars/duplex.md:{told}")
    if "lieux" in said:
        assert "« places: »" in plain(line)
