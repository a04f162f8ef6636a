"""Both catalogues are whole, and hold nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from parcours.i18n import translator
from parcours.problems import MESSAGES

from .catalogues import extract
from .conftest import ROOT, Site


def first(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple) else message.id)


def catalogue(language: str) -> Catalog:
    path = ROOT / "scripts/parcours/locale" / language / "LC_MESSAGES/parcours.po"
    with Path(path).open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.large
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_catalogue_is_whole(language: str) -> None:
    found = catalogue(language)
    assert {first(one) for one in found} == {first(one) for one in extract()}
    for message in found:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        ids_of = message.id if isinstance(message.id, tuple) else (message.id,)
        assert all(texts), message.id
        if message.id:
            braces = set(re.findall(r"\{\w+\}", str(ids_of[-1])))
            assert set(re.findall(r"\{\w+\}", str(texts[-1]))) == braces, message.id


NUMBERS = ("{n} page", "{n} passages", "{n} replay", "{n} replays")


def test_french_is_french() -> None:
    same = {first(one) for one in catalogue("fr") if one.id and one.string == one.id}
    assert same <= {
        "Agenda",
        "Configuration",
        "Messages",
        "Images",
        "images",
        "Important",
        "Note",
        "Page",
        "Organisation",
        "Organisations",
        "Contact",
        "Replay",
        "Site",
        "organisation",
        "{n} organisation",
        "{field}: {reason}",
        *NUMBERS,
    }


def test_every_message_can_be_printed() -> None:
    for message, hint in MESSAGES.values():
        for text in (message, hint):
            names = re.findall(r"\{(\w+)\}", text)
            for language in ("fr", "en"):
                assert translator(language).format(text, **dict.fromkeys(names, "x"))


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert translator("pt").gettext("Agenda") == "Agenda"
    assert translator("fr").gettext("Replay to come") == "Replay attendu"


def test_english_pages_quote_as_english_does(smallest: Site) -> None:
    out = smallest.build()
    quoting = [one for one in out.rglob("*.html") if "«" in one.read_text("utf-8")]
    assert quoting == []
    assert "“New calendar”" in (out / "subscribe/index.html").read_text("utf-8")
