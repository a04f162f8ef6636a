"""What is wrong with answers before they are written: the rules of the model, on them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.community import Course, Event, Shared, Text
from ..model.exchange import STRICT, consent_faults, contact_faults, state_faults
from ..model.fields import is_no_consent
from ..model.rules import course_faults, date_faults, event_faults, stop_at
from ..model.schema import (
    CourseRecord,
    EventRecord,
    FacilitatorRecord,
    NeedRecord,
    PersonRecord,
    PostRecord,
    Record,
    TripRecord,
)
from ..model.sequence import Stamps
from ..model.settings import Collection
from ..model.times import Fault, Faulty, occurrence
from ..problems import Mark, Problem, Problems
from ..sources.around import Around
from ..sources.records import validate
from ..sources.yaml import Document
from .keys import Value
from .site import Site
from .subjects import Subject

Path = tuple[str | int, ...]


def faults(
    subject: Subject, answers: Mapping[str, Value], collection: Collection | None, site: Site
) -> list[tuple[Path, Problem]]:
    """The errors of a file that holds these answers, each with the path that it is about.

    What other files say of it, `check` tells once it is written: whether their ids are there, what
    time a place keeps.
    """
    problems = Problems()
    style = site.settings.date_style
    marks = {path: Mark("", number) for number, path in enumerate(_paths(answers), 1)}
    document = Document(data=dict(answers), marks={(): Mark(""), **marks})
    record = validate(subject.record, document, problems, Around(style=style))
    places = {mark: path for path, mark in document.marks.items()}
    found = [(places[one.mark], one) for one in problems.sorted() if one.severity == "error"]
    if record is not None:
        told = _faults(record, collection, site)
        found += [(one.path, _problem(one)) for one in told if one.severity == "error"]
    if subject.record in STRICT:
        # In most files a contact is a doubt, and the site's to judge; in these, it never stands.
        for path, text in _texts(answers):
            found += [(path, _problem(one)) for one in contact_faults(text, path)]
    return found


def _texts(answers: Mapping[str, Value]) -> Iterator[tuple[Path, str]]:
    for path, one in _values(answers):
        if isinstance(one, str):
            yield path, one


def _paths(value: Value | Mapping[str, Value]) -> Iterator[Path]:
    return (path for path, _ in _values(value))


def _values(
    value: Value | Mapping[str, Value], above: Path = ()
) -> Iterator[tuple[Path, Value | Mapping[str, Value]]]:
    """All that stands below a value, with its path."""
    items: list[tuple[str | int, Value]] = []
    if isinstance(value, Mapping):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for key, one in items:
        yield (*above, key), one
        yield from _values(one, (*above, key))


def _faults(record: Record, collection: Collection | None, site: Site) -> Iterator[Fault]:
    home = site.settings.timezone
    if isinstance(record, PostRecord):
        yield from date_faults(record.date.day, site.now, "date")
    elif isinstance(record, FacilitatorRecord):
        yield from consent_faults(record.consent, site.today.date())
        market = site.settings.market
        if record.organisation is None and not (market and market.form):
            yield Fault("unreachable", ("organisation",), {"name": record.name})
    elif isinstance(record, PersonRecord) and is_no_consent(record.consent):
        yield Fault("no-consent", ("consent",), {"value": record.consent})
    elif isinstance(record, NeedRecord):
        yield from state_faults(record)
    elif isinstance(record, CourseRecord) and collection is not None:
        yield from course_faults(_course(record, collection, home), site.now)
    elif isinstance(record, EventRecord) and collection is not None:
        try:
            event = _event(record, collection, home)
        except Faulty as error:
            yield error.fault
        else:
            yield from event_faults(event, site.now, home)


def _event(record: EventRecord, collection: Collection, home: str) -> Event:
    """An event of this record, without what it refers to."""
    stops = record.stops if isinstance(record, TripRecord) else ()
    placed = any((*record.held_at, *(one.place for one in stops)))
    # What time a place keeps, its file says: until that is read, no hour is missing there.
    zone = record.timezone or ("UTC" if placed else home)
    first = occurrence(record, collection.kind, collection.duration, zone)
    return Event(
        id="new",
        uid="",
        collection=collection,
        record=record,
        zone=zone,
        occurrences=(first,) if first else (),
        source="",
        refs=Shared(),
        speakers=(),
        sites=(),
        stops=tuple(stop_at(one, first) for one in stops),
        course=None,
        body=Text("", ""),
        account=None,
        stamps=Stamps(0, 0),
    )


def _course(record: CourseRecord, collection: Collection, home: str) -> Course:
    return Course(
        id="new",
        uid="",
        collection=collection,
        record=record,
        zone=home,
        source="",
        refs=Shared(),
        body=Text("", ""),
        stamps=Stamps(0, 0),
    )


def _problem(fault: Fault) -> Problem:
    name = ".".join(str(part) for part in fault.path)
    params = {"field": name, **fault.params}
    return Problem(code=fault.code, mark=Mark(""), params=params, severity=fault.severity)
