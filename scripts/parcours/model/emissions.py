"""What travelling emits: dated factors of one source, and sums of them. Pure: no files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Factor:
    """What one km emits, in g CO2e: of a traveller, or of a vehicle that travellers share.

    Use and making of the vehicle, and the contrails of planes; not rails, roads and airports.

    Attributes:
        beyond: km from which on it holds, for what emits less on long ways.
    """

    grams: float
    shared: bool = False
    beyond: float = 0


@dataclass(frozen=True, kw_only=True)
class Factors:
    """The factors of one source at one date.

    Attributes:
        source: whose they are, and under which licence.
        date: of the source; its day says nothing.
        detour: how much longer a way is than the straight line, where nobody says it.
        modes: what one travels by → its factors, the one for the shortest ways first.
    """

    source: str
    url: str
    date: date
    detour: float
    modes: Mapping[str, tuple[Factor, ...]]

    def factor(self, mode: str, km: float) -> Factor | None:
        """That of a way of so many km; None where nothing is known of what one travels by."""
        return next((f for f in reversed(self.modes.get(mode, ())) if km >= f.beyond), None)

    def grams(self, mode: str, km: float) -> float | None:
        """What a way emits: of one traveller, or of the whole vehicle; None where nobody knows."""
        found = self.factor(mode, km)
        return found.grams * km if found else None

    def is_shared(self, mode: str) -> bool:
        """Whether its factor is that of a vehicle, which those within divide."""
        return any(one.shared for one in self.modes.get(mode, ()))


NO_FACTORS = Factors(source="", url="", date=date(1970, 1, 1), detour=1, modes={})
"""Of a site none of whose trips tells how one travels."""
