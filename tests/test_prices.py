"""What is read of a price is sure; whatever else it says is shown, and told to no machine."""

from __future__ import annotations

import pytest

from parcours.model.price import Offer, Read, read_price


@pytest.mark.parametrize(
    "said",
    [
        *("gratuit", "Gratuit.", "Gratuite", "Entrée libre", "Gratuit, sur inscription", "0 €"),
        *("Free", "free of charge", "free entry", "Entrée libre et gratuite", "Free admission"),
    ],
)
def test_what_costs_nothing(said: str) -> None:
    assert read_price(said) == Read(is_free=True)


@pytest.mark.parametrize(
    ("said", "offers"),
    [
        ("25 €", [("25", "EUR", "")]),
        ("25\u00a0€", [("25", "EUR", "")]),
        ("€25", [("25", "EUR", "")]),
        ("25,50 €", [("25.50", "EUR", "")]),
        ("£12.50", [("12.50", "GBP", "")]),
        ("1 200 €", [("1200", "EUR", "")]),
        ("10 USD", [("10", "USD", "")]),
        ("US$10", [("10", "USD", "")]),
        ("CHF 30", [("30", "CHF", "")]),
        ("30 euros TTC", [("30", "EUR", "")]),
        ("25 € (étudiants 10 €)", [("25", "EUR", ""), ("10", "EUR", "étudiants")]),
        ("Demi-tarif 5 €", [("5", "EUR", "Demi-tarif")]),
        ("25 €, étudiants : 10 €", [("25", "EUR", ""), ("10", "EUR", "étudiants")]),
        (
            "Plein tarif 25 € / tarif réduit 12,50 €",
            [("25", "EUR", "Plein tarif"), ("12.50", "EUR", "tarif réduit")],
        ),
    ],
)
def test_what_is_sure(said: str, offers: list[tuple[str, str, str]]) -> None:
    assert read_price(said) == Read(False, tuple(Offer(*one) for one in offers))


@pytest.mark.parametrize(
    "said",
    [
        # Which dollar, which amount, for whom: nobody can know.
        *("$10", "10 $", "10", "de 10 à 25 €", "10-25 €", "10 € ou 25 €", "à partir de 10 €"),
        *("prix libre", "10 € HT", "environ 10 €", "10 € par jour", "10 € / 25 €", "don de 5 €"),
        *("Gratuit pour les membres", "gratuit (hors repas)", "1.200 €", "1,200 €", "10 % de 30 €"),
        *("from £10", "5 € de réduction", "25 € + 3 € de frais", "25 €*2", "2x25 €", "", "payant"),
        # Beside what is free, something is sold; an amount is taken off, or is within another.
        *("Gratuit. Repas : 12 €", "Free entry. Lunch €12", "Entrée gratuite repas 12 €"),
        *("40 € (étudiants -10 €)", "-5 €", "−5 €", "- 5 €", "25 €, dont 5 € de repas", "~25 €"),
        *("25 €, including £5", "25 € (location 5 € comprise)", "approx. 25 €", "25 € approx"),
        *("10 € remboursables", "10 € remboursés", "env. 25 €", "≈ 25 €", "25 €, repas 10 €"),
        *("25 € (gratuit pour les étudiants)", "free or 5 €", "10 € avant mars, 20 € après"),
    ],
)
def test_what_is_not_sure_is_not_told(said: str) -> None:
    assert read_price(said) == Read()


def test_a_price_of_nothing_for_some_says_nothing_for_all() -> None:
    assert read_price("25 €, étudiants 0 €").is_free is None
