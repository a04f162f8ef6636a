"""The search: its words, its index, and what a reader finds in a browser."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, Request, expect

from parcours.pages.agenda_data import DRAWN
from parcours.search.document import Document, Section, Tags
from parcours.search.index import WAY, index
from parcours.search.words import ALGORITHMS, NOUNS, Words, algorithm, fold, split

from .axe import by_width, faults
from .conftest import NOW, ROOT, VIOLATIONS, Site
from .reading import still, until
from .serving import serving

ASSETS = ROOT / "scripts/parcours/pages/assets/search"
FINDING = "assets/finding.js"
FIRST_QUERY = 60_000
"""Octets that a first query may load, compressed, the code included."""

# Every language answers alike on both sides, in its own words and in those of others.
MANY = """
évaluation évaluer réunion Réunion métiers formations été inscription œuvre cœur IA tiers-lieux
l’évaluation s'abonner Île-de-France formateurs animatrices généralement reformulations
evaluation evaluating meetings learners accessibility running Straße Übungen Häuser
Ausbildungen Veranstaltung reuniones formación ações formação riunioni apprendimento vergaderingen
opleidingen mødet møtene möten tapaamiset találkozók întâlniri встречи обучение συναντήσεις ΟΔΟΣ
toplantılar İSTANBUL ışık हिन्दी बैठकें اجتماعات التعليم כּתבֿ பயிற்சிகள் հանդիպումներ cruinnithe
pertemuan susitikimai састанци koosolekud bilerak reunions kunvenoj x 2026 ½ ﬁn e\u0301te\u0301
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 12h30 C++ @nom #mot a_b
""".split()  # noqa: SIM905 - a list of words reads better so

GOLDEN = {
    "fr": {
        "évaluation": ["evalu"],
        "Evaluer": ["evalu"],
        "l’évaluation": ["l", "evalu"],
        "métiers": ["meti"],
        "metier": ["meti"],
        "Œuvres": ["oeuvr"],
        "tiers-lieux": ["tier", "lieux"],
        "formations": ["format"],
        "été": ["ete"],
        "e\u0301te\u0301": ["ete"],
    },
    "en": {"Evaluating": ["evalu"], "evaluation": ["evalu"], "meetings": ["meet"]},
    "de": {"Übungen": ["ubung"], "Straße": ["strass"], "Häuser": ["haus"]},
    "pt-BR": {"formações": ["formaco"]},
    "xx": {"Évaluations": ["evaluations"]},
}


def terms(text: str, words: Words) -> list[str]:
    return [words.stem(word) for word in split(text)]


def script(language: str) -> str:
    """The code of the worker of a language, whose functions can be called."""
    name = algorithm(language)
    names = [f"snowball/{one}-stemmer.js" for one in ("base", name)] if name else []
    parts = [(ASSETS / one).read_text("utf-8") for one in (*names, "worker.js")]
    stemmer = f"new {name.title()}Stemmer()" if name else "null"
    parts.insert(len(names), f"const STEMMER = {stemmer};")
    return "\n".join(parts)


def asked(page: Page, language: str, expression: str, given: object) -> Any:
    code = f"(given) => {{ let BaseStemmer; {script(language)}\nreturn {expression}; }}"
    return page.evaluate(code, given)


@pytest.mark.parametrize("language", GOLDEN)
def test_the_words_of_a_language(language: str) -> None:
    words = Words(language)
    assert {text: terms(text, words) for text in GOLDEN[language]} == GOLDEN[language]


def test_what_is_folded_is_one_word() -> None:
    assert fold("ÉTÉ, Œuvre, straße, Çà") == "ete, oeuvre, strasse, ca"
    assert split("Où qu’il l'ait") == ["ou", "qu", "il", "l", "ait"]
    stops = Words("fr").stops
    assert {"l", "d", "qu", "la", "ete"} <= stops
    assert all(Words(tag).nouns <= Words(tag).stops for tag in NOUNS)
    assert Words("pt-BR").stops == Words("pt").stops
    assert Words("nb").stops == Words("no").stops != frozenset()


def test_every_language_has_its_stemmer_on_both_sides() -> None:
    names = {path.name.removesuffix("-stemmer.js") for path in ASSETS.glob("snowball/*-stemmer.js")}
    assert names - {"base"} == set(ALGORITHMS.values())


@pytest.mark.browser
def test_both_sides_know_the_same_words(browser: Browser) -> None:
    page = browser.new_page()
    texts = [*MANY, *(text for golden in GOLDEN.values() for text in golden)]
    for language in (*ALGORITHMS, "xx"):
        there = asked(page, language, "given.map((text) => split(text).map(stem))", texts)
        words = Words(language)
        here = [terms(text, words) for text in texts]
        assert [*zip(texts, there, strict=True)] == [*zip(texts, here, strict=True)], language
    page.close()


SEARCH = """async ([base, queries]) => {
  const worker = new Worker(base + "assets/search/worker.js");
  const told = (type) => new Promise((resolve) => {
    worker.addEventListener("message", function heard({ data }) {
      if (data.type !== type) return;
      worker.removeEventListener("message", heard);
      resolve(data.data);
    });
  });
  const index = await (await fetch(base + "assets/search/index.json")).json();
  const ready = told(1);
  worker.postMessage({ type: 0, data: index });
  await ready;
  const answers = [];
  for (const query of queries) {
    const answer = told(3);
    worker.postMessage({ type: 2, data: query });
    answers.push((await answer).items);
  }
  return answers;
}"""


def found(page: Page, base: str, queries: Sequence[str]) -> list[list[list[dict[str, Any]]]]:
    """What the worker answers to each query: pages, each with its sections."""
    answers: list[list[list[dict[str, Any]]]] = page.evaluate(SEARCH, [base, list(queries)])
    return answers


def right(page: Page, base: str, file: str) -> tuple[int, list[str]]:
    """How many queries there are, and those to which no right page is the first answer."""
    queries = json.loads((ROOT / "tests" / file).read_text("utf-8"))
    answers = found(page, base, [query for query, *_ in queries])
    wrong = []
    for (query, pages, *_), items in zip(queries, answers, strict=True):
        first = items[0][0]["location"].removeprefix("./") if items else None
        if first not in {"" if one == "." else one for one in pages}:
            wrong.append(query)
    return len(queries), wrong


@pytest.fixture
def reader(browser: Browser, base: str) -> Iterator[Page]:
    """A page of the flagship, without its service worker."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR", service_workers="block"
    )
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    page.goto(base)
    yield page
    context.close()


