"""The theme's blogs: where their posts lie, and which pages they make (Material, « Blog »)."""

from __future__ import annotations

import posixpath
import re
import shutil
import weakref
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin

NAME = "material/blog"
KEYS = frozenset({"authors", "categories", "date", "draft", "links", "pin", "readtime", "slug"})
"""What a blog documents that it reads in the front matter of pages."""

_VIEWS = ("archive", "categories", "authors_profiles")
"""What lists posts, each in pages that are numbered where there are many."""


def blogs(config: MkDocsConfig) -> Iterator[BasePlugin[Any]]:
    """The blogs of the theme: a site may have several, which the engine numbers."""
    for name, plugin in config.plugins.items():
        if name.partition(" #")[0] == NAME and plugin.config.get("enabled", True):
            yield plugin


def clear_behind(plugins: Mapping[str, BasePlugin[Any]]) -> None:
    """Have the folders removed that blogs make for themselves, once nobody needs a blog any more.

    A blog makes one as soon as it is configured, and removes it when a whole site was rendered: a
    check renders none.

    Args:
        plugins: all of a configuration, by name, also of one that is refused.
    """
    for name, plugin in plugins.items():
        folder = getattr(plugin, "temp_dir", None)
        if name.partition(" #")[0] == NAME and folder is not None:
            weakref.finalize(plugin, shutil.rmtree, folder, ignore_errors=True)


def folder_of(blog: BasePlugin[Any]) -> str:
    """The folder of docs_dir in which the posts of a blog lie."""
    said = blog.config
    return posixpath.normpath(str(said["post_dir"]).format(blog=said["blog_dir"]))


def made_by(blog: BasePlugin[Any]) -> Iterator[str]:
    """Patterns of the addresses of pages that a blog makes, without a slash at either end.

    A blog with a folder of its own has all that is below it; one that is the home page shares the
    site with all other pages, and has what its formats of addresses can make.
    """
    folder = posixpath.normpath(str(blog.config["blog_dir"]))
    if folder != ".":
        yield f"{re.escape(folder)}(?:/.*)?"
        return
    said = blog.config
    yield _written(said["post_url_format"], said["post_url_date_format"])
    page = _written(said["pagination_url_format"])
    yield page
    for view in _VIEWS:
        listed = _written(said[f"{view}_url_format"], said["archive_url_date_format"])
        yield f"{listed}(?:/{page})?"


def _written(form: object, day: object = "") -> str:
    """What a format of addresses can make.

    Args:
        day: how days are written where it names one (CLDR, « Date Format Patterns »).
    """
    parts = []
    for text, name, _, _ in Formatter().parse(str(form).strip("/")):
        parts.append(re.escape(text))
        if name == "date":
            parts.append("/".join(_NUMBER if _is_number(one) else _WORD for one in _split(day)))
        elif name == "categories":
            parts.append(f"{_WORD}(?:/{_WORD})*")
        elif name is not None:
            parts.append(_WORD)
    return "".join(parts)


_NUMBER = "[0-9]+"
_WORD = "[^/]+"


def _split(day: object) -> list[str]:
    return str(day).strip("/").split("/")


def _is_number(part: str) -> bool:
    """Whether a part of a date is written in digits alone, as months are but with their names."""
    return set(part) <= set("yMd") and "MMM" not in part
