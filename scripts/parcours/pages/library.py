"""What the pages of a site are made from; templates read what is made of it, never itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from .. import wording
from ..i18n import Translator
from ..model.authored import Authored
from ..model.blanks import Blank
from ..model.calendar import Month, by_day, changed_in, months_of, rank, yearly
from ..model.community import Community, Course, Event, Post, Text, event_order
from ..model.feeds import MEDIA_TYPES, Format, Selection, Selections, event_calendar, has_calendar
from ..model.programme import recordings
from ..model.related import Related
from ..model.relay import Relay, relays_of
from ..model.report import Period, Reckoner, Report, years
from ..model.settings import Settings
from ..model.stage import Stage, current, has_replay, is_ever_replayed, stage, to_come
from ..model.tags import Tag, tags_in
from ..model.zones import zone
from ..prose.render import EMPTY, Prose
from ..prose.typography import typeset
from .frontmatter import FeedLink
from .programs import webcal_of

T = TypeVar("T")
K = TypeVar("K")
Thing = Event | Course | Post


@dataclass(frozen=True, kw_only=True)
class Library:
    """What every page is made from.

    Attributes:
        table: every selection of the community.
        proses: rendered bodies.
        now: the instant of the build, aware.
        authored: the pages that somebody wrote, by address.
        sizes: octets of the files that sources name.
        boxes: width and height of drawings, in pixels.
        searches: whether the site can be searched.
        released: by UID, Unix seconds at which a replay came out, as history knows it.
        came_out: likewise, of those that were awaited before.
        forms: makes the empty forms of all that can be new, if a page shows them.
        claims: by source of a session for which somebody is sought, the lines that take it on.
    """

    community: Community
    table: Selections
    proses: Mapping[Text, Prose]
    now: datetime
    tr: Translator
    authored: Mapping[str, Authored]
    sizes: Mapping[str, int]
    boxes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    searches: bool = True
    released: Mapping[str, int] = field(default_factory=dict)
    came_out: Mapping[str, int] = field(default_factory=dict)
    forms: Callable[[], tuple[Blank, ...]] = tuple
    claims: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return self.community.settings

    def forget(self) -> None:
        """Let go of all that was made of it."""
        for name in vars(self).keys() - {one.name for one in fields(self)}:
            del vars(self)[name]

    @cached_property
    def blanks(self) -> tuple[Blank, ...]:
        """Empty forms of all that can be new, if a page shows them."""
        return self.forms()

    @cached_property
    def related(self) -> Related:
        """Finds what belongs together."""
        return Related(self.community.events, self.now)

    @property
    def names_zones(self) -> bool:
        """Whether every hour says whose it is."""
        return self.community.names_zones

    @cached_property
    def tags(self) -> Mapping[str, Tag]:
        """All tags, by id."""
        known = self.community
        return tags_in((*known.events, *known.courses, *known.posts))

    @cached_property
    def series(self) -> Mapping[str, Event]:
        """Series, by their UIDs."""
        return {event.uid: event for event in self.community.events if event.dates}

    @cached_property
    def recorded(self) -> tuple[Event, ...]:
        """What has a replay: what is held, and the items that have a video of their own."""
        found = [
            one
            for event in self.community.events
            if is_ever_replayed(event)
            for one in event.dates or (event,)
            if has_replay(one)
        ]
        return tuple(sorted((*found, *recordings(self.community)), key=event_order))

    @cached_property
    def deadline_calendars(self) -> Mapping[str, str]:
        """The address of each calendar of one deadline, by its UID; none without feeds."""
        if not self.settings.feeds:
            return {}
        found = (one for one in self.community.deadlines if has_calendar(one, self.now))
        return {one.uid: event_calendar(one) for one in found}

    @cached_property
    def relays(self) -> Mapping[str, Relay]:
        """Courses whose sessions are handed on, by their addresses."""
        return relays_of(self.community)

    @cached_property
    def _expected(self) -> frozenset[str]:
        events = self.community.events
        dates = (one for event in events if event.dates for one in event.turns.left(self.now))
        coming = (event for event in events if to_come(event, self.now))
        return frozenset(event.address for event in (*coming, *dates))

    @cached_property
    def _values(self) -> dict[tuple[Callable[..., object], Hashable], tuple[object, object]]:
        return {}

    def once(self, make: Callable[[Event, Library], T], event: Event) -> T:
        """What *make* makes of an event: made once, and shown on many pages."""
        return self._kept(make, event.address, event)

    def rhythm(self, series: Event) -> str:
        """How often a series is held, in words: its page says it, and its image."""
        return self.once(_rhythm, series)

    def alike(self, make: Callable[[Event, Library], T], event: Event) -> T:
        """What *make* makes of what is said of an event, whenever that is held: made once for all
        dates of a series of which nothing is said alone."""
        return self._kept(make, id(event.usual), event)

    def of(self, make: Callable[[K, Library], T], said: K) -> T:
        """What *make* makes of a day or of hours, which many meetings share: made once."""
        return self._kept(make, said, said)

    def _kept(self, make: Callable[[K, Library], T], name: Hashable, thing: K) -> T:
        key = (make, name)
        found = self._values.get(key)
        if found is None:
            # What is held keeps what it is known by to itself.
            found = self._values[key] = thing, make(thing, self)
        return found[1]  # type: ignore[return-value] # the key names what made it

    @cached_property
    def changed_in(self) -> tuple[Mapping[int, int], Mapping[date, int]]:
        """The years in which something begins and the months in which something happens, in order,
        each with the last change of it."""
        return changed_in(self.community.events)

    def month(self, first: date) -> Month:
        """What happens in a month, by its first day."""
        return self._months[first]

    @cached_property
    def _months(self) -> Mapping[date, Month]:
        return {month.first: month for month in months_of(self.community.held)}

    @cached_property
    def listed(self) -> Sequence[Event]:
        """What has a day, the latest first: of a series, once a year."""
        found = (one for event in self.community.events for one in yearly(event, falls=True))
        return sorted(sorted(found, key=event_order), key=rank)[::-1]

    @cached_property
    def held_in(self) -> Mapping[int, Sequence[Event]]:
        """What begins in each year, the latest year first, by days."""
        dated = by_day(event for event in self.community.held if event.occurrences)
        by_year = groupby(dated, key=attrgetter("first.first.year"))
        return dict([(year, list(group)) for year, group in by_year][::-1])

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years in which something was done, the latest first."""
        return years(self.community, self.now)

    def report(self, period: Period) -> Report:
        """What was done in a period: reckoned once, for its page and for its file."""
        return self._reckoner.report(period)

    @cached_property
    def _reckoner(self) -> Reckoner:
        return Reckoner(self.community, self.now, self.came_out)

    def expects(self, event: Event) -> bool:
        """Whether an event is still to come or going on, cancelled and postponed ones included."""
        if event.dates and event.uid not in self.series:
            return any(self.expects(one) for one in event.dates)
        return event.address in self._expected

    def within(
        self, events: Iterable[Event], name: str, holds: Callable[[Event], bool]
    ) -> list[Event]:
        """Events of which something holds; a series with those of its dates of which it does.

        So no list names it by a date at which somebody is elsewhere, or people meet in another
        place. It is itself where that holds of all of its dates.

        Args:
            name: what holds, by which it is another thing than its series.
        """
        return [self._within(event, name, holds) for event in events]

    def _within(self, event: Event, name: str, holds: Callable[[Event], bool]) -> Event:
        if len(event.varied) < 2 or all(map(holds, event.varied)):
            return event
        its = tuple(filter(holds, event.dates))
        return replace(event, dates=its, uid=f"{event.uid}#{name}") if its else event

    def coming(self, events: Iterable[Event]) -> list[Event]:
        """Those still to come or going on; a series is its next date."""
        return self._now(event for event in events if self.expects(event))

    def past(self, events: Iterable[Event]) -> list[Event]:
        """Those that are over, the latest first: of a series the dates with a page, then itself."""
        found: list[Event] = []
        for event in events:
            found += [one for one in event.own_pages if not self.expects(one)]
            if not self.expects(event):
                found += [one for one in self._now((event,)) if one not in found]
        has_series = any(event.date is not None for event in found)
        return (sorted(found, key=event_order) if has_series else found)[::-1]

    def meeting(self, events: Iterable[Event]) -> list[Event]:
        """Those at which people will meet or are meeting, in their order."""
        its = self._now(events)
        return [event for event in its if event.first and self.stage(event) in _MEETING]

    def _now(self, events: Iterable[Event]) -> list[Event]:
        """Events, a series as the date that stands for it, where that has its place."""
        found = [self.current(event) for event in events]
        has_series = any(event.date is not None for event in found)
        return sorted(found, key=event_order) if has_series else found

    def current(self, event: Event) -> Event:
        """The date that stands for a series: looked up for many pages, found once."""
        if not event.dates:
            return event
        if event.uid not in self._current:
            self._current[event.uid] = current(event, self.now)
        return self._current[event.uid]

    @cached_property
    def _current(self) -> dict[str, Event]:
        return {}

    def stage(self, event: Event) -> Stage:
        """Where it stands at the instant of the build: looked up for many pages, found once."""
        if event.uid not in self._stages:
            self._stages[event.uid] = stage(event, self.now)
        return self._stages[event.uid]

    @cached_property
    def _stages(self) -> dict[str, Stage]:
        return {}

    @cached_property
    def today(self) -> date:
        """The day of the build where the community is."""
        return self.now.astimezone(zone(self.settings.timezone)).date()

    def prose(self, text: Text | None) -> Prose:
        return self.proses.get(text, EMPTY) if text else EMPTY

    def summary(self, thing: Thing) -> str:
        """What the source says in one sentence, else the beginning of its body."""
        return thing.record.summary or self.prose(thing.body).summary

    def words(self, text: str) -> str:
        """A text that a person wrote, in the typography of the site's language."""
        return typeset(text) if self.tr.language == "fr" else text

    def has_heading(self, address: str) -> bool:
        """Whether somebody wrote the page of an address, with a heading of its own."""
        return address in self.authored and self.authored[address].has_heading

    @property
    def contribute(self) -> str:
        """The address of the contributors' page; "" if there is none."""
        address = self.settings.contribute
        return address if address in self.authored else ""

    @property
    def replays(self) -> str:
        """The address of the gallery of replays."""
        return f"{self.settings.addresses.replays}/"

    def parts(self, address: str) -> str:
        """Where the parts of a list stand, if it is divided, below its page."""
        return f"{address}{self.settings.addresses.parts}/"

    def absolute(self, address: str) -> str:
        return self.settings.site_url + address

    def webcal(self, address: str) -> str:
        """An address with which calendar programs subscribe by a click."""
        return webcal_of(self.absolute(address))

    def name(self, selection: Selection) -> str:
        """The name of a selection, as people read it."""
        return wording.selection_name(selection, self.settings.site_name, self.tr)

    def feed_name(self, selection: Selection, format: Format) -> str:
        """The name of one of its feeds."""
        return wording.feed_name(selection, format, self.settings.site_name, self.tr)

    def feed_links(self, selections: Iterable[Selection]) -> list[FeedLink]:
        """The feeds of selections, for the head of a page."""
        if not self.settings.feeds:
            return []
        return [
            FeedLink(self.feed_name(one, format), MEDIA_TYPES[format], one.feed(format))
            for one in selections
            for format in one.formats
        ]


_MEETING = frozenset({Stage.UPCOMING, Stage.LIVE})


def _rhythm(series: Event, library: Library) -> str:
    return wording.rhythm(series, library.tr)


def latest(events: Sequence[Event]) -> int:
    """Unix seconds of the last change of any of them; 0 for none."""
    return max(map(_CHANGED, events), default=0)


_CHANGED = attrgetter("stamps.changed")