@pytest.mark.browser
def test_queries_in_french_have_a_right_page_first(reader: Page, base: str) -> None:
    count, wrong = right(reader, base, "search-queries.json")
    assert count == 30
    assert len(wrong) <= 3, wrong


@pytest.mark.browser
def test_so_have_queries_to_which_nothing_was_tuned(reader: Page, base: str) -> None:
    count, wrong = right(reader, base, "search-others.json")
    assert count > 70
    assert len(wrong) <= count / 10, wrong


@pytest.mark.browser
def test_elided_and_lone_letters_find_nothing_more(reader: Page, base: str) -> None:
    plain, elided, lone, nothing = found(
        reader, base, ["évaluation", "l'évaluation", "l", "zzzzzz"]
    )
    assert [one[0]["location"] for one in elided] == [one[0]["location"] for one in plain]
    assert lone == nothing == []


@pytest.mark.browser
def test_half_a_word_finds_its_family(reader: Page, base: str) -> None:
    for query in ("pédag", "evaluati", "éco-conception", "accessible"):
        (items,) = found(reader, base, [query])
        assert items, query


def dialog(page: Page, query: str) -> None:
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(query, delay=20)
    page.locator(".md-search-result__item a").first.wait_for()


SUMMER = ["comptoirs/printemps-heure-d-ete/", "comptoirs/printemps-heure-d-hiver/"]


