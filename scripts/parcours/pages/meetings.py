"""The meetings as data for the agenda's filters: rows under a line of fields, names by index.

A name stands once in its table and rows refer to it by its place there: with 3,000 meetings the
file is fetched on a phone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from .. import wording
from ..model.community import Event, Occurrence
from ..model.stage import Stage, stage
from ..wording import labels, stage_name
from .view import Library, View, machine_start

FIELDS = (
    "id",
    "title",
    "summary",
    "start",  # as in `datetime=`; "" without a date
    "days",  # "first/last" for each time, when it is not the one day of `start`
    "until",  # minutes since 1970 at which it is over; 0 without a date
    "when",
    "zone",
    "time",
    "kind",
    "mode",
    "territories",
    "themes",
    "organisations",
    "place",
    "marks",
)

Mark = tuple[str, str]
"""A badge: its class and its word."""


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
    tables = {
        name: _Table()
        for name in ("kinds", "modes", "territories", "themes", "organisations", "places", "marks")
    }
    view = View(library, "")
    rows = [_row(event, view, tables) for event in events]
    data: Mapping[str, object] = {
        **head,
        **{name: table.rows for name, table in tables.items()},
        "fields": FIELDS,
        "rows": rows,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _row(event: Event, view: View, tables: Mapping[str, _Table]) -> list[object]:
    tr, first, last = view.tr, event.first, event.last
    collection = event.collection
    row = {
        "id": event.id,
        "title": event.title,
        "summary": view.library.summary(event),
        "start": machine_start(first) if first else "",
        "days": _days(event.occurrences),
        "until": int(last.ends.timestamp()) // 60 if last else 0,
        "when": wording.when(first, tr) if first else wording.undated(event, tr),
        "zone": view.zone_note(event),
        "time": tr.time(first.start) if first and first.start else "",
        "kind": tables["kinds"](collection.address, collection.singular, collection.name),
        "mode": tables["modes"](
            view.settings.addresses.modes[event.mode] if event.mode else "",
            wording.mode_name(event, tr),
        ),
        "territories": [tables["territories"](one.id, one.name) for one in event.territories],
        "themes": [tables["themes"](one.id, one.name) for one in event.themes],
        "organisations": [tables["organisations"](one.name) for one in event.organisations],
        "place": tables["places"](_place(event, view), ", ".join(event.where)),
        "marks": [tables["marks"](*mark) for mark in marks(event, view)],
    }
    return [row[field] for field in FIELDS]


def _place(event: Event, view: View) -> str:
    return ", ".join(place.text for place in view.places_of(event))


def _days(occurrences: Sequence[Occurrence]) -> list[str]:
    if len(occurrences) == 1 and occurrences[0].first == occurrences[0].last:
        return []
    return [f"{one.first}/{one.last}" for one in occurrences]


def marks(event: Event, view: View) -> list[Mark]:
    """The badges of an event in a list, as `badges` of the templates shows them."""
    tr = view.tr
    at = stage(event, view.library.now)
    of_stage = [] if at in (Stage.UPCOMING, Stage.PAST) else [(str(at), stage_name(event, at, tr))]
    return [*of_stage, *labels(event, tr)]
