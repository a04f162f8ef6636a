"""vdirsyncer fetches the calendar, khal shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import entries, run

PROGRAMS = ("vdirsyncer", "khal")

_VDIRSYNCER = """\
[general]
status_path = "{home}/status/"

[pair feed]
a = "remote"
b = "local"
collections = null
conflict_resolution = "a wins"

[storage remote]
type = "http"
url = "{url}"

[storage local]
type = "filesystem"
path = "{home}/calendar/"
fileext = ".ics"
"""

_KHAL = """\
[calendars]
[[feed]]
path = {home}/calendar/
readonly = True

[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M

[sqlite]
path = {home}/{name}.db
"""


@dataclass(frozen=True)
class Khal:
    """A calendar in khal."""

    home: Path

    @property
    def files(self) -> list[Path]:
        """The events, one file each."""
        return sorted((self.home / "calendar").glob("*.ics"))

    def day(self, zone: str, day: date) -> list[tuple[str, str]]:
        name = zone.replace("/", "-")
        config = self.home / name
        config.write_text(_KHAL.format(home=self.home, zone=zone, name=name))
        form = ["--format", "{start-time}-{end-time}|{title}", "--day-format", ""]
        command = ["khal", "-c", str(config), "list", *form, f"{day}", "1d"]
        return entries(run(self.home, command, zone))

    def refresh(self) -> None:
        """What has been published since is shown."""
        run(self.home, ["vdirsyncer", "-c", str(self.home / "vdirsyncer"), "sync"])


def subscribe(home: Path, url: str) -> Khal:
    config = home / "vdirsyncer"
    config.write_text(_VDIRSYNCER.format(home=home, url=url))
    run(home, ["vdirsyncer", "-c", str(config), "discover"])
    calendar = Khal(home)
    calendar.refresh()
    return calendar
