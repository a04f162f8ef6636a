"""What of an existing configuration cannot go along, or asks other hosts: told at its place.

The policy of every page (`policy`) keeps browsers from asking any host but the site's and those
that the owner allows: what it would stop is told before a reader misses it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from ..i18n import LANGUAGES as CATALOGUES
from ..i18n import base_of, is_served
from ..model.settings import Allowed
from ..problems import N_, Mark, Problems
from ..refusals import FORBIDDEN
from ..sources.files import is_file, is_folder
from ..sources.text import read_text
from ..sources.walk import entries_of
from ..sources.yaml import locate, place_of
from .policy import ANALYTICS, SCRIPTS, analytics, host_of, origin_of

NO_ENDING = N_("addresses without a file ending are for ever, so they cannot be turned off")

REFUSED: Mapping[str, str] = {
    "i18n": N_("it looks for every page on the disk: build a site for each language instead"),
    "material/offline": NO_ENDING,
}
"""Plugins that cannot go along, and why."""

TELLS: Mapping[str, tuple[str, ...]] = {
    "google": ("https://www.google-analytics.com", "https://region1.google-analytics.com"),
}
"""By who counts readers, the hosts that its script tells of them (their documentation)."""

COUNTS: Mapping[str, str] = {
    "https://github.com/": "https://api.github.com",
    "https://gitlab.com/": "https://gitlab.com",
}
"""By address of a repository, the host that the theme asks for its figures."""

_ADDRESS = r"[\"']?((?:https?:)?//[^\s\"'>)]+)"
_TAG = re.compile(
    r"<(script|link|img|iframe|audio|video|source|form)\b[^<>]{0,500}?"
    rf"(?<![\w-])(?:src|href|action)\s*=\s*{_ADDRESS}[^<>]{{0,500}}>",
    re.I,
)
_DIRECTIVES = {
    "script": "script",
    "img": "img",
    "iframe": "frame",
    "audio": "media",
    "video": "media",
    "source": "media",
    "form": "form",
}
_LINKS = {
    "stylesheet": "style",
    "preload": "style",
    "icon": "img",
    "modulepreload": "script",
    "preconnect": "connect",
    "dns-prefetch": "connect",
    "prefetch": "connect",
}
_LINKED = re.compile(rf"(?<![\w-])rel\s*=\s*[\"']?({'|'.join(_LINKS)})\b", re.I)
_RULE = re.compile(rf"(@import\s{{1,20}})?(url\(\s{{0,20}})?{_ADDRESS}", re.I)
_FONT = re.compile(r"\.(?:woff2?|ttf|otf|eot)\b", re.I)


_NO_FONT = (None, "false")


@dataclass(frozen=True)
class ConfigFile:
    """The text of the configuration, in which things have their place."""

    name: str
    text: str

    def mark(self, *path: str) -> Mark:
        """Where something stands, or the nearest thing around it."""
        return place_of(self.text, self.name, path)


def check_engine(config: MkDocsConfig, file: ConfigFile, problems: Problems) -> None:
    """Options, plugins and themes with which no site can be made."""

    def refuse(field: str, reason: str, *path: str) -> None:
        problems.add("config", file.mark(*path), field=field, reason=reason)

    if not config.use_directory_urls:
        refuse("use_directory_urls", NO_ENDING, "use_directory_urls")
    for name, reason in REFUSED.items():
        plugin = config.plugins.get(name)
        if plugin is not None and plugin.config.get("enabled", True):
            short = name.rpartition("/")[2]
            refuse(f"plugins: {short}", reason, "plugins", short)
    if not any(is_file(Path(folder, SCRIPTS, "base.html")) for folder in config.theme.dirs):
        reason = N_(
            "the pages of Parcours are laid out for Material for MkDocs, or a theme made of it: "
            "write « theme: {name: material} »"
        )
        refuse("theme", reason, "theme")
    elif tag := theme_language(config):
        check_language(config, file, tag, problems)


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")

LANGUAGES = "partials/languages"
"""Folder of the theme's own words, a template each."""


