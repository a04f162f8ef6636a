"""A real calendar client, subscribed over loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import unavailable
from .serving import serving

pytestmark = pytest.mark.client

VDIRSYNCER = """\
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

KHAL = """\
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


@pytest.fixture(scope="module")
def subscribed(flagship: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which vdirsyncer has put the feed."""
    for program in ("vdirsyncer", "khal"):
        if shutil.which(program) is None:
            unavailable(program)
    home = tmp_path_factory.mktemp("client")
    with serving(flagship) as base:
        config = VDIRSYNCER.format(home=home, url=f"{base}flux/agenda.ics")
        (home / "vdirsyncer").write_text(config)
        env = {**os.environ, "VDIRSYNCER_CONFIG": str(home / "vdirsyncer"), "HOME": str(home)}
        for arguments in (["discover"], ["sync"]):
            done = subprocess.run(
                ["vdirsyncer", *arguments], env=env, capture_output=True, text=True, input="y\n"
            )
            assert done.returncode == 0, done.stderr
    return home


def agenda(home: Path, zone: str, first: str, last: str) -> list[str]:
    name = zone.replace("/", "-")
    (home / name).write_text(KHAL.format(home=home, zone=zone, name=name))
    command = ["khal", "-c", str(home / name), "list", "--format"]
    command += ["{start-date} {start-time} {end-date} {end-time} {title}", "--day-format", ""]
    done = subprocess.run(
        [*command, first, last],
        env={**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": zone},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


def test_each_event_is_one_entry(subscribed: Path, flagship: Path) -> None:
    found = len(list((subscribed / "calendar").glob("*.ics")))
    assert found == (flagship / "flux" / "agenda.ics").read_text().count("BEGIN:VEVENT")
    assert found > 15


@pytest.mark.parametrize(
    ("day", "after", "expected"),
    [
        ("2026-10-22", "2026-10-23", "2026-10-22 12:30 2026-10-22 14:00 La classe à deux voix"),
        ("2026-10-29", "2026-10-30", "2026-10-29 12:30 2026-10-29 13:30 Écrire ensemble un"),
        ("2027-03-25", "2027-03-26", "2027-03-25 12:30 2027-03-25 13:30 Reporté"),
        ("2027-04-01", "2027-04-02", "2027-04-01 12:30 2027-04-01 13:30 La classe dehors"),
    ],
)
def test_hours_on_both_sides_of_a_change(
    subscribed: Path, day: str, after: str, expected: str
) -> None:
    lines = agenda(subscribed, "Europe/Paris", day, after)
    assert any(line.startswith(expected) for line in lines), lines


def test_hours_in_la_reunion(subscribed: Path) -> None:
    there = agenda(subscribed, "Indian/Reunion", "2027-01-14", "2027-01-15")
    assert "2027-01-14 13:00 2027-01-14 14:00 Former loin de la métropole" in there
    paris = agenda(subscribed, "Europe/Paris", "2027-01-14", "2027-01-15")
    assert "2027-01-14 10:00 2027-01-14 11:00 Former loin de la métropole" in paris


def test_a_trip_lasts_until_its_last_day(subscribed: Path) -> None:
    def titles(day: str, after: str) -> str:
        return "\n".join(agenda(subscribed, "Europe/Paris", day, after))

    assert "Du fablab au port" in titles("2027-04-02", "2027-04-03")
    assert "Du fablab au port" not in titles("2027-04-03", "2027-04-04")
