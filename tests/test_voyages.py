"""A trip as one travels it: what contradicts itself, what it emits, what calendars tell."""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

from parcours.model.journeys import ALONE, SHARED, SPEEDS, UNCOUNTED
from parcours.model.schema import TripRecord
from parcours.model.shape import choices_of, field_at
from parcours.sources.emissions import packaged_factors

from .conftest import NOW, Site, compiled_page
from .corpora import Corpus
from .serving import serving

pytestmark = pytest.mark.regions


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
    ("at: 13:15", "at: 15:15", "14:9: error[leg-order]", "et serait fini à 15:00"),
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
    ("Rennes, Redon", "Rennes", "24:9: error[nights-count]", "villes données : 1"),
    ("Rennes, Redon", "2", "24:9: error[nights-count]", "villes données : 0"),
    ("Rennes, Redon", "[Rennes, Redon, 2 nuits]", "24:9: error[nights-count]", "données : 2"),
    (
        "  - id: ferme",
        "  - {id: pause, title: Pause, day: 1}\n  - {id: tard, title: Tard, day: 1, start: 17:00}\n"
        "  - id: ferme",
        "17:44: error[stop-overlap]",
        "« atelier » (17:30)",
    ),
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
    ("{atelier: petit, ferme: grande}", "{}", "27:13: error[empty]", "compare[1].values"),
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


ENDS: list[tuple[str, str, str]] = [
    # a departure and a return to which nobody tells the way, and what is told
    ("from: {place: gare, at: 15:30}", "back: {place: gare, at: 18:30}", "6:25: error[leg-order]"),
    ("from: {place: gare, at: 9:00}", "back: {place: gare, at: 15:30}", "23:25: error[leg-order]"),
    ("from: {place: gare, at: 9:00}", "back: {place: gare, at: 18:30}", ""),
]


@pytest.mark.parametrize(("leaves", "returns", "expected"), ENDS)
def test_departure_and_return_agree_with_stops_without_a_way(
    site: Site, lines: Lines, leaves: str, returns: str, expected: str
) -> None:
    text = RIGHT.replace(
        "    by: {mode: ter, takes: 50 min, km: 71 km}\n", "    description: Un.\n"
    )
    text = text.replace("day: 2", "day: 3")
    text = text.replace("from: {place: gare, at: 13:15}", leaves)
    text = text.replace("back: {place: gare, at: 18:30, by: {mode: ter, takes: 1h}}", returns)
    trip(site, text)
    site.run("check")
    found = [line for line in lines() if "bretagne.md" in line and "git-" not in line]
    assert [line.partition("bretagne.md:")[2].partition("]")[0] + "]" for line in found] == (
        [expected] if expected else []
    )


def test_a_trip_of_one_day_has_no_night(site: Site, lines: Lines) -> None:
    trip(site, "title: V\nstart: 2027-05-18\nnights: [Rennes]\n")
    site.run("check")
    told = plain("\n".join(lines()))
    assert "bretagne.md:4:9: error[nights-count]" in told
    assert "supprimez cette ligne, ou écrivez le dernier jour" in told


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
    assert any("leg-order" in line for line in lines())


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


def entries(site: Site, address: str, now: str = NOW) -> dict[str, dict[str, Any]]:
    """What a library of others reads in a calendar, by UID; none stands there twice."""
    out = site.feeds(now)
    calendar = Calendar.from_ical((out / address).read_bytes())
    found = [dict(one.items()) for one in calendar.walk("VEVENT")]
    uids = [str(one["UID"]) for one in found]
    assert len(set(uids)) == len(uids)
    return dict(zip(uids, found, strict=True))


DOMAIN = "bretagne.voyages@petit.example"
WHOLE = {DOMAIN}
ALL = {DOMAIN, f"atelier.{DOMAIN}", f"ferme.{DOMAIN}"}


