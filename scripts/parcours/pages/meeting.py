"""A meeting as pages show it: one value in words, from which rows, cards and lists are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cache
from typing import NamedTuple

from babel.dates import format_date

from .. import wording
from ..i18n import Translator
from ..model.community import Entity, Event, Occurrence
from ..model.feeds import event_calendar, has_calendar
from ..model.languages import foreign
from ..model.settings import Settings
from ..model.stage import Stage, ahead_of, over, stage
from ..problems import N_
from ..wording import length
from .alike import Alike
from .colors import hue_class
from .facts import Value, named
from .following import subscribing
from .lengths import instant
from .library import Library
from .local_time import home_note, zone_note
from .pictures import Picture, picture
from .programs import copy_links
from .quoted import in_tongue, titled
from .registering import Register, is_full, register, registration_notes
from .thumbs import Scene, scene


@dataclass(frozen=True)
class Tile(Alike):
    """A day as a leaf of a calendar; *year* is "" for the year of the build."""

    weekday: str
    day: str
    month: str
    year: str


@dataclass(frozen=True, kw_only=True)
class Meeting(Alike):
    """A meeting in words; `BLANK` has the place of each instead.

    Attributes:
        kind: what its collection calls one of its events.
        hue: the class of its collection's colour; "" for none.
        stage: at the instant of the build.
        stages: that one, and those that time brings, between spaces.
        begins: the instant in UTC at which it begins, as ``2026-12-03T11:30:00Z``; *ends*: when it
            is over. With them the script corrects the stage: "" where time changes none.
        whole: the first of whole days, in ISO form, which begins for each reader at his own
            midnight; "" for what has hours.
        states: badges of stages, now and to come: class and word.
        labels: the other badges: class and word.
        gone: the word for it once it is called off; else "".
        when: its time, or what stands instead of a date.
        date: its days alone, in words; "" without a date.
        starts: for ``datetime=``; "" without a date.
        zone: whose time it is, where that is not the community's.
        hour: its beginning, for the day on which it begins; "" for whole days.
        opens: what is told first of its time: that hour, else how long it takes.
        length: how long it takes, and until when if that is another day; "" where *opens* says it.
        day: its first day, in ISO form; "" without a date.
        short_day: the same, in words.
        where: the regions or the town in which people meet, or that they do so online.
    """

    address: str
    title: str
    summary: str
    kind: str
    hue: str
    stage: str
    stages: str
    begins: str
    ends: str
    whole: str
    states: tuple[tuple[str, str], ...]
    labels: tuple[tuple[str, str], ...]
    gone: str
    when: str
    date: str
    starts: str
    zone: str
    hour: str
    opens: str
    length: str
    day: str
    short_day: str
    tile: Tile | None
    where: str

    decides = frozenset({"stage", "stages"})


BLANK = Meeting(
    address="",
    title="{title}",
    summary="",
    kind="{kind}",
    hue="{hue}",
    stage="{stage}",
    stages="{stages}",
    begins="{begins}",
    ends="{ends}",
    whole="{whole}",
    states=(("{key}", "{word}"),),
    labels=(("{label}", "{word}"),),
    gone="{gone}",
    when="{when}",
    date="{date}",
    starts="2000-01-01",
    zone="{zone}",
    hour="{hour}",
    opens="{opens}",
    length="{length}",
    day="{day}",
    short_day="",
    tile=Tile("{weekday}", "{number}", "{month}", "{year}"),
    where="{where}",
)
"""From which pages draw what the script fills in: the same markup, with places for words.

