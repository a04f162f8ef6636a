"""What is read out: marks that stand side by side are words of their own; dots part lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from .reading import until
from .test_limits import addresses
from .test_screen import opened

NOW = "2026-11-24T09:00:00Z"
MARKS = {
    "pc-badge",
    "pc-chip",
    "pc-countdown",
    "pc-host",
    "pc-told",
    "pc-time",
    "pc-zone",
}
INLINE = {"a", "abbr", "b", "button", "code", "em", "i", "input", "label", "mark", "small", "span"}
INLINE |= {"strong", "time"}
# Two marks of which the words touch, or one that touches a word beside it.
JOINED = re.compile(r"[^\s(«“‘’\x01]\x02*\x01[^\x02]+|\x01[^\x01]+\x02[\w«“(]")


def flow(element: html.HtmlElement) -> Iterator[str]:
    """Its text as it is read out, with signs where marks begin and end; each block is a line."""
    if not isinstance(element.tag, str) or element.tag in {"script", "style", "template", "svg"}:
        return
    is_mark = not MARKS.isdisjoint((element.get("class") or "").split())
    before, after = ("\x01", "\x02") if is_mark else ("", "")
    if element.tag not in INLINE:
        before, after = f"\n{before}", f"{after}\n"
    if element.get("aria-hidden") != "true":
        yield before + (element.text or "")
        for child in element:
            yield from flow(child)
            yield child.tail or ""
        yield after


def joined(text: str) -> list[str]:
    """The marks of a page that are read out as one word with what stands beside them."""
    root = html.fromstring(text)
    return [one.group() for one in JOINED.finditer("".join(flow(root)))]


def test_words_that_touch_are_found() -> None:
    full, online = '<span class="pc-badge">Complet</span>', '<b class="pc-badge">En ligne</b>'
    assert joined(f"<p>{full}{online}</p>")
    assert joined(f"<p>12 h{full}</p>")
    assert joined(f"<p>{full}12 h</p>")
    assert (
        joined(f"<p>Le soir {full} {online}, ({full})</p><ul><li>{full}</li><li>{full}</li></ul>")
        == []
    )


def test_no_mark_is_read_out_as_one_word_with_another(flagship: Path) -> None:
    found: dict[str, list[str]] = {}
    seen = set()
    for address in addresses(flagship):
        text = (flagship / address / "index.html").read_text("utf-8")
        article = text[text.index("<article") : text.rindex("</article>")] + "</article>"
        seen |= {mark for mark in MARKS if mark in article}
        if wrong := joined(article):
            found[address] = wrong
    assert found == {}
    assert seen == MARKS


SEEN = """
all => all.flatMap((one) => [...one.querySelectorAll("*")])
  .filter((one) => !one.checkVisibility()).forEach((one) => one.remove())
"""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("agenda/?passees=1", ".pc-agenda__results .pc-item"),
        ("agenda/?genre=voyages&passees=1", ".pc-agenda__results .pc-item"),
        ("recherche/?mots=ia", ".pc-find__results .pc-item"),
    ],
)
def test_nor_in_what_a_script_draws(browser: Browser, base: str, path: str, rows: str) -> None:
    with opened(browser, base + path, now=NOW) as page:
        drawn = page.locator(rows)
        expect(drawn.nth(2)).to_be_attached()
        until(page, lambda: page.locator(f"{rows} .pc-badge").count() > 0)
        drawn.evaluate_all(SEEN)
        text = "".join(drawn.evaluate_all("all => all.map((one) => one.outerHTML)"))
        assert joined(f"<ul>{text}</ul>") == []


# Each dot that parts what is said: whether it stands on the line of what it comes after.
DOTS = """
() => [...document.querySelectorAll(":is(.pc-time, .pc-zone, .pc-told) + .pc-told")]
  .filter((one) => one.checkVisibility() && !one.closest("td"))
  .map((one) => {
    const whole = one.parentElement.getBoundingClientRect();
    const [line, ...rest] = one.getClientRects();
    const dot = parseFloat(getComputedStyle(one, "::before").width);
    const shown = !rest.length && getComputedStyle(one, "::before").content.includes("·");
    const { overflowX, overflowClipMargin } = getComputedStyle(one.parentElement);
    // Before its word, or past the edge of its paragraph, where it is cut off.
    const first = Math.abs(line.x - whole.x) < dot + 1;
    let before = one.previousElementSibling;
    while (!before.checkVisibility()) before = before.previousElementSibling;
    const beside = [...before.getClientRects()]
      .some((last) => last.bottom > line.y && last.right <= line.x + 1);
    return { text: one.parentElement.textContent, shown, first, beside,
      clipped: overflowX === "clip" && parseFloat(overflowClipMargin) < dot / 2 };
  })
"""


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    ["", "agenda/", "comptoirs/", "replays/", "mooc/renverser-la-formation/", "prenez-la-suite/"],
)
def test_no_line_ends_or_begins_with_a_dot(browser: Browser, base: str, path: str) -> None:
    """On a phone, the dot between two facts stood alone at the end of a line."""
    with opened(browser, base + path, now=NOW, width=360) as page:
        dots = page.evaluate(DOTS)
        assert dots
        assert [one for one in dots if not (one["shown"] and one["clipped"])] == []
        assert [one for one in dots if not (one["first"] or one["beside"])] == []
        if path == "agenda/":
            assert any(one["first"] for one in dots)
        text = page.locator(".md-content__inner").inner_text()
        assert re.findall(r".*·\s*$|^\s*·.*", text, re.MULTILINE) == []
