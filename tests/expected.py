"""What whoever reads a calendar should understand: drawn from the model alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from parcours.model.community import Event, event_order
from parcours.model.feeds import COUNT_LIMIT, SIZE_LIMIT, SOON, Selection, selections

from .corpora import Corpus
from .readers import Read

PREFIXES = {
    "cancelled": "Annulé\u00a0: ",
    "postponed": "Reporté\u00a0: ",
    "tentative": "À confirmer\u00a0: ",
    "moved-online": "En ligne\u00a0: ",
}
STATUSES = {
    "confirmed": "CONFIRMED",
    "moved-online": "CONFIRMED",
    "tentative": "TENTATIVE",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
}


def expected(event: Event) -> Read:
    """What whoever reads a calendar should understand of an event."""
    if event.deadline:
        return expected_deadline(event)
    (occurrence,) = event.occurrences
    start: date = occurrence.first
    end: date = occurrence.last + timedelta(days=1)
    if occurrence.start and occurrence.end:
        start, end = occurrence.start.astimezone(UTC), occurrence.end.astimezone(UTC)
    status = event.record.status
    # What nobody is sure to run is not sure itself.
    is_unsure = event.open_to_hosts or event.is_claimed
    said = STATUSES[status].replace("CONFIRMED", "TENTATIVE") if is_unsure else STATUSES[status]
    return Read(
        uid=event.uid,
        title=PREFIXES.get(status, "") + event.title,
        start=start,
        end=end,
        location=event.location,
        status=said,
        sequence=event.stamps.sequence,
    )


def expected_deadline(event: Event) -> Read:
    """The same of a deadline: its whole day, or the hour that ends with it."""
    one, zone = event.deadline, ZoneInfo(event.zone)
    assert one is not None
    start: date = one.until.day
    end: date = one.until.day + timedelta(days=1)
    if one.until.at:
        end = datetime.combine(one.until.day, one.until.at, zone).astimezone(UTC)
        start = end - timedelta(hours=1)
    off = one.off or event.deleted
    what = one.what or "Inscriptions"
    return Read(
        uid=event.uid,
        title=f"{'Annulé' if off else 'Échéance'}\u00a0: {what} ({one.title})",
        start=start,
        end=end,
        location="",
        status="CANCELLED" if off else "CONFIRMED",
        sequence=event.stamps.sequence,
    )


def entries(event: Event) -> list[Read]:
    """Its VEVENTs: of a series, one for each rule, then one for each date that differs."""
    if not event.parts:
        return [expected(event)]
    found = [expected(one.event) for part in event.parts for one in part.told]
    for one_date in event.dates:
        of = one_date.date
        if of is not None and (of.apart or of.part is None):
            part = None if of.part is None else event.parts[of.part]
            uid = part.of(of.original).event.uid if part else one_date.uid
            found.append(replace(expected(one_date), uid=uid))
    return [replace(one, sequence=event.stamps.sequence) for one in found]


def by_themselves(of: Corpus) -> Iterator[Event]:
    """Dates of series that are near, and deadlines to come of which a page tells: each has a
    calendar of its own."""
    for one in of.deadlines:
        assert one.deadline is not None
        if one.deadline.what and not over(one, of.now):
            yield one
    for event in of.events:
        for one_date in event.dates:
            (when,) = one_date.occurrences
            if of.now < when.ends and when.begins <= of.now + SOON:
                yield one_date


@cache
def contents(of: Corpus) -> dict[str, list[Event]]:
    """Every calendar that there should be, and the events of each."""
    held = {own(event): alone(event, of) for event in (*of.events, *by_themselves(of))}
    for selection in selections(of.community).table:
        if "ics" in selection.formats:
            held |= subscribed(selection, of)
    return held


@cache
def calendars(of: Corpus) -> dict[str, list[Read]]:
    """Every calendar that there should be, and what it should hold."""
    every = (*of.events, *by_themselves(of), *of.deadlines)
    reads = {event.uid: entries(event) for event in every}
    return {
        name: sorted((read for one in events for read in reads[one.uid]), key=lambda one: one.uid)
        for name, events in contents(of).items()
    }


def subscribed(selection: Selection, of: Corpus) -> Iterator[tuple[str, list[Event]]]:
    """The calendars of a selection: one to subscribe to, and one for each year gone by."""
    there = (*selection.events, *selection.stops)
    gone = (*selection.tombstones, *selection.lost_stops)
    every = [one for one in (*there, *gone) if one.occurrences]
    years: dict[int, list[Event]] = {}
    for event in there if selection.archived else ():
        if event.occurrences and over(event, of.now):
            years.setdefault(event.occurrences[-1].first.year, []).append(event)
    for address in (selection.address, *selection.aliases):
        yield f"{address}.ics", current(every, of)
        yield from ((f"{address}/{year}.ics", events) for year, events in years.items())


def over(event: Event, instant: datetime) -> bool:
    return event.occurrences[-1].ends <= instant


def current(events: list[Event], of: Corpus) -> list[Event]:
    """What is to come, then what is over since a year, the latest first, as long as it fits."""
    ordered = sorted(events, key=event_order)
    coming = [one for one in ordered if not over(one, of.now)]
    year = [
        one
        for one in reversed(ordered)
        if over(one, of.now) and not over(one, of.now - timedelta(days=366))
    ]
    totals = accumulate(octets(one, of) for one in (*coming, *year))
    room = sum(total <= SIZE_LIMIT for total in totals)
    return [*coming, *year][: min(room, COUNT_LIMIT)]


def alone(event: Event, of: Corpus) -> list[Event]:
    """What an event's own calendar holds: of a trip, its stops too."""
    stops = (one for one in of.events if one.within and one.within.uid == event.uid)
    return [event, *stops]


def octets(event: Event, of: Corpus) -> int:
    """What an event takes in a calendar: as much as in its own."""
    if event.deadline:
        return 0  # so little that it is their number that counts
    data = of.files[own(event)]
    end = b"END:VEVENT\r\n"  # it comes first there, before its stops
    last = data.rindex(end) if event.parts else data.index(end)
    return last + len(end) - data.index(b"BEGIN:VEVENT")


def own(event: Event) -> str:
    """The calendar of one event; a stop's lies below that of its trip."""
    if event.deadline:
        page = event.address.partition("#")[0]
        return f"{page}echeance-{event.deadline.id}.ics"
    if event.within:
        return f"{event.collection.address}/{event.id}/{event.within.stop}.ics"
    if event.date:
        return f"{event.collection.address}/{event.id}/{event.date.key}.ics"
    return f"{event.collection.address}/{event.id}.ics"


def distinct(of: Corpus, wanted: str) -> tuple[list[bytes], list[list[Read]]]:
    """The calendars whose name matches, each content once, and what each should hold."""
    found: dict[bytes, list[Read]] = {}
    for name, reads in calendars(of).items():
        if re.fullmatch(wanted, name):
            assert found.setdefault(of.files[name], reads) == reads, name
    return list(found), list(found.values())


def differences(found: list[list[Read]], wanted: list[list[Read]]) -> list[tuple[object, object]]:
    """The first entries that differ, or the counts that do."""
    wrong: list[tuple[object, object]] = []
    for reads, others in zip(found, wanted, strict=True):
        if len(reads) != len(others):
            wrong.append((len(reads), len(others)))
        wrong += [pair for pair in zip(reads, others, strict=False) if pair[0] != pair[1]]
    return wrong[:3]
