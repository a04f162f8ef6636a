"""The one way through the house: sources → model → prose → pages and feeds → Tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .problems import Problems
from .reading import read_site
from .request import Request

if TYPE_CHECKING:
    from .assembly import Compiled


def compile_site(request: Request, problems: Problems) -> Compiled | None:
    """Compile a site; None when its sources hold errors, all of which are in *problems*."""
    read = read_site(request, problems)
    # What draws pages and feeds is not waited for by whoever made a mistake in a source.
    from .assembly import assemble

    return assemble(read, problems)
