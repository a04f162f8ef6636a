"""What stands before and after a meeting, in its course, its collection and its themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .conftest import Site, compiled_page
from .test_check import page

Beside = tuple[str, str]


def along(out: Path, address: str) -> dict[str, Beside]:
    """Of each way along, by its name: the titles before and after; "" for none."""
    text = compiled_page(out, address).read_text("utf-8").split("\n---\n", 1)[1]
    ways = LexborHTMLParser(text).css(".pc-along .pc-neighbours")

    def one(way: LexborNode, rel: str) -> str:
        return "".join(link.text() for link in way.css(f'[rel="{rel}"]'))

    names = [link.text() for way in ways if (link := way.css_first("a"))]
    return {
        name: (one(way, "prev"), one(way, "next")) for name, way in zip(names, ways, strict=True)
    }


def write(site: Site, name: str, start: str, more: str = "") -> None:
    when = f"start: {start}\n" if start else ""
    title = name.rsplit("/", 1)[-1].upper()
    site.write(f"{name}.md", page(f"title: {title}\n{when}{more}"))


@pytest.mark.large
def test_time_leads_on_in_a_collection_and_in_themes(site: Site) -> None:
    for theme in ("sol", "eau", "air", "feu"):
        site.write(f"content/data/themes/{theme}.yml", f"name: {theme.title()}\n")
    write(site, "webinars/a", "2026-01-08", "themes: [sol]\n")
    write(site, "webinars/b", "2026-01-15", "themes: [sol, eau, air, feu]\n")
    write(site, "webinars/c", "2026-01-22", "status: cancelled\nthemes: [sol]\n")
    write(site, "webinars/d", "2026-01-29", "themes: [feu]\n")
    write(site, "webinars/e", "", "undated: future\nthemes: [sol]\n")
    write(site, "voyages/f", "2026-01-20", "themes: [sol]\n")
    out = site.compile()
    # A fourth theme is one too many; a way without anything beside is none.
    assert along(out, "comptoirs/b") == {"Comptoirs": ("A", "D"), "Sol": ("A", "F")}
    assert along(out, "comptoirs/c") == {"Comptoirs": ("B", "D"), "Sol": ("F", "")}
    assert along(out, "comptoirs/d") == {"Comptoirs": ("B", "")}
    assert along(out, "comptoirs/e") == {}
    assert along(out, "voyages/f") == {"Sol": ("B", "")}


@pytest.mark.large
def test_two_ways_to_the_same_meetings_are_one(site: Site) -> None:
    site.write("content/data/themes/sol.yml", "name: Sol\n")
    write(site, "webinars/a", "2026-01-08", "themes: [sol]\n")
    write(site, "webinars/b", "2026-01-15", "themes: [sol]\n")
    assert along(site.compile(), "comptoirs/a") == {"Comptoirs": ("", "B")}


@pytest.mark.large
def test_a_course_leads_on_in_order_of_time_and_by_number_where_there_is_none(site: Site) -> None:
    site.write("content/mooc/un/index.md", "---\ntitle: Premier\n---\n")
    site.write("content/mooc/deux/index.md", "---\ntitle: Autre\n---\n")
    write(site, "content/mooc/un/a", "2026-01-08", "number: 2\n")
    write(site, "content/mooc/un/b", "2026-01-15", "number: 1\n")
    write(site, "content/mooc/un/c", "", "number: 3\nundated: future\n")
    write(site, "content/mooc/deux/d", "2026-01-10")
    out = site.compile()
    assert along(out, "mooc/un-a") == {"Premier": ("", "B"), "Cours": ("", "D")}
    assert along(out, "mooc/un-c") == {"Premier": ("B", "")}
    assert along(out, "mooc/deux-d") == {"Cours": ("A", "B")}


@pytest.mark.large
def test_one_meeting_alone_leads_nowhere(smallest: Site) -> None:
    file = smallest.page("webinars/one")
    assert "pc-along" not in file.read_text("utf-8")


@pytest.mark.large
def test_a_series_stands_where_its_next_date_does(site: Site) -> None:
    write(site, "webinars/a", "2026-10-01 12:30", "repeat: {every: 4 weeks, count: 6}\n")
    write(site, "webinars/b", "2026-10-15")
    write(site, "webinars/c", "2026-11-19")
    write(site, "webinars/d", "2026-12-31")
    out = site.compile()  # on 24 November, when its next date is in December
    assert along(out, "comptoirs/a") == {"Comptoirs": ("C", "D")}
    assert along(out, "comptoirs/b") == {"Comptoirs": ("", "C")}
    text = compiled_page(out, "comptoirs/a").read_text("utf-8")
    assert text.index(">Précédente<") < text.index(">Suivante<")
