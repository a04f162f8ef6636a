"""The path with its stops, which runs through trips, the relay and the missing page."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from parcours.pages.thumbs import BAND_HEIGHT, BAND_WIDTH, MOST, band

from .conftest import Site
from .test_build import Tags
from .test_check import page


@pytest.mark.parametrize(("stops", "drawn"), [(0, 2), (1, 2), (5, 5), (MOST, MOST), (900, MOST)])
def test_a_band_has_a_stop_for_each(stops: int, drawn: int) -> None:
    svg = ElementTree.fromstring(band("uid", stops))
    circles = [one for one in svg if one.tag == "circle"]
    assert len(circles) == drawn
    for one in circles:
        x, y, r = (float(one.attrib[key]) for key in ("cx", "cy", "r"))
        assert r < x < BAND_WIDTH - r
        assert r < y < BAND_HEIGHT - r
    assert svg.attrib["aria-hidden"] == "true"


def test_a_name_has_its_own_path() -> None:
    assert band("a", 4) == band("a", 4) != band("b", 4)


def bands(text: str) -> int:
    return sum(t == "svg" and "pc-band" in (a.get("class") or "") for t, a in Tags(text).found)


@pytest.mark.large
def test_it_runs_through_what_is_a_way_and_nothing_else(site: Site) -> None:
    stops = "stops: [{id: a, title: A}, {id: b, title: B}, {id: c, title: C}]\n"
    site.write("voyages/v.md", page(f"title: V\nstart: 2027-05-05\n{stops}"))
    site.write("webinars/w.md", page("title: W\nstart: 2026-12-03 12:30\n"))
    site.write("content/mooc/m/index.md", page("title: M\n"))
    site.write("content/data/organisations/cfa.yml", "name: CFA\n")
    for name, day, state in (
        ("open", "2027-02-02", "open"),
        ("late", "2026-02-02", "open"),
        ("taken", "2027-03-02", "confirmed\nhosts: [cfa]"),
    ):
        front = f"title: {name}\nstart: {day} 12:30\nstate: {state}\n"
        site.write(f"content/mooc/m/{name}.md", page(front))
    out = site.build()
    found = {
        name: bands((out / name).read_text())
        for name in (
            *("voyages/v/index.html", "comptoirs/w/index.html", "mooc/m-open/index.html"),
            *("mooc/m-late/index.html", "mooc/m-taken/index.html", "404.html"),
        )
    }
    drawn = {"voyages/v/index.html", "mooc/m-open/index.html", "404.html"}
    assert found == {name: int(name in drawn) for name in found}
    assert site.page("voyages/v").read_text().count('<circle class="pc-thumb__stop"') == 2
