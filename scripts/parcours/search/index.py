"""Documents → the files of a search index, in parts: a reader loads those that a query needs.

- ``index.json``: what the browser must know to choose parts; it has the form of the engine's index.
- ``terms-N.json``: stems in order, each with the documents that hold it.
- ``texts-N.json``: documents in order: titles, tags and texts, for results and their excerpts.
- ``facets.json``: what pages are chosen by, for who chooses.
- ``titles.json``: titles alone, for readers without a network.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import quote

from .document import Document, Own, Section
from .words import Words, split

TITLE, HEADING, TEXT = 8.0, 2.5, 1.0
"""What a word counts by where it stands."""

LEVELS = 63
"""Into how many steps the weight of a word in a document is cut."""

TERMS_ROOM = 12_000
"""Characters of a file of stems."""

TEXTS_ROOM = 5_000
"""Characters of a file of texts: a result shows two hundred of them."""

FURTHER_ROOM = 9_000
"""Characters of the further files of a text that is longer; of few results one is loaded."""

PIECE = 1_500
"""Characters of a section in one piece."""

TITLES = 1_500
"""How many titles are kept for readers without a network, the first ones."""

SEPARATOR = r"[\s\-,;:.!?()/«»'’]+"
"""What parts the words that the theme marks in a page to which a result leads."""

WAY = "assets/search/"
"""Where the files stand, relative to the site's root."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A file of texts: for each document its number, whether it begins there, and its sections."""

    entries: list[tuple[int, bool, list[Section]]]


def index(
    documents: Sequence[Document],
    words: Words,
    fields: Sequence[str] = (),
    own_language: str = "",
) -> Mapping[str, bytes]:
    """The files of the index of *documents*, by address; of two that are as good the first wins.

    Args:
        fields: the names of what the rows of meetings hold, in their order.
        own_language: in which language words of Parcours are, where the site is in another.
    """
    blocks = list(_blocks(documents))
    parts = list(_parts(_postings(documents, blocks, words)))
    files = {f"{WAY}terms-{n}.json": _json(part) for n, part in enumerate(parts)}
    files |= {
        f"{WAY}texts-{n}.json": _json([_entry(one, documents) for one in block.entries])
        for n, block in enumerate(blocks)
    }
    titles = [[_told(one.title), quote(one.address)] for one in documents[:TITLES]]
    files[f"{WAY}titles.json"] = _json(titles)
    files[f"{WAY}facets.json"] = _json(_facets(documents))
    version = hashlib.sha256(b"\0".join(files.values())).hexdigest()[:12]
    known: dict[str, object] = {
        "version": version,
        "documents": len(documents),
        "terms": [next(iter(part)) for part in parts],
        "texts": _steps(block.entries[0][0] for block in blocks),
        "stops": sorted(words.stops),
        "nouns": sorted(words.nouns),
        "fields": fields,
    }
    if own_language:
        known["own"] = own_language
    # The theme hands « config » to its worker, and parts by it the words that it marks.
    config = {"separator": SEPARATOR, "parcours": known}
    return {**files, f"{WAY}index.json": _json({"config": config, "docs": []})}


def _steps(numbers: Iterable[int]) -> list[int]:
    """How far each number is from the one before."""
    padded = [0, *numbers]
    return [number - before for before, number in pairwise(padded)]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _entry(entry: tuple[int, bool, list[Section]], documents: Sequence[Document]) -> list[object]:
    number, begins, sections = entry
    texts = [
        [one.anchor, _told(one.title), _told(one.text), *([] if one.at is None else [one.at])]
        for one in sections
    ]
    return [number, texts, *_head(documents[number])] if begins else [number, texts]


def _head(page: Document) -> list[object]:
    tags = page.tags
    states = [_told(one) for one in tags.states]
    labels = [[key, _told(word)] for key, word in tags.labels]
    said = [_told(tags.kind), _told(tags.day), states, tags.turns, labels]
    return [_told(page.title), quote(page.address), said, *([page.row] if page.row else [])]


def _facets(documents: Sequence[Document]) -> Mapping[str, object]:
    """By axis, the names of its values, and the places among them of those of each document."""
    axes = dict.fromkeys(axis for page in documents for axis in page.facets)
    found: dict[str, object] = {}
    for axis in axes:
        names: dict[str, int] = {}
        held = [
            [names.setdefault(one, len(names)) for one in page.facets.get(axis, ())]
            for page in documents
        ]
        pages = [one[0] if len(one) == 1 else one for one in held]
        found[axis] = {"names": list(names), "pages": pages}
    return found


