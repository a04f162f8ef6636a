"""data/accessibility.yml and data/publisher.yml → what the site says of itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from ..model.notices import WARNING, Notices, audit_end
from ..model.schema import AccessibilityRecord, PublisherRecord
from ..model.zones import zone
from ..problems import Problems
from .events import Context
from .files import is_link, is_there
from .records import validate
from .text import read_source
from .yaml import Document

R = TypeVar("R", bound=BaseModel)

ACCESSIBILITY = "accessibility.yml"
PUBLISHER = "publisher.yml"


def read_notices(context: Context) -> Notices:
    """Read both files; a site may have none."""
    files: list[str] = []
    read = _read(context, ACCESSIBILITY, AccessibilityRecord, files)
    publisher = _read(context, PUBLISHER, PublisherRecord, files)
    if read is not None:
        today = context.now.astimezone(zone(context.settings.timezone)).date()
        _check_dates(read[0], read[1], today, context.problems)
    changed = max((context.dating.stamps(file, (), None).changed for file in files), default=0)
    return Notices(
        read[0] if read else None,
        publisher[0] if publisher else None,
        changed,
    )


def _read(
    context: Context, name: str, kind: type[R], files: list[str]
) -> tuple[R, Document] | None:
    file = str(PurePosixPath(context.settings.data) / name)
    path = context.root / file
    if not is_there(path) and not is_link(path):
        return None
    source = read_source(path, file, context.problems)
    if source is None:
        return None
    record = validate(kind, source.document, context.problems, context.around)
    if record is None:
        return None
    files.append(file)
    return record, source.document


def _check_dates(
    record: AccessibilityRecord, document: Document, today: date, problems: Problems
) -> None:
    if record.drawn_up > today:
        mark = document.mark(("drawn_up",))
        problems.add("not-yet", mark, field="drawn_up", date=f"{record.drawn_up}")
    end = audit_end(record)
    if record.audit is None or end is None:
        return
    mark = document.mark(("audit", "date"))
    if record.audit.date > today:
        problems.add("not-yet", mark, field="audit.date", date=f"{record.audit.date}")
    elif today >= end:
        problems.add("audit-over", mark, severity="warning", date=f"{end}")
    elif today >= end - timedelta(days=WARNING):
        problems.add("audit-ends", mark, severity="warning", date=f"{end}")
