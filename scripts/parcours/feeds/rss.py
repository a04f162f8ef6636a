"""RSS 2.0: news of a selection. feedgen writes the base, lxml corrects it, here alone.

An entry is an announcement: its guid is the event's UID, its date the instant at which the event
came into history. feedgen 1.0 is told both dates everywhere, or it would take the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator
from lxml import etree

from .. import wording
from ..i18n import Translator
from ..model.community import Event
from .ics import Head
from .text import Texts, title

LIMIT = 100
"""News in a feed, the newest."""

_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True)
class Item:
    """The announcement of an event, written once for every feed that holds it."""

    event: Event
    title: str
    link: str
    summary: str
    content: str
    published: datetime


def write_item(event: Event, texts: Texts, tr: Translator) -> Item:
    """The news that an event was announced."""
    first = event.first
    when = wording.when(first, tr) if first else wording.undated(event, tr)
    summary = f"{event.collection.singular}, {when}"
    body = texts.body.html(texts.site_url).replace("&#10;", "\n")
    paragraphs = "".join(
        f"<p>{_escape(part).replace(chr(10), '<br>')}</p>" for part in (summary, *texts.facts())
    )
    return Item(
        event,
        title(event, tr),
        texts.url,
        summary,
        paragraphs + body,
        datetime.fromtimestamp(event.stamps.created, UTC),
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_rss(head: Head, items: Sequence[Item], language: str) -> bytes:
    """The newest items of a selection as RSS 2.0; valid without any."""
    newest = sorted(items, key=lambda one: (one.published, one.event.uid), reverse=True)[:LIMIT]
    feed = FeedGenerator()
    feed.title(head.name)
    feed.link(href=head.page, rel="alternate")
    feed.description(head.description)
    feed.language(language)
    feed.generator("Parcours")
    feed.docs("https://www.rssboard.org/rss-specification")
    changed = datetime.fromtimestamp(head.changed, UTC)
    feed.lastBuildDate(changed)
    feed.pubDate(newest[0].published if newest else changed)
    for item in newest:
        entry = feed.add_entry(order="append")
        entry.guid(item.event.uid, permalink=False)
        entry.title(item.title)
        entry.link(href=item.link)
        entry.summary(item.summary)
        entry.content(item.content)
        entry.published(item.published)
        entry.updated(item.published)
        for theme in item.event.refs.themes:
            entry.category(term=theme.name)
    return _finish(feed.rss_str(), head)


def _finish(data: bytes, head: Head) -> bytes:
    """The channel's own address (`atom:link rel=self`), which feedgen would make its link."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    channel = root.find("channel")
    for old in channel.findall(f"{_ATOM}link"):
        channel.remove(old)
    link = etree.Element(f"{_ATOM}link", href=head.source, rel="self", type="application/rss+xml")
    channel.insert(0, link)
    etree.indent(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"
