"""Captions and transcripts of recordings, read into text with times.

Captions are WebVTT (W3C, https://www.w3.org/TR/webvtt1/). Browsers pass over what is wrong in
them without a word, so what they would pass over is a problem here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError

from ..model.community import Text
from ..model.schema import Replay
from ..model.transcript import Cue, Paragraph, Transcript, paragraphs
from ..model.values import ValueRefused, parse_timecode
from ..problems import Mark, Problems
from .text import read_page, read_text

_TIME = r"(?:(\d{2,6}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?[ \t]++([^>]*)>")
_OPEN = "\ufdd0"
"""A noncharacter (Unicode, section 23.7), which no text holds."""

_TAG = re.compile(r"<[^>]*>")
_STARTS = r"[ \t]*[\[(]?(?:\d{1,2}:)?\d{1,3}:\d{2}\b"
_AT = re.compile(
    r"[ \t]*[\[(]?(?P<at>(?:\d{1,2}:)?\d{1,3}:\d{2})(?:[.,]\d+)?[\])]?"
    r"[ \t\u00a0]*[-–—:]?[ \t\u00a0]*"
)


def read_transcript(
    root: Path, replay: Replay | None, files: Mapping[str, str], problems: Problems
) -> Transcript | Text | None:
    """The transcript of a replay, else what its captions say; Markdown as it is written.

    Args:
        files: those that the record names, as written → relative to *root*.
    """
    if replay is None:
        return None
    captions = transcript = None
    if replay.captions and replay.captions in files:
        captions = read_captions(root, files[replay.captions], problems)
    if replay.transcript and replay.transcript in files:
        transcript = _read(root, files[replay.transcript], problems)
    return transcript or captions


def _read(root: Path, file: str, problems: Problems) -> Transcript | Text | None:
    suffix = Path(file).suffix.lower()
    if suffix == ".vtt":
        return read_captions(root, file, problems)
    if suffix == ".md":
        source = read_page(root / file, file, problems)
        return Text(source.body, file, source.body_line, "transcript") if source else None
    if suffix == ".txt":
        text = read_text(root / file, file, problems)
        return None if text is None else Transcript(tuple(_plain(text)))
    return None


def read_captions(root: Path, file: str, problems: Problems) -> Transcript | None:
    """The text of a WebVTT file; None, and problems, when browsers would not show all of it."""
    text = read_text(root / file, file, problems)
    if text is None or not _valid(text, file, problems):
        return None
    try:
        captions = WebVTT.from_string(text)
    except (MalformedFileError, MalformedCaptionError) as error:
        problems.add("captions-time", Mark(file), value=str(error)[:80])
        return None
    cues = [
        cue
        for caption in captions.captions
        for cue in _cues(caption.start_in_seconds, caption.end_in_seconds, caption.raw_text)
    ]
    if not cues:
        problems.add("captions-empty", Mark(file), severity="warning")
    return Transcript(tuple(paragraphs(cues)))


def _valid(text: str, file: str, problems: Problems) -> bool:
    lines = text.split("\n")
    before = problems.errors
    if not _HEADER.fullmatch(lines[0]):
        problems.add("captions-header", Mark(file))
    for number, line in enumerate(lines, 1):
        if "-->" in line and not line.startswith("NOTE"):
            _check_timing(line, Mark(file, number), problems)
    return problems.errors == before


def _check_timing(line: str, mark: Mark, problems: Problems) -> None:
    found = _TIMING.fullmatch(line)
    if found is None:
        problems.add("captions-time", mark, value=line.strip()[:80])
    elif _milliseconds(found, 5) <= _milliseconds(found, 1):
        problems.add("captions-order", mark, value=line.strip()[:80])


def _milliseconds(found: re.Match[str], first: int) -> int:
    hours, minutes, seconds, rest = (int(found[first + i] or 0) for i in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _cues(start: float, end: float, raw: str) -> Iterator[Cue]:
    """The voices of a caption, one after the other, as plain text."""
    closed = raw.rfind(">") + 1  # what is open after it is text, and no tag is looked for in it
    before, *voices = _VOICE.split(raw[:closed])
    parts = [("", before), *zip(voices[::2], voices[1::2], strict=True)]
    parts[-1] = (parts[-1][0], f"{parts[-1][1]}{_OPEN}{raw[closed:]}")
    for voice, text in parts:
        marked, _, rest = text.partition(_OPEN)
        plain = _line(html.unescape(_TAG.sub("", marked) + rest))
        if plain:
            yield Cue(start, end, _line(html.unescape(voice)), plain)


def _line(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()


def _plain(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a text, which may begin with a time: « 6:40 - Trois usages »."""
    # A line that begins with a time begins a paragraph, even without an empty line before it.
    for block in re.split(rf"\n[ \t]*\n|\n(?={_STARTS})", text.strip("\n")):
        at, words = None, block.strip()
        found = _AT.match(words)
        if found:
            try:
                at, words = parse_timecode(found["at"]), words[found.end() :]
            except ValueRefused:
                at = None  # « 12:75 » is a number, not a time
        words = _line(words)
        if words:
            yield Paragraph(at, "", words)
