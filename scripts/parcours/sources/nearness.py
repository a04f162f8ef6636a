"""Words that a slip of one letter has made of others."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ..i18n import LANGUAGES
from ..model.names import slug
from ..model.synonyms import Target, targets, words_for_keys


def one_letter_off(word: str, known: Iterable[str]) -> str | None:
    """The only known word from which one letter has gone wrong; None for none, or several."""
    found = [one for one in known if len(one) > 3 and differs_by_one(word, one)]
    return found[0] if len(found) == 1 else None


def differs_by_one(one: str, other: str) -> bool:
    """Whether a letter is missing, too many, another, or in the place of its neighbour."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    rest, more = one[begin:], other[begin:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == more
    return rest[1:] == more[1:] or rest == more[1:] or rest[1:] == more or swapped


def spelt_otherwise(key: str, language: str) -> str | None:
    """The word for a key that another one is nearly: its parts in another order, or joined in
    another way, a letter gone wrong, or a part of which the others say nothing; None for none, and
    for one that may stand for several.
    """
    parts = _parts(key)
    if not parts:
        return None
    languages = [language, *(one for one in LANGUAGES if one != language)]
    for one in languages:
        same = _by_parts(one).get(frozenset(parts))
        if same is not None:
            return same
    telling = [one for one in parts if one not in _UNTELLING]
    if len(telling) == 1 < len(parts) and targets(telling[0], language):
        return telling[0]
    folded = "-".join(parts)
    for one in languages if len(folded) >= _SHORTEST else ():
        known = words_for_keys(one)
        near = [word for word in known if len(word) >= _SHORTEST and differs_by_one(folded, word)]
        if near and len({_first(known, word) for word in near}) == 1:
            return near[0]
    return None


_SHORTEST = 4
"""Letters of a word of which one may have gone wrong."""

_JOINTS = frozenset({"de", "d", "du", "des", "la", "le", "les", "l", "of", "the", "et"})
_UNTELLING = frozenset(
    {"heure", "heures", "date", "jour", "horaire", "lien", "nom", "url", "adresse", "texte"}
    | {"hour", "time", "day", "link", "name", "address", "text", "rencontre", "event", "my", "mon"}
)
"""Parts of words for keys that say less than what stands beside them."""


def _parts(key: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", key[:60])
    return [one for one in slug(spaced).split("-") if one and one not in _JOINTS]


@cache
def _by_parts(language: str) -> Mapping[frozenset[str], str]:
    found: dict[frozenset[str], str] = {}
    for word in words_for_keys(language):
        found.setdefault(frozenset(_parts(word)), word)
    return found


def _first(known: Mapping[str, Sequence[Target]], word: str) -> Target:
    return known[word][0]


def near_words(key: str, language: str) -> list[str]:
    """Words for keys that are written most like another one, the most alike first."""
    folded = slug(key[:60])
    known = [*words_for_keys(language)] if folded else []
    return difflib.get_close_matches(folded, known, n=3, cutoff=0.7)
