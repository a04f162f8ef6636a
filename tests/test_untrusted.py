"""What somebody else wrote and we publish runs nothing, as a browser reads it, without a policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parcours.problems import Problems
from parcours.prose.passive import MOST_TOLD, TAGS, faults_of, passive, report, with_holes

from .conftest import Site
from .effort import at_most

Lines = Callable[[], list[str]]

ALIVE = {
    "two readers": '<noscript><p title="</noscript><script src=../n.txt></script>"></noscript>',
    "link in a drawing": '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "animated link": '<svg><a><animate attributeName=href values="javascript:alert(1)"></a></svg>',
    "set link": '<svg><set attributeName=href to="javascript:alert(1)"></svg>',
    "body": "<body onload=alert(1)>",
    "html": "<html onmouseover=alert(1)>",
    "frameset": "<frameset onload=alert(1)></frameset><p onfocus=alert(1) tabindex=0>x</p>",
    "script": "<script>alert(1)</script>",
    "script in a drawing": "<svg><script href=data:,alert(1) /></svg>",
    "handler": "<img src=x onerror=alert(1)>",
    "handler after a slash": '<div><img/src="x"/onerror=alert(1)></div>',
    "details": "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "template": "<template><img src=x onerror=alert(1)></template>",
    "plaintext": "<plaintext><script>alert(1)</script>",
    "xmp": '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
    "title": '<title><p id="</title><img src=x onerror=alert(1)>"></title>',
    "textarea": '<textarea><p id="</textarea><img src=x onerror=alert(1)>"></textarea>',
    "style in a drawing": "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "table in mathematics": (
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"
    ),
    "foreign object": "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'>",
    "description": '<svg><desc><noscript><b title="</noscript><img onerror=alert(1) src=x>">',
    "base": "<base href=https://evil.example/>",
    "refresh": "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "form": "<form action=javascript:alert(1)><button>x</button></form>",
    "object": "<object data=n.txt type=text/html></object>",
    "embed": "<embed src=n.svg>",
    "portal": "<portal src=n.txt></portal>",
    "the theme's settings": '<p id="__config">{"base": "//evil.example", "search": "n.txt"}</p>',
    "parts of the theme": '<p data-md-component="search">x</p>',
    "a player of ours": '<p class="pc-player" data-kind="frame" data-source="javascript:1">x</p>',
    "a title that the theme shows as HTML": '<b title="&lt;img src=x onerror=alert(1)&gt;">x</b>',
    "link": "<a href=javascript:alert(1)>x</a>",
    "link with a tab": '<a href="java&#9;script:alert(1)">x</a>',
    "link by references": "<a href=&#x6A;avascript&colon;alert(1)>x</a>",
    "link after controls": '<a href="&#1; javascript:alert(1)">x</a>',
    "link to data": "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "picture as data": "<img alt=x src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "source": '<img alt=x srcset="a.png 1x, javascript:alert(1) 2x">',
    "cited": "<q cite=javascript:alert(1)>x</q>",
    "link of Markdown": "[x](<javascript:alert(1)>)",
    "picture of Markdown": "![x](vbscript:x)",
}


@pytest.mark.sampled(1)
@pytest.mark.large
@pytest.mark.parametrize("body", ALIVE.values(), ids=ALIVE)
def test_what_could_run_is_an_error_at_its_place(site: Site, lines: Lines, body: str) -> None:
    site.write("content/p.md", f"# P\n\nUn texte.\n\n{body}\n")
    assert site.run("build", "-d", str(site.root / "site")) == 1
    assert not (site.root / "site").exists()
    lines()
    assert site.run("check") == 1
    found = [line for line in lines() if "unsafe-" in line]
    assert found
    assert all(int(line.split(":")[1]) >= 5 for line in found), found


@pytest.mark.parametrize("body", ALIVE.values(), ids=ALIVE)
def test_what_is_written_again_reads_as_it_is_written(body: str) -> None:
    once = passive(body).markup
    assert passive(once).markup == once
    assert passive(once).faults == ()
    for word in ("<script", "onerror=a", "<style", "<template", "<noscript", 'href="java'):
        assert word not in once


def test_lists_of_attributes_are_read_too(site: Site, lines: Lines) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", text + "markdown_extensions: [attr_list]\n")
    site.write("content/p.md", "# P\n\nUn\n{: onclick=alert(1) }\n\n## Deux {: id='a\"b' }\n")
    assert site.run("check") == 1
    places = [line.split(" error")[0] for line in lines() if " error[unsafe-html]" in line]
    assert places == ["content/p.md:4:4:", "content/p.md:6:12:"]


@pytest.mark.parametrize("body", ["x <!-- <p>x</p>", "<b>x</b> <p title='x>y</p>", "x <p"])
def test_a_text_that_swallows_what_follows_is_told(body: str) -> None:
    assert [fault.code for fault in passive(body).faults] == ["unclosed-html"]


LINKS = "".join(f"<a href='x{n}:y'>z</a>\n" for n in range(20_000))

MATERIAL = """\
# Tout ce que l’on écrit

