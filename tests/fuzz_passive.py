"""Build random hostile sources, load every page without its policy, and tell what ran.

    .venv/bin/python -m tests.fuzz_passive N [SEED]

N cases are drawn (`tests.hostile`); those that the build refuses are left out, one by one. What is
published of the others is loaded in a browser: pages with the site's own scripts, drawings and
other documents by their own address. A case fails where a script of its runs, where one waits for a
reader's hand (a handler, an address that is a script), or where another host is asked for more
than a picture, a film or sound.
"""

from __future__ import annotations

import base64
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from threading import Thread
from urllib.parse import quote, unquote, urlsplit

from browser import executable
from playwright.sync_api import Browser, ConsoleMessage, Request, sync_playwright

from .hostile import SCRIPT, Case, cases

NOW = "2026-11-24T09:00:00Z"
BATCH = 800
SMALL = 200
"""Cases of one site; of one whose menu holds every page, fewer: each page repeats it."""

QUERIES = ("ran", "onerror", "script", "href", "img", "javascript", "text", "title", "page")
"""What a reader looks for: the theme draws the results, and our script draws the agenda's."""

PICTURES = {"image", "media", "texttrack"}
"""What is shown and runs nothing, wherever it comes from."""

ASKED = (("", "q"), ("agenda/", "mots"))
"""The pages that draw results, and the key of their query."""

PATIENCE = 3000
"""Milliseconds that drawn results are waited for."""

MOMENT = 60
"""And what any page does once it is loaded."""

TOGETHER = 6
"""Pages that are loaded at once."""

WHOLE = 6
"""One page of so many is loaded with the theme's own scripts and styles, which take long."""

LIMIT = 600
"""Seconds that a build may take."""

CONFIG = """\
site_name: Petit site
site_url: https://petit.example/
docs_dir: content
edit_uri_template: https://forge.example/edit/main/content/{path}
theme:
  name: material
  language: fr
  font: false
  features: [navigation.tabs, navigation.top, search.highlight, toc.follow]
plugins:
  - search: {lang: fr}
  - parcours:
      uid_domain: petit.example
      cards: false
      feeds: {enabled: false}
      collections:
        comptoirs: {kind: webinar, folder: webinars, name: Comptoirs, address: comptoirs}
        voyages: {kind: trip, folder: voyages}
        mooc: {kind: course, folder: content/mooc}
      news: {folder: content/actualites}
"""

FEW = """\
markdown_extensions:
  - admonition
  - attr_list
  - tables: {use_align_attribute: true}
  - toc: {permalink: true}
  - pymdownx.superfences
  - pymdownx.highlight
"""

MANY = f"""\
{FEW}  - abbr
  - def_list
  - footnotes
  - md_in_html
  - meta
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.details
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.magiclink
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.tabbed: {{alternate_style: true}}
  - pymdownx.tasklist: {{custom_checkbox: true}}
  - pymdownx.tilde
  - pymdownx.arithmatex: {{generic: true}}
"""

NAV = "nav: [index.md]\n"

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

_FAULT = re.compile(r"(?:^|\n)((?:(?!: (?:error|warning)\[).)*?):\d+:\d+: error\[", re.DOTALL)
_NUMBER = re.compile(r"z(\d+)z")
_POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")
_THEME = re.compile(
    rb"<script src=\"[./]*assets/javascripts/bundle[^>]*></script>"
    rb"|<link rel=\"stylesheet\" href=\"[./]*assets/stylesheets/[^>]*>"
)
_DOCUMENT = re.compile(r"text/html|image/svg\+xml|.*\bxml$|.*\+xml$")

REPORTER = """
window.ran = (what) => console.log(`RAN ${what} @ ${location.href}`);
for (const name of ["alert", "confirm", "prompt", "print"]) {
  window[name] = () => console.log(`RAN ${name} @ ${location.href}`);
}
"""

