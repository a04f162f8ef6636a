"""What git knows of each file: when it was added and last changed, in one pass.

Instants are commit dates along the first-parent line, made strictly increasing from the root
(clocks go wrong). A file moved with identical content keeps its past.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


LATEST = 3471292800
"""2080-01-01 UTC in Unix seconds: a later commit date is a clock gone wrong and counts for none.

SEQUENCE counts seconds since 2020 in 32 bits.
"""


class HistoryError(Exception):
    """git is there and refuses, or its history is incomplete.

    Attributes:
        code: the problem code, ``git-refused`` or ``git-shallow``.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(reason or code)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Version:
    """A content of a file, and the instant from which it held, in Unix seconds."""

    instant: int
    blob: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a file: its versions, the oldest first."""

    versions: tuple[Version, ...]

    @property
    def created(self) -> int:
        """The instant it was first seen, in Unix seconds."""
        return self.versions[0].instant

    @property
    def changed(self) -> int:
        """The instant it last changed, in Unix seconds; a move without a change counts."""
        return self.versions[-1].instant


@dataclass(frozen=True, slots=True)
class Removed:
    """A file that is gone from HEAD: what was of it, and the instant it went, in Unix seconds."""

    past: Change
    removed: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A file that was moved as it was: its old path, and when, in Unix seconds."""

    path: str
    removed: int


@dataclass(frozen=True, kw_only=True)
class History:
    """The changes of every file present at HEAD, by path relative to the site's folder.

    Attributes:
        removed: the files that were there once, and are gone without a move.
        moved: where a file that was moved as it was came from last, by its path of today.
        head: the instant of HEAD in Unix seconds; None without a repository.
        shallow: whether the clone lacks its beginning.
        followed: files whose past was found under another name by their `id:`.
    """

    changes: Mapping[str, Change] = field(default_factory=dict)
    removed: Mapping[str, Removed] = field(default_factory=dict)
    moved: Mapping[str, Moved] = field(default_factory=dict)
    head: int | None = None
    shallow: bool = False
    followed: frozenset[str] = frozenset()

    def get(self, file: str) -> Change | None:
        """What is known of a file; None when it was never committed."""
        return self.changes.get(unicodedata.normalize("NFC", file))


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    # Named, or a GIT_DIR of the caller (a hook's) would lead to another repository.
    repository = _repository(folder)
    named = [f"--git-dir={repository / '.git'}", f"--work-tree={repository}"] if repository else []
    command = ["git", "-C", str(folder), *named, "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)
    except FileNotFoundError as error:
        raise HistoryError("git-refused", "git is not installed") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise HistoryError("git-refused", lines[0] if lines else f"exit {done.returncode}")
    return done.stdout


def _repository(folder: Path) -> Path | None:
    parents = (folder, *folder.parents)
    return next((parent for parent in parents if (parent / ".git").exists()), None)


def read_history(folder: Path) -> History:
    """Read the history of the repository that holds *folder* (resolved).

    Returns:
        An empty history when there is no repository, or no commit yet.

    Raises:
        HistoryError: git is missing or refuses to answer.
    """
    if _repository(folder) is None:
        return History()
    answer = _git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix").decode()
    shallow, _, prefix = answer.partition("\n")
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    except HistoryError:
        return History()
    log = _git(
        folder, "log", "--first-parent", "-m", "--reverse", "--raw", "--no-abbrev", "-z",
        "--no-renames", "--no-relative", "--root", "--full-index", "--no-ext-diff",
        "--no-show-signature", "--format=%x01%ct",
    )  # fmt: skip
    return _replay(log, prefix.strip("\n"), shallow == "true")


def _replay(log: bytes, prefix: str, shallow: bool) -> History:
    replay = _Replay()
    now: int | None = None
    for commit in log.split(b"\x01")[1:]:
        head, _, raw = commit.partition(b"\0")
        date = int(head.split(b"\n")[0] or 0)
        if date > LATEST:
            date = 0
        now = date if now is None else max(date, now + 1)
        replay.apply(raw, now)
    changes = {path: Change(tuple(versions)) for path, versions in replay.files.items()}
    moved = {
        path: Moved(unicodedata.normalize("NFC", one.path[len(prefix) :]), one.removed)
        for path, one in replay.moved.items()
        if one.path.startswith(prefix)
    }
    return History(
        changes=_below(prefix, changes),
        removed=_below(prefix, replay.removed),
        moved=_below(prefix, moved),
        head=now,
        shallow=shallow,
    )


def _below(prefix: str, found: Mapping[str, T]) -> dict[str, T]:
    size = len(prefix)
    return {
        unicodedata.normalize("NFC", path[size:]): value
        for path, value in found.items()
        if path.startswith(prefix)
    }


def _name(path: str) -> str:
    """The path without what may change while it stays the same source: `a.md`, `a/index.yml`."""
    return re.sub(r"(?:/index)?\.(?:md|ya?ml)$", "", path)


class _Replay:
    """The files of a repository, carried from commit to commit."""

    def __init__(self) -> None:
        self.files: dict[str, list[Version]] = {}
        self.removed: dict[str, Removed] = {}
        self.moved: dict[str, Moved] = {}

    def apply(self, raw: bytes, now: int) -> None:
        """Apply one commit's ``:mode mode sha sha status\\0path\\0`` records."""
        fields = raw.decode("utf-8", "surrogateescape").strip("\n").split("\0")
        changes = [
            (path, *info.split()[3:5])
            for info, path in zip(fields[::2], fields[1::2], strict=False)
            if info.lstrip("\n").startswith(":")
        ]
        gone: dict[str, tuple[str, list[Version]]] = {}
        by_name: dict[str, str] = {}
        for path, _, status in changes:
            if status == "D" and path in self.files:
                versions = self.files.pop(path)
                gone.setdefault(versions[-1].blob, (path, versions))
                by_name[_name(path)] = versions[-1].blob
                self.removed[path] = Removed(Change(tuple(versions)), now)
                self.moved.pop(path, None)
        for path, blob, status in changes:
            if status == "D":
                continue
            before = blob if blob in gone else by_name.get(_name(path), "")
            if path not in self.files and before in gone:
                # Moved as it was, or into a folder of its own: it keeps its past.
                old, versions = gone.pop(before)
                self.files[path] = versions
                del self.removed[old]
                self.moved[path] = Moved(old, now)
            self.files.setdefault(path, []).append(Version(now, blob))
            self.removed.pop(path, None)


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
