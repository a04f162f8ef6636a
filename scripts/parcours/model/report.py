"""What a community did in a period: figures, each with all that it counts.

A meeting counts in the period in which it begins, by its own calendar, and once it is over.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from statistics import median
from typing import Literal, TypeVar

from .community import Community, Event, Occurrence, event_order
from .exchange import Facilitator, Need
from .instants import days_since
from .names import slug
from .relay import claim_of, relays_of
from .stage import Stage, over, owed, stage, to_come
from .zones import zone

Key = Literal[
    "meetings",
    "months",
    "minutes",
    "days",
    "territories",
    "organisations",
    "facilitators",
    "replays",
    "replay-delay",
    "replays-awaited",
    "replays-late",
    "replay-wait",
    "sessions-taken",
    "sessions-open",
    "trips",
    "stops",
    "needs",
    "needs-answered",
    "needs-open",
    "answer-days",
    "cancelled",
    "postponed",
]
Subject = Literal[
    "meetings", "territories", "participants", "replays", "relay", "trips", "needs", "called-off"
]
Of = Literal["meetings", "needs", "facilitators"]
Thing = Event | Need | Facilitator

BLOCKS: Mapping[Subject, tuple[Key, ...]] = {
    "meetings": ("meetings", "months", "minutes", "days"),
    "territories": ("territories",),
    "participants": ("organisations", "facilitators"),
    "replays": ("replays", "replay-delay", "replays-awaited", "replays-late", "replay-wait"),
    "relay": ("sessions-taken", "sessions-open"),
    "trips": ("trips", "stops"),
    "needs": ("needs", "needs-answered", "needs-open", "answer-days"),
    "called-off": ("cancelled", "postponed"),
}
"""What is told together: all of it, where there is something of one."""

COUNTED: Mapping[Key, Of] = {
    "facilitators": "facilitators",
    **dict.fromkeys(BLOCKS["needs"], "needs"),
}
"""What a figure counts, where that is not meetings."""

STATES: frozenset[Key] = frozenset(BLOCKS["relay"])
"""How things stand at the instant of the report: not compared with another period."""

NIGHT = timedelta(hours=12)
"""Up to which length what ends on another day than it began has hours: longer, it has nights."""

T = TypeVar("T", bound=Thing)


# Periods


@dataclass(frozen=True, order=True)
class Period:
    """Days, the first and the last included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def year(self) -> int | None:
        """The year of which it is the whole, or the beginning; None for any other period."""
        begins = (self.first.month, self.first.day) == (1, 1)
        return self.first.year if begins and self.last.year == self.first.year else None

    @property
    def before(self) -> Period:
        """What it is compared with.

        What begins with a year: the same days of the year before. Whole months: as many months
        before. Any other: as many days before.
        """
        if self.year is not None:
            return Period(_in_year(self.first, self.year - 1), _in_year(self.last, self.year - 1))
        last = self.first - timedelta(days=1)
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            return Period(_months_before(self.first, _month(self.last) - _month(last)), last)
        return Period(last - (self.last - self.first), last)


def year_to(year: int, today: date) -> Period:
    """A year, or as much of it as is there."""
    return Period(date(year, 1, 1), min(date(year, 12, 31), today))


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _months_before(first: date, months: int) -> date:
    year, month = divmod(_month(first) - months, 12)
    return date(year, month + 1, 1)


# What is said of it


