"""French typography of text and of the text in HTML: its spaces, apostrophes, dates.

The rules are those of the Imprimerie nationale that a site can keep without reading the sentence:
a narrow no-break space before ``; ! ?``, a no-break space before ``:`` and inside « », the
typographic apostrophe and ellipsis, ``12 h 30``, ``50 %``, ``9 janvier``, ``n° 5``, ``1er``.
What is already so stays so: applying them twice changes nothing more.

Markup is neither parsed nor written again, since it has to come out octet for octet: it is split
at its tags, which the sanitiser or the engine has made well formed. Tags, code, addresses and
texts in other languages become one character each while the rules run over the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

NARROW = "\u202f"
WIDE = "\u00a0"

# Noncharacters (Unicode, section 23.7), which no text may hold, stand for what is left alone.
_INLINE, _BLOCK, _WORD, _OTHER = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_ALL = (_INLINE, _BLOCK, _WORD, _OTHER)
_STANDINS = re.compile(f"[{''.join(_ALL)}]")

_SAID = "&"
"""In the place of an element: a reference became the character for which it stands."""
_END = "", _SAID
"""After the last text stands nothing."""

_TRANSPARENT = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "i", "ins", "mark", "q"]
) | {"s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}
"""Elements that do not part words: a rule sees through their tags."""

_WORDLIKE = frozenset(["code", "kbd", "math", "samp", "tt", "var"])
_KEPT = _WORDLIKE | {"option", "pre", "script", "style", "svg", "template", "textarea", "title"}
"""Elements whose text stays as it is; the first ones stand within a sentence."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]’']|"
    r"[\w.+-](?<![\w.+-].)[\w.+-]*+@[\w-]+(?:\.[\w-]+)+|(?<!\w):[a-z0-9_+-]+:(?!\w)"
)
"""Addresses, e-mail addresses and short codes of emoji in a text."""

_RAW = ("script", "style", "textarea", "title")
"""Elements whose text holds no tags (HTML, section 13.1.2): each is read as one."""
_TO_ITS_END = "[^\"'>]*+(?:\"[^\"]*+(?:\"|\\Z)[^\"'>]*+|'[^']*+(?:'|\\Z)[^\"'>]*+)*+"
_WHOLE = "|".join(
    rf"(?i:{name})(?=[\s/>]){_TO_ITS_END}(?<!/)>.*?(?:</(?i:{name})(?=[\s/>])[^>]*+>|\Z)"
    for name in _RAW
)
_TOKEN = re.compile(
    # Most are tags that cannot be raw ones.
    rf"(<(?:/?(?![sStT])[a-zA-Z]{_TO_ITS_END}(?:>|\Z)|{_WHOLE}|/?[a-zA-Z]{_TO_ITS_END}(?:>|\Z)|"
    r"!--.*?(?:-->|\Z)|[!?][^>]*+(?:>|\Z))|&(?:[a-zA-Z]\w*+|#\w++);)",
    re.DOTALL,
)
"""What stands between texts: a tag, a comment, a reference, an element whose text holds none."""
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]*+)")
_LANG = re.compile(r"\slang\s*=\s*[\"']?([a-zA-Z]+)")
_CHARACTERS = {
    "nbsp": WIDE,
    "#160": WIDE,
    "#xa0": WIDE,
    "#8239": NARROW,
    "#x202f": NARROW,
    "#39": "'",
    "#x27": "'",
    "apos": "'",
}
"""References to the characters that the rules are about."""

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_SPACES = f"[ {WIDE}{NARROW}]"
_GAP = frozenset(f" {WIDE}{NARROW}{_INLINE}")
_T = f"{_INLINE}*+"

# Each begins with what is rare in a text: this is what makes them quick.
_ELLIPSIS = re.compile(r"\.\.\.(?<![./\\]\.\.\.)(?![./\\])")
_APOSTROPHE = re.compile(rf"'(?<=[^\W\d_]')(?={_T}[^\W_{_BLOCK}]|{_T}[{_WORD}«])")
_NUMBER = re.compile(
    rf"(?P<digits>[0-9](?<![0-9].)[0-9]*+)(?:{_SPACES}*+(?P<percent>%)(?![0-9A-Za-z])|"
    rf"{_SPACES}?(?P<hour>h)(?:{_SPACES}?(?P<minute>[0-9]{{2}}))?\b(?![-’'])|"
    rf"(?P<first>{_T}er{_T})?{_SPACES}+(?P<month>{_MONTHS})\b)",
    re.IGNORECASE,
)
_DAY = re.compile(rf"[LMJVSD](?:undi|ardi|ercredi|eudi|endredi|amedi|imanche)(?={_SPACES}+[0-9])")
_BEFORE_DAY = re.compile(rf"(?:^|\W)(?:le|du|au|ce){_SPACES}+$", re.IGNORECASE)
_NUMERO = re.compile(rf"[nN]°(?<!\w..){_SPACES}*(?=[0-9])")
_MARK = re.compile("[!?]+|[;:«»]")
_AFTER_HIGH = re.compile(rf"{_T}(?:$|[\s{_BLOCK}\]»”\"’'.,…)])")
_AFTER_COLON = re.compile(rf"{_T}(?:$|[\s{_BLOCK}»])")
_FIRST = re.compile(r"1(er|re)\b(?<![\w,.]1..)")
_NEEDED = re.compile(r"[;!?:%«»'°0-9]|\.\.\.")


