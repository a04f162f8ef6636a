"""E-mail addresses and phone numbers in a text, however people write them.

They are found by their shape. A library that knows the numbering plans (phonenumbers) tells which
numbers are assigned: it finds those of books and of paths, and misses some that people write.

Every pattern is linear: what may repeat has a bound, and no part can take what the next one takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from .authored import without_code
from .spelt import SEAM, spelt

Sort = Literal["email", "phone"]


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody.

    Attributes:
        start: where it begins in the text as it is written.
        end: where what follows it begins.
        key: the same for all ways to write it: an address in lower case, a number as E.164 has it.
        masked: as much of it as its author knows it by, and nobody else: logs are public.
    """

    sort: Sort
    start: int
    end: int
    key: str
    masked: str


CODES: Mapping[Sort, str] = {"email": "email-address", "phone": "phone-number"}
"""By what problem a contact is told."""


def contacts(text: str) -> Sequence[Contact]:
    """Every one of a text, in order."""
    return _contacts(text) if len(text) <= SHORT else _contacts.__wrapped__(text)


SHORT = 20_000
"""Characters of a text of which it is kept what was found: a preview looks again and again."""


@lru_cache(maxsize=1_000)
def _contacts(text: str) -> Sequence[Contact]:
    spelling = spelt(text)
    said = spelling.said
    found = sorted({*_emails(said), *_phones(said)})
    if not found:
        return ()
    code = _in_code(text)
    out: list[Contact] = []
    for start, end, sort, key, loose in found:
        first, last = spelling.written(start), spelling.written(end)
        overlaps = bool(out) and first < out[-1].end
        if not overlaps and not (loose and code[first] != text[first]):
            out.append(Contact(sort, first, last, key, _masked(sort, key, said[start:end])))
    return tuple(out)


def _masked(sort: Sort, key: str, said: str) -> str:
    if sort == "email":
        return f"{key[0]}…@….{key.rpartition('.')[2]}"
    return f"{said[: 3 if said[0] == '+' else 2]}…{said[-2:]}"


def _in_code(text: str) -> str:
    return without_code(text) if "`" in text or "~~~" in text else text


_Found = tuple[int, int, Sort, str, bool]
"""Where it begins and ends, what it is, its key, and whether in code it would be something else."""

# E-mail addresses (RFC 5322, section 3.4.1), and what people write to hide them from robots.

_SPACES = " \t\u00a0\u202f"
_SPACE = f"[{_SPACES}]"
_AROBASE = "arr?obas(?:e|es)?"
_AT = re.compile(
    rf"(?P<sign>[@\uff20\ufe6b])"
    rf"|{_SPACE}{{0,2}}[\[({{<]{_SPACE}?(?:at|chez|{_AROBASE}|[@\uff20]){_SPACE}?[\])}}>]{_SPACE}{{0,2}}"
    rf"|(?<=\w)[\[({{<][aà][\])}}>](?=\w)"
    rf"|{_SPACE}{{1,2}}\[à\]{_SPACE}{{1,2}}"
    rf"|{_SPACE}{_AROBASE}{_SPACE}"
    rf"|(?P<bare>{_SPACE}(?:-at-|at){_SPACE}|(?<=[^\W_])_at_(?=[^\W_]))",
    re.IGNORECASE,
)
_SIGNS = (
    *("@", "\uff20", "\ufe6b", "arob", "arrob", "_at_", "-at-"),
    *(f"{one}at{other}" for one in _SPACES for other in _SPACES),
    *(f"{word}{end}" for word in ("at", "chez", "a", "à") for end in "])}>"),
    *(f"{word}{space}{end}" for word in ("at", "chez") for space in _SPACES for end in "])}>"),
)
"""One of them is in all that `_AT` finds."""

