"""Time zones of the locked ``tzdata`` package, never of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo


@cache
def zone_names() -> frozenset[str]:
    """Every zone name of the IANA database that has a region, such as ``Europe/Paris``."""
    names = resources.files("tzdata").joinpath("zones").read_text("ascii").split()
    return frozenset(name for name in names if "/" in name or name == "UTC")


@cache
def zone(name: str) -> ZoneInfo:
    """The rules of a zone of `zone_names`."""
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def _positions() -> Mapping[str, tuple[float, float]]:
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
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
    return _round_trip(local, name) != local


def is_ambiguous(local: datetime, name: str) -> bool:
    """Whether clocks in that zone show the naive local time twice."""
    tz = zone(name)
    first, second = (local.replace(tzinfo=tz, fold=fold).utcoffset() for fold in (0, 1))
    return first != second and not is_skipped(local, name)


def _round_trip(local: datetime, name: str) -> datetime:
    aware = local.replace(tzinfo=zone(name))
    return aware.astimezone(UTC).astimezone(zone(name)).replace(tzinfo=None, fold=0)


def same_time(first: str, second: str, local: datetime) -> bool:
    """Whether both zones keep the same time then."""
    return (
        local.replace(tzinfo=zone(first)).utcoffset()
        == local.replace(tzinfo=zone(second)).utcoffset()
    )
