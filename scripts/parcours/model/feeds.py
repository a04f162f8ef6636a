"""The one table of selections: which feeds exist, where, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Generic, Literal, Protocol, TypeVar

from .changes import NewsKind
from .community import (
    Community,
    Course,
    Event,
    Organisation,
    Post,
    Territory,
    Theme,
    entity_address,
    event_order,
)
from .deadlines import is_told
from .exchange import Exchange, Need, Skill, needs_folder
from .media import episode_file
from .news import News
from .programme import recordings
from .relay import is_sought, relays_of, was_sought
from .schema import Mode
from .series import called_off_uids
from .settings import Collection, Settings
from .stage import current, is_ever_replayed

T = TypeVar("T")

Format = Literal["ics", "rss", "atom", "json", "podcast"]
SUFFIX: Mapping[Format, str] = {
    "ics": ".ics",
    "rss": ".rss.xml",
    "atom": ".atom.xml",
    "json": ".json",
    "podcast": ".podcast.xml",
}
MEDIA_TYPES: Mapping[Format, str] = {
    "ics": "text/calendar",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "podcast": "application/rss+xml",
}
NEWS: tuple[Format, ...] = ("rss", "atom", "json")
ALL: tuple[Format, ...] = ("ics", *NEWS)
"""Those of every selection of meetings; a podcast is made where something can be heard."""

COVERS = "assets/covers"

Kind = Literal[
    "all",
    "collection",
    "course",
    "theme",
    "territory",
    "organisation",
    "mode",
    "crossing",
    "replays",
    "posts",
    "needs",
    "relay",
    "deadlines",
]


@dataclass(frozen=True, kw_only=True, eq=False)
class Selection:
    """A named subset of events, or of news.

    What it is crossed from stands in *collection*, *course*, *theme*, *territory*, *organisation*,
    *mode* and *skill*; none of them is set for the selection of all.

    Attributes:
        address: of its feeds, without a suffix, relative to the site's root.
        page: the page that shows the same events.
        tombstones: deleted events it held.
        stops: what its calendars tell of trips beside them: the stops that lie in its territory,
            and *lost_stops* that lay there.
        due: the deadlines of which its news tell when they are near, and when they are moved.
        posts: news of the programme in it, the newest first.
        needs: what is looked for, the latest first.
        formats: those it is written in.
        aliases: the addresses of its feeds before: feeds cannot redirect, so they stay there too.
    """

    kind: Kind
    address: str
    page: str
    events: tuple[Event, ...] = ()
    tombstones: tuple[Event, ...] = ()
    stops: tuple[Event, ...] = ()
    lost_stops: tuple[Event, ...] = ()
    due: tuple[Event, ...] = ()
    posts: tuple[Post, ...] = ()
    needs: tuple[Need, ...] = ()
    collection: Collection | None = None
    course: Course | None = None
    theme: Theme | None = None
    territory: Territory | None = None
    organisation: Organisation | None = None
    mode: Mode | None = None
    skill: Skill | None = None
    formats: tuple[Format, ...] = ALL
    aliases: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Event, ...]:
        """All that its calendars may hold, in their order."""
        held = (*self.events, *self.tombstones, *self.stops, *self.lost_stops)
        return tuple(sorted((one for one in held if one.occurrences), key=event_order))

    def feed(self, format: Format) -> str:
        """The address of its feed in a format, relative to the site's root."""
        return self.address + SUFFIX[format]

    def addresses(self, format: Format) -> tuple[str, ...]:
        """Every address at which its feed in a format stands, today's first."""
        return tuple(one + SUFFIX[format] for one in (self.address, *self.aliases))

    @property
    def has_podcast(self) -> bool:
        return "podcast" in self.formats

    @property
    def cover(self) -> str:
        """The address of the cover of its podcast, relative to the site's root."""
        return f"{COVERS}/{self.address}.png"

    @property
    def archived(self) -> bool:
        """Whether its past years are kept; those of a crossing by theme are in the wider ones.

        Of what was open nothing is kept: nobody takes over what is past, nor keeps a deadline.
        """
        is_kept = self.kind not in ("relay", "deadlines") and (
            self.kind != "crossing" or self.theme is None
        )
        return "ics" in self.formats and is_kept


