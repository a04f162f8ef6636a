"""A meeting that is held again and again: its dates, in pages, calendars and news."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from parcours.model.community import Event
from parcours.model.schema import WebinarRecord
from parcours.model.series import Unrolled, idle_keys, unroll
from parcours.model.stage import Stage, current, stage
from parcours.tree import content

from .conftest import REGIONS, Site, compiled_page, french
from .corpora import compiled
from .occurrences import READERS, by_icaljs, expected
from .readers import icaljs, libical
from .reading import meetings_in
from .recurring import FEW, FIRST, LAST, MANY, series_at_random

NOW = "2026-06-01T09:00:00Z"
CONFIG = REGIONS.replace(", weekday: thursday", "")

MONTHLY = """\
---
title: Atelier du mois
start: 2026-01-08 12:30
duration: 1h
repeat: {every: month, on: second thursday, until: 2026-12-31}
except: [2026-08-13]
also: [2026-09-17 14:00]
dates:
  2026-03-12: {start: 2026-03-19 14:00, place: cci-caen}
  2026-05-14: {status: cancelled}
  2026-06-11: {title: Retour d’expérience}
later:
  - {from: 2026-10-01, start: "14:00"}
---
On se retrouve.
"""


@pytest.fixture
def of_months(tmp_path: Path) -> Site:
    """A site whose one meeting is held each month."""
    made = french(tmp_path / "site", CONFIG)
    made.write("content/data/places/cci-caen.yml", "name: CCI Caen\nterritory: normandie\n")
    made.write("content/data/places/saint-denis.yml", "name: Saint-Denis\nterritory: la-reunion\n")
    made.write("webinars/atelier.md", MONTHLY)
    return made


def unrolled(last: str = "2027-06-01", /, **keys: object) -> Unrolled:
    """The dates of a series by what its source says."""
    said = {"title": "x", **keys}
    said["except"] = said.pop("left", [])
    return unroll(WebinarRecord.model_validate(said), date.fromisoformat(last))


def starts(**keys: object) -> list[str]:
    """When its dates begin; without the years of 2026."""
    found = unrolled(**keys)
    assert found.faults == ()
    return [str(one.start).removeprefix("2026-") for one in found.slots]


def test_a_rule_gives_dates() -> None:
    monthly = {"every": "month", "on": "second thursday", "until": "2026-04-30"}
    assert starts(start="2026-01-08 12:30", repeat=monthly) == [
        *("01-08 12:30", "02-12 12:30", "03-12 12:30", "04-09 12:30")
    ]


def test_dates_are_left_out_added_and_moved() -> None:
    found = starts(
        start="2026-01-08",
        repeat={"every": "week", "count": "5"},
        left=["2026-01-15"],
        also=["2026-01-17"],
        dates={"2026-01-22": {"start": "2026-01-23"}},
    )
    assert found == ["01-08", "01-17", "01-23", "01-29", "02-05"]


def test_what_changes_from_a_day_on_stays_in_step() -> None:
    """Each second week, of those that were begun with."""
    found = starts(
        start="2026-01-08 12:30",
        repeat={"every": "2 weeks", "count": "5"},
        later=[{"from": "2026-02-01", "start": "14:00"}],
    )
    assert found == ["01-08 12:30", "01-22 12:30", "02-05 14:00", "02-19 14:00", "03-05 14:00"]


def test_another_rule_may_hold_from_a_day_on() -> None:
    later = {"from": "2026-01-20", "repeat": {"every": "week", "on": "tuesday", "count": "2"}}
    found = starts(start="2026-01-08 12:30", repeat={"every": "week"}, later=[later])
    assert found == ["01-08 12:30", "01-15 12:30", "01-20 12:30", "01-27 12:30"]


@pytest.mark.parametrize(
    ("repeat", "found"),
    [
        ("chaque mardi à 18 h, 3 fois", ["01-20 18:00", "01-27 18:00", "02-03 18:00"]),
        (
            {"every": "week", "on": "tuesday", "at": "18:00", "count": "2"},
            ["01-20 18:00", "01-27 18:00"],
        ),
        (
            "chaque mardi à 9 h et 18 h, 3 fois",
            ["01-20 09:00", "01-20 18:00", "01-27 09:00"],
        ),
        (
            "chaque mardi à 18 h, 4 fois, sauf le 27 janvier ; le 3 février passe au 4",
            ["01-20 18:00", "02-04 18:00", "02-10 18:00"],
        ),
    ],
)
def test_what_a_later_rule_says_of_hours_and_days_holds(repeat: object, found: list[str]) -> None:
    later = {"from": "2026-01-19", "repeat": repeat}
    said = starts(start="2026-01-08 12:30", repeat="chaque jeudi", later=[later])
    assert said == ["01-08 12:30", "01-15 12:30", *found]


def test_what_a_later_rule_says_of_a_day_before_it_is_told_there() -> None:
    later = {"from": "2026-01-19", "repeat": "chaque jeudi, 4 fois, sauf le 15 janvier"}
    (fault,) = unrolled(start="2026-01-08 12:30", repeat="chaque jeudi", later=[later]).faults
    assert (fault.code, fault.path) == ("date-off-series", ("later", 0, "repeat"))


TWICE = "chaque jeudi à 9 h et 17 h"


@pytest.mark.parametrize(
    ("repeat", "later", "told"),
    [
        # One hour says nothing of several.
        (TWICE, {"start": "10:00"}, ("repeat-hour", True)),
        (TWICE, {"start": "9:00"}, ("repeat-hour", True)),
        ({"every": "week", "at": ["9:00", "17:00"]}, {"start": "10:00"}, ("repeat-hour", True)),
        ("FREQ=WEEKLY;BYHOUR=9,17", {"start": "10:00"}, ("repeat-hour", True)),
        (TWICE, {"start": "2026-01-22 17:00"}, ("repeat-hour", True)),
        # A day that the rule does not give.
        ("chaque jeudi", {"start": "2026-01-27 14:00"}, ("start-off-rule", True)),
        ("chaque jeudi", {"start": "2026-01-29 14:00"}, ("start-off-rule", True)),
        (TWICE, {"start": "2026-01-27 09:00"}, ("start-off-rule", True)),
        (
            "chaque jeudi",
            {"start": "2026-01-28 14:00", "repeat": "chaque mardi"},
            ("start-off-rule", False),
        ),
        (
            "chaque jeudi",
            {"start": "2026-01-20 14:00", "repeat": "chaque mardi"},
            ("start-off-rule", False),
        ),
        # Its first day, and its first hour, are no other.
        ("chaque jeudi", {"start": "2026-01-22 14:00"}, None),
        (TWICE, {"start": "2026-01-22 09:00"}, None),
        ("chaque jeudi", {"start": "14:00"}, None),
        ("chaque jeudi", {"start": "2026-01-27 14:00", "repeat": "chaque mardi"}, None),
    ],
)
def test_what_a_later_start_says_is_heard_or_refused(
    repeat: object, later: dict[str, object], told: tuple[str, bool] | None
) -> None:
    later = {"from": "2026-01-21", **later}
    faults = unrolled(start="2026-01-08 09:00", repeat=repeat, later=[later]).faults
    where = ("later", 0, "start")
    found = [(one.code, one.path, one.mend is not None) for one in faults]
    assert found == ([(told[0], where, told[1])] if told else [])


BUT, REPEAT = "chaque jeudi, sauf le 15 janvier", ("repeat",)
MOVE = "chaque jeudi ; le 15 janvier passe au 16"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2027-01-16", "2026-01-16"),
        ("2027-01-16 14:00", "2026-01-16"),
        ("2025-01-16", "2026-01-16"),
        ("2062-02-03", "2026-02-03"),
        ("2026-12-20", "2025-12-20"),
        ("2026-09-20", ""),
        ("2026-07-10", None),
        ("2026-01-16", None),
        ("14:00", None),
    ],
)
def test_a_date_that_is_moved_by_more_than_half_a_year_is_told_with_the_near_one(
    said: str, told: str | None
) -> None:
    dates = {"2026-01-15": {"start": said}}
    repeat = {"every": "week", "until": "2026-03-01"}
    faults = unrolled(start="2026-01-08 12:30", repeat=repeat, dates=dates).faults
    where = ("dates", "2026-01-15", "start")
    found = [(one.code, one.path, one.severity, one.mend is None) for one in faults]
    assert found == ([] if told is None else [("far-move", where, "warning", bool(told))])
    assert not told or str(faults[0].params["better"]) == told


def test_a_sentence_that_moves_a_date_too_far_is_told() -> None:
    repeat = "chaque jeudi, jusqu’au 5 mars ; le 15 janvier passe au 16 janvier 2027"
    (fault,) = unrolled(start="2026-01-08 12:30", repeat=repeat).faults
    assert (fault.code, fault.path) == ("far-move", ("repeat",))


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"repeat": f"{BUT} ; le 15 janvier passe au 16"}, ("date-off-series", REPEAT)),
        ({"repeat": MOVE, "left": ["2026-01-15"]}, ("date-off-series", REPEAT)),
        ({"repeat": f"{MOVE} ; le 15 janvier passe au 17"}, ("repeat-against", REPEAT)),
        ({"repeat": "chaque jeudi ; le 15 janvier passe au 15"}, ("also-twice", REPEAT)),
        (
            {"repeat": MOVE, "dates": {"2026-01-15": {"start": "2026-01-17"}}},
            ("repeat-against", ("dates", "2026-01-15", "start")),
        ),
        # Two keys that mean one date.
        *(
            (
                {
                    "repeat": "chaque jeudi",
                    "dates": {"2026-01-15": {"title": "B"}, other: {"status": "cancelled"}},
                },
                ("repeat-against", ("dates", other)),
            )
            for other in ("2026-01-15 12:30", "15/01/2026", "jeudi 15 janvier 2026")
        ),
        # A date that is left out is named with what leaves it out.
        (
            {"repeat": BUT, "dates": {"2026-01-15": {"title": "B"}}},
            ("date-off-series", ("dates", "2026-01-15")),
        ),
        (
            {
                "repeat": "chaque jeudi",
                "left": ["2026-01-15"],
                "dates": {"2026-01-15": {"title": "B"}},
            },
            ("date-off-series", ("dates", "2026-01-15")),
        ),
    ],
)
def test_what_contradicts_itself_of_one_date_is_told(
    keys: dict[str, object], told: tuple[str, object]
) -> None:
    (fault,) = unrolled(start="2026-01-08 12:30", **keys).faults
    assert (fault.code, fault.path) == told
    assert fault.mend is not None
    left = str(fault.mend.params.get("left"))
    assert fault.code != "date-off-series" or left in (
        "except: 2026-01-15",
        "repeat: … 15 janvier",
    )


def test_a_date_that_is_moved_may_say_more() -> None:
    repeat = "chaque jeudi, 3 fois ; le 15 janvier passe au 16 ; le 22 janvier passe au 22 à 18 h"
    dates = {"2026-01-15": {"title": "B"}, "2026-01-22": {"status": "tentative"}}
    found = starts(start="2026-01-08 12:30", repeat=repeat, dates=dates)
    assert found == ["01-08 12:30", "01-16 12:30", "01-22 18:00"]


def test_a_list_of_dates_is_a_series_too() -> None:
    assert starts(start="2026-01-08", also=["2026-03-03", "2026-02-02"]) == [
        *("01-08", "02-02", "03-03")
    ]


def test_the_31st_and_leap_days_are_passed_over_where_there_are_none() -> None:
    assert starts(start="2026-01-31", repeat={"every": "month", "count": "3"}) == [
        *("01-31", "03-31", "05-31")
    ]
    found = starts(start="2024-02-29", repeat={"every": "year", "count": "2"})
    assert found == ["2024-02-29", "2028-02-29"]


def test_a_series_without_an_end_is_drawn_as_far_as_is_asked() -> None:
    found = unrolled("2026-12-31", start="2026-01-01", repeat={"every": "month"})
    assert len(found.slots) == 14  # what begins late is drawn for a while all the same
    found = unrolled("2028-12-31", start="2026-01-01", repeat={"every": "month"})
    assert len(found.slots) == 36


def test_what_is_said_of_a_far_date_is_found() -> None:
    """It lies beyond what is drawn of a series without an end."""
    said = {"2031-01-01": {"status": "cancelled"}}
    found = unrolled(start="2026-01-01", repeat={"every": "month"}, dates=said)
    assert found.faults == ()
    assert found.slots[-1].record.status == "cancelled"


@pytest.mark.parametrize(
    ("code", "path", "keys"),
    [
        ("start-off-rule", ("start",), {"repeat": {"every": "week", "on": "monday"}}),
        ("until-and-count", ("repeat", "count"),
         {"repeat": {"every": "week", "until": "2026-03-01", "count": "3"}}),
        ("until-before-start", ("repeat", "until"),
         {"repeat": {"every": "week", "until": "2025-03-01"}}),
        ("too-many-dates", ("repeat",), {"repeat": {"every": "day", "count": "2001"}}),
        ("date-off-series", ("except", 0),
         {"repeat": {"every": "week"}, "left": ["2026-01-16"]}),
        ("date-off-series", ("dates", "2026-01-16"),
         {"repeat": {"every": "week"}, "dates": {"2026-01-16": {"status": "cancelled"}}}),
        ("also-twice", ("also", 0), {"repeat": {"every": "week"}, "also": ["2026-01-15"]}),
        ("later-order", ("later", 0, "from"),
         {"repeat": {"every": "week"}, "later": [{"from": "2026-01-08"}]}),
        ("later-beyond", ("later", 0, "from"),
         {"repeat": {"every": "week", "count": "2"}, "later": [{"from": "2026-02-08"}]}),
        ("series-never", ("repeat",),
         {"repeat": {"every": "week", "count": "1"}, "left": ["2026-01-08"]}),
        ("later-endless", ("later", 0, "repeat"),
         {"repeat": {"every": "week", "until": "2026-06-30"},
          "later": [{"from": "2026-02-03", "repeat": "every tuesday"}]}),
        ("later-endless", ("later", 0, "repeat"),
         {"repeat": "every thursday, 9 times",
          "later": [{"from": "2026-02-03", "repeat": {"every": "week", "on": "tuesday"}}]}),
        ("dates-at-once", ("dates", "2026-01-15", "start"),
         {"repeat": {"every": "week"}, "dates": {"2026-01-15": {"start": "2026-01-22"}}}),
        ("date-of-several", ("dates", "2026-01-08"),
         {"start": "2026-01-08 09:00", "dates": {"2026-01-08": {"status": "cancelled"}},
          "repeat": {"every": "week", "at": "9:00, 14:00"}}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(
    code: str, path: tuple[object, ...], keys: dict[str, object]
) -> None:
    found = unrolled(**{"start": "2026-01-08", **keys})
    assert [(one.code, one.path) for one in found.faults] == [(code, path)]


@pytest.mark.parametrize(
    "dates",
    [
        {"2026-01-15": {"start": "2026-01-22"}, "2026-01-22": {"status": "cancelled"}},
        {"2026-01-15": {"start": "2026-01-22"}, "2026-01-22": {"start": "2026-01-15"}},
        {"2026-01-15": {"start": "2026-01-22 18:00"}},
    ],
)
def test_dates_that_are_not_held_at_once_are_not_told(dates: dict[str, object]) -> None:
    repeat = {"every": "week", "until": "2026-03-01"}
    assert unrolled(start="2026-01-08 12:30", repeat=repeat, dates=dates).faults == ()


@pytest.mark.parametrize(
    ("repeat", "later"),
    [
        ("every thursday", "every tuesday"),
        ("every thursday, until 2026-06-30", "every tuesday, until 2026-06-30"),
        ("every thursday, until 2026-01-31", "every tuesday"),
        ("every thursday, 3 times", "every tuesday"),
        ("every thursday, until 2026-06-30", "every tuesday, 4 times"),
    ],
)
def test_a_rule_without_an_end_after_one_that_is_over_is_not_told(repeat: str, later: str) -> None:
    said = {"repeat": repeat, "later": [{"from": "2026-02-03", "repeat": later}]}
    assert unrolled(start="2026-01-08", **said).faults == ()


def test_what_is_said_of_dates_of_no_series_is_told() -> None:
    record = WebinarRecord.model_validate({"title": "x", "dates": {"2026-01-08": {"title": "y"}}})
    assert [(one.code, one.path) for one in idle_keys(record)] == [("no-series", ("dates",))]


def test_a_day_without_a_year_is_not_guessed() -> None:
    found = unrolled(
        start="2026-01-01 12:30",
        repeat="chaque jeudi jusqu’au 31 décembre 2037, sauf le 1er janvier",
    )
    assert [(one.code, one.path) for one in found.faults] == [("date-without-year", ("repeat",))]


def test_the_nearest_date_is_proposed() -> None:
    found = unrolled(start="2026-01-08", repeat={"every": "2 weeks"}, left=["2026-08-14"])
    assert f"{found.faults[0].params['better']}" == "2026-08-20"


@pytest.mark.parametrize("repeat", ["chaque jeudi", {"every": "day"}])
@pytest.mark.parametrize("where", ["left", "dates"])
def test_a_slip_in_a_year_is_told_where_it_stands(repeat: object, where: str) -> None:
    """No date is drawn so far, and that of the right year is proposed."""
    keys: dict[str, object] = {"left": ["2072-01-14"], "dates": {"2072-01-14": {"title": "B"}}}
    found = unrolled("2027-12-31", start="2026-12-03", repeat=repeat, **{where: keys[where]})
    (fault,) = found.faults
    path: tuple[object, ...] = ("except", 0) if where == "left" else ("dates", "2072-01-14")
    assert (fault.code, fault.path) == ("date-off-series", path)
    assert f"{fault.params['better']}" == "2027-01-14"


def test_the_address_of_a_date_stays_when_another_is_added_that_day() -> None:
    """A page, and the GUID of a recording, are named by it."""
    monthly = {"every": "month", "count": "2"}

    def keys(*also: str, **said: object) -> set[str]:
        found = unrolled(start="2026-01-08 12:30", also=list(also), **said)
        return {one.key for one in found.slots}

    ruled = {"2026-01-08", "2026-02-08"}
    assert keys(repeat=monthly) == ruled
    assert keys("2026-01-08 09:00", repeat=monthly) == ruled | {"2026-01-08-0900"}
    assert keys("2026-03-01 14:00") == {"2026-01-08", "2026-03-01"}
    added = {"2026-01-08", "2026-03-01", "2026-03-01-0900"}
    assert keys("2026-03-01 14:00", "2026-03-01 09:00") == added
    # What is left out is one of its day all the same.
    left = keys("2026-01-08 09:00", repeat=monthly, left=["2026-01-08 12:30"])
    assert left == {"2026-01-08-0900", "2026-02-08"}


def test_a_date_held_the_other_way_is_not_where_the_series_is() -> None:
    ruled = {"start": "2026-01-08 12:30", "repeat": {"every": "week", "count": "2"}}
    online = {"2026-01-15": {"mode": "online", "online": "https://a.example/"}}
    record = unrolled(**ruled, place="cci-caen", dates=online).slots[1].record
    assert (record.place, record.online) == (None, "https://a.example/")
    there = {"2026-01-15": {"mode": "on-site", "place": "cci-caen"}}
    record = unrolled(**ruled, online="https://a.example/", dates=there).slots[1].record
    assert (record.place and record.place.id, record.online) == ("cci-caen", None)


def test_of_a_registration_a_date_says_what_is_another() -> None:
    ruled = {"start": "2026-01-08 12:30", "repeat": {"every": "week", "count": "4"}}
    dates = {
        "2026-01-15": {"registration": {"state": "full"}},
        "2026-01-22": {"registration": {"state": "none"}},
    }
    url = "https://a.example/"
    slots = unrolled(**ruled, registration={"url": url}, dates=dates).slots
    said = [one.record.registration for one in slots]
    assert [one and (one.state, one.url) for one in said] == [
        ("open", url),
        ("full", url),
        ("none", None),
        ("open", url),
    ]


def test_each_hour_of_a_rule_is_named_by_it() -> None:
    found = unrolled(
        start="2026-01-08 09:00", repeat={"every": "day", "at": "9h, 14h", "count": "2"}
    )
    assert [one.key for one in found.slots] == ["2026-01-08-0900", "2026-01-08-1400"]


def series(site: Site, now: str = NOW) -> Event:
    """The one series of a site."""
    made = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(now), draws=False)
    return next(one for one in made.community.events if one.dates)


def test_what_dates_say_alike_stands_once_in_the_data_of_the_agenda(of_months: Site) -> None:
    made = compiled(of_months.root / "mkdocs.yml", datetime.fromisoformat(NOW), draws=False)
    file = made.community.settings.addresses.meetings
    data = json.loads(content(dict(made.tree)[f"agenda/{file}"]))
    said = [one["said"] for one in meetings_in(data)]
    assert len(said) == len(data["rows"]) > len(set(said)) == len(data["said"])


def test_each_date_is_an_event_by_itself(of_months: Site) -> None:
    found = series(of_months)
    by_key = {one.date.key: one for one in found.dates if one.date}
    assert len(by_key) == 12
    march = by_key["2026-03-12"]
    assert (str(march.occurrences[0].start), march.location) == (
        *("2026-03-19 14:00:00+01:00", "CCI Caen"),
    )
    assert march.address == "comptoirs/atelier/#2026-03-12"
    assert by_key["2026-06-11"].address == "comptoirs/atelier/2026-06-11/"
    assert by_key["2026-05-14"].record.status == "cancelled"
    assert [one.id for one in found.territories] == ["normandie"]


def test_a_series_stands_where_its_next_date_does(of_months: Site) -> None:
    found = series(of_months)

    def at(now: str) -> str:
        one = current(found, datetime.fromisoformat(now))
        return f"{one.occurrences[0].first} {stage(found, datetime.fromisoformat(now))}"

    assert at("2026-01-08T11:45:00Z") == f"2026-01-08 {Stage.LIVE}"
    # What is called off is passed over.
    assert at("2026-05-01T09:00:00Z") == f"2026-06-11 {Stage.UPCOMING}"
    assert at("2027-05-01T09:00:00Z") == f"2026-12-10 {Stage.REPLAY_DUE}"


def test_calendars_hold_one_series(of_months: Site) -> None:
    data = (of_months.feeds(NOW) / "comptoirs/atelier.ics").read_text()
    lines = data.replace("\n ", "").splitlines()
    kept = ("RRULE:FREQ=MON", "EXDATE", "RDATE", "RECURRENCE-ID", "UID", "DTSTART;TZID")
    assert sorted(one for one in lines if one.startswith(kept)) == [
        "DTSTART;TZID=Europe/Paris:20260108T123000",
        "DTSTART;TZID=Europe/Paris:20260319T140000",
        "DTSTART;TZID=Europe/Paris:20260514T123000",
        "DTSTART;TZID=Europe/Paris:20260611T123000",
        "DTSTART;TZID=Europe/Paris:20261008T140000",
        "EXDATE;TZID=Europe/Paris:20260813T123000",
        "RDATE;TZID=Europe/Paris:20260917T140000",
        "RECURRENCE-ID;TZID=Europe/Paris:20260312T123000",
        "RECURRENCE-ID;TZID=Europe/Paris:20260514T123000",
        "RECURRENCE-ID;TZID=Europe/Paris:20260611T123000",
        "RRULE:FREQ=MONTHLY;UNTIL=20260910T103000Z;BYDAY=2TH",
        "RRULE:FREQ=MONTHLY;UNTIL=20261210T130000Z;BYDAY=2TH",
        *["UID:atelier.comptoirs@petit.example"] * 4,
        "UID:from-2026-10-08.atelier.comptoirs@petit.example",
    ]


def test_a_night_on_which_clocks_change_is_told_apart(of_months: Site) -> None:
    """ical.js would add its length to what clocks show; each end is told."""
    night = "---\ntitle: Nuit\nstart: 2026-03-01 00:30\nduration: 90 min\nrepeat: {every: week}\n"
    of_months.write("webinars/atelier.md", night + "---\nUn.\n")
    data = (of_months.feeds(NOW) / "comptoirs/atelier.ics").read_text()
    assert re.findall("(?:RECURRENCE-ID|DTEND)(?:;TZID=Europe/Paris)?:(.*)", data) == [
        *("20260301T020000", "20260329T030000", "20260329T003000"),
        # Clocks show two o’clock twice that night.
        *("20261025T000000Z", "20261025T003000", "20270328T030000", "20270328T003000"),
    ]


def rules(site: Site, text: str) -> list[list[str]]:
    """What the entries of a series say of their dates."""
    site.write("webinars/atelier.md", f"---\ntitle: Atelier\n{text}---\nUn.\n")
    data = (site.feeds(NOW) / "comptoirs/atelier.ics").read_text().replace("\n ", "")
    data = data.replace("TZID=Europe/Paris:", "")
    kept = ("DTSTART;2", "RRULE:FREQ=MON", "EXDATE", "RDATE", "RECURRENCE-ID", "UID")
    return [
        [
            line.replace("TZID=Europe/Paris:", "")
            for line in one.splitlines()
            if line.startswith(kept)
        ]
        for one in data.split("BEGIN:VEVENT")[1:]
    ]


def test_what_some_readers_misread_is_told_by_a_rule_for_each_hour(of_months: Site) -> None:
    """ical.js, and so Thunderbird, would take the second hour for one of the first of the month."""
    text = """\
