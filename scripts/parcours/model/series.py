"""A meeting that is held again and again: its dates, and what each of them says for itself.

A series is one file, one page and one entry of calendars. Its rule gives dates; `except:` takes
some away, `also:` adds some, `later:` changes those from a day on, and `dates:` single ones. What
is changed is merged into one record for each date, so that whatever reads a record reads a date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from ..problems import N_, Mend
from .community import DateOf, Event, Occurrence, Part, lasting
from .kinds import Kind
from .recurrence import MOST_DATES, Rule, Share
from .repeats import YearDay, meant_by, moved_to
from .schema import (
    EITHER,
    ELSEWHERE,
    OFF,
    DateRecord,
    EventRecord,
    LaterRecord,
    RepeatRecord,
    SeriesRecord,
    from_day,
    left_out,
)
from .times import Fault, Faulty, is_jumped, occurrence, repeated
from .values import DAY_FIRST, PAST, DateStyle, End, Moment, ValueRefused, parse_moment

Origin = tuple[str | int, ...]
"""The keys below which a value stands in its source."""

_OF_THE_WHOLE = frozenset({"repeat", "from", "start"})
"""Keys of what differs that are no words of the date itself, or are read apart."""

_PAGED = frozenset(
    {"title", "replay", "description", "image", "links", "url", "programme", "deadlines"}
    | {"summary", "speakers", "hosts", "organisers", "online", "price", "seats"}
)
"""What gives a date a page of its own, once it is said of it: its row has no room for that."""

_REGISTERING = frozenset({"url", "deadline"})
"""The same of how one registers; whether one still can stands in its row."""

NEAR = timedelta(days=400)
"""How much is drawn of a rule without an end that begins, or changes, after all that is drawn."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """The dates of a series to which one rule gives one hour: all, or those of a `later:`.

    Attributes:
        origin: where it stands; empty for the series itself.
        rule: by which its dates follow *first*; None for a series that is a list of dates.
        first: the first date of the rule, left out or not.
        last: the last one; None for a rule without an end.
        record: what its dates say.
        origins: keys of that which stand below others.
    """

    origin: Origin
    rule: Rule | None
    first: Moment
    last: Moment | None
    record: SeriesRecord
    origins: Mapping[str, Origin] = field(default_factory=dict)


class Slot(NamedTuple):
    """A date of a series.

    Attributes:
        key: stands in its address for ever: its day by the rule, with its hour where the rule has
            several that day, or `also:` adds one to it.
        original: local moment at which the rule, or `also:`, has it (RECURRENCE-ID).
        start: local moment at which it begins.
        segment: the number of its segment.
        added: whether `also:` gives it.
        record: what it says; that of its segment where nothing is another.
        origins: keys of that which stand below others.
        own: where what is said of it alone stands; None for nothing.
    """

    key: str
    original: Moment
    start: Moment
    segment: int
    added: bool
    record: SeriesRecord
    origins: Mapping[str, Origin]
    own: Origin | None = None

    @property
    def is_given(self) -> bool:
        """Whether its rule alone says when it is held, and nobody wrote it."""
        return not self.added and self.start == self.original and not self.says("start")

    @property
    def shift(self) -> timedelta:
        """How far it is held from where its series has it, by what clocks show."""
        return self.start.naive - self.original.naive

    def says(self, key: str) -> bool:
        """Whether a key is said of it alone."""
        own = self.own or ()
        return bool(own) and self.origins.get(key, ())[: len(own)] == own

    def when(self, first: Occurrence) -> Occurrence:
        """Its time, if it lasts as long as the first date of its series.

        Raises:
            Faulty: its hour was written, and does not exist.
        """
        return repeated(first, self.start, is_given=self.is_given)

    @property
    def name(self) -> str:
        """What names it below `dates:`."""
        day = str(self.original.day)
        return day if self.key == day else f'"{self.original}"'


@dataclass(frozen=True, kw_only=True)
class Unrolled:
    """The dates of a series, and what is wrong with what it says of them.

    Attributes:
        slots: in the order of their originals.
        excluded: by segment, the originals that are left out.
    """

    segments: tuple[Segment, ...] = ()
    slots: tuple[Slot, ...] = ()
    excluded: Mapping[int, tuple[Moment, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def is_series(record: EventRecord) -> bool:
    """Whether a source tells of several dates."""
    return isinstance(record, SeriesRecord) and bool(record.repeat or record.also)


def idle_keys(record: EventRecord) -> Iterator[Fault]:
    """What is said of the dates of what has one."""
    if isinstance(record, SeriesRecord) and not is_series(record):
        said = (("except", left_out(record)), ("dates", record.dates), ("later", record.later))
        for key, value in said:
            if value:
                missing = (("repeat",), ("also",))
                yield Fault("no-series", (key,), {"field": key}, without=missing)


def unroll(record: SeriesRecord, last: date, style: DateStyle = DAY_FIRST) -> Unrolled:
    """The dates of a series that has a beginning.

    Args:
        last: the day up to which what has no end is drawn.
        style: how the keys of `dates:` are read.
    """
    return _Unrolling(record, last, style).done()


def said_days(record: SeriesRecord, style: DateStyle) -> Iterator[tuple[Origin, date]]:
    """The days that a series names one by one, each with where it stands."""
    keys = [parse_moment(key, style=style).day for key in record.dates]
    yield from ((("also", n), one.day) for n, one in enumerate(record.also))
    yield from ((("except", n), one.day) for n, one in enumerate(left_out(record)))
    yield from ((("dates", key), day) for key, day in zip(record.dates, keys, strict=True))
    yield from ((("later", n, "from"), from_day(one)) for n, one in enumerate(record.later))


def early_recordings(unrolled: Unrolled, first: Occurrence, now: datetime) -> Iterator[Fault]:
    """Recordings that a series gives to all its dates, those to come too.

    Of what has not begun, that is told of its first date; what is over may have one for all.

    Args:
        first: the time of its first date.
    """
    held: dict[Origin, Slot] = {}
    told: set[Origin] = set()
    recorded = (one for one in unrolled.slots if any(_recordings(one)))
    for slot in sorted(recorded, key=lambda one: one.start.naive):
        its = [one for one in _recordings(slot) if one not in told]
        if not its or slot.record.status in OFF:
            continue
        try:
            when = slot.when(first)
        except Faulty:
            continue  # that is told
        if when.begins <= now:
            held.update(dict.fromkeys(its, slot))
            continue
        for where in its:
            if (last := held.get(where)) is not None:
                told.add(where)
                key = "replay" if where[-1] == "replay" else "programme"
                better = f"dates: {{{last.name}: {{{key}: …}}}}"
                mend = Mend(OF_ONE_DATE, {"better": better})
                yield Fault("replay-of-future", where, {"date": when.first}, mend=mend)


def _recordings(slot: Slot) -> Iterator[Origin]:
    """Where what is recorded of a date is said, if not of it alone."""
    replay = slot.origins.get("replay", ("replay",))
    if slot.record.replay is not None and replay[0] != "dates":
        yield replay
    programme = slot.origins.get("programme", ("programme",))
    for index, item in enumerate(slot.record.programme if programme[0] != "dates" else ()):
        if item.video:
            yield (*programme, index, "video")


OF_ONE_DATE = N_("what stands here is said of all dates: say it of its own one, as « {better} »")


def gives_page(said: Collection[str], registration: Collection[str]) -> bool:
    """Whether a date has a page of its own, by the keys said of it, and of registering for it."""
    return not (_PAGED.isdisjoint(said) and _REGISTERING.isdisjoint(registration))


def _is_paged(said: EventRecord) -> bool:
    registration = said.registration
    return gives_page(said.model_fields_set, registration.model_fields_set if registration else ())


def paged_keys(record: EventRecord, last: date) -> Iterator[str]:
    """The dates of a series that have a page of their own, as their addresses name them.

    Args:
        last: as of `unroll`.
    """
    if not isinstance(record, SeriesRecord) or not is_series(record) or record.start is None:
        return
    if not any(map(_is_paged, record.dates.values())):
        return
    for slot in unroll(record, last, PAST).slots:
        said = record.dates.get(str(slot.own[-1])) if slot.own else None
        if said is not None and _is_paged(said):
            yield slot.key


def part_of(event: Event, number: int, unrolled: Unrolled) -> Part | None:
    """What a segment is in calendars; None for one that has lost its dates.

    Args:
        event: what its dates say, at any of them.

    Raises:
        Faulty: its first hour does not exist.
    """
    segment = unrolled.segments[number]
    its = [slot for slot in unrolled.slots if slot.segment == number]
    if not its:
        return None
    ruled = [slot.original for slot in its if not slot.added]
    added = [slot.original for slot in its if slot.added]
    # It begins with the first date that is held: some programs show one that is left out.
    first = ruled[0] if ruled else added[0]
    has_rule = bool(ruled) and segment.rule is not None and segment.last != first
    left = unrolled.excluded.get(number, ()) if has_rule else ()
    early = sum(one.naive < first.naive for one in left)
    part = Part(
        event=replace(event, occurrences=(repeated(event.occurrences[0], first),)),
        # Its days are written out: some programs take those of the beginning for others.
        rule=segment.rule.anchored(first).after(early) if segment.rule and has_rule else None,
        last=segment.last,
        excluded=tuple(one for one in left if one.naive > first.naive),
        added=tuple(one for one in added if one.naive > first.naive),
    )
    return replace(part, shares=dict(_shares(part, first)))


def place_of(segment: int, parts: Sequence[Part | None]) -> int:
    """The number of what a segment is in calendars: those without dates are none."""
    return segment - parts[:segment].count(None)


def is_moved(one: Event) -> bool:
    """Whether a date is held at another time than its series has it."""
    (held,), date = one.occurrences, one.date
    assert date is not None  # it is a date of a series
    if not date.apart:
        return False  # as most: nothing is said of it
    if held.start is None or date.original.at is None:
        return held.start is not None or held.first != date.original.day
    return held.start != date.due


def is_shifted(one: Event) -> bool:
    """Whether clocks skip the hour at which the rule of its series has a date, so that it is held
    when they show a later one."""
    date = one.date
    return date is not None and is_jumped(date.original, date.zone)


def called_off(series: Event) -> Iterator[Event]:
    """The dates of its rules that a series leaves out, as if each were called off by itself.

    No page and no calendar has them: who was told of one is told that it is not held.
    """
    off = series.record.model_copy(update={"status": "cancelled"})
    for number, original, key in _left_out(series):
        whole = series.parts[number].event
        date = DateOf(
            series=series.uid,
            key=key,
            original=original,
            zone=whole.zone,
            part=number,
            left_out=True,
        )
        when = repeated(whole.occurrences[0], original, is_given=True)
        uid = f"{key}.{series.uid}"
        event = whole.dated(when, date, uid=uid, plan=whole.plan, body=whole.body)
        yield replace(event, record=off)


def called_off_uids(series: Event) -> Iterator[str]:
    """The UIDs of `called_off`."""
    return (f"{key}.{series.uid}" for _, _, key in _left_out(series))


def _left_out(series: Event) -> Iterator[tuple[int, Moment, str]]:
    """The number of the part, the moment and the key of each date that a series leaves out."""
    for number, part in enumerate(series.parts):
        has_hours = part.rule is not None and len(part.rule.hours) > 1
        for original in part.excluded:
            yield number, original, _key(original, has_hours)


def _shares(part: Part, first: Moment) -> Iterator[tuple[Share, Part]]:
    """What stands for a part in calendars; nothing where it does itself."""
    rule, event = part.rule, part.event
    if rule is None or len(rule.shares) == 1:
        return
    for number, (alone, begins) in enumerate(rule.shared(first, part.last, part.excluded)):
        share = rule.share(begins)
        month, at = share
        names = [f"month-{month}."] if month is not None else []
        names += [f"at-{at:%H%M}."] if at is not None else []
        uid = f"{''.join(names)}{event.uid}" if number else event.uid
        yield (
            share,
            Part(
                event=replace(
                    event, uid=uid, occurrences=(repeated(event.occurrences[0], begins),)
                ),
                rule=alone,
                last=part.last,
                excluded=tuple(
                    one
                    for one in part.excluded
                    if rule.share(one) == share and one.naive > begins.naive
                ),
                added=() if number else part.added,
            ),
        )


def part_uid(segment: Segment, uid: str) -> str:
    """The UID of a segment: what holds from a day on has its own, and leaves the past as it was."""
    return f"from-{segment.first.day}.{uid}" if segment.origin else uid


def times_of(
    record: EventRecord, kind: Kind, usual: timedelta, zone_name: str, last: date
) -> Occurrence | None:
    """The time of a meeting: of a series, from the beginning of its first date to the end of its
    last one; None for what has no date.

    Args:
        usual: length of an event that has a time, and no end nor duration.
        last: the day up to which what has no end is drawn.

    Raises:
        Faulty: the times contradict each other or do not exist.
    """
    first = occurrence(record, kind, usual, zone_name)
    if first is None or not isinstance(record, SeriesRecord) or not is_series(record):
        return first
    unrolled = unroll(record, last)
    error = next((one for one in unrolled.faults if one.severity == "error"), None)
    if error is not None or not unrolled.slots:
        raise Faulty(error.code if error else "series-never", "repeat")
    ends = [slot.when(first) for slot in unrolled.slots]
    return lasting(min(ends, key=lambda one: one.begins), max(ends, key=lambda one: one.ends))


_Found = tuple[datetime, bool, Moment, int]
"""A date of a series: its local moment, whether `also:` gives it, the same, and its segment."""


@dataclass(frozen=True)
class _Sentence:
    """What is said of how often, where it stands, and the numbers of the segments it is of."""

    repeat: RepeatRecord
    where: Origin
    segments: range


class _Unrolling:
    """What unrolling one series has found so far.

    Attributes:
        segments: in order; *hits*: the dates that the rule of each gives, left out or not;
            *away*: those that are left out, each with what does it.
    """

    def __init__(self, record: SeriesRecord, last: date, style: DateStyle) -> None:
        assert record.start is not None  # what has none is no series yet
        self.record = record
        self.start = record.start
        self.style = style
        # What is said of a date is drawn, however far it lies.
        said = (parse_moment(key, style=style).day for key in record.dates)
        left = (one.day for one in left_out(record))
        self.asked, self.last = last, max((last, *said, *left))
        self.faults: list[Fault] = []
        self.segments: list[Segment] = []
        self.hits: list[list[Moment]] = []
        self.away: dict[Moment, str] = {}

    def done(self) -> Unrolled:
        """Everything, in order; without slots where the rule itself is wrong."""
        self._part()
        if any(one.severity == "error" for one in self.faults):
            return Unrolled(faults=tuple(self.faults))
        left = self._left_out()
        found: list[_Found] = []
        for number, its in enumerate(self.hits):
            away = frozenset(left.get(number, ()))
            kept = [one for one in its if one not in away] if away else its
            found += [(one.naive, False, one, number) for one in kept]
        found += self._also()
        slots = self._dated(self._slots(found))
        self.faults.extend(_moved_far(slots))
        self.faults.extend(_at_once(slots))
        if not slots and not self.faults:
            self.faults.append(Fault("series-never", ("repeat",)))
        return Unrolled(
            segments=tuple(self.segments),
            slots=tuple(slots),
            excluded=left,
            faults=tuple(self.faults),
        )

    def _part(self) -> None:
        """The segments, the first of which begins as the series does."""
        record, repeat = self.record, self.record.repeat
        if repeat is None:
            alone = Segment(origin=(), rule=None, first=self.start, last=self.start, record=record)
            self.segments, self.hits = [alone], [[self.start]]
            return
        hits = self._drawn(repeat, self.start, ("repeat",))
        if hits is None:
            return
        if hits[:1] != [self.start]:
            self._off_start(repeat.rule)
            return
        self.hits = [hits]
        self.segments = [
            Segment(
                origin=(),
                rule=repeat.rule,
                first=hits[0],
                last=None if repeat.rule.is_endless else hits[-1],
                record=record,
            )
        ]
        for number, later in enumerate(record.later):
            self._later(later, ("later", number))

    def _later(self, later: LaterRecord, origin: Origin) -> None:
        """Part what was found so far on the day from which something is another."""
        day, before = from_day(later), self.segments[-1]
        if day <= before.first.day:
            params = {"date": day, "first": before.first.day}
            self.faults.append(Fault("later-order", (*origin, "from"), params))
            return
        start: End | None = later.start  # type: ignore[assignment] # no Moment, unlike a meeting's
        hours = later.repeat.at if later.repeat else ()
        at = start.at if start and start.at else hours[0] if hours else before.first.at
        kept = [one for one in self.hits[-1] if one.day < day]
        if later.repeat is not None:
            rule = later.repeat.rule
            begins = Moment(start.day if start and start.day else day, at)
            its = self._drawn(later.repeat, begins, (*origin, "repeat"))
            if its is None:
                return
        else:
            assert before.rule is not None  # without a rule, there is nothing to part
            rule = before.rule
            keeps = bool(rule.hours)
            its = [one if keeps else Moment(one.day, at) for one in self._from(before, day)]
        if not its:
            params = {"date": day, "last": kept[-1].day}
            self.faults.append(Fault("later-beyond", (*origin, "from"), params))
            return
        if start is not None and (fault := _unheard(start, day, rule, its[0], origin)):
            fault = replace(fault, mend=fault.mend if later.repeat is None else None)
            self.faults.append(fault)
            return
        if later.model_fields_set == {"from"}:
            return  # nothing is another: who reads the source tells that
        self.faults.extend(_lost_end(rule, day, self.hits[-1], before, origin))
        record, origins = _merged(before.record, before.origins, later, origin)
        self.hits[-1] = kept
        self.segments[-1] = replace(before, last=kept[-1])
        self.segments.append(
            Segment(
                origin=origin,
                rule=rule,
                first=its[0],
                last=None if rule.is_endless else its[-1],
                record=record,
                origins=origins,
            )
        )
        self.hits.append(its)

    def _from(self, before: Segment, day: date) -> Iterator[Moment]:
        """The dates of a rule from a day on, in step with those before it."""
        assert before.rule is not None
        # The first of them may lie beyond what is drawn of a rule without an end.
        last = max(self.last, day + NEAR) if before.last is None else before.last.day
        hits = takewhile(lambda one: one.day <= last, before.rule.hits(before.first))
        return (one for one in hits if one.day >= day)

    def _drawn(self, repeat: RepeatRecord, start: Moment, where: Origin) -> list[Moment] | None:
        """The dates of a rule; None where what it says is wrong, or they are too many."""
        rule = repeat.rule
        if rule.until is not None and rule.count is not None:
            self.faults.append(Fault("until-and-count", (*where, "count")))
            return None
        if rule.until is not None and rule.until < start.day:
            params = {"until": rule.until, "start": start.day}
            self.faults.append(Fault("until-before-start", (*where, "until"), params))
            return None
        # Of what begins later than all that is drawn, the first dates are.
        last = max(self.last, start.day + NEAR) if rule.is_endless else date.max
        found = rule.until_day(start, last)
        if len(found) > MOST_DATES and rule.is_endless:
            # A slip in a year leads as far: what is said so far off is told where it stands.
            found = rule.until_day(start, max(self.asked, start.day + NEAR))
        if len(found) > MOST_DATES:
            self.faults.append(Fault("too-many-dates", where, {"limit": MOST_DATES}))
            return None
        return found

    def _off_start(self, rule: Rule) -> None:
        """A beginning that the rule does not hit, or a rule that hits nothing at all."""
        hit = next(iter(replace(rule, until=None, count=None).hits(self.start)), None)
        if hit in (None, self.start) or (rule.until is not None and hit.day > rule.until):
            self.faults.append(Fault("series-never", ("repeat",)))
        else:
            params = {"date": self.start, "better": hit}
            self.faults.append(Fault("start-off-rule", ("start",), params))

    def _left_out(self) -> dict[int, tuple[Moment, ...]]:
        """By segment, the dates of its rule that are left out."""
        found: dict[int, list[Moment]] = {}
        for index, day in enumerate(left_out(self.record)):
            hit = [(n, one) for n, held in enumerate(self.hits) for one in held if _is(one, day)]
            if not hit:
                known = (one for held in self.hits for one in held)
                self._off_series(day, ("except", index), known)
            for number, one in hit:
                found.setdefault(number, []).append(one)
                self.away[one] = f"except: {day}"
        for said in self._said():
            for away in said.repeat.left_out:
                meant = self._meant(away, said)
                for number in said.segments:
                    its = [one for one in self.hits[number] if one in meant]
                    found.setdefault(number, []).extend(its)
                    self.away.update(dict.fromkeys(its, f"repeat: … {away}"))
        return {n: tuple(sorted(set(its), key=lambda one: one.naive)) for n, its in found.items()}

    def _also(self) -> Iterator[_Found]:
        """The dates that no rule gives."""
        known = {one for its in self.hits for one in its}
        for index, said in enumerate(self.record.also):
            path: Origin = ("also", index)
            if said.at is not None and self.start.at is None:
                params = {"hours": f"also: {said}", "day": f"start: {self.start}"}
                better = {"better": f"start: {self.start} {said.at:%H:%M}"}
                self.faults.append(Fault("end-unlike-start", path, {**params, **better}))
                continue
            begun = [n for n, one in enumerate(self.segments) if one.first.day <= said.day]
            number = max(begun, default=0)
            moment = Moment(said.day, said.at or self.segments[number].first.at)
            if moment in known:
                self.faults.append(Fault("also-twice", path, {"date": moment}))
                continue
            known.add(moment)
            yield moment.naive, True, moment, number

    def _slots(self, found: list[_Found]) -> list[Slot]:
        """The dates in order, each with its key."""
        keyed = sorted(zip(found, self._keys(found), strict=True), key=lambda one: one[0][:2])
        return [
            Slot(
                key=key,
                original=one,
                start=one,
                segment=number,
                added=added,
                record=self.segments[number].record,
                origins=self.segments[number].origins,
            )
            for (_, added, one, number), key in keyed
        ]

    def _keys(self, found: Iterable[_Found]) -> Iterator[str]:
        """What names each date in its address, which stays when `also:` gives another of its day.

        A rule that has several on a day names each by its hour. What `also:` adds comes after what
        is there, in the order in which it is written: at the end, most of all.
        """
        ruled = Counter(one.day for its in self.hits for one in its)
        taken = set(ruled)
        for _, added, one, _ in found:
            if added:
                yield _key(one, one.day in taken)
                taken.add(one.day)
            else:
                yield _key(one, ruled[one.day] > 1)

    def _said(self) -> Iterator[_Sentence]:
        """What may be a sentence: that of the series is of all its dates, that of a `later:` of
        its own."""
        if self.record.repeat:
            yield _Sentence(self.record.repeat, ("repeat",), range(len(self.segments)))
        for n, later in enumerate(self.record.later):
            if later.repeat:
                yield _Sentence(later.repeat, ("later", n, "repeat"), range(n + 1, n + 2))

    def _meant(self, day: YearDay, said: _Sentence) -> list[Moment]:
        """The dates that a sentence means by a day of which it may not say the year."""
        known = [one for number in said.segments for one in self.hits[number]]
        is_endless = self.segments[said.segments[-1]].last is None
        try:
            return meant_by(day, known, is_endless=is_endless)
        except ValueRefused as error:
            self.faults.append(Fault(error.code, said.where, error.params))
            return []

    def _dated(self, slots: list[Slot]) -> list[Slot]:
        """The slots, with what is said of single ones."""
        found = list(slots)
        moves: dict[int, str] = {}
        told: dict[int, str] = {}  # by their numbers, the keys under which something is said
        for sentence in self._said():
            for day, instead in sentence.repeat.moved:
                self._moved(slots, found, moves, (day, instead), sentence)
        for key, said in self.record.dates.items():
            wanted = parse_moment(key, style=self.style)
            its = [n for n, one in enumerate(slots) if _is(one.original, wanted)]
            where: Origin = ("dates", key)
            if len(its) != 1:
                known = (one.original for one in slots)
                self._off_series(wanted, where, known, len(its))
                continue
            (n,) = its
            if n in moves and said.start is not None:
                self._against(f"{said.start}", moves[n], (*where, "start"))
            if n in told:
                params = {"field": "dates", "value": key, "every": told[n]}
                self.faults.append(Fault("repeat-against", where, params, mend=Mend(SAME_DATE)))
                continue
            told[n] = key
            found[n] = _apart(found[n], said, where)
        return found

    def _moved(
        self,
        slots: Sequence[Slot],
        found: list[Slot],
        moves: dict[int, str],
        move: tuple[YearDay, YearDay],
        sentence: _Sentence,
    ) -> None:
        """Put the dates that a sentence moves on another day.

        Args:
            moves: what was said of each that is moved, by its number.
        """
        day, instead = move
        said, meant = f"{day} → {instead}", self._meant(day, sentence)
        its = [
            n
            for n, slot in enumerate(slots)
            if slot.original in meant and slot.segment in sentence.segments
        ]
        if meant and not its:
            wanted = Moment(meant[0].day)
            self._off_series(wanted, sentence.where, (one.original for one in slots))
        for n in its:
            if n in moves:
                self._against(said, moves[n], sentence.where)
                return
            moves[n] = said
            found[n] = self._instead(slots[n], instead, sentence.where)

    def _against(self, said: str, before: str, where: Origin) -> None:
        """A date that is moved twice."""
        params = {"field": where[-1], "value": said, "every": before}
        self.faults.append(Fault("repeat-against", where, params, mend=Mend(KEEP_ONE)))

    def _instead(self, slot: Slot, day: YearDay, where: Origin) -> Slot:
        """A slot on another day, which a sentence says."""
        try:
            start = moved_to(slot.original, day)
        except ValueRefused as error:
            self.faults.append(Fault(error.code, where, error.params))
            return slot
        if start == slot.original:
            params = {"date": start}
            self.faults.append(Fault("also-twice", where, params, mend=Mend(TO_ANOTHER)))
        return slot._replace(start=start, origins={**slot.origins, "start": where}, own=where)

    def _off_series(self, said: Moment, where: Origin, known: Iterable[Moment], n: int = 0) -> None:
        """Something that is said of a day on which nothing is, or on which several are."""
        days = list(known)
        if n > 1:
            its = ", ".join(str(one) for one in days if one.day == said.day)
            self.faults.append(Fault("date-of-several", where, {"date": said, "known": its}))
            return
        near = min(days, key=lambda one: _unlike(one, said), default=None)
        better = near if near and said.at else near.day if near else ""
        left = next((what for one, what in self.away.items() if _is(one, said)), "")
        mend = Mend(IT_IS_LEFT_OUT, {"left": left}) if left else None
        params = {"date": said, "better": better}
        self.faults.append(Fault("date-off-series", where, params, mend=mend))


def _unlike(one: Moment, said: Moment) -> tuple[bool, timedelta, datetime]:
    """How unlike a date is to a day that is none: far off, the year of that day is a slip."""
    apart = abs(one.day - said.day)
    is_same = (one.day.month, one.day.day) == (said.day.month, said.day.day)
    return apart > HALF_A_YEAR and not is_same, apart, one.naive


HALF_A_YEAR = timedelta(days=183)


def _unheard(start: End, day: date, rule: Rule, first: Moment, origin: Origin) -> Fault | None:
    """What `start:` says from a day on that no date of the rule does, though it is the first one.

    Args:
        first: the first date from that day on.
    """
    where, mend = (*origin, "start"), Mend(ITS_OWN_REPEAT)
    if start.day is not None and (start.day < day or start.day != first.day):
        said = Moment(start.day, start.at)
        return Fault("start-off-rule", where, {"date": said, "better": first}, mend=mend)
    is_first = start.day is not None and start.at == first.at
    if rule.hours and start.at is not None and not is_first:
        hours = ", ".join(f"{at:%H:%M}" for at in rule.hours)
        params = {"field": "repeat", "value": hours, "start": f"{start.at:%H:%M}"}
        return Fault("repeat-hour", where, params, mend=mend)
    return None


def _lost_end(
    rule: Rule, day: date, hits: Sequence[Moment], before: Segment, origin: Origin
) -> Iterator[Fault]:
    """A rule without an end that takes the place of one that had one still to come: people mean the
    same end, and calendars would go on for ever."""
    if before.rule is None or before.last is None or not rule.is_endless or hits[-1].day < day:
        return
    params = {"date": day, "end": before.rule.until or hits[-1].day}
    yield Fault("later-endless", (*origin, "repeat"), params, "warning")


ITS_OWN_REPEAT = N_(
    "say here how often it is held from then on, as in « repeat: every Tuesday at 14:00 », "
    "and let « start: » go"
)


def _moved_far(slots: Iterable[Slot]) -> Iterator[Fault]:
    """Dates that were moved so far that a slip of the year is likelier, each with the near one."""
    for slot in slots:
        if slot.start is slot.original:
            continue
        before, day = slot.original.day, slot.start.day
        if abs(day - before) <= HALF_A_YEAR:
            continue
        alike = YearDay(day=day.day, month=day.month)
        years = range(max(before.year - 1, MINYEAR), min(before.year + 1, MAXYEAR) + 1)
        near = min(
            (found for year in years if (found := alike.in_year(year))),
            key=lambda one: abs(one - before),
            default=None,
        )
        is_slip = near is not None and abs(near - before) <= A_SEASON
        params = {"date": before, "start": day, "better": near or ""}
        where = slot.origins.get("start", ())
        yield Fault("far-move", where, params, "warning", mend=None if is_slip else Mend(THAT_FAR))


A_SEASON = timedelta(days=92)
THAT_FAR = N_(
    "check the day; if it is right, « status: cancelled » for this date, and the new one "
    "under « also: », says the same"
)


def _at_once(slots: Sequence[Slot]) -> Iterator[Fault]:
    """Dates that were moved to the very hour of another one that is held."""
    if all(one.start is one.original for one in slots):
        return  # as in nearly every series
    held: dict[Moment, list[Slot]] = {}
    for slot in slots:
        if slot.record.status not in OFF:
            held.setdefault(slot.start, []).append(slot)
    for its in held.values():
        moved = [one for one in its if one.start != one.original]
        for slot in moved[-1:] if len(its) > 1 else ():
            other = next(one for one in its if one is not slot)
            params = {"date": slot.original, "start": slot.start, "other": other.original}
            yield Fault("dates-at-once", slot.origins.get("start", ()), params, "warning")


def _is(one: Moment, said: Moment) -> bool:
    """Whether a date is meant by a day, or by a day and an hour."""
    return one.day == said.day and said.at in (None, one.at)


IT_IS_LEFT_OUT = N_("« {left} » leaves it out: delete it there, or what is said of it here")
KEEP_ONE = N_("keep one of the two")
SAME_DATE = N_("that is one date: put all that is said of it under one of the two")
TO_ANOTHER = N_("say to which other day, or to which other hour, it is moved")


def _key(original: Moment, several: bool) -> str:
    return f"{original.day}-{original.at:%H%M}" if several and original.at else str(original.day)


def _apart(slot: Slot, said: DateRecord, where: Origin) -> Slot:
    """A slot with what is said of it alone."""
    record, origins = _merged(slot.record, slot.origins, said, where)
    start: End | None = said.start  # type: ignore[assignment] # no Moment, unlike a meeting's
    original = slot.original
    if start is None:
        moved = slot.start  # a sentence may have moved it
    else:
        # To another day, another hour, or both.
        moved = Moment(start.day or original.day, start.at or original.at)
    return slot._replace(record=record, origins=origins, start=moved, own=where)


def _merged(
    record: SeriesRecord, origins: Mapping[str, Origin], said: DateRecord, where: Origin
) -> tuple[SeriesRecord, Mapping[str, Origin]]:
    """What holds where *said* says something else than *record*."""
    keys = said.model_fields_set - _OF_THE_WHOLE
    changed = {key: getattr(said, key) for key in sorted(keys)}
    if said.registration is not None:
        changed["registration"] = said.registration.over(record.registration)
    for alike in EITHER:
        if keys & alike:
            nothing = {key: type(record).model_fields[key].default for key in sorted(alike)}
            changed = {**nothing, **changed}
    for key, mode in ELSEWHERE.items():
        if said.mode == mode and key not in keys:
            changed[key] = type(record).model_fields[key].default
    where_said = {key: (*where, key) for key in said.model_fields_set}
    return record.model_copy(update=changed), {**origins, **where_said}
