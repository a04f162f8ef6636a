"""Markdown as people write it on a forge: an extension of Python-Markdown.

What the preview of GitHub or GitLab shows of a text (CommonMark, and GFM where it adds to it) is
what bodies and authored pages show; the extensions of the site go on beside it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from html import unescape

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor, HashHeaderProcessor
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.inlinepatterns import (
    HTML_RE,
    REFERENCE_RE,
    HtmlInlineProcessor,
    InlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, INLINE_PLACEHOLDER_RE, STX, AtomicString, code_escape

from ..i18n import is_served, translator
from ..problems import N_
from .blocks import Marks, Reader, Writer, has_blocks

FORGE = __name__
"""What the configuration of the engine calls this."""

ESCAPED = "\"$%',/:;<=?@^|~"
"""What a backslash takes the meaning from (CommonMark, 2.4), beside what Python-Markdown knows."""

_ADDRESS = re.compile(
    rf"(?<![\w/])(?:https?://|www\.(?=[\w-]))(?:[^\s<>«»“”{STX}{ETX}]|{STX}[0-9]+{ETX})+",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?://|(?=www\.))((?:[\w-]+\.)*[\w-]+)(?=[/?#:]|$)", re.IGNORECASE)
_TRAILING = "?!.,:*_~'\"’…"
_ENTITY = re.compile(r"&[a-z0-9]+;$", re.IGNORECASE)
_TAG = rf"(?=</?[a-zA-Z][a-zA-Z0-9-]*+[\s/>]|<[!?]){HTML_RE}"
"""A tag by the rule of CommonMark (6.6) for names: « <prénom> » is text."""
_STASHED = re.compile(rf"{STX}wzxhzdk:([0-9]+){ETX}")
_ESCAPED = re.compile(f"{STX}([0-9]{{1,6}}){ETX}")
_ANCHOR = re.compile(r"<(/?)a(?=[\s>])", re.IGNORECASE)


_TITLES = (N_("Note"), N_("Tip"), N_("Important"), N_("Warning"), N_("Caution"))
_SORTS = ("note", "tip", "info", "warning", "danger")
"""What the theme calls the sorts of alerts: it has others, with other colours."""
_UNTITLED = {
    one.lower(): one
    for one in (
        *_TITLES,
        *(N_("Abstract"), N_("Info"), N_("Success"), N_("Question"), N_("Failure"), N_("Danger")),
        *(N_("Bug"), N_("Example"), N_("Quote"), N_("Attention"), N_("Hint"), N_("Error")),
        *(
            N_("Summary"),
            N_("Todo"),
            N_("Done"),
            N_("Check"),
            N_("Help"),
            N_("Missing"),
            N_("Fail"),
        ),
        *(N_("Cite"), N_("Tldr"), N_("Faq")),
    )
}
"""The sorts of boxes of the theme, and the titles that `!!! sort` gives them when it has none."""


class ForgeExtension(Extension):
    """Blocks, alerts, addresses, labels, what is struck out, boxes of tasks and escapes."""

    def __init__(self, **options: object) -> None:
        self.config = {"language": ["en", "the language of the site, as a tag"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # as Python-Markdown calls it
        if "fenced_code_block" not in md.preprocessors:
            FencedCodeExtension().extendMarkdown(md)
        inline = md.inlinePatterns
        known = {type(one).__module__ for one in md.registeredExtensions}
        for name, config in _ADDED.items():
            if name not in known:
                md.registerExtensions([name], {name: config})
        md.ESCAPED_CHARS += [one for one in ESCAPED if one not in md.ESCAPED_CHARS]
        inline.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "forge-break", 101)
        if type(inline["html"]) is HtmlInlineProcessor:
            inline.register(HtmlInlineProcessor(_TAG, md), "html", 90)
        if type(inline["reference"]) is ReferenceInlineProcessor:
            inline.register(_Reference(REFERENCE_RE, md), "reference", 170)
        if type(inline["short_reference"]) is ShortReferenceInlineProcessor:
            inline.register(_ShortReference(REFERENCE_RE, md), "short_reference", 130)
        if "magic-link" not in inline:
            inline.register(_BareAddress(_ADDRESS.pattern, md), "forge-address", 85)
            md.treeprocessors.register(_OneLink(md), "forge-address", 19)
        md.treeprocessors.register(_Titles(md, self.getConfig("language")), "forge-titles", 25)
        marks = Marks(f"{STX}forge-", ETX)
        md.preprocessors.register(_Blocks(md, marks), "forge", 29)
        processors = md.parser.blockprocessors
        processors.register(_Marked(md, marks, self.getConfig("language")), "forge", 200)
        if type(processors["hashheader"]) is HashHeaderProcessor:
            processors.register(_Heading(md.parser), "hashheader", 70)
        if type(processors["quote"]) is BlockQuoteProcessor:
            processors.register(_Quote(md.parser), "quote", 20)


_ADDED: dict[str, dict[str, object]] = {
    "pymdownx.betterem": {},
    "pymdownx.tilde": {"subscript": False},
    # Its words are English, and the arrow says the same.
    "markdown.extensions.footnotes": {"BACKLINK_TITLE": ""},
}
"""Emphasis as CommonMark reads it and the footnotes of forges, unless the site has set them."""


class _Blocks(Preprocessor):
    """Writes the blocks of a text for those that follow."""

    def __init__(self, md: Markdown, marks: Marks) -> None:
        super().__init__(md)
        self._marks = marks
        self._reader: Reader | None = None

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if not has_blocks(text):
            return lines
        known = self.md.parser.blockprocessors
        if self._reader is None:  # now that every extension has registered its own
            self._reader = Reader(known.__contains__)
        self._marks.clear()
        writer = Writer(
            self._marks,
            self._fence,
            tasks="task-list" not in self.md.treeprocessors,
            parsed="markdown_block" in known,
        )
        return writer.write(self._reader.read(text))

    def _fence(self, fence: str, info: str, text: str) -> str:
        """What the extension of the site makes of fenced code, wherever it stands.

        An info string that it does not know is cut to the language, which ends with a space.
        """
        code = text.split("\n")[:-1]
        for said in dict.fromkeys((info, info.partition(" ")[0], "")):
            made = self.md.preprocessors["fenced_code_block"].run([f"{fence}{said}", *code, fence])
            left = [line for line in made if line]
            if len(left) == 1:
                return left[0]
        return self._marks.code(text)


class _Marked(BlockProcessor):
    """Makes the elements of blocks that are marked.

    Args:
        language: of the site, as a tag.
    """

    def __init__(self, md: Markdown, marks: Marks, language: str) -> None:
        super().__init__(md.parser)
        self._stash = md.htmlStash
        self._marks = marks
        self._language = language

    def test(self, parent: etree.Element, block: str) -> bool:
        return block.startswith(self._marks.start)

    def run(self, parent: etree.Element, blocks: list[str]) -> bool | None:
        block = blocks.pop(0)
        found = self._marks.pattern.match(block)
        if found is None:
            return False
        kind, value, text = found[1], int(found[2]), block[found.end() :]
        if kind == "list":
            self._list(parent, *self._marks.lists[value], text)
        elif kind == "alert":
            self._alert(parent, value, text)
        elif kind == "tight":
            # What highlights code drops the text right behind it.
            after_code = len(parent) and parent[-1].tag == "pre"
            self._within(parent, [text], "item" if after_code else "list")
        elif kind == "heading":
            etree.SubElement(parent, f"h{value}").text = text.strip()
        elif kind == "rule":
            etree.SubElement(parent, "hr")
        elif kind == "code":
            code = etree.SubElement(etree.SubElement(parent, "pre"), "code")
            code.text = AtomicString(code_escape(self._marks.codes[value].rstrip("\n")) + "\n")
        elif kind == "raw":
            _append(parent, self._stash.store(self._marks.raws[value]))
        return None

    def _list(self, parent: etree.Element, tag: str, first: int, text: str) -> None:
        made = etree.SubElement(parent, tag)
        if first != 1:
            made.set("start", str(first))
        items: list[tuple[str, list[str]]] = []
        for line in text.split("\n")[1:]:
            found = self._marks.pattern.match(line)
            if found is None:
                items[-1][1].append(line[4:])
            else:
                items.append((found[2], []))
        for task, lines in items:
            item = etree.SubElement(made, "li")
            if int(task):
                item.set("class", "task-list-item")
            self._within(item, self._parted(lines), "item")

    def _alert(self, parent: etree.Element, sort: int, text: str) -> None:
        made = etree.SubElement(parent, "div", {"class": f"admonition {_SORTS[sort]}"})
        title = etree.SubElement(made, "p", {"class": "admonition-title"})
        _entitle(title, _TITLES[sort], self._language)
        lines = [line[4:] for line in text.split("\n")[1:]]
        self._within(made, self._parted(lines), "alert")

    def _parted(self, lines: list[str]) -> list[str]:
        """The blocks of what is within another."""
        return "\n".join(lines).split(f"\n{self._marks.mark('next')}\n")

    def _within(self, parent: etree.Element, blocks: list[str], state: str) -> None:
        self.parser.state.set(state)
        self.parser.parseBlocks(parent, blocks)
        self.parser.state.reset()


def _append(parent: etree.Element, text: str) -> None:
    """Add a text behind all that an element holds."""
    last = parent[-1] if len(parent) else None
    if last is None:
        parent.text = f"{parent.text or ''}\n{text}\n"
    else:
        last.tail = f"{last.tail or ''}\n{text}\n"


class _Heading(HashHeaderProcessor):
    """« # Title » is a heading, « #word » is none (CommonMark, 4.2)."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?P<header> [^\n]*?|)#*(?:\n|$)")


