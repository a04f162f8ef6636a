"""Items of programmes that have another address than they had: what links to them leads nowhere.

The address of an item on its page, and its identity as a replay, are made of its title where it has
no `id:`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from ..model.community import Course, Event
from ..model.names import slug
from ..model.programme import ids_of
from ..model.schema import EventRecord, ItemRecord
from ..model.values import ValueRefused
from .events import mark_in
from .past import past_id
from .seen import Life, Past, is_new


def tell_lost_items(
    past: Past, meetings: Iterable[Life], sources: Mapping[str, Event | Course]
) -> None:
    """Tell each item that seems to be one of before under another id, of several the last.

    Args:
        meetings: whose contents are at hand.
        sources: all meetings and courses there are, by their files.
    """
    for one in meetings:
        there = sources.get(one.path)
        if one.gone is None and isinstance(there, Event) and there.plan.items:
            _tell_new_ids(past, one, there)


def _tell_new_ids(past: Past, one: Life, there: Event) -> None:
    context, items = past.context, there.plan.items
    known, told = {item.id for item in items}, set[int]()
    for state in past.seen(one):
        is_same = past_id(state.record, state.path, one.collection) == there.id
        if not is_same or not is_new(past, one, state.until):
            continue
        before = dict(zip(ids_of(state.record.programme), state.record.programme, strict=True))
        for id, record in before.items():
            if id in known:
                continue
            known.add(id)
            alike = [
                index
                for index, item in enumerate(items)
                if item.id not in before
                and _is_alike(_Then(item.record, there.record), _Then(record, state.record))
            ]
            if len(alike) == 1 and alike[0] not in told:
                told.add(alike[0])
                mark = mark_in(context.root, there.source, ("programme", alike[0], "title"))
                item = items[alike[0]].record.title
                context.problems.add("lost-item", mark, severity="warning", item=item, id=id)


@dataclass(frozen=True)
class _Then:
    """An item, and what its meeting said when it had it."""

    item: ItemRecord
    meeting: EventRecord

    @property
    def day(self) -> int | None:
        """The number of its day, where that is said, in a year, which has each day once."""
        said, start = self.item.day, self.meeting.start
        if said is None or start is None:
            return said.number if said else None
        with suppress(ValueRefused):
            return said.counted(start.day, start.day + timedelta(days=364))
        return None

    @property
    def when(self) -> tuple[object, ...]:
        return self.day, self.item.at, self.item.track


def _is_alike(one: _Then, other: _Then) -> bool:
    """Whether an item is called as another, has its recording, or its speakers at its hour."""
    now, before = one.item, other.item
    if slug(now.title) == slug(before.title) or (now.video and now.video == before.video):
        return True
    return bool(now.speakers) and now.speakers == before.speakers and one.when == other.when
