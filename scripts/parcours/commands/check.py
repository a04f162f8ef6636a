"""``parcours check``: the sources alone."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, Problem, Problems, SourceErrors
from ..refusals import reason_of
from ..sources.excerpts import Excerpts
from ..sources.files import is_file, is_there
from .answered import add_cache, keep, keeping, repeat, stamps_of
from .command import ERRORS, MISUSE, OK, Command, Voice, config_file, fail, say
from .data import FOR_PROGRAMS, as_json, problem_data
from .waiting import Waiting

if TYPE_CHECKING:
    from ..assembly import Compiled
    from ..model.community import Event
    from ..model.settings import Settings


HELD = N_(
    "« {file} » could be set right, but holds changes that are in no commit: it is left as it is "
    "(--uncommitted sets it right too)"
)
READING = N_("reading the sources")
UNWRITTEN = N_("« {file} » cannot be written: {reason}; it is as it was")


def _add(parser: ArgumentParser, tr: Translator) -> None:
    _ = tr.gettext
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=_(N_("tell only of these"))
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help=_(N_("set right in the sources what is certain, and show it; the rest is told")),
    )
    parser.add_argument(
        "--uncommitted",
        action="store_true",
        help=_(N_("with --fix: also in files with changes that are in no commit yet")),
    )
    parser.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default="text",
        help=_(N_("« github » marks the lines of a pull request")),
    )
    parser.add_argument(
        "--json",
        dest="format",
        action="store_const",
        const="json",
        help=_(FOR_PROGRAMS),
    )
    parser.add_argument(
        "--verbose",
        action="store_true",
        help=_(
            N_(
                "also tell how each series is understood, its next six dates, and each replay that "
                "is awaited"
            )
        ),
    )
    add_cache(parser, tr)


def _run(options: Namespace, around: Surroundings) -> int:
    around = keeping(options, around)
    file, tr = config_file(options), around.messages()
    for path in options.paths:
        if not is_there(path):
            say(tr.format(N_("no file or folder « {path} »"), path=path))
            return MISUSE
    voice = Voice()
    stamps = None
    if not options.fix:
        stamps = stamps_of(options, around, options.format, options.verbose, *options.paths)
    answer = stamps.find() if stamps else None
    if answer is not None:
        return repeat(answer, voice)
    from ..engine.opening import EngineError, compile_only, open_config, site_settings

    problems = Problems()
    is_fixed = True
    try:
        if options.fix:
            is_fixed = _fix(options, around)
        opened = open_config(file, around)
        tr = opened.messages
        settings = partial(site_settings, opened)
        teller = _Teller(file.resolve().parent, options, tr, settings, voice)
        with Waiting(tr, READING) as waiting:
            tell = partial(teller.at, problems, waiting)
            compiled = compile_only(opened, problems, tell, draws=False)
    except (EngineError, SourceErrors) as error:
        if options.format != "json":
            return fail(error, file, tr)
        told = error.problems if isinstance(error, SourceErrors) else ()
        _write_data(tr, Found(told=told, failure=str(error) if not told else ""), voice)
        return ERRORS if told else fail(error, file, tr)
    teller.tell(problems)
    found = _found(teller, compiled, options, file.resolve().parent)
    if options.format == "json":
        _write_data(tr, found, voice)
    else:
        _tell_found(found, options, tr, voice)
    code = ERRORS if found.errors or not is_fixed else MISUSE if found.aside else OK
    if stamps is not None and compiled is not None:
        from ..engine.stamp import Answer

        keep(stamps, Answer(voice.said, code), opened, compiled)
    return code


def _found(teller: _Teller, compiled: Compiled | None, options: Namespace, root: Path) -> Found:
    aside = _set_aside(options.paths, root, teller.settings)
    if compiled is None:
        return Found(told=teller.told, explained=teller.explained, aside=aside)
    events = compiled.community.events
    return Found(
        told=teller.told,
        explained=teller.explained,
        is_read=True,
        events=sum(_is_wanted(root / event.source, options.paths) for event in events),
        aside=aside,
        owed=() if options.paths else compiled.owed,
        series=tuple(
            event
            for event in (events if options.verbose else ())
            if event.dates and _is_wanted(root / event.source, options.paths)
        ),
        names_zones=compiled.community.names_zones,
        now=compiled.now,
    )


def _tell_found(found: Found, options: Namespace, tr: Translator, voice: Voice) -> None:
    """What there is to say after the problems, to people."""
    for path in found.aside:
        text = N_("« {path} » is no source of the site: it was not checked")
        voice.say(tr.format(text, path=path))
    is_aside = bool(options.paths) and len(found.aside) == len(options.paths)
    if found.is_read and not found.errors:
        unread = bool(options.paths) and (found.warnings or is_aside)
        if found.events or not unread:
            _tell_checked(found.events, tr, voice)
    elif found.errors or not is_aside:
        if options.fix:
            voice.say(tr.ngettext("{n} error is left.", "{n} errors are left.", found.errors))
        else:
            voice.say(tr.ngettext("{n} error.", "{n} errors.", found.errors))
    if found.warnings:
        voice.say(tr.ngettext("{n} warning.", "{n} warnings.", found.warnings))
    _tell_more(found, tr, voice)
    _tell_owed(found.owed, tr, voice, is_verbose=options.verbose)
    for event in found.series:
        _tell_series(event, found, tr, voice)


NEXT_DATES = 6
"""How many dates of a series are told."""


def _tell_series(event: Event, found: Found, tr: Translator, voice: Voice) -> None:
    """How a series is understood: in words, and by its next dates."""
    from ..model.schema import OFF
    from ..wording import rhythm, when, when_and_there

    now, said = found.now, when_and_there if found.names_zones else when
    text = N_("{file}: {rhythm}")
    voice.say(tr.format(text, file=event.source, rhythm=rhythm(event, tr)))
    held = (one for one in event.dates if one.record.status not in OFF)
    coming = [one for one in held if now is None or one.occurrences[0].ends > now]
    for date in coming[:NEXT_DATES]:
        voice.say(f"  {said(date.occurrences[0], tr)}")


def _fix(options: Namespace, around: Surroundings) -> bool:
    """Set right what is certain, and show it; whether nothing stood in the way."""
    from ..engine.opening import compile_only, open_config, site_settings
    from ..sources.fixing import fixes, write
    from ..sources.history import HistoryError, uncommitted

    file = config_file(options)
    opened, problems = open_config(file, around), Problems()
    tr, root, settings = opened.messages, file.resolve().parent, site_settings(opened)
    if settings is None:
        return True
    compile_only(opened, problems, draws=False)
    found = fixes(root, settings, problems.sorted(), lambda path: _is_wanted(path, options.paths))
    names = [str(one.path.relative_to(root)) for one in found]
    try:
        changed = uncommitted(root, names)
    except HistoryError:
        changed = None  # nobody knows which are committed
    wrong = {problem.mark.file for problem in problems.sorted()}
    done = 0
    for one, name in zip(found, names, strict=True):
        is_changed = changed is None or name in changed
        if one.file not in wrong and not is_changed and not options.paths:
            continue  # it is somebody else's, and nothing is wrong in it
        if is_changed and not options.uncommitted:
            say(tr.format(HELD, file=one.file))
            continue
        try:
            write(one)
        except OSError as error:
            reason = tr.gettext(reason_of(error))
            say(tr.format(UNWRITTEN, file=one.file, reason=reason))
            return False
        for line in one.diff():
            print(line, file=sys.stderr if options.format == "json" else sys.stdout)
        done += 1
    say(tr.ngettext("{n} file set right.", "{n} files set right.", done))
    return True


class _Teller:
    """Tells what is wrong: in the sources as soon as they are read, then what is found later."""

    def __init__(
        self,
        root: Path,
        options: Namespace,
        tr: Translator,
        settings: Callable[[], Settings | None],
        voice: Voice,
    ) -> None:
        self._voice = voice
        self.told: list[Problem] = []
        self._read_settings = settings
        self._root = root
        self._options = options
        self._tr = tr

    def at(self, problems: Problems, waiting: Waiting, phase: str) -> None:
        """A phase is over."""
        waiting.done(phase)
        if phase == "sources":
            self.tell(problems)

    def tell(self, problems: Problems) -> None:
        """Tell what was not told yet, by place."""
        known = {id(one) for one in self.told}
        found = [
            one
            for one in problems.sorted()
            if id(one) not in known and _is_wanted(self._root / one.mark.file, self._options.paths)
        ]
        self.told += found
        if self._options.format == "json":
            return  # all of it at once, at the end
        if self._options.format == "github":
            for problem in found:
                self._voice.print(problem.annotation(self._tr, self.explained(problem.code)))
            return
        excerpts = Excerpts(self._root)
        for problem in found:
            self._voice.print(excerpts.told(problem, self._tr))

    @cached_property
    def settings(self) -> Settings | None:
        """Of the site; None where the configuration holds errors."""
        return self._read_settings()

    def explained(self, code: str) -> str:
        """The whole address of the page that explains a code; "" on a site without a reference."""
        from ..pages.reference import problem_address

        if self.settings is None:
            return ""
        page = self._root / self.settings.docs_dir / self.settings.addresses.contribute
        written = (page.with_suffix(".md"), page / "index.md")
        if not any(map(is_file, written)):
            return ""
        return self.settings.site_url + problem_address(code, self.settings)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a check found.

    Attributes:
        explained: the whole address of the page that explains a code; "" for none.
        is_read: whether the sources hold no error that keeps the site from being made.
        events: those that were checked.
        aside: files and folders that were asked for, and are no sources.
        owed: the events whose replay is awaited for too long.
        series: those of which it is asked how they are understood, at *now*.
        names_zones: whether every hour says whose it is, as on the pages.
        failure: why nothing was read; "" for no such reason.
    """

    told: Sequence[Problem]
    explained: Callable[[str], str] = lambda code: ""
    is_read: bool = False
    events: int = 0
    aside: Sequence[Path] = ()
    owed: Sequence[Event] = ()
    series: Sequence[Event] = ()
    names_zones: bool = False
    now: datetime | None = None
    failure: str = ""

    @property
    def errors(self) -> int:
        return sum(one.severity == "error" for one in self.told)

    @property
    def warnings(self) -> int:
        return len(self.told) - self.errors


