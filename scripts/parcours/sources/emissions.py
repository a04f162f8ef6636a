"""The package's factors of emissions: data/emissions.json, dated, from one source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from ..model.emissions import Factor, Factors
from ..packaged import OWN

PACKAGED = "emissions.json"


@cache
def packaged_factors() -> Factors:
    """What the package knows, read when a trip first tells how one travels."""
    text = (OWN / "data" / PACKAGED).read_text("utf-8")
    said: dict[str, Any] = json.loads(text)
    year, month = map(int, said["date"].split("-"))
    return Factors(
        source=said["source"],
        url=said["url"],
        date=date(year, month, 1),
        detour=said["detour"],
        modes={mode: _factors(one) for mode, one in said["modes"].items()},
    )


def _factors(said: Mapping[str, Any]) -> tuple[Factor, ...]:
    parts = ("use", "making", "contrails")
    return tuple(
        Factor(
            grams=sum(one.get(part, 0) for part in parts),
            shared=said.get("per") == "vehicle",
            beyond=one.get("km", 0),
        )
        for one in said.get("beyond", [said])
    )