start: 2026-01-08 9:00
duration: 1h
repeat: {every: month, on: second thursday, at: "9:00, 14:00", until: 2026-12-31}
except: [2026-02-12 14:00, 2026-08-13]
also: [2026-09-17 10:00]
dates:
  2026-05-14 14:00: {status: cancelled}
"""
    assert rules(of_months, text) == [
        ["DTSTART;20260108T090000", "UID:atelier.comptoirs@petit.example",
         "RRULE:FREQ=MONTHLY;UNTIL=20261210T130000Z;BYDAY=2TH",
         "EXDATE;20260813T090000", "RDATE;20260917T100000"],
        ["DTSTART;20260108T140000", "UID:at-1400.atelier.comptoirs@petit.example",
         "RRULE:FREQ=MONTHLY;UNTIL=20261210T130000Z;BYDAY=2TH",
         "EXDATE;20260212T140000,20260813T140000"],
        ["DTSTART;20260514T140000", "UID:at-1400.atelier.comptoirs@petit.example",
         "RECURRENCE-ID;20260514T140000"],
    ]  # fmt: skip


def test_what_some_readers_misread_is_told_by_a_rule_for_each_month(of_months: Site) -> None:
    """They would count the days from the end of a month that is longer than it."""
    text = "start: 2026-02-28 9:00\nrepeat: FREQ=YEARLY;BYMONTH=2,6;BYMONTHDAY=-1\n"
    assert rules(of_months, text) == [
        ["DTSTART;20260228T090000", "UID:atelier.comptoirs@petit.example",
         "RRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-1"],
        ["DTSTART;20260630T090000", "UID:month-6.atelier.comptoirs@petit.example",
         "RRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-1"],
    ]  # fmt: skip


def test_what_is_left_out_is_told_with_how_often_it_is_held(of_months: Site) -> None:
    page = of_months.page("comptoirs/atelier", NOW).read_text().replace("\u00a0", " ")
    assert "à 12 h 30, sauf le 13 août 2026" in page
    assert "à partir du 8 octobre 2026 : chaque 2e jeudi du mois, à 14 h, jusqu’au 31 déc" in page


@pytest.mark.parametrize(
    ("repeat", "later", "told"),
    [
        (
            "{every: week, count: 20}",
            '{from: 2026-12-01, start: "14:00"}',
            "chaque jeudi, à 12 h 30 ; à partir du 3 décembre 2026 : chaque jeudi, à 14 h, "
            "jusqu’au 14 janvier 2027",
        ),
        (
            "chaque jeudi",
            "{from: 2027-03-01, status: cancelled}",
            "chaque jeudi, à 12 h 30 ; à partir du 4 mars 2027 : chaque jeudi, à 12 h 30 (Annulé)",
        ),
    ],
)
def test_a_rhythm_says_no_more_than_is_held(
    tmp_path: Path, repeat: str, later: str, told: str
) -> None:
    site = french(tmp_path / "site-sources")
    front = f"title: A\nstart: 2026-09-03 12:30\nrepeat: {repeat}\nlater: [{later}]\n"
    site.write("webinars/a.md", f"---\n{front}---\nTexte.\n")
    page = site.page("comptoirs/a", NOW).read_text().replace("\u00a0", " ").replace("\u202f", " ")
    assert told in page.replace("Chaque", "chaque")


@pytest.mark.parametrize(
    ("front", "told"),
    [
        # The first dates are left out: those that remain are counted.
        (
            "repeat: {every: month, count: 6}\nexcept: [2026-09-03, 2026-10-03]",
            "le 3 de chaque mois, à 12 h 30, 4 fois",
        ),
        (
            "repeat: {every: week, count: 6}\nexcept: [2026-09-03, 2026-09-17]",
            "chaque jeudi, à 12 h 30, 5 fois, sauf le 17 septembre 2026",
        ),
        ("repeat: {every: week, count: 2}\nexcept: [2026-09-03]", "1 date"),
        # What holds from a day on begins later than that day: until when it was otherwise.
        (
            "repeat: {every: week}\nexcept: [2026-10-01]\n"
            'later: [{from: 2026-10-01, start: "14:00"}]',
            "chaque jeudi, à 12 h 30, jusqu’au 24 septembre 2026 ; à partir du 8 octobre 2026 : "
            "chaque jeudi, à 14 h",
        ),
        (
            "repeat: {every: week, until: 2026-09-30}\n"
            "later: [{from: 2026-11-01, repeat: chaque mardi, exception: Salle}]",
            "chaque jeudi, à 12 h 30, jusqu’au 24 septembre 2026 ; à partir du 3 novembre 2026 : "
            "chaque mardi, à 12 h 30",
        ),
        (
            "repeat: {every: week, count: 9}\n"
            "later: [{from: 2026-10-02, repeat: chaque mardi, exception: Salle}]",
            "chaque jeudi, à 12 h 30 ; à partir du 6 octobre 2026 : chaque mardi, à 12 h 30",
        ),
        # A date that is added may come before the others.
        ("also: [2026-09-01 12:30]", "2 dates"),
        (
            "repeat: {every: week, count: 4}\nexcept: [2026-09-03]\nalso: [2026-09-04 12:30]",
            "chaque jeudi, à 12 h 30, 3 fois ; 1 autre date",
        ),
    ],
)
def test_a_rhythm_tells_what_its_first_dates_leave(tmp_path: Path, front: str, told: str) -> None:
    site = french(tmp_path / "site-sources")
    site.write("webinars/a.md", f"---\ntitle: A\nstart: 2026-09-03 12:30\n{front}\n---\nTexte.\n")
    page = site.page("comptoirs/a", NOW).read_text().replace("\u00a0", " ").replace("\u202f", " ")
    (found,) = re.findall(r'<p class="pc-rhythm">([^<]*)', page)
    assert found.strip().lower().startswith(told), found


def test_of_a_day_that_is_held_at_another_hour_the_hour_is_left_out(tmp_path: Path) -> None:
    site = french(tmp_path / "site-sources")
    front = "title: A\nstart: 2027-01-07 9:00\nrepeat: chaque jour à 9 h et 17 h, 8 fois\n"
    left = "except: [2027-01-08 17:00, 2027-01-09 9:00, 2027-01-09 17:00]\n"
    site.write("webinars/a.md", f"---\n{front}{left}---\nTexte.\n")
    page = site.page("comptoirs/a", NOW).read_text().replace("\u00a0", " ").replace("\u202f", " ")
    assert "sauf le 8 janvier 2027 (17 h) et le 9 janvier 2027<" in page


def test_a_date_alone_can_be_added_to_a_calendar(of_months: Site) -> None:
    folder = of_months.feeds(NOW) / "comptoirs/atelier"
    assert sorted(one.name for one in folder.glob("*.ics")) == [
        *("2026-06-11.ics", "2026-07-09.ics")
    ]
    data = (folder / "2026-07-09.ics").read_text()
    assert data.count("BEGIN:VEVENT") == 1
    assert "RRULE:FREQ=MONTHLY" not in data
    assert "DTSTART;TZID=Europe/Paris:20260709T123000" in data


@pytest.mark.large
def test_moving_from_now_on_leaves_what_subscribers_have(of_months: Site) -> None:
    """Two lines, and what is past stays where it is in every reader."""

    def read() -> list[object]:
        data = (of_months.feeds(NOW) / "comptoirs/atelier.ics").read_bytes()
        return list(READERS["recurring-ical-events"](data, date(2026, 1, 1), date(2026, 7, 1)))

    before = read()
    later = '  - {from: 2026-07-01, start: "18:00"}\n  - {from: 2026-10-01, '
    of_months.write("webinars/atelier.md", MONTHLY.replace("  - {from: 2026-10-01, ", later))
    assert read() == before


def for_machines(page: str) -> dict[str, Any]:
    """The facts of a page that stand in it once."""
    (said,) = re.findall(r'ld\+json">(.*?)</script>', page)
    found: dict[str, Any] = json.loads(said)
    return found


def test_the_page_of_a_series_shows_each_date_at_a_place_of_its_own(of_months: Site) -> None:
    page = of_months.page("comptoirs/atelier", NOW).read_text()
    ids = re.findall(r'<li class="pc-date[^"]*" id="([^"]+)"', page)
    assert ids[:3] == ["2026-06-11", "2026-07-09", "2026-09-10"]
    assert len(ids) == 12
    assert "Chaque 2e jeudi du mois" in page.replace("\u00a0", " ")
    assert "<h1>Atelier du mois</h1>" in page
    data = for_machines(page)
    assert data["startDate"] == "2026-06-11T12:30:00+02:00"
    assert [one["repeatFrequency"] for one in data["eventSchedule"]] == ["P1M", "P1M"]
    own = of_months.page("comptoirs/atelier/2026-06-11", NOW).read_text()
    assert "<h1>Retour d’expérience</h1>" in own
    assert '"superEvent":{"@type":"EventSeries","name":"Atelier du mois"' in own


def told_of(site: Site, page: str, front: str) -> dict[str, Any]:
    """What machines are told on the page of a series."""
    site.write("webinars/atelier.md", front)
    return for_machines(site.page(page, NOW).read_text())


def test_machines_are_told_no_date_that_is_not_held(of_months: Site) -> None:
    """What is moved, called off or put off is left out of the rule, and told by itself."""
    more = "  2026-07-09: {status: postponed}\n  2026-11-12: {place: cci-caen}\nlater:"
    data = told_of(of_months, "comptoirs/atelier", MONTHLY.replace("later:", more))
    first, second = data["eventSchedule"]
    held_not = ("2026-03-12", "2026-05-14", "2026-07-09", "2026-08-13")
    assert first["exceptDate"] == [f"{day}T12:30:00" for day in held_not]
    assert "exceptDate" not in second
    found = {one["url"].partition("atelier/")[2]: one for one in data["subEvent"]}
    statuses = {key: one["eventStatus"].rpartition("/")[2] for key, one in found.items()}
    assert statuses == {
        "#2026-03-12": "EventRescheduled",
        "#2026-05-14": "EventCancelled",
        "#2026-07-09": "EventPostponed",
        "#2026-09-17": "EventScheduled",
    }
    moved = found["#2026-03-12"]
    assert moved["startDate"] == "2026-03-19T14:00:00+01:00"
    assert moved["previousStartDate"] == "2026-03-12T12:30:00+01:00"
    assert found["#2026-09-17"]["startDate"] == "2026-09-17T14:00:00+02:00"


def test_machines_are_told_few_of_many_dates(of_months: Site) -> None:
    off = "".join(
        f"  2026-{m:02}-{d:02}: {{status: cancelled}}\n" for m in (6, 7, 8) for d in range(1, 29)
    )
    front = f"---\ntitle: A\nstart: 2026-01-01 9:00\nrepeat: chaque jour\ndates:\n{off}---\nA.\n"
    data = told_of(of_months, "comptoirs/atelier", front)
    assert len(data["eventSchedule"][0]["exceptDate"]) == 84
    assert len(data["subEvent"]) == 50


def test_machines_are_told_each_hour_and_no_rule_that_they_cannot_read(of_months: Site) -> None:
    front = "---\ntitle: A\nstart: 2026-01-05 9:00\nduration: 1h\nrepeat: {}\n---\nA.\n"
    twice = "chaque lundi à 9 h et à 14 h, jusqu’au 31 août 2026"
    data = told_of(of_months, "comptoirs/atelier", front.format(twice))
    hours = [(one["startTime"], one["endTime"]) for one in data["eventSchedule"]]
    assert hours == [("09:00:00", "10:00:00"), ("14:00:00", "15:00:00")]
    assert "subEvent" not in data
    last = "{every: month, on: last weekday, until: 2026-08-31}"
    front = front.replace("2026-01-05", "2026-01-30")
    data = told_of(of_months, "comptoirs/atelier", front.format(last))
    assert "eventSchedule" not in data
    assert len(data["subEvent"]) == 7


def test_a_next_date_that_is_moved_says_instead_of_which(of_months: Site) -> None:
    front = "---\ntitle: A\nstart: 2026-05-07 12:30\nduration: 1h\nrepeat: {}\n---\nA.\n"
    said = front.format(
        "chaque 1er et 3e jeudi, jusqu’au 31 août 2026 ; le 4 juin passe au 11 ; le 16 juillet "
        "passe au 17"
    )
    data = told_of(of_months, "comptoirs/atelier", said)
    assert data["startDate"].startswith("2026-06-11T12:30")
    assert data["previousStartDate"] == "2026-06-04T12:30:00+02:00"
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    page = of_months.page("comptoirs/atelier", NOW).read_text().replace("\u00a0", " ")
    rows = re.findall(r'(?s)<li class="pc-date[^>]*id="([\d-]+)".*?</li>', page)
    found = re.findall(r'(?s)id="([\d-]+)"(?:(?!</li>).)*?>(au lieu d[^<]*)<', page)
    assert len(rows) == 8
    assert found == [
        ("2026-06-04", "au lieu du jeudi 4 juin"),
        ("2026-07-16", "au lieu du jeudi 16 juillet"),
    ]
    # Another hour on its day, both, and a date with a page of its own.
    dates = (
        'dates:\n  2026-06-04: {start: "14:00"}\n  2026-06-18: {start: 2026-06-19 9:00, title: B}\n'
        "  2026-07-02: {start: 2026-07-03, status: cancelled}\n"
    )
    ruled = front.format("every 1st and 3rd Thursday until 2026-08-31")
    data = told_of(of_months, "comptoirs/atelier", ruled.replace("---\nA.", f"{dates}---\nA."))
    assert data["previousStartDate"] == "2026-06-04T12:30:00+02:00"
    page = of_months.page("comptoirs/atelier", NOW).read_text().replace("\u00a0", " ")
    assert re.findall(r">(au lieu d[^<]*)<", page) == [
        "au lieu de 12 h 30",
        "au lieu du jeudi 18 juin, 12 h 30",
    ]
    own = for_machines(of_months.page("comptoirs/atelier/2026-06-18", NOW).read_text())
    assert own["previousStartDate"] == "2026-06-18T12:30:00+02:00"
    assert own["eventStatus"] == "https://schema.org/EventRescheduled"


def test_the_row_of_a_date_says_who_speaks_runs_it_and_what_it_costs_where_that_differs(
    of_months: Site,
) -> None:
    front = (
        "---\ntitle: A\nstart: 2026-06-04 12:30\nduration: 1h\n"
        "repeat: every week until 2026-08-31\n"
        "speakers: [{name: Ada}]\nhosts: [{name: CCI de Lyon}]\nprice: gratuit\ndates:\n"
        "  2026-06-11: {speakers: [{name: Grace}, {name: Alan}], price: 5 €}\n"
        "  2026-06-18: {speakers: [{name: A1}, {name: A2}, {name: A3}, {name: A4}, {name: A5}]}\n"
        "  2026-06-25: {status: tentative, speakers: [{name: Ada}], price: gratuit}\n"
        "  2026-07-02: {registration: {state: none}}\n"
        "later:\n  - {from: 2026-08-01, hosts: [{name: CCI de Caen}]}\n---\nA.\n"
    )
    config = CONFIG.replace("      terr", "      consent: announced\n      terr", 1)
    of_months.write("mkdocs.yml", config)
    of_months.write("webinars/atelier.md", front)
    page = of_months.page("comptoirs/atelier", NOW).read_text().replace("\u00a0", " ")
    rows = dict(re.findall(r'(?s)<li class="pc-date[^>]*id="([\d-]+)"(.*?)</li>', page))
    told = {key: re.findall(r'<span class="pc-told">([^<]*)<', row) for key, row in rows.items()}
    assert {key: said for key, said in told.items() if said} == {
        "2026-06-11": ["avec Grace, Alan", "5 €"],
        "2026-06-18": ["avec A1, A2, A3, et 2 de plus"],
        "2026-07-02": ["Inscriptions : pas nécessaires"],
        **{f"2026-08-{day}": ["animation : CCI de Caen"] for day in ("06", "13", "20", "27")},
    }


def test_a_list_of_dates_is_told_date_by_date(of_months: Site) -> None:
    front = "---\ntitle: A\nstart: 2026-06-05 9:00\nalso: [2026-06-07, 2026-05-01]\n---\nA.\n"
    data = told_of(of_months, "comptoirs/atelier", front)
    days = [one["startDate"][:10] for one in data["subEvent"]]
    assert days == ["2026-05-01", "2026-06-07"]
    assert "eventSchedule" not in data


def test_lists_name_a_series_once_and_the_agenda_each_date(of_months: Site) -> None:
    collection = of_months.page("comptoirs", NOW).read_text()
    assert len(re.findall(r"atelier/[#2]", collection)) <= 3
    agenda = of_months.page("agenda", NOW).read_text()
    assert re.findall(r"comptoirs/atelier/(#?2026-\d\d-\d\d)/?\"", agenda) == [
        *("2026-06-11", "#2026-07-09", "#2026-09-10", "#2026-09-17"),
        *("#2026-10-08", "#2026-11-12", "#2026-12-10"),
    ]


@pytest.mark.large
def test_the_whole_site_holds_together(of_months: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Links, feeds, agenda and pages agree, by what is read again after each build."""
    of_months.build(now=NOW)
    assert "error" not in capsys.readouterr().err


