"""The files of a folder, in a fixed order, none of them outside the site's folder."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ..problems import Mark, Problems


def source_files(
    root: Path, folder: str, problems: Problems, *, suffixes: tuple[str, ...]
) -> Iterator[tuple[Path, str]]:
    """Each file under *folder* with one of *suffixes*: its path, and its name in NFC.

    Hidden files, those that begin with « _ » and README files are no sources. A link that leads
    out of *root* is a problem, and is not read.

    Args:
        root: the site's folder, resolved.
        folder: relative to *root*.
    """
    for parent, folders, names in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        leave_links(root, parent, folders, problems)
        for name in sorted(names, key=lambda name: unicodedata.normalize("NFC", name)):
            if not is_source(PurePosixPath(name)) or not name.lower().endswith(suffixes):
                continue
            path = Path(parent, name)
            file = relative_name(root, path)
            if path.is_symlink() and not is_inside(root, path):
                problems.add("outside-path", Mark(file), field=name, value=name)
                continue
            yield path, file


def leave_links(root: Path, parent: str, folders: list[str], problems: Problems) -> None:
    """Take the folders that are links out of what is walked on to, and tell them."""
    for name in list(folders):
        path = Path(parent, name)
        if path.is_symlink():
            folders.remove(name)
            problems.add("linked-folder", Mark(relative_name(root, path)), value=name)


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
    return not hidden and not name.name.lower().startswith("readme.")


def relative_name(root: Path, path: Path) -> str:
    """A path as problems and histories name it: relative, `/` between parts, NFC."""
    return unicodedata.normalize("NFC", path.relative_to(root).as_posix())


def is_inside(root: Path, path: Path) -> bool:
    """Whether a path, its links followed, lies in *root*, and in no hidden folder of it."""
    target = path.resolve()
    if not target.is_relative_to(root):
        return False
    return not any(part.startswith(".") for part in target.relative_to(root).parts)
