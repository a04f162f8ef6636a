"""What a command is, and what all share: exit codes, how they speak, why nothing was done."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, Mark, Problem, SourceErrors
from ..sources.files import is_file

OK, ERRORS, MISUSE = 0, 1, 2
STOPPED = 130
"""By an interrupt, as shells say it."""


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


def say(text: str) -> None:
    """A line for whoever looks on: what a program would read goes to the standard output."""
    print(text, file=sys.stderr, flush=True)


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
    from ..engine.build import NoAddress, Unwritable, Warned
    from ..engine.target import TargetRefused

    if isinstance(error, TargetRefused):
        text = N_("« {folder} » was not made by Parcours: choose another folder, or empty it")
        say(tr.format(text, folder=error))
        return MISUSE
    if isinstance(error, Unwritable):
        reason = tr.gettext(error.reason)
        text = N_("« {folder} » cannot be written: {reason}")
        say(tr.format(text, folder=error.place, reason=reason))
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
        for problem in error.problems:
            print(problem.line(tr))
        return ERRORS
    if not is_file(file):
        say(Problem("config-missing", Mark(str(file))).line(tr))
        return MISUSE
    text = str(error).strip()
    if text:
        say(text)
    return ERRORS
