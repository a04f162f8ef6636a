"""Needs, facilitators, and who may help whom: a page for each, and those that list them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice, takewhile
from typing import TypeVar

from .. import wording
from ..model.community import Organisation, entity_address
from ..model.exchange import (
    Exchange,
    Facilitator,
    Need,
    Skill,
    facilitator_address,
    facilitators_folder,
    need_address,
    needs_folder,
)
from ..model.names import order, slug
from ..model.proposals import Candidate, Holder, Holding, Part, Proposals
from ..model.schema import NeedState
from ..model.synonyms import FORMAT, URGENCY
from ..model.values import Months
from ..problems import N_
from .division import (
    CARD,
    POST,
    Division,
    Order,
    Placed,
    Ways,
    by_letter,
    by_time,
    divide,
    room_for,
)
from .drawing import Block
from .entities import reached
from .facts import Facts, Value, facts
from .library import Library
from .meeting import Meeting, entities, meetings
from .page import Page
from .places import paragraphs

T = TypeVar("T")

BEST = 3
"""How many candidates a page shows at least."""

LATEST = 5
"""How many needs the first page shows."""

LISTED = 100
"""How many needs that wait for an answer a page shows, once there are too many for it."""

BY_DAY: Order[Need] = by_time(lambda need: need.record.opened)
BY_NAME: Order[Facilitator] = by_letter(lambda one: one.name)

STATES: dict[NeedState, str] = {
    "open": N_("Without an answer yet"),
    "in contact": N_("In contact"),
    "answered": N_("Answered"),
    "withdrawn": N_("Withdrawn"),
}
"""The order in which the page of needs shows them, too."""

PARTS: dict[Part, str] = {
    "skills": N_("skills"),
    "territory": N_("territory"),
    "format": N_("format"),
    "period": N_("months"),
    "language": N_("language"),
}
WAITING: frozenset[NeedState] = frozenset({"open", "in contact"})
"""States of needs that are not over."""

HOLDINGS: dict[Holding, str] = {
    "contact": N_("already in contact about « {need} »"),
    "urgent": N_("already proposed for « {need} », more urgent"),
    "earlier": N_("already proposed for « {need} », asked earlier"),
    "fits": N_("already proposed for « {need} », with more points"),
    "together": N_("already proposed for « {need} » (all needs are looked at together)"),
}


@dataclass(frozen=True, kw_only=True)
class NeedLine:
    """A need in a list; *told* is where and for how long, *state* what became of it."""

    address: str
    title: str
    told: str
    skills: str
    state: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A facilitator in a list; *places* says how many are free."""

    address: str
    name: str
    about: tuple[Value, ...]
    skills: str
    places: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A candidate, as the page of a need or of a facilitator shows it.

    Attributes:
        parts: what each part of the score gave, of what it may give.
        why: a sentence.
    """

    other: Value
    proposed: bool
    points: str
    parts: tuple[str, ...]
    why: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where one says a need; addresses are "" where there is none.

    Attributes:
        form: outside the site.
        contribute: the contributors' page.
    """

    form: str
    contribute: str


@dataclass(frozen=True, kw_only=True)
class ExchangeHome:
    """Input of ``exchange.html``."""

    heading: str
    door: Door
    needs: tuple[NeedLine, ...]
    all_needs: Value
    all_facilitators: Value
    proposals: Value


@dataclass(frozen=True, kw_only=True)
class NeedsPage:
    """Input of ``needs.html``.

    Attributes:
        door: None on the page of a part.
        ways: to the parts of a list that is divided.
        groups: by state, its name and the needs.
        feeds: by what they are of: names and addresses of feeds of new needs.
    """

    heading: str
    all: Value
    door: Door | None
    ways: tuple[Ways, ...]
    groups: tuple[tuple[str, tuple[NeedLine, ...]], ...]
    feeds: tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class NeedPage:
    """Input of ``need.html``.

    Attributes:
        contact: who speaks about it; "" for nobody.
        with_whom: those of them who are published.
        learned: what was learned, in paragraphs; *led_to*: the meetings that came of it.
        reach: how one answers.
        proposals: who may help, the best first; *lacks* says that there are too few.
    """

    heading: str
    all: Value
    example: bool
    state: str
    paragraphs: tuple[str, ...]
    facts: Facts
    contact: str
    with_whom: tuple[Value, ...]
    learned: tuple[str, ...]
    led_to: tuple[Meeting, ...]
    reach: tuple[Value, ...]
    looking: bool
    proposals: tuple[Proposal, ...]
    lacks: str


