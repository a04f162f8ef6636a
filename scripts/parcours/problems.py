"""What can be wrong in a source, as data: a code, a place, a sentence and its mend.

Every message people read about their sources stands in `MESSAGES`, in English; the
gettext catalogues hold its other languages.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from .i18n import Translator

Severity = Literal["error", "warning"]


def N_(text: str) -> str:
    """Mark *text* for extraction into the catalogues; it is translated when printed."""
    return text


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a source file: path relative to the site's folder, 1-based line and column."""

    file: str
    line: int = 1
    column: int = 1


NOT_THE_SOURCES = N_(
    "no source is to blame: look for what changes it among the site’s plugins, hooks and "
    "overrides; without any, report a fault of Parcours"
)
"""The mend of what was compiled rightly and is wrong in the site."""

MESSAGES: Mapping[str, tuple[str, str]] = {
    # code: (message, hint)
    "encoding": (
        N_("the file is not UTF-8 text (byte {byte})"),
        N_("save it again as UTF-8; it looks like {guess}"),
    ),
    "word-document": (
        N_("this is a document of {value} under another name, and no text"),
        N_("open it in its program, copy its text, and paste that into a new file of plain text"),
    ),
    "shown-as-written": (
        N_("« {value} » is shown to readers as it is written here"),
        N_("write it as the preview of your forge understands it, or leave the sign out"),
    ),
    "own-disk": (
        N_("« {value} » leads to your own computer, where nobody else can go"),
        N_("put the file beside this one, and write its name alone"),
    ),
    "more-alike": (
        N_("the file holds more faults of this sort ({alike}) than the {limit} that are told"),
        N_("mend those first, then check again"),
    ),
    "unreadable-file": (
        N_("this cannot be read: {reason}"),
        N_("put a file there that can be, or delete it"),
    ),
    "too-large-file": (
        N_("the file holds {size} octets, and at most {limit} are read"),
        N_("part it, or shorten it"),
    ),
    "too-long-text": (
        N_("this text holds {length} characters, and at most {limit} are shown"),
        N_("part it into several pages, or shorten it"),
    ),
    "empty-file": (
        N_("{field}: « {value} » holds nothing: its copy was broken off"),
        N_("put the whole file there again, or delete this line until you have it"),
    ),
    "broken-picture": (
        N_("« {value} » is no picture that can be shown: it is damaged, or of another kind"),
        N_("export it again as PNG, JPEG or WebP; until then, nothing of it is published"),
    ),
    "heavy-picture": (
        N_("the picture holds {size} octets; above {limit}, no page needs them"),
        N_("make it smaller: pages show at most {width} pixels across"),
    ),
    "too-many-pixels": (
        N_("the picture has more pixels than are read: {limit} million, twice as many in a JPEG"),
        N_("make it smaller, or leave it out"),
    ),
    "stilled-picture": (
        N_("a moving AVIF is published as its first image alone"),
        N_("export it as WebP or GIF, which keep moving, or as a film"),
    ),
    "placed-film": (
        N_("this film or sound tells where it was taken, and is published as it is"),
        N_(
            "take that out: « ffmpeg -i {name} -map_metadata -1 -map_metadata:s -1 -c copy "
            "copy{suffix} », or share it from the telephone without its place"
        ),
    ),
    "control-character": (
        N_("character {character} is not allowed in text"),
        N_("delete this invisible character"),
    ),
    "yaml-syntax": (
        N_("this line cannot be read: {reason}"),
        N_("check quotes, colons and indentation here"),
    ),
    "stray-sign": (
        N_("« {sign} » stands alone in this value, and is published with it"),
        N_("take it away, or put the whole value in quotes"),
    ),
    "yaml-tab": (
        N_("a tab cannot indent YAML"),
        N_("replace the tab with spaces"),
    ),
    "cut-by-comment": (
        N_("« #{rest} » is a comment to YAML, which understands « {value} » alone"),
        N_("put the whole value in quotes, or the comment on a line of its own"),
    ),
    "lost-to-comment": (
        N_("« #{rest} » is a comment to YAML, so the value is empty"),
        N_("put the value in quotes"),
    ),
    "yaml-tag": (
        N_("the YAML tag {tag} is not allowed"),
        N_("remove the tag, or put the value in quotes"),
    ),
    "yaml-too-large": (
        N_("this YAML expands to too many values or is nested too deeply"),
        N_("write the values out without anchors (&) and aliases (*)"),
    ),
    "yaml-not-a-mapping": (
        N_("a list of « key: value » lines was expected"),
        N_("begin with « title: … »"),
    ),
    "duplicate-key": (
        N_("« {key} » is given twice (first on line {first})"),
        N_("keep one of the two"),
    ),
    "front-matter-missing": (
        N_("the file does not begin with a front matter"),
        N_("begin with a line « --- », then « title: … », then « --- »"),
    ),
    "front-matter-open": (
        N_("the front matter is not closed"),
        N_("add a line « --- » after the last key"),
    ),
    "second-front-matter": (
        N_("these lines are no front matter here: they are shown as text"),
        N_("join them to the one on the first line of the file, or delete them"),
    ),
    "conflict-markers": (
        N_("two versions of the same lines stand here, and nobody has chosen between them yet"),
        N_(
            "keep the lines of one version, and delete those of the other, and the three lines "
            "that begin with « <<<<<<< », « ======= » and « >>>>>>> »"
        ),
    ),
    "unknown-marker": (
        N_("« {value} » brings no block to this page"),
        N_("write one of these, alone on its line: {known}"),
    ),
    "second-marker": (
        N_("« {value} » is given twice: the block stands at the first one only"),
        N_("delete this one"),
    ),
    "idle-marker": (
        N_("« {value} » brings nothing here: this text has no blocks of Parcours"),
        N_("delete it"),
    ),
    "unknown-key": (
        N_("unknown key « {key} »"),
        N_("known keys: {known}"),
    ),
    "missing-key": (
        N_("« {key} » is missing"),
        N_("add a line « {key}: … »"),
    ),
    "bad-choice": (
        N_("{field}: « {value} » is not a possible value"),
        N_("choose among {known}"),
    ),
    "bad-type": (
        N_("{field}: {expected} was expected"),
        N_("write « {field}: {example} »"),
    ),
    "bad-value": (
        N_("{field}: « {value} » is not accepted: {reason}"),
        N_("« parcours explain {field} » shows what it takes"),
    ),
    "yaml-value": (
        N_("YAML takes « {value} » for a date or a number, and it is none"),
        N_("put the value in quotes, or correct it"),
    ),
    "bad-moment": (
        N_("{field}: « {value} » is not a date or a date and time"),
        N_("write 2026-12-03 or 2026-12-03 12:30"),
    ),
    "bad-date": (
        N_("{field}: « {value} » is not a date that exists"),
        N_("write it as 2026-12-03"),
    ),
    "day-with-hour": (
        N_("{field}: « {value} » says an hour, and a day is asked for here"),
        N_("write it as 2026-12-03"),
    ),
    "weekday-unlike-date": (
        N_("{field}: « {value} »: {date} is a {weekday}"),
        N_("correct the date or its weekday"),
    ),
    "ambiguous-date": (
        N_("{field}: « {value} » is {one} to some readers, and {other} to others"),
        N_("write {one} or {other}"),
    ),
    "bad-time": (
        N_("{field}: « {value} » is not a time of day"),
        N_("write 12:30 or 12h30"),
    ),
    "bad-duration": (
        N_("{field}: « {value} » is not a duration"),
        N_("write 1h, 1h30 or 90 min"),
    ),
    "bad-length": (
        N_("{field}: « {value} » is not the length of a recording"),
        N_("write 52:10, 1:02:33 or 52 min 10 s"),
    ),
    "bad-timecode": (
        N_("{field}: « {value} » is not a time in a recording"),
        N_("write 5:30 or 1:05:30"),
    ),
    "year-range": (
        N_("{field}: the year {year} is outside 1970 to 2200"),
        N_("check the year"),
    ),
    "utc-offset": (
        N_("{field}: « {value} » carries an offset"),
        N_("write the local time, and « timezone: » if it is not the site's"),
    ),
    "bad-url": (
        N_("{field}: « {value} » is not an address that can be published: {reason}"),
        N_("write a whole address that begins with https://"),
    ),
    "bad-id": (
        N_("{field}: « {value} » cannot be an identifier"),
        N_("use lower-case letters, digits and hyphens, such as « {better} »"),
    ),
    "bad-address": (
        N_("{field}: « {value} » cannot be an address of this site"),
        N_("write a path such as /ancienne-adresse/"),
    ),
    "unknown-timezone": (
        N_("{field}: time zone « {value} » unknown"),
        N_("write a name of the IANA list, such as Europe/Paris or Indian/Reunion"),
    ),
    "empty": (
        N_("{field}: the value is empty"),
        N_("fill it in, or delete the line"),
    ),
    "unfilled": (
        N_("{field}: « … » still stands where something is to be written"),
        N_("write there {forms}"),
    ),
    "form-name": (
        N_("the file still has the name of an empty form, « {value} »"),
        N_("give it one of its own now: it becomes its address, and stays for ever"),
    ),
    "too-long": (
        N_("{field}: {length} characters, at most {limit} are allowed"),
        N_("shorten it"),
    ),
    "out-of-range": (
        N_("{field}: « {value} » is out of range: {reason}"),
        N_("check the number"),
    ),
    "territories-unasked": (
        N_("{field}: « {value} » is a region of France, and this site has no territories"),
        N_("write « territories: france » in the options of parcours, or declare your own"),
    ),
    "collection-gone": (
        N_("there was a collection « {value} »: its meetings vanish from calendars without a word"),
        N_("declare it again under that id, or cancel its meetings before you take it away"),
    ),
    "domain-changed": (
        N_("« uid_domain » was « {value} »: every entry is another one to its subscribers now"),
        N_("write the domain of before again: it is part of every identity"),
    ),
    "unknown-reference": (
        N_("{field}: « {value} » unknown"),
        N_("declare it in {where}/{value}.yml"),
    ),
    "start-unknown": (
        N_("no meeting has its page at « {value} »"),
        N_("write the address of its page, without the site's own: comptoirs/mon-sujet"),
    ),
    "start-draft": (
        N_("« {value} » is a draft, which nobody sees: it is not named"),
        N_("publish it, or take it out of « {field}: »"),
    ),
    "start-no-replay": (
        N_("« {value} » has no replay that one could begin with: the theme does not name it"),
        N_("give it one, or name another meeting"),
    ),
    "too-many": (
        N_("{field}: {count} are named, and at most {limit} are shown"),
        N_("keep the best of them"),
    ),
    "bad-months": (
        N_("{field}: « {value} » is no span of months: {reason}"),
        N_("write a month, 2027-01, or the first and the last one: 2027-01..2027-03"),
    ),
    "skill-cycle": (
        N_("the skill « {id} » is a part of itself by way of « {value} »"),
        N_("take out one of the « broader: » that lead from one to the other"),
    ),
    "consent-order": (
        N_("the consent ends ({date}) before it was given ({given})"),
        N_("correct « until: » or « given: »"),
    ),
    "consent-ending": (
        N_("the consent ends on {date}: nothing of this facilitator is published after that day"),
        N_("ask the person again, then write the new « until: »"),
    ),
    "consent-over": (
        N_("there is no consent any more since {date}: nothing of this facilitator is published"),
        N_("delete this file, or ask the person again and write the new « until: »"),
    ),
    "person-named": (
        N_("{field}: « {value} » looks like the name of a person, and is published"),
        N_(
            "say what he or she does, in the file and by its name: « Formatrice en évaluation », "
            "formatrice-evaluation.yml; whoever agreed to be named has a file among people"
        ),
    ),
    "period-behind": (
        N_("{field}: {value} was over before this was said ({date})"),
        N_("is that the year that is meant? correct the months, or the day"),
    ),
    "future-file": (
        N_("{field}: {date} is still to come: until then nothing of this file is published"),
        N_("correct the date if it is wrong; otherwise the build of that day publishes it"),
    ),
    "future-day": (
        N_("{field}: {date} is still to come: nothing can have been done on that day yet"),
        N_("correct the date, or wait with these lines until it is done"),
    ),
    "unreachable": (
        N_("nobody knows how to reach « {name} »: no « organisation: » that has a « contact: »"),
        N_("give the organisation a « contact: », or the configuration an « exchange.form: »"),
    ),
    "state-unsaid": (
        N_("« state: {state} » says nothing without « {key}: »"),
        N_("add « {key}: », or correct « state: »"),
    ),
    "state-against": (
        N_("« {key}: » and « state: {state} » contradict each other"),
        N_("correct « state: », or delete « {key}: »"),
    ),
    "day-order": (
        N_("{field}: {date} is before « {other}: » ({before})"),
        N_("correct one of the two dates"),
    ),
    "declined-contact": (
        N_("« {value} » is declined, and in contact: it cannot be both"),
        N_("take it out of « declined: » or out of « contact: »"),
    ),
    "no-capacity": (
        N_("« {value} » has no place left: {other} takes the last one of its capacity, {capacity}"),
        N_("raise its « capacity: », or end another contact"),
    ),
    "person-left": (
        N_("{field}: « {value} » is not published any more, and not named here"),
        N_("nothing has to be done; take « {value} » out of this file when you can"),
    ),
    "still-named": (
        N_("« {value} » is not published any more, and this text still names this person"),
        N_("write a role instead, or leave the name out"),
    ),
    "contact-left": (
        N_("« {value} » is not published any more: the page names nobody"),
        N_("write another « with: », or open the need again with « state: open »"),
    ),
    "duplicate-id": (
        N_("two sources have the id « {id} »: the other is {other}"),
        N_("rename one of the files, or give one another « id: »"),
    ),
    "duplicate-address": (
        N_("the address /{address} is already that of {other}"),
        N_("rename the file or change its « id: »"),
    ),
    "end-before-start": (
        N_("the end ({end}) is not after the start ({start})"),
        N_("correct « end: » or « start: »"),
    ),
    "end-and-duration": (
        N_("both « end » and « duration » are given"),
        N_("keep one of the two"),
    ),
    "place-and-places": (
        N_("both « place » and « places » are given"),
        N_("keep « places: », and list all of them there, the one whose hours are said first"),
    ),
    "end-unlike-start": (
        N_("« {hours} » speaks of hours, and « {day} » of a day alone"),
        N_("write the hour too, as in « {better} », or days alone in both"),
    ),
    "bad-repeat": (
        N_("{field}: « {part} » is not understood"),
        N_(
            "write it as in « every 2nd Thursday of the month, until 31 December 2026 », or "
            "« {{every: month, on: second thursday}} »; « parcours explain repeat » shows more"
        ),
    ),
    "unsure-repeat": (
        N_("{field}: « {value} » can be understood in two ways"),
        N_("write « {one} » or « {other} »"),
    ),
    "repeat-against": (
        N_("{field}: « {value} » contradicts « {every} »"),
        N_("write « {better} », or another day"),
    ),
    "repeat-mixed": (
        N_("{field}: one rule cannot give « {value} »: {reason}"),
        N_("make two files of it, or write single dates under « also: »"),
    ),
    "repeat-hour": (
        N_("{field}: « {value} » is not the hour of « start: {start} »"),
        N_("correct one of the two, as in « start: {better} »"),
    ),
    "date-without-year": (
        N_("« {date} » could be several days here: {known}"),
        N_("write it with its month and its year"),
    ),
    "no-series": (
        N_("« {field} » speaks of the dates of a series, and this meeting has one date"),
        N_("say how often it is held, as in « repeat: every month », or delete these lines"),
    ),
    "series-never": (
        N_("no date is left of this series"),
        N_("check « repeat: » and « except: »: such a day does not come, or all are left out"),
    ),
    "start-off-rule": (
        N_("« start: {date} » is no date of this series"),
        N_("write « start: {better} », or say in « repeat: » the days that are meant"),
    ),
    "until-and-count": (
        N_("both « until » and « count » are given"),
        N_("keep one of the two"),
    ),
    "until-before-start": (
        N_("the series ends on {until}, before it begins on {start}"),
        N_("correct « until: » or « start: »"),
    ),
    "too-many-dates": (
        N_("this series has more than {limit} dates"),
        N_("give it an end with « until: », or check « every: »"),
    ),
    "date-off-series": (
        N_("{date} is no date of this series"),
        N_("did you mean {better}? What is held besides belongs under « also: »"),
    ),
    "date-of-several": (
        N_("several meetings of this series are on {date}: {known}"),
        N_("write the hour behind the day"),
    ),
    "also-twice": (
        N_("{date} is a date of this series already"),
        N_("delete it under « also: »"),
    ),
    "dates-at-once": (
        N_("the date of {date} is moved to {start}, when that of {other} is held too"),
        N_("correct « start: », or cancel one of them: « status: cancelled »"),
    ),
    "far-move": (
        N_("the date of {date} is moved to {start}, more than half a year away"),
        N_("is the year a slip? write {better}"),
    ),
    "end-of-series": (
        N_("« end: {end} » would be the end of each meeting of this series, long after it begins"),
        N_("write « until: {end} » under « repeat: », where a series ends, and remove « end: »"),
    ),
    "later-order": (
        N_("what holds from {date} on begins before what it changes, on {first}"),
        N_("give a later day, and put the earlier ones first"),
    ),
    "later-beyond": (
        N_("the series has no date from {date} on: its last one is {last}"),
        N_("correct « from: », or let the series end later"),
    ),
    "later-endless": (
        N_("the series was to end on {end}; from {date} on, by this rule, it has no end"),
        N_("say here too when it ends, « until: {end} », or take the end out of the rule before"),
    ),
    "date-elsewhere": (
        N_("{place} keeps another time ({timezone}), and the hour of this date is not said"),
        N_("write its hour there, as in « {better} »"),
    ),
    "too-long-event": (
        N_("the event lasts {days} days"),
        N_("check « start: » and « end: »; at most 400 days are allowed"),
    ),
    "no-date": (
        N_("the event has no date"),
        N_("add « start: 2026-12-03 12:30 », or « undated: past » if its date is not public"),
    ),
    "dated-and-undated": (
        N_("« {other} » and « {field} » contradict each other"),
        N_("keep one of the two"),
    ),
    "no-time": (
        N_("no time of day is given: the calendars will show a whole day"),
        N_("write « start: {date} 12:30 »"),
    ),
    "skipped-hour": (
        N_("{field}: {value} does not exist in {timezone}: clocks go forward then"),
        N_("give a time one hour later"),
    ),
    "wrong-weekday": (
        N_("{date} is a {weekday}, and the meetings of « {collection} » are on {expected}"),
        N_("correct the date, or add « exception: » with the reason"),
    ),
    "useless-exception": (
        N_("« exception » is given, but the date follows the collection's rule"),
        N_("delete the line « exception: »"),
    ),
    "session-without-course": (
        N_("this session lies outside a course"),
        N_("put it in the folder of a course, beside its index.md"),
    ),
    "session-outside-course": (
        N_("the session ({date}) lies outside its course ({start} to {end})"),
        N_("correct the date, or the course's « start: » and « end: »"),
    ),
    "session-number": (
        N_("session number {number} is already that of {other}"),
        N_("give each session its own number"),
    ),
    "deadline-behind": (
        N_("registration closed on {date}, long before the meeting"),
        N_(
            "is that the year that is meant? correct « deadline: »; if it is closed, write "
            "« state: closed » below « registration: »"
        ),
    ),
    "deadline-far": (
        N_("« {what} » is due on {date}, far from the meeting, which begins on {start}"),
        N_("is that the year that is meant? correct « until: », or « start: »"),
    ),
    "chapter-order": (
        N_("chapter « {chapter} » begins at {at}, not after the one above it ({before})"),
        N_("give each chapter its own time, in order"),
    ),
    "chapter-beyond": (
        N_("chapter « {chapter} » begins at {at}, when the recording is over ({length})"),
        N_("correct « at: », or the « duration: » of the replay"),
    ),
    "replay-of-future": (
        N_("a replay is given for an event that is still to come ({date})"),
        N_("remove « replay: », or correct the date"),
    ),
    "future-post": (
        N_("this news is dated {date}: until then it is not published"),
        N_("correct « date: » if it is wrong; otherwise the build of that day publishes it"),
    ),
    "recordings-full": (
        N_(
            "the feed {address} is full, with {entries} recordings and {size} kB: it has no room "
            "for the {n} oldest"
        ),
        N_(
            "whoever follows it has had them, and {page} has all: name that page to those who come "
            "later"
        ),
    ),
    "feed-full": (
        N_(
            "the calendar {address} is full, with {entries} entries and {size} kB: it has no room "
            "for the {n} meetings furthest ahead"
        ),
        N_(
            "they are in {years}, and come here as they come nearer: name that calendar to those "
            "who plan so far ahead; those of a theme, a territory or an organisation are narrower"
        ),
    ),
    "feed-gone": (
        N_("the feed {address} is not in the site that was built, or nobody can read it"),
        NOT_THE_SOURCES,
    ),
    "feed-lacks": (
        N_("the feed {address} lacks {n} of what it has to hold, first of all « {title} »"),
        NOT_THE_SOURCES,
    ),
    "feed-strange": (
        N_("the feed {address} holds what does not belong to it, or twice: {n}, first « {id} »"),
        NOT_THE_SOURCES,
    ),
    "feed-otherwise": (
        N_("the feed {address} tells the hours or the status of « {title} » otherwise: {n} in all"),
        NOT_THE_SOURCES,
    ),
    "page-gone": (
        N_("feeds tell of « {title} », and its page {address} is not in the site that was built"),
        NOT_THE_SOURCES,
    ),
    "no-consent": (
        N_("« {value} » is no consent: nothing of this person is published"),
        N_("leave it so, or say under « consent: » how and when the person agreed"),
    ),
    "unfiled-person": (
        N_("« {value} » is named without a file, which would say what this person agreed to"),
        N_("declare this person in a file of his or her own, with « consent: »"),
    ),
    "unfiled-known": (
        N_("« {value} » has a file, {where}/{better}.yml, and is named here without it"),
        N_("write « {better} » instead: it leads to its page"),
    ),
    "named-twice": (
        N_("{field}: « {value} » stands in this list already"),
        N_("delete this one"),
    ),
    "unfiled-twice": (
        N_("« {value} » is named here without a file, as in {other}"),
        N_("declare it in {where}/{better}.yml, and write « {better} » in both"),
    ),
    "bare-consent": (
        N_("« {value} » says neither how nor when the person agreed"),
        N_("write it so: « in writing, on 3 March 2026 »"),
    ),
    "far-date": (
        N_("{field}: {date} is far from today"),
        N_("check the year"),
    ),
    "outside-territory": (
        N_("by its coordinates, « {place} » lies outside of its territory, {territory}"),
        N_("is a « - » missing? write « latitude: {latitude} » and « longitude: {longitude} »"),
    ),
    "other-territory": (
        N_("by its coordinates, « {place} » lies in {other}, and not in {territory}"),
        N_("write « territory: {id} », or correct the coordinates"),
    ),
    "place-elsewhere": (
        N_("« {place} » is in {territory}, and the territories named are others ({named})"),
        N_("correct « place: », or add « {id} » to « territories: »"),
    ),
    "personal-email": (
        N_("{value} seems to be the address of a person: whoever reads the site has it"),
        N_("give the address of a service, such as accueil@…, or of a page"),
    ),
    "mobile-number": (
        N_("{value} is the number of a mobile phone: whoever reads the site has it"),
        N_("give the number of the switchboard, or the address of a page"),
    ),
    "copied-source": (
        N_("the same title and the same time as {other}: everybody is told of it twice"),
        N_("is this a copy? delete the file; otherwise correct « title: » or the date"),
    ),
    "same-name": (
        N_("« {value} » is what {other} is called too: nobody can tell one from the other"),
        N_(
            "is this a copy? delete the file, and name the other one; otherwise say in the name "
            "what sets them apart"
        ),
    ),
    "bad-when": (
        N_("{field}: « {value} » is read as no week, month, season or year"),
        N_("write it as in « March 2026 », « week of 3 March 2026 » or « winter 2026-2027 »"),
    ),
    "exact-when": (
        N_("{field}: « {value} » is a day, and « when: » is for what is not known that well"),
        N_("write « start: {value} »"),
    ),
    "price-none": (
        N_("{field}: « {value} » says no price: readers would be shown that word"),
        N_("is it free? write « price: free »; otherwise delete this line"),
    ),
    "bad-language": (
        N_("{field}: « {value} » is no code of a language (BCP 47)"),
        N_("write its code, such as « {better} »"),
    ),
    "beside-part": (
        N_("« {field}: » stands below « {part}: », which says nothing, and not within it"),
        N_("put two spaces before « {field}: », or delete « {part}: » where it is the page’s own"),
    ),
    "near-tag": (
        N_("« {value} » and « {better} », in {other}, are one tag to readers, in two spellings"),
        N_("write « {better} » here, or a word that sets it apart"),
    ),
    "like-webinar": (
        N_("this is online, takes a few hours and has no stop: it is no trip"),
        N_("move this file to {folder}/, or add its « stops: »"),
    ),
    "year-behind": (
        N_("this meeting is announced now, and was over on {date} already"),
        N_(
            "is that the year that is meant? correct « start: »; if it is over, add its replay, or "
            "« recorded: false »"
        ),
    ),
    "long-meeting": (
        N_("this meeting is said to last {hours} hours without a break"),
        N_("correct its end or its duration, or add « exception: » with the reason"),
    ),
    "unshown-description": (
        N_("this text is shown nowhere: the one below the second « --- » takes its place"),
        N_(
            "put it there too, or write « summary: » if it is the sentence of lists; else delete it"
        ),
    ),
    "said-date": (
        N_("the text names {date} as the new date, and calendars tell of none"),
        N_("write « {better} » in place of the old one, and delete « status: postponed »"),
    ),
    "said-in-words": (
        N_("« {value} » is said to readers alone: calendars show it as planned"),
        N_("say it in the key that calendars read, « status: » or « registration: »"),
    ),
    "still-to-write": (
        N_("« {value} » stands where something is still to be written"),
        N_("write it, or add « draft: true » until it is ready"),
    ),
    "moved-nowhere": (
        N_("this meeting was moved online, and nobody is told where"),
        N_("add « online: » with its address, or « registration: » with that of a form"),
    ),
    "bare-exception": (
        N_("« {value} » is no reason for an exception"),
        N_("say in a few words why the rule is not kept, or delete the line"),
    ),
    "alt-is-name": (
        N_("« {value} » is the name of the file: who cannot see the picture learns nothing"),
        N_("say in a few words what the picture shows"),
    ),
    "far-place": (
        N_("« {place} » lies far from the places that keep the time of {zone}"),
        N_("if this is a slip, write « latitude: {latitude} » and « longitude: {longitude} »"),
    ),
    "nobody": (
        N_("this session is said to be confirmed, and nobody runs it"),
        N_("add « claim: », « hosts: » or « speakers: », or write « state: open »"),
    ),
    "nobody-came": (
        N_("the last day to take this session on ({before}) has passed, and nobody has"),
        N_("write a later « claim_before: » to offer it again, say who runs it, or cancel it"),
    ),
    "late-claim": (
        N_("claimed on {date}, after the last day on which it could be ({before})"),
        N_("correct « claim.on: », or write a later « claim_before: »"),
    ),
    "backup-lead": (
        N_("« {value} » leads this session, and cannot stand in for itself"),
        N_("write another « backup: », or delete the line"),
    ),
    "handed-unknown": (
        N_("« {value} » is no session of this course"),
        N_("write the name of the file of an earlier session: {known}"),
    ),
    "handed-later": (
        N_("« {value} » does not come before this session: nobody can have handed over there"),
        N_("write an earlier session, or correct the « number: » or « start: » of one of them"),
    ),
    "handed-by-nobody": (
        N_("nobody runs « {value} » yet: nobody can have handed over there"),
        N_("write another session, or who leads that one"),
    ),
    "leads-two": (
        N_("« {value} » leads « {other} » at the same time"),
        N_("write another « lead: », or move one of the two sessions"),
    ),
    "number-hole": (
        N_("no session of this course has the number {number}; this one has {here}"),
        N_("number the sessions from 1 without a gap, or add the missing one with « state: open »"),
    ),
    "played-otherwise": (
        N_("this is read as {length}, which this recording hardly means"),
        N_("times are minutes and seconds from its beginning, or 1:02:33: write « {better} »"),
    ),
    "replay-of-cancelled": (
        N_("this meeting is cancelled, and has a replay: the replay is not shown"),
        N_("delete « replay: » if it was not held; otherwise correct « status: »"),
    ),
    "captions-beyond": (
        N_("« {value} » goes on until {at}, and the recording is over before ({length})"),
        N_("correct the « duration: » of the replay, or give the file of this recording"),
    ),
    "captions-transcript": (
        N_("no line here says from when until when a caption is shown: « {value} » is none"),
        N_(
            "a transcript is no file of captions: name it « {better} », and write « transcript: "
            "{better} » in place of the line that names it now"
        ),
    ),
    "shared-recording": (
        N_("{field}: {other} has the same recording"),
        N_(
            "was the line copied? write the one of this meeting; if one film holds both, add the "
            "second at which each begins, as in « #t=1800 »"
        ),
    ),
    "told-of-future": (
        N_("« {field}: » tells what came of it, and nobody has left yet ({date})"),
        N_("correct the dates, or write it once all are back"),
    ),
    "idle-chapters": (
        N_("these chapters belong to no recording: their times lead nowhere"),
        N_("add « video: » or « audio: » to the replay"),
    ),
    "unplayed-file": (
        N_("« {value} » is a recording that not every application for podcasts plays"),
        N_("publish its sound as MP3 or M4A, or its video as MP4, beside it or in its place"),
    ),
    "no-size": (
        N_("another host keeps « {value} »: without its size, no podcast offers it"),
        N_("add « size: » to the replay, in octets: its host shows it, or the downloaded file"),
    ),
    "idle-size": (
        N_("this size says nothing: no address of another host ends as that of a sound or a video"),
        N_("write the address of the file itself (.mp3, .m4a, .mp4), or remove « size: »"),
    ),
    "stop-without-day": (
        N_("stop « {stop} » has an hour and no day, and the trip lasts {days} days"),
        N_("add « day: » to the stop, from 1"),
    ),
    "stop-overlap": (
        N_("stop « {stop} » begins before « {other} » has ended ({end})"),
        N_("correct the hours, so that one stop ends before the next begins"),
    ),
    "stop-territory": (
        N_("stop « {stop} » lies in « {territory} », which the trip does not name"),
        N_("add « {id} » to « territories: », or correct the place"),
    ),
    "leg-order": (
        N_("this way begins at {leaves}, and is said to be over at {arrives}"),
        N_("correct the hours at its two ends, or the « day: » of a stop"),
    ),
    "leg-too-long": (
        N_("this way takes {takes}, and there is {gap} for it"),
        N_("correct « takes: », or the hours at its ends"),
    ),
    "leg-speed": (
        N_("{km} km in {takes} would be {speed} km an hour"),
        N_("correct « takes: », « km: » or « mode: »"),
    ),
    "mode-factor": (
        N_("nothing is known of what « {mode} » emits: its CO2 is not shown"),
        N_("write which of the modes it is, as « ter » or « tgv »; otherwise leave it so"),
    ),
    "nights-count": (
        N_("nights of this trip: {nights} (days: {days}); towns that are given: {given}"),
        N_("write one town for each night, the same one twice where one stays"),
    ),
    "night-town": (
        N_("« {value} » is more than a town: where people sleep is not published"),
        N_("write the name of the town alone"),
    ),
    "compare-stop": (
        N_("« {id} » is compared, and no stop has that id"),
        N_("write the id of a stop: {known}"),
    ),
    "photo-consent": (
        N_("nothing says that those on « {file} » agreed to be shown"),
        N_("add « consent: » with how and when they agreed, or « nobody: true »"),
    ),
    "lost-feeds": (
        N_("« {id} » was deleted: its page and feeds no longer answer their subscribers"),
        N_("add « aliases: {id} » to what replaces it in {where}, or restore the file"),
    ),
    "email-address": (
        N_("an e-mail address stands in this text ({value}): whoever reads the site has it"),
        N_(
            "take it out: « contact: » in the file of an organisation gives one of a service, "
            "« registration: » the address of a page"
        ),
    ),
    "at-sign": (
        N_("« @ » stands in this text: it leads to a person"),
        N_("take it out: needs and facilitators are reached by their organisations, or by a form"),
    ),
    "phone-number": (
        N_("a phone number stands in this text ({value}): whoever reads the site has it"),
        N_(
            "take it out: « contact: » in the file of an organisation gives that of a switchboard, "
            "« registration: » the address of a page"
        ),
    ),
    "bad-contact": (
        N_("{field}: « {value} » reaches nobody"),
        N_(
            "write the address of a page, the e-mail address of a service or the phone number of "
            "a switchboard"
        ),
    ),
    "future-update": (
        N_("« {value} » still lies in the future: what changed then cannot have been seen yet"),
        N_("write the moment of the change, in UTC"),
    ),
    "too-complex": (
        N_("this text holds too many brackets, headings, cells or levels to be shown"),
        N_("shorten it, or part it by blank lines"),
    ),
    "seen-draft": (
        N_("this draft was published before: calendars now show the meeting as cancelled"),
        N_("delete « draft », or say « status: postponed » or « status: cancelled »"),
    ),
    "lost-identity": (
        N_("this file seems to be {old} under another name: subscribers see two meetings"),
        N_("add « id: {id} »: its page then keeps its address, and its entry in calendars"),
    ),
    "lost-stop": (
        N_("stop « {stop} » seems to be « {id} » under another id: subscribers see both"),
        N_("if it is the same, write « id: {id} » again: its entry in calendars goes on"),
    ),
    "lost-deadline": (
        N_("« {what} » seems to be the deadline « {id} » in other words: subscribers see both"),
        N_("if it is the same, add « id: {id} »: its entry in calendars goes on"),
    ),
    "lost-item": (
        N_("« {item} » seems to be the item « {id} » under another title: links to it are lost"),
        N_("if it is the same, add « id: {id} »: it keeps its address"),
    ),
    "stop-outside-trip": (
        N_("stop « {stop} » is on day {day}, and the trip lasts {days}"),
        N_("correct « day: », or the dates of the trip"),
    ),
    "duplicate-stop": (
        N_("two stops have the id « {id} »"),
        N_("give each stop its own « id: »"),
    ),
    "stop-order": (
        N_("stop « {stop} » begins before the one above it"),
        N_("put the stops in the order in which they are visited"),
    ),
    "item-outside": (
        N_("« {item} » ({when}) lies outside the meeting, which lasts from {start} to {end}"),
        N_("correct its hour or its day, or « end: » or « duration: » of the meeting"),
    ),
    "item-day": (
        N_("« {item} » is on day {day}, and the meeting lasts {days}"),
        N_("correct « day: », counted from 1, or the dates of the meeting"),
    ),
    "day-outside": (
        N_("« {item} »: {day} lies outside the dates, which go from {start} to {end}"),
        N_("correct « day: », or the dates"),
    ),
    "day-without-date": (
        N_("« {item} » is on {day}, and there is no date yet from which that day is counted"),
        N_("write the number of the day under « day: », from 1, or the date under « start: »"),
    ),
    "day-of-series": (
        N_("« {item} » is on {day}, and this programme is that of every date of a series"),
        N_(
            "write the number of the day, from 1, or delete « day: »; what happens on one date "
            "alone stands below it, under « dates: »"
        ),
    ),
    "item-order": (
        N_("« {item} » ({when}) begins before « {other} », which stands above it"),
        N_("correct its hour, say « day: » if it is on another day, or move it up"),
    ),
    "speaker-twice": (
        N_("{speaker} would be at « {item} » ({when}) while « {other} » is going on"),
        N_("correct an hour or a duration, or who speaks"),
    ),
    "track-twice": (
        N_("{track}: « {item} » ({when}) begins while « {other} » is going on"),
        N_("correct an hour or a duration, or « track: »"),
    ),
    "items-at-once": (
        N_("« {item} » ({when}) begins while « {other} » is going on"),
        N_("correct an hour or a duration; if both take place at once, say « track: » of each"),
    ),
    "duplicate-item": (
        N_("two items of the programme have the id « {id} »"),
        N_("give each its own « id: », or none"),
    ),
    "deadline-after-start": (
        N_("registration closes ({deadline}) after the event has begun"),
        N_("correct « deadline: »"),
    ),
    "duplicate-deadline": (
        N_("« {value} » stands twice among the deadlines"),
        N_(
            "delete one of them, or say what each is; the last day to register stands below "
            "« registration: » alone"
        ),
    ),
    "mode-contradiction": (
        N_("mode « {mode} » contradicts the rest: {reason}"),
        N_("correct « mode: », or delete the line: it is derived"),
    ),
    "not-yet": (
        N_("{field}: {date} is still to come"),
        N_("give the day on which it was done"),
    ),
    "audit-ends": (
        N_("the audit of accessibility is valid until {date}: from then on nothing is claimed"),
        N_("have the site audited again, and correct « audit: »"),
    ),
    "audit-over": (
        N_("the audit of accessibility was valid until {date}: the site is said not compliant"),
        N_("have the site audited again, and correct « audit: »"),
    ),
    "image-alt": (
        N_("the image has no description"),
        N_("add « alt: » with what it shows, or « decorative: true »"),
    ),
    "missing-file": (
        N_("{field}: no file « {value} »"),
        N_("paths are relative to the file that names them"),
    ),
    "outside-path": (
        N_("{field}: « {value} » leads outside the site's folder"),
        N_("put the file beside the text"),
    ),
    "foreign-file": (
        N_("{field}: « {value} » lies neither beside this text nor among the site's files"),
        N_("put the file beside the text"),
    ),
    "bad-file-type": (
        N_("{field}: « {value} » is not of a kind that can be published"),
        N_("allowed: {known}"),
    ),
    "bad-file-name": (
        N_("the name « {value} » holds what an address cannot carry, or what nobody sees"),
        N_("rename it"),
    ),
    "nameless-file": (
        N_("« {value} » cannot be published under its name: no letter of it fits an address"),
        N_("give the file a name in letters without accents, digits and hyphens"),
    ),
    "shared-address": (
        N_("« {value} » would be published at /{address}, which is the address of {other}"),
        N_("rename one of the two: capitals and accents make no difference in an address"),
    ),
    "page-suffix": (
        N_("only files that end with .md are pages, not « {suffix} »"),
        N_("rename it to « {value} »"),
    ),
    "leftover-file": (
        N_("« {value} » was left by a program: it is neither read nor published"),
        N_("delete it"),
    ),
    "secret-file": (
        N_("« {value} » has the name of a key or of a file of passwords: it is not published"),
        N_(
            "delete it, and replace what it protects, since the history keeps it; slides become "
            "a PDF"
        ),
    ),
    "unread-file": (
        N_("« {value} » is not read: meetings and posts are files in .md or .yml"),
        N_("write its text into « {example} », or name it in the source that it goes with"),
    ),
    "unnamed-file": (
        N_("« {value} » is named by no source of this folder, so it is not published"),
        N_("name it in the text or its front matter, or delete it"),
    ),
    "unread-data": (
        N_("« {value} » is not read: what meetings refer to are files in .yml"),
        N_("write « {better} », lines of « key: value » without a body"),
    ),
    "misplaced-file": (
        N_("what this file says is said of another sort ({kind}), and is not read here"),
        N_("move this file to {folder}/"),
    ),
    "unplaced-data": (
        N_("« {value} » is not read here"),
        N_("put it into one of {known}"),
    ),
    "dated-page": (
        N_("this has the date of a meeting, but lies in no folder of meetings: none is published"),
        N_("move it to one of {known}, or delete the date"),
    ),
    "stray-post": (
        N_("this page has the keys of news ({known}), and lies where no news is read"),
        N_("move it to {folder}/ if it is news, or delete these keys"),
    ),
    "index-name": (
        N_("« {value} » is not read as the index of its folder"),
        N_("rename it « index.md »"),
    ),
    "linked-folder": (
        N_("the folder « {value} » is a link: what it holds is not read"),
        N_("put the folder itself in its place"),
    ),
    "data-in-pages": (
        N_("« {value} » is neither a page nor a document: it is not published"),
        N_("put it into the folder of data or of a collection; a page is a file in .md"),
    ),
    "captions-srt": (
        N_("« {value} »: browsers show captions in WebVTT only, not in SubRip (.srt)"),
        N_(
            "save it in .vtt: « WEBVTT » on the first line, an empty one below, and a point "
            "instead of the comma in each time"
        ),
    ),
    "hidden-file": (
        N_("« {value} » is not published: its name begins with a dot"),
        N_(
            "if a server is to read it, ask for it in the configuration: « exclude_docs: "
            '"!{value}" »; else delete it'
        ),
    ),
    "active-file": (
        N_("« {value} » is not of a kind that is published: it could run in a reader's browser"),
        N_(
            "delete it; a script or style sheet of the site's own is named in the configuration, "
            "under extra_javascript, extra_css or extra_templates"
        ),
    ),
    "reserved-address": (
        N_("the address /{address} belongs to the theme or to Parcours"),
        N_("give the file another name or folder"),
    ),
    "active-svg": (
        N_("{what} is not allowed in a drawing: opened by itself, it could run or ask other hosts"),
        N_("remove it, or export the drawing again as plain SVG or as PNG"),
    ),
    "broken-svg": (
        N_("this is not a drawing that browsers can show: {reason}"),
        N_("export it again as plain SVG"),
    ),
    "dead-link": (
        N_("the link « {value} » leads nowhere"),
        N_("write the path of a file of the site, relative to this one"),
    ),
    "unsafe-html": (
        N_("{what} is not allowed in a page"),
        N_("remove it: pages hold text, not scripts"),
    ),
    "left-out": (
        N_("{what} is left out of this text"),
        N_("write it in Markdown; a recording is named under « replay: »"),
    ),
    "foreign-media": (
        N_("« {value} » lies on another host, which is not asked for it: it is left out"),
        N_(
            "put the file into the site; what is no event and no post may also name the host of "
            "film or sound under « frames: », or show pictures from one that « policy: » allows"
        ),
    ),
    "foreign-script": (
        N_("the theme would fetch « {what} » from another host: it is shown as text"),
        N_("put that script into the site, and name it under extra_javascript"),
    ),
    "unclosed-html": (
        N_("a browser reads on past the end of this text: a tag or comment is not closed"),
        N_("close it: a comment ends with -->, a tag with >, and a quote where it began"),
    ),
    "unsafe-link": (
        N_("a link « {value} » is not allowed"),
        N_("links begin with https://, http://, mailto: or tel:, or are paths"),
    ),
    "placeless-territory": (
        N_("{territory} does not keep the time of {timezone}, and no place or time zone is given"),
        N_("add « place: » or « timezone: {zone} »"),
    ),
    "place-zone": (
        N_("« {place} » has no territory and no time zone, and not all keep one time ({others})"),
        N_("add « territory: », or « timezone: {timezone} » if that is meant"),
    ),
    "two-zones": (
        N_("« {place} » does not keep the time of {timezone}, in which the hours are read"),
        N_("add « timezone: » to the meeting, with the zone of its hours"),
    ),
    "map-code": (
        N_("no territory has the code « {value} »"),
        N_("correct « code: » here or in the territory; land that is none has no code"),
    ),
    "config": (
        N_("{field}: {reason}"),
        N_("correct it in the configuration"),
    ),
    "bad-origin": (
        N_("{field}: « {value} » is no origin that pages could be allowed to ask"),
        N_(
            "write one host in full, as in https://stats.example: no path, no asterisk, and never "
            "'unsafe-inline'"
        ),
    ),
    "foreign-asset": (
        N_("{what} asks {host}, which the policy of every page keeps browsers from"),
        N_(
            "take it out, or put it into the site; or allow the host under the parcours plugin: "
            "« policy: {{allow: {{{directive}: [{origin}]}}}} »"
        ),
    ),
    "inline-script": (
        N_(
            "an inline script that is not the theme's, which the policy of every page forbids: "
            "{value}"
        ),
        N_(
            "put it into a file of the site that extra_javascript names, remove it, or allow this "
            "one under the parcours plugin: « policy: {{allow: {{script: [{hash}]}}}} »"
        ),
    ),
    "inline-style": (
        N_("an inline style sheet, which the policy of every page keeps from being applied"),
        N_("put it into a file of the site that extra_css names"),
    ),
    "macro-in-body": (
        N_("« {value} » is shown as it is written: the texts of meetings are no templates"),
        N_("write out what it stands for; macros are read in the other pages"),
    ),
    "no-catalogue": (
        N_(
            "Parcours has no words in « {value} »: its own are English, marked so in pages; "
            "it has {known}"
        ),
        N_(
            "name the menu and the collections in the language of the site; CONTRIBUTING.md says "
            "how a language is added to locale/"
        ),
    ),
    "config-missing": (
        N_("there is no configuration file"),
        N_("give its path with -f mkdocs.yml"),
    ),
    "unseen-files": (
        N_("more than {limit} files lie outside the folders of sources: no others are looked at"),
        N_(
            "a meeting astray among them would not be told: put what is no content into a folder "
            "whose name begins with « _ » or « . »"
        ),
    ),
    "unknown-folder": (
        N_("the folder « {value} » is of no kind that is read here"),
        N_("known folders: {known}"),
    ),
    "missing-folder": (
        N_("the folder « {value} » of collection « {collection} » does not exist"),
        N_("create it, or correct « folder: » in the configuration"),
    ),
    "no-uid-domain": (
        N_("« uid_domain » is not set; calendars will use « {value} »"),
        N_("fix it for ever with « uid_domain: {value} » under the parcours plugin"),
    ),
    "site-url": (
        N_("« site_url » is missing or is not a whole address"),
        N_("write « site_url: https://… »: feeds need whole addresses"),
    ),
    "placeholder-address": (
        N_("« {value} » is an address of examples: nobody can open what is published under it"),
        N_("write the site's own « site_url: », or set the variable SITE_URL of the repository"),
    ),
    "git-refused": (
        N_("git cannot read the history: {reason}"),
        N_("install git, or mend the repository: git fsck tells what is wrong with it"),
    ),
    "git-incomplete": (
        N_("this clone lacks contents of its own history ({reason}): past meetings hang on them"),
        N_("clone it again as a whole, without --filter, or mend it by git fsck"),
    ),
    "clock-ahead": (
        N_("commits dated in the future count for nothing until then: {commits}"),
        N_("set the clock, and commit again what was not published yet"),
    ),
    "clock-back": (
        N_("the dates of commits go back, so that feeds tell later ones: {commits}"),
        N_("set the clock; once dates are right, write « feeds: {{revised: …}} » in the options"),
    ),
    "clock-old": (
        N_("commits are dated before their changes were made: {commits}"),
        N_("if feeds had told later dates, write « feeds: {{revised: …}} » in the options"),
    ),
    "history-rewritten": (
        N_("the history no longer leads through {commit}, which was published before"),
        N_("if feeds had told later dates, write « feeds: {{revised: {moment}}} » in the options"),
    ),
    "withdrawn-published": (
        N_("« {id} » is withdrawn, but {file} is there and tells of it"),
        N_("delete {file}; until then it is published, or could be again"),
    ),
    "withdrawn-renamed": (
        N_("« {id} » is withdrawn, but lives on as « {now} » ({file})"),
        N_("delete {file} if it is still there, and withdraw « {now} » too"),
    ),
    "withdrawn-alias": (
        N_("« {id} » is withdrawn, but {file} keeps its address /{address}/"),
        N_("delete that address from « aliases: » in {file}"),
    ),
    "withdrawn-unknown": (
        N_("« {id} » is withdrawn, but no meeting ever had this identity"),
        N_("write COLLECTION/ID, as in the UID of its calendar entry: ID.COLLECTION@…"),
    ),
    "captions-header": (
        N_("the captions do not begin with « WEBVTT », so no browser shows them"),
        N_("write WEBVTT alone on the first line, and leave the next one empty"),
    ),
    "captions-time": (
        N_("« {value} » is not the time of a caption"),
        N_("write 00:01:05.000 --> 00:01:09.500, with a point before the milliseconds"),
    ),
    "captions-order": (
        N_("the caption « {value} » ends before it begins"),
        N_("put the earlier time first"),
    ),
    "captions-stray": (
        N_("« {value} » belongs to no caption: browsers pass over it"),
        N_("delete the empty line above it, or give it its times; a remark begins with NOTE"),
    ),
    "captions-backwards": (
        N_("the caption « {value} » begins before one above it"),
        N_("put the captions in the order in which they are shown"),
    ),
    "captions-silent": (
        N_("the caption « {value} » has no text, so nothing is shown in its time"),
        N_("write its text on the next line, or delete its times"),
    ),
    "captions-empty": (
        N_("the file holds no caption"),
        N_("export it again from the program that made it, as WebVTT"),
    ),
    "git-shallow": (
        N_("the history of this clone is cut short, so the feeds' dates would be wrong"),
        N_("fetch it all: git fetch --unshallow (in GitHub Actions, fetch-depth: 0)"),
    ),
    "git-untracked": (
        N_("the history does not hold all sources; feeds date these by its last commit: {files}"),
        N_("commit them to this repository, not to one within it, before the site is published"),
    ),
    "git-missing": (
        N_("no git history here: changes are dated by « updated: » alone"),
        N_("build from a clone of the repository to date them by its commits"),
    ),
}
"""Every message, by code. A code is stable: people search for it."""

