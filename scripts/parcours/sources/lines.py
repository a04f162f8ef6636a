"""Lines of YAML as they stand: which begin a key, which go on a text; and what keys may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from ..model import options, schema
from ..model.fields import PROSE
from ..model.names import slug
from ..model.shape import fields, group_in
from ..model.synonyms import KEYS

KEY = re.compile(r"(?P<item>(?:- +)*+)(?P<key>[^\s:\"'#\[\]{},][^:\"#]{0,60}?) *:(?P<rest>\s.*|$)")
BLOCK = re.compile(r"(?:^|[:-] +)[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
LONGEST = 2_000
"""Characters of a line that is looked at."""

CLOSES = {"[": "]", "{": "}"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line that is no text of a block, no comment and not empty.

    Attributes:
        number: from 0.
        indent: spaces before it.
        text: what follows them.
        lines: all lines, of which it is one.
        owed: how many spaces it should begin with, if it goes on the text above.
        in_flow: whether a bracket above is still open.
    """

    number: int
    indent: int
    text: str
    lines: Sequence[str]
    owed: int | None = None
    in_flow: bool = False

    @property
    def key(self) -> re.Match[str] | None:
        return KEY.fullmatch(self.text)

    @property
    def key_indent(self) -> int:
        """Where its key begins, behind the hyphens of a list."""
        found = self.key
        return self.indent + (len(found["item"]) if found else 0)

    @property
    def raw(self) -> str:
        """All of it."""
        return self.lines[self.number].rstrip()

    @property
    def following(self) -> str:
        """The line below, whatever it is."""
        at = self.number + 1
        return self.lines[at] if at < len(self.lines) else ""

    @property
    def goes_on(self) -> bool:
        """Whether the next line stands further in than the key of this one."""
        below = self.following
        return bool(below.strip()) and len(below) - len(below.lstrip(" ")) > self.key_indent


@dataclass
class _Block:
    """A text of several lines.

    Attributes:
        indent: of its key.
        text: of its first line; None above that.
        in_list: whether it is an item of a list.
    """

    indent: int
    in_list: bool
    text: int | None = None

    @property
    def owed(self) -> int:
        return self.indent + 2 if self.text is None else self.text


def lines_of(lines: Sequence[str], begin: int, end: int) -> Iterator[Line]:
    """The lines that say something of the structure."""
    block: _Block | None = None
    depth = 0
    for number, raw in enumerate(lines[begin:end], begin):
        text = raw.lstrip(" ")
        indent = len(raw) - len(text)
        if block is not None and not text.strip():
            continue
        if block is not None and indent > block.indent and indent >= (block.text or 0):
            block.text = indent if block.text is None else block.text
            continue
        is_text = block is not None and text.startswith("#") and _is_within(lines, number, block)
        if not text.strip() or (text.startswith("#") and not is_text) or len(text) > LONGEST:
            block = None
            continue
        owed = None
        if block is not None and _is_fallen(lines, number, indent, text, block):
            owed = block.owed
        else:
            block = None
        line = Line(
            number=number,
            indent=indent,
            text=text.rstrip(),
            lines=lines,
            owed=owed,
            in_flow=depth > 0,
        )
        yield line
        if owed is None and BLOCK.search(line.text):
            block = _Block(line.key_indent, line.text.startswith("- ") and line.key is None)
        depth = _depth(line, depth)


def _is_fallen(lines: Sequence[str], number: int, indent: int, text: str, block: _Block) -> bool:
    """Whether a line goes on the text above, of which it lacks the spaces."""
    if text.startswith("- ") and (block.in_list or block.indent > indent):
        return False
    key = KEY.fullmatch(text.rstrip())
    if text.startswith("#"):
        return True
    if text.startswith("- ") or key is None:
        return not re.match(r"[\w-]{1,40}\s*=|[\t\"'\[{]|[<=>|]{7}", text)
    if slug(key["key"]) in known_words():
        return False
    return _is_within(lines, number, block) or key["key"].count(" ") > 1


def _is_within(lines: Sequence[str], number: int, block: _Block) -> bool:
    """Whether a text goes on below a line."""
    below = next((one for one in lines[number + 1 :] if one.strip()), "")
    inner = len(below) - len(below.lstrip(" "))
    return inner >= block.owed and KEY.fullmatch(below.strip()) is None


def _depth(line: Line, depth: int) -> int:
    """How many brackets are open after a line."""
    found = line.key
    value = (found["rest"] if found else line.text.removeprefix("- ")).strip()
    if not depth and value[:1] not in CLOSES:
        return 0
    plain = re.sub(r"\"[^\"]*\"|'[^']*'", "", line.text)
    return max(0, depth + sum((c in "[{") - (c in "]}") for c in plain))


# What the schema says of keys, in whatever record they stand


def records() -> list[type[BaseModel]]:
    """Every record of the schema, and of the configuration."""
    named = (*vars(schema).values(), *vars(options).values())
    found = list(dict.fromkeys(one for one in named if isinstance(one, type)))
    return [one for one in found if issubclass(one, BaseModel)]


@cache
def known_words() -> frozenset[str]:
    """Every key of the schema, and every word for one, folded."""
    keys = {slug(path[-1]) for record in records() for path, _ in fields(record)}
    lists = [words for table in KEYS.values() for words in table.values()]
    return frozenset(keys | _ENGINE | {slug(word) for one in lists for word in one.split(",")})


_ENGINE = frozenset(
    {"site-name", "site-url", "site-description", "site-dir", "docs-dir", "nav", "theme", "plugins"}
    | {"repo-url", "edit-uri", "copyright", "markdown-extensions", "extra", "extra-css", "language"}
)
"""Keys of the engine's configuration, folded."""


@cache
def holders() -> frozenset[tuple[str, str]]:
    """Every key that groups others, with each of these."""
    paths = [path for one in records() for path, _ in fields(one) if len(path) > 1]
    return frozenset((path[-2], path[-1]) for path in paths)


@cache
def lists() -> Mapping[str, bool]:
    """Every key that holds several things → whether these are groups of keys."""
    found: dict[str, bool] = {}
    for record in records():
        for path, field in fields(record):
            if "tuple[" in str(field.annotation):
                found[path[-1]] = group_in(field.annotation) is not None
    return found


@cache
def prose() -> frozenset[str]:
    """Every key whose value people read as a text."""
    paths = [(path, field) for one in records() for path, field in fields(one)]
    return frozenset(
        path[-1]
        for path, field in paths
        if PROSE in field.metadata or PROSE in str(field.annotation)
    )


def are_beside(one: str, other: str) -> bool:
    """Whether two keys may stand in the same group."""
    return any(one in record.model_fields and other in record.model_fields for record in records())
