"""An instant knows until when another one would be answered the same."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.model.instants import Instant, Witness, day_of, days_since, moment_of
from parcours.model.zones import zone
from parcours.tree import content

from .conftest import REGIONS, Site, french
from .corpora import compiled

AT = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)
ZONES = ("Europe/Paris", "Indian/Reunion", "America/Martinique", "Asia/Beirut", "America/Santiago")
"""In Beirut and in Santiago, clocks change at midnight."""

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
shifts = st.integers(-400, 400).map(lambda hours: timedelta(hours=hours))


def asked(value: Callable[[datetime], object], at: datetime) -> tuple[object, datetime | None]:
    witness = Witness(at)
    return value(witness.instant()), witness.until


QUESTIONS: dict[str, Callable[[datetime, datetime, timedelta, str], object]] = {
    "<": lambda now, other, shift, name: now < other,
    "<=": lambda now, other, shift, name: now <= other,
    ">": lambda now, other, shift, name: other < now,
    ">=": lambda now, other, shift, name: other <= now,
    "==": lambda now, other, shift, name: now == other,
    "shifted": lambda now, other, shift, name: now - shift <= other,
    "later": lambda now, other, shift, name: other < now + shift,
    "date": lambda now, other, shift, name: now.astimezone(zone(name)).date(),
    "year": lambda now, other, shift, name: now.astimezone(zone(name)).year,
    "day": lambda now, other, shift, name: day_of(now),
    "shifted date": lambda now, other, shift, name: (now - shift).astimezone(zone(name)).date(),
    "days": lambda now, other, shift, name: days_since(other, now),
    "seconds": lambda now, other, shift, name: moment_of(other.timestamp()) <= now,
}


@pytest.mark.large
@pytest.mark.parametrize("question", QUESTIONS)
@given(
    at=moments,
    other=moments,
    shift=shifts,
    name=st.sampled_from(ZONES),
    later=st.floats(0, 1),
    near=st.integers(-3, 3) | st.none(),
)
def test_an_answer_holds_until_it_says(
    question: str,
    at: datetime,
    other: datetime,
    shift: timedelta,
    name: str,
    later: float,
    near: int | None,
) -> None:
    if near is not None:  # about the moment at which the answer turns
        other = at + timedelta(seconds=near)
    ask = QUESTIONS[question]
    value, until = asked(lambda now: ask(now, other, shift, name), at)
    assert value == ask(at, other, shift, name)
    ends = until or at + timedelta(days=900)
    assert ends > at
    within = int((ends - at).total_seconds() - 1)
    for seconds in (0, int(within * later), within):
        assert value == ask(at + timedelta(seconds=seconds), other, shift, name)
    if until is not None and question != "year":
        turned = {ask(until + timedelta(seconds=n), other, shift, name) for n in (0, 1)}
        assert turned != {value}


@pytest.mark.parametrize("name", ZONES)
def test_a_day_ends_where_clocks_change_at_midnight(name: str) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    while at.year == 2026:
        today, until = asked(lambda now: now.astimezone(zone(name)).date(), at)
        assert until is not None
        assert today == (until - timedelta(seconds=1)).astimezone(zone(name)).date()
        assert today != until.astimezone(zone(name)).date()
        at = until


@pytest.mark.parametrize(
    "read",
    [
        str,
        repr,
        pickle.dumps,
        lambda now: f"{now:%Y}",
        lambda now: now.hour,
        lambda now: now.isoformat(),
        lambda now: now.timestamp(),
        lambda now: now.replace(hour=3),
        lambda now: now.time(),
        lambda now: now - AT,
        lambda now: AT - now,
        lambda now: now.weekday(),
    ],
)
def test_what_reads_the_instant_itself_holds_for_it_alone(
    read: Callable[[datetime], object],
) -> None:
    value, until = asked(read, AT)
    assert until == AT + timedelta(seconds=1)
    assert value == read(AT) or read is repr


def test_what_is_over_turns_nothing() -> None:
    for value in (
        lambda now: now > AT - timedelta(days=1),
        lambda now: now < AT,
        lambda now: now.tzinfo,
        lambda now: hash(now),
    ):
        assert asked(value, AT)[1] is None


def test_seconds_that_no_calendar_tells() -> None:
    assert moment_of(10**18) > AT > moment_of(-(10**18))
    witness = Witness(AT)
    assert witness.instant() < moment_of(10**18)


def test_an_instant_is_a_datetime_everywhere() -> None:
    now = Witness(AT).instant()
    assert isinstance(now, Instant)
    assert isinstance(now + timedelta(days=1), Instant)
    assert max(now, AT - timedelta(days=1)) == AT
    assert now.date() == date(2026, 10, 24)
    assert {AT: 1}[now] == 1


EVENT = """\
---
title: {title}
start: {start}
duration: 1h
online: https://visio.example/x
registration: {{url: https://inscription.example/x, deadline: {deadline}}}
recorded: true
---
Texte.
"""


@pytest.fixture
def busy(tmp_path: Path) -> Site:
    """A site on which time changes something now and then."""
    site = french(tmp_path / "busy", REGIONS)
    for n, (start, deadline) in enumerate(
        [
            ("2026-11-26 12:30", "2026-11-23"),
            ("2026-11-26 18:00", "2026-11-25"),
            ("2026-12-03 12:30", "2026-12-01"),
        ]
    ):
        text = EVENT.format(title=f"Un {n}", start=start, deadline=deadline)
        site.write(f"webinars/n{n}.md", text)
    site.write("webinars/sans-date.md", "---\ntitle: Un jour\nundated: future\n---\nTexte.\n")
    return site


@pytest.mark.large
def test_a_site_stays_as_it_is_until_it_says(busy: Site) -> None:
    """Hop from each moment at which something changes to the next, and look just before it."""
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    config = busy.root / "mkdocs.yml"
    seen = []
    for _ in range(5):
        made = compiled(config, at, draws=False)
        first = {name: content(leaf) for name, leaf in made.tree}
        until = made.witness.until
        assert until is not None
        before = compiled(config, until - timedelta(seconds=1), draws=False)
        assert {name: content(leaf) for name, leaf in before.tree} == first
        seen.append(until)
        at = until
    assert datetime(2026, 11, 26, 11, 30, tzinfo=UTC) in seen  # the first one begins
    assert timedelta(minutes=1) < max(seen) - min(seen)
