"""One of two sites that are compared: what it publishes, as far as anybody holds on to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal

from ..assembly import Compiled
from ..feeds.items import Item
from ..feeds.site import Written
from ..model.changes import Kind, State, state_of
from ..model.community import Community, Course, Event, Person, Post, Stop, entity_folder
from ..model.exchange import Need, facilitators_folder
from ..model.feeds import event_calendar
from ..model.programme import items_of
from ..model.schema import (
    CAPTION_TYPES,
    IMAGE_TYPES,
    SERIES_KEYS,
    EventRecord,
    ItemRecord,
    Registration,
    Replay,
)
from ..model.tags import tags_of
from ..sources.files import is_file

STAMPS = re.compile(rb"(?:CREATED|DTSTAMP|LAST-MODIFIED|SEQUENCE):.*\r\n")
"""The properties of an entry that tell when it changed, and are no change themselves."""

SHOWN = IMAGE_TYPES | CAPTION_TYPES
"""Files that a page shows within itself: whoever replaces one takes nothing away."""

_PERIOD = re.compile(r"\d{4}(?:-\d{2})?/")


ItemTime = tuple[int, time | None, str, tuple[str, ...]]
"""Of an item of a programme: the number of its day, its hour, its title, and who speaks."""

Facts = Mapping[Kind, tuple[object, ...]]
"""What is said in a few words, one by one, by the kind of change that tells of it."""


@dataclass(frozen=True, kw_only=True)
class Plain:
    """What has a page beside meetings, courses and posts: one that somebody wrote, or what the
    exchange publishes.

    Attributes:
        uid: the guid of a need; of all else, its address.
        address: relative to the site's root, ending with a slash; "" for the home page.
        said: when it was, where it says so: the day on which a need was said.
        text: all that is read of it, as values that are equal where it reads the same.
    """

    uid: str
    sort: Literal["page", "need", "facilitator"]
    title: str
    source: str
    address: str
    said: date | None = None
    facts: Facts
    text: tuple[object, ...]


Thing = Event | Course | Post | Plain
"""What a comparison tells of."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What people read of a meeting, beside whether and when it takes place.

    Attributes:
        place: where people meet, a line for each place; none online.
        registration: with the zone of its deadline, where that has an hour.
        facts: all that is said in a few words.
        text: all else, as values that are equal where it reads the same.
    """

    title: str
    place: tuple[str, ...]
    link: str
    registration: tuple[Registration | None, str]
    replay: Replay | None
    facts: Facts
    text: tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Side:
    """A compiled site, and the folder that it was compiled from.

    Attributes:
        root: exists while the two are compared.
    """

    root: Path
    compiled: Compiled

    @property
    def community(self) -> Community:
        return self.compiled.community

    @property
    def written(self) -> Written:
        return self.compiled.feeds.written if self.compiled.feeds else Written()

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """All that subscribers are told of, by UID: what lives on goes before its own old hour."""
        community = self.community
        return {one.uid: one for one in (*community.tombstones, *community.events)}

    @cached_property
    def things(self) -> Mapping[str, Course | Post | Plain]:
        """What has a page beside meetings, by its identity."""
        community = self.community
        return {
            **{one.uid: one for one in community.courses},
            **{one.guid: one for one in community.posts},
            **{one.uid: one for one in (*self._exchanged(), *self._pages())},
        }

    def _exchanged(self) -> Iterator[Plain]:
        exchange, names = self.community.exchange, self.community.settings.addresses
        for one in exchange.published if exchange else ():
            assert exchange is not None  # it publishes something
            address = exchange.addresses(names)[one.source]
            record = one.record.model_dump(exclude={"name", "title", "example"})
            if isinstance(one, Need):
                where = (one.territory.name,) if one.territory else ()
                yield Plain(
                    uid=one.guid, sort="need", title=one.title, source=one.source, address=address,
                    said=one.record.opened, facts={"territories": where},
                    text=tuple((key, value) for key, value in record.items() if key != "territory"),
                )  # fmt: skip
            else:
                yield Plain(
                    uid=address, sort="facilitator", title=one.name, source=one.source,
                    address=address,
                    facts={"territories": tuple(its.name for its in one.territories)},
                    text=tuple((key, v) for key, v in record.items() if key != "territories"),
                )  # fmt: skip

    def _pages(self) -> Iterator[Plain]:
        """The pages that somebody wrote."""
        for page in self.compiled.plan:
            if page.authored is not None:
                yield Plain(
                    uid=page.address, sort="page", title=page.title, source=page.authored.source,
                    address=page.address, facts={},
                    text=(page.authored.body, page.description),
                )  # fmt: skip

    @cached_property
    def wholes(self) -> Mapping[str, str]:
        """The UID of each part that calendars tell of, a stop of a trip, a deadline, a date or part
        of a series → that of the whole."""
        stops = (*self.community.stops, *self.community.lost_stops)
        found = {one.uid: one.within.uid for one in stops if one.within}
        deadlines = (*self.community.deadlines, *self.community.lost_deadlines)
        found |= {one.uid: one.deadline.of for one in deadlines if one.deadline}
        for event in self.events.values():
            found |= dict.fromkeys(event.uids[1:], event.uid)
            found |= {date.uid: event.uid for date in event.dates}
        return found

    def dates(self, uid: str) -> Mapping[str, Event]:
        """The dates of a series, by their keys; none of what is none."""
        event = self.events.get(uid)
        return {one.date.key: one for one in event.dates if one.date} if event else {}

    def state(self, uid: str) -> State | None:
        """In which state a meeting is; None where nothing tells of it."""
        event = self.events.get(uid)
        return state_of(event) if event else None

    def sequence(self, uid: str) -> int | None:
        """The SEQUENCE of an entry; None for what is in no calendar."""
        entry = self.written.entries.get(uid)
        return entry.event.stamps.sequence if entry else None

    @cached_property
    def _payloads(self) -> Mapping[str, Mapping[str, object]]:
        """What each feed shows of each meeting: address → identity → what stands there."""
        entries = {uid: self.entry(uid) for uid in self.written.entries}
        items: dict[str, object] = {
            guid: (one.title, one.link, one.summary, one.content, one.tags,
                   one.creators, one.image, one.enclosures, self._dated(one))
            for guid, one in self.written.items.items()
        }  # fmt: skip
        found: dict[str, dict[str, object]] = {}
        for address, feed in self.written.feeds.items():
            shown = found.setdefault(address, {})
            if address.endswith(".ics"):
                # A series is one entry, under the identities of all its parts.
                shown |= {uid: entries[uid] for uid in feed.holds if uid in entries}
                continue
            for guid in feed.holds:
                uid = self.written.told.get(guid, guid)
                shown[uid] = (*_tuple(shown.get(uid)), (guid, items[guid]))
        for address, kit in self.written.kits.items():
            data = b"".join(entry.data for entry in kit.entries)
            found[address] = {kit.of: STAMPS.sub(b"", data)}
        return found

    def entry(self, uid: str) -> bytes:
        """What stands in calendars of one of their entries, without when it changed."""
        return STAMPS.sub(b"", self.written.entries[uid].data)

    def _dated(self, item: Item) -> object:
        """When a post is of: of news that history dates, that is when it changed."""
        return item.published if isinstance(self.things.get(item.guid), Post) else None

    @property
    def feeds(self) -> Mapping[str, str]:
        """All that is followed, or taken over into a calendar: address → name."""
        written = self.written
        return {
            address: one.name
            for its in (written.feeds, written.kits)
            for address, one in its.items()
        }

    def shows(self, address: str) -> Mapping[str, object]:
        """What a feed shows of each meeting or post, by UID; nothing for one that is not there."""
        return self._payloads.get(address, {})

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address that somebody may hold on to, relative to the site's root.

        Pages, redirects, feeds and the files that are offered, as slides. The pages of a month, the
        report of a year and the calendar of one date of a series come and go with what they show,
        and those of persons as they please; what a page shows within itself has no address of its
        own.
        """
        tree, settings = self.compiled.tree, self.community.settings
        above = (settings.agenda, settings.report)
        persons = [entity_folder(Person, settings.addresses)]
        if settings.market is not None:
            persons.append(facilitators_folder(settings.market, settings.addresses))
        found = {
            page.address
            for page in self.compiled.plan
            if not any(_PERIOD.fullmatch(page.address.removeprefix(one)) for one in above)
            and not page.address.startswith(tuple(persons))
        }
        found |= self.written.feeds.keys() | self.written.kits.keys()
        for path, leaf in tree:
            if isinstance(leaf, Path) and PurePosixPath(path).suffix.lower() not in SHOWN:
                found.add(path)
            elif path.endswith("/index.html"):
                found.add(path.removesuffix("index.html"))
        dates = {event_calendar(date) for event in self.events.values() for date in event.dates}
        return frozenset(found - dates)

    def own(self, event: Event, *, alone: bool) -> Iterator[str]:
        """The addresses of a meeting: its page, its files and its calendar.

        Args:
            alone: whether the feeds that hold nothing else are counted among them.
        """
        feeds, calendar = self.written.feeds, event_calendar(event)
        for address in self.addresses:
            held = set(feeds[address].holds) if alone and address in feeds else set[str]()
            if address == calendar or address.startswith(event.address) or held == {event.uid}:
                yield address

    def keeps(self, source: str) -> bool:
        """Whether a file is still there, whatever is read in it."""
        return is_file(self.root / source)


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


