"""`check --fix`: the sources of a site set right on the disk, as far as that is certain."""

from __future__ import annotations

import difflib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import BaseModel

from ..model.schema import CAPTION_TYPES, AccessibilityRecord, PostRecord, PublisherRecord
from ..model.settings import Settings
from ..problems import Edit, Problem, Problems, printable
from .entities import ENTITY_RECORDS
from .events import event_files, record_of
from .files import is_file, read_bytes
from .notices import ACCESSIBILITY, PUBLISHER
from .posts import post_files
from .suffixes import DATA
from .tidying import apply, mended
from .walk import source_files

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Fix:
    """A source, and what it is to hold.

    Attributes:
        file: relative to the site's folder.
        path: where it lies, links followed.
    """

    file: str
    path: Path
    before: bytes
    after: bytes

    def diff(self) -> Iterator[str]:
        """What changes, as a unified diff; a change of line ends alone is said, and not shown."""
        old, new = _lines(self.before), _lines(self.after)
        found = difflib.unified_diff(old, new, f"a/{self.file}", f"b/{self.file}", lineterm="")
        lines = ["\t".join(map(printable, line.split("\t"))) for line in found]
        yield from lines or [f"--- a/{self.file}", f"+++ b/{self.file}"]
        if self.before.startswith(_MARK):
            yield "\\ BOM"
        if b"\r" in self.before:
            yield "\\ CRLF"


def fixes(
    root: Path,
    settings: Settings,
    problems: Iterable[Problem],
    is_wanted: Callable[[Path], bool],
) -> list[Fix]:
    """What can be set right for certain.

    Args:
        root: the site's folder, resolved.
        problems: what a check of the whole has found.
        is_wanted: whether a file may be touched.
    """
    edits: dict[str, list[Edit]] = {}
    for problem in problems:
        if problem.mend is not None:
            edits.setdefault(problem.mark.file, []).extend(problem.mend.edits)
    found = []
    for path, file, kind in recorded(root, settings):
        real = Path(os.path.realpath(path))
        fix = _fix(real, file, kind, settings, edits.get(file, ())) if is_wanted(path) else None
        if fix is not None and real.is_relative_to(root):
            found.append(fix)
        edits.pop(file, None)
    return [*found, *_named(root, edits, is_wanted)]


def _named(
    root: Path, edits: Mapping[str, Sequence[Edit]], is_wanted: Callable[[Path], bool]
) -> Iterator[Fix]:
    """What can be set right in files that hold no record: the captions of a replay."""
    for file in sorted(edits):
        path = Path(os.path.realpath(root / file))
        if PurePosixPath(file).suffix.lower() not in CAPTION_TYPES or not is_wanted(root / file):
            continue
        before = read_bytes(path, file, Problems()) if path.is_relative_to(root) else None
        text = None if before is None else _text(before)
        if before is None or text is None:
            continue
        after = apply(text, edits[file]).encode("utf-8")
        if after != before:
            yield Fix(file, path, before, after)


def recorded(root: Path, settings: Settings) -> Iterator[tuple[Path, str, type[BaseModel]]]:
    """Every source that holds a record: where it lies, its name, and what it may say."""
    quiet = Problems()
    for collection in settings.collections:
        for path, name in event_files(root, collection, quiet):
            yield path, str(name), record_of(collection, name)
    if settings.news is not None:
        for name in post_files(root, settings.news, quiet):
            yield root / name, str(name), PostRecord
    data = PurePosixPath(settings.data)
    for folder, kind in ENTITY_RECORDS.items():
        for path, file in source_files(root, str(data / folder), quiet, suffixes=DATA):
            yield path, file, kind
    tops: Mapping[str, type[BaseModel]] = {
        ACCESSIBILITY: AccessibilityRecord,
        PUBLISHER: PublisherRecord,
    }
    for top, kind in tops.items():
        if is_file(root / data / top):
            yield root / data / top, str(data / top), kind


def _fix(
    path: Path, file: str, kind: type[BaseModel], settings: Settings, edits: Sequence[Edit]
) -> Fix | None:
    before = read_bytes(path, file, Problems())
    if before is None:
        return None
    text = _text(before)
    if text is None:
        return None
    new = mended(text, file, kind, settings.date_style, settings.language, edits)
    after = new.encode("utf-8")
    return Fix(file, path, before, after) if after != before else None


def _text(data: bytes) -> str | None:
    try:
        text = data.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError:
        return None  # it is told, and who saved it knows which letters it holds
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write(fix: Fix) -> None:
    """Put the new content in place of the old: the whole of it, or nothing.

    Raises:
        OSError: the disk refuses it; the file is as it was.
    """
    handle, beside = tempfile.mkstemp(dir=fix.path.parent, prefix=".parcours-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(fix.after)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(stat.S_IMODE(fix.path.stat().st_mode))
        Path(beside).replace(fix.path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _lines(data: bytes) -> list[str]:
    text = data.removeprefix(_MARK).decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
