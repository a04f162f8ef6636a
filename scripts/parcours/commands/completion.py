"""``parcours completion``: what a shell needs to complete the words of the command."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_
from .argued import in_our_words
from .command import OK, Command

SHELLS = ("bash", "zsh", "fish")


def _add(parser: ArgumentParser, tr: Translator) -> None:
    parser.add_argument("shell", choices=SHELLS, help=tr.gettext(N_("the shell that reads it")))


def _run(options: Namespace, around: Surroundings) -> int:
    import shtab

    from .parser import parser

    with in_our_words(around.messages()):
        whole = parser(around.messages())
    for action in _actions(whole):
        if action.type is Path:
            # The library reads it there; argparse knows no such attribute.
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(whole, options.shell))
    return OK


def _actions(parser: ArgumentParser) -> Iterator[Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, _SubParsersAction):
            for inner in {id(one): one for one in action.choices.values()}.values():
                yield from _actions(inner)


COMPLETION = Command(
    "completion",
    N_("write what a shell needs to complete these words"),
    "parcours completion bash > ~/.local/share/bash-completion/completions/parcours",
    _add,
    _run,
)
