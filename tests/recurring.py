"""Rules and series at random, of every form in which a meeting may be held again and again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from parcours.model.community import Event
from parcours.model.recurrence import Rule
from parcours.model.repeats import WORKING_DAYS
from parcours.model.schema import WebinarRecord
from parcours.model.series import unroll
from parcours.model.values import Moment
from parcours.model.zones import is_skipped, zone
from parcours.tree import content

from .conftest import FRENCH, french
from .corpora import compiled

T = TypeVar("T")

NTHS = (1, 2, 3, 4, 5, -1, -2, -3)


def random_rule(draw: Random) -> Rule:
    """A rule that people may say; whether it ever happens depends on where it begins."""
    rule = Rule(every=draw.choice(("day", "week", "month", "year")), interval=_interval(draw))
    rule = _weekly(rule, draw) if rule.every in ("day", "week") else _counted(rule, draw)
    if draw.random() < 0.2 and not rule.positions:
        minutes = some(range(0, 60, 15), 2, draw)
        hours = some(range(8, 20), 3, draw)
        times = tuple(time(hour, minute) for hour in hours for minute in minutes)
        rule = replace(rule, hours=times if len(times) > 1 else ())
    return rule


def _interval(draw: Random) -> int:
    return draw.choice((1, 1, 1, 2, 3, 5))


def _weekly(rule: Rule, draw: Random) -> Rule:
    days = WORKING_DAYS if draw.random() < 0.2 else some(range(7), 4, draw)
    weekdays = tuple((day, 0) for day in days) if draw.random() < 0.7 else ()
    # Each day that is a Thursday is each week's.
    every = "week" if weekdays and rule.interval == 1 else rule.every
    return replace(rule, every=every, weekdays=weekdays, months=_some_months(draw))


def _counted(rule: Rule, draw: Random) -> Rule:
    sort = draw.choice(("none", "nth", "nth", "days", "positions", "both"))
    plain = tuple((day, 0) for day in some(range(7), 3, draw))
    if sort == "nth":
        pairs = {(draw.randrange(7), draw.choice(NTHS)) for _ in range(draw.randint(1, 4))}
        rule = replace(rule, weekdays=in_order(pairs, lambda one: one[1]))
    elif sort == "days":
        found = {draw.choice((*range(1, 32), -1, -2, -3, -5)) for _ in range(draw.randint(1, 3))}
        rule = replace(rule, days=in_order(found, lambda one: one))
    elif sort == "positions":
        weekdays = tuple((day, 0) for day in WORKING_DAYS) if draw.random() < 0.5 else plain
        found = {draw.choice((1, 2, 3, -1, -2, -3)) for _ in range(2)}
        rule = replace(rule, weekdays=weekdays, positions=in_order(found, lambda one: one))
    elif sort == "both":
        rule = replace(rule, weekdays=plain, days=some(range(1, 29), 4, draw))
    if rule.every == "year" and sort == "none":
        return rule
    if rule.every == "year":
        months = some(range(1, 13), 1 if sort == "positions" else 4, draw)
        # Of the days that each of these has.
        last = 28 if sort == "days" else 31
        return replace(rule, months=months, days=tuple(one for one in rule.days if one <= last))
    return replace(rule, months=_some_months(draw))


def _some_months(draw: Random) -> tuple[int, ...]:
    return some(range(1, 13), 11, draw) if draw.random() < 0.4 else ()


def some(values: Iterable[int], most: int, draw: Random) -> tuple[int, ...]:
    """A few values, in order."""
    known = list(values)
    return tuple(sorted(draw.sample(known, draw.randint(1, min(most, len(known))))))


def in_order(found: Iterable[T], count: Callable[[T], int]) -> tuple[T, ...]:
    """Those that are counted from the end after all others, as a source's rule has them."""
    return tuple(sorted(found, key=lambda one: (count(one) < 0, count(one), one)))


def random_start(draw: Random) -> Moment:
    """A beginning, often on a day that not every month or year has."""
    day = date(2024, 1, 1) + timedelta(days=draw.randrange(1500))
    if draw.random() < 0.2:
        day = draw.choice((date(2024, 2, 29), date(2026, 1, 31), date(2026, 12, 31)))
    at = time(draw.randrange(24), draw.choice((0, 15, 30, 45))) if draw.random() < 0.8 else None
    return Moment(day, at)


FEW, MANY = 30, 2000
"""As many series at random are compared with each test, and as many once more."""

FIRST, LAST = date(2024, 1, 1), date(2027, 4, 1)
"""They begin after the first; the last is within a year of the instant at which they are drawn."""


def series_at_random(root: Path, count: int) -> tuple[dict[str, Event], dict[str, bytes]]:
    """Series in Paris and in La Réunion, and their calendars, by the names of these."""
    draw = Random(count)
    site = french(root, FRENCH.replace(", weekday: thursday", ""))
    site.write("content/data/places/saint-denis.yml", "name: Là-bas\ntimezone: Indian/Reunion\n")
    for number in range(count):
        told = random_series if number % 3 else ruled_series
        site.write(f"webinars/s{number}.md", told(draw))
    made = compiled(site.root / "mkdocs.yml", datetime(2026, 6, 1, 9, tzinfo=UTC), draws=False)
    events = {f"{one.address.rstrip('/')}.ics": one for one in made.community.events}
    assert len(events) == count
    return events, {name: content(made.tree.files[name]) for name in events}


