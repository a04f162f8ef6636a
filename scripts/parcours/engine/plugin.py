"""The MkDocs plugin: hands the Tree over, and nothing else is done by the engine."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html import escape as escape_html
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import jinja2
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ..compile import compile_site
from ..i18n import Translator, language_of, translator
from ..model.forges import Editor
from ..pages.frontmatter import escape
from ..pages.redirects import Redirect, redirect_page
from ..problems import N_, Mark, Problem, Problems
from ..prose.passive import ground_of, passive, report, with_holes
from ..prose.typography import typeset_html
from ..refusals import UNWRITABLE, reason_of
from ..sources.bare import bare_data
from ..sources.excerpts import Excerpts
from ..sources.files import is_folder
from ..sources.published import is_hidden
from ..tree import PageInfo
from .bytecode import bytecode
from .config import has_search, read_config, request
from .environment import NoInstant, Surroundings, spoken, surroundings
from .held import show_what_is_compiled
from .mending import Words, mend, shield_links, tell_language
from .others import find_in_templates, lend_language, theme_language
from .page import (
    CompiledPage,
    engine_file,
    escape_sections,
    lead_to_sources,
    rendered,
    shield_contents,
    take_over,
    typeset_contents,
    typeset_titles,
)
from .policy import Policy, PolicyRefused, origin_of, script_hash, theme_policy
from .target import mark
from .unforeseen import tell_unforeseen

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from ..assembly import Compiled

# What a finished site needs is imported by what finishes it: a check waits for none of it.

log = logging.getLogger("mkdocs.plugins.parcours")

STYLE = "<style"

SEEN_BEFORE = frozenset({"unsafe-html"})
"""Warnings that were given when the sources were read, of what the engine says otherwise."""


class _NoOptions(Config):
    """The schema of this package reads the options; the engine's would know less."""


