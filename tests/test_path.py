"""The path with its stops, which runs through trips, the relay and the missing page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from parcours.pages.thumbs import (
    BAND_HEIGHT,
    BAND_WIDTH,
    HEIGHT,
    LANDS,
    MOST,
    WIDTH,
    band,
    land,
    scene,
    sun,
)

from .conftest import NOW, Site
from .corpora import compiled
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


def test_the_sun_stands_as_high_as_on_its_day() -> None:
    days = [sun(date(2028, 1, 1) + timedelta(days=n)) for n in range(366)]
    assert all(30 < x < WIDTH - 30 and 30 < y < HEIGHT / 2 + 10 for x, y in days)
    assert [x for x, _ in days] == sorted(x for x, _ in days)
    assert sun(date(2026, 6, 21))[1] < sun(date(2026, 3, 21))[1] < sun(date(2026, 1, 10))[1]


def test_a_theme_has_its_own_land() -> None:
    assert land("pedagogie") == land("pedagogie")
    assert {land(f"theme-{n}") for n in range(80)} == set(LANDS)


def test_a_scene_is_that_of_what_it_stands_for(site: Site) -> None:
    for name in ("one", "two", "three", "four"):
        site.write(f"content/data/themes/{name}.yml", f"name: {name}\n")
    day = "start: 2026-12-03 12:30\n"
    site.write("webinars/a.md", page(f"title: A\n{day}themes: [one, two, three]\n"))
    site.write("webinars/b.md", page("title: B\nstart: 2027-06-03 12:30\nthemes: [four]\n"))
    site.write("webinars/c.md", page("title: C\nstart: 2027-06-03 12:30\n"))
    stops = ", ".join(f"{{id: s{n}, title: S}}" for n in range(3))
    site.write("voyages/v.md", page(f"title: V\nstart: 2027-05-05\nstops: [{stops}]\n"))
    drawn = {
        one.title: scene(one)
        for one in compiled(site.root / "mkdocs.yml", datetime.fromisoformat(NOW)).community.events
    }
    assert drawn["A"].lands == (land("one"), land("two"))
    assert drawn["B"].lands == (land("four"),)
    assert drawn["C"].lands == ()
    assert drawn["B"].sun == drawn["C"].sun != drawn["A"].sun
    assert drawn["B"].route != drawn["C"].route
    assert [len(drawn[name].route.stops) for name in "ABCV"] == [4, 4, 4, 3]
