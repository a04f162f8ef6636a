"""Slips in lines of YAML: what was meant, and the text as it can then be read.

YAML tells where its reader gave up, which is often a line or ten below the slip. So the lines above
are looked at, one by one, for what people get wrong; what is found is told, set right in memory,
and reading goes on: one slip hides nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..model.names import slug
from ..model.synonyms import targets
from ..problems import N_, Edit, Mend, Severity
from .lines import (
    BLOCK,
    CLOSES,
    KEY,
    Line,
    are_beside,
    holders,
    known_words,
    lines_of,
    lists,
    prose,
)

SPACE_KEY = N_("put a space after the colon: « {better} »")
SPACE_DASH = N_("put a space after the hyphen: « {better} »")
DASH = N_("begin each item of a list with a hyphen and a space: « {better} »")
DASHES = N_("begin lines {first} to {last} with a hyphen and a space: « {better} »")
COLON = N_("write « {better} »")
AROUND = N_("put the whole value in quotes: « {better} »")
OUT = N_("take away the spaces before « {key}: »")
FIRST = N_("take away the spaces before the hyphen")
PUT = N_("put {count} spaces before « {key}: »")
PUT_MORE = N_("put {count} spaces before lines {first} to {last}")
HIGHER_UP = N_("move this line up, above « {above}: »")
ALIGN = N_("begin this line with as many spaces as « {beside}: »: {count}")
EMPTY_ABOVE = N_("delete « {value} »: what « {parent}: » says stands on the lines below it")
BELOW_ONE = N_("put « {better} » on a line of its own below « {parent}: », after {count} spaces")
BELOW_MORE = N_("put each on a line of its own below, after {count} spaces: « {better} »")
APART = N_("put each key on a line of its own: « {better} »")
LOWER = N_("put « {better} » on the line below, after {count} spaces")
TABS = N_("replace the tab with two spaces")
TABS_MORE = N_("replace the tab with spaces: this line begins with {count}")
NO_TABS = N_("take the tab away: this line begins at the very left")
PUSH = N_("begin it with {count} spaces, like that text")
PUSH_MORE = N_("begin lines {first} to {last} with {count} spaces, like that text")
TAKE_COMMA = N_("take it away: « {better} »")
TAKE_COMMAS = N_("take it away on lines {which}")
TAKE_QUOTE = N_("take it away: « {better} »")

TAKE_THEM = N_("readers see these quotes: write « {better} », without them")

NO_SPACE = N_("the space after « {key}: » is missing")
NO_DASH_SPACE = N_("the space after the hyphen of a list is missing")
NO_DASH = N_("this is no hyphen of a list")
LONG_DASH = N_("this dash is too long: a list takes « - »")
NO_HYPHEN = N_("the hyphen that begins an item of a list is missing")
NO_LIST = N_("the hyphen makes an item of a list of this, and no list is begun above")
NO_COLON = N_("the colon after « {key} » is missing")
NO_QUOTE = N_("the quote that opens here is not closed on this line")
NO_BRACKET = N_("the bracket or brace that opens here is not closed")
HALF_QUOTED = N_("the quotes end before the value does")
BACKSLASH = N_("a backslash between double quotes means something else in YAML")
TOO_FAR_IN = N_("a space too many before « {key}: » makes it a part of the line above")
TOO_FAR_OUT = N_(
    "« {key}: » is a part of « {parent}: », as is what follows it, and lacks spaces before it"
)
PARTED = N_("« {key}: » is a part of « {parent}: », from which « {above}: » parts it")
UNALIGNED = N_("this line begins neither where those above it do, nor two spaces further in")
NO_KEY = N_("« {value} » stands alone, without a key and its colon")
GOES_ON = N_("write its key before it, or two spaces if it goes on the line above; or delete it")
FALLEN = N_("it goes on the text above, and lacks spaces before it")
COLON_INSIDE = N_("a colon inside a value needs quotes around the value")
TYPED = N_("these are no quotes to YAML, which begins a comment or a key within them")
TWO_KEYS = N_("several keys stand on one line")
SPECIAL = N_("« {sign} » at the beginning of a value means something else in YAML")
BEGINS = N_("a text of several lines begins on the line below « {sign} »")
INLINE_LIST = N_("a list on one line stands between brackets, with commas")
LINK = N_("an address stands alone here, without what Markdown puts around it")
ADDRESS_ENDS = N_("an address stands alone here, and a space ends it")
COMMA_BEFORE = N_("a comma is missing between two keys")
ADDRESS_ALONE = N_("write « {better} », and the rest in the text")
COMMA = N_("« {sign} » ends no line here")
HASH = N_("« # » begins a comment to YAML, which does not see the rest of this line")

_JOINED = re.compile(r"(?P<item>(?:- +)*)(?P<key>[\w-]{1,40}):(?P<rest>[^\s:/\\].*)")
_COLONLESS = re.compile(
    r"(?P<item>(?:- +)*)(?P<key>[\w-]{1,40})(?P<sign> *[=\uff1a;] *| +|$)(?P<rest>.*)"
)
_DASH_JOINED = re.compile(r"-(?P<rest>[^\s-].*)")
_BULLET = re.compile(
    r"(?P<sign>[\u2010-\u2015\u2212\u2022\u2023\u25aa\u25e6\u25cf\u25cb\u25b6\u25ba\u2192·*]"
    r"|\+(?= )|-{2,3}(?= )|-(?=[^\s-])|\d{1,2}[.)](?= )) *(?P<rest>[^\s*].*)"
)
_JOINED_SIGN = "-"
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_SPECIAL = re.compile(r"[@`%&*!|>]")
PICTURE = re.compile(r"!\[(?P<alt>[^\[\]]{0,300})\]\((?P<src>[^()\s]{1,300})\)")
"""A picture, as Markdown shows it."""
_COMMENT = re.compile(r"\s#")
_AFTER_QUOTE = re.compile(r"(?<=['\"])\s+#.*$")
_BAD_ESCAPE = re.compile(
    r"\\(?![0abtnvfre \t\"/\\N_LPxuU])|\\x(?![\da-fA-F]{2})"
    r"|\\u(?![\da-fA-F]{4})|\\U(?![\da-fA-F]{8})"
)
_INNER_KEY = re.compile(r"(?:^|[,;]?\s{1,9})(?P<key>[a-z_]{1,40}) ?:(?=\s)")
_MARKDOWN_LINK = re.compile(
    r"!?\[(?P<label>[^\]]*)\][ \t]*\(\s*<?(?P<url>https?://[^\s()<>]+)>?\s*(?:\"[^\"]*\")?\)"
)
_LEADING_ADDRESS = re.compile(r"(?P<url>https?://\S{1,2000})\s")
_COMMA_END = re.compile(
    r"(?P<start>(?:- +)*[\"']?(?P<key>[\w-]{1,40})[\"']? *:\s+)"
    r"(?P<value>\S(?:.*\S)?)\s*+(?P<sign>[,;])"
)
_LONE_ENDS = {'"': '"', "'": "'", "\u201d": "\u201c\u201e", "\u00bb": "\u00ab"}
_LONE_STARTS = {"\u201c": '\u201d"', "\u201e": '\u201d\u201c"', "\u00ab": "\u00bb"}
_PLAIN_ITEM = re.compile(r"[^\s\[\]{}#:\"',&*!|>%@`-][^\[\]{}#:\"',]*")
MOST_LINES = 300
"""Lines above a place at which YAML gave up that are looked at: front matter has fewer."""

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
        edits: what makes it right in the text; their lines and columns are from 1. What stands on
            one line may become several.
        code: of the problem.
        is_certain: whether nothing else can have been meant.
        severity: a warning is read as it stands.
        is_lost: whether something that was said is left out.
    """

    line: int
    column: int
    mend: str
    edits: tuple[Edit, ...]
    reason: str = ""
    params: dict[str, str] = field(default_factory=dict)
    code: str = "yaml-syntax"
    is_certain: bool = True
    severity: Severity = "error"
    is_lost: bool = False

    @property
    def shown(self) -> dict[str, str]:
        """What the message of its code says, beside the reason."""
        return {} if self.code.startswith("yaml") else self.params

    def told(self, number: Callable[[int], int]) -> Mend:
        """How to write it.

        Args:
            number: that of a line in its file, from 1, by that of the one here, from 0.
        """
        rows = [number(edit.line - 1) for edit in self.edits]
        edits = tuple(
            Edit(row, edit.column, edit.old, edit.new)
            for row, edit in zip(rows, self.edits, strict=True)
        )
        which = {"first": rows[0], "last": rows[-1], "which": ", ".join(map(str, rows))}
        return Mend(self.mend, {**which, **self.params}, edits if self.is_certain else ())


