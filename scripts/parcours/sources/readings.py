"""Sources as they were read, kept as long as they hold the same octets.

Only one in which nothing was wrong is kept: of what is known around it, such a one depends on how
dates are read, and on where else it would be right. Signs in what is plain are kept with it, and
told again. All else is read each time, so that it is told.

A process keeps them as they are; between two processes a store keeps what they say, and where each
value stands, for the whole site in one piece. A record is made of it anew, by the schema.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from ..memo import Memo
from ..model.values import DateStyle
from ..problems import Mark, Problems
from ..store import Piece, Store
from .around import Around, Section
from .records import Sign, follows, read_record, signs
from .text import Source, decode, split_source
from .yaml import Document, Path

R = TypeVar("R", bound=BaseModel)

_Given = tuple[str, type[BaseModel], DateStyle, tuple[Section, ...]]
_Found = tuple[Source, BaseModel, Sequence[Sign]]
_READ: Memo[_Given, _Found] = Memo(50_000)


def forget() -> None:
    """Let go of the sources as they were read."""
    _READ.clear()


@dataclass(frozen=True)
class _Used:
    """A source that may be read as it was the next time.

    Attributes:
        name: made from all that its reading depends on.
    """

    name: str
    source: Source
    signs: Sequence[Sign]


class Readings:
    """How the sources of a site are read: each from its octets, or as it was."""

    def __init__(self, store: Store | None = None, edition: str = "") -> None:
        """Know nothing yet.

        Args:
            store: what keeps them for the next process.
            edition: a name for the code that reads; "" where nobody knows one, and the store keeps
                nothing.
        """
        self._kept = Piece(store, "readings", edition)
        self._used: dict[str, _Used] = {}

    def read(
        self,
        kind: type[R],
        data: bytes,
        file: str,
        problems: Problems,
        around: Around,
        *,
        has_text: bool = True,
    ) -> tuple[Source, R | None] | None:
        """A source from its octets, and its record; what is wrong in it is told.

        Args:
            has_text: whether it may hold a « description: ».

        Returns:
            None where it is no source; None for the record where nothing of it can be read.
        """
        given = (hashlib.sha256(data).hexdigest(), kind, around.style, around.sections)
        known = _READ.get(file, given) or self._again(file, given, data)
        if known is not None:
            source, record, its_signs = known
            self._used[file] = _Used(_name(given), source, its_signs)
            for sign in its_signs:
                sign.tell(file, problems)
            return _own(source), cast("R", record)
        before = problems.added
        text = decode(data, file, problems)
        if text is None:
            return None
        found = split_source(text, file, problems, heals=True, has_text=has_text)
        if found is None:
            return None
        read = read_record(kind, found.document, problems, around)
        if read is None:
            return found, None
        its_signs = tuple(signs(kind, found.document))
        if problems.added == before and not found.document.cuts:
            source = _own(found)
            _READ.put(file, given, (source, read, its_signs))
            # Else something was left out of the text, and told at another time.
            if text.endswith(found.body):
                self._used[file] = _Used(_name(given), source, its_signs)
        for sign in its_signs:
            sign.tell(file, problems)
        return found, read

    def keep(self) -> None:
        """Have the store keep what was read, for the next process."""
        if all(self._is_kept(file, used.name) for file, used in self._used.items()):
            return
        said = {
            file: self._before[file] if self._is_kept(file, used.name) else _said(used)
            for file, used in self._used.items()
        }
        self._kept.keep(said)

    def _is_kept(self, file: str, name: str) -> bool:
        return file in self._before and self._before[file][0] == name

    @cached_property
    def _before(self) -> Mapping[str, Sequence[Any]]:
        """What the store kept of each file; nothing where that is of another version."""
        said = self._kept.before
        return {file: one for file, one in said.items() if isinstance(one, list) and one}

    def _again(self, file: str, given: _Given, data: bytes) -> _Found | None:
        """A source as the store has it; None for one that it has not, or of other octets."""
        _, kind, style, _ = given
        if not self._is_kept(file, _name(given)):
            return None
        text = decode(data, file, Problems())
        said = self._before[file]
        if text is None or list(map(type, said)) != _FORM:
            return None  # of another version
        _, values, marks, keys, length, line, its_signs = said
        document = Document(data=values, marks=_Marks(file, marks), keys=_Marks(file, keys))
        record = follows(kind, values, style)
        if record is None or not all(map(_is_sign, its_signs)):
            return None
        source = Source(file, document, text[len(text) - length :], line)
        found = source, record, [Sign(*one) for one in its_signs]
        _READ.put(file, given, found)
        return found


class _Marks(Mapping[Path, Mark]):
    """The places of values as they are kept, read when one is asked for: it seldom is."""

    def __init__(self, file: str, said: Sequence[Sequence[Any]]) -> None:
        self._file = file
        self.said = said

    @cached_property
    def _marks(self) -> Mapping[Path, Mark]:
        return {tuple(path): Mark(self._file, *place) for path, *place in self.said}

    def __getitem__(self, path: Path) -> Mark:
        return self._marks[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self.said)


_SIGN = [int, int, str, str]


def _is_sign(said: object) -> bool:
    return isinstance(said, list) and list(map(type, said)) == _SIGN


_FORM = [str, dict, list, list, int, int, list]


def _said(used: _Used) -> Sequence[object]:
    """What the store keeps of a source: its name, its values, where they and their keys stand, the
    length of its body, the line on which that begins, and its signs."""
    source, document = used.source, used.source.document
    marks, keys = (
        [[path, mark.line, mark.column] for path, mark in one.items()]
        for one in (document.marks, document.keys)
    )
    return [used.name, document.data, marks, keys, len(source.body), source.body_line, used.signs]


def _name(given: _Given) -> str:
    digest, kind, style, sections = given
    return f"{digest} {kind.__name__} {_ground(style, sections)}"


@lru_cache(maxsize=8)
def _ground(style: DateStyle, sections: tuple[Section, ...]) -> str:
    """A short name for what is the same for all sources of a site."""
    return hashlib.sha256(repr((style, sections)).encode()).hexdigest()[:16]


def _own(source: Source) -> Source:
    """A source of which somebody may note what is wrong."""
    return replace(source, document=replace(source.document, broken=set(), renamed={}))
