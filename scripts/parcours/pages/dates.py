"""The dates of a series, as its page shows them: what comes, then what was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model.community import Event
from ..model.feeds import event_calendar, has_calendar
from ..wording import rhythm
from .library import Library
from .meeting import Meeting, alone, meeting
from .quoted import titled


@dataclass(frozen=True, kw_only=True)
class DateRow:
    """A date of a series.

    Attributes:
        key: its place on the page of its series.
        own: the address of its own page; "" for none.
        said: its title, where that is another than its series' own; else "".
        where: the town in which people meet, or that they do so online, where that is another.
        calendar: of itself alone; "" for none.
    """

    key: str
    meeting: Meeting
    own: str
    said: str
    where: str
    calendar: str


@dataclass(frozen=True)
class Dates:
    """All dates of a series.

    Attributes:
        rhythm: how often it is held, in words.
        goes_on: whether there are more of them than are shown.
    """

    rhythm: str
    coming: tuple[DateRow, ...]
    past: tuple[DateRow, ...]
    goes_on: bool


def dates_of(series: Event, library: Library) -> Dates | None:
    """The dates of a series; None for what is none."""
    if not series.dates:
        return None
    coming = [one for one in series.dates if library.expects(one)]
    past = [one for one in reversed(series.dates) if not library.expects(one)]
    last = series.parts[-1]
    told = rhythm(series, library.tr)
    return Dates(
        rhythm=told[:1].upper() + told[1:],
        coming=_rows(coming, series, library),
        past=_rows(past, series, library),
        goes_on=last.rule is not None and last.last is None,
    )


def _rows(dates: Iterable[Event], series: Event, library: Library) -> tuple[DateRow, ...]:
    feeds = library.settings.feeds
    usual = meeting(series.parts[0].event, library).where
    shown = [(one, alone(one, library)) for one in dates]
    return tuple(
        DateRow(
            key=one.date.key if one.date else "",
            meeting=said,
            where=said.where if said.where != usual else "",
            own=one.address if one.has_page else "",
            said=titled(one, library) if one.title != series.title else "",
            calendar=event_calendar(one) if feeds and has_calendar(one, library.now) else "",
        )
        for one, said in shown
    )