def _write_data(tr: Translator, found: Found, voice: Voice) -> None:
    told = [problem_data(one, tr, found.explained) for one in found.told]
    owed = [
        {"file": one.source, "last": one.occurrences[-1].last.isoformat()} for one in found.owed
    ]
    said = {
        "is_read": found.is_read,
        "errors": found.errors,
        "warnings": found.warnings,
        "events": found.events,
        "problems": told,
        "owed": owed,
        "aside": [str(one) for one in found.aside],
        "failure": found.failure.strip(),
    }
    voice.print(as_json(tr, said))


def _tell_more(found: Found, tr: Translator, voice: Voice) -> None:
    """Where the site explains what was told, if it has a reference."""
    codes = list(dict.fromkeys(one.code for one in found.told))
    code = codes[0] if codes else ""
    address = found.explained(code) if code else ""
    if address and len(codes) > 1:
        others = ", ".join(codes[1:])
        text = N_("Why, and how to mend it: parcours explain {code}, or {address}; also {others}")
        voice.say(tr.format(text, code=code, address=address, others=others))
    elif address:
        text = N_("Why, and how to mend it: parcours explain {code}, or {address}")
        voice.say(tr.format(text, code=code, address=address))


def _tell_checked(count: int, tr: Translator, voice: Voice) -> None:
    voice.say(tr.ngettext("{n} event checked: no errors.", "{n} events checked: no errors.", count))


