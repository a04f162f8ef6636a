"""The engine's configuration → what compiling asks for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_theme_names

from ..model.forges import Editor
from ..model.settings import EngineFacts, Settings
from ..problems import N_, Mend, Phrase, Problems, closest
from ..request import Request
from ..sources.files import is_file, is_folder
from ..sources.settings import SiteFacts, option_places, read_settings
from ..sources.walk import entries_of
from ..sources.yaml import Document, check_syntax, locate, tell_cuts
from ..store import NoStore
from ..tree import Tree
from . import blogs
from .edition import edition, plain
from .environment import Surroundings
from .held import holds
from .known import has_known_extensions
from .others import ConfigFile, check_engine, check_folders, tell_asked, theme_language
from .shares import ahead
from .store import FolderStore

SEARCH = "material/search"
"""The name by which the engine knows the theme's plugin."""


def read_config(
    config: MkDocsConfig, options: Mapping[str, object], problems: Problems
) -> tuple[SiteFacts, Settings | None]:
    """The facts and settings of a site; no settings, and problems, when they are wrong."""
    path = Path(config.config_file_path or "mkdocs.yml").resolve()
    root = path.parent
    text = path.read_text("utf-8", errors="replace") if is_file(path) else ""
    file = ConfigFile(path.name, text)
    docs_dir = Path(config.docs_dir).resolve()
    check_folders(config, file, problems)
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


WHOLE_ADDRESS = N_("write the whole address of the site: « site_url: https://{better} »")
FOLDER = N_("write « {better} », the folder that is there")
THEME = N_("write « name: {better} »")
NO_ADDRESS = N_("« {value} » does not begin with https://")
NO_FOLDER = N_("there is no folder « {value} »")
NO_THEME = N_("there is no theme « {value} »")
NO_PAGE = N_("write the path of a file of « {folder} », or delete this line")
LIKE_PAGE = N_("write « {better} », or delete this line")


def check_values(text: str, file: Path, problems: Problems) -> None:
    """Tell what the engine would refuse in a configuration, in words of its own and at no line."""
    quiet = Problems()
    found = locate(text, file.name, (), quiet)
    tagged = {problem.mark for problem in quiet.sorted()}  # what an environment says, or a program

    def refuse(path: tuple[str, ...], reason: str, mend: Mend | None) -> None:
        said = Phrase(reason, {"value": str(found.said(path))})
        problems.add("config", found.mark(path), mend=mend, field=".".join(path), reason=said)

    def value(path: tuple[str, ...]) -> str | None:
        said = found.said(path)
        return said if isinstance(said, str) and found.mark(path) not in tagged else None

    address = value(("site_url",))
    if address and not address.lower().startswith(("http://", "https://")):
        bare = re.sub(r"^[a-z]*:?/*", "", address) if "/" in address[:8] else address
        refuse(("site_url",), NO_ADDRESS, Mend(WHOLE_ADDRESS, {"better": bare}))
    folder = value(("docs_dir",))
    if folder and not is_folder(file.parent / folder):
        names = [one.name for one in entries_of(file.parent) if is_folder(file.parent / one.name)]
        near = closest(folder, [one for one in names if one[0] not in "._"])
        mend = Mend(FOLDER, {"better": f"docs_dir: {near}"}) if near else None
        refuse(("docs_dir",), NO_FOLDER, mend)
    for path in (("theme", "name"), ("theme",)):
        theme = value(path)
        known = get_theme_names() if theme else ()
        if theme and theme not in known:
            refuse(path, NO_THEME, Mend(THEME, {"better": closest(theme, known) or "material"}))


def check_nav(file: Path, facts: SiteFacts, tree: Tree, problems: Problems) -> bool:
    """Tell the entries of the menu that lead to no page; whether there was none."""
    found = locate(file.read_text("utf-8", errors="replace"), file.name, ())
    names = [str(one) for one in tree.files if str(one).endswith(".md")]
    before = problems.errors
    for path, mark in found.marks.items():
        said = found.said(path) if path[:1] == ("nav",) else None
        if not isinstance(said, str) or not said.endswith(".md") or "://" in said:
            continue
        if said in names or is_file(facts.root / facts.docs_dir / said):
            continue
        near = closest(said, names)
        mend = Mend(LIKE_PAGE, {"better": near}) if near else None
        mend = mend or Mend(NO_PAGE, {"folder": facts.docs_dir})
        problems.add("dead-link", mark, mend=mend, value=said)
    return problems.errors == before


_PROSE = frozenset({"site_name", "site_description", "site_author", "copyright"})


def _tell_cuts(text: str, file: str, problems: Problems) -> None:
    """What a comment takes from the engine's own texts: calendars and feeds tell them too."""
    found = locate(text, file, ())
    cuts = {path: cut for path, cut in found.cuts.items() if path[0] in {*_PROSE, "nav"}}
    told = Document(data={}, marks=found.marks, keys=found.keys, cuts=cuts)
    tell_cuts(told, problems, lambda path: path[0] in _PROSE)


def _engine_facts(config: MkDocsConfig, docs_dir: str) -> EngineFacts:
    own = config.theme.custom_dir
    scripts = [str(getattr(one, "path", one)) for one in config.extra_javascript]
    named = [*scripts, *config.extra_css, *config.extra_templates]
    folders = tuple(Path(folder) for folder in config.theme.dirs)
    keys = blogs.KEYS if any(blogs.blogs(config)) else frozenset[str]()
    macros = _macros(config)
    made = tuple(one for blog in blogs.blogs(config) for one in blogs.made_by(blog))
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
        store=FolderStore(facts.root) if around.keeps else NoStore(),
        edition=edition() if around.keeps else "",
        texts=_texts(config),
        phase=phase,
        ahead=ahead(around.processes),
        search=(facts.theme_language or settings.language) if has_search(config) else None,
    )


def _texts(config: MkDocsConfig) -> str:
    """A name for all that rendering texts depends on; "" where that is not known."""
    if not has_known_extensions(config):
        return ""
    return f"{edition()} {plain([str(one) for one in config.markdown_extensions])} " + plain(
        config.mdx_configs
    )


def has_search(config: MkDocsConfig) -> bool:
    """Whether the theme shows its search: the dialog is its own, what searches is ours."""
    return SEARCH in config.plugins
