"""What became true of an event, and when: announced, moved, postponed, cancelled, replay out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """

    instant: int
    first: Occurrence | None
    status: Status
    replay: bool
    seen: bool = True
    over: bool = False


@dataclass(frozen=True, kw_only=True)
class News:
    """One news item of an event.

    Attributes:
        instant: Unix seconds at which it became true, never the event's date.
        number: of a move, from 1; 0 for what happens once.
        before: where a move came from.
        after: where it went.
    """

    kind: NewsKind
    event: Event
    instant: int
    number: int = 0
    before: Occurrence | None = None
    after: Occurrence | None = None

    @property
    def guid(self) -> str:
        """Its identity for ever: the event's UID, with what happened."""
        if self.kind == "announced":
            return self.event.uid
        return f"{self.event.uid}#{self.kind}{f'-{self.number}' if self.number else ''}"


def news_of(event: Event, states: Sequence[State]) -> Iterator[News]:
    """The news of an event, from its states in history, the oldest first.

    What was taken back is no news: a cancellation is, while the event is cancelled.

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
        )
        seen = [now]
    held = {kind: since for kind in _HOLDING if (since := _since(kind, seen)) is not None}
    if seen[0].instant not in held.values():
        # What comes with its replay, or already called off, is news once.
        yield News(kind="announced", event=event, instant=seen[0].instant)
    # A time without a date lies between two dates: it went from the one to the other.
    dated = [state for state in seen if state.first is not None]
    moves = [(old, new) for old, new in pairwise(dated) if not _same_time(old, new)]
    for number, (old, new) in enumerate(moves, 1):
        yield News(
            kind="moved",
            event=event,
            instant=new.instant,
            number=number,
            before=old.first,
            after=new.first,
        )
    for kind, since in held.items():
        yield News(kind=kind, event=event, instant=since)


_HOLDING: tuple[NewsKind, ...] = ("postponed", "cancelled", "replay")
"""What is news from the instant it holds, for as long as it holds."""


def _same_time(old: State, new: State) -> bool:
    """Whether two states with a date mean the same time, whatever zone they tell it in."""
    one, other = old.first, new.first
    if one is None or other is None or one.all_day or other.all_day:
        days = [(o.first, o.last, o.all_day) if o else None for o in (one, other)]
        return days[0] == days[1]
    return (one.begins, one.ends) == (other.begins, other.ends)


def _since(kind: NewsKind, states: Sequence[State]) -> int | None:
    """The instant from which it has held without a break until now; None if it does not hold."""
    since = None
    dated = False
    for state in states:
        dated = dated or state.first is not None
        if not _holds(kind, state, dated):
            since = None
        elif since is None:
            since = state.instant
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
