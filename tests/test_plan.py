"""The plan of pages: addresses, parents and link targets come from it, inputs are plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime

import pytest
from jinja2 import UndefinedError
from mkdocs.structure.files import File
from pydantic import BaseModel

from parcours.engine.page import rendered
from parcours.i18n import translator
from parcours.model.authored import Authored
from parcours.model.community import Community, Course, Event, Post
from parcours.pages.drawing import Block, draw
from parcours.pages.heading import Heading
from parcours.pages.library import Library
from parcours.pages.page import Page, Plan, join
from parcours.tree import page_path

from .conftest import NOW, ROOT, Site
from .corpora import compiled

Lines = Callable[[], list[str]]


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan of the flagship's pages."""
    return compiled(ROOT / "mkdocs.yml", datetime.fromisoformat(NOW)).plan


EVENT = "---\ntitle: Un\nstart: 2026-12-03 12:30\n---\n"
OLD = "---\ntitle: Deux\nstart: 2025-12-04 12:30\n---\nTexte.\n"


def told(site: Site, lines: Lines) -> list[str]:
    """The problems that a check tells."""
    site.commit()
    site.run("check")
    return lines()


@pytest.mark.regions
@pytest.mark.parametrize(
    "link",
    [
        "/agenda/2026-12/",
        "/agenda/2026-12",
        "/agenda/2025/",
        "/agenda/",
        "/",
        "/s-abonner/tous/",
        "/comptoirs/un/",
        "/territoires/bretagne/",
        "/flux/agenda.ics",
        "/flux/agenda.rss.xml",
        "/comptoirs/un.ics",
        "/agenda/2026-12/?x=1#y",
    ],
)
def test_a_body_may_link_to_every_address_of_the_site(site: Site, lines: Lines, link: str) -> None:
    site.write("webinars/un.md", f"{EVENT}Voir [ici]({link}).\n")
    site.write("webinars/deux.md", OLD)
    assert told(site, lines) == []


@pytest.mark.parametrize("link", ["/agenda/2026-11/", "/agenda/2024/", "/rien", "/flux/rien.ics"])
def test_a_link_to_no_address_of_the_site_is_told_with_its_place(
    site: Site, lines: Lines, link: str
) -> None:
    site.write("webinars/un.md", f"{EVENT}Voir [ici]({link}).\n")
    site.write("webinars/deux.md", OLD)
    (line,) = told(site, lines)
    assert line.startswith("webinars/un.md:5:12: error[dead-link]")
    assert link in line


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ("[a](a.md#b) [b](a.md)", [5, 17]),
        ("[a](a.md) [b](a.md#b)", [5, 15]),
        ("[a](a.md) [b](a.md)", [5, 15]),
        ("a.md, [a](a.md)", [11]),
        ("[a.md](a.md)", [8]),
        ("[a][r], [b](a.md)\n\n[r]: a.md#b", [6, 13]),
        ('<a href="a.md#b">a</a> <a href="a.md">b</a>', [10, 33]),
    ],
)
@pytest.mark.parametrize("file", ["webinars/un.md", "content/une.md"])
def test_a_dead_link_is_told_where_it_stands(
    site: Site, lines: Lines, file: str, body: str, columns: list[int]
) -> None:
    site.write(file, f"{EVENT}{body}\n" if "webinars" in file else f"# Une\n\n{body}\n")
    found = [line.split(": ")[0] for line in told(site, lines) if "dead-link" in line]
    assert sorted(int(one.rpartition(":")[2]) for one in found) == columns


def test_the_home_page_names_written_pages_as_ways(site: Site, lines: Lines) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    ways = config.replace("  - parcours:\n", "  - parcours:\n      ways: [entraide, nulle-part]\n")
    assert ways != config
    site.write("mkdocs.yml", ways)
    site.write("content/entraide.md", "---\ndescription: On s’aide.\n---\n# Entraide\n")
    (line,) = told(site, lines)
    assert "error[dead-link]" in line
    assert "mkdocs.yml" in line
    assert "nulle-part" in line
    site.write("mkdocs.yml", ways.replace(", nulle-part", ""))
    home = (site.compile() / "index.md").read_text()
    assert '<a href="entraide/">Entraide</a>' in home
    assert "On s’aide." in home


def test_a_link_to_a_page_is_checked_though_something_else_is_wrong(
    site: Site, lines: Lines
) -> None:
    site.write("webinars/un.md", f"{EVENT}Voir [ici](/rien/) et [là](rien.md).\n")
    assert [line.split(" ")[0] for line in told(site, lines)] == [
        "webinars/un.md:5:12:",
        "webinars/un.md:5:28:",
    ]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("Présentation.pdf", "presentation.pdf"), "shared-address"),
        (("N.vtt", "n.vtt"), "shared-address"),
        (("a/b.pdf", "a-b.pdf"), "shared-address"),
        (("x y.pdf", "x_y.pdf"), "shared-address"),
        (("图.png",), "nameless-file"),
        (("🎉.pdf",), "nameless-file"),
    ],
)
def test_two_files_never_share_an_address(
    site: Site, lines: Lines, names: tuple[str, ...], code: str
) -> None:
    links = "".join(f"[x](<{name}>) " for name in names)
    site.write("webinars/un.md", f"{EVENT}{links}\n")
    for name in names:
        site.write(f"webinars/{name}", name)
    (line,) = told(site, lines)
    assert f"error[{code}]" in line
    assert line.startswith("webinars/un.md:5:")


