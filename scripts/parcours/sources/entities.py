"""What events refer to by a short id: data/KIND/ID.yml, and the territories of the package."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from pydantic import BaseModel

from ..model.community import Organisation, Person, Place, Territory, Theme
from ..model.fields import is_bare_consent, is_no_consent
from ..model.names import ID, ID_LIMIT, slug
from ..model.schema import (
    FacilitatorRecord,
    NeedRecord,
    OrganisationRecord,
    PersonRecord,
    PlaceRecord,
    SkillRecord,
    TerritoryRecord,
    ThemeRecord,
)
from ..model.settings import Settings
from ..problems import N_, Mark, Phrase, Problems, closest
from .around import ANYWHERE, Around
from .files import is_folder, read_bytes
from .history import History
from .readings import Readings
from .records import tell_form_name
from .regions import packaged_territories
from .register import At, E, Register
from .suffixes import DATA
from .text import read_text
from .unfiled import Unfiled, Written, filed_too, tell_half
from .walk import entries_of, source_files
from .yaml import Document, read_yaml

R = TypeVar("R", bound=BaseModel)
_Aliased = TypeVar("_Aliased", TerritoryRecord, ThemeRecord, OrganisationRecord, SkillRecord)


ENTITY_RECORDS: Mapping[str, type[BaseModel]] = {
    "organisations": OrganisationRecord,
    "people": PersonRecord,
    "places": PlaceRecord,
    "territories": TerritoryRecord,
    "themes": ThemeRecord,
    "facilitators": FacilitatorRecord,
    "needs": NeedRecord,
    "skills": SkillRecord,
}
"""Folder of data → what its files may say."""

ENTITY_FOLDERS = tuple(ENTITY_RECORDS)


@dataclass(kw_only=True)
class Entities:
    """All registers of a site.

    Attributes:
        unfiled: what is named where it stands, each time.
    """

    organisations: Register[Organisation]
    people: Register[Person]
    places: Register[Place]
    territories: Register[Territory]
    themes: Register[Theme]
    unfiled: list[Written] = field(default_factory=list)


@dataclass(frozen=True)
class Read(Generic[R]):
    """A file of an entity, read.

    Attributes:
        file: relative to the site's folder.
    """

    record: R
    document: Document
    file: str


@dataclass
class Names:
    """The ids that names stand for, in whatever order files are read: of few, that is asked at all.

    Attributes:
        root: the site's folder, resolved.
    """

    root: Path
    settings: Settings
    _read: dict[str, Mapping[str, list[str]]] = field(default_factory=dict)

    def meant(self, folder: str, text: str) -> str | None:
        """The id that a text means in a folder of data: it is the id but for its capitals, or an
        earlier one, or the name of one; None where none is meant, or several are."""
        if folder not in ENTITY_RECORDS:
            return None
        if folder not in self._read:
            self._read[folder] = self._names(folder)
        found = self._read[folder].get(slug(text), [])
        return found[0] if len(found) == 1 else None

    def _names(self, folder: str) -> Mapping[str, list[str]]:
        named: dict[str, list[str]] = {}
        ids: set[str] = set()
        for id, said in self._said(folder):
            ids.add(id)
            aliases = said.get("aliases")
            earlier = aliases if isinstance(aliases, list) else [aliases]
            for one in {slug(str(name)) for name in (said.get("name"), *earlier) if name}:
                named.setdefault(one, []).append(id)
        return {**named, **{id: [id] for id in ids}}

    def _said(self, folder: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        where = f"{self.settings.data}/{folder}"
        is_empty = True
        for path, file in source_files(self.root, where, Problems(), suffixes=DATA):
            is_empty = False
            if not ID.fullmatch(PurePosixPath(file).stem):
                continue
            text = read_text(path, file, Problems())
            document = read_yaml(text, file, Problems(), heals=True) if text is not None else None
            if document is not None:
                yield PurePosixPath(file).stem, document.data
        if folder == "territories" and is_empty and self.settings.french_regions:
            for id, record in packaged_territories().items():
                yield id, {"name": record.name, "aliases": list(record.aliases)}


def declared(root: Path, settings: Settings) -> Mapping[str, frozenset[str]]:
    """Folder of data → the ids that its files have, right or wrong."""
    found = {
        folder: frozenset(
            PurePosixPath(entry.name).stem
            for entry in entries_of(root / settings.data / folder)
            if entry.name.lower().endswith(DATA)
        )
        for folder in ENTITY_FOLDERS
    }
    if settings.french_regions and not found["territories"]:
        found["territories"] = frozenset(packaged_territories())
    return found


def read_entities(
    root: Path,
    settings: Settings,
    history: History,
    problems: Problems,
    around: Around = ANYWHERE,
    readings: Readings | None = None,
) -> Entities:
    """Read every entity file of a site, in the folder of data below *root*.

    Args:
        readings: reads each; without any, all are read anew.
    """
    readings = readings or Readings()
    data = settings.data
    folder = PurePosixPath(data)

    def register(kind: str) -> Register[E]:
        return Register(where=f"{data}/{kind}", around=around)

    written: list[Written] = []

    def read(kind: str, record: type[R], into: Register[E]) -> Mapping[str, Read[R]]:
        found = read_folder(
            root, str(folder / kind), record, into.broken, problems, around, readings
        )
        into.documents |= {id: one.document for id, one in found.items()}
        return found

    entities = Entities(
        organisations=register("organisations"),
        people=register("people"),
        places=register("places"),
        territories=register("territories"),
        themes=register("themes"),
        unfiled=written,
    )
    unfiled = Unfiled(
        settings, entities.organisations, entities.territories, entities.people, written
    )
    entities.organisations.unfiled = unfiled.organisation
    entities.people.unfiled = unfiled.person
    entities.places.unfiled = unfiled.place
    entities.organisations.filed = entities.people.filed = entities.places.filed = filed_too
    _territories(
        read("territories", TerritoryRecord, entities.territories), entities, settings, problems
    )
    themes = read("themes", ThemeRecord, entities.themes)
    for id, theme in themes.items():
        entities.themes.found[id] = Theme(id, theme.record, theme.file)
    read_aliases(themes, entities.themes, problems)
    _places(read("places", PlaceRecord, entities.places), entities, problems)
    _organisations(
        read("organisations", OrganisationRecord, entities.organisations), entities, problems
    )
    _people(read("people", PersonRecord, entities.people), entities, history, problems)
    _unknown_folders(root, data, problems)
    return entities


def read_folder(
    root: Path,
    folder: str,
    kind: type[R],
    broken: set[str],
    problems: Problems,
    around: Around,
    readings: Readings,
) -> dict[str, Read[R]]:
    """Every file of a folder of data that can be read, by id; the ids of others go to *broken*."""
    found: dict[str, Read[R]] = {}
    for path, file in source_files(root, folder, problems, suffixes=DATA):
        id = PurePosixPath(file).stem
        if not ID.fullmatch(id) or len(id) > ID_LIMIT:
            name = Phrase(N_("file name"))
            problems.add("bad-id", Mark(file), field=name, value=id, better=slug(id))
            broken.add(slug(id))  # what names it so is right
            continue
        if id in found:
            problems.add("duplicate-id", Mark(file), id=id, other=found[id].file)
            continue
        tell_form_name(file, problems)
        has_text = "description" in kind.model_fields
        data = read_bytes(path, file, problems)
        read = None
        if data is not None:
            read = readings.read(kind, data, file, problems, around, has_text=has_text)
        source, record = read or (None, None)
        if source is None or record is None:
            broken.add(id)
            continue
        found[id] = Read(record, source.document, file)
    return found


def read_aliases(
    read: Mapping[str, Read[_Aliased]], register: Register[E], problems: Problems
) -> None:
    """Take in the earlier ids of a kind: none may be that of another, now or before."""
    for id, one in read.items():
        for index, alias in enumerate(one.record.aliases):
            other = alias if alias in register.found else register.aliases.get(alias)
            if other is not None:
                mark = one.document.mark(("aliases", index))
                problems.add("duplicate-id", mark, id=alias, other=read[other].file)
            register.aliases[alias] = id


def _unknown_folders(root: Path, data: str, problems: Problems) -> None:
    """A misspelt folder would silently lose all it holds."""
    for entry in entries_of(root / data):
        name = entry.name
        if (
            is_folder(Path(entry.path))
            and not name.startswith((".", "_"))
            and name not in ENTITY_FOLDERS
        ):
            known = ", ".join(ENTITY_FOLDERS)
            suggestion = closest(name, ENTITY_FOLDERS)
            mark = Mark(f"{data}/{name}")
            problems.add("unknown-folder", mark, suggestion=suggestion, value=name, known=known)


def _territories(
    own: Mapping[str, Read[TerritoryRecord]],
    entities: Entities,
    settings: Settings,
    problems: Problems,
) -> None:
    """The site's own territories, else the package's if the configuration asks for them."""
    register, packaged = entities.territories, packaged_territories()
    for id, read in own.items():
        register.found[id] = Territory(id, read.record, read.file)
    if settings.french_regions and not own and not register.broken:
        register.found |= {id: Territory(id, record, "") for id, record in packaged.items()}
    elif not own:
        register.packaged = frozenset(packaged)
    read_aliases(own, entities.territories, problems)


def _places(read: Mapping[str, Read[PlaceRecord]], entities: Entities, problems: Problems) -> None:
    for id, (record, document, file) in parts(read):
        tell_half(record, At((), document, problems))
        territory = entities.territories.find(record.territory, ("territory",), document, problems)
        entities.places.found[id] = Place(id, record, file, territory)


def _organisations(
    read: Mapping[str, Read[OrganisationRecord]], entities: Entities, problems: Problems
) -> None:
    for id, (record, document, file) in parts(read):
        territory = entities.territories.find(record.territory, ("territory",), document, problems)
        place = entities.places.find(record.place, ("place",), document, problems)
        entities.organisations.found[id] = Organisation(id, record, file, territory, place)
    read_aliases(read, entities.organisations, problems)


def _people(
    read: Mapping[str, Read[PersonRecord]], entities: Entities, history: History, problems: Problems
) -> None:
    """Those who agree; of the others, nothing is kept but who they were."""
    register = entities.people
    tell_left(register, history, read)
    for id, (record, document, file) in parts(read):
        organisation = entities.organisations.find(
            record.organisation, ("organisation",), document, problems
        )
        mark, consent = document.mark(("consent",)), record.consent
        if is_no_consent(consent):
            problems.add("no-consent", mark, severity="warning", value=consent)
            register.left |= {id}
            continue
        if not document.is_broken(("consent",)) and is_bare_consent(consent):
            problems.add("bare-consent", mark, severity="warning", value=consent)
        register.found[id] = Person(id, record, file, organisation)


def tell_left(register: Register[E], history: History, read: Collection[str]) -> None:
    """Take in who left, as far as the history knows.

    Args:
        read: ids of the files that are there and were read.
    """
    register.left = _gone_from(history, register.where, {*read, *register.broken})
    register.past = "none" if history.head is None else "cut" if history.shallow else "whole"


def _gone_from(history: History, folder: str, there: Collection[str]) -> frozenset[str]:
    """Ids of a folder of data whose files were there once, under that name, and are gone.

    Args:
        there: ids of the files that are there.
    """
    paths = {
        *history.removed,
        *history.changes,
        *(one.path for change in history.changes.values() for one in change.versions),
        *(one.path for gone in history.removed.values() for one in gone.past.versions),
    }
    files = (PurePosixPath(path) for path in paths if path.startswith(f"{folder}/"))
    gone = (file.stem for file in files if str(file.parent) == folder and file.suffix in DATA)
    return frozenset(gone) - frozenset(there)


def parts(read: Mapping[str, Read[R]]) -> Iterable[tuple[str, tuple[R, Document, str]]]:
    """By id: the record, its document and its file."""
    return ((id, (one.record, one.document, one.file)) for id, one in read.items())
