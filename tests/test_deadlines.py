"""Deadlines: read, shown by the reader's clock, in a calendar of their own, in news that ask."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar
from lxml import html

from parcours.model.deadlines import closes, deadlines_of
from parcours.tree import content

from .conftest import FRENCH, NOW, Site
from .corpora import compiled
from .readers.python import READERS
from .test_diff import ask

TOLD = FRENCH.replace("weekday: thursday", "weekday: thursday, remind: 7 jours")
"""A site of which one collection asks for news of deadlines."""

DUE = """\
registration: {url: "https://i.example/", deadline: 2026-12-10}
deadlines:
  - {what: Tarif réduit, until: 2026-12-01 18:00}
  - {what: Appel à contributions, until: 30 novembre 2026, url: "https://a.example/"}
"""
UID = "un.comptoirs@petit.example"
CALL, PRICE = (f"echeance-{id}.{UID}" for id in ("appel-a-contributions", "tarif-reduit"))
REGISTERING = f"echeance-inscription.{UID}"
FEED = "flux/echeances.ics"


def plain(text: str) -> str:
    """A text with the spaces that keyboards have."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def write(site: Site, said: str = DUE, start: str = "start: 2026-12-17 12:30\n") -> None:
    site.write("webinars/un.md", f"---\ntitle: Un\n{start}{said}---\nTexte.\n")


def made(site: Site, now: str = NOW) -> dict[str, str]:
    """All that is compiled, by address."""
    files = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(now), draws=False).tree
    return {str(name): content(leaf).decode(errors="replace") for name, leaf in files}


def entries(data: str) -> dict[str, Any]:
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return {str(one["UID"]): one for one in found.events}


def news(files: dict[str, str], name: str = "comptoirs") -> dict[str, str]:
    """Titles of news by their identity, the newest first."""
    found = feedparser.parse(files[f"flux/{name}.rss.xml"])
    assert not found.bozo
    return {one.id: one.title for one in found.entries}


def told(site: Site, said: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    write(site, said)
    site.run("check", "--lang", "en")
    return [one for one in capsys.readouterr().out.splitlines() if "un.md:" in one]


# As they are read.


def test_they_stand_in_order_with_that_of_registration(site: Site) -> None:
    write(site)
    (event,) = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW)).community.events
    found = deadlines_of(event)
    assert [(one.id, one.what, str(one.until)) for one in found] == [
        ("appel-a-contributions", "Appel à contributions", "2026-11-30"),
        ("tarif-reduit", "Tarif réduit", "2026-12-01 18:00"),
        ("inscription", "", "2026-12-10"),
    ]
    # A day lasts to its end, where the meeting is.
    assert [closes(one).astimezone(UTC).isoformat() for one in found] == [
        "2026-11-30T23:00:00+00:00",
        "2026-12-01T17:00:00+00:00",
        "2026-12-10T23:00:00+00:00",
    ]


def test_one_alone_needs_no_list(site: Site) -> None:
    write(site, "deadlines: {what: Appel, until: 2026-11-30}\n")
    assert "Appel" in made(site)["comptoirs/un.md"]


def test_equal_names_are_told_apart_and_an_id_stays(site: Site) -> None:
    write(
        site,
        "deadlines:\n  - {what: Appel, until: 2026-11-28}\n  - {what: Appel, until: 2026-11-29}\n"
        "  - {what: Autre nom, until: 2026-11-30, id: voix}\n"
        "  - {what: Inscription, until: 2026-12-01}\n",
    )
    ids = ("appel", "appel-2", "voix", "inscription-2")
    assert set(entries(made(site)[FEED])) == {f"echeance-{id}.{UID}" for id in ids}


