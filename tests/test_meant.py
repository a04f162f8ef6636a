"""What was meant, where a value is wrong: a day, a name, a key, a folder; and what hardly ever is.

Following each message to the letter leads to a right file, which `test_right_values` holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from parcours.engine.environment import read_instant, surroundings
from parcours.engine.opening import compile_only, open_config
from parcours.i18n import translator
from parcours.problems import Problems
from parcours.prose.signs import tell_signs

from .conftest import NOW, REGIONS, ROOT, Site
from .test_mistakes import (
    EVENT,
    PAST,
    STOPS,
    TRIP,
    Mistake,
    check,
    data,
    event,
    front,
    page,
    told,
    trip,
)

pytestmark = pytest.mark.regions


HOUR = "duration: 1h\n"
MISTAKES = [
    # Persons are no organisations
    event("hosts: CCI Normandie\n", "4:8: error[bad-id]", "écrivez « hosts: cci-normandie »"),
    event(
        "hosts: CCI Normandie, Camille Exemple\n",
        "4:8: error[bad-id]: hosts[2]",
        "une personne se nomme sous « speakers: », sur une ligne à part, et se déclare dans "
        "content/data/people/camille-exemple.yml avec son accord (« consent: »)",
        "4:8: error[bad-id]: hosts[1]",
    ),
    event(
        "hosts: [une-personne]\n",
        "4:9: error[unknown-reference]",
        "c'est une personne, et « hosts: » nomme des organisations : écrivez plutôt « speakers: "
        "une-personne »",
    ),
    event("hosts: [camille-exemple]\n", "4:9: error[unknown-reference]", "sous « speakers: »"),
    event(
        "speakers: [cci-normandie]\n",
        "4:12: error[unknown-reference]",
        "est déclaré dans content/data/organisations/ : écrivez-le plutôt sous « hosts: »",
    ),
    event(
        "speakers: Camille Exemple\n",
        "4:11: error[bad-id]",
        "écrivez « camille-exemple », et déclarez cette personne dans content/data/people/",
    ),
    event("place: bretagne\n", "4:8: error[unknown-reference]", "plutôt sous « territories: »"),
    trip(
        TRIP + "stops:\n  - {id: a, title: A, host: une-personne}\n",
        "6:29: error[unknown-reference]",
        "écrivez plutôt « speakers: une-personne »",
    ),
    # The time of a zone
    *(
        event(
            f"timezone: {said}\n",
            "4:11: error[unknown-timezone]",
            "est-ce l'heure de Paris ? supprimez cette ligne",
        )
        for said in ("GMT+1", "UTC+1", "CET", "Paris", "heure de Paris", "heure française")
    ),
    event("timezone: UTC+4\n", "4:11: error[unknown-timezone]", "comme dans « timezone: Indian/"),
    event("timezone: Tahiti\n", "4:11: error[unknown-timezone]", "timezone: Pacific/Tahiti"),
    # Days and hours
    front(
        "title: Un\nstart: jeudi 20 mai à 12h30\n",
        "3:8: error[bad-moment]",
        "l'année manque : écrivez « start: jeudi 20 mai 2027 à 12h30 »",
    ),
    front(
        "title: Un\nstart: jeudi 20 mai 2027 de 12h30 à 13h30\n",
        "3:8: error[bad-moment]",
        "écrivez « start: 2027-05-20 12:30 », et à la ligne d'en dessous « end: 13:30 »",
    ),
    front(
        "title: Un\nstart: jeudi 20 mai 2027 de 12h30 à 13h30\n" + HOUR,
        "3:8: error[bad-moment]",
        "et « end: 13:30 » à la place de « duration: »",
    ),
    *(
        front(f"title: Un\nstart: {said}\n", "3:8: error[bad-", "« start: 2027-05-20 12:30 »")
        for said in ("20 mai 2027, midi et demi", "20 mia 2027 12:30", "05/20/2027 12:30")
    ),
    front(
        "title: Un\nstart: 29 février 2027 12h30\n",
        "3:8: error[bad-date]",
        "ce mois-là a 28 jours : écrivez le bon jour",
    ),
    *(
        front(
            "title: Un\nstart: 2027-05-20 12:30\nregistration:\n  url: https://a.example/\n"
            f"  deadline: {said}\n",
            f"6:13: error[bad-moment]: registration.deadline : « {said} »",
            right,
        )
        for said, right in (
            ("18 mai", "« deadline: 18 mai 2027 »"),
            ("la veille à midi", "« deadline: 2027-05-19 12:00 »"),
            ("2 jours avant", "« deadline: 2027-05-18 »"),
        )
    ),
    event("duration: 12h30 - 13h30\n", "4:11: error[bad-duration]", "« duration: 1h »"),
    event("duration: 1h (environ)\n", "4:11: error[bad-duration]", "« duration: 1h »"),
    trip(
        "title: Un\nstart: du 18 au 20 mai 2027\n",
        "3:8: error[bad-moment]",
        "« start: 2027-05-18 », et à la ligne d'en dessous « end: 2027-05-20 »",
    ),
    trip(
        "title: Un\ndates: du 18 au 20 mai 2027\n",
        "3:1: error[unknown-key]",
        "« start: 2027-05-18 », et à la ligne d'en dessous « end: 2027-05-20 »",
    ),
    *(
        trip(
            "title: Un\nstart: 2027-05-18\nend: 2027-05-20\n"
            f"stops:\n  - id: a\n    title: A\n    day: {said}\n",
            "8:10: error[bad-value]",
            "les jours se comptent depuis le premier : écrivez « day: 3 »",
        )
        for said in ("jeudi", "20/05", "troisième jour", "dernier")
    ),
    trip(
        TRIP + "stops:\n  - id: a\n    title: A\n    start: 9:30 - 16:00\n",
        "8:12: error[bad-time]",
        "« start: 09:30 », et à la ligne d'en dessous « end: 16:00 »",
    ),
    # Values of another key, and more than a value
    event("statut: complet\n", "4:1: error[unknown-key]", "« registration: {state: full} »"),
    event("status: complet\n", "4:9: error[bad-choice]", "« registration: {state: full} »"),
    event(
        "status: reporté au 27 mai 2027\n",
        "4:9: error[bad-choice]",
        "écrivez « start: 2027-05-27 12:30 », et supprimez cette ligne",
    ),
    event("status: annulé (grève)\n", "4:9: error[bad-choice]", "« status: cancelled » (annulée)"),
    event("enregistrement: non\n", "4:1: error[unknown-key]", "écrivez « recorded: false »"),
    event("places: 15 à 20\n", "4:9: error[bad-id]", "écrivez « seats: 20 »"),
    event(
        "niveau: débutant\n", "4:1: error[unknown-key]", "aucune clé ne dit cela : dites-le dans"
    ),
    # An item whose key is what people call it, and one that is its title alone
    replace(
        event(
            "links:\n  Billets: https://a.example/b\n  Notes: https://b.example/\n",
            "5:3: error[unknown-key]",
            "écrivez « - {label: Billets, url: https://a.example/b} »",
        ),
        others=("6:3: error[unknown-key]",),
    ),
    event(
        "deadlines:\n  - Appel: 2026-11-01\n",
        "5:5: error[unknown-key]",
        "écrivez « - {what: Appel, until: 2026-11-01} »",
    ),
    replace(
        event(
            "deadlines:\n  Appel: 2026-11-01\n  Fin: 2026-11-02\n",
            "6:3: error[unknown-key]",
            "écrivez « - {what: Fin, until: 2026-11-02} »",
        ),
        others=("5:3: error[unknown-key]",),
    ),
    event(
        "speakers:\n  - {name: Une apprentie, de: CFA}\n",
        "5:27: error[unknown-key]",
        "écrivez « of: »",
    ),
    event("programme:\n  - Pause\n", "5:5: error[bad-type]", "écrivez « - {title: Pause} »"),
    event("tarif: gratuit\n", "4:1: error[unknown-key]", "écrivez « price: »"),
    event("téléphone: 02 31 00 00 00\n", "4:1: error[unknown-key]", "se joint par « registration"),
    event("online: Teams (lien à venir)\n", "4:9: error[bad-url]", "pas encore d'adresse ?"),
    event("online: https://...\n", "4:9: error[bad-url]", "supprimez cette ligne"),
    event("replay: non\n", "4:9: error[bad-type]", "écrivez « recorded: false »"),
    event("seats: illimité\n", "4:8: error[bad-value]", "supprimez cette ligne"),
    event("lieu: en ligne\n", "4:1: error[unknown-key]", "n'a pas de lieu : supprimez"),
    event("publié: oui\n", "4:1: error[unknown-key]", "supprimez cette ligne"),
    event(
        "hosts: CCI Normandie et AFPA\n", "4:8: error[bad-id]", "« hosts: [cci-normandie, afpa] »"
    ),
    event("end: une heure après\n", "4:6: error[bad-moment]", "écrivez « duration: 1h »"),
    front("title: Un\nstart: à définir\n", "3:8: error[bad-moment]", "« undated: future »"),
    event(
        "registration: {url: https://a.example/}\ndate limite: 2026-12-01\n",
        "5:1: error[unknown-key]",
        "« registration: {url: https://a.example/, deadline: 2026-12-01} »",
    ),
    event(
        "inscription: https://a.example/\ncomplet: oui\n",
        "4:1: error[unknown-key]",
        "écrivez « registration: », et à la ligne d'en dessous, après deux espaces, « url: https:",
        "5:1: error[unknown-key]",
    ),
    event(
        "hosts: [cci-normandie]\nhôtes: AFPA\n",
        "5:1: error[unknown-key]",
        "sur une seule ligne : écrivez « hosts: cci-normandie, afpa »",
    ),
    trip(
        TRIP + "étapes:\n  - nom: Le moulin\n    jour: jeudi\n    horaires: 9h30 - 16h\n",
        "5:1: error[unknown-key]",
        "écrivez « stops: »",
        "6:5: error[missing-key]: « id » manque ; ajoutez une ligne « id: le-moulin »",
        "6:5: error[unknown-key]",
        "7:5: error[unknown-key]: clé inconnue « jour » ; les jours se comptent",
        "8:5: error[unknown-key]: clé inconnue « horaires » ; écrivez « start: 09:30 »",
    ),
    trip(TRIP.replace("end: 2026-12-04", "end: 2 jours"), "4:6: error[bad-mo", "duration: 2 jours"),
    trip("title: Un\nstart: 2027-05-18\nend: 20 mai\n", "4:6: error[bad-moment]", "20 mai 2027 »"),
    data(
        "places",
        "name: A\nterritory: bretagne\ngps: 48.114, -1.68\n",
        "3:1: error[unknown-key]",
        "« latitude: 48.114 », et à la ligne d'en dessous « longitude: -1.68 »",
    ),
    data("themes", "name: T\nrésumé: R\n", "2:1: error[unknown-key]", "écrivez « description: »"),
    # Several lines for one thing
    front(
        "title: Un\ndate: jeudi 20 mai 2027\nheure: 12h30\n",
        "3:1: error[unknown-key]",
        "sur une seule ligne : écrivez « start: 2027-05-20 12:30 »",
        "4:1: error[unknown-key]",
    ),
    front(
        "title: Un\nheure: 12h30 - 13h30\ndate: 20 mai 2027\n",
        "3:1: error[unknown-key]",
        "écrivez « start: 2027-05-20 12:30 », et à la ligne d'en dessous « end: 13:30 »",
        "4:1: error[unknown-key]",
    ),
    data(
        "places",
        "name: A\nterritory: normandie\nadresse: 3 rue X\nville: Caen\ncode postal: 14000\n",
        "3:1: error[unknown-key]",
        "écrivez « address: 3 rue X, 14000 Caen »",
        "4:1: error[unknown-key]",
        "5:1: error[unknown-key]",
    ),
    data(
        "people",
        "nom: Exemple\nprénom: Camille\nmail: camille@a.example\nconsent: par écrit, en mars\n",
        "1:1: error[unknown-key]",
        "écrivez « name: Camille Exemple »",
        "2:1: error[unknown-key]",
        "3:1: error[unknown-key]",
    ),
    # Data
    data("places", "name: A\nterritory: Midi-Pyrénées\n", "2:12: error[bad-id]", "occitanie »"),
    data("places", "name: A\nterritory: Calvados\n", "2:12: error[bad-id]", "normandie »"),
    data("places", "name: A\nterritory: Londres\n", "2:12: error[bad-id]", "choisissez parmi auv"),
    data(
        "places",
        "name: A\nterritory: bretagne\nlatitude: 48°06'50\"N\nlongitude: -1.68\n",
        "3:11: error[bad-value]",
        "écrivez « latitude: 48.114 »",
    ),
    data(
        "places",
        "name: A\nterritory: bretagne\nlatitude: 48.114\nlongitude: 1.68\n",
        "4:12: warning[outside-territory]",
        "un signe « - » oublié ?",
    ),
    data(
        "places", "name: A\nterritory: bretagne\naccès: tram A\n", "3:1: error", "{directions: tram"
    ),
    data(
        "places",
        "name: A\nterritory: bretagne\naccess:\n  wheelchair: oui, par la cour\n",
        "4:15: error[bad-choice]",
        "« wheelchair: yes » (oui), et le reste sous « notes: »",
    ),
    data(
        "organisations",
        "name: O\ncontact: camille.exemple@a.example\n",
        "2:10: warning[personal-email]",
        "l'adresse d'un service",
    ),
    data(
        "organisations",
        "name: O\ncontact: 06 12 34 56 78\n",
        "2:10: warning[mobile-number]",
        "standard",
    ),
    data("people", "name: P\n", "1:1: error[missing-key]", "« consent: accord écrit du 3 mars"),
    data("themes", "name: T\nstart_here: [Rien de tel]\n", "2:14: error[bad-address]", "adresse"),
    # Kinds
    event("stops: []\n", "4:1: error[unknown-key]", "déplacez ce fichier dans voyages/"),
    trip(
        f"{EVENT}{HOUR}online: https://visio.example/a\n",
        "5:9: warning[like-webinar]",
        "déplacez ce fichier dans webinars/",
    ),
    event(
        "registration:\n  url: https://a.example/\n  deadline: 2025-11-27\n",
        "6:13: warning[deadline-behind]",
        "est-ce la bonne année ?",
    ),
    # What hardly ever is
    event("duration: 60h\n", "4:11: warning[long-meeting]", "60 heures"),
    event("end: 2026-12-04 13:30\n", "4:6: warning[long-meeting]", "25 heures"),
    front(
        "title: Titre à compléter\nstart: 2026-12-03 12:30\n",
        "2:8: warning[still-to-write]",
        "draft",
    ),
    event("status: moved-online\n", "4:9: warning[moved-nowhere]", "ajoutez « online: »"),
    front(
        "title: Un\nstart: 2026-12-04 12:30\nexception: oui\n",
        "4:12: warning[bare-exception]",
        "raison",
    ),
    event(
        "image: {src: Photo.JPG, alt: Photo.JPG}\n",
        "4:30: warning[alt-is-name]",
        "nom du fichier",
        "4:14: warning[broken-picture]",
    ),
]


def to(mistake: Mistake, *changes: tuple[str, str]) -> Mistake:
    """With what it becomes when the message is followed: one text in place of another."""
    right = mistake.text
    for old, new in changes:
        assert right.count(old) == 1, (right, old)
        right = right.replace(old, new)
    return replace(mistake, right=right)


COLON = "les deux-points à la fin :"
HOSTS = "hosts: [cci-normandie]\n"
REPLAY = PAST + "duration: 1h\nreplay:\n  video: https://video.example/a\n"
CHAPTERS = REPLAY + "  chapters:\n"
MOMENT = "title: Un\nstart: 2026-12-03 12:30\n"
SLIPS = [
    # One in place of a list
    to(
        front(
            MOMENT + "links:\n  label: Un\n  adresse: https://a.example/\n",
            "6:3: error[unknown-key]",
            "écrivez « url: »",
        ),
        ("adresse:", "url:"),
    ),
    to(
        front(
            MOMENT + "speakers:\n  name: Une personne\n  fonction: formateur\n",
            "6:3: error[unknown-key]",
            "écrivez « speakers: [une-personne] »",
        ),
        ("speakers:\n  name: Une personne\n  fonction: formateur\n", "speakers: [une-personne]\n"),
    ),
    to(
        front(
            MOMENT + "hosts:\n  name: Un club\n  territoire: bretagne\n",
            "6:3: error[unknown-key]",
            "« hosts: [un-club] »",
        ),
        ("  territoire: bretagne\n", ""),
    ),
    to(
        front(
            MOMENT + "programme:\n  titre: Un\n  heure: 12:40\n",
            "5:3: error[bad-type]",
            "écrivez « - title: Un », «   at: 12:40 »",
        ),
        ("  titre: Un\n  heure:", "  - title: Un\n    at:"),
    ),
    # Said of what has a file
    to(
        front(
            MOMENT + "place: x\naddress: 3 rue de la Paix\n",
            "5:1: error[unknown-key]",
            "supprimez cette ligne : « address: » se dit dans content/data/places/x.yml",
        ),
        ("address: 3 rue de la Paix\n", ""),
    ),
    front(
        MOMENT + "speakers: Jean Dupont, Marie Martin\n",
        "4:11: error[bad-id]",
        "« speakers: [jean-dupont, marie-martin] »",
    ),
    front(
        MOMENT + "speakers: Jane Doe and John Roe\n",
        "4:11: error[bad-id]",
        "« speakers: [jane-doe, john-roe] »",
    ),
    front(
        MOMENT + "image: IMG_1234.HEIC\n",
        "4:8: error[bad-type]",
        "« image: {src: IMG_1234.HEIC, alt: … } »",
        "4:8: error[missing-file]",
        "4:8: error[bad-file-type]",
    ),
    # Numbers in words
    *(
        to(
            front(MOMENT + f"seats: {said}\n", "4:8: error[bad-value]", f"« seats: {number} »"),
            (f"seats: {said}", f"seats: {number}"),
        )
        for said, number in (
            ("une vingtaine", 20),
            ("une dizaine de personnes", 10),
            ("about thirty", 30),
            ("vingt-cinq", 25),
            ("deux douzaines", 24),
            ("quatre-vingts", 80),
            ("dix à vingt", 20),
            ("a hundred", 100),
        )
    ),
    front(MOMENT + "seats: un grand nombre\n", "4:8: error[bad-value]", ""),
    # Of what kind it is
    *(
        to(
            front(MOMENT + f"{said}\n", "4:1: error[unknown-key]", ""),
            (f"{said}\n", ""),
        )
        for said in (
            "type: webinaire",
            "kind: webinar",
            "sorte: webinaire",
            "format: webinaire",
            "catégorie: webinaire",
            "type: conférence",
        )
    ),
    to(
        front(MOMENT + "type: présentiel\n", "4:1: error[unknown-key]", "« mode: on-site »"),
        ("type: présentiel\n", "mode: online\n"),
    ),
    to(
        front(
            MOMENT + "territories: [bretagne, Pays de Loire]\n",
            "4:25: error[bad-id]",
            "« pays-de-la-loire »",
        ),
        ("Pays de Loire", "pays-de-la-loire"),
    ),
    to(
        front(
            MOMENT + "tags: [#python, #ia]\n",
            "4:8: error[yaml-syntax]",
            '« tags: ["#python", "#ia"] »',
        ),
        ("[#python, #ia]", '["#python", "#ia"]'),
    ),
    to(
        front(
            MOMENT + "tags: [un, #ia]\nsummary: Un\n",
            "4:12: error[yaml-syntax]",
            '« tags: [un, "#ia"] »',
        ),
        ("#ia", '"#ia"'),
    ),
    to(
        front(
            MOMENT.replace("Un", "#12 dehors"),
            "2:8: error[lost-to-comment]",
            '« title: "#12 dehors" »',
        ),
        ("#12 dehors", '"#12 dehors"'),
    ),
    to(
        front(
            MOMENT.replace("Un", "!Former dehors"),
            "2:8: error[yaml-tag]",
            '« title: "!Former dehors" »',
        ),
        ("!Former dehors", '"!Former dehors"'),
    ),
    # Nearly a word for a key
    *(
        to(
            front(MOMENT + f"{said}: {value}\n", "4:1: error[unknown-key]", f"« {key}: »"),
            (f"{said}: {value}", f"{key}: {value}"),
        )
        for said, key, value in (
            ("dure", "duration", "1h"),
            ("durre", "duration", "1h"),
            ("⏰", "duration", "1h"),
            ("heure_fin", "end", "13h45"),
            ("fin-heure", "end", "13h45"),
            ("end_hour", "end", "13:45"),
            ("lien_zoom", "online", "https://z.example/"),
        )
    ),
    # Days and hours
    to(
        front(
            "title: Un\nstart: Thursday, May 20, 2027 2:00 pm\n",
            "3:8: error[bad-moment]",
            "« start: 2027-05-20 14:00 »",
        ),
        ("Thursday, May 20, 2027 2:00 pm", "2027-05-20 14:00"),
    ),
    to(
        front(
            "title: Un\nwhen: 20 May 2027\ntime: 2pm\n",
            "3:7: error[exact-when]",
            "« start: 2027-05-20 14:00 »",
        ),
        ("when: 20 May 2027\ntime: 2pm\n", "start: 2027-05-20 14:00\n"),
    ),
    to(
        front(
            "title: Un\nstart: 2027-05-20T12:30:00+02:00\n",
            "3:8: error[utc-offset]",
            "« start: 2027-05-20 12:30 »",
        ),
        ("2027-05-20T12:30:00+02:00", "2027-05-20 12:30"),
    ),
    to(
        front(
            "title: Un\nstart: 2027-05-20T12:30:00Z\n",
            "3:8: error[utc-offset]",
            "« start: 2027-05-20 14:30 »",
        ),
        ("2027-05-20T12:30:00Z", "2027-05-20 14:30"),
    ),
    to(
        front(
            "title: Un\nstart: [2027-05-20 12:30, 2027-05-27 12:30]\n",
            "3:8: error[bad-type]",
            "« also: [2027-05-27 12:30] »",
        ),
        ("[2027-05-20 12:30, 2027-05-27 12:30]", "2027-05-20 12:30\nalso: [2027-05-27 12:30]"),
    ),
    front("title: Un\nstart: [a, b]\n", "3:8: error[bad-type]", "« start: 2026-12-03 12:30 »"),
    front(
        "title: Un\nstart: 20 mais 2027 12h30\n",
        "3:8: error[bad-moment]",
        "",
    ),
    # In place of another line
    to(
        front(
            MOMENT + "reporté: 2026-12-10\n",
            "4:1: error[unknown-key]",
            "« start: 2026-12-10 12:30 »",
        ),
        ("start: 2026-12-03 12:30\n", "start: 2026-12-10 12:30\n"),
        ("reporté: 2026-12-10\n", ""),
    ),
    to(
        front(
            MOMENT + "nouvelle date: 2026-12-10 14:00\n",
            "4:1: error[unknown-key]",
            "« start: 2026-12-10 14:00 »",
        ),
        ("start: 2026-12-03 12:30\n", "start: 2026-12-10 14:00\n"),
        ("nouvelle date: 2026-12-10 14:00\n", ""),
    ),
    to(
        front(
            MOMENT + "annulé: oui\nstatus: confirmed\n",
            "4:1: error[unknown-key]",
            "« status: cancelled »",
        ),
        ("annulé: oui\nstatus: confirmed\n", "status: cancelled\n"),
    ),
    to(
        front("title: Un\nstart:\n", "3:1: error[no-date]", "« start: 2026-12-03 12:30 »"),
        ("start:\n", "start: 2026-12-03 12:30\n"),
    ),
    # Of another level
    to(
        trip(STOPS + "    hosts: cci-normandie\n", "8:5: error[unknown-key]", "écrivez « host: »"),
        ("hosts:", "host:"),
    ),
    to(
        trip(STOPS + "    place: cci-normandie\n", "8:12: error[unknown-ref", "sous « host: »"),
        ("place:", "host:"),
    ),
    # Lost, or published, without a word
    to(
        front(
            CHAPTERS + '    - {at: "0:00", title: Bienvenue, et tour de table}\n',
            "8:38: error[yaml-syntax]",
            '« title: "Bienvenue, et tour de table" »',
        ),
        ("Bienvenue, et tour de table", '"Bienvenue, et tour de table"'),
    ),
    to(
        trip(
            TRIP + "from: {place: rennes, at: 13h15, quai 2}\n",
            "5:34: error[yaml-syntax]",
            "« quai 2 » est seul",
        ),
        (", quai 2", ""),
    ),
    to(
        front(
            "title: “Former dehors”\nstart: 2026-12-03 12:30\n",
            "2:8: warning[shown-as-written]",
            "écrivez « title: Former dehors »",
        ),
        ("“Former dehors”", "Former dehors"),
    ),
    to(
        front(
            "title: “Comptoir #12 : dehors”\nstart: 2026-12-03 12:30\n",
            "2:8: error[yaml-syntax]",
            '« title: "Comptoir #12 : dehors" »',
        ),
        ("“Comptoir #12 : dehors”", '"Comptoir #12 : dehors"'),
    ),
    *(
        to(
            event(f"online: https://a.example/x{more}\n", place, "« online: https://a.example/x »"),
            (more, ""),
        )
        for more, place in (
            (" (code : 12)", "4:9: error[yaml"),
            (" (code 12)", "4:9: error[bad-url]"),
            (", ouvert dès 12 h 15", "4:9: error[bad-url]"),
            (" salle des fêtes", "4:9: error[bad-url]"),
            (" le 3/12", "4:9: error[bad-url]"),
            (" https://b.example/y", "4:9: error[bad-url]"),
        )
    ),
    to(
        front(
            PAST + "status: cancelled\nreplay: {video: https://video.example/a}\n",
            "5:9: warning[replay-of-cancelled]",
            "supprimez « replay: »",
        ),
        ("replay: {video: https://video.example/a}\n", ""),
    ),
    # Advice that leads to what is right
    to(
        front(REPLAY + "  duration: 52\n", "7:13: error[bad-length]", "écrivez 52 min ou 52:00"),
        ("duration: 52\n", "duration: 52:00\n"),
    ),
    to(
        front(
            CHAPTERS + "    - 0:00 : Bienvenue\n    - 6:40 : Trois usages\n",
            "8:7: error[unknown-key]",
            '« - {at: "0:00", title: Bienvenue} »',
            "9:7: error[unknown-key]",
        ),
        ("0:00 : Bienvenue", '{at: "0:00", title: Bienvenue}'),
        ("6:40 : Trois usages", '{at: "6:40", title: Trois usages}'),
    ),
    *(
        event(f"speakers: {said}\n", "4:1", right)
        for said, right in (
            ("Marie Exemple et Paul Exemple", "« speakers: [marie-exemple, paul-exemple] »"),
            ("[Marie Exemple & Paul Exemple]", "« marie-exemple, paul-exemple »"),
            ("[marie-exemple-et-paul-exemple]", "« marie-exemple, paul-exemple »"),
            ("[marie-exemple]", "; déclarez cette personne dans content/data/people/"),
        )
    ),
    to(
        event(
            "registration: inscription auprès de accueil@cci.example\n",
            "4:15: error[bad-type]",
            "une organisation par « contact: »",
        ),
        ("registration: inscription auprès de accueil@cci.example\n", ""),
    ),
    to(
        trip(STOPS + "    by: TER, 50 min\n", "8:9: error", "« by: {mode: ter, takes: 50 min} »"),
        ("TER, 50 min", "{mode: ter, takes: 50 min}"),
    ),
    to(
        trip(
            TRIP + "from: Rennes à 13h15\n",
            "5:7: error[bad-type]",
            "« from: {place: rennes, at: 13h15} »",
        ),
        ("Rennes à 13h15", "{place: rennes, at: 13h15}"),
    ),
    to(
        trip(
            STOPS + "    by: {mode:ter, takes:50 min}\n",
            "8:10: error[yaml-syntax]",
            "mettez une espace après les deux-points : « mode: ter »",
            "8:20: error[yaml-syntax]",
        ),
        ("mode:ter", "mode: ter"),
        ("takes:50", "takes: 50"),
    ),
    to(
        trip(
            STOPS + "    questions:\n      - Une question : qui évalue, et quand ?\n",
            "9:9: error[bad-type]",
            '« - "Une question : qui évalue, et quand ?" »',
        ),
        (
            "Une question : qui évalue, et quand ?",
            '"Une question : qui évalue, et quand ?"',
        ),
    ),
    to(
        trip(
            STOPS.replace("    title", "\ttitle"),
            "7:1: error[yaml-tab]",
            "cette ligne commence par 4 espaces",
        ),
        ("\ttitle", "    title"),
    ),
    # A word with a colon behind it, which holds nothing
    to(
        trip(
            TRIP + "stops:\n  - Le moulin:\n  - {id: b, title: B}\n",
            "6:5: error[unknown-key]",
            "écrivez « - {id: le-moulin, title: Le moulin} »",
        ),
        ("Le moulin:", "{id: le-moulin, title: Le moulin}"),
    ),
    to(
        trip(
            TRIP + "stops:\n  Le moulin:\n  La ferme:\n",
            "6:3: error[bad-type]",
            "« - {id: le-moulin, title: Le moulin} », « - {id: la-ferme, title: La ferme} »",
        ),
        ("Le moulin:", "- {id: le-moulin, title: Le moulin}"),
        ("La ferme:", "- {id: la-ferme, title: La ferme}"),
    ),
    to(
        front(
            CHAPTERS + "    - 0:00 Bienvenue:\n",
            "8:7: error[unknown-key]",
            'écrivez « - {at: "0:00", title: Bienvenue} »',
        ),
        ("0:00 Bienvenue:", '{at: "0:00", title: Bienvenue}'),
    ),
    to(
        trip(
            STOPS + "    questions:\n      - Qui évalue:\n",
            "9:9: error[bad-type]",
            f"retirez {COLON} « - Qui évalue »",
        ),
        ("Qui évalue:", "Qui évalue"),
    ),
    to(
        trip(
            STOPS + "    by:\n      à pied:\n",
            "9:7: error[unknown-key]",
            "écrivez « by: {mode: walk} »",
        ),
        ("by:\n      à pied:", "by: {mode: walk}"),
    ),
    *(
        to(
            event(
                f"{key}:\n  - {said}:\n", "5:5: error[bad-type]", f"retirez {COLON} « - {said} »"
            ),
            (f"{said}:", said),
        )
        for key, said in (("themes", "pedagogie"), ("hosts", "afpa"), ("aliases", "ancien"))
    ),
    trip(
        TRIP + "photographs:\n  - carte.svg:\n",
        "6:5: error[unknown-key]",
        "« - {src: carte.svg, alt: …, consent: … } »",
    ),
    front(CHAPTERS + "    - 5:00:\n", "8:7: error[unknown-key]", '« - {at: "5:00", title: … } »'),
    to(
        event(
            "registration:\n  ouverte:\n",
            "5:3: error[unknown-key]",
            "écrivez « registration: {state: open} »",
        ),
        (":\n  ouverte:", ": {state: open}"),
    ),
    to(event("lieu:\n", "4:1: error[unknown-key]", "écrivez « place: »"), ("lieu:", "place:")),
    *(
        to(
            trip(
                TRIP + f"nights: {said}\n",
                "5:9: error[nights-count]",
                "écrivez une ville par nuit",
            ),
            (f"nights: {said}", "nights: Rennes"),
        )
        for said in ("1", "3 nuits")
    ),
    to(
        trip(
            STOPS.replace("title: A", "title: A\n    day: 1\n    start: 9h")
            + "    by: {mode: ter, takes: 50 min}\nfrom: {place: rennes, at: 9h30}\n",
            "10:9: error[leg-order]",
            "commence à 09:30, et serait fini à 09:00",
        ),
        ("at: 9h30", "at: 8h"),
    ),
    *(
        to(
            front(
                CHAPTERS + f"    - {{at: {said}, title: A}}\n",
                "8:12: error[bad-timecode]",
                '« at: "6:40" »',
            ),
            (f"at: {said}", 'at: "6:40"'),
        )
        for said in ("6 min 40", "6m40", "6'40")
    ),
    # Before its time
    *(
        to(
            trip(TRIP + f"{key}\n", place, "corrigez les dates, ou écrivez-le au retour"),
            (f"{key}\n", ""),
        )
        for key, place in (
            ("account: Nous avons vu.", "5:10: warning[told-of-future]"),
            (
                "photographs: [{src: carte.svg, alt: Un, nobody: oui}]",
                "5:14: warning[told-of-future]",
            ),
        )
    ),
    *(
        to(
            front(
                f"title: {title}\nstart: 2026-12-03 12:30\n{more}",
                place,
                f"écrivez « {better} »",
            ),
            (said, f"{right}\n{better}"),
        )
        for title, more, place, better, said, right in (
            (
                "ANNULÉ - Un",
                "",
                "2:8: warning[said-in-words]",
                "status: cancelled",
                "ANNULÉ - Un",
                "Un",
            ),
            (
                "Un (reporté)",
                "",
                "2:8: warning[said-in-words]",
                "status: postponed",
                "Un (reporté)",
                "Un",
            ),
            (
                "'[Complet] Un'",
                "",
                "2:8: warning[said-in-words]",
                "registration: {state: full}",
                "'[Complet] Un'",
                "Un",
            ),
            (
                "Un",
                "summary: 'Attention : reporté au 24 juin'\n",
                "4:10: warning[said-in-words]",
                "status: postponed",
                "'Attention : reporté au 24 juin'",
                "Au 24 juin.",
            ),
        )
    ),
    # Advice in circles
    *(
        to(
            trip(
                STOPS + f"    by: {{mode: ter, takes: 50 min, km: {said}}}\n",
                "8:43: error[yaml-syntax]",
                f"« km: {better} »",
            ),
            (said, better),
        )
        for said, better in (("41,5", "41.5"), ("41,5 km", "41.5"))
    ),
    to(
        event(
            "image: {src: carte.svg alt: Le logo}\n",
            "4:8: error[yaml-syntax]",
            "deux clés ; écrivez « image: {src: carte.svg, alt: Le logo} »",
        ),
        ("svg alt", "svg, alt"),
    ),
    *(
        event(f"status: {status}\n{key}: grève des trains\n", "5:1: error[unknown-key]", "dites-le")
        for status, key in (
            ("cancelled", "motif"),
            ("postponed", "raison"),
            ("cancelled", "annulation"),
            ("postponed", "report"),
        )
    ),
    event("public: formateurs\n", "4:1: error[unknown-key]", "dites-le dans le texte"),
    event("place: Visio Zoom\n", "4:8: error[bad-id]", "ce qui se tient en ligne n'a pas de lieu"),
    event("place: Teams\n", "4:8: error[bad-id]", "ce qui se tient en ligne n'a pas de lieu"),
    to(
        front(
            "title: Un\nstart: 2026-12-03 12:30\nsummary: Trois équipes racontent\n"
            "leurs journées : un régal.\n",
            "5:1: error[unknown-key]",
            '« summary: "Trois équipes racontent leurs journées : un régal." »',
        ),
        (
            "Trois équipes racontent\nleurs journées : un régal.",
            '"Trois équipes racontent leurs journées : un régal."',
        ),
    ),
    *(
        to(event(f"{key}:\n  - {word}: {said}\n", "5:5: error[bad-type]", f"« - {id} »"), (old, id))
        for key, word, said, id, old in (
            ("hosts", "nom", "CCI Normandie", "cci-normandie", "nom: CCI Normandie"),
            ("territories", "region", "bretagne", "bretagne", "region: bretagne"),
        )
    ),
    to(
        trip(TRIP + "nights:\n  - ville: Rennes\n", "6:5: error[bad-type]", "« - Rennes »"),
        ("ville: Rennes", "Rennes"),
    ),
    front(
        REPLAY + "  captions:\n    - fr: d15.fr.vtt\n    - en: d15.en.vtt\n",
        "8:5: error[bad-type]",
        "écrivez « captions: d15.fr.vtt »",
    ),
    front(
        REPLAY + "  captions: {fr: d15.fr.vtt}\n",
        "7:13: error[bad-type]",
        "écrivez « captions: d15.fr.vtt »",
    ),
    *(
        to(
            front(
                f"title: Un\nstart:\n  {day}: 2026-12-03\n  {hour}: {at}\n",
                "4:3: error[bad-type]",
                "« start: 2026-12-03 12:30 »",
            ),
            (f"\n  {day}: 2026-12-03\n  {hour}: {at}", " 2026-12-03 12:30"),
        )
        for day, hour, at in (
            ("date", "heure", "12:30"),
            ("jour", "à", "12h30"),
            ("day", "time", "12:30"),
        )
    ),
    *(
        to(
            event(
                f"registration:\n{more}  status: {value}\n",
                f"{5 + bool(more)}:3: error[unknown-key]",
                "retirez les espaces",
            ),
            (f"  status: {value}", f"status: {value}"),
        )
        for more, value in (("", "cancelled"), ("  url: https://a.example/\n", "postponed"))
    ),
    to(
        front(
            REPLAY + "  date: 2026-11-12\n",
            "7:3: error[unknown-key]",
            "« start: », qui est déjà à la ligne 3",
        ),
        ("  date: 2026-11-12\n", ""),
    ),
    trip(
        STOPS + "compare:\n  - criterion: X\n    source: Y\n    values: un marché\n",
        "11:13: error[bad-type]",
        "« values: {a: un marché} »",
    ),
    event(
        "image: https://a.example/x/affiche.jpg\n",
        "4:8: error[bad-type]",
        "téléchargez-le, posez-le à côté de celui-ci, et écrivez « image: {src: affiche.jpg",
    ),
    event(
        "image: {src: https://a.example/affiche.jpg, alt: Un}\n",
        "4:14: error[outside-path]",
        "téléchargez-le, posez-le à côté de celui-ci, et écrivez « src: affiche.jpg »",
    ),
    # An hour for a duration
    *(
        to(
            front(
                f"title: Un\nstart: 2026-12-03 {start}\nduration: {end}\n",
                "4:11: warning[long-meeting]",
                f"écrivez « end: {end} »",
            ),
            ("duration:", "end:"),
        )
        for start, end in (("12:30", "13:30"), ("9:30", "11:00"), ("20:30", "22:00"))
    ),
    # Times in a recording
    to(
        front(REPLAY + "  duration: 1:02\n", "7:13: warning[played", "écrivez « 1:02:00 »"),
        ("1:02\n", "1:02:00\n"),
    ),
    to(
        front(REPLAY + '  duration: "52:10:00"\n', "7:13: warning[played", "écrivez « 52:10 »"),
        ('"52:10:00"', "52:10"),
    ),
    to(
        front(
            CHAPTERS
            + "".join(f'    - {{at: "0:{at}", title: {at}}}\n' for at in ("00", "06", "24")),
            "10:12: warning[played-otherwise]",
            "écrivez « 24:00 »",
        ),
        ("0:06", "6:00"),
        ("0:24", "24:00"),
    ),
    to(
        front(
            CHAPTERS + "".join(f'    - {{at: "12:{at}", title: {at}}}\n' for at in (30, 45)),
            "8:12: warning[played-otherwise]",
            "écrivez « 00:00 »",
        ),
        ('"12:30"', '"00:00"'),
        ('"12:45"', '"15:00"'),
    ),
]
SLIPS += [
    # Two hours, where one is read and a key stands beside it for the other
    *(
        to(
            event(
                f"duration: 4h\nprogramme:\n  - {{at: {said}, title: A}}\n",
                "6:10: error[bad-time]",
                f"écrivez « at: {at} », et à la ligne d'en dessous « {more} »",
            ),
            (f"at: {said}", f"at: {at}, {more}"),
        )
        for said, at, more in (
            ("13h-14h30", "13:00", "end: 14:30"),
            ('"13:00-14:00"', "13:00", "end: 14:00"),
            ("de 13 h à 14 h", "13:00", "end: 14:00"),
            ("13h (1h30)", "13:00", "duration: 1h30"),
        )
    ),
    to(
        event(
            "duration: 4h\nprogramme:\n  - at: 13h-14h\n    duration: 2h\n    title: A\n",
            "6:9: error[bad-time]",
            "écrivez « at: 13:00 », et « end: 14:00 » à la place de « duration: »",
        ),
        ("at: 13h-14h\n    duration: 2h", "at: 13:00\n    end: 14:00"),
    ),
    to(
        event(
            "duration: 4h\nprogramme:\n  - {at: 13h, end: 13h-14h, title: A}\n",
            "6:20: error[bad-time]",
            "écrivez « end: 14:00 »",
        ),
        ("end: 13h-14h", "end: 14:00"),
    ),
    *(
        to(
            event(
                f"duration: 4h\nprogramme:\n  - {said}\n",
                "6:5: error[bad-type]",
                f'écrivez « - {{at: "{at}", end: "{end}", title: Accueil}} »',
            ),
            (f"- {said}", f'- {{at: "{at}", end: "{end}", title: Accueil}}'),
        )
        for said, at, end in (
            ("13h-14h30 Accueil", "13h", "14h30"),
            ("13:00-14:30 Accueil", "13:00", "14:30"),
            ("Accueil 13:00 – 14:30", "13:00", "14:30"),
        )
    ),
    to(
        trip(
            STOPS + "    start: 4 décembre 2026 de 9h à 10h30\n",
            "8:12: error[bad-time]",
            "écrivez « start: 09:00 », et à la ligne d'en dessous « day: 2 », « end: 10:30 »",
        ),
        ("start: 4 décembre 2026 de 9h à 10h30", "start: 09:00\n    day: 2\n    end: 10:30"),
    ),
    *(
        to(
            event(
                f"duration: 1h\nrepeat: chaque jeudi, 4 fois\n{text}",
                place,
                f"écrivez « start: {start} », et à la ligne d'en dessous « end: 15:00 »",
            ),
            (said, f"start: {start}, end: 15:00"),
        )
        for text, said, start, place in (
            (
                'later:\n  - {from: 2026-12-10, start: "14:00-15:00"}\n',
                'start: "14:00-15:00"',
                "14:00",
                "7:31: error[bad-moment]",
            ),
            (
                "dates:\n  2026-12-10: {start: 14h-15h}\n",
                "start: 14h-15h",
                "14:00",
                "7:23: error[bad-moment]",
            ),
        )
    ),
    to(
        event(
            "duration: 1h\nrepeat: chaque jeudi, 4 fois\ndates:\n  2026-12-10: 14h-15h\n",
            "7:15: error[bad-type]",
            "écrivez « 2026-12-10: {start: 14:00, end: 15:00} »",
        ),
        ("2026-12-10: 14h-15h", "2026-12-10: {start: 14:00, end: 15:00}"),
    ),
    to(
        front(
            "title: Un\nstart: 2026-12-03 12:30-13:30\n",
            "3:8: error[bad-moment]",
            "écrivez « start: 2026-12-03 12:30 », et à la ligne d'en dessous « end: 13:30 »",
        ),
        ("12:30-13:30", "12:30\nend: 13:30"),
    ),
    to(
        front(
            "title: Un\nstart: 12h30-13h30\n",
            "3:8: error[bad-moment]",
            "le jour manque : écrivez-le avant l'heure, comme dans « start: 2026-12-03 12:30 », et "
            "à la ligne d'en dessous « end: 13:30 »",
        ),
        ("12h30-13h30", "2026-12-03 12:30\nend: 13:30"),
    ),
]
MISTAKES += SLIPS
BODIES = {
    # a text: what is said of it, and what it becomes when that is followed
    "1/ Un\n2/ Deux\n": ("« 1. Un »", "1. Un\n2. Deux\n"),
    "[ ] bottes\n[x] carnet\n": ("« - [ ] bottes »", "- [ ] bottes\n- [x] carnet\n"),
    "Un\tdeux\nTrois\tquatre\n": (
        "« | Un | deux | »",
        "| Un | deux |\n| --- | --- |\n| Trois | quatre |\n",
    ),
    "| a | b |\n| c | d |\n": ("« | --- | --- | »", "| a | b |\n| --- | --- |\n| c | d |\n"),
    "| a | b |\n|---|\n| 1 | 2 |\n": (
        "« | --- | --- | »",
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
    ),
    "| a | b |\n| - | - | - |\n| 1 | 2 |\n": (
        "« | --- | --- | »",
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
    ),
    "Voir [le programme](http://localhost:8000/agenda/).\n": (
        "écrivez le chemin",
        "Voir [le programme](../agenda.md).\n",
    ),
    "Voir <http://127.0.0.1:8000>.\n": ("écrivez le chemin", "Voir [la page](../agenda.md).\n"),
    "Un **mot jamais fermé.\n": ("« **mot** »", "Un **mot** jamais fermé.\n"),
    "** Attention ** au départ.\n": ("« **Attention** »", "**Attention** au départ.\n"),
    "    Un paragraphe avec des espaces devant lui.\n": (
        "retirez-les",
        "Un paragraphe avec des espaces devant lui.\n",
    ),
    "!!! note\nUn texte\n": ("«     Un texte »", "!!! note\n    Un texte\n"),
    "Un texte.\n\n<!-- une remarque\n": (
        "finit par -->",
        "Un texte.\n\n<!-- une remarque -->\n",
    ),
    "Un texte.\n\n‹!-- une remarque -->\n": (
        "finit par -->",
        "Un texte.\n\n<!-- une remarque -->\n",
    ),
}
MEANT_SO = [
    "Ouvrez `http://localhost:8000/`, ou [ceci](https://localhost.example/).\n",
    "| a |\n| --- |\n| c |\n",
    "| a \\| b | c |\n| --- | --- |\n| 1 | 2 |\n",
    "| a | b |\n| --- | --- |\n| c | d |\n",
    "a | b\n--- | ---\n1 | 2\n",
    "- Un\n\n    Un paragraphe qui va avec cet élément.\n",
    "!!! note\n    Un texte\n",
    "Le 1/ de la page, et 2**3.\n",
    "**Un** et **deux**\n",
    "Un <!-- b --> et `<!--`\n",
    "    code = 1\n",
]
RIGHT = [
    REPLAY + '  duration: 52:10\n  chapters: [{at: "0:00", title: A}, {at: "30:00", title: B}]\n',
    REPLAY.replace("example/a", "example/b") + "  duration: 5 min\n",
    "title: Un “mot” et “deux”\nstart: 2026-12-03 12:30\n",
    EVENT + HOUR + HOSTS,
    "title: Le projet annulé de la gare\nstart: 2026-12-03 12:30\n",
    "title: Un guide complet\nstart: 2026-12-03 12:30\nsummary: Le projet reporté au 24 juin.\n",
    "title: Un\nstart: 2026-12-03 8:30\nduration: 9h\n",
    "title: Un\nstart: 2026-12-03 9:00\nduration: 10h30\nplace: cilaos\n",
    EVENT + "registration: {state: full}\n",
    EVENT + "end: 13:30\nspeakers: une-personne\n",
    EVENT + "recorded: false\nseats: 20\n",
    EVENT + "status: moved-online\nonline: https://visio.example/a\n",
    "title: Un\nstart: 2026-12-04 12:30\nexception: Le jeudi est férié.\n",
    EVENT + "duration: 60h\nexception: Un marathon de lecture.\n",
    EVENT + "image: {src: Photo.JPG, alt: Trois arbres}\n",
    EVENT + "place: cilaos\nterritories: [la-reunion, bretagne]\n",
    "title: Le titre, à compléter ensemble demain\nstart: 2026-12-03 12:30\n",
    "title: Un\nstart: jeudi 20 mai 2027 à 12h30\nend: 13:30\n",
]


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[str]]:
    return told(tmp_path_factory.mktemp("meant") / "fr", MISTAKES, "fr")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[str]]:
    right = [replace(one, text=one.right or one.text) for one in SLIPS]
    return told(tmp_path_factory.mktemp("followed") / "fr", right, "fr")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, list[str]]:
    return told(tmp_path_factory.mktemp("meant") / "en", SLIPS, "en")


FOLLOWED = [number for number, one in enumerate(SLIPS) if one.right]


@pytest.mark.parametrize("number", FOLLOWED)
def test_what_follows_the_message_is_right(number: int, followed: Mapping[int, list[str]]) -> None:
    assert followed[number] == []


_QUOTED = re.compile("« (.+?) »")


def test_what_stands_on_another_line_is_named_by_its_number(
    french: Mapping[int, list[str]],
) -> None:
    told = {MISTAKES[number].text: lines for number, lines in french.items()}
    for said, begin in (
        ("reporté: 2026-12-10\n", "remplacez la ligne 3 par « start: 2026-12-10 12:30 », et"),
        ("annulé: oui\nstatus: confirmed\n", "remplacez la ligne 5 par « status: cancelled »"),
    ):
        (line,) = told[page(MOMENT + said)]
        assert begin in line


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("20 mais 2027 12h30", "écrivez 2027-03-20 12:30 ou 2027-05-20 12:30, selon"),
        ("20 juim 2027", "écrivez 2027-06-20 ou 2027-07-20, selon"),
    ],
)
def test_a_month_that_may_be_either_is_read_as_both(site: Site, said: str, read: str) -> None:
    site.write("webinars/un.md", page(f"title: Un\nstart: {said}\n"))
    site.commit()
    assert any(read in one for one in lines(site))


def test_a_key_that_means_nothing_is_told_with_a_few(site: Site) -> None:
    site.write("webinars/un.md", page(MOMENT + "truc: machin\n"))
    site.commit()
    (line,) = [one for one in lines(site) if "[unknown-key]" in one]
    assert "peut-être l'une de celles-ci : end, duration, place, online, speakers, hosts" in line
    assert "parcours explain webinar" in line
    assert "aliases" not in line


@pytest.mark.parametrize("number", range(len(SLIPS)))
def test_an_english_site_says_the_same(number: int, english: Mapping[int, list[str]]) -> None:
    """At the same place, with the same line to write, in words of English."""
    slip, lines = SLIPS[number], english[number]
    assert len(lines) == 1 + len(slip.others), lines
    line = next(line for line in lines if line.startswith(slip.place))
    for written in _QUOTED.findall(slip.mend):
        assert f"« {written} »" in line.replace("…}", "… }")
    assert not _FRENCH.search(_QUOTED.sub("", line)), line


_FRENCH = re.compile(r"\b(?:écrivez|mettez|retirez|supprimez|corrigez|inconnue?|cette|fallait)\b")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("text", BODIES)
def test_what_a_text_shows_otherwise_is_told(text: str, language: str) -> None:
    problems, (said, right) = Problems(), BODIES[text]
    tell_signs(text, "a.md", 1, problems)
    (found,) = problems.sorted()
    line = found.line(translator(language)).replace("\u00a0", " ")
    assert _FRENCH.search(line) is None or language == "fr"
    assert said in line or (language == "en" and not said.startswith("«"))
    after = Problems()
    tell_signs(right, "a.md", 1, after)
    assert after.sorted() == ()


@pytest.mark.parametrize("text", MEANT_SO)
def test_what_a_text_means_so_is_not_told(text: str) -> None:
    problems = Problems()
    tell_signs(text, "a.md", 1, problems)
    assert problems.sorted() == ()


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_what_was_meant_is_told(number: int, french: Mapping[int, list[str]]) -> None:
    check(MISTAKES[number], french[number])


def test_no_message_is_left_in_english(french: Mapping[int, list[str]]) -> None:
    """Whatever a message is put together from is in the reader's language."""
    catalogue = ROOT / "scripts/parcours/locale/fr/LC_MESSAGES/parcours.po"
    with catalogue.open("rb") as file:
        texts = [one.id for one in read_po(file) if isinstance(one.id, str)]
    english = [one for one in texts if one.count(" ") > 1 and "{" not in one]
    told_of = "\n".join(line for lines in french.values() for line in lines)
    assert [one for one in english if one in told_of] == []


