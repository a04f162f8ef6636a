"""How a field is read: the types that the records use, each with its reader and its limits.

A reader takes text as people write it, and refuses with a code of the catalogue of problems.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from pathlib import PurePosixPath
from textwrap import shorten
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError, PydanticKnownError, Url

from ..letters import normal
from ..problems import N_
from . import forms
from .days import DayOf, parse_day_of
from .names import ID, ID_LIMIT, slug
from .periods import SomeDays, parse_period
from .repeat_words import parse_last_day, parse_on, parse_step
from .repeats import ONCE_AT_LEAST, TOO_LARGE, On, Step
from .synonyms import COLORS, DEGREE, FLAG, Choices
from .tags_of_languages import code_meant, tag_of
from .values import (
    BYTE_ORDER_MARK,
    DAY_FIRST,
    ORIGIN,
    DateStyle,
    End,
    Moment,
    Months,
    ValueRefused,
    parse_date,
    parse_duration,
    parse_end,
    parse_length,
    parse_moment,
    parse_months,
    parse_time,
    parse_timecode,
    tidy,
)
from .zones import NO_PLACE, OF_NO_PLACE, zone_names

R = TypeVar("R")

TITLE_LIMIT = 200
SUMMARY_LIMIT = 500
TEXT_LIMIT = 50_000
URL_LIMIT = 1000
STARTS_LIMIT = 6
MOST_PLACES = 9
QUESTIONS_LIMIT = 12
PHOTOGRAPHS_LIMIT = 40
LINKS_LIMIT = 40
DEADLINES_LIMIT = 20
TAG_LIMIT = 60
TAGS_LIMIT = 30
ITEMS_LIMIT = 400
KILOMETRES = 40_075


def refuse(code: str, **params: object) -> PydanticCustomError:
    """The error by which a validator names a problem of the catalogue."""
    return PydanticCustomError("parcours", "{code}", {"code": code, "params": params})


def _no_group(value: Any) -> Any:
    """What is no text, as it is; a group is refused: no value is written by the names of its parts,
    though pydantic would read a dataclass so."""
    if isinstance(value, Mapping):
        raise PydanticKnownError("string_type")
    return value


def read_by(parse: Callable[[str], object]) -> BeforeValidator:
    """What reads a text with *parse*; other values are left to the type."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return _no_group(value)
        try:
            return parse(value)
        except ValueRefused as error:
            raise refuse(error.code, **error.params) from error

    return BeforeValidator(read)


def _read_date_by(parse: Callable[..., object]) -> BeforeValidator:
    """Dates are read in the style that the validation's context is."""

    def read(value: Any, info: ValidationInfo) -> Any:
        style = info.context if isinstance(info.context, DateStyle) else DAY_FIRST
        if not isinstance(value, str):
            return _no_group(value)
        try:
            return parse(value, style=style)
        except ValueRefused as error:
            raise refuse(error.code, **error.params) from error

    return BeforeValidator(read)


def _as_written(text: str, *, style: DateStyle) -> str:
    """A day, or a day and an hour, in the words in which it stands."""
    parse_moment(text, style=style)
    return text


def _text(limit: int, *, lines: bool = False) -> BeforeValidator:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = normal("NFC", value).replace(BYTE_ORDER_MARK, "").strip()
        text = text if lines else re.sub(r"[ \t\r\n\u2028\u2029]+", " ", text)
        if not text:
            raise refuse("empty")
        if len(text) > limit:
            raise refuse("too-long", length=len(text), limit=limit)
        return text

    return BeforeValidator(read)


_REMARK = re.compile(
    r"\s(?:[^\w\s/?&#=%.+~'’]"
    r"|(?:mot de passe|code|pin|identifiant|passcode|password|puis|et|and|ou|or)\b)",
    re.IGNORECASE,
)
"""What is said behind an address."""

_FILE_END = re.compile(r"\.[A-Za-z]\w{1,4}")


