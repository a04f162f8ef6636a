"""What the site shows is in exactly the feeds it belongs to, read again by other means."""

from __future__ import annotations

import json
import os
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
import vobject
from lxml import html
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from playwright.sync_api import Browser

from parcours.engine import conservation
from parcours.model.conservation import Due, Shown, tell_discrepancies, whole
from parcours.problems import Problems
from parcours.tree import Tree

from .conftest import NOW, Site
from .corpora import Corpus
from .reading import meetings_in
from .test_feeds import EVENT

BASE = "https://1001-parcours.example/"
Capture = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Meeting:
    """A meeting as the agenda's filters know it, and when it is over; None without a date."""

    address: str
    until: datetime | None
    of: Mapping[str, frozenset[str]]

    def is_chosen(self, choice: Mapping[str, str]) -> bool:
        """As `meetingStore` chooses in the browser."""
        return all(value in self.of[axis] for axis, value in choice.items())


def shown(site: Path) -> list[Meeting]:
    """Every meeting that the agenda shows."""
    return [
        one
        for name in ("rencontres.json", "archives.json")
        for one in rows(json.loads((site / "agenda" / name).read_text("utf-8")))
    ]


def rows(data: Any) -> Iterator[Meeting]:
    for one in meetings_in(data):
        kind = data["kinds"][one["kind"]][0]
        of = {
            "kind": frozenset({kind}),
            "mode": frozenset({data["modes"][one["mode"]][0]}),
            "territory": frozenset(data["territories"][n][0] for n in one["territories"]),
            "theme": frozenset(data["themes"][n][0] for n in one["themes"]),
        }
        now = datetime.fromisoformat(NOW)
        until = datetime.fromtimestamp(one["until"] * 60, now.tzinfo) if one["until"] else None
        yield Meeting(f"{kind}/{one['id']}/", until, of)


def told(calendar: Path) -> list[tuple[str, str]]:
    """Address of its page and UID of each entry, by a parser that wrote none of them."""
    parsed = vobject.readOne(calendar.read_text("utf-8"))
    entries = getattr(parsed, "vevent_list", [])
    return [(one.url.value.removeprefix(BASE), one.uid.value) for one in entries]


def choices(selection: Mapping[str, Any]) -> dict[str, str]:
    """What one chooses on the screen to see a selection."""
    of = {key: value for key, value in selection["of"].items() if key in AXES}
    kinds = {"comptoirs": "comptoirs", "voyages": "voyages", "mooc": "mooc"}
    found = {AXES[key]: kinds.get(value, value) for key, value in of.items()}
    if "mode" in found:
        found["mode"] = {"online": "en-ligne", "on-site": "sur-place", "hybrid": "hybride"}[
            found["mode"]
        ]
    return found


AXES = {"collection": "kind", "territory": "territory", "theme": "theme", "mode": "mode"}


def series_of(address: str) -> str:
    """The address of a meeting: of a date of a series, that of its series."""
    return "/".join(address.split("#")[0].split("/")[:2]) + "/"


def test_the_filter_on_the_screen_is_the_selection(flagship: Path) -> None:
    """For every choice that has a calendar: what is shown, and nothing else, is subscribed to."""
    meetings, now = shown(flagship), datetime.fromisoformat(NOW)
    listed = json.loads((flagship / "flux" / "feeds.json").read_text("utf-8"))["selections"]
    tried: Counter[str] = Counter()
    for selection in listed:
        if selection["selection"] not in {"all", "collection", "theme", "territory", "mode"} | {
            "crossing"
        }:
            continue
        tried[selection["selection"]] += 1
        feed = next(one for one in selection["feeds"] if one["format"] == "ics")
        files = [feed["url"], *(one["url"] for one in selection["archives"])]
        entries = [one for url in files for one in told(flagship / url.removeprefix(BASE))]
        # What stands in an archive stands in the last twelve months too: each once in each.
        held = {series_of(page) for page, _ in entries}
        kept = bool(selection["archives"]) or "theme" not in selection["of"]
        since = None if kept else now - timedelta(days=366)
        wanted = {
            series_of(one.address)
            for one in meetings
            if one.is_chosen(choices(selection))
            and one.until is not None
            and (since is None or one.until > since)
        }
        known = {series_of(one.address) for one in meetings}
        assert held & known == wanted, selection["name"]
        # Else it tells of what was called off, or of the stops of trips that are shown.
        for page, uid in entries:
            is_stop = any(page.startswith(one) for one in wanted)
            assert page in wanted or is_stop or uid in called_off(flagship), (page, uid)
    assert tried["crossing"] > 40
    assert tried.keys() == {"all", "collection", "theme", "territory", "mode", "crossing"}


