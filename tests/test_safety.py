"""What pages may do, and the theme's faults that are mended in them."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from lxml import html

from parcours.engine.mending import FAULTS, Words, mend, shield_links
from parcours.engine.policy import Policy, PolicyRefused, directives, script_hash

from .conftest import Site

HEAD = '<head><meta charset="utf-8">'


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def policy_of(path: Path) -> dict[str, list[str]]:
    (meta,) = html.parse(str(path)).xpath("//meta[@http-equiv='Content-Security-Policy']")
    said = [part.split() for part in str(meta.get("content")).split(";")]
    return {name: sources for name, *sources in said}


def test_every_page_has_a_policy_without_unsafe_sources(flagship: Path) -> None:
    assert len(pages(flagship)) > 50
    for path in pages(flagship):
        policy = policy_of(path)
        assert policy["default-src"] == ["'none'"], path
        assert [one for sources in policy.values() for one in sources if "unsafe" in one] == []
        elsewhere = {name for name, sources in policy.items() if "://" in "".join(sources)}
        played = 'data-kind="' in path.read_text("utf-8")
        assert elsewhere == ({"frame-src", "media-src"} if played else set()), path


def test_one_policy_serves_pages_of_every_depth(flagship: Path) -> None:
    home, event = policy_of(flagship / "index.html"), flagship / "comptoirs/premiers-pas-ia"
    assert policy_of(event / "index.html")["script-src"] == home["script-src"]


def test_the_policy_comes_before_what_it_rules(flagship: Path) -> None:
    for path in pages(flagship):
        text = path.read_text("utf-8")
        before = text[: text.index("Content-Security-Policy")]
        assert not re.search(r"<(script|link|style|img)\b", before), path


def test_nothing_inline_is_left_in_pages(flagship: Path) -> None:
    for path in pages(flagship):
        tree = html.parse(str(path))
        handlers = [name for e in tree.iter() for name in e.attrib if name.startswith("on")]
        assert handlers == [], path
        assert tree.xpath("//*[@style] | //style") == [], path
        for link in tree.xpath("//a[starts-with(@href, 'http')]"):
            rel = set((link.get("rel") or "").split())
            own = link.get("href").startswith("https://1001-parcours.example/")
            assert own or rel & {"noopener", "noreferrer"}, (path, link.get("href"))


@pytest.mark.large
def test_an_inline_script_that_is_not_the_theme_s_stops_the_build(
    site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", text.replace("name: material,", "name: material, custom_dir: own,"))
    block = '{% extends "base.html" %}{% block announce %}<script>alert(1)</script>{% endblock %}'
    site.write("own/main.html", block)
    assert site.run("build", "-d", str(site.root / "site")) != 0
    printed = capfd.readouterr()
    assert "alert(1)" in printed.err + printed.out
    assert "Traceback" not in printed.err
    assert not (site.root / "site").exists()


@pytest.mark.large
def test_a_template_that_was_changed_is_compiled_anew(site: Site) -> None:
    """Templates of before are kept for the next build of a preview."""
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", text.replace("name: material,", "name: material, custom_dir: own,"))
    template = '{%% extends "base.html" %%}{%% block announce %%}%s{%% endblock %%}'
    for word in ("avant", "après"):
        site.write("own/main.html", template % f"<p>Annonce d’{word}</p>")
        assert f"Annonce d’{word}" in (site.build() / "index.html").read_text("utf-8")


@pytest.mark.large
def test_a_page_names_the_hosts_of_its_players(site: Site) -> None:
    site.write("content/film.md", "---\nframes: [https://video.example]\n---\n# Film\n")
    out = site.build()
    assert policy_of(out / "film/index.html")["frame-src"] == ["https://video.example"]
    assert policy_of(out / "film/index.html")["media-src"] == ["'self'", "https://video.example"]
    assert policy_of(out / "index.html")["frame-src"] == ["'none'"]


@pytest.mark.parametrize(
    "origin", ["https://video.example/x", "https:", "*", "https://a.example; script-src *", "data:"]
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(PolicyRefused):
        Policy(frozenset()).apply(HEAD, [origin])


def test_the_hash_is_that_of_the_specification() -> None:
    # The example of CSP Level 3, section 8.4.
    expected = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    assert script_hash("alert('Hello, world.');") == expected


def test_data_is_no_script_and_code_is_found_however_it_is_written() -> None:
    policy = Policy(frozenset({script_hash("a")}))
    policy.apply(HEAD + '<script type="application/ld+json">{}</script><script src="x"></script>')
    assert f"'{script_hash('a')}'" in policy.apply(HEAD + "<script>a</script>")
    for tag in ("<script>", "<SCRIPT >", '<script type="module">', "<script async>"):
        with pytest.raises(PolicyRefused):
            policy.apply(f"{HEAD}{tag}b</script >")


def test_the_policy_says_all_that_is_allowed() -> None:
    names = [part.split()[0] for part in directives().split("; ")]
    assert names[0] == "default-src"
    assert {"script-src", "style-src", "worker-src", "base-uri", "form-action"} < set(names)


@pytest.mark.sampled(1)
@pytest.mark.large
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_theme_still_has_the_fault_that_is_mended(
    fault: object, flagship: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When this fails, the theme has mended the fault: drop its entry."""
    monkeypatch.setattr("parcours.engine.plugin.mend", lambda page, search: page)
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    nav = "nav: [index.md, {Plus: [a.md, b.md]}]\n"
    site.write(
        "mkdocs.yml", nav + text.replace("font: false", "font: false, features: [navigation.tabs]")
    )
    for name in "abc":
        site.write(f"content/{name}.md", f"# {name}\n\n## Part\n")
    out = site.build()
    names = ("a", "c", "agenda")
    stocks = [(out / f"{name}/index.html").read_text("utf-8") for name in names]
    assert isinstance(fault, type(FAULTS[0]))
    words = Words("Search", "Skip")
    assert any(fault.mended(stock, words) != stock for stock in stocks)
    mended = [mend(stock, words) for stock in stocks]
    assert [fault.mended(one, words) for one in mended] == mended


