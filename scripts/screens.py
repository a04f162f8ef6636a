"""Show the pages that a change changes, at two widths: `make screens`.

Which ones, `parcours diff --json` tells; they are looked at in the built site, over loopback.
"""

from __future__ import annotations

import functools
import http.server
import re
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import browser
from playwright.sync_api import Browser

from parcours.diffing.report import NoReport, Report
from parcours.diffing.show import read_file
from parcours.model.settings import ADDRESSES

WIDTHS = (360, 1280)
MOST = 20
"""Pages that are looked at: a change of more is looked at in the site itself."""

TALLEST = 6_000
"""Pixels of a page that are shown."""


def changed(report: Report) -> list[str]:
    """The addresses of the pages that change, relative to the site's root: meetings, the agenda."""
    pages = [one.page for one in report.meetings if one.page]
    agenda = [f"{ADDRESSES[report.language].agenda}/"] if report.months else []
    return list(dict.fromkeys([*pages, *agenda]))


def file_name(address: str, width: int) -> str:
    """What the picture of a page is called."""
    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:120]
    return f"{name or 'index'}-{width}.png"


def show(site: Path, addresses: Iterable[str], target: Path) -> list[str]:
    """Write a picture of each page at each width; returns those that the site does not have."""
    target.mkdir(parents=True, exist_ok=True)
    root, missing = site.resolve(), []
    with serving(root) as base, browser() as chromium:
        for address in addresses:
            page = (root / address / "index.html").resolve()
            if not page.is_relative_to(root) or not page.is_file():
                missing.append(address)
                continue
            for width in WIDTHS:
                _shoot(chromium, base + address, width, target / file_name(address, width))
    return missing


def _shoot(chromium: Browser, address: str, width: int, target: Path) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, timezone_id="Europe/Paris")
    page.goto(address, wait_until="networkidle")
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=target, animations="disabled")
    page.close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Nobody reads which files were fetched."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A folder over loopback; gives its address, ending with a slash."""
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def main(site: str, report: str, target: str) -> int:
    """Show what a report says; returns the exit code."""
    try:
        addresses = changed(read_file(Path(report)))
    except NoReport as error:
        print(f"{report}: {error}", file=sys.stderr)
        return 1
    missing = show(Path(site), addresses[:MOST], Path(target))
    for address in missing:
        print(f"{address}: not in the built site", file=sys.stderr)
    if len(addresses) > MOST:
        print(f"{len(addresses)} pages change; the first {MOST} are shown", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
