"""A value that is refused, as it was probably meant: what to write in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from ..i18n import LANGUAGES
from ..model.fields import is_none, tags_within
from ..model.names import ID, slug
from ..model.periods import parse_period
from ..model.recurrence import DAYS
from ..model.repeat_slips import TWO_LINES, WRITE_IT, meant, mended
from ..model.repeat_words import DAY_OF_RRULE, parse_on, parse_repeat, parse_year_day
from ..model.repeats import language_of, last_day
from ..model.shape import Names
from ..model.synonyms import REGISTRATION
from ..model.values import (
    DateStyle,
    Moment,
    ValueRefused,
    parse_duration,
    parse_moment,
    parse_time,
    tidy,
    weekday_number,
)
from ..model.zones import NO_PLACE, zone, zone_names
from ..problems import N_, closest
from .around import Around
from .moments import NoSuchDay, Said, either_month, month_number, understand
from .slips import TYPOGRAPHIC
from .suffixes import SOURCES
from .whens import either_period, span_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Better:
    """What to write.

    Attributes:
        text: the value, or what the mend names.
        mend: a message of the catalogues, with ``{better}`` and maybe ``{other}``.
        other: what else it can have been, or what is to be written beside it.
        instead: the key whose line that takes the place of; "" for none.
        is_certain: whether nothing else can have been meant.
        is_whole: whether the text is the whole value, which is shown behind its key.
    """

    text: str
    mend: str = WRITE_IT
    other: str = ""
    instead: str = ""
    is_certain: bool = False
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands.

    Attributes:
        names: keys from the top of its source.
        has_hours: whether its field takes an hour with a day.
        start: the day on which the event begins, or the day and hour; None where it is not known.
        days: of the event; 0 where nobody knows.
        takes_hour: whether its field takes an hour alone.
        known: the keys that may stand beside it, its own among them.
        given: those that do.
        since: the day from which something beside it is; None where none is said.
        takes_number: whether its field takes a number.
        repeat: the sentence that says how often the event is held; "" where none does.
    """

    around: Around
    names: Names = ()
    has_hours: bool = True
    takes_hour: bool = False
    start: Moment | None = None
    days: int = 0
    known: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    since: date | None = None
    takes_number: bool = False
    repeat: str = ""

    @property
    def name(self) -> str:
        return self.names[-1] if self.names else ""


STEP_AND_DAYS = N_("write « {better} », and the days beside it: « {other} »")
IN_THE_RULE = N_(
    "dates stand here, as in « {better} »; the days or months of each year in which nothing is "
    "held are said in « repeat: », as in « every Thursday, except in August »"
)
NO_YEAR = N_("the year is missing: write « {better} » with the year that is meant")
NO_DAY = N_("the day is missing: write it before the hour, as in « {better} »")
NO_DAY_AND_END = N_(
    "the day is missing: write it before the hour, as in « {better} », and on the line below "
    "« {other} »"
)
ONE_DAY = N_("the day of the month is missing: write it as in « {better} »")
AS_DATE = N_("write it as 2026-12-03")
ON_WHICH_DAY = N_("write the day on which that was, as in « {better} »")
ITS_LAST_DAY = N_("that is how long: write the last day of it, as in « {better} »")
NO_DATE_YET = N_(
    "is there no date yet? write « undated: future » instead; otherwise write it as in « {better} »"
)
NOT_EXACT = N_("is the day not known yet? write « {better} » in place of this line")
EITHER_ONE = N_("write « {better} » or « {other} », whichever is meant")
ALL_OR_ONE = N_(
    "is it held on all those days? write « {better} » and « {other} » in place of this line; on "
    "one of them, and nobody knows which? write « {instead} »"
)
VAGUE = N_("say the hour in digits, as in « {better} »")
NO_SUCH_DAY = N_("that month has {better} days: write the day that is meant")
ITS_END = N_("write « {better} »; until when it lasts is said below « dates: », as in « {other} »")
HOW_LONG = N_("write « {better} », and how long it lasts beside « repeat: », as in « {other} »")
INSTEAD = N_("write « {better} », and « {other} » in place of « {instead}: »")
INSTEAD_OF_DAY = N_("write « {better} », which says the hour too, and « {other} »")
DAY_OF_TRIP = N_("days are counted from the first one: write « {better} »")
COUNTED = N_("days are counted from the first one, which is « {better} »")
UNITS = N_("the unit is missing: write {better} or {other}")
AS_LOCAL = N_("write the hour of the place, such as « {better} »")
OFFSET = N_(
    "write « {better} », which is the local time then; or « {other} », if that is the hour of the "
    "place"
)
ALL_YEAR = N_(
    "write « {better} »; if it is held at that hour of UTC all year round, add the line "
    "« timezone: UTC »"
)
CLOCK = N_("write {better} or {other}, whichever is meant")
PLAYED = N_("write {better}, as players show it")
SPACE = N_("put a space after the hyphen: « {better} »")
COMMAS = N_("put a comma between them: « {better} »")

