"""The plugin's options → settings, with located problems and defaults for everything."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from ..i18n import Translator, language_of, translator
from ..model.kinds import KINDS, Kind
from ..model.names import slug
from ..model.options import (
    CollectionRecord,
    ExchangeRecord,
    HandoverRecord,
    NewsRecord,
    OptionsRecord,
    Weekday,
    WeightsRecord,
)
from ..model.sequence import seconds
from ..model.settings import (
    ADDRESSES,
    EXCHANGE,
    NEWS,
    RELAY,
    Collection,
    EngineFacts,
    Handover,
    Market,
    NewsFolder,
    Settings,
    Weights,
    date_style,
)
from ..problems import N_, Mark, Mend, Problems, closest
from .around import Around
from .files import is_folder
from .records import validate
from .walk import entries_of
from .yaml import Document, locate, value_at

OTHER_FOLDER = N_("write « {better} », the folder that is there")
OTHER_ADDRESS = N_("give each collection an « address: » of its own")
BARE_DOMAIN = N_("write the domain alone: « uid_domain: {better} »")
NO_DOMAIN = N_("it is no domain, such as asso.example")
_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
_IN_ADDRESS = re.compile(r"(?:://|@|^)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)")

WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """What the engine's configuration says of the site.

    Attributes:
        root: the folder of the configuration file, resolved.
        file: the configuration file, as problems name it.
        docs_dir: relative to *root*.
        theme_language: of the theme; None when it sets none.
        engine: what it says of files.
    """

    root: Path
    file: str
    site_name: str
    site_url: str
    docs_dir: str
    theme_language: str | None
    engine: EngineFacts


def read_settings(
    options: Mapping[str, object],
    places: Document,
    facts: SiteFacts,
    problems: Problems,
) -> Settings | None:
    """Settings from the options of the plugin; None, and problems, when they are wrong.

    Args:
        options: as the engine loaded them.
        places: where each option stands in the configuration file.
    """
    document = Document(
        data={key: _as_text(value) for key, value in options.items()},
        marks=places.marks,
        keys=places.keys,
        cuts=places.cuts,
    )
    language = language_of(facts.theme_language)
    manner = Around(style=date_style(language), language=language)
    record = validate(OptionsRecord, document, problems, manner)
    if not _is_site_url(facts.site_url):
        problems.add("site-url", Mark(facts.file))
    if record is None:
        return None
    _check_folders(record, document, problems)
    folders = _folders(record, document, facts, problems)
    shared = _shared_addresses(record, document, problems)
    domain = record.uid_domain
    if domain is not None and _DOMAIN.fullmatch(domain) is None:
        found = _IN_ADDRESS.search(domain)
        mend = Mend(BARE_DOMAIN, {"better": found[1]}) if found else None
        mark = document.mark(("uid_domain",))
        problems.add(
            "bad-value", mark, mend=mend, field="uid_domain", value=domain, reason=NO_DOMAIN
        )
    if domain is None:
        domain = f"{slug(facts.site_name) or 'site'}.parcours"
        problems.add("no-uid-domain", places.mark(()), severity="warning", value=domain)
    return Settings(
        source=facts.file,
        site_name=facts.site_name,
        site_url=facts.site_url.rstrip("/") + "/",
        language=language,
        tongue=(facts.theme_language or language).replace("_", "-"),
        timezone=record.timezone,
        uid_domain=domain,
        docs_dir=facts.docs_dir,
        data=_data_folder(record, facts),
        collections=tuple(
            replace(one, shared=_lines(value_at(document.data, ("collections", one.id))))
            for one in _collections(record, facts, translator(language), folders, shared)
        ),
        news=_news(record.news, facts),
        handover=_handover(record, facts),
        market=_market(record, facts),
        feeds=record.feeds.enabled,
        revised=seconds(record.feeds.revised) or None,
        withdrawn={id: document.mark(("withdrawn", n)) for n, id in enumerate(record.withdrawn)},
        map=_map_file(record, document, facts, problems),
        cards=record.cards,
        french_regions=record.territories == "france",
        ways={one: document.mark(("ways", n)) for n, one in enumerate(record.ways)},
        contacts=record.contacts,
        asks_consent=(record.consent or _CONSENT.get(language)) == "required",
        allowed=record.policy.allow.named(),
        engine=facts.engine,
    )


_CONSENT = {"fr": "required"}
"""Language → what naming a person takes, where the configuration does not say it."""


def _check_folders(record: OptionsRecord, document: Document, problems: Problems) -> None:
    """A folder outside the site's would publish what nobody meant to."""
    named: list[tuple[tuple[str, ...], str | None]] = [(("data",), record.data)]
    for id, one in (record.collections or {}).items():
        named.append((("collections", id, "folder"), one.folder))
    if record.news:
        named.append((("news", "folder"), record.news.folder))
    for path, folder in named:
        if folder is not None and posixpath.normpath(folder).startswith(".."):
            name = ".".join(path)
            problems.add("outside-path", document.mark(path), field=name, value=folder)


