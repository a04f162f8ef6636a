"""What the configuration says, resolved: names, zones, collections, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path, PurePosixPath

from ..i18n import base_of
from ..problems import N_, Mark, Severity
from .forges import Editor
from .kinds import Kind
from .schema import DefaultsRecord, Mode
from .values import DateStyle

SITE = "https://site.parcours.invalid/"
"""Stands for the site's root in rendered bodies, until a page or a feed names it."""


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """The parts of addresses that the language decides; once published, they never change.

    Attributes:
        all_meetings: below the agenda, the page of all of them.
        meetings: the file of the agenda's meetings, of the last twelve months and to come.
        earlier: the file of those before.
        queries: the keys of the queries of pages, and such values as are words of ours, by what
            they say; that of the month is also the name of the agenda's view by month. None is
            ``q``: the theme takes that for its own search.
        search: the page of the search.
        deadlines: below the agenda, the page of all deadlines to come; the name of their calendar.
        notebook: below a trip, its travel notebook.
        comparison: beside it, the file of what is compared.
        report: the page of what was done; *figures*: below it, the file of its figures.
        relay: the page of the sessions that can be taken over.
        kit: below a session, what its host does and when.
        parts: below a list that is divided, what stands before its parts: no id stands there.
    """

    agenda: str
    subscribe: str
    all_feeds: str
    feeds: str
    courses: str
    contribute: str
    reference: str
    problems: str
    news: str
    replays: str
    explore: str
    tags: str
    themes: str
    territories: str
    organisations: str
    people: str
    places: str
    accessibility: str
    legal: str
    privacy: str
    ecodesign: str
    offline: str
    mine: str
    exchange: str
    needs: str
    facilitators: str
    proposals: str
    skills: str
    modes: Mapping[Mode, str]
    all_meetings: str
    meetings: str
    earlier: str
    queries: Mapping[str, str]
    search: str
    deadlines: str
    notebook: str
    comparison: str
    report: str
    figures: str
    relay: str
    kit: str
    parts: str


