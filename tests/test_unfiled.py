"""Names without a file: shown, said in feeds, found by the search, with no page and no feed."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from icalendar import Calendar

from parcours.assembly import Compiled
from parcours.model.community import Event, entity_address
from parcours.model.persons import names_nobody
from parcours.tree import content

from .conftest import FRENCH, NOW, Site
from .corpora import compiled

ANNOUNCED = FRENCH.replace("      collections:", "      consent: announced\n      collections:")
REGIONS = ANNOUNCED.replace("      consent", "      territories: france\n      consent")
MEETING = """\
title: Un
start: 2026-12-03 12:30
hosts: [{name: Atelier d’essai, url: "https://atelier.example/"}]
organisers: {name: Fabrique d’essai}
speakers:
  - {name: Camille Essai, of: CFA d’essai, url: "https://camille.example/"}
  - {name: Une apprentie, of: cci}
place: {name: Halle d’essai, address: "1 rue de l’Essai, 97400 Saint-Denis", territory: la-reunion,
  latitude: -20.88, longitude: 55.45}
"""


def made(site: Site, said: str = MEETING, config: str = REGIONS) -> Compiled:
    site.write("mkdocs.yml", config)
    site.write("content/data/organisations/cci.yml", "name: CCI d’essai\n")
    site.write("webinars/un.md", f"---\n{said}---\nTexte.\n")
    (site.root / "voyages").mkdir(exist_ok=True)
    return compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW))


def one(site: Site, said: str = MEETING, config: str = REGIONS) -> Event:
    (event,) = made(site, said, config).community.events
    return event


def told(site: Site, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert site.run("check", "--lang", "en") in (0, 1)
    return [line for line in capsys.readouterr().out.splitlines() if ".md:" in line]


def written(site: Site, name: str, said: str) -> None:
    site.write(f"webinars/{name}.md", f"---\ntitle: {name}\n{said}---\nTexte.\n")


def test_what_is_named_is_what_a_file_would_make(site: Site) -> None:
    event = one(site)
    assert event.place is not None
    assert event.place.line == "Halle d’essai, 1 rue de l’Essai, 97400 Saint-Denis"
    assert event.zone == "Indian/Reunion"
    assert [one.id for one in event.territories] == ["la-reunion"]
    assert [one.line for one in event.speakers] == [
        "Camille Essai, CFA d’essai",
        "Une apprentie, CCI d’essai",
    ]
    # What is declared under an id is that, wherever its words stand.
    assert [one.organisation and one.organisation.filed for one in event.speakers] == [False, True]
    assert event.organisations == ()  # in no selection


def test_what_has_no_file_has_no_address(site: Site) -> None:
    community = made(site).community
    (event,) = community.events
    with pytest.raises(ValueError, match="Camille Essai has no page"):
        entity_address(event.speakers[0], community.settings.addresses)


def test_pages_show_it_and_lead_elsewhere_or_nowhere(site: Site) -> None:
    compiled_ = made(site)
    tree = {str(name): leaf for name, leaf in compiled_.tree}
    page = content(tree["comptoirs/un.md"]).decode()
    assert '<a href="https://camille.example/"' in page
    assert "Une apprentie, CCI d’essai" in page
    assert '<a href="https://atelier.example/"' in page
    assert "Fabrique d’essai" in page
    assert "Halle d’essai, 1 rue de l’Essai" in page
    assert not [name for name in tree if "essai" in name or "apprentie" in name]
    assert "organisations/cci.md" in tree


def test_calendars_say_it(site: Site) -> None:
    tree = {str(name): leaf for name, leaf in made(site).tree}
    calendar = Calendar.from_ical(content(tree["flux/agenda.ics"]))
    (event,) = calendar.walk("VEVENT")
    assert event["LOCATION"] == "Halle d’essai, 1 rue de l’Essai, 97400 Saint-Denis"
    assert event["GEO"].to_ical() == "-20.88;55.45"
    said = str(event["DESCRIPTION"])
    assert "Avec\u00a0: Camille Essai, CFA d’essai · Une apprentie, CCI d’essai" in said
    assert "Atelier d’essai" in said
    assert not [name for name in tree if name.startswith("flux/") and "essai" in name]


def test_machines_and_the_search_find_it(site: Site) -> None:
    tree = {str(name): leaf for name, leaf in made(site).tree}
    page = content(tree["comptoirs/un.md"]).decode()
    speaker = {
        "@type": "Person",
        "name": "Camille Essai",
        "url": "https://camille.example/",
        "affiliation": {"@type": "Organization", "name": "CFA d’essai"},
    }
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    said = json.loads(script)
    assert speaker in said["performer"]
    assert said["organizer"] == [{"@type": "Organization", "name": "Fabrique d’essai"}]
    assert said["location"][0]["name"] == "Halle d’essai"
    terms = json.loads(content(tree["assets/search/terms-0.json"]))
    assert {"camill", "fabriqu", "hall"} <= terms.keys()


def test_a_meeting_that_is_gone_was_held_by_the_clock_of_its_place(site: Site) -> None:
    made(site)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars/un.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    found = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW)).community
    (gone,) = found.tombstones
    assert gone.zone == "Indian/Reunion"
    assert [one.id for one in gone.territories] == ["la-reunion"]


def test_items_stops_and_series_take_names(site: Site) -> None:
    event = one(
        site,
        "title: Un\nstart: 2026-12-03 12:30\nrepeat: chaque premier jeudi, 3 fois\n"
        "programme: [{at: '12:30', title: Dire, speakers: {name: Camille Essai}}]\n"
        "dates: {2027-01-07: {place: {name: Ailleurs, territory: bretagne}}}\n",
    )
    (item,) = event.plan.items
    assert [one.name for one in item.speakers] == ["Camille Essai"]
    assert [one.place and one.place.name for one in event.dates] == [None, "Ailleurs", None]


def test_a_collection_shares_names(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    shared = (
        "{kind: webinar, folder: webinars, defaults: {hosts: [{name: Essai}], place: {name: Là}}}"
    )
    config = REGIONS.partition("        comptoirs:")[0] + f"        comptoirs: {shared}\n"
    event = one(site, "title: Un\nstart: 2026-12-03 12:30\n", config)
    assert [one.name for one in event.refs.hosts] == ["Essai"]
    assert event.place is not None
    assert event.place.name == "Là"
    written(site, "deux", "start: 2026-12-10 12:30\nplace: {name: Ici}\n")
    lines = told(site, capsys)
    assert not [line for line in lines if "unfiled" in line], lines  # it is written once


def test_a_language_of_people_decides(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """French asks for a file that says the consent; another language, or the configuration, not."""
    said = "start: 2026-12-03 12:30\nspeakers: [{name: Camille Essai}, {name: Une apprentie}]\n"
    site.write("mkdocs.yml", FRENCH)
    written(site, "un", said)
    (line,) = told(site, capsys)
    assert line.startswith("webinars/un.md:4:19: error[unfiled-person]: « Camille Essai » is named")
    assert "content/data/people/camille-essai.yml" in line
    assert "consent: announced" in line
    for config in (ANNOUNCED, FRENCH.replace("language: fr", "language: en")):
        site.write("mkdocs.yml", config)
        assert not [line for line in told(site, capsys) if "unfiled" in line]
    required = ANNOUNCED.replace("announced", "required")
    site.write("mkdocs.yml", required.replace("language: fr", "language: en"))
    assert "error[unfiled-person]" in told(site, capsys)[0]


def test_a_bare_name_is_told_with_the_way_to_write_it(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "start: 2026-12-03 12:30\nspeakers: [Camille Essai]\n"
    for config, has_names in ((ANNOUNCED, True), (FRENCH, False)):
        site.write("mkdocs.yml", config)
        written(site, "un", said)
        (line,) = [one for one in told(site, capsys) if "bad-id" in one]
        assert "content/data/people/camille-essai.yml" in line
        assert ("write « {name: Camille Essai} »" in line) == has_names


@pytest.mark.parametrize(
    ("config", "said", "better"),
    [
        (
            FRENCH,
            "place: Salle des fêtes",
            "write « place: {name: Salle des fêtes} »; or « place: ",
        ),
        (FRENCH, "places: [Salle A, Salle B]", "write « {name: Salle A} »; or « salle-a »"),
        (FRENCH, "hosts: [Le Fablab]", "write « {name: Le Fablab} »; or « le-fablab »"),
        (FRENCH, "organisers: [Le Fablab]", "content/data/organisations/le-fablab.yml"),
        (FRENCH, "speakers: [Une formatrice]", "write « {name: Une formatrice} »"),
        (FRENCH, "speakers: [Camille Essai (CFA)]", "content/data/people/camille-essai.yml"),
        (ANNOUNCED, "speakers: [Camille Essai (CFA)]", "write « {name: Camille Essai, of: CFA} »"),
        (
            ANNOUNCED,
            "speakers: Camille Essai (CFA), Dominique Essai",
            "write « speakers: [{name: Camille Essai, of: CFA}, {name: Dominique Essai}] »; or "
            "« speakers: [camille-essai, dominique-essai] »",
        ),
        (
            ANNOUNCED,
            "speakers:\n  - Dominique Essai et Camille Essai (CFA)",
            "write « - {name: Dominique Essai} », « - {name: Camille Essai, of: CFA} »; or "
            "« - dominique-essai », « - camille-essai »",
        ),
        (
            ANNOUNCED,
            "programme: [{title: A, speakers: [Une formatrice (CFA)]}]",
            "write « {name: Une formatrice, of: CFA} »",
        ),
    ],
)
def test_a_bare_name_is_told_wherever_one_may_stand_without_a_file(
    site: Site, capsys: pytest.CaptureFixture[str], config: str, said: str, better: str
) -> None:
    site.write("mkdocs.yml", config)
    written(site, "un", f"start: 2026-12-03 12:30\n{said}\n")
    line, *_ = [one for one in told(site, capsys) if "bad-id" in one]
    assert better in line


def test_a_place_that_only_an_id_names_is_told_so(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("content/data/organisations/cci.yml", "name: CCI d’essai\nplace: Salle d’essai\n")
    assert site.run("check", "--lang", "en") == 1
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "cci.yml:2:8" in one]
    assert "{name:" not in line


def test_what_has_a_file_is_told(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    made(site, "title: Un\nstart: 2026-12-03 12:30\nhosts: [{name: cci  D’essai}]\n")
    (line,) = told(site, capsys)
    assert line.startswith("webinars/un.md:4:16: warning[unfiled-known]")
    assert "write « cci » instead" in line


@pytest.mark.parametrize(
    ("line", "folder", "where", "code", "config"),
    [
        ("hosts: [{name: cci-essai}]", "organisations", "4:16", "unfiled-known", REGIONS),
        ("hosts: [{name: CCI-Essai}]", "organisations", "4:16", "unfiled-known", REGIONS),
        ("place: {name: cci-essai}", "places", "4:15", "unfiled-known", REGIONS),
        ("speakers: [{name: cci-essai}]", "people", "4:19", "unfiled-known", REGIONS),
        ("speakers: [{name: cci-essai}]", "people", "4:19", "unfiled-person", FRENCH),
        ("speakers: [{name: CCI-Essai}]", "people", "4:19", "unfiled-person", FRENCH),
    ],
)
def test_an_id_that_is_written_as_a_name_is_told(
    site: Site,
    capsys: pytest.CaptureFixture[str],
    line: str,
    folder: str,
    where: str,
    code: str,
    config: str,
) -> None:
    more = "consent: given in May 2026\n" if folder == "people" else ""
    site.write(f"content/data/{folder}/cci-essai.yml", f"name: CCI Essai\n{more}")
    site.write("mkdocs.yml", config)
    written(site, "un", f"start: 2026-12-03 12:30\n{line}\n")
    site.run("check", "--lang", "en")
    (found,) = [one for one in capsys.readouterr().out.splitlines() if f"un.md:{where}: " in one]
    assert f"[{code}]" in found
    assert "declare" not in found
    assert "write « cci-essai » instead" in found


def test_whom_a_file_knows_is_told_by_it(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is led to a second file of somebody who has one."""
    site.write("mkdocs.yml", FRENCH)
    agreed = "consent: essai par écrit, le 3 mars 2026\n"
    for id, its in (("camille-e", "Camille Essai"), ("lou", "Lou"), ("lou-2", "Lou")):
        site.write(f"content/data/people/{id}.yml", f"name: {its}\n{agreed}")
    names = "{name: camille  Essai}, {name: Lou}"
    written(site, "un", f"start: 2026-12-03 12:30\nspeakers: [{names}]\n")
    known, unsure = told(site, capsys)
    assert known.startswith("webinars/un.md:4:19: error[unfiled-person]")
    assert "content/data/people/camille-e.yml" in known
    assert "write « camille-e » instead" in known
    # Of two who are called so, nobody knows which is meant.
    assert "content/data/people/lou.yml / content/data/people/lou-2.yml" in unsure


