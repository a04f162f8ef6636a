"""Words that people use: for the keys of sources, and for the values of enumerations. Pure data.

None of them is read in place of the right word: each is told with its mend, and `check --fix`
writes it. What they stand for is found in the schema, kind by kind, by `shape`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..i18n import LANGUAGES
from ..problems import N_
from .names import slug


@dataclass(frozen=True, slots=True)
class Target:
    """What a word for a key stands for.

    Attributes:
        path: of the field, from the top of a source, or of a part of it: ``registration``, ``url``.
        value: what the word says by itself, « annulé: oui » for ``status: cancelled``; "" for
            nothing.
    """

    path: tuple[str, ...]
    value: str = ""

    def __str__(self) -> str:
        return ".".join(self.path) + (f"={self.value}" if self.value else "")


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """The values of an enumeration: stands in the metadata of its type, beside its `Literal`.

    Attributes:
        meanings: value → what it says, a message of the catalogues, in the order to show them.
        words: language → value → what people write for it, between commas.
    """

    meanings: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]

    def value_of(self, word: str) -> str | None:
        """The value that a word is, or that people mean by it in any language; None for another."""
        return _values(self).get(slug(word))


@cache
def _values(choices: Choices) -> Mapping[str, str]:
    """Word, folded → the first value that it says."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for value, words in choices.words.get(language, {}).items():
            for word in words.split(","):
                found.setdefault(slug(word), value)
    for value in choices.meanings:  # « car » is a coach in French
        found.setdefault(slug(value), value)
    found.pop("", None)
    return found


