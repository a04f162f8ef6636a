"""The meetings as data for the agenda's filters: rows under a line of fields, names by index.

A name stands once in its table and rows refer to it by its place there, and so does what dates of
a series say alike: with 3,000 meetings the file is fetched on a phone.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter

from .. import wording
from ..model.community import Event, Occurrence
from ..model.languages import tongue_of
from ..model.registration import closes, ends, registration_state
from .drawing import together
from .library import Library
from .meeting import Meeting, meeting

FIELDS = (
    "id",  # what follows the address of its collection
    "start",  # as in `datetime=`; "" without a date
    "days",  # "first/last" for each time, when it is not the one day of `start`
    "from",  # minutes since 1970 at which it begins; 0 without a date
    "lasts",  # minutes from then on up to when it is over
    "open",  # minutes since 1970 up to which one can register; 0 where one cannot
    "date",  # in words; what stands instead where there is none
    "said",  # all else, which dates of a series share
)

SAID = (
    "title",
    "summary",
    "zone",
    "hour",
    "opens",  # where there is no hour
    "length",
    "kind",
    "mode",
    "territories",
    "themes",
    "organisations",
    "place",
    "stages",  # that of the build, and those that time brings
    "states",  # badges of those stages: class and word
    "labels",  # the other badges, likewise
)
"""The fields of the table to which `said` refers."""


LANGUAGE = "language"
"""The field that stands behind them once any meeting says its language."""


TABLES = ("kinds", "modes", "territories", "themes", "organisations", "places")
"""The tables of names to which rows refer."""


DRAWN = (
    *("start", "from", "until", "stages", "date", "zone"),
    *("hour", "opens", "length", "where", "hue"),
)
"""What the script draws a meeting from beside its title, kind, states and labels: `drawn_from`."""


def drawn_from(event: Event, library: Library) -> dict[str, str | int]:
    """The fields of `DRAWN`, as `FIELDS` and `SAID` tell them; *until*: when it is over."""
    shown, (begins, until) = library.once(meeting, event), _span(event)
    return {
        "start": shown.starts,
        "from": begins,
        "until": until,
        "stages": shown.stages,
        "date": together(shown.date or shown.when),
        "zone": shown.zone,
        "hour": shown.hour,
        "opens": "" if shown.hour else shown.opens,
        "length": shown.length,
        "where": shown.where,
        "hue": shown.hue,
    }


class _Table:
    """What stands in it, in the order in which it comes up."""

    def __init__(self) -> None:
        self.places: dict[Sequence[Hashable], int] = {}

    def __call__(self, *row: Hashable) -> int:
        return self.places.setdefault(row, len(self.places))

    @property
    def rows(self) -> list[Sequence[Hashable]]:
        return list(self.places)


def meetings_data(events: Iterable[Event], library: Library, **head: object) -> bytes:
    """The file of some events, in their order.

    Args:
        head: what else stands in the file.
    """
    tables = {name: _Table() for name in TABLES}
    said = _Said(library, tables)
    # The script heads them by months: those without a day come last.
    ordered = sorted(events, key=lambda event: event.first is None)
    rows = [_row(event, library, said) for event in ordered]
    data: Mapping[str, object] = {
        **head,
        **{name: table.rows for name, table in tables.items()},
        "fields": FIELDS,
        "rows": rows,
        "shared": said.fields,
        "said": said.table.rows,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _row(event: Event, library: Library, said: _Said) -> Sequence[object]:
    """What `FIELDS` tell of an event."""
    shown, (begins, until) = library.once(meeting, event), _span(event)
    return (
        event.address.removeprefix(f"{event.collection.address}/").removesuffix("/"),
        shown.starts,
        _days(event.occurrences),
        begins,
        until - begins,
        _open_until(event, library) if event.record.registration else 0,
        library.of(_date, shown.date or shown.when),
        said(event, shown),
    )


def _span(event: Event) -> tuple[int, int]:
    """Minutes since 1970 at which it begins, and when it is over; 0 where that is not known."""
    first, last = event.first, event.last
    if first is not None and last is not None:
        return _minutes(first.begins), _minutes(last.ends)
    around = event.around
    return 0, _minutes(around.ends(event.zone)) if around else 0


def _minutes(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _date(words: str, library: Library) -> str:
    return together(words)


class _Said:
    """What is said of events beside: looked up once for all dates that say the same, and written
    once for all rows that do."""

    def __init__(self, library: Library, tables: Mapping[str, _Table]) -> None:
        self.library, self.tables, self.table = library, tables, _Table()
        has_several = any(event.record.language for event in library.community.held)
        self.fields = (*SAID, LANGUAGE) if has_several else SAID
        self._words = cache(library.words)
        self._whenever: dict[int, Mapping[str, Hashable]] = {}
        self._known: dict[Sequence[Hashable], int] = {}

    def __call__(self, event: Event, shown: Meeting) -> int:
        """The place of what is said of an event in the table."""
        usual = id(event.usual)
        key = (usual, _otherwise(shown))
        found = self._known.get(key)
        if found is None:
            if usual not in self._whenever:
                self._whenever[usual] = self._said(event, shown)
            its = {**self._whenever[usual], **_told(shown)}
            found = self._known[key] = self.table(*(its[field] for field in self.fields))
        return found

    def _said(self, event: Event, shown: Meeting) -> Mapping[str, Hashable]:
        """What is said of an event whenever that is held."""
        library, tables, collection = self.library, self.tables, event.collection
        organisations, places = tables["organisations"], tables["places"]
        themes, territories = tables["themes"], tables["territories"]
        return {
            "title": self._words(shown.title),
            "summary": self._words(shown.summary),
            "kind": tables["kinds"](
                collection.address, collection.singular, collection.name, shown.hue
            ),
            "mode": tables["modes"](
                library.settings.addresses.modes[event.mode] if event.mode else "",
                wording.mode_name(event, library.tr),
            ),
            "territories": tuple(territories(one.id, one.name) for one in event.territories),
            "themes": tuple(themes(one.id, one.name) for one in event.themes),
            "organisations": tuple(organisations(one.name) for one in event.organisations),
            "place": places(shown.where, ", ".join(event.where)),
            LANGUAGE: tongue_of(event, library.settings),
        }


_otherwise = attrgetter("zone", "hour", "opens", "length", "stages", "states", "labels")


def _told(shown: Meeting) -> Mapping[str, Hashable]:
    """What another date may say otherwise."""
    return {
        "zone": shown.zone,
        "hour": shown.hour,
        "opens": "" if shown.hour else shown.opens,
        "length": shown.length,
        "stages": shown.stages,
        "states": shown.states,
        "labels": shown.labels,
    }


def _open_until(event: Event, library: Library) -> int:
    if registration_state(event, library.now) != "open":
        return 0
    limits = [limit for limit in (closes(event), ends(event)) if limit]
    return int(min(limits).timestamp()) // 60 if limits else 0


def _days(occurrences: Sequence[Occurrence]) -> list[str]:
    if len(occurrences) == 1 and occurrences[0].first == occurrences[0].last:
        return []
    return [f"{one.first}/{one.last}" for one in occurrences]
