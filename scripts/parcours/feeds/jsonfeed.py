"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from .head import Head
from .items import Enclosure, Item


def write_json(head: Head, items: Sequence[Item], *, brief: bool = False) -> bytes:
    """Items as JSON Feed; valid without any."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.name,
        "home_page_url": head.page,
        "feed_url": head.source,
        "description": head.description,
        "language": head.language,
        "authors": [{"name": head.site}],
        "items": [_item(item, brief) for item in items],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(item: Item, brief: bool) -> dict[str, object]:
    found: dict[str, object] = {
        "id": item.guid,
        "url": item.link,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.brief if brief else item.content,
        "image": item.image,
        "date_published": item.published.isoformat(),
        "language": item.language,
        "tags": list(item.tags),
        "authors": [{"name": name} for name in item.creators],
        "attachments": [_attachment(one) for one in item.enclosures],
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _attachment(enclosure: Enclosure) -> dict[str, object]:
    found: dict[str, object] = {"url": enclosure.url, "mime_type": enclosure.type}
    if enclosure.size:
        found["size_in_bytes"] = enclosure.size
    if enclosure.seconds:
        found["duration_in_seconds"] = enclosure.seconds
    return found
