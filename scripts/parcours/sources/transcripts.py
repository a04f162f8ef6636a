"""Captions and transcripts of recordings, read into text with times.

Captions are WebVTT (W3C, https://www.w3.org/TR/webvtt1/). Browsers pass over what is wrong in
them without a word, so what they would pass over is a problem here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..model.community import Text
from ..model.schema import Replay
from ..model.transcript import Cue, Paragraph, Transcript, paragraphs
from ..model.values import ValueRefused, parse_timecode
from ..problems import MESSAGES, N_, Edit, Mark, Mend, Problems
from .text import read_page, read_text

_TIME = r"(?:(\d{2,6}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_ABOUT = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_ARROW = r"(?:[-\u2010-\u2015\u2212=~ ]{0,9}(?:>|&gt;)|[\u2190-\u21ff\u2794\u27a1\u00bb]\ufe0f?)"
_DASHES = r"(?:[-\u2010-\u2015\u2212]{1,3}|à|to|,|;)"
_LIKE = re.compile(
    rf"[ \t]*+{_ABOUT}[ \t]{{0,9}}(?:(?P<arrow>{_ARROW})|{_DASHES}|[ \t])[ \t]{{0,9}}{_ABOUT}"
    r"(?P<rest>[ \t].*)?"
)
"""The times of a caption as people write them, or as programs do which are none of browsers."""

_TIMES = re.compile(r"[ \t]*[\[(]?\d{1,3}:\d{2}\b.*\b\d{1,2}:\d{2}\b[\d.,]*+\W*+")
_SUBRIP = re.compile(r"[ \t]*\d{1,2}:\d{2}:\d{2},\d{3}[ \t]+-->.*")
_REMARK = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_METADATA = re.compile(r"[A-Za-z-]{1,40}[:=]")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")
_MEANT_HEADER = re.compile(r"\W*web ?vtt\b.*", re.IGNORECASE)
_MARKUP = re.compile(r"\s*[<{\[]\s*[\"'!?/A-Za-z]")
"""How the files of programs begin, that are no text."""

_TAG = re.compile(r"<([^>]*+)(?:>|\Z)")
_VOICE = re.compile(r"v(?:\.[^\s<>]*+)?[ \t]++(.*)", re.DOTALL)
_STARTS = r"[ \t]*[\[(]?(?:\d{1,2}:)?\d{1,3}:\d{2}\b"
_AT = re.compile(
    r"[ \t]*[\[(]?(?P<at>(?:\d{1,2}:)?\d{1,3}:\d{2})(?:[.,]\d+)?[\])]?"
    r"[ \t\u00a0]*+[-–—:]?[ \t\u00a0]*+"
)


HYPHENS = N_("the arrow has two hyphens: write « {better} »")
WRITE = N_("write « {better} »")
HEADER = N_(
    "its name is right: write « WEBVTT » on its first line, leave the next one empty, and put "
    "points in place of the commas in the times"
)


@dataclass(frozen=True)
class Heard:
    """What the files of a replay say: its key → what was read of it; Markdown as it is written."""

    read: Mapping[str, Transcript | Text]

    @property
    def text(self) -> Transcript | Text | None:
        """The transcript, else what the captions say."""
        return self.read.get("transcript") or self.read.get("captions")

    @property
    def last(self) -> Mapping[str, float]:
        """Up to which second each goes, as far as it says."""
        found = self.read.items()
        return {key: one.last for key, one in found if isinstance(one, Transcript)}


def read_heard(
    root: Path, replay: Replay | None, files: Mapping[str, str], problems: Problems
) -> Heard:
    """The captions and the transcript of a replay, without those in which something is wrong.

    Args:
        files: those that the record names, as written → relative to *root*.
    """
    found: dict[str, Transcript | Text] = {}
    for key in ("captions", "transcript"):
        name = getattr(replay, key, None)
        file = files.get(name or "")
        one = _read(root, file, key, problems) if file else None
        if one is not None:
            found[key] = one
    return Heard(found)


def _read(root: Path, file: str, key: str, problems: Problems) -> Transcript | Text | None:
    suffix = Path(file).suffix.lower()
    if suffix == ".vtt" or key == "captions":
        return read_captions(root, file, problems)
    if suffix == ".md":
        source = read_page(root / file, file, problems)
        return Text(source.body, file, source.body_line, "transcript") if source else None
    if suffix == ".txt":
        text = read_text(root / file, file, problems)
        if text is None:
            return None
        said = tuple(_plain(text))
        return Transcript(said, max((one.at or 0 for one in said), default=0))
    return None


def read_captions(root: Path, file: str, problems: Problems) -> Transcript | None:
    """The text of a WebVTT file; None, and problems, when browsers would not show all of it."""
    text = read_text(root / file, file, problems)
    if text is None:
        return None
    before, lines = problems.errors, text.split("\n")
    first = _untimed(lines)
    if first is not None:
        mark, better = Mark(file, first + 1), PurePosixPath(file).with_suffix(".txt").name
        problems.add("captions-transcript", mark, value=lines[first].strip()[:80], better=better)
        return None
    captions = _captions(lines, file, problems)
    if problems.errors > before:
        return None
    cues = [cue for one in captions for cue in one.cues]
    if not captions:
        problems.add("captions-empty", Mark(file), severity="warning")
    return Transcript(tuple(paragraphs(cues)), max((one.end for one in captions), default=0.0))


def _untimed(lines: list[str]) -> int | None:
    """The first line of a text in which nothing is a caption; None where something is one.

    A transcript has at most one time where a caption has two; a remark is none.
    """
    if any("-->" in line or _LIKE.fullmatch(line) or _TIMES.fullmatch(line) for line in lines):
        return None
    begin = 1 if _MEANT_HEADER.fullmatch(lines[0]) else 0
    while begin and begin < len(lines) and _METADATA.match(lines[begin]):
        begin += 1
    said = [number for number, line in enumerate(lines) if number >= begin and line.strip()]
    if len(said) < 2 or _REMARK.fullmatch(lines[said[0]]) or _MARKUP.match(lines[said[0]]):
        return None
    return said[0]


@dataclass(frozen=True)
class _Caption:
    """A caption; its times in seconds."""

    start: float
    end: float
    cues: tuple[Cue, ...]


def _captions(lines: list[str], file: str, problems: Problems) -> list[_Caption]:
    """Every caption, in the order in which browsers hold them; a problem for what none is.

    The blocks are those of the parser that browsers follow (WebVTT, section 6.1).
    """
    headed = _HEADER.fullmatch(lines[0]) is not None
    if not headed:
        meant = not any(map(_TIMING.fullmatch, lines)) and any(map(_SUBRIP.fullmatch, lines))
        edits = _header(lines)
        if meant:
            edits = tuple(
                Edit(number, 1, line, "WEBVTT\n\n" * (number == 1) + (_better(line) or line))
                for number, line in enumerate(lines, 1)
                if number == 1 or _better(line) is not None
            )
            problems.add("captions-srt", Mark(file), mend=Mend(HEADER, {}, edits), value=file)
            return []
        hint = MESSAGES["captions-header"][1]
        problems.add("captions-header", Mark(file), mend=Mend(hint, {}, edits), value=file)
    found: list[_Caption] = []
    begins = headed or _MEANT_HEADER.fullmatch(lines[0])
    at, latest = _after_header(lines, file, problems) if begins else 0, 0.0
    while at < len(lines):
        begin, at, timing, text = _block(lines, at)
        if timing is None:
            if _is_lost(timing, text):
                mark, value = Mark(file, begin + 1), text[0].strip()[:80]
                is_time = _TIMES.fullmatch(text[0]) is not None
                problems.add("captions-time" if is_time else "captions-stray", mark, value=value)
            continue
        line, mark = lines[timing], Mark(file, timing + 1)
        times = _times(line, mark, problems)
        if times is None:
            continue
        if times[0] < latest:
            problems.add("captions-backwards", mark, severity="warning", value=line.strip()[:80])
        latest = max(latest, times[0])
        # What comes after an empty line is told there, with that line.
        cues = tuple(_cues(*times, "\n".join(text)))
        if not cues and not _is_lost(*_block(lines, at)[2:]):
            problems.add("captions-silent", mark, severity="warning", value=line.strip()[:80])
        found.append(_Caption(*times, cues))
    return sorted(found, key=lambda one: one.start)


def _is_lost(timing: int | None, text: list[str]) -> bool:
    """Whether a block is text without times, which no browser shows, and no remark."""
    return timing is None and bool(text) and not _REMARK.fullmatch(text[0])


def _after_header(lines: list[str], file: str, problems: Problems) -> int:
    """The line on which the first block may begin; what stands before it is metadata or lost."""
    at = 1
    while at < len(lines) and lines[at] and "-->" not in lines[at]:
        at += 1
    if at == len(lines) or not lines[at]:
        for number in range(1, at):
            if not _METADATA.match(lines[number]):
                mark = Mark(file, number + 1)
                problems.add("captions-stray", mark, value=lines[number].strip()[:80])
    return at


def _block(lines: list[str], at: int) -> tuple[int, int, int | None, list[str]]:
    """A block: where it begins and what follows it, its line of times if any, its other lines.

    A line before the times is their name.
    """
    begin, timing = at, None
    text: list[str] = []
    while at < len(lines) and lines[at]:
        if _is_timing(lines[at], within=timing is not None):
            if timing is not None or len(text) > 1:
                break
            timing, text = at, []
        else:
            text.append(lines[at])
        at += 1
    return begin, at + (at < len(lines) and not lines[at]), timing, text


def _is_timing(line: str, *, within: bool) -> bool:
    """Whether a line is one of times, or is meant to be.

    Args:
        within: whether the caption has its times already: a text may speak of hours.
    """
    if "-->" in line:
        return True
    found = _LIKE.fullmatch(line)
    return found is not None and (not within or bool(found["arrow"] and found[4] and found[9]))


def _better(line: str) -> str | None:
    """A line of times as browsers read it; None where there is nothing to be made of it."""
    found = _LIKE.fullmatch(line)
    if found is None:
        return None
    begin, end = _written(found, 1), _written(found, 6)
    return f"{begin} --> {end}{found['rest'] or ''}" if begin and end else None


def _written(found: re.Match[str], first: int) -> str | None:
    hours, minutes, seconds, rest = (found[first + i] for i in range(4))
    if int(minutes) > LAST_SECOND or int(seconds) > LAST_SECOND:
        return None
    above = f"{int(hours):02d}:" if hours else ""
    return f"{above}{int(minutes):02d}:{int(seconds):02d}.{(rest or '').ljust(3, '0')}"


LAST_SECOND = 59


def _header(lines: list[str]) -> tuple[Edit, ...]:
    """What makes a text begin as captions do."""
    first = lines[0]
    if _MEANT_HEADER.fullmatch(first):
        return (Edit(1, 1, first, "WEBVTT"),)
    return (Edit(1, 1, "", "WEBVTT\n\n"),) if first.strip() else (Edit(1, 1, "", "WEBVTT\n"),)


def _times(line: str, mark: Mark, problems: Problems) -> tuple[float, float] | None:
    """When a caption begins and ends, in seconds."""
    found = _TIMING.fullmatch(line)
    if found is None:
        if not line.startswith("NOTE"):
            better = _better(line)
            mend = None
            if better is not None:
                text = WRITE if "-->" in line else HYPHENS
                mend = Mend(text, {"better": better.strip()}, (Edit(mark.line, 1, line, better),))
            problems.add("captions-time", mark, mend=mend, value=line.strip()[:80])
        return None
    start, end = _milliseconds(found, 1), _milliseconds(found, 5)
    if end <= start:
        problems.add("captions-order", mark, value=line.strip()[:80])
        return None
    return start / 1000, end / 1000


def _milliseconds(found: re.Match[str], first: int) -> int:
    hours, minutes, seconds, rest = (int(found[first + i] or 0) for i in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _cues(start: float, end: float, raw: str) -> Iterator[Cue]:
    """The voices of a caption, one after the other, as plain text."""
    voice, begin = "", 0
    said: list[str] = []
    for tag in _TAG.finditer(raw):
        said.append(raw[begin : tag.start()])
        begin = tag.end()
        found = _VOICE.fullmatch(tag[1])
        if found and tag[0].endswith(">"):
            yield from _said(start, end, voice, said)
            voice, said = found[1], []
        elif not tag[0].endswith(">"):
            said.append(tag[0])  # what is open at the end is text
    yield from _said(start, end, voice, [*said, raw[begin:]])


def _said(start: float, end: float, voice: str, said: list[str]) -> Iterator[Cue]:
    plain = _line(html.unescape("".join(said)))
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
