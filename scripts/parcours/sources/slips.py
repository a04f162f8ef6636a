"""Slips in lines of YAML: what was meant, and the text as it can then be read.

YAML tells where its reader gave up, which is often a line or ten below the slip. So the lines above
are looked at, one by one, for what people get wrong; what is found is told, set right in memory,
and reading goes on: one slip hides nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pydantic import BaseModel

from ..model import schema
from ..model.names import slug
from ..model.shape import fields
from ..model.synonyms import KEYS
from ..problems import N_, Edit, Mend

SPACE_KEY = N_("put a space after the colon: « {better} »")
SPACE_DASH = N_("put a space after the hyphen: « {better} »")
DASH = N_("begin each item of a list with a hyphen and a space: « {better} »")
COLON = N_("write « {better} »")
CLOSE = N_("write « {better} »")
AROUND = N_("put the whole value in quotes: « {better} »")
OUT = N_("take away the spaces before « {key}: »")
ALIGN = N_("begin this line with as many spaces as the keys beside it: {count}")
EMPTY_ABOVE = N_("delete « {value} »: what « {parent}: » says stands on the lines below it")
TABS = N_("replace the tab with two spaces")

NO_SPACE = N_("the space after « {key}: » is missing")
NO_DASH_SPACE = N_("the space after the hyphen of a list is missing")
NO_DASH = N_("this is no hyphen of a list")
NO_LIST = N_("the hyphen makes an item of a list of this, and no list is begun above")
NO_COLON = N_("the colon after « {key} » is missing")
NO_QUOTE = N_("the quote that opens here is not closed on this line")
NO_BRACKET = N_("the bracket or brace that opens here is not closed")
HALF_QUOTED = N_("the quotes end before the value does")
TOO_FAR_IN = N_("a space too many before « {key}: » makes it a part of the line above")
UNALIGNED = N_("this line begins neither where those above it do, nor two spaces further in")
NO_KEY = N_("« {value} » stands alone, without a key and its colon")
GOES_ON = N_("write its key before it, or two spaces if it goes on the line above; or delete it")
COLON_INSIDE = N_("a colon inside a value needs quotes around the value")
SPECIAL = N_("« {sign} » at the beginning of a value means something else in YAML")

_KEY = re.compile(r"(?P<item>(?:- +)*)(?P<key>[^\s:\"'#\[\]{},][^:\"#]{0,60}?) *:(?P<rest>\s.*|$)")
_JOINED = re.compile(r"(?P<item>(?:- +)*)(?P<key>[\w-]{1,40}):(?P<rest>[^\s:/\\].*)")
_COLONLESS = re.compile(
    r"(?P<item>(?:- +)*)(?P<key>[\w-]{1,40})(?P<sign> *[=\uff1a;] *| +|$)(?P<rest>.*)"
)
_DASH_JOINED = re.compile(r"-(?P<rest>[^\s-].*)")
_BULLET = re.compile(r"(?P<sign>[–—•·*]) *(?P<rest>[^\s*].*)")
_BLOCK = re.compile(r"(?:^|[:-] +)[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_SPECIAL = re.compile(r"[@`%&*!|>]")
_COMMENT = re.compile(r"\s#")
MOST_LINES = 300
"""Lines above a place at which YAML gave up that are looked at: front matter has fewer."""

LONGEST = 2_000
"""Characters of a line that is looked at."""

_CLOSES = {"[": "]", "{": "}"}
TYPOGRAPHIC = re.compile(r"[\u201c-\u201f](?P<inner>[^\u201c-\u201f]+)[\u201c\u201d]")
_LITTLE = frozenset(
    {"à", "a", "de", "le", "au", "ou", "où", "avec", "qui", "est", "revoir", "venir", "on", "at"}
    | {"to", "by", "from", "with", "who", "why", "when", "where", "no", "about", "it", "so"}
)
"""Words for keys with which sentences begin too."""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A slip, and what to do about it.

    Attributes:
        line: from 0, as *column*.
        reason: a message of the catalogues.
        params: what the braces of the reason and the mend stand for.
        mend: what to write.
        edit: what makes it right in the text; its line and column are from 1.
        code: of the problem.
        is_certain: whether nothing else can have been meant.
    """

    line: int
    column: int
    mend: str
    edit: Edit
    reason: str = ""
    params: dict[str, str] = field(default_factory=dict)
    code: str = "yaml-syntax"
    is_certain: bool = True

    def told(self, first_line: int) -> Mend:
        """How to write it, in a file whose first line of YAML has that number."""
        edit = Edit(self.edit.line + first_line - 1, self.edit.column, self.edit.old, self.edit.new)
        return Mend(self.mend, self.params, (edit,) if self.is_certain else ())


