"""All feeds of a community: selections × formats, archives by year, and one file per event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from .. import wording
from ..i18n import Translator
from ..kit import Kit
from ..model.community import Community, Event, Post, Text, entity_address, event_order
from ..model.conservation import Due, Measures, Shown, dues, whole
from ..model.exchange import Need
from ..model.feeds import (
    SUFFIX,
    Format,
    Kind,
    NewsOf,
    Selection,
    Selections,
    Size,
    Sized,
    Told,
    archives,
    chapters_file,
    event_calendar,
    fitting,
    heard,
    told,
    window,
    with_calendars,
)
from ..model.instants import Instant
from ..model.languages import foreign, tongue_of
from ..model.media import episode_file, media, played
from ..model.news import News, holds_now
from ..model.programme import chapters_of
from ..model.relay import kit_address, kit_calendar, relays_of
from ..model.sequence import EPOCH, FORMAT_REVISION, Stamps
from ..problems import N_
from ..prose.render import EMPTY, Prose
from ..tree import Parts, Promise, Tree
from .deadlines import write_deadline, write_due
from .head import Head
from .ics import Entry, write_calendar, write_entry
from .items import Item, write_item, write_post
from .jsonfeed import write_json
from .kit import kit_stamps, kit_uid, write_kit
from .lists import Listed, write_feeds_json, write_opml
from .needs import write_need
from .podcast import Episode, Guest, Show, Spoken, show_guid, write_chapters, write_podcast
from .text import Texts
from .xml import STYLESHEET, XmlFeeds

NEWS_DESCRIPTION = N_(
    "What is announced, moved or cancelled at {site}, and the replays that come out."
)
NEWS_DESCRIPTIONS: Mapping[Kind, str] = {
    "replays": N_("All replays of {site}."),
    "posts": N_("News of {site}."),
    "needs": N_("New needs at {site}."),
    "relay": N_("Sessions of {site} that somebody is sought for."),
}
CALENDAR_DESCRIPTION = N_("Meetings of {site}, kept up to date.")
CALENDAR_DESCRIPTIONS: Mapping[Kind, str] = {
    "deadlines": N_("Deadlines of {site}, kept up to date."),
}
PODCAST_DESCRIPTION = N_("The recorded meetings of {site}, to listen to: {name}.")
SPOKEN_TYPES = {".vtt": "text/vtt", ".txt": "text/plain"}
"""Of what was said, as programs for podcasts read it."""


@dataclass(frozen=True)
class Held:
    """A feed, and what is in it.

    Attributes:
        name: as people read it.
        holds: the UIDs of a calendar's events, or the guids of the news.
    """

    name: str
    holds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HostsKit:
    """What the calendar of a host holds.

    Attributes:
        name: as people read it.
        of: the UID of the session that it is of.
        entries: as they are written.
    """

    name: str
    of: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What feeds hold.

    Attributes:
        feeds: every feed, at each address where it stands.
        entries: of calendars, by UID.
        items: of feeds of news, by guid.
        told: the UID of the event that a news item tells of, by guid.
        kits: the calendars of hosts, which no list names, by address.
    """

    feeds: Mapping[str, Held] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    kits: Mapping[str, HostsKit] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _Feed:
    """A feed at all its addresses: it is drawn, and what it holds is chosen, when asked for."""

    name: str
    addresses: tuple[str, ...]
    draw: Callable[[str], bytes | Parts]
    holds: Callable[[], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Full:
    """A calendar that has no room for all that is to come.

    Attributes:
        entries: how many it holds, of *octets* together.
        left: how many meetings to come it has no room for, the furthest ahead.
        years: the addresses of the calendars that hold those.
    """

    address: str
    entries: int
    octets: int
    left: int
    years: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A feed of recordings that has no room for all of them.

    Attributes:
        entries: how many it holds, of about *octets* together.
        left: how many it has no room for, the oldest.
    """

    address: str
    entries: int
    octets: int
    left: int


@dataclass(frozen=True, eq=False)
class _Chosen:
    """What the feeds of a selection hold, chosen once.

    Attributes:
        size: of the entry of an event, in octets.
        news: chooses its news; *heard*: the episodes of its podcast.
    """

    selection: Selection
    now: datetime
    size: Size
    news: Callable[[Selection], list[Item]]
    heard: Callable[[Selection], list[Episode]]

    @cached_property
    def window(self) -> tuple[list[Event], list[Event]]:
        """Events in its calendar, and those to come that have no room in it."""
        return window(self.selection.entries, self.now, self.size)

    @cached_property
    def archives(self) -> tuple[tuple[str, int, Sequence[Event]], ...]:
        """What follows its address, year and events of each calendar of a year."""
        left = self.window[1] if "ics" in self.selection.formats else ()
        return tuple(archives(self.selection, self.now, self.size, left))

    @property
    def full(self) -> Full | None:
        """What there is no room for in its calendar; None where there is room for all to come."""
        if "ics" not in self.selection.formats or not self.window[1]:
            return None
        held, left = self.window
        furthest = {one.uid for one in left}
        years = (
            self.selection.address + suffix
            for suffix, _, events in self.archives
            if not furthest.isdisjoint(one.uid for one in events)
        )
        return Full(
            address=self.selection.feed("ics"),
            entries=sum(len(one.uids) for one in held),
            octets=sum(map(self.size, held)),
            left=len(left),
            years=tuple(years),
        )

    @cached_property
    def items(self) -> list[Item]:
        """Of its feeds of news, the newest first."""
        return self.news(self.selection)

    @cached_property
    def episodes(self) -> list[Episode]:
        """Of its podcast, the newest first."""
        return self.heard(self.selection)

    def holds(self, format: Format) -> list[str]:
        """The UIDs of its calendar, or the guids of a feed of news."""
        if format == "ics":
            return [uid for one in self.window[0] for uid in one.uids]
        if format == "podcast":
            return [one.item.guid for one in self.episodes]
        return [one.guid for one in self.items]


def _cut(address: str, held: Sequence[Sized], left: int) -> Iterator[Cut]:
    if left > 0:
        octets = sum(one.size for one in held)
        yield Cut(address=address, entries=len(held), octets=octets, left=left)


class Feeds:
    """The feeds of one community; nothing is written before it is asked for, an entry once."""

    def __init__(
        self,
        community: Community,
        table: Selections,
        news: Sequence[News],
        proses: Mapping[Text, Prose],
        sizes: Mapping[str, int],
        now: datetime,
        tr: Translator,
    ) -> None:
        """Know what feeds there are.

        Args:
            news: of all events, the newest first.
            sizes: octets of the published files, by source.
        """
        self.community = community
        self.settings = community.settings
        self.table = table
        self.now = now
        self.tr = tr
        self.proses = proses
        self.sizes = sizes
        self.xml = XmlFeeds(tr)
        self._every_news = news
        by_uid: dict[str, list[News]] = {}
        for one in news:
            if holds_now(one, now):
                by_uid.setdefault(one.event.uid, []).append(one)
        self.news = NewsOf(by_uid)
        self._texts: dict[str, Texts] = {}
        self._entries: dict[str, Entry] = {}
        self._items: dict[str, Item] = {}

    def place(self, tree: Tree) -> None:
        """Put every feed, and the lists of them, into a tree.

        Raises:
            AddressTaken: something else is there already.
        """
        for feed in self._feeds:
            for address in feed.addresses:
                tree.add(address, Promise(partial(feed.draw, address)))
        for address, kit in self._kits:
            tree.add(address, Promise(partial(self._draw_kit, kit, address)))
        for address, chapters in self._chapters.items():
            tree.add(address, Promise(chapters))
        for name, draw in self._lists.items():
            tree.add(f"{self.settings.addresses.feeds}/{name}", Promise(draw))

    def at(self, now: datetime) -> Feeds:
        """The same feeds at another instant, of which nothing is made yet."""
        community, table, news = self.community, self.table, self._every_news
        return Feeds(community, table, news, self.proses, self.sizes, now, self.tr)

    def forget(self) -> None:
        """Choose again what each holds when it is drawn, for whoever hears what is asked then."""
        for one in self._chosen:
            vars(one).pop("window", None)

    def held(self, address: str) -> Sequence[str] | None:
        """The UIDs of the events of a calendar, or the guids of news; None for no feed."""
        found = (feed for feed in self._feeds if address in feed.addresses)
        return next((tuple(feed.holds()) for feed in found), None)

    def full(self) -> list[Full]:
        """The calendars that have no room for all that is to come."""
        return [full for one in self._chosen if (full := one.full)]

    def cut(self) -> Iterator[Cut]:
        """The feeds of recordings that have no room for the oldest: those of other news tell what
        is new, these keep."""
        for one in self._chosen:
            selection = one.selection
            is_podcast = "podcast" in selection.formats
            if selection.kind == "replays":
                left = len(told(selection, self.news)) - len(one.items)
                yield from _cut(selection.feed("rss"), one.items, left)
            if is_podcast:
                left = len(heard(selection, self.news)) - len(one.episodes)
                yield from _cut(selection.feed("podcast"), one.episodes, left)

    @property
    def count(self) -> int:
        """The number of their files."""
        feeds = sum(len(feed.addresses) for feed in self._feeds)
        return feeds + len(self._chapters) + len(self._kits) + len(self._lists)

    @cached_property
    def written(self) -> Written:
        """What is in every feed."""
        feeds = {
            address: held
            for feed in self._feeds
            for held in (Held(feed.name, tuple(feed.holds())),)
            for address in feed.addresses
        }
        return Written(
            feeds=feeds,
            entries={
                one.uid: self._entry(one)
                for event in self._events()
                for one in (event, *with_calendars(event, self.now))
                if one.occurrences
            },
            items=self._items,
            told={one.guid: uid for uid, its in self.news.by_uid.items() for one in its},
            kits={
                address: HostsKit(
                    name=self._kit_name(kit),
                    of=kit.session.uid,
                    entries=self._kit_entries(kit, kit_stamps(kit, self.community.instants)),
                )
                for address, kit in self._kits
            },
        )

    def dues(self) -> Iterator[Due]:
        """What each of them has to hold, by the rules of the model and not by what is written."""
        measures = Measures(entry=self._size, items=self._room)
        # Whatever is asked of the instant here was asked when it was chosen what feeds hold.
        now = self.now.plain() if isinstance(self.now, Instant) else self.now
        yield from dues(self.community, self.table, self.news, now, measures)
        for address, kit in self._kits:
            session = kit.session
            page = kit_address(session, self.settings.addresses)
            shown = Shown(session.title, session.source, page)
            held = {kit_uid(step, session): shown for step in kit.steps()}
            yield whole((address,), "ics", held)

    def _room(self, selection: Selection, format: Format) -> int:
        """How many of the first news of a selection have room in its feed."""
        return next(len(one.holds(format)) for one in self._chosen if one.selection is selection)

    @cached_property
    def _feeds(self) -> tuple[_Feed, ...]:
        feeds = [*self._own()]
        for chosen in self._chosen:
            feeds += self._of(chosen)
        return tuple(feeds)

    @cached_property
    def _chosen(self) -> tuple[_Chosen, ...]:
        table = self.table.table
        chosen = partial(_Chosen, now=self.now, size=self._size)
        return tuple(chosen(one, news=self._news_of, heard=self._episodes_of) for one in table)

    @cached_property
    def _chapters(self) -> Mapping[str, Callable[[], bytes]]:
        """The parts of each recording that an episode plays, by address."""
        return {
            chapters_file(one): partial(write_chapters, one.title, chapters)
            for one in self.community.paged
            if (chapters := chapters_of(one)) and episode_file(one.record.replay)
        }

    @cached_property
    def _kits(self) -> tuple[tuple[str, Kit], ...]:
        """What each host of a session does, and when, by address; no list of feeds names them."""
        names, site = self.settings.addresses, self.settings.site_url
        return tuple(
            (kit_calendar(turn.session, names), Kit(turn, relay, site, self.tr))
            for relay in relays_of(self.community).values()
            for turn in relay.turns
            if turn.session.occurrences
        )

    def _draw_kit(self, kit: Kit, address: str) -> Parts:
        page = kit_address(kit.session, self.settings.addresses)
        stamps = kit_stamps(kit, self.community.instants)
        head = self._head(self._kit_name(kit), address, page, stamps.changed)
        return write_calendar(head, self._kit_entries(kit, stamps))

    def _kit_name(self, kit: Kit) -> str:
        return self.tr.format(N_("Host’s kit: {title}"), title=kit.session.title)

    def _kit_entries(self, kit: Kit, stamps: Stamps) -> tuple[Entry, ...]:
        page = kit_address(kit.session, self.settings.addresses)
        return tuple(write_kit(kit, stamps, self.settings.site_url + page, self.tr))

    @cached_property
    def _lists(self) -> Mapping[str, Callable[[], bytes]]:
        return {"feeds.json": self._as_json, "feeds.opml": self._as_opml}

    def _events(self) -> Iterable[Event]:
        community = self.community
        stops = (*community.stops, *community.lost_stops)
        deadlines = (*community.deadlines, *community.lost_deadlines)
        return (*community.events, *community.tombstones, *stops, *deadlines)

    def _own(self) -> Iterator[_Feed]:
        """A calendar for each event, with its stops."""
        stops: dict[str, list[Event]] = {}
        for stop in (*self.community.stops, *self.community.lost_stops):
            if stop.within is not None:
                stops.setdefault(stop.within.uid, []).append(stop)
        dated = (one for event in self._events() for one in with_calendars(event, self.now))
        for event in dated:
            if event.occurrences:
                page = event.collection.address + "/" if event.deleted else event.address
                held = [event, *sorted(stops.get(event.uid, ()), key=event_order)]
                addresses = (event_calendar(event),)
                yield self._calendar(event.title, addresses, page, partial(tuple, held))

    def _of(self, chosen: _Chosen) -> Iterator[_Feed]:
        """The feeds of a selection, and the archives of its calendar."""
        selection = chosen.selection
        name, page = self._name(selection), selection.page
        color = selection.collection.color if selection.collection else None
        for format in selection.formats:
            addresses = selection.addresses(format)
            if format == "ics":
                description = CALENDAR_DESCRIPTIONS.get(selection.kind, CALENDAR_DESCRIPTION)
                yield self._calendar(
                    name, addresses, page, lambda: chosen.window[0], color, description
                )
            else:
                write = self._draw_podcast if format == "podcast" else self._draw_news
                draw = partial(write, chosen, format)
                yield _Feed(name, addresses, draw, partial(chosen.holds, format))
        for suffix, year, past in chosen.archives:
            addresses = tuple(base + suffix for base in (selection.address, *selection.aliases))
            yield self._calendar(f"{name} ({year})", addresses, page, partial(tuple, past), color)

    def _calendar(
        self,
        name: str,
        addresses: tuple[str, ...],
        page: str,
        events: Callable[[], Sequence[Event]],
        color: str | None = None,
        description: str = CALENDAR_DESCRIPTION,
    ) -> _Feed:
        def draw(_: str) -> Parts:
            held = events()
            changed = max((one.stamps.changed for one in held), default=0)
            head = self._head(name, addresses[0], page, changed, color, description=description)
            return write_calendar(head, [self._entry(one) for one in held])

        return _Feed(name, addresses, draw, lambda: [uid for one in events() for uid in one.uids])

    def _size(self, event: Event) -> int:
        return len(self._entry(event).data)

    def _entry(self, event: Event) -> Entry:
        if event.uid not in self._entries:
            self._entries[event.uid] = (
                write_entry(event, self._text, self.tr)
                if event.deadline is None
                else write_deadline(event, self.settings.site_url, self.tr)
            )
        return self._entries[event.uid]

    def _text(self, event: Event) -> Texts:
        if event.uid not in self._texts:
            account = EMPTY if event.account is None else self.proses.get(event.account, EMPTY)
            body = self.proses.get(event.body, EMPTY)
            self._texts[event.uid] = Texts(
                event=event,
                body=body,
                account=account,
                site_url=self.settings.site_url,
                tr=self.tr,
                names_zones=self.community.names_zones,
            )
        return self._texts[event.uid]

    def _draw_news(self, chosen: _Chosen, format: Format, address: str) -> bytes:
        selection, items = chosen.selection, chosen.items
        head = self._head(
            self._name(selection),
            selection.feed(format),
            selection.page,
            max((item.changed for item in items), default=0),
            description=NEWS_DESCRIPTIONS.get(selection.kind, NEWS_DESCRIPTION),
            at=address,
        )
        brief = selection.kind == "replays"
        if format == "json":
            return write_json(head, items, brief=brief)
        write = self.xml.rss if format == "rss" else self.xml.atom
        return write(head, items, brief=brief)

    def _draw_podcast(self, chosen: _Chosen, format: Format, address: str) -> bytes:
        selection, episodes, settings = chosen.selection, chosen.episodes, self.settings
        named = wording.selection_name(selection, settings.site_name, self.tr)
        head = self._head(
            self._name(selection),
            selection.feed(format),
            selection.page,
            max((one.item.changed for one in episodes), default=0),
            description=NEWS_DESCRIPTIONS.get(selection.kind, PODCAST_DESCRIPTION),
            named=named,
            at=address,
        )
        # What it was called first, on the host that identities name, for ever.
        first = (selection.aliases or (selection.address,))[0]
        folder = urlsplit(settings.site_url).path
        show = Show(
            guid=show_guid(f"https://{settings.uid_domain}{folder}{first}{SUFFIX[format]}"),
            author=settings.site_name,
            cover=settings.site_url + selection.cover,
            moved=head.source if address != selection.feed(format) else "",
        )
        return write_podcast(self.xml, head, show, episodes)

    def _episodes_of(self, selection: Selection) -> list[Episode]:
        """The recordings of a selection that are files, the newest first."""
        numbered = selection.collection is not None
        return fitting(
            [self._episode(one, numbered=numbered) for one in heard(selection, self.news)]
        )

    def _episode(self, news: News, *, numbered: bool) -> Episode:
        """A recording as an episode, under the identity of its news.

        Args:
            numbered: whether its podcast is of one collection: numbers of others count otherwise.
        """
        event, settings = news.event, self.settings
        replay = event.record.replay
        assert replay is not None  # only asked of what has one
        item = self._item(news)
        by_file = dict(zip(media(replay), item.enclosures, strict=True))
        enclosures = tuple(by_file[file] for file in played(replay))
        heard = replace(item, title=event.title, enclosures=enclosures)
        course, season = event.course, _season(event)
        # The numbers of a course are those of a year in which it is the only one.
        alone = course is not None and self._courses[event.collection.id, season or 0] == 1
        course = course if numbered and alone else None
        return Episode(
            item=heard,
            spoken=tuple(self._spoken(event, (replay.captions, replay.transcript))),
            chapters=settings.site_url + chapters_file(event) if chapters_of(event) else "",
            season=season,
            number=event.session.number if course and event.session else None,
            name=course.title if course else "",
            guests=tuple(
                Guest(
                    one.name,
                    settings.site_url + entity_address(one, settings.addresses)
                    if one.filed
                    else one.url,
                )
                for one in event.speakers
            ),
        )

    @cached_property
    def _courses(self) -> Counter[tuple[str, int]]:
        """How many courses of each collection begin in each year, recorded or not."""
        starts = ((one.collection.id, one.record.start) for one in self.community.courses)
        return Counter((id, start.year) for id, start in starts if start)

    def _spoken(self, event: Event, names: Iterable[str | None]) -> Iterator[Spoken]:
        for name in dict.fromkeys(names):
            type = SPOKEN_TYPES.get(PurePosixPath(name).suffix.lower()) if name else None
            if name and type and name in event.files:
                yield Spoken(self._text(event).file(name), type, self.settings.tongue)

    def _news_of(self, selection: Selection) -> list[Item]:
        """The news of a selection, the newest first; only as many are written as may be held."""
        found = told(selection, self.news)
        return fitting([self._item(one) for one in found])

    def _item(self, one: Told) -> Item:
        if isinstance(one, Need):
            if one.guid not in self._items:
                changed = self.community.instants.get(one.source, 0)
                self._items[one.guid] = write_need(one, changed, self.settings, self.tr)
            return self._items[one.guid]
        if one.guid not in self._items:
            said = one if isinstance(one, Post) else one.event
            language = tongue_of(said, self.settings)
            if isinstance(one, Post):
                body = self.proses.get(one.body, EMPTY)
                item = write_post(one, body, self.settings.site_url, self.tr, language)
            elif one.event.deadline is not None:
                item = write_due(one, self.settings.site_url, self.tr, self.settings.tongue)
            else:
                item = write_item(one, self._text(one.event), self.tr, self.sizes, language)
            if foreign(said, self.settings) and not (isinstance(said, Event) and said.deadline):
                item = replace(item, is_foreign=True)
            self._items[one.guid] = item
        return self._items[one.guid]

    @cached_property
    def _listed(self) -> tuple[Listed, ...]:
        return tuple(map(self._list, self._chosen))

    def _as_json(self) -> bytes:
        return write_feeds_json(self.settings.site_name, self._listed)

    def _as_opml(self) -> bytes:
        groups = [
            (self.tr.gettext(title), [one for one in self._listed if one.kind == kind])
            for kind, title in wording.KINDS.items()
        ]
        return write_opml(self.settings.site_name, groups)

    def _list(self, chosen: _Chosen) -> Listed:
        selection, site = chosen.selection, self.settings.site_url
        held = {format: len(chosen.holds(format)) for format in selection.formats}
        parts = {
            "collection": selection.collection,
            "course": selection.course,
            "territory": selection.territory,
            "theme": selection.theme,
            "organisation": selection.organisation,
            "skill": selection.skill,
        }
        of = {name: part.id for name, part in parts.items() if part is not None}
        if selection.mode is not None:
            of["mode"] = selection.mode
        return Listed(
            kind=selection.kind,
            name=self._name(selection),
            page=site + selection.page,
            of=of,
            count=_count(selection),
            held=held,
            podcast=self._name(selection, "podcast"),
            feeds={format: site + selection.feed(format) for format in selection.formats},
            aliases={
                format: [site + one for one in selection.addresses(format)[1:]]
                for format in selection.formats
            },
            archives=[
                (site + selection.address + suffix, year, len(past))
                for suffix, year, past in chosen.archives
            ],
        )

    def _name(self, selection: Selection, format: Format = "ics") -> str:
        site_name = self.settings.site_name
        if selection.kind == "all":
            return site_name
        return f"{wording.feed_name(selection, format, site_name, self.tr)} – {site_name}"

    def _head(
        self,
        name: str,
        address: str,
        page: str,
        changed: int,
        color: str | None = None,
        *,
        description: str = CALENDAR_DESCRIPTION,
        named: str = "",
        at: str = "",
    ) -> Head:
        """The head of a feed.

        Args:
            changed: Unix seconds; 0 for an empty feed, which nothing but its form can change.
            named: what its description is of, if it names it.
            at: where it stands, if not at its address.
        """
        settings = self.settings
        return Head(
            name=name,
            description=self.tr.format(description, site=settings.site_name, name=named),
            source=settings.site_url + address,
            page=settings.site_url + page,
            subscribe=settings.site_url + settings.subscribe,
            site=settings.site_name,
            zone=settings.timezone,
            language=settings.tongue,
            changed=changed or max(EPOCH, FORMAT_REVISION, settings.revised or 0),
            color=color,
            stylesheet="../" * (at or address).count("/") + STYLESHEET,
        )


def _season(event: Event) -> int | None:
    """The year in which a meeting, or the course of a session, began."""
    course = event.course
    if course is not None and course.record.start is not None:
        return course.record.start.year
    return event.first.first.year if event.first else None


def _count(selection: Selection) -> int:
    """Of what it tells: posts, needs, else events."""
    if selection.kind == "needs":
        return len(selection.needs)
    return len(selection.posts if selection.kind == "posts" else selection.events)
