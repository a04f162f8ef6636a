"""A difference in words: what people read of it, in one language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from .. import wording
from ..i18n import Translator
from ..model import changes as model
from ..model.changes import TIMED, Kind, State
from ..model.community import Course, Event, Occurrence, Post
from ..model.schema import DeadlineRecord, LinkRecord, Registration
from ..problems import N_
from .compare import Became, Danger, Difference, months
from .report import Change, Code, Commit, Line, Meeting, Month, Note, NoteCode, Report, Time, cut
from .report import Danger as SaidDanger
from .side import ItemTime, StopTime, facts_of, said_of

CHANGES: Mapping[Kind, str] = {
    "announced": N_("Announced: {after}"),
    "moved": N_("Moved: {before} → {after}"),
    "postponed": N_("Postponed: {before}"),
    "cancelled": N_("Cancelled: {before}"),
    "replay": N_("Its replay is out"),
    "vanished": N_("Gone: {before}"),
    "resumed": N_("Takes place after all: {after}"),
    "dated": N_("Has a date: {after}"),
    "undated": N_("Its date is told no more: {before}"),
    "hours": N_("Other hours: {before} → {after}"),
    "status": N_("Now: {before} → {after}"),
    "renamed": N_("Renamed: « {before} » → « {after} »"),
    "place": N_("Other place: {before} → {after}"),
    "link": N_("Other link: {before} → {after}"),
    "registration": N_("Registration changes: {before} → {after}"),
    "deadlines": N_("Its deadlines change: {before} → {after}"),
    "address": N_("Its page stands elsewhere: {before} → {after}"),
    "stops": N_("Its stops change: {before} → {after}"),
    "period": N_("Its days change: {before} → {after}"),
    "price": N_("Its price changes: {before} → {after}"),
    "seats": N_("Other number of seats: {before} → {after}"),
    "language": N_("Other language: {before} → {after}"),
    "links": N_("Its links change: {before} → {after}"),
    "tags": N_("Its keywords change: {before} → {after}"),
    "themes": N_("Its themes change: {before} → {after}"),
    "territories": N_("Its territories change: {before} → {after}"),
    "hosts": N_("Run by others: {before} → {after}"),
    "organisers": N_("Organised by others: {before} → {after}"),
    "speakers": N_("Other people: {before} → {after}"),
    "programme": N_("Its programme changes: {before} → {after}"),
    "text": N_("Its text changes"),
}
"""What each kind of change is called; « before » and « after » are filled in."""

DANGERS: Mapping[Code, tuple[str, str]] = {
    "vanished": (
        N_("« {title} » was seen by subscribers, and is neither there nor cancelled any more"),
        N_("put {file} back with « status: cancelled », and leave it there"),
    ),
    "identity": (
        N_("« {title} » has another identity: calendars cancel it and show it a second time"),
        N_("write « id: {id} » in {file}"),
    ),
    "sequence": (
        N_("« {title} » goes from SEQUENCE {old} to {new}: calendars pass over what changes"),
        N_("write « feeds: {revised} » under « parcours: » in {file}"),
    ),
    "address": (
        N_("nothing stands at {addresses} any more, and nothing leads on from there"),
        N_("put back what stood there, or name it in « aliases: » of what took its place"),
    ),
    "feed": (
        N_("the feed {addresses} is gone, and whoever follows it is told nothing"),
        N_("put back what it was made of, or name it in « aliases: » of what took its place"),
    ),
    "draft": (
        N_("« {title} » was published, and is hidden now"),
        N_("take « draft: true » out of {file}; if its date is not sure, « status: postponed »"),
    ),
    "withdrawn": (
        N_("« {item} » goes from calendars and pages without a word"),
        N_(
            "leave it so if a person asked for it; else take it out of « withdrawn: » in {file}, "
            "and write « status: cancelled » in its own file"
        ),
    ),
}
"""What is dangerous, and the sentence that mends it."""

ELSEWHERE = N_("move {file} back to {folder}")
DOMAIN = N_("write « uid_domain: {domain} » in {file}")
DELETED = (
    N_("« {title} » has no page any more, and nothing leads on from {addresses}"),
    N_("put {file} back with « status: cancelled », and leave it there"),
)


REDIRECT = N_("write « aliases: [{old}] » in {file}")
PUBLIC = N_("write « public: true » in {file}")

MESSAGES: Mapping[Kind, str] = {
    "moved": N_("The meeting « {title} » is moved: it takes place {after}, instead of {before}."),
    "hours": N_("The hours of the meeting « {title} » change: {after}, instead of {before}."),
    "cancelled": N_("The meeting « {title} », planned {before}, is cancelled."),
    "postponed": N_(
        "The meeting « {title} », planned {before}, is postponed: we will tell you its new date."
    ),
    "resumed": N_("The meeting « {title} » takes place after all: {after}."),
    "place": N_("The meeting « {title} », {when}, takes place elsewhere: {after}."),
    "link": N_("The meeting « {title} », {when}, is held at another address: {after}"),
    "status": N_("The meeting « {title} », {when}, takes place online: {link}"),
}
"""What is sent to those who registered."""

URGENT: frozenset[Kind] = frozenset((*TIMED, "status", "place", "link"))
"""What somebody who comes should know before they leave home."""

DELIVERY = N_(
    "Once this is published, calendars that keep to the rule ask for it within the hour; "
    "Google and some others may take a day."
)
LATE = N_("Google may take a day, and it begins {when}: tell those who come yourself")
LATE_DAYS = 1
"""Days between now and the day of a meeting, up to which a client may be late."""

MOST_ADDRESSES = 3
"""Addresses that a sentence names."""

NOTES: Mapping[NoteCode, str] = {
    "shallow": N_(
        "This clone is shallow: what both sides say is compared; what was deleted before its first "
        "commit is not known, and SEQUENCE may be told wrongly. To have it all: "
        "git fetch --unshallow"
    ),
    "unrelated": N_(
        "The two have no commit in common: what both sides say is compared, as if the second were "
        "published after the first."
    ),
    "silent": N_("The feeds of both sides are switched off: only pages are compared."),
}


def note(code: NoteCode, tr: Translator) -> Note:
    """What to know of a comparison."""
    return Note(code=code, text=tr.gettext(NOTES[code]))


@dataclass(frozen=True, kw_only=True)
class Words:
    """Says one difference in one language."""

    found: Difference
    tr: Translator

    def report(self, base: Commit, head: Commit, notes: tuple[Note, ...]) -> Report:
        """All of it."""
        found, settings = self.found, self.found.head.community.settings
        return Report(
            language="fr" if self.tr.language == "fr" else "en",
            site=settings.site_name,
            base=base,
            head=head,
            now=found.now.astimezone(UTC).isoformat(),
            notes=notes,
            dangers=tuple(self._danger(one) for one in found.dangers),
            meetings=tuple(self._meeting(one) for one in found.became),
            months=tuple(self._months()),
            feeds=dict(found.names),
            delivery=self.tr.gettext(DELIVERY) if found.names else "",
        )

    def _meeting(self, one: Became) -> Meeting:
        thing = one.thing
        there = one.after is not None and not (isinstance(thing, Event) and thing.deleted)
        return Meeting(
            uid=one.uid,
            sort=_sort(thing),
            title=thing.title,
            collection="" if isinstance(thing, Post) else thing.collection.id,
            file=thing.source,
            page=thing.address if there else "",
            changes=tuple(self._change(one, change) for change in one.changes),
            feeds=one.feeds,
            late=self._late(one),
            message=cut(self._message(one)),
        )

    def _change(self, one: Became, change: model.Change) -> Change:
        values = self._values(one, change)
        before, after = values
        tr = self.tr
        text = tr.gettext(CHANGES[change.kind])
        nothing = tr.gettext(N_("nothing"))
        timed = change.kind in TIMED
        return Change(
            kind=change.kind,
            text=cut(text.format(before=before or nothing, after=after or nothing)),
            before=cut(before),
            after=cut(after),
            was=_time(change.before) if timed else None,
            now=_time(change.after) if timed else None,
        )

    def _status(self, state: State | None) -> str:
        return self.tr.gettext(wording.STATUSES[state.status]) if state else ""

    def _values(self, one: Became, change: model.Change) -> tuple[str, str]:
        """What was there and what is, as people read it."""
        kind = change.kind
        if kind in TIMED:
            return self._times(one, change)
        if kind == "status":
            return self._status(change.before), self._status(change.after)
        if kind == "registration":
            return _registrations(one, self.tr)
        told = _TOLD.get(kind)
        if told is not None:
            return told(one.before), told(one.after)
        return _facts(one, kind, self.tr)

    def _times(self, one: Became, change: model.Change) -> tuple[str, str]:
        first = change.before.first if change.before else None
        second = change.after.first if change.after else None
        home = self.found.head.community.settings.timezone
        zones = {time.zone for time in (first, second) if time}
        said = wording.when_and_there if zones - {home} else wording.when
        before, after = (said(time, self.tr) if time else "" for time in (first, second))
        undated = self.tr.gettext(N_("without a date"))
        if change.kind in ("postponed", "cancelled") and change.before is None:
            before = after  # it comes called off
        if isinstance(one.thing, Event):
            return before or undated, after or undated
        return before, after

    def _late(self, one: Became) -> str:
        """A warning where a meeting begins before some clients ask again."""
        if not one.kinds & URGENT or not one.feeds:
            return ""
        states = [state for change in one.changes for state in (change.before, change.after)]
        times = [state.first for state in states if state and state.first]
        coming = [time for time in times if time.ends > self.found.now]
        if not coming:
            return ""
        first = min(coming, key=lambda time: time.begins)
        if wording.days_until(first, self.found.now) > LATE_DAYS:
            return ""
        when = wording.countdown(first, self.found.now, self.tr)
        return self.tr.format(LATE, when=when)

    def _message(self, one: Became) -> str:
        """The sentences to send to those who registered; "" where nobody could, or need know."""
        before, after = one.before, one.after
        if not isinstance(before, Event) or before.deleted or before.record.registration is None:
            return ""
        if not isinstance(after, Event) or self._is_a_slip(one.uid):
            return ""
        last = max((t.ends for t in (before.last, after.last) if t), default=None)
        if last is not None and last <= self.found.now:
            return ""
        return " ".join(self._sentences(one, before, after))

    def _sentences(self, one: Became, before: Event, after: Event) -> Iterator[str]:
        for change in one.changes:
            text = MESSAGES.get(change.kind)
            online = change.kind != "status" or after.record.status == "moved-online"
            if text is None or not online or (change.kind == "place" and not _place(after)):
                continue
            if change.kind in TIMED:
                was, now = self._times(one, change)
            else:
                was, now = self._values(one, change)
            time = after.first or before.first
            yield self.tr.format(
                text,
                title=before.title if before.title == after.title else after.title,
                before=was,
                after=now,
                when=wording.when(time, self.tr) if time else "",
                link=after.record.online or "",
            ).strip()

    def _is_a_slip(self, uid: str) -> bool:
        """Whether a meeting is cancelled by a mistake that is told, and that nobody is to send."""
        return any(one.event is not None and one.event.uid == uid for one in self.found.dangers)

    def _danger(self, one: Danger) -> SaidDanger:
        tr, event = self.tr, one.event
        text, mend = DANGERS[one.code]
        params: dict[str, object] = {
            "title": event.title if event else "",
            "file": one.source,
            "addresses": _some(one.addresses),
            "item": one.item,
            "old": one.old,
            "new": one.new,
            "id": event.id if event else "",
            "revised": f'{{revised: "{self._revised()}"}}',
        }
        if one.code == "identity" and event and one.successor:
            mend, more = self._identity(event, one.successor)
            params |= more
        elif one.code == "address":
            text, mend, more = self._address(one, text, mend)
            params |= more
        return SaidDanger(
            code=one.code,
            text=tr.format(text, **params),
            mend=tr.format(mend, **params),
            file=one.source,
            uid=event.uid if event else "",
            addresses=one.addresses,
        )

    def _revised(self) -> str:
        return f"{self.found.now.astimezone(UTC) + timedelta(minutes=1):%Y-%m-%d %H:%M}"

    def _identity(self, old: Event, new: Event) -> tuple[str, Mapping[str, object]]:
        settings = self.found.head.community.settings
        was = self.found.base.community.settings
        if was.uid_domain != settings.uid_domain:
            return DOMAIN, {"domain": was.uid_domain, "file": settings.source}
        if old.collection.id != new.collection.id:
            return ELSEWHERE, {"folder": f"{old.collection.folder}/"}
        return DANGERS["identity"][1], {}

    def _address(self, one: Danger, text: str, mend: str) -> tuple[str, str, Mapping[str, object]]:
        head = self.found.head
        if one.event is not None:
            now = head.events.get(one.event.uid)
            if now is None or now.deleted:
                return (*DELETED, {})
            if one.event.address in one.addresses:
                return text, REDIRECT, {"old": one.event.address.strip("/")}
            return text, mend, {}
        places = head.community.settings.addresses.places
        (address,) = one.addresses
        id = address.strip("/").rpartition("/")[2]
        place = head.community.places.get(id)
        if address == f"{places}/{id}/" and place is not None:
            return text, PUBLIC, {"file": place.source}
        return text, mend, {}

    def _months(self) -> Iterator[Month]:
        changed = {one.uid for one in self.found.became}
        for key, (before, after) in months(self.found).items():
            first = datetime.strptime(key, "%Y-%m").date()
            yield Month(
                month=key,
                name=self.tr.month(first),
                before=tuple(self._line(one, one.uid in changed) for one in before),
                after=tuple(self._line(one, one.uid in changed) for one in after),
            )

    def _line(self, event: Event, changed: bool) -> Line:
        first, tr = event.first, self.tr
        assert first is not None
        day = f"{tr.weekday(first.first.weekday(), short=True)} {tr.day_number(first.first)}"
        hours = tr.time(first.start) if first.start else ""
        status = event.record.status
        title = event.title
        if status != "confirmed":
            title = f"{title} ({tr.gettext(wording.STATUSES[status]).lower()})"
        when = f"{day}, {hours}" if hours else day
        return Line(uid=event.uid, when=when, title=title, changed=changed)


def _some(addresses: Sequence[str]) -> str:
    """The first of some addresses: the data has all of them."""
    shown = [*addresses[:MOST_ADDRESSES], *(["…"] if len(addresses) > MOST_ADDRESSES else [])]
    return ", ".join(shown)


def _title(thing: Event | Course | Post | None) -> str:
    return thing.title if thing else ""


def _place(thing: Event | Course | Post | None) -> str:
    return " · ".join(said_of(thing).place) if isinstance(thing, Event) else ""


def _link(thing: Event | Course | Post | None) -> str:
    return said_of(thing).link if isinstance(thing, Event) else ""


def _page(thing: Event | Course | Post | None) -> str:
    return thing.address if thing else ""


def _sort(thing: Event | Course | Post) -> Literal["meeting", "course", "post"]:
    if isinstance(thing, Post):
        return "post"
    return "meeting" if isinstance(thing, Event) else "course"


_TOLD: Mapping[Kind, Callable[[Event | Course | Post | None], str]] = {
    "renamed": _title,
    "place": _place,
    "link": _link,
    "address": _page,
}


def _registrations(one: Became, tr: Translator) -> tuple[str, str]:
    """What changes of how one registers: what stays is not told."""
    things = (one.before, one.after)
    old, new = (
        thing.record.registration if isinstance(thing, Event | Course) else None for thing in things
    )
    same = {
        name
        for name in Registration.model_fields
        if old and new and getattr(old, name) == getattr(new, name)
    }
    return _registration(old, same, tr), _registration(new, same, tr)


def _facts(one: Became, kind: Kind, tr: Translator) -> tuple[str, str]:
    """What is no more as it was, and what it is: what stays is not told."""
    old, new = (facts_of(thing).get(kind, ()) if thing else () for thing in (one.before, one.after))
    gone = [fact for fact in old if fact not in new]
    came = [fact for fact in new if fact not in old]
    if not gone and not came:
        gone, came = [*old], [*new]  # in another order
    said = ("", "")
    for more in range(3):
        before, after = (
            ", ".join(_fact(fact, kind, tr, more) for fact in its) for its in (gone, came)
        )
        said = before, after
        if before != after:
            break
    return said


def _fact(fact: object, kind: Kind, tr: Translator, more: int) -> str:
    """One of them, as people read it.

    Args:
        more: how much more is told of it than is usual, where that tells two apart.
    """
    if isinstance(fact, DeadlineRecord):
        until = tr.format(N_("until {day}"), day=wording.deadline(fact.until, tr))
        return f"{fact.what} ({until})"
    if isinstance(fact, LinkRecord):
        return tr.format(N_("{label}: {url}"), label=wording.link_name(fact, tr), url=fact.url)
    if kind == "stops":
        return _stop(cast("StopTime", fact), tr, more)
    if kind == "programme":
        return _item(cast("ItemTime", fact), tr)
    return wording.language_name(str(fact), tr) if kind == "language" else str(fact)


def _stop(stop: StopTime, tr: Translator, more: int) -> str:
    """A stop with when it begins, with when it ends, or with its id too, by which calendars know
    it."""
    id, title, day, start, end = stop
    when = [tr.day(day, year=False)] if day else []
    when += [tr.time(start)] if start else []
    if when and start and end and more:
        when[-1] += f"\u00a0–\u00a0{tr.time(end)}"
    when += [f"id: {id}"] if more > 1 else []
    return f"{title} ({', '.join(when)})" if when else title


def _item(item: ItemTime, tr: Translator) -> str:
    _, at, title, names = item
    details = [*([tr.time(at)] if at else []), *names]
    return f"{title} ({', '.join(details)})" if details else title


def _registration(record: Registration | None, same: Collection[str], tr: Translator) -> str:
    if record is None:
        return ""
    parts = []
    if "state" not in same:
        parts.append(tr.gettext(wording.REGISTRATIONS[record.state]).lower())
    if record.deadline and "deadline" not in same:
        parts.append(tr.format(N_("until {day}"), day=wording.deadline(record.deadline, tr)))
    if record.url and "url" not in same:
        parts.append(record.url)
    return ", ".join(parts)


def _time(state: State | None) -> Time | None:
    first = state.first if state else None
    return _moment(first) if first else None


def _moment(time: Occurrence) -> Time:
    if time.start is None or time.end is None:
        last = time.last + timedelta(days=1)
        return Time(begins=f"{time.first}", ends=f"{last}", zone=time.zone)
    return Time(begins=time.start.isoformat(), ends=time.end.isoformat(), zone=time.zone)
