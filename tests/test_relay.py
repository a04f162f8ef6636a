"""Sessions that are handed on: what their files may say, what is shown of them, and who is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest
import vobject
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from . import corpora
from .conftest import FRENCH, NOW, Site, compiled_page
from .serving import serving
from .telling import Capture, told

COURSE = "---\ntitle: Renverser\nstart: 2027-01-05\nend: 2027-03-31\n---\nTexte.\n"
FOLDER = "content/mooc/renverser"


def session(number: int, start: str, *lines: str) -> str:
    """A session of the course that lasts an hour."""
    head = [f"title: Séance {number}", f"number: {number}", f"start: {start} 12:30", "duration: 1h"]
    return "\n".join(["---", *head, *lines, "---", "Texte.", ""])


FILES: Mapping[str, str] = {
    "content/index.md": "# Accueil\n",
    "content/data/organisations/cfa-rennes.yml": (
        "name: CFA de Rennes\ncontact: https://cfa.example/contact\n"
    ),
    "content/data/organisations/cci-normandie.yml": "name: CCI Normandie\n",
    f"{FOLDER}/index.md": COURSE,
    f"{FOLDER}/session-1.md": session(
        1, "2027-01-12", "state: confirmed", "claim: {lead: cci-normandie, on: 2026-11-10}"
    ),
    f"{FOLDER}/session-2.md": session(
        2,
        "2027-02-09",
        "state: claimed",
        "claim_before: 2027-02-02",
        "claim: {lead: cfa-rennes, backup: cci-normandie, on: 2026-11-20, handed_by: session-1}",
    ),
    f"{FOLDER}/session-3.md": session(3, "2027-03-09", "state: open", "claim_before: 2027-02-16"),
}
FIRST, SECOND, THIRD = (f"{FOLDER}/session-{n}.md" for n in (1, 2, 3))


@pytest.fixture
def relay(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A course of three sessions: one that is sure, one that is taken on, one that is open."""
    made = Site(tmp_path_factory.mktemp("relay"))
    made.write("mkdocs.yml", FRENCH)
    for folder in ("webinars", "voyages"):
        made.write(f"{folder}/.gitkeep", "")
    for name, text in FILES.items():
        made.write(name, text)
    return made


def test_a_right_relay_is_right(relay: Site, capsys: Capture) -> None:
    assert told(relay, capsys) == []


@pytest.mark.parametrize(
    ("sessions", "order"),
    [
        # name: what it says of when, and of its number
        ({"a": "05", "b": "12", "c": "19 3"}, "abc"),
        ({"a": "05", "b": "12 2", "c": "19"}, "abc"),
        ({"a": "05 1", "b": "12 2", "c": "19 3"}, "abc"),
        ({"a": "05 1", "b": "19 2", "c": "12 3"}, "acb"),
        ({"a": "12 2", "b": "12 1", "c": "12"}, "bac"),
        ({"a": "-", "b": "19", "c": "12 1"}, "cba"),
        ({"a": "- 2", "b": "19 3", "c": "12 1"}, "cab"),
        ({"a": "- 4", "b": "- 2", "c": "-", "d": "19 3", "e": "12"}, "ebdac"),
    ],
)
def test_sessions_stand_in_order_of_time(
    relay: Site, sessions: Mapping[str, str], order: str
) -> None:
    for name in ("session-1", "session-2", "session-3"):
        (relay.root / f"{FOLDER}/{name}.md").unlink()
    for name, said in sessions.items():
        day, _, number = said.partition(" ")
        when = "undated: future" if day == "-" else f"start: 2027-01-{day} 12:30"
        named = f"number: {number}\n" if number else ""
        relay.write(f"{FOLDER}/{name}.md", f"---\ntitle: {name}\n{when}\n{named}---\nTexte.\n")
    site = corpora.compiled(relay.root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False)
    (course,) = site.community.courses
    assert "".join(one.title for one in site.community.sessions(course)) == order


CLAIM = "claim: {lead: cfa-rennes, backup: cci-normandie, on: 2026-11-20, handed_by: session-1}"

