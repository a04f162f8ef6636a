"""Free days for a meeting, and what already lies near a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import PurePosixPath

from ..i18n import Translator
from ..model.settings import Collection
from ..model.values import PAST, End, Moment, ValueRefused, parse_end, parse_moment
from ..problems import N_, Problems
from ..sources.suffixes import SOURCES
from ..sources.text import read_source
from ..sources.walk import by_bundle, source_files
from .site import Site

NEAR = timedelta(days=6)
"""What lies so close is told."""

PROPOSED = 5
LOOKED_AT = 104
"""Days of a collection that are looked at: two years of weeks."""


@dataclass(frozen=True)
class Dated:
    """A meeting that has a date already."""

    first: date
    last: date
    at: time | None
    title: str
    collection: str


def calendar(site: Site) -> tuple[Dated, ...]:
    """Every meeting whose date can be read, in order."""
    found = [one for collection in site.settings.collections for one in _dated(site, collection)]
    return tuple(sorted(found, key=lambda one: (one.first, one.title)))


def _dated(site: Site, collection: Collection) -> Iterator[Dated]:
    root, folder = site.facts.root, collection.folder
    files = source_files(root, folder, Problems(), suffixes=SOURCES)
    paths = {PurePosixPath(file): path for path, file in files}
    base, in_courses = PurePosixPath(folder), collection.kind.in_courses
    for name in by_bundle(paths, base, in_courses=in_courses)[0]:
        if in_courses and name.stem == "index":
            continue  # a course lasts for months
        source = read_source(paths[name], str(name), Problems())
        said = source.document.data if source else {}
        moment = _moment(said.get("start"))
        if moment is not None and said.get("status") not in ("cancelled", "postponed"):
            last = _last(said.get("end")) or moment.day
            title = str(said.get("title") or name.stem)
            yield Dated(moment.day, max(last, moment.day), moment.at, title, collection.id)


def _moment(value: object) -> Moment | None:
    try:
        return parse_moment(value, style=PAST) if isinstance(value, str) else None
    except ValueRefused:
        return None


def _last(value: object) -> date | None:
    try:
        end = parse_end(value, style=PAST) if isinstance(value, str) else End(None, None)
    except ValueRefused:
        return None
    return end.day


def near(day: date, known: Sequence[Dated]) -> list[Dated]:
    """What lies within a week around a day, the nearest first."""
    found = [one for one in known if one.first - NEAR <= day <= one.last + NEAR]
    return sorted(found, key=lambda one: (abs(one.first - day), one.first, one.title))


def free_days(collection: Collection, today: date, known: Sequence[Dated]) -> Iterator[Moment]:
    """The next days of the collection's weekday on which it has nothing, at its usual hour."""
    if collection.weekday is None:
        return
    own = [one for one in known if one.collection == collection.id]
    hours = Counter(one.at for one in own if one.at is not None)
    hour = max(hours, key=lambda at: (hours[at], at)) if hours else None
    taken = {one.first for one in own}
    day = today + timedelta(days=1 + (collection.weekday - today.weekday() - 1) % 7)
    found = 0
    for week in range(LOOKED_AT):
        free = day + timedelta(weeks=week)
        if free not in taken:
            yield Moment(free, hour)
            found += 1
        if found == PROPOSED:
            return


def tell_near(day: date, known: Sequence[Dated], tr: Translator) -> str:
    """What lies near a day, in words."""
    found = near(day, known)
    if not found:
        return tr.gettext(N_("nothing near"))
    one = found[0]
    told = tr.format(N_("near « {title} », {day}"), title=one.title, day=tr.day(one.first))
    if len(found) == 1:
        return told
    more = tr.ngettext("and {n} other", "and {n} others", len(found) - 1)
    return f"{told} {more}"
