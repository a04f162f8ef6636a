"""Tags: free words of meetings, which nobody declares; one for all its spellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..letters import normal
from .community import Event
from .doubts import later
from .names import order, slug
from .schema import EventRecord


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag, and what has it.

    Attributes:
        id: stands in the address of its page.
        name: the way in which most write it; of two, that which comes first in dictionaries.
    """

    id: str
    name: str
    events: tuple[Event, ...]


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


def tags_of(event: Event) -> tuple[str, ...]:
    """The tags that an event says, each once; a series says those of all its dates."""
    records: list[EventRecord] = [event.record, *(one.record for one in event.dates)]
    found: dict[str, str] = {}
    for record in records:
        for said in record.tags:
            found.setdefault(tag_id(said), said)
    return tuple(found.values())


def tags_in(events: Iterable[Event]) -> Mapping[str, Tag]:
    """All tags, by id, as dictionaries order them."""
    spelt: dict[str, Counter[str]] = {}
    having: dict[str, list[Event]] = {}
    for event in events:
        for said in tags_of(event):
            spelt.setdefault(tag_id(said), Counter())[said] += 1
            having.setdefault(tag_id(said), []).append(event)
    return {
        id: Tag(id, _usual(spelt[id]), tuple(having[id]))
        for id in sorted(spelt, key=lambda one: (order(_usual(spelt[one])), one))
    }


def _usual(spelt: Counter[str]) -> str:
    return min(spelt, key=lambda one: (-spelt[one], one))


@dataclass(frozen=True)
class Said:
    """A tag where it is said.

    Attributes:
        index: its place in the list.
    """

    event: Event
    index: int
    text: str

    @property
    def source(self) -> str:
        return self.event.source


def near_tags(
    events: Iterable[Event], came: Callable[[str], float]
) -> Iterator[tuple[Said, str, str]]:
    """Tags that are another but for accents, capitals or a plural: where, what most write, and who
    wrote that first. Nothing is doubted of an example.

    Args:
        came: when a file came.
    """
    alike: dict[str, list[Said]] = {}
    for event in events:
        for index, text in enumerate(event.record.tags):
            if not event.record.example:
                alike.setdefault(_singular(tag_id(text)), []).append(Said(event, index, text))
    for said in alike.values():
        spelt = Counter(one.text for one in said)
        if len(spelt) < 2:
            continue
        most = max(spelt.values())
        usual = [one for one in said if spelt[one.text] == most]
        # Of those that are written as often, the one that was there first is right.
        by_file = list({one.source: one for one in usual}.values())
        first = next((one for _, one in later([s.event for s in by_file], came)), usual[0].event)
        right = next(one for one in usual if one.event is first)
        told: set[str] = set()
        for one in said:
            if one.text != right.text and one.source not in told:
                told.add(one.source)
                yield one, right.text, right.source


def _singular(id: str) -> str:
    return "-".join(map(_one_of, id.split("-")))


def _one_of(word: str) -> str:
    """The singular of a word, near enough to find its plural."""
    if len(word) > 4 and word.endswith("aux"):
        return f"{word[:-3]}al"
    is_plural = (
        len(word) > 3 and word.endswith(("s", "x")) and not word.endswith(("ss", "us", "is"))
    )
    return word[:-1] if is_plural else word
