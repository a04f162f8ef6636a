"""What the page of a trip says of the way: its days, what it emits, what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from markupsafe import Markup

from .. import wording
from ..i18n import Translator
from ..model.community import Event, Place, Stop
from ..model.emissions import Factors
from ..model.journeys import Leg, legs, shown_photographs
from ..model.names import asset_name
from ..model.schema import TripRecord
from ..model.synonyms import TRAVEL
from ..problems import N_
from ..spreadsheets import table
from ..wording import length
from .facts import Facts, Value, named
from .library import Library
from .map import PinMap, codes_of, pin_map
from .meeting import entities
from .pictures import Picture
from .places import place_part

SHARED_BY = 4
"""How many share a car where its emissions are told of each."""

FLYING = frozenset({"plane"})
WATER = frozenset({"plane", "boat"})
"""What goes where no train and no car does: nothing is compared with them then."""

RAILS = frozenset({"tgv", "intercites", "ter", "rer", "train", "tram"})
BY_RAIL = "ter"
"""What a way is compared with that could be gone by train."""

OWN_FEET = frozenset({"walk", "bike"})


@dataclass(frozen=True, kw_only=True)
class StopPart:
    """A stop as its template shows it; *place* is on one line, and leads to its page.

    Attributes:
        number: on the map, from 1.
        hours: without the day, below whose heading it may stand.
        practical: how one gets there and what one finds, at the first stop there of a trip that
            is told as a way.
        directions: paragraphs, likewise.
    """

    id: str
    number: int
    title: str
    when: str
    hours: str
    place: Value | None
    host: Value | None
    text: Markup
    questions: tuple[str, ...] = ()
    practical: Facts = field(default_factory=tuple)
    directions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """A line of the itinerary.

    Attributes:
        text: of a way: what one travels by, how long and how far.
        when: an hour.
    """

    kind: Literal["leave", "leg", "stop", "back"]
    text: str = ""
    when: str = ""
    place: Value | None = None
    stop: StopPart | None = None


@dataclass(frozen=True)
class Day:
    """A day of the itinerary.

    Attributes:
        number: from 1.
        short: what it is called where little is said.
        night: the town where one sleeps; "" for none.
    """

    number: int
    short: str
    title: str
    steps: tuple[Step, ...]
    night: str


@dataclass(frozen=True, kw_only=True)
class Carbon:
    """What the ways emit, for one traveller.

    Attributes:
        rows: what, how far, how much.
        notes: what is estimated, and what is left out.
        source: whose factors, of when, of what.
    """

    rows: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    source: Value


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A table of stops.

    Attributes:
        heads: title and address of each stop.
        rows: what is compared, what holds at each stop ("" where nobody says), and the source.
        file: its address as CSV.
    """

    heads: tuple[Value, ...]
    rows: tuple[tuple[str, tuple[str, ...], str], ...]
    file: str


def is_journey(event: Event) -> bool:
    """Whether a trip is told as a way, day by day."""
    return isinstance(event.record, TripRecord) and event.record.is_journey


def stop_part(stop: Stop, number: int, event: Event, library: Library, text: Markup) -> StopPart:
    """A stop drawn up for the page of its trip, or for its notebook."""
    record, tr = stop.record, library.tr
    parts = []
    if stop.day is not None:
        parts.append(tr.day(stop.day, year=False))
    elif stop.number is not None:
        parts.append(tr.format(N_("Day {n}"), n=stop.number))
    hours = tr.time(record.start) if record.start else ""
    if hours and record.end:
        hours = f"{hours}\u00a0–\u00a0{tr.time(record.end)}"
    place = stop.place
    if hours:
        hours = _told(hours, event, place, stop.day, tr)
    hosted = entities([stop.host], library.settings) if stop.host else []
    before = event.stops[: number - 1]
    is_new = stop.place is not None and all(one.place is not stop.place for one in before)
    of_place = place_part(stop.place, tr) if stop.place and is_new and is_journey(event) else None
    return StopPart(
        id=record.id,
        number=number,
        title=record.title,
        when=", ".join(filter(None, (*parts, hours))),
        hours=hours,
        place=place_value(stop.place, library) if stop.place else None,
        host=hosted[0] if hosted else None,
        text=text,
        questions=record.questions,
        practical=of_place.access if of_place else (),
        directions=(*of_place.directions, *of_place.notes) if of_place else (),
    )


def _told(hours: str, event: Event, place: Place | None, day: date | None, tr: Translator) -> str:
    """Hours at a point of a trip, with whose time they are in where it is not the trip's."""
    if place is None or not wording.is_elsewhere(event, place, day):
        return hours
    return wording.hours_there(hours, event, place, tr)


def place_value(place: Place, library: Library) -> Value:
    """A place on one line, which leads to its page."""
    return named(place, library.settings.addresses, place.line)


