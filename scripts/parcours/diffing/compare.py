"""Two compiled sites → what became of each meeting, and what is dangerous of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ..model.changes import TIMED, Change, Kind, State, changes, state_of
from ..model.community import Course, Event, Occurrence, Post
from ..model.feeds import event_calendar
from ..model.schema import EventRecord, Registration
from ..sources.past import past_record
from ..sources.renames import LIKE, likeness
from .halts import common, halts
from .report import Code
from .side import Facts, Plain, Said, Side, Thing, facts_of, said_of, said_of_stop, zone_of_deadline


@dataclass(frozen=True, kw_only=True)
class Danger:
    """One dangerous thing.

    Attributes:
        source: the file to mend, relative to the site's folder.
        thing: what it is about, as it was; None where that is nothing by itself.
        successor: what that became under another identity.
        addresses: those that are gone.
        old: SEQUENCE before.
        new: SEQUENCE after.
        item: what is withdrawn, as the configuration names it.
    """

    code: Code
    source: str
    thing: Thing | None = None
    successor: Thing | None = None
    addresses: tuple[str, ...] = ()
    old: int = 0
    new: int = 0
    item: str = ""


@dataclass(frozen=True, kw_only=True)
class Became:
    """What became of one meeting, or of a course, a post or a page.

    Attributes:
        before: None where it was not there; *after* where it is not.
        changes: what its readers and subscribers see change.
        feeds: the addresses of the feeds that show it otherwise than before.
    """

    uid: str
    before: Thing | None
    after: Thing | None
    changes: tuple[Change, ...]
    feeds: tuple[str, ...] = ()

    @property
    def thing(self) -> Thing:
        """It, as it is; as it was where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(one.kind for one in self.changes)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """All that changes between two sites."""

    base: Side
    head: Side
    now: datetime
    became: tuple[Became, ...]
    dangers: tuple[Danger, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def difference(base: Side, head: Side, now: datetime) -> Difference:
    """What changes from one site to another, both compiled at the aware instant *now*."""
    shown = _shown(base, head)
    found = sorted((*_meetings(base, head, shown), *_others(base, head, shown)), key=_order)
    dangers = tuple(_Dangers(base, head).found())
    feeds = {**base.feeds, **head.feeds}
    reached = {address for one in found for address in one.feeds}
    suffix = f" – {head.community.settings.site_name}"
    names = {one: feeds[one].removesuffix(suffix) for one in sorted(reached)}
    return Difference(
        base=base, head=head, now=now, became=tuple(found), dangers=dangers, names=names
    )


def _order(one: Became) -> tuple[str, str]:
    thing = one.thing
    first = thing.first if isinstance(thing, Event) else None
    return (first.begins.isoformat() if first else "9", one.uid)


def _meetings(base: Side, head: Side, shown: Shown) -> Iterator[Became]:
    for uid in sorted(base.events.keys() | head.events.keys()):
        before, after = base.events.get(uid), head.events.get(uid)
        if after is None and before is not None and before.deleted:
            continue  # it was told as cancelled, and is told no more
        feeds = shown.get(uid, ())
        found = list(_of_meeting(base.state(uid), head.state(uid), before, after))
        if _stays(base, head, uid):
            found = [one for one in found if one.kind != "moved"]
        # What holds of all dates is told of the series.
        its = tuple(_dates(base, head, uid, {one.kind for one in found}, feeds))
        yield from its
        if its:
            # That it lasts longer, or not so long, is told by its dates.
            found = [one for one in found if one.kind != "hours"]
        if (
            not found
            and not its
            and any(uid in base.shows(one) and uid in head.shows(one) for one in feeds)
        ):
            # Told in other words, such as the name of a theme that it has.
            found = [Change(kind="text")]
        if found:
            yield Became(uid=uid, before=before, after=after, changes=tuple(found), feeds=feeds)


def _stays(base: Side, head: Side, uid: str) -> bool:
    """Whether a series has a date where it had one: that others moved is told of these."""
    old, new = ({one.first for one in side.dates(uid).values()} for side in (base, head))
    return bool(old & new)


def _dates(
    base: Side, head: Side, uid: str, told: set[Kind], feeds: tuple[str, ...]
) -> Iterator[Became]:
    """What became of single dates of a series that both sites have."""
    old, new = base.dates(uid), head.dates(uid)
    for key in sorted(old.keys() | new.keys()) if old and new else ():
        before, after = old.get(key), new.get(key)
        was, now = (state_of(one) if one else None for one in (before, after))
        if was is not None and now is None:
            # It is left out of its series, which tells calendars so.
            found = [Change(kind="cancelled", before=was, after=replace(was, status="cancelled"))]
        else:
            found = list(_of_meeting(was, now, before, after))
        alone = [one for one in found if one.kind not in told]
        if alone:
            thing = after or before
            assert thing is not None  # it is in one of them
            yield Became(
                uid=thing.uid, before=before, after=after, changes=tuple(alone), feeds=feeds
            )


def _of_meeting(
    was: State | None, now: State | None, before: Event | None, after: Event | None
) -> Iterator[Change]:
    found = list(changes(was, now))
    yield from found
    # What has no file any more keeps its hour and its title, and is cancelled.
    if before is None or after is None or before.deleted or after.deleted:
        return
    kinds = {one.kind for one in found}
    old, new = said_of(before), said_of(after)
    for kind in _read(old, new):
        online = kind == "place" and "moved-online" in (before.record.status, after.record.status)
        if not (online and "status" in kinds):
            yield Change(kind=kind, before=was, after=now)
    for one in halts(before, after):
        # Where people meet is told of the trip, unless they meet at the same places.
        if one.does != "place" or old.place == new.place:
            yield one
    replay = old.replay != new.replay and "replay" not in kinds
    if before.address != after.address:
        yield Change(kind="address", before=was, after=now)
    stops = common(before, after)
    reads = any(said_of_stop(was) != said_of_stop(now) for was, now in stops)
    if old.text != new.text or replay or reads:
        yield Change(kind="text", before=was, after=now)


def _read(old: Said, new: Said) -> Iterator[Kind]:
    if old.title != new.title:
        yield "renamed"
    if old.place != new.place:
        yield "place"
    if old.link != new.link:
        yield "link"
    if old.registration != new.registration:
        yield "registration"
    yield from _facts(old.facts, new.facts)


def _facts(old: Facts, new: Facts) -> Iterator[Kind]:
    return (kind for kind in old if old[kind] != new[kind])


Shown = Mapping[str, tuple[str, ...]]
"""The feeds that show a meeting or a post otherwise than before, by UID."""


def _shown(base: Side, head: Side) -> Shown:
    """By UID of the meeting: what shows a stop of a trip, or a date of a series, shows that."""
    found: dict[str, set[str]] = {}
    wholes = {**base.wholes, **head.wholes}
    for address in base.feeds.keys() | head.feeds.keys():
        old, new = base.shows(address), head.shows(address)
        for uid in old.keys() | new.keys():
            if old.get(uid) != new.get(uid):
                found.setdefault(wholes.get(uid, uid), set()).add(address)
    return {uid: tuple(sorted(addresses)) for uid, addresses in found.items()}


def _others(base: Side, head: Side, shown: Shown) -> Iterator[Became]:
    """What became of courses, posts, needs, facilitators and pages."""
    for uid in sorted(base.things.keys() | head.things.keys()):
        before, after = base.things.get(uid), head.things.get(uid)
        feeds = shown.get(uid, ())
        found = [Change(kind=kind) for kind in _of_other(before, after)]
        both = (one for one in feeds if uid in base.shows(one) and uid in head.shows(one))
        if not found and any(both):
            found = [Change(kind="text")]  # told in other words
        if found:
            yield Became(uid=uid, before=before, after=after, changes=tuple(found), feeds=feeds)


def _of_other(before: Other | None, after: Other | None) -> Iterator[Kind]:
    if before is None or after is None:
        yield "announced" if before is None else "vanished"
        return
    if isinstance(before, Post) and isinstance(after, Post) and before.instant != after.instant:
        yield "moved"
    if before.title != after.title:
        yield "renamed"
    if before.address != after.address:
        yield "address"
    if _registration(before) != _registration(after):
        yield "registration"
    yield from _facts(facts_of(before), facts_of(after))
    if _text(before) != _text(after):
        yield "text"


Other = Course | Post | Plain

_UNREAD = frozenset(
    {"title", "id", "aliases", "draft", "updated", "description", "deadlines", "registration"}
    | {"language", "url", "links", "tags", "themes", "territories"}
    | {"hosts", "organisers", "authors", "date"}
)


def _registration(thing: Other) -> tuple[Registration | None, str]:
    if not isinstance(thing, Course):
        return None, ""
    return thing.record.registration, zone_of_deadline(thing)


def _text(thing: Other) -> tuple[object, ...]:
    if isinstance(thing, Plain):
        return thing.text
    record = thing.record
    fields = {name: getattr(record, name) for name in type(record).model_fields}
    return (thing.body.markdown, *(v for name, v in fields.items() if name not in _UNREAD))


class _Dangers:
    """What is dangerous between two sites; each address and meeting is told once."""

    def __init__(self, base: Side, head: Side) -> None:
        self.base = base
        self.head = head
        self.gone = set(base.addresses - head.addresses)

    def found(self) -> Iterator[Danger]:
        yield from self._withdrawn()
        yield from self._lost()
        yield from self._others()
        yield from self._sequences()
        yield from self._addresses()

    def _take(self, event: Event, *, lost: bool = True) -> tuple[str, ...]:
        """The addresses of a meeting that are gone, told with it."""
        own = self.gone.intersection(self.base.own(event, alone=lost))
        self.gone -= own
        return tuple(sorted(own))

    def _withdrawn(self) -> Iterator[Danger]:
        settings = self.head.community.settings
        before = self.base.community.settings.withdrawn
        for item in settings.withdrawn:
            if item not in before:
                collection, _, id = item.partition("/")
                event = self.base.events.get(settings.uid(id, collection))
                addresses = self._take(event) if event else ()
                yield Danger(
                    code="withdrawn",
                    source=settings.source,
                    thing=event,
                    addresses=addresses,
                    item=item,
                )

    def _lost(self) -> Iterator[Danger]:
        """The meetings that were there, and are not."""
        withdrawn = self._withdrawn_uids()
        lost = [
            one
            for uid, one in sorted(self.base.events.items())
            if not one.deleted and uid not in withdrawn and self._is_lost(uid)
        ]
        successors = _successors(lost, self._came())
        for event in lost:
            addresses = self._take(event)
            successor = successors.get(event.uid)
            if successor is not None:
                # What it is called now is where its mend is written.
                yield Danger(
                    code="identity",
                    source=successor.source,
                    thing=event,
                    successor=successor,
                    addresses=addresses,
                )
                continue
            code = self._why(event)
            if code != "address" or addresses:
                yield Danger(code=code, source=event.source, thing=event, addresses=addresses)

    def _others(self) -> Iterator[Danger]:
        """What has no page any more beside meetings, told with all that is gone with it."""
        lost = [one for uid, one in self.base.things.items() if uid not in self.head.things]
        came = [one for uid, one in self.head.things.items() if uid not in self.base.things]
        for thing in sorted(lost, key=lambda one: one.source):
            addresses = self._of_other(thing)
            if not addresses:
                continue
            successor = _same_other(thing, came)
            code: Code = "address"
            if successor is not None:
                code = "identity"
            elif self._is_hidden(thing):
                code = "draft"
            yield Danger(
                code=code,
                source=(successor or thing).source,
                thing=thing,
                successor=successor,
                addresses=addresses,
            )

    def _of_other(self, thing: Other) -> tuple[str, ...]:
        """Its addresses that are gone: of a page, none of those that stood below it."""
        below = not isinstance(thing, Plain)
        found = {
            one
            for one in self.gone
            if one == thing.address or (below and one.startswith(thing.address))
        }
        self.gone -= found
        return tuple(sorted(found))

    def _is_hidden(self, thing: Other) -> bool:
        if isinstance(thing, Plain) or not self.head.keeps(thing.source):
            return False
        data = (self.head.root / thing.source).read_bytes()
        record = past_record(data, type(thing.record), ("title", "date", "draft"))
        return record is not None and record.draft

    def _withdrawn_uids(self) -> frozenset[str]:
        settings = self.head.community.settings
        items = (item.partition("/") for item in settings.withdrawn)
        return frozenset(settings.uid(id, collection) for collection, _, id in items)

    def _is_lost(self, uid: str) -> bool:
        now = self.head.events.get(uid)
        return now is None or now.deleted

    def _came(self) -> list[Event]:
        old = self.base.events
        return [
            one
            for uid, one in sorted(self.head.events.items())
            if not one.deleted and uid not in old
        ]

    def _why(self, event: Event) -> Code:
        if self.head.keeps(event.source):
            data = (self.head.root / event.source).read_bytes()
            if past_record(data, EventRecord, ("title", "draft")) is not None:
                return "draft"
        told = event.uid in self.head.written.entries
        return "vanished" if event.uid in self.base.written.entries and not told else "address"

    def _sequences(self) -> Iterator[Danger]:
        for uid in sorted(self.base.written.entries):
            old, new = self.base.sequence(uid), self.head.sequence(uid)
            if old is None or new is None:
                continue
            event = self.head.written.entries[uid].event
            differs = self.base.entry(uid) != self.head.entry(uid)
            if new < old or (differs and new == old):
                source = self.head.community.settings.source
                yield Danger(code="sequence", source=source, thing=event, old=old, new=new)

    def _addresses(self) -> Iterator[Danger]:
        for uid, event in sorted(self.base.events.items()):
            if not event.deleted and (addresses := self._take(event, lost=False)):
                now = self.head.events.get(uid, event)
                yield Danger(code="address", source=now.source, thing=event, addresses=addresses)
        feeds = self.base.feeds.keys()
        calendars = {event_calendar(one) for one in self.base.events.values()}
        settings = self.head.community.settings.source
        for address in sorted(self.gone):
            if address in calendars:
                continue  # of a meeting that was cancelled before
            code: Code = "feed" if address in feeds else "address"
            source = self._source(address) or settings
            yield Danger(code=code, source=source, addresses=(address,))

    def _source(self, address: str) -> str:
        """The file that an address was made from; "" where there was none."""
        plan = self.base.compiled.plan
        if address in plan:
            return plan.page(address).source or ""
        return ""


def _successors(lost: Sequence[Event], came: Sequence[Event]) -> Mapping[str, Event]:
    """What seems to be each meeting that is gone, under another identity, by the UID it had."""
    pairs = sorted(
        (
            (_likeness(old, new), old.uid, new.uid, new)
            for old in lost
            for new in came
            if _may_be(old, new)
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: dict[str, Event] = {}
    taken: set[str] = set()
    for alike, old_uid, new_uid, new in pairs:
        if alike >= LIKE and old_uid not in found and new_uid not in taken:
            found[old_uid] = new
            taken.add(new_uid)
    return found


def _same_other(lost: Other, came: Sequence[Other]) -> Other | None:
    """What seems to be a course or a post under another identity; None for nothing."""
    if isinstance(lost, Plain):
        return None
    alike = [
        (likeness(lost.title, one.title, _lines(lost), _lines(one)), one)
        for one in came
        if not isinstance(one, Plain) and type(one) is type(lost)
    ]
    best = max(alike, key=lambda pair: pair[0], default=None)
    return best[1] if best and (best[0] >= LIKE or best[1].source == lost.source) else None


def _may_be(old: Event, new: Event) -> bool:
    return old.source == new.source or old.kind is new.kind


def _likeness(old: Event, new: Event) -> float:
    if old.source == new.source:
        return 3
    return likeness(old.title, new.title, _lines(old), _lines(new))


def _lines(event: Event | Course | Post) -> bytes:
    """A meeting, a course or a post as lines that are compared one by one."""
    record = event.record
    said = sorted(record.model_fields_set)
    fields = "\n".join(f"{name}: {getattr(record, name)}" for name in said)
    return f"{fields}\n{event.body.markdown}".encode()


def months(found: Difference) -> Mapping[str, tuple[Sequence[Event], Sequence[Event]]]:
    """The months that the agenda shows otherwise: year and month → what stood there, and stands."""
    moving = {
        one.uid: one for one in found.became if isinstance(one.thing, Event) and one.kinds & AGENDA
    }
    keys = {
        _month(first)
        for one in moving.values()
        for thing in (one.before, one.after)
        if isinstance(thing, Event) and (first := _next(thing, found.now))
    }
    return {key: (_held(found.base, key), _held(found.head, key)) for key in sorted(keys)}


def wholes(found: Difference) -> Iterator[Event]:
    """The series of which all dates are otherwise in the agenda, before and after."""
    for one in found.became:
        for thing in (one.before, one.after) if one.kinds & AGENDA else ():
            if isinstance(thing, Event) and thing.dates:
                yield thing


def _next(thing: Event, now: datetime) -> Occurrence | None:
    """When it takes place: of a series, at its next date."""
    coming = (one.first for one in thing.dates if one.first and one.first.ends > now)
    return next(coming, thing.first)


AGENDA: frozenset[Kind] = frozenset((*TIMED, "renamed", "status"))
"""The changes that the agenda shows."""


def _month(occurrence: Occurrence) -> str:
    return f"{occurrence.first:%Y-%m}"


def _held(side: Side, key: str) -> Sequence[Event]:
    """The meetings that a month shows: what has no page any more is not in the agenda."""
    return [one for one in side.community.held if one.first and _month(one.first) == key]
