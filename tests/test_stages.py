"""Stages by the reader's clock: one page through every stage, on each side of each change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Site
from .reading import until
from .serving import serving

pytestmark = pytest.mark.browser

NEXT = "comptoirs/former-avec-l-ia-sans-s-y-perdre/"  # 26 November 2026, 12:30 in Paris


@contextmanager
def opened(browser: Browser, url: str, now: str, zone: str = "Europe/Paris") -> Iterator[Page]:
    """A page read at an instant, in a zone."""
    context = browser.new_context(locale="fr-FR", timezone_id=zone, service_workers="block")
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.clock.set_fixed_time(now)
    page.goto(url)
    yield page
    context.close()
    assert failed == []


def shown(page: Page) -> dict[str, bool]:
    """What an event page offers."""
    article = page.locator("article")
    return {
        "join": article.get_by_role("link", name="Rejoindre le direct").first.is_visible(),
        "add": article.get_by_text("Ajouter à mon calendrier").is_visible(),
        "live": article.locator(".pc-badge--live").first.is_visible(),
        "due": article.locator(".pc-badge--replay-due").first.is_visible(),
        "waiting": article.get_by_text("L’enregistrement se prépare").is_visible(),
    }


BEFORE = {"join": False, "add": True, "live": False, "due": False}
SOON = {**BEFORE, "join": True}
LIVE = {"join": True, "add": True, "live": True, "due": False}
AFTER = {"join": False, "add": False, "live": False, "due": True}


@pytest.mark.parametrize(
    ("path", "instant", "expected"),
    [
        (NEXT, "2026-11-24T09:00:00Z", BEFORE),
        # One joins from a quarter of an hour before it begins.
        (NEXT, "2026-11-26T11:14:59Z", BEFORE),
        (NEXT, "2026-11-26T11:15:00Z", SOON),
        (NEXT, "2026-11-26T11:29:59Z", SOON),
        (NEXT, "2026-11-26T11:30:00Z", LIVE),
        (NEXT, "2026-11-26T12:29:59Z", LIVE),
        (NEXT, "2026-11-26T12:30:00Z", AFTER),
        # The first Thursday of summer time: half past twelve is an hour earlier in UTC.
        ("comptoirs/apres-l-heure-d-ete/", "2027-04-01T10:29:59Z", SOON),
        ("comptoirs/apres-l-heure-d-ete/", "2027-04-01T10:30:00Z", LIVE),
        ("comptoirs/apres-l-heure-d-ete/", "2027-04-01T11:30:00Z", AFTER),
        # In La Réunion, four hours ahead of UTC.
        ("comptoirs/depuis-la-reunion/", "2027-01-14T08:59:59Z", SOON),
        ("comptoirs/depuis-la-reunion/", "2027-01-14T09:00:00Z", LIVE),
    ],
)
def test_one_page_through_every_stage(
    browser: Browser, base: str, path: str, instant: str, expected: dict[str, bool]
) -> None:
    with opened(browser, base + path, instant) as page:
        until(page, lambda: shown(page), {**expected, "waiting": expected["due"]})


def test_what_is_said_of_registration_ends_with_it(browser: Browser, base: str) -> None:
    """The deadline is at 10 in Paris: from then on nothing says that one can still register."""
    for instant, said in (
        ("2026-11-26T08:59:59Z", ["jusqu’au jeudi 26 novembre 2026"] * 2),
        ("2026-11-26T09:00:00Z", ["closes", "Closes"]),
    ):
        with opened(browser, base + NEXT, instant) as page:
            beside = page.locator(".pc-actions__said span:visible")
            facts = page.locator(".pc-facts dt", has_text="Inscriptions").locator("..")
            expect(beside).to_have_count(1)
            expect(beside).to_contain_text(said[0])
            expect(facts.locator("dd:visible").last).to_contain_text(said[1])
            links = facts.locator("a:visible")
            expect(links).to_have_count(0 if said[0] == "closes" else 1)


def test_what_is_due_ends_with_its_hour(browser: Browser, base: str) -> None:
    """The first deadline of the trip is at noon in Paris; its last day begins at midnight there."""
    for instant, said in (
        ("2027-03-18T22:59:59Z", ["jusqu’au vendredi 19 mars 2027", "Ajouter"]),
        ("2027-03-18T23:00:00Z", ["jusqu’au vendredi 19 mars 2027", "Dernier jour", "Ajouter"]),
        ("2027-03-19T10:59:59Z", ["jusqu’au vendredi 19 mars 2027", "Dernier jour", "Ajouter"]),
        ("2027-03-19T11:00:00Z", ["c’était possible jusqu’au vendredi 19 mars 2027"]),
    ):
        with opened(browser, base + "voyages/bretagne/", instant) as page:
            parts = page.locator(".pc-deadlines li").first.locator("> :visible")
            expect(parts).to_have_count(1 + len(said))
            for n, words in enumerate(said, 1):
                expect(parts.nth(n)).to_contain_text(words)
        with opened(browser, base + "agenda/", instant) as page:
            # In the line above the meetings stands what is nearest, and no longer what has passed.
            nearest = page.locator(".pc-due__next", has_text="Demander une bourse")
            expect(nearest).to_be_visible(visible=len(said) > 1)
            page.locator(".pc-due > summary").click()
            row = page.locator(".pc-agenda__list .pc-line", has_text="Demander une bourse")
            expect(row).to_be_visible(visible=len(said) > 1)


def test_a_page_left_open_follows(browser: Browser, base: str) -> None:
    context = browser.new_context(
        locale="fr-FR", timezone_id="Europe/Paris", service_workers="block"
    )
    page = context.new_page()
    page.clock.install(time="2026-11-26T11:24:59Z")
    page.clock.pause_at("2026-11-26T11:25:00Z")  # it does not run on while the page loads
    page.goto(base + NEXT)
    expect(page.locator(".pc-countdown")).to_have_text(
        re.compile("^dans 5 minutes$", re.IGNORECASE)
    )
    page.clock.run_for("06:00")
    until(page, lambda: shown(page)["live"])
    context.close()


@pytest.mark.parametrize(
    ("instant", "heading", "title", "countdown"),
    [
        ("2026-11-24T09:00:00Z", "Ce jeudi", "Former avec l’IA générative", "après-demain"),
        ("2026-11-26T08:30:00Z", "Aujourd’hui", "Former avec l’IA générative", "dans 3 heures"),
        ("2026-11-26T07:59:00Z", "Aujourd’hui", "Former avec l’IA générative", "dans 3 h 30"),
        ("2026-11-27T12:30:00Z", "Jeudi prochain", "Le tiers-lieu", "dans 6 jours"),
        ("2026-11-29T12:30:00Z", "Jeudi prochain", "Le tiers-lieu", "dans 4 jours"),
        ("2026-11-30T12:30:00Z", "Ce jeudi", "Le tiers-lieu", "dans 3 jours"),
        ("2026-11-26T12:30:00Z", "Prochaine rencontre", "Le tiers-lieu", "dans 7 jours"),
    ],
)
@pytest.mark.parametrize("path", ["", "comptoirs/"])
def test_the_next_meeting_comes_first(
    browser: Browser, base: str, path: str, instant: str, heading: str, title: str, countdown: str
) -> None:
    with opened(browser, base + path, instant) as page:
        card = page.locator(".pc-next:visible")
        expect(card).to_have_count(1)
        expect(card.get_by_role("heading", level=2)).to_have_text(
            re.compile(f"^{heading}$", re.IGNORECASE)
        )
        expect(card.get_by_role("heading", level=3)).to_have_text(re.compile(f"^{title}"))
        expect(card.locator(".pc-countdown")).to_have_text(re.compile(f"^{countdown}$", re.I))
        # It does not stand in the list below again, and nothing there is over.
        below = page.locator(".pc-items .pc-item:visible h3").all_inner_texts()
        assert not [text for text in below if text.startswith(title)]
        assert bool([t for t in below if t.startswith("Le tiers-lieu")]) != title.startswith("Le t")


@pytest.mark.parametrize(
    ("zone", "path", "expected"),
    [
        ("Europe/Paris", NEXT, []),
        ("Indian/Reunion", NEXT, ["(15 h 30 chez vous)"]),
        ("America/Guadeloupe", NEXT, ["(7 h 30 chez vous)"]),
        ("Indian/Reunion", "comptoirs/depuis-la-reunion/", []),
        ("Pacific/Auckland", NEXT, ["(vendredi 27 novembre, 0 h 30 chez vous)"]),
    ],
)
def test_readers_elsewhere_read_their_own_hour(
    browser: Browser, base: str, zone: str, path: str, expected: list[str]
) -> None:
    with opened(browser, base + path, "2026-11-24T09:00:00Z", zone) as page:
        expect(page.locator(".pc-header .pc-own")).to_have_text(expected, use_inner_text=True)


def test_the_built_page_is_right_at_its_own_instant(browser: Browser, site: Site) -> None:
    """Built during the meeting, and read without JavaScript."""
    front = "title: Un\nstart: 2026-11-26 12:30\nonline: https://visio.example/un\n"
    site.write("webinars/un.md", f"---\n{front}---\nTexte.\n")
    context = browser.new_context(java_script_enabled=False)
    with serving(site.build(now="2026-11-26T11:45:00Z")) as base:
        page = context.new_page()
        page.goto(f"{base}comptoirs/un/")
        until(page, lambda: shown(page), {**LIVE, "waiting": False})
        page.goto(base)
        expect(page.locator(".pc-next:visible .pc-badge--live")).to_be_visible()
        with opened(browser, f"{base}comptoirs/un/", "2026-11-26T12:31:00Z") as later:
            until(later, lambda: shown(later), {**AFTER, "waiting": True})
    context.close()


def test_a_late_registration_is_not_offered(browser: Browser, site: Site) -> None:
    site.write(
        "webinars/un.md",
        "---\ntitle: Un\nstart: 2026-12-03 12:30\nregistration:\n"
        "  url: https://inscription.example/\n  deadline: 2026-12-01\n---\nTexte.\n",
    )
    site.commit()
    with serving(site.build()) as base:
        for instant, offered in (("2026-12-01T22:59:00Z", True), ("2026-12-01T23:00:00Z", False)):
            with opened(browser, f"{base}comptoirs/un/", instant) as page:
                expect(page.get_by_role("link", name="S’inscrire")).to_be_visible(visible=offered)


@pytest.mark.parametrize("path", ["", "comptoirs/"])
def test_a_page_kept_for_weeks_names_nothing_past(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base + path, "2026-12-12T09:00:00Z") as page:
        expect(page.locator(".pc-next:visible h3")).to_have_text("Le Comptoir de fin d’année")
        below = page.locator(".pc-items .pc-item:visible h3").all_inner_texts()
        assert "Le Comptoir de fin d’année" not in below
        assert "Le budget carbone d’un centre" not in below
    # Three months after the build, the list speaks for itself.
    with opened(browser, base + path, "2027-03-01T09:00:00Z") as page:
        expect(page.locator(".pc-next:visible")).to_have_count(0)
        below = page.locator(".pc-items .pc-item:visible h3").all_inner_texts()
        assert "Le Comptoir de fin d’année" not in below


def test_long_after_a_build_the_home_page_leads_to_the_agenda(browser: Browser, base: str) -> None:
    for instant, is_said in (("2026-12-12T09:00:00Z", False), ("2028-06-01T09:00:00Z", True)):
        with opened(browser, base, instant) as page:
            said = page.get_by_text("l’agenda dit la suite")
            expect(said).to_be_visible(visible=is_said)
            expect(page.locator(".pc-home-next h2:visible").first).to_be_visible()
            expect(page.get_by_role("link", name="Tout l’agenda").first).to_be_visible()


@pytest.mark.parametrize(
    ("instant", "spans"),
    [
        ("2026-11-24T09:00:00Z", {"Ensuite": 8}),
        ("2026-11-30T09:00:00Z", {"Ensuite": 7}),
        ("2026-12-07T09:00:00Z", {"Ce mois-ci": 1, "Ensuite": 5}),
        ("2027-01-11T09:00:00Z", {"Cette semaine": 1, "Ce mois-ci": 2, "Ensuite": 1}),
    ],
)
def test_weeks_and_months_are_those_of_the_reader(
    browser: Browser, base: str, instant: str, spans: dict[str, int]
) -> None:
    with opened(browser, base, instant) as page:
        found = """all => Object.fromEntries(all.map((span) => [
          span.querySelector("h2").textContent,
          [...span.querySelectorAll(".pc-item")].filter((one) => one.checkVisibility()).length,
        ]))"""
        shown = page.locator(".pc-soon-in:visible")
        until(page, lambda: shown.evaluate_all(found), spans)


def test_a_phone_shows_the_next_meeting_and_its_button_at_once(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR")
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-24T09:00:00Z")
    page.goto(base)
    for one in ("h3", ".pc-time", ".pc-countdown", ".md-button--primary >> visible=true"):
        expect(page.locator(".pc-next:visible").locator(one).first).to_be_in_viewport(ratio=1)
    # On the page of a meeting the button stays in sight however far one reads.
    page.goto(base + NEXT)
    page.mouse.wheel(0, 4000)
    page.wait_for_function("() => scrollY > 600")
    button = page.get_by_role("link", name="S’inscrire").first
    expect(button).to_be_in_viewport(ratio=1)
    assert 600 < button.evaluate("one => one.getBoundingClientRect().y") < 740
    context.close()
