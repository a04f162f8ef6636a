"""The agenda as a reader uses it: near home, in one's own hours, day by day, on the wall."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .axe import by_width, faults
from .conftest import NOW, Site, french
from .reading import NO_STORAGE, reading, still, until
from .serving import serving

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", ["", NO_STORAGE])
def test_a_region_is_chosen_once(browser: Browser, base: str, script: str) -> None:
    with reading(browser, width=1280, script=script) as page:
        page.goto(f"{base}agenda/")
        near = page.get_by_role("button", name="Près de chez moi")
        near.click()
        mine = page.get_by_label("Ma région, gardée sur cet appareil seulement")
        expect(mine).to_be_focused()
        mine.select_option("la-reunion")
        expect(page).to_have_url(f"{base}agenda/?territoire=la-reunion")
        expect(near).to_have_attribute("aria-pressed", "true")
        near.click()  # takes it back
        expect(page).to_have_url(f"{base}agenda/")
        if script:
            return
        page.goto(f"{base}agenda/")
        page.get_by_role("button", name="Près de chez moi (La Réunion)").click()
        expect(page).to_have_url(f"{base}agenda/?territoire=la-reunion")
        near.click()
        mine.select_option("")
        until(page, lambda: page.evaluate("localStorage.getItem('parcours / region')"), None)
        expect(page.get_by_role("button", name="Près de chez moi", exact=True)).to_be_visible()


def test_where_nothing_is_announced_one_can_subscribe(browser: Browser, base: str) -> None:
    with reading(browser, width=1280) as page:
        page.goto(f"{base}agenda/")
        page.get_by_role("button", name="Près de chez moi").click()
        page.locator("#pc-region").select_option("corse")
        link = page.get_by_role("link", name="S’abonner pour le savoir aussitôt")
        expect(link).to_have_attribute("href", re.compile(r"s-abonner/\?territoire=corse$"))
        expect(page).to_have_url(f"{base}agenda/")


def test_a_region_of_another_time_is_none(browser: Browser, base: str) -> None:
    kept = "localStorage.setItem('parcours / region', 'picardie');"
    with reading(browser, width=1280, script=kept) as page:
        page.goto(f"{base}agenda/")
        near = page.get_by_role("button", name="Près de chez moi", exact=True)
        near.click()
        expect(page.locator("#pc-region")).to_have_value("")


def test_what_is_online_is_a_touch_away(browser: Browser, base: str) -> None:
    with reading(browser, width=1280) as page:
        page.goto(f"{base}agenda/")
        chip = page.get_by_role("button", name="En ligne", exact=True)
        chip.click()
        expect(page).to_have_url(f"{base}agenda/?mode=en-ligne")
        expect(chip).to_have_attribute("aria-pressed", "true")
        page.go_back()
        expect(chip).to_have_attribute("aria-pressed", "false")


def rows(page: Page) -> Locator:
    return page.locator(".pc-month-list .pc-item:visible .pc-item__title")


@pytest.mark.parametrize("address", ["agenda/2026-12/", "agenda/?vue=mois&mois=2026-12"])
def test_a_day_opens_on_a_telephone(browser: Browser, base: str, address: str) -> None:
    with reading(browser) as page:
        page.goto(base + address)
        expect(page.locator(".pc-day__count:visible")).to_have_count(3)
        expect(rows(page)).to_have_count(3)
        day = page.get_by_role("link", name="jeudi 10 décembre 2026, 1 rencontre")
        cell = page.locator('td[data-day="2026-12-10"]')
        cell.click(position={"x": 3, "y": 3})  # all of the day is touched
        expect(rows(page)).to_have_text(["Le budget carbone d’un centre"])
        expect(day).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("link", name="Le budget carbone d’un centre")).to_be_focused()
        page.get_by_role("button", name="Tout le mois").click()
        expect(rows(page)).to_have_count(3)
        expect(day).to_be_focused()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a day of twelve meetings, and a trip that goes on."""
    site = french(tmp_path_factory.mktemp("crowded"))
    for n in range(12):
        site.write(
            f"webinars/w{n:02}.md", f"---\ntitle: W{n}\nstart: 2026-12-10 {n + 8}:00\n---\nX\n"
        )
    site.write("voyages/v.md", "---\ntitle: Loin\nstart: 2026-12-09\nend: 2026-12-11\n---\nX\n")
    with serving(site.build()) as base:
        yield base


@pytest.mark.parametrize("address", ["agenda/2026-12/", "agenda/?vue=mois&mois=2026-12"])
def test_a_day_with_many_meetings_shows_the_first(
    browser: Browser, crowded: str, address: str
) -> None:
    with reading(browser, width=1280) as page:
        page.goto(crowded + address)
        cell = page.locator('td[data-day="2026-12-10"]')
        expect(cell.locator("[data-meeting]")).to_have_count(8)
        expect(cell.locator(".pc-entry").first).to_have_text("Loin")
        left = cell.get_by_role("link", name="Afficher les 5 suivantes")
        assert faults(page) == []
        left.click()
        expect(rows(page)).to_have_text(["Loin", *(f"W{n}" for n in range(12))])
        expect(left).to_have_attribute("aria-expanded", "true")


