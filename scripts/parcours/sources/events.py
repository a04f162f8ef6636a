"""Events and courses: files of the collections' folders, resolved against the entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from ..model.community import (
    Course,
    Event,
    Occurrence,
    Person,
    Place,
    Shared,
    Text,
)
from ..model.defaults import with_defaults
from ..model.doubts import event_doubts, later, text_doubts
from ..model.drafts import is_shown
from ..model.journeys import factor_faults, shown_photographs
from ..model.media import episode_faults
from ..model.names import slug
from ..model.programme import programme_faults
from ..model.recurrence import year_after
from ..model.rules import course_faults, event_faults, stop_at
from ..model.schema import (
    IMAGE_TYPES,
    LINK_TYPES,
    REPLAY_FILES,
    SLIDE_TYPES,
    CourseRecord,
    DefaultsRecord,
    EventRecord,
    PostRecord,
    SessionRecord,
    SourceRecord,
    TripRecord,
)
from ..model.series import idle_keys, is_series
from ..model.settings import Collection, Settings
from ..model.times import Fault, Faulty, occurrence, zone_of
from ..model.zones import zone
from ..problems import N_, Mark, Mend, Problem, Problems
from .around import Around
from .dating import Dating
from .defaults import known_defaults, places_of_defaults, tell_idle_nulls, told_of_shared
from .emissions import packaged_factors
from .entities import Entities
from .files import read_bytes
from .links import find_file
from .misplaced import IN_A_COURSE
from .new_dates import tell_new_date
from .programme import read_plan
from .readings import Readings
from .records import tell_form_name
from .series import Dates
from .suffixes import SOURCES
from .text import Source, read_source
from .transcripts import Heard, read_heard
from .walk import by_bundle, entries_of, source_files
from .yaml import Document, name_of
from .yaml import Path as KeyPath

R = TypeVar("R", bound=SourceRecord)


@dataclass(frozen=True, kw_only=True)
class Context:
    """What reading one site's events needs.

    Attributes:
        root: the site's folder, resolved.
        now: the instant of the build, aware.
        around: what is known around each source.
        readings: reads each.
        drafts: whether drafts are read too.
        drafted: sources of the drafts that were not → their own ids, None for that of the name.
        shared: by collection, what all its events share: what is known of it.
        shared_at: by collection, where the configuration says each key of it.
        unread: addresses, without slashes at the ends, of events that were left out: whether each
            is a draft, or has errors.
    """

    root: Path
    settings: Settings
    entities: Entities
    dating: Dating
    problems: Problems
    now: datetime
    around: Around
    readings: Readings
    drafts: bool = False
    drafted: dict[str, str | None] = field(default_factory=dict)
    shared: dict[str, DefaultsRecord] = field(default_factory=dict)
    shared_at: dict[str, dict[str, Mark]] = field(default_factory=dict)
    unread: dict[str, bool] = field(default_factory=dict)


def read_collection(context: Context, collection: Collection) -> tuple[list[Event], list[Course]]:
    """Every event and course of a collection's folder, without those that have errors."""
    if collection.defaults is not None:
        defaults = collection.defaults
        context.shared[collection.id] = known_defaults(context, collection, defaults)
        context.shared_at[collection.id] = places_of_defaults(context, collection, defaults)
    files = list(_files(context, collection))
    course = collection.kind.course
    if course is None:
        return [e for f in files if (e := _read_event(context, collection, f, None))], []
    return _read_courses(context, collection, course, files)


_INDEX = re.compile(r"index(?:\.(?:md|markdown|yml|yaml|txt))*", re.IGNORECASE)


@dataclass(frozen=True)
class _File:
    path: Path
    name: str
    parts: tuple[str, ...]

    @property
    def id(self) -> str:
        return slug("-".join(self.parts))

    @property
    def is_index(self) -> bool:
        return PurePosixPath(self.name).stem == "index"


