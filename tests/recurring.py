"""Rules at random, of every form in which a meeting may be held again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random
from typing import TypeVar

from parcours.model.recurrence import Rule
from parcours.model.repeats import WORKING_DAYS
from parcours.model.values import Moment

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
