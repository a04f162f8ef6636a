"""What a sentence that is refused probably said of how often: the sentence that is read, and lines.

« chaque jeudi, sauf du 20 juillet au 31 août » is « chaque jeudi » and the dates in `except:`. What
is written here is what `repeat_words` reads; where nothing is sure, nothing is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, takewhile

from ..problems import N_
from .recurrence import Rule, Unit
from .repeat_words import parse_repeat, parse_year_day
from .repeats import YearDay, language_of, last_day, rule_of
from .values import DateStyle, Moment, ValueRefused, month_number, weekday_number


@dataclass(frozen=True)
class Meant:
    """What to write.

    Attributes:
        sentence: what stands in `repeat:`.
        left_out: days that stand in `except:` beside it; *added*: those in `also:`.
        of_a_year: whether what is left out are those of one year, of many that are meant.
        unlike: whether a day of the lines is not the weekday that is said.
    """

    sentence: str
    left_out: tuple[date, ...] = ()
    added: tuple[date, ...] = ()
    of_a_year: bool = False
    unlike: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands beside the sentence, as one writes it."""
        its = (("except", self.left_out), ("also", self.added))
        return tuple(f"{key}: [{', '.join(map(str, days))}]" for key, days in its if days)


def meant(
    text: str, start: Moment | None, style: DateStyle, today: date | None = None
) -> Meant | None:
    """What a sentence means that is refused; None where that is not sure.

    Args:
        start: the first date; None where it is not known.
        today: from when on a span without its year is looked for, of what has no end.
    """
    slips = _Slips(start, style, language_of(text) or "fr", today)
    return slips.done(text.replace("’", "'"))


WRITE_IT = N_("write « {better} »")
TWO_LINES = N_("write « {better} », and on the line below « {other} »")
AND_ADD = N_("write « {better} », and add what stands in « {other} » to the line that is there")
OF_A_YEAR = N_(
    "write « {better} », and on the line below « {other} »: those are its dates of one year; "
    "those of the next go there too, or write until when it is held"
)
ADD_A_YEAR = N_(
    "write « {better} », and add what stands in « {other} » to the line that is there: those are "
    "its dates of one year; those of the next go there too, or write until when it is held"
)
WHICH_DAY = N_(
    "write « {better} », and on the line below the day that is meant, such as « {other} »: the one "
    "that is said is another day of the week"
)
EACH_OF_THEM = N_(
    "write « {better} », and below, one by one, the dates on which it is not held, as in "
    "« {other} »"
)
ON_WHICH_DAYS = N_("that does not say on which days: write « {better} » or « {other} »")


@dataclass(frozen=True)
class Mended:
    """A sentence to write, and how that is told.

    Attributes:
        text: a message of the catalogues, with ``{better}`` and maybe ``{other}``.
    """

    sentence: str
    text: str = WRITE_IT
    other: str = ""


def mended(
    text: str,
    start: Moment | None,
    style: DateStyle,
    given: Collection[str] = (),
    today: date | None = None,
) -> Mended | None:
    """What to write in place of a sentence that is refused; None where nobody knows.

    Args:
        given: the keys that stand beside it.
        today: as in `meant`.
    """
    either = unsure(text, start, style)
    if either is not None:
        one, other = either
        return Mended(one, ON_WHICH_DAYS, f"repeat: {other}") if other else Mended(one)
    found = meant(text, start, style, today)
    if found is None:
        return _each_of_them(text, start, style)
    if not found.lines:
        return Mended(found.sentence)
    is_there = any(one.partition(":")[0] in given for one in found.lines)
    told = ADD_A_YEAR if is_there else OF_A_YEAR
    if not found.of_a_year:
        told = AND_ADD if is_there else WHICH_DAY if found.unlike else TWO_LINES
    return Mended(found.sentence, told, " », « ".join(found.lines))


