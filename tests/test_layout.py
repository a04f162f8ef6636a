"""Where things stand on a page, measured: the width is used, nothing is cut off or torn apart."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from .reading import reading, until
from .test_screen import opened

pytestmark = pytest.mark.browser

TRIP = "voyages/bretagne/"
COMPARED = "voyages/occitanie-2025/"
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
        # An hour in two zones, or days with a badge, may need a second line; hardly any other.
        assert len([one for one in found if one[2] > 56]) * 10 <= len(found)


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
    dot = "one => getComputedStyle(one, '::after').content"
    with opened(browser, base + "journees/2026/") as page:
        hours = page.locator(".pc-schedule .pc-talk__when:has(.pc-talk__track) > .pc-time")
        assert {one.evaluate(dot) for one in hours.all()} == {"none"}
        page.set_viewport_size({"width": 360, "height": 740})
        assert "·" in hours.first.evaluate(dot)


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
