"""What the configuration says for all meetings of a collection, against what is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.schema import REFERENCES, DefaultsRecord
from ..model.settings import Collection
from ..problems import N_, Mark, Mend, Problems
from .settings import option_places
from .text import read_text
from .yaml import Document

if TYPE_CHECKING:
    from .events import Context


def known_defaults(
    context: Context, collection: Collection, defaults: DefaultsRecord
) -> DefaultsRecord:
    """The defaults of a collection without what names nothing: that is told once, in the
    configuration, and not in each of its files."""
    return defaults.model_copy(update=dict(_known(context, collection, defaults)))


def places_of_defaults(
    context: Context, collection: Collection, defaults: DefaultsRecord
) -> dict[str, Mark]:
    """Where the configuration says each key of what all meetings of a collection share."""
    source = context.settings.source
    text = read_text(Path(context.root) / source, source, Problems()) or ""
    document, within = option_places(text, source), ("collections", collection.id, "defaults")
    return {key: document.key_mark((*within, key)) for key in sorted(defaults.model_fields_set)}


AGAINST: Mapping[str, tuple[str, ...]] = {
    "registration": ("start",),
    "mode": ("place", "places", "online"),
    "place": ("places", "mode"),
    "places": ("place", "mode"),
    "online": ("mode",),
}
"""Keys that all meetings share, each with those by which one of them may contradict it."""


def told_of_shared(path: tuple[str | int, ...], document: Document) -> tuple[Mark, Mend] | None:
    """Where a fault of what the configuration says for all is told, with what to do; None where a
    source says it itself.

    At what the source says against it, else where it is written.
    """
    key = str(path[0]) if path else ""
    where = document.shared.get(key)
    is_own = path in document.marks or (key in document.data and len(path) == 1)
    if where is None or is_own or document.as_written(path) != path:
        return None
    against = (key, *AGAINST.get(key, ()))
    own = next((one for one in against if document.data.get(one) is not None), None)
    mark = document.mark((own,)) if own else where
    return mark, Mend(OF_COLLECTION, {"key": key, "file": where.file, "line": where.line})


OF_COLLECTION = N_(
    "« {key}: » is said of the whole collection, in {file} on line {line}: correct it there, or "
    "say it otherwise in this meeting"
)


def _known(
    context: Context, collection: Collection, defaults: DefaultsRecord
) -> Iterator[tuple[str, object]]:
    source = context.settings.source
    text = read_text(Path(context.root) / source, source, Problems()) or ""
    document = option_places(text, source)
    for key in sorted(defaults.model_fields_set & REFERENCES.keys()):
        register = getattr(context.entities, REFERENCES[key])
        path = ("collections", collection.id, "defaults", key)
        said = getattr(defaults, key)
        if not isinstance(said, tuple):
            if register.find(said, path, document, context.problems) is None:
                yield key, None
            continue
        there = (
            one
            for index, one in enumerate(said)
            if register.find(one, (*path, index), document, context.problems) is not None
        )
        yield key, tuple(there)