def _each_of_them(text: str, start: Moment | None, style: DateStyle) -> Mended | None:
    """« chaque jeudi, sauf jours fériés »: days that nobody can work out are dates in `except:`."""
    found = _LEFT_OUT.search(text)
    if found is None or start is None:
        return None
    sentence = _tidied(_without(text, found))
    rule = _read(sentence, start, style)
    second = list(islice(rule.anchored(start).hits(start), 2))[1:] if rule else []
    if not second:
        return None
    if language_of(text) == "fr":
        sentence = sentence.replace("'", "’")
    return Mended(sentence, EACH_OF_THEM, f"except: [{second[0].day}]")


def _read(sentence: str, start: Moment | None, style: DateStyle) -> Rule | None:
    """The rule that a sentence says; None where it is refused."""
    try:
        said = parse_repeat(sentence, style=style)
        until = last_day(said.until, start.day if start else None) if said.until else None
    except ValueRefused:
        return None
    return rule_of(said.step, said.ons, said.hours, until, said.count)


MOST_LISTED = 12
"""Dates that are listed one by one: with more of them, no line is proposed."""

_MOST_CLAUSES = 8
_YEAR = timedelta(days=366)
_YEARS = 12
"""Years from the first date on in which a span without a year is looked for."""

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_WEEKDAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_WORDS = {
    "fr": {
        **{"except": "sauf", "in": "en", "and": "et", "until": "jusqu'au", "end": "jusqu'à fin"},
        **{"each": "chaque", "from": "du", "to": "au", "of": "de"},
    },
    "en": {
        **{
            "except": "except",
            "in": "in",
            "and": "and",
            "until": "until",
            "end": "until the end of",
        },
        **{"each": "every", "from": "from", "to": "to", "of": "of"},
    },
}

_EXCEPT = r"\b(?:sauf|excepté|hormis|hors|except|excepting|but)(?: pour| for)? "
_LEFT_OUT = re.compile(
    _EXCEPT
    + r"[^;]{1,200}?(?=;|$|,? (?:jusqu['’]|until |till )|,? \d{1,3} (?:fois|séances|times)\b)",
    re.IGNORECASE,
)
_FROM = r"(?:du|de|d'|depuis le|entre le|from|between)[ ]?(?:the )?"
_TO = r" (?:au|à|jusqu'au|et le|to|until|till|through|and) (?:the )?"
_SPAN = rf"{_FROM}(?P<first>[\w.' -]{{1,40}}?){_TO}(?P<last>[\w.' -]{{1,40}}?)"
_ENDS = r" ?(?=[,;.)]|$| (?:à|at) \d| (?:jusqu'|until |till ))"
_NO_SPAN = re.compile(_EXCEPT + _SPAN + _ENDS, re.IGNORECASE)
_SEASON = re.compile(_SPAN + _ENDS, re.IGNORECASE)
_BEGINS = re.compile(rf"\b{_FROM}", re.IGNORECASE)
_NOT_HELD = re.compile(
    r"(?:\b(?:et|mais|and|but) )?\b(?:(?:pas|aucune?|no|not|none)(?: de| d')?"
    r"(?: ?(?:séances?|rencontres?|réunions?|ateliers?|cours|sessions?|meetings?|workshops?))?"
    r"|relâche) (?=(?:le|les|en|du|on|in|from) )",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(
    r"[,;] ?(?:et |mais |and |but )?(?P<day>[\w ]{3,30}?) (?:est|sera|is|will be) "
    r"(?:annulée?|supprimée?|cancelled|canceled)(?!\w)",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r",? ?\b(?:sans|without|skipping|skip) (?=(?:les? |the )?\w)", re.IGNORECASE)
_SINCE = re.compile(
    r",? ?\b(?:à partir du|à compter du|depuis le|dès le|starting(?: on| from)?|beginning(?: on)?"
    r"|from) (?:the )?(?P<day>[\w' ]{3,30}?)(?=[,;.]|$| (?:à|at|jusqu'|until|sauf|except) ?)",
    re.IGNORECASE,
)
_SHORT_DAY = re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])")
_PLUS = re.compile(
    r"(?:\b(?:et|and) )?\b(?:plus|aussi|ainsi que|also|as well as)(?: on)? (?P<days>[^,;]{1,120})",
    re.IGNORECASE,
)
_NO_WEEKDAY = re.compile(
    _EXCEPT
    + r"(?:on )?(?:les? )?(?P<days>[a-z-]{4,12}(?:(?: et | and |, )(?:les? )?[a-z-]{4,12}){0,5})"
    + _ENDS,
    re.IGNORECASE,
)
_EVERY_DAY = re.compile(
    r"\b(?:(?P<working>chaque jour ouvré|tous les jours ouvrés|jours ouvrés|every weekday|weekdays)"
    r"|chaque jour|tous les jours|every day|each day|daily|quotidien(?:nement)?"
    r"|(?:du|from) (?P<first>[a-z]{5,9}) (?:au|to|through) (?P<last>[a-z]{5,9}))\b",
    re.IGNORECASE,
)
_OF_QUARTER = re.compile(
    r"^(?:(?P<each>chaque|every|each|le|the) )?(?P<day>[^,;]{3,40}?) "
    r"(?:de chaque|of each|of every|of the|du) (?P<unit>trimestre|semestre|quarter)(?![a-z])",
    re.IGNORECASE,
)


