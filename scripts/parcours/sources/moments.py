"""Days and hours as people say them beside all forms that are read: what one reading they have.

Nothing here is read in place of a right value: it is what a message proposes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, time, timedelta
from functools import cache

from ..i18n import LANGUAGES, month_names
from ..letters import normal
from ..model.values import DateStyle, parse_time, weekday_number
from .nearness import differs_by_one

_HOUR = re.compile(
    r"(?<![\d:])(?P<twelve>\d{1,2})(?: ?:(?P<past>\d{2}))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d:])(?P<hour>\d{1,2}) ?(?:h(?:eures?)?(?![a-z])|:(?=\d\d)) ?(?P<minute>\d{2})?(?!\d)"
    r"|\b(?P<noon>midi|noon)(?: et (?P<thirty>demie?)\b)?"
)
_BARE_HOURS = re.compile(r"(?<!\d)(\d{1,2}) ?(?:-|–|a|to) ?(?=\d{1,2} ?h)")
"""« 9 - 16 h »: the first hour shares the unit of the second."""

_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_SLASH = re.compile(
    r"(?<![\d:h])(?P<first>\d{1,2})(?:(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})"
    r"|/(?P<month>\d{1,2}))(?![\d:h])"
)
_WORD = re.compile(
    r"(?<![\d:h])(?:(?P<from>\d{1,2})(?:er)?(?P<more>(?:, ?\d{1,2}){0,6})"
    r" ?(?P<joint>-|–|au|et|a|to|and) ?(?:[a-z]{3,9} )?)?"
    r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)? (?P<name>[a-z]{3,10})\.?(?:,? (?P<year>\d{4}))?(?![\d:h])"
)
_NAME_FIRST = re.compile(
    r"\b(?P<name>[a-z]{3,10})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))(?![\d:h])"
)
_AWAY = re.compile(
    r"\b(?P<count>\d{1,2}|une?|deux|trois) (?P<unit>jours?|semaines?) avant\b"
    r"|\b[jd] ?- ?(?P<days>\d{1,2})\b"
)
_NEXT = re.compile(r"\b(?P<weekday>[a-z]{3,9}) prochain\b|\bnext (?P<english>[a-z]{6,9})\b")
_COUNTS = {"un": 1, "une": 1, "deux": 2, "trois": 3}
_RELATIVE = {
    "avant-veille": -2,
    "veille": -1,
    "day before": -1,
    "jour meme": 0,
    "meme jour": 0,
    "same day": 0,
    "lendemain": 1,
    "next day": 1,
}
_FROM_TODAY = {"apres-demain": 2, "demain": 1, "tomorrow": 1, "aujourd'hui": 0, "today": 0}
_FILLERS = frozenset(
    re.findall(
        r"\S+",
        "le la du de des a au et l d jusqu jusqu'a jusqu'au from to till until on at the of and "
        "entre vers environ env about heure heures date dates locale paris france h",
    )
)
_WORDS = re.compile(r"[a-z]+(?:['-][a-z]+)*'?|\d+|[^\s\w,;.()\[\]–—:~-]")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of a time.

    Attributes:
        days: those that are named: none, one, or the first and the last.
        hours: those that are named: none, one, or the first and the last.
        guessed: whether no year is said.
        insert: where in the text a year would stand; -1 where that is not known.
    """

    days: tuple[date, ...] = ()
    hours: tuple[time, ...] = ()
    guessed: bool = False
    insert: int = -1


