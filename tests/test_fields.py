"""Every field that a source or the configuration may have, set in one site that is built."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import get_args

import pytest
from PIL import Image
from pydantic import BaseModel

from parcours.model import options, schema
from parcours.problems import Problems
from parcours.sources.yaml import read_yaml

from .conftest import FRENCH, Site

CONFIG = FRENCH.partition("      uid_domain")[0]

OPTIONS = """\
uid_domain: petit.example
timezone: Europe/Paris
data: data
territories: france
map: map.json
collections:
  comptoirs:
    kind: webinar
    folder: webinars
    name: Comptoirs
    singular: Comptoir
    address: comptoirs
    weekday: thursday
    duration: 45 min
    color: teal
    remind: 7 days
    aliases: [anciens-comptoirs]
    defaults:
      online: https://tous.example/
      place: lieu
      mode: hybrid
      organisers: [organisation]
      hosts: [organisation]
      speakers: [personne]
      themes: [theme]
      territories: [nord]
      language: fr
      tags: [imprimerie]
      price: gratuit
      seats: 12
      recorded: true
      registration: {url: 'https://inscription.example/'}
  voyages: {kind: trip, folder: voyages}
  mooc: {kind: course, folder: mooc}
  reunions: {kind: meeting, folder: reunions, defaults: {places: [lieu]}}
news: {folder: content/nouvelles, name: Nouvelles, address: nouvelles}
relay: {name: À vous, address: a-vous}
exchange:
  name: Troc
  address: troc
  form: https://formulaire.example/
  waiting: 20
  floor: 10
  weights: {skills: 40, territory: 20, format: 10, period: 20, language: 10}