_ELSEWHERE = frozenset(
    {
        "title",
        "start",
        "end",
        "duration",
        "undated",
        "timezone",
        "status",
        "mode",
        "online",
        "places",
    }
    | {"place", "registration", "updated", "id", "aliases", "draft", "stops", "description"}
    | {"themes", "territories", "organisers", "hosts", "speakers", "replay", "account"}
    | {
        "deadlines",
        "when",
        "price",
        "seats",
        "language",
        "url",
        "links",
        "tags",
        "programme",
        "state",
        "claim",
    }
    | SERIES_KEYS
)
"""The fields that are told as what they mean, or that nobody reads."""


_TOLD_OF_ITEMS = frozenset({"at", "title", "speakers", "day", "id"})
"""What is told of the items of a programme, likewise."""

_TOLD_OF_STOPS = {"place": None, "id": "", "title": "", "day": None, "start": None, "end": None}
"""What is told of stops otherwise than as a text."""


def said_of(event: Event) -> Said:
    """What people read of a meeting."""
    record = event.record
    return Said(
        title=event.title,
        place=_place(event),
        link=record.online or "",
        registration=(record.registration, zone_of_deadline(event)),
        replay=record.replay,
        facts=facts_of(event),
        text=(
            event.body.markdown,
            event.account and event.account.markdown,
            event.backup and event.backup.name,
            event.session and event.session.claim and event.session.claim.handed_by,
            tuple(filter(None, map(_rest, record.programme))),
            _fields(record),
        ),
    )


