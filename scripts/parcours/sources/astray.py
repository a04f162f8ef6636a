"""Sources in a folder where nothing of their sort is read: the one in which they were meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from ..model.kinds import KINDS
from ..model.names import slug
from ..model.schema import EventRecord, PostRecord
from ..model.settings import ADDRESSES, Settings
from ..model.settings import Collection as Section
from ..problems import N_, Mend, closest

MOVE_TO = N_("move it to {folder}/, where such meetings are read, or remove the date")
UNREAD_KIND = N_(
    "move it to {folder}/, which is read where « collections: » says nothing else, or name its "
    "folder there"
)
BY_SUBJECT = N_(
    "« index.md » is the page of the folder: name the file of a meeting after its subject, such as "
    "{better}"
)


def mend_dated(
    file: PurePosixPath, keys: Collection[str], title: str, settings: Settings
) -> Mend | None:
    """Where to put a file that has the date of a meeting and lies where none is read.

    Args:
        file: relative to the site's folder.
        keys: those it begins with.
    """
    own = next((one for one in settings.collections if str(file.parent) == one.folder), None)
    if own is not None and file.stem == "index":
        name = slug(title) or "mon-sujet"
        return Mend(BY_SUBJECT, {"better": f"{own.folder}/{name}.md"})
    usual = _usual_folder(file, settings)
    if usual is not None:
        return Mend(UNREAD_KIND, {"folder": usual})
    folder = meant_folder(file, keys, settings)
    return Mend(MOVE_TO, {"folder": folder}) if folder else None


def _usual_folder(file: PurePosixPath, settings: Settings) -> str | None:
    """The usual folder of a kind that the site has not, if a file lies in one that is called so."""
    if any(one.id != one.kind.usual_id for one in settings.collections):
        return None  # the configuration names them
    known = {one.kind for one in settings.collections}
    ours = {word for one in settings.collections for word in words_of(one)}
    for part in map(slug, reversed(file.parent.parts)):
        for kind in KINDS.values():
            words = {kind.id, kind.usual_id, *map(slug, kind.addresses.values())}
            if kind not in known and part in words - ours:
                usual = kind.usual_folder(settings.docs_dir)
                # Where it lies in that one, the configuration names others.
                return None if file.is_relative_to(usual) else usual
    return None


def meant_folder(file: PurePosixPath, keys: Collection[str], settings: Settings) -> str | None:
    """The folder of meetings that was meant, by what the file says, or by how its own is called."""
    for one in settings.collections:
        others = (other.kind.record for other in settings.collections if other is not one)
        only = set(one.kind.record.model_fields) - set(EventRecord.model_fields)
        for record in others:
            only -= set(record.model_fields)
        if only & set(keys) and not one.kind.in_courses:
            return one.folder
    words = {word: one for one in settings.collections for word in words_of(one)}
    for part in reversed(file.parent.parts):
        near = words.get(slug(part)) or words.get(closest(slug(part), words) or "")
        if near is not None:
            return near.folder
    alone = [one for one in settings.collections if not one.kind.in_courses]
    if len(alone) == 1:
        return alone[0].folder
    live = [one for one in alone if one.kind.has_hours]
    is_online = "online" in keys and not {"place", "places", "stops"} & set(keys)
    return live[0].folder if len(live) == 1 and is_online else None


def words_of(collection: Section) -> Iterator[str]:
    """What somebody may call the folder of a collection."""
    kind = collection.kind
    yield from (slug(collection.id), slug(collection.address), slug(collection.name))
    yield from (slug(collection.singular), slug(PurePosixPath(collection.folder).name), kind.id)
    yield from (slug(one) for one in kind.addresses.values())
    yield from (slug(one.usual_id) for one in KINDS.values() if one is kind)


def post_folder(settings: Settings) -> str:
    """Where posts are read, or would be."""
    if settings.news is not None:
        return settings.news.folder
    return str(PurePosixPath(settings.docs_dir) / ADDRESSES[settings.language].news)


def keys_of_post(keys: Collection[str], known: Collection[str]) -> list[str]:
    """The keys by which an authored page seems to be a post; none for another page.

    Args:
        known: those that mean something to the engine and its theme.
    """
    own = [key for key in keys if key in PostRecord.model_fields and key not in known]
    return own if "date" in own and len(own) > 1 else []
