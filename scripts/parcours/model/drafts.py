"""Drafts: who sees one, and when. A draft is seen by nobody but in a preview."""

from __future__ import annotations

from .schema import SourceRecord


def is_public(record: SourceRecord, course: SourceRecord | None = None) -> bool:
    """Whether everybody sees what a source says: neither it nor its course is a draft."""
    return not record.draft and not (course is not None and course.draft)


def is_shown(record: SourceRecord, *, preview: bool) -> bool:
    """Whether a build shows it; what lies in a course that is not shown is not shown either."""
    return preview or is_public(record)
