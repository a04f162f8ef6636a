"""Tags: free words of what has a page, which nobody declares; one for all its spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..letters import normal
from .community import Course, Event, Post
from .doubts import later
from .names import order, slug
from .schema import SourceRecord


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag, and what has it.

    Attributes:
        id: stands in the address of its page.
        name: the way in which most write it; of two, that which has its accents, then that which
            comes first in dictionaries.
    """

    id: str
    name: str
    events: tuple[Event, ...]
    courses: tuple[Course, ...] = ()
    posts: tuple[Post, ...] = ()

    @property
    def things(self) -> tuple[Thing, ...]:
        return (*self.events, *self.courses, *self.posts)


Thing = Event | Course | Post

_SPELT = {"+": "plus-", "#": "sharp-"}
"""Signs by which « C++ » and « C# » are not « C »."""


def tag_id(said: str) -> str:
    """What all spellings of a tag have in common; it stands in addresses, so ASCII for ever."""
    text = normal("NFC", said)
    return slug("".join(f"-{spelt}" if (spelt := _spelt(one)) else one for one in text))


def _spelt(letter: str) -> str:
    """How what no address holds is spelt; "" for what has letters of its own there."""
    if letter.isalnum() and not slug(letter):
        return f"u{ord(letter):x}-"
    return _SPELT.get(letter, "")


def tags_of(thing: Thing) -> tuple[str, ...]:
    """The tags that something says, each once; a series says those of all its dates."""
    dates = thing.dates if isinstance(thing, Event) else ()
    records: list[SourceRecord] = [thing.record, *(one.record for one in dates)]
    found: dict[str, str] = {}
    for record in records:
        for said in record.tags:
            found.setdefault(tag_id(said), said)
    return tuple(found.values())


def tags_in(things: Iterable[Thing]) -> Mapping[str, Tag]:
    """All tags, by id, as dictionaries order them."""
    spelt: dict[str, Counter[str]] = {}
    having: dict[str, list[Thing]] = {}
    for thing in things:
        for said in tags_of(thing):
            spelt.setdefault(tag_id(said), Counter())[said] += 1
            having.setdefault(tag_id(said), []).append(thing)
    return {
        id: Tag(
            id,
            _usual(spelt[id]),
            tuple(one for one in having[id] if isinstance(one, Event)),
            tuple(one for one in having[id] if isinstance(one, Course)),
            tuple(one for one in having[id] if isinstance(one, Post)),
        )
        for id in sorted(spelt, key=lambda one: (order(_usual(spelt[one])), one))
    }


def _usual(spelt: Counter[str]) -> str:
    return min(spelt, key=lambda one: (-spelt[one], -_accents(one), one))


@dataclass(frozen=True)
class Said:
    """A tag where it is said.

    Attributes:
        path: where it stands in its source.
    """

    thing: Thing
    path: tuple[str | int, ...]
    text: str

    @property
    def source(self) -> str:
        return self.thing.source


def near_tags(
    things: Iterable[Thing], came: Callable[[str], float]
) -> Iterator[tuple[Said, str, str]]:
    """Tags that are another but for accents, capitals, hyphens or a plural: where, what most
    write, and who wrote that first. Nothing is doubted of an example.

    Args:
        came: when a file came.
    """
    alike: dict[str, list[Said]] = {}
    for thing in things:
        for path, text in () if thing.record.example else _written(thing.record):
            alike.setdefault(_singular(tag_id(text)), []).append(Said(thing, path, text))
    for said in alike.values():
        spelt = Counter(one.text for one in said)
        if len(spelt) < 2:
            continue
        most = max(spelt.values())
        usual = [one for one in said if spelt[one.text] == most]
        # Accents are left out where a keyboard lacks them, and never added.
        accents = max(_accents(one.text) for one in usual)
        usual = [one for one in usual if _accents(one.text) == accents]
        # Of those that are written as often, the one that was there first is right.
        by_file = list({one.source: one for one in usual}.values())
        first = next((one for _, one in later([s.thing for s in by_file], came)), usual[0].thing)
        right = next(one for one in usual if one.thing is first)
        told: set[str] = set()
        for one in said:
            if one.text != right.text and one.source not in told:
                told.add(one.source)
                yield one, right.text, right.source


def _written(record: SourceRecord) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The tags of a source, those of single dates of a series too, and where each stands."""
    places: list[tuple[tuple[str | int, ...], object]] = [((), record)]
    dates: Mapping[str, object] = getattr(record, "dates", {})
    later: Iterable[object] = getattr(record, "later", ())
    places += [(("dates", key), one) for key, one in dates.items()]
    places += [(("later", index), one) for index, one in enumerate(later)]
    for path, one in places:
        for index, text in enumerate(getattr(one, "tags", None) or ()):
            yield (*path, "tags", index), text


def _singular(id: str) -> str:
    """What has one meaning, but for a plural, hyphens and dots: « I.A. » is « IA ».

    What stands between digits parts numbers: « 2.0 » is not « 20 ».
    """
    return re.sub(r"(?<!\d)-|-(?!\d)", "", "-".join(map(_one_of, id.split("-"))))


def _accents(text: str) -> int:
    """How many of its letters have an accent."""
    return sum(unicodedata.combining(one) != 0 for one in normal("NFD", text))


def _one_of(word: str) -> str:
    """The singular of a word, near enough to find its plural."""
    if word[:1].isdigit():
        return word  # « 1990s » are ten years
    if len(word) > 4 and word.endswith("aux"):
        return f"{word[:-3]}al"
    is_plural = (
        len(word) > 3 and word.endswith(("s", "x")) and not word.endswith(("ss", "us", "is"))
    )
    return word[:-1] if is_plural else word
