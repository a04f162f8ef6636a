"""Dates that are not exact: read as people say them, or refused."""

from __future__ import annotations

import pytest

from parcours.model.periods import parse_period
from parcours.model.values import ValueRefused


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("semaine du 3 mars 2026", "2026-03-02/2026-03-08"),
        ("la semaine du 2 mars 2026", "2026-03-02/2026-03-08"),
        ("Week of 3 March 2026", "2026-03-02/2026-03-08"),
        ("semaine du lundi 2 mars 2026", "2026-03-02/2026-03-08"),
        ("week of March 3, 2026", "2026-03-02/2026-03-08"),
        ("the week of Tuesday, Mar. 3rd, 2026", "2026-03-02/2026-03-08"),
        ("semaine du 2026-03-08", "2026-03-02/2026-03-08"),
        ("2026-W10", "2026-03-02/2026-03-08"),
        ("semaine 10 de 2026", "2026-03-02/2026-03-08"),
        ("mars 2026", "2026-03-01/2026-03-31"),
        ("Février 2028", "2028-02-01/2028-02-29"),
        ("en août 2026", "2026-08-01/2026-08-31"),
        ("March 2026", "2026-03-01/2026-03-31"),
        ("2026-03", "2026-03-01/2026-03-31"),
        ("03/2026", "2026-03-01/2026-03-31"),
        ("début mars 2026", "2026-03-01/2026-03-10"),
        ("mi-mars 2026", "2026-03-10/2026-03-20"),
        ("fin février 2026", "2026-02-20/2026-02-28"),
        ("late March 2026", "2026-03-20/2026-03-31"),
        ("mars-avril 2026", "2026-03-01/2026-04-30"),
        ("mars ou avril 2026", "2026-03-01/2026-04-30"),
        ("de novembre à février 2027", "2026-11-01/2027-02-28"),
        ("from November 2026 to February 2027", "2026-11-01/2027-02-28"),
        ("printemps 2026", "2026-03-20/2026-06-20"),
        ("été 2026", "2026-06-21/2026-09-22"),
        ("à l’automne 2026", "2026-09-22/2026-12-20"),
        ("hiver 2026-2027", "2026-12-21/2027-03-19"),
        ("winter 2026/27", "2026-12-21/2027-03-19"),
        ("1er trimestre 2026", "2026-01-01/2026-03-31"),
        ("T4 2026", "2026-10-01/2026-12-31"),
        ("Q2 2026", "2026-04-01/2026-06-30"),
        ("second semestre 2026", "2026-07-01/2026-12-31"),
        ("third quarter of 2026", "2026-07-01/2026-09-30"),
        ("fourth quarter 2026", "2026-10-01/2026-12-31"),
        ("2026", "2026-01-01/2026-12-31"),
        ("in 2026", "2026-01-01/2026-12-31"),
    ],
)
def test_what_is_read(said: str, days: str) -> None:
    found = parse_period(said)
    assert f"{found.first}/{found.last}" == days
    assert found.said == said


@pytest.mark.parametrize(
    "said",
    [
        *("hiver 2026", "bientôt", "mars", "printemps", "semaine du 3", "semaine 60 de 2026"),
        *("13/2026", "mars 26", "avril à mars", "T5 2026", "rentrée 2026", "3e semestre 2026"),
        *("hiver 2026-2029", "0000", "mai 2026 ou plus tard", "1er trimestre"),
    ],
)
def test_what_is_not_sure_is_refused(said: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_period(said)
    assert refused.value.code == "bad-when"


def test_the_weekday_of_a_week_is_that_of_its_day() -> None:
    for said in ("semaine du lundi 3 août 2027", "Week of Monday, August 3, 2027"):
        with pytest.raises(ValueRefused) as refused:
            parse_period(said)
        assert refused.value.code == "weekday-unlike-date"
        assert refused.value.params["value"] == said


@pytest.mark.parametrize("said", ["2026-03-03", "3 mars 2026", "2026-03-03 12:30"])
def test_a_day_is_no_period(said: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parse_period(said)
    assert refused.value.code == "exact-when"
