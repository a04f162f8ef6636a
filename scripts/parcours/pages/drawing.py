"""Templates drawn from their input: a frozen data class, and nothing else is in a template's reach.

Beside the fields of its input a template has words in the site's language, links, which are
relative to its page, and `each`, which draws many things that are alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2 import Template as JinjaTemplate
from markupsafe import Markup, escape

from ..i18n import Translator
from ..prose.typography import typeset_html
from .alike import Rows
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


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("parcours", "pages/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
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
    names: dict[str, object] = {
        "_": tr.gettext,
        "gettext": tr.gettext,
        "ngettext": tr.ngettext,
        "link": links.link,
        "here": links.here,
        "elsewhere": links.elsewhere,
        "each": Rows().each,
    }
    names |= {field.name: getattr(given, field.name) for field in fields(given)}
    markup = together(block(_template(template).render(names)))
    if isinstance(tr, Telling):
        return tell_apart(markup, tr, tongue)
    return typeset_html(markup) if tr.language == "fr" else markup
