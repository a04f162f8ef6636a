"""Whoever takes a consent back leaves at once: one act, no trace, and nothing that holds it up."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from parcours.model.fields import is_no_consent

from .conftest import Site
from .test_exchange import traces

WHO = "content/data/people/marie-dupont.yml"
PERSON = "name: Marie Dupont\nrole: Facilitatrice\nconsent: accord écrit du 3 mars 2025\n"
WORDS = (b"Marie", b"Dupont", b"marie-dupont")
Lines = Callable[[], list[str]]


@pytest.fixture
def named(site: Site) -> Site:
    """A site where past and coming meetings of all sorts, and news, name one person."""
    site.write(WHO, PERSON)
    for number in range(12):
        day = f"start: {date(2026, 1, 8) + timedelta(weeks=number)} 12:30\n"
        speakers = f"speakers: [marie-dupont]\n{day}"
        site.write(f"webinars/c{number}.md", f"---\ntitle: Sujet {number}\n{speakers}---\nTexte.\n")
    coming = "start: 2026-12-03 12:30\nspeakers: [marie-dupont]\n"
    site.write("webinars/bientot.md", f"---\ntitle: Bientôt\n{coming}---\nTexte.\n")
    site.write("content/data/organisations/cfa.yml", "name: CFA Exemple\n")
    site.write("content/mooc/m/index.md", "---\ntitle: Le Mooc\n---\nTexte.\n")
    session = "number: 1\nstate: confirmed\nstart: 2026-12-04 12:30\nspeakers: [marie-dupont]\n"
    site.write("content/mooc/m/s1.md", f"---\ntitle: Une séance\n{session}---\nTexte.\n")
    post = "title: Une nouvelle\ndate: 2026-03-01\nauthors: [marie-dupont]\n"
    site.write("content/actualites/n.md", f"---\n{post}---\nTexte.\n")
    trip = "title: Un voyage\nstart: 2026-05-04\nend: 2026-05-05\n"
    site.write("voyages/v.md", f"---\n{trip}---\nTexte.\n")
    site.commit("2026-06-01T00:00:00Z")
    return site


def told(lines: list[str], file: str = "") -> list[str]:
    return [line for line in lines if file in line and "git" not in line.partition(":")[2]]


def withdrawn(site: Site) -> None:
    site.write(WHO, PERSON.replace("accord écrit du 3 mars 2025", "retiré le 20 novembre 2026"))
    site.commit("2026-11-20T00:00:00Z")


def deleted(site: Site) -> None:
    (site.root / WHO).unlink()
    site.commit("2026-11-20T00:00:00Z")


def not_yet_committed(site: Site) -> None:
    (site.root / WHO).unlink()


def made_a_role(site: Site) -> None:
    """The file is moved as it was, then its name is taken out of it."""
    site.git("mv", WHO, "content/data/people/facilitatrice.yml")
    site.commit("2026-11-19T00:00:00Z")
    role = "name: Facilitatrice\nconsent: rôle sans nom\n"
    site.write("content/data/people/facilitatrice.yml", role)
    site.commit("2026-11-20T00:00:00Z")


WAYS = (withdrawn, deleted, not_yet_committed, made_a_role)


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("leave", WAYS, ids=lambda way: str(way.__name__))
def test_one_act_leaves_no_trace(named: Site, lines: Lines, leave: Callable[[Site], None]) -> None:
    assert traces(named.build(), *WORDS) != []
    leave(named)
    lines()
    assert named.run("check") == 0, lines()
    assert traces(named.build(), *WORDS) == []


@pytest.mark.parametrize("leave", WAYS, ids=lambda way: str(way.__name__))
def test_what_names_her_is_told_where_it_does(
    named: Site, lines: Lines, leave: Callable[[Site], None]
) -> None:
    leave(named)
    lines()
    assert named.run("check") == 0
    printed = lines()
    assert told(printed, "webinars/c3.md")[0].startswith(
        "webinars/c3.md:3:12: warning[person-left]"
    )
    assert "content/mooc/m/s1.md:6:12: warning[person-left]" in "\n".join(printed)
    assert "content/actualites/n.md:4:11: warning[person-left]" in "\n".join(printed)
    assert not any("error[" in line for line in printed)


def entry(folder: Path, title: str) -> str:
    text = (folder / "comptoirs.ics").read_text(encoding="utf-8")
    found = (one for one in text.split("BEGIN:VEVENT") if f"SUMMARY:{title}\r\n" in one)
    return next(found)


@pytest.mark.large
@pytest.mark.parametrize("leave", [withdrawn, deleted, made_a_role], ids=lambda way: way.__name__)
def test_calendars_hear_of_it(named: Site, leave: Callable[[Site], None]) -> None:
    """A client takes an entry anew where SEQUENCE rises: else her name stays with subscribers."""

    def state() -> tuple[str, int]:
        out = named.feeds()
        found = next(one for one in sorted(out.rglob("*.ics")) if b"Bient" in one.read_bytes())
        text = found.read_text(encoding="utf-8").replace("\r\n ", "")
        one = next(part for part in text.split("BEGIN:VEVENT") if "SUMMARY:Bient" in part)
        (sequence,) = re.findall(r"SEQUENCE:(\d+)", one)
        return one, int(sequence)

    before, first = state()
    assert "Marie Dupont" in before
    leave(named)
    after, second = state()
    assert "Marie" not in after
    assert second > first


def test_a_person_who_never_was_is_an_error(named: Site, lines: Lines) -> None:
    text = "---\ntitle: Autre\nstart: 2026-12-10 12:30\nspeakers: [marie-dupond]\n---\nTexte.\n"
    named.write("webinars/autre.md", text)
    assert named.run("check") == 1
    assert "webinars/autre.md:4:12: error[unknown-reference]" in "\n".join(lines())


def shallow(site: Site, folder: Path) -> Site:
    """A clone that has the end of the history alone."""
    site.git("clone", "-q", "--depth", "1", f"file://{site.root}", str(folder))
    return Site(folder)


def of_unknown(lines: list[str]) -> list[str]:
    """What is told of ids that nothing declares, each in two lines."""
    text = "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ")
    return re.findall(r"^\S+: \w+\[unknown-reference\](?:.|\n(?!\S))*", text, re.MULTILINE)


@pytest.mark.large
def test_a_clone_without_its_beginning_holds_nothing_up(
    named: Site, lines: Lines, tmp_path: Path
) -> None:
    """It cannot know who left: it warns, and asks for the history, never for a new file."""
    deleted(named)
    clone = shallow(named, tmp_path / "clone")
    lines()
    assert clone.run("check") == 0
    found = of_unknown(lines())
    assert len(found) == 15  # as many as name her
    assert all("warning[" in one and "git fetch --unshallow" in one for one in found), found
    assert not any("déclarez-la dans" in one for one in found)
    clone.git("fetch", "-q", "--unshallow")
    lines()
    assert clone.run("check") == 0
    printed = lines()
    assert of_unknown(printed) == []
    assert sum("warning[person-left]" in line for line in printed) == 15


@pytest.mark.large
def test_a_clone_without_its_beginning_proposes_who_is_alike(
    named: Site, lines: Lines, tmp_path: Path
) -> None:
    text = "---\ntitle: Autre\nstart: 2026-12-10 12:30\nspeakers: [marie-dupond]\n---\nTexte.\n"
    named.write("webinars/autre.md", text)
    named.commit("2026-11-20T00:00:00Z")
    clone = shallow(named, tmp_path / "clone")
    lines()
    assert clone.run("check") == 0
    (found,) = of_unknown(lines())
    assert "« marie-dupont »" in found
    assert "git fetch --unshallow" in found
    clone.git("fetch", "-q", "--unshallow")
    assert clone.run("check") == 1


def test_without_a_history_whoever_may_have_left_is_not_declared_at_once(
    named: Site, lines: Lines
) -> None:
    """Nothing will ever tell: it stays an error, whose first mend keeps the person out."""
    deleted(named)
    shutil.rmtree(named.root / ".git")
    lines()
    assert named.run("check") == 1
    found = of_unknown(lines())
    assert found
    assert all("error[" in one and "est partie, ôtez cet identifiant" in one for one in found)


@pytest.mark.large
@pytest.mark.parametrize("leave", [withdrawn, deleted], ids=lambda way: str(way.__name__))
def test_a_text_that_still_names_her_is_told(
    named: Site, lines: Lines, leave: Callable[[Site], None]
) -> None:
    body = "---\ntitle: Sujet\nstart: 2026-12-10 12:30\n---\nUn mot.\nAvec Marie DUPONT, à table.\n"
    named.write("webinars/avec.md", body)
    named.write("content/page.md", "# Une page\n\nMerci à Marie Dupont !\n")
    named.run("check")
    assert not any("still-named" in line for line in lines())
    leave(named)
    lines()
    assert named.run("check") == 0
    found = [line for line in lines() if "[still-named]" in line]
    assert [line.partition(": ")[0] for line in found] == [
        "content/page.md:3:9",
        "webinars/avec.md:6:6",
    ]


@pytest.mark.large
def test_the_configuration_may_name_her_too(named: Site, lines: Lines) -> None:
    """A list of those withdrawn is where meetings are taken away: a person may be named there."""
    config = (named.root / "mkdocs.yml").read_text(encoding="utf-8")
    for name in ("personnes/marie-dupont", "people/marie-dupont"):
        named.write(
            "mkdocs.yml", config.replace("      coll", f"      withdrawn: {name}\n      coll")
        )
        named.write(WHO, PERSON)
        lines()
        assert named.run("check") == 1
        assert any("error[withdrawn-published]" in line and WHO in line for line in lines())
        (named.root / WHO).unlink()
        assert named.run("check") == 0


@pytest.mark.large
def test_a_comparison_does_not_hold_her_back(
    named: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    deleted(named)
    capsys.readouterr()
    assert named.run("diff", "HEAD~1", "HEAD") == 0, capsys.readouterr()


@pytest.mark.large
def test_a_photograph_that_somebody_takes_back_is_left_out(site: Site, lines: Lines) -> None:
    site.write("voyages/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    head = "title: Un voyage\nstart: 2026-05-04\nend: 2026-05-05\n"
    photographs = "photographs:\n  - {src: a.svg, alt: Marie au four, consent: retiré en juin}\n"
    site.write("voyages/v.md", f"---\n{head}{photographs}---\nTexte.\n")
    assert site.run("check") == 0
    printed = lines()
    assert any("voyages/v.md:6:47: warning[no-consent]" in line for line in printed), printed
    assert traces(site.compile(), b"Marie") == []
    assert not list(site.compile().rglob("a*.svg"))


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("retiré le 20 novembre 2026", True),
        ("Elle a retiré son accord en juin", True),
        ("n'est plus d'accord", True),
        ("withdrawn on 3 March", True),
        ("no longer", True),
        ("non", True),
        ("Non.", True),
        ("?", True),
        ("à demander", True),
        ("accord écrit du 3 mars 2026", False),
        ("accord écrit, qu’elle peut retirer quand elle veut", False),
        ("oral, le 2 juin ; droit de retrait dit", False),
        ("rôle sans nom", False),
        ("Noël 2025, par écrit", False),
    ],
)
def test_words_that_are_no_consent(text: str, refuses: bool) -> None:
    assert is_no_consent(text) is refuses
