"""What became true of an event, and when: announced, moved, called off, replay out, host sought."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import cast

from .changes import (
    HOLDING,
    Change,
    NewsKind,
    State,
    announces,
    holds,
    same_time,
    state_of,
)
from .community import Event, Occurrence
from .deadlines import closes
from .instants import moment_of


@dataclass(frozen=True, kw_only=True)
class Dated(State):
    """A state in which one version of a source was, and from when on.

    Attributes:
        instant: Unix seconds from which it held.
        seen: False for a draft, which nobody has seen.
        uid: the event's UID then; "" for that of today.
    """

    instant: int
    seen: bool = True
    uid: str = ""


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """The dates to come that a series had, and has no more.

    Attributes:
        count: how many they are; of a series without an end, as far as it is drawn.
        next: the first of them.
        last: the last date that it has; None where it has others after some of them.
    """

    count: int
    next: Occurrence
    last: Occurrence | None


@dataclass(frozen=True, kw_only=True)
class News:
    """One news item of an event: a change, and when it became true.

    Attributes:
        instant: Unix seconds at which it became true, never the event's date.
        number: of a move, or of dates that are dropped, from 1; of what somebody is sought for
            again, from 2; else 0.
        uid: the event's UID at that instant; "" for that of today.
        dropped: of a series, the dates that it has no more.
    """

    change: Change
    event: Event
    instant: int
    number: int = 0
    uid: str = ""
    dropped: Dropped | None = None

    @property
    def kind(self) -> NewsKind:
        """What happened: a kind of change that is news."""
        return cast(NewsKind, self.change.kind)

    @property
    def before(self) -> Occurrence | None:
        """Where a move came from."""
        return self.change.before.first if self.change.before else None

    @property
    def after(self) -> Occurrence | None:
        """Where a move went."""
        return self.change.after.first if self.change.after else None

    @property
    def guid(self) -> str:
        """Its identity for ever: the UID that the event had then, with what happened."""
        uid = self.uid or self.event.uid
        if self.kind == "announced":
            return uid
        return f"{uid}#{self.kind}{f'-{self.number}' if self.number else ''}"


def news_of(event: Event, states: Sequence[Dated]) -> Iterator[News]:
    """The news of an event, from its states in history, the oldest first.

    What was taken back is no news: a cancellation is, while the event is cancelled. Nor is what was
    changed once the event was over, by all that subscribers were told; its replay is. Moves are
    numbered through, so that one that is no news takes no other's number.

    Args:
        states: empty for an event without a past, which is as it is since it came.
    """
    seen = [state for state in states if state.seen]
    if not seen:
        seen = [_now(event)]
    ahead = _ahead(seen)
    held = {kind: state for kind in HOLDING if (state := _since(kind, seen, ahead)) is not None}
    # The first that spoke of something to come; before, nobody was told anything, or they were told
    # that it does not take place. What comes with its replay, or called off, is news once.
    first = next((state for state in seen if announces(state) and state.instant in ahead), None)
    if first is not None:
        yield _news("announced", event, first)
    # A time without a date, or in which it was called off, lies between two dates: it went from the
    # one to the other.
    held_dates = [one for one in seen if one.is_held]
    moves = [(old, new) for old, new in pairwise(held_dates) if not same_time(old, new)]
    for number, (old, new) in enumerate(moves, 1):
        if new is not first and not (_is_over(old, new.instant) and _is_over(new, new.instant)):
            yield _news("moved", event, new, old, number)
    for kind, state in held.items():
        yield _news(kind, event, state)
    # Whoever gives a session back opens it again: that is news again.
    opened = [one for before, one in pairwise((None, *seen)) if one and _opens(before, one)]
    if opened and seen[-1].is_sought and opened[-1].instant in ahead:
        number = len(opened) if len(opened) > 1 else 0
        yield _news("sought", event, opened[-1], number=number)


def of_date(date: Event, states: Sequence[Dated]) -> Iterator[News]:
    """The news of one date of a series: it went elsewhere, is called off, has a replay.

    That it is held was announced with its series, and so was what it was from the beginning on.

    Args:
        states: empty for a date of a series without a past, which is as it is since it came.
    """
    seen = [state for state in states or (_now(date),) if state.seen]
    for one in news_of(date, seen) if seen else ():
        if one.kind == "replay" or (one.kind in _OF_DATES and one.instant > seen[0].instant):
            yield one


_OF_DATES: frozenset[NewsKind] = frozenset({"moved", "postponed", "cancelled"})


def _opens(before: State | None, state: State) -> bool:
    """Whether it is from a state on that a session looks for somebody to run it."""
    return state.is_sought and not (before is not None and before.is_sought)


def of_deadline(event: Event, states: Sequence[Dated]) -> Iterator[News]:
    """The news of a deadline: it is moved, and it is near.

    That it is near is told once, under one identity, wherever it moves; and not of what is
    announced when it is near already.

    Args:
        event: the deadline, of a collection that asks for its news.
        states: until when it was in the past, the oldest first; empty for what is as it came.
    """
    seen = [state for state in states if state.seen]
    for one in news_of(event, seen) if seen else ():
        if one.kind == "moved":
            yield one
    if event.deadline is None or event.deadline.off or event.collection.reminds is None:
        return
    now = state_of(event)
    since = event.stamps.created
    for state in reversed(seen):
        if not same_time(state, now):
            break
        since = state.instant
    near = int((closes(event.deadline) - event.collection.reminds).timestamp())
    if event.stamps.created < near:
        change = Change(kind="near", after=now)
        yield News(change=change, event=event, instant=max(near, since))


def holds_now(news: News, now: datetime) -> bool:
    """Whether news is told at an instant: of a deadline that is near, until it has passed."""
    if news.kind != "near" or news.event.deadline is None:
        return True
    return moment_of(news.instant) <= now < closes(news.event.deadline)


def came_out(news: Iterable[News]) -> dict[str, int]:
    """When the replay of each meeting came out, in Unix seconds by UID, where history knows it.

    Of a meeting that history has known only since it was over, it knows nothing of before.
    """
    told = list(news)
    awaited = {one.event.uid for one in told if one.kind == "announced"}
    found = (one for one in told if one.kind == "replay" and one.event.uid in awaited)
    return {
        one.event.uid: one.instant
        for one in found
        if one.event.last and one.instant >= _end(one.event.last)
    }


def ended(tombstone: Event) -> Iterator[News]:
    """The news that a deleted event is cancelled; none of one that lives on."""
    if tombstone.gone is not None:
        instant, uid = tombstone.gone
        change = Change(kind="cancelled", after=state_of(tombstone))
        yield News(change=change, event=tombstone, instant=instant, uid=uid)


def _now(event: Event) -> Dated:
    """The state of an event that is as it is since it came."""
    now = state_of(event)
    return Dated(
        instant=event.stamps.created,
        first=now.first,
        status=now.status,
        replay=now.replay,
        over=now.over,
        open=now.open,
    )


def _news(
    kind: NewsKind, event: Event, after: Dated, before: Dated | None = None, number: int = 0
) -> News:
    change = Change(kind=kind, before=before, after=after)
    return News(change=change, event=event, instant=after.instant, number=number, uid=after.uid)


def _ahead(states: Sequence[Dated]) -> frozenset[int]:
    """The instants of the states that came before the event was over, as it had been told.

    One that waits for another date, since it was postponed or lost its own in time, is not over.
    """
    found: set[int] = set()
    end: int | None = None
    waiting = False
    for state in states:
        before = waiting or (end is not None and state.instant < end)
        if state.first is not None:
            end = _end(state.first)
            waiting = state.status == "postponed" and (before or state.instant < end)
        elif state.over:
            end, waiting = state.instant, False
        else:
            # Without a date, it is over if it was over under its last one.
            waiting = before or end is None
        if before or waiting or (end is not None and state.instant < end):
            found.add(state.instant)
    return frozenset(found)


def _is_over(state: State, instant: int) -> bool:
    """Whether the time of a state with a date was over at an instant, in Unix seconds."""
    return state.first is not None and _end(state.first) <= instant


def _end(time: Occurrence) -> int:
    return int(time.ends.timestamp())


def _since(kind: NewsKind, states: Sequence[Dated], ahead: Collection[int]) -> Dated | None:
    """The state from which it has held without a break until now; None if it does not hold.

    Args:
        ahead: the instants at which it is news, unless it is a replay.
    """
    since = None
    dated = False
    for state in states:
        dated = dated or state.first is not None
        if not holds(kind, state, dated):
            since = None
        elif since is None and (kind == "replay" or state.instant in ahead):
            since = state
    return since
