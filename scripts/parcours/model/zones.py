"""Time zones of the locked ``tzdata`` package, never of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from ..packaged import ZONES

NO_PLACE = "UTC"
"""The time that is no place's."""

OF_NO_PLACE = frozenset({"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu"})
"""Its other names, as clouds and other programs have them: no place either."""

_NONE = timedelta()


@cache
def zone_names() -> frozenset[str]:
    """Every zone name of the IANA database that has a region, such as ``Europe/Paris``."""
    names = (ZONES / "zones").read_text("ascii").split()
    return frozenset(name for name in names if "/" in name or name == "UTC")


@cache
def zone(name: str) -> ZoneInfo:
    """The rules of a zone of `zone_names`."""
    with ZONES.joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def _positions() -> Mapping[str, tuple[float, float]]:
    text = (ZONES / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {row[2]: _position(row[1]) for row in rows}


def _position(text: str) -> tuple[float, float]:
    """Degrees north and east of ``±DDMM±DDDMM``, with seconds or without (ISO 6709)."""
    cut = max(text.rfind("+"), text.rfind("-"))
    return _degrees(text[:cut], 2), _degrees(text[cut:], 3)


def _degrees(text: str, digits: int) -> float:
    value = int(text[1 : digits + 1]) + int(text[digits + 1 : digits + 3]) / 60
    return -value if text[0] == "-" else value


def position(name: str) -> tuple[float, float] | None:
    """Degrees north and east of the town that a zone is named after, if the database says them."""
    return _positions().get(name)


def is_skipped(local: datetime, name: str) -> bool:
    """Whether clocks in that zone jump over the naive local time."""
    before, after = _offsets(local, name)
    return before < after


def as_held(local: datetime, name: str) -> datetime:
    """A naive local time as clocks in that zone show it: where they skip it, as far behind the
    jump as it was before it, which is that instant by the offset before (RFC 5545, 3.3.5)."""
    aware = local.replace(tzinfo=zone(name))
    return aware.astimezone(UTC).astimezone(aware.tzinfo) if is_skipped(local, name) else aware


def is_steady(day: date, name: str) -> bool:
    """Whether clocks in that zone are surely not changed on a day, nor on those beside it."""
    return day not in _changing(name, day.year)


_STEP = timedelta(hours=6)
"""Clocks that are changed are not changed back within it."""


@cache
def _changing(name: str, year: int) -> frozenset[date]:
    """The days of a year on which clocks are changed, by any zone, and those beside them."""
    tz, found = zone(name), set[date]()
    moment = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=2)
    offset = moment.astimezone(tz).utcoffset()
    while moment.year <= year or moment.day < 3:
        moment += _STEP
        before, offset = offset, moment.astimezone(tz).utcoffset()
        if offset != before:
            found |= {moment.date() + timedelta(days=n) for n in range(-2, 3)}
    return frozenset(found)


def is_ambiguous(local: datetime, name: str) -> bool:
    """Whether clocks in that zone show the naive local time twice."""
    before, after = _offsets(local, name)
    return before > after


def _offsets(local: datetime, name: str) -> tuple[timedelta, timedelta]:
    """How far clocks are ahead of UTC where a change of them is near: before it, and after it."""
    if is_steady(local.date(), name):
        return _NONE, _NONE
    aware = local.replace(tzinfo=zone(name), fold=0)
    return aware.utcoffset() or _NONE, aware.replace(fold=1).utcoffset() or _NONE


def same_time(first: str, second: str, local: datetime) -> bool:
    """Whether both zones keep the same time then."""
    return (
        local.replace(tzinfo=zone(first)).utcoffset()
        == local.replace(tzinfo=zone(second)).utcoffset()
    )


def apart(
    there: str, home: str, since: datetime, until: datetime
) -> list[tuple[datetime, timedelta]]:
    """How far the clocks of a zone are ahead of another's: at an instant, and after each change.

    Args:
        since: aware, as *until*, the last instant that counts.

    Returns:
        Instants in UTC, *since* and then to the hour, and the difference from each on.
    """
    moment = since.astimezone(UTC)
    found = [(moment, _ahead(there, home, moment))]
    while moment < until:
        later = min(moment + timedelta(days=1), until.astimezone(UTC))
        if _ahead(there, home, later) != found[-1][1]:
            found.append(_change(there, home, moment))
        moment = later
    return found


def _change(there: str, home: str, day: datetime) -> tuple[datetime, timedelta]:
    """The first difference within a day that is not that of its beginning, and its hour."""
    before = _ahead(there, home, day)
    begins = day.replace(minute=0, second=0, microsecond=0)
    hours = (begins + timedelta(hours=hour) for hour in range(26))
    found = ((hour, _ahead(there, home, hour)) for hour in hours if hour > day)
    return next((one for one in found if one[1] != before), (day, before))


def _ahead(there: str, home: str, moment: datetime) -> timedelta:
    first, second = (moment.astimezone(zone(name)).utcoffset() for name in (there, home))
    return (first or timedelta()) - (second or timedelta())