An element or attribute whose places are all empty is left out. Its address is the site's root, and
its day one that was: pages hold no false link and no false date, templates neither.
"""

BLANK_WORDS = frozenset(
    {
        "{when}",
        "{date}",
        "{zone}",
        "{gone}",
        "{opens}",
        "{length}",
        "{word}",
        "{weekday}",
        "{month}",
    }
)
"""The places of it whose words are of Parcours."""

BLANK_UNDATED = replace(
    BLANK,
    begins="",
    ends="",
    whole="",
    date="",
    starts="",
    zone="",
    hour="",
    opens="",
    length="",
    day="",
    tile=None,
)
"""The same for what has no date."""


_GONE = (Stage.CANCELLED, Stage.POSTPONED)


def meetings(events: Iterable[Event], library: Library) -> tuple[Meeting, ...]:
    """Events as pages show them."""
    return tuple(library.once(meeting, event) for event in events)


def meeting(event: Event, library: Library) -> Meeting:
    """An event as pages show it; ask `Library.once` for it. A series is as its next date is."""
    address, title = event.address, library.alike(titled, event)
    event = library.current(event)
    said, its, first = library.alike(_said, event), held(event, library), event.first
    day, stands = library.of(_day, first.first) if first else None, its.stands
    opens = its.time.begins or its.time.takes
    return Meeting(
        address=address,
        title=title,
        summary=said.summary,
        kind=event.collection.singular,
        hue=said.hue,
        stage=stands.stage,
        stages=stands.stages,
        begins=its.begins,
        ends=its.ends,
        whole=its.whole,
        states=stands.states,
        labels=stands.labels,
        gone=wording.stage_name(event, stands.at, library.tr) if stands.at in _GONE else "",
        when=its.when,
        date=its.time.days,
        starts=its.starts,
        zone=its.zone,
        hour=its.time.begins,
        opens=opens,
        length=its.time.takes if its.time.takes != opens else "",
        day=day.iso if day else "",
        short_day=day.short if day else "",
        tile=day.tile if day else None,
        where=said.where,
    )


class Held(NamedTuple):
    """When a meeting is held, as `Meeting` has it, and where it stands."""

    stands: _Standing
    begins: str
    ends: str
    whole: str
    time: _Time
    when: str
    starts: str
    zone: str


def held(event: Event, library: Library) -> Held:
    """When an event that is no series is held, and where it stands."""
    first, said = event.first, library.alike(_said, event)
    at = stage(event, library.now, said.after)
    stands = said.standings.get(at)
    if stands is None:
        stands = said.standings[at] = _standing(event, at, said, library)
    its, (begins, ends, whole) = _time(first, library), _clock(event, stands.ahead)
    return Held(
        stands=stands,
        begins=begins,
        ends=ends,
        whole=whole,
        time=its,
        when=its.when or wording.undated(event, library.tr),
        starts=machine_start(first) if first else "",
        zone=zone_note(event, library),
    )


@dataclass(frozen=True)
class _Standing:
    """Where a meeting stands, as `Meeting` has it: dates of which nothing is said alone share it,
    for its badges depend on no more of when it is held than its stage does.

    Attributes:
        ahead: its stage, and those that time brings.
    """

    ahead: Sequence[Stage]
    stage: str
    stages: str
    states: tuple[tuple[str, str], ...]
    labels: tuple[tuple[str, str], ...]

    @property
    def at(self) -> Stage:
        return self.ahead[0]


def _standing(event: Event, at: Stage, said: _Said, library: Library) -> _Standing:
    tr, ahead = library.tr, ahead_of(event, at, said.after)
    return _Standing(
        ahead=ahead,
        stage=str(at),
        stages=" ".join(ahead),
        states=tuple(
            (str(one), wording.stage_name(event, one, tr))
            for one in ahead
            if one not in (Stage.UPCOMING, Stage.PAST)
        ),
        labels=(*wording.labels(event, library.now, tr), *said.labels),
    )


@dataclass(frozen=True)
class _Day:
    """A day, which many meetings share.

    Attributes:
        words: the day in words; *short*: the same, shortened.
    """

    iso: str
    words: str
    short: str
    tile: Tile


def _day(day: date, library: Library) -> _Day:
    tr = library.tr
    weekday, month, short = _day_words(day, tr.language)
    year = str(day.year) if day.year != library.today.year else ""
    tile = Tile(tr.own(weekday), str(day.day), tr.own(month), year)
    return _Day(day.isoformat(), tr.day(day), tr.own(short), tile)


class _Time(NamedTuple):
    """When a meeting is, in words.

    Attributes:
        when: its days and hours; *days*: those alone.
        begins: the hour; "" for whole days.
        takes: how long.
    """

    when: str = ""
    days: str = ""
    begins: str = ""
    takes: str = ""


def _time(first: Occurrence | None, library: Library) -> _Time:
    tr = library.tr
    if first is None:
        return _Time()
    if first.start is None or first.end is None or first.first != first.last:
        begins = tr.time(first.start) if first.start else ""
        days = wording.days(first.first, first.last, tr)
        return _Time(wording.when(first, tr), days, begins, _length(first, tr))
    said = first.start.time(), first.end.time(), first.end - first.start
    begins, hours, takes = library.of(_hours, said)
    words = library.of(_day, first.first).words
    return _Time(f"{words}, {hours}", words, begins, takes)


def _hours(said: tuple[time, time, timedelta], library: Library) -> tuple[str, str, str]:
    """When a meeting of a day begins, from when to when it is, and how long."""
    start, end, takes = said
    return library.tr.time(start), wording.between(start, end, library.tr), length(takes)


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What is said of a meeting whenever it is held, as `Meeting` has it.

    Attributes:
        over: where it stands once it is over.
        standings: what is told of where it stands, by its stage; made as it comes up.
    """

    summary: str
    hue: str
    labels: tuple[tuple[str, str], ...]
    where: str
    over: Stage
    standings: dict[Stage, _Standing] = field(default_factory=dict)

    def after(self, event: Event) -> Stage:
        return self.over