def unsure(text: str, start: Moment | None, style: DateStyle) -> tuple[str, str] | None:
    """Two sentences that « une fois par mois » may mean: how many times is said, and not when.

    One and "" where what stands behind it says when.
    """
    found = _TIMES.match(text.strip())
    if found is None:
        return None
    is_english = found["unit"].lower() in _EVERY
    times = _NUMBERS[found["times"].lower()]
    unit, rest = found["unit"].lower(), text.strip()[found.end() :]
    day, nth = (start.day.weekday(), (start.day.day - 1) // 7 + 1) if start else (3, 2)
    names = _WEEKDAYS["en" if is_english else "fr"].split()
    each = _EVERY if is_english else _CHAQUE
    said = {"day": names[day], "other": names[(day + 2) % 7], "next": names[(day + 1) % 7]}
    which = _nd(min(nth, 4), is_english)
    told = each[unit].get(times)
    if told is None:
        return None
    one, other = (form.format(**said, nd=which) for form in told)
    days = _read(rest.strip(" ,:"), start, style)
    if days is not None:
        # « deux fois par mois, le 1er et le 3e jeudi »
        is_whole = days.every == _UNITS.get(unit) and days.interval == 1
        return (rest.strip(" ,:"), "") if is_whole else None
    if any(_read(form + rest, start, style) is None for form in (one, other)):
        return None
    return one + rest, other + rest


_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("semaine", "week"), "week"),
    **dict.fromkeys(("mois", "month"), "month"),
    **dict.fromkeys(("an", "année", "year"), "year"),
}


def _nd(nth: int, is_english: bool) -> str:
    if is_english:
        return {1: "1st", 2: "2nd", 3: "3rd"}.get(nth, f"{nth}th")
    return "1er" if nth == 1 else f"{nth}e"


_NUMBERS = {
    **{"une fois": 1, "1 fois": 1, "once": 1, "one time": 1, "1 time": 1},
    **{"deux fois": 2, "2 fois": 2, "twice": 2, "two times": 2, "2 times": 2},
}
_TIMES = re.compile(
    rf"(?P<times>{'|'.join(_NUMBERS)}) (?:par|a|per|each|every|chaque|tou(?:s|tes) les) "
    r"(?P<unit>semaine|mois|trimestre|an|année|week|month|quarter|year)(?!\w)",
    re.IGNORECASE,
)
_CHAQUE: dict[str, dict[int, tuple[str, str]]] = {
    "semaine": {
        1: ("chaque semaine", "chaque {day}"),
        2: ("chaque {day} et {other}", "chaque {day} et {next}"),
    },
    "mois": {
        1: ("chaque mois", "chaque {nd} {day} du mois"),
        2: ("toutes les 2 semaines", "chaque 1er et 3e {day} du mois"),
    },
    "trimestre": {
        1: ("chaque trimestre", "chaque {nd} {day} de janvier, avril, juillet et octobre")
    },
    "an": {1: ("chaque année", "chaque {nd} {day} de novembre")},
    "année": {1: ("chaque année", "chaque {nd} {day} de novembre")},
}
_EVERY: dict[str, dict[int, tuple[str, str]]] = {
    "week": {
        1: ("every week", "every {day}"),
        2: ("every {day} and {other}", "every {day} and {next}"),
    },
    "month": {
        1: ("every month", "every {nd} {day} of the month"),
        2: ("every 2 weeks", "every 1st and 3rd {day} of the month"),
    },
    "quarter": {1: ("every quarter", "every {nd} {day} of January, April, July and October")},
    "year": {1: ("every year", "every {nd} {day} of November")},
}
"""By the unit, and how many times it is held in one, what that may mean."""


