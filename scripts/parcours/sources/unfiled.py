"""Names without a file: what becomes of whatever is named where it stands, and who may be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ..letters import normal
from ..model.community import Organisation, Person, Place, Territory
from ..model.names import ID, slug
from ..model.persons import names_nobody
from ..model.schema import (
    NameRecord,
    OrganisationRecord,
    PersonRecord,
    PlaceRecord,
    WhereRecord,
    WhoRecord,
)
from ..model.settings import Settings
from ..problems import N_, Mark, Mend, Problems, closest
from .register import AGAIN, At, Register


@dataclass(frozen=True)
class About:
    """What is said more of a name, by which two who are called the same are told apart.

    Attributes:
        said: whom somebody is of, or the address of a place; "" for nothing.
        territory: in which a place lies; "" where nothing says it.
    """

    said: str = ""
    territory: str = ""


@dataclass(frozen=True)
class Written:
    """A name that was written without a file.

    Attributes:
        folder: of data, in which it could have one.
        record: what is said of it, one for each time that it was written.
        mark: where it was written.
    """

    folder: str
    record: NameRecord
    mark: Mark

    @property
    def about(self) -> About:
        """Whom somebody is of, or where a place lies: others may be called the same."""
        if isinstance(self.record, WhoRecord):
            return About(self.record.of or "")
        return _lies(self.record) if isinstance(self.record, WhereRecord) else About()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What two have in common that are most likely the same."""
        about = self.about
        return self.folder, _folded(self.record.name), _folded(about.said), about.territory


class Unfiled:
    """What reads names without a file, of one site.

    Attributes:
        written: every name that was read; one that several share is noted each time.
    """

    def __init__(
        self,
        settings: Settings,
        organisations: Register[Organisation],
        territories: Register[Territory],
        people: Register[Person],
        written: list[Written],
    ) -> None:
        self.settings = settings
        self.organisations = organisations
        self.territories = territories
        self.people = people
        self.written = written
        self._known: dict[str, Organisation | str] = {}

    def organisation(self, name: NameRecord, at: At) -> Organisation | None:
        """An organisation; None where nothing says what it is called."""
        if not self._is_read("organisations", name, at):
            return None
        return _organisation(name.name, name.url)

    def person(self, name: NameRecord, at: At) -> Person | None:
        """Somebody; None where nobody may be named without having agreed to it."""
        assert isinstance(name, WhoRecord)  # as the schema has it
        if self.settings.asks_consent and not names_nobody(name.name):
            if not at.document.is_unsure(at.below("name").path):
                mark, mend = at.below("name").mark, self._with_consent(name)
                at.problems.add("unfiled-person", mark, mend=mend, value=name.name)
                at.document.broken.add(at.path)
            return None
        if not self._is_read("people", name, at):
            return None
        record = PersonRecord.model_construct(name=name.name, consent="")
        organisation = self._of(name.of, at.below("of")) if name.of else None
        id = _id(name.name, name.of or "")
        return Person(id, record, "", organisation, name.url or "", filed=False)

    def _with_consent(self, name: WhoRecord) -> Mend:
        """How somebody is named who has agreed to it, or may yet: by the file that is there."""
        where = f"{self.settings.data}/people"
        about = About(name.of or "")
        own = self.people.found.get(slug(name.name))
        its = self._people.get(_folded(name.name), ()) or _of_id(own, name.name)
        ids = sorted(one.id for one in its if _may_be(one, about))
        if ids:
            files = " / ".join(f"{where}/{id}.yml" for id in ids[:3])
            return Mend(ITS_FILE if len(ids) == 1 else THEIR_FILES, {"ids": files, "id": ids[0]})
        return Mend(CONSENT, {"where": where, "id": slug(name.name) or ANYBODY})

    @cached_property
    def _people(self) -> Mapping[str, Sequence[Person]]:
        """Who has a file, by name; asked for once all of them are read."""
        by_name: dict[str, list[Person]] = {}
        for one in self.people.found.values():
            by_name.setdefault(_folded(one.name), []).append(one)
        return by_name

    def place(self, name: NameRecord, at: At) -> Place | None:
        """A place; None where what is said of it is wrong."""
        assert isinstance(name, WhereRecord)
        territory = self.territories.find(
            name.territory, at.below("territory").path, at.document, at.problems
        )
        is_whole = tell_half(name, at)
        if not is_whole or (name.territory and territory is None):
            return None
        if not self._is_read("places", name, at):
            return None
        return place_of(name, territory)

    def _of(self, said: str, at: At) -> Organisation | None:
        """Whom somebody is of: what is declared under that id or name, else these words."""
        if said not in self._known:
            self._known[said] = self._meant(said)
        known = self._known[said]
        if isinstance(known, str):
            where = self.organisations.where
            at.problems.add(
                "unknown-reference", at.mark, suggestion=known, field="of", value=said, where=where
            )
            at.document.broken.add(at.path)
            return None
        return known

    def _meant(self, said: str) -> Organisation | str:
        """The organisation that a text means; the id that it nearly is."""
        every = self.organisations.found
        known = next(iter(self.organisations.known([said])), None)
        known = known or next((one for one in every.values() if one.name == said), None)
        near = closest(said, every, _LIKELY) if known is None and ID.fullmatch(said) else None
        return known or near or _organisation(said)

    def _is_read(self, folder: str, name: NameRecord, at: At) -> bool:
        """Note a name; whether it is one, and none that stands in for what is wrong."""
        if at.document.is_unsure(at.below("name").path):
            return False
        self.written.append(Written(folder, name, at.below("name").mark))
        return True


