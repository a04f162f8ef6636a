"""What somebody else wrote, as a browser reads it: judged, and written so that nothing can run.

An HTML5 parser (WHATWG HTML, 13.2) reads it with scripting on, as browsers do. What it found is
written again from an allow-list, every value quoted and escaped, without an element whose content
is no markup (`script`, `style`, `noscript`, `title`, `textarea`…): so whoever reads the result,
and wherever it is put, sees the same tags and attributes, whatever tree is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..model.settings import Settings
from ..problems import N_, Mark, Mend, Problems, Severity


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = _words(
    """
    a abbr address article aside audio b bdi bdo big blockquote br caption center cite code col
    colgroup data dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6
    header hgroup hr i img input ins kbd label li main mark menu meter nav ol p picture pre
    progress q rp rt ruby s samp section small source span strike strong sub summary sup table
    tbody td tfoot th thead time tr track tt u ul var video wbr
    """
)
"""Elements of text, as Markdown and its extensions make them. Forms and frames are none."""

SVG_TAGS = _words("svg g path circle ellipse line polygon polyline rect")
"""Shapes of icons. What may hold HTML (`title`, `desc`, `foreignObject`) or move is left out."""

_VOID = _words("br col hr img input source track wbr")

_EVERYWHERE = _words("""
    class id title lang dir role hidden tabindex translate align valign
    data-caption data-description data-gallery data-lang data-linenos data-preview
    data-search-exclude data-tabs data-title
    """)
_ARIA = re.compile(r"aria-[a-z]+")
_MEDIA = "src controls loop muted preload playsinline poster width height crossorigin"
_CELL = "colspan rowspan headers scope abbr width height nowrap bgcolor"
_OF = {
    tag: _words(names)
    for tag, names in {
        "a": "href hreflang name rel target download type",
        "audio": _MEDIA,
        "blockquote": "cite",
        "col": "span width",
        "colgroup": "span width",
        "data": "value",
        "del": "cite datetime",
        "details": "open name",
        "font": "color face size",
        "hr": "size width noshade",
        "img": "src srcset sizes alt width height loading decoding border",
        "input": "type checked disabled name",
        "ins": "cite datetime",
        "label": "for",
        "li": "value type",
        "meter": "value min max low high optimum",
        "ol": "start type reversed",
        "progress": "value max",
        "q": "cite",
        "source": "src srcset sizes type media width height",
        "table": "width height border cellpadding cellspacing summary bgcolor",
        "td": _CELL,
        "th": _CELL,
        "time": "datetime",
        "track": "src kind srclang label default",
        "tr": "bgcolor",
        "ul": "type",
        "video": _MEDIA,
    }.items()
}
_SVG_ATTRIBUTES = _words("""
    class role focusable xmlns viewBox width height x y x1 x2 y1 y2 cx cy r rx ry d points
    transform fill fill-rule fill-opacity clip-rule opacity stroke stroke-width stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity preserveAspectRatio version
    """)

SCHEMES = _words("http https mailto tel sms geo webcal xmpp matrix")
"""Of links. An address that a browser would run is none of them."""

_ADDRESSES = frozenset({"href", "src", "cite", "poster"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"https?://[^/]", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)
_PLAYED = frozenset({"audio", "video", "source", "track"})
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/=]*", re.IGNORECASE)
_NAMES = frozenset({"id", "name", "for"})
_MADE_NAME = re.compile(r"__(?:tabbed|codelineno|span|code)[\w-]*")
_NAME = re.compile(r"[^\s\"'<>&`]{1,200}")
_RELATIONS = _words(
    "author bookmark external help license me next nofollow noopener noreferrer prev tag"
)
_SHAPES = {
    "type": re.compile(r"checkbox|radio"),
    "target": re.compile(r"_blank|_self"),
    "tabindex": re.compile(r"-?\d{1,4}"),
}
_TEXT_ALIGN = re.compile(r"\s*+text-align:\s*+(left|right|center)\s*+;?\s*+", re.IGNORECASE)
_PLAIN = re.compile(r"[^<>&¶]*")
_COMMENT = re.compile(r"<!--[^<>&-]+(?:-[^<>&-]+)*-->")
_MARKUP = re.compile(r"<[a-z!/?]", re.IGNORECASE)
_SPACE = "".join(map(chr, range(0x21)))
_NO_SPACE = str.maketrans("", "", "\t\r\n")

_DIAGRAM = "mermaid"
MOST_TOLD = 50
"""Faults of one text; errors come before warnings."""

_END = "pc-end"
_HOLE = "data-pc-hole"
_PASSES = 4


@dataclass(frozen=True)
class Fault:
    """Something that is not passive.

    Attributes:
        code: of the problem.
        what: as the message says it.
        wanted: patterns that may find it in the source, the best one first, each by its group if it
            has one; without any, it is the last tag there.
        severity: a warning where it is only left out.
    """

    code: str
    what: str
    wanted: tuple[str, ...]
    severity: Severity = "error"


@dataclass(frozen=True)
class Passive:
    """HTML that runs nothing.

    Attributes:
        markup: written again; without what *faults* name.
    """

    markup: str
    faults: tuple[Fault, ...]


_UNCLOSED = Fault("unclosed-html", "", ())


@dataclass(frozen=True)
class Ground:
    """What a page can load, by its policy: all else is left out, with a warning.

    Attributes:
        host: of the site, with its port if it has one.
        players: origins of which it may play film and sound.
        pictures: origins of which it may show pictures.
        diagrams: whether the site has the script that draws them; the theme would fetch it.
    """

    host: str
    players: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()
    diagrams: bool = False


def ground_of(settings: Settings, meta: Mapping[str, object]) -> Ground:
    """What an authored page of a site can load.

    Args:
        meta: its front matter.
    """
    frames = meta.get("frames")
    named = map(str, frames if isinstance(frames, list | tuple) else ())
    return Ground(
        host=urlsplit(settings.site_url).netloc.lower(),
        players=frozenset((*named, *settings.allowed.get("media", ()))),
        pictures=frozenset(settings.allowed.get("img", ())),
        diagrams=any(_DIAGRAM in name for name in settings.engine.named),
    )


def passive(markup: str, ground: Ground | None = None) -> Passive:
    """Read *markup*, the content of a page's article, and write it again.

    What is written reads as it is written: a browser makes the same of it.

    Args:
        ground: of the page; None where it is not known yet.
    """
    if _PLAIN.fullmatch(markup):
        return Passive(markup, ())
    once, faults = _read(markup, ground)
    for _ in range(_PASSES):
        again, _none = _read(once, ground)
        if again == once:
            return Passive(once, faults)
        once = again
    return Passive(once, (*faults, _UNCLOSED))


def faults_of(markup: str, ground: Ground | None = None) -> tuple[Fault, ...]:
    """Only what is not passive in *markup*."""
    return _read(markup, ground)[1] if "<" in markup else ()


def with_holes(markup: str, blocks: Sequence[str], ground: Ground | None = None) -> Passive:
    """The same, with our own *blocks* in it left as they are: they were made safe before."""
    kept: list[str] = []
    for block in blocks:
        start, end = _span(markup, block.split())
        if end:
            hole = _hole(len(kept))
            kept.append(markup[start:end])
            markup = markup[:start] + hole + markup[end:]
    found = passive(markup, ground)
    filled = found.markup
    for n, block in enumerate(kept):
        filled = filled.replace(_hole(n), block, 1)
    return Passive(filled, found.faults)


def _span(markup: str, words: Sequence[str]) -> tuple[int, int]:
    """Where *words* stand in *markup*, which Markdown may have given other white space; or 0, 0."""
    start = markup.find(words[0]) if words else -1
    while start >= 0:
        at = start
        for word in words:
            while markup[at : at + 1].isspace():
                at += 1
            if not markup.startswith(word, at):
                break
            at += len(word)
        else:
            return start, at
        start = markup.find(words[0], start + 1)
    return 0, 0


def _hole(n: int) -> str:
    return f'<div {_HOLE}="{n}"></div>'


def report(
    faults: Sequence[Fault],
    source: str,
    file: str,
    line: int,
    problems: Problems,
    severity: Severity = "error",
) -> None:
    """Tell each fault where it stands in *source*, which begins on *line* of *file*.

    Of very many, the first: to find a place takes the longer, the longer the text is.
    """
    past: dict[str, int] = {}
    for fault in sorted(faults, key=lambda fault: fault.severity)[:MOST_TOLD]:
        at = _find(fault.wanted, source, past)
        mark = Mark(file, line + source.count("\n", 0, at), at - source.rfind("\n", 0, at))
        least: Severity = "warning" if "warning" in (severity, fault.severity) else "error"
        mend = _film(source, at, fault.what) if severity == "warning" else None
        said = _WITHIN.sub(r"\1…", fault.what)
        mend = Mend(PASTED) if said != fault.what else mend
        problems.add(fault.code, mark, severity=least, mend=mend, what=said, value=said)


FILM = N_(
    "in the file of a meeting, a film is shown by « replay: {{video: {better}}} » between the two "
    "« --- »; elsewhere, a link to it is enough"
)
PASTED = N_(
    "a picture that was pasted lies in the text itself: save it as a file beside this one, and "
    "write « ![what it shows](its-name.png) » here"
)
_WITHIN = re.compile(r"\A((?:data:image/[\w.+-]{1,40}|cid|blob)[:;,]).+", re.DOTALL | re.IGNORECASE)
"""The address of a picture that is a part of a text, a message or a window, and its contents."""

_FILMS = frozenset({"<iframe>", "<video>", "<embed>", "<object>"})
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{1,500}")


def _film(source: str, at: int, what: str) -> Mend | None:
    """How a film is shown that somebody has taken from where it can be watched."""
    if what not in _FILMS:
        return None
    found = _ADDRESS.search(source, at, at + 1000)
    return Mend(FILM, {"better": found[0] if found else "https://…"})


def _find(wanted: Sequence[str], source: str, past: dict[str, int]) -> int:
    """Where the next of what is *wanted* begins; the beginning of the text if nowhere."""
    for pattern in wanted:
        found = re.compile(pattern, re.IGNORECASE).search(source, past.get(pattern, 0))
        if found:
            past[pattern] = found.end()
            return found.start(found.re.groups)
    return 0 if wanted else max(source.rfind("<!--"), 0) or max(source.rfind("<"), 0)


def _read(markup: str, ground: Ground | None = None) -> tuple[str, tuple[Fault, ...]]:
    page = f"<!doctype html><html><head></head><body>{markup}<{_END}></{_END}></body></html>"
    root = LexborHTMLParser(page, scripting=True).root
    writer = _Writer(ground)
    for node in _children(root):
        if node.tag == "body":
            writer.write(node)
        if node.is_element_node:
            # Tags of the page itself are one with those that stand there.
            writer.refuse_attributes(node)
    if root is not None:
        writer.refuse_attributes(root)
    # A tag that does not end takes ours for a part of it.
    faults = [fault for fault in writer.faults if _END not in fault.what]
    if not writer.ended and not faults:
        faults = [_UNCLOSED]
    return "".join(writer.out), tuple(faults)


def _children(node: LexborNode | None) -> Iterator[LexborNode]:
    child = node.first_child if node is not None else None
    while child is not None:
        yield child
        child = child.next


class _Writer:
    """Walks a tree, however deep, and writes what is allowed of it.

    Attributes:
        ended: whether the end of the text was seen as markup.
    """

    def __init__(self, ground: Ground | None) -> None:
        self.ground = ground
        self.out: list[str] = []
        self.faults: list[Fault] = []
        self.ended = False
        self.icon = 0

    def write(self, body: LexborNode) -> None:
        stack: list[tuple[LexborNode | None, str]] = [(body.first_child, "")]
        while stack:
            node, closing = stack.pop()
            if node is None:
                self.out.append(closing)
                self.icon -= closing == "</svg>"
                continue
            stack.append((node.next, closing))
            if node.is_text_node:
                self.out.append(_text(node.text_content or ""))
            elif node.is_comment_node:
                # Other plugins may wait for it; one that readers could end elsewhere is left out.
                said = node.html or ""
                self.out.append(said if _COMMENT.fullmatch(said) else "")
            elif node.is_element_node:
                end = self._open(node)
                if end is not None:
                    stack.append((node.first_child, end))

    def _open(self, node: LexborNode) -> str | None:
        """Write a start tag; what closes it, or None where nothing of the element stays."""
        tag = node.tag or ""
        if tag == _END:
            self.ended = True
            return None
        allowed = tag in (SVG_TAGS if self.icon or tag == "svg" else TAGS)
        if not allowed or (tag == "input" and "type" not in node.attributes):
            wanted = rf"<{re.escape(tag)}(?![\w-])"
            self.faults.append(Fault("unsafe-html", f"<{tag}>", (wanted,)))
            return None
        self.icon += tag == "svg"
        attributes = "".join(self._attributes(node, tag))
        if tag in _VOID:
            self.out.append(f"<{tag}{attributes} />")
            return None
        # The parser drops one line break after the tag.
        first = node.first_child
        broken = tag == "pre" and first is not None and (first.text_content or "")[:1] == "\n"
        self.out.append(f"<{tag}{attributes}>" + "\n" * broken)
        return f"</{tag}>"

    def _attributes(self, node: LexborNode, tag: str) -> Iterator[str]:
        for name, value in node.attributes.items():
            value = value or ""
            if name == "style":
                aligned = _TEXT_ALIGN.fullmatch(value) if tag in {"td", "th"} else None
                if aligned:
                    yield f' align="{aligned[1].lower()}"'
                else:
                    self._refuse(name, "warning")
            elif name == "class" and self._is_fetched(value):
                self.faults.append(Fault("foreign-script", _DIAGRAM, (_DIAGRAM,), "warning"))
                rest = [word for word in value.split() if word != _DIAGRAM]
                yield f' class="{_quoted(" ".join(rest))}"'
            elif name != "markdown" and self._is_allowed(tag, name, value):
                yield f' {name}="{_quoted(value)}"'

    def _is_allowed(self, tag: str, name: str, value: str) -> bool:
        if tag in SVG_TAGS:
            known = name in _SVG_ATTRIBUTES or _ARIA.fullmatch(name)
            return bool(known and "url(" not in value.lower()) or self._refuse(name)
        known = name in _EVERYWHERE or name in _OF.get(tag, ()) or _ARIA.fullmatch(name)
        if not known and not (tag == "div" and name == _HOLE and value.isdecimal()):
            return self._refuse(name)
        if name in _ADDRESSES or name == "srcset":
            return self._is_address(tag, name, value)
        if name in _NAMES and not _is_name(value):
            return self._refuse(name)
        if name == "title" and is_markup(value):
            return self._refuse(name)  # the theme shows it as HTML
        if name == "rel":
            return set(value.lower().split()) <= _RELATIONS or self._refuse(name)
        if name == "type" and tag != "input":
            return True
        shape = _SHAPES.get(name)
        return shape is None or shape.fullmatch(value) is not None or self._refuse(name)

    def _is_address(self, tag: str, name: str, value: str) -> bool:
        if name == "srcset":
            candidates = [one.split()[0] for one in value.split(",") if one.strip()]
            safe = all(_is_source(one) for one in candidates)
            near = all(self._is_near(one, shown=True) for one in candidates)
        elif name in {"src", "poster"}:
            picture = tag == "img" and _PICTURE.fullmatch(value) is not None
            safe = picture or _is_source(value)
            shown = name == "poster" or tag not in _PLAYED
            near = picture or self._is_near(value, shown=shown)
        else:
            safe, near = is_link(value), True
        wanted = (re.escape(value), rf"\b{name}\s*=", r"\]\(")
        if not safe:
            self.faults.append(Fault("unsafe-link", value, wanted))
        elif not near:
            self.faults.append(Fault("foreign-media", value, wanted, "warning"))
        return safe and near

    def _is_fetched(self, classes: str) -> bool:
        return self.ground is not None and not self.ground.diagrams and _DIAGRAM in classes.split()

    def _is_near(self, value: str, *, shown: bool) -> bool:
        """Whether the policy of the page lets it load what lies there.

        Args:
            shown: as a picture; else it is played.
        """
        host = host_of(value)
        if self.ground is None or host is None or host == self.ground.host:
            return True
        origins = self.ground.pictures if shown else self.ground.players
        plain = _plain(value).lower().startswith("http:")
        return not plain and f"https://{host}" in origins

    def refuse_attributes(self, node: LexborNode) -> None:
        """Refuse what a start tag of the page itself was given."""
        for name in node.attributes:
            self._refuse(name)

    def _refuse(self, name: str, severity: Severity = "error") -> bool:
        said = rf"(?<![\w-])({re.escape(name)})(?![\w-])"
        wanted = (rf"<[a-z][^<>]*?{said}", rf"\{{[^{{}}]*?{said}", said)
        self.faults.append(Fault("unsafe-html", f"« {name} »", wanted, severity))
        return False


def _plain(address: str) -> str:
    """An address without the characters that browsers leave out of it."""
    return address.strip(_SPACE).translate(_NO_SPACE)


def host_of(address: str) -> str | None:
    """The host that an address names, with its port; None for one in the site."""
    found = _ELSEWHERE.match(_plain(address))
    return found[1].lower() if found else None


def is_link(value: str) -> bool:
    """Whether an address is a path or of a known scheme, read as browsers do (WHATWG URL, 4.4)."""
    address = _plain(value)
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[1].lower() in SCHEMES


def _is_source(value: str) -> bool:
    """Whether what is loaded lies in the site, or says plainly on which host.

    Browsers take a backslash for a slash, and ``https:host`` for a host.
    """
    address = _plain(value)
    scheme = _SCHEME.match(address)
    return "\\" not in address and (scheme is None or _HOST.match(address) is not None)


def is_markup(value: str) -> bool:
    """Whether a text would be more than text, were it read as HTML."""
    return _MARKUP.search(value) is not None


def _is_name(value: str) -> bool:
    """A name of the author's: those of the theme begin with two lines, its settings among them."""
    made = not value.startswith("__") or _MADE_NAME.fullmatch(value)
    return bool(made and _NAME.fullmatch(value))


def _text(text: str) -> str:
    # Markdown writes the sign of its permalinks so.
    return escape(text, quote=False).replace("\r", "&#13;").replace("¶", "&para;")


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;").replace("\r", "&#13;")