def lines(site: Site) -> list[str]:
    """What is told of a site, as French lines with plain spaces."""
    problems = Problems()
    around = surroundings(now=read_instant(NOW), language="fr")
    compile_only(open_config(site.root / "mkdocs.yml", around), problems, draws=False)
    found = [problem.line(translator("fr")) for problem in problems.sorted()]
    return [re.sub("[\u00a0\u202f]", " ", line).replace("’", "'") for line in found]


@pytest.fixture
def small(tmp_path: Path) -> Site:
    """A French site with one theme, person, organisation and place, committed."""
    site = Site(tmp_path)
    site.write("mkdocs.yml", REGIONS)
    site.write("content/index.md", "# Accueil\n")
    site.write("content/mooc/.gitkeep", "")
    site.write("voyages/.gitkeep", "")
    site.write("webinars/.gitkeep", "")
    site.write("content/data/organisations/cci-normandie.yml", "name: CCI\n")
    site.write("content/data/people/une-personne.yml", "name: P\nconsent: par écrit, en mars\n")
    site.write("content/data/places/cilaos.yml", "name: C\nterritory: la-reunion\n")
    site.commit()
    return site


def test_right_values_are_not_told(small: Site) -> None:
    for number, one in enumerate(RIGHT):
        text = page(one.replace("title: Un\n", f"title: Un {number}\n"))
        small.write(f"webinars/r{number}.md", text)
    small.write("webinars/Photo.JPG", "x")
    told_of = [line for line in lines(small) if line.startswith("webinars/r")]
    assert told_of == [] or all("broken-picture" in line for line in told_of), told_of


