"""A report as a terminal shows it: a table of figures, then the meetings that were held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..i18n import Translator
from ..model.community import Event
from ..model.report import Figure, Key, Part, Report, waited
from ..model.stage import owed
from ..problems import N_
from ..shown import one_line, width
from . import words
from .data import reference

INDENT = "  "
MOST = 56
"""Columns that the name of a figure has at most: a longer one is cut."""


def report_lines(report: Report, tr: Translator) -> Iterator[str]:
    """Its lines."""
    yield from _head(words.title(report.period, tr))
    yield from words.notes(report, tr)
    if not report.blocks:
        yield tr.gettext(N_("Nothing took place in this period."))
        return
    yield from _table(report, tr)
    if report.held:
        yield ""
        yield from _head(tr.gettext(N_("The meetings that were held")))
        for event in report.held:
            day = event.first.first.isoformat() if event.first else ""
            yield f"{day}  {reference(event)}  {one_line(event.title)}{_owed(event, report, tr)}"


def _owed(event: Event, report: Report, tr: Translator) -> str:
    """For how long its replay is owed."""
    if not owed([event], report.now):
        return ""
    text = tr.ngettext(
        "replay owed for {n} day", "replay owed for {n} days", waited(event, report.now)
    )
    return f" ({text})"


def _head(text: str) -> Iterator[str]:
    yield text
    yield "─" * width(text)


Row = tuple[str, ...]
"""A name, the value, the one before, and what is different."""


def _table(report: Report, tr: Translator) -> Iterator[str]:
    compared = tr.gettext(N_("before"))
    rows: list[Row | str] = []
    for block in report.blocks:
        rows.append(tr.gettext(words.SUBJECTS[block.subject]))
        for figure in block.figures:
            rows += _rows(figure, tr)
    cells = [row for row in rows if not isinstance(row, str)]
    room = [max(width(row[n]) for row in cells) for n in range(4)]
    room = [max(room[0], width(INDENT)), room[1], max(room[2], width(compared)), room[3]]
    yield ""
    yield tr.format(N_("Before: {days}"), days=words.span(report.before, tr))
    head = ("", "", compared, "")
    for row in (head, *rows):
        yield _line(row, room) if not isinstance(row, str) else row


def _rows(figure: Figure, tr: Translator) -> Iterator[Row]:
    if not figure.now.value and not (figure.before and figure.before.value):
        return
    yield _row(INDENT + words.figure_name(figure, tr), figure.key, figure, tr)
    for part in figure.parts:
        name = INDENT * 2 + one_line(words.part_name(part, tr))
        yield _row(name, words.part_key(figure), part, tr)


def _row(name: str, key: Key, one: Figure | Part, tr: Translator) -> Row:
    values = (words.value(key, tally, tr) for tally in (one.now, one.before))
    return (_cut(name), *values, words.change(key, one, tr))


def _cut(text: str) -> str:
    while width(text) > MOST:
        text = text.rstrip("…")[:-1] + "…"
    return text


def _line(row: Sequence[str], room: Sequence[int]) -> str:
    name, *numbers = row
    cells = [name + " " * (room[0] - width(name))]
    cells += [" " * (at - width(one)) + one for one, at in zip(numbers, room[1:], strict=True)]
    return "  ".join(cells).rstrip()
