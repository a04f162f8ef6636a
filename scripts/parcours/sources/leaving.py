"""Persons who are not published any more, and whom a text still names.

What names them by an id names nobody by itself; a name that was written into a text can only be
told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ..letters import normal
from ..model.persons import names_person
from ..model.schema import ThemeRecord
from ..problems import Mark, Problems
from .events import Context
from .history import History, HistoryError, read_blobs
from .past import past_record
from .suffixes import SOURCES
from .text import read_text
from .walk import files_below

TEXTS = (*SOURCES, ".vtt", ".txt")
"""Suffixes of the texts that are published."""


def check_left(context: Context, history: History) -> None:
    """Tell each text that names somebody who is not published any more, at the first such line."""
    names = {_folded(name): name for name in _names(context, history) if names_person(name)}
    if not names:
        return
    people = context.entities.people
    private = set(people.files_of_left(people.left))
    for path, file in _texts(context):
        if file in private:
            continue
        text = _folded(read_text(path, file, Problems()) or "")
        for folded in sorted(one for one in names if one in text):
            before, _, _ = text.partition(folded)
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            mark = Mark(file, line, column)
            context.problems.add("still-named", mark, severity="warning", value=names[folded])


def _names(context: Context, history: History) -> Iterator[str]:
    """What those who left were called, as far as it is known; others may be called the same."""
    people = context.entities.people
    blobs: dict[str, str] = {}
    for id in sorted(people.left):
        document = people.documents.get(id)
        if document is not None:
            yield str(document.data.get("name", ""))
            continue
        for file in people.files_of_left([id]):
            version = history.last(file)
            if version is not None:
                blobs[file] = version.blob
    yield from _past_names(context, blobs)


def _past_names(context: Context, blobs: Mapping[str, str]) -> Iterator[str]:
    try:
        contents = read_blobs(context.root, blobs.values())
    except HistoryError:
        return  # told where events are followed
    for blob in blobs.values():
        record = past_record(contents.get(blob, b""), ThemeRecord, ("name", "example"))
        if record is not None and not record.example:
            yield record.name


def _texts(context: Context) -> Iterator[tuple[Path, str]]:
    settings = context.settings
    folders = {settings.docs_dir, settings.data, *(one.folder for one in settings.collections)}
    folders |= {settings.news.folder} if settings.news is not None else set()
    found: dict[str, Path] = {}
    for folder in sorted(folders):
        for path, file in files_below(context.root, folder, Problems(), hidden=(".", "_")):
            if PurePosixPath(file).suffix.lower() in TEXTS:
                found[file] = path
    for file in sorted(found):
        yield found[file], file


def _folded(text: str) -> str:
    """Letters as they are compared; as many characters on each line as before, but for few."""
    return normal("NFC", text).replace("\u00a0", " ").casefold()
