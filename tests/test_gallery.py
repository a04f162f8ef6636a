"""The gallery of replays: chosen by theme, year and words; what was watched stays on the device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .axe import by_width, faults
from .conftest import Site, compiled_page
from .reading import NO_STORAGE, reading, still, until
from .serving import serving

browser_test = pytest.mark.browser
FILM = "comptoirs/premiers-pas-ia/"  # 52 minutes, with a transcript
LONGEST = "Apprendre au travail, pour de vrai"  # 1 h 02
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('parcours'))"
TITLES = [
    "Un carnet de progrès qui sert",
    "Le café des référents, sur l’accueil des adultes",
    "Un jury à distance, et ses surprises",
    "Apprendre quand la route est coupée",
    "Mot d’accueil",
    "La première semaine d’un apprenti",
    "Un jeudi avant l’heure d’été",
    "Un oral sans trac",
    "Relire une consigne à voix haute",
    "Accueillir tout le monde",
    LONGEST,
    "Évaluer sans noter",
    "Premiers pas avec l’IA générative en formation",
]


@contextmanager
def watching(browser: Browser, script: str = "") -> Iterator[Page]:
    with reading(browser, script=script, width=1280) as page:
        # No player is asked for.
        page.route("https://**", lambda route: route.fulfill(body=""))
        yield page


def titles(page: Page) -> Locator:
    """Of the replays that are shown, in their order."""
    return page.locator(".pc-replays .pc-view:visible h3")


@browser_test
def test_replays_are_chosen_by_theme_year_words_and_what_they_offer(
    browser: Browser, base: str
) -> None:
    with watching(browser) as page:
        page.goto(f"{base}replays/")
        expect(titles(page)).to_have_text(TITLES)
        page.get_by_label("Thème").select_option("pedagogie")
        expect(page).to_have_url(f"{base}replays/?theme=pedagogie")
        expect(page.get_by_role("status")).to_have_text("6 replays")
        page.get_by_label("Année").select_option("2024")
        expect(titles(page)).to_have_text(TITLES[-2:])
        page.get_by_label("Avec transcription").check()
        expect(titles(page)).to_have_text(TITLES[-1:])
        page.go_back()
        expect(titles(page)).to_have_text(TITLES[-2:])
        page.get_by_role("button", name="Tout afficher").click()
        expect(titles(page)).to_have_text(TITLES)
        expect(page.locator("h2", has_text="2025")).to_be_visible()
        # Accents and case do not count; no letter is a step back.
        page.get_by_label("Mots").fill("EVALUER")
        expect(page).to_have_url(f"{base}replays/?mots=EVALUER")
        expect(titles(page)).to_have_text(["Évaluer sans noter"])
        page.get_by_label("Mots").fill("zzz")
        expect(page.get_by_role("status")).to_contain_text("retirez un filtre")
        page.goto(f"{base}replays/?theme=nulle-part&annee=2024")
        expect(titles(page)).to_have_text(TITLES[-2:])


@browser_test
def test_what_was_watched_is_marked_on_this_device_and_forgotten(
    browser: Browser, base: str
) -> None:
    with watching(browser) as page:
        page.goto(base + FILM)
        seen = page.get_by_role("button", name="Vu", exact=True)
        expect(seen).to_have_attribute("aria-pressed", "false")
        page.get_by_role("button", name="Afficher la vidéo ici").click()
        expect(seen).to_have_attribute("aria-pressed", "true")
        page.goto(f"{base}replays/?longs=1")
        # The longest of those that were not watched first; those without a length before the seen.
        expect(titles(page).first).to_have_text(LONGEST)
        expect(titles(page).last).to_have_text(re.compile("^Premiers pas"))
        expect(page.locator(".pc-view", has=page.locator(".pc-seen"))).to_have_count(1)
        note = page.locator(".pc-forget")
        expect(note).to_contain_text("1 replay vu, noté sur cet appareil seulement")
        note.get_by_role("button", name="Tout oublier").click()
        expect(note).to_be_hidden()
        expect(page.locator(".pc-seen")).to_have_count(0)
        until(page, lambda: page.evaluate(KEPT), [])
        page.goto(base + FILM)
        expect(seen).to_have_attribute("aria-pressed", "false")
        seen.click()
        expect(seen).to_have_attribute("aria-pressed", "true")
        seen.click()
        until(page, lambda: page.evaluate(KEPT), [])


@browser_test
@pytest.mark.parametrize(
    "script",
    [
        NO_STORAGE,
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };",
        "for (const one of ['{', '3', '{\"a\": 1}', '[1, null]'])"
        " localStorage.setItem('parcours seen /', one);",
    ],
)
def test_a_browser_that_keeps_nothing_or_nonsense_shows_all(
    browser: Browser, base: str, script: str
) -> None:
    with watching(browser, script) as page:
        page.goto(base + FILM)
        seen = page.get_by_role("button", name="Vu", exact=True)
        for pressed in ("true", "false", "true"):
            seen.click()
            expect(seen).to_have_attribute("aria-pressed", pressed)
        page.goto(f"{base}replays/?longs=1")
        expect(titles(page)).to_have_count(len(TITLES))


@browser_test
def test_the_gallery_passes_axe_with_a_choice_made(page: Page, base: str) -> None:
    page.goto(base + FILM)
    page.get_by_role("button", name="Vu", exact=True).click()
    page.goto(f"{base}replays/?longs=1&theme=pedagogie")
    toggle = page.locator(".pc-filter__toggle")
    if toggle.is_visible():
        toggle.click()
    # Opened where it stands: what lies half under the head of the page is nobody's target.
    page.locator("details", has_text="L’adresse à coller").evaluate("one => { one.open = true }")
    page.locator(".pc-seen").wait_for()
    still(page)
    assert faults(page, scheme=by_width(page)) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_replays_stand_by_year(flagship_compiled: Path) -> None:
    text = compiled_page(flagship_compiled, "replays").read_text("utf-8")
    assert text.index("<h2>2026</h2>") < text.index("<h2>2024</h2>")
    assert "S’abonner au podcast" in text


def record(site: Site, n: int, since: date) -> None:
    """The replay number *n* of those held each week since a Thursday."""
    day = since + timedelta(weeks=n)
    front = f"title: Rep n{n}\nstart: {day} 12:30\nreplay: {{video: https://v.example/{n}}}\n"
    site.write(f"webinars/rep{n}.md", f"---\n{front}---\n")


@pytest.mark.parametrize(("count", "chosen"), [(4, False), (5, True)])
def test_a_few_replays_need_no_choice(site: Site, count: int, chosen: bool) -> None:
    for n in range(count):
        record(site, n, date(2025, 1, 2))
    text = site.page("replays").read_text("utf-8")
    assert ("pc-choose" in text) == chosen
    # Nothing can be heard, and nothing tells these by theme or year.
    assert "podcast" not in text
    assert 'data-field="theme"' not in text
    assert 'data-field="year"' not in text


@browser_test
def test_one_can_choose_on_the_page_of_a_year(site: Site, browser: Browser) -> None:
    for n in range(62):
        record(site, n, date(2024, 5, 30))
    with serving(site.build()) as local, watching(browser) as page:
        page.goto(f"{local}replays/2024/?mots=rep+n12")
        expect(page.get_by_role("status")).to_have_text("1 replay")
        shown = page.locator(".pc-view:visible")
        expect(shown).to_have_text([re.compile("^Rep n12")], use_inner_text=True)


@pytest.mark.large
def test_without_a_replay_no_tab_leads_to_an_empty_page(smallest: Site) -> None:
    out = smallest.build()
    home = (out / "index.html").read_text("utf-8")
    assert 'href="agenda/"' in home
    assert 'href="replays/"' not in home
    empty = (out / "replays" / "index.html").read_text("utf-8")
    assert "No recordings yet" in empty
    assert '<a href="../agenda/">The whole agenda</a>' in empty
    smallest.write(
        "webinars/two.md",
        "---\ntitle: Two\nstart: 2026-11-05 12:30\nreplay: {video: https://video.example/a}\n---\nx\n",
    )
    assert 'href="replays/"' in (smallest.build() / "index.html").read_text("utf-8")
