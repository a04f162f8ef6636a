"""A reader's own browser, who must meet no fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from .conftest import NOW

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