def news(site: Site, now: str) -> list[str]:
    """Titles and identities of the news of all, the newest first."""
    text = (site.feeds(now) / "flux/agenda.json").read_text()
    return [f"{one['title']} {one['id']}" for one in json.loads(text)["items"]]


@pytest.mark.large
def test_news_tells_dates_that_are_moved_or_called_off(of_months: Site) -> None:
    plain = re.sub(r"dates:\n(  2026.*\n)+", "", MONTHLY)
    of_months.write("webinars/atelier.md", plain)
    of_months.commit("2025-12-01T09:00:00Z")
    assert news(of_months, "2026-01-01T09:00:00Z") == [
        "Atelier du mois atelier.comptoirs@petit.example"
    ]
    of_months.write("webinars/atelier.md", MONTHLY)
    of_months.commit("2026-02-01T09:00:00Z")
    found = news(of_months, "2026-02-02T09:00:00Z")
    assert [one.replace("\u00a0", " ") for one in found] == [
        "Annulé : Atelier du mois 2026-05-14.atelier.comptoirs@petit.example#cancelled",
        "Déplacé : Atelier du mois 2026-03-12.atelier.comptoirs@petit.example#moved-1",
        "Atelier du mois atelier.comptoirs@petit.example",
    ]


HALF_PAST = """\
---
title: Café
start: 2026-01-08 12:30
duration: 1h
repeat: {every: month, on: second thursday, until: 2026-12-31}
dates:
  2026-04-09: {start: 2026-04-16}
  2026-09-10: {title: Un titre}
---
Un café.
"""


