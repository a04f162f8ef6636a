"""The one table of selections: which feeds exist, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .community import Community, Course, Event
from .settings import Collection

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
    """

    address: str
    page: str
    events: tuple[Event, ...]
    collection: Collection | None = None
    course: Course | None = None

    def feed(self, format: Format) -> str:
        """The address of its feed in a format, relative to the site's root."""
        return self.address + SUFFIX[format]


def selections(community: Community) -> tuple[Selection, ...]:
    """Every selection of a community, the widest first."""
    settings = community.settings
    feeds = settings.addresses.feeds
    table = [Selection(f"{feeds}/{settings.addresses.agenda}", settings.agenda, community.events)]
    for collection in settings.collections:
        events = tuple(community.in_collection(collection))
        address = f"{feeds}/{collection.address}"
        table.append(Selection(address, f"{collection.address}/", events, collection))
    for course in community.courses:
        address = f"{feeds}/{settings.addresses.courses}/{course.id}"
        sessions = community.sessions(course)
        table.append(Selection(address, course.address, sessions, course.collection, course))
    return tuple(table)


def event_calendar(event: Event) -> str:
    """The address of an event's own .ics file."""
    return event.address.rstrip("/") + ".ics"
