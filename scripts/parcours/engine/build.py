"""Building with MkDocs: beside the site that is there, then swapped into its place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from mkdocs.config import load_config
from mkdocs.config.config_options import Plugins
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from ..compile import Compiled, compile_site
from ..i18n import Translator
from ..model.settings import Settings
from ..problems import N_, Mark, Problems, SourceErrors
from ..sources.files import is_file, reason_of
from ..sources.text import read_text
from ..sources.yaml import check_syntax
from ..store import NoStore, Store
from .config import check_nav, check_values, read_config, request
from .conservation import check_conservation
from .environment import Surroundings, epoch, lent, surroundings
from .page import rendered
from .plugin import ParcoursPlugin
from .rendering import is_ours, render_site
from .store import FolderStore
from .target import beside, check_target, mark, swap
from .unforeseen import other_plugin, tell_unforeseen


class EngineError(Exception):
    """The engine stopped; its message says why, for people."""


class Warned(EngineError):
    """Warnings were told, and none was to be: nothing was put in place."""


class Unwritable(EngineError):
    """The disk refused what was to be written.

    Attributes:
        place: the file or folder.
        reason: as the system says it.
    """

    def __init__(self, error: OSError, folder: Path) -> None:
        super().__init__(str(error))
        # Of a copy, the first one is what was read.
        self.place = str(error.filename2 or error.filename or folder)
        self.reason = reason_of(error)


class NoAddress(EngineError):
    """The preview cannot be served where it was asked for.

    Attributes:
        address: host and port.
        reason: as the system says it; a message of the catalogues where it is ours.
        port: another one that is free; None where the port is not what is wrong.
    """

    def __init__(self, address: str, reason: str, port: int | None = None) -> None:
        super().__init__(reason)
        self.address = address
        self.reason = reason
        self.port = port


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


@dataclass(frozen=True)
class Opened:
    """The engine's configuration, our plugin in it, and what it is built in."""

    file: Path
    config: MkDocsConfig
    plugin: ParcoursPlugin
    around: Surroundings

    @property
    def messages(self) -> Translator:
        """The language of messages about this site."""
        return self.plugin.messages(self.config)


def open_config(file: Path, around: Surroundings | None = None, **overrides: str) -> Opened:
    """Open a configuration file.

    Args:
        around: the instant and language that are asked for; by default the environment's.

    Raises:
        NoInstant: the environment is asked for the instant, and holds none.
        SourceErrors: the file cannot be read, or does not name the plugin.
        EngineError: the file is missing, or the engine refuses it.
    """
    around = around or surroundings()
    if not is_file(file):
        raise EngineError(f"{file}")
    problems = Problems()
    text = read_text(file, file.name, problems)
    if text is not None:
        check_syntax(text, file.name, problems)
    if text is not None and not problems.errors:
        check_values(text, file, problems)
    if problems.errors:
        raise SourceErrors(problems.sorted())
    forget_plugins()
    try:
        # The theme warns of another engine, to whoever did not choose this one.
        with lent(NO_MKDOCS_2_WARNING="true"):
            config = load_config(str(file), **overrides)
    except Abort as error:
        raise EngineError(str(error)) from error
    except (ConfigurationError, MkDocsException) as error:
        raise EngineError(str(error)) from error
    for plugin in config.plugins.values():
        if isinstance(plugin, ParcoursPlugin):
            plugin.around = around
            return Opened(file, config, plugin, around)
    problems.add("config", Mark(file.name), field="plugins", reason=N_("parcours is missing"))
    raise SourceErrors(problems.sorted())


STRICT = "in strict mode"
"""In what the engine says when it stops for warnings alone."""


def forget_plugins() -> None:
    """Give the next site plugins of its own: the engine hands those of one site to another."""
    option = MkDocsConfig.plugins
    assert isinstance(option, Plugins)
    option.plugin_cache.clear()


def compile_only(
    opened: Opened,
    problems: Problems,
    phase: Callable[[str], None] = lambda name: None,
    *,
    draws: bool = True,
) -> Compiled | None:
    """Check and compile without rendering; None when the sources hold errors.

    Args:
        draws: whether pictures are drawn, so that damage in them is told.
    """
    facts, settings = read_config(opened.config, opened.plugin.options, problems)
    if settings is None:
        return None
    asked = request(opened.config, facts, settings, opened.around, drafts=False, phase=phase)
    compiled = compile_site(replace(asked, draws=draws), problems)
    if compiled is not None and not check_nav(opened.file, facts, compiled.tree, problems):
        return None
    return compiled


def site_settings(opened: Opened) -> Settings | None:
    """What the configuration says of the site; None where it holds errors."""
    return read_config(opened.config, opened.plugin.options, Problems())[1]


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
    check_target(folder, "built", root, source_folders(opened))
    config.strict = config.strict or strict
    try:
        takes_turns = opened.around.keeps and is_ours(config)
        with beside(root, folder, takes_turns=takes_turns) as new:
            pages = render(opened, new, now, phase)
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
) -> int:
    """Have the engine render the site into a folder; returns the number of pages.

    Args:
        command: what the engine's plugins are told: a preview shows drafts.

    Raises:
        EngineError: with a message, when the engine stopped.
    """
    config, plugin, store = into(opened, folder, now, command)
    plugin.phase = phase
    with stopped(opened):
        try:
            with lent(**epoch(now)):
                render_site(config, plugin, store, opened.around.processes)
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
        told = tell_unforeseen(error, opened.messages, str(opened.file))
        raise EngineError(told) from error


def compile_into(compiled: Compiled, folder: Path, problems: Problems) -> None:
    """Write what was compiled, and tell where what was written is not what belongs there.

    Raises:
        Unwritable: the disk refuses it.
    """
    try:
        mark(folder, "compiled")
        compiled.tree.write(folder)
    except OSError as error:
        raise Unwritable(error, folder) from error
    check_conservation(compiled, folder, str, problems)


def source_folders(opened: Opened) -> tuple[Path, ...]:
    """The folders that a site is read from, which nothing is written to."""
    _, settings = read_config(opened.config, opened.plugin.options, Problems())
    docs_dir = Path(opened.config.docs_dir).resolve()
    if settings is None:
        return (docs_dir,)
    root = opened.file.resolve().parent
    return (docs_dir, *((root / one.folder).resolve() for one in settings.collections))


def check_pages(compiled: Compiled, folder: Path) -> int:
    """Count the pages: an engine that ignored the plugin would leave a site without events."""
    there = {path for path in compiled.tree.pages if is_file(folder / rendered(path))}
    # An authored page may be left out by the engine's own options.
    missing = sorted(p for p, i in compiled.tree.pages.items() if i.generated and p not in there)
    if missing:
        raise EngineError(f"{len(missing)} pages were not rendered: {', '.join(missing[:3])}, …")
    return len(there)
