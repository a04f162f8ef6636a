"""What people write instead, of a series: each is told at its place, and its mend passes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from parcours.model.repeat_slips import mended
from parcours.model.repeats import language_of
from parcours.model.values import DAY_FIRST, Moment

from .conftest import Site

Lines = Callable[[], list[str]]
EVENT = "---\ntitle: Lire\nstart: 2027-01-14 12:30\n{}\n---\nUn texte.\n"

SLIPS = [
    # wrong; place, code and what is to be written; right
    ("récurrence: chaque jeudi", "4:1 unknown-key repeat:", "repeat: chaque jeudi"),
    ("rrule: FREQ=WEEKLY;BYDAY=TH", "4:1 unknown-key repeat:", "repeat: FREQ=WEEKLY;BYDAY=TH"),
    ("chaque: jeudi", "4:1 unknown-key repeat:", "repeat: jeudi"),
    ("every: semaine", "4:1 unknown-key repeat:", "repeat: semaine"),
    ("repeat: {every: [month]}", "4:17 bad-type every: month", "repeat: {every: month}"),
    ("repeat: {every: {n: 2}}", "4:17 bad-type every: mois", "repeat: {every: week}"),
    (
        "repeat: {every: week, until: [2027-12-31]}",
        "4:30 bad-type until: 2027-12-31",
        "repeat: {every: week, until: 2027-12-31}",
    ),
    (
        "repeat: {every: week, count: [3]}",
        "4:30 bad-type count: 3",
        "repeat: {every: week, count: 3}",
    ),
    (
        "repeat: chaque jeudi\nexcept: du 21 janvier au 4 février 2027",
        "5:9 bad-moment entre virgules : « 2027-01-21, 2027-01-28, 2027-02-04 »",
        "repeat: chaque jeudi\nexcept: [2027-01-21, 2027-01-28, 2027-02-04]",
    ),
    (
        "repeat: {every: week}\nexcept: du 21 janvier au 4 février 2027",
        "5:9 bad-moment 2027-01-21, …, 2027-02-04",
        "repeat: {every: week}\nexcept: [2027-01-21, 2027-01-28, 2027-02-04]",
    ),
    (
        "repeat: chaque jeudi\nexcept: du 20 juillet au 12 août",
        "5:9 bad-moment « 2027-07-22, 2027-07-29, 2027-08-05, 2027-08-12 » ; ce sont ses dates "
        "d’une seule année",
        "repeat: chaque jeudi\nexcept: [2027-07-22, 2027-07-29, 2027-08-05, 2027-08-12]",
    ),
    (
        "repeat: chaque jeudi\nexcept: 21 et 28 janvier 2027",
        "5:9 bad-moment entre virgules : « 2027-01-21, 2027-01-28 »",
        "repeat: chaque jeudi\nexcept: [2027-01-21, 2027-01-28]",
    ),
    (
        "repeat: chaque jeudi\nalso: [5 et 6 février 2027]",
        "5:8 bad-moment entre virgules : « 2027-02-05, 2027-02-06 »",
        "repeat: chaque jeudi\nalso: [2027-02-05, 2027-02-06]",
    ),
    # Dates in another shape.
    (
        "repeat: chaque jeudi\nexcept:\n  2027-01-21: férié\n  jeudi 28 janvier 2027: férié",
        "6:3 bad-type « except: [2027-01-21, 2027-01-28] »",
        "repeat: chaque jeudi\nexcept: [2027-01-21, 2027-01-28]",
    ),
    (
        "repeat: chaque jeudi\nexcept: [{from: 2027-01-20, to: 2027-02-04}]",
        "5:10 bad-type entre virgules : « 2027-01-21, 2027-01-28, 2027-02-04 »",
        "repeat: chaque jeudi\nexcept: [2027-01-21, 2027-01-28, 2027-02-04]",
    ),
    (
        "repeat: chaque jeudi\nalso:\n  - {start: 2027-05-20 14:00, title: 'A, b'}",
        "6:5 bad-type « - 2027-05-20 14:00 », et sous « dates: » ce qui diffère pour un tel jour, "
        'comme dans « 2027-05-20 14:00: {title: "A, b"} »',
        "repeat: chaque jeudi\nalso:\n  - 2027-05-20 14:00\n"
        'dates:\n  2027-05-20 14:00: {title: "A, b"}',
    ),
    (
        "repeat: chaque jeudi\nalso: {2027-05-21: null, 2027-05-22: null}",
        "5:7 bad-type « also: [2027-05-21, 2027-05-22] »",
        "repeat: chaque jeudi\nalso: [2027-05-21, 2027-05-22]",
    ),
    (
        "repeat: chaque jeudi\ndates:\n  - {date: 2027-01-21, status: cancelled}",
        "6:3 bad-type « 2027-01-21: {status: cancelled} »",
        "repeat: chaque jeudi\ndates:\n  2027-01-21: {status: cancelled}",
    ),
    (
        "repeat: chaque jeudi\ndates:\n  - 2027-01-21: {start: '14:00'}",
        '6:3 bad-type « 2027-01-21: {start: "14:00"} »',
        'repeat: chaque jeudi\ndates:\n  2027-01-21: {start: "14:00"}',
    ),
    (
        "repeat: chaque jeudi\nlater:\n  2027-03-01: {start: '14:00'}",
        '6:3 bad-type « - {from: 2027-03-01, start: "14:00"} »',
        'repeat: chaque jeudi\nlater:\n  - {from: 2027-03-01, start: "14:00"}',
    ),
    (
        "repeat: chaque jeudi\nlater: [{from: 2027-03-01, until: 2027-03-31, start: '14:00'}]",
        "5:28 unknown-key « - {from: 2027-04-01, …} »",
        "repeat: chaque jeudi\nlater:\n  - {from: 2027-03-01, start: '14:00'}\n"
        "  - {from: 2027-04-01, start: '12:30'}",
    ),
    *(
        (
            f"repeat: chaque jeudi\ndates:\n  {said}: {{status: cancelled}}",
            f"6:3 bad-moment sur une ligne à lui : {written}",
            "repeat: chaque jeudi\ndates:\n  2027-01-21: {status: cancelled}\n"
            "  2027-01-28: {status: cancelled}",
        )
        for said, written in (
            ("2027-01-21, 2027-01-28", "« 2027-01-21: … », « 2027-01-28: … »"),
            ("2027-01-21 et 2027-01-28", "« 2027-01-21: … », « 2027-01-28: … »"),
            ("21 et 28 janvier 2027", "« 2027-01-21: … », « 2027-01-28: … »"),
            ("du 20 au 30 janvier 2027", "« 2027-01-20: … », …, « 2027-01-30: … »"),
        )
    ),
    (
        "repeat: chaque jeudi\ndates: 2027-01-28",
        "5:8 bad-type « dates: {2027-01-28: {title: …}} »",
        "repeat: chaque jeudi\ndates: {2027-01-28: {title: Autre}}",
    ),
    (
        "repeat: chaque jeudi\nlater: [{from: 2027-03-01, dates: {2027-03-04: {title: x}}}]",
        "5:28 unknown-key pour tout le fichier",
        "repeat: chaque jeudi\ndates: {2027-03-04: {title: x}}",
    ),
    (
        "repeat: chaque jeudi\nexcept: 2027-01-21\nlater: [{from: 2027-03-01, except: 2027-03-04}]",
        "6:28 unknown-key avec ce qui y est sous « except: »",
        "repeat: chaque jeudi\nexcept: [2027-01-21, 2027-03-04]",
    ),
    # Clauses that no rule says: dates stand beside it, or in words that are read.
    (
        "repeat: chaque jeudi, sauf du 20 juillet au 12 août",
        "4:9 bad-repeat « repeat: chaque jeudi », et à la ligne d’en dessous "
        "« except: [2027-07-22, 2027-07-29, 2027-08-05, 2027-08-12] » : ce sont ses dates d’une "
        "seule année",
        "repeat: chaque jeudi\nexcept: [2027-07-22, 2027-07-29, 2027-08-05, 2027-08-12]",
    ),
    (
        "repeat: every Thursday, except from 20 to 31 July\nexcept: [2027-05-13]",
        "4:9 bad-repeat « repeat: every Thursday », et ajoutez ce qui est dans "
        "« except: [2027-07-22, 2027-07-29] »",
        "repeat: every Thursday\nexcept: [2027-05-13, 2027-07-22, 2027-07-29]",
    ),
    (
        "repeat: chaque jeudi, jusqu’au 30 juin 2028, sauf du 3 au 12 février",
        "4:9 bad-repeat en dessous « except: [2027-02-04, 2027-02-11, 2028-02-03, 2028-02-10] »",
        "repeat: chaque jeudi, jusqu’au 30 juin 2028\n"
        "except: [2027-02-04, 2027-02-11, 2028-02-03, 2028-02-10]",
    ),
    (
        "repeat: chaque jeudi sauf jours fériés, jusqu’au 30 juin",
        "4:9 bad-repeat « repeat: chaque jeudi, jusqu’au 30 juin », et en dessous, une à une, les "
        "dates où rien n’a lieu, comme dans « except: [2027-01-21] »",
        "repeat: chaque jeudi, jusqu’au 30 juin\nexcept: [2027-01-21]",
    ),
    (
        "repeat: chaque jour, sauf du 20 juillet au 30 août",
        "4:9 bad-repeat « repeat: chaque jour », et en dessous, une à une",
        "repeat: chaque jour\nexcept: [2027-01-15]",
    ),
    (
        "repeat: chaque jeudi sauf du 1er juillet au 31 août",
        "4:9 bad-repeat repeat: chaque jeudi, sauf en juillet et août »",
        "repeat: chaque jeudi, sauf en juillet et août",
    ),
    (
        "repeat: chaque jeudi du 8 janvier au 25 juin",
        "4:9 bad-repeat repeat: chaque jeudi, jusqu’au 25 juin »",
        "repeat: chaque jeudi, jusqu’au 25 juin",
    ),
    (
        "repeat: premier jeudi de chaque mois de septembre à juin",
        "4:9 bad-repeat repeat: premier jeudi de chaque mois, sauf en juillet et août »",
        "repeat: 2e jeudi de chaque mois, sauf en juillet et août",
    ),
    (
        "repeat: chaque jour sauf le dimanche",
        "4:9 bad-repeat repeat: du lundi au samedi »",
        "repeat: du lundi au samedi",
    ),
    (
        "repeat: tous les jours ouvrés sauf le vendredi",
        "4:9 bad-repeat repeat: du lundi au jeudi »",
        "repeat: du lundi au jeudi",
    ),
    (
        "repeat: every day except Wednesdays and Sundays until 2027-06-30",
        "4:9 bad-repeat repeat: every Monday, Tuesday, Thursday, Friday and Saturday until "
        "2027-06-30 »",
        "repeat: every Monday, Tuesday, Thursday, Friday and Saturday until 2027-06-30",
    ),
    (
        "repeat: chaque jeudi, plus le mercredi 19 mai",
        "4:9 bad-repeat « repeat: chaque jeudi », et à la ligne d’en dessous "
        "« also: [2027-05-19] »",
        "repeat: chaque jeudi\nalso: [2027-05-19]",
    ),
    (
        "repeat: chaque jeudi, plus le mercredi 20 mai",
        "4:9 bad-repeat « repeat: chaque jeudi », et à la ligne d’en dessous le jour voulu, par "
        "exemple « also: [2027-05-19] »",
        "repeat: chaque jeudi\nalso: [2027-05-19]",
    ),
    (
        "repeat: une fois par mois, le 2e jeudi",
        "4:9 bad-repeat « repeat: le 2e jeudi »",
        "repeat: le 2e jeudi",
    ),
    (
        "repeat: twice a week on Tuesdays and Thursdays",
        "4:9 bad-repeat « repeat: on Tuesdays and Thursdays »",
        "repeat: on Tuesdays and Thursdays",
    ),
    (
        "repeat: chaque jeudi ; pas de séance le 13 mai",
        "4:9 bad-repeat repeat: chaque jeudi, sauf le 13 mai »",
        "repeat: chaque jeudi, sauf le 13 mai 2027",
    ),
    *(
        (f"repeat: {said}", f"4:9 bad-repeat « repeat: {right} »", f"repeat: {right}")
        for said, right in (
            ("chaque jeudi ; le 3 juin est annulé", "chaque jeudi, sauf le 3 juin"),
            ("every Thursday; June 3 is cancelled", "every Thursday, except June 3"),
            ("chaque jeudi sans le 13 mai", "chaque jeudi, sauf le 13 mai"),
            ("every Thursday, skipping May 13", "every Thursday, except May 13"),
            ("chaque jeudi à partir du 14 janvier, 6 fois", "chaque jeudi, 6 fois"),
            ("every Thursday starting January 14", "every Thursday"),
            ("chaque jeudi, sauf le 13/05 et le 3/6", "chaque jeudi, sauf le 13 mai et le 3 juin"),
            ("chaque jeudi jusqu’au 30/06", "chaque jeudi jusqu’au 30 juin"),
        )
    ),
    (
        "repeat: une fois par mois",
        "4:9 bad-repeat repeat: chaque mois » ou « repeat: chaque 2e jeudi du mois »",
        "repeat: chaque 2e jeudi du mois",
    ),
    (
        "repeat: second Thursday of every quarter",
        "4:9 bad-repeat repeat: every second Thursday of January, April, July and October »",
        "repeat: every second Thursday of January, April, July and October",
    ),
    (
        "repeat: {every: week, until: avant le 3 mars}",
        "4:30 bad-moment until: 2027-03-03 » ou « until: 2027-03-02 »",
        "repeat: {every: week, until: 2027-03-03}",
    ),
    (
        "repeat: {every: week, until: before 3 March 2027}",
        "4:30 bad-moment until: 2027-03-03 » ou « until: 2027-03-02 »",
        "repeat: {every: week, until: 2027-03-02}",
    ),
    (
        "repeat: {every: week, count: 12345678901234567890}",
        "4:30 out-of-range aussi grand",
        "repeat: {every: week, count: 12}",
    ),
    (
        "repeat: FREQ=WEEKLY;COUNT=12345678901234567890",
        "4:9 out-of-range aussi grand",
        "repeat: FREQ=WEEKLY;COUNT=12",
    ),
    ("seats: 12345678901234567890", "4:8 out-of-range aussi grand", "seats: 12"),
    ("tags: [craie ; tableau]", "4:8 bad-value craie, tableau", "tags: [craie, tableau]"),
    ("tags:\n  - craie; tableau", "5:5 bad-value craie, tableau", "tags: craie ; tableau"),
    (
        "deadlines: [{what: Appel, deadline: 2027-01-04}]",
        "4:27 unknown-key until:",
        "deadlines: [{what: Appel, until: 2027-01-04}]",
    ),
    (
        "deadlines: {deadline: 2027-01-04, what: Appel}",
        "4:13 unknown-key until:",
        "deadlines: {until: 2027-01-04, what: Appel}",
    ),
    ("repeat: FREQ=WEEKLY;COUNT=0", "4:9 out-of-range au moins une fois", "repeat: weekly"),
    # An hour with the one at which it is over: that has a line of its own.
    (
        "repeat: chaque jeudi de 12h30 à 13h30, 6 fois",
        "4:9 bad-repeat « repeat: chaque jeudi à 12h30, 6 fois », et à la ligne d’en dessous "
        "« duration: 1h »",
        "repeat: chaque jeudi à 12h30, 6 fois\nduration: 1h",
    ),
    (
        "repeat: every Thursday 12:30-14:00",
        "4:9 bad-repeat « repeat: every Thursday at 12:30 », et à la ligne d’en dessous "
        "« duration: 1h30 »",
        "repeat: every Thursday at 12:30\nduration: 1h30",
    ),
    (
        "duration: 1h\nrepeat: chaque jeudi entre 12h30 et 13h30",
        "5:9 bad-repeat repeat: chaque jeudi à 12h30 »",
        "duration: 1h\nrepeat: chaque jeudi à 12h30",
    ),
    (
        "repeat: {every: week, at: 12h30-13h30}",
        "4:27 bad-time comme « duration: 1h »",
        "repeat: {every: week, at: 12h30}\nduration: 1h",
    ),
    (
        "repeat: chaque jeudi\nalso: [2027-02-26 9h-10h]",
        '5:8 bad-moment comme « {2027-02-26: {end: "10:00"}}',
        "repeat: chaque jeudi\nalso: [2027-02-26 9:00]\n"
        'dates: {2027-02-26: {end: "10:00", exception: Salle}}',
    ),
    (
        "repeat: chaque jeudi\nexcept: [2027-01-21 12h30-13h30]",
        "5:10 bad-moment « 2027-01-21 12:30 »",
        "repeat: chaque jeudi\nexcept: [2027-01-21 12:30]",
    ),
    (
        "repeat: chaque jeudi\ndates:\n  2027-01-21 12h30-13h30: {status: cancelled}",
        "6:3 bad-moment 2027-01-21 12:30 »",
        "repeat: chaque jeudi\ndates:\n  2027-01-21 12:30: {status: cancelled}",
    ),
    (
        "repeat: chaque jeudi\ndates:\n  2027-01-21: cancelled",
        "6:15 bad-type 2027-01-21: {status: cancelled}",
        "repeat: chaque jeudi\ndates:\n  2027-01-21: {status: cancelled}",
    ),
    ("repeat: oui", "4:9 bad-repeat chaque 2e jeudi", "repeat: chaque jeudi"),
    (
        "repeat: [jeudi, vendredi]",
        "4:9 bad-type repeat: jeudi, vendredi",
        "repeat: jeudi, vendredi",
    ),
    (
        "repeat: {every: jeudi}",
        "4:17 bad-repeat every: week",
        "repeat: {every: week, on: jeudi}",
    ),
    (
        "repeat: {every: 2e jeudi}",
        "4:17 bad-repeat every: month",
        "repeat: {every: month, on: 2e jeudi}",
    ),
    (
        "repeat: {every: dernier vendredi de novembre}",
        "4:17 bad-repeat every: year",
        "repeat: {every: month, on: 2e jeudi}",
    ),
    (
        "repeat: {chaque: semaine}",
        "4:10 unknown-key every:",
        "repeat: {every: semaine}",
    ),
    (
        "repeat: {every: semaine, jour: jeudi}",
        "4:26 unknown-key on:",
        "repeat: {every: semaine, on: jeudi}",
    ),
    (
        "repeat: chaque jeudi\nuntil: 2027-06-30",
        "5:1 unknown-key repeat: chaque jeudi, jusqu’au 2027-06-30",
        "repeat: chaque jeudi, jusqu’au 2027-06-30",
    ),
    (
        "repeat: chaque jeudi\ncount: 10",
        "5:1 unknown-key repeat: chaque jeudi, 10 fois",
        "repeat: chaque jeudi, 10 fois",
    ),
    (
        "repeat: chaque jeudi\ncount: 0",
        "5:1 unknown-key repeat: chaque jeudi, … fois",
        "repeat: chaque jeudi, 10 fois",
    ),
    (
        "repeat: {every: week, count: 0}",
        "4:30 out-of-range au moins une fois",
        "repeat: {every: week, count: 1}",
    ),
    (
        "repeat: chaque jeudi, 0 fois",
        "4:9 out-of-range au moins une fois",
        "repeat: chaque jeudi, 1 fois",
    ),
    (
        "repeat: {every: week, start: 14:00}",
        "4:23 unknown-key ôtez-la d’ici",
        "repeat: {every: week}",
    ),
    (
        "places:\n  - {name: Ici, start: 14:00}",
        "5:17 unknown-key ôtez-la d’ici",
        "recorded: false",
    ),
    (
        "repeat: weekly\nuntil: 2027-06-30",
        "5:1 unknown-key repeat: weekly, until 2027-06-30",
        "repeat: weekly, until 2027-06-30",
    ),
    (
        "repeat: every Thursday\ncount: 10",
        "5:1 unknown-key repeat: every Thursday, 10 times",
        "repeat: every Thursday, 10 times",
    ),
    (
        "repeat: {every: week, except: 2027-01-21}",
        "4:23 unknown-key",
        "repeat: {every: week}\nexcept: 2027-01-21",
    ),
    (
        "repeat: chaque jeudi\nsauf: 2027-01-21",
        "5:1 unknown-key except:",
        "repeat: chaque jeudi\nexcept: 2027-01-21",
    ),
    (
        "repeat: chaque jeudi\nexceptions: [2027-01-21]",
        "5:1 unknown-key except:",
        "repeat: chaque jeudi\nexcept: [2027-01-21]",
    ),
    (
        "repeat: chaque jeudi\nexcept: en août",
        "5:9 bad-moment « repeat: chaque jeudi, sauf en août », et supprimez-le ici",
        "repeat: chaque jeudi, sauf en août",
    ),
    (
        "repeat: every Thursday\nexcept: [2027-01-21, in July and August]",
        "5:22 bad-moment « repeat: every Thursday, except in July and August »",
        "repeat: every Thursday, except in July and August\nexcept: [2027-01-21]",
    ),
    (
        "repeat: {every: week}\nexcept: en août",
        "5:9 bad-moment except: 2026-12-03",
        "repeat: {every: week}\nexcept: [2027-08-05]",
    ),
    (
        "repeat: chaque jeudi\nexcept: jours fériés",
        "5:9 bad-moment except: 2026-12-03",
        "repeat: chaque jeudi\nexcept: [2027-08-05]",
    ),
    (
        "repeat: chaque jeudi\nexcept: jeudi 28 janvier",
        "5:9 bad-moment jeudi 28 janvier 2027",
        "repeat: chaque jeudi\nexcept: jeudi 28 janvier 2027",
    ),
    (
        "repeat: chaque 2e jeudi\ndates: [2027-03-04, 2027-04-01]",
        "5:8 bad-type also: [2027-03-04, 2027-04-01]",
        "repeat: chaque 2e jeudi\nalso: [2027-03-04, 2027-04-01]",
    ),
    (
        "dates: [2027-03-11, 2027-04-08]",
        "4:8 bad-type also: [2027-03-11, 2027-04-08]",
        "also: [2027-03-11, 2027-04-08]",
    ),
    (
        "repeat: chaque jeudi\ndates:\n  21 janvier: {status: cancelled}",
        "6:3 bad-moment 21 janvier 2027",
        "repeat: chaque jeudi\ndates:\n  21 janvier 2027: {status: cancelled}",
    ),
    (
        "repeat: chaque jeudi\ndates:\n  2027-01-21: annulé",
        "6:15 bad-type 2027-01-21: {status: cancelled}",
        "repeat: chaque jeudi\ndates:\n  2027-01-21: {status: cancelled}",
    ),
    *(
        (
            f"repeat: chaque jeudi\ndates:\n  2027-01-21: {said}",
            f"6:{column} {code} start: {written}".rstrip(),
            "repeat: chaque jeudi\ndates:\n  2027-01-21: {start: 2027-01-21 14:00}",
        )
        for said, column, code, written in (
            ("{to: 2027-01-21 14:00}", 16, "unknown-key", ""),
            ("{au: 2027-01-21 14:00}", 16, "unknown-key", ""),
            ("{moved: 2027-01-21 14:00}", 16, "unknown-key", ""),
            ("{moved_to: 2027-01-21 14:00}", 16, "unknown-key", ""),
            ("{new: 2027-01-21 14:00}", 16, "unknown-key", ""),
            ("{déplacé au: 2027-01-21 14:00}", 16, "unknown-key", ""),
            ("{reporté: 2027-01-21 14:00}", 16, "unknown-key", "2027-01-21 14:00"),
            ("{status: déplacé}", 24, "bad-choice", "…"),
            ("{status: moved, start: 2027-01-21 14:00}", 24, "bad-choice", "2027-01-21 14:00"),
            ("{status: reporté, start: 2027-01-21 14:00}", 24, "bad-choice", "2027-01-21 14:00"),
            ("{status: reporté au 21 janvier 2027 à 14 h}", 24, "bad-choice", "2027-01-21 14:00"),
            ("déplacé au 21/1/2027 à 14 h", 15, "bad-type", "2027-01-21 14:00"),
            ("moved to 2027-01-21 14:00", 15, "bad-type", "2027-01-21 14:00"),
        )
    ),
    (
        "repeat: chaque jeudi\nlater:\n  - {from: 2027-04-01, to: '14:00'}",
        "6:24 unknown-key start:",
        "repeat: chaque jeudi\nlater:\n  - {from: 2027-04-01, start: '14:00'}",
    ),
    ("déplacé au: 2027-01-21 14:00", "4:1 unknown-key start:", "recorded: false"),
    (
        "repeat: chaque jeudi\nlater:\n  - à partir du: 2027-04-01\n    start: 14:00",
        "6:5 unknown-key from:",
        "repeat: chaque jeudi\nlater:\n  - from: 2027-04-01\n    start: 14:00",
    ),
    (
        "repeat: {every: week, until: l’été}",
        "4:30 bad-moment",
        "repeat: {every: week, until: juin 2027}",
    ),
    (
        "repeat: {every: month, on: 2e}",
        "4:28 bad-repeat 2e jeudi",
        "repeat: {every: month, on: 2e jeudi}",
    ),
]


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize(("wrong", "told", "right"), SLIPS)
def test_a_slip_is_told_and_its_mend_passes(
    site: Site, lines: Lines, wrong: str, told: str, right: str
) -> None:
    place, code, *written = told.split(" ", 2)
    site.write("webinars/un.md", EVENT.format(wrong))
    site.commit()
    assert site.run("check", "--lang", "fr") == 1
    (line,) = lines()
    assert line.startswith(f"webinars/un.md:{place}: error[{code}]")
    assert all(one in line.replace("\u00a0", " ") for one in written)
    site.write("webinars/un.md", EVENT.format(right))
    site.commit()
    assert site.run("check", "--lang", "fr") == 0
    assert not [one for one in lines() if "error" in one]


def test_a_place_alone_is_where_a_date_is_held(site: Site, lines: Lines) -> None:
    site.write("content/data/places/cci-caen.yml", "name: CCI Caen\n")
    dates = "repeat: chaque jeudi\ndates:\n  2027-01-21: {}"
    site.write("webinars/un.md", EVENT.format(dates.format("CCI Caen")))
    assert site.run("check", "--lang", "fr") == 1
    line = next(one for one in lines() if one.startswith("webinars/un.md:6:15: error[bad-type]"))
    assert "2027-01-21: {place: cci-caen}" in line.replace("\u00a0", " ")
    site.write("webinars/un.md", EVENT.format(dates.format("{place: cci-caen}")))
    assert site.run("check", "--lang", "fr") == 0


def test_a_span_of_a_series_that_began_long_ago_is_that_of_the_year_to_come() -> None:
    start = Moment(date(2023, 1, 12), time(12, 30))
    said = "chaque jeudi, sauf du 20 juillet au 12 août"
    found = mended(said, start, DAY_FIRST, today=date(2026, 8, 1))
    assert found is not None
    assert found.other == "except: [2026-08-06, 2027-07-22, 2027-07-29]"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        *((one, "fr") for one in ("chaque jeudi", "hebdomadaire", "2e lundi", "tous les 2 ans")),
        *((one, "fr") for one in ("dernier jour du mois", "un mardi sur deux", "mensuel")),
        *((one, "en") for one in ("weekly", "every month", "2nd Thursday", "last day", "daily")),
        ("15", None),
    ],
)
def test_words_of_a_rule_are_of_a_language(said: str, language: str | None) -> None:
    assert language_of(said) == language


def test_a_line_beside_a_sentence_is_said_in_the_language_of_it(site: Site, lines: Lines) -> None:
    """Where the sentence has words of none, in that of the site."""
    for said, key, written in (
        ("weekly", "until: 2027-06-30", "weekly, until 2027-06-30"),
        ("monthly", "count: 10", "monthly, 10 times"),
        ("mensuel", "count: 10", "mensuel, 10 fois"),
    ):
        site.write("webinars/un.md", EVENT.format(f"repeat: {said}\n{key}"))
        site.run("check", "--lang", "en")
        (line,) = [one for one in lines() if "unknown-key" in one]
        assert f"« repeat: {written} »" in line


@pytest.mark.parametrize(
    "sentence",
    [
        *("chaque jeudi pendant les vacances", "bonjour", "cinq fois par mois"),
        *("une fois par mois, le mardi", "chaque jeudi à partir du 21 janvier"),
        *("every Thursday until 6/5", "chaque jeudi sans inscription"),
        # A series that begins before.
        "chaque jeudi du 8 février au 25 juin",
    ],
)
def test_what_is_not_sure_is_not_proposed(sentence: str) -> None:
    start = Moment(date(2027, 1, 14), time(12, 30))
    assert mended(sentence, start, DAY_FIRST) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("du 20 juillet au 12 août 2027", "« 2027-07-22, 2027-07-29, 2027-08-05, 2027-08-12 »"),
        ("en août", "se disent dans « repeat: », comme dans « chaque jeudi, sauf en août »"),
    ],
)
def test_what_is_left_out_is_told_beside_a_sentence_that_adds_a_day(
    site: Site, lines: Lines, said: str, told: str
) -> None:
    """The day that it adds, which is no Thursday, is told there, and is none that is left out."""
    site.write(
        "webinars/un.md", EVENT.format(f"repeat: chaque jeudi, plus le 18 mai\nexcept: {said}")
    )
    site.commit()
    assert site.run("check", "--lang", "fr") == 1
    added, left_out = lines()
    assert added.startswith("webinars/un.md:4:9: error[")
    assert "also: [2027-05-18]" in added
    assert left_out.startswith("webinars/un.md:5:9: error[bad-moment]")
    assert told in left_out.replace("\u00a0", " ")
    assert "2027-05-18" not in left_out