@dataclass(frozen=True)
class Selections:
    """The table, the widest first, and what is asked of it."""

    table: tuple[Selection, ...]

    @property
    def everything(self) -> Selection:
        return self.table[0]

    def of_collection(self, collection: Collection) -> Selection:
        return next(s for s in self.table if s.kind == "collection" and s.collection is collection)

    def of_course(self, course: Course) -> Selection:
        return next(s for s in self.table if s.kind == "course" and s.course is course)

    def of_kind(self, *kinds: Kind) -> tuple[Selection, ...]:
        return tuple(one for one in self.table if one.kind in kinds)


class _Index(Generic[T]):
    """What belongs to each key, in the order given."""

    def __init__(self, things: Iterable[T], keys: Callable[[T], Iterable[Hashable]]) -> None:
        found: dict[Hashable, list[T]] = {}
        for thing in things:
            for key in keys(thing):
                found.setdefault(key, []).append(thing)
        self.found = {key: tuple(things) for key, things in found.items()}

    def __getitem__(self, key: Hashable) -> tuple[T, ...]:
        return self.found.get(key, ())


_Axes = tuple[Collection | None, Territory | None, Theme | None]


def _key(axes: _Axes) -> Hashable:
    return tuple(one.id if one else None for one in axes)


def _event_keys(event: Event) -> Iterator[Hashable]:
    territories = (None, *event.territories)
    themes = (None, *event.themes)
    yield from map(_key, product((None, event.collection), territories, themes))
    if event.mode is not None:
        yield ("mode", event.mode)
    if event.course is not None:
        yield ("course", event.course.address)
    yield from (("organisation", one.id) for one in event.organisations)


def _stop_keys(stop: Event) -> Iterator[Hashable]:
    """A stop is told where it lies; wherever else, its trip is told alone."""
    themes = (None, *stop.themes)
    yield from map(_key, product((None, stop.collection), stop.territories, themes))


def _post_keys(post: Post) -> Iterator[Hashable]:
    yield from map(_key, product((None,), (None, *post.territories), (None, *post.themes)))


