"""How soon a page is seen and how still it stands, in a real browser; printed by the bench.

The throttling is that of Lighthouse's mobile profile: 1.6 Mbit/s, 150 ms, a processor four times
slower (applied by the browser while it loads, not simulated afterwards).
"""

from __future__ import annotations

import statistics
from pathlib import Path

from browser import executable
from playwright.sync_api import Browser, Error, sync_playwright

from .serving import serving

ROUNDS = 3
OBSERVE = """
window.vitals = { lcp: 0, cls: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.vitals.lcp = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) {
    if (!hadRecentInput) window.vitals.cls += value;
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def measure(browser: Browser, address: str, *, slow: bool) -> tuple[float, float]:
    """Largest contentful paint in milliseconds and cumulative layout shift of a first visit."""
    viewport = {"width": 412, "height": 823} if slow else {"width": 1280, "height": 900}
    context = browser.new_context(viewport=viewport, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(OBSERVE)
    if slow:
        session = context.new_cdp_session(page)
        rate = 1.6e6 / 8
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": 150,
                "downloadThroughput": rate,
                "uploadThroughput": rate,
            },
        )
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(300)
    found = page.evaluate("window.vitals")
    context.close()
    return found["lcp"], found["cls"]


def show(folder: Path, pages: dict[str, str]) -> None:
    """Print the medians for some pages of a built site; say so where there is no browser."""
    with sync_playwright() as playwright, serving(folder) as base:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable(), args=["--no-sandbox"]
            )
        except Error:
            print("No browser: how soon pages are seen was not measured.")
            return
        print("Largest contentful paint and cumulative shift (loopback; Lighthouse's mobile):")
        for title, address in pages.items():
            said = []
            for slow in (False, True):
                rounds = [measure(browser, base + address, slow=slow) for _ in range(ROUNDS)]
                paint = statistics.median(lcp for lcp, _ in rounds)
                said.append(f"{paint:6.0f} ms {max(cls for _, cls in rounds):.3f}")
            print(f"  {title:10} {'  '.join(said)}")
        browser.close()