def find_slip(lines: Sequence[str], last: int) -> Slip | None:
    """The first slip in the lines up to *last*, from 0; None where there is none that is known."""
    above: list[Line] = []
    for line in lines_of(lines, max(0, last - MOST_LINES), last + 2):
        for look in _LOOKS:
            slip = look(line, above)
            if slip is not None and line.number <= last:
                return slip
        above.append(line)
    return None


def misread(lines: Sequence[str]) -> Iterator[Slip]:
    """The slips that YAML reads without a word, and not as they were meant."""
    above: list[Line] = []
    done: set[int] = set()
    for line in lines_of(lines, 0, min(len(lines), MOST_LINES)):
        for look in _MISREAD:
            slip = look(line, above) if line.number not in done and not line.in_flow else None
            if slip is not None:
                done.update(edit.line - 1 for edit in slip.edits)
                yield slip
        above.append(line)


def mended(lines: Sequence[str], slip: Slip) -> list[str]:
    """The lines with a slip set right; one may hold several then."""
    out = list(lines)
    for edit in slip.edits:
        at, begin = edit.line - 1, edit.column - 1
        if out[at][begin : begin + len(edit.old)] == edit.old:
            out[at] = out[at][:begin] + edit.new + out[at][begin + len(edit.old) :]
    return out


_HASHED = re.compile(
    r"(?P<before>(?:- +)*[\w-]{1,40}:[ \t]+)\[(?P<inner>[^\[\]{}\"'\n]{1,500})\][ \t]*"
)


def _hashed(line: Line, above: Sequence[Line]) -> Slip | None:
    """Words of a list on one line that begin with « # », as hashtags do."""
    found = _HASHED.fullmatch(line.text)
    if found is None:
        return None
    items = [one.strip() for one in found["inner"].split(",")]
    if not any(one.startswith("#") for one in items) or any(" #" in one for one in items):
        return None
    before, inner = found["before"], found["inner"]
    better = f"[{', '.join(map(flow, filter(None, items)))}]"
    return Slip(
        line=line.number,
        column=line.indent + len(before) + 1 + inner.index("#"),
        reason=HASH,
        mend=COLON,
        edits=(Edit(line.number + 1, line.indent + len(before) + 1, f"[{inner}]", better),),
        params={"better": before.lstrip("- ") + better},
    )


