"""The page of an event and the page of a course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .. import wording
from ..i18n import Translator
from ..model.community import Course, Event, Organisation, Stop
from ..model.registration import registration_state
from ..model.selections import Selection, event_calendar
from ..model.stage import to_come
from ..problems import N_
from ..prose.render import Prose
from .frontmatter import FeedLink, write_page
from .jsonld import course_json, event_json, to_script
from .replay import replay_view
from .sharing import shared, shared_image
from .view import Library, Value, View, host

SEARCHED_BODY = 600
"""Characters up to which the body of an event without a summary is in the search index."""


def safe(prose: Prose, view: View) -> Markup:
    """Sanitised HTML, whose links into the site are those of this page."""
    return Markup(prose.html(view.base or "./"))


@dataclass(frozen=True)
class StopView:
    """A stop as its template shows it."""

    id: str
    title: str
    when: str
    stop: Stop
    text: Markup

    @property
    def place(self) -> object:
        return self.stop.place

    @property
    def host(self) -> Organisation | None:
        return self.stop.host


def event_page(
    event: Event,
    library: Library,
    feeds: Sequence[FeedLink],
    neighbours: tuple[Event | None, Event | None],
) -> str:
    """The Markdown page of an event.

    Args:
        neighbours: the events before and after it in its collection or course.
    """
    view = View(library, event.address)
    summary = library.summary(event)
    body = library.prose(event.body)
    data = event_json(event, view.settings, summary, shared_image(event, library))
    replay = replay_view(event, view)
    own = FeedLink(event.title, "text/calendar", event_calendar(event))
    markup = view.render(
        "event.html",
        event=event,
        body=safe(body, view),
        short_body=not event.record.summary and len(body.text) <= SEARCHED_BODY,
        stops=[_stop(stop, view) for stop in event.stops],
        account=safe(library.prose(event.account), view),
        facts=event_facts(event, view),
        replay=replay,
        related=library.related.of(event),
        heard=library.heard.get(event.address, ""),
        before=neighbours[0],
        after=neighbours[1],
        jsonld=Markup(to_script(data)),
    )
    frames = {"frames": replay.origins} if replay is not None and replay.origins else {}
    return write_page(
        markup,
        title=view.words(event.title),
        description=view.words(_description(event, view, summary)),
        feeds=[*feeds, own] if event.first and view.settings.feeds else feeds,
        extra={**shared(event, library), **frames},
    )


def _description(event: Event, view: View, summary: str) -> str:
    first = event.first
    when = wording.when(first, view.tr) if first else wording.undated(event, view.tr)
    where = wording.mode_name(event, view.tr)
    parts = (f"{event.collection.singular}, {when}", where, summary)
    text = ". ".join(part for part in parts if part)
    return text if len(text) <= 300 else text[:300].rsplit(" ", 1)[0] + "…"


def _stop(stop: Stop, view: View) -> StopView:
    record = stop.record
    parts = []
    if stop.day is not None:
        parts.append(view.tr.day(stop.day, year=False))
    elif record.day is not None:
        parts.append(view.tr.format(N_("Day {n}"), n=record.day))
    if record.start:
        hours = view.tr.time(record.start)
        parts.append(f"{hours}\u00a0–\u00a0{view.tr.time(record.end)}" if record.end else hours)
    text = safe(view.library.prose(stop.text), view)
    return StopView(record.id, record.title, ", ".join(parts), stop, text)


Facts = list[tuple[str, list[Value]]]


def event_facts(event: Event, view: View) -> Facts:
    """Everything its kind knows, as label and values; empty ones left out."""
    tr, record = view.tr, event.record
    first = event.first
    when = wording.when(first, tr) if first else wording.undated(event, tr)
    note = view.zone_note(event)
    mode = wording.mode_name(event, tr)
    facts: Facts = [
        (tr.gettext(N_("When")), [Value(f"{when} ({note})" if note else when)]),
        (tr.gettext(N_("State")), _state(event, tr)),
        (tr.gettext(N_("Form")), [Value(mode)] if mode else []),
    ]
    if event.place:
        place = event.place
        facts.append((tr.gettext(N_("Place")), [Value(place.line, place.url or "", True)]))
    if record.online:
        facts.append((tr.gettext(N_("Live")), [Value(host(record.online), record.online, True)]))
    if event.session is not None and event.session.number is not None:
        facts.append((tr.gettext(N_("Session")), [Value(str(event.session.number))]))
    speakers = [Value(one.line, view.entity(one)) for one in event.speakers]
    facts.append((tr.gettext(N_("Run by")), view.values(*event.refs.hosts)))
    facts.append((tr.gettext(N_("Speakers")), speakers))
    facts.append((tr.gettext(N_("Organised by")), view.values(*event.refs.organisers)))
    facts.append((tr.gettext(N_("Registration")), registration_values(event, view)))
    if record.seats is not None:
        facts.append((tr.gettext(N_("Seats")), [Value(str(record.seats))]))
    facts.append((tr.gettext(N_("Themes")), view.values(*event.refs.themes)))
    facts.append((tr.gettext(N_("Territories")), view.values(*event.territories)))
    if record.exception:
        facts.append((tr.gettext(N_("Good to know")), [Value(record.exception)]))
    return [(label, values) for label, values in facts if values]


def _state(event: Event, tr: Translator) -> list[Value]:
    """The state, where it is another than the one everybody expects."""
    status = event.record.status
    return [] if status == "confirmed" else [Value(tr.gettext(wording.STATUSES[status]))]


def registration_values(event: Event, view: View) -> list[Value]:
    """How one registers, until when, or that one no longer can."""
    registration, tr = event.record.registration, view.tr
    state = registration_state(event, view.library.now)
    if registration is None or state is None:
        return []
    word = Value(tr.gettext(wording.REGISTRATIONS[state]))
    if state != "open":
        return [word]
    values = []
    if registration.url:
        values.append(Value(host(registration.url), registration.url, True))
    if registration.deadline:
        day = wording.deadline(registration.deadline, tr)
        values.append(Value(tr.format(N_("until {day}"), day=day)))
    return values or [word]


def course_page(
    course: Course, library: Library, feeds: Sequence[FeedLink], selection: Selection
) -> str:
    """The Markdown page of a course with its sessions."""
    view = View(library, course.address)
    sessions = library.community.sessions(course)
    now = library.now
    lead = library.summary(course)
    tr = view.tr
    facts: Facts = [
        (tr.gettext(N_("Run by")), view.values(*course.refs.hosts)),
        (tr.gettext(N_("Organised by")), view.values(*course.refs.organisers)),
        (tr.gettext(N_("Themes")), view.values(*course.refs.themes)),
        (tr.gettext(N_("Territories")), view.values(*course.refs.territories)),
    ]
    if course.record.url:
        facts.append((tr.gettext(N_("Site")), [Value(host(course.record.url), course.record.url)]))
    data = course_json(course, sessions, view.settings, lead, shared_image(course, library))
    markup = view.render(
        "course.html",
        course=course,
        span=wording.course_days(course, tr),
        lead=lead,
        body=safe(library.prose(course.body), view),
        sessions=sessions,
        open_sessions=sum(one.open_to_hosts and to_come(one, now) for one in sessions),
        facts=[(label, values) for label, values in facts if values],
        selection=selection,
        jsonld=Markup(to_script(data)),
    )
    return write_page(
        markup,
        title=view.words(course.title),
        description=view.words(lead),
        feeds=feeds,
        extra=shared(course, library),
    )


def neighbours_of(events: Sequence[Event]) -> Mapping[str, tuple[Event | None, Event | None]]:
    """The events before and after each, by address."""
    padded = [None, *events, None]
    return {event.address: (padded[index], padded[index + 2]) for index, event in enumerate(events)}
