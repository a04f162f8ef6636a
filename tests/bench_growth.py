"""`make bench ONLY=growth N=30000`: what an event costs in sites of more and more of them.

Sites of 1,000 events, three times as many, and so on to N are built, each in a process of its own
and a folder that nothing was removed from. What counts is the time of its processor and of its
children, and what memory the largest of them takes.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from .bench import CONFIG, PLUGIN, corpus, run, write

FIRST = 1_000
LIMIT = 1.15
"""What an event may cost at most, in events of the smallest site."""


def sizes(most: int) -> Iterator[int]:
    """The numbers of events, the last as asked for."""
    count = FIRST
    while count * 2 < most:
        yield count
        count *= 3
    yield most


def built(root: Path) -> tuple[float, float]:
    """Seconds of processors, and megabytes at the peak."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _, peak, _ = run([sys.executable, "-m", "parcours.cli", "build"], root)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def main() -> None:
    """Measure all and print them."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10 * FIRST
    print(f"{datetime.now():%Y-%m-%d}, cold builds; limit {LIMIT} times the smallest an event")
    print(f"{'events':>8} {'processor s':>12} {'ms/event':>9} {'ratio':>6} {'peak MB':>8}")
    each = 0.0
    with tempfile.TemporaryDirectory() as name:
        for count in sizes(most):
            root = Path(name).resolve() / str(count)
            corpus(root, count)
            write(root / "mkdocs.yml", CONFIG + PLUGIN.format(feeds="true"))
            spent, peak = built(root)
            each = each or spent / count
            ratio = spent / count / each
            told = f"{spent / count * 1000:9.2f} {ratio:6.2f} {peak:8.0f}"
            print(f"{count:8} {spent:12.1f} {told}", flush=True)


if __name__ == "__main__":
    main()
