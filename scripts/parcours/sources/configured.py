"""What the configuration said in the past, as far as subscribers saw it.

Entries show the hours of the community's zone, the usual length and the names of collections; their
identity holds a collection's id and the domain. None of it stands in a file of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..model.options import OptionsRecord
from ..model.sequence import seconds
from ..model.settings import Settings
from ..model.values import PAST, ValueRefused, parse_moment
from ..model.zones import zone_names
from ..problems import Mark, Problems
from .history import History, HistoryError, read_blobs
from .settings import option_places
from .text import decode

_USUAL = OptionsRecord.model_fields["timezone"].default

_SHOWN = ("timezone", "collections", "uid_domain")
"""The options that entries show."""

Options = Mapping[str, object]


@dataclass(frozen=True)
class Configured:
    """What the past of the configuration tells of entries.

    Attributes:
        since: the instant since which they count as changed by it, in Unix seconds; 0 for never.
        homes: the community's zones, and the instant from which each was, the oldest first.
    """

    since: int = 0
    homes: tuple[tuple[int, str], ...] = ()


def read_configured(
    root: Path, history: History, settings: Settings, problems: Problems
) -> Configured:
    """Read what the configuration said in the past.

    Entries count as changed by the last commit which changed what they show, or by the latest
    `feeds.revised` that there ever was: taking it back must not let SEQUENCE fall. What took
    identities away from subscribers is told.
    """
    change = history.get(settings.source)
    if change is None:
        return Configured()
    try:
        contents = read_blobs(root, {version.blob for version in change.versions})
    except HistoryError as error:
        problems.add(error.code, Mark(settings.source), reason=error.reason)
        return Configured()
    past = [
        (version.instant, _options(contents[version.blob], settings.source))
        for version in change.versions
    ]
    said = [options for _, options in past]
    _tell_identities(said, history, settings, problems)
    changed = (at for (_, before), (at, now) in pairwise(past) if _shown(before) != _shown(now))
    return Configured(max(0, *changed, *map(_revised, said), 0), tuple(_homes(past)))


def _homes(past: Iterable[tuple[int, Options]]) -> Iterator[tuple[int, str]]:
    """The zones of the community; what cannot be read said nothing of them."""
    before = None
    for instant, options in past:
        said = options.get("timezone", _USUAL) if options else None
        if said in zone_names() and said != before:
            before = str(said)
            yield instant, before


def _options(data: bytes, file: str) -> Options:
    text = decode(data, file, Problems())
    return option_places(text, file).data if text else {}


def _shown(options: Options) -> str:
    return json.dumps({key: options.get(key) for key in _SHOWN}, sort_keys=True)


def _revised(options: Options) -> int:
    feeds = options.get("feeds")
    said = feeds.get("revised") if isinstance(feeds, Mapping) else None
    try:
        return seconds(parse_moment(said, style=PAST)) if isinstance(said, str) else 0
    except ValueRefused:
        return 0


def _tell_identities(
    past: Sequence[Options], history: History, settings: Settings, problems: Problems
) -> None:
    """Warn of identities that subscribers have, and that are not told any more."""
    mark = Mark(settings.source)
    known = {one.id for one in settings.collections}
    gone = {id: folder for options in past for id, folder in _collections(options)}
    for id, folder in sorted(gone.items()):
        if id not in known and _held(folder, history):
            problems.add("collection-gone", mark, severity="warning", value=id)
    domains = {str(one["uid_domain"]) for one in past if one.get("uid_domain")}
    for domain in sorted(domains - {settings.uid_domain}):
        problems.add("domain-changed", mark, severity="warning", value=domain)


def _collections(options: Options) -> Iterator[tuple[str, str]]:
    """The id and folder of each collection that was declared."""
    declared = options.get("collections")
    for id, one in declared.items() if isinstance(declared, Mapping) else ():
        folder = one.get("folder") if isinstance(one, Mapping) else None
        yield str(id), str(folder or id).rstrip("/")


def _held(folder: str, history: History) -> bool:
    """Whether anything ever lay in a folder."""
    paths = (*history.changes, *history.removed)
    return any(path.startswith(f"{folder}/") for path in paths)
