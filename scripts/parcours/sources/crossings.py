"""What meetings were of in the past: a calendar of a crossing, once written, stays for ever."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import PurePosixPath

from ..model.community import Crossed
from ..model.schema import EventRecord, TripRecord
from ..model.settings import Collection
from ..problems import Mark
from .events import SUFFIXES, Context
from .history import History, HistoryError, Version, read_blobs
from .past import past_collection, past_record, was_hidden

_KEPT = ("title", "draft", "themes", "territories", "place", "stops")


def read_crossings(context: Context, history: History) -> frozenset[Crossed]:
    """The collection, territory and theme of every state in which subscribers saw a meeting.

    Those of today are not among them, unless a past state had them too. What cannot be read, or
    names what is gone, tells nothing.
    """
    versions = list(_past(context, history))
    try:
        contents = read_blobs(context.root, {version.blob for version, _ in versions})
    except HistoryError as error:
        context.problems.add(error.code, Mark(context.settings.source), reason=error.reason)
        return frozenset()
    found: set[Crossed] = set()
    for version, collection in versions:
        record = past_record(
            contents.get(version.blob, b""), version.path, collection.kind.record, _KEPT
        )
        if record is not None and not record.draft:
            found.update(_crossed(record, collection, context))
    return frozenset(found)


def _past(context: Context, history: History) -> Iterator[tuple[Version, Collection]]:
    """Every version that is not today's, of the files that lay in a collection."""
    for path, change in history.changes.items():
        here = past_collection(path, context.settings) is not None
        yield from _of(change.versions[:-1] if here else change.versions, context)
    for removed in history.removed.values():
        yield from _of(removed.past.versions, context)


def _of(versions: tuple[Version, ...], context: Context) -> Iterator[tuple[Version, Collection]]:
    for version in versions:
        collection = past_collection(version.path, context.settings)
        readable = version.path.endswith(SUFFIXES) and not was_hidden(
            version.path, context.settings
        )
        own_page = collection and _is_own_page(version.path, collection)
        if collection is not None and readable and not own_page:
            yield version, collection


def _is_own_page(path: str, collection: Collection) -> bool:
    """Whether a file is the page of its collection, which is no meeting."""
    name = PurePosixPath(path).relative_to(collection.folder)
    return len(name.parts) == 1 and name.stem == "index"


def _crossed(record: EventRecord, collection: Collection, context: Context) -> Iterator[Crossed]:
    entities = context.entities
    stops = record.stops if isinstance(record, TripRecord) else ()
    ids = [one for one in (record.place, *(stop.place for stop in stops)) if one]
    places = entities.places.known(ids)
    territories = {one.id for one in entities.territories.known(record.territories)}
    territories |= {place.territory.id for place in places if place.territory}
    themes = {one.id for one in entities.themes.known(record.themes)}
    yield from product((collection.id,), (None, *territories), (None, *themes))
