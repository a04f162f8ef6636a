"""Dates that are not exact: « semaine du 3 mars 2026 », « March 2026 », « printemps 2026 »."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..letters import normal
from .values import (
    DAY_FIRST,
    YEARS,
    DateStyle,
    ValueRefused,
    month_number,
    parse_date,
    parse_moment,
    tidy,
)
from .zones import zone


@dataclass(frozen=True, slots=True)
class SomeDays:
    """Some days, of which nobody says yet which it will be.

    Attributes:
        said: in the words of its source.
        first: the first day that it can be.
        last: the last one.
    """

    said: str
    first: date
    last: date

    def begins(self, zone_name: str) -> datetime:
        """The midnight at which its first day begins, in a zone."""
        return datetime.combine(self.first, datetime.min.time()).replace(tzinfo=zone(zone_name))

    def ends(self, zone_name: str) -> datetime:
        """The midnight after its last day, in a zone."""
        naive = datetime.combine(self.last + timedelta(days=1), datetime.min.time())
        return naive.replace(tzinfo=zone(zone_name))


Days = tuple[date, date]

_YEAR = r"(?P<year>\d{4})"
_WEEK = re.compile(r"(?:(?:la|the) )?(?:semaine du|semaine de|week of|week from) (?P<day>.+)")
_MONTH_FIRST = re.compile(
    r"^(?:the )?(?P<weekday>[a-z]+\.?,? )?(?P<month>[a-z]{3,10})\.? "
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})$"
)
_DAY_FIRST = r"\g<weekday>\g<day> \g<month> \g<year>"
"""« Monday, March 1, 2027 », which is read in one way alone, in the order of all other dates."""
_ISO_WEEK = re.compile(r"(?P<year>\d{4})-?w(?P<week>\d{1,2})")
_WEEK_NUMBER = re.compile(rf"(?:semaine|week|s|w) ?(?P<week>\d{{1,2}}),?(?: de| of)? {_YEAR}")
_PART = (
    r"(?:(?P<part>debut|mi|fin|courant|early|mid|late|beginning of|end of|during)"
    r"(?: de | d'|[ -]))?"
)
_MONTH = re.compile(rf"(?:en |in )?{_PART}(?P<month>[a-z]{{3,10}})\.?,? {_YEAR}")
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,2})|(?P<second>\d{1,2})/(?P<after>\d{4})")
_MONTHS = re.compile(
    r"(?:de |d'|from |between |entre )?(?P<from>[a-z]{3,10})\.?(?: (?P<before>\d{4}))?"
    rf" ?(?:-|–|/|a|to|ou|or|et|and) ?(?P<to>[a-z]{{3,10}})\.?,? {_YEAR}"
)
_SEASON = re.compile(rf"(?:au |a l'|en |in )?(?P<season>[a-z]+),?(?: de| of)? {_YEAR}")
_WINTER = re.compile(r"(?:en |in )?(?:hiver|winter) (?P<year>\d{4}) ?[-–/] ?(?P<next>\d{4}|\d{2})")
_SHARE = re.compile(
    r"(?:(?P<rank>1er|premier|1st|first|2e|2eme|deuxieme|second|2nd|3e|3eme|troisieme|third|3rd"
    r"|4e|4eme|quatrieme|fourth|4th) )?(?P<unit>trimestre|quarter|semestre|semester|half|t|q|s|h)"
    rf" ?(?P<number>[1-4])?,?(?: de| of)? {_YEAR}"
)
_ONLY_YEAR = re.compile(rf"(?:en |in )?{_YEAR}")

_SEASONS = {
    "printemps": (3, 20, 6, 20),
    "spring": (3, 20, 6, 20),
    "ete": (6, 21, 9, 22),
    "summer": (6, 21, 9, 22),
    "automne": (9, 22, 12, 20),
    "autumn": (9, 22, 12, 20),
    "fall": (9, 22, 12, 20),
}
"""First and last day, as calendars have them north of the equator."""

_PARTS = {
    "debut": (1, 10),
    "early": (1, 10),
    "beginning of": (1, 10),
    "mi": (10, 20),
    "mid": (10, 20),
    "fin": (20, 31),
    "late": (20, 31),
    "end of": (20, 31),
}
_LENGTHS = {"trimestre": 3, "quarter": 3, "t": 3, "q": 3}


def parse_period(text: str, *, style: DateStyle = DAY_FIRST) -> SomeDays:
    """Read some days as people say them; a day that is known is none (« exact-when »)."""
    said = tidy(text)
    folded = _folded(said)
    for read in _READERS:
        try:
            days = read(folded, style)
        except ValueRefused as error:
            raise ValueRefused(error.code, **{**error.params, "value": text}) from None
        if days is not None:
            if not all(YEARS[0] <= one.year <= YEARS[1] for one in days):
                break
            return SomeDays(said, *days)
    try:
        parse_moment(said, style=style)
    except ValueRefused:
        raise ValueRefused("bad-when", value=text) from None
    raise ValueRefused("exact-when", value=text)


def _folded(text: str) -> str:
    """Without case and accents; ordinals and typography stay."""
    plain = normal("NFKD", text.lower().replace("’", "'").replace("œ", "oe"))
    return "".join(one for one in plain if not unicodedata.combining(one))


def _month_days(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _week(text: str, style: DateStyle) -> Days | None:
    found = _WEEK.fullmatch(text)
    if found is not None:
        try:
            day = parse_date(_MONTH_FIRST.sub(_DAY_FIRST, found["day"]), style=style)
        except ValueRefused as error:
            if error.code == "weekday-unlike-date":
                raise
            return None
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    found = _ISO_WEEK.fullmatch(text) or _WEEK_NUMBER.fullmatch(text)
    if found is None:
        return None
    try:
        monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def _month(text: str, _: DateStyle) -> Days | None:
    found = _ISO_MONTH.fullmatch(text)
    if found is not None:
        number = int(found["number"] or found["second"])
        year = int(found["year"] or found["after"])
        return _month_days(year, number, number) if 1 <= number <= 12 else None
    found = _MONTH.fullmatch(text)
    number = month_number(found["month"]) or 0 if found else 0
    if found is None or not number:
        return None
    whole = _month_days(int(found["year"]), number, number)
    if found["part"] not in _PARTS:
        return whole
    first, last = _PARTS[found["part"]]
    return whole[0].replace(day=first), whole[1].replace(day=min(last, whole[1].day))


def _months(text: str, _: DateStyle) -> Days | None:
    found = _MONTHS.fullmatch(text)
    if found is None:
        return None
    first, last = month_number(found["from"]), month_number(found["to"])
    if not first or not last:
        return None
    year = int(found["year"])
    # « de novembre à février 2027 » begins in the year before.
    begins = int(found["before"]) if found["before"] else year - (first > last)
    days = _month_days(begins, first, first)[0], _month_days(year, last, last)[1]
    return days if days[0] < days[1] else None


def _season(text: str, _: DateStyle) -> Days | None:
    found = _WINTER.fullmatch(text)
    if found is not None:
        year = int(found["year"])
        is_next = int(found["next"]) % 100 == (year + 1) % 100
        return (date(year, 12, 21), date(year + 1, 3, 19)) if is_next else None
    found = _SEASON.fullmatch(text)
    if found is None or found["season"] not in _SEASONS:
        return None  # « hiver 2026 » is the beginning of that year to some, its end to others
    year, (month, day, until, last) = int(found["year"]), _SEASONS[found["season"]]
    return date(year, month, day), date(year, until, last)


_RANKS = {"1": 1, "p": 1, "f": 1, "2": 2, "d": 2, "s": 2, "3": 3, "t": 3, "4": 4, "q": 4}


def _share(text: str, _: DateStyle) -> Days | None:
    found = _SHARE.fullmatch(text)
    if found is None or bool(found["rank"]) == bool(found["number"]):
        return None
    rank = found["rank"]
    number = int(found["number"]) if found["number"] else _rank(rank)
    length = _LENGTHS.get(found["unit"], 6)
    if number * length > 12:
        return None
    return _month_days(int(found["year"]), (number - 1) * length + 1, number * length)


def _rank(word: str) -> int:
    return 4 if word.startswith("fo") else _RANKS[word[0]]


def _year(text: str, _: DateStyle) -> Days | None:
    found = _ONLY_YEAR.fullmatch(text)
    return _month_days(int(found["year"]), 1, 12) if found and int(found["year"]) else None


_READERS: tuple[Callable[[str, DateStyle], Days | None], ...] = (
    *(_week, _month, _months, _season, _share, _year),
)