DIGITS = N_("write a number, such as {better}")
TAGS_APART = N_("write each by itself: « {better} »")
ADDRESS_ITSELF = N_("write the address itself, which begins with https://, or delete this line")
NOT_ONLINE = N_(
    "is it not held online? delete this line; where the collection gives an address to all, write "
    "« mode: on-site » instead"
)
ADDRESS_ALONE = N_("write the address alone, « {better} », and the rest in the text")
DELETE = N_("delete this line: nothing has to be written for that")
ONE_FIRST = N_("one file for each day: write the first, as in « {better} », and copy the file")
FILM = N_(
    "a film is not kept here: put it on a platform for videos, and write its address; a file of "
    "sound may stand under « audio: »"
)
FULL = N_(
    "is it full? delete this line, and write « {better} »; is there no limit? delete this line"
)
SEATS = N_("« places: » names places; is that how many can take part? write « {better} »")
DELETE_FULL = N_("delete this line, and write « {better} »")
SIZE = N_("write the number that the page or the properties of the file tell, or delete this line")
ONE_EACH = N_(
    "one file for each meeting: write « {better} » here, and the other day in a copy of it"
)
IN_THE_SENTENCE = N_(
    "that is said with how often it is held: write « {better} », and delete it here"
)
EACH_KEY = N_("say each of its days by itself, on a line of its own: « {better} »")
DAYS_OF_A_YEAR = N_(
    "say each of its days by itself, between commas: « {better} »; those are its dates of one "
    "year, those of the next go there too"
)
EACH_DAY = N_("say each of its days by itself, between commas: « {better} »")
MAIL = N_(
    "an e-mail address is no form: delete this line, and write it under « contact: » in the file "
    "of the organisation"
)
NO_ADDRESS_YET = N_(
    "is there no address yet? delete this line, and say it in the text; otherwise write the "
    "address itself, which begins with https://"
)
OWN_ZONE = N_(
    "is that the time of {other}? delete this line, it goes without saying; otherwise name a town "
    "that keeps the time that is meant, as in « {better} »"
)
DOWNLOAD = N_("a file is meant here: download it, put it beside this one, and write « {better} »")
_NOS = frozenset({"non", "no", "false"})
_ANSWERS = _NOS | {"oui", "yes", "true"}
_GUILLEMETS = re.compile(r"«(?P<inner>[^«»]+)»")
_BULLET = re.compile(r"[-–—•*·]\s*(\S.*)", re.DOTALL)  # as people type them
_NUMBER = re.compile(r"\D{0,40}(\d{1,6})\D{0,40}")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?:[/?#]\S*)?", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(.*?\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})(?!\d)(.*)", re.DOTALL)
_ONLY_HOUR = re.compile(r"\d{1,2} ?(?:[:hH.] ?\d{2}|[hH])")
_MONTH = re.compile(r"\d{4}-\d{2}")
_SPOKEN_DAY = re.compile(
    r"\D{0,20}?\d{1,2}(?:er|st|nd|rd|th)? (?P<month>[^\W\d]{3,10})\.?(?P<rest>.*)"
)


def better_value(code: str, value: str, place: Place) -> Better | None:
    """What to write in place of a value that was refused with a code; None where nobody knows."""
    find = _BY_CODE.get(code)
    said = tidy(value)[:200]
    if find is None or not said:
        return None
    around = TYPOGRAPHIC.fullmatch(said) or _GUILLEMETS.fullmatch(said)
    inner = around["inner"].strip() if around is not None else said
    bare = Better(text=inner, is_certain=True) if around is not None else None
    found = find(inner, place) or bare
    return found if place.has_hours else _as_day(code, found)


def _as_day(code: str, found: Better | None) -> Better | None:
    """The same where a day is asked for alone: an hour would be refused there again."""
    if found is None:
        return Better(text="", mend=AS_DATE, is_whole=False) if code == "bad-moment" else None
    day = _WITH_HOUR.sub(r"\1", found.text)
    # An hour that somebody meant is not taken away without him.
    return found if day == found.text else replace(found, text=day, is_certain=False)


_WITH_HOUR = re.compile(r"(\d{4}-\d\d-\d\d) \d\d:\d\d")


def _time(value: str, place: Place) -> Better | None:
    """« 24:00 » is the beginning of the next day; an hour may go with that of the end."""
    found = re.fullmatch(r"(\S.*?)(?: à| at)? 24(?::00| ?h(?: ?00)?)", value)
    if found is not None:
        try:
            day = parse_moment(found[1], style=place.around.style).day
            return Better(text=f"{day + timedelta(days=1)} 00:00")
        except (ValueRefused, OverflowError):
            return None
    said = _said(value, place)
    if not isinstance(said, Said) or not said.hours:
        return None
    hour = Better(text=f"{said.hours[-1 if place.name == 'end' else 0]:%H:%M}")
    if "repeat" in place.names and len(said.hours) == 2 and (length := _hours_apart(*said.hours)):
        return replace(hour, mend=HOW_LONG, other=f"duration: {length}")
    better = _two(hour, replace(said, days=()), place)
    first = place.start.day if place.start else None
    if not said.days or first is None or "day" in place.given or said.days[0] < first:
        return better
    # The day of a stop is counted.
    number = f"day: {(said.days[0] - first).days + 1}"
    if better.mend == WRITE_IT:
        return replace(better, mend=TWO_LINES, other=number)
    return replace(better, other=f"{number} », « {better.other}")


_BETWEEN_DAYS = re.compile(r"(?:du|de|entre|from|between) ", re.IGNORECASE)


def _left_out(value: str, place: Place) -> Better | None:
    """« en août », « du 20 juillet au 25 août »: the sentence that leaves it out, or the dates."""
    if not place.repeat:
        return None
    style, today = place.around.style, place.around.today
    but = "except" if language_of(place.repeat) == "en" else "sauf"
    sentence = f"{place.repeat}, {but} {value}"
    try:
        parse_repeat(sentence, style=style)
    except ValueRefused:
        found = meant(sentence, place.start, style, today)
    else:
        return Better(text=f"repeat: {sentence}", mend=IN_THE_SENTENCE, is_whole=False)
    if found is None or (found.added and not found.left_out):
        return None  # what the sentence adds is told there, and has to be mended first
    if not found.left_out:
        return Better(text=f"repeat: {found.sentence}", mend=IN_THE_SENTENCE, is_whole=False)
    days = ", ".join(map(str, found.left_out))
    mend = DAYS_OF_A_YEAR if found.of_a_year else EACH_DAY
    return Better(text=days, mend=mend, is_whole=False)


def _each_day(found: re.Match[str], style: DateStyle) -> Better | None:
    """« 21 et 28 janvier 2027 », of which each is said by itself."""
    numbers = re.findall(r"\d{1,2}", found[0][: found.start("rest") - found.start()])
    days = [_moment_or_none(f"{one} {found['rest']}", style) for one in numbers]
    told = ", ".join(map(str, days))
    return None if None in days else Better(text=told, mend=EACH_DAY, is_whole=False)


def _length_for_end(value: str, place: Place) -> Better | None:
    """« une heure après » for an end is a duration."""
    bare = re.sub(r"(?<!\s)\s*+(?:après|plus tard|later|after)\s*+", "", value, flags=re.IGNORECASE)
    if bare == value and not re.search(r"[^\W\d]", value):
        return None
    length = _SAID.get(bare.lower())
    try:
        parse_duration(length or bare)
    except ValueRefused:
        return None
    return Better(text=f"duration: {length or bare}", is_whole=False)


def _moment(value: str, place: Place) -> Better | None:
    style = place.around.style
    is_of_event = place.has_hours  # of others, some keys are unknown
    if place.name == "end" and is_of_event and re.fullmatch(r"[01]?\d|2[0-3]", value):
        return Better(text=f"{value}:00")
    found = _SHORT_YEAR.fullmatch(value)
    tries = [
        value,  # of several lines, it may be right
        value.replace("-", "/"),
        re.sub(r"(?<=\d)[/.](?=\d)", "-", value),
        " ".join(re.sub(r"[-–—|à@]", " ", value, count=1).split()),
        re.sub(r"(?<=\d) ?(?:mn|min|minutes?)\b\.?", "", value),
    ]
    if found:
        longer = f"{found[1]}20{found[2]}{found[3]}"
        tries += [longer, longer.replace("-", "/")]
    for one in tries:
        try:
            return Better(text=str(parse_moment(one, style=style)), is_certain=True)
        except ValueRefused:
            continue
    swapped = re.sub(r"(\d{4})-(\d{1,2})-(\d{1,2})", r"\1-\3-\2", value)
    try:
        return Better(text=str(parse_moment(swapped, style=style)))
    except ValueRefused:
        pass  # day and month were not swapped
    if place.name == "start" and is_of_event and _EVERY.search(value):
        return Better(text=f"{_EXAMPLE} 12:30", mend=ONE_FIRST)
    zoned = _IN_ZONE.search(value)
    zone = _zone(zoned[1].rstrip(")"), place) if zoned else None
    if zoned is not None and zone is not None and zone.mend == WRITE_IT:
        first = _moment_or_none(value[: zoned.start()], style)
        if not is_of_event:
            return Better(text=str(first)) if first else None
        other = f"timezone: {zone.text}"
        return Better(text=str(first), mend=TWO_LINES, other=other) if first else None
    several = _DAYS.fullmatch(value)
    is_key = place.names[-3:-2] == ("dates",) and place.name.startswith("[")
    if several is not None and is_key and (each := _each_day(several, style)) is not None:
        lines = " », « ".join(f"{day}: …" for day in each.text.split(", "))
        return replace(each, text=lines, mend=EACH_KEY)
    if several is not None and place.name in _OF_SEVERAL:
        return _each_day(several, style)
    if several is not None and is_of_event:
        first = _moment_or_none(f"{several['first']} {several['rest']}", style)
        return Better(text=str(first), mend=ONE_EACH) if first else None
    if _MONTH.fullmatch(value):
        return Better(text=f"{value}-03 12:30", mend=ONE_DAY)
    is_first = place.names == ("start",) and is_of_event
    if is_first and _is_period(value, place):
        return Better(text=f"when: {value}", mend=NOT_EXACT, is_whole=False)
    found_elsewhere = (
        _answer(value, place) or _last_day(value, place) or _either_month(value, place)
    )
    if found_elsewhere is not None:
        return found_elsewhere
    is_span = place.name == "except" and _BETWEEN_DAYS.match(value) is not None
    if is_span and (better := _left_out(value, place)) is not None:
        return better
    said = _said(value, place)
    if isinstance(said, NoSuchDay):
        return Better(text=str(said.last), mend=NO_SUCH_DAY, is_whole=False)
    if said is not None:
        return _as_moment(value, said, place)
    is_end = place.name == "end" and is_of_event
    if is_end and (length := _length_for_end(value, place)) is not None:
        return length
    part = _PART_OF_DAY.search(value)
    if part is not None and place.has_hours:
        named = _said(_PART_OF_DAY.sub(" ", value), place)
        if isinstance(named, Said) and len(named.days) == 1 and not named.hours:
            hour = _HOURS_OF[slug(part[1])[:4]]
            return Better(text=str(Moment(named.days[0], time(hour))), mend=VAGUE)
    if place.name == "except" and (better := _left_out(value, place)) is not None:
        return better
    if place.name == "except" and not re.search(r"\d", value):
        return Better(text=f"except: {_EXAMPLE}", mend=IN_THE_RULE, is_whole=False)
    if is_first and not re.search(r"\d", re.sub(r"\b(?:19|20)\d\d\b", "", value)):
        return Better(text=f"{place.name}: {_EXAMPLE} 12:30", mend=NO_DATE_YET, is_whole=False)
    if _ONLY_HOUR.fullmatch(value) and is_of_event:
        return Better(text=f"{_EXAMPLE} {_hour(value)}", mend=NO_DAY)
    spoken = _SPOKEN_DAY.fullmatch(value)
    if spoken and month_number(slug(spoken["month"])) and not re.search(r"\d{4}", value):
        rest = spoken["rest"]
        day = value[: len(value) - len(rest)] if rest else value
        year = place.around.today.year if place.around.today else _EXAMPLE[:4]
        return Better(text=f"{day} {year}{rest if is_of_event else ''}", mend=NO_YEAR)
    return None


def _when(value: str, place: Place) -> Better | None:
    """« hiver 2027 » is one of two; « du 3 au 12 mars 2027 » has its own lines."""
    style = place.around.style
    if (either := either_period(value, style)) is not None:
        one, other = either
        mend = EITHER_ONE if other else WRITE_IT
        return Better(text=one, mend=mend, other=f"{place.name}: {other}")
    if (span := span_of(value, style)) is not None:
        first, last, period = span
        return Better(
            text=f"start: {first}",
            mend=ALL_OR_ONE if period else TWO_LINES,
            other=f"end: {last}",
            instead=f"{place.name}: {period}",
            is_whole=False,
        )
    if not re.search(r"\d", value) and place.names == ("when",):
        year = (place.around.today or date.fromisoformat(_EXAMPLE)).year
        return Better(text=f"when: {year + 1}", mend=NO_DATE_YET, is_whole=False)
    return None


def _either_month(value: str, place: Place) -> Better | None:
    """« 20 mais 2027 », where May and March may be meant."""
    both = [one for text in either_month(value) if (one := _said(text, place))]
    found = [_as_moment(value, one, place) for one in both if isinstance(one, Said)]
    texts = [one.text for one in found if one is not None]
    if len(texts) < 2:
        return None
    return Better(text=texts[0], mend=CLOCK, other=texts[1], is_whole=False)


def _with_offset(value: str, place: Place) -> Better | None:
    """« 2027-05-20T12:30:00Z »: the local time then, or the hour that is written."""
    found = _INSTANT.fullmatch(value)
    if found is None:
        return None
    try:
        day, at = date.fromisoformat(found["day"]), time.fromisoformat(found["at"])
    except ValueError:
        return None
    bare = str(Moment(day, at))
    shift = _SHIFT.fullmatch(found["offset"])
    if not place.around.home or {"timezone", "place", "places"} & place.given:
        return Better(text=bare, mend=AS_LOCAL)
    is_series = {"repeat", "also"} & place.given and "from" not in place.given
    if shift is None and is_series and place.around.home != NO_PLACE:
        return Better(text=bare, mend=ALL_YEAR)  # of which clocks at home change the hour
    hours, minutes = (int(shift[2]), int(shift[3])) if shift else (0, 0)
    if hours > 14 or minutes > 59:
        return Better(text=bare, mend=AS_LOCAL)
    away = timedelta(hours=hours, minutes=minutes)
    away = -away if shift and shift[1] == "-" else away
    try:
        instant = datetime.combine(day, at, timezone(away))
        there = instant.astimezone(zone(place.around.home))
    except OverflowError:
        return Better(text=bare, mend=AS_LOCAL)
    local = str(Moment(there.date(), there.time().replace(tzinfo=None)))
    return Better(text=local) if local == bare else Better(text=local, mend=OFFSET, other=bare)


_INSTANT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<at>\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)? ?"
    r"(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})"
)
_SHIFT = re.compile(r"([+-])(\d{2}):?(\d{2})")