def place_values(event: Event, library: Library) -> list[Value]:
    """Where people meet, and what is said of it: of several places, with the hour of each where
    their clocks differ."""
    found = []
    for place in event.sites:
        line = wording.place_and_hour(event, place, library.tr)
        found.append(named(place, library.settings.addresses, line))
        if place.description:
            found.append(Value(place.description))
    return found


def itinerary(event: Event, stops: Sequence[StopPart], library: Library) -> tuple[Day, ...]:
    """A trip day by day; nothing for one that tells nothing of the way."""
    record, tr = event.record, library.tr
    if not isinstance(record, TripRecord) or not record.is_journey:
        return ()
    ways = {leg.path[:2]: leg for leg in legs(event)}
    factors = library.community.factors
    first = event.first
    numbers = [stop.number or 0 for stop in event.stops]
    count = first.days if first else 0
    count = max(count, *numbers, len(record.nights) + 1, 1)
    steps: list[list[Step]] = [[] for _ in range(count)]
    if record.departure is not None and event.departure is not None:
        at = record.departure.at
        place = place_value(event.departure, library)
        told = _told(tr.time(at), event, event.departure, None, tr) if at else ""
        steps[0].append(Step(kind="leave", when=told, place=place))
    day = 1
    for index, (stop, part) in enumerate(zip(event.stops, stops, strict=True)):
        day = min(max(stop.number or day, 1), count)
        way = ways.get(("stops", index))
        if way is not None:
            steps[day - 1].append(Step(kind="leg", text=_way(way, factors, tr)))
        steps[day - 1].append(Step(kind="stop", stop=part))
    if record.back is not None and event.back is not None:
        way = ways.get(("back", "by"))
        if way is not None:
            steps[-1].append(Step(kind="leg", text=_way(way, factors, tr)))
        at = record.back.at
        place = place_value(event.back, library)
        last = first.last if first else None
        told = _told(tr.time(at), event, event.back, last, tr) if at else ""
        steps[-1].append(Step(kind="back", when=told, place=place))
    nights = (*record.nights, *[""] * count)[:count]
    days = []
    for number, (lines, night) in enumerate(zip(steps, nights, strict=True), 1):
        short = title = tr.format(N_("Day {n}"), n=number)
        if first is not None:
            on = tr.day(first.first + timedelta(days=number - 1), year=False)
            title = tr.format(N_("Day {n}, {day}"), n=number, day=on)
        if lines or night:
            days.append(Day(number, short, title, tuple(lines), night))
    return tuple(days)


def _way(leg: Leg, factors: Factors, tr: Translator) -> str:
    """« Train régional, 50 min, 71 km »"""
    parts = [mode_name(leg.record.mode, tr)]
    if leg.record.takes:
        parts.append(length(leg.record.takes))
    km = leg.km(factors)
    if km is not None and (km >= 1 or not leg.is_estimated):
        how = N_("about {km} km") if leg.is_estimated else N_("{km} km")
        parts.append(tr.format(how, km=_whole(km, tr)))
    return ", ".join(parts)


def mode_name(mode: str, tr: Translator) -> str:
    """What one travels by, at the beginning of a line."""
    name = tr.gettext(TRAVEL.meanings[mode])
    return name[:1].upper() + name[1:]


def _whole(number: float, tr: Translator) -> str:
    """« 71 », « 9 350 », « 1,5 »: a tenth matters on short ways alone."""
    if number < 10 and round(number, 1) != round(number):
        return f"{number:.1f}".replace(".", "," if tr.language == "fr" else ".")
    return f"{number:,.0f}".replace(",", "\u202f" if tr.language == "fr" else ",")


def _mass(grams: float, tr: Translator) -> str:
    """« 1,9 kg », « 24 kg », « 1,66 t »"""
    kg = grams / 1000
    text, unit = (f"{kg / 1000:.2f}", "t") if kg >= 1000 else (f"{kg:.0f}", "kg")
    if kg < 10:
        text = f"{kg:.1f}"
    return f"{text.replace('.', ',') if tr.language == 'fr' else text}\u00a0{unit}"


def carbon(event: Event, library: Library) -> Carbon | None:
    """What the ways of a trip emit; None where nothing is known of any."""
    tr, factors = library.tr, library.community.factors
    told = [(leg, leg.km(factors)) for leg in legs(event) if leg.record.mode not in OWN_FEET]
    known = [
        (leg, km, grams)
        for leg, km in told
        if km is not None and (grams := factors.grams(leg.record.mode, km)) is not None
    ]
    if not known:
        return None
    rows = list(_emitted(known, factors, tr))
    if not any(leg.record.mode in WATER for leg, _ in told):
        rows += _compared(known, factors, tr)
    notes = []
    if any(leg.is_estimated for leg, _, _ in known):
        detour = f"{factors.detour:g}".replace(".", "," if tr.language == "fr" else ".")
        said = N_("Estimated distances: the straight line × {detour}; a plane flies straight.")
        notes.append(tr.format(said, detour=detour))
    left = len(told) - len(known)
    if left:
        said_of = tr.ngettext("{n} way is not counted.", "{n} ways are not counted.", left)
        notes.append(said_of)
    month = tr.month(factors.date)
    source = tr.format(N_("{source}, {month}"), source=factors.source, month=month)
    return Carbon(rows=tuple(rows), notes=tuple(notes), source=Value(source, url=factors.url))