SUGGESTION = N_("did you mean « {suggestion} »?")
"""The mend where a word is only like one that is known."""


OF_FILES = frozenset(
    {"more-alike", "unreadable-file", "too-large-file", "broken-picture", "heavy-picture"}
    | {
        "too-many-pixels",
        "stilled-picture",
        "placed-film",
        "collection-gone",
        "domain-changed",
        "duplicate-id",
    }
    | {"duplicate-address", "session-without-course", "session-number", "seen-draft"}
    | {
        "lost-identity",
        "lost-feeds",
        "feed-full",
        "recordings-full",
        "bad-file-name",
        "nameless-file",
    }
    | {"feed-gone", "feed-lacks", "feed-otherwise", "feed-strange", "page-gone"}
    | {"shared-address", "page-suffix", "leftover-file", "secret-file", "unread-file"}
    | {"unnamed-file", "unread-data", "unplaced-data", "linked-folder", "data-in-pages"}
    | {"index-name", "hidden-file"}
    | {"active-file", "reserved-address", "config-missing", "unknown-folder", "missing-folder"}
    | {"unseen-files"}
    | {"no-uid-domain", "site-url", "git-refused", "git-incomplete", "clock-ahead", "clock-back"}
    | {"clock-old", "history-rewritten", "withdrawn-renamed", "captions-empty", "captions-srt"}
    | {"git-shallow", "git-untracked", "git-missing", "outside-path", "form-name"}
    | {"misplaced-file"}
)
"""Problems of a whole file, of a folder or of the history, where they stand on the first line."""

