"""A site in a language of which Parcours has no words: each word is in the language it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Browser

from parcours.engine.words import open_graph
from parcours.i18n import translator
from parcours.pages.tongues import Telling, tell_apart

from .axe import faults
from .conftest import SMALLEST, Site
from .reading import until
from .serving import serving

Lines = Callable[[], list[str]]

TR = Telling("en", frozenset({"Webinars"}))


def apart(markup: str) -> str:
    return tell_apart(markup, TR, "de")


def test_what_is_of_one_language_says_so_once() -> None:
    said = TR.gettext("Agenda")
    assert apart(f"<div><h2>{said}</h2><p>{said}</p></div>") == (
        '<div lang="en"><h2>Agenda</h2><p>Agenda</p></div>'
    )
    assert apart("<p>Hallo <b>Welt</b></p>") == "<p>Hallo <b>Welt</b></p>"
    assert apart(f"<p>{said}</p><p>Hallo</p>") == '<p lang="en">Agenda</p><p>Hallo</p>'


def test_what_is_mixed_is_parted() -> None:
    said = TR.gettext("Agenda")
    assert apart(f"<p>{said}: Hallo</p>") == '<p><span lang="en">Agenda</span>: Hallo</p>'
    assert apart(f"<p>{said} · 3 <a>Hallo</a></p>") == (
        '<p><span lang="en">Agenda</span> · 3 <a>Hallo</a></p>'
    )


def test_an_attribute_in_words_gives_its_element_their_language() -> None:
    said = TR.gettext("Agenda")
    assert apart(f'<nav aria-label="{said}"><a href="x">Hallo</a> {said}</nav>') == (
        '<nav lang="en" aria-label="Agenda"><a lang="de" href="x">Hallo</a> Agenda</nav>'
    )


def test_what_authors_wrote_within_our_words_is_theirs() -> None:
    said = TR.format("by {names}", names="Haus")
    assert apart(f"<p>{said}</p>") == '<p><span lang="en">by </span>Haus</p>'
    dated = TR.format("from {day}", day=TR.day(date(2026, 12, 3)))
    assert apart(f"<p>{dated}</p>") == '<p lang="en">from Thursday, 3 December 2026</p>'


def test_what_says_its_language_is_left_as_it_is() -> None:
    said = TR.gettext("Agenda")
    body = f'<p lang="es">Hola <i title="{said}">{said}</i></p>'
    assert apart(body) == '<p lang="es">Hola <i title="Agenda">Agenda</i></p>'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<option>{}</option>", '<option lang="en">Agenda</option>'),
        ("<option>{} Hallo</option>", "<option>Agenda Hallo</option>"),
        ('<br>{}<img alt="{}">', '<br><span lang="en">Agenda</span><img lang="en" alt="Agenda">'),
        ('<path d="M1"/>{}', '<path d="M1"/><span lang="en">Agenda</span>'),
        ('<script type="x">{}"<p>"</script>', '<script type="x">Agenda"<p>"</script>'),
        ('<p title="a > b">{}</p>', '<p lang="en" title="a > b">Agenda</p>'),
        ("<p>&amp; {} &amp;</p>", '<p lang="en">&amp; Agenda &amp;</p>'),
        ("<p>(Webinars)</p>", '<p lang="en">(Webinars)</p>'),
        ("</p>{}<b", '</p><span lang="en">Agenda</span><b'),
    ],
)
def test_markup_is_kept(markup: str, expected: str) -> None:
    assert apart(markup.format(*[TR.gettext("Agenda")] * markup.count("{}"))) == expected


def test_a_translator_that_tells_apart_says_the_same() -> None:
    plain = translator("en")
    for text in ("Agenda", "from {first} to {last}", ""):
        assert apart(TR.gettext(text)).replace('<span lang="en">', "").replace(
            "</span>", ""
        ) == plain.gettext(text)


@pytest.mark.parametrize(
    ("tag", "locale"),
    [("fr", "fr_FR"), ("en", "en_GB"), ("de", "de_DE"), ("fr-CA", "fr_CA"), ("pt-BR", "pt_BR")],
)
def test_previews_of_links_are_told_the_language(tag: str, locale: str) -> None:
    assert open_graph(tag) == locale


PEOPLE = "name: {}\ndescription: Ein Satz.\n"
HEAD = "---\ntitle: {}\nstart: {}\nsummary: Kurz gesagt.\n{}---\nEin *Text* auf Deutsch.\n"
DE = SMALLEST.replace("{name: material}", "{name: material, language: de}").replace(
    "Europe/Lisbon", "Europe/Berlin, uid_domain: small.example"
)


@pytest.fixture
def german(smallest: Site) -> Site:
    smallest.write("mkdocs.yml", DE.replace("site_name: Petit site", "site_name: Gemeinschaft"))
    smallest.write("content/index.md", "# Willkommen\n\nHier lernen wir.\n")
    smallest.write("content/data/themes/lernen.yml", PEOPLE.format("Lernen"))
    smallest.write("content/data/organisations/haus.yml", PEOPLE.format("Haus"))
    more = "themes: [lernen]\nhosts: [haus]\n"
    smallest.write("webinars/one.md", HEAD.format("Gemeinsam", "2026-12-03 12:30", more))
    replay = "replay: {video: 'https://video.example/x', duration: 1h}\n"
    smallest.write("webinars/zwei.md", HEAD.format("Vorbei", "2026-03-05 12:30", replay))
    return smallest


def voices(file: Path) -> Iterator[tuple[str, str]]:
    """Each text of the article of a page, and each attribute in words, with its language."""
    (article,) = html.parse(str(file)).xpath("//article")
    for element in article.iter(etree.Element):
        if element.tag in {"script", "svg", "path"}:
            continue
        texts = [(element, element.text), (element.getparent(), element.tail)]
        texts += [(element, element.get(name)) for name in ("aria-label", "title", "alt")]
        for owner, text in texts:
            if text and any(map(str.isalpha, text)):
                (language,) = owner.xpath("ancestor-or-self::*[@lang][1]/@lang")
                yield str(language), " ".join(text.split())


OURS = {"Previous", "In practice", "Online", "Themes", "Run by", "Add to my calendar", "Webinar"}
THEIRS = {"Gemeinsam", "Kurz gesagt.", "Lernen", "Haus", "Text", "auf Deutsch.", "Vorbei"}


@pytest.mark.large
def test_each_word_of_a_page_is_in_the_language_it_says(german: Site) -> None:
    out = german.build()
    said = set(voices(out / "webinars/one/index.html"))
    english = {text for language, text in said if language == "en"}
    native = {text for language, text in said if language == "de"}
    assert OURS - {"Webinar"} <= english
    assert native >= THEIRS
    assert not english & (THEIRS - {"Lernen"})
    assert any("December" in text for text in english)
    assert not any("December" in text for text in native)
    listed = set(voices(out / "agenda/index.html"))
    assert {("en", "Webinar"), ("de", "Gemeinsam"), ("de", "Lernen"), ("en", "Dec")} <= listed


@pytest.mark.large
def test_what_is_not_in_our_blocks_is_in_the_site_s_language(german: Site) -> None:
    out = german.build()
    page = html.parse(str(out / "index.html"))
    assert page.getroot().get("lang") == "de"
    (dialog,) = page.xpath("//div[@role='dialog'][@data-md-component='search']")
    assert dialog.get("aria-label") == "Suche"
    assert page.xpath("//meta[@property='og:locale']/@content") == ["de_DE"]
    skip = (out / "agenda/index.html").read_text("utf-8")
    assert ">Zum Inhalt</a>" in skip
    lost = html.parse(str(out / "404.html"))
    assert lost.xpath("//div[contains(@class, 'pc-lost')]/@lang") == ["en"]
    assert set(html.parse(str(out / "index.html")).xpath("//nav[@class='pc-foot']/@lang")) <= {"en"}


@pytest.mark.large
def test_feeds_are_in_the_language_of_what_they_tell(german: Site) -> None:
    german.commit()
    out = german.compile()
    rss = (out / "feeds/agenda.rss.xml").read_text("utf-8")
    assert "<language>de</language>" in rss
    assert '"language": "de"' in (out / "feeds/agenda.json").read_text("utf-8").replace(
        '":"', '": "'
    )


@pytest.mark.large
def test_no_mark_is_left(german: Site) -> None:
    for file in german.build().rglob("*"):
        if file.suffix in {".html", ".json", ".xml", ".ics", ".js", ".md", ".opml"}:
            text = file.read_text("utf-8")
            assert not {"\ufdd0", "\ufdd1"} & set(text), file
            assert "ufdd" not in text.lower(), file


def test_a_language_without_a_catalogue_is_told_at_its_place(german: Site, lines: Lines) -> None:
    german.commit()
    assert german.run("check") == 0
    (line,) = lines()
    assert line.startswith("mkdocs.yml:4:35: warning[no-catalogue]: ")
    assert "« de »" in line
    assert "fr, en" in line


@pytest.mark.large
@pytest.mark.parametrize(
    ("tag", "lang", "words"),
    [
        ("fr-CA", "fr-CA", "Précédente"),
        ("en-GB", "en-GB", "Previous"),
        ("fr_CA", "fr-CA", "Précédente"),
    ],
)
def test_the_catalogue_of_a_language_serves_its_regions(
    german: Site, lines: Lines, tag: str, lang: str, words: str
) -> None:
    text = (german.root / "mkdocs.yml").read_text("utf-8")
    german.write("mkdocs.yml", text.replace("language: de", f"language: {tag}"))
    german.commit()
    out = german.build()
    assert not [line for line in lines() if "no-catalogue" in line]
    (file,) = out.rglob("one/index.html")
    assert html.parse(str(file)).getroot().get("lang") == lang
    assert set(voices(file)) >= {(lang, words), (lang, "Gemeinsam")}


@pytest.mark.large
def test_a_region_without_a_catalogue_keeps_its_tag(german: Site) -> None:
    text = (german.root / "mkdocs.yml").read_text("utf-8")
    german.write("mkdocs.yml", text.replace("language: de", "language: pt-BR"))
    said = set(voices(german.build() / "webinars/one/index.html"))
    assert said >= {("en", "Previous"), ("pt-BR", "Gemeinsam")}


@pytest.mark.large
@pytest.mark.parametrize("tag", ["xx", "xx-YY", "'de{{ 1 }}'"])
def test_a_language_that_the_theme_cannot_speak_is_told(
    german: Site, lines: Lines, capsys: pytest.CaptureFixture[str], tag: str
) -> None:
    text = (german.root / "mkdocs.yml").read_text("utf-8")
    german.write("mkdocs.yml", text.replace("language: de", f"language: {tag}"))
    assert german.run("check") == 1
    assert [line for line in lines() if line.startswith("mkdocs.yml:4:35: error[bad-choice]: ")]
    assert german.run("build", "-d", str(german.root / "site")) == 1
    assert "error[bad-choice]: " in capsys.readouterr().err


@pytest.mark.browser
def test_machines_find_no_fault_and_scripts_say_their_language(
    german: Site, browser: Browser
) -> None:
    with serving(german.build()) as base:
        page = browser.new_page(locale="de-DE")
        for address in ("", "agenda/", "webinars/one/", "subscribe/"):
            page.goto(f"{base}/{address}")
            page.wait_for_load_state("networkidle")
            assert faults(page) == [], address
        page.goto(f"{base}/agenda/?words=gemeinsam")
        said = """() => [...document.querySelectorAll(".pc-agenda__results :is(h2, a)")]
          .map((one) => `${one.textContent} ${one.closest("[lang]").lang}`)"""
        wanted = {"December 2026 en", "Gemeinsam de"}
        until(page, lambda: wanted <= set(page.evaluate(said)))
        page.close()


FOUND = """() => [...document.querySelectorAll(".md-search-result__list *")].flatMap((one) =>
  [...one.childNodes].filter((node) => node.nodeType === 3 && /\\p{L}/u.test(node.data))
    .map((node) => [node.data.trim(), one.closest("[lang]").lang]))"""


@pytest.mark.browser
def test_results_of_the_search_say_whose_words_they_are(german: Site, browser: Browser) -> None:
    german.write("webinars/a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nEin Murmeltier.\n")
    more = "replay: {video: 'https://video.example/x', duration: 1h, captions: a.vtt}\n"
    german.write("webinars/zwei.md", HEAD.format("Vorbei", "2026-03-05 12:30", more))
    german.write("content/eigen.md", "# Replays von uns\n\nEtwas.\n")
    said = {
        "Gemeinsam": {"Gemeinsam de", "Webinar en", "3 Dec 2026 en", "To come en"},
        "Murmeltier": {"Vorbei de", "Transcript, 0:01 en", "Replay en"},
        "Lernen": {"Lernen de", "Theme en"},
        "replays": {"Replays en", "Replays de"},
        "subscribe": {"Subscribe en", "The meetings in your own calendar or feed reader. en"},
    }
    with serving(german.build()) as base:
        page = browser.new_page(locale="de-DE")

        def missing(wanted: set[str]) -> set[str]:
            shown = {" ".join(f"{text} {lang}".split()) for text, lang in page.evaluate(FOUND)}
            return wanted - shown

        for query, wanted in said.items():
            page.goto(f"{base}?q={query}")
            until(page, partial(missing, wanted), set())
        page.close()


@pytest.mark.browser
def test_rows_that_the_script_draws_say_whose_words_they_are(
    german: Site, browser: Browser
) -> None:
    german.write("webinars/one.md", HEAD.format("Da", "2026-12-03 12:30", ""))
    with serving(german.build()) as base:
        page = browser.new_page(locale="de-DE")
        page.goto(f"{base}agenda/?words=da")
        row = page.locator(".pc-agenda__results li").first
        row.wait_for()
        said = row.evaluate(
            """(row) => [...row.querySelectorAll("*")].flatMap((one) => [...one.childNodes]
              .filter((node) => node.nodeType === 3 && node.data.trim())
              .map((node) => [node.data.trim(), one.closest("[lang]").lang]))"""
        )
        page.close()
    assert [*filter(lambda one: one[0] in {"Da", "Webinar", "Online"}, said)] == [
        *[["Da", "de"], ["Online", "en"], ["Webinar", "en"]]
    ]


def test_a_site_in_a_language_of_ours_pays_nothing_in_its_index(smallest: Site) -> None:
    out = smallest.compile()
    index = json.loads((out / "assets/search/index.json").read_text("utf-8"))
    assert "own" not in index["config"]["parcours"]
    titles = json.loads((out / "assets/search/titles.json").read_text("utf-8"))
    assert {type(title) for title, _ in titles} == {str}
