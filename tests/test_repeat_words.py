"""How often something is held is read as people say it, told as they read it, or refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from parcours.i18n import LANGUAGES, translator
from parcours.model.recurrence import Rule
from parcours.model.repeat_words import (
    LONGEST,
    Said,
    parse_last_day,
    parse_on,
    parse_repeat,
    parse_step,
)
from parcours.model.repeats import YearDay, last_day, meant_by, moved_to, rule_of
from parcours.model.schema import WebinarRecord
from parcours.model.values import DateStyle, Moment, ValueRefused
from parcours.wording import repeats

from .conftest import Site
from .effort import at_most
from .recurring import random_rule, random_start

Lines = Callable[[], list[str]]
START = Moment(date(2026, 1, 8), time(12, 30))


def rule(text: str) -> str:
    said = parse_repeat(text)
    return rule_of(said.step, said.ons, said.hours).value().replace("FREQ=", "")


def refused(read: Callable[[str], object], text: str) -> tuple[str, list[str]]:
    with pytest.raises(ValueRefused) as told:
        read(text)
    params = told.value.params
    names = ("part", "one", "other", "better", "reason")
    return told.value.code, [str(params[name]) for name in names if name in params]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # Weeks and days
        ("chaque jeudi", "WEEKLY;BYDAY=TH"),
        ("Tous les jeudis", "WEEKLY;BYDAY=TH"),
        ("TOUS LES MARDIS ET JEUDIS", "WEEKLY;BYDAY=TU,TH"),
        ("le jeudi", "WEEKLY;BYDAY=TH"),
        ("les mardis et jeudis", "WEEKLY;BYDAY=TU,TH"),
        ("le mardi, le jeudi", "WEEKLY;BYDAY=TU,TH"),
        ("chaque mardi et chaque jeudi", "WEEKLY;BYDAY=TU,TH"),
        ("every Thursday", "WEEKLY;BYDAY=TH"),
        ("each thursday", "WEEKLY;BYDAY=TH"),
        ("Thursdays", "WEEKLY;BYDAY=TH"),
        ("on Tuesdays & Thursdays", "WEEKLY;BYDAY=TU,TH"),
        ("every Tue and Thu", "WEEKLY;BYDAY=TU,TH"),
        ("weekly on Tuesday", "WEEKLY;BYDAY=TU"),
        ("hebdomadaire, le mardi", "WEEKLY;BYDAY=TU"),
        ("toutes les semaines", "WEEKLY"),
        ("every week", "WEEKLY"),
        ("toutes les 2 semaines le mardi et le jeudi", "WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
        ("toutes les deux semaines, le jeudi", "WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("une semaine sur deux, le jeudi", "WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("un jeudi sur deux", "WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("tous les 2 jeudis", "WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("chaque quinzaine, le jeudi", "WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("every other Thursday", "WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("every second week on Thursday", "WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("every 2 weeks on Tuesday and Thursday", "WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
        ("fortnightly", "WEEKLY;INTERVAL=2"),
        ("tous les jours", "DAILY"),
        ("chaque jour", "DAILY"),
        ("every day", "DAILY"),
        ("every 3rd day", "DAILY;INTERVAL=3"),
        ("every 15 days", "DAILY;INTERVAL=15"),
        ("tous les 10 jours", "DAILY;INTERVAL=10"),
        ("every weekday", "WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("tous les jours ouvrés", "WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("du lundi au vendredi", "WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("Monday to Friday", "WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        # Months
        ("chaque 2e jeudi", "MONTHLY;BYDAY=2TH"),
        ("chaque deuxième jeudi du mois", "MONTHLY;BYDAY=2TH"),
        ("Le second jeudi de chaque mois", "MONTHLY;BYDAY=2TH"),
        ("tous les 1ers jeudis du mois", "MONTHLY;BYDAY=1TH"),
        ("chaque mois, le 2e jeudi", "MONTHLY;BYDAY=2TH"),
        ("les 1er et 3e jeudis du mois", "MONTHLY;BYDAY=1TH,3TH"),
        ("1er et 3e jeudi", "MONTHLY;BYDAY=1TH,3TH"),
        ("le 2e mardi et le 4e jeudi du mois", "MONTHLY;BYDAY=2TU,4TH"),
        ("every first Thursday", "MONTHLY;BYDAY=1TH"),
        ("every 1st and 3rd Thursday", "MONTHLY;BYDAY=1TH,3TH"),
        ("every 2nd Thursday of the month", "MONTHLY;BYDAY=2TH"),
        ("the second thursday of each month", "MONTHLY;BYDAY=2TH"),
        ("monthly on the second Thursday", "MONTHLY;BYDAY=2TH"),
        ("le dernier vendredi du mois", "MONTHLY;BYDAY=-1FR"),
        ("the last Friday of the month", "MONTHLY;BYDAY=-1FR"),
        ("l’avant-dernier vendredi du mois", "MONTHLY;BYDAY=-2FR"),
        ("second to last Friday of the month", "MONTHLY;BYDAY=-2FR"),
        ("le 15 de chaque mois", "MONTHLY;BYMONTHDAY=15"),
        ("chaque mois, le 15", "MONTHLY;BYMONTHDAY=15"),
        ("le 1er et le 15 du mois", "MONTHLY;BYMONTHDAY=1,15"),
        ("the 1st and 15th of the month", "MONTHLY;BYMONTHDAY=1,15"),
        ("le dernier jour du mois", "MONTHLY;BYMONTHDAY=-1"),
        ("the last day of the month", "MONTHLY;BYMONTHDAY=-1"),
        ("le 15 et le dernier jour du mois", "MONTHLY;BYMONTHDAY=15,-1"),
        ("le dernier jour ouvré du mois", "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("last weekday of the month", "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("le 13 du mois, quand c’est un vendredi", "MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
        ("tous les 2 mois, le premier lundi", "MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("un mois sur deux, le 1er lundi", "MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("chaque trimestre, le 1er lundi", "MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("every quarter on the first Monday", "MONTHLY;INTERVAL=3;BYDAY=1MO"),
        # Years
        ("chaque année", "YEARLY"),
        ("every 2 years", "YEARLY;INTERVAL=2"),
        ("chaque année le 25 décembre", "YEARLY;BYMONTH=12;BYMONTHDAY=25"),
        ("tous les 25 decembre", "YEARLY;BYMONTH=12;BYMONTHDAY=25"),
        ("every December 25th", "YEARLY;BYMONTH=12;BYMONTHDAY=25"),
        ("every year on 25 December", "YEARLY;BYMONTH=12;BYMONTHDAY=25"),
        ("le dernier vendredi de novembre", "YEARLY;BYMONTH=11;BYDAY=-1FR"),
        ("last Friday of November", "YEARLY;BYMONTH=11;BYDAY=-1FR"),
        ("le 1er et le 8 mai", "YEARLY;BYMONTH=5;BYMONTHDAY=1,8"),
        ("chaque année, le 1er lundi de mars et septembre", "YEARLY;BYMONTH=3,9;BYDAY=1MO"),
        # Some months alone
        ("chaque jeudi de novembre", "WEEKLY;BYMONTH=11;BYDAY=TH"),
        ("every Thursday in March and April", "WEEKLY;BYMONTH=3,4;BYDAY=TH"),
        (
            "chaque jeudi, sauf en juillet et en août",
            "WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH",
        ),
        (
            "chaque 1er jeudi hors juillet-août",
            "YEARLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=1TH",
        ),
        ("tous les jeudis du mois", "WEEKLY;BYDAY=TH"),
        ("every Thursday of the month", "WEEKLY;BYDAY=TH"),
        # RRULE
        ("FREQ=MONTHLY;BYDAY=2TH", "MONTHLY;BYDAY=2TH"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "WEEKLY;INTERVAL=2;BYDAY=TU,TH"),
        ("freq=weekly;wkst=mo;byday=th;", "WEEKLY;BYDAY=TH"),
        ("BYDAY=-1FR;FREQ=MONTHLY", "MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYDAY=TH", "WEEKLY;BYDAY=TH"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=-1FR", "YEARLY;BYMONTH=11;BYDAY=-1FR"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        ("FREQ=DAILY;BYHOUR=9,14;BYMINUTE=30", "DAILY;BYHOUR=9,14;BYMINUTE=30"),
    ],
)
def test_a_sentence_is_a_rule(text: str, value: str) -> None:
    assert rule(text) == value
    assert rule(text.replace(" ", "\u00a0").replace("’", "'").upper()) == value


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        # What nobody understands
        ("oui", "bad-repeat", ["oui"]),
        ("every blue moon", "bad-repeat", ["blue moon"]),
        ("chaque jeudi férié", "bad-repeat", ["férié"]),
        ("chaque jeudi, de temps en temps", "bad-repeat", ["de temps en temps"]),
        ("tous les 2 jours ouvrés", "bad-repeat", ["tous les 2 jours ouvrés"]),
        ("chaque jour ouvrable", "bad-repeat", ["ouvrable"]),
        ("à 12 h 30", "bad-repeat", ["à 12 h 30"]),
        ("12 fois", "bad-repeat", ["12 fois"]),
        ("chaque jeudi sauf le 14", "bad-repeat", ["14"]),
        ("le mar", "bad-repeat", ["le mar"]),
        ("le 2e", "bad-repeat", ["le 2e"]),
        ("on the second", "bad-repeat", ["on the second"]),
        ("every 15", "bad-repeat", ["every 15"]),
        ("chaque 35 du mois", "bad-repeat", ["35 du mois"]),
        ("chaque 6e jeudi du mois", "bad-repeat", ["6e jeudi du mois"]),
        ("chaque 0e jeudi du mois", "bad-repeat", ["0e jeudi du mois"]),
        ("toutes les 0 semaines", "bad-repeat", ["toutes les 0 semaines"]),
        ("toutes les 200 semaines", "bad-repeat", ["toutes les 200 semaines"]),
        ("chaque jeudi jusqu’à ce que mort s’ensuive", "bad-repeat", None),
        ("FREQ=YEARLY;BYWEEKNO=3", "bad-repeat", ["BYWEEKNO=3"]),
        ("FREQ=HOURLY", "bad-repeat", ["FREQ=HOURLY"]),
        ("FREQ=WEEKLY;WKST=SU", "bad-repeat", ["WKST=SU"]),
        ("FREQ=WEEKLY;UNTIL=20261310", "bad-repeat", ["UNTIL=20261310"]),
        ("FREQ=MONTHLY;BYDAY=9TH", "bad-repeat", ["BYDAY=9TH"]),
        ("FREQ=WEEKLY;FREQ=DAILY", "bad-repeat", ["FREQ=DAILY"]),
        # What two people understand in two ways
        (
            "every second Thursday",
            "unsure-repeat",
            ["every second Thursday of the month", "every other Thursday"],
        ),
        (
            "every 3rd Thursday at 12:30",
            "unsure-repeat",
            ["every 3rd Thursday of the month", "every 3 weeks on Thursday"],
        ),
        (
            "tous les quinze jours, le jeudi",
            "unsure-repeat",
            ["toutes les 2 semaines", "tous les 14 jours"],
        ),
        (
            "tous les 3 jeudis du mois",
            "unsure-repeat",
            ["tous les 3 jeudis", "chaque 3e jeudi du mois"],
        ),
        (
            "tous les 2 jeudis de chaque mois à 18 h",
            "unsure-repeat",
            ["tous les 2 jeudis", "chaque 1er et 3e jeudi du mois"],
        ),
        (
            "every other Thursday of the month",
            "unsure-repeat",
            ["every other Thursday", "every 1st and 3rd Thursday of the month"],
        ),
        (
            "every 2 Thursdays of each month",
            "unsure-repeat",
            ["every 2 Thursdays", "every 1st and 3rd Thursday of the month"],
        ),
        (
            "un jeudi sur deux du mois",
            "unsure-repeat",
            ["un jeudi sur deux", "chaque 1er et 3e jeudi du mois"],
        ),
        (
            "toutes les 2 semaines, le jeudi du mois",
            "unsure-repeat",
            ["toutes les 2 semaines, jeudi", "chaque 1er et 3e jeudi du mois"],
        ),
        ("3", "bad-repeat", []),
        ("15", "bad-repeat", []),
        ("tous les 8 jours", "unsure-repeat", ["chaque semaine", "tous les 7 jours"]),
        ("biweekly", "unsure-repeat", ["every 2 weeks", "every Tuesday and Thursday"]),
        ("bimensuel", "unsure-repeat", ["toutes les 2 semaines", "chaque 1er et 3e jeudi"]),
        ("2e mardi et jeudi", "unsure-repeat", ["2e mardi et 2e jeudi", "2e mardi; jeudi"]),
        ("every month on Thursday", "unsure-repeat", ["every: week", "on: second thursday"]),
        ("chaque mois, le jeudi", "unsure-repeat", ["every: week", "on: 2e jeudi"]),
        (
            "chaque année, le 2e jeudi",
            "unsure-repeat",
            ["every: month", "on: 2e jeudi de novembre"],
        ),
        (
            "FREQ=WEEKLY;UNTIL=20261210T113000Z",
            "unsure-repeat",
            ["UNTIL=20261210", "UNTIL=20261209"],
        ),
        # What contradicts itself
        ("chaque semaine, le 2e jeudi", "repeat-against", ["every: month"]),
        ("every day on the 15th", "repeat-against", ["every: month"]),
        ("chaque mois, le 25 décembre", "repeat-against", ["every: year"]),
        ("chaque année, le jeudi", "repeat-against", ["every: week"]),
        # What no rule gives
        ("jeudi 12 mars", "repeat-mixed", ["its days are of two sorts"]),
        ("chaque 1er jeudi et le 15", "repeat-mixed", ["its days are of two sorts"]),
        ("FREQ=MONTHLY;BYDAY=MO,2TU", "repeat-mixed", ["its days are of two sorts"]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=MO,-1FR", "repeat-mixed", ["its days are of two sorts"]),
        (
            "le 25 décembre et le 1er mai",
            "repeat-mixed",
            ["its days are not the same in each of its months"],
        ),
        (
            "chaque jeudi à 9 h et 14 h 30",
            "repeat-mixed",
            ["its hours do not all have the same minutes"],
        ),
        (
            "le dernier jour ouvré du mois à 9 h et 14 h",
            "repeat-mixed",
            ["which of the days is counted, and there are several hours"],
        ),
        # Days and hours that do not exist
        ("chaque jeudi à 25 h", "bad-time", []),
        ("chaque jeudi sauf le 31 juin", "bad-date", []),
        ("chaque jeudi sauf le 29 février 2027", "bad-date", []),
        ("chaque jeudi jusqu’au 31/02/2027", "bad-date", []),
        ("chaque jeudi jusqu’au 1er mai 2999", "year-range", []),
        ("chaque jeudi " + "et jeudi " * LONGEST, "too-long", []),
    ],
)
def test_what_is_not_sure_is_refused(text: str, code: str, said: list[str] | None) -> None:
    told, params = refused(parse_repeat, text)
    assert told == code
    assert said is None or (params == said or not said)


@pytest.mark.parametrize(
    "text",
    [
        *("tous les 3 jeudis du mois", "tous les deux mardis du mois", "tous les 6 lundis du mois"),
        *("every other Thursday of the month", "Every 4 Mondays of Each Month"),
        *("un jeudi sur deux du mois", "toutes les 2 semaines, le jeudi du mois"),
    ],
)
def test_what_is_proposed_of_weeks_of_a_month_is_read(text: str) -> None:
    code, _ = refused(parse_repeat, text)
    assert code == "unsure-repeat"
    with pytest.raises(ValueRefused) as told:
        parse_repeat(text)
    one, other = (parse_repeat(str(told.value.params[key])) for key in ("one", "other"))
    assert (one.step.unit, other.step.unit) == ("week", "month")


@pytest.mark.parametrize(
    ("text", "unit", "interval"),
    [
        ("day", "day", 1),
        ("jour", "day", 1),
        ("Semaine", "week", 1),
        ("2 weeks", "week", 2),
        ("2\u00a0semaines", "week", 2),
        ("toutes les 2 semaines", "week", 2),
        ("deux semaines", "week", 2),
        ("quinzaine", "week", 2),
        ("mois", "month", 1),
        ("trimestre", "month", 3),
        ("quarter", "month", 3),
        ("semestre", "month", 6),
        ("2 trimestres", "month", 6),
        ("monthly", "month", 1),
        ("mensuel", "month", 1),
        ("an", "year", 1),
        ("ans", "year", 1),
        ("année", "year", 1),
        ("Year", "year", 1),
        ("other week", "week", 2),
    ],
)
def test_a_step_is_read(text: str, unit: str, interval: int) -> None:
    step = parse_step(text)
    assert (step.unit, step.interval) == (unit, interval)


@pytest.mark.parametrize("text", ["heure", "", "month week", "second thursday", "0 weeks", "1.5"])
def test_a_step_is_refused(text: str) -> None:
    assert refused(parse_step, text)[0] == "bad-repeat"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("jeudi", "Thursday"),
        ("2e jeudi", "second thursday"),
        ("deuxième jeudi du mois", "2nd Thursday of the month"),
        ("1er et 3e jeudi", "first and third thursday"),
        ("dernier jour", "last day"),
        ("dernier jour ouvré", "last weekday"),
        ("15", "the 15th"),
        ("25 décembre", "December 25"),
        ("dernier vendredi de novembre", "last friday of november"),
        ("mardi et jeudi", "tuesday and thursday"),
    ],
)
def test_days_are_the_same_in_both_languages(text: str, same: str) -> None:
    assert parse_on(text) == parse_on(same)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2027-06-30", "2027-06-30"), ("juin 2027", "2027-06-30"), ("fin 2027", "2027-12-31")],
)
def test_a_last_day_may_be_a_month(text: str, day: str) -> None:
    assert str(parse_last_day(text)) == day


@pytest.mark.parametrize("text", ["juin", "l’été", "30 juin 2027 à midi", "jamais 2027"])
def test_a_last_day_is_refused(text: str) -> None:
    assert refused(parse_last_day, text)[0] in ("bad-moment", "bad-date", "day-with-hour")


def said(text: str, **more: Any) -> Said:
    return parse_repeat(text, **more)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("chaque jeudi à 12 h 30", ["12:30"]),
        ("chaque jeudi à midi", ["12:00"]),
        ("every Thursday at 2 pm", ["14:00"]),
        ("every Thursday 12.30", ["12:30"]),
        ("chaque jeudi à 9 h et 14 h", ["09:00", "14:00"]),
        ("every Thursday at 9:00, 14:00 and 16:00", ["09:00", "14:00", "16:00"]),
        ("every weekday", []),
    ],
)
def test_hours_are_read(text: str, hours: list[str]) -> None:
    assert [f"{at:%H:%M}" for at in said(text).hours] == hours


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("chaque jeudi jusqu’au 31 décembre 2026", "2026-12-31"),
        ("chaque jeudi jusqu’au jeudi 31 décembre 2026", "2026-12-31"),
        ("chaque jeudi jusqu'en juin", "2026-06-30"),
        ("chaque jeudi jusqu’à fin juin 2027", "2027-06-30"),
        ("chaque jeudi jusqu’à la fin de 2026", "2026-12-31"),
        ("every Thursday until December", "2026-12-31"),
        ("every Thursday until January", "2026-01-31"),
        ("every Thursday until 7 January", "2027-01-07"),
        ("every Thursday until February", "2026-02-28"),
        ("every Thursday until December 10, 2026", "2026-12-10"),
        ("every Thursday until 2026-12-10", "2026-12-10"),
        ("every Thursday until 10/12/2026", "2026-12-10"),
        ("FREQ=WEEKLY;UNTIL=20261210", "2026-12-10"),
    ],
)
def test_the_end_is_read(text: str, last: str) -> None:
    until = said(text).until
    assert until is not None
    assert str(last_day(until, START.day)) == last


def test_a_date_that_two_people_read_in_two_ways_is_refused() -> None:
    with pytest.raises(ValueRefused, match="ambiguous-date"):
        said("every Thursday until 10/12/2026", style=DateStyle(month_first=True))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("chaque jeudi, sauf le 14 mai", ["14 5 None"]),
        ("chaque jeudi sauf les 14 et 21 mai 2026", ["14 5 None", "21 5 2026"]),
        ("chaque jeudi sauf le 14 mai et le 21", ["14 5 None", "21 5 None"]),
        ("chaque jeudi, excepté le 14/05/2026", ["14 5 2026"]),
        ("every Thursday except May 14 and 21", ["14 5 None", "21 5 None"]),
        ("every Thursday, except on 14 and 21 May", ["14 5 None", "21 5 None"]),
        ("chaque jeudi, sauf en août et le 14 mai", ["14 5 None"]),
        ("chaque jeudi, sauf le 14 mai et en août", ["14 5 None"]),
        ("every Thursday except May 14, 21 and in August", ["14 5 None", "21 5 None"]),
        ("chaque jeudi, sauf le 14 mai et en août 2027", None),
        ("chaque jeudi, sauf juin-septembre", None),
        ("chaque jeudi, sauf en août et", None),
        ("every Thursday but not", None),
    ],
)
def test_days_that_are_left_out_are_read(text: str, days: list[str] | None) -> None:
    if days is None:
        assert refused(parse_repeat, text)[0] == "bad-repeat"
        return
    assert [f"{one.day} {one.month} {one.year}" for one in said(text).left_out] == days


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("chaque jeudi, sauf en août, sauf en juillet", (1, 2, 3, 4, 5, 6, 9, 10, 11, 12)),
        ("every Thursday except in July; except in August", (1, 2, 3, 4, 5, 6, 9, 10, 11, 12)),
        ("chaque jeudi, sauf le 14 mai et en août, sauf en mai", (1, 2, 3, 4, 6, 7, 9, 10, 11, 12)),
        ("chaque jeudi en mars, avril et mai, sauf en avril", (3, 5)),
        ("2e jeudi de mars et avril, sauf en avril", (3,)),
        ("chaque 15 mars et 15 avril, sauf en avril", (3,)),
        # Of what is said, nothing is left.
        ("chaque jeudi en mars, sauf en mars", None),
        ("chaque jeudi de mars, sauf en mars", None),
    ],
)
def test_months_that_are_left_out_are_left_out_of_all_that_is_said(
    text: str, months: tuple[int, ...] | None
) -> None:
    if months is None:
        assert refused(parse_repeat, text)[0] == "bad-repeat"
        return
    found = said(text)
    assert rule_of(found.step, found.ons).months == months


@pytest.mark.parametrize(
    "text",
    [
        *("tous les 2 jeudis, chaque mardi", "un jeudi sur deux, chaque mardi"),
        *("every other Thursday and every Tuesday", "chaque mardi, tous les 2 jeudis"),
        *("chaque mardi ; un jeudi sur deux", "every Tuesday; every other Thursday"),
    ],
)
def test_days_of_two_rhythms_are_refused(text: str) -> None:
    assert refused(parse_repeat, text)[0] == "bad-repeat"


@pytest.mark.parametrize(
    "text",
    [
        "chaque 1er et 3e jeudi, sauf le 21 mai ; le 4 juin passe au 11 à 14 h",
        "every 1st and 3rd Thursday except 21 May; 4 June moves to 11 June at 14:00",
        "chaque 1er et 3e jeudi, sauf le 21 mai, le 4 juin est reporté au 11 juin à 14 h",
    ],
)
def test_a_day_that_is_moved_is_read(text: str) -> None:
    found = said(text)
    assert [str(one.day) for one in found.left_out] == ["21"]
    ((day, to),) = found.moved
    hits = list(rule_of(found.step, found.ons, (), date(2026, 12, 31)).hits(START))
    (hit,) = meant_by(day, [Moment(date(2026, 1, 1)), *hits])
    assert str(moved_to(hit, to)) == "2026-06-11 14:00"


HITS = [Moment(date(year, 5, day), time(12)) for year in (2026, 2027) for day in (7, 14, 21)]


@pytest.mark.parametrize(
    ("day", "is_endless", "found"),
    [
        (YearDay(day=14, month=5, year=2027), False, "2027-05-14 12:00"),
        (YearDay(day=14, month=5, said="14 mai"), True, "2026-05-14 12:00"),
        (
            YearDay(day=14, month=5, said="14 mai"),
            False,
            "date-without-year 2026-05-14, 2027-05-14",
        ),
        (YearDay(day=15, month=5, year=2027), False, "date-off-series 2027-05-14"),
        (YearDay(day=20, month=5, said="20 mai"), True, "date-off-series 2026-05-21"),
        (
            YearDay(day=14, month=5, year=2026, weekday=4, said="vendredi 14 mai"),
            True,
            "weekday-unlike-date",
        ),
    ],
)
def test_a_day_is_one_of_the_series(day: YearDay, is_endless: bool, found: str) -> None:
    try:
        told = ", ".join(map(str, meant_by(day, HITS, is_endless=is_endless)))
    except ValueRefused as error:
        more = error.params.get("known", error.params.get("better", ""))
        told = f"{error.code} {more}".strip()
    assert told == found


def test_a_day_of_a_later_year_is_proposed_with_its_year() -> None:
    hits = [Moment(date(2025, 1, 2)), Moment(date(2025, 12, 25)), Moment(date(2026, 12, 24))]
    with pytest.raises(ValueRefused) as told:
        meant_by(YearDay(day=24, month=12), hits, is_endless=True)
    assert (told.value.code, str(told.value.params["better"])) == ("date-off-series", "2026-12-24")


def test_each_hour_of_a_day_is_meant_by_the_day() -> None:
    hits = [Moment(date(2026, 5, 14), time(hour)) for hour in (9, 14)]
    assert meant_by(YearDay(day=14, month=5), hits) == hits
    assert refused(lambda _: meant_by(YearDay(day=14, month=5), []), "")[0] == "date-off-series"


@pytest.mark.parametrize(
    ("day", "to", "found"),
    [
        ("2026-06-04", YearDay(day=11), "2026-06-11 12:00"),
        ("2026-12-24", YearDay(day=7, month=1), "2027-01-07 12:00"),
        ("2026-01-07", YearDay(day=31, month=12), "2025-12-31 12:00"),
        ("2026-06-04", YearDay(day=5, month=6, year=2026, at=time(9)), "2026-06-05 09:00"),
        ("2026-12-31", YearDay(day=2), "2027-01-02 12:00"),
        ("2026-12-03", YearDay(day=30), "2026-11-30 12:00"),
        ("2026-12-15", YearDay(day=30), "2026-12-30 12:00"),
        ("2026-06-04", YearDay(day=2), "2026-06-02 12:00"),
        ("2026-05-20", YearDay(day=-1), "2026-05-31 12:00"),
    ],
)
def test_a_day_is_moved_to_the_one_near_it(day: str, to: YearDay, found: str) -> None:
    assert str(moved_to(Moment(date.fromisoformat(day), time(12)), to)) == found


def test_a_day_is_not_moved_to_one_that_does_not_exist() -> None:
    told = refused(lambda _: moved_to(Moment(date(2026, 6, 4)), YearDay(day=31, said="31")), "")
    assert told[0] == "bad-date"


@pytest.mark.parametrize(("day", "to"), [("2026-05-16", 1), ("2026-12-17", 2)])
def test_a_day_before_it_or_in_the_next_month_is_not_guessed(day: str, to: int) -> None:
    hit, day_of = Moment(date.fromisoformat(day)), YearDay(day=to, said=str(to))
    assert refused(lambda _: moved_to(hit, day_of), "")[0] == "date-without-year"


# Told

FEW = 400
MANY = 2000


@pytest.mark.large
@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.deep)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_is_read_as_the_same_rule(language: str, count: int) -> None:
    draw, tr = Random(count), translator(language)
    for _ in range(count):
        one, start = random_rule(draw), random_start(draw)
        one = ended(one, draw)
        text = repeats(one, start, tr)
        found = parse_repeat(text)
        until = last_day(found.until, start.day) if found.until else None
        read = rule_of(found.step, found.ons, found.hours, until, found.count)
        assert read == one.anchored(start), text
        assert repeats(read, start, tr) == text


def ended(one: Rule, draw: Random) -> Rule:
    sort = draw.choice(("until", "count", ""))
    if sort == "until":
        return Rule(**{**vars(one), "until": date(2028, draw.randint(1, 12), draw.randint(1, 28))})
    return Rule(**{**vars(one), "count": draw.randint(1, 60)}) if sort else one


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        (
            "FREQ=MONTHLY;BYDAY=2TH;UNTIL=20261231",
            "chaque 2e jeudi du mois, à 12 h 30, jusqu’au 31 décembre 2026",
            "every 2nd Thursday of the month, at 12:30, until 31 December 2026",
        ),
        (
            "every 2 weeks on Tuesday and Thursday",
            "toutes les 2 semaines, le mardi et le jeudi, à 12 h 30",
            "every 2 weeks on Tuesday and Thursday, at 12:30",
        ),
        ("chaque semaine", "chaque jeudi, à 12 h 30", "every Thursday, at 12:30"),
        (
            "last weekday of the month",
            "chaque dernier jour ouvré du mois, à 12 h 30",
            "every last weekday of the month, at 12:30",
        ),
        (
            "le 1er du mois, 10 fois",
            "le 1er de chaque mois, à 12 h 30, 10 fois",
            "the 1st of each month, at 12:30, 10 times",
        ),
        (
            "chaque jeudi sauf en août",
            "chaque jeudi, sauf en août, à 12 h 30",
            "every Thursday, except in August, at 12:30",
        ),
        (
            "le dernier vendredi d’avril",
            "chaque année, le dernier vendredi d’avril, à 12 h 30",
            "every year on the last Friday of April, at 12:30",
        ),
        ("chaque année", "chaque année, le 8 janvier, à 12 h 30", None),
    ],
)
def test_a_rule_is_told(text: str, french: str, english: str | None) -> None:
    found = parse_repeat(text)
    until = last_day(found.until, START.day) if found.until else None
    one = rule_of(found.step, found.ons, found.hours, until, found.count)
    assert repeats(one, START, translator("fr")).replace("\u00a0", " ") == french
    assert english is None or repeats(one, START, translator("en")) == english


# In a source


def faults(repeat: object, start: str = "2026-01-08 12:30", **more: Any) -> list[str]:
    try:
        data = {"title": "A", "start": start, "repeat": repeat, **more}
        WebinarRecord.model_validate(data)
    except ValidationError as error:
        return [
            f"{'.'.join(map(str, one['loc']))} {one.get('ctx', {}).get('code', one['type'])}"
            for one in error.errors()
        ]
    return []


@pytest.mark.parametrize(
    ("repeat", "told"),
    [
        ({"every": "week", "on": "second thursday"}, ["repeat.on repeat-against"]),
        ({"every": "year", "on": "second thursday"}, ["repeat.on unsure-repeat"]),
        ({"every": "year", "on": "jeudi"}, ["repeat.on repeat-against"]),
        ({"every": "month", "on": "jeudi"}, ["repeat.on unsure-repeat"]),
        ({"every": "month", "on": "25 décembre"}, ["repeat.on repeat-against"]),
        ({"every": "month", "on": "2e jeudi, 15"}, ["repeat.on repeat-mixed"]),
        ({"every": "year", "on": "25 décembre, 1er mai"}, ["repeat.on repeat-mixed"]),
        ({"every": "day", "at": "9:00, 14:30"}, ["repeat.at repeat-mixed"]),
        ({"every": "day", "at": "9:00, 14:00"}, ["repeat repeat-hour"]),
        ({"every": "lune"}, ["repeat.every bad-repeat"]),
        ({"every": "week", "on": ["jeudi", "lune"]}, ["repeat.on.1 bad-repeat"]),
        ({"on": "jeudi"}, ["repeat.every missing"]),
        ("chaque jeudi à 13 h", ["repeat repeat-hour"]),
        ("chaque lune", ["repeat bad-repeat"]),
        ("chaque jeudi jusqu’au vendredi 7 mai 2026", ["repeat weekday-unlike-date"]),
        ({"every": "week", "on": "jeudi", "at": "12:30, 18:30"}, []),
        ({"every": "month", "on": "1er et 3e jeudi"}, []),
        ({"every": "mois", "on": "dernier jour ouvré"}, []),
        ("chaque jeudi à 12 h 30", []),
    ],
)
def test_a_fault_has_one_place(repeat: object, told: list[str]) -> None:
    assert faults(repeat) == told


def test_an_hour_of_a_whole_day_is_refused() -> None:
    assert faults("chaque jeudi à 12 h 30", "2026-01-08") == ["repeat repeat-hour"]


def test_what_a_sentence_says_besides_is_in_the_record() -> None:
    text = "chaque 1er et 3e jeudi à 12 h 30, sauf le 14 mai ; le 4 juin passe au 11"
    record = WebinarRecord.model_validate(
        {"title": "A", "start": "2026-01-15 12:30", "repeat": text}
    )
    assert record.repeat is not None
    assert record.repeat.rule.value() == "FREQ=MONTHLY;BYDAY=1TH,3TH"
    assert [str(one) for one in record.repeat.left_out] == ["14 mai"]
    assert [(str(day), str(to)) for day, to in record.repeat.moved] == [("4 juin", "11")]
    assert record.model_copy().repeat == record.repeat


def test_a_later_rhythm_ends_after_its_day() -> None:
    later = [
        {"from": "2026-09-01", "start": "14:00", "repeat": "chaque mardi à 14 h, jusqu’en mai"}
    ]
    record = WebinarRecord.model_validate(
        {"title": "A", "start": "2026-01-08 12:30", "repeat": "chaque jeudi", "later": later}
    )
    assert record.later[0].repeat is not None
    assert record.later[0].repeat.rule.until == date(2027, 5, 31)
    wrong = [{**later[0], "repeat": "chaque mardi à 15 h"}]
    assert faults("chaque jeudi", later=wrong) == ["later.0.repeat repeat-hour"]


def test_a_sentence_that_is_wrong_is_told_where_it_stands(site: Site, lines: Lines) -> None:
    site.write(
        "webinars/un.md",
        "---\ntitle: A\nstart: 2026-12-03 12:30\nrepeat: chaque jeudi férié\n---\n",
    )
    site.commit()
    assert site.run("check", "--lang", "fr") == 1
    (told,) = lines()
    assert told.startswith(
        "webinars/un.md:4:9: error[bad-repeat]: repeat\u00a0: «\u00a0férié\u00a0»"
    )


@pytest.mark.parametrize(
    ("repeat", "code"),
    [
        ("chaque 3 décembre, jusqu’en 2030-12-03, sauf le 3 décembre", "date-without-year"),
        ("chaque 1er et 3e jeudi, sauf le 14 mai", "date-off-series"),
        ("tous les 15 jours", "unsure-repeat"),
    ],
)
def test_a_sentence_has_one_place(site: Site, lines: Lines, repeat: str, code: str) -> None:
    text = f"---\ntitle: A\nstart: 2026-12-03 12:30\nrepeat: {repeat}\n---\n"
    site.write("webinars/un.md", text)
    site.commit()
    assert site.run("check", "--lang", "fr") == 1
    (told,) = lines()
    assert told.startswith(f"webinars/un.md:4:9: error[{code}]")


def test_reading_takes_a_time_that_grows_as_the_text_does() -> None:
    texts = ["1er et " * 60, "sauf le 1 " * 45, "a" * LONGEST, "1 " * 240, "et," * 160, "l'" * 240]

    with at_most(6):
        for text in texts:
            with suppress(ValueRefused):
                parse_repeat(text)