CHOOSE = """async () => {
  const form = document.querySelector(".pc-filter");
  const agenda = form.closest(".pc-agenda");
  const selects = [...form.querySelectorAll("select[data-field]")];
  const product = (lists) => lists.reduce(
    (all, list) => all.flatMap((one) => list.map((value) => [...one, value])), [[]]);
  const every = product(selects.map(({ options }) => [...options].map(({ value }) => value)));
  const found = [];
  for (const [number, values] of every.entries()) {
    if (number % 5) continue;  // of some thousand, whose parts all come up
    selects.forEach((select, index) => { select.value = values[index]; });
    selects[0].dispatchEvent(new Event("input", { bubbles: true }));
    do {
      await new Promise((done) => setTimeout(done));
    } while (agenda.ariaBusy);
    found.push({
      chosen: Object.fromEntries(selects.map(({ dataset }, at) => [dataset.field, values[at]])),
      feed: form.querySelector(".pc-filter__ics").href,
      note: form.querySelector(".pc-filter__note").textContent,
    });
  }
  return found;
}"""


@pytest.mark.browser
def test_every_choice_is_subscribed_to_or_the_nearest_is_told(
    browser: Browser, base: str, flagship: Path
) -> None:
    """The calendar that is offered holds all that is shown; where it holds more, that is said."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(f"{base}agenda/?genre=comptoirs")
    page.wait_for_function(
        "() => document.querySelector('.pc-agenda__results').children.length > 0"
    )
    found = page.evaluate(CHOOSE)
    context.close()
    meetings, now = shown(flagship), datetime.fromisoformat(NOW)
    exact = 0
    for one in found:
        chosen = {axis: value for axis, value in one["chosen"].items() if value}
        here = {
            series_of(meeting.address)
            for meeting in meetings
            if meeting.is_chosen(chosen) and meeting.until and meeting.until > now
        }
        feed = one["feed"].removeprefix(BASE)
        held = {series_of(address) for address, _ in told(flagship / feed)}
        assert here <= held, chosen
        parts = sum(f"/{value}" in f"/{feed.removesuffix('.ics')}/" for value in chosen.values())
        assert (parts == len(chosen)) == (one["note"] == ""), chosen
        exact += not one["note"]
    assert 10 < exact < len(found)


def test_a_page_shows_what_its_panel_subscribes_to(flagship: Path) -> None:
    """Without a script too: all that is to come of the calendar that a page offers is on it."""
    meetings, now = {one.address: one for one in shown(flagship)}, datetime.fromisoformat(NOW)
    seen = 0
    for file in sorted(flagship.rglob("index.html")):
        page = file.parent.relative_to(flagship).as_posix() + "/"
        root = html.fromstring(file.read_text("utf-8"))
        panel = root.xpath('//*[@id="abonnement"]') and root.xpath(
            '//a[starts-with(@href, "webcal:")]'
        )
        if not panel or page == "s-abonner/" or page in meetings:
            continue
        seen += 1
        feed = panel[0].get("href").partition(".example/")[2]
        links = {urljoin(f"/{page}", one) for one in root.xpath("//article//a/@href")}
        coming = {
            address
            for address, _ in told(flagship / feed)
            if address in meetings and (until := meetings[address].until) and until > now
        }
        assert {f"/{one}" for one in coming} <= links, page
    assert seen > 30


def called_off(site: Path) -> set[str]:
    """UIDs of what is cancelled and has no page any more."""
    parsed = vobject.readOne((site / "flux" / "agenda.ics").read_text("utf-8"))
    return {
        one.uid.value
        for one in parsed.vevent_list
        if one.status.value == "CANCELLED"
        and not (site / one.url.value.removeprefix(BASE) / "index.html").is_file()
    }


def test_whatever_a_feed_tells_of_has_a_page(flagship: Path) -> None:
    off = called_off(flagship)
    for file in sorted(flagship.rglob("*.ics")):
        for page, uid in told(file):
            path = re.sub("#.*", "", page)
            assert (flagship / path / "index.html").is_file() or uid in off, (file, uid)
    for file in sorted((flagship / "flux").rglob("*.xml")):
        for entry in feedparser.parse(file.read_bytes()).entries:
            page = re.sub("#.*", "", entry.link.removeprefix(BASE))
            assert (flagship / page / "index.html").is_file() or entry.id.split("#")[0] in off


HOOK = (
    "from pathlib import Path\n\n\ndef on_post_build(config):\n    site = Path(config.site_dir)\n"
)
DROP = """\
    file = site / "flux/{name}"
    text = file.read_bytes()
    file.write_bytes(text[: text.index({start})] + text[text.rindex({end}) + len({end}) :])