def _data_folder(record: OptionsRecord, facts: SiteFacts) -> str:
    return str(PurePosixPath(facts.docs_dir) / (record.data or "data"))


def _map_file(
    record: OptionsRecord, document: Document, facts: SiteFacts, problems: Problems
) -> str | None:
    """The map that the configuration names, in the folder of data."""
    if record.map is None:
        return None
    from .links import find_file  # a map is looked for in few sites, and its readers are many

    return find_file(
        facts.root,
        None,
        # Paths are relative to the file that names them; this one, to the folder of data.
        f"{_data_folder(record, facts)}/{facts.file}",
        record.map,
        {".json"},
        "map",
        document.mark(("map",)),
        problems,
    )


def _folders(
    record: OptionsRecord, document: Document, facts: SiteFacts, problems: Problems
) -> dict[str, str]:
    """The folders of collections that are not there, and are told → those that are meant."""
    meant: dict[str, str] = {}
    declared = {
        id: (one.folder or (one.kind.usual_folder(facts.docs_dir) if usual else id)).rstrip("/")
        for id, one in (record.collections or {}).items()
        for usual in [id == one.kind.usual_id]
    }
    for id, folder in declared.items():
        if is_folder(facts.root / folder) or posixpath.normpath(folder).startswith(".."):
            continue
        path = PurePosixPath(folder)
        parent = facts.root / path.parent
        names = [one.name for one in entries_of(parent) if is_folder(parent / one.name)]
        names = [one for one in names if one[0] not in "._" and one not in declared.values()]
        kind = PurePosixPath((record.collections or {})[id].kind.usual_folder(facts.docs_dir))
        near = closest(path.name, names) or (kind.name if kind.name in names else None)
        if near is None:
            continue  # it may be made yet, by who writes its first meeting
        meant[id] = str(path.parent / near)
        mend = Mend(OTHER_FOLDER, {"better": f"folder: {meant[id]}"})
        mark = document.mark(("collections", id, "folder"))
        problems.add("missing-folder", mark, mend=mend, value=folder, collection=id)
    return meant


def _shared_addresses(
    record: OptionsRecord, document: Document, problems: Problems
) -> dict[str, str]:
    """Collections with the address of another, which are told → one with which to read on."""
    seen: dict[str, str] = {}
    apart: dict[str, str] = {}
    for id, one in (record.collections or {}).items():
        address = one.address or id
        other = seen.setdefault(address, id)
        if other != id:
            mark = document.mark(("collections", id, "address"))
            mend = Mend(OTHER_ADDRESS)
            problems.add(
                "duplicate-address", mark, mend=mend, address=f"{address}/", other=f"« {other} »"
            )
            apart[id] = f"{address}-{id}"
    return apart


def _collections(
    record: OptionsRecord,
    facts: SiteFacts,
    tr: Translator,
    folders: Mapping[str, str],
    addresses: Mapping[str, str],
) -> tuple[Collection, ...]:
    declared = record.collections
    if declared is None:
        declared = {
            kind.usual_id: CollectionRecord(kind=kind)
            for kind in KINDS.values()
            if is_folder(facts.root / kind.usual_folder(facts.docs_dir))
        }
    found = [_collection(id, one, facts, tr) for id, one in declared.items()]
    return tuple(
        replace(
            one,
            folder=folders.get(one.id, one.folder),
            address=addresses.get(one.id, one.address),
        )
        for one in found
    )


