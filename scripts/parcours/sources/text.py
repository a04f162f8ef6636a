"""Source files as text: encodings, line ends and front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ..model.authored import without_code
from ..model.values import CONTROLS
from ..problems import MOST_ALIKE, Mark, Problems
from .fences import Head, find_head, one_version
from .files import TEXT_LIMIT, read_bytes
from .yaml import Document, nothing, read_yaml

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"(?:---|\+\+\+|\.\.\.)[ \t]*")
_HEAD_LINE = re.compile(
    r"(?:([A-Za-z_][\w-]{0,40})[ \t]*[:=](?:[ \t].*)?|[ \t]*(?:[-#].*)?|[ \t]+.*)"
)
_NO_CHARACTER = re.compile(r"&#[0-9]{8,}+;?")
"""References to characters past the last one, which libraries make numbers of, of any length."""

_HEAD_KEYS = frozenset({"title", "start", "date", "name", "description"})


@dataclass(frozen=True)
class Source:
    """A source file, read: its front matter (or whole YAML) and its body.

    Attributes:
        file: path relative to the site's folder, `/` between parts.
        document: the front matter.
        body: the Markdown, empty for a YAML file.
        body_line: the line on which the body begins.
    """

    file: str
    document: Document
    body: str = ""
    body_line: int = 1


def read_text(path: Path, file: str, problems: Problems, limit: int = TEXT_LIMIT) -> str | None:
    """The text of a file: UTF-8 with or without a byte order mark, line ends made LF."""
    data = read_bytes(path, file, problems, limit)
    return None if data is None else decode(data, file, problems)


def decode(data: bytes, file: str, problems: Problems) -> str | None:
    """The text of a file's content; None, and a problem, when it is not UTF-8 text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        guess = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "Windows-1252 (ANSI)"
        problems.add(
            "encoding", Mark(file, line, column), byte=f"0x{data[error.start]:02X}", guess=guess
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for shape, what in ((CONTROLS, _code_point), (_NO_CHARACTER, _reference)):
        at = line = 0
        for found in islice(shape.finditer(text), MOST_ALIKE + 1):
            line += text.count("\n", at, found.start())
            at = found.start()
            mark = Mark(file, line + 1, at - text.rfind("\n", 0, at))
            problems.add("control-character", mark, character=what(found))
        text = shape.sub("\N{REPLACEMENT CHARACTER}", text)
    return text


def _code_point(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"


def _reference(found: re.Match[str]) -> str:
    return f"{found[0][:12]}…"


def read_source(path: Path, file: str, problems: Problems) -> Source | None:
    """Read a Markdown file with front matter, or a YAML file; None, and problems, on failure."""
    text = read_text(path, file, problems)
    return None if text is None else split_source(text, file, problems, heals=True)


def split_source(text: str, file: str, problems: Problems, *, heals: bool = False) -> Source | None:
    """The front matter and body of a source's text; by its name, all of it may be YAML.

    Args:
        heals: whether slips are set right in memory, once they are told, so that the rest is read.
    """
    if heals:
        text = one_version(text, file, problems)
    if not file.lower().endswith(".md"):
        document = read_yaml(text, file, problems, heals=heals)
        return None if document is None else Source(file, document)
    head = find_head(text)
    slip = head.opening or head.closing
    if slip is None:
        return _split(text, head, file, problems, heals)
    for one in (head.opening, head.closing):
        if one is not None:
            problems.add(one.code, Mark(file, one.line, 1), mend=one.mend)
    return _split(text, head, file, problems, heals) if heals else None


def read_page(path: Path, file: str, problems: Problems) -> Source | None:
    """Read an authored page, whose front matter is optional."""
    text = read_text(path, file, problems)
    if text is None:
        return None
    text = one_version(text, file, problems)
    opening = _OPEN.match(text)
    if opening is None:
        _tell_heads(text, 0, file, problems)
        return Source(file, nothing(Mark(file)), text)
    head = find_head(text)
    if head.closing is not None:
        problems.add(head.closing.code, Mark(file, head.closing.line), mend=head.closing.mend)
    return _split(text, head, file, problems, heals=True)


def _tell_heads(text: str, begin: int, file: str, problems: Problems) -> None:
    """Tell front matter in the body, which is shown as text: of a second file, or moved down."""
    body = text[begin:]
    if body.count("\n---") + body.count("\n+++") + body.startswith(("---", "+++")) < 2:
        return
    lines = without_code(body).split("\n")
    at, first = 0, text.count("\n", 0, begin) + 1
    opens = next((number for number, line in enumerate(lines) if line.strip()), 0)
    while at < len(lines):
        begins, at = at, at + 1
        if not _FENCE.fullmatch(lines[begins]):
            continue
        keys: set[str] = set()
        while at < len(lines) and not _FENCE.fullmatch(lines[at]):
            found = _HEAD_LINE.fullmatch(lines[at])
            if found is None:
                break
            keys.update(filter(None, [found[1]]))
            at += 1
        # Further down, « note: » between two rules may be meant.
        closed = at < len(lines) and _FENCE.fullmatch(lines[at])
        if closed and (keys if begins == opens else keys & _HEAD_KEYS):
            mark = Mark(file, first + begins)
            problems.add("second-front-matter", mark, severity="warning")
            at += 1


def head_span(text: str) -> tuple[int, int]:
    """Where the front matter of a text begins and ends, without its fences; 0 and 0 without one."""
    opening = _OPEN.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else (0, 0)


def _split(text: str, head: Head, file: str, problems: Problems, heals: bool) -> Source | None:
    yaml = text[head.begin : head.end]
    first = text.count("\n", 0, head.begin) + 1
    document = read_yaml(yaml, file, problems, first_line=first, heals=heals)
    if document is None and not heals:
        return None
    if document is None or (head.opening is not None and head.begin == head.end):
        document = nothing(Mark(file, first), is_partial=True)
    if head.is_guessed:
        document = replace(document, is_partial=True)
    _tell_heads(text, head.body, file, problems)
    body = text[head.body :]
    line = text.count("\n", 0, head.body) + 1
    stripped = body.lstrip("\n")
    return Source(file, document, stripped, line + len(body) - len(stripped))
