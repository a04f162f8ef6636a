"""All feeds of a community: selections × formats, archives by year, and one file per event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .. import wording
from ..i18n import Translator
from ..model.community import Community, Event, Post, Text, event_order
from ..model.exchange import Need
from ..model.feeds import (
    Format,
    Kind,
    Selection,
    Selections,
    archives,
    event_calendar,
    window,
)
from ..model.news import News
from ..model.sequence import EPOCH, FORMAT_REVISION
from ..problems import N_
from ..prose.render import EMPTY, Prose
from ..tree import Tree
from .head import Head
from .ics import Entry, write_calendar, write_entry
from .items import COUNT_LIMIT, Item, fitting, newest, write_item, write_post
from .jsonfeed import write_json
from .lists import Listed, write_feeds_json, write_opml
from .needs import need_instant, write_need
from .text import Texts
from .xml import STYLESHEET, XmlFeeds

NEWS_DESCRIPTION = N_(
    "What is announced, moved or cancelled at {site}, and the replays that come out."
)
NEWS_DESCRIPTIONS: Mapping[Kind, str] = {
    "replays": N_("All replays of {site}."),
    "posts": N_("News of {site}."),
    "needs": N_("New needs at {site}."),
}


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
class Written:
    """What was written.

    Attributes:
        count: of files.
        full: address and number of events to come for which a calendar had no room.
        feeds: every feed, at each address where it stands.
        entries: of calendars, by UID.
        items: of feeds of news, by guid.
        told: the UID of the event that a news item tells of, by guid.
    """

    count: int = 0
    full: tuple[tuple[str, int], ...] = ()
    feeds: Mapping[str, Held] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


class Feeds:
    """Writes the feeds of one community into a tree; an entry is written once."""

    def __init__(
        self,
        community: Community,
        table: Selections,
        news: Sequence[News],
        proses: Mapping[Text, Prose],
        sizes: Mapping[str, int],
        now: datetime,
        tr: Translator,
        tree: Tree,
    ) -> None:
        """Write the entries of all events; of news, those that some feed may hold.

        Args:
            news: of all events, the newest first.
            sizes: octets of the published files, by source.
        """
        self.community = community
        self.settings = community.settings
        self.table = table
        self.now = now
        self.tr = tr
        self.tree = tree
        self.proses = proses
        self.sizes = sizes
        self.xml = XmlFeeds(tr)
        self.texts = {event.uid: self._texts(event) for event in self._events()}
        self.entries: dict[str, Entry] = {
            event.uid: write_entry(event, self.texts[event.uid], tr)
            for event in self._events()
            if event.occurrences
        }
        self.news: dict[str, list[News]] = {}
        for one in news:
            self.news.setdefault(one.event.uid, []).append(one)
        self.items: dict[str, Item] = {}
        self.full: list[tuple[str, int]] = []
        self.held: dict[str, Held] = {}

    def _events(self) -> Iterable[Event]:
        community = self.community
        stops = (*community.stops, *community.lost_stops)
        return (*community.events, *community.tombstones, *stops)

    def _texts(self, event: Event) -> Texts:
        account = EMPTY if event.account is None else self.proses.get(event.account, EMPTY)
        body = self.proses.get(event.body, EMPTY)
        return Texts(event, body, account, self.settings.site_url, self.tr)

    def write(self) -> Written:
        """Write every feed, and the lists of them."""
        before = len(self.tree)
        stops: dict[str, list[Event]] = {}
        for stop in (*self.community.stops, *self.community.lost_stops):
            if stop.within is not None:
                stops.setdefault(stop.within.uid, []).append(stop)
        for event in self._events():
            if event.occurrences:
                address = event_calendar(event)
                page = event.collection.address + "/" if event.deleted else event.address
                held = [event, *sorted(stops.get(event.uid, ()), key=event_order)]
                changed = max(one.stamps.changed for one in held)
                head = self._head(event.title, address, page, changed)
                self._add_calendar((address,), head, held)
        listed = [(selection, self._selection(selection)) for selection in self.table.table]
        self._lists(listed)
        return Written(
            count=len(self.tree) - before,
            full=tuple(self.full),
            feeds=self.held,
            entries=self.entries,
            items=self.items,
            told={one.guid: uid for uid, its in self.news.items() for one in its},
        )

    def _selection(self, selection: Selection) -> Listed:
        name = self._name(selection)
        held: dict[Format, int] = {}
        past: list[tuple[str, int, int]] = []
        if "ics" in selection.formats:
            held["ics"] = self._ics(selection, name)
        if selection.archived:
            past = list(self._archives(selection, name))
        if any(format != "ics" for format in selection.formats):
            count = self._news(selection, name)
            held |= {format: count for format in selection.formats if format != "ics"}
        return self._listed(selection, held, past)

    def _ics(self, selection: Selection, name: str) -> int:
        events, lost = window(selection.entries, self.now, self._size)
        if lost:
            self.full.append((selection.feed("ics"), lost))
        changed = max((event.stamps.changed for event in events), default=0)
        color = selection.collection.color if selection.collection else None
        head = self._head(name, selection.feed("ics"), selection.page, changed, color)
        self._add_calendar(selection.addresses("ics"), head, events)
        return len(events)

    def _archives(self, selection: Selection, name: str) -> Iterable[tuple[str, int, int]]:
        color = selection.collection.color if selection.collection else None
        for suffix, year, events in archives(selection, self.now, self._size):
            changed = max(event.stamps.changed for event in events)
            address = selection.address + suffix
            head = self._head(f"{name} ({year})", address, selection.page, changed, color)
            bases = (selection.address, *selection.aliases)
            self._add_calendar([base + suffix for base in bases], head, events)
            yield self.settings.site_url + address, year, len(events)

    def _news(self, selection: Selection, name: str) -> int:
        brief = selection.kind == "replays"
        items = self._items(selection)
        items = fitting(items) if brief else newest(items)
        changed = max((item.changed for item in items), default=0)
        for format in selection.formats:
            for address in selection.addresses(format) if format != "ics" else ():
                head = self._head(
                    name,
                    selection.feed(format),
                    selection.page,
                    changed,
                    description=NEWS_DESCRIPTIONS.get(selection.kind, NEWS_DESCRIPTION),
                    at=address,
                )
                if format == "json":
                    data = write_json(head, items, brief=brief)
                else:
                    write = self.xml.rss if format == "rss" else self.xml.atom
                    data = write(head, items, brief=brief)
                self.tree.add(address, data)
                self.held[address] = Held(name, tuple(item.guid for item in items))
        return len(items)

    def _items(self, selection: Selection) -> list[Item]:
        """The news of a selection, the newest first; only as many are written as may be held."""
        # A meeting whose date was taken back is in both.
        uids = dict.fromkeys(one.uid for one in (*selection.events, *selection.tombstones))
        news = [one for uid in uids for one in self.news.get(uid, ())]
        if selection.kind == "replays":
            news = [one for one in news if one.kind == "replay"]
        both: list[News | Post | Need] = [*news, *selection.posts]
        both += [one for one in selection.needs if one.record.state != "withdrawn"]
        both.sort(key=self._order, reverse=True)
        limit = len(both) if selection.kind == "replays" else COUNT_LIMIT
        return [self._item(one) for one in both[:limit]]

    def _order(self, one: News | Post | Need) -> tuple[int, str, str]:
        """By instant; what came at once, by the date of the meetings."""
        if isinstance(one, Need):
            return need_instant(one), "", one.id
        first = None if isinstance(one, Post) else one.event.first
        return (one.instant, first.begins.isoformat() if first else "", one.guid)

    def _item(self, one: News | Post | Need) -> Item:
        if isinstance(one, Need):
            if one.guid not in self.items:
                changed = self.community.instants.get(one.source, 0)
                self.items[one.guid] = write_need(one, changed, self.settings, self.tr)
            return self.items[one.guid]
        if one.guid not in self.items:
            language = self.settings.tongue
            if isinstance(one, Post):
                body = self.proses.get(one.body, EMPTY)
                item = write_post(one, body, self.settings.site_url, self.tr, language)
            else:
                texts = self.texts[one.event.uid]
                item = write_item(one, texts, self.tr, self.sizes, language)
            self.items[one.guid] = item
        return self.items[one.guid]

    def _lists(self, listed: Sequence[tuple[Selection, Listed]]) -> None:
        feeds = self.settings.addresses.feeds
        data = write_feeds_json(self.settings.site_name, [one for _, one in listed])
        self.tree.add(f"{feeds}/feeds.json", data)
        groups = [
            (
                self.tr.gettext(title),
                [one for selection, one in listed if selection.kind == kind],
            )
            for kind, title in wording.KINDS.items()
        ]
        self.tree.add(f"{feeds}/feeds.opml", write_opml(self.settings.site_name, groups))

    def _listed(
        self, selection: Selection, held: Mapping[Format, int], past: list[tuple[str, int, int]]
    ) -> Listed:
        site = self.settings.site_url
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
            feeds={format: site + selection.feed(format) for format in selection.formats},
            aliases={
                format: [site + one for one in selection.addresses(format)[1:]]
                for format in selection.formats
            },
            archives=past,
        )

    def _name(self, selection: Selection) -> str:
        site_name = self.settings.site_name
        if selection.kind == "all":
            return site_name
        return f"{wording.selection_name(selection, site_name, self.tr)} – {site_name}"

    def _head(
        self,
        name: str,
        address: str,
        page: str,
        changed: int,
        color: str | None = None,
        *,
        description: str = N_("Meetings of {site}, kept up to date."),
        at: str = "",
    ) -> Head:
        """The head of a feed.

        Args:
            changed: Unix seconds; 0 for an empty feed, which nothing but its form can change.
            at: where it stands, if not at its address.
        """
        settings = self.settings
        return Head(
            name=name,
            description=self.tr.format(description, site=settings.site_name),
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

    def _add_calendar(self, addresses: Iterable[str], head: Head, events: Sequence[Event]) -> None:
        calendar = write_calendar(head, [self.entries[one.uid] for one in events])
        held = Held(head.name, tuple(one.uid for one in events))
        for address in addresses:
            self.tree.add(address, calendar)
            self.held[address] = held

    def _size(self, event: Event) -> int:
        entry = self.entries.get(event.uid)
        return len(entry.data) if entry else 0


def _count(selection: Selection) -> int:
    """Of what it tells: posts, needs, else events."""
    if selection.kind == "needs":
        return len(selection.needs)
    return len(selection.posts if selection.kind == "posts" else selection.events)
