"""The series that communities hold, as one reads them in their calendars.

What each source says is written beside it as a rule of RFC 5545 by hand, from which dateutil alone
draws the dates; the calendar is read by recurring-ical-events. Neither knows anything of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from .conftest import REGIONS, Site, french
from .occurrences import READERS, Held

NOW = "2026-06-01T09:00:00Z"
SINCE, UNTIL = date(2025, 1, 1), date(2027, 5, 1)
PARIS, UTC_ZONE = ZoneInfo("Europe/Paris"), ZoneInfo("UTC")
CONFIG = REGIONS.replace(", weekday: thursday", "")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A series.

    Attributes:
        source: what its file says beside the title.
        rules: beginning and rule of what is held, part after part.
        without: local beginnings that are left out; *besides*: those that are added.
    """

    source: str
    rules: tuple[tuple[str, str], ...]
    without: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    zone: ZoneInfo = PARIS

    def dates(self) -> set[str]:
        """Its beginnings, in UTC."""
        found: set[datetime] = set()
        for start, rule in self.rules:
            drawn: Any = rrulestr(rule, dtstart=local(start))
            found |= set(drawn.between(local(f"{SINCE} 00:00"), local(f"{UNTIL} 00:00"), inc=True))
        found = (found - set(map(local, self.without))) | set(map(local, self.besides))
        return {one.replace(tzinfo=self.zone).astimezone(UTC).isoformat() for one in found}


def local(said: str) -> datetime:
    return datetime.fromisoformat(said)


