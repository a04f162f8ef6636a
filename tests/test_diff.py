"""`parcours diff`: what it says is what others read in both builds, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from pstats import Stats
from typing import Any

import feedparser
import icalendar
import pytest

from parcours.cli import main
from parcours.diffing.report import Report, read_report
from parcours.sources.laid import commit_of, laid_out

from .conftest import NOW, ROOT, Site
from .readers.python import ICALENDAR, VOBJECT

pytestmark = pytest.mark.regions


BASE = "2026-10-01T00:00:00Z"
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
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


@cache
def calendar_read(data: bytes) -> Mapping[str, object]:
    """A calendar as two parsers read it; most are as they were before a change."""
    one, other = ICALENDAR.read(data), VOBJECT.read(data)
    assert one == other, data[:200]
    texts = {str(event["UID"]): rest(event) for event in events(data)}
    # SEQUENCE tells when it changed, and is no change itself.
    return {read.uid: (replace(read, sequence=0), texts[read.uid]) for read in one}


@cache
def news_read(data: bytes) -> Mapping[str, object]:
    """News as a parser of them reads them."""
    shown: dict[str, tuple[object, ...]] = {}
    for item in feedparser.parse(data).entries:
        uid = item.id.partition("#")[0]
        tags = tuple(tag.term for tag in item.get("tags", ()))
        what = (item.id, item.title, item.link, item.published, item.content[0].value, tags)
        shown[uid] = (*shown.get(uid, ()), what)
    return shown


def fed(folder: Path) -> Fed:
    """The feeds of a build as two parsers of calendars and one of news read them."""

    def read(form: str, by: Callable[[bytes], Mapping[str, object]]) -> dict[str, Any]:
        files = sorted(folder.rglob(f"*{form}"))
        return {one.relative_to(folder).as_posix(): by(one.read_bytes()) for one in files}

    return Fed(read(".ics", calendar_read), read(".rss.xml", news_read))


def reached(
    old: Mapping[str, Mapping[str, object]], new: Mapping[str, Mapping[str, object]]
) -> dict[str, set[str]]:
    """The feeds that show each meeting otherwise, by UID; a trip with its stops."""
    found: dict[str, set[str]] = {}
    for address in old.keys() | new.keys():
        before, after = old.get(address, {}), new.get(address, {})
        for uid in before.keys() | after.keys():
            if before.get(uid) != after.get(uid):
                # An id has no dot: one of a stop stands before its trip's.
                _, _, trip = uid.partition(".")
                is_stop = "." in trip.partition("@")[0]
                found.setdefault(trip if is_stop else uid, set()).add(address)
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
    (rename_theme, {"deux.comptoirs": ["themes"]}, []),
    (tidy, {}, []),
]


_BEFORE: list[Fed] = []


def fed_before(site: Site) -> Fed:
    """What is read before a change: each case begins with the same site."""
    if not _BEFORE:
        _BEFORE.append(fed(site.feeds()))
    return _BEFORE[0]


@pytest.mark.sampled
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
    before = fed_before(told)
    change(told)
    here = ask(told, "HEAD", capsys=capsys)
    assert kinds(here) == expected
    assert dangers(here) == wrong
    told.git("add", "-A")
    told.git("commit", "-q", "-m", "x", date=NOW)
    after = fed(told.feeds())
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


@pytest.mark.large
def test_a_feed_that_is_gone_is_dangerous(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    rename_theme_file(told)
    here = ask(told, "HEAD", capsys=capsys)
    gone = {address for one in here.dangers for address in one.addresses}
    assert {one.code for one in here.dangers} == {"feed", "address"}
    assert {"flux/themes/afest.ics", "flux/themes/afest.rss.xml", "themes/afest/"} <= gone
    assert all("aliases" in one.mend for one in here.dangers)
    edit(told, "content/data/themes/travail.yml", "name: Afest", "name: Afest\naliases: [afest]")
    assert dangers(ask(told, "HEAD", capsys=capsys)) == []


@pytest.mark.large
def test_another_domain_gives_everything_another_identity(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    change_domain(told)
    here = ask(told, "HEAD", "--lang", "en", capsys=capsys)
    found = [one for one in here.dangers if one.code == "identity"]
    assert len(found) == 4
    mends = {one.mend for one in found}
    assert mends == {"write « uid_domain: petit.example » in mkdocs.yml"}


@pytest.mark.large
@pytest.mark.parametrize(
    ("lost", "mend"),
    [
        (delete, "put webinars/un.md back with « status: cancelled », and leave it there"),
        (rename, "write « id: un » in webinars/nouveau.md"),
        (hide, "take « draft: true » out of webinars/un.md"),
        (delete_past, "put webinars/passe.md back with « status: cancelled »"),
        (withdraw, "leave it so if a person asked for it"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_each_danger_says_how_it_is_mended(
    told: Site, lost: Edit, mend: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lost(told)
    (danger,) = ask(told, "HEAD", "--lang", "en", capsys=capsys).dangers
    assert danger.mend.startswith(mend)
    # Nobody is sent to those who registered what is a slip.
    here = ask(told, "HEAD", capsys=capsys)
    assert [one.message for one in here.meetings] == [""] * len(here.meetings)


@pytest.mark.large
def test_the_hour_is_told_in_the_zone_of_the_meeting(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    far_zone(told)
    (meeting,) = ask(told, "HEAD", capsys=capsys).meetings
    (change,) = meeting.changes
    assert change.was is not None
    assert change.now is not None
    assert (change.was.begins, change.was.zone) == ("2027-01-18T09:00:00+04:00", "Indian/Reunion")
    assert (change.now.begins, change.now.zone) == ("2027-01-18T09:00:00+03:00", "Indian/Mayotte")
    assert change.before.endswith("9\u00a0h\u00a0–\u00a017\u00a0h, heure de La Réunion")
    assert change.after.endswith("9\u00a0h\u00a0–\u00a017\u00a0h, heure de Mayotte")


@pytest.mark.large
@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("2026-12-01T22:00:00Z", ""),
        ("2026-12-02T09:00:00Z", "Google peut tarder un jour, et la rencontre commence demain"),
        ("2026-12-03T08:00:00Z", "commence aujourd’hui"),
        ("2026-12-03T18:00:00Z", ""),
    ],
)
def test_a_client_may_learn_of_it_too_late(
    told: Site, now: str, late: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(told, "webinars/un.md", "12-03 12:30", "12-03 13:00")
    (meeting,) = ask(told, "HEAD", capsys=capsys, now=now).meetings
    assert late in meeting.late
    assert bool(late) == bool(meeting.late)
    # What is over is sent to nobody.
    assert bool(meeting.message) == (now < "2026-12-03T13")


@pytest.mark.large
def test_those_who_registered_are_told(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    def message(change: Edit) -> str:
        change(told)
        found = ask(told, "HEAD", "--lang", "en", capsys=capsys).meetings
        told.git("checkout", "-q", "--", ".")
        return found[0].message

    assert message(move) == (
        "The meeting « Un sujet » is moved: it takes place Thursday, 10 December 2026, "
        "14:00\u00a0–\u00a015:00, instead of Thursday, 3 December 2026, 12:30\u00a0–\u00a013:30."
    )
    assert message(cancel).endswith("12:30\u00a0–\u00a013:30, is cancelled.")
    assert "is postponed" in message(postpone)
    assert message(relink).endswith("is held at another address: https://visio.example/deux")
    assert message(replace_place).endswith("takes place elsewhere: Autre campus.")
    for quiet in (retitle, retext, close):
        assert message(quiet) == ""


@pytest.mark.large
def test_a_month_is_shown_before_and_after(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    edit(told, "webinars/un.md", "2026-12-03", "2027-01-07")
    december, january = ask(told, "HEAD", "--lang", "en", capsys=capsys).months
    assert (december.month, december.name) == ("2026-12", "December 2026")
    lines = [(one.when, one.title, one.changed) for one in december.before]
    assert lines == [("Thu 3, 12:30", "Un sujet", True), ("Thu 10, 12:30", "Deux", False)]
    assert [one.title for one in december.after] == ["Deux"]
    assert [one.title for one in january.before] == ["Une île"]
    assert [one.title for one in january.after] == ["Un sujet", "Une île"]


@pytest.mark.large
def test_the_same_meeting_stands_beside_itself(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(told, "webinars/un.md", "2026-12-03", "2026-12-17")
    capsys.readouterr()
    assert told.run("diff", "HEAD", "--format", "markdown", "--lang", "en") == 0
    table = capsys.readouterr().out.partition("| --- | --- |\n")[2].splitlines()[:3]
    assert [row.replace("\u2060", "") for row in table] == [
        "| **Thu 3, 12:30 Un sujet** |  |",
        "| Thu 10, 12:30 Deux | Thu 10, 12:30 Deux |",
        "|  | **Thu 17, 12:30 Un sujet** |",
    ]


@pytest.mark.large
def test_posts_and_courses_are_told_too(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    edit(told, "mkdocs.yml", "      terr", "      news: {folder: content/news}\n      terr")
    post = "---\ntitle: {}\ndate: {}\n---\nTexte.\n"
    told.write("content/news/un.md", post.format("Un", "2026-10-01"))
    told.commit("2026-10-02T00:00:00Z")
    told.write("content/news/deux.md", post.format("Deux", "2026-11-01"))
    edit(told, "content/news/un.md", "Texte", "Un autre texte")
    edit(told, "content/mooc/cours/index.md", "Un cours\n", "Un autre cours\n")
    here = ask(told, "HEAD", capsys=capsys)
    found = {(one.sort, one.title): [c.kind for c in one.changes] for one in here.meetings}
    assert found == {
        ("course", "Un autre cours"): ["renamed"],
        ("post", "Deux"): ["announced"],
        ("post", "Un"): ["text"],
    }
    (deux,) = (one for one in here.meetings if one.title == "Deux")
    assert "flux/agenda.rss.xml" in deux.feeds


SAYS = """\
price: 10 €
seats: 20
language: de
url: https://un.example/
links: [{label: Notes, url: https://notes.example/un}]
tags: [lecture, dehors]
territories: [bretagne]
hosts: [cfa]
organisers: [cfa]
speakers: [{name: Une apprentie}]
programme: [{at: "12:30", title: Un mot, speakers: [{name: Une apprentie}]}]
"""
SAID = {
    "price": ("10 €", "12 €", "Tarif modifié : 10 € → 12 €"),
    "seats": ("seats: 20", "seats: 30", "Autre nombre de places : 20 → 30"),
    "language": ("language: de", "language: en", "Autre langue : Allemand → Anglais"),
    "links": (
        "notes.example/un",
        "notes.example/deux",
        "Liens modifiés : Notes : https://notes.example/un → Notes : https://notes.example/deux",
    ),
    "tags": ("[lecture, dehors]", "[dehors, forêt]", "Mots-clés modifiés : lecture → forêt"),
    "territories": ("[bretagne]", "[]", "Territoires modifiés : Bretagne → rien"),
    "hosts": ("\nhosts: [cfa]", "", "Animation modifiée : CFA → rien"),
    "organisers": ("organisers: [cfa]\n", "", "Organisation modifiée : CFA → rien"),
    "speakers": (
        "speakers: [{name: Une apprentie}]\npro",
        "speakers: [{name: Un apprenti}]\npro",
        "Autres personnes : Une apprentie → Un apprenti",
    ),
    "programme": (
        "title: Un mot",
        "title: Deux mots",
        "Programme modifié : Un mot (12 h 30, Une apprentie) → Deux mots (12 h 30, Une apprentie)",
    ),
}


@pytest.mark.large
def test_all_that_is_said_in_a_few_words_is_told_in_words(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each by itself: what is told only as a text that changes is not told."""
    edit(told, "mkdocs.yml", "      terr", "      consent: announced\n      terr")
    edit(told, "webinars/un.md", "themes:", f"{SAYS}themes:")
    told.commit("2026-10-02T00:00:00Z")
    for old, new, _ in SAID.values():
        edit(told, "webinars/un.md", old, new)
    capsys.readouterr()
    told.run("diff", "HEAD", "--json", "--lang", "fr", now=NOW)
    here = read_report(capsys.readouterr().out.encode())
    (un,) = here.meetings
    found = {one.kind: re.sub("[\u00a0\u202f]", " ", one.text) for one in un.changes}
    assert found == {kind: words for kind, (_, _, words) in SAID.items()}


@pytest.mark.large
def test_days_of_which_it_will_be_one_are_told(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(told, "webinars/un.md", "start: 2026-12-03 12:30\nduration: 1h", "when: printemps 2027")
    told.commit("2026-10-02T00:00:00Z")
    edit(told, "webinars/un.md", "printemps 2027", "mars 2027")
    assert kinds(ask(told, "HEAD", capsys=capsys)) == {UID: ["period"]}


@pytest.mark.large
def test_courses_and_posts_tell_the_same_of_themselves(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(told, "mkdocs.yml", "      terr", "      news: {folder: content/news}\n      terr")
    says = "tags: [lecture]\nlanguage: de\nlinks: [https://notes.example/un]\n"
    told.write("content/news/un.md", f"---\ntitle: Un\ndate: 2026-10-01\n{says}---\nTexte.\n")
    told.write("content/mooc/cours/index.md", f"---\ntitle: Un cours\n{says}---\nUn cours.\n")
    told.commit("2026-10-02T00:00:00Z")
    for name in ("content/news/un.md", "content/mooc/cours/index.md"):
        for old, new in (
            ("[lecture]", "[forêt]"),
            (": de", ": en"),
            ("example/un", "example/deux"),
        ):
            edit(told, name, old, new)
    found = {
        one.sort: {c.kind for c in one.changes} for one in ask(told, "HEAD", capsys=capsys).meetings
    }
    assert found == {key: {"tags", "language", "links"} for key in ("course", "post")}


ONE, PAIR = "{name: Une apprentie}", "{name: Un pair}"
A, B = "{what: A, until: 2026-11-30}", "{what: B, until: 2026-12-01}"
LINK, OTHER_LINK = "https://a.example/x", "https://b.example/y"
FIRST, SECOND = '{at: "12:30", title: A}', '{at: "12:45", title: B}'
LISTS = [
    ("themes", "pedagogie", "pedagogie, afest", "Pédagogie", "Pédagogie, Afest", "Afest (en plus)"),
    (
        *("themes", "afest, pedagogie", "pedagogie"),
        *("Afest, Pédagogie", "Pédagogie", "Afest (en moins)"),
    ),
    (
        *("themes", "pedagogie, afest", "afest, pedagogie"),
        *("Pédagogie, Afest", "Afest, Pédagogie", "Pédagogie, Afest → Afest, Pédagogie"),
    ),
    ("themes", "pedagogie", "", "Pédagogie", "", "Pédagogie → rien"),
    ("themes", "", "afest", "", "Afest", "rien → Afest"),
    ("tags", "un, deux", "un, deux, trois", "un, deux", "un, deux, trois", "trois (en plus)"),
    ("tags", "un, deux", "trois, deux", "un, deux", "trois, deux", "un → trois"),
    (
        *("territories", "bretagne", "bretagne, la-reunion"),
        *("Bretagne", "Bretagne, La Réunion", "La Réunion (en plus)"),
    ),
    ("hosts", "cfa", "cfa, mfr", "CFA", "CFA, MFR", "MFR (en plus)"),
    ("organisers", "cfa, mfr", "cfa", "CFA, MFR", "CFA", "MFR (en moins)"),
    (
        *("speakers", ONE, f"{ONE}, {PAIR}"),
        *("Une apprentie", "Une apprentie, Un pair", "Un pair (en plus)"),
    ),
    (
        *("links", LINK, f"{LINK}, {OTHER_LINK}"),
        *("a.example : https://a.example/x", ""),
        "b.example : https://b.example/y (en plus)",
    ),
    (
        *("deadlines", A, f"{A}, {B}"),
        *("A (jusqu’au lundi 30 novembre 2026)", ""),
        "B (jusqu’au mardi 1er décembre 2026) (en plus)",
    ),
    (
        *("programme", FIRST, f"{FIRST}, {SECOND}"),
        *("A (12 h 30)", "A (12 h 30), B (12 h 45)", "B (12 h 45) (en plus)"),
    ),
]


@pytest.mark.large
@pytest.mark.parametrize(
    ("kind", "old", "new", "was", "now", "told_of"),
    LISTS,
    ids=[f"{one[0]}-{number}" for number, one in enumerate(LISTS)],
)
def test_of_a_list_what_is_added_and_taken_out_is_told(
    told: Site,
    kind: str,
    old: str,
    new: str,
    was: str,
    now: str,
    told_of: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    edit(told, "mkdocs.yml", "      terr", "      consent: announced\n      terr")
    told.write("content/data/organisations/mfr.yml", "name: MFR\n")
    edit(told, "webinars/un.md", "themes: [pedagogie]", f"{kind}: [{old}]")
    told.commit("2026-10-02T00:00:00Z")
    edit(told, "webinars/un.md", f"{kind}: [{old}]", f"{kind}: [{new}]")
    (meeting,) = ask(told, "HEAD", "--lang", "fr", capsys=capsys).meetings
    (change,) = meeting.changes
    assert change.kind == kind
    assert plain(change.text).endswith(f": {told_of}")
    assert (plain(change.before), plain(change.after)) == (was, now or plain(change.after))
    assert change.before != change.after
    for form in ("text", "markdown"):
        told.run("diff", "HEAD", "--lang", "fr", "--format", form, now=NOW)
        assert plain(change.text) in plain(capsys.readouterr().out)


@pytest.mark.large
def test_the_territory_that_a_place_brings_is_added(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        told,
        "voyages/ile.md",
        "place: campus\nhosts",
        "place: campus\nterritories: [la-reunion]\nhosts",
    )
    told.commit("2026-10-02T00:00:00Z")
    edit(told, "content/data/places/campus.yml", "la-reunion", "bretagne")
    # All is in one zone then, and news of the others name it no more.
    meetings = ask(told, "HEAD", "--lang", "fr", capsys=capsys).meetings
    (meeting,) = (one for one in meetings if one.file == "voyages/ile.md")
    found = {one.kind: one for one in meeting.changes}
    assert plain(found["territories"].text) == "Territoires modifiés : Bretagne (en plus)"
    assert found["territories"].before == "La Réunion"
    # The trip has the hours of its place, and its stop goes along.
    assert found.keys() == {"territories", "moved"}


TRIP = """\
---
title: En train
start: 2027-05-18
end: 2027-05-20
registration: {url: https://inscriptions.example/train, deadline: 2027-01-10}
deadlines: [{what: Demander, until: 2027-03-19 12:00}]
stops:
  - {id: atelier, title: Un atelier, day: 1, start: 14:00, end: 17:00}
  - {id: ferme, title: Une ferme, day: 2, start: 9:30, end: 16:00}
  - {id: bilan, title: Un bilan, day: 3}
---
Trois jours.
"""
TRAIN = "voyages/train.md"
DUE = "vendredi 19 mars 2027, 12 h"
FERME = "mercredi 19 mai 2027, 9 h 30 – 16 h"


def of_train(*edits: tuple[str, str]) -> Edit:
    def change(site: Site) -> None:
        for old, new in edits:
            edit(site, TRAIN, old, new)

    return change


def home_elsewhere(site: Site) -> None:
    edit(site, "mkdocs.yml", "      terr", "      timezone: Europe/Lisbon\n      terr")


def campus_elsewhere(site: Site) -> None:
    edit(site, "content/data/territories/la-reunion.yml", "Indian/Reunion", "Indian/Mayotte")


def place_stops(site: Site) -> None:
    """The stops of the trip in two zones."""
    edit(site, TRAIN, "end: 16:00}", "end: 16:00, place: campus}")
    edit(site, TRAIN, "end: 17:00}", "end: 17:00, place: gare}")
    site.write("content/data/places/gare.yml", "name: Gare\nterritory: bretagne\n")


def campus_beside(site: Site) -> None:
    edit(site, "content/data/territories/la-reunion.yml", "Indian/Reunion", "Indian/Mauritius")


HALTS: dict[str, tuple[Edit, list[str], list[str]]] = {
    "moved": (
        of_train(("9:30", "10:00")),
        [f"Étape « Une ferme » déplacée : {FERME} → mercredi 19 mai 2027, 10 h – 16 h"],
        ["Dans « En train », l’étape « Une ferme » est déplacée : mercredi 19 mai 2027"],
    ),
    "longer": (
        of_train(("17:00", "18:00")),
        [
            "Autres heures pour l’étape « Un atelier » : mardi 18 mai 2027, 14 h – 17 h → "
            "mardi 18 mai 2027, 14 h – 18 h"
        ],
        ["Dans « En train », les heures de l’étape « Un atelier » changent : mardi 18 mai 2027"],
    ),
    "another day": (
        of_train(("Un atelier, day: 1", "Un atelier, day: 2"), ("14:00, end: 17", "7:00, end: 8")),
        [
            "Étape « Un atelier » déplacée : mardi 18 mai 2027, 14 h – 17 h → "
            "mercredi 19 mai 2027, 7 h – 8 h"
        ],
        ["est déplacée : mercredi 19 mai 2027, 7 h – 8 h, et non plus mardi 18 mai 2027"],
    ),
    "added": (
        of_train(
            (
                "  - {id: bilan",
                "  - {id: soir, title: Un soir, day: 2, start: 20:00, end: 21:00}\n  - {id: bilan",
            )
        ),
        ["Nouvelle étape « Un soir » : mercredi 19 mai 2027, 20 h – 21 h"],
        ["« En train » a une étape de plus, « Un soir » : mercredi 19 mai 2027, 20 h – 21 h."],
    ),
    "gone": (
        of_train(("  - {id: bilan, title: Un bilan, day: 3}\n", "")),
        ["Étape « Un bilan » retirée : jeudi 20 mai 2027"],
        ["l’étape « Un bilan », prévue jeudi 20 mai 2027, n’a plus lieu."],
    ),
    "renamed": (
        of_train(("Un bilan", "Le bilan")),
        ["Étape renommée : « Un bilan » → « Le bilan »"],
        [],
    ),
    "another id": (
        of_train(("id: bilan", "id: fin")),
        ["L’étape « Un bilan » a un autre id, et les agendas la montrent de nouveau : bilan → fin"],
        [],
    ),
    "its trip": (
        of_train(("05-18", "05-25"), ("05-20", "05-27")),
        ["Déplacé : du 18 au 20 mai 2027 → du 25 au 27 mai 2027"],
        ["La rencontre « En train » est déplacée : elle a lieu du 25 au 27 mai 2027"],
    ),
    "zone of home": (
        home_elsewhere,
        [
            "Étape « Un atelier » déplacée : mardi 18 mai 2027, 14 h – 17 h, heure de Paris → "
            "mardi 18 mai 2027, 14 h – 17 h, heure de Lisbonne",
            f"Étape « Une ferme » déplacée : {FERME}, heure de Paris → {FERME}, heure de Lisbonne",
            f"Ses échéances changent : Demander (jusqu’au {DUE}, heure de Paris) → "
            f"Demander (jusqu’au {DUE}, heure de Lisbonne)",
        ],
        ["l’étape « Un atelier » est déplacée : mardi 18 mai 2027, 14 h – 17 h, heure de Lisbonne"],
    ),
    "zone of a place": (
        campus_elsewhere,
        [
            f"Étape « Une ferme » déplacée : {FERME}, heure de La Réunion → {FERME}, "
            "heure de Mayotte"
        ],
        ["l’étape « Une ferme » est déplacée : mercredi 19 mai 2027"],
    ),
    "name of a zone": (
        campus_beside,
        [
            f"Autres heures pour l’étape « Une ferme » : {FERME}, heure de La Réunion → {FERME}, "
            "heure de Maurice"
        ],
        ["les heures de l’étape « Une ferme » changent"],
    ),
}


@pytest.mark.large
@pytest.mark.parametrize(("change", "expected", "sent"), HALTS.values(), ids=HALTS)
def test_each_stop_that_changes_is_told(
    told: Site,
    change: Edit,
    expected: list[str],
    sent: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    told.write(TRAIN, TRIP)
    if change in (campus_elsewhere, campus_beside):
        place_stops(told)
    told.commit("2026-10-02T00:00:00Z")
    before = fed(told.feeds())
    change(told)
    here = ask(told, "HEAD", "--lang", "fr", capsys=capsys)
    (meeting,) = (one for one in here.meetings if one.file == TRAIN)
    assert sorted(plain(one.text) for one in meeting.changes) == sorted(expected)
    assert bool(meeting.message) == bool(sent)
    assert all(words in plain(meeting.message) for words in sent)
    stops = [one for one in meeting.changes if one.kind == "stops" and one.was and one.now]
    assert all(
        one.was and one.was.begins != (one.now and one.now.begins)
        for one in stops
        if "déplacée" in one.text
    )
    told.git("add", "-A")
    told.git("commit", "-q", "-m", "x", date=NOW)
    if change is not campus_beside:  # the same instants, which are all that these readers keep
        assert of(here, ".ics") == reached(before.calendars, fed(told.feeds()).calendars)


HELD = "jeudi 3 décembre 2026, 12 h 30 – 13 h 30"


@pytest.mark.large
def test_a_deadline_with_an_hour_moves_with_its_zone(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Registering has no calendar of its own: what is told of it stands among all deadlines."""
    edit(told, "webinars/un.md", "{url", "{deadline: 2026-12-01 10:00, url")
    told.commit("2026-10-02T00:00:00Z")
    before = fed(told.feeds()).calendars
    edit(told, "webinars/un.md", "duration: 1h", "duration: 1h\ntimezone: Europe/Lisbon")
    (un,) = ask(told, "HEAD", "--lang", "fr", capsys=capsys).meetings
    said = {one.kind: plain(one.text) for one in un.changes}
    day = "jusqu’au mardi 1er décembre 2026, 10 h"
    assert said["registration"].endswith(f"{day}, heure de Paris → {day}, heure de Lisbonne")
    told.commit("2026-10-03T00:00:00Z")
    changed = every(reached(before, fed(told.feeds()).calendars))
    assert "flux/echeances.ics" in changed
    assert {one for one in un.feeds if one.endswith(".ics")} == changed


@pytest.mark.large
def test_of_a_series_the_next_date_is_near(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    text = "---\ntitle: Café\nstart: 2026-09-10 12:30\nrepeat: chaque jeudi jusqu’au 31 mars 2027\n"
    told.write("webinars/cafe.md", f"{text}online: https://un.example/\n---\nUn café.\n")
    told.commit("2026-09-02T00:00:00Z")
    edit(told, "webinars/cafe.md", "un.example", "deux.example")

    def late(now: str) -> str:
        (cafe,) = ask(told, "HEAD", "--lang", "fr", capsys=capsys, now=now).meetings
        return cafe.late

    assert late("2026-11-20T09:00:00Z") == ""
    assert "commence demain" in late("2026-11-25T09:00:00Z")
    assert late("2026-11-26T19:00:00Z") == ""


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("repeat", "except: [2026-11-26]\nrepeat"),
        ("repeat: {every: week, until: 2027-03-31}\n", ""),
        ("repeat", 'dates: {2026-12-03: {start: "2027-02-18 14:00"}}\nrepeat'),
        ("2027-03-31", "2026-11-26"),
    ],
)
def test_the_calendar_of_one_date_comes_and_goes(
    told: Site, capsys: pytest.CaptureFixture[str], line: str, other: str
) -> None:
    text = "---\ntitle: Café\nstart: 2026-11-19 12:30\nrepeat: {every: week, until: 2027-03-31}\n"
    told.write("webinars/cafe.md", f"{text}---\nUn café.\n")
    told.commit("2026-09-02T00:00:00Z")
    edit(told, "webinars/cafe.md", line, other)
    assert ask(told, "HEAD", capsys=capsys, now="2026-11-20T09:00:00Z").dangers == ()


def test_a_series_is_told_by_its_rule(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Not as one long meeting, and in the agenda at its next date."""
    text = "---\ntitle: Café\nstart: 2026-09-10 12:30\nrepeat: {every: week, until: 2027-03-31}\n"
    told.write("webinars/cafe.md", f"{text}---\nUn café.\n")
    told.commit("2026-09-02T00:00:00Z")
    edit(told, "webinars/cafe.md", "repeat", "status: cancelled\nrepeat")
    report = ask(told, "HEAD", "--lang", "fr", capsys=capsys, now="2026-11-20T09:00:00Z")
    (cafe,) = report.meetings
    change, *others = cafe.changes
    assert [one.text for one in others] == []
    rule = "chaque jeudi, à 12 h 30, jusqu’au 31 mars 2027"
    assert change.text.replace("\u00a0", " ") == f"Annulé : {rule}"
    (month,) = report.months
    assert month.month == "2026-11"
    *_, line = (one for one in month.after if one.changed)
    assert line.when.replace("\u00a0", " ") == "jeu. 26, 12 h 30"


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ('dates: {2026-12-03: {start: "2026-12-10 09:00"}}', ["moved"]),
        ("except: [2026-12-03]", ["cancelled"]),
    ],
)
def test_of_a_series_whose_first_date_alone_is_another_that_is_told(
    told: Site, capsys: pytest.CaptureFixture[str], key: str, kinds: list[str]
) -> None:
    text = "---\ntitle: Café\nstart: 2026-12-03 12:30\nrepeat: {every: week, until: 2027-03-31}\n"
    told.write("webinars/cafe.md", f"{text}---\nUn café.\n")
    told.commit("2026-09-02T00:00:00Z")
    edit(told, "webinars/cafe.md", "repeat", f"{key}\nrepeat")
    (date,) = ask(told, "HEAD", capsys=capsys, now="2026-11-20T09:00:00Z").meetings
    assert [one.kind for one in date.changes] == kinds
    assert date.uid == "2026-12-03.cafe.comptoirs@petit.example"


ON_AGAIN = {
    "postponed": ("status: postponed\n", "", f"Était reporté, a lieu finalement : {HELD}"),
    "cancelled": ("status: cancelled\n", "", f"Était annulé, a lieu finalement : {HELD}"),
    "tentative": ("status: tentative\n", "", "Désormais : À confirmer → Confirmé"),
    "online": ("", "status: moved-online\n", "Désormais : Confirmé → En ligne"),
    "back": ("status: moved-online\n", "", "Désormais : En ligne → Confirmé"),
}  # fmt: skip


@pytest.mark.large
@pytest.mark.parametrize(("old", "new", "expected"), ON_AGAIN.values(), ids=ON_AGAIN)
@pytest.mark.parametrize("day", ["2026-12-03", "2026-12-17"])
def test_what_is_on_again_is_told_with_what_it_was(
    told: Site, old: str, new: str, expected: str, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        told,
        "webinars/un.md",
        "duration: 1h\n",
        f"duration: 1h\nplace: campus\n{old}timezone: Europe/Paris\n",
    )
    told.commit("2026-10-02T00:00:00Z")
    edit(told, "webinars/un.md", f"{old}timezone", f"{new}timezone")
    edit(told, "webinars/un.md", "2026-12-03", day)
    here = ask(told, "HEAD", "--lang", "fr", capsys=capsys)
    (meeting,) = here.meetings
    texts = [plain(one.text) for one in meeting.changes]
    later = "jeudi 17 décembre 2026, 12 h 30 – 13 h 30"
    if day != "2026-12-03" and "finalement" in expected:
        assert texts == [f"{expected} → {later}"]
        assert "a finalement lieu : jeudi 17 décembre" in plain(meeting.message)
    elif day != "2026-12-03":
        assert texts == [f"Déplacé : jeudi 3 décembre 2026, 12 h 30 – 13 h 30 → {later}", expected]
    else:
        assert texts == [expected]
    assert meeting.message
    (month,) = here.months
    assert [(one.mark, one.title) for one in month.before if one.uid == meeting.uid] == [
        (mark := MARKS[old], f"Un sujet ({mark})" if mark else "Un sujet")
    ]


MARKS = {
    "": "",
    "status: postponed\n": "reporté",
    "status: cancelled\n": "annulé",
    "status: tentative\n": "à confirmer",
    "status: moved-online\n": "désormais en ligne",
}


@pytest.mark.large
def test_a_session_that_is_taken_over_is_told(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    session = (
        "---\ntitle: Une séance\nstart: 2027-01-12 12:30\nduration: 1h\nstate: {}\n---\nTexte.\n"
    )
    states = {
        "open": "",
        "claimed": "claim: {lead: cfa, on: 2026-10-02}\n",
        "confirmed": "hosts: [cfa]\n",
    }

    def write(state: str) -> None:
        told.write("content/mooc/cours/un.md", session.format(f"{state}\n{states[state]}".strip()))

    write("open")
    told.commit("2026-10-02T00:00:00Z")
    says = {
        "claimed": "Animation : Cherche un animateur → Réservée, à confirmer",
        "confirmed": "Animation : Réservée, à confirmer → Confirmé",
        "open": "Animation : Confirmé → Cherche un animateur",
    }
    for number, (state, words) in enumerate(says.items(), 3):
        write(state)
        (meeting,) = (
            one
            for one in ask(told, "HEAD", "--lang", "fr", capsys=capsys).meetings
            if one.sort == "meeting"
        )
        assert words in [plain(one.text) for one in meeting.changes]
        assert "text" not in [one.kind for one in meeting.changes]
        told.commit(f"2026-10-0{number}T00:00:00Z")


POST = "---\ntitle: {title}\ndate: 2026-10-01\n{more}---\n{text}\n"
NEWS_FILE = "content/news/un.md"


@pytest.fixture
def posted(told: Site) -> Site:
    """The same site, with news, needs and a page that somebody wrote."""
    options = "news: {folder: content/news}\n      exchange: {name: Aide, address: aide}"
    edit(told, "mkdocs.yml", "      terr", f"      {options}\n      terr")
    edit(
        told, "content/data/organisations/cfa.yml", "CFA\n", "CFA\ncontact: https://cfa.example/\n"
    )
    told.write("content/news/index.md", "# Nouvelles\n")
    text = "Ce que l’on en a retenu, et qui l’a dit."
    told.write(NEWS_FILE, POST.format(title="Une charte", more="", text=text))
    told.write("content/notre-site.md", "# Notre site\n\nCe qu’il pèse.\n")
    told.write("content/data/skills/accueil.yml", "name: Accueil\n")
    told.write(
        "content/data/needs/aider.yml",
        "title: De l’aide\nskills: [accueil]\norganisation: cfa\nopened: 2026-09-30\n",
    )
    told.write(
        "content/data/facilitators/regard.yml",
        "name: Un regard\norganisation: cfa\nskills: [accueil]\n"
        "consent: {given: 2026-09-01, until: 2027-08-31}\n",
    )
    told.commit("2026-10-02T00:00:00Z")
    return told


def unpost(site: Site) -> None:
    (site.root / NEWS_FILE).unlink()


def repost(site: Site) -> None:
    (site.root / NEWS_FILE).rename(site.root / "content/news/deux.md")


def repost_with_id(site: Site) -> None:
    repost(site)
    edit(site, "content/news/deux.md", "date:", "id: un\ndate:")


def hide_post(site: Site) -> None:
    edit(site, NEWS_FILE, "date:", "draft: true\ndate:")


def retitle_post(site: Site) -> None:
    edit(site, NEWS_FILE, "Une charte", "La charte")


def retext_post(site: Site) -> None:
    edit(site, NEWS_FILE, "qui l’a dit", "quand")


def redate_post(site: Site) -> None:
    edit(site, NEWS_FILE, "2026-10-01", "2026-09-30")


def add_post(site: Site) -> None:
    site.write("content/news/deux.md", POST.format(title="Deux", more="", text="Tout autre."))


def unwrite(site: Site) -> None:
    (site.root / "content/notre-site.md").unlink()


def rewrite(site: Site) -> None:
    edit(site, "content/notre-site.md", "pèse", "coûte")


def add_page(site: Site) -> None:
    site.write("content/deux.md", "# Deux\n\nUne page.\n")


def unneed(site: Site) -> None:
    (site.root / "content/data/needs/aider.yml").unlink()


def answer(site: Site) -> None:
    edit(site, "content/data/needs/aider.yml", "De l’aide", "De l’aide, encore")


def leave(site: Site) -> None:
    (site.root / "content/data/facilitators/regard.yml").unlink()


GONE = "L’actualité du jeudi 1 octobre 2026 a disparu"
OTHERS: list[tuple[Edit, list[tuple[str, str]], list[tuple[str, str]], str]] = [
    (unpost, [("post", GONE)], [("address", NEWS_FILE)], "1 actualité change, 1 alerte"),
    (
        repost,
        [("post", GONE), ("post", "Nouvelle actualité, datée du jeudi 1 octobre 2026")],
        [("identity", "content/news/deux.md")],
        "2 actualités changent, 1 alerte",
    ),
    (repost_with_id, [], [], "Rien ne change"),
    (hide_post, [("post", GONE)], [("draft", NEWS_FILE)], "1 actualité change, 1 alerte"),
    (
        retitle_post,
        [("post", "Renommé : « Une charte » → « La charte »")],
        [],
        "1 actualité change",
    ),
    (retext_post, [("post", "Son texte change")], [], "1 actualité change"),
    (
        redate_post,
        [("post", "Autre date : jeudi 1 octobre 2026 → mercredi 30 septembre 2026")],
        [],
        "1 actualité change",
    ),
    (
        add_post,
        [("post", "Nouvelle actualité, datée du jeudi 1 octobre 2026")],
        [],
        "1 actualité change",
    ),
    (
        unwrite,
        [("page", "Cette page a disparu")],
        [("address", "content/notre-site.md")],
        "1 page change, 1 alerte",
    ),
    (rewrite, [("page", "Son texte change")], [], "1 page change"),
    (add_page, [("page", "Nouvelle page")], [], "1 page change"),
    (
        unneed,
        [("need", "Ce besoin a disparu")],
        [("address", "content/data/needs/aider.yml")],
        "1 besoin change, 1 alerte",
    ),
    (
        answer,
        [("need", "Renommé : « De l’aide » → « De l’aide, encore »")],
        [],
        "1 besoin change",
    ),
    # That the page of a person goes is no danger.
    (leave, [("facilitator", "Ce facilitateur a disparu")], [], "1 facilitateur change"),
]


def plain(text: str) -> str:
    """A text with spaces of one sort, without what only a forge needs, on one line."""
    text = re.sub("[\u00a0\u202f\n]+ *", " ", text.replace("\u2060", ""))
    return text.replace("1er octobre", "1 octobre").replace("\\", "")


@pytest.mark.large
@pytest.mark.parametrize(
    ("change", "expected", "wrong", "count"), OTHERS, ids=[one[0].__name__ for one in OTHERS]
)
def test_what_is_no_meeting_is_told_as_what_it_is(
    posted: Site,
    change: Edit,
    expected: list[tuple[str, str]],
    wrong: list[tuple[str, str]],
    count: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = fed(posted.feeds())
    change(posted)
    here = ask(posted, "HEAD", "--lang", "fr", capsys=capsys)
    assert sorted(
        (one.sort, plain(c.text)) for one in here.meetings for c in one.changes
    ) == sorted(expected)
    assert dangers(here) == wrong
    forms = {}
    for form in ("text", "markdown"):
        posted.run("diff", "HEAD", "--lang", "fr", "--format", form, now=NOW)
        forms[form] = plain(capsys.readouterr().out)
        assert count in forms[form]
        assert all(words in forms[form] for _, words in expected)
        # That nothing changes never stands beside something that does.
        assert ("Rien ne change" in forms[form]) == (not expected)
    posted.git("add", "-A")
    posted.git("commit", "-q", "-m", "x", date=NOW)
    after = fed(posted.feeds())
    assert every(of(here, ".rss.xml")) == every(reached(before.news, after.news))
    assert of(here, ".ics") == reached(before.calendars, after.calendars)
    assert here.feeds.keys() >= {feed for one in here.meetings for feed in one.feeds}


@pytest.mark.large
def test_posts_that_go_are_told_how_to_come_back(
    posted: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for change, mend in (
        (unpost, "put content/news/un.md back, or name its address"),
        (repost, "write « id: un » in content/news/deux.md"),
        (hide_post, "take « draft: true » out of content/news/un.md"),
    ):
        change(posted)
        (danger,) = ask(posted, "HEAD", "--lang", "en", capsys=capsys).dangers
        posted.git("checkout", "-q", "--", ".")
        posted.git("clean", "-fdq", "content")
        assert danger.mend.startswith(mend)
        assert danger.uid == "un.actualites@petit.example"


def test_a_site_of_another_community(smallest: Site, capsys: pytest.CaptureFixture[str]) -> None:
    smallest.commit()
    edit(smallest, "webinars/one.md", "12:30", "13:30")
    here = ask(smallest, "HEAD", capsys=capsys)
    assert here.language == "en"
    assert kinds(here) == {"one.webinars": ["moved"]}
    assert here.dangers == ()


@pytest.mark.deep
@pytest.mark.large
def test_the_commands_of_the_guide_run_as_written(told: Site) -> None:
    for day in ("02", "03", "04"):
        told.write("NOTES.txt", f"{day}\n")  # of which nothing is published
        told.commit(f"2026-10-{day}T00:00:00Z")
    move(told)
    guide = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^parcours diff .*", guide, re.MULTILINE)
    assert len(commands) == 5
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in commands:
        done = subprocess.run(
            command,
            shell=True,
            cwd=told.root,
            env={**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": "1795510800"},
            capture_output=True,
            text=True,
        )
        assert (done.returncode, done.stderr) == (0, ""), command
        expected = "Un sujet" if "HEAD" not in command else "Rien ne change"
        assert ">" in command or expected in done.stdout, command


def state(root: Path) -> dict[str, bytes]:
    """All that lies in a folder, its repository included."""
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.large
def test_nothing_is_touched(
    told: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    move(told)
    announce(told)
    told.git("add", "webinars/trois.md")
    delete_past(told)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    before = state(told.root)
    assert len(ask(told, "HEAD", capsys=capsys).meetings) == 3
    assert state(told.root) == before
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_git_ignores_is_not_published(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    announce(told)
    edit(told, ".gitignore", "/.cache", "/.cache\ntrois.md")
    assert ask(told, "HEAD", capsys=capsys).meetings == ()


@pytest.mark.large
@pytest.mark.large
def test_a_file_that_pages_offer_has_an_address(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.pdf", "b.pdf"):
        told.write(f"webinars/un/{name}", b"%PDF")
    (told.root / "webinars/un.md").rename(told.root / "webinars/un/index.md")
    edit(told, "webinars/un/index.md", "Ce que", "[A](a.pdf) [B](b.pdf) ![Un](c.png) Ce que")
    told.write("webinars/un/c.png", PIXEL)
    told.write("webinars/un/d.png", PIXEL)
    told.commit("2026-10-02T00:00:00Z")
    edit(
        told,
        "webinars/un/index.md",
        "[A](a.pdf) [B](b.pdf) ![Un](c.png)",
        "[B](b.pdf) ![Un](d.png)",
    )
    here = ask(told, "HEAD", capsys=capsys)
    assert kinds(here) == {UID: ["text"]}
    assert [one.addresses for one in here.dangers] == [("comptoirs/un/a.pdf",)]


@pytest.mark.large
def test_a_site_in_a_folder_of_its_repository(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = told.root / "sites" / "un"
    folder.mkdir(parents=True)
    for name in ("mkdocs.yml", "content", "webinars", "voyages"):
        (told.root / name).rename(folder / name)
    told.commit("2026-10-02T00:00:00Z")
    within = Site(folder)
    move(within)
    assert kinds(ask(within, "HEAD", capsys=capsys)) == {UID: ["moved"]}


@pytest.mark.large
def test_two_commits_of_which_none_is_here(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    move(told)
    told.commit("2026-10-02T00:00:00Z")
    delete(told)
    told.commit("2026-10-03T00:00:00Z")
    assert kinds(ask(told, "HEAD~2", "HEAD~1", capsys=capsys)) == {UID: ["moved"]}
    # Taken back: as if the older one were published now.
    back = ask(told, "HEAD~1", "HEAD~2", capsys=capsys)
    assert [one.code for one in back.notes] == ["lacking"]
    assert dangers(back) == [("sequence", "mkdocs.yml")]
    assert "feeds: {revised: " in back.dangers[0].mend


@pytest.mark.large
def test_the_mend_of_a_sequence_mends_it(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    move(told)
    told.commit("2026-11-20T00:00:00Z")
    told.git("branch", "published")
    told.git("reset", "-q", "--hard", "HEAD~1")
    (danger,) = ask(told, "published", capsys=capsys).dangers
    assert danger.code == "sequence"
    mend = danger.mend.partition("feeds: ")[2].partition("}")[0]
    edit(told, "mkdocs.yml", "      territories", f"      feeds: {mend}}}\n      territories")
    assert ask(told, "published", capsys=capsys, now="2026-11-24T09:02:00Z").dangers == ()


@pytest.mark.large
def test_a_shallow_clone_says_so(
    told: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    move(told)
    told.commit("2026-10-02T00:00:00Z")
    retitle(told)
    told.commit("2026-10-03T00:00:00Z")
    clone = Site(tmp_path / "clone")
    told.git("clone", "-q", "--depth", "2", f"file://{told.root}", str(clone.root))
    here = ask(clone, "HEAD~1", capsys=capsys)
    assert kinds(here) == {UID: ["renamed"]}
    assert [one.code for one in here.notes] == ["shallow"]
    assert "git fetch --unshallow" in here.notes[0].text
    capsys.readouterr()
    assert clone.run("diff", "HEAD~2", "--lang", "en") == 2
    assert "which is shallow: git fetch --unshallow" in capsys.readouterr().err


@pytest.mark.large
def test_unrelated_histories_say_so(told: Site, capsys: pytest.CaptureFixture[str]) -> None:
    told.git("checkout", "-q", "--orphan", "other")
    delete(told)
    told.commit("2026-10-04T00:00:00Z")
    here = ask(told, "main", "other", capsys=capsys)
    assert [one.code for one in here.notes] == ["unrelated"]
    # No history tells that it was there: it is not cancelled.
    assert kinds(here) == {UID: ["vanished"]}
    assert dangers(here) == [("vanished", "webinars/un.md")]


def failure(site: Site, *arguments: str, capsys: pytest.CaptureFixture[str]) -> Report:
    capsys.readouterr()
    assert site.run("diff", *arguments, "--json", "--lang", "en") == 1
    return read_report(capsys.readouterr().out.encode())


@pytest.mark.large
def test_a_commit_that_does_not_compile_says_so(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    good = told.git("rev-parse", "--short=10", "HEAD").strip()
    edit(told, "webinars/un.md", "start:", "begin:")
    broken = failure(told, "HEAD", capsys=capsys).failure
    assert broken is not None
    assert (broken.side, broken.instead) == ("head", good)
    assert broken.errors[0].startswith("webinars/un.md:3:1: error[unknown-key]")
    assert broken.text == (
        "« the working tree » does not compile, so nothing is compared. "
        f"{good}, before it, does: parcours diff HEAD {good}"
    )
    told.commit("2026-10-02T00:00:00Z")
    (told.root / "mkdocs.yml").rename(told.root / "other.yml")
    told.commit("2026-10-03T00:00:00Z")
    (told.root / "other.yml").rename(told.root / "mkdocs.yml")
    edit(told, "webinars/un.md", "begin:", "start:")
    broken = failure(told, "HEAD", capsys=capsys).failure
    assert broken is not None
    assert (broken.side, broken.instead) == ("base", good)
    assert broken.errors == ("« mkdocs.yml » is missing",)
    told.run("diff", "HEAD", "--lang", "en")
    assert "does not compile" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "« nowhere » names no commit here"),
        ("--help-me", "unrecognized arguments"),
        ("HEAD:webinars", "names no commit here"),
        ("HEAD^{tree}", "names no commit here"),
        ("a\nb", "names no commit here"),
        ("", "names no commit here"),
        ("é" * 300, "names no commit here"),
        ("HEAD~99", "names no commit here"),
    ],
)
def test_what_names_no_commit_is_told(
    told: Site, revision: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    try:
        status = told.run("diff", revision, "--lang", "en")
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    printed = capsys.readouterr()
    assert status == 2
    assert said in printed.err
    assert "Traceback" not in printed.err


def test_without_a_repository_there_is_nothing_to_compare(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site.run("diff", "HEAD", "--lang", "en") == 2
    assert "there is no git history here" in capsys.readouterr().err
    site.git("init", "-q", "-b", "main")
    assert site.run("diff", "HEAD", "--lang", "en") == 2
    assert "there is no git history here" in capsys.readouterr().err


@pytest.mark.large
def test_a_report_is_shown_without_a_site(
    told: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    delete(told)
    capsys.readouterr()
    assert told.run("diff", "HEAD", "--json") == 1
    (tmp_path / "diff.json").write_text(capsys.readouterr().out)
    for form in ("text", "markdown"):
        assert told.run("diff", "HEAD", "--format", form) == 1
        straight = capsys.readouterr().out
        monkeypatch.chdir(tmp_path)
        assert main(["diff", "--report", "diff.json", "--format", form]) == 1
        assert capsys.readouterr().out == straight
    (tmp_path / "diff.json").write_text("{}")
    assert main(["diff", "--report", "diff.json", "--lang", "en"]) == 2
    assert "is no report" in capsys.readouterr().err
    assert main(["diff", "--lang", "en"]) == 2
    assert "name the commit to compare with" in capsys.readouterr().err


def test_links_and_strange_names_are_laid_out_within(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    (told.root / "content/lien.md").symlink_to("index.md")
    (told.root / "content/ailleurs").symlink_to("/")
    told.write("content/été & co.md", "# Été\n")
    told.commit("2026-10-02T00:00:00Z")
    with laid_out(told.root, commit_of(told.root, "HEAD"), datetime.fromisoformat(NOW)) as (
        folder,
        _,
    ):
        assert (folder / "content/lien.md").read_text() == "# Accueil\n\nBonjour.\n"
        assert (folder / "content/ailleurs").is_symlink()
        assert (folder / "content/été & co.md").is_file()
        files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert {one for one in files if one.startswith("content/")} <= {
        path.relative_to(told.root).as_posix() for path in told.root.rglob("*")
    }


@pytest.mark.parametrize("was", ["", "voyages/ile.md"])
def test_a_folder_that_is_empty_is_one_of_no_meetings(
    told: Site, capsys: pytest.CaptureFixture[str], was: str
) -> None:
    """As a check takes it: git holds no folder without files, on either side."""
    if not was:
        (told.root / "voyages/ile.md").unlink()
        told.commit(BASE)
        (told.root / "voyages").mkdir(exist_ok=True)
        edit(told, "webinars/un.md", "Un sujet", "Un autre sujet")
    else:
        (told.root / was).unlink()
    assert told.run("check") == 0
    report = ask(told, "HEAD", capsys=capsys)
    assert ("Une île" if was else "Un autre sujet") in [one.title for one in report.meetings]


def test_the_working_tree_is_laid_out_as_it_would_be_committed(told: Site) -> None:
    told.write("a", "file")
    told.write("b/c", "file")
    told.write("content/gone.md", "# Gone\n")
    told.commit("2026-10-02T00:00:00Z")
    (told.root / "a").unlink()
    told.write("a/b", "folder")
    (told.root / "b/c").unlink()
    (told.root / "b").rmdir()
    told.write("b", "file")
    (told.root / "content/gone.md").unlink()
    told.write('été\n"x" -z', "strange")
    (told.root / "link").symlink_to("b")
    within = Site(told.root / "within")
    within.write("x", "x")
    within.commit()
    told.git("add", "b")  # half of it
    now = datetime.fromisoformat(NOW)
    with laid_out(told.root, None, now) as (folder, commit):
        git = ("--git-dir", str(folder / ".git"))
        laid = told.git(*git, "ls-tree", "-r", "-z", "--name-only", commit)
    told.git("add", "-A", "--", ".", ":!within")
    tree = told.git("write-tree").strip()
    assert laid == told.git("ls-tree", "-r", "-z", "--name-only", tree)
    assert {"a/b", "b", "link", 'été\n"x" -z'} <= set(laid.split("\0"))


def test_a_hostile_tree_writes_nothing_outside(told: Site) -> None:
    """Trees that git itself never makes: names that lead out, and files below a link."""

    def tree(*entries: tuple[str, str, str]) -> str:
        raw = b"".join(
            f"{mode} {name}\0".encode() + bytes.fromhex(id) for mode, name, id in entries
        )
        done = subprocess.run(
            [
                "git",
                "-C",
                str(told.root),
                "hash-object",
                "-t",
                "tree",
                "-w",
                "--literally",
                "--stdin",
            ],
            input=raw,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    blob = told.git("rev-parse", "HEAD:webinars/un.md").strip()
    told.write("target", str(told.root.parent / "outside"))
    link = told.git("hash-object", "-w", "target").strip()
    (told.root.parent / "outside").mkdir()
    inner = tree(("100644", "x.md", blob))
    parent = tree(("40000", "..", inner), ("120000", "a", link), ("40000", "b", inner))
    evil = tree(("40000", "..", parent), ("40000", ".git", inner), ("40000", "c", parent))
    commit = told.git("commit-tree", evil, "-m", "x").strip()
    with laid_out(told.root, commit, datetime.fromisoformat(NOW)) as (folder, _):
        files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix == ".md"}
        assert files == {"c/b/x.md"}
        assert not (folder / ".git" / "x.md").exists()
    assert list((told.root.parent / "outside").iterdir()) == []


def clone(folder: Path) -> Site:
    """The flagship, to be changed."""
    made = Site(folder / "clone")
    subprocess.run(
        ["git", "clone", "-q", "--shared", str(ROOT), str(made.root)],
        check=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull},
    )
    return made


@pytest.mark.deep
@pytest.mark.large
def test_the_flagship_says_what_others_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All at once: an hour, a deletion, a new name, a draft again, the zone of a place."""
    site = clone(tmp_path)
    assert site.run("compile", "-o", str(tmp_path / "before")) == 0
    edit(site, "webinars/former-avec-l-ia-sans-s-y-perdre.md", "11-26 12:30", "11-26 14:30")
    (site.root / "voyages/bretagne.md").unlink()
    need = "content/data/needs/des-formateurs-facilitateurs.yml"
    edit(site, need, "voyages/bretagne", "voyages/hauts-de-france")
    old = site.root / "webinars/budget-carbone-d-un-centre.md"
    old.rename(old.with_name("budget.md"))
    edit(site, "webinars/budget.md", "Compter ce que", "Mesurer ce que")
    edit(site, "webinars/un-theme-a-choisir.md", "status: tentative", "draft: true")
    place = "content/data/places/campus-saint-denis.yml"
    edit(site, place, "name:", "timezone: Indian/Mayotte\nname:")
    here = ask(site, "HEAD", capsys=capsys)
    site.git("add", "-A")
    site.git("commit", "-q", "-m", "x", date=NOW)
    assert site.run("compile", "-o", str(tmp_path / "after")) == 0
    before, after = fed(tmp_path / "before"), fed(tmp_path / "after")
    assert kinds(here) == {
        "former-avec-l-ia-sans-s-y-perdre.comptoirs": ["moved"],
        "budget-carbone-d-un-centre.comptoirs": ["cancelled"],
        "budget.comptoirs": ["announced"],
        "depuis-la-reunion.comptoirs": ["moved"],
        "apprendre-quand-la-route-est-coupee.comptoirs": ["moved"],
        "un-theme-a-choisir.comptoirs": ["cancelled"],
        "bretagne.voyages": ["cancelled"],
        "la-reunion.voyages": ["stops", "stops"],  # those there have the hours of their place
        "des-formateurs-facilitateurs.need": ["text"],
    }
    codes = {(one.code, one.file) for one in here.dangers if one.uid}
    assert codes == {
        ("identity", "webinars/budget.md"),
        ("draft", "webinars/un-theme-a-choisir.md"),
        ("address", "voyages/bretagne.md"),
    }
    assert of(here, ".ics") == reached(before.calendars, after.calendars)
    news = reached(before.news, after.news)
    assert every(of(here, ".rss.xml")) == every(news)


@pytest.mark.deep
@pytest.mark.large
def test_two_commits_of_the_flagship_take_seconds(tmp_path: Path) -> None:
    """In a process of its own, from its start to its end: a million calls are half a second."""
    site = clone(tmp_path)
    edit(site, "webinars/le-tiers-lieu-d-a-cote.md", "title:", "title: Autre,")
    counted = tmp_path / "calls"
    command = [sys.executable, "-m", "cProfile", "-o", str(counted)]
    command += ["-m", "parcours.cli", "diff", "HEAD", "--json", "--now", NOW]
    done = subprocess.run(command, cwd=site.root, capture_output=True, check=False)
    report = read_report(done.stdout)
    assert [one.changes[0].kind for one in report.meetings] == ["renamed"]
    assert Stats(str(counted)).total_calls < 10_000_000  # type: ignore[attr-defined] # typeshed lacks it


@pytest.mark.large
def test_a_hosts_kit_is_told_with_its_session(
    told: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    session = (
        "---\ntitle: {}\nstart: 2027-01-{} 12:30\nstate: confirmed\nhosts: [cfa]\n---\nTexte.\n"
    )
    told.write("content/mooc/cours/un.md", session.format("Une séance", 12))
    told.write("content/mooc/cours/deux.md", session.format("La suivante", 19))
    told.commit("2026-10-02T00:00:00Z")
    before = fed(told.feeds()).calendars
    edit(told, "content/data/organisations/cfa.yml", "CFA", "Un autre nom")
    here = ask(told, "HEAD", capsys=capsys)
    told.commit("2026-10-03T00:00:00Z")
    changed = every(reached(before, fed(told.feeds()).calendars))
    assert any("kit" in one for one in changed)
    assert every(of(here, ".ics")) == changed
