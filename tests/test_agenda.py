"""The agenda: months as grids, filters whose state is in the address, and its limits of size."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser, Page, expect

from parcours.model.calendar import months_of
from parcours.model.community import Event, Occurrence
from parcours.model.zones import zone
from parcours.pages.bundle import OWN_SCRIPTS
from parcours.tree import content

from .bench import CONFIG, PLUGIN, corpus
from .conftest import NOW, THOUSANDS, Site, once
from .corpora import compiled
from .reading import SHIFT, meetings_in, until

LIMIT = 200_000
"""Octets, compressed, of the first page of the agenda and of what it loads."""


def event(name: str, *occurrences: Occurrence) -> Event:
    return cast(Event, SimpleNamespace(address=f"{name}/", occurrences=occurrences))


def whole_days(first: date, last: date) -> Occurrence:
    return Occurrence(first, last, "Europe/Paris")


def test_a_month_begins_in_the_middle_of_a_week() -> None:
    (month,) = months_of([event("a", whole_days(date(2026, 12, 3), date(2026, 12, 3)))])
    numbers = [[day and day.date.day for day in week] for week in month.weeks]
    assert numbers[0] == [None, 1, 2, 3, 4, 5, 6]  # the first is a Tuesday
    assert numbers[-1] == [28, 29, 30, 31, None, None, None]


def test_a_trip_stands_on_each_of_its_days_in_both_months() -> None:
    trip = event("trip", whole_days(date(2026, 10, 30), date(2026, 11, 2)))
    october, november = months_of([trip])
    shown = [
        [day.date.day for week in month.weeks for day in week if day and day.events]
        for month in (october, november)
    ]
    assert shown == [[30, 31], [1, 2]]
    assert october.events == november.events == (trip,)


def test_a_meeting_stands_on_the_day_of_its_own_place() -> None:
    reunion = zone("Indian/Reunion")
    start, end = datetime(2026, 12, 3, 1, tzinfo=reunion), datetime(2026, 12, 3, 2, tzinfo=reunion)
    day = Occurrence(start.date(), end.date(), "Indian/Reunion", start, end)
    assert day.begins.date() == date(2026, 12, 2)
    (month,) = months_of([event("early", day)])
    assert [d.date.day for week in month.weeks for d in week if d and d.events] == [3]


def test_months_without_meetings_are_left_out() -> None:
    found = months_of(
        [
            event("a", whole_days(date(2026, 1, 5), date(2026, 1, 5))),
            event("undated"),
            event("b", whole_days(date(2026, 3, 5), date(2026, 3, 5))),
        ]
    )
    assert [month.first for month in found] == [date(2026, 1, 1), date(2026, 3, 1)]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_stands_once_under_its_weekday(day: date) -> None:
    (month,) = months_of([event("a", whole_days(day, day))])
    assert {len(week) for week in month.weeks} == {7}
    days = [(n, found.date) for week in month.weeks for n, found in enumerate(week) if found]
    assert all(n == found.weekday() for n, found in days)
    assert [found.day for _, found in days] == list(range(1, len(days) + 1))
    assert day in [found for _, found in days]


def test_the_data_holds_every_meeting_once(flagship: Path) -> None:
    recent = json.loads((flagship / "agenda/rencontres.json").read_text())
    earlier = json.loads((flagship / "agenda/archives.json").read_text())
    addresses = [
        f"{data['kinds'][row['kind']][0]}/{row['id']}"
        for data in (recent, earlier)
        for row in meetings_in(data)
    ]
    assert len(addresses) == len(set(addresses))
    pages = [*flagship.glob("*/*/index.html"), *flagship.glob("*/*/*/index.html")]
    dated = {path.parent.relative_to(flagship).as_posix() + "/" for path in pages}
    # A date of a series that has no page has a place on another.
    assert {f"{one.split('#')[0].rstrip('/')}/" for one in addresses} <= dated
    assert recent["since"] == "2025-11"
    starts = [one["start"] for one in meetings_in(recent) if one["start"]]
    assert starts
    assert min(starts)[:7] >= "2025-11"


def test_no_address_of_a_live_meeting_is_searched(flagship: Path) -> None:
    assert "visio.example" not in (flagship / "agenda/rencontres.json").read_text()


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


@dataclass(frozen=True)
class Large:
    """The agenda of very many events, two thirds of which are to come, as it is compiled."""

    folder: Path
    count: int


@pytest.fixture(scope="module", params=[600, pytest.param(THOUSANDS, marks=pytest.mark.deep)])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Large:
    count: int = request.param

    def make(folder: Path) -> None:
        made = Site(folder)
        corpus(made.root, count, date(2022, 6, 24))
        made.write("mkdocs.yml", CONFIG + PLUGIN.format(feeds="false"))
        now = datetime(2022, 6, 24, 9, tzinfo=UTC)
        # Of the other pages, none is drawn: nobody asks for them.
        for path, leaf in compiled(made.root / "mkdocs.yml", now, draws=False).tree:
            if path.startswith("agenda"):
                made.write(f"tree/{path}", content(leaf))

    return Large(once(tmp_path_factory, f"agenda-{count}", make) / "tree", count)


def test_the_first_page_stays_small(large: Large, flagship: Path) -> None:
    page = (large.folder / "agenda.md").read_bytes()
    assert page.count(b"pc-item__title") == 200 + 2  # and those that the script copies
    shell = (flagship / "agenda/index.html").read_text()
    loaded = {
        flagship / "agenda" / address
        for address in re.findall(r'(?:src|href)="([^"]+\.(?:css|js))"', shell)
    }
    assert len(loaded) > 3
    total = sum(compressed(path.read_bytes()) for path in loaded)
    assert total + compressed(page) + compressed(shell.encode()) < LIMIT


def test_what_the_first_page_leaves_out_is_in_the_months(large: Large) -> None:
    page = (large.folder / "agenda.md").read_text()
    total = int(re.findall(r'data-total="(\d+)"', page)[0])
    assert total > large.count * 0.63
    later = page[page.index("pc-later") : page.index("pc-agenda__item")]
    counted = [int(n) for n in re.findall(r"\((\d+) rencontres?\)", later)]
    assert sum(counted) == total - 200
    for month in re.findall(r'href="\.\./agenda/(\d{4}-\d\d)/"', later):
        assert (large.folder / f"agenda/{month}.md").is_file()


def test_the_data_grows_by_at_most_60_kb_for_1000_events(large: Large) -> None:
    sizes = []
    count = 0
    for name in ("rencontres", "archives"):
        data = (large.folder / f"agenda/{name}.json").read_bytes()
        count += len(json.loads(data)["rows"])
        sizes.append(compressed(data))
    assert count == large.count
    assert sum(sizes) <= 60 * max(count, 1_000)


def test_pages_of_months_and_years_stay_small(large: Large) -> None:
    everything = large.folder / "agenda" / "toutes.md"
    assert compressed(everything.read_bytes()) < 160_000
    pages = [path for path in (large.folder / "agenda").glob("*.md") if path != everything]
    assert len(pages) > 90
    assert max(compressed(path.read_bytes()) for path in pages) < 40_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A wide page, whose clock is the build's."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR", service_workers="block"
    )
    context.clock.set_fixed_time(NOW)
    found = context.new_page()
    faults: list[str] = []
    found.on("pageerror", lambda error: faults.append(str(error)))
    yield found
    context.close()
    assert faults == []


def shown(page: Page) -> list[str]:
    return page.locator(".pc-item__title:visible").all_inner_texts()


def opened(page: Page, url: str) -> None:
    """Open the agenda, and wait until what is chosen was fetched and drawn."""
    page.goto(url)
    settled(page)


def settled(page: Page) -> None:
    expect(page.locator("[aria-busy]")).to_have_count(0)


browser_test = pytest.mark.browser


def parts_of_the_script(name: str) -> dict[str, str]:
    """The parts of a script, in the order in which they are joined."""
    scripts = Path(str(resources.files("parcours") / "pages/assets/scripts"))
    parts = OWN_SCRIPTS[name]
    there = {f"{name}/{file.stem}" for file in (scripts / name).glob("*.js")}
    assert there <= set(parts)
    return {part: (scripts / f"{part}.js").read_text("utf-8") for part in parts}


def declared(part: str) -> list[str]:
    """The names that a part declares for those after it."""
    return re.findall(r"^(?:const|let|function|class) (\w+)", part, re.MULTILINE)


@pytest.mark.parametrize("script", OWN_SCRIPTS)
def test_each_part_of_a_script_uses_only_those_before_it(script: str) -> None:
    parts = parts_of_the_script(script)
    names = [name for part in parts.values() for name in declared(part)]
    assert len(names) == len(set(names)) > 3
    later = set(names)
    for part, text in parts.items():
        later -= set(declared(text))
        code = re.sub(r"/\*.*?\*/|//[^\n]*|\"[^\"\n]*\"|\.\w+|\w+:", " ", text, flags=re.DOTALL)
        assert later.isdisjoint(re.findall(r"\w+", code)), part
        assert text.count("\n") < 250, part


@browser_test
def test_the_script_leaves_no_names_behind(page: Page, base: str) -> None:
    page.goto(f"{base}agenda/")
    expect(page.locator(".pc-filter--on")).to_be_visible()
    parts = parts_of_the_script("agenda")
    names = [name for part in parts.values() for name in declared(part)]
    # An element with an id is a name of the page, not of the script.
    defined = "one => eval(`typeof ${one}`) != 'undefined' && !(window[one] instanceof Element)"
    left = page.evaluate(f"names => names.filter({defined})", names)
    assert left == []


def test_a_year_holds_all_of_it(flagship: Path) -> None:
    year = (flagship / "agenda/2026/index.html").read_text()
    assert "Le Comptoir de fin d’année" in year  # still to come
    assert "Un jeudi avant l’heure d’été" in year


def test_only_what_holds_something_can_be_chosen(flagship: Path) -> None:
    agenda = html.document_fromstring((flagship / "agenda/index.html").read_bytes())
    territories = agenda.xpath("//*[@id='pc-by-territory']/option")
    names = [one.text_content() for one in territories]
    assert names[:2] == ["Tous", "Bretagne (2)"]
    assert len(names) < 8
    counts = [int(name.rsplit("(", 1)[1][:-1]) for name in names[1:]]
    assert [count > 0 for count in counts] == sorted((c > 0 for c in counts), reverse=True)
    assert 0 in counts  # what was held, and does not come again


@browser_test
def test_this_week_and_open_registration(page: Page, base: str) -> None:
    page.goto(f"{base}agenda/")
    page.get_by_label("Cette semaine").check()
    expect(page).to_have_url(f"{base}agenda/?semaine=1")
    expect(page.get_by_role("status")).to_have_text("1 rencontre à venir")
    until(page, lambda: shown(page), ["Former avec l’IA générative, sans s’y perdre"])
    expect(page.locator(".pc-filter__note")).to_contain_text("quelle que soit la semaine")
    page.get_by_label("Cette semaine").uncheck()
    page.get_by_label("Inscriptions ouvertes").check()
    expect(page).to_have_url(f"{base}agenda/?inscription=1")
    expect(page.get_by_role("status")).to_have_text(re.compile("^[2-9] rencontres à venir$"))
    assert "Le tiers-lieu d’à côté" not in shown(page)  # it is full


@browser_test
def test_filtering_by_keyboard_alone(page: Page, base: str) -> None:
    page.goto(f"{base}agenda/")
    everything = len(shown(page))
    status = page.get_by_role("status")
    expect(status).to_have_text(f"{everything} rencontres à venir")
    page.get_by_role("link", name="Mois", exact=True).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Famille de rencontres")).to_be_focused()
    page.keyboard.type("Voy")
    expect(page).to_have_url(f"{base}agenda/?genre=voyages")
    expect(status).to_have_text(re.compile(r"^\d rencontres à venir$"))
    trips = shown(page)
    assert 0 < len(trips) < everything
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Mots")).to_be_focused()
    page.keyboard.type("REUNION")
    expect(status).to_have_text("1 rencontre à venir")
    expect(page).to_have_url(f"{base}agenda/?genre=voyages&mots=REUNION")
    page.keyboard.type("zzz")
    expect(status).to_have_text("Aucune rencontre à venir")
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Tout afficher")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}agenda/")
    expect(status).to_have_text(f"{everything} rencontres à venir")


@browser_test
def test_the_address_holds_the_state(page: Page, base: str) -> None:
    page.goto(f"{base}agenda/")
    status = page.get_by_role("status")
    page.get_by_role("combobox", name="Thème").select_option("ia-generative")
    page.get_by_label("Mots").fill("IA")
    # Words are followed once the reader stops typing: the address first, the count when found.
    expect(page).to_have_url(f"{base}agenda/?theme=ia-generative&mots=IA")
    settled(page)
    by_words = status.inner_text()
    page.get_by_role("combobox", name="Famille de rencontres").select_option("comptoirs")
    expect(page).to_have_url(f"{base}agenda/?genre=comptoirs&theme=ia-generative&mots=IA")
    page.go_back()
    # Letters are no steps: words come back with the choice before.
    expect(page).to_have_url(f"{base}agenda/?theme=ia-generative&mots=IA")
    expect(page.get_by_role("combobox", name="Famille de rencontres")).to_have_value("")
    expect(status).to_have_text(by_words)
    settled(page)
    titles = shown(page)
    page.reload()
    expect(page.get_by_role("combobox", name="Thème")).to_have_value("ia-generative")
    expect(page.get_by_label("Mots")).to_have_value("IA")
    expect(status).to_have_text(by_words)
    until(page, lambda: shown(page), titles)
    page.go_back()
    expect(page.get_by_role("combobox", name="Thème")).to_have_value("")


@browser_test
def test_values_that_do_not_exist_choose_nothing(page: Page, base: str) -> None:
    page.goto(f"{base}agenda/?genre=<b>&theme=rien&vue=autre&mois=2026-99")
    expect(page.get_by_role("status")).to_have_text(re.compile("à venir"))
    until(page, lambda: bool(shown(page)))


@browser_test
def test_past_meetings_are_fetched_when_asked_for(page: Page, base: str, flagship: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(f"{base}agenda/")))
    page.goto(f"{base}agenda/", wait_until="networkidle")
    assert not {"rencontres.json", "archives.json"} & set(asked)
    page.get_by_label("Aussi les rencontres passées").check()
    expect(page).to_have_url(f"{base}agenda/?passees=1")
    files = (flagship / "agenda" / name for name in ("rencontres.json", "archives.json"))
    count = sum(len(json.loads(one.read_text("utf-8"))["rows"]) for one in files)
    expect(page.get_by_role("status")).to_have_text(f"{count} rencontres, passées ou à venir")
    until(page, lambda: {"rencontres.json", "archives.json"} <= set(asked))
    assert "Premiers pas avec l’IA générative en formation" in shown(page)


@browser_test
@pytest.mark.parametrize(
    ("query", "feed", "note"),
    [
        ("", "agenda", ""),
        ("?genre=comptoirs", "comptoirs", ""),
        ("?theme=afest&territoire=bretagne", "territoires/bretagne/themes/afest", ""),
        (
            "?genre=voyages&theme=afest&territoire=bretagne",
            "voyages/territoires/bretagne/themes/afest",
            "",
        ),
        ("?mode=en-ligne", "modes/en-ligne", ""),
        ("?mode=en-ligne&theme=afest", "themes/afest", "sur place comme en ligne."),
        ("?mots=budget", "agenda", "sans tenir compte des mots cherchés."),
        # No meeting yet where the three cross: the nearest calendar there is.
        (
            "?genre=voyages&territoire=bretagne&theme=ia-generative&mode=sur-place",
            "voyages/territoires/bretagne",
            "sur place comme en ligne.",
        ),
        ("?semaine=1", "agenda", "que l’on puisse s’inscrire ou non."),
        ("?passees=1", "agenda", "et les douze derniers mois."),
        ("?genre=comptoirs&vue=mois&mois=2024-01", "comptoirs", "et les douze derniers mois."),
        ("?genre=comptoirs&vue=mois&mois=2026-12", "comptoirs", ""),
    ],
)
def test_the_feed_of_the_selection_is_offered(
    page: Page, base: str, flagship: Path, query: str, feed: str, note: str
) -> None:
    opened(page, f"{base}agenda/{query}")
    url = f"1001-parcours.example/flux/{feed}.ics"
    subscribe = page.get_by_role("link", name="S’abonner à cette sélection")
    expect(subscribe).to_have_attribute("href", f"webcal://{url}")
    address = page.get_by_role("link", name="Adresse du calendrier (.ics)")
    expect(address).to_have_attribute("href", f"https://{url}")
    assert (flagship / "flux" / f"{feed}.ics").is_file()
    expect(page.locator(".pc-filter__note")).to_have_text(re.compile(f"{re.escape(note)}$"))
    expect(page.locator(".pc-filter__note")).to_be_visible(visible=bool(note))


@browser_test
@pytest.mark.parametrize("path", ["agenda/?vue=mois&mois=2027-05", "agenda/2027-05/"])
def test_a_month_is_a_table(page: Page, base: str, path: str) -> None:
    opened(page, base + path)
    table = page.get_by_role("table", name="Rencontres en mai 2027")
    heads = table.get_by_role("columnheader")
    expect(heads).to_have_text(["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."])
    expect(heads.first).to_have_attribute("abbr", "lundi")
    expect(table.locator("th[scope=col]")).to_have_count(7)
    for row in table.get_by_role("row").all()[1:]:
        expect(row.get_by_role("cell")).to_have_count(7)
    trip = table.get_by_role("link", name="Ateliers et fermes-écoles de Bretagne")
    days = "all => all.map(one => one.closest('td').dataset.day)"
    until(page, lambda: trip.evaluate_all(days), ["2027-05-18", "2027-05-19", "2027-05-20"])
    page.locator('a[rel="next"]').click()
    page.get_by_role("link", name="mai 2027").wait_for()


@browser_test
def test_both_grids_of_a_month_are_the_same(page: Page, base: str) -> None:
    drawn = []
    for path in ("agenda/?vue=mois&mois=2027-05", "agenda/2027-05/"):
        opened(page, base + path)
        drawn.append(
            page.locator("table.pc-month td").evaluate_all(
                "all => all.map(c => [c.className, c.dataset.day,"
                " c.textContent.replaceAll('\u00a0', ' '),"
                " ...[...c.querySelectorAll('a')].map(a => a.hash || a.href)])"
            )
        )
    assert drawn[0] == drawn[1]


@browser_test
def test_rows_are_the_same_built_and_drawn(page: Page, base: str) -> None:
    drawn = []
    for path in ("agenda/", "agenda/?passees=1"):
        opened(page, base + path)
        drawn.append(
            page.locator(".pc-rows .pc-item:visible").evaluate_all(
                "all => Object.fromEntries(all.map(one => [one.querySelector('a').href,"
                " one.outerHTML.replace('<sup>er</sup>', 'er')]))"
            )
        )
    built, shown = drawn
    assert len(built) > 15
    assert built == {address: shown[address] for address in built}


@browser_test
def test_months_are_walked_through_by_keyboard(page: Page, base: str) -> None:
    page.goto(f"{base}agenda/?theme=pedagogie")
    page.get_by_role("link", name="Mois", exact=True).press("Enter")
    expect(page).to_have_url(f"{base}agenda/?theme=pedagogie&vue=mois&mois=2026-11")
    today = page.locator('[aria-current="date"]')
    expect(today).to_have_attribute("data-day", "2026-11-24")
    after = page.get_by_role("link", name="décembre 2026")
    after.press("Enter")
    expect(page.get_by_role("heading", name="décembre 2026")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(re.compile("en décembre 2026"))
    # The link stays under the finger, and leads a month further.
    expect(page.get_by_role("link", name="janvier 2027")).to_be_focused()
    expect(today).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="novembre 2026")).to_be_visible()
    page.get_by_role("link", name="Liste", exact=True).press("Enter")
    expect(page).to_have_url(f"{base}agenda/?theme=pedagogie")


@browser_test
def test_what_cannot_be_fetched_is_told_and_asked_for_again(page: Page, base: str) -> None:
    page.route("**/rencontres.json", lambda route: route.abort())
    page.goto(f"{base}agenda/?genre=voyages")
    status = page.get_by_role("status")
    expect(status).to_contain_text("n’ont pas pu être chargées")
    until(page, lambda: bool(shown(page)))
    page.unroute("**/rencontres.json")
    page.get_by_role("combobox", name="Famille de rencontres").select_option("mooc")
    expect(status).to_have_text(re.compile("à venir"))


@browser_test
def test_more_are_shown_by_a_button(page: Page, base: str) -> None:
    def many(data: dict[str, list[object]]) -> str:
        return json.dumps({**data, "rows": data["rows"] * 6})

    page.route("**/rencontres.json", lambda route: route.fulfill(body=many(route.fetch().json())))
    opened(page, f"{base}agenda/?genre=comptoirs")
    until(page, lambda: len(shown(page)), 50)
    more = page.get_by_role("button", name=re.compile("^Afficher l"))
    more.press("Enter")
    expect(page.locator(".pc-agenda__results .pc-item__title a").nth(50)).to_be_focused()
    assert len(shown(page)) > 50


@browser_test
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("query", ["", "?theme=ia-generative&mots=IA", "?vue=mois&mois=2027-05"])
def test_nothing_jumps(browser: Browser, base: str, width: int, query: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    found = context.new_page()
    found.clock.set_fixed_time(NOW)
    found.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
        " window.shift += one.value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    found.goto(f"{base}agenda/{query}", wait_until="networkidle")
    assert found.evaluate("window.shift") <= SHIFT
    context.close()


@browser_test
def test_filters_on_a_phone_open_by_a_button(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    found = context.new_page()
    opened(found, f"{base}agenda/?genre=voyages")
    toggle = found.get_by_role("button", name="Filtrer (1)")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(found.get_by_role("combobox", name="Thème")).to_be_hidden()
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(found.get_by_role("combobox", name="Thème")).to_be_visible()
    context.close()


@browser_test
def test_the_agenda_without_javascript(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    found = context.new_page()
    found.goto(f"{base}agenda/")
    expect(found.locator(".pc-filter")).to_be_hidden()
    assert len(shown(found)) > 15
    found.get_by_role("link", name="Mois", exact=True).click()
    expect(found.get_by_role("heading", level=1)).to_have_text("Rencontres en novembre 2026")
    expect(found.get_by_role("link", name="Filtrer")).to_be_hidden()
    found.get_by_role("link", name="décembre 2026").click()
    expect(found).to_have_url(f"{base}agenda/2026-12/")
    found.get_by_role("table").get_by_role("link", name="Le tiers-lieu d’à côté").click()
    expect(found.get_by_role("heading", level=1)).to_have_text("Le tiers-lieu d’à côté")
    found.goto(f"{base}agenda/")
    found.get_by_role("link", name=re.compile("^2024")).click()
    expect(found).to_have_url(f"{base}agenda/2024/")
    found.get_by_role("link", name="Vue du mois").first.click()
    expect(found.get_by_role("table")).to_be_visible()
    context.close()
