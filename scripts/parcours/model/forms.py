"""The forms in which people may write a value: what a type accepts, in words and examples.

Stands in the metadata of the type, beside what reads it; a test reads every example.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import N_


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """What may be written.

    Attributes:
        said: in words; a message of the catalogues.
        examples: each of another form, the usual one first. One that holds words of a language is
            a message of the catalogues.
    """

    said: str
    examples: tuple[str, ...] = ()


ONE_LINE = Forms(N_("a text on one line"))
LINES = Forms(N_("a list of texts, each on one line"))
TOWNS = Forms(
    N_("names of towns, between commas or as a list"), ("Rennes, Redon", "[Rennes, Redon]")
)
BY_STOP = Forms(N_("the id of each stop, and what holds there"))
KILOMETRES = Forms(N_("kilometres"), ("71", "71 km", "9350"))
MANY_LINES = Forms(N_("a text in Markdown, on several lines after « | »"))
ID = Forms(N_("lower-case letters, digits and hyphens"), ("lire-dehors",))
IDS = Forms(
    N_("ids between commas, or a list of them"), ("pedagogie, numerique", "[pedagogie, numerique]")
)
WHO = Forms(
    N_("an id, or a name without a file, and whom it is of"),
    (N_("rennes-trainer"), N_("{name: An apprentice, of: Example centre}")),
)
WHOM = Forms(
    N_("ids between commas, or a list of ids and of names without a file"),
    (
        N_("rennes-trainer, an-apprentice"),
        N_("[rennes-trainer, {name: An apprentice, of: Example centre}]"),
    ),
)
BODY = Forms(N_("an id, or a name without a file"), ("cci-exemple", N_("{name: Example company}")))
BODIES = Forms(
    N_("ids between commas, or a list of ids and of names without a file"),
    ("cci-exemple, cfa-exemple", N_("[cci-exemple, {name: Example company}]")),
)
WHERE = Forms(
    N_("the id of a place, or what is known of one without a file"),
    (
        "campus-exemple",
        N_("{name: Example hall, address: 35000 Rennes, territory: bretagne}"),
    ),
)
WHERES = Forms(
    N_("ids of places between commas, or a list of ids and of places without a file"),
    (
        N_("campus-exemple, example-workshop"),
        N_("[campus-exemple, {name: Example hall, territory: la-reunion}]"),
    ),
)
CONTACTS = Forms(
    N_("the address of a page, the e-mail address of a service, the number of a switchboard"),
    ("https://cci.example/contact", "accueil@cci.example", "02 31 00 00 00"),
)
WEB = Forms(N_("a whole address that begins with https://"), ("https://inscriptions.example/",))
FILE = Forms(N_("the name of a file beside the text, or its path from there"), ("dehors.vtt",))
PICTURE = Forms(FILE.said, ("dehors.jpg",))
TRANSCRIPT = Forms(FILE.said, ("dehors.txt",))
VIDEO = Forms(WEB.said, ("https://video.example/dehors",))
ROOM = Forms(WEB.said, ("https://visio.example/dehors",))
FOLDER = Forms(N_("the path of a folder from the configuration file"), ("webinars",))
DATA = Forms(N_("the name of a folder or file of the site’s pages"), ("data",))
ASSET = Forms(
    N_("the name of a file beside the text, or an address that begins with https://"),
    ("dehors.pdf", "https://documents.example/dehors.pdf"),
)
SOUND = Forms(ASSET.said, ("dehors.mp3", "https://sons.example/dehors.mp3"))
ADDRESS = Forms(
    N_("the address of a page without the site’s own"),
    ("comptoirs/lire-dehors", "/comptoirs/lire-dehors/"),
)
ADDRESSES = Forms(
    N_("addresses of pages without the site’s own, between commas or as a list"),
    ("/comptoirs/lire-dehors/", "[comptoirs/lire-dehors, comptoirs/lire-ensemble]"),
)
ZONE = Forms(N_("a name of the IANA list of time zones"), ("Europe/Paris", "Indian/Reunion"))
MOMENT = Forms(
    N_("a date, or a date and an hour, of the place where it happens; a weekday is checked"),
    (
        "2026-12-03 12:30",
        "24/12/2026 12h30",
        N_("Thursday 3 December 2026 at 12:30"),
        "2026-12-03",
    ),
)
AROUND = Forms(
    N_("a week, a month or several, a season, a part of a year, or a year, always with its year"),
    (
        N_("week of 3 March 2026"),
        N_("March 2026"),
        N_("early March 2026"),
        N_("March or April 2026"),
        N_("spring 2026"),
        N_("winter 2026-2027"),
        N_("2nd quarter 2026"),
        "2026",
    ),
)
END = Forms(
    N_("an hour of the same day, a date and an hour, or a last day, which is included"),
    ("13:30", "13h30", "2026-12-04 17:00", "2026-12-04"),
)
DAY = Forms(N_("a date"), ("2026-12-03", "24/12/2026", N_("3 December 2026")))
DAY_OF = Forms(
    N_("the number of a day, the first of which is 1, or its date; a weekday is checked"),
    ("2", "2026-12-03", N_("3 December"), N_("Thursday 3 December 2026")),
)
LAST_DAY = Forms(
    N_("a date, or a month with its year, which is included"),
    ("2026-12-31", "31/12/2026", N_("31 December 2026"), N_("June 2027")),
)
DAYS = (DAY, DAY_OF, LAST_DAY)
"""What takes a day, and no hour."""
TIME = Forms(N_("an hour of the day"), ("12:30", "12h30", "12 h", "12.30", "2:00 pm"))
TIMES = Forms(N_("hours of the day, between commas or as a list"), ("9:00, 14:00", "[9 h, 14 h]"))
MOMENTS = Forms(
    N_("dates, between commas or as a list, each with its hour where that is another"),
    ("2026-08-13, 2026-08-20", "[2026-09-17 14:00]"),
)
DATES = Forms(N_("each date as it would be, and below it what is another"))
EVERY = Forms(
    N_("a day, a week, a month, a year, or several of them"),
    (N_("month"), N_("2 weeks"), N_("quarter")),
)
ON = Forms(N_("a day of the week, which one of its month, or a day of the month"))
ONS = Forms(
    N_("days of the week, which of their month, or days of the month or of the year"),
    (
        N_("second Thursday"),
        N_("Tuesday and Thursday"),
        N_("1st and 3rd Thursday"),
        "15",
        N_("last day"),
        N_("last weekday"),
        N_("last Friday of November"),
        N_("25 December"),
    ),
)
REPEAT = Forms(
    N_("a sentence, the keys below, or a value of RRULE"),
    (
        N_("every month"),
        N_("every 1st and 3rd Thursday, until 31 December 2026"),
        N_("every 2 weeks on Tuesday, except in July and August"),
        N_("every Thursday, except 14 May; 4 June moves to 11 June"),
        "{every: month, on: second thursday, until: 2026-12-31}",
        "FREQ=MONTHLY;BYDAY=2TH;UNTIL=20261231",
    ),
)
TAGS = Forms(
    N_("free words between commas, or a list of them"),
    (N_("learning by doing, printing"), N_("[learning by doing, printing]")),
)
LINK = Forms(N_("an address, the name of a file beside the text, or the keys below"))
LINKS = Forms(
    N_("a list of links, each an address, the name of a file beside the text, or the keys below"),
    (
        '[{label: Notes, url: "https://notes.example/dehors"}]',
        "https://notes.example/dehors",
        "[https://notes.example/dehors, dehors.pdf]",
    ),
)
DEADLINES = Forms(
    N_("a list, each with the keys below"),
    (N_("[{what: Call for contributions, until: 2026-11-05}]"),),
)
PRICE = Forms(
    N_("what it costs in a few words, shown as they are"),
    (N_("free"), N_("25 € (students 10 €)"), "US$10"),
)
DURATION = Forms(N_("hours, minutes or days"), ("1h", "1h30", "90 min", "90", "1:30", N_("2 days")))
LENGTH = Forms(
    N_("minutes and seconds, as a player shows them"), ("52:10", "1:02:33", "52 min 10 s")
)
TIMECODE = Forms(N_("minutes and seconds from the start"), ("5:30", "1:05:30"))
COUNT = Forms(N_("a whole number"), ("12",))
OCTETS = Forms(N_("octets, to the last one"), ("48213504", "48 213 504"))
FEW = Forms(N_("a whole number, one to nine"), ("2",))
PERIOD = Forms(N_("a month, or the first and the last of several"), ("2027-01..2027-04", "2027-05"))
PERIODS = Forms(
    N_("months, and the first and last of several, between commas or as a list"),
    ("2027-01..2027-03", "[2027-01..2027-03, 2027-05]"),
)
LANGUAGE = Forms(N_("the code of a language (BCP 47)"), ("de", "pt-BR", "zh-Hant"))
LANGUAGES = Forms(N_("codes of languages, between commas or as a list"), ("fr", "[fr, en]"))
PERCENT = Forms(N_("a share in per cent"), ("75 %", "62.5"))
DEGREES = Forms(N_("degrees, with a point"), ("44.826", "-0.556"))
NUMBER = Forms(N_("a number"), ("12", "0.5"))
NUMBERS = Forms(N_("a list of numbers"), ("[20, 500, 100, 100]",))
OF_NUMBERS = (KILOMETRES, COUNT, OCTETS, FEW, PERCENT, DEGREES, NUMBER, NUMBERS)
"""What takes a number, or several."""
OUTLINE = Forms(N_("an SVG path of straight lines"), ("M 0 0 L 10 0 L 10 10 Z",))
COLOR = Forms(N_("the CSS name of a colour"), ("steelblue",))
CONSENT = Forms(N_("how and when the person agreed"), (N_("in writing, on 3 March 2026"),))
WITHDRAWN = Forms(N_("COLLECTION/ID, as in the identity of its entry"), ("comptoirs/lire-dehors",))
ORIGINS = Forms(
    N_("whole hosts that begin with https://, between commas or as a list"),
    ("https://stats.example", "[https://stats.example, https://images.example]"),
)
SCRIPTS = Forms(
    N_("whole hosts that begin with https://, or the sha256-… of one script"),
    (
        "https://stats.example",
        "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    ),
)
DEFAULTS = Forms(
    N_("keys of a meeting, as each would say them"),
    ("{place: campus-exemple, hosts: [cci-exemple]}", "{recorded: false}"),
)
KIND = Forms(N_("a kind of meetings"), ("webinar", "trip", "meeting", "course"))