WRONG: list[tuple[str, str, str, str, str]] = [
    # name, file, what is replaced, by what, what is told
    (
        "confirmed without a lead",
        FIRST,
        "\nclaim: {lead: cci-normandie, on: 2026-11-10}",
        "",
        "session-1.md:6:8: error[nobody]",
    ),
    ("a claim without a lead", SECOND, "lead: cfa-rennes, ", "", "8:8: error[missing-key]"),
    ("a claim without a day", SECOND, ", on: 2026-11-20", "", "8:8: error[missing-key]"),
    ("claimed without a claim", SECOND, f"\n{CLAIM}", "", "6:8: error[state-unsaid]"),
    ("open with a claim", SECOND, "state: claimed", "state: open", "8:8: error[state-against]"),
    ("an unknown lead", SECOND, "lead: cfa-rennes", "lead: cfa", "8:15: error[unknown-reference]"),
    (
        "an unknown backup",
        SECOND,
        "backup: cci-normandie",
        "backup: cci",
        "8:35: error[unknown-reference]",
    ),
    (
        "claimed too late",
        SECOND,
        "on: 2026-11-20",
        "on: 2027-02-03",
        "8:54: error[late-claim]",
    ),
    (
        "claimed on a day to come",
        SECOND,
        "on: 2026-11-20",
        "on: 2026-11-25",
        "8:54: warning[future-day]",
    ),
    (
        "claimed after it took place",
        SECOND,
        "claim_before: 2027-02-02\n" + CLAIM,
        CLAIM.replace("2026-11-20", "2027-02-10"),
        "7:54: error[day-order]",
    ),
    (
        "to be claimed after it took place",
        THIRD,
        "2027-02-16",
        "2027-03-10",
        "session-3.md:7:15: error[day-order]",
    ),
    (
        "to be claimed until a day that has passed",
        THIRD,
        "2027-02-16",
        "2026-11-23",
        "session-3.md:7:15: warning[nobody-came]",
    ),
    (
        "its own backup",
        SECOND,
        "backup: cci-normandie",
        "backup: cfa-rennes",
        "8:35: error[backup-lead]",
    ),
    (
        "handed over by no session",
        SECOND,
        "handed_by: session-1",
        "handed_by: session-9",
        "8:77: error[handed-unknown]",
    ),
    (
        "handed over by itself",
        SECOND,
        "handed_by: session-1",
        "handed_by: session-2",
        "8:77: error[handed-later]",
    ),
    (
        "handed over by a later one",
        FIRST,
        "on: 2026-11-10",
        "on: 2026-11-10, handed_by: session-2",
        "session-1.md:7:57: error[handed-later]",
    ),
    (
        "a hole in the numbers",
        THIRD,
        "number: 3",
        "number: 4",
        "session-3.md:3:9: error[number-hole]",
    ),
    ("no first one", FIRST, "number: 1", "number: 5", "session-2.md:3:9: error[number-hole]"),
    ("no state", SECOND, "state: claimed", "state: promise", "session-2.md:6:8: error[bad-choice]"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG]
)
def test_what_contradicts_itself_is_told_at_its_place(
    relay: Site, capsys: Capture, file: str, old: str, new: str, expected: str
) -> None:
    text = FILES[file]
    assert old in text
    relay.write(file, text.replace(old, new))
    assert any(one.endswith(expected) for one in told(relay, capsys)), expected


def test_nobody_leads_two_sessions_at_once(relay: Site, capsys: Capture) -> None:
    """In whatever course, and be it for a quarter of an hour; one after the other is right."""
    relay.write("content/mooc/autre/index.md", COURSE)
    other = session(1, "2027-02-09", "hosts: [cfa-rennes]").replace("12:30", "13:15")
    relay.write("content/mooc/autre/seance.md", other)
    assert told(relay, capsys) == ["session-2.md:8:15: error[leads-two]"]
    relay.write("content/mooc/autre/seance.md", other.replace("13:15", "13:30"))
    assert told(relay, capsys) == []


def test_a_short_session_in_between_hides_no_other(relay: Site, capsys: Capture) -> None:
    """What goes on is compared with all that begins until it ends, not with the next alone."""
    for name, at, length in (("long", "10:00", "4h"), ("short", "10:30", "30 min")):
        text = session(1, "2027-02-09", "hosts: [cfa-rennes]").replace("12:30", at)
        relay.write(f"content/mooc/{name}/index.md", COURSE.replace("Renverser", name))
        relay.write(
            f"content/mooc/{name}/un.md", text.replace("duration: 1h", f"duration: {length}")
        )
    assert told(relay, capsys) == ["session-2.md:8:15: error[leads-two]"]


