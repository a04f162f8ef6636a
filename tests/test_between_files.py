"""Mistakes that only another file shows: a wrong folder, a copy, a name; each told with its mend.

Following the message to the letter leads to a site of which nothing is told, which is tried too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from parcours.engine.environment import read_instant, surroundings
from parcours.engine.opening import compile_only, open_config
from parcours.i18n import translator
from parcours.model.persons import id_names_person, names_person
from parcours.problems import Problems

from .conftest import NOW, REGIONS, Site
from .test_exchange import FACILITATOR, NEED
from .test_mistakes import EVENT, PAST, TRIP, page

pytestmark = pytest.mark.regions

FILES = {
    "content/index.md": "# Accueil\n",
    "content/mooc/c/index.md": "---\ntitle: C\n---\n",
    "content/data/organisations/cfa-lille.yml": "name: CFA de Lille\ncontact: cfa@cci.example\n",
    "content/data/organisations/cci-normandie.yml": "name: CCI Normandie\n",
    "content/data/people/une-personne.yml": "name: Sacha Exemple\nconsent: par écrit, en mars\n",
    "content/data/places/rennes.yml": "name: Halle\nterritory: bretagne\n",
    "content/data/skills/animation.yml": "name: Animation\n",
    "content/data/skills/accueil.yml": "name: Accueil des apprentis\n",
    "content/data/skills/evaluation.yml": "name: Évaluation\n",
    "content/data/themes/pedagogie.yml": "name: Pédagogie active\n",
    "content/data/facilitators/atelier-lille.yml": FACILITATOR,
    "content/data/needs/accueillir.yml": NEED,
    "voyages/.gitkeep": "",
    "webinars/avant.md": page(
        PAST.replace("Un", "Avant") + "replay: {video: 'https://video.example/a'}\n"
    ),
}
OTHER_ONE = FACILITATOR.replace("Facilitatrice", "Formatrice")
SPELT = NEED.replace("première", "deuxième").replace("urgency", "urgences")
OTHER = NEED.replace("première", "deuxième")


@dataclass(frozen=True)
class Between:
    """What is written into a site, what is told of it, and what is written once that is followed.

    Attributes:
        name: of the test.
        files: by name; None for one that is taken away.
        told: by place and code: a part of the sentence, in French.
        right: as *files*; nothing for what leaves no advice to follow.
    """

    name: str
    files: Mapping[str, str | None]
    told: Mapping[str, str]
    right: Mapping[str, str | None] | None = None


DATA = "content/data"


def moved(name: str, file: str, text: str, folder: str) -> Between:
    """A file that was put into the folder of another sort."""
    right = f"{folder}/{Path(file).name}"
    place = f"{file}:1:1: error[misplaced-file]"
    said = f"déplacez ce fichier dans {folder}/"
    return Between(name, {file: text}, {place: said}, {right: text})


PERSON = "name: Formatrice\nrole: Formatrice\nconsent: par écrit, en mars\n"
SPOT = (
    "name: Ferme\naddress: 3 rue X, Caen\nlatitude: 49.18\nlongitude: -0.37\nterritory: normandie\n"
)
MEETING = (
    "title: Un\nstart: 2026-12-03 12:30\nonline: https://visio.example/a\nhosts: [cfa-lille]\n"
)
TRAVEL = TRIP + "from: {place: rennes, at: 9h}\nstops: [{id: a, title: A}]\n"
REPLAY = "replay:\n  video: https://video.example/b\n"
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nUn\n\n09:00.000 --> 10:00.000\nFin\n"
TRANSCRIPT = "renommez-le « u.txt », et écrivez « transcript: u.txt »"
SPOKEN = "0:00\nBonjour\n0:05\nbienvenue à tous\n"
WEBINAR, CAPTIONED = "webinars/u.md", page(PAST + REPLAY + "  captions: u.vtt\n")
TRANSCRIBED = page(PAST + REPLAY + "  transcript: u.txt\n")
WHO, WHAT = "content/data/facilitators/b.yml", "content/data/needs/b.yml"
HERE = {"content/data/places/b.yml": "name: Rouen\nlatitude: 49.44\nlongitude: 1.1\n"}
SESSION = "title: {}\nstart: 2026-12-{}\nnumber: {}\n"


def place(text: str) -> dict[str, str | None]:
    return {"content/data/places/b.yml": text}


ROWS = [
    # The folder of another sort
    moved("a need among meetings", "webinars/b.yml", OTHER, "content/data/needs"),
    moved("a need among sessions", "content/mooc/c/b.yml", OTHER, "content/data/needs"),
    moved(
        "a facilitator",
        "webinars/b.yml",
        FACILITATOR.replace("en é", "d’é"),
        "content/data/facilitators",
    ),
    moved("a skill", "voyages/b.yml", "name: Jeu\nbroader: animation\n", "content/data/skills"),
    moved("a person", "webinars/b.yml", PERSON, "content/data/people"),
    moved("a place", "webinars/b.yml", SPOT, "content/data/places"),
    moved(
        "an organisation",
        "voyages/b.yml",
        "name: Greta\ncontact: greta@cci.example\nterritory: normandie\n",
        "content/data/organisations",
    ),
    moved(
        "a place among organisations",
        "content/data/organisations/b.yml",
        SPOT,
        "content/data/places",
    ),
    moved(
        "a person among facilitators",
        "content/data/facilitators/b.yml",
        PERSON,
        "content/data/people",
    ),
    moved(
        "a need among facilitators", "content/data/facilitators/b.yml", OTHER, "content/data/needs"
    ),
    moved("a meeting among needs", "content/data/needs/b.yml", MEETING, "webinars"),
    moved("a meeting among people", "content/data/people/b.yml", MEETING, "webinars"),
    moved("a trip among meetings", "webinars/b.yml", TRAVEL, "voyages"),
    Between(
        "a meeting of Markdown among needs",
        {"content/data/needs/b.md": page(MEETING)},
        {"content/data/needs/b.md:3:1: error[dated-page]": "déplacez-le dans webinars/"},
        {"webinars/b.md": page(MEETING)},
    ),
    # A name in place of an id
    *(
        Between(
            f"the name of a {key}",
            {file: text.replace(old, new)},
            {f"{file}:{at}": f"{right} »"},
            {file: text.replace(old, f"{old.partition(':')[0]}: {right}")},
        )
        for key, file, text, old, new, at, right in (
            (
                "skill",
                WHAT,
                OTHER,
                "skills: [accueil]",
                "skills: [Accueil des apprentis]",
                "3:10: error[bad-id]",
                "accueil",
            ),
            (
                "skill, as an id",
                WHAT,
                OTHER,
                "skills: [accueil]",
                "skills: [accueil-des-apprentis]",
                "3:10: error[unknown-reference]",
                "accueil",
            ),
            (
                "theme",
                WEBINAR,
                page(EVENT + "themes: x\n"),
                "themes: x",
                "themes: Pédagogie active",
                "4:9: error[bad-id]",
                "pedagogie",
            ),
            (
                "theme, as an id",
                WEBINAR,
                page(EVENT + "themes: x\n"),
                "themes: x",
                "themes: pedagogie-active",
                "4:9: error[unknown-reference]",
                "pedagogie",
            ),
        )
    ),
    Between(
        "the name of the skill above",
        {"content/data/skills/b.yml": "name: Jeu\nbroader: Accueil des apprentis\n"},
        {"content/data/skills/b.yml:2:10: error[bad-id]": "écrivez « broader: accueil »"},
        {"content/data/skills/b.yml": "name: Jeu\nbroader: accueil\n"},
    ),
    Between(
        "the name of a facilitator",
        {WHAT: OTHER + "declined: Facilitatrice en évaluation\n"},
        {f"{WHAT}:9:11: error[bad-id]": "écrivez « declined: atelier-lille »"},
        {WHAT: OTHER + "declined: atelier-lille\n"},
    ),
    # Captions and recordings
    Between(
        "captions that go on after the end",
        {
            WEBINAR: page(PAST + REPLAY + "  captions: u.vtt\n  duration: 5 min\n"),
            "webinars/u.vtt": CAPTIONS,
        },
        {f"{WEBINAR}:6:13: warning[captions-beyond]": "jusqu'à 0:10:00, et l'enregistrement"},
        {
            WEBINAR: page(PAST + REPLAY + "  captions: u.vtt\n  duration: 52 min\n"),
            "webinars/u.vtt": CAPTIONS,
        },
    ),
    Between(
        "a transcript that goes on after the end",
        {
            WEBINAR: page(PAST + REPLAY + "  transcript: u.txt\n  duration: 5 min\n"),
            "webinars/u.txt": "0:00 Un\n9:00 Fin\n",
        },
        {f"{WEBINAR}:6:15: warning[captions-beyond]": "« u.txt »"},
    ),
    Between(
        "a suffix that a program added",
        {
            WEBINAR: page(PAST + REPLAY + "  captions: u.fr.vtt\n"),
            "webinars/u.fr.vtt.txt": CAPTIONS,
        },
        {f"{WEBINAR}:6:13: error[missing-file]": "« u.fr.vtt.txt » en « u.fr.vtt »"},
        {WEBINAR: page(PAST + REPLAY + "  captions: u.fr.vtt\n"), "webinars/u.fr.vtt": CAPTIONS},
    ),
    Between(
        "a suffix twice",
        {WEBINAR: CAPTIONED, "webinars/u.vtt.vtt": CAPTIONS},
        {f"{WEBINAR}:6:13: error[missing-file]": "« u.vtt.vtt » en « u.vtt »"},
        {WEBINAR: CAPTIONED, "webinars/u.vtt": CAPTIONS},
    ),
    Between(
        "a suffix that was added to what nothing names",
        {"webinars/u.vtt.txt": CAPTIONS},
        {"webinars/u.vtt.txt:1:1: warning[unnamed-file]": "« u.vtt.txt » en « u.vtt »"},
    ),
    *(
        Between(
            f"a transcript as captions, {name}",
            {WEBINAR: CAPTIONED, "webinars/u.vtt": head + SPOKEN},
            {f"webinars/u.vtt:{line}:1: error[captions-transcript]": TRANSCRIPT},
            {WEBINAR: TRANSCRIBED, "webinars/u.txt": SPOKEN},
        )
        for name, head, line in (
            ("bare", "", 1),
            ("with a header", "WEBVTT\n\n", 3),
            ("with a language", "WEBVTT\nLanguage: fr\n\n", 4),
        )
    ),
    Between(
        "the recording of another meeting",
        {WEBINAR: page(PAST + "replay: {video: 'https://www.video.example/a/'}\n")},
        {f"{WEBINAR}:4:17: warning[shared-recording]": "replay.video : webinars/avant.md"},
        {WEBINAR: page(PAST + "replay: {video: 'https://video.example/a#t=1800'}\n")},
    ),
    Between(
        "the recording of another meeting, in another form",
        {
            WEBINAR: page(PAST + "replay: {video: 'https://youtu.be/abcdefghijk'}\n"),
            "webinars/t.md": page(
                "title: T\nstart: 2026-10-29 12:30\nreplay:\n"
                "  video: https://www.youtube.com/watch?v=abcdefghijk&feature=shared\n"
            ),
        },
        {f"{WEBINAR}:4:17: warning[shared-recording]": "webinars/t.md"},
    ),
    Between(
        "captions of another meeting",
        {
            WEBINAR: CAPTIONED,
            "webinars/u.vtt": CAPTIONS,
            "webinars/v.md": page(
                "title: V\nstart: 2026-11-12 12:30\n"
                "replay:\n  video: https://video.example/c\n  captions: u.vtt\n"
            ),
        },
        {"webinars/v.md:6:13: warning[shared-recording]": "replay.captions : webinars/u.md"},
    ),
    # Persons, where roles are published
    Between(
        "a person as a facilitator",
        {WHO: FACILITATOR.replace("Facilitatrice en évaluation", "Camille Exemple")},
        {f"{WHO}:1:7: warning[person-named]": "« Camille Exemple » a l'air du nom d'une personne"},
        {WHO: FACILITATOR.replace("Facilitatrice en évaluation", "Formatrice en évaluation")},
    ),
    Between(
        "a person in the name of a file",
        {
            "content/data/facilitators/camille-exemple.yml": FACILITATOR.replace(
                "Facilitatrice", "Formatrice"
            )
        },
        {f"{DATA}/facilitators/camille-exemple.yml:1:1: warning[person-named]": "nom du fichier"},
        {
            "content/data/facilitators/formatrice-evaluation.yml": FACILITATOR.replace(
                "Facilitatrice", "Formatrice"
            )
        },
    ),
    # What is said in words
    *(
        Between(
            f"{key}: {said}",
            {WHAT: OTHER + more.format(said)},
            {f"{WHAT}:{at}": f"« {right} »"},
            {WHAT: OTHER + more.format(right.removeprefix(f"{key}: "))},
        )
        for key, more, said, at, right in (
            (
                "contact",
                "state: in contact\ncontact: {}\n",
                "atelier-lille depuis le 23/11/2026",
                "10:10: error[bad-type]",
                "contact: {with: atelier-lille, since: 2026-11-23}",
            ),
        )
    ),
    *(
        Between(
            f"a consent: {said}",
            {WHO: OTHER_ONE.replace("{given: 2026-09-01, until: 2027-08-31}", said)},
            {f"{WHO}:3:10: error[bad-type]": f"« consent: {right} »"},
            {WHO: OTHER_ONE.replace("{given: 2026-09-01, until: 2027-08-31}", mended)},
        )
        for said, right, mended in (
            (
                "du 1er septembre 2026 au 31 août 2027",
                "{given: 2026-09-01, until: 2027-08-31}",
                "{given: 2026-09-01, until: 2027-08-31}",
            ),
            (
                "jusqu’au 31 août 2027",
                "{given: …, until: 2027-08-31}",
                "{given: 2026-09-01, until: 2027-08-31}",
            ),
        )
    ),
    *(
        Between(
            f"a format: {said}",
            {WHAT: OTHER.replace("format: sur place", f"format: {said}")},
            {f"{WHAT}:5:9: error[bad-choice]": "supprimez cette ligne : sans elle"},
            {WHAT: OTHER.replace("format: sur place\n", "")},
        )
        for said in ("hybride", "peu importe", "sur place ou à distance")
    ),
    Between(
        "both formats of a facilitator",
        {WHO: OTHER_ONE.replace("[sur place, à distance]", "[hybride]")},
        {f"{WHO}:6:11: error[bad-choice]": "écrivez « on-site, online »"},
        {WHO: OTHER_ONE.replace("[sur place, à distance]", "[on-site, online]")},
    ),
    Between(
        "two territories, where one can be said",
        {WHAT: OTHER.replace("territory: bretagne", "territory: [bretagne, normandie]")},
        {f"{WHAT}:4:12: error[bad-type]: territory": "« territory: bretagne »"},
        {WHAT: OTHER},
    ),
    Between(
        "a theme as a skill",
        {WHAT: OTHER.replace("[accueil]", "[pedagogie]")},
        {
            f"{WHAT}:3:10: error[unknown-reference]": "« pedagogie » est déclaré dans "
            "content/data/themes/, et « skills: » nomme autre chose : choisissez parmi accueil, "
        },
        {WHAT: OTHER},
    ),
    Between(
        "a path from the site's folder",
        {
            WEBINAR: page(PAST + REPLAY + "  captions: webinars/u.vtt\n"),
            "webinars/u.vtt": CAPTIONS,
        },
        {f"{WEBINAR}:6:13: error[missing-file]": "écrivez « u.vtt »"},
        {WEBINAR: CAPTIONED, "webinars/u.vtt": CAPTIONS},
    ),
    *(
        Between(
            f"a text that is still to be written: {body.strip()}",
            {WEBINAR: page(EVENT, f"Un texte.\n\n{body}")},
            {f"{WEBINAR}:7:1: warning[still-to-write]": "attend encore d'être écrit"},
            {WEBINAR: page(EVENT, "Un texte.\n")},
        )
        for body in ("Lorem ipsum dolor sit amet.\n", "À compléter\n", "- [à compléter]\n", "XXX\n")
    ),
    *(
        Between(
            f"data that lies {name}",
            {file: OTHER},
            {f"{file}:1:1: error[unplaced-data]": "placez-le dans content/data/needs/"},
            {WHAT: OTHER},
        )
        for name, file in (("at the root", "b.yml"), ("among data", "content/data/b.yml"))
    ),
    Between(
        "a facilitator in Markdown among needs",
        {"content/data/needs/b.md": page(OTHER_ONE)},
        {"content/data/needs/b.md:1:1: error[unread-data]": f"écrivez « {WHO} »"},
        {WHO: OTHER_ONE},
    ),
    moved("a need with a misspelt key", "webinars/b.yml", SPELT, "content/data/needs"),
    Between(
        "a need in Markdown",
        {"webinars/b.md": page(OTHER)},
        {"webinars/b.md:1:1: error[misplaced-file]": "dans content/data/needs/b.yml, et supprimez"},
        {WHAT: OTHER},
    ),
    Between(
        "a session beside webinars",
        {"webinars/b.md": page(EVENT + "number: 1\nstate: open\n")},
        {"webinars/b.md:1:1: error[misplaced-file]": "comme content/mooc/mon-mooc/b.md"},
        {"content/mooc/c/b.md": page(EVENT + "number: 1\nstate: open\n")},
    ),
    Between(
        "a meeting on the spot among needs",
        {WHAT: EVENT + "place: rennes\n"},
        {f"{WHAT}:1:1: error[misplaced-file]": "dans webinars/ ou dans voyages/"},
        {"webinars/b.yml": EVENT + "place: rennes\n"},
    ),
    Between(
        "a suffix that a program added, named too",
        {WEBINAR: CAPTIONED.replace("u.vtt", "u.vtt.txt"), "webinars/u.vtt.txt": CAPTIONS},
        {f"{WEBINAR}:6:13: error[bad-file-type]": "« u.vtt.txt » en « u.vtt », ici aussi"},
        {WEBINAR: CAPTIONED, "webinars/u.vtt": CAPTIONS},
    ),
    # Years
    Between(
        "months that were over",
        {WHAT: OTHER.replace("2027-01..2027-04", "2026-01..2026-04")},
        {f"{WHAT}:6:9: warning[period-behind]": "est-ce la bonne année ?"},
        {WHAT: OTHER},
    ),
    Between(
        "months in which nobody could be asked",
        {WHO: FACILITATOR.replace("Facilitatrice", "Formatrice").replace("2027-05]", "2026-05]")},
        {f"{WHO}:8:31: warning[period-behind]": "2026-05 était passé"},
        {WHO: FACILITATOR.replace("Facilitatrice", "Formatrice")},
    ),
    # Twice the same
    Between(
        "a need under another name",
        {WHAT: NEED},
        {f"{WHAT}:1:8: warning[same-name]": "content/data/needs/accueillir.yml"},
        {WHAT: OTHER},
    ),
    Between(
        "a facilitator under another name",
        {WHO: FACILITATOR},
        {f"{WHO}:1:7: warning[same-name]": "content/data/facilitators/atelier-lille.yml"},
        {WHO: FACILITATOR.replace("Facilitatrice", "Formatrice")},
    ),
    Between(
        "two spellings of one address",
        {
            "content/data/places/rennes.yml": "name: Halle\naddress: 1 rue A\n",
            "content/data/places/a-2.yml": "name: Halle\naddress: 1, rue A\n",
        },
        {f"{DATA}/places/a-2.yml:1:7: warning[same-name]": f"{DATA}/places/rennes.yml"},
    ),
    *(
        Between(
            f"two {folder} of one name",
            {f"content/data/{folder}/a-2.yml": text},
            {f"{DATA}/{folder}/a-2.yml:1:7: warning[same-name]": f"{DATA}/{folder}/{other}.yml"},
            {f"content/data/{folder}/a-2.yml": text.replace("\n", " (le campus)\n", 1)},
        )
        for folder, text, other in (
            ("organisations", "name: CCI Normandie\n", "cci-normandie"),
            ("places", "name: Halle\nterritory: bretagne\n", "rennes"),
            ("skills", "name: evaluation\n", "evaluation"),
            ("themes", "name: Pédagogie active\n", "pedagogie"),
        )
        if folder != "skills"
    ),
    Between(
        "a number of the session that was there first",
        {
            "content/mooc/c/seance-1.md": page(SESSION.format("A", "10 12:30", 1)),
            "content/mooc/c/seance-1-bis.md": page(SESSION.format("B", "03 12:30", 1)),
        },
        {"content/mooc/c/seance-1-bis.md:4:9: error[session-number]": "« number: 2 »"},
        {
            "content/mooc/c/seance-1.md": page(SESSION.format("A", "10 12:30", 1)),
            "content/mooc/c/seance-1-bis.md": page(SESSION.format("B", "03 12:30", 2)),
        },
    ),
    # What contradicts itself
    Between(
        "a session that somebody runs, and still seeks",
        {"content/mooc/c/s.md": page(EVENT + "number: 1\nstate: open\nhosts: [cfa-lille]\n")},
        {"content/mooc/c/s.md:6:8: warning[state-against]": "« hosts: » et « state: open »"},
        {"content/mooc/c/s.md": page(EVENT + "number: 1\nhosts: [cfa-lille]\n")},
    ),
    Between(
        "a place in another territory",
        place("name: Rouen\nlatitude: 49.44\nlongitude: 1.1\nterritory: la-reunion\n"),
        {"content/data/places/b.yml:4:12: warning[other-territory]": "« territory: normandie »"},
        place("name: Rouen\nlatitude: 49.44\nlongitude: 1.1\nterritory: normandie\n"),
    ),
    Between(
        "a place of an island in another territory",
        place("name: Cilaos\nlatitude: -21.13\nlongitude: 55.47\nterritory: normandie\n"),
        {f"{DATA}/places/b.yml:4:12: warning[other-territory]": "« territory: la-reunion »"},
        place("name: Cilaos\nlatitude: -21.13\nlongitude: 55.47\nterritory: la-reunion\n"),
    ),
    Between(
        "a session that names who leads it outside its claim",
        {"content/mooc/c/s.md": page(EVENT + "number: 1\nstate: claimed\nlead: cci-normandie\n")},
        {"content/mooc/c/s.md:6:1: error[unknown-key]": "écrivez-la sous « claim: »"},
        {
            "content/mooc/c/s.md": page(
                EVENT + "number: 1\nstate: claimed\n"
                "claim:\n  lead: cci-normandie\n  on: 2026-11-01\n"
            )
        },
    ),
    Between(
        "a page by its whole address",
        {
            WHAT: OTHER.replace("opened: 2026-11-20", "opened: 2026-10-20")
            + "state: answered\nanswered: 2026-11-01\nled_to: https://regions.example/comptoirs/avant/\n"
        },
        {f"{WHAT}:11:9: error[bad-address]": "écrivez « comptoirs/avant »"},
    ),
    Between(
        "a page that leads to a preview",
        {"content/agenda.md": "# A\n\n[B](http://localhost:8000/) et `http://localhost/`.\n"},
        {"content/agenda.md:3:5: error[own-disk]": "écrivez le chemin du fichier"},
        {"content/agenda.md": "# A\n\n[B](index.md) et `http://localhost/`.\n"},
    ),
    Between(
        "an earlier session by its number",
        {
            "content/mooc/c/session-1.md": page(SESSION.format("A", "03 12:30", 1)),
            "content/mooc/c/session-2.md": page(
                SESSION.format("B", "10 12:30", 2) + "state: claimed\n"
                "claim: {lead: cci-normandie, on: 2026-11-01, handed_by: séance 1}\n"
            ),
        },
        {"content/mooc/c/session-2.md:6:57: error[bad-id]": "« handed_by: session-1 »"},
    ),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site in which nothing is wrong, committed."""
    site = Site(tmp_path_factory.mktemp("between") / "site")
    site.write("mkdocs.yml", REGIONS)
    for name, text in FILES.items():
        site.write(name, text)
    site.commit()
    return site