@pytest.mark.large
def test_what_goes_where(site: Site) -> None:
    text = RIGHT.replace("place: ferme\n    day: 2", "place: cirque\n    day: 2")
    text = text.replace("[bretagne]", "[bretagne, la-reunion]")
    trip(site, text.replace("km: 71 km", "km: 71") + "themes: [t]\norganisers: [o]\n")
    site.write("content/data/themes/t.yml", "name: T\n")
    site.write("content/data/organisations/o.yml", "name: O\n")
    site.commit()
    out = site.compile(now=NOW)
    found = {
        name: {str(one["UID"]) for one in Calendar.from_ical(data).walk("VEVENT")}
        for name, data in ((str(p.relative_to(out)), p.read_bytes()) for p in out.rglob("*.ics"))
    }
    held = {name: uids for name, uids in found.items() if uids}
    assert held.pop("voyages/bretagne.ics") == ALL
    assert held.pop("voyages/bretagne/atelier.ics") == {f"atelier.{DOMAIN}"}
    assert held.pop("voyages/bretagne/ferme.ics") == {f"ferme.{DOMAIN}"}
    for name, uids in held.items():
        here = {f"atelier.{DOMAIN}"} if "territoires/bretagne" in name else set[str]()
        there = {f"ferme.{DOMAIN}"} if "territoires/la-reunion" in name else set[str]()
        assert uids == WHOLE | here | there, name
    assert {"flux/agenda.ics", "flux/voyages.ics", "flux/themes/t.ics"} <= held.keys()
    assert "flux/voyages/territoires/la-reunion.ics" in held


@pytest.mark.large
def test_a_stop_is_told_in_the_hour_of_its_territory(site: Site) -> None:
    text = RIGHT.replace("place: ferme\n    day: 2", "place: cirque\n    day: 2")
    trip(site, text.replace("[bretagne]", "[bretagne, la-reunion]"))
    site.commit()
    found = entries(site, "voyages/bretagne.ics")
    whole, stop = found[DOMAIN], found[f"ferme.{DOMAIN}"]
    assert str(whole["TRANSP"]) == "TRANSPARENT"
    assert whole["DTSTART"].dt == date(2027, 5, 18)
    assert whole["DTEND"].dt == date(2027, 5, 21)
    assert "RELATED-TO" not in whole
    assert str(stop["TRANSP"]) == "OPAQUE"
    assert stop["DTSTART"].params["TZID"] == "Indian/Reunion"
    assert stop["DTSTART"].dt.astimezone(UTC) == datetime(2027, 5, 19, 5, 30, tzinfo=UTC)
    assert stop["DTEND"].dt.astimezone(UTC) == datetime(2027, 5, 19, 12, tzinfo=UTC)
    assert str(stop["SUMMARY"]) == "Ferme (Bretagne)"
    assert str(stop["RELATED-TO"]) == DOMAIN
    assert stop["RELATED-TO"].params["RELTYPE"] == "PARENT"
    assert str(stop["LOCATION"]) == "Cirque"
    assert str(stop["URL"]).endswith("/voyages/bretagne/#ferme")
    assert int(str(stop["SEQUENCE"])) == int(str(whole["SEQUENCE"]))
    first = found[f"atelier.{DOMAIN}"]
    assert first["DTSTART"].dt.astimezone(UTC) == datetime(2027, 5, 18, 13, tzinfo=UTC)


OF_THE_TRIP = """\
summary: Résumé du voyage.
price: 90 euros
seats: 18
url: https://voyage.example/page
links: [{label: Billets, url: "https://billets.example/"}]
deadlines: [{what: Bourse, until: 2027-03-01, url: "https://bourse.example/"}]
registration: {url: "https://inscriptions.example/", deadline: 2027-04-01}
programme: [{title: Exposé du soir, day: 1, at: "20:00"}]
"""


def test_a_stop_says_nothing_that_is_of_its_trip(site: Site) -> None:
    trip(site, RIGHT + OF_THE_TRIP)
    site.commit()
    found = entries(site, "voyages/bretagne.ics")
    words = ("90 euros", "voyage.example", "Billets", "Bourse", "inscriptions.example", "Exposé")
    whole = str(found[DOMAIN]["DESCRIPTION"])
    assert [word for word in words if word not in whole] == []
    for stop in ("atelier", "ferme"):
        said = str(found[f"{stop}.{DOMAIN}"]["DESCRIPTION"])
        assert [word for word in (*words, "Résumé") if word in said] == [], said