def _lines(said: object) -> tuple[str, ...]:
    """What a collection says for all its events, as lines that one of them would say."""
    shared = said.get("defaults") if isinstance(said, Mapping) else None
    return tuple(f"{key}: {_flow(one)}" for key, one in (shared or {}).items())


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return "" if value is None else str(value)


def _collection(id: str, record: CollectionRecord, facts: SiteFacts, tr: Translator) -> Collection:
    """A collection; the usual one of its kind has that kind's folder and address."""
    kind = record.kind
    usual = id == kind.usual_id
    folder = record.folder or (kind.usual_folder(facts.docs_dir) if usual else id)
    extra: dict[str, Any] = {} if record.duration is None else {"duration": record.duration}
    return Collection(
        id=id,
        kind=kind,
        folder=folder.rstrip("/"),
        name=record.name or tr.gettext(kind.name),
        singular=record.singular or tr.gettext(kind.singular),
        address=record.address or (kind.addresses[tr.language] if usual else id),
        weekday=WEEKDAYS.index(record.weekday) if record.weekday else None,
        aliases=record.aliases,
        color=record.color,
        reminds=record.remind,
        defaults=record.defaults,
        **extra,
    )


def usual_collection(kind: Kind, facts: SiteFacts) -> Collection:
    """What a site that declares no collections has of a kind, once its folder is there."""
    tr = translator(language_of(facts.theme_language))
    return _collection(kind.usual_id, CollectionRecord(kind=kind), facts, tr)


def _news(record: NewsRecord | None, facts: SiteFacts) -> NewsFolder | None:
    """The folder of posts: the one declared, else the usual one if it is there."""
    usual = usual_news(facts)
    if record is None:
        return usual if is_folder(facts.root / usual.folder) else None
    return NewsFolder(
        (record.folder or usual.folder).rstrip("/"),
        record.name or usual.name,
        record.address or usual.address,
    )


def _market(options: OptionsRecord, facts: SiteFacts) -> Market | None:
    """The one declared, else the usual one once there is a need, a facilitator or a skill."""
    record, data = options.exchange, facts.root / _data_folder(options, facts)
    if record is None:
        if not any(is_folder(data / name) for name in ("needs", "facilitators", "skills")):
            return None
        record = ExchangeRecord()
    tr = translator(language_of(facts.theme_language))
    return Market(
        name=record.name or tr.gettext(EXCHANGE),
        address=record.address or ADDRESSES[tr.language].exchange,
        form=record.form,
        waiting=record.waiting,
        floor=record.floor,
        weights=_weights(record.weights),
    )


def _handover(options: OptionsRecord, facts: SiteFacts) -> Handover:
    record = options.relay or HandoverRecord()
    tr = translator(language_of(facts.theme_language))
    return Handover(
        name=record.name or tr.gettext(RELAY),
        address=record.address or ADDRESSES[tr.language].relay,
    )


def _weights(record: WeightsRecord) -> Weights:
    return Weights(
        skills=record.skills,
        territory=record.territory,
        format=record.format,
        period=record.period,
        language=record.language,
    )


def usual_news(facts: SiteFacts) -> NewsFolder:
    """The folder of posts of a site that declares none, once it is there."""
    tr = translator(language_of(facts.theme_language))
    address = ADDRESSES[tr.language].news
    folder = str(PurePosixPath(facts.docs_dir) / address)
    return NewsFolder(folder, tr.gettext(NEWS), address)


def _as_text(value: object) -> object:
    """The engine's YAML gives numbers and booleans; the schema reads text."""
    if isinstance(value, Mapping):
        return {str(key): _as_text(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_text(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


def _is_site_url(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def option_places(text: str, file: str) -> Document:
    """Where the plugin's options stand in a configuration file; empty when they cannot be found."""
    found = _located(text, file)
    return replace(found, broken=set(), renamed={})


@lru_cache(maxsize=256)
def _located(text: str, file: str) -> Document:
    """Of today's text, several ask; those of the past, a preview reads again and again."""
    return locate(text, file, ("plugins", "parcours"))
