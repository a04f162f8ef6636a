"""Maps: projections, outlines, and the files that hold them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.model.geography import (
    Equirectangular,
    Lambert,
    Projection,
    encloses,
    rings,
)
from parcours.model.settings import ADDRESSES, EngineFacts
from parcours.problems import Mark, Problems
from parcours.sources.entities import read_entities
from parcours.sources.history import History
from parcours.sources.map import _packaged
from parcours.sources.settings import SiteFacts, read_settings
from parcours.sources.yaml import Document

from .conftest import ROOT, Site

NEW_AQUITAINE, REUNION, NORTH, ILE_DE_FRANCE = "75", "04", "32", "11"
FRANCE = _packaged()


def test_an_outline_with_a_hole_and_an_island() -> None:
    outline = "M0 0h10v10h-10zM2 2h6v6h-6zM20 0h5v5z"
    assert encloses(outline, (1, 1))
    assert not encloses(outline, (5, 5))
    assert encloses(outline, (24, 1))
    assert not encloses(outline, (21, 4))
    assert not encloses(outline, (15, 1))


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (44.826, -0.556, NEW_AQUITAINE),  # Bordeaux
        (44.842, 0.217, NEW_AQUITAINE),  # Sainte-Foy-la-Grande
        (48.857, 2.352, ILE_DE_FRANCE),  # Paris
        (50.633, 3.060, NORTH),  # Lille
        (-21.135, 55.471, REUNION),  # Cilaos
    ],
)
def test_towns_fall_into_their_region(latitude: float, longitude: float, code: str) -> None:
    # With and without being told which territory they are in.
    for told in (code, None):
        point = FRANCE.locate(latitude, longitude, told)
        assert point is not None
        assert [s.code for s in FRANCE.shapes if encloses(s.outline, point)] == [code]


def test_the_inset_frames_its_places() -> None:
    shape = FRANCE.by_code[REUNION]
    point = FRANCE.locate(-21.135, 55.471, REUNION)
    assert shape.inset is not None
    assert point is not None
    assert shape.inset.holds(point)


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (40.42, -3.70, None),  # Madrid lies below the insets
        (36.75, 3.06, None),  # Algiers
        (48.857, 2.352, REUNION),  # Paris is not in La Réunion
        (90.0, 0.0, None),
        (-90.0, 180.0, None),
    ],
)
def test_what_the_map_does_not_show_is_not_drawn(
    latitude: float, longitude: float, code: str | None
) -> None:
    assert FRANCE.locate(latitude, longitude, code) is None


def test_the_package_maps_each_of_its_territories() -> None:
    problems = Problems()
    facts = SiteFacts(
        root=ROOT / "scripts",
        file="mkdocs.yml",
        site_name="Site",
        site_url="https://site.example/",
        docs_dir="nowhere",
        theme_language="fr",
        engine=EngineFacts(),
    )
    asked = read_settings(
        {"territories": "france"}, Document(data={}, marks={(): Mark("")}), facts, problems
    )
    assert asked is not None
    territories = read_entities(ROOT / "scripts", asked, History(), problems).territories.found
    codes = [territory.code for territory in territories.values()]
    assert sorted(FRANCE.by_code) == sorted(code for code in codes if code)
    assert len(codes) == 18


def test_lambert_keeps_lengths_on_its_parallels() -> None:
    # By 45° N and 3° E, an arc of a tenth of a degree along the parallel and the meridian.
    conic = Lambert(45, 45, 45, 3)
    east = conic.project(45, 3.1)
    north = conic.project(45.1, 3)
    degree = math.radians(0.1) * 6371
    assert math.hypot(*east) == pytest.approx(degree * math.cos(math.radians(45)), rel=1e-5)
    assert math.hypot(*north) == pytest.approx(degree, rel=1e-3)


@pytest.mark.parametrize("projection", [Lambert(44, 49, 46.5, 3), Equirectangular(46.5, 3)])
def test_the_origin_stays_where_it_is(projection: Projection) -> None:
    assert projection.project(46.5, 3) == pytest.approx((0, 0), abs=1e-9)


def test_the_date_line_is_crossed_the_short_way() -> None:
    plane = Equirectangular(-17, 179)  # Fiji
    assert plane.project(-17, -179)[0] == pytest.approx(2 * 111.2 * math.cos(math.radians(17)))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_place_of_the_globe_has_a_point_or_none(latitude: float, longitude: float) -> None:
    point = FRANCE.locate(latitude, longitude)
    assert point is None or all(math.isfinite(number) for number in point)
    x, y = FRANCE.placing.place(latitude, longitude)
    assert math.isfinite(x)
    assert math.isfinite(y)


def test_outlines_are_read_as_svg_reads_them() -> None:
    square = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0)]
    for outline in (
        "M1 1L3 1 3 3 1 3z",
        "m1 1 2 0 0 2-2 0z",
        "M1,1H3V3H1Z",
        "M1 1h2v2h-2",
        "M 1 1 l 2 0 0 2 -2 0 z",
    ):
        assert list(rings(outline)) == [square], outline
    # After z, a relative moveto starts from the ring's first point.
    assert [ring[0] for ring in rings("M1 1h2v2zm4 0h1v1z")] == [(1, 1), (5, 1)]


@pytest.mark.parametrize(
    "outline", ["L1 1", "M1", "M1 1C1 1 2 2 3 3", "M1 1 x", "1 2", "M1 1zL2 2"]
)
def test_other_paths_are_refused(outline: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        list(rings(outline))


OWN = {
    "width": 200,
    "height": 100,
    "projection": {"type": "equirectangular", "lat0": 40, "lon0": -75, "scale": 0.5, "oy": 100},
    "regions": [
        {"code": "E", "x": 50, "y": 50, "d": "M0 0h100v100h-100z"},
        {"x": 150, "y": 50, "d": "M100 0h100v100h-100z"},
    ],
}


def with_map(site: Site, data: object) -> None:
    config = (site.root / "mkdocs.yml").read_text()
    site.write("mkdocs.yml", config.replace("uid_domain:", "map: carte.json\n      uid_domain:"))
    site.write("content/data/territories/east.yml", "name: Est\ncode: E\n")
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    site.write("content/data/carte.json", text)
    site.commit()


@pytest.mark.large
def test_a_community_draws_its_own_map(site: Site) -> None:
    with_map(site, OWN)
    site.write("content/data/places/quai.yml", "name: Quai\nterritory: east\n")
    out = site.build()
    page = (out / "territoires" / "index.html").read_text()
    assert 'viewBox="0 0 200 100"' in page
    assert 'href="../territoires/east/"' in page
    assert page.count("M100 0h100v100h-100z") == 1
    assert "Bretagne" not in page
    assert not list(out.rglob("carte.json"))


FAULTS: list[tuple[str, Callable[[dict[str, object]], object], str, str]] = [
    ("no size", lambda d: d.pop("width"), "missing-key", "width"),
    ("no number", lambda d: d.update(width="large"), "bad-value", "large"),
    ("zero", lambda d: d.update(height=0), "out-of-range", "height"),
    ("other key", lambda d: d.update(largeur=3), "unknown-key", "largeur"),
    ("no parallels", lambda d: _projection(d, type="lcc"), "missing-key", "lat1"),
    ("no cone", lambda d: _projection(d, type="lcc", lat1=4, lat2=-4), "bad-value", "lat2"),
    ("a pole", lambda d: _projection(d, type="lcc", lat1=90, lat2=4), "bad-value", "lat2"),
    ("projection", lambda d: _projection(d, type="mercator"), "bad-choice", "mercator"),
    ("curve", lambda d: _region(d, d="M0 0C1 1 2 2 3 3z"), "bad-value", "M0 0C1"),
    ("script", lambda d: _region(d, d='"><script>alert(1)</script>'), "bad-value", "regions[1].d"),
    ("a line", lambda d: _region(d, d="M0 0h9z"), "bad-value", "regions[1].d"),
    ("frame", lambda d: _region(d, inset=[1, 2, 3]), "bad-value", "inset"),
    ("no centre", lambda d: _region(d, inset=[1, 2, 3, 4]), "missing-key", "lat0"),
    ("unknown", lambda d: _region(d, code="F"), "map-code", "« F »"),
]


def _projection(data: dict[str, object], **more: object) -> None:
    projection = data["projection"]
    assert isinstance(projection, dict)
    projection.update(more)


def _region(data: dict[str, object], **more: object) -> None:
    regions = data["regions"]
    assert isinstance(regions, list)
    regions[0].update(more)


@pytest.mark.parametrize(("_name", "spoil", "code", "part"), FAULTS, ids=[one[0] for one in FAULTS])
def test_a_bad_map_is_a_located_problem(
    site: Site,
    lines: Callable[[], list[str]],
    _name: str,
    spoil: Callable[[dict[str, object]], object],
    code: str,
    part: str,
) -> None:
    data = json.loads(json.dumps(OWN))
    spoil(data)
    with_map(site, data)
    site.run("check")
    found = [line for line in lines() if line.startswith("content/data/carte.json:")]
    assert len(found) == 1, found
    assert f"[{code}]" in found[0]
    assert part in found[0].replace("\u00a0", " ")


def test_a_code_is_given_once(site: Site, lines: Callable[[], list[str]]) -> None:
    data = json.loads(json.dumps(OWN))
    data["regions"][1]["code"] = "E"
    with_map(site, data)
    assert site.run("check") == 1
    assert any("[bad-value]" in line and "regions[2].code" in line for line in lines())


def test_a_map_that_is_no_json(site: Site, lines: Callable[[], list[str]]) -> None:
    with_map(site, '{"width": 3,\n "height": [}')
    assert site.run("check") == 1
    assert any(line.startswith("content/data/carte.json:2:") for line in lines())


@pytest.mark.parametrize(
    ("value", "code"),
    [("nulle-part.json", "missing-file"), ("../../mkdocs.yml", "bad-file-type")],
)
def test_a_map_that_cannot_be_found(
    site: Site, lines: Callable[[], list[str]], value: str, code: str
) -> None:
    with_map(site, OWN)
    config = (site.root / "mkdocs.yml").read_text().replace("carte.json", value)
    site.write("mkdocs.yml", config)
    assert site.run("check") == 1
    assert [line for line in lines() if line.startswith("mkdocs.yml:") and f"[{code}]" in line]


def test_every_language_names_the_pages_of_entities() -> None:
    for names in ADDRESSES.values():
        folders = (names.themes, names.territories, names.organisations, names.people)
        assert len(set(folders)) == 4
