"""In which language something is held and told."""

from __future__ import annotations

from .community import Course, Event, Post
from .settings import Settings


def tongue_of(thing: Event | Course | Post, settings: Settings) -> str:
    """The language that it is held and told in: that of the site, unless it says another."""
    return thing.record.language or settings.tongue


def foreign(thing: Event | Course | Post, settings: Settings) -> str:
    """The same where it is not that of the site; else ""."""
    said, tongue = thing.record.language, settings.tongue
    if not said or said.casefold() in (tongue.casefold(), tongue.casefold().split("-")[0]):
        return ""
    return said
