"""Sessions that are handed on: what contradicts itself between several sources."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import PurePosixPath

from ..model.community import Course, Event, in_turn
from ..model.relay import Found, double_leads, relay_faults, relay_of
from ..model.times import Fault
from ..problems import Problem
from .events import Context, mark_in


def check_relays(context: Context, events: Sequence[Event], courses: Sequence[Course]) -> None:
    """Tell what is wrong in relays, each at its place in the source of a session."""
    held: dict[str, list[Event]] = {}
    for one in events:
        if one.course is not None:
            held.setdefault(one.course.address, []).append(one)
    for course in courses:
        sessions = in_turn(held.get(course.address, ()))
        relay = relay_of(course, sessions)
        if relay is not None:
            whole = _is_whole(context, course, sessions)
            for found in relay_faults(relay, whole=whole):
                _tell(context, found)
    for session, other in double_leads(chain.from_iterable(held.values())):
        assert session.lead is not None
        params = {"value": session.lead.id, "other": other.title}
        _tell(context, Found(session, Fault("leads-two", ("claim", "lead"), params)))


def _is_whole(context: Context, course: Course, sessions: Sequence[Event]) -> bool:
    """Whether all sessions of a course were read, and each of them wholly."""
    folder = PurePosixPath(course.source).parent
    beginning = f"{course.collection.address}/{folder.name}-"
    if any(PurePosixPath(file).is_relative_to(folder) for file in context.drafted):
        return False
    wrong = {one.address.strip("/") for one in sessions} & context.unread.keys()
    return not wrong and not any(one.startswith(beginning) for one in context.unread)


def _tell(context: Context, found: Found) -> None:
    fault = found.fault
    mark = mark_in(context.root, found.session.source, tuple(fault.path))
    problem = Problem(code=fault.code, mark=mark, params=fault.params, severity=fault.severity)
    context.problems.extend([problem])
