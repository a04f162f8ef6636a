"""The command: parse, call, say what nobody foresaw."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from . import __version__
from .commands import COMMANDS
from .commands.command import ERRORS, MISUSE, STOPPED, Command, config_file, say
from .engine.environment import NoInstant, read_instant, spoken, surroundings
from .engine.unforeseen import tell_unforeseen
from .i18n import LANGUAGES, Translator, language_of, translator
from .problems import N_


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 for errors, 2 for misuse."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    tr = translator(language_of(_wanted_language(given) or spoken()))
    options = _parser(tr).parse_args(given)
    try:
        around = surroundings(now=options.now, language=options.lang)
    except NoInstant as error:
        say(error.message(tr))
        return MISUSE
    _log_to_stderr()
    command: Command = options.command
    try:
        return command.run(options, around)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        raise  # whoever reads has gone: nobody is left to be told
    except Exception as error:  # what is left, at the edge: one line and no traceback
        say(tell_unforeseen(error, around.messages(), str(config_file(options))))
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
    parser = argparse.ArgumentParser(
        prog="parcours",
        description=tr.gettext(N_("A site, calendars and feeds from text about meetings.")),
    )
    parser.add_argument("--version", action="version", version=f"parcours {__version__}")
    words = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = words.add_parser(
            command.name,
            parents=[_common(tr)],
            help=tr.gettext(command.summary),
            epilog=tr.format(N_("Example: {command}"), command=command.example),
        )
        command.add(one, tr)
        one.set_defaults(command=command)
    return parser


def _common(tr: Translator) -> argparse.ArgumentParser:
    """The options of every command."""
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
    return common


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


if __name__ == "__main__":
    entry()
