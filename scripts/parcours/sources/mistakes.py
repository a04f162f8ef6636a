"""What is wrong in a record, as a kind colleague says it: what was understood, what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from ..model.names import slug
from ..model.shape import Meant, Names, choices_of, field_at, fields, forms_of, meant_keys, part
from ..model.synonyms import REFERENCES, Choices
from ..model.values import ValueRefused, parse_moment, parse_time
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
from .slips import flow
from .spoken import better_value
from .yaml import Document, Path

WRITE_KEY = N_("write « {better}: »")
WRITE = N_("write « {better} »")
WRITE_ONE = N_("write « {better} » ({meaning})")
EITHER = N_("write « {better}: », or put it under « {parent}: » with two spaces before it")
OWN_ID = N_("add a line « {better} »: a short name of its own, which stays for ever")
ITEMS = N_("write a list: « - {first}: … », and below, two spaces further in, « {second}: … »")
INDENT = N_("it belongs under « {parent}: »: put two spaces before « {better}: »")
INDENT_ITEM = N_("it belongs under « {parent}: »: put it as far in as the keys of an item there")
UNDER = N_("write it under « {parent}: », on a line of its own that begins with two spaces")
UNDER_AS = N_("under « {parent}: », write « {better} » on a line that begins with two spaces")
HIGHER = N_("it belongs to the whole, not to « {parent}: »: take away the spaces before it")
HIGHER_AS = N_("write « {better}: » at the very beginning of a line, outside « {parent}: »")
TWICE = N_("that is « {better}: », which stands on line {first} already: keep one of the two")
JOIN = N_("the hour goes with its day, on one line: write « {better} »")
FILE_NAME = N_("write the name of its file in {folder}/, without .yml, such as « {example} »")
DELETE = N_("delete this line: nothing has to be written for that")
SPACE_KEY = N_("put a space after the colon: « {better} »")
SPACE_DASH = N_("put a space after the hyphen: « {better} »")
FORMS = N_("« {example} », for example: {said}")
GROUP = N_("write « {better} »: several things can be said here, each with its key")

NO_ITEM = N_("put a space in place of the hyphen: « {better} »")
ANOTHER = N_("its hyphen begins another item, and « {key}: » belongs to the one above")
NO_HYPHENS = N_("take the hyphens away, these are no items of a list: « {better} »")
EACH = N_("put each on a line of its own: « {better} »")
COMMAS = N_("put a comma between them: « {better} »")

Known = Callable[[str, str], str | None]
"""What finds the id that is meant, in a folder of data, by an id or a name; None for none."""

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}"
_TIME = rf"(?P<at>{_CLOCK})"
_CHAPTER = re.compile(rf"\W?{_TIME}\W{{1,4}}(?P<title>\w.*)")
_CHAPTER_LAST = re.compile(rf"(?P<title>\S.*?)\W{{1,4}}{_TIME}\W?")
_BETWEEN = re.compile(r"\s*(?:[;/+&,|]|\s(?:et|and|ou|or|-|–)\s)\s*")
_NO = frozenset({"non", "no", "false", "faux", "off", "n", "0"})
_YES = frozenset({"oui", "yes", "true", "vrai", "on", "o", "y", "x", "1", "ok"})
_KEY_SPACE = re.compile(r"([\w-]{1,40}):([^\s/].*)", re.DOTALL)
_ADDRESS = re.compile(r"https?://\S+")

UNFILLED_FAULT = "unfilled"
"""The fault of a value that is still the one of an empty form; no other has this name."""


class Mistakes:
    """Tells the faults of one document."""

    def __init__(
        self,
        kind: type[BaseModel],
        document: Document,
        problems: Problems,
        language: str,
        known: Known | None = None,
    ) -> None:
        self._kind = kind
        self._document = document
        self._problems = problems
        self._language = language
        self._known = known
        self._keys = 0
        self._told_lists: set[Path] = set()

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
            said = self._at(path)
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
        known = within.model_fields.items() if within else ()
        required = {name for name, one in known if one.is_required()}
        for number, item in enumerate(items):
            keys = set(item) if isinstance(item, dict) else set()
            lacking = lacks.get(number, set())
            is_half = bool(keys & needed) or lacking == required
            if number and lacking and keys and is_half and not keys & above:
                told |= {(*path, number - 1), (*path, number)}
                self._tell_hyphen((*path, number, next(iter(item))))  # type: ignore[call-overload] # it has keys
                above, needed = above | keys, needed - keys
            else:
                above, needed = keys, set(lacking)
        return told

    def _tell_hyphen(self, path: Path) -> None:
        mark = self._document.key_mark(path)
        value = self._at(path)
        better = f"{path[-1]}: {value if isinstance(value, str) else ''}".strip()
        edits = (Edit(mark.line, mark.column - 2, "- ", "  "),)
        mend = Mend(NO_ITEM, {"better": better}, edits)
        reason = Phrase(ANOTHER, {"key": str(path[-1])})
        self._document.broken.add(path[:-2])
        self._problems.add("yaml-syntax", mark, mend=mend, reason=reason)

    def tell(self, fault: ErrorDetails) -> None:
        """Tell what the schema refused, and what to write."""
        path: Path = tuple(fault["loc"])
        sort, value = fault["type"], fault["input"]
        context: dict[str, Any] = fault.get("ctx", {})
        if sort == "extra_forbidden":
            self._tell_key(path)
        elif sort == UNFILLED_FAULT:
            self._tell_unfilled(path)
        elif sort == "missing":
            self._tell_missing(path)
        elif sort == "literal_error":
            self._tell_choice(path, value, _choices(str(context["expected"])))
        elif sort == "parcours" and context["code"] == "bad-choice":
            self._tell_choice(path, value, context["params"]["known"].split(", "))
        elif sort == "parcours":
            self._tell_value(context["code"], path, context["params"])
        elif value is None:
            self._problems.add("empty", self._document.mark(path), field=_name(path))
        else:
            self._tell_type(sort, path, value)

    # Keys

    def _tell_key(self, path: Path) -> None:
        key, mark = str(path[-1]), self._document.key_mark(path)
        holder = part(self._kind, _names(path[:-1]))
        known = list(holder.model_fields) if holder else []
        chapter = _as_chapter(holder, f"{key} {self._at(path)}") if path[:-1] else None
        if chapter is not None:
            self._document.broken.update((*path[:-1], one) for one in known)
            said = f"{key}: {self._at(path)}"
            write = Mend(WRITE, {"better": f"- {chapter}"}, _in_item(mark, said, chapter))
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

    def _mend_key(self, path: Path, key: str, mark: Mark, known: list[str]) -> Mend | None:
        """How to write what an unknown key is meant for."""
        level, within = _names(path[:-1]), path[:-1]
        under = self._under_the_line_above(path, key)
        if under is not None:
            self._document.broken.add((*within, *under[len(level) :]))
            text = INDENT_ITEM if _is_list(self._kind, under[:-1]) else INDENT
            return Mend(text, {"parent": under[-2], "better": under[-1]})
        found = meant_keys(key, self._kind, level, self._language)
        here = [one for one in found if one.path[: len(level)] == level]
        alone = [one for one in here if len(one.path) == len(level) + 1]
        free = next((one for one in alone if one.value or self._source(path, one) is None), None)
        if free is not None:
            return self._write_key(path, key, mark, free, certain=len(alone) == 1)
        like = _one_letter_off(key, known)
        if like and (*within, like) not in self._document.keys:
            self._read_as(path, like)
            edit = Edit(mark.line, mark.column, key, like)
            return Mend(SUGGESTION, {"suggestion": like}, (edit,))
        if here and here[0] not in alone:
            return self._write_below(path, here[0], level)
        elsewhere = self._elsewhere(path, key, found, level)
        is_there = any(names[-1] == slug(key) for names, _ in fields(self._kind))
        if elsewhere and is_there:
            return elsewhere
        return self._twice(path, alone[0]) if alone else elsewhere

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
        """A word for what is said already: an hour apart from its day, or the same again."""
        source, name = self._source(path, meant), meant.path[-1]
        if source is None:
            return None
        day, hour = str(self._at(source)), str(self._at(path))
        try:
            both = parse_moment(f"{day} {parse_time(hour):%H:%M}")
        except ValueRefused:
            first = self._document.key_mark(source).line
            return Mend(TWICE, {"better": name, "first": first})
        self._document.broken.add((*path[:-1], name, "at"))  # an hour is given, elsewhere
        return Mend(JOIN, {"better": f"{name}: {both}"})

    def _write_key(self, path: Path, key: str, mark: Mark, meant: Meant, *, certain: bool) -> Mend:
        better = meant.path[-1]
        namesakes = [names for names, _ in fields(self._kind) if names[-1] == key]
        if not meant.value and namesakes:  # it may be theirs
            self._document.broken.add((*path[:-1], better))
            return Mend(EITHER, {"better": better, "parent": namesakes[0][-2]})
        if not meant.value:
            self._read_as(path, better)
            edit = Edit(mark.line, mark.column, key, better)
            return Mend(WRITE_KEY, {"better": better}, (edit,) if certain else ())
        self._document.broken.add((*path[:-1], better))
        said = str(self._at(path) or "").strip()
        if said.lower() in _NO:
            return Mend(DELETE)
        line = f"{better}: {meant.value}"
        is_there = (*path[:-1], better) in self._document.keys
        is_sure = certain and said.lower() in _YES and not is_there
        edits = (Edit(mark.line, mark.column, f"{key}: {said}", line),) if is_sure else ()
        return Mend(WRITE_ONE, {"better": line, "meaning": _meaning(self._kind, meant)}, edits)

    def _write_below(self, path: Path, meant: Meant, level: Names) -> Mend:
        parent, name = meant.path[-2], meant.path[-1]
        self._document.broken.add((*path[:-1], *meant.path[len(level) :]))
        if not meant.value:
            return Mend(UNDER_AS, {"parent": parent, "better": f"{name}:"})
        if str(self._at(path) or "").strip().lower() in _NO:
            return Mend(DELETE)
        if (*path[:-1], parent) in self._document.keys:
            return Mend(UNDER_AS, {"parent": parent, "better": f"{name}: {meant.value}"})
        better = f"{parent}: {{{name}: {meant.value}}}"
        return Mend(WRITE_ONE, {"better": better, "meaning": _meaning(self._kind, meant)})

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
        if len(places[0]) <= len(level):
            text = HIGHER if name == key else HIGHER_AS
            return Mend(text, {"parent": level[-1], "better": name})
        parents = dict.fromkeys(names[-2] for names in places if names[-1] == name)
        parent = ": » / « ".join(list(parents)[:3])
        if name == key:
            return Mend(UNDER, {"parent": parent})
        return Mend(UNDER_AS, {"parent": parent, "better": f"{name}:"})

    def _under_the_line_above(self, path: Path, key: str) -> Names | None:
        """The field that a key is, if it only lacks the spaces of the part above it."""
        holder = self._at(path[:-1])
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
        here = meant_keys(key, self._kind, level, self._language)
        is_taken = bool(here) and here[0].path[:-1] == level and here[0].path[-1] in holder
        if said is not None and not is_taken:
            return None
        for meant in meant_keys(key, self._kind, (*level, above), self._language):
            own = meant.path[:-1] == (*level, above)
            if own and not meant.value and meant.path[-1] not in given:
                return meant.path
        return None

    def _tell_missing(self, path: Path) -> None:
        document = self._document
        if path in document.keys:
            self._problems.add("empty", document.key_mark(path), field=_name(path))
        elif path not in document.renamed and not document.is_unsure(path):
            said = self._at(path[:-1])
            title = str(said.get("title") or "") if isinstance(said, dict) else ""
            example = slug(title)[:40].strip("-") or "a"
            mend = Mend(OWN_ID, {"better": f"id: {example}"}) if path[-1] == "id" else None
            mark = document.mark(path[:-1])
            self._problems.add("missing-key", mark, mend=mend, key=str(path[-1]))

    # Values

    def _tell_choice(self, path: Path, value: object, known: list[str]) -> None:
        field = field_at(self._kind, _names(path))
        choices = choices_of(field) if field else None
        mark, written = self._document.mark(path), str(value)
        meant = choices.value_of(written) if choices else None
        like = _one_letter_off(written, known)
        mend = None
        if meant is not None and choices is not None:
            better = f"{_names(path)[-1]}: {meant}"
            is_sure = written.strip().lower() not in _NO | _YES and "\n" not in written
            edits = (Edit(mark.line, mark.column, written, meant),) if is_sure else ()
            mend = Mend(WRITE_ONE, {"better": better, "meaning": choices.meanings[meant]}, edits)
        elif like is not None:
            edits = (Edit(mark.line, mark.column, written, like),)
            mend = Mend(SUGGESTION, {"suggestion": like}, edits)
        self._problems.add(
            "bad-choice",
            mark,
            suggestion=closest(written, known),
            mend=mend,
            field=_name(path),
            value=value,
            known=_glossed(known, choices),
        )

    def _tell_value(self, code: str, path: Path, params: Mapping[str, object]) -> None:
        mark, value = self._document.mark(path), str(params.get("value", ""))
        if code == "bad-id" and self._tell_reference(path, mark, params):
            return
        found = better_value(code, value, self._language, _names(path)[-1])
        mend = None
        folder = REFERENCES.get(_names(path)[-1]) if code == "bad-id" else None
        if found is None and folder is not None:
            mend = Mend(FILE_NAME, {"folder": folder})
        elif found is not None:
            is_named = isinstance(path[-1], str) and found.is_whole
            shown = f"{path[-1]}: {found.text}" if is_named else found.text
            edit = Edit(mark.line, mark.column, value, found.text)
            params_of = {"better": shown, "other": found.other}
            mend = Mend(found.mend, params_of, (edit,) if found.is_certain else ())
        self._problems.add(code, mark, mend=mend, **{"field": _name(path), **params})  # type: ignore[arg-type] # names of braces

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
        whole = self._at(path[:-1]) if is_list else None
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
        self._problems.add("bad-id", mark, mend=mend, field=_name(path), **params)  # type: ignore[arg-type] # names of braces
        return True

    def _ids(self, folder: str, text: str, *, several: bool) -> list[str]:
        """The ids that a text means; none where that is not known."""
        known = self._known
        plain = text.strip(" ()[].«»\u00a0")
        if known is not None and (one := known(folder, plain)):
            return [one]
        tries = [_BETWEEN.split(plain), plain.split()] if several else []
        for words in tries:
            words = [one.strip(" .\"'") for one in words if one.strip(" .\"'")]
            found = [known(folder, one) if known else None for one in words]
            if len(words) > 1 and (all(found) or (words != plain.split() and any(found))):
                return [one or slug(word) for one, word in zip(found, words, strict=True)]
        return []

    def _tell_type(self, sort: str, path: Path, value: object) -> None:
        expected, example = _EXPECTED.get(sort, (N_("a text"), "…"))
        mark, names = self._document.mark(path), _names(path)
        mend = None
        within = part(self._kind, names)
        if within is not None and isinstance(value, str) and sort in _GROUPS:
            is_item = isinstance(path[-1], int)
            mend = (_as_item if is_item else _as_group)(within, names[-1], value, mark)
        elif within is not None and isinstance(value, list) and sort in _GROUPS:
            keys = [str(one) for item in value if isinstance(item, dict) for one in item]
            better = " », « ".join(f"{one}:" for one in keys)
            mend = Mend(NO_HYPHENS, {"better": better}) if keys else None
        elif sort in _LISTS and (said := _as_list(within, self._at(path))) is not None:
            text = EACH if within else WRITE
            mend = Mend(text, {"better": said if within else f"{names[-1]}: {said}"})
        elif sort == "string_type" and isinstance(value, list) and len(value) == 1:
            mend = Mend(WRITE, {"better": f"{names[-1]}: {value[0]}"})
        elif within is not None and sort in _LISTS:
            first, *more = [name for name, one in within.model_fields.items() if one.is_required()]
            mend = Mend(ITEMS, {"first": first, "second": (more or list(within.model_fields))[0]})
        self._problems.add(
            "bad-type", mark, mend=mend, field=_name(path), expected=expected, example=example
        )

    def _at(self, path: Path) -> object:
        found: object = self._document.data
        for one in path:
            try:
                found = found[one]  # type: ignore[index] # whatever it is, it may have no parts
            except (LookupError, TypeError):
                return None
        return found


def _as_list(within: type[BaseModel] | None, value: object) -> str | None:
    """A list that is written as a text, or in the brackets of a group; None for what is neither."""
    if within is None:
        is_set = isinstance(value, dict) and all(one is None for one in value.values())
        return f"[{', '.join(map(str, value))}]" if is_set and isinstance(value, dict) else None
    if isinstance(value, dict):
        value = ", ".join(f"{at} {title}" for at, title in value.items())
    if not isinstance(value, str):
        return None
    said = re.split(rf"[\s,;]+(?={_CLOCK}\b)", value[:2000])
    found = [_as_chapter(within, one) for one in said]
    better = [f"- {one}" for one in found if one]
    return " », « ".join(better) if better and len(better) == len(said) else None


def _as_chapter(within: type[BaseModel] | None, value: str) -> str | None:
    """A part of a recording that is written as players show it: « 6:40 Questions »."""
    found = _CHAPTER.fullmatch(value) or _CHAPTER_LAST.fullmatch(value)
    if within is None or found is None or set(within.model_fields) != {"at", "title"}:
        return None
    return f'{{at: "{found["at"]}", title: {flow(found["title"])}}}'


def _in_item(mark: Mark, said: str, better: str) -> tuple[Edit, ...]:
    """What writes an item of a list anew, if it stands there as it is, without quotes."""
    return (Edit(mark.line, mark.column - 2, f"- {said}", f"- {better}"),)


def _as_item(within: type[BaseModel], name: str, value: str, mark: Mark) -> Mend:
    """How to write a lone text that is an item of a list of groups."""
    chapter = _as_chapter(within, value)
    if chapter is not None:
        return Mend(WRITE, {"better": f"- {chapter}"}, _in_item(mark, value, chapter))
    if {"id", "title"} <= set(within.model_fields):
        better = f"{{id: {slug(value)[:40].strip('-') or 'a'}, title: {flow(value)}}}"
        return Mend(WRITE, {"better": f"- {better}"})
    first = next(iter(within.model_fields))
    return Mend(GROUP, {"better": f"- {{{first}: …}}"})


def _as_group(within: type[BaseModel], name: str, value: str, mark: Mark) -> Mend:
    """How to write a lone text where several keys are expected."""
    known = within.model_fields
    joined = _KEY_SPACE.fullmatch(value)
    if joined and joined[1] in known:
        better = f"{joined[1]}: {joined[2]}"
        edit = Edit(mark.line, mark.column, f"{joined[1]}:", f"{joined[1]}: ")
        return Mend(SPACE_KEY, {"better": better}, (edit,))
    key = next((one for one in ("url", "video") if one in known), None)
    if key is not None and _ADDRESS.fullmatch(value):
        inner = f'"{value}"' if re.search(r"[,\[\]{}#]", value) else value
        better = f"{{{key}: {inner}}}"
        edits = (Edit(mark.line, mark.column, value, better),)
        return Mend(WRITE, {"better": f"{name}: {better}"}, edits)
    choices = choices_of(known["state"]) if "state" in known else None
    state = choices.value_of(value) if choices else None
    if state is not None and choices is not None:
        better = f"{name}: {{state: {state}}}"
        return Mend(WRITE_ONE, {"better": better, "meaning": choices.meanings[state]})
    if "src" in known:
        return Mend(GROUP, {"better": f"{name}: {{src: {value}, alt: …}}"})
    return Mend(GROUP, {"better": f"{name}: {{{next(iter(known))}: …}}"})


def _meaning(kind: type[BaseModel], meant: Meant) -> str:
    field = field_at(kind, meant.path)
    choices = choices_of(field) if field else None
    return choices.meanings.get(meant.value, "") if choices else ""


def _glossed(known: Iterable[str], choices: Choices | None) -> Glossed | str:
    if choices is None:
        return ", ".join(known)
    return Glossed(tuple((one, choices.meanings.get(one, one)) for one in known))


def _one_letter_off(word: str, known: Iterable[str]) -> str | None:
    """The only known word from which one letter has gone wrong; None for none, or several."""
    found = [one for one in known if len(one) > 3 and _differs_by_one(word, one)]
    return found[0] if len(found) == 1 else None


def _differs_by_one(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    rest, more = one[begin:], other[begin:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == more
    return rest[1:] == more[1:] or rest == more[1:] or rest[1:] == more or swapped


_EXPECTED = {
    "tuple_type": (N_("a list"), "[a, b]"),
    "list_type": (N_("a list"), "[a, b]"),
    "dict_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "model_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "model_attributes_type": (N_("a group of « key: value » lines"), "{key: value}"),
    "dataclass_type": (N_("a date"), "2026-12-03 12:30"),
    "dataclass_exact_type": (N_("a date"), "2026-12-03 12:30"),
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


def _is_list(kind: type[BaseModel], names: Names) -> bool:
    field = field_at(kind, names)
    return field is not None and "tuple" in str(field.annotation)


def _name(path: Path) -> str:
    """A path as people read it: ``replay.chapters[2].at``, counted from 1."""
    text = ""
    for one in path:
        text += f"[{one + 1}]" if isinstance(one, int) else f".{one}" if text else one
    return text


def _choices(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
