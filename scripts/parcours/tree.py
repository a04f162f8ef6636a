"""The compiled result: path → content, sorted, independent of any engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from .model.names import fold

Parts = tuple[bytes, ...]
"""The content of a file in parts that many files share: joined only when it is written."""


class Made(Protocol):
    """The content of a file that is made when it is asked for, and never held."""

    def octets(self) -> bytes:
        """The content."""


Leaf = bytes | Parts | Path | Made
"""The content of a file, what makes it, or the file to copy it from."""


@dataclass(frozen=True, eq=False)
class Promise:
    """A leaf that is made by a function, each time it is asked for.

    Attributes:
        make: gives the same octets each time.
    """

    make: Callable[[], bytes | Parts]

    def octets(self) -> bytes:
        made = self.make()
        return made if isinstance(made, bytes) else b"".join(made)


KEPT = frozenset({".git", ".nojekyll", ".parcours", "CNAME"})
"""What a host or a person adds to a folder that is written, at its top."""


def content(leaf: Leaf) -> bytes:
    """The octets of a leaf."""
    if isinstance(leaf, Path):
        return leaf.read_bytes()
    if isinstance(leaf, bytes):
        return leaf
    return b"".join(leaf) if isinstance(leaf, tuple) else leaf.octets()


@dataclass(frozen=True, kw_only=True)
class PageInfo:
    """What an engine wants to know of a Markdown page beside its text.

    Attributes:
        source: the file to edit, relative to the site's folder; None when there is none.
        changed: Unix seconds of its last change.
        parent: path in the tree of the page above it.
        generated: whether something of it is compiled: nobody has to name it in a menu.
        block: whether it is one closed HTML block, in which nothing is Markdown.
        blocks: draws the compiled blocks of a page of several parts.
    """

    source: str | None
    changed: int
    parent: str | None = None
    generated: bool = True
    block: bool = False
    blocks: Callable[[], tuple[str, ...]] = tuple


class AddressTaken(Exception):
    """Two things want one path.

    Attributes:
        path: the path that was to be added to the tree.
        other: the one that is there; it may differ in capitals.
    """

    def __init__(self, path: str, other: str) -> None:
        super().__init__(path)
        self.path = path
        self.other = other


@dataclass
class Tree:
    """Files by path. Markdown pages become pages of the site, all else is copied.

    What is made when it is asked for is not made to know where it stands: `files` holds what has an
    address; names may be kept for files of which only the content tells how many there are.
    """

    files: dict[str, Leaf] = field(default_factory=dict)
    pages: dict[str, PageInfo] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict)
    _promised: dict[tuple[str, str], Callable[[], Mapping[str, bytes]]] = field(
        default_factory=dict
    )

    def keep(self, folder: str, suffix: str, make: Callable[[], Mapping[str, bytes]]) -> None:
        """Keep the names in a folder, as « assets/search/ », that have a suffix.

        Raises:
            AddressTaken: something else has one of them already.
        """
        self._promised[folder, suffix] = make
        for path in self.files:
            self._check_kept(path)

    def promises(self, path: str) -> bool:
        """Whether a name is kept for a file that is still to be made."""
        return any(_is_within(fold(path), *kept) for kept in self._promised)

    def _check_kept(self, path: str) -> None:
        folded = fold(path)
        for folder, suffix in self._promised:
            if _is_within(folded, folder, suffix) or folder.startswith(f"{folded}/"):
                raise AddressTaken(path, folder)

    def make(self) -> None:
        """Make the files for which names are kept."""
        while self._promised:
            _, make = self._promised.popitem()
            for path, data in make().items():
                self.add(path, data)

    def add(self, path: str, leaf: Leaf) -> None:
        """Add a file.

        Raises:
            AddressTaken: something else is there already, on a disk that ignores capitals too; or
            one of the two would have to be a file and a folder.
        """
        folded = fold(path)
        self._check_kept(path)
        other = self._known.setdefault(folded, path)
        if self.files.setdefault(other, leaf) != leaf:
            raise AddressTaken(path, other)
        inside = self._folders.get(folded)
        if inside is not None:
            raise AddressTaken(path, inside)
        at = folded.rfind("/")
        while at > 0 and folded[:at] not in self._folders:
            self._folders[folded[:at]] = path
            if folded[:at] in self._known:
                raise AddressTaken(path, self._known[folded[:at]])
            at = folded.rfind("/", 0, at)

    def add_page(self, path: str, leaf: Leaf, info: PageInfo) -> None:
        """Add a Markdown page."""
        self.add(path, leaf)
        self.pages[path] = info

    def __iter__(self) -> Iterator[tuple[str, Leaf]]:
        self.make()
        return iter(sorted(self.files.items()))

    def __len__(self) -> int:
        self.make()
        return len(self.files)

    def clear(self, folder: Path) -> None:
        """Remove what a folder holds that is no file of these, but for `KEPT`."""
        for path in sorted(folder.rglob("*"), reverse=True):
            inner = path.relative_to(folder)
            if inner.parts[0] in KEPT:
                continue
            if path.is_dir() and not path.is_symlink():
                with suppress(OSError):  # something stays in it
                    path.rmdir()
            elif path.is_symlink() or not path.is_file() or inner.as_posix() not in self.files:
                path.unlink()  # what is written through a link or a pipe is written elsewhere

    def put(self, name: str, folder: Path) -> None:
        """Write one file below a folder."""
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content(self.files[name]))


def _is_within(folded: str, folder: str, suffix: str) -> bool:
    return folded.startswith(folder) and folded.endswith(suffix)


def page_path(address: str) -> str:
    """The Markdown file whose page has an address: ``a/b/`` → ``a/b.md``; the home → index.md.

    What is called « index » is a folder's own page for engines: ``index/`` → ``index/index.md``.
    """
    path = address.rstrip("/")
    if not path.strip("/"):
        return "index.md"
    return f"{path}/index.md" if path.rpartition("/")[2] == "index" else f"{path}.md"
