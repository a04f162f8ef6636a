"""What a feed says of itself, in any format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a feed says of itself.

    Attributes:
        source: its own address.
        page: the page that shows the same events.
        subscribe: the page that says how to subscribe.
        site: the name of the site.
        zone: the community's IANA zone, used by calendars for what has none.
        language: of what people wrote in it, as a tag.
        changed: Unix seconds of the last change of what it holds.
        color: a CSS3 colour name.
        stylesheet: of the feed opened in a browser, relative to it.
    """

    name: str
    description: str
    source: str
    page: str
    subscribe: str
    site: str
    zone: str
    language: str
    changed: int
    color: str | None = None
    stylesheet: str = ""

    @property
    def updated(self) -> datetime:
        """The instant of the last change, in UTC."""
        return datetime.fromtimestamp(self.changed, UTC)