def check_language(config: MkDocsConfig, file: ConfigFile, tag: str, problems: Problems) -> None:
    """A language that the theme cannot speak stops it; one that we cannot is mixed with English."""
    mark = file.mark("theme", "language")
    is_tag = _LANGUAGE.fullmatch(tag)
    if not is_tag or not (_speaks(config, tag) or _speaks(config, base_of(tag))):
        folders = [Path(folder, LANGUAGES) for folder in config.theme.dirs]
        found = (Path(entry.name) for folder in folders for entry in entries_of(folder))
        known = {name.stem for name in found if name.suffix == ".html"}
        value, names = tag, ", ".join(sorted(known))
        problems.add("bad-choice", mark, field="theme.language", value=value, known=names)
    elif not is_served(tag):
        names = ", ".join(CATALOGUES)
        problems.add("no-catalogue", mark, severity="warning", value=tag, known=names)


def lend_language(config: MkDocsConfig) -> None:
    """Let the theme speak the language of a region by its words for the language."""
    tag = theme_language(config)
    if tag and not _speaks(config, tag):
        # What it cannot speak at all is told once the configuration is read.
        spoken = base_of(tag) if _speaks(config, base_of(tag)) else "en"
        config.theme["language"], config.theme[REGION] = spoken, tag


REGION = "parcours_language"
"""Under this name the theme's settings keep the language that the configuration sets."""


def theme_language(config: MkDocsConfig) -> str | None:
    """The language of the theme, as the configuration sets it."""
    found = (config.theme.get(REGION) or config.theme.get("language")) if config.theme else None
    return str(found) if found else None


def _speaks(config: MkDocsConfig, tag: str) -> bool:
    return any(is_file(Path(folder, LANGUAGES, f"{tag}.html")) for folder in config.theme.dirs)


def tell_asked(
    config: MkDocsConfig, file: ConfigFile, allowed: Allowed, problems: Problems
) -> None:
    """Tell what the configuration, and the templates and style sheets it names, ask elsewhere."""
    asking = _Asking(config, file, allowed, problems)
    asking.by_options()
    asking.by_analytics()
    asking.by_files()


class _Asking:
    def __init__(
        self, config: MkDocsConfig, file: ConfigFile, allowed: Allowed, problems: Problems
    ) -> None:
        self._config = config
        self._file = file
        self._allowed = allowed
        self._problems = problems
        self._own = urlsplit(config.site_url or "").netloc

    def _tell(
        self, what: str, directive: str, address: str, mark: Mark, *, stops: bool = False
    ) -> None:
        host, origin = host_of(address), origin_of(address)
        allowed = self._allowed.get(directive, ())
        # What goes out unencrypted is never allowed.
        if urlsplit(address).netloc == self._own or (host == origin and host in allowed):
            return
        self._problems.add(
            "foreign-asset",
            mark,
            severity="error" if stops else "warning",
            what=what,
            host=host,
            origin=origin,
            directive=directive,
        )

    def by_options(self) -> None:
        config, mark = self._config, self._file.mark
        named = (
            (
                "extra_javascript",
                "script",
                [str(getattr(one, "path", one)) for one in config.extra_javascript],
            ),
            ("extra_css", "style", config.extra_css),
        )
        for option, directive, paths in named:
            for path in filter(_is_foreign, paths):
                self._tell(option, directive, path, mark(option, path))
        if locate(self._file.text, self._file.name, ("theme",)).data.get("font") not in _NO_FONT:
            reason = N_(
                "the theme would take fonts from another host, so they are left out: put the files "
                "into the site, and name them in a style sheet under extra_css"
            )
            place = mark("theme", "font")
            self._problems.add(
                "config", place, severity="warning", field="theme.font", reason=reason
            )
        for option in ("logo", "favicon"):
            path = config.theme.get(option)
            if isinstance(path, str) and _is_foreign(path):
                self._tell(f"theme.{option}", "img", path, mark("theme", option))
        for start, host in COUNTS.items():
            if (config.repo_url or "").startswith(start):
                self._tell("repo_url", "connect", host, mark("repo_url"))

    def by_analytics(self) -> None:
        said = self._config.extra.get("analytics")
        provider = said.get("provider") if isinstance(said, Mapping) else None
        if not provider:
            return
        mark = self._file.mark("extra", "analytics", "provider")
        found = analytics(self._config)
        if found is None:
            value = f"{ANALYTICS}/{provider}.html"
            self._problems.add("missing-file", mark, field="extra.analytics", value=value)
            return
        if not found.is_theirs:
            return  # its template is looked at as the others
        for host in sorted(found.hosts):
            self._tell("extra.analytics", "script", host, mark, stops=True)
        for host in TELLS.get(found.provider, ()):
            self._tell("extra.analytics", "connect", host, mark)

    def by_files(self) -> None:
        """The site's own templates and style sheets; what their scripts may ask is not seen."""
        root = Path(self._config.config_file_path or ".").resolve().parent
        looks: tuple[tuple[list[Path], Callable[[str], Iterator[_Found]]], ...] = (
            (sheets(self._config), _of_sheet),
            (templates(self._config), _of_template),
        )
        for paths, look in looks:
            for path in paths:
                told: set[tuple[str, str]] = set()
                text = read(path)
                for directive, address, at in look(text):
                    if (directive, host_of(address)) not in told:
                        told.add((directive, host_of(address)))
                        mark = place(path, root, text, at)
                        self._tell(_quoted(text, at), directive, address, mark)


