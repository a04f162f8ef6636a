"""How one follows a selection, as pages show it: buttons, addresses, programs, lines of a list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from ..model.feeds import Selection
from ..model.settings import Settings
from .library import Library
from .programs import PROGRAMS, Program, subscription_links

PANEL = "abonnement"
"""The id of the part of a page in which one subscribes."""

FORMAT_NAMES = {
    "ics": "iCalendar",
    "rss": "RSS",
    "atom": "Atom",
    "json": "JSON",
    "podcast": "Podcast",
}


@dataclass(frozen=True)
class Opened:
    """A calendar program, and how it comes to a calendar.

    Attributes:
        href: what its button opens; "" where the address has to be pasted.
    """

    program: Program
    href: str


@dataclass(frozen=True, kw_only=True)
class Follow:
    """How one subscribes to the calendar of a selection.

    Attributes:
        anchor: id of the part of the page.
        calendar: the whole address of the calendar.
        rss: address of its news, relative to the site's root; "" for none, as *podcast*: of its
            podcast.
        subscribe: address of the page of feeds, with this selection chosen.
        code: what the QR code of the part of the page says.
        programs: names and sentences, not translated.
    """

    anchor: str
    name: str
    webcal: str
    calendar: str
    rss: str
    podcast: str
    subscribe: str
    code: str
    programs: tuple[Opened, ...]


def follow(selection: Selection, library: Library, address: str) -> Follow | None:
    """How one subscribes to a selection on the page of an address; None on a site without feeds."""
    if not library.settings.feeds:
        return None
    name, url = library.name(selection), library.absolute(selection.feed("ics"))
    opens = subscription_links(url, name)
    return Follow(
        anchor=PANEL,
        name=name,
        webcal=library.webcal(selection.feed("ics")),
        calendar=url,
        rss=selection.feed("rss") if "rss" in selection.formats else "",
        podcast=selection.feed("podcast") if selection.has_podcast else "",
        subscribe=subscribing(selection, library.settings),
        code=f"{library.absolute(address)}#{PANEL}",
        programs=tuple(Opened(one, opens.get(one.key, "")) for one in PROGRAMS),
    )


def subscribing(selection: Selection, settings: Settings) -> str:
    """The address of the page of feeds, which its script opens with a selection chosen.

    It opens with as much of it as one can choose there.
    """
    keys = settings.addresses.queries
    chosen = {
        "kind": selection.collection and selection.collection.address,
        "territory": selection.territory and selection.territory.id,
        "theme": selection.theme and selection.theme.id,
        "mode": selection.mode and settings.addresses.modes[selection.mode],
    }
    query = urlencode({keys[axis]: value for axis, value in chosen.items() if value})
    return f"{settings.subscribe}?{query}" if query else settings.subscribe


@dataclass(frozen=True, kw_only=True)
class NewsFeeds:
    """The news feeds of a selection: addresses relative to the site's root.

    Attributes:
        podcast: "" where nothing of it can be heard.
        address: the whole one to paste: of the podcast, else of the RSS.
    """

    anchor: str
    podcast: str
    address: str
    rss: str
    atom: str
    json: str


def news_feeds(selection: Selection, library: Library) -> NewsFeeds | None:
    """The news feeds of a selection; None on a site without feeds."""
    if not library.settings.feeds:
        return None
    podcast = selection.feed("podcast") if selection.has_podcast else ""
    return NewsFeeds(
        anchor=PANEL,
        podcast=podcast,
        address=library.absolute(podcast or selection.feed("rss")),
        rss=selection.feed("rss"),
        atom=selection.feed("atom"),
        json=selection.feed("json"),
    )


@dataclass(frozen=True)
class FeedLine:
    """A selection in a list of feeds.

    Attributes:
        count: what it holds, in words; "" for nothing.
        webcal: "" for a selection without a calendar.
        feeds: of each format, its name and address, the calendar first.
    """

    name: str
    count: str
    webcal: str
    feeds: tuple[tuple[str, str], ...]


def feed_line(selection: Selection, library: Library) -> FeedLine:
    """A selection as lists of feeds show it."""
    tr = library.tr
    if selection.kind == "posts":
        count = tr.ngettext("{n} post", "{n} posts", len(selection.posts))
    elif selection.kind == "replays":
        count = tr.ngettext("{n} replay", "{n} replays", len(selection.events))
    elif selection.kind == "relay":
        count = tr.ngettext("{n} open session", "{n} open sessions", len(selection.events))
    elif selection.kind == "deadlines":
        count = tr.ngettext("{n} deadline", "{n} deadlines", len(selection.events))
    elif selection.kind == "needs":
        count = tr.ngettext("{n} need", "{n} needs", len(selection.needs))
    else:
        count = tr.ngettext("{n} meeting", "{n} meetings", len(selection.events))
    calendar = "ics" in selection.formats
    return FeedLine(
        library.name(selection),
        count,
        library.webcal(selection.feed("ics")) if calendar else "",
        tuple((FORMAT_NAMES[one], selection.feed(one)) for one in selection.formats),
    )
