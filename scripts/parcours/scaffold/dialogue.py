"""A conversation: one question after another, until there are files to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from ..i18n import Translator
from ..model.names import ID_LIMIT, slug
from ..model.schema import Record
from ..model.settings import Collection
from ..model.values import (
    Moment,
    ValueRefused,
    parse_end,
    parse_moment,
)
from ..problems import N_, Mark, Problem
from .answers import (
    collections_for,
    courses_for,
    draft,
    name_refusal,
    parts,
    put,
    refused,
    taken,
)
from .keys import Key, Value, keys_of
from .near import Dated, calendar, free_days, tell_near
from .site import Site, file_name
from .subjects import IN_PASSING, Subject, named_by, of_folder, subjects
from .text import BODY, has_body

Path = tuple[str | int, ...]

NEW = "new"
"""What one answers to open the questions of what is not there yet."""


@dataclass(frozen=True)
class Offer:
    """An answer that one may choose, and what there is to know of it."""

    value: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked at once.

    Attributes:
        text: the question, one line.
        hint: how an answer looks.
        several: whether answers stand between commas.
        refusal: says what is wrong with an answer; "" for nothing.
    """

    text: str
    hint: str = ""
    offers: Sequence[Offer] = ()
    several: bool = False
    refusal: Callable[[str], str] = field(default=lambda text: "")


