"""Old addresses that sources name: where each stands, and which none can be."""

from __future__ import annotations

from pathlib import Path

from ..model.settings import Settings
from ..model.values import tidy
from ..problems import N_, Mark, Mend, Problems
from .published import is_taken
from .text import read_source

ANOTHER = Mend(N_("choose another address, or delete that one"))
_ASKED_BY_MACHINES = frozenset({"robots.txt", "favicon.ico", "cname", "ads.txt", "humans.txt"})
"""Files that machines ask every site for, in whose place the page of an old address would be."""


def mark_of_alias(root: Path, file: str, address: str) -> Mark:
    """Where a source names an old address, or an old id, which ends one; of few, that is asked."""
    source = read_source(root / file, file, Problems())
    if source is None or source.document.said(("aliases",)) is None:
        return Mark(file)
    document = source.document
    said = document.said(("aliases",))
    for number, one in enumerate(said if isinstance(said, list) else ()):
        name = tidy(str(one)).strip("/")
        if name and f"/{address}".endswith(f"/{name}"):
            return document.mark(("aliases", number))
    return document.mark(("aliases",))


def check_old_address(
    address: str, root: Path, file: str, settings: Settings, problems: Problems
) -> None:
    """An old address leads to a page from a folder of its own, none of ours and no file."""
    first, _, rest = address.casefold().partition("/")
    ours = first in {"assets", settings.addresses.feeds.casefold()}
    if ours or (first in _ASKED_BY_MACHINES and not rest) or is_taken(address, settings.engine):
        mark = mark_of_alias(root, file, address)
        problems.add("reserved-address", mark, mend=ANOTHER, address=address)
