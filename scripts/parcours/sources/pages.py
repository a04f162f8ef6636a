"""Authored pages and other files of docs_dir, without what is source of something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from ..model.authored import Authored
from ..model.settings import Settings
from ..problems import Mark, Problems
from .astray import post_folder
from .dating import Dating
from .files import can_be_read, is_file
from .heads import read_head
from .published import check_address, check_kind, check_name, is_hidden, is_meant
from .stray import tell_dated
from .suffixes import PAGE
from .text import read_page
from .walk import SKIPPED, entries_of, files_below, is_fit, relative_name
from .yaml import tell_cuts

_DATES = ("start", "undated", "when")
"""What makes a source of a meeting of a page."""

_PROSE = {("title",), ("description",)}

Holds = Callable[[str, Mapping[str, object], datetime], bool]
"""Whether the engine keeps a page back: its path in docs_dir, its front matter, the instant."""


@dataclass
class Docs:
    """The contents of docs_dir.

    Attributes:
        written: authored pages by address, "" for the home page.
        files: every other file, by its path in docs_dir.
    """

    written: dict[str, Authored] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def pages(self) -> dict[str, Authored]:
        """Those that are published."""
        return {address: page for address, page in self.written.items() if not page.held}


def read_docs(
    root: Path,
    settings: Settings,
    dating: Dating,
    problems: Problems,
    is_held: Callable[[str, Mapping[str, object]], bool],
) -> Docs:
    """Read docs_dir, and the index.md of collections' folders wherever these lie."""
    docs = Docs()
    sections = [(one.folder, one.address) for one in settings.collections]
    if settings.news is not None:
        sections.append((settings.news.folder, settings.news.address))
    private = [settings.data, *(folder for folder, _ in sections)]
    engine = settings.engine

    def read(path: Path, file: str, name: str) -> Authored | None:
        return _read(path, file, name, dating, settings, problems, is_held)

    for path, file in _files(root, settings.docs_dir, private, problems, is_held):
        name = str(PurePosixPath(file).relative_to(settings.docs_dir))
        fit = check_name(name, file, problems)
        if path.suffix == PAGE:
            _add(docs, read(path, file, name), problems)
        elif (
            fit
            and check_address(name, file, engine, problems)
            and can_be_read(path, file, problems)
            and check_kind(name, path, file, engine, problems)
        ):
            docs.files[name] = path
    for folder, address in sections:
        path = root / folder / "index.md"
        if is_file(path) and is_fit(root, path.parent, problems) and is_fit(root, path, problems):
            file = relative_name(root, path)
            page = read(path, file, f"{address}/index.md")
            _add(docs, page, problems)
    for found in docs.written.values():
        check_address(found.address, found.source, engine, problems)
        other = found.address.rstrip("/")
        if other in docs.files:
            mark = Mark(found.source)
            problems.add("duplicate-address", mark, address=found.address, other=other)
    return docs


def _files(
    root: Path,
    docs_dir: str,
    private: list[str],
    problems: Problems,
    is_held: Callable[[str, Mapping[str, object]], bool],
) -> Iterator[tuple[Path, str]]:
    excluded = {root / folder for folder in private}
    for path, file in files_below(root, docs_dir, problems, hidden=(".",), without=excluded):
        shown = path.name.lower() != "readme.md" and _is_meant(file, docs_dir, problems, is_held)
        if shown and is_fit(root, path, problems):
            yield path, file
    for entry in entries_of(root / docs_dir):
        if is_hidden(entry.name) and entry.name not in SKIPPED:
            # Of what lies there and is not meant, nothing is said.
            for path, file in files_below(root, f"{docs_dir}/{entry.name}", Problems(), hidden=()):
                if _is_meant(file, docs_dir, problems, is_held) and is_fit(root, path, problems):
                    yield path, file


def _is_meant(
    file: str,
    docs_dir: str,
    problems: Problems,
    is_held: Callable[[str, Mapping[str, object]], bool],
) -> bool:
    name = str(PurePosixPath(file).relative_to(docs_dir))
    return not is_hidden(name) or is_meant(name, file, not is_held(name, {}), problems)


def _read(
    path: Path,
    file: str,
    name: str,
    dating: Dating,
    settings: Settings,
    problems: Problems,
    is_held: Callable[[str, Mapping[str, object]], bool],
) -> Authored | None:
    source = read_page(path, file, problems)
    if source is None:
        return None
    tell_cuts(source.document, problems, _PROSE.__contains__)
    dated = next((key for key in _DATES if key in source.document.data), None)
    if dated is not None:
        data = source.document.data
        mark, title = source.document.key_mark((dated,)), str(data.get("title") or "")
        tell_dated(mark, data, title, settings, problems)
        return None
    meta = read_head(source.document, settings.engine, problems, post_folder(settings))
    changed = dating.stamps(file, (), None).changed
    return Authored(
        path=name,
        source=file,
        body=source.body,
        body_line=source.body_line,
        changed=changed,
        meta=meta,
        held=is_held(name, source.document.data),
    )


def _add(docs: Docs, page: Authored | None, problems: Problems) -> None:
    if page is None:
        return
    other = docs.written.setdefault(page.address, page)
    if other is not page:
        problems.add(
            "duplicate-address", Mark(page.source), address=page.address, other=other.source
        )
