"""A command that is asked again what it answered, while nothing has changed, says the same."""

from __future__ import annotations

import logging
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.environment import Surroundings
from ..i18n import Translator
from ..problems import N_
from ..sources.files import is_file
from .command import Plain, Voice, config_file, say

if TYPE_CHECKING:
    from ..assembly import Compiled
    from ..engine.opening import Opened
    from ..engine.stamp import Answer, Stamps


def add_cache(parser: ArgumentParser, tr: Translator) -> None:
    """The option of a command that keeps what it makes."""
    text = N_("take nothing that was made before, and keep nothing")
    parser.add_argument("--no-cache", action="store_true", help=tr.gettext(text))


def keeping(options: Namespace, around: Surroundings) -> Surroundings:
    """What is built in, as far as the options say it."""
    return replace(around, keeps=around.keeps and not options.no_cache)


def stamps_of(options: Namespace, around: Surroundings, *said: object) -> Stamps | None:
    """What is known of answers to a command; None where none is kept.

    Args:
        said: the options that change what it answers.
    """
    from ..engine.inputs import TooMany
    from ..engine.stamp import Asked, Stamps

    file = config_file(options)
    if not around.keeps or not is_file(file):
        return None
    name = options.command.name
    asked = Asked(file, (name, *(str(_whole(one)) for one in said)), around)
    try:
        return Stamps(asked)
    except TooMany:
        return None


def _whole(said: object) -> object:
    return said.resolve() if isinstance(said, Path) else said


class _Ear(logging.Handler):
    """Has a voice remember what is logged."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(Plain())
        self._voice = voice

    def emit(self, record: logging.LogRecord) -> None:
        self._voice.hear(self.format(record))


@contextmanager
def heard(voice: Voice) -> Iterator[None]:
    """While it lasts, a voice remembers the warnings that the engine tells."""
    ear, log = _Ear(voice), logging.getLogger("mkdocs")
    log.addHandler(ear)
    try:
        yield
    finally:
        log.removeHandler(ear)


def keep(
    stamps: Stamps,
    answer: Answer,
    opened: Opened,
    compiled: Compiled,
    made: Path | None = None,
) -> None:
    """Keep an answer, as :meth:`Stamps.keep` does; say it where the disk keeps nothing."""
    stamps.keep(answer, opened, compiled, made)
    store = stamps.store
    if store.refused:
        text = N_("nothing is kept for the next time: « {folder} » cannot be written ({reason})")
        tr = opened.messages
        reason = tr.gettext(store.refused)
        say(tr.format(text, folder=store.folder.relative_to(stamps.root), reason=reason))


def repeat(answer: Answer, voice: Voice) -> int:
    """Say what was said; returns the exit code."""
    for stream, text in answer.lines:
        if stream == "out":
            voice.print(text)
        else:
            voice.say(text)
    return answer.code
