"""What the site says of itself: never more than an audit that holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from parcours.model.notices import Compliance, audit_end, compliance, months_after
from parcours.model.schema import AccessibilityRecord

from .conftest import Site

BASE = {"entity": "X", "drawn_up": "2026-01-01", "technologies": ["HTML"]}
STATEMENT = "entity: Organisme <exemple>\ndrawn_up: 2026-11-01\ntechnologies: [HTML, CSS]\n"
AUDIT = "audit: {{date: {date}, rate: {rate}, auditor: Cabinet exemple}}\n"


def record(day: str = "", rate: str = "", newer: str = "") -> AccessibilityRecord:
    data: dict[str, object] = dict(BASE)
    if day:
        data["audit"] = {"date": day, "rate": rate, "auditor": "Y"}
    if newer:
        data["new_referential"] = newer
    return AccessibilityRecord.model_validate(data)


def text_of(path: Path) -> str:
    (article,) = html.parse(str(path)).xpath("//article")
    return " ".join(article.text_content().split())


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("100", Compliance.FULL),
        ("99,9 %", Compliance.PARTIAL),
        ("50", Compliance.PARTIAL),
        ("49.9", Compliance.NONE),
        ("0", Compliance.NONE),
    ],
)
def test_the_rate_of_a_valid_audit_decides(rate: str, expected: Compliance) -> None:
    assert compliance(record("2026-01-15", rate), date(2026, 11, 24)) is expected


def test_without_an_audit_nothing_is_claimed() -> None:
    assert compliance(record(), date(2026, 11, 24)) is Compliance.NONE
    assert audit_end(record()) is None


def test_an_audit_ends_after_three_years() -> None:
    made = record("2024-02-29", "100")
    assert audit_end(made) == date(2027, 2, 28)
    assert compliance(made, date(2027, 2, 27)) is Compliance.FULL
    assert compliance(made, date(2027, 2, 28)) is Compliance.NONE
    assert compliance(made, date(2024, 2, 28)) is Compliance.NONE


def test_an_audit_ends_eighteen_months_after_a_newer_referential() -> None:
    assert audit_end(record("2026-01-15", "100", "2026-03-31")) == date(2027, 9, 30)
    assert audit_end(record("2026-01-15", "100", "2028-12-01")) == date(2029, 1, 15)
    assert audit_end(record("2026-01-15", "100", "2025-03-31")) == date(2029, 1, 15)


def test_months_pass_over_years() -> None:
    assert months_after(date(2026, 8, 31), 18) == date(2028, 2, 29)
    assert months_after(date(2026, 12, 1), 1) == date(2027, 1, 1)


@pytest.mark.large
def test_every_page_says_it_at_its_foot(site: Site) -> None:
    site.write("content/data/accessibility.yml", STATEMENT)
    site.write("webinars/x.md", "---\ntitle: X\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    out = site.build()
    for name in ("index.html", "404.html", "agenda/index.html", "comptoirs/x/index.html"):
        links = html.parse(str(out / name)).xpath("//footer//a[contains(., 'Accessibilité')]")
        assert [link.text for link in links] == ["Accessibilité\u00a0: non conforme"], name
    statement = out / "accessibilite/index.html"
    assert "non conforme" in text_of(statement)
    assert "Organisme <exemple>" in text_of(statement)
    assert "totalement" not in text_of(statement)
    (current,) = html.parse(str(statement)).xpath("//footer//a[@aria-current='page']")
    assert "Accessibilité" in current.text


@pytest.mark.large
def test_an_audit_is_stated_and_ends_by_itself(site: Site, lines: Callable[[], list[str]]) -> None:
    text = STATEMENT + AUDIT.format(date="2024-01-15", rate="72.5")
    site.write("content/data/accessibility.yml", text)
    page = site.root / "site/accessibilite/index.html"
    site.build(now="2026-11-24T09:00:00Z")
    assert "72,5 % des critères" in text_of(page).replace("\u00a0", " ")
    assert "partiellement conforme" in text_of(page)
    lines()
    assert site.run("check", now="2026-12-01T09:00:00Z") == 0
    (warned,) = [line for line in lines() if "audit-ends" in line]
    assert warned.startswith("content/data/accessibility.yml:4:")
    assert "2027-01-15" in warned
    site.build(now="2027-01-15T09:00:00Z")
    lines()
    assert site.run("check", now="2027-01-15T09:00:00Z") == 0
    assert any("warning[audit-over]" in line for line in lines())
    assert "partiellement" not in text_of(page)
    assert "non conforme" in text_of(page)
    assert "72,5" not in text_of(page)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (STATEMENT + AUDIT.format(date="2027-01-15", rate="50"), "not-yet"),
        (STATEMENT + AUDIT.format(date="2026-01-15", rate="101"), "out-of-range"),
        (STATEMENT + AUDIT.format(date="2026-01-15", rate="bon"), "bad-value"),
        (STATEMENT + "audit: {date: 2026-01-15, auditor: X}\n", "missing-key"),
        (STATEMENT + "state: totalement conforme\n", "unknown-key"),
        (STATEMENT.replace("2026-11-01", "2027-11-01"), "not-yet"),
        ("- liste\n", "yaml-not-a-mapping"),
    ],
)
def test_what_is_wrong_is_located(
    site: Site, lines: Callable[[], list[str]], text: str, code: str
) -> None:
    site.write("content/data/accessibility.yml", text)
    assert site.run("check") != 0
    found = [line for line in lines() if f"error[{code}]" in line]
    assert len(found) == 1
    assert found[0].startswith("content/data/accessibility.yml:")


@pytest.mark.large
def test_a_publisher_s_gaps_are_shown_and_nothing_is_invented(site: Site) -> None:
    site.write("content/data/publisher.yml", "name: Éditeur exemple\nhost: {name: Hôte & Cie}\n")
    out = site.build()
    root = html.parse(str(out / "mentions-legales/index.html")).getroot()
    assert [mark.text for mark in root.xpath("//article//mark")] == ["À compléter"] * 5
    assert "Hôte & Cie" in root.text_content()
    assert "Éditeur exemple" in root.text_content()
    assert root.xpath("//footer//a[.='Mentions légales']")


@pytest.mark.large
def test_a_site_without_these_files_has_no_such_pages(smallest: Site) -> None:
    out = smallest.build()
    assert not (out / "accessibility").exists()
    foot = html.parse(str(out / "index.html")).xpath("//*[@class='pc-foot']//a")
    assert [(one.text, one.get("href")) for one in foot] == [("My agenda", "my-agenda/")]


@pytest.mark.large
def test_the_weights_are_measured_at_each_build(site: Site) -> None:
    site.write("content/ecoconception.md", "# Écoconception\n\n<!-- parcours:weights -->\n\nFin.\n")
    page = site.build() / "ecoconception/index.html"
    first = page.read_text("utf-8")
    rows = html.fromstring(first).xpath("//div[@class='pc-weights']//tbody/tr")
    assert len(rows) >= 4
    for row in rows:
        assert int(row.xpath("td")[0].text) > 5
    site.build()
    assert page.read_text("utf-8") == first
    assert first.index("pc-weights") < first.index("Fin.")


@pytest.mark.large
def test_a_date_without_a_page_is_not_weighed(site: Site) -> None:
    site.write("content/ecoconception.md", "# Écoconception\n\n<!-- parcours:weights -->\n\nFin.\n")
    site.write(
        "webinars/cafe.md", "---\ntitle: Café\nstart: 2027-01-07 12:30\nrepeat: weekly\n---\n"
    )
    page = html.parse(str(site.build() / "ecoconception/index.html"))
    titles = page.xpath("//div[@class='pc-weights']//tbody/tr/th/text()")
    assert "Une rencontre" in titles
