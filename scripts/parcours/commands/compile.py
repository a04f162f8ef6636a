"""``parcours compile``: what the engine would render, as files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, Problems, SourceErrors
from ..sources.excerpts import Excerpts
from .answered import add_cache, keeping
from .check import READING
from .command import ERRORS, OK, Command, config_file, fail, say
from .waiting import Waiting


def _add(parser: ArgumentParser, tr: Translator) -> None:
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, required=True)
    add_cache(parser, tr)


def _run(options: Namespace, around: Surroundings) -> int:
    from ..engine.build import compile_into
    from ..engine.opening import EngineError, Unwritable, compile_only, open_config, source_folders
    from ..engine.target import TargetRefused, check_target

    around = keeping(options, around)
    file, tr = config_file(options), around.messages()
    output: Path = options.output
    problems = Problems()
    try:
        opened = open_config(file, around)
        tr = opened.messages
        root = file.resolve().parent
        try:
            check_target(output.resolve(), "compiled", root, source_folders(opened))
        except OSError as error:
            raise Unwritable(error, output) from error
        with Waiting(tr, READING) as waiting:
            compiled = compile_only(opened, problems, waiting.done)
        _tell(problems, root, tr)
        if compiled is None:
            return ERRORS
        wrong = Problems()
        compile_into(compiled, output, wrong, opened.around.processes)
        _tell(wrong, root, tr)
        if wrong.errors:
            return ERRORS
    except (EngineError, SourceErrors, TargetRefused) as error:
        return fail(error, file, tr)
    say(tr.format(N_("{n} files written to {folder}"), n=len(compiled.tree), folder=output))
    return OK


def _tell(problems: Problems, root: Path, tr: Translator) -> None:
    excerpts = Excerpts(root)
    for problem in problems.sorted():
        say(excerpts.told(problem, tr))


COMPILE = Command(
    "compile",
    N_("write the compiled pages, feeds and files"),
    "parcours compile -o compiled",
    _add,
    _run,
)
