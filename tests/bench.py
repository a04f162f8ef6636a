"""`make bench N=3000`: Parcours beside plain Material and Hugo, on the same events.

The corpus is drawn with a fixed seed. All are run in turn within one round, since machines are
noisy: what counts are the ratios of their medians.
"""

from __future__ import annotations

import gzip
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from browser import executable
from playwright.sync_api import Error, Request, sync_playwright

from . import peers, vitals
from .serving import serving

ROUNDS = 3
NOW = "1795510800"
WORDS = """
former apprendre ensemble centre atelier séance groupe métier question exercice équipe parcours
projet outil retour pratique terrain regard temps lieu voyage preuve geste
""".split()  # noqa: SIM905 - a list of words reads better so
PLUGIN = """\
  - parcours:
      uid_domain: bench.example
      territories: france
      feeds: {{enabled: {feeds}}}
      collections:
        comptoirs: {{kind: webinar, folder: webinars, name: Comptoirs, address: comptoirs}}
        voyages: {{kind: trip, folder: voyages, name: Voyages, address: voyages}}
        mooc: {{kind: course, folder: content/mooc, name: Mooc, address: mooc}}
"""
CONFIG = """\
site_name: Mesure
site_url: https://bench.example/
docs_dir: content
theme: {name: material, language: fr, font: false}
markdown_extensions: [admonition, attr_list, tables, toc, pymdownx.superfences]
nav: [index.md, agenda.md, comptoirs.md, voyages.md, mooc.md, s-abonner.md]
not_in_nav: "*"
plugins:
  - search: {lang: fr}
"""


def sentence(chance: random.Random, words: int) -> str:
    text = " ".join(chance.choice(WORDS) for _ in range(words))
    return text[0].upper() + text[1:]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# What calendars and feeds have to carry unharmed, in turn.
TITLES = (
    "{} {}",
    "L’« {} » : et après ? 🌱 {}",
    "Œuvre, cœur ; {} \\ à 100 % 👩🏽‍🏫 {}",
    "{} – été, Noël & <demain> {}",
)
STATUSES = ("confirmed", "confirmed", "cancelled", "postponed", "tentative", "moved-online")
HOURS = ("8:00", "12:30", "12:30", "18:45", "23:15")
OVERSEAS = ("la-reunion", "mayotte", "guadeloupe", "martinique", "guyane")
FIRST_DAY = date(2020, 1, 2)
TODAY = datetime.fromtimestamp(int(NOW), UTC).date()


def entities(root: Path) -> None:
    """Write themes, organisations, and eight places, five of them overseas."""
    for n in range(8):
        write(root / f"content/data/themes/theme-{n}.yml", f"name: Thème {n}\n")
        write(root / f"content/data/organisations/org-{n}.yml", f"name: Organisme {n}\n")
        territory = OVERSEAS[n] if n < len(OVERSEAS) else "bretagne"
        place = (
            f"name: 'Lieu {n}, dit « L’Île » ; quai'\naddress: Ville {n}\nterritory: {territory}\n"
            f"latitude: 4{n}.5\nlongitude: {n}.1\n"
        )
        write(root / f"content/data/places/lieu-{n}.yml", place)


def trip(chance: random.Random, day: date) -> str:
    """The front matter of days away, every other time across the end of a month."""
    if chance.random() < 0.5:
        day = day.replace(day=1) - timedelta(days=chance.randrange(1, 3))
    last = day + timedelta(days=chance.randrange(2, 5))
    stops = "".join(
        f"- {{id: e{s}, title: {sentence(chance, 4)}, place: lieu-{5 + s}, day: {s + 1}}}\n"
        for s in range(3)
    )
    return f"start: {day}\nend: {last}\nstops:\n{stops}"


def webinar(chance: random.Random, day: date, n: int, today: date) -> str:
    """The front matter of a meeting, online and at a third of the times in a place too."""
    front = f"start: {day} {chance.choice(HOURS)}\nonline: https://visio.example/{n}?a=1&b=2\n"
    if n % 3 == 0:
        front += f"place: lieu-{n % 8}\nregistration: {{deadline: {day}}}\n"
    if day < today and n % 2:
        front += f"replay: {{video: https://video.example/{n}.mp4, size: 9{n}, duration: 50 min}}\n"
    return front