class NoSuchDay(ValueError):
    """A day that its month does not have.

    Attributes:
        last: the last day of that month.
    """

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.last = last


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it is said: its parts, the year None where none is."""

    day: int
    month: int
    year: int | None
    weekday: int | None = None


def understand(
    text: str, style: DateStyle, today: date | None = None, before: date | None = None
) -> Said | None:
    """The one reading of a text; None where it has none, or several.

    Args:
        today: the day from which years and « tomorrow » are counted.
        before: the day that it speaks of, or comes before: the start of the event it closes.

    Raises:
        NoSuchDay: it names a day that its month does not have.
    """
    said = _folded(text)
    if len(said) > _LONGEST:
        return None
    found, rest, insert = _take_days(said, style)
    rest, hours = _take_hours(rest)
    relative, rest = _take_relative(rest, today, before)
    if before is not None:
        rest = _LAST_MOMENT.sub(" ", rest)
    if len(hours) == 2 and _BOTH.search(rest) and not _RANGE.search(rest):
        return None  # two meetings
    weekdays = _take_weekdays(rest)
    if weekdays is None or len(hours) > 2 or len(found) > 2 or (found and relative):
        return None
    if not found:
        days = (relative,) if relative else ()
        return Said(days, hours) if days or hours else None
    # One weekday is that of the only day; of two days, each has its own, or they are left.
    if len(weekdays) == len(found) == 1:
        found = [_Day(found[0].day, found[0].month, found[0].year, weekdays[0])]
    elif len(weekdays) not in {0, len(found)}:
        return None
    years = [one.year for one in found if one.year]
    guessed = not years
    placed = [_placed(one, years[-1] if years else None, today, before) for one in found]
    whole = tuple(day for day in placed if day is not None)
    if len(whole) < len(placed):
        return None
    if len(whole) == 2 and whole[1] <= whole[0]:
        return None
    return Said(whole, hours, guessed, insert if len(found) == 1 else -1)


_LONGEST = 120
_BOTH = re.compile(r"\b(?:et|and|ou|or|puis|then)\b")
_RANGE = re.compile(r"\b(?:entre|between)\b")
_LAST_MOMENT = re.compile(r"\b(?:inclus(?:e|ive)?|compris|minuit|midnight|dernier|delai|soir)\b")


def _folded(text: str) -> str:
    """A text in lower case, without accents, each letter in its place."""
    plain = []
    for char in normal("NFC", text).replace("’", "'"):
        first = normal("NFD", char)[0].lower()
        plain.append(first if len(first) == 1 else char)
    return re.sub(r"[\s\u00a0\u202f]", " ", "".join(plain))


def _blank(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + " " * len(found[0]) + text[found.end() :]


def _take_hours(text: str) -> tuple[str, tuple[time, ...]]:
    hours: list[time] = []
    shared = _BARE_HOURS.search(text)
    if shared is not None and int(shared[1]) < 24:
        hours.append(time(int(shared[1])))
        text = _blank(text, shared)
    for found in list(_HOUR.finditer(text)):
        if found["noon"]:
            hours.append(time(12, 30 if found["thirty"] else 0))
        else:
            try:
                hours.append(parse_time(found[0].strip().replace("eures", "").replace("eure", "")))
            except ValueError:
                continue
        text = _blank(text, found)
    return text, tuple(hours)


def _take_days(text: str, style: DateStyle) -> tuple[list[_Day], str, int]:
    """The days that are named, what is left, and where a year that is missing would stand."""
    days: list[_Day] = []
    insert = -1
    for pattern in (_ISO, _SLASH, _WORD, _NAME_FIRST):
        for found in list(pattern.finditer(text)):
            new = list(_named(found, style))
            if not new:
                continue
            days += new
            insert = found.end() if pattern is _WORD and not found["year"] else insert
            text = _blank(text, found)
    return days, text, insert


def _named(found: re.Match[str], style: DateStyle) -> Iterator[_Day]:
    parts = found.groupdict()
    year = int(parts["year"]) if parts["year"] else None
    if year is not None and year < 100:
        year += 2000
    if "name" in parts:
        month = month_number(parts["name"])
        if month is None:
            return
        if parts.get("from"):
            between = int(parts["day"]) - int(parts["from"]) - 1
            if parts["joint"] in {"et", "and"} and between != parts["more"].count(","):
                return  # these days, and none between them
            yield _Day(int(parts["from"]), month, year)
        yield _Day(int(parts["day"]), month, year)
    elif "first" in parts:
        first, second = int(parts["first"]), int(parts["second"] or parts["month"])
        if style.month_first and first <= 12 and second <= 12 and first != second:
            return
        if second > 12 >= first:
            first, second = second, first
        yield from (_Day(first, second, year),) if 1 <= second <= 12 else ()
    elif 1 <= int(parts["month"]) <= 12:
        yield _Day(int(parts["day"]), int(parts["month"]), year)


@cache
def _months() -> dict[str, int]:
    names = [item for language in LANGUAGES for item in month_names(language).items()]
    return {_folded(name).rstrip("."): number for name, number in names}


def month_number(word: str) -> int | None:
    """The month of a name, or of one in which a letter has gone wrong."""
    known = _months()
    if word in known:
        return known[word]
    near = _near_months(word)
    return near.pop() if len(near) == 1 and len(word) > 2 else None


def _near_months(word: str) -> set[int]:
    return {number for name, number in _months().items() if differs_by_one(word, name)}


def either_month(text: str) -> Iterator[str]:
    """A text in which a month is written so that two are meant as well: with each of them."""
    folded = _folded(text)
    for found in re.finditer(r"(?<=\d )[a-z]{3,10}(?= \d{4})", folded):
        near = set() if found[0] in _months() else _near_months(found[0])
        for number in sorted(near) if len(near) == _TWO else ():
            name = next(name for name, one in _months().items() if one == number)
            yield text[: found.start()] + name + text[found.end() :]


_TWO = 2


def _take_relative(text: str, today: date | None, before: date | None) -> tuple[date | None, str]:
    """« la veille », « demain », « 2 jours avant »."""
    away = _AWAY.search(text)
    if away is not None and before is not None:
        count = int(away["days"] or _COUNTS.get(away["count"]) or away["count"])
        days = count * (7 if (away["unit"] or "").startswith("sem") else 1)
        return before - timedelta(days=days), _blank(text, away)
    found = _NEXT.search(text)
    weekday = weekday_number(found["weekday"] or found["english"]) if found else None
    if found is not None and weekday is not None and today is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1), _blank(text, found)
    for words, origin in ((_RELATIVE, before), (_FROM_TODAY, today)):
        for word, days in words.items():
            found = re.search(rf"(?<![\w-]){word}(?![\w-])", text)
            if found is not None and origin is not None:
                return origin + timedelta(days=days), _blank(text, found)
    return None, text


def _take_weekdays(text: str) -> list[int] | None:
    """The weekdays in what is left; None where it holds what nobody knows."""
    found: list[int] = []
    for word in _WORDS.findall(text):
        number = weekday_number(word) if len(word) > 2 else None
        if number is not None:
            found.append(number)
        elif word not in _FILLERS and word.rstrip("'") not in _FILLERS:
            return None
    return found


def _placed(one: _Day, year: int | None, today: date | None, before: date | None) -> date | None:
    """The day in its year, or in the one that fits; None where none does.

    Raises:
        NoSuchDay: its month has no such day.
    """
    if one.year or year:
        day = _date(one.year or year or 0, one.month, one.day)
        return day if one.weekday in {None, day.weekday()} else None
    origin = before or today
    if origin is None:
        return None
    near = []
    for year in range(max(origin.year - 4, MINYEAR), min(origin.year + 4, MAXYEAR) + 1):
        try:
            near.append(_date(year, one.month, one.day))
        except NoSuchDay:
            if one.day > 29 or one.month != 2:
                raise
    if before is not None:
        near = [day for day in reversed(near) if day <= before]
    elif today is not None:
        near = [day for day in near if day >= today]
    fits = [day for day in near if one.weekday in {None, day.weekday()}]
    return fits[0] if fits else None


def _date(year: int, month: int, day: int) -> date:
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NoSuchDay(last)
    return date(year, month, day)