def test_what_a_trip_may_say_is_of_its_stops_or_is_not() -> None:
    """Of a new field it has to be said."""
    assert not SHARED & ALONE.keys()
    assert {*SHARED, *ALONE} == set(TripRecord.model_fields)
    usual = TripRecord.model_validate({"title": "T"})
    assert {key: getattr(usual, key) for key in ALONE} == dict(ALONE)


def statuses(site: Site, address: str) -> dict[str, str]:
    found = entries(site, address)
    return {uid.removesuffix(f".{DOMAIN}"): str(one["STATUS"]) for uid, one in found.items()}


LOSSES: list[tuple[str, str | None, str, dict[str, str]]] = [
    # what, the text after, a calendar that anybody may have subscribed to, what it holds
    (
        "a stop is taken out",
        re.sub(r"  - id: ferme(.|\n)*(?=back:)", "", RIGHT).replace(", ferme: grande", ""),
        "flux/territoires/bretagne.ics",
        {DOMAIN: "CONFIRMED", "atelier": "CONFIRMED", "ferme": "CANCELLED"},
    ),
    (
        "a stop is renamed",
        RIGHT.replace("id: ferme", "id: grange").replace(", ferme: grande", ""),
        "voyages/bretagne.ics",
        {DOMAIN: "CONFIRMED", "atelier": "CONFIRMED", "ferme": "CANCELLED", "grange": "CONFIRMED"},
    ),
    (
        "its day is taken back",
        RIGHT.replace("    day: 2\n    start: 9:30\n    end: 16:00\n", ""),
        "voyages/bretagne/ferme.ics",
        {"ferme": "CANCELLED"},
    ),
    (
        "the trip is cancelled",
        RIGHT + "status: cancelled\n",
        "flux/territoires/bretagne.ics",
        {DOMAIN: "CANCELLED", "atelier": "CANCELLED", "ferme": "CANCELLED"},
    ),
    (
        "the trip is postponed without a date",
        re.sub(r"start: 2027.*\nend: 2027.*\n", "status: postponed\n", RIGHT),
        "flux/territoires/bretagne.ics",
        {DOMAIN: "CANCELLED", "atelier": "CANCELLED", "ferme": "CANCELLED"},
    ),
    (
        "the trip is a draft again",
        RIGHT + "draft: true\n",
        "voyages/bretagne.ics",
        {DOMAIN: "CANCELLED", "atelier": "CANCELLED", "ferme": "CANCELLED"},
    ),
    (
        "the trip is deleted",
        None,
        "voyages/bretagne/ferme.ics",
        {"ferme": "CANCELLED"},
    ),
]


@pytest.mark.large
@pytest.mark.parametrize(
    ("text", "address", "held"), [one[1:] for one in LOSSES], ids=[one[0] for one in LOSSES]
)
def test_a_stop_that_was_seen_is_cancelled(
    site: Site, text: str | None, address: str, held: dict[str, str]
) -> None:
    trip(site, RIGHT)
    site.commit("2026-11-01T00:00:00Z")
    before = {
        uid: int(str(one["SEQUENCE"])) for uid, one in entries(site, "voyages/bretagne.ics").items()
    }
    if text is None:
        (site.root / "voyages/bretagne.md").unlink()
    else:
        trip(site, text)
    site.commit("2026-11-05T00:00:00Z")
    assert statuses(site, address) == held
    after = {uid: int(str(one["SEQUENCE"])) for uid, one in entries(site, address).items()}
    assert all(number > before.get(uid, 0) for uid, number in after.items())


RENAMED = RIGHT.replace("id: ferme", "id: grange").replace("ferme: grande", "grange: grande")