@dataclass(frozen=True)
class Tally:
    """A number, and what it counts.

    Attributes:
        value: None where there is nothing to reckon it from.
    """

    value: float | None
    counts: tuple[Thing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a figure is made of: a collection, a territory, an organisation or a month.

    Attributes:
        id: of a month, ``2026-03``.
        name: as its source has it; "" for a month.
        before: None where it is not compared.
    """

    id: str
    name: str
    now: Tally
    before: Tally | None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of the report.

    Attributes:
        before: in the period before; None where it is not compared.
    """

    key: Key
    now: Tally
    before: Tally | None
    parts: tuple[Part, ...]

    @property
    def of(self) -> Of:
        """What it counts."""
        return COUNTED.get(self.key, "meetings")


@dataclass(frozen=True)
class Block:
    """Figures that are told together."""

    subject: Subject
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """What was done in a period.

    Attributes:
        before: the period that it is compared with.
        now: the instant at which it was drawn up, aware.
        blocks: those of which there is something.
        undated: meetings that took place on a day that is not public: they are in no period.
        delays: for how many days delivered replays were awaited, by UID, where history knows it.
    """

    period: Period
    before: Period
    now: datetime
    blocks: tuple[Block, ...]
    undated: tuple[Event, ...]
    delays: Mapping[str, int]

    @property
    def figures(self) -> Iterator[Figure]:
        for block in self.blocks:
            yield from block.figures

    def figure(self, key: Key) -> Figure | None:
        """A figure; None where there is nothing of its block."""
        return next((one for one in self.figures if one.key == key), None)

    @property
    def held(self) -> tuple[Event, ...]:
        """The meetings that were held, in their order."""
        figure = self.figure("meetings")
        found = figure.now.counts if figure else ()
        return tuple(one for one in found if isinstance(one, Event))

    def counted(self, sort: type[T]) -> tuple[T, ...]:
        """All that any figure of the period, or of the one before, counts; each once."""
        tallies = (one for figure in self.figures for one in (figure.now, figure.before) if one)
        found = (thing for tally in tallies for thing in tally.counts)
        return tuple({id(one): one for one in found if isinstance(one, sort)}.values())

    @property
    def meetings(self) -> tuple[Event, ...]:
        """All of these that are meetings, in their order."""
        return tuple(sorted(self.counted(Event), key=event_order))


# Reckoning


class Reckoner:
    """What a community did, as it is known at an aware instant: each period is reckoned once."""

    def __init__(
        self,
        community: Community,
        now: datetime,
        came_out: Mapping[str, int] | None = None,
    ) -> None:
        """Reckon nothing yet.

        Args:
            came_out: when replays came out, in Unix seconds by UID, where history knows it.
        """
        self.community, self.now = community, now
        self._came_out = came_out or {}
        self._reckoned: dict[Period, dict[Key, _Reckoned]] = {}
        self._reports: dict[Period, Report] = {}
        self._known = _Known(community, now)

    def report(self, period: Period) -> Report:
        """What was done in a period."""
        if period not in self._reports:
            self._reports[period] = self._drawn_up(period)
        return self._reports[period]

    def _drawn_up(self, period: Period) -> Report:
        before = period.before
        reckoned, earlier = self._in(period), self._in(before)
        blocks = []
        for subject, keys in BLOCKS.items():
            figures = tuple(
                _figure(key, reckoned[key], earlier[key], self._names(key)) for key in keys
            )
            found = [tally for figure in figures for tally in (figure.now, figure.before) if tally]
            if any(tally.value for tally in found):
                blocks.append(Block(subject, figures))
        return Report(
            period=period,
            before=before,
            now=self.now,
            blocks=tuple(blocks),
            undated=self._undated,
            delays=self._delays,
        )

    def _in(self, period: Period) -> Mapping[Key, _Reckoned]:
        if period not in self._reckoned:
            within = _Within(self.community, period, self.now, self._delays, self._known)
            self._reckoned[period] = dict(within.tallies())
        return self._reckoned[period]

    def _names(self, key: Key) -> Mapping[str, str] | None:
        """By id: what the parts of a figure are called, in their order; None where it has none."""
        community = self.community
        if key in ("meetings", "minutes", "days"):
            return {one.id: one.name for one in community.settings.collections}
        if key == "territories":
            return {one.id: one.name for one in community.territories.values()}
        return self._bodies if key == "organisations" else None

    @cached_property
    def _bodies(self) -> Mapping[str, str]:
        named = (one for event in self.community.events for one in event.bodies)
        every = (*self.community.organisations.values(), *named)
        return {one.id: one.name for one in every}

    @cached_property
    def _undated(self) -> tuple[Event, ...]:
        held = (event for event in self.community.events if _is_public(event))
        return tuple(event for event in held if event.record.undated == "past")

    @cached_property
    def _delays(self) -> Mapping[str, int]:
        return _delays(self.community, self._came_out)


def report(
    community: Community,
    period: Period,
    now: datetime,
    came_out: Mapping[str, int] | None = None,
) -> Report:
    """What a community did in one period; of several, ask a `Reckoner`."""
    return Reckoner(community, now, came_out).report(period)


def _delays(community: Community, came_out: Mapping[str, int]) -> Mapping[str, int]:
    """Whole days between the end of a meeting and its replay, by UID."""
    return {
        event.uid: int(came_out[event.uid] - event.last.ends.timestamp()) // 86_400
        for event in community.held
        if event.uid in came_out and event.last is not None
    }


def today_of(community: Community, now: datetime) -> date:
    """The day of an aware instant where the community is."""
    return now.astimezone(zone(community.settings.timezone)).date()


def years(community: Community, now: datetime) -> tuple[int, ...]:
    """The years in which something was done, the latest first."""
    ever = _Within(community, Period(date.min, date.max), now)
    soon = ever.today + timedelta(days=1)  # somewhere, it is that day already
    found: set[int] = set()
    every = (event for one in community.events for event in one.dates or (one,))
    for event in every:
        # Of a year, one meeting that was held is enough: there are thousands.
        times = event.occurrences
        if not times or times[0].first.year in found:
            continue
        if times[0].first <= soon and _is_public(event) and ever.is_held(event):
            found.add(times[0].first.year)
    found |= {day.year for need in ever.needs for day in ever.days_of(need)}
    return tuple(sorted(found, reverse=True))


def usual(community: Community, now: datetime) -> Period:
    """The period of a report that asks for none: the latest year in which something was done."""
    today = today_of(community, now)
    return year_to(next(iter(years(community, now)), today.year), today)


def minutes(event: Event) -> int | None:
    """How long a meeting takes; None for whole days, and for what has nights."""
    times = event.occurrences
    if not times or not all(map(_has_hours, times)):
        return None
    return sum((one.ends - one.begins for one in times), timedelta()) // _MINUTE


_MINUTE = timedelta(minutes=1)


def days(event: Event) -> int:
    """How many days a meeting takes, as its calendar has them."""
    return sum((one.last - one.first).days + 1 for one in event.occurrences)


def _has_hours(one: Occurrence) -> bool:
    return not one.all_day and (one.first == one.last or one.ends - one.begins <= NIGHT)


def waited(event: Event, now: datetime) -> int:
    """For how many days the replay of what is over has been awaited."""
    return days_since(event.last.ends, now) if event.last else 0


def _is_taken(session: Event, last: date) -> bool:
    """Whether somebody had taken a session over by a day: who hosts it by itself took nothing."""
    claim = claim_of(session)
    return claim is not None and claim.on <= last


def _is_public(event: Event) -> bool:
    return not event.record.draft and not event.deleted


_OVER = frozenset({Stage.REPLAY, Stage.REPLAY_DUE, Stage.PAST})

_Reckoned = tuple[Tally, Mapping[str, Tally]]
"""A tally, and those of its parts, by their ids."""


class _Known:
    """What periods that overlap ask of the same meetings."""

    def __init__(self, community: Community, now: datetime) -> None:
        self._community, self._now = community, now
        self._stages: dict[str, Stage] = {}
        self._over: dict[int, Stage] = {}

    def begun(self, period: Period) -> Iterator[Event]:
        """What is public and begins in a period: by years, and within each in their order."""
        years = (year for year in self._begun if period.first.year <= year <= period.last.year)
        its = (one for year in sorted(years) for one in self._begun[year])
        return (one for day, one in its if period.first <= day <= period.last)

    @cached_property
    def _begun(self) -> Mapping[int, Sequence[tuple[date, Event]]]:
        """What is public, with the day on which it begins, by years."""
        found: dict[int, list[tuple[date, Event]]] = {}
        for one in self._community.held:
            if one.occurrences and _is_public(one):
                day = one.occurrences[0].first
                found.setdefault(day.year, []).append((day, one))
        return found

    def stage(self, event: Event) -> Stage:
        """Where it stands, which several figures ask."""
        if event.uid not in self._stages:
            self._stages[event.uid] = stage(event, self._now, self._after)
        return self._stages[event.uid]

    def _after(self, event: Event) -> Stage:
        """Where it stands once it is over, which dates of a series share."""
        said = id(event.usual)  # the community has it
        if said not in self._over:
            self._over[said] = over(event)
        return self._over[said]


class _Within:
    """What happened in a period."""

    def __init__(
        self,
        community: Community,
        period: Period,
        now: datetime,
        delays: Mapping[str, int] | None = None,
        known: _Known | None = None,
    ) -> None:
        self.community, self.period, self.now = community, period, now
        self.delays = delays or {}
        self.today = today_of(community, now)
        self._known = known or _Known(community, now)

    def _begins(self, event: Event) -> bool:
        return event.first is not None and event.first.first in self.period

    @cached_property
    def events(self) -> Sequence[Event]:
        """What is public and begins in the period, held or not."""
        return [*self._known.begun(self.period)]

    @cached_property
    def held(self) -> Sequence[Event]:
        """Meetings that took place: nobody ran a session that still looks for somebody."""
        return [one for one in self.events if self.is_held(one)]

    def is_held(self, event: Event) -> bool:
        return self._known.stage(event) in _OVER and not event.open_to_hosts

    @property
    def needs(self) -> Iterable[Need]:
        exchange = self.community.exchange
        return sorted(exchange.needs.values(), key=lambda one: one.id) if exchange else ()

    def _is_in(self, day: date | None) -> bool:
        return day is not None and day in self.period and day <= self.today

    def days_of(self, need: Need) -> Iterator[date]:
        """On which something became of a need, within the period."""
        record = need.record
        answered = record.answered if record.state == "answered" else None
        since = record.contact.since if record.contact else None
        yield from (day for day in (record.opened, since, answered) if day and self._is_in(day))

    def tallies(self) -> Iterator[tuple[Key, _Reckoned]]:
        """Every figure."""
        yield from self._of_meetings()
        yield from self._of_replays()
        yield from self._of_relay()
        yield from self._of_needs()
        for status in ("cancelled", "postponed"):
            yield status, _number(e for e in self.events if e.record.status == status)

    def _of_meetings(self) -> Iterator[tuple[Key, _Reckoned]]:
        held = self.held
        long = {event.uid: minutes(event) for event in held}
        timed = [event for event in held if long[event.uid] is not None]
        whole = [event for event in held if long[event.uid] is None]
        yield "meetings", _by(held, lambda event: [event.collection.id], len(held))
        months = _by(held, lambda event: [event.occurrences[0].first.isoformat()[:7]])
        yield "months", months
        yield "minutes", _sum(timed, lambda event: long[event.uid] or 0)
        yield "days", _sum(whole, days)
        yield "territories", _by(held, lambda event: [one.id for one in event.territories])
        yield "organisations", _by(held, lambda event: [one.id for one in event.bodies])
        trips = [event for event in held if event.kind.has_stops]
        yield "trips", _number(trips)
        stops = [event for event in trips if event.stops]
        yield "stops", _alone(sum(len(event.stops) for event in stops), stops)

    def _of_replays(self) -> Iterator[tuple[Key, _Reckoned]]:
        late = owed(self.held, self.now)
        stages = [(one, self._known.stage(one)) for one in self.held]
        due = [one for one, at in stages if at is Stage.REPLAY_DUE and one not in late]
        delivered = [one for one, at in stages if at is Stage.REPLAY]
        yield "replays", _number(delivered)
        known = [e for e in delivered if e.uid in self.delays]
        yield "replay-delay", _median(known, lambda event: self.delays[event.uid])
        yield "replays-awaited", _number(due)
        yield "replays-late", _number(late)
        yield "replay-wait", _median(late, lambda event: waited(event, self.now))

    def _of_relay(self) -> Iterator[tuple[Key, _Reckoned]]:
        """The sessions of the period; where it reaches today, those that are to come too."""
        relays, last = relays_of(self.community), min(self.period.last, self.today)
        found = [
            event
            for event in (self.community.held if relays else ())
            if event.course is not None
            and _is_public(event)
            and event.course.address in relays
            and event.record.status != "cancelled"
            and (self._begins(event) or (self.today in self.period and to_come(event, self.now)))
        ]
        yield "sessions-taken", _number(event for event in found if _is_taken(event, last))
        yield "sessions-open", _number(event for event in found if event.open_to_hosts)

    def _of_needs(self) -> Iterator[tuple[Key, _Reckoned]]:
        opened = [one for one in self.needs if self._is_in(one.record.opened)]
        answered = [
            one
            for one in self.needs
            if one.record.state == "answered" and self._is_in(one.record.answered)
        ]
        waiting = [one for one in opened if one.record.state == "open"]
        yield "needs", _number(opened)
        yield "needs-answered", _number(answered)
        yield "needs-open", _number(waiting)
        yield "answer-days", _median(answered, _took)
        helped = {
            one.id: one
            for need in self.needs
            if need in answered or (need.record.contact and self._is_in(need.record.contact.since))
            for one in need.contact
        }
        yield "facilitators", _number(helped[id] for id in sorted(helped))


def _took(need: Need) -> int:
    answered = need.record.answered
    return (answered - need.record.opened).days if answered else 0


def _alone(value: float | None, counts: Iterable[Thing]) -> _Reckoned:
    return Tally(value, tuple(counts)), {}


def _number(counts: Iterable[Thing]) -> _Reckoned:
    found = tuple(counts)
    return _alone(len(found), found)


def _median(things: Sequence[T], measure: Callable[[T], int]) -> _Reckoned:
    middle = median(map(measure, things)) if things else None
    whole = int(middle) if middle is not None and middle == int(middle) else middle
    return _alone(whole, things)


def _by(
    events: Sequence[Event], parts: Callable[[Event], Sequence[str]], value: int | None = None
) -> _Reckoned:
    """Meetings by what they belong to; the number of these parts, unless another value is said."""
    found: dict[str, list[Event]] = defaultdict(list)
    named = []
    for event in events:
        its = parts(event)
        if its:
            named.append(event)
        for id in its:
            found[id].append(event)
    tallies = {id: Tally(len(held), tuple(held)) for id, held in found.items()}
    return Tally(len(tallies) if value is None else value, tuple(named)), tallies


def _sum(events: Sequence[Event], measure: Callable[[Event], int]) -> _Reckoned:
    """What meetings add up to, and by collection."""
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.collection.id, []).append(event)
    parts = {id: Tally(sum(map(measure, held)), tuple(held)) for id, held in found.items()}
    return Tally(sum(map(measure, events)), tuple(events)), parts


def _figure(
    key: Key, reckoned: _Reckoned, earlier: _Reckoned, names: Mapping[str, str] | None
) -> Figure:
    (now, parts), (before, parts_before) = reckoned, earlier
    if names is None:  # months have no like in another period
        found = [Part(id=id, name="", now=parts[id], before=None) for id in sorted(parts)]
    else:
        none = Tally(0)
        found = [
            Part(id=id, name=name, now=parts.get(id, none), before=parts_before.get(id, none))
            for id, name in names.items()
            if id in parts or id in parts_before
        ]
    if key in ("territories", "organisations"):
        found.sort(key=lambda one: (-(one.now.value or 0), slug(one.name), one.id))
    compared = None if key in STATES else before
    return Figure(key=key, now=now, before=compared, parts=tuple(found))
