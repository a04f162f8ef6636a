"""What the tests share: throw-away sites, and the flagship built once for all workers."""

from __future__ import annotations

import copy
import fcntl
import functools
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, BinaryIO, TypeVar
from zlib import crc32

import jinja2
import mkdocs.utils
import pytest
import yaml
from browser import executable
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket
from mkdocs.config import defaults
from mkdocs.theme import Theme
from mkdocs.utils.yaml import yaml_load
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from parcours import cli
from parcours.cli import main
from parcours.commands import COMMANDS
from parcours.commands.parser import parser
from parcours.engine import build as engine
from parcours.engine import inputs
from parcours.engine.edition import PACKAGE
from parcours.i18n import Translator
from parcours.pages import bundle, cards, drawing
from parcours.search import words
from parcours.search.words import _stemmer
from parcours.sources import entities
from parcours.sources import map as drawn
from parcours.tree import content

from . import bench
from .committing import begin, first_commit
from .corpora import Corpus, compiled, corpus, is_feed, keep, kept, ready
from .serving import serving

# The same examples in each run, in whatever file; a slow machine fails none.
settings.register_profile(
    "parcours",
    derandomize=True,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("parcours")

T = TypeVar("T")

IN_CI = bool(os.environ.get("CI"))
"""Whether a continuous integration runs the tests; what they build is not published by it."""

ROOT = Path(__file__).resolve().parents[1]
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 60_000
"""Milliseconds after which what a browser was to bring is missing, on however busy a machine."""
WIDTHS = [1280, 320]
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""
NOW = "2026-11-24T09:00:00Z"
LARGE = {"large_corpus", "large", "flagship", "flagship_compiled", "flagship_corpus"}
"""Fixtures that take seconds to make: the tests that use them are marked by it."""

SAMPLE = 4
"""Of how many tests alike one is tried by day, of those that `make quick` leaves out."""

NOT_QUICK = ("browser", "client", "deep", "large")
"""The marks that `make quick` leaves out."""

MANY, THOUSANDS = 1_200, 3_000
"""Events of a large site: enough for every bound of a feed, and as many as one may ever have."""

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
      collections:
        comptoirs:
          {kind: webinar, folder: webinars, name: Comptoirs, address: comptoirs, weekday: thursday}
        voyages: {kind: trip, folder: voyages}
        mooc: {kind: course, folder: content/mooc}
"""

REGIONS = FRENCH.replace("      collections:", "      territories: france\n      collections:")
"""With the French regions, which have a page and feeds each."""


@dataclass
class Site:
    """A folder of sources in a temporary directory.

    Attributes:
        keeps: what is checked and compiled is kept for the next time, which few tests have.
    """

    root: Path
    keeps: bool = False

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
            # Nothing is tidied up meanwhile.
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "maintenance.auto",
            "GIT_CONFIG_VALUE_0": "false",
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
            begin(self.root)
            if first_commit(self.root, date):
                return
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", date=date)

    def run(self, command: str, *arguments: str, now: str = NOW) -> int:
        file = str(self.root / "mkdocs.yml")
        anew = [] if self.keeps or command not in {"check", "compile"} else ["--no-cache"]
        return main([command, "-f", file, "--now", now, *anew, *arguments])

    def compile(self, *arguments: str, now: str = NOW) -> Path:
        """The feeds and files as they are published, and the pages as Markdown: half a build."""
        out = self.root / "compiled"
        assert self.run("compile", "-o", str(out), *arguments, now=now) == 0
        return out

    def feeds(self, now: str = NOW) -> Path:
        """The feeds and their lists as they are published: no page is drawn."""
        return self._some("feeds", lambda one: one.endswith(".ics") or one.startswith("flux/"), now)

    def page(self, address: str, now: str = NOW) -> Path:
        """The Markdown of one page; maybe missing. No other is drawn."""
        names = compiled_names(address)
        return compiled_page(self._some("page", lambda one: one in names, now), address)

    def _some(self, folder: str, wanted: Callable[[str], bool], now: str) -> Path:
        out = self.root.parent / folder
        shutil.rmtree(out, ignore_errors=True)
        made = compiled(self.root / "mkdocs.yml", datetime.fromisoformat(now), draws=False)
        for name, leaf in made.tree.files.items():
            if wanted(name):
                (out / name).parent.mkdir(parents=True, exist_ok=True)
                (out / name).write_bytes(content(leaf))
        return out

    def build(self, *arguments: str, now: str = NOW) -> Path:
        out = self.root / "site"
        assert self.run("build", "-d", str(out), *arguments, now=now) == 0
        return out


def french(root: Path, config: str = FRENCH) -> Site:
    """The smallest site in French, in a folder that is made."""
    made = Site(root)
    made.write("mkdocs.yml", config)
    made.write("content/index.md", "# Accueil\n\nBonjour.\n")
    for folder in ("webinars", "voyages", "content/mooc"):
        (made.root / folder).mkdir(parents=True, exist_ok=True)
    return made


def compiled_names(address: str) -> tuple[str, ...]:
    """Where the Markdown of the page at an address may stand."""
    return (f"{address}/index.md", f"{address}.md") if address else ("index.md",)


def compiled_page(folder: Path, address: str) -> Path:
    """The Markdown of the page at an address, in what `compile` wrote; maybe missing."""
    names = compiled_names(address)
    return next((file for name in names if (file := folder / name).is_file()), folder / names[-1])


ONCE: tuple[tuple[ModuleType, str], ...] = (
    (drawing, "qr_code"),
    (cards, "draw"),
    (bundle, "_asset"),
    (drawn, "_packaged"),
    (entities, "packaged_territories"),
    (mkdocs.utils, "get_themes"),
)
"""What is the same for one site as for another, and takes a fifth of the time of all tests."""


@pytest.fixture(scope="session", autouse=True)
def _temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What others write for a while lies with what the tests write, and goes with it."""
    with pytest.MonkeyPatch.context() as patched:
        folder = str(tmp_path_factory.mktemp("temporary"))
        patched.setenv("TMPDIR", folder)
        patched.setattr(tempfile, "tempdir", folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for module, name in ONCE:
            patched.setattr(module, name, functools.cache(getattr(module, name)))
        patched.setattr(words, "_stemmer", functools.cache(_Stemmer))
        patched.setattr(defaults, "yaml_load", _Configurations().load)
        patched.setattr(cli, "parser", _Parsers().parser)
        _look_at_the_package_once(patched)
        _compile_templates_once(patched)
        yield


def _look_at_the_package_once(patched: pytest.MonkeyPatch) -> None:
    """What is tested stays as it is meanwhile; each answer that is kept names all of it."""
    walk, digest, own = inputs._walk, inputs.digest, PACKAGE + os.sep
    read = functools.cache(digest)
    found: dict[str, inputs.Stat] = {}

    def walked(top: str, stats: dict[str, inputs.Stat], passed: list[str]) -> None:
        if top != PACKAGE:
            return walk(top, stats, passed)
        if not found:
            walk(top, found, [])
        stats.update(found)

    patched.setattr(inputs, "_walk", walked)
    patched.setattr(inputs, "digest", lambda path: (read if path.startswith(own) else digest)(path))


def _compile_templates_once(patched: pytest.MonkeyPatch) -> None:
    """A theme's templates are the same for each site that has no other."""
    codes, made = _Codes(), Theme.get_env

    def get_env(theme: Theme) -> jinja2.Environment:
        env = made(theme)
        env.bytecode_cache = codes
        return env

    patched.setattr(Theme, "get_env", get_env)


class _Codes(jinja2.BytecodeCache):
    """What templates were compiled to, by the file and what it held."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._found.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._found[bucket.key, bucket.checksum] = bucket.code


class _Configurations:
    """Configurations that were read, by their text: tests have few, and the engine reads slowly."""

    def __init__(self) -> None:
        self._found: dict[bytes, dict[str, Any]] = {}

    def load(self, source: BinaryIO, loader: type[yaml.BaseLoader]) -> dict[str, Any]:
        text = source.read()
        source.seek(0)
        # What a tag or another file says stands elsewhere.
        if b"!" in text or b"INHERIT" in text:
            return yaml_load(source, loader)
        if text not in self._found:
            self._found[text] = yaml_load(source, loader)
        return copy.deepcopy(self._found[text])


class _Parsers:
    """Parsers of the command line, by the command and the language."""

    def __init__(self) -> None:
        self._found: dict[tuple[Translator, str], ArgumentParser] = {}

    def parser(self, tr: Translator, given: Sequence[str] | None = None) -> ArgumentParser:
        named = [one.name for one in COMMANDS if one.name in (given or ())]
        if named not in (["build"], ["check"], ["compile"]):
            return parser(tr, given)
        asked = (tr, named[0])
        if asked not in self._found:
            self._found[asked] = parser(tr, given)
        return self._found[asked]


class _Stemmer:
    """A stemmer that remembers its words from one site to another."""

    def __init__(self, algorithm: str) -> None:
        made = _stemmer(algorithm)
        self.stemWord = functools.cache(made.stemWord) if made else str


@pytest.fixture(scope="session", autouse=True)
def _environment() -> Iterator[None]:
    """Tests, and what they share, do without what a build reads from the environment."""
    pushed = ("GITHUB_EVENT_NAME", "CI_COMMIT_BRANCH")
    with pytest.MonkeyPatch.context() as patched:
        for name in ("SOURCE_DATE_EPOCH", "PARCOURS_LANG", "SITE_URL", "CI", *pushed):
            patched.delenv(name, raising=False)
        # The cores are busy with tests already.
        patched.setenv("PARCOURS_PROCESSES", "1")
        yield


@pytest.fixture(autouse=True)
def _quickly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `make quick` runs before each commit builds no site, and starts no other Python."""
    if any(request.node.get_closest_marker(name) for name in NOT_QUICK):
        return

    def build(*arguments: object, **options: object) -> None:
        pytest.fail("this test builds a site: mark it large, or compile (CONTRIBUTING.md)")

    def start(process: Any, arguments: Any, *others: Any, **options: Any) -> None:
        first = arguments if isinstance(arguments, str) else next(iter(arguments))
        if Path(os.fspath(first)).parent == Path(sys.executable).parent:
            pytest.fail("this test starts Python: mark it large, or call main (CONTRIBUTING.md)")
        started(process, arguments, *others, **options)

    started = subprocess.Popen.__init__
    monkeypatch.setattr(engine, "render_site", build)
    monkeypatch.setattr(subprocess.Popen, "__init__", start)


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """The smallest site, in French: a home page and no event."""
    regions = request.node.get_closest_marker("regions") is not None
    return french(tmp_path / "site-sources", REGIONS if regions else FRENCH)


@pytest.fixture
def smallest(tmp_path: Path) -> Site:
    """The smallest configuration that builds."""
    made = Site(tmp_path / "smallest")
    made.write("mkdocs.yml", SMALLEST)
    made.write("content/index.md", "# Hello\n")
    made.write("webinars/one.md", "---\ntitle: One\nstart: 2026-12-03 12:30\n---\nText.\n")
    return made


MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory."""

ROOM = 4 << 30
"""What a run of all tests may write, in octets: it writes half of it."""


def _in_memory() -> bool:
    """Whether the memory's folder can be written to, has room, and lets scripts run."""
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return False
    told = os.statvfs(MEMORY)
    return told.f_bavail * told.f_frsize >= ROOM and not told.f_flag & os.ST_NOEXEC


def pytest_configure() -> None:
    # A disk takes a fifth of the time of tests that make thousands of small files.
    if _in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    # What can be thrown away is looked for a tenth as often: that took a tenth of the time.
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    # Thousands of tests stay as they are: nothing of them is looked at for what can be thrown away.
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if LARGE & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.large)
    families = defaultdict(list)
    for item in items:
        marks = {mark.name: mark for mark in item.iter_markers()}
        if marks.keys() & {*NOT_QUICK, "sampled"} and "deep" not in marks:
            said = marks["sampled"].args if "sampled" in marks else ()
            families[item.nodeid.partition("[")[0], *(said or (SAMPLE,))].append(item)
    for (name, many), family in families.items():
        for item in at_night(name, family, many):
            item.add_marker(pytest.mark.deep)


def at_night(name: str, family: Sequence[T], many: int = SAMPLE) -> list[T]:
    """Those of a family of tests that are tried at night alone: what is tried again and again in
    the same way takes most of the time, and by day one in *many* of it is tried.

    Args:
        name: of the family; it says which are left, so that not all are the first of their kind.
    """
    first = crc32(name.encode()) % min(many, len(family))
    return [one for index, one in enumerate(family) if index % many != first]


def once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made once, by whichever worker of pytest-xdist asks for it first.

    Args:
        make: makes the folder, which does not exist yet, and raises when it cannot.
    """
    base = temporary.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, unfinished = root / name, root / f"{name}.unfinished"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(folder)
    return folder


def flagship_by(command: str, option: str, folder: Path) -> None:
    """Build or compile the flagship at a fixed instant."""
    arguments = [command, "-f", str(ROOT / "mkdocs.yml"), option, str(folder), "--now", NOW]
    assert main(arguments) == 0


@pytest.fixture(scope="session")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flagship's built site."""
    return once(tmp_path_factory, "flagship", lambda folder: flagship_by("build", "-d", folder))


@pytest.fixture(scope="session")
def flagship_compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flagship's feeds and files, and its pages as Markdown."""
    return once(
        tmp_path_factory, "flagship-compiled", lambda folder: flagship_by("compile", "-o", folder)
    )


def corpus_once(temporary: pytest.TempPathFactory, name: str, make: Callable[[], Corpus]) -> Corpus:
    """A corpus that is made by one worker."""
    folder = once(temporary, name, lambda folder: keep(make(), folder / "corpus"))
    return kept(folder / "corpus")


@pytest.fixture(scope="session")
def flagship_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The flagship's community, and its feeds."""
    now = datetime.fromisoformat(NOW)
    return corpus_once(
        tmp_path_factory, "flagship-corpus", lambda: corpus(ROOT / "mkdocs.yml", now)
    )


def corpus_of(temporary: pytest.TempPathFactory, count: int) -> Corpus:
    """Generated events of all sorts over eight years, and their feeds."""

    def make() -> Corpus:
        root = temporary.mktemp("corpus")
        bench.corpus(root, count)
        bench.write(root / "mkdocs.yml", bench.CONFIG + bench.PLUGIN.format(feeds="true"))
        loaded = ready(root / "mkdocs.yml", datetime.fromisoformat(NOW))
        feeds = {name: content(leaf) for name, leaf in loaded.feeds() if is_feed(name)}
        return Corpus(loaded.community, feeds, loaded.now)

    return corpus_once(temporary, f"corpus-{count}", make)


@pytest.fixture(scope="session", params=[MANY, pytest.param(THOUSANDS, marks=pytest.mark.deep)])
def large_corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Corpus:
    """The generated events of a large site."""
    return corpus_of(tmp_path_factory, request.param)


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """The problem lines printed since the last call, without the lines of sources below them."""

    def read() -> list[str]:
        captured = capsys.readouterr()
        found = [line for line in captured.out.splitlines() if line.strip()]
        return [line for line in found if not line.startswith("    ")]

    return read


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the system, else Playwright's own, downloaded if need be."""
    path = executable()
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            download = [sys.executable, "-m", "playwright", "install", "chromium"]
            subprocess.run(download, capture_output=True, timeout=600)
        try:
            launched = playwright.chromium.launch(executable_path=path, args=BROWSER)
        except Error:
            unavailable("a browser")
        expect.set_options(timeout=PATIENCE)
        launched.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def base(flagship: Path) -> Iterator[str]:
    with serving(flagship, stays=True) as address:
        yield address


@pytest.fixture(params=WIDTHS, scope="module")
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of each width; what depends on the colour scheme asks for both (tests/axe.py)."""
    # What reads without a network fetches a tenth of the site: tests/test_offline.py has it.
    context = browser.new_context(
        viewport={"width": request.param, "height": 900},
        locale="fr-FR",
        service_workers="block",
    )
    context.add_init_script(VIOLATIONS)
    yield context.new_page()
    context.close()


def unavailable(what: str) -> None:
    """Skip with a visible reason; in continuous integration, fail."""
    if IN_CI:
        pytest.fail(f"{what} is not installed: run make system")
    pytest.skip(f"{what} is not installed: run make system")
