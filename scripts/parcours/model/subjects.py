"""What a file may be about: each subject with its record and the folder in which it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from ..problems import N_
from .kinds import KINDS, Kind
from .options import OptionsRecord
from .schema import (
    AccessibilityRecord,
    FacilitatorRecord,
    MapRecord,
    NeedRecord,
    OrganisationRecord,
    PersonRecord,
    PlaceRecord,
    PostRecord,
    PublisherRecord,
    SkillRecord,
    TerritoryRecord,
    ThemeRecord,
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Subject:
    """What a file may be about.

    Attributes:
        id: the word for it, in addresses and commands.
        record: what such a file may say.
        name: what it is; a message of the catalogues.
        file: where such a file usually lies: ``{docs}`` is the site's docs_dir, ``{data}`` the
            folder of entities, and NAME, CODE and COURSE are whatever its author chooses.
        within: the keys below which it stands in that file.
    """

    id: str
    record: type[BaseModel]
    name: str
    file: str
    within: tuple[str, ...] = ()


def _of_kind(kind: Kind) -> tuple[Subject, ...]:
    if kind.course is None:
        file = f"{kind.folder}/NAME.md"
        return (Subject(id=kind.id, record=kind.record, name=kind.singular, file=file),)
    folder = f"{kind.folder}/COURSE"
    return (
        Subject(id=kind.id, record=kind.course, name=N_("Course"), file=f"{folder}/index.md"),
        Subject(id="session", record=kind.record, name=kind.singular, file=f"{folder}/NAME.md"),
    )


_ENTITIES = (
    ("organisation", OrganisationRecord, N_("Organisation"), "organisations"),
    ("person", PersonRecord, N_("Person"), "people"),
    ("place", PlaceRecord, N_("Place"), "places"),
    ("territory", TerritoryRecord, N_("Territory"), "territories"),
    ("theme", ThemeRecord, N_("Theme"), "themes"),
    ("facilitator", FacilitatorRecord, N_("Facilitator"), "facilitators"),
    ("need", NeedRecord, N_("Need"), "needs"),
    ("skill", SkillRecord, N_("Skill"), "skills"),
)
FOLDERS = frozenset(folder for *_, folder in _ENTITIES)
"""Folders of data in which each file is about one of many."""

_OTHERS = (
    Subject(id="post", record=PostRecord, name=N_("Post"), file="{docs}/news/NAME.md"),
    *(
        Subject(id=id, record=record, name=name, file=f"{{data}}/{folder}/NAME.yml")
        for id, record, name, folder in _ENTITIES
    ),
    Subject(
        id="accessibility",
        record=AccessibilityRecord,
        name=N_("Statement of accessibility"),
        file="{data}/accessibility.yml",
    ),
    Subject(
        id="publisher",
        record=PublisherRecord,
        name=N_("Legal notice"),
        file="{data}/publisher.yml",
    ),
    Subject(id="map", record=MapRecord, name=N_("Map of the territories"), file="{data}/NAME.json"),
    Subject(
        id="configuration",
        record=OptionsRecord,
        name=N_("Configuration"),
        file="mkdocs.yml",
        within=("plugins", "parcours"),
    ),
)


def subjects() -> Mapping[str, Subject]:
    """Every subject by its id: the kinds of meetings first."""
    kinds = (one for kind in KINDS.values() for one in _of_kind(kind))
    return {one.id: one for one in (*kinds, *_OTHERS)}