def test_two_that_are_hosts_alone_may_be_at_once(relay: Site, capsys: Capture) -> None:
    for name in ("a", "b"):
        relay.write(f"content/mooc/{name}/index.md", COURSE.replace("Renverser", name))
        relay.write(f"content/mooc/{name}/un.md", session(1, "2027-02-16", "hosts: [cfa-rennes]"))
    assert all("leads-two" not in one for one in told(relay, capsys))


def test_nobody_hands_over_in_a_circle(relay: Site, capsys: Capture) -> None:
    first = FILES[FIRST].replace("on: 2026-11-10", "on: 2026-11-10, handed_by: session-2")
    relay.write(FIRST, first)
    assert told(relay, capsys) == ["session-1.md:7:57: error[handed-later]"]


def test_nobody_hands_over_what_is_open(relay: Site, capsys: Capture) -> None:
    relay.write(FIRST, session(1, "2027-01-12", "state: open"))
    assert told(relay, capsys) == ["session-2.md:8:77: error[handed-by-nobody]"]


def test_a_number_may_come_with_what_is_not_read(relay: Site, capsys: Capture) -> None:
    """A draft, or a session with an error, has its number: nothing is told of a hole then."""
    relay.write(SECOND, FILES[SECOND].replace("title:", "draft: true\ntitle:"))
    assert told(relay, capsys) == []


def test_a_session_before_the_first_is_number_zero(relay: Site, capsys: Capture) -> None:
    """« Session 0 », to make each other's acquaintance: shown so, as one that no other has."""
    relay.write(f"{FOLDER}/session-0.md", session(0, "2027-01-05", "state: open"))
    assert told(relay, capsys) == []
    page = LexborHTMLParser(relay.page("mooc/renverser").read_text("utf-8"))
    numbers = [one.attributes["value"] for one in page.css(".pc-sessions > li")]
    assert numbers == ["0", "1", "2", "3"]
    drawn = [one.text() for one in page.css(".pc-relay svg text")]
    assert [one for one in drawn if one in numbers] == numbers


@pytest.mark.large
def test_a_course_without_a_word_of_it_is_no_relay(relay: Site, capsys: Capture) -> None:
    """Numbers may have holes, and nothing of a relay is shown: the site is as it was."""
    for number, file in enumerate((FIRST, SECOND, THIRD), 1):
        relay.write(file, session(number * 2, f"2027-02-{number:02}", "hosts: [cfa-rennes]"))
    assert told(relay, capsys) == []
    out = relay.compile()
    assert not [one for one in out.rglob("*") if "kit" in one.name or "prenez" in one.name]
    assert "pc-relay" not in compiled_page(out, "mooc/renverser").read_text()


@pytest.mark.parametrize(
    ("file", "right", "written", "place"),
    [
        (SECOND, "lead:", "responsable:", "8:9"),
        (SECOND, "backup:", "remplaçant:", "8:27"),
        (SECOND, "handed_by:", "passé par:", "8:66"),
        (SECOND, "claim:", "prise en main:", "8:1"),
        (SECOND, "claim_before:", "à prendre avant:", "7:1"),
    ],
)
def test_a_word_of_people_is_told_once_and_hides_nothing(
    relay: Site, capsys: Capture, file: str, right: str, written: str, place: str
) -> None:
    relay.write(file, FILES[file].replace(right, written))
    assert told(relay, capsys) == [f"session-2.md:{place}: error[unknown-key]"]


@pytest.mark.parametrize(
    ("right", "written"),
    [
        ("handed_by: session-1", "handed_by: session-1.md"),
        ("lead: cfa-rennes", "lead: cfa-rennes.yml"),
        ("backup: cci-normandie", "backup: content/data/organisations/cci-normandie.yml"),
    ],
)
def test_the_name_of_a_file_stands_for_an_id(
    relay: Site, capsys: Capture, right: str, written: str
) -> None:
    relay.write(SECOND, FILES[SECOND].replace(right, written))
    relay.commit()
    assert relay.run("check", "--fix") == 0
    assert (relay.root / SECOND).read_text() == FILES[SECOND]


