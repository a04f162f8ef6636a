"""Mistakes that people make: each is told where it stands, with the line to write instead.

Every message was read with one question: would a colleague who is no developer manage alone?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pydantic import BaseModel

from parcours.engine.environment import read_instant, surroundings
from parcours.engine.opening import compile_only, open_config
from parcours.i18n import translator
from parcours.model import schema
from parcours.model.values import DAY_FIRST
from parcours.problems import Problems
from parcours.prose.signs import tell_signs
from parcours.sources.text import decode
from parcours.sources.tidying import apply, mended
from parcours.sources.transcripts import read_captions

from .conftest import NOW, REGIONS, Site

EVENT = "title: Un\nstart: 2026-12-03 12:30\n"
PAST = "title: Un\nstart: 2026-11-05 12:30\n"
TRIP = "title: Un\nstart: 2026-12-03\nend: 2026-12-04\n"
STOPS = TRIP + "stops:\n  - id: a\n    title: A\n"


@dataclass(frozen=True)
class Mistake:
    """A source, and what is told of it: its place and code, and a part of its sentence."""

    text: str
    place: str
    mend: str
    folder: str = "webinars"
    others: tuple[str, ...] = ()
    right: str = ""
    """What it becomes if the message is followed: nothing is told of that any more."""
    is_fixed: bool = True
    """Whether `check --fix` makes that of it."""

    @property
    def suffix(self) -> str:
        return "yml" if self.folder.startswith("content/data") else "md"


def page(front: str, body: str = "Texte.\n") -> str:
    return f"---\n{front}---\n{body}"


def event(front: str, place: str, mend: str, *others: str) -> Mistake:
    return Mistake(page(EVENT + front), place, mend, others=others)


def front(text: str, place: str, mend: str, *others: str) -> Mistake:
    return Mistake(page(text), place, mend, others=others)


def whole(text: str, place: str, mend: str, *others: str) -> Mistake:
    return Mistake(text, place, mend, others=others)


def trip(text: str, place: str, mend: str, *others: str) -> Mistake:
    return Mistake(page(text), place, mend, "voyages", others)


def data(kind: str, text: str, place: str, mend: str, *others: str) -> Mistake:
    return Mistake(text, place, mend, f"content/data/{kind}", others)


EXAMPLE = """\
---
title: Former dehors, par tous les temps
start: 2027-05-20 12:30
duration: 1h
themes: [pedagogie]
hosts: [cci-normandie]
online: https://visio.example/comptoir
registration:
  url: https://inscriptions.example/dehors
  deadline: 2027-05-18