def _is_foreign(path: str) -> bool:
    return path.startswith(("http://", "https://", "//"))


def templates(config: MkDocsConfig) -> list[Path]:
    """The templates of the site's own."""
    return _own(config, "*.html")


def sheets(config: MkDocsConfig) -> list[Path]:
    """The style sheets of the site's own."""
    docs_dir = Path(config.docs_dir)
    named = [docs_dir / name for name in config.extra_css if not _is_foreign(name)]
    return [path for path in named if is_file(path)] + _own(config, "*.css")


def _own(config: MkDocsConfig, pattern: str) -> list[Path]:
    """Files of the site's own folder of templates; of one outside of the site, none is looked at.

    A link to the whole disk would be walked for ever.
    """
    own = config.theme.custom_dir
    return sorted(Path(own).rglob(pattern)) if own and lies_within(config, own) else []


def lies_within(config: MkDocsConfig, folder: str) -> bool:
    """Whether a folder, its links followed, lies in that of the configuration."""
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    return Path(os.path.realpath(folder)).is_relative_to(root)


def check_folders(config: MkDocsConfig, file: ConfigFile, problems: Problems) -> None:
    """The folders that the configuration names lie within the site's, and can be read."""
    own = config.theme.custom_dir if config.theme else None
    named = {("docs_dir",): config.docs_dir, ("theme", "custom_dir"): own}
    for path, folder in named.items():
        field = ".".join(path)
        if folder and not lies_within(config, folder):
            problems.add("outside-path", file.mark(*path), field=field, value=folder)
        elif folder and is_folder(Path(folder)) and not os.access(folder, os.R_OK | os.X_OK):
            problems.add("unreadable-file", file.mark(*path), reason=FORBIDDEN)


def read(path: Path) -> str:
    """The text of a file of the site's own; nothing where it is none, which the engine tells."""
    return read_text(path, path.name, Problems()) or ""


def find_in_templates(code: str, config: MkDocsConfig, root: Path) -> Mark | None:
    """Where an inline script stands in the site's own templates; None for none of them."""
    begins = re.escape(next(iter(code.split()), ""))
    # As it is, else what begins alike: a template may fill it in.
    for wanted in (re.escape(code), rf"(?<=>)\s{{0,200}}{begins}"):
        for path in templates(config):
            text = read(path)
            found = re.search(wanted, text)
            if found is not None:
                return place(path, root, text, found.end() - len(found[0].lstrip()))
    return None


def place(path: Path, root: Path, text: str, at: int) -> Mark:
    """Where a place of a text stands."""
    path = path.resolve()
    name = str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
    return Mark(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _quoted(text: str, at: int) -> str:
    return f"« {' '.join(text[at : at + 60].split())} »"


_Found = tuple[str, str, int]
"""A directive, an address, and where."""


def _of_template(text: str) -> Iterator[_Found]:
    for found in _TAG.finditer(text):
        tag = found[1].lower()
        linked = _LINKED.search(found[0])
        if tag != "link":
            yield _DIRECTIVES[tag], found[2], found.start()
        elif linked is not None:
            yield _LINKS[linked[1].lower()], found[2], found.start()


def _of_sheet(text: str) -> Iterator[_Found]:
    for found in _RULE.finditer(_without_remarks(text)):
        if found[1]:
            yield "style", found[3], found.start()
        elif found[2]:
            yield "font" if _FONT.search(found[3]) else "img", found[3], found.start()


def _without_remarks(text: str) -> str:
    """A style sheet whose remarks are made blank, and everything keeps its place."""
    parts, at = [], 0
    while (begins := text.find("/*", at)) >= 0:
        ends = text.find("*/", begins + 2)
        ends = ends + 2 if ends >= 0 else len(text)
        parts += [text[at:begins], re.sub(r"[^\n]", " ", text[begins:ends])]
        at = ends
    return "".join([*parts, text[at:]])
