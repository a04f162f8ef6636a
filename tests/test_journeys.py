"""Three readers on their way: without JavaScript, with a keyboard alone, on a narrow phone.

Each finds the next Comptoir, adds it to a calendar, and reads what was said in a replay.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from urllib.parse import urljoin

import icalendar
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import NOW

pytestmark = pytest.mark.browser

TITLE = "Former avec l’IA générative, sans s’y perdre"
SAID = "Bonjour à toutes et à tous"
Way = Literal["without-javascript", "keyboard", "phone"]
WAYS: tuple[Way, ...] = ("without-javascript", "keyboard", "phone")


@contextmanager
def reader(browser: Browser, way: Way) -> Iterator[Page]:
    width = 320 if way == "phone" else 1280
    context = browser.new_context(
        viewport={"width": width, "height": 700},
        java_script_enabled=way != "without-javascript",
        has_touch=way == "phone",
        locale="fr-FR",
        timezone_id="Europe/Paris",
        service_workers="block",
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    yield page
    context.close()


def use(page: Page, way: Way, target: Locator) -> None:
    """Press a link or button as this reader does."""
    if way == "keyboard":
        for _ in range(120):
            page.keyboard.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"no key leads to {target}")
    elif way == "phone":
        target.tap()
    else:
        target.click()


@pytest.mark.parametrize("way", ["keyboard", "phone"])
def test_the_next_comptoir_is_joined_ten_minutes_before(
    browser: Browser, base: str, way: Way
) -> None:
    with reader(browser, way) as page:
        page.clock.set_fixed_time("2026-11-26T11:20:00Z")  # 12:20 in Paris
        page.route("https://visio.example/**", lambda route: route.fulfill(body="Bienvenue"))
        page.goto(base)
        card = page.locator(".pc-next:visible")
        expect(card.get_by_text("dans 10 minutes")).to_be_visible()
        use(page, way, card.get_by_role("link", name="Rejoindre le direct"))
        page.wait_for_url("https://visio.example/ia-sans-s-y-perdre")


@pytest.mark.parametrize("way", WAYS)
def test_the_next_comptoir_is_found_and_kept(browser: Browser, base: str, way: Way) -> None:
    with reader(browser, way) as page:
        page.goto(base)
        card = page.locator(".pc-next:visible")
        use(page, way, card.get_by_role("link", name=TITLE))
        page.wait_for_url("**/former-avec-l-ia-sans-s-y-perdre/")
        expect(page.get_by_text("jeudi 26\u00a0novembre\u00a02026").first).to_be_visible()
        use(page, way, page.locator("summary", has_text="Ajouter à mon calendrier"))
        link = page.get_by_role("link", name="Apple, Thunderbird, autres (fichier .ics)")
        link.wait_for()
        address = urljoin(page.url, link.get_attribute("href") or "")
        with page.expect_download() as kept:
            use(page, way, link)
        assert kept.value.url == address
        calendar = icalendar.Calendar.from_ical(kept.value.path().read_bytes())
        assert isinstance(calendar, icalendar.Calendar)
        (event,) = calendar.events
        assert str(event["SUMMARY"]) == TITLE
        assert event.DTSTART.isoformat() == "2026-11-26T12:30:00+01:00"


@pytest.mark.parametrize("way", WAYS)
def test_what_was_said_is_read(browser: Browser, base: str, way: Way) -> None:
    with reader(browser, way) as page:
        page.goto(base + "replays/")
        use(page, way, page.get_by_role("link", name="Premiers pas avec l’IA générative"))
        page.wait_for_url("**/premiers-pas-ia/*")
        words = page.locator(".pc-transcript__body").get_by_text(SAID).first
        if not words.is_visible():
            use(page, way, page.locator(".pc-transcript summary"))
        expect(words).to_be_visible()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.evaluate("window.innerWidth")


@pytest.mark.parametrize("way", WAYS)
def test_a_need_is_said_and_who_could_answer_is_seen(browser: Browser, base: str, way: Way) -> None:
    """From the home page, by a colleague who says it, and by who brings people together."""
    with reader(browser, way) as page:
        page.goto(base)
        use(page, way, page.get_by_role("article").get_by_role("link", name="La Boîte à transfo"))
        page.wait_for_url("**/boite-a-transfo/")
        door = page.get_by_role("link", name="Exprimer un besoin")
        expect(door).to_have_attribute("href", "https://formulaire.example/besoin")
        use(page, way, page.get_by_role("article").get_by_role("link", name="Propositions"))
        page.wait_for_url("**/boite-a-transfo/propositions/")
        asked = page.locator(".pc-post-item").filter(
            has=page.get_by_role("heading", name="Évaluer sans décourager")
        )
        expect(asked.get_by_role("link", name="Facilitatrice en évaluation")).to_be_visible()
        expect(asked).to_contain_text("Proposition. Ce qui convient")


@pytest.mark.parametrize("path", ["", "agenda/2026-12/", "comptoirs/premiers-pas-ia/", "mooc/"])
def test_a_narrow_page_without_javascript_does_not_scroll_sideways(
    browser: Browser, base: str, path: str
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, java_script_enabled=False, locale="fr-FR"
    )
    page = context.new_page()
    page.goto(base + path)
    size = context.new_cdp_session(page).send("Page.getLayoutMetrics")["cssContentSize"]
    assert size["width"] == 320
    context.close()
