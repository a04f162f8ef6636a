"""The page of feeds with its picker, and the list of every feed, for whom that does not run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from .. import wording
from ..model.feeds import Kind, Selection
from ..model.names import slug
from ..problems import N_
from .drawing import Block
from .following import FeedLine, Follow, feed_line, follow
from .library import Library
from .page import Page

_MAIN: tuple[Kind, ...] = ("all", "collection", "replays", "posts")

_CROSSINGS = {
    (True, True, False): wording.KINDS["crossing"],
    (True, False, True): N_("By kind of meeting and theme"),
    (False, True, True): N_("By territory and theme"),
    (True, True, True): N_("By kind of meeting, territory and theme"),
}
"""By whether a kind of meeting, a territory and a theme are crossed."""


@dataclass(frozen=True)
class Axis:
    """What a subscription can be composed of.

    Attributes:
        key: what it is; *query*: what it is called in the address of the page.
        path: what stands before a choice in the address of a feed.
        choices: values and names; the first, "", chooses nothing.
    """

    key: str
    query: str
    path: str
    label: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class SubscribePage:
    """Input of ``subscribe.html``.

    Attributes:
        heading: "" where somebody wrote one.
        follow: of all meetings; None on a site without feeds.
        groups: by what they are of, and how many others there are in the list of every feed.
        podcasts: names and addresses, that of all replays first; none where nothing can be heard.
        all_feeds: address of the list of every feed; *feed_list*: of the one for programs.
    """

    heading: str
    follow: Follow | None
    axes: tuple[Axis, ...]
    groups: tuple[tuple[str, tuple[FeedLine, ...], int], ...]
    all_feeds: str
    feed_list: str
    opml: str
    podcasts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ListedFeed:
    """A selection in the list of every feed.

    Attributes:
        calendar: address of its calendar; "" for none.
        rss: address of its news; "" for none; *podcast*: of its podcast.
        empty: whether it holds nothing yet.
    """

    name: str
    calendar: str
    rss: str
    podcast: str
    empty: bool


@dataclass(frozen=True)
class Part:
    """Selections under a title; "" where the section's own is enough."""

    title: str
    feeds: tuple[ListedFeed, ...]


