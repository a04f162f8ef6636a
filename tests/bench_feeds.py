"""`make bench ONLY=feeds N=10000`: all feeds of N events, from the loaded model to the disk.

Measured at N/4, N/2 and N, each in a process of its own, so that growth and peaks can be seen. The
corpus is that of the whole benchmark. The time counts from the loaded model with its texts
rendered: the table of selections, every entry and feed, and their octets joined and written.
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from .bench import CONFIG, NOW, PLUGIN, corpus, run, write
from .corpora import ready

SECONDS, MEGABYTES = 15, 500
"""What 10,000 events may take at most."""


def measure(root: Path) -> None:
    """Print what the feeds of the site in *root* take, in one line."""
    loaded = ready(root / "mkdocs.yml", datetime.fromtimestamp(int(NOW), UTC))
    before, start = peak(), time.perf_counter()
    tree = loaded.feeds()
    held = time.perf_counter()
    for name, _ in tree:
        tree.put(name, root / "out")
    ended = time.perf_counter()
    size = sum(path.stat().st_size for path in (root / "out").rglob("*") if path.is_file())
    print(
        f"feeds {len(tree)} octets {size} tree {held - start:.3f} disk {ended - held:.3f} "
        f"before {before:.0f} peak {peak():.0f}"
    )


def peak() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure three sizes and print them."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{datetime.now():%Y-%m-%d}, the limits for 10,000: {SECONDS} s and {MEGABYTES} MB")
    for size in (count // 4, count // 2, count):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name).resolve()
            corpus(root, size)
            write(root / "mkdocs.yml", CONFIG + PLUGIN.format(feeds="true"))
            _, _, printed = run([sys.executable, "-m", __spec__.name, "--in", name], Path.cwd())
        found = {key: float(n) for key, n in re.findall(r"(\w+) ([\d.]+)", printed)}
        total = found["tree"] + found["disk"]
        print(
            f"{size:6} events: {total:6.2f} s ({found['tree']:.2f} in memory, {found['disk']:.2f} "
            f"to the disk), {total / size * 1000:.2f} ms an event, {found['feeds']:.0f} feeds of "
            f"{found['octets'] / 1e6:.0f} MB, peak {found['peak']:.0f} MB "
            f"({found['before']:.0f} MB before)"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--in"]:
        measure(Path(sys.argv[2]).resolve())
    else:
        main()
