"""What there is to know of an event, a course or an entity, as labels and values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .. import wording
from ..i18n import Translator
from ..model.community import Course, Entity, Event, Post, Territory, Theme, entity_address
from ..model.names import asset_name
from ..model.schema import LinkRecord
from ..model.settings import Addresses
from ..problems import N_


@dataclass(frozen=True)
class Value:
    """A few words, and where they lead.

    Attributes:
        address: in the site, relative to its root; "" for none.
        url: outside of it; "" for none.
        until: instant in UTC from which it no longer holds; "" where it always does.
        since: instant in UTC before which it does not hold; "" where it always does.
    """

    text: str
    address: str = ""
    url: str = ""
    until: str = ""
    since: str = ""


def named(entity: Entity, names: Addresses, text: str = "") -> Value:
    """What has a name, and where that leads: to its page, or elsewhere where it has no file.

    Args:
        text: what it is called here; its name by default.
    """
    words = text or entity.name
    if entity.filed:
        return Value(words, entity_address(entity, names))
    url = "" if isinstance(entity, Theme | Territory) else entity.url
    return Value(words, url=url or "")


def link_values(
    links: Iterable[LinkRecord], thing: Event | Course | Post, tr: Translator
) -> list[Value]:
    """What goes with something: what each is called, and where it is."""
    page = thing.address.partition("#")[0]
    return [
        Value(name, url=one.url) if "://" in one.url else Value(name, page + asset_name(one.url))
        for one in links
        for name in (wording.link_name(one, tr),)
    ]


LANGUAGE = N_("Language")

Facts = tuple[tuple[str, tuple[Value, ...]], ...]
"""Labels, and the values of each."""


def facts(found: Iterable[tuple[str, Sequence[Value]]]) -> Facts:
    """Those that have a value."""
    return tuple((label, tuple(values)) for label, values in found if values)
