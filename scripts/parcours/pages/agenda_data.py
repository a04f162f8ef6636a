"""The meetings as data for the agenda's filters: rows under a line of fields, names by index.

A name stands once in its table and rows refer to it by its place there: with 3,000 meetings the
file is fetched on a phone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from .. import wording
from ..model.community import Event, Occurrence
from ..model.languages import tongue_of
from ..model.registration import closes, ends, registration_state
from .drawing import together
from .library import Library
from .meeting import meeting

FIELDS = (
    "id",  # what follows the address of its collection
    "title",
    "summary",
    "start",  # as in `datetime=`; "" without a date
    "days",  # "first/last" for each time, when it is not the one day of `start`
    "from",  # minutes since 1970 at which it begins; 0 without a date
    "until",  # likewise, when it is over
    "open",  # minutes since 1970 up to which one can register; 0 where one cannot
    "stages",  # that of the build, and those that time brings
    "date",  # in words; what stands instead where there is none
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
    "states",  # badges of those stages
    "labels",  # the other badges
)


LANGUAGE = "language"
"""The field that stands behind them once any meeting says its language."""


TABLES = (
    *("kinds", "modes", "territories", "themes", "organisations", "places"),
    *("marks", "stages"),
)
"""The tables of names to which rows refer."""


DRAWN = (
    *("start", "from", "until", "stages", "date", "zone"),
    *("hour", "opens", "length", "where", "hue"),
)
"""What the script draws a meeting from beside its title, kind, states and labels: `drawn_from`."""


def drawn_from(event: Event, library: Library) -> dict[str, str | int]:
    """The fields of `DRAWN`, as `FIELDS` tells them."""
    first, last = event.first, event.last
    around = event.around if last is None else None
    until = last.ends if last else around.ends(event.zone) if around else None
    shown = library.once(meeting, event)
    return {
        "start": shown.starts,
        "from": int(first.begins.timestamp()) // 60 if first else 0,
        "until": int(until.timestamp()) // 60 if until else 0,
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
    """Names in the order in which they come up."""

    def __init__(self) -> None:
        self.places: dict[Sequence[str], int] = {}

    def __call__(self, *names: str) -> int:
        return self.places.setdefault(names, len(self.places))

    @property
    def rows(self) -> list[Sequence[str]]:
        return list(self.places)


def meetings_data(events: Iterable[Event], library: Library, **head: object) -> bytes:
    """The file of some events, in their order.

    Args:
        head: what else stands in the file.
    """
    tables = {name: _Table() for name in TABLES}
    has_several = any(event.record.language for event in library.community.held)
    fields = (*FIELDS, LANGUAGE) if has_several else FIELDS
    # The script heads them by months: those without a day come last.
    ordered = sorted(events, key=lambda event: event.first is None)
    words = cache(library.words)
    said: dict[int, dict[str, object]] = {}
    rows: list[list[object]] = []
    for event in ordered:
        # What dates of a series share is looked up once, and what each says written over it.
        row = said.get(id(event.usual))
        if row is None:
            row = said[id(event.usual)] = _said(event, library, words, tables)
        row.update(_told(event, library, tables))
        rows.append([row[field] for field in fields])
    data: Mapping[str, object] = {
        **head,
        **{name: table.rows for name, table in tables.items()},
        "fields": fields,
        "rows": rows,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _told(event: Event, library: Library, tables: Mapping[str, _Table]) -> Mapping[str, object]:
    """What a row says of an event that is another for each date of a series."""
    shown, marks = library.once(meeting, event), tables["marks"]
    return {
        **drawn_from(event, library),
        "id": event.address.removeprefix(f"{event.collection.address}/").removesuffix("/"),
        "days": _days(event.occurrences),
        "open": _open_until(event, library),
        "stages": tables["stages"](shown.stages),
        "states": [marks(*mark) for mark in shown.states] if shown.states else [],
        "labels": [marks(*mark) for mark in shown.labels] if shown.labels else [],
    }


def _said(
    event: Event, library: Library, words: Callable[[str], str], tables: Mapping[str, _Table]
) -> dict[str, object]:
    """What a row says of an event whenever that is held."""
    tr, collection, shown = library.tr, event.collection, library.once(meeting, event)
    return {
        "title": words(shown.title),
        "summary": words(shown.summary),
        "kind": tables["kinds"](
            collection.address, collection.singular, collection.name, shown.hue
        ),
        "mode": tables["modes"](
            library.settings.addresses.modes[event.mode] if event.mode else "",
            wording.mode_name(event, tr),
        ),
        "territories": [tables["territories"](one.id, one.name) for one in event.territories],
        "themes": [tables["themes"](one.id, one.name) for one in event.themes],
        "organisations": [tables["organisations"](one.name) for one in event.organisations],
        "place": tables["places"](shown.where, ", ".join(event.where)),
        LANGUAGE: tongue_of(event, library.settings),
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
