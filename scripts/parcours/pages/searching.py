"""What the search knows of each page: its texts, and what a result says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from lxml import html

from .. import wording
from ..model.community import (
    Course,
    Entity,
    Event,
    Organisation,
    Person,
    Place,
    Post,
    Territory,
    Text,
    Theme,
    entity_address,
    entity_folder,
)
from ..model.programme import chapters_of
from ..model.stage import Stage, stages_ahead
from ..model.tags import tags_of
from ..model.transcript import Transcript
from ..problems import N_
from ..prose.parts import Part, parts
from ..prose.render import passage_id
from ..prose.typography import typeset
from ..search.document import Document, Own, Section, Tags
from .agenda_data import DRAWN, drawn_from
from .drawing import draw
from .lengths import timecode
from .library import Library
from .meeting import meeting
from .page import Page, Plan
from .programme import placed
from .replay import plays_here
from .tongues import own_names

KINDS: Mapping[type[Entity], str] = {
    Territory: N_("Territory"),
    Theme: N_("Theme"),
    Organisation: N_("Organisation"),
    Person: N_("Person"),
    Place: N_("Place"),
}


def documents(
    plan: Plan,
    library: Library,
    outlines: Mapping[str, Iterable[Part]],
    own_titles: Collection[str] = (),
) -> Iterator[Document]:
    """Every page that can be found: first those that last, then meetings, the latest first.

    Args:
        outlines: by address, the headings and paragraphs of authored pages.
        own_titles: addresses of pages whose titles are words of Parcours.
    """
    community, names = library.community, library.settings.addresses
    events = {event.address: event for event in reversed(community.paged)}
    courses = {course.address: course for course in community.courses}
    posts = {post.address: post for post in community.posts}
    entities = {entity_address(one, names): one for one in community.entities}
    notices = {f"{names.accessibility}/", f"{names.legal}/"}
    for page in plan:
        address = page.address
        if not page.searchable or address in events or _is_left_out(page):
            continue
        written = tuple(_written(outlines.get(address, ()), library))
        if address in courses:
            yield _course(courses[address], library)
        elif address in posts:
            yield _post(posts[address], library)
        elif address in entities:
            yield _entity(page, entities[address], written, library)
        else:
            is_own = address in own_titles
            title, lead = (Own(one) if is_own else one for one in (page.title, page.description))
            first = (Section("", "", lead),) if lead else ()
            own = _drawn(page, library) if address in notices else ()
            yield Document(
                address=address,
                title=title,
                sections=(*first, *written, *own),
                facets={"kind": (library.settings.addresses.queries["pages"],)},
            )
    for address, event in events.items():
        if address in plan:
            yield _event(event, library)


def _own(text: str, library: Library) -> str:
    """Words of Parcours, which say so where the site has another language."""
    return Own(text) if text and library.settings.foreign else text


def _named(text: str, library: Library) -> str:
    """A name of the configuration, or the one that stands for it."""
    return _own(text, library) if text in own_names(library.settings) else text


def _is_left_out(page: Page) -> bool:
    """Whether who wrote it keeps it out of the search, as the theme lets them."""
    said = page.authored.meta.get("search") if page.authored else None
    return isinstance(said, Mapping) and bool(said.get("exclude"))


def _written(outline: Iterable[Part], library: Library) -> Iterator[Section]:
    """What somebody wrote as a page of its own: its first heading is its title."""
    tidy = typeset if library.tr.language == "fr" else str
    said = (Part(one.tag, one.anchor, tidy(one.text)) for one in outline)
    return _headed(one for one in said if one.tag != "h1")


def _drawn(page: Page, library: Library) -> Iterator[Section]:
    """What is compiled on a page as prose is."""
    for block in page.blocks.values():
        drawn = html.fragment_fromstring(draw(block, page.address, library.tr))
        for one in _headed(part for part in parts(drawn) if part.tag != "h1"):
            yield replace(one, title=_own(one.title, library), text=_own(one.text, library))


def _prose(text: Text | None, library: Library) -> Iterator[Section]:
    return _headed(library.prose(text).parts)


def _headed(found: Iterable[Part]) -> Iterator[Section]:
    """Paragraphs under their headings."""
    anchor = title = ""
    texts: list[str] = []
    for part in found:
        if not part.is_heading:
            texts.append(part.text)
            continue
        if texts or title:
            yield Section(anchor, title, " ".join(texts))
        anchor, title, texts = part.anchor, part.text, []
    if texts or title:
        yield Section(anchor, title, " ".join(texts))


def _event(event: Event, library: Library) -> Document:
    shown = library.once(meeting, event)
    refs = event.refs
    also = [shown.kind, event.id, *event.where, *(one.line for one in event.speakers)]
    also += _names(refs.themes, event.territories, refs.hosts, refs.organisers)
    also += [event.course.title] if event.course else []
    also += [one.what for one in event.record.deadlines]
    also += _said(event)
    drawn = drawn_from(event, library)
    return Document(
        address=event.address,
        title=library.words(event.title),
        tags=_event_tags(event, library),
        sections=tuple(_event_sections(event, library)),
        also=" ".join(also),
        facets=_event_facets(event, library),
        row=tuple(drawn[field] for field in DRAWN),
    )


def _said(thing: Event | Course | Post) -> list[str]:
    """What its links are called, and its tags."""
    return [*(one.label for one in thing.record.links if one.label), *tags_of(thing)]


def _event_facets(event: Event, library: Library) -> Mapping[str, tuple[str, ...]]:
    names = library.settings.addresses.queries
    replay = "with" if library.stage(event) is Stage.REPLAY else "without"
    return {
        "kind": (event.collection.address,),
        "theme": _ids(event.refs.themes),
        "territory": _ids(event.territories),
        "year": (str(event.first.first.year),) if event.first else (),
        "replay": (names[replay],),
    }


def _ids(entities: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(one.id for one in entities)


def _event_sections(event: Event, library: Library) -> Iterator[Section]:
    if event.record.summary:
        yield Section("", "", library.words(event.record.summary))
    yield from _prose(event.body, library)
    for stop in event.stops:
        said = [stop.place.line] if stop.place else []
        said += [part.text for part in library.prose(stop.text).parts]
        said += map(library.words, stop.record.questions)
        yield Section(stop.record.id, library.words(stop.record.title), " ".join(said))
    yield from _items(event, library)
    if event.account:
        title = _own(library.tr.gettext(N_("What came of it")), library)
        said = [part.text for part in library.prose(event.account).parts]
        yield Section("pc-account", title, " ".join(said))
    if event.record.status != "cancelled" and event.record.replay is not None:
        yield from _spoken(event, library)


def _items(event: Event, library: Library) -> Iterator[Section]:
    """What happens within a meeting, each where it stands; a break is not looked for."""
    for item in library.once(placed, event):
        if item.is_break:
            continue
        said = [library.words(one.line) for one in item.speakers]
        said += [library.words(item.track)] if item.track else []
        yield Section(item.anchor, library.words(item.title), " · ".join(said))


def _spoken(event: Event, library: Library) -> Iterator[Section]:
    """What was said, passage by passage, and what the chapters are called."""
    parted, spoken = chapters_of(event), event.transcript
    if parted:
        chapters = " · ".join(library.words(one.title) for one in parted)
        yield Section("replay", _own(library.tr.gettext(N_("Chapters")), library), chapters)
    title, heard = library.tr.gettext(N_("Transcript")), plays_here(event)
    if isinstance(spoken, Transcript):
        since: int | None = None
        for n, one in enumerate(spoken.paragraphs, 1):
            time = "" if one.at is None else f", {timecode(one.at)}"
            # What has no time of its own is heard after the last that is told.
            since = since if one.at is None else one.at
            said = library.words(one.text)
            at = since if heard else None
            yield Section(passage_id(n), _own(title + time, library), said, at)
    elif spoken is not None:
        for part in library.prose(spoken).parts:
            yield Section(part.anchor, _own(title, library), part.text)


def _event_tags(event: Event, library: Library) -> Tags:
    shown, tr = library.once(meeting, event), library.tr
    ahead = stages_ahead(event, library.now)
    turns: list[int] = []
    if len(ahead) > 1 and event.first and event.last:
        instants = (event.first.begins, event.last.ends)
        turns = [_minutes(one) for one in instants[3 - len(ahead) :]]
    return Tags(
        kind=_named(shown.kind, library),
        day=_own(shown.short_day or shown.when, library),
        states=tuple(_own(wording.stage_name(event, one, tr), library) for one in ahead),
        turns=tuple(turns),
        labels=tuple((key, _own(word, library)) for key, word in shown.labels),
    )


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _course(course: Course, library: Library) -> Document:
    record, refs = course.record, course.refs
    lead = [Section("", "", library.words(record.summary))] if record.summary else []
    names = _names(refs.themes, refs.territories, refs.hosts, refs.organisers)
    names += _said(course)
    return Document(
        address=course.address,
        title=library.words(course.title),
        tags=Tags(
            _named(course.collection.name, library),
            _own(wording.course_days(course, library.tr), library),
        ),
        sections=(*lead, *_prose(course.body, library)),
        also=" ".join(names),
        facets={
            "kind": (course.collection.address,),
            "theme": _ids(refs.themes),
            "territory": _ids(refs.territories),
            "year": (str(record.start.year),) if record.start else (),
        },
    )


def _post(post: Post, library: Library) -> Document:
    lead = [Section("", "", library.words(post.record.summary))] if post.record.summary else []
    names = _names(post.themes, post.territories, post.authors) + _said(post)
    return Document(
        address=post.address,
        title=library.words(post.title),
        tags=Tags(
            _own(library.tr.gettext(N_("News")), library),
            _own(library.tr.day(post.day, weekday=False), library),
        ),
        sections=(*lead, *_prose(post.body, library)),
        also=" ".join(names),
        facets={
            "kind": (post.address.strip("/").rpartition("/")[0],),
            "theme": _ids(post.themes),
            "territory": _ids(post.territories),
            "year": (str(post.day.year),),
        },
    )


def _names(*groups: Iterable[Entity]) -> list[str]:
    return [one.name for group in groups for one in group]


def _entity(page: Page, entity: Entity, written: Iterable[Section], library: Library) -> Document:
    about: list[str | None] = []
    if isinstance(entity, Person):
        about = [entity.role, entity.organisation.name if entity.organisation else ""]
    else:
        about = [entity.description]
    if isinstance(entity, Organisation):
        about.append(entity.place.line if entity.place else "")
        about.append(entity.where.name if entity.where else "")
    if isinstance(entity, Place):
        about += [entity.address, entity.territory.name if entity.territory else ""]
    said = " · ".join(" ".join(one.split()) for one in about if one)
    names = library.settings.addresses
    facets = {"kind": (entity_folder(type(entity), names).strip("/"),)}
    if isinstance(entity, Theme | Territory):
        facets["theme" if isinstance(entity, Theme) else "territory"] = (entity.id,)
    return Document(
        address=page.address,
        title=page.title,
        tags=Tags(_own(library.tr.gettext(KINDS[type(entity)]), library)),
        sections=(Section("", "", library.words(said)), *written),
        facets=facets,
    )
