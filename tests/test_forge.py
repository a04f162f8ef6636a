"""Markdown as people write it on a forge: bodies, authored pages and calendars show what it shows.

Each case: a text, what GitHub and GitLab make of it, and what a calendar says.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import markdown
import pytest
from lxml import etree, html

from parcours.problems import Problems
from parcours.prose.forge import FORGE
from parcours.prose.render import Renderer

from .conftest import Site

Lines = Callable[[], list[str]]

EXTENSIONS = ["admonition", "attr_list", "tables", "toc", "pymdownx.superfences"]
"""Those of a usual site."""

ALERT = '<div class="admonition note"><p class="admonition-title">Note</p>'

CASES = [
    # list after a line
    (
        "Apportez :\n- un carnet\n- un stylo",
        "<p>Apportez :</p><ul><li>un carnet</li><li>un stylo</li></ul>",
        "Apportez :\n\n- un carnet\n- un stylo",
    ),
    # list between lines
    (
        "Apportez :\n* a\n* b\n\nMerci",
        "<p>Apportez :</p><ul><li>a</li><li>b</li></ul><p>Merci</p>",
        "Apportez :\n\n- a\n- b\n\nMerci",
    ),
    # numbers after a line
    (
        "Ordre :\n1. un\n2. deux",
        "<p>Ordre :</p><ol><li>un</li><li>deux</li></ol>",
        "Ordre :\n\n1. un\n2. deux",
    ),
    # another number is text
    (
        "En\n2026. Fin",
        "<p>En 2026. Fin</p>",
        "En 2026. Fin",
    ),
    # sub-list of two
    (
        "- a\n  - b\n    - c\n- d",
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
        "- a\n  - b\n    - c\n- d",
    ),
    # sub-list of three
    (
        "1. a\n   - b\n   - c\n2. d",
        "<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>",
        "1. a\n  - b\n  - c\n2. d",
    ),
    # sub-list of four
    (
        "- a\n    - b\n- c",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        "- a\n  - b\n- c",
    ),
    # numbers within
    (
        "- a\n  1. b\n  2. c",
        "<ul><li>a<ol><li>b</li><li>c</li></ol></li></ul>",
        "- a\n  1. b\n  2. c",
    ),
    # another marker
    (
        "- a\n- b\n* c",
        "<ul><li>a</li><li>b</li></ul><ul><li>c</li></ul>",
        "- a\n- b\n\n- c",
    ),
    # bullets then numbers
    (
        "- a\n1. b",
        "<ul><li>a</li></ul><ol><li>b</li></ol>",
        "- a\n\n1. b",
    ),
    # parenthesis
    (
        "1) a\n2) b",
        "<ol><li>a</li><li>b</li></ol>",
        "1. a\n2. b",
    ),
    # first number
    (
        "3. a\n4. b",
        '<ol start="3"><li>a</li><li>b</li></ol>',
        "3. a\n4. b",
    ),
    # loose
    (
        "- a\n\n- b",
        "<ul><li><p>a</p></li><li><p>b</p></li></ul>",
        "- a\n- b",
    ),
    # tight and below
    (
        "- a\n- b\n\nc",
        "<ul><li>a</li><li>b</li></ul><p>c</p>",
        "- a\n- b\n\nc",
    ),
    # paragraph in item
    (
        "- a\n\n  b\n- c",
        "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>",
        "- a\nb\n- c",
    ),
    # lazy line
    (
        "- a\nb",
        "<ul><li>a b</li></ul>",
        "- a b",
    ),
    # code in item
    (
        "- a\n  ```\n  x\n\n   y\n  ```\n- b",
        (
            '<ul><li>a<div class="highlight"><pre><span></span><code>x y </code></pre></div>'
            "</li><li>b</li></ul>"
        ),
        "- a\nx\n\n y\n- b",
    ),
    # code first in item
    (
        "1. ```\n   x\n   ```",
        '<ol><li><div class="highlight"><pre><span></span><code>x </code></pre></div></li></ol>',
        "1. x",
    ),
    # indented code in item
    (
        "- a\n\n      x",
        "<ul><li><p>a</p><pre><code>x </code></pre></li></ul>",
        "- a\nx",
    ),
    # quote in item
    (
        "- a\n  > b\n- c",
        "<ul><li>a<blockquote><p>b</p></blockquote></li><li>c</li></ul>",
        "- a\nb\n- c",
    ),
    # heading in item
    (
        "- ## a\n  b",
        "<ul><li><h2>a</h2> b</li></ul>",
        "- a\nb",
    ),
    # table in item
    (
        "- a\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |",
        "<ul><li><p>a</p><table><thead><tr><th>x</th><th>y</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></li></ul>",
        "- a\nx ; y\n1 ; 2",
    ),
    # html in item
    (
        "- a\n\n  <div>b</div>",
        "<ul><li><p>a</p><div>b</div></li></ul>",
        "- a\nb",
    ),
    # empty item
    (
        "-\n- a",
        "<ul><li></li><li>a</li></ul>",
        "-\n- a",
    ),
    # hash word
    (
        "#mot du jour",
        "<p>#mot du jour</p>",
        "#mot du jour",
    ),
    # hash word after a line
    (
        "Suivez\n#mot et #autre",
        "<p>Suivez #mot et #autre</p>",
        "Suivez #mot et #autre",
    ),
    # seven hashes
    (
        "####### a",
        "<p>####### a</p>",
        "####### a",
    ),
    # heading after a line
    (
        "a\n## b\nc",
        "<p>a</p><h2>b</h2><p>c</p>",
        "a\n\nb\n\nc",
    ),
    # closed heading
    (
        "## a ##",
        "<h2>a</h2>",
        "a",
    ),
    # rule after a line
    (
        "a\n***\nb",
        "<p>a</p><hr /><p>b</p>",
        "a\n\nb",
    ),
    # underlined
    (
        "a\n===\nb\n---\nc",
        "<h1>a</h1><h2>b</h2><p>c</p>",
        "a\n\nb\n\nc",
    ),
    # underlined lines
    (
        "a\nb\n---",
        "<h2>a b</h2>",
        "a b",
    ),
    # fence after a line
    (
        "a\n```\nx\n```\nb",
        '<p>a</p><div class="highlight"><pre><span></span><code>x </code></pre></div><p>b</p>',
        "a\n\nx\n\nb",
    ),
    # fence without end
    (
        "```\nx",
        '<div class="highlight"><pre><span></span><code>x </code></pre></div>',
        "x",
    ),
    # fence with words
    (
        "```sh mon fichier.sh\nx\n```",
        '<div class="highlight"><pre><span></span><code>x </code></pre></div>',
        "x",
    ),
    # quote after a line
    (
        "a\n> b\nc",
        "<p>a</p><blockquote><p>b c</p></blockquote>",
        "a\n\nb c",
    ),
    # two quotes
    (
        "> a\n\n> b",
        "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>",
        "a\n\nb",
    ),
    # nested quotes
    (
        "> a\n> > b\n>\n> - c",
        "<blockquote><p>a</p><blockquote><p>b</p></blockquote><ul><li>c</li></ul></blockquote>",
        "a\n\nb\n\n- c",
    ),
    # table after a line
    (
        "a\n| x | y |\n|---|---|\n| 1 | 2 |",
        "<p>a</p><table><thead><tr><th>x</th><th>y</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        "a\n\nx ; y\n1 ; 2",
    ),
    # table without bars
    (
        "x | y\n--- | :-:\n1 | 2",
        (
            '<table><thead><tr><th>x</th><th style="text-align: center;">y</th></tr></thead>'
            '<tbody><tr><td>1</td><td style="text-align: center;">2</td></tr></tbody>'
            "</table>"
        ),
        "x ; y\n1 ; 2",
    ),
    # address
    (
        "Voir https://a.example/x_y_z.",
        '<p>Voir <a href="https://a.example/x_y_z">https://a.example/x_y_z</a>.</p>',
        "Voir https://a.example/x_y_z.",
    ),
    # address in brackets
    (
        "(https://a.example/a_(b))",
        '<p>(<a href="https://a.example/a_(b)">https://a.example/a_(b)</a>)</p>',
        "(https://a.example/a_(b))",
    ),
    # address of www
    (
        "www.a.example, ici",
        '<p><a href="http://www.a.example">www.a.example</a>, ici</p>',
        "www.a.example, ici",
    ),
    # address in emphasis
    (
        "**https://a.example/**",
        '<p><strong><a href="https://a.example/">https://a.example/</a></strong></p>',
        "https://a.example/",
    ),
    # address in a link
    (
        "[https://a.example](https://b.example)",
        '<p><a href="https://b.example">https://a.example</a></p>',
        "https://a.example (https://b.example)",
    ),
    # address in an anchor
    (
        '<a href="https://a.example">https://a.example</a>',
        '<p><a href="https://a.example">https://a.example</a></p>',
        "https://a.example",
    ),
    # address in code
    (
        "`https://a.example`",
        "<p><code>https://a.example</code></p>",
        "https://a.example",
    ),
    # address that is none
    (
        "http:// et x@a.example",
        "<p>http:// et x@a.example</p>",
        "http:// et x@a.example",
    ),
    # ampersand
    (
        "https://a.example/?a=1&b=2",
        '<p><a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a></p>',
        "https://a.example/?a=1&b=2",
    ),
    # struck
    (
        "~~12 h~~ 14 h",
        "<p><del>12 h</del> 14 h</p>",
        "14 h",
    ),
    # struck and strong
    (
        "~~**a**~~ b",
        "<p><del><strong>a</strong></del> b</p>",
        "b",
    ),
    # tasks
    (
        "- [ ] a\n- [x] b\n  - [X] c",
        (
            '<ul><li class="task-list-item">☐ a</li><li class="task-list-item">☑ b<ul>'
            '<li class="task-list-item">☑ c</li></ul></li></ul>'
        ),
        "- ☐ a\n- ☑ b\n  - ☑ c",
    ),
    # no task
    (
        "[ ] a\n\n- [a] b\n- `[ ]` c",
        "<p>[ ] a</p><ul><li>[a] b</li><li><code>[ ]</code> c</li></ul>",
        "[ ] a\n\n- [a] b\n- [ ] c",
    ),
    # underscores
    (
        "un_mot_la et __gras__ et _x_",
        "<p>un_mot_la et <strong>gras</strong> et <em>x</em></p>",
        "un_mot_la et gras et x",
    ),
    # stars
    (
        "2 * 3 * 4 et un**mot**la",
        "<p>2 * 3 * 4 et un<strong>mot</strong>la</p>",
        "2 * 3 * 4 et unmotla",
    ),
    # strong emphasis
    (
        "***a***",
        "<p><em><strong>a</strong></em></p>",
        "a",
    ),
    # break
    (
        "a\\\nb",
        "<p>a<br /> b</p>",
        "a\nb",
    ),
    # soft break
    (
        "a\nb",
        "<p>a b</p>",
        "a b",
    ),
    # escapes
    (
        '\\# \\~ \\@ \\| \\: \\"',
        '<p># ~ @ | : "</p>',
        '# ~ @ | : "',
    ),
    # references
    (
        "&copy; &eacute; &#233; &amp;",
        "<p>&copy; &eacute; &#233; &amp;</p>",
        "© é é &",
    ),
    # a word in angle brackets
    (
        "Bonjour <prénom>",
        "<p>Bonjour &lt;prénom&gt;</p>",
        "Bonjour <prénom>",
    ),
    # html around
    (
        "<details>\n<summary>Plus</summary>\n\n- a\n- b\n\n</details>",
        "<details><summary>Plus</summary><ul><li>a</li><li>b</li></ul></details>",
        "Plus\n\n- a\n- b",
    ),
    # deep text
    (
        "[`a`][], [b][`C`]\n\n[`a`]: https://a.example\n[`c`]: https://c.example",
        '<p><a href="https://a.example"><code>a</code></a>, <a href="https://c.example">b</a></p>',
        "a (https://a.example), b (https://c.example)",
    ),
    (
        "a\n      - b",
        "<p>a - b</p>",
        "a - b",
    ),
    # alert
    (
        "> [!NOTE]\n> Un *mot*\n> encore\n>\n> - a\n>   - b\n>\n> c\n\nfin",
        f"{ALERT}<p>Un <em>mot</em> encore</p>"
        "<ul><li>a<ul><li>b</li></ul></li></ul><p>c</p></div><p>fin</p>",
        "Note: Un mot encore\n\n- a\n  - b\n\nc\n\nfin",
    ),
    # alerts below each other, any case, a blank line below the mark, a lazy line
    (
        "> [!note]  \n>\n> a\n\n> [!Note]\\\n> b\nc",
        f"{ALERT}<p>a</p></div>{ALERT}<p>b c</p></div>",
        "Note: a\n\nNote: b c",
    ),
    # alert without a paragraph
    (
        "a\n> [!NOTE]\n> - [ ] b\n> ***\n> > [!NOTE]\n> > c",
        f'<p>a</p>{ALERT}<ul><li class="task-list-item">☐ b</li></ul><hr />'
        "<blockquote><p>[!NOTE] c</p></blockquote></div>",
        "a\n\nNote:\n\n- ☐ b\n\n[!NOTE] c",
    ),
    # within HTML, which ends at a blank line
    (
        "<details>\n<summary>Plus</summary>\n\n> [!NOTE]\n> a\n\n</details>",
        f"<details><summary>Plus</summary>{ALERT}<p>a</p></div></details>",
        "Plus\n\nNote: a",
    ),
    # no alerts, on GitHub
    *(
        (source, f"<blockquote><p>{text}</p></blockquote>", text)
        for source, text in [
            ("> [!NOTES]\n> a", "[!NOTES] a"),
            ("> [! NOTE]\n> a", "[! NOTE] a"),
            ("> [!NOTE] a\n> b", "[!NOTE] a b"),
            ("> a\n> [!NOTE]\n> b", "a [!NOTE] b"),
            ("> \\[!NOTE]\n> a", "[!NOTE] a"),
            ("> [!NOTE]", "[!NOTE]"),
            ("> [!NOTE]\n>\n", "[!NOTE]"),
        ]
    ),
    (
        "- > [!NOTE]\n  > a",
        "<ul><li><blockquote><p>[!NOTE] a</p></blockquote></li></ul>",
        "- [!NOTE] a",
    ),
]


def flat(markup: str) -> str:
    """Markup without the line breaks that a browser does not show."""
    return re.sub(r"\s*\n\s*", " ", markup).replace("> <", "><").strip()


def renderer(problems: Problems | None = None, extensions: list[str] = EXTENSIONS) -> Renderer:
    return Renderer(extensions, {}, lambda link, mark: link, problems or Problems())


@pytest.mark.parametrize(("source", "markup", "text"), CASES, ids=[one[0] for one in CASES])
def test_a_text_is_what_the_forge_shows(source: str, markup: str, text: str) -> None:
    assert flat(renderer().convert(source)) == markup
    assert renderer().render(source, "a.md", 1).text == text


@pytest.mark.parametrize(
    ("sort", "made", "french", "english"),
    [
        ("note", "note", "Note", "Note"),
        ("tip", "tip", "Astuce", "Tip"),
        ("important", "info", "Important", "Important"),
        ("warning", "warning", "Attention", "Warning"),
        ("caution", "danger", "Prudence", "Caution"),
    ],
)
def test_an_alert_has_a_title_in_the_language_of_the_site(
    sort: str, made: str, french: str, english: str
) -> None:
    titles = {"fr": french, "fr-CA": french, "en": english, "de": english}
    for tag, title in titles.items():
        one = Renderer(EXTENSIONS, {}, lambda link, mark: link, Problems(), tag)
        found = one.render(f"> [!{sort.upper()}]\n> Texte", "a.md", 1)
        marked = ' lang="en"' if tag == "de" else ""
        assert flat(found.markup.replace("&#10;", "\n")) == (
            f'<div class="admonition {made}"><p class="admonition-title"{marked}>{title}</p>'
            "<p>Texte</p></div>"
        )
        space = "\u00a0" if tag.startswith("fr") else ""
        assert found.text == f"{title}{space}: Texte"
        assert found.summary == found.text


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("!!! tip", "Astuce"),
        ("!!! danger end", "Danger"),
        ("!!! quote", "Citation"),
        ("??? example", "Exemple"),
        ("???+ question", "Question"),
        ("!!! sorte", "Sorte"),
        ('!!! tip "Tips & co"', "Tips &amp; co"),
    ],
)
def test_a_box_without_a_title_has_one_in_the_language_of_the_site(
    written: str, title: str
) -> None:
    extensions = [*EXTENSIONS, "pymdownx.details"]
    one = Renderer(extensions, {}, lambda link, mark: link, Problems(), "fr")
    found = flat(one.render(f"{written}\n    Texte", "a.md", 1).markup)
    assert f">{title}</" in found
    german = Renderer(extensions, {}, lambda link, mark: link, Problems(), "de")
    marked = ' lang="en"' in german.render(f"{written}\n    Texte", "a.md", 1).markup
    assert marked == (title not in {"Sorte", "Tips &amp; co"})


@pytest.mark.large
def test_the_title_of_an_alert_is_in_the_language_of_the_site_wherever_it_stands(
    site: Site,
) -> None:
    text = "> [!WARNING]\n> Prenez des bottes\n"
    site.write("content/page.md", f"# Page\n\n{text}")
    site.write("webinars/un.md", f"---\ntitle: Un\nstart: 2026-12-03 12:30\n---\n{text}")
    out = site.build()
    for name in ("page", "comptoirs/un"):
        page = (out / name / "index.html").read_text("utf-8").replace("&#10;", "\n")
        assert (
            '<div class="admonition warning"><p class="admonition-title">Attention</p>'
            "<p>Prenez des bottes</p></div>"
        ) in flat(page)
        assert "[!WARNING]" not in page
    calendar = (out / "flux" / "agenda.ics").read_bytes().decode().replace("\r\n ", "")
    assert "Attention\u00a0: Prenez des bottes" in calendar


def test_footnotes_are_those_of_forges_without_a_list_of_extensions() -> None:
    found = renderer().render("Un[^1], deux[^b].\n\n[^1]: seul\n[^b]: Une note", "a.md", 1)
    assert found.text == "Un [1], deux [2].\n\n[1] seul\n[2] Une note"
    assert found.markup.count('class="footnote-ref"') == 2
    assert "Jump back" not in found.markup


def test_an_address_between_angles_is_said_once() -> None:
    found = renderer().render("<nom@x.example>, [écrire](mailto:nom@x.example)", "a.md", 1)
    assert found.text == "nom@x.example, écrire (nom@x.example)"


def shape(markup: str) -> list[str]:
    """The elements and words of markup, without what the theme and the typography add to it."""
    tree = html.fragment_fromstring(markup, create_parent="div")
    for mark in tree.xpath(".//a[@class='headerlink']"):
        mark.drop_tree()
    found: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            found += [element.tag, *(element.text or "").split()]
        else:
            found += [f"/{element.tag}", *(element.tail or "").split()]
    return found


@pytest.mark.sampled
@pytest.mark.large
@pytest.mark.parametrize("own", [True, False], ids=["parcours", "mkdocs"])
def test_authored_pages_and_calendars_show_the_same(smallest: Site, own: bool) -> None:
    cases = [one for one in CASES if one[0] != "```\nx"]  # it would go on to the end
    body = "\n\n".join(f"###### Case {n}\n\n{one[0]}" for n, one in enumerate(cases))
    smallest.write("content/page.md", f"# Page\n\n{body}\n\n###### Case {len(cases)}\n")
    text = CASES[0][0] + "\n\n#hash ~~no~~\n"
    smallest.write("webinars/one.md", f"---\ntitle: One\nstart: 2026-12-03 12:30\n---\n{text}")
    config = f"markdown_extensions: {EXTENSIONS}\n"
    file = smallest.write("mkdocs.yml", (smallest.root / "mkdocs.yml").read_text() + config)
    if own:
        out = smallest.build()
    else:
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1795510800", "NO_MKDOCS_2_WARNING": "1"}
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(file)]
        subprocess.run(command, cwd=smallest.root, env=env, check=True, capture_output=True)
        out = smallest.root / "site"
    page = (out / "page" / "index.html").read_text("utf-8")
    for n, (source, markup, _) in enumerate(cases):
        start, end = (page.index(f'<h6 id="case-{one}">') for one in (n, n + 1))
        found = page[start:end].partition("</h6>")[2]
        assert shape(found) == shape(markup), source
    calendar = (out / "feeds" / "agenda.ics").read_text("utf-8").replace("\n ", "")
    assert r"Apportez :\n\n- un carnet\n- un stylo\n\n#hash\n" in calendar.replace("\r", "")


@pytest.mark.parametrize(("name", "first"), [("webinars/un.md", 5), ("content/p.md", 1)])
def test_a_fault_in_a_list_is_told_where_it_stands(
    site: Site, lines: Lines, name: str, first: int
) -> None:
    head = "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\n" if first > 1 else ""
    body = "Texte :\n- a\n  - [b](absent.md)\n    ![c](rien.png)\n\n  > 1. ![d](x.png)\n"
    site.write(name, head + body)
    assert site.run("check") == 1
    told = [line.partition(": ")[0] for line in lines() if line.startswith(name)]
    assert told == [f"{name}:{first + 2}:9", f"{name}:{first + 3}:10", f"{name}:{first + 5}:13"]


THEME = [
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
    *("pymdownx.betterem", "pymdownx.tilde", "pymdownx.arithmatex", "pymdownx.blocks.admonition"),
]
"""Extensions that the theme documents."""

KEPT = [
    '=== "C"\n\n    ``` c\n    int x;\n    ```\n\n=== "D"\n\n    - a\n    - b\n\nfin',
    '!!! note\n\n    a\n\n    !!! tip inline end "T"\n        b\n\n        - c\n\n    d\n\ne',
    "??? question\n    - [ ] a\n    - [x] b\n\n!!! note\n    c",
    '<div class="grid cards" markdown>\n\n-   __A__\n\n    ---\n\n    b\n\n-   c\n\n</div>',
    '<div class="grid" markdown>\n\n!!! note\n    a\n\n``` py\nx\n```\n\n- a\n{ .card }\n\n</div>',
    "`A`\n:   a\n\n    b\n\n    - c\n    - d\n\n`B`\n\n:   e\n\n    f\n\ng",
    "a[^1] b[^2]\n\n[^1]: c\n[^2]:\n    d\n\n    - e\n\n    ```\n    f\n    ```\n\ng",
    "``` yaml\na: 1 # (1)!\n```\n\n1.  b\n\nc (1)\n{ .annotate }\n\n1.  d\n\n    e",
    "# T {#id .c}\n\nP\n{: .x #y}\n\n- a\n- b\n{ .list }\n\n![i](x){ align=left }\n\nS {#s}\n---\n",
    "/// note | T\na\n\nb\n///\n\n$$\na\n- b\n= c\n$$\n",
    '<figure markdown="span">\n  ![I](x.png)\n  <figcaption>L</figcaption>\n</figure>\n',
    '<div markdown="block">\n## T\n\n- a\n\n    b\n\n<div markdown>\n*x*\n</div>\n</div>\n',
    "1.  a\n\n    !!! tip\n\n        b\n\n2.  c\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n",
    "The HTML\n\n*[HTML]: Hyper\n*[CSS]: C\n\n[a][b]\n\n[b]: http://x 'T'\n\n<!-- c\n\nd -->\n",
    "    a\n\n    b\n\n> c\n>\n> - d\n>\n>     e\n\n* * *\n\n&nbsp;x < 3 <br> y\n",
]


@pytest.mark.parametrize("source", KEPT, ids=range(len(KEPT)))
def test_what_the_theme_documents_is_as_it_was(source: str) -> None:
    tabs = {"pymdownx.tabbed": {"alternate_style": True}}
    made, was = (
        markdown.Markdown(extensions=names, extension_configs=tabs).convert(source)
        for names in ([*THEME, FORGE], THEME)
    )
    assert made == was


def test_blocks_of_extensions_stand_in_lists_of_two_spaces() -> None:
    source = '- a\n\n  !!! note\n      b\n      - c\n\n- d\n\n  ```py title="x"\n  e\n  ```\n'
    made = flat(markdown.Markdown(extensions=[*THEME, FORGE]).convert(source))
    assert '<li><p>a</p><div class="admonition note">' in made
    assert "<p>b</p><ul><li>c</li></ul></div></li>" in made
    assert '<span class="filename">x</span>' in made