!!! note "Une *note*"
    Un texte.

??? tip
    Replié.

=== "Un"

    Premier onglet.

=== "Deux"

    Second onglet.

- [x] fait
- [ ] à faire

++ctrl+alt+del++, ==marqué==, H~2~O, ^^ajouté^^, ~~retiré~~, {--moins--}{++plus++}

:material-account-circle: :fontawesome-regular-face-laugh-wink:

``` py title="essai.py" linenums="1" hl_lines="1"
print("<script>")  # (1)!
```

1.  Une annotation.

[Un bouton](https://a.example/){ .md-button target=_blank }

<figure markdown="span">
  ![Une image](image.png){ width="300" loading=lazy align=left }
  <figcaption>Légende</figcaption>
</figure>

<div class="grid cards" markdown>

- Une carte[^1]

</div>

| a | b |
|:--|--:|
| 1 | 2 |

Terme
:   Définition, HTML et `<b>code</b>`.

<kbd>Entrée</kbd> <abbr title="Un mot">M</abbr> <br> <wbr> <time datetime="2026-12-03">x</time>
<video src="film.mp4" controls></video> <!-- un commentaire -->

[^1]: Une note de bas de page.

*[HTML]: HyperText Markup Language
"""
EXTENSIONS = """\
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables,
  pymdownx.details, pymdownx.superfences, pymdownx.keys, pymdownx.mark, pymdownx.tilde,
  pymdownx.caret, pymdownx.critic, pymdownx.inlinehilite, {toc: {permalink: true}},
  {pymdownx.highlight: {anchor_linenums: true, line_spans: __span, pygments_lang_class: true}},
  {pymdownx.tabbed: {alternate_style: true}}, {pymdownx.tasklist: {custom_checkbox: true}},
  {pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji '',
    emoji_generator: !!python/name:material.extensions.emoji.to_svg ''}}]
