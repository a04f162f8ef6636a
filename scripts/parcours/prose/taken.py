"""What the allow-list of bodies takes out of a text that its author wrote there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .passive import SVG_TAGS, Fault

_LINKS = frozenset({"href", "src", "cite"})
_OURS = frozenset({"markdown"})
"""Attributes that tell Markdown what to do, and are gone once it has."""
_MOST = 200
"""How many things are looked for in one text: each takes a pass over it."""

_PARTS = (SVG_TAGS - {"svg"}) | {"source", "track", "rt", "rp", "col"}
"""Elements that are nothing without the one around them."""


@dataclass(frozen=True, order=True)
class _Part:
    """An element, or with a name one of its attributes; each word of a class is one."""

    tag: str
    name: str = ""
    value: str = ""


def taken(raw: str, clean: str, source: str, told: Collection[Fault]) -> Iterator[Fault]:
    """What stands in *raw*, was written in *source*, and is not in *clean*: each sort once.

    Args:
        raw: HTML as Markdown made it.
        clean: what is left of it.
        source: the Markdown.
        told: what is refused in it for other reasons, with all that it holds.
    """
    known = {fault.what for fault in told}
    lost = Counter(_parts(raw, known)) - Counter(_parts(clean, ()))
    tags = {part.tag for part in lost if not part.name}
    seen = set(known)
    for part in islice(sorted(lost), _MOST):
        if (part.name and part.tag in tags) or (part.tag in _PARTS and tags - _PARTS):
            continue  # it went with its element
        fault = _fault(part)
        if fault.what not in seen and _is_written(fault, source):
            seen.add(fault.what)
            yield fault


def _parts(markup: str, known: Collection[str]) -> Iterator[_Part]:
    body = LexborHTMLParser(markup).body
    waiting = _elements(body)
    while waiting:
        node = waiting.pop()
        tag = node.tag or ""
        if f"<{tag}>" in known:
            continue
        yield _Part(tag)
        for name, value in node.attributes.items():
            if name == "class":
                yield from (_Part(tag, name, word) for word in (value or "").split())
            elif name not in _OURS:
                yield _Part(tag, name, value or "")
        waiting += _elements(node)


def _elements(node: LexborNode | None) -> list[LexborNode]:
    found = []
    child = node.first_child if node is not None else None
    while child is not None:
        if child.is_element_node:
            found.append(child)
        child = child.next
    return found


def _fault(part: _Part) -> Fault:
    if not part.name:
        wanted = rf"<{re.escape(part.tag)}(?![\w-])"
        return Fault("left-out", f"<{part.tag}>", (wanted,), "warning")
    value = re.escape(part.value)
    if part.name in _LINKS and part.value:
        return Fault("unsafe-link", part.value, (value,), "warning")
    written = rf"(?<![\w-]){re.escape(part.name)}\s{{0,9}}="
    if part.name in {"class", "id"}:
        sign = r"\." if part.name == "class" else "#"
        return Fault(
            "left-out",
            f"« {part.name} »",
            (rf"{written}[^<>\n]{{0,200}}{value}", rf"\{{[^{{}}\n]{{0,200}}{sign}{value}(?![\w-])"),
            "warning",
        )
    return Fault(
        "left-out",
        f"« {part.name} »",
        (written, rf"<[a-z][^<>\n]{{0,200}}\s{part.name}(?![\w-])"),
        "warning",
    )


def _is_written(fault: Fault, source: str) -> bool:
    return any(re.search(one, source, re.IGNORECASE) for one in fault.wanted)