NEW_IDS: list[tuple[str, str, list[str]]] = [
    # what became of a stop, the text after, what is told
    ("another id alone", RENAMED, ["16:9: warning[lost-stop]"]),
    (
        "another title too, at its place and hour",
        RENAMED.replace("title: Ferme", "title: Grange"),
        ["16:9: warning[lost-stop]"],
    ),
    (
        "another hour too, under its title",
        RENAMED.replace("start: 9:30", "start: 10:30"),
        ["16:9: warning[lost-stop]"],
    ),
    (
        "another stop at another hour",
        RENAMED.replace("title: Ferme", "title: Grange").replace("start: 9:30", "start: 10:30"),
        [],
    ),
    ("another title alone", RIGHT.replace("title: Ferme", "title: Grange"), []),
    (
        "it is taken out",
        re.sub(r"  - id: ferme(.|\n)*(?=back:)", "", RIGHT).replace(", ferme: grande", ""),
        [],
    ),
]


@pytest.mark.parametrize("is_committed", [True, False])
@pytest.mark.parametrize(
    ("text", "told"), [one[1:] for one in NEW_IDS], ids=[one[0] for one in NEW_IDS]
)
def test_a_stop_with_another_id_is_told(
    site: Site, lines: Lines, text: str, told: list[str], is_committed: bool
) -> None:
    trip(site, RIGHT)
    site.commit("2026-09-01T00:00:00Z")
    trip(site, text)
    if is_committed:
        site.commit("2026-11-05T00:00:00Z")
    site.run("check")
    found = [line for line in lines() if "bretagne.md" in line and "git-" not in line]
    assert [line.split(": ")[0].partition("bretagne.md:")[2] for line in found] == [
        one.split(": ")[0] for one in told
    ]
    assert all("warning[lost-stop]" in line and "« ferme »" in plain(line) for line in found)


def plain(line: str) -> str:
    return line.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_stop_with_another_id_is_told_for_thirty_days(site: Site, lines: Lines) -> None:
    trip(site, RIGHT)
    site.commit("2026-09-01T00:00:00Z")
    trip(site, RENAMED)
    site.commit("2026-10-01T00:00:00Z")
    site.run("check", now="2026-10-30T00:00:00Z")
    assert any("warning[lost-stop]" in line for line in lines())
    site.run("check", now="2026-11-02T00:00:00Z")
    assert not any("lost-stop" in line for line in lines())


def test_of_several_ids_that_a_stop_had_the_last_is_told(site: Site, lines: Lines) -> None:
    for day, id in enumerate(("ferme", "grange", "etable"), 1):
        text = RIGHT.replace("id: ferme", f"id: {id}").replace("ferme: grande", f"{id}: grande")
        trip(site, text)
        site.commit(f"2026-11-0{day}T00:00:00Z")
    site.run("check")
    (found,) = [plain(line) for line in lines() if "lost-stop" in line]
    assert "« etable » semble être « grange »" in found


@pytest.mark.large
def test_the_id_that_a_stop_had_brings_its_entry_back(site: Site, lines: Lines) -> None:
    trip(site, RIGHT)
    site.commit("2026-11-01T00:00:00Z")
    trip(site, RENAMED)
    site.commit("2026-11-05T00:00:00Z")
    trip(site, RIGHT)
    site.commit("2026-11-06T00:00:00Z")
    site.run("check")
    # What came in between was seen, and is called off; what was first is again as it was.
    assert [line for line in lines() if "grange" in line and "ferme" not in line] == []
    states = {uid: str(one["STATUS"]) for uid, one in entries(site, "voyages/bretagne.ics").items()}
    assert states[f"ferme.{DOMAIN}"] == "CONFIRMED"
    assert states[f"grange.{DOMAIN}"] == "CANCELLED"


def test_a_stop_that_was_never_seen_leaves_no_trace(site: Site) -> None:
    trip(site, RIGHT.replace("title: Bretagne", "title: Bretagne\ndraft: true"))
    site.commit("2026-11-01T00:00:00Z")
    trip(site, RIGHT.replace("id: ferme", "id: grange").replace(", ferme: grande", ""))
    site.commit("2026-11-05T00:00:00Z")
    assert f"ferme.{DOMAIN}" not in entries(site, "voyages/bretagne.ics")


