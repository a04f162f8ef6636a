"""What meetings were of in the past: a feed, once written, stays for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from ..model.community import Crossed, Event
from ..model.media import episode_file
from ..model.settings import Collection
from ..problems import Mark
from .events import Context
from .history import History, HistoryError, Version
from .past import past_collection
from .seen import Life, Past, State, may_be_meeting


@dataclass(frozen=True)
class Before:
    """What the past says of feeds that stay.

    Attributes:
        crossed: the collection, territory and theme of every state in which subscribers saw a
            meeting.
        heard: the ids of the collections of which something could be heard.
    """

    crossed: frozenset[Crossed] = frozenset()
    heard: frozenset[str] = frozenset()


def read_before(context: Context, history: History, events: Iterable[Event]) -> Before:
    """What subscribers saw of meetings, in every state.

    What names a theme or a territory that is gone tells nothing of it.
    """
    past = Past(context, history)
    found_lives = list(lives(context, history, _moved(events, history)))
    found: set[Crossed] = set()
    heard: set[str] = set()
    try:
        past.fetch(version.blob for one in found_lives for version in one.versions)
        for one in found_lives:
            for state in past.seen(one):
                found.update(_crossed(state, one.collection, past))
                if episode_file(state.record.replay):
                    heard.add(one.collection.id)
    except HistoryError as error:
        context.problems.add(error.code, Mark(context.settings.source), reason=error.reason)
        return Before()
    return Before(frozenset(found), frozenset(heard))


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


def lives(context: Context, history: History, moved: frozenset[str]) -> Iterator[Life]:
    """What lay where meetings do and is not as it was; of the others, today's state tells all."""
    for path, change in history.changes.items():
        if len(change.versions) > 1 or path in moved:
            yield from _of(change.versions, None, context)
    for removed in history.removed.values():
        yield from _of(removed.past.versions, removed.removed, context)


def _of(versions: tuple[Version, ...], gone: int | None, context: Context) -> Iterator[Life]:
    for path in dict.fromkeys(version.path for version in versions):
        collection = past_collection(path, context.settings)
        if collection is not None and may_be_meeting(path, collection):
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
