"""What the guide says, as articles: the command prints them, the reference shows them as pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..i18n import Translator
from ..model.repeat_words import parse_repeat
from ..model.repeats import last_day, rule_of
from ..model.schema import SeriesRecord
from ..model.subjects import Subject, subjects
from ..model.values import Moment, parse_moment
from ..problems import N_, Mark, Problem
from ..repeating import repeats
from .article import Article, Part, Row
from .fields import FieldGuide, field_guides
from .texts import Said, example_in, read


def subject_article(subject: Subject, tr: Translator) -> Article:
    """A subject: what it is, an example, and its keys."""
    said = read(f"subjects/{subject.id}.yml")
    keys = tuple(
        Row(one.name, _what(one, tr), f"{subject.id}.{one.name}") for one in field_guides(subject)
    )
    return Article(
        topic=subject.id,
        title=tr.gettext(subject.name),
        lead=Said(said["what"]).to(tr),
        parts=(
            Part(
                tr.gettext(N_("Example")),
                code=example_in(tr.language, said["example"]).rstrip(),
                file=example_in(tr.language, said["file"]),
            ),
            Part(tr.gettext(N_("Keys")), keys),
        ),
    )


def _what(one: FieldGuide, tr: Translator) -> str:
    what = tr.gettext(one.what)
    return tr.format(N_("{what} Required."), what=what) if one.required else what


def field_article(one: FieldGuide, tr: Translator, where: Sequence[Subject] = ()) -> Article:
    """A field: what it accepts, an example, and where it shows.

    Args:
        where: the subjects that have it, to be told.
    """
    facts = []
    if where:
        names = ", ".join(subject.id for subject in where)
        facts.append(Row(tr.gettext(N_("Stands in")), names))
    if one.forms:
        facts.append(Row(tr.gettext(N_("Accepts")), one.accepted(tr)))
    nowhere = tr.gettext(N_("Nowhere."))
    page = one.page.to(tr) if one.page else nowhere
    calendar = one.calendar.to(tr) if one.calendar else nowhere
    shown = (
        Row(tr.gettext(N_("On the site")), page),
        Row(tr.gettext(N_("In calendars and feeds")), calendar),
    )
    values = tuple(Row(value, tr.gettext(said)) for value, said in one.choices.items())
    forms = tuple(Row(form, "") for form in one.examples(tr) if form != one.example)
    below = tuple(Row(key, "", f"{one.subject.id}.{one.name}.{key}") for key in one.parts)
    parts = (
        Part("", (*facts, *shown)),
        Part(tr.gettext(N_("Values")), values),
        Part(tr.gettext(N_("Keys")), below),
        Part(tr.gettext(N_("Example")), code=one.lines(tr.language)),
        *([_understood_example(one, tr)] if one.is_repeat else []),
        Part(tr.gettext(N_("Also accepted")), forms),
    )
    return Article(
        topic=f"{one.subject.id}.{one.name}",
        title=one.name,
        lead=_what(one, tr),
        parts=tuple(part for part in parts if part.rows or part.code),
    )


def understood(text: str, begin: Moment, tr: Translator) -> Part:
    """How often something is held, as it is understood, and its next dates.

    Args:
        begin: from when on.

    Raises:
        ValueRefused: it is not understood.
    """
    said = parse_repeat(text)
    until = last_day(said.until, begin.day) if said.until else None
    rule = rule_of(said.step, said.ons, said.hours, until, said.count)
    if said.hours:
        begin = Moment(begin.day, said.hours[0])
    first = next(rule.hits(begin), None)
    rows = [Row(repeats(rule, first or begin, tr), "")]
    rows += _held(text, first or begin, tr)
    return Part(tr.gettext(N_("As understood, with its next dates")), tuple(rows))


def _held(text: str, first: Moment, tr: Translator) -> Iterator[Row]:
    """The dates on which what begins so is held, and what is wrong with what is said of some."""
    from ..model.series import NEAR, unroll  # all that a meeting is, which no other article asks

    record = SeriesRecord.model_validate({"title": text[:9], "start": str(first), "repeat": text})
    unrolled = unroll(record, first.day + NEAR)
    for fault in unrolled.faults:
        wrong = Problem(code=fault.code, mark=Mark(""), params=fault.params, mend=fault.mend)
        yield Row(wrong.sentence(tr), "")
    held = sorted(unrolled.slots, key=lambda one: one.start.naive)
    moved = [one for one in held[MOST_DATES:] if one.start != one.original]
    for slot in (*held[:MOST_DATES], *moved[:MOST_DATES]):
        told = _told(slot.start, tr)
        if slot.start != slot.original:
            day = tr.day(slot.original.day, weekday=False)
            told += ", " + tr.format(N_("instead of {day}"), day=day)
        yield Row(told, "")
    for one in [one for its in unrolled.excluded.values() for one in its][:MOST_DATES]:
        yield Row(tr.format(N_("not on {day}"), day=tr.day(one.day)), "")


def _told(one: Moment, tr: Translator) -> str:
    return tr.day(one.day) + (f", {tr.time(one.at)}" if one.at else "")


def _understood_example(one: FieldGuide, tr: Translator) -> Part:
    begin = parse_moment(read("fields/event.yml")["start"]["example"])
    return understood(example_in(tr.language, one.example), begin, tr)


MOST_DATES = 6
"""Dates of a series that are shown as they are understood."""


def contents(tr: Translator) -> Article:
    """What can be explained: the subjects, and how to ask for the rest."""
    rows = tuple(
        Row(one.id, Said(read(f"subjects/{one.id}.yml")["what"]).to(tr), one.id)
        for one in subjects().values()
    )
    return Article(
        topic="",
        title=tr.gettext(N_("Reference")),
        lead=tr.gettext(
            N_("What may be written in the files of this site, and what is told of them.")
        ),
        parts=(Part(tr.gettext(N_("What a file may be about")), rows),),
    )
