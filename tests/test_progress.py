"""What takes long says so, in a terminal alone."""

from __future__ import annotations

import io
import sys

import pytest

from parcours.commands.waiting import PHASES, Waiting
from parcours.i18n import translator


class Shown(io.StringIO):
    """What a terminal shows, or a file keeps."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def looking(monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool = True) -> Shown:
    """What is shown from here on; pytest takes the stream back between fixtures and the test."""
    shown = Shown(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def test_what_is_done_is_said_once_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = looking(monkeypatch)
    with Waiting(translator("en"), "reading the sources", patience=0) as waiting:
        waiting._timer.join()
        waiting.done("sources")
    assert terminal.getvalue() == "  reading the sources\n  sources read\n"


def test_what_is_quick_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = looking(monkeypatch)
    with Waiting(translator("en"), "reading the sources", patience=3600) as waiting:
        for phase in PHASES:
            waiting.done(phase)
    assert terminal.getvalue() == ""


def test_what_is_no_terminal_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = looking(monkeypatch, is_terminal=False)
    with Waiting(translator("en"), "reading the sources", patience=0) as waiting:
        waiting.done("sources")
    assert shown.getvalue() == ""
