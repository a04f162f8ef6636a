"""Places: their pages, where they are, how one gets there, what time they keep, stops on a map."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from parcours.model.postal import postal_lines
from parcours.model.zones import apart

from .conftest import Site, compiled_page
from .test_build import HOSTILE, Tags
from .test_check import page
from .test_entities import links_of, sections, text_of

pytestmark = pytest.mark.regions


QUAY = "name: Quai\naddress: 3 quai Vieux, 29200 Brest\nlatitude: 48.39\nlongitude: -4.49\n"
ISLAND = "name: Campus\naddress: Saint-Denis\nterritory: la-reunion\n"


@pytest.fixture
def there(site: Site) -> Site:
    """A site with a place of a meeting to come, of one that is over and of a trip."""
    site.write("content/data/places/quai.yml", QUAY + "territory: bretagne\n")
    site.write("content/data/places/ile.yml", ISLAND)
    for name, day in (("demain", "2026-12-03"), ("passe", "2026-01-15")):
        front = f"title: Rencontre {name}\nstart: {day} 12:30\nplace: quai\n"
        site.write(f"webinars/{name}.md", page(front))
    stops = "stops: [{id: un, title: Un, place: quai}, {id: deux, title: Deux}]\n"
    site.write("voyages/ouest.md", page(f"title: Ouest\nstart: 2025-05-05\n{stops}"))
    site.write(
        "webinars/loin.md",
        page("title: Loin\nstart: 2027-01-14 13:00\nplace: ile\nonline: https://v.example/\n"),
    )
    site.commit()
    return site


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("44 rue Longue, Sainte-Foy-la-Grande", ["44 rue Longue", "Sainte-Foy-la-Grande"]),
        ("44, rue Neuve, 35000 Rennes", ["44, rue Neuve", "35000 Rennes"]),
        ("12, 14 bis, Rue Neuve, 35000 Rennes", ["12, 14 bis, Rue Neuve", "35000 Rennes"]),
        ("Bâtiment A, 12, rue Neuve, Rennes", ["Bâtiment A", "12, rue Neuve", "Rennes"]),
        ("Calle Mayor, 12, 28013 Madrid", ["Calle Mayor, 12", "28013 Madrid"]),
        ("1 Main Street, Washington, DC 20500", ["1 Main Street", "Washington, DC 20500"]),
        ("10 High Street, London, N1 1AA", ["10 High Street", "London", "N1 1AA"]),
        ("Brest", ["Brest"]),
        (", ,Brest,", ["Brest"]),
        (",", []),
    ],
)  # fmt: skip
def test_an_address_stands_in_the_lines_of_an_envelope(address: str, lines: list[str]) -> None:
    assert postal_lines(address) == tuple(lines)


@pytest.mark.large
def test_a_place_has_a_page_with_its_meetings(there: Site) -> None:
    out = there.compile()
    file = compiled_page(out, "lieux/quai")
    assert "3 quai Vieux<br>29200 Brest" in file.read_text().replace("\u00a0", " ")
    parts = sections(file)
    for heading, title in (
        ("À venir", "Rencontre demain"),
        ("Rencontres passées", "Rencontre passe"),
        ("Voyages passés", "Ouest"),
    ):
        assert [head for head, text in parts.items() if title in text] == [heading]
    assert "3 rencontres, dont 1 à venir" in text_of(file)
    assert "../../territoires/bretagne/" in links_of(file)
    assert 'class="pc-map__pin"' in file.read_text()
    assert not [link for link in links_of(file) if "flux/" in link or "webcal" in link]
    assert "3 rencontres" in text_of(compiled_page(out, "lieux"))


@pytest.mark.large
def test_what_is_held_there_leads_to_it(there: Site) -> None:
    out = there.compile()
    for name in ("comptoirs/demain", "voyages/ouest", "territoires/bretagne"):
        assert "../../lieux/quai/" in links_of(compiled_page(out, name)), name
    assert "../lieux/quai/" in links_of(compiled_page(out, "territoires"))


def test_calendars_tell_where_as_before(there: Site) -> None:
    access = "access:\n  directions: Par la porte verte.\n  wheelchair: yes\n"
    there.write("content/data/places/quai.yml", f"{QUAY}territory: bretagne\n{access}")
    calendar = (there.feeds() / "flux" / "comptoirs.ics").read_text().replace("\n ", "")
    assert "LOCATION:Quai\\, 3 quai Vieux\\, 29200 Brest\n" in calendar
    assert "porte verte" not in calendar


def test_maps_of_others_are_links_that_name_their_host(there: Site) -> None:
    tags = Tags(there.page("lieux/quai").read_text()).found
    away = [a for t, a in tags if t == "a" and re.match("https?:|geo:", a.get("href") or "")]
    assert [a["href"] for a in away] == [
        "https://www.openstreetmap.org/directions?to=48.39%2C-4.49",
        "https://www.openstreetmap.org/?mlat=48.39&mlon=-4.49#map=17/48.39/-4.49",
        "geo:48.39,-4.49?q=48.39,-4.49(Quai)",
    ]
    assert all(a["rel"] == "noopener" for a in away)
    text = text_of(there.page("lieux/quai"))
    assert text.count("(openstreetmap.org)") == 2


def test_a_place_without_coordinates_is_looked_up_by_its_address(there: Site) -> None:
    street = "name: Quai\naddress: 1 rue d’En & Bas, Brest\nterritory: bretagne\n"
    there.write("content/data/places/quai.yml", street)
    file = there.page("lieux/quai")
    found = [link for link in links_of(file) if "openstreetmap" in link or link.startswith("geo:")]
    query = "1%20rue%20d%E2%80%99En%20%26%20Bas%2C%20Brest"
    assert found == [f"https://www.openstreetmap.org/search?query={query}"]
    assert "pc-map" not in file.read_text()


def test_what_is_said_of_access_is_shown_and_no_more(there: Site) -> None:
    text = text_of(there.page("lieux/quai"))
    assert "Accessibilité" not in text
    assert "Venir" not in text
    access = (
        "access:\n  directions: Par la porte verte.\n  wheelchair: en partie\n  hearing_loop: no\n"
    )
    there.write("content/data/places/quai.yml", f"{QUAY}territory: bretagne\n{access}")
    file = there.page("lieux/quai")
    text = text_of(file)
    assert "Venir Par la porte verte." in text
    assert "Fauteuil roulant en partie Boucle magnétique non" in text
    assert "Toilettes" not in text
    assert "Stationnement" not in text
    (data,) = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", file.read_text(), re.S)
    offered = {one["name"]: one["value"] for one in json.loads(data)["amenityFeature"]}
    assert offered == {"wheelchair": "limited", "hearing_loop": False}


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        ("access: {wheelchair: maybe}", "5:22", "bad-choice"),
        ("access: {wheelchairs: yes}", "5:10", "unknown-key"),
        ("access: yes", "5:9", "bad-type"),
        ("public: peut-être", "5:9", "bad-choice"),
    ],
)
def test_what_cannot_be_read_is_told(
    there: Site, lines: Callable[[], list[str]], line: str, place: str, code: str
) -> None:
    there.write("content/data/places/quai.yml", f"{QUAY}{line}\nterritory: bretagne\n")
    assert there.run("check") == 1
    (found,) = [one for one in lines() if "[git" not in one]
    assert found.startswith(f"content/data/places/quai.yml:{place}: error[{code}]")


@pytest.mark.large
def test_only_what_is_named_or_said_to_be_public_has_a_page(there: Site) -> None:
    there.write("content/data/places/seul.yml", "name: Seul\nterritory: bretagne\n")
    there.write("content/data/places/brouillon.yml", "name: Brouillon\nterritory: bretagne\n")
    draft = "title: Secret\nstart: 2026-12-10 12:30\nplace: brouillon\ndraft: true\n"
    there.write("webinars/secret.md", page(draft))
    there.commit()
    out = there.compile()
    for name, title in (("seul", "Seul"), ("brouillon", "Brouillon")):
        assert not compiled_page(out, f"lieux/{name}").exists()
        for address in ("lieux", "territoires", "territoires/bretagne"):
            assert title not in text_of(compiled_page(out, address))
    there.write("content/data/places/seul.yml", "name: Seul\nterritory: bretagne\npublic: true\n")
    out = there.compile()
    assert "pas encore de rencontre" in text_of(compiled_page(out, "lieux/seul"))
    assert "../../lieux/seul/" in links_of(compiled_page(out, "territoires/bretagne"))


def test_a_site_without_places_and_a_map_has_no_empty_parts(smallest: Site) -> None:
    assert not (smallest.compile() / "places").exists()
    smallest.write("content/data/places/hall.yml", "name: Hall\naddress: 1 Main Street, Porto\n")
    front = "title: One\nstart: 2026-12-03 12:30\nplace: hall\n"
    smallest.write("webinars/one.md", page(front, "Text.\n"))
    file = smallest.page("places/hall")
    text = text_of(file)
    assert "1 Main Street Porto" in text
    assert "1 meeting to come" in text
    assert "pc-map" not in file.read_text()
    assert "Local time" not in text


@pytest.mark.large
def test_hostile_places_stay_text(there: Site) -> None:
    mean = json.dumps(HOSTILE)
    there.write(
        "content/data/places/quai.yml",
        f"name: {mean}\naddress: {mean}\ndescription: {mean}\nterritory: bretagne\nlatitude: 48\n"
        f"longitude: -4\naccess: {{directions: {mean}, parking: {mean}, notes: {mean}}}\n",
    )
    there.write(
        "content/data/places/ile.yml", f"name: Campus\naddress: {mean}\nterritory: la-reunion\n"
    )
    out = there.build()
    for name in ("lieux", "lieux/quai", "lieux/ile", "voyages/ouest", "territoires/bretagne"):
        text = (out / name / "index.html").read_text()
        tags = Tags(text).found
        assert not [a for _, attrs in tags for a in attrs if a.startswith("on")], name
        assert not [t for t, a in tags if t == "img" and a.get("src") == "x"], name
        ways = [
            a["href"] or "" for t, a in tags if t == "a" and "pc-" not in (a.get("class") or "")
        ]
        assert not [way for way in ways if way.lower().startswith(("javascript:", "data:"))]
        assert all(re.fullmatch(r"[^<>\"\s]*", way) for way in ways)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "since", "until", "found"),
    [
        ("Indian/Reunion", "2027-01-14T09:00", "2027-01-14T10:00", [("2027-01-14T09:00", 180)]),
        ("Indian/Reunion", "2027-07-14T09:00", "2027-07-14T10:00", [("2027-07-14T09:00", 120)]),
        (
            "Indian/Reunion",
            "2027-03-27T09:30",
            "2027-04-30T09:00",
            [("2027-03-27T09:30", 180), ("2027-03-28T01:00", 120)],
        ),
        ("Europe/Brussels", "2027-01-01T00:00", "2027-12-31T00:00", [("2027-01-01T00:00", 0)]),
        # Two weeks of March, and one of autumn, in which one of them has changed its clocks.
        (
            "America/Martinique",
            "2027-10-30T12:00",
            "2027-11-02T00:00",
            [("2027-10-30T12:00", -360), ("2027-10-31T01:00", -300)],
        ),
        ("Pacific/Marquesas", "2027-01-14T09:00", "2027-01-14T09:00", [("2027-01-14T09:00", -630)]),
    ],
)
def test_how_far_clocks_are_from_home(
    zone: str, since: str, until: str, found: list[tuple[str, int]]
) -> None:
    expected = [(instant(moment), timedelta(minutes=minutes)) for moment, minutes in found]
    assert apart(zone, "Europe/Paris", instant(since), instant(until)) == expected


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("2027-01-14 13:00", "La Réunion : 3 h de plus qu’à Paris"),
        ("2027-07-15 13:00", "La Réunion : 2 h de plus qu’à Paris"),
        ("2027-03-25\nend: 2027-04-02", "3 h de plus qu’à Paris, puis 2 h de plus à partir du 28"),
    ],
)  # fmt: skip
def test_local_time_is_told_for_the_day_of_the_meeting(there: Site, start: str, words: str) -> None:
    days = "end:" in start
    folder, address = ("voyages", "voyages") if days else ("webinars", "comptoirs")
    there.write(f"{folder}/la.md", page(f"title: Là\nstart: {start}\nplace: ile\n"))
    text = text_of(there.page(f"{address}/la"))
    assert text.count("Heure locale") == 1
    assert words in text
    # Beside the hours, and nowhere else.
    assert text.count("heure de La Réunion") == (0 if days else 1)


@pytest.mark.large
def test_a_place_tells_what_time_it_keeps(there: Site) -> None:
    out = there.compile()
    change = "puis 2 h de plus à partir du 28 mars 2027"
    words = f"Heure locale La Réunion : 3 h de plus qu’à Paris, {change}"
    for name in ("lieux/ile", "territoires/la-reunion"):
        assert words in text_of(compiled_page(out, name)), name
    assert "Heure locale" not in text_of(compiled_page(out, "lieux/quai"))
    assert "Heure locale" not in text_of(compiled_page(out, "comptoirs/demain"))


def drawing_of(file: Path) -> list[tuple[str, dict[str, str | None]]]:
    return [(t, a) for t, a in Tags(file.read_text()).found if "pc-map__" in (a.get("class") or "")]


def numbers(file: Path) -> list[str]:
    (figure,) = re.findall(r'<figure class="pc-map.*?</figure>', file.read_text(), re.S)
    return re.findall(r"<text[^>]*>([^<]*)</text>", figure)


@pytest.fixture
def journey(there: Site) -> Callable[[list[str]], Path]:
    """Compiles a trip whose stops are at places, a name for each; "" for a stop without one."""
    for name, north, east in (
        ("rennes", 48.11, -1.68), ("redon", 47.65, -2.08), ("lille", 50.63, 3.06),
        ("berlin", 52.5, 13.4), ("porte", 48.112, -1.679),
    ):  # fmt: skip
        where = f"latitude: {north}\nlongitude: {east}\ntimezone: Europe/Paris\n"
        there.write(f"content/data/places/{name}.yml", f"name: {name.title()}\n{where}")
    there.write("content/data/places/nulle.yml", "name: Nulle\ntimezone: Europe/Paris\n")

    def compiled(places: list[str]) -> Path:
        stops = "".join(
            f"  - {{id: s{n}, title: Étape {n}{f', place: {one}' if one else ''}}}\n"
            for n, one in enumerate(places)
        )
        there.write("voyages/v.md", page(f"title: V\nstart: 2027-05-05\nstops:\n{stops}"))
        return there.page("voyages/v")

    return compiled


@pytest.mark.parametrize(
    ("places", "labels"),
    [
        (["rennes", "redon"], ["1", "2"]),
        (["rennes", "redon", "rennes"], ["1, 3", "2"]),
        (["rennes", "porte", "rennes", "lille"], ["1–3", "4"]),
        (["", "rennes", "nulle", "lille"], ["2", "4"]),
        (["rennes", "berlin", "lille"], ["1", "3"]),
        (["rennes"], []),
    ],
)
def test_stops_stand_on_the_map_in_their_order(
    journey: Callable[[list[str]], Path], places: list[str], labels: list[str]
) -> None:
    file = journey(places)
    assert numbers(file) == labels
    # The list says them, and the data for search engines again.
    assert len(set(re.findall(r"Étape \d", text_of(file)))) == len(places)
    drawn = [a for _, a in drawing_of(file) if a["class"] == "pc-map__way"]
    assert len(drawn) == (1 if len(labels) > 1 else 0)


def test_stops_that_no_map_shows_have_no_map(journey: Callable[[list[str]], Path]) -> None:
    file = journey(["berlin", "", "nulle"])
    assert "pc-map" not in file.read_text()
    assert "Berlin" in text_of(file)


def test_a_map_around_places_shows_every_pin_whole(
    journey: Callable[[list[str]], Path], there: Site
) -> None:
    for places in (["lille", "rennes"], ["lille"], ["rennes", "porte"]):
        tags = Tags(journey(places).read_text()).found
        (box,) = [
            a["viewbox"]
            for t, a in tags
            if t == "svg" and "viewbox" in a and "pc-map" in (a.get("class") or "")
        ]
        x, y, width, height = map(float, (box or "").split())
        for tag, a in tags:
            if tag == "rect" and a.get("class") == "pc-map__pin":
                left, top, wide, high = (
                    float(a[key] or "") for key in ("x", "y", "width", "height")
                )
                assert x <= left
                assert left + wide <= x + width
                assert y <= top
                assert top + high <= y + height


def test_a_place_has_the_colour_of_what_is_held_there(there: Site) -> None:
    config = (there.root / "mkdocs.yml").read_text()
    colored = config.replace("folder: voyages}", "folder: voyages, color: seagreen}")
    colored = colored.replace("address: comptoirs,", "address: comptoirs, color: navy,")
    there.write("mkdocs.yml", colored)
    there.write("content/data/places/ailleurs.yml", QUAY.replace("48.39", "47.9"))
    stops = "stops: [{id: un, title: Un, place: ailleurs}]\ntimezone: Europe/Paris\n"
    there.write("voyages/sud.md", page(f"title: Sud\nstart: 2025-06-05\n{stops}"))
    there.write("content/data/places/ile.yml", f"{ISLAND}latitude: -20.9\nlongitude: 55.4\n")
    text = there.page("territoires").read_text()
    drawn, legend = text.split("<figcaption", 1)
    # A trip and webinars at one place, a trip alone, a webinar alone.
    assert re.findall(r'<g class="(pc-hue-\w+)"><circle class="pc-map__place"', drawn) == [
        "pc-hue-voyages",
        "pc-hue-comptoirs",
    ]
    assert drawn.count('class="pc-map__place"') == 3
    words = [re.sub(r"<[^>]+>|\s+", " ", one).strip() for one in legend.split("<li")[1:]]
    for name in ("Comptoirs", "Voyages apprenants", "autres rencontres, ou plusieurs familles"):
        assert any(name in one for one in words), name
    trip = there.page("voyages/sud").read_text()
    assert "pc-map--pins pc-hue-voyages" in trip
