"""What is wrong in a record, as a kind colleague says it: what was understood, what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..model.blanks import UNFILLED_FAULT
from ..model.fields import is_none
from ..model.forms import (
    BY_STOP,
    DATES,
    DAY,
    DAYS,
    END,
    LINES,
    MOMENT,
    OF_NUMBERS,
    ONE_LINE,
    REPEAT,
)
from ..model.names import ID, slug
from ..model.persons import names_nobody, names_person
from ..model.repeat_words import parse_repeat
from ..model.repeats import language_of
from ..model.schema import (
    REFERENCES,
    SERIES_KEYS,
    DateRecord,
    DefaultsRecord,
    ItemRecord,
    LinkRecord,
    NameRecord,
    WebinarRecord,
)
from ..model.shape import (
    Meant,
    Names,
    choices_of,
    field_at,
    fields,
    forms_of,
    holds_list,
    meant_keys,
    model_in,
    part,
)
from ..model.subjects import subjects
from ..model.synonyms import FLAG, FORMAT, MODE, MOVED, STATUS, TRAVEL, Choices, targets
from ..model.values import (
    DAY_FIRST,
    End,
    Moment,
    ValueRefused,
    parse_duration,
    parse_end,
    parse_moment,
    parse_time,
    tidy,
)
from ..problems import (
    MOST_ALIKE,
    N_,
    SUGGESTION,
    Edit,
    Glossed,
    Mark,
    Mend,
    Phrase,
    Problems,
    closest,
)
from .around import Around
from .dates_apart import in_its_shape, span_in, until_the_next
from .joining import joined
from .lines import known_words
from .misplaced import IN_TEXT, REACHED, of_its_folder, where_it_belongs
from .moments import NoSuchDay, understand
from .named import APART, AS_VALUE, flow_name, how_to_name, may_be_person, named_of, persons
from .nearness import near_words, one_letter_off, spelt_otherwise
from .slips import flow, quoted
from .spoken import DELETE, DOWNLOAD, Place, better_value, file_of
from .yaml import Document, Path, name_of

_WITH_KEY = frozenset({"better", "named"})
"""What a mend writes as a value, which is shown with its key where one line has both."""

WRITE_KEY = N_("write « {better}: »")
WRITE = N_("write « {better} »")
WRITE_ONE = N_("write « {better} » ({meaning})")
EITHER = N_("write « {better}: », or put it under « {parent}: » with two spaces before it")
OWN_ID = N_("add a line « {better} »: a short name of its own, which stays for ever")
BLOCK = N_(
    "write « {better} », and below it, each on a line that begins with two spaces: « {other} »"
)
REPLACE = N_("put « {better} » in place of line {line}, and delete this one")
AND_DELETE = N_("write « {better} », and delete line {line}")
REPLACE_ONE = N_("put « {better} » ({meaning}) in place of line {line}, and delete this one")
OF_PERSON = N_(
    "« {key}: » is said in a file of his or her own, {where}/{id}.yml, with what he or she agreed "
    "to (« consent: »); here, write « {better} »"
)
SAID_THERE = N_("delete this line: « {key}: » is said in {file}")
OF_FILE = N_(
    "« {key}: » is said in a file of its own, {where}/{id}.yml; here, write « {better} », or say "
    "no more than « {shown} »"
)
NEW_PERSONS = N_(
    "write « {better} », and declare these persons, each with what he or she agreed to (« consent: "
    "»): {files}"
)
NAME_PERSONS = N_(
    "write « {shown} »; or « {better} », and declare these persons, for pages of their own: {files}"
)
LIKELY = N_("maybe one of these is meant: {known}; « parcours explain {subject} » tells all")
LIKELY_ALONE = N_("maybe one of these is meant: {known}")
ITEM = N_("a list stands here, whose items begin with a hyphen: write « {better} »")
ITEMS = N_("write a list: « - {first}: … », and below, two spaces further in, « {second}: … »")
INDENT = N_("it belongs under « {parent}: »: put two spaces before « {better}: »")
INDENT_ITEM = N_("it belongs under « {parent}: »: put it as far in as the keys of an item there")
UNDER = N_("write it under « {parent}: », on a line of its own that begins with two spaces")
UNDER_AS = N_("under « {parent}: », write « {better} » on a line that begins with two spaces")
UNDER_INSTEAD = N_(
    "delete this line, and under « {parent}: », write « {better} » on a line that begins with two "
    "spaces"
)
INSTEAD_OF_IT = N_("delete this line, and write « {better} »")
BELOW = N_("write « {better} », and on the line below, after two spaces, « {other} »")
BESIDE = N_("the collection says it itself: write « {key}: » beside « defaults: », not below it")
OF_EACH = N_("each meeting says that by itself, in its own file: delete it here")
WITH_THE_OTHERS = N_(
    "it belongs to the whole, not to « {parent}: »: put it with what stands under « {key}: » "
    "there, and delete it here"
)
HIGHER = N_("it belongs to the whole, not to « {parent}: »: take away the spaces before it")
HIGHER_AS = N_("write « {better}: » at the very beginning of a line, outside « {parent}: »")
JOIN_TEXTS = N_("all of that goes on one line: write « {better} »")
WRITE_EXAMPLE = N_("write « {key}: {example} »")
ADD = N_("add a line such as « {key}: {example} »")
TAKES = N_("what is taken here: {forms}, such as {example}")
UNTIL = N_(
    "say from when until when instead: « start: 9:30 », and on the line below « end: 11:00 »"
)
TWICE = N_("that is « {better}: », which stands on line {first} already: keep one of the two")
OF_ALL = N_("take it away here: line {first} says it, of the whole and not of « {parent}: »")
JOIN = N_("the hour goes with its day, on one line: write « {better} »")
REPLAY_LATER = N_(
    "delete this line: the page announces the replay by itself; once it is there, write "
    "« replay: {{video: https://…}} »"
)
SPACE_KEY = N_("put a space after the colon: « {better} »")
SPACE_DASH = N_("put a space after the hyphen: « {better} »")
FORMS = N_("« {example} », for example: {said}")
NOTES = N_("write « {better} » ({meaning}), and the rest under « notes: », on a line of its own")
REMARK = N_("write « {better} » ({meaning}), and say the rest in the text")
NEW_DATE = N_(
    "is the new date known? then write « {better} », and delete this line: calendars are told"
)
MOVED_TO = N_(
    "take this away: what is moved says its new date, « {better} »; « status: postponed » is for "
    "one whose date is not known yet"
)
GROUP = N_("write « {better} »: several things can be said here, each with its key")

DAY_IS_KNOWN = N_(
    "the day of this date is {day}: is it put off, and nobody knows to when? write « status: "
    "postponed »; is it held on another day? write that one under « start: »"
)

OF_THE_TRIP = N_(
    "the whole trip has one: move these items to its « programme: », each with « {better} »"
)

DAYS_OF_RULE = N_(
    "the rule gives these dates their days: is it another one from then on? write « repeat: » "
    "here; are they not known yet? write « until: » in « repeat: », and this later"
)

NO_REGISTRATION = N_(
    "does nobody have to register? write « {better} »; can one no longer register? write "
    "« {closed} »"
)

ALSO = N_("write « {better} » here, and the others on a line of their own: « {other} »")
ONE_ALONE = N_("only one can be said here, such as « {better} »")
QUOTE = N_("a colon inside a text needs quotes around it: « {better} »")

FILL = N_("fill it in: it cannot be left out")
FILL_AS = N_("fill it in, as in « {better} »: it cannot be left out")
ALT = N_("say in a few words what the picture shows, or write « decorative: true » instead")
OVER = N_("delete this line: a meeting is over by itself, once its day has passed")
EITHER_WAY = N_("delete this line: either way goes without saying")
NO_COLON = N_("take away the colon at its end: « {better} »")
NO_ITEM = N_("put a space in place of the hyphen: « {better} »")
ANOTHER = N_("its hyphen begins another item, and « {key}: » belongs to the one above")
NO_HYPHENS = N_("take the hyphens away, these are no items of a list: « {better} »")
EACH = N_("put each on a line of its own: « {better} »")
COMMAS = N_("put a comma between them: « {better} »")

Known = Callable[[str, str], str | None]
"""What finds the id that is meant, in a folder of data, by an id or a name; None for none."""

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}"
_TIME = rf"(?P<at>{_CLOCK})"
_UNTIL = rf"(?:\s?[-–—]\s?(?P<end>{_CLOCK}))?"
_CHAPTER = re.compile(rf"\W?{_TIME}{_UNTIL}\W{{1,4}}(?P<title>\w.*)")
_ITS_HOUR = r"\d{1,2} ?h(?: ?\d{2})?"
_AT_HOUR = re.compile(
    rf"(?P<at>{_ITS_HOUR})(?:\s?[-–—]\s?(?P<end>{_ITS_HOUR}))?\b\W{{1,4}}(?P<title>\w.*)"
)
_CHAPTER_LAST = re.compile(rf"(?P<title>\S.*?)\W{{1,4}}{_TIME}{_UNTIL}\W?")
_BETWEEN = re.compile(r"(?<!\s)(?:\s*+[;/+&,|]|\s++(?:et|and|ou|or|[-–])(?=\s))\s*+")
_NO = frozenset({"non", "no", "false", "faux", "off", "n", "0"})
_YES = frozenset({"oui", "yes", "true", "vrai", "on", "o", "y", "x", "1", "ok"})
_KEY_SPACE = re.compile(r"([\w-]{1,40}):([^\s/].*)", re.DOTALL)
_ADDRESS = re.compile(r"https?://\S+")

_OVER = frozenset(
    {"termine", "terminee", "passe", "passee", "fini", "finie", "realise", "realisee", "fait"}
    | {"faite", "over", "done", "past", "finished", "held"}
)
_REASONS = frozenset({("exception",), ("description",)})
"""Keys by which people say why a meeting is not held, which its text says."""

_IN_A_SENTENCE = {
    "fr": {"until": "jusqu’au {}", "count": "{} fois", "at": "à {}", "on": "le {}"},
    "en": {"until": "until {}", "count": "{} times", "at": "at {}", "on": "on {}"},
}
"""Keys of what says how often, as a sentence says them in each language."""

_A_DATE = "2026-12-03 12:30"

_CODE = 2
"""Letters of the code of a language."""

A_KEY = "[key]"
"""What stands last in the place of a key that is wrong, as the schema tells it."""


class Mistakes:
    """Tells the faults of one document."""

    def __init__(
        self, kind: type[BaseModel], document: Document, problems: Problems, around: Around
    ) -> None:
        self._kind = kind
        self._document = document
        self._problems = problems
        self._around = around
        self._known = around.meant
        self._keys = 0
        self._told_lists: set[Path] = set()
        self._told_moments: set[Path] = set()
        self._in_blocks: set[Path] = set()

    def parted(self, faults: Sequence[ErrorDetails]) -> list[ErrorDetails]:
        """The faults, but for those of items of lists that one hyphen too many has parted.

        These are told: half of what an item needs stands in the one, and half in the next.
        """
        missing: dict[Path, dict[int, set[str]]] = {}
        for fault in faults:
            path: Path = tuple(fault["loc"])
            if fault["type"] == "missing" and len(path) > 1 and isinstance(path[-2], int):
                items = missing.setdefault(path[:-2], {})
                items.setdefault(path[-2], set()).add(str(path[-1]))
        joined: set[Path] = set()
        for path, lacks in missing.items():
            said = self._document.said(path)
            if isinstance(said, list):
                joined |= self._tell_parted(path, said, lacks)
        return [one for one in faults if tuple(one["loc"])[:-1] not in joined]

    def _tell_parted(
        self, path: Path, items: Sequence[object], lacks: Mapping[int, set[str]]
    ) -> set[Path]:
        told: set[Path] = set()
        above: set[str] = set()
        needed: set[str] = set()
        within = part(self._kind, _names(path))
        if within is not None and all(_as_pair(within, one) for one in items):
            return set()  # each is told by itself
        known = within.model_fields.items() if within else ()
        required = {name for name, one in known if one.is_required()}
        known_names = {name for name, _ in known}
        for number, item in enumerate(items):
            keys = self._meant_of(path, item)
            lacking = lacks.get(number, set()) - keys
            is_half = bool(keys & needed) or lacking == required
            is_apart = number and lacking and keys and is_half and not keys & above
            # A key that is none of the part's begins what is told by itself, and no half.
            if is_apart and keys <= known_names and self._has_hyphen((*path, number), item):
                told |= {(*path, number - 1), (*path, number)}
                self._tell_hyphen((*path, number, next(iter(item))))  # type: ignore[call-overload] # it has keys
                above, needed = above | keys, needed - keys
            else:
                above, needed = keys, set(lacking)
        return told

    def _meant_of(self, path: Path, item: object) -> set[str]:
        """The keys that an item of a list says, as the schema calls them: « titre » is a title."""
        found = set()
        for key in item if isinstance(item, dict) else ():
            said = meant_keys(str(key), self._kind, _names(path), self._around.language)
            field = next((one.path[-1] for one in said if one.path[:-1] == _names(path)), None)
            found.add(field or str(key))
        return found

    def _has_hyphen(self, path: Path, item: object) -> bool:
        """Whether an item begins with its first key, and not with a brace."""
        document = self._document
        keys = (
            [document.key_mark((*path, str(key))) for key in item] if isinstance(item, dict) else []
        )
        return document.mark(path) in keys

    def _tell_hyphen(self, path: Path) -> None:
        mark = self._document.key_mark(path)
        value = self._document.said(path)
        better = f"{path[-1]}: {value if isinstance(value, str) else ''}".strip()
        edits = (Edit(mark.line, mark.column - 2, "- ", "  "),)
        mend = Mend(NO_ITEM, {"better": better}, edits)
        reason = Phrase(ANOTHER, {"key": str(path[-1])})
        self._document.broken.add(path[:-2])
        self._problems.add("yaml-syntax", mark, mend=mend, reason=reason)

    def tell(self, fault: ErrorDetails) -> None:
        """Tell what the schema refused, and what to write."""
        path: Path = tuple(fault["loc"])
        if self._tell_moment(path) or self._tell_no_name(path):
            return
        sort, value = fault["type"], fault["input"]
        context: dict[str, Any] = fault.get("ctx", {})
        is_choice = sort == "literal_error" or context.get("code") == "bad-choice"
        if sort == "extra_forbidden":
            self._tell_key(path)
        elif sort == UNFILLED_FAULT:
            self._tell_unfilled(path)
        elif sort == "missing":
            self._tell_missing(path)
        elif is_choice:
            self._tell_choice(path, value, _known(fault))
        elif value is None or (isinstance(value, str) and not tidy(value)):
            # Two quotes with nothing between them say as much as no value at all.
            self._tell_value("empty", path, {})
        elif sort == "parcours":
            self._tell_value(context["code"], path, context["params"])
        else:
            self._tell_type(sort, path, value)

    def _tell_moment(self, path: Path) -> bool:
        """Tell a moment of which each part has a key: « date: » and « heure: »; whether it is."""
        for length in range(1, len(path) + 1):
            above = path[:length]
            said = self._document.said(above)
            if not isinstance(said, dict) or not _is_moment(self._kind, _names(above)):
                continue
            if above in self._told_moments:
                return True
            whole = " ".join(one for one in said.values() if isinstance(one, str))
            mark = self._document.mark(above)
            mend = self._mend_value("bad-moment", above, {"value": whole}, mark)
            if mend is None:
                return False
            self._told_moments.add(above)
            self._document.broken.add(above)
            mend = replace(mend, text=JOIN_TEXTS if mend.text == WRITE else mend.text, edits=())
            expected, example = _EXPECTED["date_type"]
            params = {"field": _name(above), "expected": expected, "example": example}
            self._problems.add("bad-type", mark, mend=mend, **params)  # type: ignore[arg-type] # names of braces
            return True
        return False

    def _tell_no_name(self, path: Path) -> bool:
        """Tell an id that was read as the key of a name without a file: « - afpa: », « - nom: »
        of what has one; whether it is."""
        above = path[:-1]
        within, said = part(self._kind, _names(above)), self._document.said(above)
        if within is None or not issubclass(within, NameRecord) or not isinstance(said, dict):
            return False
        (key, text), *more = said.items() if said else [("", "")]
        folder = REFERENCES[_names(above)[-1]]
        is_id = isinstance(text, str) and self._known and self._known(folder, text)
        if more or key in within.model_fields or not (text is None or is_id):
            return False
        if above not in self._told_lists:
            self._told_lists.add(above)
            self._document.broken.add(above)
            self._tell_type("string_type", above, said)
        return True

    # Keys

    def _tell_key(self, path: Path) -> None:
        if path in self._in_blocks:
            return  # told with the part that it is a line of
        key, mark = str(path[-1]), self._document.key_mark(path)
        holder = part(self._kind, _names(path[:-1]))
        known = list(holder.model_fields) if holder else []
        if holder is not None and self._tell_alone(path, key, mark, holder):
            return
        value = self._document.said(path)
        pair = f"{key} {value}" if value is not None else key
        is_word = bool(meant_keys(key, self._kind, _names(path[:-1]), self._around.language))
        chapter = _as_chapter(holder, pair) if path[:-1] and not is_word else None
        if chapter is not None:
            self._document.broken.update((*path[:-1], one) for one in known)
            said = f"{key}: {self._document.said(path)}"
            write = Mend(WRITE, {"better": f"- {chapter}"}, _in_item(mark, said, chapter))
            self._problems.add("unknown-key", mark, mend=write, key=key, known=", ".join(known))
            return
        labelled = self._labelled(path, known) if not (known and key in known) else None
        if labelled is not None:
            self._document.broken.update((*path[:-1], one) for one in known)
            write = Mend(WRITE, {"better": labelled})
            self._problems.add("unknown-key", mark, mend=write, key=key, known=", ".join(known))
            return
        self._keys += 1
        is_told = self._keys <= MOST_ALIKE
        mend = self._mend_key(path, key, mark, known) if is_told else None
        suggestion = None if mend or not is_told else closest(key, known)
        if suggestion:
            self._document.broken.add((*path[:-1], suggestion))
        self._problems.add(
            "unknown-key", mark, suggestion=suggestion, mend=mend, key=key, known=", ".join(known)
        )

    def _labelled(self, path: Path, known: Sequence[str]) -> str | None:
        """The item that a line means whose key is what people call it: « Billets: https://… » of
        links, « Appel: 2027-03-01 » of deadlines; None for another."""
        item, level = self._document.said(path[:-1]), _names(path[:-1])
        if not isinstance(item, dict) or not item.keys().isdisjoint(known):
            return None
        if _is_until(str(path[-1]), level):
            return None
        words = (meant_keys(str(one), self._kind, level, self._around.language) for one in item)
        if all(words):
            return None  # each is the word for a key
        for name, of, fits in (("label", "url", _is_link), ("what", "until", self._is_moment)):
            if {name, of} <= set(known) and all(map(fits, item.values())):
                key, value = str(path[-1]), str(item[path[-1]])
                return f"- {{{name}: {_in_braces(key)}, {of}: {_in_braces(value)}}}"
        return None

    def _is_moment(self, value: object) -> bool:
        try:
            return bool(parse_moment(str(value), style=self._around.style))
        except ValueRefused:
            return False

    def _is_of_each(self, key: str) -> bool:
        """Whether a key of the defaults of a collection is one that each meeting says itself."""
        shared = DefaultsRecord.model_fields
        meant = meant_keys(key, WebinarRecord, (), self._around.language)
        found = [key] if key in WebinarRecord.model_fields else [one.path[0] for one in meant]
        return bool(found) and shared.keys().isdisjoint(found)

    def _tell_alone(self, path: Path, key: str, mark: Mark, within: type[BaseModel]) -> bool:
        """Tell a part that is one text with a colon behind it; whether it is one."""
        item, said = self._document.said(path[:-1]), self._document.said(path)
        if said is not None or not isinstance(item, dict) or len(item) > 1 or len(path) < 2:
            return False
        known, level = within.model_fields, _names(path[:-1])
        if closest(key, known) or meant_keys(key, self._kind, level, self._around.language):
            return False  # it is a key that is not filled in yet
        self._document.broken.update((*path[:-1], one) for one in known)
        is_item = isinstance(path[-2], int)
        if is_item:
            mend = _as_item(within, key, mark)
        else:
            mend = _as_group(within, level[-1], key, mark, self._id)
        mend = replace(mend, edits=())
        self._problems.add("unknown-key", mark, mend=mend, key=key, known=", ".join(known))
        return True

    def _mend_key(self, path: Path, key: str, mark: Mark, known: list[str]) -> Mend | None:
        """How to write what an unknown key is meant for."""
        level, within = _names(path[:-1]), path[:-1]
        if key in ("when", "undated") and len(path) == 3 and path[0] == "dates":
            return Mend(DAY_IS_KNOWN, {"day": path[1]})
        if key in ("when", "undated") and len(path) == 3 and path[0] == "later":
            return Mend(DAYS_OF_RULE, {})
        if key in SERIES_KEYS and len(path) == 3 and path[0] == "later":
            is_there = self._document.said((key,)) is not None
            return Mend(WITH_THE_OTHERS if is_there else HIGHER, {"parent": path[0], "key": key})
        said = self._document.said(path)
        if (ends := until_the_next(path, said, self._around.style)) is not None:
            return ends
        if part(self._kind, level) is ItemRecord and (of_item := _of_an_item(key, said)):
            return of_item
        if part(self._kind, level) is DefaultsRecord:
            above = part(self._kind, level[:-1])
            if above is not None and key in above.model_fields:
                return Mend(BESIDE, {"key": key})
            if self._is_of_each(key):
                return Mend(OF_EACH, {})
        if _is_until(key, level) and (*within, "until") not in self._document.keys:
            meant = Meant((*level, "until"))
            return self._write_key(path, key, mark, meant, certain=True)
        if (sentence := self._more_of_a_sentence(path, key)) is not None:
            self._document.broken.add((*within, "repeat"))
            return Mend(JOIN_TEXTS, {"better": sentence})
        under = self._under_the_line_above(path, key)
        if under is not None:
            self._document.broken.add((*within, *under[len(level) :]))
            if (of_name := self._beside_a_name(path, key, under)) is not None:
                return of_name
            text = INDENT_ITEM if _is_list(self._kind, under[:-1]) else INDENT
            if isinstance(self._document.said((*within, under[-2])), str):
                return Mend(UNDER, {"parent": under[-2]})  # which is to stand by itself first
            return Mend(text, {"parent": under[-2], "better": under[-1]})
        if (goes_on := self._goes_on(path, key)) is not None:
            return goes_on
        said = self._document.said(path)
        if not level and (sort := of_its_folder(key, said, self._kind, self._around)) is not None:
            return sort
        language = self._around.language
        found = meant_keys(key, self._kind, level, language)
        is_near = not found and not one_letter_off(key, known) and not self._named(key)
        if is_near and (word := spelt_otherwise(key, language)) is not None:
            found = meant_keys(word, self._kind, level, language)
        if self._is_of_another(path, key, known):
            self._document.broken.add(within)
            return Mend(HIGHER, {"parent": level[-1], "better": key})
        if (names := self._names_part(path, key, found)) is not None:
            self._document.broken.update({names, names[:-1]})
            return Mend(UNDER, {"parent": names[-2]})
        here = [one for one in found if one.path[: len(level)] == level]
        if any(one.path in _REASONS for one in here[:1]) and self._is_put_off():
            return Mend(IN_TEXT)
        alone = [one for one in here if len(one.path) == len(level) + 1]
        both = self._on_one_line(path, alone)
        if both is not None:
            return both
        free = self._free(path, alone)
        if free is not None:
            certain = len(alone) == 1 or self._is_hour_of_item(path, free, alone)
            return self._write_key(path, key, mark, free, certain=certain and not is_near)
        like = one_letter_off(key, known)
        if like and alone and part(self._kind, (*level, like)) is not None:
            like = None
        is_there = any(names[-1] == slug(key) for names, _ in fields(self._kind))
        # A key of another part, as it stands, is that one rather than a list of parts.
        is_text = not isinstance(self._document.said(path), (list, dict))
        if like and is_there and is_text and part(self._kind, (*level, like)) is not None:
            like = None
        if like and (*within, like) not in self._document.keys:
            self._read_as(path, like)
            edit = Edit(mark.line, mark.column, key, like)
            return Mend(SUGGESTION, {"suggestion": like}, (edit,))
        if here and here[0] not in alone:
            return self._write_below(path, here[0], level)
        elsewhere = self._elsewhere(path, key, found, level)
        if elsewhere and is_there:
            return elsewhere
        if (until := self._until(path, key)) is not None:
            return until
        if alone:
            return self._twice(path, alone[0])
        if (of_file := self._of_a_file(path, key)) is not None:
            return of_file
        if elsewhere or level:
            return elsewhere
        other = self._by_value(path) or where_it_belongs(key, self._kind, self._around)
        return other or self._likely(key, known)

    def _likely(self, key: str, known: Sequence[str]) -> Mend | None:
        """A few of many keys: those that are called most like it, else those that most files say;
        None where all that are known are a few."""
        if len(known) <= _FEW or closest(key, known):
            return None
        found: list[str] = []
        for word in near_words(key, self._around.language):
            names = [one.path[0] for one in meant_keys(word, self._kind, (), "") if one.path]
            found += names[:1]
        usual = [one for one in _USUAL if one in known and (one,) not in self._document.keys]
        likely = [one for one in dict.fromkeys([*found, *usual]) if one in known][:_FEWEST]
        subject = next((one.id for one in subjects().values() if one.record is self._kind), "")
        params = {"known": ", ".join(likely), "subject": subject}
        return Mend(LIKELY if subject else LIKELY_ALONE, params)

    def _of_a_file(self, path: Path, key: str) -> Mend | None:
        """What is said of somebody, or of something, in a file of its own, and not where it is
        named."""
        level, item = _names(path[:-1]), self._document.said(path[:-1])
        within = part(self._kind, level)
        if within is None or not issubclass(within, NameRecord) or not isinstance(item, dict):
            return None
        folder = REFERENCES[level[-1]]
        own = self._around.section_of(folder)
        if own is None or not meant_keys(key, own.record, (), self._around.language):
            return None
        words = (one for one in item if self._means_name(one, level))
        name = str(self._document.said((*path[:-1], next(words, ""))) or "")
        id = slug(name) or "…"
        is_list = _is_list(self._kind, level)
        named = f"{{name: {_in_braces(name or '…')}}}"
        written, shown = (f"[{id}]", f"[{named}]") if is_list else (id, named)
        must_agree = folder == "people" and self._around.asks_consent and not names_nobody(name)
        better, shown = f"{level[-1]}: {written}", f"{level[-1]}: {shown}"
        params = {"key": key, "where": own.folder, "id": id, "better": better, "shown": shown}
        return Mend(OF_PERSON if must_agree else OF_FILE, params)

    def _means_name(self, key: str, level: Names) -> bool:
        found = meant_keys(key, self._kind, level, self._around.language)
        return key == "name" or (*level, "name") in [one.path for one in found]

    def _beside_a_name(self, path: Path, key: str, under: Names) -> Mend | None:
        """What is said of something below its id or its name: of an id, its own file says it."""
        name, within = under[-2], part(self._kind, under[:-1])
        said, value = self._document.said((*path[:-1], name)), self._document.said(path)
        if within is None or not issubclass(within, NameRecord) or not isinstance(said, str):
            return None
        folder = REFERENCES[name]
        own, id = self._around.section_of(folder), self._id(name, said)
        if own is not None and id in self._around.ids.get(folder, ()):
            return Mend(SAID_THERE, {"key": under[-1], "file": f"{own.folder}/{id}.yml"})
        lines = [f"name: {_in_braces(said)}", f"{under[-1]}: {value}"]
        return Mend(BLOCK, {"better": f"{name}:", "other": " », « ".join(lines)})

    def _goes_on(self, path: Path, key: str) -> Mend | None:
        """A line with a colon that goes on the text above it, without the spaces of such a line."""
        holder, said = self._document.said(path[:-1]), self._document.said(path)
        if not isinstance(holder, dict) or " " not in key.strip() or not isinstance(said, str):
            return None
        keys = list(holder)
        at = keys.index(str(path[-1]))
        above = (*path[:-1], keys[at - 1])
        field = field_at(self._kind, _names(above)) if at else None
        text = self._document.said(above)
        if field is None or forms_of(field) is not ONE_LINE or not isinstance(text, str):
            return None
        lines = (self._document.key_mark(one).line for one in (above, path))
        if 1 + next(lines) != next(lines) or targets(key, self._around.language):
            return None
        self._document.broken.add(above)
        return Mend(JOIN_TEXTS, {"better": f"{above[-1]}: {quoted(f'{text} {key} : {said}')}"})

    def _is_of_another(self, path: Path, key: str, known: list[str]) -> bool:
        """Whether a key of a part is one of the whole, which its value fits: it is too far in."""
        value, own = self._document.said(path), field_at(self._kind, (key,))
        if len(path) != 2 or key in known or own is None or (key,) in self._document.keys:
            return False
        return choices_of(own) is not None and not self._refused((key,), value)

    def _names_part(self, path: Path, key: str, found: list[Meant]) -> Names | None:
        """Where a part names an id by that very key: a text is no better reading of it."""
        said, named = self._document.said(path), [one for one in self._named(key) if len(one) > 1]
        if len(path) > 1 or key not in REFERENCES or len(named) != 1 or not isinstance(said, str):
            return None
        is_other = bool(found) and found[0].path[-1] in REFERENCES and len(found[0].path) == 1
        return named[0] if ID.fullmatch(said) and not is_other else None

    def _is_put_off(self) -> bool:
        return self._document.said(("status",)) in {"cancelled", "postponed", "moved-online"}

    def _until(self, path: Path, key: str) -> Mend | None:
        """How long a stop lasts: a stop says until when."""
        level = _names(path[:-1])
        holder = part(self._kind, level)
        words = targets(key, self._around.language)
        is_length = any(one.path == ("duration",) for one in words)
        fields_of = holder.model_fields if holder is not None else {}
        if not is_length or "duration" in fields_of or not {"start", "end"} <= set(fields_of):
            return None
        try:
            start = parse_time(str(self._document.said((*path[:-1], "start"))))
            length = parse_duration(str(self._document.said(path)))
        except ValueRefused:
            return Mend(UNTIL)
        end = datetime.combine(date(2000, 1, 1), start) + length
        return Mend(WRITE, {"better": f"end: {end:%H:%M}"})

    def _free(self, path: Path, alone: list[Meant]) -> Meant | None:
        """The field that a word stands for, of several the one that takes its value."""
        free = [one for one in alone if one.value or self._source(path, one) is None]
        said = self._document.said(path)
        if len(free) > 1 and isinstance(said, str):
            word = said.strip().lower()
            chosen = [one for one in free if not one.value and _may_choose(self._kind, one, word)]
            chosen = chosen or [one for one in free if one.value and word in _NO | _YES]
            if chosen:
                return chosen[0]
        return free[0] if free else None

    def _is_hour_of_item(self, path: Path, meant: Meant, alone: list[Meant]) -> bool:
        """Whether a word is for the one hour of an item that it can be: « à » for when it begins,
        else for its end."""
        if {one.path[-1] for one in alone} != {"at", "end"} or meant.value:
            return False
        return not self._refused(meant.path, self._document.said(path))

    def _by_value(self, path: Path) -> Mend | None:
        """A date under a key that nobody knows is that of the file, if it has none; under a sign
        without a letter, how long something takes is that too, and an address where it is held."""
        if not slug(str(path[-1])) and len(path) == 1:
            for one in ("duration", "online"):
                said = self._document.said(path)
                is_free = self._source(path, Meant((one,))) is None
                if one in self._kind.model_fields and is_free and not self._refused((one,), said):
                    self._read_as(path, one)
                    return Mend(WRITE_KEY, {"better": one})
        name = next((one for one in ("start", "date") if one in self._kind.model_fields), None)
        if name is None or len(path) > 1 or self._source(path, Meant((name,))) is not None:
            return None
        value = self._document.said(path)
        try:
            parse_moment(str(value), style=self._around.style)
        except ValueRefused:
            return None
        self._read_as(path, name)
        return Mend(WRITE_KEY, {"better": name})

    def _refused(self, names: Names, value: object) -> list[ErrorDetails]:
        """Why a field would not take a value; nothing for one that it takes."""
        holder = part(self._kind, names[:-1])
        if holder is None:
            return []
        try:
            holder.model_validate({names[-1]: value}, context=self._around.style)
        except ValidationError as error:
            found = error.errors(include_url=False)
            return [one for one in found if one["loc"][:1] == names[-1:]]
        return []

    def _whole_line(self, path: Path, name: str) -> Mend | None:
        """The right line for a wrong key whose value is wrong too; None where that is not known.

        What is told so is not told again of the value.
        """
        value, target = self._document.said(path), (*path[:-1], name)
        faults = self._refused(_names(target), value) if isinstance(value, str) else []
        if len(faults) != 1 or ("," in str(value) and faults[0]["loc"][1:]):
            return None
        fault, mark = faults[0], self._document.mark(path)
        context: dict[str, Any] = fault.get("ctx", {})
        mend: Mend | None
        if fault["type"] == "literal_error" or context.get("code") == "bad-choice":
            mend = self._mend_choice(target, str(value), _known(fault), mark)
        elif fault["type"] == "parcours":
            mend = self._mend_value(context["code"], target, context["params"], mark)
        else:
            mend = self._mend_type(fault["type"], target, value, mark)
            mend = None if mend is None or mend.text == ITEMS else mend
        better = str(mend.params.get("better", "")) if mend is not None else ""
        if mend is None or (better and ":" not in better):
            return None  # it does not name the key
        self._document.broken.add(target)
        return replace(mend, edits=())

    def _read_as(self, path: Path, name: str) -> None:
        """Read on as if a key had its right name: what stands there is checked too."""
        target = (*path[:-1], name)
        if target not in self._document.keys:
            self._document.renamed.setdefault(target, path)

    def _source(self, path: Path, meant: Meant) -> Path | None:
        """Where the field that is meant is said already; None where it is not."""
        target = (*path[:-1], meant.path[-1])
        return target if target in self._document.keys else self._document.renamed.get(target)

    def _twice(self, path: Path, meant: Meant) -> Mend | None:
        """A word for what is said already, and cannot be said with it."""
        source = self._source(path, meant)
        if source is None:
            return None
        is_moved = ("dates", "start") in [one.path for one in targets(str(path[-1]), "")]
        start = self._new_start(path[:-1], str(self._document.said(path)))
        if is_moved and start and meant.path[-1] == "start":
            return self._starts_at(path[:-1], start)
        first = self._document.key_mark(source).line
        return Mend(TWICE, {"better": meant.path[-1], "first": first})

    def _on_one_line(self, path: Path, alone: list[Meant]) -> Mend | None:
        """One of several lines that say a part of one field each: all of it, on one line."""
        meant = next((one for one in alone[:1] if not one.value), None)
        value = self._joined(path, meant) if meant else None
        if meant is None or value is None:
            return None
        target = (*path[:-1], meant.path[-1])
        is_read = target in self._document.keys
        self._document.broken.add((*target, "at") if is_read else target)
        if not _is_moment(self._kind, meant.path):
            return Mend(JOIN_TEXTS, {"better": f"{target[-1]}: {value}"})
        mend = self._mend_value("bad-moment", target, {"value": value}, self._document.mark(path))
        if mend is None:
            return None
        is_plain = mend.text in {JOIN, WRITE}
        return replace(mend, text=JOIN if is_plain else mend.text, edits=())

    def _joined(self, path: Path, meant: Meant) -> str | None:
        """What all lines of a part say together that stand for one field; None for a single one."""
        holder, name = self._document.said(path[:-1]), meant.path[-1]
        if not isinstance(holder, dict):
            return None
        parts = [
            (key, text)
            for key, value in holder.items()
            if (key == name or self._stands_for(key, meant)) and (text := _on_a_line(value))
        ]
        if name in REFERENCES:
            parts = [(key, _as_ids(text)) for key, text in parts]
        if len(parts) < 2:
            return None
        return joined(
            name,
            parts,
            self._around,
            is_list=_is_list(self._kind, meant.path),
            is_moment=_is_moment(self._kind, meant.path),
        )

    def _stands_for(self, key: str, meant: Meant) -> bool:
        level = meant.path[:-1]
        holder = part(self._kind, level)
        if holder is None or key in holder.model_fields:
            return False
        found = meant_keys(key, self._kind, level, self._around.language)
        return bool(found) and meant.path == found[0].path and not found[0].value

    def _write_key(self, path: Path, key: str, mark: Mark, meant: Meant, *, certain: bool) -> Mend:
        better = meant.path[-1]
        # In a part that it is a word for, it is what that part says.
        is_within = len(path) > 1
        namesakes = [names for names in self._named(key) if len(names) > 1 and not is_within]
        if not meant.value and namesakes:  # it may be theirs
            self._document.broken.add((*path[:-1], better))
            return Mend(EITHER, {"better": better, "parent": namesakes[0][-2]})
        if not meant.value:
            whole = self._whole_line(path, better)
            if whole is not None:
                return whole
            self._read_as(path, better)
            said = str(self._document.said(path) or "").strip().lower()
            if _is_flag(self._kind, meant.path) and said in _NO | _YES:
                return Mend(WRITE, {"better": f"{better}: {str(said in _YES).lower()}"})
            edit = Edit(mark.line, mark.column, key, better)
            return Mend(WRITE_KEY, {"better": better}, (edit,) if certain else ())
        said = str(self._document.said(path) or "").strip()
        if meant.value == "postponed" and (start := self._new_start(path[:-1], said)):
            self._document.broken.update({(*path[:-1], better), (*path[:-1], "start")})
            return self._starts_at(path[:-1], start)
        self._document.broken.add((*path[:-1], better))
        if said.lower() in _NO:
            return Mend(DELETE)
        line = f"{better}: {meant.value}"
        is_there = (*path[:-1], better) in self._document.keys
        if self._document.said((*path[:-1], better)) == meant.value:
            return Mend(DELETE if said.lower() in _YES else IN_TEXT)
        if is_there and said.lower() in _YES:
            number = self._document.key_mark((*path[:-1], better)).line
            meaning = _meaning(self._kind, meant)
            return Mend(REPLACE_ONE, {"better": line, "meaning": meaning, "line": number})
        is_sure = certain and said.lower() in _YES and not is_there and slug(key) not in MOVED
        edits = (Edit(mark.line, mark.column, f"{key}: {said}", line),) if is_sure else ()
        return Mend(WRITE_ONE, {"better": line, "meaning": _meaning(self._kind, meant)}, edits)

    def _starts_at(self, holder: Path, start: str) -> Mend:
        """When something takes place instead: in place of when it was to, of which it keeps the
        hour, or the day."""
        before = self._source((*holder, "start"), Meant(("start",)))
        if before is None:
            return Mend(WRITE, {"better": f"start: {start}"})
        old, new = self._moment(before), parse_end(start, style=self._around.style)
        day = new.day or (old.day if old else None)
        if day is not None:
            start = str(Moment(day, new.at or (old.at if old else None)))
        number = self._document.key_mark(before).line
        return Mend(REPLACE, {"better": f"start: {start}", "line": number})

    def _named(self, key: str) -> list[Names]:
        """Every field of the source with a name, wherever it stands."""
        return [names for names, _ in fields(self._kind) if names[-1] == key]

    def _write_below(self, path: Path, meant: Meant, level: Names) -> Mend:
        parent, name = meant.path[-2], meant.path[-1]
        self._document.broken.add((*path[:-1], *meant.path[len(level) :]))
        if not meant.value:
            return self._value_below(path, meant)
        if str(self._document.said(path) or "").strip().lower() in _NO:
            return Mend(DELETE)
        if (*path[:-1], parent) in self._document.keys or self._has_more(meant.path[:-1], path):
            line = self._braces(meant.path, meant.value)
            if line is not None:
                return Mend(WRITE, {"better": line})
            return Mend(UNDER_AS, {"parent": parent, "better": f"{name}: {meant.value}"})
        better = f"{parent}: {{{name}: {meant.value}}}"
        return Mend(WRITE_ONE, {"better": better, "meaning": _meaning(self._kind, meant)})

    def _value_below(self, path: Path, meant: Meant) -> Mend:
        """A value that belongs into a part, with the right one where that is known."""
        parent, name = meant.path[-2], meant.path[-1]
        said, mark = self._document.said(path), self._document.mark(path)
        faults = self._refused(meant.path, said) if isinstance(said, str) else []
        better, value = f"{name}:", said if isinstance(said, str) else None
        if len(faults) == 1 and faults[0]["type"] == "parcours":
            context: dict[str, Any] = faults[0].get("ctx", {})
            mend = self._mend_value(context["code"], meant.path, context["params"], mark)
            right = str(mend.params.get("better", "")) if mend is not None else ""
            if right.startswith(f"{name}: "):
                better, value = right, right.partition(": ")[2]
        line = self._braces(meant.path, value) if value is not None else None
        if line is not None:
            return Mend(WRITE, {"better": line})
        return Mend(UNDER_AS, {"parent": parent, "better": better})

    def _braces(self, names: Names, value: str) -> str | None:
        """A part that is written in braces, with one more value; None for one that is not."""
        document, above = self._document, names[:-1]
        given = self._document.said(above)
        if not isinstance(given, dict) or above not in document.keys:
            return None
        line = document.keys[above].line
        if not given or any(document.keys[(*above, key)].line != line for key in given):
            return None
        more = {**given, names[-1]: value}
        if not all(isinstance(one, str) for one in more.values()):
            return None
        inner = ", ".join(f"{key}: {_in_braces(str(one))}" for key, one in more.items())
        return f"{above[-1]}: {{{inner}}}"

    def _elsewhere(self, path: Path, key: str, found: list[Meant], level: Names) -> Mend | None:
        """A key that another part has, by its own name or by a word for it."""
        folded = slug(key)
        places = [names for names, _ in fields(self._kind) if slug(names[-1]) == folded]
        places += [one.path for one in found]
        places = [names for names in places if names[:-1] != level]
        if not places:
            return None
        self._document.broken.update(places)
        name = places[0][-1]
        if len(places[0]) <= len(level) and places[0] in self._document.keys:
            first = self._document.key_mark(places[0]).line
            text = OF_ALL if name == key else TWICE
            return Mend(text, {"better": name, "first": first, "parent": level[-1]})
        if level == ("stops",) and name == "programme":
            day = self._document.said((*path[:-1], "day")) or 1
            return Mend(OF_THE_TRIP, {"better": f"day: {day}"})
        if len(places[0]) <= len(level):
            text = HIGHER if name == key else HIGHER_AS
            return Mend(text, {"parent": level[-1], "better": name})
        parents = dict.fromkeys(names[-2] for names in places if names[-1] == name and names[:-1])
        parent = ": » / « ".join(list(parents)[:3])
        if name == key:
            return Mend(UNDER, {"parent": parent})
        return Mend(UNDER_AS, {"parent": parent, "better": f"{name}:"})

    def _under_the_line_above(self, path: Path, key: str) -> Names | None:
        """The field that a key is, if it only lacks the spaces of the part above it."""
        holder = self._document.said(path[:-1])
        if not isinstance(holder, dict):
            return None
        keys = list(holder)
        at = keys.index(str(path[-1]))
        level = _names(path[:-1])
        # What stands between may lack them too.
        while at > 0:
            at -= 1
            above = keys[at]
            within = part(self._kind, (*level, above))
            if field_at(self._kind, (*level, above)) is not None:
                break
        else:
            return None
        if within is None:
            return None
        said = holder[above]
        given = said if isinstance(said, dict) else {}
        if isinstance(said, list):
            given = said[-1] if said and isinstance(said[-1], dict) else {}
        exact = next((one for one in within.model_fields if slug(one) == slug(key)), None)
        if exact is not None and exact not in given:
            return (*level, above, exact)
        here = meant_keys(key, self._kind, level, self._around.language)
        is_taken = bool(here) and here[0].path[:-1] == level and here[0].path[-1] in holder
        if said is not None and not is_taken:
            return None
        for meant in meant_keys(key, self._kind, (*level, above), self._around.language):
            own = meant.path[:-1] == (*level, above)
            if own and not meant.value and meant.path[-1] not in given:
                return meant.path
        return None

    def _tell_missing(self, path: Path) -> None:
        document = self._document
        if path in document.keys:
            mark, mend = document.key_mark(path), self._filled(path)
            self._problems.add("empty", mark, mend=mend, field=_name(path))
        elif path not in document.renamed and not document.is_unsure(path):
            title = str(self._document.said((*path[:-1], "title")) or "")
            example = slug(title)[:40].strip("-") or "a"
            mend = Mend(OWN_ID, {"better": f"id: {example}"}) if path[-1] == "id" else None
            mend = mend or self._example(path)
            mark = document.mark(path[:-1])
            self._problems.add("missing-key", mark, mend=mend, key=str(path[-1]))

    def _filled(self, path: Path) -> Mend | None:
        """An empty value that cannot be left out: what to write, if an example is known."""
        field = field_at(self._kind, _names(path))
        if path[-1] == "alt":
            return Mend(ALT)
        if field is None or not field.is_required():
            return None
        forms = forms_of(field)
        if forms is None or not forms.examples:
            return Mend(FILL)
        return Mend(FILL_AS, {"better": f"{path[-1]}: {forms.examples[0]}"})

    def _example(self, path: Path) -> Mend | None:
        """A line that says what is missing, with a value of the schema."""
        field = field_at(self._kind, _names(path))
        forms = forms_of(field) if field else None
        if forms is None or not forms.examples:
            return None
        return Mend(ADD, {"key": str(path[-1]), "example": forms.examples[0]})

    # Values

    def _tell_choice(self, path: Path, value: object, known: list[str]) -> None:
        field = field_at(self._kind, _names(path))
        choices = choices_of(field) if field else None
        mark, written = self._document.mark(path), str(value)
        self._problems.add(
            "bad-choice",
            mark,
            suggestion=closest(written, known),
            mend=self._mend_choice(path, written, known, mark),
            field=_name(path),
            value=value,
            known=_glossed(known, choices),
        )

    def _mend_choice(self, path: Path, written: str, known: list[str], mark: Mark) -> Mend | None:
        """What to write in place of a value that is none to choose; None where nobody knows."""
        names = _names(path)
        field = field_at(self._kind, names)
        choices = choices_of(field) if field else None
        meant = choices.value_of(written) if choices else None
        if meant is None and choices is not None and written.strip().lower() in choices.meanings:
            meant = written.strip().lower()
        if choices is STATUS and (meant == "postponed" or slug(written) in MOVED):
            start = self._moves_to(path[:-1])
            if start is not None or slug(written) in MOVED:
                return Mend(MOVED_TO, {"better": f"start: {start or '…'}"})
        if meant is not None and choices is not None:
            better = f"{names[-1]}: {meant}"
            is_sure = written.strip().lower() not in _NO | _YES and "\n" not in written
            edits = (Edit(mark.line, mark.column, written, meant),) if is_sure else ()
            return Mend(WRITE_ONE, {"better": better, "meaning": choices.meanings[meant]}, edits)
        if choices is STATUS and slug(written) in _OVER:
            return Mend(OVER)
        if choices is FORMAT and _is_either(written):
            both = ", ".join(choices.meanings)
            is_item = isinstance(path[-1], int)
            return Mend(WRITE, {"better": both}) if is_item else Mend(EITHER_WAY)
        like = one_letter_off(written, known)
        if like is not None:
            edits = (Edit(mark.line, mark.column, written, like),)
            return Mend(SUGGESTION, {"suggestion": like}, edits)
        return self._of_another(path, written) or self._with_more(path, written, choices)

    def _of_another(self, path: Path, written: str) -> Mend | None:
        """A value that another field has, « complet » for « status: »."""
        names = _names(path)
        for meant in meant_keys(written, self._kind, (), self._around.language):
            is_flag = not meant.value and _is_flag(self._kind, meant.path)
            value = "true" if is_flag else meant.value
            if not value or meant.path == names:
                continue
            better = f"{meant.path[-1]}: {value}"
            line = self._braces(meant.path, value) if len(meant.path) > 1 else None
            if line is not None:
                return Mend(INSTEAD_OF_IT, {"better": line})
            if len(meant.path) > 1 and meant.path[0] in self._document.data:
                return Mend(UNDER_INSTEAD, {"parent": meant.path[0], "better": better})
            if len(meant.path) > 1:
                better = f"{meant.path[0]}: {{{better}}}"
            if is_flag:
                return Mend(INSTEAD_OF_IT, {"better": better})
            return Mend(WRITE_ONE, {"better": better, "meaning": _meaning(self._kind, meant)})
        return None

    def _with_more(self, path: Path, written: str, choices: Choices | None) -> Mend | None:
        """A value and a remark behind it: the value alone, and where the remark is said."""
        if choices is None:
            return None
        names = _names(path)
        words = re.split(r"\s?[,;:(–—]|\s-\s", written, maxsplit=1)[0].split()
        for count in range(len(words), 0, -1):
            first = " ".join(words[:count])
            value = choices.value_of(first) or _flag(first, choices)
            if value is None:
                continue
            moved = self._moved(names, written, value)
            if moved is not None:
                return moved
            holder = part(self._kind, names[:-1])
            has_notes = holder is not None and "notes" in holder.model_fields
            params = {"better": f"{names[-1]}: {value}", "meaning": choices.meanings[value]}
            return Mend(NOTES if has_notes else REMARK, params)
        return None

    def _moves_to(self, holder: Path) -> str | None:
        """When a date of a series takes place instead, as said beside its status."""
        said, level = self._document.said(holder), _names(holder)
        within = part(self._kind, level)
        if within is None or not issubclass(within, DateRecord) or not isinstance(said, dict):
            return None
        for key, value in said.items():
            found = meant_keys(key, self._kind, level, self._around.language)
            is_start = key == "start" or (*level, "start") in [one.path for one in found]
            if is_start and (start := self._new_start(holder, str(value))):
                return start
        return None

    def _new_start(self, holder: Path, said: str) -> str | None:
        """A day, or a day and an hour, as a meeting says when it begins; None for anything else."""
        if field_at(self._kind, (*_names(holder), "start")) is None:
            return None
        try:
            return said if parse_end(said, style=self._around.style) else None
        except ValueRefused:
            return None

    def _moved(self, names: Names, written: str, value: str) -> Mend | None:
        """« reporté au 27 mai 2027 »: a meeting whose new date is known is not put off."""
        if names[-1:] != ("status",) or value != "postponed":
            return None
        if field_at(self._kind, (*names[:-1], "start")) is None:
            return None
        rest = re.sub(r"^\S+\s+", "", written.strip())
        start = self._moment(("start",)) if names == ("status",) else None
        try:
            said = understand(rest, self._around.style, self._around.today)
        except NoSuchDay:
            return None
        if said is None or not said.days:
            return None
        at = said.hours[0] if said.hours else start.at if start else None
        return Mend(NEW_DATE, {"better": f"start: {Moment(said.days[0], at)}"})

    def _tell_value(self, code: str, path: Path, params: Mapping[str, object]) -> None:
        is_key = path[-1:] == (A_KEY,)
        mark = self._document.key_mark(path[:-1]) if is_key else self._document.mark(path)
        if code == "bad-id" and self._tell_reference(path, mark, params):
            return
        mend = self._mend_value(code, path, params, mark)
        if code == "exact-when" and (whole := self._when_with_hour(path)) is not None:
            start, key = whole
            self._in_blocks.add((*path[:-1], key))
            number = self._document.key_mark((*path[:-1], key)).line
            mend = Mend(AND_DELETE, {"better": f"start: {start}", "line": number})
        if mend is None and code in {"bad-value", "out-of-range"}:
            mend = self._forms(path)
        if mend is None and code == "empty":
            mend = self._filled(path)
        self._problems.add(code, mark, mend=mend, **{"field": _name(path), **params})  # type: ignore[arg-type] # names of braces

    def _when_with_hour(self, path: Path) -> tuple[str, str] | None:
        """A day under « when: » with the hour that another line says, and the key of that one."""
        holder, day = self._document.said(path[:-1]), self._moment(path)
        if day is None or day.at is not None or not isinstance(holder, dict):
            return None
        for key, value in holder.items():
            if not self._stands_for(key, Meant((*_names(path[:-1]), "start"))):
                continue
            try:
                return str(Moment(day.day, parse_time(str(value)))), key
            except ValueRefused:
                continue
        return None

    def _tell_unfilled(self, path: Path) -> None:
        """A form that is not filled in there: what can be written."""
        field = field_at(self._kind, _names(path))
        choices = choices_of(field) if field else None
        forms = forms_of(field) if field else None
        said: object = N_("what it says")
        if choices is not None:
            said = Glossed(tuple(choices.meanings.items()))
        elif forms is not None and forms.examples:
            said = Phrase(FORMS, {"said": forms.said, "example": forms.examples[0]})
        elif forms is not None:
            said = forms.said
        self._problems.add("unfilled", self._document.mark(path), field=_name(path), forms=said)

    def _tell_reference(self, path: Path, mark: Mark, params: Mapping[str, object]) -> bool:
        """Tell a value that names what has a file by its name, or several of them together."""
        name = _names(path)[-1]
        folder, is_list = REFERENCES.get(name), isinstance(path[-1], int)
        if folder is None or str(params.get("value", "")).startswith("-"):
            return False  # it is an item whose hyphen lacks a space
        whole = self._document.said(path[:-1]) if is_list else None
        is_alone = isinstance(whole, str)  # all of them in one text
        said = str(whole) if is_alone else str(params.get("value", ""))
        ids = self._ids(folder, said, several=is_list)
        if not ids:
            return False
        if is_alone:
            if path[:-1] in self._told_lists:
                return True
            self._told_lists.add(path[:-1])
        text, better, new = WRITE, "", ", ".join(ids)
        is_flow = self._document.key_mark(path[:-1]).line == mark.line
        if is_alone and len(ids) > 1:
            new = f"[{new}]"
        elif is_list and not is_alone and len(ids) > 1 and not is_flow:
            text, better = EACH, " », « ".join(f"- {one}" for one in ids)
            new = f"\n{' ' * (mark.column - 3)}- ".join(ids)
        elif is_list and not is_alone and len(ids) > 1:
            text = COMMAS
        shown = new if is_list and not is_alone else f"{name}: {new}"
        is_sure = all(self._known(folder, one) for one in ids) if self._known else False
        edits = (Edit(mark.line, mark.column, said, new),) if is_sure else ()
        mend = Mend(text, {"better": better or shown}, edits)
        if folder == "people" and (new_ones := self._new_persons(ids, said, better or shown)):
            mend = Mend(NEW_PERSONS if self._around.asks_consent else NAME_PERSONS, new_ones)
        self._problems.add("bad-id", mark, mend=mend, field=_name(path), **params)  # type: ignore[arg-type] # names of braces
        return True

    def _new_persons(
        self, ids: Sequence[str], said: str, better: str
    ) -> Mapping[str, object] | None:
        """What to do about persons whom nothing declares yet; None where all are declared."""
        known = self._around.ids.get("people", ())
        new = [one for one in ids if one not in known]
        section = self._around.section_of("people")
        if not new or section is None:
            return None
        names = {slug(named_of(one)[0]): one for one in APART.split(said)}
        named = [one if one not in new else flow_name(names.get(one, one)) for one in ids]
        files = ", ".join(f"{section.folder}/{one}.yml" for one in new)
        shown = f"[{', '.join(named)}]"
        key, colon, _ = better.partition(": ")
        if colon:
            shown = f"{key}: {shown}"
        elif better.startswith("- "):
            shown = " », « ".join(f"- {one}" for one in named)
        return {"better": better, "shown": shown, "files": files}

    def _id(self, key: str, text: str) -> str:
        """What stands under a key for a text: an id, where such are named there."""
        folder = REFERENCES.get(key)
        if folder is None:
            return text
        return (self._known(folder, text) if self._known else None) or slug(text) or text

    def _named_place(self, text: str) -> str | None:
        """The id of a place that is declared, by its id or its name."""
        return self._known("places", text) if self._known else None

    def _ids(self, folder: str, text: str, *, several: bool) -> list[str]:
        """The ids that a text means; none where that is not known."""
        known = self._known
        plain = text.strip(" ()[].«»\u00a0")
        whole = re.split(r"[(–—:]|\s-\s", plain, maxsplit=1)[0] if folder == "people" else plain
        if known is not None and (one := known(folder, plain) or known(folder, whole)):
            return [one]
        tries = [_BETWEEN.split(plain), plain.split()] if several else []
        for words in tries:
            words = [one.strip(" .\"'") for one in words if one.strip(" .\"'")]
            found = [known(folder, one) if known else None for one in words]
            lost = [slug(word) for word, one in zip(words, found, strict=True) if not one]
            if folder == "organisations" and any(may_be_person(x, self._around) for x in lost):
                continue  # nobody is led to declare a person there
            if len(words) > 1 and (all(found) or (words != plain.split() and any(found))):
                return [one or slug(word) for one, word in zip(found, words, strict=True)]
        # A sign that closes what is open is no sign around the whole.
        names = plain if plain.count("(") <= plain.count(")") else f"{plain})"
        return persons(names) if folder == "people" and several else []

    def _forms(self, path: Path) -> Mend | None:
        """What a field takes, where nothing is known of what was meant."""
        field = field_at(self._kind, _names(path))
        forms = forms_of(field) if field else None
        if forms is None or not forms.examples:
            return None
        return Mend(TAKES, {"forms": forms.said, "example": forms.examples[0]})

    def _mend_value(
        self, code: str, path: Path, params: Mapping[str, object], mark: Mark
    ) -> Mend | None:
        """What to write in place of a value that is refused; None where nobody knows."""
        value, name = str(params.get("value", "")), _names(path)[-1]
        found = better_value(code, value, self._place(path))
        if found is None:
            if code != "bad-id":
                return None
            parent, field = _parent(path), field_at(self._kind, _names(path))
            group = model_in(field.annotation) if field is not None else None
            is_named = group is not None and issubclass(group, NameRecord)
            mend = how_to_name(name, value, self._around, parent=parent, may_be_unfiled=is_named)
            if mend is None or mend.text not in AS_VALUE or not isinstance(path[-1], str):
                return mend
            whole = {one: f"{name}: {mend.params[one]}" for one in _WITH_KEY & mend.params.keys()}
            return replace(mend, params={**mend.params, **whole})
        is_named = isinstance(path[-1], str) and found.is_whole and path[-1] != A_KEY
        shown = f"{path[-1]}: {found.text}" if is_named else found.text
        edit = Edit(mark.line, mark.column, value, found.text)
        params_of = {"better": shown, "other": found.other, "instead": found.instead}
        return Mend(found.mend, params_of, (edit,) if found.is_certain else ())

    def _place(self, path: Path) -> Place:
        """What is known around a value."""
        names = _names(path)
        field, within = field_at(self._kind, names), part(self._kind, names[:-1])
        start, end = self._moment(("start",)), self._moment(("end",))
        is_start = path == ("start",)
        holder = self._document.said(path[:-1])
        beside = (self._moment((*path[:-1], key)) for key in _SINCE)
        return Place(
            around=self._around,
            names=names,
            has_hours=field is None or forms_of(field) not in DAYS,
            takes_hour=field is not None and forms_of(field) is END,
            takes_number=field is not None and forms_of(field) in OF_NUMBERS,
            known=frozenset(within.model_fields if within else ()),
            start=None if is_start else start,
            days=(end.day - start.day).days + 1 if start and end else 0,
            given=frozenset(map(str, holder)) if isinstance(holder, dict) else frozenset(),
            since=next((one.day for one in beside if one is not None), None),
            repeat=repeat if isinstance(repeat := self._document.said(("repeat",)), str) else "",
        )

    def _moment(self, path: Path) -> Moment | None:
        """A date that is read without a doubt, under its key or the word for it."""
        try:
            return parse_moment(str(self._document.said(path)), style=self._around.style)
        except ValueRefused:
            return None

    def _tell_type(self, sort: str, path: Path, value: object) -> None:
        expected, example = self._expected(sort, path)
        mark = self._document.mark(path)
        within = part(self._kind, _names(path))
        if isinstance(path[-1], int) and isinstance(value, list):
            mend = _out_of_list(within, value, mark)
        else:
            mend = self._mend_type(sort, path, value, mark)
        if mend is None and len(path) > 1:
            mend = _alone(path, _first_of(within) or example)
        self._problems.add(
            "bad-type", mark, mend=mend, field=_name(path), expected=expected, example=example
        )

    def _expected(self, sort: str, path: Path) -> tuple[str, str]:
        """What was to be there: what the field accepts, where its type alone does not say it."""
        if sort in _EXPECTED:
            return _EXPECTED[sort]
        field = field_at(self._kind, _names(path)) if isinstance(path[-1], str) else None
        forms = forms_of(field) if field else None
        return (forms.said, forms.examples[0]) if forms and forms.examples else (N_("a text"), "…")

    def _mend_type(self, sort: str, path: Path, value: object, mark: Mark) -> Mend | None:
        """How to write what should be a list, or a group of keys."""
        names = _names(path)
        within = part(self._kind, names)
        if path[0] in _OF_DATES and len(path) <= _OF_DATES[path[0]]:
            shaped = in_its_shape(path, self._document.said(path), self._around.style)
            if shaped is not None:
                return shaped
            if path[0] == "except" and (span := span_in(self._document.said(path))):
                return self._mend_value("bad-moment", path, {"value": span}, mark)
        if within is not None and isinstance(value, str) and sort in _GROUPS:
            if isinstance(path[-1], int):
                return _as_item(within, value, mark)
            if issubclass(within, DateRecord) and (place := self._named_place(value)):
                return Mend(WRITE, {"better": f"{names[-1]}: {{place: {place}}}"})
            mend = _as_group(within, names[-1], value, mark, self._id)
            if (block := self._block(path, within, value, mend)) is not None:
                return block
            inner = _inner(names[-1], mend)
            if inner and self._has_more(names, path):
                return Mend(BELOW, {"better": f"{names[-1]}:", "other": inner})
            return mend
        if within is not None and isinstance(value, list) and sort in _GROUPS:
            keys = [str(one) for item in value if isinstance(item, dict) for one in item]
            better = " », « ".join(f"{one}:" for one in keys)
            if not keys and (sentence := self._as_sentence(names, value)):
                return Mend(WRITE, {"better": sentence})
            return Mend(NO_HYPHENS, {"better": better}) if keys else None
        if sort in _LISTS and (said := _as_list(within, self._document.said(path))) is not None:
            text = EACH if within else WRITE
            return Mend(text, {"better": said if within else f"{names[-1]}: {said}"})
        alone = self._document.said(path)
        named = self._named_value(names, value, alone) if sort == "string_type" else None
        if named is not None:
            shown = f"- {named}" if isinstance(path[-1], int) else f"{names[-1]}: {named}"
            return Mend(WRITE, {"better": shown})
        if (also := self._several_dates(path, value)) is not None:
            return also
        if sort not in _LISTS | _GROUPS and isinstance(value, list) and value:
            if self._refused(names, value[0]):
                return None
            text = ONE_ALONE if len(value) > 1 else WRITE
            return Mend(text, {"better": f"{names[-1]}: {value[0]}"})
        if sort == "dict_type" and isinstance(value, str) and self._is_by_stop(names):
            return Mend(GROUP, {"better": f"{names[-1]}: {{{self._stop()}: {_in_braces(value)}}}"})
        if sort == "string_type" and isinstance(alone, dict) and len(alone) == 1:
            (key, said), *_ = alone.items()  # one text, which YAML has parted
            if said is not None and not isinstance(said, str):
                return None
            text = str(key) if said is None else quoted(f"{key} : {said}")
            if said is not None and self._refused(names, f"{key} : {said}"):
                return None
            shown = f"- {text}" if isinstance(path[-1], int) else f"{names[-1]}: {text}"
            return Mend(NO_COLON if said is None else QUOTE, {"better": shown})
        if sort == "string_type" and isinstance(alone, dict) and names[-1] == "price":
            # Each amount with whom it is for, on one line.
            text = ", ".join(f"{key} {said}" for key, said in alone.items())
            is_plain = all(isinstance(said, str) for said in alone.values())
            if not is_plain or self._refused(names, text):
                return None
            return Mend(WRITE, {"better": f"{names[-1]}: {flow(text)}"})
        if within is not None and sort in _LISTS and isinstance(alone, dict):
            words = [key for key, said in alone.items() if said is None]
            if words and len(words) == len(alone):
                items = (_as_item(within, str(one), mark).params["better"] for one in words)
                self._document.broken.update((*path, one) for one in words)
                return Mend(EACH, {"better": " », « ".join(map(str, items))})
        is_lone = within is not None and sort in _LISTS and isinstance(alone, dict)
        if is_lone and (lines := self._as_lines(names, alone)):
            return Mend(ITEM, {"better": " », « ".join(lines)})
        if within is not None and sort in _LISTS:
            first, *more = [name for name, one in within.model_fields.items() if one.is_required()]
            return Mend(ITEMS, {"first": first, "second": (more or list(within.model_fields))[0]})
        return None

    def _block(self, path: Path, within: type[BaseModel], value: str, mend: Mend) -> Mend | None:
        """A part whose first line is its value, and whose others stand below it, as far out as it:
        all of it, on lines of its own; None for one that has no others."""
        name, first = str(path[-1]), _inner(str(path[-1]), mend)
        below = list(self._below(path, within)) if first else []
        if not below:
            return None
        self._in_blocks.update((*path[:-1], key) for key, _, _ in below)
        lines = [first, *(f"{right}: {text}" for _, right, text in below)]
        if "alt" in within.model_fields and "alt" not in [right for _, right, _ in below]:
            lines.append("alt: …")
        params = {"better": f"{name}:", "other": " », « ".join(lines)}
        is_sure = bool(mend.edits) or ("src" in within.model_fields and lines[-1] != "alt: …")
        if not is_sure or len(path) > 1 or any(key != right for key, right, _ in below):
            return Mend(BLOCK, params)
        # All of it at once, or nothing: half of it would say something else.
        old = "".join(f"{one}\n" for one in [f"{name}: {value}", *lines[1:]])
        new = "".join(f"{one}\n" for one in [f"{name}:", *(f"  {one}" for one in lines)])
        return Mend(BLOCK, params, (Edit(self._document.key_mark(path).line, 1, old, new),))

    def _below(self, path: Path, within: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
        """The lines right below a part that say something of it, and of nothing else: the key of
        each as it is written, as it should be, and its value."""
        holder, level = self._document.said(path[:-1]), _names(path[:-1])
        beside = part(self._kind, level)
        keys = list(holder) if isinstance(holder, dict) and beside is not None else []
        written = str(self._document.as_written(path)[-1])
        for key in keys[keys.index(written) + 1 :] if written in keys else ():
            text = self._document.said((*path[:-1], key))
            found = meant_keys(key, self._kind, (*level, str(path[-1])), self._around.language)
            right = next((one.path[-1] for one in found if len(one.path) == len(path) + 1), "")
            right = key if key in within.model_fields else right
            if not right or not isinstance(text, str) or (beside and key in beside.model_fields):
                return
            if self._refused((*level, str(path[-1]), right), text):
                return
            yield key, right, text

    def _several_dates(self, path: Path, value: object) -> Mend | None:
        """Dates in a list where one is said: the others are said beside it."""
        names = _names(path)
        beside = field_at(self._kind, (*names[:-1], "also"))
        if names[-1] != "start" or beside is None or not isinstance(value, list) or len(value) < 2:
            return None
        dates = [str(one) for one in value]
        if any(self._refused(names, one) for one in dates):
            forms = forms_of(beside)
            dates = [_A_DATE, *(forms.examples[:1] if forms else ())]
        if len(dates) < 2:
            return None
        others = f"also: [{', '.join(dates[1:])}]"
        return Mend(ALSO, {"better": f"start: {dates[0]}", "other": others})

    def _named_value(self, names: Names, value: object, alone: object) -> str | None:
        """The text that stands under a key of its own, « - ville: Rennes », where one is named."""
        field = field_at(self._kind, names)
        first = value[0] if isinstance(value, list) and value else alone
        if field is None or forms_of(field) in {ONE_LINE, LINES} or not isinstance(first, dict):
            return None
        key, said = next(iter(first.items()), ("", None))
        is_word = slug(key) in known_words() or len(key) == _CODE
        if len(first) != 1 or not is_word or not isinstance(said, str):
            return None
        id = self._id(names[-1], said)
        return None if self._refused(names, id) else id

    def _as_lines(self, names: Names, said: object) -> list[str]:
        """The lines of the only item of a list, which was written without its hyphen."""
        lines: list[str] = []
        for key, text in said.items() if isinstance(said, dict) else ():
            found = meant_keys(key, self._kind, names, self._around.language)
            own = [one.path[-1] for one in found if one.path[:-1] == names and not one.value]
            if not own or not isinstance(text, str):
                return []
            lines.append(f"{'  ' if lines else '- '}{own[0]}: {text}")
        return lines

    def _more_of_a_sentence(self, path: Path, key: str) -> str | None:
        """A key of what a sentence says already: « until: » below « repeat: chaque jeudi »."""
        above = (*path[:-1], "repeat")
        said, value = self._document.said(above), self._document.said(path)
        field = field_at(self._kind, _names(above))
        if field is None or forms_of(field) is not REPEAT:
            return None
        if not isinstance(said, str) or not isinstance(value, str):
            return None
        # In the language in which it is begun, else in that of the site.
        own = language_of(said) or self._around.language
        for language in sorted(_IN_A_SENTENCE, key=lambda one: one != own):
            word = _IN_A_SENTENCE[language].get(key)
            if word is None:
                return None
            if self._is_sentence(sentence := f"{said}, {word.format(value)}"):
                return f"repeat: {sentence}"
        # Of what cannot be said so, the value is left open.
        is_end = key in ("until", "count") and self._is_sentence(said)
        return f"repeat: {said}, {_IN_A_SENTENCE[own][key].format('…')}" if is_end else None

    def _is_sentence(self, text: str) -> bool:
        try:
            parse_repeat(text, style=self._around.style)
        except ValueRefused:
            return False
        return True

    def _as_sentence(self, names: Names, items: Sequence[object]) -> str | None:
        """Days in a list, as what says how often; dates in one, as dates of a series."""
        field = field_at(self._kind, names)
        forms = forms_of(field) if field is not None else None
        texts = [one for one in items if isinstance(one, str)]
        if len(texts) != len(items) or not texts:
            return None
        try:
            if forms is REPEAT:
                parse_repeat(", ".join(texts), style=self._around.style)
                return f"{names[-1]}: {', '.join(texts)}"
            if forms is DATES:
                days = [parse_moment(one, style=self._around.style) for one in texts]
                return f"also: [{', '.join(map(str, days))}]"
        except ValueRefused:
            pass  # something else is meant
        return None

    def _is_by_stop(self, names: Names) -> bool:
        field = field_at(self._kind, names)
        return field is not None and forms_of(field) is BY_STOP

    def _stop(self) -> str:
        """The id of the first stop of a trip."""
        id = self._document.said(("stops", 0, "id"))
        return id if isinstance(id, str) else "…"

    def _has_more(self, names: Names, path: Path) -> bool:
        """Whether other lines than that at *path* say something that belongs into a part."""
        known = self._kind.model_fields
        written = self._document.renamed.get(path, path)
        for key in self._document.data:
            if (key,) in {path, written}:
                continue
            found = meant_keys(key, self._kind, (), self._around.language)
            is_own = field_at(self._kind, (*names, key)) is not None
            is_word = bool(found) and found[0].path[:-1] == names
            if key not in known and (is_own or is_word):
                return True
        return False


def _inner(name: str, mend: Mend) -> str:
    """What the braces hold of a part that is to be written so: its first key and its value."""
    better = str(mend.params.get("better", ""))
    if not better.startswith(f"{name}: {{"):
        return ""
    return better.partition(": {")[2].removesuffix("}").removesuffix(", alt: …")


def _as_list(within: type[BaseModel] | None, value: object) -> str | None:
    """A list that is written as a text, or in the brackets of a group; None for what is neither."""
    if within is None:
        is_set = isinstance(value, dict) and all(one is None for one in value.values())
        return f"[{', '.join(map(str, value))}]" if is_set and isinstance(value, dict) else None
    if isinstance(value, dict):
        value = ", ".join(f"{at} {title or ''}".strip() for at, title in value.items())
    if not isinstance(value, str):
        return None
    said = re.split(rf"[\s,;]+(?={_CLOCK}\b)", value[:2000].strip())
    found = [_as_chapter(within, one) for one in said]
    better = [f"- {one}" for one in found if one]
    return " », « ".join(better) if better and len(better) == len(said) else None


def _as_chapter(within: type[BaseModel] | None, value: str) -> str | None:
    """A part of a recording, or of a meeting, with its time before it: « 6:40 Questions »."""
    found = _CHAPTER.fullmatch(value) or _CHAPTER_LAST.fullmatch(value)
    if found is None and within is not None and "speakers" in within.model_fields:
        found = _AT_HOUR.fullmatch(value)  # an hour of the day
    if within is None or found is None or not {"at", "title"} <= set(within.model_fields):
        return None
    end = f'end: "{found["end"]}", ' if found["end"] and "end" in within.model_fields else ""
    return f'{{at: "{found["at"]}", {end}title: {flow(found["title"])}}}'


_DUE = (" jusqu’au ", " until ", " : ", ": ", " – ", " — ", " - ", " (")
"""What people write between what has to be done and the day, or the other way round."""


def _as_deadline(within: type[BaseModel], value: str) -> str | None:
    """Something that has to be done, with its day: « Appel jusqu’au 3 janvier 2027 »; a day of
    figures alone that may be two is none."""
    if not {"what", "until"} <= set(within.model_fields):
        return None
    written = value.strip()
    text = written.replace("'", "’")
    for between in _DUE:
        what, found, until = text.rpartition(between)
        until = until.removesuffix(")") if between == " (" else until
        for said, day in ((what, until), (until, what)):
            if found and said.strip() and "/" not in day and _is_day(day.strip()):
                label = _in_braces(written[text.index(said) :][: len(said)].strip())
                return f"{{what: {label}, until: {_in_braces(day.strip())}}}"
    return None


def _is_day(text: str) -> bool:
    try:
        return bool(parse_moment(text))
    except ValueRefused:
        return False


def _as_pair(within: type[BaseModel], item: object) -> str | None:
    """A part of a recording that was read as one key: « 6:40 : Questions »."""
    if not isinstance(item, dict) or len(item) != 1:
        return None
    (key, value), *_ = item.items()
    return _as_chapter(within, f"{key} {value}")


def _is_link(value: object) -> bool:
    return isinstance(value, str) and re.match(r"https?://\S+$|www\.\S+$", value) is not None


def _in_item(mark: Mark, said: str, better: str) -> tuple[Edit, ...]:
    """What writes an item of a list anew, if it stands there as it is, without quotes."""
    return (Edit(mark.line, mark.column - 2, f"- {said}", f"- {better}"),)


def _is_until(key: str, level: Names) -> bool:
    """Whether a key is what `registration:` calls the day that an item of deadlines says."""
    return slug(key) == "deadline" and level[-1:] == ("deadlines",)


def _as_item(within: type[BaseModel], value: str, mark: Mark) -> Mend:
    """How to write a lone text that is an item of a list of groups."""
    chapter = _as_chapter(within, value)
    if chapter is not None:
        return Mend(WRITE, {"better": f"- {chapter}"}, _in_item(mark, value, chapter))
    due = _as_deadline(within, value)
    if due is not None:
        return Mend(WRITE, {"better": f"- {due}"})
    if {"id", "title"} <= set(within.model_fields):
        needs_id = within.model_fields["id"].is_required()
        id = f"id: {slug(value)[:40].strip('-') or 'a'}, " if needs_id else ""
        better = f"{{{id}title: {flow(value)}}}"
        return Mend(WRITE, {"better": f"- {better}"})
    first, *others = within.model_fields
    said = f'"{value}"' if re.fullmatch(_CLOCK, value) else _in_braces(value)
    needed = [one for one in others if within.model_fields[one].is_required() or one == "alt"]
    needed += ["consent"] if {"consent", "nobody"} <= within.model_fields.keys() else []
    inner = "".join(f", {one}: …" for one in needed)
    return Mend(GROUP, {"better": f"- {{{first}: {said}{inner}}}"})


def _out_of_list(within: type[BaseModel] | None, value: list[object], mark: Mark) -> Mend | None:
    """How to write the items of a list that stands within a list; None for no texts."""
    texts = [one for one in value if isinstance(one, str) and one]
    if not texts or len(texts) < len(value):
        return None
    as_they_stand = within is None or issubclass(within, NameRecord | LinkRecord)
    items = [
        f"- {flow(one)}"
        if within is None or as_they_stand
        else f"{_as_item(within, one, mark).params['better']}"
        for one in texts
    ]
    return Mend(EACH if len(items) > 1 else WRITE, {"better": " », « ".join(items)})


def _first_of(within: type[BaseModel] | None) -> str:
    """A group with what it cannot go without, as one writes it; "" for what is none."""
    if within is None:
        return ""
    needed = [name for name, one in within.model_fields.items() if one.is_required()]
    if issubclass(within, NameRecord):
        needed = ["name"]
    return f"{{{', '.join(f'{one}: …' for one in needed or [*within.model_fields][:1])}}}"


def _alone(path: Path, example: str) -> Mend:
    """What is to be written at a place within a part, or as an item of a list."""
    if isinstance(path[-1], int):
        return Mend(WRITE, {"better": f"- {example}"})
    return Mend(WRITE_EXAMPLE, {"key": path[-1], "example": example})


def _as_group(
    within: type[BaseModel], name: str, value: str, mark: Mark, id_of: Callable[[str, str], str]
) -> Mend:
    """How to write a lone text where several keys are expected."""
    known = within.model_fields
    joined = _KEY_SPACE.fullmatch(value)
    if joined and joined[1] in known:
        better = f"{joined[1]}: {joined[2]}"
        edit = Edit(mark.line, mark.column, f"{joined[1]}:", f"{joined[1]}: ")
        return Mend(SPACE_KEY, {"better": better}, (edit,))
    key = next((one for one in ("url", "video") if one in known), None)
    if key is not None and (better := _as_address(value)):
        return Mend(WRITE, {"better": f"{name}: {{{key}: {better}}}"})
    if key is not None and _ADDRESS.fullmatch(value):
        better = f"{{{key}: {_in_braces(value)}}}"
        edits = (Edit(mark.line, mark.column, value, better),)
        return Mend(WRITE, {"better": f"{name}: {better}"}, edits)
    if name == "registration" and is_none(value):
        return Mend(
            NO_REGISTRATION,
            {"better": f"{name}: {{state: none}}", "closed": f"{name}: {{state: closed}}"},
        )
    choices = choices_of(known["state"]) if "state" in known else None
    state = choices.value_of(value) if choices else None
    if state is not None and choices is not None:
        better = f"{name}: {{state: {state}}}"
        return Mend(WRITE_ONE, {"better": better, "meaning": choices.meanings[state]})
    status = choices_of(known["status"]) if "status" in known else None
    if status is not None and (said := status.value_of(value)) is not None:
        better = f"{name}: {{status: {said}}}"
        return Mend(WRITE_ONE, {"better": better, "meaning": status.meanings[said]})
    if issubclass(within, DateRecord) and (moved := _moved(value)):
        return Mend(WRITE, {"better": f"{name}: {{{moved}}}"})
    if "src" in known and _ADDRESS.fullmatch(value):
        src = file_of(value)
        better = f"{name}: {{src: {src or '…'}, alt: …}}"
        return Mend(DOWNLOAD, {"better": better})
    if "src" in known:
        return Mend(GROUP, {"better": f"{name}: {{src: {value}, alt: …}}"})
    if "mode" in known and "takes" in known and (leg := _as_leg(value)):
        return Mend(WRITE, {"better": f"{name}: {leg}"})
    travel = _travel(value) if "mode" in known and "takes" in known else None
    if travel is not None:
        return Mend(WRITE, {"better": f"{name}: {{mode: {travel}}}"})
    if "url" in known and _EMAIL.search(value):
        return Mend(REACHED)
    if {"place", "at"} <= set(known) and (found := _PLACE_AND_HOUR.fullmatch(value)):
        place = id_of("place", _TO_PLACE.sub("", found["place"]))
        return Mend(WRITE, {"better": f"{name}: {{place: {place}, at: {found['at']}}}"})
    dated = [key for key, one in known.items() if one.is_required() and forms_of(one) is DAY]
    if dated:
        return _as_dates(within, name, value, id_of)
    if name == "replay":
        no = value.strip().lower() in _NO
        return Mend(WRITE, {"better": "recorded: false"}) if no else Mend(REPLAY_LATER)
    first = next(iter(known))
    inner = "https://…" if first == "url" else _in_braces(id_of(first, value))
    return Mend(GROUP, {"better": f"{name}: {{{first}: {inner}}}"})


def _moved(value: str) -> str | None:
    """« moved to 2026-12-18 », « 18 décembre 2026 de 14 h à 15 h »: when a date takes place
    instead."""
    words = value.split()[:12]
    for count in range(min(len(words), 4), -1, -1):
        if count and ("dates", "start") not in [
            one.path for one in targets(" ".join(words[:count]), "")
        ]:
            continue
        rest = " ".join(words[count:])
        try:
            return f"start: {parse_end(rest, style=DAY_FIRST)}"
        except ValueRefused:
            if (both := _from_to(rest)) is not None:
                return both
    return None


def _from_to(value: str) -> str | None:
    """« 14h-15h »: when something begins, and when it ends."""
    try:
        said = understand(value, DAY_FIRST)
    except NoSuchDay:
        return None
    if said is None or said.guessed or len(said.hours) != 2 or len(said.days) > 1:
        return None
    first, last = said.hours
    start = End(said.days[0] if said.days else None, first)
    return f"start: {start}, end: {last:%H:%M}"


def _as_address(value: str) -> str:
    """The address within what a page would show it by, or one without its beginning."""
    framed = re.search(r"<i?frame\b[^>]{0,500}\bsrc=[\"']?(https?://[^\s\"'>]+)", value)
    if framed is not None:
        return framed[1]
    return f"https://{value}" if re.fullmatch(r"www\.[\w-]+(?:\.[\w-]+)+(?:/\S*)?", value) else ""


_TO_PLACE = re.compile(
    r"^(?:(?:le |the )?(?:retour|départ|arrivée|return|departure|arrival)\s*:?\s*)?"
    r"(?:(?:à|au|de|du|depuis|vers|to|at|from)\s+)?(?:la |le |the )?",
    re.IGNORECASE,
)


def _travel(value: str) -> str | None:
    """« en train », « by coach »: what one travels by."""
    bare = re.sub(r"^(?:en|à|par|by|on)\s+", "", value.strip(), flags=re.IGNORECASE)
    folded = bare.lower()
    return TRAVEL.value_of(bare) or (folded if folded in TRAVEL.meanings else None)


_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,24}", re.IGNORECASE)
_HOUR = r"\d{1,2} ?[h:H](?: ?\d{2})?"
_PLACE_AND_HOUR = re.compile(
    rf"(?P<place>\S.{{0,100}}?),? (?:à |at |vers |around )?(?P<at>{_HOUR})"
)


def _as_leg(value: str) -> str | None:
    """« TER, 50 min »: what one travels by, and how long it takes."""
    mode, takes = "", ""
    for word in (one.strip() for one in value.split(",")):
        found = _travel(word)
        if found is not None and not mode:
            mode = found
        elif not takes and _lasts(word):
            takes = word
        else:
            return None
    return f"{{mode: {mode}, takes: {takes}}}" if mode and takes else None


def _lasts(word: str) -> bool:
    try:
        parse_duration(word)
    except ValueRefused:
        return False
    return True


def _as_dates(
    within: type[BaseModel], name: str, value: str, id_of: Callable[[str, str], str]
) -> Mend:
    """A group that needs days: the one that the text says, and what else has to be said."""
    who, *when = re.split(r"(?:,|\s(?:depuis|since|du|le)\s)", value, maxsplit=1)
    who, days = who.strip(), list[str]()
    for text in (value, *when):
        try:
            said = understand(text, DAY_FIRST)
        except NoSuchDay:
            said = None
        if said is not None and said.days and not said.guessed:
            days = list(map(str, said.days))
            break
    if len(days) == 1 and "until" in within.model_fields and _LAST_DAY.search(value):
        days = ["…", *days]
    parts = []
    for key, field in within.model_fields.items():
        if not field.is_required():
            continue
        is_day = forms_of(field) is DAY
        is_name = key in REFERENCES and len(who.split()) < 5 and not names_person(who)
        named = id_of(key, who) if is_name else ""
        parts.append(f"{key}: {(days.pop(0) if is_day and days else named) or '…'}")
    return Mend(GROUP, {"better": f"{name}: {{{', '.join(parts)}}}"})


_LAST_DAY = re.compile(r"\b(?:jusqu|until|till)", re.IGNORECASE)


def _on_a_line(value: object) -> str:
    """A text, or texts between commas; "" for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return ""