summary: Trois équipes racontent leurs journées de formation en plein air.
---
Ce que l’on va y apprendre, en quelques phrases.
"""
TITLE = "title: Former dehors, par tous les temps"
REGISTRATION = "registration:\n  url: https://inscriptions.example/dehors\n  deadline: 2027-05-18\n"
THEMES = "themes: [pedagogie]"
DATES = "repeat: chaque jeudi jusqu’au 10 juin 2027\ndates:\n  2027-05-27:\n"
ONLINE = "online: https://visio.example/comptoir"


BODY = "Ce que l’on va y apprendre, en quelques phrases.\n"


def form(
    right: str, wrong: str, place: str, mend: str, *, meant: str = "", fixed: bool = True
) -> Mistake:
    """The example, in which something is written wrong; *meant* is what it should become."""
    assert right in EXAMPLE
    # A description is shown where there is no text below.
    whole = EXAMPLE.replace(BODY, "") if "description:" in wrong else EXAMPLE
    text = whole.replace(right, wrong)
    return Mistake(text, place, mend, right=whole.replace(right, meant or right), is_fixed=fixed)


SYNTAX = "error[yaml-syntax]"
FORMS = [
    # Too far out
    form(
        REGISTRATION,
        REGISTRATION.replace("  url:", "url:"),
        f"9:1: {SYNTAX}",
        "appartient à « registration: », comme ce qui la suit, et il lui manque des espaces "
        "devant ; mettez 2 espaces devant « url: »",
    ),
    form(
        THEMES,
        f"{THEMES}\nprogramme:\n  - at: '12:30'\ntitle: Un\n    duration: 20 min",
        f"8:1: {SYNTAX}",
        "mettez 4 espaces devant « title: »",
        meant=f"{THEMES}\nprogramme:\n  - at: '12:30'\n    title: Un\n    duration: 20 min",
    ),
    form(
        THEMES,
        f"{THEMES}\nlinks:\n  - label: Un\nurl: https://a.example/\n    kind: video",
        f"8:1: {SYNTAX}",
        "mettez 4 espaces devant « url: »",
        meant=f"{THEMES}\nlinks:\n  - label: Un\n    url: https://a.example/\n    kind: video",
    ),
    form(
        THEMES,
        f"{THEMES}\ndeadlines:\n  - what: Appel\nuntil: 2027-03-01\n    id: appel",
        f"8:1: {SYNTAX}",
        "mettez 4 espaces devant « until: »",
        meant=f"{THEMES}\ndeadlines:\n  - what: Appel\n    until: 2027-03-01\n    id: appel",
    ),
    form(
        THEMES,
        f"{THEMES}\n{DATES}status: cancelled\n    title: Deux",
        f"9:1: {SYNTAX}",
        "mettez 4 espaces devant « status: »",
        meant=f"{THEMES}\n{DATES}    status: cancelled\n    title: Deux",
    ),
    form(
        REGISTRATION,
        "registration:\n  url: https://inscriptions.example/dehors\nrecorded: true\n"
        "  deadline: 2027-05-18\n",
        f"11:3: {SYNTAX}",
        "dont « recorded: » la sépare ; remontez cette ligne au-dessus de « recorded: »",
        meant=f"{REGISTRATION}recorded: true\n",
        fixed=False,
    ),
    # A value, and below it the lines of a part
    form(
        REGISTRATION,
        "registration: https://inscriptions.example/dehors\ndeadline: 2027-05-18\n",
        "8:15: error[bad-type]",
        "écrivez « registration: », et en dessous, chacune sur une ligne qui commence par deux "
        "espaces : « url: https://inscriptions.example/dehors », « deadline: 2027-05-18 »",
    ),
    form(
        REGISTRATION,
        "registration: ouvert\ndeadline: 2027-05-18\n",
        "8:15: error[bad-type]",
        "« state: open », « deadline: 2027-05-18 »",
        meant="registration:\n  state: open\n  deadline: 2027-05-18\n",
        fixed=False,
    ),
    # Quotes
    form(
        TITLE,
        "title: 'L'école dehors'",
        f"2:8: {SYNTAX}",
        """« title: "L'école dehors" »""",
        meant='title: "L\'école dehors"',
    ),
    form(
        TITLE,
        'title: "Le "dehors" en formation"',
        f"2:8: {SYNTAX}",
        """« title: 'Le "dehors" en formation' »""",
        meant="title: 'Le \"dehors\" en formation'",
    ),
    form(
        TITLE,
        "title: 'L'école' et 'la rue' # deux",
        f"2:8: {SYNTAX}",
        """« title: "'L'école' et 'la rue'" »""",
        meant="title: \"'L'école' et 'la rue'\" # deux",
    ),
    form(
        TITLE,
        'title: Former dehors"',
        "2:21: warning[stray-sign]",
        "retirez-le : « title: Former dehors »",
        meant="title: Former dehors",
    ),
    form(
        TITLE,
        "title: « Former dehors",
        "2:8: warning[stray-sign]",
        "retirez-le : « title: Former dehors »",
        meant="title: Former dehors",
        fixed=False,
    ),
    form(
        TITLE,
        'title: “Former dehors"',
        "2:22: warning[stray-sign]",
        'retirez-le : « title: "Former dehors" »',
        meant='title: "Former dehors"',
    ),
    form(
        TITLE,
        "title: \"Former dehors'",
        f"2:8: {SYNTAX}",
        'écrivez « title: "Former dehors" »',
        meant='title: "Former dehors"',
    ),
    form(
        TITLE,
        'title: "Former dans C:\\data"',
        f"2:8: {SYNTAX}",
        "écrivez « title: 'Former dans C:\\data' »",
        meant="title: 'Former dans C:\\data'",
    ),
    form(THEMES, "themes: ['pedagogie]", f"5:9: {SYNTAX}", "« themes: [pedagogie] »"),
    # Keys on the line of another
    form(
        REGISTRATION,
        REGISTRATION.replace(":\n  url", ": url"),
        f"8:15: {SYNTAX}",
        "mettez « url: https://inscriptions.example/dehors » sur une ligne à part sous "
        "« registration: », après 2 espaces",
    ),
    form(
        REGISTRATION,
        REGISTRATION.replace(":\n  url", ": url").replace("\n  deadline", " deadline"),
        f"8:15: {SYNTAX}",
        "mettez chaque clé sur une ligne à part, en dessous, après 2 espaces",
    ),
    form(
        "start: 2027-05-20 12:30\nduration: 1h\n",
        "start: 2027-05-20 12:30 duration: 1h\n",
        f"3:8: {SYNTAX}",
        "une ligne à part : « start: 2027-05-20 12:30 », « duration: 1h »",
    ),
    # Spaces before keys
    form(
        REGISTRATION,
        REGISTRATION.replace("  url", " url").replace("  deadline", "   deadline"),
        f"10:1: {SYNTAX}",
        "autant d'espaces que « url: » : 1",
        meant=REGISTRATION.replace("  url", " url").replace("  deadline", " deadline"),
    ),
    form(
        REGISTRATION,
        REGISTRATION.replace("  url", "   url").replace("  deadline", " deadline"),
        f"10:1: {SYNTAX}",
        "autant d'espaces que « url: » : 3",
        meant=REGISTRATION.replace("  url", "   url").replace("  deadline", "   deadline"),
    ),
    # Lists
    form(
        THEMES,
        "themes: - pedagogie - afest",
        f"5:9: {SYNTAX}",
        "écrivez « themes: [pedagogie, afest] »",
        meant="themes: [pedagogie, afest]",
    ),
    form(
        THEMES,
        "themes: [pedagogie] [afest]",
        f"5:9: {SYNTAX}",
        "écrivez « themes: [pedagogie, afest] »",
        meant="themes: [pedagogie, afest]",
    ),
    form(
        THEMES,
        "themes:\n  – pedagogie\n  – afest",
        f"6:3: {SYNTAX}",
        "ce tiret est trop long : une liste demande le tiret court « - » ; commencez les lignes "
        "6 à 7 par un tiret court et une espace : « - pedagogie »",
        meant="themes:\n  - pedagogie\n  - afest",
    ),
    form(
        THEMES,
        "themes:\n• pedagogie\n• afest",
        f"6:1: {SYNTAX}",
        "commencez les lignes 6 à 7",
        meant="themes:\n- pedagogie\n- afest",
    ),
    form(
        THEMES,
        "themes:\n  1. pedagogie\n  2. afest",
        f"6:3: {SYNTAX}",
        "commencez les lignes 6 à 7",
        meant="themes:\n  - pedagogie\n  - afest",
    ),
    # What Markdown puts around an address
    form(
        ONLINE,
        "online: [Rejoindre](https://visio.example/comptoir)",
        f"7:9: {SYNTAX}",
        "écrivez « online: https://visio.example/comptoir »",
    ),
    form(
        TITLE,
        'title: ""Former dehors""',
        f"2:8: {SYNTAX}",
        'la valeur entre guillemets : « title: "Former dehors" »',
        meant='title: "Former dehors"',
    ),
    form(
        ONLINE,
        "online: [Rejoindre] (https://visio.example/comptoir)",
        f"7:9: {SYNTAX}",
        "écrivez « online: https://visio.example/comptoir »",
    ),
    form(
        REGISTRATION,
        "registration : url : https://inscriptions.example/dehors\n",
        f"8:16: {SYNTAX}",
        "mettez « url : https://inscriptions.example/dehors » sur une ligne à part",
        meant="registration :\n  url : https://inscriptions.example/dehors\n",
    ),
    form(
        THEMES,
        "themes:\n  -pedagogie\n  -afest",
        f"6:3: {SYNTAX}",
        "il manque une espace après le tiret d'une liste ; commencez les lignes 6 à 7",
        meant="themes:\n  - pedagogie\n  - afest",
    ),
    form(
        THEMES,
        "themes: {pedagogie, afest}",
        "5:9: error[bad-type]",
        "écrivez « themes: [pedagogie, afest] »",
        meant="themes: [pedagogie, afest]",
        fixed=False,
    ),
    form(
        "summary:",
        "description: > Une ligne\n  et la suite.\nsummary:",
        f"11:15: {SYNTAX}",
        "mettez « Une ligne » sur la ligne du dessous, après 2 espaces",
        meant="description: >\n  Une ligne\n  et la suite.\nsummary:",
    ),
    form(
        "summary:",
        "description: |\n  Une ligne\n- un\n- deux\nsummary:",
        f"13:1: {SYNTAX}",
        "commencez les lignes 13 à 14 par 2 espaces",
        meant="description: |\n  Une ligne\n  - un\n  - deux\nsummary:",
    ),
    # Commas at the ends of lines
    form("duration: 1h", "duration: 1h,", f"4:13: {SYNTAX}", "retirez-le : « duration: 1h »"),
    form(
        "temps\nstart: 2027-05-20 12:30\n",
        "temps,\nstart: 2027-05-20 12:30,\n",
        f"2:41: {SYNTAX}",
        "retirez-le à la fin des lignes 2, 3",
    ),
    form(TITLE, f"{TITLE},", "2:41: warning[stray-sign]", "retirez-le", fixed=False),
    form(
        TITLE,
        'title: "Former dehors",',
        f"2:23: {SYNTAX}",
        "retirez-le",
        meant='title: "Former dehors"',
    ),
    # Texts of several lines
    form(
        "summary:",
        "description: >-\n  Une ligne\nsuite du texte\n  et encore\n  la fin.\nsummary:",
        f"13:1: {SYNTAX}",
        "elle continue le texte du dessus, et il lui manque des espaces devant ; commencez-la par "
        "2 espaces, comme ce texte",
        meant="description: >-\n  Une ligne\n  suite du texte\n  et encore\n  la fin.\nsummary:",
    ),
    form(
        "summary:",
        "description: >-\n    Une ligne\n  suite\n  du texte\n    et la fin.\nsummary:",
        f"13:3: {SYNTAX}",
        "commencez les lignes 13 à 14 par 4 espaces",
        meant="description: >-\n    Une ligne\n    suite\n    du texte\n    et la fin.\nsummary:",
    ),
    form(
        "summary:",
        "description: >-\n  Une ligne\npuis : du texte\n  et la fin.\nsummary:",
        f"13:1: {SYNTAX}",
        "commencez-la par 2 espaces",
        meant="description: >-\n  Une ligne\n  puis : du texte\n  et la fin.\nsummary:",
    ),
    form(
        "summary: Trois",
        "summary: Une\n  ligne\nsuite\n  de trois",
        f"13:1: {SYNTAX}",
        "commencez-la par 2 espaces",
        meant="summary: Une\n  ligne\n  suite\n  de trois",
    ),
]

HOSTS = "hosts: [cci-normandie]"
SEVERAL = "hosts: [cci-normandie, cci-france]"
NAMES = [
    # What has a file, by its name, or several of them together
    form(
        THEMES,
        "themes: pedagogie; afest",
        "5:9: error[bad-id]",
        "écrivez « themes: [pedagogie, afest] »",
        meant="themes: [pedagogie, afest]",
    ),
    form(
        HOSTS,
        "hosts: CCI Normandie et CCI France",
        "6:8: error[bad-id]",
        "écrivez « hosts: [cci-normandie, cci-france] »",
        meant=SEVERAL,
    ),
    form(
        HOSTS,
        "hosts: [CCI Normandie & CCI France]",
        "6:9: error[bad-id]",
        "mettez une virgule entre chaque : « cci-normandie, cci-france »",
        meant=SEVERAL,
    ),
    form(
        HOSTS,
        "hosts:\n  - CCI Normandie / CCI France",
        "7:5: error[bad-id]",
        "mettez chacun sur une ligne à part : « - cci-normandie », « - cci-france »",
        meant="hosts:\n  - cci-normandie\n  - cci-france",
    ),
    form(
        THEMES,
        "themes: pedagogie afest",
        "5:9: error[bad-id]",
        "écrivez « themes: [pedagogie, afest] »",
        meant="themes: [pedagogie, afest]",
    ),
]
"""They are set right with what the site knows, which a source alone does not."""

STARTED = "title: Un\nstart: 2026-11-05 12:30\nreplay:\n  video: https://v.example/a\n  chapters:\n"
CHAPTERED = '    - at: "0:00"\n      title: A\n    - at: "6:40"\n      title: B\n'


def chapters(text: str, place: str, mend: str, right: str) -> Mistake:
    return Mistake(page(STARTED + text), place, mend, right=page(STARTED + right))


def stops(text: str, place: str, mend: str, right: str) -> Mistake:
    front = "title: Un\nstart: 2026-12-03\nend: 2026-12-04\nstops:\n"
    return Mistake(page(front + text), place, mend, "voyages", right=page(front + right))


BOTH = "title: B\nplace: x"
TWO = "  - id: a\n    title: A\n    day: 1\n  - id: b\n    title: B\n    day: 2\n"
ITEMS = [
    # Too far out, among what is a part of a part
    stops(
        TWO.replace("    title: B", "title: B"),
        "10:1: error[yaml-syntax]",
        "mettez 4 espaces devant « title: »",
        TWO,
    ),
    stops(
        TWO.replace("    title: A\n    day: 1\n  - id: b", "    title: A\nday: 1\n  - id: b"),
        "8:1: error[yaml-syntax]",
        "mettez 4 espaces devant « day: »",
        TWO,
    ),
    stops(
        TWO.replace("day: 2", "place: x\n    day: 2").replace("    title: B\n    place: x", BOTH),
        "10:1: error[yaml-syntax]",
        "mettez 4 espaces devant les lignes 10 à 11",
        TWO.replace("day: 2", "place: x\n    day: 2"),
    ),
    chapters(
        CHAPTERED.replace("      title: A", "title: A"),
        "8:1: error[yaml-syntax]",
        "mettez 6 espaces devant « title: »",
        CHAPTERED,
    ),
    stops(
        TWO.replace("  - id: b", "    id: b"),
        "9:5: error[duplicate-key]",
        "il manque un tiret devant l'élément suivant de la liste : « - id: b »",
        TWO,
    ),
    stops(
        TWO.replace("    title: B", "  - title: B"),
        "10:5: error[yaml-syntax]",
        "remplacez le tiret par une espace : « title: B »",
        TWO,
    ),
    chapters(
        CHAPTERED.replace("      title: B", "    - title: B"),
        "10:7: error[yaml-syntax]",
        "remplacez le tiret par une espace : « title: B »",
        CHAPTERED,
    ),
    stops(
        TWO.replace("  - id: b", "  id: b"),
        "9:3: error[yaml-syntax]",
        "écrivez « - id: b »",
        TWO,
    ),
    stops(
        TWO.replace("  - id: b", "- id: b"),
        "9:1: error[yaml-syntax]",
        "autant d'espaces que « - id: » : 2",
        TWO,
    ),
    stops(
        TWO.replace("    day: 1", "  - day: 1"),
        "8:5: error[yaml-syntax]",
        "remplacez le tiret par une espace : « day: 1 »",
        TWO,
    ),
    replace(
        chapters(
            "    0:00 Bienvenue\n    6:40 Fin\n",
            "7:5: error[bad-type]",
            '« - {at: "0:00", title: Bienvenue} », « - {at: "6:40", title: Fin} »',
            '    - {at: "0:00", title: Bienvenue}\n    - {at: "6:40", title: Fin}\n',
        ),
        is_fixed=False,
    ),
    chapters(
        "    - 0:00 Bienvenue\n",
        "7:7: error[bad-type]",
        'écrivez « - {at: "0:00", title: Bienvenue} »',
        '    - {at: "0:00", title: Bienvenue}\n',
    ),
    chapters(
        "    - 0:00: Bienvenue\n",
        "7:7: error[unknown-key]",
        'écrivez « - {at: "0:00", title: Bienvenue} »',
        '    - {at: "0:00", title: Bienvenue}\n',
    ),
    chapters(
        "    - at: 0:00, title: Bienvenue\n",
        "7:7: error[yaml-syntax]",
        'écrivez « - {at: "0:00", title: Bienvenue} »',
        '    - {at: "0:00", title: Bienvenue}\n',
    ),
]


def yml(kind: str, text: str, place: str, mend: str, right: str, *, fixed: bool) -> Mistake:
    return Mistake(text, place, mend, f"content/data/{kind}", right=right, is_fixed=fixed)


CODE = "`" * 3
MISSING = "error[front-matter-missing]"
FENCES = [
    replace(
        whole(
            f"Bonjour, voici mon Comptoir\n\n{EXAMPLE}",
            f"1:1: {MISSING}",
            "l'en-tête commence à la ligne 3 : supprimez les lignes qui le précèdent, ou",
        ),
        right=EXAMPLE,
        is_fixed=False,
    ),
    replace(
        whole(
            f"{CODE}yaml\n{EXAMPLE}{CODE}\n",
            f"1:1: {MISSING}",
            "supprimez la ligne 1, et aussi la ligne 15",
        ),
        right=EXAMPLE,
    ),
    replace(
        whole(
            f"{CODE}markdown\n" + EXAMPLE.replace("---\nCe", f"---\n{CODE}\nCe"),
            f"1:1: {MISSING}",
            "supprimez la ligne 1, et aussi la ligne 14",
        ),
        right=EXAMPLE,
    ),
    replace(
        whole(
            EXAMPLE.replace("---\n", f"{CODE}yaml\n", 1).replace("---\n", f"{CODE}\n", 1),
            f"1:1: {MISSING}",
            "trois tirets seuls",
            "12:1: error[front-matter-open]",
        ),
        right=EXAMPLE,
    ),
    replace(
        whole(
            EXAMPLE + EXAMPLE,
            "14:1: error[second-front-matter]",
            "un fichier par rencontre : déplacez la ligne 14 et toutes les suivantes dans un",
        ),
        right=EXAMPLE,
        is_fixed=False,
    ),
    replace(
        whole("---\n" + EXAMPLE, f"2:1: {MISSING}", "une seule ligne « --- »"),
        right=EXAMPLE,
    ),
    replace(
        whole(
            EXAMPLE.replace("---\nCe", "--- Ce"),
            "12:1: error[front-matter-open]",
            "« --- » est seul sur sa ligne : mettez ce qui suit sur la ligne du dessous",
        ),
        right=EXAMPLE,
    ),
    yml(
        "themes",
        f"{CODE}yaml\nname: P\n{CODE}\n",
        f"1:1: {SYNTAX}",
        "supprimez la ligne 1, et aussi la ligne 3",
        "name: P\n",
        fixed=True,
    ),
    yml(
        "people",
        "name: P\nconsent: accord écrit du 3 mars 2026\n---\nElle anime.\n",
        f"3:1: {SYNTAX}",
        "un fichier .yml n'a ni « --- » ni texte en dessous : supprimez les lignes 3 à 4",
        "name: P\nconsent: accord écrit du 3 mars 2026\n",
        fixed=False,
    ),
    yml(
        "themes",
        "---\nname: P\n---\nUn thème.\nDeux.\n",
        f"3:1: {SYNTAX}",
        "écrivez ce texte dans « description: »",
        "---\nname: P\ndescription: |\n  Un thème.\n  Deux.\n",
        fixed=True,
    ),
    yml(
        "themes",
        "---\nname: P\n---\n",
        f"3:1: {SYNTAX}",
        "n'a pas de « --- » à la fin : supprimez cette ligne",
        "---\nname: P\n",
        fixed=True,
    ),
]
SHOWN_RAW = "warning[shown-as-written]"


def body(text: str, place: str, mend: str, right: str) -> Mistake:
    return replace(
        whole(EXAMPLE.replace(BODY, text), place, mend),
        right=EXAMPLE.replace(BODY, right),
        is_fixed=False,
    )


BODIES = [
    body(
        "Programme :\n\n• Un\n• Deux\n",
        f"15:1: {SHOWN_RAW}",
        "commencez les lignes 15 à 16 par un tiret court et une espace : « - Un »",
        "Programme :\n\n- Un\n- Deux\n",
    ),
    body(
        "– Un\n– Deux\n",
        f"13:1: {SHOWN_RAW}",
        "commencez les lignes 13 à 14 par un tiret court",
        "- Un\n- Deux\n",
    ),
    body(
        "-Un\n-Deux\n",
        f"13:1: {SHOWN_RAW}",
        "mettez une espace après le signe, aux lignes 13 à 14 : « - Un »",
        "- Un\n- Deux\n",
    ),
    body(
        "#Programme\n\nTexte.\n",
        f"13:1: {SHOWN_RAW}",
        "écrivez « # Programme »",
        "# Programme\n\nTexte.\n",
    ),
    body(
        "Voir (Le programme)[https://cci.example/a].\n",
        f"13:6: {SHOWN_RAW}",
        "écrivez « [Le programme](https://cci.example/a) »",
        "Voir [Le programme](https://cci.example/a).\n",
    ),
    body(
        "Voir [Le programme] (https://cci.example/a).\n",
        f"13:6: {SHOWN_RAW}",
        "écrivez « [Le programme](https://cci.example/a) »",
        "Voir [Le programme](https://cci.example/a).\n",
    ),
    body(
        "Voir [le site](www.cci.fr).\n",
        "13:16: error[dead-link]",
        "écrivez l'adresse entière : « https://www.cci.fr »",
        "Voir [le site](https://www.cci.fr).\n",
    ),
    body(
        "![Banc](C:\\Users\\Jean\\carte.svg)\n",
        "13:9: error[own-disk]",
        "mettez ce fichier à côté de celui-ci, et n'écrivez que son nom : « (carte.svg) »",
        "![Banc](carte.svg)\n",
    ),
    body(
        "![Banc](file:///C:/Users/Jean/carte.svg)\n",
        "13:9: error[own-disk]",
        "n'écrivez que son nom : « (carte.svg) »",
        "![Banc](carte.svg)\n",
    ),
    body(
        "![](carte.svg)\n",
        "13:5: error[image-alt]",
        "écrivez ce qu'elle montre entre les crochets : « ![…](carte.svg) »",
        "![Banc](carte.svg)\n",
    ),
    form(
        "équipes racontent",
        "équipes<br>racontent",
        f"11:10: {SHOWN_RAW}",
        "c'est un texte simple, sans signes : écrivez « Trois équipes racontent leurs",
        fixed=False,
    ),
    form(
        "équipes racontent",
        "équipes **racontent**",
        f"11:10: {SHOWN_RAW}",
        "écrivez « Trois équipes racontent leurs",
        fixed=False,
    ),
]
MEANT_SO = [
    "— Bonjour, dit-il.\n",
    "#formation #dehors\n",
    f"{CODE}\n#Programme\n• Un\n(a)[https://b.example/]\n{CODE}\n",
    "Une note (voir plus bas) [1].\n\n[1]: https://a.example/\n",
]
ALONE = [*FORMS, *ITEMS, *FENCES]
FORMED = [*ALONE, *NAMES, *BODIES]

START = "start: 2026-12-03 12:30\n"
MISTAKES = [
    # Words for keys
    event("lieu: rennes\n", "4:1: error[unknown-key]", "écrivez « place: »"),
    front("title: Un\ndate: 2026-12-03 12:30\n", "3:1: error[unknown-key]", "écrivez « start: »"),
    front("titre: Un\n" + START, "2:1: error[unknown-key]", "écrivez « title: »"),
    front("Titre : Un\n" + START, "2:1: error[unknown-key]", "écrivez « title: »"),
    event("lien: https://visio.example/a\n", "4:1: error[unknown-key]", "écrivez « online: »"),
    event("intervenant: une-personne\n", "4:1: error[unknown-key]", "écrivez « speakers: »"),
    event("durée: 1h\n", "4:1: error[unknown-key]", "écrivez « duration: »"),
    event("places: 20\n", "4:9: error[bad-id]", "écrivez « seats: 20 »"),
    event("places: 20 max\n", "4:9: error[bad-id]", "écrivez « seats: 20 »"),
    event("places: complet\n", "4:9: error[bad-id]", "écrivez « registration: {state: full} »"),
    event("thématiques: pedagogie\n", "4:1: error[unknown-key]", "écrivez « themes: »"),
    event("annulé: oui\n", "4:1: error[unknown-key]", "écrivez « status: cancelled » (annulée)"),
    event("reporté: oui\n", "4:1: error[unknown-key]", "« status: postponed » (reportée"),
    event("complet: oui\n", "4:1: error[unknown-key]", "« registration: {state: full} » (complet)"),
    event("complet: non\n", "4:1: error[unknown-key]", "supprimez cette ligne"),
    event(
        "date limite: 2026-12-01\n",
        "4:1: error[unknown-key]",
        "sous « registration: », écrivez « deadline: » sur une ligne qui commence par deux espaces",
    ),
    front(
        "title: Un\nstart: 2026-12-03\nheure: 12h30\n",
        "4:1: error[unknown-key]",
        "sur une seule ligne : écrivez « start: 2026-12-03 12:30 »",
    ),
    event("heure: 14:00\n", "4:1: error[unknown-key]", "déjà à la ligne 3 : gardez l'une des deux"),
    event("duraton: 1h\n", "4:1: error[unknown-key]", "vouliez-vous « duration » ?"),
    event(
        "sous-titres: a.vtt\n", "4:1: error[unknown-key]", "sous « replay: », écrivez « captions:"
    ),
    # Keys at another depth
    event(
        "registration:\nurl: https://a.example/\n",
        "5:1: warning[beside-part]",
        "mettez deux espaces devant « url: », ou supprimez « registration: »",
    ),
    trip(
        STOPS + "heure: 14:00\n",
        "8:1: error[unknown-key]",
        "elle appartient à « stops: » : décalez-la autant que les autres clés de cette liste",
    ),
    trip(STOPS + "    lieu: rennes\n", "8:5: error[unknown-key]", "écrivez « place: »"),
    event(
        "registration:\n  url: https://a.example/\n  speakers: une-personne\n",
        "6:3: error[unknown-key]",
        "cette clé vaut pour tout le fichier, pas pour « registration: »",
    ),
    event("video: https://v.example/\n", "4:1: error[unknown-key]", "sous « replay: », écrivez"),
    # Values
    event("status: annulé\n", "4:9: error[bad-choice]", "écrivez « status: cancelled » (annulée)"),
    event("status: canceled\n", "4:9: error[bad-choice]", "« status: cancelled » (annulée)"),
    event(
        "status: bof\n", "4:9: error[bad-choice]", "tentative (à confirmer), postponed (reportée"
    ),
    event(
        "mode: présentiel\n", "4:7: error[bad-choice]", "« mode: on-site » (sur place seulement)"
    ),
    event("draft: peut-être\n", "4:8: error[bad-choice]", "true (oui), false (non)"),
    front(
        PAST + "replay: https://video.example/abc\n",
        "4:9: error[bad-type]",
        "écrivez « replay: {video: https://video.example/abc} »",
    ),
    event("registration: complet\n", "4:15: error[bad-type]", "« registration: {state: full} »"),
    event(
        "image: photo.jpg\n",
        "4:8: error[bad-type]",
        "« image: {src: photo.jpg, alt: … } »",
        "4:8: error[missing-file]",
    ),
    event(
        "registration:\n  url:https://a.example/\n",
        "5:3: error[bad-type]",
        "espace après les deux-points : « url: https://a.example/ »",
    ),
    # A list within a list, which holds others beside it: one item of it is shown.
    event("tags: [un, [deux]]\n", "4:12: error[bad-type]", "écrivez « - deux »"),
    event("tags: [un, [a, b]]\n", "4:12: error[bad-type]", "à part : « - a », « - b »"),
    event("places: [a, [b]]\n", "4:13: error[bad-type]", "écrivez « - b »"),
    event("deadlines: [[Appel]]\n", "4:13: error[bad-type]", "« - {what: Appel, until: … } »"),
    event(
        "repeat: chaque jeudi\ndates:\n  2027-01-14:\n  2027-01-21: {}\n",
        "6:14: error[empty]",
        "dates.2027-01-14 : la valeur est vide",
        "7:15: error[empty]: dates.2027-01-21",
    ),
    event(
        "repeat: chaque jeudi\ndates: {2027-01-14: {annulé: }}\n",
        "5:22: error[unknown-key]",
        "« status: cancelled »",
    ),
    front(
        "title: Un\nstart: 2027-01-07 12:30 UTC\nrepeat: chaque jeudi\n",
        "3:8: error[utc-offset]",
        "« start: 2027-01-07 12:30 » ; si elle a lieu à cette heure UTC",
    ),
    *(
        event(
            f'deadlines: ["{said}"]\n',
            "4:13: error[bad-type]",
            "« - {what: Appel, until: 3 janvier 2027} »",
        )
        for said in (
            "Appel jusqu'au 3 janvier 2027",
            "Appel : 3 janvier 2027",
            "Appel (3 janvier 2027)",
            "3 janvier 2027 – Appel",
        )
    ),
    *(
        event(
            f"repeat: {{every: month, on: {said}}}\n",
            "4:28: error[bad-repeat]",
            better,
        )
        for said, better in (
            ("-1FR", "écrivez « dernier vendredi »"),
            ("2TH", "écrivez 2e jeudi ou 2, selon"),
            ("1MO", "écrivez « 1er lundi »"),
            ("TH", "écrivez « jeudi »"),
            ("-1", "écrivez « dernier jour »"),
        )
    ),
    event('deadlines: ["Appel : 1/3/2027"]\n', "4:13: error[bad-type]", "Appel : 1/3/2027"),
    event("deadlines: [[]]\n", "4:13: error[bad-type]", "écrivez « - {what: …, until: … } »"),
    event("repeat: chaque jeudi\nlater: [{from: [a]}]\n", "5:16: error[bad-type]", "« from: 2026"),
    event("duration: 2\n", "4:11: error[bad-duration]", "écrivez 2h ou 2 min"),
    event("duration: 1.30\n", "4:11: error[bad-duration]", "écrivez 1h30 ou 78 min"),
    event("seats: 12 places\n", "4:8: error[bad-value]", "écrivez « seats: 12 »"),
    event(
        "online: visio.example/a\n", "4:9: error[bad-url]", "« online: https://visio.example/a »"
    ),
    event("timezone: La Réunion\n", "4:11: error[unknown-timezone]", "timezone: Indian/Reunion"),
    front("title: Un\nstart: 12h30\n", "3:8: error[bad-moment]", "« start: 2026-12-03 12:30 »"),
    front(
        "title: Un\nstart: jeudi 3 décembre à 12h30\n",
        "3:8: error[bad-moment]",
        "l'année manque : écrivez « start: jeudi 3 décembre 2026 à 12h30 »",
    ),
    front("title: Un\nstart: 3-12-2026 12:30\n", "3:8: error[bad-moment]", "2026-12-03 12:30 »"),
    front("title: Un\nstart: 2026/12/03 12:30\n", "3:8: error[bad-moment]", "2026-12-03 12:30 »"),
    front("title: Un\nstart: 3/12/26 12:30\n", "3:8: error[bad-moment]", "2026-12-03 12:30 »"),
    trip(
        "title: Un\nstart: 2026-12-03\nduration: 1h\n",
        "4:11: error[end-unlike-start]",
        "« duration: » parle d'heures, et « start: 2026-12-03 » d'un jour seul",
    ),
    event(
        "end: 2026-12-04\n",
        "4:6: error[end-unlike-start]",
        "« end: 2026-12-04 » d'un jour seul ; donnez aussi l'heure, comme dans « end: 2026",
    ),
    front(
        "title: Un\nstart: 2026-12-03\nrepeat: {every: week, until: 2027-02-01}\n"
        "also: 2026-12-11 12:30\n",
        "5:7: error[end-unlike-start]",
        "donnez aussi l'heure, comme dans « start: 2026-12-03 12:30 », ou",
        "3:8: warning[no-time]",
    ),
    # What has a file
    event(
        "hosts: [cci-normandi]\n",
        "4:9: error[unknown-reference]",
        "dans content/data/organisations/cci-normandi.yml, ou écrivez « cci-normandie » si",
    ),
    event("place: Rennes\n", "4:8: error[bad-id]", "écrivez « place: rennes »"),
    event("place: Lyon\n", "4:8: error[bad-id]", "dans content/data/places/lyon.yml"),
    event("hosts: cci-normandie; afpa\n", "4:8: error[bad-id]", "« hosts: [cci-normandie, afpa] »"),
    event(
        "image: {src: photo.jpg, alt: A}\n", "4:14: error[missing-file]", "« Photo.JPG » : écrivez"
    ),
    event(
        "image: {src: image.heic, alt: A}\n", "4:14: error[bad-file-type]", "convertissez en JPG"
    ),
    event(
        "image: {src: phto.JPG, alt: A}\n", "4:14: error[missing-file]", "vouliez-vous « Photo.JPG"
    ),
    # YAML
    front(
        "title:Lire\n" + START, "2:7: error[yaml-syntax]", "après les deux-points : « title: Lire »"
    ),
    front(
        "title Lire\n" + START, "2:6: error[yaml-syntax]", "deux-points après « title » ; écrivez"
    ),
    front("title = Lire\n" + START, "2:6: error[yaml-syntax]", "écrivez « title: Lire »"),
    event(" duration: 1h\n", "4:1: error[yaml-syntax]", "retirez les espaces devant « duration: »"),
    front(
        " title: Un\n" + START, "2:1: error[yaml-syntax]", "retirez les espaces devant « title: »"
    ),
    front(
        'title: "Lire" un plan\n' + START,
        "2:8: error[yaml-syntax]",
        "toute la valeur entre guillemets : « title: '\"Lire\" un plan' »",
    ),
    front(
        'title: "Lire un plan\nstart: 2026-12-03 12:30\nseats: 3\nsummary: "Un"\n',
        "2:8: error[yaml-syntax]",
        'n\'est pas refermé sur cette ligne ; écrivez « title: "Lire un plan" »',
    ),
    front("title: Un: deux\n" + START, "2:10: error[yaml-syntax]", '« title: "Un: deux" »'),
    front("title: @tous\n" + START, "2:8: error[yaml-syntax]", '« title: "@tous" »'),
    front("title: *Lire* un plan\n" + START, "2:8: error[yaml-syntax]", '"*Lire* un plan" »'),
    event("summary: [Neuf] Un plan\n", "4:10: error[yaml-syntax]", '« summary: "[Neuf] Un plan" »'),
    event("themes: [pedagogie\n", "4:9: error[yaml-syntax]", "écrivez « themes: [pedagogie] »"),
    event("hosts:\n-cci-normandie\n", "5:1: error[yaml-syntax]", "tiret : « - cci-normandie »"),
    event("hosts:\n  -cci-normandie\n", "5:3: error[yaml-syntax]", "tiret : « - cci-normandie »"),
    event("hosts:\n• cci-normandie\n", "5:1: error[yaml-syntax]", "espace : « - cci-normandie »"),
    event("registration:\n\tstate: full\n", "5:1: error[yaml-tab]", "par deux espaces"),
    event(
        "registration: oui\n  url: https://a.example/\n",
        "4:15: error[yaml-syntax]",
        "supprimez « oui » : ce que dit « registration: » se trouve sur les lignes d'en dessous",
    ),
    event(
        "registration:\n  url: https://a.example/\n deadline: 2026-12-01\n",
        "6:1: error[yaml-syntax]",
        "autant d'espaces que « url: » : 2",
    ),
    event("registration\n  state: full\n", "4:13: error[yaml-syntax]", "« registration: »"),
    event("avec le sourire\n", "4:1: error[yaml-syntax]", "« avec le sourire » est seul, sans clé"),
    front(
        "<<<<<<< HEAD\ntitle: Un\n=======\ntitle: Deux\n>>>>>>> autre\n" + START,
        "2:1: error[conflict-markers]",
        "gardez les lignes d'une version",
    ),
    # Fences
    whole("\n" + page(EVENT), "1:1: error[front-matter-missing]", "la ligne vide au-dessus"),
    whole(
        "—\n" + EVENT + "---\nTexte.\n", "1:1: error[front-matter-missing]", "trois tirets seuls"
    ),
    whole("---\n" + EVENT + "—\nTexte.\n", "4:1: error[front-matter-open]", "trois tirets seuls"),
    whole("----\n" + EVENT + "---\nA.\n", "1:1: error[front-matter-missing]", "trois tirets seuls"),
    whole(
        EVENT + "---\nTexte.\n", "1:1: error[front-matter-missing]", "« --- » au-dessus de celle"
    ),
    whole("---\n" + EVENT + "\nA.\n", "1:1: error[front-matter-open]", "sous la ligne 3"),
    # Data
    data("places", "nom: Rennes\n", "1:1: error[unknown-key]", "écrivez « name: »"),
    data("places", "name: R\nadresse: 1 rue\n", "2:1: error[unknown-key]", "écrivez « address: »"),
    data("organisations", "name: O\nsite: https://o.example/\n", "2:1: error[un", "« url: »"),
    data("people", "name: P\naccord: oral, en mars\n", "2:1: error[un", "« consent: »"),
    data("people", "name: P\nconsent: oral\nfonction: F\n", "3:1: error[unknown-key]", "« role: »"),
    data("themes", "name:Dehors\n", "1:6: error[yaml-syntax]", "« name: Dehors »"),
    # What has another reading, or none
    event(
        "lien: https://a.example/\n",
        "4:1: error[unknown-key]",
        "écrivez « online: »",
    ),
    event("- hosts: cci-normandie\n", "4:1: error[yaml-syntax]", "« hosts: cci-normandie »"),
    front("title: Un\nstart: 2026-12-03 24:00\n", "3:8: error[bad-time]", "2026-12-04 00:00 »"),
    event("seats: vingt\n", "4:8: error[bad-value]", "« seats: 20 »"),
    event("duration: une heure\n", "4:11: error[bad-duration]", "« duration: 1h »"),
    event("end: 14\n", "4:6: error[bad-moment]", "« end: 14:00 »"),
    event("online: oui\n", "4:9: error[bad-url]", "écrivez l'adresse elle-même"),
    trip(TRIP + "stops: rennes\n", "5:8: error[bad-type]", "une liste : « - id: …"),
    trip(TRIP + "stops:\n  - title: Le moulin\n", "6:5: error[missing-key]", "« id: le-moulin »"),
    # All in one round
    front(
        "title: Un\ndate: 2026-12-04 12:30\nhosts: [inconnue]\nimage: {src: rien.png, alt: A}\n",
        "3:1: error[unknown-key]",
        "écrivez « start: »",
        "3:7: error[wrong-weekday]",
        "4:9: error[unknown-reference]",
        "5:14: error[missing-file]",
    ),
    whole(
        page("title:Un\nstart: 2026-12-04 12:30\nfoo: bar\n", "[x](rien.md)\n"),
        "2:7: error[yaml-syntax]",
        "« title: Un »",
        "3:8: error[wrong-weekday]",
        "4:1: error[unknown-key]",
        "6:5: error[dead-link]",
    ),
    event(
        "end: 2026-12-03 11:00\nspeakers: [personne]\n",
        "4:6: error[end-before-start]",
        "corrigez",
        "5:12: error[unknown-reference]",
    ),
]
ENGLISH = [
    event("location: x\n", "4:1: error[unknown-key]", "write « place: »"),
    event("venue: x\n", "4:1: error[unknown-key]", "write « place: »"),
    event("speaker: x\n", "4:1: error[unknown-key]", "write « speakers: »"),
    event("sold out: yes\n", "4:1: error[unknown-key]", "registration: {state: full}"),
    event("register by: 2026-12-01\n", "4:1: error[unknown-key]", "under « registration: »"),
    event("status: called off\n", "4:9: error[bad-choice]", "status: cancelled"),
    event("mode: in person\n", "4:7: error[bad-choice]", "mode: on-site"),
    front("name: Un\n" + START, "2:1: error[unknown-key]", "write « title: »"),
    front("title: Un\nwhen: 2026-12-03 12:30\n", "3:7: error[exact-when]", "write « start: 2026"),
]


RECORDS: dict[str, type[BaseModel]] = {
    "webinars": schema.WebinarRecord,
    "voyages": schema.TripRecord,
    "people": schema.PersonRecord,
    "places": schema.PlaceRecord,
    "themes": schema.ThemeRecord,
    "organisations": schema.OrganisationRecord,
}


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
ALIKE = {"copied-source", "shared-recording", "same-name"}
"""Told of what is said in two files: here, they are all one meeting, place and recording."""


def told(root: Path, mistakes: list[Mistake], language: str) -> Mapping[int, list[str]]:
    """The lines that are told of each, without its file."""
    site = Site(root)
    config = REGIONS if language == "fr" else REGIONS.replace("language: fr", "language: en")
    site.write("mkdocs.yml", config)
    site.write("content/index.md", "# Accueil\n")
    (root / "content/mooc").mkdir()
    for id in ("pedagogie", "afest"):
        site.write(f"content/data/themes/{id}.yml", "name: P\n")
    for id in ("rennes", "x", "cci"):
        site.write(f"content/data/places/{id}.yml", "name: P\nterritory: bretagne\n")
    for id, name in (("cci-normandie", "CCI Normandie"), ("cci-france", "CCI France")):
        site.write(f"content/data/organisations/{id}.yml", f"name: {name}\n")
    site.write("content/data/organisations/afpa.yml", "name: Afpa\n")
    for id in ("une-personne", "x"):
        site.write(f"content/data/people/{id}.yml", "name: P\nconsent: par écrit, en mars\n")
    site.write("webinars/carte.svg", DRAWING)
    site.write("voyages/carte.svg", DRAWING)
    for name in ("webinars/Photo.JPG", "webinars/image.heic", "webinars/a.vtt"):
        site.write(name, "WEBVTT\n")
    files = {}
    for number, one in enumerate(mistakes):
        name = f"{one.folder}/m{number}.{one.suffix}"
        files[name] = number
        site.write(name, one.text)
    site.commit()
    problems = Problems()
    around = surroundings(now=read_instant(NOW), language=language)
    compiled = compile_only(open_config(root / "mkdocs.yml", around), problems, draws=False)
    assert (compiled is None) == bool(problems.errors)
    found: dict[int, list[str]] = {number: [] for number in files.values()}
    for problem in problems.sorted():
        if problem.mark.file in files and problem.code not in ALIKE:
            line = problem.line(translator(language)).replace("\u00a0", " ").replace("’", "'")
            line = line.replace("\u202f", " ")
            found[files[problem.mark.file]].append(line.partition(":")[2])
    return found


@pytest.fixture(scope="module")
def formed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[str]]:
    return told(tmp_path_factory.mktemp("forms") / "fr", FORMED, "fr")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[str]]:
    right = [replace(one, text=one.right) for one in FORMED]
    return told(tmp_path_factory.mktemp("followed") / "fr", right, "fr")


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[str]]:
    return told(tmp_path_factory.mktemp("mistakes") / "fr", MISTAKES, "fr")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[str]]:
    return told(tmp_path_factory.mktemp("mistakes") / "en", ENGLISH, "en")


def check(mistake: Mistake, lines: list[str]) -> None:
    expected = sorted((mistake.place, *mistake.others))
    assert len(lines) == len(expected), lines
    assert all(any(line.startswith(one) for line in lines) for one in expected), lines
    line = next(line for line in lines if line.startswith(mistake.place))
    assert mistake.mend in line.replace("…}", "… }"), line


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_a_mistake_is_told_with_its_mend(number: int, french: Mapping[int, list[str]]) -> None:
    check(MISTAKES[number], french[number])


@pytest.mark.parametrize("number", range(len(FORMED)))
def test_a_mistake_of_form_is_told_with_its_mend(
    number: int, formed: Mapping[int, list[str]]
) -> None:
    check(FORMED[number], formed[number])


@pytest.mark.parametrize("number", range(len(FORMED)))
def test_what_follows_the_message_is_right(number: int, followed: Mapping[int, list[str]]) -> None:
    assert followed[number] == []


@pytest.mark.parametrize("number", range(len(ALONE)))
def test_what_has_one_reading_is_set_right(number: int) -> None:
    one = ALONE[number]
    kind = RECORDS[one.folder.rpartition("/")[2]]
    found = mended(one.text, f"a.{one.suffix}", kind, DAY_FIRST, "fr")
    assert found == (one.right if one.is_fixed else one.text)


@pytest.mark.parametrize("number", range(len(ENGLISH)))
def test_a_mistake_in_english_too(number: int, english: Mapping[int, list[str]]) -> None:
    check(ENGLISH[number], english[number])


@pytest.mark.parametrize("text", MEANT_SO)
def test_what_is_meant_so_is_not_told(text: str) -> None:
    problems = Problems()
    tell_signs(text, "a.md", 1, problems)
    assert problems.sorted() == ()


CONFIG = """\
site_name: Petit site
site_url: https://petit.example/x/
docs_dir: content
theme: {name: material, language: fr, font: false}
plugins:
  - search
  - parcours:
      uid_domain: petit.example
      territories: france
      collections:
        comptoirs:
          kind: webinar
          folder: webinars
          name: Comptoirs du Jeudi
        voyages:
          kind: trip
