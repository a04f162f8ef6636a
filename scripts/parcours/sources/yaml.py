"""YAML read as people write it: every scalar is text, every value knows its line and column.

PyYAML composes the nodes; nothing is ever constructed from tags, so YAML 1.1's sexagesimal
numbers, booleans and dates cannot occur. Types are the schema's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

import yaml

from ..model.names import slug
from ..problems import N_, Edit, Mark, Mend, Phrase, Problems, Severity
from .lines import known_words, lists, prose
from .slips import NO_SPACE, SPACE_KEY, Slip, find_slip, mended, misread, quoted

Path = tuple[str | int, ...]
_Place = tuple[int, int, str]
"""A line and a column, from 0, and what stands there."""

MAX_NODES = 10_000
MAX_DEPTH = 24
MAX_ENGINE_NODES = 100_000
"""What a file for the engine may hold, whose menu names every page of a large site."""

MAX_CHARACTERS = 2_000_000
"""What all texts of a document may hold together, each as often as an alias names it."""

BLANK = "\0"
"""Stands for what is left out of a text: no text of a source holds it."""

SHALLOW, DEEPEST = 2_000, 200
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
ALONE = N_("« {value} » stands alone between the braces, where a comma parts keys")
POINT = N_("a comma parts keys here, and a point the decimals: « {better} »")
IN_QUOTES = N_("put the whole value in quotes: « {better} »")
QUOTE_BOTH = N_("put the whole value in quotes: « {better} »")
NO_KEY_HERE = N_("write its key and a colon before it, or delete it and say it in the text")
_WHOLE, _DECIMALS = re.compile(r"\d{1,5}"), re.compile(r"(\d{1,3})(?: ?km)?", re.IGNORECASE)
_JOINED_KEY = re.compile(r"(?P<key>[\w-]{1,40}):(?P<value>[^\s/\\].*)")
NO_HYPHEN = N_("the hyphen of another item is missing: « {better} »")
MOST_SLIPS = 30
"""Slips of one document that are set right: a text with more is none of ours."""

MOST_HEALED = 500_000
"""Characters that are read again for slips, each time anew."""

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

_LINE_ENDS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_COMMENT = re.compile(r"[ \t]*#(.*)")
_COMMENT_BELOW = re.compile(r"([ \t]+)#(?!- |[\w-]+:(?: |$))(\S.*)")
_INK = re.compile(r"\S")
_BETWEEN = re.compile(r"\s*(?:#[^\n]*\n\s*)*")


_RENAMED = 4
"""Levels of which each may have a wrong name."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A comment that follows a plain value, and may have been meant as a part of it.

    Attributes:
        mark: where its « # » stands.
        value: what YAML understands.
        rest: the comment, without its « # ».
    """

    mark: Mark
    value: str
    rest: str

    @property
    def is_joined(self) -> bool:
        """Whether it is written as text is, « #12 », and not as a comment, « # 12 »."""
        return self.rest[:1].strip() not in {"", "#"}


def name_of(path: Path) -> str:
    """A path as people read it: ``replay.chapters[2].at``, counted from 1."""
    text = ""
    for one in path:
        text += f"[{one + 1}]" if isinstance(one, int) else f".{one}" if text else one
    return text


