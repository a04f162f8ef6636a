"""The command: parse, call, print."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from .engine.environment import NoInstant, Surroundings, read_instant, spoken, surroundings
from .engine.unforeseen import tell_unforeseen
from .i18n import LANGUAGES, Translator, language_of, translator
from .model.community import Event
from .model.settings import Settings
from .problems import N_, Mark, Problem, Problems, SourceErrors
from .sources.files import is_file, is_there

OK, ERRORS, MISUSE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 for errors, 2 for misuse."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    tr = translator(language_of(_wanted_language(given) or spoken()))
    options = _parser(tr).parse_args(given)
    try:
        around = surroundings(now=options.now, language=options.lang)
    except NoInstant as error:
        _say(error.message(tr))
        return MISUSE
    _log_to_stderr()
    run: Callable[[argparse.Namespace, Surroundings], int] = options.run
    try:
        return run(options, around)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        raise  # whoever reads has gone: nobody is left to be told
    except Exception as error:  # what is left, at the edge: one line and no traceback
        _say(tell_unforeseen(error, around.messages(), str(_config_file(options))))
        return ERRORS


def entry() -> None:
    """The console command."""
    sys.exit(main())


def _wanted_language(given: Sequence[str]) -> str | None:
    """Read --lang before all else: the help is in that language too."""
    for index, word in enumerate(given):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and index + 1 < len(given):
            return given[index + 1]
    return None


def _parser(tr: Translator) -> argparse.ArgumentParser:
    _ = tr.gettext
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "-f", "--config-file", metavar="FILE", type=Path, help=_(N_("the configuration file"))
    )
    common.add_argument(
        "--now",
        type=partial(_instant, tr=tr),
        metavar="INSTANT",
        help=_(N_("build as at this instant: 2026-12-03T12:30Z, or Unix seconds")),
    )
    common.add_argument("--lang", choices=LANGUAGES, help=_(N_("language of the messages")))
    parser = argparse.ArgumentParser(
        prog="parcours", description=_(N_("A site, calendars and feeds from text about meetings."))
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", parents=[common], help=_(N_("build the site")))
    build.add_argument(
        "-d", "--site-dir", metavar="DIR", type=Path, help=_(N_("where to put the site"))
    )
    build.add_argument(
        "--phases", action="store_true", help=_(N_("print how long each phase took"))
    )
    build.set_defaults(run=_build)

    check = commands.add_parser("check", parents=[common], help=_(N_("only check the sources")))
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help=_(N_("tell only of these"))
    )
    check.add_argument(
        "--format",
        choices=("text", "github"),
        default="text",
        help=_(N_("« github » marks the lines of a pull request")),
    )
    check.set_defaults(run=_check)

    compile_ = commands.add_parser(
        "compile", parents=[common], help=_(N_("write the compiled pages, feeds and files"))
    )
    compile_.add_argument("-o", "--output", metavar="DIR", type=Path, required=True)
    compile_.set_defaults(run=_compile)

    serve = commands.add_parser("serve", parents=[common], help=_(N_("preview the site here")))
    serve.add_argument("-a", "--dev-addr", metavar="HOST:PORT")
    serve.set_defaults(run=_serve)
    return parser


def _instant(text: str, tr: Translator) -> datetime:
    try:
        return read_instant(text)
    except NoInstant as error:
        raise argparse.ArgumentTypeError(error.message(tr)) from error


class _Plain(logging.Formatter):
    """Our lines as they are; the engine's with their level."""

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.name == "mkdocs.plugins.parcours":
            return text
        return f"{record.levelname}: {text}"


def _log_to_stderr() -> None:
    logger = logging.getLogger("mkdocs")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    handler = logging.StreamHandler()
    handler.setFormatter(_Plain())
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)


def _config_file(options: argparse.Namespace) -> Path:
    found: Path | None = options.config_file
    paths: list[Path] = getattr(options, "paths", [])
    if found is None and len(paths) == 1 and is_file(paths[0] / "mkdocs.yml"):
        found = paths[0] / "mkdocs.yml"
        paths.clear()
    return found or Path("mkdocs.yml")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _fail(error: Exception, file: Path, tr: Translator) -> int:
    """Say why nothing was done, as a located problem where there is a place to name."""
    from .engine.build import NoAddress, Unwritable
    from .engine.target import TargetRefused

    if isinstance(error, TargetRefused):
        text = N_("« {folder} » was not made by Parcours: choose another folder, or empty it")
        _say(tr.format(text, folder=error))
        return MISUSE
    if isinstance(error, Unwritable):
        reason = tr.gettext(error.reason)
        text = N_("« {folder} » cannot be written: {reason}")
        _say(tr.format(text, folder=error.place, reason=reason))
        return ERRORS
    if isinstance(error, NoAddress):
        reason = tr.gettext(error.reason)
        text = N_(
            "the address {address} cannot be used: {reason}; "
            "give another one with -a 127.0.0.1:8001"
        )
        _say(tr.format(text, address=error.address, reason=reason))
        return ERRORS
    if isinstance(error, SourceErrors):
        for problem in error.problems:
            print(problem.line(tr))
        return ERRORS
    if not is_file(file):
        _say(Problem("config-missing", Mark(str(file))).line(tr))
        return MISUSE
    text = str(error).strip()
    if text:
        _say(text)
    return ERRORS