"""
CONFIGURED = [
    # in the configuration: what is right, what is written, where it is told, what is said to write
    (
        "name: Comptoirs du Jeudi",
        'name: "Comptoirs du Jeudi',
        "14:17: error[yaml-syntax]",
        '« name: "Comptoirs du Jeudi" »',
    ),
    (
        "site_name: Petit site",
        'site_name: "1001 Parcours',
        "1:12: error[yaml-syntax]",
        '« site_name: "1001 Parcours" »',
    ),
    ("- parcours:", "- parcours", "7:13: error[yaml-syntax]", "écrivez « - parcours: »"),
    (
        "        voyages:",
        "       voyages:",
        "15:1: error[yaml-syntax]",
        "autant d'espaces que « comptoirs: » : 8",
    ),
    (
        "plugins:",
        "nav:\n  - Accueil: index.md\n   - Blog: index.md\nplugins:",
        "7:1: error[yaml-syntax]",
        "autant d'espaces que « - Accueil: » : 2",
    ),
    (
        "plugins:",
        "nav:\n  - Rubrique:\n      - Accueil: index.md\n\t\t- Blog: index.md\nplugins:",
        "8:1: error[yaml-tab]",
        "cette ligne commence par 6 espaces",
    ),
    (
        "plugins:",
        "nav:\n  - Rubrique:\n\t- Blog: index.md\nplugins:",
        "7:1: error[yaml-tab]",
        "cette ligne commence par 6 espaces",
    ),
    ("kind: trip", "genre: trip", "16:11: error[unknown-key]", "écrivez « kind: »"),
    ("kind: trip", "kind: voyage", "16:17: error[bad-choice]", "« kind: trip » (des voyages"),
    (
        "kind: trip",
        "kind: trip\n          dossier: voyages",
        "17:11: error[unknown-key]",
        "écrivez « folder: »",
    ),
    (
        "https://petit.example/x/",
        "www.petit.example",
        "2:11: error[config]",
        "« site_url: https://www.petit.example »",
    ),
    ("docs_dir: content", "docs_dir: contenu", "3:11: error[config]", "« docs_dir: content »"),
    ("name: material", "name: materiel", "4:15: error[config]", "écrivez « name: material »"),
    (
        "folder: webinars",
        "folder: webinaires",
        "13:19: error[missing-folder]",
        "écrivez « folder: webinars », le dossier qui existe",
    ),
    (
        "uid_domain: petit.example",
        "uid_domain: https://petit.example/",
        "8:19: error[bad-value]",
        "écrivez le domaine seul : « uid_domain: petit.example »",
    ),
    (
        "kind: trip",
        "kind: trip\n          address: comptoirs",
        "17:20: error[duplicate-address]",
        "donnez à chaque collection une « address: » à elle",
    ),
    (
        "plugins:",
        "nav:\n  - Accueil: index.md\n  - Blog: blog.md\nplugins:",
        "7:11: error[dead-link]",
        "supprimez cette ligne",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "place", "mend"), CONFIGURED)
def test_a_mistake_in_the_configuration_is_told_at_its_line(
    site: Site,
    capsys: pytest.CaptureFixture[str],
    right: str,
    wrong: str,
    place: str,
    mend: str,
) -> None:
    assert CONFIG.count(right) == 1
    site.write("mkdocs.yml", CONFIG.replace(right, wrong))
    site.commit()
    assert site.run("check") in {1, 2}
    told = capsys.readouterr()
    lines = [one for one in (told.out + told.err).splitlines() if "mkdocs.yml:" in one]
    (line,) = [one.replace("\u00a0", " ").replace("’", "'") for one in lines]
    assert f"mkdocs.yml:{place}" in line
    assert mend in line


def test_what_an_environment_says_is_not_read(site: Site) -> None:
    address = "site_url: !ENV [SITE_URL, 'https://petit.example/x/']"
    site.write("mkdocs.yml", CONFIG.replace("site_url: https://petit.example/x/", address))
    site.commit()
    assert site.run("check") == 0


CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nUn.\n\n00:00:05.000 --> 00:00:10.000\nDeux.\n"
LAST = "00:00:05.000 --> 00:00:10.000"
ARROW = f"la flèche a deux tirets : écrivez « {LAST} »"
CAPTIONED = [
    (CAPTIONS.replace(LAST, LAST.replace("-->", "->")), "6:1: error[captions-time]", ARROW),
    (CAPTIONS.replace(LAST, LAST.replace("-->", "–>")), "6:1: error[captions-time]", ARROW),
    (CAPTIONS.replace(LAST, LAST.replace("-->", "—>")), "6:1: error[captions-time]", ARROW),
    (CAPTIONS.replace(LAST, LAST.replace("-->", "→")), "6:1: error[captions-time]", ARROW),
    (CAPTIONS.replace(LAST, LAST.replace("-->", "--&gt;")), "6:1: error[captions-time]", ARROW),
    (CAPTIONS.replace(LAST, LAST.replace("-->", "-")), "6:1: error[captions-time]", ARROW),
    (
        CAPTIONS.replace(LAST, LAST.replace(" --> ", "-->")),
        "6:1: error[captions-time]",
        f"écrivez « {LAST} »",
    ),
    (
        CAPTIONS.replace(LAST, "0:00:5,0 --> 0:00:10"),
        "6:1: error[captions-time]",
        f"écrivez « {LAST} »",
    ),
    (
        CAPTIONS[8:].replace(".000", ",000"),
        "1:1: error[captions-srt]",
        "son nom est le bon : écrivez « WEBVTT » sur la première ligne",
    ),
    (CAPTIONS[8:], "1:1: error[captions-header]", "écrivez WEBVTT seul sur la première ligne"),
    (
        CAPTIONS.replace("WEBVTT", "WebVTT :"),
        "1:1: error[captions-header]",
        "écrivez WEBVTT seul sur la première ligne",
    ),
]


@pytest.mark.parametrize(("text", "place", "mend"), CAPTIONED)
def test_captions_are_told_with_the_line_to_write(
    tmp_path: Path, text: str, place: str, mend: str
) -> None:
    file, problems = tmp_path / "a.vtt", Problems()
    file.write_text(text.lstrip("\n"), encoding="utf-8")
    assert read_captions(tmp_path, "a.vtt", problems) is None
    (problem,) = problems.sorted()
    line = problem.line(translator("fr")).replace("\u00a0", " ")
    assert line.startswith(f"a.vtt:{place}")
    assert mend in line
    assert problem.mend is not None
    assert apply(text.lstrip("\n"), problem.mend.edits) == CAPTIONS


def test_an_hour_that_is_said_is_no_time_of_a_caption(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(CAPTIONS.replace("Deux.", "12:00 -> 13:00"), encoding="utf-8")
    problems = Problems()
    assert read_captions(tmp_path, "a.vtt", problems) is not None
    assert problems.sorted() == ()


def test_captions_and_names_are_set_right_with_the_site(site: Site) -> None:
    site.write("content/data/organisations/cci-normandie.yml", "name: CCI Normandie\n")
    site.write("webinars/a.vtt", CAPTIONS.replace("-->", "->"))
    text = page(PAST + "hosts: CCI Normandie\nreplay: {captions: a.vtt}\n")
    site.write("webinars/un.md", text)
    site.commit()
    assert site.run("check", "--fix") == 0
    assert (site.root / "webinars/a.vtt").read_text(encoding="utf-8") == CAPTIONS
    assert "hosts: cci-normandie\n" in (site.root / "webinars/un.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "sort"),
    [
        (b"PK\x03\x04\x14\0word/document.xml\xff", "Word"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "LibreOffice"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
        (b"%PDF-1.7\n\xe2\xe3", "PDF"),
        (b"{\\rtf1\\ansi Bonjour}", "RTF"),
    ],
)
def test_a_document_of_an_office_program_is_told(data: bytes, sort: str) -> None:
    problems = Problems()
    assert decode(data, "a.md", problems) is None
    (line,) = [one.line(translator("fr")) for one in problems.sorted()]
    assert line.startswith("a.md:1:1: error[word-document]: ce fichier est un document " + sort)
    assert "copiez son texte" in line


SHOWN = """\
webinars/un.md:2:1: error[unknown-key]: clé inconnue « titel » ; vouliez-vous « title » ?
    2 | titel: Élan 木  vital
      | ^
