"""The code of a problem, explained: nothing of the schema is asked, which takes long to load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..i18n import Translator
from ..problems import MESSAGES, N_
from .article import Article, Part, Row
from .problems import ProblemGuide, Side, problem_guide


def problem_article(code: str, tr: Translator) -> Article:
    """A problem: what is said, why, how it is mended, and an example of both."""
    guide = problem_guide(code)
    message, _ = MESSAGES[code]
    return Article(
        topic=code,
        title=_first_upper(re.sub(r"\{\w+\}", "…", tr.gettext(message))),
        lead=guide.cause.to(tr),
        parts=(
            Part("", (Row(tr.gettext(N_("How to mend it")), guide.mend.to(tr)),)),
            *_sides(guide, Side(guide.before), N_("Published before"), tr),
            *_sides(guide, guide.wrong, N_("Wrong"), tr),
            *_sides(guide, guide.right, N_("Right"), tr),
        ),
    )


def problem_rows(codes: Iterable[str], tr: Translator) -> tuple[Row, ...]:
    """Problems by their codes, with what is said of each."""
    return tuple(
        Row(code, re.sub(r"\{\w+\}", "…", tr.gettext(MESSAGES[code][0])), code)
        for code in sorted(codes)
    )


def _sides(guide: ProblemGuide, side: Side, heading: str, tr: Translator) -> Iterator[Part]:
    said = guide.side(side, tr.language)
    heading = tr.gettext(heading)
    if said.told:
        yield Part("", (Row(heading, said.told.to(tr)),))
    if said.command:
        yield Part(heading, code=said.command.rstrip())
    for name, text in said.files.items():
        yield Part(heading, code=text.rstrip("\n"), file=name)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
