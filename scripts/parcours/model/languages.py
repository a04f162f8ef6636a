"""In which language a meeting is held and told."""

from __future__ import annotations

from .community import Event
from .settings import Settings


def tongue_of(event: Event, settings: Settings) -> str:
    """The language that an event is held and told in: that of the site, unless it says another."""
    return event.record.language or settings.tongue


def foreign(event: Event, settings: Settings) -> str:
    """The same where it is not that of the site; else ""."""
    said, tongue = event.record.language, settings.tongue
    if not said or said.casefold() in (tongue.casefold(), tongue.casefold().split("-")[0]):
        return ""
    return said
