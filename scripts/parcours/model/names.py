"""Names that stand in addresses: ASCII, lower case, for ever."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from ..letters import normal

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an identifier looks like; it stands in addresses, so ASCII for ever."""

ID_LIMIT = 100


def slug(text: str) -> str:
    """*text* as an identifier: accents dropped, lower-case ASCII, hyphens.

    The same slug comes from a name in NFC and in NFD (macOS).
    """
    plain = normal("NFKD", text)
    for letter, letters in (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss")):
        plain = plain.replace(letter, letters)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:ID_LIMIT].strip("-")


def asset_name(reference: str) -> str:
    """The name under which a file is published beside its page: ASCII, folders joined."""
    path = PurePosixPath(reference)
    parts = [part for part in path.with_suffix("").parts if part not in {".", "..", "/"}]
    return slug("-".join(parts)) + path.suffix.lower()


def fold(address: str) -> str:
    """What two addresses have in common that are one on a disk which ignores capitals."""
    return normal("NFC", address).casefold()