@pytest.mark.parametrize(
    ("said", "place", "code"),
    [
        ("[{what: A, until: bientôt}]", ":4:30: ", "bad-moment"),
        ("[{until: 2026-11-30}]", ":4:13: ", "missing-key"),
        ("[{what: A}]", ":4:13: ", "missing-key"),
        ("[{what: A, until: 2026-11-30, url: a.example}]", ":4:47: ", "bad-url"),
        ("[{what: A, until: 2026-11-30, lien: 'https://a.example/'}]", ":4:42: ", "unknown-key"),
        ("[{what: A, until: 2025-11-30}]", ":4:30: ", "deadline-far"),
        ("[{what: A, until: 2027-05-30}]", ":4:30: ", "deadline-far"),
        ("[{what: A, until: 2062-11-30}]", ":4:30: ", "far-date"),
        ("[{what: A, until: 2026-03-29 02:30}]", ":4:30: ", "skipped-hour"),
        (f"[{'{what: A, until: 2026-11-30}, ' * 21}]", ":4:12: ", "too-many"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, place: str, code: str
) -> None:
    lines = told(site, f"deadlines: {said}\n", capsys)
    assert any(place in one and f"[{code}]" in one for one in lines), lines


def test_an_hour_that_clocks_skip_is_told_wherever_it_is_due(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once for all dates of a series, by the clocks of the place, and of a course too."""
    due = "deadlines: [{what: A, until: 2027-03-28 02:30}]\n"
    (line,) = told(site, f"{due}repeat: {{every: month, count: 3}}\n", capsys)
    assert "un.md:4:30: error[skipped-hour]: until:" in line
    said = "repeat: {every: week, count: 3}\ndates: {2026-12-24: {" + due[:-1] + "}}\n"
    (line,) = told(site, said, capsys)
    assert "un.md:5:51: error[skipped-hour]" in line
    (line,) = told(site, "registration: {deadline: 2026-03-29 02:30}\n", capsys)
    assert "un.md:4:26: error[skipped-hour]: deadline:" in line
    assert not told(site, "timezone: UTC\nregistration: {deadline: 2026-03-29 02:30}\n", capsys)
    site.write("content/mooc/c/index.md", f"---\ntitle: C\n{due}---\nT\n")
    site.run("check", "--lang", "en")
    assert "index.md:3:30: error[skipped-hour]" in capsys.readouterr().out


def test_a_deadline_that_stands_alone_is_that_of_registration(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """A letter parts it from the list, which is written otherwise."""
    (line,) = told(site, "deadline: 2026-12-10\n", capsys)
    assert "error[unknown-key]" in line
    assert "registration:" in line
    lines = told(site, "deadline: [{what: A, until: 2026-12-10}]\n", capsys)
    assert len(lines) == 1
    assert "deadlines" in lines[0]


@pytest.mark.parametrize(
    "said",
    [
        "deadlines: [{what: A, until: 2026-11-30}, {what: a, until: 2026-11-30}]\n",
        "deadlines: [{what: A, until: 2026-11-30, id: x}, {what: B, until: 2026-12-01, id: x}]\n",
        "registration: {deadline: 2026-12-10}\n"
        "deadlines: [{what: Inscriptions, until: 2026-12-10}]\n",
    ],
)
def test_what_stands_twice_is_told_once(
    site: Site, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    (line,) = told(site, said, capsys)
    assert "error[duplicate-deadline]" in line


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ("{what: A, until: 2026-11-30}, {what: a, until: 2026-12-01}", True),
        ("{what: A, until: 2026-11-30}, {what: A, until: 2026-12-01, id: b}", False),
        ("{what: A, until: 2026-11-30}, {what: A 2, until: 2026-12-01}", False),
    ],
)
def test_what_order_alone_tells_apart_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, is_told: bool
) -> None:
    """The entry of one would become that of the other, once the first is deleted."""
    lines = told(site, f"deadlines: [{said}]\n", capsys)
    assert len(lines) == is_told
    assert all("webinars/un.md:4:50: warning[duplicate-deadline]" in one for one in lines)


def test_a_course_tells_of_its_own(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    said = "deadlines: [{what: A, until: 2026-11-30}, {what: A, until: 2026-11-30}]\n"
    site.write("content/mooc/c/index.md", f"---\ntitle: C\n{said}---\nT\n")
    site.run("check", "--lang", "en")
    assert "index.md:3:50: error[duplicate-deadline]" in capsys.readouterr().out


# On pages.


def lines(page: str) -> list[tuple[str, str]]:
    """The deadlines of a page: what each is, and what is said of it before any script runs."""
    found = []
    for one in html.fromstring(page).xpath("//ol[@class='pc-deadlines']/li"):
        for hidden in one.xpath(".//*[@hidden]|.//*[@class='pc-deadlines__add']"):
            hidden.drop_tree()
        what, *said = (part.text_content() for part in one)
        found.append((plain(what), plain(" ".join(said))))
    return found


def body(page: str) -> str:
    return re.sub(r"^---.*?---\n", "", page, flags=re.DOTALL)


@pytest.mark.large
def test_the_page_tells_dates_and_never_how_far_they_are(site: Site) -> None:
    write(site)
    assert lines(body(made(site)["comptoirs/un.md"])) == [
        ("Appel à contributions", "jusqu’au lundi 30 novembre 2026"),
        ("Tarif réduit", "jusqu’au mardi 1er décembre 2026, 18 h"),
        ("Inscriptions", "jusqu’au jeudi 10 décembre 2026"),
    ]
    # Built later, what has passed is said to have.
    page = made(site, "2026-12-02T09:00:00Z")["comptoirs/un.md"]
    assert [said for _, said in lines(body(page))] == [
        "clos ; c’était possible jusqu’au lundi 30 novembre 2026",
        "clos ; c’était possible jusqu’au mardi 1er décembre 2026, 18 h",
        "jusqu’au jeudi 10 décembre 2026",
    ]


def test_each_calendar_that_is_offered_is_there(site: Site) -> None:
    write(site)
    files = made(site)
    offered = re.findall(
        r'href="\.\./\.\./([^"]+\.ics)" download data-until', files["comptoirs/un.md"]
    )
    assert sorted(offered) == [
        "comptoirs/un/echeance-appel-a-contributions.ics",
        "comptoirs/un/echeance-tarif-reduit.ics",
    ]
    assert set(offered) <= files.keys()


def test_registering_is_told_once_among_them(site: Site) -> None:
    write(site)
    until = "jusqu’au jeudi 10 décembre 2026"
    text = plain(html.fromstring(body(made(site)["comptoirs/un.md"])).text_content())
    facts = text[text.index("En pratique") :]
    assert until not in facts
    write(site, DUE.partition("deadlines:")[0])
    page = plain(made(site)["comptoirs/un.md"])
    assert until in page[page.index("En pratique") :]
    assert "pc-deadlines" not in page


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_called_off_has_none(site: Site, status: str) -> None:
    write(site, f"{DUE}status: {status}\n")
    files = made(site)
    assert "pc-deadlines" not in files["comptoirs/un.md"]
    assert "Aucune échéance" in files["agenda/echeances.md"]
    found = entries(files[FEED])
    assert set(found) == {CALL, PRICE, REGISTERING}
    assert {str(one["STATUS"]) for one in found.values()} == {"CANCELLED"}


def test_one_can_no_longer_register(site: Site) -> None:
    write(site, DUE.replace("deadline: 2026-12-10", "deadline: 2026-12-10, state: full"))
    files = made(site)
    assert [what for what, _ in lines(body(files["comptoirs/un.md"]))] == [
        "Appel à contributions",
        "Tarif réduit",
    ]
    assert str(entries(files[FEED])[REGISTERING]["STATUS"]) == "CANCELLED"


@pytest.mark.large
def test_a_course_shows_its_own(site: Site) -> None:
    said = "start: 2026-12-01\ndeadlines: [{what: Appel à séances, until: 2026-11-26}]\n"
    site.write("content/mooc/c/index.md", f"---\ntitle: Cours\n{said}---\nT\n")
    files = made(site)
    page = next(files[one] for one in ("mooc/c.md", "mooc/c/index.md") if one in files)
    assert lines(body(page)) == [("Appel à séances", "jusqu’au jeudi 26 novembre 2026")]
    uid = "echeance-appel-a-seances.c.mooc@petit.example"
    (entry,) = entries(files[FEED]).values()
    assert (str(entry["UID"]), str(entry["RELATED-TO"])) == (uid, "c.mooc@petit.example")
    assert "mooc/c/echeance-appel-a-seances.ics" in files


def test_the_agenda_shows_the_nearest_and_its_page_all(site: Site) -> None:
    write(site, "deadlines:\n" + "".join(f"  - {{what: N{n}, until: 2026-12-{n:02}}}\n" for n in
                                         (9, 3, 5, 7)))  # fmt: skip
    files = made(site)

    def shown(name: str) -> list[tuple[str, str, str]]:
        rows = html.fromstring(body(files[name])).xpath("//ul[@class='pc-lines']/li[@data-until]")
        return [
            (
                one.get("data-until"),
                *(plain(part.text_content()) for part in one.xpath("time|.//a")),
            )
            for one in rows
        ]

    every = [(f"2026-12-{n:02}T23:00:00Z", f"{n} décembre 2026", f"N{n}") for n in (3, 5, 7, 9)]
    assert shown("agenda.md") == every[:3]
    assert shown("agenda/echeances.md") == every


def test_without_deadlines_nothing_is_there(site: Site) -> None:
    write(site, "")
    files = made(site)
    assert not [one for one in files if "echeance" in one]
    assert "chéance" not in files["agenda.md"] + files["comptoirs/un.md"]
    assert "chéance" not in files["s-abonner.md"]


def test_a_series_tells_once_what_it_says_of_all_dates(site: Site) -> None:
    said = """\
repeat: {every: week, count: 4}
deadlines: [{what: Appel, until: 2026-11-28}]
dates:
  2026-12-24: {deadlines: [{what: Appel des fêtes, until: 2026-12-15}]}
"""
    write(site, said)
    files = made(site)
    own = f"echeance-appel-des-fetes.2026-12-24.{UID}"
    found = entries(files[FEED])
    assert set(found) == {f"echeance-appel.{UID}", own}
    assert str(found[own]["URL"]).endswith("/comptoirs/un/2026-12-24/#echeance-appel-des-fetes")
    assert str(found[own]["RELATED-TO"]) == UID
    # A date that has its own has a page for it; the others show those of the series.
    assert [what for what, _ in lines(body(files["comptoirs/un/2026-12-24.md"]))] == [
        "Appel des fêtes"
    ]
    assert [what for what, _ in lines(body(next(
        files[one] for one in ("comptoirs/un/index.md", "comptoirs/un.md") if one in files
    )))] == ["Appel"]  # fmt: skip


def test_hours_are_those_of_the_place(site: Site) -> None:
    site.write("content/data/territories/la-reunion.yml", "name: R\ntimezone: Indian/Reunion\n")
    site.write("content/data/places/la.yml", "name: Là\nterritory: la-reunion\n")
    write(site, "place: la\ndeadlines: [{what: Appel, until: 2026-12-01 01:00}]\n")
    files = made(site)
    for page in ("comptoirs/un.md", "agenda.md", "agenda/echeances.md"):
        shown = html.fromstring(body(files[page])).text_content()
        assert "1er décembre 2026, 1 h (heure de La Réunion)" in plain(shown), page
    (entry,) = entries(files[FEED]).values()
    assert entry.end.astimezone(UTC) == datetime(2026, 11, 30, 21, tzinfo=UTC)


def test_search_finds_what_is_due(site: Site) -> None:
    write(site, "deadlines: {what: Concours de xylophones, until: 2026-11-30}\n")
    terms = [text for name, text in made(site).items() if name.startswith("assets/search/terms")]
    assert "xylophon" in "".join(terms)


# In calendars.


def test_their_calendar_takes_nobodys_time(site: Site) -> None:
    write(site)
    site.commit("2026-10-01T00:00:00Z")
    files = made(site)
    found = entries(files[FEED])
    call, price = found[CALL], found[PRICE]
    assert (str(call["SUMMARY"]), str(call["TRANSP"])) == (
        "Échéance\u00a0: Appel à contributions (Un)",
        "TRANSPARENT",
    )
    assert [f"{call.start}", f"{call.end}"] == ["2026-11-30", "2026-12-01"]
    # What has an hour ends with it.
    assert [f"{price.start:%d %H:%M %Z}", f"{price.end:%d %H:%M %Z}"] == [
        "01 17:00 CET",
        "01 18:00 CET",
    ]
    assert [str(one) for one in call["CATEGORIES"].cats] == ["Échéances", "Webinaire"]
    page = "https://petit.example/x/comptoirs/un/#echeance-appel-a-contributions"
    assert (str(call["URL"]), str(call["RELATED-TO"])) == (page, UID)
    assert plain(str(call["DESCRIPTION"])).split("\n\n") == [
        "Jusqu’au lundi 30 novembre 2026",
        "https://a.example/",
        page,
    ]
    assert "18 h (heure de Paris)" in plain(str(price["DESCRIPTION"]))
    assert int(call["SEQUENCE"]) > 0
    # Each has a calendar of its own, too; none is among the meetings.
    assert set(entries(files["comptoirs/un/echeance-tarif-reduit.ics"])) == {PRICE}
    assert set(entries(files["flux/agenda.ics"])) == {UID}
    for reader in READERS:
        assert {one.uid for one in reader.read(files[FEED].encode())} == set(found)


@pytest.mark.large
def test_what_has_passed_stays_a_year_and_has_no_calendar_of_its_own(site: Site) -> None:
    write(site)
    files = made(site, "2026-12-15T09:00:00Z")
    assert set(entries(files[FEED])) == {CALL, PRICE, REGISTERING}
    assert not [one for one in files if one.startswith("comptoirs/un/echeance")]
    assert "VEVENT" not in made(site, "2028-01-01T09:00:00Z")[FEED]


@pytest.mark.large
def test_a_deadline_that_moves_keeps_its_identity(site: Site) -> None:
    write(site)
    site.commit("2026-10-01T00:00:00Z")
    before = entries(made(site)[FEED])
    write(site, DUE.replace("30 novembre", "2 décembre"))
    site.commit("2026-10-02T00:00:00Z")
    after = entries(made(site)[FEED])
    assert before.keys() == after.keys()
    assert f"{after[CALL].start}" == "2026-12-02"
    assert int(after[CALL]["SEQUENCE"]) > int(before[CALL]["SEQUENCE"])


@pytest.mark.large
@pytest.mark.parametrize("how", ["taken out", "renamed", "deleted", "draft"])
def test_a_deadline_that_is_withdrawn_is_cancelled(site: Site, how: str) -> None:
    write(site)
    site.commit("2026-10-01T00:00:00Z")
    before = entries(made(site)[FEED])
    file = site.root / "webinars/un.md"
    if how == "taken out":
        write(site, DUE.replace("Appel à contributions", "Un autre appel"))
    elif how == "renamed":
        file.rename(site.root / "webinars/deux.md")
    elif how == "deleted":
        file.unlink()
    else:
        write(site, f"{DUE}draft: true\n")
    site.commit("2026-10-02T00:00:00Z")
    after = entries(made(site)[FEED])
    assert str(after[CALL]["STATUS"]) == "CANCELLED"
    assert str(after[CALL]["SUMMARY"]) == "Annulé\u00a0: Appel à contributions (Un)"
    assert after[CALL].start == before[CALL].start
    assert int(after[CALL]["SEQUENCE"]) > int(before[CALL]["SEQUENCE"])
    # Over, it is told no more; and what is empty stays, for who follows it.
    assert FEED in made(site, "2028-01-01T09:00:00Z")


OTHER_WORDS = DUE.replace("Appel à contributions", "Appel à communications")


@pytest.mark.parametrize("is_committed", [True, False])
@pytest.mark.parametrize(
    ("said", "place"),
    [
        (OTHER_WORDS, "7:12"),
        (OTHER_WORDS.replace("communications", "communications, id: appel-a-contributions"), ""),
        (OTHER_WORDS.replace("30 novembre", "29 novembre"), ""),
        (DUE.replace("30 novembre", "29 novembre"), ""),
        (DUE + "  - {what: Bourse, until: 2026-11-30}\n", ""),
    ],
)
def test_a_deadline_in_other_words_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, place: str, is_committed: bool
) -> None:
    write(site)
    site.commit("2026-09-01T00:00:00Z")
    write(site, said)
    if is_committed:
        site.commit("2026-11-05T00:00:00Z")
    found = [one for one in told(site, said, capsys) if "lost-deadline" in one]
    assert [one.partition("un.md:")[2].partition(": ")[0] for one in found] == [place] * bool(place)
    assert all("warning[lost-deadline]" in one for one in found)
    assert all("add « id: appel-a-contributions »" in plain(one) for one in found)


def test_a_deadline_of_a_course_in_other_words_is_told(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "---\ntitle: M\ndeadlines: [{what: Bourse, until: 2026-12-10}]\n---\nTexte.\n"
    site.write("content/mooc/m/index.md", text)
    site.commit("2026-09-01T00:00:00Z")
    site.write("content/mooc/m/index.md", text.replace("Bourse", "Aide"))
    site.run("check", "--lang", "en")
    assert "mooc/m/index.md:3:20: warning[lost-deadline]" in capsys.readouterr().out


@pytest.mark.large
def test_that_of_a_date_and_of_a_course_are_cancelled_too(site: Site) -> None:
    said = "repeat: {every: week, count: 3}\ndates:\n  2026-12-24: {%s}\n"
    write(site, said % "deadlines: [{what: Appel, until: 2026-12-15}]")
    course = "---\ntitle: C\ndeadlines: [{what: Appel, until: 2026-12-15}]\n---\nT\n"
    site.write("content/mooc/c/index.md", course)
    site.write("content/mooc/d/index.md", course)
    site.commit("2026-10-01T00:00:00Z")
    before = set(entries(made(site)[FEED]))
    assert len(before) == 3
    write(site, said % "title: Autre")
    site.write("content/mooc/c/index.md", "---\ntitle: C\n---\nT\n")
    (site.root / "content/mooc/d/index.md").unlink()
    site.commit("2026-10-02T00:00:00Z")
    after = entries(made(site)[FEED])
    assert set(after) == before
    assert {str(one["STATUS"]) for one in after.values()} == {"CANCELLED"}


def test_of_what_is_withdrawn_no_trace_stays(site: Site) -> None:
    write(site)
    site.commit("2026-10-01T00:00:00Z")
    (site.root / "webinars/un.md").unlink()
    config = FRENCH.replace(
        "      collections:", "      withdrawn: [comptoirs/un]\n      collections:"
    )
    site.write("mkdocs.yml", config)
    site.commit("2026-10-02T00:00:00Z")
    assert not [name for name, text in made(site).items() if "Appel" in text]


# In news.


@pytest.mark.large
def test_news_tell_only_where_the_collection_asks(site: Site) -> None:
    write(site)
    site.commit("2026-10-01T00:00:00Z")
    now = "2026-11-25T09:00:00Z"
    assert set(news(made(site, now))) == {UID}
    site.write("mkdocs.yml", TOLD)
    files = made(site, now)
    assert news(files) == {
        f"{PRICE}#near": "Échéance\u00a0: Tarif réduit (Un)",
        f"{CALL}#near": "Échéance\u00a0: Appel à contributions (Un)",
        UID: "Un",
    }
    assert set(news(files, "agenda")) == set(news(files))
    feed = json.loads(files["flux/comptoirs.json"])
    assert feed["items"][0]["date_published"] == "2026-11-24T17:00:00+00:00"
    assert "jours" not in feed["items"][0]["content_html"]
    # Before, nobody is told; once it has passed, neither.
    assert set(news(made(site, "2026-11-23T22:00:00Z"))) == {UID}
    assert f"{CALL}#near" not in news(made(site, "2026-11-30T23:00:00Z"))


@pytest.mark.large
def test_a_deadline_that_moves_is_news_and_near_again_under_the_same_identity(site: Site) -> None:
    site.write("mkdocs.yml", TOLD)
    write(site)
    site.commit("2026-10-01T00:00:00Z")
    write(site, DUE.replace("30 novembre", "8 décembre"))
    site.commit("2026-11-26T08:00:00Z")
    found = news(made(site, "2026-11-26T09:00:00Z"))
    assert found[f"{CALL}#moved-1"] == "Nouvelle échéance\u00a0: Appel à contributions (Un)"
    assert f"{CALL}#near" not in found
    files = made(site, "2026-12-03T09:00:00Z")
    assert {f"{CALL}#moved-1", f"{CALL}#near"} <= set(news(files))
    assert "Jusqu’au mardi 8 décembre 2026, au lieu du lundi 30 novembre 2026" in plain(
        files["flux/comptoirs.rss.xml"]
    )


def test_what_is_announced_when_it_is_near_is_told_once(site: Site) -> None:
    site.write("mkdocs.yml", TOLD)
    write(site)
    site.commit("2026-11-28T08:00:00Z")
    found = news(made(site, "2026-11-28T09:00:00Z"))
    assert set(found) == {UID}


def test_a_course_has_news_of_its_own(site: Site) -> None:
    asks = FRENCH.replace("{kind: course,", "{kind: course, remind: 7 jours,")
    site.write("mkdocs.yml", asks)
    path, text = (
        "content/mooc/c/index.md",
        "---\ntitle: C\ndeadlines: [{what: A, until: %s}]\n---\n",
    )
    site.write(path, text % "2026-11-27")
    site.commit("2026-10-01T00:00:00Z")
    site.write(path, text % "2026-11-28")
    site.commit("2026-10-02T00:00:00Z")
    found = news(made(site), "mooc")
    uid = "echeance-a.c.mooc@petit.example"
    assert set(found) == {f"{uid}#near", f"{uid}#moved-1"}


# Between two commits.


@pytest.mark.large
def test_diff_tells_what_becomes_of_them(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (".gitignore", "voyages/.gitkeep", "content/mooc/.gitkeep"):
        site.write(name, "/compiled\n/.cache\n")
    write(site)
    course = "content/mooc/c/index.md"
    site.write(course, "---\ntitle: C\n---\nT\n")
    site.commit("2026-10-01T00:00:00Z")
    write(site, DUE.replace("30 novembre", "2 décembre"))
    site.write(course, "---\ntitle: C\ndeadlines: {what: A, until: 2026-12-01}\n---\nT\n")
    site.commit("2026-10-02T00:00:00Z")
    report = ask(site, "HEAD~1", capsys=capsys)
    assert not report.dangers
    said = {one.uid: [plain(change.text) for change in one.changes] for one in report.meetings}
    assert said[UID] == [
        "Ses échéances changent : Appel à contributions (jusqu’au lundi 30 novembre 2026) → "
        "Appel à contributions (jusqu’au mercredi 2 décembre 2026)"
    ]
    assert said["c.mooc@petit.example"] == [
        "Ses échéances changent : rien → A (jusqu’au mardi 1er décembre 2026)"
    ]
    (feeds,) = {one.feeds for one in report.meetings if one.uid == UID}
    assert {FEED, "comptoirs/un/echeance-appel-a-contributions.ics"} <= set(feeds)


@pytest.mark.large
def test_taking_out_what_has_passed_is_no_danger(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (".gitignore", "voyages/.gitkeep", "content/mooc/.gitkeep"):
        site.write(name, "/compiled\n/.cache\n")
    write(site)
    site.commit("2026-10-01T00:00:00Z")
    write(site, DUE.partition("deadlines:")[0])
    site.commit("2026-12-12T00:00:00Z")
    assert not ask(site, "HEAD~1", capsys=capsys, now="2026-12-12T09:00:00Z").dangers


# As a whole.


@pytest.mark.large
def test_a_built_site_holds_together(site: Site) -> None:
    """What was written is read again after the build: it fails where feeds and pages disagree."""
    site.write("mkdocs.yml", TOLD)
    write(site)
    site.commit("2026-10-01T00:00:00Z")
    write(site, DUE.replace("Appel à contributions", "Un autre appel"))
    site.commit("2026-10-02T00:00:00Z")
    out: Path = site.build(now="2026-11-25T09:00:00Z")
    page = (out / "comptoirs/un/index.html").read_text()
    assert 'id="echeance-un-autre-appel"' in page
    assert CALL in entries((out / FEED).read_text())
    assert "Toutes les échéances" in (out / "agenda/index.html").read_text()
    assert "Échéances" in (out / "s-abonner/index.html").read_text()
    assert (out / "comptoirs/un/echeance-un-autre-appel.ics").is_file()
