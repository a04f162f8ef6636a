"""News from history: the past versions of sources, read tolerantly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..model.community import Event
from ..model.news import News, State, news_of
from ..model.stage import has_replay, is_watchable
from ..model.times import Faulty, occurrence
from ..problems import Mark, Problems
from .history import Change, History, HistoryError, Version, read_blobs
from .past import past_record

FILES = 300
"""How many of the files that changed last are looked into; the news window is smaller."""

REPLAYS = 1000
"""How many more are looked into for the instant at which their replay came out."""

_KEPT = ("title", "start", "end", "duration", "undated", "status", "replay", "draft")


def read_news(
    root: Path,
    history: History,
    events: Sequence[Event],
    tombstones: Sequence[Event],
    problems: Problems,
) -> tuple[News, ...]:
    """The news of all events, the newest first."""
    changed = [
        (change, event)
        for event in events
        if (change := history.get(event.source)) and len(change.versions) > 1
    ]
    changed.sort(key=lambda pair: (pair[0].changed, pair[1].uid), reverse=True)
    # The feed of replays holds all of them, however old.
    replays = [pair for pair in changed[FILES:] if has_replay(pair[1])][:REPLAYS]
    looked_into = {event.uid: change for change, event in [*changed[:FILES], *replays]}
    wanted = {v.blob for change in looked_into.values() for v in change.versions}
    try:
        contents = read_blobs(root, wanted)
    except HistoryError as error:
        problems.add(error.code, Mark(events[0].source if events else "."), reason=error.reason)
        contents = {}
    news: list[News] = []
    for event in events:
        change = looked_into.get(event.uid)
        news += news_of(event, _states(event, change, contents) if change else ())
    news += [News("cancelled", event, event.stamps.changed) for event in tombstones]
    return tuple(sorted(news, key=lambda one: (one.instant, one.guid), reverse=True))


def _states(event: Event, change: Change, contents: dict[str, bytes]) -> list[State]:
    """The states that can be read; a version in a broken or old form is passed over."""
    states = []
    for version in change.versions:
        data = contents.get(version.blob)
        state = _state(event, version, data) if data is not None else None
        if state is not None:
            states.append(state)
    return states


def _state(event: Event, version: Version, data: bytes) -> State | None:
    record = past_record(data, event.source, _KEPT)
    if record is None:
        return None
    try:
        # In the zone of today: a corrected place is no move.
        first = occurrence(record, event.kind, event.collection.duration, event.zone)
    except Faulty:
        return None
    replay = is_watchable(record.replay)
    return State(version.instant, first, record.status, replay, not record.draft)