# Pages


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The relay as it is published, with a forge and an author's text for helpers."""
    made = Site(tmp_path_factory.mktemp("relay-compiled"))
    forge = "edit_uri_template: https://forge.example/a/b/edit/main/content/{path}\n"
    made.write("mkdocs.yml", FRENCH + forge)
    for folder in ("webinars", "voyages"):
        made.write(f"{folder}/.gitkeep", "")
    for name, text in FILES.items():
        made.write(name, text)
    asked = "relay: {asks: [Apporter un cas], takes: 4h, helpers: [cfa-rennes]}\n---\nTexte"
    made.write(f"{FOLDER}/index.md", COURSE.replace("---\nTexte", asked))
    made.commit()
    return made.compile()


def shown(out: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser(compiled_page(out, address).read_text().partition("---\n\n")[2])


def text_of(page: LexborHTMLParser, selector: str) -> str:
    return " ".join(one.text(separator=" ") for one in page.css(selector)).replace("\u00a0", " ")


@pytest.mark.large
def test_the_page_lists_what_is_open_with_what_is_asked(compiled: Path) -> None:
    page = shown(compiled, "prenez-la-suite")
    assert [one.attributes["id"] for one in page.css("article")] == ["renverser-session-3"]
    said = text_of(page, ".pc-takeover")
    for part in ("Apporter un cas", "4 h de préparation", "CFA de Rennes", "cfa.example/contact"):
        assert part in said
    for part in ("À prendre jusqu’au mardi 16 février 2027", "Elle dure 1 h", "menée par CFA"):
        assert part in " ".join(text_of(page, "article").split())
    (button,) = page.css("article a.md-button")
    assert button.attributes["href"] == f"https://forge.example/a/b/edit/main/{THIRD}"
    # Who has taken one on, and is not sure, stands apart.
    assert "Séance 2" in text_of(page, ".pc-post-item")
    ways = [one.attributes["href"] for one in shown(compiled, "mooc").css("a")]
    assert "../prenez-la-suite/" in ways


@pytest.mark.large
def test_the_lines_of_a_claim_are_read_as_one(compiled: Path, relay: Site, capsys: Capture) -> None:
    (lines,) = shown(compiled, "prenez-la-suite").css("pre code")
    claim = lines.text()
    assert "handed_by: session-2" in claim
    assert "Par exemple cci-normandie." in claim.replace("\u00a0", " ")
    relay.write(THIRD, FILES[THIRD].replace("state: open\n", claim))
    assert [one for one in told(relay, capsys) if "unfilled" not in one] == []
    filled = claim.replace('lead: "…"', "lead: cci-normandie").replace('on: "…"', "on: 2026-11-20")
    assert filled.count('"…"') == 1  # the backup, which is a comment
    relay.write(THIRD, FILES[THIRD].replace("state: open\n", filled))
    assert told(relay, capsys) == []


def test_the_list_says_all_that_the_drawing_says(compiled: Path) -> None:
    page = shown(compiled, "mooc/renverser")
    (drawing,) = page.css("svg[role=img]")
    label = (drawing.attributes["aria-label"] or "").replace("\u00a0", " ")
    assert "1 séance confirmée, 1 séance réservée, à confirmer, 1 séance sans animateur" in label
    rows = [" ".join(one.text(separator=" ").split()) for one in page.css("ol.pc-sessions > li")]
    texts = [one.text() for one in drawing.css("text")]
    for n, (row, state) in enumerate(
        zip(rows, ("Confirmée", "Réservée, à confirmer", "Sans animateur"), strict=True)
    ):
        assert state in row
        number, day = texts[2 * n : 2 * n + 2]
        assert number == str(n + 1)
        assert day.split("\u00a0")[0] in row
    (handed,) = drawing.css(".pc-relay__handed")
    assert handed.attributes["d"] == "M50 34L150 34"
    assert "Relais passé par CCI Normandie" in rows[1]
    # A state has a shape of its own, and the legend says which.
    signs = {one.attributes["class"] for one in drawing.css(".pc-relay__sign")}
    assert len(signs) == 3
    assert len(page.css(".pc-relay__legend li")) == 4


def test_a_session_leads_to_its_kit_and_to_who_may_take_it(compiled: Path) -> None:
    page = shown(compiled, "mooc/renverser-session-3")
    links = {one.attributes["href"] for one in page.css("a")}
    ways = {"prenez-la-suite/#renverser-session-3", "mooc/renverser-session-3/kit/"}
    assert {f"../../{one}" for one in ways} <= links
    assert "Relève" in compiled_page(compiled, "mooc/renverser-session-2").read_text()


def test_a_kit_has_the_facts_of_its_session(compiled: Path) -> None:
    page = shown(compiled, "mooc/renverser-session-2/kit")
    steps = {one.attributes["id"]: one.text(separator=" ") for one in page.css(".pc-step")}
    assert list(steps) == ["kit-21", "kit-7", "kit-1", "kit-0", "kit-after"]
    assert [one.attributes["datetime"] for one in page.css(".pc-step time")] == [
        "2027-01-19", "2027-02-02", "2027-02-08", "2027-02-09", "2027-02-10",
    ]  # fmt: skip
    assert "CCI Normandie, qui mène" in steps["kit-21"]
    assert "Apporter un cas" in steps["kit-21"]
    assert "12\u00a0h\u00a015" in steps["kit-1"]
    assert "demandez qui prend la suite" in steps["kit-0"]


@pytest.mark.large
def test_a_kit_hands_over_to_nobody_who_names_somebody_else(relay: Site) -> None:
    """The fourth takes over from the second: the third, which is open, comes before nobody."""
    claim = "claim: {lead: cci-normandie, on: 2026-11-20, handed_by: session-2}"
    relay.write(f"{FOLDER}/session-4.md", session(4, "2027-03-23", "state: claimed", claim))
    relay.commit()
    out = relay.compile()
    third = shown(out, "mooc/renverser-session-3/kit").body
    assert third is not None
    assert "Séance 4" not in third.text(separator=" ")
    second = shown(out, "mooc/renverser-session-2/kit").body
    assert second is not None
    assert "Séance 4" in second.text(separator=" ")


@pytest.mark.large
def test_what_can_be_taken_no_more_is_late_and_not_offered(relay: Site) -> None:
    relay.write(THIRD, session(3, "2027-03-09", "state: open", "claim_before: 2026-11-23"))
    relay.commit()
    out = relay.compile()
    page = shown(out, "prenez-la-suite")
    assert "Le dernier jour pour la prendre est passé" in text_of(page, "article")
    assert not page.css("article .pc-actions, article pre")
    assert not shown(out, "mooc/renverser").css('.pc-turn a[href*="prenez-la-suite"]')
    assert "En retard" in text_of(shown(out, "mooc/renverser"), ".pc-turn")
    told = text_of(shown(out, "mooc/renverser-session-3"), ".pc-note--open")
    assert "n’a trouvé personne" in told
    assert "vous pouvez" not in told
    # The last day itself is one on which it can be taken.
    relay.write(THIRD, session(3, "2027-03-09", "state: open", "claim_before: 2026-11-24"))
    relay.commit()
    assert shown(relay.compile(), "prenez-la-suite").css("article pre")


@pytest.mark.large
def test_another_community_names_it_otherwise(relay: Site) -> None:
    named = "      relay: {name: Take the baton, address: baton}\n"
    relay.write("mkdocs.yml", FRENCH.replace("language: fr", "language: en") + named)
    relay.commit()
    out = relay.compile()
    page = shown(out, "baton")
    assert text_of(page, "h1") == "Take the baton"
    assert "To take over until" in text_of(page, "article")
    assert (out / "feeds/baton.ics").is_file()
    # Without a forge, the lines are there to be sent.
    assert not page.css("article a.md-button")
    assert len(page.css("pre")) == 1


@pytest.mark.large
@pytest.mark.parametrize(
    ("status", "now"),
    [
        ("status: cancelled", "2026-11-24T09:00:00Z"),
        ("status: postponed", "2026-11-24T09:00:00Z"),
        ("status: confirmed", "2027-03-10T09:00:00Z"),
    ],
)
def test_nobody_is_sought_for_what_is_over_or_called_off(
    relay: Site, status: str, now: str
) -> None:
    """No badge, no button, no line of a page asks for somebody."""
    relay.write(THIRD, session(3, "2027-03-09", "state: open", status))
    relay.commit()
    out = relay.compile(now=now)
    for address in ("mooc/renverser-session-3", "mooc/renverser", "prenez-la-suite"):
        assert "Cherche un animateur" not in compiled_page(out, address).read_text()
    assert not shown(out, "prenez-la-suite").css("article")
    assert not shown(out, "mooc/renverser").css('.pc-turn a[href*="prenez-la-suite"]')


# Feeds


def events(data: bytes) -> dict[str, Any]:
    return {str(one["UID"]): one for one in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def test_open_sessions_have_a_calendar_and_news(compiled: Path) -> None:
    flux = compiled / "flux"
    found = events((flux / "prenez-la-suite.ics").read_bytes())
    assert {uid: str(one["STATUS"]) for uid, one in found.items()} == {
        "renverser-session-3.mooc@petit.example": "TENTATIVE"
    }
    (item,) = feedparser.parse((flux / "prenez-la-suite.rss.xml").read_text()).entries
    assert item.id == "renverser-session-3.mooc@petit.example#sought"
    assert item.title == "À prendre\u00a0: Séance 3"
    # One identity has one state, wherever it stands.
    everywhere = events((flux / "agenda.ics").read_bytes())
    assert {uid.split(".")[0][-1]: str(one["STATUS"]) for uid, one in everywhere.items()} == {
        "1": "CONFIRMED",
        "2": "TENTATIVE",
        "3": "TENTATIVE",
    }
    # Who does not ask for it is told once.
    news = feedparser.parse((flux / "agenda.rss.xml").read_text()).entries
    assert not [one for one in news if "#sought" in one.id]


@pytest.mark.large
def test_an_open_session_that_is_cancelled_is_told_where_it_was_followed(relay: Site) -> None:
    relay.write(THIRD, session(3, "2027-03-09", "state: open", "status: cancelled"))
    relay.commit()
    feed = (relay.compile() / "flux/prenez-la-suite.ics").read_bytes()
    (told,) = events(feed).values()
    assert told["STATUS"] == "CANCELLED"


def test_a_kit_is_a_calendar_of_whole_days_that_take_no_time(compiled: Path) -> None:
    data = (compiled / "mooc/renverser-session-2/kit.ics").read_bytes()
    found = events(data)
    uid = "renverser-session-2.mooc@petit.example"
    assert list(found) == [f"kit-{n}.{uid}" for n in ("21", "7", "1", "0", "after")]
    days = ["2027-01-19", "2027-02-02", "2027-02-08", "2027-02-09", "2027-02-10"]
    assert [one["DTSTART"].dt.isoformat() for one in found.values()] == days
    for one in found.values():
        assert one["DTSTART"].params["VALUE"] == "DATE"
        assert (one["DTEND"].dt - one["DTSTART"].dt).days == 1
        assert (one["TRANSP"], one["STATUS"], one["RELATED-TO"]) == (
            "TRANSPARENT",
            "CONFIRMED",
            uid,
        )
    # A second reader, which knows nothing of the first, reads the same.
    (calendar,) = vobject.readComponents(data.decode())
    assert [str(one.dtstart.value) for one in calendar.vevent_list] == days


@pytest.mark.large
def test_what_is_given_back_is_news_again(relay: Site) -> None:
    """And a kit keeps its identity, whatever hour and leader its session has."""
    relay.commit("2026-10-01T00:00:00Z")
    taken = FILES[SECOND].replace("number: 2", "number: 3").replace("2027-02-09", "2027-03-09")
    relay.write(THIRD, taken.replace("claim_before: 2027-02-02\n", ""))
    relay.commit("2026-10-10T00:00:00Z")
    out = relay.compile()
    assert not events((out / "flux/prenez-la-suite.ics").read_bytes())
    before = events((out / "mooc/renverser-session-3/kit.ics").read_bytes())
    relay.write(THIRD, FILES[THIRD].replace("12:30", "18:00"))
    relay.commit("2026-10-20T00:00:00Z")
    out = relay.compile()
    (item,) = feedparser.parse((out / "flux/prenez-la-suite.rss.xml").read_text()).entries
    assert item.id.endswith("#sought-2")
    assert item.published_parsed[:3] == (2026, 10, 20)
    after = events((out / "mooc/renverser-session-3/kit.ics").read_bytes())
    assert before.keys() == after.keys()
    for uid, one in after.items():
        assert one["SEQUENCE"] > before[uid]["SEQUENCE"]


@pytest.mark.large
def test_a_kit_whose_session_is_called_off_is_cancelled(relay: Site) -> None:
    relay.write(
        SECOND, FILES[SECOND].replace("state: claimed", "state: claimed\nstatus: cancelled")
    )
    relay.commit()
    out = relay.compile()
    found = events((out / "mooc/renverser-session-2/kit.ics").read_bytes())
    assert {str(one["STATUS"]) for one in found.values()} == {"CANCELLED"}


@pytest.mark.large
def test_two_commits_tell_of_a_kit_that_goes(relay: Site, capsys: Capture) -> None:
    """A course that is no relay any more has no kits: whoever runs a session held on to one."""
    relay.commit("2026-11-01T00:00:00Z")
    for name in (FIRST, SECOND, THIRD):
        relay.write(name, re.sub(r"(?m)^(state|claim|claim_before):.*\n", "", FILES[name]))
    relay.commit("2026-11-05T00:00:00Z")
    capsys.readouterr()
    relay.run("diff", "HEAD~1")
    assert "mooc/renverser-session-2/kit.ics" in capsys.readouterr().out


@pytest.mark.large
def test_who_leads_a_session_that_is_deleted_is_told(relay: Site) -> None:
    """The calendar of the organisation that had claimed it learns that it does not take place."""
    relay.commit("2026-10-01T00:00:00Z")
    (relay.root / THIRD).unlink()
    relay.write(
        SECOND,
        FILES[SECOND]
        .replace("cfa-rennes", "cci-normandie")
        .replace("backup: cci-normandie", "backup: cfa-rennes"),
    )
    relay.commit("2026-10-05T00:00:00Z")
    (relay.root / SECOND).unlink()
    relay.commit("2026-10-10T00:00:00Z")
    found = events((relay.compile() / "flux/organisations/cci-normandie.ics").read_bytes())
    assert found["renverser-session-2.mooc@petit.example"]["STATUS"] == "CANCELLED"


@pytest.mark.large
def test_the_open_page_says_so_when_all_is_taken(relay: Site) -> None:
    relay.write(THIRD, session(3, "2027-03-09", "state: confirmed", "hosts: [cci-normandie]"))
    relay.commit()
    out = relay.compile()
    page = shown(out, "prenez-la-suite")
    assert not page.css("article")
    assert "Chaque séance a trouvé quelqu’un" in text_of(page, ".pc-note")
    assert "cherchent encore" not in text_of(page, ".pc-summary")
    assert re.search(r"BEGIN:VTIMEZONE", (out / "flux/prenez-la-suite.ics").read_text())


@pytest.mark.parametrize("cancelled", [True, False], ids=["the only one is off", "none at all"])
def test_the_open_page_says_no_more_than_is_true(relay: Site, cancelled: bool) -> None:
    for path in (FIRST, SECOND, THIRD):
        (relay.root / path).unlink()
    relay.write(f"{FOLDER}/index.md", COURSE.replace("end:", "relay: {takes: 2h}\nend:"))
    if cancelled:
        relay.write(THIRD, session(1, "2027-03-09", "state: open", "status: cancelled"))
    relay.commit()
    page = shown(relay.compile(), "prenez-la-suite")
    assert "Aucune séance ne cherche quelqu’un" in text_of(page, ".pc-note")
    assert "cherchent encore" not in text_of(page, ".pc-summary")


@pytest.mark.browser
def test_a_kit_prints_on_two_sheets_with_nothing_to_press(flagship: Path, browser: Browser) -> None:
    with serving(flagship) as base, closing(browser.new_page()) as page:
        page.emulate_media(media="print")
        page.goto(f"{base}mooc/renverser-la-formation-session-6/kit/")
        expect(page.locator(".pc-step").first).to_be_visible()
        expect(page.locator(".pc-actions")).to_be_hidden()
        # Where to find the page of the session again.
        expect(page.locator(".pc-paper svg")).to_be_visible()
        pdf = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2


def test_a_session_says_which_of_how_many_it_is(compiled: Path) -> None:
    page = shown(compiled, "mooc/renverser-session-2")
    said = [one.text() for one in page.css(".pc-facts :is(dt, dd)")]
    assert said[said.index("Séance") + 1].replace("\u00a0", " ") == "2 sur 3"
