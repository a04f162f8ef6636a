"""Tables as CSV (RFC 4180) in which no spreadsheet finds a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

FORMULAS = frozenset("=+-@＝＋－＠")
"""What a cell begins with that is reckoned (OWASP, « CSV Injection »)."""


def table(rows: Iterable[Iterable[str | float]]) -> str:
    """Rows of texts and numbers, each ending with CRLF."""
    out = io.StringIO()
    csv.writer(out).writerows([_cell(one) for one in row] for row in rows)
    return out.getvalue()


def _cell(value: str | float) -> str | float:
    """A number, or a text that is no formula, whatever space it begins with."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip()[:1] in FORMULAS and value.strip() else value
