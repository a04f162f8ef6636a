"""Drawings that are published: opened by themselves, browsers run what is in them.

They are read as browsers read them, by a strict XML parser, and hold nothing but shapes, text and
what SVG 2 has to colour and move them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from lxml import etree

from ..problems import N_, Mark, Problems
from .files import DRAWING_LIMIT, read_bytes
from .text import decode

MOST_TOLD = 50
"""Faults of one drawing."""

MOST_ATTRIBUTES = 5_000
"""Signs of equality between two tags."""

_SVG = "http://www.w3.org/2000/svg"
_XML = "http://www.w3.org/XML/1998/namespace"
_XLINK = "http://www.w3.org/1999/xlink"

_TAGS = frozenset(
    """
    a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage
    feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter g image line linearGradient marker mask metadata mpath path pattern polygon
    polyline radialGradient rect set stop style svg switch symbol text textPath title tspan use view
    """.split()  # noqa: SIM905 (sixty quoted words are harder to read)
)
_EDITORS = (
    "http://creativecommons.org/ns#",
    "http://ns.adobe.com/",
    "http://purl.org/dc/",
    "http://sodipodi.sourceforge.net/",
    "http://web.resource.org/cc/",
    "http://www.bohemiancoding.com/sketch/ns",
    "http://www.inkscape.org/",
    "http://www.serif.com/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
"""What drawing programs write for themselves, which no browser knows."""

_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[\sa-z0-9+/=]*", re.IGNORECASE)
_HERE = re.compile(r"#[^\s\"'<>]*")
_LINK = re.compile(r"\s*(?:https?://|mailto:|#|\.{0,2}/|[\w.-]+(?:[/#?]|\Z))", re.IGNORECASE)
_URL = re.compile(
    r"url\(\s*+[\"']?+\s*+(?!#|data:(?:image/(?!svg)|font/|application/(?:x-)?font))", re.IGNORECASE
)
_STYLE = re.compile(
    r"@import|@namespace|javascript:|expression\(|-moz-binding|behaviou?r:|image-set\(|(?<![\w-])src\(|\\",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"<!(?:ATTLIST|ELEMENT|ENTITY|NOTATION)")
_MOVED = re.compile(r"(?!on)(?!.*href)[a-z-]+", re.IGNORECASE)


def check_svg(path: Path, file: str, problems: Problems) -> bool:
    """Whether a drawing is one and no more; a problem for each thing in it that is not."""
    data = read_bytes(path, file, problems, DRAWING_LIMIT)
    text = None if data is None else decode(data, file, problems)
    if data is None or text is None:
        return False
    if max(part.count("=") for part in text.split("<")) > MOST_ATTRIBUTES:
        # Libraries compare each with all others.
        problems.add("broken-svg", Mark(file), reason=N_("an element has too many attributes"))
        return False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = "XML" if error.msg is None else error.msg
        problems.add("broken-svg", Mark(file, line or 1, column or 1), reason=reason)
        return False
    found = list(islice(chain(_declarations(text), _faults(tree)), MOST_TOLD))
    for line, what in found:
        problems.add("active-svg", Mark(file, line), what=what)
    return not found


def _declarations(text: str) -> Iterator[tuple[int, str]]:
    """What a document declares of its own adds attributes and texts to its elements."""
    for found in _DECLARATION.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[0]


def _faults(tree: etree._ElementTree) -> Iterator[tuple[int, str]]:
    encoding = tree.docinfo.encoding or "UTF-8"
    if encoding.upper() not in {"UTF-8", "UTF8", "ASCII", "US-ASCII"}:
        yield 1, f"encoding={encoding}"
    if tree.getroot().tag != f"{{{_SVG}}}svg":
        yield 1, f"<{etree.QName(tree.getroot()).localname}>"
    root = tree.getroot()
    # No XPath: it sorts what it finds, and takes the square of the time to sort what is no element.
    for node in chain(root.itersiblings(preceding=True), root.iter(), root.itersiblings()):
        line = node.sourceline or 1
        if isinstance(node, etree._ProcessingInstruction):
            yield line, f"<?{node.target}?>"
        elif isinstance(node, etree._Entity):
            yield line, str(node.text)
        elif isinstance(node.tag, str):
            yield from ((line, what) for what in _of(node))


def _of(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element)
    space = name.namespace or ""
    if space.startswith(_EDITORS):
        return
    if space != _SVG or name.localname not in _TAGS:
        yield f"<{name.localname}>"
        return
    if name.localname == "style" and _is_active_style(_own_text(element)):
        yield "<style>"
    for key, value in element.attrib.items():
        attribute = etree.QName(key)
        if not _is_passive(name.localname, attribute, str(value)):
            yield f"« {attribute.localname} »"


def _own_text(element: etree._Element) -> str:
    """What stands in an element itself, and not in those within it."""
    return "".join(str(one) for one in (element.text, *(c.tail for c in element)) if one)


def _is_passive(tag: str, attribute: etree.QName, value: str) -> bool:
    space, name = attribute.namespace, attribute.localname.lower()
    if space is not None and space.startswith(_EDITORS):
        return True
    if space not in {None, _XLINK, _XML} or (space == _XML and name == "base"):
        return False
    if name.startswith("on"):
        return False
    if name == "href":
        return _is_reference(tag, value)
    if name == "attributename":
        return _MOVED.fullmatch(value) is not None
    return not _is_active_style(value) if name == "style" else _URL.search(value) is None


def _is_reference(tag: str, value: str) -> bool:
    """A link leads to a page; all else is a part of the drawing, or a picture that lies in it."""
    if tag == "a":
        return _LINK.match(value) is not None
    if tag in {"image", "feImage"} and _PICTURE.fullmatch(value.strip()):
        return True
    return _HERE.fullmatch(value.strip()) is not None


def _is_active_style(text: str) -> bool:
    return _STYLE.search(text) is not None or _URL.search(text) is not None
