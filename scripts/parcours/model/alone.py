"""A part of a meeting that stands by itself: a stop, a deadline, an item of a programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .community import Event, Occurrence, Plan, Text


def by_itself(event: Event, uid: str, said: Mapping[str, object], when: Occurrence | None) -> Event:
    """What stands in lists and calendars beside its meeting, of which nothing else is left.

    What it has in common with its meeting (who is behind it, where it is) stays.

    Args:
        uid: its identity, for ever.
        said: what it says otherwise than its meeting, by key; those that a record of its sort does
            not have are passed over.
        when: its own time, if it has one.
    """
    keys = type(event.record).model_fields
    told = {key: value for key, value in said.items() if key in keys}
    return replace(
        event,
        uid=uid,
        record=event.record.model_copy(update=told),
        occurrences=(when,) if when else (),
        speakers=(),
        stops=(),
        body=Text("", event.source),
        account=None,
        transcript=None,
        departure=None,
        back=None,
        plan=Plan(),
        dates=(),
        parts=(),
    )
