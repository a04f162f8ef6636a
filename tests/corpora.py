"""Communities with the calendars and feeds that were compiled from them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from parcours.assembly import Compiled
from parcours.engine.config import read_config, request
from parcours.engine.environment import Surroundings
from parcours.engine.opening import compile_only, open_config
from parcours.feeds.site import Feeds
from parcours.i18n import translator
from parcours.model.community import Community, Event, Text
from parcours.model.feeds import selections
from parcours.model.news import News
from parcours.model.zones import zone
from parcours.pages import cards
from parcours.problems import Problems
from parcours.prose.render import Prose, Renderer
from parcours.sources.history import read_history
from parcours.sources.load import load
from parcours.sources.news import read_news
from parcours.tree import Tree, content


@dataclass(frozen=True, eq=False)
class Corpus:
    """A community, the files that hold its feeds, and the instant of both."""

    community: Community
    files: Mapping[str, bytes]
    now: datetime

    @property
    def events(self) -> tuple[Event, ...]:
        """Those that calendars hold: with a date, the deleted ones and stops too."""
        known = self.community
        every = (*known.stops, *known.lost_stops)
        return (*self.meetings, *(event for event in every if event.occurrences))

    @property
    def deadlines(self) -> tuple[Event, ...]:
        """What stands in a calendar of its own sort, the lost ones too."""
        return (*self.community.deadlines, *self.community.lost_deadlines)

    @property
    def meetings(self) -> tuple[Event, ...]:
        """Those that the calendars of all meetings hold: stops stand in those of their trips."""
        known = self.community
        every = (*known.events, *known.tombstones)
        return tuple(event for event in every if event.occurrences)


class _Pickler(pickle.Pickler):
    """Zones, which come from a package, are kept by their names."""

    def reducer_override(self, value: Any) -> Any:
        return (zone, (value.key,)) if isinstance(value, ZoneInfo) else NotImplemented


def keep(made: Corpus, file: Path) -> None:
    """Keep a corpus in a file, for other processes of the same run."""
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        _Pickler(out).dump(made)


def kept(file: Path) -> Corpus:
    """The corpus that a file keeps."""
    with file.open("rb") as data:
        made = pickle.load(data)
    assert isinstance(made, Corpus)
    return made


def compiled(file: Path, now: datetime, *, draws: bool = True) -> Compiled:
    """What `parcours compile` makes of a configuration at an instant.

    Args:
        draws: whether images are drawn now, rather than when they are asked for.
    """
    problems = Problems()
    made = compile_only(open_config(file, Surroundings(now=now)), problems, draws=draws)
    assert made is not None, [str(one) for one in problems.sorted()][:3]
    return made


def corpus(file: Path, now: datetime) -> Corpus:
    """The community of a configuration, and the feeds compiled from it."""
    made = compiled(file, now)
    feeds = {name: content(leaf) for name, leaf in made.tree if is_feed(name)}
    return Corpus(made.community, feeds, now)


@dataclass(frozen=True)
class Ready:
    """A generated community with its texts rendered: all that its feeds are written from."""

    community: Community
    news: tuple[News, ...]
    proses: Mapping[Text, Prose]
    now: datetime

    def feeds(self) -> Tree:
        """The feeds alone, a tenth of what compiling everything takes."""
        tree, tr = Tree(), translator(self.community.settings.language)
        table = selections(self.community)
        Feeds(self.community, table, self.news, self.proses, {}, self.now, tr).place(tree)
        return tree


def ready(file: Path, now: datetime) -> Ready:
    """Load what `bench.corpus` wrote: bodies without links, and files that never moved."""
    root, around, problems = file.parent, Surroundings(now=now), Problems()
    opened = open_config(file, around)
    facts, settings = read_config(opened.config, opened.plugin.options, problems)
    assert settings is not None
    asked = request(opened.config, facts, settings, around, drafts=False)
    history = read_history(root, now)
    community = load(root, settings, history, now, problems)
    news = read_news(root, history, community, problems)
    renderer = Renderer(
        asked.extensions, asked.extension_configs, lambda link, mark: link, problems
    )
    proses = {
        text: renderer.render(text.markdown, text.file, text.line)
        for event in community.events
        for text in (event.body, event.account)
        if text
    }
    assert not problems.errors
    return Ready(community, news, proses, now)


@contextmanager
def undrawn() -> Iterator[None]:
    """Leave the images of shared links empty; with thousands, they take half of the time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cards, "draw", lambda card: b"")
        yield


def is_feed(name: str) -> bool:
    """Whether a file of a site is a calendar or holds news; a host's days are no meetings."""
    if name.endswith("/kit.ics"):
        return False
    suffixes = (".rss.xml", ".atom.xml", ".podcast.xml", ".json")
    news = name.startswith("flux/") and name.endswith(suffixes)
    return name.endswith(".ics") or (news and name != "flux/feeds.json")
