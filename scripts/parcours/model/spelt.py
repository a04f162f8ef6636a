"""A text as its readers see it, whose every character knows where it is written.

``nom&#64;cci.example``, ``nom%40cci.example`` and ``nom<b>@</b>cci.example`` are one text to who
reads the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

SEAM = "\ufdd0"
"""Stands where a mark, a tag or a comment was: a noncharacter (Unicode, section 23.7)."""

_SIGNS = "\u00ad\u200b-\u200d\u2060\ufeff"
_SPELT = re.compile(
    rf"[&%\\<*{_SIGNS}](?:"
    r"(?<=&)(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z]{2,10};)"
    r"|(?<=%)[2-7][0-9A-Fa-f]"
    r"|(?<=\\)(?:u00[0-9a-fA-F]{2}|x[0-9a-fA-F]{2}|[!-/:-@\[-`{-~])"
    r"|(?<=<)/?(?:b|bdi|bdo|em|font|i|mark|small|span|strong|u|wbr)(?:[ \t\n][^<>@\d]{0,100})?/?>"
    r"|(?<=<)!--[^<>@\d]{0,80}-->"
    r"|(?<=\*)\*"
    rf"|(?<=[{_SIGNS}]))"
)


@dataclass(frozen=True)
class Spelt:
    """What a text says.

    Attributes:
        said: without what is only a way to write it.
        ends: where each part of it that was written otherwise ends, in *said*.
        shifts: how much further on, from there, the text as written is.
    """

    said: str
    ends: tuple[int, ...]
    shifts: tuple[int, ...]

    def written(self, at: int) -> int:
        """Where a character of *said* stands in the text as it is written."""
        index = bisect_right(self.ends, at) - 1
        return at + (self.shifts[index] if index >= 0 else 0)


def spelt(text: str) -> Spelt:
    """Read the references, escapes and marks of a text (HTML, URL, Markdown, YAML, JSON)."""
    out: list[str] = []
    ends: list[int] = []
    shifts: list[int] = []
    before = length = 0
    for found in _SPELT.finditer(text):
        said = _said(found[0])
        length += found.start() - before + len(said)
        out += (text[before : found.start()], said)
        before = found.end()
        ends.append(length)
        shifts.append(before - length)
    out.append(text[before:])
    return Spelt("".join(out), tuple(ends), tuple(shifts))


def _said(written: str) -> str:
    kind = written[0]
    if kind == "&":
        return unescape(written)
    if kind == "%":
        return chr(int(written[1:], 16))
    if kind == "\\":
        return chr(int(written[2:], 16)) if written[1] in "ux" else written[1]
    return SEAM if kind in "<*" else ""
