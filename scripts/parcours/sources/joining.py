"""Several lines that say one thing between them: the one line that says it whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.names import slug
from .around import Around
from .moments import NoSuchDay, understand

Part = tuple[str, str]
"""A key as it was written, and its value."""

_FIRST_NAMES = frozenset({"prenom", "prenoms", "first-name", "firstname", "given-name"})
_TOWNS = frozenset({"ville", "commune", "town", "city"})
_CODES = frozenset({"code-postal", "cp", "postcode", "post-code", "zip", "zip-code"})


def joined(
    name: str, parts: Sequence[Part], around: Around, *, is_list: bool, is_moment: bool
) -> str | None:
    """The value of a field of which each line says a part; None where they exclude each other.

    Args:
        name: of the field.
        is_list: whether it takes several values.
        is_moment: whether it takes a day with an hour, which may still be in the words of people.
    """
    texts = [text for _, text in parts]
    if is_moment:
        return _moment(texts, around)
    if is_list:
        return ", ".join(dict.fromkeys(texts))
    if name == "name":
        firsts = [text for key, text in parts if slug(key) in _FIRST_NAMES]
        return " ".join([*firsts, *(text for text in texts if text not in firsts)])
    if name == "address":
        return _address(parts)
    return None


def _moment(texts: Sequence[str], around: Around) -> str | None:
    """A day, and behind it an hour."""
    days: list[str] = []
    hours: list[str] = []
    for text in texts:
        try:
            said = understand(text, around.style, around.today)
        except NoSuchDay:
            return None
        if said is None or (said.days and said.hours):
            return None
        (days if said.days else hours).append(text)
    return f"{days[0]} {hours[0]}" if len(days) == len(hours) == 1 else None


def _address(parts: Sequence[Part]) -> str:
    """Street, post code and town."""
    codes = [text for key, text in parts if slug(key) in _CODES]
    towns = [text for key, text in parts if slug(key) in _TOWNS]
    streets = [text for _, text in parts if text not in codes and text not in towns]
    town = " ".join([*codes, *towns])
    return re.sub(r"\s+", " ", ", ".join([*streets, *([town] if town else [])]))
