"""News from history: the past versions of sources, read tolerantly."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from datetime import timedelta
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path

from ..model.changes import Change as Diff
from ..model.changes import state_of
from ..model.community import Community, DateOf, Event, Occurrence
from ..model.deadlines import deadline_time, is_told, said_by
from ..model.drafts import is_public
from ..model.instants import moment_of
from ..model.news import Dated, Dropped, News, ended, news_of, of_date, of_deadline
from ..model.programme import PREFIX, has_video, recordings_of
from ..model.recurrence import year_after
from ..model.schema import OFF, SERIES_KEYS, CourseRecord, EventRecord, ItemRecord, SeriesRecord
from ..model.series import Slot, called_off, is_series, times_of, unroll
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
        said = past.said(event, change) if change else {}
        states = past.states(event, said, courses.get(event.uid, ())) if said else ()
        off = tuple(called_off(event)) if said else ()
        apart = [one for one in event.dates if one.date is not None and one.date.apart]
        # A UID that is another's by now, or its own, says nothing of that time.
        series = [
            replace(one, uid="") if one.uid in taken else one
            for one in (past.series(event, said, (*apart, *off)) if said else ())
        ]
        known = [replace(one, uid="") if one.uid in taken else one for one in states]
        news += (one for one in news_of(event, known) if not _is_of_dates(one, series))
        if not said:
            news += (its for one in apart for its in of_date(one, ()))
        else:
            news += _of_dates((*apart, *off), series)
            news += _turned(event, series)
            news += _dropped(event, series, {_of(one).original for one in off})
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
    """A series as one version of its source said it, or the one meeting that it was then.

    Attributes:
        record: what its source said.
        first: its first date.
        slots: its dates, by their keys; *left_out*: those of its rules that it left out.
        instant: Unix seconds from which it was so.
        seen: False for a draft.
        uid: that it had then.
    """

    record: SeriesRecord
    uid: str
    first: Occurrence
    slots: Mapping[str, Slot]
    left_out: frozenset[Moment]
    instant: int
    seen: bool

    def of(self, date: DateOf) -> Dated | None:
        """The state of one of its dates; None where it had none such."""
        slot = self.slots.get(date.key)
        if not is_series(self.record) or (slot is None and date.original not in self.left_out):
            return None
        try:
            when = (
                slot.when(self.first)
                if slot
                else repeated(self.first, date.original, is_given=True)
            )
        except Faulty:
            return None
        return Dated(
            instant=self.instant,
            first=when,
            status=slot.record.status if slot else "cancelled",
            replay=slot is not None and is_watchable(slot.record.replay),
            seen=self.seen,
            uid=f"{date.key}.{self.uid}" if self.uid and self.uid != date.series else "",
        )

    def sets_off(self, date: DateOf) -> bool:
        """Whether it is said of one of its dates alone whether that is held."""
        slot = self.slots.get(date.key)
        return slot is not None and slot.says("status")

    def shift(self, date: DateOf) -> timedelta | None:
        """How far one of its dates is from where its rule has it."""
        slot = self.slots.get(date.key)
        return slot.shift if slot else None

    @cached_property
    def days(self) -> Counter[Day]:
        """How many dates it has of each day of its rules."""
        return Counter(one.original.day for one in self.slots.values())

    @cached_property
    def originals(self) -> frozenset[Moment]:
        return frozenset(one.original for one in self.slots.values())

    @cached_property
    def held(self) -> Sequence[Slot]:
        """Those that are not called off, in order of time."""
        its = (one for one in self.slots.values() if one.record.status not in OFF)
        return sorted(its, key=lambda one: one.start.naive)

    @cached_property
    def earliest(self) -> Slot:
        return min(self.slots.values(), key=lambda one: one.start.naive)

    def lacks(self, slot: Slot, before: _Series) -> bool:
        """Whether it has a date no more that it had before; at another hour, it has it."""
        day = slot.original.day
        return slot.original not in self.originals and self.days[day] < before.days[day]

    def when(self, slot: Slot) -> Occurrence | None:
        """When one of its dates is held; None for an hour that does not exist."""
        try:
            return slot.when(self.first)
        except Faulty:
            return None


def _states(date: Event, series: Sequence[_Series]) -> Sequence[Dated]:
    """The states of a date in the versions of its series that have it, or leave it out."""
    return [state for then in series if (state := then.of(_of(date)))]


def _of_dates(dates: Iterable[Event], series: Sequence[_Series]) -> Iterator[News]:
    """The news of the dates of which something is said alone, and of those that are left out.

    What becomes of them along with the others is told of these.
    """
    for date in dates:
        its, states = _of(date), _states(date, series)
        for one in of_date(date, states) if states else ():
            if one.kind == "replay" or _is_alone(its, one, series):
                yield one


def _is_of_dates(news: News, series: Sequence[_Series]) -> bool:
    """Whether a series as a whole is where it was: one of its dates is elsewhere, or some are gone,
    as where it becomes a single meeting."""
    now = [one for one in series if one.seen and one.instant == news.instant]
    before = [one for one in series if one.seen and one.instant < news.instant][-1:]
    repeated = [is_series(one.record) for one in (*before, *now)]
    if news.kind != "moved" or not before or not now or not any(repeated):
        return False
    if all(repeated) and before[0].first.begins == now[0].first.begins:
        return True
    day = moment_of(news.instant).date()
    old, new = (
        {slot.start for slot in one.held if day <= slot.start.day <= year_after(day)}
        for one in (before[0], now[0])
    )
    return bool(old & new)


def _is_alone(date: DateOf, news: News, series: Sequence[_Series]) -> bool:
    """Whether what became of a date is said of it alone."""
    seen = [one for one in series if one.seen]
    now = [one for one in seen if one.instant == news.instant]
    if news.kind != "moved":
        return date.left_out or any(one.sets_off(date) for one in now)
    before = [one for one in seen if one.instant < news.instant][-1:]
    return len({one.shift(date) for one in (*before, *now)}) > 1


def _turned(event: Event, series: Sequence[_Series]) -> Iterator[News]:
    """The news of dates of which nothing is said alone, as when `later:` is written, or taken back:
    the first of those to come tells it of all.

    What becomes of the whole series is told of that.
    """
    # One that is as the others goes before those of which something else is said.
    dates = sorted((one for one in event.dates if one.date), key=lambda one: _of(one).apart)
    for before, after in pairwise(one for one in series if one.seen):
        if before.first.begins != after.first.begins:
            continue
        for kind in _OF_ALL:
            if kind not in (before.record.status, after.record.status):
                told = (its for one in dates for its in _along(one, kind, before, after, series))
                yield from islice(told, 1)


_OF_ALL = ("moved", "cancelled", "postponed")


def _along(
    date: Event, kind: str, before: _Series, after: _Series, series: Sequence[_Series]
) -> Iterator[News]:
    """The news of a kind that a change of its series is for a date, unless that is said of it."""
    its = _of(date)
    was, now = before.slots.get(its.key), after.slots.get(its.key)
    if was is None or now is None:
        return
    old, new = was.record.status, now.record.status
    if kind == "moved":
        differs = was.start != now.start and was.shift == now.shift and not {old, new} & {*OFF}
    else:
        differs = old != new == kind and not now.says("status")
    for one in of_date(date, _states(date, series)) if differs else ():
        if one.kind == kind and one.instant == after.instant:
            yield one


def _dropped(event: Event, series: Sequence[_Series], off: Collection[Moment]) -> Iterator[News]:
    """The news that a series has dates no more which it had, one for each change.

    Those it had again since then are not told of, nor is its first date: where that went is told of
    the series. While all of it is called off, nothing is dropped.

    Args:
        off: the dates it leaves out today: each tells it by itself.
    """
    told = [one for one in series if one.seen and one.slots and one.record.status not in OFF]
    number = 0
    for index, (before, after) in enumerate(pairwise(told), 1):
        if not is_series(before.record):
            continue
        lost = [one for one in before.held if after.lacks(one, before)]
        now = moment_of(after.instant)
        drawn = year_after(now.date())
        ahead = [
            (one, when)
            for one in lost
            if one is not before.earliest
            and one.original.day <= drawn
            and (when := before.when(one))
            and when.begins > now
        ]
        if not ahead:
            continue
        number += 1
        gone = [
            when
            for one, when in ahead
            if one.original not in off and all(then.lacks(one, before) for then in told[index:])
        ]
        if not gone:
            continue
        lasts = [one.when(one.held[-1]) for one in (after, told[-1]) if one.held]
        last = max((one for one in lasts if one), key=lambda one: one.begins, default=None)
        yield News(
            change=Diff(kind="dropped", after=state_of(event)),
            event=event,
            instant=after.instant,
            number=number,
            uid=after.uid,
            dropped=Dropped(
                count=len(gone),
                next=gone[0],
                last=last if last and last.begins < gone[0].begins else None,
            ),
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

    def said(self, event: Event, change: Change) -> Mapping[Version, EventRecord]:
        """What can be read of the past; a version in a broken or old form is passed over."""
        kind = event.kind.record
        kept = [key for key in _KEPT if key in kind.model_fields]
        return {
            version: record
            for version in change.versions
            if (data := self.contents.get(version.blob)) is not None
            if (record := past_event(data, kind, kept, event.collection)) is not None
        }

    def states(
        self, event: Event, said: Mapping[Version, EventRecord], course: Sequence[Version]
    ) -> Iterator[Dated]:
        """The states of what was said."""
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

    def series(
        self, event: Event, said: Mapping[Version, EventRecord], dates: Sequence[Event]
    ) -> Sequence[_Series]:
        """What a series was in each version; empty for what never was one.

        Args:
            dates: as far as which those of rules without an end are drawn, at least.
        """
        its = [
            (version, record)
            for version, record in said.items()
            if isinstance(record, SeriesRecord) and record.start
        ]
        if not any(is_series(record) for _, record in its):
            return ()
        drawn = (year_after(moment_of(version.instant).date()) for version, _ in its)
        last = max((*drawn, *(_of(one).original.day for one in dates)))
        found = (self._series(event, version, record, last) for version, record in its)
        return [one for one in found if one is not None]

    def _series(
        self, event: Event, version: Version, record: SeriesRecord, last: Day
    ) -> _Series | None:
        """A series as a version of its source said it; None for an hour that does not exist."""
        try:
            zone = self.hours.zone(record, version.instant)
            first = occurrence(record, event.kind, event.collection.duration, zone)
        except Faulty:
            return None
        if first is None:
            return None
        found = unroll(record, last, PAST)
        return _Series(
            record=record,
            uid=past_uid(record, version.path, self.settings) or "",
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
