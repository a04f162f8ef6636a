"""The folder that a site is written to: never one with something else in it, and never half done.

A folder that was made here holds a mark. A new site is made beside it, under the folder of what
is kept between builds, which git ignores, and takes its place by a rename. The one that it replaces
is left there for the next build, which writes only what differs (`output.py`): two folders take
turns. A build that was killed leaves its parts there: the next one puts the site back that stood
between two renames, and removes the rest.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from ..sources.walk import MARK
from ..tree import KEPT
from .store import FOLDER

Made = Literal["built", "compiled"]

EARLIER: dict[Made, tuple[str, ...]] = {
    "built": ("404.html", "sitemap.xml", "assets/parcours.css"),
    "compiled": ("index.md", "assets/parcours.css"),
}
"""Files by which together a folder is known that was made before there was a mark."""

_BEFORE = "before"
_SPARE = "spare"


class TargetRefused(Exception):
    """The folder to write to holds something else."""


def check_target(folder: Path, made: Made, root: Path, sources: Collection[Path]) -> None:
    """Refuse a folder whose replacement would lose something.

    Args:
        root: the site's folder.
        sources: folders that are read.

    Raises:
        TargetRefused: it holds the sources, or anything but what was made by the same command; or
            it lies where git keeps its own.
        OSError: nobody may look into it.
    """
    inside = any(folder.is_relative_to(one) or one.is_relative_to(folder) for one in sources)
    inside = inside or (folder.is_relative_to(root) and ".git" in folder.relative_to(root).parts)
    if root.is_relative_to(folder) or inside or not _is_ours(folder, made):
        raise TargetRefused(str(folder))


def _is_ours(folder: Path, made: Made) -> bool:
    if not os.path.lexists(folder):
        return True
    if not folder.is_dir():
        return False
    try:
        return (folder / MARK).read_text("utf-8").strip() == made
    except (OSError, UnicodeError):
        known = all(os.path.lexists(folder / name) for name in EARLIER[made])
        return known or not any(folder.iterdir())


def mark(folder: Path, made: Made) -> None:
    """Say that what lies in a folder was made here."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(f"{made}\n", "utf-8")


@contextmanager
def beside(root: Path, folder: Path, *, takes_turns: bool = False) -> Iterator[Path]:
    """A folder on the disk of *folder*, from which :func:`swap` can be done.

    Args:
        takes_turns: whether it may hold what an earlier build left there; else it is empty.
    """
    works = _works(root, folder)
    spare = works / _SPARE if takes_turns and works.is_relative_to(root / FOLDER) else None
    _recover(works, folder, spare)
    new = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=works))
    if spare is not None:
        with suppress(OSError):  # there is none, or another build has it
            spare.rename(new)
    try:
        yield new
    finally:
        _let_go(new, spare)
        _prune(works)


def swap(new: Path, folder: Path) -> None:
    """Put *new* in the place of *folder*, and *folder* in that of *new*.

    No system renames one folder over another that is full: between two renames there is none, and
    a build that is killed there is put right by the next.
    """
    old = new.with_name(_BEFORE)
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    _hand_over(old, folder)
    if old.exists():
        old.rename(new)


def _works(root: Path, folder: Path) -> Path:
    """Where the parts of one target are made, on its disk."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    works = root / FOLDER / "site" / name
    if Path(os.path.realpath(works)).is_relative_to(root):
        try:
            works.mkdir(parents=True, exist_ok=True)
        except OSError:
            pass  # sources on a disk that can only be read: the site lies elsewhere
        else:
            if works.stat().st_dev == folder.parent.stat().st_dev:
                return works
            _prune(works)
    works = folder.parent / f".{folder.name}-{name}"
    works.mkdir(exist_ok=True)
    return works


def _prune(works: Path) -> None:
    if not any(works.iterdir()):
        works.rmdir()


def _recover(works: Path, folder: Path, spare: Path | None) -> None:
    """Undo what a build left that was killed."""
    old = works / _BEFORE
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    elif old.is_dir():
        _hand_over(old, folder)
    for left in works.iterdir():
        if left != spare and not _is_alive(left.name.partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)


def _hand_over(old: Path, folder: Path) -> None:
    """Give the new folder what is not ours to remove from the one that it replaces."""
    for name in sorted(KEPT - {MARK}):
        if (old / name).exists() and not (folder / name).exists():
            (old / name).rename(folder / name)


def _let_go(new: Path, spare: Path | None) -> None:
    """Leave a folder for the next build, or remove it; it may be half of a site."""
    if spare is not None and new.is_dir() and any(new.iterdir()):
        with suppress(OSError):  # another build has left one meanwhile
            new.rename(spare)
    shutil.rmtree(new, ignore_errors=True)


def _is_alive(process: str) -> bool:
    """Whether another build is still at work there."""
    if not process.isdecimal() or os.name != "posix":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass  # another user's
    return True