_Known = tuple[Leg, float, float]


def _emitted(
    known: Sequence[_Known], factors: Factors, tr: Translator
) -> Iterator[tuple[str, str, str]]:
    """Each flight by itself, and all other ways together."""
    others = [one for one in known if one[0].record.mode not in FLYING]
    for leg, km, grams in known:
        if leg.record.mode in FLYING:
            ends = " – ".join(place.name for place in (leg.start, leg.end) if place)
            name = tr.format(N_("Plane: {ends}"), ends=ends) if ends else tr.gettext(N_("plane"))
            yield name, _distance(km, leg.is_estimated, tr), _mass(grams, tr)
    if others:
        shared = [factors.is_shared(leg.record.mode) for leg, _, _ in others]
        divided = [g / (SHARED_BY if s else 1) for (_, _, g), s in zip(others, shared, strict=True)]
        flown = len(others) < len(known)
        name = N_("The other ways of the trip") if flown else N_("The trip as planned")
        words = tr.gettext(name)
        if any(shared):
            words = tr.format(N_("{what}, {n} to a car"), what=words, n=SHARED_BY)
        estimated = any(leg.is_estimated for leg, _, _ in others)
        km = sum(km for _, km, _ in others)
        yield words, _distance(km, estimated, tr), _mass(sum(divided), tr)


def _compared(
    known: Sequence[_Known], factors: Factors, tr: Translator
) -> Iterator[tuple[str, str, str]]:
    """The same ways by other means."""
    km = sum(one[1] for one in known)
    far = _distance(km, any(leg.is_estimated for leg, _, _ in known), tr)
    modes = {leg.record.mode for leg, _, _ in known}
    rail, car = factors.grams(BY_RAIL, km), factors.grams("car", km)
    if rail is not None and not modes <= RAILS:
        yield tr.gettext(N_("The same by regional train")), far, _mass(rail, tr)
    if car is not None:
        yield tr.gettext(N_("The same by car, alone")), far, _mass(car, tr)
        words = tr.format(N_("The same by car, {n} in it"), n=SHARED_BY)
        yield words, far, _mass(car / SHARED_BY, tr)


def _distance(km: float, estimated: bool, tr: Translator) -> str:
    how = N_("about {km} km") if estimated else N_("{km} km")
    return tr.format(how, km=_whole(km, tr))


def route(event: Event, library: Library) -> PinMap | None:
    """Where the stops of a trip are, in their order, and whence and whither one travels."""
    drawing = library.community.drawing
    if drawing is None:
        return None
    places = [stop.place for stop in event.stops]
    return pin_map(drawing, places, codes_of(event.territories), (event.departure, event.back))


def comparison(event: Event, library: Library) -> Comparison | None:
    """What is compared of the stops; None where nothing is."""
    record = event.record
    if not isinstance(record, TripRecord) or not record.compare:
        return None
    said = {id for one in record.compare for id in one.values}
    stops = [stop.record for stop in event.stops if stop.record.id in said]
    return Comparison(
        heads=tuple(Value(stop.title, f"{event.address}#{stop.id}") for stop in stops),
        rows=tuple(
            (one.criterion, tuple(one.values.get(stop.id, "") for stop in stops), one.source)
            for one in record.compare
        ),
        file=event.address + library.settings.addresses.comparison,
    )


def photographs(event: Event, library: Library) -> tuple[Picture, ...]:
    """What was seen on a trip."""
    return tuple(
        Picture(
            event.address + asset_name(one.src),
            *library.boxes.get(event.files.get(one.src, ""), (0, 0)),
            one.alt,
            one.credit or "",
        )
        for _, one in shown_photographs(event.record)
    )


def files(library: Library) -> Iterator[tuple[str, bytes]]:
    """What is compared, as CSV."""
    for event in library.community.events:
        found = comparison(event, library)
        if found is not None:
            yield found.file, table(_rows(found, library)).encode()


def _rows(found: Comparison, library: Library) -> Iterator[Sequence[str]]:
    tr, words = library.tr, library.words
    yield (
        tr.gettext(N_("Criterion")),
        *(words(one.text) for one in found.heads),
        tr.gettext(N_("Source")),
    )
    for name, cells, source in found.rows:
        yield [words(one) for one in (name, *cells, source)]
