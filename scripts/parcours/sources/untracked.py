"""Sources that the history does not hold: nobody knows when they came, nor when they changed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..model.settings import Settings
from ..problems import Mark, Problems
from .clocks import NAMED
from .history import History, repository_of


def tell_untracked(
    root: Path,
    history: History,
    files: Iterable[str],
    settings: Settings,
    problems: Problems,
    *,
    published: bool,
) -> None:
    """Warn of sources that are dated by the last commit, whatever becomes of them.

    In a preview, one that is new will be committed; in a repository within this one, or where a
    continuous integration publishes the site, it is not.

    Args:
        files: relative to *root*, resolved; "" for the package's.
    """
    if history.head is None:
        return
    unknown = sorted({file for file in files if file and history.get(file) is None})
    home = repository_of(root)
    lost = [one for one in unknown if published or repository_of((root / one).parent) != home]
    if lost:
        named = ", ".join(lost[:NAMED]) + (", …" if len(lost) > NAMED else "")
        problems.add("git-untracked", Mark(settings.source), severity="warning", files=named)
