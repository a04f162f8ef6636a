"""The flagship in a real browser: every kind of page, two widths, light and dark."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import NAMES, by_width, faults, show
from .conftest import VIOLATIONS, WIDTHS
from .reading import resized, still, until

pytestmark = pytest.mark.browser

PAGES = {
    "home": "",
    "agenda": "agenda/",
    "agenda-month": "agenda/?vue=mois&mois=2027-05",
    "agenda-filtered": "agenda/?genre=comptoirs&mode=hybride&mots=voix&passees=1",
    "month": "agenda/2027-05/",
    "year": "agenda/2024/",
    "collection": "comptoirs/",
    "upcoming": "comptoirs/former-avec-l-ia-sans-s-y-perdre/",
    "replay": "comptoirs/premiers-pas-ia/",
    "cancelled": "comptoirs/printemps-heure-d-ete/",
    "overseas": "comptoirs/depuis-la-reunion/",
    "trip": "voyages/hauts-de-france/",
    "undated": "voyages/nouvelle-aquitaine/",
    "course": "mooc/renverser-la-formation/",
    "session": "mooc/renverser-la-formation-session-7/",
    "claimed": "mooc/renverser-la-formation-session-6/",
    "kit": "mooc/renverser-la-formation-session-6/kit/",
    "relay": "prenez-la-suite/",
    "subscribe": "s-abonner/",
    "all-feeds": "s-abonner/tous/",
    "explore": "explorer/",
    "territories": "territoires/",
    "territory": "territoires/bretagne/",
    "territory-overseas": "territoires/la-reunion/",
    "themes": "themes/",
    "theme": "themes/ia-generative/",
    "organisations": "organisations/",
    "organisation": "organisations/cfa-exemple-rennes/",
    "people": "personnes/",
    "person": "personnes/formateur-rennes/",
    "places": "lieux/",
    "place": "lieux/fablab-lille/",
    "place-overseas": "lieux/campus-saint-denis/",
    "exchange": "boite-a-transfo/",
    "needs": "boite-a-transfo/besoins/",
    "need": "boite-a-transfo/besoins/un-accueil-a-deux-voix/",
    "need-answered": "boite-a-transfo/besoins/former-la-nuit/",
    "facilitators": "boite-a-transfo/facilitateurs/",
    "facilitator": "boite-a-transfo/facilitateurs/atelier-rennes/",
    "proposals": "boite-a-transfo/propositions/",
    "report": "bilan/2025/",
    "gallery": "replays/",
    "authored": "programme/",
    "accessibility": "accessibilite/",
    "legal": "mentions-legales/",
    "ecodesign": "ecoconception/",
    "contribute": "contribuer/",
    "reference": "contribuer/reference/",
    "reference-kind": "contribuer/reference/trip/",
    "reference-message": "contribuer/reference/messages/wrong-weekday/",
    "posts": "actualites/",
    "post": "actualites/des-agendas-qui-se-tiennent-a-jour/",
    "mine": "mon-agenda/",
    "lost": "404.html",
}
VARIANTS = {
    "agenda-filtered",
    "agenda-month",
    "cancelled",
    "claimed",
    "ecodesign",
    "legal",
    "need-answered",
    "organisation",
    "overseas",
    "person",
    "place-overseas",
    "reference-message",
    "territory-overseas",
    "theme",
    "undated",
    "year",
}
"""Pages that other ones are like: axe sees them at night as they are on a phone."""


def axe_width(name: str) -> int:
    """The width at which axe looks at a page; by day it is loaded at no other."""
    return max(WIDTHS) if name in VARIANTS else WIDTHS[list(PAGES).index(name) % len(WIDTHS)]


LOOKED_AT = [
    pytest.param(
        width,
        name,
        id=f"{width}-{name}",
        marks=[pytest.mark.deep] * (width != axe_width(name)),
    )
    for width in WIDTHS
    for name in PAGES
]
SMALL = """
() => [...document.querySelectorAll("a[href], button, input, select, summary, label[for]")]
  .filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    const seen = one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const inline = getComputedStyle(one).display === "inline";
    return seen && width > 1 && height > 1 && !inline && (width < 24 || height < 24);
  })
  .map((one) => one.outerHTML.slice(0, 120))
