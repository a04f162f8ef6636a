"""The keys of a record, as the schema has them: what each is, takes, and refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from ..model import shape
from ..model.forms import DATES, REPEAT, Forms
from ..model.schema import REFERENCES, NameRecord, Record
from ..model.values import CONTROLS, DateStyle, End, Moment, tidy
from ..problems import Mark, Problem, Problems
from ..sources.around import Around
from ..sources.records import takes, validate
from ..sources.yaml import Document

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""What stands in a file: texts, in lists and groups."""

Shape = Literal["text", "list", "group", "groups"]


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key of a record, or of a group within.

    Attributes:
        path: the keys that lead to it.
        about: what it holds; a message of the catalogues.
        required: whether its record needs it, and the groups that it stands in.
        shape: a text, a list of texts, a group of keys, or a list of such groups.
        refers: the folder of data whose ids it takes; "" for none.
        choices: the words it takes, if they are few, and what each means: messages.
        forms: what else may be written; None for words and groups.
        record: of a group, or of each group of a list.
        holds: the type of its value, as Python has it; None for a group.
    """

    path: tuple[str, ...]
    about: str
    required: bool
    shape: Shape
    refers: str
    choices: Mapping[str, str]
    forms: Forms | None
    record: type[Record] | None
    holds: type | None

    @property
    def name(self) -> str:
        """As people write it: ``registration.url``."""
        return ".".join(self.path)

    @property
    def is_list(self) -> bool:
        return self.shape in ("list", "groups")


@cache
def keys_of(record: type[BaseModel]) -> tuple[Key, ...]:
    """The keys of a record, in its order, and those of its groups after each."""
    return tuple(_keys(record))


def _keys(
    record: type[BaseModel], above: tuple[str, ...] = (), *, needed: bool = True
) -> Iterator[Key]:
    """The same, where the record stands below others.

    Args:
        needed: whether the record itself cannot be left out.
    """
    for name, field in record.model_fields.items():
        if shape.forms_of(field) is DATES:
            continue  # what is said of single dates, once there are some
        key = _key(name, field, above, needed=needed)
        yield key
        if key.shape == "group" and key.record is not None:
            yield from _keys(key.record, key.path, needed=key.required)


def _key(name: str, field: FieldInfo, above: tuple[str, ...], *, needed: bool) -> Key:
    inner = shape.group_in(field.annotation)
    if shape.forms_of(field) is REPEAT:
        inner = None  # a sentence says all that its keys do
    choices = shape.choices_of(field)
    record = inner if inner is not None and issubclass(inner, Record) else None
    many = any(get_origin(one) is tuple for one in _parts(field.annotation))
    layout: Shape = "groups" if many else "group"
    if record is None:
        layout = "list" if many else "text"
    return Key(
        path=(*above, name),
        about=field.description or name,
        required=needed and field.is_required(),
        shape=layout,
        refers=REFERENCES.get(name, ""),
        choices=choices.meanings if choices else {},
        forms=None if choices or record else shape.forms_of(field),
        record=record,
        holds=None if record else _held(field.annotation),
    )


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


_HELD = (bool, int, float, Moment, End, date, time, timedelta)


def _held(annotation: object) -> type:
    return next((one for one in _parts(annotation) if one in _HELD), str)


_UNSEEN = re.compile(rf"{CONTROLS.pattern}|[\x85\ud800-\udfff]")
"""What no source may hold: it cannot be seen, and has no place in calendars or in UTF-8."""


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def at(path: tuple[str, ...], value: Value) -> dict[str, Value]:
    """A value in the groups that lead to it."""
    for name in reversed(path):
        value = {name: value}
    assert isinstance(value, dict)
    return value


def refusal(
    record: type[Record], path: tuple[str, ...], value: Value, style: DateStyle
) -> Problem | None:
    """Why a record would not take a value there; None where it does."""
    unseen = next((found for one in _texts(value) if (found := _UNSEEN.search(one))), None)
    if unseen is not None:
        character = f"U+{ord(unseen[0]):04X}"
        return Problem(code="control-character", mark=Mark(""), params={"character": character})
    said = at(path, value)
    if takes(record, said, style):
        return None
    problems = Problems()
    document = Document(data=dict(said), marks={(): Mark(".".join(path))})
    validate(record, document, problems, Around(style=style))
    wrong = (one for one in problems.sorted() if one.code != "missing-key")
    return next(wrong, None)


def written(record: type[Record], key: Key, text: str, style: DateStyle) -> Value:
    """An answer that a record takes, as it stands in a file: in the form that reads at once.

    Raises:
        ValueError: the record does not take it; `refusal` says why.
    """
    field = shape.field_at(record, key.path)
    assert field is not None
    adapter: TypeAdapter[object] = TypeAdapter(field.rebuild_annotation())
    value = adapter.validate_python(text, context=style)
    if isinstance(value, tuple):
        return [_plain(one, str(one)) for one in value]
    return _plain(value, tidy(text))


def _plain(value: object, text: str) -> str:
    """A value in its plainest form; as it was written, where that says more."""
    if isinstance(value, NameRecord):
        return value.id
    if isinstance(value, bool):
        return "true" if value else "false"
    at = value.at if isinstance(value, (Moment, End)) else value
    if isinstance(at, time) and at.second:
        return text
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, (str, Moment, End, date)) else text
