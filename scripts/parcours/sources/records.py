"""A document against a class of the schema: a record, or one located problem per fault."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..model.fields import PROSE
from ..model.shape import model_in
from ..model.values import DAY_FIRST, DateStyle
from ..problems import N_, Problems, closest
from .yaml import Document, Path, tell_cuts

R = TypeVar("R", bound=BaseModel)


def validate(
    kind: type[R], document: Document, problems: Problems, style: DateStyle = DAY_FIRST
) -> R | None:
    """The record a document holds; None, and problems, when it does not follow the schema.

    An optional key without a value counts as absent: templates come with empty lines.

    Args:
        style: how its dates are read.
    """
    record, faults = None, []
    try:
        record = kind.model_validate(_without_blanks(document.data), context=style)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    places = {tuple(f["loc"]) for f in faults}
    typos = {tuple(f["loc"]) for f in faults if f["type"] == "extra_forbidden"}
    lost = tell_cuts(document, problems, partial(is_marked, kind, PROSE), required=places)
    for fault in faults:
        place = tuple(fault["loc"])
        if place not in lost and not _explained(place, fault["type"], typos, document):
            _problem(kind, fault, document, problems)
    return record


def _explained(path: Path, sort: str, typos: set[Path], document: Document) -> bool:
    """Whether a missing key is only one that is misspelt beside it: one fault, one line."""
    if sort != "missing" or path in document.keys:
        return False
    return any(typo[:-1] == path[:-1] and closest(str(typo[-1]), [str(path[-1])]) for typo in typos)


def _without_blanks(value: object) -> object:
    if isinstance(value, dict):
        return {k: _without_blanks(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_blanks(v) for v in value]
    return value


def _problem(
    kind: type[BaseModel], fault: ErrorDetails, document: Document, problems: Problems
) -> None:
    path: Path = tuple(fault["loc"])
    name = _name(path)
    sort = fault["type"]
    context: dict[str, Any] = fault.get("ctx", {})
    value = fault["input"]
    if sort == "extra_forbidden":
        known = _known_keys(kind, path[:-1])
        key = str(path[-1])
        problems.add(
            "unknown-key",
            document.key_mark(path),
            suggestion=closest(key, known),
            key=key,
            known=", ".join(known),
        )
    elif sort == "missing":
        if path in document.keys:
            problems.add("empty", document.key_mark(path), field=name)
        else:
            problems.add("missing-key", document.mark(path[:-1]), key=str(path[-1]))
    elif sort == "literal_error":
        known = _choices(str(context["expected"]))
        problems.add(
            "bad-choice",
            document.mark(path),
            suggestion=closest(str(value), known),
            field=name,
            value=value,
            known=", ".join(known),
        )
    elif sort == "parcours":
        code, params = context["code"], context["params"]
        known = params["known"].split(", ") if code == "bad-choice" else []
        suggestion = closest(str(value), known)
        problems.add(code, document.mark(path), suggestion=suggestion, field=name, **params)
    elif value is None:
        problems.add("empty", document.mark(path), field=name)
    else:
        expected, example = _EXPECTED.get(sort, (N_("a text"), "…"))
        problems.add(
            "bad-type",
            document.mark(path),
            field=name,
            expected=expected,
            example=example,
        )


_EXPECTED = {
    "tuple_type": (N_("a list"), "[a, b]"),
    "list_type": (N_("a list"), "[a, b]"),
    "dict_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "model_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "model_attributes_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "dataclass_type": (N_("a date"), "2026-12-03 12:30"),
    "dataclass_exact_type": (N_("a date"), "2026-12-03 12:30"),
    "date_type": (N_("a date"), "2026-12-03"),
    "time_type": (N_("a time of day"), "12:30"),
    "time_delta_type": (N_("a duration"), "1h30"),
    "int_type": (N_("a number"), "12"),
    "float_type": (N_("a number"), "12"),
    "bool_type": (N_("true or false"), "true"),
}


def _name(path: Path) -> str:
    """A path as people read it: ``replay.chapters[2].at``, counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _choices(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]


def _known_keys(kind: type[BaseModel], path: Path) -> list[str]:
    """The keys of the mapping at *path*."""
    for part in path:
        if isinstance(part, str) and part in kind.model_fields:
            found = model_in(kind.model_fields[part].annotation)
            kind = found or kind
    return list(kind.model_fields)


def is_marked(kind: type[BaseModel], mark: str, path: Path) -> bool:
    """Whether the field at *path* has a mark of `fields`."""
    found = None
    model: type[BaseModel] | None = kind
    for part in path:
        if model is not None and isinstance(part, str) and part in model.model_fields:
            found = model.model_fields[part]
            model = model_in(found.annotation)
    return found is not None and (mark in found.metadata or _holds(found.annotation, mark))


def _holds(annotation: object, mark: str) -> bool:
    return any(part is mark or _holds(part, mark) for part in get_args(annotation))


def values_marked(record: BaseModel, mark: str) -> Iterator[str]:
    """The texts in fields that have a mark, those of the records within included."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if isinstance(value, BaseModel):
            yield from values_marked(value, mark)
        elif mark in field.metadata or _holds(field.annotation, mark):
            yield from (value,) if isinstance(value, str) else value or ()
