"""How often something is held, read as people say it, in French and in English.

« chaque 1er et 3e jeudi à 12 h 30, sauf le 14 mai », `every 2 weeks on Tuesday`, or a value of
RRULE (RFC 5545, section 3.3.10). Whatever is not understood is refused, with what it is; so is
what two people may understand in two ways. Every function takes the text of a source and raises
`ValueRefused`; `model/repeats.py` says what it makes of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, time

from .recurrence import Unit
from .repeat_reader import (
    ADVERBS,
    AND,
    ARTICLES,
    EXCEPT,
    FOR_ALL,
    IN,
    MOST_STEPS,
    MOVED,
    OF,
    TIMES,
    TWO_WAYS,
    UNTIL,
    Reader,
    reader_of,
)
from .repeats import ONCE_AT_LEAST, On, Step, YearDay, agree, agree_on_hours, last_day
from .values import DAY_FIRST, YEARS, DateStyle, ValueRefused, parse_date, tidy, weekday_number

LONGEST = 500
"""Letters of a sentence."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a sentence says.

    Attributes:
        until: the last day, whose year may go without saying.
        left_out: days that are left out.
        moved: days that are moved, each with the one that stands instead.
    """

    step: Step
    ons: tuple[On, ...] = ()
    hours: tuple[time, ...] = ()
    until: YearDay | None = None
    count: int | None = None
    left_out: tuple[YearDay, ...] = ()
    moved: tuple[tuple[YearDay, YearDay], ...] = ()


def parse_step(text: str) -> Step:
    """Read « week », « 2 semaines », « trimestre »."""
    reader = reader_of(text)
    step = reader.step()
    reader.end()
    return replace(step, said=tidy(text))


DAY_OF_RRULE = re.compile(r"(?P<nth>[+-]?[0-9]{1,2})?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
"""A day as BYDAY has it (RFC 5545, section 3.3.10)."""


def parse_on(text: str) -> On:
    """Read « Thursday », « 2e jeudi », « 15 », « dernier vendredi de novembre »."""
    if DAY_OF_RRULE.fullmatch(tidy(text)):  # « 2TH » is no second of the month
        raise ValueRefused("bad-repeat", value=text, part=text)
    reader = reader_of(text)
    reader.skip("le", "les", "l'", "on", "the")
    on = reader.day_group()
    reader.of_the_month()
    reader.end()
    return replace(on, said=tidy(text))


def parse_last_day(text: str, *, style: DateStyle = DAY_FIRST) -> date:
    """Read a date, or a month with its year, whose last day is meant: « juin 2027 »."""
    try:
        return parse_date(text, style=style)
    except ValueRefused:
        reader = reader_of(text, style)
        day = _Sentence(reader=reader).last_day()
        if day is None or day.year is None or reader.next is not None:
            raise
        return last_day(day, None)


def parse_year_day(text: str, *, style: DateStyle = DAY_FIRST) -> YearDay | None:
    """Read « mardi 19 mai », « le 1er mai », « May 14, 2026 »; None for what is no day."""
    reader = reader_of(text, style)
    reader.skip(*ARTICLES)
    day = _Sentence(reader=reader).day()
    if day is None or reader.next is not None:
        return None
    if day.year is not None:
        last_day(day, None)
    return day


def parse_repeat(text: str, *, style: DateStyle = DAY_FIRST) -> Said:
    """Read a sentence, or a value of RRULE."""
    if len(text) > LONGEST:
        raise ValueRefused("too-long", length=len(text), limit=LONGEST)
    if is_rule(text):
        from .rrule import parse_rrule

        return parse_rrule(text)
    return _Sentence(reader=reader_of(text, style)).read()


def is_rule(text: str) -> bool:
    """Whether a text is meant as a value of RRULE."""
    return _RULE.match(tidy(text)) is not None


_RULE = re.compile(r"(?:RRULE:)?(?:[A-Z]+=[^;=]*;)*FREQ=", re.IGNORECASE)


@dataclass(kw_only=True)
class _Sentence:
    """A sentence, clause by clause, and what it has said so far.

    Attributes:
        away: months that are left out.
        of_days: where « tous les 2 jeudis » stands, which is no rhythm of other days.
    """

    reader: Reader
    step: Step | None = None
    ons: list[On] = field(default_factory=list)
    hours: list[time] = field(default_factory=list)
    until: YearDay | None = None
    count: int | None = None
    left_out: list[YearDay] = field(default_factory=list)
    moved: list[tuple[YearDay, YearDay]] = field(default_factory=list)
    away: set[int] = field(default_factory=set)
    of_days: range | None = None

    def read(self) -> Said:
        reader = self.reader
        clauses = (
            self._how_often,
            self._until,
            self._except,
            self._move,
            self._hours,
            self._count,
            self._in_months,
            self._on,
        )
        while reader.next is not None:
            if not any(reader.attempt(one) for one in clauses):
                reader.refuse()
            reader.skip(",", ";", ".")
        if all(token.sort == "number" for token in reader.tokens):
            reader.place = 0
            reader.refuse()  # « 3 »: times, weeks, or a day?
        self._one_rhythm()
        self._without_months()
        step = self._step()
        ons = tuple(self.ons)
        agree(step, ons)
        agree_on_hours(ons, self.hours)
        return Said(
            step=step,
            ons=ons,
            hours=tuple(self.hours),
            until=self.until,
            count=self.count,
            left_out=tuple(self.left_out),
            moved=tuple(self.moved),
        )

    def _one_rhythm(self) -> None:
        """Refuse « tous les 2 jeudis et chaque mardi »: days of two rhythms are of no rule."""
        own = self.of_days
        if own is None:
            return
        words = (*FOR_ALL, "tous", "toutes", "tout")
        for place, token in enumerate(self.reader.tokens):
            if token.text in words and place not in own:
                self.reader.place = place
                self.reader.refuse()

    def _without_months(self) -> None:
        """Take the months that are left out from those that are said, else from all."""
        if not self.away:
            return
        of_months = [one for one in self.ons if one.months] or [On(months=tuple(range(1, 13)))]
        others = [one for one in self.ons if not one.months]
        left = [
            replace(one, months=tuple(month for month in one.months if month not in self.away))
            for one in of_months
        ]
        kept = [one for one in left if one.months]
        if not kept:
            text = self.reader.text  # « chaque jeudi de mars, sauf en mars »
            raise ValueRefused("bad-repeat", value=text, part=text)
        self.ons = [*others, *kept]

    def _step(self) -> Step:
        """The step that is said, or goes with the days that are."""
        if self.step is not None:
            self._share_months(self.step)
            return self.step
        specific = [one for one in self.ons if one.says_days]
        if not specific:
            self.reader.place = 0
            self.reader.refuse()
        if any(one.months for one in specific) and any(one.is_counted for one in specific):
            return Step("year")
        if any(one.months for one in specific):
            # « chaque jeudi de novembre »: each of its weeks.
            self.ons = [replace(one, months=()) for one in self.ons]
            self.ons.append(On(months=tuple(m for one in specific for m in one.months)))
            return Step("week")
        return Step("month" if any(one.is_counted for one in specific) else "week")

    def _share_months(self, step: Step) -> None:
        """« chaque année, le 1er lundi et le 2e mardi de mars »: both are of March."""
        months: tuple[int, ...] = ()
        for place in reversed(range(len(self.ons)) if step.unit == "year" else ()):
            on = self.ons[place]
            months = on.months if on.says_days and on.months else months
            if on.says_days and not on.months:
                self.ons[place] = replace(on, months=months)

    # Clauses: each is True where it is read, and None where it is not there.

    def _how_often(self) -> bool | None:
        """« chaque semaine », « un jeudi sur deux », « every 2nd Thursday of the month »."""
        reader = self.reader
        if self.step is not None:
            return None
        token = reader.next
        is_adverb = token is not None and (token.text in ADVERBS or token.text in TWO_WAYS)
        if is_adverb or reader.attempt(self._peek_unit):
            self.step = reader.step()
            return True
        return reader.attempt(self._one_weekday_in) or reader.attempt(self._each_day)

    def _peek_unit(self) -> bool | None:
        """Whether a unit of time is said of which each, or one in several, is meant."""
        reader = self.reader
        begun = reader.place
        each = bool(reader.for_all()) or (begun == 0 and reader.next_sort("word"))
        reader.place = begun
        found = reader.attempt(reader.one_in) or (each and reader.attempt(reader.each_unit))
        after = reader.next.text if reader.next is not None else ""
        reader.place = begun
        return True if found and after not in ("ouvre", "ouvres") else None

    def _one_weekday_in(self) -> bool | None:
        """« un jeudi sur deux »."""
        reader, begun = self.reader, self.reader.place
        if not reader.take("un"):
            return None
        day = reader.weekday()
        number = reader.number() if day is not None and reader.take("sur") else None
        if day is None or number is None or not 1 <= number <= MOST_STEPS:
            return None
        said = reader.since(begun)
        self.step = Step("week", number, said)
        self.of_days = range(begun, reader.place)
        self._add(On(weekdays=((day, 0),), said=said), reader.of_the_month())
        return True

    def _each_day(self) -> bool | None:
        """« chaque jeudi », « tous les 2 jeudis », « every other Thursday », « every 15th »."""
        reader, begun = self.reader, self.reader.place
        word = reader.for_all()
        if not word:
            return None
        is_english = word in ("every", "each")
        times = reader.attempt(lambda: self._every_other(is_english))
        own = range(begun, reader.place)
        on = reader.day_group()
        if times is not None and (on.is_counted or on.months):
            return None
        if times is not None:
            self.step = Step("week", times, reader.since(begun))
            self.of_days = own
        unit = reader.of_the_month()
        if self.step is None and unit == "month" and not on.is_counted and not on.months:
            unit = "week"  # « every Thursday of the month »: all of them
        said, before = reader.since(begun), len(self.ons)
        self._add(on, unit)
        while reader.attempt(self._more):
            pass
        if on.days and not on.weekdays and not on.months and self.step is None:
            return None  # « every 15 »: of what?
        if is_english and len(self.ons) == before + 1 and self.step is None:
            self._sure(on, said)
        return True

    def _every_other(self, is_english: bool) -> int | None:
        """« other Thursday », « 2 jeudis »."""
        reader = self.reader
        other = is_english and reader.take("other")
        number = 2 if other else reader.number()
        here = reader.place
        is_day = number is not None and reader.weekday() is not None
        reader.place = here
        return number if is_day and number and number <= MOST_STEPS else None

    def _sure(self, on: On, said: str) -> None:
        """« every second Thursday »: of the month, or one of two?"""
        nths = on.positions or tuple(nth for _, nth in on.weekdays)
        if not on.months and len(nths) == 1 and nths[0] > 1:
            day = said.split(" ")[-1]
            other = f"every other {day}" if nths[0] == 2 else f"every {nths[0]} weeks on {day}"
            better = f"{said} of the month"
            raise ValueRefused("unsure-repeat", value=said, one=better, other=other)

    def _on(self) -> bool | None:
        """« le 2e jeudi du mois », « on Tuesdays and Thursdays »."""
        reader = self.reader
        reader.skip(*ARTICLES)
        on = reader.attempt(self._group)
        if on is None:
            return None
        self._add(on, reader.of_the_month())
        while reader.attempt(self._more):
            pass
        return True

    def _more(self) -> bool | None:
        """« … et le 3e mardi »."""
        reader = self.reader
        if not reader.take(*AND):
            return None
        reader.skip(*ARTICLES, *FOR_ALL, *AND)
        begun = reader.place
        on = reader.attempt(self._group)
        if on is None or reader.next_is(*MOVED, *_IS):
            reader.place = begun
            return None
        self._add(on, reader.of_the_month())
        return True

    def _group(self) -> On | None:
        try:
            return self.reader.day_group()
        except ValueRefused as error:
            if error.code == "bad-repeat":
                return None
            raise

    def _add(self, on: On, unit: Unit | None) -> None:
        if unit is not None and self.step is not None and not on.is_counted:
            self._of_weeks(self.step, on, unit)
        self.ons.append(on)
        if unit is not None and self.step is None:
            self.step = Step(unit)

    def _of_weeks(self, step: Step, on: On, unit: Unit) -> None:
        """« tous les 2 jeudis du mois »: of all weeks, or some that the month has?"""
        if step.unit != "week" or step.interval == 1 or unit != "month":
            return
        words = re.findall(r"[^\W\d]+", on.said)
        named = [one for one in words if weekday_number(one.removesuffix("s")) is not None]
        day = named[0].removesuffix("s") if named else on.said
        value = self.reader.since(0)
        is_english = "month" in value.lower()
        every, of = ("every", "of the month") if is_english else ("chaque", "du mois")
        nths = _ENGLISH_NTHS if is_english else _FRENCH_NTHS
        nth = nths.get(step.interval, "last" if is_english else "dernier")
        one = step.said if day in step.said else f"{step.said}, {on.said}"
        other = f"{every} {nth} {day} {of}"
        raise ValueRefused("unsure-repeat", value=value, one=one, other=other)

    def _in_months(self) -> bool | None:
        """« en mars », « in May and June »."""
        reader = self.reader
        if not reader.take(*IN):
            return None
        months = reader.listed(reader.month, IN)
        if not months:
            return None
        self.ons.append(On(months=tuple(months)))
        return True

    def _hours(self) -> bool | None:
        """« à 12 h 30 », « at 9:00 and 14:00 »."""
        reader = self.reader
        reader.skip("a", "at")
        hours = reader.listed(reader.hour, ("a", "at"))
        if not hours or self.hours:
            return None
        self.hours = hours
        return True

    def _count(self) -> bool | None:
        """« 10 fois »."""
        reader = self.reader
        number = reader.number()
        if number is None or not reader.take(*TIMES) or self.count is not None:
            return None
        if not number:
            raise ValueRefused("out-of-range", value=number, reason=ONCE_AT_LEAST)
        self.count = number
        return True

    def _until(self) -> bool | None:
        """« jusqu’au 31 décembre 2026 », « until December »."""
        reader = self.reader
        if not reader.take(*UNTIL) or self.until is not None:
            return None
        self.until = self.last_day()
        return True if self.until else None

    def last_day(self) -> YearDay | None:
        """« le 31 décembre », « fin juin 2026 », « December »."""
        reader = self.reader
        reader.skip("a", "au", "en", "le", "la", "the")
        return reader.attempt(self._end_of) or reader.attempt(self.day) or self._month_end()

    def _end_of(self) -> YearDay | None:
        """« fin juin 2026 », « the end of 2026 »."""
        reader, begun = self.reader, self.reader.place
        if not reader.take("fin", "end"):
            return None
        reader.skip(*OF, "l'", "the")
        if (year := self._year()) is not None:
            return YearDay(day=31, month=12, year=year, said=reader.since(begun))
        return self._month_end(begun)

    def _month_end(self, begun: int | None = None) -> YearDay | None:
        reader = self.reader
        begun = reader.place if begun is None else begun
        month = reader.month()
        if month is None:
            return None
        year = self._year()
        return YearDay(day=-1, month=month, year=year, said=reader.since(begun))

    def _year(self) -> int | None:
        reader, token = self.reader, self.reader.next
        if token is None or token.sort != "number" or len(token.text) != 4:
            return None
        if not YEARS[0] <= int(token.text) <= YEARS[1]:
            raise ValueRefused("year-range", value=reader.text, year=int(token.text))
        reader.place += 1
        return int(token.text)

    def day(self) -> YearDay | None:
        """« jeudi 14 mai », « May 14, 2026 », « 2026-05-14 »: a day with its month."""
        reader, begun = self.reader, self.reader.place
        weekday = reader.weekday()
        reader.skip(",", "le", "the")
        token = reader.next
        if token is not None and token.sort == "date":
            reader.place += 1
            day = parse_date(reader.text[token.begin : token.end], style=reader.style)
            said = reader.since(begun)
            return YearDay(day=day.day, month=day.month, year=day.year, weekday=weekday, said=said)
        month = reader.month()
        number = reader.day_number()
        if number is None:
            return None
        if month is None:
            reader.skip(*OF)
            month = reader.month()
        if month is None:
            return None
        here = reader.place
        reader.take(",")
        year = self._year()
        if year is None:
            reader.place = here
        said = reader.since(begun)
        found = YearDay(day=number, month=month, year=year, weekday=weekday, said=said)
        return self._exists(found)

    def _exists(self, day: YearDay) -> YearDay:
        if day.month is not None and day.in_year(day.year or _LEAP) is None:
            raise ValueRefused("bad-date", value=day.said)
        return day

    def _except(self) -> bool | None:
        """« sauf en août », « except 14 and 21 May »."""
        reader = self.reader
        if not reader.take(*EXCEPT):
            return None
        reader.take("for", "pour")
        begun = reader.place
        reader.skip(*IN)
        months = reader.listed(reader.month, IN)
        if months and not reader.next_sort("number", "nth"):
            self.away |= set(months)
            self.left_out += reader.attempt(self._and_days) or []
            return True
        reader.place = begun
        days = self._days()
        self.left_out += days
        if days:
            reader.attempt(self._and_months)
        return True if days else None

    def _and_months(self) -> bool | None:
        """« … et en août »."""
        reader = self.reader
        if not reader.take(*AND) or not reader.take(*IN):
            return None
        months = reader.listed(reader.month, IN)
        if not months or reader.next_sort("number", "nth"):
            return None
        self.away |= set(months)
        return True

    def _and_days(self) -> list[YearDay] | None:
        """« … et le 14 mai »."""
        return (self._days() or None) if self.reader.take(*AND) else None

    def _days(self) -> list[YearDay]:
        """« le 14 et le 21 mai », but for a day of which more is said."""
        reader = self.reader
        found: list[YearDay] = []
        pending: list[YearDay] = []
        first = reader.place
        while True:
            begun = reader.place
            if (found or pending) and not reader.take(*AND):
                break
            reader.skip(*AND, *ARTICLES, "celui", "du", "celle", "that", "of")
            bare_at = reader.place
            day = reader.attempt(self.day)
            bare = None if day else reader.attempt(self._bare)
            if (day is None and bare is None) or reader.next_is(*MOVED, *_IS):
                reader.place = begun
                break
            if day is not None:
                whole = [self._exists(replace(one, month=day.month)) for one in pending]
                found += [*whole, day]
                pending = []
            elif bare is not None:
                last = found[-1] if found else None
                if last is not None and self._goes_on(last):
                    found.append(self._exists(replace(bare, month=last.month)))
                else:
                    pending.append(bare)
                    first = first if len(pending) > 1 else bare_at
        if pending and not (found and pending[0].day > found[-1].day):
            reader.place = first
            reader.refuse()
        return [*found, *(self._exists(replace(one, month=found[-1].month)) for one in pending)]

    def _goes_on(self, last: YearDay) -> bool:
        """« May 14 and 21 »: the month stands before."""
        return not last.said[:1].isdigit() and not self._month_follows()

    def _month_follows(self) -> bool:
        reader, begun = self.reader, self.reader.place
        reader.skip(*OF)
        found = reader.month() is not None
        reader.place = begun
        return found

    def _bare(self) -> YearDay | None:
        """« 14 », whose month stands elsewhere."""
        reader, begun = self.reader, self.reader.place
        weekday = reader.weekday()
        number = reader.day_number()
        return (
            None
            if number is None
            else YearDay(day=number, weekday=weekday, said=reader.since(begun))
        )

    def _move(self) -> bool | None:
        """« le 4 juin passe au 11 à 14 h », « 4 June moves to 11 June »."""
        reader = self.reader
        reader.skip(*ARTICLES, "celui", "du", "celle", "that", "of")
        day = reader.attempt(self.day)
        if day is None:
            return None
        reader.any_of("est", "sera", "is", "will be", "has been")
        if not reader.take(*MOVED) or not reader.take("au", "a", "to"):
            return None
        reader.skip(*ARTICLES)
        begun = reader.place
        target = reader.attempt(self.day) or reader.attempt(self._bare)
        if target is None:
            reader.refuse()
        reader.skip("a", "at")
        at = reader.hour()
        said = reader.since(begun)
        self.moved.append((day, replace(target, at=at, said=said)))
        return True


_IS = ("est", "sera", "is", "will", "has")
_FRENCH_NTHS = {2: "1er et 3e", 3: "3e", 4: "4e"}
_ENGLISH_NTHS = {2: "1st and 3rd", 3: "3rd", 4: "4th"}
"""Which days of a month one in several may be meant for."""

_LEAP = 2000
"""A year that has every day."""
