"""Other plugins of an existing site: they see what they need, and change nothing of ours.

A hook stands for each: it does what the plugin that its test names does at the same event.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from mkdocs.commands.build import build as engine_build

from parcours.engine.opening import open_config

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


@pytest.mark.large
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


@pytest.mark.large
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


@pytest.mark.large
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


@pytest.mark.large
def test_every_page_has_a_file_on_the_disk_for_who_asks(site: Site) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("content/a.md", "# A\n")
    assert (hooked(site, READER).build() / "agenda/index.html").is_file()


BLOG = """\
site_name: Small site
site_url: https://small.example/x/
docs_dir: docs
theme: {name: material}
plugins:
  - search
  - blog: {draft_if_future_date: true}
  - parcours: {timezone: Europe/Lisbon, uid_domain: small.example}
"""

POSTS = {
    "due": "date: 2026-11-24",
    "soon": "date: 2026-11-24 09:00:01",
    "zoned": "date: 2026-11-24T10:00:00+02:00",
    "ahead": "date: 2026-11-24T10:00:00-02:00",
    "later": "date:\n  created: 2026-12-24\n  updated: 2026-01-01",
    "forced": "date: 2099-01-01\ndraft: false",
    "draft": "date: 2026-01-01\ndraft: true",
    "off": "date: 2026-01-01\ndraft: On",
}
"""Heads of posts, at 9 o’clock on 24 November 2026 (`conftest.NOW`)."""

PUBLISHED = {"due", "zoned", "forced"}


def blog(site: Site, config: str = BLOG) -> Site:
    site.write("mkdocs.yml", config)
    site.write("docs/index.md", "# Hello\n")
    site.write("docs/blog/index.md", "# Blog\n")
    for name, head in POSTS.items():
        text = f"---\n{head}\n---\n# The {name}\n\nWord-of-{name}.\n"
        site.write(f"docs/blog/posts/{name}.md", text)
    return site


def found(out: Path, suffix: str = "") -> set[str]:
    """The posts of which any file of a site knows anything."""
    texts = [one.read_text("utf-8") for one in out.rglob(f"*{suffix}") if one.suffix in SHOWN]
    names = set()
    for name in POSTS:
        words = (f"Word-of-{name}.", f"The {name}<", f"posts/{name}/")
        if any(word in text for text in texts for word in words):
            names.add(name)
    return names


SHOWN = {".html", ".json", ".xml", ".js", ".ics"}


def preview(site: Site) -> Path:
    out = site.root / "preview"
    opened = open_config(site.root / "mkdocs.yml", site_dir=str(out))
    opened.config.plugins.on_startup(command="serve", dirty=False)
    engine_build(opened.config)
    return out


@pytest.mark.large
def test_posts_of_a_date_to_come_are_nowhere_until_then(smallest: Site) -> None:
    out = blog(smallest).build()
    assert found(out) == PUBLISHED
    assert found(out, "search/*.json") == PUBLISHED
    assert {one.parent.name for one in (out / "blog/posts").rglob("index.html")} == PUBLISHED
    assert found(smallest.build(now="2026-11-24T09:00:02Z")) == {*PUBLISHED, "soon"}
    # The clock of the engine is another than that of the build.
    assert found(smallest.build(now="2098-01-01T00:00:00Z")) == {*POSTS} - {"draft", "off"}


@pytest.mark.large
def test_without_a_word_of_dates_a_post_is_published_at_once(smallest: Site) -> None:
    out = blog(smallest, BLOG.replace(": {draft_if_future_date: true}", "")).build()
    assert found(out) == {*POSTS} - {"draft", "off"}


@pytest.mark.large
def test_a_preview_shows_what_is_kept_back_unless_it_shall_not(smallest: Site) -> None:
    out = preview(blog(smallest))
    assert found(out) == found(out, "search/*.json") == {*POSTS}
    smallest.write("mkdocs.yml", BLOG.replace("date: true", "date: true, draft_on_serve: false"))
    out = preview(smallest)
    assert found(out) == found(out, "search/*.json")
    assert not {"draft", "off"} & found(out)


@pytest.mark.large
def test_drafts_may_be_published_and_are_found_then(smallest: Site) -> None:
    out = blog(smallest, BLOG.replace("date: true", "date: true, draft: true")).build()
    assert found(out, "search/*.json") == {*POSTS}


@pytest.mark.large
def test_what_is_no_post_is_no_draft(smallest: Site) -> None:
    blog(smallest).write(
        "docs/note.md", "---\ndraft: true\ndate: 2099-01-01\n---\n# N\n\nFound-out."
    )
    index = "".join(one.read_text("utf-8") for one in smallest.build().rglob("search/*.json"))
    assert "Found-out" in index
    blog(smallest, BLOG.replace("draft_if", "enabled: false, draft_if"))
    assert found(smallest.build(), "search/*.json") == {*POSTS}


def test_a_link_to_a_post_that_is_kept_back_is_dead(smallest: Site, lines: Lines) -> None:
    head = "---\ntitle: T\nstart: 2026-12-03 12:30\nend: 2026-12-03 13:00\n---\n"
    text = "[a](../docs/blog/posts/due.md) [b](../docs/blog/posts/later.md)\n"
    blog(smallest).write("webinars/one.md", head + text)
    smallest.write("docs/page.md", "[a](blog/posts/due.md) [b](blog/posts/draft.md)\n")
    assert smallest.run("check") == 1
    (line,) = [line for line in lines() if "dead-link" in line]
    assert line.startswith("webinars/one.md:6:36: error")
    assert smallest.run("check", now="2027-01-01T00:00:00Z") == 1
    (line,) = [line for line in lines() if "dead-link" in line]
    assert line.startswith("docs/page.md:1:28: error")


@pytest.mark.large
def test_what_the_engine_leaves_out_is_not_found(smallest: Site, lines: Lines) -> None:
    text = (smallest.root / "mkdocs.yml").read_text("utf-8")
    smallest.write("mkdocs.yml", f"{text}exclude_docs: /out/\ndraft_docs: |\n  *.draft.md\n")
    for name in ("out/a", "b.draft", "c"):
        smallest.write(f"content/{name}.md", f"# N\n\nWord-of-{name}.\n")
    out = smallest.build()
    index = "".join(one.read_text("utf-8") for one in out.rglob("search/*.json"))
    assert "Word-of-c" in index
    assert "Word-of-out" not in index
    assert "Word-of-b" not in index
    shown = preview(smallest)
    index = "".join(one.read_text("utf-8") for one in shown.rglob("search/*.json"))
    assert "Word-of-b" in index
    assert "Word-of-out" not in index
    smallest.write("content/out/a.md", "# N\n\n<script>x</script>\n")
    assert smallest.run("check") == 1
    assert [line for line in lines() if line.startswith("content/out/a.md:3:1: error[")]
