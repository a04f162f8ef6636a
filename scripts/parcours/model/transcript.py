"""What was said in a recording, as text with times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

PAUSE = 4.0
"""Seconds of silence after which a new paragraph begins."""

LENGTH = 350
"""Characters after which a paragraph ends with its sentence; at twice as many it ends anyway."""

_ENDS = '.!?…»"'


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: seconds from the start, who speaks if it says so, and plain text."""

    start: float
    end: float
    voice: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A readable piece of a transcript.

    Attributes:
        at: seconds from the start; None when nobody said.
        voice: who speaks; empty when it is not said.
    """

    at: int | None
    voice: str
    text: str


@dataclass(frozen=True)
class Transcript:
    """What was said, the paragraphs in order.

    Attributes:
        last: up to which second it goes, as far as it says; 0 where it does not.
    """

    paragraphs: tuple[Paragraph, ...]
    last: float = 0.0

    @property
    def text(self) -> str:
        return "\n\n".join(one.text for one in self.paragraphs)


def paragraphs(cues: Iterable[Cue]) -> Iterator[Paragraph]:
    """Captions joined to paragraphs: they are cut for the eye, at two lines, not for a reader.

    A paragraph ends where another person speaks, at a silence, and with a sentence once it is long
    enough. A caption that repeats the one before it (rolling captions) is told once.
    """
    current: Paragraph | None = None
    last: Cue | None = None
    for cue in sorted(cues, key=lambda one: one.start):
        if last is not None and current is not None and _repeats(last, cue):
            last = cue
            continue
        if current is None or last is None or _parts(current, last, cue):
            if current is not None:
                yield current
            current = Paragraph(int(cue.start), cue.voice, cue.text)
        else:
            current = replace(current, text=f"{current.text} {cue.text}")
        last = cue
    if current is not None:
        yield current


def _repeats(last: Cue, cue: Cue) -> bool:
    return cue.text == last.text and cue.voice == last.voice and cue.start - last.end < PAUSE


def _parts(current: Paragraph, last: Cue, cue: Cue) -> bool:
    """Whether a new paragraph begins with *cue*."""
    # A caption without a voice goes on with the one before it.
    if cue.voice and cue.voice != current.voice:
        return True
    if cue.start - last.end > PAUSE:
        return True
    long = len(current.text)
    return long > 2 * LENGTH or (long > LENGTH and current.text[-1] in _ENDS)
