"""YAML read as people write it: every scalar is text, every value knows its line and column.

PyYAML composes the nodes; nothing is ever constructed from tags, so YAML 1.1's sexagesimal
numbers, booleans and dates cannot occur. Types are the schema's business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from ..problems import N_, Mark, Problems

Path = tuple[str | int, ...]

MAX_NODES = 10_000
MAX_DEPTH = 24
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_SPACES = re.compile(r"[\u00a0\u202f\u2007\ufeff\u200b]")

# Indentation and what surrounds a key's colon: a space that cannot break is one like another.
_KEY = re.compile(
    r"^[ \u00a0\u202f]*(?:-[ \u00a0\u202f]+)?[\w-]+[ \u00a0\u202f]*:[ \u00a0\u202f]*", re.M
)

_REASONS = (
    ("could not find expected ':'", N_("a colon is missing after a key")),
    ("mapping values are not allowed", N_("a colon inside a value needs quotes around the value")),
    (
        "found undefined alias",
        N_("an alias (*) has no anchor; a value that begins with * or & needs quotes"),
    ),
    ("found unexpected end of stream", N_("a quote or bracket is not closed")),
    ("expected ',' or", N_("a bracket or brace is not closed")),
    ("did not find expected key", N_("the indentation is not that of the lines above")),
    ("expected <block end>", N_("the indentation is not that of the lines above")),
    ("did not find expected", N_("the indentation or punctuation is not right")),
    ("found character", N_("this character cannot begin a value; put the value in quotes")),
    ("expected a single document", N_("« --- » begins a second document")),
)
_OTHER_REASON = N_("the structure cannot be understood")


@dataclass(frozen=True)
class Document:
    """A YAML mapping of texts, lists and mappings, with the mark of each value and key.

    Attributes:
        data: only ``dict``, ``list``, ``str`` and ``None``.
        marks: path of a value → where the value stands.
        keys: path of a value → where its key stands (the value's own mark for list items).
    """

    data: dict[str, object]
    marks: Mapping[Path, Mark]
    keys: Mapping[Path, Mark] = field(default_factory=dict)

    def mark(self, path: Path) -> Mark:
        """The place of the value at *path*, or of its nearest parent that exists."""
        return _nearest(self.marks, path)

    def key_mark(self, path: Path) -> Mark:
        """The place of the key at *path*, or of its nearest parent that exists."""
        return _nearest(self.keys, path) if path in self.keys else self.mark(path)


def _nearest(marks: Mapping[Path, Mark], path: Path) -> Mark:
    while path and path not in marks:
        path = path[:-1]
    return marks[path]


def read_yaml(text: str, file: str, problems: Problems, *, first_line: int = 1) -> Document | None:
    """Read one YAML mapping; None, and problems, when it cannot be read.

    Args:
        text: the YAML, without byte order mark, line ends as LF.
        file: the name problems carry.
        first_line: the line of *text*'s first line in that file.
    """
    text = _KEY.sub(lambda found: _SPACES.sub(" ", found[0]), text)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        _syntax_problem(error, text, file, first_line, problems)
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        character = f"U+{ord(text[error.position]):04X}" if error.position < len(text) else "?"
        problems.add("control-character", Mark(file, first_line + line), character=character)
        return None
    except RecursionError:
        problems.add("yaml-too-large", Mark(file, first_line))
        return None
    start = Mark(file, first_line)
    if node is None:
        return Document({}, {(): start}, {(): start})
    if not isinstance(node, yaml.MappingNode):
        problems.add("yaml-not-a-mapping", _mark(node, file, first_line))
        return None
    walk = _Walk(file, first_line, problems)
    data = walk.mapping(node, (), 0)
    if data is None:
        return None
    walk.marks[()] = walk.keys[()] = start
    return Document(data, walk.marks, walk.keys)


def _syntax_problem(
    error: yaml.MarkedYAMLError, text: str, file: str, first_line: int, problems: Problems
) -> None:
    at = error.problem_mark or error.context_mark
    line, column = (at.line, at.column) if at else (0, 0)
    lines = text.split("\n")
    found = (error.problem or "") + " " + (error.context or "")
    here = lines[line] if line < len(lines) else ""
    if re.match(r"\s*\t", here) and ("\t" in here[: column + 1] or "'\\t'" in found):
        problems.add("yaml-tab", Mark(file, first_line + line, here.index("\t") + 1))
        return
    reason = next((text for start, text in _REASONS if start in found), _OTHER_REASON)
    problems.add("yaml-syntax", Mark(file, first_line + line, column + 1), reason=reason)


def _mark(node: yaml.Node, file: str, first_line: int) -> Mark:
    return Mark(file, node.start_mark.line + first_line, node.start_mark.column + 1)


class _TooLarge(Exception):
    pass


class _Walk:
    """One walk over composed nodes; bounds what aliases can expand to."""

    def __init__(self, file: str, first_line: int, problems: Problems) -> None:
        self.file = file
        self.first_line = first_line
        self.problems = problems  # recorded beside the data: one fault must not hide the others
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.nodes = 0

    def mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, object] | None:
        """Walk *node*; None, and a problem, when it holds too much."""
        try:
            return self._mapping(node, path, depth)
        except _TooLarge:
            self.problems.add("yaml-too-large", _mark(node, self.file, self.first_line))
            return None

    def _mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            mark = _mark(key_node, self.file, self.first_line)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.add("yaml-syntax", mark, reason=_OTHER_REASON)
                continue
            key = _SPACES.sub(" ", key_node.value).strip()
            if key in first:
                self.problems.add("duplicate-key", mark, key=key, first=first[key])
                continue
            first[key] = mark.line
            self.keys[(*path, key)] = mark
            found[key] = self._value(value_node, (*path, key), depth + 1)
        return found

    def _value(self, node: yaml.Node, path: Path, depth: int) -> object:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise _TooLarge
        mark = self.marks[path] = _mark(node, self.file, self.first_line)
        if node.tag not in _PLAIN_TAGS:
            self.problems.add("yaml-tag", mark, tag=node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(n, (*path, i), depth + 1) for i, n in enumerate(node.value)]
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        return self._scalar(str(node.value), style, mark)

    def _scalar(self, value: str, style: str | None, mark: Mark) -> str | None:
        if not style and value in _NULLS:
            return None
        for char in value:
            if (char < " " and char not in "\n\t") or char == "\x7f" or "\x80" <= char < "\xa0":
                self.problems.add("control-character", mark, character=f"U+{ord(char):04X}")
                return value.replace(char, "\N{REPLACEMENT CHARACTER}")
        return value


def check_syntax(text: str, file: str, problems: Problems) -> None:
    """Report a YAML file that cannot be read at all, whoever its tags are for."""
    try:
        yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        _syntax_problem(error, text, file, 1, problems)


def locate(text: str, file: str, wanted: tuple[str, ...]) -> Document:
    """The marks of one part of a YAML file whose tags are another program's business.

    Lists of single-key mappings, as MkDocs writes its plugins, are walked like mappings.

    Returns:
        A document without data; its marks are those below *wanted*, or only the file's first
        line when that part cannot be found.
    """
    start = Mark(file)
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        return Document({}, {(): start}, {(): start})
    for key in wanted:
        node = _child(node, key)
    if node is None:
        return Document({}, {(): start}, {(): start})
    walk = _Walk(file, 1, Problems())
    if isinstance(node, yaml.MappingNode):
        walk.mapping(node, (), 0)
    walk.marks[()] = walk.keys[()] = _mark(node, file, 1)
    return Document({}, walk.marks, walk.keys)


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode) and item.value == key:
                return item
            found = _child(item, key)
            if found is not None:
                return found
    elif isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if getattr(key_node, "value", None) == key and isinstance(value_node, yaml.Node):
                return value_node
    return None
