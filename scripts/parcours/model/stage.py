"""Where an event stands at a given instant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from .community import Event, event_order
from .schema import Replay


class Stage(StrEnum):
    """The stages of an event; the value stands in pages as a class name."""

    UPCOMING = "upcoming"
    LIVE = "live"
    REPLAY_DUE = "replay-due"
    REPLAY = "replay"
    PAST = "past"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


def current(event: Event, now: datetime) -> Event:
    """The date of a series that stands for it: the next one that is held, or the one that is going
    on, else the last; anything else is itself."""
    return event.turns.at(now) if event.dates else event


def over(event: Event) -> Stage:
    """Where what is over stands: that is said of it, whenever it is held."""
    if has_replay(event):
        return Stage.REPLAY
    return Stage.REPLAY_DUE if is_recorded(event) else Stage.PAST


def stage(event: Event, now: datetime, after: Callable[[Event], Stage] = over) -> Stage:
    """The stage of *event* at the aware instant *now*.

    Args:
        after: knows where it stands once it is over.
    """
    if event.dates:
        return stage(current(event, now), now, after)
    record = event.record
    if record.status == "cancelled":
        return Stage.CANCELLED
    if record.status == "postponed":
        return Stage.POSTPONED
    first, last = event.first, event.last
    if first is None or last is None:
        return Stage.UPCOMING if _is_awaited(event, now) else after(event)
    if now < first.begins:
        return Stage.UPCOMING
    return Stage.LIVE if now < last.ends else after(event)


def _is_awaited(event: Event, now: datetime) -> bool:
    """Whether what has no date is still to come: until the end of the days that it can be."""
    if event.around is not None:
        return now < event.around.ends(event.zone)
    return event.record.undated != "past"


def _is_unsaid(event: Event) -> bool:
    """Whether nothing says when it is, not even that it is to come."""
    return event.around is None and event.record.undated is None


_STATUS = {
    "confirmed": "CONFIRMED",
    "tentative": "TENTATIVE",
    # What is postponed does not take place then: calendars must not keep the hour.
    "postponed": "CANCELLED",
    "cancelled": "CANCELLED",
    "moved-online": "CONFIRMED",
}


def calendar_status(event: Event) -> str:
    """Its STATUS (RFC 5545, section 3.8.1.11): what nobody is sure to run is not sure itself."""
    status = _STATUS[event.record.status]
    is_sure = not (event.open_to_hosts or event.is_claimed)
    return status if is_sure or status != "CONFIRMED" else "TENTATIVE"


def is_off(event: Event) -> bool:
    """Whether it does not take place at the time that is told."""
    return _STATUS[event.record.status] == "CANCELLED"


def stages_ahead(
    event: Event, now: datetime, after: Callable[[Event], Stage] = over
) -> tuple[Stage, ...]:
    """The stage of *event* at *now*, and those that time alone will bring, in order.

    Args:
        after: knows where it stands once it is over.
    """
    event = current(event, now)
    return ahead_of(event, stage(event, now, after), after)


def ahead_of(event: Event, at: Stage, after: Callable[[Event], Stage] = over) -> tuple[Stage, ...]:
    """A stage of what is no series, and those that time alone will bring, in order."""
    if at is Stage.UPCOMING and event.first is not None:
        return (Stage.UPCOMING, Stage.LIVE, after(event))
    return (Stage.LIVE, after(event)) if at is Stage.LIVE else (at,)


def is_recorded(event: Event) -> bool:
    """Whether a replay is to come: as the source says, else by what kind of event it is.

    What happens on the spot alone is rarely filmed, and nothing is owed of what has no date.
    """
    if event.first is None:
        return False
    said = event.record.recorded
    if said is None and event.plan.is_recorded:
        return False  # it came item by item
    return said if said is not None else event.kind.filmed and event.mode in ("online", "hybrid")


def has_replay(event: Event) -> bool:
    """Whether there is something to watch or hear."""
    return is_watchable(event.record.replay)


def is_ever_replayed(event: Event) -> bool:
    """Whether there is something to watch or hear of it, or of one of its dates."""
    return any(map(has_replay, event.said))


def is_watchable(replay: Replay | None) -> bool:
    """Whether a replay has a video or a sound."""
    return replay is not None and bool(replay.video or replay.audio)


def to_come(event: Event, now: datetime) -> bool:
    """Whether an event is still to come or going on, cancelled and postponed ones included."""
    if event.last is None:
        is_put_off = event.record.status == "postponed"
        return is_put_off or (_is_awaited(event, now) and not _is_unsaid(event))
    return now < event.last.ends


OWED_AFTER = timedelta(days=14)
"""How long a replay may take before contributors are reminded of it."""


def owed(events: Iterable[Event], now: datetime) -> list[Event]:
    """The events whose replay has been awaited for too long, the oldest first.

    Args:
        events: in any order; a series is its dates.
    """
    found = (one for event in events for one in _recorded(event))
    late = [
        one
        for one in found
        if stage(one, now) is Stage.REPLAY_DUE
        and one.last is not None
        and now > one.last.ends + OWED_AFTER
    ]
    return sorted(late, key=event_order)


def _recorded(event: Event) -> Iterator[Event]:
    """That of an event, or the dates of a series, of which a replay is to come: of most, none."""
    recorded = {one for one in event.said if is_recorded(one)}
    every = (event.dates or (event,)) if recorded else ()
    return (one for one in every if one.usual in recorded)