"""


@pytest.mark.large
def test_the_markdown_of_the_theme_is_as_it_was(site: Site, lines: Lines) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", text + EXTENSIONS)
    site.write("content/p.md", MATERIAL)
    site.write("content/image.png", b"\x89PNG")
    site.write("content/film.mp4", b"x")
    page = (site.build() / "p/index.html").read_text("utf-8")
    for part in (
        'class="admonition note"',
        '<details class="tip">',
        'data-tabs="1:2"',
        'type="radio"',
        'class="task-list-control"',
        'class="key-control"',
        "<mark>marqué</mark>",
        "<sub>2</sub>",
        '<span class="twemoji"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ',
        '<span class="filename">essai.py</span>',
        'id="__codelineno-0-1"',
        'class="grid cards"',
        'class="footnote-ref"',
        '<td align="right">2</td>',  # its style is forbidden on a page
        'loading="lazy"',
        "<dd>",
        '<abbr title="HyperText Markup Language">HTML</abbr>',
        'target="_blank"',
        '<video src="../film.mp4" controls=""></video>',
    ):
        assert part in page, part
    assert lines() == []
    assert site.run("check") == 0


@pytest.mark.large
def test_a_style_is_left_out_with_a_warning(site: Site, lines: Lines) -> None:
    site.write("content/p.md", '# P\n\n<p style="position: fixed">x</p>\n')
    assert site.run("check") == 0
    assert any(line.startswith("content/p.md:3:4: warning[unsafe-html]") for line in lines())
    assert "position" not in (site.build() / "p/index.html").read_text("utf-8").split("<article")[1]


@pytest.mark.large
def test_what_the_engine_alone_reads_is_judged_too(
    site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    extra = f"markdown_extensions: [{{pymdownx.snippets: {{base_path: [{site.root}]}}}}]\n"
    site.write("mkdocs.yml", text + extra)
    site.write("webinars/n.txt", "<img src=x onerror=alert(1)>\n")
    site.write("content/p.md", '# P\n\n--8<-- "webinars/n.txt"\n')
    assert site.run("build", "-d", str(site.root / "site")) != 0
    printed = capfd.readouterr()
    assert "content/p.md" in printed.err
    assert "Traceback" not in printed.err
    assert not (site.root / "site").exists()


def test_a_comment_stays_if_it_ends_for_every_reader() -> None:
    assert passive("<p>a<!-- b-c --></p>").markup == "<p>a<!-- b-c --></p>"
    for comment in ("<!-->", "<!--->", "<!-- <b> -->", "<!-- a -- b -->"):
        assert passive(f"<p>a{comment}</p>").markup == "<p>a</p>"


@pytest.mark.parametrize(
    "start", ["/\\", "\\\\", "\\/", "https:\\\\", "https:", "/&#9;\\", "ftp://", "http:/"]
)
def test_what_is_loaded_says_plainly_from_where(start: str) -> None:
    for tag in ("video src", "img alt=x src", "video poster", "img alt=x srcset"):
        if "srcset" in tag and "&#9;" in start:
            continue  # white space parts addresses there
        (fault,) = passive(f'<{tag}="{start}evil.example/a.png"></video>').faults
        assert fault.code == "unsafe-link"
    assert passive('<img alt=x src="../a%20b.png" srcset="a.png 1x, b.png 2x">').faults == ()


@pytest.mark.large
def test_no_page_asks_another_host(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    film = '<video src="https://film.example/a.mp4"></video>'
    pictures = "![b](//else.example/b) ![c](HTTPS://else.example/c)"
    own = "![e](https://petit.example/x/e.png)"
    near = "---\nframes: [https://film.example]\n---\n"
    site.write("content/p.md", f"# P\n\n{film}\n\n{pictures}\n\n{own}\n")
    site.write("content/q.md", f"{near}# Q\n\n{film}\n")
    out = site.build()
    page = (out / "p/index.html").read_text("utf-8")
    assert "else.example" not in page
    assert "film.example" not in page
    assert '<img alt="c"' in page
    assert "https://petit.example/x/e.png" in page
    assert film in (out / "q/index.html").read_text("utf-8")
    assert capfd.readouterr().err.count("warning[foreign-media]") == 3


def test_an_attribute_is_told_in_its_tag(site: Site, lines: Lines) -> None:
    text = "# P\n\nUn style onload.\n\n<b onload=x>a</b>\n"
    site.write("content/p.md", text)
    assert site.run("check") == 1
    told = [line.partition(": ")[0] for line in lines() if "[unsafe-html]" in line]
    assert told == ["content/p.md:5:4"]


@pytest.mark.large
def test_a_page_shows_the_pictures_that_the_policy_allows(site: Site, lines: Lines) -> None:
    """What readers are told of. Texts of events and posts, which news carry, show none."""
    config = site.root / "mkdocs.yml"
    allow = "{img: [https://img.example], media: [https://son.example]}"
    text = config.read_text("utf-8")
    assert "  - parcours:\n" in text
    config.write_text(
        text.replace("  - parcours:\n", f"  - parcours:\n      policy: {{allow: {allow}}}\n"),
        "utf-8",
    )
    seen = "![a](https://img.example/a.png)"
    film = '<video poster="https://img.example/a.png" src="https://son.example/a.mp4"></video>'
    site.write("content/p.md", f"# P\n\n{seen}\n\n{film}\n")
    site.write("content/q.md", "# Q\n\n![a](http://img.example/a.png)\n")
    site.write("content/r.md", "# R\n\n![a](https://son.example/a.png)\n")
    site.write("webinars/un.md", f"---\ntitle: T\nstart: 2026-12-03 12:30\n---\n{seen}\n")
    assert site.run("check") == 0
    told = [line.partition(": ")[0] for line in lines() if "[foreign-media]" in line]
    assert told == ["content/q.md:3:6", "content/r.md:3:6", "webinars/un.md:5:6"]
    page = (site.build() / "p/index.html").read_text("utf-8")
    assert 'src="https://img.example/a.png"' in page
    assert film in page


ELSEWHERE = [
    "![a](https://else.example/a.png)",
    "![a](//else.example/a.png)",
    "![a](HTTPS://ELSE.example:443/a.png)",
    '<img src="http://else.example/a.png" alt="a">',
    '<a href="https://b.example/"><img src="https://else.example/a.svg" alt="a"></a>',
    "[![a][1]](https://b.example/)\n\n[1]: https://else.example/a.png",
    '<img src="photo.png" srcset="https://else.example/a.png 2x" alt="a">',
    '<picture><source srcset="https://else.example/a.webp"><img src="photo.png" alt="a"></picture>',
    '<video src="https://else.example/a.mp4"></video>',
    '<video src="film.mp4" poster="https://else.example/a.png"></video>',
    '<audio src="https://else.example/a.mp3"></audio>',
    '<video><source src="https://else.example/a.mp4"></video>',
    '<p style="background: url(https://else.example/a.png)">a</p>',
    "<style>p { background: url(https://else.example/a.png) }</style>",
    '<table background="https://else.example/a.png"><tr><td>a</td></tr></table>',
    '<svg><image href="https://else.example/a.png"/></svg>',
    '<link rel="stylesheet" href="https://else.example/a.css">',
    '<object data="https://else.example/a.svg"></object>',
]
HEADS = {
    "content/p{n}.md": "",
    "webinars/un{n}/index.md": "start: 2026-12-03 12:30\n",
    "content/actualites/n{n}/index.md": "date: 2026-01-01\n",
}


@pytest.mark.large
def test_what_another_host_would_be_asked_for_is_told_when_it_is_checked(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, where it stands; and no reader of pages or news asks for it."""
    places: dict[str, str] = {}
    for form, head in HEADS.items():
        for n, text in enumerate(ELSEWHERE):
            name = form.format(n=n)
            source = f"---\ntitle: T\n{head}---\nTexte.\n\n{text}\n"
            places[name] = (
                f":{source[: source.lower().index('//else.example')].count(chr(10)) + 1}:"
            )
            site.write(name, source)
            for file in ("photo.png", "film.mp4"):
                site.write(f"{name.rpartition('/')[0]}/{file}", b"")
    assert site.run("check") == 1
    found = capsys.readouterr().out.splitlines()
    for name, place in places.items():
        lines = [line for line in found if line.startswith(f"{name}:")]
        codes = ("foreign-media", "unsafe-html", "left-out")
        told = [line for line in lines if any(f"[{code}]" in line for code in codes)]
        assert told, name
        assert all(line.startswith(name + place) for line in told), told
        assert len([line for line in told if "foreign-media" in line]) <= 1, told
    for name in places:
        if name.startswith("content/p"):
            (site.root / name).unlink()  # an error, mostly
    out = site.compile()
    for path in out.rglob("*"):
        if path.is_file() and path.suffix != ".md":
            assert b"else.example/a" not in path.read_bytes().lower(), path