feeds: {enabled: true, revised: 2026-01-01}
cards: true
ways: [a-part]
contacts: error
consent: announced
withdrawn: [comptoirs/oublie]
policy:
  allow:
    script: [https://a.example]
    style: [https://a.example]
    font: [https://a.example]
    img: [https://a.example]
    connect: [https://a.example]
    media: [https://a.example]
    frame: [https://a.example]
    form: [https://a.example]
"""

SOURCE = """\
title: Un
description: Une description.
summary: Un résumé.
themes: [theme]
territories: [nord]
image: {src: photo.png, alt: Une image, credit: A}
draft: false
updated: 2026-09-01
id: NAME
aliases: [ancien-NAME]
example: true
"""

PLANNED = """\
start: 2026-10-01 12:30
timezone: Europe/Paris
status: confirmed
mode: hybrid
online: https://visio.example/
place: lieu
organisers: [organisation]
hosts: [organisation]
speakers: [personne]
registration: {url: "https://inscription.example/", deadline: 2026-09-30, state: full}
deadlines:
  - {what: Appel, until: 2026-09-20, url: "https://appel.example/", id: appel}
seats: 20
price: 25 €
tags: [imprimerie]
language: de
url: https://ailleurs.example/
links: [{label: Notes, url: "https://notes.example/", kind: notes}]
replay:
  video: https://youtu.be/abcdefghijk
  captions: film.vtt
  transcript: film.txt
  audio: https://sons.example/film.mp3
  size: 48213504
  slides: film.pdf
  duration: "52:10"
  chapters: [{at: "0:00", title: Début}]
programme:
  - at: "12:30"
    duration: 10 min
    title: Un exposé
    speakers: [personne]
    track: Salle A
    language: en
    video: https://video.example/expose
    slides: film.pdf
    chapter: "5:00"
    id: expose
  - {day: 1, at: "12:45", end: "13:00", title: Autre}
recorded: true
"""

EVENT = SOURCE + PLANNED + "end: 2026-10-01 13:30\n"

OF_A_DATE = """\
    title: Une autre
    description: Autrement.
    summary: Un résumé.
    themes: [theme]
    territories: [nord]
    image: {src: photo.png, alt: Une image, credit: A}
    start: "14:00"
    status: confirmed
    mode: hybrid
    online: https://visio.example/b
    place: lieu
    organisers: [organisation]
    hosts: [organisation]
    speakers: [personne]
    registration: {url: "https://inscription.example/b", deadline: 2026-09-30, state: full}
    deadlines: {what: Appel de la date, until: 2026-09-21}
    seats: 10
    replay: {video: "https://youtu.be/abcdefghijk"}
    recorded: true
    exception: un autre jour
    url: https://ailleurs.example/
    links: [https://notes.example/]
    price: gratuit
    tags: [imprimerie]
    language: fr
"""

SERIES = f"""\
title: Série
start: 2026-10-01 12:30
repeat: {{every: week, on: thursday, at: ["12:30"], until: 2026-12-31}}
except: [2026-10-15]
also: [2026-10-16 12:30]
dates:
  2026-10-08:
{OF_A_DATE}    end: "15:00"
    programme: [{{title: Tour de table}}]
  2026-10-22:
{OF_A_DATE}    duration: 2h
  2026-10-29: {{places: [lieu, {{name: Un quai}}]}}
later:
  - from: 2026-11-01
{OF_A_DATE.replace("    replay:", "    # replay:")}    end: "15:00"
    programme: [{{title: Tour de table}}]
  - from: 2026-11-12
    places: [lieu, {{name: Un quai}}]
    duration: 2h
    replay: {{video: "https://youtu.be/abcdefghijk"}}
    repeat: {{every: week, count: 2}}
    start: "18:00"
"""

FILMED = "title: Passée\nstart: 2026-10-01 12:30\nend: 2026-10-01 13:30\nrecorded: true\n"

FILES: dict[str, tuple[type[BaseModel], str]] = {
    "webinars/webinaire/index.md": (
        schema.WebinarRecord,
        EVENT.replace("2026-10-01 1", "2026-10-02 1") + "exception: un vendredi\n",
    ),
    "webinars/bref/index.md": (schema.WebinarRecord, SOURCE + PLANNED + "duration: 1h\n"),
    "webinars/vieux/index.md": (schema.WebinarRecord, SOURCE + "undated: past\n"),
    "webinars/vague.md": (schema.WebinarRecord, "title: V\nwhen: mars 2027\n"),
    "webinars/nommes.md": (
        schema.WebinarRecord,
        "title: N\nstart: 2026-12-10 12:30\n"
        "speakers: [{name: Une apprentie, of: CFA d’exemple, url: 'https://a.example/'}]\n"
        "hosts: [{name: Un CFA, url: 'https://a.example/'}]\n"
        "place: {name: Une gare, address: 1 place de la Gare, territory: nord, latitude: 50.6, "
        "longitude: 3.1, timezone: Europe/Paris, url: 'https://a.example/'}\n",
    ),
    "webinars/duplex.md": (
        schema.WebinarRecord,
        "title: D\nstart: 2026-12-17 12:30\nplaces: [lieu, {name: Un quai, address: Lille}]\n",
    ),
    "webinars/decor.md": (
        schema.WebinarRecord,
        "title: D\nstart: 2026-12-03 12:30\nimage: {src: photo.png, decorative: true}\n",
    ),
    "voyages/voyage/index.md": (
        schema.TripRecord,
        EVENT
        + "account: Un récit.\nstops: [{id: halte, title: Halte, place: lieu, day: 1, "
        "start: '12:40', end: '13:10', host: organisation, description: Une halte., "
        "by: {mode: ter, takes: 5 min, km: 5}, questions: [Pourquoi]}]\n"
        "from: {place: lieu, at: '12:30'}\n"
        "back: {place: lieu, at: '13:20', by: {mode: walk, takes: 5 min}}\n"
        "compare: [{criterion: C, values: {halte: V}, source: S}]\n"
        "photographs: [{src: photo.png, alt: A, credit: C, consent: accord écrit du 3 mars 2026}, "
        "{src: photo.png, alt: A, nobody: true}]\n",
    ),
    "mooc/cours/index.md": (
        schema.CourseRecord,
        SOURCE + "start: 2026-09-01\nend: 2026-12-01\norganisers: [organisation]\n"
        "hosts: [organisation]\nregistration: {url: 'https://inscription.example/'}\n"
        "url: https://cours.example/\n"
        "deadlines: [{what: Appel, until: 2026-08-20}]\n"
        "relay: {asks: [Un cas], takes: 2h, helpers: [organisation]}\n",
    ),
    "mooc/cours/seance.md": (schema.SessionRecord, EVENT + "number: 1\nstate: open\n"),
    "mooc/cours/prise.md": (
        schema.SessionRecord,
        "title: P\nstart: 2026-11-30 12:30\nstate: claimed\nclaim_before: 2026-11-20\n"
        "claim: {lead: organisation, backup: relais, on: 2026-10-03, handed_by: passee}\n",
    ),
    "reunions/reunion/index.md": (schema.MeetingRecord, EVENT),
    "reunions/serie/index.md": (schema.MeetingRecord, SERIES),
    "webinars/serie.md": (
        schema.WebinarRecord,
        "title: S\nstart: 2026-10-01 12:30\nrepeat: {every: week, count: 2}\n"
        "except: [2026-10-08]\nalso: [2026-10-15]\ndates: {2026-10-15: {title: T}}\n",
    ),
    # Whether a replay is to come is asked where there is none yet.
    "voyages/passe.md": (schema.TripRecord, FILMED),
    "voyages/nuits.md": (
        schema.TripRecord,
        "title: N\nstart: 2026-12-01\nend: 2026-12-02\nnights: Lille\n",
    ),
    "mooc/cours/passee.md": (schema.SessionRecord, FILMED),
    "reunions/passee.md": (schema.MeetingRecord, FILMED),
    "content/nouvelles/nouvelle/index.md": (
        schema.PostRecord,
        SOURCE + "date: 2026-10-01\nauthors: [personne]\n",
    ),
    "content/data/organisations/organisation.yml": (
        schema.OrganisationRecord,
        "name: O\nurl: https://o.example/\nterritory: nord\nplace: lieu\ndescription: D\n"
        "aliases: [ancienne]\ncontact: accueil@o.example\nexample: true\n",
    ),
    "content/data/organisations/relais.yml": (schema.OrganisationRecord, "name: R\n"),
    "content/data/people/personne.yml": (
        schema.PersonRecord,
        "name: P\nrole: R\norganisation: organisation\nconsent: par courriel, 2026-01-01\n"
        "example: true\n",
    ),
    "content/data/places/lieu.yml": (
        schema.PlaceRecord,
        "name: L\naddress: 1 rue, Lille\nterritory: nord\nlatitude: 50.6\nlongitude: 3.1\n"
        "timezone: Europe/Paris\nurl: https://l.example/\ndescription: D\nexample: true\n"
        "public: true\naccess:\n  directions: D\n  parking: P\n  wheelchair: partly\n"
        "  toilets: no\n  hearing_loop: yes\n  notes: N\n",
    ),
    "content/data/territories/nord.yml": (
        schema.TerritoryRecord,
        "name: N\ntimezone: Europe/Paris\ncode: '32'\ndescription: D\naliases: [septentrion]\n"
        "example: true\n",
    ),
    "content/data/themes/theme.yml": (
        schema.ThemeRecord,
        "name: T\ndescription: D\naliases: [ancien-theme]\nexample: true\n"
        "start_here: [comptoirs/webinaire]\n",
    ),
    "content/data/skills/large.yml": (schema.SkillRecord, "name: L\n"),
    "content/data/skills/etroite.yml": (
        schema.SkillRecord,
        "name: É\ndescription: D\nbroader: large\nexact: https://mots.example/e\n"
        "aliases: [ancienne-etroite]\nexample: true\n",
    ),
    "content/data/facilitators/offre.yml": (
        schema.FacilitatorRecord,
        "name: F\norganisation: organisation\n"
        "consent: {given: 2026-01-01, until: 2027-12-31, withdrawn: 2027-06-01}\n"
        "skills: [large]\nterritories: [nord]\nformats: [online]\nlanguages: [fr]\n"
        "available: [2027-01]\ncapacity: 2\ndescription: D\nexample: true\n",
    ),
    "content/data/needs/besoin.yml": (
        schema.NeedRecord,
        "title: B\norganisation: organisation\nskills: [etroite]\nterritory: nord\n"
        "format: online\nlanguages: [fr]\nperiod: 2027-01\npeople: 2\nurgency: now\n"
        "opened: 2026-10-01\nstate: answered\ncontact: {with: offre, since: 2026-10-02}\n"
        "declined: [autre]\nanswered: 2026-10-03\nlearned: A\nled_to: [comptoirs/webinaire]\n"
        "description: D\nexample: true\n",
    ),
    "content/data/facilitators/autre.yml": (
        schema.FacilitatorRecord,
        "name: A\nconsent: {given: 2026-01-01, until: 2027-12-31}\nskills: [large]\n",
    ),
    "content/data/map.json": (
        schema.MapRecord,
        json.dumps(
            {
                "width": 100,
                "height": 100,
                "source": "S",
                "projection": {
                    "type": "lcc", "lat1": 44, "lat2": 49, "lat0": 46.5, "lon0": 3,
                    "scale": 0.1, "ox": 0, "oy": 0, "pad": 5,
                },
                "regions": [
                    {
                        "code": "32", "nom": "N", "x": 5, "y": 5, "d": "M0 0L9 0L9 9Z",
                        "inset": [1, 1, 20, 20], "lat0": 46, "lon0": 3, "km_par_px": 10,
                    }
                ],
            }
        ),
    ),
    "mkdocs.yml": (options.OptionsRecord, OPTIONS),
}  # fmt: skip

FOR_READERS_OF_THE_FILE = {"ShapeRecord.nom"}
"""Fields that say so of themselves; nothing else reads them."""

OF_NOTICES = {"AuditRecord", "AccessibilityRecord", "HostRecord", "PublisherRecord"}
"""tests/test_notices.py sets these."""


def records() -> set[type[BaseModel]]:
    """The classes that a source is read into."""
    found = [*vars(schema).values(), *vars(options).values()]
    shared = {"BaseModel", "Record", "SourceRecord", "EventRecord", "SeriesRecord", "NameRecord"}
    return {
        one
        for one in found
        if isinstance(one, type) and issubclass(one, BaseModel) and one.__name__ not in shared
        if one.__name__ not in OF_NOTICES
    }


def inner(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := inner(part))), None)


def owner(kind: type[BaseModel], name: str) -> type[BaseModel]:
    """The class that declares a field: no kind of meeting reads what all share in its own way."""
    return next(
        one for one in reversed(kind.__mro__) if name in vars(one).get("__annotations__", {})
    )


def fields_set(kind: type[BaseModel], data: object) -> Iterator[tuple[type[BaseModel], str]]:
    """Each field that *data* sets, with those of the records in it."""
    if isinstance(data, list):
        for one in data:
            yield from fields_set(kind, one)
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        field = kind.model_fields.get(key)
        if field is None:  # the names of collections
            yield from fields_set(kind, value)
            continue
        yield owner(kind, key), key
        below = inner(field.annotation)
        if below is not None:
            yield from fields_set(below, value)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[tuple[type[BaseModel], str]]:
    """Every field that something asks a record for from now on; validation asks for none."""
    asked: set[tuple[type[BaseModel], str]] = set()

    def ask(record: BaseModel, name: str) -> object:
        kind = type(record)
        if name in kind.model_fields:
            asked.add((kind, name))
        return object.__getattribute__(record, name)

    for base in (schema.Record, options.OptionsRecord, options.CollectionRecord):
        monkeypatch.setattr(base, "__getattribute__", ask)
    return asked


@pytest.mark.large
def test_every_field_can_be_set_and_is_read(
    site: Site, read: set[tuple[type[BaseModel], str]]
) -> None:
    """A field that a source may give, and that nothing shows or obeys, would mislead its author."""
    found: set[tuple[type[BaseModel], str]] = set()
    picture = io.BytesIO()
    Image.new("RGB", (30, 20)).save(picture, "PNG")
    for name, (kind, text) in FILES.items():
        slug = name.removesuffix("/index.md").rpartition("/")[2].partition(".")[0]
        text = text.replace("NAME", slug)
        document = read_yaml(text, name, Problems())
        assert document is not None
        found |= set(fields_set(kind, document.data))
        if name == "mkdocs.yml":
            text = CONFIG + "".join(f"      {line}\n" for line in text.splitlines())
        site.write(name, f"---\n{text}---\nTexte.\n" if name.endswith(".md") else text)
        folder = (site.root / name).parent.relative_to(site.root).as_posix()
        if folder == "." or folder.startswith("content/data"):
            continue
        site.write(f"{folder}/photo.png", picture.getvalue())
        site.write(f"{folder}/film.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nBonjour\n")
        site.write(f"{folder}/film.txt", "0:01 Bonjour\n")
        site.write(f"{folder}/film.pdf", b"%PDF-1.7")
    wanted = {(owner(kind, name), name) for kind in records() for name in kind.model_fields}
    unset = sorted(f"{kind.__name__}.{name}" for kind, name in wanted - found)
    assert unset == [], "set these in FILES"
    site.write("content/a-part.md", "# À part\n\nUne autre façon.\n")
    site.write("webinars/oublie.md", "---\ntitle: Oublié\nstart: 2020-01-09 12:30\n---\nTexte.\n")
    site.commit()
    (site.root / "webinars/oublie.md").unlink()
    site.commit()
    site.build()
    wanted = {(kind, name) for kind in records() for name in kind.model_fields}
    unread = {f"{kind.__name__}.{name}" for kind, name in wanted - read}
    assert unread == FOR_READERS_OF_THE_FILE