@pytest.fixture
def site(made: Site) -> Site:
    """The same, as it was committed."""
    made.git("reset", "-q", "--hard")
    made.git("clean", "-qfd")
    return made


def lines(site: Site, files: Mapping[str, str | None], language: str = "fr") -> list[str]:
    for name, text in files.items():
        if text is None:
            (site.root / name).unlink()
        else:
            site.write(name, text)
    problems = Problems()
    around = surroundings(now=read_instant(NOW), language=language)
    compile_only(open_config(site.root / "mkdocs.yml", around), problems, draws=False)
    found = [problem.line(translator(language)) for problem in problems.sorted()]
    return [re.sub("[\u00a0\u202f]", " ", line).replace("’", "'") for line in found]


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("row", ROWS, ids=[one.name for one in ROWS])
def test_it_is_told_once_and_what_follows_is_right(site: Site, row: Between) -> None:
    found = lines(site, row.files)
    assert len(found) == len(row.told), found
    for start, said in row.told.items():
        assert any(one.startswith(start) and said in one for one in found), found
    if row.right is not None and "misspelt" not in row.name:
        made = [name for name in row.files if name not in row.right]
        for name in made:
            (site.root / name).unlink()
        assert lines(site, row.right) == []


SAID = re.compile("« (.+?) »")


