"""Empty forms: files that say all but what only their author knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from ..i18n import LANGUAGES, translator
from ..problems import N_

UNFILLED = "…"
"""Stands where something is to be written: as a value it says nothing."""

UNFILLED_FAULT = "unfilled"
"""The fault of a value that is still the one of an empty form; no other has this name."""

NAME = N_("name-of-the-file")
"""What the file of an empty form is called, until its author gives it a name of its own."""


@dataclass(frozen=True, kw_only=True)
class Blank:
    """A file to be filled in.

    Attributes:
        word: what it is about, as the command and the reference call it.
        name: the same as people of this site call it.
        among: the course that it is of; "" for none.
        folder: where it goes, relative to the site's folder.
        file: its name, with the folder of its own that a course has.
        text: what stands in it.
    """

    word: str
    name: str
    among: str
    folder: str
    file: str
    text: str


def form_name(file: str) -> str:
    """The name of an empty form that a source still has, or its folder for it; "" for none."""
    path = PurePosixPath(file)
    name = path.parent.name if path.stem == "index" else path.stem
    return name if name in _names() else ""


@cache
def _names() -> frozenset[str]:
    return frozenset(translator(one).gettext(NAME) for one in LANGUAGES)
