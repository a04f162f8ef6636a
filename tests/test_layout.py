"""Where things stand on a page, measured: the width is used, nothing is cut off or torn apart."""

from __future__ import annotations

import io
import re
from functools import partial
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from .axe import faults
from .reading import reading, until
from .test_screen import opened

pytestmark = pytest.mark.browser

TRIP = "voyages/bretagne/"
COMPARED = "voyages/occitanie-2025/"
CONFERENCE = "journees/2026/"
SESSION = "mooc/renverser-la-formation-session-8/"
NEXT = "2026-11-24T09:00:00Z"


def box(found: Locator) -> dict[str, float]:
    sides: dict[str, float] = found.evaluate(
        "one => { const { x, y, right, bottom, width, height } = one.getBoundingClientRect();"
        " return { x, y, right, foot: bottom, width, height }; }"
    )
    return sides


def boxes(found: Locator) -> list[dict[str, float]]:
    return [box(one) for one in found.all()]


def column(page: Page) -> dict[str, float]:
    """What a page has for its content."""
    return box(page.locator(".md-content__inner"))


@pytest.mark.parametrize("path", ["", "comptoirs/"])
def test_the_next_meeting_uses_the_width(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base + path, now=NEXT) as page:
        card = page.locator(".pc-next:visible")
        picture, words = box(card.locator(".pc-thumb")), box(card.locator(".pc-next__text"))
        whole = box(card)
        assert words["right"] < picture["x"]
        assert whole["right"] - picture["right"] < 40
        assert whole["y"] < picture["y"] < picture["foot"] < whole["foot"]
        page.set_viewport_size({"width": 360, "height": 740})
        expect(card.locator(".pc-thumb")).to_be_hidden()


def test_cards_of_the_home_page_leave_no_hole(browser: Browser, base: str) -> None:
    with opened(browser, base, now=NEXT) as page:
        edge = column(page)["right"]
        coming = page.locator(".pc-home-coming .pc-card")
        expect(coming).to_have_count(2)
        assert edge - max(one["right"] for one in boxes(coming)) < 40
        for card in coming.all():
            assert abs(box(card.locator(".pc-thumb"))["height"] - box(card)["height"]) < 1
        lines: dict[int, int] = {}
        for one in boxes(page.locator(".pc-home-ways .pc-card")):
            lines[round(one["y"])] = lines.get(round(one["y"]), 0) + 1
        first, *_, last = lines.values()
        assert last * 2 >= first, lines


@pytest.mark.parametrize(
    "path",
    ["territoires/bretagne/", "themes/pedagogie/", "organisations/cfa-exemple-rennes/", "agenda/"],
)
def test_lists_are_as_wide_as_there_is_room(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base + path) as page:
        follow = box(page.locator(".pc-subscribe").last)
        assert column(page)["right"] - follow["right"] < 40


def test_a_course_says_beside_its_text_what_one_has_to_know(browser: Browser, base: str) -> None:
    with opened(browser, base + "mooc/renverser-la-formation/") as page:
        facts, sessions = box(page.locator(".pc-facts-part")), box(page.locator(".pc-sessions"))
        assert facts["x"] > sessions["right"]
        assert facts["y"] < sessions["y"]


@pytest.mark.parametrize("width", [1280, 768])
def test_the_map_of_a_trip_stands_beside_its_days_where_there_is_room(
    browser: Browser, base: str, width: int
) -> None:
    with opened(browser, base + TRIP, width=width) as page:
        drawn, day = (
            box(page.locator(".pc-stops-part .pc-map")),
            box(page.locator(".pc-day-of-trip").first),
        )
        beside = drawn["x"] >= day["right"] and drawn["y"] < day["foot"]
        assert beside == (width == 1280)


BASELINES = """
rows => rows.filter((row) => row.checkVisibility()).map((row) => {
  const foot = (one) => {
    const mark = document.createElement("span");
    mark.style.cssText = "display: inline-block; width: 0; height: 0";
    one.prepend(mark);
    const found = mark.getBoundingClientRect().bottom;
    mark.remove();
    return found;
  };
  const title = row.querySelector(".pc-item__title a");
  const day = row.querySelector(".pc-tile__weekday");
  return [row.textContent.trim(), Math.abs(foot(title) - foot(day)),
    row.getBoundingClientRect().height];
})
"""


def test_a_meeting_is_one_line_and_its_date_stands_on_it(browser: Browser, base: str) -> None:
    with opened(browser, base + "agenda/", now=NEXT) as page:
        rows = page.locator(".pc-agenda__list .pc-rows .pc-item")
        expect(rows.first).to_be_visible()
        found: list[tuple[str, float, float]] = rows.evaluate_all(BASELINES)
        assert len(found) > 15
        assert [one for one in found if one[1] >= 1] == []
        # An hour in two zones, or days with a badge, may need a second line; hardly any other,
        # though the letters of the site come too late and those of the system are wide.
        assert len([one for one in found if one[2] > 56]) * 5 <= len(found)


def overflow(page: Page, table: str) -> int:
    found: int = page.locator(table).evaluate("one => one.scrollWidth - one.clientWidth")
    return found