def _tab(line: Line, above: Sequence[Line]) -> Slip | None:
    if not line.text.startswith("\t"):
        return None
    text = line.text.lstrip("\t ")
    tabs = line.text[: len(line.text) - len(text)]
    count = 2 * tabs.count("\t")
    bare = replace(line, text=text)
    keyed = [one for one in above if one.key is not None]
    if bare.key is not None and bare.key["item"] == "" and keyed and keyed[-1].key is not None:
        last = keyed[-1]
        opens = (last.key["key"] if last.key else "", bare.key["key"]) in holders()
        is_under = opens and not (last.key and last.key["rest"].strip())
        level = _level(bare, bare.key["key"], keyed)[0].key_indent
        count = last.key_indent + 2 if is_under else level
    items = [one for one in above if one.text.startswith("- ")]
    if text.startswith("- ") and items:
        count = items[-1].key_indent + 2 if _opens(items[-1]) else items[-1].indent
    edit = Edit(line.number + 1, line.indent + 1, tabs, " " * (count - line.indent))
    return Slip(
        line=line.number,
        column=line.indent,
        mend=TABS if count == 2 else TABS_MORE if count else NO_TABS,
        edits=(edit,),
        params={"count": str(count)},
        code="yaml-tab",
    )


def _dash(line: Line, above: Sequence[Line]) -> Slip | None:
    found = _DASH_JOINED.fullmatch(line.text)
    if found and not line.text.startswith("--"):
        edit = Edit(line.number + 1, line.indent + 1, "-", "- ")
        return Slip(
            line=line.number,
            column=line.indent,
            reason=NO_DASH_SPACE,
            mend=SPACE_DASH,
            edits=(edit,),
            params={"better": f"- {found['rest']}"},
        )
    if above and _opens_list(above[-1]):
        return _bullets(line)
    return None


def _opens(line: Line) -> bool:
    """Whether a key has nothing behind it, so that lines further in belong to it."""
    return line.key is not None and not line.key["rest"].strip()


def _listed(line: Line, above: Sequence[Line]) -> Slip | None:
    """Bullets that are no hyphens, under a key that holds a list: YAML makes one text of them."""
    if not above or not _opens_list(above[-1]):
        return None
    parent = next((one.key for one in reversed(above) if one.key and _opens_list(one)), None)
    if parent is None or parent["item"] or parent["key"] not in lists():
        return None
    return _bullets(line)


def _bullets(line: Line) -> Slip | None:
    """A line that begins with a bullet, and those below it that begin so too."""
    first = _BULLET.fullmatch(line.text)
    if first is None:
        return None
    edits = []
    for number in range(line.number, min(len(line.lines), line.number + MOST_LINES)):
        raw = line.lines[number].rstrip()
        text = raw.lstrip(" ")
        found = _BULLET.fullmatch(text)
        if found is not None:
            begin = text[: found.start("rest")]
            edits.append(Edit(number + 1, len(raw) - len(text) + 1, begin, "- "))
        elif text.strip() and not text.startswith("- ") and len(raw) - len(text) <= line.indent:
            break
    return Slip(
        line=line.number,
        column=line.indent,
        reason=_no_dash(first["sign"]),
        mend=DASHES if len(edits) > 1 else SPACE_DASH if first["sign"] == _JOINED_SIGN else DASH,
        edits=tuple(edits),
        params={"better": f"- {first['rest']}"},
    )


def _no_dash(sign: str) -> str:
    if sign == _JOINED_SIGN:
        return NO_DASH_SPACE
    return LONG_DASH if sign in _DASHES else NO_DASH


def _fallen(line: Line, above: Sequence[Line]) -> Slip | None:
    """A line of a text of several lines that lacks the spaces before it."""
    return None if line.owed is None else _pushed(line, line.owed)


def _pushed(line: Line, count: int) -> Slip:
    """A line that is to begin with that many spaces, and those below it that lack them too."""
    fallen = [line]
    for number in range(line.number + 1, len(line.lines)):
        raw = line.lines[number].rstrip()
        text = raw.lstrip(" ")
        key = KEY.fullmatch(text)
        is_out = text and len(raw) - len(text) == line.indent
        is_other = not is_out or text[0] == "#" or (text[0] == "-") != (line.text[0] == "-")
        if is_other or (key and slug(key["key"]) in known_words()):
            break
        fallen.append(Line(number=number, indent=line.indent, text=text, lines=line.lines))
    edits = [Edit(one.number + 1, 1, one.raw, " " * count + one.text) for one in fallen]
    return Slip(
        line=line.number,
        column=line.indent,
        reason=FALLEN,
        mend=PUSH_MORE if len(edits) > 1 else PUSH,
        edits=tuple(edits),
        params={"count": str(count)},
    )


def _hyphen(line: Line, above: Sequence[Line]) -> Slip | None:
    """An item of a list whose hyphen is missing, or stands elsewhere than those above it."""
    found, items = line.key, [one for one in above if one.text.startswith("- ") and one.key]
    if found is None or not items or items[-1].key is None:
        return None
    last, first = items[-1], items[-1].key["key"]
    if any(one.indent < last.indent for one in above if one.number > last.number):
        return None  # that list is over
    is_near = abs(line.indent - last.indent) == 1 and above[-1] is last and not _opens(last)
    if found["key"] != first and not (found["item"] and is_near):
        return None
    if found["item"] and line.indent != last.indent:
        if any(one.indent == line.indent for one in items):
            return None
        edit = Edit(line.number + 1, 1, " " * line.indent + "-", " " * last.indent + "-")
        return Slip(
            line=line.number,
            column=0,
            reason=UNALIGNED,
            mend=ALIGN if last.indent else FIRST,
            edits=(edit,),
            params={"beside": f"- {first}", "count": str(last.indent)},
        )
    if found["item"] or line.indent != last.indent:
        return None
    slip = _rewritten(line, line.indent, found["key"], f"- {found['key']}", NO_HYPHEN)
    return replace(slip, params={"better": f"- {line.text}"})


def _grouped(line: Line, above: Sequence[Line]) -> Slip | None:
    """The first key of an item without its hyphen, which those further in belong to."""
    before = above[-1] if above else None
    parent = above[-2].key if len(above) > 1 else None
    if line.key is None or before is None or before.key is None or parent is None:
        return None
    is_item = lists().get(parent["key"]) and (parent["key"], before.key["key"]) in holders()
    if not is_item or parent["rest"].strip() or before.key["item"]:
        return None
    if line.indent != before.indent + 2:
        return None
    key = before.key["key"]
    slip = _rewritten(before, before.indent, key, f"- {key}", NO_HYPHEN)
    return replace(slip, params={"better": f"- {before.text}"})


