"""Stars: what a reader keeps on his device, what he is told of it, and how it leaves there."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import icalendar
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Request, expect

from parcours.engine.weighing import sizes

from .axe import by_width, faults
from .conftest import NOW, VIOLATIONS, WIDTHS, Site
from .readers import icaljs, libical
from .reading import until
from .serving import serving
from .test_browser import SMALL, UNSEEN
from .test_screen import CONTRAST

browser_test = pytest.mark.browser

LATER = "2026-11-24T10:30:00Z"
"""When the site is asked again."""

ENGLISH = """\
site_name: Coop
site_url: https://coop.example/
docs_dir: content
theme: {name: material, language: en}
plugins:
  - search
  - parcours:
      uid_domain: coop.example
      timezone: Europe/London
      collections: {evenings: {kind: meeting, folder: evenings, name: Evenings}}
"""
SCRIPT_LIMIT = 14_000
"""Octets, compressed, of what readers load who keep something."""

CODE_LIMIT = 8_000
"""Likewise, of what draws a code."""


@dataclass
class Community:
    """A site that is built again and again while it is read."""

    site: Site
    folder: str
    address: str
    words: dict[str, str] = field(default_factory=dict)

    def meeting(self, name: str, start: str, more: str = "", title: str = "") -> None:
        front = f"title: {title or name.title()}\n{f'start: {start}' if start else ''}\n{more}"
        self.site.write(f"{self.folder}/{name}.md", f"---\n{front}\n---\nText.\n")

    def url(self, base: str, name: str = "") -> str:
        return f"{base}{self.address}/{name}/" if name else f"{base}{self.address}/"


FRENCH_WORDS = {
    "mine": "Mon agenda",
    "path": "mon-agenda/",
    "keep": "Garder : {title}",
    "kept": "Gardée sur cet appareil.",
    "changed": "Dans « Mon agenda », 1 rencontre a changé.",
    "moved": "Déplacée : c’était {before}, c’est maintenant {after}.",
    "before": "jeudi 3 décembre 2026, 12 h 30",
    "after": "jeudi 10 décembre 2026, 12 h 30",
    "noted": "C’est noté",
    "locale": "fr-FR",
}
ENGLISH_WORDS = {
    "mine": "My agenda",
    "path": "my-agenda/",
    "keep": "Keep: {title}",
    "kept": "Kept on this device.",
    "changed": "1 meeting of your agenda has changed.",
    "moved": "Moved: it was on {before}, it is now on {after}.",
    "before": "Thursday, 3 December 2026, 12:30",
    "after": "Thursday, 10 December 2026, 12:30",
    "noted": "Noted",
    "locale": "en-GB",
}


@pytest.fixture
def french(site: Site) -> Community:
    return Community(site, "webinars", "comptoirs", FRENCH_WORDS)


@pytest.fixture
def english(tmp_path: Path) -> Community:
    """No territories, no replays, few meetings."""
    made = Site(tmp_path / "english")
    made.write("mkdocs.yml", ENGLISH)
    made.write("content/index.md", "# Welcome\n\nHello.\n")
    return Community(made, "evenings", "evenings", ENGLISH_WORDS)


@pytest.fixture(params=["french", "english"])
def community(request: pytest.FixtureRequest) -> Community:
    found: Community = request.getfixturevalue(request.param)
    return found


@contextmanager
def reading(
    browser: Browser, *, locale: str = "fr-FR", width: int = 1280, scheme: str = "light"
) -> Iterator[Page]:
    """A reader's own browser, whose clock is the build's; it must meet no fault."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale=locale,
        timezone_id="Europe/Paris",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        # It shows what it has where the network is slow, as it is on a busy machine.
        service_workers="block",
    )
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page.clock.set_fixed_time(NOW)
    yield page
    assert page.evaluate("window.violations") == []
    context.close()
    assert faults == []


def star(page: Page, title: str, keep: str = FRENCH_WORDS["keep"]) -> Locator:
    return page.get_by_role("button", name=keep.format(title=title), exact=True).first


def ready(page: Page) -> None:
    """The site was asked: all that is kept is compared."""
    page.wait_for_function(
        "() => { const all = Object.entries(localStorage).find(([key]) => key.endsWith(' mine'));"
        " return all && Object.values(JSON.parse(all[1]).stars).every((one) => 'now' in one); }"
    )


def asked_again(page: Page) -> None:
    """The site was asked since the clock was set: what has changed is told."""
    page.wait_for_function(
        "() => { const all = Object.entries(localStorage).find(([key]) => key.endsWith(' mine'));"
        " return all && JSON.parse(all[1]).checked === Date.now(); }"
    )


def rows(page: Page) -> Locator:
    """The titles of what is listed."""
    return page.locator(".pc-item__title:visible")


def flat(text: str) -> str:
    """As it is read: no-break spaces are spaces."""
    return re.sub(r"\s+", " ", text)


def notice(page: Page) -> Locator:
    return page.locator(".pc-changes")