def _organisation(name: str, url: str | None = None) -> Organisation:
    record = OrganisationRecord.model_construct(name=name, url=url)
    return Organisation(_id(name), record, "", None, None, filed=False)


def place_of(name: WhereRecord, territory: Territory | None) -> Place:
    """A place without a file."""
    said = {key: getattr(name, key) for key in WhereRecord.model_fields}
    record = PlaceRecord.model_construct(**said)
    return Place(_id(name.name, *_where(name)), record, "", territory, filed=False)


def _where(name: WhereRecord) -> list[str]:
    """All that is said of where a place lies: two halls of one name are two."""
    said = (name.territory, name.latitude, name.longitude, name.timezone)
    return [name.address or "", *("" if one is None else f"{one}" for one in said)]


def _lies(name: WhereRecord | PlaceRecord) -> About:
    return About(name.address or "", name.territory or "")


def tell_half(record: PlaceRecord | WhereRecord, at: At) -> bool:
    """Tell a place that has one coordinate; whether it has both, or none."""
    if (record.latitude is None) == (record.longitude is None):
        return True
    missing = "latitude" if record.latitude is None else "longitude"
    if not at.document.is_unsure(at.below(missing).path):
        at.problems.add("missing-key", at.mark, key=missing)
    return False


def _id(name: str, *about: str) -> str:
    """What it is told apart by; no file can have it."""
    return f"~{'|'.join(map(_folded, (name, *about)))}"


def _folded(text: str) -> str:
    return " ".join(normal("NFC", text).casefold().split())


T = TypeVar("T", Person, Place, Organisation, Person | Place | Organisation)

Declared = Mapping[str, Iterable[Person | Place | Organisation]]
"""Folder of data → what has a file there."""


