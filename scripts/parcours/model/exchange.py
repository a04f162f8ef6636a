"""Needs and facilitators: who looks for help, who offers it, in the words of which skills.

A facilitator is here as long as the person's consent lasts, by the day of the build; whoever reads
an exchange sees nothing of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from ..problems import N_, Phrase
from .community import Event, Named, Organisation, Territory
from .contacts import CODES, contacts
from .persons import id_names_person, names_person
from .rules import date_faults
from .schema import ConsentRecord, FacilitatorRecord, NeedRecord, SkillRecord
from .settings import Addresses, Market
from .times import Fault, done_faults
from .values import Months

NOTICE = timedelta(days=30)
"""How long before its end a consent is asked for again."""

URGENCIES = ("now", "this-month", "this-quarter", "this-year")
"""The most urgent first."""


class Skill(Named[SkillRecord]):
    @property
    def aliases(self) -> tuple[str, ...]:
        return self.record.aliases


@dataclass(frozen=True, eq=False)
class Facilitator(Named[FacilitatorRecord]):
    """Somebody who helps others, and agrees today to be published.

    Attributes:
        languages: codes; that of the site where its file names none.
    """

    organisation: Organisation | None
    skills: tuple[Skill, ...]
    territories: tuple[Territory, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Need:
    """What somebody looks for help with.

    Attributes:
        guid: its identity in feeds, for ever.
        source: its file, relative to the site's folder.
        languages: codes; that of the site where its file names none.
        contact: with whom somebody speaks about it, of those who are published.
        declined: ids of those who are not to be proposed.
        led_to: the meetings that came of it.
    """

    id: str
    guid: str
    record: NeedRecord
    source: str
    organisation: Organisation | None
    territory: Territory | None
    skills: tuple[Skill, ...]
    languages: tuple[str, ...]
    contact: tuple[Facilitator, ...] = ()
    declined: frozenset[str] = frozenset()
    led_to: tuple[Event, ...] = ()

    @property
    def title(self) -> str:
        return self.record.title

    @property
    def instant(self) -> int:
        """When it was said: a day, which feeds tell by its beginning in UTC, in Unix seconds."""
        return int(datetime.combine(self.record.opened, time(), UTC).timestamp())

    @property
    def priority(self) -> tuple[int, date, str]:
        """The order in which needs are served: by urgency, then age, then id."""
        return URGENCIES.index(self.record.urgency), self.record.opened, self.id

    @property
    def wanting(self) -> int:
        """How many facilitators are still looked for."""
        record = self.record
        if record.state == "open":
            return record.people
        held = len(record.contact.whom) if record.contact else 0
        return max(0, record.people - held) if record.state == "in contact" else 0

    def has_waited(self, days: int, today: date) -> bool:
        """Whether it has had no answer for so many days, and nobody speaks about it."""
        return self.record.state == "open" and (today - self.record.opened).days >= days


@dataclass(frozen=True, kw_only=True, eq=False)
class Exchange:
    """All needs, and all who may help, by id.

    Attributes:
        skills: the whole vocabulary.
        today: the day of the build, where the community is.
    """

    market: Market
    skills: Mapping[str, Skill]
    facilitators: Mapping[str, Facilitator]
    needs: Mapping[str, Need]
    today: date
    vocabulary: Vocabulary

    @property
    def published(self) -> tuple[Facilitator | Need, ...]:
        """All that has a page of its own."""
        return (*self.facilitators.values(), *self.needs.values())

    def addresses(self, names: Addresses) -> Mapping[str, str]:
        """By file: where its page stands."""
        market = self.market
        needs = {one.source: need_address(one, market, names) for one in self.needs.values()}
        offers = self.facilitators.values()
        return needs | {one.source: facilitator_address(one, market, names) for one in offers}

    def of_skill(self, skill: Skill) -> tuple[Need, ...]:
        """The needs that ask for a skill, or for a part of it, the latest first."""
        return self._latest(
            need
            for need in self.needs.values()
            if any(skill.id in self.vocabulary.upwards(one.id) for one in need.skills)
        )

    def of_territory(self, territory: Territory) -> tuple[Need, ...]:
        """The needs of a territory, the latest first."""
        return self._latest(one for one in self.needs.values() if one.territory is territory)

    @property
    def latest(self) -> tuple[Need, ...]:
        """All needs, the latest first."""
        return self._latest(self.needs.values())

    def _latest(self, needs: Iterable[Need]) -> tuple[Need, ...]:
        return tuple(sorted(needs, key=lambda one: (-one.record.opened.toordinal(), one.id)))


SAME, NARROWER, BROADER, SIBLING = 4, 3, 2, 1
"""Quarters of what is asked for: the same skill, a part of it, what it is a part of, its like."""


@dataclass(frozen=True)
class Vocabulary:
    """Skills and what each is a part of: how near one is to another.

    Attributes:
        broader: the ids right above each.
    """

    broader: Mapping[str, tuple[str, ...]]
    _above: dict[str, frozenset[str]] = field(default_factory=dict)

    def upwards(self, skill: str) -> frozenset[str]:
        """A skill, and all that it is a part of."""
        if skill not in self._above:
            found, waiting = {skill}, [skill]
            while waiting:
                for one in self.broader.get(waiting.pop(), ()):
                    if one not in found:
                        found.add(one)
                        waiting.append(one)
            self._above[skill] = frozenset(found)
        return self._above[skill]

    def quarters(self, asked: str, offered: str) -> int:
        """How much of the skill that is asked for the one that is offered brings, in quarters."""
        if asked == offered:
            return SAME
        if asked in self.upwards(offered):
            return NARROWER
        if offered in self.upwards(asked):
            return BROADER
        shared = set(self.broader.get(asked, ())).intersection(self.broader.get(offered, ()))
        return SIBLING if shared else 0


def needs_folder(market: Market, names: Addresses) -> str:
    """The address of the page of all needs."""
    return f"{market.address}/{names.needs}/"


def facilitators_folder(market: Market, names: Addresses) -> str:
    """The address of the page of all facilitators."""
    return f"{market.address}/{names.facilitators}/"


def need_address(need: Need, market: Market, names: Addresses) -> str:
    """Where the page of a need stands, relative to the site's root, ending with a slash."""
    return f"{needs_folder(market, names)}{need.id}/"


