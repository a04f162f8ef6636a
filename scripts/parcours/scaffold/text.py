"""Answers → the text of a file, with what people often add next as comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..i18n import Translator
from ..model.blanks import UNFILLED
from ..model.schema import Record
from ..model.values import DateStyle, End, Moment
from ..problems import N_
from .keys import Key, Value, keys_of, refusal
from .subjects import Subject
from .writing import lines

BODY = "description"
"""The key that a source with a text says in its text."""


def has_body(subject: Subject) -> bool:
    """Whether its file has a text below the keys."""
    return subject.suffix == ".md"


def file_text(
    subject: Subject,
    answers: Mapping[str, Value],
    known: Mapping[str, str],
    tr: Translator,
    style: DateStyle,
) -> str:
    """The text of a file.

    Args:
        known: for each folder of data, an id that a comment may name.
    """
    said = dict(answers)
    body = str(said.pop(BODY, "")) if has_body(subject) else ""
    head = [*lines(said), *proposals(subject, answers, known, tr, style)]
    return whole(subject, head, body)


def whole(subject: Subject, head: Sequence[str], body: str) -> str:
    """A file of these lines, and of the text below them where it has one."""
    if not has_body(subject):
        return "\n".join([*head, ""])
    return "\n".join(["---", *head, "---", *([body] if body else []), ""])


def proposals(
    subject: Subject,
    answers: Mapping[str, Value],
    known: Mapping[str, str],
    tr: Translator,
    style: DateStyle,
) -> Iterator[str]:
    """Keys that are not said yet: each works once its « # » is taken away."""
    record = subject.record
    hidden = {*record.QUIET, *answers, *([BODY] if has_body(subject) else [])}
    open_keys = [k for k in keys_of(record) if len(k.path) == 1 and k.name not in hidden]
    if not open_keys:
        return
    yield "## " + tr.gettext(N_("Other keys: take the « # » away before the one that you need."))
    for key in open_keys:
        words = f" ({', '.join(key.choices)})" if key.holds is str and key.choices else ""
        yield f"## {tr.gettext(key.about)}{words}"
        example = {key.name: _example(record, key, known, answers, tr, style)}
        yield from (f"# {line}" for line in lines(example))


def _example(
    record: type[Record],
    key: Key,
    known: Mapping[str, str],
    answers: Mapping[str, Value],
    tr: Translator,
    style: DateStyle,
) -> Value:
    if key.record is not None:
        inner = _sample(key.record, known, answers, tr, style)
        return [inner] if key.is_list else inner
    if key.refers:
        text: str = known.get(key.refers, key.refers)
    elif key.choices:
        text = list(key.choices)[0 if key.holds is bool else -1]
    else:
        samples = key.forms.examples if key.forms else ()
        when = str(answers.get("start") or answers.get("date") or "")
        if when and (key.holds is Moment or (key.holds is End and len(when) == len("2027-05-20"))):
            samples = (when[:10], *samples)
        said = map(tr.gettext, samples)
        fitting = (one for one in said if refusal(record, key.path, one, style) is None)
        text = next(fitting, UNFILLED)
    return [text] if key.is_list else text


def _sample(
    record: type[Record],
    known: Mapping[str, str],
    answers: Mapping[str, Value],
    tr: Translator,
    style: DateStyle,
) -> dict[str, Value]:
    """A group with what it must say and is asked for, else with all that it may."""
    keys = [key for key in keys_of(record) if len(key.path) == 1]
    wanted = [key for key in keys if key.required or key.name in record.ASKED]
    shown = wanted or [key for key in keys if key.name not in record.QUIET]
    return {key.name: _example(record, key, known, answers, tr, style) for key in shown}