def said_of_all(line: str) -> str:
    """A series with one more line of what holds of several of its dates."""
    if line.startswith("  "):
        return HALF_PAST.replace("---\nUn", f"{line}\n---\nUn")
    return HALF_PAST.replace("dates:", f"{line}\ndates:")


FROM_JUNE = 'later: [{from: 2026-06-01, start: "14:00"}]'
OFF_LATER = 'later: [{from: 2026-06-01, start: "14:00"}, {from: 2026-08-01, status: cancelled}]'


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["status: cancelled"], [["cafe#cancelled"]]),
        ([FROM_JUNE], [["2026-06-11.cafe#moved-1"]]),
        (["later: [{from: 2026-02-01, start: '14:00'}]"], [["2026-03-12.cafe#moved-1"]]),
        # It is taken back: that is told as well.
        ([FROM_JUNE, ""], [["2026-06-11.cafe#moved-1"], ["2026-06-11.cafe#moved-2"]]),
        # Of a date from which on they are called off it is not told that they had moved before.
        ([FROM_JUNE, OFF_LATER], [["2026-06-11.cafe#moved-1"], ["2026-08-13.cafe#cancelled"]]),
        ([FROM_JUNE, OFF_LATER, FROM_JUNE], [["2026-06-11.cafe#moved-1"], [], []]),
        # None is left of which nothing is said alone.
        (["later: [{from: 2026-09-01, start: '14:00', repeat: {every: month, "
          "on: second thursday, count: 1}}]"], [["2026-09-10.cafe#moved-1", "cafe#dropped-1"]]),
        # Each by itself.
        ([FROM_JUNE, FROM_JUNE.replace("later", "  2026-10-08: {start: '15:00'}\nlater")],
         [["2026-06-11.cafe#moved-1"], ["2026-10-08.cafe#moved-2"]]),
    ],
)  # fmt: skip
def test_news_tells_once_what_becomes_of_several_dates(
    of_months: Site, lines: list[str], told: list[list[str]]
) -> None:
    """Once of all, and not of each of which something else is said alone."""
    (of_months.root / "webinars/atelier.md").unlink()
    of_months.write("webinars/cafe.md", HALF_PAST)
    of_months.commit("2026-01-02T09:00:00Z")
    for day, line in enumerate(lines, 1):
        of_months.write("webinars/cafe.md", said_of_all(line) if line else HALF_PAST)
        of_months.commit(f"2026-03-0{day}T09:00:00Z")
    found = news(of_months, "2026-03-10T09:00:00Z")
    ids = [one.split()[-1].replace(".comptoirs@petit.example", "") for one in found]
    assert sorted(one for one in ids if "#" in one) == sorted(one for its in told for one in its)


