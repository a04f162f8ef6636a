"""What the contributors' page asks for, if somebody wrote that page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ..model.community import Event
from ..model.stage import owed
from .drawing import Block
from .library import Library
from .meeting import short_day
from .page import Page


@dataclass(frozen=True)
class OwedReplay:
    """A replay that is awaited; *day* is the last of its meeting, in ISO form."""

    address: str
    title: str
    day: str
    short_day: str
    days: int


@dataclass(frozen=True)
class Owed:
    """Input of ``owed.html``."""

    waiting: tuple[OwedReplay, ...]


def pages(library: Library) -> Iterator[Page]:
    """The replays that are owed, on the contributors' page."""
    waiting = owed(library.community.events, library.now)
    if waiting and library.contribute:
        yield Page(
            address=library.contribute,
            changed=library.community.revision,
            blocks={"owed": Block("owed.html", partial(_owed, library, waiting))},
        )


def _owed(library: Library, waiting: Sequence[Event]) -> Owed:
    return Owed(
        tuple(
            OwedReplay(
                event.address,
                event.title,
                event.occurrences[-1].last.isoformat(),
                short_day(event.occurrences[-1], library.tr),
                (library.now - event.occurrences[-1].ends).days,
            )
            for event in waiting
        )
    )
