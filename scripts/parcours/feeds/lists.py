"""Lists of all feeds: OPML 2.0 for readers of feeds, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ..model.feeds import MEDIA_TYPES, Format, Kind


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A selection and its feeds, as lists tell them.

    Attributes:
        of: the ids it is crossed from, by what they are of.
        count: events it has, in the calendar or in its archives; posts for those.
        feeds: whole addresses, by format.
        podcast: the name of its podcast, if it has one.
        archives: whole address and count of each past year's calendars.
    """

    kind: Kind
    name: str
    page: str
    of: Mapping[str, str]
    count: int
    held: Mapping[Format, int]
    feeds: Mapping[Format, str]
    podcast: str
    aliases: Mapping[Format, Sequence[str]]
    archives: Sequence[tuple[str, int, int]]


def write_feeds_json(site: str, listed: Sequence[Listed]) -> bytes:
    """Every feed with its selection, count and address, one selection a line."""
    lines = [json.dumps(_selection(one), ensure_ascii=False) for one in listed]
    body = ",\n  ".join(lines)
    name = json.dumps(site, ensure_ascii=False)
    return f'{{"site": {name}, "selections": [\n  {body}\n]}}\n'.encode()


def _selection(one: Listed) -> dict[str, object]:
    return {
        "selection": one.kind,
        "name": one.name,
        "of": dict(one.of),
        "page": one.page,
        "count": one.count,
        "feeds": [
            {
                "format": format,
                "type": MEDIA_TYPES[format],
                "url": url,
                "count": one.held[format],
                "aliases": list(one.aliases[format]),
            }
            for format, url in one.feeds.items()
        ],
        "archives": [
            {"year": year, "count": count, "url": url} for url, year, count in one.archives
        ],
    }


def write_opml(title: str, groups: Sequence[tuple[str, Sequence[Listed]]]) -> bytes:
    """The news feeds of all selections, in groups, for a reader of feeds to take over at once."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    body = etree.SubElement(root, "body")
    for name, listed in groups:
        found = [one for one in listed if "rss" in one.feeds]
        if not found:
            continue
        group = etree.SubElement(body, "outline", text=name)
        for one in found:
            _outline(group, one.name, one.feeds["rss"], one.page)
            if "podcast" in one.feeds:
                _outline(group, one.podcast, one.feeds["podcast"], one.page)
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"


def _outline(group: etree._Element, name: str, feed: str, page: str) -> None:
    said = {"type": "rss", "text": name, "title": name, "xmlUrl": feed, "htmlUrl": page}
    etree.SubElement(group, "outline", said)
