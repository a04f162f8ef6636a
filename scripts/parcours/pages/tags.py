"""The page of each tag, and that of all of them; none where nothing is tagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .. import wording
from ..i18n import Translator
from ..model.community import Course, Event, Post
from ..model.tags import Tag, tag_id, tags_of
from ..problems import N_
from .division import LINE, Division, Order, Placed, Ways, by_letter, divide, room_for
from .drawing import Block
from .facts import LANGUAGE, Value, link_values
from .library import Library
from .listed import Listed, listed, listed_pages
from .meeting import Meeting, meetings
from .page import Page
from .quoted import titled

COMING = 40
PAST = 60
"""How many of each a page shows; those of its years hold the rest."""

BY_NAME: Order[Tag] = by_letter(lambda tag: tag.name)

TAGS = N_("Tags")
"""Title of the page of all."""

ABOUT_TAGS = N_("Free words that say what meetings are about.")
"""What that page is."""


@dataclass(frozen=True)
class Tagged:
    """A tag, how much has it, and the same in words."""

    tag: Value
    count: int
    said: str


@dataclass(frozen=True)
class TagsPage:
    """Input of ``tags.html``.

    Attributes:
        all: the list of which this is a part; None for the whole.
        lead: what the tags are; "" in a part.
        ways: to the parts of a list that is divided.
    """

    all: Value | None
    heading: str
    lead: str
    ways: tuple[Ways, ...]
    tags: tuple[Tagged, ...]


@dataclass(frozen=True, kw_only=True)
class TagPage:
    """Input of ``tag.html``.

    Attributes:
        all: the page of all tags.
        years: of all its meetings, where the page does not show all.
    """

    name: str
    all: Value
    coming: tuple[Meeting, ...]
    past: tuple[Meeting, ...]
    courses: tuple[Value, ...]
    posts: tuple[Value, ...]
    years: tuple[Ways, ...]


def tags_address(library: Library) -> str:
    """Where the page of all tags stands."""
    return f"{library.settings.addresses.tags}/"


def tag_values(said: tuple[str, ...], library: Library) -> list[Value]:
    """Tags as pages show them, each with its page."""
    found = (library.tags[id] for one in said if (id := tag_id(one)) in library.tags)
    return [_value(tag, library) for tag in found]


def _value(tag: Tag, library: Library) -> Value:
    return Value(tag.name, f"{tags_address(library)}{tag.id}/")


def pages(library: Library) -> Iterator[Page]:
    """That of all tags, then one for each."""
    tags, tr = library.tags, library.tr
    if not tags:
        return
    address = tags_address(library)
    has_entities = next(iter(library.community.entities), None) is not None
    divided = Division(
        whole=divide(tags.values(), BY_NAME, room_for(LINE)),
        order=BY_NAME,
        address=address,
        folder=library.parts(address),
        title=tr.gettext(TAGS),
        said=lambda n: tr.ngettext("{n} tag", "{n} tags", n),
        tr=tr,
    )
    for placed in divided.places():
        above = library.settings.explore if has_entities else library.settings.agenda
        yield Page(
            address=placed.address,
            title=placed.title,
            description=tr.gettext(ABOUT_TAGS) if placed.is_whole else placed.title,
            parent=placed.parent or above,
            changed=max(_changed(tag) for tag in placed.part.things),
            blocks={"tags": Block("tags.html", partial(_all, library, divided, placed))},
            searchable=placed.is_whole,
        )
    for tag in tags.values():
        own = f"{address}{tag.id}/"
        is_few = len(library.coming(tag.events)) <= COMING and len(library.past(tag.events)) <= PAST
        years = None if is_few else listed(own, library.words(tag.name), tag.events, library)
        yield Page(
            address=own,
            title=library.words(tag.name),
            description=tr.format(N_("Meetings about « {tag} »."), tag=library.words(tag.name)),
            parent=address,
            changed=_changed(tag),
            blocks={"tag": Block("tag.html", partial(_one, library, tag, years))},
        )
        if years is not None:
            yield from listed_pages(years, library)


def _changed(tag: Tag) -> int:
    return max(one.stamps.changed for one in tag.things)


def _counted(tag: Tag, tr: Translator) -> str:
    """Of how many meetings, courses and news it is."""
    said = (
        (len(tag.events), "{n} meeting", "{n} meetings"),
        (len(tag.courses), "{n} course", "{n} courses"),
        (len(tag.posts), "{n} post", "{n} posts"),
    )
    return ", ".join(tr.ngettext(one, several, n) for n, one, several in said if n)


def said_facts(thing: Course | Post, library: Library) -> Iterator[tuple[str, Sequence[Value]]]:
    """What a course or a post says of itself as meetings do."""
    tr, record = library.tr, thing.record
    yield tr.gettext(N_("Links")), link_values(record.links, thing, tr)
    if record.language:
        yield tr.gettext(LANGUAGE), [Value(wording.language_name(record.language, tr))]
    yield tr.gettext(TAGS), tag_values(tags_of(thing), library)


USED = 40
"""Tags that the page of all shows beside the ways to its parts: those of most pages."""


def _all(library: Library, divided: Division[Tag], placed: Placed[Tag]) -> TagsPage:
    tr = library.tr
    shown: Sequence[Tag] = placed.part.own
    if placed.is_whole and divided.is_divided:
        most = sorted(placed.part.things, key=lambda one: -len(one.things))[:USED]
        known = {tag.id for tag in (*shown, *most)}
        shown = [tag for tag in placed.part.things if tag.id in known]
    return TagsPage(
        all=None if placed.is_whole else divided.above(placed),
        heading="" if library.has_heading(placed.address) else placed.title,
        lead=tr.gettext(ABOUT_TAGS) if placed.is_whole else "",
        ways=divided.ways(placed),
        tags=tuple(
            Tagged(_value(tag, library), len(tag.things), _counted(tag, tr)) for tag in shown
        ),
    )


def _has(event: Event, tag: Tag) -> bool:
    return any(tag_id(one) == tag.id for one in tags_of(event))


def _one(library: Library, tag: Tag, years: Listed | None) -> TagPage:
    its = library.within(tag.events, f"Tag.{tag.id}", lambda one: _has(one, tag))
    past = library.past(its)
    return TagPage(
        name=tag.name,
        all=Value(library.tr.gettext(TAGS), tags_address(library)),
        coming=meetings(library.coming(its)[:COMING], library),
        past=meetings(past[:PAST], library),
        courses=tuple(Value(titled(one, library), one.address) for one in tag.courses),
        posts=tuple(Value(titled(one, library), one.address) for one in tag.posts),
        years=years.ways_of_whole if years else (),
    )
