"""What people write of the dates of a series in another shape, and how it is written.

Below `except:` and `also:` stand days, below `dates:` a day with what is another on it, below
`later:` items that begin with one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..model.names import slug
from ..model.repeat_slips import WRITE_IT
from ..model.values import DateStyle, Moment, ValueRefused, parse_moment
from ..problems import N_, Mend
from .slips import quoted

BESIDE_DATES = N_(
    "days alone stand here: write « {better} », and what is another on such a day below "
    "« dates: », as in « {other} »"
)
DAY_AND_MORE = N_(
    "what is another on a day stands behind it: write « {better} »; is it one more day? write "
    "« {other} »"
)
UNTIL_THE_NEXT = N_(
    "what is said here holds until the next item: delete this line, and write below, with what "
    "holds again, « {better} »"
)
EACH_ON_ITS_LINE = N_("put each on a line of its own: « {better} »")

_DAY_KEYS = frozenset({"date", "day", "start", "from", "jour", "le", "debut"})
"""Keys, as `slug` has them, under which the day of an item is written."""

_UNSURE = re.compile(r"[,\[\]{}#\n]|: |:$|^\d{1,2}:\d\d$")


@dataclass(frozen=True)
class _Row:
    """A day, and what is said of it."""

    day: Moment
    more: Mapping[object, object]
    note: object = None


def in_its_shape(path: tuple[object, ...], said: object, style: DateStyle) -> Mend | None:
    """How to write what is said of dates; None where it is no day with what is another on it.

    Args:
        path: a key of a series, or an item of it.
        said: what stands there.
    """
    key, rows = path[0], _rows(said, style)
    if key == "dates" and isinstance(said, str) and (day := _day(said, style)) is not None:
        return Mend(
            DAY_AND_MORE, {"better": f"dates: {{{day}: {{title: …}}}}", "other": f"also: {day}"}
        )
    if not rows:
        return None
    days = ", ".join(str(one.day) for one in rows)
    if key in ("except", "also"):
        better = f"{key}: [{days}]" if len(path) == 1 else f"- {days}"
        other = next((_of_date(one) for one in rows if one.more), "")
        if key == "also" and other:
            return Mend(BESIDE_DATES, {"better": better, "other": other})
        return Mend(WRITE_IT, {"better": better})
    if any(one.note is not None or not one.more for one in rows):
        return None
    told = map(_of_date if key == "dates" else _from_then, rows)
    return Mend(EACH_ON_ITS_LINE, {"better": " », « ".join(told)})


def _rows(said: object, style: DateStyle) -> list[_Row]:
    """What is said, day by day; nothing where some of it is not of a day."""
    if isinstance(said, list):
        each = [_rows(one, style) if isinstance(one, Mapping) else [] for one in said]
        return [] if not all(each) else [one for its in each for one in its]
    if not isinstance(said, Mapping):
        return []
    day_key = next((one for one in said if slug(str(one)) in _DAY_KEYS), None)
    if day_key is not None:
        day = _day(said[day_key], style)
        more = {key: value for key, value in said.items() if key != day_key}
        is_span = any(slug(str(key)) in _LAST for key in more)
        return [] if day is None or is_span else [_Row(day, more)]
    found = []
    for key, value in said.items():
        if (day := _day(key, style)) is None:
            return []
        is_group = isinstance(value, Mapping)
        found.append(_Row(day, value if is_group else {}, None if is_group else value))
    return found


def span_in(said: object) -> str:
    """« du 20 juillet au 25 août » of « {from: …, to: …} »; "" for all else."""
    if not isinstance(said, Mapping) or len(said) != len(_SPAN):
        return ""
    words = {slug(str(key)): value for key, value in said.items()}
    first = next((words[key] for key in words if key in _DAY_KEYS), None)
    last = next((words[key] for key in words if key in _LAST), None)
    return f"du {first} au {last}" if first and last else ""


def until_the_next(path: tuple[object, ...], said: object, style: DateStyle) -> Mend | None:
    """« until: » in an item of `later:`, where the next one ends it; None for another key."""
    if path[0] != "later" or len(path) != _IN_AN_ITEM or slug(str(path[-1])) not in _ENDS:
        return None
    day = _day(said, style)
    if day is None:
        return None  # « to: 14:00 » is another hour
    begins = str(day.day + timedelta(days=1)) if day.day < date.max else "…"
    return Mend(UNTIL_THE_NEXT, {"better": f"- {{from: {begins}, …}}"})


_IN_AN_ITEM = 3
_SPAN = ("from", "to")
_ENDS = frozenset({"to", "until", "au", "jusqu-au", "jusqu-a"})
_LAST = frozenset({"to", "until", "end", "au", "jusqu-au", "a", "fin"})
"""Keys that make a span of a day."""


def _day(text: object, style: DateStyle) -> Moment | None:
    try:
        return parse_moment(str(text), style=style)
    except ValueRefused:
        return None


def _of_date(row: _Row) -> str:
    return f"{row.day}: {{{_in_braces(row.more)}}}"


def _from_then(row: _Row) -> str:
    return f"- {{from: {row.day.day}, {_in_braces(row.more)}}}"


def _in_braces(said: Mapping[object, object]) -> str:
    return ", ".join(f"{key}: {_value(value)}" for key, value in said.items())


def _value(value: object) -> str:
    if not isinstance(value, str):
        return "…"
    return quoted(value) if _UNSURE.search(value) else value
