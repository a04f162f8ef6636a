"""E-mail addresses and phone numbers in what is published, each told where it stands.

Every file of which something is published is looked over as it is written, whatever its fields: so
a place is exact, and a new field is looked over too. What of a file is not published, or is meant
to reach an organisation by, is made blank first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

from pydantic import BaseModel

from ..memo import Memo
from ..model.authored import Authored, without_code
from ..model.community import Community
from ..model.contacts import CODES, Contact, contacts
from ..model.exchange import SIGN, STRICT
from ..model.fields import MEANT, UNSEEN
from ..model.schema import (
    AccessibilityRecord,
    MapRecord,
    PublisherRecord,
)
from ..model.settings import Settings
from ..problems import Mark, Problems
from ..store import Piece, Store, digest_of
from .files import DRAWING_LIMIT, first_bytes
from .notices import ACCESSIBILITY, PUBLISHER
from .records import is_marked, values_marked
from .suffixes import DATA, PAGE
from .text import head_span
from .yaml import BLANK, only_values
from .yaml import Path as KeyPath

_TEXTS = frozenset(
    {".csv", ".geojson", ".ics", ".json", ".srt", ".svg", ".tsv", ".txt", ".vcf", ".vtt"}
)
"""Kinds of files that are published as they are, and that one can look over."""

MOST_TOLD = 50
"""Contacts of one file."""

_SITE = frozenset({"site_name", "site_description", "site_author", "copyright", "nav"})
"""What every page tells of the engine's configuration."""

_GOING = frozenset({"unknown-key", "bad-type", "bad-url", "bad-id"})
"""Problems of a value that cannot stay as it is, whatever it holds."""

_IDENTITY = re.compile(r"^(?:UID|RELATED-TO)[;:].*$", re.MULTILINE | re.IGNORECASE)
"""Names of entries of a calendar, which only look like addresses (RFC 5545, 3.8.4.7)."""

Record = type[BaseModel] | None
"""What a file holds; None where it is no record."""


_CLEAN: Memo[str, bool] = Memo(100_000)


class Clean:
    """Texts of which it is known that they hold no contact, as nearly all of them.

    Of each, a process keeps the digest, and a store those of all for the next process.
    """

    def __init__(self, store: Store | None = None, edition: str = "") -> None:
        """Know nothing yet.

        Args:
            store: what keeps them for the next process.
            edition: a name for the code that looks; "" where nobody knows one, and the store keeps
                nothing.
        """
        self._kept = Piece(store, "contacts", edition)
        self._used: dict[str, str] = {}

    def is_clean(self, file: str, text: str) -> bool:
        """Whether a text holds no contact."""
        digest = digest_of(text)
        known = _CLEAN.get(file, digest) or self._kept.before.get(file) == digest
        if known or not contacts(text):
            _CLEAN.put(file, digest, True)
            self._used[file] = digest
            return True
        return False

    def keep(self) -> None:
        """Have the store keep what is known, for the next process."""
        self._kept.keep(self._used)


def tell_contacts(
    root: Path,
    community: Community,
    pages: Iterable[Authored],
    files: Iterable[str],
    problems: Problems,
    clean: Clean,
) -> None:
    """Tell the contacts of each text, once in a line, save those that the site gives itself.

    In needs, in skills, and in what facilitators say, none is given, and each is an error.

    Args:
        files: those that are published as they are, relative to *root*.
        clean: knows the texts that hold none.
    """
    settings = community.settings
    # A key that has to go takes its value with it: one fault, one line.
    wrong = [one.mark for one in problems.sorted() if one.code in _GOING]
    told = {(mark.file, mark.line) for mark in wrong}
    given = {one.key for text in _given(community) for one in contacts(text)}
    for file, record in sorted(_published(community, pages, files).items()):
        text = _read(root / file)
        strict = record in STRICT
        # To find what is published of a text takes longer than to see that it holds no contact.
        everywhere = () if clean.is_clean(file, text) else _found(text, file, record, settings)
        found = [one for one in everywhere if strict or one.key not in given]
        for contact, line in islice(_placed(found, text), MOST_TOLD):
            if (file, line) in told:
                continue
            column = contact.start - text.rfind("\n", 0, contact.start)
            problems.add(
                CODES[contact.sort],
                Mark(file, line, column),
                severity="error" if strict else settings.contacts,
                value=contact.masked,
            )
        if strict:
            shown = _shown(text, _suffix(file), record)
            signs = (one.start() for one in SIGN.finditer(shown))
            apart = (at for at in signs if not any(one.start <= at < one.end for one in found))
            for at in islice(apart, MOST_TOLD):
                line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
                problems.add("at-sign", Mark(file, line, column))