def _item(line: Line, above: Sequence[Line]) -> Slip | None:
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
        edits=(edit,),
        params=params,
    )


def _bare_item(line: Line, above: Sequence[Line]) -> Slip | None:
    """An item that groups the keys below it, without its colon."""
    below = line.following
    inner = len(below) - len(below.lstrip(" "))
    is_word = re.fullmatch(r"- +[\w./-]+", line.text) is not None
    if not is_word or inner <= line.indent + 2 or KEY.fullmatch(below.strip()) is None:
        return None
    slip = _rewritten(line, line.indent, line.text, f"{line.text}:", NO_COLON)
    word = line.text[2:].strip()
    return replace(slip, column=line.indent + len(line.text), params={**slip.params, "key": word})


def _opens_list(line: Line) -> bool:
    found = line.key
    return line.text.startswith("- ") or bool(found and not found["rest"].strip())


def _joined(line: Line, above: Sequence[Line]) -> Slip | None:
    found = _JOINED.fullmatch(line.text)
    if found is None or slug(found["key"]) not in known_words():
        return None
    edit = Edit(
        line.number + 1,
        line.indent + found.start("key") + 1,
        f"{found['key']}:",
        f"{found['key']}: ",
    )
    return Slip(
        line=line.number,
        column=line.indent + found.start("rest"),
        reason=NO_SPACE,
        mend=SPACE_KEY,
        edits=(edit,),
        params={"key": found["key"], "better": f"{found['key']}: {found['rest']}"},
    )


def _colonless(line: Line, above: Sequence[Line]) -> Slip | None:
    found = _COLONLESS.fullmatch(line.text)
    if found is None or slug(found["key"]) not in known_words() or line.key is not None:
        return None
    before = above[-1] if above else None
    if before is not None and line.indent > before.key_indent and not found["item"]:
        return None  # a text that goes on
    is_text = line.goes_on and KEY.fullmatch(line.following.strip()) is None
    if before is not None and before.key is None and is_text and not found["sign"].strip():
        return None  # a line of a text that lacks its spaces
    if not found["sign"].strip() and (found["item"] or found["key"].lower() in _LITTLE):
        return None  # a word of a list, or of a sentence
    begin = line.indent + found.start("key")
    new = f"{found['key']}: " if found["rest"] else _alone(found["key"])
    return Slip(
        line=line.number,
        column=begin + len(found["key"]),
        reason=NO_COLON,
        mend=COLON,
        edits=(Edit(line.number + 1, begin + 1, found["key"] + found["sign"], new),),
        params={"key": found["key"], "better": f"{new}{found['rest']}".strip()},
    )


def _alone(word: str) -> str:
    """A word without a value: the line that it stands for, where it says the value too."""
    if slug(word) in _FLAGS:
        return f"{slug(word)}: true"
    said = next(iter(targets(word, "fr")), None)
    if said is None or len(said.path) > 1:
        return f"{word}:"
    value = said.value or ("true" if said.path[0] in _FLAGS else "")
    return f"{said.path[0]}: {value}" if value else f"{word}:"


_FLAGS = frozenset({"draft", "example"})


def _rewritten(
    line: Line, column: int, old: str, new: str, reason: str, mend: str = COLON, **params: str
) -> Slip:
    """A value that is to be written otherwise; the whole line is shown."""
    better = f"{line.text[: column - line.indent]}{new}"
    return Slip(
        line=line.number,
        column=column,
        reason=reason,
        mend=mend,
        edits=(Edit(line.number + 1, column + 1, old, new),),
        params={"better": better, **params},
    )


def _quotes(line: Line, above: Sequence[Line]) -> Slip | None:
    value = _value(line)
    if value is None or value[1][:1] not in {'"', "'"}:
        return None
    column, text = value
    quote = text[0]
    end = _closing(text, quote)
    if end is None:
        if line.following.strip() and not _is_beside(line):
            return None  # it goes on, and may be closed below
        bare = text[1:].rstrip("\"'\u201c\u201d\u00bb ") if len(text) > 1 else ""
        lone = text[1:] if bare == text[1:] else bare
        return _rewritten(line, column, text, quoted(lone, quote), NO_QUOTE)
    rest = text[end + 1 :].strip()
    if not rest and quote == '"' and _BAD_ESCAPE.search(text.replace("\\\\", "")):
        return _rewritten(line, column, text, quoted(text[1:-1]), BACKSLASH)
    if not rest or rest == "," or rest[0] in "#]}":
        return None
    comment = _AFTER_QUOTE.search(text)
    text = text[: comment.start()] if comment else text
    return _rewritten(line, column, text, quoted(_meant(text)), HALF_QUOTED, AROUND)


def _meant(text: str) -> str:
    """A text without the quotes around it, if they were put around the whole of it."""
    inner = text[1:-1]
    if len(text) < 3 or text[-1] != text[0]:
        return text
    twice = text.strip(text[0])
    if text[0] not in twice and text == f"{text[0] * 2}{twice}{text[0] * 2}":
        return twice
    opens = False
    for found in re.finditer(re.escape(text[0]), inner):
        before, after = inner[: found.start()][-1:], inner[found.end() :][:1]
        if text[0] == "'" and before.isalnum() and after.isalnum():
            continue  # an apostrophe
        is_opening = not before or before in " ([\u00ab\u2019-"
        if is_opening == opens:
            return text
        opens = not opens
    return text if opens else inner


