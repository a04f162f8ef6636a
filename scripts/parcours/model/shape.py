"""The schema as a tree: which keys a part of a source may have, and which of them a word means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .forms import Forms
from .names import slug
from .schema import NameRecord
from .synonyms import Choices, Target, targets

Names = tuple[str, ...]
"""Keys, from the top of a source inwards; the items of a list share those of the list."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The field that a word for a key stands for.

    Attributes:
        path: from the top of the source.
        value: what the word says by itself; "" for nothing.
    """

    path: Names
    value: str = ""


def model_in(annotation: object) -> type[BaseModel] | None:
    """The record that a type holds, by itself, or as what may be missing or listed."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(model_in, get_args(annotation))), None)


@lru_cache(maxsize=10_000)
def part(kind: type[BaseModel], names: Names) -> type[BaseModel] | None:
    """What the mapping at *names* may say; None where there is none."""
    found: type[BaseModel] | None = kind
    is_id = False
    for name in names:
        if is_id:
            is_id = False  # a word of the author's, for one of several
            continue
        field = found.model_fields.get(name) if found else None
        found = model_in(field.annotation) if field else None
        is_id = field is not None and _is_keyed(field)
    return found


def unkeyed(kind: type[BaseModel], names: Names) -> Names:
    """The same, without the words of the author's that stand for one of several."""
    found: list[str] = []
    within: type[BaseModel] | None = kind
    is_id = False
    for name in names:
        if is_id:
            is_id = False
            continue
        found.append(name)
        field = within.model_fields.get(name) if within else None
        within = model_in(field.annotation) if field else None
        is_id = field is not None and _is_keyed(field)
    return tuple(found)


def _is_keyed(field: FieldInfo) -> bool:
    return "dict[" in str(field.annotation)


def field_at(kind: type[BaseModel], names: Names) -> FieldInfo | None:
    """The field at *names*; None where there is none."""
    within = part(kind, names[:-1]) if names else None
    return within.model_fields.get(names[-1]) if within else None


def group_in(annotation: object) -> type[BaseModel] | None:
    """The same, but for what stands in place of an id: a name without a file."""
    found = model_in(annotation)
    return None if found is not None and issubclass(found, NameRecord) else found


def fields(kind: type[BaseModel]) -> Iterator[tuple[Names, FieldInfo]]:
    """Every field of a record, those of the records within included.

    What is known of a name without a file is a value, and none of these fields.
    """
    for path, within in keys(kind):
        yield path, within.model_fields[path[-1]]


def keys(
    kind: type[BaseModel], but: Callable[[type[BaseModel], str], bool] = lambda _record, _key: False
) -> Iterator[tuple[Names, type[BaseModel]]]:
    """Every key of a record, with the record within that holds it, in the order of the schema.

    Args:
        but: whether a key of a record is passed over, with what stands below it.
    """
    within = _groups_in(kind)
    for name in kind.model_fields:
        if but(kind, name):
            continue
        yield (name,), kind
        if name in within:
            yield from (((name, *path), record) for path, record in keys(within[name], but))


@cache
def _groups_in(kind: type[BaseModel]) -> Mapping[str, type[BaseModel]]:
    found = {name: group_in(field.annotation) for name, field in kind.model_fields.items()}
    return {name: record for name, record in found.items() if record is not None}


def choices_of(field: FieldInfo) -> Choices | None:
    """The values that a field chooses among, with their meanings; None for any other field."""
    found = next((one for one in field.metadata if isinstance(one, Choices)), None)
    return found or _choices_in(field.annotation)


def _choices_in(annotation: object) -> Choices | None:
    for one in get_args(annotation):
        found = one if isinstance(one, Choices) else _choices_in(one)
        if found is not None:
            return found
    return None


def forms_of(field: FieldInfo) -> Forms | None:
    """The forms in which a value may be written; None where nothing says them."""
    own = [one for one in field.metadata if isinstance(one, Forms)]
    return own[-1] if own else _forms_in(field.annotation)


def _forms_in(annotation: object) -> Forms | None:
    """What the type says itself, before what the types within it say."""
    parts = get_args(annotation)
    own = [one for one in parts if isinstance(one, Forms)]
    return own[-1] if own else next(filter(None, map(_forms_in, parts)), None)


def holds_list(field: FieldInfo) -> bool:
    """Whether a field takes several values."""
    return "tuple" in str(field.annotation)


def meant_keys(word: str, kind: type[BaseModel], level: Names, language: str) -> list[Meant]:
    """The fields that a word may stand for in the part of a source at *level*, likeliest first.

    Those of that part, and of what it holds, come before those of parts elsewhere.
    """
    place = unkeyed(kind, level)
    own: list[Meant] = []
    here: list[Meant] = []
    elsewhere: list[Meant] = []
    for target in (*_itself(word, part(kind, level)), *targets(word, language)):
        inner = (*level, *target.path)
        if target.path == place[: len(target.path)] and not target.value:
            continue  # it is the part itself, or what that stands in
        is_own = bool(level) and target.path[: len(place)] == place
        if is_own and _takes(kind, target.path, target):
            own.append(Meant((*level, *target.path[len(place) :]), target.value))
        elif any(is_keyed(kind, target.path[:n]) for n in range(1, len(target.path))):
            continue  # which of them it would be of, nobody knows
        elif _takes(kind, inner, target):
            here.append(Meant(inner, target.value))
        elif _takes(kind, target.path, target):
            elsewhere.append(Meant(target.path, target.value))
    return list(dict.fromkeys([*own, *here, *elsewhere]))


def is_keyed(kind: type[BaseModel], names: Names) -> bool:
    """Whether words of the author's stand below a field, one for each of several."""
    field = field_at(kind, names)
    return field is not None and _is_keyed(field)


def _takes(kind: type[BaseModel], names: Names, target: Target) -> bool:
    """Whether there is such a field, which can have the value that the word says."""
    field = field_at(kind, names)
    if field is None or not target.value:
        return field is not None
    choices = choices_of(field)
    return choices is not None and target.value in choices.meanings


def _itself(word: str, within: type[BaseModel] | None) -> list[Target]:
    """The key that a word is but for its capitals, accents and joints."""
    return [Target((key,)) for key in _folded(within).get(slug(word), ())] if within else []


@cache
def _folded(kind: type[BaseModel]) -> Mapping[str, Sequence[str]]:
    """Key, folded → the keys that are so but for their capitals, accents and joints."""
    found: dict[str, list[str]] = {}
    for key in kind.model_fields:
        found.setdefault(slug(key), []).append(key)
    return found
