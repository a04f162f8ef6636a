"""What a build depends on, and whether all of it is as it was.

A file is known by what the system says of it; where that differs, by its content: a checkout gives
every file a new date. What changed within the tick of a clock is always read again, as git does
(https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..sources.walk import APART, SKIPPED
from .environment import clock

REPOSITORY = ".git"

_FINE, _COARSE = 50_000_000, 2_500_000_000
"""Nanoseconds in which a file may change twice without a sign, on disks with fine and with coarse
dates."""

Stat = tuple[int, int, int, int, int, str]
"""Mode, size in octets, change of content and of the entry in Unix nanoseconds, inode, and where a
link leads."""

MOST = 200_000
"""Files that are looked at: more are no site."""

_THERE: Stat = (0, 0, 0, 0, 0, "")
"""A folder: what lies in it has its own."""


@dataclass(frozen=True)
class Seen:
    """The files of some folders, and what the system says of them.

    Attributes:
        stats: by path.
        passed: folders that were not looked into.
        at: when they were looked at, in Unix nanoseconds.
    """

    stats: Mapping[str, Stat]
    passed: Sequence[str]
    at: int


class TooMany(Exception):
    """There are more files than are looked at."""


def look(tops: Iterable[str]) -> Seen:
    """Look at files, and at all that lies in folders.

    Raises:
        TooMany: there are more than `MOST`.
    """
    at = clock()
    stats: dict[str, Stat] = {}
    passed: list[str] = []
    for top in tops:
        if Path(top).is_dir():
            _walk(top, stats, passed)
        else:
            stats[top] = _stat(top)
    return Seen(stats, passed, at)


def _walk(top: str, stats: dict[str, Stat], passed: list[str]) -> None:
    folders = [top]
    while folders:
        if len(stats) > MOST:
            raise TooMany(top)
        folder = folders.pop()
        try:
            with os.scandir(folder) as found:
                entries = list(found)
        except OSError as error:
            stats[folder] = (-(error.errno or 1), 0, 0, 0, 0, "")
            continue
        if folder != top and any(entry.name in APART for entry in entries):
            passed.append(folder)
            continue
        stats[folder] = _THERE
        for entry in entries:
            if entry.name in SKIPPED:
                passed.append(entry.path)
                if entry.name == REPOSITORY:
                    stats[entry.path] = _THERE
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                stats[entry.path] = _stat(entry.path)


def _stat(path: str) -> Stat:
    """What the system says of a file; of a link, also of where it leads."""
    try:
        found = os.lstat(path)
        leads = ""
        if stat.S_ISLNK(found.st_mode):
            leads, far = str(Path(path).readlink()), Path(path).stat()
            leads += f" {far.st_size} {far.st_mtime_ns} {far.st_ctime_ns} {far.st_ino}"
    except OSError as error:
        return (-(error.errno or 1), 0, 0, 0, 0, "")
    return (
        found.st_mode,
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
        found.st_ino,
        leads,
    )


def is_young(one: Stat, at: int) -> bool:
    """Whether a file may have changed again, after it was looked at, without a sign."""
    margin = _FINE if one[3] % 1_000_000_000 else _COARSE
    return one[3] > at - margin


_AT_ONCE = 1_000_000
"""Octets of what is read in one piece."""


def digest(path: str) -> str:
    """What a file holds, told in short; "" where it cannot be read."""
    try:
        # A thousand files are asked for at each start: without an object of each path, and without
        # a buffer for what is read in one piece, they take half the time.
        found = os.stat(path)  # noqa: PTH116
        if not stat.S_ISREG(found.st_mode):  # a pipe is never opened
            return ""
        with open(path, "rb", buffering=0) as opened:  # noqa: PTH123
            if found.st_size < _AT_ONCE:
                return hashlib.sha256(opened.read()).hexdigest()
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


@dataclass(frozen=True)
class Files:
    """Files as a command found them.

    Attributes:
        tops: the files and folders that were looked at.
        stats: what the system said of each, and its digest.
        at: when, in Unix nanoseconds.
    """

    tops: Sequence[str]
    stats: Mapping[str, tuple[Stat, str]]
    at: int

    @classmethod
    def of(cls, tops: Sequence[str], before: Seen) -> Files | None:
        """Read them after a command; None where one of them has changed since *before*."""
        found = {path: (one, digest(path)) for path, one in before.stats.items()}
        return cls(tops, found, before.at) if look(tops).stats == before.stats else None

    def are_there(self, now: Seen) -> bool:
        """Whether the same files are there now, and hold the same."""
        if now.stats.keys() != self.stats.keys():
            return False
        return all(self._is_same(path, one) for path, one in now.stats.items())

    def _is_same(self, path: str, one: Stat) -> bool:
        was, held = self.stats[path]
        if one == was and not is_young(one, self.at):
            return True
        return (one[0], one[5]) == (was[0], was[5]) and digest(path) == held

    def data(self) -> object:
        """As JSON holds it."""
        return [
            self.tops,
            self.at,
            {path: [*one, held] for path, (one, held) in self.stats.items()},
        ]

    @classmethod
    def read(cls, data: Any) -> Files:
        """What :meth:`data` gave.

        Raises:
            ValueError, TypeError: it is something else.
        """
        tops, at, stats = data
        found = {path: ((*one[:5], one[5]), one[6]) for path, one in stats.items()}
        return cls(tops, found, at)
