"""What the configuration says for all meetings of a collection, against what is declared."""

from __future__ import annotations

import re
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


def tell_idle_nulls(
    context: Context, document: Document, file: str, shared: DefaultsRecord | None
) -> None:
    """Tell where « null » is written to take away what all meetings of a collection share, or all
    dates of a series: it is no value, as an empty one is none, and takes nothing away."""
    idle = list(_idle(document, shared))
    if not idle:
        return
    lines = (read_text(Path(context.root) / file, file, Problems()) or "").splitlines()
    for path in idle:
        mark, key = document.mark(path), str(path[-1])
        line = lines[mark.line - 1] if mark.line and mark.line <= len(lines) else ""
        written = _NULL.match(line, (mark.column or 1) - 1)
        if written is None:
            continue
        better = NONE_OF.get(key)
        params = {"key": key, "value": written[0], "better": better}
        mend = Mend(SAY_NONE if better else SAY_ELSE, params)
        context.problems.add("empty", mark, severity="warning", mend=mend, field=key)


_NULL = re.compile(r"(?:~|null|Null|NULL)(?![^\s,}\]#])")

NONE_OF: Mapping[str, str] = {
    **{key: f"{key}: []" for key in ("hosts", "organisers", "speakers", "themes", "territories")},
    **{"tags": "tags: []", "registration": "registration: {state: none}"},
    **{"place": "mode: online", "places": "mode: online", "online": "mode: on-site"},
}
"""What takes away what is shared under a key."""

SAY_NONE = N_("« {value} » takes away nothing of what is said for all: write « {better} »")
SAY_ELSE = N_(
    "« {value} » takes away nothing of what is said for all: write what « {key}: » is here, or "
    "delete the line"
)


def _idle(document: Document, shared: DefaultsRecord | None) -> Iterator[tuple[str | int, ...]]:
    """Where nothing is said under a key that is said for it elsewhere."""
    data = document.data
    given = {key for key in shared.model_fields_set if getattr(shared, key)} if shared else set()
    yield from ((key,) for key in sorted(given) if key in data and data[key] is None)
    if data.get("dates") or data.get("later"):
        given |= {key for key, said in data.items() if said is not None}
        for path in document.marks:
            if len(path) == 3 and path[0] in ("dates", "later") and path[-1] in given:
                yield from [path] if document.said(path) is None else []


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
