"""``parcours diff``: what readers and subscribers will see change."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, Mark, Problem
from ..sources.files import is_file
from .command import ERRORS, MISUSE, OK, Command, config_file, say
from .waiting import Waiting

COMPARING = N_("both sides are compiled, and then compared")


def _add(parser: ArgumentParser, tr: Translator) -> None:
    _ = tr.gettext
    parser.add_argument(
        "base", nargs="?", metavar="BASE", help=_(N_("the commit that is published"))
    )
    parser.add_argument(
        "head", nargs="?", metavar="HEAD", help=_(N_("another; by default, what is here now"))
    )
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    parser.add_argument(
        "--json", dest="format", action="store_const", const="json", help=_(N_("as data"))
    )
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help=_(N_("show what --json wrote, instead of comparing; nothing in it is trusted")),
    )


def _run(options: Namespace, around: Surroundings) -> int:
    from ..diffing.show import NoReport, read_file, shown

    file, tr = config_file(options), around.messages()
    if (options.base is None) == (options.report is None):
        say(tr.gettext(N_("name the commit to compare with: parcours diff main")))
        return MISUSE
    if options.report is not None:
        try:
            report = read_file(options.report)
        except NoReport as error:
            text = N_("« {file} » is no report: {reason}")
            say(tr.format(text, file=options.report, reason=error))
            return MISUSE
    else:
        from ..engine.diff import NotCompared, compare

        if not is_file(file):
            say(Problem(code="config-missing", mark=Mark(str(file))).line(tr))
            return MISUSE
        try:
            with Waiting(tr, COMPARING):
                report = compare(file, options.base, options.head, around)
        except NotCompared as error:
            say(error.message(tr))
            return MISUSE
    print(shown(report, options.format), end="")
    return ERRORS if report.is_dangerous else OK


DIFF = Command(
    "diff",
    N_("tell what readers and subscribers will see change"),
    "parcours diff main",
    _add,
    _run,
)
