"""RSS 2.0 and Atom (RFC 4287): feedgen writes the base, lxml does the rest, here alone.

feedgen 1.0 is told every date, or it would take the clock. What it cannot write: the channel's
own address beside its page, several enclosures, and the notice that a person reads who opens the
feed in a browser (XHTML, which browsers render in any XML; no script, no XSLT, which they drop).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import NamedTuple

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from ..i18n import Translator, base_of
from ..problems import N_
from .head import Head
from .items import Enclosure, Item

STYLESHEET = "assets/parcours-feed.css"

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML = "http://www.w3.org/1999/xhtml"
NAMES: dict[str | None, str] = {
    "atom": _ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "html": _XHTML,
}

Notice = tuple[str, str]
"""What a feed is, and how one follows it: messages of the catalogues."""

NOTICE: Notice = (
    N_("This is a news feed: a page for programs that tell you when something is new."),
    N_("To follow it, copy its address into a feed reader, for instance Thunderbird."),
)


class XmlFeeds:
    """Writes feeds in both formats; an item's element is made once for all of them."""

    def __init__(self, tr: Translator) -> None:
        self.tr = tr
        self._rss: dict[_Key, etree._Element] = {}
        self._atom: dict[_Key, etree._Element] = {}

    def rss(self, head: Head, items: Sequence[Item], *, brief: bool = False) -> bytes:
        """Items as RSS 2.0; valid without any."""
        return self.write(self.channel(head, items, brief=brief), head, NAMES)

    def channel(
        self, head: Head, items: Sequence[Item], *, brief: bool = False, notice: Notice = NOTICE
    ) -> etree._Element:
        """The same as a tree.

        Args:
            notice: what a person reads who opens it in a browser.
        """
        feed = _feed(head, items)
        feed.link(href=head.page, rel="alternate")
        root = _parse(feed.rss_str())
        channel = root.find("channel")
        for old in channel.findall(f"{{{_ATOM}}}link"):
            channel.remove(old)
        channel.insert(0, self._notice(head, notice))
        own = {"href": head.source, "rel": "self", "type": "application/rss+xml"}
        page = {"href": head.page, "rel": "alternate", "type": "text/html"}
        for place, link in enumerate((own, page), 1):
            channel.insert(place, etree.Element(f"{{{_ATOM}}}link", link))
        channel.extend(self._made(self._rss, self._in_rss, items, brief))
        return root

    def atom(self, head: Head, items: Sequence[Item], *, brief: bool = False) -> bytes:
        """Items as Atom; valid without any."""
        feed = _feed(head, items)
        feed.id(head.source)
        feed.link(href=head.page, rel="alternate", type="text/html")
        feed.link(href=head.source, rel="self", type="application/atom+xml")
        feed.author({"name": head.site})
        root = _parse(feed.atom_str())
        root.insert(0, self._notice(head, NOTICE))
        root.extend(self._made(self._atom, self._in_atom, items, brief))
        return self.write(root, head, {None: _ATOM, **{k: NAMES[k] for k in ("dc", "html")}})

    def write(self, root: etree._Element, head: Head, names: Mapping[str | None, str]) -> bytes:
        """The octets of a tree, in the name spaces of *names*."""
        kept = [name for name in names if name and name != "html"]
        etree.cleanup_namespaces(root, top_nsmap=names, keep_ns_prefixes=kept)
        etree.indent(root, space="")
        style = f'type="text/css" href="{head.stylesheet}"'
        root.addprevious(etree.ProcessingInstruction("xml-stylesheet", style))
        tree = root.getroottree()
        written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
        return written + b"\n"

    def _made(
        self,
        known: dict[_Key, etree._Element],
        make: Callable[[Sequence[Item], bool], Iterable[etree._Element]],
        items: Sequence[Item],
        brief: bool,
    ) -> Iterator[etree._Element]:
        """The elements of items, for one feed: an element stands in one tree only."""
        keys = [_Key(item.guid, item.title, brief) for item in items]
        new = {key: item for key, item in zip(keys, items, strict=True) if key not in known}
        known.update(zip(new, make([*new.values()], brief), strict=True))
        return (deepcopy(known[key]) for key in keys)

    def _in_rss(self, items: Sequence[Item], brief: bool) -> Iterator[etree._Element]:
        root = _parse(_alone(items, brief).rss_str())
        for item, element in zip(items, root.iter("item"), strict=True):
            element.insert(0, self._line(item))
            # One only: some readers take the last, and the video comes first.
            for one in item.enclosures[:1]:
                place = element.index(element.find("guid"))
                element.insert(place, etree.Element("enclosure", **_attributes(one, "url")))
            yield element

    def _in_atom(self, items: Sequence[Item], brief: bool) -> Iterator[etree._Element]:
        root = _parse(_alone(items, brief).atom_str())
        for item, element in zip(items, root.iter(f"{{{_ATOM}}}entry"), strict=True):
            element.insert(0, self._line(item))
            # An IRI (RFC 4287, section 4.2.6); RSS has the bare identity.
            element.find(f"{{{_ATOM}}}id").text = f"mid:{item.guid}"
            if item.is_foreign:
                for part in ("title", "content") if item.has_body else ("title",):
                    element.find(f"{{{_ATOM}}}{part}").set(_LANG, item.language)
            place = element.index(element.find(f"{{{_ATOM}}}link")) + 1
            for one in reversed(item.enclosures):
                attributes = {"rel": "enclosure", **_attributes(one, "href")}
                element.insert(place, etree.Element(f"{{{_ATOM}}}link", **attributes))
            yield element

    def _line(self, item: Item) -> etree._Element:
        """The title as a link that works where a browser shows the feed, and its day."""
        line = _html("p")
        line.append(_html("a", item.title, href=item.link))
        line[0].tail = f" – {self.tr.day(item.published.date(), weekday=False)}"
        return line

    def _notice(self, head: Head, notice: Notice) -> etree._Element:
        """What a person reads who opens the address in a browser."""
        tr = self.tr
        block = _html("div", **{"class": "notice", "lang": tr.language})
        other = {} if base_of(head.language) == tr.language else {"lang": head.language}
        block.append(_html("h1", head.name, **other))
        for sentence in notice:
            block.append(_html("p", tr.gettext(sentence)))
        address = _html("p", tr.gettext(N_("Address to copy:")) + " ")
        address.append(_html("code", head.source))
        block.append(address)
        links = _html("p")
        links.append(_html("a", tr.gettext(N_("How to subscribe")), href=head.subscribe))
        links[-1].tail = " · "
        links.append(_html("a", tr.gettext(N_("Back to the site")), href=head.page))
        block.append(links)
        return block


