"""The kinds of events that a collection may hold: each is a value with traits.

What differs from kind to kind is asked of a trait, never of a name. A new kind is a value here,
with its record in `schema`; CONTRIBUTING.md tells how one is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..problems import N_
from .schema import (
    CourseRecord,
    EventRecord,
    MeetingRecord,
    SessionRecord,
    TripRecord,
    WebinarRecord,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """What a collection holds, and all that follows from it.

    No trait has a default: whoever adds a kind has to think of each.

    Attributes:
        id: as the configuration writes it.
        record: what the source of one of its events may say.
        course: what the source of a course may say, whose folder holds the events as its sessions;
            None for events that stand by themselves.
        on_the_spot: whether people meet on the spot, even when no place is named.
        online: whether people meet online when neither a place nor an address is named.
        has_hours: whether one without an hour is to be warned of.
        needs_end: whether one that has an hour must say when it ends.
        filmed: whether a replay is owed of what is held online, unless its source says otherwise.
        held_live: whether it is broadcast while it lasts; otherwise it is just under way.
        has_stops: whether it goes from stop to stop, and is told apart from what is over.
        schema_type: its type in the vocabulary of schema.org.
        folder: of its usual collection, whose last part is that collection's id; ``{docs}`` is the
            site's docs_dir.
        name: of its usual collection, in the plural; a message of the catalogues.
        singular: of one of its events; a message of the catalogues.
        addresses: of its usual collection, by language.
    """

    id: str
    record: type[EventRecord]
    course: type[CourseRecord] | None
    on_the_spot: bool
    online: bool
    has_hours: bool
    needs_end: bool
    filmed: bool
    held_live: bool
    has_stops: bool
    schema_type: str
    folder: str
    name: str
    singular: str
    addresses: Mapping[str, str]

    @property
    def in_courses(self) -> bool:
        """Whether its events are sessions of courses."""
        return self.course is not None

    @property
    def usual_id(self) -> str:
        """The id of its usual collection."""
        return PurePosixPath(self.folder).name

    def usual_folder(self, docs_dir: str) -> str:
        """The folder of its usual collection, relative to the site's."""
        return self.folder.format(docs=docs_dir)


WEBINAR = Kind(
    id="webinar",
    record=WebinarRecord,
    course=None,
    on_the_spot=False,
    online=True,
    has_hours=True,
    needs_end=False,
    filmed=True,
    held_live=True,
    has_stops=False,
    schema_type="Event",
    folder="webinars",
    name=N_("Webinars"),
    singular=N_("Webinar"),
    addresses={"fr": "webinaires", "en": "webinars"},
)

TRIP = Kind(
    id="trip",
    record=TripRecord,
    course=None,
    on_the_spot=True,
    online=False,
    has_hours=False,
    needs_end=True,
    filmed=False,
    held_live=False,
    has_stops=True,
    schema_type="Event",
    folder="voyages",
    name=N_("Learning trips"),
    singular=N_("Learning trip"),
    addresses={"fr": "voyages", "en": "trips"},
)

COURSE = Kind(
    id="course",
    record=SessionRecord,
    course=CourseRecord,
    on_the_spot=False,
    online=True,
    has_hours=False,
    needs_end=False,
    filmed=True,
    held_live=True,
    has_stops=False,
    schema_type="CourseInstance",
    folder="{docs}/mooc",
    name=N_("Courses"),
    singular=N_("Session"),
    addresses={"fr": "mooc", "en": "courses"},
)

MEETING = Kind(
    id="meeting",
    record=MeetingRecord,
    course=None,
    on_the_spot=False,
    online=False,
    has_hours=False,
    needs_end=False,
    filmed=False,
    held_live=False,
    has_stops=False,
    schema_type="Event",
    folder="meetings",
    name=N_("Meetings"),
    singular=N_("Meeting"),
    addresses={"fr": "rencontres", "en": "meetings"},
)

KINDS: Mapping[str, Kind] = {one.id: one for one in (WEBINAR, TRIP, COURSE, MEETING)}
"""Every kind, by the word for it in the configuration; its usual collections come in this order."""
