"""What the configuration may say: the options of the plugin, and what stands in them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, InstanceOf

from ..problems import N_
from .fields import (
    Address,
    Addresses,
    Color,
    Count,
    Duration,
    FilePath,
    Flag,
    HttpUrl,
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
from .forms import DATA, DEFAULTS, FOLDER, KIND
from .kinds import KINDS, Kind
from .schema import DefaultsRecord, Record
from .synonyms import CONSENTS, EVENTS, SEVERITY, TERRITORIES, WEEKDAY
from .values import ValueRefused, tidy

Weekday = Annotated[
    Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], WEEKDAY
]


def _read_kind(value: str) -> Kind:
    found = KINDS.get(tidy(value))
    if found is None:
        raise ValueRefused("bad-choice", value=value, known=", ".join(KINDS))
    return found


KindOfEvents = Annotated[InstanceOf[Kind], read_by(_read_kind), KIND, EVENTS]


class CollectionRecord(Record):
    """A collection, as the configuration declares it."""

    kind: KindOfEvents = Field(description=N_("What its folder holds."))
    folder: Annotated[FilePath, FOLDER] | None = Field(
        None, description=N_("Relative to the configuration file.")
    )
    name: Title | None = Field(None, description=N_("Name in the plural, for menus."))
    singular: Title | None = Field(None, description=N_("Name of one of its events."))
    address: Address | None = Field(None, description=N_("Where its pages stand."))
    weekday: Weekday | None = Field(None, description=N_("The weekday of its events."))
    duration: Duration | None = Field(None, description=N_("Usual length of an event with a time."))
    color: Color | None = Field(None, description=N_("CSS name of its colour in calendars."))
    aliases: Addresses = Field((), description=N_("Old addresses."))
    remind: Duration | None = Field(
        None, description=N_("How long before a deadline news tell of it; without this, never.")
    )
    defaults: Annotated[DefaultsRecord, DEFAULTS] | None = Field(
        None, description=N_("What every event of it shares, unless it says otherwise.")
    )


class NewsRecord(Record):
    """The folder of posts, as the configuration declares it."""

    folder: Annotated[FilePath, FOLDER] | None = Field(
        None, description=N_("Relative to the configuration file.")
    )
    name: Title | None = Field(None, description=N_("Name in the plural, for menus."))
    address: Address | None = Field(None, description=N_("Where its pages stand."))


class WeightsRecord(Record):
    """How many points each part of a score may give; none where it shall not matter."""

    skills: Count = Field(50, description=N_("The skills that are asked for."))
    territory: Count = Field(15, description=N_("The territory; in full for what is done online."))
    format: Count = Field(10, description=N_("On the spot, or online."))
    period: Count = Field(15, description=N_("The months."))
    language: Count = Field(10, description=N_("A language in common."))


class ExchangeRecord(Record):
    """Facilitators and needs, as the configuration names and weighs them."""

    name: Title | None = Field(None, description=N_("Name, for menus."))
    address: Address | None = Field(None, description=N_("Where its pages stand."))
    form: HttpUrl | None = Field(
        None, description=N_("A form for needs, and to reach those who have no address.")
    )
    waiting: Count = Field(
        30, description=N_("Days after which a need without an answer is told to coordinators.")
    )
    floor: Count = Field(50, description=N_("Points below which nobody is proposed."))
    weights: WeightsRecord = Field(
        default_factory=WeightsRecord.model_construct,
        description=N_("Points of each part of a score."),
    )


class HandoverRecord(Record):
    """The page of the sessions that can be taken over, as the configuration names it."""

    name: Title | None = Field(None, description=N_("Name, for menus."))
    address: Address | None = Field(None, description=N_("Where it stands."))


class FeedsRecord(Record):
    """What the configuration says of feeds."""

    enabled: Flag = Field(True, description=N_("Whether feeds are written."))
    revised: When | None = Field(
        None, description=N_("In UTC: all events count as changed then, for every subscriber.")
    )


class AllowRecord(Record):
    """What pages may ask of other hosts, by directives of their policy (CSP Level 3, section 6)."""

    script: Scripts = Field((), description=N_("Hosts of scripts; sha256-… for one inline script."))
    style: Origins = Field((), description=N_("Hosts of style sheets."))
    font: Origins = Field((), description=N_("Hosts of fonts."))
    img: Origins = Field((), description=N_("Hosts of images."))
    connect: Origins = Field((), description=N_("Hosts that scripts may ask, or tell something."))
    media: Origins = Field((), description=N_("Hosts of sound and film."))
    frame: Origins = Field((), description=N_("Hosts of pages within pages."))
    form: Origins = Field((), description=N_("Hosts to which forms may be sent."))

    def named(self) -> dict[str, tuple[str, ...]]:
        """The hosts by directive, where there are any."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: tuple(hosts) for name, hosts in found.items() if hosts}


class PolicyRecord(Record):
    """What the configuration says of the policy of every page."""

    allow: AllowRecord = Field(
        default_factory=AllowRecord.model_construct, description=N_("By directive.")
    )


class OptionsRecord(Record):
    """The options of the plugin in mkdocs.yml."""

    uid_domain: Line | None = Field(None, description=N_("Domain of every UID, for ever."))
    timezone: ZoneName = Field("Europe/Paris", description=N_("The community's IANA zone."))
    data: Annotated[FilePath, DATA] | None = Field(
        None, description=N_("Folder of entities, in docs_dir.")
    )
    territories: Annotated[Literal["france"], TERRITORIES] | None = Field(
        None, description=N_("The package's territories, for a site that declares none of its own.")
    )
    map: Annotated[FilePath, DATA] | None = Field(
        None, description=N_("JSON map of the territories, in « data ».")
    )
    collections: dict[Id, CollectionRecord] | None = Field(None, description=N_("By id."))
    news: NewsRecord | None = Field(None, description=N_("The folder of posts."))
    exchange: ExchangeRecord | None = Field(None, description=N_("Facilitators and needs."))
    relay: HandoverRecord | None = Field(
        None, description=N_("The page of the sessions that can be taken over.")
    )
    feeds: FeedsRecord = Field(
        default_factory=FeedsRecord.model_construct, description=N_("About feeds.")
    )
    cards: Flag = Field(True, description=N_("Whether shared links go with images of their own."))
    ways: Addresses = Field(
        (),
        description=N_("Addresses of written pages that the home page names as ways to take part."),
    )
    contacts: Annotated[Literal["warning", "error"], SEVERITY] = Field(
        "warning", description=N_("What an e-mail address or phone number in a text is.")
    )
    consent: Annotated[Literal["required", "announced"], CONSENTS] | None = Field(
        None,
        description=N_(
            "What naming a person takes; « required » where the language is French, else "
            "« announced »."
        ),
    )
    policy: PolicyRecord = Field(
        default_factory=PolicyRecord.model_construct,
        description=N_("What pages may ask of other hosts."),
    )
    withdrawn: Withdrawn = Field(
        (), description=N_("COLLECTION/ID of deleted events of which no trace may stay.")
    )
