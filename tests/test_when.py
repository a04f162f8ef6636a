"""A meeting whose day is not known yet: shown as said, in order, and in no calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from parcours.assembly import Compiled
from parcours.model.stage import Stage, stage, to_come
from parcours.tree import content

from .conftest import NOW, Site
from .corpora import compiled


def made(site: Site, meetings: dict[str, str], now: str = NOW) -> Compiled:
    for name, front in meetings.items():
        site.write(f"webinars/{name}.md", f"---\ntitle: Le {name}\n{front}\n---\nTexte.\n")
    return compiled(site.root / "mkdocs.yml", datetime.fromisoformat(now))


def files(done: Compiled) -> dict[str, str]:
    return {str(name): content(leaf).decode(errors="replace") for name, leaf in done.tree}


def test_it_is_shown_as_it_is_said_and_in_no_calendar(site: Site) -> None:
    done = files(
        made(site, {"un": "when: semaine du 3 mars 2027", "deux": "start: 2026-12-03 12:30"})
    )
    page = done["comptoirs/un.md"]
    assert "semaine du 3 mars 2027" in page
    assert "startDate" not in page
    assert "2027-03" not in page
    assert "comptoirs/un.ics" not in done
    assert not [name for name, text in done.items() if name.endswith(".ics") and "Le un" in text]


def test_it_stands_behind_the_last_day_that_it_can_be(site: Site) -> None:
    meetings = {
        "janvier": "start: 2027-01-07 12:30",
        "mars": "when: mars 2027",
        "quatre": "start: 2027-03-04 12:30",
        "avril": "start: 2027-04-01 12:30",
        "printemps": "when: printemps 2027",
        "futur": "undated: future",
    }
    done = made(site, meetings)
    order = [event.id for event in done.community.events]
    assert order == ["janvier", "quatre", "mars", "avril", "printemps", "futur"]
    agenda = files(done)["agenda.md"]
    listed = re.findall(r'<h3 class="pc-item__title"><a [^>]+>Le (\w+)</a>', agenda)
    assert listed == order
    months = re.findall(r"<h2>([^<]+)</h2><ul class=\"pc-items", agenda)
    assert months == ["janvier 2027", "mars 2027", "avril 2027", "juin 2027", "Sans date"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-02-01T00:00:00Z", Stage.UPCOMING),
        # In March, and up to its last midnight in Paris, nobody can say that it is over.
        ("2027-03-15T00:00:00Z", Stage.UPCOMING),
        ("2027-03-31T21:59:59Z", Stage.UPCOMING),
        ("2027-03-31T22:00:00Z", Stage.PAST),
    ],
)
def test_it_is_to_come_until_its_days_are_over(site: Site, now: str, expected: Stage) -> None:
    done = made(site, {"un": "when: mars 2027"}, now)
    (event,) = done.community.events
    instant = datetime.fromisoformat(now)
    assert stage(event, instant) is expected
    assert to_come(event, instant) is (expected is Stage.UPCOMING)
    listed = "Le un" in files(done)["agenda.md"]
    assert listed is (expected is Stage.UPCOMING)


def test_what_is_put_off_to_some_days_says_so(site: Site) -> None:
    done = made(site, {"un": "when: printemps 2027\nstatus: postponed"})
    (event,) = done.community.events
    assert stage(event, datetime(2026, 11, 24, tzinfo=UTC)) is Stage.POSTPONED
    assert "printemps 2027" in files(done)["comptoirs/un.md"]


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("when: bientôt", "3:7: error[bad-when]"),
        ("when: hiver 2027", "3:7: error[bad-when]"),
        ("when: 2026-12-03 12:30", "3:7: error[exact-when]"),
        ("start: 2026-12-03 12:30\nwhen: mars 2027", "4:7: error[dated-and-undated]"),
        ("undated: future\nwhen: mars 2027", "4:7: error[dated-and-undated]"),
        ("start: 2026-12-03 12:30\nundated: future", "4:10: error[dated-and-undated]"),
        ("when: mars 2027\nend: 2027-03-20", "3:7: error[dated-and-undated]"),
        ("end: 2027-03-20 17:00\nundated: future", "4:10: error[dated-and-undated]"),
        ("when: mars 2027\nrepeat: chaque jeudi", "3:7: error[dated-and-undated]"),
        ("repeat: chaque jeudi\nundated: future", "4:10: error[dated-and-undated]"),
        ("when: mars 2027\nalso: [2027-03-04]", "3:7: error[dated-and-undated]"),
        ("status: postponed\nrepeat: chaque jeudi", "2:8: error[no-date]"),
        ("status: postponed\nalso: [2027-03-04]", "2:8: error[no-date]"),
        ("when: mars 2077", "3:7: warning[far-date]"),
        ("start: mars 2027", "3:8: error[bad-moment]"),
        ("when: semaine du lundi 3 mars 2027", "3:7: error[weekday-unlike-date]"),
        ("start: semaine du 3 mars 2027", "3:8: error[bad-moment]"),
    ],
)
def test_what_contradicts_itself_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], front: str, told: str
) -> None:
    site.write("webinars/un.md", f"---\ntitle: Un\n{front}\n---\nTexte.\n")
    site.run("check", "--lang", "en")
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "un.md:" in one]
    assert line.startswith(f"webinars/un.md:{told}")
    if "bad-moment" in told:
        assert f"write « when: {front.removeprefix('start: ')} »" in line


@pytest.mark.parametrize(
    ("said", "better"),
    [
        ("hiver 2027", ["when: hiver 2026-2027", "when: hiver 2027-2028"]),
        ("winter of 2027", ["when: winter 2026-2027", "when: winter 2027-2028"]),
        ("rentrée 2027", ["when: septembre 2027", "when: début septembre 2027"]),
        ("fin d’année 2027", ["when: 4e trimestre 2027", "when: décembre 2027"]),
        ("courant 2027", ["when: 2027"]),
        ("vers le 6 mars 2027", ["when: semaine du 6 mars 2027"]),
        (
            "du 3 au 12 mars 2027",
            ["start: 2027-03-03", "end: 2027-03-12", "when: mars 2027"],
        ),
        (
            "28 March to 2 April 2027",
            ["start: 2027-03-28", "end: 2027-04-02", "when: March-April 2027"],
        ),
        (
            "week-end du 6 mars 2027",
            ["start: 2027-03-06", "end: 2027-03-07", "when: semaine du 6 mars 2027"],
        ),
        ("bientôt", ["undated: future", "when: 2027"]),
    ],
)
def test_days_that_are_not_exact_are_told_with_what_fits(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, better: list[str]
) -> None:
    def lines() -> list[str]:
        site.run("check", "--lang", "en")
        told = capsys.readouterr().out.splitlines()
        return [one for one in told if "un.md:" in one and "error" in one]

    def write(*front: str) -> None:
        site.write("webinars/un.md", "---\ntitle: Un\n{}\n---\nUn.\n".format("\n".join(front)))

    write(f"when: {said}")
    (line,) = lines()
    assert re.findall("« ([a-z]+: [^»]+) »", line) == better
    # All that is proposed is taken.
    for one in better:
        is_exact = one.startswith(("start", "end"))
        write(*better[:2], "exception: sur place") if is_exact else write(one)
        assert lines() == []


@pytest.mark.parametrize("key", ["when: mars 2027", "undated: future"])
def test_dates_from_a_day_on_have_the_days_of_their_rule(
    site: Site, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    front = "start: 2026-12-03 12:30\nrepeat: every week\n"
    front += f"later: [{{from: 2027-01-07, {key}}}]"
    site.write("webinars/un.md", f"---\ntitle: Un\n{front}\n---\nUn.\n")
    site.run("check", "--lang", "en")
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "un.md:" in one]
    assert line.startswith("webinars/un.md:5:28: error[unknown-key]")
    assert "write « repeat: » here" in line
