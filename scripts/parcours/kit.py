"""What whoever runs a session does, and when: in words, shared by pages and feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from . import wording
from .i18n import Translator
from .model.community import Event, Occurrence
from .model.relay import Relay, Turn, is_sought
from .model.schema import OFF
from .model.stage import is_recorded
from .problems import N_

BEFORE = (21, 7, 1)
"""Days before a session on which something is to be done."""

EARLY = timedelta(minutes=15)
"""How long before it begins whoever runs a session is there."""


@dataclass(frozen=True)
class Todo:
    """Something to be done: a sentence, and the address with which it ends; "" for none."""

    said: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A day of preparing a session, or of what comes after it.

    Attributes:
        id: its identity in calendars, together with that of the session, for ever.
        day: where the session takes place; None where its date is not known.
        title: « 21 jours avant ».
        todo: what is to be done.
    """

    id: str
    day: date | None
    title: str
    todo: tuple[Todo, ...]


@dataclass(frozen=True)
class Kit:
    """All that is to be done for one session of a relay, with its own facts.

    Attributes:
        site_url: ends with a slash.
    """

    turn: Turn
    relay: Relay
    site_url: str
    tr: Translator

    @property
    def session(self) -> Event:
        return self.turn.session

    @property
    def before(self) -> Turn | None:
        """The session whose leaders hand over: as the source says, else the one before."""
        turns = self._held
        place = turns.index(self.turn) if self.turn in turns else 0
        named = (one for one in turns if one.session is self.turn.handed_by)
        return next(named, turns[place - 1] if place else None)

    @property
    def after(self) -> Turn | None:
        """The session to whose leaders one hands over: who says so, else the next.

        Where the next names somebody else, one hands over to nobody.
        """
        turns = self._held
        place = turns.index(self.turn) if self.turn in turns else len(turns)
        named = (one for one in turns if one.handed_by is self.session)
        following = turns[place + 1] if place + 1 < len(turns) else None
        return next(named, None if following and following.handed_by else following)

    @property
    def _held(self) -> tuple[Turn, ...]:
        """The sessions that take place, and this one."""
        turns = self.relay.turns
        return tuple(
            one for one in turns if one is self.turn or one.session.record.status not in OFF
        )

    def steps(self) -> tuple[Step, ...]:
        """What to do on which day, the first day first."""
        first = self.session.first
        todos = {21: self._three_weeks, 7: self._a_week, 1: self._a_day}
        found = [
            Step(
                id=f"kit-{n}",
                day=first.first - timedelta(days=n) if first else None,
                title=self.tr.ngettext("{n} day before", "{n} days before", n),
                todo=tuple(todos[n]()),
            )
            for n in BEFORE
        ]
        on_the_day = self.tr.gettext(N_("On the day"))
        day = first.first if first else None
        found.append(Step(id="kit-0", day=day, title=on_the_day, todo=tuple(self._that_day())))
        afterwards = self.tr.gettext(N_("Afterwards"))
        day = first.last + timedelta(days=1) if first else None
        found.append(Step(id="kit-after", day=day, title=afterwards, todo=tuple(self._after())))
        return tuple(found)

    @property
    def _url(self) -> str:
        return self.site_url + self.session.address

    def _three_weeks(self) -> Iterator[Todo]:
        tr, session, before = self.tr, self.session, self.before
        if session.backup:
            text = N_("Agree with {name}, who stands in for you, on who does what.")
            yield Todo(tr.format(text, name=session.backup.name))
        else:
            yield Todo(tr.gettext(N_("Find somebody who stands in for you if you cannot come.")))
        if before is not None and before.lead is not None:
            text = N_("Ask {name}, who leads “{title}” before you, what works and what stays open.")
            yield Todo(tr.format(text, name=before.lead.name, title=before.session.title))
        hours = wording.hours(session.first, tr) if session.first else ""
        if hours:
            yield Todo(tr.format(N_("Write the plan of the session ({hours})."), hours=hours))
        else:
            yield Todo(tr.gettext(N_("Write the plan of the session.")))
        asked = self.relay.course.record.relay
        yield from map(Todo, asked.asks if asked else ())
        if self.relay.course.helpers:
            names = ", ".join(one.name for one in self.relay.course.helpers)
            yield Todo(tr.format(N_("Ask for help if you want some: {names}."), names=names))
        text = N_("Read its page again, and correct what you would say otherwise:")
        yield Todo(tr.gettext(text), self._url)

    def _a_week(self) -> Iterator[Todo]:
        tr, session = self.tr, self.session
        record = session.record
        if record.online:
            text = N_("Open the live meeting once, to try your sound and your screen:")
            yield Todo(tr.gettext(text), record.online)
        if session.sites and session.mode != "online":
            yield Todo(tr.format(N_("Make sure of the room: {place}"), place=session.location))
        elif not record.online:
            yield Todo(
                tr.gettext(N_("Say where people meet: write « online » or « place » in its file."))
            )
        text = N_("Tell those whom it may interest, with the address of its page:")
        yield Todo(tr.gettext(text), self._url)
        registration = record.registration or self.relay.course.record.registration
        if registration and registration.url:
            yield Todo(tr.gettext(N_("See who has registered:")), registration.url)
        yield Todo(tr.gettext(N_("Settle who welcomes, who keeps the time and who writes.")))
        if session.backup:
            text = N_("If you cannot come, say so now to {name}.")
            yield Todo(tr.format(text, name=session.backup.name))

    def _a_day(self) -> Iterator[Todo]:
        tr, session = self.tr, self.session
        yield Todo(tr.gettext(N_("Open all that you will show, and close the rest.")))
        if session.backup:
            yield Todo(tr.format(N_("Send the plan to {name}."), name=session.backup.name))
        early = _early(session.first, tr)
        if early:
            yield Todo(
                tr.format(N_("Plan to be there at {time}, a quarter of an hour early."), time=early)
            )

    def _that_day(self) -> Iterator[Todo]:
        tr, first = self.tr, self.session.first
        if first is not None and first.start is not None and first.end is not None:
            text = N_("Open at {early}, begin at {start}, end at {end}.")
            early, start, end = _early(first, tr), tr.time(first.start), tr.time(first.end)
            yield Todo(tr.format(text, early=early, start=start, end=end))
        if is_recorded(self.session):
            yield Todo(tr.gettext(N_("Say that it is recorded, then start the recording.")))
        else:
            yield Todo(tr.gettext(N_("Have somebody write down what matters: it is not recorded.")))
        after = self.after
        if after is None:
            yield Todo(tr.gettext(N_("Before you part, ask what should come next.")))
            return
        text = N_("Before you part, say what comes next: {next}.")
        if is_sought(after.session):
            text = N_("Before you part, ask who takes over what comes next: {next}.")
        yield Todo(tr.format(text, next=self._named(after)))

    def _after(self) -> Iterator[Todo]:
        tr, after = self.tr, self.after
        if is_recorded(self.session):
            yield Todo(tr.gettext(N_("Add the recording to its file, below « replay ».")))
        text = N_("Write on its page, in a few lines, what came of it:")
        yield Todo(tr.gettext(text), self._url)
        if after is not None and after.lead is not None:
            text = N_("Hand over to {name}, who leads “{title}”: what worked, what stays open.")
            yield Todo(tr.format(text, name=after.lead.name, title=after.session.title))
        elif after is not None:
            text = N_("Tell the team whom you would see take over “{title}”.")
            yield Todo(tr.format(text, title=after.session.title))

    def _named(self, turn: Turn) -> str:
        """« “Et après ?”, mardi 30 mars »"""
        first = turn.session.first
        title = self.tr.format(N_("“{title}”"), title=turn.session.title)
        return f"{title}, {self.tr.day(first.first, year=False)}" if first else title


def _early(first: Occurrence | None, tr: Translator) -> str:
    """The hour at which whoever runs a session is there; "" for whole days."""
    return tr.time(first.start - EARLY) if first is not None and first.start else ""
