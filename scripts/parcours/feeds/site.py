"""All feeds of a community: selections × formats, archives by year, and one file per event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ..i18n import Translator
from ..model.community import Community, Event, Text, event_order
from ..model.news import News
from ..model.selections import Selection, archives, event_calendar, selections, window
from ..problems import N_
from ..prose.render import EMPTY, Prose
from ..tree import Tree
from .ics import Entry, Head, write_calendar, write_entry
from .rss import Item, write_item, write_rss
from .text import Texts


class Feeds:
    """Writes the feeds of one community into a tree; an entry is written once."""

    def __init__(
        self,
        community: Community,
        news: Sequence[News],
        proses: Mapping[Text, Prose],
        now: datetime,
        tr: Translator,
        tree: Tree,
    ) -> None:
        self.community = community
        self.settings = community.settings
        self.now = now
        self.tr = tr
        self.tree = tree
        self.entries: dict[str, Entry] = {}
        self.items: list[Item] = []
        written: dict[str, Texts] = {}
        for event in (*community.events, *community.tombstones):
            texts = Texts(
                event,
                proses.get(event.body, EMPTY),
                EMPTY if event.account is None else proses.get(event.account, EMPTY),
                self.settings.site_url,
                tr,
            )
            if event.occurrences:
                self.entries[event.address] = write_entry(event, texts, tr)
            written[event.uid] = texts
        self.items = [write_item(one, written[one.event.uid], tr) for one in news]

    def write(self) -> int:
        """Write every feed; returns how many."""
        before = len(self.tree)
        for event in (*self.community.events, *self.community.tombstones):
            if event.occurrences:
                address = event_calendar(event)
                page = event.collection.address + "/" if event.deleted else event.address
                head = self._head(event.title, address, page, [event])
                self.tree.add(address, self._calendar(head, [event]))
        for selection in selections(self.community):
            self._selection(selection)
        return len(self.tree) - before

    def _selection(self, selection: Selection) -> None:
        settings = self.settings
        name = self._name(selection)
        for address in (selection.feed("ics"), *selection.old("ics", settings)):
            events = sorted([*selection.events, *selection.tombstones], key=event_order)
            head = self._head(name, selection.feed("ics"), selection.page, events)
            self.tree.add(address, self._calendar(head, window(events, self.now)))
        for address, year, events in archives(selection, self.now):
            head = self._head(f"{name} ({year})", address, selection.page, events)
            self.tree.add(address, self._calendar(head, events))
        head = self._head(name, selection.feed("rss"), selection.page, selection.events)
        held = {event.uid for event in (*selection.events, *selection.tombstones)}
        items = [item for item in self.items if item.news.event.uid in held]
        rss = write_rss(head, items, settings.language)
        for address in (selection.feed("rss"), *selection.old("rss", settings)):
            self.tree.add(address, rss)

    def _name(self, selection: Selection) -> str:
        if selection.course is not None:
            return selection.course.title
        if selection.collection is not None:
            return f"{selection.collection.name} – {self.settings.site_name}"
        return self.settings.site_name

    def _head(self, name: str, address: str, page: str, events: Sequence[Event]) -> Head:
        settings = self.settings
        changed = max((event.stamps.changed for event in events), default=0)
        return Head(
            name,
            self.tr.format(N_("Meetings of {site}, kept up to date."), site=settings.site_name),
            settings.site_url + address,
            settings.site_url + page,
            settings.timezone,
            changed or self.community.revision,
        )

    def _calendar(self, head: Head, events: Sequence[Event]) -> bytes:
        entries = [self.entries[one.address] for one in events if one.occurrences]
        return write_calendar(head, entries)
