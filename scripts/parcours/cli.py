"""The command: parse, call, say what nobody foresaw."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Sequence

from .commands.argued import in_our_words
from .commands.command import ERRORS, MISUSE, STOPPED, UNHEARD, Command, Plain, config_file, say
from .commands.parser import parser, refuse
from .engine.environment import ALONE, NoInstant, lent, spoken, surroundings
from .engine.unforeseen import tell_unforeseen
from .i18n import language_of, translator


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 for errors, 2 for misuse."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    tr = translator(language_of(_wanted_language(given) or spoken()))
    with in_our_words(tr):
        whole = parser(tr, given)
        options, rest = whole.parse_known_args(given)
        if rest:
            refuse(whole, options, rest, tr)
    try:
        around = surroundings(now=options.now, language=options.lang)
    except NoInstant as error:
        say(error.message(tr))
        return MISUSE
    _log_to_stderr()
    command: Command = options.command
    try:
        with lent(**ALONE):
            return command.run(options, around)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        raise  # whoever reads has gone, as after `| head`: nobody is left to be told
    except Exception as error:  # what is left, at the edge: one line and no traceback
        say(tell_unforeseen(error, around.messages(), config_file(options)))
        return ERRORS


YOUNG = 50_000
"""How many more things there have to be before some are looked through for circles that nothing
leads to. A command that loads modules keeps almost all that it makes, and looking through it again
and again takes a tenth of a short one's time; a long one looks often enough."""


def entry() -> None:
    """The console command."""
    gc.set_threshold(YOUNG)
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left to say would be said again when Python ends, to nobody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = UNHEARD
    # Python looks all that is left through for circles once more as it ends: seconds for a large
    # site, of which the system takes everything back at once.
    gc.freeze()
    sys.exit(code)


def _wanted_language(given: Sequence[str]) -> str | None:
    """Read --lang before all else: the help is in that language too."""
    for index, word in enumerate(given):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and index + 1 < len(given):
            return given[index + 1]
    return None


def _log_to_stderr() -> None:
    logger = logging.getLogger("mkdocs")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    handler = logging.StreamHandler()
    handler.setFormatter(Plain())
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)


if __name__ == "__main__":
    entry()
