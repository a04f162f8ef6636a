"""Dates that a rule gives are those that other programs find by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr

from parcours.model.recurrence import MOST_DATES, Rule
from parcours.model.values import Moment

from .readers import icaljs, libical
from .recurring import random_rule, random_start

FEW = 150
MANY = 2000
LAST = date(2032, 12, 31)
MOST = 40
"""Dates of one rule that are compared."""

OF_MANY = pytest.param(MANY, marks=pytest.mark.deep)


def drawn(count: int, seed: int) -> Iterator[tuple[Rule, Moment]]:
    """Rules that begin with a date of theirs, as those of a source do."""
    draw = Random(seed)
    found = 0
    while found < count:
        rule, start = random_rule(draw), random_start(draw)
        if start.at is None and rule.hours:
            continue
        first = next(rule.hits(start), None)
        if first is not None and first.day < LAST:
            found += 1
            yield rule.anchored(first), first


def ours(rule: Rule, start: Moment) -> list[datetime]:
    held = (one.naive for one in rule.hits(start) if one.day <= LAST)
    return list(islice(held, MOST))


def written(rule: Rule) -> str:
    """Its value, without what no date after *LAST* is for."""
    return rule.value(f"{LAST:%Y%m%d}T235959")


@pytest.mark.large
@pytest.mark.parametrize("count", [FEW, OF_MANY])
def test_dateutil_finds_the_same_by_what_is_written(count: int) -> None:
    for rule, start in drawn(count, seed=1):
        theirs = rrulestr(written(rule), dtstart=start.naive)
        assert ours(rule, start) == list(islice(theirs, MOST)), (written(rule), start)


@pytest.mark.large
@pytest.mark.skipif(libical.missing() is not None, reason="libical is not installed")
@pytest.mark.parametrize("count", [FEW, OF_MANY])
def test_libical_finds_the_same(count: int) -> None:
    for rule, start in drawn(count, seed=2):
        theirs = libical.expanded(written(rule), start.naive, MOST)
        assert ours(rule, start) == theirs, (written(rule), start)


def shared(rule: Rule, start: Moment) -> list[tuple[str, datetime]]:
    """What stands for a rule in calendars."""
    found = rule.shared(start, Moment(LAST, time(23, 59)))
    return [(written(alone), first.naive) for alone, first in found]


def together(found: Iterable[Iterable[datetime]]) -> list[datetime]:
    return sorted(one for dates in found for one in dates)[:MOST]


@pytest.mark.parametrize("count", [pytest.param(FEW, marks=pytest.mark.large), OF_MANY])
def test_rules_that_stand_for_one_give_its_dates_each_once(count: int) -> None:
    several = 0
    for rule, start in drawn(count, seed=5):
        rules = shared(rule, start)
        several += len(rules) > 1
        theirs = (islice(rrulestr(value, dtstart=first), MOST) for value, first in rules)
        assert ours(rule, start) == together(theirs), (written(rule), start)
    assert several > count / 20


@pytest.mark.large
@pytest.mark.skipif(icaljs.missing() is not None, reason="ical.js is not installed")
@pytest.mark.parametrize("count", [FEW, OF_MANY])
def test_ical_js_finds_the_same(count: int) -> None:
    """Thunderbird has it."""
    rules = list(drawn(count, seed=3))
    asked = [one for rule, start in rules for one in shared(rule, start)]
    found = iter(icaljs.expanded(asked, MOST))
    for rule, start in rules:
        theirs = together(next(found) for _ in shared(rule, start))
        assert ours(rule, start) == theirs, (shared(rule, start), start)


@pytest.mark.parametrize("zone", ["Europe/Paris", "Indian/Reunion"])
@pytest.mark.parametrize("count", [pytest.param(FEW, marks=pytest.mark.large), OF_MANY])
def test_recurring_ical_events_finds_the_same(count: int, zone: str) -> None:
    for rule, start in drawn(count, seed=4):
        if start.at is not None and not 4 <= start.at.hour <= 22:
            start = Moment(start.day, time(12, 30))
        event = icalendar.Event()
        event.add("uid", "a")
        place = ZoneInfo(zone)
        begins = start.naive.replace(tzinfo=place) if start.at else start.day
        event.add("dtstart", begins)
        event.add("rrule", icalendar.vRecur.from_ical(rule.value()))
        calendar = icalendar.Calendar()
        calendar.add_component(event)
        wanted = ours(rule, start)
        # What comes after those that are compared is not worked out.
        last = wanted[-1].date() if len(wanted) == MOST else LAST
        found = recurring_ical_events.of(calendar).between(start.day, last + timedelta(days=1))
        theirs = sorted(one["DTSTART"].dt for one in found)
        local = [
            one.replace(tzinfo=None) if isinstance(one, datetime) else datetime.combine(one, time())
            for one in theirs
        ]
        assert wanted == local[:MOST], (rule.value(), start)


def days(rule: Rule, start: str, count: int) -> list[str]:
    begins = datetime.fromisoformat(start)
    found = islice(rule.hits(Moment(begins.date(), begins.time())), count)
    return [f"{one.naive:%Y-%m-%d}" for one in found]


def test_a_leap_day_comes_every_four_years() -> None:
    rule = Rule(every="year")
    assert days(rule, "2024-02-29 12:30", 3) == ["2024-02-29", "2028-02-29", "2032-02-29"]


def test_the_31st_is_not_in_each_month() -> None:
    found = days(Rule(every="month"), "2026-01-31 12:30", 4)
    assert found == ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]


def test_the_last_day_is_in_each_month() -> None:
    found = days(Rule(every="month", days=(-1,)), "2026-01-31 12:30", 3)
    assert found == ["2026-01-31", "2026-02-28", "2026-03-31"]


def test_the_last_weekday_of_a_month_is_one_of_five() -> None:
    rule = Rule(every="month", weekdays=tuple((n, 0) for n in range(5)), positions=(-1,))
    assert days(rule, "2026-01-30 12:30", 3) == ["2026-01-30", "2026-02-27", "2026-03-31"]


def test_several_hours_of_a_day_are_each_a_date_and_each_counted() -> None:
    rule = Rule(every="day", hours=(time(14), time(9)), count=3)
    found = [str(one) for one in rule.hits(Moment(date(2026, 1, 5), time(14)))]
    assert found == ["2026-01-05 14:00", "2026-01-06 09:00", "2026-01-06 14:00"]


@pytest.mark.parametrize("start", ["2026-03-26 12:30", "2026-10-22 12:30"])
def test_an_hour_stays_where_clocks_change(start: str) -> None:
    begins = datetime.fromisoformat(start)
    rule = Rule(every="week", weekdays=((3, 0),))
    found = list(islice(rule.hits(Moment(begins.date(), begins.time())), 3))
    assert [one.at for one in found] == [time(12, 30)] * 3
    paris = [one.naive.replace(tzinfo=ZoneInfo("Europe/Paris")).utcoffset() for one in found]
    assert len(set(paris)) == 2


def test_a_beginning_that_no_rule_gives_is_not_added() -> None:
    found = days(Rule(every="week", weekdays=((3, 0),)), "2026-01-06 12:30", 1)
    assert found == ["2026-01-08"]


@pytest.mark.large
def test_a_rule_that_never_happens_ends() -> None:
    rule = Rule(every="year", months=(2,), days=(30,))
    assert list(rule.hits(Moment(date(2026, 1, 1)))) == []


def test_too_many_dates_are_not_all_found() -> None:
    found = Rule(every="day").until_day(Moment(date(2000, 1, 1)), LAST)
    assert len(found) == MOST_DATES + 1