def _has_remark(text: str) -> bool:
    """Whether a space ends an address: it may stand in its path, pasted as programs show it, where
    the path goes on behind it, or ends as the name of a file does."""
    if " " not in text:
        return False
    address = re.split(r"[?#]", text, maxsplit=1)[0]
    host, *parts = address.partition("://")[2].split("/")
    if _REMARK.search(text) or " " in host or " " in text[len(address) :] or not parts:
        return True
    last = parts[-1]
    if " " in last:
        return _FILE_END.fullmatch(last[last.rfind(".") :]) is None
    return "://" in address.partition(" ")[2] or (last != "" and not re.search(r"[^\W\d]", last))


def _read_url(value: str) -> str:
    text = tidy(value)
    scheme = text.partition(":")[0].lower()
    if scheme not in {"http", "https"}:
        raise ValueRefused("bad-url", value=value, reason=N_("it does not begin with https://"))
    if _has_remark(text):
        raise ValueRefused("bad-url", value=value, reason=N_("a space ends it"))
    try:
        url = Url(text)
    except ValidationError as error:
        raise ValueRefused("bad-url", value=value, reason=N_("its form is wrong")) from error
    if url.username or url.password:
        raise ValueRefused("bad-url", value=value, reason=N_("it holds a password"))
    if not re.search(r"\w", url.host or "") or text.endswith(("...", "…")):
        raise ValueRefused("bad-url", value=value, reason=N_("it is cut short"))
    if len(str(url)) > URL_LIMIT:
        raise ValueRefused("bad-url", value=value, reason=N_("it is too long"))
    return str(url)


def _read_contact(value: str) -> str:
    from .contacts import contacts  # whose patterns take longer to make than all others here

    text = tidy(value)
    if text.lower().startswith(("https:", "http:")):
        return _read_url(text)
    text = re.sub(r"^(?:mailto|tel):", "", text, flags=re.IGNORECASE)
    found = contacts(text)
    # As it is: what hides it from robots, or stands around it, is no address.
    whole = len(found) == 1 and found[0].end - found[0].start == len(text)
    if not whole or (found[0].sort == "email" and found[0].key != text.casefold()):
        raise ValueRefused("bad-contact", value=value)
    return text


def _read_id(value: str) -> str:
    text = tidy(value)
    if not ID.fullmatch(text) or len(text) > ID_LIMIT:
        raise ValueRefused("bad-id", value=value, better=slug(text) or "mon-sujet")
    return text


def _read_zone(value: str) -> str:
    text = tidy(value)
    # An offset by the sea is no place: readers would be told « the time of GMT-1 ».
    if text not in zone_names() or text.startswith("Etc/GMT"):
        raise ValueRefused("unknown-timezone", value=value)
    return NO_PLACE if text in OF_NO_PLACE else text


def _read_path(value: str) -> str:
    text = normal("NFC", tidy(value))
    if not PurePosixPath(text).parts:
        raise ValueRefused("missing-file", value=value)  # the folder itself
    if text.startswith("/") or "\\" in text or ":" in text:
        raise ValueRefused("outside-path", value=value)
    return text


_BARE_HOST = re.compile(
    r"(?:www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?=[:/]))(?:[:/?#].*)?",
    re.IGNORECASE,
)
"""An address of the web whose beginning is missing, and no path of a file beside the text."""


_SITE = re.compile(
    r"(?:[\w-]{1,63}\.){1,5}(?:fr|re|nc|pf|gp|mq|gf|yt|bzh|paris|eu|org|com|net|info|coop|io|be|ch|ca"
    r"|lu|de|uk|es|it|nl)",
    re.IGNORECASE,
)
"""The name of a site alone, of which no file beside a text has the end."""

_SCHEMED = re.compile(
    r"(?:mailto|tel|sms|sip|https?|ftps?|javascript|data|geo|webcal|xmpp|matrix|skype):|//|https?/",
    re.IGNORECASE,
)
"""How what is an address begins, a right one or not, and no path of a file beside the text."""


def _read_asset(value: str) -> str:
    text = tidy(value)
    is_site = _BARE_HOST.fullmatch(text) or _SITE.fullmatch(text)
    if "://" in value or is_site or _SCHEMED.match(text):
        return _read_url(value)
    return _read_path(value)


