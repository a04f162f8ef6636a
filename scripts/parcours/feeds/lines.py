"""Content lines of iCalendar: folded where no client stumbles.

icalendar 7.3.0 folds at 75 octets without regard to escapes: it can leave a backslash at the end
of a line and its character at the start of the next, which makes Google drop the event. When the
library no longer does (`test_icalendar_still_splits_escapes` then fails), use its own folding.
"""

from __future__ import annotations

from collections.abc import Iterable

LIMIT = 75
"""Octets on a line, without its line break (RFC 5545, section 3.1)."""


def fold(line: str) -> str:
    """A content line, folded; neither a character nor an escape is split."""
    if len(line) <= LIMIT and len(line.encode()) <= LIMIT:
        return line
    parts: list[str] = []
    current: list[str] = []
    size, limit = 0, LIMIT
    for unit in _units(line):
        octets = len(unit.encode())
        if size + octets > limit:
            parts.append("".join(current))
            current, size, limit = [], 0, LIMIT - 1
        current.append(unit)
        size += octets
    parts.append("".join(current))
    return "\r\n ".join(parts)


def _units(line: str) -> Iterable[str]:
    """Characters, and backslashes together with what they escape."""
    index = 0
    while index < len(line):
        width = 2 if line[index] == "\\" and index + 1 < len(line) else 1
        yield line[index : index + width]
        index += width


def join(lines: Iterable[str]) -> str:
    """Folded lines, each ended as RFC 5545 asks."""
    return "".join(fold(line) + "\r\n" for line in lines)