def test_a_copy_is_told_in_the_file_that_looks_like_one(small: Site) -> None:
    small.write("webinars/un.md", page(EVENT))
    small.write("webinars/un - Copie.md", page(EVENT))
    small.write("webinars/un-2.md", page(EVENT.replace("12-03", "12-10")))
    found = lines(small)
    assert len(found) == 1
    assert found[0].startswith("webinars/un - Copie.md:2:8: warning[copied-source]")
    assert "webinars/un.md" in found[0]
    assert "est-ce une copie ?" in found[0]


@pytest.mark.large
def test_a_new_file_of_a_past_year_is_told(small: Site) -> None:
    front = "title: Un\nstart: 2025-12-04 12:30\nonline: https://visio.example/a\n"
    small.write("webinars/un.md", page(front))
    assert lines(small)[0].startswith("webinars/un.md:3:8: warning[year-behind]")
    small.write("webinars/un.md", page(front + "recorded: false\n"))
    assert lines(small) == []
    small.write("webinars/un.md", page(front))
    small.commit("2025-11-20T00:00:00Z")  # the site itself is of 2026: clocks are told apart
    assert not any("year-behind" in line for line in lines(small))


@pytest.mark.large
@pytest.mark.parametrize("said", ["sauf le 15 décembre", "le 15 décembre passe au 16"])
def test_a_day_without_a_year_that_was_written_after_the_first_year_is_told(
    small: Site, said: str
) -> None:
    front = "title: Un\nstart: 2024-11-15 12:30\nrepeat: le 15 de chaque mois, {}\n"
    small.write("webinars/un.md", page(front.format(said)))
    (told,) = [line for line in lines(small) if "date-without-year" in line]
    assert told.startswith("webinars/un.md:4:9: warning[")
    assert "2024-12-15, 2025-12-15, 2026-12-15" in told
    small.write("webinars/un.md", page(front.format(said.replace("décembre", "décembre 2026"))))
    assert not any("date-without-year" in line for line in lines(small))
    # What was written in its first year goes on as it is.
    small.write("webinars/un.md", page(front.replace("2024-11", "2025-08").format(said)))
    small.commit("2026-02-01T00:00:00Z")
    assert not any("date-without-year" in line for line in lines(small))