def test_links_to_elsewhere_are_shielded_once() -> None:
    own = "https://site.example/"
    shielded = '<a href="https://else.example/?a=1&amp;b" title="a > b" rel="noopener">x</a>'
    plain = shielded.replace(' rel="noopener"', "")
    assert shield_links(plain, own) == shielded
    assert shield_links(shielded, own) == shielded
    edit = '<a rel="edit" href="https://else.example/">x</a>'
    assert shield_links(edit, own) == edit.replace('"edit"', '"edit noopener"')
    for link in ('<a href="https://site.example/a/">', '<a href="../b/">', '<a name="c">'):
        assert shield_links(link, own) == link


@pytest.mark.large
def test_a_preview_has_no_policy_and_reloads(site: Site) -> None:
    # MkDocs reloads a page by an inline script that it adds to it.
    from parcours.engine.opening import open_config

    opened = open_config(site.root / "mkdocs.yml", site_dir=str(site.root / "preview"))
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    opened.config.plugins.on_startup(command="serve", dirty=False)
    from mkdocs.commands.build import build

    build(opened.config)
    assert "Content-Security-Policy" not in (site.root / "preview/index.html").read_text("utf-8")


@pytest.mark.large
def test_no_font_of_another_host_is_asked_for(smallest: Site) -> None:
    """The theme's default; the configuration need not know that it is one."""
    text = (smallest.build() / "index.html").read_text()
    assert "fonts.g" not in text


@pytest.mark.large
def test_the_name_of_the_site_is_text(site: Site) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    name = """site_name: 'Rock & <b>Roll</b> "x"'"""
    site.write("mkdocs.yml", text.replace("site_name: Petit site", name))
    site.write("webinars/un.md", "---\ntitle: Un & deux\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    out = site.build()
    for path in (out / "index.html", out / "404.html", out / "comptoirs/un/index.html"):
        text = path.read_text("utf-8")
        tree = html.parse(str(path))
        assert not tree.xpath("//header//b | //title//b")
        assert "&amp;amp;" not in text
        assert "&amp;lt;" not in text
        (title,) = tree.xpath("//title/text()")
        assert 'Rock & <b>Roll</b> "x"' in title
        (logo,) = tree.xpath("//header//a[contains(@class, 'md-logo')]")
        assert logo.get("title") == 'Rock & <b>Roll</b> "x"'
