"""A trip as one travels it: points, the ways between them, and what contradicts itself in them.

A way leads from where all leave to the first stop, from stop to stop, and from the last one back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from ..letters import normal
from ..problems import N_, Mend
from .alone import by_itself
from .community import Event, Occurrence, Place, Shared, Stop, Text, Within
from .emissions import Factors
from .fields import is_bare_consent, is_no_consent
from .geography import distance
from .schema import LegRecord, PhotographRecord, Record, TripRecord
from .times import Fault, Faulty, stop_time
from .zones import zone

Path = tuple[str | int, ...]

UNKNOWN_DAY = date(2001, 1, 1)
"""Stands for the first day of a trip whose date is not known: its hours are compared too."""

SPEEDS: dict[str, tuple[float, float]] = {
    "tgv": (40, 330),
    "intercites": (30, 210),
    "ter": (15, 210),
    "rer": (10, 145),
    "train": (15, 330),
    "tram": (3, 80),
    "coach": (8, 105),
    "car": (8, 130),
    "electric-car": (8, 130),
    "plane": (80, 1050),
    "boat": (2, 85),
    "bike": (3, 35),
    "walk": (0.5, 8),
}
"""km per hour, from door to door, below and above which a slip is likelier."""

STRAIGHT = frozenset({"plane"})
"""What travels nearly in a straight line: its way needs no detour."""

UNCOUNTED = frozenset({"bike", "walk"})
"""What one does on one's own feet: nothing is asked of factors."""


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A way from one point of a trip to the next.

    Attributes:
        path: of its record in the source.
        start: whence; None where nobody knows.
        end: where to.
        leaves: the instant before which nobody leaves; None where that is not told.
        arrives: the instant at which all are there.
    """

    record: LegRecord
    path: Path
    start: Place | None
    end: Place | None
    leaves: datetime | None
    arrives: datetime | None

    @property
    def direct(self) -> float | None:
        """km in a straight line; None where one of its ends has no coordinates."""
        ends = [_position(place) for place in (self.start, self.end)]
        return distance(ends[0], ends[1]) if ends[0] and ends[1] else None

    def km(self, factors: Factors) -> float | None:
        """How long it is: as said, else as estimated; None where nobody knows."""
        if self.record.km is not None or self.direct is None:
            return self.record.km
        return self.direct * (1 if self.record.mode in STRAIGHT else factors.detour)

    @property
    def is_estimated(self) -> bool:
        """Whether its length is not said in the source."""
        return self.record.km is None


def _position(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


@dataclass(frozen=True, kw_only=True)
class _Point:
    """Where one is on the way: since when, and until when, as far as that is told."""

    place: Place | None
    arrives: datetime | None = None
    leaves: datetime | None = None


def legs(event: Event) -> tuple[Leg, ...]:
    """The ways of a trip that its source tells of, in their order."""
    record = event.record
    if not isinstance(record, TripRecord):
        return ()
    points: list[_Point | None] = [_departure(event, record)]
    points += [_point(event, stop) for stop in event.stops]
    told: list[tuple[Path, LegRecord | None]] = [
        (("stops", index, "by"), stop.record.by) for index, stop in enumerate(event.stops)
    ]
    if record.back is not None:
        points.append(_return(event, record))
        told.append((("back", "by"), record.back.by))
    return tuple(
        Leg(
            record=one,
            path=path,
            start=before.place if before else None,
            end=after.place if after else None,
            leaves=(before.leaves or before.arrives) if before else None,
            arrives=after.arrives if after else None,
        )
        for (path, one), (before, after) in zip(told, pairwise(points), strict=True)
        if one is not None
    )


def _departure(event: Event, record: TripRecord) -> _Point | None:
    if record.departure is None:
        return None
    at = _moment(event, event.departure, 1, record.departure.at)
    return _Point(place=event.departure, leaves=at)


def _return(event: Event, record: TripRecord) -> _Point:
    days = (
        event.first.days
        if event.first
        else max((one.number or 1 for one in event.stops), default=1)
    )
    at = _moment(event, event.back, days, record.back.at if record.back else None)
    return _Point(place=event.back, arrives=at)


def _point(event: Event, stop: Stop) -> _Point:
    day = stop.number or (1 if event.first and event.first.days == 1 else None)
    return _Point(
        place=stop.place,
        arrives=_moment(event, stop.place, day, stop.record.start),
        leaves=_moment(event, stop.place, day, stop.record.end),
    )


def _moment(event: Event, place: Place | None, day: int | None, at: time | None) -> datetime | None:
    """The instant of a local hour on a day of the trip; None where one of them is not told."""
    if at is None or day is None or not 1 <= day <= 1000:
        return None
    begins = event.first.first if event.first else UNKNOWN_DAY
    when = datetime.combine(begins + timedelta(days=day - 1), at)
    return when.replace(tzinfo=zone(zone_at(event, place)))


def zone_at(event: Event, place: Place | None) -> str:
    """The IANA zone of the hours at a point of a trip: the trip's own, else that of the place."""
    own = place.zone if place is not None and place.is_located else None
    return event.record.timezone or own or event.zone