def zone_of_deadline(thing: Event | Course) -> str:
    """The zone in which registration closes; "" where no hour is told."""
    its = thing.record.registration
    return thing.zone if its and its.deadline and its.deadline.at else ""


def said_of_stop(stop: Stop) -> tuple[object, ...]:
    """What people read of a stop, beside where and when it is."""
    return (stop.record.model_copy(update=_TOLD_OF_STOPS), stop.host and stop.host.name)


def _rest(item: ItemRecord) -> tuple[object, ...]:
    """What an item says beside that; nothing for one of which all is told."""
    fields = type(item).model_fields.items()
    said = ((name, getattr(item, name), one.default) for name, one in fields)
    return tuple((n, v) for n, v, usual in said if n not in _TOLD_OF_ITEMS and v != usual)


def facts_of(thing: Thing) -> Facts:
    """What a source says in a few words; nothing where it says nothing."""
    if isinstance(thing, Plain):
        return thing.facts
    record = thing.record
    its = thing.refs if isinstance(thing, Course) else thing
    found: dict[Kind, tuple[object, ...]] = {
        "language": _one(record.language),
        "links": record.links,
        "tags": tags_of(thing),
        "themes": tuple(one.name for one in its.themes),
        "territories": tuple(one.name for one in its.territories),
    }
    if isinstance(thing, Post):
        return {**found, "speakers": tuple(map(_person, thing.authors))}
    found["links"] = (*_one(thing.record.url), *record.links)
    # The same hour elsewhere is another moment.
    found["deadlines"] = tuple(
        (one, thing.zone if one.until.at else "") for one in thing.record.deadlines
    )
    found["hosts"] = tuple(one.name for one in thing.refs.hosts)
    found["organisers"] = tuple(_led(one.name, one.url) for one in thing.refs.organisers)
    return {**found, **_facts_of_meeting(thing)} if isinstance(thing, Event) else found


def _facts_of_meeting(event: Event) -> Facts:
    record = event.record
    return {
        "period": _one(event.around and event.around.said),
        "price": _one(record.price),
        "seats": _one(record.seats),
        "speakers": tuple(map(_person, event.speakers)),
        "programme": tuple(
            (one.number, one.record.at, one.title, tuple(its.name for its in one.speakers))
            for one in items_of(event)
        ),
        "relay": _one(event.session and event.session.state),
    }


def _person(one: Person) -> str:
    return _led(one.line, one.url)


def _led(name: str, url: str | None) -> str:
    """A name, and where it leads."""
    return f"{name} ({url})" if url else name


def _one(value: object) -> tuple[object, ...]:
    return () if value is None or value == "" else (value,)


def _fields(record: EventRecord) -> tuple[object, ...]:
    return tuple(
        (name, getattr(record, name))
        for name in type(record).model_fields
        if name not in _ELSEWHERE
    )


def _place(event: Event) -> tuple[str, ...]:
    if event.mode == "online":
        return ()
    return event.where or tuple(filter(None, (event.location,)))
