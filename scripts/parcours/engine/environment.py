"""What a build takes from outside its site: the instant, the language of messages, the machine.

Nothing else reads the environment. It is an input only: what the command is asked for is handed on
as a value, and the engine, which knows no other door, is lent a variable while it runs.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from ..i18n import Translator, language_of, translator
from ..problems import N_

EPOCH = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/)."""

LATEST = 2**32 - 1
"""In Unix seconds, in 2106: the last that fits the head of a compressed file (RFC 1952, 2.3.1)."""

NO_INSTANT = N_(
    "« {value} » is not an instant from 1970 to 2106: write 2026-12-03T12:30Z, or Unix seconds"
)


class NoInstant(ValueError):
    """A text that is not an instant at which a site can be built."""

    def __init__(self, value: str, variable: str = "") -> None:
        super().__init__(value)
        self.value = value
        self.variable = variable

    def message(self, tr: Translator) -> str:
        """The fault and its mend, for people."""
        said = tr.format(NO_INSTANT, value=self.value)
        return f"{self.variable}: {said}" if self.variable else said


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What is the same for every site that is built here and now.

    Attributes:
        now: the instant to build at, in UTC; without one, the clock's when a build begins.
        language: of messages, as a tag; without one, that of the site.
        ci: whether a continuous integration runs this.
        proposed: whether it runs for a proposal, such as a pull request: nothing is published then.
        before: the commit that the forge's main branch held before the push that runs this; ""
            where nothing tells.
        keeps: whether what was made before may be taken again, and what is made now is kept.
        processes: how many may render a site together.
    """

    now: datetime | None = None
    language: str | None = None
    ci: bool = False
    proposed: bool = False
    before: str = ""
    keeps: bool = True
    processes: int = 1

    def instant(self) -> datetime:
        """The instant of a build that begins, in whole seconds of UTC."""
        return self.now or datetime.fromtimestamp(int(time.time()), UTC)

    def messages(self, site: str | None = None) -> Translator:
        """The language of messages about a site of the language *site*."""
        return translator(language_of(self.language or site))


ALONE = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""What lets nothing else that is installed here look into, or change, how records are read; and
nobody has to look for it (https://docs.pydantic.dev/latest/concepts/plugins/)."""

DEBUG = "PARCOURS_DEBUG"


def debugging() -> bool:
    """Whether whoever runs this wants the traceback of a fault."""
    return bool(os.environ.get(DEBUG))


def spoken() -> str | None:
    """The language that messages are asked for in: PARCOURS_LANG."""
    return os.environ.get("PARCOURS_LANG") or None


def surroundings(
    *, now: datetime | None = None, language: str | None = None, by_engine: bool = False
) -> Surroundings:
    """What is handed in, and the environment for what is not.

    Args:
        by_engine: whether the engine reads the environment too: one that is empty stops it.

    Raises:
        NoInstant: SOURCE_DATE_EPOCH is needed, and is none.
    """
    said = os.environ.get(EPOCH)
    if now is None and (said or (by_engine and said is not None)):
        now = unix_instant(said, EPOCH)
    return Surroundings(
        now=now,
        language=language or spoken(),
        ci=os.environ.get("CI", "").lower() in {"1", "true", "yes"},
        proposed=_is_proposed(),
        before=_before(),
        processes=_processes(),
    )


def clock() -> int:
    """What the clock says now, in Unix nanoseconds: the dates of files are compared with it."""
    return time.time_ns()


def variables(names: Iterable[str]) -> Mapping[str, str | None]:
    """What the environment holds under some names; None where it has nothing."""
    return {name: os.environ.get(name) for name in names}


PROCESSES = "PARCOURS_PROCESSES"


def _processes() -> int:
    """As many as are asked for, else as there are cores for this one."""
    said = os.environ.get(PROCESSES, "")
    if said.isdecimal() and 0 < int(said) < 1000:
        return int(said)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_proposed() -> bool:
    """Whether a forge says so: GitHub, Forgejo and Gitea by the event, GitLab by its number."""
    event = os.environ.get("GITHUB_EVENT_NAME", "")
    return event.startswith("pull_request") or bool(os.environ.get("CI_MERGE_REQUEST_IID"))


def _before() -> str:
    """What a forge tells of the push that runs this, if it was one to the main branch.

    GitHub, Forgejo and Gitea hand the event over in a file
    (https://docs.github.com/en/webhooks/webhook-events-and-payloads#push), GitLab in variables
    (https://docs.gitlab.com/ci/variables/predefined_variables/).
    """
    said = os.environ.get
    if said("GITHUB_EVENT_NAME") == "push":
        event = _event(said("GITHUB_EVENT_PATH", ""))
        repository = event.get("repository")
        main = repository.get("default_branch") if isinstance(repository, Mapping) else None
        pushed = event.get("ref") == f"refs/heads/{main}"
        before = event.get("before")
    else:
        pushed = bool(said("CI_COMMIT_BRANCH")) and said("CI_COMMIT_BRANCH") == said(
            "CI_DEFAULT_BRANCH"
        )
        before = said("CI_COMMIT_BEFORE_SHA")
    # Zeros stand for none: the branch is new, or nobody pushed.
    is_commit = isinstance(before, str) and re.fullmatch(r"(?!0+\Z)[0-9a-f]{40,64}", before)
    return str(before) if pushed and is_commit else ""


def _event(file: str) -> Mapping[str, object]:
    try:
        event = json.loads(Path(file).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return event if isinstance(event, Mapping) else {}


def read_instant(text: str) -> datetime:
    """An instant from Unix seconds or as ISO 8601 writes it; without a zone it is in UTC.

    Raises:
        NoInstant: the text is neither, or out of range.
    """
    if text.strip().isdecimal():
        return unix_instant(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoInstant(text) from error
    seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if not 0 <= seconds <= LATEST:
        raise NoInstant(text)
    return datetime.fromtimestamp(int(seconds), UTC)


def unix_instant(text: str, variable: str = "") -> datetime:
    """An instant from Unix seconds.

    Raises:
        NoInstant: the text is no such number, or out of range.
    """
    digits = text.strip()
    # Ten digits reach the year 2286, and a number of thousands is not even read.
    if not re.fullmatch(r"0*[0-9]{1,10}", digits, re.ASCII) or int(digits) > LATEST:
        raise NoInstant(text, variable)
    return datetime.fromtimestamp(int(digits), UTC)


def epoch(now: datetime | None) -> dict[str, str]:
    """The variable that tells the engine the instant, if there is one."""
    return {} if now is None else {EPOCH: str(int(now.timestamp()))}


ENGINE = Lock()
"""Held by a thread of several while it lends the environment, which all of them share."""


@contextmanager
def lent(**variables: str) -> Iterator[None]:
    """The environment with these variables, for the engine's call; afterwards all is as before.

    What the engine and its theme write into it goes too.
    """
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)
