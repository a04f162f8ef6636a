"""Content lines of iCalendar: put together as the library does it, folded where no client stumbles.

A VEVENT is put together here: `icalendar.Event` takes many times as long for the same lines, and a
test has the library read what is written and write it again.

icalendar 7.3.0 folds at 75 octets without regard to escapes: it can leave a backslash at the end
of a line and its character at the start of the next, which makes Google drop the event. When the
library no longer does (`test_icalendar_still_splits_escapes` then fails), use its own folding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from icalendar import vText

_BACKSLASH = ord("\\")

LIMIT = 75
"""Octets on a line, without its line break (RFC 5545, section 3.1)."""


def fold(line: str) -> str:
    """A content line, folded; neither a character nor an escape is split."""
    data = line.encode()
    if len(data) <= LIMIT:
        return line
    parts = []
    start, limit = 0, LIMIT
    while len(data) - start > limit:
        end = start + limit
        while data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        slashes = end
        while slashes > start and data[slashes - 1] == _BACKSLASH:
            slashes -= 1
        end -= (end - slashes) % 2  # within an escape
        parts.append(data[start:end])
        start, limit = end, LIMIT - 1
    parts.append(data[start:])
    return b"\r\n ".join(parts).decode()


# A bare backslash or equals sign is right in a value, but some readers stumble over it.
_SAFE = re.compile(r'[^",:;^=\\\x00-\x1f\x7f]+')
_CARET = str.maketrans({"^": "^^", '"': "^'", "\n": "^n"})


def property_line(name: str, parameters: Mapping[str, str | Sequence[str]], value: str) -> str:
    """A property as one line, its value as it is.

    For what icalendar 7.3.0 writes wrongly or not at all: it quotes a list of FEATUREs as one value
    (`test_icalendar_still_quotes_features` fails when it no longer does).

    Args:
        parameters: a sequence is a list of values; characters that may not stand in one are written
            as RFC 6868 says.
    """
    parts = [name]
    for key, given in parameters.items():
        values = (given,) if isinstance(given, str) else given
        parts.append(f"{key}={','.join(map(_parameter, values))}")
    return f"{';'.join(parts)}:{value}"


def _parameter(value: str) -> str:
    if _SAFE.fullmatch(value):
        return value
    return f'"{value.translate(_CARET)}"'


def text(value: str) -> str:
    """A TEXT value (RFC 5545, section 3.3.11), as the library writes it."""
    written: str = vText(value).to_ical().decode()
    return written


def day(name: str, value: date) -> str:
    """A property that is a whole day."""
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def instant(name: str, seconds: int) -> str:
    """A property that is an instant, from Unix seconds."""
    return f"{name}:{datetime.fromtimestamp(seconds, UTC):%Y%m%dT%H%M%SZ}"


_FIRST = ("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE")
"""The properties that the library writes first; the rest follows by the alphabet."""


def vevent(properties: Mapping[str, str], more: Iterable[str]) -> str:
    """A VEVENT, in the order in which the library writes it.

    Args:
        properties: the line of each, by its name.
        more: lines that follow them, in their own order.
    """
    rest = sorted(properties.keys() - _FIRST)
    lines = [properties[name] for name in (*_FIRST, *rest)]
    return join(["BEGIN:VEVENT", *lines, *more, "END:VEVENT"])


def join(lines: Iterable[str]) -> str:
    """Folded lines, each ended as RFC 5545 asks."""
    return "".join(fold(line) + "\r\n" for line in lines)