"""
SHOWN_THOUGH_HIDDEN = """
() => [...document.querySelectorAll("article [hidden]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => one.outerHTML.slice(0, 120))
"""
UNSEEN = """
() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const told = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return one === document.body || told ? null : one.outerHTML.slice(0, 120);
}
"""


def test_axe_looks_at_each_page_once() -> None:
    looked_at = [one.values for one in LOOKED_AT if not one.marks]
    assert sorted(str(name) for _, name in looked_at) == sorted(PAGES)
    assert {width for width, _ in looked_at} == set(WIDTHS)


def lies_well(page: Page) -> None:
    """Nothing stands out on the right, targets are large enough, and what is hidden is."""
    page.wait_for_function("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(SMALL) == []
    assert page.evaluate(SHOWN_THOUGH_HIDDEN) == []


@pytest.mark.parametrize(("page", "name"), LOOKED_AT, indirect=["page"])
def test_page(page: Page, base: str, name: str) -> None:
    """Nothing fails, nothing comes from elsewhere, it lies well at each width, and axe is content.

    Loading it and axe take most of the time: a page is loaded at one of the widths, at which axe
    looks at it, and made as wide as the others, a quarter of them by day; at night it is loaded
    at each.
    """
    elsewhere: list[str] = []
    failed: list[str] = []
    page.on("console", lambda m: failed.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: elsewhere.append(r.url) if not r.url.startswith(base) else None)
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    page.goto(base + PAGES[name], wait_until="networkidle")
    assert elsewhere == []
    assert failed == []
    assert page.evaluate("window.violations") == []
    expect(page.locator("h1")).to_have_count(1)
    levels = page.eval_on_selector_all(
        ":is(h1,h2,h3,h4,h5,h6)", "all => all.map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    size = page.viewport_size
    assert size
    for width in (*(one for one in WIDTHS if one != size["width"]), size["width"]):
        resized(page, width)
        lies_well(page)
    # What it does to the page comes after all that looks at it.
    if axe_width(name) == size["width"]:
        assert faults(page, scheme=by_width(page)) == []
    shots = os.environ.get("PARCOURS_SCREENSHOTS")
    if shots:
        folder = Path(shots)
        folder.mkdir(parents=True, exist_ok=True)
        for mode in NAMES:
            show(page, mode)
            file = folder / f"{name}-{size['width']}-{mode}.png"
            page.screenshot(path=file, full_page=True)


@pytest.mark.deep
@pytest.mark.parametrize("name", PAGES)
def test_axe_is_content_with_a_page_at_every_width(page: Page, base: str, name: str) -> None:
    page.goto(base + PAGES[name], wait_until="networkidle")
    assert faults(page, scheme=by_width(page)) == []


@pytest.mark.deep
@pytest.mark.parametrize("name", PAGES)
def test_each_element_of_a_page_has_contrast(page: Page, base: str, name: str) -> None:
    page.goto(base + PAGES[name], wait_until="networkidle")
    assert faults(page, each=True) == []


@pytest.mark.deep
@pytest.mark.parametrize("page", [max(WIDTHS)], indirect=True)
def test_one_of_very_many_is_seen_that_is_painted_otherwise(page: Page, base: str) -> None:
    """Contrast looks at one of those that are alike: one that is not is none of them."""
    page.goto(f"{base}contribuer/reference/post/", wait_until="networkidle")
    assert faults(page, ".md-content", "light") == []
    for paint in (
        "one.style.color = '#bbb'",
        "one.style.backgroundColor = '#555'",
        "one.closest('.md-content').style.opacity = '0.4'",
    ):
        page.reload(wait_until="networkidle")
        page.locator(".md-content code").nth(20).evaluate(f"one => {{ {paint} }}")
        assert any("contrast" in one for one in faults(page, ".md-content", "light")), paint
    expect(page.locator("[data-alike]")).to_have_count(0)


def test_what_a_report_counts_opens(page: Page, base: str) -> None:
    page.goto(base + "bilan/", wait_until="networkidle")
    for fold in page.locator(".pc-fold > summary:visible").all():
        fold.click()
    panels = page.locator("details.pc-counted")
    panels.evaluate_all("all => all.forEach(one => { one.open = true })")
    expect(panels.last).to_have_attribute("open", "")
    expect(panels.first.locator("li").first).to_be_visible()
    page.wait_for_function("() => document.documentElement.scrollWidth <= window.innerWidth")
    # Bars are compared by eye: one of 100 hundredths is as wide in every line of a table.
    wide = page.locator(".pc-figures").evaluate_all(
        """all => all.map(table => [...table.querySelectorAll(".pc-figures__part .pc-bar")]
          .map(one => Math.round(one.getBoundingClientRect().width)))"""
    )
    assert any(wide)
    assert all(len(set(one)) <= 1 for one in wide)
    assert faults(page, ".pc-report") == []


@pytest.mark.parametrize("name", ["home", "agenda", "subscribe", "replay"])
def test_the_focus_is_always_seen(page: Page, base: str, name: str) -> None:
    page.goto(base + PAGES[name], wait_until="networkidle")
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(UNSEEN))
    assert [one for one in unseen if one] == []


def test_the_picker_changes_all_that_leads_to_a_calendar(page: Page, base: str) -> None:
    page.goto(base + "s-abonner/", wait_until="networkidle")
    panel = page.locator(".pc-panel")
    links = 'a[href*="addfromweb"]'
    hrefs = "all => all.map(one => one.href)"
    before = panel.locator(links).evaluate_all(hrefs)
    assert len(before) == 2
    expect(panel.locator(".pc-qr")).to_be_attached()
    expect(panel.locator(".pc-qr")).not_to_have_attribute("hidden", "")
    page.select_option("#pc-kind", "voyages")
    page.select_option("#pc-territory", "bretagne")
    expect(panel.locator(".pc-panel__name")).to_contain_text("Bretagne")
    name = panel.locator(".pc-panel__name").inner_text()
    for href in panel.locator(links).evaluate_all(hrefs):
        query = parse_qs(urlsplit(href).query)
        assert query["name"] == [name]
        assert query["url"][0].endswith("/flux/voyages/territoires/bretagne.ics")
    expect(panel.locator(".pc-qr svg")).to_have_attribute("shape-rendering", "crispEdges")
    page.select_option("#pc-kind", "")
    page.select_option("#pc-territory", "")
    until(page, lambda: panel.locator(links).evaluate_all(hrefs), before)
    expect(panel.locator(".pc-qr svg[shape-rendering]")).to_have_count(0)
    expect(panel.locator(".pc-qr")).not_to_have_attribute("hidden", "")


def test_all_that_one_uses_works_under_the_policy(page: Page, base: str) -> None:
    failed: list[str] = []
    page.on("console", lambda m: failed.append(m.text) if m.type == "error" else None)
    page.goto(base + "s-abonner/", wait_until="networkidle")
    for summary in page.locator("summary:visible").all():
        summary.click()
    for choice in page.locator("article select:visible").all():
        choice.select_option(index=1)
    read = "document.body.dataset.mdColorScheme"
    before = page.evaluate(read)
    page.locator("[data-md-component=palette] label:visible").click()
    until(page, lambda: page.evaluate(read) != before)
    scheme = page.evaluate(read)
    page.reload(wait_until="networkidle")
    until(page, lambda: page.evaluate(read), scheme)
    page.evaluate("localStorage.clear()")
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("comptoir", delay=20)
    page.locator(".md-search-result__item a").first.wait_for()
    still(page)
    # On a phone the search covers the page: what lies half behind it is nobody's target.
    assert faults(page, ".md-search", scheme=by_width(page)) == []
    assert page.evaluate("window.violations") == []
    assert failed == []


def test_a_script_that_slips_in_does_not_run(browser: Browser, base: str, flagship: Path) -> None:
    page = browser.new_page()
    page.add_init_script(VIOLATIONS)
    page.route(
        "**/programme/",
        lambda route: route.fulfill(
            body=(flagship / "programme" / "index.html")
            .read_text("utf-8")
            .replace("<h1", "<script>document.title = 'taken'</script><h1", 1),
            content_type="text/html",
        ),
    )
    page.goto(base + "programme/", wait_until="networkidle")
    until(page, lambda: page.evaluate("window.violations.length"), 1)
    assert page.title() != "taken"
    page.close()


def test_search_finds_events_in_french(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(base)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("évaluer", delay=30)
    page.locator(".md-search-result__item a", has_text="Évaluer sans noter").first.wait_for()
    page.close()


def test_everything_is_readable_without_javascript(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base)
    page.get_by_role("link", name="Former avec l’IA générative, sans s’y perdre").first.click()
    page.wait_for_url("**/former-avec-l-ia-sans-s-y-perdre/")
    page.get_by_text("Ajouter à mon calendrier").click()
    expect(
        page.get_by_role("link", name="Apple, Thunderbird, autres (fichier .ics)")
    ).to_be_visible()
    expect(page.get_by_text("12 h 30").first).to_be_visible()
    context.close()


def test_the_map_leads_to_territories_by_keyboard(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700}, locale="fr-FR")
    page.goto(base + "territoires/", wait_until="networkidle")
    reunion = page.locator(".pc-map__link[href$='la-reunion/']")
    before = reunion.locator("path").evaluate("shape => getComputedStyle(shape).fill")
    page.get_by_role("link", name="Personnes").press("Tab")
    for _ in range(18):
        if reunion.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.wait_for_function(
        "([path, before]) => getComputedStyle(path).fill !== before",
        arg=[reunion.locator("path").element_handle(), before],
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/la-reunion/")
    page.close()


def test_each_territory_of_the_map_can_be_touched(browser: Browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 900}, locale="fr-FR")
    page.goto(base + "territoires/", wait_until="networkidle")
    # px² of each that a finger reaches, whatever lies around it or over it.
    found = page.eval_on_selector_all(
        ".pc-map__link",
        """links => {
          links[0].ownerSVGElement.scrollIntoView({ behavior: "instant", block: "center" });
          return links.map(link => {
            const box = link.getBoundingClientRect();
            let touched = 0;
            for (let x = box.left; x < box.right; x++)
                for (let y = box.top; y < box.bottom; y++)
                    touched += document.elementFromPoint(x, y)?.closest("a") === link;
            return [link.getAttribute("href"), touched];
          });
        }""",
    )
    assert len(found) == 18
    assert [link for link, touched in found if touched < 24 * 24] == []
    page.close()
