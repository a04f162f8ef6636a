"""What the host of a session does, and when, as entries of a calendar that take nobody's time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Event as Vevent
from icalendar import vText, vUri

from ..i18n import Translator
from ..kit import Kit, Step
from ..model.community import Event
from ..model.sequence import Stamps
from ..model.stage import is_off
from ..problems import N_
from .ics import Entry
from .lines import join, property_line


def kit_stamps(kit: Kit, instants: Mapping[str, int]) -> Stamps:
    """When what a kit tells last changed: its session, those around it, and whom it names.

    Args:
        instants: file of an entity → its last change, in Unix seconds.
    """
    session, course = kit.session, kit.relay.course
    named = [*course.helpers, *(one.lead for one in kit.relay.turns), session.backup]
    files = [one.source for one in named if one is not None]
    changed = [one.session.stamps.changed for one in kit.relay.turns]
    changed += [course.stamps.changed, *(instants.get(file, 0) for file in files)]
    return Stamps(session.stamps.created, max(changed))


def write_kit(kit: Kit, stamps: Stamps, page: str, tr: Translator) -> Iterator[Entry]:
    """An entry for each day of a kit, whose session has a date.

    Args:
        page: the whole address of the kit's page.
    """
    for step in kit.steps():
        if step.day is not None:
            yield _entry(kit.session, step, stamps, page, tr)


def kit_uid(step: Step, session: Event) -> str:
    """The identity of a day of a kit: it moves with the session, and never doubles."""
    return f"{step.id}.{session.uid}"


def _entry(session: Event, step: Step, stamps: Stamps, page: str, tr: Translator) -> Entry:
    """A whole day (VALUE=DATE), TRANSPARENT: it says what to do, and takes no time."""
    assert step.day is not None
    changed = datetime.fromtimestamp(stamps.changed, UTC)
    title = tr.format(N_("{when}: {title}"), when=step.title, title=session.title)
    todo = "\n".join(f"- {one.said} {one.url}".rstrip() for one in step.todo)
    address = f"{page}#{step.id}"
    vevent = Vevent()
    vevent.add("uid", kit_uid(step, session))
    vevent.add("dtstamp", changed)
    vevent.add("created", datetime.fromtimestamp(stamps.created, UTC))
    vevent.add("last-modified", changed)
    vevent.add("sequence", stamps.sequence)
    vevent.add("summary", vText(title))
    vevent.add("dtstart", step.day)
    vevent.add("dtend", step.day + timedelta(days=1))
    vevent.add("description", vText(f"{todo}\n\n{address}"))
    vevent.add("url", vUri(address))
    vevent.add("status", "CANCELLED" if is_off(session) else "CONFIRMED")
    vevent.add("transp", "TRANSPARENT")
    lines = [line for line in vevent.content_lines() if line]
    lines[-1:-1] = [property_line("RELATED-TO", {"RELTYPE": "PARENT"}, session.uid)]
    return Entry(session, join(lines).encode(), {}, stamps.changed)