@pytest.mark.large
def test_a_new_series_whose_first_dates_are_over_is_not_of_a_past_year(small: Site) -> None:
    front = "title: Un\nstart: 2025-12-04 12:30\nrepeat: chaque jeudi\n"
    small.write("webinars/un.md", page(front + "online: https://visio.example/a\n"))
    assert not any("year-behind" in line for line in lines(small))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "content/comptoirs/un.md",
            page(EVENT),
            "3:1: error[dated-page]|déplacez-le dans webinars/",
        ),
        (
            "content/sorties/un.md",
            page(TRIP + "stops: []\n"),
            "3:1: error[dated-page]|déplacez-le dans voyages/",
        ),
        ("webinars/index.md", page(EVENT), "3:1: error[dated-page]|comme webinars/un.md"),
        (
            "content/annonces/un.md",
            page("title: Un\ndate: 2026-11-20\nsummary: Oui.\nthemes: [a]\n"),
            "3:1: warning[stray-post]|déplacez-la dans content/actualites/",
        ),
        (
            "content/mooc/lire/seance-1.md",
            page(EVENT),
            "1:1: error[session-without-course]|il manque content/mooc/lire/index.md : créez-le",
        ),
        (
            "content/mooc/seance-1.md",
            page(EVENT),
            "1:1: error[session-without-course]|comme content/mooc/mon-mooc/seance-1.md",
        ),
        (
            "content/mooc/lire/Index.md.md",
            page("title: Lire\n"),
            "1:1: error[index-name]|renommez-le « index.md »",
        ),
        ("webinars/un/Index.md", page(EVENT), "1:1: error[index-name]|« index.md »"),
    ],
)
def test_a_file_in_another_folder_is_led_to_its_own(
    small: Site, name: str, text: str, expected: str
) -> None:
    small.write(name, text)
    if name.endswith("Index.md.md"):
        small.write("content/mooc/lire/seance-1.md", page(EVENT))
    place, _, mend = expected.partition("|")
    found = lines(small)
    assert len(found) == 1, found
    assert found[0].startswith(f"{name}:{place}"), found
    assert mend in found[0]


