"""What the law asks a French public body's site to say of itself, and what it may claim.

Loi n° 2005-102, article 47, and décret n° 2019-768: without a valid audit by people, a site is
« non conforme », whatever automatic tests find. An audit is valid for three years, and for at most
eighteen months after a newer version of the referential (RGAA) was published.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .schema import AccessibilityRecord, PublisherRecord

VALID = 36
"""How long an audit holds, in months."""

VALID_AFTER_NEWER = 18
"""How long it holds once a newer referential is published, in months."""

WARNING = 90
"""How long before the end a warning begins, in days."""


class Compliance(StrEnum):
    """The three states that a statement may name."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


@dataclass(frozen=True)
class Notices:
    """What was read; None where the site has no such file.

    Attributes:
        changed: Unix seconds of the latest change of these files.
    """

    accessibility: AccessibilityRecord | None = None
    publisher: PublisherRecord | None = None
    changed: int = 0


NO_NOTICES = Notices()


def audit_end(record: AccessibilityRecord) -> date | None:
    """The first day on which the audit no longer holds; None without an audit."""
    if record.audit is None:
        return None
    end = months_after(record.audit.date, VALID)
    newer = record.new_referential
    if newer is not None and newer > record.audit.date:
        end = min(end, months_after(newer, VALID_AFTER_NEWER))
    return end


def compliance(record: AccessibilityRecord, today: date) -> Compliance:
    """What may be claimed on a day: never more than a valid audit found."""
    end = audit_end(record)
    if record.audit is None or end is None or not record.audit.date <= today < end:
        return Compliance.NONE
    if record.audit.rate >= 100:
        return Compliance.FULL
    return Compliance.PARTIAL if record.audit.rate >= 50 else Compliance.NONE


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
