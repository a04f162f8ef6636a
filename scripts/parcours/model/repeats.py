"""How often something is held, as people write it, made exact: « every 2 weeks », « 2e jeudi ».

Every function takes the text of a source and raises `ValueRefused` with the code of a problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .recurrence import Unit
from .values import ValueRefused, tidy


@dataclass(frozen=True, slots=True)
class Step:
    """The time from one date to the next."""

    unit: Unit
    interval: int = 1


@dataclass(frozen=True, slots=True)
class On:
    """Which days.

    Attributes:
        weekday: 0 for Monday; None for a day of the month.
        nth: which one of its month, from 1, or from its end where negative; 0 for each.
        day: of the month, from 1, or from its end where negative; 0 for a day of the week.
        month: of the year, from 1; 0 for each.
    """

    weekday: int | None = None
    nth: int = 0
    day: int = 0
    month: int = 0


_UNITS: dict[str, Unit] = {"day": "day", "week": "week", "month": "month", "year": "year"}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}


def parse_step(text: str) -> Step:
    """Read « week », « 2 weeks »."""
    found = re.fullmatch(r"(?:(\d{1,2}) )?([a-z]+?)s?", tidy(text).lower())
    if found is None or found[2] not in _UNITS or found[1] == "0":
        raise ValueRefused("bad-choice", value=text, known="day, week, 2 weeks, month, year")
    return Step(_UNITS[found[2]], int(found[1] or 1))


def parse_on(text: str) -> On:
    """Read « Thursday », « second Thursday », « 15 »."""
    value = tidy(text).lower()
    if re.fullmatch(r"\d{1,2}", value) and 1 <= int(value) <= 31:
        return On(day=int(value))
    *nth, name = value.split(" ")
    if name not in _DAYS or len(nth) > 1 or (nth and nth[0] not in _NTHS):
        raise ValueRefused("bad-choice", value=text, known="thursday, second thursday, 15")
    return On(_DAYS.index(name), _NTHS[nth[0]] if nth else 0)