def _files(context: Context, collection: Collection) -> Iterator[_File]:
    """The files of events and courses of a folder."""
    base = PurePosixPath(collection.folder)
    for path, name in event_files(context.root, collection, context.problems):
        if name.parent != base and name.stem != "index" and _INDEX.fullmatch(name.stem):
            context.problems.add("index-name", Mark(str(name)), value=name.name)
            continue
        parts = name.relative_to(base).with_suffix("").parts
        yield _File(path, str(name), parts[:-1] if name.stem == "index" else parts)


def event_files(
    root: Path, collection: Collection, problems: Problems
) -> Iterator[tuple[Path, PurePosixPath]]:
    """The sources of a collection: of its events, and of its courses."""
    found = source_files(root, collection.folder, problems, suffixes=SOURCES)
    paths = {PurePosixPath(file): path for path, file in found}
    base, in_courses = PurePosixPath(collection.folder), collection.kind.in_courses
    for name in by_bundle(paths, base, in_courses=in_courses)[0]:
        yield paths[name], name


def record_of(collection: Collection, name: PurePosixPath) -> type[SourceRecord]:
    """What a source of a collection may say: in one of courses, an index is a course's."""
    kind = collection.kind
    parts = name.relative_to(collection.folder).parts
    is_course = kind.course is not None and len(parts) == 2 and name.stem == "index"
    return kind.course if is_course and kind.course is not None else kind.record


def _read_courses(
    context: Context, collection: Collection, kind: type[CourseRecord], files: list[_File]
) -> tuple[list[Event], list[Course]]:
    courses: dict[str, Course] = {}
    broken: dict[str, bool] = {}
    for file in files:
        if file.is_index and len(file.parts) == 1:
            course = _read_course(context, collection, kind, file)
            if course is None:
                broken[file.parts[0]] = file.name in context.drafted
            else:
                courses[file.parts[0]] = course
    sessions = []
    for file in files:
        if file.is_index and len(file.parts) == 1:
            continue
        course = courses.get(file.parts[0]) if len(file.parts) > 1 else None
        if course is None:
            if file.parts[0] not in broken:
                _tell_alone(context, collection, file)
                broken[file.parts[0]] = False  # its other sessions lack the same
            draft = broken.get(file.parts[0], False)
            context.unread[f"{collection.address}/{file.id}"] = draft
            continue
        session = _read_event(context, collection, file, course)
        if session is not None:
            sessions.append(session)
    _check_numbers(sessions, context)
    return sessions, list(courses.values())


CREATE_INDEX = N_(
    "there is no {file}: create it, with at least the « title: » of the course, or put the session "
    "in the folder of another"
)


def _tell_alone(context: Context, collection: Collection, file: _File) -> None:
    """A session whose folder is no course: its index is missing, or it lies beside all courses."""
    folder = PurePosixPath(collection.folder)
    name = PurePosixPath(file.name)
    if len(file.parts) > 1:
        index = folder / file.parts[0] / "index.md"
        siblings = entries_of(context.root / index.parent)
        if any(_INDEX.fullmatch(PurePosixPath(one.name).stem) for one in siblings):
            return  # that is told of the index
        mend = Mend(CREATE_INDEX, {"file": str(index)})
    else:
        mend = Mend(IN_A_COURSE, {"file": str(folder / "mon-mooc" / name.name)})
    context.problems.add("session-without-course", Mark(file.name), mend=mend)


OWN_NUMBER = N_("give each session its own number: write « {better} »")


def _check_numbers(sessions: Sequence[Event], context: Context) -> None:
    seen: dict[tuple[str, int], list[Event]] = {}
    for event in sessions:
        number = event.session.number if event.session else None
        if number is not None and event.course is not None:
            seen.setdefault((event.course.id, number), []).append(event)
    for (_, number), alike in seen.items():
        for event, first in later(alike, context.dating.came):
            _tell_number(context, event, first.source, sessions, number)