TWELVE = {
    "weekly": Kept(
        source="start: 2025-09-04 12:30\nrepeat: chaque jeudi jusqu’au 25 juin 2026\n",
        rules=(("2025-09-04 12:30", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20260625T235959"),),
    ),
    "every two weeks": Kept(
        source="start: 2025-10-07 18:00\nrepeat: {every: 2 weeks, until: 2026-12-31}\n",
        rules=(("2025-10-07 18:00", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231T235959"),),
    ),
    "first and third": Kept(
        source="start: 2026-01-01 12:30\nrepeat: chaque 1er et 3e jeudi du mois, 24 fois\n",
        rules=(("2026-01-01 12:30", "FREQ=MONTHLY;BYDAY=1TH,3TH;COUNT=24"),),
    ),
    "last of the month": Kept(
        source="start: 2025-10-31 09:00\nrepeat: {every: month, on: last friday}\n",
        rules=(("2025-10-31 09:00", "FREQ=MONTHLY;BYDAY=-1FR"),),
    ),
    "several days": Kept(
        source="start: 2026-02-02 08:30\n"
        "repeat: {every: week, on: [monday, wednesday], until: 2026-04-30}\n",
        rules=(("2026-02-02 08:30", "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260430T235959"),),
    ),
    "yearly": Kept(
        source="start: 2025-03-20 10:00\nrepeat: {every: year}\n",
        rules=(("2025-03-20 10:00", "FREQ=YEARLY"),),
    ),
    "moved from a day on": Kept(
        source="start: 2026-01-13 18:00\nrepeat: {every: week, until: 2026-11-24}\n"
        'later:\n  - {from: 2026-09-01, start: "19:00"}\n',
        rules=(
            ("2026-01-13 18:00", "FREQ=WEEKLY;UNTIL=20260831T235959"),
            ("2026-09-01 19:00", "FREQ=WEEKLY;UNTIL=20261124T235959"),
        ),
    ),
    "another day from a day on": Kept(
        source="start: 2026-01-13 18:00\nrepeat: {every: week, until: 2026-06-30}\n"
        "later:\n  - from: 2026-09-02\n"
        "    repeat: {every: week, on: wednesday, until: 2026-12-16}\n",
        rules=(
            ("2026-01-13 18:00", "FREQ=WEEKLY;UNTIL=20260630T235959"),
            ("2026-09-02 18:00", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261216T235959"),
        ),
    ),
    "with exceptions and additions": Kept(
        source="start: 2026-01-08 12:30\nrepeat: {every: month, on: second thursday}\n"
        "except: [2026-08-13, 2027-02-11]\nalso: [2026-09-17 14:00]\n",
        rules=(("2026-01-08 12:30", "FREQ=MONTHLY;BYDAY=2TH"),),
        without=("2026-08-13 12:30", "2027-02-11 12:30"),
        besides=("2026-09-17 14:00",),
    ),
    "with dates that are moved": Kept(
        source="start: 2026-01-08 12:30\nrepeat: {every: month, on: second thursday}\n"
        "dates:\n  2026-03-12: {start: 2026-03-19 14:00}\n"
        '  2026-10-08: {start: "18:00"}\n',
        rules=(("2026-01-08 12:30", "FREQ=MONTHLY;BYDAY=2TH"),),
        without=("2026-03-12 12:30", "2026-10-08 12:30"),
        besides=("2026-03-19 14:00", "2026-10-08 18:00"),
    ),
    "in UTC": Kept(
        source="start: 2026-01-07 16:00\ntimezone: UTC\nrepeat: {every: 2 weeks, count: 30}\n",
        rules=(("2026-01-07 16:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=30"),),
        zone=UTC_ZONE,
    ),
    "without an end": Kept(
        source="start: 2025-01-06 17:00\nrepeat: {every: week, on: [monday, thursday]}\n",
        rules=(("2025-01-06 17:00", "FREQ=WEEKLY;BYDAY=MO,TH"),),
    ),
}


def held(data: bytes) -> list[Held]:
    return READERS["recurring-ical-events"](data, SINCE, UNTIL)


def starts(found: Iterable[Held]) -> set[str]:
    return {one.start for one in found}


def community(root: Path) -> Site:
    made = french(root, CONFIG)
    for number, (name, kept) in enumerate(TWELVE.items()):
        made.write(f"webinars/s{number}.md", f"---\ntitle: {name}\n{kept.source}---\nUn texte.\n")
    return made


@pytest.fixture(scope="module")
def calendars(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Each calendar, by the name of its series."""
    site = community(tmp_path_factory.mktemp("community") / "site")
    out = site.feeds(NOW)
    return {
        name: (out / f"comptoirs/s{number}.ics").read_bytes() for number, name in enumerate(TWELVE)
    }


def test_twelve_series_are_twelve_files() -> None:
    assert len(TWELVE) == 12
    assert all(len(kept.source.splitlines()) <= 5 for kept in TWELVE.values())


@pytest.mark.parametrize("name", TWELVE)
def test_a_calendar_has_the_dates_that_its_rule_has(name: str, calendars: dict[str, bytes]) -> None:
    assert starts(held(calendars[name])) == TWELVE[name].dates()


@pytest.mark.large
def test_a_weekly_meeting_moves_from_now_on_by_two_lines(tmp_path: Path) -> None:
    """What its subscribers had of the past stays to the minute, and what is to come moves."""
    site = french(tmp_path / "site", CONFIG)
    said = "---\ntitle: Le mardi\nstart: 2026-01-13 18:00\nrepeat: {every: week}\n---\nUn texte.\n"
    site.write("webinars/mardi.md", said)
    site.commit("2026-01-01T09:00:00Z")
    before = held((site.feeds(NOW) / "comptoirs/mardi.ics").read_bytes())
    more = 'later:\n  - {from: 2026-06-02, start: "19:30"}\n---\nUn'
    site.write("webinars/mardi.md", said.replace("---\nUn", more))
    site.commit("2026-05-30T09:00:00Z")
    after = held((site.feeds(NOW) / "comptoirs/mardi.ics").read_bytes())
    now = "2026-06-01"
    assert [one for one in after if one.start < now] == [one for one in before if one.start < now]
    moved = [one.start for one in before if one.start >= now]
    later = timedelta(minutes=90)
    assert [one.start for one in after if one.start >= now] == [
        (datetime.fromisoformat(one) + later).isoformat() for one in moved
    ]
