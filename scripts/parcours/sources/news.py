"""News from history: the past versions of sources, read tolerantly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..model.community import Event
from ..model.drafts import is_public
from ..model.news import News, State, news_of
from ..model.schema import EventRecord
from ..model.settings import Settings
from ..model.stage import is_watchable
from ..model.times import Faulty, occurrence, zone_of
from ..problems import Mark, Problems
from .history import Change, History, HistoryError, Version, read_blobs
from .past import past_course, past_record, past_uid, timeline, was_hidden

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
        problems.add(error.code, Mark(settings.source), reason=error.reason)
        contents = {}
    news: list[News] = []
    taken = {event.uid for event in (*events, *(one for one in tombstones if one.gone))}
    for event in events:
        change = looked_into.get(event.uid)
        course = courses.get(event.course.source) if event.course else None
        states = _states(event, change, course, contents, settings) if change else []
        # A UID that is another's by now, or its own, says nothing of that time.
        news += news_of(
            event, [replace(one, uid="") if one.uid in taken else one for one in states]
        )
    # One without a date, or under another identity, lives on and tells its own news.
    for one in tombstones:
        if one.gone is not None:
            instant, uid = one.gone
            uid = "" if uid in taken else uid
            news.append(News(kind="cancelled", event=one, instant=instant, uid=uid))
    return tuple(sorted(news, key=lambda one: (one.instant, one.guid), reverse=True))


def _came_later(event: Event, change: Change, courses: Mapping[str, Change]) -> bool:
    """Whether the course of a session changed after the session came: it may have been a draft."""
    course = courses.get(event.course.source) if event.course else None
    return course is not None and course.changed > change.created


def _states(
    event: Event,
    change: Change,
    course: Change | None,
    contents: Mapping[str, bytes],
    settings: Settings,
) -> Iterator[State]:
    """The states that can be read; a version in a broken or old form is passed over."""
    said = {
        version: state
        for version in change.versions
        if (data := contents.get(version.blob)) is not None
        if (state := _state(event, version, data, settings)) is not None
    }
    hidden = {
        version: not is_public(record)
        for version in (course.versions if course else ())
        if (data := contents.get(version.blob)) is not None
        if (record := past_course(data, version.path)) is not None
    }
    for instant, version, its in timeline(list(said), list(hidden)):
        state = said[version]
        seen = state.seen and not (its is not None and hidden[its])
        yield replace(state, instant=instant, seen=seen)


def _state(event: Event, version: Version, data: bytes, settings: Settings) -> State | None:
    record = past_record(data, event.source, EventRecord, _KEPT)
    if record is None:
        return None
    try:
        # Of where people meet, as it is known today: a corrected place is no move.
        zone = zone_of(record, event.places, settings.timezone)
        first = occurrence(record, event.kind, event.collection.duration, zone)
    except Faulty:
        return None
    return State(
        instant=version.instant,
        first=first,
        status=record.status,
        replay=is_watchable(record.replay),
        seen=is_public(record) and not was_hidden(version.path, settings),
        over=record.undated == "past",
        uid=past_uid(record, version.path, settings) or "",
    )
