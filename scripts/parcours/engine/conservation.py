"""What was written is read again, by other means than those that wrote it, after every build.

Identities are looked for, with the hours and the status where a format says them, by their form in
the octets: a reader of whole entries would take longer than writing them. Tests read the same with
parsers of programs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from ..assembly import Compiled
from ..model.conservation import (
    Due,
    Form,
    Found,
    entry_said,
    row_said,
    shown_in_agenda,
    tell_discrepancies,
    tell_hidden,
)
from ..model.stage import Stage
from ..model.zones import zone
from ..problems import Problem, Problems
from ..tree import page_path
from .shares import ahead

_EVENT = re.compile(rb"\nBEGIN:VEVENT\r")
_RECURRENCE = re.compile(rb"\nRECURRENCE-ID[;:]")
_START = re.compile(rb"\nDTSTART([^\r\n]*)")
_END = re.compile(rb"\nDTEND([^\r\n]*)")
_STATUS = re.compile(rb"\nSTATUS:([^\r\n]*)")
_UID = re.compile(rb"\nUID:([^\r\n]*)")
_GUID = re.compile(rb"<item[\s>].*?<guid[^>]*>([^<]*)</guid>", re.DOTALL)
_ID = re.compile(rb"<entry[\s>].*?<id>([^<]*)</id>", re.DOTALL)


WORTH = 5_000
"""Entries of feeds whose reading takes several times as long as starting a process."""


def check_conservation(
    compiled: Compiled,
    folder: Path,
    written: Callable[[str], str],
    problems: Problems,
    processes: int,
) -> None:
    """Tell where the feeds, the agenda and the pages of a site that was written disagree.

    Args:
        folder: of the site.
        written: gives the file that was written for a page of the tree.
        processes: how many may read what was written.
    """

    def is_page(address: str) -> bool:
        page = compiled.plan.pages.get(address)
        path = page.path if page is not None else page_path(address)
        return (folder / written(path)).is_file()

    settings = compiled.community.settings
    names = settings.addresses
    agenda = (settings.agenda + names.meetings, settings.agenda + names.earlier)
    every = [shown_in_agenda(compiled.community, agenda)]
    every += compiled.feeds.dues() if compiled.feeds else ()

    def read(due: Due) -> tuple[Problem, ...]:
        told = Problems()
        tell_discrepancies(due, _found(due, folder), settings.source, told)
        return told.sorted()

    def read_all(some: Sequence[tuple[str, Due]]) -> Mapping[str, tuple[Problem, ...]]:
        return {name: read(due) for name, due in some}

    named = [(f"{due.form} {due.addresses[0]}", due) for due in every]
    made = ahead(processes).made(read_all, named, lambda due: len(due.held), WORTH)
    for name, due in named:
        told = made(name)
        problems.extend(read(due) if told is None else told)
    tell_hidden(every, is_page, problems)


def _found(due: Due, folder: Path) -> list[Found] | None:
    """What stands in a feed; None where it is not there, or cannot be read."""
    found: list[Found] = []
    try:
        for file in _files(due, folder):
            found += READERS[due.form](file.read_bytes())
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return found


def _files(due: Due, folder: Path) -> Iterator[Path]:
    for address in due.addresses:
        yield folder / address
    part = 2
    while due.parted:
        base, dot, suffix = due.addresses[0].rpartition(".")
        file = folder / f"{base}-{part}{dot}{suffix}"
        if not file.exists():
            break
        yield file
        part += 1


def _calendar(data: bytes) -> list[Found]:
    """RFC 5545, section 3.1: a line goes on in the next one, which begins with a space."""
    found = []
    for component in _EVENT.split(data.replace(b"\r\n ", b""))[1:]:
        uids = _UID.findall(component)
        if len(uids) != 1:
            raise ValueError
        # A date of a series that differs is told apart, under the identity of its series.
        if _RECURRENCE.search(component) is None:
            found.append((uids[0].decode(), _said_in(component)))
    return found


def _said_in(entry: bytes) -> str:
    found = [pattern.findall(entry) for pattern in (_START, _END, _STATUS)]
    return _said(*(one[0] for one in found)) if all(len(one) == 1 for one in found) else ""


@lru_cache(maxsize=4096)
def _said(start: bytes, end: bytes, status: bytes) -> str:
    """Hours and status of an entry, which stands in many calendars."""
    return entry_said(_moment(start), _moment(end), status.decode())


def _moment(value: bytes) -> date:
    """A day, or an instant: in UTC, or local to the zone that is named (section 3.3.5)."""
    parameters, _, said = value.decode().rpartition(":")
    if len(said) == len("YYYYMMDD"):
        return datetime.strptime(said, "%Y%m%d").date()
    _, _, name = parameters.partition("TZID=")
    local = datetime.strptime(said.removesuffix("Z"), "%Y%m%dT%H%M%S")
    return local.replace(tzinfo=zone(name) if name else UTC)


def _items(data: bytes) -> list[Found]:
    return [(unescape(one.decode()), "") for one in _GUID.findall(data)]


def _entries(data: bytes) -> list[Found]:
    """Identities of Atom are addresses (RFC 4287, section 4.2.6): those of mail, here."""
    return [(unescape(one.decode()).removeprefix("mid:"), "") for one in _ID.findall(data)]


def _json(data: bytes) -> list[Found]:
    feed: Any = json.loads(data)
    return [(str(one["id"]), "") for one in feed["items"]]


def _meetings(data: bytes) -> list[Found]:
    """Addresses, from rows that name what says their collection and stages by its place."""
    shown: Any = json.loads(data)
    names = ("id", "from", "lasts", "said")
    id, begins, lasts, said = (shown["fields"].index(name) for name in names)
    kind, stages = (shown["shared"].index(name) for name in ("kind", "stages"))
    folders = [shown["kinds"][one[kind]][0] for one in shown["said"]]
    off = [not _OFF.isdisjoint(one[stages].split()) for one in shown["said"]]
    return [
        (
            f"{folders[row[said]]}/{row[id]}{'' if '#' in row[id] else '/'}",
            row_said(row[begins], row[begins] + row[lasts], off[row[said]]),
        )
        for row in shown["rows"]
    ]


_OFF = frozenset({Stage.CANCELLED, Stage.POSTPONED})

READERS: Mapping[Form, Callable[[bytes], list[Found]]] = {
    "ics": _calendar,
    "rss": _items,
    "atom": _entries,
    "json": _json,
    "podcast": _items,
    "meetings": _meetings,
}
"""What is found in a file."""
