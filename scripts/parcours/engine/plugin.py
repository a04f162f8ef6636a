"""The MkDocs plugin: hands the Tree over, and nothing else is done by the engine."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from ..compile import Compiled, compile_site
from ..pages.bundle import FAVICON, STYLESHEET
from ..problems import Problems
from ..prose.typography import typeset_html
from ..tree import PageInfo
from .config import messages, read_config, request
from .page import CompiledPage, engine_file, typeset_contents, typeset_titles
from .words import template_words

log = logging.getLogger("mkdocs.plugins.parcours")

THEME_FAVICON = "assets/images/favicon.png"
"""What the theme shows when the site names no icon of its own."""


class _NoOptions(Config):
    """The schema of this package reads the options; the engine's would know less."""


class ParcoursPlugin(BasePlugin[_NoOptions]):
    """Compiles the sources and gives MkDocs the pages and files to render.

    Attributes:
        compiled: of the last build, for who asks afterwards.
        phase: called with the name of each phase as it ends.
    """

    def __init__(self) -> None:
        self.options: dict[str, object] = {}
        self.serving = False
        self.compiled: Compiled | None = None
        self.problems = Problems()
        self.phase: Callable[[str], None] = lambda name: None

    def load_config(
        self, options: dict[str, object], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        self.options = dict(options)
        return super().load_config({}, config_file_path)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile now: an error stops the build before anything is cleaned."""
        self.problems = problems = Problems()
        self.compiled = None
        facts, settings = read_config(config, self.options, problems)
        if settings is not None:
            asked = request(config, facts, settings, drafts=self.serving, phase=self.phase)
            self.compiled = compile_site(asked, problems)
            for folder in [settings.data, *(one.folder for one in settings.collections)]:
                path = facts.root / folder
                if path.is_dir() and not path.is_relative_to(config.docs_dir):
                    config.watch.append(str(path))
        self._report(config)
        theme_folder = str(Path(__file__).with_name("overrides"))
        if theme_folder not in config.theme.dirs:
            # After a site's own overrides, before the theme's templates.
            own = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(own, theme_folder)
        if STYLESHEET not in config.extra_css:
            config.extra_css.insert(0, STYLESHEET)
        if settings is not None:
            for key, value in template_words(settings).items():
                config.extra.setdefault(key, value)
        if config.theme.get("favicon") in (None, THEME_FAVICON):
            config.theme["favicon"] = FAVICON
        return config

    def _report(self, config: MkDocsConfig) -> None:
        tr = messages(config)
        for problem in self.problems.sorted():
            level = logging.ERROR if problem.severity == "error" else logging.WARNING
            log.log(level, problem.line(tr))
        if self.compiled is None:
            count = self.problems.errors
            raise Abort(
                tr.ngettext(
                    "{n} error: nothing was built.", "{n} errors: nothing was built.", count
                )
            )

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Everything of docs_dir is in the Tree, or is a source that must not be published."""
        compiled = self._done
        for file in list(files):
            if file.generated_by is None and file.src_dir == config.docs_dir:
                files.remove(file)
        for path, leaf in compiled.tree:
            info = compiled.tree.pages.get(path)
            file = engine_file(config, path, leaf)
            if info is not None and info.generated and info.parent is not None:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            elif info is not None and info.generated:
                file.inclusion = InclusionLevel.INCLUDED
            old = files.get_file_from_path(path)
            if old is not None:
                files.remove(old)
            files.append(file)
            if info is not None and info.block:
                CompiledPage(None, file, config)  # the file keeps it
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Pages outside the menu know the page above them: its tab is lit on theirs."""
        pages = self._done.tree.pages
        for path in sorted(pages):
            file = files.get_file_from_path(path)
            if file is not None and file.page is None:
                Page(None, file, config)
        for path, info in pages.items():
            page, above = _page(files, path), _page(files, info.parent)
            if page is not None and above is not None and page.parent is None:
                page.parent = above  # type: ignore[assignment] # a page serves as a section here
        if self._done.community.settings.language == "fr":
            typeset_titles(nav.items)
        return nav

    def on_page_content(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """The typography of authored pages; compiled blocks have theirs."""
        if isinstance(page, CompiledPage) or self._done.community.settings.language != "fr":
            return None
        typeset_contents(page.toc)
        return typeset_html(html)

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        info = self._done.tree.pages.get(page.file.src_uri)
        if info is not None:
            page.update_date = f"{datetime.fromtimestamp(info.changed, UTC):%Y-%m-%d}"
            page.edit_url = edit_url(info, config)
        return page

    @property
    def _done(self) -> Compiled:
        if self.compiled is None:
            raise RuntimeError("on_config compiles before anything else is asked")
        return self.compiled


def _page(files: Files, path: str | None) -> Page | None:
    file = files.get_file_from_path(path) if path else None
    return file.page if file is not None else None


def edit_url(info: PageInfo, config: MkDocsConfig) -> str | None:
    """Where to edit the source of a page; the engine thinks that all lie in docs_dir."""
    if info.source is None or not (config.edit_uri or config.edit_uri_template):
        return None
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    docs_dir = Path(config.docs_dir).resolve().relative_to(root).as_posix()
    path = posixpath.relpath(info.source, docs_dir)
    if config.edit_uri_template:
        url = config.edit_uri_template.format(path=path, path_noext=posixpath.splitext(path)[0])
    else:
        url = (config.edit_uri or "") + path
    if "://" not in url and config.repo_url:
        url = config.repo_url.rstrip("/") + "/" + url
    head, separator, tail = url.partition("://")
    host, slash, place = tail.partition("/")
    return f"{head}{separator}{host}{slash}{posixpath.normpath(place)}" if slash else url