def test_a_file_of_a_record_and_one_of_its_body_never_share_an_address(
    site: Site, lines: Lines
) -> None:
    front = EVENT.replace("2026-12-03", "2025-12-04")[:-4]
    site.write(
        "webinars/un.md",
        f"{front}replay: {{video: 'https://v.example/x', slides: Plan.pdf}}\n---\n[x](plan.PDF)\n",
    )
    site.write("webinars/Plan.pdf", "1")
    site.write("webinars/plan.PDF", "2")
    (line,) = told(site, lines)
    assert "error[shared-address]" in line


def test_files_of_the_site_that_differ_in_capitals_alone_are_told(site: Site, lines: Lines) -> None:
    site.write("content/Logo.pdf", "1")
    site.write("content/logo.pdf", "2")
    (line,) = told(site, lines)
    assert "error[shared-address]" in line


def test_a_file_that_two_sources_name_is_no_double(site: Site, lines: Lines) -> None:
    site.write("webinars/un.md", f"{EVENT}[x](a.pdf) [y](./a.pdf)\n")
    site.write("webinars/deux.md", f"{OLD}[x](a.pdf)\n")
    site.write("webinars/a.pdf", "1")
    assert told(site, lines) == []


def test_an_old_address_may_not_be_that_of_a_page(site: Site, lines: Lines) -> None:
    site.write("webinars/un.md", EVENT.replace("---\n", "---\naliases: [agenda]\n", 1))
    (line,) = told(site, lines)
    assert line.startswith("webinars/un.md:2:11: error[duplicate-address]")
    assert "choisissez une autre adresse" in line


def test_an_event_and_an_authored_page_may_not_have_one_address(site: Site, lines: Lines) -> None:
    site.write("webinars/un.md", EVENT)
    site.write("content/comptoirs/un.md", "# Un\n")
    (line,) = told(site, lines)
    assert "error[duplicate-address]" in line
    assert "webinars/un.md" in line


@pytest.mark.large
def test_pages_know_the_page_above_them(plan: Plan) -> None:
    assert plan.doubles == ()
    for page in plan:
        assert page.parent is None or page.parent in plan.pages, page.address
        assert page.address == "" or page.address.endswith("/")


@pytest.mark.large
def test_a_page_is_drawn_from_plain_values_alone(plan: Plan) -> None:
    """What a template reads has nothing of the community in reach: it can be kept, and sent."""
    for page in plan:
        for block in page.blocks.values():
            given = block.make()
            assert is_dataclass(given)
            wrong = [found for found in _within(given) if not _is_plain(found)]
            assert wrong == [], (page.address, block.template)