webinars/un.md:4:9: error[bad-choice]: status : « annulé » n’est pas une valeur possible ; écrivez
    4 | status: annulé
      |         ^
"""


def test_the_line_is_shown_with_a_caret(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    front = "titel: Élan 木\tvital\nstart: 2026-12-03 12:30\nstatus: annulé\n"
    site.write("webinars/un.md", page(front))
    site.commit()
    assert site.run("check") == 1
    lines = capsys.readouterr().out.splitlines()
    for line, shown in zip(lines, SHOWN.splitlines(), strict=True):
        assert line.replace("\u00a0", " ").replace("木 v", "木  v").startswith(shown)


def test_a_long_line_is_cut_around_the_column(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    front = "title: Un\nstart: 2026-12-03 12:30\nthemes: [" + "a, " * 200 + "É\x1b, b]\n"
    site.write("webinars/un.md", page(front))
    site.commit()
    assert site.run("check") == 1
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if "error[bad-id]" in line)
    text, caret = lines[at + 1], lines[at + 2]
    assert text[caret.index("^")] == "É"
    assert "…" in text
    assert len(text) < 120
    assert "\x1b" not in "".join(lines)


def test_what_is_told_on_a_forge_has_no_excerpt(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.write("webinars/un.md", page(EVENT + "lieu: x\n"))
    site.commit()
    assert site.run("check", "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines] == ["::error file=webinars/un.md"] * 2


def test_a_page_may_tell_of_joined_versions(site: Site) -> None:
    shown = "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n"
    site.write("content/git.md", f"# Git\n\n{shown}")
    site.commit()
    assert site.run("check") == 0
    site.write("content/git.md", f"# Git\n\n{shown[4:-4]}")
    site.commit()
    assert site.run("check") == 1


def test_they_are_many() -> None:
    assert len(MISTAKES) >= 60


@pytest.mark.parametrize(
    ("said", "place", "code"),
    [
        ('links: [{url: ""}]', "4:15", "empty"),
        ('links: [""]', "4:9", "empty"),
        ('url: "  "', "4:6", "empty"),
        ('online: ""', "4:9", "empty"),
        ('registration: {url: ""}', "4:21", "empty"),
        ('deadlines: [{what: A, until: 2026-12-01, url: ""}]', "4:47", "empty"),
        ('image: {src: "", alt: A}', "4:14", "empty"),
        ('programme: [{title: A, video: ""}]', "4:31", "empty"),
        ('programme: [{title: A, slides: ""}]', "4:32", "empty"),
        ('programme: [{title: A, at: ""}]', "4:28", "empty"),
        ('place: {name: A, url: ""}', "4:23", "empty"),
        ('timezone: ""', "4:11", "empty"),
        # The folder itself is no file, and does not lead out of it.
        ('links: ["./"]', "4:9", "missing-file"),
    ],
)
def test_quotes_with_nothing_between_them_are_told_as_empty(
    site: Site, capsys: pytest.CaptureFixture[str], said: str, place: str, code: str
) -> None:
    site.write("webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\n{said}\n---\nT.\n")
    assert site.run("check", "--lang", "en") == 1
    (line,) = [one for one in capsys.readouterr().out.splitlines() if " error[" in one]
    assert line.startswith(f"webinars/un.md:{place}: error[{code}]")