"""
CHANGED = """\
    file = site / "{}"
    before = file.read_bytes()
    file.write_bytes(before.replace({}, {}))
    assert file.read_bytes() != before
"""
BEGINS, LATER = (
    str(int(datetime.fromisoformat(f"2026-12-03T{hour}:30+01:00").timestamp()) // 60).encode()
    for hour in (12, 13)
)
EVENT_OF = "b'BEGIN:VEVENT\\r\\n'", "b'END:VEVENT\\r\\n'"
ITEM, ENTRY = ("b'<item>'", "b'</item>'"), ("b'<entry>'", "b'</entry>'")
ADDED = """\
    file = site / "flux/{name}"
    file.write_bytes(file.read_bytes().replace({end}, {more} + {end}, 1))
"""
FOREIGN = "b'BEGIN:VEVENT\\r\\nUID:x@petit.example\\r\\nEND:VEVENT\\r\\n'"


def dropped(name: str, part: tuple[str, str]) -> str:
    return DROP.format(name=name, start=part[0], end=part[1])


SOURCE = "webinars/un.md:1:1"
CONFIG = "mkdocs.yml:1:1"
BROKEN: dict[str, tuple[str, str, str]] = {
    # what a hook does, the code, the place
    "a calendar": ('    (site / "flux/agenda.ics").unlink()\n', "feed-gone", CONFIG),
    "news": ('    (site / "flux/comptoirs.rss.xml").unlink()\n', "feed-gone", CONFIG),
    "its own calendar": ('    (site / "comptoirs/un.ics").unlink()\n', "feed-gone", CONFIG),
    "an entry": (dropped("agenda.ics", EVENT_OF), "feed-lacks", SOURCE),
    "an entry of a crossing": (
        dropped("comptoirs/themes/ia.ics", EVENT_OF),
        "feed-lacks",
        SOURCE,
    ),
    "an item": (dropped("comptoirs.rss.xml", ITEM), "feed-lacks", SOURCE),
    "an entry of news": (dropped("themes/ia.atom.xml", ENTRY), "feed-lacks", SOURCE),
    "a foreign entry": (
        ADDED.format(name="comptoirs.ics", end="b'END:VCALENDAR'", more=FOREIGN),
        "feed-strange",
        CONFIG,
    ),
    "an entry in a feed that it is not of": (
        ADDED.format(
            name="themes/sol.ics",
            end="b'END:VCALENDAR'",
            more=FOREIGN.replace("x@", "un.comptoirs@"),
        ),
        "feed-strange",
        CONFIG,
    ),
    "an entry twice": (
        ADDED.format(
            name="agenda.ics",
            end="b'END:VCALENDAR'",
            more=FOREIGN.replace("x@", "un.comptoirs@"),
        ),
        "feed-strange",
        SOURCE,
    ),
    "an item of JSON": (
        "    file = site / 'flux/agenda.json'\n"
        "    file.write_bytes(file.read_bytes().replace(b'\"un.comptoirs@', b'\"un@'))\n",
        "feed-lacks",
        SOURCE,
    ),
    "a row of the agenda": (
        "    file = site / 'agenda/rencontres.json'\n"
        "    file.write_bytes(file.read_bytes().replace(b'[[\"un\"', b'[[\"deux\"'))\n",
        "feed-lacks",
        SOURCE,
    ),
    **{
        name: (CHANGED.format(file, before, after), "feed-otherwise", SOURCE)
        for name, file, before, after in (
            ("an hour", "flux/agenda.ics", b"T123000", b"T133000"),
            ("a day", "flux/comptoirs.ics", b":20261203T", b":20261204T"),
            ("a zone", "flux/themes/ia.ics", b"TZID=Europe/Paris:2", b"TZID=Indian/Reunion:2"),
            ("a status", "comptoirs/un.ics", b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
            ("an end", "flux/agenda.ics", b"DTEND;", b"X-END;"),
            ("an hour of the agenda", "agenda/rencontres.json", BEGINS, LATER),
            ("a stage of the agenda", "agenda/rencontres.json", b'"upcoming', b'"cancelled'),
        )
    },
    "a page": ('    (site / "comptoirs/un/index.html").unlink()\n', "page-gone", SOURCE),
    "octets": ('    (site / "flux/agenda.json").write_bytes(b"{")\n', "feed-gone", CONFIG),
}


@pytest.fixture
def broken(site: Site) -> Callable[[str], None]:
    """A site with a meeting, and a hook that breaks what is built."""

    def make(hook: str) -> None:
        for name in ("ia", "sol"):
            site.write(f"content/data/themes/{name}.yml", f"name: {name}\n")
        site.write("webinars/un.md", EVENT.replace("---\nT", "themes: [ia]\n---\nT"))
        config = (site.root / "mkdocs.yml").read_text("utf-8")
        site.write("mkdocs.yml", f"{config}hooks: [hook.py]\n")
        site.write("hook.py", HOOK + hook)
        site.commit()

    return make


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("name", BROKEN)
def test_a_build_that_lost_something_is_refused(
    site: Site, broken: Callable[[str], None], capsys: Capture, name: str
) -> None:
    hook, code, place = BROKEN[name]
    broken(hook)
    site.write("site/index.html", "before")
    site.write("site/.parcours", "built\n")
    assert site.run("build", "-d", str(site.root / "site")) == 1
    said = capsys.readouterr().err
    assert re.search(rf"{re.escape(place)}: error\[{code}\]: .*greffons", said), said
    # What was there stays.
    assert (site.root / "site" / "index.html").read_text() == "before"


@pytest.mark.large
@pytest.mark.parametrize("lost", [False, True])
def test_what_another_process_reads_again_is_told_as_well(
    lost: bool,
    site: Site,
    broken: Callable[[str], None],
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken("".join(BROKEN[name][0] for name in ("an entry", "news", "its own calendar")))
    said = []
    read, here = conservation._found, os.getpid()

    def end(due: Due, folder: Path) -> Any:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(due, folder)

    for processes, worth in (("1", 0), ("3", 0)):
        monkeypatch.setenv("PARCOURS_PROCESSES", processes)
        monkeypatch.setattr(conservation, "WORTH", worth)
        if lost:
            monkeypatch.setattr(conservation, "_found", end)
        assert site.run("build") == 1
        said.append(re.findall(r"\S+: error\[[\w-]+\]: .*", capsys.readouterr().err))
    assert len(said[0]) == 3
    assert said[0] == said[1]


@pytest.mark.large
def test_a_build_of_the_engine_alone_is_refused(
    site: Site, broken: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    broken(BROKEN["an entry"][0])
    config = load_config(str(site.root / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.raises(Abort):
        mkdocs_build(config)
    assert "error[feed-lacks]" in caplog.text


@pytest.mark.large
def test_what_is_compiled_is_read_again(
    site: Site,
    broken: Callable[[str], None],
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken("    pass\n")
    out = site.compile()
    assert (out / "flux" / "agenda.ics").is_file()
    put = Tree.put

    def without(tree: Tree, name: str, folder: Path) -> None:
        if name != "flux/agenda.ics":
            put(tree, name, folder)

    monkeypatch.setattr(Tree, "put", without)
    (out / "flux" / "agenda.ics").unlink()
    assert site.run("compile", "-o", str(out)) == 1
    assert "mkdocs.yml:1:1: error[feed-gone]" in capsys.readouterr().err


def test_a_feed_holds_the_first_of_what_it_is_due() -> None:
    """Whatever a feed lacks or holds too much is told, and nothing of a feed that is full."""
    held = {one: Shown(one, f"{one}.md", f"{one}/") for one in "abcd"}
    for size in range(5):
        due = whole(("x.ics",), "ics", held)
        due = type(due)(addresses=due.addresses, form="ics", held=held, room=partial(int, size))
        for found in ("", "a", "ab", "abc", "abcd", "acd", "bcd", "abcde", "aabcd", "dcba"):
            problems = Problems()
            tell_discrepancies(due, [(one, "") for one in found], "mkdocs.yml", problems)
            codes = {one.code for one in problems.sorted()}
            lacks = any(one not in found for one in "abcd"[:size])
            strange = "e" in found or len(set(found)) < len(found)
            assert ("feed-lacks" in codes, "feed-strange" in codes) == (lacks, strange)


@pytest.mark.large
def test_a_large_site_is_conserved(large_corpus: Corpus) -> None:
    """Windows, archives and bounds leave nothing out that they should not."""
    now = datetime.fromisoformat(NOW)
    held: set[str] = set()
    for name, data in large_corpus.files.items():
        if re.fullmatch(r"flux/agenda(/\d{4}(-\d+)?)?\.ics", name):
            held |= set(re.findall(r"\nUID:(\S+)", data.decode().replace("\r\n ", "")))
    meetings = large_corpus.meetings
    over = {one.uid for one in meetings if one.occurrences[-1].ends <= now and not one.deleted}
    assert len(over) > len(meetings) // 2
    assert over <= held <= {one.uid for one in meetings}
