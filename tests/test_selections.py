"""Selections: which feeds exist, what each holds, and what a change touches."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import urljoin

import icalendar
import pytest
from lxml import etree

from parcours.model.feeds import COUNT_LIMIT, FEW, SIZE_LIMIT

from .conftest import ROOT, Site
from .corpora import undrawn
from .test_feeds import EVENT, stamps, unfold, vevents

pytestmark = pytest.mark.regions


BASE = "https://petit.example/x/"


def listed(out: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((out / "flux" / "feeds.json").read_text())[
        "selections"
    ]
    return found


def titles(path: Path) -> list[str]:
    return sorted(str(one["SUMMARY"]) for one in vevents(path).values())


def rich(site: Site) -> Site:
    """A site with two themes, places in two territories, organisations and a course."""
    site.write("content/data/themes/ia.yml", "name: IA\naliases: [intelligence]\n")
    site.write("content/data/themes/sol.yml", "name: Sol\n")
    site.write("content/data/organisations/cci.yml", "name: CCI\nurl: https://cci.example/\n")
    site.write("content/data/places/brest.yml", "name: Quai, bassin 2\nterritory: bretagne\n")
    site.write(
        "webinars/ligne.md", EVENT.replace("Un", "Ligne").replace("---\nT", "themes: [ia]\n---\nT")
    )
    front = "place: brest\nthemes: [ia, sol]\nhosts: [cci]\norganisers: [cci]\n"
    site.write("webinars/quai.md", EVENT.replace("Un", "Quai").replace("---\nT", f"{front}---\nT"))
    site.write("content/mooc/c/index.md", "---\ntitle: Cours\nthemes: [sol]\n---\n")
    site.write("content/mooc/c/s1.md", "---\ntitle: Séance\nstart: 2026-12-01 9:00\n---\n")
    return site


@pytest.mark.large
def test_every_selection_holds_its_events(site: Site) -> None:
    rich(site).commit()
    flux = site.build() / "flux"
    expected = {
        "agenda": ["Ligne", "Quai", "Séance"],
        "comptoirs": ["Ligne", "Quai"],
        "voyages": [],
        "mooc": ["Séance"],
        "cours/c": ["Séance"],
        "themes/ia": ["Ligne", "Quai"],
        "themes/sol": ["Quai", "Séance"],
        # By its place: nobody typed it.
        "territoires/bretagne": ["Quai"],
        "territoires/corse": [],
        "organisations/cci": ["Quai"],
        "modes/en-ligne": ["Ligne", "Séance"],
        "modes/sur-place": ["Quai"],
        "modes/hybride": [],
        "comptoirs/territoires/bretagne": ["Quai"],
        "comptoirs/themes/sol": ["Quai"],
        "territoires/bretagne/themes/ia": ["Quai"],
        "comptoirs/territoires/bretagne/themes/sol": ["Quai"],
        # By an alias of the theme.
        "themes/intelligence": ["Ligne", "Quai"],
        "comptoirs/territoires/bretagne/themes/intelligence": ["Quai"],
    }
    for name, found in expected.items():
        assert titles(flux / f"{name}.ics") == found, name
    # What never was at a crossing has no calendar there yet.
    for name in ("mooc/territoires/bretagne", "mooc/territoires/bretagne/themes/ia"):
        assert not (flux / f"{name}.ics").exists()


def test_the_list_names_every_feed(flagship: Path) -> None:
    data = json.loads((flagship / "flux" / "feeds.json").read_text())
    base = "https://1001-parcours.example/"
    kinds = {one["selection"] for one in data["selections"]}
    assert kinds == {
        *("all", "collection", "course", "theme", "territory", "organisation", "mode"),
        *("crossing", "replays", "posts", "needs", "relay", "deadlines"),
    }
    named: set[str] = set()
    for one in data["selections"]:
        assert (flagship / one["page"].removeprefix(base) / "index.html").is_file()
        for feed in one["feeds"]:
            named |= {feed["url"], *feed["aliases"]}
            path = flagship / feed["url"].removeprefix(base)
            mark = {"ics": "BEGIN:VEVENT", "rss": "<item>", "atom": "<entry>", "json": '\n   "id":'}
            mark["podcast"] = mark["rss"]
            text = path.read_text()
            # A date of a series that differs is no entry of its own.
            n = text.count(mark[feed["format"]]) - text.count("RECURRENCE-ID")
            assert n == feed["count"], feed
        for archive in one["archives"]:
            named.add(archive["url"])
            path = flagship / archive["url"].removeprefix(base)
            assert path.read_text().count("BEGIN:VEVENT") == archive["count"]
    there = {base + path.relative_to(flagship).as_posix() for path in walk(flagship / "flux")}
    assert there - named == {f"{base}flux/feeds.json", f"{base}flux/feeds.opml"}
    assert named <= there
    assert max(len(url) for url in named) < 256


def test_every_calendar_is_linked_without_a_script(flagship: Path) -> None:
    page = flagship / "s-abonner" / "tous" / "index.html"
    markup = page.read_text()
    links = [urljoin("/s-abonner/tous/", href) for href in re.findall(r'href="?([^" >]+)', markup)]
    feeds = [feed for one in listed(flagship) for feed in one["feeds"]]  # type: ignore[attr-defined]
    base = "https://1001-parcours.example"
    for format in ("ics", "rss"):
        urls = {feed["url"].removeprefix(base) for feed in feeds if feed["format"] == format}
        assert len(urls) > 50
        assert urls <= set(links)
    assert "pas encore de rencontre" in markup
    assert len(gzip.compress(page.read_bytes())) <= 60_000
    assert "tous/" in (flagship / "s-abonner" / "index.html").read_text()
    titles = (flagship / "assets" / "search" / "titles.json").read_text("utf-8")
    assert "s-abonner/" in titles
    assert "s-abonner/tous/" not in titles


def walk(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def test_the_opml_names_the_news_feeds(flagship: Path) -> None:
    root = etree.parse(flagship / "flux" / "feeds.opml").getroot()
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    urls = {one.get("xmlUrl") for one in root.iter("outline") if one.get("type") == "rss"}
    base = "https://1001-parcours.example/"
    feeds = [*flagship.rglob("*.rss.xml"), *flagship.rglob("*.podcast.xml")]
    assert urls == {base + path.relative_to(flagship).as_posix() for path in feeds}


def test_every_feed_is_small_enough(flagship: Path) -> None:
    assert max(path.stat().st_size for path in walk(flagship / "flux")) < 1_000_000


@pytest.mark.large
def test_few_entries_have_room_whatever_they_say(site: Site) -> None:
    """The longest that may be written: each character takes four octets, or is escaped."""
    wide, words = "𝒜" * 200, "𝒜,; " * 20_000
    for name in ("themes", "organisations", "people"):
        for n in range(20):
            consent = "consent: 2026-11-01\n" if name == "people" else ""
            site.write(f"content/data/{name}/n{n}.yml", f"name: {'𝒜' * 190} {n}\n{consent}")
    every = f"[{', '.join(f'n{n}' for n in range(20))}]"
    link = f"https://visio.example/{'x' * 900}"
    site.write(
        "webinars/long.md",
        f"---\ntitle: {wide}\nstart: 2026-12-03 12:30\nthemes: {every}\nhosts: {every}\n"
        f"speakers: {every}\nsummary: {'𝒜' * 500}\nonline: {link}\n"
        f"registration: {{url: {link}}}\n---\n{words}\n",
    )
    assert site.run("compile", "-o", str(site.root / "out")) == 0
    own = site.root / "out" / "comptoirs" / "long.ics"
    assert 20_000 < own.stat().st_size < SIZE_LIMIT / FEW


@pytest.mark.deep
@pytest.mark.large
def test_a_large_calendar_keeps_what_is_next(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for n in range(COUNT_LIMIT + 20):
        year = 2027 + n // 360
        day = f"{year}-{n // 30 % 12 + 1:02d}-{n % 28 + 1:02d}"
        site.write(f"voyages/v{n}.md", f"---\ntitle: V{n}\nstart: {day}\n---\n")
    site.write("voyages/passe.md", "---\ntitle: Passé\nstart: 2026-11-02\n---\n")
    site.commit()
    capsys.readouterr()
    out = site.root / "out"
    with undrawn():
        assert site.run("compile", "-o", str(out)) == 0
    err = capsys.readouterr().err
    assert "warning[feed-full]" in err
    assert "flux/voyages.ics" in err
    found = vevents(out / "flux" / "voyages.ics")
    assert len(found) == COUNT_LIMIT
    assert "passe.voyages@petit.example" not in found
    starts = sorted(str(one.decoded("DTSTART")) for one in found.values())
    assert starts[0] == "2027-01-01"
    # The narrower file of an event is always there.
    assert len(list((out / "voyages").glob("*.ics"))) == COUNT_LIMIT + 21


@pytest.mark.deep
@pytest.mark.large
def test_a_large_archive_is_split(site: Site) -> None:
    for n in range(COUNT_LIMIT + 20):
        day = f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        site.write(f"voyages/v{n}.md", f"---\ntitle: V{n}\nstart: {day}\n---\n")
    site.commit()
    out = site.root / "out"
    with undrawn():
        assert site.run("compile", "-o", str(out)) == 0
    folder = out / "flux" / "voyages"
    parts = [folder / "2024.ics", folder / "2024-2.ics"]
    sizes = [len(vevents(path)) for path in parts]
    assert sum(sizes) == COUNT_LIMIT + 20
    assert max(sizes) <= COUNT_LIMIT
    assert max(path.stat().st_size for path in parts) < 1_000_000


def compiled(site: Site, name: str) -> Path:
    out = site.root.parent / name
    assert site.run("compile", "-o", str(out)) == 0
    return out


def entries(path: Path) -> tuple[list[str], dict[str, list[str]]]:
    """The lines of a calendar but those of its date, and its entries by UID."""
    head: list[str] = []
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in unfold(path):
        if line == "BEGIN:VEVENT":
            current = []
        if current is None:
            head += [] if line.startswith("LAST-MODIFIED") else [line]
        else:
            current.append(line)
            if line.startswith("UID:"):
                found[line] = current
        if line == "END:VEVENT":
            current = None
    return head, found


@pytest.mark.large
def test_an_edit_changes_only_its_own_entries(site: Site) -> None:
    rich(site).commit("2026-01-01T00:00:00Z")
    before = compiled(site, "before")
    path = site.root / "webinars" / "quai.md"
    path.write_text(path.read_text().replace("12:30", "14:00"))
    site.commit("2026-02-01T00:00:00Z")
    after = compiled(site, "after")
    uid = "UID:quai.comptoirs@petit.example"
    calendars = [path.relative_to(after) for path in walk(after) if path.suffix == ".ics"]
    changed = [
        one for one in calendars if (after / one).read_bytes() != (before / one).read_bytes()
    ]
    assert Path("comptoirs/quai.ics") in changed
    assert Path("flux/comptoirs/territoires/bretagne/themes/sol.ics") in changed
    holding = [one for one in calendars if uid in unfold(after / one)]
    assert changed == holding
    for name in changed:
        (head, old), (other, new) = entries(before / name), entries(after / name)
        assert head == other
        assert {key for key in new if new[key] != old[key]} == {uid}, name
        for key in ("SEQUENCE", "LAST-MODIFIED", "DTSTAMP"):
            assert value(new[uid], key) > value(old[uid], key)
    for suffix in ("rss.xml", "atom.xml", "json"):
        text = (after / "flux" / f"agenda.{suffix}").read_text()
        assert text.count("quai.comptoirs@petit.example#moved-1") == 1


def value(lines: list[str], name: str) -> str:
    (found,) = [line.partition(":")[2] for line in lines if line.startswith(f"{name}:")]
    return found


@pytest.mark.large
def test_a_corrected_place_raises_exactly_what_is_held_there(site: Site) -> None:
    rich(site).commit("2026-01-01T00:00:00Z")
    place = site.root / "content/data/places/brest.yml"
    place.write_text(place.read_text() + "address: 3 quai Neuf\n")
    site.commit("2026-02-01T00:00:00Z")
    out = compiled(site, "after")
    assert stamps(out, "comptoirs/quai.ics")[1] == "20260201T000000Z"
    for name in ("comptoirs/ligne.ics", "mooc/c-s1.ics"):
        assert stamps(out, name)[1] == "20260101T000000Z", name


@pytest.mark.large
def test_a_deleted_meeting_is_cancelled_in_all_its_feeds(site: Site) -> None:
    rich(site).commit("2026-01-01T00:00:00Z")
    before = compiled(site, "before")
    uid = "quai.comptoirs@petit.example"
    held = {
        path.relative_to(before)
        for path in walk(before)
        if path.suffix == ".ics" and uid in path.read_text()
    }
    assert len(held) > 12
    (site.root / "webinars" / "quai.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    after = compiled(site, "after")
    for name in held:
        gone = vevents(after / name)[uid]
        assert (gone["STATUS"], gone["TRANSP"]) == ("CANCELLED", "TRANSPARENT"), name
        assert str(gone["SUMMARY"]) == "Annulé\u00a0: Quai"
        # Times and title only: nothing of whom it named.
        text = gone.to_ical().decode()
        assert "CCI" not in text
        assert "bassin" not in text


SESSION = "---\ntitle: Séance\nstart: 2026-12-01 9:00\n---\n"
TRIP = "title: Voyage\nstart: 2026-12-01\nend: 2026-12-02\n"


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize(
    ("source", "uid", "gone"),
    [
        ("content/mooc/c/s1.md", "c-s1.mooc", ["content/mooc/c/s1.md"]),
        ("content/mooc/c/s2/index.md", "c-s2.mooc", ["content/mooc/c/s2/index.md"]),
        (
            "content/mooc/c/s1.md",
            "c-s1.mooc",
            [f"content/mooc/c/{n}.md" for n in ("s1", "s2/index", "index")],
        ),
        ("voyages/v.md", "v.voyages", ["voyages/v.md"]),
    ],
    ids=["session", "session-in-a-folder", "session-with-its-course", "trip"],
)
def test_what_is_deleted_is_cancelled_wherever_it_was_told(
    site: Site, source: str, uid: str, gone: list[str]
) -> None:
    """By the themes of its course, and by the organisation that receives a stop, as well."""
    stops = "stops: [{id: a, title: A, place: brest, host: cci}]\n"
    rich(site).write("content/mooc/c/s2/index.md", SESSION.replace("12-01", "12-08"))
    site.write("voyages/v.md", f"---\n{TRIP}{stops}---\n")
    site.commit("2026-01-01T00:00:00Z")
    before = compiled(site, "before")
    uid = f"{uid}@petit.example"
    held = {
        path.relative_to(before)
        for path in walk(before)
        if path.suffix == ".ics" and uid in path.read_text()
    } - {Path(source).with_suffix(".ics")}
    for file in gone:
        (site.root / file).unlink()
    for folder in ("voyages", "content/mooc"):
        (site.root / folder).mkdir(exist_ok=True)
    site.commit("2026-02-01T00:00:00Z")
    after = compiled(site, "after")
    # The calendars of a course go with it.
    there = {name for name in held if (after / name).exists()}
    assert len(there) > 5
    for name in there:
        assert vevents(after / name)[uid]["STATUS"] == "CANCELLED", name


@pytest.mark.large
def test_a_session_under_another_id_is_cancelled_in_its_course(site: Site) -> None:
    rich(site).commit("2026-01-01T00:00:00Z")
    site.write("content/mooc/c/s1.md", SESSION.replace("title", "id: autre\ntitle"))
    site.commit("2026-02-01T00:00:00Z")
    found = vevents(compiled(site, "out") / "flux/cours/c.ics")
    assert {uid: str(one.get("STATUS")) for uid, one in found.items()} == {
        "c-s1.mooc@petit.example": "CANCELLED",
        "autre.mooc@petit.example": "CONFIRMED",
    }


@pytest.mark.large
def test_a_renamed_course_keeps_its_old_feeds(site: Site) -> None:
    rich(site)
    front = "title: Cours\naliases: [mooc/ancien, mooc/premier]\n"
    site.write("content/mooc/c/index.md", f"---\n{front}---\n")
    site.write("content/mooc/d/index.md", "---\ntitle: D\naliases: [mooc/x/ancien, x/c]\n---\n")
    site.commit()
    flux = compiled(site, "out") / "flux" / "cours"
    for name in ("c", "ancien", "premier"):
        assert titles(flux / f"{name}.ics") == ["Séance"]
        assert (flux / f"{name}.rss.xml").is_file()
    assert titles(flux / "d.ics") == []


@pytest.mark.large
@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [("0.00001", "-0.00000001", ("0.00001", "0.0")), ("-48.12345678", "5", ("-48.123457", "5.0"))],
)
def test_coordinates_have_no_exponent(
    site: Site, latitude: str, longitude: str, point: tuple[str, str]
) -> None:
    rich(site)
    place = f"name: Quai\nterritory: bretagne\nlatitude: {latitude}\nlongitude: {longitude}\n"
    site.write("content/data/places/brest.yml", place)
    site.commit()
    lines = unfold(compiled(site, "out") / "comptoirs" / "quai.ics")
    assert f"GEO:{';'.join(point)}" in lines
    assert any(
        line.startswith("X-APPLE-STRUCTURED") and line.endswith(f":geo:{','.join(point)}")
        for line in lines
    )


@pytest.mark.large
def test_properties_of_an_event(site: Site) -> None:
    rich(site)
    place = (
        'name: Quai "des Brumes", bassin 2\nterritory: bretagne\nlatitude: 48.4\nlongitude: -4.5\n'
    )
    site.write("content/data/places/brest.yml", place)
    path = site.root / "webinars" / "quai.md"
    path.write_text(path.read_text().replace("place:", "online: https://v.example/a\nplace:"))
    config = (site.root / "mkdocs.yml").read_text()
    config = config.replace("weekday: thursday}", "weekday: thursday, color: teal}")
    site.write("mkdocs.yml", config)
    site.commit()
    out = site.build()
    lines = unfold(out / "comptoirs" / "quai.ics")
    expected = [
        "GEO:48.4;-4.5",
        'LOCATION:Quai "des Brumes"\\, bassin 2',
        "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=100;"
        "X-TITLE=\"Quai ^'des Brumes^', bassin 2\":geo:48.4,-4.5",
        'CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="Rejoindre\u00a0: Quai":https://v.example/a',
        "CATEGORIES:Webinaire,IA,Sol",
        "COLOR:teal",
    ]
    for line in expected:
        assert line in lines, line
    session = unfold(out / "mooc" / "c-s1.ics")
    assert "RELATED-TO;RELTYPE=PARENT:c.mooc@petit.example" in session
    head = unfold(out / "flux" / "comptoirs.ics")
    head = head[: head.index("BEGIN:VTIMEZONE")]
    assert "COLOR:teal" in head
    assert "X-APPLE-CALENDAR-COLOR:#008080" in head
    assert "SOURCE;VALUE=URI:https://petit.example/x/flux/comptoirs.ics" in head
    calendar = icalendar.Calendar.from_ical((out / "comptoirs" / "quai.ics").read_bytes())
    assert isinstance(calendar, icalendar.Calendar)
    (event,) = calendar.walk("VEVENT")
    assert event["X-APPLE-STRUCTURED-LOCATION"].params["X-TITLE"] == str(event["LOCATION"])


@pytest.mark.large
def test_who_organises_is_told_in_the_text(site: Site) -> None:
    """ORGANIZER is for what is scheduled with others (RFC 5545, section 3.8.4.3)."""
    rich(site)
    site.commit()
    out = site.build()
    feeds = [path for path in out.rglob("*.ics") if b"ORGANIZER" in path.read_bytes()]
    assert feeds == []
    told = "\\nOrganisation\u00a0: CCI (https://cci.example/)\\n"
    assert any(told in line for line in unfold(out / "comptoirs" / "quai.ics"))


def test_no_calendar_rings(flagship: Path) -> None:
    for path in flagship.rglob("*.ics"):
        assert "VALARM" not in path.read_text()


def test_icalendar_still_quotes_features() -> None:
    """When this fails, the library writes CONFERENCE: `property_line` can go from it."""
    event = icalendar.Event()
    conference = icalendar.prop.conference.Conference(
        "https://v.example/", feature=["AUDIO", "VIDEO"]
    )
    event.conferences = [conference]
    assert b"FEATURE=AUDIO,VIDEO" not in event.to_ical()


@pytest.mark.large
def test_a_feed_that_two_things_want_is_an_error(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    rich(site)
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config.replace("address: comptoirs", "address: agenda"))
    site.commit()
    assert site.run("check") == 1 or site.run("build") == 1
    assert "error[" in capsys.readouterr().out + capsys.readouterr().err


def test_no_colour_but_a_known_one(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config.replace("weekday: thursday}", "color: bleu}"))
    assert site.run("check") == 1
    assert "bad-choice" in capsys.readouterr().out


def test_the_flagship_names_its_colours() -> None:
    assert (ROOT / "mkdocs.yml").read_text().count("color: ") == 4


@pytest.mark.large
def test_a_crossing_is_written_from_its_first_event_on_and_then_for_ever(site: Site) -> None:
    quay = EVENT.replace("---\nT", "themes: [ia]\nplace: brest\n---\nT")
    for name, text in (
        ("content/data/themes/ia.yml", "name: IA\n"),
        ("content/data/themes/sol.yml", "name: Sol\n"),
        ("content/data/places/brest.yml", "name: Quai\nterritory: bretagne\n"),
        ("webinars/quai.md", quay.replace("---\n", "---\ndraft: true\n", 1)),
    ):
        site.write(name, text)

    def crossings() -> set[str]:
        flux = site.feeds() / "flux"
        found = {path.relative_to(flux).as_posix() for path in walk(flux) if path.suffix == ".ics"}
        return {name for name in found if name.count("/") > 1 and "themes/" in name}

    brittany = {
        "comptoirs/themes/ia.ics",
        "territoires/bretagne/themes/ia.ics",
        "comptoirs/territoires/bretagne/themes/ia.ics",
    }
    site.commit("2026-01-01T00:00:00Z")
    assert crossings() == set()  # nobody saw the draft
    site.write("webinars/quai.md", quay)
    site.commit("2026-02-01T00:00:00Z")
    assert crossings() == brittany
    site.write("webinars/quai.md", quay.replace("[ia]", "[sol]"))
    site.commit("2026-03-01T00:00:00Z")
    assert crossings() == brittany | {name.replace("ia.ics", "sol.ics") for name in brittany}
    (site.root / "webinars/quai.md").unlink()
    site.commit("2026-04-01T00:00:00Z")
    assert crossings() == brittany | {name.replace("ia.ics", "sol.ics") for name in brittany}
    assert vevents(site.feeds() / "flux/comptoirs/themes/ia.ics") == {}


@pytest.mark.large
def test_a_crossing_stays_where_a_place_was_said_to_be(site: Site) -> None:
    site.write("content/data/places/quai.yml", "name: Quai\nterritory: bretagne\n")
    site.write("content/data/places/ile.yaml", "name: Île\nterritory: corse\n")
    site.write("webinars/quai.md", EVENT.replace("---\nT", "place: quai\n---\nT"))
    site.write(
        "webinars/ile.md", EVENT.replace("Un", "Île").replace("---\nT", "place: ile\n---\nT")
    )
    site.commit("2026-01-01T00:00:00Z")
    site.write("content/data/places/quai.yml", "name: Quai\nterritory: normandie\n")
    (site.root / "webinars/ile.md").unlink()
    (site.root / "content/data/places/ile.yaml").unlink()
    site.commit("2026-02-01T00:00:00Z")
    flux = site.build() / "flux/comptoirs/territoires"
    assert {path.stem for path in flux.glob("*.ics")} == {"bretagne", "normandie", "corse"}


@pytest.mark.large
def test_what_nobody_saw_makes_no_crossing(site: Site) -> None:
    course = "---\ntitle: Cours\nterritories: [bretagne]\n---\n"
    session = "---\ntitle: S\nstart: 2026-12-01 9:00\nterritories: [corse]\n---\n"
    site.write("content/mooc/c/index.md", course.replace("---\n", "---\ndraft: true\n", 1))
    site.write("content/mooc/c/s1.md", session)
    site.commit("2026-01-01T00:00:00Z")
    site.write("content/mooc/c/index.md", course)
    site.write("content/mooc/c/s1.md", session.replace("[corse]", "[occitanie]"))
    site.commit("2026-02-01T00:00:00Z")
    flux = site.build() / "flux/mooc/territoires"
    assert {path.stem for path in flux.glob("*.ics")} == {"occitanie"}