MOST_OWED = 10
"""How many replays that are awaited are named, the latest ones: the others seldom come."""


def _tell_owed(events: Sequence[Event], tr: Translator, voice: Voice, *, is_verbose: bool) -> None:
    """A reminder, not a fault: nothing is wrong with the source of a replay that is awaited."""
    if events:
        voice.say(
            tr.ngettext(
                "{n} replay is awaited for over two weeks:",
                "{n} replays are awaited for over two weeks:",
                len(events),
            )
        )
    named = events if is_verbose else events[-MOST_OWED:]
    if len(named) < len(events):
        voice.say(
            tr.ngettext(
                "  {n} that has been awaited for longer is named with --verbose",
                "  {n} that have been awaited for longer are named with --verbose",
                len(events) - len(named),
            )
        )
    for event in named:
        voice.say(f"  {event.source} ({tr.day(event.occurrences[-1].last, weekday=False)})")


def _is_wanted(file: Path, paths: Sequence[Path]) -> bool:
    return not paths or any(file.is_relative_to(path.resolve()) for path in paths)


def _set_aside(paths: Sequence[Path], root: Path, settings: Settings | None) -> list[Path]:
    """Those of the files and folders that are asked for in which nothing is read."""
    from ..sources.stray import is_set_aside

    if settings is None:
        return []
    return [path for path in paths if is_set_aside(root, settings, path.resolve())]


CHECK = Command("check", N_("only check the sources"), "parcours check webinars", _add, _run)