@pytest.mark.browser
def test_summer_is_found_though_it_is_a_stop_word(reader: Page, base: str) -> None:
    queries = [
        "été",
        "ÉTÉ",
        "ete",
        "l'été",
        "l’été",
        "heure d’été",
        "heure d'ete",
        "e\u0301te\u0301",
    ]
    for query, items in zip(queries, found(reader, base, queries), strict=True):
        assert [one[0]["location"] for one in items][:2] == SUMMER, query
    # Beside what tells more, « been » is not what somebody looks for; a phrase may hold it.
    publie, phrase = found(reader, base, ["a été publié", '"été enregistré"'])
    assert not set(SUMMER) & {one[0]["location"] for one in publie[:3]}
    assert phrase[0][0]["location"] == "comptoirs/une-heure-sans-ecran/"


@pytest.mark.browser
@pytest.mark.parametrize("query", ["été", "ÉTÉ", "heure d’été"])
def test_what_comes_without_a_key_is_looked_for(reader: Page, query: str) -> None:
    """« É » is put together from two keys, on many keyboards: no key is let go after it."""
    dialog(reader, query)
    first = reader.locator(".md-search-result__item a").first
    expect(first).to_have_attribute("href", re.compile(f"/{SUMMER[0]}"))


@pytest.mark.browser
def test_the_dialog_speaks_as_the_site_does(reader: Page, base: str) -> None:
    """The theme's own words were in another register."""
    reader.goto(base)
    meta = reader.locator(".md-search-result__meta")
    expect(meta).to_have_text("La recherche se prépare…")
    reader.locator(".md-search__input").click()
    expect(meta).to_have_text("Écrivez ce que vous cherchez")
    reader.locator(".md-search__input").press_sequentially("zzzzzz", delay=20)
    expect(meta).to_have_text("Rien trouvé")


@pytest.mark.browser
def test_the_search_waits_until_somebody_turns_to_it(browser: Browser, base: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(urlsplit(request.url).path))
    page.goto(base, wait_until="networkidle")
    assert not [url for url in urls if "search" in url or "lunr" in url]
    dialog(page, "tiers lieux")
    until(page, lambda: "/assets/search/worker.js" in urls)
    page.goto(f"{base}?q=tiers-lieu")
    page.locator(".md-search-result__item a").first.wait_for()
    page.goto(f"{base}404.html")
    dialog(page, "afest")
    assert not [url for url in urls if "search_index" in url or "lunr" in url]
    context.close()


@pytest.mark.browser
def test_a_result_tells_kind_date_and_state(reader: Page) -> None:
    dialog(reader, "premiers pas ia")
    first = reader.locator(".md-search-result__item").first
    told = "Comptoir du Jeudi · 11 janv. 2024 · Replay · Exemple"
    expect(first.locator(".pc-found")).to_have_text(told)
    expect(first.locator("mark").nth(1)).to_be_visible()


