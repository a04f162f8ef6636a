"""What can change of a meeting for whoever follows it: one model for all that tells of changes.

News date changes along a history (`news`), calendars keep what is called off (in
`sources/tombstones`), and two commits are compared by them (`diffing`). What counts as moved, as
called off or as out stands here alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .community import Event, Occurrence
from .schema import OFF, Status
from .stage import has_replay

NewsKind = Literal[
    "announced", "moved", "postponed", "cancelled", "dropped", "replay", "sought", "near"
]
"""What is news: who follows a meeting has to know it.

`dropped`: a series has dates no more that it had, as when its rule was made narrower. `sought`:
somebody is sought to run it, which matters to whoever might, and to nobody else. `near`: one of its
deadlines will soon have passed.
"""

Kind = Literal[
    NewsKind, "vanished", "resumed", "dated", "undated", "hours", "status", "renamed", "place",
    "link", "registration", "deadlines", "address", "stops", "text",
    "period", "price", "seats", "language", "links", "tags", "themes", "territories", "hosts",
    "organisers", "speakers", "programme", "relay",
]  # fmt: skip
"""All that can change.

`vanished`: nothing tells of it any more. `resumed`: what was called off takes place, at its date or
at another one. `dated`: it has a date now; `undated`: the one that it had is told no more. `hours`:
it begins when it did, and ends at another time, or is told in another zone. `stops`: a stop of a
trip has another hour or name, is new, or is left out; each stop by itself. `status`: it is sure, or
not yet, or online now. `relay`: a session is open, taken over or confirmed. `period`: the days of
which it will be one, where its date is not known. `links`: what goes with it, its own page
elsewhere among it. `text`: something else that is read of it.
"""

TIMED: frozenset[Kind] = frozenset[Kind](
    ["announced", "moved", "postponed", "cancelled", "vanished", "resumed", "dated", "undated"]
) | {"hours"}
"""The changes of whether and when a meeting takes place."""


@dataclass(frozen=True, kw_only=True)
class State:
    """Whether and when a meeting takes place, as subscribers are told at one time.

    Attributes:
        replay: whether there is something to watch or hear.
        over: whether it took place at a date that is not told.
        open: whether nobody runs it yet.
    """

    first: Occurrence | None
    status: Status
    replay: bool
    over: bool = False
    open: bool = False

    @property
    def is_off(self) -> bool:
        """Whether it does not take place at its date."""
        return self.status in OFF

    @property
    def is_held(self) -> bool:
        """Whether it has a date, at which it takes place."""
        return self.first is not None and not self.is_off

    @property
    def is_sought(self) -> bool:
        """Whether it looks for somebody to run it."""
        return self.open and not self.is_off


def state_of(event: Event) -> State:
    """The state in which a meeting is."""
    return State(
        first=event.span,
        status=event.record.status,
        replay=has_replay(event),
        over=event.record.undated == "past",
        open=event.open_to_hosts,
    )


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that became another for whoever follows a meeting.

    Attributes:
        before: None where they were told nothing of it, or where that does not matter.
        after: None where nothing tells of it any more.
    """

    kind: Kind
    before: State | None = None
    after: State | None = None


def changes(before: State | None, after: State | None) -> Iterator[Change]:
    """What became of a meeting from one state to another, as far as they tell.

    Args:
        before: None where nobody had been told of it.
        after: None where nothing tells of it any more.
    """
    if after is None:
        yield Change(kind="vanished", before=before)
        return
    if before is None:
        if announces(after):
            yield Change(kind="announced", after=after)
        for kind in HOLDING:
            if holds(kind, after, dated=after.first is not None):
                yield Change(kind=kind, after=after)
        return
    kinds = (_of_time(before, after), _of_status(before, after))
    yield from (Change(kind=kind, before=before, after=after) for kind in kinds if kind)
    if after.replay and not before.replay:
        yield Change(kind="replay", before=before, after=after)


def _of_time(before: State, after: State) -> Kind | None:
    """What became of whether and when it takes place: one thing, what matters most.

    That what was called off takes place goes before that it does so at another time.
    """
    was, now = _off(before, after)
    if now is not None and now != was:
        return now
    if was is not None and now is None and (after.first is not None or before.first is None):
        return "resumed"
    if before.first is not None and after.first is not None:
        if now is None and not same_time(before, after):
            return "moved"
        if not _reads_alike(before.first, after.first):
            return "hours"
    elif after.first is not None and now is None:
        return "dated"
    elif before.first is not None and now is None:
        return "undated"
    return None


def _of_status(before: State, after: State) -> Kind | None:
    """Whether it is sure, or not yet, or online now: what is told beside when it takes place."""
    was, now = _off(before, after)
    if before.status == after.status or now is not None:
        return None
    # That it takes place after all says that it is sure.
    return None if was is not None and after.status == "confirmed" else "status"


def _off(before: State, after: State) -> tuple[NewsKind | None, NewsKind | None]:
    """How each of two states is called off, if it is."""
    dated = before.first is not None
    return _called_off(before, dated=dated), _called_off(after, dated=dated)


def _reads_alike(one: Occurrence, other: Occurrence) -> bool:
    """Whether two times are told in the same words: whole days are the same in every zone."""
    if one.all_day and other.all_day:
        return (one.first, one.last) == (other.first, other.last)
    return one == other


def _called_off(state: State, *, dated: bool) -> NewsKind | None:
    return next((kind for kind in OFF if holds(kind, state, dated)), None)


def announces(state: State) -> bool:
    """Whether a state is no news of another kind."""
    return not state.is_off and not state.replay


HOLDING: tuple[NewsKind, ...] = ("postponed", "cancelled", "replay")
"""What is news from the instant it holds, for as long as it holds."""


def holds(kind: NewsKind, state: State, dated: bool) -> bool:
    """Whether a state is of a kind.

    Args:
        dated: whether it, or one before it, has a date: one that was taken back is postponed.
    """
    if kind == "replay":
        return state.replay and not state.is_off
    if kind == "postponed" and dated and state.first is None and not state.over:
        return state.status != "cancelled"
    return state.status == kind


def same_time(old: State, new: State) -> bool:
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
