"""A commit laid out beside the working tree, as git would check it out, so that it is compiled.

A folder of its own holds the files and a repository without objects, whose HEAD is the commit and
which borrows all that it lacks from the one it was laid out from (gitrepository-layout(5),
« objects/info/alternates »). So the past is read as it is anywhere, and nothing of the working
tree, the index or the repository is touched.

What is not committed yet is laid out as the commit that it would be: then it is dated, and what is
deleted is cancelled, as subscribers will see it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from .files import is_file, is_link
from .history import HistoryError, ask_git, read_blobs, repository_of

TOGETHER = 50_000_000
"""Octets that are asked of git at once."""

LINK = "120000"
_FILES = frozenset({"100644", "100755", LINK})
"""The modes of what is laid out: files and links (git's « fast-import », « filemodify »)."""


class NoRepository(Exception):
    """There is no repository around a folder, or no commit in it."""


class NoCommit(Exception):
    """A text names no commit of a repository.

    Attributes:
        shallow: whether the clone lacks its beginning, where it may be.
    """

    def __init__(self, revision: str, *, shallow: bool) -> None:
        super().__init__(revision)
        self.revision = revision
        self.shallow = shallow


@dataclass(frozen=True, kw_only=True)
class Line:
    """How two commits stand to each other.

    Attributes:
        parted: the last commit that both have; "" where they have none in common.
        lacking: commits of the first that the second does not have.
    """

    parted: str
    lacking: int


def commit_of(folder: Path, revision: str) -> str:
    """The id of the commit that a text names, such as a branch, a tag or the start of an id.

    Args:
        folder: resolved.

    Raises:
        NoRepository: there is none here.
        NoCommit: it names none.
        HistoryError: git refuses to answer.
    """
    if repository_of(folder) is None:
        raise NoRepository(str(folder))
    shallow = is_shallow(folder)
    # A text of no form that git knows is an error to it, as is the name of nothing.
    named = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    try:
        found = ask_git(folder, *named).decode("ascii", "replace").split()
    except (HistoryError, ValueError):
        found = []
    if len(found) != 1:
        if revision == "HEAD":
            raise NoRepository(str(folder))
        raise NoCommit(revision, shallow=shallow)
    return found[0]


def is_shallow(folder: Path) -> bool:
    """Whether a clone lacks the beginning of its history."""
    return ask_git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def line_of(folder: Path, base: str, head: str) -> Line:
    """How two commits stand to each other, by their ids.

    Raises:
        HistoryError: git refuses to answer.
    """
    try:
        parted = ask_git(folder, "merge-base", base, head).decode("ascii", "replace").split()
    except HistoryError:
        parted = []  # it says nothing of what has nothing in common, and fails
    lacking = ask_git(folder, "rev-list", "--count", base, "--not", head).strip()
    return Line(parted=parted[0] if parted else "", lacking=int(lacking))


def earlier(folder: Path, commit: str, most: int) -> list[str]:
    """The commits before one on the line of first parents, the latest first.

    Raises:
        HistoryError: git refuses to answer.
    """
    asked = ("rev-list", "--first-parent", f"--max-count={most}", "--skip=1", commit)
    return ask_git(folder, *asked).decode("ascii", "replace").split()


@contextmanager
def laid_out(folder: Path, commit: str | None, now: datetime) -> Iterator[tuple[Path, str]]:
    """The folder of a site as a commit holds it, and the commit; it goes when this ends.

    Args:
        folder: of the site, in the working tree, resolved.
        commit: its id; None for what would be committed now: all that the working tree holds, but
            for what git ignores. Where nothing is to be, that is HEAD.
        now: the date of what would be committed, aware.

    Raises:
        NoRepository: there is none here.
        HistoryError: git refuses to answer.
        OSError: the disk refuses what is laid out.
    """
    repository = repository_of(folder)
    if repository is None:
        raise NoRepository(str(folder))
    with TemporaryDirectory(prefix="parcours-") as made:
        beside = Path(made).resolve()
        _borrow(folder, beside)
        found = commit or _committed(repository, beside, now)
        (beside / ".git" / "HEAD").write_text(f"{found}\n")
        _check_out(beside, found)
        yield beside / folder.relative_to(repository), found


def _borrow(folder: Path, beside: Path) -> None:
    """Make a repository that holds nothing of its own."""
    git = beside / ".git"
    for name in ("objects/info", "objects/pack", "refs"):
        (git / name).mkdir(parents=True)
    said = ask_git(folder, "rev-parse", "--show-object-format").decode().strip()
    form = "\n[extensions]\n\tobjectFormat = sha256" if said == "sha256" else ""
    version = 1 if form else 0
    (git / "config").write_text(f"[core]\n\trepositoryformatversion = {version}{form}\n")
    objects = _kept(folder, "objects")
    (git / "objects" / "info" / "alternates").write_bytes(os.fsencode(objects) + b"\n")
    if is_file(_kept(folder, "shallow")):
        shutil.copyfile(_kept(folder, "shallow"), git / "shallow")


def _kept(folder: Path, name: str) -> Path:
    """Where a repository keeps something."""
    said = ask_git(folder, "rev-parse", "--git-path", name).removesuffix(b"\n")
    return folder / os.fsdecode(said)


_SIGNED = {
    f"GIT_{who}_{what}": said
    for who in ("AUTHOR", "COMMITTER")
    for what, said in (("NAME", "-"), ("EMAIL", "-"))
}


_APART = ("-c", "core.splitIndex=false", "-c", "core.fsmonitor=false", "-c", "core.safecrlf=false")
"""An index of its own, wholly; and no word of line ends, which are not to be mended here."""


def _committed(repository: Path, beside: Path, now: datetime) -> str:
    """The commit that the working tree would be; HEAD where it is as that."""
    head = commit_of(repository, "HEAD")
    own = {
        "GIT_INDEX_FILE": str(beside / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(beside / ".git" / "objects"),
        **_SIGNED,
        "GIT_AUTHOR_DATE": now.isoformat(),
        "GIT_COMMITTER_DATE": now.isoformat(),
    }

    def ask(*arguments: str, given: bytes = b"") -> bytes:
        return ask_git(repository, *_APART, *arguments, given=given, into=own)

    ask("read-tree", head)
    names = ask("ls-files", "-z", "--cached", "--others", "--exclude-standard").split(b"\0")[:-1]
    files = b"".join(name + b"\0" for name in names if _is_leaf(repository / os.fsdecode(name)))
    ask("read-tree", "--empty")
    ask("update-index", "-z", "--add", "--stdin", given=files)
    tree = ask("write-tree").decode().strip()
    if tree == ask("rev-parse", f"{head}^{{tree}}").decode().strip():
        return head
    return ask("commit-tree", "-p", head, "-m", "-", tree).decode().strip()


def _is_leaf(path: Path) -> bool:
    """Whether git would keep it as a file: not a folder, as another repository's, nor gone."""
    return is_link(path) or is_file(path)


def _check_out(beside: Path, commit: str) -> None:
    """Write the files of a commit, links last: nothing is ever written through one."""
    listed = ask_git(beside, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    found: list[tuple[Path, str, str, int]] = []
    for line in listed.split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, blob, size = about.decode("ascii", "replace").split()
        within = PurePosixPath(os.fsdecode(name))
        # git writes no such names, and a hostile repository may hold them.
        strange = within.is_absolute() or any(p.lower() in ("..", ".git") for p in within.parts)
        if mode in _FILES and not strange:
            found.append((beside / within, mode, blob, int(size)))
    found.sort(key=lambda one: one[1] == LINK)
    for some in _batches(found):
        contents = read_blobs(beside, (blob for _, _, blob, _ in some))
        for path, mode, blob, _ in some:
            path.parent.mkdir(parents=True, exist_ok=True)
            if mode != LINK:
                path.write_bytes(contents[blob])
            elif b"\0" not in contents[blob]:
                path.symlink_to(os.fsdecode(contents[blob]))


def _batches(
    found: list[tuple[Path, str, str, int]],
) -> Iterator[list[tuple[Path, str, str, int]]]:
    """The files, so many at a time as are held in memory at once."""
    some: list[tuple[Path, str, str, int]] = []
    total = 0
    for one in found:
        if some and total + one[3] > TOGETHER:
            yield some
            some, total = [], 0
        some.append(one)
        total += one[3]
    if some:
        yield some
