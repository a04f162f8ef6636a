"""A report, in the forms in which it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..sources.files import first_bytes
from .markdown import markdown
from .report import LIMIT, NoReport, Report, read_report, write_report
from .terminal import terminal

__all__ = ["FORMS", "NoReport", "read_file", "shown"]

FORMS: Mapping[str, Callable[[Report], str]] = {
    "text": terminal,
    "markdown": markdown,
    "json": write_report,
}


def shown(report: Report, form: str) -> str:
    """A report in a form, ending with a line break."""
    return FORMS[form](report)


def read_file(path: Path) -> Report:
    """The report in a file.

    Raises:
        NoReport: there is none, or it is larger than any.
    """
    return read_report(first_bytes(path, LIMIT + 1))