KEYS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "kind": "genre, sorte, type",
        "folder": "dossier, répertoire, chemin",
        "weekday": "jour, jour de la semaine",
        "color": "couleur",
        "defaults": "défauts, défaut, par défaut, valeurs par défaut, commun, en commun, partagé",
        "title": "titre, nom, intitulé, sujet, libellé, besoin",
        "name": "nom, prénom, prénoms, nom de famille, titre, intitulé, dénomination, "
        "raison sociale",
        "start": "date, dates, début, heure, horaire, horaires, quand, jour, date de début, "
        "date et heure, heure de début, commence, départ, arrivée, de, le, à, déplacé au, "
        "déplacée au, reporté au, reportée au, nouvelle date",
        "date": "jour, le, début, quand, start, publié le, date de publication, parution",
        "when": "période, vers, aux environs de, date approximative",
        "end": "fin, date de fin, heure de fin, jusqu'à, jusqu'au, se termine, termine, au",
        "duration": "durée, longueur",
        "timezone": "fuseau, fuseau horaire, heure locale",
        "status": "statut, état, etat de la rencontre",
        "status=cancelled": "annulé, annulée, annulation, supprimé, supprimée",
        "status=postponed": "reporté, reportée, report, ajourné, décalé",
        "status=tentative": "à confirmer, provisoire",
        "status=moved-online": "passé en ligne, passée en ligne",
        "mode": "modalité, modalités, format, type de rencontre",
        "mode=online": "en ligne, distanciel, à distance",
        "mode=on-site": "présentiel, sur place, en présence",
        "mode=hybrid": "hybride, comodal",
        "online": "lien, visio, lien visio, visioconférence, lien de connexion, connexion, url, "
        "adresse web, zoom, teams, webconférence, salle virtuelle",
        "links": "liens, lien, ressources, ressource, documents, document, fichiers, "
        "pièces jointes, pour aller plus loin",
        "url": "lien, site, site web, site internet, adresse web, page, adresse du site",
        "address": "adresse, adresse postale, rue, code postal, cp, ville, commune",
        "place": "lieu, endroit, adresse, salle, site, ville, où",
        "places": "lieux, endroits, salles, sites, villes, duplex, en duplex, multiplex",
        "territory": "territoire, région, département, academie",
        "territories": "territoire, territoires, région, régions, départements, département",
        "tags": "mots-clés, mot-clé, étiquettes, étiquette, mots-dièse, mot-dièse, tag",
        "themes": "thème, thèmes, thématique, thématiques, mots-clés, mot-clé, étiquettes, "
        "catégorie, catégories, tags, sujets",
        "authors": "auteur, auteurs, autrice, autrices, auteure, rédacteur, rédactrice, signature",
        "speakers": "intervenant, intervenants, intervenante, intervenantes, orateur, oratrice, "
        "orateurs, conférencier, conférencière, formateur, formatrice, formateurs, animateur, "
        "animatrice, animateurs, invité, invités, invitée, témoin, témoins, avec, qui, auteur",
        "hosts": "hôte, hôtes, animé par, accueil, structure, structures, structure porteuse, "
        "organisme, organismes",
        "host": "hôte, hôtes, accueil, organisme, organisation, structure, reçus par, hosts",
        "organisation": "structure, organisme, employeur, entreprise",
        "organisers": "organisateur, organisateurs, organisatrice, organisé par, organisation, "
        "organisations, porteur, partenaire, partenaires",
        "registration": "inscription, inscriptions, s'inscrire",
        "registration.url": "formulaire, lien d'inscription, lien inscription, "
        "formulaire d'inscription, billetterie",
        "registration.deadline": "date limite, limite, clôture, inscription avant, "
        "date limite d'inscription, fin des inscriptions, échéance, jusqu'au, jusqu'à, jusque, "
        "avant, avant le, fin, au",
        "speakers.of": "de, d'où, structure, établissement, employeur, organisme, organisation",
        "deadlines": "échéances, dates limites, délais, "
        "appel à contributions, appel à communications, appels",
        "deadlines.what": "quoi, titre, intitulé, objet, nom, libellé, pour",
        "deadlines.until": "jusqu'au, jusqu'à, date, date limite, limite, avant, avant le, le, "
        "échéance, fin, au, jusque",
        "deadlines.url": "adresse, lien, formulaire, page",
        "registration.state": "état des inscriptions, etat, statut",
        "registration.state=full": "complet, complète",
        "registration.state=closed": "fermé, fermée, inscriptions closes, clos",
        "registration.state=none": "sans inscription, entrée libre",
        "seats": "places, jauge, capacité, nombre de places, effectif, participants max, "
        "nombre de participants",
        "price": "tarif, tarifs, prix, coût, coûts, participation, frais, entrée, payant, "
        "gratuit, gratuite",
        "links.url": "adresse, lien, fichier, href, page",
        "links.label": "titre, nom, intitulé, libellé, texte",
        "links.kind": "genre, type, sorte, nature",
        "replay": "rediffusion, enregistrement, captation, revoir",
        "replay.video": "vidéo, lien vidéo, lien replay, lien, adresse, youtube, film, url",
        "replay.captions": "sous-titres, sous-titre, sous-titrage, st",
        "replay.transcript": "transcription, retranscription, verbatim",
        "replay.audio": "son, podcast, audio, enregistrement audio",
        "replay.size": "taille, poids, octets, taille du fichier, poids du fichier",
        "replay.slides": "diaporama, diapos, supports, support, présentation, diapositives",
        "replay.duration": "durée, longueur",
        "replay.chapters": "chapitres, chapitre, chapitrage, sommaire",
        "replay.chapters.at": "à, temps, début, minutage, time code, heure, position",
        "recorded": "enregistrement, enregistré, enregistrée, sera enregistré, replay prévu, filmé",
        "exception": "dérogation, raison, motif",
        "repeat": "récurrence, récurrent, récurrente, répétition, répéter, répète, se répète, "
        "fréquence, périodicité, rythme, cycle, chaque, tous les, toutes les, série, rrule",
        "repeat.every": "chaque, tous les, toutes les, fréquence, périodicité, pas, unité, freq",
        "repeat.on": "le, les, jour, jours, jour de la semaine",
        "repeat.at": "à, heure, heures, horaire, horaires",
        "repeat.until": "jusqu'à, jusqu'au, jusqu'en, fin, date de fin, se termine",
        "repeat.count": "fois, nombre, nombre de fois, occurrences, nombre de séances",
        "also": "aussi, et aussi, en plus, dates en plus, dates supplémentaires, "
        "date supplémentaire, ajouts, rdate",
        "except": "sauf, exceptions, excepté, hormis, hors, exclusions, exclure, dates exclues, "
        "pas de séance, relâche, exdate",
        "later": "ensuite, par la suite, plus tard, désormais, à partir de, à partir du, dès, "
        "reprend, reprise, changement, changements",
        "later.from": "à partir de, à partir du, dès, dès le, depuis, le",
        **dict.fromkeys(
            ("dates.start", "later.start"),
            "déplacé, déplacée, déplacé au, déplacée au, déplacé à, déplacée à, déplacement, "
            "décalé, décalée, décalé au, décalée au, reporté au, reportée au, avancé au, "
            "avancée au, passe au, passe à, devient, nouveau, nouvelle, nouvelle date, "
            "nouvel horaire, nouvelle heure, au, à, vers, remplacé par, remplacée par",
        ),
        "summary": "résumé, chapô, chapeau, accroche, en bref, sous-titre, présentation",
        "description": "texte, contenu, corps, résumé, chapô, détail, détails, présentation, "
        "descriptif",
        "image": "photo, illustration, visuel, affiche, vignette, images, couverture",
        "image.src": "fichier, photo, source, chemin, url",
        "image.alt": "légende, texte alternatif, alternative, description, alternatif",
        "image.credit": "crédit, crédits, auteur, photographe, licence, copyright",
        "image.decorative": "décorative, décoratif",
        "draft": "brouillon, en cours, pas prêt, en préparation, à relire, non publié",
        "example": "exemple",
        "updated": "mis à jour, mise à jour, modifié, modifié le, actualisé",
        "id": "identifiant, identité, code",
        "aliases": "anciennes adresses, ancienne adresse, anciens noms, redirection, redirections, "
        "alias",
        "undated": "sans date, date inconnue",
        "programme": "déroulé, déroulement, ordre du jour, sessions, exposés, exposé, "
        "interventions, conférences, présentations, ateliers, planning, emploi du temps, points",
        "programme.at": "à, heure, horaire, de, début, commence, quand",
        "programme.day": "jour, journée, n° du jour, date",
        "programme.end": "fin, à, jusqu'à, heure de fin",
        "programme.track": "salle, lieu, parcours, fil, piste, filière, amphi, amphithéâtre",
        "programme.language": "langue, langues, en",
        "programme.video": "vidéo, replay, enregistrement, film, lien vidéo, captation, lien",
        "programme.slides": "diaporama, diapos, supports, support, présentation, diapositives",
        "programme.chapter": "chapitre, minutage, temps, position, time code",
        "stops": "étapes, étape, arrêts, arrêt, haltes, halte, visites, escales, programme",
        "stops.day": "jour, journée, n° du jour, date",
        "stops.by": "trajet, par, transport, moyen de transport, pour y aller",
        "stops.by.mode": "moyen, moyen de transport, transport, type",
        "stops.by.takes": "durée, temps, temps de trajet",
        "stops.by.km": "kilomètres, distance, kilométrage",
        "stops.questions": "question, questionnement, à observer",
        "from": "départ, lieu de départ, point de départ",
        "from.at": "à, heure, heure de départ",
        "back": "retour, arrivée, trajet retour",
        "back.at": "à, heure, heure d'arrivée, heure de retour",
        "nights": "nuits, nuit, nuitées, hébergement, hébergements",
        "compare": "comparaison, comparer, comparatif, tableau",
        "compare.criterion": "critère, aspect",
        "compare.values": "valeurs, valeur, réponses",
        "compare.source": "sources, origine",
        "photographs": "photos, photographies, galerie",
        "photographs.src": "fichier, photo, source",
        "photographs.alt": "légende, texte alternatif, alternative, description",
        "photographs.consent": "accord, autorisation, droit à l'image",
        "photographs.nobody": "personne, sans personne",
        "account": "récit, compte rendu, bilan, retour",
        "number": "numéro, n°, num, rang, séance",
        "state": "état, statut",
        "role": "rôle, fonction, poste, métier, qualité",
        "consent": "consentement, accord, autorisation, droit à l'image",
        "contact": "contacts, courriel, mail, email, e-mail, téléphone, tél, joindre, adresse mail",
        "phone": "téléphone, tél, standard",
        "latitude": "lat, nord, gps, coordonnées, coordonnées gps, position",
        "longitude": "long, lon, lng, est",
        "access": "accès, accessibilité, venir",
        "access.directions": "itinéraire, venir, transports, comment venir, accès",
        "access.parking": "stationnement, se garer, places de parking",
        "access.wheelchair": "fauteuil, fauteuil roulant, pmr, accès pmr, accessible",
        "access.toilets": "toilettes, wc, sanitaires",
        "access.hearing_loop": "boucle magnétique, boucle auditive, malentendants",
        "access.notes": "remarques, remarque, à savoir, note",
        "public": "publique, visible, publié",
        "start_here": "commencer par, à lire d'abord, par où commencer",
        "director": "directeur, directrice, directeur de publication, directrice de publication",
        "host.name": "hébergeur",
        "code": "code insee, insee, numéro",
        "skills": "compétence, compétences, savoir-faire, domaines",
        "broader": "plus large, générique, terme générique, parent",
        "exact": "équivalent, même notion, uri",
        "consent.given": "donné le, accordé le, du",
        "consent.until": "jusqu'au, fin, expire, au",
        "consent.withdrawn": "retiré, retiré le",
        "formats": "format, modalité, modalités",
        "format": "modalité, modalités",
        "language": "langue, langue de la rencontre, idiome, langues",
        "languages": "langue, langues",
        "available": "disponible, disponibilité, disponibilités, périodes",
        "capacity": "capacité, places, besoins suivis",
        "period": "période, quand, dates",
        "people": "personnes, nombre de personnes, facilitateurs",
        "urgency": "urgence, priorité, délai",
        "opened": "ouvert le, dit le, date, publié le",
        "answered": "répondu le, date de réponse",
        "learned": "appris, ce qui a été appris, enseignements, retour",
        "led_to": "suite, suites, a mené à, a donné",
        "declined": "déclinés, refusé, refusés, écartés",
        "contact.with": "avec, qui",
        "contact.since": "depuis, depuis le",
        "claim": "prise, prise en main, relève, animateur, animatrice",
        "claim_before": "à prendre avant, à prendre avant le, avant le, date limite, échéance",
        "claim.lead": "responsable, meneur, meneuse, animateur, animatrice, mené par, menée par, "
        "hosts",
        "claim.backup": "remplaçant, remplaçante, remplacement, secours, suppléant, relève",
        "claim.on": "le, date, prise le, pris le, depuis",
        "claim.handed_by": "passé par, passée par, relais de, après, suite de, précédente",
        "relay": "relais",
        "relay.asks": "demandé, demandes, attendu, attentes, ce qui est demandé",
        "relay.takes": "durée, préparation, temps, temps de préparation",
        "relay.helpers": "aide, aides, aidants, peuvent aider, qui peut aider",
    },
    "en": {
        "defaults": "default, by default, shared, common, inherited",
        "title": "name, subject, topic, heading, headline, label",
        "name": "title, label, called, first name, last name, surname, given name",
        "start": "date, dates, when, time, begin, begins, beginning, starts, start date, "
        "start time, from, day, datetime, hour, on, at, arrival, moved, "
        "moved to, rescheduled to, new date",
        "date": "day, when, start, published, publication date, posted, on",
        "when": "around, about, period, roughly, approximate date",
        "end": "ends, finish, finishes, until, till, to, end date, end time, stop",
        "duration": "length, lasts, how long, runtime",
        "timezone": "time zone, tz, zone",
        "status": "state, condition",
        "status=cancelled": "cancelled, canceled, cancellation, called off",
        "status=postponed": "postponed, rescheduled, delayed",
        "status=tentative": "tentative, provisional, to be confirmed, tbc",
        "status=moved-online": "moved online",
        "mode": "format, modality",
        "mode=online": "remote, virtual",
        "mode=on-site": "on site, in person, onsite",
        "mode=hybrid": "hybrid",
        "online": "link, join, join link, zoom, teams, meet, meeting link, url, video call, "
        "web address, live, call",
        "links": "links, link, resources, resource, documents, document, files, attachments, "
        "further reading",
        "url": "link, site, website, web site, homepage, web page, page, web",
        "address": "street, postal address, postcode, zip code, town, city",
        "place": "location, venue, where, room, address, city, town",
        "places": "locations, venues, rooms, sites, cities, towns",
        "territory": "region, area, county, state",
        "territories": "territory, region, regions, area, areas, county",
        "tags": "tag, keywords, keyword, hashtags, hashtag, labels",
        "themes": "theme, tag, tags, topic, topics, keywords, keyword, category, categories, "
        "subjects",
        "authors": "author, by, writer, writers, written by",
        "speakers": "speaker, presenter, presenters, guest, guests, with, who, lecturer, trainer, "
        "trainers, facilitator, facilitators, teacher, author",
        "hosts": "host, hosted by, run by",
        "host": "hosts, hosted by, welcomed by, organisation, organization",
        "organisation": "organization, employer, company, works for",
        "organisers": "organiser, organizer, organizers, organised by, organized by, "
        "organisation, organization, organisations, organizations, partner, partners",
        "registration": "register, sign up, signup, registrations, enrolment, booking, "
        "tickets, rsvp",
        "registration.url": "form, registration link, registration form, signup link, "
        "booking link, register at",
        "registration.deadline": "closes, register by, registration deadline, closing date, by, "
        "due, until, till, before, end, ends",
        "speakers.of": "from, company, employer, organisation, organization, affiliation",
        "deadlines": "due dates, closing dates, cfp, call for papers, call for proposals",
        "deadlines.what": "title, name, label, for, subject",
        "deadlines.until": "date, due, before, by, closes, end, on",
        "deadlines.url": "address, link, form, page",
        "registration.state": "status",
        "registration.state=full": "full, sold out, booked out, fully booked",
        "registration.state=closed": "closed, registration closed",
        "registration.state=none": "no registration, drop-in",
        "seats": "capacity, places, spots, max participants, participants, limit, attendees",
        "price": "cost, costs, fee, fees, admission, entry, entrance, pricing, free",
        "links.url": "address, link, file, href, page",
        "links.label": "title, name, text, called",
        "links.kind": "type, sort",
        "replay": "recording, video recording, watch again, rerun",
        "replay.video": "video link, recording link, link, address, youtube, film, url, watch",
        "replay.captions": "subtitles, subtitle, caption, vtt, cc",
        "replay.transcript": "transcription, script",
        "replay.audio": "sound, podcast, mp3",
        "replay.size": "length in bytes, bytes, octets, file size, weight",
        "replay.slides": "presentation, deck, slide deck, handout, handouts",
        "replay.duration": "length",
        "replay.chapters": "chapter, parts, contents",
        "replay.chapters.at": "time, start, timecode, timestamp, begins, position",
        "recorded": "will be recorded, to be recorded, filmed, replay planned",
        "exception": "reason, why",
        "repeat": "recurrence, recurring, recurs, repeats, repeating, repetition, frequency, "
        "rhythm, cycle, series, every, each, rrule",
        "repeat.every": "each, frequency, freq, interval, step, unit",
        "repeat.on": "day, days, weekday, weekdays, byday",
        "repeat.at": "time, times, hour, hours",
        "repeat.until": "till, end, ends, end date, last, to",
        "repeat.count": "times, occurrences, number, number of times",
        "also": "extra, extra dates, additional, additional dates, more dates, plus, rdate",
        "except": "exceptions, excepting, exclude, excluded, excluding, skip, skipped, without, "
        "not on, exdate",
        "later": "then, afterwards, from then on, from now on, change, changes, resumes",
        "later.from": "since, starting, as of, day",
        **dict.fromkeys(
            ("dates.start", "later.start"),
            "to, moved, moved to, moves to, move to, move, new, new date, new start, new time, "
            "new day, now, becomes, rescheduled, rescheduled to, postponed to, put off to, "
            "brought forward to, shifted to, instead, replaced by",
        ),
        "summary": "abstract, lead, teaser, intro, excerpt, short description, subtitle, tagline",
        "description": "text, body, content, summary, abstract, details, about",
        "image": "picture, photo, cover, poster, thumbnail, illustration, images, pic",
        "image.src": "file, source, path, url, picture, photo",
        "image.alt": "alt text, alternative, caption, description, alternative text",
        "image.credit": "credits, author, photographer, licence, license, copyright",
        "image.decorative": "decoration, presentational",
        "draft": "unpublished, wip, not ready, hidden",
        "example": "sample, demo",
        "updated": "modified, last modified, changed, last updated, update",
        "id": "identifier, slug, identity",
        "aliases": "alias, old addresses, old address, redirect, redirects, redirect_from",
        "undated": "no date, date unknown",
        "programme": "program, agenda, schedule, sessions, talks, talk, timetable, items, "
        "presentations, workshops, running order, outline",
        "programme.at": "time, start, starts, begins, hour, from, when",
        "programme.day": "on day, day number, date",
        "programme.end": "ends, until, to, end time",
        "programme.track": "room, stream, stage, hall, where, place, venue",
        "programme.language": "lang, languages, in",
        "programme.video": "recording, replay, video link, film, watch, youtube, link",
        "programme.slides": "presentation, deck, slide deck, handout, handouts",
        "programme.chapter": "timecode, timestamp, position, chapters",
        "stops": "stop, steps, step, visits, legs, halts, itinerary, programme, program",
        "stops.day": "on day, day number, date",
        "stops.by": "leg, way, transport, travel, means",
        "stops.by.mode": "means, transport, type",
        "stops.by.takes": "duration, time, lasts",
        "stops.by.km": "kilometres, kilometers, distance",
        "stops.questions": "question, to observe",
        "from": "departure, departs, leaves from",
        "from.at": "time, hour",
        "back": "return, way back, returns",
        "back.at": "time, hour",
        "nights": "night, overnight, accommodation",
        "compare": "comparison, compares, table",
        "compare.criterion": "criteria, aspect",
        "compare.values": "value, answers",
        "compare.source": "sources, origin",
        "photographs": "photos, photograph, pictures, gallery",
        "photographs.src": "file, photo, source",
        "photographs.alt": "alt text, alternative, caption, description",
        "photographs.consent": "agreement, permission",
        "photographs.nobody": "no one, without people",
        "account": "report, story, review, write-up",
        "number": "no, num, session, session number, rank",
        "state": "status",
        "role": "job, position, function, job title",
        "consent": "agreement, permission, consented, agreed",
        "contact": "contacts, email, e-mail, mail, phone, telephone, reach",
        "phone": "telephone, tel",
        "latitude": "lat, north, coordinates, geo, position",
        "longitude": "long, lon, lng, east",
        "access": "accessibility, getting there",
        "access.directions": "how to get there, getting there, transport, travel",
        "access.parking": "car park, where to park",
        "access.wheelchair": "wheelchairs, wheelchair access, step-free, accessible",
        "access.toilets": "toilet, wc, restroom, restrooms",
        "access.hearing_loop": "hearing loop, induction loop, loop",
        "access.notes": "note, remarks, good to know",
        "public": "visible, published, shown",
        "start_here": "begin here, read first, start with",
        "director": "editor, publication director",
        "host.name": "hosting, hosting company",
        "code": "official code, number",
        "skills": "skill, abilities, expertise",
        "broader": "parent, broader term, above",
        "exact": "same as, exact match, uri",
        "consent.given": "given on, from",
        "consent.until": "expires, to, ends",
        "consent.withdrawn": "revoked, withdrawn on",
        "formats": "format, modes",
        "format": "mode, modality",
        "language": "lang, languages, spoken language, in",
        "languages": "language, speaks",
        "available": "availability, free, periods",
        "capacity": "places, load",
        "period": "when, months, dates",
        "people": "persons, facilitators, how many",
        "urgency": "priority, hurry",
        "opened": "opened on, said on, date, since",
        "answered": "answered on, solved on",
        "learned": "what was learned, learnings, lessons",
        "led_to": "followed by, outcome, outcomes",
        "declined": "refused, not wanted, excluded",
        "contact.with": "who, whom",
        "contact.since": "from, started",
        "claim": "claimed, taken, taken by",
        "claim_before": "deadline, claim by, take before, until",
        "claim.lead": "leader, host, led by, hosts",
        "claim.backup": "stand-in, substitute, replacement, reserve",
        "claim.on": "date, since, claimed on, taken on",
        "claim.handed_by": "handed over by, handed on by, from, after, follows",
        "relay.asks": "asked, expected, expectations",
        "relay.takes": "preparation, duration, time",
        "relay.helpers": "helper, help, can help, support",
    },
}
"""Language → field → what people write for its key, between commas.

A field stands from the top of a source, or of the part in which the key was written; with
``=value``, the word says the value too. A word may stand for several fields: the first that the
source can have is meant.
"""