def corpus(root: Path, count: int, today: date = TODAY) -> None:
    """Write *count* events, many years of them: eight webinars for a trip and a session.

    Args:
        today: the day of the build; what lies before it may have a replay.
    """
    chance = random.Random(1001)
    write(root / "content/index.md", "# Mesure\n")
    write(root / "content/mooc/cours/index.md", "---\ntitle: Cours\n---\nTexte.\n")
    entities(root)
    for n in range(count):
        day = FIRST_DAY + timedelta(days=chance.randrange(2800))
        body = "\n\n".join(
            (
                sentence(chance, 40),
                f"## {sentence(chance, 4)}",
                sentence(chance, 30),
                "\n".join(f"- {sentence(chance, 8)}" for _ in range(4)),
            )
        )
        title = chance.choice(TITLES).format(sentence(chance, 6), n)
        front = (
            f"title: '{title}'\nsummary: {sentence(chance, 14)}\n"
            f"themes: [theme-{n % 8}]\nhosts: [org-{n % 8}]\n"
            f"status: {STATUSES[n // 10 % len(STATUSES)]}\n"
        )
        if n % 10 == 8:
            file, when = f"voyages/v{n}.md", trip(chance, day)
        elif n % 10 == 9:
            file, when = f"content/mooc/cours/s{n}.md", f"start: {day} 12:30\nnumber: {n}\n"
        else:
            file, when = f"webinars/w{n}.md", webinar(chance, day, n, today)
        write(root / file, f"---\n{front}{when}---\n{body}\n")
    git = ["git", "-C", str(root), "-c", "user.name=B", "-c", "user.email=b@mail.example"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *arguments], check=True)