def _read_address(value: str) -> str:
    text = tidy(value).strip("/")
    parts = text.split("/")
    fits = all(re.fullmatch(rf"[a-z0-9][a-z0-9._-]{{0,{ID_LIMIT}}}", part) for part in parts)
    if not fits or len(parts) > 20:
        raise ValueRefused("bad-address", value=value)
    return text


def listed(value: Any) -> Any:
    """A single word, or words between commas, stands for a list."""
    if isinstance(value, str):
        return [part for part in map(str.strip, value.split(",")) if part]
    return value


_HASHTAG = re.compile(r"#\w(?:[^#]|#(?!\w))*")
"""A tag as networks write it, up to the next one: « #C# »."""


def _words(value: Any) -> Any:
    """The same of words that may hold anything, between commas or semicolons, or of hashtags."""
    if not isinstance(value, str):
        return value
    return [tag for part in listed(value.replace(";", ",")) for tag in _hashtags(part)]


def _hashtags(text: str) -> list[str]:
    """Each of several tags as networks write them, « #craie #tableau »; else the text itself."""
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if not words or not all(map(_HASHTAG.match, words)):
        return [text]
    return [tag for word in words for tag in _HASHTAG.findall(word)]


def _one(value: Any) -> Any:
    """A sentence, commas and all, stands for a list of it."""
    return [value] if isinstance(value, str) else value


def link_list(value: Any) -> Any:
    """One link, or addresses between commas or spaces, stand for a list of them."""
    if isinstance(value, dict):
        return [value]
    if isinstance(value, str):
        return [part for part in re.split(r"(?:,?\s+|,(?=https?://))", value.strip()) if part]
    return value


def one_or_more(value: Any) -> Any:
    """What has keys stands for a list of it."""
    return [value] if isinstance(value, dict) else value


def name_list(value: Any) -> Any:
    """Ids between commas, or one name without a file, stand for a list of them."""
    return [value] if isinstance(value, dict) else listed(value)


_SEATS = re.compile(
    r"(?:\D{0,12} )?\d{1,6}(?: ?(?:à|-|–|to) ?\d{1,6})?(?: [^\W\d]{3,12}\.?){0,2}"
    r"|(?:illimitée?s?|sans limite|unlimited|complet|full)",
    re.IGNORECASE,
)
"""How many can take part, which French words call « places »."""


def place_list(value: Any) -> Any:
    """The same, of places: a number is none of them."""
    if isinstance(value, str) and _SEATS.fullmatch(tidy(value)):
        raise refuse("bad-id", value=value)
    return name_list(value)


def read_id(value: str) -> str:
    """An id that stands where a name may stand, too."""
    try:
        return _read_id(value)
    except ValueRefused as error:
        raise refuse(error.code, **error.params) from error


def bare_link(value: Any) -> Any:
    """An address, or the name of a file, stands for a link without more words."""
    if not isinstance(value, str):
        return value
    try:
        return {"url": _read_asset(value)}
    except ValueRefused as error:
        raise refuse(error.code, **error.params) from error


def _at_most(limit: int) -> BeforeValidator:
    def read(value: Any) -> Any:
        if isinstance(value, list) and len(value) > limit:
            raise refuse("too-many", count=len(value), limit=limit)
        return value

    return BeforeValidator(read)


def _read_tag(value: str) -> str:
    """A word as networks write it, « #apprentis », is one without the sign."""
    text = re.sub(r"^#+ ?(?=\w)", "", tidy(value))
    if text and not any(map(str.isalnum, text)):
        raise ValueRefused("bad-value", value=value, reason=N_("it holds no letter and no digit"))
    if len(tags_within(value)) > 1:
        raise ValueRefused("bad-value", value=value, reason=N_("these are several tags"))
    return text


def tags_within(value: str) -> list[str]:
    """The tags that signs set apart in a text: « craie #tableau » and « a ; b » hold two each, and
    « n° #12 » one."""
    text = tidy(value)
    if ";" in text:
        parts = text.split(";")
        return [part for part in map(str.strip, parts) if any(map(str.isalnum, part))]
    # Within a word that has none before it, the sign is part of a name: « C#net ».
    parts = re.split(r"#(?=[^\W\d])" if text.startswith("#") else r"(?<!\w)#(?=[^\W\d])", text)
    return [part for part in map(str.strip, parts) if any(map(str.isalnum, part))]


