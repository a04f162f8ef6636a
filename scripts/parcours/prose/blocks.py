"""The blocks of a Markdown text as forges read them, written out for Python-Markdown.

`markdown-it-py` finds the blocks (CommonMark 0.31, sections 4 and 5; GFM, section 4.10). They are
written one below the other with what they are in front of them, in marks that no text can hold,
and what is within another is indented by four spaces: so nothing is left to guess for the
extensions of a site, which know blocks of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

DEEPEST = 40
"""Levels of quotations and lists (two each); what lies deeper is text."""

_INDENT = "    "

_CONTAINERS = {
    "admonition": re.compile(r"!!! ?[\w-]"),
    "details": re.compile(r"\?{3}\+? ?[\w\"-]"),
    "tabbed": re.compile(r"={3}[!+]{0,2} ?[\"']"),
    "footnote": re.compile(r"\[\^[^\]\n]{1,200}\]:[ ]*"),
    "deflist": re.compile(r":[ ]{1,3}(?=\S)"),
}
"""Block processors of Python-Markdown's extensions → how the blocks begin that they know, whose
content is indented by four spaces."""

_HEADED = frozenset({"footnote", "deflist"})
"""Those whose content begins on their first line."""

_OPTIONS = {"blocks": re.compile(r"/{3,}(?: |$)"), "mkdocstrings": re.compile(r":::? ?[\w.]")}
"""Lines that stand as they are, with the indented ones below them."""

_FENCED = {"arithmatex-block": re.compile(r"\$\$"), "arithmatex-pandoc": re.compile(r"\$\$")}
"""Blocks that stand as they are, up to a line that ends as they begin."""

_TAG = re.compile(r"<(/?)([a-z][\w-]*+)[^<>]*+>", re.IGNORECASE)
_ALONE = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
)
_UNCLOSED = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"])
"""Elements without an end tag, and those that may do without."""

_MARKDOWN = re.compile(r"\smarkdown(?=[\s=>]|$)")
_WHOLE = ("<!", "<?", "<pre", "<script", "<style", "<textarea")
"""HTML that ends where its own end stands, blank lines or not (CommonMark, 4.6, 1 to 5)."""

_BLOCKS = re.compile(r"^(?: {4}| {0,3}(?:[-+*_#>`~=|:!?<$/\[]|[0-9]{1,9}[.)]))|\|", re.MULTILINE)

_NO_BLOCK = re.compile(
    r"\n *+(?=#{1,6}(?: |$)|>|`{3}|~{3}|(?:[*_-] *+){3,}$|[=|:-][=|: -]*+$)", re.MULTILINE
)
"""A line break before what begins no block there, though Python-Markdown would think so."""

_TASK = re.compile(r"\[([ xX])\](?=\s)")

ALERTS = ("note", "tip", "important", "warning", "caution")
"""Sorts of alerts, as GitHub names them."""

_ALERT = re.compile(rf"\[!({'|'.join(ALERTS)})\][ \t]*+(?:\\?\n|$)", re.IGNORECASE)


def has_blocks(text: str) -> bool:
    """Whether a text may be more than paragraphs."""
    return _BLOCKS.search(text) is not None


@dataclass
class Marks:
    """What stands in the written text for a block, and what the block is.

    Attributes:
        start, end: of a mark.
        lists: tag and first number of each.
        codes: indented code, as it is.
        raws: HTML that is copied.
    """

    start: str
    end: str
    lists: list[tuple[str, int]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)

    def mark(self, kind: str, value: int = 0) -> str:
        return f"{self.start}{kind}:{value}{self.end}"

    def code(self, text: str) -> str:
        """The mark of code."""
        self.codes.append(text)
        return self.mark("code", len(self.codes) - 1)

    def clear(self) -> None:
        """Forget what was in the text before."""
        for one in (self.lists, self.codes, self.raws):
            one.clear()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A mark: its kind and its value."""
        return re.compile(f"{re.escape(self.start)}([a-z]+):([0-9]+){re.escape(self.end)}")