def _as_ids(text: str) -> str:
    return ", ".join(filter(None, map(slug, text.split(","))))


NO_BREAK = N_("delete this line: an item at which nobody speaks is shown as a break")
NO_TEXT = N_("an item has no text of its own: write it in the text of the meeting")
NO_LINKS = N_(
    "an item leads to its « video: » and its « slides: »: write other addresses in the text of the "
    "meeting"
)
ITEM_BY_ITSELF = N_(
    "each item stands by itself, and says its day: write « - {better} », and delete this line"
)
_OF_AN_ITEM: Mapping[str, str] = {
    **dict.fromkeys(("break", "pause"), NO_BREAK),
    **dict.fromkeys(("description", "summary", "abstract", "resume", "texte"), NO_TEXT),
    **dict.fromkeys(("url", "link", "links", "lien", "liens"), NO_LINKS),
}


def _of_an_item(key: str, said: object) -> Mend | None:
    """What an item of a programme does not say, or says otherwise."""
    if isinstance(said, list) and said and all(isinstance(one, dict) for one in said):
        keys = [str(one) for one in said[0]]
        if "title" in keys and "links" not in slug(key):
            return Mend(ITEM_BY_ITSELF, {"better": ", ".join(f"{x}: …" for x in ("day", *keys))})
    text = _OF_AN_ITEM.get(slug(key))
    return Mend(text, {}) if text else None


