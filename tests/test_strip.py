"""What is live stands on every page meanwhile, and a page is handed on in one gesture."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .axe import by_width, faults
from .conftest import ROOT, Site
from .reading import reading, still, stopped, until
from .serving import serving

NEXT = "comptoirs/former-avec-l-ia-sans-s-y-perdre/"  # 26 November 2026, 12:30 in Paris
TITLE = "Former avec l’IA générative, sans s’y perdre"
JOIN = "https://visio.example/ia-sans-s-y-perdre"
DURING = "2026-11-26T11:40:00Z"
browser_test = pytest.mark.browser

KNOWN = "(key) => sessionStorage.getItem(key)"
"""Whether a page has heard what is live."""


def event(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "Texte.", ""])


def live(site: Site, now: str) -> dict[str, str]:
    """Where one joins each meeting that a build knows as live or soon to be, by its title."""
    rows = json.loads((site.compile(now=now) / "assets/live.json").read_bytes())
    return {title: joined for _, _, title, _, joined in rows}


ONLINE = "online: https://visio.example/un"


@pytest.mark.large
@pytest.mark.regions
def test_what_can_be_joined_from_afar_within_a_month_is_known(site: Site) -> None:
    place = site.write("content/data/places/salle.yml", "name: Salle\nterritory: bretagne\n")
    site.write("webinars/un.md", event("Un", "start: 2026-12-03 12:30", ONLINE))
    site.write("webinars/loin.md", event("Loin", "start: 2027-01-14 12:30", ONLINE))
    site.write(
        "webinars/plein.md",
        event("Plein", "start: 2026-12-03 12:30", ONLINE, "registration: {state: full}"),
    )
    site.write(
        "webinars/annule.md",
        event("Annulé", "start: 2026-12-03 12:30", ONLINE, "status: cancelled"),
    )
    site.write("webinars/passe.md", event("Passé", "start: 2026-11-05 12:30", ONLINE))
    site.write("webinars/jour.md", event("Jour entier", "start: 2026-12-03", ONLINE))
    site.write(
        "webinars/place.md", event("Sur place", "start: 2026-12-03 12:30", f"place: {place.stem}")
    )
    assert live(site, "2026-11-24T09:00:00Z") == {"Un": "https://visio.example/un", "Plein": ""}
    assert "Un" in live(site, "2026-12-03T12:00:00Z")
    assert "Un" not in live(site, "2026-12-03T13:00:00Z")


@browser_test
def test_what_is_live_is_said_at_the_foot_of_other_pages(browser: Browser, base: str) -> None:
    with reading(browser, DURING) as page:
        page.goto(f"{base}mentions-legales/")
        strip = page.get_by_role("complementary", name="En direct maintenant")
        link = strip.get_by_role("link", name=TITLE, exact=True)
        expect(link).to_be_in_viewport()
        expect(link).to_have_attribute("href", f"{base}{NEXT}")
        expect(strip.get_by_role("link", name="Rejoindre")).to_have_attribute("href", JOIN)
        # Over: it goes by itself.
        page.clock.set_fixed_time("2026-11-26T12:30:00Z")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(strip).to_have_count(0)
        page.clock.set_fixed_time(DURING)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.pc-strip__close')"):
                break
        page.keyboard.press("Enter")
        expect(strip).to_have_count(0)


@browser_test
@pytest.mark.parametrize(
    ("path", "now"),
    [
        ("mentions-legales/", "2026-11-26T11:29:59Z"),
        ("mentions-legales/", "2026-11-26T12:30:00Z"),
        (NEXT, DURING),  # its own page
        ("", DURING),  # the home page shows it as live
    ],
)
def test_what_is_not_live_or_told_already_is_not_said(
    browser: Browser, base: str, path: str, now: str
) -> None:
    with reading(browser, now) as page:
        page.goto(base + path)
        page.wait_for_function(KNOWN, arg="parcours / live")
        expect(page.locator(".pc-strip")).to_have_count(0)


@browser_test
def test_the_data_is_asked_for_once_in_a_while(browser: Browser, base: str) -> None:
    with reading(browser, DURING) as page:
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        for path in ("mentions-legales/", "agenda/", "accessibilite/"):
            page.goto(base + path)
            expect(page.locator(".pc-strip")).to_be_visible()
        until(page, lambda: sum(url.endswith("/live.json") for url in asked), 1)
        page.evaluate("sessionStorage.setItem('parcours / live', '{\"at\": 1')")
        page.goto(f"{base}agenda/")
        expect(page.locator(".pc-strip")).to_be_visible()


@browser_test
def test_sites_of_one_host_tell_what_is_live_each(
    site: Site, browser: Browser, tmp_path: Path
) -> None:
    site.write("webinars/un.md", event("Un", "start: 2026-11-26 12:30", ONLINE))
    built = site.build()
    for name in ("one", "other"):
        shutil.copytree(built, tmp_path / "host" / name)
    (tmp_path / "host/other/assets/live.json").write_text("[]")
    with serving(tmp_path / "host") as base, reading(browser, DURING) as page:
        page.goto(f"{base}one/agenda/2026/")
        expect(page.locator(".pc-strip a").first).to_have_attribute(
            "href", re.compile(f"^{base}one/")
        )
        page.goto(f"{base}other/agenda/2026/")
        page.wait_for_function(KNOWN, arg="parcours /other/ live")
        expect(page.locator(".pc-strip")).to_have_count(0)


@browser_test
def test_who_hides_the_strip_goes_on_in_the_page(browser: Browser, base: str) -> None:
    with reading(browser, DURING) as page:
        page.goto(f"{base}mentions-legales/")
        page.locator(".pc-strip").wait_for()
        page.evaluate("scrollTo({ top: 200, behavior: 'instant' })")
        page.locator(".pc-strip__close").press("Enter")
        expect(page.locator(".pc-strip")).to_have_count(0)
        expect(page.locator("h1")).to_be_focused()
        until(page, lambda: page.evaluate("scrollY"), 200)


@browser_test
def test_the_strip_hides_nothing_when_the_device_is_turned(browser: Browser, base: str) -> None:
    with reading(browser, DURING) as page:
        page.set_viewport_size({"width": 740, "height": 560})
        page.goto(f"{base}mentions-legales/")
        page.locator(".pc-strip").wait_for()
        page.set_viewport_size({"width": 320, "height": 740})
        page.wait_for_function(
            "() => `${document.querySelector('.pc-strip').offsetHeight}px`"
            " === document.documentElement.style.getPropertyValue('--pc-strip')"
        )


@browser_test
def test_a_title_stays_text(site: Site, browser: Browser) -> None:
    title = "'<img src=x onerror=alert(1)>'"
    site.write("webinars/un.md", event(title, "start: 2026-11-26 12:30", ONLINE))
    with serving(site.build()) as base, reading(browser, DURING) as page:
        page.goto(f"{base}agenda/2026/")
        expect(page.locator(".pc-strip")).to_contain_text("<img src=x")
        expect(page.locator(".pc-strip img")).to_have_count(0)


@browser_test
def test_the_strip_passes_axe(page: Page, base: str) -> None:
    page.clock.set_fixed_time(DURING)
    page.goto(f"{base}mentions-legales/")
    page.locator(".pc-strip").wait_for()
    still(page)
    assert faults(page, scheme=by_width(page)) == []
    box = "one => [one.offsetWidth, one.offsetHeight]"
    assert min(page.locator(".pc-strip__close").evaluate(box)) >= 44


@browser_test
def test_the_foot_of_the_page_is_not_hidden(browser: Browser, base: str) -> None:
    with reading(browser, DURING) as page:
        # Another meeting, whose own button stands at the foot of a telephone.
        page.goto(f"{base}comptoirs/budget-carbone-d-un-centre/")
        page.locator(".pc-strip").wait_for()
        page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
        free = """() => [...document.querySelectorAll(".md-footer a")].at(-1)
          .getBoundingClientRect().bottom <= document.querySelector(".pc-strip")
          .getBoundingClientRect().top"""
        until(page, lambda: page.evaluate(free))


SHEET = "window.given = []; navigator.share = async (data) => { window.given.push(data); };"
NO_SHEET = """
delete Navigator.prototype.share;
Object.defineProperty(navigator, 'clipboard', {value: {
  writeText: async (text) => { window.copied = text; },
}});
"""
REFUSED = """
delete Navigator.prototype.share;
Object.defineProperty(navigator, 'clipboard', {value: {
  writeText: async () => { throw new Error('refused'); },
}});
"""


@browser_test
def test_a_page_is_shared_by_the_sheet_of_the_system(browser: Browser, base: str) -> None:
    with reading(browser, DURING, SHEET) as page:
        page.goto(f"{base}{NEXT}#replay")
        page.get_by_role("button", name="Partager").click()
        given = [{"title": TITLE, "url": f"{base}{NEXT}"}]
        until(page, lambda: page.evaluate("window.given"), given)


@browser_test
@pytest.mark.parametrize(("fault", "copied"), [("AbortError", None), ("NotAllowedError", NEXT)])
def test_a_sheet_that_does_not_open_is_told_from_one_that_was_closed(
    browser: Browser, base: str, fault: str, copied: str | None
) -> None:
    refused = (
        f"navigator.share = async () => {{ setTimeout(() => {{ window.asked = true; }}, 10);"
        f" throw new DOMException('', '{fault}'); }};"
    )
    with reading(browser, DURING, f"{NO_SHEET}{refused}") as page:
        page.goto(f"{base}{NEXT}")
        page.locator(".pc-share").click()
        until(page, lambda: page.evaluate("window.asked"))
        until(page, lambda: page.evaluate("window.copied ?? null"), copied and f"{base}{copied}")


@browser_test
def test_without_a_sheet_the_address_is_copied_or_shown(browser: Browser, base: str) -> None:
    with reading(browser, DURING, NO_SHEET) as page:
        page.goto(f"{base}{NEXT}")
        stopped(page)
        page.get_by_role("button", name="Partager").click()
        expect(page.get_by_role("button", name="Copié")).to_be_visible()
        assert page.evaluate("window.copied") == f"{base}{NEXT}"
    with reading(browser, DURING, REFUSED) as page:
        page.goto(f"{base}{NEXT}")
        page.get_by_role("button", name="Partager").click()
        field = page.get_by_role("textbox", name="Partager")
        expect(field).to_have_value(f"{base}{NEXT}")
        expect(field).to_be_focused()


@browser_test
def test_without_a_script_nothing_is_offered_that_does_nothing(browser: Browser, base: str) -> None:
    with reading(browser, DURING, scripted=False) as page:
        page.goto(f"{base}{NEXT}")
        expect(page.locator(".pc-actions")).to_be_visible()
        expect(page.locator(".pc-actions button:visible")).to_have_count(0)


@browser_test
def test_what_cannot_be_copied_is_selected(browser: Browser, base: str) -> None:
    with reading(browser, DURING, REFUSED) as page:
        page.goto(f"{base}s-abonner/")
        button = page.locator(".pc-copy").first
        button.click()
        field = page.locator(".pc-address input").first
        expect(field).to_be_focused()
        selected = "one => one.value.slice(one.selectionStart, one.selectionEnd)"
        assert field.evaluate(selected).endswith("/flux/agenda.ics")
        expect(button).to_have_text("Sélectionné : à copier")


@browser_test
def test_what_was_hidden_stays_so_in_this_tab_at_this_time(browser: Browser, base: str) -> None:
    with reading(browser, DURING) as page:
        page.goto(f"{base}mentions-legales/")
        page.get_by_role("button", name="Masquer").click()
        with page.expect_response("**/assets/parcours.js"):
            page.goto(f"{base}agenda/")
        page.wait_for_load_state("networkidle")
        expect(page.locator(".pc-strip")).to_have_count(0)
        other = page.context.new_page()
        other.clock.set_fixed_time(DURING)
        other.goto(f"{base}agenda/")
        expect(other.locator(".pc-strip")).to_be_visible()
        # The same meeting at another time is another to tell.
        hidden = json.loads(page.evaluate("sessionStorage.getItem('parcours / away')"))
        again = [re.sub(r"^\d+", "1", one) for one in hidden]
        page.evaluate("text => sessionStorage.setItem('parcours / away', text)", json.dumps(again))
        page.reload()
        expect(page.locator(".pc-strip")).to_be_visible()


def test_one_part_alone_reaches_what_the_browser_keeps() -> None:
    """One host may hold several sites: each thing is kept under the path of its own."""
    scripts = (ROOT / "scripts/parcours/pages/assets/scripts").rglob("*.js")
    reaching = {
        one.name for one in scripts if re.search(r"(local|session)Storage\b(?!\")", one.read_text())
    }
    assert reaching == set()
    site = (ROOT / "scripts/parcours/pages/assets/scripts/site.js").read_text()
    assert "`parcours ${site.pathname} ${name}`" in site