def press(page: Page, target: Locator) -> None:
    """Press a button by keyboard alone: the key that leads there, then the space bar."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            assert page.evaluate(UNSEEN) is None
            page.keyboard.press("Space")
            return
    raise AssertionError(f"no key leads to {target}")


@browser_test
def test_star_two_meetings_and_find_on_the_site_that_one_moved(
    browser: Browser, community: Community
) -> None:
    words = community.words
    community.meeting("one", "2026-12-03 12:30")
    community.meeting("two", "2026-12-17 12:30")
    out = community.site.build()
    with serving(out) as base, reading(browser, locale=words["locale"]) as page:
        # One by a click in the agenda, the other by keys on its page.
        page.goto(f"{base}agenda/")
        star(page, "One", words["keep"]).click()
        said = page.get_by_role("status").filter(has_text=words["kept"])
        expect(said).to_be_visible()
        expect(star(page, "One", words["keep"])).to_have_attribute("aria-pressed", "true")
        page.goto(community.url(base, "two"))
        press(page, star(page, "Two", words["keep"]))
        expect(page.get_by_role("status").filter(has_text=words["kept"])).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=words["mine"], exact=True).first).to_be_focused()
        ready(page)
        # Nothing has changed, whatever one reads.
        page.clock.set_fixed_time(LATER)
        page.goto(base)
        asked_again(page)
        expect(notice(page)).to_have_count(0)
        community.meeting("one", "2026-12-10 12:30")
        community.site.build()
        page.clock.set_fixed_time("2026-11-24T12:00:00Z")
        page.goto(community.url(base, "two"))
        expect(notice(page).get_by_role("status")).to_have_text(words["changed"])
        told = f"One {flat(words['moved'])}".format(**words)
        item = notice(page).get_by_role("listitem")
        until(page, lambda: flat(item.inner_text()), told)
        expect(notice(page).get_by_role("link", name="One")).to_have_attribute(
            "href", community.url(base, "one")
        )
        # It stays until it is taken note of, by a key.
        page.goto(f"{base}{words['path']}")
        expect(notice(page)).to_be_visible()
        press(page, page.get_by_role("button", name=words["noted"]))
        expect(notice(page)).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        page.reload()
        expect(rows(page)).to_have_text(["One", "Two"])
        expect(notice(page)).to_have_count(0)
        expect(star(page, "One", words["keep"])).to_have_attribute("aria-pressed", "true")


@browser_test
def test_a_star_keeps_all_dates_of_a_series(browser: Browser, french: Community) -> None:
    dates = "dates:\n  2026-12-10: {title: Autre}\n  2026-12-17: {status: cancelled}"
    rule = "repeat: {every: week, until: 2026-12-31}\n"
    french.meeting("serie", "2026-11-12 12:30", rule + dates)
    french.meeting("seule", "2026-12-04 12:30", "exception: un vendredi")
    coming, past = ["Serie", "Serie", "Autre", "Serie", "Serie", "Serie"], ["Serie", "Serie"]
    with serving(french.site.build()) as base, reading(browser) as page:
        page.goto(french.url(base, "serie"))
        star(page, "Serie").click()
        told = page.get_by_role("status").filter(has_text="avec toutes ses dates")
        expect(told).to_be_visible()
        ready(page)
        page.goto(f"{base}mon-agenda/")
        expect(rows(page)).to_have_text(coming + past)
        expect(page.locator(".pc-mine__lost")).to_be_hidden()
        # Its calendar, once: a program repeats it.
        with page.expect_download() as wanted:
            page.get_by_role("button", name="Fichier de calendrier").click()
        text = Path(wanted.value.path()).read_text("utf-8")
        assert "RRULE:FREQ=WEEKLY" in text
        assert text.count("RECURRENCE-ID") == 2
        # To another device, it is handed on as one.
        page.locator(".pc-mine__pass summary").click()
        address = page.locator(".pc-mine__pass input")
        until(page, lambda: "#ids=" in address.input_value(), True)
        passed = address.input_value()
        with reading(browser) as other:
            other.goto(passed)
            other.locator(".pc-mine__offer button").first.click()
            expect(rows(other)).to_have_text(coming + past)
        # From a list, it is let go as a whole.
        page.goto(f"{base}agenda/")
        star(page, "Serie").click()
        expect(page.locator(".pc-star[aria-pressed='true']")).to_have_count(0)


@pytest.mark.regions
@browser_test
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("status: cancelled", "Annulée."),
        ("status: postponed", "Reportée : sa nouvelle date sera annoncée ici."),
        ("place: halle", "Autre lieu : c’était En ligne, c’est maintenant La Halle, Rennes."),
        ("duration: 2h", ""),
        ("status: moved-online", ""),  # it was there already
        ("summary: Autre chose", ""),
    ],
)
def test_what_has_changed_is_told(
    browser: Browser, french: Community, more: str, told: str
) -> None:
    halle = "name: La Halle\naddress: Rennes\nterritory: bretagne\n"
    french.site.write("content/data/places/halle.yml", halle)
    french.meeting("one", "2026-12-03 12:30", "online: https://visio.example/x")
    out = french.site.build()
    with serving(out) as base, reading(browser) as page:
        page.goto(french.url(base, "one"))
        star(page, "One").click()
        ready(page)
        online = "" if "place" in more else "online: https://visio.example/x\n"
        french.meeting("one", "2026-12-03 12:30", online + more)
        french.site.build()
        page.clock.set_fixed_time(LATER)
        page.goto(base)
        asked_again(page)
        expect(notice(page).locator("li p")).to_have_text([told] if told else [])
        if told:
            expect(notice(page).get_by_role("status")).not_to_be_empty()
        # And back: what was called off takes place after all.
        if more == "status: cancelled":
            notice(page).get_by_role("button").click()
            french.meeting("one", "2026-12-03 12:30", online)
            french.site.build()
            page.clock.set_fixed_time("2026-11-24T12:30:00Z")
            page.goto(base)
            expect(notice(page).locator("li p")).to_have_text("Elle a finalement lieu.")


@browser_test
def test_what_is_gone_is_told_and_stays_in_the_list_until_it_is_let_go(
    browser: Browser, french: Community
) -> None:
    french.meeting("one", "2026-12-03 12:30")
    french.meeting("two", "2026-12-17 12:30")
    with serving(french.site.build()) as base, reading(browser) as page:
        page.goto(f"{base}agenda/")
        for title in ("One", "Two"):
            star(page, title).press("Enter")
        ready(page)
        (french.site.root / "webinars/one.md").unlink()
        french.site.build()
        page.clock.set_fixed_time(LATER)
        page.goto(f"{base}mon-agenda/")
        expect(notice(page).get_by_role("listitem")).to_have_text("OneElle n’est plus sur le site.")
        lost = page.locator(".pc-mine__lost")
        expect(lost.get_by_role("listitem")).to_contain_text("One jeudi 3")
        lost.get_by_role("button", name="Retirer : One").click()
        expect(notice(page)).to_have_count(0)
        page.reload()
        expect(rows(page)).to_have_text(["Two"])


@browser_test
def test_a_meeting_is_kept_wherever_it_goes(browser: Browser, french: Community) -> None:
    """A star follows an old address, as who reads it is led on."""
    french.meeting("one", "2026-12-03 12:30")
    french.meeting("two", "2026-12-17 12:30")
    with serving(french.site.build()) as base, reading(browser) as page:
        page.goto(f"{base}agenda/")
        for title in ("One", "Two"):
            star(page, title).press("Enter")
        ready(page)
        page.goto(f"{base}mon-agenda/")
        page.locator(".pc-mine__pass summary").click()
        field = page.get_by_label("Adresse à copier")
        expect(field).to_have_value(handing_on(2))
        handed = field.input_value()
        (french.site.root / "webinars/one.md").unlink()
        more = "aliases: [comptoirs/one]"
        french.meeting("first", "2026-12-03 12:30", more, title="One")
        config = (french.site.root / "mkdocs.yml").read_text("utf-8")
        there = "address: comptoirs,"
        assert there in config
        french.site.write(
            "mkdocs.yml", config.replace(there, "address: jeudis, aliases: [comptoirs],")
        )
        french.site.build()
        page.clock.set_fixed_time(LATER)
        page.goto(f"{base}mon-agenda/")
        hrefs = "all => all.map((one) => one.getAttribute('href'))"
        links = page.locator(".pc-item__title a")
        until(page, lambda: links.evaluate_all(hrefs), ["../jeudis/first/", "../jeudis/two/"])
        asked_again(page)
        expect(notice(page)).to_have_count(0)
    with serving(french.site.root / "site") as again, reading(browser) as page:
        page.goto(f"{again}mon-agenda/#{handed.partition('#')[2]}")
        expect(page.locator(".pc-mine__offer").get_by_role("status")).to_have_text(
            "Cette adresse contient 2 rencontres à ajouter."
        )


@browser_test
def test_what_has_ended_makes_no_news_but_for_its_replay(
    browser: Browser, french: Community
) -> None:
    french.meeting("one", "2026-11-26 12:30")
    french.meeting("old", "2024-01-11 12:30")
    with serving(french.site.build()) as base, reading(browser) as page:
        for name in ("one", "old"):
            page.goto(french.url(base, name))
            star(page, name.title()).press("Enter")
            ready(page)
        replay = "duration: 2h\nreplay: {video: https://video.example/1.mp4, duration: 50 min}"
        for name, start in (("one", "2026-11-26 12:30"), ("old", "2024-01-11 12:30")):
            french.meeting(name, start, replay)
        french.site.build(now="2026-11-30T09:00:00Z")
        page.clock.set_fixed_time("2026-11-30T10:00:00Z")
        page.goto(base)
        expect(notice(page).locator("li")).to_have_text("OneSon replay est en ligne.")
        page.goto(f"{base}mon-agenda/")
        expect(rows(page)).to_have_text(["One", "Old"])
        expect(page.locator(".pc-item .pc-badge--replay:visible")).to_have_count(2)


@browser_test
def test_a_star_that_is_let_go_stays_in_sight(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.goto(f"{base}agenda/")
        stars = page.locator(".pc-agenda__list .pc-star")
        for n in range(3):
            # By the keyboard: what comes above the list after the first moves the others.
            stars.nth(n).press("Enter")
            expect(stars.nth(n)).to_have_attribute("aria-pressed", "true")
        ready(page)
        expect(page.locator(".pc-to-mine")).to_have_text("Mon agenda (3)")
        page.goto(f"{base}mon-agenda/")
        second = page.locator(".pc-item .pc-star").nth(1)
        second.press("Enter")
        expect(second).to_have_attribute("aria-pressed", "false")
        expect(page.get_by_role("status").filter(has_text="Retirée")).to_be_visible()
        expect(page.locator(".pc-item:visible")).to_have_count(3)
        second.press("Enter")
        expect(second).to_have_attribute("aria-pressed", "true")
        second.press("Enter")
        page.reload()
        expect(page.locator(".pc-item:visible")).to_have_count(2)


@browser_test
def test_filtered_rows_have_stars_too(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.goto(f"{base}agenda/?genre=comptoirs")
        found = page.locator(".pc-agenda__results .pc-item")
        expect(found.nth(3)).to_be_visible()
        expect(page.locator(".pc-agenda__results .pc-star")).to_have_count(found.count())
        found.first.locator(".pc-star").click()
        page.goto(f"{base}agenda/")
        expect(page.locator(".pc-agenda__list .pc-star[aria-pressed=true]")).to_have_count(1)


REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
HELD = "localStorage.setItem('parcours / mine', {text});"


@browser_test
@pytest.mark.parametrize(
    ("script", "said"),
    [
        (FULL, "Pas gardée : votre navigateur n’a plus de place pour ce site."),
        (HELD.format(text="'{oops'"), "n’est plus lisible"),
        (HELD.format(text="'[1]'"), "n’est plus lisible"),
        (HELD.format(text="'null'"), "n’est plus lisible"),
        (HELD.format(text="""'{"form": 1, "stars": 3}'"""), "n’est plus lisible"),
        (HELD.format(text="""'{"form": 2, "stars": {}}'"""), "vient d’une page plus récente"),
    ],
)
def test_a_store_that_fails_is_told_in_words(
    browser: Browser, base: str, script: str, said: str
) -> None:
    with reading(browser) as page:
        page.add_init_script(f"if (!window.told) {{ window.told = true; {script} }}")
        page.goto(f"{base}agenda/")
        first = page.locator(".pc-star").first
        first.click()
        status = page.locator(".pc-star-said")
        until(page, lambda: said in flat(status.inner_text()))
        expect(first).to_have_attribute("aria-pressed", "false")
        page.goto(f"{base}mon-agenda/")
        if script != FULL:
            expect(page.locator(".pc-mine__fault")).to_contain_text(said)


@browser_test
def test_a_browser_that_keeps_nothing_shows_the_whole_site(browser: Browser, base: str) -> None:
    context = browser.new_context(locale="fr-FR", service_workers="block")
    page = context.new_page()
    page.add_init_script(REFUSED)
    page.goto(f"{base}agenda/")
    first = page.locator(".pc-star").first
    first.click()
    expect(page.locator(".pc-star-said")).to_contain_text(
        "empêche ce site de garder quoi que ce soit"
    )
    expect(first).to_have_attribute("aria-pressed", "false")
    page.goto(f"{base}mon-agenda/")
    expect(page.locator(".pc-mine__fault")).to_contain_text(
        "empêche ce site de garder quoi que ce soit"
    )
    context.close()


@browser_test
def test_what_is_damaged_can_be_forgotten(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.goto(f"{base}mon-agenda/")
        page.evaluate("localStorage.setItem('parcours / mine', '{oops')")
        page.reload()
        expect(page.locator(".pc-mine__fault")).to_be_visible()
        page.locator(".pc-mine__forget summary").click()
        page.get_by_role("button", name="Oublier toutes mes étoiles").click()
        expect(page.locator(".pc-mine__fault")).to_be_hidden()
        expect(page.locator(".pc-mine__empty")).to_be_visible()
        assert page.evaluate("localStorage.getItem('parcours / mine')") is None


# Nothing that stands there can lead elsewhere, or be markup.
UNSOUND = {
    "form": 1,
    "stars": {
        "//other.example/": {"title": "Elsewhere", "seen": {}},
        "javascript:alert(1)/": {"title": "Script", "seen": {}},
        "../../up/": {"title": "Up", "seen": {}},
        "comptoirs/no-title/": {"seen": {}},
        "comptoirs/no-seen/": {"title": "Without"},
        "comptoirs/state/": {"title": "State", "seen": {}, "now": {"state": "hidden"}},
        "comptoirs/odd/": {"title": "<img src=x onerror=boom()>", "seen": {"when": "<b>x</b>"}},
    },
}


@browser_test
def test_what_is_unsound_is_left_out(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.goto(base)
        page.evaluate("text => localStorage.setItem('parcours / mine', text)", json.dumps(UNSOUND))
        page.goto(f"{base}mon-agenda/")
        expect(page.locator(".pc-mine__lost li")).to_have_count(1)
        expect(page.locator(".pc-mine__lost li")).to_contain_text("<img src=x onerror=boom()>")
        expect(page.locator("article img")).to_have_count(0)


@browser_test
def test_hours_are_the_readers_own_where_he_says_so_alone(browser: Browser, base: str) -> None:
    context = browser.new_context(timezone_id="Asia/Tokyo", service_workers="block")
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(f"{base}agenda/")
    row = page.locator(".pc-agenda__list .pc-item:has(.pc-own)").first
    row.locator(".pc-star").click()
    page.goto(f"{base}mon-agenda/")
    hour = page.locator(".pc-item .pc-time")
    expect(hour).to_be_visible()
    page.evaluate("localStorage.setItem('parcours / hours', 'mine')")
    page.reload()
    expect(page.locator(".pc-item .pc-own")).to_be_visible()
    expect(hour).to_be_hidden()
    # Elsewhere, they make no page of it that of what is kept.
    page.goto(f"{base}mentions-legales/", wait_until="networkidle")
    page.goto(f"{base}agenda/")
    page.locator(".pc-agenda__list .pc-star[aria-pressed=false]").first.click()
    expect(page.locator(".pc-star-said a")).to_have_text("Mon agenda")
    context.close()
    assert faults == []


@browser_test
def test_tabs_know_of_each_other(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.goto(f"{base}agenda/")
        other = page.context.new_page()
        other.goto(f"{base}mon-agenda/")
        expect(other.locator(".pc-mine__empty")).to_be_visible()
        stars = page.locator(".pc-agenda__list .pc-star")
        stars.nth(0).click()
        expect(other.locator(".pc-item:visible")).to_have_count(1)
        # What one tab keeps, another does not overwrite.
        stars.nth(1).press("Enter")
        expect(other.locator(".pc-item:visible")).to_have_count(2)
        other.locator(".pc-item .pc-star").first.click()
        expect(stars.nth(0)).to_have_attribute("aria-pressed", "false")
        expect(stars.nth(1)).to_have_attribute("aria-pressed", "true")
        other.locator(".pc-mine__forget summary").click()
        other.get_by_role("button", name="Oublier toutes mes étoiles").click()
        expect(stars.nth(1)).to_have_attribute("aria-pressed", "false")


def kept_by(page: Page, base: str, addresses: list[str]) -> None:
    """Keep meetings without pressing their stars, and wait until they are compared."""
    page.goto(f"{base}mon-agenda/")
    stars = {one: {"title": one, "seen": {}} for one in addresses}
    page.evaluate(
        "text => localStorage.setItem('parcours / mine', text)",
        json.dumps({"form": 1, "checked": 0, "stars": stars}),
    )
    page.reload()
    ready(page)


ABROAD = [
    "comptoirs/former-avec-l-ia-sans-s-y-perdre/",
    "comptoirs/depuis-la-reunion/",
    "comptoirs/printemps-heure-d-ete/",
    "voyages/hauts-de-france/",
]


@browser_test
def test_one_file_holds_the_meetings_as_their_own_files_do(
    browser: Browser, base: str, flagship: Path
) -> None:
    with reading(browser) as page:
        kept_by(page, base, [*ABROAD, "voyages/nouvelle-aquitaine/"])
        with page.expect_download() as kept:
            page.get_by_role("button", name="Fichier de calendrier (.ics)").press("Enter")
        status = page.locator(".pc-mine__status")
        expect(status).to_contain_text("4 rencontres sont dans le fichier. Il en manque 1")
        assert kept.value.suggested_filename == "mon-agenda.ics"
        data = kept.value.path().read_bytes()
    own = [(flagship / f"{one.rstrip('/')}.ics").read_bytes() for one in ABROAD]
    entry = re.compile(rb"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.DOTALL | re.MULTILINE)
    assert entry.findall(data) == [one for file in own for one in entry.findall(file)]
    assert re.fullmatch(rb"(?:[^\r\n]{1,75}\r\n)+", data)
    zones = re.findall(rb"^TZID:(.*)\r$", data, re.MULTILINE)
    assert sorted(set(zones)) == sorted(zones)
    assert {b"Europe/Paris", b"Indian/Reunion"} == set(zones)
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    # A trip brings its stops, as its own file does.
    assert len([one for one in calendar.events if "RELATED-TO" not in one]) == 4
    for reader in (icaljs, libical):
        if reader.missing() is None:
            found = sorted(reader.read(data), key=lambda one: one.uid)
            apart = (one for file in own for one in reader.read(file))
            assert found == sorted(apart, key=lambda one: one.uid)


@browser_test
def test_the_time_zone_that_reaches_furthest_back_is_kept(
    browser: Browser, french: Community
) -> None:
    french.meeting("old", "1992-01-09 12:30")
    french.meeting("new", "2026-12-03 12:30")
    out = french.site.build()
    own = {name: (out / f"comptoirs/{name}.ics").read_bytes() for name in ("old", "new")}
    assert len(own["old"]) > len(own["new"])
    with serving(out) as base, reading(browser) as page:
        kept_by(page, base, ["comptoirs/new/", "comptoirs/old/"])
        with page.expect_download() as kept:
            page.locator(".pc-mine__export").click()
        data = kept.value.path().read_bytes()
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    assert b"DTSTART:19920329" in data or b"DTSTART:1992" in data
    if icaljs.missing() is None:
        starts = {one.uid: one.start for one in icaljs.read(data)}
        for file in own.values():
            (one,) = icaljs.read(file)
            assert starts[one.uid] == one.start


def handing_on(count: int) -> re.Pattern[str]:
    """An address that hands as many meetings on."""
    return re.compile(rf"/mon-agenda/#ids=[0-9A-Z]{{{7 * count}}}$")


def codes(page: Page) -> list[str]:
    """What the codes on the page say to another device; while one is drawn, maybe nothing."""
    drawn = page.locator(".pc-mine__code:visible")
    drawn.scroll_into_view_if_needed()
    image = Image.open(io.BytesIO(drawn.screenshot()))
    return [str(found.text) for found in zxingcpp.read_barcodes(image)]


@browser_test
@pytest.mark.parametrize("width", [1280, 360])
def test_another_device_takes_them_by_a_code(browser: Browser, base: str, width: int) -> None:
    sent: list[Request] = []
    with reading(browser, width=width, scheme="dark") as page:
        page.on("request", lambda one: sent.append(one))
        kept_by(page, base, ABROAD)
        assert not any("lean-qr" in one.url for one in sent)
        page.get_by_text("Sur un autre appareil").press("Enter")
        field = page.get_by_label("Adresse à copier")
        expect(field).to_have_value(handing_on(4))
        address = field.input_value()
        until(page, lambda: codes(page), [address])
    with reading(browser) as page:
        page.on("request", lambda one: sent.append(one))
        page.goto(address[:-7] + "0000000" + "0000001")
        offer = page.locator(".pc-mine__offer")
        said = "Cette adresse contient 3 rencontres à ajouter. 2 sont inconnues de ce site."
        expect(offer.get_by_role("status")).to_have_text(said)
        expect(offer.get_by_role("listitem")).to_have_count(3)
        assert page.evaluate("localStorage.getItem('parcours / mine')") is None  # it asks first
        press(page, offer.get_by_role("button", name="Les garder ici aussi"))
        expect(page.locator(".pc-item:visible")).to_have_count(3)
        expect(page).to_have_url(f"{base}mon-agenda/")
        page.goto("about:blank")
        page.goto(address)
        said = "Cette adresse contient 1 rencontre à ajouter. Vous en gardez déjà 3 autres."
        expect(offer.get_by_role("status")).to_have_text(said)
        offer.get_by_role("button", name="Ne rien ajouter").click()
        expect(offer).to_be_hidden()
        expect(page.locator(".pc-item:visible")).to_have_count(3)
    # Nothing leaves the device: no request holds what is kept, nor goes elsewhere.
    assert all(one.url.startswith(base) for one in sent)
    for one in sent:
        assert one.post_data is None
        assert "ids" not in one.url.partition("#")[0]
        assert one.method == "GET"


@browser_test
@pytest.mark.parametrize("fragment", ["#ids=", "#ids=ABC", "#ids=<b>", "#ids=" + "0" * 90_000])
def test_an_address_that_holds_nothing_adds_nothing(
    browser: Browser, base: str, fragment: str
) -> None:
    with reading(browser) as page:
        page.goto(f"{base}mon-agenda/{fragment}", wait_until="networkidle")
        offer = page.locator(".pc-mine__offer")
        if "<" in fragment:
            expect(offer).to_be_hidden()
        else:
            expect(offer.get_by_role("status")).to_contain_text("aucune rencontre à ajouter")
            expect(offer.get_by_role("button")).to_have_count(1)


@browser_test
def test_a_code_holds_many_and_says_where_it_ends(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        held = [f"comptoirs/une-rencontre-au-nom-assez-long-{n}/" for n in range(200)]
        for count in (40, 200):
            kept_by(page, base, held[:count])
            # As if the site had them.
            page.evaluate(
                "() => { const all = JSON.parse(localStorage.getItem('parcours / mine'));"
                " for (const one of Object.values(all.stars)) one.now = one.seen;"
                " localStorage.setItem('parcours / mine', JSON.stringify(all)); }"
            )
            page.evaluate("document.dispatchEvent(new Event('parcours:kept'))")
            page.get_by_text("Sur un autre appareil").click()
            field = page.get_by_label("Adresse à copier")
            expect(field).to_have_value(handing_on(count))
            address = field.input_value()
            until(page, partial(codes, page), [address])
        page.evaluate(
            "() => { const all = JSON.parse(localStorage.getItem('parcours / mine'));"
            " all.stars['comptoirs/encore/'] = Object.values(all.stars)[0];"
            " localStorage.setItem('parcours / mine', JSON.stringify(all));"
            " document.dispatchEvent(new Event('parcours:kept')); }"
        )
        expect(page.locator(".pc-mine__note")).to_contain_text("Un code contient 200 rencontres")
        expect(page.locator(".pc-mine__code")).to_be_hidden()


@browser_test
def test_the_sheet_of_the_system_shares_the_address(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.add_init_script("navigator.share = async (given) => { window.shared = given; };")
        kept_by(page, base, ABROAD[:1])
        page.get_by_text("Sur un autre appareil").click()
        field = page.get_by_label("Adresse à copier")
        expect(field).to_have_value(handing_on(1))
        page.get_by_role("button", name="Partager").press("Enter")
        until(page, lambda: page.evaluate("window.shared?.url"), field.input_value())


@pytest.mark.large
def test_short_forms_do_not_meet() -> None:
    """FNV-1a over 36 letters to the 7th, as the script reckons it."""
    chance = random.Random(1)
    seen: set[int] = set()
    for n in range(30_000):
        word = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz-") for _ in range(20))
        value = 0xCBF29CE484222325
        for octet in f"comptoirs/{word}-{n}/".encode():
            value = (value ^ octet) * 0x100000001B3 % 2**64
        seen.add(value % 36**7)
    assert len(seen) == 30_000


def test_pages_hold_no_stars_without_a_script(flagship: Path) -> None:
    for name in ("agenda/index.html", "comptoirs/premiers-pas-ia/index.html", "index.html"):
        assert "pc-star" not in (flagship / name).read_text("utf-8")


def test_what_keeping_weighs(flagship: Path) -> None:
    assert sizes(flagship / "assets/mine.js")[1] <= SCRIPT_LIMIT
    assert sizes(flagship / "assets/qr/lean-qr.js")[1] <= CODE_LIMIT
    assert "MIT License" in (flagship / "assets/qr/LICENSE").read_text("utf-8")


@browser_test
def test_who_keeps_nothing_loads_nothing_for_it(browser: Browser, base: str) -> None:
    asked: list[str] = []
    with reading(browser) as page:
        page.on("request", lambda request: asked.append(request.url.removeprefix(base)))
        page.goto(f"{base}comptoirs/premiers-pas-ia/", wait_until="networkidle")
        until(page, lambda: "comptoirs/premiers-pas-ia/" in asked)
        own = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
        assert not [one for one in own if "mine.js" in one or "rencontres.json" in one]


@browser_test
def test_without_javascript_the_page_says_what_it_needs(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{base}mon-agenda/")
    expect(page.get_by_text("besoin de JavaScript, qui est désactivé")).to_be_visible()
    expect(page.locator("article button:visible")).to_have_count(0)
    page.get_by_role("link", name="Tout l’agenda").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agenda")
    expect(page.locator(".pc-to-mine")).to_be_hidden()
    page.goto(f"{base}comptoirs/premiers-pas-ia/")
    expect(page.locator(".pc-keep")).to_be_hidden()
    context.close()


@browser_test
def test_an_empty_agenda_says_what_one_can_do(browser: Browser, community: Community) -> None:
    community.meeting("one", "2026-12-03 12:30")
    words = community.words
    with (
        serving(community.site.build()) as base,
        reading(browser, locale=words["locale"], width=360) as page,
    ):
        page.goto(f"{base}agenda/")
        page.locator(".pc-foot").get_by_role("link", name=words["mine"]).click()
        page.wait_for_url(f"{base}{words['path']}")
        expect(page.locator(".pc-mine__empty")).to_be_visible()
        expect(page.locator(".pc-mine__tools")).to_be_hidden()
        expect(page.locator(".pc-mine__empty a")).to_have_attribute("href", "../agenda/")


def changed(page: Page, base: str) -> None:
    """Meetings of the flagship are kept; two of them were seen as they are not."""
    kept_by(page, base, ABROAD)
    page.evaluate(
        "() => { const all = JSON.parse(localStorage.getItem('parcours / mine'));"
        " const [one, two] = Object.values(all.stars); one.seen.when = 'mardi';"
        " one.seen.start = 'x'; two.seen.where = 'Paris';"
        " localStorage.setItem('parcours / mine', JSON.stringify(all)); }"
    )


def opened_whole(page: Page, base: str) -> None:
    """The page with all that it can show: changes, an offer, the list, both panels."""
    changed(page, base)
    page.goto("about:blank")
    page.goto(f"{base}mon-agenda/#ids=0000000")
    for summary in page.locator(".pc-mine__tools summary").all():
        summary.click()
    expect(page.locator(".pc-mine__code svg")).to_be_visible()
    expect(notice(page).get_by_role("status")).not_to_be_empty()
    page.locator(".pc-item .pc-star").first.click()
    expect(page.locator(".pc-star-said")).not_to_be_empty()


@browser_test
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wrong_with_all_of_it_open(browser: Browser, base: str, width: int) -> None:
    with reading(browser, width=width) as page:
        opened_whole(page, base)
        # A link that the head that stays covers by half would be called small.
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        assert faults(page, scheme=by_width(page)) == []
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.goto(f"{base}comptoirs/premiers-pas-ia/")
        page.locator(".pc-keep .pc-star").click()
        expect(page.locator(".pc-star-said")).not_to_be_empty()
        expect(notice(page).get_by_role("status")).not_to_be_empty()
        assert faults(page, scheme=by_width(page)) == []


@browser_test
def test_nothing_scrolls_sideways_at_400_percent(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        opened_whole(page, base)
        page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 (WCAG 1.4.10)
        until(page, lambda: page.evaluate("document.documentElement.scrollWidth"), 320)
        wide = """[...document.querySelectorAll(".pc-mine *, .pc-changes *")]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > 320)
          .map((one) => one.className)"""
        assert page.evaluate(wide) == []


# The contrast of the ring of focus with what it lies on (WCAG 2.2, 1.4.11).
RING = """
(element) => {
  const style = getComputedStyle(element);
  const probe = document.createElement("span");
  element.parentElement.append(probe);
  probe.style.setProperty("color", style.outlineColor);
  const found = (CONTRAST)(probe);
  probe.remove();
  return [style.outlineStyle, parseFloat(style.outlineWidth), found];
}
""".replace("CONTRAST", CONTRAST)


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_and_the_stars_are_seen(browser: Browser, base: str, scheme: str) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
        locale="fr-FR",
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    opened_whole(page, base)
    page.keyboard.press("Tab")
    asked = page.locator(
        "article :is(button, summary, input, .pc-changes a, .pc-star-said a):visible"
    )
    expect(asked.nth(10)).to_be_visible()
    for one in asked.all():
        one.focus()
        style, width, contrast = one.evaluate(RING)
        assert (style, width >= 2, contrast >= 3) == ("solid", True, True), one.inner_text()
    for one in page.locator(".pc-item .pc-star").all():
        assert one.evaluate(CONTRAST) >= 3
        found = one.bounding_box()
        assert found is not None
        assert min(found["width"], found["height"]) >= 44
    context.close()


@browser_test
def test_colours_of_the_readers_own_tell_what_is_kept(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.emulate_media(forced_colors="active")
        page.goto(f"{base}agenda/")
        stars = page.locator(".pc-agenda__list .pc-star")
        stars.nth(0).click()
        drawn = "one => getComputedStyle(one, '::before').backgroundColor"
        canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
        on, off = stars.nth(0).evaluate(drawn), stars.nth(1).evaluate(drawn)
        assert len({on, off, canvas}) == 3


@browser_test
def test_what_is_kept_is_read_without_a_network(
    browser: Browser, flagship: Path, tmp_path: Path
) -> None:
    (tmp_path / "below").symlink_to(flagship, target_is_directory=True)
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    with serving(tmp_path) as address:
        base = f"{address}below/"
        page.goto(base + "agenda/", wait_until="networkidle")
        page.locator(".pc-star").first.click()
        title = rows(page).first.inner_text()
        kept = (
            "async () => { const all = await Promise.all((await caches.keys())"
            ".map(async (name) => (await caches.open(name)).keys()));"
            " const paths = all.flat().map((one) => new URL(one.url).pathname);"
            " return ['/below/mon-agenda/', '/below/assets/mine.js',"
            " '/below/agenda/rencontres.json'].every((one) => paths.includes(one)); }"
        )
        until(page, lambda: page.evaluate(kept))
    # The server is gone, and what was kept of the data is not taken for news.
    page.clock.set_fixed_time("2026-11-25T09:00:00Z")
    page.goto(base + "mon-agenda/")
    expect(rows(page)).to_have_text([title])
    expect(notice(page)).to_have_count(0)
    context.close()


@browser_test
def test_two_sites_of_one_host_do_not_share(
    browser: Browser, flagship: Path, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).symlink_to(flagship, target_is_directory=True)
    with serving(tmp_path) as address, reading(browser) as page:
        page.goto(f"{address}a/agenda/")
        page.locator(".pc-star").first.click()
        page.goto(f"{address}b/agenda/")
        expect(page.locator(".pc-star").first).to_have_attribute("aria-pressed", "false")
        page.goto(f"{address}a/agenda/")
        expect(page.locator(".pc-star").first).to_have_attribute("aria-pressed", "true")


@browser_test
def test_a_site_without_feeds_offers_no_file(browser: Browser, french: Community) -> None:
    config = (french.site.root / "mkdocs.yml").read_text("utf-8")
    french.site.write(
        "mkdocs.yml", config.replace("uid_domain:", "feeds: {enabled: false}\n      uid_domain:")
    )
    french.meeting("one", "2026-12-03 12:30")
    with serving(french.site.build()) as base, reading(browser) as page:
        page.goto(f"{base}comptoirs/one/")
        star(page, "One").click()
        ready(page)
        page.goto(f"{base}mon-agenda/")
        expect(page.locator(".pc-item:visible")).to_have_count(1)
        expect(page.locator(".pc-mine__export")).to_have_count(0)


@browser_test
def test_a_star_stands_by_all_that_one_can_still_come_to_or_watch(
    browser: Browser, base: str
) -> None:
    with reading(browser) as page:
        page.goto(f"{base}replays/")
        names = page.locator(".pc-view[data-meeting] .pc-item__title").all_inner_texts()
        assert names
        stars = page.locator(".pc-view > .pc-star").evaluate_all(
            "all => all.map((one) => one.ariaLabel)"
        )
        assert stars == [f"Garder\u00a0: {name}" for name in names]
        # A recording of another year is there still, and what is kept of it has not changed.
        page.locator(".pc-view > .pc-star").last.click()
        ready(page)
        page.goto(f"{base}mentions-legales/", wait_until="networkidle")
        expect(notice(page)).to_have_count(0)
        page.goto(f"{base}agenda/2026-12/")
        entries = page.locator(".pc-entry").count()
        assert entries > 2
        expect(page.locator(".pc-entry > .pc-star")).to_have_count(entries)
        star(page, "Le tiers-lieu d’à côté").click()
        pressed = page.locator(".pc-star[aria-pressed=true]")
        expect(pressed).to_have_count(2)  # in the grid, and in the list below it
        ready(page)
        page.goto(f"{base}mentions-legales/", wait_until="networkidle")
        expect(notice(page)).to_have_count(0)
        page.goto(f"{base}mooc/renverser-la-formation/")
        expect(page.locator(".pc-sessions > * > .pc-star").last).to_be_visible()
        expect(page.locator(".pc-sessions > :not(:has(> .pc-star))")).to_have_count(0)
        page.goto(f"{base}")
        expect(page.locator(".pc-view--course .pc-star")).to_have_count(0)
        page.goto(f"{base}agenda/2026/")
        expect(page.locator(".pc-item--cancelled")).to_have_count(1)
        expect(page.locator(".pc-item--cancelled .pc-star")).to_have_count(0)


@browser_test
@pytest.mark.parametrize(
    "path", ["voyages/nouvelle-aquitaine/", "comptoirs/printemps-heure-d-ete/"]
)
def test_what_is_over_has_a_star_only_to_let_it_go(browser: Browser, base: str, path: str) -> None:
    with reading(browser) as page:
        page.goto(base + path)
        expect(page.get_by_role("button", name="Partager")).to_be_visible()
        expect(page.locator(".pc-keep")).to_have_count(0)
        kept_by(page, base, [path])
        page.goto(base + path)
        button = page.get_by_role("button", name=re.compile("^Gardée : "))
        expect(button).to_have_text("Gardée")
        button.click()
        expect(page.locator(".pc-star-said")).to_contain_text("Retirée de « Mon agenda ».")


@browser_test
def test_what_one_can_do_stands_in_one_row_before_what_is_noted(
    browser: Browser, base: str
) -> None:
    with reading(browser) as page:
        page.goto(f"{base}comptoirs/le-tiers-lieu-d-a-cote/")
        names = ("Ajouter à mon calendrier", "Garder", "Partager")
        boxes = [page.locator(".pc-actions").get_by_text(name).bounding_box() for name in names]
        middles = {round((box["y"] + box["height"] / 2) / 8) for box in boxes if box}
        assert len(middles) == 1
        note = page.locator(".pc-note--example").bounding_box()
        assert note
        assert boxes[0]
        assert note["y"] > boxes[0]["y"]
        expect(page.locator(".pc-header .pc-badge--example")).to_have_count(0)