def stop_occurrence(event: Event, stop: Stop) -> Occurrence | None:
    """When a stop of a trip takes place, in the zone of its place; None where no day is known.

    Raises:
        Faulty: its hour does not exist.
    """
    first = event.first
    if first is None:
        return None
    day = stop.day or (first.first if first.first == first.last else None)
    if day is None:
        return None
    return stop_time(stop.record, day, zone_at(event, stop.place), event.collection.duration)


def stop_uid(stop: str, trip: str) -> str:
    """The identity of a stop for ever: its id, and the UID of its trip."""
    return f"{stop}.{trip}"


def stop_title(stop: str, trip: str) -> str:
    """A stop's title where nothing else says of which trip it is."""
    return f"{stop} ({trip})"


ALONE: Mapping[str, object] = {
    **{"stops": (), "back": None, "nights": (), "compare": (), "account": None, "photographs": ()},
    **{"online": None, "registration": None, "deadlines": (), "seats": None, "price": None},
    **{"programme": (), "speakers": (), "replay": None, "url": None, "links": (), "image": None},
    **{"description": None, "summary": None},
}
"""What is said of a trip, and not of each of its stops."""

SHARED = frozenset(
    {"title", "id", "aliases", "draft", "example", "updated", "status", "exception", "recorded"}
    | {"start", "end", "duration", "undated", "when", "timezone", "mode", "place", "places"}
    | {"language", "themes", "tags", "territories", "organisers", "hosts", "from"}
)
"""What holds of its stops too, or is another for each, or has no place in calendars."""


def stop_events(event: Event) -> Iterator[Event]:
    """The stops of a trip as calendars tell them, each by itself; those without a day are left out.

    Each changes whenever its trip does.
    """
    for stop in event.stops:
        try:
            when = stop_occurrence(event, stop)
        except Faulty:
            continue
        if when is not None:
            title = stop_title(stop.record.title, event.title)
            said = {**ALONE, "title": title}
            yield replace(
                by_itself(event, stop_uid(stop.record.id, event.uid), said, when),
                zone=when.zone,
                refs=Shared(
                    themes=event.refs.themes,
                    organisers=event.refs.organisers,
                    hosts=(stop.host,) if stop.host else (),
                ),
                sites=(stop.place,) if stop.place else (),
                body=stop.text or Text("", event.source),
                files={},
                within=Within(event.uid, stop.record.id),
            )


def shown_photographs(record: Record) -> Iterator[tuple[int, PhotographRecord]]:
    """Those of a trip that are published, by number: nobody who is seen there took it back."""
    for index, one in enumerate(record.photographs if isinstance(record, TripRecord) else ()):
        if one.consent is None or not is_no_consent(one.consent):
            yield index, one


