"""Empty forms of all that can be new: what a page hands out, for a file to be made in a browser.

They say what `parcours new` would ask for first; all else stands in comments, as in what it writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..i18n import Translator
from ..model.blanks import NAME, UNFILLED, Blank
from ..model.schema import ClaimRecord
from ..model.settings import Collection
from ..problems import N_
from .answers import Refused, collections_for, courses_for, first_ids
from .keys import Key, Value, keys_of
from .site import Site
from .subjects import Subject, subjects
from .text import has_body, proposals, whole
from .writing import lines


def blanks(site: Site) -> Iterator[Blank]:
    """One for each place where something new may go, in the order of the help."""
    for subject in subjects().values():
        for collection in _collections(site, subject):
            for course in _courses(site, subject, collection):
                yield _blank(site, subject, collection, course)


def _collections(site: Site, subject: Subject) -> tuple[Collection | None, ...]:
    try:
        return tuple(collections_for(site, subject, site.tr).values()) or (None,)
    except Refused:
        return ()


def _courses(site: Site, subject: Subject, collection: Collection | None) -> tuple[str, ...]:
    try:
        return courses_for(site, subject, collection, site.tr) or ("",)
    except Refused:
        return ()


def _blank(site: Site, subject: Subject, collection: Collection | None, course: str) -> Blank:
    tr = site.tr
    folder = site.folder(subject, collection, course)
    path = site.file(subject, folder, tr.gettext(NAME))
    is_named = collection is not None and subject.sort == "event"
    return Blank(
        word=subject.word,
        name=collection.singular if is_named and collection else tr.gettext(subject.name),
        among=course,
        folder=folder,
        file=path.removeprefix(f"{folder}/"),
        text=_text(site, subject),
    )


def _text(site: Site, subject: Subject) -> str:
    tr, style = site.tr, site.settings.date_style
    needed = {key.name: key for key in keys_of(subject.record) if _is_needed(subject, key)}
    first = N_("Write in place of each « {sign} »; what begins with « # » is not read.")
    head = ["## " + tr.format(first, sign=UNFILLED)]
    answers = {name: _unfilled(key) for name, key in needed.items()}
    for name, key in needed.items():
        head += [f"## {_asked(key, tr)}", *lines({name: answers[name]})]
    head += proposals(subject, answers, first_ids(site, subject), tr, style)
    body = tr.gettext(N_("The text of its page, in a few sentences.")) if has_body(subject) else ""
    return whole(subject, head, f"<!-- {body} -->" if body else "")


def claim(before: str, organisation: str, tr: Translator) -> str:
    """The lines by which somebody takes a session on, in place of those that say it is open.

    Args:
        before: the name of the session that is before it; "" for none.
        organisation: the id of one, for an example; "" for none.
    """
    first = N_("Write these lines in place of « state: open », then something for each « {sign} ».")
    found = ["## " + tr.format(first, sign=UNFILLED), *lines({"state": "claimed"}), "claim:"]
    for key in keys_of(ClaimRecord):
        value = before if key.name == "handed_by" and before else UNFILLED
        is_said = key.required or value != UNFILLED
        example = organisation if key.refers else "" if key.name == "handed_by" else None
        found.append(f"  ## {_asked(key, tr, example)}")
        found += [f"  {'' if is_said else '# '}{line}" for line in lines({key.name: value})]
    return "\n".join([*found, ""])


def _is_needed(subject: Subject, key: Key) -> bool:
    """What a file must say; of a meeting also when it is, without which it needs a reason."""
    return len(key.path) == 1 and (key.required or (subject.sort, key.name) == ("event", "start"))


def _unfilled(key: Key) -> Value:
    """What stands for a key: of a group, for each that it cannot be without."""
    if key.shape != "group" or key.record is None:
        return UNFILLED
    inner = [one for one in keys_of(key.record) if len(one.path) == 1 and one.required]
    return {one.name: _unfilled(one) for one in inner}


def _asked(key: Key, tr: Translator, example: str | None = None) -> str:
    """What a key says, and how that is written.

    Args:
        example: of it; "" for none, None for the usual one.
    """
    about = tr.gettext(key.about)
    usual = key.forms.examples[:1] if key.forms else ()
    said = tr.gettext(usual[0]) if example is None and usual else example
    return (
        tr.format(N_("{about} For example {example}."), about=about, example=said)
        if said
        else about
    )
