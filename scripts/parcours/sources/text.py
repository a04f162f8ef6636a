"""Source files as text: encodings, line ends and front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ..model.authored import without_code
from ..model.values import CONTROLS
from ..problems import MOST_ALIKE, N_, Edit, Mark, Mend, Problems
from .fences import FIRST_LINE, LOWER, UNWRAP, Head, find_head, one_version
from .files import TEXT_LIMIT, read_bytes
from .yaml import Document, nothing, read_yaml

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"(?:---|\+\+\+|\.\.\.)[ \t]*")
_HEAD_LINE = re.compile(
    r"(?:([A-Za-z_][\w-]{0,40})[ \t]*[:=](?:[ \t].*)?|[ \t]*(?:[-#].*)?|[ \t]+.*)"
)
_MEETING_KEYS = frozenset({"title", "start"})
_NO_CHARACTER = re.compile(r"&#[0-9]{8,}+;?")
"""References to characters past the last one, which libraries make numbers of, of any length."""

_DOCUMENTS = {
    b"PK\x03\x04": "ZIP",
    b"\xd0\xcf\x11\xe0": "Word",
    b"%PDF-": "PDF",
    b"{\\rtf": "RTF",
}
_ZIPPED = {b"opendocument": "LibreOffice", b"word/": "Word", b"xl/": "Excel", b"ppt/": "PowerPoint"}
"""What files of office programs begin with, or name."""

ONE_FILE = N_("one file for each meeting: move line {line} and all below it to a file of its own")
NO_BODY = N_("a .yml file has no « --- » and no text below: write that text under « description: »")
NO_BODY_ALONE = N_("a .yml file has no « --- » and no text below: delete lines {line} to {last}")
NO_END = N_("a .yml file has no « --- » at its end: delete this line")
OTHER_FILE = N_("a .yml file holds one thing: move what stands below to a file of its own")
SECOND = N_("« --- » begins a second document")
NO_YAML = N_("it is no « key: value »")
_AROUND = re.compile(
    r"(?P<first>(?P<sign>`{3,9}|~{3,9})\w{0,20}[ \t]*\n)(?P<text>.*?)(?P<last>(?P=sign)[ \t]*\n*)",
    re.DOTALL,
)
_LINE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)

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
    sort = _document_sort(data)
    if sort is not None:
        problems.add("word-document", Mark(file), value=sort)
        return None
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


def _document_sort(data: bytes) -> str | None:
    """The program whose document this is, under the name of a text; None for a text."""
    sort = next((sort for sign, sort in _DOCUMENTS.items() if data.startswith(sign)), None)
    if sort == "ZIP":
        return next((name for sign, name in _ZIPPED.items() if sign in data[:200_000]), sort)
    return sort


def _code_point(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"


def _reference(found: re.Match[str]) -> str:
    return f"{found[0][:12]}…"


def read_source(
    path: Path, file: str, problems: Problems, *, has_text: bool = True
) -> Source | None:
    """Read a Markdown file with front matter, or a YAML file; None, and problems, on failure.

    Args:
        has_text: whether it may hold a « description: ».
    """
    text = read_text(path, file, problems)
    if text is None:
        return None
    return split_source(text, file, problems, heals=True, has_text=has_text)


def split_source(
    text: str, file: str, problems: Problems, *, heals: bool = False, has_text: bool = True
) -> Source | None:
    """The front matter and body of a source's text; by its name, all of it may be YAML.

    Args:
        has_text: whether it may hold a « description: ».
        heals: whether slips are set right in memory, once they are told, so that the rest is read.
    """
    if heals:
        text = one_version(text, file, problems)
    if not file.lower().endswith(".md"):
        text = _one_document(text, file, problems, has_text=has_text) if heals else text
        document = read_yaml(text, file, problems, heals=heals)
        return None if document is None else Source(file, document)
    head = find_head(text)
    slip = head.opening or head.closing
    if slip is None:
        return _split(text, head, file, problems, heals, is_source=True)
    _tell_fences(head, file, problems)
    return _split(text, head, file, problems, heals, is_source=True) if heals else None


def _one_document(text: str, file: str, problems: Problems, *, has_text: bool) -> str:
    """A YAML file without what stands below a line « --- », which is told."""
    edits: tuple[Edit, ...]
    around = _AROUND.fullmatch(text)
    if around is not None:
        last = text.rstrip("\n").count("\n") + 1
        edits = (
            Edit(1, 1, around["first"], ""),
            Edit(last, 1, around["last"], ""),
        )
        mend = Mend(UNWRAP, {"line": 1, "last": last}, edits)
        problems.add("yaml-syntax", Mark(file), mend=mend, reason=NO_YAML)
        text = "\n" + around["text"]
    ends = [one for one in _LINE.finditer(text) if text[: one.start()].strip()]
    if not ends:
        return text
    begin, rest = ends[0], text[ends[0].end() :]
    line = text.count("\n", 0, begin.start()) + 1
    lines = rest.rstrip("\n").split("\n")[1:]
    params = {"line": line, "last": line + len(lines)}
    edits = ()
    if not rest.strip():
        mend = Mend(NO_END, {}, (Edit(line, 1, begin[0] + "\n" * rest.startswith("\n"), ""),))
    elif all(one is None or _HEAD_LINE.fullmatch(one) for one in lines) and ":" in rest:
        mend = Mend(OTHER_FILE)
    elif has_text:
        if not re.search(r"^description:", text, re.MULTILINE) and len(ends) == 1:
            said = [(line + number, one) for number, one in enumerate(lines, 1) if one.strip()]
            edits = (
                Edit(line, 1, begin[0], "description: |"),
                *(Edit(number, 1, one, f"  {one}") for number, one in said),
            )
        mend = Mend(NO_BODY, {}, edits)
    else:
        mend = Mend(NO_BODY_ALONE, params)
    problems.add("yaml-syntax", Mark(file, line), mend=mend, reason=SECOND)
    return text[: begin.start()]


def read_page(path: Path, file: str, problems: Problems) -> Source | None:
    """Read an authored page, whose front matter is optional."""
    text = read_text(path, file, problems)
    if text is None:
        return None
    text = one_version(text, file, problems)
    head = find_head(text)
    if _OPEN.match(text) is None and not _is_meant(text, head):
        _tell_heads(text, 0, file, problems)
        return Source(file, nothing(Mark(file)), text)
    _tell_fences(head, file, problems)
    return _split(text, head, file, problems, heals=True)


def _is_meant(text: str, head: Head) -> bool:
    """Whether a page that needs no front matter was meant to have one: what a fence closes is it.

    What lies further down, below an empty line or in an example, is told where it is shown.
    """
    if head.is_guessed or head.opening is None or head.opening.mend is None:
        return False
    if head.opening.line > 1 or head.opening.mend.text in {FIRST_LINE, LOWER}:
        return False
    found = [_HEAD_LINE.fullmatch(one) for one in text[head.begin : head.end].rstrip().split("\n")]
    keys = {one[1] for one in found if one is not None and one[1]}
    return bool(keys & _HEAD_KEYS) and all(found)


def _tell_fences(head: Head, file: str, problems: Problems) -> None:
    for one in (head.opening, head.closing):
        if one is not None:
            problems.add(one.code, Mark(file, one.line, 1), mend=one.mend)


def _tell_heads(
    text: str, begin: int, file: str, problems: Problems, *, is_source: bool = False
) -> None:
    """Tell front matter in the body, which is shown as text: of a second file, or moved down.

    Args:
        is_source: whether the file is about one meeting, so that another one would be lost.
    """
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
            if is_source and keys >= _MEETING_KEYS:
                mend = Mend(ONE_FILE, {"line": mark.line})
                problems.add("second-front-matter", mark, mend=mend)
            else:
                problems.add("second-front-matter", mark, severity="warning")
            at += 1


def head_span(text: str) -> tuple[int, int]:
    """Where the front matter of a text begins and ends, without its fences; 0 and 0 without one."""
    opening = _OPEN.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else (0, 0)


def _split(
    text: str,
    head: Head,
    file: str,
    problems: Problems,
    heals: bool,
    *,
    is_source: bool = False,
) -> Source | None:
    yaml = text[head.begin : head.end]
    first = text.count("\n", 0, head.begin) + 1
    document = read_yaml(yaml, file, problems, first_line=first, heals=heals)
    if document is None and not heals:
        return None
    if document is None or (head.opening is not None and head.begin == head.end):
        document = nothing(Mark(file, first), is_partial=True)
    if head.is_guessed:
        document = replace(document, is_partial=True)
    _tell_heads(text, head.body, file, problems, is_source=is_source)
    body = text[head.body :]
    line = text.count("\n", 0, head.body) + 1
    stripped = body.lstrip("\n")
    return Source(file, document, stripped, line + len(body) - len(stripped))
