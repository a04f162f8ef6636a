"""Work that is shared among processes: this one takes the next pieces as it has done some, the
others take the last of those that are left; or one does something ahead, which is done again here
if nothing comes of it."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast

from ..ahead import Ahead

T = TypeVar("T")

AT_ONCE = 8
"""Pieces that are taken together."""

OFTEN = (10_000, 10, 1_000)
"""After how many new things those are collected, and after how many times the older ones."""

Take = Callable[[], Iterator[int]]
"""Gives the numbers of pieces until none is left, to whichever process asks."""

LOG = "mkdocs"


class LostProcess(RuntimeError):
    """A process ended without a word, as one does that the system takes its memory from."""


class _Ear(logging.Handler):
    """Keeps what is logged, for another process to say."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append((record.name, record.levelno, record.getMessage()))


def shared(work: Callable[[Take, bool], T], pieces: int, processes: int) -> list[T]:
    """Have so many processes work through pieces; what each found, this one's first.

    A process starts as this one stands, and what it changes is its own. What it logs is said here,
    once all have done. This one begins with the first pieces and the others with the last, so that
    what neighbours have in common is made by few.

    Args:
        work: is told whether it runs in this process.

    Raises:
        LostProcess: one of them ended without a word.
        Exception: what *work* raises, in this process first.
    """
    if processes < 2 or pieces < 2 * AT_ONCE or not _can_fork():
        return [work(lambda: iter(range(pieces)), True)]
    left: Any = multiprocessing.get_context("fork").Array("L", [0, pieces])
    """The first piece that is left, and the one after the last."""

    def next_of(*, are_first: bool) -> Sequence[int]:
        with left.get_lock():
            first, end = left[:]
            if are_first:
                left[0] = min(first + AT_ONCE, end)
                return range(first, left[0])
            left[1] = max(first, end - AT_ONCE)
            return range(left[1], end)[::-1]

    def take(*, are_first: bool) -> Iterator[int]:
        while some := next_of(are_first=are_first):
            yield from some

    others = [_begun(_run, work, partial(take, are_first=False)) for _ in range(processes - 1)]
    try:
        found = [work(partial(take, are_first=True), True)]
        found += [_result(here) for _, here in others]
    finally:
        for process, here in others:
            if sys.exc_info()[0] is not None:
                process.terminate()
            process.join()
            here.close()
    return found


@contextmanager
def undisturbed() -> Iterator[None]:
    """Have what there is looked through, and so copied, by no process, and what comes be collected
    while it is new: of what many pages share nothing is let go of before all are made."""
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*OFTEN)
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


def meanwhile(work: Callable[[], T]) -> Callable[[], T | None]:
    """Have another process do something meanwhile, as this one stands.

    Returns:
        What waits for what it found; None where nothing did, for whatever reason: then it is to be
        done here, where what is wrong is told.
    """
    if not _can_fork():
        return lambda: None
    try:
        process, here = _begun(_ahead, work)
    except OSError:  # the system has no room for one more
        return lambda: None

    def found() -> T | None:
        try:
            return cast("T", here.recv())
        except (EOFError, OSError, ValueError, pickle.PickleError):
            return None
        finally:
            here.close()
            process.join()

    return cache(found)


def ahead(processes: int) -> Ahead:
    """All of some processes but this one."""
    return Ahead(meanwhile, processes - 1)


def _ahead(work: Callable[[], T], there: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began this is interrupted, and ends it
    logging.disable()  # what there is to say is said there
    with suppress(Exception):
        there.send(work())
    there.close()


def _begun(target: Callable[..., None], *args: object) -> tuple[BaseProcess, Connection]:
    """A process that starts as this one stands, and where what it sends is received."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(*args, there), daemon=True)
    with warnings.catch_warnings():
        # Python warns of other threads: those here wait, and hold nothing that is needed.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    there.close()
    return process, here


def _can_fork() -> bool:
    """Whether a process can start as this one stands; where the system's own threads are many,
    as on macOS, it must not."""
    return sys.platform == "linux" and "fork" in multiprocessing.get_all_start_methods()


def _run(work: Callable[[Take, bool], T], take: Take, there: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began this is interrupted, and ends it
    ear, logger = _Ear(), logging.getLogger(LOG)
    logger.handlers[:] = [ear]
    found: tuple[bool, Any]
    try:
        found = True, work(take, False)
    except Exception as error:  # handed on, and raised again
        found = False, _handed(error)
    there.send((*found, ear.heard))
    there.close()


def _handed(error: Exception) -> Exception:
    """An exception that another process can make again."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever its class does
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _result(here: Connection) -> Any:
    try:
        is_done, found, heard = here.recv()
    except EOFError as error:
        raise LostProcess("a process ended without a word") from error
    for name, level, text in heard:
        logging.getLogger(name).log(level, "%s", text)
    if not is_done:
        raise found
    return found
