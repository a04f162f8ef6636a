"""What somebody wrote, as one line that does nothing where it is printed, and how wide it is."""

from __future__ import annotations

import unicodedata

JOINERS = frozenset({"\u200c", "\u200d"})
"""What writing needs (Persian, emoji): the other format characters only deceive the eye."""


def one_line(text: str) -> str:
    """A text without breaks, controls, and characters that turn its direction (UAX 9) or hide.

    What is only taken apart stays readable: a break is a space, anything else is gone.
    """
    return " ".join("".join(map(_shown, text)).split(" ")).strip()


def _shown(character: str) -> str:
    if character in JOINERS:
        return character
    category = unicodedata.category(character)
    if category in ("Zl", "Zp") or character in "\t\n\r\v\f\x85":
        return " "
    return "" if category in ("Cc", "Cf", "Cs", "Co", "Cn") else character


def width(text: str) -> int:
    """The columns that a terminal gives a text (UAX 11): none to a mark, two to a wide letter."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )
