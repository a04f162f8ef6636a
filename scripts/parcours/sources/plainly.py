"""The settings of a site as its file says them, where the engine is not needed to know them.

The engine loads its theme and every plugin before it tells an option: a command that asks a
question first does not wait for that.
"""

from __future__ import annotations

import posixpath
from pathlib import Path

from ..model.settings import SITE, EngineFacts
from ..problems import Problems
from .settings import SiteFacts, option_places
from .text import read_text
from .yaml import Document, locate
from .yaml import Path as KeyPath

_NEEDED = frozenset({"site_name", "docs_dir", "theme", "plugins"})

_USUAL_LANGUAGE = {"material": "en"}
"""What themes speak that are told no language."""

Plain = tuple[Document, SiteFacts]
"""The options of the plugin, and the facts that go with them."""


def read_plainly(path: Path, problems: Problems) -> Plain | None:
    """What a configuration file says; None where only the engine knows.

    That is so where it inherits from another file, where what is needed comes from the environment
    or has another tag, and where the file is wrong, which the engine's door tells.
    """
    text = read_text(path, path.name, problems)
    if text is None:
        return None
    found = Problems()
    whole = locate(text, path.name, (), found)
    said = whole.data
    tagged = {one.mark for one in found.sorted()}
    foreign = [place for place, mark in whole.marks.items() if mark in tagged]
    if "INHERIT" in said or any(_is_needed(place) for place in foreign):
        return None
    language = _language(said.get("theme"))
    if language is None or not _is_named(said.get("plugins")):
        return None
    url = said.get("site_url")
    facts = SiteFacts(
        root=path.resolve().parent,
        file=path.name,
        site_name=str(said.get("site_name") or ""),
        site_url=url if isinstance(url, str) else SITE,
        docs_dir=posixpath.normpath(str(said.get("docs_dir") or "docs")),
        theme_language=language,
        engine=EngineFacts(),
    )
    return option_places(text, path.name), facts


def _is_needed(place: KeyPath) -> bool:
    if not place or place[0] != "plugins":
        return not place or place[0] in _NEEDED
    return len(place) == 1 or "parcours" in place


def _is_named(plugins: object) -> bool:
    """Whether this plugin is among those of the site."""
    listed = plugins if isinstance(plugins, list) else [plugins]
    return any(one == "parcours" or (isinstance(one, dict) and "parcours" in one) for one in listed)


def _language(theme: object) -> str | None:
    name = theme.get("name") if isinstance(theme, dict) else theme
    said = theme.get("language") if isinstance(theme, dict) else None
    return str(said) if said else _USUAL_LANGUAGE.get(str(name))
