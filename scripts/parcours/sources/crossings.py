"""What meetings were of in the past: a feed, once written, stays for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from ..model.community import Course, Crossed, Event
from ..model.instants import moment_of
from ..model.media import episode_file
from ..model.recurrence import year_after
from ..model.schema import CourseRecord, EventRecord, Replay, SeriesRecord
from ..model.series import paged_keys
from ..model.settings import Collection
from ..problems import Mark
from .events import Context
from .history import History, HistoryError, Version
from .lost_deadlines import NO_DEADLINES, LostDeadlines, lost_deadlines
from .lost_items import tell_lost_items
from .past import past_collection, past_id
from .seen import Life, Past, State, edited, may_be_course, may_be_meeting


@dataclass(frozen=True)
class Before:
    """What the past says of feeds that stay.

    Attributes:
        crossed: the collection, territory and theme of every state in which subscribers saw a
            meeting.
        heard: the ids of the collections of which something could be heard.
        dates: the address of each series, without its slash, and the key of each of its dates that
            had a page of its own.
        deadlines: those that are no more, and whether there ever were any.
    """

    crossed: frozenset[Crossed] = frozenset()
    heard: frozenset[str] = frozenset()
    dates: frozenset[tuple[str, str]] = frozenset()
    deadlines: LostDeadlines = NO_DEADLINES


def read_before(
    past: Past,
    events: Iterable[Event],
    courses: Iterable[Course],
    deadlines: Iterable[Event],
) -> Before:
    """What subscribers saw of meetings, in every state.

    What names a theme or a territory that is gone tells nothing of it.

    Args:
        deadlines: those that calendars tell of.
    """
    known = {one.uid for one in deadlines}
    sources: dict[str, Event | Course] = {one.source: one for one in events}
    sources |= {one.source: one for one in courses}
    context, history = past.context, past.history
    may_lose = (one.source for one in sources.values() if _may_lose(one.record))
    changed = edited(past, may_lose)
    found_lives = list(lives(context, history, _moved(events, history) | changed))
    its_courses = list(lives(context, history, changed, may_be_course))
    found: set[Crossed] = set()
    heard: set[str] = set()
    dates: set[tuple[str, str]] = set()
    try:
        past.fetch(version.blob for one in (*found_lives, *its_courses) for version in one.versions)
        for one in found_lives:
            for state in past.seen(one):
                found.update(_crossed(state, one.collection, past))
                if any(map(episode_file, _recordings(state.record))):
                    heard.add(one.collection.id)
                dates.update(_dates(state, one.collection))
        lost = lost_deadlines(past, found_lives, its_courses, known, sources)
        tell_lost_items(past, found_lives, sources)
    except HistoryError as error:
        context.problems.add(error.code, Mark(context.settings.source), reason=error.reason)
        return Before()
    return Before(frozenset(found), frozenset(heard), frozenset(dates), lost)


def _may_lose(record: EventRecord | CourseRecord) -> bool:
    """Whether it says what has an identity of its own."""
    items = record.programme if isinstance(record, EventRecord) else ()
    return bool(record.deadlines or items)


def _recordings(record: EventRecord) -> Iterator[Replay | None]:
    """What a source says of recordings: that of its meeting, and those of single dates."""
    yield record.replay
    if isinstance(record, SeriesRecord):
        yield from (one.replay for one in (*record.dates.values(), *record.later))


def _dates(state: State, collection: Collection) -> Iterator[tuple[str, str]]:
    """The dates of a series that had a page."""
    series = f"{collection.address}/{past_id(state.record, state.path, collection)}"
    for key in paged_keys(state.record, year_after(moment_of(state.until).date())):
        yield series, key


def _moved(events: Iterable[Event], history: History) -> frozenset[str]:
    """The files of meetings whose places, or whose course, are not what they were."""

    def changed(file: str) -> bool:
        change = history.get(file)
        return change is not None and len(change.versions) > 1

    return frozenset(
        event.source
        for event in events
        if any(changed(place.source) for place in event.places)
        or (event.course is not None and changed(event.course.source))
    )


MayBe = Callable[[str, Collection], bool]
"""Whether a file of that name is read as something of a collection."""


def lives(
    context: Context, history: History, moved: frozenset[str], may_be: MayBe = may_be_meeting
) -> Iterator[Life]:
    """What lay where meetings do and is not as it was; of the others, today's state tells all.

    Args:
        may_be: whether a file is of those that are looked for.
    """
    for path, change in history.changes.items():
        if len(change.versions) > 1 or path in moved:
            yield from _of(change.versions, None, context, may_be)
    for removed in history.removed.values():
        yield from _of(removed.past.versions, removed.removed, context, may_be)


def _of(
    versions: tuple[Version, ...], gone: int | None, context: Context, may_be: MayBe
) -> Iterator[Life]:
    for path in dict.fromkeys(version.path for version in versions):
        collection = past_collection(path, context.settings)
        if collection is not None and may_be(path, collection):
            ats = [at for at, version in enumerate(versions) if version.path == path]
            after = versions[ats[-1] + 1 :]
            end = after[0].instant if after else gone
            yield Life(path, collection, [versions[at] for at in ats], end, versions[0].instant)


def _crossed(state: State, collection: Collection, past: Past) -> Iterator[Crossed]:
    record, entities = state.record, past.context.entities
    territories = {one.id for one in entities.territories.known(record.territories)}
    for named in record.named_places:
        there = (place.territory for place in past.places(named, state.since, state.until))
        territories |= {territory.id for territory in there if territory}
    said = (*record.themes, *(state.course.themes if state.course else ()))
    themes = {one.id for one in entities.themes.known(said)}
    yield from product((collection.id,), (None, *territories), (None, *themes))
