"""What became true of an event, and when: announced, moved, postponed, cancelled, replay out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from .community import Event, Occurrence
from .schema import Status
from .stage import has_replay

NewsKind = Literal["announced", "moved", "postponed", "cancelled", "replay"]


@dataclass(frozen=True, kw_only=True)
class State:
    """What news are made of, as one version of a source said it.

    Attributes:
        instant: Unix seconds from which it held.
        seen: False for a draft, which nobody has seen.
        over: whether it took place at a date that is not told.
        uid: the event's UID then; "" for that of today.
    """

    instant: int
    first: Occurrence | None
    status: Status
    replay: bool
    seen: bool = True
    over: bool = False
    uid: str = ""


@dataclass(frozen=True, kw_only=True)
class News:
    """One news item of an event.

    Attributes:
        instant: Unix seconds at which it became true, never the event's date.
        number: of a move, from 1; 0 for what happens once.
        before: where a move came from.
        after: where it went.
        uid: the event's UID at that instant; "" for that of today.
    """

    kind: NewsKind
    event: Event
    instant: int
    number: int = 0
    before: Occurrence | None = None
    after: Occurrence | None = None
    uid: str = ""

    @property
    def guid(self) -> str:
        """Its identity for ever: the UID that the event had then, with what happened."""
        uid = self.uid or self.event.uid
        if self.kind == "announced":
            return uid
        return f"{uid}#{self.kind}{f'-{self.number}' if self.number else ''}"


def news_of(event: Event, states: Sequence[State]) -> Iterator[News]:
    """The news of an event, from its states in history, the oldest first.

    What was taken back is no news: a cancellation is, while the event is cancelled. Nor is what was
    changed once the event was over, by all that subscribers were told; its replay is. Moves are
    numbered through, so that one that is no news takes no other's number.

    Args:
        states: empty for an event without a past, which is as it is since it came.
    """
    seen = [state for state in states if state.seen]
    if not seen:
        now = State(
            instant=event.stamps.created,
            first=event.first,
            status=event.record.status,
            replay=has_replay(event),
            over=event.record.undated == "past",
        )
        seen = [now]
    ahead = _ahead(seen)
    held = {kind: state for kind in _HOLDING if (state := _since(kind, seen, ahead)) is not None}
    # The first that spoke of something to come; before, nobody was told anything, or they were told
    # that it does not take place. What comes with its replay, or called off, is news once.
    first = next((state for state in seen if _announces(state) and state.instant in ahead), None)
    if first is not None:
        yield News(kind="announced", event=event, instant=first.instant, uid=first.uid)
    # A time without a date, or in which it was called off, lies between two dates: it went from the
    # one to the other.
    dated = [one for one in seen if one.first is not None and one.status not in _OFF]
    moves = [(old, new) for old, new in pairwise(dated) if not _same_time(old, new)]
    for number, (old, new) in enumerate(moves, 1):
        if new is not first and not (_is_over(old, new.instant) and _is_over(new, new.instant)):
            yield News(
                kind="moved",
                event=event,
                instant=new.instant,
                number=number,
                before=old.first,
                after=new.first,
                uid=new.uid,
            )
    for kind, state in held.items():
        yield News(kind=kind, event=event, instant=state.instant, uid=state.uid)


_OFF: tuple[Status, ...] = ("postponed", "cancelled")


def _announces(state: State) -> bool:
    """Whether a state is no news of another kind."""
    return state.status not in _OFF and not state.replay


def _ahead(states: Sequence[State]) -> frozenset[int]:
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


_HOLDING: tuple[NewsKind, ...] = ("postponed", "cancelled", "replay")
"""What is news from the instant it holds, for as long as it holds."""


def _same_time(old: State, new: State) -> bool:
    """Whether two states with a date begin at the same time, whatever zone they tell it in.

    What only lasts longer, or is given its hours, has not moved.
    """
    one, other = old.first, new.first
    if one is None or other is None:
        return one is other
    if one.all_day and other.all_day:
        return (one.first, one.last) == (other.first, other.last)
    if one.all_day or other.all_day:
        return one.first == other.first
    return one.begins == other.begins


def _since(kind: NewsKind, states: Sequence[State], ahead: Collection[int]) -> State | None:
    """The state from which it has held without a break until now; None if it does not hold.

    Args:
        ahead: the instants at which it is news, unless it is a replay.
    """
    since = None
    dated = False
    for state in states:
        dated = dated or state.first is not None
        if not _holds(kind, state, dated):
            since = None
        elif since is None and (kind == "replay" or state.instant in ahead):
            since = state
    return since


def _holds(kind: NewsKind, state: State, dated: bool) -> bool:
    """Whether a state is of a kind.

    Args:
        dated: whether it, or one before it, has a date: one that was taken back is postponed.
    """
    if kind == "replay":
        return state.replay
    if kind == "postponed" and dated and state.first is None and not state.over:
        return state.status != "cancelled"
    return state.status == kind
