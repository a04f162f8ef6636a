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
BESIDE = N_("put that file beside this one, and write its name alone: « ({better}) »")

_BULLET = re.compile(r" {0,3}(?P<sign>[•‣▪◦●○–—·])[ \t\u00a0]*(?P<said>\S.*)")
_ALONE = frozenset("–—·")
"""Signs with which a lone line of a text may begin."""

_JOINED_ITEM = re.compile(r" {0,3}(?P<sign>[-+]|\d{1,2}[.)])(?P<said>[^\W\d_].*)")
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
    for number, one in enumerate(lines):
        for found in _OWN_DISK.finditer(one):
            group = "path" if found["path"] else "named"
            path = found[group].strip()
            name = PureWindowsPath(unquote(path)).name
            mend = Mend(BESIDE, {"better": quote(name)})
            mark = Mark(file, line + number, found.start(group) + 1)
            problems.add("own-disk", mark, mend=mend, value=path)


def _found(lines: list[str], first: int) -> Iterator[tuple[int, int, str, Mend]]:
    """Each line from 0, its column, what stands there, and what to write."""
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
