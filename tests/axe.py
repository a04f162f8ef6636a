"""What axe finds wrong with a page, in both colour schemes.

A page is loaded once: a scheme is an attribute and what the system prefers, and only the rules
about colours can say something else of the other one.
"""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .reading import still

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
Scheme = Literal["light", "dark"]
NAMES: dict[Scheme, str] = {"light": "default", "dark": "slate"}
"""What the theme calls a scheme."""


def show(page: Page, scheme: Scheme) -> None:
    """Show a page in a scheme, as the theme's switch and the system do."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("name => { document.body.dataset.mdColorScheme = name }", NAMES[scheme])
    still(page)


def _run(page: Page, context: str | None, only: dict[str, Any]) -> list[str]:
    # Of what is right, nothing is told: of thousands of elements it takes seconds.
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = Axe().run(page, context=context, options=options)
    return [
        f"{one['id']}: {node['html']}: {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def faults(page: Page, context: str | None = None) -> list[str]:
    """What is wrong with what a page shows; it has its own scheme again after it.

    Args:
        context: selects the part of the page that is looked at.
    """
    found = _run(page, context, {"type": "tag", "values": RULES})
    here = page.evaluate("document.body.dataset.mdColorScheme")
    if here not in NAMES.values():  # a site may have one scheme only
        return found
    other: Scheme = "light" if here == NAMES["dark"] else "dark"
    show(page, other)
    told = _run(page, context, {"type": "rule", "values": OF_COLOUR})
    show(page, "dark" if other == "light" else "light")
    return found + [f"{other}: {one}" for one in told]
