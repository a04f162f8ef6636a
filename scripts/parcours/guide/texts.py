"""Texts in every language side by side, and the files of this package that hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from ..i18n import LANGUAGES, Translator
from ..packaged import OWN

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every value is text, as in the sources: a date in an example stays as it is written."""

_BREAKS = re.compile(r"[ \n]+")
"""What one line has for a space: a space that cannot break stays."""


class GuideError(ValueError):
    """A file of the guide is not as it should be: a fault of ours, which a test finds."""


@dataclass(frozen=True)
class Said:
    """A text by language."""

    by_language: Mapping[str, str]

    def __post_init__(self) -> None:
        missing = [one for one in LANGUAGES if not str(self.by_language.get(one, "")).strip()]
        if missing:
            raise GuideError(f"no text in {', '.join(missing)}: {dict(self.by_language)}")

    def to(self, tr: Translator) -> str:
        """The text in a language that has a catalogue, on one line."""
        return tr.own(_BREAKS.sub(" ", self.by_language[tr.language]).strip())


def read(name: str) -> Mapping[str, Any]:
    """A file of the guide, as mappings, lists and texts.

    Args:
        name: relative to the guide's folder.

    Raises:
        FileNotFoundError: there is no such file.
        GuideError: it does not hold a mapping.
    """
    source = OWN / "guide" / name
    found = yaml.load(source.read_text("utf-8"), Loader=_LOADER)
    if not isinstance(found, dict):
        raise GuideError(f"{name}: a mapping was expected")
    return found


def names(folder: str) -> tuple[str, ...]:
    """The files in YAML of a folder of the guide, without their suffix, in order."""
    found = (OWN / "guide" / folder).iterdir()
    return tuple(sorted(one.name.removesuffix(".yml") for one in found if one.name[-4:] == ".yml"))


@cache
def _words() -> Mapping[str, str]:
    return read("words.yml")


def example_in(language: str, text: str, words: Mapping[str, str] | None = None) -> str:
    """An example, whose words are French, in another language.

    Args:
        words: of this example alone, French to English; they come first.
    """
    if language == LANGUAGES[0]:
        return text
    english = {**_words(), **(words or {})}
    # The longest first: what holds another word is not taken apart.
    known = "|".join(map(re.escape, sorted(english, key=len, reverse=True)))
    return re.sub(rf"(?<!\w)(?:{known})(?!\w)", lambda found: english[found[0]], text)
