"""Templates drawn from their input: a frozen data class, and nothing else is in a template's reach.

Beside the fields of its input a template has words in the site's language, links, which are
relative to its page, and `each`, which draws many things that are alike. These it asks of the page
that is drawn, so that macros, which see nothing else of a page, are made once and not for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from threading import local
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2 import Template as JinjaTemplate
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from ..i18n import Translator
from ..prose.typography import typeset_html
from .alike import Forms, Rows
from .codes import qr_code
from .frontmatter import block
from .tongues import Telling, tell_apart

HERE = "./"
"""The link of a page to itself."""


@dataclass(frozen=True)
class Block:
    """A part of a page: a template, and what draws up its input once the part is placed.

    Attributes:
        make: returns the input, a frozen data class whose fields the template reads.
    """

    template: str
    make: Callable[[], Any]


@dataclass(frozen=True)
class Links:
    """The links of one page; addresses are relative to the site's root.

    Attributes:
        address: the page's own.
    """

    address: str

    @property
    def base(self) -> str:
        """The way from the page to the site's root, ending with a slash; "" from the home page."""
        address = self.address.strip("/")
        return "../" * (address.count("/") + 1) if address else ""

    def link(self, address: str) -> str:
        """An address, relative to the page."""
        return (self.base + address) or HERE

    def here(self, address: str) -> str:
        """The same, which says so where it is the page itself."""
        return HERE if address == self.address else self.link(address)

    def elsewhere(self, address: str) -> str:
        """The same; "" for the page itself, and for what has no address."""
        return self.link(address) if address and address != self.address else ""


@dataclass(frozen=True)
class _Reach:
    """What templates reach of the page that is drawn.

    Attributes:
        each: None while a row is drawn: those of another page, which has the same way to the
            site's root, are the same; they have links, and know nothing of where they stand.
    """

    tr: Translator
    links: Links
    each: Callable[..., Markup] | None


class _Desk(local):
    """Where the page lies that is drawn, in this thread."""

    def __init__(self) -> None:
        self._reach: _Reach | None = None

    @contextmanager
    def lay(self, reach: _Reach) -> Iterator[None]:
        """Draw what is within reach; what was so before comes back."""
        before, self._reach = self._reach, reach
        try:
            yield
        finally:
            self._reach = before

    @property
    def reach(self) -> _Reach:
        assert self._reach is not None
        return self._reach

    @property
    def of_page(self) -> Links:
        """Its links, for what differs with the page: a row must not."""
        assert self.reach.each is not None
        return self.reach.links

    def each(self, *args: Any) -> Markup:
        assert self.reach.each is not None
        return self.reach.each(*args)


@cache
def _desk() -> _Desk:
    return _Desk()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("parcours", "pages/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    desk = _desk()
    environment.globals |= {
        "_": lambda text: desk.reach.tr.gettext(text),
        "gettext": lambda text: desk.reach.tr.gettext(text),
        "ngettext": lambda one, many, n: desk.reach.tr.ngettext(one, many, n),
        "link": lambda address: desk.reach.links.link(address),
        "here": lambda address: desk.of_page.here(address),
        "elsewhere": lambda address: desk.of_page.elsewhere(address),
        "each": desk.each,
    }
    environment.filters["num"] = _number
    environment.filters["lines"] = _lines
    environment.filters["plain"] = str
    environment.globals["qr_code"] = qr_code
    return environment


@cache
def _template(name: str) -> JinjaTemplate:
    return _environment().get_template(name)


def _lines(text: str) -> Markup:
    """A text whose lines stay apart, though its block is one line."""
    return Markup(escape(text).replace("\n", Markup("&#10;")))


def _number(number: float) -> str:
    return f"{number:g}"


def together(text: str) -> str:
    """Text in which hours stay together: a browser breaks a line after a dash, whatever space
    follows it."""
    return text.replace("\u00a0–\u00a0", "\u00a0–\u2060\u00a0")


def draw(drawn: Block, address: str, tr: Translator, tongue: str = "") -> str:
    """One closed HTML block, whose input is drawn up now."""
    return draw_given(drawn.template, drawn.make(), address, tr, tongue)


def draw_given(template: str, given: Any, address: str, tr: Translator, tongue: str) -> str:
    """One closed HTML block.

    Args:
        given: the input of its template.
        address: of the page on which it stands.
        tongue: the language of the page, for a translator that tells its words apart.
    """
    links = Links(address)
    rows = Rows(_forms(links.base, tr))
    with _desk().lay(_Reach(tr, links, rows.each)):
        drawn = _template(template).render(
            {field.name: getattr(given, field.name) for field in fields(given)}
        )
    markup = block(drawn)
    if rows.forms.sets:
        return rows.whole(_set.__wrapped__(markup))
    markup = together(markup)
    return tell_apart(markup, tr, tongue) if isinstance(tr, Telling) else markup


@lru_cache(maxsize=100)
def _forms(base: str, tr: Translator) -> Forms:
    """The forms of rows, which have nothing of a page but the way to the site's root."""
    reach = _Reach(tr, Links("x/" * base.count("/")), None)

    def drawing(macro: Callable[..., str]) -> Callable[..., str]:
        def draw_row(*args: object) -> str:
            with _desk().lay(reach):
                return macro(*args)

        return draw_row

    sets = tr.language == "fr" and not isinstance(tr, Telling)
    module = vars(_template("_rows.html").module)
    macros = {name: drawing(it) for name, it in module.items() if isinstance(it, Macro)}
    return Forms(macros, _set if sets else None)


@lru_cache(maxsize=1_000)
def _set(markup: str) -> str:
    """HTML in French, in its typography: rows say the same again and again."""
    return typeset_html(together(markup))