def _is_beside(line: Line) -> bool:
    """Whether the next line begins a key, as far out as this one or further."""
    text = line.following.lstrip(" ")
    indent = len(line.following) - len(text)
    return indent <= line.key_indent and (
        KEY.fullmatch(text.rstrip()) is not None or text[:2] == "- "
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


def _value(line: Line) -> tuple[int, str] | None:
    """The column, from 0, and the text of what stands behind a key or a hyphen."""
    found = line.key
    rest = found["rest"] if found else None
    if rest is None and line.text.startswith("- "):
        rest = line.text[1:]
    if rest is None or not rest.strip():
        return None
    text = rest.strip()
    return line.indent + len(line.text) - len(rest.lstrip()), text


def _indent(line: Line, above: Sequence[Line]) -> Slip | None:
    """A key that begins further in, or out, than those beside it."""
    found = line.key
    if found is None or not above or found["item"]:
        return None
    keyed = [one for one in above if one.key is not None]
    before = keyed[-1] if keyed else None
    if before is None or before.key is None:
        return None
    said = before.key["rest"].strip()
    key, parent = found["key"], before.key["key"]
    if line.indent > before.key_indent and said:
        if (parent, key) in holders() and before.number == above[-1].number:
            column = before.indent + len(before.text) - len(said)
            return Slip(
                line=before.number,
                column=column,
                reason=TOO_FAR_IN,
                mend=EMPTY_ABOVE,
                edits=(Edit(before.number + 1, column, f" {said}", ""),),
                params={"value": said, "parent": parent, "key": key},
                is_certain=False,
                is_lost=True,
            )
        if said[0] in "\"'[{" and not _is_whole(said):
            return None
        return _aligned(line, _level(line, key, keyed), TOO_FAR_IN)
    levels = {one.key_indent for one in keyed}
    first = above[0]
    if line.indent < min(levels) and first.key is not None and not first.key["item"]:
        word = first.key["key"]
        edit = Edit(first.number + 1, 1, " " * first.indent + word, word)
        return Slip(
            line=first.number,
            column=0,
            reason=UNALIGNED,
            mend=OUT,
            edits=(edit,),
            params={"key": word},
        )
    if line.indent not in levels and line.indent < before.key_indent:
        return _aligned(line, _level(line, key, keyed), UNALIGNED)
    return None


def _outdented(line: Line, above: Sequence[Line]) -> Slip | None:
    """Lines that lack the spaces of the part in which they stand, as what follows them shows."""
    before = above[-1] if above else None
    if line.key is None or before is None or line.indent + len(line.key["item"]) < 1:
        return None
    if before.key is None or before.indent >= line.key_indent or _opens(before):
        return None
    run = _at_one_indent(above)
    kept = above[: len(above) - len(run)]
    for begin in range(len(run)):
        found = _fallen_out(line, [*kept, *run[:begin]], run[begin:])
        if found is not None:
            return found
    return None


def _at_one_indent(above: Sequence[Line]) -> Sequence[Line]:
    """The last lines that all say a key with a value, as far in as each other."""
    begin = len(above)
    while (
        begin and above[begin - 1].key is not None and above[begin - 1].indent == above[-1].indent
    ):
        one = above[begin - 1]
        if _opens(one) or one.key_indent != one.indent:
            break
        begin -= 1
    return above[begin:]


def _fallen_out(line: Line, kept: Sequence[Line], fallen: Sequence[Line]) -> Slip | None:
    """The slip of lines that stand further out than what is around them; None where they fit."""
    is_item = bool(line.key and line.key["item"])
    count = _level_of_part(line, kept, is_item=is_item)
    if count is None or line.key is None:
        return None
    if _opens(kept[-1]) and fallen[0].indent > kept[-1].key_indent:
        return None  # it is a part of that
    parents = _parents(kept, count)
    held = _held(kept, count)
    if not is_item and (not _holds(parents, line.key["key"]) or line.key["key"] in held):
        return None
    names = [_name(one) for one in fallen]
    if all(_holds(parents, one) and one not in held for one in names):
        edits = [
            Edit(one.number + 1, 1, " " * one.indent + name, " " * count + name)
            for one, name in zip(fallen, names, strict=True)
        ]
        return Slip(
            line=fallen[0].number,
            column=fallen[0].indent,
            reason=TOO_FAR_OUT,
            mend=PUT_MORE if len(edits) > 1 else PUT,
            edits=tuple(edits),
            params={"key": names[0], "parent": parents[0], "count": str(count)},
        )
    if is_item or len(fallen) > 1 or len(parents) < 1 or _goes_on_below(line):
        return None
    return Slip(
        line=line.number,
        column=line.indent,
        reason=PARTED,
        mend=HIGHER_UP,
        edits=(Edit(line.number + 1, 1, line.raw, ""),),
        params={"key": line.key["key"], "parent": parents[0], "above": names[0]},
        is_certain=False,
        is_lost=True,
    )


def _goes_on_below(line: Line) -> bool:
    """Whether a line is one of several that stand as far in, or has others under it."""
    below = line.following
    return bool(below.strip()) and len(below) - len(below.lstrip(" ")) >= line.indent > 0


def _level_of_part(line: Line, kept: Sequence[Line], *, is_item: bool) -> int | None:
    """How far in the keys of the part stand that a line goes on; None where it goes on none."""
    last = kept[-1] if kept else None
    if last is None or last.key is None:
        return None
    if not is_item and _opens(last):
        return line.indent if line.indent > last.key_indent else None
    for one in reversed(kept):
        if is_item and one.text.startswith("- ") and one.indent == line.indent:
            return one.key_indent
        if not is_item and one.key is not None and one.key_indent == line.indent:
            return line.indent
        if one.indent < line.indent:
            return None
    return None


def _parents(kept: Sequence[Line], count: int) -> list[str]:
    """The keys that what stands so far in belongs to, from the nearest on."""
    found: list[str] = []
    for one in reversed(kept):
        if one.key is not None and one.key_indent < count:
            count = one.key_indent
            found.append(one.key["key"])
    return found


def _held(kept: Sequence[Line], count: int) -> frozenset[str]:
    """The keys of the part that the last of the lines belong to."""
    found: list[str] = []
    for one in reversed(kept):
        if one.key_indent < count:
            break
        if one.key is not None and one.key_indent == count:
            found.append(one.key["key"])
            if one.key["item"]:
                break
    return frozenset(found)


def _holds(parents: Sequence[str], key: str) -> bool:
    """Whether a part has a key; between it and its own name may stand a word of the author's."""
    near = parents[:1] if parents and slug(parents[0]) in known_words() else parents[:2]
    return any((one, key) in holders() for one in near)


def _level(line: Line, key: str, above: Sequence[Line]) -> tuple[Line, bool]:
    """The line above beside which a key belongs, and whether it is sure to."""
    chain: list[Line] = []
    for one in reversed(above):
        if not chain or one.key_indent < chain[-1].key_indent:
            chain.append(one)
    names = [one.key["key"] for one in chain if one.key]
    fits = [
        one
        for one, name, parent in zip(chain, names, [*names[1:], ""], strict=True)
        if (are_beside(name, key) and (not parent or (parent, key) in holders()))
    ]
    if fits:
        return fits[0], len(fits) == 1
    return min(chain, key=lambda one: abs(one.key_indent - line.indent)), False


def _aligned(line: Line, level: tuple[Line, bool], reason: str) -> Slip | None:
    beside, is_sure = level
    if line.key is None or beside.key is None:
        return None
    key, count = line.key["key"], beside.key_indent
    return Slip(
        line=line.number,
        column=0,
        reason=reason,
        mend=ALIGN if count else OUT,
        edits=(Edit(line.number + 1, 1, " " * line.indent + key, " " * count + key),),
        params={"key": key, "count": str(count), "beside": beside.key["key"]},
        is_certain=is_sure,
    )


def _is_whole(said: str) -> bool:
    if said[0] in CLOSES:
        return said.endswith(CLOSES[said[0]])
    return _closing(said, said[0]) is not None


def _name(line: Line) -> str:
    """The key of a line, or of the list that it is an item of."""
    return line.key["key"] if line.key else ""


def _bracket(line: Line, above: Sequence[Line]) -> Slip | None:
    value = _value(line)
    if value is None or value[1][:1] not in CLOSES:
        return None
    column, text = value
    opens, closes = text[0], CLOSES[text[0]]
    link = _MARKDOWN_LINK.fullmatch(text)
    if link is not None and _name(line) not in prose():
        # In a list of links its words are the name of one, and not lost.
        parent = next((one.key for one in reversed(above) if one.key and not one.key["item"]), None)
        is_labelled = line.key is None and parent and (parent["key"], "label") in holders()
        if is_labelled and link["label"].strip() and not text.startswith("!"):
            label = flow(link["label"].strip())
            return _rewritten(line, column, text, f"{{label: {label}, url: {link['url']}}}", LINK)
        return _rewritten(line, column, text, link["url"], LINK)
    items = _items_of(text, _name(line))
    if items is not None:
        return _rewritten(line, column, text, f"[{', '.join(items)}]", INLINE_LIST)
    comma = _missing_comma(text, _name(line))
    if comma is not None:
        return _rewritten(line, column, text, f"{text[:comma]},{text[comma:]}", COMMA_BEFORE)
    inner = _colons_inside(text, _name(line))
    if inner is not None:
        return _rewritten(line, column, text, inner, COLON_INSIDE)
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "[{") - (char in "]}")
        if depth == 0:
            rest = text[at + 1 :].strip()
            if not rest or rest.startswith("#"):
                return None
            return _rewritten(line, column, text, quoted(text), SPECIAL, AROUND, sign=opens)
    if line.following.strip() and not _is_beside(line):
        return None
    slip = _rewritten(line, column, text, text.rstrip(" ,") + closes, NO_BRACKET)
    return slip if depth == 1 else replace(slip, is_certain=False)


