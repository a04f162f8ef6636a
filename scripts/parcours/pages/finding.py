"""The page of the search: what the dialog has no room for, filters and phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ..model.community import Course, Entity, Event, entity_folder
from ..model.names import slug
from ..model.stage import Stage
from ..problems import N_
from ..search.index import WAY
from .agenda import are_on_one_page
from .drawing import Block
from .entities import KINDS, has_explore
from .facts import Value
from .library import Library
from .meeting import BLANK, BLANK_UNDATED, Meeting
from .page import Page


@dataclass(frozen=True)
class Choices:
    """An axis of the search: *values* and their names in the order in which they are offered."""

    field: str
    name: str
    label: str
    none: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class FindPage:
    """Input of ``find.html``.

    Attributes:
        heading: "" where somebody wrote one.
        index: the folder of the index.
        words: key of the words in the query.
        ways: where one finds without words, and without JavaScript.
        texts: what the script says.
        blank: what the script draws meetings from.
    """

    heading: str
    index: str
    words: str
    axes: tuple[Choices, ...]
    ways: tuple[Value, ...]
    texts: Mapping[str, str]
    blank: Meeting = BLANK
    blank_undated: Meeting = BLANK_UNDATED


def pages(library: Library) -> Iterator[Page]:
    """The page of the search, on a site that has one."""
    if not library.searches:
        return
    settings, tr = library.settings, library.tr
    yield Page(
        address=settings.search,
        title=tr.gettext(N_("Search")),
        description=tr.format(
            N_("A search in all of {site}, in what was said at meetings too."),
            site=settings.site_name,
        ),
        parent=settings.explore if has_explore(library) else settings.agenda,
        changed=0,
        blocks={"find": Block("find.html", partial(_find, library))},
        searchable=False,
    )


def _find(library: Library) -> FindPage:
    settings, tr = library.settings, library.tr
    every = N_("All meetings on one page") if are_on_one_page(library) else N_("All meetings")
    ways = [Value(tr.gettext(every), settings.all_meetings)]
    if has_explore(library):
        ways.append(Value(tr.gettext(N_("Explore")), settings.explore))
    if _replayed(library):
        ways.append(Value(tr.gettext(N_("All replays")), library.replays))
    headed = library.has_heading(settings.search)
    return FindPage(
        heading="" if headed else tr.gettext(N_("Search")),
        index=WAY,
        words=settings.addresses.queries["words"],
        axes=tuple(axis for axis in _axes(library) if len(axis.values) > 1),
        ways=tuple(ways),
        texts={key: tr.gettext(text) for key, text in TEXTS.items()},
    )


def _replayed(library: Library) -> int:
    """Of how many meetings the replay can be watched or heard."""
    held = (one for one in library.recorded if not one.item)
    return sum(library.stage(one) is Stage.REPLAY for one in held)


def _axes(library: Library) -> Iterator[Choices]:
    """What can be chosen among; an axis with one value is none."""
    community, tr = library.community, library.tr
    names = library.settings.addresses.queries
    things: tuple[Event | Course, ...] = (*community.paged, *community.courses)
    themes: dict[str, Entity] = {one.id: one for thing in things for one in thing.refs.themes}
    territories: dict[str, Entity] = {
        one.id: one for event in community.events for said in event.said for one in said.territories
    }
    territories |= {one.id: one for course in community.courses for one in course.refs.territories}
    for post in community.posts:
        themes |= {one.id: one for one in post.themes}
        territories |= {one.id: one for one in post.territories}
    years = {*library.changed_in[0]}
    years |= {one.record.start.year for one in community.courses if one.record.start}
    years |= {post.day.year for post in community.posts}
    replayed = _replayed(library)
    recorded = {*([True] if replayed else []), *([False] if replayed < len(community.held) else [])}
    replays = ((True, "with", N_("With a replay")), (False, "without", N_("Without a replay")))
    for field, label, none, values in (
        ("kind", N_("Type"), N_("Every type"), tuple(_kinds(library))),
        ("theme", N_("Theme"), N_("All themes"), _named(themes)),
        ("territory", N_("Territory"), N_("All territories"), _named(territories)),
        ("year", N_("Year"), N_("All years"), _years(years)),
        (
            "replay",
            N_("Replay"),
            N_("With or without"),
            tuple((names[key], tr.gettext(text)) for has, key, text in replays if has in recorded),
        ),
    ):
        yield Choices(field, names[field], tr.gettext(label), tr.gettext(none), values)


def _named(entities: Mapping[str, Entity]) -> tuple[tuple[str, str], ...]:
    found = sorted(entities.values(), key=lambda one: (slug(one.name), one.id))
    return tuple((one.id, one.name) for one in found)


def _years(years: set[int]) -> tuple[tuple[str, str], ...]:
    return tuple((str(year), str(year)) for year in sorted(years, reverse=True))


def _kinds(library: Library) -> Iterator[tuple[str, str]]:
    """The sorts of pages that there are, meetings first."""
    community, settings, tr = library.community, library.settings, library.tr
    held = {event.collection.address for event in community.events}
    held |= {course.collection.address for course in community.courses}
    for collection in settings.collections:
        if collection.address in held:
            yield collection.address, collection.name
    if community.posts and settings.news is not None:
        yield settings.news.address, tr.gettext(settings.news.name)
    sorts = {type(one) for one in community.entities}
    for kind, (title, _) in KINDS.items():
        if kind in sorts:
            yield entity_folder(kind, settings.addresses).strip("/"), tr.gettext(title)
    if library.authored:
        yield settings.addresses.queries["pages"], tr.gettext(N_("Other pages"))


TEXTS = {
    "found-none": N_("Nothing found"),
    "found-one": N_("{n} result"),
    "found-many": N_("{n} results"),
    "partly-one": N_("No result has all these words; {n} has some of them"),
    "partly-many": N_("No result has all these words; {n} have some of them"),
    "read-none": N_("Not found yet"),
    "read-one": N_("{n} result so far"),
    "read-many": N_("{n} results so far"),
    "more": N_("More results"),
    "further": N_("Search elsewhere"),
    "hear": N_("Listen from {time}"),
    "loading": N_("Searching…"),
    "failed": N_("The search does not answer: are you offline?"),
}
"""Texts of the script by key."""
