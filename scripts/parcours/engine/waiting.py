"""A site of which each file is made when somebody asks for it: what a preview shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from ..assembly import Compiled
from ..pages.site import PageFile
from .build import into, stopped
from .environment import ENGINE, epoch, lent
from .opening import Opened
from .rendering import Rendering, is_ours


class Waiting:
    """A site that is compiled, and waits for somebody to ask.

    Threads may ask at once.
    """

    def __init__(
        self,
        opened: Opened,
        folder: Path,
        now: datetime,
        command: Literal["build", "serve"] = "serve",
    ) -> None:
        """Compile it.

        Raises:
            EngineError: with a message, when the engine stopped.
        """
        self._opened, self._now = opened, now
        config, plugin, store = into(opened, folder, now, command)
        plugin.lazy = True
        self._rendering = Rendering(config=config, plugin=plugin, store=store)
        with stopped(opened):
            self._rendering.compile()
        with self._engine():
            self._rendering.open()

    @staticmethod
    def can_show(opened: Opened) -> bool:
        """Whether files of a site can be made one by one."""
        return is_ours(opened.config)

    @property
    def root(self) -> Path:
        """The site's folder, resolved."""
        return self._opened.file.resolve().parent

    @property
    def compiled(self) -> Compiled:
        """What was compiled."""
        assert self._opened.plugin.compiled is not None
        return self._opened.plugin.compiled

    def parts(self, path: str, file: PageFile) -> Mapping[str, str] | None:
        """What a page is made from, part by part; None for one that is made each time.

        Args:
            path: of the page in the tree.
        """
        return self._rendering.parts(path, file)

    def keeps(self, key: str) -> bool:
        """Whether a page of that name is kept."""
        return self._rendering.leaves.has(key)

    def noted(self) -> Mapping[str, Mapping[str, str]]:
        """What the last build made pages from, by path and part."""
        return self._rendering.leaves.noted()

    def has(self, name: str) -> bool:
        """Whether there is such a file, made or not."""
        return name in self._rendering.makers

    def make(self, name: str) -> None:
        """Make a file, unless it is made; what is none is passed over.

        Raises:
            EngineError: with a message, when the engine stopped.
        """
        if name not in self._rendering.made:
            with self._engine():
                self._rendering.make(name)

    def rest(self) -> Iterator[None]:
        """Make what nobody has asked for, a file at each step.

        Raises:
            EngineError: with a message, when the engine stopped.
        """
        for name in self._rendering.rest():
            self.make(name)
            yield
        with self._engine():
            self._rendering.make_promised()
        yield
        with self._engine():
            self._rendering.end()
        self._opened.config.plugins.on_shutdown()

    @contextmanager
    def _engine(self) -> Iterator[None]:
        with ENGINE, lent(**epoch(self._now)), stopped(self._opened):
            yield
