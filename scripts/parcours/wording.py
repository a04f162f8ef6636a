"""Times, states and modes of events in words, shared by pages and feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from babel.dates import format_timedelta, get_timezone_location, get_timezone_name

from .i18n import Translator
from .model.community import Course, Deadline, Event, Occurrence, Part, Place, kept_at
from .model.feeds import Format, Kind, Selection
from .model.journeys import zone_at
from .model.registration import registration_state
from .model.schema import OFF, LinkRecord, Mode, RegistrationState, Status
from .model.stage import Stage, to_come
from .model.synonyms import LINK
from .model.values import Moment, Months
from .model.zones import NO_PLACE, same_time, zone
from .problems import N_
from .repeating import repeats as repeats

STATUSES: dict[Status, str] = {
    "confirmed": N_("Confirmed"),
    "tentative": N_("To be confirmed"),
    "postponed": N_("Postponed"),
    "cancelled": N_("Cancelled"),
    "moved-online": N_("Moved online"),
}
MODES: dict[Mode, str] = {
    "online": N_("Online"),
    "on-site": N_("On site"),
    "hybrid": N_("On site and online"),
}
REGISTRATIONS: dict[RegistrationState, str] = {
    "open": N_("Open"),
    "full": N_("Full"),
    "closed": N_("Closed"),
    "none": N_("Not needed"),
}
"""What stands after the word « Registration »."""
STAGES: dict[Stage, str] = {
    Stage.UPCOMING: N_("To come"),
    Stage.LIVE: N_("Live"),
    Stage.REPLAY_DUE: N_("Replay to come"),
    Stage.REPLAY: N_("Replay"),
    Stage.PAST: N_("Past"),
    Stage.CANCELLED: N_("Cancelled"),
    Stage.POSTPONED: N_("Postponed"),
}


def days(first: date, last: date, tr: Translator) -> str:
    """« jeudi 3 décembre 2026 », « du 30 mars au 2 avril 2027 »."""
    if first == last:
        return tr.day(first)
    if first.year != last.year:
        begin = tr.day(first, weekday=False)
    elif first.month != last.month:
        begin = tr.day(first, weekday=False, year=False)
    else:
        begin = tr.day_number(first)
    return tr.format(N_("from {first} to {last}"), first=begin, last=tr.day(last, weekday=False))


def hours(occurrence: Occurrence, tr: Translator) -> str:
    """« 12 h 30 – 13 h 30 »; empty for whole days."""
    if occurrence.start is None or occurrence.end is None:
        return ""
    return between(occurrence.start, occurrence.end, tr)


def between(start: datetime | time, end: datetime | time, tr: Translator) -> str:
    """« 12 h 30 – 13 h 30 »"""
    return f"{tr.time(start)}\u00a0–\u00a0{tr.time(end)}"


def when(occurrence: Occurrence, tr: Translator) -> str:
    """The days, and the hours if there are any, local to the event."""
    if occurrence.start is None or occurrence.end is None:
        return days(occurrence.first, occurrence.last, tr)
    if occurrence.first == occurrence.last:
        day = tr.day(occurrence.first)
        return f"{day}, {hours(occurrence, tr)}"
    return tr.format(
        N_("from {first} to {last}"),
        first=f"{tr.day(occurrence.first)}, {tr.time(occurrence.start)}",
        # The day on which its end is read: midnight is an hour of the day after the last.
        last=f"{tr.day(occurrence.end.date())}, {tr.time(occurrence.end)}",
    )


def when_and_there(occurrence: Occurrence, tr: Translator) -> str:
    """The same, and in whose time its hours are."""
    if occurrence.start is None:
        return when(occurrence, tr)
    return f"{when(occurrence, tr)}, {whose_time(occurrence.zone, tr)}"


def is_elsewhere(event: Event, place: Place | None, day: date | None) -> bool:
    """Whether hours at a point of a trip are not in the time of the trip."""
    day = day or (event.first.first if event.first else None)
    noon = datetime.combine(day, time(12)) if day else None
    return noon is not None and not same_time(zone_at(event, place), event.zone, noon)


def hours_there(hours: str, event: Event, place: Place | None, tr: Translator) -> str:
    """Hours at a point of a trip, and whose time they are in."""
    if place is not None and place.is_located:
        where = place.territory.name if place.territory else place.name
    else:
        where = zone_name(event.zone, tr)
    return tr.format(N_("{hours} ({place} time)"), hours=hours, place=where)


WEEKS_FROM = 2
"""Units from which the next larger one is told: 13 days, then 2 weeks."""


def days_until(occurrence: Occurrence, now: datetime) -> int:
    """Midnights between the aware instant *now* and its first day, where it takes place."""
    return (occurrence.first - now.astimezone(zone(occurrence.zone)).date()).days


def soon(occurrence: Occurrence, now: datetime, tr: Translator) -> str:
    """What people call its day: « Aujourd’hui », « Ce jeudi »; a later one is just the next.

    On a Friday, « ce jeudi » was yesterday: that of the week after is « jeudi prochain ».
    """
    left = days_until(occurrence, now)
    if left <= 0:
        return tr.gettext(N_("Today"))
    if left == 1:
        return tr.gettext(N_("Tomorrow"))
    if left < 7:
        day = occurrence.first.weekday()
        said = N_("This {weekday}") if left <= day else N_("Next {weekday}")
        return tr.format(said, weekday=tr.weekday(day))
    return tr.gettext(N_("Next meeting"))


def countdown(occurrence: Occurrence, now: datetime, tr: Translator) -> str:
    """How far its day is: « demain », « dans 8 jours », « dans 3 semaines ».

    No finer than a day: the words stand in a page until it is built again.
    """
    left = days_until(occurrence, now)
    if left <= 0:
        return tr.gettext(N_("Today")).lower()
    if left == 1:
        return tr.gettext(N_("Tomorrow")).lower()
    words: str = format_timedelta(
        timedelta(days=left),
        granularity="day",
        threshold=WEEKS_FROM,
        add_direction=True,
        locale=tr.language,
    )
    return tr.own(words.replace(" ", "\u00a0"))


def link_name(link: LinkRecord, tr: Translator) -> str:
    """What a link is called: as its source says, else by what one finds there, and where."""
    if link.label:
        return link.label
    host = urlsplit(link.url).hostname
    where = host.removeprefix("www.") if host else PurePosixPath(link.url).name
    if link.kind is None:
        return where
    return f"{tr.gettext(LINK.meanings[link.kind])} ({where})"


def language_name(tag: str, tr: Translator) -> str:
    """The name of a language in the reader's: « Allemand », « Portugais (Brésil) »."""
    base, *parts = tag.split("-")
    locale = tr.locale
    scripts, regions = locale.scripts, locale.territories
    name = locale.languages.get(base, tag)
    more = [scripts.get(one) or regions.get(one) or one for one in parts]
    said = f"{name[0].upper()}{name[1:]}"
    return tr.own(f"{said} ({', '.join(more)})" if more else said)