def _colons_inside(text: str, name: str) -> str | None:
    """A part in braces with quotes around its texts that hold a colon; None where none does."""
    if not re.fullmatch(r"\{[^{}\[\]\"'#]*\}", text):
        return None
    pairs: list[list[str]] = []
    for one in text[1:-1].split(","):
        found = re.match(r"\s*(?P<key>[a-z_]{1,40}): (?P<said>.*)", one)
        if found is not None and (name, found["key"]) in holders():
            pairs.append([found["key"], found["said"]])
        elif pairs:
            pairs[-1][1] += f",{one}"  # of a text that holds a comma
        else:
            return None
    if not any(re.search(r":(?:\s|$)", said) for _, said in pairs):
        return None
    inner = ", ".join(f"{key}: {flow(said.strip())}" for key, said in pairs)
    return f"{{{inner}}}"


def _missing_comma(text: str, name: str) -> int | None:
    """Where two keys of a part stand between its braces without a comma; None where they do."""
    if not re.fullmatch(r"\{[^{}\[\]\"'#]*\}", text):
        return None
    for found in re.finditer(r"(?<=[^\s,{]) (?P<key>[a-z_]{1,40}):(?=\s)", text):
        before = text[1 : found.start()].rpartition(",")[2]
        if re.match(r"\s*[a-z_]{1,40}: ", before) and (name, found["key"]) in holders():
            return found.start()
    return None


def _items_of(text: str, key: str) -> list[str] | None:
    """The plain words of a list that is written with brackets or quotes too many or too few."""
    if lists().get(key) is not False or text[0] != "[":
        return None
    words = [word for word in re.split(r"[\[\],;\"'\s]+", text) if word]
    is_list = text.count("[") > 1 or len(re.findall(r"[\"']", text)) % 2 or ";" in text
    is_plain = all(re.fullmatch(r"[a-z0-9-]+", word) for word in words)
    return words if words and is_list and is_plain else None


