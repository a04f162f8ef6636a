"""The page of the search: phrases, filters, its address, and what one hears of what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .axe import by_width, faults
from .conftest import VIOLATIONS, Site
from .reading import still, until
from .serving import serving
from .test_browser import SMALL, UNSEEN

PHRASE = "livres qui n'existent pas"


@pytest.fixture
def reader(browser: Browser, base: str) -> Iterator[Page]:
    """The page of the search of the flagship, without its service worker."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR", service_workers="block"
    )
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    page.goto(f"{base}recherche/")
    yield page
    assert page.evaluate("window.violations") == []
    context.close()


def titles(page: Page) -> list[str]:
    return page.locator(".pc-find__results .pc-item__title").all_inner_texts()


def count(page: Page, said: str | re.Pattern[str]) -> None:
    expect(page.locator(".pc-filter__count")).to_have_text(said)


@pytest.mark.browser
def test_a_sentence_said_in_a_replay_is_found_and_heard(reader: Page, base: str) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<title>x</title>", content_type="text/html")

    reader.route("https://video.example/**", answer)
    reader.get_by_role("searchbox", name="Que cherchez-vous").fill(f"« {PHRASE} »")
    reader.keyboard.press("Enter")
    count(reader, "1 résultat")
    row = reader.locator(".pc-find__results .pc-item")
    expect(row.locator("mark")).to_have_text(["livres qui n’existent pas"])
    # The row is that of a meeting, as the agenda draws it.
    expect(row.locator(".pc-tile__day")).to_have_text("11")
    expect(row.locator(".pc-badge--replay")).to_be_visible()
    row.get_by_role("link", name="Transcription").click()
    reader.wait_for_url("**/comptoirs/premiers-pas-ia/#passage-8")
    expect(reader.locator("#passage-8")).to_contain_text(PHRASE.replace("'", "’"))
    reader.go_back()
    reader.get_by_role("link", name="Écouter à partir de 24:10").click()
    reader.wait_for_url("**/comptoirs/premiers-pas-ia/#t=1450")
    # Nothing is asked of the host before the button, which has the focus.
    expect(reader.get_by_role("button", name="Afficher la vidéo ici")).to_be_focused()
    assert asked == []
    reader.keyboard.press("Enter")
    reader.locator("iframe[src$='start=1450s']").wait_for()
    until(reader, lambda: any(url.endswith("start=1450s") for url in asked))


@pytest.mark.browser
def test_a_phrase_is_found_as_it_was_said(reader: Page, base: str) -> None:
    for words, wanted in (
        ('"qui livres"', "Rien trouvé"),
        ('"livre qui n existent pas"', "Rien trouvé"),  # another form of a word is not said
        ('"LIVRES QUI N’EXISTENT"', "1 résultat"),
        ('“sans exception” "livres qui"', "1 résultat"),
        ('"sans exception" zzzzzz', re.compile("^Rien ne contient tous ces mots")),
        # It begins in one passage and ends in the next.
        ('"Trois usages qui marchent L’animatrice. Premier usage"', "1 résultat"),
    ):
        # What was said of the words before is taken back first.
        reader.locator("#pc-find-words").fill("")
        count(reader, "")
        reader.locator("#pc-find-words").fill(words)
        count(reader, wanted)
    kept = "new URLSearchParams(location.search).get('mots')"
    until(reader, lambda: reader.evaluate(kept), words)


@pytest.mark.browser
def test_meetings_alone_can_be_kept(reader: Page, base: str) -> None:
    reader.goto(f"{base}recherche/?mots=pedagogie")
    results = reader.locator(".pc-find__results")
    results.locator(".pc-tile--page").first.wait_for()
    results.locator(".pc-star").first.wait_for()
    expect(results.locator(".pc-item:has(> .pc-tile--page) .pc-star")).to_have_count(0)
    # Nothing is left to come to, or to watch, of what is over without a recording.
    left = ".pc-item:not(.pc-item--past, .pc-item--cancelled, :has(> .pc-star, > .pc-tile--page))"
    expect(results.locator(left)).to_have_count(0)


@pytest.mark.browser
def test_what_is_chosen_stands_in_the_address(reader: Page, base: str) -> None:
    reader.get_by_label("Type").select_option("comptoirs")
    reader.wait_for_url("**/recherche/?genre=comptoirs")
    reader.get_by_label("Replay").select_option("avec")
    reader.wait_for_url("**/recherche/?genre=comptoirs&replay=avec")
    count(reader, "11 résultats")
    expect(reader.locator(".pc-find__results .pc-item .pc-badge--replay")).to_have_count(10)
    reader.get_by_label("Année").select_option("2025")
    count(reader, "2 résultats")
    reader.go_back()
    count(reader, "11 résultats")
    expect(reader.get_by_label("Année")).to_have_value("")
    reader.go_forward()
    count(reader, "2 résultats")
    reader.reload()
    count(reader, "2 résultats")
    expect(reader.get_by_label("Année")).to_have_value("2025")
    reader.get_by_role("button", name="Recommencer").click()
    reader.wait_for_url("**/recherche/")
    expect(reader.locator(".pc-find__results")).to_be_hidden()
    reader.goto(f"{base}recherche/?theme=ia-generative&replay=sans&territoire=x")
    expect(reader.locator(".pc-find__results .pc-item__title")).to_have_text(
        ["Former avec l’IA générative, sans s’y perdre"]
    )


