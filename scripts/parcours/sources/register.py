"""What is declared of one kind, by id, and what becomes of whatever is named in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from ..model.schema import NameRecord
from ..problems import N_, Mark, Mend, Problems
from .around import ANYWHERE, Around
from .named import Known, how_to_name, may_have_left
from .suffixes import DATA
from .yaml import Document
from .yaml import Path as YamlPath


class _Told(Protocol):
    """What is told apart by its id."""

    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=_Told)


@dataclass(frozen=True)
class At:
    """Where something is named.

    Attributes:
        problems: what is wrong there is told to these.
    """

    path: YamlPath
    document: Document
    problems: Problems

    @property
    def mark(self) -> Mark:
        return self.document.mark(self.path)

    def below(self, key: str) -> At:
        """Where a part of it is named."""
        return At((*self.path, key), self.document, self.problems)


def _nobody(name: NameRecord, at: At) -> None:
    """Of most kinds nothing is named without a file."""


def _none(listed: Sequence[_Told]) -> Collection[int]:
    """Where nothing is named without a file, ids tell apart what is listed."""
    return ()


@dataclass(kw_only=True)
class Register(Generic[E]):
    """The entities of one kind, by id; `find` reports what is unknown.

    Attributes:
        where: the folder in which they are declared, for messages.
        around: what else is declared.
        broken: ids whose file has errors of its own: not reported a second time.
        packaged: ids that the package knows, on a site that does not ask for them.
        documents: by id, in which what is found wrong later has its place.
        left: ids of persons who are not published any more: whatever names them names nobody.
        past: how much is known of who left; "whole" also where nobody leaves.
        unfiled: what becomes of a name without a file.
        filed: which of those that are listed, each once, are others of them that have a file.
    """

    where: str
    around: Around = ANYWHERE
    found: dict[str, E] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    packaged: frozenset[str] = frozenset()
    documents: dict[str, Document] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    past: Known = "whole"
    unfiled: Callable[[NameRecord, At], E | None] = _nobody
    filed: Callable[[Sequence[E]], Collection[int]] = _none

    def find(
        self,
        named: str | NameRecord | None,
        path: YamlPath,
        document: Document,
        problems: Problems,
    ) -> E | None:
        """The entity that a document names at *path*, by its id or as it stands; or None."""
        if named is None or document.is_broken(path):
            return None
        id = named if isinstance(named, str) else named.id
        if not isinstance(named, str) and not id:
            return self.unfiled(named, At(path, document, problems))
        entity = self.found.get(self.aliases.get(id, id))
        if entity is not None:
            return entity
        mark, name = document.mark(path), next(p for p in reversed(path) if isinstance(p, str))
        if id in self.left:
            # No error: the build that takes the traces of somebody away is held up by nothing.
            problems.add("person-left", mark, severity="warning", field=name, value=id)
            return None
        if id in self.packaged:
            problems.add("territories-unasked", mark, field=name, value=id)
        elif id not in self.broken:
            *above, _ = [one for one in path if isinstance(one, str)]
            known = [*self.found, *self.aliases]
            parent = above[-1] if above else ""
            mend = how_to_name(name, id, self.around, known, self.where, parent)
            unsure = may_have_left(mend, self.past)
            # The whole history, by which sites are published, will tell: until then, nothing is
            # held up that may be right.
            is_held = unsure is None or self.past == "none"
            problems.add(
                "unknown-reference",
                mark,
                severity="error" if is_held else "warning",
                mend=unsure or mend,
                field=name,
                value=id,
                where=self.where,
            )
            if not is_held:
                return None
        document.broken.add(path)
        return None

    def files_of_left(self, ids: Iterable[str]) -> Iterator[str]:
        """The files, there or gone, of those among *ids* who are not published any more."""
        for id in ids:
            if id in self.left:
                yield from (f"{self.where}/{id}{suffix}" for suffix in DATA)

    def known(self, ids: Iterable[str]) -> tuple[E, ...]:
        """The entities with these ids; the past may name some that are gone."""
        found = (self.found.get(self.aliases.get(id, id)) for id in ids)
        return tuple(entity for entity in found if entity is not None)

    def find_all(
        self,
        named: Iterable[str | NameRecord],
        name: str,
        document: Document,
        problems: Problems,
    ) -> tuple[E, ...]:
        """The entities that are named, unknown ones left out and reported."""
        return self.find_below(named, (name,), document, problems)

    def find_below(
        self,
        named: Iterable[str | NameRecord],
        path: YamlPath,
        document: Document,
        problems: Problems,
    ) -> tuple[E, ...]:
        """The same, of those that are listed at *path*, each once; what stands there again is told.

        One that has a file under two ids, an earlier one too, is one.
        """
        found: dict[str, tuple[str | NameRecord, At, E]] = {}
        again: list[tuple[str | NameRecord, At]] = []
        for index, one in enumerate(named):
            at = At((*path, index), document, problems)
            entity = self.find(one, at.path, document, problems)
            if entity is not None and entity.id in found:
                again.append((one, at))
            elif entity is not None:
                found[entity.id] = (one, at, entity)
        listed = list(found.values())
        twice = self.filed([entity for *_, entity in listed])
        again += [(one, at) for n, (one, at, _) in enumerate(listed) if n in twice]
        # Of what a comment has cut short nobody knows what it was.
        is_cut = any(cut[: len(path)] == path for cut in document.cuts)
        for one, at in () if is_cut else again:
            _tell_again(one, at)
        return tuple(entity for n, (*_, entity) in enumerate(listed) if n not in twice)


AGAIN = "named-twice"

APART = N_("delete this one; or, if these are two, say what sets them apart")


def _tell_again(named: str | NameRecord, at: At) -> None:
    """Tell what a list names, which names it already."""
    is_id = isinstance(named, str) or bool(named.id)
    mark = at.mark if is_id else at.below("name").mark
    said = named if isinstance(named, str) else named.id or named.name
    field = next(one for one in reversed(at.path) if isinstance(one, str))
    mend = None if is_id else Mend(APART, {})
    at.problems.add(AGAIN, mark, severity="warning", mend=mend, field=field, value=said)
