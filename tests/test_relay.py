"""Sessions that are handed on: what their files may say, what is shown of them, and who is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from .conftest import FRENCH, Site

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
        "claim: {lead: cfa-rennes, backup: cci-normandie, on: 2027-01-20, handed_by: session-1}",
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


Capture = pytest.CaptureFixture[str]


def told(site: Site, capsys: Capture) -> list[str]:
    """What check says, without the words: « file:line:column: error[code] »."""
    site.commit()
    capsys.readouterr()
    site.run("check")
    said = "\n".join(capsys.readouterr())
    lines = [line for line in said.splitlines() if "error[" in line or "warning[" in line]
    return [line.partition("]")[0].rpartition("/")[2] + "]" for line in lines]


def test_a_right_relay_is_right(relay: Site, capsys: Capture) -> None:
    assert told(relay, capsys) == []


CLAIM = "claim: {lead: cfa-rennes, backup: cci-normandie, on: 2027-01-20, handed_by: session-1}"

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
    ("a claim without a day", SECOND, ", on: 2027-01-20", "", "8:8: error[missing-key]"),
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
        "on: 2027-01-20",
        "on: 2027-02-03",
        "8:54: error[late-claim]",
    ),
    (
        "claimed after it took place",
        SECOND,
        "claim_before: 2027-02-02\n" + CLAIM,
        CLAIM.replace("2027-01-20", "2027-02-10"),
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