FRIDAYS = HALF_PAST.replace("second thursday", "second friday").replace("01-08", "01-09")
FRIDAYS = re.sub(r"dates:\n(  2026.*\n)+", "", FRIDAYS)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        # Its first date alone; another one begins.
        (HALF_PAST.replace("dates:", "dates:\n  2026-01-08: {start: 2026-01-15}"),
         ["2026-01-08.cafe#moved-1"]),
        (HALF_PAST.replace("dates:", "except: [2026-01-08]\ndates:"), []),
        (re.sub("repeat.*", "repeat: {every: month, on: second thursday}",
                HALF_PAST).replace("2026-01-08", "2026-02-12"), []),
        # All of it.
        (FRIDAYS, ["cafe#moved-1", "cafe#dropped-1"]),
        # It is held once, at one of its dates.
        (re.sub(r"repeat.*\ndates:\n(  2026.*\n)+", "", HALF_PAST).replace("01-08", "05-14"),
         ["cafe#dropped-1"]),
    ],
)  # fmt: skip
def test_news_tells_that_a_series_moves_where_all_of_it_does(
    of_months: Site, after: str, told: list[str]
) -> None:
    (of_months.root / "webinars/atelier.md").unlink()
    of_months.write("webinars/cafe.md", HALF_PAST)
    of_months.commit("2026-01-02T09:00:00Z")
    of_months.write("webinars/cafe.md", after)
    of_months.commit("2026-01-03T09:00:00Z")
    found = [one.split()[-1] for one in news(of_months, "2026-01-04T09:00:00Z")]
    ids = [one.replace(".comptoirs@petit.example", "") for one in found]
    assert {one for one in ids if "#" in one and "dropped" not in one} == {
        one for one in told if "dropped" not in one
    }
    text = (of_months.feeds("2026-01-04T09:00:00Z") / "flux/agenda.json").read_text()
    assert "du jeudi" not in text.replace("\u00a0", " ")


def test_news_of_a_date_keeps_its_identity_where_a_series_has_another(of_months: Site) -> None:
    moved = HALF_PAST.replace("2026-04-16", "2026-04-17")
    (of_months.root / "webinars/atelier.md").unlink()
    for day, text in enumerate((HALF_PAST, moved), 1):
        of_months.write("webinars/cafe.md", text)
        of_months.commit(f"2026-01-0{day}T09:00:00Z")
    before = news(of_months, "2026-01-05T09:00:00Z")
    (of_months.root / "webinars/cafe.md").rename(of_months.root / "webinars/pause.md")
    of_months.commit("2026-01-04T09:00:00Z")
    assert len(before) == 2
    assert news(of_months, "2026-01-05T09:00:00Z") == before


def test_news_tells_dates_that_are_left_out_once_they_were_told(of_months: Site) -> None:
    """Not those that were left out from the beginning on."""
    of_months.write("webinars/atelier.md", MONTHLY)
    of_months.commit("2025-12-01T09:00:00Z")
    of_months.write(
        "webinars/atelier.md", MONTHLY.replace("2026-08-13]", "2026-08-13, 2026-04-09]")
    )
    of_months.commit("2026-02-01T09:00:00Z")
    (told, *_) = news(of_months, "2026-02-02T09:00:00Z")
    off = "Annulé : Atelier du mois 2026-04-09.atelier.comptoirs@petit.example#cancelled"
    assert told.replace("\u00a0", " ") == off
    assert len(news(of_months, "2026-02-02T09:00:00Z")) == 2
    item = json.loads((of_months.feeds("2026-02-02T09:00:00Z") / "flux/agenda.json").read_text())[
        "items"
    ][0]
    assert item["url"].endswith("/comptoirs/atelier/")
    assert "9\u00a0avril" in item["content_html"]
    # That it had another hour once is said of it alone.
    moved = MONTHLY.replace("dates:\n", "dates:\n  2026-04-09: {start: '15:00'}\n")
    of_months.write("webinars/atelier.md", moved)
    of_months.commit("2026-02-03T09:00:00Z")
    of_months.write(
        "webinars/atelier.md", MONTHLY.replace("2026-08-13]", "2026-08-13, 2026-04-09]")
    )
    of_months.commit("2026-02-04T09:00:00Z")
    text = (of_months.feeds("2026-02-05T09:00:00Z") / "flux/agenda.json").read_text()
    assert "2026-04-09.atelier.comptoirs@petit.example#moved" in text
    assert "les dates suivantes" not in text
    # It is held after all: nothing more is told of it.
    of_months.write("webinars/atelier.md", MONTHLY)
    of_months.commit("2026-02-10T09:00:00Z")
    assert len(news(of_months, "2026-02-12T09:00:00Z")) == 1


def test_news_tells_once_that_a_series_moves_from_a_day_on(of_months: Site) -> None:
    later = '  - {from: 2026-10-01, start: "14:00"}\n'
    of_months.write("webinars/atelier.md", MONTHLY.replace(f"later:\n{later}", ""))
    of_months.commit("2025-12-01T09:00:00Z")
    of_months.write("webinars/atelier.md", MONTHLY)
    of_months.commit("2026-02-01T09:00:00Z")
    told, *others = news(of_months, "2026-02-02T09:00:00Z")
    moved = "Déplacé : Atelier du mois 2026-10-08.atelier.comptoirs@petit.example#moved-1"
    assert told.replace("\u00a0", " ") == moved
    assert len(others) == 1
    (item, _) = json.loads(
        (of_months.feeds("2026-02-02T09:00:00Z") / "flux/agenda.json").read_text()
    )["items"]
    said = item["summary"].replace("\u00a0", " ")
    assert re.search("12 h 30.*14 h.*, et les dates suivantes de même", said)


WEEKLY = """\
---
title: Permanence
start: 2027-01-07 12:30
duration: 1h
repeat: every Thursday until 2027-06-30
---
On se retrouve.
"""
SINCE, CHANGED = "2026-12-01T09:00:00Z", "2027-02-25T09:00:00Z"


def of_weeks(site: Site, *texts: str) -> Path:
    """A site whose weekly series was changed once it had begun, a day apart for each text."""
    (site.root / "webinars/atelier.md").unlink()
    site.write("webinars/permanence.md", WEEKLY)
    site.commit(SINCE)
    for day, text in enumerate(texts, 26):
        site.write("webinars/permanence.md", text)
        site.commit(f"2027-02-{day}T09:00:00Z")
    return site.root


def dropped(site: Site, now: str) -> list[tuple[str, str, str]]:
    """Identity, title and summary of the news of dates that are held no more, the newest first."""
    text = (site.feeds(now) / "flux/agenda.json").read_text().replace("\u00a0", " ")
    items = json.loads(text.replace("\u202f", " "))["items"]
    return [
        (one["id"].partition("#")[2], one["title"], one["summary"])
        for one in items
        if "#dropped" in one["id"]
    ]


ENDS_EARLIER = WEEKLY.replace("2027-06-30", "2027-03-31")
LESS_OFTEN = WEEKLY.replace("every Thursday", "every 1st Thursday of the month")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            ENDS_EARLIER,
            "Webinaire, la dernière date est désormais « jeudi 25 mars 2027, 12 h 30 – 13 h 30 » ; "
            "13 dates annoncées n’auront pas lieu, dont la première : jeudi 1er avril 2027",
        ),
        (
            LESS_OFTEN,
            "Webinaire, 13 dates annoncées n’auront pas lieu, dont la première : "
            "jeudi 11 mars 2027, 12 h 30 – 13 h 30.",
        ),
        (
            WEEKLY.replace("repeat: every Thursday until 2027-06-30\n", ""),
            "Webinaire, la dernière date est désormais « jeudi 7 janvier 2027",
        ),
    ],
)
def test_news_tells_once_that_a_rule_was_made_narrower(
    of_months: Site, text: str, said: str
) -> None:
    of_weeks(of_months, text)
    found = dropped(of_months, "2027-03-02T09:00:00Z")
    assert [one[:2] for one in found] == [("dropped-1", "Dates annulées : Permanence")]
    assert found[0][2].startswith(said)
    # The same at each later build.
    assert dropped(of_months, "2027-05-02T09:00:00Z") == found


def test_dates_that_are_held_again_are_not_told_as_dropped(of_months: Site) -> None:
    of_weeks(of_months, ENDS_EARLIER, WEEKLY, LESS_OFTEN)
    ((id, _, said),) = dropped(of_months, "2027-03-02T09:00:00Z")
    assert id == "dropped-2"
    assert "13 dates" in said


@pytest.mark.parametrize(
    "text",
    [
        WEEKLY.replace("12:30", "14:00"),
        WEEKLY.replace("duration", "status: cancelled\nduration"),
        WEEKLY.replace("duration", "except: [2027-03-11]\nduration"),
        WEEKLY.replace("duration", 'dates: {2027-03-11: {start: "14:00"}}\nduration'),
        WEEKLY.replace("2027-06-30", "2027-07-31"),
        # What it leaves out lies in the past by then.
        WEEKLY.replace("2027-01-07", "2027-02-04"),
    ],
)
def test_what_drops_no_date_to_come_is_no_such_news(of_months: Site, text: str) -> None:
    of_weeks(of_months, text)
    assert dropped(of_months, "2027-03-02T09:00:00Z") == []


def test_what_is_narrower_from_the_beginning_on_is_no_news(of_months: Site) -> None:
    """Nor is what was changed before anybody saw it, or once it was over."""
    (of_months.root / "webinars/atelier.md").unlink()
    of_months.write("webinars/permanence.md", WEEKLY.replace("duration", "draft: true\nduration"))
    of_months.commit(SINCE)
    of_months.write("webinars/permanence.md", ENDS_EARLIER)
    of_months.commit(CHANGED)
    of_months.write("webinars/permanence.md", LESS_OFTEN.replace("06-30", "03-05"))
    of_months.commit("2027-07-05T09:00:00Z")
    assert dropped(of_months, "2027-07-06T09:00:00Z") == []


def mends(site: Site, capsys: pytest.CaptureFixture[str], front: str) -> list[tuple[str, str]]:
    """Code and place of each error in a series, each with what to write."""
    site.write("webinars/atelier.md", f"---\ntitle: A\n{front}---\nA.\n")
    site.run("check", "--json", now="2026-11-24T09:00:00Z")
    told = json.loads(capsys.readouterr().out)["problems"]
    return [
        (f"{one['code']} {one['line']}:{one['column']}", one["hint"])
        for one in told
        if one["severity"] == "error"
    ]


AUTUMN = "start: 2026-09-03 12:30\nduration: 1h\nrepeat: every week until {}\n"
FILM = '{video: "https://video.example/all"}'


