"""The replays with which one begins in a theme, as its file names them: found and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.community import Event
from ..model.stage import Stage, has_replay, stage
from ..problems import Mark, closest
from .events import Context


def read_starts(context: Context, events: Sequence[Event]) -> Mapping[str, tuple[Event, ...]]:
    """By theme, the replays that its file names, each once; what cannot be shown is told."""
    register = context.entities.themes
    reader = _Starts(context, events)
    return {
        theme.id: found
        for theme in register.found.values()
        if (found := tuple(dict.fromkeys(reader.of(theme.id, theme.record.start_here))))
    }


class _Starts:
    """Finds meetings by the addresses of their pages, those of old included."""

    def __init__(self, context: Context, events: Sequence[Event]) -> None:
        self._context = context
        self._known = {event.address.strip("/"): event for event in events}
        self._old = {alias: event for event in events for alias in event.record.aliases}
        self._sources = {event.source: address for address, event in self._known.items()}

    def of(self, theme: str, addresses: Sequence[str]) -> Iterator[Event]:
        document = self._context.entities.themes.documents[theme]
        for index, address in enumerate(addresses):
            place = ("start_here", index)
            if document.is_broken(place):
                continue  # told already
            mark = document.mark(place)
            event = self._known.get(address) or self._old.get(address)
            if event is None or address in self._context.unread:
                self._tell(address, mark)
            elif has_replay(event) and stage(event, self._context.now) is Stage.REPLAY:
                yield event
            else:
                problems = self._context.problems
                problems.add("start-no-replay", mark, severity="warning", value=address)

    def _tell(self, address: str, mark: Mark) -> None:
        problems, is_draft = self._context.problems, self._context.unread.get(address)
        if is_draft:
            problems.add("start-draft", mark, severity="warning", value=address)
        elif is_draft is None:  # of a source with errors, those are told already
            suggestion = self._sources.get(address) or closest(address, list(self._known))
            problems.add("start-unknown", mark, suggestion=suggestion, value=address)
