"""The dates of a series, as its page shows them: what comes, then what was.

All of them stay on the page of their series, where each has its place (``#2026-03-12``): where
they are many, years are folded, and what says nothing of its own is its day alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..i18n import Translator
from ..model.community import Entity, Event
from ..model.feeds import event_calendar, with_calendars
from ..model.schema import OFF
from ..model.series import is_moved
from ..model.zones import zone
from ..problems import N_
from ..wording import whose_time
from .alike import Alike
from .division import ROOM, Part, divide
from .library import Library
from .listed import BY_DAY
from .local_time import home_note
from .meeting import Meeting, held, place_of
from .quoted import in_tongue, titled
from .registering import free_entry

FOLD = 60
"""Dates that one reads at once: those of a week in a year, and some more."""

COMING, PAST = 530, 250
"""Octets of a date in a row: about, as measured."""

TOLD = 40
"""The same of what stands around some words that a row has only where they are other ones."""

MOST_NAMES = 3
"""Names that a row tells one by one: the page of its date, or the series, has all of them."""


@dataclass(frozen=True, kw_only=True)
class DateRow(Alike):
    """A date of a series.

    Attributes:
        key: its place on the page of its series.
        day: of one that is its day alone; else "".
        stage: as all that follows up to *labels*, as `Meeting` has it; "" for a day alone.
        own: the address of its own page; "" for none.
        said: its title, where that is another than its series' own; else "".
        where: the town in which people meet, or that they do so online, where that is another.
        speakers: who speaks; *hosts*: who runs it; *price*: what it costs; *registering*: that
            nobody has to: where that is another.
        calendar: of itself alone; "" for none.
    """

    key: str
    day: str = ""
    stage: str = ""
    stages: str = ""
    begins: str = ""
    ends: str = ""
    whole: str = ""
    when: str = ""
    date: str = ""
    starts: str = ""
    zone: str = ""
    states: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    own: str = ""
    said: str = ""
    where: str = ""
    instead: str = ""
    speakers: str = ""
    hosts: str = ""
    price: str = ""
    registering: str = ""
    calendar: str = ""

    decides = Meeting.decides


@dataclass(frozen=True)
class Fold:
    """Dates that one opens: of a year, or of a month of one that has many; all, where they are few.

    Attributes:
        name: "" for all of them.
        count: how many it holds, in words.
        rows: those in none of its *folds*.
    """

    name: str
    count: str
    rows: tuple[DateRow, ...]
    folds: tuple[Fold, ...]


@dataclass(frozen=True)
class Dates:
    """All dates of a series.

    Attributes:
        rhythm: how often it is held, in words.
        coming: the nearest; *later*: the rest, by year.
        past: the latest first; None where there is none.
        goes_on: whether there are more of them than are shown.
    """

    rhythm: str
    coming: tuple[DateRow, ...]
    later: tuple[Fold, ...]
    past: Fold | None
    goes_on: bool


def dates_of(series: Event, library: Library) -> Dates | None:
    """The dates of a series; None for what is none."""
    if not series.dates:
        return None
    coming: list[Event] = []
    past: list[Event] = []
    for one in series.dates:
        (coming if library.expects(one) else past).append(one)
    past.reverse()
    last = series.parts[-1]
    told = library.rhythm(series)
    if library.names_zones and series.first and series.first.start:
        told = f"{told} ({whose_time(series.zone, library.tr)})"
    rows = _Rows(series, library)
    more = sum(TOLD + len(one.encode()) for own in map(rows.others, series.dates) for one in own)
    rows.is_whole = len(coming) * COMING + len(past) * PAST + more <= ROOM
    rest = divide(coming[FOLD:], replace(BY_DAY, falls=False), FOLD, 0)
    return Dates(
        rhythm=told[:1].upper() + told[1:],
        coming=rows.of(coming[:FOLD]),
        later=tuple(map(rows.fold, rest.parts)),
        past=rows.fold(divide(past, BY_DAY, FOLD)) if past else None,
        goes_on=last.rule is not None and last.last is None,
    )


def _instead(one: Event, tr: Translator) -> str:
    """When a date was to be that is held at another time; "" for what is held when it was to be."""
    date, held = one.date, one.first
    if date is None or held is None or one.record.status in OFF or not is_moved(one):
        return ""
    day, hour = date.original.day, ""
    if held.start is not None and date.original.at is not None:
        # As the clocks there show it.
        before = date.due.astimezone(zone(held.zone))
        day = before.date()
        hour = tr.time(before) if before.time() != held.start.time() else ""
    if day == held.first:
        return tr.format(N_("instead of {hour}"), hour=hour) if hour else ""
    told = tr.day(day, year=day.year != held.first.year)
    if hour:
        return tr.format(N_("instead of {day}, {hour}"), day=told, hour=hour)
    return tr.format(N_("instead of {day}"), day=told)


class _Rows:
    """What draws up the dates of one series.

    Attributes:
        is_whole: whether all of them have room, however little they say.
        own: UIDs of those that have a calendar of their own.
    """

    def __init__(self, series: Event, library: Library) -> None:
        self.series, self.library, self.is_whole = series, library, True
        self.whole = series.parts[0].event
        self.usual = place_of(self.whole, library)
        feeds = library.settings.feeds
        self.own = {one.uid for one in with_calendars(series, library.now)} if feeds else set()

    def fold(self, part: Part[Event]) -> Fold:
        tr = self.library.tr
        name = BY_DAY.name(part.key, tr) if part.key else ""
        number = len(part.things)
        past = tr.ngettext("{n} past date", "{n} past dates", number)
        return Fold(
            name=name,
            count=tr.ngettext("{n} date", "{n} dates", number) if name else past,
            rows=self.of(part.own, is_folded=bool(name)),
            folds=tuple(map(self.fold, part.parts)),
        )

    def of(self, dates: Iterable[Event], *, is_folded: bool = False) -> tuple[DateRow, ...]:
        return tuple(self._row(one, is_folded=is_folded) for one in dates)

    def others(self, one: Event) -> tuple[str, str, str, str]:
        """Who speaks at a date, who runs it, what it costs, and that nobody has to register; "" for
        what is as it is usually."""
        date, whole, tr = one.date, self.whole, self.library.tr
        if date is None or not (date.apart or date.part):
            return "", "", "", ""  # as most: nothing is said of it
        speakers = self._names(one.speakers, whole.speakers)
        hosts = self._names(one.refs.hosts, whole.refs.hosts)
        price = one.record.price or ""
        return (
            tr.format(N_("with {names}"), names=speakers) if speakers else "",
            tr.format(N_("run by {names}"), names=hosts) if hosts else "",
            in_tongue(price, one, self.library) if price != whole.record.price else "",
            free_entry(one, self.library) if not free_entry(whole, self.library) else "",
        )

    def _names(self, its: Sequence[Entity], usual: Sequence[Entity]) -> str:
        """Names that are not the usual ones, shortly."""
        names = [one.name for one in its]
        if not names or {one.id for one in its} == {one.id for one in usual}:
            return ""
        left = len(names) - MOST_NAMES
        if left > 0:
            more = self.library.tr.ngettext("and {n} more", "and {n} more", left)
            names[MOST_NAMES:] = [more]
        return ", ".join(names)

    def _row(self, one: Event, *, is_folded: bool) -> DateRow:
        library, date = self.library, one.date
        key = date.key if date else ""
        if is_folded and not self.is_whole and date and not date.apart and one.first:
            return DateRow(key=key, day=library.tr.day(one.first.first, year=False))
        its, where = held(one, library), place_of(one, library)
        stands = its.stands
        speakers, hosts, price, registering = self.others(one)
        return DateRow(
            key=key,
            stage=stands.stage,
            stages=stands.stages,
            begins=its.begins,
            ends=its.ends,
            whole=its.whole,
            when=its.when,
            date=its.time.days,
            starts=its.starts,
            zone=its.zone or home_note(one, library),
            states=stands.states,
            labels=stands.labels,
            where=where if where != self.usual else "",
            instead=_instead(one, library.tr),
            own=one.address if one.has_page else "",
            said=titled(one, library) if one.title != self.series.title else "",
            speakers=speakers,
            hosts=hosts,
            price=price,
            registering=registering,
            calendar=event_calendar(one) if one.uid in self.own else "",
        )
