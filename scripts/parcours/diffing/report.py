"""What `parcours diff --json` writes: the form of its data, in version 1.

Each class is an object of it, each attribute a key that is always there. A text that people read is
in the report's language; a programme holds on to codes, UIDs, addresses and times. Reading a report
trusts nothing in it: a key that is not known, a text that is too long or a list that has no end is
refused.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..model.changes import Kind

Code = Literal["vanished", "identity", "sequence", "address", "feed", "draft", "withdrawn"]
"""What is dangerous: subscribers lose something, or are told nothing of a change.

`vanished`: they saw it, and it is neither there nor cancelled. `identity`: it has another UID, so
that it is cancelled and comes again. `sequence`: SEQUENCE falls, or does not rise with a change,
which clients then pass over. `address`, `feed`: it is gone, and nothing leads on. `draft`: it was
published, and is hidden now. `withdrawn`: it goes without a word.
"""


VERSION: Literal[1] = 1
"""Of the form: it rises when a key goes or means something else, not when one is added."""

LIMIT = 20_000_000
"""Octets of a report that is read."""

LONGEST = 5000
"""Characters of a text."""

Short = Annotated[str, Field(max_length=1000)]
Long = Annotated[str, Field(max_length=LONGEST)]

MOST = 100_000
"""Items of a list."""


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Commit(_Said):
    """A side.

    Attributes:
        revision: as it was asked for; "" for the working tree.
        id: of the commit, or of what the working tree would be.
    """

    revision: Short
    id: Short


class Time(_Said):
    """When a meeting takes place.

    Attributes:
        begins: a local date, or date and time with its offset (ISO 8601).
        ends: the same, exclusive.
        zone: IANA name.
    """

    begins: Short
    ends: Short
    zone: Short


class Change(_Said):
    """One thing that changes.

    Attributes:
        text: in words; of a list, what was added to it and what was taken out of it.
        before: what was there, in words or as it was written, and all of a list; "" for nothing.
        was: when it took place, where that changes.
    """

    kind: Kind
    text: Long
    before: Long = ""
    after: Long = ""
    was: Time | None = None
    now: Time | None = None


Sort = Literal["meeting", "course", "post", "page", "need", "facilitator"]
"""What a meeting may be instead: a `page` is one that somebody wrote."""


class Meeting(_Said):
    """A meeting, or something else that has a page, of which something changes.

    Attributes:
        file: its source, relative to the site's folder.
        page: the address of its page, relative to the site's root; "" where it has none any more.
        feeds: addresses of the feeds that show it otherwise than before.
        late: a warning that clients may learn of it too late; "" for none.
        message: what to send to those who registered; "" for nothing.
    """

    uid: Short
    sort: Sort
    title: Long
    collection: Short
    file: Long
    page: Long
    changes: Annotated[tuple[Change, ...], Field(max_length=MOST)]
    feeds: Annotated[tuple[Short, ...], Field(max_length=MOST)] = ()
    late: Long = ""
    message: Long = ""


class Danger(_Said):
    """Something that subscribers lose, or are not told.

    Attributes:
        mend: what to write, and where.
        file: where it is written, relative to the site's folder.
        uid: of the meeting, or of what else it is about; "" for none.
        addresses: those that are gone, relative to the site's root.
    """

    code: Code
    text: Long
    mend: Long
    file: Long
    uid: Short = ""
    addresses: Annotated[tuple[Long, ...], Field(max_length=MOST)] = ()


class Line(_Said):
    """A meeting in a month: its day and hours in words, and whether something of it changes.

    Attributes:
        title: with its mark between brackets, where it has one.
        mark: its status in words, where that is not the usual one; "" for none.
    """

    uid: Short
    when: Short
    title: Long
    mark: Short = ""
    changed: bool


class Month(_Said):
    """A month that the agenda shows otherwise.

    Attributes:
        month: year and month, as 2026-12.
        name: in words.
    """

    month: Short
    name: Short
    before: Annotated[tuple[Line, ...], Field(max_length=MOST)]
    after: Annotated[tuple[Line, ...], Field(max_length=MOST)]


NoteCode = Literal["shallow", "unrelated", "lacking", "silent"]


class Note(_Said):
    """What to know of the comparison as such."""

    code: NoteCode
    text: Long


class Failure(_Said):
    """Why nothing is compared: a side does not compile.

    Attributes:
        errors: the lines that `check` tells of it.
        instead: the last commit before it that compiles; "" where none was found.
        text: in words, with what can be compared.
    """

    side: Literal["base", "head"]
    text: Long
    errors: Annotated[tuple[Long, ...], Field(max_length=MOST)]
    instead: Short


class Report(_Said):
    """All that changes between two sides.

    Attributes:
        now: the instant at which both were compiled (ISO 8601, UTC).
        feeds: the names of all feeds that show something otherwise, by address.
        delivery: when clients will have it, in words.
    """

    version: Literal[1] = VERSION
    language: Literal["fr", "en"]
    site: Long
    base: Commit
    head: Commit
    now: Short
    notes: Annotated[tuple[Note, ...], Field(max_length=10)] = ()
    dangers: Annotated[tuple[Danger, ...], Field(max_length=MOST)] = ()
    meetings: Annotated[tuple[Meeting, ...], Field(max_length=MOST)] = ()
    months: Annotated[tuple[Month, ...], Field(max_length=MOST)] = ()
    feeds: Annotated[dict[Short, Long], Field(max_length=MOST)] = Field(default_factory=dict)
    delivery: Long = ""
    failure: Failure | None = None

    @property
    def is_dangerous(self) -> bool:
        """Whether somebody has to look before this is published."""
        return bool(self.dangers) or self.failure is not None


def cut(text: str) -> str:
    """A text that a report may hold: the end of a longer one is left out."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class NoReport(Exception):
    """Octets that are no report; the message says why, without a word of them."""


def read_report(data: bytes) -> Report:
    """A report that somebody else wrote.

    Raises:
        NoReport: it is none, or larger than any.
    """
    if len(data) > LIMIT:
        raise NoReport(f"{len(data)} octets, more than {LIMIT}")
    try:
        return Report.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise NoReport(f"{first['type']}, and {error.error_count() - 1} more") from None
    except RecursionError:
        raise NoReport("too deep") from None


def write_report(report: Report) -> str:
    """A report as JSON, ending with a line break."""
    return report.model_dump_json(indent=1) + "\n"
