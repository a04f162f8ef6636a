"""Drafts → files: all of them, or none; none that is there is touched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .site import Draft


def place(root: Path, drafts: Sequence[Draft]) -> None:
    """Write the files of drafts below a folder.

    Raises:
        OSError: one cannot be written, or is there already; then none is left.
    """
    done: list[Path] = []
    try:
        for one in drafts:
            path = root / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                done.append(path)
                file.write(one.text)
    except OSError:
        for path in done:
            path.unlink(missing_ok=True)
        raise