@pytest.mark.large
def test_a_stop_that_was_over_is_cancelled_where_its_trip_is_there(site: Site) -> None:
    """Who was there corrects the trip: a stop that did not take place is no more shown as held."""
    trip(site, RIGHT)
    site.commit("2026-11-01T00:00:00Z")
    text = re.sub(r"  - id: ferme(.|\n)*(?=back:)", "", RIGHT).replace(", ferme: grande", "")
    trip(site, text)
    site.commit("2027-06-01T00:00:00Z")
    later = "2027-06-02T00:00:00Z"
    found = entries(site, "voyages/bretagne.ics", later)
    states = {uid.removesuffix(f".{DOMAIN}"): str(one["STATUS"]) for uid, one in found.items()}
    assert states == {DOMAIN: "CONFIRMED", "atelier": "CONFIRMED", "ferme": "CANCELLED"}
    assert str(entries(site, "flux/territoires/bretagne.ics", later)[f"ferme.{DOMAIN}"]["STATUS"])


@pytest.mark.large
def test_what_was_over_goes_with_its_trip(site: Site) -> None:
    trip(site, RIGHT)
    site.commit("2026-11-01T00:00:00Z")
    (site.root / "voyages/bretagne.md").unlink()
    site.commit("2027-06-01T00:00:00Z")
    assert not list((site.feeds("2027-06-02T00:00:00Z") / "voyages").rglob("*.ics"))


def test_what_is_withdrawn_leaves_no_stop(site: Site) -> None:
    trip(site, RIGHT)
    site.commit("2026-11-01T00:00:00Z")
    (site.root / "voyages/bretagne.md").unlink()
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config + "      withdrawn: [voyages/bretagne]\n")
    site.commit("2026-11-05T00:00:00Z")
    out = site.feeds()
    assert list((out / "voyages").rglob("*.ics")) == []
    assert b"ferme" not in (out / "flux/territoires/bretagne.ics").read_bytes()


def test_news_tell_of_the_trip_alone(site: Site) -> None:
    trip(site, RIGHT)
    site.commit("2026-11-01T00:00:00Z")
    trip(site, RIGHT.replace("id: ferme", "id: grange").replace(", ferme: grande", ""))
    site.commit("2026-11-05T00:00:00Z")
    out = site.feeds()
    items = json.loads((out / "flux/territoires/bretagne.json").read_text())["items"]
    assert [one["id"] for one in items] == [DOMAIN]


@pytest.mark.large
def test_a_trip_of_one_day_is_like_any_other_meeting(site: Site) -> None:
    text = "title: V\nstart: 2027-05-18 9:00\nend: 2027-05-18 17:00\nplace: ferme\n"
    trip(site, text)
    site.commit()
    found = entries(site, "voyages/bretagne.ics")
    assert str(found[DOMAIN]["TRANSP"]) == "OPAQUE"
    trip(site, text + "stops:\n- {id: a, title: A, place: ferme, start: 9:00}\n")
    site.commit()
    found = entries(site, "voyages/bretagne.ics")
    assert str(found[DOMAIN]["TRANSP"]) == "TRANSPARENT"
    assert str(found[f"a.{DOMAIN}"]["TRANSP"]) == "OPAQUE"
    assert found[f"a.{DOMAIN}"]["DTEND"].dt - found[f"a.{DOMAIN}"]["DTSTART"].dt == timedelta(
        hours=1
    )


def shown(site: Site, address: str = "voyages/bretagne") -> str:
    """What a page says, as plain text."""
    out = site.compile(now=NOW)
    text = compiled_page(out, address).read_text("utf-8")
    text = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", text, flags=re.DOTALL)
    plain = (
        html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").replace("\u202f", " ")
    )
    return " ".join(plain.replace("\u2060", "").split())


