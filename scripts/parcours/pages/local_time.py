"""The time kept elsewhere, as pages say it: whose hours these are, and how far from home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from .. import wording
from ..i18n import Translator
from ..model.community import Event, is_elsewhere
from ..model.instants import day_of
from ..model.zones import apart, zone
from ..problems import N_
from ..wording import length
from .library import Library

AHEAD = timedelta(days=365)
"""How far a page that has no date looks for the next change of clocks."""


def zone_note(event: Event, library: Library) -> str:
    """Whose time it is and what time that is at home, where the two differ, or where home is no
    place; for lists, which tell no more."""
    tr = library.tr
    first, home = event.first, library.settings.timezone
    if first is None or first.start is None:
        return ""
    if event.zone == home != wording.UTC:
        return ""
    there = wording.whose_time(event.zone, tr)
    if event.zone == home:
        return there
    here = first.start.astimezone(zone(home))
    if here.replace(tzinfo=None) == first.start.replace(tzinfo=None):
        return there
    here_words = tr.time(here)
    if here.date() != first.first:
        here_words = f"{tr.day(here.date(), year=False)}, {here_words}"
    if home == wording.UTC:
        return tr.format(N_("{there}; {time} UTC"), there=there, time=here_words)
    home_name = wording.zone_name(home, tr)
    return tr.format(
        N_("{there}; {time} in {place}"), there=there, time=here_words, place=home_name
    )


def home_note(event: Event, library: Library) -> str:
    """Whose time it is, of what is at home, where hours are told in several zones."""
    is_told = event.first is not None and event.first.start is not None
    if not is_told or event.zone != library.settings.timezone or not library.names_zones:
        return ""
    return wording.whose_time(event.zone, library.tr)


def tells_other_hours(events: Iterable[Event], library: Library) -> bool:
    """Whether an hour is told that clocks at home do not show then."""
    home = library.settings.timezone
    return any(one.first and is_elsewhere(one.first, home) for one in events)


def event_time(event: Event, library: Library) -> str:
    """How far from home an event's clocks are on its days; "" for those of home."""
    first, last = event.first, event.last
    if first is None or last is None:
        return ""
    return _told(event.zone, first.begins, last.ends - timedelta(minutes=1), library)


def kept_time(there: str | None, library: Library) -> str:
    """How far from home a zone's clocks are today, and after their next change; "" for home's."""
    today = day_of(library.now)
    return _told(there, today, today + AHEAD, library) if there else ""


def _told(there: str, since: datetime, until: datetime, library: Library) -> str:
    """« La Réunion : 3 h de plus qu’à Paris, puis 2 h de plus à partir du 28 mars 2027 »."""
    tr, home = library.tr, library.settings.timezone
    if there == home:
        return ""
    (_, now), *changes = apart(there, home, since, until)
    words = _from_home(now, wording.zone_name(home, tr), tr)
    for moment, then in changes[:1]:
        words = tr.format(
            N_("{now}, then {then} from {day}"),
            now=words,
            then=_difference(then, tr),
            day=tr.day(moment.astimezone(zone(there)).date(), weekday=False),
        )
    return tr.format(N_("{name}: {words}"), name=wording.zone_name(there, tr), words=words)


def _from_home(difference: timedelta, home: str, tr: Translator) -> str:
    if home == wording.UTC:
        return _from_utc(difference, tr)
    if not difference:
        return tr.format(N_("the same time as in {place}"), place=home)
    if difference > timedelta():
        return tr.format(N_("{length} ahead of {place}"), length=length(difference), place=home)
    return tr.format(N_("{length} behind {place}"), length=length(-difference), place=home)


def _from_utc(difference: timedelta, tr: Translator) -> str:
    if not difference:
        return tr.gettext(N_("the same time as UTC"))
    if difference > timedelta():
        return tr.format(N_("{length} ahead of UTC"), length=length(difference))
    return tr.format(N_("{length} behind UTC"), length=length(-difference))


def _difference(difference: timedelta, tr: Translator) -> str:
    if not difference:
        return tr.gettext(N_("the same time"))
    if difference > timedelta():
        return tr.format(N_("{length} ahead"), length=length(difference))
    return tr.format(N_("{length} behind"), length=length(-difference))