def tell_unfiled(
    written: Iterable[Written],
    declared: Declared,
    data: str,
    came: Callable[[str], float],
    problems: Problems,
) -> None:
    """Propose a file for what is named in two, and the id of what has one.

    Args:
        data: the folder of data.
        came: when a file came.
    """
    known: dict[tuple[str, str], list[Person | Place | Organisation]] = {}
    by_id: dict[tuple[str, str], Person | Place | Organisation] = {}
    for folder, ones in declared.items():
        for one in ones:
            known.setdefault((folder, _folded(one.name)), []).append(one)
            by_id[folder, one.id] = one
    # What all dates of a series, or all meetings of a collection, share was written once.
    once = {id(one.record): one for one in reversed(list(written))}
    # Of what is named twice in one list, that alone is told.
    again = {one.mark for one in problems.sorted() if one.code == AGAIN} if once else set()
    groups: dict[tuple[str, str, str, str], dict[str, Written]] = {}
    for said in sorted(once.values(), key=lambda one: one.mark):
        if said.mark in again:
            continue
        folder, name, *_ = said.key
        own = by_id.get((folder, slug(said.record.name)))
        found = known.get((folder, name)) or _of_id(own, said.record.name)
        its = [one for one in found if _may_be(one, said.about)]
        if len(its) == 1:
            problems.add(
                "unfiled-known",
                said.mark,
                severity="warning",
                value=said.record.name,
                better=its[0].id,
                where=f"{data}/{folder}",
            )
        elif not its and not _is_anybody(said):
            groups.setdefault(said.key, {}).setdefault(said.mark.file, said)
    for (folder, *_), by_file in groups.items():
        first, *more = sorted(by_file, key=lambda file: (came(file), file))
        if more:
            said = by_file[more[0]]
            name = slug(said.record.name) or ANYBODY
            params = {"where": f"{data}/{folder}", "better": name}
            mend = Mend(WITH_CONSENT, params) if folder == "people" else None
            problems.add(
                "unfiled-twice",
                said.mark,
                severity="warning",
                mend=mend,
                value=said.record.name,
                other=first,
                **params,
            )


def filed_too(
    listed: Sequence[Person | Place | Organisation],
) -> Collection[int]:
    """Which of those that are listed are named without the file that another of them has."""
    with_file: dict[str, list[Person | Place | Organisation]] = {}
    for one in listed:
        if one.filed:
            with_file.setdefault(_folded(one.name), []).append(one)
    twice: set[int] = set()
    for index, one in enumerate(listed):
        its = [] if one.filed else with_file.get(_folded(one.name), [])
        # Of two that are called so, nobody knows which is meant.
        if len(its) == 1 and any(_may_be(its[0], about) for about in _about(one)):
            twice.add(index)
    return twice


def _of_id(own: T | None, name: str) -> list[T]:
    """What has the file whose name is written as a name, or is that of its name in other signs:
    « cci-caen », « CCI-Caen »."""
    return [own] if own is not None and (own.id == name or own.id == slug(own.name)) else []


def _is_anybody(said: Written) -> bool:
    """Whether it names nobody: « un apprenti » here is another there."""
    return said.folder == "people" and names_nobody(said.record.name)


def _about(one: Person | Place | Organisation) -> Iterable[About]:
    """What is said more of a name without a file, by id and by name."""
    if isinstance(one, Person):
        own = one.organisation
        return (About(own.id), About(own.name)) if own else (About(),)
    return (_lies(one.record) if isinstance(one, Place) else About(),)


def _may_be(one: Person | Place | Organisation, about: About) -> bool:
    """Whether what has a file may be what is said more of."""
    if isinstance(one, Person):
        own = one.organisation
        return not about.said or own is None or about.said in (own.id, own.name)
    if isinstance(one, Place):
        own_about = _lies(one.record)
        return all(
            not here or not there or _folded(here) == _folded(there)
            for here, there in (
                (about.said, own_about.said),
                (about.territory, own_about.territory),
            )
        )
    return True


ANYBODY = "mon-nom"
"""An id for a name that has no Latin letter."""

_LIKELY = 0.8
"""How like an id is another that was probably meant."""

CONSENT = N_(
    "declare this person in {where}/{id}.yml with what he or she agreed to (« consent: »), and "
    "write « {id} » here; or tell what the person does, which names nobody: « a trainer »; where "
    "all agree when they are announced, mkdocs.yml says « consent: announced »"
)
ITS_FILE = N_("{ids} is the file of somebody of this name: write « {id} » instead")
THEIR_FILES = N_(
    "these are files of people of this name: {ids}; write the name of the file of whoever is meant "
    "instead, such as « {id} »"
)
WITH_CONSENT = N_(
    "declare this person in {where}/{better}.yml with what he or she agreed to (« consent: »), and "
    "write « {better} » in both"
)
