"""A report as a table: a line for each figure, and below it one for each of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..i18n import Translator
from ..model.report import Figure, Part, Report
from ..problems import N_
from ..spreadsheets import table
from .data import reference, unit
from .words import figure_name, part_name

HEADS = (
    N_("Key"),
    N_("Figure"),
    N_("Part of it"),
    N_("First day"),
    N_("Last day"),
    N_("Value"),
    N_("Unit"),
    N_("Value before"),
    N_("Before: first day"),
    N_("Before: last day"),
    N_("What is counted"),
)
UNITS = {"minutes": N_("minutes"), "days": N_("days"), "": ""}


def report_table(report: Report, tr: Translator) -> str:
    """The table as CSV; what is counted is told by ids, parted by spaces."""
    return table(_rows(report, tr))


def _rows(report: Report, tr: Translator) -> Iterator[Sequence[str | float]]:
    yield [tr.gettext(one) for one in HEADS]
    for figure in report.figures:
        yield _row(figure, figure, "", report, tr)
        for part in figure.parts:
            yield _row(figure, part, part_name(part, tr), report, tr)


def _row(
    figure: Figure, one: Figure | Part, name: str, report: Report, tr: Translator
) -> Sequence[str | float]:
    before = one.before
    compared = report.before if before else None
    return (
        figure.key,
        figure_name(figure, tr),
        name,
        report.period.first.isoformat(),
        report.period.last.isoformat(),
        "" if one.now.value is None else one.now.value,
        tr.gettext(UNITS[unit(figure)]),
        "" if before is None or before.value is None else before.value,
        compared.first.isoformat() if compared else "",
        compared.last.isoformat() if compared else "",
        " ".join(map(reference, one.now.counts)),
    )