class _Slips:
    """One sentence, clause by clause."""

    def __init__(
        self, start: Moment | None, style: DateStyle, language: str, today: date | None
    ) -> None:
        self.start, self.style, self.words = start, style, _WORDS[language]
        self.today = today
        self.unlike = False
        self.months, self.weekdays = _MONTHS[language].split(), _WEEKDAYS[language].split()
        self.spans: list[tuple[YearDay, YearDay]] = []
        self.also: list[date] = []

    def done(self, text: str) -> Meant | None:
        slips: tuple[Callable[[str], str | None], ...] = (
            self._not_held,
            self._called_off,
            self._since,
            self._short_day,
            self._no_span,
            self._no_weekday,
            self._plus,
            self._of_quarter,
            self._season,
        )
        sentence, is_read = text, False
        for _ in range(_MOST_CLAUSES):
            if is_read := self._rule(sentence) is not None:
                break
            better = next((found for one in slips if (found := one(sentence)) is not None), None)
            if better is None:
                return None
            sentence = _tidied(better)
        if not is_read or sentence == text:
            return None
        left_out = tuple(self._within(sentence)) if self.spans else ()
        if self.spans and not 0 < len(left_out) <= MOST_LISTED:
            return None  # what is to be written is whole, or not told
        is_french = self.words is _WORDS["fr"]
        return Meant(
            sentence.replace("'", "’") if is_french else sentence,
            left_out,
            tuple(self.also),
            of_a_year=self._is_of_a_year(sentence),
            unlike=self.unlike,
        )

    def _is_of_a_year(self, sentence: str) -> bool:
        rule = self._rule(sentence)
        each = any(not (first.year or last.year) for first, last in self.spans)
        return each and rule is not None and rule.is_endless

    def _rule(self, sentence: str) -> Rule | None:
        return _read(sentence, self.start, self.style)

    def _within(self, sentence: str) -> Iterator[date]:
        """The dates of the rule that lie in what is left out."""
        rule = self._rule(sentence)
        if self.start is None or rule is None:
            return
        # Of what has no end, those of a year: the first, or the one that begins today.
        since = max(self.start.day, self.today or self.start.day)
        end = since + _YEAR if rule.is_endless else date.max
        spans = [found for one in self.spans for found in self._spans(*one)]
        if rule.is_endless and not any(first.year or last.year for first, last in self.spans):
            spans = [(max(first, since), last) for first, last in spans]
        end = min(end, max((last for _, last in spans), default=end))
        hits = takewhile(lambda one: one.day <= end, rule.anchored(self.start).hits(self.start))
        yield from dict.fromkeys(
            one.day for one in hits if any(first <= one.day <= last for first, last in spans)
        )

    def _spans(self, first: YearDay, last: YearDay) -> Iterator[tuple[date, date]]:
        """A span of days in each year that may be meant."""
        assert self.start is not None  # only asked of what begins
        year = self.start.day.year
        years = (first.year,) if first.year else range(year - 1, year + _YEARS)
        for one in years:
            begins = first.in_year(one)
            ends = last.in_year(last.year or one)
            if begins and ends and ends < begins and not last.year:
                ends = last.in_year(one + 1)
            if begins and ends:
                yield begins, ends

    # Slips: each is the sentence without what it mends, or None.

    def _not_held(self, text: str) -> str | None:
        """« pas de séance le 14 mai »."""
        found = _NOT_HELD.search(text)
        if found is None:
            return None
        return f"{text[: found.start()]}, {self.words['except']} {text[found.end() :]}"

    def _called_off(self, text: str) -> str | None:
        """« le 3 juin est annulé », « sans le 13 mai »."""
        found = _CALLED_OFF.search(text)
        if found is not None and self._day(re.sub(r"^(?:le|the) ", "", found["day"])) is not None:
            return _without(text, found, f"{self.words['except']} {found['day']}")
        found = _WITHOUT.search(text)
        if found is None:
            return None
        return f"{text[: found.start()]}, {self.words['except']} {text[found.end() :]}"

    def _since(self, text: str) -> str | None:
        """« à partir du 14 janvier », which `start:` says."""
        found = _SINCE.search(text)
        day = self._day(found["day"]) if found is not None else None
        if found is None or day is None or self.start is None:
            return None
        begins = self.start.day
        return _without(text, found) if day.in_year(day.year or begins.year) == begins else None

    def _short_day(self, text: str) -> str | None:
        """« 14/05 », where the day comes first."""
        found = _SHORT_DAY.search(text)
        if found is None or self.style.month_first or self.words is not _WORDS["fr"]:
            return None
        month = int(found["month"])
        if not 1 <= month <= len(self.months):
            return None
        day = f"{int(found['day'])} {self.months[month - 1]}"
        return f"{text[: found.start()]}{day}{text[found.end() :]}"

    def _no_span(self, text: str) -> str | None:
        """« sauf du 20 juillet au 31 août »."""
        found = _NO_SPAN.search(text)
        if found is None:
            return None
        months = self._months(found["first"], found["last"])
        if months:
            return _without(text, found, f"{self.words['except']} {self._in(months)}")
        span = self._days(found["first"], found["last"])
        if span is None:
            return None
        first, last = span
        if first.day == 1 and not (first.year or last.year) and _is_last(last):
            months = _through(first.month or 1, last.month or 1)
            return _without(text, found, f"{self.words['except']} {self._in(months)}")
        self.spans.append(span)
        return _without(text, found)

    def _season(self, text: str) -> str | None:
        """« du 8 janvier au 25 juin », « de septembre à juin »."""
        begun = (_SEASON.match(text, one.start()) for one in _BEGINS.finditer(text))
        return next((told for one in begun if one and (told := self._in_season(text, one))), None)

    def _in_season(self, text: str, found: re.Match[str]) -> str | None:
        first, last = found["first"], found["last"]
        if months := self._months(first, last):
            others = [one for one in range(1, 13) if one not in months]
            if 0 < len(others) < len(months):
                return _without(text, found, f"{self.words['except']} {self._in(others)}")
            return _without(text, found, self._in(months))
        if (span := self._days(first, last)) is None:
            return None
        begins, _ = span
        day = self.start.day if self.start else None
        if day is not None and (begins.in_year(begins.year or day.year) or day) > day:
            return None  # it begins later than the series: what of the dates before?
        return _without(text, found, f"{self.words['until']} {last.strip()}")

    def _plus(self, text: str) -> str | None:
        """« plus le mercredi 20 mai »."""
        found = _PLUS.search(text)
        days = [] if found is None else re.split(r" et | and ", found["days"])
        if found is None or self.start is None:
            return None
        for one in days:
            day = self._day(one)
            if day is None:
                return None
            try:
                self.also.append(last_day(day, self.start.day))
            except ValueRefused:
                near = self._near(day)
                if near is None:
                    return None
                self.also.append(near)
                self.unlike = True
        return _without(text, found)

    def _near(self, day: YearDay) -> date | None:
        """The day of the week that is said, nearest to the day that is said and another one."""
        assert self.start is not None  # only asked of what begins
        try:
            found = last_day(replace(day, weekday=None), self.start.day)
        except ValueRefused:
            return None
        apart = ((day.weekday or 0) - found.weekday() + 3) % 7 - 3
        return found + timedelta(days=apart)

    def _no_weekday(self, text: str) -> str | None:
        """« chaque jour sauf le dimanche »."""
        found, each = _NO_WEEKDAY.search(text), _EVERY_DAY.search(text)
        if found is None or each is None:
            return None
        away: set[int] = set()
        for one in re.findall(r"[a-z-]+", found["days"].lower()):
            if one in ("et", "and", "le", "les"):
                continue
            its = {5, 6} if one.rstrip("s") in ("week-end", "weekend") else {_weekday(one)}
            away |= {day for day in its if day is not None}
            if None in its:
                return None
        first, last = each["first"] or "lundi", each["last"] or "dimanche"
        if each["working"]:
            last = "vendredi"
        begins, ends = _weekday(first), _weekday(last)
        if begins is None or ends is None:
            return None
        left = [day for day in range(begins, ends + 1) if day not in away]
        if not left or found.start() < each.end():
            return None
        rest = f"{text[: found.start()].rstrip(' ,')}{text[found.end() :]}"
        return f"{rest[: each.start()]}{self._on(left)}{rest[each.end() :]}"

    def _of_quarter(self, text: str) -> str | None:
        """« premier lundi de chaque trimestre »."""
        found = _OF_QUARTER.search(text)
        if found is None:
            return None
        step = 6 if found["unit"].lower() == "semestre" else 3
        months = self._listed([self.months[n] for n in range(0, 12, step)])
        of = "d'" if months[0] in "aeiouAEIOU" and self.words["of"] == "de" else None
        of = of or f"{self.words['of']} "
        return f"{self.words['each']} {found['day']} {of}{months}{text[found.end() :]}"

    # Words

    def _on(self, days: Sequence[int]) -> str:
        words = self.words
        names = [self.weekdays[day] for day in days]
        if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
            return f"{words['from']} {names[0]} {words['to']} {names[-1]}"
        return f"{words['each']} {self._listed(names)}"

    def _in(self, months: Sequence[int]) -> str:
        return f"{self.words['in']} {self._listed([self.months[one - 1] for one in months])}"

    def _listed(self, names: Sequence[str]) -> str:
        *before, last = names
        return f"{', '.join(before)} {self.words['and']} {last}" if before else last

    def _day(self, text: str) -> YearDay | None:
        try:
            found = parse_year_day(text.strip(), style=self.style)
        except ValueRefused:
            return None
        return found if found is not None and found.month is not None else None

    def _days(self, first: str, last: str) -> tuple[YearDay, YearDay] | None:
        """Two days; the month and year of the first may stand with the other."""
        ends = self._day(last)
        begins = self._day(first)
        if (
            ends is not None
            and begins is None
            and re.fullmatch(r"\d{1,2}(?:er|st|nd|rd|th)?", first)
        ):
            begins = replace(ends, day=int(re.sub(r"\D", "", first)), weekday=None)
        if ends is None or begins is None:
            return None
        if ends.year and not begins.year and ends.month is not None and begins.month is not None:
            year = ends.year - (begins.month > ends.month)
            begins = replace(begins, year=year)
        return begins, ends

    def _months(self, first: str, last: str) -> list[int]:
        begins, ends = month_number(first.strip()), month_number(last.strip())
        return _through(begins, ends) if begins and ends else []


def _through(first: int, last: int) -> list[int]:
    """Months from one to another one, over the end of a year too."""
    return [(first - 1 + n) % 12 + 1 for n in range((last - first) % 12 + 1)]


def _is_last(day: YearDay) -> bool:
    """Whether it is the last day of its month, in whichever year."""
    return replace(day, day=-1).in_year(2001) == day.in_year(2001)


def _weekday(word: str) -> int | None:
    found = weekday_number(word.lower())
    return weekday_number(word.lower().removesuffix("s")) if found is None else found


def _without(text: str, found: re.Match[str], instead: str = "") -> str:
    return f"{text[: found.start()]}, {instead}{text[found.end() :]}"


def _tidied(text: str) -> str:
    """A sentence without the commas and spaces that stood around what is gone."""
    parts = [one.strip() for one in re.split(r"([,;])", text)]
    found: list[str] = []
    for mark, part in zip(["", *parts[1::2]], parts[::2], strict=True):
        if part:
            found += ["; " if mark == ";" else ", ", part] if found else [part]
    return "".join(found)
