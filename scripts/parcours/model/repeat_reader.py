"""A sentence that says how often, word by word, in French and in English: units, numbers, days.

What two people may understand in two ways is refused, as is what nobody here understands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from typing import NoReturn, TypeVar

from ..letters import normal
from .recurrence import Unit
from .repeats import WORKING_DAYS, On, Step
from .values import (
    DAY_FIRST,
    DateStyle,
    ValueRefused,
    month_number,
    parse_time,
    tidy,
    weekday_number,
)

T = TypeVar("T")

MOST_STEPS = 99
"""Units between two dates."""

_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4})(?!\d)"
    r"|(?P<time>\d{1,2} ?[:h] ?\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?(?!\d)"
    r"|\d{1,2}\.\d{2}(?![\d/.])|\d{1,2} ?h(?![a-z])|\d{1,2}(?:\.\d{2})? ?[ap]\.?m\b\.?)"
    r"|(?P<nth>\d{1,2} ?(?:ers?|ere?s?|res?|iemes?|emes?|nds?|ndes?|es?|st|rd|th|d)(?![a-z']))"
    r"|(?P<number>\d{1,4})"
    r"|(?P<word>(?:c|d|l|qu|jusqu)'|[a-z]+(?:-(?!end)[a-z]+)*)"
    r"|(?P<sign>\S)"
)

_UNITS: Mapping[str, tuple[Unit, int]] = {
    "day": ("day", 1),
    "jour": ("day", 1),
    "week": ("week", 1),
    "semaine": ("week", 1),
    "fortnight": ("week", 2),
    "quinzaine": ("week", 2),
    "month": ("month", 1),
    "mois": ("month", 1),
    "quarter": ("month", 3),
    "trimestre": ("month", 3),
    "semestre": ("month", 6),
    "year": ("year", 1),
    "an": ("year", 1),
    "annee": ("year", 1),
}
ADVERBS: Mapping[str, tuple[Unit, int]] = {
    **dict.fromkeys(("daily", "quotidien", "quotidienne", "quotidiennement"), ("day", 1)),
    **dict.fromkeys(("weekly", "hebdomadaire", "hebdomadairement"), ("week", 1)),
    "fortnightly": ("week", 2),
    **dict.fromkeys(("monthly", "mensuel", "mensuelle", "mensuellement"), ("month", 1)),
    **dict.fromkeys(("quarterly", "trimestriel", "trimestrielle"), ("month", 3)),
    **dict.fromkeys(("semestriel", "semestrielle"), ("month", 6)),
    **dict.fromkeys(("yearly", "annually", "annuel", "annuelle", "annuellement"), ("year", 1)),
}
TWO_WAYS: Mapping[str, tuple[str, str]] = {
    "biweekly": ("every 2 weeks", "every Tuesday and Thursday"),
    "bimonthly": ("every 2 months", "every 1st and 3rd Thursday of the month"),
    "biannual": ("every 6 months", "every 2 years"),
    "bimensuel": ("toutes les 2 semaines", "chaque 1er et 3e jeudi"),
    "bimensuelle": ("toutes les 2 semaines", "chaque 1er et 3e jeudi"),
    "bihebdomadaire": ("chaque mardi et jeudi", "toutes les 2 semaines"),
    "bimestriel": ("tous les 2 mois", "chaque 1er et 3e jeudi"),
    "bimestrielle": ("tous les 2 mois", "chaque 1er et 3e jeudi"),
}
_NUMBERS = {
    **{"un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4},
    **{"four": 4, "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8},
    **{"neuf": 9, "nine": 9, "dix": 10, "ten": 10, "onze": 11, "eleven": 11, "douze": 12},
    **{"twelve": 12, "quinze": 15},
}
_NTHS = {
    **dict.fromkeys(("premier", "premiere", "premiers", "premieres", "first"), 1),
    **dict.fromkeys(("deuxieme", "deuxiemes", "second", "seconde", "seconds", "secondes"), 2),
    **dict.fromkeys(("troisieme", "troisiemes", "third"), 3),
    **dict.fromkeys(("quatrieme", "quatriemes", "fourth"), 4),
    **dict.fromkeys(("cinquieme", "cinquiemes", "fifth"), 5),
    **dict.fromkeys(("dernier", "derniere", "derniers", "dernieres", "last"), -1),
    **dict.fromkeys(("avant-dernier", "avant-derniere", "avant-derniers", "penultimate"), -2),
    "second-last": -2,
}
_DAYS = ("day", "days", "jour", "jours")
AND = (",", "et", "and", "&", "+")
ARTICLES = ("le", "les", "la", "l'", "on", "the")
FOR_ALL = ("chaque", "every", "each")
IN = ("en", "in")
OF = ("de", "d'", "du", "des", "of")
EXCEPT = ("sauf", "excepte", "hormis", "hors", "except", "excepting", "but")
UNTIL = ("jusqu'", "until", "till", "til", "through")
TIMES = ("fois", "time", "times", "dates", "seances", "rencontres", "meetings", "sessions")
MOVED = (
    *("passe", "passera", "deplace", "deplacee", "reporte", "reportee", "avance", "avancee"),
    *("decale", "decalee", "moves", "moved", "shifts", "shifted", "postponed", "rescheduled"),
)
_FROM_THE_END = ("en partant de la fin", "from the end")
_NTH_LIMIT = 5
"""No month has more of one day of the week."""


@dataclass(frozen=True, slots=True)
class _Token:
    sort: str
    text: str
    begin: int
    end: int


def reader_of(text: str, style: DateStyle = DAY_FIRST) -> Reader:
    value = normal("NFC", tidy(text)).replace("’", "'").replace("ʼ", "'")
    plain = _TWO_WORDS.sub(_two_months, "".join(map(_letter, value)))
    tokens = [
        _Token(found.lastgroup or "sign", found[0], found.start(), found.end())
        for found in _TOKEN.finditer(plain)
    ]
    return Reader(value, tokens, style)


def _two_months(found: re.Match[str]) -> str:
    """« juillet-août » is two months; « juin-septembre » is a span, which nobody reads here."""
    one, other = month_number(found[1]), month_number(found[2])
    is_pair = one is not None and other is not None and (other - one) % 12 == 1
    return f"{found[1]}+{found[2]}" if is_pair else found[0]


_TWO_WORDS = re.compile(r"\b([a-z]{3,10})-([a-z]{3,10})\b")


@cache
def _letter(char: str) -> str:
    """A letter without accents and capitals: always one, so that places stay."""
    found = normal("NFD", char)[0].lower()
    return found if len(found) == 1 else char


def _counts_something(token: _Token) -> bool:
    """« 2e », « second »: of what? « 2nd » and « 1er » may be days of a month."""
    if token.sort == "nth":
        return token.text.rstrip("s")[-1:] == "e" and int(re.sub(r"\D", "", token.text)) > 1
    return _NTHS.get(token.text, 1) != 1


@dataclass
class Reader:
    """A text, read word by word; what cannot be read leaves the place as it was."""

    text: str
    tokens: list[_Token]
    style: DateStyle
    place: int = 0

    @property
    def next(self) -> _Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def refuse(self) -> NoReturn:
        """Name what is not understood: the rest of the clause."""
        begin = self.next.begin if self.next else 0
        rest = self.text[begin:]
        part = re.split(r"[,;]", rest, maxsplit=1)[0].strip() or rest.strip()
        raise ValueRefused("bad-repeat", value=self.text, part=part or self.text)

    def end(self) -> None:
        if self.next is not None:
            self.refuse()

    def take(self, *words: str) -> str:
        """The next word, if it is one of these; "" where it is not."""
        token = self.next
        if token is None or token.text not in words or token.sort not in ("word", "sign"):
            return ""
        self.place += 1
        return token.text

    def take_all(self, phrase: str) -> bool:
        """Whether the next words are these."""
        begun = self.place
        for word in phrase.split(" "):
            if not self.take(word):
                self.place = begun
                return False
        return True

    def any_of(self, *phrases: str) -> str:
        return next((one for one in phrases if self.take_all(one)), "")

    def skip(self, *words: str) -> None:
        while self.take(*words):
            pass

    def attempt(self, read: Callable[[], T | None]) -> T | None:
        """What is read, or None, and then nothing is."""
        begun = self.place
        found = read()
        if found is None:
            self.place = begun
        return found

    def listed(self, read: Callable[[], T | None], articles: tuple[str, ...] = ()) -> list[T]:
        """What stands between commas and « and », each as *read* reads it."""
        found: list[T] = []
        while True:
            begun = self.place
            if found:
                if not self.take(*AND):
                    return found
                self.take("et", "and")
            self.skip(*articles)
            one = read()
            if one is None:
                self.place = begun
                return found
            found.append(one)

    def next_is(self, *words: str) -> bool:
        return self.next is not None and self.next.text in words

    def next_sort(self, *sorts: str) -> bool:
        return self.next is not None and self.next.sort in sorts

    def since(self, begun: int) -> str:
        """The text of what was read from a place on."""
        if begun >= self.place:
            return ""
        return self.text[self.tokens[begun].begin : self.tokens[self.place - 1].end]

    # Words

    def _by(self, table: Mapping[str, T], *, plural: bool = False) -> T | None:
        token = self.next
        if token is None or token.sort != "word":
            return None
        found = table.get(token.text)
        if found is None and plural and token.text.endswith("s"):
            found = table.get(token.text[:-1])
        if found is not None:
            self.place += 1
        return found

    def number(self) -> int | None:
        token = self.next
        if token is not None and token.sort == "number":
            self.place += 1
            return int(token.text)
        return self._by(_NUMBERS)

    def nth(self) -> int | None:
        """« 2e », « deuxième », « last », « second to last »."""
        token = self.next
        if token is not None and token.sort == "nth":
            self.place += 1
            number = int(re.sub(r"\D", "", token.text))
            return -number if self.any_of("to last", *_FROM_THE_END) else number
        if self.any_of("second to last", "second last"):
            return -2
        return self._by(_NTHS)

    def unit(self) -> tuple[Unit, int] | None:
        return self._by(_UNITS, plural=True)

    def weekday(self) -> int | None:
        token = self.next
        if token is None or token.sort != "word" or len(token.text) < 3:
            return None
        name = token.text
        if month_number(name) is not None:
            return None  # « mar. » is March, or mardi
        found = weekday_number(name)
        if found is None and name.endswith("s") and len(name) > 5:
            found = weekday_number(name[:-1])
        if found is not None:
            self.place += 1
            self.take(".")
        return found

    def month(self) -> int | None:
        token = self.next
        if token is None or token.sort != "word" or token.text in ("mar", "sept"):
            return None
        found = month_number(token.text)
        if found is not None:
            self.place += 1
            self.take(".")
        return found

    def hour(self) -> time | None:
        token = self.next
        if token is not None and token.sort == "time":
            self.place += 1
            return parse_time(token.text)
        return time(12) if self.take("midi", "noon") else None

    # How often

    def step(self) -> Step:
        """« 2 weeks », « every other month », « une semaine sur deux »."""
        begun = self.place
        token = self.next
        if token is not None and token.text in TWO_WAYS:
            one, other = TWO_WAYS[token.text]
            self._unsure(token.text, one, other)
        adverb = self._by(ADVERBS)
        found = adverb or self.attempt(self.one_in) or self.attempt(self.each_unit)
        if found is None:
            self.refuse()
        unit, interval = found
        if not 1 <= interval <= MOST_STEPS:
            self.place = begun
            self.refuse()
        return Step(unit, interval, self.since(begun))

    def _unsure(self, value: str, one: str, other: str) -> NoReturn:
        raise ValueRefused("unsure-repeat", value=value, one=one, other=other)

    def for_all(self) -> str:
        """« chaque », « tous les », « every »: what begins a sentence."""
        found = self.take(*FOR_ALL)
        return found or self.any_of("tous les", "toutes les", "tout les")

    def each_unit(self) -> tuple[Unit, int] | None:
        begun = self.place
        word = self.for_all()
        times = self.interval(is_english=word in ("every", "each", ""))
        unit = self.unit()
        if unit is None:
            return None
        name, size = unit
        last = self.tokens[self.place - 1].text
        if last == "jours" and times in (8, 15) and not self.next_is("ouvres"):
            weeks = times // 7
            better = "chaque semaine" if weeks == 1 else "toutes les 2 semaines"
            self._unsure(self.since(begun), better, f"tous les {times - times % 7} jours")
        return name, size * times

    def interval(self, *, is_english: bool) -> int:
        """« 2 », « other », « second »; 1 where nothing is said."""
        if is_english and self.take("other"):
            return 2
        begun = self.place
        if is_english:
            nth = self.nth()
            if nth is not None and nth > 1:
                return nth
            self.place = begun
        number = self.number()
        return 1 if number is None else number

    def one_in(self) -> tuple[Unit, int] | None:
        """« une semaine sur deux »."""
        if not self.take("un", "une"):
            return None
        unit = self.unit()
        if unit is None or not self.take("sur"):
            return None
        number = self.number()
        return None if number is None else (unit[0], unit[1] * number)

    # Which days

    def day_group(self) -> On:
        """« jeudi », « 1er et 3e jeudi », « 15 », « 25 décembre », « last weekday »."""
        begun = self.place
        found = (
            self.attempt(self._range)
            or self.attempt(self._month_first)
            or self.attempt(self._counted)
            or self.attempt(self._plain)
        )
        if found is None:
            self.refuse()
        found = self._with_months(found)
        if found.days and not found.weekdays:
            when = self.attempt(self._when_it_is) or ()
            found = replace(found, weekdays=tuple((day, 0) for day in when))
        return replace(found, said=self.since(begun))

    def _range(self) -> On | None:
        """« du lundi au vendredi »."""
        self.take("du", "from")
        first = self.weekday()
        if first is None or not self.take("au", "a", "to", "through", "-", "–"):
            return None
        last = self.weekday()
        if last is None or last <= first:
            return None
        return On(weekdays=tuple((day, 0) for day in range(first, last + 1)))

    def _month_first(self) -> On | None:
        """« December 25th »."""
        month = self.month()
        day = self.day_number() if month else None
        return On(days=(day,), months=(month,)) if month and day else None

    def day_number(self) -> int | None:
        begun = self.place
        number = self.nth()
        number = self.number() if number is None else number
        if number is None or not 1 <= number <= 31 or self.next_is(*TIMES):
            self.place = begun
            return None
        return number

    def _counted(self) -> On | None:
        """« 1er et 3e jeudi », « dernier jour ouvré », « 3e jeudi en partant de la fin »."""
        found = self._counted_on()
        if found is None or not self.any_of(*_FROM_THE_END):
            return found
        numbers = (*found.days, *found.positions, *(nth for _, nth in found.weekdays))
        if len(set(numbers) - {0}) > 1 or any(one < 0 for one in numbers):
            self.place -= 1  # « 1st and 3rd Thursday from the end »: both of them?
            self.refuse()
        return replace(
            found,
            days=tuple(-one for one in found.days),
            positions=tuple(-one for one in found.positions),
            weekdays=tuple((day, -nth) for day, nth in found.weekdays),
        )

    def _counted_on(self) -> On | None:
        """« 1er et 3e jeudi », « dernier jour ouvré », « 1er et 15 »."""
        begun = self.place
        numbers = self.listed(self._ordinal, ARTICLES)
        if not numbers:
            return None
        nths = tuple(number for number, _ in numbers)
        is_ordinal, last = all(ordinal for _, ordinal in numbers), numbers[-1][1]
        found = self.attempt(lambda: self._counted_days(nths, is_ordinal, last))
        if found is not None:
            return found
        weekday = self.attempt(self.weekday)
        if weekday is not None:
            if not is_ordinal or not all(1 <= abs(one) <= _NTH_LIMIT for one in nths):
                self.place = begun
                self.refuse()
            self._one_weekday(begun, nths)
            return On(weekdays=tuple((weekday, nth) for nth in nths))
        if self.next_is(*TIMES):
            return None
        said = [one for one in self.tokens[begun : self.place] if one.text not in AND]
        if not all(1 <= one <= 31 for one in nths) or any(map(_counts_something, said)):
            self.place = begun
            self.refuse()
        return On(days=nths)

    def _one_weekday(self, begun: int, nths: tuple[int, ...]) -> None:
        """« 2e mardi et jeudi » is unsure: each Thursday, or the second one?"""
        here = self.place
        if self.take("et", "and", "&", "+") and self.weekday() is not None:
            said = self.since(begun)
            words = [one.text for one in self.tokens[begun : self.place]]
            nth, (first, last) = self.text_of(begun), (words[-3], words[-1])
            both = "et" if words[-2] == "et" else "and"
            apart = f"{first} {both} {last}" if len(nths) > 1 else last
            other = f"{nth} {first} {both} {nth} {last}"
            self._unsure(said, other, f"{nth} {first}; {apart}")
        self.place = here

    def text_of(self, place: int) -> str:
        token = self.tokens[place]
        return self.text[token.begin : token.end]

    def _ordinal(self) -> tuple[int, bool] | None:
        """A number of a day, and whether it is an ordinal one."""
        begun = self.place
        nth = self.nth()
        if nth is not None:
            return nth, True
        token = self.next
        if token is not None and token.sort == "number" and 1 <= int(token.text) <= 31:
            self.place += 1
            if not self.next_is(*TIMES):
                return int(token.text), False
        self.place = begun
        return None

    def _counted_days(
        self, nths: tuple[int, ...], is_ordinal: bool, last_is_ordinal: bool
    ) -> On | None:
        """« dernier jour », « 2e jour ouvré », « last of the Mondays and Tuesdays »."""
        if self.any_of("jour ouvre", "jours ouvres", "weekday", "working day", "business day"):
            if not is_ordinal:
                return None  # « tous les 2 jours ouvrés » counts none of a month
            return On(weekdays=tuple((day, 0) for day in WORKING_DAYS), positions=nths)
        if self.take(*_DAYS):
            if not last_is_ordinal or self.next_is("ouvrable", "ouvrables", "ferie"):
                return None
            return On(days=nths)
        if self.take("des") or self.any_of("of the"):
            days = self.listed(self.weekday, ARTICLES)
            if len(days) > 1 or (days and len(nths) > 0):
                return On(weekdays=tuple((day, 0) for day in days), positions=nths)
        return None

    def _when_it_is(self) -> tuple[int, ...] | None:
        """« 13, quand c’est un vendredi »."""
        self.of_the_month()
        self.take(",")
        if not self.any_of("quand c' est", "when it is"):
            return None
        days = []
        while True:
            self.take("un", "une", "a")
            day = self.weekday()
            if day is None:
                return None
            days.append(day)
            if not self.take("ou", "or"):
                return tuple(days)

    def _plain(self) -> On | None:
        """« jeudi », « mardi et jeudi », « jours ouvrés »."""
        if self.any_of("jour ouvre", "jours ouvres", "weekday", "weekdays", "working days"):
            return On(weekdays=tuple((day, 0) for day in WORKING_DAYS))
        days = self.listed(self.weekday, (*ARTICLES, *FOR_ALL))
        return On(weekdays=tuple((day, 0) for day in days)) if days else None

    def _with_months(self, on: On) -> On:
        """« … de novembre », « 25 décembre »."""
        if on.months:
            return on
        months = self.attempt(lambda: self._months(on))
        return replace(on, months=tuple(months)) if months else on

    def _months(self, on: On) -> list[int] | None:
        self.skip(*OF)
        return self.listed(self.month, OF) or None

    def of_the_month(self) -> Unit | None:
        """« du mois », « of each month », « de chaque année »."""
        phrases: Mapping[str, Unit] = {
            **dict.fromkeys(("du mois", "de chaque mois", "de tous les mois"), "month"),
            **dict.fromkeys(("of the month", "of each month", "of every month"), "month"),
            **dict.fromkeys(("de chaque annee", "of each year", "of every year"), "year"),
            **dict.fromkeys(("de chaque semaine", "of each week", "of every week"), "week"),
        }
        return next((unit for one, unit in phrases.items() if self.take_all(one)), None)
