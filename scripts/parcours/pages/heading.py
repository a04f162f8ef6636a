"""The heading of a page that nobody wrote one for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from .drawing import Block


@dataclass(frozen=True)
class Heading:
    """Input of ``heading.html``."""

    text: str


def heading(text: str) -> Block:
    """A heading as a block of its own."""
    return Block("heading.html", partial(Heading, text))
