"""The language of a meeting: said wherever it stands, shown where it is not the site's."""

from __future__ import annotations

import json
import re
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from icalendar import Calendar
from lxml import etree

from parcours.i18n import Translator
from parcours.model.community import Event
from parcours.model.languages import foreign, tongue_of
from parcours.model.settings import Settings
from parcours.model.tags_of_languages import code_meant, tag_of
from parcours.tree import content
from parcours.wording import language_name

from .conftest import NOW, SMALLEST, Site
from .corpora import compiled
from .reading import meetings_in

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def made(site: Site, said: str = "language: de\n", now: str = NOW) -> dict[str, str]:
    front = f"title: Lesen & mehr\nstart: 2026-12-03 12:30\nsummary: Wir lesen.\n{said}"
    site.write("webinars/lesen.md", f"---\n{front}---\nWir lesen draußen.\n")
    site.write("webinars/lire.md", "---\ntitle: Lire\nstart: 2026-12-10 12:30\n---\nTexte.\n")
    files = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(now)).tree
    return {str(name): content(leaf).decode(errors="replace") for name, leaf in files}


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("de", "de"),
        ("DE", "de"),
        ("pt-BR", "pt-BR"),
        ("pt_br", "pt-BR"),
        ("zh-hant", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("gsw", "gsw"),
        ("jp", None),
        ("allemand", None),
        ("de, fr", None),
        ("", None),
    ],
)
def test_a_language_is_a_tag(said: str, tag: str | None) -> None:
    assert tag_of(said) == tag


def test_a_name_of_a_language_means_its_code() -> None:
    meant = {"allemand": "de", "German": "de", "jp": "ja", "gb": "en", "Français": "fr"}
    assert {said: code_meant(said) for said in meant} == meant
    assert code_meant("elfique") is None


def test_a_language_has_a_name_in_the_words_of_the_reader() -> None:
    fr, en = Translator("fr"), Translator("en")
    assert language_name("de", fr) == "Allemand"
    assert language_name("pt-BR", en) == "Portuguese (Brazil)"
    assert language_name("oc", fr) == "Occitan"
    assert language_name("qqq", fr) == "Qqq"


def test_another_language_is_said_wherever_it_stands(site: Site) -> None:
    files = made(site)
    page = files["comptoirs/lesen.md"]
    title = '<span lang="de">Lesen &amp; mehr</span>'
    assert f"<h1>{title}</h1>" in page
    assert '<p class="pc-summary"><span lang="de">Wir lesen.</span></p>' in page
    assert '<div class="pc-prose" lang="de"><p>Wir lesen draußen.</p>' in page
    assert '<span class="pc-badge pc-badge--language">Allemand</span>' in page
    assert "<dt>Langue</dt><dd>Allemand</dd>" in page
    for name in ("agenda.md", "comptoirs.md", "index.md", "comptoirs/lire.md"):
        assert title in files[name], name
    assert 'lang="' not in re.sub(r'<span lang="de">', "", files["comptoirs/lire.md"])
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert data is not None
    assert json.loads(data[1])["inLanguage"] == "de"
    assert json.loads(data[1])["name"] == "Lesen & mehr"


@pytest.mark.large
def test_calendars_and_feeds_say_it(site: Site) -> None:
    site.commit()
    made(site)
    site.commit("2026-11-20T09:00:00Z")
    files = made(site)
    (entry,) = Calendar.from_ical(files["comptoirs/lesen.ics"]).walk("VEVENT")
    assert entry["SUMMARY"].params["LANGUAGE"] == "de"
    (own,) = Calendar.from_ical(files["comptoirs/lire.ics"]).walk("VEVENT")
    assert "LANGUAGE" not in own["SUMMARY"].params
    atom = etree.fromstring(files["flux/agenda.atom.xml"].encode())
    namespace = {"a": "http://www.w3.org/2005/Atom"}
    titles = atom.findall("a:entry/a:title", namespace)
    assert {one.text: one.get(LANG) for one in titles} == {"Lesen & mehr": "de", "Lire": None}
    assert files["flux/agenda.rss.xml"].count("<dc:language>de</dc:language>") == 1
    items: list[dict[str, Any]] = json.loads(files["flux/agenda.json"])["items"]
    assert {one["title"]: one["language"] for one in items} == {"Lesen & mehr": "de", "Lire": "fr"}


def test_what_is_called_off_is_led_by_a_word_of_ours(site: Site) -> None:
    files = made(site, "language: de\nstatus: cancelled\n")
    (entry,) = Calendar.from_ical(files["comptoirs/lesen.ics"]).walk("VEVENT")
    assert "LANGUAGE" not in entry["SUMMARY"].params


def test_one_chooses_a_language_where_there_are_several(site: Site) -> None:
    files = made(site)
    agenda = files["agenda.md"]
    assert '<select id="pc-by-language" name="langue"' in agenda
    assert 'value="de" data-name="Allemand"' in agenda
    data = json.loads(files["agenda/rencontres.json"])
    assert data["shared"][-1] == "language"
    assert {one["language"] for one in meetings_in(data)} == {"de", "fr"}


@pytest.mark.parametrize("said", ["", "language: fr\n", "language: fr-FR\n"])
def test_where_all_have_one_language_nothing_is_shown(site: Site, said: str) -> None:
    files = made(site, said)
    assert "pc-by-language" not in files["agenda.md"]
    assert "pc-badge--language" not in files["comptoirs/lesen.md"]
    assert '<span lang="' not in files["comptoirs/lesen.md"]
    assert ('"inLanguage":"fr' in files["comptoirs/lesen.md"]) is bool(said)


@pytest.mark.parametrize(
    ("said", "tongue", "other"),
    [
        ("fr-FR", "fr", ""),
        ("fr", "fr-CA", ""),
        ("fr-FR", "fr-CA", "fr-FR"),
        ("es-419", "es", ""),
        ("sr-Latn", "sr", "sr-Latn"),
        ("zh-Hant-TW", "zh-Hant", ""),
        ("pt-BR", "fr", "pt-BR"),
        ("frp", "fr", "frp"),
    ],
)
def test_a_region_makes_no_other_language(said: str, tongue: str, other: str) -> None:
    settings = cast("Settings", SimpleNamespace(tongue=tongue))
    thing = cast("Event", SimpleNamespace(record=SimpleNamespace(language=said)))
    assert foreign(thing, settings) == other
    assert tongue_of(thing, settings) == (other or tongue)


def test_a_name_of_a_language_is_told(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("mkdocs.yml", SMALLEST)
    front = "title: A\nstart: 2026-12-03 12:30\nlanguage: allemand\n"
    site.write("webinars/a.md", f"---\n{front}---\nT.\n")
    assert site.run("check", "--lang", "en") == 1
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "a.md" in one]
    assert line.startswith("webinars/a.md:4:11: error[bad-language]")
    assert "« de »" in line
