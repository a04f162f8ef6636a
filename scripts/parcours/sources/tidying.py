"""A source set right where that is certain, octet for octet the same elsewhere.

The edits come from the problems themselves, which know the place and the mend; and from what is
understood, but written so that the next person has to guess: a date in words, a list without its
brackets, quotes that are none to YAML, spaces at the ends of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time
from typing import get_args

from pydantic import BaseModel

from ..model.fields import PROSE
from ..model.shape import field_at
from ..model.values import (
    DateStyle,
    End,
    Moment,
    ValueRefused,
    parse_date,
    parse_end,
    parse_moment,
    parse_time,
)
from ..problems import Edit, Problem, Problems
from .around import Around
from .fences import find_head
from .lines import LONGEST
from .records import is_marked, read_record
from .slips import TYPOGRAPHIC, quoted
from .text import split_source
from .yaml import Scalar, read_yaml, scalars

ROUNDS = 20
"""How often a text is read again: an edit may show what it hid."""

_CANONICAL = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{1,2}:\d{2})?|\d{1,2}:\d{2}")
_PLAIN_ITEM = re.compile(r"[^\s\[\]{}#:\"',&*!|>%@`-][^\[\]{}#:\"',]*")
_QUOTES = re.compile(r"[\u201c-\u201f\u00ab\u00bb\s]")
_GUILLEMETS = re.compile(r"[\u00ab](?P<inner>[^\u00ab\u00bb]+)[\u00bb]")


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
        problems, _record = _read(found, file, kind, style, language)
        new = apply(found, _edits(problems))
        if new == found:
            break
        found = new
    tidy = apply(found, _untidy(found, file, kind, style))
    return tidy if _says_the_same(found, tidy, file, kind, style, language) else found


def _read(
    text: str, file: str, kind: type[BaseModel], style: DateStyle, language: str
) -> tuple[tuple[Problem, ...], BaseModel | None]:
    problems = Problems()
    has_text = "description" in kind.model_fields
    source = split_source(text, file, problems, heals=True, has_text=has_text)
    document = source.document if source else None
    around = Around(style=style, language=language)
    record = read_record(kind, document, problems, around) if document else None
    return problems.sorted(), record


def _edits(problems: Iterable[Problem]) -> list[Edit]:
    return [edit for one in problems if one.mend is not None for edit in one.mend.edits]


def _says_the_same(
    one: str, other: str, file: str, kind: type[BaseModel], style: DateStyle, language: str
) -> bool:
    """Whether two texts are understood alike, but for quotes, and what was wrong in the first."""
    before, said = _read(one, file, kind, style, language)
    after, now = _read(other, file, kind, style, language)
    alike = _QUOTES.sub("", repr(said)) == _QUOTES.sub("", repr(now))
    return len(after) < len(before) or (len(after) == len(before) and alike)


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


def _untidy(text: str, file: str, kind: type[BaseModel], style: DateStyle) -> Iterator[Edit]:
    """What is understood, and can be written so that all see how."""
    begin, end = 0, len(text)
    if file.lower().endswith(".md"):
        head = find_head(text)
        begin, end = head.begin, head.end
    yaml, above = text[begin:end], text.count("\n", 0, begin)
    if read_yaml(yaml, file, quiet := Problems()) is None or quiet.errors:
        return
    found = scalars(yaml)
    long = {line for one in found if one.last > one.line for line in range(one.line, one.last + 1)}
    for number, line in enumerate(yaml.split("\n")):
        inked = len(line.rstrip(" \t"))
        if inked < len(line) and number not in long:
            yield Edit(above + number + 1, inked + 1, line[inked:], "")
    for one in found:
        new = _better(one, kind, style) if 0 < len(one.raw) < LONGEST else None
        if new is not None and new != one.raw:
            yield Edit(above + one.line + 1, one.column + 1, one.raw, new)


def _better(one: Scalar, kind: type[BaseModel], style: DateStyle) -> str | None:
    """How a value is better written; None where it is right as it is."""
    names = tuple(part for part in one.path if isinstance(part, str))
    field = field_at(kind, names) if names else None
    if field is None or one.style in {"|", ">"}:
        return None
    value = _unquoted(one, is_marked(kind, PROSE, one.path))
    read = next((read for type_, read in _MOMENTS if _holds(field.annotation, type_)), None)
    if read is not None:
        return _moment(one, value, read, style)
    if _holds_list(field.annotation) and isinstance(one.path[-1], str) and "," in value:
        items = [item.strip() for item in value.split(",") if item.strip()]
        if all(_PLAIN_ITEM.fullmatch(item) for item in items):
            return f"[{', '.join(items)}]"
    return _written(value) if value != one.value else None


def _unquoted(one: Scalar, is_prose: bool) -> str:
    """A value without typographic quotes around it; in prose, guillemets may be meant."""
    shapes = (TYPOGRAPHIC,) if is_prose else (TYPOGRAPHIC, _GUILLEMETS)
    found = next(filter(None, (shape.fullmatch(one.value.strip()) for shape in shapes)), None)
    return found["inner"].strip() if found and not one.style else one.value


def _written(value: str) -> str:
    """A text as YAML reads it back, in quotes only where they are needed."""
    document = read_yaml(f"k: {value}", "", Problems())
    plain = document is not None and document.data == {"k": value} and not document.cuts
    return value if plain else quoted(value)


def _moment(
    one: Scalar, value: str, read: Callable[[str, DateStyle], str], style: DateStyle
) -> str | None:
    if _CANONICAL.fullmatch(value):
        return value if value != one.value else None
    try:
        new = read(value, style)
    except ValueRefused:
        return None
    return f"{one.style}{new}{one.style}" if one.style else new


def _moment_text(value: str, style: DateStyle) -> str:
    return str(parse_moment(value, style=style))


def _end_text(value: str, style: DateStyle) -> str:
    return str(parse_end(value, style=style))


def _date_text(value: str, style: DateStyle) -> str:
    return str(parse_date(value, style=style))


def _time_text(value: str, style: DateStyle) -> str:
    return f"{parse_time(value):%H:%M}"


_MOMENTS: tuple[tuple[type, Callable[[str, DateStyle], str]], ...] = (
    (Moment, _moment_text),
    (End, _end_text),
    (date, _date_text),
    (time, _time_text),
)


def _holds(annotation: object, type_: type) -> bool:
    return annotation is type_ or any(_holds(part, type_) for part in get_args(annotation))


def _holds_list(annotation: object) -> bool:
    return "tuple[" in str(annotation)
