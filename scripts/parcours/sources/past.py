"""Past contents of sources, read tolerantly: an old or broken form must not fail a build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeVar, cast

from pydantic import BaseModel

from ..model.defaults import with_defaults
from ..model.names import slug
from ..model.schema import CourseRecord, EventRecord
from ..model.settings import Collection, NewsFolder, Settings
from ..model.values import PAST
from ..problems import Mark, Problems
from .around import Around
from .history import Version
from .records import validate
from .text import decode, split_source
from .walk import is_source
from .yaml import Document

R = TypeVar("R", bound=BaseModel)
E = TypeVar("E", bound=EventRecord)

MOST_KEPT, SHORT = 10_000, 20_000
"""Past contents that are kept as they were read: several ask for each, and a preview again and
again. Of such a length, in octets, most are."""


def past_record(data: bytes, kind: type[R], kept: Iterable[str]) -> R | None:
    """What a past content said under the keys *kept*; None when it cannot be read."""
    read = _past_record if len(data) <= SHORT else _past_record.__wrapped__
    return cast("R | None", read(data, kind, tuple(kept)))


@lru_cache(maxsize=MOST_KEPT)
def _past_record(data: bytes, kind: type[BaseModel], kept: tuple[str, ...]) -> BaseModel | None:
    found = _values(data) if len(data) <= SHORT else _values.__wrapped__(data)
    return None if found is None else _tolerant(kind, found, kept)


def past_event(data: bytes, kind: type[E], kept: Iterable[str], collection: Collection) -> E | None:
    """The same of a meeting, with what all of its collection share today: of what they shared
    then, nothing is told that would be told as a change."""
    record = past_record(data, kind, kept)
    return with_defaults(record, collection.defaults) if record is not None else None


def past_body(data: bytes, file: str) -> str:
    """The body that a past content had; "" for none, and for what cannot be read."""
    text = decode(data, file, Problems())
    source = split_source(text, "past.md", Problems()) if text and text.startswith("---") else None
    return source.body if source else ""


def past_id(record: EventRecord, file: str, collection: Collection | NewsFolder) -> str:
    """The identity that a past content had in its collection, or among the posts."""
    name = PurePosixPath(file).relative_to(collection.folder).with_suffix("")
    parts = name.parts[:-1] if name.name == "index" else name.parts
    return record.id or slug("-".join(parts))


def past_collection(path: str, settings: Settings) -> Collection | None:
    """The collection in whose folder a file lay, by the folders of today."""
    return next((c for c in settings.collections if path.startswith(f"{c.folder}/")), None)


def past_uid(record: EventRecord, path: str, settings: Settings) -> str | None:
    """The UID that a content had when it lay at *path*; None where that is not known any more."""
    collection = past_collection(path, settings)
    if collection is None:
        return None
    return settings.uid(past_id(record, path, collection), collection.id)


def past_course(data: bytes) -> CourseRecord | None:
    """What a past content said of a course that tells on its sessions."""
    return past_record(data, CourseRecord, ("title", "draft", "themes"))


def timeline(
    versions: Sequence[Version], course: Sequence[Version]
) -> Iterator[tuple[int, Version, Version | None]]:
    """What held of a meeting, and of its course, from each instant at which either changed.

    A change of its course may hide a session, or show it.

    Args:
        versions: of the meeting, the oldest first.
        course: of its course, the oldest first; none for a meeting that stands by itself.
    """
    own, its = None, None
    owns = {version.instant: version for version in versions}
    all_its = {version.instant: version for version in course}
    for instant in sorted({*owns, *all_its}):
        own, its = owns.get(instant, own), all_its.get(instant, its)
        if own is not None:
            yield instant, own, its


def was_hidden(path: str, settings: Settings) -> bool:
    """Whether a file lay in a collection under a name that is not read."""
    collection = past_collection(path, settings)
    return collection is not None and not is_source(
        PurePosixPath(path).relative_to(collection.folder)
    )


@lru_cache(maxsize=MOST_KEPT)
def _values(data: bytes) -> Mapping[str, object] | None:
    """What a past content says, for several who ask; nobody changes it."""
    quiet = Problems()
    text = decode(data, "past.md", quiet)
    if text is None:
        return None
    # The file may have had another suffix then: its content tells how it was written.
    names = ["past.md", "past.yml"] if text.startswith("---") else ["past.yml"]
    for name in names:
        source = split_source(text, name, quiet)
        if source is not None:
            return source.document.data
    return None


def _tolerant(kind: type[R], found: Mapping[str, object], kept: Iterable[str]) -> R | None:
    """The record of the keys *kept*, without those whose values are no longer understood."""
    quiet = Problems()
    then = Around(style=PAST)

    def read(values: dict[str, object]) -> R | None:
        return validate(kind, Document(data=values, marks={(): Mark("")}), quiet, then)

    chosen = {key: found[key] for key in kept if key in found}
    record = read(chosen)
    if record is not None:
        return record
    required = {key for key, field in kind.model_fields.items() if field.is_required()}
    needed = {key: value for key, value in chosen.items() if key in required}
    if read(needed) is None:
        return None
    understood = {key: v for key, v in chosen.items() if read({**needed, key: v}) is not None}
    return read(understood)
