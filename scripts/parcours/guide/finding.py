"""What a word asks for: a subject, a key, a value, or a word for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from ..i18n import Translator
from ..model.names import slug
from ..model.repeat_slips import mended
from ..model.repeat_words import is_rule
from ..model.shape import choices_of, field_at, meant_keys
from ..model.subjects import subjects
from ..model.synonyms import EVENTS, FLAG, targets
from ..model.values import DAY_FIRST, Moment, ValueRefused
from ..problems import N_, Mark, Mend, Problem
from .article import Article, Part, Row
from .articles import contents, field_article, subject_article, understood
from .fields import FieldGuide, field_guides
from .told import problem_article

Group = tuple[FieldGuide, ...]
"""What several subjects share, the same in each."""

MOST = 6
"""Articles that answer one word: more of them would hide the one that is meant."""


def found(word: str, tr: Translator, today: date | None) -> tuple[Article, ...]:
    """What explains a word that is no code of a problem, the likeliest first.

    Args:
        today: from when on the dates of « chaque 2e jeudi » are told; None to tell none.
    """
    if not word:
        return (contents(tr),)
    its = {one.topic: one for one in _articles(word, tr)}
    if not its and today is not None and (told := _repeated(word, today, tr)):
        return (told,)
    return tuple(its.values())[:MOST]


def _repeated(sentence: str, today: date, tr: Translator) -> Article | None:
    """How a sentence that says how often something is held is understood, or why it is not; None
    for another."""
    try:
        part = understood(sentence, Moment(today), tr)
    except ValueRefused as error:
        found = mended(sentence, Moment(today), DAY_FIRST) if error.code == "bad-repeat" else None
        left = str(error.params.get("part"))
        if error.code == "bad-repeat" and not (found or _says_when(sentence, left)):
            return None
        params = {"field": "repeat", **error.params}
        said = found and {"better": f"repeat: {found.sentence}", "other": found.other}
        mend = Mend(found.text, said or {}) if found else None
        told = Problem(code=error.code, mark=Mark(""), params=params, mend=mend).sentence(tr)
        # « 0 fois » is no number of another sort.
        code = "bad-repeat" if error.code == "out-of-range" else error.code
        return replace(problem_article(code, tr), lead=told)
    group = next(one for one in _groups() if one[0].is_repeat)
    return replace(_of(group, tr), parts=(part,))


def _says_when(sentence: str, part: str) -> bool:
    """Whether a sentence says how often something is held, beside a part that is not understood."""
    if is_rule(sentence):
        return True
    each = _EACH.match(sentence)
    return each is not None and bool(sentence[each.end() :].replace(part, "").strip(" ,;"))


_EACH = re.compile(r"(?:chaque|tou(?:s|tes)\s+les|every|each)\s", re.IGNORECASE)
"""How a sentence begins that says how often something is held."""


def words(tr: Translator) -> Iterator[str]:
    """What can be asked for, beside the codes of problems."""
    yield from subjects()
    yield from (tr.gettext(one.name).lower() for one in subjects().values())
    yield from (one.name for group in _groups() for one in group)


def _articles(word: str, tr: Translator) -> Iterator[Article]:
    exact = [*_subjects_called(word, tr), *_singulars(word, tr), *_keys_called(word, tr)]
    yield from exact
    if not any(one.title == word or one.topic == word for one in exact):
        for group, value in _meant(word, tr):
            yield _for_word(group, word, value, tr)


def _subjects_called(word: str, tr: Translator) -> Iterator[Article]:
    sort = None if targets(word, tr.language) else EVENTS.value_of(word)
    for subject in subjects().values():
        if slug(word) in {subject.id, slug(tr.gettext(subject.name))} or subject.id == sort:
            yield subject_article(subject, tr)


def _singulars(word: str, tr: Translator) -> Iterator[Article]:
    """The key of a whole file of which a word is the singular, before those of its parts."""
    for group, value in _meant(word, tr):
        if group[0].path == (f"{word}s",):
            yield _for_word(group, word, value, tr)


def _keys_called(word: str, tr: Translator) -> Iterator[Article]:
    for group in _groups():
        whole = {f"{one.subject.id}.{one.name}" for one in group}
        if _is_key(group[0], word) or word in whole:
            yield _of(group, tr)


def _for_word(group: Group, word: str, value: str, tr: Translator) -> Article:
    """The field that is meant by a word, and what is written instead of it."""
    one = replace(group[0], instead=value)
    article = _of((one, *group[1:]), tr)
    if word == one.path[-1]:
        return article
    text = tr.format(N_("is written {key}"), key=f"{one.name}: {value}".rstrip())
    return replace(article, parts=(Part("", (Row(f"«\u00a0{word}\u00a0»", text),)), *article.parts))


def _of(group: Group, tr: Translator) -> Article:
    return field_article(group[0], tr, [one.subject for one in group])


def _is_key(one: FieldGuide, word: str) -> bool:
    return word == one.name or one.name.endswith(f".{word}")


def _meant(word: str, tr: Translator) -> Iterator[tuple[Group, str]]:
    """The fields for which people write the word: as a key, those first for which it stands in any
    file; or as a value, which comes with it."""
    stands_for = [one.path for one in targets(word, tr.language)]
    order = {path: number for number, path in reversed(list(enumerate(stands_for)))}
    for group in sorted(_groups(), key=lambda one: order.get(one[0].path, len(stands_for))):
        one = group[0]
        for meant in meant_keys(word, one.subject.record, one.path[:-1], tr.language):
            if meant.path == one.path:
                yield group, meant.value
    for group in _groups():
        one = group[0]
        field = field_at(one.subject.record, one.path)
        choices = choices_of(field) if field else None
        value = word if choices and word in choices.meanings else choices and choices.value_of(word)
        if value and choices is not FLAG:
            yield group, value


@cache
def _groups() -> tuple[Group, ...]:
    """The fields that several subjects share, as one group each."""
    found: dict[tuple[tuple[str, ...], str], Group] = {}
    for subject in subjects().values():
        for one in field_guides(subject):
            key = (one.path, one.origin)
            found[key] = (*found.get(key, ()), one)
    return tuple(found.values())
