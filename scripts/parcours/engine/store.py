"""A store in a folder beside the configuration; it can be deleted at any time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from ..refusals import reason_of
from ..sources.files import is_file
from .environment import clock

FOLDER = Path(".cache", "parcours")

MOST = 1_000_000_000
"""Octets that are kept at most, after a build."""

ROOM = 0.8
"""Of that, what is left when something is removed: not each build has to."""

DAY = 86_400
"""Seconds."""

_DIGEST = hashlib.sha256().digest_size


class FolderStore:
    """One file for each key: the SHA-256 of the octets, then the octets.

    Nothing is locked: whoever reads half of a file, or one of another, sees it by its digest. So
    several may use it at once, on any disk.

    Args:
        notes: whether it is noted that something was of use, for whoever makes room.

    Attributes:
        refused: why the disk keeps nothing, as the system says it; "" as long as it does.
    """

    def __init__(self, root: Path, *, notes: bool = True) -> None:
        self.folder = root / FOLDER
        self.notes = notes
        self.refused = ""
        # A link may lead elsewhere, where nothing is ours.
        self.writable = Path(os.path.realpath(self.folder)).is_relative_to(root.resolve())
        # Where there was nothing, there is what was put there: no disk is asked for the rest.
        self._own: set[str] | None = None if os.path.lexists(self.folder) else set()

    def _may_have(self, key: str) -> bool:
        return self.writable and (self._own is None or key in self._own)

    def get(self, key: str) -> bytes | None:
        """What was kept; None if it is missing or damaged."""
        if not self._may_have(key):
            return None
        try:
            with self._path(key).open("rb", buffering=0) as file:
                found = file.read()
        except OSError:
            return None
        digest, data = found[:_DIGEST], found[_DIGEST:]
        if hashlib.sha256(data).digest() != digest:
            return None
        if self.notes:
            self._used(key)
        return data

    def _ignore(self) -> None:
        """Have git pass over what is kept, in a repository that does not say so itself."""
        note = self.folder / ".gitignore"
        if not note.exists():
            note.write_text("# Kept between builds: it can be deleted at any time.\n*\n", "utf-8")

    def _used(self, key: str) -> None:
        """Note that something was of use: its date says when, to the day."""
        path, now = self._path(key), clock() / 1e9
        with suppress(OSError):  # a disk that can only be read
            if now - path.stat().st_mtime > DAY:
                os.utime(path, (now, now))

    def has(self, key: str) -> bool:
        """Whether there is a file; it may be damaged."""
        return self._may_have(key) and is_file(self._path(key))

    def put(self, key: str, data: bytes) -> None:
        """Keep it, unless the disk refuses."""
        if not self.writable:
            return
        path, whole = self._path(key), hashlib.sha256(data).digest() + data
        try:
            try:
                is_new = _write_new(path, whole)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._ignore()
                is_new = _write_new(path, whole)
            if not is_new:
                _write_over(path, whole)
            if self._own is not None:
                self._own.add(key)
        except OSError as error:
            # A site on a read-only disk is built all the same, only not as fast the next time.
            self.writable, self.refused = False, reason_of(error)

    def prune(self, most: int = MOST) -> None:
        """Remove what has been of no use for longest, where there is too much.

        Args:
            most: octets that may be kept.
        """
        found = []
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if self.writable else ():
            with suppress(OSError):  # another process has removed it
                seen = path.stat()
                found.append((seen.st_mtime, seen.st_size, path))
        total = sum(size for _, size, _ in found)
        if total <= most:
            return
        for _, size, path in sorted(found):
            with suppress(OSError):
                path.unlink()
                total -= size
            if total <= most * ROOM:
                return

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _write_new(path: Path, data: bytes) -> bool:
    """Write a file where nothing is, not even a link; whether there was nothing.

    Raises:
        OSError: the disk refuses; nothing is left of it.
    """
    try:
        with path.open("xb", buffering=0) as file:
            _fill(path, file, data)
    except FileExistsError:
        return False
    return True


def _write_over(path: Path, data: bytes) -> None:
    """Put a file in the place of what is there.

    Raises:
        OSError: the disk refuses; nothing is left of it.
    """
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        _fill(Path(name), file, data)
    try:
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _fill(path: Path, file: BinaryIO | FileIO, data: bytes) -> None:
    """Write all of a file, or leave none."""
    try:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
        file.flush()
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
