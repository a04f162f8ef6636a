"""Other plugins of an existing site: they see what they need, and change nothing of ours.

A hook stands for each: it does what the plugin that its test names does at the same event.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from lxml import html

from .conftest import Site

Lines = Callable[[], list[str]]

MACROS = """\
import jinja2

def render(text):
    return jinja2.Template(text).render(secret="TOLD")

def on_page_markdown(markdown, page, config, files):
    if page.title:
        page.title = render(page.title)
    return render(markdown)
"""
"""As mkdocs-macros: a page and its title are templates."""

MENU = """\
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

def on_nav(nav, config, files):
    found = files.get_file_from_path(".nav.yml")
    assert found is not None and found.inclusion.is_excluded()
    for file in files.documentation_pages():
        if type(file.page) is Page:
            file.page = None
    before, config.nav = config.nav, [{"Nos dates": "agenda.md"}, "a.md", {"Ici": "index.md"}]
    nav = get_navigation(files, config)
    config.nav = before
    return nav
"""
"""As awesome-nav: it finds its file among the engine's, and makes pages and menu anew."""

READER = """\
from pathlib import Path

def on_page_content(html, page, config, files):
    assert Path(page.file.abs_src_path).is_file(), page.file.src_uri
"""
"""As the plugins of dates and of RSS: they ask git, or the disk, for the file of a page."""


def hooked(site: Site, code: str, more: str = "") -> Site:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", f"{text}hooks: [hook.py]\n{more}")
    site.write("hook.py", code)
    return site


def menu(page: Path) -> list[tuple[str, str]]:
    links = html.parse(str(page)).xpath("//a[contains(@class, 'md-nav__link')]")
    return [(str(one.get("href")), " ".join(one.text_content().split())) for one in links]


EVENT = """\
---
title: "Un {{ 6*7 }}{{ secret }}"
start: 2026-12-03 12:30
summary: "En bref {{ 6*7 }} {{ secret }}."
---
Texte {{ 6*7 }} {{ secret }} {% raw %}brut{% endraw %} {% include "x" %} {# caché #}.
"""


def test_what_is_compiled_is_no_template_of_another_plugin(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("content/index.md", "# Accueil\n\nDit : {{ 6*7 }}.\n")
    out = hooked(site, MACROS).build()
    said = (out / "comptoirs/un/index.html").read_text("utf-8")
    for text in (
        "{{ 6*7 }} {{ secret }}",
        "{% raw %}brut{% endraw %}",
        "{# caché #}",
        "{% include",
    ):
        assert text in said
    assert re.search(r"<title>Un {{ 6\*7 }}{{ secret }} - ", said)
    home = (out / "index.html").read_text("utf-8")
    assert "Dit\u00a0: 42." in home
    assert "En bref {{ 6*7 }} {{ secret }}." in home
    pages = [page.read_text("utf-8") for page in out.rglob("*.html")]
    assert not any("TOLD" in page or "parcours-block" in page for page in pages)


def test_the_menu_keeps_the_names_and_the_order_that_it_says(site: Site) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    nav = "nav: [{Nos dates: agenda.md}, {Ici: index.md}, {Des comptoirs: comptoirs.md}]\n"
    site.write("mkdocs.yml", text + nav)
    found = menu(site.build() / "404.html")
    assert found == [
        ("/x/agenda/", "Nos dates"),
        ("/x/.", "Ici"),
        ("/x/comptoirs/", "Des comptoirs"),
    ]


def test_a_plugin_of_menus_finds_its_file_which_is_not_published(site: Site, lines: Lines) -> None:
    site.write("content/.nav.yml", "nav: []\n")
    site.write("content/.pages", "order: desc\n")
    site.write("content/a.md", "# A\n")
    site.write("webinars/un.md", EVENT)
    out = hooked(site, MENU).build()
    found = menu(out / "404.html")
    assert found == [("/x/agenda/", "Nos dates"), ("/x/a/", "A"), ("/x/.", "Ici")]
    assert not [path for path in out.rglob("*") if path.name in {".nav.yml", ".pages"}]
    assert "Texte" in (out / "comptoirs/un/index.html").read_text("utf-8")
    site.run("check")
    assert not [line for line in lines() if ".nav.yml" in line or ".pages" in line]


def test_every_page_has_a_file_on_the_disk_for_who_asks(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("content/a.md", "# A\n")
    assert (hooked(site, READER).build() / "agenda/index.html").is_file()
