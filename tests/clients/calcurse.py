"""calcurse reads a calendar that was fetched."""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import entries, run

PROGRAMS = ("calcurse",)


@dataclass(frozen=True)
class Calcurse:
    """A calendar in calcurse, which keeps the hours of the zone it reads a calendar in."""

    home: Path

    def _import(self, zone: str) -> tuple[Path, str]:
        folder = self.home / zone.replace("/", "-")
        command = ["calcurse", "-D", str(folder), "-i", str(self.home / "feed.ics")]
        return folder, "" if folder.exists() else run(self.home, command, zone)

    def counts(self) -> tuple[int, int, int]:
        """How many appointments, whole days and skipped entries it found."""
        _, report = self._import("Europe/Paris")
        found = re.search(r"(\d+) apps / (\d+) events / 0 todos / (\d+) skipped", report)
        assert found, report
        return int(found[1]), int(found[2]), int(found[3])

    def day(self, zone: str, day: date) -> list[tuple[str, str]]:
        folder, _ = self._import(zone)
        hours, whole = "%(start:%H:%M)-%(end:%H:%M)|%m\n", "-|%m\n"
        form = ["--format-apt", hours, "--format-recur-apt", hours]
        form += ["--format-event", whole, "--format-recur-event", whole]
        days = ["--from", f"{day:%m/%d/%Y}", "--to", f"{day:%m/%d/%Y}"]
        return entries(run(self.home, ["calcurse", "-D", str(folder), "-Q", *days, *form], zone))


def subscribe(home: Path, url: str) -> Calcurse:
    with urllib.request.urlopen(url) as answer:
        (home / "feed.ics").write_bytes(answer.read())
    return Calcurse(home)