def test_a_recording_of_all_dates_is_none_of_those_to_come(
    of_months: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = AUTUMN.format("2027-01-30")
    ((place, hint),) = mends(of_months, capsys, f"{begun}replay: {FILM}\n")
    assert place == "replay-of-future 6:9"
    assert "« dates: {2026-11-19: {replay: …}} »" in hint.replace("\u00a0", " ")
    # That of the last one that is held, and with what is said of one to come.
    more = "except: [2026-11-19]\ndates: {2026-12-03: {title: B}}\n"
    ((place, hint),) = mends(of_months, capsys, f"{begun}replay: {FILM}\n{more}")
    assert place == "replay-of-future 6:9"
    assert "{2026-11-12: {replay: …}}" in hint
    later = f"later:\n  - {{from: 2026-10-01, replay: {FILM}}}\n"
    ((place, hint),) = mends(of_months, capsys, begun + later)
    assert place == "replay-of-future 7:32"
    assert "{2026-11-19: {replay: …}}" in hint
    item = f"programme:\n  - {{title: A, {FILM[1:-1]}}}\n"
    ((place, hint),) = mends(of_months, capsys, begun + item)
    assert place == "replay-of-future 7:23"
    assert "{2026-11-19: {programme: …}}" in hint


@pytest.mark.parametrize(
    "front",
    [
        AUTUMN.format("2026-11-20") + f"replay: {FILM}\n",
        AUTUMN.format("2027-01-30") + f"dates: {{2026-11-19: {{replay: {FILM}}}}}\n",
    ],
)
def test_a_series_that_is_over_has_one_recording_for_all(
    of_months: Site, capsys: pytest.CaptureFixture[str], front: str
) -> None:
    assert mends(of_months, capsys, front) == []


@pytest.mark.parametrize(
    ("front", "place", "said"),
    [
        (
            "start: 2026-12-03\nrepeat: every week until 2027-01-30\n"
            "dates: {2026-12-31: {when: janvier 2027}}\n",
            "unknown-key 5:22",
            "le jour de cette date est 2026-12-31",
        ),
        (
            "start: 2026-12-03\nrepeat: every week until 2027-01-30\n"
            "dates: {2026-12-31: {undated: future}}\n",
            "unknown-key 5:22",
            "le jour de cette date est 2026-12-31",
        ),
        (
            "start: 2026-12-03\nplace: cci-caen\nmode: on-site\n"
            "repeat: every week until 2027-01-30\n"
            "dates: {2026-12-31: {online: 'https://visio.example/'}}\n",
            "mode-contradiction 7:30",
            "« dates: {2026-12-31: {mode: hybrid, …}} »",
        ),
        (
            "start: 2026-12-03\nonline: https://visio.example/\nmode: online\n"
            "repeat: every week until 2027-01-30\ndates: {2026-12-31: {place: cci-caen}}\n",
            "mode-contradiction 7:29",
            "« dates: {2026-12-31: {mode: hybrid, …}} »",
        ),
        (
            "start: 2026-12-03 02:30\nduration: 1h\nrepeat: every week until 2027-04-30\n"
            "dates: {2027-03-25: {start: 2027-03-28}}\n",
            "skipped-hour 6:29",
            "« dates: {2027-03-25: {start: 2027-03-28 03:30}} »",
        ),
    ],
)
def test_what_is_wrong_in_one_date_is_told_of_it_alone(
    of_months: Site, capsys: pytest.CaptureFixture[str], front: str, place: str, said: str
) -> None:
    ((found, hint),) = mends(of_months, capsys, front)
    assert found == place
    assert said in hint.replace("\u00a0", " ")


def test_one_date_leaves_an_hour_that_does_not_exist(
    of_months: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    front = "start: 2026-12-06 02:30\nduration: 1h\nrepeat: every week until 2027-04-30\n"
    assert mends(of_months, capsys, front + 'dates: {2027-03-28: {start: "03:30"}}\n') == []
    # The first date of those that are held from then on: told once.
    later = front.replace("02:30", "01:30") + 'later: [{from: 2027-03-28, start: "02:30"}]\n'
    assert [place for place, _ in mends(of_months, capsys, later)] == ["skipped-hour 6:35"]


NIGHTLY = "start: 2026-12-06 02:30\nduration: 1h\nrepeat: every week{}\n"


@pytest.mark.parametrize(
    ("front", "now", "places"),
    [
        (NIGHTLY.format(""), "2026-11-24", ["5:9 2027-03-28"]),
        (NIGHTLY.format(""), "2027-03-29", ["5:9 2028-03-26"]),
        (NIGHTLY.format(" until 2029-12-31"), "2026-11-24", ["5:9 2027-03-28"]),
        (
            NIGHTLY.format("") + "dates: {2027-03-28: {title: B}}\n",
            "2026-11-24",
            ["5:9 2027-03-28"],
        ),
        (NIGHTLY.format("") + 'dates: {2027-03-28: {start: "04:00"}}\n', "2026-11-24", []),
        (NIGHTLY.format("") + "except: [2027-03-28]\n", "2026-11-24", []),
        (
            NIGHTLY.format("").replace("02:30", "01:30")
            + 'later: [{from: 2027-03-21, start: "02:30"}]\n',
            "2026-11-24",
            ["6:35 2027-03-28"],
        ),
    ],
)
def test_a_rule_meets_an_hour_that_clocks_skip_without_fault(
    of_months: Site,
    capsys: pytest.CaptureFixture[str],
    front: str,
    now: str,
    places: list[str],
) -> None:
    """Nobody wrote that date: the build of a later year does not fail by itself."""
    of_months.write("webinars/atelier.md", f"---\ntitle: A\n{front}---\nA.\n")
    assert of_months.run("check", "--json", now=f"{now}T09:00:00Z") == 0
    told = json.loads(capsys.readouterr().out)["problems"]
    its = [one for one in told if one["code"] == "skipped-hour"]
    days = [re.findall(r"2\d{3}-\d\d-\d\d", one["message"])[0] for one in its]
    found = [f"{one['line']}:{one['column']} {day}" for one, day in zip(its, days, strict=True)]
    assert found == places
    for one in its:
        assert one["severity"] == "warning"
        day = places[0].rpartition(" ")[2]
        assert f'« dates: {{{day}: {{start: "03:30"}}}} »' in one["hint"].replace("\u00a0", " ")


@pytest.mark.parametrize("more", ["", "dates: {2027-03-28: {title: B}}\n"])
def test_a_date_at_an_hour_that_clocks_skip_is_held_as_calendars_have_it(
    of_months: Site, more: str
) -> None:
    """As RFC 5545 has it (section 3.3.5), in pages, calendars and for machines."""
    front = f"---\ntitle: A\n{NIGHTLY.format('')}{more}---\nA.\n"
    data = told_of(of_months, "comptoirs/atelier", front)
    (own,) = data["subEvent"]
    assert own["startDate"] == "2027-03-28T03:30:00+02:00"
    assert own["endDate"] == "2027-03-28T04:30:00+02:00"
    assert "previousStartDate" not in own
    (schedule,) = data["eventSchedule"]
    assert (schedule["startTime"], schedule["exceptDate"]) == ("02:30:00", ["2027-03-28T02:30:00"])
    page = of_months.page("comptoirs/atelier", NOW).read_text()
    (row,) = re.findall(r'(?s)<li class="pc-date[^>]*id="2027-03-28".*?</li>', page)
    assert 'datetime="2027-03-28T03:30:00+02:00"' in row
    assert "au lieu" not in row
    calendar = (of_months.feeds(NOW) / "flux/comptoirs.ics").read_bytes()
    for name in ("recurring-ical-events", "ical"):
        held = READERS[name](calendar, date(2027, 3, 20), date(2027, 4, 6))
        assert [(one.start[:16], one.end[:16]) for one in held] == [
            ("2027-03-21T01:30", "2027-03-21T02:30"),
            ("2027-03-28T01:30", "2027-03-28T02:30"),
            ("2027-04-04T00:30", "2027-04-04T01:30"),
        ]


def test_a_series_that_is_deleted_is_called_off(of_months: Site) -> None:
    of_months.write("webinars/autre.md", "---\ntitle: Autre\nstart: 2026-12-01 12:30\n---\nUn.\n")
    of_months.commit("2026-02-01T09:00:00Z")
    (of_months.root / "webinars/atelier.md").unlink()
    of_months.commit("2026-05-01T09:00:00Z")
    data = (of_months.feeds(NOW) / "flux/comptoirs.ics").read_bytes()
    found = READERS["recurring-ical-events"](data, date(2026, 6, 1), date(2026, 9, 1))
    assert [one.start[:10] for one in found if one.status == "CANCELLED"] == [
        *("2026-06-11", "2026-07-09")
    ]


@pytest.mark.parametrize("becomes", ["deleted", "renamed", "undated"])
def test_what_differed_is_called_off_where_it_stood(of_months: Site, becomes: str) -> None:
    """A date that had moved is called off at the hour that subscribers have, and at no other."""
    early = MONTHLY.replace("also: [", "also: [2026-01-05 09:00, ")
    of_months.write("webinars/atelier.md", early)
    of_months.write("webinars/autre.md", "---\ntitle: Autre\nstart: 2026-12-01 12:30\n---\nUn.\n")
    of_months.commit("2025-12-01T09:00:00Z")
    days = date(2026, 1, 1), date(2026, 7, 1)
    read = READERS["recurring-ical-events"]

    def held(now: str) -> list[str]:
        data = (of_months.feeds(now) / "flux/comptoirs.ics").read_bytes()
        return sorted(one.start for one in read(data, *days))

    before = held("2025-12-01T10:00:00Z")
    assert len(before) == 7
    file = of_months.root / "webinars/atelier.md"
    if becomes == "undated":
        of_months.write("webinars/atelier.md", "---\ntitle: Atelier\nundated: future\n---\nUn.\n")
    else:
        file.unlink()
    if becomes == "renamed":
        of_months.write("webinars/cafe.md", early)
    of_months.commit("2025-12-20T09:00:00Z")
    after = held("2025-12-21T09:00:00Z")
    assert after == sorted(before * (2 if becomes == "renamed" else 1))


@pytest.mark.parametrize("becomes", ["taken away", "another day", "single", "kept"])
def test_a_change_that_is_taken_away_is_called_off(of_months: Site, becomes: str) -> None:
    """Who keeps what a calendar told once learns that it ended; for a year, and no longer."""
    of_months.write("webinars/atelier.md", MONTHLY)
    of_months.commit("2025-12-01T09:00:00Z")

    def told(now: str) -> dict[str, tuple[str, int]]:
        """Status and SEQUENCE of each entry that gives dates, by UID."""
        data = (of_months.feeds(now) / "flux/comptoirs.ics").read_bytes()
        events = icalendar.Calendar.from_ical(data).walk("VEVENT")
        return {
            str(one["UID"]): (str(one["STATUS"]), int(str(one["SEQUENCE"])))
            for one in events
            if "RECURRENCE-ID" not in one
        }

    before = told("2025-12-01T10:00:00Z")
    (old,) = (one for one in before if one.startswith("from-"))
    assert before[old][0] == "CONFIRMED"
    later = 'later:\n  - {from: 2026-10-01, start: "14:00"}\n'
    instead = {
        "taken away": MONTHLY.replace(later, ""),
        "another day": MONTHLY.replace("from: 2026-10-01", "from: 2026-11-01"),
        "single": "---\ntitle: Atelier\nstart: 2026-10-08 12:30\n---\nUn.\n",
        "kept": f"{MONTHLY}Autre.\n",
    }
    of_months.write("webinars/atelier.md", instead[becomes])
    of_months.commit("2025-12-20T09:00:00Z")
    after = told("2025-12-21T09:00:00Z")
    status, sequence = after.pop(old)
    assert status == ("CONFIRMED" if becomes == "kept" else "CANCELLED")
    assert sequence > before[old][1]
    assert {status for status, _ in after.values()} == {"CONFIRMED"}
    if becomes != "kept":
        assert old not in told("2026-12-22T09:00:00Z")


def test_an_hour_that_a_rule_gives_no_more_is_called_off(of_months: Site) -> None:
    rule = "{every: month, on: second thursday, until: 2026-12-31"
    front = f"title: A\nstart: 2026-01-08 09:00\nduration: 1h\nrepeat: {rule}"
    of_months.write("webinars/a.md", f"---\n{front}, at: ['09:00', '14:00']}}\n---\nUn.\n")
    of_months.commit("2025-12-01T09:00:00Z")
    of_months.write("webinars/a.md", f"---\n{front}}}\n---\nUn.\n")
    of_months.commit("2025-12-20T09:00:00Z")
    out = of_months.compile(now="2025-12-21T09:00:00Z")
    data = (out / "flux/comptoirs.ics").read_bytes()
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    found = {str(one["UID"]): str(one["STATUS"]) for one in events if ".a." in f".{one['UID']}"}
    assert found == {
        "a.comptoirs@petit.example": "CONFIRMED",
        "at-1400.a.comptoirs@petit.example": "CANCELLED",
    }


def test_a_part_of_a_series_may_lose_its_dates(of_months: Site) -> None:
    """Those after it stand in calendars as they are."""
    text = MONTHLY.replace("2026-08-13]", "2026-08-13, 2026-10-08]")
    later = "  - {from: 2026-11-01, start: '15:00'}\n"
    text = text.replace("---\nOn", f"{later}---\nOn").replace(
        "dates:\n", "dates:\n  2026-12-10: {start: 2026-12-17}\n"
    )
    of_months.write("webinars/atelier.md", text)
    data = (of_months.feeds(NOW) / "flux/comptoirs.ics").read_bytes()
    found = READERS["recurring-ical-events"](data, date(2026, 9, 15), date(2027, 1, 1))
    assert [one.start[:16] for one in found] == [
        *("2026-09-17T12:00", "2026-11-12T14:00", "2026-12-17T14:00"),
    ]


def leads_to(out: Path, address: str) -> str:
    """Where a page of an old address leads."""
    text = (out / address / "index.html").read_text("utf-8")
    return text.partition("url=")[2].partition('"')[0]


@pytest.mark.large
def test_the_page_of_a_date_never_loses_its_address(of_months: Site) -> None:
    address, title = "comptoirs/atelier/2026-06-11", "  2026-06-11: {title: Retour d’expérience}\n"
    of_months.commit("2026-01-01T00:00:00Z")
    out = of_months.compile(now=NOW)
    assert compiled_page(out, address).exists()
    of_months.write("webinars/atelier.md", MONTHLY.replace(title, ""))
    of_months.commit("2026-02-01T00:00:00Z")
    out = of_months.compile(now=NOW)
    assert leads_to(out, address) == "../../../comptoirs/atelier/#2026-06-11"
    # A date that is none of the series any more: its page.
    without = MONTHLY.replace(title, "").replace("[2026-08-13]", "[2026-08-13, 2026-06-11]")
    of_months.write("webinars/atelier.md", without)
    of_months.commit("2026-03-01T00:00:00Z")
    assert leads_to(of_months.compile(now=NOW), address) == "../../../comptoirs/atelier/"
    # It has a page again.
    of_months.write("webinars/atelier.md", MONTHLY)
    of_months.commit("2026-04-01T00:00:00Z")
    out = of_months.compile(now=NOW)
    assert compiled_page(out, address).exists()
    assert not (out / address / "index.html").exists()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("speakers: [{name: Une apprentie}]", "Une apprentie"),
        ("hosts: [{name: Atelier d’essai}]", "Atelier d’essai"),
        ("organisers: [{name: Fabrique d’essai}]", "Fabrique d’essai"),
        ("online: https://autre.example/", "https://autre.example/"),
        ("price: 3 euros", "3 euros"),
        ("registration: {url: https://inscription.example/}", "https://inscription.example/"),
        ("seats: 12", "12"),
        ("summary: Une fois à part", "Une fois à part"),
        # What its row tells needs no page.
        ("registration: {state: full}", ""),
        ("status: cancelled", ""),
        ("place: cci-caen", ""),
        ('start: "16:00"', ""),
    ],
)
def test_what_is_said_of_one_date_alone_is_read_somewhere(
    of_months: Site, said: str, shown: str
) -> None:
    text = MONTHLY.replace("later:", f"  2026-07-09: {{{said}}}\nlater:")
    of_months.write("webinars/atelier.md", text)
    out = of_months.compile(now=NOW)
    page = compiled_page(out, "comptoirs/atelier/2026-07-09")
    assert page.exists() == bool(shown)
    if shown:
        assert shown in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("speakers: [marie-essai]", "personnes/marie-essai"),
        ("hosts: [atelier]", "organisations/atelier"),
        ("place: halle", "lieux/halle"),
        ("place: halle", "territoires/bretagne"),
        ("tags: [craie]", "mots-cles/craie"),
        ("themes: [lire]", "themes/lire"),
    ],
)
def test_a_list_names_a_series_by_a_date_of_which_it_holds(
    of_months: Site, said: str, page: str
) -> None:
    """Nobody is told to be where another date is held, nor a place left out that one alone has."""
    data = "content/data"
    of_months.write(f"{data}/people/marie-essai.yml", "name: Marie Essai\nconsent: 2026-01-01\n")
    of_months.write(f"{data}/organisations/atelier.yml", "name: Atelier\n")
    of_months.write(f"{data}/themes/lire.yml", "name: Lire\n")
    of_months.write(f"{data}/places/halle.yml", "name: Halle\nterritory: bretagne\n")
    text = MONTHLY.replace("later:", f"  2026-07-09: {{{said}}}\nlater:")
    of_months.write("webinars/atelier.md", text)
    out = of_months.compile(now="2026-02-01T00:00:00Z")
    shown = compiled_page(out, page).read_text(encoding="utf-8")
    found = set(re.findall(r"comptoirs/atelier/(?:#|%23)?(20[\d-]{8})", shown))
    assert found == {"2026-07-09"}


