"""Subscribing knows the reader's system, and opens with what was chosen on another page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from parcours.pages.programs import PROGRAMS

from .conftest import Site, compiled_page
from .reading import until

browser_test = pytest.mark.browser

FEED = "1001-parcours.example/flux/territoires/la-reunion/themes/cultures-numeriques.ics"
WEBCAL = f"webcal://{FEED}"
GOOGLE = f"https://calendar.google.com/calendar/r?cid={quote(WEBCAL, safe='')}"
OUTLOOK = f"https://outlook.live.com/calendar/0/addfromweb?url={quote(f'https://{FEED}', safe='')}"
AGENTS: Mapping[str, tuple[str, str, str, str]] = {
    # agent, platform, the words of the button, what it opens
    "iphone": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
        "iPhone",
        "S’abonner dans Calendrier",
        WEBCAL,
    ),
    "ipad": (  # which says that it is a Mac
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15",
        "MacIntel",
        "S’abonner dans Calendrier",
        WEBCAL,
    ),
    "android": (
        "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
        "Linux armv8l",
        "S’abonner dans Google Agenda",
        GOOGLE,
    ),
    "windows": (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0",
        "Win32",
        "S’abonner dans Outlook.com",
        OUTLOOK,
    ),
    "outlook": (  # a name in which another system's stands
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Microsoft Outlook 16.0.1",
        "Win32",
        "S’abonner dans Outlook.com",
        OUTLOOK,
    ),
    "linux": (
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Linux x86_64",
        "S’abonner dans mon calendrier",
        WEBCAL,
    ),
    "unknown": ("Something/1.0", "", "S’abonner dans mon calendrier", WEBCAL),
}
FIRST = {
    "iphone": "apple",
    "ipad": "apple",
    "android": "google",
    "windows": "outlook",
    "outlook": "outlook",
    "linux": "thunderbird",
    "unknown": "apple",
}


@contextmanager
def reader(browser: Browser, system: str) -> Iterator[Page]:
    agent = AGENTS[system][0]
    context = browser.new_context(user_agent=agent, locale="fr-FR", service_workers="block")
    # What this browser says of its system beside the agent is its own.
    context.add_init_script("delete Navigator.prototype.userAgentData;")
    yield context.new_page()
    context.close()


@browser_test
@pytest.mark.parametrize("system", AGENTS)
def test_a_crossing_is_subscribed_to_on_every_system(
    browser: Browser, base: str, system: str
) -> None:
    _, _, label, opened = AGENTS[system]
    with reader(browser, system) as page:
        page.goto(f"{base}territoires/la-reunion/")
        page.get_by_role("link", name="Tous les calendriers, et comment les ajouter").click()
        page.wait_for_url("**/s-abonner/?territoire=la-reunion")
        expect(page.get_by_label("Territoire")).to_have_value("la-reunion")
        page.get_by_label("Thème").select_option("cultures-numeriques")
        expect(page).to_have_url(re.compile(r"\?territoire=la-reunion&theme=cultures-numeriques$"))
        panel = page.locator(".pc-panel")
        button = panel.get_by_role("link", name=label, exact=True)
        expect(button).to_have_attribute("href", re.compile(f"^{re.escape(opened)}"))
        read = "all => all.map((one) => one.dataset.program)"
        clients = panel.locator(".pc-client")
        until(page, lambda: clients.evaluate_all(read)[0], FIRST[system])
        keys = clients.evaluate_all(read)
        assert sorted(keys) == sorted(program.key for program in PROGRAMS)
        # The address is the state: who comes back, or is sent there, finds the same.
        page.reload()
        expect(button).to_have_attribute("href", re.compile(f"^{re.escape(opened)}"))
        expect(panel.locator("input")).to_have_value(f"https://{FEED}")


@browser_test
@pytest.mark.parametrize("query", ["?territoire=nulle-part&x=1", "?theme=", "?genre=%00<script>"])
def test_what_nobody_can_choose_is_passed_over(browser: Browser, base: str, query: str) -> None:
    with reader(browser, "linux") as page:
        page.goto(f"{base}s-abonner/{query}")
        field = page.locator(".pc-panel input")
        expect(field).to_have_value("https://1001-parcours.example/flux/agenda.ics")
        page.get_by_label("Famille de rencontres").select_option("voyages")
        expect(page).to_have_url(f"{base}s-abonner/?genre=voyages")


@browser_test
def test_the_code_leads_to_what_is_chosen(browser: Browser, base: str) -> None:
    with reader(browser, "linux") as page:
        page.goto(f"{base}s-abonner/?territoire=bretagne&x=1")
        expect(page).to_have_url(f"{base}s-abonner/?territoire=bretagne")
        drawn = page.locator(".pc-panel .pc-qr svg[shape-rendering]")
        image = Image.open(BytesIO(drawn.screenshot()))
        (found,) = zxingcpp.read_barcodes(image)
        site = "https://1001-parcours.example/s-abonner/"
        assert found.text == f"{site}?territoire=bretagne#abonnement"
        page.get_by_label("Territoire").select_option("")
        expect(drawn).to_have_count(0)
        image = Image.open(BytesIO(page.locator(".pc-panel .pc-qr svg").screenshot()))
        (found,) = zxingcpp.read_barcodes(image)
        assert found.text == f"{site}#abonnement"
        # Without what draws it there is no code, rather than one that leads elsewhere.
        page.route("**/lean-qr.js", lambda route: route.abort())
        page.goto(f"{base}s-abonner/?theme=ia-generative")
        expect(page.locator(".pc-panel .pc-qr")).to_be_hidden()


@browser_test
def test_the_agenda_hands_its_choice_on(browser: Browser, base: str) -> None:
    with reader(browser, "linux") as page:
        page.goto(f"{base}agenda/?genre=comptoirs&theme=ia-generative&mots=IA")
        ways = page.get_by_role("link", name="D’autres façons")
        expect(ways).to_have_attribute(
            "href", f"{base}s-abonner/?genre=comptoirs&theme=ia-generative"
        )
        page.goto(f"{base}agenda/")
        expect(ways).to_have_attribute("href", re.compile(r"s-abonner/$"))
        page.goto(f"{base}agenda/?mode=en-ligne")
        expect(ways).to_have_attribute("href", re.compile(r"mode=en-ligne$"))
        ways.click()
        page.wait_for_url("**/s-abonner/?mode=en-ligne")
        field = page.locator(".pc-panel input")
        expect(field).to_have_value("https://1001-parcours.example/flux/modes/en-ligne.ics")
        # It is crossed with nothing: the other choice is nearer, and the page says so.
        page.get_by_label("Famille de rencontres").select_option("comptoirs")
        expect(field).to_have_value("https://1001-parcours.example/flux/comptoirs.ics")
        expect(page.get_by_role("status")).to_contain_text("le plus proche")


def test_pages_lead_to_their_own_choice(flagship_compiled: Path) -> None:
    led = {
        "comptoirs": "s-abonner/?genre=comptoirs",
        "territoires/bretagne": "s-abonner/?territoire=bretagne",
        "themes/ia-generative": "s-abonner/?theme=ia-generative",
        "comptoirs/former-avec-l-ia-sans-s-y-perdre": "s-abonner/?genre=comptoirs",
    }
    for address, ending in led.items():
        text = compiled_page(flagship_compiled, address).read_text("utf-8")
        found = set(re.findall(r'href="[./]*(s-abonner/[^"]*)"', text))
        assert found == {ending}, address


def test_every_program_says_how_one_stops(flagship_compiled: Path) -> None:
    text = compiled_page(flagship_compiled, "s-abonner").read_text("utf-8")
    assert text.count("Pour changer d’avis") == len(PROGRAMS)


def test_a_site_in_english_without_territories(smallest: Site) -> None:
    out = smallest.compile()
    text = compiled_page(out, "subscribe").read_text("utf-8")
    assert 'data-program="google"' in text
    assert "Territory" not in text
    assert "subscribe/?kind=" in compiled_page(out, "webinars/one").read_text("utf-8")


def test_what_all_meetings_are_is_no_choice(smallest: Site) -> None:
    out = smallest.compile()
    assert "<select" not in compiled_page(out, "agenda").read_text("utf-8")
    assert "pc-picker" not in compiled_page(out, "subscribe").read_text("utf-8")


LIVE = "---\ntitle: One\nstart: 2026-12-03 12:30\nonline: https://meet.example/one\n---\nText.\n"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-20T09:00:00Z", False),
        ("2026-11-26T09:00:00Z", False),
        ("2026-11-26T13:00:00Z", True),
        ("2026-12-03T12:40:00Z", True),
        ("2026-12-03T15:00:00Z", False),
    ],
)
def test_the_address_of_the_live_meeting_is_a_fact_when_it_is_near(
    smallest: Site, now: str, told: bool
) -> None:
    smallest.write("webinars/one.md", LIVE)
    text = smallest.page("webinars/one", now=now).read_text("utf-8")
    facts = text.partition("pc-facts-part")[2]
    assert ("meet.example" in facts.partition("</section>")[0]) == told
