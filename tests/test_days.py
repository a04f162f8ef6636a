"""A day of a meeting or of a trip: its number, or its date, which is the same day."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from parcours.diffing.side import Said, said_of
from parcours.model import schema
from parcours.model.days import parse_day_of
from parcours.model.programme import items_of
from parcours.model.values import DAY_FIRST, PAST, ValueRefused
from parcours.sources.tidying import mended
from parcours.tree import content

from .conftest import FRENCH, NOW, Site
from .corpora import compiled

FIRST, LAST = date(2026, 5, 19), date(2026, 5, 21)

# The value


@pytest.mark.parametrize(
    "text",
    [
        *("2", " 2 ", "2026-05-20", "20/05/2026", "20 mai 2026", "mercredi 20 mai 2026"),
        *("20 mai", "le 20 mai", "mercredi 20 mai", "le mercredi 20 mai", "mer. 20 mai 2026"),
        *("20 May", "Wednesday 20 May", "May 20", "Wednesday, May 20, 2026", "20\u00a0mai"),
    ],
)
def test_a_number_and_a_date_are_one_day(text: str) -> None:
    assert parse_day_of(text).counted(FIRST, LAST) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((one, "bad-value") for one in ("", "-1", "mercredi", "jour 2", "20/05", "demain")),
        *(("20 mai ou 21 mai", "bad-value"), ("1.5", "bad-value"), ("30 février 2026", "bad-date")),
        *(("30 février", "bad-date"), ("2026-05-20 9:00", "day-with-hour")),
        ("mardi 20 mai 2026", "weekday-unlike-date"),
        ("Tuesday May 20, 2026", "weekday-unlike-date"),
        ("20 mai 1815", "year-range"),
    ],
)
def test_what_is_neither_is_refused(text: str, code: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_day_of(text)
    assert refused.value.code == code


def test_a_date_is_the_day_that_is_meant() -> None:
    def counted(text: str, first: date = FIRST, last: date = LAST) -> int | None:
        return parse_day_of(text).counted(first, last)

    winter = (date(2026, 12, 30), date(2027, 1, 2))
    assert [counted(one, *winter) for one in ("31 décembre", "1er janvier")] == [2, 3]
    assert [counted(one) for one in ("18 mai", "22 mai", "2025-05-20")] == [0, 4, -363]
    assert parse_day_of("20 mai").counted(None, None) is None
    assert parse_day_of("9").counted(None, None) == 9
    for text, span, code in (
        ("mardi 20 mai", (FIRST, LAST), "weekday-unlike-date"),
        ("29 février", (FIRST, LAST), "bad-date"),
        ("20 mai", (date(2026, 5, 1), date(2027, 5, 31)), "date-without-year"),
    ):
        with pytest.raises(ValueRefused) as refused:
            counted(text, *span)
        assert refused.value.code == code


def test_what_history_holds_is_read_as_nobody_checked_it() -> None:
    assert parse_day_of("mardi 20 mai 2026", style=PAST).on is not None


# On a site

PROGRAMME = """\
programme:
  - {day: 1, at: "9:00", title: Accueil}
  - {day: 2, at: "10:00", title: Atelier, id: chez-nous}
  - {at: "11:00", title: Suite}
"""
STOPS = """\
stops:
  - {id: gare, title: Gare, day: 1, start: "9:00", end: "10:00"}
  - {id: ferme, title: Ferme, day: 2, start: "10:00"}
  - {id: port, title: Port, day: 3, by: {mode: walk}}
