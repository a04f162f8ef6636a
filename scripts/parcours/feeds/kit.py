"""What the host of a session does, and when, as entries of a calendar that take nobody's time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from ..i18n import Translator
from ..kit import Kit, Step
from ..model.community import Event
from ..model.sequence import Stamps
from ..model.stage import is_off
from ..problems import N_
from .ics import Entry
from .lines import day, instant, property_line, text, vevent


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
    title = tr.format(N_("{when}: {title}"), when=step.title, title=session.title)
    todo = "\n".join(f"- {one.said} {one.url}".rstrip() for one in step.todo)
    address = f"{page}#{step.id}"
    said = f"{todo}\n\n{address}"
    status = "CANCELLED" if is_off(session) else "CONFIRMED"
    properties = {
        "SUMMARY": f"SUMMARY:{text(title)}",
        "DTSTART": day("DTSTART", step.day),
        "DTEND": day("DTEND", step.day + timedelta(days=1)),
        "DTSTAMP": instant("DTSTAMP", stamps.changed),
        "UID": f"UID:{text(kit_uid(step, session))}",
        "SEQUENCE": f"SEQUENCE:{stamps.sequence}",
        "CREATED": instant("CREATED", stamps.created),
        "LAST-MODIFIED": instant("LAST-MODIFIED", stamps.changed),
        "DESCRIPTION": f"DESCRIPTION:{text(said)}",
        "URL": f"URL:{address}",
        "STATUS": f"STATUS:{status}",
        "TRANSP": "TRANSP:TRANSPARENT",
    }
    related = property_line("RELATED-TO", {"RELTYPE": "PARENT"}, session.uid)
    return Entry(session, vevent(properties, [related]).encode(), {}, stamps.changed)