VISIT = r"""
async ({ urls, together, pause: rest }) => {
  const script = (text) => /^(javascript|vbscript):/i.test(
    (text ?? "").replace(/^[\u0000-\u0020]+|[\t\n\r]/g, ""),
  );
  const holders = {
    form: "action", button: "formaction", input: "formaction", object: "data",
    iframe: "src", frame: "src", embed: "src",
  };
  const elements = function* (root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) {
        yield* elements(element.shadowRoot);
      }
    }
  };
  const waits = (element) => {
    const found = [];
    const name = element.localName;
    const math = /Math/.test(element.namespaceURI);
    const animated = /^(set|animate)/.test(name) ? element.getAttribute("attributeName") : "";
    for (const { name: key, localName, value } of element.attributes) {
      const link = localName === "href" && (math || ["a", "area"].includes(name));
      const held = holders[name] === localName;
      const moved = /href$/.test(animated) && ["to", "from", "by", "values"].includes(localName);
      if (/^on/i.test(key)) {
        found.push(`${name} ${key}`);
      } else if ((link || held) && script(value)) {
        found.push(`${name} ${key}=${value}`);
      } else if (moved && value.split(";").some(script)) {
        found.push(`${name} ${key}=${value}`);
      }
    }
    return found;
  };
  const events = ["mouseover", "mouseenter", "focus", "focusin", "click", "toggle", "wheel"];
  const poke = (element) => {
    for (const name of events) {
      element.dispatchEvent(new Event(name));
    }
  };
  const visit = async (url) => {
    const frame = document.createElement("iframe");
    frame.width = 900;
    frame.height = 700;
    const loaded = new Promise((done) => { frame.onload = done; });
    frame.src = url;
    document.body.append(frame);
    const pause = (time) => new Promise((done) => { setTimeout(done, time); });
    const slow = await Promise.race([loaded.then(() => ""), pause(120000).then(() => "slow")]);
    await pause(rest);
    const found = slow ? [slow] : [];
    const page = frame.contentDocument;
    if (!page) {
      found.push("went elsewhere");
    } else {
      for (const element of elements(page)) {
        found.push(...waits(element));
        poke(element);
      }
      await pause(10);
    }
    frame.remove();
    return found.length ? [[url, found]] : [];
  };
  const left = [...urls];
  const all = [];
  await Promise.all(Array.from({ length: together }, async () => {
    while (left.length) {
      all.push(...await visit(left.pop()));
    }
  }));
  return all;
}
"""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves a page drops what it asked for."""


class _Bare(http.server.SimpleHTTPRequestHandler):
    """The site without its policy, and with a script at each address of that name."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        where = unquote(urlsplit(self.path).path)
        if where == "/__visit":
            return self._answer(b"<!doctype html><title>x</title><body>", "text/html")
        if where.endswith(f"/{SCRIPT}"):
            code = b"top.ran(document.currentScript ? document.currentScript.src : 'n.txt');"
            return self._answer(code, "text/javascript")
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            return self._answer(b"", "text/plain", 404)
        kind = self.guess_type(str(path))
        data = path.read_bytes()
        if kind == "text/html":
            data = _POLICY.sub(b"", data)
            if "whole" not in self.path:
                data = _THEME.sub(b"", data)
        packed = path.suffix == ".svgz" and data[:2] == b"\x1f\x8b"
        return self._answer(data, kind, encoding="gzip" if packed else "")

    def _answer(self, data: bytes, kind: str, status: int = 200, *, encoding: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text/" in kind else kind)
        self.send_header("Content-Length", str(len(data)))
        if self.path.startswith("/assets/"):
            self.send_header("Cache-Control", "max-age=3600")
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(data)


@dataclass
class Outcome:
    """What became of the cases.

    Attributes:
        refused: cases that the build refused, by sort.
        crashed: what the command said where it stopped without naming a source.
        loaded: documents of the site that were loaded.
        ran: what ran in a reader's page, by case (0 where the case is not known).
        waiting: what would run if the reader touched it.
        left: addresses of other hosts that were asked for, without pictures.
    """

    generated: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    built: Counter[str] = field(default_factory=Counter)
    crashed: dict[int, str] = field(default_factory=dict)
    loaded: int = 0
    ran: dict[int, set[str]] = field(default_factory=dict)
    waiting: dict[int, set[str]] = field(default_factory=dict)
    left: dict[int, set[str]] = field(default_factory=dict)
    building: float = 0.0
    loading: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.generated} generated, {self.refused.total()} refused, {self.loaded} loaded, "
            f"{len(self.ran)} ran, {len(self.waiting)} wait, {len(self.left)} left, "
            f"{len(self.crashed)} crashed; "
            f"built in {self.building:.0f} s, loaded in {self.loading:.0f} s"
        )

    @property
    def failed(self) -> set[int]:
        return {*self.ran, *self.waiting, *self.left, *self.crashed}