_YES = frozenset({"true", "yes", "oui", "on", "vrai"})
_NO = frozenset({"false", "no", "non", "off", "faux"})


def _read_flag(value: str) -> bool:
    word = tidy(value).lower()
    if word in _YES | _NO:
        return word in _YES
    raise ValueRefused("bad-choice", value=value, known="true, false")


def is_none(text: str) -> bool:
    """Whether a word says that there is none: « non », « aucun »."""
    return tidy(text).lower() in _NO or FLAG.value_of(text) == "false"


def _read_price(value: str) -> str:
    if is_none(value) or tidy(value).lower() in _YES:
        raise ValueRefused("price-none", value=value)
    return value


_PARTLY = frozenset(
    {"partly", "limited", "partial", "en partie", "partiel", "partielle", "partiellement"}
)


def _read_degree(value: str) -> str:
    word = tidy(value).lower()
    if word in _PARTLY:
        return "partly"
    try:
        return "yes" if _read_flag(word) else "no"
    except ValueRefused as error:
        raise ValueRefused("bad-choice", value=value, known="yes, partly, no") from error


def _read_integer(value: str) -> int:
    text = tidy(value).replace(" ", "")
    if not re.fullmatch(r"\d{1,6}", text):
        is_number = text.isdecimal() and text.isascii()
        reason = TOO_LARGE if is_number else N_("a whole number was expected")
        raise ValueRefused("out-of-range" if is_number else "bad-value", value=value, reason=reason)
    return int(text)


def _read_seats(value: str) -> int:
    seats = _read_integer(value)
    if not seats:
        reason = N_("a number from one on was expected")
        raise ValueRefused("bad-value", value=value, reason=reason)
    return seats


def _read_times(value: str) -> int:
    times = _read_integer(value)
    if not times:
        raise ValueRefused("out-of-range", value=value, reason=ONCE_AT_LEAST)
    return times


def _read_octets(value: str) -> int:
    text = re.sub(r"(?:octets?|bytes?)$", "", tidy(value).replace(" ", ""), flags=re.IGNORECASE)
    if not re.fullmatch(r"[1-9]\d{0,12}", text):
        reason = N_("the exact number of octets was expected, such as 48213504")
        raise ValueRefused("bad-value", value=value, reason=reason)
    return int(text)


def _read_few(value: str) -> int:
    number = _read_integer(value)
    if not 1 <= number <= MOST_PLACES:
        raise ValueRefused("out-of-range", value=value, reason=N_("one to nine were expected"))
    return number


def _read_language(value: str) -> str:
    text = tidy(value).lower()
    if not re.fullmatch(r"[a-z]{2,3}", text):
        reason = N_("the code of a language was expected, such as fr or en")
        raise ValueRefused("bad-value", value=value, reason=reason)
    return text


def _read_tag_of_language(value: str) -> str:
    text = tidy(value)
    found = tag_of(text)
    if found is None:
        raise ValueRefused("bad-language", value=value, better=code_meant(text) or "en")
    return found


def spoken(choices: Choices) -> BeforeValidator:
    """What reads the words of either language for the values of *choices*: « sur place ».

    For what is written by people who never saw the schema; any other word is left to the type.
    """

    def read(value: Any) -> Any:
        return (choices.value_of(value) or value) if isinstance(value, str) else value

    return BeforeValidator(read)


def _read_degrees(limit: int) -> Callable[[str], float]:
    def read(value: str) -> float:
        text = tidy(value).replace(",", ".")
        if not re.fullmatch(r"-?\d{1,3}(?:\.\d{1,12})?", text):
            raise ValueRefused("bad-value", value=value, reason=N_("degrees were expected"))
        number = float(text)
        if abs(number) > limit:
            raise ValueRefused("out-of-range", value=value, reason=N_("too many degrees"))
        return number

    return read