def facilitator_address(one: Facilitator, market: Market, names: Addresses) -> str:
    """Where the page of a facilitator stands."""
    return f"{facilitators_folder(market, names)}{one.id}/"


# Rules

STRICT = (FacilitatorRecord, NeedRecord, SkillRecord)
"""What is reached by an organisation alone: any other way is an error, whoever's it is."""

SIGN = re.compile("[@\uff20\ufe6b]")
"""What leads to a person without being an address: « @equipe »."""


def contact_faults(text: str, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What leads to a person, in a text of those records."""
    found = contacts(text)
    for one in found:
        yield Fault(CODES[one.sort], path, {"value": one.masked})
    signs = (sign.start() for sign in SIGN.finditer(text))
    if not all(any(one.start <= at < one.end for one in found) for at in signs):
        yield Fault("at-sign", path)


def consents(consent: ConsentRecord, today: date) -> bool:
    """Whether somebody is published on a day."""
    gone = consent.withdrawn is not None and consent.withdrawn <= today
    return consent.given <= today <= consent.until and not gone


def facilitator_faults(
    record: FacilitatorRecord, organisation: Organisation | None, market: Market, today: date
) -> Iterator[Fault]:
    """Every rule that a facilitator breaks, in its own file."""
    if not record.skills:
        yield Fault("empty", ("skills",))
    yield from consent_faults(record.consent, today)
    for index, one in enumerate(() if record.example else record.available):
        yield from _over_before(one, record.consent.given, ("available", index))
    if market.form is None and not (organisation and organisation.contact):
        name = organisation.name if organisation else record.name
        yield Fault("unreachable", ("organisation",), {"name": name})


def person_faults(
    record: FacilitatorRecord, id: str, known: Callable[[str], bool]
) -> Iterator[Fault]:
    """A name where a role is published: in the file, and as the file's own.

    Args:
        known: whether somebody of that name or id agreed to be named on the site.
    """
    if record.example:
        return
    if names_person(record.name) and not known(record.name):
        yield Fault("person-named", ("name",), {"value": record.name}, "warning")
    if id_names_person(id) and not known(id):
        params = {"field": Phrase(N_("file name")), "value": id}
        yield Fault("person-named", (), params, "warning")


def _over_before(months: Months | None, said: date, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Months that were over before anybody said so: a year too few."""
    if months is not None and months.days[1] < said.replace(day=1):
        params = {"value": str(months), "date": said}
        yield Fault("period-behind", path, params, "warning")


def consent_faults(consent: ConsentRecord, today: date) -> Iterator[Fault]:
    """What is wrong with a consent, or will be soon."""
    place = ("consent", "until")
    end = consent.until
    if end < consent.given:
        yield Fault("consent-order", place, {"date": end, "given": consent.given})
    elif consent.withdrawn is not None and consent.withdrawn <= today:
        place = ("consent", "withdrawn")
        yield Fault("consent-over", place, {"date": consent.withdrawn}, "warning")
    elif end < today:
        yield Fault("consent-over", place, {"date": end}, "warning")
    elif consent.given > today:
        yield Fault("future-file", ("consent", "given"), {"date": consent.given}, "warning")
    elif end - today < NOTICE:
        yield Fault("consent-ending", place, {"date": end}, "warning")


def need_faults(
    record: NeedRecord, organisation: Organisation | None, market: Market, now: datetime
) -> Iterator[Fault]:
    """Every rule that a need breaks, in its own file.

    Args:
        now: the instant of the build, where the community is.
    """
    if not record.skills:
        yield Fault("empty", ("skills",))
    yield from date_faults(record.opened, now, "opened")
    if record.opened > now.date():
        yield Fault("future-file", ("opened",), {"date": record.opened}, "warning")
    if market.form is None and not (organisation and organisation.contact):
        name = organisation.name if organisation else record.title
        yield Fault("unreachable", ("organisation",), {"name": name}, "warning")
    if not record.example:
        yield from _over_before(record.period, record.opened, ("period",))
    yield from state_faults(record)
    if record.contact:
        yield from done_faults(record.contact.since, now.date(), ("contact", "since"))
    if record.answered:
        yield from done_faults(record.answered, now.date(), ("answered",))


def state_faults(record: NeedRecord) -> Iterator[Fault]:
    """What a need says of its state, against what else it says."""
    yield from _state(record)
    yield from _order(record)
    for index, id in enumerate(record.declined):
        if record.contact and id in record.contact.whom:
            yield Fault("declined-contact", ("declined", index), {"value": id})


def _state(record: NeedRecord) -> Iterator[Fault]:
    """A state goes with what it says, and with nothing of another."""
    state = record.state
    needed = {"in contact": "contact", "answered": "answered"}.get(state)
    if needed is not None and getattr(record, needed) is None:
        yield Fault(
            "state-unsaid", ("state",), {"state": state, "key": needed}, without=((needed,),)
        )
    held = {"contact": state == "open", **dict.fromkeys(_OF_ANSWERS, state != "answered")}
    for key, against in held.items():
        if against and getattr(record, key):
            yield Fault("state-against", (key,), {"state": state, "key": key})


_OF_ANSWERS = ("answered", "learned", "led_to")
"""Keys that only a need that was answered has."""


def _order(record: NeedRecord) -> Iterator[Fault]:
    since = record.contact.since if record.contact else None
    days = [("opened", record.opened), ("contact.since", since), ("answered", record.answered)]
    said = [(name, day) for name, day in days if day is not None]
    for (before, early), (name, late) in pairwise(said):
        if late < early:
            params = {"date": late, "other": before, "before": early}
            yield Fault("day-order", tuple(name.split(".")), params)
