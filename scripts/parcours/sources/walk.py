"""The files of a folder, in a fixed order, none of them outside the site's folder."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..letters import normal
from ..problems import Mark, Problems
from ..refusals import reason_of
from .files import is_link, is_text, is_there

MARK = ".parcours"
"""A file that says what lies in its folder was made here, and may be made again."""

APART = frozenset({MARK, "pyvenv.cfg"})
"""Files of which one makes its folder a site, or an environment of Python."""

SKIPPED = frozenset({".cache", ".git", "__pycache__", "node_modules"})
"""Folders in which no site has its sources."""


@dataclass(frozen=True)
class Below:
    """A file that was found in a folder.

    Attributes:
        file: as problems and histories name it: relative to the site's folder.
    """

    path: Path
    file: str
    entry: os.DirEntry[str]

    @property
    def is_link(self) -> bool:
        return self.entry.is_symlink()

    @property
    def is_file(self) -> bool:
        """Whether it is a file that can be read, its links followed; that is known without asking
        the disk, but for links."""
        try:
            return self.entry.is_file()
        except OSError:
            return False


def files_below(
    root: Path,
    folder: str,
    problems: Problems,
    *,
    hidden: tuple[str, ...],
    without: Collection[Path] = (),
) -> Iterator[tuple[Path, str]]:
    """Each file under *folder*: its path, and its name in NFC; see `entries_below`."""
    for one in entries_below(root, folder, problems, hidden=hidden, without=without):
        yield one.path, one.file


def entries_below(
    root: Path,
    folder: str,
    problems: Problems,
    *,
    hidden: tuple[str, ...],
    without: Collection[Path] = (),
) -> Iterator[Below]:
    """Each file under *folder*.

    What cannot be read, has a name that is not text, or leads out of *root* by a link is a
    problem, and is passed over; so is a folder, and one that is a link.

    Args:
        root: the site's folder, resolved.
        folder: relative to *root*.
        hidden: how the names of folders begin that nobody looks into.
        without: folders that are read as something else.
    """
    top = root / folder

    waiting = [top] if is_fit(root, top, problems) else []
    while waiting:
        parent = waiting.pop()
        try:
            with os.scandir(parent) as found:
                entries = list(found)
        except OSError as error:
            if parent != top or is_there(parent) or is_link(parent):
                mark = Mark(relative_name(root, parent))
                problems.add("unreadable-file", mark, reason=reason_of(error))
            continue
        inner = {entry.name: parent / entry.name for entry in entries if _is_folder(entry)}
        waiting += [
            path
            for name, path in sorted(inner.items(), reverse=True)
            if not name.startswith(hidden)
            and path not in without
            and is_fit(root, path, problems)
            and not _is_linked(root, path, problems)
        ]
        files = (entry for entry in entries if entry.name not in inner)
        for entry in sorted(files, key=lambda entry: normal("NFC", entry.name)):
            path = parent / entry.name
            yield Below(path, relative_name(root, path), entry)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or leads to one."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def nearest_files(
    top: Path,
    without: Collection[str],
    apart: str,
    most: int,
    beyond: Callable[[Path], None] = lambda folder: None,
) -> Iterator[Path]:
    """The files of a folder and of those below it, the nearest first; links are not followed.

    What is hidden is passed over, and what no person writes into, as are folders with a site of
    their own.

    Args:
        without: folders that are looked into by others, relative to *top*.
        apart: the name of the file that makes a folder another site.
        most: how many files and folders are looked at.
        beyond: told the folder within which that is reached.
    """
    waiting = deque([top])
    while waiting:
        folder = waiting.popleft()
        entries = entries_of(folder)
        if folder != top and any(one.name in APART or one.name == apart for one in entries):
            continue
        for entry in entries:
            most -= 1
            if most < 0:
                beyond(folder)
                return
            if not is_text(entry.name) or not _is_source_name(entry.name):
                continue
            path = Path(entry.path)
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif entry.name not in SKIPPED and relative_name(top, path) not in without:
                waiting.append(path)


def entries_of(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, by name; nothing where it cannot be opened, of which others tell."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def is_fit(root: Path, path: Path, problems: Problems) -> bool:
    """Whether a file or folder may be read, by its name and by where it leads."""
    if path == root:
        return True
    name = path.name
    if not is_text(name):
        problems.add("bad-file-name", Mark(relative_name(root, path)), value=name)
        return False
    if is_link(path) and not is_inside(root, path):
        problems.add("outside-path", Mark(relative_name(root, path)), field=name, value=name)
        return False
    return True


def _is_linked(root: Path, folder: Path, problems: Problems) -> bool:
    """Whether a folder is a link, which is not walked on to: it may lead back to where it lies."""
    if not is_link(folder):
        return False
    problems.add("linked-folder", Mark(relative_name(root, folder)), value=folder.name)
    return True


def source_files(
    root: Path, folder: str, problems: Problems, *, suffixes: tuple[str, ...]
) -> Iterator[tuple[Path, str]]:
    """Each file under *folder* with one of *suffixes*: its path, and its name in NFC; see
    `source_entries`."""
    for one in source_entries(root, folder, problems, suffixes=suffixes):
        yield one.path, one.file


def source_entries(
    root: Path, folder: str, problems: Problems, *, suffixes: tuple[str, ...]
) -> Iterator[Below]:
    """Each file under *folder* with one of *suffixes*.

    Hidden files, those that begin with « _ » and README files are no sources.

    Args:
        root: the site's folder, resolved.
        folder: relative to *root*.
    """
    for one in entries_below(root, folder, problems, hidden=(".", "_")):
        name = one.entry.name
        if not is_source(PurePosixPath(name)):
            continue
        if not name.lower().endswith(suffixes):
            if one.is_link:
                tell_nowhere(root, one.path, problems)
        elif (is_text(name) and not one.is_link) or is_fit(root, one.path, problems):
            yield one


def tell_nowhere(root: Path, path: Path, problems: Problems) -> bool:
    """Tell a link that leads nowhere, or back to itself: it may have been a folder; whether it is.

    Args:
        root: the site's folder.
    """
    if not is_link(path) or is_there(path):
        return False
    if is_fit(root, path, problems):
        try:
            path.stat()
        except OSError as error:
            mark = Mark(relative_name(root, path))
            problems.add("unreadable-file", mark, reason=reason_of(error))
    return True


def by_bundle(
    files: Iterable[PurePosixPath], base: PurePosixPath, *, in_courses: bool = False
) -> tuple[list[PurePosixPath], set[PurePosixPath]]:
    """Which sources of a folder are read, and the folders that are one thing each.

    A folder with an index is one thing: what else lies in it belongs to that. In a collection of
    courses it is a course, and what lies beside its index are its sessions.

    Args:
        files: with a suffix of sources; the index of *base* itself is a page, and left out.
    """
    found = [name for name in files if not (name.parent == base and name.stem == "index")]
    bundles = {
        name.parent
        for name in found
        if name.stem == "index" and not (in_courses and len(name.relative_to(base).parts) == 2)
    }
    return [name for name in found if bundles.isdisjoint(_above(name))], bundles


def _above(name: PurePosixPath) -> Iterator[PurePosixPath]:
    """The folders around a source; those around its own, if it is an index."""
    yield from name.parent.parents if name.stem == "index" else (name.parent, *name.parent.parents)


def is_source(name: PurePosixPath) -> bool:
    """Whether a file, named relative to its folder, may be a source, whatever its suffix."""
    hidden = any(part.startswith((".", "_")) for part in name.parts)
    return not hidden and _is_source_name(name.name)


def _is_source_name(name: str) -> bool:
    return not name.startswith((".", "_")) and not name.lower().startswith("readme.")


def relative_name(root: Path, path: Path) -> str:
    """A path as problems and histories name it: relative, `/` between parts, NFC."""
    return normal("NFC", path.relative_to(root).as_posix())


def is_inside(root: Path, path: Path) -> bool:
    """Whether a path, its links followed, lies in *root*, and in no hidden folder of it.

    A link that leads nowhere, or back to itself, leaves nothing: reading it says so.
    """
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(root):
        return False
    return not any(part.startswith(".") for part in target.relative_to(root).parts)
