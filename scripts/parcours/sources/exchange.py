"""Skills, facilitators and needs: files of the folder of data, resolved against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from ..model.community import Event
from ..model.exchange import (
    Exchange,
    Facilitator,
    Need,
    Skill,
    Vocabulary,
    consents,
    facilitator_faults,
    need_faults,
    person_faults,
)
from ..model.names import slug
from ..model.schema import FacilitatorRecord, NeedRecord, SkillRecord
from ..model.settings import Market
from ..model.zones import zone
from .entities import Read, parts, read_aliases, read_folder, tell_left
from .events import Context, report
from .history import History
from .register import E, Register
from .starts import Meetings
from .yaml import Document

R = TypeVar("R", bound=BaseModel)


def read_exchange(context: Context, history: History, events: Sequence[Event]) -> Exchange | None:
    """Needs and facilitators; None for a site without.

    Of whoever does not consent on the day of the build, and of needs of a day to come, nothing is
    kept but what is wrong with their files.
    """
    market = context.settings.market
    return _Reader(context, history, market).read(events) if market else None


@dataclass
class _Reader:
    """Reads the files of one site.

    Attributes:
        now: the instant of the build, where the community is.
    """

    context: Context
    history: History
    market: Market

    def __post_init__(self) -> None:
        data, around = self.context.settings.data, self.context.around
        self.now = self.context.now.astimezone(zone(self.context.settings.timezone))
        self.skills: Register[Skill] = Register(where=f"{data}/skills", around=around)
        self.facilitators: Register[Facilitator] = Register(
            where=f"{data}/facilitators", around=around
        )
        self.needs: Register[Need] = Register(where=f"{data}/needs", around=around)

    def read(self, events: Sequence[Event]) -> Exchange:
        vocabulary = self._skills()
        self._facilitators()
        self._needs(Meetings(self.context, events))
        self._capacities()
        return Exchange(
            market=self.market,
            skills=self.skills.found,
            facilitators=self.facilitators.found,
            needs=self.needs.found,
            today=self.now.date(),
            vocabulary=vocabulary,
        )

    def _folder(self, kind: type[R], register: Register[E]) -> Mapping[str, Read[R]]:
        context = self.context
        found = read_folder(
            context.root,
            register.where,
            kind,
            register.broken,
            context.problems,
            context.around,
            context.readings,
        )
        register.documents |= {id: one.document for id, one in found.items()}
        return found

    def _skills(self) -> Vocabulary:
        problems, register = self.context.problems, self.skills
        read = self._folder(SkillRecord, register)
        register.found |= {id: Skill(id, one.record, one.file) for id, one in read.items()}
        read_aliases(read, register, problems)
        broader = {
            id: register.find_all(record.broader, "broader", document, problems)
            for id, (record, document, _) in parts(read)
        }
        vocabulary = Vocabulary({id: tuple(one.id for one in up) for id, up in broader.items()})
        for id, (record, document, _) in parts(read):
            for index, up in enumerate(record.broader):
                above = register.aliases.get(up, up)
                if above in register.found and id in vocabulary.upwards(above):
                    mark = document.mark(("broader", index))
                    problems.add("skill-cycle", mark, id=id, value=up)
        return vocabulary

    @property
    def _languages(self) -> tuple[str, ...]:
        return (self.context.settings.tongue.partition("-")[0].lower(),)

    def _facilitators(self) -> None:
        entities, problems = self.context.entities, self.context.problems
        today, register = self.now.date(), self.facilitators
        read = self._folder(FacilitatorRecord, register)
        tell_left(register, self.history, read)
        for id, (record, document, file) in parts(read):
            organisation = entities.organisations.find(
                record.organisation, ("organisation",), document, problems
            )
            facilitator = Facilitator(
                id=id,
                record=record,
                source=file,
                organisation=organisation,
                skills=self.skills.find_all(record.skills, "skills", document, problems),
                territories=entities.territories.find_all(
                    record.territories, "territories", document, problems
                ),
                languages=record.languages or self._languages,
            )
            faults = facilitator_faults(record, organisation, self.market, today)
            report(problems, document, faults)
            report(problems, document, person_faults(record, id, self._is_named))
            if consents(record.consent, today) and not document.is_broken(("consent",)):
                register.found[id] = facilitator
            else:
                register.left |= {id}

    def _is_named(self, said: str) -> bool:
        """Whether somebody agreed to be named so on the site."""
        people = self.context.entities.people.found
        return slug(said) in {*people, *(slug(one.name) for one in people.values())}

    def _needs(self, meetings: Meetings) -> None:
        entities, problems = self.context.entities, self.context.problems
        for id, (record, document, file) in parts(self._folder(NeedRecord, self.needs)):
            organisation = entities.organisations.find(
                record.organisation, ("organisation",), document, problems
            )
            need = Need(
                id=id,
                guid=self.context.settings.uid(id, "need"),
                record=record,
                source=file,
                organisation=organisation,
                territory=entities.territories.find(
                    record.territory, ("territory",), document, problems
                )
                or (organisation.where if organisation else None),
                skills=self.skills.find_all(record.skills, "skills", document, problems),
                languages=record.languages or self._languages,
                contact=tuple(self._contact(record, document)),
                declined=frozenset(self._declined(record, document)),
                led_to=tuple(one for one, _ in meetings.named(record.led_to, "led_to", document)),
            )
            report(problems, document, need_faults(record, organisation, self.market, self.now))
            if record.opened <= self.now.date():
                self.needs.found[id] = need

    def _contact(self, record: NeedRecord, document: Document) -> Iterator[Facilitator]:
        """Those of a contact who are published: what the page says of the others is nothing."""
        problems = self.context.problems
        whom = record.contact.whom if record.contact else ()
        for id in dict.fromkeys(whom):
            place = ("contact", "with", whom.index(id))
            if id in self.facilitators.left:
                mark = document.mark(place)
                problems.add("contact-left", mark, severity="warning", value=id)
                continue
            found = self.facilitators.find(id, place, document, problems)
            if found is not None:
                yield found

    def _declined(self, record: NeedRecord, document: Document) -> Iterator[str]:
        for index, id in enumerate(record.declined):
            if id not in self.facilitators.left:
                self.facilitators.find(id, ("declined", index), document, self.context.problems)
            yield id

    def _capacities(self) -> None:
        """Whoever speaks about as many needs as is possible speaks about no other."""
        held: dict[str, list[str]] = {}
        pinned = [one for one in self.needs.found.values() if one.record.state == "in contact"]
        for need in sorted(pinned, key=_since):
            for facilitator in need.contact:
                others = held.setdefault(facilitator.id, [])
                capacity = facilitator.record.capacity
                if len(others) >= capacity:
                    mark = self.needs.documents[need.id].mark(("contact", "with"))
                    self.context.problems.add(
                        "no-capacity",
                        mark,
                        value=facilitator.id,
                        capacity=capacity,
                        other=others[-1],
                    )
                others.append(need.id)


def _since(need: Need) -> tuple[str, str]:
    return str(need.record.contact.since) if need.record.contact else "", need.id
