"""A problem explained: why it is one, how it is mended, and an example of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..i18n import LANGUAGES
from ..problems import MESSAGES
from .texts import GuideError, Said, example_in, read


@dataclass(frozen=True)
class Side:
    """How something is written wrong, or right: in files, or as one thing that is done.

    Attributes:
        files: what stands in which file, by path in a site, as an author writes it; the files of
            the site of the examples (`guide/site`) that are not named stay as they are, and those
            of `ProblemGuide.before` that are not named are deleted.
        command: what one types in a terminal, where no text shows it.
        told: what one does, in words, where no command shows it either.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    command: str = ""
    told: Said | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemGuide:
    """What is to be known of the problems with a code.

    Attributes:
        cause: why it is told: what a reader or subscriber would meet.
        mend: what to do, and how to choose where there is a choice.
        place: where the wrong example is told, as ``file:line:column``, in French.
        before: what was published in which file before, where the problem lies in the change.
        words: French to English, in the examples.
    """

    code: str
    cause: Said
    mend: Said
    wrong: Side
    right: Side
    place: str
    before: Mapping[str, str]
    words: Mapping[str, str]

    def side(self, side: Side, language: str) -> Side:
        """An example in a language."""
        return Side(
            self.written(side.files, language),
            example_in(language, side.command, self.words),
            side.told,
        )

    def written(self, files: Mapping[str, str], language: str) -> Mapping[str, str]:
        """Files of an example in a language, their names too."""
        return {
            example_in(language, name, self.words): example_in(language, text, self.words)
            for name, text in files.items()
        }


_KEYS = {"cause", "mend", "before", "wrong", "right", "at", "words"}


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
        place=said["at"],
        before=said.get("before", {}),
        words=said.get("words", {}),
    )


def _side(said: Any) -> Side:
    if isinstance(said, str):
        return Side(command=said)
    return Side(told=Said(said)) if said.keys() == set(LANGUAGES) else Side(files=said)
