"""What git knows of each file: when it was added and last changed, in one pass.

Instants are commit dates along the line that was published, made strictly increasing from the root
(clocks go wrong): first parents, but where somebody pulled what was published into work of their
own. A file moved with identical content keeps its past, and so does one that comes back where it
was.

Only git's plumbing is asked, in its NUL form: neither a configuration nor the name of a file
changes what is read. What git answers otherwise than expected is an error, never passed over.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from ..letters import normal
from ..memo import Memo
from ..model.instants import moment_of
from .files import is_there

T = TypeVar("T")


LATEST = 3471292800
"""2080-01-01 UTC in Unix seconds: a later commit date is a clock gone wrong and counts for none.

SEQUENCE counts seconds since 2020 in 32 bits.
"""


DAY = 86_400
"""Seconds by which clocks may differ before a date is told as wrong."""


class HistoryError(Exception):
    """git is there and refuses, or its history is incomplete.

    Attributes:
        code: the problem code, ``git-refused`` or ``git-incomplete``.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(reason or code)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Version:
    """A content of a file, and the instant from which it held, in Unix seconds.

    Attributes:
        path: where the file lay then, relative to the site's folder; "" outside of it.
    """

    instant: int
    blob: str
    path: str = ""

    def holds(self, data: bytes) -> bool:
        """Whether it is these octets; one that git converts on its way to the disk is not."""
        made = hashlib.sha1 if len(self.blob) == 40 else hashlib.sha256
        return made(b"blob %d\0%b" % (len(data), data)).hexdigest() == self.blob


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a file: its versions, the oldest first.

    Attributes:
        returned: when it came back after it was gone, in Unix seconds; None if it never went.
    """

    versions: tuple[Version, ...]
    returned: int | None = None

    @property
    def since(self) -> int:
        """The instant since which it has been there without a break, in Unix seconds."""
        return self.created if self.returned is None else self.returned

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


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the line that was published.

    Attributes:
        date: when it was made by its committer's clock, in Unix seconds.
        written: when its change was, by its author's clock, in Unix seconds.
        parent: the one before it on that line; "" for a root.
        instant: the date made strictly increasing, in Unix seconds.
    """

    id: str
    date: int
    written: int
    parent: str
    instant: int = 0


@dataclass(frozen=True, kw_only=True)
class History:
    """The changes of every file present at HEAD, by path relative to the site's folder.

    Attributes:
        removed: the files that were there once, and are gone without a move.
        moved: where a file that was moved as it was came from last, by its path of today.
        head: the instant of HEAD in Unix seconds; None without a repository.
        shallow: whether the clone lacks its beginning.
        commits: the line that was published, the root first.
    """

    changes: Mapping[str, Change] = field(default_factory=dict)
    removed: Mapping[str, Removed] = field(default_factory=dict)
    moved: Mapping[str, Moved] = field(default_factory=dict)
    head: int | None = None
    shallow: bool = False
    commits: Sequence[Commit] = ()

    @cached_property
    def lay(self) -> Mapping[str, Sequence[Version]]:
        """The versions of all files, by where they lay then, the oldest first."""
        found: dict[str, list[Version]] = {}
        pasts = [removed.past for removed in self.removed.values()]
        for past in (*pasts, *self.changes.values()):
            for version in past.versions:
                found.setdefault(version.path, []).append(version)
        for versions in found.values():
            versions.sort(key=lambda one: one.instant)
        return found

    def get(self, file: str) -> Change | None:
        """What is known of a file; None when it was never committed."""
        return self.changes.get(normal("NFC", file))

    def touched(self, file: str) -> int | None:
        """When a file last changed, or went, in Unix seconds; None if it was never committed."""
        change = self.get(file)
        if change is not None:
            return change.changed
        gone = self.removed.get(file)
        if gone is not None:
            return gone.removed
        return max((one.removed for one in self.moved.values() if one.path == file), default=None)

    def last(self, file: str) -> Version | None:
        """The last content that was committed at a path, there or gone; None if there was none."""
        pasts = (*self.changes.values(), *(one.past for one in self.removed.values()))
        found = (one for past in pasts for one in past.versions if one.path == file)
        return max(found, key=lambda one: one.instant, default=None)


_GIT = {
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",  # another clone does not have them
    "GIT_ALLOW_PROTOCOL": "none",  # a partial clone would ask its server, one content at a time
    "GIT_TERMINAL_PROMPT": "0",
}
"""What git finds in its environment: a caller's, such as a hook's, may mean another repository."""


