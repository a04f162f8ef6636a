"""A report as a terminal shows it: what is dangerous first, then a table of each meeting."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ..i18n import Translator, translator
from ..shown import one_line, width
from . import labels
from .report import Danger, Line, Meeting, Month, Report

WIDTH = 80
"""Columns of a line; those of a terminal are not asked for, so that what is written stays."""

_INDENT = "  "


def terminal(report: Report) -> str:
    """The lines of a report, ending with a line break."""
    tr = translator(report.language)
    return "\n".join(_lines(report, tr)).lstrip("\n") + "\n"


def _lines(report: Report, tr: Translator) -> Iterator[str]:
    base, head = labels.between(report, tr)
    yield from _head(tr.gettext(labels.TITLE))
    yield one_line(f"{base} → {head}")
    for note in report.notes:
        yield from _wrapped(note.text, "")
    if report.failure is not None:
        yield from _wrapped(report.failure.text, "")
        yield from (_INDENT + one_line(one) for one in report.failure.errors)
        return
    if report.dangers:
        yield from _head(tr.gettext(labels.DANGERS))
        for danger in report.dangers:
            yield from _danger(danger)
    if labels.is_quiet(report):
        yield tr.gettext(labels.NOTHING)
        return
    if report.meetings:
        yield from _head(tr.gettext(labels.meetings(report)))
    for meeting in report.meetings:
        yield from _meeting(meeting, report, tr)
    if report.months:
        yield from _head(tr.gettext(labels.MONTHS))
        for month in report.months:
            yield from _month(month, tr)
    yield ""
    yield labels.count(report, tr)
    if report.delivery:
        yield from _wrapped(report.delivery, "")


def _head(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "─" * width(text)


def _danger(danger: Danger) -> Iterator[str]:
    yield from _wrapped(f"! {danger.text} [{danger.code}]", "  ")
    yield from _wrapped(f"  → {danger.mend}", "    ")


def _meeting(meeting: Meeting, report: Report, tr: Translator) -> Iterator[str]:
    sort = labels.SORTS[meeting.sort]
    file = f"{tr.gettext(sort)}, {meeting.file}" if sort else meeting.file
    yield from _wrapped(f"{meeting.title}  ({file})", _INDENT)
    for change in meeting.changes:
        yield from _wrapped(f"{_INDENT}• {change.text}", _INDENT * 2)
    if meeting.late:
        yield from _wrapped(f"{_INDENT}! {meeting.late}", _INDENT * 2)
    told = labels.reach(meeting, report, tr)
    if told:
        yield from _wrapped(_INDENT + told, _INDENT * 2)
    if meeting.message:
        yield from _wrapped(_INDENT + tr.gettext(labels.MESSAGE), _INDENT)
        yield from _wrapped(f"{_INDENT}> {meeting.message}", f"{_INDENT}> ")


def _month(month: Month, tr: Translator) -> Iterator[str]:
    """A table of two columns: what stood there, and what stands there."""
    half = (WIDTH - 5) // 2
    yield one_line(month.name)
    yield _row([tr.gettext(labels.BEFORE), tr.gettext(labels.AFTER)], half)
    for pair in labels.rows(month):
        for lines in zip_longest(*(_cell(one, half) for one in pair), fillvalue=""):
            yield _row(lines, half)
    yield ""


LEAST = 6
"""Columns of a title, below which its mark stands under it."""


def _cell(line: Line | None, room: int) -> Sequence[str]:
    """The lines of a cell; of a long title the end is left out, and never its mark."""
    if line is None:
        return ()
    when = one_line(line.when)
    said = f"{'*' if line.changed else ' '} {when}  {one_line(line.title)}"
    mark = f" ({one_line(line.mark)})" if line.mark else ""
    if width(said) <= room or not mark or not said.endswith(mark):
        return (said,)
    left = room - width(mark)
    if left < width(f"* {when}  ") + LEAST:
        return _cut(said.removesuffix(mark), room), f"   {mark}"
    return (_cut(said.removesuffix(mark), left) + mark,)


def _row(cells: Sequence[str], room: int) -> str:
    return " │ ".join(_fitted(cell, room) for cell in cells).rstrip()


def _fitted(text: str, room: int) -> str:
    """A cell of exactly so many columns."""
    shown = _cut(text, room)
    return shown + " " * (room - width(shown))


def _cut(text: str, room: int) -> str:
    """A text of at most so many columns."""
    while width(text) > max(room, 0):
        text = text.rstrip("…")[:-1].rstrip() + "…" if room > 0 and text.strip("…") else ""
    return text


def _wrapped(text: str, later: str) -> list[str]:
    """A text in lines of the width; what it begins with stays where it is."""
    first = text[: len(text) - len(text.lstrip(" "))]
    return textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
