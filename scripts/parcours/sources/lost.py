"""Themes, territories and organisations that were deleted: the feeds of their subscribers are gone.

Feeds cannot redirect, and a reader of feeds only says that an address no longer answers. Told for
as long as somebody may still think of a successor.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePosixPath

from ..model.instants import moment_of
from ..model.schema import ThemeRecord
from ..problems import Mark
from .entities import Entities
from .events import Context
from .history import History, HistoryError, read_blobs
from .past import past_record
from .register import E, Register

WHILE = timedelta(days=30)
"""How long a deletion is told."""


def check_lost_feeds(context: Context, history: History) -> None:
    """Warn of each deleted entity that had feeds, and that nothing else names in its `aliases`.

    Nobody follows an example.
    """
    since = context.now - WHILE
    known = _known(context.entities)
    lost: dict[str, str] = {}
    for path, removed in sorted(history.removed.items()):
        name = PurePosixPath(path)
        kind = name.parent.name
        if str(name.parent) != f"{context.settings.data}/{kind}" or kind not in known:
            continue
        if moment_of(removed.removed) >= since and name.stem not in known[kind]:
            lost[path] = removed.past.versions[-1].blob
    try:
        contents = read_blobs(context.root, lost.values())
    except HistoryError as error:
        context.problems.add(error.code, Mark(context.settings.source), reason=error.reason)
        return
    for path, blob in lost.items():
        record = past_record(contents.get(blob, b""), ThemeRecord, ("name", "example"))
        if record is not None and not record.example:
            id, kind = PurePosixPath(path).stem, PurePosixPath(path).parent.name
            mark = Mark(path)
            context.problems.add("lost-feeds", mark, severity="warning", id=id, where=kind)


def _known(entities: Entities) -> dict[str, set[str]]:
    return {
        "themes": _ids(entities.themes),
        "territories": _ids(entities.territories),
        "organisations": _ids(entities.organisations),
    }


def _ids(register: Register[E]) -> set[str]:
    return {*register.found, *register.aliases, *register.broken}
