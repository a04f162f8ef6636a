"""What templates ask: words, links and states of events, seen from one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import urlsplit

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2 import Template as JinjaTemplate
from markupsafe import Markup

from .. import wording
from ..i18n import Translator
from ..model.community import (
    Community,
    Course,
    Entity,
    Event,
    Occurrence,
    Post,
    Text,
    entity_address,
)
from ..model.names import asset_name
from ..model.registration import closes, registration_state
from ..model.related import Related
from ..model.selections import Selection, event_calendar
from ..model.stage import Stage, stage, stages_ahead
from ..model.zones import zone
from ..problems import N_
from ..prose.render import EMPTY, Prose
from ..prose.typography import typeset, typeset_html
from .frontmatter import block
from .subscribing import PROGRAMS, copy_links, qr_code, subscription_links

PANEL = "abonnement"
"""The id of the part of a page in which one subscribes."""

FORMAT_NAMES = {"ics": "iCalendar", "rss": "RSS", "atom": "Atom", "json": "JSON"}

SUMMARY = 200
"""How long a summary in a list or a description may be, in characters."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("parcours", "pages/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    return environment


@cache
def _template(name: str) -> JinjaTemplate:
    return _environment().get_template(name)


@dataclass(frozen=True, kw_only=True)
class Library:
    """What every page is made from.

    Attributes:
        proses: rendered bodies.
        authored: addresses of authored pages.
        sizes: octets of the files that sources name.
        boxes: width and height of pictures, in pixels.
        released: by UID, Unix seconds at which a replay came out, as history knows it.
        heard: by address, the words of a transcript that the search index has room for.
    """

    community: Community
    proses: Mapping[Text, Prose]
    now: datetime
    tr: Translator
    authored: frozenset[str]
    sizes: Mapping[str, int]
    boxes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    released: Mapping[str, int] = field(default_factory=dict)
    heard: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def related(self) -> Related:
        """Finds what belongs together."""
        return Related(self.community.events, self.now)

    def prose(self, text: Text | None) -> Prose:
        return self.proses.get(text, EMPTY) if text else EMPTY

    def summary(self, thing: Event | Course | Post) -> str:
        """What the source says in one sentence, else the beginning of its body."""
        return thing.record.summary or self.prose(thing.body).summary

    def words(self, text: str) -> str:
        """A text that a person wrote, in the typography of the site's language."""
        return typeset(text) if self.tr.language == "fr" else text


@dataclass(frozen=True)
class Value:
    """A line of the facts of an event: text, and where it leads."""

    text: str
    href: str = ""
    outside: bool = False


