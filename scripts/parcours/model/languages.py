"""In which language something is held and told."""

from __future__ import annotations

import re

from .community import Course, Event, Post
from .settings import Settings


def tongue_of(thing: Event | Course | Post, settings: Settings) -> str:
    """The language that it is held and told in: that of the site, unless it says another."""
    return foreign(thing, settings) or settings.tongue


def foreign(thing: Event | Course | Post, settings: Settings) -> str:
    """The same where it is not that of the site; else ""."""
    said, tongue = thing.record.language, settings.tongue
    return said if said and not _is_one(said, tongue) else ""


_REGION = re.compile(r"-(?:[a-z]{2}|\d{3})(?=-|$)")


def _is_one(said: str, tongue: str) -> bool:
    """Whether two tags are of one language to readers: « fr-CA » is « fr », and not « fr-FR ».

    Of a language that is said without its region each region is one; another script is none.
    """
    both = said.casefold(), tongue.casefold()
    here, there = (_REGION.findall(one) for one in both)
    whole, other = (_REGION.sub("", one) for one in both)
    return whole == other and (not here or not there or here == there)