def mode_name(event: Event, tr: Translator) -> str:
    """Where people meet, in a word or two; empty when it is not known."""
    return tr.gettext(MODES[event.mode]) if event.mode is not None else ""


def stage_name(event: Event, at: Stage, tr: Translator) -> str:
    """The name of a stage: what is not broadcast is under way."""
    if at is Stage.LIVE and not event.kind.held_live:
        return tr.gettext(N_("Under way"))
    return tr.gettext(STAGES[at])


def labels(event: Event, now: datetime, tr: Translator) -> list[tuple[str, str]]:
    """What one should know of an event beside its stage: a key, and the word for it.

    Args:
        now: the instant of the build, aware.
    """
    record = event.record
    state = registration_state(event, now)
    is_on = record.status not in ("cancelled", "postponed")
    found: list[tuple[str, str]] = []
    if record.status in ("tentative", "moved-online"):
        found.append((record.status, STATUSES[record.status]))
    # Nobody thinks of running what is over, or does not take place.
    if event.open_to_hosts and is_on and to_come(event, now):
        found.append(("open", N_("Looking for a host")))
    if event.is_claimed and is_on and to_come(event, now):
        found.append(("claimed", N_("Taken over, to be confirmed")))
    if state == "full":
        found.append(("full", REGISTRATIONS["full"]))
    # Nor of registering.
    if state == "closed" and is_on and event.last is not None and now < event.last.ends:
        found.append(("closed", N_("Registration closed")))
    if record.draft:
        found.append(("draft", N_("Draft")))
    if record.example:
        found.append(("example", N_("Example")))
    return [(key, tr.gettext(text)) for key, text in found]