class View:
    """A page's address and what its template may call."""

    def __init__(self, library: Library, address: str) -> None:
        self.library = library
        self.settings = library.community.settings
        self.tr = library.tr
        self.address = address
        self.base = "../" * address.strip("/").count("/") + ("../" if address.strip("/") else "")

    def render(self, template: str, **values: object) -> str:
        """One closed HTML block."""
        tr, settings = self.tr, self.settings
        names: dict[str, object] = {
            "_": tr.gettext,
            "gettext": tr.gettext,
            "ngettext": tr.ngettext,
            "link": self.link,
            "absolute": self.absolute,
            "webcal": self.webcal,
            "file": self.file,
            "box": self.box,
            "describe": self.describe,
            "host": host,
            "length": self.length,
            "timecode": timecode,
            "stage": self.stage,
            "stages_ahead": self.stages_ahead,
            "stage_data": self.stage_data,
            "stage_name": lambda event, s: wording.stage_name(event, s, tr),
            "soon": lambda o: wording.soon(o, self.library.now, tr),
            "countdown": lambda o: wording.countdown(o, self.library.now, tr),
            "deadline_data": self.deadline_data,
            "mode_name": lambda event: wording.mode_name(event, tr),
            "when": lambda o: wording.when(o, tr),
            "undated": lambda event: wording.undated(event, tr),
            "zone_note": self.zone_note,
            "machine_start": machine_start,
            "machine_end": machine_end,
            "short_days": lambda o: short_days(o, tr),
            "short_weekday": lambda day: format_date(day, "EEE", locale=tr.language),
            "short_month": lambda day: format_date(day, "MMM", locale=tr.language),
            "num": lambda number: f"{number:g}",
            "places_of": self.places_of,
            "entity": self.entity,
            "summary": self.library.summary,
            "labels": lambda event: wording.labels(event, tr),
            "registration_open": self.registration_open,
            "calendar": event_calendar,
            "agenda": settings.agenda,
            "subscribe": settings.subscribe,
            "all_feeds": settings.all_feeds,
            "feeds_enabled": settings.feeds,
            "news": settings.news,
            "name": self.name,
            "long_day": lambda day: tr.day(day, weekday=False),
            "programs": PROGRAMS,
            "subscription_links": subscription_links,
            "copy_links": self.copy_links,
            "qr_code": self.qr_code,
            "page_code": self.page_code,
            "anchor": PANEL,
            "format_names": FORMAT_NAMES,
            "contribute": self.contribute,
            "replays": settings.addresses.replays + "/",
            "host_of": lambda one: host(one.source or one.page),
        }
        markup = block(_template(template).render(names | values))
        # A browser breaks a line after a dash, whatever space follows it: hours stay together.
        markup = markup.replace("\u00a0–\u00a0", "\u00a0–\u2060\u00a0")
        return typeset_html(markup) if tr.language == "fr" else markup

    def words(self, text: str) -> str:
        """A text that a person wrote, in the typography of the site's language."""
        return self.library.words(text)

    def link(self, address: str) -> str:
        """An address of the site, relative to this page."""
        return (self.base + address) or "./"

    def entity(self, entity: Entity) -> str:
        """The page of a theme, territory, organisation or person, relative to this page."""
        address = entity_address(entity, self.settings.addresses)
        return "./" if address == self.address else self.link(address)

    def values(self, *entities: Entity | None) -> list[Value]:
        """Entities as facts: their names, and links to their pages, unless this is it."""
        links = {one.name: self.entity(one) for one in entities if one is not None}
        return [Value(name, "" if href == "./" else href) for name, href in links.items()]

    def places_of(self, event: Event) -> list[Value]:
        """The regions or the town in which people meet, for lists."""
        if event.mode == "online":
            return []
        if event.refs.territories:
            return self.values(*event.refs.territories)
        return [Value(event.place.name)] if event.place else []

    def zone_words(self, name: str) -> str:
        """Whose time it is; empty where that is the community's."""
        home = self.settings.timezone
        return "" if name == home else wording.zone_name(name, self.tr.language)

    def absolute(self, address: str) -> str:
        return self.settings.site_url + address

    def webcal(self, address: str) -> str:
        """An address with which calendar programs subscribe by a click."""
        return "webcal://" + self.absolute(address).split("://", 1)[1]

    def name(self, selection: Selection) -> str:
        """The name of a selection, as people read it."""
        return wording.selection_name(selection, self.settings.site_name, self.tr)

    def copy_links(self, event: Event) -> Mapping[str, str]:
        """What puts a copy of an event into a web calendar."""
        url = self.absolute(event.address)
        return copy_links(event, url, event.location, self.library.summary(event))

    def qr_code(self, selection: Selection) -> Markup:
        """The QR code of the page on which one subscribes to a selection."""
        return Markup(qr_code(f"{self.absolute(self.address)}#{PANEL}"))

    def page_code(self) -> Markup:
        """The QR code of this page, for its print on paper; there is one for each event."""
        return Markup(qr_code(self.absolute(self.address), mask=4))

    def file(self, thing: Event | Course | Post, reference: str) -> str:
        """A file a record names, or its address elsewhere."""
        if "://" in reference:
            return reference
        return self.link(thing.address + asset_name(reference))

    def box(self, thing: Event | Course | Post, reference: str) -> Markup:
        """The attributes that keep the room for a picture, where its size is known."""
        found = self.library.boxes.get(thing.files.get(reference, ""))
        return Markup(' width="%d" height="%d"') % found if found else Markup("")

    def describe(self, thing: Event, reference: str) -> str:
        """The kind and size of a file, or the host that keeps it: known before the click."""
        if "://" in reference:
            return self.tr.format(N_("on {host}"), host=host(reference))
        kind = Path(reference).suffix[1:].upper()
        size = self.library.sizes.get(thing.files.get(reference, ""), 0)
        return f"{kind}, {file_size(size, self.tr)}"

    def stage(self, event: Event) -> Stage:
        return stage(event, self.library.now)

    def stages_ahead(self, event: Event) -> tuple[Stage, ...]:
        return stages_ahead(event, self.library.now)

    def stage_data(self, event: Event) -> Markup:
        """What the script corrects the stage with; nothing where time changes none.

        Instants in UTC: when the event begins, when it is over, and the stage that follows.
        """
        ahead = self.stages_ahead(event)
        first, last = event.first, event.last
        if len(ahead) < 2 or first is None or last is None:
            return Markup("")
        return Markup(' data-begins="{}" data-ends="{}" data-stages="{}"').format(
            _instant(first.begins), _instant(last.ends), " ".join(ahead)
        )

    def deadline_data(self, thing: Event | Course) -> Markup:
        """Until when one can register, for the script to hide the button after it."""
        until = closes(thing)
        if until is None:
            return Markup("")
        return Markup(' data-until="{}"').format(_instant(until.astimezone(UTC)))

    def registration_open(self, thing: Event | Course) -> bool:
        return registration_state(thing, self.library.now) == "open"

    def zone_note(self, event: Event) -> str:
        """Whose time it is, and what time that is at home, where the two differ."""
        first, home = event.first, self.settings.timezone
        if first is None or first.start is None or event.zone == home:
            return ""
        there = self.tr.format(
            N_("time of {place}"), place=wording.zone_name(event.zone, self.tr.language)
        )
        here = first.start.astimezone(zone(home))
        if here.replace(tzinfo=None) == first.start.replace(tzinfo=None):
            return there
        here_words = self.tr.time(here)
        if here.date() != first.first:
            here_words = f"{self.tr.day(here.date(), year=False)}, {here_words}"
        home_name = wording.zone_name(home, self.tr.language)
        return self.tr.format(
            N_("{there}; {time} in {place}"), there=there, time=here_words, place=home_name
        )

    def length(self, duration: timedelta) -> str:
        """A length in words: « 1 h 05 », « 45 min »."""
        minutes = round(duration.total_seconds() / 60)
        if minutes < 60:
            return f"{minutes}\u00a0min"
        hours, rest = divmod(minutes, 60)
        return f"{hours}\u00a0h\u00a0{rest:02d}" if rest else f"{hours}\u00a0h"

    @property
    def contribute(self) -> str:
        """The address of the contributors' page, if there is one."""
        address = f"{self.settings.addresses.contribute}/"
        return address if address in self.library.authored else ""


def _instant(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def host(url: str) -> str:
    """The host a link leads to, for the reader to know before the click."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def timecode(seconds: int) -> str:
    """A time in a recording: 5:30, 1:05:30."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def file_size(size: int, tr: Translator) -> str:
    """A size in the units people know; at least 1 kB."""
    unit = "o" if tr.language == "fr" else "B"
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0k{unit}"
    text = f"{size / 1_000_000:.1f}"
    return f"{text.replace('.', ',') if tr.language == 'fr' else text}\u00a0M{unit}"


def machine_start(occurrence: Occurrence) -> str:
    """For ``datetime=``: a date, or a date and time with its offset."""
    return (occurrence.start or occurrence.first).isoformat()


def machine_end(occurrence: Occurrence) -> str:
    return (occurrence.end or occurrence.last).isoformat()


def short_days(occurrence: Occurrence, tr: Translator) -> str:
    """« 3 déc. 2026 »"""
    return format_date(occurrence.first, "d MMM y", locale=tr.language).replace(" ", "\u00a0")