class Asker(Protocol):
    """Whoever puts questions to a person."""

    def ask(self, question: Question) -> str:
        """An answer that its question does not refuse, without spaces at its ends."""

    def tell(self, text: str) -> None:
        """Say something that is no question."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """Asks for all that a file says, and for what it refers to and is not there yet.

    Attributes:
        tr: the language that it is held in.
        collection: where a meeting goes, if that is said already.
        course: of a session, if that is said already.
        name: of the file, if that is said already.
    """

    site: Site
    asker: Asker
    tr: Translator
    collection: str | None = None
    course: str | None = None
    name: str | None = None

    @cached_property
    def known(self) -> tuple[Dated, ...]:
        """The meetings there are: read once a date is asked for."""
        return calendar(self.site)

    def choose(self) -> Subject:
        """What is to be written."""
        known = subjects()
        words = ", ".join(known)

        def wrong(answer: str) -> str:
            return (
                "" if named_by(answer) else self.tr.format(N_("choose among {known}"), known=words)
            )

        text = self.tr.gettext(N_("What is new?"))
        offers = [Offer(word, self.tr.gettext(one.name)) for word, one in known.items()]
        said = self.asker.ask(Question(text=text, hint=words, offers=offers, refusal=wrong))
        found = named_by(said)
        assert found is not None
        return found

    def write(self, subject: Subject) -> str:
        """Ask for everything, and keep the draft; returns the name of its file."""
        collection = self._collection(subject)
        course = self._course(subject, collection)
        answers: dict[str, Value] = {}
        keys = {key.name: key for key in keys_of(subject.record)}
        begun: set[tuple[str, ...]] = set()
        for name in _order(subject.record, keys):
            if name not in keys or _is_behind(keys[name].path, begun, answers):
                continue
            if _suits(subject, name) and not (name == "nights" and len(_days(answers)) == 1):
                self._answer(_Asked(subject, collection, keys[name]), answers)
        name = self._name(subject, collection, course, answers)
        self.keep(subject, collection, course, name, answers)
        return name

    def keep(
        self,
        subject: Subject,
        collection: Collection | None,
        course: str,
        name: str,
        answers: Mapping[str, Value],
    ) -> None:
        """Add the draft of a file with these answers."""
        self.site.drafts.append(
            draft(self.site, subject, collection, course=course, name=name, answers=answers)
        )

    def _pick(self, text: str, offers: Sequence[Offer]) -> str:
        known = [one.value for one in offers]
        hint = ", ".join(known)

        def wrong(answer: str) -> str:
            return "" if answer in known else self.tr.format(N_("choose among {known}"), known=hint)

        words = self.tr.gettext(text)
        return self.asker.ask(Question(text=words, hint=hint, offers=offers, refusal=wrong))

    def _collection(self, subject: Subject) -> Collection | None:
        found = collections_for(self.site, subject, self.tr)
        if len(found) < 2 or self.collection in found:
            return found.get(self.collection or "") or next(iter(found.values()), None)
        offers = [Offer(one.id, one.name) for one in found.values()]
        return found[self._pick(N_("In which collection?"), offers)]

    def _course(self, subject: Subject, collection: Collection | None) -> str:
        courses = courses_for(self.site, subject, collection, self.tr)
        if len(courses) < 2 or self.course in courses:
            return self.course if self.course in courses else next(iter(courses), "")
        return self._pick(N_("In which course?"), [Offer(one) for one in courses])

    def _answer(self, asked: _Asked, answers: dict[str, Value]) -> None:
        """Ask for a key, and put what is said where it belongs."""
        key = asked.key
        if key.shape == "groups":
            groups = self._groups(asked, answers)
            if groups:
                put(answers, key.path, list(groups))
            return
        if key.refers and key.refers not in IN_PASSING and not self.site.ids(key.refers):
            return
        value = self._value(asked, answers, answers, ())
        if value:
            put(answers, key.path, value)
        if key.name == "start" and asked.subject.sort == "event":
            self._after_start(asked, answers)

    def _after_start(self, asked: _Asked, answers: dict[str, Value]) -> None:
        """What a date brings with it: none at all, or one that needs a reason."""
        keys = {key.name: key for key in keys_of(asked.subject.record)}
        if "start" not in answers:
            answers["undated"] = "future"
            return
        self.asker.tell(tell_near(_day(str(answers["start"])), self.known, self.tr))
        found = self._faults(asked, answers)
        unusual = next((one for _, one in found if one.code == _UNUSUAL), None)
        if unusual is not None:
            self.asker.tell(unusual.sentence(self.tr))
            other = N_("Enter: another date")
            self._answer(replace(asked, key=keys["exception"], skipped=other), answers)
            if "exception" not in answers:
                del answers["start"]
                self._answer(asked, answers)

    def _value(
        self, asked: _Asked, answers: Mapping[str, Value], group: Mapping[str, Value], above: Path
    ) -> Value | None:
        """An answer to one question; None for none.

        Args:
            answers: all of the file.
            group: those of the group that the key is of, which stands at *above*.
        """
        key, record = asked.key, asked.record

        def wrong(text: str) -> str:
            if not text:
                return self._unless_needed(asked, answers)
            if key.refers and NEW in parts(key, text):
                return ""
            problem = refused(self.site, record, key, text)
            if problem is not None:
                return problem.sentence(self.tr)
            value = taken(self.site, record, key, text)
            return self._against(asked, _with(answers, group, above, key.path, value), above)

        while True:
            text = self.asker.ask(
                Question(
                    text=self._text(asked),
                    hint=self._hint(asked),
                    offers=tuple(self._offers(asked)),
                    several=key.is_list,
                    refusal=wrong,
                )
            )
            if not text:
                return None
            said = parts(key, text)
            if not key.refers or NEW not in said:
                return taken(self.site, record, key, text)
            self.asker.tell("")
            inner = replace(self, collection=None, course=None, name=None)
            made = [inner.write(of_folder(key.refers)) if one == NEW else one for one in said]
            again = ", ".join(made)
            if not wrong(again):
                return taken(self.site, record, key, again)

    def _unless_needed(self, asked: _Asked, answers: Mapping[str, Value]) -> str:
        key = asked.key
        missing = Problem(code="missing-key", mark=Mark(""), params={"key": key.name})
        if key.required:
            return missing.sentence(self.tr)
        found = self._faults(asked, answers)
        needs = (one for _, one in found if one.code == missing.code)
        late = any(one.params.get("key") == key.name for one in needs)
        return missing.sentence(self.tr) if late else ""

    def _against(self, asked: _Asked, answers: Mapping[str, Value], above: Path) -> str:
        """What the rules say of this answer, with those before it."""
        here = (*above, *asked.key.path)
        for path, problem in self._faults(asked, answers):
            about = path == above if above else False
            if problem.code in _LATER or not (path == here or about):
                continue
            return problem.sentence(self.tr)
        return ""

    def _faults(self, asked: _Asked, answers: Mapping[str, Value]) -> list[tuple[Path, Problem]]:
        from .faults import faults  # the rules, which the first question does not wait for

        return faults(asked.subject, answers, asked.collection, self.site)

    def _text(self, asked: _Asked) -> str:
        key = asked.key
        if key.name == BODY and has_body(asked.subject) and asked.record is asked.subject.record:
            about = self.tr.gettext(N_("The text of its page, in a few sentences."))
        else:
            about = self.tr.gettext(key.about)
        return f"{about} ({key.name})"

    def _hint(self, asked: _Asked) -> str:
        key, tr = asked.key, self.tr
        hints = []
        if key.refers and key.refers in IN_PASSING:
            hints.append(tr.format(N_("« {word} » declares one"), word=NEW))
        if key.choices:
            hints.append(", ".join(key.choices))
        elif key.forms and key.forms.examples and not key.refers:
            examples = ", ".join(map(tr.gettext, key.forms.examples[:2]))
            hints.append(f"{tr.gettext(key.forms.said)} ({examples})")
        if key.is_list and key.refers:
            hints.append(tr.gettext(N_("several, with commas")))
        if key.name == "start" and asked.subject.sort == "event":
            hints.append(tr.gettext(N_("Enter: its date is announced later")))
        elif not key.required:
            hints.append(tr.gettext(asked.skipped))
        return tr.gettext(N_("; ")).join(hints)

    def _offers(self, asked: _Asked) -> Iterator[Offer]:
        key = asked.key
        if key.refers:
            yield from (Offer(id, name) for id, name in self.site.ids(key.refers).items())
            if key.refers in IN_PASSING:
                yield Offer(NEW, self.tr.gettext(of_folder(key.refers).name))
        elif key.choices:
            yield from (Offer(one, self.tr.gettext(say)) for one, say in key.choices.items())
        elif key.name == "start" and asked.collection is not None:
            today = self.site.today.date()
            for moment in free_days(asked.collection, today, self.known):
                near = tell_near(moment.day, self.known, self.tr)
                about = N_("{day}: {near}")
                about = self.tr.format(about, day=self.tr.day(moment.day), near=near)
                yield Offer(str(moment), about)
        elif key.holds is Moment and key.required:
            yield Offer(str(self.site.today.date()), self.tr.gettext(N_("Today")))

    def _groups(self, asked: _Asked, answers: Mapping[str, Value]) -> list[dict[str, Value]]:
        """The groups of a list, one after another; by day, where they have one."""
        record = asked.key.record
        assert record is not None
        found: list[dict[str, Value]] = []
        self.asker.tell(f"{self.tr.gettext(asked.key.about)} ({asked.key.name})")
        days = _days(answers) if "day" in record.model_fields else ()
        for number, day in enumerate(days, 1):
            params = {"n": number, "day": self.tr.day(day)}
            self.asker.tell(self.tr.format(N_("Day {n}, {day}"), **params))
            self._of_day(asked, answers, found, {"day": str(number)})
        if not days:
            self._of_day(asked, answers, found, {})
        return found

    def _of_day(
        self,
        asked: _Asked,
        answers: Mapping[str, Value],
        found: list[dict[str, Value]],
        given: Mapping[str, Value],
    ) -> None:
        while True:
            group = self._group(asked, {**answers, asked.key.name: list(found)}, given, found)
            if group is None:
                return
            found.append(group)

    def _group(
        self,
        asked: _Asked,
        answers: Mapping[str, Value],
        given: Mapping[str, Value],
        before: Sequence[Mapping[str, Value]],
    ) -> dict[str, Value] | None:
        """One group: its first answer says whether there is one."""
        record = asked.key.record
        assert record is not None
        keys = {key.name: key for key in keys_of(record)}
        derived = {"id", *given} if "title" in keys else set(given)
        group: dict[str, Value] = {}
        begun: set[tuple[str, ...]] = set()
        for number, name in enumerate(one for one in _order(record, keys) if one not in derived):
            key = keys[name] if number else replace(keys[name], required=False)
            if _is_behind(key.path, begun, group):
                continue
            none = N_("Enter: nothing") if number else N_("Enter: no more")
            inner = _Asked(asked.subject, asked.collection, key, record, none)
            value = self._value(inner, answers, group, (asked.key.name, len(before)))
            if value is None and not number:
                return None
            if value:
                put(group, key.path, value)
            if not number and "id" in keys and "id" in derived:
                taken = {str(one.get("id")) for one in before}
                group = {
                    "id": _unlike(slug(str(value)) or slug(asked.key.name), taken),
                    **group,
                    **given,
                }
            elif not number:
                group |= given
        return group

    def _name(
        self,
        subject: Subject,
        collection: Collection | None,
        course: str,
        answers: Mapping[str, Value],
    ) -> str:
        """The name of the file: derived, and asked for where it is taken or nothing is left."""
        folder = self.site.folder(subject, collection, course)
        day = str(answers.get("start") or answers.get("date") or "")[:10]
        title = str(answers.get(subject.titled_by, ""))
        name = self.name or file_name(subject, title, day, collection)
        wrong = name_refusal(self.site, folder, name, self.tr)
        if not wrong:
            return name
        self.asker.tell(wrong)
        return self.asker.ask(
            Question(
                text=self.tr.gettext(N_("How shall the file be called?")),
                hint=self.tr.gettext(N_("lower-case letters, digits and hyphens")),
                refusal=lambda text: name_refusal(self.site, folder, text, self.tr),
            )
        )


_UNUSUAL = "wrong-weekday"
_LATER = frozenset({"missing-key", "no-date", _UNUSUAL})
"""What later questions mend."""


@dataclass(frozen=True)
class _Asked:
    """A key that is asked for.

    Attributes:
        within: the record of the group that it is a key of, where that is none of the subject's.
        skipped: what no answer means; a message of the catalogues.
    """

    subject: Subject
    collection: Collection | None
    key: Key
    within: type[Record] | None = None
    skipped: str = N_("Enter: nothing")

    @property
    def record(self) -> type[Record]:
        return self.within or self.subject.record


def _order(record: type[Record], keys: Mapping[str, Key]) -> list[str]:
    """The keys that are asked for: those that it must have come first."""
    asked = list(record.ASKED)
    needed = [
        k.name for k in keys.values() if k.required and len(k.path) == 1 and k.shape != "group"
    ]
    return [*(name for name in needed if name not in asked), *asked]


def _is_behind(
    path: tuple[str, ...], begun: set[tuple[str, ...]], answers: Mapping[str, Value]
) -> bool:
    """Whether a key stands in a group of which the first key was left out; groups are noted."""
    here: object = answers
    for length in range(1, len(path)):
        here = here.get(path[length - 1]) if isinstance(here, Mapping) else None
        if here is None and path[:length] in begun:
            return True
    begun.update(path[:length] for length in range(1, len(path)))
    return False


def _suits(subject: Subject, name: str) -> bool:
    """Whether a kind asks for a key: what is held on the spot has no address of a live meeting."""
    kind = subject.kind
    if kind is None or subject.sort != "event":
        return True
    return not ((name == "place" and kind.online) or (name == "online" and kind.on_the_spot))


def _with(
    answers: Mapping[str, Value],
    group: Mapping[str, Value],
    above: Path,
    path: tuple[str, ...],
    value: Value,
) -> dict[str, Value]:
    """All answers with one more: in the last group of a list, or in the file's own."""
    whole = {
        name: dict(one) if isinstance(one, dict) else list(one) if isinstance(one, list) else one
        for name, one in answers.items()
    }
    if not above:
        put(whole, path, value)
        return whole
    groups = whole.setdefault(str(above[0]), [])
    assert isinstance(groups, list)
    one: dict[str, Value] = {
        name: dict(held) if isinstance(held, dict) else held for name, held in group.items()
    }
    put(one, path, value)
    groups.append({"id": "new", **one})
    return whole


def _day(text: str) -> date:
    return parse_moment(text).day


def _days(answers: Mapping[str, Value]) -> tuple[date, ...]:
    """The days from its beginning to its end; none where they are not known."""
    try:
        first = parse_moment(str(answers.get("start", ""))).day
        last = parse_end(str(answers["end"])).day if "end" in answers else None
    except ValueRefused:
        return ()
    return tuple(first + timedelta(days=n) for n in range(((last or first) - first).days + 1))


def _unlike(id: str, taken: set[str]) -> str:
    """An id that no group has yet."""
    found, number = id, 1
    while found in taken:
        number += 1
        found = f"{id[: ID_LIMIT - 5]}-{number}"
    return found
