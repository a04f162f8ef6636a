"""A reader's own browser, who must meet no fault, and how a test waits for what comes later.

What a callback, a timer, an answer or the rendering brings is there some time after what caused it,
on a busy machine long after: a test waits for it, by `expect` of Playwright or by `until`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from .conftest import NOW, PATIENCE

SHIFT = 0.05
"""How far a page may move while it loads, however late its scripts and answers come: half of the
cumulative layout shift that is called good (Core Web Vitals)."""

KEPT_BACK = "kept back"
NO_STORAGE = f"""
Object.defineProperty(window, 'localStorage', {{get() {{ throw new Error('{KEPT_BACK}'); }}}});
"""
"""A browser that keeps nothing; the theme's own scripts say so, and that is no fault of ours."""


@contextmanager
def reading(
    browser: Browser,
    now: str = NOW,
    script: str = "",
    *,
    width: int = 360,
    zone: str = "Europe/Paris",
    scripted: bool = True,
) -> Iterator[Page]:
    """A page in French.

    Args:
        now: what the reader's clock shows.
        script: runs before those of the page.
        scripted: whether scripts run at all.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        locale="fr-FR",
        timezone_id=zone,
        java_script_enabled=scripted,
        service_workers="block",
    )
    page = context.new_page()
    page.clock.set_fixed_time(now)
    if script:
        page.add_init_script(script)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    assert [one for one in failed if one != KEPT_BACK] == []


def until(page: Page, read: Callable[[], object], wanted: object = True) -> None:
    """Wait until what is read is what is wanted, while what the page tells is heard.

    Args:
        page: callbacks of Playwright run only while one waits on a page.
        read: asked again and again.
    """
    step = 25
    for _ in range(PATIENCE // step):
        if read() == wanted:
            return
        page.wait_for_timeout(step)
    assert read() == wanted


def still(page: Page) -> None:
    """Wait until nothing moves or changes its colour by and by any more."""
    page.wait_for_function(
        "() => document.getAnimations().every((one) => one.playState !== 'running'"
        " || one.effect.getComputedTiming().endTime === Infinity)"
    )


def resized(page: Page, width: int) -> None:
    """Make a page as wide as that, and wait until what moves for it has come to its place."""
    size = page.viewport_size
    assert size
    if width != size["width"]:
        page.set_viewport_size({"width": width, "height": size["height"]})
        # Scripts hear of it with the next frame, and change the page in the one after it.
        page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
    still(page)


def stopped(page: Page) -> None:
    """Stop the timers of a page: what it shows for two seconds stays."""
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)


def pictured(page: Page) -> None:
    """Wait until all pictures that are shown have come, those far below too."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function(
        "() => [...document.images].every((one) => one.complete || !one.checkVisibility())"
    )


def meetings_in(data: Any) -> Iterator[dict[str, Any]]:
    """The meetings of a file of the agenda, each with what it shares."""
    for row in data["rows"]:
        own = dict(zip(data["fields"], row, strict=True))
        own["until"] = own["from"] + own["lasts"]
        yield {**dict(zip(data["shared"], data["said"][own["said"]], strict=True)), **own}
