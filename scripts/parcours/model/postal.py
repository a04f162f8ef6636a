"""A postal address that stands on one line, in the lines of an envelope.

The post's own form (UPU S42; in France, NF Z 10-011): a line for each part, without commas, the
post code before its town. Commas that are of a part stay: of a number before its street, and of a
town before its state and code.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d{1,4}(?: ?(?:bis|ter|quater|[A-Za-z]))?", re.IGNORECASE)
_STATE = re.compile(r"[A-Z]{2} \d{5}(?:-\d{4})?")


def postal_lines(address: str) -> tuple[str, ...]:
    """Its lines, in the order in which they were written."""
    parts = [part for part in map(str.strip, address.split(",")) if part]
    lines: list[str] = []
    for index, part in enumerate(parts):
        if lines and _continues(lines[-1], part, parts[index + 1 : index + 2]):
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    return tuple(lines)


def _continues(line: str, part: str, following: list[str]) -> bool:
    """Whether a part stands on the line before it."""
    if all(_NUMBER.fullmatch(piece) for piece in line.split(", ")):
        return True  # « 12, rue Neuve », « 12, 14, rue Neuve »
    if _STATE.fullmatch(part):
        return True  # « Washington, DC 20500 »
    # « Calle Mayor, 12 »; but « Bâtiment A, 12, rue Neuve ».
    return bool(_NUMBER.fullmatch(part)) and not any(one[:1].islower() for one in following)
