"""A field explained: what it is, what it accepts, an example, and where it shows."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ..i18n import Translator
from ..model import shape
from ..model.forms import DATES, MANY_LINES, REPEAT, Forms
from ..model.schema import is_of_the_whole
from ..model.subjects import Subject
from .texts import GuideError, Said, example_in, read

NAMED = "comptoirs"
"""Stands for whatever name somebody chooses, in the examples."""

A_DATE = "2026-12-10"
"""Stands for a date of a series, in the examples."""

_KEYS = {"example", "page", "calendar"}


@dataclass(frozen=True, kw_only=True)
class FieldGuide:
    """What is to be known of a field of a subject; its text is read when it is asked for.

    Attributes:
        path: from the top of the source; the items of a list share the keys of the list.
        field: of the schema.
        origin: the record that declares it, and its key there: what several subjects share.
        instead: an example in place of the usual one; "" for that one.
        is_whole: whether the keys that stand below it are told of with it.
    """

    subject: Subject
    path: tuple[str, ...]
    field: FieldInfo
    origin: str
    instead: str = ""
    is_whole: bool = True

    @property
    def what(self) -> str:
        """What it is; a message of the catalogues."""
        return self.field.description or ""

    @property
    def required(self) -> bool:
        """Whether the part of the source that it stands in needs it."""
        return self.field.is_required()

    @cached_property
    def forms(self) -> Forms | None:
        """What may be written; None where `choices` or `parts` say all of it."""
        if shape.choices_of(self.field):
            return None
        return _forms_besides(self.field) if self._inner else _forms(self.field)

    @property
    def choices(self) -> Mapping[str, str]:
        """Values and their meanings, messages of the catalogues."""
        choices = shape.choices_of(self.field)
        return choices.meanings if choices else {}

    @property
    def parts(self) -> tuple[str, ...]:
        """The keys that stand below it."""
        inner = self._inner if self.is_whole else None
        return (
            tuple(one for one in inner.model_fields if not is_of_the_whole(inner, one))
            if inner
            else ()
        )

    @property
    def example(self) -> str:
        """A value that is accepted, in YAML."""
        return self.instead or str(self._said["example"])

    @property
    def page(self) -> Said | None:
        """Where the page shows it; None for nowhere."""
        return Said(self._said["page"]) if "page" in self._said else None

    @property
    def calendar(self) -> Said | None:
        """Where calendars and feeds show it; None for nowhere."""
        return Said(self._said["calendar"]) if "calendar" in self._said else None

    @property
    def _inner(self) -> type[BaseModel] | None:
        return shape.model_in(self.field.annotation)

    @cached_property
    def _said(self) -> Mapping[str, Any]:
        """What the guide says of it.

        Raises:
            GuideError: nothing, or what nobody asks for.
        """
        record, key = self.origin.split(".")
        try:
            said: Mapping[str, Any] = _record(record)[key]
        except (FileNotFoundError, KeyError) as error:
            raise GuideError(f"guide/fields/{record}.yml does not explain « {key} »") from error
        if unknown := said.keys() - _KEYS:
            raise GuideError(f"guide/fields/{record}.yml: {', '.join(sorted(unknown))}")
        return said

    @property
    def is_repeat(self) -> bool:
        """Whether it says how often something is held."""
        return self.forms is REPEAT

    @property
    def name(self) -> str:
        """As people write it: ``stops.day``."""
        return ".".join(self.path)

    def accepted(self, tr: Translator) -> str:
        """What may be written, in words; "" where `choices` or `parts` say it."""
        return tr.gettext(self.forms.said) if self.forms else ""

    def examples(self, tr: Translator) -> tuple[str, ...]:
        """The forms in which it may be written."""
        return tuple(map(tr.gettext, self.forms.examples)) if self.forms else ()

    def lines(self, language: str) -> str:
        """The example, below the keys that it stands in."""
        return example_in(language, self._written())

    def _written(self) -> str:
        text = f"{self.path[-1]}: {self._value()}"
        for depth in range(len(self.path) - 1, 0, -1):
            field = shape.field_at(self.subject.record, self.path[:depth])
            sort = _container(field) if field else None
            if sort is tuple:
                text = "- " + textwrap.indent(text, "  ")[2:]
            elif sort is dict:
                named = A_DATE if field and shape.forms_of(field) is DATES else NAMED
                text = f"{named}:\n{textwrap.indent(text, '  ')}"
            text = f"{self.path[depth - 1]}:\n{textwrap.indent(text, '  ')}"
        return text

    def _value(self) -> str:
        """A text of several lines stands below its key."""
        return f"|\n  {self.example}" if self.forms is MANY_LINES else self.example


def field_guides(subject: Subject) -> Iterator[FieldGuide]:
    """Every field of a subject, those of its parts included, in the order of the schema.

    What a date of a series says as its series does is explained there, once.
    """
    named: set[type[BaseModel]] = set()
    for path, record in shape.keys(subject.record, is_of_the_whole):
        guide = _guide(subject, path, record)
        name = shape.model_in(guide.field.annotation)
        if name is None or shape.group_in(guide.field.annotation) is not None:
            yield guide
        elif name in named:
            # What is known of a name without a file is explained where it comes up first.
            yield replace(guide, is_whole=False)
        else:
            named.add(name)
            yield guide
            yield from (_guide(subject, (*path, key), name) for key in name.model_fields)


def _guide(subject: Subject, path: tuple[str, ...], within: type[BaseModel]) -> FieldGuide:
    key = path[-1]
    field, origin = within.model_fields[key], f"{_declaring(within)[key]}.{key}"
    return FieldGuide(subject=subject, path=path, field=field, origin=origin)


def _forms(field: FieldInfo) -> Forms:
    found = shape.forms_of(field)
    if found is None:
        raise GuideError(f"nothing says what is accepted: {field!r}")
    return found


def _forms_besides(field: FieldInfo) -> Forms | None:
    """What may be written beside the keys of a part."""
    found = shape.forms_of(field)
    is_name = shape.group_in(field.annotation) is None
    return found if is_name or found in (DATES, REPEAT) else None


@cache
def _declaring(within: type[BaseModel]) -> Mapping[str, str]:
    """For each key, the name of the record that declares it, as that of its file in the guide."""
    return {
        key: one.__name__.removesuffix("Record").lower()
        for one in within.__mro__  # whoever declares it first comes last
        for key in inspect.get_annotations(one)
    }


@cache
def _record(name: str) -> Mapping[str, Any]:
    return read(f"fields/{name}.yml")


def _container(field: FieldInfo) -> type | None:
    """Whether the records below a field are listed, or stand below names; None for neither."""
    origins = [get_origin(one) for one in _types(field.annotation)]
    return next((one for one in (tuple, dict) if one in origins), None)


def _types(annotation: object) -> Iterator[object]:
    yield annotation
    for one in get_args(annotation):
        yield from _types(one)
