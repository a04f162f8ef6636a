"""The site rendered through the engine's public parts: each page once, by as many processes as
there are, and only if it is not kept.

The engine reads every page before it renders one, and holds them all. But a page shows of others
their heads alone, and only of those of the menu and of those above it. So heads are read first; a
page that is one compiled block, as nearly all are, is read, rendered and let go of by itself. What
comes of it is the same, page by page; a test compares both. Where something takes part that may
look at other pages (another plugin, a hook, a template of the site's own), the engine renders the
site as it always did.

A build makes every file of the site; a preview has each made when somebody asks for it.
"""

from __future__ import annotations

import gzip
import logging
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit

import jinja2
from mkdocs import utils
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import meta

from ..memo import Memo
from ..pages.cards import CardFile
from ..pages.site import PageFile
from ..reading import forget
from ..store import Store
from ..tree import Tree, content
from .codes import keep_codes
from .known import has_known_plugins
from .leaves import Leaves
from .output import Output
from .shares import Take, shared, undisturbed

if TYPE_CHECKING:
    from .plugin import ParcoursPlugin

log = logging.getLogger("mkdocs.commands.build")

OURS = logging.getLogger("mkdocs.plugins.parcours")


def render_site(site: Rendering) -> None:
    """Render a site into the folder that its configuration names.

    Raises:
        Abort: it cannot be built, which the log tells.
    """
    config = site.config
    if not is_ours(config):
        mkdocs_build(config)
        return
    try:
        site.run()
    except Exception as error:  # as the engine does: plugins hear of it, and it goes on
        config.plugins.on_build_error(error=error)
        if isinstance(error, BuildError):
            log.error(str(error))
            raise Abort("Aborted with a BuildError!") from error
        raise


def is_ours(config: MkDocsConfig) -> bool:
    """Whether nothing takes part in rendering a site that may look at other pages."""
    own = config.theme.custom_dir or config.extra_templates
    return has_known_plugins(config) and not own


@dataclass(frozen=True)
class _Outcome:
    """What a process found while it worked.

    Attributes:
        told: what pages show that is told once for all of them.
        known: what its pages were made from, by path and part.
        taken: pages that were taken as they are kept.
        written: the files that it wrote.
        until: when something that was drawn turns by itself.
    """

    told: Mapping[tuple[str, ...], tuple[str, str]]
    known: Mapping[str, Mapping[str, str]]
    taken: int
    written: Collection[str]
    until: datetime | None