@pytest.mark.large
def test_pages_of_dates_lead_on_from_where_their_series_was(of_months: Site) -> None:
    of_months.commit("2026-01-01T00:00:00Z")
    # One had a page that is a place now; the file has another name.
    replay = "  2026-07-09: {title: Un autre}\n"
    of_months.write("webinars/atelier.md", MONTHLY.replace("later:", f"{replay}later:"))
    of_months.commit("2026-02-01T00:00:00Z")
    (of_months.root / "webinars/atelier.md").unlink()
    aliases = "aliases: [comptoirs/atelier]\ntitle: Atelier"
    of_months.write("webinars/autre.md", MONTHLY.replace("title: Atelier", aliases))
    of_months.commit("2026-03-01T00:00:00Z")
    out = of_months.compile(now=NOW)
    old = "comptoirs/atelier"
    assert leads_to(out, old) == "../../comptoirs/autre/"
    assert leads_to(out, f"{old}/2026-06-11") == "../../../comptoirs/autre/2026-06-11/"
    assert leads_to(out, f"{old}/2026-07-09") == "../../../comptoirs/autre/#2026-07-09"
    assert not (out / old / "2026-09-10").exists()
    # It is one meeting from now on: what was said of its dates leads there.
    once = "---\ntitle: Atelier du mois\nstart: 2026-09-10 12:30\naliases: [comptoirs/atelier]\n"
    of_months.write("webinars/autre.md", f"{once}---\nOn se retrouve.\n")
    of_months.commit("2026-04-01T00:00:00Z")
    out = of_months.compile(now=NOW)
    for address in ("comptoirs/atelier", "comptoirs/autre"):
        assert leads_to(out, f"{address}/2026-06-11") == "../../../comptoirs/autre/"


@pytest.mark.large
def test_pages_of_dates_lead_on_from_another_collection(tmp_path: Path) -> None:
    more = (
        "collections:\n        autres: {kind: webinar, folder: autres, address: autres, name: A}\n"
    )
    made = french(tmp_path / "site", CONFIG.replace("collections:\n", more, 1))
    made.write("content/data/places/cci-caen.yml", "name: CCI Caen\nterritory: normandie\n")
    made.write("webinars/atelier.md", MONTHLY)
    made.commit("2026-01-01T00:00:00Z")
    (made.root / "webinars/atelier.md").unlink()
    aliases = "aliases: [comptoirs/atelier]\ntitle: Atelier"
    made.write("autres/atelier.md", MONTHLY.replace("title: Atelier", aliases))
    made.commit("2026-03-01T00:00:00Z")
    out = made.compile(now=NOW)
    old = "comptoirs/atelier/2026-06-11"
    assert leads_to(out, old) == "../../../autres/atelier/2026-06-11/"


@pytest.mark.large
def test_what_never_had_a_page_has_no_old_address(of_months: Site) -> None:
    for day, text in (("01", MONTHLY), ("02", MONTHLY.replace("On se", "On s’y"))):
        of_months.write("webinars/atelier.md", text)
        of_months.commit(f"2026-{day}-01T00:00:00Z")
    out = of_months.compile(now=NOW)
    assert [one.name for one in out.glob("comptoirs/atelier/2026-*/index.html")] == []


