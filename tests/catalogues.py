"""Bring the catalogues up to date with the texts of the code: `make catalogues`."""

from __future__ import annotations

from datetime import UTC, datetime
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


def main() -> None:
    """Keep what is translated, add what is new, drop what is gone."""
    for folder in sorted(LOCALE.iterdir()):
        path = folder / "LC_MESSAGES" / "parcours.po"
        with path.open("rb") as file:
            catalogue = read_po(file, locale=folder.name)
        # Extracted anew for each: an update shares its messages.
        catalogue.update(extract(), no_fuzzy_matching=True)
        catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # no clock in the bytes
        for message in catalogue:
            if folder.name == "en" and message.id:
                message.string = message.id
        with path.open("wb") as file:
            write_po(file, catalogue, sort_output=True, width=0, ignore_obsolete=True)
        missing = [message.id for message in catalogue if message.id and not _whole(message)]
        print(f"{folder.name}: {len(catalogue)} texts, {len(missing)} to translate")


if __name__ == "__main__":
    main()
