"""Bodies in Markdown → sanitised HTML and plain text, rendered once for pages and feeds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import markdown
import nh3
from lxml import etree, html

from ..i18n import base_of
from ..letters import parted
from ..model.names import slug
from ..model.settings import SITE
from ..model.values import BYTE_ORDER_MARK, CONTROLS
from ..problems import N_, Mark, Mend, Problems
from .forge import FORGE
from .parts import HEADINGS, Part, parts
from .passive import Ground, faults_of, host_of, is_markup, report
from .plain import ENGLISH_SIGNS, FRENCH_SIGNS, plain_text
from .signs import is_on_own_disk, tell_signs
from .taken import taken
from .typography import typeset_html

LinkResolver = Callable[[str, Mark], "str | None"]
"""A link or source as written, and its place → its address, `SITE` first if in the site."""

FILE_READERS = frozenset(
    {"pymdownx.snippets", "pymdownx.b64", "pymdownx.pathconverter", "mdx_include.mdx_include"}
)
"""Extensions that read other files: not for a body that anyone may propose."""

ELSEWHERE = frozenset({"pymdownx.emoji", "toc", "meta", "markdown.extensions.toc"})
"""Extensions whose output asks other hosts, or is the engine's business."""

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "aside",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
_ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "class", "id"},
    "abbr": {"title"},
    "div": {"class", "id"},
    "details": {"class", "open"},
    "code": {"class"},
    "img": {"src", "alt", "title", "width", "height"},
    "li": {"class", "id"},
    "ol": {"start"},
    "p": {"class", "lang"},
    "pre": {"class"},
    "span": {"class"},
    "sup": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_CLASS = re.compile(
    r"highlight|language-\w+|admonition(?:-title)?|footnote(?:-ref|-backref)?|abstract|info|note|"
    r"tip|success|question|warning|failure|danger|bug|example|quote|task-list-item|[a-z][a-z0-9]?"
)
_NOTE_MARK = re.compile(r" ?\[\d{1,3}\]")
_BREAKS = re.compile(r"[\x85\u2028\u2029]")
"""Line breaks of Unicode: white space in a page, but the end of a line to some readers of feeds."""
_BOX = re.compile(r'<input\b[^<>]{0,80}\btype="checkbox"[^<>]{0,80}>')
_ID_PREFIX = "texte-"


Anchors = Literal["headings", "passages", ""]
"""What of a text has an id in its page: its headings; its paragraphs too; nothing."""


def passage_id(number: int) -> str:
    """The id of a passage of what was said, counted from 1."""
    return f"passage-{number}"


@dataclass(frozen=True)
class Prose:
    """A written body, rendered.

    Attributes:
        markup: sanitised HTML whose links into the site begin with `SITE`.
        text: the same as plain text, paragraphs apart.
        anchored: the same HTML with ids, for the page that it is the body of.
        parts: its headings and paragraphs, with those ids.
    """

    markup: str
    text: str
    anchored: str = ""
    parts: tuple[Part, ...] = ()

    def html(self, base: str) -> str:
        """The HTML with links into the site beginning with *base*, which ends with a slash."""
        return self.markup.replace(SITE, base)

    def page_html(self, base: str) -> str:
        """The same, with ids."""
        return self.anchored.replace(SITE, base)

    def plain(self, base: str) -> str:
        """The text with links into the site beginning with *base*."""
        return self.text.replace(SITE, base)

    @property
    def summary(self) -> str:
        """The first paragraph, cut at about 200 characters between words."""
        first = self.text.replace(SITE, "").strip().split("\n\n")[0]
        first = _NOTE_MARK.sub("", re.sub(r"[ \n]+", " ", first))
        if len(first) <= 200:
            return first
        return first[:200].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


EMPTY = Prose("", "")


BRACKETS_LIMIT = 6000
"""Angle brackets, and breaks after a backslash, in one block; a square bracket takes three times as
long, that of a picture six."""

HEADINGS_LIMIT = 500

CELLS_LIMIT = 10_000
"""Bars in one text, which part the cells of its tables."""

NOTES_LIMIT = 4_000
"""Marks of footnotes, and footnotes: each is looked for in the whole text."""

LENGTH_LIMIT = 300_000
"""Characters of one text: what is said in five hours."""

_DEEP = re.compile(r"^[ \t>]{200}", re.MULTILINE)
"""Markdown calls itself at each level of a list or a quotation."""