def _said(event: Event, library: Library) -> _Said:
    return _Said(
        summary=in_tongue(library.summary(event), event, library),
        hue=hue_class(event.collection),
        labels=tuple(_language(event, library)),
        where=where(event, library),
        over=over(event),
    )


def place_of(event: Event, library: Library) -> str:
    """Where people meet, as `Meeting` has it."""
    return library.alike(_said, event).where


def alone(event: Event, library: Library) -> Meeting:
    """A meeting as its own page shows it, where no list says whose the hours are."""
    shown = library.once(meeting, event)
    zone = home_note(library.current(event), library)
    return replace(shown, zone=zone) if zone and not shown.zone else shown


def _language(event: Event, library: Library) -> Iterator[tuple[str, str]]:
    """A badge for a language that is not the site's."""
    other = foreign(event, library.settings)
    if other:
        yield "language", wording.language_name(other, library.tr)


def _clock(event: Event, ahead: Sequence[Stage]) -> tuple[str, str, str]:
    """When it begins, when it is over, and its first day if it has no hours, for the script."""
    first, last = event.first, event.last
    if len(ahead) < 2 or first is None or last is None:
        return "", "", ""
    day = first.first.isoformat() if first.all_day else ""
    return instant(first.begins), instant(last.ends), day


def _length(first: Occurrence, tr: Translator) -> str:
    """« 1 h 30 », « 3 jours, jusqu’au 14 mai », « toute la journée »."""
    days = first.days
    if days > 1:
        last = tr.day(first.last, weekday=False, year=first.last.year != first.first.year)
        return tr.format(
            N_("{days}, until {day}"), days=tr.ngettext("{n} day", "{n} days", days), day=last
        )
    if first.start is None or first.end is None:
        return tr.gettext(N_("all day"))
    return length(first.end - first.start)


def where(event: Event, library: Library) -> str:
    """The regions or the town in which people meet, or that they do so online."""
    tr = library.tr
    if event.mode == "online":
        return wording.mode_name(event, tr)
    names = list(dict.fromkeys(one.name for one in event.refs.territories))
    names = names or [place.name for place in event.sites]
    if event.mode == "hybrid":
        return (
            tr.format(N_("{place} and online"), place=", ".join(names))
            if names
            else (wording.mode_name(event, tr))
        )
    return ", ".join(names) or wording.mode_name(event, tr)