def journey_faults(event: Event) -> Iterator[Fault]:
    """What contradicts itself in a trip: hours, nights, ways, what is compared, photographs."""
    record = event.record
    if not isinstance(record, TripRecord):
        return
    yield from _overlaps(event)
    yield from _ends(event, record)
    yield from _hours(event)
    yield from _nights(event, record)
    for leg in legs(event):
        yield from _leg(leg)
    yield from _compared(record)
    yield from _territories(event)
    for index, one in enumerate(record.photographs):
        path: Path = ("photographs", index)
        if one.consent is not None and is_no_consent(one.consent):
            yield Fault("no-consent", (*path, "consent"), {"value": one.consent}, "warning")
        elif one.consent is not None and is_bare_consent(one.consent):
            yield Fault("bare-consent", (*path, "consent"), {"value": one.consent}, "warning")
        elif one.consent is None and not one.nobody:
            missing: tuple[Path, ...] = ((*path, "consent"), (*path, "nobody"))
            yield Fault("photo-consent", path, {"file": one.src}, without=missing)


def factor_faults(event: Event, factors: Factors) -> Iterator[Fault]:
    """Ways of which no factor is known: what they emit is left out, and that is told."""
    for leg in legs(event):
        mode = leg.record.mode
        if mode not in factors.modes and mode not in UNCOUNTED:
            params = {"mode": mode, "source": factors.source}
            yield Fault("mode-factor", (*leg.path, "mode"), params, "warning")


def _overlaps(event: Event) -> Iterator[Fault]:
    """Stops that begin before one above has ended."""
    before: _Point | None = None
    above = ""
    for index, stop in enumerate(event.stops):
        point = _point(event, stop)
        begins, ends = (before.arrives, before.leaves) if before else (None, None)
        # One that begins before the other is out of order, which is told already.
        if ends and point.arrives and (begins or point.arrives) <= point.arrives < ends:
            params = {"stop": stop.record.id, "other": above, "end": f"{ends:%H:%M}"}
            yield Fault("stop-overlap", ("stops", index, "start"), params)
        # What says no end hides none.
        if point.leaves:
            before, above = point, stop.record.id


def _ends(event: Event, record: TripRecord) -> Iterator[Fault]:
    """A departure after the first stop, or a return before the last, where no way is told that
    would tell it."""
    points = [_point(event, stop) for stop in event.stops]
    if not points:
        return
    if record.departure is not None and record.stops[0].by is None:
        leaves, arrives = _departed(event, record), points[0].arrives
        if leaves and arrives and arrives < leaves:
            yield Fault("leg-order", ("from", "at"), _hours_of(leaves, arrives))
    if record.back is not None and record.back.by is None:
        leaves, arrives = points[-1].leaves or points[-1].arrives, _return(event, record).arrives
        if leaves and arrives and arrives < leaves:
            yield Fault("leg-order", ("back", "at"), _hours_of(leaves, arrives))


def _departed(event: Event, record: TripRecord) -> datetime | None:
    point = _departure(event, record)
    return point.leaves if point else None


def _hours_of(leaves: datetime, arrives: datetime) -> Mapping[str, object]:
    return {"leaves": f"{leaves:%H:%M}", "arrives": f"{arrives:%H:%M}"}


def _hours(event: Event) -> Iterator[Fault]:
    """Hours of stops that no clock shows."""
    for index, stop in enumerate(event.stops):
        record = stop.record
        if record.start and record.end and record.end <= record.start:
            continue  # told where stops are
        try:
            stop_occurrence(event, stop)
        except Faulty as error:
            yield replace(error.fault, path=("stops", index, *error.fault.path))


NO_NIGHT = N_("delete this line, or write the last day of the trip under « end: »")

_COUNTED = re.compile(r"\d{1,2}(?: (?:nuits?|nuitées?|nights?))?", re.IGNORECASE)
"""A number in place of towns, of which one each is written."""