def _read_number(value: str) -> float:
    text = tidy(value)
    if not re.fullmatch(r"-?\d{1,7}(?:\.\d{1,20})?", text):
        raise ValueRefused("bad-value", value=value, reason=N_("a number was expected"))
    return float(text)


def _read_positive(value: str) -> float:
    number = _read_number(value)
    if number <= 0:
        raise ValueRefused("out-of-range", value=value, reason=N_("it must be above zero"))
    return number


def _read_kilometres(value: str) -> float:
    text = re.sub(r" ?km$", "", tidy(value), flags=re.IGNORECASE).replace(",", ".")
    text = text.replace(" ", "")
    if not re.fullmatch(r"\d{1,5}(?:\.\d{1,3})?", text):
        raise ValueRefused("bad-value", value=value, reason=N_("a number was expected"))
    if not float(text):
        raise ValueRefused("out-of-range", value=value, reason=N_("a way has a length"))
    if float(text) > KILOMETRES:
        raise ValueRefused("out-of-range", value=value, reason=N_("no way on Earth is that long"))
    return float(text)


def _read_outline(value: str) -> str:
    from .geography import rings

    try:
        found = list(rings(value))
    except ValueError as error:
        reason = N_("it is not an SVG path of straight lines")
        raise ValueRefused("bad-value", value=shorten(value, 40), reason=reason) from error
    if not any(len(ring) > 2 for ring in found):
        reason = N_("it encloses nothing")
        raise ValueRefused("bad-value", value=shorten(value, 40), reason=reason)
    return " ".join(value.split())


def _read_percent(value: str) -> float:
    text = re.sub(r"[\s%]", "", tidy(value)).replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,4})?", text):
        raise ValueRefused("bad-value", value=value, reason=N_("a share in per cent was expected"))
    if float(text) > 100:
        raise ValueRefused("out-of-range", value=value, reason=N_("more than 100 %"))
    return float(text)


def _read_color(value: str) -> str:
    import webcolors

    name = tidy(value).lower()
    if name not in webcolors.names("css3"):
        raise ValueRefused("bad-choice", value=value, known=", ".join(COLORS.meanings))
    return name


PROSE = "prose"
"""Marks what people write sentences in."""

MEANT = "meant"
"""Marks where a way to reach an organisation is meant to be published."""

UNSEEN = "unseen"
"""Marks what is never published."""