def test_what_somebody_is_is_proposed_as_nobody(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("mkdocs.yml", FRENCH)
    for day, name in ((3, "un"), (10, "deux")):
        said = "speakers: [{name: Un apprenti}]"
        written(site, name, f"start: 2026-12-{day:02} 12:30\n{said}\n")
    assert not told(site, capsys)


def test_what_two_files_name_is_proposed_as_one(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("mkdocs.yml", REGIONS)
    written(site, "un", "start: 2026-12-03 12:30\nspeakers: [{name: Camille Essai}]\n")
    written(
        site,
        "deux",
        "start: 2026-12-10 12:30\nspeakers: [{name: Camille Essai}]\n"
        "programme: [{title: Dire, speakers: [{name: Camille Essai}]}]\n",
    )
    (line,) = told(site, capsys)
    assert "warning[unfiled-twice]" in line
    assert "content/data/people/camille-essai.yml" in line
    assert "consent:" in line
    # Another one of the same name is of elsewhere.
    written(site, "un", "start: 2026-12-03 12:30\nspeakers: [{name: Camille Essai, of: Ici}]\n")
    assert not told(site, capsys)


@pytest.mark.parametrize(
    ("key", "values"),
    [("address", ("Rennes", "Caen")), ("territory", ("bretagne", "normandie"))],
)
def test_two_halls_of_one_name_are_two(
    site: Site, capsys: pytest.CaptureFixture[str], key: str, values: tuple[str, str]
) -> None:
    site.write("mkdocs.yml", REGIONS)
    for day, (name, value) in enumerate(zip(("un", "deux"), values, strict=True), start=1):
        place = f"{{name: Mairie, {key}: {value}}}"
        written(site, name, f"start: 2026-12-{3 + 7 * day} 12:30\nplace: {place}\n")
    assert not [line for line in told(site, capsys) if "unfiled" in line]


@pytest.mark.parametrize(
    ("said", "names", "places"),
    [
        ("speakers: [{name: A}, {name: a}]", ["A"], ["4:30"]),
        ("speakers: [{name: A}, {name: A, of: Ici}]", ["A", "A"], []),
        ("speakers: [camille, camille]", ["Camille"], ["4:21"]),
        ("hosts: [halles, anciennes-halles]", ["Halles"], ["4:17"]),
        ("speakers: [{name: Camille, of: Ici}, camille]", ["Camille"], ["4:19"]),
        ("speakers: [{name: Camille}, {name: Camille}, camille]", ["Camille"], ["4:19", "4:36"]),
        # Of two who are called so, nobody knows which is meant.
        ("speakers: [double, jumeau, {name: Double}]", ["Double"] * 3, []),
        ("hosts: [{name: A}, {name: A}]", ["A"], ["4:27"]),
        ("hosts: [{name: CCI d’essai}, cci, {name: A}]", ["CCI d’essai", "A"], ["4:16"]),
        ("organisers: [cci, cci]", ["CCI d’essai"], ["4:19"]),
        ("places: [{name: A, address: Ici}, {name: A, address: Là}]", ["A", "A"], []),
        ("places: [halle, {name: Halle}]", ["Halle"], ["4:24"]),
        ("places: [halle, {name: Halle, territory: corse}]", ["Halle", "Halle"], []),
        *(
            (f"places: [{{name: A, {here}}}, {{name: A, {there}}}]", ["A", "A"], [])
            for here, there in (
                ("territory: bretagne", "territory: la-reunion"),
                ("latitude: 48.1, longitude: -1.6", "latitude: 47.1, longitude: -1.6"),
                ("timezone: Europe/Paris", "timezone: Indian/Reunion"),
            )
        ),
        ("programme: [{title: X, speakers: [{name: A}, {name: A}]}]", ["A"], ["4:53"]),
    ],
)
def test_what_a_list_names_twice_is_told_and_listed_once(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, names: list[str], places: list[str]
) -> None:
    person = "consent: essai par écrit, le 3 mars 2026\n"
    people = {
        "camille": "name: Camille\n",
        "double": "name: Double\n",
        "jumeau": "name: Double\n",
    }
    for id, its in people.items():
        site.write(f"content/data/people/{id}.yml", its + person)
    old = "name: Halles\naliases: anciennes-halles\n"
    site.write("content/data/organisations/halles.yml", old)
    site.write("content/data/places/halle.yml", "name: Halle\nterritory: bretagne\n")
    event = one(site, f"title: Un\nstart: 2026-12-03 12:30\n{said}\n")
    refs = (event.refs.hosts, event.refs.organisers, event.sites, event.everybody)
    assert [one.name for its in refs for one in its] == names
    lines = told(site, capsys)
    assert [line.split(": ")[0].partition(":")[2] for line in lines] == places
    assert all("warning[named-twice]" in line for line in lines)


def test_what_a_collection_or_a_series_names_twice_is_told_once(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    event = one(
        site,
        "title: Un\nstart: 2026-12-03 12:30\nrepeat: chaque premier jeudi, 3 fois\n"
        "speakers: [{name: A}, {name: A}]\ndates: {2027-01-07: {title: Deux}}\n",
    )
    assert [[one.name for one in date.speakers] for date in event.dates] == [["A"]] * 3
    (line,) = told(site, capsys)
    assert line.startswith("webinars/un.md:5:30: warning[named-twice]")


@pytest.mark.parametrize(
    ("said", "place", "code"),
    [
        ("speakers: [{nom: Essai, of: Ici}]", "4:13", "unknown-key"),
        ("speakers: [{of: Ici}]", "4:12", "missing-key"),
        ("place: {name: Ici, territory: nulle-part}", "4:31", "unknown-reference"),
        ("place: {name: Ici, latitude: 48.1}", "4:8", "missing-key"),
        ("place: {name: Ici, latitude: 148, longitude: 2}", "4:30", "out-of-range"),
        ("hosts: [{name: Ici, url: ici.example}]", "4:26", "bad-url"),
        ("speakers: [{name: Essai, of: ccii}]", "4:30", "unknown-reference"),
        ("speakers: [Camille Essai]", "4:12", "bad-id"),
        ("hosts: [{name: }]", "4:10", "empty"),
    ],
)
def test_one_fault_is_told_at_one_place(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, place: str, code: str
) -> None:
    made_ = f"---\ntitle: Un\nstart: 2026-12-03 12:30\n{said}\n---\nTexte.\n"
    site.write("mkdocs.yml", REGIONS)
    site.write("content/data/organisations/cci.yml", "name: CCI\n")
    site.write("webinars/un.md", made_)
    (line,) = told(site, capsys)
    assert line.startswith(f"webinars/un.md:{place}: error[{code}]")
    assert code != "unknown-reference" or "ccii" not in line or "« cci »" in line


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Une apprentie", True),
        ("Deux formateurs", True),
        ("A trainer", True),
        ("Camille Essai", False),
        ("Une", False),
        ("Une certaine Marie Dupont", False),
        ("Formatrice", False),
    ],
)
def test_what_somebody_does_names_nobody(text: str, nobody: bool) -> None:
    assert names_nobody(text) is nobody