def _number(found: re.Match[str]) -> str:
    text, start = found.string, found.start()
    number, before = found["digits"], text[start - 1] if start else " "
    if found["percent"]:
        return f"{number}{WIDE}%"
    if before.isalnum() or before in "_.,:" or len(number) > 2:
        return found[0]
    if found["month"]:
        if not 0 < int(number) < 32:
            return found[0]
        return f"{number}{found['first'] or ''}{WIDE}{found['month'].lower()}"
    minute = found["minute"]
    if int(number) > 24 or int(minute or 0) > 59 or found["hour"] == "H":
        return found[0]
    return f"{number}{WIDE}h{WIDE}{minute}" if minute else f"{number}{WIDE}h"


def _day(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 6) : found.start()]
    return found[0].lower() if _BEFORE_DAY.search(before) else found[0]


def _spaces(text: str) -> str:
    """The spaces before high punctuation, and inside quotation marks."""
    out: list[str] = []
    at = 0
    for found in _MARK.finditer(text):
        mark, start = found[0], found.start()
        if start < at:
            continue  # it stood in the space after the one before
        begin = start
        while begin > at and text[begin - 1] in _GAP:
            begin -= 1
        gap, left = text[begin:start], text[begin - 1] if begin else ""
        tags = _INLINE * gap.count(_INLINE)
        spaced = len(tags) < len(gap)
        out.append(text[at:begin])
        at = found.end()
        if mark == "«":
            end = at
            while end < len(text) and text[end] in _GAP:
                end += 1
            out.append(gap + mark)
            if end < len(text) and not text[end].isspace() and text[end] != _BLOCK:
                out.append(WIDE + _INLINE * text.count(_INLINE, at, end))
                at = end
        elif _needs_space(text, mark, left, spaced, at):
            out.append(tags + (WIDE if mark in ":»" else NARROW) + mark)
        else:
            out.append(gap + mark)
    out.append(text[at:])
    return "".join(out)


def _needs_space(text: str, mark: str, left: str, spaced: bool, at: int) -> bool:
    """Whether a space that cannot break belongs before a mark, which ends at *at*.

    Where none was written, one is added after a word only: « :: » or « -> ! » is an intention.
    """
    if not left or left.isspace() or left in f"{_BLOCK}«":
        return False
    if mark == "»":
        return True
    if left in "([":
        return False
    if not (spaced or left.isalnum() or left in f')]»”"’°%€{_WORD}'):
        return False
    if mark == ":":
        return _AFTER_COLON.match(text, at) is not None
    smiley = mark == ";" and text[at : at + 1] == ")"
    return not smiley and _AFTER_HIGH.match(text, at) is not None


def typeset(text: str) -> str:
    """Plain text in French, in its typography."""
    if not _NEEDED.search(text):
        return text
    texts: list[str] = []
    kept: list[str] = []
    _keep_addresses(text, texts, kept)
    return _restore(_apply("".join(texts)), kept)


def typeset_html(markup: str, *, superscript: bool = True) -> str:
    """The text of HTML in French, in its typography; tags, code and addresses stay as they are.

    Args:
        superscript: whether « 1er » may get an element of its own.
    """
    if not _NEEDED.search(markup):
        return markup
    text, kept = _read(markup)
    made = _apply(text)
    if superscript:
        made = _FIRST.sub(r"1<sup>\1</sup>", made)
    return _restore(made, kept)


def runs(markup: str) -> Iterator[tuple[str, bool]]:
    """HTML in parts, and whether the rules look at them: each is typeset as in the whole, and they
    are what stands between two of those elements that part words."""
    run: list[str] = []
    read = _tokens(markup)
    for text, token, (standin, whole) in read:
        run.append(text)
        if whole not in ("", _SAID):
            token += _rest(whole, read)
        if standin != _BLOCK:
            run.append(token)
            continue
        yield "".join(run), True
        yield token, False
        run = []
    yield "".join(run), True


