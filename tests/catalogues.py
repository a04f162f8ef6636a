"""Bring the catalogues up to date with the texts of the code: `make catalogues`."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "scripts"
LOCALE = SOURCES / "parcours" / "locale"
KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}
METHODS = [("parcours/**.py", "python"), ("parcours/pages/templates/**.html", "jinja2")]


def extract() -> Catalog:
    """Every text of the code and templates, without translations."""
    found = Catalog()
    options = {"**": {"silent": "false"}}
    for _, _, message, _, _ in extract_from_dir(str(SOURCES), METHODS, options, keywords=KEYWORDS):
        found.add(message, None)
    return found


def _whole(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts)


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return LOCALE / language / "LC_MESSAGES" / "parcours.po"


def updated(language: str, every: Catalog) -> Catalog:
    """A catalogue with what is translated kept, what is new added, what is gone dropped.

    Args:
        every: all texts of the code, which an update takes for its own.
    """
    with path_of(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(every, no_fuzzy_matching=True)
    catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # no clock in the bytes
    for message in catalogue:
        if language == "en" and message.id:
            message.string = message.id
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """A catalogue as its file holds it: no text is broken, so that a change is a line."""
    file = BytesIO()
    write_po(file, catalogue, sort_output=True, width=0, ignore_obsolete=True)
    return file.getvalue()


def main() -> None:
    """Write the catalogues anew, and tell what is to be translated."""
    every = extract()
    for language in sorted(folder.name for folder in LOCALE.iterdir()):
        catalogue = updated(language, copy.deepcopy(every))
        path_of(language).write_bytes(written(catalogue))
        missing = [message.id for message in catalogue if message.id and not _whole(message)]
        print(f"{language}: {len(catalogue)} texts, {len(missing)} to translate")


if __name__ == "__main__":
    main()
