"""Languages of the site and of its messages, through gettext catalogues.

The catalogues are the .po files of `locale/`; they are read as they are, so that no compiled
file can differ from its source. Dates and numbers come from Babel's CLDR data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING

from .letters import normal
from .packaged import OWN
from .po import Catalogue, read_catalogue

if TYPE_CHECKING:
    from babel import Locale

# The CLDR's data are imported where a date is told: what tells none does not wait for them.

LANGUAGES = ("fr", "en")
"""Languages with a catalogue; the first is the default."""


def language_of(tag: str | None) -> str:
    """The supported language for a tag such as ``fr``, ``en-GB`` or ``pt`` (English, then)."""
    if not tag:
        return LANGUAGES[0]
    base = base_of(tag)
    return base if base in LANGUAGES else "en"


def is_served(tag: str | None) -> bool:
    """Whether a language, or the one that it is a region's of, has a catalogue."""
    return not tag or base_of(tag) in LANGUAGES


def base_of(tag: str) -> str:
    """The language of a tag: ``fr`` of ``fr-CA`` (RFC 5646, section 2.2.1)."""
    return tag.replace("_", "-").split("-")[0].lower()


@cache
def _catalogue(language: str) -> Catalogue:
    source = OWN / "locale" / language / "LC_MESSAGES" / "parcours.po"
    return read_catalogue(source.read_text("utf-8"))


_ELIDING = re.compile(r"(?!onz|ou[aio]|y[aeou](?!nne|u\b))[aeiouyæœ]")
_OF = re.compile(r"\b([dD])e \{(\w+)\}")


def elides(words: str) -> bool:
    """Whether « de » and « le » lose their vowel before French words.

    « Onze », « oui », Ouagadougou and Yaoundé are spoken as if they began with a consonant, other
    than Ouessant and Yvetot. Before an h nothing is lost: its letters do not tell which it is.
    """
    return _ELIDING.match(_bare(words[:8])) is not None


def _bare(words: str) -> str:
    """Lower-case letters without their accents."""
    plain = normal("NFD", words.lower())
    return "".join(one for one in plain if not unicodedata.combining(one))


def _elided(found: re.Match[str], params: Mapping[str, object]) -> str:
    name = found[2]
    return f"{found[1]}’{{{name}}}" if elides(str(params.get(name, ""))) else found[0]


@dataclass(frozen=True)
class Translator:
    """Texts, dates and times in one language."""

    language: str

    def gettext(self, text: str) -> str:
        """*text* in this language; the empty text stays empty."""
        return _catalogue(self.language).gettext(text) if text else text

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of a text that agrees with *n*, with ``{n}`` filled in."""
        return _catalogue(self.language).ngettext(one, many, n).format(n=n)

    def format(self, text: str, **params: object) -> str:
        """*text* in this language with its braces filled in: « heure de {place} » is « heure
        d’Auvergne » where a name begins with a vowel."""
        said = self.gettext(text)
        if self.language == "fr" and "de {" in said:
            said = _OF.sub(lambda found: _elided(found, params), said)
        return said.format(**params)

    def own(self, text: str) -> str:
        """A text of this language that comes from elsewhere than the catalogue, as CLDR's."""
        return text

    @property
    def locale(self) -> Locale:
        return _locale(self.language)

    def day(self, day: date, *, weekday: bool = True, year: bool = True) -> str:
        """A date in words: « jeudi 3 décembre 2026 »."""
        return _date(day, self.language, weekday, year)

    def day_number(self, day: date) -> str:
        """The day of the month: « 3 », « 1er »."""
        return "1er" if self.language == "fr" and day.day == 1 else str(day.day)

    def month_day(self, day: int) -> str:
        """A day of any month: « 15 », « 1er », 15th."""
        return self.ordinal(day) if self.language != "fr" or day == 1 else str(day)

    def ordinal(self, n: int) -> str:
        """Which one of several, from 1: « 1er », « 2e », 2nd."""
        if self.language == "fr":
            return "1er" if n == 1 else f"{n}e"
        ends = {1: "st", 2: "nd", 3: "rd"}
        return f"{n}{'th' if n % 100 in (11, 12, 13) else ends.get(n % 10, 'th')}"

    def the(self, words: str) -> str:
        """The article of a day, and what is said of it: « le 15 », « l’avant-dernier jour »."""
        if self.language == "fr":
            return f"l’{words}" if elides(words) else f"le {words}"
        return f"the {words}"

    def of(self, words: str) -> str:
        """« de mars », « d’avril »."""
        if self.language == "fr":
            return f"d’{words}" if elides(words) else f"de {words}"
        return f"of {words}"

    def on_weekday(self, index: int) -> str:
        """The days of that name: « le jeudi », Thursday."""
        name = self.weekday(index)
        return self.the(name) if self.language == "fr" else name

    def month_name(self, number: int) -> str:
        """The name of a month, from 1: « décembre »."""
        return str(self.locale.months["format"]["wide"][number])

    def weekday(self, index: int, *, short: bool = False) -> str:
        """The name of a weekday, 0 for Monday: « jeudi », or short, « jeu. »."""
        return str(self.locale.days["format"]["abbreviated" if short else "wide"][index])

    def month(self, day: date) -> str:
        """The month and year: « décembre 2026 »."""
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", day, locale=self.language)

    def time(self, moment: datetime | time) -> str:
        """A time of day as this language writes it: « 12 h 30 », « 12:30 »."""
        if self.language == "fr":
            nbsp = "\u00a0"
            return (
                f"{moment.hour}{nbsp}h{nbsp}{moment.minute:02d}"
                if moment.minute
                else (f"{moment.hour}{nbsp}h")
            )
        return f"{moment.hour:02d}:{moment.minute:02d}"


@cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language)


@cache
def _date(day: date, language: str, weekday: bool, year: bool) -> str:
    from babel.dates import format_date

    if language == "fr":
        # CLDR writes « 1 janvier »; French writes « 1er janvier ».
        number = translator("fr").day_number(day)
        month = _locale("fr").months["format"]["wide"][day.month]
        text = f"{number}\u00a0{month}" + (f"\u00a0{day.year}" if year else "")
        return f"{format_date(day, 'EEEE', locale='fr')} {text}" if weekday else text
    pattern = ("EEEE, " if weekday else "") + "d MMMM" + (" y" if year else "")
    return format_date(day, pattern, locale=language)


@cache
def translator(language: str) -> Translator:
    """The translator of a language; languages without a catalogue read English."""
    return Translator(language_of(language))


def month_names(language: str) -> Mapping[str, int]:
    """Lower-case month names, whole and abbreviated, to their number."""
    months = _locale(language).months
    return {
        name.lower().rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in months["format"][width].items()
    }


def weekday_names(language: str) -> tuple[tuple[str, int], ...]:
    """Weekday names, whole, with their number: 0 for Monday."""
    names = _locale(language).days["format"]["wide"]
    return tuple((name, number) for number, name in names.items())
