"""What is declared of one kind, by id, and what becomes of whatever is named in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..model.schema import NameRecord
from ..problems import Mark, Problems
from .around import ANYWHERE, Around
from .named import Known, how_to_name, may_have_left
from .suffixes import DATA
from .yaml import Document
from .yaml import Path as YamlPath

E = TypeVar("E")


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
        """The same, of those that are listed at *path*, each once."""
        found = {
            _key(one, index): self.find(one, (*path, index), document, problems)
            for index, one in enumerate(named)
        }
        return tuple(entity for entity in found.values() if entity is not None)


def _key(named: str | NameRecord, index: int) -> str | int:
    """What is named by an id twice is one; a name without a file is told apart elsewhere."""
    return named if isinstance(named, str) else named.id or index