IN_TEXT: Mapping[str, str] = {
    "fr": "public, public visé, publics, "
    "niveau, prérequis, pré-requis, objectif, objectifs, matériel, information, "
    "informations, infos, info, remarque, remarques, note, notes, commentaire, commentaires, "
    "déroulé, déroulement, ordre du jour, programme, attestation, repas, déjeuner",
    "en": "audience, level, prerequisites, requirements, objectives, "
    "goals, information, info, remark, remarks, note, notes, comment, comments, agenda, "
    "programme, program, schedule, equipment, lunch, certificate",
}
"""Language → what no key is for, since a sentence says it better."""


def said_in_text(word: str, language: str) -> bool:
    """Whether people write a word for a key of something that only the text says."""
    folded = slug(word)
    lists = (IN_TEXT.get(one, "") for one in (language, *LANGUAGES))
    return bool(folded) and any(folded in map(slug, words.split(",")) for words in lists)


@cache
def _targets(language: str) -> Mapping[str, tuple[Target, ...]]:
    found: dict[str, tuple[Target, ...]] = {}
    for field, words in KEYS.get(language, {}).items():
        path, _, value = field.partition("=")
        target = Target(tuple(path.split(".")), value)
        for word in map(slug, map(str.strip, words.split(","))):
            found[word] = (*found.get(word, ()), target)
    return found


