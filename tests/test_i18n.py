"""Both catalogues are whole, and hold nothing else."""

from __future__ import annotations

import copy
import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from parcours.i18n import translator
from parcours.pages import agenda, bundle, finding, mine
from parcours.po import read_catalogue
from parcours.problems import MESSAGES, Mark, Problem

from .catalogues import extract, path_of, updated, written
from .conftest import Site


def first(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple) else message.id)


def catalogue(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.large
def test_catalogues_are_whole() -> None:
    every = extract()  # the code is read once: that takes seconds
    for language in ("fr", "en"):
        check_catalogue(language, updated(language, copy.deepcopy(every)))


def check_catalogue(language: str, wanted: Catalog) -> None:
    """Nothing is missing, left over, or without its braces."""
    found = catalogue(language)
    assert {first(one) for one in found} == {first(one) for one in wanted}
    assert path_of(language).read_bytes() == written(wanted), "make catalogues writes it otherwise"
    for message in found:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        ids_of = message.id if isinstance(message.id, tuple) else (message.id,)
        assert all(texts), message.id
        if message.id:
            braces = set(re.findall(r"\{\w+\}", str(ids_of[-1])))
            assert set(re.findall(r"\{\w+\}", str(texts[-1]))) == braces, message.id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_reader_reads_what_babel_reads(language: str) -> None:
    found = catalogue(language)
    ours = read_catalogue(path_of(language).read_text("utf-8"))
    for message in found:
        if isinstance(message.id, tuple) and isinstance(message.string, tuple):
            one, many = message.id
            for n in (0, 1, 2, 1000):
                form = int(n > 1 if language == "fr" else n != 1)
                assert ours.ngettext(one, many, n) == message.string[form]
        elif message.id:
            assert ours.gettext(str(message.id)) == message.string
    assert len(ours.texts) > len(found)


def test_a_catalogue_as_tools_write_it() -> None:
    text = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#: places.py:3
#, fuzzy, python-format
msgid "unsure"
msgstr "douteux"

#, python-brace-format
msgid ""
"two "
"lines\\n"
msgstr "deux \\"lignes\\"\\n"

msgid "{n} page"
msgid_plural "{n} pages"
msgstr[0] "{n} feuille"
msgstr[1] "{n} feuilles"

msgid "empty"
msgstr ""

#~ msgid "gone"
#~ msgstr "parti"
"""
    found = read_catalogue(text)
    assert found.gettext("unsure") == "unsure"
    assert found.gettext("two lines\n") == 'deux "lignes"\n'
    assert [found.ngettext("{n} page", "{n} pages", n) for n in (0, 1, 2)] == [
        "{n} feuille",
        "{n} feuille",
        "{n} feuilles",
    ]
    assert found.gettext("empty") == "empty"
    assert found.gettext("gone") == "gone"
    assert found.ngettext("one", "many", 2) == "many"
    assert translator("fr").gettext("every month") == "chaque mois"


NUMBERS = ("{n} date", "{n} page", "{n} passages", "{n} replay", "{n} replays")


def test_french_is_french() -> None:
    same = {first(one) for one in catalogue("fr") if one.id and one.string == one.id}
    assert same <= {
        "Agenda",
        *("Attention", "Danger", "Info", "Question"),
        *("Article", "Code", "Discussion", "Document", "Notes"),
        "Configuration",
        "Messages",
        "Format",
        "format",
        "Images",
        "images",
        "Important",
        "Note",
        "Page",
        "Organisation",
        "Organisations",
        "Contact",
        "Replay",
        "train",
        "Date",
        "Distance",
        "minutes",
        "Programme",
        "Source",
        "CO2e",
        "{km} km",
        "{source}, {month}",
        "Site",
        "Type",
        "options",
        "organisation",
        "{n} organisation",
        "{field}: {reason}",
        *("indigo", "olive", "orange", "turquoise", "violet"),
        *NUMBERS,
    }


def test_french_has_its_own_apostrophe() -> None:
    straight = re.compile("[a-zà-ÿ]'[a-zà-ÿ]", re.IGNORECASE)
    said = [one.string or "" for one in catalogue("fr") if one.id]
    texts = [text for one in said for text in ([one] if isinstance(one, str) else one)]
    assert [text for text in texts if straight.search(text)] == []


def test_every_message_can_be_printed() -> None:
    for message, hint in MESSAGES.values():
        for text in (message, hint):
            names = re.findall(r"\{(\w+)\}", text)
            for language in ("fr", "en"):
                assert translator(language).format(text, **dict.fromkeys(names, "x"))


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert translator("pt").gettext("Agenda") == "Agenda"
    assert translator("fr").gettext("Replay to come") == "Replay attendu"


@pytest.mark.large
def test_english_pages_quote_as_english_does(smallest: Site) -> None:
    out = smallest.build()
    quoting = [one for one in out.rglob("*.html") if "«" in one.read_text("utf-8")]
    assert quoting == []
    assert "“New calendar”" in (out / "subscribe/index.html").read_text("utf-8")


def test_texts_that_scripts_show_are_set_as_pages_are() -> None:
    """Of a page, the engine sets the text; what a script says is set in the catalogue."""
    texts = (bundle.WORDS, mine.TEXTS, agenda.TEXTS, finding.TEXTS)
    found = [text for one in texts for text in one.values()]
    french = translator("fr")
    loose = re.compile(r" [:;!?»](?!\S)|« ")
    assert [text for text in map(french.gettext, found) if loose.search(text)] == []


def test_a_name_that_begins_with_a_vowel_elides_what_stands_before_it() -> None:
    def whose(place: str, language: str = "fr") -> str:
        return translator(language).format("{place} time", place=place)

    eliding = ("Auvergne-Rhône-Alpes", "Île-de-France", "Évreux", "Œting", "Ouessant", "Yvetot")
    for name in (*eliding, "Yonne", "Yeu", "un lieu"):
        assert whose(name) == f"heure d’{name}"
    for name in ("Paris", "La Réunion", "Yaoundé", "Yémen", "Ouagadougou", "Honfleur", "onze"):
        assert whose(name) == f"heure de {name}"
    assert whose("Auvergne", "en") == "Auvergne time"
    hours = translator("fr").format("{hours} ({place} time)", hours="9 h", place="Occitanie")
    assert hours == "9 h (heure d’Occitanie)"
    # What is « plus de » something else, or holds a number, stays.
    assert translator("fr").format("Meetings of {year}", year=2027) == "Rencontres de 2027"
    assert translator("fr").format("News of {site}.", site="Atelier") == "Les actualités d’Atelier."


def test_a_message_elides_too() -> None:
    found = Problem(
        code="two-zones",
        mark=Mark("a.md", 1, 1),
        params={"place": "A", "timezone": "Europe/Paris"},
    )
    said, _ = found.parts(translator("fr"))
    assert "l’heure d’Europe/Paris" in said
