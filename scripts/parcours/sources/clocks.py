"""Commits whose dates cannot be right: the order of instants hides them, and subscribers see it.

Clients take an entry again only when its SEQUENCE rises. What was published from a history that was
rewritten since stands nowhere in it: a committer's clock that stood before its author's is a sign,
and whoever received the push knows what the branch held before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ..model.settings import Settings
from ..problems import Mark, Problems
from .history import DAY, Commit, History, may_be_right

NAMED = 5
"""How many commits a warning names."""


def check_clocks(history: History, settings: Settings, now: datetime, problems: Problems) -> None:
    """Warn of commits that are dated after *now*, before their parents or before their changes.

    What `feeds: revised:` is later than counts as mended.
    """
    since = settings.revised or 0
    told = [one for one in history.commits if one.instant >= since]
    ahead = [_dated(one, one.date) for one in told if not may_be_right(one.date, now)]
    right = [one for one in history.commits if may_be_right(one.date, now)]
    back = [
        f"{_dated(one, one.date)} < {_dated(before, before.date)}"
        for before, one in _backwards(right)
        if one.instant >= since
    ]
    rewritten = [
        f"{_dated(one, one.date)} < {_day(one.written)}"
        for one in told
        if one.date + DAY < one.written and may_be_right(one.written, now)
    ]
    mark = Mark(settings.source)
    for code, found in (("clock-ahead", ahead), ("clock-back", back), ("clock-old", rewritten)):
        if found:
            named = ", ".join(found[-NAMED:]) + (", …" if len(found) > NAMED else "")
            problems.add(code, mark, severity="warning", n=len(found), commits=named)


def check_rewritten(
    history: History, before: str, settings: Settings, now: datetime, problems: Problems
) -> None:
    """Warn where the commit from which the site was published last is not in its history any more.

    Args:
        before: its id; "" where nothing tells.
    """
    commits = history.commits
    if not before or history.shallow or any(one.id == before for one in commits):
        return
    if commits and (settings.revised or 0) < commits[-1].instant:
        mark, moment = Mark(settings.source), f"{now.astimezone(UTC):%Y-%m-%d %H:%M}"
        problems.add(
            "history-rewritten", mark, severity="warning", commit=before[:10], moment=moment
        )


def _backwards(commits: Sequence[Commit]) -> Iterator[tuple[Commit, Commit]]:
    """Each commit after which the dates fall by more than a day, and the first that is earlier."""
    highest: Commit | None = None
    told = False
    for one in commits:
        if highest is None or one.date >= highest.date:
            highest, told = one, False
        elif one.date + DAY < highest.date and not told:
            told = True
            yield highest, one


def _dated(commit: Commit, date: int) -> str:
    return f"{commit.id[:10]} ({_day(date)})"


def _day(date: int) -> str:
    # A date that no calendar holds is a clock gone wrong, too.
    return f"{datetime.fromtimestamp(date, UTC):%Y-%m-%d}" if date < 253_402_300_800 else str(date)
