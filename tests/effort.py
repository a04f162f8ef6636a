"""The work that a test may take, by the time of its own process: other load does not show."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail what grows with the square of its input, which takes minutes; the rest takes a sixth.

    Raises:
        AssertionError: more seconds of processor were spent.
    """
    start = time.process_time()
    yield
    spent = time.process_time() - start
    assert spent < seconds, f"{spent:.1f} s"