def entities(found: Iterable[Entity | None], settings: Settings) -> list[Value]:
    """Entities by their names, each once, with links to their pages."""
    names = settings.addresses
    known = {one.id: named(one, names) for one in found if one is not None}
    return list(known.values())


@dataclass(frozen=True, kw_only=True)
class Actions:
    """What one can do about a meeting.

    Attributes:
        stage: at the instant of the build.
        online: address of the live meeting; "" for none, and where no place is left.
        early: whether one may join a little before it begins: it has an hour.
        register: how one registers; None when one cannot.
        said: what one should know of registration, in words, each as long as it holds.
        calendar: address of its own calendar; "" when it is in none.
        copies: what puts a copy of it into a web calendar, by the calendar's key.
        subscribe: address of the page of feeds, with its collection chosen.
    """

    stage: str
    online: str
    early: bool
    register: Register | None
    said: tuple[Value, ...]
    calendar: str
    copies: Mapping[str, str]
    subscribe: str


def actions(event: Event, library: Library) -> Actions:
    """What one can do about an event at the instant of the build."""
    settings, thing = library.settings, event
    in_calendars = has_calendar(thing, library.now) and settings.feeds
    event = library.current(thing)
    # Who comes to a session registers for its course, unless it has a registration of its own.
    whole = event if event.course is None or event.record.registration else event.course
    return Actions(
        stage=str(library.stage(event)),
        online="" if is_full(event, library) else event.record.online or "",
        early=event.first is not None and not event.first.all_day,
        register=register(whole, library),
        said=registration_notes(whole, library),
        calendar=event_calendar(thing) if in_calendars else "",
        copies=_copies(thing, library) if in_calendars else {},
        subscribe=subscribing(library.table.of_collection(event.collection), settings),
    )


def _copies(event: Event, library: Library) -> Mapping[str, str]:
    url = library.absolute(event.address)
    one = library.current(event)
    return copy_links(one, url, one.location, library.summary(event), event.parts)


@dataclass(frozen=True, kw_only=True)
class Next:
    """A meeting that is the next one, now or once those before it are over.

    Attributes:
        soon: what people call its day.
        countdown: how far it is, in words that may be the same.
        image: its picture, beside its words where there is room; else its *scene* stands there.
    """

    meeting: Meeting
    soon: str
    countdown: str
    actions: Actions
    image: Picture | None
    scene: Scene


UNBUILT = timedelta(days=35)
"""How long a site may stand without being built again, and still name the next meeting."""

SUCCESSORS = 40
"""How many of them a page holds at most."""


def successors(coming: list[Event], library: Library) -> tuple[Next, ...]:
    """The next meeting, and those that may have to take its place before the next build."""
    until = library.now + UNBUILT
    found: list[Next] = []
    for event in coming[:SUCCESSORS]:
        found.append(_next(event, library))
        if event.last is not None and event.last.ends > until:
            break
    return tuple(found)


def _next(event: Event, library: Library) -> Next:
    first = event.occurrences[0]  # only what has a date is the next
    return Next(
        meeting=library.once(meeting, event),
        soon=wording.soon(first, library.now, library.tr),
        countdown=wording.countdown(first, library.now, library.tr),
        actions=actions(event, library),
        image=picture(event, library),
        scene=scene(event),
    )


def machine_start(occurrence: Occurrence) -> str:
    """For ``datetime=``: a date, or a date and time with its offset."""
    return (occurrence.start or occurrence.first).isoformat()


def short_day(occurrence: Occurrence, tr: Translator) -> str:
    """« 3 déc. 2026 »"""
    return tr.own(_day_words(occurrence.first, tr.language)[2])


@cache
def _day_words(day: date, language: str) -> tuple[str, str, str]:
    """Its weekday and its month, shortened, and all of it: « jeu. », « déc. », « 3 déc. 2026 »."""
    weekday, month, whole = (
        format_date(day, form, locale=language) for form in ("EEE", "MMM", "d MMM y")
    )
    return weekday, month, whole.replace(" ", "\u00a0")
