"""Past contents of sources, read tolerantly: an old or broken form must not fail a build."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from ..model.names import slug
from ..model.schema import EventRecord
from ..model.settings import Collection
from ..problems import Mark, Problems
from .text import decode, split_source
from .validate import validate
from .yaml import Document


def past_record(data: bytes, file: str, kept: Iterable[str]) -> EventRecord | None:
    """What a past content said under the keys *kept*; None when it cannot be read."""
    quiet = Problems()
    text = decode(data, file, quiet)
    source = split_source(text, file, quiet) if text is not None else None
    if source is None:
        return None
    found = source.document.data
    chosen = {key: found[key] for key in kept if key in found}
    return validate(EventRecord, Document(chosen, {(): Mark(file)}), quiet)


def past_id(record: EventRecord, file: str, collection: Collection) -> str:
    """The identity that a past content had in its collection."""
    name = PurePosixPath(file).relative_to(collection.folder).with_suffix("")
    parts = name.parts[:-1] if name.name == "index" else name.parts
    return record.id or slug("-".join(parts))
