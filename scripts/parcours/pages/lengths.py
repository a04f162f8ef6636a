"""Moments of recordings and instants as pages say them."""

from __future__ import annotations

from datetime import UTC, datetime


def timecode(seconds: int) -> str:
    """A time in a recording: 5:30, 1:05:30."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def instant(moment: datetime) -> str:
    """An aware instant in UTC, as scripts read it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
