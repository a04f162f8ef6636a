"""The two lines « --- » around front matter: where they stand, and where they were meant to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..model.authored import without_code
from ..model.names import slug
from ..problems import N_, Edit, Mark, Mend, Problems
from .lines import known_words

_OPEN = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_WITH_MORE = re.compile(r"^---[ \t]+(?=[^\s#-])", re.MULTILINE)
_BLANK = re.compile(r"(?:[ \t\u00a0]*\n){1,50}")
_LIKE = re.compile(
    r"[ \t]*(?:[-\u2010-\u2015\u2212_=*~+`]{2,9}|[\u2013\u2014\u2015])(?:yaml)?[ \t]*"
)
_LONG_DASH = re.compile(
    r"^(?:[\u2013\u2014\u2015]{1,3}|-{4,9}|--|`{3,9}|~{3,9}|\*{3,9}|_{3,9}|={3,9})[ \t]*$",
    re.MULTILINE,
)
_CODE = re.compile(r"[ \t]*+(?P<sign>`{3,9}|~{3,9})[ \t]*+\w{0,20}[ \t]*+")
_LOWER = re.compile(r"^---[ \t]*\n(?=(?P<key>[\w-]{1,40}) ?:(?:\s|$))", re.MULTILINE)
MOST_ABOVE = 3_000
"""Characters above which a front matter is looked for further down."""

_KEY = re.compile(r"([\w-]{1,40}) ?:(?:\s|$)")
_HEAD_LINE = re.compile(r"(?:[\w-][\w -]{0,40}:(?:\s.*)?|[ \t]+\S.*|-\s.*|#.*)")
_CONFLICT = re.compile(r"^(?P<sign><{7}|\|{7}|={7}|>{7})(?: .*)?$")

FIRST_LINE = N_("« --- » has to be the very first line: delete the empty one above it")
LOWER = N_(
    "the one on line {line} is meant: delete what is above it, or put that below its second « --- »"
)
UNWRAP = N_("delete line {line}, and line {last} too: they stand around an example, not in a file")
UNWRAP_ONE = N_("delete line {line}: it stands above an example, not in a file")
ONCE = N_("one line « --- » begins it: delete this second one")
ALONE = N_("« --- » stands alone on its line: put what follows on the line below")
THREE = N_("write three hyphens alone on this line: « --- »")
ABOVE = N_("add a line « --- » above this one")
BELOW = N_("add a line « --- » below line {last}, and the text below that")


@dataclass(frozen=True)
class Fence:
    """A fence that is missing, or is another line.

    Attributes:
        line: from 1.
    """

    code: str
    line: int
    mend: Mend | None


@dataclass(frozen=True, kw_only=True)
class Head:
    """Where the front matter of a text stands, or was meant to.

    Attributes:
        begin: where its first key stands, and *end*, where it is over.
        body: where the body begins.
        opening: what is wrong with the fence above.
        closing: what is wrong with the one below.
        is_guessed: whether nothing says where it ends.
    """

    begin: int
    end: int
    body: int
    opening: Fence | None = None
    closing: Fence | None = None
    is_guessed: bool = False


def find_head(text: str) -> Head:
    """Find the front matter of a text."""
    right = _OPEN.match(text)
    if right is not None:
        twice = _OPEN.match(text, right.end())
        if twice is not None and _KEY.match(text, twice.end()):
            edit = Edit(2, 1, twice[0], "")
            return _closed(
                text, twice.end(), Fence("front-matter-missing", 2, Mend(ONCE, {}, (edit,)))
            )
        return _closed(text, right.end(), None)
    joined = _WITH_MORE.match(text)
    if joined is not None and _KEY.match(text, joined.end()):
        mend = Mend(ALONE, {}, (Edit(1, 1, joined[0], "---\n"),))
        return _closed(text, joined.end(), Fence("front-matter-missing", 1, mend))
    blank = _BLANK.match(text)
    begin = blank.end() if blank else 0
    line = text.count("\n", 0, begin) + 1
    first = text[begin:].partition("\n")[0]
    after = begin + len(first) + 1
    if blank and _OPEN.match(text, begin):
        edit = Edit(1, 1, text[:begin], "")
        return _closed(text, after, Fence("front-matter-missing", 1, Mend(FIRST_LINE, {}, (edit,))))
    if _CODE.fullmatch(first) and _OPEN.match(text, after):
        return _unwrapped(text, begin, first)
    if _LIKE.fullmatch(first) and _KEY.match(text, after):
        edits = () if blank else (Edit(line, 1, first, "---"),)
        return _closed(text, after, Fence("front-matter-missing", line, Mend(THREE, {}, edits)))
    found = _KEY.match(first)
    if found is not None and slug(found[1]) in known_words():
        sure = _CLOSE.search(text, begin) is not None and not blank
        edits = (Edit(line, 1, found[1], f"---\n{found[1]}"),) if sure else ()
        return _closed(text, begin, Fence("front-matter-missing", line, Mend(ABOVE, {}, edits)))
    lower = _LOWER.search(text, begin, begin + MOST_ABOVE)
    if lower is not None and slug(lower["key"]) in known_words():
        params = {"line": text.count("\n", 0, lower.start()) + 1}
        opening = Fence("front-matter-missing", line, Mend(LOWER, params))
        return _closed(text, lower.end(), opening)
    opening = Fence("front-matter-missing", 1, None)
    return Head(begin=0, end=0, body=0, opening=opening)


def _unwrapped(text: str, begin: int, first: str) -> Head:
    """The front matter of an example that was copied with the lines around it that show it."""
    after = begin + len(first) + 1
    line = text.count("\n", 0, begin) + 1
    opened = _OPEN.match(text, after)
    head = _closed(text, opened.end() if opened else after, None)
    sign = first.split()[0][:3]
    inner = list(re.finditer(rf"^{re.escape(sign)}+[ \t]*$", text[head.body :], re.MULTILINE))
    edits = [Edit(line, 1, f"{first}\n", "")]
    if len(inner) % 2 == 0:
        mend = Mend(UNWRAP_ONE, {"line": line}, tuple(edits))
        return replace(head, opening=Fence("front-matter-missing", line, mend))
    is_next = not text[head.body : head.body + inner[0].start()].strip()
    last = inner[0] if is_next else inner[-1]
    row = text.count("\n", 0, head.body + last.start()) + 1
    rest = text[head.body + last.end() :]
    edits.append(Edit(row, 1, last[0] + "\n" * rest.startswith("\n"), ""))
    mend = Mend(UNWRAP, {"line": line, "last": row}, tuple(edits))
    return replace(head, opening=Fence("front-matter-missing", line, mend))


def _closed(text: str, begin: int, opening: Fence | None) -> Head:
    closing = _CLOSE.search(text, begin)
    like = _LONG_DASH.search(text, begin, closing.start() if closing else len(text))
    if like is not None and _is_head(text[begin : like.start()]):
        line = text.count("\n", 0, like.start()) + 1
        edit = Edit(line, 1, like[0], "---")
        fence = Fence("front-matter-open", line, Mend(THREE, {}, (edit,)))
        return Head(begin=begin, end=like.start(), body=like.end(), opening=opening, closing=fence)
    more = _WITH_MORE.search(text, begin, closing.start() if closing else len(text))
    if more is not None and _is_head(text[begin : more.start()]):
        line = text.count("\n", 0, more.start()) + 1
        mend = Mend(ALONE, {}, (Edit(line, 1, more[0], "---\n"),))
        fence = Fence("front-matter-open", line, mend)
        return Head(begin=begin, end=more.start(), body=more.end(), opening=opening, closing=fence)
    if closing is not None:
        return Head(begin=begin, end=closing.start(), body=closing.end(), opening=opening)
    end, line = begin, text.count("\n", 0, begin) + 1
    for one in text[begin:].split("\n"):
        if not _HEAD_LINE.fullmatch(one):
            break
        end, line = min(end + len(one) + 1, len(text)), line + 1
    fence = Fence("front-matter-open", 1, Mend(BELOW, {"last": line - 1}))
    return Head(begin=begin, end=end, body=end, opening=opening, closing=fence, is_guessed=True)


def _is_head(text: str) -> bool:
    """Whether all lines may be of a front matter: what follows is its end then."""
    lines = text.split("\n")
    return all(not line.strip() or _HEAD_LINE.fullmatch(line) for line in lines)


def one_version(text: str, file: str, problems: Problems) -> str:
    """A text in which two versions were joined, with the first of them; that is told.

    As many lines stand in it as before: what is left out is empty.
    """
    if "<<<<<<<" not in text or ">>>>>>>" not in text:
        return text
    lines = text.split("\n")
    begin, middle = None, None
    for number, line in enumerate(without_code(text).split("\n")):  # a page may tell of them
        found = _CONFLICT.match(line) if line[:1] in set("<|=>") else None
        sign = found["sign"][0] if found else ""
        if sign == "<":
            begin, middle = number, None
        elif sign in {"|", "="} and begin is not None:
            middle = number if middle is None else middle
        elif sign == ">" and begin is not None and middle is not None:
            problems.add("conflict-markers", Mark(file, begin + 1))
            lines[begin] = ""
            lines[middle : number + 1] = [""] * (number + 1 - middle)
            begin = middle = None
    return "\n".join(lines)
