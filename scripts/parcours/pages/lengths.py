"""Lengths of time and instants as pages say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def length(duration: timedelta) -> str:
    """A length in words: « 1 h 05 », « 45 min »."""
    minutes = round(duration.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes}\u00a0min"
    hours, rest = divmod(minutes, 60)
    return f"{hours}\u00a0h\u00a0{rest:02d}" if rest else f"{hours}\u00a0h"


def timecode(seconds: int) -> str:
    """A time in a recording: 5:30, 1:05:30."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def instant(moment: datetime) -> str:
    """An aware instant in UTC, as scripts read it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
