"""What stands over the parts of a report, wherever it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest

from ..i18n import Translator
from ..problems import N_
from .report import Commit, Line, Meeting, Month, Report, Sort

TITLE = N_("What changes for readers and subscribers")
DANGERS = N_("To be looked at first")
MEETINGS = N_("Meeting by meeting")
EACH = N_("What changes, one by one")
"""The same, where something is no meeting."""
MONTHS = N_("The agenda, before and after")
MESSAGE = N_("To send to those who registered:")
BEFORE = N_("Before")
AFTER = N_("After")
NOTHING = N_("Nothing changes for readers and subscribers.")


SORTS: Mapping[Sort, str] = {
    "meeting": "",
    "course": N_("a course"),
    "post": N_("a news item"),
    "page": N_("a page"),
    "need": N_("a need"),
    "facilitator": N_("a facilitator"),
}
"""What something is that is no meeting."""


def meetings(report: Report) -> str:
    """What stands over all that changes."""
    return MEETINGS if all(one.sort == "meeting" for one in report.meetings) else EACH


def is_quiet(report: Report) -> bool:
    """Whether nothing changes for anybody."""
    return not report.meetings and not report.dangers


def between(report: Report, tr: Translator) -> tuple[str, str]:
    """The two sides, as a person would name them."""
    return _side(report.base, tr), _side(report.head, tr)


def _side(commit: Commit, tr: Translator) -> str:
    if not commit.revision:
        return tr.gettext(N_("the working tree"))
    return commit.id[:10] if commit.id.startswith(commit.revision) else commit.revision


def reach(meeting: Meeting, report: Report, tr: Translator) -> str:
    """The feeds that show a meeting otherwise, by their names; "" for none."""
    # Its own calendar has its name.
    every = dict.fromkeys(report.feeds.get(one, one) for one in meeting.feeds)
    names = [one for one in every if one != meeting.title]
    if not names:
        return ""
    files = tr.ngettext("{n} feed", "{n} feeds", len(meeting.feeds))
    if len(names) > MOST_NAMES:
        more = tr.ngettext("and {n} more", "and {n} more", len(names) - MOST_NAMES)
        names = [*names[:MOST_NAMES], more]
    return tr.format(N_("In {files}: {names}"), files=files, names=" · ".join(names))


MOST_NAMES = 6
"""Names of feeds that are told one by one: the data has all of them."""


def count(report: Report, tr: Translator) -> str:
    """How much changes, in a line."""
    n = Counter(one.sort for one in report.meetings)
    told: Mapping[Sort, str] = {
        "meeting": tr.ngettext("{n} meeting changes", "{n} meetings change", n["meeting"]),
        "course": tr.ngettext("{n} course changes", "{n} courses change", n["course"]),
        "post": tr.ngettext("{n} news item changes", "{n} news items change", n["post"]),
        "page": tr.ngettext("{n} page changes", "{n} pages change", n["page"]),
        "need": tr.ngettext("{n} need changes", "{n} needs change", n["need"]),
        "facilitator": tr.ngettext(
            "{n} facilitator changes", "{n} facilitators change", n["facilitator"]
        ),
    }
    parts = [words for sort, words in told.items() if n[sort]]
    if report.dangers:
        parts.append(tr.ngettext("{n} alert", "{n} alerts", len(report.dangers)))
    return ", ".join(parts)


MOST_PAIRED = 300
"""Meetings of a month up to which each stands beside itself."""


def rows(month: Month) -> Iterator[tuple[Line | None, Line | None]]:
    """The lines of a month, what stood there beside what stands there: the same side by side."""
    before, after = month.before, month.after
    if max(len(before), len(after)) > MOST_PAIRED:
        yield from zip_longest(before, after)
        return
    # What goes to another day leaves its place and comes to another.
    old, new = ([(one.uid, one.when.partition(",")[0]) for one in s] for s in (before, after))
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
        else:
            yield from ((one, None) for one in before[a:b])
            yield from ((None, one) for one in after[c:d])
