"""When things came and last changed: what SEQUENCE and the dates of feeds are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from .values import Moment

EPOCH = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
"""The instant of what no history knows: 2020-01-01 UTC, SEQUENCE 0."""

FORMAT_REVISION = 0
"""Unix seconds of the last change to the generator that alters what subscribers see.

Raise it in the commit that makes such a change: every event then counts as changed then, and
calendar clients take the new form of entries they already hold.
"""


def seconds(moment: Moment | None) -> int:
    """A moment of a source that is in UTC, in Unix seconds; 0 for none."""
    return int(moment.naive.replace(tzinfo=UTC).timestamp()) if moment else 0


@dataclass(frozen=True, slots=True)
class Stamps:
    """When an event came and last changed, in Unix seconds; never the clock of a build."""

    created: int
    changed: int

    @property
    def sequence(self) -> int:
        """SEQUENCE (RFC 5545, section 3.8.7.4): never falls, and fits 32 bits until 2088."""
        return self.changed - EPOCH
