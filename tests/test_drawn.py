"""The pictures of the page for contributors: made by a script, and small."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from .conftest import ROOT

DRAWN = ROOT / "content" / "images" / "contribuer"
NAMES = ("apercu.png", "formulaire.png", "verification.png")
LIMIT = 16_000
"""Octets of one."""


def size(file: Path) -> tuple[int, int]:
    with Image.open(file) as image:
        return image.size


def test_they_are_small() -> None:
    assert sorted(one.name for one in DRAWN.iterdir()) == list(NAMES)
    assert max(one.stat().st_size for one in DRAWN.iterdir()) < LIMIT


@pytest.mark.deep
@pytest.mark.browser
@pytest.mark.large
def test_they_can_be_made_again(tmp_path: Path) -> None:
    """Fonts differ from machine to machine: letters may, the layout hardly."""
    script = ROOT / "scripts" / "pictures.py"
    subprocess.run([sys.executable, script, tmp_path], check=True, timeout=300)
    for name in NAMES:
        made, kept = size(tmp_path / name), size(DRAWN / name)
        assert made[0] == kept[0]
        assert abs(made[1] - kept[1]) < 0.3 * kept[1]