def words_for_keys(language: str) -> Mapping[str, tuple[Target, ...]]:
    """Every word of a language for a key, folded → what it stands for."""
    return _targets(language)


def targets(word: str, language: str) -> tuple[Target, ...]:
    """What a word may stand for as a key, the likeliest first; *language* goes before others."""
    folded = slug(word)
    others = (one for one in LANGUAGES if one != language)
    found = [_targets(one).get(folded, ()) for one in (language, *others)]
    return tuple(target for one in found for target in one)


LINK = Choices(
    {
        "tickets": N_("Tickets"),
        "notes": N_("Notes"),
        "minutes": N_("Minutes"),
        "slides": N_("Slides"),
        "recording": N_("Recording"),
        "photographs": N_("Photographs"),
        "code": N_("Code"),
        "document": N_("Document"),
        "article": N_("Article"),
        "discussion": N_("Discussion"),
        "survey": N_("Survey"),
    },
    {
        "fr": {
            "tickets": "tickets, billets, billet, billetterie, réservation, places",
            "notes": "notes, note, prise de notes, pad, notes partagées",
            "minutes": "minutes, compte rendu, comptes rendus, procès-verbal, pv, "
            "relevé de décisions",
            "slides": "slides, diapositives, diapos, diaporama, présentation, support, supports",
            "recording": "recording, enregistrement, vidéo, rediffusion, replay, captation, son",
            "photographs": "photographs, photos, photo, photographies, album, images",
            "code": "code, code source, dépôt, sources",
            "document": "document, documents, fichier, ressource, ressources, pdf, programme",
            "article": "article, articles, billet de blog, blog, presse",
            "discussion": "discussion, forum, échanges, salon, conversation, fil",
            "survey": "survey, questionnaire, sondage, enquête, avis, retours",
        },
        "en": {
            "tickets": "tickets, ticket, booking, buy, box office",
            "notes": "notes, note, shared notes, pad",
            "minutes": "minutes, record, proceedings",
            "slides": "slides, deck, presentation, slide deck",
            "recording": "recording, recordings, video, replay, audio",
            "photographs": "photographs, photos, photo, pictures, gallery",
            "code": "code, source, source code, repository, repo, github",
            "document": "document, documents, file, resource, resources, handout, pdf, agenda",
            "article": "article, articles, blog post, blog, press",
            "discussion": "discussion, chat, forum, thread, talk",
            "survey": "survey, poll, feedback, questionnaire",
        },
    },
)
"""Their meanings stand on pages, as what a link is called that says no words of its own."""