def test_now_stands_between_what_is_over_and_what_is_to_come(browser: Browser, base: str) -> None:
    before = ".pc-now + .pc-item .pc-item__title"
    with reading(browser, width=1280) as page:
        page.goto(f"{base}agenda/2026/")
        expect(page.locator(before)).to_have_text("Former avec l’IA générative, sans s’y perdre")
        page.clock.set_fixed_time("2026-11-26T12:30:00Z")  # it is over
        page.reload()
        expect(page.locator(before)).to_have_text("Le tiers-lieu d’à côté")
        # Nothing is over, nothing is to come: no line.
        for year in ("2027", "2025"):
            page.goto(f"{base}agenda/{year}/")
            expect(page.locator(".pc-now")).to_have_count(0)


def test_every_hour_is_told_where_the_reader_is(browser: Browser, base: str) -> None:
    row = ".pc-item:visible:has-text('Former avec l’IA générative')"
    with reading(browser, zone="Indian/Reunion") as page:
        page.goto(f"{base}agenda/")
        when = page.locator(row).first
        both = "12 h 30 (15 h 30 chez vous)"
        expect(when).to_contain_text(both, use_inner_text=True)
        page.get_by_label("Heures de mon fuseau horaire").check()
        expect(when).to_contain_text("15 h 30 chez vous", use_inner_text=True)
        expect(when).not_to_contain_text("12 h 30", use_inner_text=True)
        # Remembered, and on every page.
        page.goto(f"{base}comptoirs/former-avec-l-ia-sans-s-y-perdre/")
        told = page.locator(".pc-header__when")
        expect(told).to_contain_text("15 h 30 chez vous", use_inner_text=True)
        expect(told).not_to_contain_text("12 h 30", use_inner_text=True)
        page.goto(f"{base}agenda/?mots=IA")
        expect(when).to_contain_text("15 h 30 chez vous", use_inner_text=True)
        expect(when).not_to_contain_text("12 h 30", use_inner_text=True)
        page.get_by_label("Heures de mon fuseau horaire").uncheck()
        page.goto(f"{base}agenda/")
        expect(when).to_contain_text(both, use_inner_text=True)


def test_who_is_at_home_needs_no_switch(site: Site, browser: Browser) -> None:
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    with serving(site.build()) as local, reading(browser) as page:
        page.goto(f"{local}agenda/")
        expect(page.locator(".pc-hours")).to_be_hidden()
        # One territory, one mode: nothing to be chosen by a touch.
        expect(page.locator(".pc-preset")).to_have_count(0)


@pytest.mark.parametrize("path", ["agenda/2027-03/", "agenda/?vue=mois&mois=2027-03"])
def test_a_month_is_printed_as_a_poster(browser: Browser, base: str, path: str) -> None:
    with reading(browser, width=1280) as page:
        page.goto(base + path)
        day = page.locator(".pc-month .pc-entry:visible").first
        expect(day).to_be_visible()
        sheet = page.pdf(prefer_css_page_size=True)
        (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheet)
        assert float(box[0]) > float(box[1])
        page.emulate_media(media="print")
        heading = page.locator(":is(h1, h2):visible").first
        expect(heading).to_contain_text(re.compile("mars 2027", re.IGNORECASE))
        # The hour does not run into the title.
        expect(day).to_have_text(re.compile(r"\d\s+\D"), use_inner_text=True)
        for part in (".pc-month-list", ".pc-filter", ".pc-views"):
            expect(page.locator(part)).not_to_be_visible()
        if "vue" not in path:
            expect(page.locator(".pc-paper svg")).to_be_visible()


def test_axe_finds_nothing_with_all_of_it_open(page: Page, base: str) -> None:
    page.clock.set_fixed_time(NOW)
    page.goto(f"{base}agenda/")
    toggle = page.locator(".pc-filter__toggle")
    if toggle.is_visible():
        toggle.click()
    page.locator(".pc-near").click()
    page.locator("#pc-region").select_option("corse")
    still(page)
    assert faults(page, scheme=by_width(page)) == []
    page.goto(f"{base}agenda/2026-12/")
    if page.locator(".pc-day__count").first.is_visible():
        page.locator(".pc-day__count").first.click()
    still(page)
    assert faults(page, scheme=by_width(page)) == []
    page.goto(f"{base}agenda/2026/")
    page.locator(".pc-now").wait_for()
    assert faults(page, scheme=by_width(page)) == []


def test_a_month_keeps_its_days_and_tells_the_readers_own_beside(
    browser: Browser, base: str
) -> None:
    with reading(browser, width=1280, zone="Pacific/Auckland") as page:
        page.goto(f"{base}agenda/2026-12/")
        day = page.locator("[data-day='2026-12-03']")
        own = day.locator(".pc-own")
        expect(own).to_contain_text("ven. 0\u00a0h\u00a030 chez vous")
        page.get_by_text("Heures de mon fuseau horaire").click()
        expect(own).to_contain_text("ven. 0\u00a0h\u00a030 chez vous")
        expect(day.locator(".pc-time")).to_be_hidden()


@pytest.mark.parametrize("path", ["agenda/", "replays/"])
def test_closed_filters_take_one_line_of_a_telephone(
    browser: Browser, base: str, path: str
) -> None:
    with reading(browser, width=360) as page:
        page.goto(base + path)
        part = page.locator(".pc-filter")
        assert part.evaluate("one => one.offsetHeight") <= 60
        expect(part.locator(".pc-filter__count")).to_be_visible()
        page.get_by_role("button", name="Filtrer", exact=True).click()
        expect(part.locator("select").first).to_be_visible()
