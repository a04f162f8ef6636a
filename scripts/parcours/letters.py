"""Unicode's normal forms, in a time that grows as the text does (UAX #15)."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]

MOST_MARKS = 30
"""Marks on one letter; no script needs as many (UAX #15, section 13: « Stream-Safe »)."""

JOINER = "\u034f"
"""COMBINING GRAPHEME JOINER: what parts the marks of a letter that has too many; it has no form."""

_RUN = re.compile(f"[\u0300-\uffff\U00010000-\U0010ffff]{{{MOST_MARKS + 1},}}")
_BEGIN_WITH_MARKS = frozenset("\u0f73\u0f75\u0f81\uff9e\uff9f")
"""Letters that decompose into marks alone."""


def normal(form: Form, text: str) -> str:
    """*text* in a normal form, `parted`.

    Python sorts the marks of a letter one by one: a text of nothing but marks takes minutes.
    """
    return text if text.isascii() else unicodedata.normalize(form, parted(text))


def parted(text: str) -> str:
    """*text* with a `JOINER` after each `MOST_MARKS` marks on end: browsers sort them too."""
    return text if text.isascii() else _RUN.sub(_apart, text)


def _apart(found: re.Match[str]) -> str:
    out: list[str] = []
    marks = 0
    for char in found[0]:
        marks = marks + 1 if unicodedata.combining(char) or char in _BEGIN_WITH_MARKS else 0
        if marks > MOST_MARKS:
            out.append(JOINER)
            marks = 1
        out.append(char)
    return "".join(out)
