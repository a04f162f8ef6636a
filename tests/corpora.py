"""Communities with the calendars and feeds that were compiled from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parcours.compile import Compiled
from parcours.engine.build import compile_only, open_config
from parcours.engine.environment import Surroundings
from parcours.model.community import Community, Event
from parcours.problems import Problems
from parcours.tree import content


@dataclass(frozen=True, eq=False)
class Corpus:
    """A community, the files that hold its feeds, and the instant of both."""

    community: Community
    files: Mapping[str, bytes]
    now: datetime

    @property
    def events(self) -> tuple[Event, ...]:
        """Those that calendars hold: with a date, the deleted ones too."""
        every = (*self.community.events, *self.community.tombstones)
        return tuple(event for event in every if event.occurrences)


def compiled(file: Path, now: datetime) -> Compiled:
    """What `parcours compile` makes of a configuration at an instant."""
    problems = Problems()
    made = compile_only(open_config(file, Surroundings(now=now)), problems)
    assert made is not None, [str(one) for one in problems.sorted()][:3]
    return made


def corpus(file: Path, now: datetime) -> Corpus:
    """The community of a configuration, and the feeds compiled from it."""
    made = compiled(file, now)
    feeds = {name: content(leaf) for name, leaf in made.tree if is_feed(name)}
    return Corpus(made.community, feeds, now)


def is_feed(name: str) -> bool:
    """Whether a file of a site is a calendar or holds news."""
    news = name.startswith("flux/") and name.endswith((".rss.xml", ".atom.xml", ".json"))
    return name.endswith(".ics") or (news and name != "flux/feeds.json")
