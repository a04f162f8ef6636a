"""A browser for the scripts of this repository: the system's, or the one that Playwright keeps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser; the variable BROWSER_PATH names one, or "" asks for Playwright's own."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    path = os.environ.get("BROWSER_PATH", found) or None
    with sync_playwright() as playwright:
        # What is looked at is our own; in a container the sandbox cannot start.
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield launched
        finally:
            launched.close()