@dataclass(eq=False, repr=False, kw_only=True)
class Rendering:
    """One site on its way: it is compiled, opened, then run, or made file by file.

    Attributes:
        store: what keeps pages.
        processes: how many may work on it.
        twin: the folder of the site that it takes the place of, if it may share files with it.
        made: the files of the site that were made one by one.
        taken: how many pages were taken as they are kept.
    """

    config: MkDocsConfig
    plugin: ParcoursPlugin
    store: Store
    processes: int = 1
    twin: Path | None = None
    made: set[str] = field(default_factory=set, init=False)
    taken: int = field(default=0, init=False)
    files: Files = field(init=False)
    nav: Navigation = field(init=False)
    env: jinja2.Environment = field(init=False)
    leaves: Leaves = field(init=False)
    output: Output = field(init=False)

    @property
    def tree(self) -> Tree:
        """What was compiled."""
        assert self.plugin.compiled is not None
        return self.plugin.compiled.tree

    def run(self) -> None:
        """Build the site, as the engine does (MkDocs, « Developing Plugins », events)."""
        counter = utils.CountHandler()
        counter.setLevel(logging.WARNING)
        logger = logging.getLogger("mkdocs")
        logger.addHandler(counter)
        self.plugin.lazy = True
        try:
            self.compile()
            self.open()
            forget()
            with undisturbed():
                self._write()
                self.end()
        finally:
            logger.removeHandler(counter)
        counts = counter.get_counts()
        if self.config.strict and counts:
            said = ", ".join(f"{n} {level.lower()}s" for level, n in counts)
            raise Abort(f"Aborted with {said} in strict mode!")

    def compile(self) -> None:
        """Have what is ours compiled, and the configuration as everything else is to see it."""
        self.config = self.config.plugins.on_config(self.config)

    def open(self) -> None:
        """Bring files, menu and templates together, and read the heads that pages show."""
        config = self.config
        config.plugins.on_pre_build(config=config)
        self.output = Output(Path(config.site_dir), self.twin)
        files, self.env = get_files(config), keep_codes(config.theme.get_env())
        _add_files_from_theme(files, config)
        self.files = config.plugins.on_files(files, config=config)
        set_exclusions(self.files, config)
        nav = get_navigation(self.files, config)
        self.nav = config.plugins.on_nav(nav, config=config, files=self.files)
        for file in self.files.documentation_pages():
            if file.page is None:
                Page(None, file, config)

        for page in self._pages:
            self._read_head(config.plugins.on_pre_page(page, config=config, files=self.files))
        self.env = config.plugins.on_env(self.env, config=config, files=self.files)
        assert self.plugin.compiled is not None
        self.leaves = Leaves(
            self.store, config, self.nav, self.plugin.compiled, serving=self.plugin.serving
        )

    def end(self) -> None:
        """What is done with a whole site, once all is made."""
        self.output.sweep()
        for page in self._pages:
            page.validate_anchor_links(
                files=self.files, log_level=self.config.validation.links.anchors
            )
        self.config.plugins.on_post_build(config=self.config)

    @cached_property
    def _pages(self) -> list[Page]:
        return [one.page for one in self.files.documentation_pages() if one.page]

    def _is_alone(self, page: Page) -> bool:
        """Whether a page is one compiled block: it is read when it is rendered."""
        info = self.tree.pages.get(page.file.src_uri)
        return info is not None and info.block

    def _has_source(self, page: Page) -> bool:
        """Whether a page tells of one thing. All others list many, and the same ones: they stand
        together when work is shared."""
        return self.tree.pages[page.file.src_uri].source is not None

    @cached_property
    def _shown(self) -> frozenset[str]:
        """The paths of pages of which others show the head: those of the menu, those above."""
        above = {info.parent for info in self.tree.pages.values() if info.parent}
        return frozenset(page.file.src_uri for page in self.nav.pages) | above

    def _read_head(self, page: Page) -> None:
        """Read of a page what others show, its head."""
        leaf = self.tree.files.get(page.file.src_uri)
        if self._is_alone(page):
            page.present_anchor_ids, page.links_to_anchors = set(), {}
        if page.file.src_uri in self._shown and isinstance(leaf, PageFile):
            page.meta = meta.get_data(leaf.head())[1]
            page.markdown = ""
            self.config.plugins.on_page_markdown(
                page.markdown, page=page, config=self.config, files=self.files
            )

    # One file, when somebody asks for it.

    @cached_property
    def makers(self) -> Mapping[str, Callable[[], object]]:
        """What makes each file of the site, by its name, but for those that the tree makes."""
        found: dict[str, Callable[[], object]] = {}
        for file in self.files:
            if file.is_documentation_page() and file.page is not None:
                found[file.dest_uri] = partial(self._build_page, file.page)
            elif not file.is_documentation_page():
                found[file.dest_uri] = partial(self._copy, file)
        included = {file.dest_uri for file in self.files if file.inclusion.is_included()}
        found = {name: make for name, make in found.items() if name in included}
        for name in self.config.theme.static_templates:
            found[name] = partial(self._build_template, name)
        return found

    def make(self, name: str) -> None:
        """Make a file of the site, unless it is made; what is none is passed over."""
        if name in self.made:
            return
        maker = self.makers.get(name)
        if maker is not None:
            maker()
        elif self.tree.promises(name):
            self.make_promised()
        self.made.add(name)

    def parts(self, path: str, leaf: PageFile) -> Mapping[str, str] | None:
        """What a page is made from, part by part; None for one that is made each time.

        Args:
            path: of the page in the tree.
        """
        file = self.files.get_file_from_path(path)
        if file is None or file.page is None or not self._is_alone(file.page):
            return None
        return self.leaves.parts(file.page, leaf)

    def rest(self) -> Iterator[str]:
        """The names of files that are still to be made, by :meth:`make`."""
        yield from (name for name in self.makers if name not in self.made)

    def make_promised(self) -> None:
        """Files of which only the content tells how many there are."""
        before = set(self.tree.files)
        self.tree.make()
        for name in self.tree.files.keys() - before:
            path = Path(self.config.site_dir, name)
            self.output.write(path, content(self.tree.files[name]))
            self.made.add(name)

    def _build_page(self, page: Page) -> None:
        if self._is_alone(page):
            self._build_alone(page)
        else:
            self._populate(page)
            self._build(page)

    # All of them, by several processes.

    def _write(self) -> None:
        compiled = self.plugin.compiled
        assert compiled is not None
        alone = sorted(filter(self._is_alone, self._pages), key=self._has_source)
        first = [page for page in self._pages if not self._is_alone(page)]
        for page in first:
            self._populate(page)
        static = [
            file
            for file in self.files
            if not file.is_documentation_page() and file.inclusion.is_included()
        ]
        drawn = [file for file in static if isinstance(self.tree.files.get(file.src_uri), CardFile)]
        pieces: list[Callable[[], None]] = [partial(self._build_alone, page) for page in alone]
        pieces += [partial(self._copy, file) for file in drawn]

        def work(take: Take, is_here: bool) -> _Outcome:
            if is_here:
                kept = set(drawn)
                for file in static:
                    if file not in kept:
                        self._copy(file)
                self.make_promised()
                for name in self.config.theme.static_templates:
                    self._build_template(name)
                for page in first[1:]:
                    self._build(page)
            for n in take():
                pieces[n]()
            told, until = dict(self.plugin.told), compiled.witness.until
            return _Outcome(told, self.leaves.known, self.taken, self.output.written, until)

        self.plugin.collects = True
        try:
            for page in first[:1]:
                self._build(page)  # the theme's templates are compiled once for all processes
            outcomes = shared(work, len(pieces), self.processes)
        finally:
            self.plugin.collects = False
        for outcome in outcomes:
            if outcome.until is not None:
                compiled.witness.turns(partial(_same, outcome.until))
        self.plugin.taken = sum(outcome.taken for outcome in outcomes)
        self.output.written.update(*(outcome.written for outcome in outcomes))
        self.leaves.note(outcome.known for outcome in outcomes)
        self._tell(outcomes)

    def _tell(self, outcomes: Sequence[_Outcome]) -> None:
        """What pages show that is told once: by the first of them, whichever process drew it."""
        found: dict[tuple[str, ...], tuple[str, str]] = {}
        for outcome in outcomes:
            for said, one in outcome.told.items():
                found[said] = min(found.get(said, one), one)
        for _, words in sorted(found.values()):
            OURS.warning("%s", words)

    def _populate(self, page: Page) -> None:
        config, plugins = self.config, self.config.plugins
        try:
            page.read_source(config)
            page.markdown = plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=self.files
            )
            page.render(config, self.files)
            page.content = plugins.on_page_content(
                page.content or "", page=page, config=config, files=self.files
            )
        except Exception as error:  # the log names the page, and it goes on
            self._refuse("reading", page, error)
            raise

    def _build(self, page: Page) -> bytes:
        config = self.config
        try:
            page.active = True
            context = get_context(self.nav, _Others(), config, page)
            template = self.env.get_template(str(page.meta.get("template", "main.html")))
            context = config.plugins.on_page_context(
                context, page=page, config=config, nav=self.nav
            )
            output = template.render(context)
            output = config.plugins.on_post_page(output, page=page, config=config)
            rendered = output.encode("utf-8", errors="xmlcharrefreplace") if output.strip() else b""
        except Exception as error:  # the log names the page, and it goes on
            self._refuse("building", page, error)
            raise
        finally:
            page.active = False
        if rendered:
            self.output.write(Path(page.file.abs_dest_path), rendered)
        return rendered

    def _build_alone(self, page: Page) -> None:
        """A page that is one compiled block: it is let go of at once, but for its head."""
        leaf = self.tree.files[page.file.src_uri]
        assert isinstance(leaf, PageFile)
        key = self.leaves.key(page, leaf) if self.leaves.keeps else ""
        kept = self.leaves.get(key) if key else None
        if kept is not None:
            self.taken += 1
            self.output.write(Path(page.file.abs_dest_path), kept)
        else:
            before = self.plugin.tellings
            self._populate(page)
            rendered = self._build(page)
            if key and self.plugin.tellings == before:  # else it would not be told the next time
                self.leaves.put(key, rendered)
        page.markdown, page.content = "", None
        if page.file.src_uri not in self._shown:
            page.meta = {}
        leaf.forget()

    def _build_template(self, name: str) -> None:
        """A page that is none, such as 404.html, and the list of all for search engines."""
        config, plugins = self.config, self.config.plugins
        try:
            template = self.env.get_template(name)
        except jinja2.TemplateNotFound:
            log.warning(f"Template skipped: '{name}' not found in theme directories.")
            return
        template = plugins.on_pre_template(template, template_name=name, config=config)
        base = urlsplit(config.site_url or "/").path
        if not utils.is_error_template(name):
            base = utils.get_relative_url(".", name)
        context = get_context(self.nav, self.files, config, base_url=base)
        context = plugins.on_template_context(context, template_name=name, config=config)
        output = template.render(context)
        output = plugins.on_post_template(output, template_name=name, config=config)
        if not output.strip():
            return
        path = Path(config.site_dir, name)
        self.output.write(path, output.encode())
        if name == "sitemap.xml":
            pages = [file.page for file in self.files.documentation_pages() if file.page]
            self.output.write(
                path.with_name(f"{name}.gz"),
                _packed(output.encode(), f"{path}.gz", utils.get_build_timestamp(pages=pages)),
            )

    def _copy(self, file: File) -> None:
        """A file that is no page."""
        path = Path(file.abs_dest_path)
        if file.abs_src_path is None:
            self.output.write(path, file.content_bytes)
        else:
            self.output.copy(Path(file.abs_src_path), path)

    def _refuse(self, doing: str, page: Page, error: Exception) -> None:
        message = f"Error {doing} page '{page.file.src_uri}':"
        log.error(message if isinstance(error, BuildError) else f"{message} {error}")