def ask_git(
    folder: Path, *arguments: str, given: bytes = b"", into: Mapping[str, str] | None = None
) -> bytes:
    """What git answers about the repository that holds *folder* (resolved).

    Args:
        given: what it reads.
        into: more of its environment, such as where it keeps what it is told to make.

    Raises:
        HistoryError: git is missing or refuses to answer.
    """
    done = _run(folder, arguments, given, into)
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        fatal = [line for line in lines if line.startswith("fatal: ")]
        reason = next(iter([*fatal, *lines]), f"exit {done.returncode}")
        raise HistoryError("git-incomplete" if _is_partial(folder) else "git-refused", reason)
    return done.stdout


def _run(
    folder: Path,
    arguments: Sequence[str],
    given: bytes = b"",
    into: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise HistoryError("git-refused", "git is not installed")
    # Named, so that git looks for none elsewhere.
    repository = repository_of(folder)
    named = [f"--git-dir={repository / '.git'}", f"--work-tree={repository}"] if repository else []
    command = [program, "-C", str(folder), *named, *arguments]
    # The repository's configuration may name files of the person's.
    home = os.path.expanduser("~")  # noqa: PTH111 (Path's fails without one)
    environment = {**_GIT, "HOME": home, **(into or {})}
    return subprocess.run(command, input=given, capture_output=True, check=False, env=environment)


def _is_partial(folder: Path) -> bool:
    """Whether a clone left contents with its server (``--filter``), of which none is asked."""
    promised = ("config", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
    return not _run(folder, promised).returncode


def uncommitted(root: Path, files: Iterable[str]) -> set[str] | None:
    """Those of the files that differ from the last commit, or are in none; None without a history.

    Args:
        root: the site's folder, resolved.
        files: relative to *root*.

    Raises:
        HistoryError: git refuses.
    """
    repository = repository_of(root)
    if repository is None:
        return None
    found: set[str] = set()
    for file in files:
        status = ("status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--", file)
        if ask_git(root, "--literal-pathspecs", *status):
            found.add(file)
    return found


def repository_of(folder: Path) -> Path | None:
    """The nearest folder that is a repository's, from *folder* (resolved) up; None without one."""
    parents = (folder, *folder.parents)
    return next((parent for parent in parents if is_there(parent / ".git")), None)


def read_history(folder: Path, now: datetime | None = None) -> History:
    """Read the history of the repository that holds *folder* (resolved).

    Args:
        now: the instant of the build, aware. A commit dated more than a day later counts as made
            right after the one before it; once its date has come, it counts from then.

    Returns:
        An empty history when there is no repository, or no commit yet.

    Raises:
        HistoryError: git is missing or refuses to answer.
    """
    repository = repository_of(folder)
    head = _head(folder) if repository is not None else None
    if repository is None or head is None:
        return History()
    name, said = head.split()
    prefix = f"{folder.relative_to(repository).as_posix()}/" if folder != repository else ""
    if said == "true":
        # What a clone lacks may come; what it has never changes.
        line = _line.__wrapped__(folder, name)
        return replace(_replayed(line, _dated(line.commits, now), prefix), shallow=True)
    line = _line(folder, name)
    return _replayed_once(line, _dated(line.commits, now), prefix)


@dataclass(frozen=True, eq=False)
class _Line:
    """The line that was published up to a commit, the root first; what each of it did, by id."""

    commits: tuple[Commit, ...]
    entries: Mapping[str, Sequence[_Entry]]


def _replayed(line: _Line, commits: tuple[Commit, ...], prefix: str) -> History:
    """What came of the files below a folder.

    Args:
        commits: those of the line, with their instants.
        prefix: the folder in the repository, ending with a slash; "" for the whole.
    """
    replay = _Replay(normal("NFC", prefix))
    for commit in commits:
        replay.apply(line.entries.get(commit.id, ()), commit.instant)
    return History(
        changes=replay.below({path: replay.change(path) for path in replay.files}),
        removed=replay.below(replay.removed),
        moved=replay.below(replay.moved),
        head=commits[-1].instant if commits else None,
        commits=commits,
    )


_replayed_once = lru_cache(maxsize=2)(_replayed)
"""The same for one who asks again and again, as a preview does."""


def head_of(folder: Path) -> str:
    """The commit from which the history is read, and whether it is cut short; "" without any.

    Raises:
        HistoryError: git is missing or refuses to answer.
    """
    return "" if repository_of(folder) is None else _asked_head(folder)


def _asked_head(folder: Path) -> str:
    # A file may be called HEAD, which no commit is then.
    asked = ask_git(folder, "rev-parse", "HEAD^0", "--is-shallow-repository")
    return asked.decode("ascii", "replace")


def _head(folder: Path) -> str | None:
    """The same of a repository; None where there is no commit yet.

    A branch that is broken is not one without a commit.
    """
    try:
        return _asked_head(folder)
    except HistoryError:
        branch = ask_git(folder, "symbolic-ref", "HEAD").decode("utf-8", "surrogateescape").strip()
        file = ask_git(folder, "rev-parse", "--git-path", branch).rstrip(b"\n")
        if is_there(folder / os.fsdecode(file)):
            raise HistoryError("git-refused", f"{branch} names no commit") from None
        return None


def may_be_right(date: int, now: datetime | None) -> bool:
    """Whether a commit can have been made at so many Unix seconds: clocks may be a day ahead."""
    return date <= LATEST and (now is None or moment_of(date) <= now + timedelta(seconds=DAY))


_COMMIT = re.compile(
    r"commit (?P<id>[0-9a-f]{40,64})\n"
    r"(?P<date>\d*) (?P<written>\d*) (?P<parents>[0-9a-f ]*)\n(?P<subject>.*)\n"
)
_PULLED = re.compile(
    r"Merge (?:branch '(?P<name>[^']+)'|remote-tracking branch '[^'/]+/(?P<far>[^']+)')"
    r"(?: of \S+)?(?: into (?P<into>\S+))?"
)
"""What git calls a merge, such as that of a pull."""

_USUAL = frozenset({"main", "master"})
"""The names of the branch that is published, as far as nothing else tells it."""


@lru_cache(maxsize=2)
def _line(folder: Path, head: str) -> _Line:
    """The line that was published up to a commit."""
    commits = tuple(_commits(folder, head))
    names = "".join(f"{one.id} {one.parent}".strip() + "\n" for one in commits)
    differences = ask_git(
        folder, "diff-tree", "--stdin", "--root", "-r", "-z", "--raw", "--no-abbrev",
        "--no-renames", "--no-relative", given=names.encode(),
    )  # fmt: skip
    return _Line(commits, _entries(differences))


def _dated(commits: Iterable[Commit], now: datetime | None) -> tuple[Commit, ...]:
    """Commits with their instants.

    Args:
        now: a day after it, no date can be right; None for any that a calendar tells.
    """
    found: list[Commit] = []
    for one in commits:
        counted = one.date if may_be_right(one.date, now) else 0
        instant = max(counted, found[-1].instant + 1) if found else counted
        found.append(replace(one, instant=instant))
    return tuple(found)


def _commits(folder: Path, head: str) -> Iterator[Commit]:
    """The line that was published, the root first."""
    wanted = ("--encoding=UTF-8", "--format=%ct %at %P%n%s", head)
    listed = ask_git(folder, "rev-list", *wanted, "--").decode("utf-8", "replace")
    known: dict[str, re.Match[str]] = {}
    end = 0
    while end < len(listed):
        one = _COMMIT.match(listed, end)
        if one is None:
            raise _unexpected("rev-list")
        end = one.end()
        known[one["id"]] = one
    line: list[tuple[re.Match[str], str]] = []
    while head:
        if head not in known:
            raise _unexpected("rev-list")
        one = known[head]
        head = _published_before(one)
        line.append((one, head))
    for one, parent in reversed(line):
        yield Commit(one["id"], int(one["date"] or 0), int(one["written"] or 0), parent)


def _published_before(commit: re.Match[str]) -> str:
    """The parent that was published before a commit; "" for a root.

    That is the first, but for a pull: there, it is what was pulled, since the other side was on one
    machine until then. Its name is all that git keeps of which of two was published.
    """
    parents = commit["parents"].split()
    if len(parents) == 2 and (pulled := _PULLED.fullmatch(commit["subject"])):
        name = pulled["name"] or pulled["far"]
        if name in _USUAL or name == pulled["into"]:
            return parents[1]
    return parents[0] if parents else ""


def _unexpected(command: str) -> HistoryError:
    return HistoryError("git-refused", f"unexpected answer of git {command}")


_ENTRY = re.compile(rb":\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) ([ADMT])")
_NO_FILE = frozenset({b"000000", b"160000"})
"""The modes of what is no file: nothing, and another repository's commit."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one commit did to one path.

    Attributes:
        blob: its content from then on; "" where no file is left.
    """

    path: str
    blob: str


def _entries(differences: bytes) -> dict[str, list[_Entry]]:
    """The entries of each commit, from ``id\\0`` and ``:mode mode id id status\\0path\\0``."""
    found: dict[str, list[_Entry]] = {}
    current: list[_Entry] | None = None
    fields = iter(differences.split(b"\0")[:-1])
    for one in fields:
        if not one.startswith(b":"):
            current = found.setdefault(one.decode("ascii", "replace"), [])
            continue
        entry, path = _ENTRY.fullmatch(one), next(fields, None)
        if entry is None or path is None or current is None:
            raise _unexpected("diff-tree")
        mode, blob, _ = entry.groups()
        kept = "" if mode in _NO_FILE else blob.decode()
        current.append(_Entry(path.decode("utf-8", "surrogateescape"), kept))
    return found


def _name(path: str) -> str:
    """The path without what may change while it stays the same source: `a.md`, `a/index.yml`."""
    return re.sub(r"(?i)(?:/index)?\.(?:md|ya?ml)$", "", normal("NFC", path))


class _Replay:
    """The files of a repository, carried from commit to commit.

    Attributes:
        prefix: the site's folder in it, in NFC, ending with a slash; "" for the whole.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.files: dict[str, list[Version]] = {}
        self.returned: dict[str, int] = {}
        self.removed: dict[str, Removed] = {}
        self.moved: dict[str, Moved] = {}

    def apply(self, entries: Iterable[_Entry], now: int) -> None:
        """Apply what one commit did, at its instant in Unix seconds."""
        entries = list(entries)
        gone: dict[str, tuple[str, list[Version]]] = {}
        by_name: dict[str, str] = {}
        for entry in entries:
            if not entry.blob and entry.path in self.files:
                self.removed[entry.path] = Removed(self.change(entry.path), now)
                versions = self.files.pop(entry.path)
                gone.setdefault(versions[-1].blob, (entry.path, versions))
                by_name[_name(entry.path)] = versions[-1].blob
                self.moved.pop(entry.path, None)
        for path, blob in ((one.path, one.blob) for one in entries if one.blob):
            before = blob if blob in gone else by_name.get(_name(path), "")
            if path not in self.files and before in gone:
                # Moved as it was, or into a folder of its own: it keeps its past.
                old, versions = gone.pop(before)
                self.files[path] = versions
                self._returns(path, self.removed.pop(old).past.returned)
                if (name := self._below(old)) is not None:
                    self.moved[path] = Moved(name, now)
            elif path in self.removed:
                # Back where it was: to subscribers it is the same.
                self.files[path] = list(self.removed[path].past.versions)
                self._returns(path, now)
            held = self.files.setdefault(path, [])
            held.append(Version(now, blob, self._below(path) or ""))
            self.removed.pop(path, None)

    def change(self, path: str) -> Change:
        """What became of a file that is there."""
        return Change(tuple(self.files[path]), self.returned.get(path))

    def _returns(self, path: str, instant: int | None) -> None:
        self.returned.pop(path, None)
        if instant is not None:
            self.returned[path] = instant

    def _below(self, path: str) -> str | None:
        """A path relative to the site's folder; None outside of it."""
        path = normal("NFC", path)
        return path[len(self.prefix) :] if path.startswith(self.prefix) else None

    def below(self, found: Mapping[str, T]) -> dict[str, T]:
        """What is known of the files below the site's folder."""
        return {
            name: value for path, value in found.items() if (name := self._below(path)) is not None
        }


_BLOBS: Memo[Path | None, bytes] = Memo(16_000_000, len)
"""Contents by the names that git gives them, which are made of them; their octets are counted."""


def forget() -> None:
    """Let go of the contents that git gave."""
    _BLOBS.clear()


def read_blobs(folder: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs, by one run of git at most.

    Raises:
        HistoryError: git refuses to answer, or does not hold one of them.
    """
    repository = repository_of(folder)
    known = {blob: _BLOBS.get(blob, repository) for blob in set(blobs)}
    asked = _asked_blobs(folder, [blob for blob, content in known.items() if content is None])
    for blob, content in asked.items():
        _BLOBS.put(blob, repository, content)
    found = {blob: content for blob, content in known.items() if content is not None}
    return dict(sorted({**found, **asked}.items()))


def _asked_blobs(folder: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs, as git gives them.

    Raises:
        HistoryError: git refuses to answer, or does not hold one of them.
    """
    wanted = sorted(blobs)
    if not wanted:
        return {}
    given = "".join(f"{blob}\n" for blob in wanted).encode()
    output = ask_git(folder, "cat-file", "--batch", given=given)
    found = dict(_contents(output))
    missing = [blob for blob in wanted if blob not in found]
    if missing:
        raise HistoryError("git-incomplete", ", ".join(blob[:12] for blob in missing[:3]))
    return found


def _contents(output: bytes) -> Iterator[tuple[str, bytes]]:
    """The blobs in ``id type size\\n content \\n``; others are answered in one line."""
    start = 0
    while start < len(output):
        end = output.find(b"\n", start)
        parts = output[start:end].decode("ascii", "replace").split(" ")
        start = end + 1
        if end < 0 or not parts[-1].isdecimal():
            if end < 0 or len(parts) != 2:
                raise _unexpected("cat-file")
            continue  # « ID missing », « ID ambiguous »
        size = int(parts[-1])
        if len(output) <= start + size:
            raise _unexpected("cat-file")
        if len(parts) == 3 and parts[1] == "blob":
            yield parts[0], output[start : start + size]
        start += size + 1