_BLOCK = re.compile(r"(\n[ \t]*\n+)")
_HEADING_LINE = re.compile(r"^[ \t>*+.)0-9-]*+#|^[ \t>]*+(?:=++|-++)[ \t]*+$", re.MULTILINE)
"""What may make a heading, in items and quotations too."""

_FORMATTING = re.compile(
    r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
MOST_OPEN = 100
"""Formatting elements within one another."""

_PARTS = re.compile(r"[\s/=\"']+")
MOST_IN_TAG = 10_000
"""Attributes of one tag, counted by what may part them; a picture of 300 kB has half as many."""


def is_shallow(raw: str) -> bool:
    """Whether HTML can be read in a reasonable time.

    A parser opens all formatting elements that were left open again in each paragraph (WHATWG
    HTML, 13.2.4.3): thousands of both make millions of elements. It also compares each attribute
    with all others of its tag.
    """
    tags = (part.partition(">")[0] for part in raw.split("<"))
    if any(len(one) > MOST_IN_TAG and len(_PARTS.findall(one)) > MOST_IN_TAG for one in tags):
        return False
    depth = 0
    for found in _FORMATTING.finditer(raw):
        depth = max(depth - 1, 0) if found[1] else depth + 1
        if depth > MOST_OPEN:
            return False
    return True


_UNCLOSED = re.compile(r"<[a-zA-Z/!?][^<>]*+(?=<|\Z)")
UNCLOSED_LIMIT = 1_000
"""Tags that do not end, each of which is looked for to the end of the text."""

DENSE_LIMIT = 4_000_000_000
"""Signs of a block times its characters: Markdown writes a block again for each of its signs."""


def _is_dense(block: str) -> bool:
    """Whether a block holds more signs than can be read in a reasonable time."""
    if len(block) < 20_000:
        return False
    return len(block) * sum(block.count(sign) for sign in "\\`*_&~^=+!") > DENSE_LIMIT


BRACES_LIMIT = 300_000_000
"""Braces and wide spaces of a line times its characters: lists of attributes are sought in it."""


def _is_braced(line: str) -> bool:
    """Whether a heading or cell would be searched for attributes from too many places."""
    if len(line) < 5_000:
        return False
    return len(line) * (line.count("{") + line.count("  ")) > BRACES_LIMIT


class Renderer:
    """Markdown with a site's extensions, made safe.

    Args:
        extensions: as the configuration lists them; those that read files are left out.
        resolve: finds the address of a relative link and reports dead ones.
        language: of the bodies, as a tag; French ones get their typography.
        host: of the site; pictures of others are left out. None where nobody knows.
    """

    def __init__(
        self,
        extensions: Sequence[str],
        configs: Mapping[str, Mapping[str, object]],
        resolve: LinkResolver,
        problems: Problems,
        language: str = "",
        host: str | None = None,
    ) -> None:
        self._host = host
        self._french = base_of(language) == "fr"
        self._signs = FRENCH_SIGNS if self._french else ENGLISH_SIGNS
        kept = [name for name in extensions if name not in FILE_READERS | ELSEWHERE]
        kept += [FORGE] * (FORGE not in kept)
        kept_configs = {n: dict(c) for n, c in configs.items() if n in kept}
        kept_configs[FORGE] = {"language": language}
        self._markdown = markdown.Markdown(extensions=kept, extension_configs=kept_configs)
        # In an authored page the ids of headings are the engine's; its marks are no words.
        contents = {**configs.get("toc", {}), "permalink": False, "anchorlink": False, "marker": ""}
        self._outliner = markdown.Markdown(
            extensions=[*kept, "toc"], extension_configs={**kept_configs, "toc": contents}
        )
        self._cleaner = nh3.Cleaner(
            tags=set(_TAGS),
            clean_content_tags={"script", "style", "template", "noscript", "iframe", "object"},
            attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
            attribute_filter=_filter,
            url_schemes=_SCHEMES,
            link_rel="noopener",
            strip_comments=True,
        )
        self._resolve = resolve
        self._problems = problems

    def is_feasible(self, source: str, file: str, line: int) -> bool:
        """Whether a text can be rendered in a reasonable time; a problem where it cannot.

        The time that Markdown takes grows with the square of the brackets in one block, and of the
        headings in one text: without a bound, one hostile file would stop every build.
        """
        if len(source) > LENGTH_LIMIT:
            mark = Mark(file, line)
            self._problems.add("too-long-text", mark, length=len(source), limit=LENGTH_LIMIT)
            return False
        deep = _DEEP.search(source)
        many = source.count("|") > CELLS_LIMIT or source.count("[^") > NOTES_LIMIT
        if deep is not None or many or any(map(_is_braced, source.split("\n"))):
            self._too_complex(source, deep.start() if deep else 0, file, line)
            return False
        start = 0
        for block in _BLOCK.split(source):
            square = block.count("[") + block.count("![")
            signs = 3 * square + block.count("<") + block.count("\\\n")
            if signs > BRACKETS_LIMIT or _is_dense(block):
                self._too_complex(source, start, file, line)
                return False
            start += len(block)
        headings, unclosed = _HEADING_LINE.findall(source), _UNCLOSED.findall(source)
        if len(headings) > HEADINGS_LIMIT or len(unclosed) > UNCLOSED_LIMIT:
            self._too_complex(source, 0, file, line)
            return False
        return True

    def _too_complex(self, source: str, at: int, file: str, line: int) -> None:
        self._problems.add("too-complex", Mark(file, line + source.count("\n", 0, at)))

    def convert(self, source: str) -> str:
        """The HTML as Markdown makes it, not sanitised: to look at, not to publish."""
        self._markdown.reset()
        return str(self._markdown.convert(source))

    def outline(self, source: str) -> tuple[Part, ...]:
        """The headings and paragraphs of an authored page, with the ids that the engine gives."""
        self._outliner.reset()
        raw = self._outliner.convert(source)
        if not raw.strip():
            return ()
        return tuple(parts(html.fragment_fromstring(f"<div>{raw}</div>", create_parent="div")))

    def render(
        self, source: str, file: str, line: int, part: str = "", anchors: Anchors = ""
    ) -> Prose:
        """Render *source*, which begins on *line* of *file*.

        Args:
            part: sets its anchors apart from those of the other texts of a page.
            anchors: what has an id in a page.
        """
        if not source.strip() or not self.is_feasible(source, file, line):
            return EMPTY
        raw = _BOX.sub(_box, self.convert(source))
        if not is_shallow(raw):
            self._too_complex(source, 0, file, line)
            return EMPTY
        sanitised = self._cleaner.clean(raw)
        faults = faults_of(raw)
        faults += tuple(taken(raw, sanitised, source, faults))
        tell_signs(source, file, line, self._problems)
        faults = tuple(one for one in faults if not is_on_own_disk(one.what))  # told already
        report(faults, source, file, line, self._problems, "warning")
        # A reference such as &#7; has become the character itself by now.
        clean = _BREAKS.sub("\n", CONTROLS.sub("", sanitised))
        clean = parted(clean.replace(BYTE_ORDER_MARK, ""))
        if self._french:
            clean = typeset_html(clean)
        tree = html.fragment_fromstring(clean, create_parent="div")
        self._shift_headings(tree)
        prefix = f"{_ID_PREFIX}{part}-" if part else _ID_PREFIX
        self._links(tree, source, file, line, prefix)
        markup, text = _markup(tree), plain_text(tree, self._signs)
        anchored = _markup(tree) if _anchor(tree, anchors, prefix) else markup
        return Prose(markup, text, anchored, tuple(parts(tree)))

    def _shift_headings(self, tree: html.HtmlElement) -> None:
        """Headings keep their order below the page's h1, without a skipped level."""
        found = list(tree.iter(*HEADINGS))
        depths: list[int] = []
        for heading in found:
            level = int(heading.tag[1])
            while depths and depths[-1] >= level:
                depths.pop()
            depths.append(level)
            heading.tag = f"h{min(len(depths) + 1, 6)}"

    def _links(
        self, tree: html.HtmlElement, source: str, file: str, line: int, prefix: str
    ) -> None:
        places = Places(source, file, line)
        for element in list(tree.iter("a", "img", "li", "sup", "div")):
            identity = element.get("id")
            if identity:
                element.set("id", prefix + identity)
            name = "src" if element.tag == "img" else "href"
            link = element.get(name)
            if link is None:
                continue
            if link.startswith("#"):
                element.set(name, f"#{prefix}{link[1:]}")
                continue
            mark = places.find(link)
            if element.tag == "img" and self._is_elsewhere(link):
                self._problems.add("foreign-media", mark, severity="warning", value=link)
                _leave_words(element)
                continue
            if element.tag == "img":
                element.set("loading", "lazy")
                if not (element.get("alt") or "").strip():
                    self._problems.add("image-alt", mark, mend=Mend(ALT, {"better": link}))
            target = self._resolve(link, mark)
            if target is None:
                del element.attrib[name]
            else:
                element.set(name, target)

    def _is_elsewhere(self, link: str) -> bool:
        """Whether a picture would be asked of another host: of pages by readers, of news by all."""
        host = host_of(link)
        return self._host is not None and host is not None and host != self._host


def _leave_words(picture: html.HtmlElement) -> None:
    """What a picture shows stands in its place."""
    picture.text = picture.get("alt")
    picture.drop_tag()


def _box(found: re.Match[str]) -> str:
    """A box of a task list, as a character: no form stands in a body."""
    return "☑" if re.search(r"\bchecked\b", found[0]) else "☐"


def _markup(tree: html.HtmlElement) -> str:
    # One line: nothing in a closed block on a single line is Markdown to the engine.
    markup = "".join(
        [(tree.text and html_escape(tree.text)) or ""]
        + [etree.tostring(child, encoding="unicode", method="html") for child in tree]
    )
    return markup.strip().replace("\n", "&#10;")


def _anchor(tree: html.HtmlElement, anchors: Anchors, prefix: str) -> bool:
    """Give ids to headings, by their words, or to all parts, by number; whether any has one."""
    known = {str(one) for one in tree.xpath(".//@id")}
    if anchors == "headings":
        found = list(tree.iter(*HEADINGS))
        names = [prefix + slug(one.text_content()) for one in found]
    elif anchors == "passages":
        found = list(tree.iter("p", *HEADINGS))
        names = [passage_id(n) for n in range(1, len(found) + 1)]
    else:
        return False
    for element, name in zip(found, names, strict=True):
        free, n = name, 1
        while free in known:
            n += 1
            free = f"{name}-{n}"
        known.add(free)
        element.set("id", free)
    return bool(found)


def html_escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _filter(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [word for word in value.split() if _CLASS.fullmatch(word)]
        return " ".join(kept) or None
    if name == "id" and not re.fullmatch(r"[\w:.-]{1,80}", value):
        return None
    if name == "title" and is_markup(value):
        return None  # the theme shows it as HTML
    return value


ALT = N_("write what it shows between the brackets: « ![…]({better}) »")


MOST_TRIED = 200
"""How often a link is looked for: in a text of nothing but others that begin alike, it is not."""

_OPENS = ("(", "<", '"', "'", "=", "]: ")
_CLOSES = " \t\n)>\"'"  # and the end of a text


class Places:
    """Where the texts of a body stand, which begins on *line* of *file*: asked in their order."""

    def __init__(self, source: str, file: str, line: int) -> None:
        self._source, self._file, self._line = source, file, line
        self._breaks = [found.start() for found in re.finditer("\n", source)]
        self._at = 0

    def find(self, link: str) -> Mark:
        """The place of *link*, the next one after that of the last; the beginning if nowhere.

        It stands whole where it leads somewhere: another link may begin as it does, and a word too.
        """
        at = self._whole(link, self._at)
        at = self._whole(link, 0) if at < 0 else at
        at = self._source.find(link, self._at) if at < 0 else at
        at = self._source.find(link) if at < 0 else at
        if at < 0:
            return Mark(self._file, self._line)
        self._at = at + len(link)
        return self.mark(at)

    def _whole(self, link: str, begin: int) -> int:
        """Where *link* stands next as that of a link, a picture or a reference; -1 for nowhere."""
        source, at = self._source, self._source.find(link, begin)
        for _ in range(MOST_TRIED):
            end = at + len(link)
            before, after = source[max(0, at - 3) : at], source[end : end + 1]
            if at < 0 or (before.endswith(_OPENS) and after in _CLOSES):
                return at
            at = source.find(link, at + 1)
        return -1

    def mark(self, at: int) -> Mark:
        """The place of a character."""
        above = bisect_left(self._breaks, at)
        return Mark(self._file, self._line + above, at - (self._breaks[above - 1] if above else -1))


def inspect(
    raw: str, source: str, file: str, line: int, problems: Problems, ground: Ground | None = None
) -> None:
    """Report what is not passive in the HTML that Markdown made of an authored page."""
    if not is_shallow(raw):
        problems.add("too-complex", Mark(file, line))
        return
    report(faults_of(raw, ground), source, file, line, problems)
