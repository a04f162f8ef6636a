"""`parcours diff`: what it says is what others read in both builds, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import feedparser
import icalendar
import pytest

from parcours.diffing.report import Report, read_report

from .conftest import NOW, Site
from .readers.python import ICALENDAR, VOBJECT

BASE = "2026-10-01T00:00:00Z"
UN = """\
---
title: Un sujet
start: 2026-12-03 12:30
duration: 1h
themes: [pedagogie]
online: https://visio.example/un
registration: {url: https://inscriptions.example/un}
---
Ce que l’on va y apprendre, en quelques phrases.
"""
DEUX = "---\ntitle: Deux\nstart: 2026-12-10 12:30\nthemes: [afest]\n---\nUn tout autre texte.\n"
ILE = """\
---
title: Une île
start: 2027-01-18 09:00
end: 2027-01-18 17:00
place: campus
hosts: [cfa]
registration: {url: https://inscriptions.example/ile, deadline: 2027-01-10}
stops:
  - {id: a, title: Le campus, place: campus, start: 10:00}
---
Une journée sur le campus.
"""


@pytest.fixture
def told(site: Site) -> Site:
    """A site of four meetings, whose calendars were seen."""
    for name, text in {
        "content/data/themes/pedagogie.yml": "name: Pédagogie\n",
        "content/data/themes/afest.yml": "name: Afest\n",
        "content/data/organisations/cfa.yml": "name: CFA\n",
        "content/data/places/campus.yml": "name: Campus\nterritory: la-reunion\npublic: true\n",
        "content/data/territories/la-reunion.yml": "name: La Réunion\ntimezone: Indian/Reunion\n",
        "content/data/territories/bretagne.yml": "name: Bretagne\ntimezone: Europe/Paris\n",
        ".gitignore": "/compiled\n/.cache\n",
        "content/mooc/cours/index.md": "---\ntitle: Un cours\n---\nUn cours.\n",
        "webinars/un.md": UN,
        "webinars/deux.md": DEUX,
        "webinars/passe.md": "---\ntitle: Passé\nstart: 2026-05-07 12:30\n---\nFini.\n",
        "voyages/ile.md": ILE,
    }.items():
        site.write(name, text)
    site.commit(BASE)
    return site


def ask(site: Site, *arguments: str, capsys: pytest.CaptureFixture[str], now: str = NOW) -> Report:
    """What the command says, as data."""
    capsys.readouterr()
    status = site.run("diff", *arguments, "--json", now=now)
    printed = capsys.readouterr()
    report = read_report(printed.out.encode())
    assert report.failure is None, report.failure
    assert status == (1 if report.is_dangerous else 0), printed.err
    return report


@dataclass(frozen=True)
class Fed:
    """What others read in the feeds of a build: address → identity → what is shown."""

    calendars: Mapping[str, Mapping[str, object]]
    news: Mapping[str, Mapping[str, object]]


def rest(event: icalendar.Event) -> bytes:
    """All that an entry says, without when it changed."""
    found = event.copy()
    for name in ("CREATED", "DTSTAMP", "DTSTART", "DTEND", "LAST-MODIFIED", "SEQUENCE"):
        found.pop(name, None)
    return bytes(found.to_ical())


def events(data: bytes) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    return list(calendar.events)


def fed(folder: Path) -> Fed:
    """The feeds of a build as two parsers of calendars and one of news read them."""
    calendars: dict[str, dict[str, object]] = {}
    for path in sorted(folder.rglob("*.ics")):
        data = path.read_bytes()
        one, other = ICALENDAR.read(data), VOBJECT.read(data)
        assert one == other, path
        texts = {str(event["UID"]): rest(event) for event in events(data)}
        # SEQUENCE tells when it changed, and is no change itself.
        address = path.relative_to(folder).as_posix()
        calendars[address] = {
            read.uid: (replace(read, sequence=0), texts[read.uid]) for read in one
        }
    news: dict[str, dict[str, object]] = {}
    for path in sorted(folder.rglob("*.rss.xml")):
        shown = news.setdefault(path.relative_to(folder).as_posix(), {})
        for item in feedparser.parse(path.read_bytes()).entries:
            uid = item.id.partition("#")[0]
            tags = tuple(tag.term for tag in item.get("tags", ()))
            what = (item.id, item.title, item.link, item.published, item.content[0].value, tags)
            shown[uid] = (*shown.get(uid, ()), what)  # type: ignore[misc]
    return Fed(calendars, news)


def reached(
    old: Mapping[str, Mapping[str, object]], new: Mapping[str, Mapping[str, object]]
) -> dict[str, set[str]]:
    """The feeds that show each meeting otherwise, by UID."""
    found: dict[str, set[str]] = {}
    for address in old.keys() | new.keys():
        before, after = old.get(address, {}), new.get(address, {})
        for uid in before.keys() | after.keys():
            if before.get(uid) != after.get(uid):
                found.setdefault(uid, set()).add(address)
    return found


def of(report: Report, suffix: str) -> dict[str, set[str]]:
    """The feeds of a form that the report names, by UID."""
    found = {
        one.uid: {feed for feed in one.feeds if feed.endswith(suffix)} for one in report.meetings
    }
    return {uid: feeds for uid, feeds in found.items() if feeds}


def every(found: Mapping[str, set[str]]) -> set[str]:
    return {address for feeds in found.values() for address in feeds}


def kinds(report: Report) -> dict[str, list[str]]:
    """What changes of each meeting, by the part of its UID that names it."""
    return {one.uid.partition("@")[0]: [c.kind for c in one.changes] for one in report.meetings}


def dangers(report: Report) -> list[tuple[str, str]]:
    return [(one.code, one.file) for one in report.dangers]


def edit(site: Site, name: str, old: str, new: str) -> None:
    text = (site.root / name).read_text()
    assert old in text
    site.write(name, text.replace(old, new))


def move(site: Site) -> None:
    edit(site, "webinars/un.md", "12-03 12:30", "12-10 14:00")


def later(site: Site) -> None:
    edit(site, "webinars/un.md", "duration: 1h", "duration: 2h")


def delete(site: Site) -> None:
    (site.root / "webinars/un.md").unlink()


def delete_past(site: Site) -> None:
    (site.root / "webinars/passe.md").unlink()


def rename(site: Site) -> None:
    (site.root / "webinars/un.md").rename(site.root / "webinars/nouveau.md")


def rename_and_edit(site: Site) -> None:
    rename(site)
    edit(site, "webinars/nouveau.md", "quelques phrases", "deux phrases")


def rename_with_id(site: Site) -> None:
    rename(site)
    edit(site, "webinars/nouveau.md", "duration: 1h", "duration: 1h\nid: un")


def hide(site: Site) -> None:
    edit(site, "webinars/un.md", "duration: 1h", "draft: true")


def zone(site: Site) -> None:
    edit(site, "content/data/territories/la-reunion.yml", "Indian/Reunion", "Indian/Mauritius")


def far_zone(site: Site) -> None:
    edit(site, "content/data/territories/la-reunion.yml", "Indian/Reunion", "Indian/Mayotte")


def cancel(site: Site) -> None:
    edit(site, "webinars/un.md", "duration: 1h", "duration: 1h\nstatus: cancelled")


def postpone(site: Site) -> None:
    edit(site, "webinars/un.md", "start: 2026-12-03 12:30\nduration: 1h", "status: postponed")


def retitle(site: Site) -> None:
    edit(site, "webinars/un.md", "Un sujet", "Un autre sujet")


def retext(site: Site) -> None:
    edit(site, "webinars/un.md", "quelques phrases", "deux phrases")


def relink(site: Site) -> None:
    edit(site, "webinars/un.md", "visio.example/un", "visio.example/deux")


def close(site: Site) -> None:
    edit(site, "webinars/un.md", "{url", "{state: full, url")


def replace_place(site: Site) -> None:
    edit(site, "content/data/places/campus.yml", "name: Campus", "name: Autre campus")


def record(site: Site) -> None:
    edit(site, "webinars/passe.md", "---\nFini", "replay: {video: https://v.example/1}\n---\nFini")


def announce(site: Site) -> None:
    site.write("webinars/trois.md", "---\ntitle: Trois\nstart: 2026-12-17 12:30\n---\nTexte.\n")


def withdraw(site: Site) -> None:
    delete(site)
    edit(
        site,
        "mkdocs.yml",
        "      territories",
        "      withdrawn: [comptoirs/un]\n      territories",
    )


def rename_theme(site: Site) -> None:
    edit(site, "content/data/themes/afest.yml", "Afest", "Apprendre au travail")


def rename_theme_file(site: Site) -> None:
    folder = site.root / "content/data/themes"
    (folder / "afest.yml").rename(folder / "travail.yml")
    edit(site, "webinars/deux.md", "[afest]", "[travail]")


def change_domain(site: Site) -> None:
    edit(site, "mkdocs.yml", "petit.example\n      terr", "autre.example\n      terr")


def tidy(site: Site) -> None:
    edit(site, "webinars/un.md", "themes: [pedagogie]", "themes:\n  - pedagogie")


Edit = Callable[[Site], None]
UID = "un.comptoirs"
CASES: list[tuple[Edit, dict[str, list[str]], list[tuple[str, str]]]] = [
    (move, {UID: ["moved"]}, []),
    (later, {UID: ["hours"]}, []),
    (delete, {UID: ["cancelled"]}, [("address", "webinars/un.md")]),
    (delete_past, {"passe.comptoirs": ["vanished"]}, [("vanished", "webinars/passe.md")]),
    (
        rename,
        {UID: ["cancelled"], "nouveau.comptoirs": ["announced"]},
        [("identity", "webinars/nouveau.md")],
    ),
    (
        rename_and_edit,
        {UID: ["cancelled"], "nouveau.comptoirs": ["announced"]},
        [("identity", "webinars/nouveau.md")],
    ),
    (rename_with_id, {}, []),
    (hide, {UID: ["cancelled"]}, [("draft", "webinars/un.md")]),
    (far_zone, {"ile.voyages": ["moved"]}, []),
    (zone, {"ile.voyages": ["hours"]}, []),
    (cancel, {UID: ["cancelled"]}, []),
    (postpone, {UID: ["postponed"]}, []),
    (retitle, {UID: ["renamed"]}, []),
    (retext, {UID: ["text"]}, []),
    (relink, {UID: ["link"]}, []),
    (close, {UID: ["registration"]}, []),
    (replace_place, {"ile.voyages": ["place"]}, []),
    (record, {"passe.comptoirs": ["replay"]}, []),
    (announce, {"trois.comptoirs": ["announced"]}, []),
    (withdraw, {UID: ["vanished"]}, [("withdrawn", "mkdocs.yml")]),
    (rename_theme, {"deux.comptoirs": ["text"]}, []),
    (tidy, {}, []),
]


@pytest.mark.large
@pytest.mark.parametrize(
    ("change", "expected", "wrong"), CASES, ids=[one[0].__name__ for one in CASES]
)
def test_it_says_what_others_read_in_both_builds(
    told: Site,
    change: Edit,
    expected: dict[str, list[str]],
    wrong: list[tuple[str, str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = fed(told.compile())
    change(told)
    here = ask(told, "HEAD", capsys=capsys)
    assert kinds(here) == expected
    assert dangers(here) == wrong
    told.git("add", "-A")
    told.git("commit", "-q", "-m", "x", date=NOW)
    after = fed(told.compile())
    old_uid, new_uid = reached(before.calendars, after.calendars), of(here, ".ics")
    if expected.get("ile.voyages") == ["hours"]:
        # The same instants, told in another zone: an instant is all that these readers keep.
        assert old_uid == {}
    else:
        assert new_uid == old_uid
        # A meeting that was renamed takes its news along, under the guids that they had.
        news = reached(before.news, after.news)
        assert every(of(here, ".rss.xml")) == every(news)
    # What is here becomes what is committed, word for word.
    committed = ask(told, "HEAD~1", "HEAD", capsys=capsys)
    assert committed.meetings == here.meetings
    assert committed.dangers == here.dangers
    assert committed.months == here.months