def _told(text: str) -> str | list[str]:
    """A text, or in brackets, which cost nothing elsewhere, words of Parcours."""
    return [text] if isinstance(text, Own) else text


def _blocks(documents: Iterable[Document]) -> Iterator[_Block]:
    """Texts in files of about one size; one that is longer has files of its own."""
    block, room = _Block([]), TEXTS_ROOM
    for number, document in enumerate(documents):
        pieces = [piece for section in document.sections for piece in _pieces(section)]
        head = len(document.title) + 100 + sum(len(str(one)) + 3 for one in document.row)
        size = sum(map(_size, pieces)) + head
        if block.entries and size > room:
            yield block
            block, room = _Block([]), TEXTS_ROOM
        held: list[Section] = []
        block.entries.append((number, True, held))
        for piece in pieces:
            if room < _size(piece) and held:
                yield block
                held = []
                block, room = _Block([(number, False, held)]), FURTHER_ROOM
            held.append(piece)
            room -= _size(piece)
        room -= head
        if size > TEXTS_ROOM:
            yield block
            block, room = _Block([]), TEXTS_ROOM
    if block.entries:
        yield block


def _size(section: Section) -> int:
    return len(section.text) + len(section.title) + len(section.anchor) + 10


def _pieces(section: Section) -> Iterator[Section]:
    """A section in pieces that end between words."""
    rest = section.text
    while len(rest) > PIECE:
        end = rest.rfind(" ", PIECE // 2, PIECE)
        end = PIECE if end < 0 else end
        yield replace(section, text=rest[:end])
        rest = rest[end:].lstrip()
    yield replace(section, text=rest)


def _postings(
    documents: Sequence[Document], blocks: Sequence[_Block], words: Words
) -> Mapping[str, list[int]]:
    """By stem, in pairs: how far the document is from the one before, and where and how much.

    The second number is the weight, and `LEVELS` + 1 times the place, among the document's files,
    of the one that holds the word most often.
    """
    counts = [_Counts(document, words) for document in documents]
    for block in blocks:
        for number, begins, sections in block.entries:
            counts[number].add(begins, sections)
    average = sum(one.length for one in counts) / max(1, len(counts))
    found: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for number, one in enumerate(counts):
        lengthened = 2 * (0.6 + 0.4 * one.length / max(1, average))
        for term, weight in one.weights.items():
            level = max(1, round(LEVELS * weight / (weight + lengthened)))
            place = one.places.get(term, (0, 0))[1]
            pair = (number - last.get(term, 0), place * (LEVELS + 1) + level)
            found.setdefault(term, []).extend(pair)
            last[term] = number
    return found


class _Counts:
    """How much each stem counts in a document, and which of its files holds it most often."""

    def __init__(self, document: Document, words: Words) -> None:
        self._words = words
        self._file = -1
        self._seen: set[str] = set()
        self.length = 0
        self.weights: dict[str, float] = {}
        self.places: dict[str, tuple[int, int]] = {}
        self._count(document.title, TITLE)
        self._count(document.also, TEXT)

    def add(self, begins: bool, sections: Iterable[Section]) -> None:
        """Count the sections of the next of its files."""
        self._file += 1
        held: Counter[str] = Counter()
        for section in sections:
            heading = "" if section.title in self._seen else section.title
            self._seen.add(section.title)
            held.update(self._count(heading, HEADING))
            held.update(self._count(section.text, TEXT))
        for term, count in held.items():
            if count > self.places.get(term, (0, 0))[0]:
                self.places[term] = (count, self._file)

    def _count(self, text: str, weight: float) -> Counter[str]:
        found = Counter(split(text))
        stops = self._words.stops
        terms: Counter[str] = Counter()
        for word, count in found.items():
            self.length += count
            # « Été » is one in a text; in a title it may be what somebody looks for.
            if word not in stops or (weight > TEXT and len(word) > 1):
                terms[self._words.stem(word)] += count
        for term, count in terms.items():
            self.weights[term] = self.weights.get(term, 0) + weight * count
        return terms


def _parts(postings: Mapping[str, list[int]]) -> Iterator[Mapping[str, list[int]]]:
    """Stems in order, in files of about one size."""
    part: dict[str, list[int]] = {}
    room = TERMS_ROOM
    for term in sorted(postings, key=lambda term: term.encode("utf-16-be")):  # as browsers do
        size = len(term) + 4 + sum(len(str(n)) + 1 for n in postings[term])
        if part and size > room:
            yield part
            part, room = {}, TERMS_ROOM
        part[term] = postings[term]
        room -= size
    if part:
        yield part