def write(root: Path, drawn: Iterable[Case], config: str) -> list[Case]:
    """Write the sources; gives the cases that the file system takes."""
    shutil.rmtree(root, ignore_errors=True)
    for folder in ("content/data", "content/mooc", "content/actualites", "webinars", "voyages"):
        (root / folder).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(config, "utf-8")
    (root / "content/index.md").write_text("# Accueil\n\nBonjour.\n", "utf-8")
    meeting = "---\ntitle: Page\nstart: 2026-12-03\nend: 2026-12-04\n---\nTexte.\n"
    for folder, text in (("content", "# Page\n"), ("webinars", meeting), ("voyages", meeting)):
        # What links of the cases lead to.
        (root / folder / "page.md").write_text(text, "utf-8")
        (root / folder / "x.png").write_bytes(PICTURE)
    places = root / "content/data/places"
    places.mkdir()
    (places / "salle.yml").write_text("name: Salle\naddress: 1 rue X, Paris\n", "utf-8")
    written = []
    for case in drawn:
        try:
            for name, data in case.files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb" if case.sort in {"taken", "notice"} else "wb") as file:
                    file.write(data)
        except (OSError, ValueError):
            continue
        written.append(case)
    return written


def run(root: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "parcours.cli", "build", "-f", str(root / "mkdocs.yml")]
    return subprocess.run(
        [*command, "-d", str(out), "--now", NOW, "--lang", "en"],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=LIMIT,
    )


def named(said: str, left: Sequence[Case]) -> set[int]:
    """The cases whose sources the command's errors name."""
    paths = {name: case.number for case in left for name in case.files}
    found = set()
    for fault in _FAULT.findall(said):
        numbers = _NUMBER.findall(fault)
        if numbers:
            found.add(int(numbers[-1]))
        else:
            found |= {number for path, number in paths.items() if fault.endswith(path)}
    if not found:
        # The engine's own errors name a page somewhere.
        lines = [line for line in said.splitlines() if "warning[" not in line]
        found = {int(number) for line in lines for number in _NUMBER.findall(line)}
    return found & {case.number for case in left}


def build(drawn: list[Case], config: str, folder: Path, outcome: Outcome) -> Path | None:
    """The built site of the cases that are not refused, which are left out one after another."""
    root, out = folder / "sources", folder / "site"
    there = write(root, drawn, config)
    outcome.refused.update(case.sort for case in drawn if case not in there)
    while there:
        done = run(root, out)
        if done.returncode == 0:
            outcome.built.update(case.sort for case in there)
            return out
        said = done.stdout + done.stderr
        gone = set() if "Traceback" in said else named(said, there)
        if not gone:
            case, said = culprit(there, config, folder / "part")
            gone = {case.number}
            if "Traceback" in said:
                outcome.crashed[case.number] = said.strip().splitlines()[-1]
        outcome.refused.update(case.sort for case in there if case.number in gone)
        there = write(root, [case for case in there if case.number not in gone], config)
    return None


