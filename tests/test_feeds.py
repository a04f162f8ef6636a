"""Feeds, read by parsers that are not ours, and compared with the sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr

from parcours.feeds.lines import fold
from parcours.feeds.vtimezone import vtimezone
from parcours.model.zones import zone

from .conftest import Site, compiled_page

EVENT = "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n"


def calendars(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.ics"))


def unfold(path: Path) -> list[str]:
    return path.read_bytes().decode().replace("\r\n ", "").split("\r\n")


def vevents(path: Path) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    found = [one for one in calendar.walk("VEVENT") if isinstance(one, icalendar.Event)]
    return {str(one["UID"]): one for one in found}


@pytest.mark.large
def test_every_calendar_is_read_by_two_parsers(flagship_compiled: Path) -> None:
    found = calendars(flagship_compiled)
    assert len(found) > 30
    for path in found:
        mine = vevents(path)
        parsed = vobject.readOne(path.read_text())
        theirs = {one.uid.value: one for one in getattr(parsed, "vevent_list", [])}
        assert mine.keys() == theirs.keys(), path
        for uid, one in theirs.items():
            start, other = one.dtstart.value, mine[uid].decoded("DTSTART")
            if isinstance(start, datetime):
                assert start.astimezone(UTC) == other.astimezone(UTC), (path, uid)
            else:
                assert start == other
            assert one.summary.value == str(mine[uid]["SUMMARY"])


def test_form_of_every_calendar(flagship_compiled: Path) -> None:
    for path in calendars(flagship_compiled):
        data = path.read_bytes()
        assert data.startswith(b"BEGIN:VCALENDAR\r\n")
        assert data.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data)
        assert max(len(line) for line in data.split(b"\r\n")) <= 75
        lines = unfold(path)
        assert not [line for line in lines[: lines.index("BEGIN:VTIMEZONE")] if "UID" in line]
        of_dates = [line for line in lines if line.startswith("RECURRENCE-ID")]
        uids = [line for line in lines if line.startswith("UID:")]
        # A date of a series that differs stands under the identity of its series.
        assert len(uids) == len(set(uids)) + len(of_dates)
        assert len(data) < 1_000_000


def test_hours_on_both_sides_of_a_change_and_overseas(flagship_compiled: Path) -> None:
    events = vevents(flagship_compiled / "flux" / "agenda.ics")
    expected = {
        "automne-a-deux-voix": "2026-10-22T10:30:00+00:00",
        "apres-l-heure-d-hiver": "2026-10-29T11:30:00+00:00",
        "avant-l-heure-d-ete": "2027-03-25T11:30:00+00:00",
        "apres-l-heure-d-ete": "2027-04-01T10:30:00+00:00",
        "depuis-la-reunion": "2027-01-14T09:00:00+00:00",
    }
    for id, instant in expected.items():
        start = events[f"{id}.comptoirs@1001-parcours.example"].decoded("DTSTART")
        assert start.astimezone(UTC).isoformat() == instant


def test_whole_days_end_exclusively(flagship_compiled: Path) -> None:
    trip = vevents(flagship_compiled / "voyages" / "hauts-de-france.ics")
    event = trip["hauts-de-france.voyages@1001-parcours.example"]
    assert event.decoded("DTSTART") == date(2027, 3, 30)
    assert event.decoded("DTEND") == date(2027, 4, 3)


def test_states_are_told(flagship_compiled: Path) -> None:
    events = vevents(flagship_compiled / "flux" / "agenda.ics")

    def event(id: str) -> icalendar.Event:
        return events[f"{id}.comptoirs@1001-parcours.example"]

    cancelled = event("printemps-heure-d-ete")
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["TRANSP"] == "TRANSPARENT"
    assert str(cancelled["SUMMARY"]).startswith("Annulé\u00a0: ")
    assert str(event("avant-l-heure-d-ete")["SUMMARY"]).startswith("Reporté\u00a0: ")
    assert event("un-theme-a-choisir")["STATUS"] == "TENTATIVE"
    assert "complet" in str(event("le-tiers-lieu-d-a-cote")["DESCRIPTION"])
    assert "jusqu’au" in str(event("former-avec-l-ia-sans-s-y-perdre")["DESCRIPTION"])
    for uid, one in events.items():
        assert str(one["DESCRIPTION"]).endswith(str(one["URL"])), uid


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("02:30", ("DTSTART:20261025T003000Z", "DTEND:20261025T013000Z")),
        # One ambiguous end is enough: both have one form (RFC 5545, section 3.8.2.2).
        ("01:30", ("DTSTART:20261024T233000Z", "DTEND:20261025T003000Z")),
    ],
)
def test_an_ambiguous_hour_is_written_in_utc(
    site: Site, start: str, expected: tuple[str, str]
) -> None:
    text = f"---\ntitle: Nuit\nstart: 2026-10-25 {start}\nduration: 1h\nexception: nuit\n---\n"
    site.write("webinars/nuit.md", text)
    site.commit()
    lines = unfold(site.feeds() / "comptoirs" / "nuit.ics")
    assert set(expected) <= set(lines)


def test_a_calendar_without_events_is_valid(site: Site) -> None:
    site.commit()
    out = site.feeds()
    parsed = vobject.readOne((out / "flux" / "voyages.ics").read_text())
    assert parsed.vtimezone.tzid.value == "Europe/Paris"
    assert feedparser.parse((out / "flux" / "voyages.rss.xml").read_bytes()).bozo == 0


@pytest.mark.large
def test_rss_is_read_by_feedparser(flagship_compiled: Path) -> None:
    found = sorted(flagship_compiled.rglob("*.rss.xml"))
    assert len(found) > 50
    for path in found:
        feed = feedparser.parse(path.read_bytes())
        assert feed.bozo == 0, (path, feed.get("bozo_exception"))
        assert feed.version == "rss20"
        assert "lastBuildDate" not in feed.feed or feed.feed.updated_parsed
        ids = [entry.id for entry in feed.entries]
        assert len(ids) == len(set(ids))
        links = {link["rel"]: link["href"] for link in feed.feed.links}
        assert links["self"].endswith(path.relative_to(flagship_compiled).as_posix())
        assert links["alternate"].startswith("https://1001-parcours.example/")
        for entry in feed.entries:
            assert entry.link.startswith("https://1001-parcours.example/")
            assert "<script" not in entry.content[0].value
            assert "parcours.invalid" not in str(entry)


def test_an_rss_checker_would_see_a_broken_feed() -> None:
    assert feedparser.parse(b"<rss><channel><title>a</chan").bozo


def stamps(folder: Path, name: str) -> tuple[int, str, str]:
    found = dict(line.partition(":")[::2] for line in unfold(folder / name))
    dates = re.findall(r"LAST-MODIFIED:(\S+)", "\n".join(unfold(folder / name)))
    return int(found["SEQUENCE"]), dates[-1], found["DTSTAMP"]


@pytest.mark.large
def test_only_a_change_raises_the_sequence(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("webinars/deux.md", EVENT.replace("Un", "Deux") + "Autre.\n")
    site.commit("2026-01-01T00:00:00Z")
    first = site.feeds()
    one, two = stamps(first, "comptoirs/un.ics"), stamps(first, "comptoirs/deux.ics")
    assert one == (189388800, "20260101T000000Z", "20260101T000000Z")
    site.write("webinars/un.md", EVENT.replace("12:30", "13:30"))
    # Not committed yet: the instant stays.
    assert stamps(site.feeds(), "comptoirs/un.ics") == one
    site.commit("2026-02-01T00:00:00Z")
    second = site.feeds(now="2026-12-24T09:00:00Z")
    assert stamps(second, "comptoirs/un.ics")[0] == one[0] + 31 * 86400
    assert stamps(second, "comptoirs/deux.ics") == two


def test_a_place_dates_the_events_held_there(site: Site) -> None:
    site.write("content/data/places/ici.yml", "name: Ici\n")
    site.write("webinars/un.md", EVENT.replace("---\nTexte", "place: ici\n---\nTexte"))
    site.write("webinars/deux.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.write("content/data/places/ici.yml", "name: Ici\naddress: 1 rue Neuve\n")
    site.commit("2026-02-01T00:00:00Z")
    out = site.feeds()
    assert stamps(out, "comptoirs/un.ics")[1] == "20260201T000000Z"
    assert stamps(out, "comptoirs/deux.ics")[1] == "20260101T000000Z"


def test_the_configuration_can_date_everything(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    config = (site.root / "mkdocs.yml").read_text()
    revised = "uid_domain: petit.example\n      feeds: {revised: 2026-05-01}"
    site.write("mkdocs.yml", config.replace("uid_domain: petit.example", revised))
    site.commit("2026-01-01T00:00:00Z")
    assert stamps(site.feeds(), "comptoirs/un.ics")[1] == "20260501T000000Z"


def test_no_feeds_if_the_configuration_says_so(site: Site) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    off = "uid_domain: petit.example\n      feeds: {enabled: false}"
    site.write("mkdocs.yml", config.replace("uid_domain: petit.example", off))
    site.write("webinars/un.md", EVENT)
    site.commit()
    assert calendars(site.feeds()) == []


def test_old_meetings_move_to_the_archive_of_their_year(site: Site) -> None:
    site.write("webinars/un.md", EVENT.replace("2026-12-03", "2024-01-11"))
    site.write("webinars/deux.md", EVENT)
    site.commit()
    out = site.feeds()
    assert set(vevents(out / "flux" / "agenda.ics")) == {"deux.comptoirs@petit.example"}
    archive = out / "flux" / "agenda" / "2024.ics"
    assert set(vevents(archive)) == {"un.comptoirs@petit.example"}


def test_a_collection_keeps_its_old_feed_addresses(site: Site) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    config = config.replace("address: comptoirs,", "address: comptoirs, aliases: [webinaires],")
    site.write("mkdocs.yml", config)
    site.write("webinars/un.md", EVENT)
    site.commit()
    out = site.feeds()
    old, new = (out / "flux" / f"{name}.ics" for name in ("webinaires", "comptoirs"))
    assert old.read_bytes() == new.read_bytes()


def test_icalendar_still_splits_escapes() -> None:
    """The defect for which `feeds.lines` folds by itself; when mended, drop that module."""
    event = icalendar.Event()
    split = False
    for length in range(50, 75):
        event["DESCRIPTION"] = icalendar.vText("x" * length + "\\" * 8)
        split |= bool(re.search(rb"[^\\](\\\\)*\\\r\n ", event.to_ical()))
    assert split


OWN_LINES = re.compile(
    "R(RULE|DATE|ECURRENCE)|EXDATE|CONFERENCE|X-APPLE-STRUCTURED-LOCATION|IMAGE|ATTACH|RELATED-TO"
)
"""What follows the rest, in an order of its own; some of it icalendar writes otherwise."""


def test_a_vevent_is_what_the_library_writes_of_it(site: Site) -> None:
    place = "name: 'Ici ; là, \\ « L’Île »'\nlatitude: 47.5\nlongitude: -1.5\ntimezone: Etc/UTC\n"
    site.write("content/data/places/ici.yml", place)
    head = "---\ntitle: 'Un ; deux, \\ « trois » 👩🏽‍🏫'\nlanguage: de\ntags: ['a, b', c]\n"
    head += "duration: 1h\n"
    for name, start in {
        "hiver": "2026-12-03 12:30",
        "nuit": "2026-10-25 02:30\nexception: une nuit",
    }.items():
        site.write(f"webinars/{name}.md", f"{head}start: {start}\n---\nUn ; deux,\n\n- \\\\n\n")
    for name, more in {"ici": "place: ici\n", "suite": "repeat: chaque jeudi, 3 fois\n"}.items():
        text = f"{head}{more}start: 2026-12-03 12:30\n---\nTexte.\n"
        site.write(f"webinars/{name}.md", text)
    site.commit()
    out = site.feeds()
    seen = 0
    for path in calendars(out):
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        theirs = [
            line
            for one in calendar.walk("VEVENT")
            for line in map(str, one.content_lines())
            if line
        ]
        ours = unfold(path)
        ours = ours[ours.index("BEGIN:VEVENT") :] if "BEGIN:VEVENT" in ours else []
        own = [line for line in ours if line and line != "END:VCALENDAR"]
        seen += len(own)
        assert [line for line in own if not OWN_LINES.match(line)] == [
            line for line in theirs if not OWN_LINES.match(line)
        ], path
    assert seen > 100


def test_folding_splits_neither_characters_nor_escapes() -> None:
    for text in ("é" * 100, "\\\\" * 60, "x" * 74 + "\\n" + "y" * 80, "👩‍🏫" * 30, "a" * 75):
        folded = fold(text)
        assert folded.replace("\r\n ", "") == text
        for line in folded.split("\r\n"):
            assert len(line.encode()) <= 75
            assert not re.search(r"(?<!\\)(\\\\)*\\$", line)


ZONES = [
    "Europe/Paris",
    "Europe/Lisbon",
    "Europe/Dublin",
    "America/New_York",
    "America/Santiago",
    "America/Nuuk",
    "America/Miquelon",
    "Asia/Jerusalem",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Indian/Reunion",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "Indian/Mayotte",
]


def offsets(lines: tuple[str, ...], until: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """The changes a VTIMEZONE describes, by dateutil's rules: onset in UTC, offset after."""

    def delta(text: str) -> timedelta:
        sign = -1 if text[0] == "-" else 1
        return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))

    part: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        part[name] = value
        if name == "END" and value != "VTIMEZONE":
            start = datetime.strptime(part["DTSTART"], "%Y%m%dT%H%M%S")
            rule = part.pop("RRULE", "FREQ=DAILY;COUNT=1")
            for onset in rrulestr(rule, dtstart=start):
                if onset > until:
                    break
                before = delta(part["TZOFFSETFROM"])
                yield (onset - before).replace(tzinfo=UTC), delta(part["TZOFFSETTO"])


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("first", [1995, 2024])
def test_vtimezone_says_what_the_database_says(name: str, first: int) -> None:
    changes = sorted(offsets(vtimezone(name, first), datetime(2036, 12, 31)))
    for day in range((datetime(2036, 1, 1) - datetime(first, 1, 1)).days):
        instant = datetime(first, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        expected = instant.astimezone(zone(name)).utcoffset()
        applied = [after for onset, after in changes if onset <= instant]
        assert applied, (name, instant)
        assert applied[-1] == expected, (name, instant)


@pytest.mark.parametrize("name", ["Africa/Cairo", "Asia/Gaza", "Africa/Casablanca", "America/Nuuk"])
def test_vtimezone_is_right_far_ahead(name: str) -> None:
    changes = sorted(offsets(vtimezone(name, 2026, 2100), datetime(2100, 12, 31)))
    for day in range(0, (datetime(2100, 12, 30) - datetime(2037, 1, 1)).days, 5):
        instant = datetime(2037, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        applied = [after for onset, after in changes if onset <= instant]
        assert applied[-1] == instant.astimezone(zone(name)).utcoffset(), (name, instant)


@pytest.mark.parametrize("name", [*ZONES, "America/Scoresbysund", "Asia/Gaza"])
def test_no_vtimezone_counts_days_from_the_end(name: str) -> None:
    """A common library passes over negative days of the month."""
    assert not [line for line in vtimezone(name, 2024) if re.search("BYMONTHDAY=.*-", line)]


def test_a_meeting_far_ahead_has_its_zone(site: Site) -> None:
    front = "title: Un\nstart: 2099-06-04 12:30\ntimezone: Africa/Cairo\n"
    site.write("webinars/un.md", f"---\n{front}---\nTexte.\n")
    site.commit()
    calendar = (site.feeds() / "flux" / "comptoirs.ics").read_bytes().decode()
    assert "DTSTART;TZID=Africa/Cairo:20990604T123000" in calendar
    assert "BEGIN:DAYLIGHT\r\nDTSTART:2099" in calendar


def test_zones_come_from_the_locked_package() -> None:
    assert zone("Europe/Paris") is not ZoneInfo("Europe/Paris")


@pytest.mark.large
def test_a_deleted_meeting_to_come_stays_as_cancelled(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("webinars/passe.md", EVENT.replace("2026-12-03", "2025-12-04"))
    site.write("webinars/brouillon.md", EVENT.replace("title", "draft: true\ntitle"))
    site.write("webinars/bouge.md", EVENT + "Unique.\n")
    site.write("webinars/garde.md", EVENT.replace("title", "id: constant\ntitle"))
    site.write("webinars/casse.md", "---\ntitle: [\n")
    site.commit("2026-01-01T00:00:00Z")
    for name in ("un", "passe", "brouillon", "casse", "garde"):
        (site.root / "webinars" / f"{name}.md").unlink()
    site.git("mv", "webinars/bouge.md", "webinars/ailleurs.md")
    text = EVENT.replace("title", "id: constant\ntitle").replace("12:30", "13:30")
    site.write("webinars/autre.md", text)
    site.commit("2026-02-01T00:00:00Z")
    out = site.feeds()
    found = vevents(out / "flux" / "comptoirs.ics")
    names = ("un", "bouge", "ailleurs", "constant")
    assert set(found) == {f"{name}.comptoirs@petit.example" for name in names}
    # Renamed without its id: to calendars, the one is cancelled and the other on.
    assert found["bouge.comptoirs@petit.example"]["STATUS"] == "CANCELLED"
    assert found["ailleurs.comptoirs@petit.example"]["STATUS"] == "CONFIRMED"
    gone = found["un.comptoirs@petit.example"]
    assert gone["STATUS"] == "CANCELLED"
    assert str(gone["SUMMARY"]) == "Annulé\u00a0: Un"
    assert gone.decoded("DTSTAMP").isoformat() == "2026-02-01T00:00:00+00:00"
    assert str(gone["URL"]) == "https://petit.example/x/comptoirs/"
    assert not compiled_page(out, "comptoirs/un").exists()
    config = (site.root / "mkdocs.yml").read_text()
    withdrawn = "uid_domain: petit.example\n      withdrawn: [comptoirs/un]"
    site.write("mkdocs.yml", config.replace("uid_domain: petit.example", withdrawn))
    assert "un.comptoirs@petit.example" not in vevents(site.feeds() / "flux" / "agenda.ics")


@pytest.mark.parametrize(
    ("front", "days"),
    [
        ("updated: 2026-10-01\n", ("2026-01-01", "2026-02-01")),
        ("", ("2019-01-01", "2019-02-01")),  # clocks go wrong
    ],
)
def test_a_deletion_raises_the_sequence(site: Site, front: str, days: tuple[str, str]) -> None:
    site.write("webinars/un.md", EVENT.replace("title", f"{front}title"))
    site.commit(f"{days[0]}T00:00:00Z")
    before = stamps(site.feeds(), "comptoirs/un.ics")[0]
    (site.root / "webinars" / "un.md").unlink()
    site.commit(f"{days[1]}T00:00:00Z")
    assert stamps(site.feeds(), "comptoirs/un.ics")[0] > before >= 0


def news(folder: Path) -> list[tuple[str, str, str]]:
    feed = feedparser.parse((folder / "flux" / "comptoirs.rss.xml").read_bytes())
    return [(one.id, one.title, one.published[5:16]) for one in feed.entries]


@pytest.mark.large
def test_news_are_dated_by_history(site: Site) -> None:
    uid = "un.comptoirs@petit.example"
    path = "webinars/un.md"
    draft = EVENT.replace("title", "draft: true\ntitle")
    text = EVENT.replace("2026-12-03", "2026-01-08")
    steps = [
        (draft, "2025-01-01"),
        ("---\ntitle: [broken\n", "2025-02-01"),
        (EVENT.replace("2026-12-03", "2026-01-01"), "2025-03-01"),
        (text, "2025-04-01"),
        (text.replace("Texte", "Autre"), "2025-05-01"),
        (text.replace("title", "status: cancelled\ntitle"), "2025-06-01"),
        (text, "2025-07-01"),
        (text.replace("title", "replay: {video: https://v.example/}\ntitle"), "2026-02-01"),
        (text.replace("title", "replay: {video: https://v.example/}\nid: un\ntitle"), "2026-03-01"),
    ]
    for source, day in steps:
        site.write(path, source)
        site.commit(f"{day}T00:00:00Z")
    site.git("mv", path, "webinars/renomme.md")
    site.commit("2026-04-01T00:00:00Z")
    assert news(site.feeds()) == [
        (f"{uid}#replay", "Replay\u00a0: Un", "01 Feb 2026"),
        (f"{uid}#moved-1", "Déplacé\u00a0: Un", "01 Apr 2025"),
        (uid, "Un", "01 Mar 2025"),
    ]
    # To another date, and called off: it goes nowhere.
    cancelled = text.replace("title", "status: cancelled\nid: un\ntitle")
    site.write("webinars/renomme.md", cancelled.replace("2026-01-08", "2026-12-03"))
    site.commit("2026-05-01T00:00:00Z")
    assert news(site.feeds())[0] == (f"{uid}#cancelled", "Annulé\u00a0: Un", "01 May 2026")


def test_a_deleted_meeting_is_news(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars" / "un.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    assert news(site.feeds()) == [
        ("un.comptoirs@petit.example#cancelled", "Annulé\u00a0: Un", "01 Feb 2026")
    ]


@pytest.mark.large
def test_a_renamed_file_without_its_id_is_told(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("webinars/deux.md", EVENT.replace("Un", "Deux"))
    site.write("webinars/trois.md", EVENT.replace("Un", "Trois"))
    site.commit("2026-11-01T00:00:00Z")
    site.git("mv", "webinars/un.md", "webinars/premier.md")
    (site.root / "webinars" / "deux.md").unlink()
    site.write("webinars/second.md", EVENT.replace("Un", "Deux").replace("12:30", "13:30"))
    (site.root / "webinars" / "trois.md").unlink()
    site.write("webinars/autre.md", "---\ntitle: Tout autre\nstart: 2026-12-10 9:00\n---\nNeuf.\n")
    site.commit("2026-11-02T00:00:00Z")

    def told() -> list[str]:
        assert site.run("check") == 0
        return [line for line in capsys.readouterr().out.splitlines() if "lost-identity" in line]

    lines = told()
    assert [line.split(":")[0] for line in lines] == ["webinars/premier.md", "webinars/second.md"]
    assert "id: un" in lines[0]
    assert "aliases" not in lines[0]  # the address is the page's own, once the id is given
    for name, id in (("premier", "un"), ("second", "deux")):
        path = site.root / "webinars" / f"{name}.md"
        path.write_text(path.read_text().replace("title", f"id: {id}\ntitle"))
    site.commit("2026-11-03T00:00:00Z")
    assert told() == []
    assert (site.feeds() / "comptoirs" / "un.ics").is_file()


@pytest.mark.large
def test_a_file_that_moved_to_another_collection_is_told_what_can_be_kept(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("webinars/un.md", EVENT.replace("12:30\n", "12:30\nend: 2026-12-03 14:00\n"))
    site.commit("2026-11-01T00:00:00Z")
    (site.root / "voyages").mkdir(exist_ok=True)
    site.git("mv", "webinars/un.md", "voyages/un.md")
    site.commit("2026-11-02T00:00:00Z")

    def told() -> list[str]:
        assert site.run("check") == 0
        return [line for line in capsys.readouterr().out.splitlines() if "lost-identity" in line]

    (line,) = told()
    assert line.startswith("voyages/un.md:1:1: ")
    assert "« id:" not in line.replace("\u00a0", " ")  # the same id there is another's all the same
    assert "webinars/" in line
    assert "aliases: [comptoirs/un]" in line
    path = site.root / "voyages" / "un.md"
    path.write_text(path.read_text().replace("title", "aliases: [comptoirs/un]\ntitle"))
    site.commit("2026-11-03T00:00:00Z")
    assert told() == []
    assert "voyages/un" in (site.build() / "comptoirs" / "un" / "index.html").read_text()


def selected(out: Path, name: str = "comptoirs") -> dict[str, icalendar.Event]:
    """The events of a selection, by their id."""
    found = vevents(out / "flux" / f"{name}.ics")
    return {uid.split(".")[0]: event for uid, event in found.items()}


def test_no_date_is_postponed_only_where_one_was_told(site: Site) -> None:
    dateless = EVENT.replace("start: 2026-12-03 12:30\n", "{}")
    for name in ("jamais", "passe", "annule"):
        site.write(f"webinars/{name}.md", dateless.format("undated: future\n"))
    site.commit("2026-01-01T00:00:00Z")
    dated = EVENT.replace("2026-12-03", "2026-11-05")
    for name in ("passe", "annule"):
        site.write(f"webinars/{name}.md", dated)
    site.write("webinars/jamais.md", dateless.format("undated: future\nsummary: Autre\n"))
    site.commit("2026-02-01T00:00:00Z")
    site.write("webinars/passe.md", dateless.format("undated: past\n"))
    site.write("webinars/annule.md", dateless.format("undated: future\nstatus: cancelled\n"))
    site.commit("2026-03-01T00:00:00Z")
    ids = [id for id, _, _ in news(site.feeds())]
    assert "annule.comptoirs@petit.example#cancelled" in ids
    assert not [id for id in ids if id.endswith("#postponed")]


def test_another_zone_of_its_own_moves_a_meeting(site: Site) -> None:
    steps = (None, "Europe/Brussels", "Indian/Reunion")
    for month, name in enumerate(steps, 1):
        front = f"timezone: {name}\ntitle" if name else "title"
        site.write("webinars/un.md", EVENT.replace("title", front))
        site.commit(f"2026-{month:02d}-01T00:00:00Z")
    # Brussels has the hours of Paris.
    assert [(id, day) for id, _, day in news(site.feeds())] == [
        ("un.comptoirs@petit.example#moved-1", "01 Mar 2026"),
        ("un.comptoirs@petit.example", "01 Jan 2026"),
    ]


@pytest.mark.large
def test_a_date_taken_back_leaves_its_hour_cancelled(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("webinars/deux.md", EVENT.replace("Un", "Deux"))
    site.commit("2026-01-01T00:00:00Z")
    dateless = EVENT.replace("start: 2026-12-03 12:30\n", "{}")
    site.write("webinars/un.md", dateless.format("status: postponed\n"))
    site.write("webinars/deux.md", dateless.replace("Un", "Deux").format("undated: future\n"))
    site.commit("2026-02-01T00:00:00Z")
    out = site.compile()
    found = selected(out)
    for id, name in (("un", "Un"), ("deux", "Deux")):
        event = found[id]
        assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
        assert str(event["SUMMARY"]) == f"Reporté\u00a0: {name}"
        assert event.decoded("DTSTART").isoformat() == "2026-12-03T12:30:00+01:00"
        assert event.decoded("DTSTAMP").isoformat() == "2026-02-01T00:00:00+00:00"
        assert compiled_page(out, f"comptoirs/{id}").is_file()
    assert news(out)[:2] == [
        (f"{id}.comptoirs@petit.example#postponed", f"Reporté\u00a0: {name}", "01 Feb 2026")
        for id, name in (("un", "Un"), ("deux", "Deux"))
    ]
    site.write("webinars/un.md", EVENT.replace("2026-12-03", "2026-12-10"))
    site.commit("2026-03-01T00:00:00Z")
    out = site.feeds()
    assert selected(out)["un"].decoded("DTSTART").isoformat() == "2026-12-10T12:30:00+01:00"
    assert selected(out)["un"]["STATUS"] == "CONFIRMED"
    ids = [id for id, _, _ in news(out)]
    assert ids[0] == "un.comptoirs@petit.example#moved-1"
    assert "un.comptoirs@petit.example#postponed" not in ids


def test_what_leaves_the_collections_is_cancelled(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Moved away, hidden, or made a draft again: subscribers had seen it."""
    for name in ("archive", "cache", "brouillon", "repris"):
        site.write(f"webinars/{name}.md", EVENT.replace("Un", name))
    site.write("webinars/jamais.md", EVENT.replace("title", "draft: true\ntitle"))
    site.write("webinars/_notes.md", EVENT)
    site.write("webinars/index.md", "# Comptoirs\n")
    site.commit("2026-01-01T00:00:00Z")
    draft = EVENT.replace("title", "draft: true\ntitle")
    for name in ("brouillon", "repris"):
        site.write(f"webinars/{name}.md", draft.replace("Un", name))
    (site.root / ".vieux").mkdir()
    site.git("mv", "webinars/archive.md", ".vieux/archive.md")
    site.git("mv", "webinars/cache.md", "webinars/_cache.md")
    site.commit("2026-02-01T00:00:00Z")
    assert site.run("check") == 0
    told = [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert "webinars/brouillon.md:1:1" in told
    assert "webinars/jamais.md:1:1" not in told
    (site.root / "webinars" / "repris.md").unlink()
    site.commit("2026-03-01T00:00:00Z")
    found = selected(site.feeds())
    assert {id: str(event["STATUS"]) for id, event in found.items()} == dict.fromkeys(
        ("archive", "cache", "brouillon", "repris"), "CANCELLED"
    )
    # Each since it was seen no more, not since its file went.
    for event in found.values():
        assert event.decoded("DTSTAMP").isoformat() == "2026-02-01T00:00:00+00:00"


def test_a_deleted_course_is_no_meeting(site: Site) -> None:
    site.write("content/mooc/c/index.md", "---\ntitle: Cours\nstart: 2027-01-05\n---\nT.\n")
    session = EVENT.replace("2026-12-03", "2027-01-05").replace("title", "number: 1\ntitle")
    site.write("content/mooc/c/s.md", session)
    site.commit("2026-01-01T00:00:00Z")
    for name in ("index", "s"):
        (site.root / f"content/mooc/c/{name}.md").unlink()
    (site.root / "content/mooc").mkdir(exist_ok=True)
    site.commit("2026-02-01T00:00:00Z")
    (site.root / "content/mooc").mkdir(exist_ok=True)
    assert list(selected(site.feeds(), "mooc")) == ["c-s"]


@pytest.mark.large
@pytest.mark.regions
def test_a_deleted_meeting_keeps_the_hour_of_its_deleted_place(site: Site) -> None:
    site.write("content/data/places/la.yml", "name: Là\nterritory: la-reunion\n")
    site.write("webinars/un.md", EVENT.replace("title", "place: la\ntitle"))
    stop = "stops: [{id: a, title: A, place: la}]\n"
    trip = EVENT.replace("12:30", "9:00\nend: 2026-12-03 18:00").replace("title", f"{stop}title")
    site.write("voyages/v.md", trip)
    site.commit("2026-01-01T00:00:00Z")
    before = site.feeds()
    for name in ("content/data/places/la.yml", "webinars/un.md", "voyages/v.md"):
        (site.root / name).unlink()
    site.commit("2026-02-01T00:00:00Z")
    for name in ("webinars", "voyages"):
        (site.root / name).mkdir(exist_ok=True)
    after = site.root / "after"
    assert site.run("compile", "-o", str(after)) == 0
    for name, hour in (("comptoirs", "12:30:00+04:00"), ("voyages", "09:00:00+04:00")):
        for out in (before, after):
            (event,) = selected(out, name).values()
            assert event.decoded("DTSTART").isoformat() == f"2026-12-03T{hour}"
        assert event["STATUS"] == "CANCELLED"


def test_an_old_form_still_leaves_a_tombstone(site: Site) -> None:
    site.write("webinars/un.md", EVENT.replace("title", "themes: {ia: oui}\nmode: jadis\ntitle"))
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars" / "un.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    (site.root / "webinars").mkdir(exist_ok=True)
    assert selected(site.feeds())["un"]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("date", ["mercredi 3 décembre 2026 12:30", "vers 3 décembre 2026 12:30"])
def test_a_date_that_was_once_read_leaves_a_tombstone(site: Site, date: str) -> None:
    site.write("webinars/un.md", EVENT.replace("2026-12-03 12:30", date))
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars" / "un.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    (site.root / "webinars").mkdir(exist_ok=True)
    assert selected(site.feeds())["un"]["STATUS"] == "CANCELLED"


def test_a_speaker_dates_the_meetings(site: Site) -> None:
    site.write("content/data/organisations/o.yml", "name: Organisme\n")
    person = "name: Animatrice\norganisation: o\nconsent: par écrit, 2025\n"
    site.write("content/data/people/p.yml", person)
    site.write("webinars/un.md", EVENT.replace("title", "speakers: [p]\ntitle"))
    site.write("webinars/deux.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.write("content/data/people/p.yml", person.replace("Animatrice", "Animatrice, CCI"))
    site.commit("2026-02-01T00:00:00Z")
    assert stamps(site.feeds(), "comptoirs/un.ics")[1] == "20260201T000000Z"
    site.write("content/data/organisations/o.yml", "name: Autre nom\n")
    site.commit("2026-03-01T00:00:00Z")
    out = site.feeds()
    assert stamps(out, "comptoirs/un.ics")[1] == "20260301T000000Z"
    assert stamps(out, "comptoirs/deux.ics")[1] == "20260101T000000Z"


@pytest.mark.large
def test_a_draft_course_was_seen_by_nobody(site: Site) -> None:
    course = "---\ntitle: Cours\ndraft: true\n---\nT.\n"
    site.write("content/mooc/c/index.md", course)
    for name in ("reste", "part"):
        session = EVENT.replace("2026-12-03", "2027-01-05").replace("Un", name)
        site.write(f"content/mooc/c/{name}.md", session)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "content/mooc/c/part.md").unlink()
    site.commit("2026-02-01T00:00:00Z")
    assert selected(site.feeds(), "mooc") == {}
    site.write("content/mooc/c/index.md", course.replace("draft: true\n", ""))
    site.commit("2026-03-01T00:00:00Z")
    assert list(selected(site.feeds(), "mooc")) == ["c-reste"]


@pytest.mark.large
def test_a_course_that_is_a_draft_again_cancels_its_sessions(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    course = "---\ntitle: Cours\n---\nT.\n"
    site.write("content/mooc/c/index.md", course)
    for name in ("un", "deux"):
        session = EVENT.replace("2026-12-03", "2027-01-05").replace("Un", name)
        site.write(f"content/mooc/c/{name}.md", session)
    site.commit("2026-01-01T00:00:00Z")
    site.write("content/mooc/c/index.md", course.replace("title", "draft: true\ntitle"))
    site.commit("2026-02-01T00:00:00Z")
    for _ in range(2):
        found = selected(site.feeds(), "mooc")
        assert {id: str(one["STATUS"]) for id, one in found.items()} == {
            "c-un": "CANCELLED",
            "c-deux": "CANCELLED",
        }
        for one in found.values():
            assert one.decoded("DTSTAMP").isoformat() == "2026-02-01T00:00:00+00:00"
        # A later commit changes nothing of it.
        site.commit("2026-03-01T00:00:00Z")
    assert site.run("check") == 0
    told = [one for one in capsys.readouterr().out.splitlines() if "mooc" in one]
    assert [line.split(": ")[0] for line in told] == ["content/mooc/c/index.md:1:1"]
    site.write("content/mooc/c/index.md", course)
    site.commit("2026-04-01T00:00:00Z")
    for one in selected(site.feeds(), "mooc").values():
        assert one["STATUS"] == "CONFIRMED"


def test_a_meeting_without_its_date_that_is_deleted_stays_cancelled(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.write("webinars/un.md", EVENT.replace("start: 2026-12-03 12:30", "status: postponed"))
    site.commit("2026-02-01T00:00:00Z")
    (site.root / "webinars" / "un.md").unlink()
    site.commit("2026-03-01T00:00:00Z")
    (site.root / "webinars").mkdir(exist_ok=True)
    event = selected(site.feeds())["un"]
    assert event["STATUS"] == "CANCELLED"
    assert event.decoded("DTSTART").isoformat() == "2026-12-03T12:30:00+01:00"
    assert event.decoded("DTSTAMP").isoformat() == "2026-03-01T00:00:00+00:00"


def test_an_id_written_later_leaves_the_old_identity_cancelled(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.write("webinars/un.md", EVENT.replace("title", "id: premier\ntitle"))
    site.commit("2026-02-01T00:00:00Z")
    found = selected(site.feeds())
    assert {id: str(event["STATUS"]) for id, event in found.items()} == {
        "un": "CANCELLED",
        "premier": "CONFIRMED",
    }


def test_every_identity_that_was_seen_is_cancelled(site: Site) -> None:
    """Renamed twice without an id, an id taken back, a course made a draft again."""
    site.write("webinars/un.md", EVENT + "Unique.\n")
    site.write("webinars/avec.md", EVENT.replace("title", "id: constant\ntitle"))
    site.write("content/mooc/c/index.md", "---\ntitle: Cours\n---\nT.\n")
    site.write("content/mooc/c/s.md", EVENT.replace("2026-12-03", "2027-01-05"))
    site.commit("2026-01-01T00:00:00Z")
    site.git("mv", "webinars/un.md", "webinars/deux.md")
    site.write("webinars/avec.md", EVENT)
    site.write("content/mooc/c/index.md", "---\ntitle: Cours\ndraft: true\n---\nT.\n")
    site.commit("2026-02-01T00:00:00Z")
    site.git("mv", "webinars/deux.md", "voyages/trois.md")
    trip = EVENT.replace("12:30\n", "12:30\nend: 2026-12-03 14:00\n")
    site.write("voyages/trois.md", trip + "Unique.\n")
    site.write("content/mooc/c/s.md", EVENT.replace("2026-12-03", "2027-01-06"))
    site.commit("2026-03-01T00:00:00Z")
    found = selected(site.feeds(), "agenda")
    gone = {"un": "0201", "deux": "0301", "constant": "0201", "c-s": "0201"}
    assert {id: str(event["STATUS"]) for id, event in found.items()} == {
        **dict.fromkeys(gone, "CANCELLED"),
        **dict.fromkeys(("trois", "avec"), "CONFIRMED"),
    }
    for id, day in gone.items():
        assert f"{found[id].decoded('DTSTAMP'):%m%d}" == day, id


def test_a_course_that_changes_while_its_session_waits_for_a_date(site: Site) -> None:
    """Its hour was told as cancelled, and still is once the session is deleted."""
    site.write("content/mooc/c/index.md", "---\ntitle: Cours\n---\nT.\n")
    site.write("content/mooc/c/s.md", EVENT.replace("2026-12-03", "2027-01-05"))
    site.commit("2026-01-01T00:00:00Z")
    site.write("content/mooc/c/s.md", "---\ntitle: Un\nundated: future\n---\nTexte.\n")
    site.commit("2026-02-01T00:00:00Z")
    site.write("content/mooc/c/index.md", "---\ntitle: Autre cours\n---\nT.\n")
    site.commit("2026-03-01T00:00:00Z")
    site.git("rm", "-q", "content/mooc/c/s.md")
    site.commit("2026-04-01T00:00:00Z")
    entry = selected(site.feeds(), "agenda")["c-s"]
    assert str(entry["STATUS"]) == "CANCELLED"
    assert f"{entry.decoded('DTSTAMP'):%m%d}" == "0401"


def test_an_index_that_swallows_meetings_cancels_them(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is refused while they lie beside it; once they are gone, they are cancelled."""
    site.write("webinars/x/a.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.write("webinars/x/index.md", EVENT.replace("Un", "Tout"))
    site.write("webinars/x/notes.md", EVENT.replace("Un", "Notes"))
    site.commit("2026-02-01T00:00:00Z")
    assert site.run("check") == 1
    told = capsys.readouterr().out.splitlines()
    for name in ("a", "notes"):
        assert any(
            line.startswith(f"webinars/x/{name}.md:1:1: error[unread-file]") for line in told
        )
        (site.root / f"webinars/x/{name}.md").unlink()
    site.commit("2026-03-01T00:00:00Z")
    found = selected(site.feeds())
    assert {id: str(event["STATUS"]) for id, event in found.items()} == {
        "x": "CONFIRMED",
        "x-a": "CANCELLED",
    }


@pytest.mark.parametrize(
    ("new", "text"),
    [("un/index.md", EVENT), ("un.yml", ""), ("autre.md", EVENT.replace("title", "id: un\ntitle"))],
)
def test_a_past_is_kept_under_another_name(site: Site, new: str, text: str) -> None:
    """Renamed and changed in one commit: CREATED, the announcement and the move stay right."""
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    (site.root / "webinars" / "un.md").unlink()
    text = text or "title: Un\nstart: 2026-12-03 12:30\ndescription: Autre texte.\n"
    site.write(f"webinars/{new}", text.replace("2026-12-03", "2026-12-10"))
    site.commit("2026-02-01T00:00:00Z")
    out = site.feeds()
    (event,) = selected(out).values()
    assert event.decoded("CREATED").isoformat() == "2026-01-01T00:00:00+00:00"
    assert event.decoded("DTSTAMP").isoformat() == "2026-02-01T00:00:00+00:00"
    uid = "un.comptoirs@petit.example"
    assert [(id, day) for id, _, day in news(out)] == [
        (f"{uid}#moved-1", "01 Feb 2026"),
        (uid, "01 Jan 2026"),
    ]


def test_a_change_cannot_lie_in_the_future(site: Site, lines: Callable[[], list[str]]) -> None:
    """Taken back, it would let SEQUENCE fall; far ahead, it would not fit 32 bits."""
    site.write("webinars/un.md", EVENT.replace("title", "updated: 2100-01-01\ntitle"))
    config = (site.root / "mkdocs.yml").read_text()
    revised = "uid_domain: petit.example\n      feeds: {revised: 2150-01-01}"
    site.write("mkdocs.yml", config.replace("uid_domain: petit.example", revised))
    site.commit()
    assert site.run("check") == 1
    told = [line.split(": ")[:2] for line in lines()]
    assert told == [
        ["mkdocs.yml:1:1", "error[future-update]"],
        ["webinars/un.md:2:10", "error[future-update]"],
    ]


def test_a_clock_of_the_next_century_counts_for_nothing(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.commit("2026-01-01T00:00:00Z")
    site.write("webinars/un.md", EVENT + "Autre.\n")
    site.commit("2099-01-01T00:00:00Z")
    assert stamps(site.feeds(), "comptoirs/un.ics")[1] == "20260101T000001Z"


def test_a_deleted_theme_is_told(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("ancien", "neuf"):
        site.write(f"content/data/themes/{name}.yml", f"name: {name}\n")
    site.commit("2026-11-01T00:00:00Z")
    (site.root / "content/data/themes/ancien.yml").unlink()
    site.commit("2026-11-02T00:00:00Z")
    assert site.run("check") == 0
    assert "content/data/themes/ancien.yml:1:1: warning[lost-feeds]" in capsys.readouterr().out
    site.write("content/data/themes/neuf.yml", "name: neuf\naliases: ancien\n")
    assert site.run("check") == 0
    assert "lost-feeds" not in capsys.readouterr().out