@pytest.mark.browser
def test_a_hit_in_a_transcript_opens_at_its_passage(reader: Page) -> None:
    dialog(reader, "livres qui n'existent pas")
    passage = reader.locator(".md-search-result__item").first.locator("a").nth(1)
    expect(passage).to_contain_text("livres qui n’existent pas")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/comptoirs/premiers-pas-ia/**")
    name = urlsplit(reader.url).fragment
    assert name.startswith("passage-")
    said = reader.locator(f"#{name}")
    said.wait_for()
    expect(said).to_contain_text("livres qui n’existent pas")
    expect(reader.locator(".pc-transcript__body")).to_have_attribute("open", "")
    reader.wait_for_function(
        "(id) => { const { top } = document.getElementById(id).getBoundingClientRect();"
        " return top >= 0 && top < innerHeight; }",
        arg=name,
    )


@pytest.mark.browser
@pytest.mark.parametrize("query", ["livres qui n'existent", "bilan carbone", "voyages", "zzzzzz"])
def test_axe_finds_nothing_with_the_results_open(page: Page, base: str, query: str) -> None:
    page.goto(base)
    page.locator(".md-search__input").press_sequentially(query, delay=20)
    known = ".md-search-result__meta:not(:text-is('Écrivez ce que vous cherchez'))"
    page.locator(known).wait_for()
    still(page)  # the dialog unfolds
    # On a phone the search covers the page: what lies half behind it is nobody's target.
    assert faults(page, ".md-search" if query != "voyages" else None, scheme=by_width(page)) == []
    assert page.evaluate("window.violations") == []


HOSTILE = "</a><img src=x onerror=alert(1)> <script>alert(2)</script> &lt;b&gt; \"'"


@pytest.mark.browser
def test_what_people_write_is_text_in_results(site: Site, browser: Browser) -> None:
    title = json.dumps(f"Titre {HOSTILE}")
    body = f"## Partie `{HOSTILE}`\n\n`{HOSTILE}` trouvaille\n"
    front = f"title: {title}\nstart: 2026-12-03 12:30\nsummary: {title}\n"
    site.write("webinars/un.md", f"---\n{front}---\n{body}")
    site.write("content/data/themes/x.yml", f"name: {title}\n")
    site.write("content/a:b é&c.md", "# Croisillon\n\ntrouvaille\n")
    page = browser.new_context(service_workers="block").new_page()
    page.add_init_script(VIOLATIONS + "window.alert = () => { window.hit = true; };")
    with serving(site.build()) as base:
        page.goto(base)
        for query in ("trouvaille", "titre", "img onerror script"):
            page.locator(".md-search__input").fill("")
            dialog(page, query)
            shown = page.locator(".md-search-result__item", has_text="<script>alert(2)")
            expect(shown.first).to_be_visible()
            made = page.locator(".md-search-result :is(img, script, b, [onerror])")
            expect(made).to_have_count(0)
        page.locator(".md-search__input").fill("")
        dialog(page, "croisillon")
        first = page.locator(".md-search-result__item a").first
        expect(first).to_have_attribute("href", re.compile(re.escape("a%3Ab%20%C3%A9%26c/")))
    assert page.evaluate("window.hit") is None
    assert page.evaluate("window.violations") == []
    page.context.close()


@pytest.mark.browser
def test_late_answers_are_dropped(reader: Page, base: str) -> None:
    answered = reader.evaluate(
        """async (base) => {
          const worker = new Worker(base + "assets/search/worker.js");
          const index = await (await fetch(base + "assets/search/index.json")).json();
          const heard = [];
          const first = (items) => items[0]?.[0].location;
          // If what was asked before is answered, it is before what is asked after.
          const until = (wanted) => new Promise((resolve) => {
            worker.addEventListener("message", function hear({ data }) {
              if (data.type !== 3) return;
              heard.push(first(data.data.items));
              if (heard.at(-1) !== wanted) return;
              worker.removeEventListener("message", hear);
              resolve();
            });
          });
          worker.postMessage({ type: 0, data: index });
          for (const query of ["afest", "mooc", "bretagne"]) {
            worker.postMessage({ type: 2, data: query });
          }
          await until("territoires/bretagne/");
          worker.postMessage({ type: 2, data: "zzzzzz" });
          await until(undefined);
          return heard.slice(0, -1);
        }""",
        base,
    )
    assert answered == ["territoires/bretagne/"]


@pytest.mark.browser
def test_the_state_is_that_of_the_readers_clock(browser: Browser) -> None:
    page = browser.new_page()
    far = 2**40
    for turns, said in (([far, far + 1], "À venir"), ([1, far], "En direct"), ([1, 2], "Replay")):
        tags = ["", "", ["À venir", "En direct", "Replay"], turns, []]
        assert asked(page, "fr", "state(given)", tags) == said
    page.close()


KEPT = """async (count) => {
  const names = await caches.keys();
  const keys = async (name) => (await caches.open(name)).keys();
  const all = await Promise.all(names.map(keys));
  const paths = all.flat().map(({ url }) => new URL(url).pathname);
  return paths.filter((path) => /\\/(terms|texts)-/.test(path)).length === count
    && ["/programme/", "/agenda/", "/parcours.js", "/bundle.", "/main.", "/palette."]
      .every((name) => paths.some((path) => path.includes(name)));
}"""


@pytest.mark.browser
def test_the_search_works_without_a_network(
    browser: Browser, flagship: Path, tmp_path: Path
) -> None:
    (tmp_path / "below").symlink_to(flagship, target_is_directory=True)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    with serving(tmp_path) as address:
        page.goto(f"{address}below/programme/")
        count = len([*flagship.glob(f"{WAY}te*-*.json")])
        until(page, lambda: page.evaluate(KEPT, count))
    page.goto(f"{address}below/programme/")
    dialog(page, "livres qui n'existent")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Premiers pas")
    expect(page.locator(".md-search-result__item").first).to_contain_text("livres")
    # Of an index whose parts were not kept, titles are left.
    page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              if (/(terms|texts)-/.test(request.url)) await cache.delete(request);
            }
          }
        }"""
    )
    page.goto(f"{address}below/programme/")
    dialog(page, "evaluation")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Évalu")
    context.close()


@pytest.mark.browser
def test_without_javascript_all_meetings_stand_on_one_page(
    browser: Browser, base: str, flagship_corpus: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}agenda/")
    expect(page.locator(".md-search")).to_be_hidden()
    page.get_by_role("link", name="Toutes les rencontres sur une page").click()
    expect(page).to_have_url(f"{base}agenda/toutes/")
    # A series stands there once a year, and its dates that have pages.
    rows = {
        (one.date.series, one.occurrences[0].first.year)
        if one.date and not one.has_page
        else one.uid
        for one in flagship_corpus.community.held
    }
    expect(page.locator(".pc-rows .pc-item a")).to_have_count(len(rows))
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_without_javascript_the_header_leads_to_the_search(
    browser: Browser, base: str, width: int
) -> None:
    """And from there to all meetings."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{base}programme/")
    way = page.locator(".md-header").get_by_role("link", name="Rechercher", exact=True)
    expect(way).to_be_in_viewport()
    way.click()
    expect(page).to_have_url(f"{base}recherche/")
    expect(page.locator(".pc-find__ways a[href$='agenda/toutes/']")).to_have_count(1)
    context.close()


def read(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"{WAY}{name}.json"])


def texts(out: Path) -> dict[str, list[Any]]:
    """The sections of every page, by address."""
    known: dict[int, tuple[str, list[Any]]] = {}
    paths = sorted(out.glob(f"{WAY}texts-*.json"), key=lambda one: int(one.stem.split("-")[1]))
    for path in paths:
        for number, sections, *head in json.loads(path.read_text("utf-8")):
            known.setdefault(number, (head[1] if head else "", []))[1].extend(sections)
    return dict(known.values())


def test_bodies_transcripts_and_written_pages_are_searched(flagship: Path) -> None:
    pages = texts(flagship)
    passages = [one for one in pages["comptoirs/premiers-pas-ia/"] if one[0].startswith("passage")]
    assert any("livres qui n’existent pas" in text for _, _, text, *_ in passages)
    stops = {anchor: title for anchor, title, _ in pages["voyages/bretagne/"]}
    assert stops["ferme"]
    assert ["trois-ambitions", "Trois ambitions"] in [one[:2] for one in pages["programme/"]]
    # Every anchor is an id of its page.
    for address, sections in pages.items():
        tree = html.parse(str(flagship / address / "index.html"))
        ids = set(tree.xpath("//@id"))
        assert {anchor for anchor, *_ in sections if anchor} <= ids, address


@pytest.mark.large
def test_a_page_that_wants_no_search_has_none(site: Site) -> None:
    site.write("content/cache.md", "---\nsearch: {exclude: true}\n---\n# Caché\n\nsecret\n")
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03\ndraft: true\n---\nbrouillon\n")
    pages = texts(site.build())
    assert "" in pages
    assert "cache/" not in pages
    assert "comptoirs/un/" not in pages


@pytest.mark.large
def test_the_search_has_the_language_of_the_theme(site: Site) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8").replace("language: fr", "language: de")
    site.write("mkdocs.yml", text)
    site.write("content/a.md", "# Die Häuser\n\n## Übungen\n\nText.\n")
    out = site.build()
    assert "new GermanStemmer()" in (out / WAY / "worker.js").read_text("utf-8")
    assert (out / WAY / "COPYING").is_file()
    known = json.loads((out / WAY / "index.json").read_text("utf-8"))["config"]["parcours"]
    assert "und" in known["stops"]
    part = json.loads((out / WAY / "terms-0.json").read_text("utf-8"))
    assert {"haus", "ubung"} <= set(part)


@pytest.mark.large
def test_a_site_without_a_search_has_no_index(smallest: Site) -> None:
    text = (smallest.root / "mkdocs.yml").read_text("utf-8").replace("search, ", "")
    smallest.write("mkdocs.yml", text)
    out = smallest.build()
    assert not (out / "assets/search").exists()
    assert 'const SEARCH="";' in (out / "sw.js").read_text("utf-8")


def test_nothing_is_read_for_the_index_of_the_theme(flagship: Path) -> None:
    assert json.loads((flagship / "search/search_index.json").read_text("utf-8"))["docs"] == []


@pytest.mark.deep
@pytest.mark.large
def test_the_same_site_has_the_same_index(site: Site, tmp_path: Path) -> None:
    config = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", config.replace("uid_domain", "cards: false\n      uid_domain"))
    for n in range(30):
        front = f"title: Une séance {n}\nstart: 2027-01-0{1 + n % 9}\n"
        site.write(f"voyages/v{n}.md", f"---\n{front}---\n## Été {n}\n\nDes mots, {n} fois.\n")
    site.commit()
    seen = []
    for seed in ("0", "1"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "parcours.cli", "compile", "-o", str(out), "--now", NOW]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, cwd=site.root, env=env, check=True, capture_output=True)
        seen.append({one.name: one.read_bytes() for one in (out / WAY).iterdir()})
    assert seen[0] == seen[1]
    assert len(seen[0]) > 4


SYLLABLES = "a o i e u ou an on re de for ma tion pre lo ti ca me per pa so ble ver li te".split()  # noqa: SIM905


def large(count: int) -> list[Document]:
    """Meetings with bodies, one in ten with an hour of transcript; some words are rare."""
    chance = random.Random(1001)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(12_000)]
    weights = list(itertools.accumulate(1 / (n + 10) for n in range(len(words))))

    def text(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length))

    found = []
    for n in range(count):
        sections = [Section("", "", text(85)), Section("a", "b", text(50))]
        if n % 10 == 0:
            sections += [Section(f"passage-{i}", f"{i}:00", text(60), i * 60) for i in range(1, 80)]
        tags = Tags("Comptoir", "3 déc. 2026", ("Passé",), (), (("example", "Exemple"),))
        day = date(2026, 12, 3) - timedelta(days=n)
        facets = {
            "kind": (chance.choice(("comptoirs", "voyages", "mooc")),),
            "theme": tuple(f"theme-{one}" for one in chance.sample(range(20), n % 4)),
            "territory": (f"territoire-{chance.randrange(18)}",),
            "year": (str(day.year),),
            "replay": ("sans" if n % 10 else "avec",),
        }
        row: tuple[str | int, ...] = (
            f"{day}T12:30:00+01:00",
            0,
            0,
            "past",
            f"jeudi {day:%d %m %Y}",
            "",
            "12 h 30",
        )
        row += ("", "1 h", "En ligne", "pc-hue-1")
        where = f"comptoirs/{n}/"
        found.append(
            Document(
                address=where,
                title=text(6),
                tags=tags,
                sections=tuple(sections),
                also=text(8),
                facets=facets,
                row=row,
            )
        )
    return found


FIND = """async ([base, question, lasting]) => {
  const worker = new Worker(base + "assets/search/worker.js");
  const heard = () => new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => resolve(data.data), { once: true });
  });
  const index = await (await fetch(base + "assets/search/index.json")).json();
  worker.postMessage({ type: 0, data: index });
  await heard();
  const ask = (more) => {
    const asked = { number: 1, from: 0, count: 10, chosen: {}, ...question, ...more };
    worker.postMessage({ type: 4, data: asked });
    return heard();
  };
  const first = await ask({});
  if (!lasting) return first;
  let answer = first;
  while (!answer.results.length && answer.seen < answer.total) {
    answer = await ask({ further: true, from: answer.seen });
  }
  return answer;
}"""


def searched(loaded: set[str]) -> list[str]:
    """What the search loaded, of all that was."""
    return [name for name in loaded if name.startswith((WAY, FINDING))]


def enough(loaded: set[str]) -> bool:
    return len(searched(loaded)) > 3


@pytest.mark.deep
@pytest.mark.browser
def test_a_first_query_is_light_at_three_thousand_events(
    browser: Browser, flagship: Path, tmp_path: Path
) -> None:
    documents = large(3000)
    files = dict(index(documents, Words("fr"), DRAWN))
    code = {name: (flagship / name).read_bytes() for name in (f"{WAY}worker.js", FINDING)}
    for name, data in {**files, **code}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    words = documents[0].sections[0].text.split()
    queries = [words[0], f"{words[1]} {words[2]}", words[3][:3], " ".join(words[4:8])]
    spoken = next(one for one in documents if len(one.sections) > 2).sections[60].text.split()
    chosen = {"theme": "theme-3", "replay": "avec", "year": "2024"}
    questions: list[dict[str, object]] = [{"words": query} for query in queries]
    questions += [{"words": words[0], "chosen": chosen}, {"words": "", "chosen": chosen}]
    questions += [{"words": f'"{" ".join(spoken[at : at + 5])}"'} for at in (4, 20)]
    with serving(tmp_path) as base:
        for query in (*queries, *questions):
            context = browser.new_context()
            page = context.new_page()
            loaded: set[str] = set()

            def note(request: Request, loaded: set[str] = loaded) -> None:
                loaded.add(urlsplit(request.url).path.lstrip("/"))

            context.on("request", note)
            page.goto(base)
            if isinstance(query, str):
                (items,) = found(page, base, [query])
                assert items
            else:
                answer = page.evaluate(FIND, [base, query, False])
                said = [one for one in answer["results"] if one["meeting"]["length"] == "1 h"]
                # A phrase that was not read yet is one that can be looked for further.
                assert said or answer["seen"] < answer["total"], answer
                loaded.add(FINDING)
            until(page, partial(enough, loaded))
            known = [tmp_path / name for name in searched(loaded)]
            size = sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in known)
            assert size <= FIRST_QUERY, query
            context.close()
        page = browser.new_page()
        page.goto(base)
        answer = page.evaluate(FIND, [base, questions[-1], True])
        assert [one["at"] for one in answer["results"]] == [59 * 60]
        page.close()
    assert max(len(data) for name, data in files.items() if "texts-" in name) < 12_000


@pytest.mark.parametrize("form", ["", "mot{}"])
def test_a_long_text_is_found_in_the_file_that_holds_it(form: str) -> None:
    """By its words, and by those of its heading."""
    said = "" if form else "mot{} "
    passages = tuple(
        Section(f"passage-{n}", form.format(n), said.format(n) + "texte " * 100) for n in range(100)
    )
    documents = [
        Document(address="a/", title="Premier", tags=Tags(), sections=passages),
        Document(address="b/", title="Second", tags=Tags(), sections=(Section("", "", "mot99"),)),
    ]
    files = dict(index(documents, Words("fr")))
    known = read(files, "index")["config"]["parcours"]
    starts = list(itertools.accumulate(known["texts"]))
    parts = {k: v for n in range(len(known["terms"])) for k, v in read(files, f"terms-{n}").items()}
    number, coded, further, _ = parts["mot99"]
    assert (number, further) == (0, 1)
    held = read(files, f"texts-{starts.index(0) + coded // 64}")
    sections = [section for _, its, *_ in held for section in its]
    assert any("mot99" in f"{heading} {text}".split() for _, heading, text, *_ in sections)
    assert starts.count(1) == 1
