"""Themes, territories and organisations that were deleted: the feeds of their subscribers are gone.

Feeds cannot redirect, and a reader of feeds only says that an address no longer answers. Told for
as long as somebody may still think of a successor.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePosixPath

from ..problems import Mark
from .entities import E, Entities, Register
from .events import Context
from .history import History

WHILE = timedelta(days=30)
"""How long a deletion is told."""


def check_lost_feeds(context: Context, history: History) -> None:
    """Warn of each deleted entity that had feeds, and that nothing else names in its `aliases`."""
    since = context.now.timestamp() - WHILE.total_seconds()
    known = _known(context.entities)
    for path, removed in sorted(history.removed.items()):
        name = PurePosixPath(path)
        kind = name.parent.name
        if str(name.parent) != f"{context.settings.data}/{kind}" or kind not in known:
            continue
        if removed.removed >= since and name.stem not in known[kind]:
            mark = Mark(path)
            context.problems.add("lost-feeds", mark, severity="warning", id=name.stem, where=kind)


def _known(entities: Entities) -> dict[str, set[str]]:
    return {
        "themes": _ids(entities.themes),
        "territories": _ids(entities.territories),
        "organisations": _ids(entities.organisations),
    }


def _ids(register: Register[E]) -> set[str]:
    return {*register.found, *register.aliases, *register.broken}