def test_a_file_of_data_under_a_wrong_name_is_told_once(small: Site) -> None:
    folder = small.root / "content/data/organisations"
    (folder / "cci-normandie.yml").rename(folder / "CCI Normandie.yml")
    small.write("webinars/un.md", page(EVENT + HOSTS))
    found = lines(small)
    assert len(found) == 1, found
    assert "error[bad-id]" in found[0]
    assert "« cci-normandie »" in found[0]


def test_the_number_of_a_session_is_told_at_its_line(small: Site) -> None:
    small.write("content/mooc/lire/index.md", page("title: Lire\n"))
    small.write("content/mooc/lire/seance-7.md", page(EVENT + "number: 7\n"))
    other = EVENT.replace("Un", "Deux").replace("12-03", "12-10")
    small.write("content/mooc/lire/seance-9.md", page(other + "number: 7\n"))
    found = lines(small)
    assert len(found) == 1, found
    assert found[0].startswith("content/mooc/lire/seance-9.md:4:9: error[session-number]")
    assert "écrivez « number: 9 »" in found[0]


def test_a_dead_link_leads_to_the_file_of_that_name(small: Site) -> None:
    small.write("webinars/un.md", page(EVENT))
    small.write(
        "content/actualites/a.md", page("title: A\ndate: 2026-11-20\n", "[x](webinars/un.md)\n")
    )
    found = lines(small)
    assert len(found) == 1, found
    assert "error[dead-link]" in found[0]
    assert "écrivez « ../../webinars/un.md »" in found[0]


