"""A podcast: RSS 2.0 with the tags of Apple and of Podcasting 2.0, which feedgen cannot write.

Sources: https://help.apple.com/itc/podcasts_connect/ (« A Podcaster's Guide to RSS ») and
https://podcastindex.org/namespace/1.0. No owner is named and none can be asked, since both would
take an e-mail address: hence the feed is locked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from lxml import etree

from ..model.schema import Chapter
from ..problems import N_
from .head import Head
from .items import Enclosure, Item
from .xml import NAMES, Notice, XmlFeeds

NOTICE: Notice = (
    N_("This is a podcast: a page for applications in which one listens to new recordings."),
    N_("To follow it, copy its address into an application for podcasts, such as AntennaPod."),
)
CATEGORY = "Education"
"""Of the categories that Apple knows."""

_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_NAMES: dict[str | None, str] = {**NAMES, "itunes": _ITUNES, "podcast": _PODCAST}
_FEEDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space of podcasts, as Podcasting 2.0 sets it."""


@dataclass(frozen=True, kw_only=True)
class Show:
    """What a podcast says of itself beside what every feed does.

    Attributes:
        guid: its identity for ever.
        cover: whole address of its square image.
        moved: its address today, where it stands at an earlier one; "" else.
    """

    guid: str
    author: str
    cover: str
    moved: str = ""


@dataclass(frozen=True)
class Spoken:
    """What was said, as a file."""

    url: str
    type: str
    language: str


@dataclass(frozen=True)
class Guest:
    """Somebody who speaks, and the page that says who that is; "" for none."""

    name: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Episode:
    """A recording to listen to.

    Attributes:
        item: as in a feed of news, with what it plays first among its enclosures.
        chapters: whole address of its parts as JSON; "" for none.
        season: a year; None where it is not public.
        number: in its season; None where nobody gave it one.
        name: of the season, where it has one.
    """

    item: Item
    spoken: tuple[Spoken, ...] = ()
    chapters: str = ""
    season: int | None = None
    number: int | None = None
    name: str = ""
    guests: tuple[Guest, ...] = ()

    @property
    def size(self) -> int:
        """About the octets it takes: its title and summary stand twice, with the tags."""
        item = self.item
        return (
            item.size + len(f"{item.title}{item.summary}".encode()) + 1500 + 300 * len(self.guests)
        )


def show_guid(address: str) -> str:
    """The identity of a podcast, from its address without what stands before « :// »."""
    return str(uuid5(_FEEDS, address.partition("://")[2].rstrip("/")))


def write_chapters(title: str, chapters: Iterable[Chapter]) -> bytes:
    """The parts of a recording (JSON Chapters 1.2)."""
    parts = [{"startTime": one.at, "title": one.title} for one in chapters]
    data = {"version": "1.2.0", "title": title, "chapters": parts}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def write_podcast(xml: XmlFeeds, head: Head, show: Show, episodes: Sequence[Episode]) -> bytes:
    """Episodes, the newest first; valid without any."""
    root = xml.channel(head, [one.item for one in episodes], notice=NOTICE)
    channel = root.find("channel")
    # What is said of the show stands before its items.
    place = channel.index(channel.find("lastBuildDate"))
    for element in _of_show(head, show):
        channel.insert(place, element)
        place += 1
    for one, element in zip(episodes, channel.findall("item"), strict=True):
        element.extend(_of_episode(one))
    return xml.write(root, head, _NAMES)


def _of_show(head: Head, show: Show) -> Iterator[etree._Element]:
    image = etree.Element("image")
    for tag, text in (("url", show.cover), ("title", head.name), ("link", head.page)):
        etree.SubElement(image, tag).text = text
    yield image
    yield _itunes("author", show.author)
    yield _itunes("summary", head.description)
    yield _itunes("type", "episodic")
    yield _itunes("category", text=CATEGORY)
    yield _itunes("explicit", "false")
    yield _itunes("image", href=show.cover)
    if show.moved:
        yield _itunes("new-feed-url", show.moved)
    yield _podcast("guid", show.guid)
    yield _podcast("medium", "podcast")
    yield _podcast("locked", "yes")


def _of_episode(one: Episode) -> Iterator[etree._Element]:
    item = one.item
    played, *others = item.enclosures
    if item.creators:
        yield _itunes("author", ", ".join(item.creators))
    yield _itunes("title", item.title)
    yield _itunes("summary", item.summary)
    yield _itunes("episodeType", "full")
    yield _itunes("explicit", "false")
    if played.seconds:
        yield _itunes("duration", str(played.seconds))
    if one.season is not None:
        yield _itunes("season", str(one.season))
        yield _podcast("season", str(one.season), **({"name": one.name} if one.name else {}))
    if one.number is not None:
        yield _itunes("episode", str(one.number))
        yield _podcast("episode", str(one.number))
    yield from map(_other, others)
    for file in one.spoken:
        yield _podcast("transcript", url=file.url, type=file.type, language=file.language)
    if one.chapters:
        yield _podcast("chapters", url=one.chapters, type="application/json+chapters")
    for guest in one.guests:
        page = {"href": guest.page} if guest.page else {}
        yield _podcast("person", guest.name, role="guest", group="cast", **page)


def _other(file: Enclosure) -> etree._Element:
    """Another file of the same recording: the video beside the sound."""
    length = {"length": str(file.size)} if file.size else {}
    element = _podcast("alternateEnclosure", type=file.type, **length)
    etree.SubElement(element, f"{{{_PODCAST}}}source", uri=file.url)
    return element


def _itunes(tag: str, content: str = "", **attributes: str) -> etree._Element:
    return _element(_ITUNES, tag, content, attributes)


def _podcast(tag: str, content: str = "", **attributes: str) -> etree._Element:
    return _element(_PODCAST, tag, content, attributes)


def _element(space: str, tag: str, content: str, attributes: dict[str, str]) -> etree._Element:
    element = etree.Element(f"{{{space}}}{tag}", attributes)
    element.text = content or None
    return element