def _answer(value: str, place: Place) -> Better | None:
    """« oui » where the day is asked on which something was; « non » where it was not."""
    if place.name not in _PAST or value.lower() not in _ANSWERS:
        return None
    if value.lower() in _NOS:
        return Better(text="", mend=DELETE)
    return Better(text=str(place.around.today or _EXAMPLE), mend=ON_WHICH_DAY)


def _last_day(value: str, place: Place) -> Better | None:
    """« un an » where the last day is asked: counted from the first, where that is known."""
    if place.name == "until" and (before := _BEFORE.fullmatch(value)) is not None:
        return _before(before["day"], place)
    found = _SPAN.fullmatch(value)
    if place.name != "until" or found is None:
        return None
    from dateutil.relativedelta import relativedelta  # which nothing else here waits for

    count = _COUNTED.get(found["count"].lower()) or int(found["count"])
    unit = next(unit for word, unit in _UNITS_IN.items() if found["unit"].lower().startswith(word))
    since = place.since or place.around.today or date.fromisoformat(_EXAMPLE)
    last = since + relativedelta(**{unit: count})
    return Better(text=str(last), mend=ITS_LAST_DAY)


_BEFORE = re.compile(r"(?:avant|before)(?: le| the)? (?P<day>\S.*)", re.IGNORECASE)


