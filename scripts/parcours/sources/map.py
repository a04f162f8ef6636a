"""The map of the territories: the site's own file, else the package's for its own territories."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..model.community import Territory
from ..model.geography import (
    NEAR,
    NEXT_TO_POLE,
    Box,
    Drawing,
    Equirectangular,
    Lambert,
    Placing,
    Projection,
    Shape,
)
from ..model.schema import MapRecord, ProjectionRecord, ShapeRecord
from ..model.settings import Settings
from ..packaged import OWN
from ..problems import N_, Problems
from .files import DRAWING_LIMIT
from .records import validate
from .text import read_text
from .yaml import Document, read_yaml

PACKAGED = "regions-fr.json"


def read_map(
    root: Path, settings: Settings, territories: Mapping[str, Territory], problems: Problems
) -> Drawing | None:
    """The map of a site; None when it has none, or when its file holds errors."""
    if settings.map is None:
        packaged = any(not territory.source for territory in territories.values())
        return _packaged() if packaged else None
    text = read_text(root / settings.map, settings.map, problems, DRAWING_LIMIT)
    # JSON is YAML too (YAML 1.2, section 1.3), and this reader knows lines and columns.
    document = read_yaml(text, settings.map, problems) if text is not None else None
    if document is None:
        return None
    drawing = _drawing(document, problems)
    if drawing is not None:
        _check_codes(drawing, territories, document, problems)
    return drawing


def _packaged() -> Drawing:
    text = (OWN / "data" / PACKAGED).read_text("utf-8")
    problems = Problems()
    document = read_yaml(text, PACKAGED, problems)
    drawing = _drawing(document, problems) if document is not None else None
    if drawing is None:
        raise RuntimeError(f"the package's {PACKAGED} cannot be read")
    return drawing


def _drawing(document: Document, problems: Problems) -> Drawing | None:
    record = validate(MapRecord, document, problems)
    if record is None:
        return None
    projection = _projection(record.projection, document, problems)
    shapes = [_shape(one, index, document, problems) for index, one in enumerate(record.regions)]
    known = tuple(shape for shape in shapes if shape is not None)
    if projection is None or len(known) < len(shapes):
        return None
    data = record.projection
    placing = Placing(
        projection, data.scale, data.pad - data.ox * data.scale, data.pad + data.oy * data.scale
    )
    return Drawing(record.width, record.height, placing, known, record.source or "")


def _projection(
    record: ProjectionRecord, document: Document, problems: Problems
) -> Projection | None:
    if record.type == "equirectangular":
        return Equirectangular(record.lat0, record.lon0)
    if record.lat1 is None or record.lat2 is None:
        missing = "lat1" if record.lat1 is None else "lat2"
        problems.add("missing-key", document.mark(("projection",)), key=missing)
        return None
    highest = max(abs(record.lat1), abs(record.lat2))
    if abs(record.lat1 + record.lat2) < NEAR or highest >= NEXT_TO_POLE:
        problems.add(
            "bad-value",
            document.mark(("projection", "lat2")),
            field="projection.lat2",
            value=record.lat2,
            reason=N_("there is no cone through these two parallels"),
        )
        return None
    return Lambert(record.lat1, record.lat2, record.lat0, record.lon0)


def _shape(record: ShapeRecord, index: int, document: Document, problems: Problems) -> Shape | None:
    label = (record.x, record.y)
    if record.inset is None:
        return Shape(record.code, label, record.d)
    place = ("regions", index)
    if len(record.inset) != 4 or min(record.inset[2:]) <= 0:
        problems.add(
            "bad-value",
            document.mark((*place, "inset")),
            field=f"regions[{index + 1}].inset",
            value=", ".join(f"{number:g}" for number in record.inset),
            reason=N_("x, y, width and height were expected"),
        )
        return None
    if record.lat0 is None or record.lon0 is None or record.km_par_px is None:
        named = {"lat0": record.lat0, "lon0": record.lon0, "km_par_px": record.km_par_px}
        missing = next(key for key, value in named.items() if value is None)
        problems.add("missing-key", document.mark(place), key=missing)
        return None
    box = Box(*record.inset)
    placing = Placing(Equirectangular(record.lat0, record.lon0), 1 / record.km_par_px, *box.centre)
    return Shape(record.code, label, record.d, box, placing)


def _check_codes(
    drawing: Drawing,
    territories: Mapping[str, Territory],
    document: Document,
    problems: Problems,
) -> None:
    """A code that is mistyped, or given twice, would leave a territory off the map."""
    known = {territory.code for territory in territories.values()}
    seen: set[str] = set()
    for index, shape in enumerate(drawing.shapes):
        mark = document.mark(("regions", index, "code"))
        if shape.code is None:
            continue
        if shape.code not in known:
            problems.add("map-code", mark, severity="warning", value=shape.code)
        if shape.code in seen:
            problems.add(
                "bad-value",
                mark,
                field=f"regions[{index + 1}].code",
                value=shape.code,
                reason=N_("another shape has the same code"),
            )
        seen.add(shape.code)
