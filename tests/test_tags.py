"""Tags: free words, one page each and one of all, and near-doubles told."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

import pytest
from pydantic import ValidationError

from parcours.model.schema import WebinarRecord
from parcours.model.tags import tag_id
from parcours.tree import content

from .conftest import FRENCH, NOW, SMALLEST, Site
from .corpora import compiled


def made(site: Site, tags: Mapping[str, str], more: str = "") -> dict[str, str]:
    for number, (name, said) in enumerate(tags.items()):
        start = f"2026-12-{3 + 7 * number:02d} 12:30"
        front = f"title: Le {name}\nstart: {start}\ntags: {said}\n{more}"
        site.write(f"webinars/{name}.md", f"---\n{front}---\nTexte.\n")
    files = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW)).tree
    return {str(name): content(leaf).decode(errors="replace") for name, leaf in files}


def told(site: Site, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert site.run("check", "--lang", "en") in (0, 1)
    lines = capsys.readouterr().out.splitlines()
    return [one for one in lines if ".md:" in one]


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("Pédagogie", "pedagogie"),
        ("apprendre en faisant", "apprendre-en-faisant"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("C", "c"),
        ("日本", "u65e5-u672c"),
        ("Œuvre", "oeuvre"),
    ],
)
def test_a_tag_has_one_address(said: str, id: str) -> None:
    assert tag_id(said) == id


def test_courses_and_news_say_tags_links_and_a_language_too(site: Site) -> None:
    config = site.root / "mkdocs.yml"
    news = "      news: {folder: content/news}\n      collections:"
    config.write_text(config.read_text().replace("      collections:", news))
    says = (
        "tags: [imprimerie]\nlanguage: de\n"
        "links: [{label: Notes, url: notes.pdf}, https://a.example/x]\n"
    )
    site.write("content/mooc/cours/index.md", f"---\ntitle: Der Kurs\n{says}---\nEin Text.\n")
    site.write("content/mooc/cours/notes.pdf", "%PDF-1.4\n")
    post = f"---\ntitle: Neues\ndate: 2026-10-01\n{says}---\nEin Text.\n"
    site.write("content/news/neu/index.md", post)
    site.write("content/news/neu/notes.pdf", "%PDF-1.4\n")
    files = made(site, {})
    assert "actualites/neu/notes.pdf" in files
    tag = files["mots-cles/imprimerie.md"]
    for title in ("Der Kurs", "Neues"):
        assert f'<span lang="de">{title}</span>' in tag
    assert "(1 cours, 1 actualité)<" in files["mots-cles.md"].replace("\u00a0", " ")
    (course,) = (text for name, text in files.items() if name.endswith("mooc/cours.md"))
    (news,) = (text for name, text in files.items() if name.endswith("actualites/neu.md"))
    for page in (course, news):
        assert 'class="pc-prose" lang="de"' in page
        assert "<dt>Langue</dt><dd>Allemand</dd>" in page
        assert re.search(r'href="[^"]*notes\.pdf">Notes<', page)
        assert re.search(r'href="[^"]*mots-cles/imprimerie/">imprimerie<', page)
        assert '"inLanguage":"de"' in page.replace('": "', '":"')
        assert '"keywords":"imprimerie"' in page.replace('": "', '":"')
    (item,) = json.loads(files["flux/actualites.json"])["items"]
    assert item["language"] == "de"
    assert item["tags"] == ["imprimerie"]
    assert ">Notes</a>" in item["content_html"]
    assert "actualites/neu/notes.pdf" in item["content_html"]


def test_each_tag_has_a_page_and_all_have_one(site: Site) -> None:
    files = made(site, {"un": "imprimerie, Pédagogie", "deux": "['#imprimerie']"})
    all_tags = files["mots-cles.md"]
    # As chips, as themes are below the agenda: a number to the eye, words to the ear.
    chip = (
        r'<a class="pc-chip" href="([^"]+)">([^<]+) <span [^>]+>(\d)</span><span [^>]+>\(([^<]+)\)'
    )
    assert re.findall(chip, all_tags) == [
        ("../mots-cles/imprimerie/", "imprimerie", "2", "2 rencontres"),
        ("../mots-cles/pedagogie/", "Pédagogie", "1", "1 rencontre"),
    ]
    assert 'class="pc-summary">Des mots libres' in all_tags
    one = files["mots-cles/imprimerie.md"]
    assert "Le un" in one
    assert "Le deux" in one
    assert "Le deux" not in files["mots-cles/pedagogie.md"]
    assert 'mots-cles/imprimerie/">imprimerie</a>' in files["comptoirs/un.md"]
    assert "\ntags:" not in one + all_tags + files["comptoirs/un.md"]


@pytest.mark.large
def test_tags_stand_in_calendars_feeds_and_for_machines(site: Site) -> None:
    site.commit()
    made(site, {"un": "[imprimerie, Pédagogie]"})
    site.commit("2026-11-20T09:00:00Z")
    files = made(site, {"un": "[imprimerie, Pédagogie]"})
    assert ",imprimerie,Pédagogie\r\n" in files["comptoirs/un.ics"]
    assert "<category>Pédagogie</category>" in files["flux/agenda.rss.xml"]
    assert json.loads(files["flux/agenda.json"])["items"][0]["tags"] == ["imprimerie", "Pédagogie"]
    assert '"keywords":"imprimerie, Pédagogie"' in files["comptoirs/un.md"]
    assert not [name for name in files if "imprimerie" in name and not name.endswith(".md")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("pédagogie", "pedagogie"),
        ("pédagogie", "Pédagogie"),
        ("atelier", "ateliers"),
        ("journal", "journaux"),
        ("jeu sérieux", "jeux sérieux"),
        ("e-learning", "elearning"),
        ("IA", "I.A."),
        ("python 3", "python3"),
        ("MP3", "MP3s"),
        ("web 2.0", "web2.0"),
        ("3.10 nouveautés", "3.10 nouveauté"),
    ],
)
def test_near_doubles_are_told(
    site: Site, capsys: pytest.CaptureFixture[str], first: str, second: str
) -> None:
    made(site, {"un": first, "deux": first, "trois": f"[autre, {second}]"})
    (line,) = told(site, capsys)
    assert line.startswith("webinars/trois.md:4:15: warning[near-tag]")
    assert f"write « {first} »" in line


@pytest.mark.large
def test_what_is_alike_is_told_where_it_came_later(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    made(site, {"un": "ateliers"})
    site.commit("2026-11-01T09:00:00Z")
    made(site, {"un": "ateliers", "deux": "atelier"})
    site.commit("2026-11-02T09:00:00Z")
    (line,) = told(site, capsys)
    assert "deux.md" in line
    assert "write « ateliers »" in line


def test_a_tag_of_a_date_is_a_double_too(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    more = "repeat: chaque jeudi, 3 fois\ndates: {2026-12-10: {tags: [pedagogie]}}\n"
    made(site, {"un": "[pédagogie]"}, more)
    (line,) = told(site, capsys)
    assert line.startswith("webinars/un.md:6:29: warning[near-tag]")
    assert "write « pédagogie » here" in line


def test_a_tag_is_shown_with_its_accents(site: Site) -> None:
    """Of two spellings that are as frequent, that is the one that check asks for, too."""
    files = made(site, {"un": "[pedagogie]", "deux": "[pédagogie]"})
    assert "pédagogie" in files["mots-cles/pedagogie.md"].partition("</h1>")[0]
    assert "pedagogie</" not in files["comptoirs/un.md"]


@pytest.mark.parametrize("first", ["pédagogie", "pedagogie"])
def test_accents_are_advised_whichever_came_first(
    site: Site, capsys: pytest.CaptureFixture[str], first: str
) -> None:
    second = {"pédagogie": "pedagogie", "pedagogie": "pédagogie"}[first]
    made(site, {"a": first, "b": second})
    (line,) = told(site, capsys)
    assert "write « pédagogie »" in line


NUMBERS = (
    "web 2.0, web 20",
    "python 3.1, python 3.10, python 31",
    "1990, 1990s",
    "RFC 1 2, RFC 12",
)


@pytest.mark.parametrize("said", ["css, cs", "C++, C#, C", "bus, bu", "un, une", *NUMBERS])
def test_other_words_are_not_doubted(
    site: Site, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    made(site, {"un": f"[{said}]"})
    assert told(site, capsys) == []


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ('"#craie #tableau noir"', None),
        ('"#craie #tableau"', ["craie", "tableau"]),
        ('"#craie#tableau, noir; #C# #F#"', ["craie", "tableau", "noir", "C#", "F#"]),
        ('"#craie | #tableau"', ["craie", "tableau"]),
        ('"# craie, ##tableau, n° #12, C#net"', ["craie", "tableau", "n° #12", "C#net"]),
        ('["#craie", "#tableau"]', ["craie", "tableau"]),
        ('["#craie #tableau", "noir"]', None),
        ('"craie #tableau"', None),
    ],
)
def test_hashtags_are_a_tag_each(said: str, tags: list[str] | None) -> None:
    data = {"title": "x", "tags": json.loads(said)}
    if tags is None:
        with pytest.raises(ValidationError, match="bad-value"):
            WebinarRecord.model_validate(data)
    else:
        assert list(WebinarRecord.model_validate(data).tags) == tags


@pytest.mark.parametrize(
    ("said", "place", "mend"),
    [
        ('"#"', "4:7", "learning by doing, printing"),
        ("[a, '???']", "4:11", "learning by doing, printing"),
        ("[a, '#craie #tableau noir']", "4:11", "each by itself: « craie, tableau noir »"),
        ("'craie #tableau'", "4:7", "each by itself: « craie, tableau »"),
    ],
)
def test_what_is_no_tag_or_several_is_told_with_the_way_out(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, place: str, mend: str
) -> None:
    made(site, {})
    site.write(
        "webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\ntags: {said}\n---\nT.\n"
    )
    (line,) = told(site, capsys)
    assert line.startswith(f"webinars/un.md:{place}: error[bad-value]")
    assert mend in line


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("x" * 200, "too-long"),
        ("[a, '???']", "bad-value"),
        (f"[{', '.join(f't{n}' for n in range(31))}]", "too-many"),
    ],
)
def test_what_is_no_tag_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, code: str
) -> None:
    made(site, {})
    site.write(
        "webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\ntags: {said}\n---\nT.\n"
    )
    (line,) = told(site, capsys)
    assert f"error[{code}]" in line
    assert line.startswith("webinars/un.md:4:")


def test_without_tags_there_is_no_page_of_them(site: Site) -> None:
    files = made(site, {"un": ""})
    assert not [name for name in files if name.startswith("mots-cles")]
    assert "mots-cles" not in files["comptoirs/un.md"]


def test_the_english_pages(site: Site) -> None:
    site.write("mkdocs.yml", SMALLEST)
    files = made(site, {"un": "printing"})
    assert "Le un" in files["keywords/printing.md"]


@pytest.mark.large
def test_the_tags_plugin_of_the_theme_stands_beside(site: Site) -> None:
    config = FRENCH.replace("  - search\n", "  - search\n  - tags\n")
    site.write("mkdocs.yml", config)
    site.write(
        "content/etiquettes.md", "---\ntags: [imprimerie]\n---\n# É\n\n<!-- material/tags -->\n"
    )
    made(site, {"un": "imprimerie"})
    built = site.build()
    assert "Le un" in (built / "mots-cles/imprimerie/index.html").read_text()
    assert "imprimerie" in (built / "etiquettes/index.html").read_text()


def test_a_series_has_the_tags_of_its_dates(site: Site) -> None:
    more = "repeat: {every: week, count: 3}\ndates: {2026-12-10: {tags: [craie]}}\n"
    files = made(site, {"un": "imprimerie"}, more)
    assert "Le un" in files["mots-cles/craie.md"]


@pytest.mark.parametrize("said", ["a, b; c", "[a, b, c]", "a;b ; c", "a,, b;, c;"])
def test_one_text_holds_several_between_commas_and_semicolons(said: str) -> None:
    data = said[1:-1].split(", ") if said.startswith("[") else said
    assert WebinarRecord.model_validate({"title": "x", "tags": data}).tags == ("a", "b", "c")


def test_near_doubles_are_told_as_people_wrote_them(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, tags in (("un", "[Pédagogie active]"), ("deux", "[PEDAGOGIE-ACTIVES]")):
        site.write(
            f"webinars/{name}.md",
            f"---\ntitle: {name}\nsummary: S.\nstart: 2026-12-03 12:30\ntags: {tags}\n---\n",
        )
        site.commit()
    site.run("check", "--lang", "en")
    (line,) = [one for one in capsys.readouterr()[0].splitlines() if "near-tag" in one]
    assert "« PEDAGOGIE-ACTIVES » and « Pédagogie active »" in line
