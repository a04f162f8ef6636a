"""What happens within a meeting: its items placed in time, what contradicts itself in them.

Pure: no clock, no files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from ..problems import N_, Mend
from .alone import by_itself
from .community import Community, Event, Occurrence, Person, Planned
from .names import identities, slug
from .schema import Chapter, ItemRecord, Replay
from .stage import is_watchable
from .times import Fault, Faulty, day_number, skipped_faults
from .zones import zone

PREFIX = "programme-"
"""What sets the places of items on a page apart from those of headings, stops and dates."""


_DAY = timedelta(days=1)
_MOMENT = timedelta(microseconds=1)
_NIGHT = timedelta(hours=12)
"""What goes on past midnight is over by then."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of a programme, at its time.

    Attributes:
        index: its place in the source, from 0.
        number: the day of the meeting on which it is, from 1.
        track: its room, in the words in which the first item of the programme calls it.
        day: the same as a date; None where that of the meeting is not known.
        begins: aware, in the zone of the meeting; None where no hour, or no date, is said.
        ends: likewise; None where neither an end nor a duration is said.
    """

    record: ItemRecord
    id: str
    speakers: tuple[Person, ...]
    index: int
    number: int
    track: str | None
    day: date | None
    begins: datetime | None = None
    ends: datetime | None = None

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its meeting."""
        return PREFIX + self.id

    @property
    def is_break(self) -> bool:
        """Whether nobody speaks, and nothing stays of it."""
        record = self.record
        return not (self.speakers or self.track or record.video or record.slides)

    def until(self, following: Iterable[Item], end: datetime | None) -> datetime | None:
        """When it is over: as it says, else when the next one begins that those here can go to,
        else with its meeting.

        Args:
            following: what comes after it on the same day.
            end: of the meeting, if that is on the same day.
        """
        if self.ends is not None or self.begins is None:
            return self.ends
        for one in following:
            is_next = one.begins is not None and one.begins > self.begins
            if is_next and (self.track is None or one.track in (None, self.track)):
                return one.begins
        return end


def items_of(event: Event) -> tuple[Item, ...]:
    """The items of a meeting, in the order of its source; none of most."""
    return tuple(item for item, _ in _placed(event)) if event.plan.items else ()


def by_day(items: Iterable[Item]) -> list[tuple[int, list[Item]]]:
    """The items of each day, in the order of their time.

    What has no hour stays behind what it stands behind in the source.
    """
    days: dict[int, list[tuple[datetime, int, Item]]] = {}
    last: dict[int, datetime] = {}
    for one in items:
        before = last.get(one.number, datetime.min.replace(tzinfo=UTC))
        at = one.begins.astimezone(UTC) if one.begins else before
        last[one.number] = at
        days.setdefault(one.number, []).append((at, one.index, one))
    return [(day, [one for *_, one in sorted(its)]) for day, its in sorted(days.items())]


def tracks_of(items: Iterable[Item]) -> tuple[str, ...]:
    """The tracks, or rooms, in the order in which they come up."""
    return tuple(dict.fromkeys(one.track for one in items if one.track))


def chapters_of(event: Event) -> tuple[Chapter, ...]:
    """The parts of a recording, in order: those that it says, and where items of the meeting begin.

    Of what begins at one second, what the recording says goes first.
    """
    replay = event.record.replay
    if replay is None:
        return ()
    said = replay.chapters
    its = {
        one.record.chapter: one.record.title
        for one in event.plan.items
        if one.record.chapter is not None
    }
    for one in said:
        its.pop(one.at, None)
    if not its:
        return said
    added = [Chapter.model_construct(at=at, title=title) for at, title in its.items()]
    return tuple(sorted([*said, *added], key=lambda one: one.at))


ALONE: Mapping[str, object] = {
    **{"stops": (), "dates": {}, "programme": (), "image": None, "registration": None},
    **{"seats": None, "online": None, "exception": None, "description": None, "number": None},
    **{"account": None, "deadlines": (), "price": None, "url": None, "links": ()},
}
"""What is said of a meeting, and not of each of its items."""


def recordings(community: Community) -> Iterator[Event]:
    """The items that have a video of their own, each as a replay by itself."""
    return (one for event in community.events for one in recordings_of(event))


def recordings_of(event: Event) -> Iterator[Event]:
    """Those of a meeting, and of the dates of a series that have a programme of their own.

    What a series says of all its dates is told once.
    """
    yield from _recorded(event)
    for one in event.own_pages:
        if one.record.programme is not event.record.programme:
            yield from _recorded(one)


