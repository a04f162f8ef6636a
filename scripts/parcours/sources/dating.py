"""The instants of events: from history, `updated:`, the configuration and the feeds' format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from ..model.sequence import EPOCH, FORMAT_REVISION, Stamps, seconds
from ..model.values import Moment
from .history import History


@dataclass(frozen=True)
class Dating:
    """Dates events by what their text draws on.

    Attributes:
        revised: of the configuration, in Unix seconds.
    """

    history: History
    revised: int | None = None

    def stamps(self, file: str, others: Iterable[str], updated: Moment | None) -> Stamps:
        """When an event came and last changed.

        A file that was never committed has the instant of the last commit: it stays still in
        previews, and takes the one of its own commit when it has one.

        Args:
            file: the event's own source.
            others: the entity files its calendar text draws on, or drew on, if they are gone; ""
                for the package's.
            updated: what the source says of it, in UTC.
        """
        base = self.history.head if self.history.head is not None else EPOCH
        own = self.history.get(file)
        changes = [own.changed if own else base]
        for other in others:
            touched = self.history.touched(other) if other else None
            if touched is not None:
                changes.append(touched)
        extra = (seconds(updated), self.revised or 0, FORMAT_REVISION)
        return Stamps(own.created if own else base, max(EPOCH, *changes, *extra))

    def came(self, file: str) -> float:
        """When a file came, in Unix seconds; infinite for one that was never committed."""
        own = self.history.get(file)
        return own.created if own else inf

    def stamps_of_vanished(self, created: int, gone: int, updated: Moment | None) -> Stamps:
        """When an event came and vanished: later than whatever dated it before.

        Args:
            created: Unix seconds.
            gone: Unix seconds.
            updated: what its last source said of it, in UTC.
        """
        before = max(EPOCH, seconds(updated), self.revised or 0, FORMAT_REVISION)
        return Stamps(created, max(gone, before + 1))
