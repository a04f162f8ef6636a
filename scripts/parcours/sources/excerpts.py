"""The line of a source in which something is wrong, with a caret below its column."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from ..i18n import Translator
from ..problems import OF_FILES, Mark, Problem, printable
from .files import TEXT_LIMIT, first_bytes, is_file
from .suffixes import words

WIDTH = 92
"""Columns of a line that are shown, around the one that is meant."""


_TEXTS = words(".md .yml .yaml .vtt .srt .svg .txt .json .html")


@dataclass
class Excerpts:
    """Reads each file once.

    Attributes:
        root: the site's folder.
    """

    root: Path
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def told(self, problem: Problem, tr: Translator) -> str:
        """A problem as a line that programs find, and below it, further in, that of its source."""
        mark = problem.mark
        is_of_file = problem.code in OF_FILES and (mark.line, mark.column) == (1, 1)
        return "\n".join([problem.line(tr), *([] if is_of_file else self._of(mark))])

    def _of(self, mark: Mark) -> list[str]:
        """The line and a caret; nothing where there is none to show."""
        lines = self._read(mark.file)
        line = lines[mark.line - 1] if mark.line <= len(lines) else ""
        if not line.strip():
            return []
        text, at = _window(line, min(mark.column - 1, len(line)))
        before = "".join(_blank(char) for char in text[:at])
        number = str(mark.line)
        return [f"    {number} | {text}", f"    {' ' * len(number)} | {before}^"]

    def _read(self, file: str) -> list[str]:
        if file not in self._lines:
            path = self.root / file
            if path.suffix.lower() not in _TEXTS:
                return []
            data = first_bytes(path, TEXT_LIMIT) if is_file(path) else b""
            is_text = b"\0" not in data[:1000] and len(data) < TEXT_LIMIT
            text = data.decode("utf-8-sig", "replace") if is_text else ""
            self._lines[file] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._lines[file]


def _window(line: str, at: int) -> tuple[str, int]:
    """The part of a line around a column, and where that stands in it; one cell for a tab."""
    line = line.rstrip()
    begin = max(0, min(at - WIDTH // 3, len(line) - WIDTH))
    part = printable(line[begin : begin + WIDTH].replace("\t", " "))
    if begin:
        part, at = f"…{part[1:]}", max(at, begin + 1)
    if begin + WIDTH < len(line):
        part = f"{part[:-1]}…"
    return part, at - begin


def _blank(char: str) -> str:
    """As much room as a letter takes."""
    if unicodedata.combining(char):
        return ""
    return "  " if unicodedata.east_asian_width(char) in "WF" else " "
