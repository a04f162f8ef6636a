"""What time meetings kept, as subscribers were told then.

An hour stands in the meeting's own file; its zone may stand in those of a place and of its
territory, or in the configuration, and change while nobody touches the meeting.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import TypeVar

from ..model.community import Place, Territory
from ..model.schema import EventRecord, PlaceRecord, TerritoryRecord, WhereRecord
from ..model.settings import Settings
from ..model.times import zone_of
from .history import History, Version, read_blobs
from .past import past_record
from .suffixes import DATA
from .unfiled import place_of

R = TypeVar("R", PlaceRecord, TerritoryRecord)


class Hours:
    """The zones of one site's meetings, at any instant of its history.

    Attributes:
        places: those of today, by id; so are the territories.
    """

    def __init__(
        self,
        root: Path,
        history: History,
        settings: Settings,
        places: Mapping[str, Place],
        territories: Mapping[str, Territory],
    ) -> None:
        self.root = root
        self.history = history
        self.settings = settings
        self.places = places
        self.territories = territories
        self._places = cache(self._read_places)
        self._its = cache(self._read_territories)

    def zone(self, record: EventRecord, instant: int) -> str:
        """The IANA zone that a record's times were in from a commit on, in Unix seconds.

        Raises:
            HistoryError: git refuses to answer.
        """
        places = (self._place(one, instant) for one in record.named_places)
        return zone_of(record, places, _at(self.settings.homes, instant, self.settings.timezone))

    def changes(self, record: EventRecord, since: int, until: int) -> Iterator[int]:
        """The instants between two, both excluded, from which that zone was another.

        Raises:
            HistoryError: git refuses to answer.
        """
        if record.timezone is not None:
            return
        instants = {instant for instant, _ in self.settings.homes}
        for named in record.named_places:
            said = self._places(named.id) if named.id else ()
            instants.update(instant for instant, _ in said)
            for its in (named.territory, *(place.territory for _, place in said)):
                if its is not None:
                    instants.update(instant for instant, _ in self._its(its))
        before = None
        for instant in sorted(one for one in instants if since < one < until):
            before = before or self.zone(record, since)
            now = self.zone(record, instant)
            if now != before:
                yield instant
            before = now

    def said(self, id: str, since: int, until: int) -> Sequence[PlaceRecord]:
        """What was said of a place between two instants, the second excluded, the oldest first.

        Raises:
            HistoryError: git refuses to answer.
        """
        said = self._places(id)
        ends = [*(instant for instant, _ in said[1:]), until]
        spans = zip(said, ends, strict=False)
        return [one for (begins, one), end in spans if begins < until and end > since]

    def _place(self, named: WhereRecord, instant: int) -> Place | None:
        id, its = named.id, named.territory
        if not id:
            return place_of(named, self._territory(its, instant) if its else None)
        record = _at(self._places(id), instant, None)
        if record is None:
            return self.places.get(id)
        its = record.territory
        return Place(id, record, "", self._territory(its, instant) if its else None)

    def _territory(self, id: str, instant: int) -> Territory | None:
        record = _at(self._its(id), instant, None)
        return Territory(id, record, "") if record else self._known.get(id)

    @cached_property
    def _known(self) -> Mapping[str, Territory]:
        """The territories of today, under the names that they had, too."""
        former = {alias: one for one in self.territories.values() for alias in one.aliases}
        return {**former, **self.territories}

    def _read_places(self, id: str) -> list[tuple[int, PlaceRecord]]:
        return self._read("places", (id,), PlaceRecord, ("name", "territory", "timezone"))

    def _read_territories(self, id: str) -> list[tuple[int, TerritoryRecord]]:
        today = self._known.get(id)
        ids = dict.fromkeys((id, today.id if today else id))
        return self._read("territories", tuple(ids), TerritoryRecord, ("name", "timezone"))

    def _read(
        self, kind: str, ids: Sequence[str], record: type[R], kept: Sequence[str]
    ) -> list[tuple[int, R]]:
        """What was said of an entity, and from when on; what cannot be read said nothing new."""
        lay = [version for id in ids for version in self._lay.get((kind, id), ())]
        found = (
            (one.instant, past_record(self._contents[one.blob], record, kept))
            for one in sorted(lay, key=lambda one: one.instant)
        )
        return [(instant, said) for instant, said in found if said is not None]

    @cached_property
    def _lay(self) -> Mapping[tuple[str, str], Sequence[Version]]:
        """The versions of all places and territories, by their folder and id of then."""
        found: dict[tuple[str, str], list[Version]] = {}
        folders = {f"{self.settings.data}/{kind}": kind for kind in ("places", "territories")}
        removed = (one.past for one in self.history.removed.values())
        for past in (*removed, *self.history.changes.values()):
            if not any(one in version.path for one in _LIE_IN for version in past.versions):
                continue
            last = folders.get(past.versions[-1].path.rpartition("/")[0])
            for version in past.versions:
                folder, _, name = version.path.rpartition("/")
                # A folder of data that was moved took its files along.
                kind = folders.get(folder) or (last if folder.endswith(f"/{last}") else None)
                path = PurePosixPath(name) if kind else None
                if kind and path and path.suffix.lower() in DATA:
                    found.setdefault((kind, path.stem), []).append(version)
        return found

    @cached_property
    def _contents(self) -> Mapping[str, bytes]:
        return read_blobs(self.root, (one.blob for lay in self._lay.values() for one in lay))


_LIE_IN = ("/places/", "/territories/")


T = TypeVar("T")
F = TypeVar("F")


def _at(said: Sequence[tuple[int, T]], instant: int, otherwise: F) -> T | F:
    """What held at an instant; before the first of it, that one."""
    if not said:
        return otherwise
    at = bisect_right(said, instant, key=lambda one: one[0])
    return said[max(0, at - 1)][1]