def _listing(folders: Sequence[str]) -> jinja2.Environment:
    """What lists the files of a theme, all but the hidden ones.

    The engine publishes none of those, and a theme has ten thousand of them: its icons.
    """
    names: set[str] = set()
    for top in folders:
        for here, below, files in os.walk(top):
            below[:] = [name for name in below if not name.startswith(".")]
            within = Path(here).relative_to(top)
            names.update((within / name).as_posix() for name in files)
    return jinja2.Environment(loader=jinja2.DictLoader(dict.fromkeys(names, "")))


_THEME: Memo[tuple[object, ...], list[tuple[str, str]]] = Memo(1)
"""The files of a theme, which takes long to look for them: their paths, and where they lie."""


def _add_files_from_theme(files: Files, config: MkDocsConfig) -> None:
    def look() -> list[tuple[str, str]]:
        found = Files([])
        found.add_files_from_theme(_listing(config.theme.dirs), config)
        return [(file.src_uri, str(file.src_dir)) for file in found]

    given = (tuple(config.theme.dirs), tuple(sorted(config.theme.static_templates)))
    for path, folder in _THEME.once("files", given, look):
        if files.get_file_from_path(path) is None:  # those of the site come first
            files.append(File(path, folder, config.site_dir, config.use_directory_urls))


def _packed(data: bytes, name: str, changed: int) -> bytes:
    """A file as gzip packs it, with its name and when it changed, in Unix seconds."""
    packed = BytesIO()
    with gzip.GzipFile(filename=name, fileobj=packed, mode="wb", mtime=changed) as file:
        file.write(data)
    return packed.getvalue()


class ReadsAll(RuntimeError):
    """A template asked for the list of all pages, most of which are not there."""


class _Others(Sequence[File]):
    """The list of all pages, which no template of ours or of the theme's reads.

    A site with templates of its own is rendered by the engine. Were the theme to read it one day,
    the build would stop, rather than show a list that lacks most of it.
    """

    def __len__(self) -> NoReturn:
        raise ReadsAll("a page shows no list of all pages")

    def __getitem__(self, index: object) -> NoReturn:
        raise ReadsAll("a page shows no list of all pages")


def _same(moment: datetime) -> datetime:
    return moment
