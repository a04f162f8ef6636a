"""A meeting that is put off, and whose text says to when: calendars only know its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from ..model.community import Event
from ..model.values import Moment
from ..problems import Problems
from .around import Around
from .moments import NoSuchDay, Said, understand
from .yaml import Document

_DAY = re.compile(
    r"(?<![\d:-])(?:\d{4}-\d{2}-\d{2}|\d{1,2}(?:er)? [^\W\d_]{3,10}\.? \d{4})"
    r"(?:,? (?:à )?\d{1,2} ?[h:](?: ?\d{2})?)?(?!\d)"
)
"""A day with its year, and maybe an hour."""

_MOST_LINES = 60
"""Of a text, those at whose beginning one says so."""


def tell_new_date(event: Event, around: Around, problems: Problems, document: Document) -> None:
    """Tell the one day to come that a text names of a meeting without a new date."""
    record = event.record
    if record.status != "postponed" or record.example or around.today is None:
        return
    old = event.first.first if event.first else None
    found = {
        one.days[0]: one.hours[0] if one.hours else None
        for one in _said(event, around)
        if one.days[0] != old and one.days[0] > around.today
    }
    if len(found) != 1:
        return
    ((day, hour),) = found.items()
    at: time | None = hour or (record.start.at if record.start else None)
    better, mark = f"start: {Moment(day, at)}", document.mark(("status",))
    problems.add("said-date", mark, severity="warning", date=day, better=better)


def _said(event: Event, around: Around) -> Iterator[Said]:
    lines = event.body.markdown.split("\n", _MOST_LINES)[:_MOST_LINES]
    for text in (event.title, event.record.summary or "", *lines):
        for found in _DAY.finditer(text[:1000].replace("\u00a0", " ").replace("\u202f", " ")):
            try:
                said = understand(found.group(), around.style, around.today)
            except NoSuchDay:
                continue
            if said is not None and len(said.days) == 1 and not said.guessed:
                yield said
