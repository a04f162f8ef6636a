"""The pages that the law asks for, and the links to them at the foot of every page."""

from __future__ import annotations

from collections.abc import Collection as Addresses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..i18n import Translator
from ..model.community import Community
from ..model.notices import Compliance, audit_end, compliance
from ..model.schema import AccessibilityRecord, PublisherRecord
from ..model.settings import Settings
from ..model.zones import zone
from ..problems import N_
from .view import View

MENTIONS: Mapping[Compliance, str] = {
    Compliance.NONE: N_("Accessibility: not compliant"),
    Compliance.PARTIAL: N_("Accessibility: partially compliant"),
    Compliance.FULL: N_("Accessibility: fully compliant"),
}
STATES: Mapping[Compliance, str] = {
    Compliance.NONE: N_("not compliant"),
    Compliance.PARTIAL: N_("partially compliant"),
    Compliance.FULL: N_("fully compliant"),
}


@dataclass(frozen=True)
class FootLink:
    """A link at the foot of every page; the address is relative to the site's root."""

    title: str
    address: str


def foot_links(
    community: Community, authored: Addresses[str], now: datetime, tr: Translator
) -> tuple[FootLink, ...]:
    """The links to the pages of this kind that the site has."""
    names, notices = community.settings.addresses, community.notices
    found = []
    if notices.accessibility:
        state = compliance(notices.accessibility, today(now, community.settings))
        found.append(FootLink(tr.gettext(MENTIONS[state]), f"{names.accessibility}/"))
    rest = (
        (names.legal, N_("Legal notice"), notices.publisher is not None),
        (names.privacy, N_("Personal data"), False),
        (names.ecodesign, N_("Ecodesign"), False),
    )
    for address, title, compiled in rest:
        if compiled or f"{address}/" in authored:
            found.append(FootLink(tr.gettext(title), f"{address}/"))
    return tuple(found)


def today(now: datetime, settings: Settings) -> date:
    """The community's date at an instant."""
    return now.astimezone(zone(settings.timezone)).date()


def statement(record: AccessibilityRecord, view: View, *, heading: bool) -> str:
    """The statement of accessibility, in the shape that the RGAA imposes."""
    tr, day = view.tr, today(view.library.now, view.settings)
    end = audit_end(record)
    return view.render(
        "accessibility.html",
        heading=heading,
        record=record,
        state=tr.gettext(STATES[compliance(record, day)]),
        audit=record.audit if end is not None and day < end else None,
        audit_date=tr.day(record.audit.date, weekday=False) if record.audit else "",
        rate=f"{record.audit.rate:g}".replace(".", ",") if record.audit else "",
        over=tr.day(end, weekday=False) if end is not None and day >= end else "",
        drawn_up=tr.day(record.drawn_up, weekday=False),
        site=view.settings.site_name,
        address=view.settings.site_url,
        missing=tr.gettext(N_("To be completed")),
    )


def legal_notice(record: PublisherRecord, view: View, *, heading: bool) -> str:
    """Who publishes and who serves the site (LCEN, article 6); gaps are shown as gaps."""
    return view.render(
        "legal.html",
        heading=heading,
        record=record,
        missing=view.tr.gettext(N_("To be completed")),
    )
