"""The pages that the law asks for, and the links at the foot of every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..model.notices import Compliance, audit_end, compliance
from ..model.schema import AccessibilityRecord, AuditRecord, PublisherRecord
from ..model.settings import Allowed
from ..problems import N_
from .drawing import Block
from .library import Library
from .page import Page, Plan
from .weights import pending

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


def foot_links(library: Library, plan: Plan) -> tuple[FootLink, ...]:
    """The links to the pages of this kind that the site has, to its report, and to what a reader
    keeps."""
    names, notices, tr = library.settings.addresses, library.community.notices, library.tr
    found = []
    if notices.accessibility:
        state = compliance(notices.accessibility, library.today)
        found.append(FootLink(tr.gettext(MENTIONS[state]), f"{names.accessibility}/"))
    rest = (
        (names.legal, N_("Legal notice")),
        (names.privacy, N_("Personal data")),
        (names.ecodesign, N_("Ecodesign")),
    )
    found += [FootLink(tr.gettext(title), f"{name}/") for name, title in rest if name in plan]
    if library.years:
        found.append(FootLink(tr.gettext(N_("Report")), library.settings.report))
    found.append(FootLink(tr.gettext(N_("My agenda")), library.settings.mine))
    return tuple(found)


def pages(library: Library) -> Iterator[Page]:
    """What the law asks for; and where weights are measured, if somebody wrote that page."""
    names, notices = library.settings.addresses, library.community.notices
    if notices.accessibility:
        address = f"{names.accessibility}/"
        make = partial(statement, library, notices.accessibility, address)
        blocks = {"statement": Block("accessibility.html", make)}
        yield _page(library, address, N_("Statement of accessibility"), blocks)
    if notices.publisher:
        address = f"{names.legal}/"
        make_notice = partial(legal_notice, library, notices.publisher, address)
        blocks = {"publisher": Block("legal.html", make_notice)}
        yield _page(library, address, N_("Legal notice"), blocks)
    address = f"{names.privacy}/"
    asked = hosts(library.settings.allowed)
    if asked or address in library.authored:
        make_hosts = partial(Hosts, not library.has_heading(address), asked)
        blocks = {"hosts": Block("hosts.html", make_hosts)} if asked else {}
        page = _page(library, address, N_("Personal data"), blocks)
        yield replace(page, waiting=frozenset({"hosts"} - blocks.keys()))
    address = f"{names.ecodesign}/"
    if address in library.authored:
        blocks = {"weights": Block("weights.html", partial(Pending, pending(library.tr)))}
        yield _page(library, address, N_("Ecodesign"), blocks)


def _page(library: Library, address: str, title: str, blocks: Mapping[str, Block]) -> Page:
    said, changed = library.tr.gettext(title), library.community.notices.changed
    return Page(address=address, title=said, description=said, changed=changed, blocks=blocks)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Input of ``accessibility.html``.

    Attributes:
        heading: whether the page needs one.
        state: of compliance, in words.
        audit: the one that is valid; None for none.
        rate: its share in per cent, as people write it.
        over: the day on which the last audit ended; "" for none.
        missing: what stands for what is not known.
    """

    heading: bool
    record: AccessibilityRecord
    state: str
    audit: AuditRecord | None
    audit_date: str
    rate: str
    over: str
    drawn_up: str
    site: str
    address: str
    missing: str


def statement(library: Library, record: AccessibilityRecord, address: str) -> Statement:
    """The statement of accessibility, in the shape that the RGAA imposes."""
    tr, day, settings = library.tr, library.today, library.settings
    end = audit_end(record)
    return Statement(
        heading=not library.has_heading(address),
        record=record,
        state=tr.gettext(STATES[compliance(record, day)]),
        audit=record.audit if end is not None and day < end else None,
        audit_date=tr.day(record.audit.date, weekday=False) if record.audit else "",
        rate=f"{record.audit.rate:g}".replace(".", ",") if record.audit else "",
        over=tr.day(end, weekday=False) if end is not None and day >= end else "",
        drawn_up=tr.day(record.drawn_up, weekday=False),
        site=settings.site_name,
        address=settings.site_url,
        missing=tr.gettext(MISSING),
    )


@dataclass(frozen=True)
class LegalNotice:
    """Input of ``legal.html``."""

    heading: bool
    record: PublisherRecord
    missing: str


def legal_notice(library: Library, record: PublisherRecord, address: str) -> LegalNotice:
    """Who publishes and who serves the site (LCEN, article 6); gaps are shown as gaps."""
    return LegalNotice(not library.has_heading(address), record, library.tr.gettext(MISSING))


USES: Mapping[str, str] = {
    "script": N_("scripts, which may do all that the site's own do"),
    "style": N_("style sheets"),
    "font": N_("fonts"),
    "img": N_("images"),
    "connect": N_("what scripts ask, or tell"),
    "media": N_("sound and film"),
    "frame": N_("pages within pages"),
    "form": N_("forms that you send"),
}
"""What a page may ask of a host, by directives of its policy."""


@dataclass(frozen=True)
class Hosts:
    """Input of ``hosts.html``.

    Attributes:
        hosts: each with what it is asked for.
    """

    heading: bool
    hosts: Sequence[tuple[str, Sequence[str]]]


def hosts(allowed: Allowed) -> list[tuple[str, Sequence[str]]]:
    """The other hosts that the policy of every page lets browsers ask, and for what."""
    named = {one for sources in allowed.values() for one in sources if "://" in one}
    return [
        (host, [use for name, use in USES.items() if host in allowed.get(name, ())])
        for host in sorted(named)
    ]


@dataclass(frozen=True)
class Pending:
    """Input of ``weights.html``: what stands there until the pages are measured."""

    text: str


MISSING = N_("To be completed")