def test_a_film_in_a_text_is_led_to_the_replay(small: Site) -> None:
    body = '<iframe src="https://video.example/abc"></iframe>\n'
    small.write("webinars/un.md", page(EVENT, body))
    found = lines(small)
    assert len(found) == 1, found
    assert "« replay: {video: https://video.example/abc} »" in found[0]


def test_the_start_of_a_theme_may_be_a_title(small: Site) -> None:
    small.write("webinars/apprendre-dehors.md", page(EVENT))
    small.write("content/data/themes/t.yml", "name: T\nstart_here: [Apprendre dehors]\n")
    found = lines(small)
    assert any("écrivez « comptoirs/apprendre-dehors »" in line for line in found), found


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        ("weekday: thursday", "weekday: jeudi", "écrivez « weekday: thursday » (jeudi)"),
        (
            "weekday: thursday",
            "weekday: thursday, color: bleu acier",
            "écrivez « color: steelblue » (bleu acier)",
        ),
    ],
)
def test_choices_of_the_configuration_are_known_in_french(
    small: Site, capsys: pytest.CaptureFixture[str], old: str, new: str, mend: str
) -> None:
    small.write("mkdocs.yml", REGIONS.replace(old, new))
    small.run("check")
    out = "".join(capsys.readouterr()).replace("\u00a0", " ")
    assert "error[bad-choice]" in out
    assert mend in out


def test_a_place_that_keeps_another_time_than_the_territories_is_told(small: Site) -> None:
    small.write("webinars/un.md", page(EVENT + "place: cilaos\nterritories: [bretagne]\n"))
    found = lines(small)
    assert len(found) == 1, found
    assert found[0].startswith("webinars/un.md:4:8: warning[place-elsewhere]")
    assert "« la-reunion »" in found[0]
