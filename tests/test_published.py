"""Front matter, names of files and files themselves are published too: none of them comes alive."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from parcours.engine.opening import open_config
from parcours.sources.published import PASSIVE

from .conftest import Site

Lines = Callable[[], list[str]]

BREAK_OUT = '"><script src=../n.txt></script><p x="'


def configure(site: Site, more: str) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", text + more)


def codes(lines: list[str]) -> list[str]:
    return sorted({line.split("[")[1].split("]")[0] for line in lines} - {"git-missing"})


def scripts(folder: Path) -> set[str]:
    """What the pages of a site ask a browser to run, but for what the theme and we do."""
    found: set[str] = set()
    for path in folder.rglob("*.html"):
        tree = html.parse(str(path))
        found |= {str(one) for one in tree.xpath("//script/@src")}
        assert not tree.xpath("//@*[starts-with(name(), 'on')]"), path
    return {one for one in found if "assets/" not in one}


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize(
    "key",
    [
        "author",
        "feeds",
        "git_revision_date_localized",
        "git_creation_date_localized",
        "share",
        "revision_date",
        "location",
        "encrypted",
        "update_date",
        "canonical_url",
        "subtitle",
    ],
)
def test_no_key_of_a_front_matter_comes_alive(site: Site, key: str) -> None:
    front = f"{key}: '{BREAK_OUT}'\ntitle: '{BREAK_OUT}'\ndescription: '{BREAK_OUT}'\n"
    site.write("content/p.md", f"---\n{front}---\n# P\n")
    site.write("content/n.txt", "alert(1)")
    out = site.build()
    assert scripts(out) == set()
    assert "<script src=../n.txt>" not in (out / "p/index.html").read_text("utf-8")


@pytest.mark.large
def test_what_the_theme_shows_of_a_page_is_shown_as_text(site: Site) -> None:
    front = f"author: '{BREAK_OUT}'\ntags: ['{BREAK_OUT}', R&D]\n"
    site.write("content/p.md", f"---\n{front}---\n# P\n")
    out = site.build()
    (author,) = html.parse(str(out / "p/index.html")).xpath("//meta[@name='author']/@content")
    assert author == BREAK_OUT
    index = json.loads((out / "search/search_index.json").read_text("utf-8"))
    # The theme would put tags into its results as HTML; its index holds no page (decision 41).
    assert [doc for doc in index["docs"] if doc["location"] == "p/"] == []


def test_an_unknown_key_is_told_and_not_published(site: Site, lines: Lines) -> None:
    site.write("content/p.md", '---\ntitle: P\nfeeds: x\nautor: y\n"a\\nb: c": z\n---\nTexte.\n')
    assert site.run("check") == 0
    told = [line for line in lines() if "unknown-key" in line]
    assert [line.split(": ")[0] for line in told] == [f"content/p.md:{n}:1" for n in (3, 4, 5)]
    assert "« author »" in told[1]
    out = site.root / "compiled"
    assert site.run("compile", "-o", str(out)) == 0
    assert (out / "p.md").read_text("utf-8").startswith('---\ntitle: "P"\n---\n')


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: [a, b]", "2:8: error[bad-type]"),
        ("hide: {a: b}", "2:7: error[bad-type]"),
        ("hide: ['<b>']", "2:7: error[bad-value]"),
        ("tags: [[a]]", "2:7: error[bad-type]"),
        ("icon: ../../x", "2:7: error[missing-file]"),
        ("icon: material/no-such-icon", "2:7: error[missing-file]"),
        ("status: 'new\"><b>'", "2:9: error[bad-value]"),
        ("template: redirect.html", "2:11: error[missing-file]"),
        ("template: ../x.html", "2:11: error[missing-file]"),
        ("frames: ['https://a.example; script-src *']", "2:9: error[bad-value]"),
        ("search: none", "2:9: error[bad-type]"),
        ("search: {exclude: maybe}", "2:10: error[bad-choice]"),
    ],
)
def test_each_key_has_its_shape(site: Site, lines: Lines, front: str, expected: str) -> None:
    site.write("content/p.md", f"---\n{front}\n---\n# P\n")
    assert site.run("check") == 1
    assert any(f"content/p.md:{expected}" in line for line in lines())


@pytest.mark.large
def test_keys_in_their_shape_serve(site: Site) -> None:
    configure(site, "")
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", text.replace("{name: material,", "{name: material, custom_dir: own,"))
    block = '{% extends "main.html" %}{% block announce %}<b>Propre</b>{% endblock %}'
    site.write("own/special.html", block)
    front = "hide: navigation\nicon: material/home\nstatus: new\ntemplate: special.html\n"
    site.write("content/p.md", f"---\n{front}search: {{exclude: yes, boost: 2}}\n---\n# P\n")
    out = site.build()
    assert "<b>Propre</b>" in (out / "p/index.html").read_text("utf-8")
    index = json.loads((out / "search/search_index.json").read_text("utf-8"))
    assert not [doc for doc in index["docs"] if doc["location"].startswith("p/")]


@pytest.mark.parametrize(
    ("name", "better"), [("qui ?.md", "qui.md"), ("a#b.md", "a-b.md"), (" a.md", "a.md")]
)
def test_a_better_name_is_proposed(site: Site, lines: Lines, name: str, better: str) -> None:
    site.write(f"content/{name}", "# P\n")
    assert site.run("check") == 1
    assert any(f"« {better} »" in line for line in lines())


@pytest.mark.sampled(1)
@pytest.mark.large
@pytest.mark.parametrize(
    "name",
    [
        'a"><script src=n.txt>/b/<p x="/index.md',
        'a"b.md',
        "a<b.md",
        "a>b.txt",
        "a?b.md",
        "a#b.md",
        "a%41.md",
        "a\\b.md",
        "a\nb.md",
        "a\x01.png",
        " a.md",
        "a\u200b.md",
        "a\u202etxt.md",
        "d /x.md",
    ],
)
def test_a_name_that_no_address_carries_is_refused(site: Site, lines: Lines, name: str) -> None:
    site.write(f"content/{name}", "# P\n")
    assert site.run("check") == 1
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert "error[bad-file-name]" in line
    assert site.run("build", "-d", str(site.root / "site")) == 1
    assert not (site.root / "site").exists()


def test_a_name_that_is_no_text_is_told(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    path = bytes(site.root / "content") + b"/a\xffb.png"
    Path(path.decode("utf-8", "surrogateescape")).write_bytes(b"x")
    for format in ("text", "github"):
        assert site.run("check", "--format", format) == 1
        assert "bad-file-name" in capsys.readouterr().out


@pytest.mark.large
@pytest.mark.parametrize("name", ["été à l’école", "R&D (2026), l'un + l'autre", "日本"])
def test_names_of_people_s_languages_stay(site: Site, name: str) -> None:
    configure(site, "edit_uri_template: https://forge.example/edit/{path}?q={path!q}\n")
    site.write(f"content/{name}/{name}.md", "# P\n\n[x](image.png)\n")
    site.write(f"content/{name}/image.png", b"x")
    out = site.build()
    page = out / name / name / "index.html"
    tree = html.parse(str(page))
    (edit,) = tree.xpath("//p[@class='pc-edit']/a/@href")
    assert " " not in edit
    assert edit.isascii()
    (canonical,) = tree.xpath("//link[@rel='canonical']/@href")
    assert canonical.isascii()
    (section,) = {
        text for text in tree.xpath("//nav[@class='md-nav']/label/text()") if text.strip()
    } or {name}
    assert section


@pytest.mark.large
def test_edit_links_are_quoted_wherever_the_source_lies(site: Site) -> None:
    configure(site, "edit_uri_template: https://forge.example/edit/{path}\n")
    site.write(
        'webinars/x"><script src=n.txt>/un.md',
        "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n",
    )
    if site.run("build", "-d", str(site.root / "site")) == 0:
        assert scripts(site.root / "site") == set()


@pytest.mark.parametrize("suffix", ["markdown", "mdown", "mkdn", "mkd", "MD", "Markdown"])
def test_only_md_is_a_page(site: Site, lines: Lines, suffix: str) -> None:
    site.write(f"content/p.{suffix}", "# P\n\n<script>alert(1)</script>\n")
    assert site.run("check") == 1
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert line.startswith(f"content/p.{suffix}:1:1: error[page-suffix]")
    assert "« p.md »" in line


ACTIVE = [
    "html",
    "htm",
    "xhtml",
    "xht",
    "js",
    "mjs",
    "css",
    "xml",
    "xsl",
    "swf",
    "wasm",
    "svgz",
    "php",
]


@pytest.mark.parametrize(
    "name",
    [*(f"d/x.{one}" for one in ACTIVE), "sans-suffixe", "x.HTML", "x.html.geojson", "_headers"],
)
def test_files_of_other_kinds_are_refused(site: Site, lines: Lines, name: str) -> None:
    site.write(f"content/{name}", "<script>alert(1)</script>")
    assert site.run("check") == 1
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert line.startswith(f"content/{name}:1:1: error[active-file]")


@pytest.mark.large
def test_what_the_configuration_names_is_published(site: Site) -> None:
    configure(
        site,
        "extra_javascript: [js/own.js, {path: js/mod.mjs, type: module}]\n"
        "extra_css: [own.css]\nextra_templates: [own.html]\n",
    )
    for name in ("js/own.js", "js/mod.mjs", "own.css", "own.html"):
        site.write(f"content/{name}", "/* */")
    site.write("content/CNAME", "site.example\n")
    site.write("content/robots.txt", "User-agent: *\n")
    out = site.build()
    for name in ("js/own.js", "js/mod.mjs", "own.css", "CNAME", "robots.txt"):
        assert (out / name).is_file(), name
    site.write("content/js/other.js", "/* */")
    assert site.run("check") == 1


@pytest.mark.parametrize(
    "name",
    [
        "assets/javascripts/bundle.js",
        "assets/stylesheets/x.png",
        "Assets/JavaScripts/x.txt",
        "search/search_index.json",
        "search/index.md",
        "404.html/x.png",
        "sitemap.xml.md",
        "sw.js/index.md",
        "index.html.md",
        "assets/images/favicon.png",
        "d/index.html/x.md",
    ],
)
def test_what_the_theme_owns_is_not_replaced(site: Site, lines: Lines, name: str) -> None:
    if name.endswith(".js"):
        configure(site, f"extra_javascript: [{name}]\n")
    site.write(f"content/{name}", "# x\n")
    assert site.run("check") == 1
    (line,) = [line for line in lines() if "git-missing" not in line]
    assert line.startswith(f"content/{name}:1:1: error[reserved-address]")


@pytest.mark.large
def test_the_script_of_the_theme_is_the_theme_s(site: Site, lines: Lines) -> None:
    out = site.build()
    (bundle,) = [path.relative_to(out) for path in out.glob("assets/javascripts/bundle.*.js")]
    configure(site, f"extra_javascript: [{bundle}, assets/parcours.js]\n")
    for name in (bundle, "assets/parcours.js"):
        site.write(f"content/{name}", "alert(1)")
    lines()
    assert site.run("check") == 1
    assert any(f"content/{bundle}:1:1: error[reserved-address]" in line for line in lines())
    (site.root / "content" / bundle).unlink()
    assert site.run("check") == 1
    assert any(
        "content/assets/parcours.js:1:1: error[duplicate-address]" in line for line in lines()
    )


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink">{}</svg>'
FINE = (
    "<title>x</title><style>.a { fill: url(#b) }</style><path class='a' d='M0 0'/>"
    "<a href='https://a.example/'><text>x</text></a><use l:href='#c'/>"
    "<animate attributeName='d' values='1;2'/><image href='data:image/png;base64,aaaa'/>"
)
LIVE = {
    "script": "<script>alert(1)</script>",
    "script of HTML": '<s:script xmlns:s="http://www.w3.org/1999/xhtml">alert(1)</s:script>',
    "handler": '<g onload="alert(1)"/>',
    "foreign object": "<foreignObject/>",
    "link": '<a l:href="&#9;java&#10;script:alert(1)"/>',
    "animated link": '<a><animate attributeName="href" values="javascript:alert(1)"/></a>',
    "set handler": '<set attributeName="onclick" to="alert(1)"/>',
    "other drawing": '<use href="n.svg#a"/>',
    "drawing as data": '<use href="data:image/svg+xml;base64,aaaa#a"/>',
    "picture elsewhere": '<image href="https://a.example/t.png"/>',
    "style elsewhere": '<style>@import "https://a.example/a.css";</style>',
    "style by escapes": "<style>a { fill: u\\72l(//a.example) }</style>",
    "colour elsewhere": '<path fill="url(https://a.example/#a)"/>',
    "style sheet": '<?xml-stylesheet href="a.xsl"?>',
    "base": '<g xml:base="javascript:alert(1)"/>',
}


@pytest.mark.parametrize("inner", LIVE.values(), ids=LIVE)
def test_a_drawing_that_could_run_is_refused(site: Site, lines: Lines, inner: str) -> None:
    site.write("content/x.svg", f"<!-- x -->\n{SVG.format(inner)}")
    site.write("webinars/y.svg", SVG.format(inner))
    body = "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\n![y](y.svg)\n"
    site.write("webinars/un.md", body)
    assert site.run("check") == 1
    told = lines()
    assert any("content/x.svg:2:1: error[active-svg]" in line for line in told)
    assert any("webinars/y.svg:1:1: error[active-svg]" in line for line in told)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]>' + SVG,
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        "<svg/>",
        "<svg>",
        "",
        "\ufeff\x00" + SVG,
        '<?xml version="1.0" encoding="UTF-7"?>' + SVG,
    ],
)
def test_what_is_no_drawing_is_refused(site: Site, lines: Lines, text: str) -> None:
    site.write("content/x.svg", text.format(""))
    assert site.run("check") == 1
    assert lines()[0].startswith("content/x.svg:1:")


@pytest.mark.large
def test_drawings_are_published(site: Site, lines: Lines) -> None:
    site.write("content/x.svg", SVG.format(FINE))
    assert (site.build() / "x.svg").is_file()


def test_a_preview_shows_no_text_as_html(site: Site) -> None:
    """The theme's hints do, and a preview has no policy."""
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    features = "{name: material, features: [content.tooltips, navigation.top],"
    site.write("mkdocs.yml", text.replace("{name: material,", features))
    kept = {}
    for command in ("serve", "build"):
        opened = open_config(site.root / "mkdocs.yml")
        opened.config.plugins.on_startup(command=command, dirty=False)
        kept[command] = opened.config.plugins.on_config(opened.config).theme["features"]
    assert kept == {
        "serve": ["navigation.top", "navigation.tabs"],
        "build": ["content.tooltips", "navigation.top", "navigation.tabs"],
    }


def test_a_link_into_a_hidden_folder_publishes_nothing(site: Site, lines: Lines) -> None:
    site.commit()
    (site.root / "content/x.txt").symlink_to(site.root / ".git/config")
    assert site.run("check") == 1
    assert any("error[outside-path]" in line for line in lines())


def test_known_kinds_hold_no_script() -> None:
    assert not PASSIVE & {f".{one}" for one in ACTIVE}