def test_what_is_wrong_of_a_day_that_is_added_is_told_where_something_is_said_of_it(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "start: 2027-01-14 12:30\nrepeat: chaque jeudi\nalso: [2027-05-21]"
    own = "dates:\n  2027-05-21: {title: Autre}"
    site.write("webinars/un.md", f"---\ntitle: Un\n{said}\n{own}\n---\nTexte.\n")
    assert site.run("check", "--lang", "en") == 1
    assert "un.md:7:15: error[wrong-weekday]" in capsys.readouterr().out


def test_a_place_with_another_time_asks_for_the_hour(
    of_months: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    of_months.write("webinars/atelier.md", MONTHLY.replace("place: cci-caen", "place: saint-denis"))
    assert of_months.run("check", now=NOW) == 0
    text = MONTHLY.replace("{status: cancelled}", "{place: saint-denis}")
    of_months.write("webinars/atelier.md", text)
    assert of_months.run("check", now=NOW) == 1
    assert "atelier.md:10:23: error[date-elsewhere]" in capsys.readouterr().out
    for said, code in (
        ("place: saint-denis", 1),
        ('place: saint-denis, start: "9:30"', 0),
        ("place: saint-denis, repeat: chaque mardi à 9 h 30", 0),
        ("place: cci-caen", 0),
    ):
        later = MONTHLY.replace('start: "14:00"}', f"{said}}}")
        of_months.write("webinars/atelier.md", later)
        assert of_months.run("check", now=NOW) == code
        told = "atelier.md:13:31: error[date-elsewhere]" in capsys.readouterr().out
        assert told == bool(code)


def test_check_tells_how_a_series_is_understood(
    of_months: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert of_months.run("check", "--verbose", str(of_months.root / "webinars"), now=NOW) == 0
    said = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert said[-7].startswith("webinars/atelier.md : chaque 2e jeudi du mois, à 12 h 30")
    assert said[-6:] == [
        "  jeudi 11 juin 2026, 12 h 30 – 13 h 30",
        "  jeudi 9 juillet 2026, 12 h 30 – 13 h 30",
        "  jeudi 10 septembre 2026, 12 h 30 – 13 h 30",
        "  jeudi 17 septembre 2026, 14 h – 15 h",
        "  jeudi 8 octobre 2026, 14 h – 15 h",
        "  jeudi 12 novembre 2026, 14 h – 15 h",
    ]


def test_check_tells_whose_time_it_is_where_there_are_several(
    of_months: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    own = '{place: saint-denis, start: "9:30"}'
    text = MONTHLY.replace("{title: Retour d’expérience}", own)
    of_months.write("webinars/atelier.md", text)
    assert of_months.run("check", "--verbose", now=NOW) == 0
    said = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    assert said[-6:-4] == [
        "  jeudi 11 juin 2026, 9 h 30 – 10 h 30, heure de La Réunion",
        "  jeudi 9 juillet 2026, 12 h 30 – 13 h 30, heure de Paris",
    ]


def test_check_tells_no_date_that_is_not_held(
    of_months: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    off = "  2026-07-09: {status: cancelled}\n  2026-09-10: {status: postponed}\nlater:"
    of_months.write("webinars/atelier.md", MONTHLY.replace("later:", off))
    assert of_months.run("check", "--verbose", str(of_months.root / "webinars"), now=NOW) == 0
    said = capsys.readouterr().err.replace("\u00a0", " ").splitlines()
    days = [one.strip().split(",")[0] for one in said if one.startswith("  ")]
    assert days == [
        *("jeudi 11 juin 2026", "jeudi 17 septembre 2026", "jeudi 8 octobre 2026"),
        *("jeudi 12 novembre 2026", "jeudi 10 décembre 2026"),
    ]


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("also: [2072-01-15 14:00]", "6:8"),
        ("except: [2072-01-10]", "6:10"),
        ("dates:\n  2072-01-10: {title: B}", "7:15"),
        ("later:\n  - {from: 2072-01-10, title: B}", "7:12"),
    ],
)
def test_a_day_of_a_series_far_off_is_told(
    of_months: Site, capsys: pytest.CaptureFixture[str], front: str, place: str
) -> None:
    begun = "---\ntitle: A\nstart: 2026-01-10 12:30\nduration: 1h\nrepeat: {every: month}\n"
    of_months.write("webinars/atelier.md", f"{begun}{front}\n---\nA.\n")
    of_months.run("check", now=NOW)
    out = capsys.readouterr().out
    assert re.findall(r"atelier\.md:(\S+): warning\[far-date\]", out) == [place]


@pytest.mark.parametrize("day", ["2027-03-19", "2062-03-19"])
def test_a_date_moved_far_is_told_once_where_its_day_is_said(
    of_months: Site, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    begun = "---\ntitle: A\nstart: 2026-01-12 12:30\nduration: 1h\nrepeat: {every: month}\n"
    of_months.write("webinars/atelier.md", f"{begun}dates:\n  2026-03-12: {{start: {day}}}\n---\n")
    of_months.run("check", now=NOW)
    out = capsys.readouterr().out
    assert re.findall(r"atelier\.md:(\S+): warning\[(\S+)\]", out) == [("7:23", "far-move")]
    assert "2026-03-19" in out


@pytest.mark.parametrize(
    ("later", "place"),
    [
        ("{from: 2026-10-01, repeat: chaque mardi}", "6:32"),
        ("{from: 2026-10-01, start: 2026-10-06, repeat: chaque mardi}", "6:31"),
    ],
)
def test_a_day_that_a_later_rule_gives_is_told_where_that_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], later: str, place: str
) -> None:
    site = french(tmp_path / "site-sources")
    front = f"title: A\nstart: 2026-09-03 12:30\nrepeat: {{every: week}}\nlater:\n  - {later}\n"
    site.write("webinars/a.md", f"---\n{front}---\n")
    assert site.run("check", now=NOW) == 1
    assert re.findall(r"a\.md:(\S+): error\[(\S+)\]", capsys.readouterr().out) == [
        (place, "wrong-weekday")
    ]


FILMED = "replay: {video: https://video.example/x}"
AFTER = "2026-11-24T09:00:00Z"
ITEMS = 'programme: [{title: B, at: "12:30"}, {title: C, at: "12:50"}]'


@pytest.mark.parametrize(
    ("day", "front", "told"),
    [
        # What is called off has nothing of what is said of those that are held.
        ("2026-10-01", f"{FILMED}\ndates: {{2026-11-26: {{status: cancelled}}}}", []),
        ("2026-10-01", f"{FILMED}\ndates: {{2026-11-26: {{status: postponed}}}}", []),
        ("2026-10-01", f"{FILMED}\ndates: {{2026-11-19: {{status: cancelled}}, "
         "2026-11-26: {status: cancelled}}", []),
        ("2026-10-01", f"{FILMED}\nlater: [{{from: 2026-11-26, status: cancelled}}]", []),
        ("2026-10-01", "programme: [{title: B, video: https://video.example/x}]\n"
         "dates: {2026-11-26: {status: cancelled}}", []),
        ("2026-10-01", "registration: {deadline: 2026-10-01 12:00}\n"
         "dates: {2026-10-01: {start: 2026-10-01 11:00, status: cancelled}}", []),
        ("2026-10-01", f"{FILMED}\ndates: {{2026-11-26: {{start: 2026-12-03}}}}",
         [("7:9", "replay-of-future")]),
        ("2026-10-01", "dates:\n  2026-11-26: {status: cancelled, replay: {video: "
         "https://video.example/x}}",
         [("8:43", "replay-of-cancelled"), ("8:43", "replay-of-future")]),
        # A reason is needed by the others.
        ("2026-10-02", "exception: Salle\ndates: {2026-10-09: {start: 2026-10-08}}", []),
        ("2026-10-02", "exception: Salle\n"
         "later: [{from: 2026-11-01, repeat: 'chaque jeudi, 3 fois'}]", []),
        ("2026-10-02", "exception: Salle\n"
         "dates:\n  2026-10-09: {start: 2026-10-08, exception: Salle}",
         [("9:46", "useless-exception")]),
        # What a date says against what is said of all is told where the date says it.
        ("2026-10-01", "later: [{from: 2026-11-05}]", [("7:9", "empty")]),
        ("2026-10-01", "later: [{from: 2026-11-05, hosts: null}]", []),
        # Who registers for a series may join those who have begun: until its last date.
        ("2026-10-01", "registration: {deadline: 2026-10-01 12:00}\n"
         "dates:\n  2026-10-01: {start: 2026-10-01 11:00}", []),
        ("2026-10-01", "registration: {deadline: 2026-10-20}", []),
        ("2026-10-01", "registration: {deadline: 2026-11-26 12:30}", []),
        ("2026-10-01", "registration: {deadline: 2026-11-26 12:31}",
         [("7:26", "deadline-after-start")]),
        ("2026-10-01", "registration: {deadline: 2026-11-20}\n"
         "dates: {2026-11-26: {status: cancelled}}", [("7:26", "deadline-after-start")]),
        ("2026-10-01", "registration: {deadline: 2026-11-20}\n"
         "dates: {2026-10-08: {registration: {state: full}}}", []),
        ("2026-10-01", "registration: {deadline: 2026-11-20}\n"
         "dates:\n  2026-10-08: {registration: {deadline: 2026-10-09}}",
         [("9:41", "deadline-after-start")]),
        ("2026-10-01", "later: [{from: 2026-11-01, registration: {deadline: 2026-11-06}}]", []),
        ("2026-10-01", "later: [{from: 2026-11-01, registration: {deadline: 2026-12-06}}]",
         [("7:53", "deadline-after-start")]),
        ("2026-10-01", "registration: {deadline: 2026-12-06}\nlater: "
         "[{from: 2026-11-05, repeat: chaque jeudi}]", [("8:36", "later-endless")]),
        ("2026-10-01", f"{ITEMS}\ndates:\n  2026-11-12: {{duration: 10 min}}\n"
         '  2026-11-19: {end: "12:45"}', [("9:26", "item-outside"), ("10:21", "item-outside")]),
    ],
)  # fmt: skip
def test_a_date_is_asked_for_what_it_says_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, front: str, told: list[object]
) -> None:
    site = french(tmp_path / "site-sources")
    begun = f"title: A\nstart: {day} 12:30\nduration: 1h\nrepeat: {{every: week, count: 9}}\n"
    site.write("webinars/a.md", f"---\n{begun}\n{front}\n---\n")
    site.run("check", now=AFTER)
    said = capsys.readouterr().out
    assert re.findall(r"a\.md:(\S+): \w+\[(\S+)\]", said) == told


def test_a_date_that_is_called_off_shows_no_recording_of_the_others(tmp_path: Path) -> None:
    site = french(tmp_path / "site-sources")
    begun = "title: A\nstart: 2026-10-01 12:30\nrepeat: {every: week, count: 9}\n"
    left = "dates: {2026-11-26: {status: cancelled}}\n"
    site.write("webinars/a.md", f"---\n{begun}{FILMED}\n{left}---\n")
    data = (site.feeds(AFTER) / "comptoirs/a.ics").read_text()
    (entry,) = [one for one in data.split("BEGIN:VEVENT") if "RECURRENCE-ID" in one]
    assert "video.example" not in entry


@pytest.mark.large
@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.deep)])
def test_every_reader_finds_the_same_dates(tmp_path: Path, count: int) -> None:
    """Series at random, across both changes of clocks, in Paris and in La Réunion."""
    events, data = series_at_random(tmp_path / "site", count)
    wanted = {name: expected(event, FIRST, LAST) for name, event in events.items()}
    assert sum(map(len, wanted.values())) > 10 * count
    for reader in ("recurring-ical-events", "ical", "libical"):
        if reader == "libical" and libical.missing():
            continue
        for name, held in wanted.items():
            assert READERS[reader](data[name], FIRST, LAST) == held, (reader, events[name].source)
    if not icaljs.missing():
        found = by_icaljs(list(data.values()), FIRST, LAST)
        for name, ours in zip(data, found, strict=True):
            assert ours == wanted[name], ("ical.js", events[name].source)


ENDS = [
    ("end: 2027-09-01\nrepeat: {every: month}", "end-of-series"),
    ("end: 2027-09-01 13:30\nrepeat: chaque mois", "end-of-series"),
    ("repeat: {every: month, end: 2027-09-01}", "unknown-key"),
    ("end: 2027-01-08\nrepeat: {every: month, until: 2027-09-01}", "end-unlike-start"),
]


@pytest.mark.parametrize(("said", "code"), ENDS)
def test_an_end_that_is_that_of_the_series_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, code: str
) -> None:
    site.write("webinars/un.md", f"---\ntitle: Un\nstart: 2027-01-07 12:30\n{said}\n---\nTexte.\n")
    site.commit()
    assert site.run("check", "--lang", "en") == 1
    (line,) = [one for one in capsys.readouterr()[0].splitlines() if ": error[" in one]
    assert f"error[{code}]" in line
    assert ("« until:" in line) == (code != "end-unlike-start")
    assert "programme" not in line


def test_a_series_in_utc_says_so_in_one_form(site: Site) -> None:
    """What stands beside a DTSTART in UTC is in UTC: local time if and only if that is (RFC 5545,
    section 3.8.4.4)."""
    site.write(
        "webinars/un.md",
        "---\ntitle: Un\nstart: 2026-12-03 23:30\ntimezone: UTC\nduration: 1h\n"
        "repeat: chaque jeudi, 6 fois\nexcept: [2026-12-10]\nalso: [2026-12-12 08:00]\n"
        "dates: {2026-12-17: {start: 2026-12-17 08:00}}\n---\nTexte.\n",
    )
    data = (site.feeds() / "flux/comptoirs.ics").read_text()
    dates = re.findall(r"^(?:EXDATE|RDATE|RECURRENCE-ID)[;:].*", data, re.M)
    assert dates == [
        "EXDATE:20261210T233000Z",
        "RDATE:20261212T080000Z",
        "RECURRENCE-ID:20261217T233000Z",
    ]


def test_what_is_recorded_of_a_date_is_told_with_all_replays(of_months: Site) -> None:
    of_months.write("webinars/a.mp3", b"ID3\x04")
    said = "  2026-02-12: {replay: {video: https://video.example/x, audio: a.mp3}}\n"
    of_months.write("webinars/atelier.md", MONTHLY.replace("dates:\n", f"dates:\n{said}"))
    of_months.commit("2026-03-01T10:00:00Z")
    out = of_months.feeds(now=NOW)
    (item,) = json.loads((out / "flux/replays.json").read_text())["items"]
    assert item["id"] == "2026-02-12.atelier.comptoirs@petit.example#replay"
    assert item["url"].endswith("/comptoirs/atelier/2026-02-12/")
    assert (out / "flux/replays.podcast.xml").read_text().count("<item>") == 1
    # It stays, though nothing is recorded any more: people follow it.
    of_months.write("webinars/atelier.md", MONTHLY)
    of_months.commit("2026-03-02T10:00:00Z")
    podcasts = {one.name for one in (of_months.feeds(now=NOW) / "flux").glob("*.podcast.xml")}
    assert podcasts == {"comptoirs.podcast.xml", "replays.podcast.xml"}