def _tell_number(
    context: Context, event: Event, other: str, sessions: Sequence[Event], number: int
) -> None:
    """Tell a number that an earlier session has, with one that is free."""
    if event.course is not None:
        taken = _numbers(sessions, event.course)
        named = [int(one) for one in re.findall(r"\d{1,4}", PurePosixPath(event.source).stem)]
        free = next((n for n in [*named, *range(1, len(taken) + 2)] if n not in taken), number)
        mark = mark_in(context.root, event.source, ("number",))
        mend = Mend(OWN_NUMBER, {"better": f"number: {free}"})
        context.problems.add("session-number", mark, mend=mend, number=number, other=other)


def _numbers(sessions: Iterable[Event], course: Course) -> set[int]:
    """The numbers that the sessions of a course have."""
    own = (one.session for one in sessions if one.course is course)
    return {one.number for one in own if one is not None and one.number is not None}


def mark_in(root: Path, file: str, path: KeyPath) -> Mark:
    """Where a value stands in a source that was read before: of few, that is asked at all."""
    source = read_source(root / file, file, Problems())
    return source.document.mark(path) if source is not None else Mark(file)


def open_record(context: Context, path: Path, file: str, kind: type[R]) -> tuple[Source, R] | None:
    """A source and its record; None for a draft that nobody asked for, or when it is no source.

    What is wrong in it is told, and left out of the record: the rest is checked all the same.
    """
    tell_form_name(file, context.problems)
    data = read_bytes(path, file, context.problems)
    read = None
    if data is not None:
        read = context.readings.read(kind, data, file, context.problems, context.around)
    if read is None:
        return None
    source, record = read
    document = source.document
    if record is None or document.is_broken(("id",)):
        return None
    if source.body.strip() and record.description and not document.is_broken(("description",)):
        mark = document.key_mark(("description",))
        context.problems.add("unshown-description", mark, severity="warning")
    if not is_shown(record, preview=context.drafts):
        context.drafted[file] = record.id
        return None
    return source, record


def body_of(source: Source, description: str | None) -> Text:
    """What follows the front matter, else the description of a source without a body."""
    if source.body.strip():
        return Text(source.body, source.file, source.body_line)
    mark = source.document.mark(("description",))
    return Text(description or "", source.file, mark.line)


def report(problems: Problems, document: Document, faults: Iterable[Fault]) -> None:
    """Turn faults into problems, each at its place in the file.

    What only something wrong has led to is not told: one fault, one line.
    """
    for fault in faults:
        place: KeyPath = tuple(fault.path)
        # A warning can wait until all it speaks of is right.
        is_wrong = document.is_unsure if fault.severity == "warning" else document.is_broken
        if is_wrong(place) or any(map(document.is_unsure, fault.without)):
            continue
        params = {"field": name_of(place), **fault.params}
        mark, severity, mend = _place_of(fault, document), fault.severity, fault.mend
        if document.shared and (told := told_of_shared(place, document)) is not None:
            mark, mend = told
        problem = Problem(code=fault.code, mark=mark, params=params, severity=severity, mend=mend)
        problems.extend([problem])


def _place_of(fault: Fault, document: Document) -> Mark:
    """Where a fault stands: at the key that says nothing, where what it would say is missing."""
    for key in fault.without:
        path = key if isinstance(key, tuple) else (key,)
        if path in document.keys and document.said(path) is None:
            return document.key_mark(path)
    return document.mark(tuple(fault.path))


def _shared(record: EventRecord | CourseRecord, document: Document, context: Context) -> Shared:
    entities, problems = context.entities, context.problems
    claim = record.claim if isinstance(record, SessionRecord) else None
    lead = entities.organisations.find(
        claim.lead if claim else None, ("claim", "lead"), document, problems
    )
    hosts = entities.organisations.find_all(record.hosts, "hosts", document, problems)
    return Shared(
        entities.themes.find_all(record.themes, "themes", document, problems),
        entities.territories.find_all(record.territories, "territories", document, problems),
        entities.organisations.find_all(record.organisers, "organisers", document, problems),
        # Who leads a session comes first.
        tuple({one.id: one for one in (*([lead] if lead else []), *hosts)}.values()),
    )


