"""What git knows of each file: when it was added and last changed, in one pass.

Instants are commit dates along the first-parent line, made strictly increasing from the root
(clocks go wrong). A file moved with identical content keeps its past.
"""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class HistoryError(Exception):
    """git is there and refuses, or its history is incomplete.

    Attributes:
        code: the problem code, ``git-refused`` or ``git-shallow``.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(reason or code)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Change:
    """Two instants of a file, in Unix seconds: first seen, last changed."""

    created: int
    changed: int


@dataclass(frozen=True)
class Removed:
    """A file that is gone from HEAD: its last content, and instants in Unix seconds."""

    blob: str
    created: int
    removed: int


@dataclass(frozen=True)
class History:
    """The changes of every file present at HEAD, by path relative to the site's folder.

    Attributes:
        removed: the files that were there once, and are gone without a move.
        head: the instant of HEAD in Unix seconds; None without a repository.
        shallow: whether the clone lacks its beginning.
    """

    changes: Mapping[str, Change] = field(default_factory=dict)
    removed: Mapping[str, Removed] = field(default_factory=dict)
    head: int | None = None
    shallow: bool = False

    def get(self, file: str) -> Change | None:
        """What is known of a file; None when it was never committed."""
        return self.changes.get(unicodedata.normalize("NFC", file))


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise HistoryError("git-refused", "git is not installed") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise HistoryError("git-refused", lines[0] if lines else f"exit {done.returncode}")
    return done.stdout


def _in_repository(folder: Path) -> bool:
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def read_history(folder: Path) -> History:
    """Read the history of the repository that holds *folder* (resolved).

    Returns:
        An empty history when there is no repository, or no commit yet.

    Raises:
        HistoryError: git is missing or refuses to answer.
    """
    if not _in_repository(folder):
        return History()
    answer = _git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix").decode()
    shallow, _, prefix = answer.partition("\n")
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    except HistoryError:
        return History()
    log = _git(
        folder, "log", "--first-parent", "-m", "--reverse", "--raw", "--no-abbrev", "-z",
        "--no-renames", "--root", "--full-index", "--no-ext-diff", "--no-show-signature",
        "--format=%x01%ct",
    )  # fmt: skip
    return _replay(log, prefix.strip("\n"), shallow == "true")


def _replay(log: bytes, prefix: str, shallow: bool) -> History:
    states: dict[str, Change] = {}
    blobs: dict[str, str] = {}
    removed: dict[str, Removed] = {}
    now: int | None = None
    for commit in log.split(b"\x01")[1:]:
        head, _, raw = commit.partition(b"\0")
        date = int(head.split(b"\n")[0] or 0)
        now = date if now is None else max(date, now + 1)
        _apply(raw, now, states, blobs, removed)
    return History(
        _below(prefix, states),
        _below(prefix, removed),
        now,
        shallow,
    )


def _below(prefix: str, found: Mapping[str, T]) -> dict[str, T]:
    size = len(prefix)
    return {
        unicodedata.normalize("NFC", path[size:]): value
        for path, value in found.items()
        if path.startswith(prefix)
    }


def _apply(
    raw: bytes,
    now: int,
    states: dict[str, Change],
    blobs: dict[str, str],
    removed: dict[str, Removed],
) -> None:
    """Carry *states* and *blobs* over one commit's ``:mode mode sha sha status\\0path\\0``."""
    fields = raw.decode("utf-8", "surrogateescape").strip("\n").split("\0")
    changes = [
        (path, *info.split()[3:5])
        for info, path in zip(fields[::2], fields[1::2], strict=False)
        if info.lstrip("\n").startswith(":")
    ]
    gone: dict[str, Change] = {}
    for path, blob, status in changes:
        if status == "D":
            old = states.pop(path, None)
            content = blobs.pop(path, None)
            if old is not None and content is not None:
                gone.setdefault(content, old)
                removed[path] = Removed(content, old.created, now)
        del blob, status
    for path, blob, status in changes:
        if status == "D":
            continue
        old = states.get(path) or gone.get(blob)
        states[path] = Change(old.created if old else now, now)
        blobs[path] = blob
        removed.pop(path, None)
        if blob in gone:  # moved as it was: nothing is lost
            moved = [old for old, was in removed.items() if was.blob == blob and was.removed == now]
            for old_path in moved:
                del removed[old_path]


def read_blobs(folder: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs, by one run of git.

    Raises:
        HistoryError: git refuses to answer.
    """
    wanted = sorted(set(blobs))
    if not wanted:
        return {}
    output = _git(folder, "cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
    found: dict[str, bytes] = {}
    start = 0
    while start < len(output):
        end = output.index(b"\n", start)
        parts = output[start:end].decode("ascii").split(" ")
        start = end + 1
        if len(parts) == 3:  # otherwise: « … missing »
            size = int(parts[2])
            found[parts[0]] = output[start : start + size]
            start += size + 1
    return found