def _before(text: str, place: Place) -> Better | None:
    """The two days that « avant le 3 janvier » may mean."""
    since = place.since or place.around.today
    try:
        day = parse_year_day(text, style=place.around.style)
        found = last_day(day, since) if day is not None and since is not None else None
    except ValueRefused:
        return None
    if found is None:
        return None
    other = f"{place.name}: {found - timedelta(days=1)}"
    return Better(text=str(found), mend=EITHER_ONE, other=other)


_COUNTED = {
    **dict.fromkeys(("un", "une", "one", "a"), 1),
    **{"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "dix": 10, "douze": 12},
    **{"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "twelve": 12, "dix-huit": 18},
}
_UNITS_IN: Mapping[str, Literal["months", "years", "weeks", "days"]] = {
    **{"mo": "months", "a": "years", "y": "years", "s": "weeks", "w": "weeks"},
    **{"j": "days", "d": "days"},
}
_SPAN = re.compile(
    rf"(?:(?:pour|pendant|for|dans|in) )?(?P<count>\d{{1,3}}|{'|'.join(_COUNTED)}) ?"
    r"(?P<unit>ans?|années?|years?|mois|months?|semaines?|weeks?|jours?|days?)",
    re.IGNORECASE,
)

_DAYS = re.compile(
    r"(?:les? )?(?P<first>\d{1,2})(?:er)?(?: ?(?:,|&|et|and) ?\d{1,2}(?:er)?){1,8} "
    r"(?P<rest>[^\W\d]{3,10}\.? .*)",
    re.IGNORECASE,
)
"""« 3 et 10 décembre 2026 »: days of several meetings; those of one are « 3-4 décembre »."""


_EVERY = re.compile(r"\b(?:tous les|toutes les|chaque|every|each)\b", re.IGNORECASE)
_IN_ZONE = re.compile(r"[ ,(]((?:heure|time|fuseau)\b.{1,40})$", re.IGNORECASE)


def _moment_or_none(text: str, style: DateStyle) -> Moment | None:
    try:
        return parse_moment(text.strip(" ,"), style=style)
    except ValueRefused:
        return None


_PART_OF_DAY = re.compile(
    r"\b(?:(?:dans |en |au |dès )?(?:le |la |l['’]|in the )?)"
    r"(matinée|matin|après-midi|aprem|soirée|soir|morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_HOURS_OF = {"mati": 9, "morn": 9, "apre": 14, "afte": 14, "soir": 18, "even": 18}
_EXAMPLE = "2026-12-03"


def _is_period(value: str, place: Place) -> bool:
    """Whether a text says some days, and not which of them."""
    try:
        parse_period(value, style=place.around.style)
    except ValueRefused:
        return False
    return True


_PAST = frozenset(
    {"date", "updated", "drawn_up", "on", "since", "given", "answered", "opened", "withdrawn"}
)
"""Fields that tell of what has been."""


def _said(value: str, place: Place) -> Said | NoSuchDay | None:
    """What a text says of a time; the exception where it names a day that is none."""
    style, today = place.around.style, place.around.today
    start = place.start.day if place.start else None
    is_deadline = place.name == "deadline" or "deadlines" in place.names
    before = today if place.name in _PAST else start if is_deadline else None
    try:
        if place.name == "end" and start is not None:  # it comes after, or is told from there
            return understand(value, style, start) or understand(value, style, start, start)
        return understand(value, style, today, before)
    except NoSuchDay as error:
        return error


def _as_moment(value: str, said: Said, place: Place) -> Better | None:
    """How to write a time of which the one reading is known."""
    if not said.days and not place.has_hours:
        return Better(text="", mend=AS_DATE, is_whole=False)
    if not said.days:
        hour = said.hours[-1] if place.name == "end" else said.hours[0]
        if place.name == "end" or place.takes_hour:
            return _two(Better(text=f"{hour:%H:%M}"), said, place)
        both = _two(Better(text=f"{_EXAMPLE} {hour:%H:%M}", mend=NO_DAY), said, place)
        return replace(both, mend=NO_DAY_AND_END) if both.mend == TWO_LINES else both
    if place.name in _OF_SEVERAL and len(said.days) > 1:
        days = ", …, ".join(map(str, (said.days[0], said.days[-1])))
        return Better(text=days, mend=EACH_DAY, is_whole=False)
    is_key = place.names[-3:-2] == ("dates",) and place.name.startswith("[")
    if is_key and len(said.days) > 1:
        first, last = (f"{day}: …" for day in (said.days[0], said.days[-1]))
        between = " », …, « " if _BETWEEN_DAYS.match(value) else " », « "
        return Better(text=f"{first}{between}{last}", mend=EACH_KEY, is_whole=False)
    is_last = place.name not in _BEGIN and not is_key
    at = (said.hours[-1] if is_last else said.hours[0]) if said.hours else None
    moment = Moment(said.days[-1 if is_last else 0], at if place.has_hours else None)
    if place.name == "also" and len(said.days) == 1 and len(said.hours) == 2:
        its = f'{{{moment.day}: {{end: "{said.hours[-1]:%H:%M}"}}}}'
        return Better(text=str(moment), mend=ITS_END, other=its)
    if not said.guessed:
        return _two(Better(text=str(moment)), said, place)
    if len(said.days) == 1 and len(said.hours) < 2:
        rest = value[said.insert :] if place.has_hours else ""
        whole = f"{value[: said.insert]} {moment.day.year}{rest}"
        try:
            if said.insert > 0 and parse_moment(whole, style=place.around.style) == moment:
                return Better(text=whole, mend=NO_YEAR)
        except ValueRefused:
            pass  # it is written otherwise too
        return Better(text=str(moment), mend=NO_YEAR)
    return _two(Better(text=str(moment)), said, place)


_OF_SEVERAL = frozenset({"except", "also"})
"""Keys of days of a series, each of which is said by itself."""


_BEGIN = frozenset({"start", *_OF_SEVERAL})
"""Keys of days that are named by the hour at which they begin, where an hour is said."""


_BEGINNINGS = frozenset({"start", "at"})
"""Keys that say when something begins; some of them have one beside them for its end."""


_MORNING, _NIGHT = time(6), time(20)
"""No meeting that begins between them lasts until before the first."""


def _two(first: Better, said: Said, place: Place) -> Better:
    """What begins, and the line that says when it ends, where the text says both."""
    hours = said.hours if place.has_hours else ()
    may_end = place.name in _BEGINNINGS and "end" in place.known
    if not may_end or max(len(said.days), len(hours)) < 2:
        return first
    if len(said.days) < 2 and hours[-1] <= hours[0] and hours[-1] < _MORNING <= hours[0] < _NIGHT:
        # « 9h (1h) » says how long it takes.
        other = f"duration: {hours[-1].hour}h{f'{hours[-1]:%M}' if hours[-1].minute else ''}"
        return replace(first, mend=TWO_LINES, other=other) if "duration" in place.known else first
    last = Moment(said.days[-1], hours[-1] if hours else None) if said.days else None
    alone = f"{hours[-1]:%H:%M}" if len(said.days) < 2 else str(last)
    taken = next((one for one in ("duration", "end") if one in place.given), "")
    mend = INSTEAD if taken else TWO_LINES
    return Better(text=first.text, mend=mend, other=f"end: {alone}", instead=taken)


def _hour(value: str) -> str:
    try:
        return f"{parse_time(value):%H:%M}"
    except ValueRefused:
        return "12:30"


def _months(value: str, place: Place) -> Better | None:
    """« de janvier à avril 2027 », « 1er trimestre 2027 »: the first and the last month."""
    words = slug(value).split("-")
    years = [int(one) for one in words if re.fullmatch(r"20\d\d", one)]
    months = [number for one in words if (number := month_number(one))]
    quarter = next((_QUARTERS[one] for one in words if one in _QUARTERS), None)
    if quarter is not None and _OF_QUARTERS & {*words, words[0][:1]} and not months:
        months = [quarter * 3 - 2, quarter * 3]
    if not 1 <= len(years) <= 2 or len(months) > 2:
        return None
    months = months or [1, 12]
    if len(months) == 1 and len(years) == 2:
        return None
    first, last = years[0], years[-1]
    if len(years) == 1 and months[0] > months[-1]:
        first -= 1  # « de novembre à mars 2027 »
    ends = [f"{first}-{months[0]:02d}", f"{last}-{months[-1]:02d}"]
    return Better(text="..".join(dict.fromkeys(ends)))


_QUARTERS = {
    "1er": 1, "1": 1, "premier": 1, "first": 1, "t1": 1, "q1": 1,
    "2e": 2, "2eme": 2, "2": 2, "deuxieme": 2, "second": 2, "t2": 2, "q2": 2,
    "3e": 3, "3eme": 3, "3": 3, "troisieme": 3, "third": 3, "t3": 3, "q3": 3,
    "4e": 4, "4eme": 4, "4": 4, "quatrieme": 4, "fourth": 4, "t4": 4, "q4": 4,
}  # fmt: skip
_OF_QUARTERS = frozenset({"trimestre", "quarter", "t", "q"})


def _duration(value: str, place: Place) -> Better | None:
    if re.search(r"\d", value) and not re.search(r"[1-9]", value):
        return Better(text="", mend=DELETE)
    if (found := _SAID.get(value.lower())) is not None:
        return Better(text=found)
    bare = " ".join(_ABOUT.sub(" ", value).split())
    if bare != value:
        try:
            parse_duration(bare)
            return Better(text=bare)
        except ValueRefused:
            pass  # it holds more than that
    said = _said(value, place)
    if isinstance(said, Said) and not said.days and len(said.hours) == 2:
        return _between(said, place)
    hours = re.fullmatch(r"(\d{1,3}[.,]\d{1,2}) ?(?:h|heures?|hours?)", value)
    if hours is not None:
        return Better(text=f"{round(float(hours[1].replace(',', '.')) * 60)} min")
    number = re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,2}))?", value)
    if number is None:
        return None
    whole, part = number[1], number[2]
    if part is None:
        return Better(text=f"{whole}h", mend=UNITS, other=f"{whole} min", is_whole=False)
    minutes = round(float(f"{whole}.{part}") * 60)
    return Better(
        text=f"{whole}h{part.ljust(2, '0')}", mend=CLOCK, other=f"{minutes} min", is_whole=False
    )