def _build(options: argparse.Namespace, around: Surroundings) -> int:
    from .engine.build import EngineError, build, open_config
    from .engine.target import TargetRefused

    file, tr = _config_file(options), around.messages()
    names = {
        "history": N_("history read"),
        "sources": N_("sources read"),
        "prose": N_("texts rendered"),
        "pictures": N_("pictures scaled"),
        "pages": N_("pages planned"),
        "cards": N_("images of shared links drawn"),
        "feeds": N_("feeds written"),
        "search": N_("search index written"),
        "links": N_("links checked; the engine renders the site"),
    }
    last = time.monotonic()
    spent: dict[str, float] = {}

    def phase(name: str) -> None:
        nonlocal last
        now = time.monotonic()
        spent[name] = now - last
        last = now
        _say(f"  {tr.gettext(names[name])}")

    try:
        opened = open_config(file, around)
        tr = opened.messages
        _say(tr.format(N_("Building {file}"), file=file))
        built = build(opened, options.site_dir, phase)
    except (EngineError, SourceErrors, TargetRefused) as error:
        return _fail(error, file, tr)
    spent["render"] = time.monotonic() - last
    if options.phases:
        for name, seconds in spent.items():
            _say(f"phase {name} {seconds * 1000:.1f} ms")
    counts = (
        tr.ngettext("{n} event", "{n} events", len(built.compiled.community.events)),
        tr.ngettext("{n} page", "{n} pages", built.pages),
        tr.ngettext("{n} feed", "{n} feeds", built.compiled.feeds),
    )
    _say(
        tr.format(
            N_("{counts} in {seconds} s: {folder}"),
            counts=", ".join(counts),
            seconds=_decimal(built.seconds, tr),
            folder=_short(built.folder),
        )
    )
    return OK


def _decimal(seconds: float, tr: Translator) -> str:
    text = f"{seconds:.1f}"
    return text.replace(".", ",") if tr.language == "fr" else text


def _short(folder: Path) -> str:
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


def _check(options: argparse.Namespace, around: Surroundings) -> int:
    from .engine.build import EngineError, compile_only, open_config

    file, tr = _config_file(options), around.messages()
    for path in options.paths:
        if not is_there(path):
            _say(tr.format(N_("no file or folder « {path} »"), path=path))
            return MISUSE
    problems = Problems()
    try:
        opened = open_config(file, around)
        tr = opened.messages
        compiled = compile_only(opened, problems, draws=False)
    except (EngineError, SourceErrors) as error:
        return _fail(error, file, tr)
    root = file.resolve().parent
    found = [one for one in problems.sorted() if _is_wanted(root / one.mark.file, options.paths)]
    for problem in found:
        print(problem.annotation(tr) if options.format == "github" else problem.line(tr))
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    if compiled is not None and not errors:
        events = compiled.community.events
        count = sum(_is_wanted(root / event.source, options.paths) for event in events)
        aside = _set_aside(options.paths, root, compiled.community.settings)
        for path in aside:
            text = N_("« {path} » is no source of the site: it was not checked")
            _say(tr.format(text, path=path))
        unread = bool(options.paths) and (warnings or len(aside) == len(options.paths))
        if count or not unread:
            _tell_checked(count, tr)
    else:
        _say(tr.ngettext("{n} error.", "{n} errors.", errors))
    if warnings:
        _say(tr.ngettext("{n} warning.", "{n} warnings.", warnings))
    if compiled is not None and not options.paths:
        _tell_owed(compiled.owed, tr)
    return ERRORS if errors else OK


def _tell_checked(count: int, tr: Translator) -> None:
    _say(tr.ngettext("{n} event checked: no errors.", "{n} events checked: no errors.", count))


def _tell_owed(events: Sequence[Event], tr: Translator) -> None:
    """A reminder, not a fault: nothing is wrong with the source of a replay that is awaited."""
    if events:
        _say(
            tr.ngettext(
                "{n} replay is awaited for over two weeks:",
                "{n} replays are awaited for over two weeks:",
                len(events),
            )
        )
    for event in events:
        _say(f"  {event.source} ({tr.day(event.occurrences[-1].last, weekday=False)})")


def _is_wanted(file: Path, paths: Sequence[Path]) -> bool:
    return not paths or any(file.is_relative_to(path.resolve()) for path in paths)


def _set_aside(paths: Sequence[Path], root: Path, settings: Settings) -> list[Path]:
    """Those of the files that are asked for in which nothing is read."""
    from .sources.stray import is_set_aside

    files = [path for path in paths if is_file(path)]
    return [path for path in files if is_set_aside(root, settings, path.resolve())]


def _compile(options: argparse.Namespace, around: Surroundings) -> int:
    from .engine.build import (
        EngineError,
        compile_into,
        compile_only,
        open_config,
        source_folders,
    )
    from .engine.target import TargetRefused, check_target

    file, tr = _config_file(options), around.messages()
    output: Path = options.output
    problems = Problems()
    try:
        opened = open_config(file, around)
        tr = opened.messages
        root = file.resolve().parent
        check_target(output.resolve(), "compiled", root, source_folders(opened))
        compiled = compile_only(opened, problems)
        for problem in problems.sorted():
            _say(problem.line(tr))
        if compiled is None:
            return ERRORS
        compile_into(compiled, output)
    except (EngineError, SourceErrors, TargetRefused) as error:
        return _fail(error, file, tr)
    _say(tr.format(N_("{n} files written to {folder}"), n=len(compiled.tree), folder=output))
    return OK


def _serve(options: argparse.Namespace, around: Surroundings) -> int:
    from .engine.build import EngineError, serve

    file, tr = _config_file(options), around.messages()
    try:
        serve(file, options.dev_addr, around)
    except (EngineError, SourceErrors) as error:
        return _fail(error, file, tr)
    return OK


if __name__ == "__main__":
    entry()
