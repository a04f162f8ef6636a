"""Signs that were meant for Markdown, and that it shows as they are; paths of one's own disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PureWindowsPath
from urllib.parse import quote, unquote

from ..model.authored import without_code
from ..problems import MOST_ALIKE, N_, Mark, Mend, Problems

ITEMS = N_("begin lines {first} to {last} with a hyphen and a space: « {better} »")
ITEM = N_("begin the line with a hyphen and a space: « {better} »")
WRITE = N_("write « {better} »")
SPACED = N_("put a space after the sign on lines {first} to {last}: « {better} »")
COMMENT = N_("what follows is published: a remark begins with <!-- and ends with -->")
NUMBERED = N_("number lines {first} to {last} as lists are: « {better} »")
BOLD = N_("no space stands within the stars: write « {better} »")
CLOSE = N_("close it behind the last word that is meant: « {better} », or take the stars away")
RULE = N_("below the first line of the table, add « {better} »")
SAME_CELLS = N_("it has as many cells as the line above it: write « {better} »")
CELLS = N_("a table stands between bars: « {better} », and below its first line « {rule} »")
BOX = N_("begin the lines of the box, below this one, with four spaces: « {better} »")
OUTDENT = N_("four spaces make code of it: take them away")
PREVIEW = N_(
    "that is your own preview: write the path of the file that it shows, relative to this one"
)
BESIDE = N_("put that file beside this one, and write its name alone: « ({better}) »")

_BULLET = re.compile(r" {0,3}(?P<sign>[•‣▪◦●○–—·])[ \t\u00a0]*(?P<said>\S.*)")
_ALONE = frozenset("–—·")
"""Signs with which a lone line of a text may begin."""

_JOINED_ITEM = re.compile(r" {0,3}(?P<sign>[-+]|\d{1,2}[.)])(?P<said>[^\W\d_].*)")
_NUMBERED = re.compile(r" {0,3}(?P<number>\d{1,2})[/°][ \t]+(?P<said>\S.*)")
_BOX_TO_TICK = re.compile(r" {0,3}(?P<said>\[[ xX]\] \S.*)")
_LOOSE_BOLD = re.compile(r"(?<![\w*])\*\*[ \t]{1,3}(?P<said>[^\s*][^*\n]{0,100})[ \t]\*\*(?![\w*])")
_OPEN_BOLD = re.compile(r"(?<![\S])\*\*(?P<said>[\w’'-]{1,60})")
_ROW = re.compile(r"\|(?:[^|\n]{0,300}\|){2,30}[ \t]{0,9}")
_BARRED = re.compile(r"\|(?:[^|\n]{0,300}\|){1,30}[ \t]{0,9}")
_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[ \t|:]*-[ \t|:-]*")
_PASTED = re.compile(r"[^\s|][^\t\n]{0,300}(?:\t[^\t\n]{1,300}){1,20}")
_BOX = re.compile(r"(?:!!!|\?\?\?\+?) \w.*")
_PUSHED = re.compile(
    r" {4,7}(?P<said>[A-ZÀÂÇÉÈÊÎÔÙ][^\s{}<>=;]{0,30}(?: [^\s{}<>=;]{1,30}){4,200}[.!?…])"
)
_HEADING = re.compile(r"(?P<sign>#{1,6})(?P<said>[^\W\d_][^#]*)")
_SWAPPED = re.compile(
    r"(?<!\])\((?P<said>[^()\[\]\n]{1,200})\)\[(?P<url>(?:https?://|www\.)[^\s\[\]]{1,500})\]"
)
_SPACED = re.compile(
    r"(?P<sign>!?)\[(?P<said>[^\[\]\n]{1,200})\][ \t]{1,9}\((?P<url>(?:https?://|www\.)[^\s()]{1,500})\)"
)
_OWN = r"(?:file:/|[A-Za-z]:[\\/]|\\\\[A-Za-z])"
_OWN_DISK = re.compile(
    rf"\]\([ \t]{{0,9}}<?(?P<path>{_OWN}[^()\n<>]{{1,500}})>?\)"
    rf"|\b(?:src|href)=[\"'](?P<named>{_OWN}[^\"'\n]{{1,500}})[\"']"
)
_OWN_HOST = re.compile(
    r"(?:\]\([ \t]{0,9}<?|<|\b(?:src|href)=[\"'])"
    r"(?P<url>https?://(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1?\])"
    r"(?::\d{1,5})?(?=[/?#)>\s\"'])[^\s()<>\"']{0,500})",
    re.IGNORECASE,
)
"""What the preview of a site is reached by (RFC 6761, section 6.3; RFC 1122, section 3.2.1.3)."""

_IS_OWN = re.compile(_OWN)


def is_on_own_disk(link: str) -> bool:
    """Whether a link leads to the disk of whoever wrote it."""
    return _IS_OWN.match(unquote(link)) is not None


def tell_signs(source: str, file: str, line: int, problems: Problems) -> None:
    """Tell what a text shows otherwise than its author meant.

    Args:
        line: on which the text begins in its file.
    """
    text = without_code(source)
    lines = text.split("\n")
    for number, column, value, mend in _found(lines, line):
        mark = Mark(file, line + number, column + 1)
        problems.add("shown-as-written", mark, severity="warning", mend=mend, value=value)
    opened = text.rfind("<!--")
    unclosed = opened if opened >= 0 and "-->" not in text[opened:] else text.find("‹!--")
    if unclosed >= 0:
        above = text.count("\n", 0, unclosed)
        mark = Mark(file, line + above, unclosed - text.rfind("\n", 0, unclosed))
        problems.add("unclosed-html", mark, mend=Mend(COMMENT), value=text[unclosed:][:4])
    tell_own_disk(text, file, line, problems)


def tell_own_disk(source: str, file: str, line: int, problems: Problems) -> None:
    """Tell the links of a text that lead to the computer of whoever wrote it.

    Args:
        line: on which the text begins in its file.
    """
    if re.search(r"://|:[\\/]|\\\\", source) is None:
        return
    for number, one in enumerate(without_code(source).split("\n")):
        for found in _OWN_DISK.finditer(one):
            group = "path" if found["path"] else "named"
            path = found[group].strip()
            name = PureWindowsPath(unquote(path)).name
            mend = Mend(BESIDE, {"better": quote(name)})
            mark = Mark(file, line + number, found.start(group) + 1)
            problems.add("own-disk", mark, mend=mend, value=path)
        for found in _OWN_HOST.finditer(one) if "://" in one else ():
            mark = Mark(file, line + number, found.start("url") + 1)
            problems.add("own-disk", mark, mend=Mend(PREVIEW), value=found["url"])


def _found(lines: list[str], first: int) -> Iterator[tuple[int, int, str, Mend]]:
    """Each line from 0, its column, what stands there, and what to write."""
    yield from _tables(lines)
    yield from _items(lines, first)
    yield from _words(lines)
    until = 0
    for number, line in enumerate(lines):
        if number >= until and (run := _run(lines, number)):
            until = number + run
            found = _BULLET.fullmatch(line) or _JOINED_ITEM.fullmatch(line)
            assert found is not None
            sign = "-" if _BULLET.fullmatch(line) else found["sign"]
            params = {"first": first + number, "last": first + until - 1}
            text = ITEMS if run > 1 else ITEM
            text = text if _BULLET.fullmatch(line) else SPACED
            mend = Mend(text, {**params, "better": f"{sign} {found['said']}"})
            yield number, found.start("sign"), found["sign"], mend
        heading = _HEADING.fullmatch(line.rstrip())
        is_apart = not "".join(lines[max(0, number - 1) : number] + lines[number + 1 : number + 2])
        if heading is not None and (is_apart or len(heading["sign"]) > 1):
            better = f"{heading['sign']} {heading['said']}"
            yield number, 0, heading["sign"], Mend(WRITE, {"better": better})
        if "[" not in line:
            continue
        for shape, better in ((_SWAPPED, "[{said}]({url})"), (_SPACED, "{sign}[{said}]({url})")):
            for link in shape.finditer(line):
                url = link["url"] if "//" in link["url"] else f"https://{link['url']}"
                said = better.format(**{"sign": "", **link.groupdict(), "url": url})
                yield number, link.start(), link[0], Mend(WRITE, {"better": said})


def _run(lines: list[str], begin: int) -> int:
    """How many lines from one on begin with what is no bullet to Markdown."""
    first = _BULLET.fullmatch(lines[begin]) or _JOINED_ITEM.fullmatch(lines[begin])
    if first is None:
        return 0
    shape = _BULLET if _BULLET.fullmatch(lines[begin]) else _JOINED_ITEM
    count = 0
    for line in lines[begin : begin + MOST_ALIKE]:
        if shape.fullmatch(line) is None:
            break
        count += 1
    return 0 if count == 1 and (shape is _JOINED_ITEM or first["sign"] in _ALONE) else count


Told = tuple[int, int, str, Mend]


def _alike(lines: list[str], shape: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where runs of lines of one shape begin, and where they are over."""
    begin = None
    for number, line in enumerate([*lines, ""]):
        if shape.fullmatch(line):
            begin = number if begin is None else begin
        elif begin is not None:
            yield begin, number
            begin = None


