"""What commands print for programs: one object on the standard output (docs/json.md).

`parcours diff` has a form of its own, since what it says is handed on (docs/diff.md).
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from ..i18n import Translator
from ..problems import N_, Problem

VERSION = 1
"""Rises when a key goes or means something else, not when one is added."""

FOR_PROGRAMS = N_("print it for a program")


def add_json(parser: ArgumentParser, tr: Translator, default: Any = False) -> None:
    """The option that asks for it."""
    text = tr.gettext(FOR_PROGRAMS)
    parser.add_argument("--json", action="store_true", default=default, help=text)


def as_json(tr: Translator, said: Mapping[str, object]) -> str:
    """What a command says to a program: texts in the language of *tr*."""
    whole = {"version": VERSION, "language": tr.language, **said}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def write(tr: Translator, said: Mapping[str, object]) -> None:
    """Print it."""
    print(as_json(tr, said), flush=True)


def problem_data(
    problem: Problem, tr: Translator, explained: Callable[[str], str]
) -> Mapping[str, object]:
    """A problem, with the page that explains its code.

    Args:
        explained: the whole address of that page; "" where there is none.
    """
    message, hint = problem.parts(tr)
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": problem.mark.file,
        "line": problem.mark.line,
        "column": problem.mark.column,
        "message": message,
        "hint": hint,
        "page": explained(problem.code),
    }