_OF_DATES: Mapping[object, int] = {"except": 2, "also": 2, "dates": 1, "later": 1}
"""Keys of dates of a series, and how deep below them another shape of it is known."""


def _in_braces(value: str) -> str:
    """A value as it is written between braces."""
    return quoted(value) if re.search(r"[,\[\]{}#\n]|: |:$", value) else value


def _is_moment(kind: type[BaseModel], names: Names) -> bool:
    field = field_at(kind, names)
    return field is not None and forms_of(field) is MOMENT


def _is_flag(kind: type[BaseModel], names: Names) -> bool:
    field = field_at(kind, names)
    return field is not None and choices_of(field) is FLAG


def _may_choose(kind: type[BaseModel], meant: Meant, word: str) -> bool:
    """Whether a word is one of the values that a field chooses among, or stands for one."""
    field = field_at(kind, meant.path)
    choices = choices_of(field) if field else None
    if choices is FLAG:
        return word in _NO | _YES
    return choices is not None and choices.value_of(word) is not None


def _is_either(written: str) -> bool:
    """Whether somebody is helped on the spot or from afar, whichever it is."""
    words = [FORMAT.value_of(one) for one in re.split(r"\s(?:ou|et|or|and)\s|[/,;&+]", written)]
    is_any = slug(written) in {"peu-importe", "indifferent", "au-choix", "any", "either"}
    return is_any or MODE.value_of(written) == "hybrid" or len(set(filter(None, words))) > 1


