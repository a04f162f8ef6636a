"""Pages that lead from an old address to the one of today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from ..i18n import Translator
from ..model.community import Community, Event, Person, Place, entity_address, entity_folder
from ..model.settings import Settings
from ..problems import N_

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"
"""Such a page needs nothing but itself (W3C CSP Level 3)."""


@dataclass(frozen=True)
class Redirect:
    """A way from an old address, both without slashes at the ends.

    Attributes:
        source: the file that names the old address, relative to the site's folder.
        anchor: where on the new page; "" for its beginning.
    """

    old: str
    new: str
    source: str
    anchor: str = ""

    @property
    def path(self) -> str:
        """Its file in the tree."""
        return f"{self.old}/index.html"


def redirects(community: Community) -> Iterator[Redirect]:
    """Every way from an old address that a source or the configuration names."""
    for thing in community.things:
        is_date = isinstance(thing, Event) and thing.date is not None
        for alias in () if is_date else thing.record.aliases:  # those are of its series
            yield Redirect(alias, thing.address.strip("/"), thing.source)
    yield from _dates(community)
    names = community.settings.addresses
    for entity in community.entities:
        if not isinstance(entity, Person | Place):
            folder = entity_folder(type(entity), names)
            for alias in entity.aliases:
                address = entity_address(entity, names).strip("/")
                yield Redirect(f"{folder}{alias}", address, entity.source)
    for collection in community.settings.collections:
        for alias in collection.aliases:
            yield Redirect(alias, collection.address, community.settings.source)


def _dates(community: Community) -> Iterator[Redirect]:
    """Dates of series that had a page elsewhere, or have none any more.

    They lead to their page of today, else to their place on that of their series, else to the
    meeting that was one.
    """
    named = {alias for one in community.things for alias in one.record.aliases}
    events = {alias: one for one in community.events for alias in one.record.aliases}
    moved = {
        (alias, one.date.key)
        for alias, event in events.items()
        for one in event.dates
        if one.date and one.date.paged
    }
    events |= {one.address.strip("/"): one for one in community.events}
    for address, key in sorted(community.dates_before | moved):
        event, old = events.get(address), f"{address}/{key}"
        if event is None or old in named:
            continue
        date = next((one for one in event.dates if one.date and one.date.key == key), None)
        if date is None or not date.has_page:
            yield Redirect(old, event.address.strip("/"), event.source, key if date else "")
        elif (new := date.address.strip("/")) != old:
            yield Redirect(old, new, event.source)


def redirect_page(redirect: Redirect, settings: Settings, tr: Translator) -> bytes:
    """A page without a script that leads on at once, relative so that previews work too."""
    anchor = f"#{redirect.anchor}" if redirect.anchor else ""
    target = escape("../" * (redirect.old.count("/") + 1) + redirect.new + "/" + anchor)
    canonical = escape(f"{settings.site_url}{redirect.new}/")
    title = escape(tr.gettext(N_("This page has moved")))
    link = escape(tr.gettext(N_("Go to its new address")))
    return (
        f'<!doctype html>\n<html lang="{tr.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f'<link rel="canonical" href="{canonical}">\n<meta name="robots" content="noindex">\n'
        f'</head>\n<body>\n<h1>{title}</h1>\n<p><a href="{target}">{link}</a></p>\n'
        f"</body>\n</html>\n"
    ).encode()
