"""News from history: the past versions of sources, read tolerantly."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path

from ..model.changes import state_of
from ..model.community import Community, DateOf, Event, Occurrence
from ..model.deadlines import deadline_time, is_told, said_by
from ..model.drafts import is_public
from ..model.instants import moment_of
from ..model.news import Dated, News, ended, news_of, of_date, of_deadline
from ..model.programme import PREFIX, has_video, recordings_of
from ..model.recurrence import year_after
from ..model.schema import SERIES_KEYS, CourseRecord, EventRecord, ItemRecord, SeriesRecord
from ..model.series import Slot, called_off, is_series, times_of, turning, unroll
from ..model.settings import Settings
from ..model.stage import is_watchable
from ..model.times import Faulty, occurrence, repeated
from ..model.values import PAST, Moment
from ..problems import Mark, Problems
from .history import Change, History, HistoryError, Version, read_blobs
from .hours import Hours
from .past import past_course, past_event, past_record, past_uid, timeline, was_hidden
from .seen import its_course

VERSIONS = 20_000
"""How many past versions are read, of the files that changed last; a tenth of a millisecond each.

Far more than a community writes in ten years. Fewer would tie what a feed says of one meeting to
how often the others change.
"""

_KEPT = (
    *("title", "start", "end", "duration", "timezone", "id"),
    *("undated", "status", "replay", "draft", "place", "places", "stops", "state"),
    *sorted(SERIES_KEYS),
)


_DUE = ("registration", "deadlines")


def read_news(
    root: Path, history: History, community: Community, problems: Problems
) -> tuple[News, ...]:
    """The news of all events, the newest first."""
    events, settings = community.events, community.settings
    due = [one for one in community.deadlines if is_told(one)]
    files = {one.source: change for one in due if (change := history.get(one.source))}
    hours = Hours(root, history, settings, community.places, community.territories)
    courses = {
        event.uid: its_course(change.versions, event.collection, history.lay)
        for event in events
        if event.course and (change := history.get(event.source))
    }
    try:
        looked_into = _looked_into(history, events, courses, hours)
        pasts = [change.versions for change in looked_into.values()]
        pasts += [change.versions for change in files.values() if len(change.versions) > 1]
        wanted = {version.blob for past in (*pasts, *courses.values()) for version in past}
        contents = read_blobs(root, wanted)
    except HistoryError as error:
        problems.add(error.code, Mark(settings.source), reason=error.reason)
        return ()
    news: list[News] = []
    tombstones = community.tombstones
    taken = {event.uid for event in (*events, *(one for one in tombstones if one.gone))}
    past = _Past(contents, hours, settings)
    for event in events:
        change = looked_into.get(event.uid)
        states = past.states(event, change, courses.get(event.uid, ())) if change else ()
        # A UID that is another's by now, or its own, says nothing of that time.
        news += news_of(
            event, [replace(one, uid="") if one.uid in taken else one for one in states]
        )
        if change is not None:
            apart = (one for one in event.dates if one.date is not None and one.date.apart)
            dates = (*apart, *turning(event), *called_off(event))
            for date, its in zip(dates, past.of_dates(dates, change), strict=True):
                news += of_date(date, its)
    for event in events:
        change = looked_into.get(event.uid)
        for item in recordings_of(event):
            told = news_of(item, list(past.of_item(item, change)) if change else ())
            news += (one for one in told if one.kind == "replay")
    for one in due:
        news += of_deadline(one, list(past.of_deadline(one, files.get(one.source))))
    # One without a date, or under another identity, lives on and tells its own news.
    for one in tombstones:
        news += (replace(its, uid="") if its.uid in taken else its for its in ended(one))
    return tuple(sorted(news, key=lambda one: (one.instant, one.guid), reverse=True))


def _looked_into(
    history: History,
    events: Iterable[Event],
    courses: Mapping[str, Sequence[Version]],
    hours: Hours,
) -> Mapping[str, Change]:
    """The pasts of the events that have not been as they are since they came, by UID."""
    head = history.head or 0
    changed = [
        (change, event)
        for event in events
        if (change := history.get(event.source))
        and (
            len(change.versions) > 1
            # Its course may have been a draft.
            or any(one.instant > change.created for one in courses.get(event.uid, ()))
            or any(hours.changes(event.record, change.created, head + 1))
        )
    ]
    changed.sort(key=lambda pair: (pair[0].changed, pair[1].uid), reverse=True)
    found: dict[str, Change] = {}
    left = VERSIONS
    for change, event in changed:
        left -= len(change.versions)
        if left < 0:
            break
        found[event.uid] = change
    return found


def programme_then(record: SeriesRecord, date: DateOf) -> Sequence[ItemRecord]:
    """The programme of a date of a series, as a version of its source said it."""
    then = _record_then(record, date)
    return then.programme if then is not None else ()


def _record_then(record: SeriesRecord, date: DateOf) -> SeriesRecord | None:
    """What a version of a source said of a date of its series; None where it had none."""
    if record.start is None:
        return None
    slots = unroll(record, date.original.day, PAST).slots
    return next((one.record for one in slots if one.key == date.key), None)


def _of(date: Event) -> DateOf:
    assert date.date is not None  # only asked of a date of a series
    return date.date


@dataclass(frozen=True, kw_only=True)
class _Series:
    """A series as one version of its source said it.

    Attributes:
        first: its first date.
        slots: its dates, by their keys; *left_out*: those of its rules that it left out.
        instant: Unix seconds from which it was so.
        seen: False for a draft.
    """

    first: Occurrence
    slots: Mapping[str, Slot]
    left_out: frozenset[Moment]
    instant: int
    seen: bool

    def of(self, date: DateOf) -> Dated | None:
        """The state of one of its dates; None where it had none such."""
        slot = self.slots.get(date.key)
        if slot is None and date.original not in self.left_out:
            return None
        try:
            when = repeated(self.first, slot.start if slot else date.original)
        except Faulty:
            return None
        return Dated(
            instant=self.instant,
            first=when,
            status=slot.record.status if slot else "cancelled",
            replay=slot is not None and is_watchable(slot.record.replay),
            seen=self.seen,
        )


@dataclass(frozen=True)
class _Past:
    """What the past states of events are read with.

    Attributes:
        contents: of all versions, by blob.
    """

    contents: Mapping[str, bytes]
    hours: Hours
    settings: Settings

    def states(self, event: Event, change: Change, course: Sequence[Version]) -> Iterator[Dated]:
        """The states that can be read; a version in a broken or old form is passed over."""
        kind = event.kind.record
        kept = [key for key in _KEPT if key in kind.model_fields]
        said = {
            version: record
            for version in change.versions
            if (data := self.contents.get(version.blob)) is not None
            if (record := past_event(data, kind, kept, event.collection)) is not None
        }
        hidden = {
            version: not is_public(its)
            for version in course
            if (data := self.contents.get(version.blob)) is not None
            if (its := past_course(data)) is not None
        }
        spans = list(timeline(list(said), list(hidden)))
        ends = [*(instant for instant, _, _ in spans[1:]), sys.maxsize]
        for (since, version, other), until in zip(spans, ends, strict=True):
            record = said[version]
            for instant in (since, *self.hours.changes(record, since, until)):
                state = self._state(event, version, record, instant)
                if state is not None:
                    hides = other is not None and hidden[other]
                    yield replace(state, seen=False) if hides else state

    def of_dates(self, dates: Sequence[Event], change: Change) -> Sequence[Sequence[Dated]]:
        """For each of some dates of one series its states, in the versions that have it, or leave
        it out."""
        states: list[list[Dated]] = [[] for _ in dates]
        last = max((_of(one).original.day for one in dates), default=Day.min)
        for version in change.versions if dates else ():
            then = self._series(dates[0], version, last)
            if then is None:
                continue
            for found, date in zip(states, dates, strict=True):
                if (state := then.of(_of(date))) is not None:
                    found.append(state)
        return states

    def _series(self, date: Event, version: Version, last: Day) -> _Series | None:
        """The series that a date is of, as a version of its source said it; None for none."""
        data, kind = self.contents.get(version.blob), date.kind.record
        kept = [key for key in _KEPT if key in kind.model_fields]
        record = past_event(data, kind, kept, date.collection) if data is not None else None
        if not isinstance(record, SeriesRecord) or not is_series(record) or not record.start:
            return None
        try:
            zone = self.hours.zone(record, version.instant)
            first = occurrence(record, date.kind, date.collection.duration, zone)
        except Faulty:
            return None
        if first is None:
            return None
        found = unroll(record, last, PAST)
        return _Series(
            first=first,
            slots={one.key: one for one in found.slots},
            left_out=frozenset(one for its in found.excluded.values() for one in its),
            instant=version.instant,
            seen=is_public(record) and not was_hidden(version.path, self.settings),
        )

    def of_item(self, item: Event, change: Change) -> Iterator[Dated]:
        """The states of an item of a programme, as far as its video goes.

        When it takes place is no news: that of its meeting is.
        """
        kind = item.kind.record
        kept = ["title", "start", "draft", "programme", *sorted(SERIES_KEYS & {*kind.model_fields})]
        id = item.item.removeprefix(PREFIX)
        now = state_of(item)
        for version in change.versions:
            data = self.contents.get(version.blob)
            if data is None:
                continue
            record = past_event(data, kind, kept, item.collection)
            if record is None:
                continue
            said: Sequence[ItemRecord] = record.programme
            if item.date is not None and isinstance(record, SeriesRecord):
                said = programme_then(record, item.date)
            yield Dated(
                instant=version.instant,
                first=now.first,
                status=now.status,
                replay=has_video(said, id),
                seen=is_public(record) and not was_hidden(version.path, self.settings),
            )

    def of_deadline(self, event: Event, change: Change | None) -> Iterator[Dated]:
        """The states of a deadline of today, in the versions that have it."""
        deadline, kind = event.deadline, event.kind.record
        assert deadline is not None  # only asked of a deadline
        kept = ["title", "start", "draft", *_DUE, *sorted(SERIES_KEYS & {*kind.model_fields})]
        for version in change.versions if change else ():
            data = self.contents.get(version.blob)
            if data is None:
                continue
            whole: EventRecord | CourseRecord | None
            if event.course is not None and event.source == event.course.source:
                whole = past_record(data, CourseRecord, ("title", "draft", *_DUE))
            else:
                whole = past_event(data, kind, kept, event.collection)
            said = whole
            if isinstance(whole, SeriesRecord) and event.date is not None:
                said = _record_then(whole, event.date)
            untils = [until for id, _, until in said_by(said) if id == deadline.id] if said else []
            if whole is not None and untils:
                yield Dated(
                    instant=version.instant,
                    first=deadline_time(untils[0], deadline.zone),
                    status="confirmed",
                    replay=False,
                    seen=is_public(whole) and not was_hidden(version.path, self.settings),
                )

    def _state(
        self, event: Event, version: Version, record: EventRecord, instant: int
    ) -> Dated | None:
        zone = self.hours.zone(record, instant)
        try:
            last = year_after(moment_of(instant).date())
            first = times_of(record, event.kind, event.collection.duration, zone, last)
        except Faulty:
            return None
        return Dated(
            instant=instant,
            first=first,
            status=record.status,
            replay=is_watchable(record.replay),
            seen=is_public(record) and not was_hidden(version.path, self.settings),
            over=record.undated == "past",
            open=record.seeks_host,
            uid=past_uid(record, version.path, self.settings) or "",
        )
