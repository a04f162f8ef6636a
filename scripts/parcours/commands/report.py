"""``parcours report``: what the community did in a period, in figures."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, Problem, Problems, SourceErrors
from ..sources.excerpts import Excerpts
from .check import READING
from .command import ERRORS, MISUSE, OK, Command, config_file, fail, say
from .data import FOR_PROGRAMS
from .data import write as write_data
from .waiting import Waiting

if TYPE_CHECKING:
    from ..model.community import Community
    from ..model.report import Period

NO_DAY = N_("« {value} » is no day from {first} to {last}: write 2026-03-31")
BACKWARDS = N_("the period ends ({last}) before it begins ({first}): --from is its first day")


def _add(parser: ArgumentParser, tr: Translator) -> None:
    _ = tr.gettext
    day = partial(_day, tr=tr)
    parser.add_argument(
        "--from",
        dest="first",
        type=day,
        metavar="DAY",
        help=_(N_("the first day, as 2026-01-31; without both, the latest year with a meeting")),
    )
    parser.add_argument(
        "--to",
        dest="last",
        type=day,
        metavar="DAY",
        help=_(N_("the last day; by default, today")),
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        dest="form",
        action="store_const",
        const="json",
        help=_(FOR_PROGRAMS),
    )
    form.add_argument(
        "--csv",
        dest="form",
        action="store_const",
        const="csv",
        help=_(N_("print it for a spreadsheet")),
    )


def _day(text: str, tr: Translator) -> date:
    from ..model.settings import date_style
    from ..model.values import YEARS, ValueRefused, parse_date

    try:
        return parse_date(text, style=date_style(tr.language))
    except ValueRefused as error:
        said = tr.format(NO_DAY, value=text, first=YEARS[0], last=YEARS[1])
        raise ArgumentTypeError(said) from error


def _run(options: Namespace, around: Surroundings) -> int:
    from ..engine.opening import EngineError, compile_only, open_config
    from ..model.report import report
    from ..reporting.data import report_data
    from ..reporting.table import report_table
    from ..reporting.terminal import report_lines

    now = around.instant()
    file, tr = config_file(options), around.messages()
    problems = Problems()
    try:
        opened = open_config(file, replace(around, now=now))
        tr = opened.messages
        with Waiting(tr, READING) as waiting:
            compiled = compile_only(opened, problems, waiting.done, draws=False)
    except SourceErrors as error:
        return _refused(error.problems, file, tr)
    except EngineError as error:
        return fail(error, file, tr)
    if compiled is None:
        return _refused(problems.sorted(), file, tr)
    community = compiled.community
    period = _period(options, community, now)
    if period.last < period.first:
        first, last = (tr.day(day, weekday=False) for day in (period.first, period.last))
        say(tr.format(BACKWARDS, first=first, last=last))
        return MISUSE
    found = report(community, period, now, compiled.came_out)
    if options.form == "json":
        write_data(tr, report_data(found, community.settings, tr))
    elif options.form == "csv":
        print(report_table(found, tr), end="")
    else:
        print("\n".join(report_lines(found, tr)))
    return OK


def _refused(problems: Iterable[Problem], file: Path, tr: Translator) -> int:
    """The errors for which there is no report; what a program would read stays empty."""
    excerpts = Excerpts(file.resolve().parent)
    for problem in problems:
        if problem.severity == "error":
            say(excerpts.told(problem, tr))
    return ERRORS


def _period(options: Namespace, community: Community, now: datetime) -> Period:
    """What is asked for; what is not said of it is the usual, or follows from the rest."""
    from ..model.report import Period, today_of, usual

    first, last = options.first, options.last
    if first is None and last is None:
        return usual(community, now)
    last = last or today_of(community, now)
    return Period(first or last.replace(month=1, day=1), last)


REPORT = Command(
    "report",
    N_("tell what was done in a period, in figures"),
    "parcours report --from 2026-01-01 --to 2026-06-30",
    _add,
    _run,
)
