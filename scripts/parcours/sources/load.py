"""A folder of sources → one community, or every problem in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from ..model.community import Community, Course, Entity, Event, Named, Place, Post, event_order
from ..model.deadlines import course_deadlines, deadline_events
from ..model.doubts import (
    contact_doubts,
    copies,
    place_doubts,
    same_names,
    same_recordings,
    unwritten,
)
from ..model.emissions import NO_FACTORS
from ..model.exchange import Exchange, Facilitator, Need
from ..model.geography import Drawing
from ..model.instants import moment_of
from ..model.journeys import legs, stop_events
from ..model.media import episode_file
from ..model.names import slug
from ..model.rules import place_faults, position_faults
from ..model.sequence import EPOCH
from ..model.settings import Settings
from ..model.tags import near_tags
from ..problems import Mark, Problems
from .around import around
from .crossings import read_before
from .dating import Dating
from .emissions import packaged_factors
from .entities import Entities, Names, declared, read_entities
from .events import Context, mark_in, read_collection, report
from .exchange import read_exchange
from .files import is_folder
from .history import History
from .leaving import check_left
from .lost import check_lost_feeds
from .lost_stops import read_lost_stops
from .map import read_map
from .notices import read_notices
from .old_addresses import ANOTHER, mark_of_alias
from .posts import read_posts
from .readings import Readings
from .relay import check_relays
from .renames import check_renames
from .seen import Past
from .settings import option_places
from .starts import read_starts
from .stray import tell_stray
from .text import read_text
from .tombstones import read_tombstones, with_ended
from .unfiled import Declared, tell_unfiled
from .walk import entries_of, is_source
from .withdrawn import check_withdrawn


def load(
    root: Path,
    settings: Settings,
    history: History,
    now: datetime,
    problems: Problems,
    *,
    drafts: bool = False,
    readings: Readings | None = None,
    phase: Callable[[str], None] = lambda name: None,
) -> Community:
    """Read everything; what is wrong goes to *problems*, and what has errors is left out.

    Args:
        root: the site's folder, resolved.
        now: the instant of the build, aware.
        drafts: whether drafts are read too (previews).
        readings: reads each source; without any, all are read anew.
        phase: called with « sources » once what is there is read, before what was there is.
    """
    pages = _pages(root, settings)
    names = Names(root, settings)
    known = around(settings, now.date(), declared(root, settings), pages, names.meant)
    readings = readings or Readings()
    entities = read_entities(root, settings, history, problems, known, readings)
    dating = Dating(history, settings.revised)
    context = Context(
        root=root,
        settings=settings,
        entities=entities,
        dating=dating,
        problems=problems,
        now=now,
        around=known,
        readings=readings,
        drafts=drafts,
    )
    events: list[Event] = []
    courses: list[Course] = []
    for collection in settings.collections:
        if not is_folder(root / collection.folder):
            text = read_text(root / settings.source, settings.source, Problems()) or ""
            places = option_places(text, settings.source)
            mark = places.mark(("collections", collection.id, "folder"))
            value = collection.folder
            problems.add("missing-folder", mark, value=value, collection=collection.id)
            continue
        found, found_courses = read_collection(context, collection)
        events += found
        courses += found_courses
    written = read_posts(context)
    posts = tuple(one for one in written if drafts or moment_of(one.instant) <= now)
    _check_identities(root, [*events, *courses, *posts], problems)
    check_relays(context, events, courses)
    drawing = read_map(root, settings, entities.territories.found, problems)
    _check_places(context, events, courses, drawing)
    tell_stray(root, settings, problems)
    exchange = read_exchange(context, history, events)
    _check_texts(context, [*events, *courses, *written])
    copied = _check_copies(context, [*events, *written])
    _check_recordings(context, events, copied)
    _check_names(context, exchange)
    _check_tags(context, [*events, *written])
    _check_unfiled(context)
    check_left(context, history)
    starts, notices = read_starts(context, events), read_notices(context)
    readings.keep()
    phase("sources")
    check_renames(context, history, events)
    check_lost_feeds(context, history)
    past = Past(context, history)
    tombstones = read_tombstones(past, events, courses)
    events = with_ended(past, events)
    stops = tuple(stop for event in events for stop in stop_events(event))
    lost_stops = read_lost_stops(past, events, stops)
    check_withdrawn(context, history, (*events, *courses, *posts), tombstones)
    courses.sort(key=lambda course: (str(course.record.start or "9999"), course.id))
    deadlines = _deadlines(events, courses)
    before = read_before(past, events, courses, deadlines)
    heard = {
        event.collection.id
        for event in events
        if any(episode_file(one.record.replay) for one in event.said)
    }
    return Community(
        settings=settings,
        events=tuple(sorted(events, key=event_order)),
        courses=tuple(courses),
        themes=entities.themes.found,
        territories=entities.territories.found,
        places=entities.places.found,
        organisations=entities.organisations.found,
        people=entities.people.found,
        revision=max(
            EPOCH,
            *(
                event.stamps.changed
                for event in (*events, *tombstones, *lost_stops, *before.deadlines.found)
            ),
            *(course.stamps.changed for course in courses),
            *(post.stamps.changed for post in posts),
            0,
        ),
        tombstones=tombstones,
        stops=tuple(sorted(stops, key=event_order)),
        lost_stops=lost_stops,
        posts=posts,
        waiting=tuple(one for one in written if one not in posts),
        deadlines=deadlines,
        lost_deadlines=before.deadlines.found,
        had_deadlines=bool(deadlines) or before.deadlines.were,
        crossed=before.crossed,
        heard=before.heard | heard,
        dates_before=before.dates,
        drawing=drawing,
        factors=packaged_factors() if any(map(legs, events)) else NO_FACTORS,
        starts=starts,
        instants=_instants(entities, exchange, dating),
        notices=notices,
        exchange=exchange,
    )


def _deadlines(events: Iterable[Event], courses: Iterable[Course]) -> tuple[Event, ...]:
    """All deadlines, each as calendars tell it."""
    found = [one for event in events for one in deadline_events(event)]
    sessions: dict[str, list[Event]] = {}
    for event in events:
        if event.course is not None:
            sessions.setdefault(event.course.address, []).append(event)
    for course in courses:
        found += course_deadlines(course, sessions.get(course.address, ()))
    return tuple(sorted(found, key=event_order))


def _pages(root: Path, settings: Settings) -> list[str]:
    """The addresses that meetings have by the names of their files, right or wrong."""
    found = []
    for one in settings.collections:
        folders = {one.address: root / one.folder}
        if one.kind.in_courses:
            courses = [e for e in entries_of(root / one.folder) if is_folder(Path(e.path))]
            folders = {f"{one.address}/{entry.name}": Path(entry.path) for entry in courses}
        found += [
            f"{address}/{slug(PurePosixPath(entry.name).stem)}"
            for address, folder in folders.items()
            for entry in entries_of(folder)
            if is_source(PurePosixPath(entry.name))
        ]
    return found


def _check_texts(context: Context, things: Iterable[Event | Course | Post]) -> None:
    """Texts that nobody has written yet; who runs an open session writes what it is about."""
    for thing in things:
        is_open = isinstance(thing, Event) and thing.open_to_hosts
        if thing.record.example or is_open:
            continue
        for number, said in unwritten(thing.body.markdown):
            mark = Mark(thing.body.file, thing.body.line + number)
            context.problems.add("still-to-write", mark, severity="warning", value=said)
            break


def _check_copies(context: Context, things: list[Event | Post]) -> set[str]:
    """What was saved twice is told in the file that looks like the copy: these files."""
    told: set[str] = set()
    whole = (one for one in things if one.address.strip("/") not in context.unread)
    for copy, first in copies(whole, context.dating.came):
        mark = mark_in(context.root, copy.source, ("title",))
        context.problems.add("copied-source", mark, severity="warning", other=first.source)
        told.add(copy.source)
    return told


def _check_recordings(context: Context, events: list[Event], copied: Collection[str]) -> None:
    """A recording that was copied with the line that names it.

    Args:
        copied: files that are told as copies already.
    """
    told = set(copied)
    for event, key, other in same_recordings(events, context.dating.came):
        if event.source not in told and event.address.strip("/") not in context.unread:
            told.add(event.source)
            mark = mark_in(context.root, event.source, ("replay", key))
            field = f"replay.{key}"
            context.problems.add(
                "shared-recording", mark, severity="warning", field=field, other=other.source
            )


def _check_names(context: Context, exchange: Exchange | None) -> None:
    """Two files of a folder of data that say one thing."""
    entities = context.entities
    folders: list[Iterable[Named[Any] | Need]] = [
        entities.organisations.found.values(),
        entities.places.found.values(),
        entities.themes.found.values(),
        [one for one in entities.territories.found.values() if one.source],
    ]
    if exchange is not None:
        folders += [exchange.skills.values(), exchange.facilitators.values()]
        folders.append(exchange.needs.values())
    for folder in folders:
        for one, other in same_names(folder, context.dating.came):
            key = "title" if isinstance(one, Need) else "name"
            mark = mark_in(context.root, one.source, (key,))
            said = getattr(one, key)
            context.problems.add(
                "same-name", mark, severity="warning", value=said, other=other.source
            )


def _check_tags(context: Context, things: Iterable[Event | Course | Post]) -> None:
    """Tags that are another but for their spelling."""
    for said, better, other in near_tags(things, context.dating.came):
        mark = mark_in(context.root, said.source, said.path)
        context.problems.add(
            "near-tag", mark, severity="warning", value=said.text, better=better, other=other
        )


def _check_unfiled(context: Context) -> None:
    """Names without a file, of what has one, or should."""
    entities = context.entities
    declared: Declared = {
        "organisations": entities.organisations.found.values(),
        "people": entities.people.found.values(),
        "places": entities.places.found.values(),
    }
    data, came = context.settings.data, context.dating.came
    tell_unfiled(entities.unfiled, declared, data, came, context.problems)


def _check_places(
    context: Context, events: list[Event], courses: list[Course], drawing: Drawing | None
) -> None:
    """Places without a zone are told in their own files."""
    entities = context.entities
    found = place_faults(
        events,
        courses,
        list(entities.places.found.values()),
        entities.organisations.found.values(),
        context.settings.timezone,
        context.now,
    )
    home, others = context.settings.timezone, entities.territories.found.values()
    documents, problems = entities.places.documents, context.problems
    for place, fault in found:
        report(problems, documents[place.id], [fault])
    for place in entities.places.found.values():
        if place.record.example:
            continue
        faults = list(position_faults(place, home, _fits(place, drawing), others))
        report(problems, documents[place.id], faults or place_doubts(place, drawing, others))
    organisations = entities.organisations
    for one in organisations.found.values():
        report(problems, organisations.documents[one.id], contact_doubts(one))


def _fits(place: Place, drawing: Drawing | None) -> Callable[[tuple[float, float]], bool]:
    """Whether a place may lie at a point: near the outline of its territory, where it has one."""
    code = place.territory.record.code if place.territory is not None else None
    if drawing is None or not code or code not in drawing.by_code:
        return lambda point: True
    return lambda point: drawing.is_near(point, code, NEAR_OUTLINE)


NEAR_OUTLINE = 100.0
"""km by which a place may lie outside the outline of its territory, which is coarse."""


def _instants(entities: Entities, exchange: Exchange | None, dating: Dating) -> dict[str, int]:
    """When each entity's file last changed; the package's have none."""
    found: tuple[Entity | Facilitator | Need, ...] = (
        *(exchange.published if exchange else ()),
        *entities.themes.found.values(),
        *entities.territories.found.values(),
        *entities.organisations.found.values(),
        *entities.people.found.values(),
        *entities.places.found.values(),
    )
    files = {one.source for one in found if one.source}
    return {file: dating.stamps(file, (), None).changed for file in sorted(files)}


def _identities(thing: Event | Course | Post) -> Iterator[tuple[str, str]]:
    """What nothing else may be: a kind of id, and the id."""
    if isinstance(thing, Post):
        yield "post", thing.id
        return
    yield f"in {thing.collection.id}", thing.id
    if isinstance(thing, Course):
        yield "course", thing.id


def _check_identities(
    root: Path, things: Iterable[Event | Course | Post], problems: Problems
) -> None:
    """Two things of a collection may not share an id, nor any two pages an address.

    Nor may two courses of different collections: the addresses of their feeds are made of it.
    """
    ids: dict[tuple[str, str], str] = {}
    apart: list[Event | Course | Post] = []
    for thing in things:
        others = {ids.setdefault(key, thing.source) for key in _identities(thing)}
        other = next((source for source in others if source != thing.source), None)
        if other is None:
            apart.append(thing)
        else:
            problems.add("duplicate-id", Mark(thing.source), id=thing.id, other=other)
    # An old address gives way to one of today, whichever file comes first.
    wanted = [(thing.address.strip("/"), thing, False) for thing in apart]
    wanted += [(alias, thing, True) for thing in apart for alias in thing.record.aliases]
    addresses: dict[str, str] = {}
    for address, thing, is_old in wanted:
        other = addresses.setdefault(address, thing.source)
        if other != thing.source:
            source, mend = thing.source, ANOTHER if is_old else None
            mark = mark_of_alias(root, source, address) if is_old else Mark(source)
            problems.add("duplicate-address", mark, mend=mend, address=address, other=other)