def culprit(there: list[Case], config: str, folder: Path) -> tuple[Case, str]:
    """A case for which nothing is built, though no error names it, and what is said of it."""
    said = ""
    while True:
        half = there[: len(there) // 2] or there
        done = run(write_all(folder / "sources", half, config), folder / "site")
        if done.returncode:
            said = done.stdout + done.stderr
        if len(there) == 1:
            return there[0], said
        there = half if done.returncode else there[len(half) :]


def write_all(root: Path, drawn: list[Case], config: str) -> Path:
    write(root, drawn, config)
    return root


def documents(folder: Path) -> list[str]:
    """The addresses of what a browser shows as a document."""
    guess = _Bare.guess_type
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and _DOCUMENT.match(guess(_Bare, name)):  # type: ignore[arg-type] # no self
            found.append("/" + quote(name.removesuffix("index.html")))
    return found


def load(browser: Browser, folder: Path, outcome: Outcome, pause: int = MOMENT) -> None:
    """Load every document of a site, and note what it does.

    Args:
        pause: milliseconds for what a page does once it is loaded.
    """
    handler = functools.partial(_Bare, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            _visit(browser, f"http://127.0.0.1:{server.server_port}", folder, outcome, pause)
        finally:
            server.shutdown()
            thread.join()


def _visit(browser: Browser, base: str, folder: Path, outcome: Outcome, moment: int) -> None:
    def note(found: dict[int, set[str]], text: str) -> None:
        match = re.search(r"RAN (\d+)\b|n\.txt\?(\d+)|evil\.example/(\d+)|z(\d+)z", unquote(text))
        number = next((int(one) for one in match.groups() if one), 0) if match else 0
        found.setdefault(number, set()).add(text[:300])

    def console(message: ConsoleMessage) -> None:
        if message.text.startswith("RAN "):
            note(outcome.ran, message.text)

    def request(asked: Request) -> None:
        if asked.resource_type in PICTURES:
            return
        if not asked.url.startswith((base, "data:", "blob:", "about:")):
            note(outcome.left, f"{asked.url} from {asked.frame.url}")

    context = browser.new_context(service_workers="block")
    context.add_init_script(REPORTER)
    context.on("console", console)
    context.on("request", request)
    page = context.new_page()
    page.goto(f"{base}/__visit")
    urls = [f"{url}?whole" if n % WHOLE == 0 else url for n, url in enumerate(documents(folder))]
    parts = [(urls[start : start + 100], moment) for start in range(0, len(urls), 100)]
    looked = [f"/{page}?{key}={word}&whole" for page, key in ASKED for word in QUERIES]
    for part, pause in [*parts, (looked, PATIENCE)]:
        said = {"urls": part, "together": TOGETHER, "pause": pause}
        for url, found in page.evaluate(VISIT, said):
            for one in found:
                note(outcome.waiting, f"{one} @ {url}")
        page.goto(f"{base}/__visit")
    outcome.loaded += len(urls)
    context.close()


def fuzz(browser: Browser, drawn: list[Case], config: str, outcome: Outcome) -> None:
    """Build and load these cases."""
    with tempfile.TemporaryDirectory(prefix="passive-") as name:
        outcome.generated += len(drawn)
        start = time.monotonic()
        folder = build(drawn, config, Path(name), outcome)
        built = time.monotonic()
        outcome.building += built - start
        if folder is not None:
            load(browser, folder, outcome)
            outcome.loading += time.monotonic() - built


def configurations() -> list[tuple[str, int]]:
    """With many extensions of Markdown and with few, and with every page in the menu; and how many
    cases a site of each holds."""
    return [(CONFIG + MANY + NAV, BATCH), (CONFIG + FEW + NAV, BATCH), (CONFIG + MANY, SMALL)]


def smaller(browser: Browser, failed: Sequence[Case], config: str) -> dict[int, list[str]]:
    """The pieces of cases that fail alone."""
    parts: dict[int, tuple[int, str]] = {}
    made = []
    for case in failed:
        for piece in case.pieces if case.again and len(case.pieces) > 1 else []:
            number = 9_000_000 + len(parts)
            text = piece.replace(str(case.number), str(number))
            parts[number] = (case.number, piece)
            made.append(case.again(number, [text]))  # type: ignore[misc] # asked for above
    outcome = Outcome()
    if made:
        fuzz(browser, made, config, outcome)
    found: dict[int, list[str]] = {}
    for number in sorted(outcome.failed & parts.keys()):
        whole, piece = parts[number]
        found.setdefault(whole, []).append(piece)
    return found


def tell(
    outcome: Outcome, failed: Iterable[int], drawn: Sequence[Case], pieces: dict[int, list[str]]
) -> None:
    """Print what failed, with its sources: those pieces that fail alone, else all."""
    by_number = {case.number: case for case in drawn}
    for number in sorted(failed):
        case = by_number.get(number)
        print(f"\n== case {number} ({case.sort if case else 'unknown'})")
        for title in ("ran", "waiting", "left"):
            for text in sorted(getattr(outcome, title).get(number, ()))[:4]:
                print(f"{title}: {text}")
        if number in outcome.crashed:
            print(f"crashed: {outcome.crashed[number]}")
        for piece in pieces.get(number, []):
            print(f"piece: {piece!r}")
        if case and number not in pieces:
            for name, data in case.files.items():
                print(f"{name!r}: {data[:1500]!r}")


def main(arguments: Sequence[str]) -> int:
    count = int(arguments[0]) if arguments else 20_000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    drawn = cases(count, seed)
    outcome, left = Outcome(), drawn
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        for config, size in cycle(configurations()):
            part, left = left[:size], left[size:]
            if not part:
                break
            before = outcome.failed
            fuzz(browser, part, config, outcome)
            new = outcome.failed - before
            suspects = [case for case in part if case.number in new]
            tell(outcome, new, part, smaller(browser, suspects[:40], config))
            print(f"seed {seed}: {outcome}", flush=True)
        browser.close()
    print(f"refused: {dict(outcome.refused)}; built: {dict(outcome.built)}")
    return 1 if outcome.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
