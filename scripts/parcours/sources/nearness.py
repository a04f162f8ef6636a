"""Words that a slip of one letter has made of others."""

from __future__ import annotations

from collections.abc import Iterable


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
