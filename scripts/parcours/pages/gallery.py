"""Replays in lists: what each offers, their years, and those that are still owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from ..model.community import Event
from ..model.stage import Stage, has_replay, stage
from ..problems import N_
from .view import View

ON_ONE_PAGE = 60
"""Replays up to which all stand on the first page; beyond, each year has a page of its own."""


@dataclass(frozen=True)
class Card:
    """A replay in the gallery."""

    event: Event
    themes: str
    length: str
    offers: Sequence[str]


def replays_of(events: Iterable[Event], now: datetime) -> list[Event]:
    """The events whose replay can be watched or heard, the newest first, those undated last."""
    found = [event for event in events if has_replay(event) and stage(event, now) is Stage.REPLAY]
    dated = [event for event in found if event.first]
    return [*reversed(dated), *(event for event in found if not event.first)]


def by_year(events: Sequence[Event]) -> list[tuple[int | None, list[Event]]]:
    """Events in their order, grouped by the year in which they began; None without a date."""
    return [
        (year, list(group))
        for year, group in groupby(events, key=lambda e: e.first.first.year if e.first else None)
    ]


def card(event: Event, view: View) -> Card:
    """What the gallery says of a replay."""
    replay, tr = event.record.replay, view.tr
    assert replay is not None
    said = event.transcript is not None or replay.transcript
    offers = [
        (replay.video, N_("Video")),
        (replay.captions, N_("Captions")),
        (said, N_("Transcript")),
        (replay.audio, N_("Sound only")),
        (replay.slides, N_("Slides")),
    ]
    return Card(
        event,
        ", ".join(theme.name for theme in event.themes),
        view.length(replay.duration) if replay.duration else "",
        [tr.gettext(label) for there, label in offers if there],
    )