class _Quote(BlockQuoteProcessor):
    """A quotation is not joined to the one above it (CommonMark, 5.1)."""

    def lastChild(self, parent: etree.Element) -> None:  # as Python-Markdown calls it
        return None


class _Written:
    """Labels of links, which may hold code and escapes (CommonMark, 6.3), as they are written."""

    md: Markdown

    def label(self, text: str) -> str:
        inline = self.md.treeprocessors["inline"]
        stashed = inline.stashed_nodes if isinstance(inline, InlineTreeprocessor) else {}

        def written(found: re.Match[str]) -> str:
            node = stashed.get(found[1])
            said = unescape(node.text or "") if isinstance(node, etree.Element) else ""
            return f"`{said}`" if said else found[0]

        text = _ESCAPED.sub(lambda found: f"\\{chr(int(found[1]))}", text)
        return INLINE_PLACEHOLDER_RE.sub(written, text).lower()


class _Reference(_Written, ReferenceInlineProcessor):
    """« [words][label] » and « [label][] »."""

    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:
        label, end, handled = super().evalId(data, index, text)
        return (None if label is None else self.label(label)), end, handled


class _ShortReference(_Written, ShortReferenceInlineProcessor):
    """« [label] »."""

    def evalId(self, data: str, index: int, text: str) -> tuple[str, int, bool]:
        return self.label(text), index, True