def unseen(markup: str) -> Iterator[re.Match[str]]:
    """The tags of HTML of which the rules see what they are, and nothing that they hold; those that
    may say a language are none."""
    for found in _TOKEN.finditer(markup):
        if found[0][0] == "<" and "lang" not in found[0]:
            yield found


def _keep_addresses(text: str, texts: list[str], kept: list[str]) -> None:
    """Add a text, with a stand-in for each address, and for each stand-in of its own."""
    if ":" in text or "@" in text or "www." in text:
        at = 0
        for found in _ADDRESS.finditer(text):
            _keep_standins(text[at : found.start()], texts, kept)
            texts.append(_OTHER)
            kept.append(found[0])
            at = found.end()
        text = text[at:]
    _keep_standins(text, texts, kept)


def _keep_standins(text: str, texts: list[str], kept: list[str]) -> None:
    if not text.isascii():
        kept += _STANDINS.findall(text)
        text = _STANDINS.sub(_OTHER, text)
    texts.append(text)


def _read(markup: str) -> tuple[str, list[str]]:
    """The text of HTML with stand-ins, and that for which each of them stands."""
    texts: list[str] = []
    kept: list[str] = []
    # In most there is nothing to keep but tags.
    is_plain = not any(one in markup for one in ("www.", *_ALL))
    read = _tokens(markup)
    for text, token, (standin, whole) in read:
        if is_plain and ":" not in text and "@" not in text:
            texts += (text, standin)
        else:
            _keep_addresses(text, texts, kept)
            texts.append(standin)
        if not whole:
            kept.append(token)
        elif whole != _SAID:
            kept.append(token + _rest(whole, read))
    return "".join(texts), kept


def _tokens(markup: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """The texts of HTML, each with what ends it, and what stands for that."""
    pieces = _TOKEN.split(markup)
    tokens = pieces[1::2]
    return zip(pieces[::2], [*tokens, ""], [*map(_stands_for, tokens), _END], strict=True)


def _rest(name: str, read: Iterable[tuple[str, str, object]]) -> str:
    """What is left to read of an element, to its end; the rest of the text if it has none."""
    found: list[str] = []
    depth = 1
    for text, token, _ in read:
        found += (text, token)
        tag = _NAME.match(token)
        if tag and tag[1].lower() == name:
            depth += -1 if token[1] == "/" else 1
            if depth == 0:
                break
    return "".join(found)


@lru_cache(maxsize=10_000)
def _stands_for(token: str) -> tuple[str, str]:
    """What stands for a tag, a comment or a reference, of which pages repeat most; and the name of
    the element that is kept whole once it opens it, or `_SAID`: nothing is kept."""
    if token[0] == "&":
        entity = token[1:-1].lower()
        plain = _CHARACTERS.get(entity)
        return (plain, _SAID) if plain else (_BLOCK if entity == "#10" else _OTHER, "")
    found = _NAME.match(token)
    if found is None:
        return _INLINE, ""  # a comment
    name = found[1].lower()
    opens = token[1] != "/" and token[-2] != "/"
    if name in _RAW:
        return _BLOCK, ""  # to its end
    if opens and (name in _KEPT or _is_foreign(token, name)):
        return _WORD if name in _WORDLIKE or name in _TRANSPARENT else _BLOCK, name
    return _INLINE if name in _TRANSPARENT else _BLOCK, ""


def _is_foreign(tag: str, name: str) -> bool:
    """Whether an element says that it is in another language; links say so of their target."""
    if "lang" not in tag or name == "html":
        return False
    lang = _LANG.search(tag)
    return lang is not None and lang[1].lower() != "fr"


def _apply(text: str) -> str:
    """The rules, which see no further than a block: what pages repeat is set once."""
    return _BLOCK.join(map(_set, text.split(_BLOCK)))


@lru_cache(maxsize=10_000)
def _set(text: str) -> str:
    text = _ELLIPSIS.sub("…", text)
    text = _APOSTROPHE.sub("’", text)
    text = _NUMBER.sub(_number, text)
    text = _DAY.sub(_day, text)
    if "°" in text:
        text = _NUMERO.sub(lambda found: f"{found[0][:2]}{WIDE}", text)
    return _spaces(text)


def _restore(text: str, kept: Iterable[str]) -> str:
    """The text with what was kept in the place of what stood for it."""
    pieces = _STANDINS.split(text)
    return "".join(chain.from_iterable(zip(pieces, [*kept, ""], strict=True)))
