"""A value that is refused, as it was probably meant: what to write in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ..model.names import ID, slug
from ..model.settings import date_style
from ..model.values import ValueRefused, parse_moment, parse_time, tidy
from ..model.zones import zone_names
from ..problems import N_, closest
from .slips import TYPOGRAPHIC


@dataclass(frozen=True, slots=True)
class Better:
    """What to write.

    Attributes:
        text: the value, or what the mend names.
        mend: a message of the catalogues, with ``{better}`` and maybe ``{other}``.
        other: what else it can have been.
        is_certain: whether nothing else can have been meant.
        is_whole: whether the text is the whole value, which is shown behind its key.
    """

    text: str
    mend: str = N_("write « {better} »")
    other: str = ""
    is_certain: bool = False
    is_whole: bool = True


NO_YEAR = N_("the year is missing: write « {better} » with the year that is meant")
NO_DAY = N_("the day is missing: write it before the hour, as in « {better} »")
ONE_DAY = N_("the day of the month is missing: write it as in « {better} »")
UNITS = N_("the unit is missing: write {better} or {other}")
CLOCK = N_("write {better} or {other}, whichever is meant")
PLAYED = N_("write {better}, as players show it")
SPACE = N_("put a space after the hyphen: « {better} »")
COMMAS = N_("put a comma between them: « {better} »")

DIGITS = N_("write it in digits, such as {better}")
ADDRESS_ITSELF = N_("write the address itself, which begins with https://, or delete this line")

_ANSWERS = frozenset({"oui", "non", "yes", "no", "true", "false"})
_GUILLEMETS = re.compile(r"«(?P<inner>[^«»]+)»")
_BULLET = re.compile(r"[-–—•*·]\s*(\S.*)", re.DOTALL)  # as people type them
_NUMBER = re.compile(r"\D{0,40}(\d{1,6})\D{0,40}")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:[/?#]\S*)?", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(.*?\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})(?!\d)(.*)", re.DOTALL)
_ONLY_HOUR = re.compile(r"\d{1,2} ?(?:[:hH.] ?\d{2}|[hH])")
_MONTH = re.compile(r"\d{4}-\d{2}")
_SPOKEN_DAY = re.compile(r"\D{0,20}?\d{1,2}(?:er|st|nd|rd|th)? [^\W\d]{3,10}\.?(?P<rest>.*)")


def better_value(code: str, value: str, language: str, name: str = "") -> Better | None:
    """What to write in place of a value that was refused with a code; None where nobody knows.

    Args:
        name: of the field.
    """
    find = _BY_CODE.get(code)
    said = tidy(value)[:200]
    if find is None or not said:
        return None
    around = TYPOGRAPHIC.fullmatch(said) or _GUILLEMETS.fullmatch(said)
    if around is not None:
        inner = around["inner"].strip()
        return find(inner, language) or Better(inner)
    if name == "end" and re.fullmatch(r"[01]?\d|2[0-3]", said):
        return Better(f"{said}:00")
    return find(said, language)


def _midnight(value: str, language: str) -> Better | None:
    """« 24:00 » is the beginning of the next day."""
    found = re.fullmatch(r"(\S.*?)(?: à| at)? 24(?::00| ?h(?: ?00)?)", value)
    if found is None:
        return None
    try:
        day = parse_moment(found[1], style=date_style(language)).day
        return Better(f"{day + timedelta(days=1)} 00:00")
    except (ValueRefused, OverflowError):
        return None


def _moment(value: str, language: str) -> Better | None:
    found = _SHORT_YEAR.fullmatch(value)
    tries = [
        value.replace("-", "/"),
        re.sub(r"(?<=\d)[/.](?=\d)", "-", value),
        " ".join(re.sub(r"[-–—|à@]", " ", value, count=1).split()),
    ]
    if found:
        longer = f"{found[1]}20{found[2]}{found[3]}"
        tries += [longer, longer.replace("-", "/")]
    for one in tries:
        try:
            return Better(str(parse_moment(one, style=date_style(language))), is_certain=True)
        except ValueRefused:
            continue
    swapped = re.sub(r"(\d{4})-(\d{1,2})-(\d{1,2})", r"\1-\3-\2", value)
    try:
        return Better(str(parse_moment(swapped, style=date_style(language))))
    except ValueRefused:
        pass  # day and month were not swapped
    if _ONLY_HOUR.fullmatch(value):
        return Better(f"2026-12-03 {_hour(value)}", NO_DAY)
    if _MONTH.fullmatch(value):
        return Better(f"{value}-03 12:30", ONE_DAY)
    if (spoken := _SPOKEN_DAY.fullmatch(value)) and not re.search(r"\d{4}", value):
        rest = spoken["rest"]
        day = value[: len(value) - len(rest)] if rest else value
        return Better(f"{day} 2026{rest}", NO_YEAR)
    return None


def _hour(value: str) -> str:
    try:
        return f"{parse_time(value):%H:%M}"
    except ValueRefused:
        return "12:30"


def _duration(value: str, language: str) -> Better | None:
    if (found := _SAID.get(value.lower())) is not None:
        return Better(found)
    hours = re.fullmatch(r"(\d{1,3}[.,]\d{1,2}) ?(?:h|heures?|hours?)", value)
    if hours is not None:
        return Better(f"{round(float(hours[1].replace(',', '.')) * 60)} min")
    number = re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,2}))?", value)
    if number is None:
        return None
    whole, part = number[1], number[2]
    if part is None:
        return Better(f"{whole}h", UNITS, f"{whole} min", is_whole=False)
    minutes = round(float(f"{whole}.{part}") * 60)
    return Better(f"{whole}h{part.ljust(2, '0')}", CLOCK, f"{minutes} min", is_whole=False)


_SAID = {
    "une heure": "1h",
    "une heure et demie": "1h30",
    "une demi-heure": "30 min",
    "trois quarts d'heure": "45 min",
    "deux heures": "2h",
    "un jour": "1 jour",
    "une journée": "1 jour",
    "an hour": "1h",
    "one hour": "1h",
    "an hour and a half": "1h30",
    "half an hour": "30 min",
    "two hours": "2h",
    "one day": "1 day",
    "all day": "1 day",
}


def _length(value: str, language: str) -> Better | None:
    if re.fullmatch(r"\d{1,6}", value) is None:
        return None
    minutes, seconds = divmod(int(value), 60)
    played = f"{minutes}:{seconds:02d}"
    if int(value) > _LONG:
        return Better(played, PLAYED, is_whole=False)
    return Better(f"{value} min", UNITS, played, is_whole=False)


_LONG = 600
"""Above it, the length of a recording is of seconds."""


def _id(value: str, language: str) -> Better | None:
    bullet = _BULLET.fullmatch(value)
    if bullet is not None and ID.fullmatch(bullet[1].split(" ")[0]):
        first = bullet[1].split(" ")[0]
        return Better(f"- {first}", SPACE, is_certain=" " not in bullet[1], is_whole=False)
    words = re.split(r"[;/\s]+", value)
    if len(words) > 1 and all(ID.fullmatch(word) for word in words) and "-" in value:
        return Better(", ".join(words), COMMAS, is_whole=False)
    return None


def _url(value: str, language: str) -> Better | None:
    if value.lower() in _ANSWERS:
        return Better("", ADDRESS_ITSELF)
    if _HOST.fullmatch(value):
        return Better(f"https://{value}")
    fixed = re.sub(r"^(https?)[:/]{1,3}(?!/)", r"\1://", value, flags=re.IGNORECASE)
    if fixed != value and " " not in fixed:
        return Better(fixed)
    found = re.search(r"https?://[^\s<>()\[\]\"']+", value)
    return Better(found[0].rstrip(".,;")) if found and found[0] != value else None


def _count(value: str, language: str) -> Better | None:
    found = _NUMBER.fullmatch(value)
    if found is None and len(value) < 40 and not re.search(r"\d", value):
        return Better("20", DIGITS, is_whole=False)
    return Better(found[1]) if found else None


def _zone(value: str, language: str) -> Better | None:
    folded = slug(value).replace("-", "")
    towns = {slug(name.rpartition("/")[2]).replace("-", ""): name for name in sorted(zone_names())}
    towns |= {"lareunion": "Indian/Reunion", "guyane": "America/Cayenne", "france": "Europe/Paris"}
    near = closest(folded, towns)
    found = towns.get(folded) or (towns[near] if near else None)
    return Better(found) if found else None


_BY_CODE: dict[str, Callable[[str, str], Better | None]] = {
    "bad-moment": _moment,
    "bad-date": _moment,
    "bad-time": _midnight,
    "bad-duration": _duration,
    "bad-length": _length,
    "bad-id": _id,
    "bad-url": _url,
    "bad-value": _count,
    "unknown-timezone": _zone,
}
