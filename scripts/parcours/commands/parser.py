"""The parser of the whole command line, or of as much of it as a call needs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import NoReturn

from .. import __version__
from ..i18n import Translator
from ..problems import N_, SUGGESTION, closest
from . import COMMANDS
from .command import CommandOfKinds, Layout, common


def parser(tr: Translator, given: Sequence[str] | None = None) -> ArgumentParser:
    """The parser.

    Args:
        given: the words that it is made for: a command that none of them names has no options, and
            reads nothing to know them. None for all of it.
    """
    shared = common(tr)
    whole = ArgumentParser(
        prog="parcours",
        formatter_class=Layout,
        description=tr.gettext(N_("A site, calendars and feeds from text about meetings.")),
    )
    whole.add_argument("--version", action="version", version=f"parcours {__version__}")
    words = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = words.add_parser(
            command.name,
            parents=[shared],
            formatter_class=Layout,
            help=tr.gettext(command.summary),
            epilog=tr.format(N_("Example: {command}"), command=command.example),
        )
        one.set_defaults(command=command, parser=one)
        if given is None or command.name in given:
            command.add(one, tr)
            if isinstance(command, CommandOfKinds):
                command.inner(one, tr, given)
    return whole


def refuse(
    whole: ArgumentParser, options: Namespace, rest: Sequence[str], tr: Translator
) -> NoReturn:
    """Refuse options that there are not, as the command does for which they were meant.

    Args:
        options: those that there are, with what reads them.
    """
    inner: ArgumentParser = getattr(options, "parser", whole)
    known = [word for one in inner._actions for word in one.option_strings]
    known += getattr(options, "also_known", tuple)()
    text = tr.gettext("unrecognized arguments: %s") % " ".join(rest)
    like = closest(rest[0].partition("=")[0], [one for one in known if one.startswith("--")], 0.7)
    if like is not None:
        hint = tr.format(SUGGESTION, suggestion=like)
        text = tr.format(N_("{message}; {hint}"), message=text, hint=hint)
    inner.error(text)