def _tables(lines: list[str]) -> Iterator[Told]:
    """Rows of a table that Markdown does not take for one."""
    for begin, end in _alike(lines, _BARRED):
        has_rule = any(map(_RULE.fullmatch, lines[begin:end]))
        if not _starts_within(lines, begin):
            yield from _uneven(lines, begin, end)
        if end - begin > 1 and not has_rule and not _starts_within(lines, begin):
            rule = _rule(lines[begin].strip().strip("|").count("|") + 1)
            yield begin, 0, "|", Mend(RULE, {"better": rule})
    for begin, end in _alike(lines, _PASTED):
        counts = {line.count("\t") for line in lines[begin:end]}
        if end - begin > 1 and len(counts) == 1:
            cells = [one.strip() for one in lines[begin].split("\t")]
            better = f"| {' | '.join(cells)} |"
            yield begin, 0, "↹", Mend(CELLS, {"better": better, "rule": _rule(len(cells))})


def _uneven(lines: list[str], begin: int, end: int) -> Iterator[Told]:
    """A rule with another number of cells than the row above it: no table is made of them."""
    if end - begin < 3 or _RULE.fullmatch(lines[begin]) or not _RULE.fullmatch(lines[begin + 1]):
        return
    head, rule = (len(_CELL_END.findall(one.strip().strip("|"))) + 1 for one in lines[begin:][:2])
    if head != rule:
        yield begin + 1, 0, lines[begin + 1].strip(), Mend(SAME_CELLS, {"better": _rule(head)})


