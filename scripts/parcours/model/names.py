"""Names that stand in addresses: ASCII, lower case, for ever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import PurePosixPath

from ..letters import normal

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an identifier looks like; it stands in addresses, so ASCII for ever."""

ID_LIMIT = 100


def slug(text: str) -> str:
    """*text* as an identifier: accents dropped, lower-case ASCII, hyphens.

    The same slug comes from a name in NFC and in NFD (macOS).
    """
    if len(text) <= ID_LIMIT and ID.fullmatch(text):
        return text
    plain = normal("NFKD", text)
    for letter, letters in (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss")):
        plain = plain.replace(letter, letters)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:ID_LIMIT].strip("-")


PART_ID_LIMIT = 60
"""Characters of an identity that is made of what a part of a meeting is called."""


def identities(
    said: Sequence[tuple[str | None, str]], fallback: str, taken: Iterable[str] = ()
) -> list[str]:
    """The identity of each part of a meeting: its own, else made of its words; no two are alike.

    Args:
        said: the id that each was given, if it was, and its words.
        fallback: for words without a letter or digit.
        taken: identities that are not to be had.
    """
    known = {id for id, _ in said if id} | {*taken}
    found: list[str] = []
    for id, words in said:
        if id is not None:
            found.append(id)
            continue
        base = slug(words)[:PART_ID_LIMIT].rstrip("-") or fallback
        tries = (base if n == 1 else f"{base}-{n}" for n in count(1))
        found.append(next(one for one in tries if one not in known))
        known.add(found[-1])
    return found


def asset_name(reference: str) -> str:
    """The name under which a file is published beside its page: ASCII, folders joined."""
    path = PurePosixPath(reference)
    parts = [part for part in path.with_suffix("").parts if part not in {".", "..", "/"}]
    return slug("-".join(parts)) + path.suffix.lower()


def fold(address: str) -> str:
    """What two addresses have in common that are one on a disk which ignores capitals."""
    return normal("NFC", address).casefold()


_LIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n"}
)
"""Letters that have no accent to drop, and stand where these do in dictionaries."""


def order(name: str) -> tuple[bool, str]:
    """What sorts names as French dictionaries do: whatever their accents and capitals, and names in
    other letters than ours last."""
    whole = normal("NFKD", name.casefold()).translate(_LIKE)
    first = next((one for one in whole if one.isalnum()), "")
    is_other = bool(first) and not slug(first)
    return is_other, whole if is_other else slug(whole)


DIGITS = "0-9"
OTHER_LETTERS = "a-z-etc"
"""What stands for the initials of names that begin with a digit, or with other letters."""


def initials(name: str, length: int) -> str:
    """The first letters of a name, under which a list that is divided has it: ASCII, for addresses.

    "" for a name that has not as many, which stands with those of which it is the beginning.
    """
    is_other, folded = order(name)
    letters = "".join(one for one in folded if one.isalnum())
    if is_other:
        return ("", OTHER_LETTERS, f"u{ord(letters[0]):x}")[length if length < 3 else 0]
    if letters[:1].isdigit():
        if length == 1:
            return DIGITS
        length -= 1
    return letters[:length] if len(letters) >= length else ""