_DOT = (
    rf"(?:\.|{_SPACE}{{0,2}}[\[({{<]{_SPACE}?(?:dot|point|pt|\.){_SPACE}?[\])}}>]{_SPACE}{{0,2}}"
    rf"|{_SPACE}(?:dot|point){_SPACE})"
)
_LABEL = rf"{SEAM}?[^\W_][\w\-{SEAM}]{{0,62}}"
_NAME = rf"{_LABEL}(?:{_SPACE}tiret{_SPACE}{_LABEL}){{0,3}}"
_DOMAIN = re.compile(
    rf"(?:{_NAME}{_DOT}){{1,8}}{SEAM}?(?:xn--[a-z0-9-]{{2,40}}|[^\W\d_](?:{SEAM}?[^\W\d_]){{1,23}})"
    rf"(?![^\W_]|-\w)",
    re.IGNORECASE,
)
_DOTS = re.compile(_DOT, re.IGNORECASE)
_HYPHENS = re.compile(rf"{_SPACE}tiret{_SPACE}", re.IGNORECASE)
_LOCAL = re.compile(rf"[\w.+\-{SEAM}]{{0,64}}")
_SPELT_DOMAINS = frozenset(
    "com org net eu fr re gp mq gf nc pf be ch lu ca de es it uk io".split()  # noqa: SIM905 (as the list below)
)
"""What ends an address that is spelt in words which are also words of a sentence."""

_FILES = frozenset(
    """
    avif bmp conf cpp css csv gif go gz htm html ics ico ini java jpeg jpg js json jsx kt lock log
    lua m4a map md mjs mp3 mp4 ogg opus pdf php png rb svg tar tgz toml ts tsx txt vtt vue webm webp
    xml yaml yml
    """.split()  # noqa: SIM905 (thirty quoted words are harder to read)
)
"""Ends of names of files, of which only « md » is also a domain: ``logo@2x.png``."""

_MACHINES = frozenset({"local", "localhost", "lan", "internal"})
_SERVICES = re.compile(
    r"thread\.(?:skype|tacv2|v2)|(?:group|import|resource)\.(?:v\.)?calendar\.google\.com"
)
"""What names a conversation or a calendar of theirs, as an address would."""

_REMOTE = re.compile(
    r"(?<![\w-])(?:ssh|sftp|mosh|ssh-copy-id)(?:[ ]-\w{1,9}(?:[ ][\w./~]{1,40})?){0,4}[ ]\Z"
)
_PATH = re.compile(r":(?:~|[^\s/]{0,80}/)")


def _holds(said: str, hints: Sequence[str]) -> bool:
    """Whether any of a few words is there: that is known far sooner than where a pattern fits."""
    folded = said.lower()
    return any(hint in folded for hint in hints)


def _emails(said: str) -> Iterator[_Found]:
    past = 0
    for sign in _AT.finditer(said) if _holds(said, _SIGNS) else ():
        start, end = sign.span()
        spaced = sign["sign"] and said[start - 1 : start].isspace() and said[end : end + 1] == " "
        if spaced:
            start, end = start - 1, end + 1
        back = _LOCAL.match(said[max(past, start - 64) : start][::-1])
        local = (back[0][::-1] if back else "").lstrip(f"._-+{SEAM}")
        domain = _DOMAIN.match(said, end)
        if not local or domain is None:
            continue
        begin = start - len(local)
        name = _HYPHENS.sub("-", _DOTS.sub(".", domain[0])).replace(SEAM, "").casefold()
        loose = not sign["sign"] or bool(spaced)
        if _is_address(said, begin, domain.end(), name, sign["bare"] is not None, domain[0]):
            past = domain.end()
            key = f"{local.replace(SEAM, '').casefold()}@{name}"
            yield begin, domain.end(), "email", key, loose


def _is_address(said: str, begin: int, end: int, name: str, bare: bool, domain: str) -> bool:
    last = name.rpartition(".")[2]
    if last in _MACHINES or _SERVICES.fullmatch(name):
        return False
    if last in _FILES and (last != "md" or bare):
        return False
    if said.startswith("git@", begin):
        return False
    if bare and "_" not in said[begin:end] and ("." in domain or last not in _SPELT_DOMAINS):
        return False
    before = said[max(0, begin - 90) : begin]
    if before[-1:] in {"@", "＠"} or before.endswith("//") or re.search(r"//[^\s/]*:\Z", before):
        return False  # a name of a network, or who asks in an address
    return not (_PATH.match(said, end) or _REMOTE.search(before.rpartition("\n")[2]))