def _recorded(event: Event) -> Iterator[Event]:
    whole = event.record.replay
    for item in items_of(event) if event.plan.is_recorded else ():
        # What is the recording of the whole is no second one.
        if item.record.video and not (whole and whole.video == item.record.video):
            yield _recording(event, item)


def _recording(event: Event, item: Item) -> Event:
    record = item.record
    lasts = item.ends - item.begins if item.begins and item.ends else record.duration
    replay = Replay.model_construct(
        video=record.video, slides=record.slides, duration=None, chapters=()
    )
    names = ", ".join(one.name for one in item.speakers)
    said = {
        **ALONE,
        "title": item.title,
        "summary": f"{event.title} – {names}" if names else event.title,
        "replay": replay,
        "mode": event.mode,
        "speakers": record.speakers,
        "language": record.language or event.record.language,
    }
    when = (_time(item, lasts) if item.begins else None) or event.first
    found = by_itself(event, item_uid(item, event), said, when)
    return replace(found, speakers=item.speakers, item=item.anchor)


def _time(item: Item, lasts: timedelta | None) -> Occurrence | None:
    assert item.begins is not None  # only asked of what has an hour
    if lasts is None:
        return None
    ends = item.ends or item.begins + lasts
    last = (ends.astimezone(UTC) - _MOMENT).astimezone(item.begins.tzinfo)
    return Occurrence(item.begins.date(), last.date(), str(item.begins.tzinfo), item.begins, ends)


def item_uid(item: Item | Planned, event: Event) -> str:
    """The identity of an item that stands by itself, for ever."""
    return f"{PREFIX}{item.id}.{event.uid}"


def ids_of(items: Sequence[ItemRecord]) -> list[str]:
    """The identity of each item: its own, else made of its title; no two are alike."""
    return identities([(one.id, one.title) for one in items], "item")


def has_video(items: Sequence[ItemRecord], id: str) -> bool:
    """Whether the item with an identity has a video of its own."""
    return any(one.video and its == id for one, its in zip(items, ids_of(items), strict=True))


# Placing.


def _placed(event: Event) -> Iterator[tuple[Item, list[Fault]]]:
    """Each item with what is wrong with its own time."""
    first, number = event.first, 1
    days = first.days if first else None
    rooms: dict[str, str] = {}
    for index, one in enumerate(event.plan.items):
        faults: list[Fault] = []
        try:
            said = _number(one, event, (*_at(index), "day"))
        except Faulty as error:
            faults.append(error.fault)
        else:
            if said is not None and not 1 <= said <= (days or said):
                params = {"item": one.record.title, "day": said, "days": days}
                missing = (("end",), ("duration",))
                faults.append(Fault("item-day", (*_at(index), "day"), params, without=missing))
            else:
                number = said or number
        day = first.first + (number - 1) * _DAY if first else None
        track = one.record.track
        if track is not None:
            track = rooms.setdefault(slug(track) or track, track)
        item = Item(
            record=one.record,
            id=one.id,
            speakers=one.speakers,
            index=index,
            number=number,
            track=track,
            day=day,
        )
        if first is not None and not faults:
            item = _timed(item, first, _shift(event, first), faults)
        yield item, faults


def _number(one: Planned, event: Event, path: tuple[str | int, ...]) -> int | None:
    """The number of the day that an item says; None where it says none.

    Raises:
        Faulty: a date has no number there.
    """
    said = one.record.day
    if said is None:
        return None
    if said.on is not None and event.plan.shared:
        raise Faulty("day-of-series", *path, item=one.record.title, day=said)
    return day_number(said, event.first, one.record.title, *path)


def _at(index: int) -> tuple[str, int]:
    return ("programme", index)


def _shift(event: Event, first: Occurrence) -> timedelta:
    """How much later the meeting begins than what the hours of its programme were said of."""
    since = event.plan.since
    if since is None or first.start is None:
        return timedelta()
    return datetime.combine(date.min + _DAY, first.start.time()) - datetime.combine(
        date.min + _DAY, since
    )


