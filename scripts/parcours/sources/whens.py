"""A date that is not exact, said in words that name no such days: what fits, for whom wrote it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..model.names import slug
from ..model.periods import parse_period
from ..model.values import DAY_FIRST, DateStyle, ValueRefused, month_number
from .moments import NoSuchDay, Said, understand

_WINTER = re.compile(
    r"(?:(?:en|in|the|l')? ?){0,2}(?P<said>hiver|winter),?(?: de| of)? (?P<year>\d{4})",
    re.IGNORECASE,
)
_WEEKEND = re.compile(r"\bweek-?ends?\b(?: du| de| of| from)?(?: the)?|\bw-e du\b", re.IGNORECASE)

_ABOUT = re.compile(
    r"(?:vers|autour|aux alentours|(?P<en>around|about))(?: le| du| the)? (?P<day>\d.{4,40})",
    re.IGNORECASE,
)

_ELSE = (
    # words; what they may stand for, with a year
    (r"(?:à |a )?(?:la |l')?rentrée(?: scolaire)?(?: de)?", ("septembre {}", "début septembre {}")),
    (r"(?:à |les |aux )?(?:vacances de )?noël", ("fin décembre {}", "décembre {}")),
    (r"(?:at |the )?christmas(?: holidays| break)?", ("late December {}", "December {}")),
    (
        r"(?:à |en |la ){0,2}fin(?: de l'année| d'année)?(?: de)?",
        ("4e trimestre {}", "décembre {}"),
    ),
    (r"(?:at |the ){0,2}(?:end of(?: the)? year|end of|late)", ("4th quarter {}", "December {}")),
    (r"(?:en |au )?début(?: de l'année| d'année)?(?: de)?", ("1er trimestre {}", "janvier {}")),
    (r"(?:the )?(?:beginning of|early)", ("1st quarter {}", "January {}")),
    (r"(?:à la )?(?:mi|milieu(?: de)?)", ("juin {}", "été {}")),
    (r"mid", ("June {}", "summer {}")),
    (r"(?:courant|pendant|dans|sometime in|during)(?: l'année)?", ("{}", "")),
)
_WORDS = tuple((re.compile(rf"{words}[ -](?P<year>\d{{4}})", re.I), its) for words, its in _ELSE)


def either_period(text: str, style: DateStyle) -> tuple[str, str] | None:
    """What « hiver 2027 » and « rentrée 2027 » may be, as it is read; the second may be ""."""
    said = text.replace("’", "'")
    if (found := _WINTER.fullmatch(said)) is not None:
        year = int(found["year"])
        names = (f"{found['said']} {one}-{one + 1}" for one in (year - 1, year))
        one, other = names
        return (one, other) if _is_read(one, style) and _is_read(other, style) else None
    if (found := _ABOUT.fullmatch(said)) is not None:
        week = f"{'week of' if found['en'] else 'semaine du'} {found['day']}"
        return (week, "") if _is_read(week, style) else None
    for words, its in _WORDS:
        if (found := words.fullmatch(said)) is not None:
            one, other = (form.format(found["year"]) for form in its)
            return one, other
    return None


def span_of(text: str, style: DateStyle) -> tuple[date, date, str] | None:
    """The first and last of some days that are named, and how one of them is said that nobody
    knows; None for what names no two days with their year."""
    is_weekend = _WEEKEND.search(text) is not None
    try:
        said = understand(_WEEKEND.sub(" ", text), style)
    except NoSuchDay:
        return None
    if said is None or said.guessed or said.hours or not said.days:
        return None
    if is_weekend and len(said.days) == 1:
        saturday = said.days[0] + timedelta(days=5 - min(said.days[0].weekday(), 5))
        saturday -= timedelta(days=said.days[0].weekday() == 6)
        return saturday, saturday + timedelta(days=1), _WEEKEND.sub(_week(text), text)
    return _span(said, text)


def _span(said: Said, text: str) -> tuple[date, date, str] | None:
    if len(said.days) != 2:
        return None
    first, last = said.days
    months = [one for one in re.findall(r"[^\W\d]{3,10}", text) if month_number(slug(one))]
    if first.isocalendar()[:2] == last.isocalendar()[:2] and months:
        return first, last, f"{_week(text)} {first.day} {months[0]} {first.year}"
    period = f"{'-'.join(months)} {last.year}" if first.year == last.year else ""
    return first, last, period if period and _is_read(period, DAY_FIRST) else ""


def _week(text: str) -> str:
    is_english = re.search(r"\b(?:of|from|to|the|and)\b", text, re.IGNORECASE) is not None
    return "week of" if is_english else "semaine du"


def _is_read(text: str, style: DateStyle) -> bool:
    try:
        parse_period(text, style=style)
    except ValueRefused:
        return False
    return True