@dataclass(frozen=True)
class _Line:
    """A line that is no text of a block, no comment and not empty."""

    number: int
    indent: int
    text: str

    @property
    def key(self) -> re.Match[str] | None:
        return _KEY.fullmatch(self.text)

    @property
    def key_indent(self) -> int:
        """Where its key begins, behind the hyphens of a list."""
        found = self.key
        return self.indent + (len(found["item"]) if found else 0)


@cache
def known_words() -> frozenset[str]:
    """Every key of the schema, and every word for one, folded."""
    keys = {slug(path[-1]) for record in _records() for path, _ in fields(record)}
    lists = [words for table in KEYS.values() for words in table.values()]
    return frozenset(keys | {slug(word) for words in lists for word in words.split(",")})


@cache
def _holders() -> frozenset[tuple[str, str]]:
    """Every key that groups others, with each of these."""
    paths = [path for one in _records() for path, _ in fields(one) if len(path) > 1]
    return frozenset((path[-2], path[-1]) for path in paths)


def _records() -> list[type[BaseModel]]:
    found = [one for one in vars(schema).values() if isinstance(one, type)]
    return [one for one in found if issubclass(one, BaseModel)]


def find_slip(lines: Sequence[str], last: int) -> Slip | None:
    """The first slip in the lines up to *last*, from 0; None where there is none that is known."""
    above: list[_Line] = []
    for line in _lines(lines, max(0, last - MOST_LINES), last + 2):
        following = lines[line.number + 1] if line.number + 1 < len(lines) else ""
        for look in _LOOKS:
            slip = look(line, above, following)
            if slip is not None and line.number <= last:
                return slip
        above.append(line)
    return None


def mended(lines: Sequence[str], slip: Slip) -> list[str]:
    """The lines with a slip set right."""
    out = list(lines)
    at, edit = slip.edit.line - 1, slip.edit
    begin = edit.column - 1
    out[at] = out[at][:begin] + edit.new + out[at][begin + len(edit.old) :]
    return out


def _lines(lines: Sequence[str], begin: int, end: int) -> Iterator[_Line]:
    block: int | None = None
    for number, line in enumerate(lines[begin:end], begin):
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if block is not None and (not text.strip() or indent > block):
            continue
        block = None
        if not text.strip() or text.startswith("#") or len(text) > LONGEST:
            continue
        found = _Line(number, indent, text.rstrip())
        yield found
        if _BLOCK.search(found.text):
            block = indent


