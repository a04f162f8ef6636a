"""The page of each event: when and where, what to do now, replay, stops, what goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from markupsafe import Markup

from .. import wording
from ..i18n import Translator
from ..model.community import Event, Text
from ..model.feeds import MEDIA_TYPES, event_calendar, has_calendar
from ..model.languages import foreign
from ..model.stage import Stage, stages_ahead
from ..model.tags import tags_of
from ..problems import N_
from .along import Along, Ways
from .dates import Dates, dates_of
from .deadlines import DeadlineRow, deadlines_on
from .drawing import Block, Links
from .facts import LANGUAGE, Facts, Value, facts, link_values, named
from .frontmatter import FeedLink
from .journey import (
    Carbon,
    Comparison,
    Day,
    StopPart,
    carbon,
    comparison,
    is_journey,
    itinerary,
    photographs,
    place_value,
    place_values,
    stop_part,
)
from .journey import route as route_map
from .jsonld import event_json, to_script
from .library import Library
from .local_time import event_time, home_note
from .map import PinMap, meeting_places
from .meeting import Actions, Meeting, actions, alone, entities, meeting, meetings
from .notebook import notebook_address
from .page import Page
from .pictures import Picture, picture
from .players import host
from .programme import Day as ProgrammeDay
from .programme import programme, programme_zone
from .quoted import in_tongue, titled
from .registering import is_full, registration_values
from .replay import ReplayView, replay_view
from .sharing import shared, shared_image
from .tags import TAGS, tag_values
from .thumbs import Scene, band, scene
from .turns import TurnPart, turn_of, turn_part

RELAY = 3
"""Stops on the path of a session to take over: who comes before, it, who comes after."""

NEAR = timedelta(days=7)
"""How long before it begins a page gives the address of a live meeting to whom no script shows the
button; before, nobody needs it, and it may change."""


_OVER = (Stage.PAST, Stage.REPLAY_DUE, Stage.REPLAY)

DESCRIPTION = 300
"""Characters of the description that search engines are told."""


@dataclass(frozen=True, kw_only=True)
class EventPage:
    """Input of ``event.html``.

    Attributes:
        url: the whole address of the page; *code*: the QR code of it, for paper.
        trail: its collection, then its course, or its series, if it has one.
        where: a line for each place, which leads to its page.
        mode: class and word of where people meet; "" for what nobody knows.
        lead: what the source says in one sentence.
        lang: the language of what it says, where that is not the site's.
        scene: the drawing that stands for the recording until it is shown.
        band: the path of what is a way, with its stops: a trip, a session to take over; else "".
        countdown: how far it is; "" without a date.
        actions: what one can do; None when it is over.
        awaited: whether its replay is, or will be, awaited.
        itinerary: the stops of a trip by days, with the ways between; empty where none is told.
        notebook: address of its travel notebook; "" for none.
        is_over: whether what came of a trip is told first.
        map: where its stops are; None where it shows none.
        programme: what happens within it, by days; empty for most.
        programme_zone: whose time its hours are in, where that is to be said; else "".
        deadlines: what has to be done before some day, registering among it; empty for most.
        dates: of a series, all of them; else None.
        open_to_hosts: whether it waits for somebody to run it.
        turn: who runs it, and from whom, in a course whose sessions are handed on; else None.
    """

    meeting: Meeting
    url: str
    trail: tuple[Value, ...]
    where: tuple[Value, ...]
    mode: tuple[str, str]
    lead: str
    lang: str
    body: Markup
    moved_online: bool
    example: bool
    countdown: str
    actions: Actions | None
    awaited: bool
    image: Picture | None
    scene: Scene
    band: Markup
    open_to_hosts: bool
    turn: TurnPart | None
    programme: tuple[ProgrammeDay, ...]
    programme_zone: str
    deadlines: tuple[DeadlineRow, ...]
    dates: Dates | None
    stops: tuple[StopPart, ...]
    itinerary: tuple[Day, ...]
    notebook: str
    map: PinMap | None
    carbon: Carbon | None
    compared: Comparison | None
    photographs: tuple[Picture, ...]
    is_over: bool
    account: Markup
    replay: ReplayView | None
    facts: Facts
    related: tuple[Meeting, ...]
    along: tuple[Along, ...]
    jsonld: Markup


def pages(library: Library) -> Iterator[Page]:
    """A page for each event."""
    ways = Ways(library)
    for collection in library.settings.collections:
        selections = (library.table.of_collection(collection),)
        held = (one for one in library.community.paged if one.collection is collection)
        for event in held:
            replay = replay_view(event, library)
            yield Page(
                address=event.address,
                title=library.words(event.title),
                description=library.words(_description(event, library)),
                parent=_parent(event),
                source=event.source,
                changed=event.stamps.changed,
                selections=selections,
                calendar=_calendar(event, library),
                blocks={"event": Block("event.html", partial(_event, library, event, ways))},
                extra={
                    **shared(event, library),
                    **({"frames": replay.origins} if replay and replay.origins else {}),
                },
            )


def _numbered(session: Event, number: int, library: Library) -> str:
    """« 5 sur 8 », or the number alone where that is all there is to tell."""
    course = session.course
    count = len(library.community.sessions(course)) if course else 0
    if not 1 < count >= number:
        return str(number)
    return library.tr.format(N_("{n} of {count}"), n=number, count=count)


def _is_near(event: Event, library: Library) -> bool:
    """Whether a meeting is live, or will soon be."""
    if event.first is None or library.stage(event) not in (Stage.UPCOMING, Stage.LIVE):
        return False
    return event.first.begins - NEAR <= library.now


def _parent(event: Event) -> str:
    """The address of the page above: of its course, of its series, else of its collection."""
    if event.date is not None:
        return f"{event.collection.address}/{event.id}/"
    return event.course.address if event.course else f"{event.collection.address}/"


def _calendar(event: Event, library: Library) -> FeedLink | None:
    if not has_calendar(event, library.now):
        return None
    return FeedLink(event.title, MEDIA_TYPES["ics"], event_calendar(event))


def _description(event: Event, library: Library) -> str:
    tr, shown = library.tr, library.once(meeting, event)
    where = wording.mode_name(event, tr)
    parts = (f"{shown.kind}, {shown.when}", where, shown.summary)
    text = ". ".join(part for part in parts if part)
    return text if len(text) <= DESCRIPTION else text[:DESCRIPTION].rsplit(" ", 1)[0] + "…"


def prose_html(text: Text | None, library: Library, address: str) -> Markup:
    """A body as sanitised HTML, whose links into the site are those of the page of an address."""
    return Markup(library.prose(text).page_html(Links(address).link("")))


def _event(library: Library, whole: Event, ways: Ways) -> EventPage:
    # The page of a series is that of its next date, beside all the others.
    event = library.current(whole)
    record, tr = event.record, library.tr
    shown = alone(whole, library)
    settings = library.settings
    waits = event.open_to_hosts and shown.stage == Stage.UPCOMING
    soon = shown.stage in (Stage.UPCOMING, Stage.LIVE)
    turn = turn_of(event, library)
    url = library.absolute(whole.address)
    stops = tuple(
        stop_part(stop, n, event, library, prose_html(stop.text, library, event.address))
        for n, stop in enumerate(event.stops, 1)
    )
    series = library.series.get(event.date.series) if event.date else None
    image = shared_image(whole, library)
    replay = replay_view(whole, library)
    data = event_json(event, settings, shown.summary, image, series, is_whole=bool(whole.dates))
    return EventPage(
        meeting=shown,
        url=url,
        trail=_trail(whole, library),
        where=tuple(place_value(place, library) for place in meeting_places(event)),
        mode=(event.mode or "", wording.mode_name(event, tr)),
        lead=in_tongue(record.summary or "", event, library),
        lang=foreign(event, settings),
        body=prose_html(whole.body, library, whole.address),
        moved_online=record.status == "moved-online",
        example=record.example,
        countdown=wording.countdown(event.first, library.now, tr) if event.first else "",
        actions=actions(whole, library) if soon else None,
        awaited=Stage.REPLAY_DUE in stages_ahead(event, library.now),
        image=picture(whole, library),
        scene=scene(whole),
        band=_band(event, shown.hue, waits),
        programme=programme(event, library, replay.player if replay else None),
        programme_zone=programme_zone(event, library),
        deadlines=deadlines_on(event, library),
        dates=dates_of(whole, library),
        open_to_hosts=waits,
        turn=turn_part(turn, library) if turn else None,
        stops=stops,
        itinerary=itinerary(event, stops, library),
        notebook=notebook_address(event, library),
        map=route_map(event, library),
        carbon=carbon(event, library) if is_journey(event) else None,
        compared=comparison(event, library),
        photographs=photographs(event, library),
        is_over=shown.stage in _OVER or record.undated == "past",
        account=prose_html(event.account, library, event.address),
        replay=replay,
        facts=facts(_facts(event, library)),
        related=meetings(library.related.of(whole), library),
        along=ways.of(whole),
        jsonld=Markup(to_script(data)),
    )


def _trail(event: Event, library: Library) -> tuple[Value, ...]:
    collection = Value(event.collection.name, f"{event.collection.address}/")
    if event.date is not None:
        series = library.series[event.date.series]
        return (collection, Value(titled(series, library), f"{series.address}#{event.date.key}"))
    if event.course is None:
        return (collection,)
    return (collection, Value(event.course.title, event.course.address))


def _band(event: Event, hue: str, waits: bool) -> Markup:
    if event.kind.has_stops:
        return band(event.uid, len(event.stops), hue)
    return band(event.uid, RELAY, hue) if waits else Markup("")


def _facts(event: Event, library: Library) -> Iterator[tuple[str, Sequence[Value]]]:
    """Everything its kind knows, as label and values."""
    tr, record, settings = library.tr, event.record, library.settings
    yield tr.gettext(N_("When")), [Value(_when(event, library))]
    away = event_time(event, library)
    yield tr.gettext(N_("Local time")), [Value(away)] if away else []
    yield tr.gettext(N_("State")), _state(event, tr)
    if event.mode is not None:
        yield tr.gettext(N_("Format")), [Value(wording.mode_name(event, tr))]
    if event.mode != "online":
        name = N_("Places") if len(event.sites) > 1 else N_("Place")
        yield tr.gettext(name), place_values(event, library)
    if record.online and _is_near(event, library) and not is_full(event, library):
        yield tr.gettext(N_("Live")), [Value(host(record.online), url=record.online)]
    if event.session is not None and event.session.number is not None:
        yield tr.gettext(N_("Session")), [Value(_numbered(event, event.session.number, library))]
    yield tr.gettext(N_("Run by")), entities(event.refs.hosts, settings)
    yield tr.gettext(N_("Backup")), entities([event.backup], settings)
    yield (
        tr.gettext(N_("Speakers")),
        [named(one, settings.addresses, one.line) for one in event.speakers],
    )
    yield tr.gettext(N_("Organised by")), entities(event.refs.organisers, settings)
    yield tr.gettext(N_("Registration")), registration_values(event, library)
    if record.seats is not None:
        yield tr.gettext(N_("Seats")), [Value(str(record.seats))]
    if record.price:
        yield tr.gettext(N_("Price")), [Value(record.price)]
    if record.url:
        yield tr.gettext(N_("Its own page")), [Value(host(record.url), url=record.url)]
    yield tr.gettext(N_("Links")), link_values(record.links, event, tr)
    if record.language:
        yield tr.gettext(LANGUAGE), [Value(wording.language_name(record.language, tr))]
    yield tr.gettext(N_("Themes")), entities(event.refs.themes, settings)
    yield tr.gettext(TAGS), tag_values(tags_of(event), library)
    yield tr.gettext(N_("Territories")), entities(event.territories, settings)
    if record.exception:
        yield tr.gettext(N_("Good to know")), [Value(record.exception)]


def _when(event: Event, library: Library) -> str:
    """When it is, and whose time that is where its hours are told in several."""
    shown, zone = library.once(meeting, event), home_note(library.current(event), library)
    return f"{shown.when} ({zone})" if zone else shown.when


def _state(event: Event, tr: Translator) -> list[Value]:
    """The state, where it is another than the one everybody expects."""
    status = event.record.status
    return [] if status == "confirmed" else [Value(tr.gettext(wording.STATUSES[status]))]