@pytest.mark.large
def test_the_itinerary_says_all_that_the_map_says(site: Site) -> None:
    trip(site, RIGHT)
    said = shown(site)
    parts = (
        *("Jour 1, mardi 18 mai", "Départ, 13 h 15 Gare", "Train régional, 50 min, 71 km"),
        *("Atelier 15 h – 17 h 30 Ferme", "Ce que l’on va y chercher", "Que fait-on de l’erreur"),
        *("Nuit à Rennes", "Jour 2, mercredi 19 mai", "À pied", "Nuit à Redon"),
        *("Jour 3, jeudi 20 mai", "Train régional, 1 h, environ 77 km"),
        "Retour, 18 h 30 Gare",
    )
    ats = [said.index(part) for part in parts]
    assert ats == sorted(ats)


@pytest.mark.large
def test_two_commits_tell_of_stops(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("webinars", "content/mooc"):
        site.write(f"{folder}/.gitkeep", "")
    trip(site, RIGHT)
    site.commit("2026-11-01T00:00:00Z")
    trip(site, RIGHT.replace("start: 9:30", "start: 10:30"))
    site.commit("2026-11-05T00:00:00Z")
    assert site.run("diff", "HEAD~1") == 0
    said = " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())
    before, after = (f"mercredi 19 mai 2027, {hour} h 30 – 16 h" for hour in (9, 10))
    assert f"Étape « Ferme » déplacée : {before} → {after}" in said
    assert "Son texte" not in said


@pytest.mark.large
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("end: 16:00", "end: 17:00", "9 h 30 – 16 h → mercredi 19 mai 2027, 9 h 30 – 17 h"),
        ("id: ferme", "id: grange", "« Ferme » a un autre id, et les agendas la montrent de"),
    ],
)
def test_two_commits_tell_what_tells_stops_apart(
    site: Site, capsys: pytest.CaptureFixture[str], before: str, after: str, said: str
) -> None:
    for folder in ("webinars", "content/mooc"):
        site.write(f"{folder}/.gitkeep", "")
    text = RIGHT.replace(", ferme: grande", "")
    trip(site, text)
    site.commit("2026-11-01T00:00:00Z")
    trip(site, text.replace(before, after))
    site.commit("2026-11-05T00:00:00Z")
    assert site.run("diff", "HEAD~1") == 0
    found = " ".join(capsys.readouterr().out.replace("\u00a0", " ").replace("\u2060", "").split())
    assert said in found


@pytest.mark.large
def test_a_stop_elsewhere_says_whose_hours_it_tells(site: Site) -> None:
    text = RIGHT.replace("place: ferme\n    day: 2", "place: cirque\n    day: 2")
    trip(site, text.replace("[bretagne]", "[bretagne, la-reunion]"))
    said = shown(site)
    assert "9 h 30 – 16 h (heure de La Réunion)" in said
    assert said.count("(heure de") == 1


@pytest.mark.large
def test_what_the_way_emits_has_its_source_its_date_and_its_scope(site: Site) -> None:
    trip(site, RIGHT)
    said = shown(site)
    # 148 km: 27.69 g by regional train, 142.3 g by a car, which four divide.
    assert "Le voyage tel que prévu environ 148 km 4,1 kg" in said
    assert "seul à bord environ 148 km 21 kg" in said
    assert "en voiture, à 4 environ 148 km 5,2 kg" in said
    assert "en train régional" not in said
    for part in ("Impact CO2", "juillet 2026", "sans les rails", "la ligne droite × 1,3"):
        assert part in said


@pytest.mark.large
def test_nothing_is_compared_with_a_flight_over_the_sea(site: Site) -> None:
    text = RIGHT.replace("mode: ter, takes: 50 min, km: 71 km", "mode: plane, km: 9350")
    trip(site, text.replace("at: 13:15", "at: 0:30"))
    said = shown(site)
    assert "Avion : Gare – Ferme 9 350 km 1,66 t" in said
    assert "Les autres trajets du voyage" in said
    assert "en voiture" not in said
    assert "en train régional" not in said


