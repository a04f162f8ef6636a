"""Meetings that belong together: by their themes, then by their nearness in time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from .community import Event
from .instants import day_of
from .stage import Stage, stage

NEAR = 6
"""How many meetings of a theme are looked at on each side of an instant."""

COMING = 2
"""How many that are to come stand before those that are over."""


class Related:
    """Finds the meetings related to another; a table by theme keeps it quick for thousands.

    Args:
        events: in their order in time.
        now: an aware instant.
    """

    def __init__(self, events: Sequence[Event], now: datetime) -> None:
        self._now = now
        self._themes: dict[str, list[Event]] = {}
        for event in events:
            if event.first is not None and stage(event, now) is not Stage.CANCELLED:
                for theme in event.themes:
                    self._themes.setdefault(theme.id, []).append(event)
        self._times = {
            theme: [event.occurrences[0].begins for event in found]
            for theme, found in self._themes.items()
        }

    def of(self, event: Event, limit: int = 4) -> list[Event]:
        """Two to come first, then past ones: those that share more themes, the nearest in time.

        Those that were chosen stand in the order in which one can come, then watch: the soonest
        first, then the latest.
        """
        around = event.first.begins if event.first else day_of(self._now)
        own = {theme.id for theme in event.themes}
        found: dict[str, Event] = {}
        for theme in own & self._themes.keys():
            for instant in (around, self._now):
                at = bisect_left(self._times[theme], instant)
                for other in self._themes[theme][max(0, at - NEAR) : at + NEAR]:
                    found[other.uid] = other
        found.pop(event.uid, None)

        def rank(other: Event) -> tuple[int, float, str]:
            begins = other.occurrences[0].begins
            shared = len(own & {theme.id for theme in other.themes})
            return -shared, abs((begins - around).total_seconds()), other.uid

        ranked = sorted(found.values(), key=rank)
        past = [other for other in ranked if other.occurrences[-1].ends <= self._now]
        coming = [other for other in ranked if other.occurrences[-1].ends > self._now]
        chosen = [*coming[:COMING], *past, *coming[COMING:]][:limit]
        ahead = [other for other in chosen if other.occurrences[-1].ends > self._now]
        over = [other for other in chosen if other.occurrences[-1].ends <= self._now]
        return [
            *sorted(ahead, key=lambda other: (other.occurrences[0].begins, other.uid)),
            *sorted(over, key=lambda other: (other.occurrences[0].begins, other.uid), reverse=True),
        ]