@dataclass(frozen=True, kw_only=True)
class FacilitatorsPage:
    """Input of ``facilitators.html``.

    Attributes:
        ways: to the parts of a list that is divided.
        skills: the vocabulary, broader terms first.
    """

    heading: str
    all: Value
    ways: tuple[Ways, ...]
    offers: tuple[Offer, ...]
    skills: tuple[SkillLine, ...]


@dataclass(frozen=True)
class SkillLine:
    """A word of the vocabulary; *within* is what it is a part of."""

    name: str
    within: str
    description: str
    exact: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class FacilitatorPage:
    """Input of ``facilitator.html``."""

    heading: str
    all: Value
    example: bool
    paragraphs: tuple[str, ...]
    facts: Facts
    reach: tuple[Value, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Pair:
    """A need, who is proposed for it, and who has more points and is not: each with why."""

    need: Value
    told: str
    proposals: tuple[Proposal, ...]
    lacks: str
    example: bool


@dataclass(frozen=True, kw_only=True)
class ProposalsPage:
    """Input of ``proposals.html``.

    Attributes:
        waiting: needs that have waited for too long; *since* says for how long that is.
        others: the page of all needs, where these are too many to show all.
        rule: how it was reckoned.
    """

    heading: str
    all: Value
    since: str
    waiting: tuple[NeedLine, ...]
    pairs: tuple[Pair, ...]
    others: Value | None
    rule: str


def pages(library: Library) -> Iterator[Page]:
    """All of them, a page before those below it; none on a site without an exchange."""
    exchange = library.community.exchange
    return iter(_Pages(library, exchange) if exchange else ())


def market_lead(library: Library) -> str:
    """What the whole is for, in a sentence."""
    return library.tr.gettext(N_("Who looks for help, who offers it, and who may help whom."))


class _Pages:
    def __init__(self, library: Library, exchange: Exchange) -> None:
        self.library, self.exchange = library, exchange
        self.market, self.tr = exchange.market, library.tr
        self.names = library.settings.addresses
        self.home = f"{self.market.address}/"
        self.needs = needs_folder(self.market, self.names)
        self.facilitators = facilitators_folder(self.market, self.names)
        self.proposed = f"{self.home}{self.names.proposals}/"

    @cached_property
    def proposals(self) -> Proposals:
        return Proposals(self.exchange)

    def __iter__(self) -> Iterator[Page]:
        tr, exchange = self.tr, self.exchange
        yield self._list(
            self.home, self.market.name, market_lead(self.library), None, "exchange", self._home
        )
        needs = tr.gettext(N_("Needs"))
        lead = tr.gettext(N_("What centres and teams look for help with."))
        yield from self._lists(self._divided_needs(needs), lead, "needs", self._needs)
        for need in exchange.latest:
            yield Page(
                address=need_address(need, self.market, self.names),
                title=self.library.words(need.title),
                description=self._told(need),
                parent=self.needs,
                source=need.source,
                changed=self._changed(need),
                selections=self.library.table.of_kind("needs")[:1],
                blocks={"need": Block("need.html", partial(self._need, need))},
            )
        title = tr.gettext(N_("Facilitators"))
        lead = tr.gettext(N_("Who helps others, and on what."))
        divided = self._divided_offers(title)
        yield from self._lists(divided, lead, "facilitators", self._offers)
        for one in self._by_name:
            yield Page(
                address=facilitator_address(one, self.market, self.names),
                title=self.library.words(one.name),
                description=self._skills(one.skills),
                parent=self.facilitators,
                source=one.source,
                changed=self._changed(one),
                blocks={"facilitator": Block("facilitator.html", partial(self._facilitator, one))},
            )
        title = tr.gettext(N_("Proposals"))
        lead = tr.gettext(N_("Who may help whom, for those who bring them together."))
        yield self._list(self.proposed, title, lead, self.home, "proposals", self._proposals)

    def _all_needs(self) -> Value:
        n = len(self.exchange.latest)
        return Value(self.tr.ngettext("{n} need", "{n} needs", n), self.needs)

    def _divided_needs(self, title: str) -> Division[Need]:
        return Division(
            whole=divide(self.exchange.latest, BY_DAY, room_for(POST)),
            order=BY_DAY,
            address=self.needs,
            folder=self.library.parts(self.needs),
            title=title,
            said=lambda n: self.tr.ngettext("{n} need", "{n} needs", n),
            tr=self.tr,
        )

    def _divided_offers(self, title: str) -> Division[Facilitator]:
        return Division(
            whole=divide(self._by_name, BY_NAME, room_for(CARD)),
            order=BY_NAME,
            address=self.facilitators,
            folder=self.library.parts(self.facilitators),
            title=title,
            said=lambda n: self.tr.ngettext("{n} facilitator", "{n} facilitators", n),
            tr=self.tr,
        )

    def _lists(
        self,
        divided: Division[T],
        lead: str,
        name: str,
        make: Callable[[Division[T], Placed[T]], object],
    ) -> Iterator[Page]:
        """A list, and its parts if it is divided."""
        for placed in divided.places():
            yield Page(
                address=placed.address,
                title=placed.title,
                description=lead if placed.is_whole else placed.title,
                parent=placed.parent or self.home,
                changed=max(map(self._changed, self.exchange.published), default=0),
                selections=self.library.table.of_kind("needs")[:1],
                blocks={name: Block(f"{name}.html", partial(make, divided, placed))},
                searchable=placed.is_whole,
            )

    def _above(self, divided: Division[T], placed: Placed[T]) -> Value:
        return self._home_link if placed.is_whole else divided.above(placed)

    def _list(
        self, address: str, title: str, lead: str, parent: str | None, name: str, make: object
    ) -> Page:
        assert callable(make)
        return Page(
            address=address,
            title=title,
            description=lead,
            parent=parent,
            changed=max(map(self._changed, self.exchange.published), default=0),
            selections=self.library.table.of_kind("needs")[:1],
            blocks={name: Block(f"{name}.html", partial(make, address, title))},
        )

    def _changed(self, one: Facilitator | Need) -> int:
        return self.library.community.instants.get(one.source, 0)

    @property
    def _by_name(self) -> Sequence[Facilitator]:
        found = self.exchange.facilitators.values()
        return sorted(found, key=lambda one: (order(one.name), one.id))

    def _heading(self, address: str, title: str) -> str:
        return "" if self.library.has_heading(address) else title

    @property
    def _home_link(self) -> Value:
        return Value(self.market.name, self.home)

    @property
    def _door(self) -> Door:
        return Door(form=self.market.form or "", contribute=self.library.contribute)

    # Lists

    def _home(self, address: str, title: str) -> ExchangeHome:
        tr, needs = self.tr, self.exchange.latest
        waiting = [one for one in needs if one.record.state == "open"]
        offers = len(self.exchange.facilitators)
        return ExchangeHome(
            heading=self._heading(address, title),
            door=self._door,
            needs=tuple(map(self._line, waiting[:LATEST])),
            all_needs=self._all_needs(),
            all_facilitators=Value(
                tr.ngettext("{n} facilitator", "{n} facilitators", offers), self.facilitators
            ),
            proposals=Value(tr.gettext(N_("Proposals")), self.proposed),
        )

    def _needs(self, divided: Division[Need], placed: Placed[Need]) -> NeedsPage:
        shown = placed.part.own
        if placed.is_whole and divided.is_divided:
            # What is looked for still stands before the ways to all.
            waiting = (one for one in placed.part.things if one.record.state in WAITING)
            shown = tuple(islice(waiting, LISTED))
        found = {
            state: tuple(self._line(one) for one in shown if one.record.state == state)
            for state in STATES
        }
        return NeedsPage(
            heading=self._heading(placed.address, placed.title),
            all=self._above(divided, placed),
            door=self._door if placed.is_whole else None,
            ways=divided.ways(placed),
            groups=tuple((self.tr.gettext(STATES[state]), of) for state, of in found.items() if of),
            feeds=tuple(self._feeds()) if placed.is_whole else (),
        )

    def _feeds(self) -> Iterator[tuple[str, tuple[Value, ...]]]:
        if not self.library.settings.feeds:
            return
        tr, table = self.tr, self.library.table.of_kind("needs")
        every = [one for one in table if not (one.territory or one.skill)]
        territories = [one for one in table if one.territory and one.needs]
        skills = [one for one in table if one.skill]
        for title, found in (
            (N_("All of them"), every),
            (N_("By territory"), territories),
            (N_("By skill"), skills),
        ):
            links = tuple(
                Value(part.name if part else tr.gettext(N_("Needs")), one.feed("rss"))
                for one in found
                for part in [one.territory or one.skill]
            )
            if links:
                yield tr.gettext(title), links

    def _offers(
        self, divided: Division[Facilitator], placed: Placed[Facilitator]
    ) -> FacilitatorsPage:
        return FacilitatorsPage(
            heading=self._heading(placed.address, placed.title),
            all=self._above(divided, placed),
            ways=divided.ways(placed),
            offers=tuple(map(self._offer, placed.part.own)),
            skills=tuple(self._vocabulary()) if placed.is_whole else (),
        )

    def _vocabulary(self) -> Iterator[SkillLine]:
        skills = self.exchange.skills
        for one in sorted(skills.values(), key=lambda one: (slug(one.name), one.id)):
            above = [skills[id].name for id in self.exchange.vocabulary.broader[one.id]]
            yield SkillLine(
                one.name,
                ", ".join(above),
                one.record.description or "",
                one.record.exact or "",
                one.example,
            )

    def _proposals(self, address: str, title: str) -> ProposalsPage:
        tr, today, market = self.tr, self.exchange.today, self.market
        needs = self.exchange.needs.values()
        late = [one for one in needs if one.has_waited(market.waiting, today)]
        late.sort(key=lambda one: (one.record.opened, one.id))
        proposed = self.proposals.needs
        since = tr.ngettext(
            "Needs without an answer for {n} day",
            "Needs without an answer for {n} days",
            market.waiting,
        )
        return ProposalsPage(
            heading=self._heading(address, title),
            all=self._home_link,
            since=since,
            waiting=tuple(map(self._line, late[:LISTED])),
            pairs=tuple(map(self._pair, proposed[:LISTED])),
            others=self._all_needs() if max(len(late), len(proposed)) > LISTED else None,
            rule=self._rule(),
        )

    def _rule(self) -> str:
        tr = self.tr
        parts = zip(PARTS.values(), self.proposals.most, strict=True)
        said = [f"{tr.gettext(name)} {most}" for name, most in parts]
        text = N_(
            "All needs are looked at together: the most urgent first, then the oldest; then "
            "the sum of points is the highest that can be. Most points: {parts}."
        )
        floor = tr.ngettext(
            "Below {n} point, nobody is proposed.",
            "Below {n} points, nobody is proposed.",
            self.market.floor,
        )
        return f"{tr.format(text, parts=', '.join(said))} {floor}"

    def _pair(self, need: Need) -> Pair:
        found = self.proposals.of_need(need)
        better = takewhile(lambda one: one.why in ("proposed", "held"), found)
        shown = tuple(self._shown(better, "facilitator"))
        lacks, example = self._lacks(need), need.record.example
        return Pair(self._titled(need), self._told(need), shown, lacks, example)

    # Lines

    def _titled(self, need: Need) -> Value:
        return Value(self.library.words(need.title), need_address(need, self.market, self.names))

    def _named(self, one: Facilitator) -> Value:
        address = facilitator_address(one, self.market, self.names)
        return Value(self.library.words(one.name), address)

    def _line(self, need: Need) -> NeedLine:
        shown = self._titled(need)
        return NeedLine(
            address=shown.address,
            title=shown.text,
            told=self._told(need),
            skills=self._skills(need.skills),
            state=self.tr.gettext(STATES[need.record.state]),
            example=need.record.example,
        )

    def _offer(self, one: Facilitator) -> Offer:
        shown = self._named(one)
        return Offer(
            address=shown.address,
            name=shown.text,
            about=tuple(entities([one.organisation], self.library.settings)),
            skills=self._skills(one.skills),
            places=self._places(one),
            example=one.example,
        )

    def _skills(self, skills: Sequence[Skill]) -> str:
        return ", ".join(one.name for one in skills)

    def _told(self, need: Need) -> str:
        """Whose it is, where, and since when."""
        days = (self.exchange.today - need.record.opened).days
        said = [need.organisation.name if need.organisation else ""]
        said += [need.territory.name if need.territory else ""]
        if need.record.state == "open" and days:
            said.append(self.tr.ngettext("waiting for {n} day", "waiting for {n} days", days))
        else:
            day = self.tr.day(need.record.opened, weekday=False)
            said.append(self.tr.format(N_("asked on {day}"), day=day))
        return ", ".join(one for one in said if one)

    def _places(self, one: Facilitator) -> str:
        free = self.proposals.places(one)
        if not free:
            return self.tr.gettext(N_("no place free"))
        return self.tr.ngettext("{n} place free", "{n} places free", free)

    def _lacks(self, need: Need) -> str:
        lacking = self.proposals.lacks(need)
        if lacking <= 0:
            return ""
        if lacking < need.wanting:
            return self.tr.ngettext(
                "One more person is needed.", "{n} more people are needed.", lacking
            )
        return self.tr.gettext(N_("Nobody can be proposed yet."))

    # A page of one

    def _need(self, need: Need) -> NeedPage:
        tr, record = self.tr, need.record
        contact = ""
        if record.contact:
            day = tr.day(record.contact.since, weekday=False)
            contact = tr.format(N_("In contact since {day}"), day=day)
        address = need_address(need, self.market, self.names)
        looking = need.wanting > 0
        return NeedPage(
            heading=self._heading(address, self.library.words(need.title)),
            all=Value(tr.gettext(N_("Needs")), self.needs),
            example=record.example,
            state=tr.gettext(STATES[record.state]),
            paragraphs=tuple(map(self.library.words, paragraphs(record.description))),
            facts=facts(self._need_facts(need)),
            contact=contact,
            with_whom=tuple(map(self._named, need.contact)),
            learned=tuple(map(self.library.words, paragraphs(record.learned))),
            led_to=meetings(need.led_to, self.library),
            reach=self._reach(need.organisation) if looking else (),
            looking=looking,
            proposals=tuple(self._shown(self.proposals.of_need(need), "facilitator")),
            lacks=self._lacks(need) if looking else "",
        )

    def _need_facts(self, need: Need) -> Iterator[tuple[str, Sequence[Value]]]:
        tr, record, settings = self.tr, need.record, self.library.settings
        open_still = record.state in ("open", "in contact")
        yield tr.gettext(N_("Organisation")), entities([need.organisation], settings)
        yield tr.gettext(N_("Territory")), entities([need.territory], settings)
        yield tr.gettext(N_("Skills")), [Value(one.name) for one in need.skills]
        how = [Value(tr.gettext(FORMAT.meanings[record.format]))] if record.format else []
        yield tr.gettext(N_("How")), how
        yield tr.gettext(N_("Months")), self._months((record.period,) if record.period else ())
        urgency = [Value(tr.gettext(URGENCY.meanings[record.urgency]))] if open_still else []
        yield tr.gettext(N_("How soon")), urgency
        several = [Value(str(record.people))] if record.people > 1 else []
        yield tr.gettext(N_("Persons")), several
        yield tr.gettext(N_("Asked on")), [Value(tr.day(record.opened, weekday=False))]
        answered = [Value(tr.day(record.answered, weekday=False))] if record.answered else []
        yield tr.gettext(N_("Answered on")), answered

    def _facilitator(self, one: Facilitator) -> FacilitatorPage:
        tr, record, settings = self.tr, one.record, self.library.settings
        address = facilitator_address(one, self.market, self.names)
        languages = [
            Value(tr.own(str(tr.locale.languages.get(code, code)))) for code in one.languages
        ]
        found = (
            (N_("Organisation"), entities([one.organisation], settings)),
            (N_("Skills"), [Value(skill.name) for skill in one.skills]),
            (N_("Territories"), entities(one.territories, settings)),
            (N_("How"), [Value(tr.gettext(FORMAT.meanings[way])) for way in record.formats]),
            (N_("Languages"), languages),
            (N_("Months"), self._months(record.available)),
            (N_("Availability"), [Value(self._places(one))]),
        )
        return FacilitatorPage(
            heading=self._heading(address, self.library.words(one.name)),
            all=Value(tr.gettext(N_("Facilitators")), self.facilitators),
            example=one.example,
            paragraphs=tuple(map(self.library.words, paragraphs(record.description))),
            facts=facts((tr.gettext(label), values) for label, values in found),
            reach=self._reach(one.organisation),
            proposals=tuple(self._shown(self.proposals.of_facilitator(one), "need")),
        )

    def _months(self, spans: Sequence[Months]) -> list[Value]:
        return [Value(wording.months(span, self.tr)) for span in spans]

    def _reach(self, organisation: Organisation | None) -> tuple[Value, ...]:
        """How one gets in touch: by the organisation, else by the form."""
        if organisation is not None and organisation.contact:
            name = Value(organisation.name, entity_address(organisation, self.names))
            return (name, *map(reached, organisation.contact))
        form = self.market.form
        return (Value(self.tr.gettext(N_("By the form")), url=form),) if form else ()

    # Candidates

    def _shown(self, found: Iterable[Candidate], side: str) -> Iterator[Proposal]:
        """The best three, and all others that have more points than one who is proposed."""
        least: int | None = None
        for number, one in enumerate(found):
            total = one.score.total
            if one.proposed:
                least = total if least is None else min(least, total)
            elif number >= BEST and (least is None or total <= least):
                return
            named = side == "facilitator"
            other = self._named(one.facilitator) if named else self._titled(one.need)
            example = one.facilitator.example if named else one.need.record.example
            parts = tuple(
                f"{self.tr.gettext(PARTS[part])} {got}/{most}"
                for part, got, most in one.score
                if most
            )
            yield Proposal(
                other=other,
                proposed=one.proposed,
                points=self._points(one),
                parts=parts,
                why=self._why(one),
                example=example,
            )

    def _points(self, one: Candidate) -> str:
        return self.tr.ngettext("{n} point", "{n} points", one.score.total)

    def _why(self, one: Candidate) -> str:
        tr = self.tr
        if one.why == "proposed":
            return tr.format(N_("Proposed. What fits: {parts}."), parts=self._fits(one))
        if one.why == "held":
            said = "; " if tr.language != "fr" else "\u202f; "
            reasons = said.join(self._holding(holder) for holder in one.holders)
            return tr.format(N_("Not proposed: {reasons}."), reasons=reasons)
        if one.why == "drawn":
            text = N_("Not proposed: as many points as who is, and a fixed draw decided.")
        else:
            text = N_("Not proposed: fewer points than who is.")
        return tr.gettext(text)

    def _holding(self, holder: Holder) -> str:
        need = self.library.words(holder.need.title)
        return self.tr.format(HOLDINGS[holder.why], need=need)

    def _fits(self, one: Candidate) -> str:
        """The parts that give points: « skills, territory, months in part »."""
        tr = self.tr
        said = [
            tr.gettext(PARTS[part])
            if got == most
            else tr.format(N_("{part} in part"), part=tr.gettext(PARTS[part]))
            for part, got, most in one.score
            if got
        ]
        return ", ".join(said)