def _timed(item: Item, first: Occurrence, shift: timedelta, faults: list[Fault]) -> Item:
    record, path = item.record, _at(item.index)
    assert item.day is not None  # that of a meeting with a date
    if record.end is not None and record.duration is not None:
        faults.append(Fault("end-and-duration", (*path, "duration")))
    if record.at is None:
        if record.end is not None:
            missing = ((*path, "at"),)
            faults.append(Fault("missing-key", (*path, "end"), {"key": "at"}, without=missing))
        return item
    naive = datetime.combine(item.day, record.at) + shift
    overnight = first.start is not None and first.ends - first.begins < _DAY
    if record.day is None and overnight and first.start is not None:
        # An hour before that of the beginning is one of the morning after, or nearer to it.
        early, late = first.start - _aware(naive, first), _aware(naive + _DAY, first) - first.ends
        if timedelta() < early and late < early:
            naive += _DAY
    if skipped := list(skipped_faults(naive, first.zone, *path, "at")):
        faults += skipped
        return item
    begins = _aware(naive, first)
    ends: datetime | None = None
    if record.duration is not None:
        # A length is time that passes: through a change of clocks, it is added in UTC.
        ends = (begins.astimezone(UTC) + record.duration).astimezone(zone(first.zone))
    elif record.end is not None:
        until = datetime.combine(item.day, record.end) + shift
        is_night = overnight or until + _DAY - naive <= _NIGHT
        if until <= naive and is_night and _aware(until + _DAY, first) <= _latest(first):
            until += _DAY
        if until <= naive:
            params = {"start": f"{record.at:%H:%M}", "end": f"{record.end:%H:%M}"}
            mend = Mend(ITS_HOURS, {})
            faults.append(Fault("end-before-start", (*path, "end"), params, mend=mend))
        elif skipped := list(skipped_faults(until, first.zone, *path, "end")):
            faults += skipped
        else:
            ends = _aware(until, first)
    item = replace(item, day=begins.date(), begins=begins, ends=ends)
    faults += _outside(item, first)
    return item


def _aware(naive: datetime, first: Occurrence) -> datetime:
    return naive.replace(tzinfo=zone(first.zone))


def _outside(item: Item, first: Occurrence) -> Iterator[Fault]:
    """An item before its meeting begins, or after it ends."""
    assert item.begins is not None  # only asked of what has an hour
    begins, ends = item.begins.astimezone(UTC), (item.ends or item.begins).astimezone(UTC)
    early = begins < first.begins
    late = ends > _latest(first) or begins >= first.ends
    if early or late:
        params = {
            "item": item.title,
            "when": _said(item),
            "start": _moment(first.start) if first.start else str(first.first),
            "end": _moment(first.end) if first.end else str(first.last),
        }
        missing = () if early else (("end",), ("duration",))
        name = "at" if early or item.ends is None else "end" if item.record.end else "duration"
        yield Fault("item-outside", (*_at(item.index), name), params, without=missing)


def _latest(first: Occurrence) -> datetime:
    """Until when an item may go on: where days alone are said, through the night after the last."""
    return first.ends if first.start is not None else first.ends + _NIGHT


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def _said(item: Item) -> str:
    assert item.begins is not None  # only asked of what has an hour
    return _moment(item.begins) + (f"–{item.ends:%H:%M}" if item.ends else "")


# What contradicts itself.


def programme_faults(event: Event, now: datetime) -> Iterator[Fault]:
    """What is wrong in the programme of a meeting, in its own file.

    Args:
        now: the instant of the build, aware.
    """
    if not event.plan.items:
        return
    items = []
    for item, faults in _placed(event):
        yield from faults
        items.append(item)
    yield from _twice(event)
    yield from _order(items)
    yield from _at_once(items)
    yield from _chapters(event)
    yield from _of_future(event, items, now)
    yield from _of_cancelled(event)


def _twice(event: Event) -> Iterator[Fault]:
    """Two items with one identity, which somebody gave them."""
    seen: set[str] = set()
    for index, one in enumerate(event.plan.items):
        if one.record.id in seen:
            yield Fault("duplicate-item", (*_at(index), "id"), {"id": one.record.id})
        seen |= {one.record.id} if one.record.id else set()


def _titles(*items: Item) -> tuple[tuple[str | int, ...], ...]:
    """Where items are named: of one whose name is wrong, that is told, and nothing by its name."""
    return tuple((*_at(one.index), "title") for one in items)


def _order(items: Iterable[Item]) -> Iterator[Fault]:
    """Items of a track of which one comes, in the source, after one that begins later."""
    last: dict[str | None, Item] = {}
    for one in items:
        if one.begins is None:
            continue
        key = one.track
        before = last.get(key)
        if before is not None and before.begins is not None and one.begins < before.begins:
            params = {"item": one.title, "when": _said(one), "other": before.title}
            missing = ((*_at(one.index), "day"), *_titles(before, one))
            yield Fault("item-order", (*_at(one.index), "at"), params, "warning", missing)
        else:
            last[key] = one


