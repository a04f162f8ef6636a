"""The page of each tag, and that of all of them; none where nothing is tagged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ..model.tags import Tag, tag_id
from ..problems import N_
from .drawing import Block
from .facts import Value
from .library import Library, latest
from .meeting import Meeting, meetings
from .page import Page

COMING = 40
PAST = 60
"""How many of each a page shows; the agenda and its years hold the rest."""

TAGS = N_("Tags")
"""Title of the page of all."""

ABOUT_TAGS = N_("Free words that say what meetings are about.")
"""What that page is."""


@dataclass(frozen=True)
class TagsPage:
    """Input of ``tags.html``: each tag, and of how many meetings it is."""

    heading: str
    tags: tuple[tuple[Value, str], ...]


@dataclass(frozen=True, kw_only=True)
class TagPage:
    """Input of ``tag.html``.

    Attributes:
        all: the page of all tags.
        more: how many past meetings are left to *agenda*, the page of all meetings.
    """

    name: str
    all: Value
    coming: tuple[Meeting, ...]
    past: tuple[Meeting, ...]
    more: int
    agenda: str


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
    yield Page(
        address=address,
        title=tr.gettext(TAGS),
        description=tr.gettext(ABOUT_TAGS),
        parent=library.settings.explore if has_entities else library.settings.agenda,
        changed=max(latest(tag.events) for tag in tags.values()),
        blocks={"tags": Block("tags.html", partial(_all, library))},
    )
    for tag in tags.values():
        yield Page(
            address=f"{address}{tag.id}/",
            title=library.words(tag.name),
            description=tr.format(N_("Meetings about « {tag} »."), tag=library.words(tag.name)),
            parent=address,
            changed=latest(tag.events),
            blocks={"tag": Block("tag.html", partial(_one, library, tag))},
        )


def _all(library: Library) -> TagsPage:
    tr = library.tr
    headed = library.has_heading(tags_address(library))
    return TagsPage(
        heading="" if headed else tr.gettext(TAGS),
        tags=tuple(
            (
                _value(tag, library),
                tr.ngettext("{n} meeting", "{n} meetings", len(tag.events)),
            )
            for tag in library.tags.values()
        ),
    )


def _one(library: Library, tag: Tag) -> TagPage:
    past = library.past(tag.events)
    return TagPage(
        name=tag.name,
        all=Value(library.tr.gettext(TAGS), tags_address(library)),
        coming=meetings(library.coming(tag.events)[:COMING], library),
        past=meetings(past[:PAST], library),
        more=len(past[PAST:]),
        agenda=library.settings.all_meetings,
    )
