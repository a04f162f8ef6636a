"""Answers, however they came: what a key takes, where a file goes, how it is called."""

from __future__ import annotations

from collections.abc import Mapping

from ..i18n import Translator
from ..model.names import slug
from ..model.schema import Record
from ..model.settings import Collection
from ..problems import N_, Mark, Phrase, Problem, closest
from .keys import Key, Value, keys_of, refusal, written
from .site import Draft, Site, is_name
from .subjects import Subject
from .text import file_text


class Refused(Exception):
    """Nothing can be written; the text says why, for people."""


def parts(key: Key, text: str) -> list[str]:
    """The values of an answer: several stand between commas."""
    if not key.is_list:
        return [text.strip()]
    return [part for part in map(str.strip, text.split(",")) if part]


def refused(site: Site, record: type[Record], key: Key, text: str) -> Problem | None:
    """Why an answer cannot stand in a file of this site; None where it can."""
    said = _named(site, key, text)
    return refusal(record, key.path, said, site.settings.date_style) or _unknown(site, key, said)


def taken(site: Site, record: type[Record], key: Key, text: str) -> Value:
    """An answer that is not refused, as it stands in the file."""
    return written(record, key, _named(site, key, text), site.settings.date_style)


def _named(site: Site, key: Key, text: str) -> str:
    """Ids for what is known by its name: « Lycée d’Arras » is ``lycee-arras``."""
    if not key.refers:
        return text
    ids = {name.casefold(): id for id, name in site.ids(key.refers).items()}
    return ", ".join(ids.get(one.casefold(), one) for one in parts(key, text))


def _unknown(site: Site, key: Key, text: str) -> Problem | None:
    if not key.refers:
        return None
    known = site.ids(key.refers)
    unknown = next((one for one in parts(key, text) if one not in known), None)
    if unknown is None:
        return None
    where = f"{site.settings.data}/{key.refers}"
    params = {"field": key.name, "value": unknown, "where": where}
    near = closest(unknown, known)
    return Problem(code="unknown-reference", mark=Mark(""), params=params, suggestion=near)


def put(answers: dict[str, Value], path: tuple[str, ...], value: Value) -> None:
    """Keep an answer where its key stands."""
    for name in path[:-1]:
        inner = answers.setdefault(name, {})
        assert isinstance(inner, dict)
        answers = inner
    answers[path[-1]] = value


def collections_for(site: Site, subject: Subject, tr: Translator) -> dict[str, Collection]:
    """The collections that it may go to, by id; none for what is of none.

    Raises:
        Refused: it is of one, and the site has none that holds it.
    """
    if subject.folder == "territories" and site.has_territories_of_package():
        text = N_(
            "this site has the territories of the package (« territories: france »): one of its "
            "own would take the place of all of them"
        )
        raise Refused(tr.gettext(text))
    found = {one.id: one for one in site.collections(subject)}
    if subject.kind is not None and not found:
        text = N_("no collection of this site holds that: declare one of kind « {kind} » in {file}")
        raise Refused(tr.format(text, kind=subject.kind.id, file=site.settings.source))
    return found


def courses_for(
    site: Site, subject: Subject, collection: Collection | None, tr: Translator
) -> tuple[str, ...]:
    """The courses that a session may be of; none for what is of none.

    Raises:
        Refused: it is of one, and there is none yet.
    """
    if collection is None or subject.sort != "event" or not collection.kind.in_courses:
        return ()
    found = site.courses(collection)
    if not found:
        text = N_("{folder} holds no course yet: begin with « parcours new course »")
        raise Refused(tr.format(text, folder=collection.folder))
    return found


def draft(
    site: Site,
    subject: Subject,
    collection: Collection | None,
    *,
    course: str,
    name: str,
    answers: Mapping[str, Value],
) -> Draft:
    """The file that says these answers."""
    folder = site.folder(subject, collection, course)
    known = first_ids(site, subject)
    text = file_text(subject, answers, known, site.tr, site.settings.date_style)
    return Draft(site.file(subject, folder, name), text)


def first_ids(site: Site, subject: Subject) -> Mapping[str, str]:
    """For each folder of data that a file may refer to, an id that a comment may name."""
    folders = {key.refers for key in keys_of(subject.record) if key.refers}
    return {one: site.first(one) or one for one in folders}


def name_refusal(site: Site, folder: str, name: str, tr: Translator) -> str:
    """Why a file may not have a name; "" where it may."""
    if not is_name(name):
        field = Phrase(N_("file name"))
        params = {"field": field, "value": name, "better": slug(name) or "mon-sujet"}
        return Problem(code="bad-id", mark=Mark(""), params=params).sentence(tr)
    if site.is_taken(folder, name):
        text = N_("« {name} » is already there in {folder}: nothing is overwritten")
        return tr.format(text, name=name, folder=folder)
    return ""