@pytest.mark.large
def test_what_is_not_counted_is_said(site: Site) -> None:
    trip(site, RIGHT.replace("mode: ter, takes: 50 min", "mode: boat, takes: 100 min"))
    assert "1 trajet n’est pas compté" in shown(site)


@pytest.mark.large
def test_what_came_of_a_trip_is_told_first(site: Site) -> None:
    text = RIGHT.replace("2027", "2025") + "account: Le récit du voyage.\nsummary: Un résumé.\n"
    trip(site, text)
    said = shown(site)
    order = ["Le récit du voyage", "Les lieux comparés Critère", "Texte.", "Itinéraire"]
    ats = [said.index(part) for part in order]
    assert ats == sorted(ats)


@pytest.mark.large
def test_places_are_compared_in_a_table_and_in_csv(site: Site) -> None:
    criteria = (
        '  - {criterion: "=1+1", values: {ferme: "-5, au moins"}, source: "un \\"livre\\""}\n'
        "photographs: []\n"
    )
    trip(site, RIGHT.replace("photographs: []\n", criteria))
    out = site.compile(now=NOW)
    data = (out / "voyages/bretagne/comparaison.csv").read_bytes()
    assert data.count(b"\r\n") == 3
    assert list(csv.reader(data.decode().splitlines())) == [
        ["Critère", "Atelier", "Ferme", "Source"],
        ["Taille", "petit", "grande", "exemple"],
        ["'=1+1", "", "'-5, au moins", 'un "livre"'],
    ]
    page = compiled_page(out, "voyages/bretagne").read_text("utf-8")
    assert '<th scope="row">Taille</th><td>petit</td><td>grande</td><td>exemple</td>' in page
    assert page.count('<th scope="col">') == 4 + 3


def test_each_stop_is_an_event_within_its_trip(site: Site) -> None:
    trip(site, RIGHT)
    page = site.page("voyages/bretagne", now=NOW).read_text("utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    data = json.loads(found[1])
    first, second = data["subEvent"]
    assert first["startDate"] == "2027-05-18T15:00:00+02:00"
    assert first["endDate"] == "2027-05-18T17:30:00+02:00"
    assert second["url"].endswith("/voyages/bretagne/#ferme")
    assert second["location"]["name"] == "Ferme"


@pytest.mark.large
def test_a_trip_that_tells_nothing_of_the_way_has_neither_itinerary_nor_notebook(
    site: Site,
) -> None:
    trip(site, "title: V\nstart: 2027-05-18\nend: 2027-05-19\nstops: [{id: a, title: A, day: 1}]\n")
    out = site.compile(now=NOW)
    page = compiled_page(out, "voyages/bretagne").read_text("utf-8")
    assert '<h2>Étapes</h2><ol class="pc-stops"><li class="pc-stop" id="a"><h3>A</h3>' in page
    assert "pc-leg" not in page
    assert not compiled_page(out, "voyages/bretagne/carnet").exists()


@pytest.mark.large
def test_the_notebook_has_a_sheet_for_each_stop_and_leads_back(site: Site) -> None:
    trip(site, RIGHT)
    out = site.compile(now=NOW)
    page = compiled_page(out, "voyages/bretagne/carnet").read_text("utf-8")
    assert page.count("pc-sheet--stop") == 2
    for part in ("Étape 1 sur 2", "Étape 2 sur 2", "Étonnements", "Que fait-on de l’erreur"):
        assert part in page
    assert page.count("<svg") >= 2  # the code and the map
    assert "style=" not in page
    assert 'voyages/bretagne/carnet/">' in compiled_page(out, "voyages/bretagne").read_text("utf-8")


def test_the_notebook_says_that_its_trip_is_an_example_or_called_off(site: Site) -> None:
    trip(site, RIGHT + "example: true\nstatus: cancelled\n")
    page = site.page("voyages/bretagne/carnet", now=NOW).read_text("utf-8")
    cover = page.partition("</section>")[0]
    assert ">Exemple</span>" in cover
    assert ">Annulé</span>" in cover
    trip(site, RIGHT)
    page = site.page("voyages/bretagne/carnet", now=NOW).read_text("utf-8")
    assert ">Exemple</span>" not in page
    assert ">Annulé</span>" not in page


@pytest.mark.large
def test_fifty_stops_are_drawn_and_stay_light(site: Site) -> None:
    stops = []
    for n in range(50):
        at = f"latitude: {47.5 + n / 100:.2f}\nlongitude: {-4 + n / 20:.2f}\n"
        place = f"name: Lieu {n}\nterritory: bretagne\n{at}"
        site.write(f"content/data/places/l{n}.yml", place)
        stops.append(
            f"  - {{id: s{n}, title: Étape {n}, place: l{n}, day: {n // 5 + 1}, "
            f"start: '{8 + 2 * (n % 5)}:00', by: {{mode: ter, km: 20}}, questions: [Pourquoi]}}\n"
        )
    front = "title: Long\nstart: 2027-05-01\nend: 2027-05-10\n"
    site.write("voyages/long.md", f"---\n{front}stops:\n{''.join(stops)}---\nTexte.\n")
    out = site.compile(now=NOW)
    page = compiled_page(out, "voyages/long").read_bytes()
    assert page.count(b'class="pc-stop"') == 50
    assert page.count(b"pc-map__pin") > 5
    assert len(gzip.compress(page)) < 20_000
    calendar = Calendar.from_ical((out / "voyages/long.ics").read_bytes())
    assert len(calendar.walk("VEVENT")) == 51


def test_nothing_stands_twice_in_a_calendar_of_the_flagship(flagship_corpus: Corpus) -> None:
    for name, data in flagship_corpus.files.items():
        if name.endswith(".ics"):
            uids = re.findall(rb"\r\nUID:(.*(?:\r\n .*)*)", data)
            dates = re.findall(rb"\r\nRECURRENCE-ID", data)
            assert len(uids) == len(set(uids)) + len(dates), name


@pytest.mark.browser
def test_the_notebook_prints_as_a_booklet_of_a5(flagship: Path, browser: Browser) -> None:
    with serving(flagship) as base, closing(browser.new_page()) as page:
        page.goto(f"{base}voyages/bretagne/carnet/")
        data = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* (\d+)[\d.]*\]", data)
    # A cover, the programme, the map, a sheet for each of three stops, and what astonishes.
    assert sheets == [(b"420", b"594")] * 7