ADDRESSES = {
    "fr": Addresses(
        agenda="agenda",
        subscribe="s-abonner",
        all_feeds="tous",
        feeds="flux",
        courses="cours",
        contribute="contribuer",
        reference="reference",
        problems="messages",
        news="actualites",
        replays="replays",
        explore="explorer",
        tags="mots-cles",
        themes="themes",
        territories="territoires",
        organisations="organisations",
        people="personnes",
        places="lieux",
        accessibility="accessibilite",
        legal="mentions-legales",
        privacy="donnees-personnelles",
        ecodesign="ecoconception",
        offline="hors-ligne",
        mine="mon-agenda",
        exchange="entraide",
        needs="besoins",
        facilitators="facilitateurs",
        proposals="propositions",
        skills="competences",
        modes={"online": "en-ligne", "on-site": "sur-place", "hybrid": "hybride"},
        all_meetings="toutes",
        meetings="rencontres.json",
        earlier="archives.json",
        queries={
            "kind": "genre",
            "territory": "territoire",
            "theme": "theme",
            "mode": "mode",
            "language": "langue",
            "words": "mots",
            "past": "passees",
            "week": "semaine",
            "open": "inscription",
            "view": "vue",
            "month": "mois",
            "year": "annee",
            "transcript": "transcription",
            "sound": "son",
            "longest": "longs",
            "replay": "replay",
            "with": "avec",
            "without": "sans",
            "pages": "pages",
        },
        search="recherche",
        deadlines="echeances",
        notebook="carnet",
        comparison="comparaison.csv",
        report="bilan",
        figures="chiffres.csv",
        relay="prenez-la-suite",
        kit="kit",
        parts="liste",
    ),
    "en": Addresses(
        agenda="agenda",
        subscribe="subscribe",
        all_feeds="all",
        feeds="feeds",
        courses="courses",
        contribute="contribute",
        reference="reference",
        problems="messages",
        news="news",
        replays="replays",
        explore="explore",
        tags="keywords",
        themes="themes",
        territories="territories",
        organisations="organisations",
        people="people",
        places="places",
        accessibility="accessibility",
        legal="legal-notice",
        privacy="privacy",
        ecodesign="ecodesign",
        offline="offline",
        mine="my-agenda",
        exchange="exchange",
        needs="needs",
        facilitators="facilitators",
        proposals="proposals",
        skills="skills",
        modes={"online": "online", "on-site": "on-site", "hybrid": "hybrid"},
        all_meetings="all",
        meetings="meetings.json",
        earlier="archives.json",
        queries={
            "kind": "kind",
            "territory": "territory",
            "theme": "theme",
            "mode": "mode",
            "language": "language",
            "words": "words",
            "past": "past",
            "week": "week",
            "open": "registration",
            "view": "view",
            "month": "month",
            "year": "year",
            "transcript": "transcript",
            "sound": "sound",
            "longest": "longest",
            "replay": "replay",
            "with": "with",
            "without": "without",
            "pages": "pages",
        },
        search="search",
        deadlines="deadlines",
        notebook="notebook",
        comparison="comparison.csv",
        report="report",
        figures="figures.csv",
        relay="take-over",
        kit="kit",
        parts="list",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A folder of events of one kind, with its names, address and rules.

    Attributes:
        folder: relative to the site's folder.
        address: where its pages stand, without slashes at the ends.
        weekday: 0 for Monday; None for any day.
        duration: usual length of an event that has a time and no end.
        color: a CSS3 colour name (RFC 7986, section 5.9).
        reminds: how long before a deadline news tell of it; None for never.
        defaults: what every event of it shares, unless it says otherwise; *shared*: the same as
            lines that one would write.
    """

    id: str
    kind: Kind
    folder: str
    name: str
    singular: str
    address: str
    weekday: int | None = None
    duration: timedelta = timedelta(hours=1)
    aliases: tuple[str, ...] = ()
    color: str | None = None
    reminds: timedelta | None = None
    defaults: DefaultsRecord | None = None
    shared: tuple[str, ...] = ()


NEWS = N_("News")
"""What posts are called where the configuration gives them no name."""


@dataclass(frozen=True)
class NewsFolder:
    """Where the programme's dated posts lie, and where their pages stand.

    Attributes:
        folder: relative to the site's folder.
        address: without slashes at the ends.
    """

    folder: str
    name: str
    address: str


EXCHANGE = N_("Mutual help")
"""What needs and facilitators are called together where the configuration gives them no name."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The most points of each part of a score."""

    skills: int = 50
    territory: int = 15
    format: int = 10
    period: int = 15
    language: int = 10


@dataclass(frozen=True, kw_only=True)
class Market:
    """Where needs and facilitators meet: their pages, and how they are brought together.

    Attributes:
        address: without slashes at the ends.
        form: of a page where one says a need, and reaches who has no address; None for none.
        waiting: days after which a need without an answer is told to coordinators.
        floor: points below which nobody is proposed.
    """

    name: str
    address: str
    form: str | None = None
    waiting: int = 30
    floor: int = 50
    weights: Weights = Weights()


RELAY = N_("Take over a session")
"""What the page of the sessions to take over is called where the configuration does not say."""


@dataclass(frozen=True, kw_only=True)
class Handover:
    """The page of the sessions that can be taken over, on a site where sessions are handed on.

    Attributes:
        address: without slashes at the ends.
    """

    name: str
    address: str


Allowed = Mapping[str, tuple[str, ...]]
"""By directive, without its « -src »: hosts, and hashes of scripts (CSP Level 3, 2.3.1)."""


@dataclass(frozen=True, kw_only=True)
class EngineFacts:
    """What the engine's own configuration says of files.

    Attributes:
        named: files of docs_dir that it names as scripts, style sheets or templates.
        templates: the folder of the site's own templates; None for none.
        theme: the folders of the theme, its own and the site's.
        keys: of front matter, which other plugins read in the sources themselves.
        macros: what opens and closes a template in pages, where another plugin reads them.
        made: patterns of the addresses at which another plugin makes pages, known once they are
            made; without a slash at either end.
        editor: where sources are edited, and new ones begun.
    """

    named: frozenset[str] = frozenset()
    templates: Path | None = None
    theme: tuple[Path, ...] = ()
    keys: frozenset[str] = frozenset()
    macros: tuple[tuple[str, str], ...] = ()
    made: tuple[str, ...] = ()
    editor: Editor = field(default_factory=Editor)

    def makes(self, address: str) -> bool:
        """Whether another plugin may make the page at an address of the site."""
        return any(re.fullmatch(one, address.strip("/")) for one in self.made)


def date_style(language: str) -> DateStyle:
    """How the dates of a site are read: of those who read English, some put the month first."""
    return DateStyle(month_first=language == "en")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The configuration of a site.

    Attributes:
        source: the configuration file, as problems name it.
        site_url: ends with a slash.
        language: of the words of Parcours, a key of `ADDRESSES`.
        tongue: the language that the site is written in, as a tag; another where Parcours has no
            words of it.
        docs_dir: relative to the site's folder.
        data: folder of entities, relative to the site's folder.
        news: None for a site without posts.
        market: None for a site without needs and facilitators.
        map: the site's own map of its territories, relative to its folder; None for none.
        withdrawn: ``collection/id`` of deleted events of which no trace may stay, and where the
            configuration names each.
        revised: Unix seconds since which all events count as changed; None for never.
        homes: what `timezone` was in the past, the oldest first: Unix seconds from which it held,
            and the zone; empty where nobody knows.
        cards: whether images that go with shared links are drawn.
        french_regions: whether the package's territories serve a site without its own.
        ways: addresses of written pages that are ways to take part beside the collections, without
            slashes at the ends, and where the configuration names each.
        contacts: how severe an e-mail address or phone number in a text is.
        allowed: what the policy of every page allows beside the site itself.
        engine: what the engine's configuration says beside the options.
    """

    source: str
    site_name: str
    site_url: str
    language: str
    tongue: str
    timezone: str
    uid_domain: str
    docs_dir: str
    data: str
    collections: tuple[Collection, ...]
    handover: Handover
    news: NewsFolder | None = None
    market: Market | None = None
    feeds: bool = True
    revised: int | None = None
    homes: tuple[tuple[int, str], ...] = ()
    withdrawn: Mapping[str, Mark] = field(default_factory=dict)
    map: str | None = None
    cards: bool = True
    french_regions: bool = False
    ways: Mapping[str, Mark] = field(default_factory=dict)
    contacts: Severity = "warning"
    asks_consent: bool = True
    allowed: Allowed = field(default_factory=dict)
    engine: EngineFacts = EngineFacts()

    def uid(self, id: str, group: str) -> str:
        """The identity of a thing for ever (RFC 5545, section 3.8.4.7; the guid of RSS).

        Args:
            id: unique in its group.
            group: the id of its collection, or the slug of the posts' address.
        """
        return f"{id}.{group}@{self.uid_domain}"

    def lends(self, file: str, to: str) -> bool:
        """Whether a source may name a file: one of its own folder, or an asset of the site.

        Args:
            file: relative to the site's folder, as *to*, the source.
        """
        path = PurePosixPath(file)
        if path.is_relative_to(PurePosixPath(to).parent):
            return True
        private = [self.data, *(one.folder for one in self.collections)]
        if self.news is not None:
            private.append(self.news.folder)
        inside = any(path.is_relative_to(folder) for folder in private)
        return path.is_relative_to(self.docs_dir) and not inside and path.suffix != ".md"

    @property
    def folders(self) -> tuple[str, ...]:
        """Where meetings are read, relative to the site's folder."""
        return tuple(one.folder for one in self.collections)

    @property
    def foreign(self) -> bool:
        """Whether the words of Parcours are of another language than the site."""
        return base_of(self.tongue) != self.language

    @property
    def date_style(self) -> DateStyle:
        """How dates in its sources are read."""
        return date_style(self.language)

    @property
    def addresses(self) -> Addresses:
        return ADDRESSES[self.language]

    @property
    def agenda(self) -> str:
        """The address of the agenda page."""
        return f"{self.addresses.agenda}/"

    @property
    def contribute(self) -> str:
        """The address of the contributors' page, on a site where somebody wrote it."""
        return f"{self.addresses.contribute}/"

    @property
    def all_meetings(self) -> str:
        """The address of the page that lists every meeting."""
        return f"{self.agenda}{self.addresses.all_meetings}/"

    @property
    def deadlines(self) -> str:
        """The address of the page of all deadlines to come."""
        return f"{self.agenda}{self.addresses.deadlines}/"

    @property
    def explore(self) -> str:
        """The address of the page that leads to themes, territories, organisations and people."""
        return f"{self.addresses.explore}/"

    @property
    def search(self) -> str:
        """The address of the page of the search."""
        return f"{self.addresses.search}/"

    @property
    def mine(self) -> str:
        """The address of the page of the meetings that a reader keeps."""
        return f"{self.addresses.mine}/"

    @property
    def subscribe(self) -> str:
        """The address of the page of feeds."""
        return f"{self.addresses.subscribe}/"

    @property
    def all_feeds(self) -> str:
        """The address of the list of every feed, below the page of feeds."""
        return f"{self.subscribe}{self.addresses.all_feeds}/"

    @property
    def report(self) -> str:
        """The address of the page of what was done in the latest year."""
        return f"{self.addresses.report}/"

    @property
    def offline(self) -> str:
        """The address of the page that readers without a network see."""
        return f"{self.addresses.offline}/"