def _sources(shared: Shared, places: Iterable[Place | None]) -> Iterator[str]:
    """The files that the calendar text of an event draws on, beside its own."""
    yield from (theme.source for theme in shared.themes)
    yield from (territory.source for territory in shared.territories)
    yield from (one.source for one in (*shared.organisers, *shared.hosts))
    for place in places:
        if place is not None:
            yield place.source
            if place.territory is not None:
                yield place.territory.source


def _people_sources(people: Iterable[Person]) -> Iterator[str]:
    """The files from which a person's name, role and organisation are told."""
    for person in people:
        yield person.source
        if person.organisation is not None:
            yield person.organisation.source


def _read_course(
    context: Context, collection: Collection, kind: type[CourseRecord], file: _File
) -> Course | None:
    opened = open_record(context, file.path, file.name, kind)
    if opened is None:
        return None
    source, record = opened
    refs = _shared(record, source.document, context)
    relay = record.relay
    helpers = tuple(
        found
        for index, one in enumerate(relay.helpers if relay else ())
        if (
            found := context.entities.organisations.find(
                one, ("relay", "helpers", index), source.document, context.problems
            )
        )
    )
    id = record.id or file.id
    course = Course(
        id=id,
        uid=context.settings.uid(id, collection.id),
        collection=collection,
        record=record,
        zone=context.settings.timezone,
        source=file.name,
        refs=refs,
        helpers=helpers,
        body=body_of(source, record.description),
        stamps=context.dating.stamps(file.name, _sources(refs, ()), record.updated),
        files=files_named(record, source, context),
    )
    report(context.problems, source.document, course_faults(course, context.now))
    report(context.problems, source.document, text_doubts(record))
    return course


def _read_event(
    context: Context, collection: Collection, file: _File, course: Course | None
) -> Event | None:
    opened = open_record(context, file.path, file.name, collection.kind.record)
    if opened is None:
        address = f"{collection.address}/{context.drafted.get(file.name) or file.id}"
        context.unread[address] = file.name in context.drafted
        return None
    source, said = opened
    record = with_defaults(said, context.shared.get(collection.id))
    if (shared := context.shared_at.get(collection.id)) is not None:
        source = replace(source, document=replace(source.document, shared=shared))
    tell_idle_nulls(context, source.document, file.name, context.shared.get(collection.id))
    document, problems = source.document, context.problems
    id = record.id or file.id
    if not id:
        problems.add("bad-id", Mark(file.name), value=file.name, field="id", better="mon-sujet")
        return None
    reading = Reading(context=context, collection=collection, id=id, course=course)
    read = reading.read(source, record)
    if document.broken or document.is_partial:
        context.unread[f"{collection.address}/{id}"] = False
    reading.check(read, source)
    report(problems, document, idle_keys(record))
    _tell_beside(document, problems)
    return _with_dates(read.event, source, reading) if is_series(record) else read.event


def _tell_beside(document: Document, problems: Problems) -> None:
    """An address below an empty `registration:` lost the spaces that put it within."""
    data = document.data
    if not isinstance(data, Mapping) or data.get("registration", "") is not None:
        return
    mark = document.key_mark(("url",))
    if "url" in data and mark.line == document.key_mark(("registration",)).line + 1:
        problems.add("beside-part", mark, severity="warning", field="url", part="registration")