_MORE_THAN_TOWN = frozenset(
    {"hotel", "hostel", "auberge", "gite", "chambre", "camping", "residence", "chez", "inn"}
    | {"rue", "avenue", "boulevard", "place", "quai", "street", "road", "house"}
)


def _nights(event: Event, record: TripRecord) -> Iterator[Fault]:
    for index, town in enumerate(record.nights):
        if not _is_town(town) and not _COUNTED.fullmatch(town):
            yield Fault("night-town", ("nights", index), {"value": town})
    days = event.first.days if event.first else None
    towns = sum(not _COUNTED.fullmatch(one) for one in record.nights)
    is_right = days is not None and towns == len(record.nights) == days - 1
    if record.nights and days is not None and not is_right:
        params = {"days": days, "nights": days - 1, "given": towns}
        mend = Mend(NO_NIGHT) if days == 1 else None
        missing: tuple[Path, ...] = (("end",), ("duration",))
        yield Fault("nights-count", ("nights",), params, without=missing, mend=mend)


def _is_town(text: str) -> bool:
    """Whether a text may be the name of a town: where people sleep is nobody else's business."""
    letters = normal("NFD", text.lower())
    words = re.findall(r"[a-z]+", "".join(c for c in letters if not unicodedata.combining(c)))
    if re.search(r"[\d,;:@/()]", text) or len(text) > 60:
        return False
    return len(words) < 2 or _MORE_THAN_TOWN.isdisjoint(words)


def _leg(leg: Leg) -> Iterator[Fault]:
    takes = leg.record.takes
    if leg.leaves and leg.arrives:
        gap = leg.arrives - leg.leaves
        is_ordered = gap >= timedelta() or leg.path[0] == "back" or leg.path[1] == 0
        if is_ordered and gap < timedelta():
            yield Fault("leg-order", leg.path, _hours_of(leg.leaves, leg.arrives))
        elif is_ordered and gap < (takes or timedelta()):
            params = {"takes": _minutes(takes or timedelta()), "gap": _minutes(gap)}
            yield Fault("leg-too-long", leg.path, params)
    km = leg.record.km if leg.record.km is not None else leg.direct
    if not takes or not km:
        return
    speed = km / (takes.total_seconds() / 3600)
    low, high = SPEEDS[leg.record.mode]
    # The straight line is a lower bound: it tells what is too fast, and never what is too slow.
    if speed > high or (speed < low and leg.record.km is not None):
        params = {"km": f"{km:.0f}", "takes": _minutes(takes), "speed": f"{speed:.0f}"}
        missing = ((*leg.path, "km"), (*leg.path, "mode"))
        yield Fault("leg-speed", (*leg.path, "takes"), params, "warning", missing)


def _minutes(length: timedelta) -> str:
    """« 1 h 05 », « 50 min »"""
    hours, rest = divmod(round(length.total_seconds() / 60), 60)
    return f"{hours} h {rest:02}" if hours else f"{rest} min"


def _compared(record: TripRecord) -> Iterator[Fault]:
    ids = [stop.id for stop in record.stops]
    for index, one in enumerate(record.compare):
        if not one.values:
            yield Fault("empty", ("compare", index, "values"))
        for id in one.values:
            if id not in ids:
                params = {"id": id, "known": ", ".join(ids[:12])}
                above = tuple(("stops", at, "id") for at in range(len(ids)))
                yield Fault("compare-stop", ("compare", index, "values", id), params, without=above)


def _territories(event: Event) -> Iterator[Fault]:
    """Stops in a territory that the trip does not name, though it names some."""
    named = {one.id for one in event.refs.territories}
    if not named or len(named) != len(event.record.territories):
        return
    for index, stop in enumerate(event.stops):
        territory = stop.place.territory if stop.place else None
        if territory is not None and territory.id not in named:
            params = {"stop": stop.record.id, "territory": territory.name, "id": territory.id}
            yield Fault("stop-territory", ("stops", index, "place"), params, "warning")
            named.add(territory.id)
