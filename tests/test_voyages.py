"""A trip as one travels it: what contradicts itself, what it emits, what calendars tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from parcours.model.journeys import SPEEDS, UNCOUNTED
from parcours.model.schema import TripRecord
from parcours.model.shape import choices_of, field_at
from parcours.sources.emissions import packaged_factors

from .conftest import Site

Lines = Callable[[], list[str]]

PLACES = {
    "gare": "name: Gare\nterritory: bretagne\nlatitude: 48.1035\nlongitude: -1.6723\n",
    "ferme": "name: Ferme\nterritory: bretagne\nlatitude: 47.65\nlongitude: -2.08\n",
    "cirque": "name: Cirque\nterritory: la-reunion\nlatitude: -21.13\nlongitude: 55.47\n",
}

TRIP = """\
title: Bretagne
start: 2027-05-18
end: 2027-05-20
territories: [bretagne]
from: {place: gare, at: 13:15}
stops:
  - id: atelier
    title: Atelier
    place: ferme
    day: 1
    start: 15:00
    end: 17h30
    by: {mode: ter, takes: 50 min, km: 71 km}
    questions: [Que fait-on de l’erreur ?]
  - id: ferme
    title: Ferme
    place: ferme
    day: 2
    start: 9:30
    end: 16:00
    by: {mode: à pied}
back: {place: gare, at: 18:30, by: {mode: ter, takes: 1h}}
nights: Rennes, Redon
compare:
  - criterion: Taille
    values: {atelier: petit, ferme: grande}
    source: exemple
