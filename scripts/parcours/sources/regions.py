"""The territories that come with this package."""

from __future__ import annotations

from ..model.schema import TerritoryRecord
from ..packaged import OWN
from ..problems import Problems
from .yaml import read_yaml


def packaged_territories() -> dict[str, TerritoryRecord]:
    """The territories of the package, by id."""
    text = (OWN / "data" / "territories.yml").read_text("utf-8")
    document = read_yaml(text, "territories.yml", Problems())
    if document is None:
        raise RuntimeError("the package's territories.yml cannot be read")
    return {id: TerritoryRecord.model_validate(data) for id, data in document.data.items()}