class _Builder:
    """Builds the table of one community; every event is looked at once."""

    def __init__(self, community: Community) -> None:
        self.community = community
        self.settings = community.settings
        self.events = _Index(community.events, _event_keys)
        self.tombstones = _Index(community.tombstones, _event_keys)
        self.stops = _Index(community.stops, _stop_keys)
        self.lost_stops = _Index(community.lost_stops, _stop_keys)
        self.due = _Index((one for one in community.deadlines if is_told(one)), _event_keys)
        self.posts = _Index(community.posts, _post_keys)
        self.crossed = frozenset(
            key
            for collection, territory, theme in community.crossed
            for key in product((None, collection), (None, territory), (None, theme))
        )
        self.earlier_ids = _earlier_ids(community.courses)
        self.relays = relays_of(community)

    def build(self) -> Iterator[Selection]:
        community = self.community
        collections = self.settings.collections
        territories = tuple(community.territories.values())
        themes = tuple(community.themes.values())
        yield self._crossing("all", (None, None, None))
        yield from (
            self._crossing("collection", (one, None, None), self._heard(ALL, one))
            for one in collections
        )
        yield from (self._course(one) for one in community.courses)
        yield from (self._crossing("theme", (None, None, one)) for one in themes)
        yield from (self._crossing("territory", (None, one, None)) for one in territories)
        yield from (self._organisation(one) for one in community.organisations.values())
        yield from (self._mode(mode, name) for mode, name in self.settings.addresses.modes.items())
        yield self._replays()
        if self.settings.news is not None:
            yield self._posts()
        if self.relays:
            yield self._relay()
        if self.community.had_deadlines:
            yield self._deadlines()
        if community.exchange is not None:
            yield from self._needs(community.exchange)
        for axes in product((None, *collections), (None, *territories), (None, *themes)):
            # From its first event on, and then for ever: 18 territories cross much that never was.
            if sum(one is not None for one in axes) > 1 and self._ever(axes):
                # News by crossings of a theme would be many files that nobody reads.
                formats = ALL if axes[2] is None else ("ics",)
                yield self._crossing("crossing", axes, formats)

    def _heard(self, formats: tuple[Format, ...], *collections: Collection) -> tuple[Format, ...]:
        """The formats, and the podcast, from the first episode on, and then for ever."""
        found = any(one.id in self.community.heard for one in collections)
        return (*formats, "podcast") if found else formats

    def _ever(self, axes: _Axes) -> bool:
        """Whether something is, or ever was, at a crossing."""
        key = _key(axes)
        held = (self.events, self.tombstones, self.posts)
        return any(found[key] for found in held) or key in self.crossed

    def _crossing(self, kind: Kind, axes: _Axes, formats: tuple[Format, ...] = ALL) -> Selection:
        collection, territory, theme = axes
        key = _key(axes)
        address, *aliases = _addresses(axes, self.settings)
        return Selection(
            kind=kind,
            address=address,
            page=self._page(axes),
            events=self.events[key],
            tombstones=self.tombstones[key],
            stops=self.stops[key],
            lost_stops=self.lost_stops[key],
            due=self.due[key],
            posts=self.posts[key],
            collection=collection,
            territory=territory,
            theme=theme,
            formats=formats,
            aliases=tuple(aliases),
        )

    def _page(self, axes: _Axes) -> str:
        """The narrowest page that shows all events of a crossing."""
        collection, territory, theme = axes
        if collection is not None:
            return f"{collection.address}/"
        if (territory is None) == (theme is None):
            return self.settings.agenda
        entity = territory or theme
        assert entity is not None
        return entity_address(entity, self.settings.addresses)

    def _course(self, course: Course) -> Selection:
        names = self.settings.addresses
        base = f"{names.feeds}/{names.courses}"
        return Selection(
            kind="course",
            address=f"{base}/{course.id}",
            page=course.address,
            events=self.community.sessions(course),
            tombstones=self.tombstones["course", course.address],
            due=self.due["course", course.address],
            collection=course.collection,
            course=course,
            aliases=tuple(f"{base}/{id}" for id in self.earlier_ids.get(course.address, ())),
        )

    def _organisation(self, organisation: Organisation) -> Selection:
        names = self.settings.addresses
        base = f"{names.feeds}/{names.organisations}"
        key = ("organisation", organisation.id)
        return Selection(
            kind="organisation",
            address=f"{base}/{organisation.id}",
            page=entity_address(organisation, names),
            events=self.events[key],
            tombstones=self.tombstones[key],
            due=self.due[key],
            organisation=organisation,
            aliases=tuple(f"{base}/{alias}" for alias in organisation.aliases),
        )

    def _mode(self, mode: Mode, name: str) -> Selection:
        key = ("mode", mode)
        return Selection(
            kind="mode",
            address=f"{self.settings.addresses.feeds}/modes/{name}",
            page=self.settings.agenda,
            events=self.events[key],
            tombstones=self.tombstones[key],
            due=self.due[key],
            mode=mode,
        )

    def _replays(self) -> Selection:
        names = self.settings.addresses
        filmed = (event for event in self.community.events if is_ever_replayed(event))
        events = tuple(sorted((*filmed, *recordings(self.community)), key=event_order))
        return Selection(
            kind="replays",
            address=f"{names.feeds}/{names.replays}",
            page=f"{names.replays}/",
            events=events,
            formats=self._heard(NEWS, *self.settings.collections),
        )

    def _relay(self) -> Selection:
        """The sessions for which somebody is sought; empty while each has found somebody.

        One that was sought and is cancelled stays, so that who follows it alone hears of that.
        """
        address = self.settings.handover.address
        turns = (one.session for relay in self.relays.values() for one in relay.turns)
        sought = (one for one in turns if is_sought(one) or was_sought(one))
        return Selection(
            kind="relay",
            address=f"{self.settings.addresses.feeds}/{address}",
            page=f"{address}/",
            events=tuple(sorted(sought, key=event_order)),
        )

    def _deadlines(self) -> Selection:
        """All deadlines, from the first one on, and then for ever."""
        community, names = self.community, self.settings.addresses
        return Selection(
            kind="deadlines",
            address=f"{names.feeds}/{names.deadlines}",
            page=self.settings.deadlines,
            events=community.deadlines,
            tombstones=community.lost_deadlines,
            formats=("ics",),
        )

    def _posts(self) -> Selection:
        news = self.settings.news
        assert news is not None
        return Selection(
            kind="posts",
            address=f"{self.settings.addresses.feeds}/{news.address}",
            page=f"{news.address}/",
            posts=self.community.posts,
            formats=NEWS,
        )

    def _needs(self, exchange: Exchange) -> Iterator[Selection]:
        """New needs: all, those of each territory, and those of each skill."""
        names = self.settings.addresses
        base = f"{names.feeds}/{exchange.market.address}"
        page = needs_folder(exchange.market, names)
        whole = Selection(
            kind="needs", address=base, page=page, needs=exchange.latest, formats=NEWS
        )
        yield whole
        for territory in self.community.territories.values():
            address, *aliases = _below(f"{base}/{names.territories}", territory)
            yield replace(
                whole,
                address=address,
                aliases=tuple(aliases),
                territory=territory,
                needs=exchange.of_territory(territory),
            )
        for skill in exchange.skills.values():
            address, *aliases = _below(f"{base}/{names.skills}", skill)
            yield replace(
                whole,
                address=address,
                aliases=tuple(aliases),
                skill=skill,
                needs=exchange.of_skill(skill),
            )


