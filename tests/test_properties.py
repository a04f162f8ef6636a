"""Whatever a source says, its feeds say the same, or the author is told; drawn by Hypothesis.

Events are written as files, read by the loader, and written as feeds in process. What should come
out is computed here from what was drawn, never by the package.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import feedparser
import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from parcours.engine.config import read_config
from parcours.engine.opening import open_config
from parcours.feeds.head import Head
from parcours.feeds.ics import write_calendar, write_entry
from parcours.feeds.items import write_item
from parcours.feeds.jsonfeed import write_json
from parcours.feeds.lines import fold, property_line
from parcours.feeds.text import Texts
from parcours.feeds.xml import XmlFeeds
from parcours.i18n import translator
from parcours.model.community import Event
from parcours.model.news import news_of
from parcours.model.sequence import EPOCH
from parcours.model.settings import Settings
from parcours.problems import Problems
from parcours.prose.render import EMPTY, Renderer
from parcours.sources.history import History
from parcours.sources.load import load
from parcours.tree import content

from .conftest import FRENCH, Site

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
BASE = "https://petit.example/x/"
DOMAIN = "petit.example"
ZONES = [
    "Europe/Paris",
    "Indian/Reunion",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "Indian/Mayotte",
    "America/Miquelon",
    "Australia/Lord_Howe",
]
TITLES = {
    "confirmed": "{}",
    "tentative": "À confirmer\u00a0: {}",
    "postponed": "Reporté\u00a0: {}",
    "cancelled": "Annulé\u00a0: {}",
    "moved-online": "En ligne\u00a0: {}",
}

BITS = [
    *("👩\u200d🏫", "🏴\u200d☠️", "🇷🇪", "e\u0301", "o\u0302\u0323", "\u0301", "ﬁ", "ß", "İ", "…"),
    *(
        "\u200f",
        "\u202e",
        "שלום",
        "مرحبا",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "𝔘",
        "\U0010fffd",
    ),
    *("\\", "\\n", "\\\\", ";", ",", ":", '"', "'", "^", "^n", "=", "{", "}", "{title}", "%s", "|"),
    *("<b>", "<script>alert(1)</script>", "]]>", "<!--", "&amp;", "&", "&#7;", "&#x2028;", "</"),
    *("\n", "\r\n", "\t", "\u2028", "\u2029", "\x85", "\u00a0", "BEGIN:VEVENT", "END:VCALENDAR"),
    *("# ", "- ", "```\n", "{{ x }}", "{% x %}", "[a](https://a.example/)", "javascript:alert(1)"),
]
CONTROLS = ["\0", "\x01", "\x07", "\x08", "\v", "\f", "\x1b", "\x1f", "\x7f", "\x80", "\x9f"]
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
BREAKS = re.compile("[ \t\r\n\x85\u2028\u2029]+")


def texts(limit: int, pieces: int) -> st.SearchStrategy[str]:
    """Short texts of awkward pieces, now and then one about as long as it may be."""
    piece = st.one_of(
        st.sampled_from(BITS),
        st.text(max_size=6),
        st.sampled_from("abc é"),
    )
    short = st.lists(piece, min_size=1, max_size=pieces).map("".join)
    filling = st.sampled_from(
        ["a", "é ", "👩\u200d🏫", "o\u0323\u0302", "\u202e", "\\;", "\n\n", "&"]
    )
    long = st.tuples(filling, st.integers(limit - 3, limit + 2))
    return st.one_of(short, short, short, short, long.map(lambda p: (p[0] * p[1])[: p[1]]))


def sometimes_a_control(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    rare = st.sampled_from([""] * 8 * len(CONTROLS) + CONTROLS)
    return st.tuples(text, rare).map(lambda both: both[0][:5] + both[1] + both[0][5:])


@dataclass(frozen=True)
class Drawn:
    """An event as drawn; what its source and its feeds should say follows from it."""

    title: str
    escaped: bool
    body: str
    day: date
    at: time | None
    length: int
    zone: str
    status: str
    online: str | None

    @property
    def shown(self) -> str:
        """The title as it should be read."""
        title = self.title.replace("\r\n", "\n").replace("\r", "\n")
        title = BREAKS.sub(" ", unicodedata.normalize("NFC", title).replace("\ufeff", ""))
        return title.strip()

    @property
    def span(self) -> tuple[date, date] | tuple[datetime, datetime] | None:
        """Both ends, the second exclusive, instants in UTC; None for a skipped hour."""
        if self.at is None:
            return self.day, self.day + timedelta(days=self.length)
        tz = ZoneInfo(self.zone)
        start = datetime.combine(self.day, self.at, tz).astimezone(UTC)
        if start.astimezone(tz).replace(tzinfo=None) != datetime.combine(self.day, self.at):
            return None
        return start, start + timedelta(minutes=self.length)

    @property
    def faults(self) -> set[str]:
        """The codes of what must be told."""
        found = set()
        raw = self.title + self.body
        # Both are line breaks when bare; nobody writes them by their numbers but to deceive.
        by_number = "\r" in self.title or (self.escaped and "\x85" in self.title)
        if FORBIDDEN.search(raw) or by_number:
            found.add("control-character")
        if not self.shown:
            found.add("empty")
        if len(self.shown) > 200:
            found.add("too-long")
        if self.span is None:
            found.add("skipped-hour")
        return found

    def source(self) -> str:
        front = [f"title: {quoted(self.title, self.escaped)}", f"status: {self.status}"]
        front.append(f"timezone: {self.zone}")
        if self.at is None:
            last = self.day + timedelta(days=self.length - 1)
            front += [f"start: {self.day}", f"end: {last}"]
        else:
            front += [f"start: {self.day} {self.at:%H:%M}", f"duration: {self.length} min"]
        if self.online:
            front.append(f"online: {json.dumps(self.online)}")
        return "---\n" + "\n".join(front) + f"\n---\n{self.body}\n"


def quoted(text: str, escaped: bool) -> str:
    """A YAML scalar in double quotes; what is not printable as it is, or escaped."""

    def one(char: str) -> str:
        if char in '\\"':
            return "\\" + char
        if char in "\n\r\t" or (escaped and not char.isprintable()):
            return f"\\U{ord(char):08x}"
        return char

    return '"' + "".join(map(one, text)) + '"'


URLS = [
    "https://a.example/x?y=1&z=%20#t;u,v",
    "https://xn--caf-dma.example/%C3%A9",
    "https://café.example/été?q=ü",
    "http://a.example:8080/" + "p/" * 150,
    'https://a.example/"<>',
]

CHANGES = [
    *(date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)),  # Paris
    *(date(2026, 3, 8), date(2026, 11, 1)),  # Miquelon
    *(date(2026, 4, 5), date(2026, 10, 4)),  # Lord Howe, by half an hour
]
"""Days on which clocks change."""

DRAWN = st.builds(
    Drawn,
    title=sometimes_a_control(texts(200, 8)),
    escaped=st.booleans(),
    body=sometimes_a_control(texts(5000, 12)),
    day=st.one_of(
        st.dates(date(1970, 1, 2), date(2200, 12, 1)),
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        st.sampled_from(CHANGES),
    ),
    at=st.one_of(
        st.none(),
        st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
        st.sampled_from([time(0), time(1, 30), time(1, 45), time(2), time(2, 30), time(3)]),
    ),
    length=st.integers(1, 400),
    zone=st.sampled_from(ZONES),
    status=st.sampled_from(sorted(TITLES)),
    online=st.one_of(st.none(), st.sampled_from(URLS)),
)


@dataclass(frozen=True)
class Home:
    """A site whose event files are written again for every example."""

    site: Site = field(repr=False)
    settings: Settings = field(repr=False)

    def read(self, drawn: Sequence[Drawn]) -> tuple[tuple[Event, ...], Problems]:
        for n in range(3):
            (self.site.root / f"voyages/e{n}.md").unlink(missing_ok=True)
        for n, one in enumerate(drawn):
            self.site.write(f"voyages/e{n}.md", one.source())
        problems = Problems()
        found = load(self.site.root.resolve(), self.settings, History(), NOW, problems)
        return found.events, problems


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Site(tmp_path_factory.mktemp("properties"))
    made.write("mkdocs.yml", FRENCH)
    made.write("content/index.md", "# Accueil\n")
    for folder in ("webinars", "voyages", "content/mooc"):
        (made.root / folder).mkdir(parents=True, exist_ok=True)
    opened, problems = open_config(made.root / "mkdocs.yml"), Problems()
    _, found = read_config(opened.config, opened.plugin.options, problems)
    assert found is not None
    return Home(made, found)


def head(name: str, suffix: str) -> Head:
    address = f"{BASE}flux/x{suffix}"
    site = f"{BASE}s-abonner/"
    return Head(
        name=name,
        description=name,
        source=address,
        page=BASE,
        subscribe=site,
        site="Petit site",
        zone="Europe/Paris",
        language="fr",
        changed=1_700_000_000,
    )


def texts_of(event: Event) -> Texts:
    renderer = Renderer(["tables"], {}, lambda link, mark: link, Problems())
    body = renderer.render(event.body.markdown, event.body.file, event.body.line)
    return Texts(event=event, body=body, account=EMPTY, site_url=BASE, tr=translator("fr"))


def check_form(data: bytes) -> None:
    """RFC 5545, section 3.1: octets, line breaks, nothing split."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    for line in data[:-2].split(b"\r\n"):
        assert len(line) <= 75
        text = line.decode()  # no character is split
        assert not re.search("[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]", text)
        assert not re.search(r"(?<!\\)(?:\\\\)*\\$", text)


