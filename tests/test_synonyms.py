"""The words that people use stand for fields and values that there are."""

from __future__ import annotations

from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from parcours.i18n import LANGUAGES
from parcours.model import options, schema
from parcours.model.names import slug
from parcours.model.shape import choices_of, field_at, fields, meant_keys
from parcours.model.synonyms import KEYS, Choices

RECORDS = [
    one
    for module in (schema, options)
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, BaseModel) and one is not BaseModel
]


def literals(annotation: object) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    return [value for part in get_args(annotation) for value in literals(part)]


def test_every_word_stands_for_a_field() -> None:
    for language, table in KEYS.items():
        assert language in LANGUAGES
        for key, words in table.items():
            field, _, value = key.partition("=")
            found = [field_at(record, tuple(field.split("."))) for record in RECORDS]
            there = [one for one in found if one is not None]
            assert there or key == "links", key
            if value:
                assert any(value in literals(one.annotation) for one in there), key
            folded = [slug(word) for word in words.split(",")]
            assert all(folded), key
            assert len(set(folded)) == len(folded), (key, folded)


def test_every_enumeration_says_what_its_values_mean() -> None:
    seen: set[int] = set()
    for record in RECORDS:
        for path, field in fields(record):
            values = literals(field.annotation)
            choices = choices_of(field)
            if values:
                assert choices is not None, path
                assert list(choices.meanings) == values, path
            if choices is not None:
                seen.add(id(choices))
    assert len(seen) > 8


@pytest.mark.large
def test_a_word_means_one_value_of_an_enumeration() -> None:
    for record in RECORDS:
        for path, field in fields(record):
            choices = choices_of(field)
            if choices is not None:
                check_words(choices, path)


def check_words(choices: Choices, path: tuple[str, ...]) -> None:
    for language, table in choices.words.items():
        assert set(table) <= set(choices.meanings), path
        words = [slug(word) for one in table.values() for word in one.split(",")]
        assert len(set(words)) == len(words), (language, path)
        for value, written in table.items():
            assert all(choices.value_of(word) == value for word in written.split(",")), written


@pytest.mark.parametrize(
    ("word", "record", "level", "language", "path"),
    [
        ("lieu", schema.WebinarRecord, "", "fr", "place"),
        ("Lieu", schema.TripRecord, "stops", "fr", "stops.place"),
        ("heure", schema.TripRecord, "stops", "fr", "stops.start"),
        ("jour", schema.TripRecord, "stops", "fr", "stops.day"),
        ("date", schema.WebinarRecord, "", "fr", "start"),
        ("lien", schema.WebinarRecord, "", "fr", "online"),
        ("lien", schema.OrganisationRecord, "", "fr", "url"),
        ("lien", schema.WebinarRecord, "registration", "fr", "registration.url"),
        ("until", schema.WebinarRecord, "registration", "en", "registration.deadline"),
        ("jusqu’au", schema.WebinarRecord, "registration", "fr", "registration.deadline"),
        ("avant le", schema.WebinarRecord, "registration", "fr", "registration.deadline"),
        ("annulé", schema.WebinarRecord, "", "fr", "status=cancelled"),
        ("Annule\u0301", schema.WebinarRecord, "", "fr", "status=cancelled"),
        ("complet", schema.WebinarRecord, "", "fr", "registration.state=full"),
        ("date limite", schema.WebinarRecord, "", "fr", "registration.deadline"),
        ("intervenant", schema.WebinarRecord, "", "fr", "speakers"),
        ("nombre de places", schema.WebinarRecord, "", "fr", "seats"),
        ("places", schema.WebinarRecord, "", "en", "places"),
        ("lieux", schema.WebinarRecord, "", "fr", "places"),
        ("venue", schema.MeetingRecord, "", "en", "place"),
        ("speaker", schema.MeetingRecord, "", "en", "speakers"),
        ("sold out", schema.MeetingRecord, "", "en", "registration.state=full"),
        ("Titre ", schema.WebinarRecord, "", "fr", "title"),
        ("TITLE", schema.WebinarRecord, "", "fr", "title"),
        ("rien de tel", schema.MeetingRecord, "", "fr", ""),
    ],
)
def test_a_word_is_found_in_the_part_in_which_it_stands(
    word: str, record: type[BaseModel], level: str, language: str, path: str
) -> None:
    found = meant_keys(word, record, tuple(level.split(".")) if level else (), language)
    told = [".".join(one.path) + (f"={one.value}" if one.value else "") for one in found]
    assert told[: len(path.split()) or 1] == path.split()
