"""A report as Markdown for a forge, in which all that anybody wrote is text.

Titles, names and addresses may come from whoever proposes a change. A mark of Markdown in them is
escaped (CommonMark 0.31, section 2.4), what a forge finds in plain text — people, numbers of
threads, addresses — is taken apart by an invisible joiner, and what is to be copied as it is stands
between backticks or fences that it cannot close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..i18n import Translator, translator
from ..problems import N_
from ..shown import one_line
from . import labels
from .report import Danger, Line, Meeting, Month, Report

MOST = 60_000
"""Characters; GitHub takes 65,536 for a comment."""

MOST_FEEDS = 40
MOST_ERRORS = 30
"""Items of a list that is told one by one."""

_JOINER = "\u2060"
"""WORD JOINER: nothing is seen of it, and no pattern goes across it."""

_MARKS = re.compile(r"([\\`*_{}\[\]()<>#|~&$@^]|^[-+=.:!]|(?<=\d)[.)](?= |$))")
_FOUND = re.compile(r"(?i)([@#:$]|\b(?:www|gh)(?=[.-]))")
"""What forges make links, marks or formulas of in plain text (GFM, section 6.9; GitHub's own)."""

_HEX = re.compile(r"(?i)[0-9a-f]{7,}")
"""What may be the id of a commit, or the beginning of one."""


def text(written: str) -> str:
    """What somebody wrote, as Markdown that shows it and does nothing; never empty."""
    apart = _FOUND.sub(rf"\1{_JOINER}", one_line(written))
    return _MARKS.sub(r"\\\1", _HEX.sub(_parted, apart)) or "—"


def _parted(found: re.Match[str]) -> str:
    """Letters of an id, too few in a row to be one."""
    run = found[0]
    return _JOINER.join(run[at : at + 6] for at in range(0, len(run), 6))


def code(written: str) -> str:
    """What somebody wrote, between backticks: it can be copied as it is.

    Not in a table, whose cells a bar would part.
    """
    line = one_line(written)
    if not line:
        return ""
    ticks = "`" * (_longest(line) + 1)
    pad = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def fenced(written: str) -> str:
    """What somebody wrote, as a block that can be copied as it is."""
    line = one_line(written)
    fence = "`" * max(3, _longest(line) + 1)
    return f"{fence}text\n{line}\n{fence}"


def _longest(line: str) -> int:
    return max((len(run) for run in re.findall("`+", line)), default=0)


def markdown(report: Report) -> str:
    """A report of at most `MOST` characters, ending with a line break."""
    tr = translator(report.language)
    return _fitted(list(_parts(report, tr)), tr)


def _fitted(parts: Sequence[str], tr: Translator) -> str:
    """As many of the parts as fit, and a word of those that do not."""
    more = tr.gettext(N_("The rest is too long to be shown here: `parcours diff` tells all of it."))
    room = MOST - len(more) - 4
    kept: list[str] = []
    for part in parts:
        room -= len(part) + 2
        if room < 0:
            kept.append(more)
            break
        kept.append(part)
    return "\n\n".join(kept) + "\n"


def _parts(report: Report, tr: Translator) -> Iterator[str]:
    base, head = labels.between(report, tr)
    yield f"## {tr.gettext(labels.TITLE)}"
    sides = f"{code(base)} → {code(head)}"
    if report.failure is not None:
        yield sides
        yield text(report.failure.text)
        errors = report.failure.errors
        yield _list([code(one) for one in errors[:MOST_ERRORS]], len(errors) - MOST_ERRORS, tr)
        return
    if labels.is_quiet(report):
        yield tr.gettext(labels.NOTHING)
    else:
        yield f"{sides} — {labels.count(report, tr)}"
    yield from (text(note.text) for note in report.notes)
    if report.dangers:
        yield f"### {tr.gettext(labels.DANGERS)}"
        yield from map(_danger, report.dangers)
    if report.meetings:
        yield f"### {tr.gettext(labels.meetings(report))}"
        yield from (_meeting(one, report, tr) for one in report.meetings)
    if report.months:
        yield f"### {tr.gettext(labels.MONTHS)}"
        yield from (_month(one, tr) for one in report.months)
    if report.delivery:
        yield text(report.delivery)


def _list(items: Sequence[str], left: int, tr: Translator) -> str:
    shown = [*items]
    if left > 0:
        shown.append(tr.ngettext("and {n} more", "and {n} more", left))
    return "\n".join(f"- {one}" for one in shown)


def _danger(danger: Danger) -> str:
    return f"- ⚠️ **{text(danger.text)}** (`{danger.code}`)\n  {text(danger.mend)}"


def _meeting(meeting: Meeting, report: Report, tr: Translator) -> str:
    sort = labels.SORTS[meeting.sort]
    file = f"{tr.gettext(sort)}, {code(meeting.file)}" if sort else code(meeting.file)
    lines = [f"#### {text(meeting.title)}", "", file, ""]
    lines += [f"- {text(change.text)}" for change in meeting.changes]
    if meeting.late:
        lines.append(f"- ⚠️ {text(meeting.late)}")
    told = labels.reach(meeting, report, tr)
    if told:
        lines.append(f"- {text(told)}")
    if meeting.message:
        lines += ["", tr.gettext(labels.MESSAGE), "", fenced(meeting.message)]
    return "\n".join(lines)


def _month(month: Month, tr: Translator) -> str:
    lines = [
        f"**{text(month.name)}**",
        "",
        f"| {tr.gettext(labels.BEFORE)} | {tr.gettext(labels.AFTER)} |",
        "| --- | --- |",
    ]
    for before, after in labels.rows(month):
        lines.append(f"| {_cell(before)} | {_cell(after)} |")
    return "\n".join(lines)


def _cell(line: Line | None) -> str:
    if line is None:
        return ""
    said = f"{text(line.when)} {text(line.title)}"
    return f"**{said}**" if line.changed else said