def course_days(course: Course, tr: Translator) -> str:
    """When a course takes place; empty when it is not known."""
    record = course.record
    if record.start and record.end:
        return days(record.start, record.end, tr)
    if record.start:
        return tr.format(N_("from {day}"), day=tr.day(record.start, weekday=False))
    return ""


KINDS: dict[Kind, str] = {
    "all": N_("Everything"),
    "collection": N_("By kind of meeting"),
    "course": N_("By course"),
    "theme": N_("By theme"),
    "territory": N_("By territory"),
    "organisation": N_("By organisation"),
    "mode": N_("On site or online"),
    "crossing": N_("By kind of meeting and territory"),
    "replays": N_("Replays"),
    "posts": N_("News"),
    "needs": N_("Needs"),
    "relay": N_("Sessions to take over"),
    "deadlines": N_("Deadlines"),
}


def selection_name(selection: Selection, site_name: str, tr: Translator) -> str:
    """The name of a selection, short: « Comptoirs du Jeudi, Bretagne »."""
    if selection.kind == "all":
        return tr.format(N_("All meetings of {site}"), site=site_name)
    if selection.kind in ("replays", "posts", "relay", "deadlines"):
        return tr.gettext(KINDS[selection.kind])
    if selection.course is not None:
        return selection.course.title
    if selection.mode is not None:
        return tr.gettext(MODES[selection.mode])
    parts = (
        selection.collection,
        selection.organisation,
        selection.territory,
        selection.theme,
        selection.skill,
    )
    named = ", ".join(part.name for part in parts if part is not None)
    if selection.kind == "needs":
        needs = tr.gettext(KINDS["needs"])
        return f"{needs}, {named}" if named else needs
    return named


def feed_name(selection: Selection, format: Format, site_name: str, tr: Translator) -> str:
    """The name of a feed: of its selection, said to be a podcast if it is one."""
    name = selection_name(selection, site_name, tr)
    return tr.format(N_("Podcast: {name}"), name=name) if format == "podcast" else name


def length(duration: timedelta) -> str:
    """A length in words: « 1 h 05 », « 45 min »."""
    minutes = round(duration.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes}\u00a0min"
    hours, rest = divmod(minutes, 60)
    return f"{hours}\u00a0h\u00a0{rest:02d}" if rest else f"{hours}\u00a0h"


def months(span: Months, tr: Translator) -> str:
    """« janvier 2027 », « janvier 2027 à avril 2027 »."""
    first, last = map(tr.month, span.days)
    if first == last:
        return tr.own(first)
    return tr.format(N_("{first} to {last}"), first=tr.own(first), last=tr.own(last))


def undated(event: Event, tr: Translator) -> str:
    """What stands instead of a date."""
    if event.around is not None:
        return event.around.said
    if event.record.undated == "past":
        return tr.gettext(N_("Took place; its date is not public"))
    return tr.gettext(N_("Date to be announced"))


UTC = NO_PLACE


def whose_time(zone: str, tr: Translator) -> str:
    """Whose time hours are in: « heure de Paris », or « UTC »."""
    return UTC if zone == UTC else tr.format(N_("{place} time"), place=zone_name(zone, tr))


def place_and_hour(event: Event, place: Place, tr: Translator) -> str:
    """A place on one line; of several that keep different times, with its own hour."""
    first = event.first
    if len(event.sites) < 2 or first is None or first.start is None:
        return place.line
    hours = {one.id: first.start.astimezone(zone(kept_at(event, one))) for one in event.sites}
    if len({one.utcoffset() for one in hours.values()}) < 2:
        return place.line
    there = hours[place.id]
    hour = tr.time(there)
    if there.date() != first.first:
        hour = f"{tr.day(there.date(), year=False)}, {hour}"
    return f"{place.line} – {hours_there(hour, event, place, tr)}"


def zone_name(zone: str, tr: Translator) -> str:
    """The town or region whose time it is: « La Réunion », « Paris »."""
    return tr.own(_zone_name(zone, tr.language))