class Reader:
    """Finds the blocks of a text.

    Args:
        knows: whether Python-Markdown has a block processor of some name.
    """

    def __init__(self, knows: Callable[[str], bool]) -> None:
        self._containers = {
            one: name in _HEADED for name, one in _CONTAINERS.items() if knows(name)
        }
        self._options = [one for name, one in _OPTIONS.items() if knows(name)]
        self._fenced = [one for name, one in _FENCED.items() if knows(name)]
        self._parser = MarkdownIt("commonmark", {"maxNesting": 2 * DEEPEST}).enable("table")
        ruler = self._parser.block.ruler
        ruler.disable("reference")  # Python-Markdown collects them
        ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
        ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
        ruler.before("table", "container", self._container, ends)
        ruler.before("container", "verbatim", self._verbatim, ends)
        ruler.before("verbatim", "deep", _deep, {})

    def read(self, text: str) -> list[Token]:
        tokens: list[Token] = []
        self._parser.block.parse(text, self._parser, {}, tokens)
        return _with_alerts(tokens)

    def _container(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """A block of an extension, with blocks within."""
        found = _first(state, start, self._containers)
        if found is None:
            return False
        if silent:
            return True
        headed = self._containers[found.re]
        indent = state.blkIndent + len(_INDENT)
        after = _indented(state, start, end, indent)
        token = state.push("container_open", "", 1)
        token.content = found[0] if headed else _line(state, start)
        token.meta = {"headed": headed, "glued": _follows(state, start)}
        kept = state.blkIndent, state.listIndent, state.lineMax, state.parentType
        marks = state.bMarks[start], state.tShift[start], state.sCount[start]
        state.blkIndent, state.listIndent, state.lineMax = indent, -1, after
        if headed:
            state.bMarks[start], state.tShift[start] = found.end(), 0
            state.sCount[start] = indent
        state.md.block.tokenize(state, start if headed else start + 1, after)
        state.bMarks[start], state.tShift[start], state.sCount[start] = marks
        state.blkIndent, state.listIndent, state.lineMax, state.parentType = kept
        state.push("container_close", "", -1).meta = {"glued": _goes_on(state, after, end)}
        state.line = after
        return True

    def _verbatim(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """A block of an extension that reads it itself."""
        after = self._end(state, start, end)
        if after is None:
            return False
        if not silent:
            token = state.push("verbatim", "", 0)
            token.content = state.getLines(start, after, state.blkIndent, False)
            token.meta = {"glued": _follows(state, start), "after": _goes_on(state, after, end)}
            state.line = after
        return True

    def _end(self, state: StateBlock, start: int, end: int) -> int | None:
        if _first(state, start, self._options):
            return _indented(state, start, end, state.blkIndent + len(_INDENT))
        found = _first(state, start, self._fenced)
        if found is None or _line(state, start).rstrip().endswith(found[0], len(found[0])):
            return None
        endless = f"{found[0]} {end}"
        if endless in state.env:  # or each line that begins one would be followed to the end
            return None
        lines = range(start + 1, end)
        after = next((n + 1 for n in lines if _line(state, n).rstrip().endswith(found[0])), None)
        if after is None:
            state.env[endless] = True
        return after


def _with_alerts(tokens: list[Token]) -> list[Token]:
    """Blocks, of which a quotation that begins with « [!NOTE] » on a line of its own is an alert.

    As on GitHub: it stands in no other block, and says something.
    """
    within = False
    for n, token in enumerate(tokens):
        if _is_alert(tokens, n):
            words = tokens[n + 2]
            sort, words.content = _cut(words.content)
            token.type, token.meta, within = "alert_open", {"sort": ALERTS.index(sort)}, True
            if not words.content:
                for one in tokens[n + 1 : n + 4]:
                    one.type = "nothing"
        elif within and not token.level and token.nesting < 0:
            token.type, within = "alert_close", False
    return tokens


def _cut(text: str) -> tuple[str, str]:
    """The sort of an alert, and its first paragraph without it."""
    found = _ALERT.match(text)
    assert found is not None
    return found[1].lower(), text[found.end() :]


def _is_alert(tokens: Sequence[Token], n: int) -> bool:
    if tokens[n].type != "blockquote_open" or tokens[n].level or tokens[n + 1].nesting < 0:
        return False
    words = tokens[n + 2]
    if tokens[n + 1].type != "paragraph_open" or _ALERT.match(words.content) is None:
        return False
    return "\n" in words.content or tokens[n + 4].type != "blockquote_close"


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _first(
    state: StateBlock, line: int, patterns: Iterable[re.Pattern[str]]
) -> re.Match[str] | None:
    """What a line begins with, of some patterns; nothing where it is code."""
    if state.is_code_block(line):
        return None
    at, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return next((found for one in patterns if (found := one.match(state.src, at, end))), None)


def _indented(state: StateBlock, start: int, end: int, indent: int) -> int:
    """The line after those below *start* that are indented, or blank between two of them."""
    after = line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
        if not state.isEmpty(line - 1):
            after = line
    return after


def _follows(state: StateBlock, line: int) -> bool:
    """Whether there is a line right above."""
    return line > 0 and not state.isEmpty(line - 1)


def _goes_on(state: StateBlock, line: int, end: int) -> bool:
    return line < end and not state.isEmpty(line)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, whose cells are left to Python-Markdown."""
    count = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent:
        del state.tokens[count:]
        token = state.push("table", "", 0)
        rows = [_line(state, line) for line in range(start, state.line)]
        # Its first row tells Python-Markdown whether the bars at the ends are borders.
        rows[0] = rows[0] if rows[0].startswith("|") else f"| {rows[0]}"
        token.content = "\n".join(rows)
    return True


def _deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What lies too deep is one paragraph: nothing of it is lost."""
    if silent or state.level < DEEPEST:
        return False
    line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.push("paragraph_open", "p", 1)
    token = state.push("inline", "", 0)
    lines = state.getLines(start, line, state.blkIndent, False).split("\n")
    token.content = "\n".join(one.strip() for one in lines if one.strip())
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


@dataclass(kw_only=True)
class _Level:
    """What is within a block.

    Attributes:
        prefix: of each of its lines.
        between: the line that parts two of its blocks.
        first: the prefix of its next line, where that is another.
        item: where the line of an item stands that nothing was written in yet.
        last: the kind of its last block; "" for none yet.
        follows: whether the next line of the source follows that block at once.
    """

    prefix: str
    between: str
    first: str | None = None
    item: int | None = None
    last: str = ""
    follows: bool = False


class Writer:
    """Writes blocks out.

    Args:
        fence: makes what stands for fenced code, of its fence, info string and text.
        tasks: whether boxes of tasks are written as characters.
        parsed: whether an extension reads HTML that has the attribute `markdown`.
    """

    def __init__(
        self, marks: Marks, fence: Callable[[str, str, str], str], *, tasks: bool, parsed: bool
    ) -> None:
        self._marks = marks
        self._fence = fence
        self._tasks = tasks
        self._parsed = parsed
        self._out: list[str] = []
        self._levels = [_Level(prefix="", between="")]
        self._open = 0
        self._within = 0
        self._text: Callable[[str], None] = self._paragraph
        self._writers: dict[str, Callable[[Token], None]] = {
            "inline": lambda token: self._text(token.content),
            "paragraph_open": self._begin_paragraph,
            "heading_open": self._begin_heading,
            "hr": lambda token: self._marked("rule"),
            "fence": self._code,
            "code_block": self._indented,
            "html_block": self._html,
            "table": lambda token: self._block("table", token.content),
            "verbatim": self._verbatim,
            "container_open": self._begin_container,
            "container_close": self._end_container,
            "blockquote_open": self._begin_quote,
            "blockquote_close": self._end_quote,
            "alert_open": self._begin_alert,
            "alert_close": lambda token: self._leave(),
            "bullet_list_open": self._begin_list,
            "ordered_list_open": self._begin_list,
            "list_item_open": self._begin_item,
            "list_item_close": lambda token: self._leave(),
        }

    def write(self, tokens: Sequence[Token]) -> list[str]:
        """The lines of a text."""
        for token in tokens:
            if token.type in self._writers:
                self._writers[token.type](token)
        return [*self._out, "", ""]

    def _leave(self) -> None:
        self._levels.pop()

    def _line(self, text: str) -> None:
        level = self._levels[-1]
        self._out.append((level.prefix if level.first is None else level.first) + text)
        level.first = None

    def _part(self, kind: str, *, glued: bool = False) -> None:
        """Part a block from the one before it, unless an extension has to see them joined."""
        level = self._levels[-1]
        joins = glued and level.last in {"paragraph", "own"}
        joins = joins or (level.follows and kind in {"paragraph", "own"})
        if level.last and not joins:
            self._out.append(level.between)
        level.last, level.follows, level.item = kind, False, None

    def _block(self, kind: str, text: str) -> None:
        self._part(kind)
        for line in text.split("\n"):
            self._line(line)

    def _marked(self, kind: str, value: int = 0, text: str = "") -> None:
        self._block("marked", self._marks.mark(kind, value) + text)

    def _begin_paragraph(self, token: Token) -> None:
        self._text = self._tight if token.hidden else self._paragraph

    def _paragraph(self, text: str) -> None:
        self._block("paragraph", self._plain(text))

    def _tight(self, text: str) -> None:
        """A paragraph of a list whose items are not set apart."""
        self._marked("tight", 0, self._plain(text))

    def _plain(self, text: str) -> str:
        """The text of a paragraph, of which nothing is a block."""
        return _NO_BLOCK.sub(_joined, self._task(text))

    def _task(self, text: str) -> str:
        """A text in which the box of a task, if it is the first of an item, is a character."""
        level = self._levels[-1]
        found = _TASK.match(text) if self._tasks and level.item is not None else None
        if found is None or level.item is None:
            return text
        self._out[level.item] = self._out[level.item].replace(
            self._marks.mark("item"), self._marks.mark("item", 1)
        )
        return ("☐" if found[1] == " " else "☑") + text[found.end() :]

    def _begin_heading(self, token: Token) -> None:
        self._text = partial(self._marked, "heading", int(token.tag[1]))

    def _code(self, token: Token) -> None:
        self._block("code", self._fence(token.markup, token.info.strip(), token.content))

    def _indented(self, token: Token) -> None:
        if self._open and token.content.lstrip().startswith("<"):
            self._copy(token.content)
            return
        self._block("marked", self._marks.code(token.content))

    def _html(self, token: Token) -> None:
        """HTML, which ends with a blank line, even if elements are open (CommonMark, 4.6).

        Where that makes a difference it is copied as it is; Python-Markdown reads the rest.
        """
        text = token.content.rstrip("\n")
        tags = [] if text.lstrip().lower().startswith(_WHOLE) else _TAG.findall(text)
        nested = len(self._levels) > 1
        opened = _opened(tags, _UNCLOSED)
        parsed = self._parsed and (self._within or _MARKDOWN.search(text) is not None)
        if parsed and not nested:
            self._within = max(self._within + opened, 0)
            self._block("html", text)
            return
        self._open = max(self._open + opened, 0)
        if nested or _opened(tags, ()):
            self._copy(text)
        else:
            self._block("html", text)

    def _copy(self, text: str) -> None:
        self._marks.raws.append(text)
        self._marked("raw", len(self._marks.raws) - 1)

    def _verbatim(self, token: Token) -> None:
        self._part("own", glued=token.meta["glued"])
        for line in token.content.split("\n"):
            self._line(line)
        self._levels[-1].follows = bool(token.meta["after"])

    def _begin_container(self, token: Token) -> None:
        self._part("own", glued=token.meta["glued"])
        level = self._levels[-1]
        below = _Level(prefix=level.prefix + _INDENT, between=level.between)
        if token.meta["headed"]:
            below.first = self._head() + token.content
        else:
            self._line(token.content)
        self._levels.append(below)

    def _end_container(self, token: Token) -> None:
        head = self._levels.pop().first
        if head is not None:
            self._out.append(head.rstrip())
        self._levels[-1].follows = bool(token.meta["glued"])

    def _head(self) -> str:
        """The prefix of the line that is begun."""
        level = self._levels[-1]
        first, level.first = level.first, None
        return level.prefix if first is None else first

    def _begin_quote(self, token: Token) -> None:
        self._part("quote")
        prefix = self._levels[-1].prefix
        self._levels.append(
            _Level(prefix=f"{prefix}> ", between=f"{prefix}>", first=f"{self._head()}> ")
        )

    def _end_quote(self, token: Token) -> None:
        head = self._levels.pop().first
        if head is not None:
            self._out.append(head.rstrip())

    def _begin_list(self, token: Token) -> None:
        start = token.attrGet("start")
        self._marks.lists.append((token.tag, 1 if start is None else int(start)))
        self._marked("list", len(self._marks.lists) - 1)

    def _begin_item(self, token: Token) -> None:
        item = len(self._out)
        self._line(self._marks.mark("item"))
        self._enter(item)

    def _begin_alert(self, token: Token) -> None:
        self._marked("alert", token.meta["sort"])
        self._enter()

    def _enter(self, item: int | None = None) -> None:
        """Begin what is within a block that is marked."""
        prefix = self._levels[-1].prefix + _INDENT
        self._levels.append(
            _Level(prefix=prefix, between=prefix + self._marks.mark("next"), item=item)
        )


def _joined(found: re.Match[str]) -> str:
    """What stands for a line break before what is no block: a space, or an escape after a break."""
    before = found.string[max(found.start() - 2, 0) : found.start()]
    return "\n\\" if before.endswith("\\") or before == "  " else " "


def _opened(tags: Sequence[tuple[str, str]], without: Collection[str]) -> int:
    """How many elements some tags open more than they close."""
    counted = [end for end, name in tags if name.lower() not in _ALONE | {*without}]
    return sum(-1 if end else 1 for end in counted)