OURS = frozenset(
    {"example", "expected", "forms", "kind", "meaning", "mode", "reason", "said", "weekday", "what"}
)
"""Parameters that hold a message of the catalogues: every other word of a problem is somebody's."""


@dataclass(frozen=True, slots=True)
class Glossed:
    """Values that one may choose among, each with what it means: a message of the catalogues."""

    meanings: tuple[tuple[str, str], ...]

    def text(self, tr: Translator) -> str:
        """« cancelled (annulée), postponed (reportée) »."""
        return ", ".join(
            f"{value} ({tr.gettext(meaning)})" if tr.gettext(meaning) != value else value
            for value, meaning in self.meanings
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a message: one of the catalogues of its own, and what its braces stand for."""

    message: str
    params: Mapping[str, str] = field(default_factory=dict)

    def text(self, tr: Translator) -> str:
        """The phrase in the translator's language."""
        params = {name: _said(name, value, tr) for name, value in self.params.items()}
        return tr.format(self.message, **params)


@dataclass(frozen=True, slots=True)
class Edit:
    """What mends a source for certain: one text of a line in place of another.

    Attributes:
        line: from 1.
        column: from 1.
        old: what stands there, within that line.
        new: what is to stand there.
    """

    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mend:
    """What to write in one very case: it is printed instead of the general hint.

    Attributes:
        text: a message of the catalogues.
        params: what its braces stand for, beside those of the problem.
        edits: what does it, where that is certain.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in a source, to be read by a person.

    Attributes:
        code: a key of `MESSAGES`.
        mark: where.
        params: what the message's braces stand for.
        suggestion: the known word that is most like the one that was written.
        mend: what to write in this very case, where more is known than the word it is like.
    """

    code: str
    mark: Mark
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"
    suggestion: str | None = None
    mend: Mend | None = None

    def parts(self, tr: Translator) -> tuple[str, str]:
        """The message and its hint, in the translator's language, each on one line."""
        message, hint = MESSAGES[self.code]
        given = {**self.params, **(self.mend.params if self.mend else {})}
        params = {name: _said(name, value, tr) for name, value in given.items()}
        if self.suggestion is not None:
            params["suggestion"] = self.suggestion
            hint = SUGGESTION
        hint = self.mend.text if self.mend else hint
        said = (tr.format(text, **params) for text in (message, hint))
        return printable(next(said)), printable(next(said))

    def sentence(self, tr: Translator) -> str:
        """Both in one."""
        message, hint = self.parts(tr)
        return tr.format(N_("{message}; {hint}"), message=message, hint=hint)

    def line(self, tr: Translator) -> str:
        """``file:line:column: error[code]: message; hint``, on one line."""
        where = f"{self.mark.file}:{self.mark.line}:{self.mark.column}"
        # The severity is not translated: editors and scripts recognise the line by it.
        return f"{printable(where)}: {self.severity}[{self.code}]: {self.sentence(tr)}"

    def annotation(self, tr: Translator, explained: str = "") -> str:
        """The same as a GitHub Actions workflow command, which marks the line of a pull request.

        Args:
            explained: the whole address of the page that explains its code; "" for none.
        """
        file = _escape_property(self.mark.file.encode("utf-8", "replace").decode())
        text = self.sentence(tr).replace("%", "%25")
        text += f"%0A{explained}" if explained else ""
        return (
            f"::{self.severity} file={file},line={self.mark.line},col={self.mark.column},"
            f"title={self.code}::{text}"
        )


def _said(name: str, value: object, tr: Translator) -> object:
    """A parameter as a message says it."""
    if isinstance(value, (Glossed, Phrase)):
        return value.text(tr)
    return tr.gettext(value) if isinstance(value, str) and name in OURS else value


def printable(text: str) -> str:
    """A text on one line, without what would steer a terminal."""
    return "".join(
        c if c.isprintable() or c in "\u00a0\u202f" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def _escape_property(text: str) -> str:
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(char, code)
    return text


MOST_ALIKE = 100
"""Problems of one code in one file that are told one by one: nobody reads more of them."""

LONGEST = 300
"""Characters of what somebody wrote that a message repeats."""


def _shortened(name: str, value: object) -> object:
    """A parameter as a message repeats it; the list of what is known stays whole."""
    if isinstance(value, (Glossed, Phrase)) or name == "known":
        return value
    text = str(value)
    if len(text) <= LONGEST:
        return value
    return f"{text[: LONGEST * 2 // 3]}…{text[-LONGEST // 4 :]}"


class Problems:
    """A list that collects problems, each place and code once.

    Attributes:
        added: how often one was added, those that were there already too.
    """

    def __init__(self) -> None:
        self.added = 0
        self._found: dict[tuple[Mark, str, str], Problem] = {}
        self._alike: Counter[tuple[str, str]] = Counter()

    def add(
        self,
        code: str,
        mark: Mark,
        *,
        severity: Severity = "error",
        suggestion: str | None = None,
        mend: Mend | None = None,
        **params: object,
    ) -> None:
        """Record a problem; *params* fill the braces of its message."""
        self.added += 1
        if self._is_told_enough(mark.file, code):
            params = {"alike": code, "limit": MOST_ALIKE}
            code, mark, suggestion, mend = "more-alike", Mark(mark.file), None, None
        short = {name: _shortened(name, value) for name, value in params.items()}
        if mend is not None:
            shown = {name: _shortened(name, value) for name, value in mend.params.items()}
            mend = replace(mend, params=shown)
        self._keep(
            Problem(
                code=code,
                mark=mark,
                params=short,
                severity=severity,
                suggestion=suggestion,
                mend=mend,
            )
        )

    def extend(self, problems: Iterable[Problem]) -> None:
        """Record problems that were found apart."""
        for one in problems:
            self.add(
                one.code,
                one.mark,
                severity=one.severity,
                suggestion=one.suggestion,
                mend=one.mend,
                **one.params,
            )

    def _is_told_enough(self, file: str, code: str) -> bool:
        return code != "more-alike" and self._alike[file, code] >= MOST_ALIKE

    def _keep(self, problem: Problem) -> None:
        key = (problem.mark, problem.code, repr(sorted(problem.params.items())))
        if self._found.setdefault(key, problem) is problem:
            self._alike[problem.mark.file, problem.code] += 1

    def sorted(self) -> tuple[Problem, ...]:
        """All problems, by file, line and column."""
        return tuple(sorted(self._found.values(), key=lambda p: (p.mark, p.code, repr(p.params))))

    @property
    def errors(self) -> int:
        return sum(p.severity == "error" for p in self._found.values())


class SourceErrors(Exception):
    """The sources hold errors: nothing can be built from them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def closest(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """The known word most like *word*, or None when none is close.

    Args:
        least: how like it is, from 0 to 1.
    """
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=least)
    return found[0] if found else None
