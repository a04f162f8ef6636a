"""The meetings that files of data name by the addresses of their pages: found and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.community import Event, Theme
from ..model.stage import Stage, has_replay, stage
from ..problems import Mark, closest
from .events import Context
from .yaml import Document


def read_starts(context: Context, events: Sequence[Event]) -> Mapping[str, tuple[Event, ...]]:
    """By theme, the replays that its file names, each once; what cannot be shown is told."""
    register = context.entities.themes
    meetings = Meetings(context, events)

    def replays(theme: Theme) -> Iterator[Event]:
        document = register.documents[theme.id]
        for event, mark in meetings.named(theme.record.start_here, "start_here", document):
            if has_replay(event) and stage(event, context.now) is Stage.REPLAY:
                yield event
            else:
                value = event.address.strip("/")
                context.problems.add("start-no-replay", mark, severity="warning", value=value)

    return {
        theme.id: found
        for theme in register.found.values()
        if (found := tuple(dict.fromkeys(replays(theme))))
    }


class Meetings:
    """Finds meetings by the addresses of their pages, those of old included; the dates of a series
    that have one too."""

    def __init__(self, context: Context, events: Sequence[Event]) -> None:
        self._context = context
        paged = (one for event in events for one in (event, *event.own_pages))
        self._known = {event.address.strip("/"): event for event in paged}
        self._old = {alias: event for event in events for alias in event.record.aliases}
        self._sources = {event.source: event.address.strip("/") for event in events}

    def named(
        self, addresses: Sequence[str], key: str, document: Document
    ) -> Iterator[tuple[Event, Mark]]:
        """The meetings that a file names, and where; those that are not seen are told."""
        for index, address in enumerate(addresses):
            if document.is_broken((key, index)):
                continue  # told already
            mark = document.mark((key, index))
            event = self._known.get(address) or self._old.get(address)
            if event is None or address in self._context.unread:
                self._tell(address, key, mark)
            else:
                yield event, mark

    def _tell(self, address: str, key: str, mark: Mark) -> None:
        problems, is_draft = self._context.problems, self._context.unread.get(address)
        if is_draft:
            problems.add("start-draft", mark, severity="warning", field=key, value=address)
        elif is_draft is None:  # of a source with errors, those are told already
            suggestion = self._sources.get(address) or closest(address, list(self._known))
            problems.add("start-unknown", mark, suggestion=suggestion, value=address)
