"""The one table of selections: which feeds exist, and what each holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Literal

from .community import Community, Course, Event
from .settings import Collection, Settings

Format = Literal["ics", "rss"]
SUFFIX: dict[Format, str] = {"ics": ".ics", "rss": ".rss.xml"}


@dataclass(frozen=True, eq=False)
class Selection:
    """A named subset of events.

    Attributes:
        address: of its feeds, without a suffix, relative to the site's root.
        page: the page that shows the same events.
        collection: the collection it is, if it is one.
        course: the course it is, if it is one.
        tombstones: deleted events it held.
    """

    address: str
    page: str
    events: tuple[Event, ...]
    collection: Collection | None = None
    course: Course | None = None
    tombstones: tuple[Event, ...] = ()

    def feed(self, format: Format) -> str:
        """The address of its feed in a format, relative to the site's root."""
        return self.address + SUFFIX[format]

    def old(self, format: Format, settings: Settings) -> tuple[str, ...]:
        """The addresses its feed had before: feeds cannot redirect, so they stay there too."""
        if self.collection is None or self.course is not None:
            return ()
        feeds = settings.addresses.feeds
        return tuple(f"{feeds}/{alias}{SUFFIX[format]}" for alias in self.collection.aliases)


def selections(community: Community) -> tuple[Selection, ...]:
    """Every selection of a community, the widest first."""
    settings = community.settings
    feeds = settings.addresses.feeds
    gone = community.tombstones
    everything = f"{feeds}/{settings.addresses.agenda}"
    table = [Selection(everything, settings.agenda, community.events, tombstones=gone)]
    for collection in settings.collections:
        events = tuple(community.in_collection(collection))
        address = f"{feeds}/{collection.address}"
        lost = tuple(event for event in gone if event.collection is collection)
        page = f"{collection.address}/"
        table.append(Selection(address, page, events, collection, tombstones=lost))
    for course in community.courses:
        address = f"{feeds}/{settings.addresses.courses}/{course.id}"
        sessions = community.sessions(course)
        lost = tuple(event for event in gone if event.course is course)
        page = course.address
        table.append(Selection(address, page, sessions, course.collection, course, lost))
    return tuple(table)


ARCHIVE_LIMIT = 1000
"""Events in one file of an archive; larger calendars are cut by some clients."""


def window(events: Sequence[Event], now: datetime) -> list[Event]:
    """What a subscription holds: all that is to come, and the last twelve months."""
    since = now - timedelta(days=366)
    return [event for event in events if event.last is None or event.last.ends > since]


def archives(selection: Selection, now: datetime) -> Iterator[tuple[str, int, list[Event]]]:
    """The archives of a selection: address, year, and its events that are over."""
    over = [event for event in selection.events if event.last and event.last.ends <= now]
    for year, group in groupby(sorted(over, key=_year), key=_year):
        events = list(group)
        for part in range(0, len(events), ARCHIVE_LIMIT):
            number = f"-{part // ARCHIVE_LIMIT + 1}" if part else ""
            address = f"{selection.address}/{year}{number}{SUFFIX['ics']}"
            yield address, year, events[part : part + ARCHIVE_LIMIT]


def _year(event: Event) -> int:
    return event.occurrences[0].first.year


def event_calendar(event: Event) -> str:
    """The address of an event's own .ics file."""
    return event.address.rstrip("/") + ".ics"
