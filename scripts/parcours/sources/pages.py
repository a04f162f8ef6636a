"""Authored pages and other files of docs_dir, without what is source of something else."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..model.authored import Authored
from ..model.settings import Settings
from ..problems import Mark, Problems
from .dating import Dating
from .text import read_page
from .walk import is_inside, relative_name
from .yaml import tell_cuts

_INTEGER = re.compile(r"-?\d{1,9}")
_PROSE = {("title",), ("description",)}
_WORDS: Mapping[str, object] = {"true": True, "false": False, "yes": True, "no": False}


@dataclass
class Docs:
    """The contents of docs_dir.

    Attributes:
        pages: authored pages by address, "" for the home page.
        files: every other file, by its path in docs_dir.
    """

    pages: dict[str, Authored] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)


def read_docs(root: Path, settings: Settings, dating: Dating, problems: Problems) -> Docs:
    """Read docs_dir, and the index.md of collections' folders wherever these lie."""
    docs = Docs()
    sections = [(one.folder, one.address) for one in settings.collections]
    if settings.news is not None:
        sections.append((settings.news.folder, settings.news.address))
    private = [settings.data, *(folder for folder, _ in sections)]
    for path, file in _files(root, settings.docs_dir, private, problems):
        name = str(PurePosixPath(file).relative_to(settings.docs_dir))
        if path.suffix == ".md":
            _add(docs, _read(path, file, name, dating, problems), problems)
        else:
            docs.files[name] = path
    for folder, address in sections:
        path = root / folder / "index.md"
        if path.is_file():
            file = relative_name(root, path)
            page = _read(path, file, f"{address}/index.md", dating, problems)
            _add(docs, page, problems)
    return docs


def _files(
    root: Path, docs_dir: str, private: list[str], problems: Problems
) -> Iterator[tuple[Path, str]]:
    excluded = {root / folder for folder in private}
    for parent, folders, names in os.walk(root / docs_dir):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and Path(parent, name) not in excluded
        )
        for name in sorted(names, key=lambda name: unicodedata.normalize("NFC", name)):
            if name.startswith(".") or name.lower() == "readme.md":
                continue
            path = Path(parent, name)
            file = relative_name(root, path)
            if path.is_symlink() and not is_inside(root, path):
                problems.add("outside-path", Mark(file), field=name, value=name)
                continue
            yield path, file


def _read(path: Path, file: str, name: str, dating: Dating, problems: Problems) -> Authored | None:
    source = read_page(path, file, problems)
    if source is None:
        return None
    tell_cuts(source.document, problems, _PROSE.__contains__)
    meta = {
        key: value if key in {"title", "description"} else _typed(value)
        for key, value in source.document.data.items()
    }
    changed = dating.stamps(file, (), None).changed
    return Authored(
        path=name,
        source=file,
        body=source.body,
        body_line=source.body_line,
        changed=changed,
        meta=meta,
    )


def _typed(value: object) -> object:
    """Front matter is read as text; the engine's own keys want booleans and numbers."""
    if isinstance(value, dict):
        return {key: _typed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_typed(one) for one in value]
    if isinstance(value, str):
        return int(value) if _INTEGER.fullmatch(value) else _WORDS.get(value, value)
    return value


def _add(docs: Docs, page: Authored | None, problems: Problems) -> None:
    if page is None:
        return
    other = docs.pages.setdefault(page.address, page)
    if other is not page:
        problems.add(
            "duplicate-address", Mark(page.source), address=page.address, other=other.source
        )
