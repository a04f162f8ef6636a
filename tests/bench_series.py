"""`make bench ONLY=series N=1000`: N series of two years beside N single meetings.

Both say the same, but when: a series has a date each month, or each week. Each is checked, compiled
and built in a process of its own, and what counts is the time of its processor and of its children.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from .bench import CONFIG, NOW, entities, run, sentence, write

LIMIT = 1.5
"""What a series of a date each month may cost at most, in single meetings."""

MORE = """\
  - parcours:
      uid_domain: bench.example
      territories: france
      collections:
        rencontres: {kind: meeting, folder: rencontres, name: Rencontres, address: rencontres}
"""
FIRST = date(2025, 12, 1)
REPEATS = {
    "meetings": "",
    "monthly": "repeat: {{every: month, until: {until}}}\n",
    "weekly": "repeat: {{every: week, until: {until}}}\n",
}
RUNS = ("check", "compile", "build")


def corpus(root: Path, count: int, repeat: str) -> None:
    """Write as many files, each with a meeting or a series."""
    chance = random.Random(1624)
    write(root / "mkdocs.yml", CONFIG.replace("comptoirs.md, voyages.md, mooc.md, ", "") + MORE)
    write(root / "content/index.md", "# Mesure\n")
    entities(root)
    for n in range(count):
        # Single meetings lie where the dates of the series do.
        day = FIRST + timedelta(days=n % 28 if repeat else n * 729 // count)
        front = (
            f"title: {sentence(chance, 6)} {n}\nstart: {day} 12:30\nduration: 1h\n"
            f"summary: {sentence(chance, 12)}\nthemes: [theme-{n % 8}]\nhosts: [org-{n % 8}]\n"
            f"territories: [bretagne]\nonline: https://visio.example/{n}\n"
        )
        front += repeat.format(until=day + timedelta(days=729))
        write(root / f"rencontres/r{n}.md", f"---\n{front}---\n{sentence(chance, 40)}\n")


def spent(command: str, root: Path) -> float:
    """Seconds of processor that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = {"check": [], "compile": ["-o", str(root / "out")], "build": ["-d", str(root / "site")]}
    words = [command, "-f", str(root / "mkdocs.yml"), "--now", NOW, *out[command]]
    run([str(Path(sys.executable).parent / "parcours"), *words, "--no-cache"], root)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure all and print them."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{datetime.now():%Y-%m-%d}, {count} files, processor seconds; limit {LIMIT} (monthly)")
    with tempfile.TemporaryDirectory() as name:
        for sort, repeat in REPEATS.items():
            corpus(Path(name).resolve() / sort, count, repeat)
        for command in RUNS:
            found = {sort: spent(command, Path(name).resolve() / sort) for sort in REPEATS}
            told = (f"{sort} {s:.1f} ({s / found['meetings']:.2f})" for sort, s in found.items())
            print(f"{command:8} {', '.join(told)}")


if __name__ == "__main__":
    main()
