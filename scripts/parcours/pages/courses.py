"""The page of each course: what it is about, and its sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from .. import wording
from ..model.community import Course, Event
from ..model.feeds import Selection
from ..model.languages import foreign
from ..model.relay import Turn
from ..problems import N_
from .deadlines import DeadlineRow, deadlines_on
from .division import ROW, Ways, room_for
from .drawing import Block
from .events import prose_html
from .facts import Facts, Value, facts
from .following import Follow, follow
from .jsonld import course_json, to_script
from .library import Library, latest
from .listed import Listed, listed, listed_pages
from .meeting import Meeting, entities, meeting
from .page import Page
from .pictures import Picture, picture
from .players import host
from .quoted import in_tongue, titled
from .registering import Register, register, registration_values
from .sharing import shared, shared_image
from .tags import said_facts
from .turns import RelayDrawing, TurnPart, drawing, is_offered, turn_part

NEAR = 60
"""How many sessions to come the page of a course shows that has too many for it."""


@dataclass(frozen=True)
class SessionRow:
    """A session in the list of its course.

    Attributes:
        number: its place in the course.
        open: whether it waits for somebody to run it.
        turn: who runs it, and from whom; None where sessions are not handed on.
    """

    meeting: Meeting
    number: int
    open: bool
    hosts: tuple[Value, ...]
    turn: TurnPart | None


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """Input of ``course.html``.

    Attributes:
        span: when it takes place; "" where that is not known.
        lang: the language of what people wrote, where that is not the site's.
        register: how one registers; None when one cannot.
        over: sessions that are over, beside others that are to come.
        open_sessions: how many wait for somebody to run them.
        take: where the open ones are taken over; "" where nobody is sought.
        years: of all sessions, where they are too many for the page.
        relay: the drawing of the sessions that are handed on; None where none is.
    """

    title: str
    lang: str
    collection: Value
    span: str
    lead: str
    example: bool
    register: Register | None
    image: Picture | None
    body: Markup
    over: tuple[SessionRow, ...]
    sessions: tuple[SessionRow, ...]
    open_sessions: int
    take: str
    years: tuple[Ways, ...]
    relay: RelayDrawing | None
    deadlines: tuple[DeadlineRow, ...]
    facts: Facts
    follow: Follow | None
    jsonld: Markup


def pages(library: Library) -> Iterator[Page]:
    """A page for each course."""
    for course in library.community.courses:
        selection = library.table.of_course(course)
        years = listed(
            course.address,
            library.words(course.title),
            library.community.sessions(course),
            library,
            room_for(ROW),
        )
        yield Page(
            address=course.address,
            title=library.words(course.title),
            description=library.words(library.summary(course)),
            parent=f"{course.collection.address}/",
            source=course.source,
            changed=max(course.stamps.changed, latest(selection.events)),
            selections=(selection, library.table.everything),
            blocks={
                "course": Block("course.html", partial(_course, library, course, selection, years))
            },
            extra=shared(course, library),
        )
        yield from listed_pages(years, library, (selection,))


def _course(library: Library, course: Course, selection: Selection, years: Listed) -> CoursePage:
    sessions = every = library.community.sessions(course)
    numbers = {event.uid: n for n, event in enumerate(every, 1)}
    if years.is_divided:
        # The nearest ones, and what has no day; the years have all.
        near = {one.uid for one in library.coming(every)[:NEAR]}
        sessions = tuple(one for one in every if one.uid in near)
    # Where none is to come, those that are over are what the course has been.
    to_come = [one for one in sessions if library.expects(one)] or sessions
    over = [one for one in sessions if one not in to_come]
    record, settings = course.record, library.settings
    relay = library.relays.get(course.address)
    turns = {one.session.uid: one for one in relay.turns} if relay else {}

    def rows(events: Iterable[Event]) -> tuple[SessionRow, ...]:
        return tuple(
            _row(event, numbers[event.uid], turns.get(event.uid), library) for event in events
        )

    open_sessions = sum(is_offered(one, library) for one in every)
    data = course_json(
        course, sessions, settings, library.summary(course), shared_image(course, library)
    )
    return CoursePage(
        title=titled(course, library),
        lang=foreign(course, settings),
        collection=Value(course.collection.name, f"{course.collection.address}/"),
        span=wording.course_days(course, library.tr),
        lead=in_tongue(record.summary or "", course, library),
        example=record.example,
        register=register(course, library),
        image=picture(course, library),
        body=prose_html(course.body, library, course.address),
        over=rows(over),
        sessions=rows(to_come),
        open_sessions=open_sessions,
        take=f"{settings.handover.address}/" if relay and open_sessions else "",
        deadlines=deadlines_on(course, library),
        years=years.ways_of_whole,
        relay=drawing(relay, library) if relay and every and not years.is_divided else None,
        facts=facts(_facts(course, library)),
        follow=follow(selection, library, course.address),
        jsonld=Markup(to_script(data)),
    )


def _row(event: Event, index: int, turn: Turn | None, library: Library) -> SessionRow:
    number = event.session.number if event.session else None
    return SessionRow(
        library.once(meeting, event),
        index if number is None else number,
        event.open_to_hosts,
        tuple(entities(event.refs.hosts, library.settings)),
        turn_part(turn, library) if turn else None,
    )


def _facts(course: Course, library: Library) -> Iterator[tuple[str, Sequence[Value]]]:
    tr, refs, settings = library.tr, course.refs, library.settings
    yield tr.gettext(N_("Run by")), entities(refs.hosts, settings)
    yield tr.gettext(N_("Organised by")), entities(refs.organisers, settings)
    yield tr.gettext(N_("Registration")), registration_values(course, library)
    yield tr.gettext(N_("Themes")), entities(refs.themes, settings)
    yield tr.gettext(N_("Territories")), entities(refs.territories, settings)
    if course.record.url:
        yield tr.gettext(N_("Site")), [Value(host(course.record.url), url=course.record.url)]
    yield from said_facts(course, library)
