"""What was written is read again, by other means than those that wrote it, after every build.

Only identities are looked for, by their form in the octets of each format: a reader of whole
entries would take longer than writing them. Tests read the same with parsers of programs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from ..compile import Compiled
from ..model.conservation import Due, Form, shown_in_agenda, tell_discrepancies, tell_hidden
from ..problems import Problems
from ..tree import page_path

_EVENT = re.compile(rb"\nBEGIN:VEVENT\r")
_RECURRENCE = re.compile(rb"\nRECURRENCE-ID[;:]")
_UID = re.compile(rb"\nUID:([^\r\n]*)")
_GUID = re.compile(rb"<item[\s>].*?<guid[^>]*>([^<]*)</guid>", re.DOTALL)
_ID = re.compile(rb"<entry[\s>].*?<id>([^<]*)</id>", re.DOTALL)


def check_conservation(
    compiled: Compiled, folder: Path, written: Callable[[str], str], problems: Problems
) -> None:
    """Tell where the feeds, the agenda and the pages of a site that was written disagree.

    Args:
        folder: of the site.
        written: gives the file that was written for a page of the tree.
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
    for due in every:
        tell_discrepancies(due, _found(due, folder), settings.source, problems)
    tell_hidden(every, is_page, problems)


def _found(due: Due, folder: Path) -> list[str] | None:
    """The identities in a feed; None where it is not there, or cannot be read."""
    found: list[str] = []
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


def _calendar(data: bytes) -> list[str]:
    """RFC 5545, section 3.1: a line goes on in the next one, which begins with a space."""
    found = []
    for component in _EVENT.split(data.replace(b"\r\n ", b""))[1:]:
        uids = _UID.findall(component)
        if len(uids) != 1:
            raise ValueError
        # A date of a series that differs is told apart, under the identity of its series.
        if _RECURRENCE.search(component) is None:
            found.append(uids[0].decode())
    return found


def _items(data: bytes) -> list[str]:
    return [unescape(one.decode()) for one in _GUID.findall(data)]


def _entries(data: bytes) -> list[str]:
    """Identities of Atom are addresses (RFC 4287, section 4.2.6): those of mail, here."""
    return [unescape(one.decode()).removeprefix("mid:") for one in _ID.findall(data)]


def _json(data: bytes) -> list[str]:
    feed: Any = json.loads(data)
    return [str(one["id"]) for one in feed["items"]]


def _meetings(data: bytes) -> list[str]:
    """Addresses, from rows that name their collection by its place in a table."""
    shown: Any = json.loads(data)
    id, kind = (shown["fields"].index(name) for name in ("id", "kind"))
    found = (f"{shown['kinds'][row[kind]][0]}/{row[id]}" for row in shown["rows"])
    return [one if "#" in one else f"{one}/" for one in found]


READERS: Mapping[Form, Callable[[bytes], list[str]]] = {
    "ics": _calendar,
    "rss": _items,
    "atom": _entries,
    "json": _json,
    "podcast": _items,
    "meetings": _meetings,
}
"""How identities are found in a file."""