@pytest.mark.browser
def test_more_results_come_with_the_focus(reader: Page, base: str) -> None:
    reader.goto(f"{base}recherche/?genre=comptoirs")
    first = reader.locator(".pc-find__results .pc-item")
    expect(first).to_have_count(10)
    reader.get_by_role("button", name="D’autres résultats").click()
    expect(first.nth(10)).to_be_visible()
    expect(first.nth(10).locator("a").first).to_be_focused()
    until(reader, lambda: len(set(titles(reader))) == first.count())


@pytest.mark.browser
def test_where_nothing_is_found_one_reads_what_to_do(reader: Page, base: str) -> None:
    reader.goto(f"{base}recherche/?mots=zzzzzz&annee=2024")
    count(reader, "Rien trouvé")
    help_ = reader.locator(".pc-find__none")
    expect(help_.get_by_role("listitem")).to_have_count(2)
    expect(reader.get_by_role("link", name="Toutes les rencontres sur une page")).to_be_visible()
    help_.get_by_role("button", name="Chercher partout").click()
    reader.wait_for_url("**/recherche/?mots=zzzzzz")
    expect(help_.get_by_role("listitem")).to_have_count(1)
    expect(reader.locator("#pc-find-words")).to_be_focused()


@pytest.mark.browser
def test_the_dialog_leads_on_and_knows_phrases(reader: Page, base: str) -> None:
    reader.goto(base)
    field = reader.locator(".md-search__input")
    field.click()
    field.press_sequentially(f'"{PHRASE}"', delay=10)
    expect(reader.locator(".md-search-result__item")).to_have_count(1)
    passage = reader.locator(".md-search-result__item a").nth(1)
    expect(passage.locator("mark")).to_have_text(["livres qui n’existent pas"])
    link = reader.get_by_role("link", name="Chercher avec des filtres")
    field.press("ArrowDown")
    expect(link).to_be_focused()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/recherche/?mots=*")
    count(reader, "1 résultat")
    # Where the dialog finds nothing, its key leads there.
    reader.goto(base)
    field.click()
    field.press_sequentially("zzzzzz", delay=10)
    expect(reader.locator(".md-search-result__meta")).to_contain_text("Rien trouvé")
    field.press("Enter")
    reader.wait_for_url("**/recherche/?mots=zzzzzz")


@pytest.mark.browser
@pytest.mark.parametrize("query", ["?mots=ia+formation", "?mots=zzzzzz&genre=mooc", ""])
def test_axe_finds_nothing_on_the_page_of_the_search(page: Page, base: str, query: str) -> None:
    page.goto(f"{base}recherche/{query}", wait_until="networkidle")
    if query:
        count(page, re.compile("résultat|^Rien"))
    toggle = page.locator(".pc-filter__toggle")
    if toggle.is_visible():
        toggle.click()
        still(page)  # the colours of a button change by and by
    assert faults(page, scheme=by_width(page)) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.violations") == []
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(UNSEEN))
    assert [one for one in unseen if one] == []


@pytest.mark.browser
def test_without_javascript_the_page_leads_to_all_meetings(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}recherche/")
    expect(page.locator("form.pc-filter")).to_be_hidden()
    page.get_by_role("link", name="Toutes les rencontres sur une page").click()
    expect(page).to_have_url(f"{base}agenda/toutes/")
    context.close()


@pytest.mark.browser
def test_a_small_community_in_english_has_nothing_empty(browser: Browser, smallest: Site) -> None:
    smallest.write("content/about.md", "# About\n\nA community that meets online.\n")
    with serving(smallest.build()) as base:
        page = browser.new_context(service_workers="block").new_page()
        page.add_init_script(VIOLATIONS)
        page.goto(f"{base}search/")
        # Two kinds of pages; one year, no theme, no territory, no replay to choose among.
        expect(page.get_by_role("combobox")).to_have_count(1)
        expect(page.locator(".pc-find__ways li")).to_have_text(["All meetings on one page"])
        page.get_by_role("searchbox", name="What are you looking for?").fill('"meets online"')
        count(page, "1 result")
        page.get_by_role("main").get_by_role("link", name="About").click()
        page.wait_for_url("**/about/")
        page.goto(f"{base}search/?words=one&kind=webinars")
        count(page, "1 result")
        expect(page.locator(".pc-item .pc-tile__day")).to_have_text("3")
        expect(page.locator(".pc-find__there a")).to_have_count(0)
        assert page.evaluate("window.violations") == []
        page.context.close()


@pytest.mark.large
def test_a_site_without_a_search_has_no_page_of_it(smallest: Site) -> None:
    text = (smallest.root / "mkdocs.yml").read_text("utf-8").replace("search, ", "")
    smallest.write("mkdocs.yml", text)
    smallest.write("content/data/themes/un.yml", "name: One\n")
    out = smallest.build()
    assert not (out / "search/index.html").exists()
    assert not (out / "assets/finding.js").exists()
    assert "Search with filters" not in (out / "explore/index.html").read_text("utf-8")
    assert '"find":' not in (out / "assets/parcours.js").read_text("utf-8")


def test_what_one_can_choose_is_there(site: Site) -> None:
    for name in ("un", "deux"):
        site.write(f"content/data/themes/{name}.yml", f"name: {name.title()}\n")
    site.write("webinars/a.md", "---\ntitle: A\nstart: 2026-12-03\nthemes: [un]\n---\nTexte.\n")
    text = site.page("recherche").read_text("utf-8")
    # A theme of no meeting is not offered, and one choice is none.
    assert re.findall(r'<select id="pc-find-(\w+)"', text) == ["kind"]
    site.write("voyages/b.md", "---\ntitle: B\nstart: 2025-12-03\nthemes: [deux]\n---\nTexte.\n")
    text = site.page("recherche").read_text("utf-8")
    assert re.findall(r'<select id="pc-find-(\w+)"', text) == ["kind", "theme", "year"]
