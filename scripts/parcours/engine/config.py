"""The engine's configuration → what compiling asks for. The environment is read here."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ..compile import Request
from ..i18n import Translator, language_of, translator
from ..model.settings import Settings
from ..problems import N_, Mark, Problems
from ..sources.settings import SiteFacts, option_places, read_settings
from .store import FolderStore

SEARCH = "material/search"
"""The name by which the engine knows the theme's plugin."""


def instant() -> datetime:
    """The instant of the build: SOURCE_DATE_EPOCH, else the clock, in whole seconds of UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.strip().isdecimal() else int(time.time())
    return datetime.fromtimestamp(seconds, UTC)


def messages(config: MkDocsConfig | None) -> Translator:
    """The language of messages: PARCOURS_LANG, else the theme's."""
    said = os.environ.get("PARCOURS_LANG")
    if said:
        return translator(language_of(said))
    return translator(language_of(theme_language(config) if config else None))


def theme_language(config: MkDocsConfig) -> str | None:
    """The language of the theme, as the configuration sets it."""
    found = config.theme.get("language") if config.theme else None
    return str(found) if found else None


def in_ci() -> bool:
    """Whether a continuous integration runs this."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def read_config(
    config: MkDocsConfig, options: Mapping[str, object], problems: Problems
) -> tuple[SiteFacts, Settings | None]:
    """The facts and settings of a site; no settings, and problems, when they are wrong."""
    path = Path(config.config_file_path or "mkdocs.yml").resolve()
    root = path.parent
    text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
    docs_dir = Path(config.docs_dir).resolve()
    if not docs_dir.is_relative_to(root):
        problems.add("outside-path", Mark(path.name), field="docs_dir", value=config.docs_dir)
    if not config.use_directory_urls:
        problems.add(
            "config",
            Mark(path.name),
            field="use_directory_urls",
            reason=N_("addresses without a file ending are for ever, so they cannot be turned off"),
        )
    facts = SiteFacts(
        root,
        path.name,
        config.site_name,
        config.site_url or "",
        os.path.relpath(docs_dir, root).replace(os.sep, "/"),
        theme_language(config),
    )
    return facts, read_settings(options, option_places(text, path.name), facts, problems)


def request(
    config: MkDocsConfig,
    facts: SiteFacts,
    settings: Settings,
    *,
    drafts: bool,
    phase: Callable[[str], None] = lambda name: None,
) -> Request:
    """What to compile, by this configuration and environment."""
    return Request(
        facts.root,
        settings,
        [str(name) for name in config.markdown_extensions],
        config.mdx_configs,
        instant(),
        drafts,
        in_ci(),
        FolderStore(facts.root),
        phase,
        (facts.theme_language or settings.language) if has_search(config) else None,
    )


def has_search(config: MkDocsConfig) -> bool:
    """Whether the theme shows its search: the dialog is its own, what searches is ours."""
    return SEARCH in config.plugins
