"""Slips of the staff of a training centre: told once, and the advice holds."""

from __future__ import annotations

import pytest

from .conftest import Site
from .test_between_files import REPLAY, Between, lines, made, site
from .test_exchange import FACILITATOR, NEED
from .test_mistakes import EVENT, PAST, TRIP, page

__all__ = ["made", "site"]
pytestmark = pytest.mark.regions

MEETING, TRIPS, SESSION = "webinars/u.md", "voyages/u.md", "content/mooc/c/s.md"
WHO, WHAT = "content/data/facilitators/b.yml", "content/data/needs/b.yml"
OTHER = NEED.replace("première", "deuxième")
ROLE = FACILITATOR.replace("Facilitatrice", "Formatrice")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
STOP = "stops:\n  - {id: a, title: A, day: 1, by: {mode: walk}}\n"
GONE = TRIP.replace("2026-12", "2026-11")
STATES = "number: 1\nstate: claimed\nclaim: {lead: cci-normandie, on: 2026-11-01}\n"


def at(file: str, text: str, wrong: str, place: str, said: str, right: str) -> Between:
    """A part of a right text that is written otherwise.

    Args:
        wrong: what stands in place of *right*.
        place: line, column and code.
    """
    assert text.count(right) == 1, (text, right)
    slip = text.replace(right, wrong)
    return Between(f"{wrong.strip()[:40]}", {file: slip}, {f"{file}:{place}": said}, {file: text})


def meeting(text: str, wrong: str, place: str, said: str, right: str) -> Between:
    return at(MEETING, page(text), wrong, place, said, right)


