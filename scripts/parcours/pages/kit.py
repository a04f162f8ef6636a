"""The host's kit of a session: what to do, and when, with the session's own facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .. import wording
from ..kit import Kit
from ..model.community import Event
from ..model.feeds import MEDIA_TYPES
from ..model.relay import Relay, Turn, kit_address, kit_calendar
from ..problems import N_
from ..wording import length
from .drawing import Block
from .entities import reached
from .facts import Facts, Value, facts
from .frontmatter import FeedLink
from .journey import place_values
from .library import Library, latest
from .meeting import Meeting, entities, meeting
from .page import Page
from .players import host
from .registering import registration_values
from .turns import STATES, taken_at


@dataclass(frozen=True, kw_only=True)
class StepPart:
    """A day on which something is to be done; *day* is in words, *date* in ISO form.

    Attributes:
        todo: sentences, and the address with which each ends, if it does.
    """

    id: str
    title: str
    day: str
    date: str
    todo: tuple[tuple[str, Value | None], ...]


@dataclass(frozen=True, kw_only=True)
class KitPage:
    """Input of ``kit.html``.

    Attributes:
        url: of the page of the session; *code*: its QR code.
        calendar: the address of its entries for calendars; "" for none.
        take: where the session is taken on; "" for one for which nobody is sought.
    """

    meeting: Meeting
    trail: tuple[Value, ...]
    url: str
    facts: Facts
    steps: tuple[StepPart, ...]
    calendar: str
    take: str


def pages(library: Library) -> Iterator[Page]:
    """A kit for each session of a relay."""
    tr, settings = library.tr, library.settings
    for relay in library.relays.values():
        changed = max(relay.course.stamps.changed, latest([one.session for one in relay.turns]))
        for turn in relay.turns:
            session = turn.session
            title = library.words(session.title)
            yield Page(
                address=kit_address(session, settings.addresses),
                title=tr.format(N_("Host’s kit: {title}"), title=title),
                description=tr.format(
                    N_("What to do before, on the day and after: {title}"), title=title
                ),
                parent=session.address,
                changed=changed,
                calendar=_calendar(session, library),
                blocks={"kit": Block("kit.html", partial(_kit, library, relay, turn))},
                searchable=False,
            )


def _calendar(session: Event, library: Library) -> FeedLink | None:
    if session.first is None or not library.settings.feeds:
        return None
    title = library.tr.format(N_("Host’s kit: {title}"), title=session.title)
    return FeedLink(title, MEDIA_TYPES["ics"], kit_calendar(session, library.settings.addresses))


def _kit(library: Library, relay: Relay, turn: Turn) -> KitPage:
    tr, session = library.tr, turn.session
    kit = Kit(turn, relay, library.settings.site_url, tr)
    url = library.absolute(session.address)
    calendar = _calendar(session, library)
    return KitPage(
        meeting=library.once(meeting, session),
        trail=(
            Value(relay.course.title, relay.course.address),
            Value(session.title, session.address),
        ),
        url=url,
        facts=facts(_facts(kit, library)),
        steps=tuple(
            StepPart(
                id=one.id,
                title=one.title,
                day=tr.day(one.day) if one.day else "",
                date=one.day.isoformat() if one.day else "",
                todo=tuple((todo.said, _way(todo.url, library)) for todo in one.todo),
            )
            for one in kit.steps()
        ),
        calendar=calendar.href if calendar else "",
        take=taken_at(turn, library),
    )


def _way(url: str, library: Library) -> Value | None:
    """Where a sentence leads: within the site, if it is an address of its own."""
    if not url:
        return None
    own = library.settings.site_url
    return Value(url, url.removeprefix(own)) if url.startswith(own) else Value(url, url=url)


def _facts(kit: Kit, library: Library) -> Iterator[tuple[str, Sequence[Value]]]:
    tr, settings, session = library.tr, library.settings, kit.session
    record, first = session.record, session.first
    before, after = kit.before, kit.after
    yield tr.gettext(N_("When")), [Value(library.once(meeting, session).when)]
    if first is not None and not first.all_day:
        yield tr.gettext(N_("Length")), [Value(length(first.ends - first.begins))]
    if record.online:
        yield tr.gettext(N_("Live")), [Value(host(record.online), url=record.online)]
    if session.mode != "online":
        yield tr.gettext(N_("Place")), place_values(session, library)
    yield tr.gettext(N_("State")), [Value(tr.gettext(STATES[kit.turn.state]))]
    yield tr.gettext(N_("Led by")), entities([session.lead], settings)
    yield tr.gettext(N_("Backup")), entities([session.backup], settings)
    yield tr.gettext(N_("Relay from")), _side(before, library)
    yield tr.gettext(N_("Relay to")), _side(after, library)
    registered = registration_values(session, library) or registration_values(
        kit.relay.course, library
    )
    yield tr.gettext(N_("Registration")), registered
    helpers = [
        value
        for one in kit.relay.course.helpers
        for value in (*entities([one], settings), *map(reached, one.contact))
    ]
    yield tr.gettext(N_("Can help")), helpers
    yield tr.gettext(N_("File")), [Value(session.source)]


def _side(turn: Turn | None, library: Library) -> list[Value]:
    """Another session, its day, and who leads it."""
    if turn is None:
        return []
    tr, first = library.tr, turn.session.first
    found = [Value(turn.session.title, turn.session.address)]
    found += [Value(wording.when(first, tr))] if first else []
    return [*found, *entities([turn.lead], library.settings)]