def shade(page: Page, table: Locator) -> tuple[int, int]:
    """How light the ground is in the middle of a table's first line, and at its end."""
    with Image.open(io.BytesIO(table.screenshot())) as image:
        grey = image.convert("L").crop((0, 2, image.width, 8))
        size, pixels = grey.size, grey.tobytes()
    ground = [max(pixels[x :: size[0]]) for x in range(size[0])]
    return ground[len(ground) // 2], ground[-1]


def test_a_table_that_goes_on_says_so(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.goto(base + COMPARED)
        table = page.locator(".pc-compared .pc-table")
        assert overflow(page, ".pc-compared .pc-table") > 40
        middle, end = shade(page, table)
        assert end < middle - 15
        table.evaluate("one => { one.scrollLeft = one.scrollWidth; }")
        middle, end = shade(page, table)
        assert abs(end - middle) < 5


@pytest.mark.parametrize(
    ("path", "table"),
    [("ecoconception/", ".pc-weights"), (COMPARED, ".pc-carbon .pc-table")],
)
def test_a_small_table_is_whole_on_a_phone(
    browser: Browser, base: str, path: str, table: str
) -> None:
    with reading(browser) as page:
        page.goto(base + path)
        assert overflow(page, table) <= 0


# Words whose letters stand on more than one line, hyphens aside.
TORN = """
(cells) => cells.flatMap((cell) => {
  const torn = [];
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    for (const { 0: word, index } of node.data.matchAll(/[^ \\n-]+/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) torn.push(word);
    }
  }
  return torn;
})
"""


def test_no_figure_and_no_name_of_a_report_is_torn(browser: Browser, base: str) -> None:
    with reading(browser) as page:
        page.goto(base + "bilan/2026/")
        for fold in page.locator(".pc-fold > summary").all():
            fold.click()
        cells: Any = page.locator(".pc-figures > * > tr > :is(td, th > div, th summary)")
        until(page, lambda: cells.count() > 100)
        assert cells.evaluate_all(TORN) == []
        assert (
            page.locator(".pc-figures").evaluate_all(
                "all => all.filter((one) => one.scrollWidth > one.parentElement.clientWidth).length"
            )
            == 0
        )


def test_no_dot_stands_before_what_is_not_shown(browser: Browser, base: str) -> None:
    with opened(browser, base + "journees/2026/") as page:
        tracks = page.locator(".pc-schedule .pc-talk__track")
        expect(tracks.first).to_be_attached()
        expect(tracks.filter(visible=True)).to_have_count(0)
        page.set_viewport_size({"width": 360, "height": 740})
        expect(tracks.first).to_be_visible()
        assert "·" in tracks.first.evaluate("one => getComputedStyle(one, '::before').content")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_programme_of_days_leads_to_each_and_says_which_is_read(
    browser: Browser, base: str, width: int
) -> None:
    with opened(browser, base + "journees/2026/", width=width) as page:
        ways = page.locator(".pc-programme nav .pc-chip")
        expect(ways).to_have_text(["jeudi 11 juin", "vendredi 12 juin"])
        ways.last.click()
        day = page.locator(".pc-programme > h3").last
        until(page, lambda: 40 < box(day)["y"] < 200)
        expect(page.locator(".pc-programme .pc-fold .pc-talk").first).to_be_visible()
        if width == 360:
            before = page.evaluate("scrollY")
            page.mouse.wheel(0, 1200)
            until(page, lambda: page.evaluate("scrollY") > before + 1000)
            assert abs(box(day)["y"] - box(page.locator(".md-header"))["foot"]) < 20


def test_a_message_is_a_sentence_and_no_poster(browser: Browser, base: str) -> None:
    with opened(browser, base + "contribuer/reference/messages/active-svg/", width=360) as page:
        # Six lines, where the letters of the site come too late and those of the system are wide.
        assert box(page.locator("h1"))["height"] < 205


def test_the_days_of_a_relay_are_not_struck_through(browser: Browser, base: str) -> None:
    with opened(browser, base + "mooc/renverser-la-formation/") as page:
        days = page.locator(".pc-relay__day")
        size = days.first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        halo = days.first.evaluate("one => parseFloat(getComputedStyle(one).strokeWidth)")
        # The ground around its letters is as wide as the space between two of them.
        assert halo >= size * 0.8


@pytest.mark.parametrize("width", [1220, 1280])
def test_all_tabs_are_seen(browser: Browser, base: str, width: int) -> None:
    with opened(browser, base, width=width) as page:
        tabs = boxes(page.locator(".md-tabs__item"))
        assert max(one["right"] for one in tabs) <= width
        expect(page.locator(".md-tabs").get_by_role("link", name="Mon agenda")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["", TRIP])
def test_a_button_stays_under_the_mouse_that_opens_it(
    browser: Browser, base: str, path: str, width: int
) -> None:
    with opened(browser, base + path, now=NEXT, width=width) as page:
        add = page.locator(".pc-add:visible").first
        button, body = add.locator("summary"), add.locator(".pc-add__body")
        before = box(button)
        button.click()
        expect(body).to_be_visible()
        assert box(button) == before
        assert box(body)["right"] <= width - 16
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", ["", "replays/", "themes/pedagogie/"])
def test_a_card_stands_beside_its_picture_on_a_phone(
    browser: Browser, base: str, path: str
) -> None:
    with opened(browser, base + path, now=NEXT, width=360) as page:
        cards = page.locator(".pc-view:visible")
        expect(cards.nth(3)).to_be_attached()
        for card in cards.all():
            picture, words, whole = box(card.locator(".pc-thumb")), card.locator("h3"), box(card)
            assert picture["right"] <= box(words)["x"]
            assert picture["height"] == pytest.approx(whole["height"], abs=1)
            # A picture above them would take more than half of that alone.
            assert whole["height"] < whole["width"] * 0.85
            star = card.locator(".pc-star")
            if star.count():
                assert box(star)["right"] <= picture["right"]


@pytest.mark.parametrize("path", ["", "personnes/formateur-rennes/"])
def test_three_replays_are_one_row(browser: Browser, base: str, path: str) -> None:
    for width in (768, 1280, 1920):
        with opened(browser, base + path, now=NEXT, width=width) as page:
            found = boxes(page.locator(".pc-views-of").first.locator(".pc-view"))
            assert len(found) == 3
            assert len({one["y"] for one in found}) == 1, width


COLOURS = """
box => {
  const probe = document.createElement("i");
  probe.style.cssText = "color: var(--pc-line); border-color: currentcolor";
  box.before(probe);
  const line = getComputedStyle(probe).color;
  probe.remove();
  const [title] = box.children;
  const sign = getComputedStyle(title, "::before");
  const shown = sign.content === "none" || sign.display === "none";
  const style = getComputedStyle(box);
  return {
    edge: parseFloat(style.borderTopWidth) ? style.borderTopColor === line : true,
    ground: getComputedStyle(title).backgroundColor === "rgba(0, 0, 0, 0)",
    sign: shown || sign.backgroundColor === getComputedStyle(title).color,
  };
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["programme/", "cooperative/", "mentions-legales/", TRIP, "prenez-la-suite/"]
)
def test_boxes_have_the_colours_of_the_site(
    browser: Browser, base: str, path: str, scheme: str
) -> None:
    with opened(browser, base + path, scheme=scheme) as page:
        found = page.locator(".admonition, .md-typeset details:not(.pc-add):visible")
        for one in found.all():
            assert one.evaluate(COLOURS) == {"edge": True, "ground": True, "sign": True}
        if path != TRIP:
            expect(found).not_to_have_count(0)


@pytest.mark.parametrize("width", [1280, 1920])
@pytest.mark.parametrize("path", ["programme/", "boite-a-transfo/", "bilan/", "prenez-la-suite/"])
def test_pages_under_a_tab_have_one_menu(
    browser: Browser, base: str, path: str, width: int
) -> None:
    with opened(browser, base + path, width=width) as page:
        expect(page.locator(".md-sidebar--primary")).to_be_hidden()
        menu = page.locator(".pc-section")
        expect(menu.locator("[aria-current=page]")).to_have_count(1)
        expect(menu.locator("li")).to_have_count(2 if path == "prenez-la-suite/" else 6)
        assert box(page.locator("h1"))["y"] - box(menu)["foot"] > 8
        page.set_viewport_size({"width": 360, "height": 740})
        expect(menu).to_be_hidden()


def test_a_page_in_the_menu_lights_its_own_tab_alone(browser: Browser, base: str) -> None:
    for path, tab in (
        ("mon-agenda/", "Mon agenda"),
        ("agenda/2026/", "Agenda"),
        ("themes/pedagogie/", "Explorer"),
        ("prenez-la-suite/", "Mooc"),
    ):
        with opened(browser, base + path) as page:
            lit = page.locator(".md-tabs__item--active")
            expect(lit).to_have_text([tab])


DRAWN = """
drawing => {
  const body = parseFloat(getComputedStyle(document.querySelector(".md-typeset")).fontSize);
  return [...drawing.querySelectorAll("text")].map((one) =>
    one.getScreenCTM().a * parseFloat(getComputedStyle(one).fontSize) / body);
}
"""


@pytest.mark.parametrize("width", [360, 768, 1920])
@pytest.mark.parametrize(
    ("path", "drawing"),
    [
        ("mooc/renverser-la-formation/", ".pc-relay__drawing"),
        ("bilan/2026/", ".pc-months-held svg"),
    ],
)
def test_a_drawing_speaks_no_louder_than_the_text(
    browser: Browser, base: str, path: str, drawing: str, width: int
) -> None:
    with opened(browser, base + path, width=width) as page:
        sizes: list[float] = page.locator(drawing).evaluate(DRAWN)
        assert sizes
        assert 0.55 <= min(sizes) <= max(sizes) <= 1.3


# Marks beside which no letter of their own row, card or paragraph stands; nor a badge alone.
ALONE = """
marks => marks.filter((mark) => mark.checkVisibility()).flatMap((mark) => {
  const { top, bottom, left } = mark.getBoundingClientRect();
  const whole = mark.closest("li, p, article");
  const walk = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const word = node.parentElement;
    if (!node.data.trim() || word.closest(".pc-badge, .pc-tile, .pc-hidden")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const middle = (top + bottom) / 2;
    const beside = [...range.getClientRects()].some((line) =>
      line.width > 4 && line.right <= left + 2 && line.top < middle && line.bottom > middle);
    if (beside) return [];
  }
  return [whole.textContent];
})
"""


@pytest.mark.parametrize(
    "path",
    [
        "",
        "agenda/",
        "agenda/?passees=1",
        "agenda/echeances/",
        "mooc/",
        "themes/pedagogie/",
        "organisations/",
        "replays/",
        "boite-a-transfo/facilitateurs/",
    ],
)
def test_that_a_meeting_is_an_example_ends_a_line(browser: Browser, base: str, path: str) -> None:
    """On a phone, the word stood alone on a line, before a badge or below a short one."""
    with opened(browser, base + path, now=NEXT, width=360) as page:
        marks = page.locator(".pc-page, section").locator(".pc-badge--example:visible")
        until(page, lambda: marks.count() > 4)
        assert marks.evaluate_all(ALONE) == []


def test_the_home_page_is_short_on_a_phone(browser: Browser, base: str) -> None:
    with opened(browser, base, now=NEXT, width=360) as page:
        rows = page.locator(".pc-soon-in[data-span=later] .pc-item:visible")
        expect(rows).to_have_count(3)
        for block in ("next", "coming", "replays", "ways", "news"):
            expect(page.locator(f".pc-home-{block}")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollHeight") < 4600
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(rows).to_have_count(8)


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("path", ["agenda/", "agenda/echeances/", "contribuer/"])
def test_what_has_a_day_stands_in_a_column_of_its_own(
    browser: Browser, base: str, path: str, width: int
) -> None:
    """A deadline with an hour pushed its title to the next line."""
    with opened(browser, base + path, now=NEXT, width=width) as page:
        for one in page.locator(".pc-due > summary").all():
            one.click()
        lines = page.locator(".pc-line:has(> .pc-line__day):visible")
        expect(lines.nth(1)).to_be_visible()
        days = boxes(lines.locator("> .pc-line__day"))
        names = boxes(lines.locator("> :not(.pc-line__day)"))
        assert len({round(one["x"]) for one in names}) == 1
        for day, name in zip(days, names, strict=True):
            assert day["right"] <= name["x"]
            assert abs(day["y"] - name["y"]) < 10


@pytest.mark.parametrize(("width", "height"), [(360, 740), (768, 1024), (1280, 760)])
def test_meetings_of_the_agenda_begin_on_the_first_screen(
    browser: Browser, base: str, width: int, height: int
) -> None:
    """Deadlines stood above them, each in several lines."""
    with opened(browser, base + "agenda/", now=NEXT, width=width) as page:
        first = page.locator(".pc-agenda__list .pc-item").first
        expect(first).to_be_visible()
        assert box(first)["foot"] < height
        expect(page.locator(".pc-due__next:visible")).to_have_count(1)
        page.locator(".pc-due > summary").click()
        expect(page.locator(".pc-due .pc-line:visible")).to_have_count(3)
        expect(page.locator(".pc-due__next:visible")).to_have_count(0)


@pytest.mark.parametrize("path", ["mooc/", "comptoirs/", "themes/pedagogie/"])
def test_many_meetings_are_a_line_each(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base + path, now=NEXT, width=360) as page:
        coming = page.locator("section:has(> h2)", has_text=re.compile("^(Ensuite|À venir)"))
        rows = coming.first.locator(".pc-item")
        expect(rows.nth(5)).to_be_visible()
        assert max(one["height"] for one in boxes(rows)) < 150


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (768, 2), (1280, 3)])
def test_short_names_use_the_width(browser: Browser, base: str, width: int, columns: int) -> None:
    with opened(browser, base + "themes/pedagogie/", width=width) as page:
        names = boxes(page.locator(".pc-named .pc-line"))
        assert len(names) > 5
        assert len({round(one["x"]) for one in names}) == columns


@pytest.mark.parametrize("width", [768, 1280])
def test_no_choice_stands_alone_on_its_line(browser: Browser, base: str, width: int) -> None:
    with opened(browser, base + "s-abonner/", width=width) as page:
        choices = page.locator(".pc-picker p:has(select)")
        expect(choices).to_have_count(4)
        lines = [round(one["y"]) for one in boxes(choices)]
        assert all(lines.count(one) > 1 for one in lines), lines


def test_a_page_of_all_lists_is_short_on_a_phone(browser: Browser, base: str) -> None:
    with opened(browser, base + "explorer/", width=360) as page:
        for part in page.locator(".pc-explored").all():
            expect(part.locator("> :visible")).to_have_count(4)
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(page.locator(".pc-explored").first.locator("> :visible")).not_to_have_count(4)


def test_a_page_begins_right_below_its_head_on_a_phone(browser: Browser, base: str) -> None:
    for path in ("agenda/", "comptoirs/premiers-pas-ia/", "programme/"):
        with opened(browser, base + path, width=360) as page:
            head, first = (
                box(page.locator(".md-header")),
                page.locator("article :is(.pc-kicker, h1)"),
            )
            assert box(first.first)["y"] - head["foot"] < 50


def test_a_month_of_a_year_leads_to_its_view_from_its_own_line(browser: Browser, base: str) -> None:
    for width in (360, 1280):
        with opened(browser, base + "agenda/2026/", width=width) as page:
            months = page.locator(".pc-agenda section")
            expect(months.nth(5)).to_be_attached()
            for month in months.all():
                name, view = box(month.locator("h2")), box(month.locator(".pc-beside a"))
                assert name["y"] < view["foot"] <= name["foot"] + 2
            # The year is what the page is of.
            chips = page.locator(".pc-agenda nav").first.locator(".pc-chip")
            expect(chips.filter(has_text="2026")).to_have_count(0)


def test_the_map_of_a_place_stands_beside_its_address(browser: Browser, base: str) -> None:
    with opened(browser, base + "lieux/atelier-rennes/") as page:
        drawn, address = page.locator(".pc-map--pins"), page.locator(".pc-post")
        assert box(drawn)["y"] <= box(address)["y"]
        assert box(drawn)["x"] > box(address)["x"]
        page.set_viewport_size({"width": 360, "height": 740})
        top, coming = page.locator(".pc-entity__top"), page.locator(".pc-entity section").first
        assert box(top)["foot"] <= box(drawn)["y"] < box(drawn)["foot"] <= box(coming)["y"]


def test_the_page_that_leads_to_all_lists_begins_with_them(browser: Browser, base: str) -> None:
    with opened(browser, base + "explorer/", width=360) as page:
        kinds = page.locator(".pc-kinds .pc-chip")
        expect(kinds.nth(0)).to_have_text("Explorer")
        expect(kinds.nth(1)).to_have_text("Territoires")
        expect(kinds.first).to_have_attribute("aria-current", "page")
        assert box(kinds.last)["foot"] < 400


@pytest.mark.parametrize(("path", "ways"), [(SESSION, 3), (TRIP, 3), (COMPARED, 2)])
def test_the_links_around_a_meeting_are_few_on_a_phone(
    browser: Browser, base: str, path: str, ways: int
) -> None:
    """Two lines of links stood above its title, and up to a screen of them below it."""
    with opened(browser, base + path, now=NEXT, width=360) as page:
        assert box(page.locator(".pc-kicker"))["height"] < 30
        along, others = page.locator(".pc-along"), page.locator(".pc-along .pc-fold")
        assert box(along)["height"] < 240
        expect(along.locator(".pc-neighbours:visible")).to_have_count(1)
        others.locator("summary").press("Enter")
        expect(along.locator(".pc-neighbours:visible")).to_have_count(ways)
        page.set_viewport_size({"width": 1280, "height": 900})
        others.evaluate("one => { one.open = false; }")
        expect(others.locator("summary")).to_be_hidden()
        expect(along.locator(".pc-neighbours:visible")).to_have_count(ways)


FOLDED = [("agenda/", ".pc-agenda__after > .pc-fold"), ("bilan/2026/", ".pc-report .pc-fold")]


@pytest.mark.parametrize(("path", "folds"), FOLDED)
def test_what_a_phone_folds_is_shown_where_there_is_room_and_on_paper(
    browser: Browser, base: str, path: str, folds: str
) -> None:
    with reading(browser, NEXT, scripted=False) as page:
        page.goto(base + path)
        for fold in page.locator(folds).all():
            held = fold.locator(":scope > :not(summary)").first
            expect(held).to_be_hidden()
            fold.locator("summary").first.click()
            expect(held).to_be_visible()
            fold.locator("summary").first.click()
            expect(held).to_be_hidden()
            page.set_viewport_size({"width": 768, "height": 1024})
            expect(held).to_be_visible()
            expect(fold.locator(":scope > summary")).to_be_hidden()
            page.set_viewport_size({"width": 360, "height": 740})
        page.emulate_media(media="print")
        shown = page.locator(folds).evaluate_all(
            "all => all.map((one) => one.children[1].checkVisibility())"
        )
        # On the poster of a month nothing leads elsewhere.
        assert set(shown) == {path != "agenda/"}


@pytest.mark.parametrize("path", ["agenda/", "bilan/2026/", SESSION, TRIP])
def test_what_a_phone_unfolds_is_without_fault(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base + path, now=NEXT, width=360) as page:
        for fold in page.locator(".pc-fold > summary").all():
            fold.press("Enter")
        expect(page.locator(".pc-fold:not([open])")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert faults(page, ".md-content") == []


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (1280, 2)])
@pytest.mark.parametrize(
    ("path", "items"),
    [
        ("boite-a-transfo/", ".pc-posts > li"),
        ("boite-a-transfo/besoins/un-accueil-a-deux-voix/", ".pc-proposals > li"),
    ],
)
def test_needs_and_proposals_use_the_width(
    browser: Browser, base: str, path: str, items: str, width: int, columns: int
) -> None:
    with opened(browser, base + path, width=width) as page:
        assert len({round(one["x"]) for one in boxes(page.locator(items))}) == columns


@pytest.mark.parametrize("scripted", [True, False])
def test_a_phone_folds_all_but_the_first_day_of_a_programme(
    browser: Browser, base: str, scripted: bool
) -> None:
    with reading(browser, NEXT, scripted=scripted) as page:
        page.goto(base + CONFERENCE)
        talks, second = page.locator(".pc-talk:visible"), page.locator(".pc-programme .pc-fold")
        few = talks.count()
        expect(second.locator(".pc-talk").first).to_be_hidden()
        second.locator("summary").click()
        expect(second.locator(".pc-talk").last).to_be_visible()
        every = talks.count()
        assert every > few + 10
        # What one is led to is open.
        last = second.locator(".pc-talk").last.get_attribute("id")
        page.goto(f"{base}agenda/")
        page.goto(f"{base}{CONFERENCE}#{last}")
        expect(page.locator(f"[id='{last}']")).to_be_in_viewport()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(base + CONFERENCE)
        expect(talks).to_have_count(every)
        expect(second.locator("summary")).to_be_hidden()


@pytest.mark.parametrize(("path", "most"), [("agenda/", 4800), ("bilan/2026/", 4000)])
def test_pages_are_as_short_as_they_can_be_on_a_phone(
    browser: Browser, base: str, path: str, most: int
) -> None:
    with opened(browser, base + path, now=NEXT, width=360) as page:
        assert page.evaluate("document.documentElement.scrollHeight") < most


@pytest.mark.parametrize(("width", "most"), [(768, 5200), (1280, 4800), (1920, 5300)])
def test_a_report_uses_the_width(browser: Browser, base: str, width: int, most: int) -> None:
    with opened(browser, base + "bilan/2026/", width=width) as page:
        sides = {round(one["x"]) for one in boxes(page.locator(".pc-report__tables > section"))}
        assert len(sides) == 2
        assert page.evaluate("document.documentElement.scrollHeight") < most
        tables = page.locator(".pc-report .pc-table").evaluate_all(
            "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
        )
        assert tables == 0
        lines = page.locator(".pc-tiles strong").evaluate_all(
            "all => all.map((one) => one.clientHeight / parseFloat(getComputedStyle(one).fontSize))"
        )
        assert max(lines) < 1.5


@pytest.mark.parametrize("width", [1280, 1920])
def test_subscribing_uses_the_width(browser: Browser, base: str, width: int) -> None:
    with opened(browser, base + "s-abonner/", width=width) as page:
        edge = column(page)["right"]
        for part in (".pc-picker", ".pc-panel", ".pc-feeds__more"):
            assert edge - box(page.locator(part))["right"] < 40
        programs, ways = box(page.locator(".pc-panel .pc-clients")), box(page.locator(".pc-qr"))
        assert ways["right"] < programs["x"]
        fields = boxes(page.locator(".pc-picker select"))
        assert len({one["y"] for one in fields}) == 1
        assert edge - fields[-1]["right"] < 80
        heads = boxes(page.locator(".pc-feeds__more > section > h2"))
        assert len(heads) == 2
        assert heads[0]["y"] == heads[1]["y"]


@pytest.mark.parametrize("width", [360, 1280])
def test_that_a_session_to_take_over_is_an_example_stands_above_its_title(
    browser: Browser, base: str, width: int
) -> None:
    with opened(browser, base + "prenez-la-suite/", now=NEXT, width=width) as page:
        parts = page.locator(".pc-takeover section:has(> .pc-kicker), .pc-take")
        expect(parts).to_have_count(3)
        for part in parts.all():
            mark, title = part.locator(".pc-badge--example"), part.locator("h2, h3")
            assert box(mark.first)["foot"] <= box(title.first)["y"] + 1


def test_a_picture_of_words_is_dark_where_the_page_is(browser: Browser, base: str) -> None:
    with opened(browser, base + "contribuer/", scheme="dark") as page:
        pictures = page.locator(".md-content img")
        expect(pictures).to_have_count(3)
        for one in pictures.all():
            one.scroll_into_view_if_needed()
            until(page, partial(one.evaluate, "one => one.complete"))
            shown = Image.open(io.BytesIO(one.screenshot())).convert("L")
            levels = sorted(shown.tobytes())
            middle, letters = levels[len(levels) // 2], levels[-len(levels) // 200]
            assert middle < 60
            assert letters > 150


def in_view(found: Locator) -> bool:
    return 40 < box(found)["y"] < 740


@pytest.mark.parametrize("path", [TRIP, COMPARED, "voyages/hauts-de-france/"])
def test_a_trip_says_what_its_page_holds_and_leads_there(
    browser: Browser, base: str, path: str
) -> None:
    with opened(browser, base + path, width=360) as page:
        ways = page.locator(".pc-contents a")
        expect(ways.nth(1)).to_be_visible()
        heights = []
        for way in ways.all():
            anchor = str(way.get_attribute("href"))
            target = page.locator(anchor)
            # A day is its heading, what else there is has one; all in the order of the page.
            heights.append(box(target)["y"] + page.evaluate("scrollY"))
            way.click()
            until(page, partial(in_view, target))
        assert heights == sorted(heights)


def test_the_way_to_subscribe_ends_the_page_of_a_collection(browser: Browser, base: str) -> None:
    """It stood in the middle of what was written about it."""
    for path in ("mooc/", "voyages/", "journees/", "comptoirs/"):
        with opened(browser, base + path) as page:
            follow = box(page.locator(".pc-subscribe"))
            written = page.locator("article").locator("> :is(p, h2, ul):not(.pc-edit), .pc-items")
            assert follow["y"] >= max(one["foot"] for one in boxes(written))


@pytest.mark.parametrize("path", [SESSION, TRIP, "organisations/cfa-exemple-rennes/"])
def test_that_a_page_is_an_example_is_a_quiet_line(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base + path, width=360) as page:
        note = page.locator(".pc-note--example")
        assert box(note)["height"] < 50
        assert note.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)") == 0


@pytest.mark.parametrize("width", [768, 1280])
def test_formats_of_feeds_stand_below_each_other(browser: Browser, base: str, width: int) -> None:
    with opened(browser, base + "s-abonner/", width=width) as page:
        lines = page.locator(".pc-feed:visible")
        found: dict[str, set[int]] = {}
        for line in lines.all():
            for link in line.locator(".pc-feed__links a").all():
                name = link.evaluate("one => one.firstChild.data")
                found.setdefault(name, set()).add(round(box(link)["x"]))
            assert box(line.locator(".pc-host"))["height"] < 25
        assert len(found) == 6
        assert all(len(sides) == 1 for sides in found.values()), found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_stands_on_a_picture_has_an_edge(browser: Browser, base: str, scheme: str) -> None:
    """In the dark scheme the button was white on a white picture."""
    with opened(browser, base + "replays/", scheme=scheme) as page:
        for part in (".pc-thumb__play", ".pc-thumb__length"):
            edge, ground = page.locator(part).first.evaluate(
                "one => [getComputedStyle(one).boxShadow, getComputedStyle(one).backgroundColor]"
            )
            assert edge != "none"
            assert ground not in edge


# Texts of several lines in which a line has room for more letters than one reads well.
OVERLONG = """
most => [...document.querySelectorAll(".md-content p")].flatMap((one) => {
  if (!one.checkVisibility()) return [];
  const range = document.createRange();
  range.selectNodeContents(one);
  const lines = [...range.getClientRects()].filter(({ width }) => width > 3);
  const sides = lines.flatMap(({ left, right }) => [left, right]);
  const foot = Math.min(...lines.map(({ bottom }) => bottom));
  const several = lines.some(({ top }) => top > foot);
  const letters = (Math.max(...sides) - Math.min(...sides)) /
    (parseFloat(getComputedStyle(one).fontSize) * 0.53);
  return several && letters > most ? [[Math.round(letters), one.textContent.trim()]] : [];
})
"""


@pytest.mark.parametrize(
    "path",
    [
        *("", "voyages/", "themes/pedagogie/", "boite-a-transfo/", "boite-a-transfo/propositions/"),
        *("bilan/2026/", "prenez-la-suite/", "replays/", "s-abonner/", "s-abonner/tous/"),
        *("mooc/renverser-la-formation/", "contribuer/", "explorer/"),
    ],
)
def test_no_line_is_longer_than_one_reads_well(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base + path, now=NEXT, width=1920) as page:
        assert page.evaluate(OVERLONG, 105) == []


@pytest.mark.parametrize("width", [768, 1280, 1920])
@pytest.mark.parametrize("path", ["lieux/atelier-rennes/", "territoires/bretagne/"])
def test_meetings_below_a_map_are_as_wide_as_others(
    browser: Browser, base: str, path: str, width: int
) -> None:
    with opened(browser, base + path, width=width) as page:
        rows = boxes(page.locator(".pc-item:visible"))
        assert len(rows) > 1
        assert min(one["right"] for one in rows) == pytest.approx(column(page)["right"], abs=40)


@pytest.mark.parametrize("width", [768, 1280])
def test_deadlines_of_a_meeting_stand_in_columns(browser: Browser, base: str, width: int) -> None:
    """A long one sent its link to a line of its own."""
    with opened(browser, base + TRIP, now=NEXT, width=width) as page:
        lines = page.locator(".pc-deadlines li")
        expect(lines).to_have_count(3)
        for part in ("until", "add"):
            found = boxes(page.locator(f".pc-deadlines__{part}:visible"))
            assert len({round(one["x"]) for one in found}) == 1
        for line in lines.filter(has=page.locator(".pc-deadlines__add")).all():
            what, add = (box(line.locator(f".pc-deadlines__{part}")) for part in ("what", "add"))
            assert abs(what["y"] - add["y"]) < 8


def test_no_example_of_a_relay_stands_alone(browser: Browser, base: str) -> None:
    with opened(browser, base + "prenez-la-suite/", now=NEXT) as page:
        marks = page.locator(".pc-takeover section > .pc-kicker .pc-badge--example")
        expect(marks).to_have_count(1)
        assert page.locator(".pc-page .pc-badge--example:visible").evaluate_all(ALONE) == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_what_follows_a_name_in_a_list_stands_beside_its_words(
    browser: Browser, base: str, width: int
) -> None:
    """After a long name, « RSS » began a line of its own."""
    with opened(browser, base + "s-abonner/tous/", width=width) as page:
        lines = page.locator(".pc-every li:has(a + a)")
        expect(lines.nth(20)).to_be_attached()
        alone = lines.evaluate_all(
            """lines => lines.filter((line) => {
              const [name, next] = line.children;
              const words = document.createRange();
              words.selectNodeContents(name);
              const last = [...words.getClientRects()].at(-1);
              const room = line.getBoundingClientRect().right - last.right;
              const { left, width, top, bottom } = next.getBoundingClientRect();
              const beside = top < last.bottom && bottom > last.top && left >= last.right;
              return !beside && room > width + 16;
            }).map((line) => line.textContent)"""
        )
        assert alone == []


def test_the_length_of_a_recording_stands_on_its_picture(browser: Browser, base: str) -> None:
    with opened(browser, base + "comptoirs/premiers-pas-ia/", width=360) as page:
        picture = page.locator(".pc-player .pc-thumb")
        expect(picture.locator(".pc-thumb__length")).to_have_text("52 min")
        # Who does not see the picture hears it beside the button.
        expect(page.locator(".pc-player__buttons .pc-hidden").first).to_have_text("52 min")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_an_address_is_copied_from_its_own_line(browser: Browser, base: str, width: int) -> None:
    with opened(browser, base + "s-abonner/", width=width) as page:
        copy = page.locator(".pc-panel .pc-copy")
        expect(copy).to_be_visible()
        assert abs(box(copy)["y"] - box(page.locator(".pc-panel .pc-address input"))["y"]) < 12


def test_a_session_that_is_handed_on_is_a_row_that_opens(browser: Browser, base: str) -> None:
    """On a phone, eight of them filled three screens."""
    with opened(browser, base + "mooc/renverser-la-formation/", now=NEXT, width=360) as page:
        rows = page.locator(".pc-sessions > .pc-item")
        expect(rows).to_have_count(8)
        assert max(one["height"] for one in boxes(rows)) < 215
        assert box(rows.last)["foot"] - box(rows.first)["y"] < 1150
        handed = rows.nth(1).locator(".pc-turn")
        expect(handed).to_be_hidden()
        rows.nth(1).locator("summary").click()
        expect(handed).to_contain_text("Menée par CCI Normandie")
        expect(handed).to_be_visible()
        expect(rows.last.get_by_role("link", name="Prendre cette séance")).to_be_visible()
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(page.locator(".pc-sessions .pc-turn:visible")).to_have_count(8)
        expect(page.locator(".pc-sessions summary:visible")).to_have_count(0)


def test_what_a_meeting_says_in_practice_stands_beside_its_names(
    browser: Browser, base: str
) -> None:
    """On a phone, each name stood above what it says, and took a line."""
    for path in (TRIP, "comptoirs/noel-des-formateurs/", "lieux/atelier-rennes/"):
        with opened(browser, base + path, now=NEXT, width=360) as page:
            names = page.locator(".pc-facts dt")
            expect(names.first).to_be_visible()
            for name in names.all():
                said = name.locator("xpath=following-sibling::dd[1]")
                assert box(name)["right"] <= box(said)["x"]
                assert abs(box(name)["y"] - box(said)["y"]) < 4
            assert names.evaluate_all(TORN) == []


@pytest.mark.parametrize("path", ["comptoirs/", "themes/pedagogie/"])
def test_what_is_over_is_one_line_on_a_phone(browser: Browser, base: str, path: str) -> None:
    with opened(browser, base + path, now=NEXT, width=360) as page:
        past = page.locator(".pc-fold:has(.pc-rows)")
        expect(past.locator(".pc-item").first).to_be_hidden()
        assert box(past)["height"] < 60
        past.locator("> summary").click()
        expect(past.locator(".pc-item").first).to_be_visible()
        page.set_viewport_size({"width": 1280, "height": 900})
        expect(past.locator("> summary")).to_be_hidden()


def test_that_a_meeting_moved_online_is_told_by_one_badge(browser: Browser, base: str) -> None:
    with opened(browser, base + "comptoirs/noel-des-formateurs/", now=NEXT) as page:
        badges = page.locator(".pc-header .pc-badge:visible")
        expect(badges).to_have_text(["Désormais en ligne"])


def test_a_picture_is_dimmed_where_the_page_is_dark(browser: Browser, base: str) -> None:
    with opened(browser, base + "comptoirs/premiers-pas-ia/", scheme="dark") as page:
        picture = page.locator(".pc-figure img").first
        assert "brightness" in picture.evaluate("one => getComputedStyle(one).filter")