def _tab(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    if not line.text.startswith("\t"):
        return None
    tabs = len(line.text) - len(line.text.lstrip("\t "))
    edit = Edit(
        line.number + 1, line.indent + 1, line.text[:tabs], "  " * line.text.count("\t", 0, tabs)
    )
    return Slip(line=line.number, column=line.indent, mend=TABS, edit=edit, code="yaml-tab")


def _dash(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    found = _DASH_JOINED.fullmatch(line.text)
    if found and not line.text.startswith("--"):
        edit = Edit(line.number + 1, line.indent + 1, "-", "- ")
        params = {"better": f"- {found['rest']}"}
        return Slip(
            line=line.number,
            column=line.indent,
            reason=NO_DASH_SPACE,
            mend=SPACE_DASH,
            edit=edit,
            params=params,
        )
    bullet = _BULLET.fullmatch(line.text)
    if bullet and above and _opens_list(above[-1]):
        begin = line.text[: bullet.start("rest")]
        edit = Edit(line.number + 1, line.indent + 1, begin, "- ")
        return Slip(
            line=line.number,
            column=line.indent,
            reason=NO_DASH,
            mend=DASH,
            edit=edit,
            params={"better": f"- {bullet['rest']}"},
        )
    return None


def _item(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    """A key with the hyphen of a list, where there is no list."""
    found = line.key
    before = above[-1] if above else None
    if found is None or not found["item"] or before is None or before.key is None:
        return None
    if line.indent > before.indent or before.text.startswith("- ") or _opens_list(before):
        return None
    if any(one.indent == line.indent and one.text.startswith("- ") for one in above):
        return None
    edit = Edit(line.number + 1, line.indent + 1, found["item"] + found["key"], found["key"])
    params = {"better": line.text[len(found["item"]) :]}
    return Slip(
        line=line.number,
        column=line.indent,
        reason=NO_LIST,
        mend=COLON,
        edit=edit,
        params=params,
    )


def _opens_list(line: _Line) -> bool:
    found = line.key
    return line.text.startswith("- ") or bool(found and not found["rest"].strip())


def _joined(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    found = _JOINED.fullmatch(line.text)
    if found is None or slug(found["key"]) not in known_words():
        return None
    column = line.indent + found.start("rest")
    edit = Edit(
        line.number + 1,
        line.indent + found.start("key") + 1,
        f"{found['key']}:",
        f"{found['key']}: ",
    )
    params = {"key": found["key"], "better": f"{found['key']}: {found['rest']}"}
    return Slip(
        line=line.number, column=column, reason=NO_SPACE, mend=SPACE_KEY, edit=edit, params=params
    )


def _colonless(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    found = _COLONLESS.fullmatch(line.text)
    if found is None or slug(found["key"]) not in known_words() or line.key is not None:
        return None
    before = above[-1] if above else None
    if before is not None and line.indent > before.key_indent and not found["item"]:
        return None  # a text that goes on
    if not found["sign"].strip() and (found["item"] or found["key"].lower() in _LITTLE):
        return None  # a word of a list, or of a sentence
    begin = line.indent + found.start("key")
    old = found["key"] + found["sign"]
    new = f"{found['key']}: " if found["rest"] else f"{found['key']}:"
    params = {"key": found["key"], "better": f"{new}{found['rest']}".strip()}
    edit = Edit(line.number + 1, begin + 1, old, new)
    column = begin + len(found["key"])
    return Slip(
        line=line.number, column=column, reason=NO_COLON, mend=COLON, edit=edit, params=params
    )


def _quotes(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    value = _value(line)
    if value is None or value[1][:1] not in {'"', "'"}:
        return None
    column, text = value
    quote = text[0]
    end = _closing(text, quote)
    if end is None:
        if following.strip() and not _is_beside(line, following):
            return None  # it goes on, and may be closed below
        better = text + quote
        edit = Edit(line.number + 1, column + 1, text, better)
        params = {"better": f"{line.text[: column - line.indent]}{better}"}
        return Slip(
            line=line.number, column=column, reason=NO_QUOTE, mend=CLOSE, edit=edit, params=params
        )
    rest = text[end + 1 :].strip()
    if not rest or rest.startswith(("#", ",", "]", "}")):
        return None
    better = quoted(text)
    edit = Edit(line.number + 1, column + 1, text, better)
    params = {"better": f"{line.text[: column - line.indent]}{better}"}
    return Slip(
        line=line.number, column=column, reason=HALF_QUOTED, mend=AROUND, edit=edit, params=params
    )


def _is_beside(line: _Line, following: str) -> bool:
    """Whether the next line begins a key, as far out as this one or further."""
    text = following.lstrip(" ")
    indent = len(following) - len(text)
    return indent <= line.key_indent and (
        _KEY.fullmatch(text.rstrip()) is not None or text[:2] == "- "
    )


def _closing(text: str, quote: str) -> int | None:
    at = 1
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 2
            continue
        if text[at] == quote:
            if quote == "'" and text[at + 1 : at + 2] == quote:
                at += 2
                continue
            return at
        at += 1
    return None


def _value(line: _Line) -> tuple[int, str] | None:
    """The column, from 0, and the text of what stands behind a key or a hyphen."""
    found = _KEY.fullmatch(line.text)
    rest = found["rest"] if found else None
    if rest is None and line.text.startswith("- "):
        rest = line.text[1:]
    if rest is None or not rest.strip():
        return None
    text = rest.strip()
    return line.indent + len(line.text) - len(rest.lstrip()), text


def _indent(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    """A key that begins further in, or out, than those beside it."""
    found = line.key
    if found is None or not above or found["item"]:
        return None
    before = next((one for one in reversed(above) if one.key is not None), None)
    if before is None or before.key is None:
        return None
    said = before.key["rest"].strip()
    key, parent = found["key"], before.key["key"]
    spaces = " " * line.indent
    if line.indent > before.key_indent and said and not _BLOCK.search(before.text):
        if (parent, key) in _holders() and before.number == above[-1].number:
            column = before.indent + len(before.text) - len(said)
            edit = Edit(before.number + 1, column, f" {said}", "")
            params = {"value": said, "parent": parent, "key": key}
            return Slip(
                line=before.number,
                column=column,
                reason=TOO_FAR_IN,
                mend=EMPTY_ABOVE,
                edit=edit,
                params=params,
                is_certain=False,
            )
        if said[0] in "\"'[{" and not _is_whole(said):
            return None
        edit = Edit(line.number + 1, 1, spaces + key, " " * before.key_indent + key)
        return Slip(
            line=line.number, column=0, reason=TOO_FAR_IN, mend=OUT, edit=edit, params={"key": key}
        )
    levels = {one.key_indent for one in above if one.key is not None}
    first = above[0]
    if line.indent < min(levels) and first.key is not None and not first.key["item"]:
        word = first.key["key"]
        edit = Edit(first.number + 1, 1, " " * first.indent + word, word)
        return Slip(
            line=first.number, column=0, reason=UNALIGNED, mend=OUT, edit=edit, params={"key": word}
        )
    if line.indent not in levels and line.indent < before.key_indent:
        count = max(one for one in levels if one < line.indent) if min(levels) < line.indent else 0
        near = min(levels, key=lambda one: (abs(one - line.indent), -one))
        count = near
        edit = Edit(line.number + 1, 1, spaces + key, " " * count + key)
        params = {"key": key, "count": str(count)}
        return Slip(
            line=line.number,
            column=0,
            reason=UNALIGNED,
            mend=ALIGN,
            edit=edit,
            params=params,
            is_certain=False,
        )
    return None


def _is_whole(said: str) -> bool:
    if said[0] in _CLOSES:
        return said.endswith(_CLOSES[said[0]])
    return _closing(said, said[0]) is not None


def _bracket(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    value = _value(line)
    if value is None or value[1][:1] not in _CLOSES:
        return None
    column, text = value
    opens, closes = text[0], _CLOSES[text[0]]
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "[{") - (char in "]}")
        if depth == 0:
            rest = text[at + 1 :].strip()
            if not rest or rest.startswith("#"):
                return None
            edit = Edit(line.number + 1, column + 1, text, quoted(text))
            params = {"sign": opens, "better": line.text[: column - line.indent] + quoted(text)}
            return Slip(
                line=line.number,
                column=column,
                reason=SPECIAL,
                mend=AROUND,
                edit=edit,
                params=params,
            )
    if following.strip() and not _is_beside(line, following):
        return None
    better = text.rstrip(" ,") + closes
    edit = Edit(line.number + 1, column + 1, text, better)
    params = {"better": line.text[: column - line.indent] + better}
    return Slip(
        line=line.number,
        column=column,
        reason=NO_BRACKET,
        mend=CLOSE,
        edit=edit,
        params=params,
        is_certain=depth == 1,
    )


def _special(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    value = _value(line)
    if value is None or not _SPECIAL.match(value[1]) or _BLOCK.search(line.text):
        return None
    column, text = value
    if text[0] in "&!*" and re.fullmatch(r"[&!*][\w!:/.-]*", text) and text[0] != "*":
        return None  # an anchor, or a tag, of whom it is told
    edit = Edit(line.number + 1, column + 1, text, quoted(text))
    params = {"sign": text[0], "better": line.text[: column - line.indent] + quoted(text)}
    return Slip(
        line=line.number, column=column, reason=SPECIAL, mend=AROUND, edit=edit, params=params
    )


def _colon(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    value = _value(line)
    if value is None or value[1][0] in "\"'[{|>":
        return None
    column, text = value
    cut = _COMMENT.search(text)
    text = text[: cut.start()] if cut else text
    found = re.search(r":(?=\s|$)", text)
    if found is None or (_KEY.fullmatch(line.text) is None):
        return None
    edit = Edit(line.number + 1, column + 1, text, quoted(text))
    params = {"better": line.text[: column - line.indent] + quoted(text)}
    return Slip(
        line=line.number,
        column=column + found.start(),
        reason=COLON_INSIDE,
        mend=AROUND,
        edit=edit,
        params=params,
    )


def _stray(line: _Line, above: Sequence[_Line], following: str) -> Slip | None:
    """A line that says nothing of any key, and cannot go on the one above: it begins as far out."""
    before = above[-1] if above else None
    if before is None or line.key is not None or line.text.startswith(("- ", "-", "#")):
        return None
    value = _value(before)
    is_open = value is not None and value[1][0] in "\"'[{" and not _is_whole(value[1])
    if is_open or line.indent > before.key_indent or _BLOCK.search(before.text):
        return None
    edit = Edit(line.number + 1, line.indent + 1, line.text, "")
    params = {"value": line.text[:60]}
    return Slip(
        line=line.number,
        column=line.indent,
        reason=NO_KEY,
        mend=GOES_ON,
        edit=edit,
        params=params,
        is_certain=False,
    )


_LOOKS: tuple[Callable[[_Line, Sequence[_Line], str], Slip | None], ...] = (
    _tab,
    _dash,
    _item,
    _joined,
    _colonless,
    _quotes,
    _bracket,
    _special,
    _colon,
    _indent,
    _stray,
)


def quoted(text: str) -> str:
    """A text in quotes that YAML knows, in place of typographic ones."""
    around = TYPOGRAPHIC.fullmatch(text)
    text = around["inner"].strip() if around else text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
