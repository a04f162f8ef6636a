"""The gallery of replays: what each offers; once they are many, each year has its own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from ..model.calendar import by_day
from ..model.community import Event
from ..model.names import slug
from ..model.stage import Stage
from ..problems import N_
from ..wording import length
from .agenda import Choice
from .division import REPLAY, Division, Order, Placed, Ways, by_time, divide, room_for
from .drawing import Block
from .following import NewsFeeds, news_feeds
from .library import Library, latest
from .meeting import Meeting, meeting
from .page import Page
from .pictures import Picture, picture
from .thumbs import Scene, scene

ON_ONE_PAGE = 60
"""Replays up to which all stand on the first page; beyond, each year has a page of its own."""

FEW = 5
"""Replays below which a page shows all at a glance: nothing is to be chosen."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """A replay in the gallery.

    Attributes:
        image: of the meeting; None where it has none, and *scene* stands in for it.
        length: of the recording; "" where it is not known.
        within: of an item of a programme, its meeting and who speaks; else "".
        offers: what there is beside the video.
        facets: by what a script chooses it.
    """

    meeting: Meeting
    image: Picture | None
    scene: Scene
    themes: str
    length: str
    offers: tuple[str, ...]
    example: bool
    facets: Facets
    within: str = ""


@dataclass(frozen=True, kw_only=True)
class Facets:
    """By what replays are chosen.

    Attributes:
        themes: their ids, between spaces.
        year: "" without a date.
        seconds: the length of the recording; 0 where it is not known.
    """

    themes: str
    year: str
    seconds: int
    transcript: bool
    sound: bool


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """What one can choose replays by on a page; an axis of one value is none.

    Attributes:
        queries: the keys of the query, by what they say.
        transcript: how many have one; *sound*: how many are sound alone.
    """

    queries: Mapping[str, str]
    themes: tuple[Choice, ...]
    years: tuple[Choice, ...]
    transcript: int
    sound: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Gallery:
    """Input of ``replays.html``.

    Attributes:
        all: address of the gallery.
        agenda: address of the agenda, where there is nothing to watch yet.
        heading: "" where somebody wrote one.
        choosing: by what one can choose; None where there is little to choose from.
        groups: replays by year; None for those without a date, and on the page of a part.
        ways: to the pages of years, and of months; none while there is one page.
        is_part: whether it is one of them.
    """

    all: str
    agenda: str
    heading: str
    choosing: Choosing | None
    groups: tuple[tuple[int | None, tuple[Card, ...]], ...]
    ways: tuple[Ways, ...]
    is_part: bool
    feeds: NewsFeeds | None


BY_DAY: Order[Event] = by_time(lambda event: event.first.first if event.first else None)


def pages(library: Library) -> Iterator[Page]:
    """All replays, the newest first; once they are many, a page for each year."""
    tr, address = library.tr, library.replays
    replays = replays_of(library)
    divided = Division(
        whole=divide(replays, BY_DAY, room_for(REPLAY), ON_ONE_PAGE),
        order=BY_DAY,
        address=address,
        folder=address,
        title=tr.gettext(N_("Replays")),
        said=lambda n: tr.ngettext("{n} replay", "{n} replays", n),
        tr=tr,
    )
    (selection,) = library.table.of_kind("replays")
    yield Page(
        address=address,
        title=divided.title,
        description=tr.format(
            N_("The recorded meetings of {site}, to watch, to hear or to read."),
            site=library.settings.site_name,
        ),
        # With nothing to watch yet it is no entry of the menu; its address stands.
        parent=None if replays else library.settings.agenda,
        changed=latest(replays),
        selections=(selection,),
        blocks={"replays": Block("replays.html", partial(_all, library, divided))},
    )
    for placed in divided.parts():
        title = placed.title
        if len(placed.above) == 1:
            title = tr.format(N_("Replays of {year}"), year=placed.part.key)
        yield Page(
            address=placed.address,
            title=title,
            description=title,
            parent=placed.parent,
            changed=latest(placed.part.things),
            blocks={
                "replays": Block("replays.html", partial(_part, library, title, divided, placed))
            },
            searchable=False,
        )


def replays_of(library: Library) -> list[Event]:
    """The events whose replay can be watched or heard, the newest first, those undated last."""
    found = [event for event in library.recorded if library.stage(event) is Stage.REPLAY]
    dated = by_day(event for event in found if event.first)
    return [*reversed(dated), *(event for event in found if not event.first)]


_Years = Sequence[tuple[int | None, Sequence[Event]]]


def _by_year(events: Iterable[Event]) -> _Years:
    """Events in their order, grouped by the year in which they began; None without a date."""
    return [
        (year, list(group))
        for year, group in groupby(events, key=lambda e: e.first.first.year if e.first else None)
    ]


def _all(library: Library, divided: Division[Event]) -> Gallery:
    (selection,) = library.table.of_kind("replays")
    shown = divided.whole.own
    if divided.is_divided:
        # The latest stand before the ways to all of them; those without a date stand here alone.
        shown = (*divided.whole.things[: max(0, ON_ONE_PAGE - len(shown))], *shown)
    return Gallery(
        all=library.replays,
        agenda=library.settings.agenda,
        heading="" if library.has_heading(library.replays) else divided.title,
        choosing=_choosing(shown, library),
        groups=tuple((year, _cards(events, library)) for year, events in _by_year(shown)),
        ways=divided.ways_of_whole,
        is_part=False,
        feeds=news_feeds(selection, library),
    )


def _part(library: Library, title: str, divided: Division[Event], placed: Placed[Event]) -> Gallery:
    shown = placed.part.own
    return Gallery(
        all=library.replays,
        agenda=library.settings.agenda,
        heading=title,
        choosing=_choosing(shown, library),
        groups=((None, _cards(shown, library)),) if shown else (),
        ways=divided.ways(placed),
        is_part=True,
        feeds=None,
    )


def _choosing(events: Sequence[Event], library: Library) -> Choosing | None:
    if len(events) < FEW:
        return None
    facets = [_facets(event) for event in events]
    themes = Counter(theme for event in events for theme in event.themes)
    years = Counter(one.year for one in facets if one.year)
    by_name = sorted(themes.items(), key=lambda found: slug(found[0].name))
    choices = (Choice(theme.id, theme.name, count) for theme, count in by_name)
    return Choosing(
        queries=library.settings.addresses.queries,
        themes=tuple(choices) if len(themes) > 1 else (),
        years=tuple(Choice(year, year, n) for year, n in years.items()) if len(years) > 1 else (),
        transcript=sum(one.transcript for one in facets),
        sound=sum(one.sound for one in facets),
        total=len(events),
    )


def _cards(events: Iterable[Event], library: Library) -> tuple[Card, ...]:
    return tuple(replay_card(event, library) for event in events)


def replay_card(event: Event, library: Library) -> Card:
    """A replay as galleries show it."""
    replay, tr, facets = event.record.replay, library.tr, _facets(event)
    assert replay is not None  # only asked of what has one
    offers = (
        (facets.sound, N_("Sound only")),
        (replay.captions, N_("Captions")),
        (facets.transcript, N_("Transcript")),
        (replay.slides, N_("Slides")),
    )
    return Card(
        meeting=library.once(meeting, event),
        image=picture(event, library),
        scene=scene(event),
        themes=", ".join(theme.name for theme in event.themes),
        length=length(replay.duration) if replay.duration else "",
        offers=tuple(tr.gettext(label) for there, label in offers if there),
        example=event.record.example,
        facets=facets,
        within=event.record.summary or "" if event.item else "",
    )


def _facets(event: Event) -> Facets:
    replay = event.record.replay
    assert replay is not None  # only asked of what has one
    return Facets(
        themes=" ".join(theme.id for theme in event.themes),
        year=str(event.first.first.year) if event.first else "",
        seconds=round(replay.duration.total_seconds()) if replay.duration else 0,
        transcript=event.transcript is not None or bool(replay.transcript),
        sound=bool(replay.audio and not replay.video),
    )
