"""Reading a file of the site's folder: a real one, that can be read, and of a size that is read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..problems import N_, Mark, Problems
from ..refusals import IS_FOLDER, reason_of

TEXT_LIMIT = 1_000_000
"""Octets of a text that people write: a hundred times a long account."""

DRAWING_LIMIT = 5_000_000
"""Octets of a drawing, or of a map."""


def read_bytes(path: Path, file: str, problems: Problems, limit: int = TEXT_LIMIT) -> bytes | None:
    """The content of a file; None, and a problem, where there is none to be read.

    A pipe, a socket or a device is never opened: reading it may have no end.

    Args:
        file: the name problems carry.
        limit: octets.
    """
    try:
        if not _may_be_opened(path, Mark(file), problems, limit):
            return None
        # Of a thousand files, none needs a buffer: each is read in one piece.
        with path.open("rb", buffering=0) as opened:
            return opened.read()
    except OSError as error:
        problems.add("unreadable-file", Mark(file), reason=reason_of(error))
        return None


def can_be_read(path: Path, file: str, problems: Problems, limit: int | None = None) -> bool:
    """Whether there is a file that can be opened, of at most *limit* octets; else a problem."""
    try:
        if not _may_be_opened(path, Mark(file), problems, limit):
            return False
        with path.open("rb", buffering=0):
            return True
    except OSError as error:
        problems.add("unreadable-file", Mark(file), reason=reason_of(error))
        return False


def _may_be_opened(path: Path, mark: Mark, problems: Problems, limit: int | None) -> bool:
    """Whether what is there is a file, and not too large; else a problem.

    Raises:
        OSError: nothing is there, or nobody may know.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        folder = stat.S_ISDIR(found.st_mode)
        reason = IS_FOLDER if folder else N_("it is a pipe, a socket or a device")
        problems.add("unreadable-file", mark, reason=reason)
        return False
    if limit is not None and found.st_size > limit:
        problems.add("too-large-file", mark, size=found.st_size, limit=limit)
        return False
    return True


def first_bytes(path: Path, most: int) -> bytes:
    """What a file holds, as far as *most* octets; nothing where that fails, which is told."""
    try:
        with path.open("rb", buffering=0) as file:
            return file.read(most)
    except OSError:
        return b""


def is_file(path: Path) -> bool:
    """Whether there is a file, also under a name that no disk can carry."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder, also under a name that no disk can carry."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_link(path: Path) -> bool:
    """Whether there is a symbolic link, also under a name that no disk can carry."""
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether there is anything, its links followed."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_text(name: str) -> bool:
    """Whether the name of a file is text: others have names of any octets (PEP 383)."""
    try:
        os.fsencode(name).decode()
    except UnicodeError:
        return False
    return True
