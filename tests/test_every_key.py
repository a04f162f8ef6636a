"""Every word for a key, at every level of every record, with values of every shape: all of it is
told, and nothing of it is a defect of the program.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from pydantic import BaseModel

from parcours.model import schema
from parcours.model.shape import Names, field_at, fields, part
from parcours.model.synonyms import KEYS
from parcours.problems import Problems
from parcours.sources.around import Around
from parcours.sources.lines import known_words
from parcours.sources.records import read_record
from parcours.sources.yaml import read_yaml

SOURCES = (
    schema.WebinarRecord,
    schema.TripRecord,
    schema.SessionRecord,
    schema.CourseRecord,
    schema.RelayRecord,
    schema.PostRecord,
    schema.OrganisationRecord,
    schema.PersonRecord,
    schema.PlaceRecord,
    schema.TerritoryRecord,
    schema.ThemeRecord,
    schema.SkillRecord,
    schema.FacilitatorRecord,
    schema.NeedRecord,
)
IDS = {
    "organisations": ("cfa-exemple",),
    "places": ("gare",),
    "people": ("une-personne",),
    "territories": ("bretagne",),
    "themes": ("afest",),
    "skills": ("accueil",),
    "facilitators": ("formatrice",),
}


def known(folder: str, said: str) -> str | None:
    return next((one for one in IDS.get(folder, ()) if one == said), None)


AROUND = Around(today=date(2026, 11, 26), home="Europe/Paris", ids=IDS, meant=known)
VALUES: tuple[object, ...] = (
    "cfa-exemple",
    "Marie Exemple et 2 autres",
    "0:06",
    "2026-12-03 12:30",
    "oui",
    "",
    "https://a.example/b",
    None,
    ["a", "b"],
    [],
    {},
    {"a": "b", "at": "12:30"},
    [{"a": "b"}],
    [["a"], None],
)


@cache
def words() -> tuple[str, ...]:
    """Every key, and every word for one."""
    lists = [words for table in KEYS.values() for words in table.values()]
    said = {word.strip() for one in lists for word in one.split(",")}
    return tuple(sorted(said | known_words()))


def levels(kind: type[BaseModel]) -> Iterator[Names]:
    """The top of a record, and each part within it."""
    yield ()
    for names, _ in fields(kind):
        if part(kind, names) is not None:
            yield names


def within(kind: type[BaseModel], level: Names, key: str, value: object) -> object:
    """A source that says one thing, at a level of it."""
    said: object = {key: value}
    for at in range(len(level), 0, -1):
        field = field_at(kind, level[:at])
        is_list = field is not None and "tuple[" in str(field.annotation)
        said = {level[at - 1]: [said] if is_list else said}
    return said


def told(kind: type[BaseModel], said: object) -> Problems:
    """What is told of a source; JSON is YAML."""
    problems = Problems()
    document = read_yaml(json.dumps(said), "a.yml", problems, heals=True)
    assert document is not None
    read_record(kind, document, problems, AROUND)
    return problems


def tries(kind: type[BaseModel], share: int) -> Iterator[tuple[Names, str, object]]:
    """One of so many keys of a record at each of its levels, and of all words some.

    Another share at each level: each key is tried at some of them.
    """
    own = sorted({names[-1] for names, _ in fields(kind)})
    for number, level in enumerate(levels(kind)):
        among = share * WORDS
        few = (*own[number % share :: share], *words()[(number * 5) % among :: among])
        for nth, word in enumerate(dict.fromkeys(few)):
            yield level, word, VALUES[(nth * 5 + number) % len(VALUES)]


WORDS = 24
"""How many times fewer words are tried than keys: all of them take a minute."""


@pytest.mark.large
@pytest.mark.parametrize("share", [8, pytest.param(1, marks=pytest.mark.deep)])
@pytest.mark.parametrize("kind", SOURCES)
def test_no_key_anywhere_is_a_defect(kind: type[BaseModel], share: int) -> None:
    for level, word, value in tries(kind, share):
        said = within(kind, level, word, value)
        found = told(kind, said).sorted()
        assert all(one.mark.line == 1 for one in found), said


@pytest.mark.parametrize(
    ("level", "word", "value"),
    [
        (("stops",), "hosts", "cfa-exemple"),
        (("image",), "affiche", ""),
        (("image",), "description", "A"),
        (("image",), "state", {"a": "b"}),
        (("registration",), "inscription", "A"),
    ],
)
def test_a_key_of_another_level_is_told(level: Names, word: str, value: object) -> None:
    for kind in (schema.TripRecord, schema.SessionRecord):
        if part(kind, level) is not None:
            assert told(kind, within(kind, level, word, value)).errors
