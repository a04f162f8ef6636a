"""Sanitised HTML → plain text that reads well in a calendar."""

from __future__ import annotations

import re

from lxml import html

_BLOCKS = frozenset(
    [
        "blockquote",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "summary",
        "table",
        "tr",
        "ul",
    ]
)
_TIGHT = frozenset({"li", "tr", "dt", "dd"})


def plain_text(tree: html.HtmlElement) -> str:
    """The text of a tree: paragraphs apart, list items with a dash, links with their address."""
    lines: list[str] = []
    _write(tree, lines)
    text = "\n".join(line.rstrip() for line in "".join(lines).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _write(element: html.HtmlElement, out: list[str], pre: bool = False) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if "footnote-backref" in element.get("class", ""):
        return
    inner = tag in _TIGHT or any(True for _ in element.iterancestors("li"))
    if tag in _BLOCKS:
        _break(out, 1 if inner else 2)
    if tag == "li":
        out.append(_bullet(element))
    pre = pre or tag == "pre"
    if tag:
        out.append(_squeeze(element.text, out, pre))
    if tag == "br":
        out.append("\n")
    elif tag == "img" and element.get("alt"):
        out.append(f"[{element.get('alt')}]")
    for child in element:
        _write(child, out, pre)
        out.append(_squeeze(child.tail, out, pre))
    if tag == "a":
        _address(element, out)
    elif tag in {"td", "th"}:
        out.append(" ; ")
    if tag in _BLOCKS:
        _break(out, 1 if inner else 2)


def _address(element: html.HtmlElement, out: list[str]) -> None:
    href = element.get("href", "")
    if href and not href.startswith("#") and href != (element.text_content() or "").strip():
        out.append(f" ({href.removeprefix('mailto:')})")


def _bullet(element: html.HtmlElement) -> str:
    parent = element.getparent()
    depth = sum(1 for above in element.iterancestors("ul", "ol")) - 1
    indent = "  " * max(depth, 0)
    if parent is not None and parent.tag == "ol":
        first = int(parent.get("start") or 1)
        return f"{indent}{first + parent.index(element)}. "
    return f"{indent}- "


def _squeeze(text: str | None, out: list[str], pre: bool) -> str:
    if not text:
        return ""
    if pre:
        return text
    text = re.sub(r"[ \t\r\n]+", " ", text)
    return text.lstrip(" ") if _at_line_start(out) else text


def _at_line_start(out: list[str]) -> bool:
    for part in reversed(out):
        if part:
            return part.endswith(("\n", "- ", ". "))
    return True


def _break(out: list[str], lines: int) -> None:
    """End the line, and leave one empty before a paragraph; never at the start of an item."""
    if not any(out) or _at_item_start(out):
        return
    tail = "".join(out[-6:])
    have = len(tail) - len(tail.rstrip("\n"))
    out.append("\n" * max(0, lines - have))


def _at_item_start(out: list[str]) -> bool:
    for part in reversed(out):
        if part:
            return bool(re.fullmatch(r" *(?:- |\d+\. )", part))
    return False
