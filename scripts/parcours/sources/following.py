"""Sources that were renamed and changed at once: `id:` says that they are the same.

And collections whose folder was renamed: what lay there lies where it would today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from ..model.schema import EventRecord
from ..model.settings import Collection, Settings
from ..problems import Problems
from .files import is_file, read_bytes
from .history import Change, History, Removed, read_blobs
from .past import past_collection, past_id, past_record
from .suffixes import SOURCES


def follow(root: Path, settings: Settings, history: History) -> History:
    """The history in which a source has its past under earlier names, as far as `id:` tells.

    Only a file that came in the commit in which another went is looked into.

    Raises:
        HistoryError: git refuses to answer.
    """
    history = _settled(settings, history)
    pasts = {**{path: gone.past for path, gone in history.removed.items()}, **history.changes}
    before = _before(root, pasts, list(_pairs(settings, history, pasts)))

    def whole(path: str) -> Change:
        past = pasts[path]
        while path in before:
            path = before[path]
            # A file that is called again as it once was had its past already.
            versions = sorted((*pasts[path].versions, *past.versions), key=lambda one: one.instant)
            past = Change(tuple(versions), pasts[path].returned)
        return past

    ended = set(before.values())
    return replace(
        history,
        changes={path: whole(path) for path in history.changes},
        removed={
            path: replace(gone, past=whole(path))
            for path, gone in history.removed.items()
            if path not in ended
        },
    )


def _before(
    root: Path, pasts: Mapping[str, Change], pairs: list[tuple[str, str, Collection]]
) -> dict[str, str]:
    """What each file was before, by its `id:`: the one of the others that went when it came."""
    ends = [end for pair in pairs for path in pair[:2] for end in _ends(pasts[path])]
    contents = read_blobs(root, ends)
    found: dict[str, str] = {}
    for new, old, collection in pairs:
        if new in found or old in found.values():
            continue
        texts = [contents[blob] for blob in _ends(pasts[new])]
        if is_file(root / new):
            texts.append(read_bytes(root / new, new, Problems()) or b"")
        ids = {_id(text, new, collection) for text in texts}
        id = _id(contents[_ends(pasts[old])[1]], old, collection)
        if id is not None and id in ids:
            found[new] = old
    return found


def _ends(past: Change) -> tuple[str, str]:
    """The first and the last content of a file."""
    return past.versions[0].blob, past.versions[-1].blob


def _id(text: bytes, path: str, collection: Collection) -> str | None:
    record = past_record(text, EventRecord, ("title", "id"))
    return past_id(record, path, collection) if record else None


def _pairs(
    settings: Settings, history: History, pasts: Mapping[str, Change]
) -> Iterator[tuple[str, str, Collection]]:
    """Each file that came with the end of another of its collection, and that other."""
    ended: dict[tuple[str, int], list[str]] = {}
    for path, gone in sorted(history.removed.items()):
        for collection in _collections(settings, path):
            ended.setdefault((collection.id, gone.removed), []).append(path)
    # What is there first.
    for path in (*sorted(history.changes), *sorted(history.removed)):
        for collection in _collections(settings, path):
            for old in ended.get((collection.id, pasts[path].since), ()):
                if old != path:
                    yield path, old, collection


def _collections(settings: Settings, path: str) -> Iterator[Collection]:
    for collection in settings.collections:
        if path.startswith(f"{collection.folder}/") and path.lower().endswith(SOURCES):
            yield collection


def _settled(settings: Settings, history: History) -> History:
    """The history in which the collections had the folders of today all along."""
    folders = _folders(settings, history)
    if not folders:
        return history

    def settled(past: Change) -> Change:
        versions = (replace(one, path=_today(one.path, folders)) for one in past.versions)
        return Change(tuple(versions), past.returned)

    changes = {path: settled(past) for path, past in history.changes.items()}
    removed: dict[str, Removed] = {}
    for path, gone in sorted(history.removed.items(), key=lambda pair: pair[1].removed):
        name = _today(path, folders)
        removed[path if name in changes else name] = replace(gone, past=settled(gone.past))
    moved = {
        path: replace(one, path=_today(one.path, folders)) for path, one in history.moved.items()
    }
    moved = {path: one for path, one in moved.items() if path != one.path}
    return replace(history, changes=changes, removed=removed, moved=moved)


def _folders(settings: Settings, history: History) -> dict[str, str]:
    """The folders that collections had before → those of today.

    A collection's folder is renamed in a commit that changes the configuration, too.
    """
    configuration = history.get(settings.source)
    edits = {version.instant for version in configuration.versions} if configuration else set()
    pasts = (*history.changes.values(), *(gone.past for gone in history.removed.values()))
    steps = [
        (after.instant, before.path, after.path)
        for past in pasts
        for before, after in pairwise(past.versions)
        if before.path != after.path and after.instant in edits
    ]
    found: dict[str, str] = {}
    for _, old, new in sorted(steps, reverse=True):  # the last first: one may lead to another
        new = _today(new, found)
        collection = past_collection(new, settings)
        if collection is None or past_collection(old, settings) is not None:
            continue
        rest = new.removeprefix(collection.folder)
        if old.endswith(rest) and old != rest:
            found.setdefault(old.removesuffix(rest), collection.folder)
    return found


def _today(path: str, folders: Mapping[str, str]) -> str:
    found = next((old for old in folders if path.startswith(f"{old}/")), None)
    return path if found is None else folders[found] + path.removeprefix(found)
