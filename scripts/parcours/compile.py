"""The one way through the house: sources → model → prose → pages and feeds → Tree."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .problems import Problems
from .reading import read_site
from .request import Request

if TYPE_CHECKING:
    from .assembly import Compiled


def compile_site(request: Request, problems: Problems) -> Compiled | None:
    """Compile a site; None when its sources hold errors, all of which are in *problems*."""
    with _lasting():
        read = read_site(request, problems)
        # What draws pages and feeds is not waited for by whoever made a mistake in a source.
        from .assembly import assemble

        return assemble(read, problems)


def let_go() -> None:
    """Give back the memory of a site that is shown no more; takes a while, and ends no sooner.

    What a site is made of refers to itself, and stays for ever if nobody looks through it.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@contextmanager
def _lasting() -> Iterator[None]:
    """What is made here stays as long as the site is made: of hundreds of thousands of things none
    is looked through for what can go, neither now nor later."""
    gc.unfreeze()  # but for those of the site before, in a preview
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