@cache
def _zone_name(zone: str, language: str) -> str:
    if zone == UTC:
        return zone
    name = get_timezone_location(zone, locale=language, return_city=True)
    return str(name) if name else str(get_timezone_name(zone, locale=language))


def deadline(moment: Moment, tr: Translator) -> str:
    """A last moment, in words."""
    day = tr.day(moment.day)
    return f"{day}, {tr.time(moment.at)}" if moment.at else day


def what_is_due(one: Deadline, tr: Translator) -> str:
    """What one can do until a deadline."""
    return one.what or tr.gettext(N_("Registration"))


def rhythm(event: Event, tr: Translator) -> str:
    """How often a series is held, and how from the days on at which that changes."""
    first, *later = event.parts
    # Those before the first date of a part stand apart in calendars, and are none of it.
    early = sum(one.date is not None and one.date.part is None for one in event.dates)
    if first.rule is None and not later:
        return _dates(early + _in(first), tr)
    parts = [_of_part(_until_next(first, later[0]) if later else first, tr)]
    for n, part in enumerate(later, 1):
        text, day = N_("from {day} on: {rhythm}"), part.event.occurrences[0].first
        said = _of_part(_until_next(part, later[n]) if n < len(later) else _ended(part), tr)
        if part.event.record.status in OFF:
            said += f" ({tr.gettext(STATUSES[part.event.record.status])})"
        parts.append(tr.format(text, day=tr.day(day, weekday=False), rhythm=said))
    more = early + sum(len(part.added) for part in event.parts)
    if more:
        parts.append(tr.ngettext("{n} more date", "{n} more dates", more))
    semicolon = "\u00a0; " if tr.language == "fr" else "; "
    return semicolon.join(parts)


def _until_next(part: Part, following: Part) -> Part:
    """A part without its end, since the next one begins: unless dates would come in between."""
    rule, last, (begins,) = part.rule, part.last, following.event.occurrences
    if rule is None or last is None:
        return part
    between = replace(rule, until=begins.first - timedelta(days=1), count=None).hits(last)
    ends = last.day if any(one != last for one in between) else None
    return replace(part, rule=replace(rule, until=ends, count=None))


def _ended(part: Part) -> Part:
    """A part that ends with a day: how many times were said of the series from its beginning."""
    if part.rule is None or part.rule.count is None or part.last is None:
        return part
    return replace(part, rule=replace(part.rule, count=None, until=part.last.day))


def _in(part: Part) -> int:
    """How many dates a part without a rule has."""
    return 1 + len(part.added)


def _dates(n: int, tr: Translator) -> str:
    return tr.ngettext("{n} date", "{n} dates", n)


def _of_part(part: Part, tr: Translator) -> str:
    (begins,) = part.event.occurrences
    if part.rule is None:
        return _dates(_in(part), tr)
    at = begins.start.time() if begins.start else None
    told = repeats(part.rule, Moment(begins.first, at), tr)
    # Whoever reads « each month » alone would come on a day on which nobody is there.
    days = [*_left_out(part.excluded, part.rule.hours, tr)]
    if not days or len(days) > MOST_EXCEPTIONS:
        return told
    *before, last = [tr.the(day) for day in days] if tr.language == "fr" else days
    if before:
        last = tr.format(N_("{first} and {last}"), first=", ".join(before), last=last)
    return tr.format(N_("{rhythm}, except {days}"), rhythm=told, days=last)


def _left_out(moments: Iterable[Moment], hours: Sequence[time], tr: Translator) -> Iterator[str]:
    """Days that are left out, each once; of one that is held at another hour, which hours are."""
    by_day: dict[date, list[time]] = {}
    for one in moments:
        by_day.setdefault(one.day, []).extend([one.at] if one.at else ())
    for day, left in by_day.items():
        said = tr.day(day, weekday=False)
        told = ", ".join(map(tr.time, left))
        yield f"{said} ({told})" if set(hours) - set(left) else said


MOST_EXCEPTIONS = 6
"""Dates that are left out and are told one by one; of more, the list of dates tells."""


def told_when(event: Event, tr: Translator) -> str:
    """How often a series is held; of what is held once its time, or what stands instead of it."""
    if event.parts:
        return rhythm(event, tr)
    return when(event.first, tr) if event.first else undated(event, tr)
