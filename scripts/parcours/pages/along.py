"""What stands before and after a meeting: in its course, in its collection, and in its themes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ..model.community import Event, entity_address
from ..model.stage import Stage, current
from .facts import Value
from .library import Library
from .quoted import titled

THEMES = 3
"""How many themes of a meeting are followed, the first ones."""


@dataclass(frozen=True)
class Along:
    """A way along meetings: its page, and the meetings before and after, None at its ends."""

    way: Value
    before: Value | None
    after: Value | None


class _Row:
    """Meetings in an order."""

    def __init__(self, events: Sequence[Event], library: Library) -> None:
        self._events = events
        self._library = library
        self._places = {event.address: place for place, event in enumerate(events)}

    def beside(self, event: Event) -> tuple[Value | None, Value | None]:
        """Those before and after an event; None for both where it has no place."""
        at = self._places.get(event.address)
        if at is None:
            return None, None
        return self._first(range(at - 1, -1, -1)), self._first(range(at + 1, len(self._events)))

    def _first(self, places: range) -> Value | None:
        """The first that is not cancelled."""
        for event in map(self._events.__getitem__, places):
            if self._library.stage(event) is not Stage.CANCELLED:
                return Value(titled(event, self._library), event.address)
        return None


class Ways:
    """The ways along the meetings of a site, each in the order of time, courses in their own.

    A meeting without a date has no place in time, and no way leads to what is cancelled; from a
    cancelled meeting one leads on.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = library.settings.addresses

    def of(self, event: Event) -> tuple[Along, ...]:
        """Those of an event: of two that lead to the same meetings the first."""
        found: dict[tuple[Value | None, Value | None], Along] = {}
        for way in self._ways(event):
            beside = self._rows[way.address].beside(event)
            if any(beside):
                found.setdefault(beside, Along(way, *beside))
        return tuple(found.values())

    def _ways(self, event: Event) -> Iterator[Value]:
        if event.course is not None:
            yield Value(event.course.title, event.course.address)
        yield Value(event.collection.name, f"{event.collection.address}/")
        for theme in event.refs.themes[:THEMES]:
            yield Value(theme.name, entity_address(theme, self._names))

    def _begins(self, event: Event) -> datetime:
        """When the date begins that a page shows: of a series, its next one."""
        first = current(event, self._library.now).first
        assert first is not None, event.address
        return first.begins

    @cached_property
    def _rows(self) -> dict[str, _Row]:
        """What stands along each way, by its address."""
        community = self._library.community
        found: dict[str, list[Event]] = {}
        for event in community.paged:
            themes = (entity_address(theme, self._names) for theme in event.refs.themes)
            for address in (f"{event.collection.address}/", *themes):
                held = found.setdefault(address, [])
                if event.first is not None:
                    held.append(event)
        for events in found.values():
            events.sort(key=self._begins)
        rows = {address: _Row(events, self._library) for address, events in found.items()}
        courses = {one.address: community.sessions(one) for one in community.courses}
        return rows | {way: _Row(events, self._library) for way, events in courses.items()}
