"""Pages of themes, territories, organisations and people: derived, linked, redirected.

They are read as they are compiled, save where the engine has a say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Site, compiled_page
from .test_build import HOSTILE, Tags
from .test_check import page

pytestmark = pytest.mark.regions


def text_of(file: Path) -> str:
    """The content of a compiled page, without its front matter and its tags."""
    return text_of_html(file.read_text().split("\n---\n", 1)[1])


def text_of_html(content: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", content).replace("\u00a0", " ").split())


def links_of(file: Path) -> set[str]:
    return {a["href"] or "" for t, a in Tags(file.read_text()).found if t == "a" and "href" in a}


def sections(file: Path) -> dict[str, str]:
    """What stands below each heading of the second level, by the heading."""
    parts = file.read_text().split("<h2>")[1:]
    pairs = (part.split("</h2>", 1) for part in parts)
    return {re.sub(r"<[^>]+>", "", head): rest for head, rest in pairs}


@pytest.fixture
def told(site: Site) -> Site:
    """A site with an event of each stage, and all that it refers to."""
    site.write("content/data/themes/ia.yml", "name: IA\ndescription: Des machines.\n")
    site.write(
        "content/data/organisations/cci.yml",
        "name: CCI\nurl: https://cci.example/\nplace: quai\naliases: [chambre]\n",
    )
    site.write(
        "content/data/places/quai.yml",
        "name: Quai\naddress: Brest\nterritory: bretagne\nlatitude: 48.39\nlongitude: -4.49\n",
    )
    site.write(
        "content/data/people/voix.yml",
        "name: Voix\nrole: Formatrice\norganisation: cci\nconsent: par écrit\n",
    )
    rest = "themes: [ia]\nhosts: [cci]\nspeakers: [voix]\nplace: quai\n"
    for name, day, more in (
        ("demain", "2026-12-03", ""),
        ("vu", "2026-01-08", "replay: {video: https://video.example/x}\n"),
        ("passe", "2026-01-15", ""),
    ):
        front = f"title: Rencontre {name}\nstart: {day} 12:30\n{rest}{more}"
        site.write(f"webinars/{name}.md", page(front))
    stops = "stops: [{id: un, title: Un, place: quai, host: cci}]\n"
    site.write(
        "voyages/ouest.md", page(f"title: Ouest\nstart: 2025-05-05\nend: 2025-05-06\n{stops}")
    )
    site.write("content/mooc/c/index.md", "---\ntitle: Cours\nthemes: [ia]\n---\n")
    site.commit()
    return site


@pytest.mark.large
def test_each_meeting_stands_once_in_its_part(told: Site) -> None:
    out = told.compile()
    for name in ("territoires/bretagne", "themes/ia", "organisations/cci", "personnes/voix"):
        parts = sections(compiled_page(out, name))
        for heading, title in (
            ("À venir", "Rencontre demain"),
            ("Les replays", "Rencontre vu"),
            ("Rencontres passées", "Rencontre passe"),
        ):
            assert [head for head, text in parts.items() if title in text] == [heading], name
    there = sections(compiled_page(out, "territoires/bretagne"))
    assert "Ouest" in there["Voyages passés"]
    assert "CCI" in there["Organisations"]
    assert "Voix" in there["Personnes"]
    assert "Quai" in there["Lieux"]
    assert "Cours" in sections(compiled_page(out, "themes/ia"))["Cours"]


@pytest.mark.large
def test_pages_of_entities_offer_their_own_feeds(told: Site) -> None:
    out = told.compile()
    for name in ("territoires/bretagne", "themes/ia", "organisations/cci"):
        links = links_of(compiled_page(out, name))
        assert f"webcal://petit.example/x/flux/{name}.ics" in links
        assert f"../../flux/{name}.rss.xml" in links
        feed = (out / "flux" / f"{name}.ics").read_text().replace("\r\n ", "")
        assert f"URL:https://petit.example/x/{name}/" in feed
    assert not [link for link in links_of(compiled_page(out, "personnes/voix")) if "flux/" in link]
    assert not (out / "flux" / "personnes").exists()


@pytest.mark.large
def test_events_lead_to_what_they_name(told: Site) -> None:
    out = told.compile()
    assert links_of(compiled_page(out, "comptoirs/demain")) >= {
        "../../territoires/bretagne/",
        "../../themes/ia/",
        "../../organisations/cci/",
        "../../personnes/voix/",
    }
    assert "../../organisations/cci/" in links_of(compiled_page(out, "voyages/ouest"))
    assert "https://cci.example/" in links_of(compiled_page(out, "organisations/cci"))


@pytest.mark.large
def test_the_map_and_the_list_say_the_same(told: Site) -> None:
    out = told.compile()
    file = compiled_page(out, "territoires")
    labels = {
        a["href"]: (a["aria-label"] or "").replace("\u00a0", " ")
        for t, a in Tags(file.read_text()).found
        if t == "a" and "pc-map__link" in (a.get("class") or "")
    }
    assert len(labels) == 18
    assert labels["../territoires/bretagne/"] == "Bretagne : 4 rencontres, dont 1 à venir"
    assert labels["../territoires/mayotte/"] == "Mayotte : pas encore de rencontre"
    text = text_of(file)
    listed = text.split(" La liste ", 1)[1]
    assert "Bretagne 4 rencontres, dont 1 à venir" in listed
    assert "Prochaine : Rencontre demain" in listed
    assert "Voyage : Ouest" in listed
    assert "Lieu : Quai, Brest" in listed
    assert "Organisation : CCI" in listed
    assert file.read_text().count('class="pc-map__house"') == 2  # on the map, in its legend
    assert file.read_text().count('class="pc-map__place"') == 2


@pytest.mark.large
def test_one_page_leads_to_all_sorts_with_what_comes_next(told: Site) -> None:
    for n in range(10):
        told.write(f"content/data/themes/t{n}.yml", f"name: T{n}\n")
    out = told.compile()
    file = compiled_page(out, "explorer")
    parts = {
        re.sub(r"<[^>]+>", "", head): text_of_html(rest) for head, rest in sections(file).items()
    }
    assert list(parts) == ["Territoires", "Thèmes", "Organisations", "Personnes", "Lieux"]
    for title, count in (("Territoires", "18 territoires"), ("Thèmes", "11 thèmes")):
        assert parts[title].endswith(count)
    # Those of which most is to come first, and no territory of which there is nothing to say.
    order = ("IA", "T0", "T1", "T7")
    assert sorted(order, key=parts["Thèmes"].index) == list(order)
    assert "IA 3 rencontres, dont 1 à venir Prochaine : Rencontre demain" in parts["Thèmes"]
    assert parts["Thèmes"].count("pas encore de rencontre") == 8
    assert "T9" not in parts["Thèmes"]
    assert "Mayotte" not in parts["Territoires"]
    for name in ("territoires", "themes", "organisations", "personnes"):
        assert f"../{name}/" in links_of(file)
        assert "../explorer/" in links_of(compiled_page(out, name))


@pytest.mark.large
def test_sorts_that_are_absent_are_not_named(smallest: Site) -> None:
    out = smallest.compile()
    assert not (out / "explore").exists()
    smallest.write("content/data/themes/un.yml", "name: One\n")
    file = smallest.page("explore")
    assert list(sections(file)) == ["Themes"]
    assert "1 theme" in text_of(file)
    tabs = (smallest.build() / "explore" / "index.html").read_text()
    assert re.search(r'md-nav__link--active">\s*<span class="md-ellipsis">\s*Explore', tabs)


STARTS = "name: IA\ndescription: Des machines.\nstart_here: {}\n"


@pytest.mark.large
def test_a_theme_says_where_to_begin_and_who_knows_about_it(told: Site) -> None:
    told.write(
        "webinars/seul.md",
        page(
            "title: Sans thème\nstart: 2026-01-22 12:30\naliases: [ancien/nom]\n"
            "replay: {video: https://video.example/y}\n"
        ),
    )
    told.write("webinars/non.md", page("title: Non\nstart: 2026-12-10\nstatus: cancelled\n"
        "themes: [ia]\nhosts: [cci]\n"))  # fmt: skip
    told.write("content/data/themes/ia.yml", STARTS.format("[ancien/nom, comptoirs/vu]"))
    told.write("content/data/organisations/z.yml", "name: Z\n")
    told.write(
        "webinars/z.md", page("title: Z\nstart: 2026-12-17\nthemes: [ia]\norganisers: [z]\n")
    )
    told.commit()
    file = told.page("themes/ia")
    text = text_of(file)
    parts = {head: text_of_html(rest) for head, rest in sections(file).items()}
    assert text.index("Des machines.") < text.index("5 rencontres") < text.index("À venir")
    names = ["À venir", "Cours", "Pour commencer", "Qui s’y connaît", "Rencontres passées"]
    assert [name for name in parts if name in names] == names
    begin = parts["Pour commencer"]
    assert begin.index("Sans thème") < begin.index("Rencontre vu")
    # Each stands once; what was cancelled taught nobody anything.
    assert "Les replays" not in parts
    known = parts["Qui s’y connaît"]
    assert known == "Voix Formatrice 3 rencontres CCI 3 rencontres Z 1 rencontre"
    for name in ("territoires/bretagne", "organisations/cci"):
        assert "Qui s’y connaît" not in sections(told.page(name))


def test_a_theme_begins_with_a_date_of_a_series(told: Site, lines: Callable[[], list[str]]) -> None:
    own = "2026-01-29: {title: Le replay, replay: {video: https://video.example/z}}"
    series = f"title: Café\nstart: 2026-01-22 12:30\nrepeat: chaque jeudi\ndates:\n  {own}\n"
    told.write("webinars/cafe.md", page(series))
    told.write("content/data/themes/ia.yml", STARTS.format("[comptoirs/cafe/2026-01-29]"))
    told.commit()
    assert not [line for line in lines() if "ia.yml" in line]
    begin = text_of_html(sections(told.page("themes/ia"))["Pour commencer"])
    assert "Le replay" in begin


@pytest.mark.parametrize(
    ("value", "told_at", "code", "part"),
    [
        ("[comptoirs/vu, comptoirs/vue]", "3:28", "error[start-unknown]", "« comptoirs/vu »"),
        ("[webinars/vu.md]", "3:14", "error[start-unknown]", "« comptoirs/vu »"),
        ("[mooc/c]", "3:14", "error[start-unknown]", "mooc/c"),
        ("[comptoirs/demain]", "3:14", "warning[start-no-replay]", "comptoirs/demain"),
        ("[comptoirs/annule]", "3:14", "warning[start-no-replay]", "comptoirs/annule"),
        ("comptoirs/brouillon", "3:13", "warning[start-draft]", "comptoirs/brouillon"),
        ("[comptoirs/autre-nom]", "3:14", "warning[start-draft]", "comptoirs/autre-nom"),
        ("[mooc/d-seance]", "3:14", "warning[start-draft]", "mooc/d-seance"),
        ("[a, b, c, d, e, f, g]", "3:13", "error[too-many]", "6"),
        ("[https://petit.example/x/comptoirs/vu/]", "3:14", "error[bad-address]", "https"),
    ],
)
def test_what_one_cannot_begin_with_is_told(
    told: Site, lines: Callable[[], list[str]], value: str, told_at: str, code: str, part: str
) -> None:
    replay = "replay: {video: https://video.example/y}\n"
    draft = f"title: Brouillon\nstart: 2026-01-22 12:30\ndraft: true\n{replay}"
    told.write("webinars/brouillon.md", page(draft))
    told.write("webinars/nom.md", page(f"{draft}id: autre-nom\n"))
    told.write(
        "webinars/annule.md", page(f"title: Non\nstart: 2026-01-22\nstatus: cancelled\n{replay}")
    )
    told.write("content/mooc/d/index.md", "---\ntitle: Caché\ndraft: true\n---\n")
    told.write("content/mooc/d/seance.md", page("title: S\nstart: 2026-01-20\n"))
    told.write("content/data/themes/ia.yml", STARTS.format(value))
    assert told.run("check") == int("error" in code)
    (line,) = [line for line in lines() if "themes/ia.yml" in line]
    assert line.startswith(f"content/data/themes/ia.yml:{told_at}: {code}")
    assert part in line.replace("\u00a0", " ")


def test_a_meeting_with_errors_is_told_once(told: Site, lines: Callable[[], list[str]]) -> None:
    told.write("webinars/faux.md", page("title: Faux\nstart: hier soir\n"))
    told.write("content/data/themes/ia.yml", STARTS.format("[comptoirs/faux]"))
    assert told.run("check") == 1
    assert [line.split(":")[0] for line in lines() if "error[" in line] == ["webinars/faux.md"]


def test_people_are_shown_as_they_agreed(told: Site, lines: Callable[[], list[str]]) -> None:
    text = text_of(told.page("personnes/voix"))
    assert "Formatrice" in text
    assert "par écrit" not in text
    told.write("content/data/people/autre.yml", "name: Autre\n")
    assert told.run("check") == 1
    assert any("people/autre.yml" in line and "consent" in line for line in lines())


def test_a_site_without_territories_lists_who_takes_part(smallest: Site) -> None:
    smallest.write("content/data/organisations/haus.yml", "name: Haus\n")
    smallest.write("content/data/people/un.yml", "name: Un\nconsent: in writing, 3 March 2026\n")
    text = "---\ntitle: One\nstart: 2026-12-03 12:30\nhosts: [haus]\n"
    smallest.write("webinars/one.md", text + "speakers: [un]\n---\nText.\n")
    out = smallest.compile()
    assert compiled_page(out, "organisations").is_file()
    assert not compiled_page(out, "territories").exists()


@pytest.mark.large
def test_nobody_makes_no_page(site: Site) -> None:
    site.commit()
    out = site.compile()
    assert not (out / "personnes").exists()
    assert "../personnes/" not in links_of(compiled_page(out, "territoires"))


@pytest.mark.large
def test_old_addresses_lead_on(told: Site) -> None:
    told.write("content/data/themes/ia.yml", "name: IA\naliases: [intelligence]\n")
    told.write("content/data/territories/bretagne.yml", "name: Bretagne\naliases: [ouest]\n")
    out = told.compile()
    for old, new in (
        ("themes/intelligence", "themes/ia"),
        ("territoires/ouest", "territoires/bretagne"),
        ("organisations/chambre", "organisations/cci"),
    ):
        text = (out / old / "index.html").read_text()
        assert f'content="0; url=../../{new}/"' in text
        assert compiled_page(out, new).is_file()


@pytest.mark.parametrize("alias", ["cci", "sol", "chambre"])
def test_an_old_id_is_nobody_elses(told: Site, lines: Callable[[], list[str]], alias: str) -> None:
    told.write("content/data/organisations/sol.yml", f"name: Sol\naliases: [vieux, {alias}]\n")
    assert told.run("check") == 1
    (line,) = [line for line in lines() if "[duplicate-id]" in line]
    assert line.startswith("content/data/organisations/sol.yml:2:18:")


@pytest.mark.large
def test_an_authored_page_supplies_its_prose(told: Site) -> None:
    told.write(
        "content/territoires/bretagne.md",
        "# La Bretagne\n\nAvant.\n\n<!-- parcours:entity -->\n\nAprès.\n",
    )
    told.write("content/themes/index.md", "# Nos thèmes\n\nChoisis ensemble.\n")
    out = told.compile()
    text = text_of(compiled_page(out, "territoires/bretagne"))
    assert text.index("Avant.") < text.index("Rencontre demain") < text.index("Après.")
    rendered = told.build() / "territoires" / "bretagne" / "index.html"
    assert rendered.read_text().count("<h1") == 1
    text = text_of(compiled_page(out, "themes"))
    assert text.index("Choisis ensemble.") < text.index("Des machines.")


def test_bodies_link_to_entities(told: Site) -> None:
    told.write(
        "webinars/lien.md",
        page(
            "title: Lien\nstart: 2026-12-10 12:30\n",
            "[Là](/territoires/bretagne/), [ça](../content/data/themes/ia.yml), [tout](/themes/)\n",
        ),
    )
    links = links_of(told.page("comptoirs/lien"))
    assert links >= {"../../territoires/bretagne/", "../../themes/ia/", "../../themes/"}


@pytest.mark.large
def test_long_lists_end_in_the_agenda(told: Site) -> None:
    config = (told.root / "mkdocs.yml").read_text()
    told.write("mkdocs.yml", config.replace(", weekday: thursday", ""))
    for n in range(60):
        front = f"title: Vieux {n}\nstart: {2000 + n // 4}-0{1 + n % 4}-01 9:00\n"
        told.write(f"webinars/v{n}.md", page(f"{front}themes: [ia]\n"))
        front = f"title: Neuf {n}\nstart: 2027-0{1 + n // 28}-{1 + n % 28:02d}\n"
        told.write(f"voyages/n{n}.md", page(f"{front}themes: [ia]\n"))
    out = told.compile()
    file = compiled_page(out, "themes/ia")
    parts = sections(file)
    assert parts["Rencontres passées"].count('class="pc-item ') == 24
    assert any(one.endswith("liste/2000/") for one in links_of(file))
    assert parts["À venir"].count("pc-item__title") == 40
    assert "21 autres dans l’agenda" in text_of(file)


@pytest.mark.large
def test_hostile_names_stay_text(told: Site) -> None:
    name = json.dumps(HOSTILE)
    for kind in ("themes", "organisations", "people", "territories", "places"):
        more = "consent: oui\n" if kind == "people" else ""
        territory = "territory: mal\n" if kind in ("organisations", "places") else ""
        described = "" if kind == "people" else f"description: {name}\n"
        if kind == "territories":
            described += 'code: "53"\n'
            told.write("content/data/territories/bretagne.yml", "name: Bretagne\n")
        told.write(f"content/data/{kind}/mal.yml", f"name: {name}\n{described}{more}{territory}")
    told.write(
        "webinars/mal.md",
        page(
            "title: Un\nstart: 2026-12-10 12:30\nthemes: [mal]\nhosts: [mal]\nspeakers: [mal]\n"
            "place: mal\n"
        ),
    )
    out = told.build()
    for name in ("themes", "organisations", "personnes", "territoires"):
        for file in (out / name / "index.html", out / name / "mal" / "index.html"):
            text = file.read_text()
            tags = Tags(text).found
            assert not [a for _, attrs in tags for a in attrs if a.startswith("on")], file
            assert not [t for t, a in tags if t == "img" and a.get("src") == "x"], file
            assert "alert(1)" in text
            for data in re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", text, re.S):
                assert json.loads(data)["name"] == " ".join(HOSTILE.split())


@pytest.mark.large
def test_descriptions_for_machines(told: Site) -> None:
    out = told.compile()
    found = {}
    for name in ("organisations/cci", "personnes/voix", "territoires/bretagne"):
        text = compiled_page(out, name).read_text()
        (data,) = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", text, re.S)
        found[name] = json.loads(data)
    assert found["organisations/cci"]["location"]["geo"]["latitude"] == 48.39
    assert found["personnes/voix"]["worksFor"]["name"] == "CCI"
    assert found["territoires/bretagne"]["@type"] == "AdministrativeArea"


@pytest.mark.parametrize(
    ("file", "text", "address"),
    [
        ("organisations/a.yml", "name: A\n", "organisations/a"),
        ("people/a.yml", "name: A\nconsent: in writing, on 3 March 2026\n", "people/a"),
        ("themes/a.yml", "name: A\n", "themes/a"),
    ],
)
def test_a_site_without_territories_has_pages_of_others(
    smallest: Site, file: str, text: str, address: str
) -> None:
    smallest.write(f"content/data/{file}", text)
    assert "A" in text_of(smallest.page(address))


@pytest.mark.large
def test_who_runs_meetings_shows_replays_and_what_they_are_about(told: Site) -> None:
    told.write("content/data/themes/dehors.yml", "name: Dehors\n")
    front = (
        "title: Plus\nstart: 2026-12-10 12:30\nthemes: [dehors]\nhosts: [cci]\nspeakers: [voix]\n"
    )
    told.write("webinars/plus.md", page(front))
    told.write("content/data/organisations/calme.yml", "name: Calme\n")
    out = told.compile()
    for name in ("organisations/cci", "personnes/voix"):
        file = compiled_page(out, name)
        parts = sections(file)
        said = " ".join(re.sub(r"<[^>]+>", " ", parts["Thèmes"]).replace("\u00a0", " ").split())
        assert said.startswith("IA 3 rencontres Dehors 1 rencontre"), name
        assert {"../../themes/ia/", "../../themes/dehors/"} <= links_of(file)
        assert parts["Les replays"].count('class="pc-thumb"') == 1
        assert "../../comptoirs/vu/#replay" in links_of(file)
    quiet = sections(compiled_page(out, "organisations/calme"))
    assert not {"Thèmes", "Les replays", "Rencontres passées", "Voyages passés"} & set(quiet)
    for name in ("territoires/bretagne", "themes/ia"):
        assert "Thèmes" not in sections(compiled_page(out, name))