def _below(base: str, one: Territory | Skill) -> Iterator[str]:
    """An address for an id, then those for its earlier ones."""
    return (f"{base}/{id}" for id in (one.id, *one.aliases))


def _earlier_ids(courses: Sequence[Course]) -> Mapping[str, tuple[str, ...]]:
    """The ids that courses had, by their address: the last part of each earlier page's address.

    One that another course has, or had before it in the list, is not told: its feeds are there.
    """
    taken = {course.id for course in courses}
    found: dict[str, tuple[str, ...]] = {}
    for course in courses:
        ids = [address.rpartition("/")[2] for address in course.record.aliases]
        found[course.address] = tuple(id for id in dict.fromkeys(ids) if id not in taken)
        taken.update(ids)
    return found


def _addresses(axes: _Axes, settings: Settings) -> Iterator[str]:
    """The address of a crossing, then the ones by the aliases of what it is crossed from."""
    collection, territory, theme = axes
    names = settings.addresses
    parts: list[list[str]] = []
    if collection is not None:
        parts.append([collection.address, *collection.aliases])
    if territory is not None:
        parts.append([f"{names.territories}/{id}" for id in (territory.id, *territory.aliases)])
    if theme is not None:
        parts.append([f"{names.themes}/{id}" for id in (theme.id, *theme.aliases)])
    for chosen in product(*(parts or [[names.agenda]])):
        yield "/".join((names.feeds, *chosen))


def selections(community: Community) -> Selections:
    """Every selection of a community."""
    return Selections(tuple(_Builder(community).build()))


COUNT_LIMIT = 1000
SIZE_LIMIT = 950_000
"""Events and octets of entries in one calendar; some clients cut longer ones (1,000, 1 MB)."""

FEW = 10
"""Events and stops that always fit, whose octets nobody has to count: each has 95,000 at most."""

Size = Callable[[Event], int]
"""Tells how many octets an event takes in a calendar."""


def window(events: Sequence[Event], now: datetime, size: Size) -> tuple[list[Event], list[Event]]:
    """What a subscription holds: what is to come, and the last twelve months, the past as room is.

    Returns:
        The events in their order, and those to come that found no room, the furthest.
    """
    coming, past = _in_turn(events, now)
    turn = [*coming, *past]
    kept = room(turn, size)
    chosen = {event.uid for event in turn[:kept]}
    return [event for event in events if event.uid in chosen], coming[kept:]


def in_turn(events: Sequence[Event], now: datetime) -> list[Event]:
    """What may be in a subscription, in the order in which there is room for it."""
    coming, past = _in_turn(events, now)
    return [*coming, *past]