# Phone numbers (E.164), as people part them.

_MARKS = ".\\-/·•‐‑–—"
_SEP = rf"(?:[ \t\u00a0\u2000-\u200a\u202f{_MARKS}(){SEAM}]{{0,4}}|[ ]?\n[ \t>]{{0,20}})"
_BEFORE = r"(?<![\w+][+0])(?<!\d[.,][+0])(?<!\w-[+0])"
"""After the sign with which a number begins, as what is looked for begins with it."""

_NATIONAL = re.compile(rf"0{_BEFORE}{_SEP}[1-9](?:{_SEP}\d){{8}}(?!\w|[.,]\d)")
_ABROAD = rf"[+0]{_BEFORE}(?:(?<=\+)|0){_SEP}"
_PLAN = "33|262|590|594|596"
_FRENCH = re.compile(rf"{_ABROAD}(?:{_PLAN}){_SEP}(?:0{_SEP})?[1-9](?:{_SEP}\d){{8}}(?!\d)")
_FOREIGN = re.compile(rf"{_ABROAD}(?!{_PLAN})[1-9](?:{_SEP}\d){{6,14}}(?!\w)")
_DIALLED: Mapping[str, frozenset[int]] = {
    code: frozenset(map(int, lengths.split()))
    for code, lengths in {
        **{"31": "9", "32": "8 9", "34": "9", "39": "9 10", "41": "9", "44": "10", "49": "10 11"},
        **{"212": "9", "213": "8 9", "216": "8", "221": "9", "223": "8", "225": "10", "226": "8"},
        **{"228": "8", "230": "8", "237": "9", "241": "8", "242": "9", "243": "9", "261": "9"},
        **{"351": "9", "352": "6 8 9", "376": "6", "377": "8", "508": "6", "681": "6"},
        **{"687": "6", "689": "8"},
    }.items()
}
"""Countries to which people of these communities dial 00, and how many digits follow their code."""

_GAP = "[ .\u00a0\u202f]"
_ELSEWHERE: Mapping[str, re.Pattern[str]] = {
    "32": re.compile(
        rf"0{_BEFORE}(?:[2349](?:/[ ]?(?=\d{{3}}(?P<gap>{_GAP}))|(?P<same>{_GAP}))[2-9]\d\d"
        rf"(?:(?P=gap)\d\d(?P=gap)|(?P=same)\d\d(?P=same))\d\d"
        rf"|[1-9]\d/[ ]?\d\d(?P<inner>{_GAP})\d\d(?P=inner)\d\d)(?!\w|[.,/\-]\d)"
    ),
    "44": re.compile(
        rf"0{_BEFORE}(?:(?:2\d\)?[ ]\d{{4}}|1(?:\d1|1\d)\)?[ ]\d{{3}})[ ]\d{{4}}"
        rf"|[17]\d{{3}}\)?[ ](?:\d{{6}}|\d{{3}}[ ]\d{{3}}))(?!\w|[.,/\-]\d)"
    ),
}
"""By the code of a country, numbers as it alone parts them within: nobody parts other things so."""

_AMERICAN = re.compile(
    r"(?<![\w.,+/@#=&?%\-])(?:1[ .\-])?"
    r"(?:\((?!.11)[2-9][0-8]\d\)[ ]?|(?!.11)[2-9][0-8]\d[ .\-])(?!.11)[2-9]\d\d[.\-]\d{4}"
    r"(?!\w|[.,\-]\w)"
)
"""Of the North American plan (code 1), which has no area N9X and no N11; with spaces alone, it
would be that of a video call."""

_AMERICAN_END = re.compile(r"[.\-]\d{4}")
"""In all that `_AMERICAN` finds, and found far sooner: that one may begin anywhere."""

