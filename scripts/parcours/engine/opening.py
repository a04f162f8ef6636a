"""Opening a site: its configuration, as the engine reads it, and what its sources make of it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.config_options import Plugins
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin

from ..compile import compile_site
from ..i18n import Translator
from ..model.settings import Settings
from ..problems import N_, Mark, Phrase, Problems, SourceErrors
from ..refusals import reason_of
from ..sources.files import is_file
from ..sources.text import read_text
from ..sources.yaml import check_syntax, locate
from .blogs import clear_behind
from .config import check_nav, check_values, read_config, request
from .edition import PACKAGE
from .environment import Surroundings, lent, surroundings
from .plugin import ParcoursPlugin
from .unforeseen import in_a_line, of_the_site

if TYPE_CHECKING:
    from ..assembly import Compiled


class EngineError(Exception):
    """The engine stopped; its message says why, for people."""


class Warned(EngineError):
    """Warnings were told, and none was to be: nothing was put in place."""


class Unwritable(EngineError):
    """The disk refused what was to be written.

    Attributes:
        place: the file or folder.
        reason: a message of the catalogues.
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
        reason: a message of the catalogues.
        port: another one that is free; None where the port is not what is wrong.
    """

    def __init__(self, address: str, reason: str, port: int | None = None) -> None:
        super().__init__(reason)
        self.address = address
        self.reason = reason
        self.port = port


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
            config, refused = _load(file, overrides)
    except MkDocsException as error:
        raise EngineError(str(error)) from error
    except ValueError as error:
        # What stands in the file itself was looked at: the rest comes from the environment.
        if not _is_of_yaml(error):
            raise
        problems.add("config", _mark_of(_ENV, file, str(text)), field=_ENV, reason=Phrase(NO_VALUE))
        raise SourceErrors(problems.sorted()) from error
    places = locate(str(text), file.name, (), Problems()) if refused else None
    for key, said in refused:
        mark = places.mark((key,)) if places is not None else Mark(file.name)
        problems.add("config", mark, field=key, reason=Phrase(REFUSED, {"said": said}))
    if problems.errors:
        raise SourceErrors(problems.sorted())
    for plugin in config.plugins.values():
        if isinstance(plugin, ParcoursPlugin):
            plugin.around = around
            return Opened(file, config, plugin, around)
    problems.add("config", Mark(file.name), field="plugins", reason=N_("parcours is missing"))
    raise SourceErrors(problems.sorted())


def _load(
    file: Path, overrides: Mapping[str, str]
) -> tuple[MkDocsConfig, Sequence[tuple[str, str]]]:
    """The engine's configuration, and the keys whose value it refuses, each with its reason."""
    config = MkDocsConfig(config_file_path=str(file.absolute()))
    with file.open("rb") as opened:
        config.load_file(opened)
    config.load_dict(dict(overrides))
    try:
        failed, warned = config.validate()
    except Exception as error:
        # The engine's options and those of plugins stop on some values with whatever error comes:
        # only that of a value is told as the value's, all else goes on as it is.
        key = _being_validated(error)
        if key is None or of_the_site(error, file.resolve().parent):
            raise
        return config, [(key, in_a_line(error))]
    finally:
        clear_behind(_plugins())
    if config.strict:
        failed = [*failed, *((key, Exception(said)) for key, said in warned)]
    else:
        for key, said in warned:
            logging.getLogger("mkdocs.config").warning("%s: %s", key, said)
    return config, [(key, " ".join(str(error).split())) for key, error in failed]


def _being_validated(error: Exception) -> str | None:
    """The key whose value the engine was looking at; None for an error of our own."""
    found = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        code, name = frame.f_code, str(frame.f_globals.get("__name__"))
        if name == "mkdocs.config.base" and "validate" in code.co_name:
            found = found or frame.f_locals.get("key")
        if Path(code.co_filename).is_relative_to(PACKAGE) and found is not None:
            return None
    return found


REFUSED = N_("MkDocs refuses it: {said}")

_ENV = "!ENV"
"""What the engine looks up in the environment (https://www.mkdocs.org/user-guide/configuration/)."""

NO_VALUE = N_("the environment holds what YAML takes for a date or a number, and it is none")


def _mark_of(word: str, file: Path, text: str) -> Mark:
    """Where a word first stands; the file where another that it takes over has it."""
    before, found, _ = text.partition(word)
    if not found:
        return Mark(file.name)
    return Mark(file.name, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


def _is_of_yaml(error: BaseException) -> bool:
    """Whether an error comes from what makes values of the texts of YAML."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return str(frame.f_globals.get("__name__")).startswith("yaml.")


def forget_plugins() -> None:
    """Give the next site plugins of its own: the engine hands those of one site to another."""
    _plugins().clear()


def _plugins() -> dict[str, BasePlugin[Any]]:
    """The plugins of the site that was opened last, by name, as the engine keeps them."""
    option = MkDocsConfig.plugins
    assert isinstance(option, Plugins)
    return option.plugin_cache


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


def source_folders(opened: Opened, settings: Settings | None = None) -> tuple[Path, ...]:
    """The folders that a site is read from, which nothing is written to.

    Args:
        settings: those of the site, where they were read already.
    """
    settings = settings or site_settings(opened)
    docs_dir = Path(opened.config.docs_dir).resolve()
    if settings is None:
        return (docs_dir,)
    root = opened.file.resolve().parent
    return (docs_dir, *((root / one.folder).resolve() for one in settings.collections))
