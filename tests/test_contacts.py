"""E-mail addresses and phone numbers in texts: found however they are written, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from parcours.memo import Memo
from parcours.model.contacts import Contact, contacts
from parcours.sources import contacts as module

from .conftest import ROOT, Site, compiled_page
from .effort import at_most
from .test_check import page

Lines = Callable[[], list[str]]

EMAILS = [
    "nom@domaine.fr",
    "prenom.nom@cci.example",
    "nom+suite@sous.domaine.fr",
    "nom@domaine.fr.",
    "nom@domaine.fr, puis",
    "nom@domaine.fr : le lundi",
    "NOM@DOMAINE.FR",
    "é.nom@domaine.fr",
    "nom@domaine-de-la-cci.fr",
    "nom@xn--dmaine-8ua.fr",
    "Nom <nom@domaine.fr>",
    "*nom@domaine.fr*",
    "_nom@domaine.fr_",
    "`nom@domaine.fr`",
    "[écrire](mailto:nom@domaine.fr?subject=x)",
    '<a href="mailto:nom@domaine.fr">',
    "<a href='mailto:nom%40domaine.fr'>",
    "data:text/html,<a href=mailto:nom@domaine.fr>",
    "data:text/html,%3Ca%20href=mailto:nom%40domaine.fr%3E",
    "https://x.example/?courriel=nom@domaine.fr",
    "https://agenda.example/ical/nom%40domaine.fr/public.ics",
    "nom&#64;domaine.fr",
    "nom&#x40;domaine.fr",
    "nom&#64domaine.fr",
    "nom&commat;domaine&period;fr",
    r"nom\@domaine.fr",
    r'"nom\u0040domaine.fr"',
    r'"nom\x40domaine.fr"',
    "nom＠domaine.fr",
    "nom<b>@</b>domaine.fr",
    "**nom**@domaine.fr",
    "nom<!-- rien -->@domaine.fr",
    "nom@\u200bdomaine.fr",
    "nom @ domaine.fr",
    "nom[@]domaine.fr",
    "nom [at] domaine.fr",
    "nom(at)domaine.fr",
    "nom{at}domaine.fr",
    "nom (AT) domaine (DOT) fr",
    "nom [at] domaine [point] fr",
    "nom (arobase) domaine.fr",
    "nom arobase domaine point fr",
    "prénom point nom arobase cci tiret normandie point fr",
    "nom at domaine dot fr",
    "nom -at- domaine dot fr",
    "nom_at_domaine.fr",
    "L’atelier sur git et ssh : écrire à nom@domaine.fr",
    "nom(a)domaine.fr",
    "nom [à] domaine.fr",
]

PHONES = [
    "01 23 45 67 89",
    "01.23.45.67.89",
    "01-23-45-67-89",
    "01/23/45/67/89",
    "01 · 23 · 45 · 67 · 89",
    "0123456789",
    "Tél.01 23 45 67 89",
    "Tél. : 01 23 45 67 89.",
    "**01** 23 45 67 89",
    "<b>Tél.</b>0612345678.",
    "| 01 23 45 67 89 |",
    "nom,0612345678,ville",
    "01\u202f23\u202f45\u202f67\u202f89",
    "01&nbsp;23&nbsp;45&nbsp;67&nbsp;89",
    "au 01 23 45\n67 89",
    "> au 01 23 45\n> 67 89",
    "06 1234 5678",
    "06 123 456 78",
    "06-12 34 56 78",
    "01 23 45 67 89-90",
    "Pour votre dossier : 01 23 45 67 89",
    "(06) 12 34 56 78",
    "0 800 123 456",
    "0800 123 456",
    "07 00 00 00 00",
    "01 02 03 04 05",
    "06 12 34 56 78 24h/24",
    "06 12 34 56 78 02 places",
    "12 01 23 45 67 89",
    "1 : 01 23 45 67 89",
    "2 06 12 34 56 78",
    "212.555.0101",
    "Sécurité sociale : 01 23 45 67 89",
    "Téléphonie IP : 0123456789",
    "08 30 09 45 10",
    "0475/12.34.56",
    "0262 12 34 56",
    "0692123456",
    "+262 262 12 34 56",
    "+590 590 12 34 56",
    "+687 12 34 56",
    "+33 1 23 45 67 89",
    "+33 (0)1 23 45 67 89",
    "+33(0)123456789",
    "(+33) 6 12 34 56 78",
    "+33.6.12.34.56.78",
    "+33-6-12-34-56-78",
    "+33123456789",
    "%2B33123456789",
    "`+33 6 12 34 56 78`",
    "0033123456789",
    "0033 1 23 45 67 89",
    "00 33 1 23 45 67 89",
    "0033(0)612345678",
    "+44 20 7946 0958",
    "00 44 20 7946 0958",
    "+1 (555) 123-4567",
    "+1 202-555-0143",
    "+34 912 345 678",
    "+352 27 12 34 56",
    "+41 22 555 01 01",
    "0032475123456",
    "0041225551213",
    "0044 2079460958",
    "00 41225551212",
    "00221331234567",
    "00687 123456",
    "02 555 12 12",
    "02/555.12.12",
    "02/555 12 12",
    "02.555.12.12",
    "081/22.33.44",
    "081/22 33 44",
    "020 7946 0958",
    "07700 900123",
    "07700 900 123",
    "(01632) 960123",
    "(020) 7946 0958",
    "0161 496 0000",
    "Tél : 020 7946 0958",
    "514-555-0199",
    "(514) 555-0199",
    "514.555.0199",
    "514 555-0199",
    "1-514-555-0199",
    "1 (514) 555-0199 ext. 12",
    "Tel. 030 12345678",
    "Tel. : 030 12345678",
    "Telefon: 030/12345678",
    "Tél. 020 7946 0958",
    "Phone 020 7946 0958",
    "Mobile: 07700 900123",
    "Fax 030 12345678",
    "[appeler](tel:+33612345678)",
    "<a href='tel:0123456789'>",
    "tel:20-7946-0958",
    "sms:+33612345678",
    "data:text/html,<a href=tel:+33612345678>",
    "https://wa.me/33612345678",
    "https://api.whatsapp.com/send?phone=33612345678",
    "https://t.me/+33612345678",
]

NEITHER = [
    # addresses and names that only look like one
    "@nom",
    "@nom@reseau.example",
    "https://reseau.example/@nom@autre.example",
    "https://video.example/@chaine.nom",
    "https://plans.example/@48.85,2.35,15z",
    "git@github.com:org/depot.git",
    "git clone git@forge.example:a/b.git",
    "git@forge.example",
    "`ssh -p 22 -i ~/.ssh/a nom@hote.example`",
    "ssh://git@forge.example/a",
    "https://nom@hote.example/",
    "https://nom:mot@hote.example/",
    "`ssh root@serveur.example`",
    "rsync -av a nom@hote.example:/b",
    "pip install x @ git+https://forge.example/a",
    "```\na @ b.transpose\n```",
    "logo@2x.png",
    "paquet@1.2.3",
    "module@outil.rb",
    "https://cdn.example/paquet@1.2.3/x.js",
    "https://teams.example/l/meetup-join/19%3ameeting_abc%40thread.v2/0?x=1",
    "https://calendar.google.com/calendar/ical/abc%40group.calendar.google.com/public/basic.ics",
    "nom@localhost",
    "nom@imprimante.local",
    "a@b",
    "nom@",
    "@domaine.fr",
    "@media print",
    "5 € @ 20 h. Venez",
    "look at example.org",
    "meet at this point in time",
    "le signe arobase est utile. Un autre",
    "created_at_2026.txt",
    "look_at_this.md",
    "points (a) site.fr",
    "salarié(e)s",
    # dates and hours
    "2026-12-03 12:30",
    "12 03 2026 14 30",
    "01 02 2026 14 30",
    "05/12/2026 12:30",
    "01/02/2026 14 h",
    "01.02.2026 - 03.04.2026",
    "01/02/2026 – 03/04/2026",
    "01/02–03/02/2026",
    "08 h 30, 09 h 45",
    "08 30 09 45 10 15",
    "horaires 09 00 12 00 14 00",
    "08 30 12 30 14 00 17 30",
    "00:01:05.000 --> 00:01:09.500",
    "UTC+2 12 30 45 10",
    "+1 2026-12-03",
    # amounts, measures and counts
    "1 234 567 890",
    "+1 000 000",
    "+ 10 000 000",
    "+20 000 000 visiteurs",
    "+12 345 678 €",
    "+1 250 000 000 €",
    "0,123456789",
    "0.1234567890",
    "3.0123456789",
    "-0.512345678, 48.0123456789",
    "00 01 02 03 04 05 06 07",
    "01 02 03 04 05 06 07 08",
    "01\n02\n03\n04\n05",
    "tirage : 05 11 17 23 31 42 49",
    "tirage : 05 11 17 23 31 42",
    "01 05 10 15 20 25",
    "de 06 08 10 12 14 16 élèves",
    "01-23-45-67-89-01",
    "<Buffer 08 07 06 05 04 03 02 01>",
    "<Buffer a0 8b 28 3f 01 00 00 00 50 32>",
    "01.12.23.34.45.56",
    "SIRET n° 01 23 45 67 89",
    # numbers of other things
    "97400 Saint-Denis",
    "12 rue Neuve, 01000 Bourg-en-Bresse",
    "123 456 789",
    "123 456 789 00012",
    "12345678900012",
    "TVA FR 01 234 567 890",
    "FR76 3000 6000 0112 3456 7890 189",
    "FR76 3000 1000 0012 3456 7890 123",
    "3000 1000 0012 3456 7890 123",
    "FR14 2004 1010 0505 0001 3M02 606",
    "déclaration d’activité 11 75 01234 75",
    "1 85 05 78 006 084 36",
    "2 69 05 49 588 157 80",
    "n° 2\u00a069\u00a005\u00a049\u00a0588\u00a0157 80",
    "1 87 01 2A 118 015 / 62",
    "Sécurité sociale : 1 85 05 78 006 084 36",
    "NIR 01 23 45 67 89",
    "30001 00794 01234567890 85",
    "RIB 01 23 45 67 89",
    "ISBN-10: 0140449132",
    "ISBN-13 : 978 2 07 036822 8",
    "EAN 13 : 0123456789",
    "code-barres 0 12 34 56 78 90",
    "ISBN 0140449132",
    "ISBN 0-14-044913-2",
    "ISBN 978-2-07-036822-8",
    "0000-0002-1825-0097",
    "10.1000/0123456789",
    "550e8400-e29b-41d4-a716-446655440000",
    "01234567-0123-0123-0123-012345678901",
    "1.2.3.4",
    "10.15.7",
    "2026.11.25",
    "dossier n° 0123456789",
    "#0612345678",
    "0000000000",
    "ID de réunion : 812 345 6789",
    "Meeting ID: 812-345-6789",
    "Zoom 812-345-6789",
    "https://x.example/514-555-0199",
    "photo-514-555-0199.jpg",
    "514-555-01990",
    "192.168.255.2551",
    "IP 212.555.0101",
    "logiciel 243.255.1024",
    "Release 415.732.2026",
    "291.555.0199",
    "911.555.0199",
    "514.911.0199",
    "732.829.320.00074",
    "0041225551212.pdf",
    "photo-0041225551212.jpg",
    "`0041225551212`",
    "EAN 0041225551212",
    "0012345678905",
    "0032475123458",
    "00552013500018",
    "0012345678901",
    "0099123456789",
    "00 1234567",
    "02 555 12 12 €",
    "12 02 555 12 12",
    "02 555 12 12 14 16",
    "02 555 12 12 15",
    "dossier 02 555 12 12",
    "02 055 12 12",
    "02/03/2026",
    "02/03/2026 12 30",
    "02/12.30",
    "05 555 12 12",
    "0462.920.226",
    "TVA BE 0203.201.340",
    "020 794 609",
    "07700 9001234",
    "37700 900123",
    "0.7700 900123",
    "0120 7946 0958 1234",
    "un tel 2024 2025 2026",
    "Mobile : 2026-12-03 12:30",
    "Fax 12 03 2026 14 30",
    "[a-z0123456789]",
    "photo-0612345678.jpg",
    "IMG_0612345678.jpg",
    "0612345678.pdf",
    "`0612345678`",
    "```\nx = 0612345678\n```",
    "https://x.example/0612345678",
    "https://x.example/01-23-45-67-89",
    "data:image/png;base64,+0612345678/",
    '<path d="M01 23 45 67 89"/>',
    '<polyline points="01 23 45 67 89"/>',
]


@pytest.mark.parametrize("text", EMAILS)
def test_an_address_is_found_however_it_is_written(text: str) -> None:
    assert [one.sort for one in contacts(f"Voyez {text}\n")] == ["email"]


@pytest.mark.parametrize("text", PHONES)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert [one.sort for one in contacts(f"Voyez {text}\n")] == ["phone"]


@pytest.mark.parametrize("text", NEITHER)
def test_nothing_else_is_taken_for_a_contact(text: str) -> None:
    assert contacts(f"Voyez\n{text}\n") == ()


@pytest.mark.parametrize(
    ("text", "written", "key", "masked"),
    [
        ("à nom&#64;domaine.fr.", "nom&#64;domaine.fr", "nom@domaine.fr", "n…@….fr"),
        ("ou Nom (at) Domaine.fr", "Nom (at) Domaine.fr", "nom@domaine.fr", "n…@….fr"),
        ("<b>x</b> y@z.fr", "y@z.fr", "y@z.fr", "y…@….fr"),
        ("au 01&nbsp;23 45 67 89 !", "01&nbsp;23 45 67 89", "+33123456789", "01…89"),
        ("au +33 (0)1 23 45 67 89", "+33 (0)1 23 45 67 89", "+33123456789", "+33…89"),
        ("au 0262 12 34 56", "0262 12 34 56", "+262262123456", "02…56"),
        ("au +262 262 12 34 56", "+262 262 12 34 56", "+262262123456", "+26…56"),
        ("tel:0033123456789", "0033123456789", "+33123456789", "00…89"),
        ("au 02/555.12.12", "02/555.12.12", "+3225551212", "02…12"),
        ("au 081/22.33.44.", "081/22.33.44", "+3281223344", "08…44"),
        ("au 0161 496 0000", "0161 496 0000", "+441614960000", "01…00"),
        ("au 0032475123456", "0032475123456", "+32475123456", "00…56"),
    ],
)
def test_a_contact_has_one_place_and_one_key(
    text: str, written: str, key: str, masked: str
) -> None:
    (one,) = contacts(text)
    assert text[one.start : one.end] == written
    assert (one.key, one.masked) == (key, masked)


def test_two_numbers_are_two() -> None:
    text = "01 23 45 67 89 / 06 12 34 56 78 et +33 1 23 45 67 80 - 06 12 34 56 70"
    assert [one.key[-2:] for one in contacts(text)] == ["89", "78", "80", "70"]
    text = "01 23 45 67 89 06 12 34 56 78, +33 1 23 45 67 80 12 rue Neuve"
    assert [one.key[-2:] for one in contacts(text)] == ["89", "78", "80"]


HOSTILE = {
    "signs": "@" * 200_000,
    "one letter": "a@" * 100_000,
    "labels": ("@" + "a" * 63 + ".") * 3_000,
    "dots": "a@" + "b." * 100_000,
    "long": "a" * 300_000 + "@b",
    "brackets": "a [ at" * 50_000,
    "words": "a arobase " * 30_000,
    "hyphens": "@a tiret b" * 30_000,
    "zeros": "0" * 300_000,
    "pluses": "+" * 200_000,
    "digits": "0 1 2 3 4 5 6 7 " * 20_000,
    "nearly": "01 23 45 67 8 " * 20_000,
    "numbers": "01 23 45 67 89\n" * 20_000,
    "belgian": "02/555.12." * 30_000,
    "british": "020 7946 095 " * 20_000,
    "dialled": "0032 47512345 " * 20_000,
    "far": "+1 2 3 4 5 6 7 " * 20_000,
    "schemes": "tel:1" * 50_000,
    "references": "&#" * 100_000,
    "signs of references": "&#64;" * 50_000,
    "escapes": "\\" * 200_000,
    "tags": "<b " * 60_000,
    "open tag": "<b " + " " * 200_000,
    "comments": "<!--" * 60_000,
    "pictures": ";base64," * 40_000,
    "outlines": "d='d=\"" * 40_000 + "01 23 45 67 89",
    "addresses": "http://" * 40_000 + "01 23 45 67 89",
    "spaces": " " * 300_000,
    "lines": "0\n" * 100_000,
    "code": "`06 12 34 56 78`" * 20_000,
}


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_no_time(name: str) -> None:
    with at_most(3):
        contacts(HOSTILE[name])


# Where they are told: a door for each kind of file and field.

FRONT = "title: Un\nstart: 2026-12-03 12:30\n"
PAST = "title: Un\nstart: 2026-11-05 12:30\n"
FILM = "replay: {video: https://video.example/x, captions: a.vtt}\n"
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M01 23 45 67 89"/>'
NEWS = "title: Un\ndate: 2026-11-03\n"
TRIP = "title: Un\nstart: 2026-12-03\n"

DOORS = [
    # name, file, text, place, code
    ("title", "webinars/a.md", page(FRONT.replace("Un", "Un n@x.fr")), "2:11", "email-address"),
    ("summary", "webinars/a.md", page(FRONT + "summary: Au 01 23 45 67 89\n"), "4:13", "phone"),
    (
        "alternative text",
        "webinars/a.md",
        page(FRONT + "image: {src: a.png, alt: n@x.fr}\n"),
        "4:26",
        "",
    ),
    (
        "exception",
        "webinars/a.md",
        page("title: Un\nstart: 2026-12-04 12:30\nexception: voir n@x.fr\n"),
        "4:17",
        "",
    ),
    ("body", "webinars/a.md", page(FRONT, "\nUn.\n\nÉcrire à **n@x.fr** vite.\n"), "8:12", ""),
    ("link", "webinars/a.md", page(FRONT, "Un [mot](mailto:n@x.fr).\n"), "5:17", ""),
    ("number", "webinars/a.md", page(FRONT, "Un [mot](tel:+33123456789).\n"), "5:14", "phone"),
    ("HTML", "webinars/a.md", page(FRONT, '<p>\n<a href="mailto:n@x.fr">a</a></p>\n'), "6:17", ""),
    ("picture", "webinars/a.md", page(FRONT, "![n@x.fr](a.png)\n"), "5:3", ""),
    (
        "page address",
        "webinars/a.md",
        page(FRONT + "online: https://x.example/?q=n@x.fr\n"),
        "4:30",
        "",
    ),
    (
        "registration",
        "webinars/a.md",
        page(FRONT + "registration: {url: 'https://x.example/?a=n%40x.fr'}\n"),
        "4:43",
        "",
    ),
    (
        "block",
        "webinars/a.yml",
        FRONT + "description: |\n  Un.\n\n  Au 01 23 45\n  67 89.\n",
        "6:6",
        "phone",
    ),
    ("folded", "webinars/a.yml", FRONT + "description: >-\n    Un\n    à n@x.fr\n", "5:7", ""),
    ("quoted", "webinars/a.yml", FRONT + 'summary: "À n\\u0040x.fr"\n', "3:13", ""),
    ("several lines", "webinars/a.yml", FRONT + "summary: Un\n  texte, n@x.fr\n", "4:10", ""),
    (
        "chapter",
        "webinars/a.md",
        page(
            PAST
            + "replay:\n  video: https://video.example/x\n  chapters:\n"
            + '  - {at: "0:00", title: À n@x.fr}\n'
        ),
        "7:27",
        "",
    ),
    (
        "stop",
        "voyages/a.md",
        page(TRIP + "stops:\n  - id: s\n    title: S\n    description: Au 0612345678\n"),
        "7:21",
        "phone",
    ),
    (
        "stop’s title",
        "voyages/a.md",
        page(TRIP + "stops:\n  - {id: s, title: n@x.fr}\n"),
        "5:20",
        "",
    ),
    ("account", "voyages/a.md", page(TRIP + "account: |\n  Un.\n  n@x.fr\n"), "6:3", ""),
    ("course", "content/mooc/m/index.md", page("title: M\n", "n@x.fr\n"), "4:1", ""),
    ("post", "content/actualites/a.md", page(NEWS, "n@x.fr\n"), "5:1", ""),
    (
        "post to come",
        "content/actualites/a.md",
        page("title: Un\ndate: 2027-01-04\n", "n@x.fr"),
        "5:1",
        "",
    ),
    (
        "organisation",
        "content/data/organisations/a.yml",
        "name: A\ndescription: n@x.fr\n",
        "2:14",
        "",
    ),
    ("name", "content/data/themes/a.yml", "name: A n@x.fr\n", "1:9", ""),
    (
        "person",
        "content/data/people/a.yml",
        "name: A\nrole: R n@x.fr\nconsent: par écrit\n",
        "2:9",
        "",
    ),
    (
        "place",
        "content/data/places/a.yml",
        "name: A\naddress: 1 rue B, 0123456789\n",
        "2:19",
        "phone",
    ),
    ("territory", "content/data/territories/a.yml", "name: A\ndescription: n@x.fr\n", "2:14", ""),
    (
        "accessibility",
        "content/data/accessibility.yml",
        "entity: A n@x.fr\ndrawn_up: 2026-11-01\ntechnologies: [HTML]\n",
        "1:11",
        "",
    ),
    ("director", "content/data/publisher.yml", "name: A\ndirector: B n@x.fr\n", "2:13", ""),
    ("authored", "content/a.md", "# A\n\nÀ n@x.fr.\n", "3:3", ""),
    ("comment of a page", "content/a.md", "# A\n\n<!-- à n@x.fr -->\n", "3:8", ""),
    ("front matter", "content/a.md", "---\ndescription: À n@x.fr\n---\n# A\n", "2:16", ""),
    ("index of a collection", "webinars/index.md", "# A\n\nÀ n@x.fr.\n", "3:3", ""),
    ("text", "content/a.txt", "Un\r\nÀ n@x.fr\r\n", "2:3", ""),
    ("table", "content/a.csv", "Nom;Tél\nÉlan;0612345678\n".encode("cp1252"), "2:6", "phone"),
    ("UTF-16", "content/a.tsv", "Élan\t0612345678\n".encode("utf-16"), "1:6", "phone"),
    (
        "calendar",
        "content/a.ics",
        "BEGIN:VEVENT\nUID:1@x.fr\nORGANIZER:mailto:n@x.fr\nEND:VEVENT\n",
        "3:18",
        "",
    ),
    ("drawing", "content/a.svg", f"{SVG}\n<title>n@x.fr</title></svg>", "2:8", ""),
    ("data", "content/a.json", '{"a": ["n@x.fr"]}', "1:9", ""),
]


@pytest.mark.parametrize(
    ("file", "text", "place", "code"), [one[1:] for one in DOORS], ids=[one[0] for one in DOORS]
)
def test_a_contact_is_told_at_its_place(
    site: Site, lines: Lines, file: str, text: str | bytes, place: str, code: str
) -> None:
    (site.root / "content/actualites").mkdir(parents=True)
    site.write(
        "webinars/a.png", (ROOT / "scripts/parcours/pages/assets/favicon-32.png").read_bytes()
    )
    site.write("webinars/b.md", page(FRONT, "![a](a.png)\n"))
    site.write(file, text)
    site.commit()
    assert site.run("check") == 0
    code = "phone-number" if code == "phone" else "email-address"
    told = [line for line in lines() if "address]" in line or "number]" in line]
    assert [line.partition(": ")[0] for line in told] == [f"{file}:{place}"]
    assert f" warning[{code}]: " in told[0]
    assert "n@x.fr" not in told[0]
    assert "0123456789" not in told[0]


def test_captions_and_transcripts_are_looked_over(site: Site, lines: Lines) -> None:
    site.write("webinars/a/index.md", page(PAST + FILM.replace("}", ", transcript: b.md}")))
    site.write(
        "webinars/a/a.vtt", VTT + "Écrivez à prénom arobase cci\npoint fr, ou au\n06 12 34 56 78\n"
    )
    site.write("webinars/a/b.md", "Un.\n\nÀ n@x.fr\n")
    site.commit()
    assert site.run("check") == 0
    assert [line.partition(" — ")[0].split(": ")[:2] for line in lines()] == [
        ["webinars/a/a.vtt:6:1", "warning[phone-number]"],
        ["webinars/a/b.md:3:3", "warning[email-address]"],
    ]


def test_a_text_without_a_contact_is_looked_over_once(
    site: Site, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.keeps = True
    looked: list[str] = []

    def look(text: str) -> Sequence[Contact]:
        looked.append(text)
        return contacts(text)

    monkeypatch.setattr(module, "contacts", look)
    counts = []
    for n, text in enumerate(
        ("Ici.\n", "Ici.\n", "Ici : 06 12 34 56 78.\n", "Ici : 06 12 34 56 78.\n")
    ):
        site.write("webinars/un.md", page(FRONT, text))
        site.write("webinars/deux.md", page(PAST, f"Autre {n}.\n"))
        # As the next process, which has only what the store keeps.
        monkeypatch.setattr(module, "_CLEAN", Memo(100))
        looked.clear()
        assert site.run("check") == 0
        told = [line for line in lines() if "phone-number" in line]
        assert bool(told) == ("06" in text)
        counts.append(sum("Ici" in one for one in looked))
        assert any("Autre" in one for one in looked)
    assert [count > 0 for count in counts] == [True, False, True, True]


def test_a_contact_in_the_configuration_is_told(site: Site, lines: Lines) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    config = config.replace("name: Comptoirs,", "name: Comptoirs n@x.fr,")
    site.write("mkdocs.yml", config + "copyright: à m@x.fr\nextra: {mine: o@x.fr}  # p@x.fr\n")
    site.commit()
    assert site.run("check") == 0
    told = [line.split(": ")[:2] for line in lines()]
    at = config.split("\n").index(next(one for one in config.split("\n") if "n@x.fr" in one)) + 1
    last = config.count("\n") + 1
    column = config.split("\n")[at - 1].index("n@x.fr") + 1
    assert told == [
        [f"mkdocs.yml:{at}:{column}", "warning[email-address]"],
        [f"mkdocs.yml:{last}:14", "warning[email-address]"],
    ]


@pytest.mark.parametrize(("severity", "code"), [("warning", 0), ("error", 1)])
def test_the_configuration_says_how_severe_it_is(
    site: Site, lines: Lines, severity: str, code: int
) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    option = f"      contacts: {severity}\n      collections:\n"
    site.write("mkdocs.yml", config.replace("      collections:\n", option))
    site.write("webinars/a.md", page(FRONT, "À n@x.fr, au 0612345678.\n"))
    site.commit()
    assert site.run("check") == code
    told = [line.split(": ")[:2] for line in lines()]
    assert told == [
        ["webinars/a.md:5:3", f"{severity}[email-address]"],
        ["webinars/a.md:5:14", f"{severity}[phone-number]"],
    ]


@pytest.mark.large
def test_the_flagship_publishes_no_contact(lines: Lines) -> None:
    assert Site(ROOT).run("check") == 0
    assert not [line for line in lines() if "address]" in line or "number]" in line]
    assert "contacts: error" in (ROOT / "mkdocs.yml").read_text()


NOT_PUBLISHED = [
    ("webinars/a.md", page(FRONT + "# n@x.fr\ndraft: false # 0612345678\n")),
    ("webinars/a.md", page(FRONT + "draft: true\n", "n@x.fr\n")),
    ("webinars/a.md", page(FRONT, "Un.\n\n<!-- n@x.fr -->\n")),
    ("webinars/a.yml", FRONT + "# n@x.fr\n"),
    ("webinars/_notes.md", "n@x.fr\n"),
    ("content/README.md", "n@x.fr\n"),
    ("content/data/people/a.yml", "name: A\nconsent: par écrit, n@x.fr, le 3 mars\n"),
    ("content/a.ics", "BEGIN:VEVENT\nUID:1@x.fr\nEND:VEVENT\n"),
    ("content/a.svg", f"{SVG}</svg>"),
]


@pytest.mark.parametrize(("file", "text"), NOT_PUBLISHED)
def test_what_is_not_published_is_not_told(site: Site, lines: Lines, file: str, text: str) -> None:
    site.write(file, text)
    site.commit()
    assert site.run("check") == 0
    assert lines() == []


def test_a_comment_in_code_is_text(site: Site, lines: Lines) -> None:
    site.write("webinars/a.md", page(FRONT, "`<!-- n@x.fr -->` <!-- m@x.fr\n-->\n"))
    site.commit()
    assert site.run("check") == 0
    assert [line.split(": ")[0] for line in lines()] == ["webinars/a.md:5:7"]


@pytest.mark.large
def test_of_very_many_the_first_are_told(site: Site, lines: Lines) -> None:
    site.write("content/a.csv", "".join(f"n{n}@x.fr\n" for n in range(15_000)))
    site.write("content/b.csv", "n@x.fr " * 40_000)
    site.commit()
    with at_most(10):
        assert site.run("check") == 0
    told = [line.split(":")[0] for line in lines()]
    assert (told.count("content/a.csv"), told.count("content/b.csv")) == (50, 1)


# Where they are meant.

CCI = "name: CCI\ncontact: [accueil@cci.example, '02 31 00 00 00', https://cci.example/ecrire]\n"


@pytest.mark.large
def test_an_organisation_is_reached_by_its_page(site: Site, lines: Lines) -> None:
    site.write("content/data/organisations/cci.yml", CCI)
    out = site.compile()
    assert lines() == []
    text = compiled_page(out, "organisations/cci").read_text()
    for link in (
        'href="mailto:accueil@cci.example"',
        'href="tel:+33231000000"',
        'href="https://cci.example/ecrire"',
    ):
        assert text.count(link) == 1
    assert "<dt>Contact</dt>" in text


def test_what_the_site_gives_itself_may_be_repeated(site: Site, lines: Lines) -> None:
    site.write("content/data/organisations/cci.yml", CCI + "description: Au +33 2 31 00 00 00\n")
    site.write(
        "content/data/publisher.yml",
        "name: E\naddress: B, e@e.example\nphone: 01 23 45 67 89\nhost: {phone: 0612345678}\n",
    )
    site.write(
        "content/data/accessibility.yml",
        "entity: E\ndrawn_up: 2026-11-01\ntechnologies: [HTML]\ncontact: Écrire à a@e.example\n",
    )
    body = (
        "Accueil@CCI.example, 0231000000, e@e.example, +33 1 23 45 67 89, 0612345678, a@e.example\n"
    )
    site.write("webinars/a.md", page(FRONT, body))
    site.commit()
    assert site.run("check") == 0
    assert lines() == []


@pytest.mark.parametrize(
    "value", ["accueil", "a (at) cci.example", "Accueil <a@cci.example>", "javascript:x", "12"]
)
def test_a_contact_that_reaches_nobody_is_told(site: Site, lines: Lines, value: str) -> None:
    site.write("content/data/organisations/cci.yml", f"name: CCI\ncontact: ['{value}']\n")
    site.commit()
    assert site.run("check") == 1
    (line,) = lines()
    assert line.startswith("content/data/organisations/cci.yml:2:11: error[bad-contact]")


def test_one_contact_is_told_once_in_a_line(site: Site, lines: Lines) -> None:
    site.write("webinars/a.md", page(FRONT, "[n@x.fr](mailto:n@x.fr)\nn@x.fr\n"))
    site.commit()
    assert site.run("check") == 0
    places = [line.split(": ")[0] for line in lines()]
    assert places == ["webinars/a.md:5:2", "webinars/a.md:6:1"]