Title = Annotated[str, _text(TITLE_LIMIT), PROSE, forms.ONE_LINE]
Line = Annotated[str, _text(SUMMARY_LIMIT), PROSE, forms.ONE_LINE]
Lines = Annotated[tuple[Line, ...], forms.LINES]
Towns = Annotated[tuple[Line, ...], BeforeValidator(listed), forms.TOWNS]
Questions = Annotated[
    tuple[Line, ...], _at_most(QUESTIONS_LIMIT), BeforeValidator(_one), forms.LINES
]
"""As many as one has room for on a sheet of A5."""
MOST_PHOTOGRAPHS = _at_most(PHOTOGRAPHS_LIMIT)
MOST_LINKS = _at_most(LINKS_LIMIT)
MOST_ITEMS = _at_most(ITEMS_LIMIT)
MOST_DEADLINES = _at_most(DEADLINES_LIMIT)
ContactLine = Annotated[str, _text(SUMMARY_LIMIT), PROSE, MEANT, forms.ONE_LINE]
LongText = Annotated[str, _text(TEXT_LIMIT, lines=True), PROSE, forms.MANY_LINES]
Id = Annotated[str, read_by(_read_id), forms.ID]
Ids = Annotated[tuple[Id, ...], BeforeValidator(listed), forms.IDS]
ByStop = Annotated[dict[Id, Line], forms.BY_STOP]
"""Something that is said of several stops, by their ids."""
Contacts = Annotated[
    tuple[Annotated[str, read_by(_read_contact), MEANT], ...],
    BeforeValidator(listed),
    forms.CONTACTS,
]
"""Pages to write to, e-mail addresses of services, numbers of switchboards."""
HttpUrl = Annotated[str, read_by(_read_url), forms.WEB]
FilePath = Annotated[str, read_by(_read_path), forms.FILE]
Asset = Annotated[str, read_by(_read_asset), forms.ASSET]
Tag = Annotated[str, read_by(_read_tag), _text(TAG_LIMIT), PROSE, forms.ONE_LINE]
Tags = Annotated[tuple[Tag, ...], _at_most(TAGS_LIMIT), BeforeValidator(_words), forms.TAGS]
"""Free words, which nobody declares."""
LinkUrl = Annotated[str, read_by(_read_asset), forms.ASSET]
Price = Annotated[str, read_by(_read_price), _text(TITLE_LIMIT), PROSE, forms.PRICE]
"""What something costs, as people say it: `price` reads in it what is sure."""
Address = Annotated[str, read_by(_read_address), forms.ADDRESS]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(listed), forms.ADDRESSES]
Starts = Annotated[
    tuple[Address, ...], _at_most(STARTS_LIMIT), BeforeValidator(listed), forms.ADDRESSES
]
"""Addresses of pages, as many as one can choose from at a glance."""
ZoneName = Annotated[str, read_by(_read_zone), forms.ZONE]
When = Annotated[Moment, _read_date_by(parse_moment), forms.MOMENT]
Around = Annotated[SomeDays, _read_date_by(parse_period), forms.AROUND]
"""A date that is not exact."""
Until = Annotated[End, _read_date_by(parse_end), forms.END]
Day = Annotated[date, _read_date_by(parse_date), forms.DAY]
WhichDay = Annotated[DayOf, _read_date_by(parse_day_of), forms.DAY_OF]
LastDay = Annotated[date, _read_date_by(parse_last_day), forms.LAST_DAY]
TimeOfDay = Annotated[time, read_by(parse_time), forms.TIME]
TimesOfDay = Annotated[tuple[TimeOfDay, ...], BeforeValidator(listed), forms.TIMES]
Moments = Annotated[tuple[When, ...], BeforeValidator(listed), forms.MOMENTS]
DateKey = Annotated[str, _read_date_by(_as_written), forms.MOMENT]
DatesOf = Annotated[dict[DateKey, R], forms.DATES]
"""What is said of single dates of a series, by their days as they are written."""
Every = Annotated[Step, read_by(parse_step), forms.EVERY]
OnDay = Annotated[On, read_by(parse_on), forms.ON]
Ons = Annotated[tuple[OnDay, ...], BeforeValidator(listed), forms.ONS]
Duration = Annotated[timedelta, read_by(parse_duration), forms.DURATION]
Length = Annotated[timedelta, read_by(parse_length), forms.LENGTH]
"""How long a recording is: ``52:10`` is minutes and seconds, as players show it."""
Seconds = Annotated[int, read_by(parse_timecode), forms.TIMECODE]
Flag = Annotated[bool, read_by(_read_flag), FLAG]
Degree = Annotated[Literal["yes", "partly", "no"], read_by(_read_degree), DEGREE]
"""Whether something holds, or does in part."""
Count = Annotated[int, read_by(_read_integer), forms.COUNT]
Seats = Annotated[int, read_by(_read_seats), forms.COUNT]
Times = Annotated[int, read_by(_read_times), forms.COUNT]
"""How many times something is held."""
Octets = Annotated[int, read_by(_read_octets), forms.OCTETS]
Few = Annotated[int, read_by(_read_few), forms.FEW]
"""One to nine: of persons whom one can know by their names."""
Period = Annotated[Months, read_by(parse_months), forms.PERIOD]
Periods = Annotated[tuple[Period, ...], BeforeValidator(listed), forms.PERIODS]
Language = Annotated[str, read_by(_read_language)]
LanguageTag = Annotated[str, read_by(_read_tag_of_language), forms.LANGUAGE]
"""A tag of BCP 47."""
Languages = Annotated[tuple[Language, ...], BeforeValidator(listed), forms.LANGUAGES]
Percent = Annotated[float, read_by(_read_percent), forms.PERCENT]
Latitude = Annotated[float, read_by(_read_degrees(90)), forms.DEGREES]
Longitude = Annotated[float, read_by(_read_degrees(180)), forms.DEGREES]
Number = Annotated[float, read_by(_read_number), forms.NUMBER]
Numbers = Annotated[tuple[Number, ...], forms.NUMBERS]
Kilometres = Annotated[float, read_by(_read_kilometres), forms.KILOMETRES]
Positive = Annotated[float, read_by(_read_positive), forms.NUMBER]
Outline = Annotated[str, _text(TEXT_LIMIT, lines=True), read_by(_read_outline), forms.OUTLINE]
Color = Annotated[str, read_by(_read_color), forms.COLOR, COLORS]


