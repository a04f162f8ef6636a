"""What is live, as data for the strip that every page shows meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from ..model.community import Event
from ..model.stage import Stage, stages_ahead
from ..tree import Promise
from .library import Library
from .registering import is_full

LIVE = "assets/live.json"

AHEAD = timedelta(days=35)
"""How long a build knows what will be live: as long as the home page knows the next meeting."""


def files(library: Library) -> Iterator[tuple[str, Promise]]:
    """The meetings that one can join from afar soon."""
    yield LIVE, Promise(partial(_live, library))


def _live(library: Library) -> bytes:
    """Of each when, what, the page, where one joins.

    The moments are in minutes since 1970, as in the agenda's data.
    """
    near = library.now + AHEAD
    rows = [
        _row(event, first.begins, last.ends, library)
        for event in library.community.held
        if library.expects(event)
        if (first := event.first) and (last := event.last) and first.begins < near
        if not first.all_day and event.mode in ("online", "hybrid")
        if Stage.LIVE in stages_ahead(event, library.now)
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _row(event: Event, begins: datetime, ends: datetime, library: Library) -> list[object]:
    """A full meeting has nowhere to join."""
    joined = "" if is_full(event, library) else event.record.online or ""
    moments = [int(moment.timestamp()) // 60 for moment in (begins, ends)]
    return [*moments, library.words(event.title), event.address, joined]