"""
TRIP = "---\ntitle: Trois jours\nstart: 2027-05-18\nend: 2027-05-20\n"
MEETING = TRIP.replace("2027-05-18", "2026-05-19 9:00").replace("2027-05-20", "2026-05-20 18:00")
DATED = {
    "day: 1": "day: mardi 18 mai 2027",
    "day: 2": "day: 19 mai",
    "day: 3": "day: 2027-05-20",
}


def dated(text: str) -> str:
    for number, day in DATED.items():
        text = text.replace(number, day)
    return text


def held(site: Site, trip: str, meeting: str) -> Site:
    site.write("mkdocs.yml", FRENCH + "        rencontres: {kind: meeting, folder: meetings}\n")
    site.write("voyages/trois.md", f"{TRIP}{trip}---\nTexte.\n")
    site.write("meetings/deux.md", f"{MEETING}{meeting}---\nTexte.\n")
    site.commit("2026-10-01T00:00:00Z")
    return site


def made(site: Site) -> tuple[list[Said], dict[str, bytes]]:
    """What `parcours diff` compares of each event, and all that is published."""
    found = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False)
    said = [said_of(event) for event in found.community.events]
    return said, {name: content(leaf) for name, leaf in found.tree}


@pytest.mark.large
def test_no_identity_and_no_address_is_another_where_the_date_is_written(
    site: Site, tmp_path: Path
) -> None:
    other = Site(Path(shutil.copytree(site.root, tmp_path / "other")))
    spoken = PROGRAMME.replace("day: 1", "day: mardi 19 mai").replace("day: 2", "day: 2026-05-20")
    numbers = made(held(site, STOPS + PROGRAMME, PROGRAMME))
    dates = made(held(other, dated(STOPS + PROGRAMME), spoken))
    assert dates == numbers
    _, tree = numbers
    assert b"ferme.trois" in tree["voyages/trois.ics"]
    assert b'id="programme-suite"' in tree["rencontres/deux.md"]


def test_an_item_without_a_day_stays_on_the_date_above(site: Site) -> None:
    held(site, "", PROGRAMME.replace("day: 2", "day: 20 mai"))
    events = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False).community
    (deux,) = (one for one in events.events if one.id == "deux")
    assert [(one.number, one.id) for one in items_of(deux)] == [
        *((1, "accueil"), (2, "chez-nous"), (2, "suite")),
    ]


NIGHT = "title: Un\nstart: 2027-05-18\nend: 2027-05-19\n"
ITEM = 'programme:\n  - {{day: {}, at: "9:00", title: Un mot}}\n'
STOP = "stops:\n  - {{day: {}, id: gare, title: Gare}}\n"
UNDATED = "title: Un\nundated: future\n"
WHEN = "title: Un\nwhen: printemps 2027\n"

WRONG = [
    # what is written, the day, place and code, what is said
    (
        NIGHT + ITEM,
        "2027-05-20",
        "6:11: error[day-outside]",
        "qui vont du 2027-05-18 au 2027-05-19",
    ),
    (
        NIGHT + ITEM,
        "lundi 17 mai",
        "6:11: error[day-outside]",
        "« Un mot » : lundi 17 mai est hors",
    ),
    (NIGHT + STOP, "20 mai 2027", "6:11: error[day-outside]", "« gare » : 20 mai 2027 est hors"),
    (NIGHT + STOP, "2026-05-18", "6:11: error[day-outside]", "du 2027-05-18 au 2027-05-19"),
    (NIGHT + ITEM, "lundi 18 mai", "6:11: error[weekday-unlike-date]", "mardi"),
    (NIGHT + ITEM, "lundi 18 mai 2027", "6:11: error[weekday-unlike-date]", "mardi"),
    (NIGHT + STOP, "lundi 18 mai", "6:11: error[weekday-unlike-date]", "mardi"),
    (NIGHT + STOP, "30 février", "6:11: error[bad-date]", "30 février"),
    (NIGHT + ITEM, "3", "6:11: error[item-day]", "jour 3"),
    (NIGHT + STOP, "3", "6:11: error[stop-outside-trip]", "jour 3"),
    (NIGHT + STOP, "mercredi", "6:11: error[bad-value]", "écrivez « day: 2 »"),
    (UNDATED + ITEM, "18 mai 2027", "5:11: error[day-without-date]", "le numéro du jour"),
    (WHEN + ITEM, "18 mai", "5:11: error[day-without-date]", "le numéro du jour"),
    (UNDATED + STOP, "18 mai 2027", "5:11: error[day-without-date]", "le numéro du jour"),
    (
        "title: Un\nstart: 2027-04-01\nend: 2028-04-30\n" + STOP,
        "2 avril",
        "6:11: error[date-without-year]",
        "2027-04-02, 2028-04-02",
    ),
    # One fault, one line: what only a wrong date of the whole has led to is not told.
    ("title: Un\nstart: bientôt\n" + STOP, "18 mai", "3:8: error[bad-moment]", "bientôt"),
]


@pytest.mark.parametrize(("text", "day", "place", "said"), WRONG)
def test_a_day_that_is_none_of_its_dates_is_told(
    site: Site, lines: Callable[[], list[str]], text: str, day: str, place: str, said: str
) -> None:
    site.write("voyages/un.md", f"---\n{text.format(day)}---\nTexte.\n")
    site.commit()
    assert site.run("check") == 1
    (line,) = lines()
    plain = re.sub("[\u00a0\u202f]", " ", line)
    assert plain.startswith(f"voyages/un.md:{place}")
    assert said in plain


def series(more: str) -> str:
    text = "---\ntitle: Un\nstart: 2027-05-18 9:00\nend: 2027-05-19 18:00\n"
    return f"{text}repeat: {{every: month, count: 3}}\n{more}---\nTexte.\n"


TEN = 'programme: [{day: "19 mai", at: "10:00", title: Un mot}]\n'


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (TEN, ["6:19: error[day-of-series]"]),
        (TEN.replace("19 mai", "2030-01-01"), ["6:19: error[day-of-series]"]),
        (TEN.replace('"19 mai"', "2"), []),
        (f"later:\n  - from: 2027-06-01\n    {TEN}", ["8:23: error[day-of-series]"]),
        # What is said of one date alone has one date, and is within that.
        (f"dates:\n  2027-06-18:\n    {TEN.replace('19 mai', '19 juin')}", []),
        (f"dates:\n  2027-06-18:\n    {TEN}", ["8:23: error[day-outside]"]),
    ],
)
def test_a_date_in_the_programme_of_a_series_is_refused(
    site: Site, lines: Callable[[], list[str]], more: str, told: list[str]
) -> None:
    site.write("mkdocs.yml", FRENCH + "        rencontres: {kind: meeting, folder: meetings}\n")
    site.write("meetings/un.md", series(more))
    site.commit()
    site.run("check")
    found = [line for line in lines() if line.startswith("meetings/un.md")]
    assert [line.removeprefix("meetings/un.md:").partition("]")[0] + "]" for line in found] == told


@pytest.mark.parametrize(
    "front",
    [dated(STOPS), dated(PROGRAMME), PROGRAMME.replace("day: 2", "day: mercredi 19 mai 2027")],
)
def test_what_is_set_right_leaves_a_day_as_it_is_written(front: str) -> None:
    text = f"{TRIP}{front}---\nTexte.\n"
    assert mended(text, "voyages/a.md", schema.TripRecord, DAY_FIRST, "fr") == text


def test_an_item_under_another_title_is_known_on_its_date(
    site: Site, lines: Callable[[], list[str]]
) -> None:
    site.write(
        "content/data/people/formateur.yml", "name: Une formatrice\nconsent: à l’oral, le 3 mars\n"
    )
    item = 'programme: [{{day: {}, at: "9:00", title: {}, speakers: formateur}}]\n'
    site.write("voyages/un.md", f"{TRIP}{item.format(2, 'Atelier')}---\nTexte.\n")
    site.commit("2026-10-01T00:00:00Z")
    site.write("voyages/un.md", f"{TRIP}{item.format('19 mai', 'Autre')}---\nTexte.\n")
    site.run("check")
    assert [line.partition(": ")[2][:18] for line in lines()] == ["warning[lost-item]"]


def test_a_stop_on_a_date_that_was_seen_is_cancelled(site: Site) -> None:
    held(site, dated(STOPS), "")
    held(site, STOPS.replace("- {id: ferme", "- {id: autre").replace("Ferme", "Autre"), "")
    site.commit("2026-11-05T00:00:00Z")
    calendar = (site.feeds() / "voyages/trois.ics").read_text()
    (entry,) = (one for one in calendar.split("BEGIN:VEVENT") if "UID:ferme." in one)
    assert "STATUS:CANCELLED" in entry
    assert "20270519T100000" in entry