_ABOUT = re.compile(
    r"\(.{0,60}\)|(?:\b(?:environ|env|à peu près|about|approximately|max|maximum)\b\.?)|[~≈]",
    re.IGNORECASE,
)


def _between(said: Said, place: Place) -> Better | None:
    """« 12h30 - 13h30 » for a duration: the hours of the beginning and of the end."""
    first, last = (one.hour * 60 + one.minute for one in said.hours)
    if first < _EARLIEST:  # « 1h30 à 2h »: it takes that long
        first, last = 0, max(first, last)
        said = Said(hours=())
    if last <= first:
        return None
    length = _lasting(last - first)
    start = place.start
    if said.hours and start is not None and start.at is None:
        text = f"start: {start.day} {said.hours[0]:%H:%M}"
        return Better(text=text, mend=INSTEAD_OF_DAY, other=f"duration: {length}", is_whole=False)
    return Better(text=length)


_EARLIEST = 6 * 60
"""Minutes after midnight before which no meeting begins."""

_SAID = {
    "une heure trente": "1h30",
    "une heure quinze": "1h15",
    "1 heure et demie": "1h30",
    "demi-journée": "4h",
    "une demi-journée": "4h",
    "la journée": "1 jour",
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


def _length(value: str, place: Place) -> Better | None:
    if re.fullmatch(r"\d{1,6}", value) is None:
        return None
    minutes, seconds = divmod(int(value), 60)
    played = f"{minutes}:{seconds:02d}"
    if int(value) > _LONG:
        return Better(text=played, mend=PLAYED, is_whole=False)
    return Better(text=f"{value} min", mend=UNITS, other=f"{value}:00", is_whole=False)


def _played(value: str, place: Place) -> Better | None:
    """« 6 min 40 » and « 6'40 », as players show them."""
    found = _SPOKEN_TIME.fullmatch(value)
    if found is None or int(found["seconds"]) > 59:
        return None
    above = f"{int(found['hours'])}:{int(found['minutes']):02d}" if found["hours"] else ""
    minutes = above or str(int(found["minutes"]))
    return Better(text=f'"{minutes}:{int(found["seconds"]):02d}"')


_SPOKEN_TIME = re.compile(
    r"(?:(?P<hours>\d{1,2}) ?[hH:] ?)?(?P<minutes>\d{1,3}) ?(?:min|mn|m|'|’|:|\.) ?"
    r"(?P<seconds>\d{2}) ?(?:s|sec|''|’’|\"|min|mn)?"
)

_LONG = 600
"""Above it, the length of a recording is of seconds."""


def _id(value: str, place: Place) -> Better | None:
    if place.names[-1:] == ("places",) and (found := _seats_meant(value)) is not None:
        return found
    bullet = _BULLET.fullmatch(value)
    if bullet is not None and ID.fullmatch(bullet[1].split(" ")[0]):
        first = bullet[1].split(" ")[0]
        return Better(
            text=f"- {first}", mend=SPACE, is_certain=" " not in bullet[1], is_whole=False
        )
    if place.name == "handed_by":
        session = _session(value, place)
        if session is not None:
            return Better(text=session)
    file = PurePosixPath(value)
    if file.suffix in SOURCES and ID.fullmatch(file.stem):
        return Better(text=file.stem, is_certain=True)  # the id is the name without it
    words = re.split(r"[;/\s]+", value)
    if len(words) > 1 and all(ID.fullmatch(word) for word in words) and "-" in value:
        return Better(text=", ".join(words), mend=COMMAS, is_whole=False)
    return None


def _session(value: str, place: Place) -> str | None:
    """The only name of a session with the number that a text says: « séance 4 »."""
    numbers = re.findall(r"\d{1,3}", value)
    names = {one.rpartition("/")[2] for one in place.around.pages if one.count("/") > 1}
    found = [one for one in names if re.findall(r"\d{1,3}", one) == numbers]
    return found[0] if len(numbers) == 1 and len(found) == 1 else None


def file_of(url: str) -> str | None:
    """The name of the file to which an address leads; None where it is of no file."""
    name = PurePosixPath(_path_of(url))
    return name.name if name.suffix else None


def _path_of(url: str) -> str:
    """The path of an address; nothing of one that is none, like « http://[x »."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _file(value: str, place: Place) -> Better | None:
    """A file of another host, where one beside the text is meant."""
    name = file_of(value) if re.match(r"https?://", value) else None
    return Better(text=name, mend=DOWNLOAD) if name else None


def _url(value: str, place: Place) -> Better | None:
    if place.names == ("online",) and is_none(value):
        return Better(text="", mend=NOT_ONLINE)
    if value.lower() in _ANSWERS:
        return Better(text="", mend=ADDRESS_ITSELF)
    if _HOST.fullmatch(value.removeprefix("//")):
        return Better(text=f"https://{value.removeprefix('//')}")
    if PurePosixPath(value).suffix.lower() in _FILMS and "://" not in value:
        return Better(text="", mend=FILM)
    if _MAIL.search(value) and "://" not in value:
        return Better(text="", mend=MAIL)
    fixed = re.sub(r"^(https?)[:/]{1,3}(?!/)", r"\1://", value, flags=re.IGNORECASE)
    if fixed != value and " " not in fixed and "." in fixed.strip("."):
        return Better(text=fixed)
    found = re.search(r"https?://[^\s<>()\[\]\"']+", value)
    if found and found[0] != value and "." in found[0].strip(".") and "…" not in found[0]:
        has_more = re.search(r"\w", value.replace(found[0], "")) is not None
        alone = Better(text=found[0].rstrip(".,;"))
        return replace(alone, mend=ADDRESS_ALONE) if has_more else alone
    return Better(text="", mend=NO_ADDRESS_YET)


_FILMS = frozenset({".mp4", ".webm", ".mov", ".avi", ".mkv", ".m4v", ".wmv"})
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]", re.IGNORECASE)


def _counted(value: str, place: Place) -> Better | None:
    if place.name == "tags":
        tags = tags_within(value)
        several = len(tags) > 1
        return Better(text=", ".join(tags), mend=TAGS_APART, is_whole=False) if several else None
    if place.name == "languages":
        return _language(value)
    if place.name == "day":
        return _day_of_trip(value, place)
    return _count(value, place) if place.takes_number else None


def _count(value: str, place: Place) -> Better | None:
    if place.name == "seats" and (better := _seats(value)) is not None:
        return better
    if place.name == "size":
        return Better(text="", mend=SIZE)
    if place.name in {"latitude", "longitude"}:
        return _degrees(value, place.name)
    range_ = _RANGE.fullmatch(value)
    if range_ is not None and place.name == "seats":
        return Better(text=str(max(int(range_[1]), int(range_[2]))))
    found = _NUMBER.fullmatch(value)
    said = _in_words(value) if not re.search(r"\d", value) else None
    if said is not None:
        return Better(text=str(said))
    if found is None and len(value) < 40 and not re.search(r"\d", value):
        return Better(text="20", mend=DIGITS, is_whole=False)
    return Better(text=found[1]) if found else None


def _language(value: str) -> Better | None:
    """The code of a language that is called by its name, in any language of the program."""
    from babel import Locale  # for the few that are called so: a new file does not wait for it

    for language in LANGUAGES:
        names = Locale(language).languages.items()
        code = next((code for code, name in names if slug(name) == slug(value)), None)
        if code is not None:
            return Better(text=code)
    return None


def _seats_meant(value: str) -> Better | None:
    """What « places: 20 » means, which is how many can take part."""
    if re.fullmatch(r"complet|full", value, re.IGNORECASE):
        value = "0"
    found = _seats(value)
    if found is None:
        numbers = re.findall(r"\d{1,6}", value)
        found = Better(text=f"seats: {max(map(int, numbers))}") if numbers else None
    return replace(found, is_whole=False, mend=SEATS) if found and found.text else found


def _seats(value: str) -> Better | None:
    """No seats at all, or none left: a form that is full says so; without a limit, nothing does."""
    if _UNLIMITED.search(value) or re.fullmatch(r"-\d+", value):
        return Better(text="", mend=DELETE)
    full = "registration: {state: full}"
    if re.fullmatch(r"0+(?: places?| seats?)?", value):
        return Better(text=full, mend=FULL, is_whole=False)
    if REGISTRATION.value_of(value) == "full":
        return Better(text=full, mend=DELETE_FULL, is_whole=False)
    return None


def _in_words(value: str) -> int | None:
    """A number in words: « une vingtaine », « vingt-cinq »; None for what says none."""
    words = slug(value).split("-")
    numbers = [_NUMBERS[one] for one in words if one in _NUMBERS]
    others = [one for one in words if one not in _NUMBERS and one not in _ABOUT_NUMBERS]
    if not numbers or (others and numbers == [1]):
        return None  # « un grand nombre »
    if _OR.intersection(words):
        return max(numbers)
    total = 0
    for one in numbers:
        is_times = 0 < total < _TEN <= one and (one in _TIMES or total in _FOURS)
        total = total * one if is_times else total + one
    return total


_TEN = 10
_TIMES = frozenset({10, 12, 100})
_FOURS = frozenset({1, 4})
"""What « vingt » is taken times: « une vingtaine », « quatre-vingts »."""

_OR = frozenset({"a", "ou", "to", "or", "entre", "between"})
_ABOUT_NUMBERS = _OR | frozenset(
    {"et", "and", "de", "d", "of", "environ", "about", "around", "peu", "pres", "personnes"}
    | {"people", "places", "seats", "participants", "participantes", "max", "maximum", "some"}
)
"""Words beside a number that leave it as it is."""

_NUMBERS = {
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "une": 1,
    "onze": 11, "treize": 13, "quatorze": 14, "seize": 16, "quarante": 40, "cinquante": 50,
    "soixante": 60, "cent": 100, "vingts": 20, "cents": 100,
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "centaines": 100,
    "dizaines": 10, "douzaines": 12, "eleven": 11, "forty": 40, "fifty": 50, "sixty": 60,
    "hundred": 100, "dozen": 12, "dozens": 12, "score": 20,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
"""Numbers as people write them in words; « six » is one in both languages."""

_UNLIMITED = re.compile(r"illimité|sans limite|non limité|unlimited|no limit", re.IGNORECASE)
_RANGE = re.compile(r"\D{0,30}(\d{1,6})\D{1,12}(\d{1,6})\D{0,30}")
_ORDINALS = {
    "premier": 1,
    "first": 1,
    "deuxieme": 2,
    "second": 2,
    "troisieme": 3,
    "third": 3,
    "quatrieme": 4,
    "fourth": 4,
    "cinquieme": 5,
    "fifth": 5,
}


def _day_of_trip(value: str, place: Place) -> Better | None:
    """The number of a day that is named by its weekday or its date."""
    words = slug(value).split("-")
    number = next((_ORDINALS[word] for word in words if word in _ORDINALS), None)
    if place.start is None:
        found = _NUMBER.fullmatch(value)
        bare = found[1] if found and not _LETTERS_BEHIND.search(value) else None
        return (
            Better(text=bare or "1", mend=DAY_OF_TRIP)
            if bare or number is None
            else Better(text=str(number))
        )
    first = place.start.day
    if words[0] in {"dernier", "last"} and place.days:
        number = place.days
    if number is None:
        number = _number_of(value, first, place)
    if number is None or not 1 <= number <= (place.days or number):
        return Better(text=f"day: 1 = {first}", mend=COUNTED, is_whole=False)
    return Better(text=str(number), mend=DAY_OF_TRIP)


_LETTERS_BEHIND = re.compile(r"\d\s*[^\W\d]")


def _number_of(value: str, first: date, place: Place) -> int | None:
    weekday = weekday_number(value)
    if weekday is not None:
        return (weekday - first.weekday()) % 7 + 1
    try:
        said = understand(value, place.around.style, first)
    except NoSuchDay:
        return None
    if said is not None and said.days:
        return (said.days[0] - first).days + 1
    found = _NUMBER.fullmatch(value)
    return int(found[1]) if found and not _LETTERS_BEHIND.search(value) else None


_DMS = re.compile(
    r"(?P<before>[NSEWO])?\s?(?P<sign>-)?(?P<degrees>\d{1,3}(?:[.,]\d{1,12})?)\s?(?:°|º|deg|d)?\s?"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d{1,9})?)\s?['′’]?\s?)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d{1,9})?)\s?(?:\"|″|”|''|′′|’’)?\s?)?"
    r"(?P<behind>[NSEWO](?:ord|ud|st|uest|orth|outh|ast|est)?)?",
    re.IGNORECASE,
)


def _degrees(value: str, name: str) -> Better | None:
    """Degrees, minutes and seconds as one number; west and south of zero are negative."""
    both = re.fullmatch(r"(-?\d{1,2}\.\d{1,12})(?:\s?[,;]\s?|\s)(-?\d{1,3}\.\d{1,12})", value)
    if both is not None and name == "latitude":
        return Better(text=both[1], mend=TWO_LINES, other=f"longitude: {both[2]}")
    found = _DMS.fullmatch(value)
    if found is None:
        return None
    parts = [float((found[one] or "0").replace(",", ".")) for one in ("minutes", "seconds")]
    number = float(found["degrees"].replace(",", ".")) + parts[0] / 60 + parts[1] / 3600
    side = (found["before"] or found["behind"] or "").upper()[:1]
    sign = "-" if found["sign"] or side in {"S", "W", "O"} else ""
    digits = 6 if "." in found["degrees"] or "," in found["degrees"] else 3
    return Better(text=f"{sign}{round(number, digits):.10g}")


def _zone(value: str, place: Place) -> Better | None:
    home = place.around.home
    bare = re.sub(r"(?<!\s)\s*+\([^()]{0,60}\)", "", value).strip() or value
    last = bare.rpartition("/")[2]
    folded = slug(last).replace("-", "")
    folded = re.sub(r"^(?:heure|fuseau|fuseauhoraire)(?:de|du|d)?|time$", "", folded) or folded
    known = {slug(name.rpartition("/")[2]).replace("-", ""): name for name in _regional()}
    known |= {"reunion": "Indian/Reunion", "guyane": "America/Cayenne", "france": "Europe/Paris"}
    known |= {"lareunion": "Indian/Reunion", "francaise": "Europe/Paris", "london": "Europe/London"}
    known |= {"metropole": "Europe/Paris", "polynesie": "Pacific/Tahiti"}
    known |= {"bruxelles": "Europe/Brussels", "belgique": "Europe/Brussels"}
    known |= {"suisse": "Europe/Zurich", "geneve": "Europe/Zurich", "quebec": "America/Toronto"}
    known |= {"maroc": "Africa/Casablanca", "tunisie": "Africa/Tunis", "senegal": "Africa/Dakar"}
    known |= {"nouvellecaledonie": "Pacific/Noumea", "londres": "Europe/London"}
    found = known.get(folded)
    if found is not None and found != home:
        return Better(text=found)
    offset = _OFFSET.fullmatch(re.sub(r"\s", "", bare.upper().removeprefix("ETC/")))
    is_short = (bare.isupper() and len(bare) < 6) or folded in {"locale", "local", "normale"}
    if found == home or offset is not None or is_short:
        far = _FAR.get(offset["hours"]) if offset else None
        town = (home or "Europe/Paris").rpartition("/")[2].replace("_", " ")
        return Better(text=far or _OTHER, mend=OWN_ZONE, other=town)
    near = closest(folded, known, 0.75)
    return Better(text=known[near]) if near else None


def _regional() -> list[str]:
    """The zones that are named after a town: an offset has none, and never changes its clocks."""
    return sorted(name for name in zone_names() if not name.startswith(("Etc/", "UTC")))


_OFFSET = re.compile(r"(?:UTC|GMT|Z)?(?P<hours>[+-]\d{1,2})?(?:[:H]?(?:00|30|45))?|UTC|GMT|Z")
_OTHER = "Indian/Reunion"
_FAR = {
    "+4": "Indian/Reunion",
    "+3": "Indian/Mayotte",
    "-4": "America/Martinique",
    "-3": "America/Cayenne",
    "+11": "Pacific/Noumea",
    "-10": "Pacific/Tahiti",
}
"""Hours from UTC → where that time is kept all year."""


def _address(value: str, place: Place) -> Better | None:
    """The page that is meant by a title, or the same path in letters that fit."""
    if "://" in value:
        path = _path_of(value).strip("/")
        whole = next((one for one in place.around.pages if f"/{path}".endswith(f"/{one}")), None)
        return Better(text=whole, is_whole=False) if whole else None
    pages = {one.rpartition("/")[2]: one for one in place.around.pages}
    last = slug(value.rstrip("/").rpartition("/")[2])
    near = last if last in pages else closest(last, pages)
    if place.name in {"start_here", "led_to"} and near:
        return Better(text=pages[near], is_whole=False)
    path = "/".join(filter(None, map(slug, value.split("/"))))
    return Better(text=path, is_whole=False) if path and place.name != "start_here" else None


_FROM_TO = re.compile(
    r"(?:\b(?:de|from|entre|between) )?\b(?P<begins>\d{1,2} ?[hH:](?: ?\d\d)?)"
    r" ?(?:[-–—]|à|jusqu['’]à|to|till|until|et|and) ?(?P<ends>\d{1,2} ?[hH:](?: ?\d\d)?)(?!\d)"
)


def _hours_apart(first: time, last: time) -> str:
    """How long it is from an hour to another one of its day; "" where that is none."""
    minutes = (last.hour - first.hour) * 60 + last.minute - first.minute
    return _lasting(minutes) if minutes > 0 else ""


def _lasting(minutes: int) -> str:
    """A duration as it is written."""
    hours, minutes = divmod(minutes, 60)
    length = f"{hours}h{minutes:02d}" if hours and minutes else f"{hours}h" if hours else ""
    return length or f"{minutes} min"


def _repeat_with_end(value: str, place: Place) -> Better | None:
    """« chaque jeudi de 12h30 à 13h30 »: how long it lasts is a line of its own."""
    found = _FROM_TO.search(value)
    if found is None:
        return None
    try:
        begins, ends = parse_time(found["begins"]), parse_time(found["ends"])
        length = _hours_apart(begins, ends)
        at = "at" if language_of(value) == "en" else "à"
        better = f"{value[: found.start()]}{at} {found['begins']}{value[found.end() :]}"
        parse_repeat(better, style=place.around.style)
    except ValueRefused:
        return None
    if not length:
        return None
    if {"duration", "end"} & place.given:
        return Better(text=better)
    return Better(text=better, mend=TWO_LINES, other=f"duration: {length}")


def _repeat_meant(value: str, place: Place) -> Better | None:
    """« chaque jeudi, sauf du 20 juillet au 31 août »: what is read, and lines beside it."""
    start = place.start
    if place.since is not None and len(place.names) > 1:
        start = Moment(place.since, start.at if start else None)
    found = mended(value, start, place.around.style, place.given, place.around.today)
    if found is None:
        return None
    return Better(text=found.sentence, mend=found.text, other=found.other)


_NTHS = {
    "fr": {1: "1er", 2: "2e", 3: "3e", 4: "4e", 5: "5e", -1: "dernier"},
    "en": {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"},
}
_DAY_NAMES = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}


def _day_of_rule(value: str, place: Place) -> Better | None:
    """A day as rules of calendars have it: « -1FR », « -1 »."""
    nths, names = _NTHS[place.around.language], _DAY_NAMES[place.around.language]
    if value == "-1":
        return Better(text="dernier jour" if place.around.language == "fr" else "last day")
    found = DAY_OF_RRULE.fullmatch(value)
    if found is None:
        return None
    name, nth = names[DAYS.index(found["day"])], int(found["nth"] or 0)
    if nth and nth not in nths:
        return None
    said = f"{nths[nth]} {name}" if nth else name
    if found["day"] == "TH" and nth > 0:
        return Better(text=said, mend=CLOCK, other=str(nth))  # « 4TH » is the fourth too
    return Better(text=said)


def _repeat(value: str, place: Place) -> Better | None:
    """Days in the place of the time from one to the next."""
    if place.name == "repeat":
        return _repeat_with_end(value, place) or _repeat_meant(value, place)
    if place.name == "on":
        return _day_of_rule(value, place)
    if place.name != "every":
        return None
    try:
        on = parse_on(value)
    except ValueRefused:
        return None
    step = "year" if on.months else "month" if on.is_counted else "week"
    return Better(text=step, mend=STEP_AND_DAYS, other=f"on: {value}")


_BY_CODE: dict[str, Callable[[str, Place], Better | None]] = {
    "bad-moment": _moment,
    "bad-when": _when,
    "utc-offset": _with_offset,
    "bad-date": _moment,
    "day-with-hour": _moment,
    "bad-time": _time,
    "bad-duration": _duration,
    "bad-length": _length,
    "bad-timecode": _played,
    "bad-address": _address,
    "bad-id": _id,
    "outside-path": _file,
    "bad-url": _url,
    "bad-value": _counted,
    "bad-months": _months,
    "unknown-timezone": _zone,
    "bad-repeat": _repeat,
}