class _Key(NamedTuple):
    """What tells items apart; an episode has the title of its meeting."""

    guid: str
    title: str
    brief: bool


def _feed(head: Head, items: Sequence[Item]) -> FeedGenerator:
    """What a feed says of itself."""
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.title(head.name)
    feed.description(head.description)
    feed.language(head.language)
    feed.generator("Parcours")
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.updated(head.updated)
    feed.lastBuildDate(head.updated)
    feed.pubDate(items[0].published if items else head.updated)
    return feed


def _alone(items: Sequence[Item], brief: bool) -> FeedGenerator:
    """Items in a feed that says nothing of itself but what it has to."""
    feed = FeedGenerator()
    feed.load_extension("dc")
    for say in (feed.id, feed.title, feed.description):
        say("-")
    feed.link(href="-")
    feed.updated(_ANY)
    feed.lastBuildDate(_ANY)
    for item in items:
        feed.add_entry(_entry(item, item.brief if brief else item.content), order="append")
    return feed


_ANY = datetime.fromtimestamp(0, UTC)


def _entry(item: Item, content: str) -> FeedEntry:
    entry = FeedEntry()
    entry.load_extension("dc")
    entry.guid(item.guid, permalink=False)
    entry.title(item.title)
    entry.link(href=item.link, rel="alternate", type="text/html")
    entry.summary(item.summary)
    entry.content(content or f"<p>{item.summary}</p>", type="html")
    entry.published(item.published)
    entry.updated(item.published)
    for tag in item.tags:
        entry.category(term=tag)
    for creator in item.creators:
        entry.author({"name": creator})
    if item.creators:
        entry.dc.dc_creator(list(item.creators))
    if item.is_foreign:
        entry.dc.dc_language(item.language)
    return entry


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _attributes(enclosure: Enclosure, address: str) -> dict[str, str]:
    return {address: enclosure.url, "type": enclosure.type, "length": str(enclosure.size)}


def _html(tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{_XHTML}}}{tag}", attributes)
    element.text = text or None
    return element