def unescaped(value: str) -> str:
    """A TEXT value read (RFC 5545, section 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def instants(
    span: tuple[date, date] | tuple[datetime, datetime],
) -> tuple[str, ...]:
    return tuple(str(one.astimezone(UTC) if isinstance(one, datetime) else one) for one in span)


def over(end: date | datetime, zone: str) -> bool:
    """Whether a time, given by its exclusive end, lies before all that histories hold."""
    if not isinstance(end, datetime):
        end = datetime(end.year, end.month, end.day, tzinfo=ZoneInfo(zone))
    return end.astimezone(UTC).timestamp() <= EPOCH


@pytest.mark.large
@settings(max_examples=60)
@given(st.lists(DRAWN, min_size=1, max_size=3))
def test_events_round_trip_or_are_told(home: Home, drawn: list[Drawn]) -> None:
    events, problems = home.read(drawn)
    told: dict[str, set[str]] = {}
    for problem in problems.sorted():
        line = problem.line(translator("fr"))
        assert re.match(r"voyages/e\d\.md:\d+:\d+: (error|warning)\[[a-z-]+\]: .", line), line
        assert line.isprintable() or not re.search(r"[\0-\x1f\x7f-\x9f\u2028\u2029]", line)
        if problem.severity == "error":
            told.setdefault(problem.mark.file, set()).add(problem.code)
    for n, one in enumerate(drawn):
        codes = told.get(f"voyages/e{n}.md", set())
        assert bool(codes) == bool(one.faults), (codes, one.faults)
        # A character that is refused still counts: nothing else is sure of the title then.
        assert codes <= one.faults or "control-character" in codes
    right = [one for one in drawn if not one.faults]
    if not right:
        return
    if told:
        events, problems = home.read(right)
        assert not problems.errors
    expected = {f"e{n}.voyages@{DOMAIN}": one for n, one in enumerate(right)}
    assert {event.uid for event in events} == set(expected)
    check_calendar(events, expected)
    check_news(events, expected)


def check_calendar(events: Sequence[Event], expected: dict[str, Drawn]) -> None:
    tr = translator("fr")
    entries = [write_entry(event, texts_of, tr) for event in events]
    name = next(iter(expected.values())).shown
    data = content(write_calendar(head(name, ".ics"), entries))
    check_form(data)
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    for key in ("NAME", "X-WR-CALNAME"):  # of no type that the library knows
        assert unescaped(str(calendar[key])) == name
    mine = {str(one["UID"]): one for one in calendar.walk("VEVENT")}
    # vobject keeps the first zone it meets of each name: it shall read the one given here.
    known = vars(vobject.icalendar)["__tzidMap"]
    for zone in ZONES:
        known.pop(zone, None)
    parsed = vobject.readOne(data.decode())
    theirs = {one.uid.value: one for one in parsed.vevent_list}
    assert mine.keys() == theirs.keys() == expected.keys()
    assert len(calendar.walk("VEVENT")) == len(expected)
    by_uid = {event.uid: texts_of(event) for event in events}
    for uid, one in expected.items():
        read, other = mine[uid], theirs[uid]
        assert not read.errors
        assert one.span is not None
        assert instants((read.decoded("DTSTART"), read.decoded("DTEND"))) == instants(one.span)
        assert instants((other.dtstart.value, other.dtend.value)) == instants(one.span)
        title = TITLES[one.status].format(one.shown)
        assert str(read["SUMMARY"]) == other.summary.value == title
        description = by_uid[uid].description()
        assert str(read["DESCRIPTION"]) == other.description.value == description
        assert str(read["URL"]) == f"{BASE}voyages/{uid.partition('.')[0]}/"


def check_news(events: Sequence[Event], expected: dict[str, Drawn]) -> None:
    tr = translator("fr")
    items = [
        write_item(one, texts_of(event), tr, {}, "fr")
        for event in events
        for one in news_of(event, ())
    ]
    name = next(iter(expected.values())).shown
    titles = {item.guid: item.title for item in items}
    for uid, one in expected.items():
        assert one.span is not None
        if over(one.span[1], one.zone):  # it was over when history began
            assert not [guid for guid in titles if guid.startswith(uid)]
            continue
        # What came already called off is news once.
        off = {"cancelled": "Annulé", "postponed": "Reporté"}.get(one.status)
        guid, title = (
            (f"{uid}#{one.status}", f"{off}\u00a0: {one.shown}") if off else (uid, one.shown)
        )
        assert titles[guid] == title
    xml = XmlFeeds(tr)
    rss = xml.rss(head(name, ".rss.xml"), items)
    atom = xml.atom(head(name, ".atom.xml"), items)
    feed = json.loads(write_json(head(name, ".json"), items))
    assert feed["title"] == name
    assert [(one["id"], one["title"]) for one in feed["items"]] == list(titles.items())
    channel = etree.fromstring(rss).find("channel")
    found = [(one.findtext("guid"), one.findtext("title")) for one in channel.iter("item")]
    assert found == list(titles.items())
    assert channel.findtext("title") == name
    space = "{http://www.w3.org/2005/Atom}"
    root = etree.fromstring(atom)
    entries = root.findall(f"{space}entry")
    found = [(one.findtext(f"{space}id"), one.findtext(f"{space}title")) for one in entries]
    assert found == [(f"mid:{guid}", title) for guid, title in titles.items()]
    for data, number in ((rss, "rss20"), (atom, "atom10")):
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", data.decode())
        read = feedparser.parse(data)
        assert (read.bozo, read.version, len(read.entries)) == (0, number, len(items))
        assert {one.published_parsed[:6] for one in read.entries} == {
            item.published.timetuple()[:6] for item in items
        }
        for entry in read.entries:
            assert "<script" not in entry.content[0].value


@pytest.mark.large
@settings(max_examples=300)
@given(st.one_of(texts(300, 30), st.text(alphabet="\\é\n,;x", max_size=300)))
def test_a_line_is_folded_and_read_back(text: str) -> None:
    value = icalendar.vText(text).to_ical().decode()
    line = f"DESCRIPTION:{value}".replace("\r", "")
    folded = fold(line)
    for part in folded.split("\r\n"):
        assert len(part.encode()) <= 75
        assert not re.search(r"(?<!\\)(?:\\\\)*\\$", part)
    assert folded.replace("\r\n ", "") == line


@pytest.mark.large
@settings(max_examples=200)
@given(texts(100, 10).filter(lambda text: not FORBIDDEN.search(text)))
def test_a_parameter_is_read_back(text: str) -> None:
    value = f"a{BREAKS.sub(' ', text)}z"  # names come without spaces around them
    line = property_line("ORGANIZER", {"CN": value}, "https://a.example/")
    text = f"BEGIN:VEVENT\r\n{fold(line)}\r\nEND:VEVENT\r\n"
    other = vobject.readOne(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n").vevent.organizer
    assert other.value == "https://a.example/"
    # vobject leaves what RFC 6868 encodes.
    encoded = value.replace("^", "^^").replace('"', "^'")
    assert other.params == {"CN": [encoded]}
    event = icalendar.Event.from_ical(text)
    assert isinstance(event, icalendar.Event)
    assert str(event["ORGANIZER"]) == "https://a.example/"
    if "\\" not in value:  # icalendar takes them for escapes, which parameters do not have
        assert event["ORGANIZER"].params["CN"] == value
