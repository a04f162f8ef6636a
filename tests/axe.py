"""What axe finds wrong with a page, in both colour schemes.

A page is loaded once: a scheme is an attribute and what the system prefers, and only the rules
about colours can say something else of the other one.
"""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .reading import still

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": RULES}
COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
Scheme = Literal["light", "dark"]
NAMES: dict[Scheme, str] = {"light": "default", "dark": "slate"}
"""What the theme calls a scheme."""


def show(page: Page, scheme: Scheme) -> None:
    """Show a page in a scheme, as the theme's switch and the system do."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("name => { document.body.dataset.mdColorScheme = name }", NAMES[scheme])
    still(page)


_ONE_OF_EACH = """
;(() => {
  const told = new Map();
  const chains = new Map();
  const painted = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize",
    "fontWeight", "textShadow", "filter", "position", "display", "visibility", "overflow"];
  for (const one of document.querySelectorAll("*")) {
    const style = getComputedStyle(one);
    const own = painted.map(name => style[name]);
    const link = [told.get(one.parentElement), one.localName, one.className, ...own].join("|");
    const seen = chains.get(link);
    told.set(one, seen ?? chains.size);
    if (seen === undefined) chains.set(link, chains.size);
    else one.dataset.alike = "";
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: ":not([data-alike])" }] });
})();
"""
"""Leaves contrast one of the elements that are painted alike, as all that they stand in is.

Of a page with thousands of elements it would take seconds. What covers one of them by its place
alone is not seen: `each` looks at them all.
"""

_UNMARKED = """
() => {
  for (const one of document.querySelectorAll("[data-alike]")) delete one.dataset.alike;
}
"""


def _run(page: Page, context: str | None, only: dict[str, Any], *, each: bool) -> list[str]:
    # Of what is right, nothing is told: of thousands of elements it takes seconds.
    options = {"runOnly": only, "resultTypes": ["violations"]}
    script = AXE_SCRIPT if each else AXE_SCRIPT + _ONE_OF_EACH
    found = Axe(script).run(page, context=context, options=options)
    page.evaluate(_UNMARKED)
    return [
        f"{one['id']}: {node['html']}: {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def by_width(page: Page) -> Scheme:
    """The scheme in which a page of a width is looked at, where each test runs at two widths.

    Of all that axe does, contrast takes two thirds: each width is seen, and each scheme, and what
    a scheme colours it colours at every width.
    """
    size = page.viewport_size
    return "dark" if size and size["width"] < 600 else "light"


def faults(
    page: Page, context: str | None = None, scheme: Scheme | None = None, *, each: bool = False
) -> list[str]:
    """What is wrong with what a page shows; it has its own scheme again after it.

    Args:
        context: selects the part of the page that is looked at.
        scheme: in which it is looked at; in both by default.
        each: whether the contrast of each element is looked at, not of one of those painted alike.
    """
    here = page.evaluate("document.body.dataset.mdColorScheme")
    if here not in NAMES.values():  # a site may have one scheme only
        return _run(page, context, ALL, each=each)
    own: Scheme = "dark" if here == NAMES["dark"] else "light"
    first = scheme or own
    if first != own:
        show(page, first)
    found = [f"{first}: {one}" for one in _run(page, context, ALL, each=each)]
    shown = first
    if scheme is None:
        shown = "light" if own == "dark" else "dark"
        show(page, shown)
        found += [f"{shown}: {one}" for one in _run(page, context, COLOUR, each=each)]
    if shown != own:
        show(page, own)
    return found
