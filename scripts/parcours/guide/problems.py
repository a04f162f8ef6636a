"""A problem explained: why it is one, how it is mended, and an example of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..problems import MESSAGES
from .texts import GuideError, Said, example_in, read


@dataclass(frozen=True)
class Side:
    """How something is written wrong, or right.

    Attributes:
        files: what stands in which file, by path in a site, as an author writes it; the files of
            the site of the examples (`guide/site`) that are not named stay as they are.
        done: what one does in a terminal or by hand, where no text shows it.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    done: str = ""


@dataclass(frozen=True, kw_only=True)
class ProblemGuide:
    """What is to be known of the problems with a code.

    Attributes:
        cause: why it is told: what a reader or subscriber would meet.
        mend: what to do, and how to choose where there is a choice.
        place: where the wrong example is told, as ``file:line:column``.
        words: French to English, in the examples.
    """

    code: str
    cause: Said
    mend: Said
    wrong: Side
    right: Side
    place: str
    words: Mapping[str, str]

    def side(self, side: Side, language: str) -> Side:
        """An example in a language."""
        files = {name: example_in(language, text, self.words) for name, text in side.files.items()}
        return Side(files, example_in(language, side.done, self.words))


_KEYS = {"cause", "mend", "wrong", "right", "at", "words"}


def problem_guide(code: str) -> ProblemGuide:
    """What explains a code of `MESSAGES`.

    Raises:
        KeyError: there is no such code.
        GuideError: its file is not as it should be.
    """
    if code not in MESSAGES:
        raise KeyError(code)
    said = read(f"problems/{code}.yml")
    if unknown := said.keys() - _KEYS:
        raise GuideError(f"{code}: {', '.join(sorted(unknown))}")
    return ProblemGuide(
        code=code,
        cause=Said(said["cause"]),
        mend=Said(said["mend"]),
        wrong=_side(said["wrong"]),
        right=_side(said["right"]),
        place=said.get("at", ""),
        words=said.get("words", {}),
    )


def _side(said: Any) -> Side:
    return Side(done=said) if isinstance(said, str) else Side(files=said)
