"""What can be written: the meetings of every kind, courses, posts, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from ..i18n import LANGUAGES, translator
from ..model import subjects as model
from ..model.kinds import KINDS, Kind
from ..model.names import slug
from ..model.schema import CourseRecord, EventRecord, PostRecord, Record

Sort = Literal["event", "course", "post", "entity"]

IN_PASSING = frozenset({"organisations", "people", "places", "skills"})
"""Folders of what is met while something is written; the others are declared for all of them."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Something of which a file can be written.

    Attributes:
        word: as the command takes it.
        name: of one of them; a message of the catalogues.
        record: what its file may say.
        kind: of an event or a course.
        folder: of an entity, in the folder of data.
        suffix: of its files: those with a page of their own have a text.
    """

    word: str
    name: str
    record: type[Record]
    sort: Sort
    suffix: str
    kind: Kind | None = None
    folder: str = ""

    @property
    def titled_by(self) -> str:
        """The key that names it, by which its file is called too."""
        return "title" if "title" in self.record.model_fields else "name"


def subjects() -> Mapping[str, Subject]:
    """Everything that can be written, by its word, in the order of the help."""
    return {one.word: one for one in _subjects()}


def _subjects() -> Iterator[Subject]:
    """Those of the model of which a site has many; of the others, it has one file each."""
    for one in model.subjects().values():
        file = PurePosixPath(one.file)
        folder = file.parent.name if file.parent.name in model.FOLDERS else ""
        sort = _sort(one.record, folder)
        if sort is not None and issubclass(one.record, Record):
            yield Subject(
                word=one.id,
                name=one.name,
                record=one.record,
                sort=sort,
                suffix=file.suffix,
                kind=_kind(one) if sort in ("event", "course") else None,
                folder=folder,
            )


def _sort(record: type, folder: str) -> Sort | None:
    sorts: Mapping[type, Sort] = {EventRecord: "event", CourseRecord: "course", PostRecord: "post"}
    found = next((sort for base, sort in sorts.items() if issubclass(record, base)), None)
    return found or ("entity" if folder else None)


def _kind(subject: model.Subject) -> Kind:
    """The kind that a subject is of: its own word, or that of the courses whose session it is."""
    of_courses = (kind for kind in KINDS.values() if kind.in_courses)
    return KINDS.get(subject.id) or next(
        kind for kind in of_courses if subject.record is kind.record
    )


def named_by(word: str) -> Subject | None:
    """What a word means: the command's own, or what it is called in any of our languages."""
    known = subjects()
    wanted = slug(word)
    if not wanted or wanted in known:
        return known.get(wanted)
    found = [
        one
        for one in known.values()
        if any(f"{name}-".startswith(f"{wanted}-") for name in _called(one))
    ]
    return found[0] if len(found) == 1 else None


def _called(subject: Subject) -> Iterator[str]:
    for language in LANGUAGES:
        yield slug(translator(language).gettext(subject.name))


def of_folder(folder: str) -> Subject:
    """The entity that a folder of data holds."""
    return next(one for one in _subjects() if one.folder == folder)
