"""What a site has already: where new files go, and which ids they may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from ..i18n import Translator, translator
from ..model.names import ID, ID_LIMIT, fold, slug
from ..model.settings import Collection, NewsFolder, Settings
from ..model.zones import zone
from ..problems import Problems
from ..sources.files import is_there
from ..sources.regions import packaged_territories
from ..sources.settings import SiteFacts, usual_collection, usual_news
from ..sources.suffixes import DATA, SOURCES
from ..sources.text import read_source
from ..sources.walk import entries_of, source_files
from .subjects import Subject

_TAKEN = frozenset({"index", "readme", "con", "prn", "aux", "nul"})
"""Names that no source may have: of pages, of what explains a folder, of devices of a system."""


@dataclass(frozen=True)
class Draft:
    """A file to be written.

    Attributes:
        path: relative to the site's folder.
    """

    path: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site to which something is added.

    Attributes:
        now: the instant, aware.
        drafts: what is to be written so far: its ids are known already.
        read: what folders of data declare, by their names; each is read once.
    """

    settings: Settings
    facts: SiteFacts
    declared: bool
    now: datetime
    drafts: list[Draft] = field(default_factory=list)
    read: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def tr(self) -> Translator:
        """The language that the site is written in: of what stands in its files."""
        return translator(self.settings.language)

    @cached_property
    def today(self) -> datetime:
        """The instant, as the community's clocks show it."""
        return self.now.astimezone(zone(self.settings.timezone))

    def collections(self, subject: Subject) -> tuple[Collection, ...]:
        """Where meetings of a kind may go; of a site that declares nothing, the usual folder."""
        if subject.kind is None:
            return ()
        found = [one for one in self.settings.collections if one.kind is subject.kind]
        if not found and not self.declared:
            return (usual_collection(subject.kind, self.facts),)
        return tuple(found)

    @property
    def news(self) -> NewsFolder:
        return self.settings.news or usual_news(self.facts)

    def has_territories_of_package(self) -> bool:
        """Whether a first territory of its own would take all others away."""
        return self.settings.french_regions and not any(self._files("territories"))

    def first(self, folder: str) -> str | None:
        """An id that a folder of data declares, which the names of its files tell already."""
        if folder in self.read or self.drafts or folder == "territories":
            return next(iter(self.ids(folder)), None)
        return min((PurePosixPath(file).stem for _, file in self._files(folder)), default=None)

    def ids(self, folder: str) -> Mapping[str, str]:
        """What a folder of data declares, what is to be written included: names by id."""
        found = dict(self._declared(folder))
        if folder == "territories" and self.has_territories_of_package():
            found = {id: one.name for id, one in packaged_territories().items()}
        new = (PurePosixPath(one.path) for one in self.drafts)
        place = PurePosixPath(self.settings.data, folder)
        return found | {path.stem: path.stem for path in new if path.parent == place}

    def _declared(self, folder: str) -> Mapping[str, str]:
        if folder not in self.read:
            self.read[folder] = dict(sorted(self._names(folder)))
        return self.read[folder]

    def _files(self, folder: str) -> Iterator[tuple[Path, str]]:
        where = str(PurePosixPath(self.settings.data, folder))
        return source_files(self.facts.root, where, Problems(), suffixes=DATA)

    def _names(self, folder: str) -> Iterator[tuple[str, str]]:
        for path, file in self._files(folder):
            id = PurePosixPath(file).stem
            source = read_source(path, file, Problems())
            yield id, str((source.document.data.get("name") if source else None) or id)

    def courses(self, collection: Collection) -> tuple[str, ...]:
        """The folders of a collection that are courses."""
        folder = self.facts.root / collection.folder
        entries = [one for one in entries_of(folder) if one.is_dir()]
        return tuple(
            one.name
            for one in entries
            if any(is_there(folder / one.name / f"index{suffix}") for suffix in SOURCES)
        )

    def folder(self, subject: Subject, collection: Collection | None, course: str) -> str:
        """Where its file goes, relative to the site's folder."""
        if subject.sort == "entity":
            return f"{self.settings.data}/{subject.folder}"
        if collection is None:
            return self.news.folder
        inside = course if subject.kind and subject.kind.in_courses else ""
        return f"{collection.folder}/{inside}".rstrip("/")

    def file(self, subject: Subject, folder: str, name: str) -> str:
        """The file of that name: a course is a folder with an index."""
        return f"{folder}/{name}{'/index' if subject.sort == 'course' else ''}{subject.suffix}"

    def is_taken(self, folder: str, name: str) -> bool:
        """Whether a file or folder has that name, or one that is the same on some disks."""
        wanted = fold(name)
        names = {one.name for one in entries_of(self.facts.root / folder)}
        new = (PurePosixPath(one.path) for one in self.drafts)
        names |= {path.name for path in new if str(path.parent) == folder}
        stems = {fold(PurePosixPath(one).stem) for one in names if one.lower().endswith(SOURCES)}
        return wanted in stems or wanted in {fold(one) for one in names}


def file_name(subject: Subject, title: str, day: str, collection: Collection | None) -> str:
    """The name of a file, from the title; "" where nothing is left of it and nothing else tells.

    Args:
        day: of a meeting or post; "" for what has none.
    """
    name = slug(title)
    if name and name not in _TAKEN:
        return name
    group = slug(collection.singular) if collection is not None else ""
    other = slug(f"{group or subject.word}-{name or day}") if name or day else ""
    return other[:ID_LIMIT]


def is_name(text: str) -> bool:
    """Whether a file may be called so."""
    return bool(ID.fullmatch(text)) and len(text) <= ID_LIMIT and text not in _TAKEN
