"""What a source names by an id that nothing has: what to write, and where it is declared.

A person is never led to where organisations are declared: there, nobody asks for consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from ..model.fields import is_none
from ..model.names import slug
from ..model.persons import CIVIL, OF_ORGANISATIONS, names_nobody
from ..model.schema import REFERENCES, EventRecord
from ..model.shape import holds_list
from ..model.synonyms import MODE
from ..model.territories import region_of
from ..problems import N_, SUGGESTION, Mend, closest
from .around import Around
from .lines import are_beside, holders
from .slips import flow

ITSELF = N_("write « {better} »")
DECLARE = N_("declare it in {where}/{id}.yml, and write « {better} » here")
DECLARE_OR = N_("declare it in {where}/{id}.yml, or write « {suggestion} » if that is meant")
PERSON = N_(
    "that is a person, and « {key}: » names organisations: write « speakers: {better} » instead, "
    "on a line of its own"
)
MAYBE_PERSON = N_(
    "an organisation is declared in {where}/{id}.yml, and written « {better} » here; a person is "
    "not one: write « speakers: » on a line of its own, and declare him or her in "
    "{people}/{id}.yml with what he or she agreed to (« consent: »)"
)
NEW_PERSON = N_(
    "write « {better} », and declare this person in {where}/{id}.yml with what he or she agreed "
    "to (« consent: »)"
)
DECLARE_PERSON = N_(
    "declare this person in {where}/{id}.yml with what he or she agreed to (« consent: »)"
)
NAME_PERSON = N_(
    "write « {named} »; or « {better} », and declare this person in {where}/{id}.yml, for a page "
    "of his or her own"
)
NAME_IT = N_(
    "write « {named} »; or « {better} », and declare it in {where}/{id}.yml, for a page of its own"
)
LEFT_OR_NEW = N_(
    "delete this id if this person left; else declare him or her in {where}/{id}.yml with what he "
    "or she agreed to (« consent: »)"
)
LEFT_OR_LIKE = N_(
    "write « {suggestion} » if that is meant, or delete this id if this person left; else declare "
    "him or her in {where}/{id}.yml with what he or she agreed to (« consent: »)"
)
FETCH = N_(
    "fetch the whole history, which tells whether this person left: git fetch --unshallow, then "
    "check again; declare nobody anew who may have left"
)
FETCH_OR_LIKE = N_(
    "write « {suggestion} » if that is meant; else fetch the whole history, which tells whether "
    "this person left: git fetch --unshallow, then check again"
)
ELSEWHERE = N_("« {better} » is declared in {folder}/: write it under « {right}: » instead")
OTHER_SORT = N_(
    "« {better} » is declared in {folder}/, and « {key}: » names something else: choose among "
    "{known}"
)
COMMAS = N_("put a comma between them: « {better} »")
NO_PLACE = N_(
    "what is held online has no place: delete this line, and give its address under « online: »"
)
NO_PLACE_HERE = N_(
    "is there none? delete this line; where the collection gives one to all, write « mode: "
    "online » instead"
)
NONE = N_("is there none? delete this line")
NONE_OF_THEM = N_("is there none? write « {key}: [] »")
CHOOSE = N_("choose among {known}")

Known = Literal["whole", "cut", "none"]
"""How much of the history is known: in a shallow clone, its end alone."""

_UNSURE: Mapping[Known, tuple[str, str]] = {
    "cut": (FETCH, FETCH_OR_LIKE),
    "none": (LEFT_OR_NEW, LEFT_OR_LIKE),
}
_OF = re.compile(r"([^()]{1,200}[^()\s]) ?\(([^()]{1,200})\)")
"""A person with what he or she is of: « Jean Dupont (CCI Lyon) »."""

_TO_DECLARE = frozenset({DECLARE, DECLARE_OR, DECLARE_PERSON})

AS_VALUE = frozenset({ITSELF, DECLARE, NAME_IT, MAYBE_PERSON, NEW_PERSON, COMMAS})
"""What names the value to write under the same key."""

_KEYS = {
    "organisations": "hosts",
    "people": "speakers",
    "places": "place",
    "territories": "territories",
    "themes": "themes",
}
"""Folder of data → the usual key for what is declared there."""

_BETWEEN = re.compile(r"(?<!\s)\s*+(?:[;/&+]|\b(?:et|and|avec|with)\b)\s*+", re.IGNORECASE)
APART = re.compile(r"[-\s](?:et|and)[-\s]|\s?[;/&+,]\s?", re.IGNORECASE)
"""What stands between two persons, in a text or in an id that was made of one."""

_MOST_CHOICES = 30
_LIKELY = 0.8
"""How like an id is another that was probably meant: a near one of something else misleads."""


def how_to_name(
    key: str,
    written: str,
    around: Around,
    known: Iterable[str] = (),
    where: str = "",
    parent: str = "",
    *,
    may_be_unfiled: bool = False,
) -> Mend | None:
    """What to write for what is named under *key*; None where nothing is known of that key.

    Args:
        written: as it stands there, an id or not.
        known: ids of that folder, beside those that *around* knows.
        where: the folder, relative to the site's; "" for that of its name.
        parent: the key that it stands under; "" at the top of a source.
        may_be_unfiled: whether a name without a file may stand there.
    """
    folder, of = REFERENCES.get(key), ""
    if folder == "people":
        written, of = named_of(written)
    id = slug(written)
    if folder is None or not id:
        return None
    if is_none(written) and id not in around.ids.get(folder, ()):
        return _none(key)
    ids = around.ids
    id = (around.meant(folder, written) if around.meant else None) or id
    if id in ids.get(folder, ()):
        return Mend(ITSELF, {"better": id})
    if folder == "places" and _is_online(written):
        return Mend(NO_PLACE)
    several = [slug(one) for one in _BETWEEN.split(written)]
    if len(several) > 1 and all(several) and any(one in ids.get(folder, ()) for one in several):
        return Mend(COMMAS, {"better": ", ".join(several)})
    found = _declared_elsewhere((parent, key), folder, id, around)
    if found is not None:
        return found
    where = where or f"{around.data}/{folder}"
    near = closest(id, sorted({*ids.get(folder, ()), *known}), _LIKELY)
    if folder == "territories":
        return _territory(id, where, sorted(ids.get(folder, ())), near)
    params = {"better": id, "id": id, "where": where}
    if folder == "organisations" and may_be_person(id, around):
        person = closest(id, sorted(ids.get("people", ())), 0.9)
        if person is not None:
            return Mend(PERSON, {"key": key, "better": person})
        return Mend(MAYBE_PERSON, {**params, "people": f"{around.data}/people"})
    if near is not None:
        return Mend(DECLARE_OR, {**params, "suggestion": near})
    named = _braced(written, of)
    if folder != "people":
        return Mend(NAME_IT if may_be_unfiled else DECLARE, {**params, "named": named})
    both = persons(written)
    if both:
        return Mend(COMMAS, {"better": ", ".join(both)})
    if may_be_unfiled and names_nobody(written):
        return Mend(ITSELF, {"better": named})
    if written != id and not around.asks_consent:
        return Mend(NAME_PERSON, {**params, "named": named})
    return Mend(DECLARE_PERSON if written == id else NEW_PERSON, params)


def _none(key: str) -> Mend:
    """What says that there is none: « non », « aucun » name nothing."""
    field = EventRecord.model_fields.get(key)
    if field is not None and holds_list(field):
        return Mend(NONE_OF_THEM, {"key": key})
    return Mend(NO_PLACE_HERE if key == "place" else NONE)


def may_have_left(mend: Mend | None, known: Known) -> Mend | None:
    """What to write for a person nobody declares, who may have left before the history that is
    known begins; None where nobody can have, or something else is meant for certain."""
    if known == "whole" or mend is None or mend.text not in _TO_DECLARE:
        return None
    alone, like = _UNSURE[known]
    return Mend(like if mend.text == DECLARE_OR else alone, mend.params)


def _is_online(written: str) -> bool:
    """Whether a place is none: « visio », « Visio Zoom »; a room may be called « salle visio »."""
    first, *more = [one for one in re.split(r"[\s(),:-]+", written.lower()) if one]
    if MODE.value_of(written) == "online":
        return True
    is_first = first in _SERVICES or MODE.value_of(first) == "online"
    return is_first and all(one in _SERVICES | _BETWEEN_SERVICES for one in more)


_SERVICES = frozenset({"zoom", "teams", "jitsi", "webex", "bbb", "bigbluebutton", "skype"})
_BETWEEN_SERVICES = frozenset({"sur", "via", "par", "on", "by", "meet", "microsoft", "google"})


def named_of(text: str) -> tuple[str, str]:
    """A person, and what he or she is of; "" for what nobody says."""
    said = _OF.fullmatch(text.strip())
    return (said[1], said[2]) if said else (text.strip(), "")


def flow_name(text: str) -> str:
    """A person without a file, as it is written in a list: « {name: Jean Dupont, of: CCI} »."""
    return _braced(*named_of(text))


def _braced(name: str, of: str) -> str:
    return f"{{name: {flow(name)}{f', of: {flow(of)}' if of else ''}}}"


def persons(written: str) -> list[str]:
    """The ids of several persons who are named in one text, each by two words at least."""
    found = [slug(named_of(one)[0]) for one in APART.split(written)]
    return found if len(found) > 1 and all("-" in one for one in found) else []


def _declared_elsewhere(
    place: tuple[str, str], folder: str, id: str, around: Around
) -> Mend | None:
    """What is declared under another folder: the key beside this one that names such things."""
    parent, key = place
    other = next((one for one, ids in around.ids.items() if id in ids and one != folder), None)
    if other is None:
        return None
    if other == "people" and folder == "organisations":
        return Mend(PERSON, {"key": key, "better": id})
    usual = [_KEYS[other]] if other in _KEYS else []
    named = [*usual, *(one for one, holds in REFERENCES.items() if holds == other)]
    right = next((one for one in named if one != key and _may_stand(parent, key, one)), None)
    if right is None:
        known = sorted(around.ids.get(folder, ()))
        params = {"better": id, "folder": f"{around.data}/{other}", "key": key}
        chosen = ", ".join(known) if 0 < len(known) <= _MOST_CHOICES else "…"
        return Mend(OTHER_SORT, {**params, "known": chosen})
    params = {"better": id, "folder": f"{around.data}/{other}", "right": right}
    return Mend(ELSEWHERE, params)


def _may_stand(parent: str, key: str, other: str) -> bool:
    return (parent, other) in holders() if parent else are_beside(key, other)


def _territory(id: str, where: str, known: list[str], near: str | None) -> Mend:
    """Territories are a list of their own: one that is missing there is hardly ever to be added."""
    region = region_of(id)
    if region in known:
        return Mend(ITSELF, {"better": region})
    words = set(id.split("-"))
    longer = [one for one in known if words <= set(one.split("-"))]
    likely = near or (longer[0] if len(longer) == 1 else None)
    if likely is not None and len(known) <= _MOST_CHOICES:
        return Mend(SUGGESTION, {"suggestion": likely})
    if 0 < len(known) <= _MOST_CHOICES:
        return Mend(CHOOSE, {"known": ", ".join(known)})
    if near is not None:
        return Mend(DECLARE_OR, {"better": id, "id": id, "where": where, "suggestion": near})
    return Mend(DECLARE, {"better": id, "id": id, "where": where})


def may_be_person(id: str, around: Around) -> bool:
    """Whether somebody may be called so: no word of it is of an organisation or a territory."""
    words = id.split("-")
    if words[0] in CIVIL:
        return True
    first = {one.partition("-")[0] for one in around.ids.get("organisations", ())}
    named = {word for one in around.ids.get("territories", ()) for word in one.split("-")}
    known = OF_ORGANISATIONS | first | {word for word in named if len(word) > 3}
    return not known & set(words) and all(word.isalpha() for word in words) and len(words) < 5
