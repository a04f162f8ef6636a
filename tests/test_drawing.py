"""Templates and what is in their reach: macros are made once, and know the page that is drawn."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

import pytest
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup

from parcours.i18n import Translator, translator
from parcours.pages import drawing
from parcours.pages.drawing import draw_given

TEMPLATES = Path(drawing.__file__).parent / "templates"


@dataclass(frozen=True)
class Given:
    address: str
    wait: Barrier | None = None


PAGES = {
    "_links.html": (
        "{%- macro lead(to) -%}<a href='{{ link(to) }}' class='{{ elsewhere(to) }}'>"
        "{{ here(to) }} {{ _('Replay') }}</a>{%- endmacro -%}"
        "{%- macro reach() -%}{{ address }}{%- endmacro -%}"
    ),
    "page.html": (
        "{%- import '_links.html' as links -%}"
        "<p>{{ links.lead(address) }}{% if wait %}{% set _waited = wait.wait() %}{% endif %}"
        "{{ links.lead(address) }}</p>"
    ),
    "reaching.html": "{%- import '_links.html' as links -%}<p>{{ links.reach() }}</p>",
    "_rows.html": "{%- macro asks(thing) -%}{{ here('x/') }}{%- endmacro -%}",
}


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> Iterator[Environment]:
    caches = (drawing._environment, drawing._template, drawing._forms)
    for one in caches:
        one.cache_clear()
    environment = drawing._environment()
    monkeypatch.setattr(environment, "loader", DictLoader(PAGES))
    yield environment
    for one in caches:
        one.cache_clear()


@pytest.fixture
def tr() -> Translator:
    return translator("en")


def drawn(to: str, tr: Translator, wait: Barrier | None = None, page: str = "a/") -> str:
    return draw_given("page.html", Given(to, wait), page, tr, "")


@pytest.mark.usefixtures("templates")
def test_macros_know_the_page_that_is_drawn(tr: Translator) -> None:
    for page, to, way in (("a/", "a/", "../"), ("a/b/", "c/", "../../"), ("", "d/", "")):
        here = "./" if page == to else f"{way}{to}"
        other = "" if page == to else f"{way}{to}"
        lead = f"<a href='{way}{to}' class='{other}'>{here} {tr.gettext('Replay')}</a>"
        assert drawn(to, tr, page=page) == f"<p>{lead}{lead}</p>"


@pytest.mark.usefixtures("templates")
def test_pages_that_are_drawn_at_once_have_their_own_links(tr: Translator) -> None:
    alone = [drawn("a/", tr, page=one) for one in ("a/", "b/c/")]
    wait = Barrier(2, timeout=60)
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda one: drawn("a/", tr, wait, one), ("a/", "b/c/")))
    assert both == alone


def test_macros_are_made_once(templates: Environment, tr: Translator) -> None:
    drawn("a/", tr, page="")
    made = vars(templates.get_template("_links.html").module)["lead"]
    drawn("a/", tr, page="b/c/")
    assert vars(templates.get_template("_links.html").module)["lead"] is made


@pytest.mark.usefixtures("templates")
def test_macros_see_nothing_of_the_input_of_a_page(tr: Translator) -> None:
    with pytest.raises(UndefinedError):
        draw_given("reaching.html", Given("a/"), "a/", tr, "")
    assert drawn("b/", tr).startswith("<p>")  # it is out of reach again


@pytest.mark.usefixtures("templates")
def test_rows_know_nothing_of_where_they_stand(tr: Translator) -> None:
    forms = drawing._forms("../", tr)
    with pytest.raises(AssertionError):
        forms.macros["asks"](Markup("a"))


def test_no_macro_is_given_the_page_of_who_imports_it() -> None:
    for file in TEMPLATES.glob("*.html"):
        assert "with context" not in file.read_text(), file.name