def value_at(data: object, path: Path) -> object:
    """What stands at *path* in mappings and lists; None where there is nothing of the sort."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


@dataclass(frozen=True, kw_only=True)
class Document:
    """A YAML mapping of texts, lists and mappings, with the mark of each value and key.

    Attributes:
        data: only ``dict``, ``list``, ``str`` and ``None``.
        marks: path of a value → where the value stands.
        keys: path of a value → where its key stands (the value's own mark for list items).
        cuts: path of a value → the comment that follows it.
        broken: paths of what is wrong, and told; what a key is missing for may be one of them.
        renamed: path at which a value was meant → the one at which it stands.
        is_partial: whether some of it could not be read at all.
        shared: keys that are said for it elsewhere → where; it may say them itself too.
    """

    data: dict[str, object]
    marks: Mapping[Path, Mark]
    keys: Mapping[Path, Mark] = field(default_factory=dict)
    cuts: Mapping[Path, Cut] = field(default_factory=dict)
    broken: set[Path] = field(default_factory=set)
    renamed: dict[Path, Path] = field(default_factory=dict)
    is_partial: bool = False
    shared: Mapping[str, Mark] = field(default_factory=dict)

    def as_written(self, path: Path) -> Path:
        """Where the value that was meant at *path* stands."""
        for _ in range(_RENAMED if self.renamed else 0):
            for length in range(len(path), 0, -1):
                written = self.renamed.get(path[:length])
                if written is not None:
                    path = (*written, *path[length:])
                    break
            else:
                break
        return self._alone(path)

    def _alone(self, path: Path) -> Path:
        """The path without the numbers of items of lists, where one stands in place of a list."""
        found: list[str | int] = []
        held: object = self.data
        for one in path:
            if isinstance(one, int) and isinstance(held, dict):
                continue
            found.append(one)
            held = value_at(held, (one,))
        return tuple(found)

    def said(self, path: Path) -> object:
        """The value that was meant at *path*; None where there is nothing of the sort."""
        return value_at(self.data, self.as_written(path))

    def is_broken(self, path: Path) -> bool:
        """Whether the value at *path*, or what it stands in, is told to be wrong."""
        return any(path[:length] in self.broken for length in range(len(path) + 1))

    def is_unsure(self, path: Path) -> bool:
        """Whether what is not at *path* may have been meant by something that is wrong."""
        if self.is_partial:
            return True
        return self.is_broken(path) or any(one[: len(path)] == path for one in self.broken)

    def mark(self, path: Path) -> Mark:
        """The place of the value at *path*, or of its nearest parent that exists."""
        return _nearest(self.marks, self.as_written(path))

    def key_mark(self, path: Path) -> Mark:
        """The place of the key at *path*, or of its nearest parent that exists."""
        path = self.as_written(path)
        return _nearest(self.keys, path) if path in self.keys else self.mark(path)


def nothing(start: Mark, *, is_partial: bool = False) -> Document:
    """A document without a key, whose place is *start*."""
    return Document(data={}, marks={(): start}, keys={(): start}, is_partial=is_partial)


def _nearest(marks: Mapping[Path, Mark], path: Path) -> Mark:
    while path and path not in marks:
        path = path[:-1]
    return marks[path]


def read_yaml(
    text: str, file: str, problems: Problems, *, first_line: int = 1, heals: bool = False
) -> Document | None:
    """Read one YAML mapping; None, and problems, when it cannot be read.

    Args:
        text: the YAML, without byte order mark, line ends as LF.
        file: the name problems carry.
        first_line: the line of *text*'s first line in that file.
        heals: whether slips are set right in memory, once they are told, so that the rest is read;
            what cannot be is left out, and the document is partial.
    """
    text = _KEY.sub(lambda found: _SPACES.sub(" ", found[0]), text)
    healing = _Healing(text, file, first_line, problems)
    try:
        node = healing.compose() if heals else _compose(text)
    except yaml.MarkedYAMLError as error:
        _syntax_problem(error, text, file, first_line, problems)
        return None
    except yaml.reader.ReaderError as error:
        _character_problem(error, text, file, first_line, problems)
        return None
    except _TooLarge:
        problems.add("yaml-too-large", Mark(file, first_line))
        return None
    start = Mark(file, first_line)
    if node is None:
        return nothing(start, is_partial=healing.is_partial)
    if not isinstance(node, yaml.MappingNode):
        problems.add("yaml-not-a-mapping", _mark(node, file, first_line))
        return None
    walk = _Walk(healing.text, file, first_line, problems)
    walk.shifts, walk.rows = healing.shifts, healing.rows
    data = walk.mapping(node, (), 0)
    if data is None:
        return None
    walk.marks[()] = walk.keys[()] = start
    return Document(
        data=data,
        marks=walk.marks,
        keys=walk.keys,
        cuts=walk.cuts,
        is_partial=healing.is_partial,
    )


class _Healing:
    """Composes a text in which slips are set right, one after another; each is told."""

    def __init__(self, text: str, file: str, first_line: int, problems: Problems) -> None:
        self.text = text
        self.is_partial = False
        self.shifts: list[tuple[int, int, int]] = []  # line and column, from 0, and how far
        self.rows: dict[int, int] = {}  # of lines that stand lower than they were written
        self._file = file
        self._first_line = first_line
        self._problems = problems

    def compose(self, *, is_ours: bool = True) -> yaml.Node | None:
        """The nodes.

        Args:
            is_ours: whether what YAML reads without a word is looked at too.

        Raises:
            yaml.YAMLError: it cannot be read even so.
            _TooLarge: it is nested too deeply.
        """
        for _ in range(min(MOST_SLIPS, 1 + MOST_HEALED // (len(self.text) + 1))):
            lines = self.text.split("\n")
            for slip in misread(lines) if is_ours else ():
                lines = self._mend(lines, slip)
            try:
                node = _compose(self.text)
            except yaml.MarkedYAMLError as error:
                self._heal(error)
                continue
            if isinstance(node, yaml.ScalarNode) and self._heal_scalar():
                continue
            return node
        return _compose(self.text)

    def _heal(self, error: yaml.MarkedYAMLError) -> None:
        lines = self.text.split("\n")
        at = error.problem_mark or error.context_mark
        last = at.line if at else 0
        if _cut_before(lines, self.text, last, at.column if at else 0) is None:
            slip = find_slip(lines, last)
            if slip is not None:
                self._mend(lines, slip)
                return
        # The place as it was written, before anything on its line was set right.
        _syntax_problem(error, self.text, self._file, self._first_line, self._problems)
        self.is_partial = True
        # YAML counts line ends that are none here: what is blanked is at least there.
        upwards = range(min(last, len(lines) - 1), -1, -1)
        lines[next((n for n in upwards if lines[n].strip(" \t")), 0)] = ""
        self.text = "\n".join(lines)

    def _heal_scalar(self) -> bool:
        """Set right what makes a text of the whole."""
        lines = self.text.split("\n")
        slip = find_slip(lines, len(lines) - 1)
        if slip is not None:
            self._mend(lines, slip)
        return slip is not None

    def _mend(self, lines: list[str], slip: Slip) -> list[str]:
        """Tell a slip, and set it right; the lines then."""
        column = self.as_written(slip.line, slip.column)
        mark = Mark(self._file, self._number(slip.line), column + 1)
        reason = Phrase(slip.reason, slip.params) if slip.reason else ""
        mend = slip.told(self._number)
        self._problems.add(
            slip.code, mark, severity=slip.severity, mend=mend, reason=reason, **slip.shown
        )
        if slip.severity == "warning":
            return lines
        lines = mended(lines, slip)
        self.is_partial |= slip.is_lost
        for edit in slip.edits:
            self._shift(edit)
        self.text = "\n".join(lines)
        return self.text.split("\n")

    def _number(self, row: int) -> int:
        """The number of a line in its file."""
        return self.rows.get(row, row) + self._first_line

    def _shift(self, edit: Edit) -> None:
        """Remember what stands elsewhere than it was written."""
        first, *below = edit.new.split("\n")
        longer = len(first) - len(edit.old) if not below else 0
        if longer:
            same = (a == b for a, b in zip(edit.old, first, strict=False))
            begin = edit.column - 1 + sum(takewhile(bool, same))
            self.shifts.append((edit.line - 1, begin, longer))
        if not below:
            return
        at = edit.line - 1
        count = len(below)
        last = self.text.count("\n") + 1
        self.rows = {row + count: self.rows.get(row, row) for row in range(at + 1, last)} | {
            row: one for row, one in self.rows.items() if row <= at
        }
        self.shifts = [
            (row + count * (row > at), begin, longer) for row, begin, longer in self.shifts
        ]
        written = 0
        for row, line in enumerate(below, at + 1):
            said = line.strip()
            written = max(edit.old.find(said, written), 0)
            indent = len(line) - len(line.lstrip(" "))
            self.rows[row] = self.rows.get(at, at)
            self.shifts.append((row, -1, indent - (edit.column - 1 + written)))

    def as_written(self, line: int, column: int) -> int:
        """The column in the text as it was written."""
        return _as_written(self.shifts, line, column)


def _as_written(shifts: Sequence[tuple[int, int, int]], line: int, column: int) -> int:
    for at, begin, longer in reversed(shifts):
        if at == line and column > begin:
            column = max(begin, column - longer)
    return column


def _second_item(keys: Sequence[str]) -> int | None:
    """Where another item of a list begins among the keys of one; None where none does."""
    for at, key in enumerate(keys):
        if key in keys[:at]:
            again = sum(one in keys[:at] for one in keys[at:])
            return at if key == keys[0] or again > 1 else None
    return None


class _TooLarge(Exception):
    pass


def _compose(text: str) -> yaml.Node | None:
    """The nodes of a text.

    Raises:
        yaml.YAMLError: it cannot be read.
        _TooLarge: it is nested too deeply for a composer, which calls itself at each level.
    """
    if len(text) > SHALLOW:
        # The parser, which does not, knows the depth. Shorter texts cannot be deep enough.
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    raise _TooLarge
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except RecursionError as error:
        raise _TooLarge from error
    return node


def _cut(node: yaml.ScalarNode | yaml.ScalarEvent, lines: list[str], below: int) -> _Place | None:
    """The comment behind a plain scalar: on its line, or on the next one from column *below* on."""
    end = node.end_mark
    if end is None or end.line >= len(lines):
        return None
    found = _COMMENT.match(lines[end.line], end.column)
    if found is not None:
        return end.line, found.start(1) - 1, found[1]
    if not node.value or end.line + 1 >= len(lines) or _INK.search(lines[end.line], end.column):
        return None
    found = _COMMENT_BELOW.match(lines[end.line + 1])
    if found is None or found.end(1) < below:
        return None
    return end.line + 1, found.end(1), found[2]


def _syntax_problem(
    error: yaml.MarkedYAMLError, text: str, file: str, first_line: int, problems: Problems
) -> None:
    at = error.problem_mark or error.context_mark
    line, column = (at.line, at.column) if at else (0, 0)
    lines = text.split("\n")
    cut = _cut_before(lines, text, line, column)
    if cut is not None:
        value, (cut_line, cut_column, rest) = cut
        mark = Mark(file, first_line + cut_line, cut_column + 1)
        problems.add("cut-by-comment", mark, value=value, rest=rest)
        return
    found = (error.problem or "") + " " + (error.context or "")
    here = lines[line] if line < len(lines) else ""
    if re.match(r"\s*\t", here) and ("\t" in here[: column + 1] or "'\\t'" in found):
        problems.add("yaml-tab", Mark(file, first_line + line, here.index("\t") + 1))
        return
    reason = next((text for start, text in _REASONS if start in found), _OTHER_REASON)
    problems.add("yaml-syntax", Mark(file, first_line + line, column + 1), reason=reason)


def _character_problem(
    error: yaml.reader.ReaderError, text: str, file: str, first_line: int, problems: Problems
) -> None:
    line = text.count("\n", 0, error.position)
    character = f"U+{ord(text[error.position]):04X}" if error.position < len(text) else "?"
    problems.add("control-character", Mark(file, first_line + line), character=character)


def _cut_before(lines: list[str], text: str, line: int, column: int) -> tuple[str, _Place] | None:
    """The plain value before a syntax error, and the comment that cuts it: it made the error."""
    last = None
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            last = event
    except yaml.YAMLError:
        pass  # it is being told
    if not isinstance(last, yaml.ScalarEvent) or last.style:
        return None
    found = _cut(last, lines, 0)
    if found is None:
        return None
    between = "\n".join([*lines[found[0] + 1 : line], lines[line][:column]])
    return (last.value, found) if line > found[0] and _BETWEEN.fullmatch(between) else None


def _mark(node: yaml.Node, file: str, first_line: int) -> Mark:
    return Mark(file, node.start_mark.line + first_line, node.start_mark.column + 1)


def _quoted_tag(node: yaml.Node, path: Path) -> Mend | None:
    """A text that begins with « ! », which makes a tag of its first word; None for other tags."""
    said = node.value if isinstance(node, yaml.ScalarNode) and not node.style else ""
    if not said or not re.fullmatch(r"!\w{1,60}", node.tag):
        return None
    key = path[-1] if path else ""
    better = quoted(f"{node.tag} {said}")
    return Mend(IN_QUOTES, {"better": f"{key}: {better}" if isinstance(key, str) else better})


def _is_bare(node: yaml.Node) -> bool:
    """Whether nothing stands where a value would."""
    return isinstance(node, yaml.ScalarNode) and not node.style and not node.value


class _Walk:
    """One walk over composed nodes; bounds what aliases can expand to."""

    def __init__(self, text: str, file: str, first_line: int, problems: Problems) -> None:
        self.lines = _LINE_ENDS.split(text)
        self.file = file
        self.first_line = first_line
        self.problems = problems  # recorded beside the data: one fault must not hide the others
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.cuts: dict[Path, Cut] = {}
        self.shifts: Sequence[tuple[int, int, int]] = ()
        self.rows: Mapping[int, int] = {}
        self._seen: dict[int, _Place | None] = {}
        self.nodes = 0
        self.characters = 0

    def mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, object] | None:
        """Walk *node*; None, and a problem, when it holds too much."""
        try:
            return self._mapping(node, path, depth)
        except _TooLarge:
            self.problems.add("yaml-too-large", _mark(node, self.file, self.first_line))
            return None

    def _mark(self, node: yaml.Node) -> Mark:
        mark = _mark(node, self.file, self.first_line)
        if not self.shifts:
            return mark
        line = node.start_mark.line
        column = _as_written(self.shifts, line, node.start_mark.column)
        return Mark(self.file, self._number(line), column + 1)

    def _number(self, row: int) -> int:
        """The number of a line in its file."""
        return self.rows.get(row, row) + self.first_line

    def _mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        first: dict[str, int] = {}
        for at, (key_node, value_node) in enumerate(node.value):
            mark = self._mark(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.add("yaml-syntax", mark, reason=_OTHER_REASON)
                continue
            self._count(key_node.value)
            key = _SPACES.sub(" ", key_node.value).strip()
            if key in first and path and lists().get(str(path[-1])):
                continue  # items of a list without their hyphens, which is told
            if key in first:
                self.problems.add("duplicate-key", mark, key=key, first=first[key])
                continue
            if node.flow_style and _is_bare(value_node):
                joined = self._parted(key, mark)
                if joined is not None:
                    key, said = joined
                    found[key], self.keys[(*path, key)] = said, mark
                    self.marks[(*path, key)] = mark
                    continue
                before = node.value[at - 1] if at else None
                if before is not None and self._tell_bare(before, key, mark, found):
                    continue
            first[key] = mark.line
            self.keys[(*path, key)] = mark
            found[key] = self._value(value_node, (*path, key), depth + 1)
        return found

    def _parted(self, key: str, mark: Mark) -> tuple[str, str] | None:
        """A key whose colon lacks its space, between braces, and its value; that is told."""
        joined = _JOINED_KEY.fullmatch(key)
        if joined is None or slug(joined["key"]) not in known_words():
            return None
        name, said = joined["key"], joined["value"]
        edits = (Edit(mark.line, mark.column, f"{name}:", f"{name}: "),)
        mend = Mend(SPACE_KEY, {"better": f"{name}: {said}"}, edits)
        self.problems.add("yaml-syntax", mark, mend=mend, reason=Phrase(NO_SPACE, {"key": name}))
        return name, said

    def _tell_bare(
        self,
        before: tuple[yaml.Node, yaml.Node],
        key: str,
        mark: Mark,
        found: dict[str, object],
    ) -> bool:
        """Tell a word without a value among others that have one, between the same braces.

        It follows a comma in a text without quotes, or in a number, which is read whole.

        Args:
            before: the key and the value in front of it.
            found: what stands before it between the braces.
        """
        if slug(key) in known_words() or _is_bare(before[1]):
            return False
        name, said = str(before[0].value), str(before[1].value)
        decimal = _DECIMALS.fullmatch(key)
        if decimal is not None and _WHOLE.fullmatch(said):
            better = f"{name}: {said}.{decimal[1]}"
            mend = Mend(POINT, {"better": better})
            self.problems.add("yaml-syntax", mark, mend=mend, reason=Phrase(ALONE, {"value": key}))
            found[name] = f"{said}.{decimal[1]}"
            return True
        text = QUOTE_BOTH if name in prose() else NO_KEY_HERE
        is_text = isinstance(before[1], yaml.ScalarNode)
        better = f"{name}: {quoted(f'{said}, {key}')}" if is_text else key
        mend = Mend(text, {"better": better})
        self.problems.add("yaml-syntax", mark, mend=mend, reason=Phrase(ALONE, {"value": key}))
        return True

    def _value(self, node: yaml.Node, path: Path, depth: int) -> object:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise _TooLarge
        mark = self.marks[path] = self._mark(node)
        if node.tag not in _PLAIN_TAGS:
            self.problems.add("yaml-tag", mark, mend=_quoted_tag(node, path), tag=node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            items = self._items(node)
            return [self._value(n, (*path, i), depth + 1) for i, n in enumerate(items)]
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        if isinstance(node, yaml.ScalarNode) and not style:
            # Deeper than its key, or as deep as the item of a list.
            key = self.keys.get(path)
            self._note_cut(node, path, key.column if key else node.start_mark.column)
        return self._scalar(str(node.value), style, mark)

    def _items(self, node: yaml.SequenceNode) -> list[yaml.Node]:
        """The items of a list; keys that come again begin another one, whose hyphen is missing."""
        found: list[yaml.Node] = []
        for item in node.value:
            found.append(item)
            while not node.flow_style and isinstance(found[-1], yaml.MappingNode):
                pairs = found[-1].value
                at = _second_item([str(key.value) for key, _ in pairs])
                if at is None:
                    break
                begin = pairs[at][0].start_mark
                found[-1].value = pairs[:at]
                self._tell_item(node, pairs[at:], [str(key.value) for key, _ in pairs[:at]])
                found.append(yaml.MappingNode(item.tag, pairs[at:], begin, item.end_mark))
        return found

    def _tell_item(
        self,
        node: yaml.SequenceNode,
        pairs: Sequence[tuple[yaml.Node, yaml.Node]],
        above: Sequence[str],
    ) -> None:
        key, value = pairs[0]
        mark = self._mark(key)
        spaces = mark.column - 1 - node.start_mark.column
        said = value.value if isinstance(value, yaml.ScalarNode) else ""
        edit = Edit(mark.line, node.start_mark.column + 1, " " * spaces, "-" + " " * (spaces - 1))
        is_sure = len(pairs) > 1 and spaces > 1
        better = f"- {key.value}: {said}".strip()
        mend = Mend(NO_HYPHEN, {"better": better}, (edit,) if is_sure else ())
        first = mark.line - len(above)
        self.problems.add("duplicate-key", mark, mend=mend, key=str(key.value), first=first)

    def _note_cut(self, node: yaml.ScalarNode, path: Path, below: int) -> None:
        # An alias leads to the same node, time and again.
        if id(node) not in self._seen:
            self._seen[id(node)] = _cut(node, self.lines, below)
        found = self._seen[id(node)]
        if found is not None:
            line, column, rest = found
            self._count(rest)
            mark = Mark(self.file, self._number(line), column + 1)
            self.cuts[path] = Cut(mark, str(node.value), rest)

    def _count(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise _TooLarge

    def _scalar(self, value: str, style: str | None, mark: Mark) -> str | None:
        self._count(value)
        if not style and value in NULLS:
            return None
        for char in value:
            if (char < " " and char not in "\n\t") or char == "\x7f" or "\x80" <= char < "\xa0":
                self.problems.add("control-character", mark, character=f"U+{ord(char):04X}")
                return value.replace(char, "\N{REPLACEMENT CHARACTER}")
        return value


def tell_cuts(
    document: Document,
    problems: Problems,
    is_prose: Callable[[Path], bool],
    required: Collection[Path] = (),
) -> set[Path]:
    """Warn of values that a comment may have cut: they are understood otherwise than written.

    « #12 » is text that somebody wrote, and « # 12 » a comment; in prose, it may be either.

    Args:
        required: where an empty value is an error.

    Returns:
        Where a comment left nothing.
    """
    lost = set()
    for path, cut in document.cuts.items():
        if cut.is_joined or (cut.value and is_prose(path)):
            code = "cut-by-comment" if cut.value else "lost-to-comment"
            severity: Severity = "error" if not cut.value and path in required else "warning"
            mend = None
            if not cut.value and isinstance(path[-1], str):
                mend = Mend(IN_QUOTES, {"better": f"{path[-1]}: {quoted('#' + cut.rest.rstrip())}"})
            problems.add(
                code, cut.mark, severity=severity, mend=mend, value=cut.value, rest=cut.rest
            )
            if not cut.value:
                lost.add(path)
    return lost


def check_syntax(text: str, file: str, problems: Problems) -> None:
    """Report a YAML file that cannot be read at all, whoever its tags are for."""
    healing = _Healing(text, file, 1, problems)
    try:
        root = healing.compose(is_ours=False)
        if problems.errors:
            return
        _weigh(root)
        _tell_values(root, file, problems)
    except yaml.MarkedYAMLError as error:
        _syntax_problem(error, text, file, 1, problems)
    except yaml.reader.ReaderError as error:
        _character_problem(error, text, file, 1, problems)
    except _TooLarge:
        problems.add("yaml-too-large", Mark(file))


_STRING = "tag:yaml.org,2002:str"
_TYPED = yaml.constructor.SafeConstructor.yaml_constructors


def _tell_values(root: yaml.Node | None, file: str, problems: Problems) -> None:
    """Tell what YAML 1.1 takes for a date or a number and is none: its own reader falls over it."""
    resolve: Callable[..., str] = yaml.resolver.Resolver().resolve
    constructor = yaml.constructor.SafeConstructor()
    waiting, seen = [root] if root is not None else [], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        waiting += _inner(node)
        if not isinstance(node, yaml.ScalarNode):
            continue
        tag = node.tag
        if tag == _STRING and not node.style:
            tag = resolve(yaml.ScalarNode, node.value, (True, False))
        if tag not in _TYPED:
            continue  # another program's business
        try:
            constructor.construct_object(yaml.ScalarNode(tag, node.value))
        except yaml.YAMLError:
            continue  # which its reader tells
        except (ValueError, LookupError, AttributeError):
            mark = Mark(file, node.start_mark.line + 1, node.start_mark.column + 1)
            problems.add("yaml-value", mark, value=node.value)


def _weigh(root: yaml.Node | None) -> None:
    """Follow no alias, but count what it stands for, each time.

    Raises:
        _TooLarge: written out, the nodes are too many, or have no end.
    """
    waiting = [root] if root is not None else []
    weights: dict[int, int] = {}  # 0 for a node whose inner ones are not weighed yet
    while waiting:
        node = waiting[-1]
        inner = _inner(node)
        if id(node) not in weights:
            weights[id(node)] = 0
            waiting += [one for one in inner if id(one) not in weights]
            continue
        waiting.pop()
        if weights[id(node)]:
            continue
        if any(not weights[id(one)] for one in inner):
            raise _TooLarge  # it holds itself
        weights[id(node)] = 1 + sum(weights[id(one)] for one in inner)
        if weights[id(node)] > MAX_ENGINE_NODES:
            raise _TooLarge


def locate(
    text: str, file: str, wanted: tuple[str, ...], problems: Problems | None = None
) -> Document:
    """The marks of one part of a YAML file whose tags are another program's business.

    Lists of single-key mappings, as MkDocs writes its plugins, are walked like mappings.

    Args:
        problems: what is told of the part, its tags included; by default nobody is.

    Returns:
        What stands below *wanted*, as text; empty, with the file's first line for a mark, when that
        part cannot be found.
    """
    start = Mark(file)
    try:
        node = _compose(text)
    except (yaml.YAMLError, _TooLarge):
        return nothing(start)
    for key in wanted:
        node = _child(node, key)
    if node is None:
        return nothing(start)
    walk = _Walk(text, file, 1, Problems() if problems is None else problems)
    data = walk.mapping(node, (), 0) if isinstance(node, yaml.MappingNode) else None
    walk.marks[()] = walk.keys[()] = _mark(node, file, 1)
    return Document(data=data or {}, marks=walk.marks, keys=walk.keys, cuts=walk.cuts)


def only_values(text: str, wanted: Callable[[Path], bool]) -> str:
    """A YAML text in which all is blank but the values at *wanted* paths; each keeps its place.

    A value that has several names is there if one of them is wanted. What cannot be read stays as
    it is.
    """
    try:
        root = _compose(_KEY.sub(lambda found: _SPACES.sub(" ", found[0]), text))
    except (yaml.YAMLError, _TooLarge):
        return text
    spans: set[tuple[int, int]] = set()
    waiting: list[tuple[yaml.Node | None, Path]] = [(root, ())]
    for _ in range(MAX_NODES):
        if not waiting:
            break
        node, path = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            named = ((key.value, value) for key, value in node.value)
            waiting += [(value, (*path, str(key).strip())) for key, value in named]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(value, (*path, index)) for index, value in enumerate(node.value)]
        elif node is not None and node.end_mark is not None and wanted(path):
            spans.add((node.start_mark.index, node.end_mark.index))
    out: list[str] = []
    at = 0
    for start, end in sorted(spans):
        out += (BLANK * (start - at), text[start:end])
        at = end
    return "".join([*out, BLANK * (len(text) - at)])


def place_of(text: str, file: str, wanted: tuple[str, ...]) -> Mark:
    """Where a part of such a file stands, or the nearest part above it that is there."""
    try:
        node = _compose(text)
    except (yaml.YAMLError, _TooLarge):
        return Mark(file)
    found = Mark(file)
    for key in wanted:
        node = _child(node, key)
        if node is None:
            break
        found = _mark(node, file, 1)
    return found


def _inner(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [one for pair in node.value for one in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


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
