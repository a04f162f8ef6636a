"""What a reader without a network sees instead of a page that was never read on the device."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..problems import N_
from .drawing import Block
from .library import Library
from .page import Page


@dataclass(frozen=True)
class Offline:
    """Input of ``offline.html``; *agenda* is always kept."""

    title: str
    agenda: str


def pages(library: Library) -> Iterator[Page]:
    """The page that the worker keeps from a first visit on."""
    title = library.tr.gettext(N_("Offline"))
    yield Page(
        address=library.settings.offline,
        title=title,
        description=title,
        parent="",
        changed=library.community.revision,
        blocks={"offline": Block("offline.html", lambda: Offline(title, library.settings.agenda))},
        searchable=False,
    )
