"""Sanitised HTML → plain text that reads well in a calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_STRUCK = frozenset({"del", "s"})

_SUPERSCRIPTS = str.maketrans(
    "0123456789+-\u2212=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_SUBSCRIPTS = str.maketrans(
    "0123456789+-\u2212=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
)
_ORDINAL = re.compile(r"(?:\d|\b[IVXLCDM]+)$")
_ORDINALS = frozenset(
    [
        "e",
        "er",
        "ers",
        "re",
        "res",
        "ère",
        "ères",
        "ème",
        "èmes",
        "d",
        "de",
        "nd",
        "nde",
        "nds",
        "ndes",
        "st",
        "rd",
        "th",
    ]
)
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_TITLE = re.compile(r"\b[MDPS]$")
_TITLES = frozenset(["me", "mes", "lle", "lles", "r", "rs", "t", "te", "gr"])

_ENDS = (".", "!", "?", ":", "…")
_LOOKED_BACK = 20
"""Characters by which what is written tells what a superscript is."""


@dataclass(frozen=True)
class Signs:
    """Quotation marks and the colon, with the spaces of a language."""

    opening: str
    closing: str
    colon: str


ENGLISH_SIGNS = Signs("“", "”", ":")
FRENCH_SIGNS = Signs("«\u00a0", "\u00a0»", "\u00a0:")


def plain_text(tree: html.HtmlElement, signs: Signs = ENGLISH_SIGNS) -> str:
    """The text of a tree, which keeps its meaning without its marks.

    Paragraphs stand apart, list items have a dash, links their address, footnotes a number and
    their place at the end, titles of admonitions a colon; a power is one, and what is struck out
    does not hold and is left out.
    """
    writer = _Writer(signs)
    writer.write(tree)
    for notes in tree.iter("div"):
        if _is(notes, "footnote"):
            writer.notes(notes)
    text = "\n".join(line.rstrip() for line in "".join(writer.out).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _is(element: html.HtmlElement, word: str) -> bool:
    return word in (element.get("class") or "").split()


class _Writer:
    """One walk over a tree."""

    def __init__(self, signs: Signs) -> None:
        self.out: list[str] = []  # no part of it is empty
        self._breaks = 0  # at the end of what is written
        self._begins_item = False  # only the sign of an item stands on its line
        self._signs = signs
        self._explained: set[str] = set()
        self._numbers: dict[html.HtmlElement, int] = {}

    def _add(self, text: str, *, item: bool = False) -> None:
        if not text:
            return
        breaks = len(text) - len(text.rstrip("\n"))
        self._breaks = breaks + (self._breaks if breaks == len(text) else 0)
        self._begins_item = item
        self.out.append(text)

    def _break(self, lines: int) -> None:
        """End the line, and leave one empty before a paragraph; never at the start of an item."""
        if self.out and not self._begins_item:
            self._add("\n" * max(0, lines - self._breaks))

    def write(self, element: html.HtmlElement, pre: bool = False, nth: int = 0) -> None:
        """Write an element, without what follows it.

        Args:
            nth: which child of its parent it is, from 0.
        """
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _STRUCK or _is(element, "footnote-backref") or _is(element, "footnote"):
            return
        inner = tag in _TIGHT or any(True for _ in element.iterancestors("li"))
        if tag in _BLOCKS:
            self._break(1 if inner else 2)
        if tag == "li":
            self._add(self._bullet(element), item=True)
        self._around(element, tag, before=True)
        if tag in {"sup", "sub"}:
            self._shifted(element, tag, pre)
        else:
            self._inside(element, tag, pre or tag == "pre")
        self._around(element, tag, before=False)
        if tag == "li" and self._begins_item:
            self._add("\n")  # an empty item has a line of its own
        if tag in _BLOCKS:
            self._break(1 if inner else 2)

    def notes(self, element: html.HtmlElement) -> None:
        """Write footnotes, each behind the number of its mark."""
        self._break(2)
        for number, note in enumerate(element.iter("li"), 1):
            self._break(1)
            self._add(f"[{number}] ", item=True)
            self._inside(note, "li", pre=False)
        self._break(2)

    def _inside(self, element: html.HtmlElement, tag: str, pre: bool) -> None:
        if tag:
            self._add(_squeeze(element.text, self.out, pre))
        if tag == "br":
            self._add("\n")
        elif tag == "img" and element.get("alt"):
            self._add(f"[{element.get('alt')}]")
        for nth, child in enumerate(element):
            self.write(child, pre, nth)
            self._add(_squeeze(child.tail, self.out, pre))

    def _around(self, element: html.HtmlElement, tag: str, *, before: bool) -> None:
        """What a page shows by other means than text, before and after an element."""
        if tag == "q":
            self._add(self._signs.opening if before else self._signs.closing)
        elif before:
            return
        elif tag == "a":
            self._add(_address(element))
        elif tag == "abbr":
            self._explain(element)
        elif tag in {"td", "th"} and element.getnext() is not None:
            self._add(" ; ")
        elif _is(element, "admonition-title"):
            self._title(element.getnext())

    def _title(self, titled: html.HtmlElement | None) -> None:
        """What joins the title of an admonition, just written, to what it is the title of."""
        if titled is None or not self.out:
            return
        colon = "" if self.out[-1].endswith(_ENDS) else self._signs.colon
        if titled.tag == "p":
            self._add(f"{colon} ", item=True)
        else:
            self._add(colon)

    def _bullet(self, element: html.HtmlElement) -> str:
        parent = element.getparent()
        depth = sum(1 for above in element.iterancestors("ul", "ol")) - 1
        indent = "  " * max(depth, 0)
        if parent is None or parent.tag != "ol":
            return f"{indent}- "
        said = parent.get("start", "")
        first = int(said) if _NUMBER.fullmatch(said) else 1
        number = self._numbers.get(parent, first)
        self._numbers[parent] = number + 1
        return f"{indent}{number}. "

    def _explain(self, element: html.HtmlElement) -> None:
        """What an abbreviation stands for, the first time."""
        word, title = (element.text_content() or "").strip(), (element.get("title") or "").strip()
        if title and title != word and word not in self._explained:
            self._explained.add(word)
            self._add(f" ({title})")

    def _shifted(self, element: html.HtmlElement, tag: str, pre: bool) -> None:
        """What stands above or below the line."""
        text = (element.text_content() or "").strip()
        mark = element.find("a")
        if mark is not None and _is(mark, "footnote-ref"):
            space = "" if self._at(r"(?:^|[\s(])$") else " "
            self._add(f"{space}[{text}]")
        elif not text or element.find(".//img") is not None or mark is not None:
            self._inside(element, tag, pre)
        elif tag == "sup" and self._is_ending(text):
            self._add(text)
        else:
            self._add(_raised(text) if tag == "sup" else _lowered(text))

    def _is_ending(self, text: str) -> bool:
        """Whether a superscript only ends a word: « 1er », « XIXe », « Mme »."""
        word = text.lower()
        return (word in _ORDINALS and self._at(_ORDINAL)) or (word in _TITLES and self._at(_TITLE))

    def _at(self, pattern: str | re.Pattern[str]) -> bool:
        """Whether what is written so far ends like that."""
        end = ""
        for part in reversed(self.out):
            end = part[-_LOOKED_BACK:] + end
            if len(end) >= _LOOKED_BACK:
                break
        return re.search(pattern, end[-_LOOKED_BACK:]) is not None


def _raised(text: str) -> str:
    made = text.translate(_SUPERSCRIPTS)
    return made if _all_changed(text, made) else f"^{_grouped(text)}"


def _lowered(text: str) -> str:
    made = text.translate(_SUBSCRIPTS)
    return made if _all_changed(text, made) else f"_{_grouped(text)}"


def _all_changed(text: str, made: str) -> bool:
    return all(one != other for one, other in zip(text, made, strict=True))


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"


def _address(element: html.HtmlElement) -> str:
    href = element.get("href", "")
    said = (element.text_content() or "").strip()
    if href and not href.startswith("#") and href not in {said, f"http://{said}", f"mailto:{said}"}:
        return f" ({href.removeprefix('mailto:')})"
    return ""


def _squeeze(text: str | None, out: list[str], pre: bool) -> str:
    if not text:
        return ""
    if pre:
        return text
    text = re.sub(r"[ \t\r\n]+", " ", text)
    return text.lstrip(" ") if _has_space(out) else text


def _has_space(out: list[str]) -> bool:
    """Whether another space would be one too many."""
    return not out or out[-1].endswith((" ", "\n"))
