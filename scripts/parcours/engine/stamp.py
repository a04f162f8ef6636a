"""What a command answered, kept until something that it depends on changes.

It holds while the sources, the configuration, this package, what it is installed with, the commit
and what the environment says are as they were, what was made still lies there, and the instant is
one at which nothing changes by itself. To know that, nothing of the site is read, and the engine is
not loaded.

What another plugin, a hook or an extension reads, nobody knows: then no answer is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..sources.files import is_file
from ..sources.history import HistoryError, head_of
from .edition import PACKAGE, installed
from .environment import Surroundings, variables
from .inputs import Files, Seen, TooMany, look
from .store import FolderStore

if TYPE_CHECKING:
    from ..assembly import Compiled
    from .opening import Opened

FORM = 1
"""Rises when what is written here means something else."""

CLOCK = "build_date_utc"
"""By what name a template asks the engine when it builds."""

_ENVIRONMENT = frozenset({"LANG", "LC_ALL", "LANGUAGE", "TZ"})
"""What libraries may read."""

Line = tuple[str, str]
"""The stream, ``out`` or ``err``, and what was said there."""


@dataclass(frozen=True)
class Asked:
    """What a command is asked.

    Attributes:
        file: the configuration.
        command: its name, and its options as texts.
    """

    file: Path
    command: tuple[str, ...]
    around: Surroundings

    @property
    def root(self) -> Path:
        """The site's folder, resolved."""
        return self.file.resolve().parent

    @property
    def key(self) -> str:
        """The name under which the answer is kept."""
        around = self.around
        here = [str(self.file.resolve()), str(Path.cwd())]
        said = [around.language, around.ci, around.proposed, around.before]
        whole = json.dumps([FORM, here, self.command, said])
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit code."""

    lines: Sequence[Line]
    code: int


class Stamps:
    """Answers that were given, in the store of a site.

    It is made before anything is read, so that what changes while a command runs is seen.
    """

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._store = FolderStore(asked.root)
        self._tops = [str(asked.root)]
        self._before = look(self._tops)
        self._head = _head(asked.root)

    @property
    def root(self) -> Path:
        """The site's folder, resolved."""
        return self._asked.root

    @property
    def store(self) -> FolderStore:
        """Where they are kept."""
        return self._store

    def find(self) -> Answer | None:
        """The answer, if all is as it was."""
        kept = self._store.get(self._asked.key)
        if kept is None:
            return None
        try:
            return self._read(json.loads(kept))
        except (ValueError, TypeError, KeyError):
            return None  # of another version
        except TooMany:
            return None

    def _read(self, said: Any) -> Answer | None:
        now = self._asked.around.instant().timestamp()
        begins, ends = said["instants"]
        is_now = begins <= now and (ends is None or now < ends)
        if not is_now or said["apart"] != self._apart(said["named"]):
            return None
        files = [Files.read(one) for one in said["files"]]
        if not all(one.are_there(self._seen(one.tops)) for one in files):
            return None
        if said["made"] and _made(said["made"][0]) != said["made"]:
            return None
        return Answer([(stream, text) for stream, text in said["lines"]], said["code"])

    def _seen(self, tops: Sequence[str]) -> Seen:
        return self._before if tops == self._tops else look(tops)

    def keep(
        self, answer: Answer, opened: Opened, compiled: Compiled, made: Path | None = None
    ) -> None:
        """Keep an answer, where it is known what it depends on.

        Args:
            compiled: what it was drawn from; all of it is made.
            made: the folder that was written.
        """
        with suppress(TooMany):
            self._keep(answer, opened, compiled, made)

    def _keep(self, answer: Answer, opened: Opened, compiled: Compiled, made: Path | None) -> None:
        own = _own_folders(opened, compiled)
        passed = self._before.passed
        if not _is_known(opened) or any(_meet(one, folder) for one in passed for folder in own):
            return
        beyond = [one for one in _configured(opened) if not _is_below(one, self._tops[0])]
        files = [
            Files.of(self._tops, self._before),
            *(Files.of(tops, look(tops)) for tops in (beyond, [PACKAGE])),
        ]
        if None in files or _head(self._asked.root) != self._head:
            return
        named = _variables(opened)
        until = compiled.witness.until
        said = {
            "instants": [compiled.witness.at.timestamp(), until and until.timestamp()],
            "named": named,
            "apart": self._apart(named),
            "files": [one.data() for one in files if one],
            "made": _made(str(made)) if made else None,
            "lines": answer.lines,
            "code": answer.code,
        }
        self._store.put(self._asked.key, json.dumps(said).encode())

    def _apart(self, named: Sequence[str]) -> Mapping[str, object]:
        """What an answer depends on beside files: Python and what is installed, the commit, the
        environment."""
        return {
            "python": sys.version,
            "installed": list(installed()),
            "head": self._head,
            "environment": variables(named),
        }


def _made(folder: str) -> list[object]:
    """What lies in a folder that was written, as JSON holds it."""
    stats = look([folder]).stats
    return [folder, {path: list(one) for path, one in sorted(stats.items())}]


def _head(root: Path) -> str:
    """The commit, or why none can be told."""
    try:
        return head_of(root)
    except HistoryError as error:
        return error.reason


def _is_known(opened: Opened) -> bool:
    """Whether nothing takes part that may read what nobody knows of."""
    from .known import has_known_extensions, has_known_plugins  # with the engine, which is slow

    config = opened.config
    templates = [folder for folder in config.theme.dirs if not _is_installed(folder)]
    return (
        has_known_plugins(config)
        and has_known_extensions(config)
        and not any(map(_asks_the_clock, templates))
    )


def _asks_the_clock(folder: str) -> bool:
    """Whether a template of a site tells when it was built."""
    files = (Path(path) for path in look([folder]).stats)
    return any(CLOCK in _text(file) for file in files if is_file(file))


def _is_installed(folder: str) -> bool:
    own = str(Path(__file__).parent)
    return _is_below(folder, own) or any(_is_below(folder, one) for one in sys.path if one)


def _own_folders(opened: Opened, compiled: Compiled) -> list[str]:
    """The folders that a site is read from."""
    settings, root = compiled.community.settings, opened.file.resolve().parent
    named = [settings.docs_dir, settings.data, *(one.folder for one in settings.collections)]
    own = opened.config.theme.custom_dir
    return [*(str(root / name) for name in named), *([own] if own else [])]


def _configured(opened: Opened) -> Iterator[str]:
    """The files that a configuration is written in, and its templates."""
    file: Path | None = opened.file.resolve()
    told: set[Path] = set()
    while file is not None and file not in told:
        told.add(file)
        yield str(file)
        found = re.search(r"^INHERIT\s*:\s*[\"']?([^\"'\n#]+)", _text(file), re.MULTILINE)
        file = (file.parent / found[1].strip()).resolve() if found else None
    if opened.config.theme.custom_dir:
        yield opened.config.theme.custom_dir


def _variables(opened: Opened) -> list[str]:
    """The variables of the environment that a configuration may name."""
    texts = [_text(Path(one)) for one in _configured(opened) if is_file(Path(one))]
    words = {word for text in texts if "!ENV" in text for word in re.findall(r"\w+", text)}
    return sorted(words | _ENVIRONMENT)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _meet(one: str, other: str) -> bool:
    return _is_below(one, other) or _is_below(other, one)


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
