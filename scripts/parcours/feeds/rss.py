"""RSS 2.0: news of a selection. feedgen writes the base, lxml corrects it, here alone.

An entry is a news item: its guid tells what became true of which event, its date is the instant
at which it did. feedgen 1.0 is told every date, or it would take the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator
from lxml import etree
from markupsafe import escape

from .. import wording
from ..i18n import Translator
from ..model.news import News, NewsKind
from ..problems import N_
from .ics import Head
from .text import Texts

LIMIT = 100
"""News in a feed, the newest."""

_ATOM = "{http://www.w3.org/2005/Atom}"

_TITLES: dict[NewsKind, str] = {
    "announced": "{title}",
    "moved": N_("Moved: {title}"),
    "cancelled": N_("Cancelled: {title}"),
    "replay": N_("Replay: {title}"),
}


@dataclass(frozen=True)
class Item:
    """A news item as it is read, written once for every feed that holds it."""

    news: News
    title: str
    link: str
    summary: str
    content: str

    @property
    def published(self) -> datetime:
        return datetime.fromtimestamp(self.news.instant, UTC)


def write_item(news: News, texts: Texts, tr: Translator) -> Item:
    """What a reader of feeds shows of a news item."""
    event = news.event
    first = event.first
    when = wording.when(first, tr) if first else wording.undated(event, tr)
    summary = f"{event.collection.singular}, {when}"
    if news.kind == "moved" and news.before and news.after:
        summary = tr.format(
            N_("Moved from « {before} » to « {after} »."),
            before=wording.when(news.before, tr),
            after=wording.when(news.after, tr),
        )
    facts = "".join(f"<p>{_lines(part)}</p>" for part in (summary, *texts.facts()))
    body = texts.body.html(texts.site_url).replace("&#10;", "\n")
    title = tr.format(_TITLES[news.kind], title=event.title)
    return Item(news, title, texts.url, summary, facts + body)


def _lines(text: str) -> str:
    return "<br>".join(str(escape(line)) for line in text.split("\n"))


def write_rss(head: Head, items: Sequence[Item], language: str) -> bytes:
    """The newest items of a selection, given newest first, as RSS 2.0; valid without any."""
    newest = items[:LIMIT]
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
        entry.guid(item.news.guid, permalink=False)
        entry.title(item.title)
        entry.link(href=item.link)
        entry.summary(item.summary)
        entry.content(item.content)
        entry.published(item.published)
        entry.updated(item.published)
        for theme in item.news.event.refs.themes:
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
