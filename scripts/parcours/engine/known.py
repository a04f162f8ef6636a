"""Whether all that takes part in a build is known: what it reads, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mkdocs.config.defaults import MkDocsConfig

PLUGINS = frozenset({"parcours", "material/search", "search"})
"""Plugins of which it is known what they read."""

EXTENSIONS = ("markdown.", "material.", "parcours.", "pymdownx.")
"""Packages of extensions of Markdown that read nothing but texts, but for `READERS`."""

READERS = frozenset({"pymdownx.b64", "pymdownx.snippets"})

_BUILTIN = frozenset(
    {
        "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code",
        "footnotes", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists",
        "smarty", "tables", "toc", "wikilinks",
    }
)  # fmt: skip
"""The extensions that come with Markdown (https://python-markdown.github.io/extensions/)."""


def has_known_plugins(config: MkDocsConfig) -> bool:
    """Whether no hook and no plugin takes part that may look at anything."""
    return not config.hooks and PLUGINS.issuperset(config.plugins)


def has_known_extensions(config: MkDocsConfig) -> bool:
    """Whether no extension of Markdown takes part that may read a file."""
    extensions = [str(name) for name in config.markdown_extensions]
    known = all(name in _BUILTIN or name.startswith(EXTENSIONS) for name in extensions)
    called = all(one.__module__.startswith(EXTENSIONS) for one in _functions(config.mdx_configs))
    return known and called and READERS.isdisjoint(extensions)


def _functions(said: object) -> Iterator[Callable[..., object]]:
    """What an extension is told to call."""
    if isinstance(said, Mapping):
        said = list(said.values())
    if isinstance(said, list | tuple):
        for one in said:
            yield from _functions(one)
    elif callable(said):
        yield said