CHAPTERS = '  chapters:\n    - {at: "0:00", title: Un}\n    - {at: "6:40", title: Deux}\n'
NOTHING = "supprimez cette ligne"
WHEN = "start: 2026-12-03 12:30\n"
ROWS = [
    # Days
    *(
        meeting(
            EVENT, f"start: {said}\n", f"3:8: error[{code}]", "« start: 2026-12-03 12:30 »", WHEN
        )
        for said, code in (
            ("3 et 10 décembre 2026 12h30", "bad-moment"),
            ("les 3, 10 et 17 décembre 2026 12h30", "bad-moment"),
            ("tous les jeudis à 12h30", "bad-moment"),
            ("chaque jeudi", "bad-moment"),
            ("2026-12-03 12h30mn", "bad-moment"),
        )
    ),
    meeting(
        EVENT + "timezone: Indian/Reunion\n",
        "start: 2026-12-03 12:30 (heure de La Réunion)\n",
        "3:8: error[bad-moment]",
        "« timezone: Indian/Reunion »",
        WHEN + "timezone: Indian/Reunion\n",
    ),
    *(
        at(
            WHO,
            ROLE,
            f"given: 2026-09-01, until: {said}}}",
            "3:37: error[bad-moment]",
            f"« until: {last} »",
            "given: 2026-09-01, until: 2027-08-31}",
        )
        for said, last in (
            ("un an", "2027-09-01"),
            ("18 mois", "2028-03-01"),
            ("pour deux ans", "2028-09-01"),
            ("90 days", "2026-11-30"),
            ("3 semaines", "2026-09-22"),
        )
    ),
    at(
        WHAT,
        OTHER + "state: answered\nanswered: 2026-11-24\n",
        "answered: oui\n",
        "10:11: error[bad-moment]",
        "« answered: 2026-11-2",
        "answered: 2026-11-24\n",
    ),
    Between(
        "answered: non",
        {WHAT: OTHER + "answered: non\n"},
        {f"{WHAT}:9:11: error[bad-moment]": NOTHING},
        {WHAT: OTHER},
    ),
    *(
        at(
            WHO,
            ROLE.replace("[hauts-de-france]", f"[{region}]"),
            f"territories: [{said}]",
            f"5:15: error[{code}]",
            f"« {region} »",
            f"territories: [{region}]",
        )
        for said, code, region in (
            ("Calvados", "bad-id", "normandie"),
            ("14", "unknown-reference", "normandie"),
            ("Ille-et-Vilaine", "bad-id", "bretagne"),
            ("Loire-Atlantique (44)", "bad-id", "pays-de-la-loire"),
            ("département du Nord", "bad-id", "hauts-de-france"),
            ("2A", "bad-id", "corse"),
            ("974", "unknown-reference", "la-reunion"),
            ("territoire-de-belfort", "unknown-reference", "bourgogne-franche-comte"),
        )
    ),
    at(
        SESSION,
        page(EVENT + STATES),
        "on: le 1er novembre}",
        "6:34: error[bad-moment]",
        "« on: le 1er novembre 2026 »",
        "on: 2026-11-01}",
    ),
    *(
        at(
            WHAT,
            OTHER.replace("2027-01..2027-04", right),
            f"period: {said}\n",
            "6:9: error[bad-months]",
            f"« period: {right} »",
            f"period: {right}\n",
        )
        for said, right in (
            ("de janvier à avril 2027", "2027-01..2027-04"),
            ("novembre 2026 - mars 2027", "2026-11..2027-03"),
            ("1er trimestre 2027", "2027-01..2027-03"),
            ("T2 2027", "2027-04..2027-06"),
            ("mars 2027", "2027-03"),
            ("2027", "2027-01..2027-12"),
        )
    ),
    # Numbers
    *(
        meeting(EVENT, f"{WHEN}{said}\n", place, NOTHING, WHEN)
        for said, place in (
            ("seats: -1", "4:8: error[bad-value]"),
            ("seats: 0", "4:8: error[bad-value]"),
            ("duration: 0", "4:11: error[bad-duration]"),
            ("duration: 0 min", "4:11: error[bad-duration]"),
        )
    ),
    *(
        meeting(
            EVENT + "registration: {state: full}\n",
            f"seats: {said}\n",
            "4:8: error[bad-value]",
            "« registration: {state: full} »",
            "registration: {state: full}\n",
        )
        for said in ("complet", "0 place")
    ),
    at(
        WHO,
        ROLE,
        "capacity: deux",
        "9:11: error[bad-value]",
        "« capacity: 2 »",
        "capacity: 2",
    ),
    meeting(
        PAST + REPLAY,
        "  video: https://video.example/b\n  size: 0\n",
        "6:9: error[bad-value]",
        NOTHING,
        "  video: https://video.example/b\n",
    ),
    at(
        TRIPS,
        page(TRIP + STOP.replace("walk}", "walk, km: 2}")),
        "km: 0}",
        "6:52: error[out-of-range]",
        "un trajet a une longueur",
        "km: 2}",
    ),
    # Words
    *(
        at(
            TRIPS,
            page(TRIP + STOP.replace("walk", right)),
            f"by: {said}",
            f"6:{column}: error[{code}]",
            f"mode: {right}",
            f"by: {{mode: {right}}}",
        )
        for said, right, column, code in (
            ("en autocar", "coach", 35, "bad-type"),
            ("à pied", "walk", 35, "bad-type"),
            ("{mode: TER}", "ter", 42, "bad-choice"),
        )
    ),
    meeting(EVENT, f"{WHEN}status: terminé\n", "4:9: error[bad-choice]", NOTHING, WHEN),
    meeting(
        EVENT + "status: cancelled\n",
        "status: Cancelled\n",
        "4:9: error[bad-choice]",
        "« status: cancelled »",
        "status: cancelled\n",
    ),
    Between(
        "a draft as a status",
        {MEETING: page(EVENT + "status: en préparation\n")},
        {f"{MEETING}:4:9: error[bad-choice]": "« draft: true »"},
        {MEETING: page(EVENT + "draft: true\n")},
    ),
    *(
        Between(
            f"{word} alone",
            {MEETING: page(f"{EVENT}{word}\n")},
            {f"{MEETING}:4:{len(word) + 1}: error[yaml-syntax]": f"« {line} »"},
            {MEETING: page(f"{EVENT}{line}\n")},
        )
        for word, line in (("annulé", "status: cancelled"), ("brouillon", "draft: true"))
    ),
    *(
        meeting(EVENT, f"{WHEN}{line}\n", "4:1: error[unknown-key]", "dites-le dans le texte", WHEN)
        for line in ("ID de réunion: 123 456", "Code secret: abc")
    ),
    at(
        "content/data/organisations/b.yml",
        "name: Greta\n",
        "name: Greta\nlogo: greta.png\n",
        "2:1: error[unknown-key]",
        NOTHING,
        "name: Greta\n",
    ),
    at(
        WHO,
        ROLE,
        f"{ROLE[-12:]}tel: 06 12 34 56 78\n",
        "10:1: error[unknown-key]",
        NOTHING,
        ROLE[-12:],
    ),
    meeting(
        EVENT + "speakers: une-personne\n",
        "speakers: Une Personne (CFA de Lille)\n",
        "4:11: error[bad-id]",
        "« speakers: une-personne »",
        "speakers: une-personne\n",
    ),
    # Pictures, films and addresses
    *(
        Between(
            f"a picture: {said}",
            {MEETING: page(f"{EVENT}image: {said}\n"), "webinars/a.svg": SVG},
            {f"{MEETING}:4:8: error[yaml-syntax]": f"« image: {right} »"},
            {MEETING: page(f"{EVENT}image: {right}\n"), "webinars/a.svg": SVG},
        )
        for said, right in (
            ("![Affiche](a.svg)", "{src: a.svg, alt: Affiche}"),
            ("{src: a.svg, alt: Affiche : dehors}", '{src: a.svg, alt: "Affiche : dehors"}'),
            (
                "{src: a.svg, alt: Affiche : un, deux}",
                '{src: a.svg, alt: "Affiche : un, deux"}',
            ),
        )
    ),
    Between(
        "a picture in a folder that is not there",
        {
            MEETING: page(EVENT + "image: {src: images/a.svg, alt: A}\n"),
            "webinars/a.svg": SVG,
        },
        {f"{MEETING}:4:14: error[missing-file]": "« a.svg »"},
        {MEETING: page(EVENT + "image: {src: a.svg, alt: A}\n"), "webinars/a.svg": SVG},
    ),
    Between(
        "an empty description",
        {MEETING: page(EVENT + "image: {src: a.svg, alt: ''}\n"), "webinars/a.svg": SVG},
        {f"{MEETING}:4:26: error[empty]": "« decorative: true »"},
        {MEETING: page(EVENT + "image: {src: a.svg, decorative: true}\n"), "webinars/a.svg": SVG},
    ),
    Between(
        "the name of a photograph",
        {TRIPS: page(GONE + "photographs: [a.svg]\n"), "voyages/a.svg": SVG},
        {f"{TRIPS}:5:15: error[bad-type]": "« - {src: a.svg, alt: …, consent: …} »"},
        {
            TRIPS: page(GONE + "photographs:\n- {src: a.svg, alt: A, consent: écrit du 3 mai}\n"),
            "voyages/a.svg": SVG,
        },
    ),
    Between(
        "a photograph whose consent is bare",
        {
            TRIPS: page(GONE + "photographs:\n- {src: a.svg, alt: A, consent: oui}\n"),
            "voyages/a.svg": SVG,
        },
        {f"{TRIPS}:6:33: warning[bare-consent]": "accord écrit du 3 mars 2026"},
        {
            TRIPS: page(GONE + "photographs:\n- {src: a.svg, alt: A, consent: écrit du 3 mai}\n"),
            "voyages/a.svg": SVG,
        },
    ),
    meeting(
        PAST + "replay: {video: https://video.example/b}\n",
        'replay: <iframe src="https://video.example/b"></iframe>\n',
        "4:9: error[bad-type]",
        "« replay: {video: https://video.example/b} »",
        "replay: {video: https://video.example/b}\n",
    ),
    meeting(
        PAST + REPLAY,
        "video: u.mp4\n",
        "5:10: error[bad-url]",
        "déposez-le sur une plateforme",
        "video: https://video.example/b\n",
    ),
    meeting(
        PAST + REPLAY,
        f"{REPLAY}  captions: oui\n",
        "6:13: error[missing-file]",
        NOTHING,
        REPLAY,
    ),
    meeting(
        PAST
        + REPLAY
        + '  chapters:\n    - {at: "0:00", title: Un}\n    - {at: "6:40", title: Deux}\n',
        "  chapters: |\n    0:00 Un\n    6:40 Deux\n",
        "6:13: error[bad-type]",
        '« - {at: "0:00", title: Un} », « - {at: "6:40", title: Deux} »',
        CHAPTERS,
    ),
    meeting(
        EVENT + "registration: {url: https://www.i.example/a}\n",
        "registration: www.i.example/a\n",
        "4:15: error[bad-type]",
        "« registration: {url: https://www.i.example/a} »",
        "registration: {url: https://www.i.example/a}\n",
    ),
    meeting(
        EVENT,
        f"{WHEN}registration: {{url: cfa@cci.example}}\n",
        "4:21: error[bad-url]",
        "« contact: », dans le fichier de l'organisation",
        WHEN,
    ),
    at(
        TRIPS,
        page(TRIP + STOP + "back: {place: rennes, at: 18h}\n"),
        "back: retour à Rennes vers 18h\n",
        "7:7: error[bad-type]",
        "« back: {place: rennes, at: 18h} »",
        "back: {place: rennes, at: 18h}\n",
    ),
    Between(
        "an address of the web as that of a place",
        {"content/data/places/b.yml": "name: B\naddress: https://carte.example/b\n"},
        {"content/data/places/b.yml:2:10: warning[bad-value]": "« url: https://carte.example/b »"},
        {"content/data/places/b.yml": "name: B\nurl: https://carte.example/b\n"},
    ),
    # What is lost
    Between(
        "a description beside the text",
        {MEETING: page(EVENT + "description: Un texte.\n", "Un autre.\n")},
        {f"{MEETING}:4:1: warning[unshown-description]": "n'est montré nulle part"},
        {MEETING: page(EVENT + "summary: Un texte.\n", "Un autre.\n")},
    ),
    *(
        Between(
            f"a new date in the text: {text}",
            {MEETING: page(f"{EVENT}status: postponed\n{more}", f"{text}\n")},
            {f"{MEETING}:4:9: warning[said-date]": f"« start: {right} »"},
            {MEETING: page(f"title: Un\nstart: {right}\n{more}", f"{text}\n")},
        )
        for text, more, right in (
            ("Reporté au jeudi 14 janvier 2027.", "", "2027-01-14 12:30"),
            ("Nouvelle date : 14 janvier 2027 à 18h.", "", "2027-01-14 18:00"),
            ("Rendez-vous le 2027-01-14.", "", "2027-01-14 12:30"),
        )
    ),
    meeting(EVENT, "title:\n", "2:1: error[empty]", "elle ne peut pas manquer", "title: Un\n"),
    meeting(EVENT, f"\t{WHEN}", "3:1: error[yaml-tab]", "cette ligne commence tout à gauche", WHEN),
    Between(
        "a page that a need led to, by its name",
        {
            WHAT: OTHER.replace("2026-11-20", "2026-10-20")
            + "state: answered\nanswered: 2026-11-22\nled_to: Avant\n"
        },
        {f"{WHAT}:11:9: error[bad-address]": "« comptoirs/avant »"},
    ),
]
MEANT_SO = {
    "a date of the past in a meeting that is put off": page(
        EVENT + "status: postponed\n", "Elle devait suivre celle du 5 mars 2026.\n"
    ),
    "its old date in a meeting that is put off": page(
        EVENT + "status: postponed\n", "Le 3 décembre 2026, la salle est prise.\n"
    ),
    "two dates of which one is to be chosen": page(
        EVENT + "status: postponed\n", "Ce sera le 14 janvier 2027 ou le 21 janvier 2027.\n"
    ),
    "a description without a text": f"---\n{EVENT}description: Un texte.\n---\n",
}


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("row", ROWS, ids=[one.name for one in ROWS])
def test_it_is_told_once_and_the_advice_holds(site: Site, row: Between) -> None:
    found = lines(site, row.files)
    assert len(found) == len(row.told), found
    for start, said in row.told.items():
        assert any(one.startswith(start) and said in one for one in found), found
    if row.right is not None:
        assert lines(site, row.right) == []


@pytest.mark.parametrize("text", MEANT_SO.values(), ids=MEANT_SO)
def test_what_is_meant_so_is_not_told(site: Site, text: str) -> None:
    assert lines(site, {MEETING: text}) == []