STATUS = Choices(
    {
        "confirmed": N_("it takes place as announced"),
        "tentative": N_("still to be confirmed"),
        "postponed": N_("put off to a date that is not known yet"),
        "cancelled": N_("it will not take place"),
        "moved-online": N_("held online, and no longer on the spot"),
    },
    {
        "fr": {
            "confirmed": "confirmé, confirmée, maintenu, maintenue, prévu, prévue, ok, oui, "
            "validé, actif, à venir, publié, planifié",
            "tentative": "à confirmer, provisoire, incertain, en attente, peut-être, pressenti, "
            "possible",
            "postponed": "reporté, reportée, report, ajourné, ajournée, repoussé, repoussée, "
            "différé",
            "cancelled": "annulé, annulée, annuler, annulation, supprimé, supprimée, non",
            "moved-online": "en ligne, passé en ligne, passée en ligne, à distance, distanciel, "
            "visio, basculé en ligne",
        },
        "en": {
            "confirmed": "yes, scheduled, planned, on, active, going ahead, upcoming, published",
            "tentative": "provisional, unconfirmed, to be confirmed, tbc, maybe, pending",
            "postponed": "delayed, put off, deferred",
            "cancelled": "canceled, cancel, called off, off, no, abandoned",
            "moved-online": "online, moved online, virtual, remote, now online",
        },
    },
)