def _flag(word: str, choices: Choices) -> str | None:
    """« oui » and « non », where one may choose them."""
    said = slug(word)
    value = "yes" if said in _YES else "no" if said in _NO else None
    return value if value in choices.meanings else None


def _known(fault: ErrorDetails) -> list[str]:
    """The values that a field would have taken."""
    context: dict[str, Any] = fault.get("ctx", {})
    if fault["type"] == "literal_error":
        return _choices(str(context["expected"]))
    return str(context["params"]["known"]).split(", ")


def _meaning(kind: type[BaseModel], meant: Meant) -> str:
    field = field_at(kind, meant.path)
    choices = choices_of(field) if field else None
    return choices.meanings.get(meant.value, "") if choices else ""


def _glossed(known: Iterable[str], choices: Choices | None) -> Glossed | str:
    if choices is None:
        return ", ".join(known)
    return Glossed(tuple((one, choices.meanings.get(one, one)) for one in known))


_FEW, _FEWEST = 12, 6
"""Keys that are shown all of them, and of more than that, how many."""

_USUAL = ("title", "start", "end", "duration", "place", "online", "speakers", "hosts", "summary")
"""Keys that most files say."""

_SINCE = ("given", "opened", "since", "start")
"""Keys that say from when what they stand in is."""

_EXPECTED = {
    "tuple_type": (N_("a list"), "[a, b]"),
    "list_type": (N_("a list"), "[a, b]"),
    "dict_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "model_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "model_attributes_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "date_type": (N_("a date"), "2026-12-03"),
    "time_type": (N_("a time of day"), "12:30"),
    "time_delta_type": (N_("a duration"), "1h30"),
    "int_type": (N_("a number"), "12"),
    "float_type": (N_("a number"), "12"),
    "bool_type": (N_("true or false"), "true"),
}
_LISTS = frozenset({"tuple_type", "list_type"})
_GROUPS = frozenset({"dict_type", "model_type", "model_attributes_type"})


def _names(path: Path) -> Names:
    return tuple(one for one in path if isinstance(one, str))


def _parent(path: Path) -> str:
    """The key under which that of a path stands; "" at the top of a source."""
    return "".join(_names(path)[-2:-1])


def _is_list(kind: type[BaseModel], names: Names) -> bool:
    field = field_at(kind, names)
    return field is not None and holds_list(field)


def _name(path: Path) -> str:
    return name_of(path[:-2] if path[-1:] == (A_KEY,) else path)


def _choices(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
