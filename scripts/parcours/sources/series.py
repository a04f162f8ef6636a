"""The dates of a series, each as an event: what is said of one alone, resolved beside the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from ..model.community import DateOf, Event, Occurrence, Part, Plan, Text
from ..model.registration import closes_after
from ..model.rules import date_faults
from ..model.schema import OFF, EventRecord, SeriesRecord
from ..model.series import (
    Origin,
    Segment,
    Slot,
    Unrolled,
    early_recordings,
    gives_page,
    part_of,
    part_uid,
    place_of,
    said_days,
    unroll,
)
from ..model.times import Fault, Faulty, is_jumped
from ..model.values import DateStyle, Moment
from ..model.zones import as_held, same_time
from ..problems import N_, Mend, Problem, Problems
from .text import Source

Apart = Callable[[Source, EventRecord, Problems], Event]
"""Reads what is said of one date as if it were an event, and tells what is wrong in it."""


@dataclass(frozen=True, kw_only=True)
class Dates:
    """What reads the dates of one series.

    Attributes:
        event: the series, at its first date.
        apart: reads one date.
        tell: tells faults in the source.
        now: the instant of the build, aware.
    """

    event: Event
    source: Source
    apart: Apart
    tell: Callable[[Iterable[Fault]], None]
    problems: Problems
    now: datetime

    def done(self, last: date, style: DateStyle) -> Event:
        """The series with its dates; as it was where they are wrong.

        Args:
            last: the day up to which what has no end is drawn.
        """
        record, event = self.event.record, self.event
        assert isinstance(record, SeriesRecord)
        if not event.occurrences or self.source.document.is_unsure(("repeat",)):
            return event  # what is wrong with its first date, or its rule, is told
        idle = [*self._idle(record)]
        self.tell(idle)
        unrolled = unroll(record, last, style)
        self.tell(unrolled.faults)
        self.tell(self._far(record, style, {one.path for one in unrolled.faults}))
        if idle or any(one.severity == "error" for one in unrolled.faults):
            return event
        # Before what is told of each date: it says what to write.
        self.tell(early_recordings(unrolled, event.occurrences[0], self.now))
        self.tell(self._late_deadlines(unrolled))
        parts = self._parts(unrolled)
        self.tell(self._skipped(unrolled, parts))
        dates = tuple(
            found for slot in unrolled.slots if (found := self._date(slot, parts)) is not None
        )
        if not dates:
            return event
        begun = (part.event for part in parts if part is not None)
        apart = (one for one in dates if one.date and one.date.apart)
        ordered = sorted(dates, key=lambda one: (one.occurrences[0].begins, one.uid))
        return replace(
            event,
            occurrences=tuple(one.occurrences[0] for one in ordered),
            dates=tuple(ordered),
            parts=tuple(part for part in parts if part is not None),
            stamps=max(
                (one.stamps for one in (event, *begun, *apart)), key=lambda one: one.changed
            ),
        )

    def _far(self, record: SeriesRecord, style: DateStyle, told: set[Origin]) -> Iterator[Fault]:
        """Days so far off that a slip is likelier, of which nothing is told yet."""
        for path, day in said_days(record, style):
            for fault in date_faults(day, self.now, str(path[0])) if path not in told else ():
                yield replace(fault, path=path)

    def _idle(self, record: SeriesRecord) -> Iterator[Fault]:
        """Days from which on nothing is another; a key without a value is told by itself."""
        document = self.source.document
        for path in (("later", number) for number in range(len(record.later))):
            said = document.said(path)
            if isinstance(said, Mapping) and len(said) == 1 and not document.is_unsure(path):
                yield Fault("empty", path, mend=Mend(NOTHING_NEW))

    def _late_deadlines(self, unrolled: Unrolled) -> Iterator[Fault]:
        """Registering that closes once the last has begun of all dates that one registers for: who
        registers for a series may join those who have begun."""
        is_endless = unrolled.segments[-1].last is None
        last: dict[Origin, tuple[Moment, Slot]] = {}
        for slot in unrolled.slots:
            registration = slot.record.registration
            if registration is None or registration.deadline is None or slot.record.status in OFF:
                continue
            where = (*slot.origins.get("registration", ("registration",)), "deadline")
            if self.source.document.said(where) is None:
                where = ("registration", "deadline")  # its own registration says something else
            before = last.get(where)
            if before is None or before[1].start.naive < slot.start.naive:
                last[where] = registration.deadline, slot
        for where, (deadline, slot) in last.items():
            goes_on = is_endless and slot.own is None and slot.segment == len(unrolled.segments) - 1
            if not goes_on and closes_after(deadline, slot.start):
                yield Fault("deadline-after-start", where, {"deadline": deadline})

    def _skipped(self, unrolled: Unrolled, parts: Sequence[Part | None]) -> Iterator[Fault]:
        """The next date of each rule whose hour clocks skip, though nobody wrote it."""
        told = set[Origin]()
        for slot in unrolled.slots:
            segment, part = unrolled.segments[slot.segment], parts[slot.segment]
            if part is None or not is_jumped(slot.start, part.event.zone):
                continue
            where, name = _of_rule(segment), part.event.zone
            if where in told or slot.start == segment.first or not slot.is_given:
                continue  # the first date is written
            held = as_held(slot.start.naive, name)
            if held >= self.now:
                told.add(where)
                mend = Mend(AS_CALENDARS, {"hour": f"{held:%H:%M}", **_an_hour_later(slot).params})
                params = {"field": where[-1], "value": str(slot.start), "timezone": name}
                yield Fault("skipped-hour", where, params, "warning", mend=mend)

    def _parts(self, unrolled: Unrolled) -> list[Part | None]:
        """What each segment of the series is in calendars; None for one that has lost its dates."""
        return [
            self._part(segment, number, unrolled)
            for number, segment in enumerate(unrolled.segments)
        ]

    def _part(self, segment: Segment, number: int, unrolled: Unrolled) -> Part | None:
        try:
            begun = self._begun(segment)
            return part_of(begun, number, unrolled) if begun is not None else None
        except Faulty as error:
            self.tell([error.fault])
            return None

    def _begun(self, segment: Segment) -> Event | None:
        """What the dates of a segment say, at the first of its rule; None where that is wrong."""
        whole = self.event
        if not segment.origin:
            return whole
        found = self._read(segment.record, segment.first, segment.origins, segment.origin)
        if found is not None:
            self._tell_elsewhere(segment, found, whole)
        return found and replace(found, uid=part_uid(segment, whole.uid), body=whole.body)

    def _date(self, slot: Slot, parts: list[Part | None]) -> Event | None:
        part = parts[slot.segment]
        if part is None:
            return None  # that is told
        whole = part.event
        first = whole.occurrences[0]
        is_early = slot.added and slot.original.naive < _naive(first)
        if slot.own is None:
            when = self._at(slot, whole)
            if when is None:
                return None
            event, is_paged = whole, False
            plan = self._along(whole) if whole.plan.items else whole.plan
        else:
            read = self._read(slot.record, _held_at(slot, whole), slot.origins, slot=slot)
            if read is None:
                return None
            self._tell_elsewhere(slot, read, whole)
            event, when, plan = read, read.occurrences[0], read.plan
            own = self.source.document.said(slot.own)
            keys = own if isinstance(own, Mapping) else {}
            registration = keys.get("registration")
            is_paged = gives_page(keys, registration if isinstance(registration, Mapping) else ())
        date = DateOf(
            series=self.event.uid,
            key=slot.key,
            original=slot.original,
            zone=whole.zone,
            part=None if is_early else place_of(slot.segment, parts),
            apart=slot.own is not None,
            paged=is_paged,
        )
        uid = f"{slot.key}.{self.event.uid}"
        return event.dated(when, date, uid=uid, plan=plan, body=self._body(slot))

    def _along(self, whole: Event) -> Plan:
        """The programme of a date that says none, which moves along with it."""
        plan, first = whole.plan, whole.occurrences[0]
        if not plan.items or plan.since is not None or first.start is None:
            return plan
        return replace(plan, since=first.start.time())

    def _body(self, slot: Slot) -> Text:
        """What is written about a date: what is said of it alone, else what is of all."""
        if slot.own is None or "description" not in slot.origins:
            return self.event.body
        place = slot.origins["description"]
        line = self.source.document.mark(place).line
        said = slot.record.description or ""
        return Text(said, self.source.file, line, f"date-{slot.key}")

    def _read(
        self,
        record: SeriesRecord,
        start: Moment,
        origins: Mapping[str, Origin],
        origin: Origin = (),
        slot: Slot | None = None,
    ) -> Event | None:
        """What is said of one date, or of those from a day on, read as an event.

        Args:
            origin: where what is said from a day on stands, if it is that.
            slot: the date, if it is one.
        """
        if not {"end", "duration"} & origins.keys():
            record = record.model_copy(update={"duration": self._length(start), "end": None})
        record = record.model_copy(update={"start": start})
        own = (slot and slot.own) or origin
        its = {key for key, where in origins.items() if where[: len(own)] == own}
        if record.status in OFF and "replay" not in its:
            record = record.model_copy(update={"replay": None})  # that of the others
        told = Problems()
        event = self.apart(self._below(origins, slot), record, told)
        known = {(one.code, one.mark) for one in self.problems.sorted()}
        # How far off a day is that the rule gives is told where that day is said.
        new = [
            self._at_its_own(one, its, origins)
            for one in told.sorted()
            if (one.code, one.mark) not in known
            # A day that is far off the one it replaces has been told, with the near one.
            and (one.code != "far-date" or ("far-move", one.mark) not in known)
            and (one.code != "far-date" or one.params.get("field") != "start" or "start" in origins)
            and not _is_inherited(one.code, record, its)
        ]
        self.problems.extend(_for_date(one, slot, its) if slot else one for one in new)
        return event if event.occurrences else None

    def _at_its_own(
        self, problem: Problem, its: Set[str], origins: Mapping[str, Origin]
    ) -> Problem:
        """A problem that what is said here makes of what is said of all dates: it is told here."""
        whole, others = _MADE_WRONG.get(problem.code, ("", ()))
        against = next((one for one in others if one in its), None)
        if against is None or whole in its:
            return problem
        return replace(problem, mark=self.source.document.mark(origins[against]))

    def _below(self, origins: Mapping[str, Origin], slot: Slot | None) -> Source:
        """The source, in which what is said of a date is found where that stands."""
        document = self.source.document
        renamed = dict(document.renamed)
        renamed.update(((key,), origin) for key, origin in origins.items())
        if "start" not in origins and slot is not None and slot.added and slot.own:
            renamed[("start",)] = slot.own  # no rule gives its day
        elif "start" not in origins and "repeat" in origins:
            renamed[("start",)] = origins["repeat"]  # which gives its days
        for whole, others in _AGAINST.items():
            against = next((one for one in others if one in origins), None)
            if against is not None and whole not in origins:
                renamed[(whole,)] = origins[against]
        by_origin = {origin: key for key, origin in origins.items()}
        broken = {path for path in document.broken if not path or path[0] not in origins}
        for path in document.broken:
            for length in range(1, len(path) + 1):
                key = by_origin.get(path[:length])
                if key is not None:
                    broken.add((key, *path[length:]))
        # What its text is stands apart: a date that says none has that of the series.
        return replace(self.source, document=replace(document, renamed=renamed, broken=broken))

    def _length(self, start: Moment) -> timedelta | None:
        """How long a date lasts that does not say so; None for as long as is usual."""
        first = self.event.occurrences[0]
        if first.all_day != (start.at is None):
            return None
        if first.start is None or first.end is None:
            return first.last - first.first + timedelta(days=1)
        return first.ends - first.begins

    def _at(self, slot: Slot, event: Event) -> Occurrence | None:
        """The time at which a date is that says nothing of it itself."""
        first = event.occurrences[0]
        try:
            return slot.when(first)
        except Faulty as error:
            where = slot.origins.get("start", error.fault.path)
            self.tell([replace(error.fault, path=where, mend=_an_hour_later(slot))])
            return None

    def _tell_elsewhere(self, one: Slot | Segment, event: Event, whole: Event) -> None:
        """Dates at a place where clocks show another hour, without an hour of their own."""
        place = event.place
        said = next((one.origins[key] for key in ("place", "places") if key in one.origins), None)
        if isinstance(one, Slot):
            start, has_hour = one.start, "start" in one.origins
        else:
            start, own = one.first, one.origin
            its = (one.origins.get(key, ()) for key in ("start", "repeat"))
            has_hour = any(where[: len(own)] == own for where in its)
            said = said if said and said[: len(own)] == own else None
        if place is None or said is None or has_hour or start.at is None:
            return
        if not same_time(event.zone, whole.zone, start.naive):
            hour = f"start: {start.at:%H:%M}"
            params = {"place": place.name, "timezone": event.zone, "better": hour}
            self.tell([Fault("date-elsewhere", said, params)])


_AGAINST: Mapping[str, tuple[str, ...]] = {"mode": ("online", "place", "places", "status")}
"""Keys of the whole that what is said of a date may contradict: that is told at what it says."""

_MADE_WRONG: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "item-outside": ("programme", ("duration", "end", "start")),
}
"""Codes of what may be wrong of a key by others: the key, and those that make it so."""

_OF_WHAT_IS_HELD: Mapping[str, tuple[str, ...]] = {
    "replay-of-future": ("replay", "programme"),
    "replay-of-cancelled": ("replay", "programme"),
}
"""Codes of what makes no sense of a date that is called off, where it is said of all dates."""


def _is_inherited(code: str, record: EventRecord, its: Set[str]) -> bool:
    """Whether a problem is of what is said of all dates, and means nothing for this one.

    Args:
        its: the keys that it says itself.
    """
    if code == "useless-exception":
        return "exception" not in its  # others of the series need it
    return (
        record.status in OFF and code in _OF_WHAT_IS_HELD and its.isdisjoint(_OF_WHAT_IS_HELD[code])
    )


def _held_at(slot: Slot, whole: Event) -> Moment:
    """When a date begins, as clocks show it."""
    if slot.start.at is None or not slot.is_given:
        return slot.start
    held = as_held(slot.start.naive, whole.zone)
    return Moment(held.date(), held.time())


def _of_rule(segment: Segment) -> Origin:
    """Where that stands which gives a segment its dates, or their hour."""
    its = (segment.origins.get(key) for key in ("repeat", "start"))
    return next((one for one in its if one), ("repeat",))


NOTHING_NEW = N_("say below « from: » what is another from that day on, or delete this item")
AS_CALENDARS = N_(
    "it is held at {hour}, as calendars have it; to say so, or to say another hour, write "
    "« dates: {better} »"
)
AN_HOUR_LATER = N_("give this date its own hour: « dates: {better} »")
ITS_OWN_MODE = N_("that is the mode of the series: give this date its own, « dates: {better} »")


def _an_hour_later(slot: Slot) -> Mend:
    """How a date leaves an hour that does not exist, alone."""
    later = slot.start.naive + timedelta(hours=1)
    is_there = slot.start.day == slot.original.day
    hour = f'"{later:%H:%M}"' if is_there else f"{later:%Y-%m-%d %H:%M}"
    return Mend(AN_HOUR_LATER, {"better": f"{{{slot.name}: {{start: {hour}}}}}"})


def _for_date(problem: Problem, slot: Slot, its: Set[str]) -> Problem:
    """A problem of one date, with what to write for it alone.

    Args:
        its: the keys that it says itself.
    """
    if problem.code == "skipped-hour" and problem.params["field"] == "start":
        return replace(problem, mend=_an_hour_later(slot))
    if problem.code == "mode-contradiction" and "mode" not in slot.origins:
        better = f"{{{slot.name}: {{mode: hybrid, …}}}}"
        return replace(problem, mend=Mend(ITS_OWN_MODE, {"better": better}))
    return problem


def _naive(one: Occurrence) -> datetime:
    """Its local beginning; midnight for whole days."""
    start = one.start.replace(tzinfo=None) if one.start else None
    return start or datetime.combine(one.first, time())