@dataclass(frozen=True)
class Section:
    """Parts under a title."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class FeedsList:
    """Input of ``feeds_list.html``; *subscribe* is the address of the page of feeds."""

    heading: str
    subscribe: str
    sections: tuple[Section, ...]


def pages(library: Library) -> Iterator[Page]:
    """The page of feeds, and below it the list of every feed."""
    settings, tr = library.settings, library.tr
    yield Page(
        address=settings.subscribe,
        title=tr.gettext(N_("Subscribe")),
        description=tr.gettext(N_("The meetings in your own calendar or feed reader.")),
        changed=library.community.revision,
        selections=library.table.of_kind(*_MAIN),
        blocks={"feeds": Block("subscribe.html", partial(_subscribe, library))},
    )
    if not settings.feeds:
        return
    title = tr.gettext(N_("All calendars, one by one"))
    yield Page(
        address=settings.all_feeds,
        title=title,
        description=title,
        parent=settings.subscribe,
        changed=library.community.revision,
        blocks={"feeds": Block("feeds_list.html", partial(_list, library, title))},
        searchable=False,
    )


def _subscribe(library: Library) -> SubscribePage:
    settings = library.settings
    address, feeds = settings.subscribe, settings.addresses.feeds
    return SubscribePage(
        heading="" if library.has_heading(address) else library.tr.gettext(N_("Subscribe")),
        follow=follow(library.table.everything, library, address),
        axes=tuple(_axes(library)),
        groups=tuple(_groups(library)),
        all_feeds=settings.all_feeds,
        feed_list=f"{feeds}/feeds.json",
        opml=f"{feeds}/feeds.opml",
        podcasts=tuple(_podcasts(library)) if settings.feeds else (),
    )


def _podcasts(library: Library) -> Iterator[tuple[str, str]]:
    table = library.table
    for one in (*table.of_kind("replays"), *table.of_kind("collection")):
        if one.has_podcast:
            yield library.name(one), one.feed("podcast")


GROUP = 60
"""Selections of a kind on the page of feeds."""


def _groups(library: Library) -> Iterator[tuple[str, tuple[FeedLine, ...], int]]:
    """The selections by what they are; crossings and needs that hold nothing are not listed."""
    table, tr = library.table, library.tr
    yield tr.gettext(N_("The main ones")), _lines(table.of_kind(*_MAIN), library), 0
    for kind, title in wording.KINDS.items():
        if kind in _MAIN:
            continue
        found = [one for one in table.of_kind(kind) if _is_listed(one)]
        if found:
            yield tr.gettext(title), _lines(found[:GROUP], library), len(found[GROUP:])


def _is_listed(one: Selection) -> bool:
    if one.kind == "needs":
        return bool(one.needs)
    return one.kind != "crossing" or (one.theme is None and bool(one.events))


def _lines(selections: Sequence[Selection], library: Library) -> tuple[FeedLine, ...]:
    return tuple(feed_line(one, library) for one in selections)


def _axes(library: Library) -> Iterator[Axis]:
    names = library.settings.addresses
    community, tr = library.community, library.tr
    collections = [(one.address, one.name) for one in library.settings.collections]
    territories = [(one.id, one.name) for one in community.territories.values()]
    themes = [(one.id, one.name) for one in community.themes.values()]
    modes = [
        (names.modes[one.mode], tr.gettext(wording.MODES[one.mode]))
        for one in library.table.of_kind("mode")
        if one.mode is not None and (one.events or one.tombstones)
    ]
    every = (
        # A site with one collection has nothing to choose.
        ("kind", "", N_("Kind of meeting"), N_("All kinds"), collections[1:] and collections),
        ("territory", f"{names.territories}/", N_("Territory"), N_("All territories"), territories),
        ("theme", f"{names.themes}/", N_("Theme"), N_("All themes"), themes),
        # Crossed with nothing, it is the first to be left out: the last one.
        ("mode", "modes/", N_("On site or online"), N_("Either"), modes[1:] and modes),
    )
    for key, path, label, none, choices in every:
        if not choices:
            continue
        named = sorted(choices, key=lambda one: slug(one[1]))
        every_one = ("", tr.gettext(none))
        yield Axis(key, names.queries[key], path, tr.gettext(label), (every_one, *named))


def _list(library: Library, title: str) -> FeedsList:
    return FeedsList(title, library.settings.subscribe, tuple(_sections(library)))


def _sections(library: Library) -> Iterator[Section]:
    """All selections of the table, the empty ones too."""
    table, tr = library.table, library.tr
    for kind, title in wording.KINDS.items():
        found = table.of_kind(kind)
        if found and kind != "crossing":
            yield Section(tr.gettext(title), (Part("", _listed(found, library)),))
    crossings = table.of_kind("crossing")
    for crossed, title in _CROSSINGS.items():
        found = tuple(one for one in crossings if _crossed(one) == crossed)
        if found:
            yield Section(tr.gettext(title), tuple(_parts(found, library)))


def _crossed(one: Selection) -> tuple[bool, bool, bool]:
    return one.collection is not None, one.territory is not None, one.theme is not None


def _parts(crossings: Sequence[Selection], library: Library) -> Iterator[Part]:
    """The crossings of each kind of meeting, or of each territory, in the table's order."""
    for title, group in groupby(crossings, _first_name):
        yield Part(title, _listed(tuple(group), library))


def _listed(selections: Sequence[Selection], library: Library) -> tuple[ListedFeed, ...]:
    return tuple(
        ListedFeed(
            library.name(one),
            one.feed("ics") if "ics" in one.formats else "",
            one.feed("rss") if "rss" in one.formats else "",
            one.feed("podcast") if one.has_podcast else "",
            not (one.events or one.posts or one.needs),
        )
        for one in selections
    )


def _first_name(one: Selection) -> str:
    first = one.collection or one.territory
    return first.name if first is not None else ""