def _placed(found: Iterable[Contact], text: str) -> Iterator[tuple[Contact, int]]:
    """Each contact and its line; those of one line once."""
    seen: set[str] = set()
    line, at = 1, 0
    for contact in found:
        below = text.count("\n", at, contact.start)
        line, at = line + below, contact.start
        if below:
            seen.clear()
        if contact.key not in seen:
            seen.add(contact.key)
            yield contact, line


def _given(community: Community) -> Iterator[str]:
    """By what organisations, the publisher and who answers for accessibility are reached."""
    records: list[BaseModel | None] = [one.record for one in community.organisations.values()]
    records += [community.notices.accessibility, community.notices.publisher]
    for record in records:
        if record is not None:
            yield from values_marked(record, MEANT)


def _published(
    community: Community, pages: Iterable[Authored], files: Iterable[str]
) -> dict[str, Record]:
    """Every file of which something is published, or will be on a day to come, and what it is."""
    settings, notices = community.settings, community.notices
    found: dict[str, Record] = {file: None for file in files if _suffix(file) in _TEXTS}
    for thing in (*community.things, *community.waiting):
        found |= {file: None for file in thing.files.values() if _suffix(file) == PAGE}
        found[thing.source] = type(thing.record)
    for one in (*community.entities, *community.places.values()):
        if one.source:
            found[one.source] = type(one.record)
    if community.exchange is not None:
        for other in (*community.exchange.published, *community.exchange.skills.values()):
            found[other.source] = type(other.record)
    found |= {page.source: None for page in pages}
    if notices.accessibility is not None:
        found[f"{settings.data}/{ACCESSIBILITY}"] = AccessibilityRecord
    if notices.publisher is not None:
        found[f"{settings.data}/{PUBLISHER}"] = PublisherRecord
    if settings.map is not None:
        found[settings.map] = MapRecord
    found[settings.source] = None
    return found


def _suffix(file: str) -> str:
    return PurePosixPath(file).suffix.lower()


def _read(path: Path) -> str:
    """The text of a file in whatever encoding, as far as a drawing may be large.

    What it may not be was told before.
    """
    data = first_bytes(path, DRAWING_LIMIT)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _found(text: str, file: str, record: Record, settings: Settings) -> Sequence[Contact]:
    if file == settings.source:
        return contacts(only_values(text, _is_told))
    return contacts(_shown(text, _suffix(file), record))


def _is_told(path: KeyPath) -> bool:
    """Whether pages tell what stands at *path* of the configuration."""
    return bool(path) and (path[0] in _SITE or (path[0] == "plugins" and "parcours" in path))


def _shown(text: str, suffix: str, record: Record) -> str:
    """A text in which what is not published is blank; all else keeps its place."""
    wanted = partial(_is_shown, record)
    if suffix == PAGE:
        begin, end = head_span(text)
        head = BLANK * begin + only_values(text[begin:end], wanted)
        return head + (text[end:] if record is None else _without_comments(text[end:]))
    if record is not None or suffix in DATA:
        return only_values(text, wanted)
    if suffix == ".ics":
        return _IDENTITY.sub(lambda line: BLANK * len(line[0]), text)
    return text


def _is_shown(record: Record, path: KeyPath) -> bool:
    if record is None:
        return True
    return not is_marked(record, MEANT, path) and not is_marked(record, UNSEEN, path)


def _without_comments(body: str) -> str:
    """A body without its comments, which are taken out of it; those in code are text."""
    out: list[str] = []
    at = 0
    code = without_code(body)
    start = code.find("<!--")
    while start >= 0:
        end = code.find("-->", start)
        if end < 0:
            break
        out += (body[at:start], BLANK * (end + 3 - start))
        at = end + 3
        start = code.find("<!--", at)
    return "".join([*out, body[at:]])