def _read_withdrawn(value: str) -> str:
    text = tidy(value)
    if not re.fullmatch(rf"{ID.pattern}/{ID.pattern}", text):
        raise ValueRefused("bad-id", value=value, better="comptoirs/mon-sujet")
    return text


Withdrawn = Annotated[
    tuple[Annotated[str, read_by(_read_withdrawn)], ...], BeforeValidator(listed), forms.WITHDRAWN
]


def _read_origin(value: str) -> str:
    text = tidy(value).lower().removesuffix("/")
    if not ORIGIN.fullmatch(text):
        raise ValueRefused("bad-origin", value=value)
    return text


def _read_code(value: str) -> str:
    """A host whose scripts may run, or one script (CSP Level 3, section 2.3.1)."""
    text = tidy(value).strip("'")
    return text if _SCRIPT_HASH.fullmatch(text) else _read_origin(value)


_SCRIPT_HASH = re.compile(r"sha256-[A-Za-z0-9+/]{43}=")
Origins = Annotated[
    tuple[Annotated[str, read_by(_read_origin)], ...], BeforeValidator(listed), forms.ORIGINS
]
Scripts = Annotated[
    tuple[Annotated[str, read_by(_read_code)], ...], BeforeValidator(listed), forms.SCRIPTS
]


_REFUSALS = frozenset({"no", "non", "none", "false", "faux", "0", "aucun", "refus", "refuse"})
_WAITING = ("en-attente", "pending", "to-ask", "a-demander")
_OVER = ("plus-d-accord", "n-est-plus", "ne-veut-plus", "ne-souhaite-plus", "no-longer", "retrait")
_TAKEN_BACK = frozenset(
    {"retire", "retiree", "revoque", "revoquee", "refuse", "refusee", "withdrawn", "revoked"}
    | {"withdrew", "refused"}
)
_FEW_WORDS = 5
"""Of a sentence, those that tell whether it says yes: « elle a retiré son accord le 3 mars »."""


def is_no_consent(text: str) -> bool:
    """Whether a text in place of a consent says that there is none: not yet, or not any more."""
    said = slug(text)
    words = said.split("-")[:_FEW_WORDS]
    return (
        said in _REFUSALS
        or text.strip().startswith("?")
        or said.startswith((*_WAITING, *_OVER))
        or not _TAKEN_BACK.isdisjoint(words)
    )


_BARE = frozenset(
    {
        *("oui", "ok", "okay", "vrai", "accord", "accordé", "accepte", "accepté", "consentement"),
        *("consenti", "donné", "donnée", "validé", "bien", "sûr", "x", "o", "y", "1", "yes"),
        *("true", "agree", "agreed", "accepted", "consent", "consented", "given", "granted"),
        *("pour", "moi", "par", "elle", "lui", "il", "a", "de", "sa", "son", "un", "une", "le"),
        *("la", "by", "the", "is", "has", "her", "his", "i", "she", "he"),
    }
)
"""Words of which a consent that says neither how nor when is made."""


def is_bare_consent(text: str) -> bool:
    """Whether a consent says neither how nor when it was given."""
    said = re.findall(r"[^\W_]+", re.sub(r"\b[jdl]['’]", "", text.lower()))
    return all(word in _BARE for word in said)


def is_bare_answer(text: str) -> bool:
    """Whether a reason is none: « oui » where « why » was asked."""
    return re.sub(r"\W+", "", text.lower()) in _ANSWERS


_ANSWERS = frozenset({"", "oui", "yes", "true", "vrai", "ok", "non", "no", "exception"})

Consent = Annotated[str, read_by(tidy), _text(SUMMARY_LIMIT), UNSEEN, forms.CONSENT]
