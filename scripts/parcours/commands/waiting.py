"""What a command says of itself while somebody waits for it: once that is long, in a terminal."""

from __future__ import annotations

import sys
from threading import Lock, Timer
from types import TracebackType

from ..i18n import Translator
from ..problems import N_
from .command import say

PATIENCE = 2.0
"""Seconds after which one wonders whether anything happens."""

PHASES = {
    "history": N_("history read"),
    "sources": N_("sources read"),
    "news": N_("what was published before read"),
    "prose": N_("texts rendered"),
    "pictures": N_("pictures scaled"),
    "pages": N_("pages planned"),
    "feeds": N_("feeds planned"),
    "links": N_("links checked"),
    "gathered": N_("files gathered; the engine renders the site"),
}
"""What compiling has done, by the name of the phase that is over."""


class Waiting:
    """Says what was done last as soon as *patience* is over, and from then on each step.

    What is no terminal is read later, by who does not wait: it is told nothing.
    """

    def __init__(self, tr: Translator, first: str, patience: float = PATIENCE) -> None:
        """
        Args:
            first: what is done at first; a message of the catalogues.
            patience: seconds.
        """
        self._tr = tr
        self._last = first
        self._is_long = False
        self._lock = Lock()
        self._timer = Timer(patience, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Waiting:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def done(self, phase: str) -> None:
        """A phase of compiling is over."""
        self.say(PHASES[phase])

    def say(self, text: str) -> None:
        """Something else is done, or was; a message of the catalogues."""
        with self._lock:
            self._last = text
            if self._is_long:
                self._tell()

    def _show(self) -> None:
        with self._lock:
            self._is_long = True
            self._tell()

    def _tell(self) -> None:
        say(f"  {self._tr.gettext(self._last)}")
