"""A document against a class of the schema: a record, or one located problem per fault."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..model.blanks import UNFILLED, UNFILLED_FAULT, form_name
from ..model.fields import PROSE
from ..model.forms import ONE_LINE
from ..model.names import slug
from ..model.shape import Names, field_at, forms_of, holds_list, is_keyed, model_in, part
from ..model.values import DateStyle, Moment
from ..problems import N_, Mark, Mend, Problems
from .around import ANYWHERE, Around
from .misplaced import tell_misplaced
from .yaml import Document, Path, name_of, tell_cuts, value_at

R = TypeVar("R", bound=BaseModel)


def validate(
    kind: type[R],
    document: Document,
    problems: Problems,
    around: Around = ANYWHERE,
) -> R | None:
    """The record a document holds; None, and problems, when it does not follow the schema.

    An optional key without a value counts as absent: templates come with empty lines.
    """
    record, faults = _validated(kind, document.data, around.style)
    if faults or document.cuts:
        _tell(kind, document, problems, faults, around)
    return record


def read_record(
    kind: type[R],
    document: Document,
    problems: Problems,
    around: Around = ANYWHERE,
) -> R | None:
    """The same as far as it can be read: what is wrong is told, named in `Document.broken`, and
    left out, so that it hides nothing else. None where nothing of it can be read.

    Args:
        known: what finds the ids that are meant.
    """
    if tell_misplaced(kind, document, problems, around):
        return None
    record, faults = _validated(kind, document.data, around.style)
    # History was read without them: a version that was published stays one.
    empty = list(_words_alone(kind, document.data))
    if empty:
        record, faults = None, [*empty, *faults]
    if faults or document.cuts:
        _tell(kind, document, problems, faults, around)
    data: object = document.data
    told: set[Path] = set()
    for _ in range(_ROUNDS):
        if record is not None:
            break
        data = _without(kind, data, faults, document.renamed)
        record, faults = _validated(kind, data, around.style)
        # What stood under a wrong name was not read before.
        more = [one for one in faults if _is_below(document.renamed, tuple(one["loc"]))]
        more = [one for one in more if tuple(one["loc"]) not in told]
        told.update(tuple(one["loc"]) for one in more)
        if more:
            _tell(kind, document, problems, more, around)
    return record


def follows(kind: type[R], data: object, style: DateStyle) -> R | None:
    """The record of what a document holds; None when it does not follow the schema."""
    return _validated(kind, data, style)[0]


def takes(kind: type[BaseModel], data: object, style: DateStyle) -> bool:
    """Whether a record can say what a document holds, whatever it would have to say besides."""
    return all(one["type"] == "missing" for one in _validated(kind, data, style)[1])


def tell_form_name(file: str, problems: Problems) -> None:
    """A file that was never given a name of its own would keep its address for ever."""
    name = form_name(file)
    if name:
        problems.add("form-name", Mark(file), value=name)


PLAIN = N_("it is plain text, without signs: write « {better} »")
_SIGNS = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]{0,9}[ \t]*/?>"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<said>[^*_\n]{1,200})(?P=strong)"
    r"|!?\[(?P<words>[^\[\]\n]{1,200})\]\([^\s()]{1,500}\)"
)


class Sign(NamedTuple):
    """HTML or Markdown in what is shown on one line, as it is written.

    Attributes:
        plain: the same line without signs.
    """

    line: int
    column: int
    written: str
    plain: str

    def tell(self, file: str, problems: Problems) -> None:
        """Tell it."""
        mark, mend = Mark(file, self.line, self.column), Mend(PLAIN, {"better": self.plain})
        problems.add("shown-as-written", mark, severity="warning", mend=mend, value=self.written)


def signs(kind: type[BaseModel], document: Document) -> Iterator[Sign]:
    """The first sign of each value of a document that is shown on one line."""
    for path in list(document.marks):
        field = field_at(kind, tuple(one for one in path if isinstance(one, str)))
        if field is None or forms_of(field) is not ONE_LINE or not is_marked(kind, PROSE, path):
            continue
        said = value_at(document.data, path)
        found = _SIGNS.search(said) if isinstance(said, str) else None
        if found is None or not isinstance(said, str):
            continue
        plain = _SIGNS.sub(lambda one: one["said"] or one["words"] or " ", said)
        mark = document.mark(path)
        yield Sign(mark.line, mark.column, found[0], " ".join(plain.split()))


def _is_below(renamed: Mapping[Path, Path], path: Path) -> bool:
    return any(path[:length] in renamed for length in range(1, len(path) + 1))


_ROUNDS = 8
"""How often what is wrong is left out: once for each level of lists and parts."""

_STAND_INS: dict[object, str] = {
    str: "x{n}",
    int: "0:0{n}",
    float: "0",
    Moment: "2000-01-01",
    date: "2000-01-01",
}
"""Values in place of what a record cannot be without."""


def _validated(
    kind: type[R], data: object, style: DateStyle
) -> tuple[R | None, list[ErrorDetails]]:
    unfilled = [_unfilled(path) for path in _placeholders(data)]
    try:
        record = kind.model_validate(_without_blanks(data), context=style)
    except ValidationError as error:
        return None, [*_besides(error.errors(include_url=False), unfilled)]
    return (None, unfilled) if unfilled else (record, [])


def _words_alone(
    kind: type[BaseModel], value: object, names: Names = (), path: Path = ()
) -> Iterator[ErrorDetails]:
    """Keys that a record does not have, without a value: « - Le moulin: » says something. So does a
    day of which nothing is said."""
    field, within = field_at(kind, names), part(kind, names)
    if within is None or isinstance(value, list) != (field is not None and holds_list(field)):
        return  # it is something else, which is told
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _words_of(kind, one, names, (*path, number))
    elif is_keyed(kind, names) and isinstance(value, dict):
        for key, one in value.items():
            if one:
                yield from _words_of(kind, one, (*names, key), (*path, key))
            elif one is None or one == {}:
                yield ErrorDetails(type="model_type", loc=(*path, key), msg="", input=None)
    else:
        yield from _words_of(kind, value, names, path)


def _words_of(
    kind: type[BaseModel], value: object, names: Names, path: Path
) -> Iterator[ErrorDetails]:
    within = part(kind, names)
    if not isinstance(value, dict) or within is None:
        return
    for key, one in value.items():
        if key in within.model_fields:
            yield from _words_alone(kind, one, (*names, key), (*path, key))
        elif one is None:
            yield ErrorDetails(type="extra_forbidden", loc=(*path, key), msg="", input=None)


def _placeholders(value: object, path: Path = ()) -> Iterator[Path]:
    """Where a form is not filled in."""
    if value == UNFILLED:
        yield path
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _placeholders(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _placeholders(one, (*path, number))


def _unfilled(path: Path) -> ErrorDetails:
    return ErrorDetails(type=UNFILLED_FAULT, loc=path, msg="", input=UNFILLED)


def _besides(faults: list[ErrorDetails], unfilled: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """All faults, one for each place: what is not filled in has no other, but below no key."""
    unknown = [one["loc"] for one in faults if one["type"] == "extra_forbidden"]
    empty = [one for one in unfilled if not any(_starts(one["loc"], loc) for loc in unknown)]
    yield from empty
    for fault in faults:
        # One word stands for a list: what is wrong with its only item is the same.
        places = [(one["loc"], fault["loc"]) for one in empty]
        if not any(_starts(one, loc) or _starts(loc, one) for one, loc in places):
            yield fault


def _starts(path: Path, above: Path) -> bool:
    return path[: len(above)] == above


def _tell(
    kind: type[BaseModel],
    document: Document,
    problems: Problems,
    faults: list[ErrorDetails],
    around: Around,
) -> None:
    from .mistakes import Mistakes  # what says in words what is wrong waits until something is

    places = {tuple(f["loc"]) for f in faults}
    lost = tell_cuts(document, problems, partial(is_marked, kind, PROSE), required=places)
    mistakes = Mistakes(kind, document, problems, around)
    # Keys first: one that is misspelt hides the missing one that it is (one fault, one line).
    for fault in sorted(mistakes.parted(faults), key=lambda fault: fault["type"] == "missing"):
        if tuple(fault["loc"]) not in lost:
            mistakes.tell(fault)
    renamed = set(document.renamed.values())
    document.broken.update(
        place for place in places - set(document.renamed) if place not in renamed
    )


def _without(
    kind: type[BaseModel],
    data: object,
    faults: list[ErrorDetails],
    renamed: Mapping[Path, Path],
) -> object:
    """A copy without what is wrong; in place of what is needed stands something that is right."""
    copy = _without_blanks(data)
    for meant, written in renamed.items():
        holder = value_at(copy, written[:-1])
        if isinstance(holder, dict) and written[-1] in holder:
            holder.setdefault(meant[-1], holder.pop(written[-1]))
    moved = set(renamed.values())
    for number, fault in enumerate(faults):
        path = tuple(fault["loc"])
        # What stands under its right name now is wrong no more, nor what it stands in.
        if path in moved or (fault["type"] == "missing" and path in renamed):
            continue
        while path and not _set_right(kind, copy, path, number):
            path = path[:-1]
    return copy


def _set_right(kind: type[BaseModel], data: object, path: Path, number: int) -> bool:
    """Leave out, or replace, what stands at *path*; whether that could be done."""
    holder, key = value_at(data, path[:-1]), path[-1]
    if isinstance(holder, list) and isinstance(key, int):
        # In its place: an item less would move those behind it.
        if key < len(holder) and isinstance(holder[key], str):
            holder[key] = f"x{number}"
            return True
        return False
    if not isinstance(holder, dict):
        return False
    names: Names = tuple(part for part in path if isinstance(part, str))
    stand_in = _stand_in(kind, names)
    if stand_in is None:
        return holder.pop(key, None) is not None
    text = _by_place(kind, names, path) if stand_in == _STAND_INS[str] else ""
    text = text or stand_in.format(n=number % 10)
    if holder.get(key) == text:
        return False
    holder[key] = text
    return True


def _by_place(kind: type[BaseModel], names: Names, path: Path) -> str:
    """What something that says no name is called in messages: its place, « programme[1] »."""
    field, place = field_at(kind, names), name_of(path[:-1])
    return place if field is not None and forms_of(field) is ONE_LINE else slug(place)


def _stand_in(kind: type[BaseModel], names: Names) -> str | None:
    """A value for a key that cannot be left out; None for one that can."""
    model: type[BaseModel] | None = kind
    for name in names[:-1]:
        field = model.model_fields.get(name) if model else None
        model = model_in(field.annotation) if field else None
    field = model.model_fields.get(names[-1]) if model else None
    return _STAND_INS.get(field.annotation) if field and field.is_required() else None


def _without_blanks(value: object) -> object:
    if isinstance(value, dict):
        return {k: _without_blanks(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_blanks(v) for v in value]
    return value


def is_marked(kind: type[BaseModel], mark: str, path: Path) -> bool:
    """Whether the field at *path* has a mark of `fields`."""
    found = None
    model: type[BaseModel] | None = kind
    for name in path:
        if model is not None and isinstance(name, str) and name in model.model_fields:
            found = model.model_fields[name]
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
