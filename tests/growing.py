"""A community that has grown: thousands of people and meetings, of every sort that pages list.

Its names are made of syllables: nobody is meant.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from .bench import sentence, write
from .conftest import NOW

TODAY = datetime.fromisoformat(NOW).date()
FIRST = date(2018, 1, 4)

CONFIG = """\
site_name: Grande communauté
site_url: https://grande.example/x/
docs_dir: content
theme: {name: material, language: fr, font: false}
plugins:
  - search
  - parcours:
      uid_domain: grande.example
      territories: france
      exchange: {name: Boîte, address: boite, form: 'https://formulaire.example/x'}
      relay: {name: Suite, address: suite}
      collections:
        rencontres: {kind: meeting, folder: rencontres, name: Rencontres, address: rencontres}
"""
MORE = """\
        voyages: {kind: trip, folder: voyages, name: Voyages, address: voyages}
        mooc: {kind: course, folder: content/mooc, name: Mooc, address: mooc}
"""
REGIONS = ("bretagne", "normandie", "la-reunion", "hauts-de-france", "occitanie", "ile-de-france")


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How many of each there are."""

    meetings: int = 0
    series: int = 0
    people: int = 0
    organisations: int = 0
    places: int = 0
    tags: int = 0
    themes: int = 0
    posts: int = 0
    trips: int = 0
    courses: int = 0
    sessions: int = 0
    needs: int = 0
    facilitators: int = 0
    skills: int = 0


GREAT = Sizes(
    meetings=2600,
    series=20,
    people=4500,
    organisations=400,
    places=400,
    tags=2000,
    themes=40,
    posts=400,
    trips=150,
    courses=80,
    sessions=400,
    needs=400,
    facilitators=400,
    skills=60,
)
"""As large as the communities that were turned into sites."""

_SYLLABLES = """
an bé cha dou é fa gue ha i jo ki lé mon né o pi qua ré sa té u va wen xi y zo œu
""".split()  # noqa: SIM905 - a list of syllables reads better so


