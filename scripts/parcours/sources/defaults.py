"""What the configuration says for all meetings of a collection, against what is declared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.schema import REFERENCES, DefaultsRecord
from ..model.settings import Collection
from ..problems import Problems
from .settings import option_places
from .text import read_text

if TYPE_CHECKING:
    from .events import Context


def known_defaults(
    context: Context, collection: Collection, defaults: DefaultsRecord
) -> DefaultsRecord:
    """The defaults of a collection without what names nothing: that is told once, in the
    configuration, and not in each of its files."""
    return defaults.model_copy(update=dict(_known(context, collection, defaults)))


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
