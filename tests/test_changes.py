"""What counts as a change of a meeting, for all that tells of changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from parcours.model.changes import State, changes
from parcours.model.community import Occurrence


def at(day: int, hour: int = 12, length: int = 1, zone: str = "Europe/Paris") -> Occurrence:
    start = datetime(2026, 12, day, hour, tzinfo=ZoneInfo(zone))
    return Occurrence(start.date(), start.date(), zone, start, start + timedelta(hours=length))


def on(first: int, last: int) -> Occurrence:
    return Occurrence(date(2026, 12, first), date(2026, 12, last), "Europe/Paris")


def state(first: Occurrence | None = None, status: str = "confirmed", **more: bool) -> State:
    return State(first=first, status=status, replay=more.get("replay", False), over="over" in more)  # type: ignore[arg-type]


A, B = at(3), at(10)
CASES = [
    (None, state(A), ["announced"]),
    (None, state(A, "cancelled"), ["cancelled"]),
    (None, state(A, "postponed"), ["postponed"]),
    (None, state(None, "postponed"), ["postponed"]),
    (None, state(A, replay=True), ["replay"]),
    (None, state(), ["announced"]),
    (state(A), None, ["vanished"]),
    (state(A), state(A), []),
    (state(A), state(B), ["moved"]),
    (state(A), state(at(3, 11, 1, "Europe/London")), ["hours"]),
    (state(A), state(at(3, 12, 1, "Europe/London")), ["moved"]),
    (state(A), state(at(3, 12, 2)), ["hours"]),
    (state(A), state(on(3, 3)), ["hours"]),
    (state(A), state(on(3, 4)), ["hours"]),
    (state(A), state(on(4, 4)), ["moved"]),
    (state(on(3, 4)), state(on(3, 5)), ["moved"]),
    (state(on(3, 4)), state(replace(on(3, 4), zone="Indian/Reunion")), []),
    (state(A), state(A, "cancelled"), ["cancelled"]),
    (state(A), state(B, "cancelled"), ["cancelled"]),
    (state(A), state(A, "postponed"), ["postponed"]),
    (state(A), state(None, "postponed"), ["postponed"]),
    (state(A), state(None), ["postponed"]),
    (state(A), state(None, over=True), ["undated"]),
    (state(A, "postponed"), state(None, "postponed"), []),
    (state(A, "postponed"), state(A, "cancelled"), ["cancelled"]),
    (state(A, "cancelled"), state(A, "postponed"), ["postponed"]),
    (state(A, "cancelled"), state(A), ["resumed"]),
    (state(A, "cancelled"), state(B), ["resumed"]),
    (state(A, "cancelled"), state(B, "tentative"), ["resumed", "status"]),
    (state(A, "cancelled"), state(A, "moved-online"), ["resumed", "status"]),
    (state(A, "cancelled"), state(B, "cancelled"), ["hours"]),
    (state(A, "postponed"), state(B), ["resumed"]),
    (state(A, "postponed"), state(at(3, 12, 2)), ["resumed"]),
    (state(None, "postponed"), state(B), ["resumed"]),
    (state(None, "postponed"), state(B, "cancelled"), ["cancelled"]),
    (state(None), state(B), ["dated"]),
    (state(None, "cancelled"), state(None), ["resumed"]),
    (state(A, "tentative"), state(A), ["status"]),
    (state(A, "tentative"), state(B), ["moved", "status"]),
    (state(None, "tentative"), state(B), ["dated", "status"]),
    (state(A), state(A, "moved-online"), ["status"]),
    (state(A, "moved-online"), state(at(3, 13)), ["moved", "status"]),
    (state(A), state(A, replay=True), ["replay"]),
    (state(A, replay=True), state(A), []),
]


@pytest.mark.parametrize(("before", "after", "expected"), CASES, ids=range(len(CASES)))
def test_what_changes(before: State | None, after: State | None, expected: list[str]) -> None:
    assert [one.kind for one in changes(before, after)] == expected