MOVED = frozenset(
    {"deplace", "deplacee", "decale", "decalee", "avance", "avancee", "reprogramme"}
    | {"reprogrammee", "change", "changee", "nouvelle-date", "moved", "rescheduled", "shifted"}
    | {"brought-forward", "changed", "new-date"}
)
"""What people say of a meeting whose date is another: no status, since it takes place."""

MODE = Choices(
    {
        "online": N_("online alone"),
        "on-site": N_("on the spot alone"),
        "hybrid": N_("on the spot and online"),
    },
    {
        "fr": {
            "online": "en ligne, distanciel, à distance, visio, visioconférence, virtuel, "
            "distance, web, webinaire, zoom, teams",
            "on-site": "présentiel, sur place, en présence, physique, sur site, présence",
            "hybrid": "hybride, mixte, comodal, les deux, bimodal",
        },
        "en": {
            "online": "virtual, remote, web, video, distance, on-line",
            "on-site": "onsite, in person, face to face, physical, offline, on the spot",
            "hybrid": "both, mixed, blended",
        },
    },
)

REGISTRATION = Choices(
    {
        "open": N_("one can register"),
        "full": N_("no seat is left"),
        "closed": N_("one can no longer register"),
        "none": N_("nobody has to register"),
    },
    {
        "fr": {
            "open": "ouvert, ouverte, ouvertes, oui, disponible, en cours, places disponibles",
            "full": "complet, complète, plein, pleine, plus de place",
            "closed": "fermé, fermée, fermées, clos, close, closes, terminé, terminée, non, "
            "clôturé",
            "none": "aucune, sans, sans inscription, pas d'inscription, inutile, inutiles, "
            "pas nécessaire, pas nécessaires, entrée libre, libre",
        },
        "en": {
            "open": "yes, available, opened",
            "full": "sold out, booked, booked out, fully booked, complete, no seats",
            "closed": "no, over, shut, ended, close",
            "none": "not needed, not required, no registration, drop-in, walk-in, free entry",
        },
    },
)

EVENTS = Choices(
    {
        "webinar": N_("meetings online"),
        "trip": N_("learning trips"),
        "meeting": N_("meetings on the spot, online or both"),
        "course": N_("courses of several sessions"),
    },
    {
        "fr": {
            "webinar": "webinaire, webinaires, webinars, visio, en ligne, comptoir, comptoirs",
            "trip": "voyage, voyages, trips, déplacement, visite, voyage apprenant",
            "meeting": "rencontre, rencontres, meetings, réunion, atelier, ateliers, événement",
            "course": "mooc, cours, formation, formations, parcours, courses, module, session",
        },
        "en": {
            "webinar": "webinars, online",
            "trip": "trips, journey, journeys, visit, travel",
            "meeting": "meetings, event, events, workshop, workshops",
            "course": "courses, class, training, sessions",
        },
    },
)

