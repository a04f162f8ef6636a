"""Sources that were renamed and changed at once: `id:` says that they are the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..model.schema import EventRecord
from ..model.settings import Collection, Settings
from .history import Change, History, read_blobs
from .past import past_id, past_record
from .suffixes import SOURCES


def follow(root: Path, settings: Settings, history: History) -> History:
    """The history in which a source has its past under earlier names, as far as `id:` tells.

    Only a file that came in the commit in which another went is looked into.

    Raises:
        HistoryError: git refuses to answer.
    """
    changes, removed = dict(history.changes), dict(history.removed)
    followed: set[str] = set()
    pairs = list(_pairs(settings, history))
    contents = read_blobs(root, {removed[old].past.versions[-1].blob for _, old, _ in pairs})
    ids = {new: _current_id(root, new, collection) for new, _, collection in pairs}
    # The latest names first, so that the past of a past is found too.
    for new, old, collection in sorted(pairs, key=lambda pair: -changes[pair[0]].created):
        gone = removed.get(old)
        if gone is None or gone.removed != changes[new].created:
            continue
        data = contents.get(gone.past.versions[-1].blob)
        record = past_record(data, old, EventRecord, ("title", "id")) if data else None
        if record is not None and past_id(record, old, collection) == ids[new]:
            changes[new] = Change((*gone.past.versions, *changes[new].versions))
            del removed[old]
            followed.add(new)
    return replace(history, changes=changes, removed=removed, followed=frozenset(followed))


def _pairs(settings: Settings, history: History) -> Iterator[tuple[str, str, Collection]]:
    """Each file that came with the end of another of its collection, and that other."""
    ended: dict[tuple[str, int], list[str]] = {}
    for path, gone in history.removed.items():
        for collection in _collections(settings, path):
            ended.setdefault((collection.id, gone.removed), []).append(path)
    for path, change in sorted(history.changes.items()):
        for collection in _collections(settings, path):
            for old in sorted(ended.get((collection.id, change.created), ())):
                yield path, old, collection


def _collections(settings: Settings, path: str) -> Iterator[Collection]:
    for collection in settings.collections:
        if path.startswith(f"{collection.folder}/") and path.endswith(SOURCES):
            yield collection


def _current_id(root: Path, file: str, collection: Collection) -> str | None:
    path = root / file
    if not path.is_file():
        return None
    record = past_record(path.read_bytes(), file, EventRecord, ("title", "id"))
    return past_id(record, file, collection) if record else None
