"""What a command is, and what all share: exit codes, how they speak, why nothing was done."""

from __future__ import annotations

import logging
import sys
from argparse import (
    SUPPRESS,
    ArgumentParser,
    ArgumentTypeError,
    Namespace,
    RawDescriptionHelpFormatter,
)
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from shutil import get_terminal_size

from ..engine.environment import NoInstant, Surroundings, read_instant
from ..i18n import LANGUAGES, Translator
from ..problems import N_, Mark, Problem, SourceErrors
from ..refusals import UNWRITABLE
from ..sources.excerpts import Excerpts
from ..sources.files import is_file

OK, ERRORS, MISUSE = 0, 1, 2
STOPPED = 130
"""By an interrupt, as shells say it."""
UNHEARD = 141
"""By a reader that has gone (SIGPIPE), as shells say it."""


@dataclass(frozen=True)
class Command:
    """A word after ``parcours``.

    Attributes:
        name: the word.
        summary: what it does; a message of the catalogues.
        example: how it is called, whole: it can be pasted into a shell.
        add: declares its own options.
        run: does it; returns the exit code.
    """

    name: str
    summary: str
    example: str
    add: Callable[[ArgumentParser, Translator], None]
    run: Callable[[Namespace, Surroundings], int]


@dataclass(frozen=True, kw_only=True)
class CommandOfKinds(Command):
    """A command with words behind its own.

    Attributes:
        inner: declares them; of those that a call does not name, it need not declare the options.
            The call is None for all of them.
    """

    inner: Callable[[ArgumentParser, Translator, Sequence[str] | None], None]


class Layout(RawDescriptionHelpFormatter):
    """Lays the help out; examples stay on their lines.

    The parser makes one for each option that it learns: the terminal is asked for its width once.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width())


@cache
def _width() -> int:
    return get_terminal_size().columns - 2


def common(tr: Translator, *, inner: bool = False) -> ArgumentParser:
    """The options of every command.

    Args:
        inner: whether they stand behind a second word: what is not said there leaves what was
            said before.
    """
    _ = tr.gettext
    default = SUPPRESS if inner else None
    found = ArgumentParser(add_help=False, formatter_class=Layout)
    found.add_argument(
        "-f",
        "--config-file",
        metavar="FILE",
        type=Path,
        default=default,
        help=_(N_("the configuration file")),
    )
    found.add_argument(
        "--now",
        type=partial(_instant, tr=tr),
        metavar="INSTANT",
        default=default,
        help=_(N_("build as at this instant: 2026-12-03T12:30Z, or Unix seconds")),
    )
    found.add_argument(
        "--lang", choices=LANGUAGES, default=default, help=_(N_("language of the messages"))
    )
    return found


def _instant(text: str, tr: Translator) -> datetime:
    try:
        return read_instant(text)
    except NoInstant as error:
        raise ArgumentTypeError(error.message(tr)) from error


class Plain(logging.Formatter):
    """Our lines as they are; the engine's with their level."""

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.name == "mkdocs.plugins.parcours":
            return text
        return f"{record.levelname}: {text}"


class Voice:
    """Speaks to whoever called, and remembers what it said.

    Attributes:
        said: the stream, ``out`` or ``err``, and the text, in order.
    """

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def say(self, text: str) -> None:
        """A line for whoever looks on."""
        self.said.append(("err", text))
        say(text)

    def hear(self, text: str) -> None:
        """A line that another says to whoever looks on, or that is said only when asked again."""
        self.said.append(("err", text))

    def print(self, text: str) -> None:
        """A line that a program may read."""
        self.said.append(("out", text))
        print(text, flush=True)


def say(text: str) -> None:
    """A line for whoever looks on: what a program would read goes to the standard output."""
    print(text, file=sys.stderr, flush=True)


def show(problems: Iterable[Problem], root: Path, tr: Translator) -> None:
    """Print each problem, with the line of its source.

    Args:
        root: the site's folder.
    """
    excerpts = Excerpts(root)
    for problem in problems:
        print(excerpts.told(problem, tr))
    sys.stdout.flush()


def config_file(options: Namespace) -> Path:
    """The configuration that is named, or lies in the one folder that is, or here."""
    found: Path | None = options.config_file
    paths: list[Path] = getattr(options, "paths", [])
    if found is None and len(paths) == 1 and is_file(paths[0] / "mkdocs.yml"):
        found = paths[0] / "mkdocs.yml"
        paths.clear()
    return found or Path("mkdocs.yml")


def fail(error: Exception, file: Path, tr: Translator) -> int:
    """Say why nothing was done, as a located problem where there is a place to name."""
    from ..engine.opening import NoAddress, Unwritable, Warned
    from ..engine.target import TargetRefused

    if isinstance(error, TargetRefused):
        text = N_("« {folder} » was not made by Parcours: choose another folder, or empty it")
        say(tr.format(text, folder=error))
        return MISUSE
    if isinstance(error, Unwritable):
        reason = tr.gettext(error.reason)
        say(tr.format(UNWRITABLE, folder=error.place, reason=reason))
        return ERRORS
    if isinstance(error, Warned):
        say(tr.gettext(N_("there are warnings, and none was to be: the site that was there stays")))
        return ERRORS
    if isinstance(error, NoAddress):
        reason = tr.gettext(error.reason)
        text = N_(
            "the address {address} cannot be used: {reason}; give another one with -a {other}"
        )
        host = error.address.rpartition(":")[0]
        other = f"{host}:{error.port}" if error.port else "127.0.0.1:8001"
        say(tr.format(text, address=error.address, reason=reason, other=other))
        return ERRORS
    if isinstance(error, SourceErrors):
        show(error.problems, file.resolve().parent, tr)
        return ERRORS
    if not is_file(file):
        say(Problem(code="config-missing", mark=Mark(str(file))).line(tr))
        return MISUSE
    text = str(error).strip()
    if text:
        say(text)
    return ERRORS
