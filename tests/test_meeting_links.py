"""What goes with a meeting: its page elsewhere, its links and files, what it costs."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from icalendar import Calendar

from parcours.tree import content

from .conftest import NOW, Site
from .corpora import compiled

LINKS = """\
price: 25 € (étudiants 10 €)
url: https://ailleurs.example/lire
links:
  - {label: Notes partagées, url: "https://notes.example/dehors", kind: notes}
  - {url: "https://pv.example/1", kind: compte rendu}
  - {url: "https://billets.example/", kind: billetterie}
  - https://code.example/x
  - dehors.pdf
"""


def made(site: Site, said: str, start: str = "2026-12-03 12:30", now: str = NOW) -> dict[str, str]:
    site.write("webinars/lire.md", f"---\ntitle: Lire\nstart: {start}\n{said}---\nTexte.\n")
    site.write("webinars/dehors.pdf", b"%PDF-1.4 x")
    files = compiled(site.root / "mkdocs.yml", datetime.fromisoformat(now)).tree
    return {str(name): content(leaf).decode(errors="replace") for name, leaf in files}


def jsonld(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def told(site: Site, said: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    site.write("webinars/lire.md", f"---\ntitle: Lire\nstart: 2026-10-01 12:30\n{said}---\nT.\n")
    site.run("check", "--lang", "en")
    lines = capsys.readouterr().out.splitlines()
    return [one for one in lines if "lire.md" in one]


@pytest.mark.large
@pytest.mark.parametrize(
    ("start", "status"),
    [
        ("2026-12-03 12:30", "confirmed"),
        ("2026-10-01 12:30", "confirmed"),
        ("2026-12-03 12:30", "cancelled"),
        ("2026-12-03 12:30", "postponed"),
    ],
)
def test_links_are_shown_at_all_times(site: Site, start: str, status: str) -> None:
    files = made(site, LINKS + f"status: {status}\n", start)
    page = files["comptoirs/lire.md"]
    for url, name in (
        ("https://ailleurs.example/lire", "ailleurs.example"),
        ("https://notes.example/dehors", "Notes partagées"),
        ("https://pv.example/1", "Compte rendu (pv.example)"),
        ("https://billets.example/", "Billetterie (billets.example)"),
        ("https://code.example/x", "code.example"),
    ):
        assert f'<a href="{url}" rel="noopener">{name}</a>' in page
    assert 'lire/dehors.pdf">dehors.pdf</a>' in page
    assert "comptoirs/lire/dehors.pdf" in files
    assert re.search(r"<dt>Tarif</dt><dd>25\s€ \(étudiants 10\s€\)</dd>", page)


def test_links_stand_in_calendars(site: Site) -> None:
    (entry,) = Calendar.from_ical(made(site, LINKS)["comptoirs/lire.ics"]).walk("VEVENT")
    text = str(entry["DESCRIPTION"])
    assert text.endswith(
        "Sa page ailleurs\u00a0: https://ailleurs.example/lire\n"
        "Notes partagées\u00a0: https://notes.example/dehors\n"
        "Compte rendu (pv.example)\u00a0: https://pv.example/1\n"
        "Billetterie (billets.example)\u00a0: https://billets.example/\n"
        "code.example\u00a0: https://code.example/x\n"
        "dehors.pdf\u00a0: https://petit.example/x/comptoirs/lire/dehors.pdf\n"
        "\nhttps://petit.example/x/comptoirs/lire/"
    )
    assert "Tarif\u00a0: 25 € (étudiants 10 €)" in text
    # The entry is that of the page here, whatever page it has elsewhere.
    assert str(entry["URL"]) == "https://petit.example/x/comptoirs/lire/"
    assert str(entry["ATTACH"]) == "https://petit.example/x/comptoirs/lire/dehors.pdf"
    assert entry["ATTACH"].params["FMTTYPE"] == "application/pdf"


@pytest.mark.large
def test_links_stand_in_news(site: Site) -> None:
    site.commit()
    files = made(site, LINKS)
    site.commit("2026-11-20T09:00:00Z")
    files = made(site, LINKS)
    (rss,) = (text for name, text in files.items() if name.endswith("agenda.rss.xml"))
    shown = unescape(rss)
    assert '<li><a href="https://notes.example/dehors">Notes partagées</a></li>' in shown


def test_machines_are_told_what_is_sure(site: Site) -> None:
    data = jsonld(made(site, LINKS)["comptoirs/lire.md"])
    assert data["url"] == "https://petit.example/x/comptoirs/lire/"
    assert data["sameAs"] == "https://ailleurs.example/lire"
    assert data["isAccessibleForFree"] is False
    offer = {"@type": "Offer", "url": "https://billets.example/", "priceCurrency": "EUR"}
    assert data["offers"] == [
        {**offer, "price": "25"},
        {**offer, "price": "10", "name": "étudiants"},
    ]


@pytest.mark.parametrize(
    ("said", "free", "offers"),
    [
        ("price: gratuit\n", True, None),
        ("price: $10\n", None, None),
        (
            "price: 10 €\nregistration: {url: 'https://i.example/'}\n",
            False,
            {
                "@type": "Offer",
                "url": "https://i.example/",
                "availability": "https://schema.org/InStock",
                "validThrough": "2026-12-03T12:30:00+00:00",
                "price": "10",
                "priceCurrency": "EUR",
            },
        ),
        (
            "price: 10 €\nregistration: {url: 'https://i.example/'}\n"
            "links: [{url: 'https://billets.example/', kind: tickets}]\n",
            False,
            {
                "@type": "Offer",
                "url": "https://billets.example/",
                "availability": "https://schema.org/InStock",
                "validThrough": "2026-12-03T12:30:00+00:00",
                "price": "10",
                "priceCurrency": "EUR",
            },
        ),
        (
            "price: 10 €\nlinks: [{url: dehors.pdf, kind: tickets}]\n",
            False,
            {
                "@type": "Offer",
                "url": "https://petit.example/x/comptoirs/lire/dehors.pdf",
                "price": "10",
                "priceCurrency": "EUR",
            },
        ),
        ("price: 10 €\nstatus: cancelled\n", False, None),
    ],
)
def test_a_price_is_an_offer(site: Site, said: str, free: bool | None, offers: object) -> None:
    data = jsonld(made(site, said)["comptoirs/lire.md"])
    assert data.get("isAccessibleForFree") is free
    assert data.get("offers") == offers


@pytest.mark.parametrize(
    ("said", "place", "better"),
    [
        ("links: [www.notes.example/x]\n", ":4:", "https://www.notes.example/x"),
        ("links: [{url: notes.example/x}]\n", ":4:", "https://notes.example/x"),
        ("links: notes.example/x\n", ":4:", "https://notes.example/x"),
        ("links: [{label: N, url: 'mailto:a@b.example'}]\n", ":4:", "bad-url"),
        ("links: [{label: N, url: 'ftp://b.example/'}]\n", ":4:", "bad-url"),
        ("links: [notes.fr]\n", ":4:", "https://notes.fr"),
        ("links: [{label: N, url: //notes.example/x}]\n", ":4:", "https://notes.example/x"),
        ("links: [{label: N, url: https//notes.example/x}]\n", ":4:", "https://notes.example/x"),
        ("links: [{label: N, url: 'javascript:alert(1)'}]\n", ":4:", "bad-url"),
        ("links: [{label: N, url: 'data:text/html,x'}]\n", ":4:", "bad-url"),
        ("links: [{label: N, url: /notes.pdf}]\n", ":4:", "outside-path"),
        ("url: www.ailleurs.example\n", ":4:", "https://www.ailleurs.example"),
        ("links: [notes.pdf]\n", ":4:", "missing-file"),
        ("links: [{label: N}]\n", ":4:", "url"),
        ("links: [{url: 'https://n.example/', kind: chapeau}]\n", ":4:", "bad-choice"),
        # The neighbours: what names a file, or an address.
        ("replay: {slides: www.notes.example/x}\n", ":4:", "https://www.notes.example/x"),
        ("replay: {slides: //notes.example/x}\n", ":4:", "https://notes.example/x"),
        ("replay: {audio: sons.example/x.mp3}\n", ":4:", "https://sons.example/x.mp3"),
    ],
)
def test_what_is_no_link_is_told(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, place: str, better: str
) -> None:
    lines = told(site, said, capsys)
    assert len(lines) == 1, lines
    assert place in lines[0]
    assert better in lines[0]


def test_a_link_names_what_the_type_of_a_file_allows(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("webinars/x.exe", b"MZ")
    (line,) = told(site, "links: [x.exe]\n", capsys)
    assert "bad-file-type" in line


def test_a_date_of_a_series_has_notes_of_its_own(site: Site) -> None:
    said = """\
repeat: {every: week, count: 3}
links: [https://chat.example/]
dates:
  2026-12-10: {links: [dehors.pdf, "https://notes.example/10"]}
"""
    files = made(site, said)
    assert "https://chat.example/" in files["comptoirs/lire.md"]
    own = files["comptoirs/lire/2026-12-10.md"]
    assert "https://notes.example/10" in own
    assert "https://chat.example/" not in own
    assert "comptoirs/lire/2026-12-10/dehors.pdf" in files


def test_without_links_nothing_is_said(site: Site) -> None:
    files = made(site, "")
    assert "<dt>Liens</dt>" not in files["comptoirs/lire.md"]
    assert "sameAs" not in files["comptoirs/lire.md"]
    assert "ATTACH" not in files["comptoirs/lire.ics"]
