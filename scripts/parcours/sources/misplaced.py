"""What a file does not have: keys of another sort of file, or nothing but a text; all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from pydantic import BaseModel

from ..model.kinds import KINDS
from ..model.names import slug
from ..model.schema import (
    CourseRecord,
    EventRecord,
    FacilitatorRecord,
    PersonRecord,
    SessionRecord,
    SourceRecord,
)
from ..model.shape import group_in, part
from ..model.synonyms import EVENTS, MODE, said_in_text, targets
from ..problems import N_, Mark, Mend, Problems
from .around import Around, Section
from .suffixes import DATA
from .yaml import Document

MOVE = N_(
    "« {better}: » is said of another sort of file ({kind}): move this one to {folder}/ if that is "
    "what it is, or delete the line"
)
APART = N_(
    "« {better}: » is said in a file of its own ({kind}), in {folder}/: write it there, and delete "
    "this line"
)
IN_TEXT = N_("there is no key for that: say it in the text, below the second « --- »")
MEETING = N_("Meeting")
EITHER = N_("move this file to {folder}/ or to {other}/, whichever it is")
IN_A_COURSE = N_("put it in the folder of its course, such as {file}, beside its index.md")
AS_COURSE = N_("make it the first file of a folder of its own: {file}")
AS_DATA = N_("write its lines of « key: value », without « --- », into {file}, and delete this one")
NEVER_PUBLISHED = N_("the address and the number of a person are never published: delete this line")
REACHED = N_(
    "delete this line: a meeting is reached by « registration: », and an organisation by "
    "« contact: » in its own file"
)


WRITE_IT = N_("write « {better} »")
BY_FOLDER = N_("delete this line: the folder in which a file lies says of what kind it is")
BY_FOLDER_OR = N_(
    "delete this line: the folder in which a file lies says of what kind it is; if it is of this "
    "one, move it to {folder}/"
)
UNSHOWN = N_("delete this line: no logo is shown")
_UNSHOWN = frozenset({"logo", "icone", "icon", "banniere", "banner", "favicon"})
PUBLISHED = N_("delete this line: a file is published, unless it says « draft: true »")
_PUBLISHED = frozenset({"publie", "publiee", "publier", "published", "visible", "publication"})


def of_its_folder(key: str, value: object, kind: type[BaseModel], around: Around) -> Mend | None:
    """What to do with a line that says of what kind a meeting is; None for any other line."""
    if not issubclass(kind, EventRecord) or not isinstance(value, str) or key in kind.model_fields:
        return None
    found = targets(key, around.language)
    sort = EVENTS.value_of(value) if _SORTS.intersection(one.path for one in found) else None
    if sort is None and (("kind",) not in {one.path for one in found} and key != "kind"):
        return None
    mode = MODE.value_of(value)
    if mode is not None and (sort is None or slug(value) in _NO_SORT):
        return Mend(WRITE_IT, {"better": f"mode: {mode}"}) if "mode" in kind.model_fields else None
    other = KINDS[sort] if sort is not None else None
    if other is None or kind in {other.record, other.course}:
        return Mend(BY_FOLDER)
    folder = next((one.folder for one in around.sections if one.record is other.record), None)
    return Mend(BY_FOLDER_OR, {"folder": folder}) if folder else Mend(BY_FOLDER)


_SORTS = frozenset({("kind",), ("mode",), ("format",), ("themes",), ("tags",)})
"""What stands for keys under which people say of what kind a meeting is."""

_NO_SORT = frozenset({"visio", "en-ligne", "online"})
"""Kinds of meetings that say how one takes part rather."""


def where_it_belongs(key: str, kind: type[BaseModel], around: Around) -> Mend | None:
    """What to do with a key that a sort of file does not have; None where nothing is known of it.

    Args:
        kind: what the file may say.
    """
    words = [one for one in targets(key, around.language) if not one.value]
    if any(one.path == ("contact",) for one in words) or slug(key) == "contact":
        if issubclass(kind, PersonRecord | FacilitatorRecord):
            return Mend(NEVER_PUBLISHED)
        if issubclass(kind, EventRecord):
            return Mend(REACHED)
    if slug(key) in _PUBLISHED:
        return Mend(PUBLISHED)
    exact = slug(key).replace("-", "_")
    found = _section_of(exact, kind, around)
    if (found is None or found.is_data) and said_in_text(key, around.language):
        return Mend(IN_TEXT)
    name = exact
    for word in words if found is None else ():
        if len(word.path) == 1:
            name, found = word.path[0], _section_of(word.path[0], kind, around)
            if found is not None:
                break
    if found is None and slug(key) in _UNSHOWN:
        return Mend(UNSHOWN)
    if found is None:
        is_sentence = " " in key.strip() and issubclass(kind, EventRecord)
        return Mend(IN_TEXT) if is_sentence else None
    if not found.is_data and not issubclass(kind, EventRecord):
        if not issubclass(kind, SourceRecord):
            return None  # what others name is never a meeting
        if name in EventRecord.model_fields:
            return Mend(IN_TEXT)
    text = APART if found.is_data else MOVE
    return Mend(text, {"better": name, "kind": found.name, "folder": found.folder})


def tell_misplaced(
    kind: type[BaseModel], document: Document, problems: Problems, around: Around
) -> bool:
    """Tell a file that was put into the folder of another sort; whether it was.

    Nothing else is told of it: all its keys are right where it belongs.
    """
    file = PurePosixPath(document.mark(()).file)
    own = _misfits(kind, document.data)
    elsewhere = [one for one in around.sections if not file.is_relative_to(one.folder)]
    found = _sections_of(document.data, elsewhere, own) if own >= _SURELY else []
    if not found:
        return False
    kind_of = found[0].name if len(found) == 1 else MEETING
    mend = _mend_misplaced(file, found)
    problems.add("misplaced-file", Mark(str(file)), mend=mend, kind=kind_of, folder=found[0].folder)
    return True


def folder_of(data: Mapping[str, object], sections: Iterable[Section]) -> str | None:
    """The folder in which a file is read by what it says; None where several are, or none is."""
    found = _sections_of(data, sections, _SURELY) if len(data) >= _SURELY else []
    return found[0].folder if len(found) == 1 else None


_SURELY, _LARGE, _MOST_FOLDERS = 2, 4, 2


def _sections_of(
    data: Mapping[str, object], sections: Iterable[Section], own: int
) -> list[Section]:
    """The sorts of files that say all this, each in a folder of its own; none where many do.

    Args:
        own: how much of it does not fit where it lies: of much, one key may be misspelt.
    """
    near = own >= _LARGE
    fits = [(one, _misfits(one.record, data)) for one in sections]
    least = min((count for _, count in fits), default=own)
    found = [one for one, count in fits if count == least] if least <= near else []
    plain = [one for one in found if not issubclass(one.record, SessionRecord | CourseRecord)]
    found = plain or found
    if {"online", "replay"} & data.keys():  # the plainest of those that are held so
        found = sorted(found, key=lambda one: len(one.record.model_fields))[:1]
    folders = {one.folder: one for one in reversed(found)}
    return list(reversed(folders.values())) if len(folders) <= _MOST_FOLDERS else []


def _mend_misplaced(file: PurePosixPath, found: Sequence[Section]) -> Mend | None:
    """What to do beside moving it; None where that is all."""
    first, *more = found
    if more:
        return Mend(EITHER, {"folder": first.folder, "other": more[0].folder})
    if issubclass(first.record, SessionRecord):
        return Mend(IN_A_COURSE, {"file": f"{first.folder}/mon-mooc/{file.name}"})
    if issubclass(first.record, CourseRecord):
        return Mend(AS_COURSE, {"file": f"{first.folder}/{file.stem}/index.md"})
    if first.is_data and file.suffix not in DATA:
        return Mend(AS_DATA, {"file": f"{first.folder}/{file.stem}.yml"})
    return None


def _misfits(kind: type[BaseModel], data: Mapping[str, object]) -> int:
    """How many keys of a file a sort of files does not have, lacks, or has as something else.

    What it lacks may be one of those that it does not have, misspelt.
    """
    fields = kind.model_fields
    lacks = sum(one.is_required() and key not in data for key, one in fields.items())
    unlike = sum(isinstance(said, dict) != _is_group(kind, key, said) for key, said in data.items())
    return unlike + max(lacks, len(data.keys() - fields.keys()))


def _is_group(kind: type[BaseModel], key: str, said: object) -> bool:
    """Whether a key takes several of its own; of what the sort does not have, nothing is asked."""
    if key not in kind.model_fields or said is None or isinstance(said, list):
        return isinstance(said, dict)
    group = group_in(kind.model_fields[key].annotation)
    is_name = group is None and part(kind, (key,)) is not None  # or an id, which is none
    return isinstance(said, dict) if is_name else group is not None


def _section_of(name: str, kind: type[BaseModel], around: Around) -> Section | None:
    """The first folder of the site whose files have a key that this kind does not have."""
    if name in kind.model_fields:
        return None
    return next((one for one in around.sections if name in one.record.model_fields), None)
