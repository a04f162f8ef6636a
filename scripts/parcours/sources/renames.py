"""Files that were renamed without `id:`: to subscribers they are other meetings.

Only told while it can be mended: for a meeting that is still to come, soon after the renaming.
Later, subscribers have taken the new one over, and going back would be a second change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from ..model.community import Event
from ..model.drafts import is_public
from ..model.instants import moment_of
from ..model.schema import EventRecord
from ..model.settings import Collection
from ..problems import N_, Mark, Mend
from .events import Context
from .history import Change, History, HistoryError, read_blobs
from .past import past_id, past_record
from .suffixes import SOURCES

ELSEWHERE = N_(
    "put it back under {folder}/, since no id is carried from one collection to another; or let it "
    "move, and add « aliases: [{address}] », by which its old address leads here: calendars then "
    "show it as cancelled there, and as new here"
)

WHILE = timedelta(days=30)
"""How long a renaming is told."""

TOGETHER = 20
"""How many files of one commit are compared with each that came."""

LIKE = 0.6
"""The share of lines that two contents must have in common to be taken for one."""


@dataclass(frozen=True)
class _Old:
    path: str
    blob: str
    collection: Collection


def check_renames(context: Context, history: History, events: Iterable[Event]) -> None:
    """Warn of each event that seems to be another's file under a new name."""
    events = list(events)
    gone: dict[int, list[_Old]] = {}
    for path, removed in sorted(history.removed.items()):
        found = _in_collection(context, path, removed.past.versions[-1].blob)
        gone.setdefault(removed.removed, []).extend(found)
    alive = {(event.collection.id, event.id) for event in events}
    pairs = [
        (event, change, old)
        for event in events
        if (change := history.get(event.source)) and _matters(event, context.now)
        for old in _candidates(context, history, gone, event, change)
    ]
    try:
        blobs = {blob for _, change, old in pairs for blob in (old.blob, _first(change))}
        contents = read_blobs(context.root, blobs)
    except HistoryError as error:
        mark = Mark(context.settings.source)
        context.problems.add(error.code, mark, reason=error.reason)
        return
    likely: dict[str, tuple[float, Event, _Old, str]] = {}
    for event, change, old in pairs:
        before, after = contents.get(old.blob), contents.get(_first(change))
        if before is None or after is None:
            continue
        record = past_record(before, EventRecord, ("title", "id", "draft"))
        if record is None or not is_public(record):
            continue
        alike = likeness(record.title, event.title, before, after)
        if alike >= LIKE and alike > likely.get(event.source, (0.0,))[0]:
            id = past_id(record, old.path, old.collection)
            likely[event.source] = (alike, event, old, id)
    for _, event, old, id in likely.values():
        address, mend = f"{old.collection.address}/{id}", None
        if old.collection.id != event.collection.id:
            if address in event.record.aliases:
                continue  # it moved on purpose
            mend = Mend(ELSEWHERE, {"folder": old.collection.folder, "address": address})
        if (old.collection.id, id) not in alive:
            params = {"old": old.path, "id": id}
            context.problems.add(
                "lost-identity", Mark(event.source), severity="warning", mend=mend, **params
            )


def _matters(event: Event, now: datetime) -> bool:
    return event.last is None or event.last.ends > now


def _first(change: Change) -> str:
    return change.versions[0].blob


def _candidates(
    context: Context,
    history: History,
    gone: Mapping[int, Sequence[_Old]],
    event: Event,
    change: Change,
) -> Iterator[_Old]:
    """The files whose end coincides with the coming of this one."""
    since = context.now - WHILE
    moved = history.moved.get(event.source)
    if moved is not None and moment_of(moved.removed) >= since:
        yield from _in_collection(context, moved.path, _first(change))
    together = gone.get(change.since, ())
    # Many files replaced at once are compared with none: nobody could mend them one by one.
    if moment_of(change.since) >= since and len(together) <= TOGETHER:
        yield from together


def _in_collection(context: Context, path: str, blob: str) -> Iterator[_Old]:
    for collection in context.settings.collections:
        if path.startswith(f"{collection.folder}/") and path.lower().endswith(SOURCES):
            yield _Old(path, blob, collection)


def likeness(old: str, new: str, before: bytes, after: bytes) -> float:
    """How much two contents have in common, from 0 to 1; 2 for the same title."""
    if old == new:
        return 2
    one, other = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    return SequenceMatcher(None, one, other).ratio()
