"""A browser for the scripts and tests of this repository: the system's, or the one that Playwright
keeps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = (
    # Without a window: what is asked of it takes a third of the time.
    "chromium-headless-shell",
    "/usr/lib/chromium/chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)


def executable() -> str | None:
    """The system's; the variable BROWSER_PATH names another, or "" asks for Playwright's own."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return os.environ.get("BROWSER_PATH", found) or None


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that is closed afterwards."""
    with sync_playwright() as playwright:
        # What is looked at is our own; in a container the sandbox cannot start.
        launched = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield launched
        finally:
            launched.close()
