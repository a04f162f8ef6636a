"""News from history: the past versions of sources, read tolerantly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..model.community import Event
from ..model.drafts import is_public
from ..model.news import News, State, news_of
from ..model.schema import EventRecord
from ..model.stage import is_watchable
from ..model.times import Faulty, occurrence, zone_of
from ..problems import Mark, Problems
from .history import Change, History, HistoryError, Version, read_blobs
from .past import past_record

VERSIONS = 20_000
"""How many past versions are read, of the files that changed last; a tenth of a millisecond each.

Far more than a community writes in ten years. Fewer would tie what a feed says of one meeting to
how often the others change.
"""

_KEPT = (
    *("title", "start", "end", "duration", "timezone"),
    *("undated", "status", "replay", "draft"),
)


def read_news(
    root: Path,
    history: History,
    events: Sequence[Event],
    tombstones: Sequence[Event],
    home: str,
    problems: Problems,
) -> tuple[News, ...]:
    """The news of all events, the newest first.

    Args:
        home: the community's zone, an IANA name.
    """
    changed = [
        (change, event)
        for event in events
        if (change := history.get(event.source)) and len(change.versions) > 1
    ]
    changed.sort(key=lambda pair: (pair[0].changed, pair[1].uid), reverse=True)
    looked_into: dict[str, Change] = {}
    left = VERSIONS
    for change, event in changed:
        left -= len(change.versions)
        if left < 0:
            break
        looked_into[event.uid] = change
    wanted = {v.blob for change in looked_into.values() for v in change.versions}
    try:
        contents = read_blobs(root, wanted)
    except HistoryError as error:
        problems.add(error.code, Mark(events[0].source if events else "."), reason=error.reason)
        contents = {}
    news: list[News] = []
    for event in events:
        change = looked_into.get(event.uid)
        news += news_of(event, _states(event, change, contents, home) if change else ())
    # One without a date lives on, and tells its own news.
    news += [
        News(kind="cancelled", event=one, instant=one.stamps.changed)
        for one in tombstones
        if one.deleted
    ]
    return tuple(sorted(news, key=lambda one: (one.instant, one.guid), reverse=True))


def _states(event: Event, change: Change, contents: dict[str, bytes], home: str) -> list[State]:
    """The states that can be read; a version in a broken or old form is passed over."""
    states = []
    for version in change.versions:
        data = contents.get(version.blob)
        state = _state(event, version, data, home) if data is not None else None
        if state is not None:
            states.append(state)
    return states


def _state(event: Event, version: Version, data: bytes, home: str) -> State | None:
    record = past_record(data, event.source, EventRecord, _KEPT)
    if record is None:
        return None
    try:
        # Of where people meet, as it is known today: a corrected place is no move.
        zone = zone_of(record, event.places, home)
        first = occurrence(record, event.kind, event.collection.duration, zone)
    except Faulty:
        return None
    replay = is_watchable(record.replay)
    over = record.undated == "past"
    return State(
        instant=version.instant,
        first=first,
        status=record.status,
        replay=replay,
        seen=is_public(record),
        over=over,
    )