@dataclass(frozen=True)
class Read:
    """An event, and what the files of its replay say."""

    event: Event
    heard: Heard


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What reading one source of an event needs, whatever it says of how many dates.

    Attributes:
        since: the local hour at which what the hours of a programme are said of begins, where that
            is another meeting than what is read.
        alone: whether the programme is said of one date of a series.
    """

    context: Context
    collection: Collection
    id: str
    course: Course | None
    since: time | None = None
    alone: bool = False

    def read(self, source: Source, record: EventRecord) -> Read:
        """The event of which a record tells."""
        context, collection, course = self.context, self.collection, self.course
        document, problems, entities = source.document, context.problems, context.entities
        key = "places" if record.places else "place"
        sites = (
            entities.places.find_all(record.places, key, document, problems)
            if record.places
            else tuple(
                filter(None, [entities.places.find(record.place, (key,), document, problems)])
            )
        )
        trip = record if isinstance(record, TripRecord) else None
        stop_places = [
            entities.places.find(stop.place, ("stops", i, "place"), document, problems)
            for i, stop in enumerate(trip.stops if trip else ())
        ]
        ends = (trip.departure, trip.back) if trip else (None, None)
        departure, back = (
            entities.places.find(end.place if end else None, (key, "place"), document, problems)
            for key, end in zip(("from", "back"), ends, strict=True)
        )
        its_zone = zone_of(record, (*sites, *stop_places), context.settings.timezone)
        first: Occurrence | None
        try:
            first = occurrence(record, collection.kind, collection.duration, its_zone)
        except Faulty as error:
            report(problems, document, [error.fault])
            first = None
        refs = _shared(record, document, context)
        if course is not None:
            themes = {theme.id: theme for theme in (*refs.themes, *course.refs.themes)}
            refs = replace(refs, themes=tuple(themes.values()))
        stops = tuple(
            stop_at(
                stop,
                first,
                stop_places[i],
                entities.organisations.find(stop.host, ("stops", i, "host"), document, problems),
                _part(source, stop.description, f"stop-{stop.id}", ("stops", i, "description")),
            )
            for i, stop in enumerate(trip.stops if trip else ())
        )
        claim = record.claim if isinstance(record, SessionRecord) else None
        backup = entities.organisations.find(
            claim.backup if claim else None, ("claim", "backup"), document, problems
        )
        speakers = entities.people.find_all(record.speakers, "speakers", document, problems)
        is_shared = is_series(record) and not self.alone
        plan = read_plan(
            record.programme, document, entities, problems, self.since, shared=is_shared
        )
        files = files_named(record, source, context)
        heard = read_heard(context.root, record.replay, files, problems)
        drawn_on = [
            *_sources(refs, (*sites, *stop_places, departure)),
            *(s.host.source for s in stops if s.host),
        ]
        drawn_on += _people_sources(speakers)
        drawn_on += entities.people.files_of_left(one.id for one in record.speakers)
        if course is not None:
            drawn_on.append(course.source)
        event = Event(
            id=self.id,
            uid=context.settings.uid(self.id, collection.id),
            collection=collection,
            record=record,
            zone=its_zone,
            occurrences=(first,) if first else (),
            source=source.file,
            refs=refs,
            speakers=speakers,
            plan=plan,
            sites=sites,
            stops=stops,
            course=course,
            body=body_of(source, record.description),
            account=_part(source, trip.account, "account", ("account",)) if trip else None,
            stamps=context.dating.stamps(source.file, drawn_on, record.updated),
            files=files,
            transcript=heard.text,
            departure=departure,
            back=back,
            backup=backup,
        )
        return Read(event, heard)

    def check(self, read: Read, source: Source) -> None:
        """Tell what is wrong, or doubtful, in an event."""
        event, context = read.event, self.context
        problems, document = context.problems, source.document
        if isinstance(event.record, TripRecord) and event.record.is_journey:
            report(problems, document, factor_faults(event, packaged_factors()))
        report(problems, document, event_faults(event, context.now, context.settings.timezone))
        report(problems, document, programme_faults(event, context.now))
        if context.settings.feeds:
            report(problems, document, episode_faults(event.record.replay))
        since, live = _since(context, event), _live(context)
        tell_new_date(event, context.around, problems, document)
        report(problems, document, event_doubts(event, context.now, since, live, read.heard.last))


def _with_dates(event: Event, source: Source, reading: Reading) -> Event:
    """A series with all its dates."""
    context = reading.context

    def apart(below: Source, record: EventRecord, told: Problems) -> Event:
        # Hours of a programme that is that of all dates move along with each.
        is_shared = record.programme is event.record.programme
        start = event.first.start if event.first and is_shared else None
        since = start.time() if start else None
        alone = below.document.renamed.get(("programme",), ())[:1] == ("dates",)
        own = replace(reading, context=replace(context, problems=told), since=since, alone=alone)
        read = own.read(below, record)
        own.check(read, below)
        return read.event

    dates = Dates(
        event=event,
        source=source,
        apart=apart,
        tell=partial(report, context.problems, source.document),
        problems=context.problems,
        now=context.now,
    )
    today = context.now.astimezone(zone(context.settings.timezone)).date()
    return dates.done(year_after(today), context.around.style)


def _since(context: Context, event: Event) -> datetime | None:
    """When a file came, if it came after the site: what was there at first tells nothing."""
    history = context.dating.history
    if history.head is None or history.shallow or not history.commits:
        return None
    change = history.get(event.source)
    if change is None:
        return context.now
    came = change.created > history.commits[0].instant
    return datetime.fromtimestamp(change.created, UTC) if came else None


def _live(context: Context) -> str:
    """The folder of meetings that are held online, by themselves; "" for none."""
    found = (one for one in context.settings.collections if one.kind.has_hours and one.kind.online)
    return next((one.folder for one in found), "")


def files_named(
    record: EventRecord | CourseRecord | PostRecord, source: Source, context: Context
) -> Mapping[str, str]:
    """The files a record names, as written → relative to the site's folder."""
    named: list[tuple[KeyPath, str, frozenset[str]]] = []
    if record.image:
        named.append((("image", "src"), record.image.src, IMAGE_TYPES))
    alone = _names_alone(source.document, type(record).model_fields)
    named += [((*path, "src"), value, IMAGE_TYPES) for path, value in alone.items()]
    for index, one in shown_photographs(record):
        named.append((("photographs", index, "src"), one.src, IMAGE_TYPES))
    for index, item in enumerate(record.programme if isinstance(record, EventRecord) else ()):
        if item.slides and "://" not in item.slides:
            named.append((("programme", index, "slides"), item.slides, SLIDE_TYPES))
    replay = record.replay if isinstance(record, EventRecord) else None
    if replay is not None:
        for key, types in REPLAY_FILES.items():
            value = getattr(replay, key)
            if value and "://" not in value:
                named.append((("replay", key), value, types))
    for index, link in enumerate(record.links):
        if "://" not in link.url:
            named.append((("links", index, "url"), link.url, LINK_TYPES))
    found: dict[str, str] = {}
    for path, value, types in named:
        if source.document.is_broken(path) and path[:-1] not in alone:
            continue
        name = name_of(path)
        mark = source.document.mark(path)
        if value.lower().endswith(".srt") and ".vtt" in types:
            context.problems.add("captions-srt", mark, value=value)
            continue
        file = find_file(
            context.root, context.settings, source.file, value, types, name, mark, context.problems
        )
        if file is not None:
            found[value] = file
    return found


def _names_alone(document: Document, known: Mapping[str, object]) -> Mapping[KeyPath, str]:
    """Pictures that are the names of files alone, which is told: what is wrong with those too."""
    pictures = document.data.get("photographs") if "photographs" in known else None
    items = list(enumerate(pictures)) if isinstance(pictures, list) else []
    said: list[tuple[KeyPath, object]] = [(("image",), document.data.get("image"))]
    said += [(("photographs", index), one) for index, one in items]
    return {
        path: one
        for path, one in said
        if isinstance(one, str) and "://" not in one and PurePosixPath(one).suffix
    }


def _part(source: Source, text: str | None, part: str, path: KeyPath) -> Text | None:
    return Text(text, source.file, source.document.mark(path).line, part) if text else None
