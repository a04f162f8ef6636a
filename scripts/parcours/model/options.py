"""What the configuration may say: the options of the plugin, and what stands in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, InstanceOf

from .fields import (
    Address,
    Addresses,
    Color,
    Duration,
    FilePath,
    Flag,
    Id,
    Line,
    Origins,
    Scripts,
    Title,
    When,
    Withdrawn,
    ZoneName,
    read_by,
)
from .kinds import KINDS, Kind
from .schema import Record
from .values import ValueRefused, tidy

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _read_kind(value: str) -> Kind:
    found = KINDS.get(tidy(value))
    if found is None:
        raise ValueRefused("bad-choice", value=value, known=", ".join(KINDS))
    return found


KindOfEvents = Annotated[InstanceOf[Kind], read_by(_read_kind)]


class CollectionRecord(Record):
    """A collection, as the configuration declares it."""

    kind: KindOfEvents = Field(description="What its folder holds.")
    folder: FilePath | None = Field(None, description="Relative to the configuration file.")
    name: Title | None = Field(None, description="Name in the plural, for menus.")
    singular: Title | None = Field(None, description="Name of one of its events.")
    address: Address | None = Field(None, description="Where its pages stand.")
    weekday: Weekday | None = Field(None, description="The weekday of its events.")
    duration: Duration | None = Field(None, description="Usual length of an event with a time.")
    color: Color | None = Field(None, description="CSS name of its colour in calendars.")
    aliases: Addresses = Field((), description="Old addresses.")


class NewsRecord(Record):
    """The folder of posts, as the configuration declares it."""

    folder: FilePath | None = Field(None, description="Relative to the configuration file.")
    name: Title | None = Field(None, description="Name in the plural, for menus.")
    address: Address | None = Field(None, description="Where its pages stand.")


class FeedsRecord(Record):
    """What the configuration says of feeds."""

    enabled: Flag = Field(True, description="Whether feeds are written.")
    revised: When | None = Field(
        None, description="In UTC: all events count as changed then, for every subscriber."
    )


class AllowRecord(Record):
    """What pages may ask of other hosts, by directives of their policy (CSP Level 3, section 6)."""

    script: Scripts = Field((), description="Hosts of scripts; sha256-… for one inline script.")
    style: Origins = Field((), description="Hosts of style sheets.")
    font: Origins = Field((), description="Hosts of fonts.")
    img: Origins = Field((), description="Hosts of images.")
    connect: Origins = Field((), description="Hosts that scripts may ask, or tell something.")
    media: Origins = Field((), description="Hosts of sound and film.")
    frame: Origins = Field((), description="Hosts of pages within pages.")
    form: Origins = Field((), description="Hosts to which forms may be sent.")

    def named(self) -> dict[str, tuple[str, ...]]:
        """The hosts by directive, where there are any."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: tuple(hosts) for name, hosts in found.items() if hosts}


class PolicyRecord(Record):
    """What the configuration says of the policy of every page."""

    allow: AllowRecord = Field(default_factory=AllowRecord, description="By directive.")


class OptionsRecord(Record):
    """The options of the plugin in mkdocs.yml."""

    uid_domain: Line | None = Field(None, description="Domain of every UID, for ever.")
    timezone: ZoneName = Field("Europe/Paris", description="The community's IANA zone.")
    data: FilePath | None = Field(None, description="Folder of entities, in docs_dir.")
    territories: Literal["france"] | None = Field(
        None, description="The package's territories, for a site that declares none of its own."
    )
    map: FilePath | None = Field(None, description="JSON map of the territories, in « data ».")
    collections: dict[Id, CollectionRecord] | None = Field(None, description="By id.")
    news: NewsRecord | None = Field(None, description="The folder of posts.")
    feeds: FeedsRecord = Field(default_factory=FeedsRecord, description="About feeds.")
    cards: Flag = Field(True, description="Whether shared links go with images of their own.")
    ways: Addresses = Field(
        (), description="Addresses of written pages that the home page names as ways to take part."
    )
    contacts: Literal["warning", "error"] = Field(
        "warning", description="What an e-mail address or phone number in a text is."
    )
    policy: PolicyRecord = Field(
        default_factory=PolicyRecord, description="What pages may ask of other hosts."
    )
    withdrawn: Withdrawn = Field(
        (), description="COLLECTION/ID of deleted events of which no trace may stay."
    )