def random_series(draw: Random) -> str:
    """The source of a series, with what may differ."""
    day = date(2025, draw.randrange(1, 13), draw.randrange(1, 28))
    whole = draw.random() < 0.2
    hour = f"{draw.choice((0, 7, 12, 18, 23)):02d}:{draw.choice((0, 30)):02d}"
    every = draw.choice(("day", "week", "2 weeks", "month", "3 months", "year"))
    ends = draw.choice(("", "until: 2026-12-31", "count: 12"))
    start = f"{day}" if whole else f"{day} {hour}"
    place = draw.random() < 0.3
    lines = ["title: Une série", f"start: {start}"]
    lines += [] if whole else [f"duration: {draw.choice((45, 60, 90))} min"]
    lines += ["place: saint-denis"] if place else []
    repeat = ", ".join(filter(None, (f"every: {every}", ends)))
    lines.append(f"repeat: {{{repeat}}}")
    rule = {"every": every}
    if ends:
        key, value = ends.split(": ")
        rule[key] = value
    said = {"title": "x", "start": start, "repeat": rule}
    slots = unroll(WebinarRecord.model_validate(said), date(2026, 6, 1)).slots
    days = [one.original.day for one in slots]
    free = [one for one in days[1:] if one != day.replace(year=2026, day=28)]
    picked = draw.sample(free, min(len(free), draw.randrange(5)))
    left, other = picked[::2], picked[1::2]
    if left:
        lines.append(f"except: [{', '.join(map(str, left))}]")
    # A whole day of a rule of days or weeks may be one of its dates already.
    if draw.random() < 0.4 and not (
        whole and (every in ("day", "week", "2 weeks") or day.day == 28)
    ):
        lines.append(f"also: [{day.replace(year=2026, day=28)}{'' if whole else ' 05:15'}]")
    if other:
        lines.append("dates:")
    for one in other:
        status = draw.choice(("status: cancelled", "title: Une autre", "status: tentative"))
        moved = "" if whole else f', start: "{draw.choice(("06:00", "20:45"))}"'
        lines.append(f"  {one}: {{{status}{moved}}}")
    change = days[len(days) // 2]
    if draw.random() < 0.3 and change > days[0] and not whole:
        lines += ["later:", f'  - {{from: {change}, start: "{draw.choice(("08:00", "19:00"))}"}}']
    return "\n".join(["---", *lines, "---", "Un texte.", ""])


def is_refused(moment: Moment) -> bool:
    """Whether an hour is one that clocks pass over in Paris, which the site refuses."""
    return moment.at is not None and is_skipped(moment.naive, "Europe/Paris")


def is_taken_for_another(moment: Moment, known: Collection[Moment]) -> bool:
    """Whether recurring-ical-events takes what is said of a date for what is said of another, too.

    It knows an hour by what clocks show and by UTC, and does not tell these apart: what is left out
    at 9:30 in Paris takes 10:30 away in winter.
    """
    if moment.at is None:
        return False
    others = {one.naive for one in known if one.day == moment.day} - {moment.naive}
    aheads = (zone(name).utcoffset(moment.naive) for name in ("Europe/Paris", "Indian/Reunion"))
    return any(moment.naive + by in others for one in aheads if one for by in (one, -one))


def ruled_series(draw: Random) -> str:
    """The source of a series by a rule of any form, with dates that are left out or differ."""
    while True:
        rule, start = random_rule(draw), random_start(draw)
        first = next(rule.hits(start), None) if start.at or not rule.hours else None
        if first is None or first.day > date(2026, 6, 1):
            continue
        rule = rule.anchored(first)
        until = "" if draw.random() < 0.5 else "20261231"
        said = {"title": "x", "start": f"{first}", "repeat": rule.value(until)}
        unrolled = unroll(WebinarRecord.model_validate(said), date(2027, 6, 1))
        if not unrolled.faults and not any(is_refused(one.original) for one in unrolled.slots):
            break
    lines = ["title: Une série", f"start: {first}", f"repeat: {said['repeat']}"]
    lines += ["duration: 45 min"] if first.at else []
    lines += ["place: saint-denis"] if draw.random() < 0.3 else []
    known = [one.original for one in unrolled.slots]
    free = [one for one in known[1:] if not is_taken_for_another(one, known)]
    picked = draw.sample(free, min(len(free), draw.randrange(5)))
    left, other = picked[::2], picked[1::2]
    if left:
        lines.append(f"except: [{', '.join(map(str, left))}]")
    if other:
        lines.append("dates:")
        lines += [f"  {one}: {{status: cancelled}}" for one in other]
    return "\n".join(["---", *lines, "---", "Un texte.", ""])