@pytest.mark.large
def test_no_page_makes_the_theme_fetch_a_script(
    site: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    site.write("mkdocs.yml", text + "markdown_extensions: [attr_list]\n")
    site.write("content/p.md", "# P\n\n<pre class='a mermaid'>graph LR</pre>\n\nx\n{: .mermaid }\n")
    assert "mermaid" not in (site.build() / "p/index.html").read_text("utf-8")
    assert "content/p.md:3:15: warning[foreign-script]" in capfd.readouterr().err
    own = "extra_javascript: [js/mermaid.min.js]\n"
    site.write("mkdocs.yml", text + own)
    site.write("content/js/mermaid.min.js", "/* */")
    assert '<pre class="a mermaid">' in (site.build() / "p/index.html").read_text("utf-8")


@pytest.mark.large
def test_no_end_tag_leaves_its_page(site: Site) -> None:
    site.write("content/p.md", "# P\n\n</div></article></main><div>ouvert\n\n<b>gras\n")
    page = (site.build() / "p/index.html").read_text("utf-8")
    assert page.count("</article>") == page.count("<article") == 1
    assert page.count("</main>") == 1


@pytest.mark.large
def test_compiled_blocks_are_left_as_they_are(site: Site) -> None:
    site.write("content/agenda.md", "# Agenda\n\n<div>ouvert\n\n<!-- parcours:agenda -->\n\nFin.\n")
    site.write("webinars/un.md", "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\nTexte.\n")
    page = (site.build() / "agenda/index.html").read_text("utf-8")
    assert '<script defer src="../assets/agenda.js">' in page


def test_a_hole_is_filled_with_what_stood_there() -> None:
    block = '<div data-x="1"> <script src=a></script></div> <p>x</p>'
    stood = block.replace("> <p", ">\n<p")
    found = with_holes(f"<b>a</b>\n{stood}\n<i>b", [block])
    assert found.faults == ()
    assert found.markup.startswith(f"<b>a</b>\n{stood}\n<i>b</i>")


@pytest.mark.large
@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 50_000,
        "<!--" * 50_000,
        "<a " + "x " * 50_000,
        "<svg>" * 50_000,
        LINKS,
        '<p title="' * 9_999,
    ],
    ids=["deep", "comments", "attributes", "drawings", "links", "quotes"],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    with at_most(5):
        report(passive(text).faults, text, "x.md", 1, Problems())


def test_errors_are_told_before_very_many_warnings() -> None:
    text = "<p style=x>\n" * 200 + "<script></script>"
    problems = Problems()
    report(faults_of(text), text, "x.md", 1, problems)
    assert problems.errors == 1
    assert problems.sorted()[-1].mark.line == 201
    assert len(problems.sorted()) == MOST_TOLD


def test_the_list_knows_no_element_whose_content_is_no_markup() -> None:
    raw = {"iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style"}
    assert not TAGS & (raw | {"template", "textarea", "title", "xmp", "select", "form"})
