"""Programs that people follow a community with, driven without a person.

* `khal`: vdirsyncer, which fetches a calendar, and khal, which shows it;
* `calcurse`: reads a calendar that was fetched;
* `thunderbird`: subscribes to a calendar, as people do, in the installed program;
* `newsboat`: subscribes to news.

Each has a home of its own in a temporary folder, and reaches nothing but loopback.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol


class Calendar(Protocol):
    """A calendar that somebody subscribed to."""

    def day(self, zone: str, day: date) -> list[tuple[str, str]]:
        """What a person in a zone sees on a day: hours (« 12:30-14:00 », or nothing), title."""
        ...


def run(home: Path, command: Sequence[str], zone: str = "Europe/Paris") -> str:
    """What a program prints that ends well."""
    env = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": zone}
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, input="y\n", timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def entries(text: str) -> list[tuple[str, str]]:
    """Lines of hours, a bar, and a title; other lines are headings of days."""
    parts = [line.strip().partition("|") for line in text.splitlines() if "|" in line]
    return [("" if hours == "-" else hours, title) for hours, _, title in parts]