def _in_turn(events: Sequence[Event], now: datetime) -> tuple[list[Event], list[Event]]:
    """What is to come, the nearest first, a series by its next date; and what is over since a year,
    the last first.
    """
    since = now - timedelta(days=366)
    coming: list[Event] = []
    past: list[Event] = []
    for event in events:
        if is_coming(event, now):
            coming.append(event)
        elif event.last and since < event.last.ends:
            past.append(event)
    if any(event.dates for event in coming):
        coming.sort(key=lambda event: event_order(current(event, now)))
    return coming, past[::-1]


def is_coming(event: Event, now: datetime) -> bool:
    """Whether an event is not over; one without a date is not."""
    return event.last is None or event.last.ends > now


def over(events: Iterable[Event], now: datetime) -> list[Event]:
    """Those of some events that are over."""
    return [event for event in events if not is_coming(event, now)]


def room(events: Sequence[Event], size: Size) -> int:
    """How many of the first events fit into one calendar."""
    if sum(len(one.uids) + len(one.stops) for one in events) <= min(FEW, COUNT_LIMIT):
        return len(events)
    entries = total = 0
    for count, event in enumerate(events):
        entries += len(event.uids)
        total += size(event)
        if entries > COUNT_LIMIT or total > SIZE_LIMIT:
            return count
    return len(events)


NEWS_LIMIT = 100
"""News in a feed, the newest."""

NEWS_SIZE_LIMIT = 900_000
"""Octets of items in a feed of news, about: readers on phones give up on larger ones."""

Told = News | Post | Need
"""What feeds of news tell of."""

OWN_NEWS: Mapping[Kind, NewsKind] = {"replays": "replay", "relay": "sought"}
"""Selections that tell of one kind of news alone."""

MATTERS_TO_FEW: NewsKind = "sought"
"""A kind of news that the other selections leave out."""


class NewsOf:
    """The news of events: looked up once for each, which is in many selections."""

    def __init__(self, by_uid: Mapping[str, Sequence[News]]) -> None:
        """Look nothing up yet.

        Args:
            by_uid: what is told of each event, by its UID.
        """
        self.by_uid = by_uid
        self._known: dict[int, tuple[Event, Sequence[News]]] = {}

    def __call__(self, event: Event) -> Sequence[News]:
        """That of an event and, if it is a series, of its dates, held or left out."""
        found = self._known.get(id(event))
        if found is None:
            its = [one for uid in _told_of(event) for one in self.by_uid.get(uid, ())]
            found = self._known[id(event)] = event, its  # so no other event has its number
        return found[1]


def told(selection: Selection, news: NewsOf) -> list[Told]:
    """What the feeds of news of a selection tell of, the newest first, however much has room.

    Of what came at once, as when a whole programme is added, the nearest are among them.
    """
    # A meeting whose date was taken back is in both.
    held = (*selection.events, *selection.tombstones, *selection.due)
    its = {one.guid: one for event in held for one in news(event)}.values()
    own = OWN_NEWS.get(selection.kind)
    found: list[Told] = [
        one for one in its if (one.kind == own if own else one.kind != MATTERS_TO_FEW)
    ]
    found += selection.posts
    found += [one for one in selection.needs if one.record.state != "withdrawn"]
    limit = count_limit(selection)
    if limit is not None and len(found) > limit:
        found = sorted(found, key=_turn)[:limit]
    return sorted(found, key=_age, reverse=True)


def _turn(one: Told) -> tuple[int, bool, float, str]:
    """The newest first; of what came at once what was to come then, the nearest first; then what
    was past, the latest first."""
    first = one.event.first if isinstance(one, News) else None
    away = first.begins.timestamp() - one.instant if first else 0
    return -one.instant, away < 0, abs(away), one.id if isinstance(one, Need) else one.guid


def _told_of(event: Event) -> Iterator[str]:
    """The UIDs of an event and, if it is a series, of its dates, held or left out."""
    yield event.uid
    yield from (one.uid for one in event.dates)
    yield from called_off_uids(event)


def count_limit(selection: Selection) -> int | None:
    """How many news its feeds hold at most; of replays, of which the facts alone are told, all."""
    return None if selection.kind == "replays" else NEWS_LIMIT


