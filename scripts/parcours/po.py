"""Reading a catalogue of texts as gettext's tools write it, in a fraction of what they take.

Every call of the command reads one, the shortest included, of which Babel's reader would take the
most: it also knows comments and places. Babel writes the catalogues, and a test holds both readers
to the same texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from gettext import c2py

_PLAIN = re.compile(
    r"(?<=\n\n)(?:#, python-(?:brace-)?format\n)?"
    r'msgid "([^"\\\n]+)"\nmsgstr "([^"\\\n]+)"\n(?:\n|\Z)'
)
"""An entry of two lines in which nothing is escaped, as nearly all are."""
_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr)(?:\[(\d)\])? )?(".*")')
_PLURALS = re.compile(r"^Plural-Forms:.*plural=([^;\n]*)", re.MULTILINE)


@dataclass(frozen=True)
class Catalogue:
    """The texts of a language.

    Attributes:
        texts: by message, and by message and form: 0 for the first.
        form: of a number.
    """

    texts: Mapping[str | tuple[str, int], str]
    form: Callable[[int], int]

    def gettext(self, message: str) -> str:
        """The text of a message, or its first form; the message itself where there is none."""
        return self.texts.get(message) or self.texts.get((message, 0)) or message

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The text that agrees with a number."""
        return self.texts.get((one, self.form(n))) or (one if n == 1 else many)


def read_catalogue(text: str) -> Catalogue:
    """The catalogue that a file holds (GNU gettext manual, « The Format of PO Files »)."""
    texts: dict[str | tuple[str, int], str] = {}

    def take(entry: re.Match[str]) -> str:
        texts[entry[1]] = entry[2]
        return ""

    for other in _entries(_PLAIN.sub(take, text)):
        message = other.pop("msgid")
        other.pop("msgid_plural", None)
        for name, said in other.items():
            number = name.removeprefix("msgstr")
            texts[(message, int(number)) if number else message] = said
    rule = _PLURALS.search(texts.get("", ""))
    return Catalogue(texts, c2py(rule[1] if rule else "n != 1"))


def _entries(text: str) -> Iterator[dict[str, str]]:
    """Each message with its texts, by keyword; what waits for a translator's look is left out."""
    entry: dict[str, str] = {}
    name, fuzzy = "", False
    for line in (*text.splitlines(), ""):
        found = _LINE.match(line)
        if found is None:
            if entry and not fuzzy:
                yield entry
            fuzzy = (line.startswith("#,") and "fuzzy" in line) or (fuzzy and not entry)
            entry = {}
            continue
        if found[1]:
            name = found[1] + (found[2] or "")
        said = found[3]
        entry[name] = entry.get(name, "") + (json.loads(said) if "\\" in said else said[1:-1])
