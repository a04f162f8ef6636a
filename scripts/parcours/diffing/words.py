"""A difference in words: what people read of it, in one language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from .. import wording
from ..i18n import Translator
from ..model import changes as model
from ..model.changes import TIMED, Kind, State
from ..model.community import Course, Event, Occurrence, Post
from ..model.schema import DeadlineRecord, LinkRecord, Registration, SessionState
from ..problems import N_
from .compare import Became, Danger, Difference, months, wholes
from .halts import Does, Halt, StopChange
from .report import (
    Change,
    Code,
    Commit,
    Line,
    Meeting,
    Month,
    Note,
    NoteCode,
    Report,
    Sort,
    Time,
    cut,
)
from .report import Danger as SaidDanger
from .side import ItemTime, Plain, Thing, facts_of, said_of, zone_of_deadline

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
    "deadlines": N_("Its deadlines change: {what}"),
    "address": N_("Its page stands elsewhere: {before} → {after}"),
    "period": N_("Its days change: {before} → {after}"),
    "price": N_("Its price changes: {before} → {after}"),
    "seats": N_("Other number of seats: {before} → {after}"),
    "language": N_("Other language: {before} → {after}"),
    "links": N_("Its links change: {what}"),
    "tags": N_("Its keywords change: {what}"),
    "themes": N_("Its themes change: {what}"),
    "territories": N_("Its territories change: {what}"),
    "hosts": N_("Run by others: {what}"),
    "organisers": N_("Organised by others: {what}"),
    "speakers": N_("Other people: {what}"),
    "programme": N_("Its programme changes: {what}"),
    "relay": N_("Who runs it: {before} → {after}"),
    "text": N_("Its text changes"),
}
"""What each kind of change is called; « before » and « after » are filled in."""

ADDED = N_("{facts} (added)")
TAKEN = N_("{facts} (taken out)")
"""What becomes of a list of which something stays."""

RESUMED = N_("Was {status}, takes place after all: {after}")
RESUMED_ELSEWHEN = N_("Was {status}, takes place after all: {before} → {after}")

OTHERS: Mapping[Sort, tuple[str, str]] = {
    "post": (N_("News of {day}, published"), N_("The news of {day} is gone")),
    "course": (N_("New course"), N_("The course is gone")),
    "page": (N_("New page"), N_("The page is gone")),
    "need": (N_("New need"), N_("The need is gone")),
    "facilitator": (N_("New facilitator"), N_("The facilitator is gone")),
}
"""What comes and what goes beside meetings."""

REDATED = N_("Other date: {before} → {after}")

STOPS: Mapping[Does, tuple[str, str]] = {
    "moved": (
        N_("Stop « {stop} » moved: {before} → {after}"),
        N_("In « {title} », the stop « {stop} » is moved: {after}, instead of {before}."),
    ),
    "hours": (
        N_("Other hours of the stop « {stop} »: {before} → {after}"),
        N_(
            "In « {title} », the hours of the stop « {stop} » change: {after}, instead of {before}."
        ),
    ),
    "added": (
        N_("New stop « {stop} »: {after}"),
        N_("« {title} » has another stop, « {stop} »: {after}."),
    ),
    "gone": (
        N_("Stop « {stop} » left out: {before}"),
        N_("In « {title} », the stop « {stop} », planned {before}, is left out."),
    ),
    "renamed": (N_("Stop renamed: « {before} » → « {after} »"), ""),
    "place": (
        N_("Other place of the stop « {stop} »: {before} → {after}"),
        N_("In « {title} », the stop « {stop} » is elsewhere: {after}."),
    ),
    "id": (
        N_("The stop « {stop} » has another id, and calendars show it again: {before} → {after}"),
        "",
    ),
}
"""What becomes of a stop, and what is sent to those who registered; "" for nothing."""

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
OTHER_IDENTITY = N_("« {title} » has another identity: readers of news show it a second time")
OTHER_DRAFT = N_("take « draft: true » out of {file}")
OTHER_GONE = N_("put {file} back, or name its address in « aliases: » of what took its place")
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
    "resumed": N_("The meeting « {title} », planned {before}, takes place after all: {after}."),
    "place": N_("The meeting « {title} », {when}, takes place elsewhere: {after}."),
    "link": N_("The meeting « {title} », {when}, is held at another address: {after}"),
    "status": N_("The meeting « {title} », {when}, takes place online: {link}"),
}
RESUMES = N_("The meeting « {title} » takes place after all: {after}.")
BACK = N_("The meeting « {title} », {when}, does not take place online any more: {place}.")
CONFIRMED = N_("The meeting « {title} », {when}, is confirmed.")
"""What is sent to those who registered."""

URGENT: frozenset[Kind] = frozenset((*TIMED, "status", "place", "link", "stops"))
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
            sort=sort_of(thing),
            title=thing.title,
            collection=thing.collection.id if isinstance(thing, Event | Course) else "",
            file=thing.source,
            page=thing.address if there else "",
            changes=tuple(self._change(one, change) for change in one.changes),
            feeds=one.feeds,
            late=self._late(one),
            message=cut(self._message(one)),
        )

    def _change(self, one: Became, change: model.Change) -> Change:
        before, after = self._values(one, change)
        nothing = self.tr.gettext(N_("nothing"))
        timed = change.kind in TIMED or isinstance(change, StopChange)
        params: dict[str, str] = {
            "before": before or nothing,
            "after": after or nothing,
            "status": self._status(change.before).lower(),
            "day": _day(one.thing, self.tr),
            "stop": change.halt.title if isinstance(change, StopChange) else "",
        }
        if change.kind in LISTS:
            params["what"] = _listed(one, change.kind, self.tr) or f"{nothing} → {nothing}"
        return Change(
            kind=change.kind,
            text=cut(self.tr.format(self._template(one, change, before != after), **params)),
            before=cut(before),
            after=cut(after),
            was=_time(change.before) if timed else None,
            now=_time(change.after) if timed else None,
        )

    def _template(self, one: Became, change: model.Change, differs: bool) -> str:
        if isinstance(change, StopChange):
            return STOPS[change.does][0]
        sort = sort_of(one.thing)
        if sort in OTHERS and change.kind in ("announced", "vanished"):
            return OTHERS[sort][change.kind == "vanished"]
        if change.kind == "moved" and sort != "meeting":
            return REDATED
        if change.kind == "resumed" and self._dates_differ(change):
            return RESUMED_ELSEWHEN
        return RESUMED if change.kind == "resumed" else CHANGES[change.kind]

    def _dates_differ(self, change: model.Change) -> bool:
        """Whether what takes place after all does so at another time than it was to."""
        before, after = change.before, change.after
        return bool(before and after and before.first and before.first != after.first)

    def _status(self, state: State | None) -> str:
        if state is None:
            return ""
        # Of what was online and is not any more, nobody says « from now on ».
        words = wording.MODES["online"] if state.status == "moved-online" else ""
        return self.tr.gettext(words or wording.STATUSES[state.status])

    def _values(self, one: Became, change: model.Change) -> tuple[str, str]:
        """What was there and what is, as people read it."""
        kind = change.kind
        if isinstance(change, StopChange):
            return self._stops(change)
        if kind in TIMED and not isinstance(one.thing, Event):
            if change.kind == "moved":
                return self._published(one.before), self._published(one.after)
            said = _day(one.thing, self.tr) or one.thing.title
            return ("", said) if kind == "announced" else (said, "")
        if kind in TIMED:
            return self._times(one, change)
        if kind == "status":
            return self._status(change.before), self._status(change.after)
        if kind == "relay":
            return _relay(one.before, self.tr), _relay(one.after, self.tr)
        if kind == "registration":
            return _registrations(one, self.tr)
        told = _TOLD.get(kind)
        if told is not None:
            return told(one.before), told(one.after)
        return _wholes(one, kind, self.tr)

    def _published(self, thing: Thing | None) -> str:
        """When a post is of, and in whose time where it tells an hour or that tells two apart."""
        if not isinstance(thing, Post):
            return ""
        found, zones = self.found, set[str]()
        for side in (found.base, found.head):
            zones.add(side.community.settings.timezone)
        is_old = found.base.things.get(thing.guid) is thing
        side = found.base if is_old else found.head
        said = wording.deadline(thing.record.date, self.tr)
        zone = side.community.settings.timezone
        return f"{said}, {wording.whose_time(zone, self.tr)}" if len(zones) > 1 else said

    def _stops(self, change: StopChange) -> tuple[str, str]:
        """What was there of a stop and what is."""
        sides, does = (change.old, change.new), change.does
        if does == "renamed":
            before, after = (one.title if one else "" for one in sides)
        elif does == "place":
            before, after = (one.place if one else "" for one in sides)
        elif does == "id":
            before, after = (one.id if one else "" for one in sides)
        else:
            times = zip(sides, self._when(change), strict=True)
            before, after = (said or (_undated(one, self.tr) if one else "") for one, said in times)
        return before, after

    def _when(self, change: model.Change) -> tuple[str, str]:
        """When it took place and when it does, in its zone where that is not the site's."""
        first = change.before.first if change.before else None
        second = change.after.first if change.after else None
        home = self.found.head.community.settings.timezone
        zones = {time.zone for time in (first, second) if time}
        said = wording.when_and_there if zones - {home} else wording.when
        before, after = (said(time, self.tr) if time else "" for time in (first, second))
        return before, after

    def _times(self, one: Became, change: model.Change) -> tuple[str, str]:
        before, after = self._when(change)
        # From its first date to its last, a series would read as one long meeting.
        if change.before and isinstance(one.before, Event) and one.before.parts:
            before = wording.told_when(one.before, self.tr)
        if change.after and isinstance(one.after, Event) and one.after.parts:
            after = wording.told_when(one.after, self.tr)
        undated = self.tr.gettext(N_("without a date"))
        if change.kind in ("postponed", "cancelled") and change.before is None:
            before = after  # it comes called off
        return before or undated, after or undated

    def _late(self, one: Became) -> str:
        """A warning where a meeting begins before some clients ask again."""
        if not one.kinds & URGENT or not one.feeds:
            return ""
        states = [state for change in one.changes for state in (change.before, change.after)]
        times = [state.first for state in states if state and state.first]
        # Of a series, whose time is that of all its dates, its next one begins.
        series = [its for its in (one.before, one.after) if isinstance(its, Event) and its.dates]
        times = [date.first for its in series for date in its.dates if date.first] or times
        coming = [time for time in times if time.begins > self.found.now]
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
            text = self._sentence(change, before, after)
            if not text:
                continue
            was, now = self._values(one, change)
            time = after.first or before.first
            yield self.tr.format(
                text,
                title=after.title,
                before=was,
                after=now,
                stop=change.halt.title if isinstance(change, StopChange) else "",
                when=wording.when(time, self.tr) if time else "",
                link=after.record.online or "",
                place=_place(after),
            ).strip()

    def _sentence(self, change: model.Change, before: Event, after: Event) -> str:
        """What is sent of a change; "" for nothing."""
        if isinstance(change, StopChange):
            past = [one.first for one in (change.before, change.after) if one and one.first]
            over = past and max(one.ends for one in past) <= self.found.now
            return "" if over else STOPS[change.does][1]
        if change.kind == "status":
            return _of_status(before, after)
        if change.kind == "place" and not _place(after):
            return ""
        if change.kind == "resumed" and not self._dates_differ(change):
            return RESUMES
        return MESSAGES.get(change.kind, "")

    def _is_a_slip(self, uid: str) -> bool:
        """Whether a meeting is cancelled by a mistake that is told, and that nobody is to send."""
        return any(one.thing and identity_of(one.thing) == uid for one in self.found.dangers)

    def _danger(self, one: Danger) -> SaidDanger:
        tr, thing = self.tr, one.thing
        event = thing if isinstance(thing, Event) else None
        text, mend = DANGERS[one.code]
        params: dict[str, object] = {
            "title": thing.title if thing else "",
            "file": one.source,
            "addresses": _some(one.addresses),
            "item": one.item,
            "old": one.old,
            "new": one.new,
            "id": thing.id if thing and not isinstance(thing, Plain) else "",
            "revised": f'{{revised: "{self._revised()}"}}',
        }
        if thing and not event:
            text, mend = _of_other(one.code)
        elif one.code == "identity" and event and isinstance(one.successor, Event):
            mend, more = self._identity(event, one.successor)
            params |= more
        elif one.code == "address":
            text, mend, more = self._address(one, event, text, mend)
            params |= more
        return SaidDanger(
            code=one.code,
            text=tr.format(text, **params),
            mend=tr.format(mend, **params),
            file=one.source,
            uid=identity_of(thing) if thing else "",
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

    def _address(
        self, one: Danger, event: Event | None, text: str, mend: str
    ) -> tuple[str, str, Mapping[str, object]]:
        head = self.found.head
        if event is not None:
            now = head.events.get(event.uid)
            if now is None or now.deleted:
                return (*DELETED, {})
            if event.address in one.addresses:
                return text, REDIRECT, {"old": event.address.strip("/")}
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
        changed |= {date.uid for one in wholes(self.found) for date in one.dates}
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
        mark = tr.gettext(wording.STATUSES[status]).lower() if status != "confirmed" else ""
        title = f"{title} ({mark})" if mark else title
        when = f"{day}, {hours}" if hours else day
        return Line(uid=event.uid, when=when, title=title, mark=mark, changed=changed)


def _some(addresses: Sequence[str]) -> str:
    """The first of some addresses: the data has all of them."""
    shown = [*addresses[:MOST_ADDRESSES], *(["…"] if len(addresses) > MOST_ADDRESSES else [])]
    return ", ".join(shown)


def _title(thing: Thing | None) -> str:
    return thing.title if thing else ""


def _place(thing: Thing | None) -> str:
    return " · ".join(said_of(thing).place) if isinstance(thing, Event) else ""


def _link(thing: Thing | None) -> str:
    return said_of(thing).link if isinstance(thing, Event) else ""


def _page(thing: Thing | None) -> str:
    return thing.address if thing else ""


def sort_of(thing: Thing) -> Sort:
    """What something is, by the word of the data for it."""
    if isinstance(thing, Plain):
        return thing.sort
    if isinstance(thing, Post):
        return "post"
    return "meeting" if isinstance(thing, Event) else "course"


def identity_of(thing: Thing) -> str:
    """What something is known by: its UID, or the guid of a post."""
    return thing.guid if isinstance(thing, Post) else thing.uid


def _day(thing: Thing, tr: Translator) -> str:
    """The day that something other than a meeting is of; "" for none."""
    if isinstance(thing, Post):
        return tr.day(thing.day)
    if isinstance(thing, Course):
        return wording.course_days(thing, tr)
    return tr.day(thing.said) if isinstance(thing, Plain) and thing.said else ""


def _of_other(code: Code) -> tuple[str, str]:
    """What is told of something other than a meeting that has no page any more, and its mend."""
    if code == "identity":
        return OTHER_IDENTITY, DANGERS["identity"][1]
    return (DANGERS["draft"][0], OTHER_DRAFT) if code == "draft" else (DELETED[0], OTHER_GONE)


def _of_status(before: Event, after: Event) -> str:
    """What is sent of another status."""
    if after.record.status == "moved-online":
        return MESSAGES["status"]
    if before.record.status == "moved-online" and _place(after):
        return BACK
    return CONFIRMED if before.record.status == "tentative" else ""


def _relay(thing: Thing | None, tr: Translator) -> str:
    """How far a session is with whoever runs it."""
    session = thing.session if isinstance(thing, Event) else None
    return tr.gettext(RELAY[session.state]) if session else ""


RELAY: Mapping[SessionState, str] = {
    "open": N_("Looking for a host"),
    "claimed": N_("Taken over, to be confirmed"),
    "confirmed": N_("Confirmed"),
}
"""How far a session is with whoever runs it."""


_TOLD: Mapping[Kind, Callable[[Thing | None], str]] = {
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
    zones = [zone_of_deadline(one) if isinstance(one, Event | Course) else "" for one in things]
    if zones[0] != zones[1]:
        same -= {"deadline"}
    apart = zones[0] != zones[1] and all(zones)
    before, after = (
        _registration(record, same, tr, zone if apart else "")
        for record, zone in zip((old, new), zones, strict=True)
    )
    return before, after


LISTS: frozenset[Kind] = frozenset(kind for kind, text in CHANGES.items() if "{what}" in text)
"""The changes of lists, of which something may stay."""


def _sides(one: Became, kind: Kind) -> tuple[Sequence[object], Sequence[object]]:
    old, new = (facts_of(thing).get(kind, ()) if thing else () for thing in (one.before, one.after))
    return old, new


def _wholes(one: Became, kind: Kind, tr: Translator) -> tuple[str, str]:
    """All that was there, and all that is."""
    return _told_apart(*_sides(one, kind), kind, tr)


def _told_apart(
    old: Sequence[object], new: Sequence[object], kind: Kind, tr: Translator
) -> tuple[str, str]:
    """Some facts and others as people read them, with what it takes to tell them apart."""
    said = ("", "")
    for more in (False, True):
        before, after = (
            ", ".join(_fact(fact, kind, tr, more) for fact in its) for its in (old, new)
        )
        said = before, after
        if before != after:
            break
    return said


def _listed(one: Became, kind: Kind, tr: Translator) -> str:
    """What was taken out of a list and what was added; all of it, where nothing stays as it was."""
    old, new = _sides(one, kind)
    gone = [fact for fact in old if fact not in new]
    came = [fact for fact in new if fact not in old]
    stays = len(gone) < len(old) or len(came) < len(new)
    before, after = _told_apart(gone, came, kind, tr)
    if stays and came and not gone:
        return tr.format(ADDED, facts=after)
    if stays and gone and not came:
        return tr.format(TAKEN, facts=before)
    if not gone and not came:
        before, after = _told_apart(old, new, kind, tr)  # in another order
    nothing = tr.gettext(N_("nothing"))
    return f"{before or nothing} → {after or nothing}"


def _fact(fact: object, kind: Kind, tr: Translator, more: bool) -> str:
    """One of them, as people read it.

    Args:
        more: whether all is told of it, since the usual does not tell two apart.
    """
    if kind == "deadlines":
        record, zone = cast("tuple[DeadlineRecord, str]", fact)
        until = tr.format(N_("until {day}"), day=wording.deadline(record.until, tr))
        if more and zone:
            until = f"{until}, {wording.whose_time(zone, tr)}"
        url = f", {record.url}" if more and record.url else ""
        return f"{record.what} ({until}{url})"
    if isinstance(fact, LinkRecord):
        return tr.format(N_("{label}: {url}"), label=wording.link_name(fact, tr), url=fact.url)
    if kind == "programme":
        return _item(cast("ItemTime", fact), tr)
    return wording.language_name(str(fact), tr) if kind == "language" else str(fact)


def _undated(halt: Halt, tr: Translator) -> str:
    """When a stop is, of a trip whose date is not known."""
    parts = [tr.format(N_("Day {n}"), n=halt.number)] if halt.number else []
    parts += [tr.time(halt.start)] if halt.start else []
    if halt.start and halt.end:
        parts[-1] += f"\u00a0–\u00a0{tr.time(halt.end)}"
    return ", ".join(parts)


def _item(item: ItemTime, tr: Translator) -> str:
    _, at, title, names = item
    details = [*([tr.time(at)] if at else []), *names]
    return f"{title} ({', '.join(details)})" if details else title


def _registration(
    record: Registration | None, same: Collection[str], tr: Translator, zone: str
) -> str:
    if record is None:
        return ""
    parts = []
    if "state" not in same:
        parts.append(tr.gettext(wording.REGISTRATIONS[record.state]).lower())
    if record.deadline and "deadline" not in same:
        until = tr.format(N_("until {day}"), day=wording.deadline(record.deadline, tr))
        parts.append(f"{until}, {wording.whose_time(zone, tr)}" if zone else until)
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