UNDATED = Choices(
    {"past": N_("it is over"), "future": N_("it is still to come")},
    {
        "fr": {
            "past": "passé, passée, terminé, terminée, fini, finie, oui",
            "future": "futur, future, à venir, prochainement, bientôt, non",
        },
        "en": {"past": "over, done, finished, yes, before", "future": "upcoming, to come, soon"},
    },
)

SESSION = Choices(
    {
        "confirmed": N_("somebody runs it"),
        "claimed": N_("somebody has taken it on, and is not sure yet"),
        "open": N_("somebody is still sought to run it"),
    },
    {
        "fr": {
            "confirmed": "confirmé, confirmée, pourvu, pourvue, prise, oui, attribuée",
            "claimed": "prise en main, réservé, réservée, promise, retenue, à confirmer",
            "open": "ouvert, ouverte, libre, à pourvoir, à prendre, cherche animateur, disponible",
        },
        "en": {
            "confirmed": "taken, yes, assigned, closed",
            "claimed": "reserved, promised, pencilled in, pending",
            "open": "free, available, vacant, wanted, unassigned",
        },
    },
)

FORMAT = Choices(
    {"on-site": N_("on the spot"), "online": N_("from afar")},
    {
        "fr": {
            "on-site": "on-site, sur place, présentiel, en présentiel, en présence",
            "online": "online, à distance, distanciel, en distanciel, en ligne, visio, en visio",
        },
        "en": {
            "on-site": "on-site, on the spot, in person",
            "online": "online, remote, from afar",
        },
    },
)

URGENCY = Choices(
    {
        "now": N_("at once"),
        "this-month": N_("this month"),
        "this-quarter": N_("within three months"),
        "this-year": N_("within the year"),
    },
    {
        "fr": {
            "now": "now, tout de suite, maintenant, urgent, très urgent, immédiatement",
            "this-month": "this-month, ce mois, ce mois-ci, dans le mois",
            "this-quarter": "this-quarter, ce trimestre, dans le trimestre, dans les trois mois",
            "this-year": "this-year, cette année, dans l'année, sans urgence, pas urgent",
        },
        "en": {
            "now": "now, at once, urgent, immediately, asap",
            "this-month": "this-month, within a month",
            "this-quarter": "this-quarter, within three months, this term",
            "this-year": "this-year, within a year, no hurry, not urgent",
        },
    },
)

NEED = Choices(
    {
        "open": N_("nobody answers it yet"),
        "in contact": N_("somebody speaks about it with a facilitator"),
        "answered": N_("somebody answered it"),
        "withdrawn": N_("it was taken back"),
    },
    {
        "fr": {
            "open": "open, ouvert, ouverte, sans réponse, cherche, nouveau",
            "in contact": "in contact, en contact, contact pris, en cours, en discussion",
            "answered": "answered, répondu, réglé, satisfait, résolu, terminé",
            "withdrawn": "withdrawn, retiré, abandonné, annulé",
        },
        "en": {
            "open": "open, new, unanswered, waiting",
            "in contact": "in contact, in progress, talking",
            "answered": "answered, solved, met, done, closed",
            "withdrawn": "withdrawn, dropped, cancelled, abandoned",
        },
    },
)

TRAVEL = Choices(
    {
        "tgv": N_("high-speed train"),
        "intercites": N_("long-distance train"),
        "ter": N_("regional train"),
        "rer": N_("suburban train"),
        "train": N_("train"),
        "tram": N_("tram or underground"),
        "coach": N_("coach"),
        "car": N_("car with a petrol or diesel engine"),
        "electric-car": N_("electric car"),
        "plane": N_("plane"),
        "boat": N_("boat"),
        "bike": N_("bicycle"),
        "walk": N_("on foot"),
    },
    {
        "fr": {
            "tgv": "ouigo, inoui, train à grande vitesse",
            "intercites": "intercité, train grandes lignes, corail",
            "ter": "train régional, omnibus",
            "rer": "transilien, train de banlieue",
            "tram": "tramway, métro",
            "coach": "car, autocar, bus, autobus, minibus, navette",
            "car": "voiture, auto, covoiturage, voiture thermique, taxi",
            "electric-car": "voiture électrique, véhicule électrique",
            "plane": "avion, vol",
            "boat": "bateau, ferry, navire, bac",
            "bike": "vélo, bicyclette",
            "walk": "à pied, pied, marche, pieds",
        },
        "en": {
            "tgv": "high-speed train",
            "ter": "regional train, local train",
            "rer": "suburban train, commuter train",
            "train": "rail",
            "tram": "tramway, metro, underground, subway",
            "coach": "bus, minibus, shuttle",
            "car": "automobile, carpool, taxi, cab",
            "electric-car": "electric vehicle, ev",
            "plane": "flight, air, airplane",
            "boat": "ferry, ship",
            "bike": "bicycle, cycle, cycling",
            "walk": "on foot, foot, walking",
        },
    },
)

DEGREE = Choices(
    {"yes": N_("yes"), "partly": N_("in part"), "no": N_("no")},
    {
        "fr": {
            "yes": "accessible, complet, total, totalement, entièrement",
            "partly": "limité, limitée, un peu, avec aide, en partie seulement",
            "no": "aucun, aucune, inaccessible, pas du tout",
        },
        "en": {
            "yes": "accessible, full, fully",
            "partly": "some, a little, with help, in part",
            "no": "none, inaccessible, not at all",
        },
    },
)

