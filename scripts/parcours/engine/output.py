"""The folder that a site is made in: what lies there as it is to be is left alone.

The folder may hold an earlier site, or half of one. Each file is compared octet by octet with what
it is to hold, so nothing that lies there has to be believed; what nobody writes is removed. A file
that differs is never written through: another name may lead to it, or it may lead elsewhere.

Beside it may lie the site whose place it takes. A file that holds the same there is another name of
it here: a folder that is empty is filled in a fraction of the time that writing takes.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

_Seen = tuple[int, int, int]
"""What sort of file it is, its size in octets, and when it changed, in nanoseconds."""


class Output:
    """What is written into one folder, by several processes that each have their own.

    Attributes:
        written: the paths of the files, whether they were there already or not.
    """

    def __init__(self, folder: Path, twin: Path | None = None) -> None:
        """Look at what lies there.

        Args:
            twin: another folder on the same disk, of which nothing is changed.
        """
        self._folder = folder
        self._twin = twin
        self._within: dict[Path, bool] = {}
        self._before = dict(_files(folder))
        self._folders: set[Path] = set()
        self.written: set[str] = set()

    def write(self, path: Path, data: bytes) -> None:
        """Have a file, whose folder may be missing, hold some octets."""
        self.written.add(str(path))
        if not self._has(path, len(data)) or path.read_bytes() != data:
            self._make_room(path)
            if not self._is_linked(path, len(data), lambda file: file.read_bytes() == data):
                path.write_bytes(data)

    def copy(self, source: Path, path: Path) -> None:
        """Have a file hold what another does, however large that is; it may be that one itself."""
        self.written.add(str(path))
        if not path.is_symlink() and path.exists() and source.samefile(path):
            return
        size = source.stat().st_size
        if not self._has(path, size) or not filecmp.cmp(source, path, shallow=False):
            self._make_room(path)
            if not self._is_linked(path, size, partial(filecmp.cmp, source, shallow=False)):
                shutil.copyfile(source, path)

    def sweep(self) -> None:
        """Remove what lay there and nobody has written, here or by another way."""
        for name, before in self._before.items():
            if name in self.written or stat.S_ISDIR(before[0]):
                continue
            path = Path(name)
            if _seen(path) == before:
                path.unlink()
        for name, _, _ in os.walk(self._folder, topdown=False):
            folder = Path(name)
            if folder != self._folder:
                with suppress(OSError):  # something is in it
                    folder.rmdir()

    def _is_linked(self, path: Path, size: int, is_same: Callable[[Path], bool]) -> bool:
        """Whether a file could be had from the other folder, which has one of that size."""
        if self._twin is None:
            return False
        other = self._twin / path.relative_to(self._folder)
        try:
            found = other.lstat()
            is_alike = stat.S_ISREG(found.st_mode) and found.st_size == size
            if not is_alike or not self._is_within(other.parent) or not is_same(other):
                return False
            path.hardlink_to(other)
        except OSError:
            return False  # it is not there, or this disk knows one name of a file alone
        return True

    def _is_within(self, folder: Path) -> bool:
        """Whether a folder of the other one lies there, and none above it is a link elsewhere."""
        if folder not in self._within:
            above = folder == self._twin or self._is_within(folder.parent)
            self._within[folder] = above and not folder.is_symlink()
        return self._within[folder]

    def _has(self, path: Path, size: int) -> bool:
        """Whether a file of that size was there."""
        before = self._before.get(str(path))
        return before is not None and stat.S_ISREG(before[0]) and before[1] == size

    def _make_room(self, path: Path) -> None:
        """Remove what stood in the place of a file; of this site, two never want one place."""
        self._enter(path.parent)
        before = self._before.get(str(path))
        if before is None:
            return
        below = f"{path}{os.sep}"
        if stat.S_ISDIR(before[0]) and not any(one.startswith(below) for one in self.written):
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    def _enter(self, folder: Path) -> None:
        """Have a folder, and those above it, be folders and no links."""
        if folder in self._folders or folder == folder.parent:
            return
        if folder != self._folder:
            self._enter(folder.parent)
            before = self._before.get(str(folder))
            if before is not None and not stat.S_ISDIR(before[0]):
                with suppress(OSError):  # another process has been here
                    folder.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        self._folders.add(folder)


def _files(folder: Path) -> Iterator[tuple[str, _Seen]]:
    """Everything below a folder as it is now; what a link leads to is not looked at."""
    for name, folders, files in os.walk(folder):
        for path in map(Path(name).joinpath, (*files, *folders)):
            seen = _seen(path)
            if seen is not None:
                yield str(path), seen


def _seen(path: Path) -> _Seen | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_mode, found.st_size, found.st_mtime_ns