def _special(line: Line, above: Sequence[Line]) -> Slip | None:
    value = _value(line)
    if value is None or not _SPECIAL.match(value[1]) or BLOCK.search(line.text):
        return None
    column, text = value
    if re.match(r"!(?:!|ENV\b|relative\b)", text):
        return None  # other programs know these
    if text[0] in "|>" and line.goes_on and text[1:].strip():
        below = line.following
        said, count = text[1:].strip(), len(below) - len(below.lstrip(" "))
        new = f"{text[0]}\n{' ' * count}{said}"
        return Slip(
            line=line.number,
            column=column + 1,
            reason=BEGINS,
            mend=LOWER,
            edits=(Edit(line.number + 1, column + 1, text, new),),
            params={"sign": text[0], "better": said, "count": str(count)},
        )
    shown = PICTURE.fullmatch(text) if (_name(line), "src") in holders() else None
    if shown is not None and "://" not in shown["src"]:
        inner = f"{{src: {shown['src']}, alt: {flow(shown['alt'] or '…')}}}"
        return _rewritten(line, column, text, inner, SPECIAL, sign="!")
    if text[0] in "&!*" and re.fullmatch(r"[&!*][\w!:/.-]*", text) and text[0] != "*":
        return None  # an anchor, or a tag, of whom it is told
    return _rewritten(line, column, text, quoted(text), SPECIAL, AROUND, sign=text[0])


def _inline(line: Line, above: Sequence[Line]) -> Slip | None:
    """What belongs on lines of its own, or between brackets, behind its key: a list, a group."""
    value = _value(line)
    if value is None or value[1][0] in "\"'[{|>":
        return None
    column, text = value
    name = _name(line)
    if text.startswith("- ") and line.key is not None and not _INNER_KEY.match(text[2:]):
        items = [one.strip(" ,;") for one in re.split(r"(?:^|\s)-\s+", text) if one.strip()]
        if lists().get(name) is False:
            return _rewritten(line, column, text, f"[{', '.join(map(flow, items))}]", INLINE_LIST)
        return _rewritten(line, column, text, quoted(text), SPECIAL, AROUND, sign="-")
    parts = _parts(text, name)
    if len(parts) > 1 or (parts and (name, _first_key(parts[0])) in holders()):
        return _on_lines(line, column, text, parts)
    return None


def _parts(text: str, name: str) -> list[str]:
    """The keys that stand behind one on its line, each with its value; none if it is a text."""
    dash = "- " if text.startswith("- ") else ""
    found = list(_INNER_KEY.finditer(text, len(dash)))
    found = [
        one for one in found if (name, one["key"]) in holders() or are_beside(name, one["key"])
    ]
    if not found or (found[0].start() > len(dash) and name in prose()):
        return []
    starts = [0, *(one.start() for one in found if one.start() > len(dash))]
    ends = [*starts[1:], len(text)]
    return [text[one:end].strip(" ,;") for one, end in zip(starts, ends, strict=True)]


def _first_key(part: str) -> str:
    found = _INNER_KEY.match(part.removeprefix("- "))
    return found["key"] if found else ""


def _on_lines(line: Line, column: int, text: str, parts: Sequence[str]) -> Slip | None:
    """Several keys on one line, each put on its own; those of an item of a list, in braces."""
    name, key = _name(line), line.key
    if key is None:
        return None
    is_within = (name, _first_key(parts[0])) in holders()
    if not is_within and key["item"]:
        said = [f"{name}: {parts[0]}", *parts[1:]]
        pairs = [one.partition(":")[::2] for one in said]
        inner = ", ".join(f"{word}: {flow(value.strip())}" for word, value in pairs)
        begin = line.indent + key.start("key")
        old = line.text[key.start("key") :]
        return Slip(
            line=line.number,
            column=begin,
            reason=TWO_KEYS,
            mend=COLON,
            edits=(Edit(line.number + 1, begin + 1, old, f"{{{inner}}}"),),
            params={"better": f"- {{{inner}}}"},
        )
    below = line.following
    inner_count = len(below) - len(below.lstrip(" "))
    count = line.key_indent
    if is_within:
        count = inner_count if line.goes_on else line.key_indent + 2
    spaces = " " * (count + 2 * parts[0].startswith("- "))
    kept = [] if is_within else [f" {parts[0]}"]
    moved = parts if is_within else parts[1:]
    shown = [" " * count + moved[0], *(spaces + one for one in moved[1:])]
    begin = line.indent + key.start("rest")
    old = line.lines[line.number][begin : column + len(text)]
    new = "".join(kept) + "".join(f"\n{one}" for one in shown)
    params = {"better": " », « ".join(moved), "parent": name, "count": str(count)}
    mend = BELOW_ONE if len(moved) == 1 else BELOW_MORE
    if not is_within:
        params["better"] = " », « ".join([f"{name}: {parts[0]}", *moved])
        mend = APART
    return Slip(
        line=line.number,
        column=column,
        reason=TWO_KEYS,
        mend=mend,
        edits=(Edit(line.number + 1, begin + 1, old, new),),
        params=params,
    )


def _colon(line: Line, above: Sequence[Line]) -> Slip | None:
    value = _value(line)
    if value is None or value[1][0] in "\"'[{|>":
        return None
    column, text = value
    cut = _COMMENT.search(text)
    text = text[: cut.start()] if cut else text
    found = re.search(r":(?=\s|$)", text)
    if found is None or line.key is None:
        return None
    address = _LEADING_ADDRESS.match(text)
    if address is not None and line.key["key"] not in prose():
        return _rewritten(line, column, text, address["url"], ADDRESS_ENDS, ADDRESS_ALONE)
    slip = _rewritten(line, column, text, quoted(text), COLON_INSIDE, AROUND)
    return replace(slip, column=column + found.start())


