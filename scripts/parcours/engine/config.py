"""The engine's configuration → what compiling asks for."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from ..compile import Request
from ..model.forges import Editor
from ..model.settings import EngineFacts, Settings
from ..problems import Problems
from ..sources.settings import SiteFacts, option_places, read_settings
from ..sources.yaml import Document, check_syntax, locate, tell_cuts
from .environment import Surroundings
from .held import blogs, holds
from .others import ConfigFile, check_engine, tell_asked, theme_language
from .store import FolderStore

SEARCH = "material/search"
"""The name by which the engine knows the theme's plugin."""


def read_config(
    config: MkDocsConfig, options: Mapping[str, object], problems: Problems
) -> tuple[SiteFacts, Settings | None]:
    """The facts and settings of a site; no settings, and problems, when they are wrong."""
    path = Path(config.config_file_path or "mkdocs.yml").resolve()
    root = path.parent
    text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
    file = ConfigFile(path.name, text)
    docs_dir = Path(config.docs_dir).resolve()
    if not docs_dir.is_relative_to(root):
        problems.add("outside-path", file.mark("docs_dir"), field="docs_dir", value=config.docs_dir)
    check_engine(config, file, problems)
    relative = os.path.relpath(docs_dir, root).replace(os.sep, "/")
    facts = SiteFacts(
        root=root,
        file=path.name,
        site_name=config.site_name,
        site_url=config.site_url or "",
        docs_dir=relative,
        theme_language=theme_language(config),
        engine=_engine_facts(config, relative),
    )
    before = problems.errors
    check_syntax(text, path.name, problems)
    if problems.errors > before:
        return facts, None
    _tell_cuts(text, path.name, problems)
    settings = read_settings(options, option_places(text, path.name), facts, problems)
    if settings is not None:
        tell_asked(config, file, settings.allowed, problems)
    return facts, settings


_PROSE = frozenset({"site_name", "site_description", "site_author", "copyright"})


def _tell_cuts(text: str, file: str, problems: Problems) -> None:
    """What a comment takes from the engine's own texts: calendars and feeds tell them too."""
    found = locate(text, file, ())
    cuts = {path: cut for path, cut in found.cuts.items() if path[0] in {*_PROSE, "nav"}}
    told = Document(data={}, marks=found.marks, keys=found.keys, cuts=cuts)
    tell_cuts(told, problems, lambda path: path[0] in _PROSE)


_BLOG_KEYS = frozenset(
    {"authors", "categories", "date", "draft", "links", "pin", "readtime", "slug"}
)
"""What the theme's blog documents that it reads in the front matter of pages."""


def _engine_facts(config: MkDocsConfig, docs_dir: str) -> EngineFacts:
    own = config.theme.custom_dir
    scripts = [str(getattr(one, "path", one)) for one in config.extra_javascript]
    named = [*scripts, *config.extra_css, *config.extra_templates]
    folders = tuple(Path(folder) for folder in config.theme.dirs)
    keys = _BLOG_KEYS if any(blogs(config)) else frozenset[str]()
    macros = _macros(config)
    made = tuple(posixpath.normpath(str(blog.config["blog_dir"])) for blog in blogs(config))
    return EngineFacts(
        named=frozenset(named),
        templates=Path(own) if own else None,
        theme=folders,
        keys=keys,
        macros=macros,
        made=made,
        editor=Editor(
            docs_dir,
            str(config.repo_url or ""),
            str(config.edit_uri or ""),
            str(config.edit_uri_template or ""),
        ),
    )


def _macros(config: MkDocsConfig) -> tuple[tuple[str, str], ...]:
    """What opens and closes a macro, and a statement, to the plugin of that name."""
    plugin = config.plugins.get("macros")
    if plugin is None:
        return ()
    usual = {"variable": ("{{", "}}"), "block": ("{%", "%}")}
    said = plugin.config.get
    return tuple(
        (
            str(said(f"j2_{sort}_start_string") or start),
            str(said(f"j2_{sort}_end_string") or end),
        )
        for sort, (start, end) in usual.items()
    )


def request(
    config: MkDocsConfig,
    facts: SiteFacts,
    settings: Settings,
    around: Surroundings,
    *,
    drafts: bool,
    phase: Callable[[str], None] = lambda name: None,
) -> Request:
    """What to compile, by this configuration, here and now."""
    return Request(
        root=facts.root,
        settings=settings,
        extensions=[str(name) for name in config.markdown_extensions],
        extension_configs=config.mdx_configs,
        now=around.instant(),
        drafts=drafts,
        holds=holds(config, serving=drafts),
        strict_history=around.ci,
        published=around.ci and not around.proposed,
        before=around.before,
        store=FolderStore(facts.root),
        phase=phase,
        search=(facts.theme_language or settings.language) if has_search(config) else None,
    )


def has_search(config: MkDocsConfig) -> bool:
    """Whether the theme shows its search: the dialog is its own, what searches is ours."""
    return SEARCH in config.plugins