ACROSS = """\
---
title: Loin
start: 2026-12-07
end: 2026-12-09
territories: [bretagne, la-reunion]
from: {place: quai, at: "7:00"}
stops:
  - {id: a, title: Atelier, place: campus, day: 1, start: "22:00", by: {mode: plane, takes: 11 h}}
back: {place: quai, at: "12:45", by: {mode: plane, takes: 11 h}}
---
Texte.
"""


def test_departure_and_return_say_whose_hours_they_tell(site: Site) -> None:
    """On the page, in the notebook and in calendars, which show the reader's own beside them."""
    for name, text in {
        "content/data/territories/bretagne.yml": "name: Bretagne\ntimezone: Europe/Paris\n",
        "content/data/territories/la-reunion.yml": "name: La Réunion\ntimezone: Indian/Reunion\n",
        "content/data/places/quai.yml": "name: Quai\nterritory: bretagne\n",
        "content/data/places/campus.yml": "name: Campus\nterritory: la-reunion\n",
        "voyages/loin.md": ACROSS.replace("territories:", "place: campus\nterritories:"),
    }.items():
        site.write(name, text)
    page = site.page("voyages/loin").read_text("utf-8").replace("\u00a0", " ")
    assert "Départ, 7 h (heure de Bretagne)" in page
    assert "Retour, 12 h 45 (heure de Bretagne)" in page
    assert "22 h (heure de" not in page
    calendar = (site.feeds() / "voyages/loin.ics").read_bytes().replace(b"\r\n ", b"")
    told = calendar.decode().replace("\u00a0", " ").replace("\\,", ",")
    assert "Quai, 7 h (heure de Bretagne)" in told
    assert "22 h (heure de La Réunion)" in told