_LINKED = re.compile(
    rf"(?:(?<!\w)(?:tel|sms|callto|facetime):(?://)?[ ]?"
    rf"|(?<!\w)(?:t[eé]l(?:[eé]phone|efon)?|phone|mobile?|fax)"
    rf"(?:\.?{_SPACE}?:{_SPACE}?|\.?{_SPACE}?(?=[0+(]))"
    rf"|(?<=wa\.me/)|(?<=[?&]phone=)|(?<=signal\.me/#p/)|(?<=t\.me/)(?=\+))"
    rf"(?P<number>\(?\+?\d(?:{_SEP}\d){{5,14}})(?!\w)",
    re.IGNORECASE,
)
_LINKS = (
    "tel",
    "tél",
    "phone",
    "mobil",
    "fax",
    "sms:",
    "callto:",
    "facetime:",
    "wa.me/",
    "signal.me/",
    "t.me/",
)
"""One of them is in all that `_LINKED` finds."""

_NOT_SAID = re.compile(
    r"(?:https?|ftp)://[^\s<>\"'`)\]]+"
    r"|;base64,[A-Za-z0-9+/=]+"
    r"|\b[A-Z]{2}\d\d(?:[ \u00a0]?[0-9A-Z]{4}){3,7}(?:[ \u00a0]?[0-9A-Z]{1,3})?\b"
    r"|(?<![\w+.,])[1-478][ \u00a0\u202f]\d\d[ \u00a0\u202f](?:0[1-9]|1[0-2]|[2-9]\d)"
    r"[ \u00a0\u202f](?:\d\d|2[AB])[ \u00a0\u202f]\d{3}[ \u00a0\u202f]\d{3}"
    r"(?:[ \u00a0\u202f]{1,3}(?:/[ ])?\d\d)?(?!\w)"
    r"|(?<!\w)\d{5}[ \u00a0]\d{5}[ \u00a0][0-9A-Z]{11}[ \u00a0]\d\d(?!\w)"
    r"|(?<![\w-])(?:d|points|transform|gradientTransform|viewBox|values|keyTimes|keySplines"
    r"|tableValues|stroke-dasharray|path|style|from|to|by|x|y|dx|dy|rotate|sodipodi:nodetypes)"
    r"[ \t\n]{0,9}=[ \t\n]{0,9}(?:\"[^\"]*+\"|'[^']*+')"
)
"""Addresses of pages, pictures, accounts (IBAN), persons as social security counts them in France
(NIR), accounts there (RIB), outlines of drawings: no numbers to call."""

_NAMED = re.compile(
    r"\b(?:(?:isbn|ean)(?:[ -]?1[03])?|issn|siret|siren|rcs|iban|rib|bic|doi|orcid|tva|nda|rna|uai"
    r"|nir|code[ -]barres?)\b"
    r"\W{0,6}(?:n[°o]|num[ée]ro)?\W{0,4}\Z",
    re.IGNORECASE,
)
"""What is written before the numbers of other things."""

_COUNTED = re.compile(
    r"\b(?:réf|ref|référence|dossier|facture|commande|version|build|id|zoom)\b\W{0,6}"
    r"(?:n[°o]|num[ée]ro)?\W{0,4}\Z",
    re.IGNORECASE,
)
"""The same, which may stand before a phone number too, but not before one that is glued."""

_VERSIONED = re.compile(
    r"\b(?:release|r[ée]vision|firmware|logiciel|ip|ipv4)\b\W{0,4}\Z", re.IGNORECASE
)
"""What is written before versions and the addresses of machines, which have dots too."""

_PARTS = re.compile(r"\D+|\d+")
_UNIT = re.compile(r"[ \u00a0\u202f]?[€$£%]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OVERSEAS = {
    code: tuple(prefixes.split())
    for code, prefixes in {
        "262": "262 263 269 639 692 693",
        "590": "590 690 691",
        "594": "594 694",
        "596": "596 696 697",
    }.items()
}
"""Country codes of the overseas territories within the French plan, and how their numbers begin."""


def _phones(said: str) -> Iterator[_Found]:
    shapes = (_NATIONAL, _FRENCH, _FOREIGN, *_ELSEWHERE.values())
    is_there = any(one.search(said) for one in shapes)
    if is_there or (_AMERICAN_END.search(said) and _AMERICAN.search(said)):
        yield from _in_text(_NOT_SAID.sub(lambda found: "\0" * len(found[0]), said))
    for found in _LINKED.finditer(said) if _holds(said, _LINKS) else ():
        if _is_dated(_parted(found["number"])[0]):
            continue
        digits = _digits(found["number"].replace("(0)", ""))
        national = digits.startswith("0") and len(digits) == 10 and "+" not in found[0]
        key = _e164(digits[1:]) if national else _key(digits.removeprefix("00"))
        yield found.start("number"), found.end(), "phone", key, False


