"""What goes with a shared link: which image each page has, and what its head says of it."""

from __future__ import annotations

from collections.abc import Iterator

from .. import wording
from ..model.community import Event, Post
from .cards import Card, Cover
from .colors import ACCENT, color_of
from .library import Library, Thing

FOLDER = "assets/cards"
DEFAULT = f"{FOLDER}/default.png"
"""The image of pages that have none of their own."""


def cards(library: Library) -> Iterator[tuple[str, Card]]:
    """Every image of a site with its address."""
    settings = library.community.settings
    if not settings.cards:
        return
    yield DEFAULT, Card(settings.site_name, "", "", ACCENT, settings.site_name)
    for thing in library.community.things:
        yield _address(thing), card_of(thing, library)


def covers(library: Library) -> Iterator[tuple[str, Cover]]:
    """The cover of every podcast with its address; none can be published without one."""
    settings = library.settings
    for one in library.table.table if settings.feeds else ():
        if one.has_podcast:
            color = color_of(one.collection) if one.collection else ACCENT
            yield one.cover, Cover(library.name(one), color, settings.site_name)


def card_of(thing: Thing, library: Library) -> Card:
    """What the image of one page says."""
    settings, tr = library.community.settings, library.tr
    if isinstance(thing, Post):
        label = settings.news.name if settings.news else ""
        return Card(
            thing.title, tr.day(thing.day, weekday=False), label, ACCENT, settings.site_name
        )
    collection = thing.collection
    if isinstance(thing, Event):
        when = library.rhythm(thing) if thing.parts else wording.told_when(thing, tr)
    else:
        when = wording.course_days(thing, tr)
    return Card(thing.title, when, collection.name, color_of(collection), settings.site_name)


def shared(thing: Thing, library: Library) -> dict[str, object]:
    """Front matter of one page: the address of its image and what it shows, unescaped.

    The image keeps its address for ever; what follows the question mark changes with it, so that
    whoever keeps a copy of images asks again.
    """
    settings = library.community.settings
    if not settings.cards:
        return {}
    card = card_of(thing, library)
    said = [card.title, card.when, card.label, card.site]
    alt = " · ".join(part for part in said if part)
    return {"share": {"image": shared_image(thing, library), "alt": alt}}


def shared_image(thing: Thing, library: Library) -> str:
    """The whole address of the image that goes with a shared link; empty without images."""
    settings = library.community.settings
    if not settings.cards:
        return ""
    return f"{settings.site_url}{_address(thing)}?v={card_of(thing, library).key[:8]}"


def _address(thing: Thing) -> str:
    return f"{FOLDER}/{thing.address.strip('/')}.png"