photographs: []
"""


def with_places(site: Site) -> Site:
    for id, text in PLACES.items():
        site.write(f"content/data/places/{id}.yml", text)
    return site


def trip(site: Site, text: str = TRIP, name: str = "bretagne") -> None:
    with_places(site).write(f"voyages/{name}.md", f"---\n{text}---\nTexte.\n")


RIGHT = TRIP.replace("à pied", "walk")

FAULTS: list[tuple[str, str, str, str]] = [
    # what is right, what is wrong in its place, place and code, a part of the sentence
    ("    start: 9:30\n    end: 16:00\n", "    start: 24:61\n", "20:12: error[bad-time]", "24:61"),
    (
        "day: 2\n    start: 9:30",
        "day: 1\n    start: 17:00",
        "20:12: error[stop-overlap]",
        "atelier",
    ),
    ("takes: 50 min", "takes: 2 h", "14:9: error[leg-too-long]", "1 h 45"),
    ("at: 13:15", "at: 15:15", "14:9: error[leg-too-long]", "−15 min"),
    ("takes: 50 min", "takes: 5 min", "14:28: warning[leg-speed]", "852 km"),
    ("takes: 50 min, km: 71 km", "takes: 100 min, km: 5", "14:28: warning[leg-speed]", "3 km"),
    ("km: 71 km", "km: loin", "14:40: error[bad-value]", "loin"),
    ("km: 71 km", "km: 50000", "14:40: error[out-of-range]", "50000"),
    (
        "mode: ter, takes: 50 min",
        "mode: boat, takes: 90 min",
        "14:16: warning[mode-factor]",
        "bateau",
    ),
    ("mode: ter, takes: 50 min", "mode: fusée, takes: 50 min", "14:16: error[bad-choice]", "fusée"),
    ("Rennes, Redon", "Rennes", "24:9: error[nights-count]", "2"),
    ("Rennes, Redon", "[Rennes, Hôtel du Port]", "24:18: error[night-town]", "Hôtel"),
    ("Rennes, Redon", "[Rennes, 12 rue du Port]", "24:18: error[night-town]", "rue"),
    ("{atelier: petit", "{atelie: petit", "27:22: error[compare-stop]", "atelier, ferme"),
    ("    source: exemple\n", "", "26:5: error[missing-key]", "source"),
    (
        "territories: [bretagne]",
        "territories: [normandie]",
        "10:12: warning[stop-territory]",
        "Bret",
    ),
    ("from: {place: gare", "from: {place: gares", "6:15: error[unknown-reference]", "gare"),
    ("back: {place: gare", "back: {place: gares", "23:15: error[unknown-reference]", "gare"),
]


@pytest.mark.parametrize(("right", "wrong", "place", "said"), FAULTS)
def test_what_contradicts_itself_is_told_at_its_place(
    site: Site, lines: Lines, right: str, wrong: str, place: str, said: str
) -> None:
    assert RIGHT.count(right) >= 1
    trip(site, RIGHT.replace(right, wrong, 1))
    site.run("check")
    found = [line for line in lines() if "[git-missing]" not in line and "bretagne.md" in line]
    assert place in found[0], found
    assert said in found[0].replace("\u00a0", " ")


def test_a_right_trip_is_told_nothing_of(site: Site, lines: Lines) -> None:
    trip(site, RIGHT)
    site.commit()
    assert site.run("check") == 0
    assert [line for line in lines() if "bretagne" in line] == []


def test_a_word_for_a_mode_is_mended(site: Site, lines: Lines) -> None:
    trip(site)
    site.run("check")
    assert any("bad-choice" in line and "walk" in line for line in lines())


def test_photographs_need_consent(site: Site, lines: Lines) -> None:
    photographs = (
        "photographs:\n  - {src: a.svg, alt: Un}\n  - {src: a.svg, alt: Deux, nobody: oui}\n"
        "  - {src: a.svg, alt: Trois, consent: accord écrit du 3 mars 2026}\n"
        "  - {src: a.svg, alt: Quatre, consent: non}\n  - {src: a.svg, consent: ok par écrit}\n"
    )
    site.write("voyages/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    trip(site, RIGHT.replace("photographs: []\n", photographs))
    site.run("check")
    told = [line.split(": ")[1] for line in lines() if "bretagne.md" in line]
    assert [one.split("[")[1] for one in told] == ["photo-consent]", "no-consent]", "missing-key]"]
    assert told[0].startswith("error[photo-consent]")


def test_hours_are_compared_across_zones(site: Site, lines: Lines) -> None:
    """Three hours on the clock between Rennes and La Réunion in May are one hour."""
    text = RIGHT.replace("place: ferme\n    day: 1", "place: cirque\n    day: 1")
    text = text.replace("[bretagne]", "[bretagne, la-reunion]").replace(
        "mode: ter, takes: 50 min, km: 71 km", "mode: plane"
    )
    trip(site, text)
    site.run("check")
    assert any("leg-too-long" in line and "−15 min" in line for line in lines())


def test_every_mode_has_a_speed_and_is_counted_or_told() -> None:
    field = field_at(TripRecord, ("stops", "by", "mode"))
    choices = choices_of(field) if field else None
    assert choices is not None
    assert set(choices.meanings) == set(SPEEDS)
    assert set(packaged_factors().modes) | UNCOUNTED | {"boat", "train"} == set(SPEEDS)


def test_factors_are_dated_and_of_one_source() -> None:
    factors = packaged_factors()
    assert factors.date == date(2026, 7, 1)
    assert "Impact CO2" in factors.source
    assert factors.grams("ter", 100) == pytest.approx(2769)
    assert factors.grams("plane", 1000) == pytest.approx(177_900)
    assert factors.grams("plane", 999) == pytest.approx(224_175.6)
    # La Réunion, one way: 1.66 t.
    assert factors.grams("plane", 9350) == pytest.approx(1_663_365)
    assert factors.grams("boat", 10) is None
    assert factors.is_shared("car")
    assert not factors.is_shared("coach")


def test_what_stands_under_from_is_read() -> None:
    record = TripRecord.model_validate(
        {"title": "T", "from": {"place": "a", "at": "13h15"}, "stops": [{"id": "b", "title": "B"}]}
    )
    assert record.departure is not None
    assert record.departure.at == time(13, 15)
    assert record.is_journey
    leg = {"mode": "walk", "takes": "1h05"}
    stops = [{"id": "b", "title": "B", "by": leg}]
    told = TripRecord.model_validate({"title": "T", "stops": stops}).stops[0].by
    assert told is not None
    assert told.takes == timedelta(minutes=65)
    assert not TripRecord.model_validate({"title": "T"}).is_journey