class ParcoursPlugin(BasePlugin[_NoOptions]):
    """Compiles the sources and gives MkDocs the pages and files to render.

    Attributes:
        around: what this is built in; without it (plain MkDocs), the environment says.
        compiled: of the last build, for who asks afterwards.
        phase: called with the name of each phase as it ends.
        told: what is told once for all pages: the page that showed it, and the words.
        tellings: how often a page showed something of that sort.
        collects: whether somebody else says them, once all pages are there.
        taken: of the last build, pages that were taken as they are kept.
        lazy: whether somebody else has the files made of which only their content tells how many
            there are: the index of the search.
    """

    def __init__(self) -> None:
        self.options: dict[str, object] = {}
        self.serving = False
        self.around: Surroundings | None = None
        self.compiled: Compiled | None = None
        self.problems = Problems()
        self.policy: Policy | None = None
        self.told: dict[tuple[str, ...], tuple[str, str]] = {}
        self.tellings = 0
        self.collects = False
        self.taken = 0
        self.lazy = False
        self._words = Words("", "")
        self.phase: Callable[[str], None] = lambda name: None

    def load_config(
        self, options: dict[str, object], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        self.options = dict(options)
        return super().load_config({}, config_file_path)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving = command == "serve"

    @event_priority(100)
    def _on_opened(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before the theme's own plugins look for its words."""
        lend_language(config)
        return config

    def _on_ready(self, config: MkDocsConfig) -> MkDocsConfig:
        """Compile now: an error stops the build before anything is cleaned."""
        target = Path(config.site_dir)
        if os.path.lexists(target) and not is_folder(target):
            # The engine takes for granted what it is about to clean.
            tr = self.messages(config)
            raise Abort(tr.format(N_("« {folder} » is no folder: delete it"), folder=target))
        self.problems = problems = Problems()
        self.compiled = None
        around = self._around
        facts, settings = read_config(config, self.options, problems)
        if settings is not None:
            asked = request(config, facts, settings, around, drafts=self.serving, phase=self.phase)
            self.compiled = compile_site(asked, problems)
            show_what_is_compiled(config)
            for folder in [settings.data, *(one.folder for one in settings.collections)]:
                path = facts.root / folder
                if is_folder(path) and not path.is_relative_to(config.docs_dir):
                    config.watch.append(str(path))
        self._report(config)
        from .handover import hand_over

        hand_over(config, self._done, serving=self.serving)
        return config

    on_config = CombinedEvent(_on_opened, _on_ready)

    def _report(self, config: MkDocsConfig) -> None:
        tr, excerpts = self.messages(config), Excerpts(_root(config))
        for problem in self.problems.sorted():
            level = logging.ERROR if problem.severity == "error" else logging.WARNING
            log.log(level, excerpts.told(problem, tr))
        if self.compiled is None:
            count = self.problems.errors
            raise Abort(
                tr.ngettext(
                    "{n} error: nothing was built.", "{n} errors: nothing was built.", count
                )
            )

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Everything of docs_dir is in the Tree, or is a source that must not be published.

        Other plugins read there what is never published: the menus of awesome-nav, for one.
        """
        compiled = self._done
        for file in list(files):
            own = file.generated_by is None and file.src_dir == config.docs_dir
            if own and not file.inclusion.is_excluded():
                files.remove(file)
        if not self.lazy:
            compiled.tree.make()
        root = _root(config)
        for path, leaf in sorted(compiled.tree.files.items()):
            info = compiled.tree.pages.get(path)
            file = engine_file(config, path, leaf)
            if info is not None:
                # Other plugins look for a page there; what is rendered is in the Tree.
                made_by = info.source or self._done.community.settings.source
                file.abs_src_path = str(root / made_by)
            if info is not None and info.generated and info.parent is not None:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            elif (info is not None and info.generated) or (
                is_hidden(path) and not _is_left_out(config, path)
            ):
                file.inclusion = InclusionLevel.INCLUDED
            old = files.src_uris.get(path)
            if old is not None:
                files.remove(old)
            files.append(file)
        self.phase("gathered")
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Pages outside the menu know the page above them: its tab is lit on theirs."""
        pages = self._done.tree.pages
        for path in sorted(pages):
            file = files.src_uris.get(path)
            if file is not None and file.page is None:
                Page(None, file, config)
        held = {id(one) for one in nav.pages}
        for path, info in pages.items():
            page, above = _page(files, path), _page(files, info.parent)
            if page is not None and above is not None and id(page) not in held:
                page.parent = above  # type: ignore[assignment] # a page serves as a section here
        if config.nav is None:
            escape_sections(nav.items)
        if self._done.community.settings.language == "fr":
            typeset_titles(nav.items)
        return nav

    @event_priority(100)
    def _on_written(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """What somebody wrote, passive; what other plugins add to it is the maintainers' choice."""
        info = self._done.tree.pages.get(page.file.src_uri)
        if isinstance(page, CompiledPage) or info is None or info.source is None:
            return None
        shield_contents(page.toc)
        written = self._passive(html, info, page, config)
        return lead_to_sources(written, page.file.src_uri, page.url, files)

    def _on_passive(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """The typography of authored pages; compiled blocks have theirs."""
        if isinstance(page, CompiledPage) or self._done.community.settings.language != "fr":
            return None
        typeset_contents(page.toc)
        return typeset_html(html)

    def _on_typeset(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Pictures that authored pages show; compiled blocks have theirs framed."""
        if isinstance(page, CompiledPage):
            return None

        from ..pages.pictures import COLUMN_SIZES, HOST, PAGE_SIZES, framed

        hidden = page.meta.get("hide") or ()
        wide = isinstance(hidden, list) and {"navigation", "toc"} <= set(map(str, hidden))
        return framed(
            bare_data(html),
            page.url,
            self._done.gallery,
            config.site_url or HOST,
            where=PAGE_SIZES if wide else COLUMN_SIZES,
            lazy=True,
        )

    on_page_content = CombinedEvent(_on_written, _on_passive, _on_typeset)

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext | None:
        """What the theme's blog shows of posts on other pages, which it renders by itself."""
        for post in cast("Iterable[Page]", context.get("posts") or ()):
            info = self._done.tree.pages.get(post.file.src_uri)
            if info is None:
                continue
            ground = ground_of(self._done.community.settings, post.meta)
            for part in ("content", "more"):
                written = passive(getattr(post, part) or "", ground).markup
                source = post.file.src_uri
                setattr(post, part, lead_to_sources(written, source, page.url, self._files))
        return None

    def _passive(self, html: str, info: PageInfo, page: Page, config: MkDocsConfig) -> str:
        """A page as it is published: the engine's extensions may make more than `check` saw."""
        ground = ground_of(self._done.community.settings, page.meta)
        found = with_holes(html, info.blocks(), ground)
        problems, tr = Problems(), self.messages(config)
        report(found.faults, "", info.source or "", 1, problems)
        if problems.errors:
            raise PluginError("\n".join(one.line(tr) for one in problems.sorted()))
        told = {
            (one.mark.file, one.code, one.params.get("value")) for one in self.problems.sorted()
        }
        for problem in problems.sorted():
            known = (info.source, problem.code, problem.params.get("value")) in told
            if not known and problem.code not in SEEN_BEFORE:
                log.warning(problem.line(tr))
        return found.markup

    @event_priority(-100)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """The last thing before a page is read, whoever made it."""
        info = self._done.tree.pages.get(page.file.src_uri)
        if info is not None:
            take_over(page, info)
        if info is not None and info.source is not None and not isinstance(page, CompiledPage):
            # What another plugin has read in the source itself; the engine reads the Tree later.
            page.meta = {key: _escaped(value) for key, value in page.meta.items()}
        if info is not None:
            page.update_date = f"{datetime.fromtimestamp(info.changed, UTC):%Y-%m-%d}"
            page.edit_url = _edit_url(info, self._done.community.settings.engine.editor)
        return page

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """The index is ours: the theme's plugin would read each page for one that nobody loads."""
        if has_search(config):
            page.meta["search"] = {"exclude": True}
        return None

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        env.bytecode_cache = bytecode()
        env.auto_reload = False  # no template changes in a build: each would be looked at each time
        # The live reload of a preview is an inline script of the engine.
        allowed = self._done.community.settings.allowed
        self.policy = None if self.serving else theme_policy(env, config, allowed)
        self._words = self._mending_words(env, config)
        self.told.clear()
        self._files = files
        self._lead_on(files, config)
        return env

    def _lead_on(self, files: Files, config: MkDocsConfig) -> None:
        """From the address in the Tree, which searches and calendars name, to where a page went.

        A plugin may give pages addresses of its own, as the theme's blog does.
        """
        settings = self._done.community.settings
        tr = translator(settings.language)
        for path, info in self._done.tree.pages.items():
            file = files.src_uris.get(path)
            if file is None or info.source is None or file.inclusion.is_excluded():
                continue
            planned = File(path, "", config.site_dir, config.use_directory_urls).url
            if planned != file.url:
                way = Redirect(planned.strip("/"), file.url.strip("/"), info.source)
                page = redirect_page(way, settings, tr)
                files.append(File.generated(config, way.path, content=page))

    def _mending_words(self, env: jinja2.Environment, config: MkDocsConfig) -> Words:
        """Ours; the theme's where it knows a language of which we have no words."""
        settings = self._done.community.settings
        if settings.foreign:
            module = env.get_template("partials/language.html").make_module({"config": config})
            say: Callable[[str], str] = vars(module)["t"]
            return Words(search=str(say("search")), skip=str(say("action.skip")))
        tr = translator(settings.language)
        return Words(search=tr.gettext(N_("Search")), skip=tr.gettext(N_("Skip to content")))

    @event_priority(100)
    def _on_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return self._mend(output, config)

    @event_priority(-100)
    def _on_finished_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        found = page.meta.get("frames") or []
        frames = found if isinstance(found, list) else [found]
        return self._rule(output, page.file.src_uri, frames, config)

    @event_priority(100)
    def _on_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        is_page = template_name.endswith(".html")
        return self._mend(output_content, config) if is_page else output_content

    @event_priority(-100)
    def _on_finished_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        is_page = template_name.endswith(".html")
        return self._rule(output_content, template_name, (), config) if is_page else output_content

    # The theme's faults are mended as it wrote them; the policy knows what others added.
    on_post_page = CombinedEvent(_on_page, _on_finished_page)
    # Pages that are none to the engine, such as 404.html.
    on_post_template = CombinedEvent(_on_template, _on_finished_template)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """A rebuild that fails is told in words; the preview goes on with what it has."""
        server.builder = partial(self._rebuild, server.builder, config)
        return server

    def _rebuild(self, builder: Callable[[], None], config: MkDocsConfig) -> None:
        try:
            builder()
        except MkDocsException as error:
            # The engine prints this one alone as it is.
            raise Abort(str(error)) from error
        except Exception as error:  # of whatever the sources have led to: the server lives on
            file = Path(config.config_file_path or "mkdocs.yml")
            said = tell_unforeseen(error, self.messages(config), file, named=file.name)
            raise Abort(said) from error

    @event_priority(100)
    def _on_written_site(self, *, config: MkDocsConfig) -> None:
        """Mark the site as made here, and measure its pages, now that they are written."""
        from .weighing import weigh_pages

        community, folder = self._done.community, Path(config.site_dir)
        try:
            mark(folder, "built")
        except OSError as error:
            tr = self.messages(config)
            reason = tr.gettext(reason_of(error))
            place = str(error.filename or folder)
            raise PluginError(tr.format(UNWRITABLE, folder=place, reason=reason)) from error
        weigh_pages(folder, community)

    @event_priority(-100)
    def _on_whole_site(self, *, config: MkDocsConfig) -> None:
        """After whatever other plugins did: a site that lost a meeting on the way is refused."""

        from .conservation import check_conservation

        problems, tr = Problems(), self.messages(config)
        folder, processes = Path(config.site_dir), self._around.processes
        check_conservation(self._done, folder, rendered, problems, processes)
        excerpts = Excerpts(_root(config))
        for problem in problems.sorted():
            log.error(excerpts.told(problem, tr))
        if problems.errors:
            raise Abort(
                tr.gettext(
                    N_("what was built is not what the sources say: it is not to be published")
                )
            )

    on_post_build = CombinedEvent(_on_written_site, _on_whole_site)

    def _mend(self, output: str, config: MkDocsConfig) -> str:
        tongue = self._done.community.settings.tongue
        return shield_links(tell_language(mend(output, self._words), tongue), config.site_url or "")

    def _rule(self, output: str, name: str, frames: Sequence[object], config: MkDocsConfig) -> str:
        """A page with its policy; what that refuses is told."""
        if self.policy is None:
            return output
        try:
            ruled = self.policy.apply(output, frames)
        except PolicyRefused as refused:
            raise PluginError(self._refusal(refused, name, config)) from refused
        for host in self.policy.foreign_scripts(output, config.site_url or ""):
            asked = {"what": "« script »", "host": host, "origin": origin_of(host)}
            self._tell_once("foreign-asset", name, config, **asked, directive="script")
        if STYLE in output:
            self._tell_once("inline-style", name, config)
        return ruled

    def _refusal(self, refused: PolicyRefused, name: str, config: MkDocsConfig) -> str:
        params: dict[str, object]
        if refused.code == "bad-origin":
            mark, params = self._mark(name), {"field": "frames", "value": refused.value}
        else:
            mark = find_in_templates(refused.value, config, _root(config)) or self._mark(name)
            value = f"« {' '.join(refused.value.split())[:60]} »"
            params = {"value": value, "hash": script_hash(refused.value)}
        problem = Problem(code=refused.code, mark=mark, params=params)
        return problem.line(self.messages(config))

    def _tell_once(self, code: str, name: str, config: MkDocsConfig, **params: object) -> None:
        """What another plugin, or a template, put into pages: by the first that shows it, in the
        order of their names where somebody else says it."""
        self.tellings += 1
        said = (code, *sorted(map(str, params.values())))
        known = {one.params.get("host") for one in self.problems.sorted()}
        first = self.told.get(said)
        is_new = first is None or (self.collects and name < first[0])
        if is_new and params.get("host", "") not in known:
            brings = STYLE if code == "inline-style" else str(params.get("host"))
            mark = find_in_templates(brings, config, _root(config)) or self._mark(name)
            problem = Problem(code=code, mark=mark, params=params, severity="warning")
            self.told[said] = name, problem.line(self.messages(config))
            if not self.collects:
                log.warning(self.told[said][1])

    def _mark(self, name: str) -> Mark:
        """The source of a page, else the configuration, which names all that adds to pages."""
        info = self._done.tree.pages.get(name)
        return Mark((info.source if info else None) or self._done.community.settings.source)

    def messages(self, config: MkDocsConfig) -> Translator:
        """The language of messages about this site."""
        return self._around.messages(theme_language(config))

    @property
    def _around(self) -> Surroundings:
        if self.around is not None:
            return self.around
        try:
            # The engine's own preview has threads: no process starts as this one stands.
            return replace(surroundings(by_engine=True), processes=1)
        except NoInstant as error:
            raise Abort(error.message(translator(language_of(spoken())))) from error

    @property
    def _done(self) -> Compiled:
        if self.compiled is None:
            raise RuntimeError("on_config compiles before anything else is asked")
        return self.compiled


def _what(problem: Problem) -> tuple[str, str, object]:
    """What is told, wherever it stands in its file."""
    return problem.mark.file, problem.code, problem.params.get("value")


def _escaped(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _escaped(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_escaped(one) for one in value]
    return escape(value) if isinstance(value, str) else value


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent


def _is_left_out(config: MkDocsConfig, path: str) -> bool:
    """Whether the configuration itself leaves a file out, and not only what the engine does."""
    patterns = config.exclude_docs
    return patterns is not None and patterns.match_file(path)


def _page(files: Files, path: str | None) -> Page | None:
    file = files.src_uris.get(path) if path else None
    return file.page if file is not None else None


def _edit_url(info: PageInfo, editor: Editor) -> str | None:
    """Where to edit the source of a page. The theme prints it as it is: all is escaped."""
    url = editor.edit(info.source) if info.source is not None else ""
    return escape_html(url) if url else None
