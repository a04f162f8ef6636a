"""Words of Parcours in pages of another language: each is marked as what it is (WCAG 2.2, 3.1.2).

A site may be written in a language that has no catalogue: its page says so (`lang`), what authors
wrote is in it, and the words of Parcours are English. A translator that tells its words apart puts
them between two characters that no text holds; when a block is drawn, elements whose words are all
of one language get it as their `lang`, and what is mixed is parted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ..i18n import Translator, translator
from ..model.settings import EXCHANGE, NEWS, RELAY, Settings

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around words of Parcours. Unicode leaves both to programs (23.7, « Noncharacters »)."""

_BRACES = re.compile(r"\{[^{}]*\}")
_MARKS = re.compile(rf"[{OPEN}{CLOSE}]|\\ufdd[01]")
_TOKEN = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+|<")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_LANG = re.compile(r"\slang\s*=", re.I)
_ENTITY = re.compile(r"&[#\w]+;")
_AROUND = " \u00a0()·,:;"
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_RAW = frozenset({"script", "style"})
_TEXT_ONLY = frozenset({"option", "title", "textarea", "text", "desc"})
"""Elements in which no other may stand."""


def own_names(settings: Settings) -> frozenset[str]:
    """Names that the configuration leaves to Parcours: those of collections, and of the news."""
    tr = translator(settings.language)
    own = {(one.name, tr.gettext(one.kind.name)) for one in settings.collections}
    own |= {(one.singular, tr.gettext(one.kind.singular)) for one in settings.collections}
    if settings.news is not None:
        own.add((settings.news.name, tr.gettext(NEWS)))
    if settings.market is not None:
        own.add((settings.market.name, tr.gettext(EXCHANGE)))
    own.add((settings.handover.name, tr.gettext(RELAY)))
    return frozenset(name for name, ours in own if name == ours)


def is_own(text: str) -> bool:
    """Whether a text that tells its words apart holds words of Parcours alone."""
    return OPEN in text and not any(_says(said) for ours, said in _runs(text) if not ours)


@dataclass(frozen=True)
class Telling(Translator):
    """A translator whose words can be told from those of authors.

    Attributes:
        names: words of Parcours that stand for names which the configuration does not give.
    """

    names: frozenset[str] = frozenset()

    def gettext(self, text: str) -> str:
        return self.own(super().gettext(text))

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.own(super().ngettext(one, many, n))

    def own(self, text: str) -> str:
        # What is put into its braces may be an author's.
        parted = _BRACES.sub(lambda brace: f"{CLOSE}{brace[0]}{OPEN}", text)
        return f"{OPEN}{parted}{CLOSE}" if text else text

    def day(self, day: date, *, weekday: bool = True, year: bool = True) -> str:
        return self.own(super().day(day, weekday=weekday, year=year))

    def weekday(self, index: int, *, short: bool = False) -> str:
        return self.own(super().weekday(index, short=short))

    def month(self, day: date) -> str:
        return self.own(super().month(day))


@dataclass
class _Element:
    tag: str
    name: str
    parts: list[_Element | str] = field(default_factory=list)
    end: str = ""

    @property
    def is_told(self) -> bool:
        """Whether somebody said its language."""
        return _LANG.search(self.tag) is not None


def tell_apart(markup: str, tr: Telling, page: str) -> str:
    """A block in which words of Parcours are marked, with their language instead of the marks.

    Args:
        tr: what said the words of Parcours.
        page: the language of all else, which the page says.
    """
    root = _tree(markup, tr.names)
    return "".join(_written(root, page, {True: tr.language, False: page}))


def _tree(markup: str, names: frozenset[str]) -> _Element:
    root = _Element("", "")
    open_ones = [root]
    for token in _TOKEN.findall(markup):
        found = _TAG.match(token)
        here = open_ones[-1]
        if found is None or (here.name in _RAW and found[0] != f"</{here.name}"):
            here.parts.append(f"{OPEN}{token}{CLOSE}" if token.strip(_AROUND) in names else token)
        elif not found[1]:
            element = _Element(token, found[2].lower())
            here.parts.append(element)
            if element.name not in _VOID and not token.endswith("/>"):
                open_ones.append(element)
        elif here.name == found[2].lower():
            here.end = token
            open_ones.pop()
        else:
            here.parts.append(token)
    return root


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of a text: whether each is of Parcours, and what it says."""
    for part in re.split(rf"(?={OPEN})|(?<={CLOSE})", text):
        said = part.strip(OPEN + CLOSE)
        if said:
            yield part.startswith(OPEN), said


def _says(text: str) -> bool:
    """Whether a text has words in it: figures and signs are of no language."""
    return any(map(str.isalpha, _ENTITY.sub("", text)))


def _voices(element: _Element) -> set[bool]:
    """Whose words stand in an element: those of Parcours, of others, or both."""
    found: set[bool] = set()
    for part in element.parts:
        if isinstance(part, str):
            found |= {ours for ours, said in _runs(part) if _says(said)}
        elif part.is_told:
            found.add(False)
        elif part.name not in _RAW:
            found |= _voices(part) | ({True} if OPEN in part.tag else set())
    return found


def _written(element: _Element, here: str, languages: dict[bool, str]) -> Iterator[str]:
    tag = _MARKS.sub("", element.tag)
    if element.name in _RAW or element.is_told:
        yield tag
        yield from (_MARKS.sub("", one) for one in _plain(element))
        yield element.end
        return
    voices = {True} if OPEN in element.tag else _voices(element)
    language = here
    if len(voices) == 1 and element.name:
        language = languages[voices.pop()]
        if language != here:
            head = _TAG.match(tag)
            assert head is not None
            tag = f'{head[0]} lang="{language}"{tag[head.end() :]}'
    yield tag
    for part in element.parts:
        if isinstance(part, _Element):
            yield from _written(part, language, languages)
            continue
        for ours, said in _runs(part):
            own = languages[ours]
            if own == language or element.name in _TEXT_ONLY or not _says(said):
                yield said
            else:
                yield f'<span lang="{own}">{said}</span>'
    yield element.end


def _plain(element: _Element) -> Iterator[str]:
    for part in element.parts:
        if isinstance(part, str):
            yield part
        else:
            yield part.tag
            yield from _plain(part)
            yield part.end