@pytest.mark.parametrize("row", ROWS[::4], ids=[one.name for one in ROWS[::4]])
def test_it_is_told_in_english_too(site: Site, row: Between) -> None:
    """At the same place, naming the same things, in no word of French."""
    found = lines(site, row.files, "en")
    assert len(found) == len(row.told), found
    for start, said in row.told.items():
        line = next(one for one in found if one.startswith(start))
        assert all(f"« {one} »" in line for one in SAID.findall(said)), line
        assert not re.search(r"\b(?:écrivez|renommez|déplacez|est-ce|corrigez)\b", line)


MEANT_SO: dict[str, Mapping[str, str | None]] = {
    "two places of one name": place("name: Halle\nterritory: normandie\n"),
    "two of one name at two addresses": {
        "content/data/places/rennes.yml": "name: Halle\naddress: 1 rue A, 35000 Rennes\n",
        "content/data/places/b.yml": "name: Halle\naddress: 2 rue B, 29200 Brest\n",
    },
    "two of one role": {WHO: FACILITATOR.replace("capacity: 2", "capacity: 1")},
    "one need in two regions": {WHAT: NEED.replace("bretagne", "normandie")},
    "an example that copies": {WHAT: NEED + "example: true\n"},
    "a place near a border": place(
        "name: Vitré\nlatitude: 48.12\nlongitude: -0.9\nterritory: bretagne\n"
    ),
    "a place at sea": place("name: Île\nlatitude: 47.0\nlongitude: -6.2\nterritory: bretagne\n"),
    "whoever agreed to be named": {
        WHO: FACILITATOR.replace("Facilitatrice en évaluation", "Sacha Exemple")
    },
    "captions of less than a minute more": {
        WEBINAR: page(PAST + REPLAY + "  captions: u.vtt\n  duration: 9 min\n"),
        "webinars/u.vtt": CAPTIONS,
    },
    "an account that is told": {
        "voyages/u.md": page(TRIP.replace("2026-12", "2026-11") + "account: Nous avons vu.\n")
    },
    "months of the year that was said": {
        WHAT: OTHER.replace("2027-01..2027-04", "2026-11..2026-12")
    },
    "texts in which a word is to be filled in": {
        WEBINAR: page(EVENT, "Une fiche à compléter ensemble.\n\nLieu : à préciser\n\n`TODO`\n")
    },
    "an example that is still to be written": {
        WEBINAR: page(EVENT + "example: true\n", "À compléter\n")
    },
    "an open session without hosts": {
        "content/mooc/c/s.md": page(EVENT + "number: 1\nstate: open\n")
    },
}