def _in_text(shown: str) -> Iterator[_Found]:
    for found in _NATIONAL.finditer(shown):
        digits = _digits(found[0])
        if _is_national(shown, found):
            yield found.start(), found.end(), "phone", _e164(digits[1:]), digits in found[0]
    for found in _FRENCH.finditer(shown):
        if not _is_parted_oddly(found[0]):
            number = _digits(found[0]).removeprefix("00")
            yield found.start(), found.end(), "phone", _key(number), False
    for found in _FOREIGN.finditer(shown):
        number = _digits(found[0].replace("(0)", "")).removeprefix("00")
        if _is_foreign(shown, found, number):
            is_glued = number in found[0] and "+" not in found[0]
            yield found.start(), found.end(), "phone", _key(number), is_glued
    for code, shape in _ELSEWHERE.items():
        for found in shape.finditer(shown):
            if not _is_of_others(shown, found):
                number = _digits(found[0])[1:]
                yield found.start(), found.end(), "phone", f"+{code}{number}", False
    for found in _AMERICAN.finditer(shown):
        if not _is_named(shown, found):
            number = _digits(found[0])[-10:]
            yield found.start(), found.end(), "phone", f"+1{number}", False


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _e164(number: str) -> str:
    """A number of the French plan, without its 0."""
    code = next((one for one, begins in _OVERSEAS.items() if number.startswith(begins)), "33")
    return f"+{code}{number}"


def _key(number: str) -> str:
    """A number with its country's code; of the French plan, its 0 is not dialled."""
    for code in _PLAN.split("|"):
        if number.startswith(f"{code}0") and len(number) > len(code) + 9:
            return f"+{code}{number[len(code) + 1 :]}"
    return f"+{number}"


def _parted(text: str) -> tuple[list[str], list[str]]:
    """The groups of digits of a number, and what parts them: a mark, or a space for all others."""
    parts = _PARTS.findall(text)
    groups = [one for one in parts if one[0].isdecimal()]
    between = [one for one in parts if not one[0].isdecimal() and "+" not in one]
    seps = ["".join(char for char in one if char in _MARKS) or " " for one in between]
    return groups, [sep for sep, one in zip(seps, between, strict=True) if one != SEAM]


def _is_dated(groups: list[str]) -> bool:
    """Whether three groups in a row are a date."""
    for one, two, three in zip(groups, groups[1:], groups[2:], strict=False):
        lengths = (len(one), len(two), len(three))
        if lengths == (2, 2, 4) and _YEAR.fullmatch(three):
            return True
        if lengths == (4, 2, 2) and _YEAR.fullmatch(one):
            return True
    return False


def _is_parted_oddly(text: str) -> bool:
    """Whether it is a date, or stands on several lines as a list does."""
    return text.count("\n") > 1 or _is_dated(_parted(text)[0])


def _is_national(text: str, found: re.Match[str]) -> bool:
    groups, seps = _parted(found[0])
    before = text[max(0, found.start() - 30) : found.start()]
    after = text[found.end() : found.end() + 40]
    if _NAMED.search(before) or _is_parted_oddly(found[0]):
        return False
    if len(groups) == 1:
        # The number of a file, a page or a thing.
        if before[-1:] in set("/-=#_&?%") or re.match(r"\.\w|-\d", after):
            return False
        return len(set(groups[0])) > 1 and not _COUNTED.search(before)
    if seps == [".", "."] and _is_firm("".join(groups)):
        return False
    alone = groups[0] == "0" and ")" not in found[0]
    if alone and set(seps) != {" "}:
        return False
    if len(set(seps[1:])) > 1 or any(len(one) < 2 for one in groups[1:]) or _UNIT.match(after):
        return False
    return not _is_counted(groups, seps, before, after)


