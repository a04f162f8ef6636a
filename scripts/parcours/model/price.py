"""What something costs, as far as what people say of it can be read for sure.

A price is shown as it was said. What machines are told stands here: « 25 € (étudiants 10 €) » is
two offers; « à partir de 10 € », « $10 » or « prix libre » are none, since nobody can know which
amount or which dollar is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .names import slug


@dataclass(frozen=True)
class Offer:
    """An amount, and for whom it is.

    Attributes:
        amount: as a decimal number: ``25``, ``12.50``.
        currency: ISO 4217.
        name: for whom; "" for everybody.
    """

    amount: str
    currency: str
    name: str = ""


@dataclass(frozen=True)
class Read:
    """What is sure of a price.

    Attributes:
        is_free: whether everybody takes part for nothing; None where that is not known.
    """

    is_free: bool | None = None
    offers: tuple[Offer, ...] = ()


UNREAD = Read()

_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "us$": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "au$": "AUD",
    "a$": "AUD",
    "nz$": "NZD",
    "$us": "USD",
    "$ca": "CAD",
    "euro": "EUR",
    "euros": "EUR",
    "fcfp": "XPF",
    **{
        code.lower(): code
        for code in (
            *("EUR", "USD", "GBP", "CAD", "CHF", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN"),
            *("CZK", "HUF", "RON", "BGN", "XPF", "XOF", "XAF", "MAD", "TND", "BRL"),
        )
    },
}
"""What stands for one currency alone: « $ », « F » and « kr » stand for several."""

_CURRENCY = "|".join(re.escape(one) for one in sorted(_SIGNS, key=len, reverse=True))
_NUMBER = r"(?:\d{1,3}(?: \d{3}){1,2}|\d{1,6})(?:[.,]\d{2})?"
_AMOUNT = re.compile(
    rf"(?<![\w$€£.,])(?:(?P<before>{_CURRENCY}) ?(?P<after_sign>{_NUMBER})"
    rf"|(?P<number>{_NUMBER}) ?(?P<behind>{_CURRENCY}))(?![\w$€£]|[.,]\d)",
    re.IGNORECASE,
)
_FREE = frozenset(
    {
        *("gratuit", "gratuite", "gratuits", "entree-libre", "entree-gratuite", "acces-gratuit"),
        *("entree-libre-et-gratuite", "libre-et-gratuit", "participation-gratuite"),
        *("free", "free-of-charge", "free-entry", "free-admission", "free-entrance"),
    }
)
_HOW = re.compile(
    r"[,;:]? (?:sur (?:simple )?(?:inscription|réservation)"
    r"|on registration|registration required|inscription obligatoire)$",
    re.IGNORECASE,
)
_UNSURE = frozenset(
    {
        *("partir", "des", "environ", "minimum", "mini", "min", "maximum", "maxi", "max", "jusqu"),
        *(
            "conseille",
            "conseillee",
            "suggere",
            "libre",
            "don",
            "entre",
            "ou",
            "plus",
            "ht",
            "hors",
        ),
        *("par", "jour", "mois", "an", "heure", "from", "about", "around", "least", "suggested"),
        *("up", "to", "or", "per", "day", "month", "hour", "donation", "between", "excl", "vat"),
        *("plus", "and", "et", "a", "acompte", "caution", "deposit", "reduction", "discount"),
        *("remise", "off", "moins", "less", "puis", "then", "avant", "before", "apres", "after"),
        *("remboursable", "remboursables", "refundable", "refunded", "non", "not", "sauf"),
        *("except", "rembourse", "rembourses", "remboursee", "remboursees", "reductions"),
        *("dont", "compris", "comprise", "incluant", "including", "included", "includes", "approx"),
        *("approximativement", "approximately", "env", "roughly", "circa", "ca", "presque"),
        *("dons", "donations", "acomptes", "cautions", "deposits", "discounts", "remises"),
        *("jours", "heures", "conseilles", "conseillees", "days", "months", "hours"),
        *("gratuit", "gratuite", "gratuits", "gratuites", "gratis", "free"),
        *("repas", "dejeuner", "diner", "meal", "meals", "lunch", "dinner"),
    }
)
"""Words beside an amount by which it is another, or more than a price."""


def read_price(said: str | None) -> Read:
    """What is sure of a price; nothing where one part of it is not understood."""
    if not said:
        return UNREAD
    text = re.sub(r"\s+", " ", said).strip(" .")
    if slug(_HOW.sub("", text)) in _FREE:
        return Read(is_free=True)
    offers = [_offer(part) for part in _parts(text)]
    known = [one for one in offers if one is not None]
    if not known or len(known) < len(offers) or not _are_apart(known):
        return UNREAD
    if all(not float(one.amount) for one in known):
        return Read(is_free=True)
    paid = all(float(one.amount) for one in known)
    return Read(is_free=False if paid else None, offers=tuple(known))


def _parts(text: str) -> list[str]:
    """What stands between signs that part prices; a comma between digits parts none."""
    found = re.split(r"[();/–—|]|,(?!\d)|\.(?= )| - ", text)
    return [part.strip(" :") for part in found if part.strip(" :")]


def _are_apart(offers: Iterable[Offer]) -> bool:
    """Whether each is for others: of two prices for everybody, nobody knows which holds."""
    names = [slug(one.name) for one in offers]
    return len(set(names)) == len(names)


def _offer(part: str) -> Offer | None:
    found = list(_AMOUNT.finditer(part))
    if len(found) != 1:
        return None
    one = found[0]
    name = " ".join(f"{part[: one.start()]} {part[one.end() :]}".split()).strip(" :.,")
    is_signed = part[: one.start()].rstrip().endswith(("-", "−", "‑"))
    if is_signed or re.search(r"[\d$€£%+~≈±<>≤≥*×]", name) or _is_unsure(name):
        return None
    number = (one["number"] or one["after_sign"]).replace(" ", "").replace(",", ".")
    return Offer(number, _SIGNS[(one["behind"] or one["before"]).lower()], _named(name))


def _is_unsure(name: str) -> bool:
    return bool(_UNSURE & set(slug(name).split("-")))


def _named(name: str) -> str:
    """For whom: « TTC » or « tarif unique » is for everybody."""
    return "" if slug(name) in _FOR_ALL else name


_FOR_ALL = frozenset(
    {"ttc", "tarif", "tarif-unique", "prix", "price", "incl-tax", "entree", "entry", "admission"}
)