def _within(value: object) -> Iterator[object]:
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from _within(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from (key, *_within(one))
    elif isinstance(value, tuple):
        for one in value:
            yield from _within(one)


def _is_plain(value: object) -> bool:
    if isinstance(value, Event | Course | Post | Community | Library):
        return False
    if is_dataclass(value):
        return bool(getattr(value, "__dataclass_params__").frozen)  # noqa: B009 - not in its type
    return value is None or isinstance(value, str | int | float | tuple | Mapping | BaseModel)


def test_an_address_is_that_of_the_first_page_that_asks_for_it() -> None:
    pages = [Page(address="a/", title=title, changed=0) for title in ("one", "two")]
    planned = join(pages, {})
    assert planned.page("a").title == "one"
    assert [(page.title, other.title) for page, other in planned.doubles] == [("two", "one")]


def test_a_template_reads_nothing_but_its_input() -> None:
    assert draw(Block("heading.html", lambda: Heading("A < b")), "", translator("en")) == (
        "<h1>A &lt; b</h1>"
    )
    with pytest.raises(UndefinedError):
        draw(Block("home_ways.html", lambda: Heading("")), "", translator("en"))


OWN = [
    *("http://petit.example/x/{}", "https://petit.example/x/{}", "//petit.example/x/{}"),
    *("HTTP://Petit.Example/x/{}", "https://petit.example./x/{}", "https://petit.example:443/x/{}"),
    *("http://petit.example:80/x/{}", "//petit.example/x//{}"),
]
"""Ways to name an address of the site (`site_url: https://petit.example/x/`)."""

ELSEWHERE = [
    *("https://petit.example/absent/", "https://petit.example:8080/x/absent/"),
    *("https://a.petit.example/x/absent/", "https://petit.example.org/x/absent/"),
    *("https://petit.example@autre.example/x/absent/", "ftp://petit.example/x/absent/"),
    "https://autre.example/https://petit.example/x/absent/",
]


@pytest.mark.large
@pytest.mark.parametrize("way", OWN)
def test_an_address_of_the_site_s_own_host_is_checked(site: Site, lines: Lines, way: str) -> None:
    fine = [
        "agenda/",
        "agenda",
        "",
        "flux/agenda.ics",
        "agenda/index.html?a=b#c",
        "sitemap.xml",
        "p/",
    ]
    body = " ".join(f"[a]({way.format(one)})" for one in fine)
    dead = f"[b]({way.format('absent/')}) [c]({way.format('flux/absent.ics')})"
    head = "---\ntitle: T\nstart: 2026-12-03 12:30\n---\n"
    site.write("webinars/un.md", f"{head}{body}\n")
    site.write("content/p.md", f"{body}\n")
    site.commit()
    assert site.run("check") == 0
    lines()
    site.write("content/p.md", f"{body}\n{dead}\n")
    assert site.run("check") == 1
    found = [line for line in lines() if "error[dead-link]" in line]
    ends = [2, dead.index("[c]") + 5]
    assert [line.split(":")[1] for line in found] == ["2", "2"], found
    site.write("content/p.md", "# P\n")
    site.write("webinars/un.md", f"{head}{body}\n{dead}\n")
    assert site.run("check") == 1
    (line,) = [line for line in lines() if "error[dead-link]" in line]
    assert line.startswith(f"webinars/un.md:6:{ends[0] + 3}: ")
    site.write("webinars/un.md", f"{head}[a]({way.format('agenda/?a=b#c')})\n")
    page = (site.compile() / "comptoirs/un.md").read_text("utf-8")
    assert 'href="../../agenda/?a=b#c"' in page


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_of_another_host_is_not(site: Site, lines: Lines, address: str) -> None:
    site.write("content/p.md", f"[a]({address})\n")
    if not address.startswith("ftp"):
        head = "---\ntitle: T\nstart: 2026-12-03 12:30\n---\n"
        site.write("webinars/un.md", f"{head}[a]({address})\n")
    site.run("check")
    assert not [line for line in lines() if "dead-link" in line]


def test_what_a_blog_makes_is_known_once_it_is_made(smallest: Site, lines: Lines) -> None:
    text = (smallest.root / "mkdocs.yml").read_text("utf-8")
    smallest.write("mkdocs.yml", text.replace("[search,", "[search, blog,"))
    link = "[a](https://petit.example/x/blog/2026/01/02/a/) [b](/blog/category/c/)\n"
    smallest.write("content/p.md", link)
    head = "---\ntitle: T\nstart: 2026-12-03 12:30\n---\n"
    smallest.write("webinars/one.md", head + link)
    smallest.run("check")
    assert not [line for line in lines() if "dead-link" in line]


@pytest.mark.parametrize(
    ("path", "address", "file"),
    [
        ("index.md", "", "index.html"),
        ("README.md", "", "index.html"),
        ("a.md", "a/", "a/index.html"),
        ("a/index.md", "a/", "a/index.html"),
        ("a/README.md", "a/", "a/index.html"),
        ("a/index/index.md", "a/index/", "a/index/index.html"),
        ("readme.md", "readme/", "readme/index.html"),
    ],
)
def test_a_page_has_the_address_that_the_engine_gives_it(
    path: str, address: str, file: str
) -> None:
    """MkDocs, « Writing your docs », index pages: « index » and « README » are their folder's."""
    page = Authored(path=path, source=path, body="", body_line=1, changed=0)
    assert page.address == address
    assert rendered(path) == file
    assert rendered(page_path(address)) == file
    assert File(path, "", "", use_directory_urls=True).dest_uri == file


@pytest.mark.large
def test_what_is_called_index_has_a_page_of_its_own(site: Site) -> None:
    """It took the place of the page of all, and its own address led nowhere."""
    site.write("content/data/themes/index.yml", "name: Index\n")
    site.write("content/data/organisations/index.yml", "name: Index\n")
    front = "title: Un\nstart: 2026-12-03 12:30\nonline: https://a.example/\n"
    more = "themes: [index]\nhosts: [index]\ntags: [index, éco]\n"
    site.write("webinars/a.md", f"---\n{front}{more}---\nTexte.\n")
    out = site.build()
    for folder, all_of_them in (
        ("mots-cles", "Mots-clés"),
        ("themes", "Thèmes"),
        ("organisations", "Organisations"),
    ):
        assert f"<h1>{all_of_them}" in (out / folder / "index.html").read_text("utf-8")
        assert "ndex" in (out / folder / "index/index.html").read_text("utf-8")
        page = (out / "comptoirs/a/index.html").read_text("utf-8")
        assert f'href="../../{folder}/index/"' in page