class _BareAddress(InlineProcessor):
    """Addresses of the web that stand in a text are links (GFM, 6.9); those of people are not."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.compiled_re = _ADDRESS

    def handleMatch(  # type: ignore[override] # as Python-Markdown calls it
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        text = _without_trailing(m[0])
        host = _HOST.match(text)
        if host is None or any("_" in part for part in host[1].split(".")[-2:]):
            return None, None, None
        link = etree.Element("a")
        address = text if "://" in text else f"http://{text}"
        link.set("href", unescape(address))
        link.set(_MADE, "")
        link.text = AtomicString(text)
        return link, m.start(), m.start() + len(text)


_MADE = "data-forge-address"


def _without_trailing(text: str) -> str:
    """An address without what ends the sentence around it (GFM, 6.9)."""
    closing = text.count(")") - text.count("(")
    end = len(text)
    while end:
        last = text[end - 1]
        if last == ")" and closing > 0:
            closing -= 1
            end -= 1
        elif last == ";":
            entity = _ENTITY.search(text, max(0, end - 40), end)
            end = entity.start() if entity else end - 1
        elif last in _TRAILING:
            end -= 1
        else:
            break
    return text[:end]


class _Titles(Treeprocessor):
    """A box without a title has one in the language of the site, not the English of its sort."""

    def __init__(self, md: Markdown, language: str) -> None:
        super().__init__(md)
        self._language = language

    def run(self, root: etree.Element) -> None:
        for box in root.iter():
            if box.tag not in {"div", "details"} or not len(box) or box[0].get("lang"):
                continue
            title = box[0]
            if title.tag == "summary" or title.get("class") == "admonition-title":
                sorts = (box.get("class") or "").split()
                given = next((one for one in sorts if one in _UNTITLED), None)
                if given is not None and title.text == _UNTITLED[given] and not len(title):
                    _entitle(title, _UNTITLED[given], self._language)


def _entitle(title: etree.Element, text: str, language: str) -> None:
    """Write one of our titles, marked where the site has another language than ours."""
    tr = translator(language)
    title.text = tr.gettext(text)
    if not is_served(language):
        title.set("lang", tr.language)


class _OneLink(Treeprocessor):
    """Addresses within an anchor that is written as HTML are no links of their own."""

    def run(self, root: etree.Element) -> None:
        stash = self.md.htmlStash.rawHtmlBlocks
        anchors = {
            str(n): not found[1]
            for n, one in enumerate(stash)
            if isinstance(one, str) and (found := _ANCHOR.match(one))
        }
        for parent in root.iter():
            within = False
            text = parent.text
            for child in list(parent):
                within = _is_open(text, anchors, within)
                text = child.tail
                if child.attrib.pop(_MADE, None) is not None and within:
                    _unwrap(parent, child)


def _is_open(text: str | None, anchors: dict[str, bool], before: bool) -> bool:
    """Whether an anchor is open behind a text."""
    if not text or not anchors:
        return before
    found = [anchors[n] for n in _STASHED.findall(text) if n in anchors]
    return found[-1] if found else before


def _unwrap(parent: etree.Element, child: etree.Element) -> None:
    at = list(parent).index(child)
    text = f"{child.text or ''}{child.tail or ''}"
    parent.remove(child)
    if at:
        parent[at - 1].tail = f"{parent[at - 1].tail or ''}{text}"
    else:
        parent.text = f"{parent.text or ''}{text}"


def makeExtension(**options: object) -> ForgeExtension:  # as Python-Markdown calls it
    return ForgeExtension(**options)