@pytest.mark.parametrize("files", MEANT_SO.values(), ids=MEANT_SO)
def test_what_is_meant_so_is_not_told(site: Site, files: Mapping[str, str | None]) -> None:
    assert lines(site, files) == []


def test_a_meeting_with_words_of_another_sort_stays_one(site: Site) -> None:
    text = page("nom: Un\nstart: 2026-12-03 12:30\nterritory: bretagne\n")
    found = lines(site, {"webinars/u.md": text})
    assert [one.split(" ")[0] for one in found] == ["webinars/u.md:2:1:", "webinars/u.md:4:1:"]
    assert not any("misplaced" in one for one in found)


@pytest.mark.parametrize(
    ("text", "is_person"),
    [
        *((one, True) for one in ("Camille Exemple", "EXEMPLE Camille", "Mme Exemple", "Camille")),
        *(
            (one, True)
            for one in (
                "camille exemple",
                "Camille E.",
                "Camille Exemple, formatrice",
                "Dr. Exemple",
            )
        ),
        ("Animateur : Jean-Paul Exemple", True),
        *((one, False) for one in ("Facilitatrice en évaluation", "Référente Handicap", "RH")),
        *((one, False) for one in ("Learning Designer", "Facilitatrice Bretagne", "")),
        ("Formatrice au lycée Marie Exemple", False),
        ("Animatrice de la méthode Marie Exemple", False),
    ],
)
def test_a_role_is_no_person(text: str, is_person: bool) -> None:
    assert names_person(text) == is_person


@pytest.mark.parametrize(
    ("id", "is_person"),
    [
        ("camille-exemple", True),
        ("jean-paul-exemple", True),
        ("atelier-lille", False),
        ("lycee-marie-exemple", False),
        ("formatrice-rennes", False),
        ("camille", False),
    ],
)
def test_an_id_of_a_role_is_no_person(id: str, is_person: bool) -> None:
    assert id_names_person(id) == is_person
