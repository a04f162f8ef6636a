"""A repository's history, replayed: what its subscribers were told, commit by commit.

Each commit that was published is checked out in a clone that knows no later one, and compiled at
its own time. What the feeds say then is read by parsers that are not ours and compared with what
they said before. A commit whose sources hold errors publishes nothing.

    .venv/bin/python -m tests.replaying REPOSITORY [FOLDER OF THE SITE]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import icalendar

from parcours.engine.environment import Surroundings
from parcours.engine.opening import EngineError, compile_only, open_config
from parcours.problems import Problems, SourceErrors
from parcours.sources.history import read_history
from parcours.tree import content

DATED = ("SEQUENCE", "LAST-MODIFIED", "DTSTAMP")
"""The properties that tell of a change, and are none themselves."""


@dataclass(frozen=True)
class Entry:
    """An entry of a calendar, as a client reads it."""

    sequence: int
    modified: datetime
    created: datetime
    cancelled: bool
    ends: datetime
    rest: bytes


@dataclass(frozen=True)
class Item:
    """An item of a news feed, as a reader shows it."""

    title: str
    link: str
    published: datetime


@dataclass(frozen=True)
class Told:
    """What the feeds of one commit say.

    Attributes:
        now: the instant at which they were read.
        configuration: the file; what it says of all entries is dated by `feeds: revised:`.
        withdrawn: UIDs that may go without a word.
    """

    commit: str
    now: datetime
    entries: Mapping[str, Entry]
    items: Mapping[str, Item]
    configuration: bytes = b""
    withdrawn: frozenset[str] = frozenset()


@dataclass
class Report:
    """What came of a replay.

    Attributes:
        lies: what subscribers were told that was not so.
    """

    commits: int = 0
    published: int = 0
    entries: int = 0
    items: int = 0
    lies: list[str] = field(default_factory=list)


def replay(
    repository: Path, folder: str = "", line: Sequence[tuple[str, datetime]] | None = None
) -> Report:
    """Replay what was published of a repository.

    Args:
        folder: of the site, in the repository.
        line: the commits that were published, and when; by default what HEAD and its dates tell, as
            far as they can.
    """
    report = Report()
    before: Told | None = None
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as made:
        clone = Path(made) / "clone"
        _git(repository, "clone", "-q", "--no-checkout", str(repository), str(clone))
        for commit, now in _line(repository) if line is None else line:
            _git(clone, "checkout", "-q", "--force", "--detach", commit)
            _git(clone, "clean", "-qfdx", "-e", ".cache")
            report.commits += 1
            told = read(clone / folder, commit, now)
            if told is None:
                continue
            report.published += 1
            report.lies += lies(before, told, seen)
            seen |= told.items.keys()
            before = told
    if before is not None:
        report.entries, report.items = len(before.entries), len(seen)
    return report


def _line(repository: Path) -> Iterator[tuple[str, datetime]]:
    now = datetime.fromtimestamp(0, UTC)
    for one in read_history(repository).commits:
        if one.date <= time.time():
            now = max(now, datetime.fromtimestamp(one.date, UTC))
        yield one.id, now


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def read(folder: Path, commit: str, now: datetime) -> Told | None:
    """What the feeds of a checked out site say; None where nothing is published."""
    problems = Problems()
    try:
        around = Surroundings(now=now)
        made = compile_only(open_config(folder / "mkdocs.yml", around), problems)
    except (EngineError, SourceErrors):
        return None
    if made is None:
        return None
    settings = made.community.settings
    base = f"{settings.addresses.feeds}/agenda"
    files = {name: content(leaf) for name, leaf in made.tree if name.startswith(base)}
    entries: dict[str, Entry] = {}
    for name, data in files.items():
        if name.endswith(".ics"):
            entries |= _entries(data)
    items = _items(files.get(f"{base}.rss.xml", b""))
    names = (one.split("/") for one in settings.withdrawn)
    withdrawn = frozenset(settings.uid(id, kind) for kind, id in names)
    configuration = (folder / "mkdocs.yml").read_bytes()
    return Told(commit, now, entries, items, configuration, withdrawn)


def _entries(data: bytes) -> dict[str, Entry]:
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    home = str(calendar.get("X-WR-TIMEZONE", "Europe/Paris"))
    found: dict[str, Entry] = {}
    for event in calendar.walk("VEVENT"):
        uid = str(event["UID"])
        assert uid not in found, uid
        ends = event.decoded("DTEND")
        if not isinstance(ends, datetime):
            assert isinstance(ends, date)
            ends = datetime(ends.year, ends.month, ends.day, tzinfo=ZoneInfo(home))
        rest = event.copy()
        for name, value in event.items():
            if name not in DATED:
                rest[name] = value
        for name in DATED:
            rest.pop(name, None)
        found[uid] = Entry(
            int(event.decoded("SEQUENCE")),
            event.decoded("LAST-MODIFIED"),
            event.decoded("CREATED"),
            str(event.get("STATUS")) == "CANCELLED",
            ends.astimezone(UTC),
            rest.to_ical(),
        )
    return found


def _items(data: bytes) -> dict[str, Item]:
    found = {}
    for one in feedparser.parse(data).entries:
        published = datetime.fromtimestamp(timegm(one.published_parsed), UTC)
        assert one.id not in found, one.id
        found[one.id] = Item(one.title, one.link, published)
    return found


def lies(before: Told | None, told: Told, seen: set[str]) -> list[str]:
    """What subscribers of both are told that is not so.

    Args:
        seen: the guids of all news that were ever told.
    """
    old = before or Told("", datetime.fromtimestamp(0, UTC), {}, {})
    found = [*_of_entries(old, told), *_of_news(old, told, seen)]
    return [f"{told.commit[:10]} ({told.now:%Y-%m-%d}): {one}" for one in found]


def _of_entries(old: Told, told: Told) -> Iterator[str]:
    for uid, was in old.entries.items():
        now = told.entries.get(uid)
        if now is None:
            if was.ends > told.now and uid not in told.withdrawn:
                yield f"{uid} vanishes before {was.ends:%Y-%m-%d %H:%M}"
            continue
        if now.sequence < was.sequence:
            yield f"{uid}: SEQUENCE falls from {was.sequence} to {now.sequence}"
        if now.modified < was.modified:
            yield f"{uid}: LAST-MODIFIED falls from {was.modified} to {now.modified}"
        if now.created != was.created:
            yield f"{uid}: CREATED goes from {was.created} to {now.created}"
        changed = now.rest != was.rest and old.configuration == told.configuration
        if changed and now.sequence <= was.sequence:
            yield f"{uid} changes, and SEQUENCE does not rise"


def _of_news(old: Told, told: Told, seen: set[str]) -> Iterator[str]:
    same = {(one.title, one.link, one.published): guid for guid, one in old.items.items()}
    # Not the instant of the build: a clock may go wrong, but never before what was told.
    dates = [*(one.modified for one in old.entries.values())]
    dates += [one.published for guid, one in old.items.items() if "#" in guid]
    latest = max(dates, default=datetime.fromtimestamp(0, UTC))
    for guid, item in told.items.items():
        was = old.items.get(guid)
        if was is not None:
            if was.published != item.published:
                yield f"{guid} is dated {item.published}, and was {was.published}"
            continue
        other = same.get((item.title, item.link, item.published))
        if other is not None and other not in told.items:
            yield f"{guid} is {other} again"
        uid, _, what = guid.partition("#")
        known = [one.ends for one in (old.entries.get(uid), told.entries.get(uid)) if one]
        if known and old.commit and guid not in seen and item.published <= latest:
            yield f"{guid} is new, and dated {item.published}"
        if known and what != "replay" and item.published >= max(known):
            yield f"{guid} is news of {item.published}, after the end"


def main(arguments: Sequence[str]) -> int:
    """Replay a repository, and print what was not so."""
    report = replay(Path(arguments[0]).resolve(), "".join(arguments[1:2]))
    for one in report.lies:
        print(one)
    print(
        f"{report.commits} commits, {report.published} published: {report.entries} entries, "
        f"{report.items} news, {len(report.lies)} untrue"
    )
    return 1 if report.lies or not report.published else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
