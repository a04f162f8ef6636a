"""Keys that a file does not have: what another sort of file says by them, or nothing but a text."""

from __future__ import annotations

from pydantic import BaseModel

from ..model.names import slug
from ..model.schema import EventRecord, PersonRecord, SourceRecord
from ..model.synonyms import said_in_text, targets
from ..problems import N_, Mend
from .around import Around, Section

MOVE = N_(
    "« {better}: » is said of another sort of file ({kind}): move this one to {folder}/ if that is "
    "what it is, or delete the line"
)
APART = N_(
    "« {better}: » is said in a file of its own ({kind}), in {folder}/: write it there, and delete "
    "this line"
)
IN_TEXT = N_("there is no key for that: say it in the text, below the second « --- »")
NEVER_PUBLISHED = N_("the address and the number of a person are never published: delete this line")
REACHED = N_(
    "delete this line: a meeting is reached by « registration: », and an organisation by "
    "« contact: » in its own file"
)


PUBLISHED = N_("delete this line: a file is published, unless it says « draft: true »")
_PUBLISHED = frozenset({"publie", "publiee", "publier", "published", "visible", "publication"})


def where_it_belongs(key: str, kind: type[BaseModel], around: Around) -> Mend | None:
    """What to do with a key that a sort of file does not have; None where nothing is known of it.

    Args:
        kind: what the file may say.
    """
    words = [one for one in targets(key, around.language) if not one.value]
    if any(one.path == ("contact",) for one in words) or slug(key) == "contact":
        if issubclass(kind, PersonRecord):
            return Mend(NEVER_PUBLISHED)
        if issubclass(kind, EventRecord):
            return Mend(REACHED)
    if slug(key) in _PUBLISHED:
        return Mend(PUBLISHED)
    exact = slug(key).replace("-", "_")
    found = _section_of(exact, kind, around)
    if found is None and said_in_text(key, around.language):
        return Mend(IN_TEXT)
    name = exact
    for word in words if found is None else ():
        if len(word.path) == 1:
            name, found = word.path[0], _section_of(word.path[0], kind, around)
            if found is not None:
                break
    if found is None:
        return None
    if not found.is_data and not issubclass(kind, EventRecord):
        if not issubclass(kind, SourceRecord):
            return None  # what others name is never a meeting
        if name in EventRecord.model_fields:
            return Mend(IN_TEXT)
    text = APART if found.is_data else MOVE
    return Mend(text, {"better": name, "kind": found.name, "folder": found.folder})


def _section_of(name: str, kind: type[BaseModel], around: Around) -> Section | None:
    """The first folder of the site whose files have a key that this kind does not have."""
    if name in kind.model_fields:
        return None
    return next((one for one in around.sections if name in one.record.model_fields), None)