def _at_once(items: Iterable[Item]) -> Iterator[Fault]:
    """Two items at once in one room, or of one person."""
    timed = [one for one in items if one.begins is not None]
    timed.sort(key=lambda one: (one.begins, one.index))
    here: dict[str | None, Item] = {}
    whom: dict[str, Item] = {}
    for one in timed:
        key = one.track
        told = False
        before = here.get(key)
        if before is not None and _meet(before, one):
            first, second = sorted((before, one), key=lambda item: item.index)
            params = {"item": second.title, "when": _said(second), "other": first.title}
            path = (*_at(second.index), "at")
            told = True
            if key is not None:
                named = _titles(first, second)
                yield Fault("track-twice", path, {**params, "track": key}, without=named)
            else:
                missing = ((*_at(second.index), "track"), *_titles(first, second))
                yield Fault("items-at-once", path, params, "warning", missing)
        here[key] = _later(before, one)
        for person in one.speakers:
            other = whom.get(person.id)
            if other is not None and _meet(other, one) and not told:
                first, second = sorted((other, one), key=lambda item: item.index)
                params = {"item": second.title, "when": _said(second), "other": first.title}
                path = (*_at(second.index), "at")
                params |= {"speaker": person.name}
                yield Fault("speaker-twice", path, params, without=_titles(first, second))
                told = True
            whom[person.id] = _later(other, one)


def _meet(before: Item, after: Item) -> bool:
    """Whether one that begins first, or with the other, goes on when the other begins.

    How long one lasts that does not say so is not known.
    """
    assert before.begins is not None  # only asked of what has an hour
    assert after.begins is not None
    return before.begins == after.begins or (before.ends is not None and after.begins < before.ends)


def _later(before: Item | None, one: Item) -> Item:
    """The one of two that is over last."""
    if before is None or before.ends is None:
        return one
    return one if (one.ends or one.begins or before.ends) >= before.ends else before


ITS_HOURS = N_("correct « end: » or « at: »")
NOT_HELD = N_("delete « video: » if it was not held; otherwise correct « status: »")
TAKE_OUT = N_("remove « video: », or correct the date")
ITS_OWN = N_(
    "remove « chapter: »: this item has a video of its own; or write the recording of the whole "
    "under « replay: »"
)


def _of_future(event: Event, items: Iterable[Item], now: datetime) -> Iterator[Fault]:
    """A recording of what is still to come."""
    earliest = event.earliest
    for one in items:
        begins = (one.begins, one.begins.date()) if one.begins else earliest
        if one.record.video and begins is not None and begins[0] > now:
            path, params = (*_at(one.index), "video"), {"date": begins[1]}
            yield Fault("replay-of-future", path, params, mend=Mend(TAKE_OUT, {}))


def _of_cancelled(event: Event) -> Iterator[Fault]:
    """A recording of what was not held, the first one: their reason is one."""
    if event.record.status != "cancelled":
        return
    for index, one in enumerate(event.plan.items):
        if one.record.video:
            path, mend = (*_at(index), "video"), Mend(NOT_HELD, {})
            yield Fault("replay-of-cancelled", path, {}, "warning", mend=mend)
            return


def _chapters(event: Event) -> Iterator[Fault]:
    """Where items begin in a recording that is not there, is over by then, or is not so far yet."""
    replay = event.record.replay
    last: dict[str | None, int] = {}
    taken: set[int] = set()
    for index, one in enumerate(event.plan.items):
        at = one.record.chapter
        if at is None:
            continue
        path = (*_at(index), "chapter")
        if not is_watchable(replay):
            missing = (("replay",), ("replay", "video"), ("replay", "audio"))
            mend = Mend(ITS_OWN, {}) if one.record.video else None
            yield Fault("idle-chapters", path, {}, "warning", missing, mend=mend)
            return
        assert replay is not None  # what can be watched
        # Rooms may be filmed one after the other: each has an order of its own.
        room = slug(one.record.track or "") or one.record.track
        before = max(last.get(room, -1), at if at in taken else -1)
        if at <= before:
            params = {"chapter": one.record.title, "at": timedelta(seconds=at)}
            yield Fault("chapter-order", path, {**params, "before": timedelta(seconds=before)})
        last[room] = max(before, at)
        taken.add(at)
        if replay.duration is not None and at >= replay.duration.total_seconds():
            params = {"chapter": one.record.title, "at": timedelta(seconds=at)}
            yield Fault("chapter-beyond", path, {**params, "length": replay.duration})
