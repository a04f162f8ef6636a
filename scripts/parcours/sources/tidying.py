"""A source set right where that is certain, octet for octet the same elsewhere.

The edits come from the problems themselves, which know the place and the mend. What is read without
a word stays as it is, whatever else is wrong in its file.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from ..model.values import DateStyle
from ..problems import Edit, Problem, Problems
from .around import Around
from .records import read_record
from .text import split_source

ROUNDS = 20
"""How often a text is read again: an edit may show what it hid."""


def mended(
    text: str,
    file: str,
    kind: type[BaseModel],
    style: DateStyle,
    language: str,
    first: Iterable[Edit] = (),
) -> str:
    """The text of a source, set right as far as that is certain.

    Args:
        text: line ends as LF, without a byte order mark.
        file: its name, which says whether all of it is YAML.
        style: how its dates are read.
        first: edits that are known of it, beside those that it shows by itself.
    """
    found = apply(text, first)
    for _ in range(ROUNDS):
        new = apply(found, _edits(_read(found, file, kind, style, language)))
        if new == found:
            break
        found = new
    return found


def _read(
    text: str, file: str, kind: type[BaseModel], style: DateStyle, language: str
) -> tuple[Problem, ...]:
    problems = Problems()
    has_text = "description" in kind.model_fields
    source = split_source(text, file, problems, heals=True, has_text=has_text)
    document = source.document if source else None
    around = Around(style=style, language=language)
    if document is not None:
        read_record(kind, document, problems, around)
    return problems.sorted()


def _edits(problems: Iterable[Problem]) -> list[Edit]:
    return [edit for one in problems if one.mend is not None for edit in one.mend.edits]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made, each where what it replaces stands; others are left."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    places: list[tuple[int, Edit]] = []
    for edit in dict.fromkeys(edits):
        if edit.line >= len(starts):
            continue
        at = starts[edit.line - 1] + edit.column - 1
        if text[at : at + 1] in {'"', "'"} and edit.old[:1] != text[at : at + 1]:
            at += 1  # what is meant stands in quotes
        if text[at : at + len(edit.old)] == edit.old:
            places.append((at, edit))
    end = len(text) + 1
    for at, edit in sorted(places, key=lambda place: place[0], reverse=True):
        if at + len(edit.old) <= end and (edit.old or at < end):
            text = text[:at] + edit.new + text[at + len(edit.old) :]
            end = at
    return text
