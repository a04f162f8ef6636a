"""Time zones of the locked ``tzdata`` package, never of the machine."""

from __future__ import annotations

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
