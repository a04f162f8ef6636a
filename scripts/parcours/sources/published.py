"""Which files of docs_dir are published as they are: known kinds, in which nothing can run.

A page may only name what the site serves; so the site serves nothing that is a script, whoever
proposes it. What the configuration names is the maintainers' decision.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath

from ..model.settings import EngineFacts
from ..problems import Mark, Problems
from .files import is_file
from .links import LINKED_TYPES
from .stray import tell_unfit
from .suffixes import DATA, meant_name
from .svg import check_svg

PASSIVE = LINKED_TYPES | {
    *(".bmp", ".gif", ".ico", ".tif", ".tiff"),
    *(".aac", ".flac", ".m4v", ".mov", ".oga", ".ogv", ".wav"),
    *(".doc", ".epub", ".odg", ".ppt", ".rtf", ".srt", ".tsv", ".vcf", ".xls"),
    *(".geojson", ".json", ".otf", ".ttf", ".woff", ".woff2"),
}
"""Suffixes of what a browser shows or keeps, and never runs by itself. SVG is looked at."""

_ACTIVE = frozenset(
    {
        ".asp",
        ".cgi",
        ".htm",
        ".html",
        ".js",
        ".mjs",
        ".php",
        ".shtml",
        ".svg",
        ".xht",
        ".xhtml",
        ".xml",
    }
)
"""A server that does not know the last suffix goes by the one before it."""

BY_NAME = frozenset({"CNAME", ".domains", ".nojekyll"})
"""Files of the host's, without a suffix, at the top."""

WELL_KNOWN = ".well-known"
"""Where programs look for what a site says of itself (RFC 8615)."""

_OF_SERVERS = frozenset({".htaccess", ".user.ini"})
"""Files by which a server is told what to do."""


def is_hidden(name: str) -> bool:
    """Whether a path of docs_dir is hidden by a dot, which the engine takes for unpublished."""
    return any(part.startswith(".") for part in PurePosixPath(name).parts)


def is_meant(name: str, file: str, is_asked: bool, problems: Problems) -> bool:
    """Whether a hidden file is published all the same; what a server would read is told if not.

    Editors, systems and other tools leave hidden files, of which nothing is said.

    Args:
        name: its path in docs_dir.
        is_asked: whether the configuration asks for it.
    """
    path = PurePosixPath(name)
    if is_asked or name in BY_NAME or path.parts[0] == WELL_KNOWN:
        return True
    if path.name in _OF_SERVERS:
        problems.add("hidden-file", Mark(file), severity="warning", value=path.name)
    return False


_TAKEN = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "sw.js"})
_TAKEN_FOLDERS = ("assets/javascripts", "assets/stylesheets", "search")
_FORBIDDEN = frozenset('"<>\\?#%')


def check_name(name: str, file: str, problems: Problems) -> bool:
    """Whether a path can be an address; a problem, and a better name, where it cannot."""
    for part in PurePosixPath(name).parts:
        if part != part.strip() or not all(map(_is_fit, part)):
            problems.add("bad-file-name", Mark(file), suggestion=_better(part), value=part)
            return False
    return True


def _better(name: str) -> str | None:
    """A name like another that an address can carry; None where nothing is left of it."""
    fit = PurePosixPath("".join(char if _is_fit(char) else "-" for char in name))
    stem = fit.stem.strip(" -")
    return f"{stem}{fit.suffix.rstrip(' -')}" if stem else None


def _is_fit(char: str) -> bool:
    """Spaces and accents are; what ends a value or a path, and what nobody sees, is not."""
    invisible = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return char not in _FORBIDDEN and not invisible


def check_address(name: str, file: str, engine: EngineFacts, problems: Problems) -> bool:
    """Whether an address is the author's to take; a problem where it is not."""
    if is_taken(name, engine):
        problems.add("reserved-address", Mark(file), address=name)
        return False
    return True


def is_taken(name: str, engine: EngineFacts) -> bool:
    """Whether an address is the theme's or the engine's."""
    folded = name.rstrip("/").casefold()
    folders = tuple(f"{one}/" for one in _TAKEN_FOLDERS)
    parts = folded.split("/")
    taken = folded.startswith(folders) or folded in _TAKEN_FOLDERS or parts[0] in _TAKEN
    taken = taken or "index.html" in parts
    return taken or any(is_file(folder / name) for folder in engine.theme)


def check_kind(name: str, path: Path, file: str, engine: EngineFacts, problems: Problems) -> bool:
    """Whether a file can be published as it is."""
    if name in engine.named or name in BY_NAME:
        return True
    if tell_unfit(PurePosixPath(file), problems):
        return False
    suffix = path.suffix.lower()
    meant = meant_name(path.name)
    if meant is not None:
        problems.add("page-suffix", Mark(file), suffix=path.suffix, value=meant)
        return False
    if suffix in DATA:
        problems.add("data-in-pages", Mark(file), value=path.name)
        return False
    if not suffix and path.name.startswith("."):
        return True  # no browser runs what has no type; that it is published was asked for
    earlier = {one.lower() for one in path.suffixes[:-1]}
    if suffix not in PASSIVE or earlier & _ACTIVE:
        problems.add("active-file", Mark(file), value=path.name)
        return False
    return suffix != ".svg" or check_svg(path, file, problems)