def _comma(line: Line, above: Sequence[Line]) -> Slip | None:
    """Commas at the ends of lines, as programs write them: they are published with the value."""
    first = _ends_in_comma(line)
    if first is None:
        return None
    lines = [line, *(one for one in lines_of(line.lines, line.number + 1, len(line.lines)))]
    found = [(one, end) for one in lines if not one.in_flow and (end := _ends_in_comma(one))]
    if len(found) == 1 and first["key"] in lists() and first["value"][0] != "[":
        return None  # it is a list, with commas
    edits = tuple(
        Edit(one.number + 1, one.indent + end.end("value") + 1, one.text[end.end("value") :], "")
        for one, end in found
    )
    is_lone = len(found) == 1
    is_read = is_lone and first["key"] in prose() and first["value"][0] not in "\"'[{"
    return Slip(
        line=line.number,
        column=line.indent + first.start("sign"),
        reason=COMMA,
        mend=TAKE_COMMA if is_lone else TAKE_COMMAS,
        edits=edits,
        params={"sign": first["sign"], "better": line.text[: first.end("value")]},
        code="stray-sign" if is_read else "yaml-syntax",
        severity="warning" if is_read else "error",
        is_certain=not is_read,
    )


def _ends_in_comma(line: Line) -> re.Match[str] | None:
    found = _COMMA_END.fullmatch(line.text)
    if found is None or line.goes_on or slug(found["key"]) not in known_words():
        return None
    value = found["value"]
    if value[0] in "|>" or (value[0] in "\"'[{" and not _is_whole(value)):
        return None
    return found


def _lone_quote(line: Line, above: Sequence[Line]) -> Slip | None:
    """A quote without its other half, which is published with the value."""
    value = _value(line)
    if value is None or value[1][0] in "\"'[{|>&*!" or line.goes_on or line.key is None:
        return None
    column, text = value
    around = TYPOGRAPHIC.fullmatch(text)
    if around is not None and line.key["key"] in prose():
        return _typographic(line, column, text)
    cut = _COMMENT.search(text)
    text = text[: cut.start()].rstrip() if cut else text
    begin, end = text[0], text[-1]
    if begin in _LONE_STARTS and len(text) > 2 and end == '"' and text.count('"') == 1:
        return _stray_quote(line, column, text, quoted(text[1:-1].strip()), end)
    if end in _LONE_ENDS and not text[-2:-1].isdigit() and _is_lone(text[:-1], end):
        return _stray_quote(line, column, text, text[:-1].rstrip(), end)
    if begin in _LONE_STARTS and not any(one in text for one in _LONE_STARTS[begin]):
        return _stray_quote(line, column, text, text[1:].lstrip(), begin)
    return None


def _typographic(line: Line, column: int, text: str) -> Slip:
    """Quotes of typography around a whole value: YAML knows none, and people read them."""
    better = quoted(text)
    if _COMMENT.search(text) or ": " in text or " :" in text:
        return _rewritten(line, column, text, better, TYPED, AROUND)
    slip = _rewritten(line, column, text, text[1:-1].strip(), "", TAKE_THEM)
    params = {**slip.params, "value": text}
    return replace(slip, params=params, code="shown-as-written", severity="warning")


def _is_lone(text: str, end: str) -> bool:
    if end == "'":
        return re.search(r"(?<!\w)'", text) is None
    return not any(one in text for one in {end, *_LONE_ENDS[end]})


def _stray_quote(line: Line, column: int, text: str, better: str, sign: str) -> Slip | None:
    if not better or KEY.match(better):
        return None
    slip = _rewritten(line, column, text, better, "", TAKE_QUOTE, sign=sign)
    at = column if text[0] == sign else column + len(text) - 1
    return replace(slip, column=at, code="stray-sign", severity="warning", is_certain=sign == '"')


def _stray(line: Line, above: Sequence[Line]) -> Slip | None:
    """A line that says nothing of any key, and cannot go on the one above: it begins as far out."""
    before = above[-1] if above else None
    if before is None or line.key is not None or line.text.startswith(("- ", "-", "#")):
        return None
    if before.key is None and before.indent > line.indent and not before.text.startswith("-"):
        return _pushed(line, before.indent)
    value = _value(before)
    is_open = value is not None and value[1][0] in "\"'[{" and not _is_whole(value[1])
    if is_open or line.indent > before.key_indent or BLOCK.search(before.text):
        return None
    return Slip(
        line=line.number,
        column=line.indent,
        reason=NO_KEY,
        mend=GOES_ON,
        edits=(Edit(line.number + 1, line.indent + 1, line.text, ""),),
        params={"value": line.text[:60]},
        is_certain=False,
        is_lost=True,
    )


_LOOKS: tuple[Callable[[Line, Sequence[Line]], Slip | None], ...] = (
    _fallen,
    _tab,
    _dash,
    _outdented,
    _hyphen,
    _grouped,
    _item,
    _bare_item,
    _joined,
    _colonless,
    _quotes,
    _hashed,
    _bracket,
    _special,
    _inline,
    _colon,
    _indent,
    _stray,
)
_MISREAD = (_listed, _fallen, _comma, _lone_quote)


def flow(text: str) -> str:
    """A text as an item between brackets, in quotes only where they are needed."""
    return text if _PLAIN_ITEM.fullmatch(text) or text[:1] in {'"', "'"} else quoted(text)


def quoted(text: str, quote: str = '"') -> str:
    """A text in quotes that YAML knows, in place of typographic ones."""
    around = TYPOGRAPHIC.fullmatch(text)
    text = around["inner"].strip() if around else text
    if quote == "'" or '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