def _rule(count: int) -> str:
    return f"|{' --- |' * count}"


def _starts_within(lines: list[str], begin: int) -> bool:
    """Whether a row goes on a table whose first rows stand without bars at their ends."""
    return begin > 0 and "|" in lines[begin - 1]


def _items(lines: list[str], first: int) -> Iterator[Told]:
    for begin, end in _alike(lines, _NUMBERED):
        found = _NUMBERED.fullmatch(lines[begin])
        if end - begin > 1 and found is not None:
            better = f"{found['number']}. {found['said']}"
            params = {"first": first + begin, "last": first + end - 1, "better": better}
            sign = lines[begin].strip()[: len(found["number"]) + 1]
            yield begin, found.start("number"), sign, Mend(NUMBERED, params)
    for begin, end in _alike(lines, _BOX_TO_TICK):
        found = _BOX_TO_TICK.fullmatch(lines[begin])
        if found is not None:
            params = {"first": first + begin, "last": first + end - 1}
            mend = Mend(ITEMS if end - begin > 1 else ITEM, {**params, "better": f"- {found[1]}"})
            yield begin, found.start("said"), found["said"][:3], mend


def _words(lines: list[str]) -> Iterator[Told]:
    """Stars that make nothing bold, boxes that hold nothing, texts that are shown as code."""
    for number, line in enumerate(lines):
        for found in _LOOSE_BOLD.finditer(line) if "**" in line else ():
            yield (
                number,
                found.start(),
                "**",
                Mend(BOLD, {"better": f"**{found['said'].strip()}**"}),
            )
        below = lines[number + 1 : number + 3]
        after = next((one for one in below if one.strip()), "")
        if _BOX.fullmatch(line) and after and not after.startswith((" ", "\t", "!!!", "???")):
            yield number, 0, line.split()[0], Mend(BOX, {"better": f"    {after}"})
        pushed = _PUSHED.fullmatch(line) if line.startswith("    ") else None
        if pushed is not None and _is_alone(lines, number):
            yield number, 4, pushed["said"][:40], Mend(OUTDENT)
    yield from _open_bold(lines)


def _is_alone(lines: list[str], number: int) -> bool:
    """Whether an indented line begins a block that belongs to no item, note or box above it."""
    above = [one for one in lines[:number] if one.strip()]
    is_apart = number == 0 or not lines[number - 1].strip()
    before = next((one for one in reversed(above) if not one.startswith("    ")), "")
    return is_apart and not re.match(r" {0,3}(?:[-*+]|\d{1,3}[.)]|!!!|\?\?\?|\[\^|:|===)", before)


def _open_bold(lines: list[str]) -> Iterator[Told]:
    """Two stars that are not closed in their paragraph."""
    begin = 0
    for end in range(len(lines) + 1):
        if end < len(lines) and lines[end].strip():
            continue
        if sum(line.count("**") for line in lines[begin:end]) % 2:
            for number in range(begin, end):
                found = _OPEN_BOLD.search(lines[number])
                if found is not None and "**" not in lines[number][found.end() :]:
                    better = f"**{found['said']}**"
                    yield number, found.start(), "**", Mend(CLOSE, {"better": better})
                    break
        begin = end + 1
