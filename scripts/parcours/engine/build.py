"""Building with MkDocs: beside the site that is there, then swapped into its place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from ..assembly import Compiled
from ..pages.cards import CardFile
from ..pages.site import PageFile
from ..problems import Problems
from ..sources.files import is_file
from ..store import NoStore, Store
from ..tree import Tree
from .conservation import check_conservation
from .environment import epoch, lent
from .opening import EngineError, Opened, Unwritable, Warned, source_folders
from .page import rendered
from .plugin import ParcoursPlugin
from .rendering import Rendering, is_ours, render_site
from .shares import Take, shared, undisturbed
from .store import FolderStore
from .target import beside, check_target, mark, swap
from .unforeseen import other_plugin, tell_unforeseen


@dataclass(frozen=True)
class Built:
    """What was built.

    Attributes:
        taken: how many of its pages were taken as they are kept.
    """

    compiled: Compiled
    folder: Path
    pages: int
    taken: int
    seconds: float


STRICT = "in strict mode"
"""In what the engine says when it stops for warnings alone."""


def build(
    opened: Opened,
    target: Path | None,
    phase: Callable[[str], None] = lambda name: None,
    *,
    strict: bool = False,
) -> Built:
    """Build the site; the one that was there stays until the new one is whole.

    Args:
        target: the folder of the site; by default what the configuration says.
        strict: whether a warning, of ours or another's, keeps the site from being put in place.

    Raises:
        Warned: there were warnings, and none was to be.
        EngineError: with a message, when nothing was built.
    """
    start = time.monotonic()
    now = opened.around.instant()
    file, config, plugin = opened.file, opened.config, opened.plugin
    folder = (target or Path(config.site_dir)).resolve()
    root = file.resolve().parent
    config.strict = config.strict or strict
    try:
        check_target(folder, "built", root, source_folders(opened))
        takes_turns = opened.around.keeps and is_ours(config)
        with beside(root, folder, takes_turns=takes_turns) as new:
            twin = folder if takes_turns else None
            pages = render(opened, new, now, phase, twin=twin)
            swap(new, folder)
        if opened.around.keeps:
            FolderStore(root).prune()
    except OSError as error:
        raise Unwritable(error, folder) from error
    assert plugin.compiled is not None
    return Built(plugin.compiled, folder, pages, plugin.taken, time.monotonic() - start)


def render(
    opened: Opened,
    folder: Path,
    now: datetime,
    phase: Callable[[str], None] = lambda name: None,
    command: Literal["build", "serve"] = "build",
    twin: Path | None = None,
) -> int:
    """Have the engine render the site into a folder; returns the number of pages.

    Args:
        twin: the folder of the site that it takes the place of, if it may share files with it.
        command: what the engine's plugins are told: a preview shows drafts.

    Raises:
        EngineError: with a message, when the engine stopped.
    """
    config, plugin, store = into(opened, folder, now, command)
    plugin.phase = phase
    with stopped(opened):
        try:
            with lent(**epoch(now)):
                render_site(
                    Rendering(
                        config=config,
                        plugin=plugin,
                        store=store,
                        processes=opened.around.processes,
                        twin=twin,
                    )
                )
        finally:
            config.plugins.on_shutdown()
    if plugin.compiled is None:
        raise EngineError("the plugin compiled nothing")
    folder.chmod(0o755)
    return check_pages(plugin.compiled, folder)


def into(
    opened: Opened, folder: Path, now: datetime, command: Literal["build", "serve"]
) -> tuple[MkDocsConfig, ParcoursPlugin, Store]:
    """What a site is rendered by, into a folder."""
    config, plugin = opened.config, opened.plugin
    config.site_dir = str(folder)
    # One instant for all, the engine's own dates included.
    plugin.around = replace(opened.around, now=now)
    store = FolderStore(opened.file.resolve().parent) if opened.around.keeps else NoStore()
    config.plugins.on_startup(command=command, dirty=False)
    return config, plugin, store


@contextmanager
def stopped(opened: Opened) -> Iterator[None]:
    """What stops the engine, told for people.

    Raises:
        EngineError: with a message.
    """
    config, plugin = opened.config, opened.plugin
    try:
        yield
    except (Abort, MkDocsException) as error:
        if config.strict and plugin.compiled is not None and STRICT in str(error):
            raise Warned(str(error)) from error
        raise EngineError(str(error)) from error
    except Exception as error:  # another plugin's, which knows nothing of ours
        if other_plugin(error) is None:
            raise
        told = tell_unforeseen(error, opened.messages, opened.file)
        raise EngineError(told) from error


def compile_into(compiled: Compiled, folder: Path, problems: Problems, processes: int) -> None:
    """Write what was compiled, and tell where what was written is not what belongs there.

    Args:
        processes: how many may write it, and read it again.

    Raises:
        Unwritable: the disk refuses it.
    """
    with undisturbed():
        try:
            mark(folder, "compiled")
            _put(compiled.tree, folder, processes)
        except OSError as error:
            raise Unwritable(error, folder) from error
        check_conservation(compiled, folder, str, problems, processes)


def _put(tree: Tree, folder: Path, processes: int) -> None:
    """Write all files of a tree below a folder, and no others there."""
    names = sorted((name for name, _ in tree), key=partial(_turn, tree))
    tree.clear(folder)

    def work(take: Take, _: bool) -> None:
        for n in take():
            leaf = tree.files[names[n]]
            tree.put(names[n], folder)
            if isinstance(leaf, PageFile):
                leaf.forget()

    shared(work, len(names), processes)


def _turn(tree: Tree, name: str) -> int:
    """When a file is made: feeds, and then the pages that list many things, have much in common;
    what tells of one thing has not."""
    if isinstance(tree.files[name], CardFile):
        return 3
    info = tree.pages.get(name)
    return 0 if info is None else 2 if info.source is not None else 1


def check_pages(compiled: Compiled, folder: Path) -> int:
    """Count the pages: an engine that ignored the plugin would leave a site without events."""
    there = {path for path in compiled.tree.pages if is_file(folder / rendered(path))}
    # An authored page may be left out by the engine's own options.
    missing = sorted(p for p, i in compiled.tree.pages.items() if i.generated and p not in there)
    if missing:
        raise EngineError(f"{len(missing)} pages were not rendered: {', '.join(missing[:3])}, …")
    return len(there)