def name(n: int) -> str:
    """The nth of names that begin with every letter."""
    size = len(_SYLLABLES)
    parts = (n % size, n // size % size, n // size**2 % size, (n * 7) % size)
    return "".join(_SYLLABLES[one] for one in parts).capitalize()


def grown(root: Path, sizes: Sizes = GREAT, *, config: str = CONFIG) -> None:
    """Write a community; whatever its files name is there."""
    chance = random.Random(1616)
    more = MORE if sizes.trips or sizes.courses else ""
    write(root / "mkdocs.yml", config + more)
    write(root / "content/index.md", "# Accueil\n")
    for folder in ("rencontres", "voyages", "content/mooc"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    _entities(root, sizes)
    _exchange(root, sizes)
    for n in range(sizes.posts):
        day = FIRST + timedelta(days=8 * n % 3200)
        front = f"title: Nouvelle {name(n)}\ndate: {day}\nsummary: {sentence(chance, 12)}\n"
        write(root / f"content/actualites/{day}-n{n}.md", f"---\n{front}---\nTexte.\n")
    days = (TODAY - FIRST).days + 200
    for n in range(sizes.meetings):
        day = FIRST + timedelta(days=n * days // sizes.meetings)
        write(root / f"rencontres/r{n}.md", _meeting(chance, n, day, sizes))
    for n in range(sizes.series):
        front = (
            f"title: Série {name(n)}\nstart: {FIRST + timedelta(days=n)} 12:30\nduration: 1h\n"
            "repeat: {every: 2 weeks}\n"
        )
        write(root / f"rencontres/serie{n}.md", f"---\n{front}---\nTexte.\n")
    for n in range(sizes.trips):
        day = FIRST + timedelta(days=n * days // sizes.trips)
        stop = f"- {{id: e, title: Étape, place: lieu-{n % max(1, sizes.places)}, day: 1}}\n"
        stops = f"stops:\n{stop}" if sizes.places else ""
        front = f"title: Voyage {name(n)}\nstart: {day}\nend: {day + timedelta(days=2)}\n{stops}"
        write(root / f"voyages/v{n}.md", f"---\n{front}---\nTexte.\n")
    for n in range(sizes.courses):
        write(root / f"content/mooc/c{n}/index.md", f"---\ntitle: Cours {name(n)}\n---\nTexte.\n")
        for number in range(sizes.sessions if n == 0 else 1):
            day = FIRST + timedelta(days=7 * number + n)
            front = f"title: Séance {number}\nstart: {day} 12:30\nnumber: {number + 1}\n"
            write(root / f"content/mooc/c{n}/s{number}.md", f"---\n{front}---\nTexte.\n")


def _entities(root: Path, sizes: Sizes) -> None:
    data = root / "content/data"
    for n in range(sizes.themes):
        write(data / f"themes/theme-{n}.yml", f"name: Thème {name(n)}\n")
    for n in range(sizes.organisations):
        text = f"name: Organisme {name(n)}\nterritory: {REGIONS[n % 3]}\n"
        write(data / f"organisations/org-{n}.yml", text)
    for n in range(sizes.people):
        text = f"name: {name(n)} {name(n * 3)}\nrole: Formatrice\nconsent: 2026-01-01\n"
        text += (
            f"organisation: org-{n % min(9, sizes.organisations)}\n" if sizes.organisations else ""
        )
        write(data / f"people/p{n}.yml", text)
    for n in range(sizes.places):
        text = f"name: Lieu {name(n)}\naddress: {n} rue d’exemple\nterritory: {REGIONS[n % 2]}\n"
        write(data / f"places/lieu-{n}.yml", text)


def _exchange(root: Path, sizes: Sizes) -> None:
    data = root / "content/data"
    for n in range(sizes.skills):
        write(data / f"skills/s{n}.yml", f"name: Savoir {name(n)}\n")
    for n in range(sizes.facilitators):
        text = (
            f"name: Facilitatrice {name(n)}\nconsent: {{given: 2026-09-01, until: 2027-08-31}}\n"
            f"skills: [s{n % sizes.skills}]\nformats: [à distance]\ncapacity: 2\n"
        )
        write(data / f"facilitators/f{n}.yml", text)
    for n in range(sizes.needs):
        text = (
            f"title: Besoin {name(n)}\nskills: [s{n % sizes.skills}]\nformat: à distance\n"
            f"opened: {TODAY - timedelta(days=n)}\n"
        )
        write(data / f"needs/n{n}.yml", text)


def _meeting(chance: random.Random, n: int, day: date, sizes: Sizes) -> str:
    """A meeting; every other past one has a replay, every tenth a programme of the same speaker."""
    front = f"title: Rencontre {n}, {sentence(chance, 6)}\nstart: {day} 12:30\nduration: 1h\n"
    front += f"summary: {sentence(chance, 14)}\nonline: https://visio.example/{n}\n"
    if sizes.themes:
        front += f"themes: [theme-{n % sizes.themes}]\n"
    if sizes.tags:
        number = n * 3 % sizes.tags
        its = [f"{name(number)} {number}", "souvent"]
        front += f"tags: [{', '.join(its)}]\n"
    if sizes.organisations:
        front += f"hosts: [org-0, org-{n % sizes.organisations}]\n"
    if sizes.people:
        front += f"speakers: [p{n % sizes.people}, p0]\n"
    if sizes.places:
        front += f"place: lieu-{n % sizes.places}\n"
    if day < TODAY and n % 2:
        front += f"replay: {{video: https://video.example/{n}.mp4, duration: 50 min}}\n"
    if sizes.people and n % 10 == 0:
        front += "programme:\n"
        for item in range(4):
            at = f"at: '12:{30 + item * 5}', duration: 5 min"
            front += f"  - {{{at}, title: Exposé {n} {item}, speakers: [p{item}]}}\n"
    return f"---\n{front}---\n{sentence(chance, 30)}\n"
