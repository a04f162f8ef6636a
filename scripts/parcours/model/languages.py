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
    return _other(thing.record.language, settings.tongue)


def foreign_item(said: str | None, meeting: Event, settings: Settings) -> str:
    """The language of an item of a programme where it is not that of the site; else "".

    Args:
        said: its own, if it has one; else it is in that of its meeting.
    """
    return _other(said, settings.tongue) if said else foreign(meeting, settings)


def told_of_item(said: str | None, meeting: Event, settings: Settings) -> str:
    """The language that is told beside an item: one that is not that of the site, or of its
    meeting; else ""."""
    return _other(said, settings.tongue) or _other(said, tongue_of(meeting, settings))


def _other(said: str | None, tongue: str) -> str:
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
