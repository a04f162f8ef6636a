"""What a site is compiled from: its folder, what the configuration says, and the instant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from .ahead import Ahead
from .model.settings import Settings
from .sources.pages import Holds
from .sources.published import is_hidden
from .store import NoStore, Store


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to compile.

    Attributes:
        root: the site's folder, resolved.
        extensions: the Markdown extensions of the site, and their configurations.
        now: the instant of the build, aware.
        drafts: whether drafts are shown (previews).
        holds: whether the engine keeps a page of docs_dir back.
        strict_history: whether a history that is cut short is an error (CI), not a warning.
        published: whether what is compiled is to be published, as far as the environment tells.
        before: the commit from which the site was published last; "" where nothing tells.
        store: where drawn images are kept between builds.
        edition: a name for the code that reads sources; "" where nobody knows one.
        texts: a name for all that rendering texts depends on beside them; "" where nobody knows.
        draws: whether pictures are drawn now, so that damage in them is told; all else is made when
            it is asked for.
        phase: called with the name of each phase as it ends, for whoever holds a clock.
        ahead: other processes that may do a part of the work.
        search: the language in which the site is searched, such as ``fr`` or ``pt-BR``; None for a
            site without a search.
    """

    root: Path
    settings: Settings
    extensions: Sequence[str]
    extension_configs: Mapping[str, Mapping[str, object]]
    now: datetime
    drafts: bool = False
    holds: Holds = lambda path, meta, now: is_hidden(path)
    strict_history: bool = False
    published: bool = False
    before: str = ""
    store: Store = field(default_factory=NoStore)
    edition: str = ""
    texts: str = ""
    draws: bool = True
    phase: Callable[[str], None] = lambda name: None
    search: str | None = None
    ahead: Ahead = field(default_factory=Ahead)
