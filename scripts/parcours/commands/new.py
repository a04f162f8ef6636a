"""``parcours new``: a file of something new, asked for in a terminal or told by options."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import (
    MESSAGES,
    N_,
    SUGGESTION,
    Mark,
    Problem,
    Problems,
    SourceErrors,
    closest,
)
from ..refusals import UNWRITABLE, reason_of
from ..sources.files import is_file
from .command import ERRORS, MISUSE, OK, CommandOfKinds, Layout, common, config_file, fail, say
from .data import add_json, problem_data, write
from .waiting import Waiting

if TYPE_CHECKING:
    from ..assembly import Compiled
    from ..model.community import Occurrence
    from ..scaffold.keys import Key, Value
    from ..scaffold.site import Draft, Site
    from ..scaffold.subjects import Subject

_KEY = "key "
"""Begins the name under which the parser keeps an answer: no option of ours has a space."""


def _add(parser: ArgumentParser, tr: Translator) -> None:
    parser.allow_abbrev = False
    _own(parser, tr, inner=False)
    parser.set_defaults(subject=None)


def _kinds(parser: ArgumentParser, tr: Translator, given: Sequence[str] | None) -> None:
    """Everything that can be new; what a call names has an option for each of its keys."""
    from ..scaffold.subjects import subjects

    shared = common(tr, inner=True)
    words = parser.add_subparsers(metavar="KIND", help=tr.gettext(N_("what is new")))
    word, asked = _asked(given or ())
    if given is not None and asked is None:
        vars(parser)["error"] = partial(_misused, parser, given, tr)
    for subject in subjects().values():
        is_asked = asked is not None and subject.word == asked.word
        one = words.add_parser(
            subject.word,
            aliases=[word] if is_asked and word != subject.word else [],
            parents=[shared],
            formatter_class=Layout,
            help=tr.gettext(subject.name),
            allow_abbrev=False,
            usage=f"parcours new {subject.word} [-f FILE] [--dry-run] [--KEY VALUE …]",
            epilog=tr.gettext(N_("Without an option that answers a question, each is asked.")),
        )
        one.set_defaults(subject=subject, parser=one, also_known=partial(_options_of, subject))
        if given is None or is_asked:
            _own(one, tr, inner=True)
            _answers(one, subject, tr, given)


def _misused(parser: ArgumentParser, given: Sequence[str], tr: Translator, message: str) -> None:
    """Refuse a call, with the word for what is new that another one is nearly."""
    from ..scaffold.subjects import subjects

    wrong = (word for word in given if repr(word) in message)
    like = next(filter(None, (closest(word, subjects(), 0.7) for word in wrong)), None)
    if like is not None:
        hint = tr.format(SUGGESTION, suggestion=like)
        message = tr.format(N_("{message}; {hint}"), message=message, hint=hint)
    ArgumentParser.error(parser, message)


def _asked(given: Sequence[str]) -> tuple[str, Subject | None]:
    """What a call is about: the first of its words that says it."""
    from ..scaffold.subjects import named_by

    behind = given[given.index("new") + 1 :] if "new" in given else ()
    found = ((word, named_by(word)) for word in behind if not word.startswith("-"))
    return next((one for one in found if one[1] is not None), ("", None))


def _own(parser: ArgumentParser, tr: Translator, *, inner: bool) -> None:
    """The options that are no answers: an inner parser leaves what the outer one read."""
    from argparse import SUPPRESS

    _ = tr.gettext
    none, off = (SUPPRESS, SUPPRESS) if inner else (None, False)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        default=off,
        help=_(N_("print the file instead of writing it")),
    )
    add_json(parser, tr, off)
    parser.add_argument(
        "--file",
        metavar="NAME",
        default=none,
        help=_(N_("its name, without folder and suffix; by default, made of the title")),
    )
    parser.add_argument(
        "--collection", metavar="ID", default=none, help=_(N_("the collection of a meeting"))
    )
    parser.add_argument(
        "--course",
        metavar="NAME",
        default=none,
        help=_(N_("the folder of the course of a session")),
    )


def _options_of(subject: Subject) -> list[str]:
    """The options for the keys of a record."""
    from ..scaffold.keys import keys_of

    return [_option(key) for key in keys_of(subject.record) if key.shape != "group"]


def _option(key: Key) -> str:
    return f"--{key.name.replace('_', '-')}"


def _answers(
    parser: ArgumentParser, subject: Subject, tr: Translator, given: Sequence[str] | None
) -> None:
    """An option for each key of its record that a call names; for all of them in the help."""
    from ..scaffold.keys import keys_of

    words = {word.partition("=")[0] for word in given or ()}
    whole = given is None or bool(words & {"-h", "--help"})
    group = parser.add_argument_group(tr.gettext(N_("what its file says")))
    for key in keys_of(subject.record):
        option = _option(key)
        if key.shape != "group" and (whole or option in words):
            group.add_argument(
                option,
                dest=_KEY + key.name,
                metavar="|".join(key.choices) or key.path[-1].upper(),
                help=tr.gettext(key.about).replace("%", "%%"),
            )


class _Unopened(Exception):
    """The engine refuses the configuration; the text says why."""


def _run(options: Namespace, around: Surroundings) -> int:
    from ..scaffold.answers import Refused
    from ..scaffold.placing import place

    file, tr = config_file(options), around.messages()
    try:
        site = _open(file, around)
    except (SourceErrors, _Unopened) as error:
        return fail(error, file, tr)
    tr = around.messages(site.facts.theme_language)
    try:
        _fill(site, options, tr)
    except Refused as error:
        say(str(error))
        return MISUSE
    if options.dry_run:
        return _show(site.drafts, tr if options.json else None)
    try:
        place(site.facts.root, site.drafts)
    except OSError as error:
        where = str(error.filename or site.facts.root)
        say(tr.format(UNWRITABLE, folder=where, reason=tr.gettext(reason_of(error))))
        return ERRORS
    return _check(site, file, around, tr, for_program=options.json)


def _open(file: Path, around: Surroundings) -> Site:
    """What is known of a site: by its file alone, or where that is not enough by the engine.

    Raises:
        SourceErrors: the configuration is wrong.
        _Unopened: there is none, or the engine refuses it.
    """
    from ..scaffold.site import Site
    from ..sources.plainly import read_plainly
    from ..sources.settings import read_settings

    problems = Problems()
    plain = read_plainly(file, problems) if is_file(file) else None
    if plain is not None:
        places, facts = plain
        declared = "collections" in places.data
        settings = read_settings(places.data, places, facts, problems)
    else:
        from ..engine.config import read_config
        from ..engine.opening import EngineError, open_config

        try:
            opened = open_config(file, around)
        except EngineError as error:
            raise _Unopened(str(error)) from error
        declared = "collections" in opened.plugin.options
        facts, settings = read_config(opened.config, opened.plugin.options, problems)
    if settings is None or problems.errors:
        raise SourceErrors(problems.sorted())
    return Site(settings=settings, facts=facts, declared=declared, now=around.instant())


def _fill(site: Site, options: Namespace, tr: Translator) -> None:
    """Draft what is wanted, by options or by questions.

    Raises:
        Refused: nothing can be written.
    """
    from ..scaffold.answers import Refused

    told = {
        name.removeprefix(_KEY): value
        for name, value in vars(options).items()
        if name.startswith(_KEY) and value is not None
    }
    if told:
        _by_options(site, options, told, tr)
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        text = N_("there is no terminal to ask in: answer by options, « parcours new KIND --help »")
        raise Refused(tr.gettext(text))
    from ..scaffold.dialogue import Conversation
    from ..scaffold.terminal import Terminal

    talk = Conversation(
        site=site,
        asker=Terminal(tr),
        tr=tr,
        collection=options.collection,
        course=options.course,
        name=options.file,
    )
    talk.write(options.subject or talk.choose())


def _by_options(site: Site, options: Namespace, told: Mapping[str, str], tr: Translator) -> None:
    from ..scaffold.answers import (
        Refused,
        collections_for,
        courses_for,
        draft,
        name_refusal,
    )
    from ..scaffold.faults import faults
    from ..scaffold.site import file_name

    subject: Subject = options.subject
    collection = _one_of(collections_for(site, subject, tr), options.collection, "collection", tr)
    courses = {one: one for one in courses_for(site, subject, collection, tr)}
    course = _one_of(courses, options.course, "course", tr) or ""
    answers = _answered(site, subject, told, tr)
    wrong = [one for _, one in faults(subject, answers, collection, site)]
    if wrong:
        raise Refused("\n".join(one.sentence(tr) for one in wrong))
    day = str(answers.get("start") or answers.get("date") or "")[:10]
    title = str(answers.get(subject.titled_by, ""))
    name = options.file or file_name(subject, title, day, collection)
    refusal = name_refusal(site, site.folder(subject, collection, course), name, tr)
    if refusal:
        raise Refused(f"--file: {refusal}")
    one = draft(site, subject, collection, course=course, name=name, answers=answers)
    site.drafts.append(one)


T = TypeVar("T")


def _one_of(known: Mapping[str, T], wanted: str | None, name: str, tr: Translator) -> T | None:
    """The one that is named, or the only one; None where there is none to choose."""
    from ..scaffold.answers import Refused

    if wanted is not None and wanted in known:
        return known[wanted]
    if not known or (wanted is None and len(known) == 1):
        return next(iter(known.values()), None)
    params = {"field": f"--{name}", "value": wanted or "", "known": ", ".join(known)}
    raise Refused(Problem(code="bad-choice", mark=Mark(""), params=params).sentence(tr))


def _answered(
    site: Site, subject: Subject, told: Mapping[str, str], tr: Translator
) -> dict[str, Value]:
    """The answers of options, in the order in which they would be asked.

    Raises:
        Refused: some cannot stand in a file; all are told.
    """
    from ..scaffold.answers import Refused, put, refused, taken
    from ..scaffold.keys import keys_of, refusal

    keys = {key.name: key for key in keys_of(subject.record)}
    asked = [*(name for name in subject.record.ASKED if name in told), *keys]
    answers: dict[str, Value] = {}
    wrong = []
    for name in dict.fromkeys(name for name in asked if name in told):
        key, text = keys[name], told[name]
        if key.shape == "groups":
            value = _groups(key, text, tr)
            problem = refusal(subject.record, key.path, value, site.settings.date_style)
        else:
            problem = refused(site, subject.record, key, text)
            value = [] if problem else taken(site, subject.record, key, text)
        if problem is not None:
            wrong.append(_named(problem, name, tr))
        put(answers, key.path, value)
    if wrong:
        raise Refused("\n".join(wrong))
    return answers


def _named(problem: Problem, name: str, tr: Translator) -> str:
    """What is wrong with the answer of an option, which it names in place of the key."""
    option = f"--{name}"
    if MESSAGES[problem.code][0].startswith("{field}: ") and problem.params.get("field"):
        params = {**problem.params, "field": option}
        return replace(problem, params=params).sentence(tr)
    return f"{option}: {problem.sentence(tr)}"


def _groups(key: Key, text: str, tr: Translator) -> Value:
    """A list of groups, which an option writes as YAML: ``[{id: a, title: A}]``.

    Raises:
        Refused: it is no list.
    """
    from ..scaffold.answers import Refused
    from ..sources.yaml import read_yaml

    problems = Problems()
    document = read_yaml(f"{key.path[-1]}: {text}", f"--{key.name}", problems)
    found = document.data.get(key.path[-1]) if document else None
    if problems.errors or not isinstance(found, list):
        told = [f"--{key.name}: {one.sentence(tr)}" for one in problems.sorted()]
        params = {"field": f"--{key.name}", "expected": N_("a list"), "example": "[{…}, {…}]"}
        told = told or [Problem(code="bad-type", mark=Mark(""), params=params).sentence(tr)]
        raise Refused("\n".join(told))
    return [_texts(one) for one in found]


def _texts(value: object) -> Value:
    """What our reader read, without keys that hold nothing."""
    if isinstance(value, dict):
        return {str(key): _texts(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return str(value or "")


def _show(drafts: Sequence[Draft], tr: Translator | None) -> int:
    """Print what would be written; with a translator, for a program."""
    if tr is not None:
        write(tr, _data(drafts, is_written=False))
        return OK
    for one in drafts:
        say(one.path)
        print(one.text, end="", flush=True)
    return OK


def _data(
    drafts: Sequence[Draft],
    *,
    is_written: bool,
    addresses: Iterable[str] = (),
    problems: Iterable[Mapping[str, object]] = (),
) -> Mapping[str, object]:
    return {
        "is_written": is_written,
        "files": [{"file": one.path, "text": one.text} for one in drafts],
        "addresses": list(addresses),
        "problems": list(problems),
    }


def _check(
    site: Site, file: Path, around: Surroundings, tr: Translator, *, for_program: bool
) -> int:
    """Check what was written, and tell where it stands and what it says."""
    from ..engine.opening import EngineError, compile_only, open_config

    for one in site.drafts:
        say(tr.format(N_("Written: {file}"), file=_shown(site, one)))
    problems = Problems()
    try:
        with Waiting(tr, N_("checking what was written")) as waiting:
            opened = open_config(file, around)
            compiled = compile_only(opened, problems, waiting.done, draws=False)
    except (EngineError, SourceErrors) as error:
        return fail(error, file, tr)
    paths = {one.path for one in site.drafts}
    found = [one for one in problems.sorted() if one.mark.file in paths]
    if for_program:
        url = site.settings.site_url
        where = [url + one for one in _addresses(compiled, paths)] if compiled is not None else []
        told = [problem_data(one, tr, lambda code: "") for one in found]
        write(tr, _data(site.drafts, is_written=True, addresses=where, problems=told))
    for problem in () if for_program else found:
        print(problem.line(tr))
    if compiled is not None:
        _tell(compiled, site, tr)
    elif not found:
        say(tr.gettext(N_("Other files have errors, which « parcours check » tells.")))
    errors = any(one.severity == "error" for one in found)
    text = N_("Next: mend these lines, then « parcours check ».")
    if not errors:
        text = N_(
            "Next: read it with « parcours serve », then propose it: git add {files} && git commit"
        )
    files = " ".join(_shown(site, one) for one in site.drafts)
    say(tr.format(text, files=files))
    return ERRORS if errors else OK


def _shown(site: Site, draft: Draft) -> str:
    """A path as one would type it here."""
    return os.path.relpath(site.facts.root / draft.path)


def _tell(compiled: Compiled, site: Site, tr: Translator) -> None:
    """The address of what has a page, and its hour as every feed tells it."""
    from ..wording import undated

    community = compiled.community
    paths = {one.path for one in site.drafts}
    for address in _addresses(compiled, paths):
        say(tr.format(N_("Address: {address}"), address=community.settings.site_url + address))
    for event in community.events:
        if event.source in paths:
            hours = [_hour(one, tr) for one in event.occurrences]
            say(tr.format(N_("When: {when}"), when="; ".join(hours) or undated(event, tr)))


def _hour(occurrence: Occurrence, tr: Translator) -> str:
    """Days and hours as feeds tell them: local, with the zone, and for all clocks in UTC."""
    from ..wording import when_and_there

    told = when_and_there(occurrence, tr)
    if occurrence.all_day:
        return told
    begins, ends = occurrence.begins, occurrence.ends
    last = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{told} ({begins:%Y-%m-%d %H:%M}–{last} UTC)"


def _addresses(compiled: Compiled, paths: Collection[str]) -> Iterator[str]:
    """Where the sources stand, relative to the site's root."""
    from ..model.community import entity_address

    community = compiled.community
    yield from (one.address for one in community.things if one.source in paths)
    for one in community.entities:
        address = entity_address(one, community.settings.addresses)
        if one.source in paths and address in compiled.plan:
            yield address


NEW = CommandOfKinds(
    "new",
    N_("write the file of something new: a meeting, a post, a place, a person"),
    'parcours new webinar --title "Former dehors" --start "2027-05-20 12:30"',
    _add,
    _run,
    inner=_kinds,
)
