"""News from history: the past versions of sources, read tolerantly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..model.community import Event
from ..model.news import News, State, news_of
from ..model.schema import CourseRecord, EventRecord
from ..model.settings import Settings
from ..model.stage import is_watchable
from ..model.times import Faulty, occurrence
from ..problems import Mark, Problems
from .history import Change, History, HistoryError, Version, read_blobs
from .past import past_record, past_uid, was_hidden

VERSIONS = 20_000
"""How many past versions are read, of the files that changed last; a tenth of a millisecond each.

Far more than a community writes in ten years. Fewer would tie what a feed says of one meeting to
how often the others change.
"""

_KEPT = (
    *("title", "start", "end", "duration", "timezone", "id"),
    *("undated", "status", "replay", "draft"),
)


def read_news(
    root: Path,
    history: History,
    events: Sequence[Event],
    tombstones: Sequence[Event],
    settings: Settings,
    problems: Problems,
) -> tuple[News, ...]:
    """The news of all events, the newest first."""
    courses = {
        event.course.source: change
        for event in events
        if event.course and (change := history.get(event.course.source))
    }
    changed = [
        (change, event)
        for event in events
        if (change := history.get(event.source))
        and (len(change.versions) > 1 or _came_later(event, change, courses))
    ]
    changed.sort(key=lambda pair: (pair[0].changed, pair[1].uid), reverse=True)
    looked_into: dict[str, Change] = {}
    left = VERSIONS
    for change, event in changed:
        left -= len(change.versions)
        if left < 0:
            break
        looked_into[event.uid] = change
    wanted = {
        version.blob
        for change in (*looked_into.values(), *courses.values())
        for version in change.versions
    }
    try:
        contents = read_blobs(root, wanted)
    except HistoryError as error:
        problems.add(error.code, Mark(events[0].source if events else "."), reason=error.reason)
        contents = {}
    news: list[News] = []
    taken = {event.uid for event in (*events, *(one for one in tombstones if one.gone))}
    for event in events:
        change = looked_into.get(event.uid)
        states = _states(event, change, contents, settings, taken) if change else []
        course = courses.get(event.course.source) if event.course else None
        news += news_of(event, _shown(states, _drafts(course, contents)) if course else states)
    # One without a date, or under another identity, lives on and tells its own news.
    for one in tombstones:
        if one.gone is not None:
            instant, uid = one.gone
            news.append(News("cancelled", one, instant, uid="" if uid in taken else uid))
    return tuple(sorted(news, key=lambda one: (one.instant, one.guid), reverse=True))


def _came_later(event: Event, change: Change, courses: Mapping[str, Change]) -> bool:
    """Whether the course of a session changed after the session came: it may have been a draft."""
    course = courses.get(event.course.source) if event.course else None
    return course is not None and course.changed > change.created


def _drafts(course: Change, contents: Mapping[str, bytes]) -> list[tuple[int, int]]:
    """From when until when a course was a draft, in Unix seconds."""
    found: list[tuple[int, int]] = []
    since: int | None = None
    for version in course.versions:
        data = contents.get(version.blob)
        record = past_record(data, version.path, CourseRecord, ("title", "draft")) if data else None
        if record is None:
            continue
        if record.draft and since is None:
            since = version.instant
        elif not record.draft and since is not None:
            found.append((since, version.instant))
            since = None
    return found


def _shown(states: Sequence[State], drafts: Sequence[tuple[int, int]]) -> list[State]:
    """The states of a session, those of while its course was a draft as seen when that ended."""
    found: dict[int, State] = {}
    for state in states:
        end = next((end for since, end in drafts if since <= state.instant < end), state.instant)
        found[end] = replace(state, instant=end)
    return list(found.values())


def _states(
    event: Event,
    change: Change,
    contents: Mapping[str, bytes],
    settings: Settings,
    taken: Collection[str],
) -> list[State]:
    """The states that can be read; a version in a broken or old form is passed over.

    Args:
        taken: the UIDs that are another's by now, or its own.
    """
    states = []
    for version in change.versions:
        data = contents.get(version.blob)
        state = _state(event, version, data, settings) if data is not None else None
        if state is not None:
            states.append(replace(state, uid="") if state.uid in taken else state)
    return states


def _state(event: Event, version: Version, data: bytes, settings: Settings) -> State | None:
    record = past_record(data, event.source, EventRecord, _KEPT)
    if record is None:
        return None
    try:
        zone = record.timezone or _zone_of_places(event) or settings.timezone
        first = occurrence(record, event.kind, event.collection.duration, zone)
    except Faulty:
        return None
    return State(
        version.instant,
        first,
        record.status,
        is_watchable(record.replay),
        not record.draft and not was_hidden(version.path, settings),
        record.undated == "past",
        past_uid(record, version.path, settings) or "",
    )


def _zone_of_places(event: Event) -> str | None:
    """The zone of where people meet, as it is known today: a corrected place is no move."""
    places = (event.place, *(stop.place for stop in event.stops))
    return next((place.zone for place in places if place and place.zone), None)
