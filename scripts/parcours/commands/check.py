"""``parcours check``: the sources alone."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, Problems, SourceErrors
from ..sources.files import is_file, is_there
from .command import ERRORS, MISUSE, OK, Command, config_file, fail, say, show

if TYPE_CHECKING:
    from ..model.community import Event
    from ..model.settings import Settings


def _add(parser: ArgumentParser, tr: Translator) -> None:
    _ = tr.gettext
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=_(N_("tell only of these"))
    )
    parser.add_argument(
        "--format",
        choices=("text", "github"),
        default="text",
        help=_(N_("« github » marks the lines of a pull request")),
    )


def _run(options: Namespace, around: Surroundings) -> int:
    from ..engine.build import EngineError, compile_only, open_config

    file, tr = config_file(options), around.messages()
    for path in options.paths:
        if not is_there(path):
            say(tr.format(N_("no file or folder « {path} »"), path=path))
            return MISUSE
    problems = Problems()
    try:
        opened = open_config(file, around)
        tr = opened.messages
        compiled = compile_only(opened, problems, draws=False)
    except (EngineError, SourceErrors) as error:
        return fail(error, file, tr)
    root = file.resolve().parent
    found = [one for one in problems.sorted() if _is_wanted(root / one.mark.file, options.paths)]
    if options.format == "github":
        for problem in found:
            print(problem.annotation(tr))
    else:
        show(found, root, tr)
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    if compiled is not None and not errors:
        events = compiled.community.events
        count = sum(_is_wanted(root / event.source, options.paths) for event in events)
        aside = _set_aside(options.paths, root, compiled.community.settings)
        for path in aside:
            text = N_("« {path} » is no source of the site: it was not checked")
            say(tr.format(text, path=path))
        unread = bool(options.paths) and (warnings or len(aside) == len(options.paths))
        if count or not unread:
            _tell_checked(count, tr)
    else:
        say(tr.ngettext("{n} error.", "{n} errors.", errors))
    if warnings:
        say(tr.ngettext("{n} warning.", "{n} warnings.", warnings))
    if compiled is not None and not options.paths:
        _tell_owed(compiled.owed, tr)
    return ERRORS if errors else OK


def _tell_checked(count: int, tr: Translator) -> None:
    say(tr.ngettext("{n} event checked: no errors.", "{n} events checked: no errors.", count))


def _tell_owed(events: Sequence[Event], tr: Translator) -> None:
    """A reminder, not a fault: nothing is wrong with the source of a replay that is awaited."""
    if events:
        say(
            tr.ngettext(
                "{n} replay is awaited for over two weeks:",
                "{n} replays are awaited for over two weeks:",
                len(events),
            )
        )
    for event in events:
        say(f"  {event.source} ({tr.day(event.occurrences[-1].last, weekday=False)})")


def _is_wanted(file: Path, paths: Sequence[Path]) -> bool:
    return not paths or any(file.is_relative_to(path.resolve()) for path in paths)


def _set_aside(paths: Sequence[Path], root: Path, settings: Settings) -> list[Path]:
    """Those of the files that are asked for in which nothing is read."""
    from ..sources.stray import is_set_aside

    files = [path for path in paths if is_file(path)]
    return [path for path in files if is_set_aside(root, settings, path.resolve())]


CHECK = Command("check", N_("only check the sources"), "parcours check webinars", _add, _run)
