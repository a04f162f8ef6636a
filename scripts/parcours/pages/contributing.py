"""What the contributors' page offers and asks for, if somebody wrote that page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from ..model.blanks import Blank
from ..model.community import Event
from ..model.stage import owed
from .drawing import Block
from .library import Library
from .meeting import short_day
from .page import Page
from .reference import base


@dataclass(frozen=True)
class OwedReplay:
    """A replay that is awaited; *day* is the last of its meeting, in ISO form."""

    address: str
    title: str
    day: str
    short_day: str


@dataclass(frozen=True)
class Owed:
    """Input of ``owed.html``; *earlier* is how many others are awaited for longer."""

    waiting: tuple[OwedReplay, ...]
    earlier: int


OWED = 60
"""Replays that are asked for on the page: those of the latest meetings."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A file that can be begun.

    Attributes:
        among: the title of the course that it is of; "" for none.
        explained: the address of the page that explains each of its keys.
        address: of the forge's editor; "" where none is known.
        pasted: what has to be pasted there; "" where the editor has it already.
        inherited: lines that need not be written, since the collection says them for all.
    """

    name: str
    among: str
    folder: str
    file: str
    explained: str
    address: str
    pasted: str
    inherited: tuple[str, ...]


@dataclass(frozen=True)
class New:
    """Input of ``new.html``.

    Attributes:
        reference: the address of the reference.
        opens: whether a forge's editor is known.
    """

    forms: tuple[Form, ...]
    reference: str
    opens: bool


def pages(library: Library) -> Iterator[Page]:
    """What can be new, and the replays that are owed, on the contributors' page."""
    if not library.contribute:
        return
    waiting = owed(library.community.events, library.now)
    blocks = {"new": Block("new.html", partial(_new, library))}
    if waiting:
        blocks["owed"] = Block("owed.html", partial(_owed, library, waiting))
    yield Page(
        address=library.contribute,
        changed=library.community.revision,
        blocks=blocks,
        waiting=frozenset({"owed"}) - blocks.keys(),
    )


def _new(library: Library) -> New:
    above = base(library.settings)
    courses = {
        PurePosixPath(one.source).parent.name: one.title for one in library.community.courses
    }
    forms = tuple(_form(one, courses, above, library) for one in library.blanks)
    return New(forms, above, any(one.address for one in forms))


def _form(blank: Blank, courses: Mapping[str, str], above: str, library: Library) -> Form:
    editor = library.settings.engine.editor
    opening = editor.begin(blank.folder, blank.file, blank.text)
    return Form(
        name=blank.name,
        among=courses.get(blank.among, blank.among),
        folder=blank.folder,
        file=blank.file,
        explained=f"{above}{blank.word}/",
        address=opening.address if opening else "",
        pasted="" if opening and opening.is_filled else blank.text,
        inherited=_inherited(blank, library),
    )


def _inherited(blank: Blank, library: Library) -> tuple[str, ...]:
    """What a new file gets without saying it: that of the collection in whose folder it lies."""
    folder = PurePosixPath(blank.folder)
    collections = library.settings.collections
    return next((one.shared for one in collections if folder.is_relative_to(one.folder)), ())


def _owed(library: Library, waiting: Sequence[Event]) -> Owed:
    return Owed(
        tuple(
            OwedReplay(
                event.address,
                event.title,
                event.occurrences[-1].last.isoformat(),
                short_day(event.occurrences[-1], library.tr),
            )
            for event in waiting[-OWED:]
        ),
        len(waiting[:-OWED]),
    )
