"""What an existing configuration asks of other hosts is told at its place, or allowed there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from parcours.engine.policy import Policy, PolicyRefused, directives, script_hash

from .conftest import SMALLEST, Site
from .test_safety import HEAD, policy_of

Lines = Callable[[], list[str]]

PLUGIN = "parcours: {timezone: Europe/Lisbon}"
OWN = "theme: {name: material, custom_dir: own}"


@pytest.fixture
def quiet(smallest: Site) -> Site:
    """A site that nothing is to be said of."""
    text = SMALLEST.replace(PLUGIN, PLUGIN.replace("}", ", uid_domain: small.example}"))
    smallest.write("mkdocs.yml", text)
    smallest.commit()
    return smallest


def configured(site: Site, theme: str = "", more: str = "", allow: str = "") -> None:
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    if theme:
        text = text.replace("theme: {name: material}", theme)
    if allow:
        said = f"small.example, policy: {{allow: {allow}}}}}]"
        text = text.replace("small.example}]", said)
    site.write("mkdocs.yml", text + more)


TOLD = [
    # the theme, more of the configuration, what is allowed, and what is told
    (
        "",
        "extra_javascript: [https://stats.example/a.js]\n",
        "mkdocs.yml:6:20: warning[foreign-asset]",
        "{script: [https://stats.example]}",
    ),
    (
        "",
        "extra_css:\n  - https://css.example/a.css\n",
        "mkdocs.yml:7:5: warning[foreign-asset]",
        "{style: [https://css.example]}",
    ),
    (
        "theme: {name: material, logo: https://img.example/logo.png}",
        "",
        "mkdocs.yml:4:31: warning[foreign-asset]",
        "{img: [https://img.example]}",
    ),
    (
        "",
        "repo_url: https://github.com/a/b\n",
        "mkdocs.yml:6:11: warning[foreign-asset]",
        "{connect: [https://api.github.com]}",
    ),
    ("theme: {name: material, font: {text: Lato}}", "", "mkdocs.yml:4:31: warning[config]", ""),
]


def test_what_goes_out_unencrypted_is_never_allowed(quiet: Site, lines: Lines) -> None:
    configured(quiet, more="extra_javascript: [http://stats.example/a.js]\n")
    for _ in range(2):
        assert quiet.run("check") == 0
        (line,) = lines()
        assert "asks http://stats.example," in line
        assert "{script: [https://stats.example]}" in line
        configured(quiet, allow="{script: [https://stats.example]}")


@pytest.mark.parametrize(("theme", "more", "told", "allow"), TOLD)
def test_what_the_policy_stops_is_told_at_its_place(
    quiet: Site, lines: Lines, theme: str, more: str, told: str, allow: str
) -> None:
    configured(quiet, theme, more)
    assert quiet.run("check") == 0
    (line,) = lines()
    assert line.startswith(f"{told}: ")
    if allow:
        assert f"« policy: {{allow: {allow}}} »" in line
        configured(quiet, allow=allow)
        assert quiet.run("check") == 0
        assert lines() == []


TEMPLATE = """\
{% extends "base.html" %}
{% block extrahead %}
  <link rel="stylesheet" href="https://fonts.example/css">
  <link rel="canonical" href="https://else.example/">
  <script src="//stats.example/s.js" defer></script>
  <script src="{{ 'own.js' | url }}"></script>
  <a href="https://link.example/">x</a>
  <img data-src="https://late.example/x.png" src="x.png">
  <link href="https://early.example" rel=preconnect>
{% endblock %}
"""
SHEET = """\
/* url(https://remark.example/) */
@import "https://sheets.example/a.css";
@font-face { src: url(https://files.example/x.woff2) }
a { background: url('https://pictures.example/x.png') }
"""


def test_templates_and_style_sheets_of_the_site_s_own_are_looked_at(
    quiet: Site, lines: Lines
) -> None:
    configured(quiet, OWN, "extra_css: [own.css]\n")
    quiet.write("own/main.html", TEMPLATE)
    quiet.write("own/own.js", "x = 1;\n")
    quiet.write("content/own.css", SHEET)
    assert quiet.run("check") == 0
    told = lines()
    for line, (start, host, directive) in zip(
        told,
        [
            ("content/own.css:2:1", "https://sheets.example", "style"),
            ("content/own.css:3:19", "https://files.example", "font"),
            ("content/own.css:4:17", "https://pictures.example", "img"),
            ("own/main.html:3:3", "https://fonts.example", "style"),
            ("own/main.html:5:3", "https://stats.example", "script"),
            ("own/main.html:9:3", "https://early.example", "connect"),
        ],
        strict=True,
    ):
        assert line.startswith(f"{start}: warning[foreign-asset]: ")
        assert f"{{allow: {{{directive}: [{host}]}}}}" in line


@pytest.mark.large
def test_a_script_that_a_template_fills_in_is_found_where_it_begins(
    quiet: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(quiet, OWN)
    block = "{% extends 'base.html' %}\n{% block scripts %}\nwindow.a = <b></b>\n"
    block += "<script>\n  window.a = '{{ config.site_name }}';</script>{{ super() }}{% endblock %}"
    quiet.write("own/main.html", block)
    assert quiet.run("build", "-d", str(quiet.root / "site")) == 1
    assert "own/main.html:5:3: error[inline-script]: " in capsys.readouterr().err


@pytest.mark.large
def test_long_style_sheets_and_templates_take_a_linear_effort() -> None:
    from parcours.engine.others import _of_sheet, _of_template

    for text in ("/*" * 40_000, "url(" * 40_000, "@import " * 40_000, "a{} /* x */" * 20_000):
        assert list(_of_sheet(text)) == []
    for text in ("<link " * 40_000, "<script src=" * 40_000, "<img " + "a" * 90_000):
        assert list(_of_template(text)) == []


@pytest.mark.large
def test_an_inline_script_is_told_where_it_stands_and_allowed_by_its_hash(
    quiet: Site, lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(quiet, OWN)
    code = "window.mine = 1;"
    block = f"{{% extends 'base.html' %}}\n{{% block scripts %}}\n<script>{code}</script>\n"
    quiet.write("own/main.html", block + "{{ super() }}{% endblock %}")
    assert quiet.run("build", "-d", str(quiet.root / "site")) == 1
    said = capsys.readouterr().err
    assert "own/main.html:3:9: error[inline-script]: " in said
    assert f"{{allow: {{script: [{script_hash(code)}]}}}}" in said
    configured(quiet, allow=f"{{script: ['{script_hash(code)}']}}")
    out = quiet.build()
    policy = policy_of(out / "index.html")
    assert f"'{script_hash(code)}'" in policy["script-src"]
    assert not any("unsafe" in one or "://" in one for said in policy.values() for one in said)


GOOGLE = "extra: {analytics: {provider: google, property: G-1}}\n"
HOSTS = """{script: [https://www.googletagmanager.com],
  connect: [https://www.google-analytics.com, https://region1.google-analytics.com]}"""


@pytest.mark.large
def test_who_counts_readers_is_told_at_its_place_and_runs_once_allowed(
    quiet: Site, lines: Lines
) -> None:
    configured(quiet, more=GOOGLE)
    assert quiet.run("check") == 1
    told = lines()
    assert all(line.startswith("mkdocs.yml:6:31: ") for line in told)
    assert [line for line in told if "error[foreign-asset]" in line and "googletagmanager" in line]
    configured(quiet, allow=HOSTS)
    out = quiet.build()
    assert not [line for line in lines() if "foreign-asset" in line]
    policy = policy_of(out / "webinars/one/index.html")
    assert "https://www.googletagmanager.com" in policy["script-src"]
    assert "https://www.google-analytics.com" in policy["connect-src"]


@pytest.mark.large
def test_a_template_of_the_site_s_own_that_counts_readers(quiet: Site, lines: Lines) -> None:
    configured(quiet, OWN, "extra: {analytics: {provider: custom}}\n")
    quiet.write("own/x.html", "")
    assert quiet.run("check") == 1
    assert lines()[0].startswith("mkdocs.yml:6:31: error[missing-file]: ")
    script = '<script src="https://stats.example/s.js" data-site="1" defer></script>\n'
    quiet.write("own/partials/integrations/analytics/custom.html", script)
    assert quiet.run("check") == 0
    (line,) = lines()
    assert line.startswith("own/partials/integrations/analytics/custom.html:1:1: warning[foreign")
    configured(quiet, allow="{script: [https://stats.example], connect: [https://stats.example]}")
    policy = policy_of(quiet.build() / "index.html")
    assert policy["connect-src"] == ["'self'", "https://stats.example"]


@pytest.mark.parametrize(
    "host",
    [
        *(
            "https://*.a.example",
            "http://a.example",
            "unsafe-inline",
            "data:",
            "https://a.example/x",
        ),
        *("*", "https://a", "wss://a.example", "sha256-AAAA=", "https://a.example; script-src *"),
    ],
)
def test_what_is_no_whole_host_is_refused(quiet: Site, lines: Lines, host: str) -> None:
    configured(quiet, allow=f'{{script: ["{host}"]}}')
    assert quiet.run("check") == 1
    (line,) = lines()
    assert line.startswith("mkdocs.yml:5:")
    assert "error[bad-origin]: policy.allow.script[1]: " in line


def test_a_hash_is_for_scripts_alone_and_a_directive_has_a_name(quiet: Site, lines: Lines) -> None:
    configured(quiet, allow=f"{{style: ['{script_hash('a')}'], default: [https://a.example]}}")
    assert quiet.run("check") == 1
    assert [line.split("]")[0].split("[")[1] for line in lines()] == ["bad-origin", "unknown-key"]


def test_each_directive_takes_its_hosts_and_nothing_else() -> None:
    before = directives(frames=["https://video.example"])
    hosts = ("https://a.example",)
    for name, directive in [("form", "form-action"), ("frame", "frame-src"), ("img", "img-src")]:
        after = directives(frames=["https://video.example"], allowed={name: hosts})
        changed = set(after.split("; ")) - set(before.split("; "))
        assert [one.split()[0] for one in changed] == [directive]
        assert changed.pop().endswith(" https://a.example")
    with pytest.raises(PolicyRefused):
        Policy(frozenset(), {"script": hosts}).apply(HEAD + "<script>a</script>")


ADDS = """\
def on_post_page(output, page, config):
    more = '<style>b {}</style><script src="https://cdn.example/x.js"></script>'
    return output.replace("</head>", more + "</head>")
"""
"""As mkdocs-glightbox: it writes into finished pages."""


@pytest.mark.large
def test_what_another_plugin_adds_to_pages_is_told_once(
    quiet: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(quiet, more="hooks: [hook.py]\n")
    quiet.write("hook.py", ADDS)
    out = quiet.build()
    said = capsys.readouterr().err
    assert said.count("warning[inline-style]: ") == said.count("warning[foreign-asset]: ") == 1
    assert "https://cdn.example" not in str(policy_of(out / "index.html"))
    text = (quiet.root / "mkdocs.yml").read_text("utf-8")
    quiet.write("mkdocs.yml", text.replace("hook.py", "other.py"))
    quiet.write("other.py", ADDS.replace(' src="https://cdn.example/x.js">', ">more()"))
    assert quiet.run("build", "-d", str(quiet.root / "site")) == 1
    assert "mkdocs.yml:1:1: error[inline-script]: " in capsys.readouterr().err


@pytest.mark.large
def test_readers_are_told_which_hosts_they_ask(quiet: Site) -> None:
    assert not (quiet.build() / "privacy/index.html").exists()
    configured(quiet, allow="{script: [https://stats.example], connect: [https://stats.example]}")
    out = quiet.build()
    (section,) = html.parse(str(out / "privacy/index.html")).xpath(
        "//section[contains(@class, 'pc-hosts')]"
    )
    assert section.xpath(".//code/text()") == ["https://stats.example"]
    assert len(section.xpath(".//li//li")) == 2
    foot = html.parse(str(out / "index.html")).xpath("//nav[@class='pc-foot']//a/@href")
    assert any("privacy" in href for href in foot)
    quiet.write("content/privacy.md", "# Data\n\n<!-- parcours:hosts -->\n\nOurs.\n")
    text = (quiet.build() / "privacy/index.html").read_text("utf-8")
    assert text.index("https://stats.example</code>") < text.index("Ours.")
    assert text.count("<h1") == 1


def test_the_marker_of_hosts_waits_where_none_is_allowed(quiet: Site, lines: Lines) -> None:
    quiet.write("content/privacy.md", "# Data\n\n<!-- parcours:hosts -->\n\nOurs.\n")
    quiet.commit()
    assert quiet.run("check") == 0
    assert lines() == []


@pytest.mark.parametrize(
    ("theme", "place"),
    [("", "1:1"), ("theme: readthedocs", "4:8"), ("theme: {name: mkdocs}", "4:8")],
)
def test_another_theme_is_told_at_its_place(
    quiet: Site, lines: Lines, theme: str, place: str
) -> None:
    text = (quiet.root / "mkdocs.yml").read_text("utf-8")
    quiet.write("mkdocs.yml", text.replace("theme: {name: material}", theme))
    assert quiet.run("check") == 1
    (line,) = lines()
    assert line.startswith(f"mkdocs.yml:{place}: error[config]: ")
    assert "name: material" in line


def test_a_plugin_that_takes_endings_away_is_told_at_its_place(quiet: Site, lines: Lines) -> None:
    text = (quiet.root / "mkdocs.yml").read_text("utf-8")
    quiet.write("mkdocs.yml", text.replace("[search,", "[search, offline,"))
    assert quiet.run("check") == 1
    assert any(line.startswith("mkdocs.yml:5:19: error[config]: ") for line in lines())


FALLS = """\
def on_page_content(html, page, config, files):
    raise OSError("the disk of another")
"""


@pytest.mark.large
def test_another_plugin_s_fault_is_not_told_as_ours(
    quiet: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(quiet, more="hooks: [hook.py]\n")
    quiet.write("hook.py", FALLS)
    assert quiet.run("build", "-d", str(quiet.root / "site")) == 1
    said = capsys.readouterr().err
    assert "\nhook.py:2: " in f"\n{said}"
    assert "the disk of another" in said
    assert "report it" not in said
    assert "cannot be written" not in said
    assert "Traceback" not in said


BODY = "---\ntitle: One\nstart: 2026-12-03 12:30\n---\nText.\n\nOf {{ 6*7 }} and {% x %}.\n"


@pytest.mark.large
def test_a_macro_in_a_meeting_is_told_where_a_plugin_reads_them(
    quiet: Site, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet.write("webinars/one.md", BODY)
    quiet.write("content/index.md", "# Hello\n\n[x]({{ base }}/y.md)\n")
    quiet.commit()
    found: tuple[tuple[str, str], ...] = ()
    monkeypatch.setattr("parcours.engine.config._macros", lambda config: found)
    assert quiet.run("check", "--no-cache") == 1
    assert [line.split(":")[0] for line in lines()] == ["content/index.md"]
    found = (("{{", "}}"), ("{%", "%}"))
    assert quiet.run("check", "--no-cache") == 0
    (line,) = lines()
    assert line.startswith("webinars/one.md:7:4: warning[macro-in-body]: « {{ 6*7 }} »")
    found = (("[[", "]]"), ("[%", "%]"))
    assert quiet.run("check", "--no-cache") == 1
    assert "macro-in-body" not in str(lines())