def heard(selection: Selection, news: NewsOf) -> list[News]:
    """The recordings of a selection that are files, the newest first: episodes of its podcast."""
    its = {one.guid: one for event in selection.events for one in news(event)}.values()
    found = [one for one in its if one.kind == "replay" and episode_file(one.event.record.replay)]
    return sorted(found, key=_age, reverse=True)


def _age(one: Told) -> tuple[int, str, str]:
    """By instant; what came at once, by the date of the meetings."""
    if isinstance(one, Need):
        return one.instant, "", one.id
    first = None if isinstance(one, Post) else one.event.first
    return one.instant, first.begins.isoformat() if first else "", one.guid


class Sized(Protocol):
    """What takes room in a feed of news."""

    @property
    def size(self) -> int:
        """About the octets it takes."""


S = TypeVar("S", bound=Sized)


def fitting(items: Sequence[S]) -> list[S]:
    """The first items that fit into a feed of a size readers accept; at least one."""
    kept: list[S] = []
    total = 0
    for item in items:
        total += item.size
        if kept and total > NEWS_SIZE_LIMIT:
            break
        kept.append(item)
    return kept


def archives(
    selection: Selection, now: datetime, size: Size, left: Sequence[Event]
) -> Iterator[tuple[str, int, Sequence[Event]]]:
    """The calendars by year of a selection: what follows its address, the year, and its events.

    Args:
        left: as of `by_year`.
    """
    for year, held in by_year(selection, now, left).items():
        events, part = held, 1
        while events:
            count = max(1, room(events, size))
            number = f"-{part}" if part > 1 else ""
            yield f"/{year}{number}{SUFFIX['ics']}", year, events[:count]
            events, part = events[count:], part + 1


def by_year(
    selection: Selection, now: datetime, left: Sequence[Event]
) -> Mapping[int, Sequence[Event]]:
    """What the calendars by year hold: what is over, if it is kept; and all that is to come in the
    years of what finds no room in the selection's own calendar.

    Args:
        left: what finds none there, as `window` tells.
    """
    held = over((*selection.events, *selection.stops), now) if selection.archived else []
    if left:
        years = {year_of(event) for event in left}
        coming = (one for one in selection.entries if is_coming(one, now))
        held += [event for event in coming if year_of(event) in years]
    found: dict[int, list[Event]] = {}
    for event in sorted(held, key=event_order):
        found.setdefault(year_of(event), []).append(event)
    return {year: found[year] for year in sorted(found)}


def year_of(event: Event) -> int:
    """The year whose calendar holds an event."""
    return event.occurrences[-1].first.year


SOON = timedelta(days=45)
"""How far off a date of a series may be to have a calendar of its own."""


def with_calendars(event: Event, now: datetime) -> Iterator[Event]:
    """What has a calendar of its own: an event with a date, and of a series the next ones."""
    if has_calendar(event, now):
        yield event
    if event.dates:
        soon = now + SOON
        yield from (one for one in event.turns.left(now) if _begins(one) <= soon)


def has_calendar(event: Event, now: datetime) -> bool:
    """Whether an event has a calendar of its own; nobody needs that of a past date or deadline."""
    if event.deadline is not None:
        # One registers where one is told until when.
        return bool(event.deadline.what) and event.occurrences[0].ends > now
    if event.date is None:
        return bool(event.occurrences)
    return event.occurrences[0].ends > now and _begins(event) <= now + SOON


def _begins(date: Event) -> datetime:
    """When a date of a series begins."""
    return date.occurrences[0].begins


def chapters_file(event: Event) -> str:
    """The address of the parts of an event's recording, for programs that play podcasts."""
    return event.address.rstrip("/") + ".chapters.json"


def event_calendar(event: Event) -> str:
    """The address of an event's own .ics file; that of a stop, or of a deadline, stands below what
    it is of."""
    if event.deadline is not None:
        date = f"{event.date.key}/" if event.date else ""
        return f"{event.collection.address}/{event.id}/{date}{event.deadline.anchor}.ics"
    if event.within is not None:
        return f"{event.address}{event.within.stop}.ics"
    if event.date is not None:
        return f"{event.collection.address}/{event.id}/{event.date.key}.ics"
    return event.address.rstrip("/") + ".ics"