FLAG = Choices(
    {"true": N_("yes"), "false": N_("no")},
    {
        "fr": {"true": "o, x, ok, d'accord", "false": "n, aucun, aucune, jamais"},
        "en": {"true": "y, x, ok, t", "false": "n, none, never, f"},
    },
)

WEEKDAY = Choices(
    {
        "monday": N_("Monday"),
        "tuesday": N_("Tuesday"),
        "wednesday": N_("Wednesday"),
        "thursday": N_("Thursday"),
        "friday": N_("Friday"),
        "saturday": N_("Saturday"),
        "sunday": N_("Sunday"),
    },
    {
        "fr": {
            "monday": "lundi, lun",
            "tuesday": "mardi, mar",
            "wednesday": "mercredi, mer",
            "thursday": "jeudi, jeu",
            "friday": "vendredi, ven",
            "saturday": "samedi, sam",
            "sunday": "dimanche, dim",
        },
        "en": {
            "monday": "mon, mondays",
            "tuesday": "tue, tues, tuesdays",
            "wednesday": "wed, weds, wednesdays",
            "thursday": "thu, thur, thurs, thursdays",
            "friday": "fri, fridays",
            "saturday": "sat, saturdays",
            "sunday": "sun, sundays",
        },
    },
)

SEVERITY = Choices(
    {"warning": N_("told, and published all the same"), "error": N_("told, and not published")},
    {
        "fr": {"warning": "avertissement, avertir, signaler", "error": "erreur, interdit, refuser"},
        "en": {"warning": "warn, tell", "error": "forbid, refuse, fail"},
    },
)

CONSENTS = Choices(
    {
        "required": N_("a person is named by a file that says how and when he or she agreed"),
        "announced": N_("whoever is announced has agreed to it, and may be named without a file"),
    },
    {
        "fr": {"required": "requis, obligatoire, demandé, oui", "announced": "annoncé, implicite"},
        "en": {"required": "mandatory, asked, yes", "announced": "implied"},
    },
)

TERRITORIES = Choices(
    {"france": N_("the regions of France")},
    {"fr": {"france": "fr, régions, régions de france, oui"}, "en": {"france": "french, yes"}},
)

PROJECTION = Choices(
    {
        "lcc": N_("Lambert’s conic projection"),
        "equirectangular": N_("a grid of degrees"),
    },
    {
        "fr": {"lcc": "lambert, lambert 93, conique", "equirectangular": "grille, plate carrée"},
        "en": {"lcc": "lambert, conic", "equirectangular": "grid, plate carree"},
    },
)

COLORS = Choices(
    {
        "black": N_("black"),
        "brown": N_("brown"),
        "chocolate": N_("chocolate"),
        "crimson": N_("crimson"),
        "darkblue": N_("dark blue"),
        "darkgreen": N_("dark green"),
        "darkorange": N_("dark orange"),
        "darkred": N_("dark red"),
        "dimgray": N_("dark grey"),
        "goldenrod": N_("ochre"),
        "gray": N_("grey"),
        "green": N_("green"),
        "indigo": N_("indigo"),
        "navy": N_("navy blue"),
        "olive": N_("olive"),
        "orange": N_("orange"),
        "pink": N_("pink"),
        "purple": N_("purple"),
        "red": N_("red"),
        "royalblue": N_("royal blue"),
        "seagreen": N_("sea green"),
        "skyblue": N_("sky blue"),
        "steelblue": N_("steel blue"),
        "teal": N_("teal"),
        "turquoise": N_("turquoise"),
        "violet": N_("violet"),
        "yellow": N_("yellow"),
    },
    {
        "fr": {
            "black": "noir, noire",
            "brown": "brun, marron, brune",
            "crimson": "cramoisi, carmin, framboise",
            "darkblue": "bleu foncé, bleu nuit, bleu sombre",
            "darkgreen": "vert foncé, vert sapin, vert sombre, vert bouteille",
            "darkorange": "orange foncé",
            "darkred": "rouge foncé, bordeaux, rouge sombre, lie de vin",
            "dimgray": "gris foncé, gris anthracite, anthracite",
            "goldenrod": "ocre, doré, or, moutarde",
            "gray": "gris, grise",
            "green": "vert, verte",
            "navy": "bleu marine, marine",
            "pink": "rose",
            "purple": "pourpre, mauve, prune",
            "red": "rouge, vermillon",
            "royalblue": "bleu roi, bleu, bleue, bleu vif",
            "seagreen": "vert d'eau, vert de mer, vert marin, vert océan",
            "skyblue": "bleu ciel, bleu clair, azur",
            "steelblue": "bleu acier, acier, bleu gris",
            "teal": "bleu canard, canard, sarcelle, bleu pétrole, pétrole",
            "violet": "violette, lilas",
            "yellow": "jaune",
        },
        "en": {
            "gray": "grey",
            "dimgray": "dark grey, dimgrey, anthracite",
            "darkblue": "dark blue, night blue, midnight",
            "darkgreen": "dark green, bottle green",
            "goldenrod": "ochre, mustard, golden",
            "navy": "navy blue",
            "royalblue": "royal blue",
            "seagreen": "sea green",
            "skyblue": "sky blue, light blue",
            "steelblue": "steel blue",
        },
    },
)
"""Colours of which people know the names: beside them, all of CSS are taken."""