def _is_firm(digits: str) -> bool:
    """Whether it is the number of a firm in Belgium, whose last two digits check the others."""
    return 97 - int(digits[:8]) % 97 == int(digits[8:])


def _is_counted(groups: list[str], seps: list[str], before: str, after: str) -> bool:
    """Whether it is a piece of a longer row: « 00 01 02 03 04 05 06 »."""
    spaced = seps[-1] == " "
    sep = "[ \u00a0\u202f]" if spaced else re.escape(seps[-1])
    row = re.match(rf"(?:{sep}\d\d(?!\w)){{0,12}}", after)
    following = re.findall(r"\d\d", row[0] if row else "")
    if following and (not spaced or int(following[0]) == int(groups[-1]) + 1):
        return True
    if len(following) > 1 and len(following) % len(groups):
        return True  # more than one number, and no whole second one
    if following and spaced and _is_row([*map(int, [*groups, *following])]):
        return True
    first = re.search(rf"(?<!\w)([0-9a-f]{{2}}){sep}\Z", before)
    return first is not None and (not first[1].isdecimal() or int(first[1]) == int(groups[0]) - 1)


def _is_row(numbers: Sequence[int]) -> bool:
    """Whether six numbers or more are a list that goes up, or hours that do."""
    times = [hour * 60 + minute for hour, minute in zip(numbers[::2], numbers[1::2], strict=False)]
    timed = len(numbers) % 2 == 0 and max(numbers[::2]) < 24 and max(numbers[1::2]) < 60
    return _goes_up(numbers) or (timed and _goes_up(times))


def _goes_up(row: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(row))


def _is_named(text: str, found: re.Match[str]) -> bool:
    """Whether what stands before says that it is another number."""
    before = text[max(0, found.start() - 30) : found.start()]
    return any(one.search(before) for one in (_NAMED, _COUNTED, _VERSIONED))


def _is_of_others(text: str, found: re.Match[str]) -> bool:
    """Whether it is a piece of a row, of an address or of a sum, or called something else."""
    before, after = text[: found.start()][-3:], text[found.end() : found.end() + 3]
    is_piece = re.search(r"\d[ \u00a0]{1,2}\Z|[/=#_&?%-]\Z", before)
    in_row = re.match(r"[ \u00a0\u202f]\d", after) or _UNIT.match(after)
    return bool(is_piece or in_row) or _is_named(text, found)


def _is_dialled(text: str, found: re.Match[str], number: str, groups: list[str]) -> bool:
    """Whether a number with 00 before it, in one piece or two, is that of a country.

    Numbers of things (GTIN) and of firms (SIRET) end with a digit that checks the others.
    """
    code = next((number[:n] for n in (2, 3) if number[:n] in _DIALLED), "")
    if not code or len(number) - len(code) not in _DIALLED[code] or _is_of_others(text, found):
        return False
    if len(groups) == 2:
        return groups[0] in {"00", f"00{code}"}
    digits = [*map(int, reversed(f"00{number}"))]
    doubled = sum(sum(divmod(2 * one, 10)) for one in digits[1::2])
    is_siret = len(digits) == len("12345678900012") and (sum(digits[::2]) + doubled) % 10 == 0
    is_gtin = (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0
    return not (is_siret or is_gtin or re.match(r"\.\w|-\d", text[found.end() : found.end() + 2]))


def _is_foreign(text: str, found: re.Match[str], number: str) -> bool:
    groups, seps = _parted(found[0])
    if _is_parted_oddly(found[0]) or _UNIT.match(text, found.end()):
        return False
    counted = re.search(r"\d[ \u00a0]{1,2}\Z", text[max(0, found.start() - 3) : found.start()])
    known = len(groups) >= 3 and len(number) >= 9 and len(set(seps[1:])) == 1
    if "+" not in found[0] and len(groups) < 3:
        return _is_dialled(text, found, number, groups)
    if "+" not in found[0] and (counted or not known):
        return False
    if len(number) < 8:
        return False
    amount = len(groups[0]) <= 3 and len(groups) > 1 and all(len(one) == 3 for one in groups[1:])
    return not (amount and "(" not in found[0] and (len(number) <= 9 or number.endswith("000")))