def run(command: list[str], folder: Path) -> tuple[float, float, str]:
    """Seconds, megabytes at the peak, and what was printed."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "NO_MKDOCS_2_WARNING": "1", "CI": ""}
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        output.seek(0)
        text = output.read().decode()
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{text}")
    return seconds, usage.ru_maxrss / 1024, text


FILTER = """async ([id, value]) => {
  const field = document.getElementById(id);
  const page = document.querySelector(".pc-agenda");
  const start = performance.now();
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  while (page.ariaBusy) await null;
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""
CHOICES = (("pc-by-theme", "theme-2"), ("pc-by-words", "preuve"), ("pc-by-theme", ""))


def filtering(site: Path) -> dict[str, float]:
    """Milliseconds that each choice on the agenda takes, past meetings included, laid out."""
    with serving(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{base}agenda/?passees=1", wait_until="networkidle")
        found = {
            f"{id}={value}": float(page.evaluate(FILTER, [id, value])) for id, value in CHOICES
        }
        browser.close()
    return found


QUERIES = ("preuve", "apprendre ensemble", "œuvre 17")


def _note(loaded: list[str], request: Request) -> None:
    loaded.append(request.url)


def searching(site: Path) -> Iterator[tuple[str, float, int]]:
    """For queries as first ones: milliseconds from the first key to a result, octets compressed."""
    with serving(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        for query in QUERIES:
            context = browser.new_context(service_workers="block")
            page = context.new_page()
            page.goto(base, wait_until="networkidle")
            loaded: list[str] = []
            context.on("requestfinished", partial(_note, loaded))
            page.locator(".md-search__input").focus()
            start = time.monotonic()
            page.locator(".md-search__input").press_sequentially(query, delay=30)
            page.locator(".md-search-result__item a").first.wait_for()
            spent = (time.monotonic() - start) * 1000
            files = {site / urlsplit(url).path.lstrip("/") for url in loaded}
            yield query, spent, sum(len(gzip.compress(file.read_bytes())) for file in files)
            context.close()
        browser.close()


@dataclass(frozen=True)
class Row:
    """What is measured.

    Attributes:
        before: what is done before, and not measured.
    """

    title: str
    command: list[str]
    folder: Path
    before: Callable[[], object] = lambda: None


def rows(root: Path) -> list[Row]:
    """What is measured in each round, in this order: each finds what the one before it left."""
    parcours = [sys.executable, "-m", "parcours.cli"]
    build, check = [*parcours, "build", "--phases"], [*parcours, "check"]
    kept, edited = root / ".cache", next(iter(sorted((root / "webinars").glob("*.md"))))

    def edit() -> None:
        edited.write_text(edited.read_text("utf-8") + "\nEncore.\n", "utf-8")

    def clear() -> None:
        # Set aside: for minutes, a disk looks past each file that was removed to make a new one.
        aside = Path(tempfile.mkdtemp(dir=root.parent))
        for one in (kept, root / "site"):
            if one.exists():
                one.rename(aside / one.name)

    material = [sys.executable, "-m", "mkdocs", "build", "-q"]
    found = [Row(MATERIAL, material, root.with_name("material"))]
    if shutil.which("hugo"):
        found.append(
            Row(HUGO, ["hugo", "--quiet", "--cleanDestinationDir"], root.with_name("hugo"))
        )
    if shutil.which("eleventy"):
        found.append(Row(ELEVENTY, ["eleventy"], root.with_name("eleventy")))
    return [
        *found,
        Row("check, cold", check, root, clear),
        Row("check, nothing changed", check, root),
        Row("check, one edit", check, root, edit),
        Row("build, cold", build, root, clear),
        Row("build, nothing changed", build, root),
        Row("build, one edit", build, root, edit),
    ]


MATERIAL, HUGO, ELEVENTY = "plain Material", "Hugo, with feeds", "Eleventy, with feeds"
"""What others are compared with; all but the first where they are installed."""

LEAST = 0.001
"""Of seconds: less is not divided by."""


def show_rows(count: int, seconds: Mapping[str, list[float]], peaks: Mapping[str, float]) -> None:
    """The times, and their ratios to those of the others."""
    middle = {title: statistics.median(times) for title, times in seconds.items()}
    others = [one for one in (MATERIAL, HUGO, ELEVENTY) if one in middle]
    named = "".join(f" {'/ ' + one.removeprefix('plain ').split(',')[0]:>11}" for one in others)
    print(f"{'':24} {'s':>8}{named} {'ms/event':>9} {'peak MB':>8}")
    for title, spent in middle.items():
        ratios = "".join(f" {spent / max(middle[one], LEAST):11.2f}" for one in others)
        print(f"{title:24} {spent:8.2f}{ratios} {spent / count * 1000:9.2f} {peaks[title]:8.0f}")


def saving(root: Path) -> float:
    """Seconds from a save to the page that shows it, in a browser that looks at the preview."""
    file = next(iter(sorted((root / "webinars").glob("*.md"))))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "parcours.cli", "serve", "-a", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=executable(), args=["--no-sandbox"]
            )
            page = browser.new_page()
            page.set_default_timeout(600_000)
            address = f"http://127.0.0.1:{port}/comptoirs/{file.stem}/"
            while True:
                try:
                    page.goto(address)
                    page.locator("h1", has_text=" ").first.wait_for(timeout=2_000)
                    break
                except Error:  # it is not there yet
                    time.sleep(0.5)
            found = []
            for n in range(ROUNDS):
                time.sleep(1)
                file.write_text(file.read_text("utf-8") + f"\nVu-{n}.\n", "utf-8")
                start = time.monotonic()
                page.get_by_text(f"Vu-{n}.").first.wait_for()
                found.append(time.monotonic() - start)
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
    return statistics.median(found)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "parcours"
        corpus(root, count)
        write(root / "mkdocs.yml", CONFIG + PLUGIN.format(feeds="true"))
        peers.write_material(root, root.with_name("material"))
        peers.write_hugo(root, root.with_name("hugo"))
        peers.write_eleventy(root, root.with_name("eleventy"))
        seconds: dict[str, list[float]] = defaultdict(list)
        peaks: dict[str, float] = defaultdict(float)
        printed: dict[str, str] = {}
        for _ in range(ROUNDS):
            for row in rows(root):
                row.before()
                spent, peak, printed[row.title] = run(row.command, row.folder)
                seconds[row.title].append(spent)
                peaks[row.title] = max(peaks[row.title], peak)
        print(f"{count} events, medians of {ROUNDS} rounds, {datetime.now():%Y-%m-%d}")
        show_rows(count, seconds, peaks)
        print(f"{'save to page, preview':24} {saving(root):8.2f}")
        for title in ("build, cold", "build, one edit"):
            print(f"Phases of « {title} » in the last round, in ms an event:")
            for phase, spent_there in re.findall(r"phase (\w+) ([\d.]+) ms", printed[title]):
                print(f"  {phase:8} {float(spent_there) / count:6.2f}")
            for said in re.findall(r"pages \d+, of which \d+ are kept ones", printed[title]):
                print(f"  {said}")
        show_site(root / "site")


def show_site(site: Path) -> None:
    """How quick the built pages are in a browser."""
    print("Choices on the agenda, in ms:")
    for choice, milliseconds in filtering(site).items():
        print(f"  {choice:20} {milliseconds:6.1f}")
    print("First searches, in ms from the first key to a result, and octets:")
    for query, milliseconds, octets in searching(site):
        print(f"  {query:20} {milliseconds:6.0f} {octets:8}")
    events = sorted(path.parent.name for path in site.glob("comptoirs/w*/index.html"))
    pages = {"home": "", "agenda": "agenda/", "event": f"comptoirs/{events[0]}/"}
    vitals.show(site, pages)


if __name__ == "__main__":
    main()
