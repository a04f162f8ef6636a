"""``parcours serve``: a preview, here."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_, SourceErrors
from .command import OK, Command, config_file, fail, say


def _add(parser: ArgumentParser, tr: Translator) -> None:
    parser.add_argument("-a", "--dev-addr", metavar="HOST:PORT")


def _run(options: Namespace, around: Surroundings) -> int:
    from ..engine.opening import EngineError
    from ..engine.preview import serve

    file, tr = config_file(options), around.messages()
    try:
        serve(file, options.dev_addr, around, say)
    except (EngineError, SourceErrors) as error:
        return fail(error, file, tr)
    return OK


SERVE = Command(
    "serve", N_("preview the site here"), "parcours serve -a 127.0.0.1:8001", _add, _run
)
