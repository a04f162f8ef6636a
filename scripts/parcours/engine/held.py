"""Which pages of docs_dir the engine, or another plugin, keeps back from readers.

The engine leaves out what `exclude_docs` and `draft_docs` name (MkDocs, « Configuration »); the
theme's blog its drafts, and posts of a date to come (Material, « Blog »). What is kept back has no
place in the Tree: neither a page, nor a result of the search, nor an address to link to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, set_exclusions

from ..sources.pages import Holds
from .blogs import blogs, folder_of

_LONGEST = 40
"""Characters of a date with its hour and zone."""


def holds(config: MkDocsConfig, *, serving: bool) -> Holds:
    """Whether a page is kept back at an instant.

    Args:
        serving: whether this is a preview, which shows what the site does not.
    """
    posts = {folder_of(blog): bool(blog.config["draft_if_future_date"]) for blog in blogs(config)}
    shown = {
        folder_of(blog)
        for blog in blogs(config)
        if blog.config["draft"] or (serving and blog.config["draft_on_serve"])
    }

    def is_held(path: str, meta: Mapping[str, object], now: datetime) -> bool:
        file = File(path, "", config.site_dir, config.use_directory_urls)
        set_exclusions([file], config)
        if file.inclusion is InclusionLevel.DRAFT:
            return not serving
        return file.inclusion is InclusionLevel.EXCLUDED or any(
            folder not in shown and _is_draft(meta, now if dated else None)
            for folder, dated in posts.items()
            if path.startswith(folder)
        )

    return is_held


def show_what_is_compiled(config: MkDocsConfig) -> None:
    """Let blogs show every post that they find: those kept back are not there.

    They would ask the clock once more, which may have gone on since.
    """
    for blog in blogs(config):
        blog.config["draft"] = True


def _is_draft(meta: Mapping[str, object], now: datetime | None) -> bool:
    """Whether a post says that it is a draft, or without a word of that has a date to come.

    Args:
        now: None where dates do not count.
    """
    draft = _read(meta.get("draft"))
    if isinstance(draft, bool) or now is None:
        return draft is True
    said = meta.get("date")
    day = _read(said.get("created") if isinstance(said, Mapping) else said)
    if not isinstance(day, date):
        return False
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) > now


def _read(text: object) -> object:
    """A value as the blog reads it, which has types of YAML."""
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return None  # the blog says what is wrong with it
