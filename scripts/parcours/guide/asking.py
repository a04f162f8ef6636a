"""What a word asks for: the code of a problem, or something of the schema."""

from __future__ import annotations

from datetime import date

from ..i18n import Translator
from ..problems import MESSAGES, closest
from .article import Article
from .told import problem_article


def explain(asked: str, tr: Translator, today: date | None = None) -> tuple[Article, ...]:
    """What explains a word, the likeliest first; nothing for a word that nothing knows.

    Args:
        today: from when on the dates of « chaque 2e jeudi » are told; None to tell none.
    """
    word = asked.strip().strip(".:")
    if word in MESSAGES:
        return (problem_article(word, tr),)
    from .finding import found  # the schema, which takes long to load

    return found(word, tr, today)


def near(asked: str, tr: Translator) -> str | None:
    """What is like a word that nothing knows, and can be asked for; None for nothing."""
    from .finding import words

    return closest(asked.strip().lower(), (*MESSAGES, *words(tr)))
