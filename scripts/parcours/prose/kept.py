"""Bodies that are kept as they were rendered, under a name made from all that they depend on.

What is not kept yet is rendered by several processes where it is much: what the others made is
taken as if it had been kept.

Where a link leads depends on the whole site: it is looked up again each time, as if the body were
rendered, and if one leads elsewhere the body is. One of which there is something to tell is
rendered each time, so that it is told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from ..ahead import Ahead
from ..problems import Mark, Problems
from ..store import Store
from .parts import Part
from .render import Anchors, LinkResolver, Prose, Renderer


def _key(*given: str) -> str:
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()


def _noted(found: bytes | None, key: str) -> str | None:
    """The text that was kept under a name; None where something else has come to stand there."""
    try:
        name, text = json.loads(found or b"[]")
    except (ValueError, TypeError):
        return None
    return text if name == key and isinstance(text, str) else None


@dataclass(frozen=True)
class Body:
    """A text to render.

    Attributes:
        line: of *file*, on which it begins.
        part: sets its anchors apart from those of the other texts of a page.
        anchors: what has an id in a page.
    """

    source: str
    file: str
    line: int
    part: str
    anchors: Anchors


Lookup = Callable[[str], "bytes | None"]
"""What was made under a name; None where nothing was."""

WORTH = 60_000
"""Characters of texts that take several times as long as starting a process."""


class Noted:
    """Finds where links lead, and notes what it was asked.

    Attributes:
        asked: the links, with their places and where they lead.
    """

    def __init__(self, resolve: LinkResolver) -> None:
        self._resolve = resolve
        self.asked: list[tuple[str, Mark, str | None]] = []

    def resolve(self, link: str, mark: Mark) -> str | None:
        """Where a link leads; None for one that is dead."""
        target = self._resolve(link, mark)
        self.asked.append((link, mark, target))
        return target


@dataclass(frozen=True, kw_only=True)
class KeptRenderer:
    """Renders texts, or takes them as they are kept.

    Attributes:
        renderer: asks *noted* where links lead, and adds to *problems*.
        name: of all that rendering depends on beside a body; "" where nobody knows, and nothing is
            kept.
    """

    renderer: Renderer
    noted: Noted
    problems: Problems
    store: Store
    name: str
    _glanced: dict[str, str] = field(default_factory=dict)

    def render(self, bodies: Sequence[Body], ahead: Ahead) -> list[Prose]:
        """Some bodies, rendered."""
        if not self.name:
            return [self._render(body) for body in bodies]
        named = [(self._key(body), body) for body in bodies]
        kept = [self.store.get(key) for key, _ in named]
        new = [one for one, found in zip(named, kept, strict=True) if found is None]
        made = ahead.made(self._made, new, lambda body: len(body.source), WORTH)
        return [
            self._taken(key, body, found, made)
            for (key, body), found in zip(named, kept, strict=True)
        ]

    def _taken(self, key: str, body: Body, kept: bytes | None, made: Lookup) -> Prose:
        """A body as it is kept, else as another process made it, else as it is rendered."""
        for found, is_new in ((kept, False), (made(key), True)):
            prose = None if found is None else self._kept(found, key, body)
            if found is not None and prose is not None:
                if is_new:
                    self.store.put(key, found)
                return prose
        prose, said = self._new(key, body)
        if said is not None:
            self.store.put(key, said)
        return prose

    def _new(self, key: str, body: Body) -> tuple[Prose, bytes | None]:
        """A body as it is rendered, and what is kept of it; nothing where there is something to
        tell."""
        added = self.problems.added
        self.noted.asked.clear()
        prose = self._render(body)
        if self.problems.added != added:
            return prose, None
        return prose, json.dumps([key, *self._said(prose, body)]).encode()

    def _made(self, new: Sequence[tuple[str, Body]]) -> Mapping[str, bytes]:
        """What is kept of some bodies, for the process that asked for it."""
        made = ((key, self._new(key, body)[1]) for key, body in new)
        return {key: said for key, said in made if said is not None}

    def _key(self, body: Body) -> str:
        return _key(self.name, body.source, body.part, body.anchors)

    def glance(self, source: str) -> str:
        """The HTML as Markdown makes it, not sanitised: to look at, and that more than once."""
        found = self._glanced.get(source)
        if found is None:
            found = self._glanced[source] = self._glance(source)
        return found

    def _glance(self, source: str) -> str:
        if not self.name:
            return self.renderer.convert(source)
        key = _key("glance", self.name, source)
        raw = _noted(self.store.get(key), key)
        if raw is None:
            raw = self.renderer.convert(source)
            self.store.put(key, json.dumps([key, raw]).encode())
        return raw

    def _render(self, body: Body) -> Prose:
        return self.renderer.render(body.source, body.file, body.line, body.part, body.anchors)

    def _kept(self, found: bytes, key: str, body: Body) -> Prose | None:
        """What a store gave for a name; None where something else has come to stand there."""
        try:
            name, *said = json.loads(found)
            return self._again(said, body) if name == key else None
        except (ValueError, TypeError, AttributeError):
            return None

    def _said(self, prose: Prose, body: Body) -> list[object]:
        asked = [
            (link, mark.line - body.line, mark.column, target)
            for link, mark, target in self.noted.asked
        ]
        return [asked, prose.markup, prose.text, prose.anchored, [astuple(p) for p in prose.parts]]

    def _again(self, said: Any, body: Body) -> Prose | None:
        """What is kept, if its links lead where they led: each is asked for, and counted."""
        asked, markup, text, anchored, parts = said
        for link, line, column, target in asked:
            if self.noted.resolve(link, Mark(body.file, body.line + line, column)) != target:
                return None
        return Prose(markup, text, anchored, tuple(Part(*one) for one in parts))
