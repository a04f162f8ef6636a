"""What the tests share: throw-away sites, and the flagship built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from parcours.cli import main

from . import bench
from .corpora import Corpus, compiled, corpus, is_feed
from .serving import serving

ROOT = Path(__file__).resolve().parents[1]
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MODES = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
NOW = "2026-11-24T09:00:00Z"

SMALLEST = """\
site_name: Petit site
site_url: https://petit.example/x/
docs_dir: content
theme: {name: material}
plugins: [search, parcours: {timezone: Europe/Lisbon}]
"""

FRENCH = """\
site_name: Petit site
site_url: https://petit.example/x/
docs_dir: content
theme: {name: material, language: fr, font: false}
plugins:
  - search
  - parcours:
      uid_domain: petit.example
      territories: france
      collections:
        comptoirs:
          {kind: webinar, folder: webinars, name: Comptoirs, address: comptoirs, weekday: thursday}
        voyages: {kind: trip, folder: voyages}
        mooc: {kind: course, folder: content/mooc}
"""


@dataclass
class Site:
    """A folder of sources in a temporary directory."""

    root: Path

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def git(self, *arguments: str, date: str = "2026-01-01T00:00:00Z") -> str:
        identity = {
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@mail.example",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@mail.example",
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_DATE": date,
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env={**os.environ, **identity},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def commit(self, date: str = "2026-01-01T00:00:00Z") -> None:
        if not (self.root / ".git").exists():
            self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", date=date)

    def run(self, command: str, *arguments: str, now: str = NOW) -> int:
        file = str(self.root / "mkdocs.yml")
        return main([command, "-f", file, "--now", now, *arguments])

    def build(self, *arguments: str, now: str = NOW) -> Path:
        out = self.root / "site"
        assert self.run("build", "-d", str(out), *arguments, now=now) == 0
        return out


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts without what a build reads from the environment."""
    for name in ("SOURCE_DATE_EPOCH", "PARCOURS_LANG", "SITE_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The smallest site, in French: a home page and no event."""
    made = Site(tmp_path / "site-sources")
    made.write("mkdocs.yml", FRENCH)
    made.write("content/index.md", "# Accueil\n\nBonjour.\n")
    for folder in ("webinars", "voyages", "content/mooc"):
        (made.root / folder).mkdir(parents=True, exist_ok=True)
    return made


@pytest.fixture
def smallest(tmp_path: Path) -> Site:
    """The smallest configuration that builds."""
    made = Site(tmp_path / "smallest")
    made.write("mkdocs.yml", SMALLEST)
    made.write("content/index.md", "# Hello\n")
    made.write("webinars/one.md", "---\ntitle: One\nstart: 2026-12-03 12:30\n---\nText.\n")
    return made


@pytest.fixture(scope="session")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The flagship's site, built once at a fixed instant."""
    out = tmp_path_factory.mktemp("flagship") / "site"
    assert main(["build", "-f", str(ROOT / "mkdocs.yml"), "-d", str(out), "--now", NOW]) == 0
    yield out
    shutil.rmtree(out.parent)


@pytest.fixture(scope="session")
def flagship_corpus(flagship: Path) -> Corpus:
    """The flagship's community, and the feeds of its built site."""
    now = datetime.fromisoformat(NOW)
    community = compiled(ROOT / "mkdocs.yml", now).community
    files = {path.relative_to(flagship).as_posix(): path for path in flagship.rglob("*.*")}
    feeds = {name: path.read_bytes() for name, path in files.items() if is_feed(name)}
    return Corpus(community, feeds, now)


@pytest.fixture(scope="session")
def large_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """3,000 generated events of all sorts over eight years, and their feeds."""
    root = tmp_path_factory.mktemp("corpus")
    bench.corpus(root, 3000)
    bench.write(root / "mkdocs.yml", bench.CONFIG + bench.PLUGIN.format(feeds="true"))
    return corpus(root / "mkdocs.yml", datetime.fromisoformat(NOW))


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """The problem lines printed since the last call."""

    def read() -> list[str]:
        captured = capsys.readouterr()
        return [line for line in captured.out.splitlines() if line.strip()]

    return read


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the system, else Playwright's own, downloaded if need be."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            download = [sys.executable, "-m", "playwright", "install", "chromium"]
            subprocess.run(download, capture_output=True, timeout=600)
        try:
            launched = playwright.chromium.launch(executable_path=path, args=BROWSER)
        except Error:
            unavailable("a browser")
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def base(flagship: Path) -> Iterator[str]:
    with serving(flagship) as address:
        yield address


@pytest.fixture(params=MODES, ids=lambda mode: f"{mode[0]}-{mode[1]}", scope="module")
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR"
    )
    context.add_init_script(VIOLATIONS)
    yield context.new_page()
    context.close()


def unavailable(what: str) -> None:
    """Skip with a visible reason; in continuous integration, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed: run make system")
    pytest.skip(f"{what} is not installed: run make system")
