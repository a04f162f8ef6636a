"""A person at a terminal: a command on a pseudo-terminal, what it shows, and keys."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_CONTROL = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>]|\][^\x07]*\x07)|[\r\x07\x08]")
PATIENCE = 60
"""Seconds without a sign after which nobody waits: a loaded machine is slow."""


class Typist:
    """Reads a terminal, and types."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self._master = master
        self._process = process
        self._raw = b""
        self._read = 0

    @property
    def screen(self) -> str:
        """All that was shown so far, without what moves and colours it."""
        return _CONTROL.sub("", self._raw.decode("utf-8", "replace"))

    def until(self, text: str) -> str:
        """Wait for a text after what was waited for last; returns all up to its end."""
        while text not in self.screen[self._read :]:
            assert self._more(), f"« {text} » did not come:\n{self.screen[self._read :]}"
        begin = self._read
        self._read = self.screen.index(text, begin) + len(text)
        return self.screen[begin : self._read]

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def answer(self, question: str, text: str) -> str:
        """Wait for a question and its prompt, and answer; returns what was shown for it."""
        shown = self.until(question) + self.until("\n>")
        self.type(f"{text}\r")
        return shown

    def end(self) -> int:
        """Wait for the command to end; returns its exit code."""
        while self._more():
            pass
        return self._process.wait(PATIENCE)

    def _more(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], PATIENCE)
        try:
            got = os.read(self._master, 65536) if ready else b""
        except OSError:  # its other end is closed
            got = b""
        self._raw += got
        return bool(got)


@contextmanager
def typing_in(arguments: Sequence[str], folder: Path) -> Iterator[Typist]:
    """Run the command on a terminal of its own, in a folder."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "parcours.cli", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=environment
    )
    os.close(slave)
    try:
        yield Typist(master, process)
    finally:
        process.kill()
        process.wait()
        os.close(master)
