"""Words as the search knows them: folded, split and stemmed alike here and in the browser.

The same steps stand in ``pages/assets/search/worker.js``; a test holds both to one list of words.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Protocol

from ..letters import normal
from ..packaged import OWN

ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Languages that Snowball has, and its algorithms. Others are searched without stems."""

STOPS = {"nb": "no", "nn": "no"}
"""Languages whose stop words stand under the name of another."""

NOUNS = {"fr": frozenset({"ete"})}
"""Stop words that are what somebody may mean in a query: « been » is « summer » in French. Beside
other words, they are looked for in titles and headings, and count less than any of those."""

LONGEST = 40
"""Characters of a word that count: what is longer is no word."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
# Letters and digits, and the vowel signs that Hebrew, Arabic, Devanagari and Tamil write as marks.
_WORD = re.compile(
    "(?:[^\\W_]|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0b82\u0bbe-\u0bcd\u0bd7])+"
)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


def fold(text: str) -> str:
    """*text* in lower case, without accents and ligatures."""
    plain = _ACCENTS.sub("", normal("NFD", text.lower()))
    return normal("NFC", plain).translate(_LIGATURES)


def split(text: str) -> list[str]:
    """The folded words of a text: apostrophes and hyphens part them too."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]


def algorithm(tag: str) -> str:
    """The name of the stemmer of a language, such as ``fr`` or ``pt-BR``; "" for none."""
    return ALGORITHMS.get(_base(tag), "")


def _base(tag: str) -> str:
    return re.split("[-_]", tag.lower())[0]


class Words:
    """The words of one language.

    Args:
        tag: of the language, such as ``fr`` or ``pt-BR``.

    Attributes:
        stops: folded words that say too little to be looked for, elided ones among them.
        nouns: those of them that may be meant.
    """

    def __init__(self, tag: str) -> None:
        base = _base(tag)
        self.stops = _stops(STOPS.get(base, base))
        self.nouns = NOUNS.get(base, frozenset())
        self._stemmer = _stemmer(algorithm(tag))
        self._stems: dict[str, str] = {}

    def stem(self, word: str) -> str:
        """What a folded word has in common with its other forms."""
        found = self._stems.get(word)
        if found is None:
            found = self._stemmer.stemWord(word) if self._stemmer else word
            self._stems[word] = found
        return found


def _stemmer(algorithm: str) -> _Stemmer | None:
    # By its module: the package's own door takes another release, in C, where it finds one.
    if not algorithm:
        return None
    module = import_module(f"snowballstemmer.{algorithm}_stemmer")
    made: _Stemmer = getattr(module, f"{algorithm.title()}Stemmer")()
    return made


@cache
def _stops(language: str) -> frozenset[str]:
    file = OWN / "search" / "stopwords" / f"{language}.txt"
    if not file.is_file():
        return frozenset()
    return frozenset(split(file.read_text("utf-8")))
